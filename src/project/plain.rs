//! Source outside any container: modules exported from the editor (`.bas`, `.cls`, `.frm`),
//! scripts (`.vbs`) and listings in text.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memmem};

use crate::bytes::text;

use super::{Code, Language, ModuleKind, TextEncoding};

/// How much of a text is looked at to find out its encoding.
const HEAD: usize = 1 << 20;

/// The source that a text is, if it is any. A name is a hint: with an ending that only source has
/// less is asked of the text.
#[must_use]
pub fn plain_source<'a>(data: &'a [u8], name: Option<&str>) -> Option<(Code<'a>, ModuleKind)> {
    let ending = name
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, ending)| ending);
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    let (encoding, bytes) = encoding(data);
    let (text, _) = narrowed(encoding, bytes);
    let seen = Signs::of(&text);
    // By these names Windows and the editor take any text for source.
    let named = matches!(ending.as_str(), "bas" | "cls" | "frm" | "vba" | "vbs");
    let taken_for_source = named && !bytes.trim_ascii().is_empty();
    if seen.strong == 0 && !taken_for_source {
        return None;
    }
    let script = match ending.as_str() {
        "vbs" => true,
        "bas" | "cls" | "frm" | "vba" => false,
        _ => seen.script > 0 && seen.vba == 0,
    };
    let language = if script {
        Language::VbScript
    } else {
        Language::Vba
    };
    let kind = match ending.as_str() {
        "bas" => ModuleKind::Standard,
        "frm" => ModuleKind::Form,
        "cls" => ModuleKind::Class,
        _ => ModuleKind::Unknown,
    };
    Some((
        Code {
            bytes,
            encoding,
            language,
        },
        kind,
    ))
}

/// A listing as it was before a page or a word processor changed its signs: characters written as
/// entities, and quotes that are curved. `None` where nothing shows that it was changed as a whole:
/// then such signs are those of its own texts.
#[must_use]
pub fn mended(data: &[u8]) -> Option<Vec<u8>> {
    let mut signs = memchr_iter(b'&', data).peekable();
    let is_entity = |at: usize| entity(data.get(at..).unwrap_or_default()).is_some();
    let entities = signs.peek().is_some() && signs.all(is_entity);
    let curved =
        memchr(b'"', data).is_none() && memmem::find(data, "\u{201C}".as_bytes()).is_some();
    if !entities && !curved {
        return None;
    }
    let mut text = Vec::with_capacity(data.len());
    let mut rest = data;
    while let Some(first) = rest.first() {
        let found = match first {
            b'&' if entities => entity(rest),
            0xE2 if curved => CURVED.iter().find(|(sign, _)| rest.starts_with(sign)),
            _ => None,
        };
        let (length, byte) = found.map_or((1, *first), |(sign, plain)| (sign.len(), *plain));
        text.push(byte);
        rest = rest.get(length..).unwrap_or_default();
    }
    Some(text)
}

/// Quotes that a word processor puts, in UTF-8, and what was typed.
const CURVED: &[(&[u8], u8)] = &[
    ("\u{201C}".as_bytes(), b'"'),
    ("\u{201D}".as_bytes(), b'"'),
    ("\u{201E}".as_bytes(), b'"'),
    ("\u{2018}".as_bytes(), b'\''),
    ("\u{2019}".as_bytes(), b'\''),
];

/// What a web page writes for signs that mean something in it.
const ENTITIES: &[(&[u8], u8)] = &[
    (b"&amp;", b'&'),
    (b"&quot;", b'"'),
    (b"&lt;", b'<'),
    (b"&gt;", b'>'),
    (b"&#34;", b'"'),
    (b"&#39;", b'\''),
    (b"&#x27;", b'\''),
    (b"&apos;", b'\''),
    (b"&nbsp;", b' '),
];

fn entity(text: &[u8]) -> Option<&'static (&'static [u8], u8)> {
    ENTITIES.iter().find(|(name, _)| text.starts_with(name))
}

