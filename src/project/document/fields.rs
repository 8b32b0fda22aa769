//! Fields, ECMA-376-1 17.16: what they load or run, which macros they start, and the macros of the
//! fields of a form, which Word runs when one is entered or left (17.16.10).
//!
//! In a package a field is the text between two `fldChar` marks, cut into runs at will, or an
//! attribute of `fldSimple`; in a Word 97 document it follows the character 0x13. Fields stand in
//! the codes of others, where each is what it comes to: a `QUOTE` what it says, a bookmark what a
//! `SET` gave it, any other what the document shows for it, and `…` if it shows nothing.
//!
//! The marks part the code from the result (17.16.13), so that plain text (`t`) in front of the
//! one between them is part of the code, as it is for LibreOffice.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::Outside;
use super::elements::{self, Node, attribute};
use super::field_code::{load_of, result_of};
use super::markup;
use crate::container::opc::xml;
use crate::limits::{Limit, Spent};
use crate::observe::{Ledger, Reason};
use crate::project::{Load, LoadKind, Start, StartBy};

/// How much of the code of a field is kept, in bytes.
const LONGEST: usize = 4096;
/// How much of the name of a macro is kept, in characters.
const LONGEST_NAME: usize = 320;
/// How much of a field is looked at in Word 97: its first word.
const FIRST_WORD: usize = 32;
/// Fields nest a few deep.
const MAX_DEPTH: usize = 64;
/// How many bookmarks are kept that fields set.
const MAX_BOOKMARKS: usize = 256;
/// What stands for the part of a code that is not known.
const UNKNOWN: &str = "…";

/// Looks through a story part of a Word package: the body, a header, a note …
pub fn inspect_story(part: &[u8], name: &str, found: &mut Outside, ledger: &mut Ledger) {
    let Some(text) = xml::text_of_part(part, name, ledger) else {
        return;
    };
    if elements::has(&text, &["nstr", "fldChar", "entryMacro", "exitMacro"]) {
        let mut story = Story {
            name,
            open: Vec::new(),
            elements: Vec::new(),
            bookmarks: HashMap::new(),
            too_deep: false,
            found,
        };
        elements::walk(&text, name, ledger, |node, ledger| story.node(node, ledger));
        // Cut off before their ends.
        while !story.open.is_empty() && story.end(ledger).is_ok() {}
        if story.too_deep {
            ledger.gap(
                Reason::Unsupported,
                format_args!(
                    "part {name} has fields in more than {MAX_DEPTH} others, which are not read"
                ),
            );
        }
    }
    markup::inspect(&text, name, found, ledger);
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
    code: String,
    /// Whether the code is over and what follows is the result shown.
    shown: bool,
    /// The result, if the field is in the code of another.
    result: String,
    /// Whether the code begins with what another field comes to.
    computed: bool,
}

/// What the text of an element is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    Code,
    Shown,
    /// The end of the element is that of a field.
    Simple,
    Other,
}

struct Story<'f> {
    name: &'f str,
    open: Vec<Open>,
    /// The elements that are open, as far as they matter.
    elements: Vec<Text>,
    bookmarks: HashMap<String, String>,
    too_deep: bool,
    found: &'f mut Outside,
}

