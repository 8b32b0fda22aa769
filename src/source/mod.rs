//! Decoded source text: the [`Source`] of one module, its lines, and which of its bytes are
//! code, string or comment. Knows [`Code`], and no container.
//!
//! Text is borrowed where the stored bytes already are UTF-8 and decoded once otherwise; nothing
//! is folded, joined or rewritten, so that every offset, line and column that is reported is one
//! that a person finds again in the editor. What a byte belongs to is answered by a [`Cursor`],
//! which lexes the text once, forward, however many questions are asked. The lexis is that of
//! [MS-VBAL] 3.2 and 3.3: enough to tell program, string and comment apart, and no more.

use std::borrow::Cow;

use crate::bytes::text;
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::{Code, TextEncoding};

mod cursor;
pub mod eval;
pub mod graph;
pub mod identity;
pub mod lex;
pub mod names;
pub mod syntax;
pub mod token;
pub mod words;

pub(crate) use crate::project::formula::{is_launcher, links};
pub use crate::project::texts::{Content, Item, Texts, Wanted};
pub use crate::project::{Language, Load, LoadKind, Start, StartBy};
pub use cursor::Cursor;

/// What a byte of source text is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The program.
    Code,
    /// A string literal, its quotes included.
    Text,
    /// A comment.
    Comment,
}

/// The text of one module.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    text: Cow<'a, str>,
    language: Language,
}

impl<'a> Source<'a> {
    /// Decodes the stored bytes; borrowed where they are ASCII or valid UTF-8.
    ///
    /// Bytes that the encoding does not define become U+FFFD and are observed. Text beyond
    /// [`Limit::SourceBytes`] is cut off, and the ledger has a gap for it.
    #[must_use]
    pub fn decode(code: &Code<'a>, ledger: &mut Ledger) -> Self {
        let bytes = payable(code.bytes, ledger);
        let text = match code.encoding {
            TextEncoding::CodePage(page) => from_code_page(bytes, page, ledger),
            TextEncoding::Utf8 => from_utf8(bytes, ledger),
            TextEncoding::Utf16Le => from_utf16(bytes, encoding_rs::UTF_16LE, ledger),
            TextEncoding::Utf16Be => from_utf16(bytes, encoding_rs::UTF_16BE, ledger),
        };
        Self {
            text: within_limit(text, ledger),
            language: code.language.dialect(),
        }
    }

    /// A text that a program has in a variable, as the literal that would give it. The ends of its
    /// lines are blanks there, so that it is one.
    #[must_use]
    pub fn literal(value: &str) -> Source<'static> {
        let mut text = String::with_capacity(value.len() + 2);
        text.push('"');
        for c in value.chars() {
            match c {
                '"' => text.push_str("\"\""),
                '\r' | '\n' => text.push(' '),
                _ => text.push(c),
            }
        }
        text.push('"');
        Source {
            text: Cow::Owned(text),
            language: Language::Vba,
        }
    }

    /// A text that a program runs as code.
    #[must_use]
    pub const fn script(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            language: Language::VbScript,
        }
    }

    /// The text, line ends as stored.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Gives the text away.
    #[must_use]
    pub fn into_text(self) -> Cow<'a, str> {
        self.text
    }

    /// The language it is written in.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A cursor before the first byte.
    #[must_use]
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor::new(self)
    }
}

fn from_code_page<'a>(bytes: &'a [u8], page: u16, ledger: &mut Ledger) -> Cow<'a, str> {
    const CLAUSE: &str = "[MS-OVBA] 2.3.4.2.1.4";
    let decoded = text::decode(bytes, page);
    if !decoded.known {
        ledger.observe(
            "text.code-page-unknown",
            CLAUSE,
            0,
            format_args!(
                "there is no table for code page {page}; {} characters were replaced",
                decoded.undefined
            ),
        );
    } else if decoded.undefined > 0 {
        undefined_bytes(CLAUSE, &decoded.text, decoded.undefined, ledger);
    }
    decoded.text
}

fn from_utf8<'a>(bytes: &'a [u8], ledger: &mut Ledger) -> Cow<'a, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let text = String::from_utf8_lossy(bytes);
    undefined_bytes("RFC 3629", &text, replacements(&text), ledger);
    text
}

fn from_utf16<'a>(
    bytes: &'a [u8],
    encoding: &'static encoding_rs::Encoding,
    ledger: &mut Ledger,
) -> Cow<'a, str> {
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    if had_errors {
        undefined_bytes("RFC 2781", &text, replacements(&text), ledger);
    }
    text
}

fn replacements(text: &str) -> u64 {
    text.matches('\u{FFFD}').count() as u64
}