/// The modules of a listing that has several, one after the other: the name of each, its source,
/// and what it belongs to as far as it says so. Empty where there is but one.
///
/// A tool that lists modules gives each a heading; an exported one starts with its header, or with
/// the attribute that names it ([MS-VBAL] 4.2).
#[must_use]
pub fn listed<'a>(code: &Code<'a>) -> Vec<(String, Code<'a>, ModuleKind)> {
    let (text, width) = narrowed(code.encoding, code.bytes);
    let mut starts: Vec<(usize, Option<String>)> = Vec::new();
    // Whether the last start has had its name, or lines that stand after one.
    let mut begun = true;
    let mut at = 0_usize;
    for line in text.split_inclusive(|&byte| byte == b'\n' || byte == b'\r') {
        match heading(line.trim_ascii()) {
            Some(Heading::Listed(name)) => {
                starts.push((at, Some(name)));
                begun = false;
            }
            Some(Heading::Header) if begun => {
                starts.push((at, None));
                begun = false;
            }
            Some(Heading::Attribute(name)) => {
                match starts.last_mut() {
                    Some((_, known)) if !begun => *known = Some(name),
                    _ => starts.push((at, Some(name))),
                }
                begun = true;
            }
            Some(Heading::Header) => {}
            None if begun => {}
            None => begun = is_procedure(&line.trim_ascii().to_ascii_lowercase()),
        }
        at = at.saturating_add(line.len());
    }
    if starts.len() < 2 || starts.len() > MOST_LISTED {
        return Vec::new();
    }
    // What stands before the first is part of it.
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let mut from = 0;
    let ranges: Vec<_> = ends
        .map(|to| std::mem::replace(&mut from, to)..to)
        .collect();
    starts
        .into_iter()
        .zip(ranges)
        .map(|((_, name), range)| {
            let text = text.get(range.clone()).unwrap_or_default();
            // Only a form handles events of its own by that name.
            let kind = match memmem::find(text, b"Sub UserForm_") {
                Some(_) => ModuleKind::Form,
                None => ModuleKind::Unknown,
            };
            let range = range.start.saturating_mul(width)..range.end.saturating_mul(width);
            let bytes = code.bytes.get(range).unwrap_or_default();
            (name.unwrap_or_default(), Code { bytes, ..*code }, kind)
        })
        .collect()
}

/// A listing of more modules than this is read as one.
const MOST_LISTED: usize = 1000;

/// A line with which a module starts.
enum Heading {
    /// The heading of a listing, `VBA MACRO ThisDocument.cls`, and the name in it.
    Listed(String),
    /// The header of a class or a form.
    Header,
    /// `Attribute VB_Name = "…"`
    Attribute(String),
}

fn heading(line: &[u8]) -> Option<Heading> {
    let after = |word: &[u8]| {
        let (head, rest) = line.split_at_checked(word.len())?;
        head.eq_ignore_ascii_case(word).then_some(rest)
    };
    let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if let Some(rest) = after(b"attribute vb_name") {
        let mut parts = rest.split(|&byte| byte == b'"');
        let sign = parts.next()?.trim_ascii();
        return (sign == b"=").then(|| Heading::Attribute(name(parts.next().unwrap_or_default())));
    }
    if let Some(rest) = after(b"vba macro ") {
        let file = rest.trim_ascii();
        let stem = file.rsplitn(2, |&byte| byte == b'.').last();
        return Some(Heading::Listed(name(stem.unwrap_or(file))));
    }
    let header = after(b"version 1.0 class").or_else(|| after(b"version 5.00"));
    header.map(|_| Heading::Header)
}

/// The encoding of a text without a declaration, and the text without its mark. In doubt between
/// code pages it is that of Japan if all bytes are defined there, else that of Western Europe.
pub(super) fn encoding(data: &[u8]) -> (TextEncoding, &[u8]) {
    match data {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return (TextEncoding::Utf8, rest),
        [0xFF, 0xFE, rest @ ..] => return (TextEncoding::Utf16Le, rest),
        [0xFE, 0xFF, rest @ ..] => return (TextEncoding::Utf16Be, rest),
        _ => {}
    }
    let head = data.get(..HEAD).unwrap_or(data);
    let encoding = if std::str::from_utf8(data).is_ok() {
        TextEncoding::Utf8
    } else if text::decode(head, 932).undefined <= u64::from(head.len() < data.len()) {
        // Where the head ends, a character of two bytes may be cut.
        TextEncoding::CodePage(932)
    } else {
        TextEncoding::CodePage(1252)
    };
    (encoding, data)
}

/// A text with a byte for each unit of it, and how many stored bytes a unit has. The words that
/// are looked for are ASCII.
pub(super) fn narrowed(encoding: TextEncoding, bytes: &[u8]) -> (Cow<'_, [u8]>, usize) {
    let narrow = |low: usize| {
        let units = bytes.chunks_exact(2);
        units.filter_map(|unit| unit.get(low).copied()).collect()
    };
    match encoding {
        TextEncoding::Utf16Le => (Cow::Owned(narrow(0)), 2),
        TextEncoding::Utf16Be => (Cow::Owned(narrow(1)), 2),
        _ => (Cow::Borrowed(bytes), 1),
    }
}