impl Story<'_> {
    fn node(&mut self, node: Node<'_>, ledger: &mut Ledger) -> Result<(), Spent> {
        match node {
            Node::Open(local, element) => {
                let text = match local {
                    "instrText" | "delInstrText" => Text::Code,
                    "t" | "delText" => Text::Shown,
                    "fldSimple" => Text::Simple,
                    _ => Text::Other,
                };
                self.elements.push(text);
                self.element(local, element, ledger)
            }
            Node::Text(piece) => {
                match self.elements.last() {
                    Some(Text::Code) => self.code(piece),
                    Some(Text::Shown) => self.shown(piece),
                    _ => {}
                }
                Ok(())
            }
            Node::Close => match self.elements.pop() {
                Some(Text::Simple) => self.end(ledger),
                _ => Ok(()),
            },
        }
    }

    fn element(
        &mut self,
        local: &str,
        element: &BytesStart<'_>,
        ledger: &mut Ledger,
    ) -> Result<(), Spent> {
        match local {
            "fldSimple" => {
                self.begin(ledger)?;
                let code = attribute(element, "instr").unwrap_or_default();
                self.code(&code);
                if let Some(field) = self.open.last_mut() {
                    field.shown = true;
                }
            }
            "fldChar" => match attribute(element, "fldCharType").as_deref() {
                Some("begin") => self.begin(ledger)?,
                Some("separate") => {
                    if let Some(field) = self.open.last_mut() {
                        field.shown = true;
                    }
                }
                Some("end") => self.end(ledger)?,
                _ => {}
            },
            "entryMacro" | "exitMacro" => {
                if let Some(name) = attribute(element, "val") {
                    ledger.charge(Limit::Entries, 1)?;
                    self.found.starts.push(start(&name, StartBy::Touch));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, ledger: &mut Ledger) -> Result<(), Spent> {
        // A hundred thousand that never end are no fields; the outer ones are judged in time.
        if self.open.len() >= MAX_DEPTH {
            self.too_deep = true;
            self.end(ledger)?;
        }
        self.open.push(Open::default());
        Ok(())
    }

    fn code(&mut self, piece: &str) {
        if let Some(field) = self.open.last_mut()
            && !field.shown
        {
            add(&mut field.code, piece);
        }
    }

    fn shown(&mut self, piece: &str) {
        if self.open.last().is_some_and(|field| !field.shown) {
            self.code(piece);
            return;
        }
        // What is shown matters where it is part of a code.
        if let [.., outer, field] = self.open.as_mut_slice()
            && field.shown
            && !outer.shown
        {
            add(&mut field.result, piece);
        }
    }

    /// A field ends: it is judged, and is part of the code around it.
    fn end(&mut self, ledger: &mut Ledger) -> Result<(), Spent> {
        let Some(field) = self.open.pop() else {
            return Ok(());
        };
        let result = self.result(&field);
        ledger.charge(Limit::Steps, result.len() as u64 >> 6)?;
        if let Some(outer) = self.open.last_mut()
            && !outer.shown
        {
            outer.computed |= outer.code.trim().is_empty();
            add(&mut outer.code, &result);
            // It is text there, and no field.
            if result_of(&field.code).is_some() {
                return Ok(());
            }
        }
        if let Some(button) = button(&field.code) {
            ledger.charge(Limit::Entries, 1)?;
            self.found.starts.push(button);
            return Ok(());
        }
        let load = load_of(&field.code, self.name).or_else(|| {
            // A code that begins with what is not known can be that of any field.
            let unknown = field.computed && field.code.trim_start().starts_with(UNKNOWN);
            unknown.then(|| Load {
                kind: LoadKind::DdeField,
                target: field.code.trim().to_owned(),
                place: self.name.to_owned(),
            })
        });
        if let Some(load) = load {
            ledger.charge(Limit::Entries, 1)?;
            self.found.loads.push(load);
        }
        Ok(())
    }

    /// What a field comes to.
    fn result(&mut self, field: &Open) -> String {
        if let Some(text) = result_of(&field.code) {
            return text;
        }
        let mut words = field.code.split_whitespace();
        let first = words.next().unwrap_or_default();
        if first.eq_ignore_ascii_case("SET") {
            let name = words.next().unwrap_or_default();
            let value = field.code.split_once(name).map_or("", |(_, value)| value);
            if !name.is_empty() && self.bookmarks.len() < MAX_BOOKMARKS {
                let value = value.trim().trim_matches('"').to_owned();
                self.bookmarks.insert(name.to_lowercase(), value);
            }
            return String::new();
        }
        let name = match words.next() {
            Some(name) if first.eq_ignore_ascii_case("REF") => name,
            _ => first,
        };
        match self.bookmarks.get(&name.to_lowercase()) {
            Some(value) => value.clone(),
            None if field.result.is_empty() => UNKNOWN.to_owned(),
            None => field.result.clone(),
        }
    }
}

fn add(text: &mut String, piece: &str) {
    let room = LONGEST.saturating_sub(text.len());
    if piece.len() <= room {
        text.push_str(piece);
    } else {
        text.extend(piece.chars().take(room / 4));
    }
}

/// The macro that a click on the field starts: `MACROBUTTON Name text` (17.16.5.34).
pub(super) fn button(code: &str) -> Option<Start> {
    let mut words = code.split_whitespace();
    if !words.next()?.eq_ignore_ascii_case("MACROBUTTON") {
        return None;
    }
    let name = words.next()?.trim_matches('"');
    Some(start(name, StartBy::Field))
}

fn start(name: &str, by: StartBy) -> Start {
    Start {
        name: name.chars().take(LONGEST_NAME).collect(),
        by,
    }
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

    fn story(body: &str, ledger: &mut Ledger) -> Outside {
        let part = format!("<w:document xmlns:w=\"w\">{body}</w:document>");
        let mut found = Outside::default();
        inspect_story(part.as_bytes(), "word/document.xml", &mut found, ledger);
        found
    }

    fn loads(body: &str) -> Vec<(LoadKind, String)> {
        let mut ledger = Ledger::new(Limits::mail());
        let found = story(body, &mut ledger);
        found
            .loads
            .into_iter()
            .map(|one| (one.kind, one.target))
            .collect()
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
            let loads = loads(&code);
            let [(LoadKind::DdeField, target)] = loads.as_slice() else {
                panic!("{code}: {loads:?}");
            };
            assert!(target.to_ascii_uppercase().starts_with("DDE"), "{target}");
        }
    }

    #[test]
    fn codes_are_put_together() {
        let quote = field(&run("QUOTE 99 109 100"));
        for (code, expected) in [
            // Nested deep, with a result that is shown and another that is not.
            (
                field(&format!("{}{quote}{}", run("DDE "), run(" \"/c x\""))),
                "DDE cmd \"/c x\"",
            ),
            (
                field(&format!(
                    "{}{}",
                    field(&format!("{}{}", run("QUOTE 68 68 69 32 "), quote)),
                    run(" x")
                )),
                "DDE cmd x",
            ),
            // A bookmark that another field set.
            (
                format!(
                    "{}{}",
                    field(&run("SET c \"cmd\"")),
                    field(&format!("{}{}", run("DDE "), field(&run("REF c"))))
                ),
                "DDE cmd",
            ),
            // What is shown for a field, and nothing.
            (
                field(&format!(
                    "{}<w:fldChar w:fldCharType='begin'/>{}<w:fldChar w:fldCharType='separate'/>\
                     <w:t>c</w:t><w:t>md</w:t><w:fldChar w:fldCharType='end'/>",
                    run("DDE "),
                    run("AUTHOR")
                )),
                "DDE cmd",
            ),
            (
                field(&format!(
                    "{}<w:fldSimple w:instr='AUTHOR'/>{}",
                    run("DDE "),
                    run(" x")
                )),
                "DDE … x",
            ),
            // In a simple one, and with what is deleted.
            (
                "<w:fldSimple w:instr='DDE cmd'><w:r><w:t>x</w:t></w:r></w:fldSimple>".to_owned(),
                "DDE cmd",
            ),
            (field("<w:delInstrText>DDE cmd</w:delInstrText>"), "DDE cmd"),
            (
                field(&format!("<w:fldSimple w:instr='AUTHOR'/>{}", run("x"))),
                "…x",
            ),
        ] {
            assert_eq!(
                loads(&code),
                [(LoadKind::DdeField, expected.to_owned())],
                "{code}"
            );
        }
    }

    #[test]
    fn fields_that_load() {
        for (code, kind, target) in [
            (
                "INCLUDEPICTURE \"https://example.invalid/a.png\" \\d",
                LoadKind::Picture,
                "https://example.invalid/a.png",
            ),
            (
                "HYPERLINK \"https://example.invalid/\"",
                LoadKind::Hyperlink,
                "https://example.invalid/",
            ),
            (
                "LINK Excel.Sheet.8 \"C:\\\\a.xls\" x",
                LoadKind::Object,
                "C:\\a.xls",
            ),
        ] {
            assert_eq!(loads(&field(&run(code))), [(kind, target.to_owned())]);
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
            assert_eq!(
                story(&code, &mut ledger).starts,
                [Start { name, by }],
                "{code}"
            );
            assert!(ledger.gaps().is_empty());
        }
    }

    #[test]
    fn what_hides_fields_is_a_gap() {
        let deep = "<w:fldChar w:fldCharType='begin'/><w:instrText>IF </w:instrText>".repeat(80);
        assert_eq!(gaps(&format!("{deep}{}", field(&run("DDE inert")))), 1);
        assert_eq!(
            loads(&format!("{deep}{}", field(&run("DDE inert")))).len(),
            1
        );
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
            let loads = loads(&code);
            assert!(
                loads.iter().all(|(kind, _)| *kind == LoadKind::Hyperlink),
                "{loads:?}"
            );
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
