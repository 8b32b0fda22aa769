//! Sections of OneNote: every file with a length that fits is found, as it stands there.

use macrosift::container::one_note::files;
use macrosift::{Ledger, Limit, Limits};

use super::scan::scan;
use super::{assert_linear, cut_short};

const HEADER: [u8; 16] = *b"\xE7\x16\xE3\xBD\x65\x26\x11\x45\xA4\xC4\x8D\x4D\x0B\x7A\x9E\xAC";

/// The target.
pub fn one_note(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::mail());
    let found = files(data, &mut ledger);
    assert_linear(&ledger, Limit::Steps, data.len(), 2, 100);
    if !cut_short(&ledger) {
        let at = |at: usize| data[at..].starts_with(&HEADER) && data.len() >= at + 36;
        let expected: Vec<usize> = (0..data.len().saturating_sub(35))
            .filter(|&i| at(i))
            .collect();
        // The search goes on behind a header, so two that overlap are one.
        assert!(found.len() <= expected.len());
        for file in &found {
            assert!(expected.contains(&file.offset));
            let length = data[file.offset + 16..file.offset + 24].try_into().unwrap();
            let declared = u64::from_le_bytes(length);
            let left = (data.len() - file.offset - 36) as u64;
            assert_eq!(file.data.len() as u64, declared.min(left));
            assert!(declared <= left || !ledger.gaps().is_empty());
        }
    }
    scan(data);
}
