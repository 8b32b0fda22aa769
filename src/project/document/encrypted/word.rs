//! Encrypted documents, [MS-DOC] 2.2.6: `WordDocument` behind its head, the table stream and `Data`.
//!
//! | at | field of FibBase (2.5.2) |
//! |---|---|
//! | 0x02 | `nFib`, the version |
//! | 0x0A | flags; 0x0100 `fEncrypted`, 0x0200 `fWhichTblStm`, 0x8000 `fObfuscated` |
//! | 0x0E | `lKey`: the size of the description at the start of the table stream, or the verifier |

use crate::bytes::{le16, le32};
use crate::container::cfb::{Entry, File};
use crate::container::crypto::{Lock, StreamKey};
use crate::limits::{Limit, Spent};
use crate::observe::Ledger;

use super::copy::write;
use super::{Decrypted, Kind, Sealed, sibling};

const ENCRYPTED: u16 = 0x0100;
const SECOND_TABLE: u16 = 0x0200;
const OBFUSCATED: u16 = 0x8000;

/// 2.2.6.2 and 2.2.6.3
const BLOCK: usize = 512;
/// The last `nFib` of Word 95, whose head is shorter and which has no table stream.
const LAST_WORD_95: u16 = 0x69;

/// Whether the head of a document says so.
pub(in crate::project::document) fn is_encrypted(head: &[u8]) -> bool {
    le16(head, 0x0A).is_some_and(|flags| flags & ENCRYPTED != 0)
        && matches!(le16(head, 0), Some(0xA5EC | 0xA5DC))
}

pub(super) fn find<'f>(
    file: &'f File<'_>,
    entry: &'f Entry,
    ledger: &mut Ledger,
) -> Option<Sealed<'f>> {
    let head = file.head(entry, ledger);
    if !is_encrypted(head) {
        return None;
    }
    let flags = le16(head, 0x0A)?;
    let name = if flags & SECOND_TABLE != 0 {
        "1Table"
    } else {
        "0Table"
    };
    let table = sibling(file, entry, name).filter(|_| !is_word_95(head));
    let key = le32(head, 0x0E)?;
    let lock = if flags & OBFUSCATED != 0 || is_word_95(head) {
        // The verifier, then the key.
        Lock::xor(le16(head, 0x10)?, le16(head, 0x0E)?)
    } else if let Some(table) = table {
        let stream = file.stream(table, ledger);
        let size = usize::try_from(key).unwrap_or(usize::MAX);
        Lock::rc4(stream.get(..size).unwrap_or(&stream))
    } else {
        Lock::closed("encryption whose description is missing")
    };
    Some(Sealed {
        lock,
        macro_sheets: 0,
        entry,
        kind: Kind::Word { table },
    })
}

fn is_word_95(head: &[u8]) -> bool {
    le16(head, 2).is_some_and(|version| version <= LAST_WORD_95)
}

pub(super) fn open(
    file: &File<'_>,
    entry: &Entry,
    table: Option<&Entry>,
    key: &StreamKey,
    copy: &mut Decrypted,
    ledger: &mut Ledger,
) -> Result<(), Spent> {
    let head = file.head(entry, ledger);
    let clear = if is_word_95(head) { 0x34 } else { 68 };
    let flags = le16(head, 0x0A).unwrap_or(0);
    let described = if flags & OBFUSCATED == 0 {
        le32(head, 0x0E)
    } else {
        None
    };
    let described = usize::try_from(described.unwrap_or(0)).unwrap_or(usize::MAX);
    let data = sibling(file, entry, "Data");
    let streams = [
        Some((entry, clear)),
        table.map(|one| (one, described)),
        data.map(|one| (one, 0)),
    ];
    for (stream, clear) in streams.into_iter().flatten() {
        let mut plain = Decrypted::take(file, stream, ledger)?;
        // What stays in clear is worked on like the rest, and put back.
        let kept = plain.get(..clear).unwrap_or(&plain).to_vec();
        ledger.charge(Limit::OutputBytes, kept.len() as u64)?;
        key.blocks(BLOCK, &mut plain, ledger)?;
        for (to, from) in plain.iter_mut().zip(&kept) {
            *to = *from;
        }
        if stream.id() == entry.id() {
            write(
                &mut plain,
                0x0A,
                &(flags & !(ENCRYPTED | OBFUSCATED)).to_le_bytes(),
            );
            write(&mut plain, 0x0E, &[0; 4]);
        }
        copy.put(file, stream, &plain, ledger)?;
    }
    Ok(())
}
