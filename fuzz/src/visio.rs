//! Drawings: what is packed is unpacked as a window of 4096 bytes does it, and the scan of a file
//! around it agrees with itself.

use macrosift::container::visio::{compound_files, unpack};
use macrosift::{Ledger, Limit, Limits};

use super::scan::scan;
use super::{assert_linear, cut_short};

/// What must hold for any bytes in this format.
pub fn visio(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::mail());
    let mut output = Vec::new();
    if unpack(data, &mut output, &mut ledger).is_ok() {
        assert!(output == naive(data));
        assert!(output.len() <= data.len().saturating_mul(9));
    }
    let mut ledger = Ledger::new(Limits::mail());
    let found = compound_files(data, &mut ledger);
    let paid = ledger.budget().spent(Limit::OutputBytes);
    let taken: usize = found.iter().map(|file| file.bytes.len()).sum();
    assert!(taken as u64 <= paid || cut_short(&ledger));
    assert_linear(&ledger, Limit::Entries, data.len(), 1, 1000);

    // A drawing in the compound file that it is a stream of, once it begins like one.
    if data.starts_with(b"Visio (TM)") && data.len() < 1 << 16 {
        let mut file = macrosift_testkit::cfb::Builder::new();
        file.stream("VisioDocument", data);
        scan(&file.build());
    } else {
        scan(data);
    }
}

/// A window that is written and read byte by byte.
fn naive(packed: &[u8]) -> Vec<u8> {
    let mut window = [0_u8; 4096];
    let mut output = Vec::new();
    let mut at = 0;
    let mut next = || {
        let byte = packed.get(at).copied();
        at += 1;
        byte
    };
    while let Some(flags) = next() {
        for bit in 0..8 {
            let Some(first) = next() else { return output };
            if flags & (1 << bit) != 0 {
                window[output.len() % 4096] = first;
                output.push(first);
                continue;
            }
            let Some(second) = next() else { return output };
            let from = usize::from(first) + (usize::from(second) / 16) * 256 + 18;
            for step in 0..usize::from(second) % 16 + 3 {
                let byte = window[(from + step) % 4096];
                window[output.len() % 4096] = byte;
                output.push(byte);
            }
        }
    }
    output
}
