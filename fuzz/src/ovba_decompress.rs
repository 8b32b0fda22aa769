//! Compressed containers: text and outcome are those of a decoder that goes byte by byte.

use macrosift::ovba::{Outcome, decompress};
use macrosift::{Ledger, Limit, Limits};

use super::assert_linear;

/// The target.
pub fn ovba_decompress(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::unbounded());
    let mut text = b"before".to_vec();
    let outcome = decompress(data, &mut text, &mut ledger);
    let text = text.strip_prefix(b"before").expect("what was there stays");
    let (expected, whole) = naive(data);
    assert!(
        text == expected,
        "{} and {} bytes",
        text.len(),
        expected.len()
    );
    assert_eq!(outcome == Outcome::Whole, whole, "{outcome:?}");
    if outcome != Outcome::Whole {
        assert!(!ledger.observations().is_empty());
    }
    // A chunk of three bytes of header and token can copy up to 4096 bytes.
    assert_linear(&ledger, Limit::OutputBytes, data.len(), 4096 / 3, 4096);
    assert_linear(&ledger, Limit::Steps, data.len(), 1, 1);

    // With less budget there is the start of the same text.
    let half = Limits::unbounded().with(Limit::OutputBytes, text.len() as u64 / 2);
    let mut ledger = Ledger::new(half);
    let mut part = Vec::new();
    let outcome = decompress(data, &mut part, &mut ledger);
    assert!(text.starts_with(&part));
    assert_eq!(outcome == Outcome::Limit, part.len() < text.len());
}

/// [MS-OVBA] 2.4.1.3, with the constants masked and what breaks a chunk kept up to there.
fn naive(data: &[u8]) -> (Vec<u8>, bool) {
    let mut text = Vec::new();
    let Some((_, mut rest)) = data.split_first() else {
        return (text, false);
    };
    let mut whole = true;
    while let Some((header, after)) = rest.split_first_chunk::<2>() {
        let header = u16::from_le_bytes(*header);
        let size = usize::from(header & 0x0FFF) + 1;
        whole &= size <= after.len();
        let (chunk, next) = after.split_at(size.min(after.len()));
        if header & 0x8000 == 0 {
            text.extend_from_slice(chunk);
        } else {
            let (chunk, good) = tokens(chunk);
            text.extend_from_slice(&chunk);
            whole &= good;
        }
        rest = next;
    }
    (text, whole)
}

fn tokens(data: &[u8]) -> (Vec<u8>, bool) {
    let mut text: Vec<u8> = Vec::new();
    let mut bytes = data.iter().copied();
    while let Some(flags) = bytes.next() {
        for bit in 0..8 {
            let Some(first) = bytes.next() else {
                return (text, true);
            };
            if flags >> bit & 1 == 0 {
                if text.len() == 4096 {
                    return (text, false);
                }
                text.push(first);
                continue;
            }
            // A full chunk holds no further token, whole or not.
            let Some(second) = bytes.next() else {
                return (text, false);
            };
            let token = u16::from_le_bytes([first, second]);
            let mut offset_bits = 4;
            while 1 << offset_bits < text.len() {
                offset_bits += 1;
            }
            let length = usize::from(token & (0xFFFF >> offset_bits)) + 3;
            let offset = usize::from(token >> (16 - offset_bits)) + 1;
            for _ in 0..length {
                let Some(from) = text.len().checked_sub(offset) else {
                    return (text, false);
                };
                if text.len() == 4096 {
                    return (text, false);
                }
                text.push(text[from]);
            }
        }
    }
    (text, true)
}