#[cold]
fn undefined_bytes(clause: &'static str, text: &str, count: u64, ledger: &mut Ledger) {
    let first = text.find('\u{FFFD}').unwrap_or(0) as u64;
    ledger.observe(
        "text.undefined-bytes",
        clause,
        first,
        format_args!("{count} characters are not defined in the encoding and were replaced"),
    );
}

/// As much as can come to more text than is left: two bytes, in UTF-16, are a character of one at
/// least. What is cut here is missed by [`within_limit`], so decoding costs no more than it keeps.
fn payable<'a>(bytes: &'a [u8], ledger: &Ledger) -> &'a [u8] {
    let left = ledger.budget().left(Limit::SourceBytes);
    let most = usize::try_from(left.saturating_add(1).saturating_mul(2)).unwrap_or(usize::MAX);
    bytes.get(..most).unwrap_or(bytes)
}

/// Charges for the text and keeps the part that was paid for.
fn within_limit<'a>(text: Cow<'a, str>, ledger: &mut Ledger) -> Cow<'a, str> {
    if ledger.charge(Limit::SourceBytes, text.len() as u64).is_ok() {
        return text;
    }
    let left = usize::try_from(ledger.budget().left(Limit::SourceBytes)).unwrap_or(usize::MAX);
    let keep = lex::head(&text, left).len();
    // Fits by construction.
    let _ = ledger.charge(Limit::SourceBytes, keep as u64);
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(..keep).unwrap_or_default()),
        Cow::Owned(mut text) => {
            text.truncate(keep);
            Cow::Owned(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::observe::Reason;

    fn decode(bytes: &[u8], encoding: TextEncoding) -> (String, Ledger) {
        let mut ledger = Ledger::new(Limits::mail());
        let code = Code {
            bytes,
            encoding,
            language: Language::Vba,
        };
        let source = Source::decode(&code, &mut ledger);
        (source.text().to_owned(), ledger)
    }

    #[test]
    fn a_value_is_one_literal() {
        let source = Source::literal("say \"x\"\r\n' no comment");
        let mut cursor = source.cursor();
        assert_eq!(cursor.seek(8), Place::Text);
        assert_eq!(cursor.literal(), Some(0..source.text().len()));
    }

    #[test]
    fn japanese_text_is_decoded_by_its_code_page() {
        let (text, ledger) = decode(b"x = \"\x90\xbf\x8b\x81\"", TextEncoding::CodePage(932));
        assert_eq!(text, "x = \"請求\"");
        assert!(ledger.observations().is_empty());
    }

    #[test]
    fn what_an_encoding_does_not_define_is_observed() {
        let cases: [(&[u8], TextEncoding, &str); 4] = [
            (
                b"a\x81",
                TextEncoding::CodePage(1252),
                "text.undefined-bytes",
            ),
            (
                b"a\xff",
                TextEncoding::CodePage(4242),
                "text.code-page-unknown",
            ),
            (b"a\xff", TextEncoding::Utf8, "text.undefined-bytes"),
            (b"a\0\0\xd8", TextEncoding::Utf16Le, "text.undefined-bytes"),
        ];
        for (bytes, encoding, code) in cases {
            let (text, ledger) = decode(bytes, encoding);
            assert_eq!(text, "a\u{FFFD}", "{encoding:?}");
            assert_eq!(ledger.observations()[0].code, code);
        }
    }

    #[test]
    fn marks_of_unicode_text_are_no_text() {
        for (bytes, encoding) in [
            (&b"\xEF\xBB\xBFA"[..], TextEncoding::Utf8),
            (b"\xFF\xFEA\0", TextEncoding::Utf16Le),
            (b"\xFE\xFF\0A", TextEncoding::Utf16Be),
        ] {
            assert_eq!(decode(bytes, encoding).0, "A");
        }
    }

    #[test]
    fn ascii_and_utf8_are_borrowed() {
        let mut ledger = Ledger::new(Limits::mail());
        for (bytes, encoding) in [
            (&b"Sub A()"[..], TextEncoding::CodePage(932)),
            ("x = \"é\"".as_bytes(), TextEncoding::Utf8),
        ] {
            let code = Code {
                bytes,
                encoding,
                language: Language::Vba,
            };
            assert!(matches!(
                Source::decode(&code, &mut ledger).into_text(),
                Cow::Borrowed(_)
            ));
        }
    }

    #[test]
    fn text_over_the_limit_is_cut_between_characters_and_leaves_a_gap() {
        let mut ledger = Ledger::new(Limits::mail().with(Limit::SourceBytes, 4));
        let code = Code {
            bytes: "abcéf".as_bytes(),
            encoding: TextEncoding::Utf8,
            language: Language::Vba,
        };
        assert_eq!(Source::decode(&code, &mut ledger).text(), "abc");
        assert_eq!(ledger.gaps()[0].reason, Reason::Limit);
    }
}
