//! Fields that start another program: DDE and DDEAUTO, ECMA-376-1 17.16.
//!
//! Found and not judged. In a package a field is the text between two `fldChar` marks, cut into
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

/// How much of a field is kept: its first word.
const FIRST_WORD: usize = 32;
/// Fields nest a few deep; what is deeper is not followed.
const MAX_DEPTH: usize = 64;

/// Looks through a story part of a Word package: the body, a header, a note …
pub fn inspect_story(part: &[u8], name: &str, ledger: &mut Ledger) {
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
    if memmem::find(text.as_bytes(), b"instr").is_none() || !has_dde(&text, ledger) {
        return;
    }
    ledger.gap(
        Reason::Unsupported,
        format_args!(
            "part {name} has fields that start another program (DDE), which are not judged"
        ),
    );
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

/// Looks through the text of a Word 97 document, in bytes or in UTF-16.
pub(super) fn inspect_word_97(stream: &[u8], ledger: &mut Ledger) {
    let narrow = memmem::find_iter(stream, b"DDE").any(|at| begins_field(stream, at, 1));
    let wide = memmem::find_iter(stream, b"D\0D\0E\0").any(|at| begins_field(stream, at, 2));
    if narrow || wide {
        ledger.gap(
            Reason::Unsupported,
            format_args!(
                "the document has fields that start another program (DDE), which are not judged"
            ),
        );
    }
}

/// Whether nothing but blanks and quotes stands between `at` and the mark that begins a field.
fn begins_field(stream: &[u8], at: usize, width: usize) -> bool {
    let before = stream.get(at.saturating_sub(32)..at).unwrap_or_default();
    let mut units = before
        .rchunks_exact(width)
        .map(|unit| unit.first().copied().unwrap_or(0));
    units.find(|unit| !matches!(unit, b' ' | b'\t' | b'"')) == Some(0x13)
}

/// A field whose end has not been reached.
#[derive(Default)]
struct Open {
    /// The start of its code.
    word: String,
    /// Whether the code is over and what follows is the result shown.
    shown: bool,
}

fn has_dde(text: &str, ledger: &mut Ledger) -> bool {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut open: Vec<Open> = Vec::new();
    let mut in_code = false;
    loop {
        if ledger.charge(Limit::Steps, 1).is_err() {
            return false;
        }
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                in_code = is_code(&element);
                if mark(&element, &mut open) {
                    return true;
                }
            }
            Ok(Event::Empty(element)) => {
                if mark(&element, &mut open) {
                    return true;
                }
            }
            Ok(Event::End(_)) => in_code = false,
            Ok(Event::Text(piece)) if in_code => add(&mut open, &piece),
            Ok(Event::CData(piece)) if in_code => add(&mut open, &piece),
            Ok(Event::GeneralRef(entity)) if in_code => {
                let name: &str = &entity;
                add(
                    &mut open,
                    unescape(&format!("&{name};")).as_deref().unwrap_or("?"),
                );
            }
            Ok(Event::Eof) | Err(_) => return open.iter().any(Open::is_dde),
            Ok(_) => {}
        }
    }
}

fn is_code(element: &BytesStart<'_>) -> bool {
    matches!(
        element.local_name().into_inner(),
        "instrText" | "delInstrText"
    )
}

/// Takes the marks of fields; says whether one that ends here is DDE.
fn mark(element: &BytesStart<'_>, open: &mut Vec<Open>) -> bool {
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
        "fldSimple" => attribute("instr").is_some_and(|code| {
            let code = unescape(&code).unwrap_or_default();
            is_dde(&code)
        }),
        "fldChar" => match attribute("fldCharType").as_deref() {
            Some("begin") => {
                // A code that begins with a field is whatever that field comes to.
                let computed = open
                    .last()
                    .is_some_and(|outer| !outer.shown && outer.is_blank());
                if open.len() < MAX_DEPTH {
                    open.push(Open::default());
                }
                computed
            }
            Some("separate") => {
                if let Some(field) = open.last_mut() {
                    field.shown = true;
                }
                false
            }
            Some("end") => open.pop().is_some_and(|field| field.is_dde()),
            _ => false,
        },
        _ => false,
    }
}

fn add(open: &mut [Open], piece: &str) {
    if let Some(field) = open.last_mut()
        && !field.shown
        && field.word.len() < FIRST_WORD
    {
        let piece = if field.is_blank() {
            piece.trim_start()
        } else {
            piece
        };
        field.word.extend(piece.chars().take(FIRST_WORD));
    }
}

impl Open {
    fn is_blank(&self) -> bool {
        self.word.trim_start().is_empty()
    }

    fn is_dde(&self) -> bool {
        is_dde(&self.word)
    }
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
        let part = format!("<w:document xmlns:w=\"w\">{body}</w:document>");
        inspect_story(part.as_bytes(), "word/document.xml", &mut ledger);
        ledger.gaps().len()
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
            (&b"x\x13 DDEAUTO inert\x14"[..], 1),
            (b"x\x13\0 \0D\0D\0E\0 \0i\0", 1),
            (b"the word DDE", 0),
        ] {
            let mut ledger = Ledger::new(Limits::mail());
            inspect_word_97(text, &mut ledger);
            assert_eq!(ledger.gaps().len(), found, "{text:?}");
        }
    }
}
