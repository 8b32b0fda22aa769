//! The end of central directory record, and where the directory is that it speaks of.
//!
//! | offset | bytes | field (APPNOTE 4.3.16) |
//! |---|---|---|
//! | 0 | 4 | signature `PK\x05\x06` |
//! | 4 | 4 | disk numbers |
//! | 8 | 2 | entries on this disk |
//! | 10 | 2 | entries |
//! | 12 | 4 | size of the directory |
//! | 16 | 4 | offset of the directory |
//! | 20 | 2 | comment length, then the comment |
//!
//! In front of it may stand the zip64 locator (4.3.15: signature `PK\x06\x07`, disk, offset of 8
//! bytes at 8) and the zip64 record (4.3.14: signature `PK\x06\x06`; entries at 32, size at 40,
//! offset at 48, of 8 bytes each).

use memchr::memmem;

use super::entry::CENTRAL;
use crate::bytes::{le16, le32, le64, slice};

pub(super) const END: [u8; 4] = *b"PK\x05\x06";
const LOCATOR: [u8; 4] = *b"PK\x06\x07";
const END64: [u8; 4] = *b"PK\x06\x06";

/// Length of the record without its comment.
pub(super) const END_LEN: usize = 22;
const LOCATOR_LEN: usize = 20;
const END64_LEN: usize = 56;
/// The record can start no further from the end than this, its comment being at most 65,535.
const SEARCHED: usize = 65_557;

/// A central directory that is where an end record says, or right in front of that record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Directory<'a> {
    /// Where it starts.
    pub(super) start: usize,
    /// Where the records about it start: they end what can be a header.
    pub(super) records_at: usize,
    /// Where the end record starts.
    pub(super) end_at: usize,
    /// What has to be added to the offsets in it.
    pub(super) base: i64,
    /// How many headers it should have.
    pub(super) declared_entries: u64,
    /// The archive's comment.
    pub(super) comment: &'a [u8],
}

/// The directory of the last end record that is plausible. Another one, be it older or hidden in
/// the comment, lies outside everything that this directory knows, and is found by search.
pub(super) fn directory(data: &[u8]) -> Option<Directory<'_>> {
    let from = data.len().saturating_sub(SEARCHED);
    let tail = data.get(from..)?;
    memmem::rfind_iter(tail, &END).find_map(|at| at_end_record(data, from.checked_add(at)?))
}

/// The directory that the end record at `end_at` speaks of.
pub(super) fn at_end_record(data: &[u8], end_at: usize) -> Option<Directory<'_>> {
    let record = slice(data, end_at, END_LEN)?;
    let mut declared_entries = u64::from(le16(record, 10)?);
    let mut size = u64::from(le32(record, 12)?);
    let mut offset = u64::from(le32(record, 16)?);
    let comment_at = end_at.checked_add(END_LEN)?;
    let comment_end = comment_at.checked_add(usize::from(le16(record, 20)?))?;
    let comment = data.get(comment_at..comment_end.min(data.len()))?;

    let mut records_at = end_at;
    if let Some(at) = end64(data, end_at)
        && let Some(record) = slice(data, at, END64_LEN)
    {
        records_at = at;
        declared_entries = le64(record, 32)?;
        size = le64(record, 40)?;
        offset = le64(record, 48)?;
    }

    let is_directory = |start: usize| {
        let empty = size == 0 && declared_entries == 0 && start == records_at;
        start <= records_at && (empty || slice(data, start, 4) == Some(&CENTRAL[..]))
    };
    // Whoever prepends data moves the directory and the record alike, and leaves the offsets.
    let adjacent = usize::try_from(size)
        .ok()
        .and_then(|size| records_at.checked_sub(size));
    let declared = usize::try_from(offset).ok();
    let start = [adjacent, declared]
        .into_iter()
        .flatten()
        .find(|&start| is_directory(start))?;
    let base = i64::try_from(start)
        .ok()?
        .checked_sub(i64::try_from(offset).ok()?)?;
    Some(Directory {
        start,
        records_at,
        end_at,
        base,
        declared_entries,
        comment,
    })
}

/// Where the zip64 record is, if a locator stands in front of the end record. Its offset counts
/// from a start that may have moved, so the place right in front of the locator is tried too.
fn end64(data: &[u8], end_at: usize) -> Option<usize> {
    let locator_at = end_at.checked_sub(LOCATOR_LEN)?;
    let locator = slice(data, locator_at, LOCATOR_LEN)?;
    if !locator.starts_with(&LOCATOR) {
        return None;
    }
    let declared = le64(locator, 8).and_then(|at| usize::try_from(at).ok());
    let adjacent = locator_at.checked_sub(END64_LEN);
    [declared, adjacent]
        .into_iter()
        .flatten()
        .find(|&at| at < locator_at && slice(data, at, 4) == Some(&END64[..]))
}
