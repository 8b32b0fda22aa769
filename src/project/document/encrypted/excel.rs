//! Encrypted workbooks, [MS-XLS] 2.2.10: the data of records behind a FilePass record.
//!
//! | record | what is used |
//! |---|---|
//! | 0x002F FilePass (2.4.117) | the scheme, and what a password is checked against |
//! | 0x0809 BOF (2.4.21) | `dt` 0x0040, a macro sheet; in clear |
//! | 0x0085 BoundSheet8 (2.4.28) | `lbPlyPos`, in clear |

use crate::bytes::{le16, le32};
use crate::container::cfb::{Entry, File};
use crate::container::crypto::{Lock, StreamKey};
use crate::limits::{Limit, Spent};
use crate::observe::{Ledger, Reason};

use super::copy::write;
use super::{Decrypted, Kind, Sealed};

const BOF: u16 = 0x0809;
const BOUND_SHEET: u16 = 0x0085;
const FILE_PASS: u16 = 0x002F;
/// The number of no record, which every reader passes over.
const NO_RECORD: u16 = 0xFFFF;

/// Records that stay in clear: BOF, FilePass, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead.
const CLEAR: [u16; 7] = [BOF, FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138];

/// FilePass is the second or third record; further in it is not looked for here.
const HEAD: usize = 512;
/// [MS-OFFCRYPTO] leaves the size of blocks to the document; [MS-XLS] 2.2.10 says this.
const BLOCK: usize = 1024;

/// Records in the order in which they lie: where each begins, its number, its size.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl Iterator for Records<'_> {
    type Item = (usize, u16, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let record = le16(self.stream, self.at)?;
        let size = le16(self.stream, self.at.saturating_add(2))?;
        // Zeros fill the stream after the last record.
        if record == 0 && size == 0 {
            return None;
        }
        let start = self.at;
        self.at = start.saturating_add(4).saturating_add(usize::from(size));
        Some((start, record, usize::from(size)))
    }
}

/// Whether there is a FilePass record where it should be.
pub(in crate::project::document) fn has_password(stream: &[u8]) -> bool {
    let stream = stream.get(..HEAD).unwrap_or(stream);
    Records { stream, at: 0 }.any(|(_, record, _)| record == FILE_PASS)
}

pub(super) fn find<'f>(
    file: &'f File<'_>,
    entry: &'f Entry,
    ledger: &mut Ledger,
) -> Option<Sealed<'f>> {
    // One sector is more than enough, and one of the mini stream is not.
    const SMALL: u64 = 4096;
    let found = if entry.declared_size() < SMALL {
        has_password(&file.stream(entry, ledger))
    } else {
        has_password(file.head(entry, ledger))
    };
    if !found {
        return None;
    }
    let stream = file.stream(entry, ledger);
    let (mut lock, mut macro_sheets) = (None, 0_u32);
    let mut places = Vec::new();
    let mut end = 0;
    for (start, record, size) in (Records {
        stream: &stream,
        at: 0,
    }) {
        if ledger.charge(Limit::Steps, 1).is_err() {
            break;
        }
        let body = start.saturating_add(4);
        end = body.saturating_add(size);
        match record {
            FILE_PASS if lock.is_none() => {
                lock = Some(scheme(stream.get(body..end).unwrap_or_default()));
            }
            BOF => macro_sheets = macro_sheets.saturating_add(is_macro_sheet(&stream, start)),
            BOUND_SHEET => places.extend(place(&stream, body)),
            _ => {}
        }
    }
    // A sheet is read from where the list says, whether or not records lead there.
    places.retain(|place| *place >= end);
    places.sort_unstable();
    places.dedup();
    for place in places {
        macro_sheets = macro_sheets.saturating_add(is_macro_sheet(&stream, place));
    }
    Some(Sealed {
        lock: lock.unwrap_or(Lock::closed("encryption that is not described")),
        macro_sheets,
        entry,
        kind: Kind::Excel,
    })
}

