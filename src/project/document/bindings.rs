//! What in a package calls a procedure of its project by name.
//!
//! | where | what | clause |
//! |---|---|---|
//! | custom ribbon | every attribute of type `ST_Delegate`: `onLoad`, `get…`, `onAction` … | [MS-CUSTOMUI2] 2.4.12 |
//! | drawing of a sheet or chart | `macro` of a shape | ECMA-376-1 20.5, 21.3 |
//! | VML drawing | `FmlaMacro` of a shape or form control | ECMA-376-4 19.4 |
//! | slide | `action="ppaction://macro?name=…"` of a hyperlink | ECMA-376-1 21.1.2.3.5 |
//! | keys of Word | `macroName` of `macro` | [MS-OE376] 2.6 |
//! | page of Visio | `RUNMACRO`, `CALLTHIS` in the formula of a cell | [MS-VSDX] 2.2 |
//!
//! The names are told as they stand there; which procedure one means is not known here. Damage is
//! observed and no gap, since the code itself is read elsewhere.

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::Outside;
use super::package::is_remote;
use crate::container::opc::xml;
use crate::limits::{Limit, Spent};
use crate::observe::Ledger;
use crate::project::{Load, LoadKind, Start, StartBy};

/// How much of a name is kept, in characters. A name has 255 ([MS-VBAL] 3.3.5.1), a path as many.
const LONGEST: usize = 600;

/// Looks through a part for what calls procedures.
pub fn inspect_bindings(part: &[u8], name: &str, found: &mut Outside, ledger: &mut Ledger) {
    let text = match xml::text(part) {
        Ok(decoded) => decoded.text,
        Err(exotic) => {
            unread(name, 0, format_args!("is in {}", exotic.0), ledger);
            return;
        }
    };
    if !may_call(text.as_bytes()) {
        return;
    }
    let mut reading = Reading {
        name,
        found,
        ledger,
    };
    // A spent budget has left its gap.
    if let Ok(Some(at)) = reading.read(&text) {
        unread(name, at, format_args!("is not well-formed"), reading.ledger);
    }
}

/// Whether any of the names of this file is in the text, save that of an attribute without a
/// value, which is in every drawing.
fn may_call(text: &[u8]) -> bool {
    let has_value = |at: usize| {
        let rest = text.get(at..).unwrap_or_default().trim_ascii_start();
        let value = rest.strip_prefix(b"=").map(<[u8]>::trim_ascii_start);
        !value.is_some_and(|value| value.starts_with(b"\"\"") || value.starts_with(b"''"))
    };
    memmem::find_iter(text, b"acro").any(|at| has_value(at.saturating_add(4)))
        || [&b"customUI"[..], b"MACRO", b"CALLTHIS"]
            .iter()
            .any(|sign| memmem::find(text, sign).is_some())
}

#[cold]
fn unread(name: &str, at: u64, why: std::fmt::Arguments<'_>, ledger: &mut Ledger) {
    ledger.observe(
        "opc.bindings-unread",
        "",
        at,
        format_args!("part {name} {why}; which macros it calls is not known"),
    );
}

struct Reading<'f> {
    name: &'f str,
    found: &'f mut Outside,
    ledger: &'f mut Ledger,
}

