//! Encrypted Word documents, [MS-DOC] 2.2.6.

use super::binary::Binary;
use crate::bytes::{len32, patch};
use crate::cfb;

/// Puts a document of Word 97 under a password: `WordDocument`, `1Table`, and `Data` if there is one.
pub fn doc(file: &mut cfb::Builder, scheme: Binary, password: &str) {
    let key = scheme.key(password);
    let description = scheme.description(password);
    let mut document = file.data("WordDocument").to_vec();
    let mut table = file.data("1Table").to_vec();
    let word = |at: usize| u16::from_le_bytes([document[at], document[at + 1]]);
    let flags = word(10) | 0x0100;
    let clear = if scheme == Binary::Xor {
        patch(&mut document, 10, &(flags | 0x8000).to_le_bytes());
        // The verifier, then the key.
        let verifier = [&description[2..4], &description[..2]].concat();
        patch(&mut document, 14, &verifier);
        0
    } else {
        patch(&mut document, 10, &flags.to_le_bytes());
        patch(&mut document, 14, &len32(&description).to_le_bytes());
        shift(&mut document, len32(&description));
        table.splice(0..0, description.clone());
        description.len()
    };
    let head = document[..68].to_vec();
    key.blocks(512, &mut document);
    patch(&mut document, 0, &head);
    key.blocks(512, &mut table);
    patch(&mut table, 0, &description[..clear]);
    file.stream("WordDocument", document)
        .stream("1Table", table);
    if file.streams().iter().any(|path| path == "Data") {
        let mut data = file.data("Data").to_vec();
        key.blocks(512, &mut data);
        file.stream("Data", data);
    }
}

/// Moves what the FIB says of the table stream, [MS-DOC] 2.5.6: pairs of an offset and a size.
fn shift(document: &mut [u8], by: u32) {
    const PAIRS: usize = 154;
    for pair in 0..93 {
        let field = |at: usize| {
            let bytes: [u8; 4] = document[at..at + 4].try_into().expect("four bytes");
            u32::from_le_bytes(bytes)
        };
        let at = PAIRS + pair * 8;
        if field(at + 4) > 0 {
            let moved = field(at) + by;
            patch(document, at, &moved.to_le_bytes());
        }
    }
}
