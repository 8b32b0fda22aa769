//! Fields that start another program, DDE and DDEAUTO, or a macro, MACROBUTTON; ECMA-376-1 17.16.
//!
//! Found and not judged; so are the macros of the fields of a form, which Word runs when one is
//! entered or left (17.16.10). In a package a field is the text between two `fldChar` marks, cut into
//! runs at will, or an attribute of `fldSimple`; in a Word 97 document it follows the character
//! 0x13. The first word says what the field does; one that is itself a field is computed, and can
//! be any word.

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::container::opc::xml;
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};
use crate::project::{Start, StartBy};

/// How much of a field is kept: its first words, of which one may be the name of a macro.
const FIRST_WORDS: usize = 320;
/// How much of a field is looked at in Word 97: its first word.
const FIRST_WORD: usize = 32;
/// Fields nest a few deep.
const MAX_DEPTH: usize = 64;

/// Looks through a story part of a Word package: the body, a header, a note …
pub fn inspect_story(part: &[u8], name: &str, starts: &mut Vec<Start>, ledger: &mut Ledger) {
    let text = match xml::text(part) {
        Ok(decoded) => decoded.text,
        Err(exotic) => {
            ledger.gap(
                Reason::Unsupported,
                format_args!("part {name} is in {}, which is not decoded", exotic.0),
            );
            return;
        }
    };
    if memmem::find(text.as_bytes(), b"instr").is_none() {
        return;
    }
    match search(&text, starts, ledger) {
        Found::Nothing => {}
        Found::Dde => ledger.gap(
            Reason::Unsupported,
            format_args!(
                "part {name} has fields that start another program (DDE), which are not judged"
            ),
        ),
        Found::TooDeep => ledger.gap(
            Reason::Unsupported,
            format_args!(
                "part {name} has fields in more than {MAX_DEPTH} others, which are not read"
            ),
        ),
        Found::Broken(at) => ledger.gap(
            Reason::Damaged,
            format_args!(
                "part {name} is not well-formed at {at}; fields behind that were not read"
            ),
        ),
    }
}

/// Looks through the part of an Excel package that describes a link to elsewhere.
pub fn inspect_external_link(part: &[u8], name: &str, ledger: &mut Ledger) {
    let wide = b"d\0d\0e\0L\0i\0n\0k";
    if memmem::find(part, b"ddeLink").is_some() || memmem::find(part, wide).is_some() {
        ledger.gap(
            Reason::Unsupported,
            format_args!(
                "part {name} is a link that starts another program (DDE), which is not judged"
            ),
        );
    }
}

/// Whether the code of a field of Word 97 is DDE, in bytes or in UTF-16.
pub(super) fn is_word_97_dde(code: &[u8]) -> bool {
    let wide = code.iter().copied().skip(1).step_by(2);
    starts_dde(code.iter().copied()) || (code.first() == Some(&0) && starts_dde(wide))
}

fn starts_dde(code: impl Iterator<Item = u8>) -> bool {
    let mut rest = code
        .take(FIRST_WORD)
        .filter(|c| !matches!(c, b' ' | b'\t' | b'"'));
    b"DDE"
        .iter()
        .all(|want| rest.next().is_some_and(|c| c.eq_ignore_ascii_case(want)))
}

/// A field whose end has not been reached.
#[derive(Default)]
struct Open {
    /// The start of its code.
    words: String,
    /// Whether the code is over and what follows is the result shown.
    shown: bool,
}

/// What the fields of a part come to.
enum Found {
    Nothing,
    Dde,
    TooDeep,
    /// The XML breaks at this offset.
    Broken(u64),
}