/// Lines that only source has.
#[derive(Debug, Default)]
struct Signs {
    /// Declarations that are Visual Basic and nothing else.
    strong: u32,
    /// What only VBA has.
    vba: u32,
    /// What only scripts have: statements outside any procedure, and their host object.
    script: u32,
    /// Whether the line is inside a procedure.
    inside: bool,
}

impl Signs {
    fn of(text: &[u8]) -> Self {
        let mut signs = Self::default();
        for line in text.split(|&byte| byte == b'\n' || byte == b'\r') {
            signs.line(line.trim_ascii());
        }
        signs
    }

    fn line(&mut self, line: &[u8]) {
        const LONGEST: usize = 512;
        let line = without_number(line);
        let line = line.get(..LONGEST).unwrap_or(line).to_ascii_lowercase();
        let starts = |word: &[u8]| line.starts_with(word);
        if starts(b"attribute vb_") || starts(b"version 1.0 class") || starts(b"version 5.00") {
            self.count_strong(true);
        } else if starts(b"option explicit") || starts(b"option base ") || starts(b"option private")
        {
            self.count_strong(line.len() > 15);
        } else if is_procedure(&line) {
            self.inside = !starts(b"declare") && memmem::find(&line, b"declare ").is_none();
            self.count_strong(memmem::find(&line, b" as ").is_some());
        } else if starts(b"end sub") || starts(b"end function") || starts(b"end property") {
            self.inside = false;
            self.count_strong(false);
        } else if starts(b"wscript.") || (!self.inside && is_script_statement(&line)) {
            self.strong = self.strong.saturating_add(1);
            self.script = self.script.saturating_add(1);
        } else if starts(b"dim ") {
            let typed = memmem::find(&line, b" as ").is_some();
            self.vba = self.vba.saturating_add(u32::from(typed));
        }
    }

    fn count_strong(&mut self, vba: bool) {
        self.strong = self.strong.saturating_add(1);
        self.vba = self.vba.saturating_add(u32::from(vba));
    }
}

/// A line without the number that a listing, or the code itself, gives it.
fn without_number(line: &[u8]) -> &[u8] {
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = line.get(digits..).unwrap_or_default();
    match rest {
        _ if digits == 0 => line,
        [b'.' | b':', rest @ ..] | rest => rest.trim_ascii_start(),
    }
}

/// A statement that does something, in lower case.
fn is_script_statement(line: &[u8]) -> bool {
    let starts = |word: &[u8]| line.starts_with(word);
    starts(b"on error resume next")
        || (memmem::find(line, b"createobject(").is_some()
            && (starts(b"set ") || starts(b"createobject(") || starts(b"with ")))
}

