//! Names of parts: RFC 2047 words, RFC 2231 parameters, and bytes in whatever encoding.

use std::borrow::Cow;

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};
use memchr::memmem;

use super::{Part, header};
use crate::bytes::base64;

/// The longest name that is told, in characters.
const LONGEST: usize = 200;

impl Part<'_> {
    /// The name that the part goes by, decoded: that of a file, or the place it was taken from.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let file = ["contentdisposition", "contenttype"]
            .into_iter()
            .flat_map(|field| self.header.values(field))
            .find_map(file_name);
        let place = || self.header.values("contentlocation").next().map(decoded);
        let name = file.or_else(place)?;
        Some(name.chars().take(LONGEST).collect())
    }

    /// The place that the part was taken from, by which others refer to it (RFC 2557 4.2).
    #[must_use]
    pub fn location(&self) -> Option<String> {
        self.header.values("contentlocation").next().map(decoded)
    }
}

/// The `filename` or `name` parameter of a field.
fn file_name(field: &[u8]) -> Option<String> {
    let lower = field.to_ascii_lowercase();
    let at = memmem::find(&lower, b"name")?;
    let after = field.get(at.saturating_add(4)..)?;
    let marks = after.iter().position(|&byte| byte == b'=')?;
    let (marks, after) = after.split_at_checked(marks)?;
    if !marks
        .iter()
        .all(|byte| matches!(byte, b'*' | b' ' | b'\t') || byte.is_ascii_digit())
    {
        return None;
    }
    let (value, _) = header::value(after.get(1..)?.trim_ascii_start());
    if !marks.trim_ascii_end().ends_with(b"*") {
        return Some(decoded(value));
    }
    // RFC 2231 4: charset'language'text.
    let mut pieces = value.splitn(3, |&byte| byte == b'\'');
    match (pieces.next(), pieces.next(), pieces.next()) {
        (Some(charset), Some(_), Some(text)) => {
            let text = percent_decoded(text);
            let (text, _) = Encoding::for_label(charset)
                .unwrap_or(UTF_8)
                .decode_without_bom_handling(&text);
            Some(text.into_owned())
        }
        _ => Some(any_encoding(&percent_decoded(value)).into_owned()),
    }
}

/// A text with its encoded words (RFC 2047 2) decoded.
fn decoded(value: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = value;
    while let Some(at) = memmem::find(rest, b"=?") {
        let (before, word) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        let mut pieces = word
            .get(2..)
            .unwrap_or_default()
            .splitn(3, |&byte| byte == b'?');
        let (charset, how, tail) = (pieces.next(), pieces.next(), pieces.next());
        let body = tail.and_then(|tail| Some((tail, memmem::find(tail, b"?=")?)));
        let (Some(charset), Some([how]), Some((tail, end))) = (charset, how, body) else {
            break;
        };
        // Blanks between two words are of the folding.
        if !before.trim_ascii().is_empty() {
            text.push_str(&any_encoding(before));
        }
        let body = tail.get(..end).unwrap_or_default();
        let mut bytes = Vec::new();
        if how.eq_ignore_ascii_case(&b'b') {
            base64::decode(body, &mut bytes);
        } else {
            let spaced: Vec<u8> = body
                .iter()
                .map(|&byte| if byte == b'_' { b' ' } else { byte })
                .collect();
            bytes = escaped(&spaced, b'=');
        }
        let charset = charset
            .split(|&byte| byte == b'*')
            .next()
            .unwrap_or(charset);
        let (piece, _) = Encoding::for_label(charset)
            .unwrap_or(UTF_8)
            .decode_without_bom_handling(&bytes);
        text.push_str(&piece);
        rest = tail.get(end.saturating_add(2)..).unwrap_or_default();
    }
    text.push_str(&any_encoding(rest));
    text.retain(|c| !c.is_control());
    text
}

/// Bytes that say nothing of their encoding: what they are valid in, of those that are in use.
fn any_encoding(bytes: &[u8]) -> Cow<'_, str> {
    let encodings: &[&'static Encoding] = if bytes.contains(&0x1B) {
        &[ISO_2022_JP]
    } else {
        &[UTF_8, SHIFT_JIS, EUC_JP]
    };
    encodings
        .iter()
        .find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes))
        .unwrap_or_else(|| String::from_utf8_lossy(bytes))
}

pub(super) fn percent_decoded(value: &[u8]) -> Vec<u8> {
    escaped(value, b'%')
}

fn escaped(value: &[u8], sign: u8) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match hex_byte(after) {
            Some(escaped) if *byte == sign => {
                out.push(escaped);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => out.push(*byte),
        }
    }
    out
}

/// The byte that two hexadecimal digits at the start are.
pub(super) fn hex_byte(text: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let [high, low, ..] = text else { return None };
    u8::try_from(digit(*high)? << 4 | digit(*low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_2047_and_2231_names_and_bare_bytes() {
        for (field, name) in [
            (
                &b"attachment; filename=\"=?ISO-2022-JP?B?GyRCQEE1YRsoQg==?=.doc\""[..],
                "\u{8ACB}\u{6C42}.doc",
            ),
            (b"x/y; name==?utf-8?Q?=E8=AB=8B_1?=", "\u{8ACB} 1"),
            (
                b"attachment; filename*=Shift_JIS''%90%bf.doc",
                "\u{8ACB}.doc",
            ),
            (
                b"attachment; filename=\"\x90\xbf\x8b\x81.doc\"",
                "\u{8ACB}\u{6C42}.doc",
            ),
            (b"attachment; filename=\"\xE8\xAB\x8B.doc\"", "\u{8ACB}.doc"),
        ] {
            assert_eq!(file_name(field).as_deref(), Some(name));
        }
        assert_eq!(file_name(b"text/html; charset=utf-8"), None);
    }
}
