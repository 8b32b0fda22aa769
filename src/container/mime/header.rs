//! Header fields, RFC 5322 2.2, read so that what any program takes for a field is one.

use std::ops::Range;

use memchr::memchr;

use crate::bytes::base64;

/// A field of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its name as it stands there, with whatever is in it that does not belong.
    pub name: &'a [u8],
    /// Its value as it is stored: with the ends of its lines if it is folded, and encoded.
    pub value: &'a [u8],
}

/// The fields of a header, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header<'a> {
    fields: Vec<Field<'a>>,
}

/// Of a header with more fields than this, the rest are not kept; boundaries are found in any.
const MOST_FIELDS: usize = 256;
/// The longest name of a field that is known.
const LONGEST_NAME: usize = 64;
/// A line of this length and of base64 alone is of a body, and not of a header.
const LINE_OF_BASE64: usize = 40;

impl<'a> Header<'a> {
    /// Whether it has no field.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// All fields.
    #[must_use]
    pub fn fields(&self) -> &[Field<'a>] {
        &self.fields
    }

    /// The values of the fields of this name, which is given in lower case and without hyphens:
    /// `contenttype`.
    pub fn values(&self, name: &'static str) -> impl Iterator<Item = &'a [u8]> {
        self.fields
            .iter()
            .filter(move |field| is_named(field.name, name))
            .map(|field| field.value)
    }
}

/// Whether a name is the one asked for, if blanks, hyphens, other signs and comments count for
/// nothing: `MIME - Version`, `Content-Type (text)`.
fn is_named(name: &[u8], wanted: &str) -> bool {
    let name = name.split(|&byte| byte == b'(').next().unwrap_or(name);
    let letters = name.iter().filter(|byte| byte.is_ascii_alphanumeric());
    letters.map(u8::to_ascii_lowercase).eq(wanted.bytes())
}

/// The name and the place of the value of a line that is a field.
fn field(line: &[u8]) -> Option<(&[u8], usize)> {
    let colon = memchr(b':', line.get(..LONGEST_NAME).unwrap_or(line))?;
    let name = line.get(..colon)?.trim_ascii();
    let is_name = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ' || *byte == b'\t';
    (!name.is_empty() && name.iter().all(is_name)).then_some((name, colon.saturating_add(1)))
}

/// Whether a line is a field that parts have.
pub(super) fn is_content_field(line: &[u8]) -> bool {
    const NAMES: [&str; 7] = [
        "contenttype",
        "contenttransferencoding",
        "contentlocation",
        "contentdisposition",
        "contentid",
        "contentdescription",
        "mimeversion",
    ];
    // Nearly every line of a body ends here.
    if !matches!(
        line.trim_ascii_start().first(),
        Some(b'C' | b'c' | b'M' | b'm')
    ) {
        return false;
    }
    field(line).is_some_and(|(name, _)| NAMES.iter().any(|one| is_named(name, one)))
}

/// A header whose lines come one by one.
pub(super) struct Reading {
    start: usize,
    /// Behind its last field.
    end: usize,
    fields: Vec<(Range<usize>, Range<usize>)>,
    /// Whether the last line was of a field.
    open: bool,
    /// Whether a field was seen that parts have.
    known: bool,
    /// Whether a delimiter stands before it, so that a blank line ends it in any case.
    delimited: bool,
}

impl Reading {
    pub(super) const fn new(start: usize, delimited: bool) -> Self {
        Self {
            start,
            end: start,
            fields: Vec::new(),
            open: false,
            known: false,
            delimited,
        }
    }

    pub(super) const fn is_blank(&self) -> bool {
        self.end == self.start
    }