/// `[Public|Private|Friend|Static] Sub|Function|Property … name(`, or a `Declare`, in lower case.
fn is_procedure(line: &[u8]) -> bool {
    let mut words = line
        .split(|&byte| byte == b' ' || byte == b'\t')
        .filter(|w| !w.is_empty());
    let mut word = words.next();
    while matches!(
        word,
        Some(b"public" | b"private" | b"friend" | b"static" | b"default")
    ) {
        word = words.next();
    }
    let name = match word {
        Some(b"sub" | b"function") => words.next(),
        Some(b"property") => {
            let accessor = words.next();
            if !matches!(accessor, Some(b"get" | b"let" | b"set")) {
                return false;
            }
            words.next()
        }
        Some(b"declare") => {
            return memmem::find(line, b" lib ").is_some();
        }
        _ => return false,
    };
    let Some(name) = name else { return false };
    let bare = name.split(|&byte| byte == b'(').next().unwrap_or_default();
    let identifier = bare
        .first()
        .is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80)
        && bare
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80);
    // Behind the name stands its list, a comment, or nothing.
    let listed = memchr(b'(', name).is_some();
    identifier
        && (listed
            || words
                .next()
                .is_none_or(|next| matches!(next, [b'(' | b'\'' | b':', ..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(text: &[u8], name: Option<&str>) -> Option<Language> {
        plain_source(text, name).map(|(code, _)| code.language)
    }

    #[test]
    fn source_is_told_from_prose() {
        for source in [
            &b"Attribute VB_Name = \"Module1\"\r\n"[..],
            b"Option Explicit\nDim a As Long\n",
            b"' header\n\n  Private Sub Workbook_Open()\n",
            b"PUBLIC STATIC FUNCTION F(x)\n",
            b"Sub A\nEnd Sub\n",
            b"Private Declare PtrSafe Function f Lib \"kernel32\" () As Long\n",
        ] {
            assert_eq!(language(source, None), Some(Language::Vba), "{source:?}");
        }
        for prose in [
            &b"Sub contractors are asked to call us.\n"[..],
            b"Dim the lights.\nSet the table.\n",
            b"Function follows form (mostly).\n",
            b"",
        ] {
            assert_eq!(language(prose, None), None, "{prose:?}");
        }
    }

    #[test]
    fn scripts_by_name_and_by_what_only_they_have() {
        let script = b"On Error Resume Next\r\nSet s = CreateObject(\"WScript.Shell\")\r\n";
        assert_eq!(language(script, None), Some(Language::VbScript));
        assert_eq!(
            language(b"Sub A()\nEnd Sub", Some("a.vbs")),
            Some(Language::VbScript)
        );
        assert_eq!(
            language(b"MsgBox 1", Some("A.VBS")),
            Some(Language::VbScript)
        );
        assert_eq!(language(b"x = 1", Some("a.vbs")), Some(Language::VbScript));
        assert_eq!(language(b"MsgBox 1", Some("a.txt")), None);
        let inside = b"Sub A()\nOn Error Resume Next\nSet s = CreateObject(p)\nEnd Sub";
        assert_eq!(language(inside, None), Some(Language::Vba));
    }

    #[test]
    fn numbered_lines_are_source() {
        for source in [
            &b"1. Sub A()\n2. End Sub\n"[..],
            b"  1 Sub A()\n",
            b"0001: End Sub",
        ] {
            assert_eq!(language(source, None), Some(Language::Vba), "{source:?}");
        }
        assert_eq!(language(b"1. Sub contractors are asked\n", None), None);
    }

    #[test]
    fn signs_are_mended_where_all_of_them_were_changed() {
        let mended =
            |text: &str| mended(text.as_bytes()).map(|text| String::from_utf8(text).unwrap());
        let plain = Some("a = \"b\" & c".to_owned());
        assert_eq!(mended("a = &quot;b&quot; &amp; c"), plain);
        assert_eq!(mended("a = \u{201C}b\u{201D} & c"), plain);
        assert_eq!(mended("a = \"b\" &amp; c"), plain);
        for own in ["a = \"&amp;\" & c", "a = \"\u{201C}\"", "a = b", ""] {
            assert_eq!(mended(own), None, "{own}");
        }
    }

    #[test]
    fn listings_of_several_modules_are_told_apart() {
        let names = |text: &[u8]| {
            let (code, _) = plain_source(text, None).unwrap();
            let listed = listed(&code);
            let whole: Vec<u8> = listed
                .iter()
                .flat_map(|(_, code, _)| code.bytes)
                .copied()
                .collect();
            assert!(listed.is_empty() || whole == code.bytes);
            listed
                .into_iter()
                .map(|(name, ..)| name)
                .collect::<Vec<_>>()
        };
        let two = b"' from a mail\nAttribute VB_Name = \"A\"\nSub F()\nEnd Sub\n\
            VERSION 5.00\nBegin {0} B\nEnd\nAttribute VB_Name = \"B\"\nSub G()\nEnd Sub\n";
        assert_eq!(names(two), ["A", "B"]);
        let wide: Vec<u8> = two.iter().flat_map(|byte| [*byte, 0]).collect();
        assert_eq!(names(&[b"\xFF\xFE", &wide[..]].concat()), ["A", "B"]);
        let headed = b"VBA MACRO A.cls \nin file: x - OLE stream: 'VBA/A'\nSub F()\nEnd Sub\n\
            VBA MACRO B.bas \nAttribute VB_Name = \"B\"\nSub G()\nEnd Sub\n";
        assert_eq!(names(headed), ["A", "B"]);
        assert!(
            names(b"VERSION 1.0 CLASS\nAttribute VB_Name = \"A\"\nSub F()\nEnd Sub").is_empty()
        );
    }

    #[test]
    fn encodings_of_undeclared_text() {
        let encoding_of = |data: &[u8]| plain_source(data, None).map(|(code, _)| code.encoding);
        assert_eq!(
            encoding_of(b"\xFF\xFES\0u\0b\0 \0A\0(\0)\0"),
            Some(TextEncoding::Utf16Le)
        );
        assert_eq!(
            encoding_of("Sub A() ' 請求書".as_bytes()),
            Some(TextEncoding::Utf8)
        );
        let japanese = b"Sub A() ' \x90\xbf\x8b\x81\x8f\x91";
        assert_eq!(encoding_of(japanese), Some(TextEncoding::CodePage(932)));
        assert_eq!(
            encoding_of(b"Sub A() ' caf\xe9 "),
            Some(TextEncoding::CodePage(1252))
        );
    }
}
