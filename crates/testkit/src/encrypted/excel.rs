//! Encrypted workbooks, [MS-XLS] 2.2.10.

use super::binary::{Binary, Key};
use crate::bytes::{Put, len16, patch};
use crate::cfb;

const BOF: u16 = 0x0809;
const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
/// What stays in clear besides: UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead.
const CLEAR: [u16; 7] = [BOF, FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138];

/// Puts the `Workbook` stream under a password: a FilePass record behind the first, and the data of
/// records garbled.
pub fn xls(file: &mut cfb::Builder, scheme: Binary, password: &str) {
    let mut stream = file.data("Workbook").to_vec();
    let mut pass = Vec::new();
    pass.put16((scheme != Binary::Xor).into());
    pass.put(&scheme.description(password));
    let mut record = Vec::new();
    record.put16(FILE_PASS);
    record.put16(len16(&pass));
    record.put(&pass);
    let behind = 4 + usize::from(u16::from_le_bytes([stream[2], stream[3]]));
    let added = record.len() as u32;
    stream.splice(behind..behind, record);
    for (at, kind, _) in records(&stream) {
        if kind == BOUND_SHEET {
            let place: [u8; 4] = stream[at + 4..at + 8].try_into().expect("four bytes");
            let place = u32::from_le_bytes(place) + added;
            patch(&mut stream, at + 4, &place.to_le_bytes());
        }
    }
    seal(&mut stream, &scheme.key(password));
    file.stream("Workbook", stream);
}

fn seal(stream: &mut [u8], key: &Key) {
    let mut sealed = stream.to_vec();
    key.blocks(1024, &mut sealed);
    for (at, kind, size) in records(stream) {
        let clear = match kind {
            BOUND_SHEET => 4,
            kind if CLEAR.contains(&kind) => size,
            _ => 0,
        };
        let data = at + 4 + clear..at + 4 + size;
        if let Key::Xor(array) = key {
            for place in data {
                // The first byte of the data has the place of its end.
                let byte = stream[place].rotate_left(5);
                stream[place] = byte ^ array[(place + size) % 16];
            }
        } else {
            stream[data.clone()].copy_from_slice(&sealed[data]);
        }
    }
}

/// Where each record begins, its number and the size of its data, up to the zeros at the end.
fn records(stream: &[u8]) -> Vec<(usize, u16, usize)> {
    let word = |at: usize| u16::from_le_bytes([stream[at], stream[at + 1]]);
    let mut found = Vec::new();
    let mut at = 0;
    while at + 4 <= stream.len() && (word(at), word(at + 2)) != (0, 0) {
        let size = usize::from(word(at + 2));
        found.push((at, word(at), size));
        at += 4 + size;
    }
    found
}
