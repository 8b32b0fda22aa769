//! Texts of data whose structure is not known or is broken: runs of printable characters, one or
//! two bytes each, in order.

use crate::bytes::text::utf16le;

use super::Property;

/// Shorter runs are most often no text.
const SHORTEST: usize = 4;

/// Adds each run. Goes over the data once.
pub(super) fn texts(data: &[u8], into: &mut Vec<(Property, String)>) {
    let mut rest = data;
    while !rest.is_empty() {
        let wide = wide_run(rest);
        let narrow = rest.iter().take_while(|byte| is_printable(**byte)).count();
        let passed = if wide >= SHORTEST * 2 && narrow < SHORTEST {
            let run = rest.get(..wide).unwrap_or_default();
            into.push((Property::Unknown, utf16le(run)));
            wide
        } else {
            if narrow >= SHORTEST {
                let run = rest.get(..narrow).unwrap_or_default();
                into.push((
                    Property::Unknown,
                    run.iter().copied().map(char::from).collect(),
                ));
            }
            narrow.max(1)
        };
        rest = rest.get(passed..).unwrap_or_default();
    }
}

/// How many bytes from the start are printable characters in UTF-16.
fn wide_run(data: &[u8]) -> usize {
    // Latin text that starts one byte on looks like Chinese from here.
    if let [0, first, second, third, fourth, ..] = data
        && is_printable(*first)
        && (*second == 0
            || [second, third, fourth]
                .into_iter()
                .all(|byte| is_printable(*byte)))
    {
        return 0;
    }
    let (pairs, _) = data.as_chunks::<2>();
    let run = pairs.iter().take_while(|pair| is_wide(**pair)).count();
    run.saturating_mul(2)
}

/// Latin, and the scripts of the Far East: any two bytes are some character.
fn is_wide([low, high]: [u8; 2]) -> bool {
    match high {
        0 => is_printable(low),
        0x30 | 0xFF => true,
        0x4E..=0x9F => low != 0 || high != 0x74,
        _ => false,
    }
}

const fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n')
}
