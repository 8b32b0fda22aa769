//! The packing of streams of a drawing: LZSS with a window of 4096 bytes, at first all zero.
//!
//! A byte of flags, and for each of its bits from the lowest one item: a byte as it is where the bit
//! is set, or else two bytes that say what to copy.
//!
//! | bits of the two bytes | are |
//! |---|---|
//! | all of the first, the upper four of the second | place in the window, less 18 |
//! | the lower four of the second | length, less 3 |

use crate::limits::{Limit, Spent};
use crate::observe::Ledger;

/// The size of the window.
pub(super) const WINDOW: usize = 4096;

/// Output is paid for in portions of this size.
const PORTION: usize = 1 << 14;

/// Unpacks a stream to the end of `output`.
///
/// # Errors
/// If the budget is spent; what was unpacked until then is there.
pub fn unpack(packed: &[u8], output: &mut Vec<u8>, ledger: &mut Ledger) -> Result<(), Spent> {
    unpack_at(packed, 0, output, ledger)
}

/// Unpacks what begins with a byte of flags. The output so far is what came before, and begins at
/// this place of the window.
pub(super) fn unpack_at(
    packed: &[u8],
    place: usize,
    output: &mut Vec<u8>,
    ledger: &mut Ledger,
) -> Result<(), Spent> {
    let mut paid = output.len();
    let mut rest = packed.iter().copied();
    // What the window would hold at a place that was not written yet is zero.
    while let Some(flags) = rest.next() {
        if output.len().saturating_sub(paid) >= PORTION {
            pay(output, &mut paid, ledger)?;
        }
        for bit in 0..8 {
            let Some(first) = rest.next() else { break };
            if flags >> bit & 1 == 1 {
                output.push(first);
                continue;
            }
            let Some(second) = rest.next() else { break };
            let from = usize::from(first) | usize::from(second & 0xF0) << 4;
            let from = from.saturating_add(18) % WINDOW;
            let length = usize::from(second & 0x0F).saturating_add(3);
            copy(output, place, from, length);
        }
    }
    pay(output, &mut paid, ledger)
}

/// Copies from a place of the window.
fn copy(output: &mut Vec<u8>, place: usize, from: usize, length: usize) {
    let now = place.saturating_add(output.len()) % WINDOW;
    // How far back it is; the place that is written next still has what was written a window ago.
    let back = match now.saturating_add(WINDOW).saturating_sub(from) % WINDOW {
        0 => WINDOW,
        back => back,
    };
    for _ in 0..length {
        let byte = output
            .len()
            .checked_sub(back)
            .and_then(|at| output.get(at))
            .copied();
        output.push(byte.unwrap_or(0));
    }
}

fn pay(output: &[u8], paid: &mut usize, ledger: &mut Ledger) -> Result<(), Spent> {
    let new = output.len().saturating_sub(*paid) as u64;
    *paid = output.len();
    ledger.charge(Limit::OutputBytes, new)?;
    ledger.charge(Limit::Steps, new >> 6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let mut output = Vec::new();
        let mut ledger = Ledger::new(Limits::mail());
        unpack(packed, &mut output, &mut ledger).unwrap();
        output
    }

    #[test]
    fn bytes_and_copies() {
        assert_eq!(unpacked(b"\xFFabcdefgh"), b"abcdefgh");
        // From place 0, which is written as 4078: three times what is there, then over itself.
        assert_eq!(unpacked(b"\x03ab\xEE\xF1"), b"ababab");
        // From a place that was not written.
        assert_eq!(unpacked(b"\x00\x00\x00"), [0, 0, 0]);
        assert!(unpacked(b"\x00\x00").is_empty());
        assert!(unpacked(b"").is_empty());
    }

    #[test]
    fn a_window_ago() {
        let mut packed = Vec::new();
        for group in (0..4096_u32).collect::<Vec<_>>().chunks(8) {
            packed.push(0xFF);
            packed.extend(group.iter().map(|at| *at as u8));
        }
        // Place 0 again, at place 0: what was written there.
        packed.extend([0, 0xEE, 0xF0]);
        let output = unpacked(&packed);
        assert_eq!(output[4096..], [0, 1, 2]);
    }
}
