//! The content of a body: by its declared encoding, or by what the body shows to be meant.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use super::Part;
use crate::bytes::base64;
use crate::container::{Kind, sniff};

/// RFC 2045 6.1, as far as it changes bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    /// `7bit`, `8bit`, `binary`, and whatever is not known.
    Identity,
    Base64,
    QuotedPrintable,
}

/// How much of a body is decoded to see what it is.
const HEAD: usize = 1024;
/// How much of a body has to be base64 and nothing else to be taken for it.
const LOOKS: usize = 64;

impl<'a> Part<'a> {
    /// The content: borrowed if it is stored as it is, else no longer than the body.
    ///
    /// The declared encoding is used, unless only another one makes a document of it.
    #[must_use]
    pub fn content(&self) -> Cow<'a, [u8]> {
        match self.encoding() {
            Encoding::Identity => Cow::Borrowed(self.body),
            encoding => Cow::Owned(decoded(self.body, encoding, usize::MAX)),
        }
    }

    fn encoding(&self) -> Encoding {
        let declared = self.declared();
        let kind = |encoding: Encoding| sniff(&decoded(self.body, encoding, HEAD));
        if is_document(kind(declared)) {
            return declared;
        }
        let start = self.body.trim_ascii_start();
        let looks = start.get(..LOOKS).unwrap_or(start);
        let is_data =
            |&byte: &u8| base64::is_digit(byte) || byte == b'=' || byte.is_ascii_whitespace();
        let others = [
            (Encoding::Base64, looks.iter().all(is_data)),
            (Encoding::Identity, true),
            (Encoding::QuotedPrintable, memchr(b'=', looks).is_some()),
        ];
        let other = others
            .into_iter()
            .find(|&(other, may)| may && other != declared && is_document(kind(other)));
        other.map_or(declared, |(other, _)| other)
    }

    fn declared(&self) -> Encoding {
        let mut encoding = Encoding::Identity;
        for value in self.header.values("contenttransferencoding") {
            let value = value.to_ascii_lowercase();
            // `x-base64`, `"base64"`, `base64 (comment)`.
            if memchr::memmem::find(&value, b"base64").is_some() {
                encoding = Encoding::Base64;
            } else if memchr::memmem::find(&value, b"quoted").is_some() {
                encoding = Encoding::QuotedPrintable;
            }
        }
        encoding
    }
}

/// Whether it is a kind of file, and not just any bytes or text.
const fn is_document(kind: Kind) -> bool {
    !matches!(kind, Kind::Unknown | Kind::Text | Kind::Empty)
}

fn decoded(body: &[u8], encoding: Encoding, most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    match encoding {
        Encoding::Identity => out.extend_from_slice(body.get(..most).unwrap_or(body)),
        Encoding::Base64 => base64::decode_up_to(body, most, &mut out),
        Encoding::QuotedPrintable => {
            let some = most.saturating_mul(3);
            quoted_printable(body.get(..some).unwrap_or(body), &mut out);
        }
    }
    out
}

/// RFC 2045 6.7: `=XX` is a byte and `=` at the end of a line is nothing; what is neither stays.
fn quoted_printable(body: &[u8], out: &mut Vec<u8>) {
    let mut rest = body;
    while let Some(at) = memchr(b'=', rest) {
        let (before, sign) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        out.extend_from_slice(before);
        let after = sign.get(1..).unwrap_or_default();
        if let Some(byte) = super::name::hex_byte(after) {
            out.push(byte);
            rest = after.get(2..).unwrap_or_default();
            continue;
        }
        // Blanks can be added behind it on the way.
        let end = memchr2(b'\n', b'\r', after).unwrap_or(after.len());
        let line = after.get(..end).unwrap_or_default();
        if line.len() < LOOKS && line.trim_ascii().is_empty() {
            rest = after.get(end..).unwrap_or_default();
            rest = rest.strip_prefix(b"\r").unwrap_or(rest);
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        } else {
            out.push(b'=');
            rest = after;
        }
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_2045_6_7_quoted_printable() {
        let mut out = Vec::new();
        quoted_printable(b"a=3Db=\r\nc= \nd=zz=e", &mut out);
        assert_eq!(out, b"a=bcd=zz=e");
    }
}
