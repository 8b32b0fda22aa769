//! What the code of a field loads or runs, ECMA-376-1 17.16; the same in packages, in Word 97 and
//! in rich text.
//!
//! A code is a word, arguments and switches: `INCLUDETEXT "C:\\a\\b.docx" \c`. In arguments a
//! backslash stands before a quote or another backslash; elsewhere it begins a switch, of which
//! some take the argument that follows (17.16.4). Fields in a field have been replaced by what
//! they come to: `result_of` says that of `QUOTE`, the one that makes any text.

use crate::project::{Load, LoadKind};

/// What a field of that code loads or runs, if it does either.
///
/// `place` is where it stands; fields in it have been replaced by their results, or where these
/// are not known by their codes in braces.
///
/// ```
/// use macrosift::project::{LoadKind, document::field_code::load_of};
/// let load = load_of(" INCLUDETEXT \"C:\\\\inert\\\\a.docx\" \\c x", "word/document.xml").unwrap();
/// assert_eq!(load.kind, LoadKind::SubDocument);
/// assert_eq!(load.target, "C:\\inert\\a.docx");
/// assert_eq!(load_of("PAGE", ""), None);
/// ```
#[must_use]
pub fn load_of(code: &str, place: &str) -> Option<Load> {
    let quoted = result_of(code);
    let code = quoted.as_deref().unwrap_or(code);
    let (word, rest) = keyword(code);
    let field = FIELDS
        .iter()
        .find(|field| word.eq_ignore_ascii_case(field.word))?;
    let mut arguments = Arguments {
        rest,
        with_argument: field.switches,
    };
    let target = match field.what {
        // Without a program DDE starts none.
        What::Code => has_argument(code).then(|| code.trim().to_owned()),
        What::First => arguments.next(),
        // The class of the object comes first.
        What::Second => arguments.next().and_then(|_| arguments.next()),
        What::Switch(letter) => arguments.of(letter),
    };
    Some(Load {
        kind: field.kind,
        // Without one nothing is loaded, and a link leads to a place in the document itself.
        target: target.filter(|target| !target.trim().is_empty())?,
        place: place.to_owned(),
    })
}

/// The text that a `QUOTE` field comes to (17.16.5.49): its arguments in a row, a number being the
/// character of that code. Of other fields the document has to say.
#[must_use]
pub fn result_of(code: &str) -> Option<String> {
    let (word, rest) = keyword(code);
    if !word.eq_ignore_ascii_case("QUOTE") {
        return None;
    }
    let arguments = Arguments {
        rest,
        with_argument: "",
    };
    let mut text = String::new();
    for argument in arguments {
        match character(&argument) {
            Some(character) => text.push(character),
            None => text.push_str(&argument),
        }
    }
    Some(text)
}

/// Whether a code names anything besides what the field does.
fn has_argument(code: &str) -> bool {
    let (_, rest) = keyword(code);
    let arguments = Arguments {
        rest,
        with_argument: "",
    };
    let mut arguments = arguments.filter(|argument| !argument.trim().is_empty());
    arguments.next().is_some()
}

fn character(argument: &str) -> Option<char> {
    let hex = argument
        .strip_prefix("0x")
        .or_else(|| argument.strip_prefix("0X"));
    let code = match hex {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => argument.parse().ok()?,
    };
    char::from_u32(code)
}

/// A field that loads or runs something.
struct Field {
    word: &'static str,
    kind: LoadKind,
    /// Which of its arguments is loaded.
    what: What,
    /// The switches of its own that take an argument.
    switches: &'static str,
}

/// Which argument says what is loaded.
#[derive(Clone, Copy)]
enum What {
    /// The code as a whole does.
    Code,
    First,
    Second,
    /// The argument of a switch.
    Switch(char),
}

const fn field(word: &'static str, kind: LoadKind, what: What, switches: &'static str) -> Field {
    Field {
        word,
        kind,
        what,
        switches,
    }
}

