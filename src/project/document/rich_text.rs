//! What a document in rich text loads besides its objects: its template, its fields, files that
//! it is made of.

use crate::container::rtf::{Document, Field, Piece, Role};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::{Load, LoadKind};

use super::field_code::{load_of, result_of};

/// What a document loads, in the order of the file as far as it is kept.
#[must_use]
pub fn rich_text_loads(document: &Document, ledger: &mut Ledger) -> Vec<Load> {
    let mut loads: Vec<Load> = document
        .targets
        .iter()
        .map(|target| {
            let (kind, place) = match target.role {
                Role::Template => (LoadKind::Template, "\\template"),
                Role::File => (LoadKind::SubDocument, "\\filetbl"),
                Role::MailMerge => (LoadKind::MailMerge, "\\mailmerge"),
                Role::Picture => (LoadKind::Picture, "pibName"),
                Role::Hyperlink => (LoadKind::Hyperlink, "\\hlsrc"),
            };
            Load {
                kind,
                target: target.text.trim_end_matches(';').to_owned(),
                place: place.to_owned(),
            }
        })
        .collect();
    // Those inside others come first, so that what they come to is known.
    let mut results: Vec<String> = Vec::with_capacity(document.fields.len());
    for field in &document.fields {
        let code = code_of(field, &results, true);
        if ledger
            .charge(Limit::OutputBytes, code.len() as u64)
            .is_err()
        {
            break;
        }
        // What is computed stands there in braces.
        loads.extend(load_of(&code, "\\fldinst"));
        if field.code.iter().any(|one| matches!(one, Piece::Binary(_))) {
            let without = load_of(&code_of(field, &results, false), "\\fldinst");
            loads.extend(without.filter(|load| loads.last() != Some(load)));
        }
        results.push(match result_of(&code) {
            Some(text) => text,
            None if field.result.trim().is_empty() => format!("{{{}}}", code.trim()),
            None => field.result.clone(),
        });
    }
    loads
}

/// The code of a field with those in it replaced by what they come to, and with what stands in
/// `\bin` or without it.
fn code_of(field: &Field, results: &[String], binary: bool) -> String {
    let mut code = String::new();
    for piece in &field.code {
        match piece {
            Piece::Text(text) => code.push_str(text),
            Piece::Binary(text) if binary => code.push_str(text),
            Piece::Binary(_) => {}
            Piece::Field(number) => code.push_str(results.get(*number).map_or("", String::as_str)),
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::rtf;
    use crate::limits::Limits;

    fn loads(text: &str) -> Vec<(LoadKind, String)> {
        let mut ledger = Ledger::new(Limits::mail());
        let document = rtf::read(text.as_bytes(), &mut ledger);
        let loads = rich_text_loads(&document, &mut ledger).into_iter();
        loads.map(|load| (load.kind, load.target)).collect()
    }

    fn load(kind: LoadKind, target: &str) -> (LoadKind, String) {
        (kind, target.to_owned())
    }

    #[test]
    fn codes_in_pieces_and_in_one_another() {
        for (text, expected) in [
            (
                r#"{\field{\*\fldinst {\rtlch\fcs1 \af0 DDE}{AU\b TO "in}ert" x}{\fldrslt y}}"#,
                load(LoadKind::DdeField, "DDEAUTO \"inert\" x"),
            ),
            (
                r"{\field{\*\fldinst {\field{\*\fldinst QUOTE 68 68 69}{\fldrslt DDE}} inert}}",
                load(LoadKind::DdeField, "DDE inert"),
            ),
            (
                r"{\field{\*\fldinst DDE}{\*\fldinst AUTO inert}{\fldrslt}}",
                load(LoadKind::DdeField, "DDEAUTO inert"),
            ),
            (
                r#"{\field{\*\fldinst INCLUDETEXT "{\field{\*\fldinst REF a}{\fldrslt C:\\\\x.doc}}"}}"#,
                load(LoadKind::SubDocument, r"C:\x.doc"),
            ),
            (
                r"{\*\fldinst LINK htmlfile \ldblquote https://example.invalid/a\rdblquote }",
                load(LoadKind::Object, "https://example.invalid/a"),
            ),
            (
                r#"{\field{\*\fldinst{ INCLUDEPICTURE "https://example.invalid/\'82\'a0\u12356\'3f.png" \\d }}}"#,
                load(LoadKind::Picture, "https://example.invalid/あい.png"),
            ),
        ] {
            // Those inside others come first.
            let found = loads(&format!("{{\\rtf1\\ansicpg932 {text}}}"));
            assert_eq!(found.last(), Some(&expected), "{text}");
        }
    }

    #[test]
    fn other_places() {
        let text = r"{\rtf1\ansicpg932{\*\template C:\\\'8c\'f6\'8e\'ae.dot}
            {\*\filetbl{\file\fid1\frelative0\fosnum0\fvaliddos C:\\part.doc;}}
            {\sp{\sn pibFlags}{\sv 2}}{\sp{\sn pibName}{\sv https://example.invalid/a.png}}
            {\*\mailmerge{\*\mmdatasource C:\\list.mdb}}}";
        assert_eq!(
            loads(text),
            [
                load(LoadKind::Template, "C:\\公式.dot"),
                load(LoadKind::SubDocument, "C:\\part.doc"),
                load(LoadKind::Picture, "https://example.invalid/a.png"),
                load(LoadKind::MailMerge, "C:\\list.mdb"),
            ]
        );
    }

    #[test]
    fn ordinary_fields_are_none() {
        assert_eq!(
            loads(
                r#"{\rtf1{\field{\*\fldinst{DDE \\* MERGEFORMAT}}}{\field{\*\fldinst{PAGE}}{\fldrslt DDE}}{\*\generator x}{\field{\*\fldinst TOC \\o "1-3"}}}"#
            ),
            []
        );
    }
}
