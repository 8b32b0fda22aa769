//! Wrappers in base64 that stand anywhere, whatever the structure around them says.

use memchr::memchr;

use crate::bytes::base64;
use crate::container::active_mime;
use crate::limits::Limit;
use crate::observe::Ledger;

/// `ActiveMime` in base64, where it starts a group, or is one or two bytes into it: the characters
/// that do not depend on what stands around, and how many of the group stand before them.
const MARKS: [(&[u8], usize); 3] = [
    (b"QWN0aXZlTWltZ", 0),
    (b"FjdGl2ZU1pbW", 2),
    (b"BY3RpdmVNaW1l", 3),
];
/// So many characters that are no digits can stand between two.
const BREAK: usize = 8;

/// The wrappers that stand in base64 somewhere in `data`, with lines of any length. Pays
/// [`Limit::OutputBytes`](crate::Limit::OutputBytes) for each.
pub fn wrappers_in_base64(data: &[u8], ledger: &mut Ledger) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (mark, before) in MARKS {
        let Some(&first) = mark.first() else { continue };
        let mut at = 0_usize;
        while let Some(next) = data.get(at..).and_then(|rest| memchr(first, rest)) {
            let here = at.saturating_add(next);
            at = here.saturating_add(1);
            if !is_mark(data.get(here..).unwrap_or_default(), mark) {
                continue;
            }
            let start = group_start(data, here, before);
            let run = data.get(start..).unwrap_or_default();
            let run = run.get(..run_length(run)).unwrap_or_default();
            // What is decoded again for a mark within the run of another is paid for again.
            if ledger.charge(Limit::OutputBytes, run.len() as u64).is_err() {
                return found;
            }
            let mut bytes = Vec::new();
            base64::decode(run, &mut bytes);
            // At most two bytes of the group stand before it.
            let wrapper = (0..3).find(|&skip| {
                bytes
                    .get(skip..)
                    .is_some_and(|rest| rest.starts_with(active_mime::SIGNATURE))
            });
            if let Some(skip) = wrapper {
                bytes.drain(..skip);
                found.push(bytes);
            }
        }
    }
    found
}

/// Whether any wrapper stands in base64 in `data`.
#[must_use]
pub fn has_wrapper_in_base64(data: &[u8]) -> bool {
    MARKS.iter().any(|(mark, _)| {
        mark.first().is_some_and(|first| {
            memchr::memchr_iter(*first, data)
                .any(|at| is_mark(data.get(at..).unwrap_or_default(), mark))
        })
    })
}

/// Whether a mark stands here, with breaks of lines in it.
fn is_mark(data: &[u8], mark: &[u8]) -> bool {
    let mut rest = data;
    for &wanted in mark {
        let skipped = rest
            .iter()
            .take(BREAK)
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        match rest.get(skipped..).and_then(<[u8]>::split_first) {
            Some((&byte, after)) if byte == wanted => rest = after,
            _ => return false,
        }
    }
    true
}

/// Where the group starts of which `before` digits stand before this one.
fn group_start(data: &[u8], here: usize, before: usize) -> usize {
    let mut start = here;
    let mut left = before;
    let back = data.get(..here).unwrap_or_default().iter().rev();
    for (steps, &byte) in back.take(BREAK.saturating_mul(4)).enumerate() {
        if left == 0 {
            break;
        }
        if base64::is_digit(byte) {
            left = left.saturating_sub(1);
            start = here.saturating_sub(steps).saturating_sub(1);
        } else if !byte.is_ascii_whitespace() {
            break;
        }
    }
    start
}

/// How far base64 goes on: to a sign that neither is of it nor breaks lines.
fn run_length(data: &[u8]) -> usize {
    data.iter()
        .position(|&byte| !base64::is_digit(byte) && !byte.is_ascii_whitespace())
        .unwrap_or(data.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn rfc_4648_4_each_alignment_and_any_length_of_line() {
        // One and two bytes before `ActiveMime inert!`.
        for text in [
            "QWN0aXZlTWltZSBpbmVydCE=",
            "AEFjdGl2ZU1pbWUgaW5lcnQh",
            "AABBY3RpdmVNaW1lIGluZXJ0IQ==",
        ] {
            for width in [1, 3, 7, 76] {
                let lines: Vec<&[u8]> = text.as_bytes().chunks(width).collect();
                let data = [b"%PDF text-", &lines.join(&b"\r\n"[..])[..], b"\r\n--x"].concat();
                let mut ledger = Ledger::new(Limits::mail());
                let found = wrappers_in_base64(&data, &mut ledger);
                assert_eq!(found, [b"ActiveMime inert!"], "{text} {width}");
            }
        }
    }
}