    /// Takes a line; gives the place of the body if the header ends with it.
    pub(super) fn line(&mut self, line: &[u8], start: usize, next: usize) -> Option<usize> {
        let at = |offset: usize| start.saturating_add(offset);
        if line.trim_ascii().is_empty() {
            self.open = false;
            return (self.delimited || self.known).then_some(next);
        }
        if matches!(line.first(), Some(b' ' | b'\t')) && self.open {
            if let Some((_, value)) = self.fields.last_mut() {
                value.end = at(line.len());
            }
            self.end = next;
            return None;
        }
        if let Some((name, value)) = field(line) {
            let before = line.len().saturating_sub(line.trim_ascii_start().len());
            self.known |= is_content_field(line);
            self.open = self.fields.len() < MOST_FIELDS;
            if self.open {
                let name = at(before)..at(before).saturating_add(name.len());
                self.fields.push((name, at(value)..at(line.len())));
            }
            self.end = next;
            return None;
        }
        let is_data = line.len() >= LINE_OF_BASE64
            && line
                .iter()
                .all(|&byte| base64::is_digit(byte) || byte == b'=');
        if is_data && self.known {
            return Some(start);
        }
        // Junk is passed over; a piece of a field that is not folded as it should be is in it.
        self.open = false;
        if line
            .windows(2)
            .any(|pair| matches!(pair, [b'=', value] if *value != b'='))
        {
            self.end = next;
        }
        None
    }

    /// Where the body starts if no line ended the header.
    pub(super) const fn end(&self) -> usize {
        self.end
    }

    pub(super) fn fields<'a>(&self, data: &'a [u8]) -> Header<'a> {
        let piece = |range: &Range<usize>| data.get(range.clone()).unwrap_or_default();
        let fields = self.fields.iter().map(|(name, value)| Field {
            name: piece(name),
            value: piece(value).trim_ascii(),
        });
        Header {
            fields: fields.collect(),
        }
    }

    /// Whether what follows is a message with a header of its own.
    pub(super) fn is_message(&self, data: &[u8]) -> bool {
        self.fields(data).values("contenttype").any(|value| {
            value
                .get(..8)
                .is_some_and(|start| start.eq_ignore_ascii_case(b"message/"))
        })
    }

    /// The boundaries that it declares, in whatever field or line.
    pub(super) fn boundaries(&self, data: &[u8]) -> Vec<Vec<u8>> {
        boundaries(data.get(self.start..self.end).unwrap_or_default())
    }
}

/// The values of all `boundary` parameters of a header.
fn boundaries(header: &[u8]) -> Vec<Vec<u8>> {
    const WORD: &[u8] = b"boundary";
    let mut found = Vec::new();
    // The pieces of one value, RFC 2231 3.
    let mut whole = Vec::new();
    let mut rest = header;
    while let Some(at) = memchr::memchr2(b'b', b'B', rest) {
        let here = rest.get(at..).unwrap_or_default();
        let after = here
            .split_at_checked(WORD.len())
            .filter(|(word, _)| word.eq_ignore_ascii_case(WORD))
            .map(|(_, after)| after);
        let Some(after) = after else {
            rest = here.get(1..).unwrap_or_default();
            continue;
        };
        rest = after;
        let marks = after
            .iter()
            .take_while(|byte| **byte == b'*' || byte.is_ascii_digit())
            .count();
        let (marks, after) = after.split_at_checked(marks).unwrap_or_default();
        let Some(after) = after.trim_ascii_start().strip_prefix(b"=") else {
            continue;
        };
        let (value, after) = value(after.trim_ascii_start());
        rest = after;
        let value = if marks.ends_with(b"*") {
            super::name::percent_decoded(value)
        } else {
            value.to_vec()
        };
        if marks.iter().any(u8::is_ascii_digit) {
            if marks.starts_with(b"*0") {
                whole.clear();
            }
            whole.extend_from_slice(&value);
            found.push(whole.clone());
            // Of a value in very many pieces, the first few.
            if whole.len() > LONGEST_NAME.saturating_mul(4) {
                whole.clear();
            }
        } else {
            found.push(value);
        }
    }
    for boundary in &mut found {
        let end = boundary.trim_ascii_end().len();
        boundary.truncate(end);
    }
    // An empty one would be on every line of hyphens.
    found.retain(|boundary| !boundary.is_empty());
    found
}

/// The value of a parameter, quoted or not, and what follows it.
pub(super) fn value(text: &[u8]) -> (&[u8], &[u8]) {
    if let Some(quoted) = text.strip_prefix(b"\"") {
        let end = memchr::memchr3(b'"', b'\r', b'\n', quoted).unwrap_or(quoted.len());
        let (value, rest) = quoted.split_at_checked(end).unwrap_or((quoted, &[]));
        return (value, rest.strip_prefix(b"\"").unwrap_or(rest));
    }
    let end = text
        .iter()
        .position(|byte| matches!(byte, b';' | b'\r' | b'\n' | b'\t' | b' '));
    text.split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or((text, &[]))
}