const FIELDS: &[Field] = &[
    field("DDE", LoadKind::DdeField, What::Code, ""),
    field("DDEAUTO", LoadKind::DdeField, What::Code, ""),
    field("HYPERLINK", LoadKind::Hyperlink, What::First, "lot"),
    field("INCLUDETEXT", LoadKind::SubDocument, What::First, "cntx"),
    field("INCLUDE", LoadKind::SubDocument, What::First, "c"),
    field("RD", LoadKind::SubDocument, What::First, ""),
    field("INCLUDEPICTURE", LoadKind::Picture, What::First, "c"),
    field("IMPORT", LoadKind::Picture, What::First, "c"),
    field("LINK", LoadKind::Object, What::Second, "f"),
    field(
        "DATABASE",
        LoadKind::Connection,
        What::Switch('d'),
        "bcdflst",
    ),
    field("CONTROL", LoadKind::Control, What::First, ""),
    field("HTMLCONTROL", LoadKind::Control, What::First, ""),
];

/// The first word of a code, and what follows it. Quotes in front are passed over: a nested
/// `QUOTE` may have left them.
fn keyword(code: &str) -> (&str, &str) {
    let code = code.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '"' | '\u{FEFF}' | '\u{200B}')
    });
    let end = code
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(code.len());
    code.split_at(end)
}

/// The arguments of a code in turn, without switches and what these take.
struct Arguments<'c> {
    rest: &'c str,
    with_argument: &'static str,
}

/// A piece of a code.
enum Piece {
    Argument(String),
    Switch(char),
}

impl Arguments<'_> {
    fn piece(&mut self) -> Option<Piece> {
        let rest = self
            .rest
            .trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
        let mut characters = rest.chars();
        let first = characters.next()?;
        if is_quote(first) {
            let (argument, rest) = quoted(characters.as_str());
            self.rest = rest;
            return Some(Piece::Argument(argument));
        }
        if first == '{' {
            let end = rest.find('}').map_or(rest.len(), |at| at.saturating_add(1));
            let (inner, rest) = rest.split_at(end);
            self.rest = rest;
            return Some(Piece::Argument(inner.to_owned()));
        }
        if first == '\\'
            && let Some(letter) = characters.next()
            && letter != '\\'
        {
            self.rest = characters.as_str();
            return Some(Piece::Switch(letter));
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || is_quote(c))
            .unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        self.rest = rest;
        Some(Piece::Argument(unescaped(word)))
    }

    fn takes_argument(&self, letter: char) -> bool {
        matches!(letter, '*' | '#' | '@')
            || self.with_argument.contains(letter.to_ascii_lowercase())
    }

    /// The argument of a switch.
    fn of(&mut self, wanted: char) -> Option<String> {
        let mut last = None;
        while let Some(piece) = self.piece() {
            match piece {
                Piece::Switch(letter) => last = Some(letter.to_ascii_lowercase()),
                Piece::Argument(argument) if last == Some(wanted) => return Some(argument),
                Piece::Argument(_) => last = None,
            }
        }
        None
    }
}

impl Iterator for Arguments<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut taken = false;
        loop {
            match self.piece()? {
                Piece::Switch(letter) => taken = self.takes_argument(letter),
                Piece::Argument(_) if taken => taken = false,
                Piece::Argument(argument) => return Some(argument),
            }
        }
    }
}

/// Word takes the quotes that it makes of straight ones for the same.
const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}')
}

/// An argument up to its closing quote, and what follows it.
fn quoted(text: &str) -> (String, &str) {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if is_quote(c) && !escaped {
            let (argument, rest) = text.split_at(at);
            let rest = rest.split_at(c.len_utf8()).1;
            return (unescaped(argument), rest);
        }
        escaped = c == '\\' && !escaped;
    }
    (unescaped(text), "")
}