fn search(text: &str, starts: &mut Vec<Start>, ledger: &mut Ledger) -> Found {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut open: Vec<Open> = Vec::new();
    let mut in_code = false;
    let mut depth = 0_u64;
    loop {
        // A spent budget is a gap already.
        if ledger.charge(Limit::Steps, 1).is_err() {
            return Found::Nothing;
        }
        if open.len() > MAX_DEPTH {
            return Found::TooDeep;
        }
        let mut mark = Mark::Other;
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                depth = depth.saturating_add(1);
                in_code = is_code(&element);
                mark = Mark::read(&element, &mut open);
            }
            Ok(Event::Empty(element)) => mark = Mark::read(&element, &mut open),
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                in_code = false;
            }
            Ok(Event::Text(piece)) if in_code => add(&mut open, &piece),
            Ok(Event::CData(piece)) if in_code => add(&mut open, &piece),
            Ok(Event::GeneralRef(name)) if in_code => add(&mut open, &xml::entity(&name)),
            Ok(Event::Eof) if open.iter().any(Open::is_dde) => return Found::Dde,
            Ok(Event::Eof) if depth > 0 => return Found::Broken(reader.buffer_position()),
            Ok(Event::Eof) => return Found::Nothing,
            Err(_) if open.iter().any(Open::is_dde) => return Found::Dde,
            Err(_) => return Found::Broken(reader.error_position()),
            Ok(_) => {}
        }
        match mark {
            Mark::Other => {}
            Mark::Dde => return Found::Dde,
            Mark::Macro(start) => {
                if ledger.charge(Limit::Entries, 1).is_err() {
                    return Found::Nothing;
                }
                starts.push(start);
            }
        }
    }
}

fn is_code(element: &BytesStart<'_>) -> bool {
    matches!(
        element.local_name().into_inner(),
        "instrText" | "delInstrText"
    )
}

/// What an element says of fields.
enum Mark {
    Other,
    /// A field ends here that is DDE, or can come to that.
    Dde,
    /// A field ends here that starts a macro.
    Macro(Start),
}

