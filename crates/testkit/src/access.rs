//! Databases of Access, as far as their long values: pages of 4096 bytes, as of Jet 4.

use crate::bytes::{Put, patch};

const PAGE: usize = 4096;
/// What fits into a row beside the head of a page and the place of the next row.
const ROW: usize = 4000;

/// A database that holds these values. A value that needs more than a page goes on in others.
#[must_use]
pub fn database(values: &[&[u8]]) -> Vec<u8> {
    let mut file = b"\0\x01\0\0Standard ACE DB\0\x02\0\0\0".to_vec();
    file.resize(PAGE, 0);
    for value in values {
        let mut pieces = value.chunks(ROW).peekable();
        while let Some(piece) = pieces.next() {
            let next = (file.len() / PAGE + 1) as u32;
            let mut row = Vec::new();
            row.put32(if pieces.peek().is_some() {
                next << 8
            } else {
                0
            });
            row.put(piece);
            let at = PAGE - row.len();
            let mut page = b"\x01\x01\0\0LVAL".to_vec();
            page.resize(PAGE, 0);
            patch(&mut page, 12, &1_u16.to_le_bytes());
            patch(&mut page, 14, &(at as u16).to_le_bytes());
            patch(&mut page, at, &row);
            file.extend(page);
        }
    }
    file
}