impl Reading<'_> {
    /// Reads the text; says where it breaks, if it does.
    fn read(&mut self, text: &str) -> Result<Option<u64>, Spent> {
        let mut reader = Reader::from_str(text);
        // VML is HTML in places.
        reader.config_mut().check_end_names = false;
        let mut formula: Option<String> = None;
        loop {
            self.ledger.charge(Limit::Steps, 1)?;
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    self.element(&element)?;
                    formula = (element.local_name().into_inner() == "FmlaMacro").then(String::new);
                }
                Ok(Event::Empty(element)) => self.element(&element)?,
                Ok(Event::End(_)) => {
                    if let Some(name) = formula.take() {
                        self.keep(&name, StartBy::Shape)?;
                    }
                }
                Ok(Event::Text(piece)) => add(&mut formula, &piece),
                Ok(Event::CData(piece)) => add(&mut formula, &piece),
                Ok(Event::GeneralRef(name)) if formula.is_some() => {
                    add(&mut formula, &xml::entity(&name));
                }
                Ok(Event::Eof) => return Ok(None),
                Ok(_) => {}
                Err(_) => return Ok(Some(reader.error_position())),
            }
        }
    }

    fn element(&mut self, element: &BytesStart<'_>) -> Result<(), Spent> {
        let local = element.local_name();
        let local = local.into_inner();
        // What a cell of Visio is stands in another attribute than its formula.
        let mut cell = String::new();
        for attribute in element.attributes().with_checks(false).flatten() {
            let key = attribute.key.local_name();
            let key = key.into_inner();
            if local == "Cell" && key == "N" {
                cell = attribute.value.chars().take(LONGEST).collect();
            }
            let Some(by) = by(local, key) else { continue };
            let Ok(value) = unescape(&attribute.value) else {
                continue;
            };
            match by {
                StartBy::Ribbon | StartBy::RibbonLoad if is_elsewhere(&value) => {
                    self.remote(&value)?;
                }
                StartBy::Formula => {
                    let by = match cell.as_str() {
                        "EventDblClick" | "Action" => StartBy::Shape,
                        _ => by,
                    };
                    for name in visio(&value) {
                        self.keep(name, by)?;
                    }
                }
                _ if key == "action" => {
                    if let Some(name) = powerpoint(&value) {
                        self.keep(name, by)?;
                    }
                }
                _ => self.keep(&value, by)?,
            }
        }
        Ok(())
    }

    fn keep(&mut self, name: &str, by: StartBy) -> Result<(), Spent> {
        let name = name.trim();
        if name.is_empty() {
            return Ok(());
        }
        self.ledger.charge(Limit::Entries, 1)?;
        self.found.starts.push(Start {
            name: name.chars().take(LONGEST).collect(),
            by,
        });
        Ok(())
    }

    /// A macro in a file elsewhere, which is opened for it.
    #[cold]
    fn remote(&mut self, callback: &str) -> Result<(), Spent> {
        self.ledger.charge(Limit::Entries, 1)?;
        self.found.loads.push(Load {
            kind: LoadKind::RibbonCallback,
            target: callback.chars().take(LONGEST).collect(),
            place: self.name.to_owned(),
        });
        Ok(())
    }
}

fn add(formula: &mut Option<String>, piece: &str) {
    if let Some(formula) = formula
        && formula.len() < LONGEST
    {
        formula.extend(piece.chars().take(LONGEST));
    }
}

/// What calls the procedure that an attribute names, if it names one.
fn by(element: &str, attribute: &str) -> Option<StartBy> {
    let by = match (element, attribute) {
        ("Cell", "F") => StartBy::Formula,
        ("hlinkClick", "action") => StartBy::Shape,
        ("hlinkHover" | "hlinkMouseOver", "action") => StartBy::Touch,
        ("macro", "macroName") => StartBy::Key,
        (_, "macro") => StartBy::Shape,
        (_, "onLoad" | "loadImage") => StartBy::RibbonLoad,
        (_, "onAction" | "onChange" | "onShow" | "onHide") => StartBy::Ribbon,
        _ => {
            let what = attribute.strip_prefix("get")?;
            what.starts_with(|first: char| first.is_ascii_uppercase())
                .then_some(StartBy::RibbonLoad)?
        }
    };
    Some(by)
}

/// The macro of an action of PowerPoint.
fn powerpoint(action: &str) -> Option<&str> {
    let at = action.get(.."ppaction://macro".len())?;
    if !at.eq_ignore_ascii_case("ppaction://macro") {
        return None;
    }
    let (_, query) = action.split_once('?')?;
    query.split('&').find_map(|part| part.strip_prefix("name="))
}

/// The procedures that the formula of a cell of Visio calls.
fn visio(formula: &str) -> impl Iterator<Item = &str> {
    ["RUNMACRO(", "CALLTHIS("].into_iter().filter_map(|call| {
        let (_, rest) = formula.split_once(call)?;
        rest.trim_start().strip_prefix('"')?.split('"').next()
    })
}