impl Mark {
    fn read(element: &BytesStart<'_>, open: &mut Vec<Open>) -> Self {
        let local = element.local_name();
        let attribute = |wanted: &str| {
            element
                .attributes()
                .with_checks(false)
                .flatten()
                .find(|attribute| attribute.key.local_name().into_inner() == wanted)
                .map(|attribute| attribute.value)
        };
        match local.into_inner() {
            "fldSimple" => attribute("instr").map_or(Self::Other, |code| {
                Self::of(&unescape(&code).unwrap_or_default())
            }),
            "entryMacro" | "exitMacro" => attribute("val").map_or(Self::Other, |name| {
                Self::Macro(Start {
                    name: name.chars().take(FIRST_WORDS).collect(),
                    by: StartBy::Touch,
                })
            }),
            "fldChar" => match attribute("fldCharType").as_deref() {
                Some("begin") => {
                    // A code that begins with a field is whatever that field comes to.
                    let computed = open
                        .last()
                        .is_some_and(|outer| !outer.shown && outer.is_blank());
                    open.push(Open::default());
                    if computed { Self::Dde } else { Self::Other }
                }
                Some("separate") => {
                    if let Some(field) = open.last_mut() {
                        field.shown = true;
                    }
                    Self::Other
                }
                Some("end") => open
                    .pop()
                    .map_or(Self::Other, |field| Self::of(&field.words)),
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// What a field of that code is.
    fn of(code: &str) -> Self {
        if is_dde(code) {
            Self::Dde
        } else {
            button(code).map_or(Self::Other, Self::Macro)
        }
    }
}

fn add(open: &mut [Open], piece: &str) {
    if let Some(field) = open.last_mut()
        && !field.shown
        && field.words.len() < FIRST_WORDS
    {
        let piece = if field.is_blank() {
            piece.trim_start()
        } else {
            piece
        };
        field.words.extend(piece.chars().take(FIRST_WORDS));
    }
}

impl Open {
    fn is_blank(&self) -> bool {
        self.words.trim_start().is_empty()
    }

    fn is_dde(&self) -> bool {
        is_dde(&self.words)
    }
}

/// The macro that a click on the field starts: `MACROBUTTON Name text` (17.16.5.34).
pub(super) fn button(code: &str) -> Option<Start> {
    let mut words = code.split_whitespace();
    if !words.next()?.eq_ignore_ascii_case("MACROBUTTON") {
        return None;
    }
    let name = words.next()?.trim_matches('"');
    Some(Start {
        name: name.chars().take(FIRST_WORDS).collect(),
        by: StartBy::Field,
    })
}

fn is_dde(code: &str) -> bool {
    let code = code.trim_start_matches(|c: char| c.is_whitespace() || c == '"');
    let word = code
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    word.eq_ignore_ascii_case("DDE") || word.eq_ignore_ascii_case("DDEAUTO")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn gaps(body: &str) -> usize {
        let mut ledger = Ledger::new(Limits::mail());
        story(body, &mut ledger);
        ledger.gaps().len()
    }

    fn story(body: &str, ledger: &mut Ledger) -> Vec<Start> {
        let part = format!("<w:document xmlns:w=\"w\">{body}</w:document>");
        let mut starts = Vec::new();
        inspect_story(part.as_bytes(), "word/document.xml", &mut starts, ledger);
        starts
    }

    fn field(code: &str) -> String {
        format!(
            "<w:fldChar w:fldCharType=\"begin\"/>{code}<w:fldChar w:fldCharType=\"separate\"/>\
             <w:t>DDE</w:t><w:fldChar w:fldCharType='end'/>"
        )
    }

    fn run(text: &str) -> String {
        format!("<w:r><w:instrText xml:space=\"preserve\">{text}</w:instrText></w:r>")
    }

    #[test]
    fn dde_in_every_form() {
        for code in [
            field(&run(" DDEAUTO inert \"x\" ")),
            field(&format!("{}{}{}", run("D"), run("dE"), run("AUTO inert"))),
            field(&run("&#x44;DE inert")),
            field(&run("<![CDATA[DDE inert]]>")),
            "<w:fldSimple w:instr=' DDE inert'/>".to_owned(),
            // The word comes from a field inside.
            field(&format!(
                "{}{}",
                field(&run("QUOTE 68 68 69")),
                run(" inert")
            )),
            // Cut off before its end.
            format!("<w:fldChar w:fldCharType=\"begin\"/>{}", run("DDE inert")),
        ] {
            assert_eq!(gaps(&code), 1, "{code}");
        }
    }

    #[test]
    fn fields_that_start_a_macro() {
        for (code, name, by) in [
            (
                field(&format!(
                    "{}{}",
                    run(" macrobutton  "),
                    run("Module1.Go click")
                )),
                "Module1.Go",
                StartBy::Field,
            ),
            (
                "<w:fldSimple w:instr='MACROBUTTON &quot;Go&quot; x'/>".to_owned(),
                "Go",
                StartBy::Field,
            ),
            (
                format!(
                    "<w:ffData><w:exitMacro w:val='Go'/></w:ffData>{}",
                    field(&run("FORMTEXT"))
                ),
                "Go",
                StartBy::Touch,
            ),
        ] {
            let mut ledger = Ledger::new(Limits::mail());
            let name = name.to_owned();
            assert_eq!(story(&code, &mut ledger), [Start { name, by }], "{code}");
            assert!(ledger.gaps().is_empty());
        }
    }

    #[test]
    fn what_hides_fields_is_a_gap() {
        let deep = "<w:fldChar w:fldCharType='begin'/><w:instrText>IF </w:instrText>".repeat(80);
        assert_eq!(gaps(&format!("{deep}{}", field(&run("DDE inert")))), 1);
        assert_eq!(gaps(&format!("<!-- {}", field(&run("DDE inert")))), 1);
    }

    #[test]
    fn other_fields_are_none() {
        for code in [
            field(&run(" HYPERLINK \"http://hidden.invalid/dde\" ")),
            field(&run("PAGE")),
            field(&format!(
                "{}{}{}",
                run("IF "),
                field(&run("PAGE")),
                run(" = 1")
            )),
            "<w:t>DDE instructions</w:t>".to_owned(),
            "<w:fldSimple w:instr=' DATE '/>".to_owned(),
        ] {
            assert_eq!(gaps(&code), 0, "{code}");
        }
    }

    #[test]
    fn dde_in_word_97() {
        for (text, found) in [
            (&b" DDEAUTO inert\x14"[..], true),
            (b"\0 \0D\0D\0E\0 \0i\0", true),
            (b" ddeauto inert\x14", true),
            (b" PAGE \x14 DDE", false),
        ] {
            assert_eq!(is_word_97_dde(text), found, "{text:?}");
        }
    }
}
