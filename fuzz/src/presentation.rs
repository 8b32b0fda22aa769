//! The records of a presentation: every storage that stands there as it is becomes an object,
//! whatever stands around it, and the whole costs what it is long.

use macrosift::project::document::inspect_presentation;
use macrosift::{Ledger, Limit, Limits};
use macrosift_testkit::cfb::Builder;

use super::scan::scan;
use super::{assert_linear, cut_short};

/// More than this is not wrapped and scanned.
const MOST: usize = 1 << 20;

/// The target: the bytes are a `PowerPoint Document` stream.
pub fn presentation(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::mail());
    let found = inspect_presentation(data, &[], &mut ledger);
    if !cut_short(&ledger) {
        let objects: Vec<&[u8]> = found.objects.iter().map(|(_, bytes)| &bytes[..]).collect();
        for at in memory_of(data) {
            assert!(objects.contains(&at), "an object that is not found");
        }
        // Of each object the storage is read twice at most, and heads are twelve bytes.
        assert_linear(
            &ledger,
            Limit::Steps,
            data.len(),
            data.len() as u64 / 4 + 2,
            100,
        );
    }
    for load in &found.loads {
        assert!(!load.target.is_empty() && !load.place.is_empty());
    }
    if data.len() < MOST {
        let mut file = Builder::new();
        file.stream("PowerPoint Document", data);
        scan(&file.build());
    }
}

/// The storages that are neither packed nor cut, at any offset.
fn memory_of(data: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    for at in 0..data.len().saturating_sub(16) {
        let record = &data[at..];
        if record[2..4] != [0x11, 0x10]
            || !record[8..].starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
        {
            continue;
        }
        let length = u32::from_le_bytes([record[4], record[5], record[6], record[7]]) as usize;
        found.extend(record[8..].get(..length).filter(|_| length >= 8));
    }
    found
}