/// Without the backslashes before quotes and backslashes. A path of a server that somebody wrote
/// without them is left as it is.
fn unescaped(argument: &str) -> String {
    let mut start = argument.chars();
    if (start.next(), start.next()) == (Some('\\'), Some('\\')) && start.next() != Some('\\') {
        return argument.to_owned();
    }
    let mut text = String::with_capacity(argument.len());
    let mut characters = argument.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\\'
            && let Some(next) = characters.next_if(|&next| next == '\\' || is_quote(next))
        {
            text.push(next);
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(code: &str) -> Option<(LoadKind, String)> {
        load_of(code, "place").map(|load| (load.kind, load.target))
    }

    #[test]
    fn fields_that_load_or_run() {
        for (code, kind, expected) in [
            (
                r#" DDEAUTO "inert" "x" "#,
                LoadKind::DdeField,
                r#"DDEAUTO "inert" "x""#,
            ),
            (r"dde inert x", LoadKind::DdeField, "dde inert x"),
            ("\"DDE inert\"", LoadKind::DdeField, "\"DDE inert\""),
            (
                "QUOTE 68 0x44 69 32 \"inert\"",
                LoadKind::DdeField,
                "DDE inert",
            ),
            (
                r#"HYPERLINK \o "tip" "https://example.invalid/a""#,
                LoadKind::Hyperlink,
                "https://example.invalid/a",
            ),
            (
                r#"HYPERLINK "https://example.invalid/a" \l "b""#,
                LoadKind::Hyperlink,
                "https://example.invalid/a",
            ),
            (
                r#"INCLUDEPICTURE "\\\\example.invalid\\s\\a.png" \d \* MERGEFORMAT"#,
                LoadKind::Picture,
                r"\\example.invalid\s\a.png",
            ),
            (
                r#"INCLUDEPICTURE \d "https://example.invalid/a.png""#,
                LoadKind::Picture,
                "https://example.invalid/a.png",
            ),
            (
                r#"INCLUDEPICTURE \* MERGEFORMAT \\example.invalid\s\a.png"#,
                LoadKind::Picture,
                r"\\example.invalid\s\a.png",
            ),
            (
                r"INCLUDETEXT C:\\a\\b.docx part",
                LoadKind::SubDocument,
                r"C:\a\b.docx",
            ),
            (
                "INCLUDETEXT \u{201C}見積 書.docx\u{201D}",
                LoadKind::SubDocument,
                "見積 書.docx",
            ),
            (
                r#"LINK htmlfile "https://example.invalid/a.html" "" \a \p"#,
                LoadKind::Object,
                "https://example.invalid/a.html",
            ),
            (
                r#"DATABASE \c "DSN=x" \d "C:\\a.mdb" \s "SELECT""#,
                LoadKind::Connection,
                r"C:\a.mdb",
            ),
            (
                r"CONTROL Forms.HTML:Text.1 \s",
                LoadKind::Control,
                "Forms.HTML:Text.1",
            ),
            (
                "INCLUDETEXT {DOCPROPERTY a} \\c x",
                LoadKind::SubDocument,
                "{DOCPROPERTY a}",
            ),
        ] {
            assert_eq!(target(code), Some((kind, expected.to_owned())), "{code}");
        }
    }

    #[test]
    fn fields_that_do_neither() {
        for code in [
            "",
            "PAGE",
            r#"HYPERLINK \l "bookmark""#,
            "DDEX inert",
            "INCLUDETEXT \"\" \\* MERGEFORMAT",
            "QUOTE \"text\" 65",
            "MACROBUTTON Go DDE",
            "TOC \\o \"1-3\"",
        ] {
            assert_eq!(target(code), None, "{code}");
        }
    }

    #[test]
    fn escapes_and_results() {
        assert_eq!(
            result_of("QUOTE 12354 \"a\\\"b\" c").as_deref(),
            Some("あa\"bc")
        );
        assert_eq!(result_of("PAGE"), None);
        assert_eq!(quoted("a\\\\\" b"), ("a\\".to_owned(), " b"));
        assert_eq!(unescaped("\\\\\\\\a\\\\b"), "\\\\a\\b");
    }
}
