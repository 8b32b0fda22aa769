//! Databases of Access (Jet 3 and 4, ACE): the long values, where the storage of a VBA project
//! keeps its streams. There is no specification; the layout is that of mdbtools, `HACKING`.
//!
//! | at | of a page of long values | |
//! |---|---|---|
//! | 0x00 | 0x01, a page of data | |
//! | 0x04 | `LVAL` | |
//! | 0x08 (Jet 3), 0x0C | number of rows | 16 bits |
//! | then | where each row starts; it ends where the one before starts | 16 bits each, the upper three are flags |
//!
//! A value that needs more than a page has in each row where it goes on: a row and a page, in
//! eight and twenty-four bits. Nothing in a row says whether it starts so, but for a page and a
//! row that are there.

use std::collections::{BTreeMap, BTreeSet};

use crate::bytes::{le16, le32, slice};
use crate::limits::Limit;
use crate::observe::Ledger;

/// A row by its page and its number.
type Place = (u32, u8);

/// Appends all long values to `out`, each put together from its rows, with zeros in between.
pub fn long_values(data: &[u8], out: &mut Vec<u8>, ledger: &mut Ledger) {
    let rows = rows(data, ledger);
    let next = |row: &[u8]| {
        let pointer = le32(row, 0)?;
        let place = (pointer >> 8, u8::try_from(pointer & 0xFF).ok()?);
        rows.contains_key(&place).then_some(place)
    };
    let follows: BTreeSet<Place> = rows.values().filter_map(|row| next(row)).collect();
    let mut had = BTreeSet::new();
    // Those that nothing leads to first; what is left then are circles.
    let heads = rows.keys().filter(|place| !follows.contains(*place));
    for head in heads.chain(rows.keys()) {
        let mut place = Some(*head);
        while let Some(here) = place.filter(|here| had.insert(*here)) {
            let Some(row) = rows.get(&here) else { break };
            place = next(row);
            // The last row of a value has no place in it, and four zeros there.
            let chained = place.is_some() || here != *head;
            let content = row.get(if chained { 4 } else { 0 }..).unwrap_or_default();
            let size = content.len().saturating_add(4) as u64;
            if ledger.charge(Limit::OutputBytes, size).is_err() {
                return;
            }
            out.extend_from_slice(content);
        }
        out.extend_from_slice(&[0; 4]);
    }
}

fn rows<'a>(data: &'a [u8], ledger: &mut Ledger) -> BTreeMap<Place, &'a [u8]> {
    const JET_3: u8 = 0;
    let (size, count_at) = match data.get(0x14) {
        Some(&JET_3) => (2048, 8),
        _ => (4096, 12_usize),
    };
    let mut rows = BTreeMap::new();
    for (number, page) in (0_u32..).zip(data.chunks(size)) {
        if page.first() != Some(&1) || slice(page, 4, 4) != Some(b"LVAL") {
            continue;
        }
        let count = usize::from(le16(page, count_at).unwrap_or_default());
        let mut end = page.len();
        for row in 0..count.min(256) {
            if ledger.charge(Limit::Steps, 1).is_err() {
                return rows;
            }
            let at = count_at
                .saturating_add(2)
                .saturating_add(row.saturating_mul(2));
            let Some(start) = le16(page, at).map(|start| usize::from(start & 0x1FFF)) else {
                break;
            };
            if let (Some(content), Ok(row)) = (page.get(start..end), u8::try_from(row)) {
                rows.insert((number, row), content);
                end = start;
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    /// A page with rows that each start with a place.
    fn page(rows: &[(u32, &[u8])]) -> Vec<u8> {
        let mut page = b"\x01\x01\0\0LVAL\0\0\0\0".to_vec();
        page.extend((rows.len() as u16).to_le_bytes());
        let mut end = 4096;
        let mut tail = Vec::new();
        for (place, content) in rows {
            let row = [&place.to_le_bytes()[..], content].concat();
            end -= row.len();
            page.extend((end as u16).to_le_bytes());
            tail.splice(0..0, row);
        }
        page.resize(4096 - tail.len(), 0);
        page.extend(tail);
        page
    }

    fn values(pages: &[Vec<u8>]) -> Vec<u8> {
        let mut data = vec![0; 4096];
        data[0x14] = 1;
        data.extend(pages.concat());
        let mut out = Vec::new();
        long_values(&data, &mut out, &mut Ledger::new(Limits::mail()));
        out
    }

    #[test]
    fn a_value_goes_on_in_other_pages() {
        let first = page(&[(0xFFFF_FFFF, b"alone"), (2 << 8, b"one, ")]);
        let second = page(&[(3 << 8 | 1, b"two, ")]);
        let third = page(&[(0xFFFF_FFFF, b"other"), (0, b"three")]);
        let values = values(&[first, second, third]);
        let text = String::from_utf8_lossy(&values);
        assert!(text.contains("one, two, three"), "{text:?}");
        assert!(text.contains("alone") && text.contains("other"));
    }

    #[test]
    fn circles_and_rows_outside_their_page_end() {
        let circle = page(&[(2 << 8, b"one"), (1 << 8 | 1, b"self")]);
        let back = page(&[(1 << 8, b"two")]);
        let text = values(&[circle, back]);
        assert!(text.len() < 64);
        let mut broken = page(&[(0, b"x")]);
        broken[12..16].copy_from_slice(&[0xFF; 4]);
        let _ = values(&[broken]);
    }
}
