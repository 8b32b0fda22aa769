//! Finding compressed source where the `dir` stream does not say, or lies.
//!
//! Two ways. Source that Office wrote starts with an `Attribute` line, whose first eight letters
//! cannot be compressed ([MS-OVBA] 2.4.1.3.8), so they stand in the stream as they are. Where
//! that fails, a container gives itself away by its chunk headers: each leads to the next, and
//! the last one to the end of the stream.

use memchr::memmem::Finder;

use crate::bytes::le16;
use crate::limits::Limit;
use crate::observe::Ledger;

use super::decompress::{Outcome, decompress};

/// Where containers whose text starts with `Attribut` begin.
pub(super) fn attribute_containers(data: &[u8]) -> impl Iterator<Item = usize> + '_ {
    // One finder for the process would save its set-up, some 100 ns a stream.
    let hits: Vec<usize> = Finder::new(b"Attribut").find_iter(data).collect();
    hits.into_iter().filter_map(|hit| {
        // Signature, chunk header, and in a compressed chunk a flag byte "eight literals".
        let compressed = hit.checked_sub(4).filter(|&start| {
            data.get(hit.wrapping_sub(1)) == Some(&0) && data.get(start).is_some_and(|b| b & 3 == 1)
        });
        let raw = || {
            hit.checked_sub(3).filter(|&start| {
                data.get(start).is_some_and(|b| b & 3 == 1)
                    && le16(data, start.saturating_add(1)).is_some_and(|header| header >> 12 == 3)
            })
        };
        compressed.or_else(raw)
    })
}

/// The first container in `data` whose chunks lead to the end of it and whose text is text.
pub(super) fn chained_container(data: &[u8], ledger: &mut Ledger) -> Option<usize> {
    /// A container that is tried and holds no text is an accident; so many are none.
    const TRIES: usize = 64;
    if ledger.charge(Limit::Steps, data.len() as u64).is_err() {
        return None;
    }
    // leads[at]: the chunk headers from `at` on lead to the end; one byte may be left over.
    let mut leads = vec![false; data.len().saturating_add(1)];
    let mut candidates = Vec::new();
    for at in (0..=data.len()).rev() {
        let left = data.len().saturating_sub(at);
        let good = left <= 1
            || le16(data, at).is_some_and(|header| {
                let size = usize::from(header & 0x0FFF).saturating_add(3);
                header & 0x7000 == 0x3000
                    && leads.get(at.saturating_add(size)).copied().unwrap_or(false)
            });
        if let Some(slot) = leads.get_mut(at) {
            *slot = good;
        }
        if good && left > 3 && at.checked_sub(1).and_then(|at| data.get(at)) == Some(&1) {
            candidates.push(at.saturating_sub(1));
        }
    }
    candidates.into_iter().rev().take(TRIES).find(|&start| {
        let mut text = Vec::new();
        let mut trial = Ledger::new(
            ledger
                .budget()
                .limits()
                .clone()
                .with(Limit::OutputBytes, 4096),
        );
        let outcome = decompress(data.get(start..).unwrap_or_default(), &mut text, &mut trial);
        outcome != Outcome::Damaged && is_text(&text)
    })
}

/// Whether the start of a decompressed text is text: letters, and no control characters but
/// tabs and line ends.
pub(super) fn is_text(text: &[u8]) -> bool {
    let head = text.get(..256).unwrap_or(text);
    let control = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n');
    head.iter().any(u8::is_ascii_alphabetic) && !head.iter().any(control)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn ledger() -> Ledger {
        Ledger::new(Limits::mail())
    }

    #[test]
    fn compressed_and_raw_containers_by_their_first_word() {
        let data = b"junk\x01\x0c\xb0\0Attribut\x00e xyz\x01\xff\x3fAttribute";
        let starts: Vec<usize> = attribute_containers(data).collect();
        assert_eq!(starts, [4, 22]);
        assert_eq!(
            attribute_containers(b"the word Attribut in text").count(),
            0
        );
    }

    #[test]
    fn a_container_with_another_first_word_by_its_chunks() {
        let mut data = vec![0xEE; 37];
        data.extend_from_slice(b"\x01\x07\xb0\0Sub A()");
        assert_eq!(chained_container(&data, &mut ledger()), Some(37));
        // Two chunks, and a byte left over.
        data.extend_from_slice(b"\x01\xb0\0\n!");
        assert_eq!(chained_container(&data, &mut ledger()), Some(37));
        assert_eq!(chained_container(&[0x55; 300], &mut ledger()), None);
    }

    #[test]
    fn nothing_but_headers_is_linear() {
        let data = [0x01, 0xB0].repeat(200_000);
        let _ = chained_container(&data, &mut ledger());
    }
}