/// Whether the procedure is in a file on another machine: `\\host\share\x.xlam!Go`.
fn is_elsewhere(name: &str) -> bool {
    is_remote(name.trim_start_matches([' ', '\'', '"', '=']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn read(part: &str) -> (Vec<(String, StartBy)>, Ledger) {
        let (found, ledger) = found(part);
        let starts = found.starts.into_iter().map(|start| (start.name, start.by));
        (starts.collect(), ledger)
    }

    fn found(part: &str) -> (Outside, Ledger) {
        let mut ledger = Ledger::new(Limits::mail());
        let mut found = Outside::default();
        inspect_bindings(part.as_bytes(), "part.xml", &mut found, &mut ledger);
        (found, ledger)
    }

    fn starts(part: &str) -> Vec<(String, StartBy)> {
        read(part).0
    }

    fn one(name: &str, by: StartBy) -> Vec<(String, StartBy)> {
        vec![(name.to_owned(), by)]
    }

    #[test]
    fn every_callback_of_a_ribbon() {
        let ribbon = "<customUI xmlns='http://schemas.microsoft.com/office/2009/07/customui' \
            onLoad='Loaded' loadImage='Images'><ribbon><tabs><tab id='t' label='getaway' \
            getVisible='Seen'><button id='b' onAction='Module1.Go'/><editBox onChange='Typed'/>\
            </tab></tabs></ribbon><backstage onShow='Shown'/></customUI>";
        let expected = [
            ("Loaded", StartBy::RibbonLoad),
            ("Images", StartBy::RibbonLoad),
            ("Seen", StartBy::RibbonLoad),
            ("Module1.Go", StartBy::Ribbon),
            ("Typed", StartBy::Ribbon),
            ("Shown", StartBy::Ribbon),
        ];
        assert_eq!(
            starts(ribbon),
            expected.map(|(name, by)| (name.to_owned(), by))
        );
    }

    #[test]
    fn a_callback_in_a_file_elsewhere_is_told_and_is_no_start() {
        for callback in [
            "\\\\host.invalid\\share\\x.xlam!m",
            "'\\\\host.invalid\\share\\x y.xlam'!m",
            "https://host.invalid/x.xlam!m",
        ] {
            let (found, _) = found(&format!("<customUI onLoad=\"{callback}\"/>"));
            assert_eq!(found.starts, []);
            let loads: Vec<_> = found
                .loads
                .iter()
                .map(|one| (one.kind, &*one.target))
                .collect();
            assert_eq!(loads, [(LoadKind::RibbonCallback, callback)]);
        }
        let (found, _) = found("<customUI onLoad=\"'a b.xlsm'!Module1.Go\"/>");
        assert_eq!((found.starts.len(), found.loads.len()), (1, 0));
    }

    #[test]
    fn macros_of_shapes() {
        assert_eq!(
            starts("<xdr:wsDr><xdr:pic macro=''/><xdr:sp macro='[0]!Go' textlink=''/></xdr:wsDr>"),
            one("[0]!Go", StartBy::Shape)
        );
        // Not well-formed, as VML may be.
        assert_eq!(
            starts(
                "<xml><v:shape><br><x:ClientData><x:FmlaMacro>'Go(&quot;&#97;&quot;)'\
                 </x:FmlaMacro></x:ClientData></v:shape></xml>"
            ),
            one("'Go(\"a\")'", StartBy::Shape)
        );
        assert_eq!(
            starts("<p:cNvPr><a:hlinkClick r:id='' action='ppaction://macro?name=Go'/></p:cNvPr>"),
            one("Go", StartBy::Shape)
        );
        assert_eq!(
            starts("<a:rPr><a:hlinkMouseOver action='ppaction://macro?name=Go'/></a:rPr>"),
            one("Go", StartBy::Touch)
        );
        assert_eq!(
            starts("<a:hlinkClick action='ppaction://program'/><!-- macro -->"),
            []
        );
    }

    #[test]
    fn keys_of_word() {
        assert_eq!(
            starts(
                "<wne:tcg><wne:keymaps><wne:keymap wne:kcmPrimary='0251'><wne:macro \
                 wne:macroName='PROJECT.NEWMACROS.GO'/></wne:keymap></wne:keymaps></wne:tcg>"
            ),
            one("PROJECT.NEWMACROS.GO", StartBy::Key)
        );
    }

    #[test]
    fn formulas_of_visio() {
        let cell = |name: &str| {
            starts(&format!(
                "<Cell N='{name}' V='0' F='CALLTHIS(\"ThisDocument.Go\",\"x\")'/>"
            ))
        };
        assert_eq!(
            cell("EventDblClick"),
            one("ThisDocument.Go", StartBy::Shape)
        );
        assert_eq!(cell("Width"), one("ThisDocument.Go", StartBy::Formula));
    }

    #[test]
    fn damage_keeps_what_comes_before_and_is_observed() {
        let (starts, ledger) = read("<customUI onLoad='Loaded'><!-- ");
        assert_eq!(starts, one("Loaded", StartBy::RibbonLoad));
        assert_eq!(ledger.observations()[0].code, "opc.bindings-unread");
        assert!(ledger.gaps().is_empty());
    }

    #[test]
    fn many_are_paid_for() {
        let limits = Limits::mail().with(Limit::Entries, 3);
        let mut ledger = Ledger::new(limits);
        let mut found = Outside::default();
        let part = "<x macro='Go'/>".repeat(10);
        inspect_bindings(part.as_bytes(), "part.xml", &mut found, &mut ledger);
        assert_eq!(found.starts.len(), 3);
        assert_eq!(ledger.gaps().len(), 1);
    }
}