/// 1 for the BOF of a macro sheet.
fn is_macro_sheet(stream: &[u8], at: usize) -> u32 {
    let kind = le16(stream, at.saturating_add(6));
    u32::from(le16(stream, at) == Some(BOF) && kind == Some(0x0040))
}

fn place(stream: &[u8], body: usize) -> Option<usize> {
    usize::try_from(le32(stream, body)?).ok()
}

fn scheme(body: &[u8]) -> Lock {
    let word = |at| le16(body, at).unwrap_or(0);
    match (body.len(), word(0)) {
        // BIFF5 has nothing but this.
        (4, _) => Lock::xor(word(0), word(2)),
        (6.., 0) => Lock::xor(word(2), word(4)),
        (_, 1) => Lock::rc4(body.get(2..).unwrap_or_default()),
        _ => Lock::closed("encryption of an unknown kind"),
    }
}

pub(super) fn open(
    file: &File<'_>,
    entry: &Entry,
    key: &StreamKey,
    copy: &mut Decrypted,
    ledger: &mut Ledger,
) -> Result<(), Spent> {
    let sealed = file.stream(entry, ledger);
    let mut plain = Decrypted::take(file, entry, ledger)?;
    let mut rest = Opening {
        sealed: &sealed,
        places: Vec::new(),
        end: 0,
    };
    // XOR goes by records, and RC4 goes on under those that stay in clear.
    let by_records = key.record(0, &mut []);
    if !by_records {
        key.blocks(BLOCK, &mut plain, ledger)?;
    }
    rest.from(0, key, &mut plain, ledger)?;
    let mut inside = rest.places.clone();
    inside.retain(|place| *place < rest.end);
    let mut behind = std::mem::take(&mut rest.places);
    behind.sort_unstable();
    for place in behind {
        if place >= rest.end {
            // Nothing is read between.
            rest.clear(rest.end, place, &mut plain);
            rest.from(place, key, &mut plain, ledger)?;
        }
    }
    rest.clear(rest.end, sealed.len(), &mut plain);
    if inside.iter().any(|at| le16(&plain, *at) != Some(BOF)) {
        ledger.gap(
            Reason::Damaged,
            format_args!("a sheet of the encrypted workbook lies inside a record of another"),
        );
    }
    copy.put(file, entry, &plain, ledger)
}

/// The records of a workbook on the way from the sealed to the plain.
struct Opening<'a> {
    sealed: &'a [u8],
    /// Where sheets begin.
    places: Vec<usize>,
    /// Up to where records were read.
    end: usize,
}

impl Opening<'_> {
    /// Makes records plain from a place on.
    fn from(
        &mut self,
        at: usize,
        key: &StreamKey,
        plain: &mut [u8],
        ledger: &mut Ledger,
    ) -> Result<(), Spent> {
        let sealed = self.sealed;
        for (start, record, size) in (Records { stream: sealed, at }) {
            ledger.charge(Limit::Steps, (size as u64 >> 5).saturating_add(1))?;
            let body = start.saturating_add(4);
            let end = body.saturating_add(size).min(sealed.len());
            let clear = match record {
                BOUND_SHEET => {
                    self.places.extend(place(sealed, body));
                    4
                }
                record if CLEAR.contains(&record) => size,
                _ => 0,
            };
            let from = body.saturating_add(clear).min(end);
            self.clear(start, from, plain);
            if let Some(data) = plain.get_mut(from..end) {
                // 2.2.10: the place in the key is that of the record's end.
                let _ = key.record(from.saturating_add(size), data);
            }
            if record == FILE_PASS {
                write(plain, start, &NO_RECORD.to_le_bytes());
            }
            self.end = end;
        }
        Ok(())
    }

    /// Leaves bytes as they were.
    fn clear(&self, start: usize, end: usize, plain: &mut [u8]) {
        if let Some((to, from)) = plain.get_mut(start..end).zip(self.sealed.get(start..end)) {
            to.copy_from_slice(from);
        }
    }
}
