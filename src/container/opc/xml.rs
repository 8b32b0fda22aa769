//! XML bytes to text, before any reader of XML sees them (XML 1.0, 4.3.3 and appendix F).
//!
//! A byte order mark decides, then the zero bytes of UTF-16, then the declared encoding, then
//! UTF-8. An encoding without a table here is refused, and not guessed at.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;

use crate::observe::{Ledger, Reason};

/// The text of an XML part.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Text<'a> {
    /// The text, without a mark; borrowed if it is stored in UTF-8.
    pub text: Cow<'a, str>,
    /// Whether bytes had to be replaced by U+FFFD.
    pub malformed: bool,
    /// Whether it is stored in anything but UTF-8.
    pub transcoded: bool,
}

/// The name of an encoding that is not decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exotic(pub String);

/// Decodes XML, whatever its encoding.
///
/// # Errors
/// The encoding is one that no office program writes: UTF-7, UTF-32, EBCDIC, or unknown.
pub fn text(data: &[u8]) -> Result<Text<'_>, Exotic> {
    let (encoding, mark_len) = match data {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [_, 0, 0, 0, ..] | [0, 0, 0, _, ..] => {
            return Err(Exotic("UTF-32".to_owned()));
        }
        [0x4C, 0x6F, 0xA7, 0x94, ..] => return Err(Exotic("EBCDIC".to_owned())),
        [b'+', b'/', b'v', ..] => return Err(Exotic("UTF-7".to_owned())),
        _ => match Encoding::for_bom(data) {
            Some(found) => found,
            None => (unmarked(data)?, 0),
        },
    };
    let body = data.get(mark_len..).unwrap_or_default();
    let (text, malformed) = if encoding == UTF_8 {
        match std::str::from_utf8(body) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => (String::from_utf8_lossy(body), true),
        }
    } else {
        encoding.decode_without_bom_handling(body)
    };
    Ok(Text {
        text,
        malformed,
        transcoded: encoding != UTF_8,
    })
}

/// What an entity in a text stands for: `?` if XML does not define it, since those of a document
/// are never expanded.
pub(crate) fn entity(name: &str) -> String {
    let text = format!("&{name};");
    unescape(&text).map_or_else(|_| "?".to_owned(), Cow::into_owned)
}

/// The text of a part of a package or document; a part in an encoding that is not decoded leaves a
/// gap.
pub(crate) fn text_of_part<'d>(
    part: &'d [u8],
    name: &str,
    ledger: &mut Ledger,
) -> Option<Cow<'d, str>> {
    match text(part) {
        Ok(decoded) => Some(decoded.text),
        Err(exotic) => {
            ledger.gap(
                Reason::Unsupported,
                format_args!("part {name} is in {}, which is not decoded", exotic.0),
            );
            None
        }
    }
}

/// The value of an attribute, by its name without prefix.
///
/// An Office program ignores attributes of namespaces that it does not know (ECMA-376-3 10), so
/// that one of the same name under another prefix says nothing beside the one it reads.
pub(crate) fn attribute<'x>(element: &'x BytesStart<'_>, name: &str) -> Option<Cow<'x, str>> {
    let mut best = None;
    let mut rank = 0;
    for one in element.attributes().with_checks(false).flatten() {
        if one.key.local_name().into_inner() != name {
            continue;
        }
        let prefix = one.key.prefix().map(|prefix| prefix.into_inner());
        let own = match (prefix, name) {
            // The number of a slide or a sheet stands beside its relationship.
            (None, "id") => 2,
            (None, _) | (Some("r"), _) => 4,
            (Some("w" | "v" | "o" | "pkg" | "xlink" | "ss" | "x14" | "a" | "p"), _) => 3,
            (Some(_), _) => 1,
        };
        if own > rank {
            (best, rank) = (Some(one.value), own);
        }
    }
    best.map(resolved)
}

/// The value of an attribute with its references resolved; as it stands if they cannot be.
pub(crate) fn resolved(raw: Cow<'_, str>) -> Cow<'_, str> {
    if !raw.contains('&') {
        return raw;
    }
    match unescape(&raw) {
        Ok(text) => Cow::Owned(text.into_owned()),
        Err(_) => raw,
    }
}

/// The encoding of data without a mark.
fn unmarked(data: &[u8]) -> Result<&'static Encoding, Exotic> {
    match data {
        [0, 1..=0xFF, ..] => return Ok(UTF_16BE),
        [1..=0xFF, 0, ..] => return Ok(UTF_16LE),
        _ => {}
    }
    let Some(label) = declared(data) else {
        return Ok(UTF_8);
    };
    match Encoding::for_label_no_replacement(label) {
        // What could be read as far as the declaration has no 16-bit units.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(UTF_8),
        Some(encoding) => Ok(encoding),
        None => Err(Exotic(String::from_utf8_lossy(label).into_owned())),
    }
}

/// The encoding that an XML declaration names, if there is one within the first bytes.
fn declared(data: &[u8]) -> Option<&[u8]> {
    const DECLARATION: usize = 256;
    let head = data.get(..data.len().min(DECLARATION))?;
    let head = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let head = head.split(|&byte| byte == b'>').next()?;
    let at = memchr::memmem::find(head, b"encoding")?;
    let mut parts = head
        .get(at..)?
        .splitn(3, |byte| matches!(byte, b'"' | b'\''));
    parts.next()?;
    parts.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<?xml version='1.0'?><a b='請求書'/>";

    fn utf16(text: &str, mark: &[u8], to: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let mut out = mark.to_vec();
        out.extend(text.encode_utf16().flat_map(to));
        out
    }

    #[test]
    fn xml_appendix_f_every_form_of_unicode() {
        for data in [
            XML.as_bytes().to_vec(),
            ["\u{FEFF}", XML].concat().into_bytes(),
            utf16(XML, &[0xFF, 0xFE], u16::to_le_bytes),
            utf16(XML, &[0xFE, 0xFF], u16::to_be_bytes),
            utf16(XML, &[], u16::to_le_bytes),
            utf16(XML, &[], u16::to_be_bytes),
        ] {
            let text = text(&data).unwrap();
            assert_eq!(text.text, XML);
            assert!(!text.malformed);
        }
        assert!(matches!(
            text(XML.as_bytes()).unwrap().text,
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn xml_4_3_3_a_declared_encoding() {
        let data = b"<?xml version='1.0' encoding=\"Shift_JIS\"?><a>\x90\xbf</a>";
        assert!(text(data).unwrap().text.ends_with("<a>請</a>"));
        let data = b"<?xml version='1.0' encoding='UTF-16'?><a/>";
        assert!(text(data).unwrap().text.ends_with("<a/>"));
        assert!(text(b"<a>\xff</a>").unwrap().malformed);
    }

    #[test]
    fn what_has_no_table_is_refused_by_name() {
        for (data, label) in [
            (
                &b"<?xml version='1.0' encoding='utf-7'?>+ADw-a/+AD4-"[..],
                "utf-7",
            ),
            (b"+/v8-+ADw-", "UTF-7"),
            (b"\x4c\x6f\xa7\x94\x93", "EBCDIC"),
            (b"<\0\0\0", "UTF-32"),
            (b"<?xml encoding='ibm037'?>", "ibm037"),
        ] {
            assert_eq!(text(data).unwrap_err().0, label);
        }
    }
}
