//! Messages and archived web pages: RFC 5322, RFC 2045 to 2047, RFC 2557 (MHTML).
//!
//! | what | clause | what is read as well |
//! |---|---|---|
//! | header fields, folded | RFC 5322 2.2 | junk lines, blanks and comments in a name, no blank line after them |
//! | `Content-Type`, its `boundary` | RFC 2045 5.1, RFC 2046 5.1.1 | several, in pieces (RFC 2231 3), on a line of its own |
//! | `--boundary`, `--boundary--` | RFC 2046 5.1.1 | a boundary that nothing declares, if fields of a part follow |
//! | `Content-Transfer-Encoding` | RFC 2045 6 | another one, if the body shows that it is meant |
//!
//! Programs differ in which parts they see in a message that breaks the rules, so all that any
//! could see are taken: a line that is a boundary of any multipart starts a part, whatever that is
//! nested in, closed or not. So there is no nesting to follow, and the walk is one pass.

mod carve;
mod decode;
mod header;
mod name;

use std::collections::HashSet;

use memchr::memchr2;

use crate::limits::Limit;
use crate::observe::Ledger;

pub use carve::{has_wrapper_in_base64, wrappers_in_base64};
pub use header::{Field, Header};

/// A leaf of a message, or what stands between its parts.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Part<'a> {
    /// Its header.
    pub header: Header<'a>,
    /// Its body as it is stored.
    pub body: &'a [u8],
    /// Where the body stands.
    pub offset: usize,
}

/// What was found in a message.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Parts<'a> {
    /// The parts, and the texts before, between and after them, in the order of the bytes.
    pub all: Vec<Part<'a>>,
    /// Whether a multipart is declared that does not end, so that there may have been more.
    pub unclosed: bool,
    /// How many lines start parts by a boundary that is declared, or by one that is not.
    pub delimiters: usize,
}

/// Finds the parts of a message, whatever they are nested in. Pays one
/// [`Limit::Entries`] for each; if they run out, what was found before is
/// returned.
pub fn walk<'a>(data: &'a [u8], ledger: &mut Ledger) -> Parts<'a> {
    if ledger.charge(Limit::Steps, data.len() as u64 >> 4).is_err() {
        return Parts::default();
    }
    let mut walk = Walk {
        data,
        parts: Parts::default(),
        boundaries: HashSet::new(),
        first: None,
        closed: false,
        header: header::Reading::new(0, false),
        body: None,
    };
    let mut at = if data.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    };
    while let Some(line) = Line::at(data, at) {
        at = line.next;
        if walk.line(&line, ledger).is_err() {
            return walk.parts;
        }
    }
    let _ = walk.end_part(data.len(), ledger);
    walk.parts.unclosed = walk.first.is_some() && !walk.closed;
    walk.parts
}

/// One line, without what ends it: LF, CR LF, or CR alone.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a [u8],
    start: usize,
    next: usize,
}

impl<'a> Line<'a> {
    fn at(data: &'a [u8], start: usize) -> Option<Self> {
        let rest = data.get(start..).filter(|rest| !rest.is_empty())?;
        let (length, end) = match memchr2(b'\n', b'\r', rest) {
            Some(at) => {
                let both = rest.get(at..).is_some_and(|end| end.starts_with(b"\r\n"));
                (at, if both { 2 } else { 1 })
            }
            None => (rest.len(), 0),
        };
        Some(Self {
            text: rest.get(..length).unwrap_or_default(),
            start,
            next: start.saturating_add(length).saturating_add(end),
        })
    }
}

struct Walk<'a> {
    data: &'a [u8],
    parts: Parts<'a>,
    boundaries: HashSet<Vec<u8>>,
    /// The boundary that the message itself declares.
    first: Option<Vec<u8>>,
    closed: bool,
    header: header::Reading,
    /// Where the body starts, once the header is over, and whether it has had anything but blank
    /// lines.
    body: Option<(usize, bool)>,
}

/// The budget is spent.
struct Stop;

impl<'a> Walk<'a> {
    fn line(&mut self, line: &Line<'a>, ledger: &mut Ledger) -> Result<(), Stop> {
        match self.delimiter(line) {
            Delimiter::None => {}
            Delimiter::Open => {
                self.end_part(line.start, ledger)?;
                self.header = header::Reading::new(line.next, true);
                return Ok(());
            }
            Delimiter::Close => {
                self.end_part(line.start, ledger)?;
                self.header = header::Reading::new(line.next, true);
                self.body = Some((line.next, false));
                return Ok(());
            }
        }
        match self.body {
            None => {
                if let Some(body) = self.header.line(line.text, line.start, line.next) {
                    self.end_header(body);
                }
            }
            Some((start, false)) if !line.text.trim_ascii().is_empty() => {
                if !header::is_content_field(line.text) {
                    self.body = Some((start, true));
                } else if self.header.is_message(self.data) {
                    // A message in a part: it has a header of its own (RFC 2046 5.2.1).
                    self.end_part(line.start, ledger)?;
                    self.header = header::Reading::new(line.start, true);
                    let _ = self.header.line(line.text, line.start, line.next);
                } else {
                    // The header goes on behind a blank line.
                    self.body = None;
                    let _ = self.header.line(line.text, line.start, line.next);
                }
            }
            Some(_) => {}
        }
        Ok(())
    }

    fn end_header(&mut self, body: usize) {
        self.body = Some((body, false));
        for boundary in self.header.boundaries(self.data) {
            if self.first.is_none() {
                self.first = Some(boundary.clone());
            }
            self.boundaries.insert(boundary);
        }
    }

    fn end_part(&mut self, end: usize, ledger: &mut Ledger) -> Result<(), Stop> {
        if self.body.is_none() {
            let body = self.header.end();
            self.end_header(body);
        }
        let (start, _) = self.body.take().unwrap_or_default();
        let header = self.header.fields(self.data);
        let body = self.data.get(start..end).unwrap_or_default();
        if header.is_empty() && body.trim_ascii().is_empty() {
            return Ok(());
        }
        if ledger.charge(Limit::Entries, 1).is_err() {
            return Err(Stop);
        }
        self.parts.all.push(Part {
            header,
            body,
            offset: start,
        });
        Ok(())
    }

    fn delimiter(&mut self, line: &Line<'a>) -> Delimiter {
        let Some(rest) = line.text.strip_prefix(b"--") else {
            return Delimiter::None;
        };
        let rest = rest.trim_ascii_end();
        // A boundary can be declared in a header that has no end.
        if self.body.is_none() && !self.header.is_blank() {
            for boundary in self.header.boundaries(self.data) {
                if self.first.is_none() {
                    self.first = Some(boundary.clone());
                }
                self.boundaries.insert(boundary);
            }
        }
        if self.boundaries.contains(rest) {
            self.parts.delimiters = self.parts.delimiters.saturating_add(1);
            return Delimiter::Open;
        }
        if let Some(rest) = rest.strip_suffix(b"--")
            && self.boundaries.contains(rest)
        {
            self.closed |= self.first.as_deref() == Some(rest);
            return Delimiter::Close;
        }
        let is_part =
            Line::at(self.data, line.next).is_some_and(|next| header::is_content_field(next.text));
        if is_part {
            // Its other lines are delimiters as well.
            self.boundaries.insert(rest.to_vec());
            self.parts.delimiters = self.parts.delimiters.saturating_add(1);
            return Delimiter::Open;
        }
        Delimiter::None
    }
}

enum Delimiter {
    None,
    Open,
    Close,
}

#[cfg(test)]
mod tests;
