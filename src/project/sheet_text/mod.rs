//! Sheets and queries in text: what a spreadsheet would start, fetch or ask when it opens one.
//!
//! | kind | told by | reader |
//! |---|---|---|
//! | values with separators (CSV, TSV), DIF | a cell that acts; without one it is any text | `cells` |
//! | queries (IQY, DQY, OQY, RQY) | the first line: `WEB`, `XLODBC`, `ODBC`, `QueryType=` | `query` |
//! | SYLK | `ID;P` | `sylk` |
//!
//! None of these has a specification that is kept: they are read as Excel reads them.

mod cells;
mod query;
mod sylk;

use std::borrow::Cow;

use crate::bytes::text;
use crate::limits::Limit;
use crate::observe::Ledger;

use super::formula::may_act;
use super::plain::{encoding, narrowed};
use super::{Load, TextEncoding};

pub use sylk::read_sylk;

/// A text that a spreadsheet would open, and that does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetText {
    /// The word used in reports.
    pub format: &'static str,
    /// What it starts, fetches or asks.
    pub loads: Vec<Load>,
}

/// Reads a text as a spreadsheet would, if anything in it acts. A name is a hint.
#[must_use]
pub fn read_sheet_text(data: &[u8], name: Option<&str>, ledger: &mut Ledger) -> Option<SheetText> {
    let narrow = narrow(data);
    let query = query::is_query(&narrow, name);
    if !query && !may_act(&narrow) {
        return None;
    }
    let text = decoded(data, ledger)?;
    if query {
        return query::read(&text);
    }
    let loads = cells::read(&text, ledger);
    (!loads.is_empty()).then_some(SheetText {
        format: if text.starts_with("TABLE") {
            "dif"
        } else {
            "csv"
        },
        loads,
    })
}

/// A byte for each unit, as far as it is text.
fn narrow(data: &[u8]) -> Cow<'_, [u8]> {
    match data {
        [0xEF, 0xBB, 0xBF, rest @ ..] => without_zeros(rest),
        [0xFF, 0xFE, rest @ ..] => narrowed(TextEncoding::Utf16Le, rest).0,
        [0xFE, 0xFF, rest @ ..] => narrowed(TextEncoding::Utf16Be, rest).0,
        _ => without_zeros(data),
    }
}

/// The text without zeros, which spreadsheets read past; of bytes that are no text, what stands
/// before the first of them.
fn without_zeros(data: &[u8]) -> Cow<'_, [u8]> {
    /// How far it is told whether bytes are text.
    const HEAD: usize = 4096;
    let Some(end) = memchr::memchr(0, data) else {
        return Cow::Borrowed(data);
    };
    let texty = |byte: &u8| *byte >= b' ' || matches!(byte, 0 | b'\t'..=b'\r' | 0x1A | 0x1B);
    let head = data.get(..HEAD).unwrap_or(data);
    if head.iter().all(texty) {
        Cow::Owned(data.iter().copied().filter(|byte| *byte != 0).collect())
    } else {
        Cow::Borrowed(data.get(..end).unwrap_or(data))
    }
}

/// The text, paid for where it is not as it is stored. `None` if that is too much.
fn decoded<'a>(data: &'a [u8], ledger: &mut Ledger) -> Option<Cow<'a, str>> {
    ledger
        .charge(Limit::OutputBytes, data.len() as u64)
        .and_then(|()| ledger.charge(Limit::Steps, data.len() as u64 >> 3))
        .ok()?;
    let data = match data {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Cow::Borrowed(data),
        _ => without_zeros(data),
    };
    Some(match data {
        Cow::Borrowed(data) => text_of(data),
        Cow::Owned(data) => Cow::Owned(text_of(&data).into_owned()),
    })
}

fn text_of(data: &[u8]) -> Cow<'_, str> {
    let (encoding, bytes) = encoding(data);
    match encoding {
        TextEncoding::Utf8 => String::from_utf8_lossy(bytes),
        TextEncoding::Utf16Le => Cow::Owned(text::utf16le(bytes)),
        TextEncoding::Utf16Be => {
            let pairs = bytes.as_chunks::<2>().0.iter();
            let units = pairs.map(|pair| u16::from_be_bytes(*pair));
            let text = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}'));
            Cow::Owned(text.collect())
        }
        TextEncoding::CodePage(code_page) => text::decode(bytes, code_page).text,
    }
}
