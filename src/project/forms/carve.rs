//! Texts of data whose structure is not known or is broken: runs of printable characters, one or
//! two bytes each, in order.

use crate::bytes::text::utf16le;

use super::Property;

/// Shorter runs are most often no text.
const SHORTEST: usize = 4;

/// Adds each run. Goes over the data a few times at most.
pub(super) fn texts(data: &[u8], into: &mut Vec<(Property, String)>) {
    let mut rest = data;
    while let Some((_, next)) = rest.split_first() {
        let (wide, narrow) = (wide_run(rest), narrow_run(rest));
        // Text that starts one byte on looks like other text from here.
        let beside = if narrow == 0 { wide_run(next) } else { 0 };
        let longest = wide > beside && wide.saturating_add(1) >= narrow;
        let passed = if wide >= SHORTEST * 2 && longest && is_certain(rest, wide) {
            let run = rest.get(..wide).unwrap_or_default();
            into.push((Property::Unknown, utf16le(run)));
            wide
        } else {
            if narrow >= SHORTEST {
                let run = rest.get(..narrow).unwrap_or_default();
                let text = run.iter().copied().map(char::from).collect();
                into.push((Property::Unknown, text));
            }
            narrow.max(1)
        };
        rest = rest.get(passed..).unwrap_or_default();
    }
}

/// How many bytes from the start are printable characters.
fn narrow_run(data: &[u8]) -> usize {
    data.iter().take_while(|byte| is_printable(**byte)).count()
}

/// How many bytes from the start are printable characters in UTF-16.
fn wide_run(data: &[u8]) -> usize {
    let (pairs, _) = data.as_chunks::<2>();
    let run = pairs.iter().take_while(|pair| is_wide(**pair)).count();
    run.saturating_mul(2)
}

/// Whether most of a run in UTF-16 would make no sense as bytes. Zeros may stand in front of any
/// text; where each second byte is a `0`, it is taken for kana.
fn is_certain(data: &[u8], wide: usize) -> bool {
    let (pairs, _) = data.get(..wide).unwrap_or_default().as_chunks::<2>();
    let doubtful = |[low, high]: &&[u8; 2]| {
        *low == 0 || (*high != 0x30 && is_printable(*low) && is_printable(*high))
    };
    pairs.iter().filter(doubtful).count() < pairs.len().div_ceil(2)
}

/// Latin, and the scripts of the Far East: any two bytes are some character.
fn is_wide([low, high]: [u8; 2]) -> bool {
    match high {
        0 => is_printable(low),
        0x30 | 0x4E..=0x9F => true,
        0xFF => low < 0xF0,
        _ => false,
    }
}

const fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n')
}
