//! Decompression, [MS-OVBA] 2.4.1: a container of chunks of up to 4,096 bytes, each a sequence
//! of literal bytes and of copies from earlier in the same chunk.
//!
//! | at | field |
//! |---|---|
//! | 0 | `SignatureByte` 0x01 (2.4.1.1.1) |
//! | each chunk, 0 | `CompressedChunkHeader` (2.4.1.1.5): size − 3 in 12 bits, 0b011, flag "compressed" |
//! | each chunk, 2 | `CompressedChunkData`: a flag byte, then eight tokens, and so on; or 4,096 raw bytes |
//!
//! Office masks: it looks at the two low bits of the signature and at the compressed flag of a
//! header, and at no other bit of the constants. So does this decoder, and says where they
//! differ. What follows damage inside one chunk is lost; the next chunk starts afresh.

use crate::bytes::{array, le16};
use crate::limits::Limit;
use crate::observe::Ledger;

/// What one chunk decompresses to at the most, [MS-OVBA] 2.4.1.1.4.
const CHUNK: usize = 4096;
/// A chunk and its header are at least this long.
const LEAST_CHUNK: usize = 3;
/// The longest that one flag byte and its eight tokens can be.
const GROUP: usize = 17;
/// So much is looked at in one go; more than a group, so that no read in it needs a test.
const WINDOW: usize = 64;
/// The last place at which something is stored: a group of literals past the end of a chunk.
const LAST: usize = CHUNK + WINDOW;
/// Room for whole-width stores there.
const ROOM: usize = LAST + WINDOW;

/// How a decompression went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Every chunk was read to its end.
    Whole,
    /// At least one chunk broke, or the container is cut; what could be read was kept.
    Damaged,
    /// The budget ran out.
    Limit,
}

/// Whether a container can start here: the signature as Office tests it, and a chunk header.
#[must_use]
pub fn is_container(data: &[u8]) -> bool {
    data.first().is_some_and(|signature| signature & 3 == 1) && data.len() > LEAST_CHUNK
}

/// Decompresses the container at the start of `data` and appends its text to `out`.
///
/// Pays [`Limit::OutputBytes`], and [`Limit::Steps`] for each chunk; leaves observations under `ovba.*`, with offsets from the
/// start of `data`.
pub fn decompress(data: &[u8], out: &mut Vec<u8>, ledger: &mut Ledger) -> Outcome {
    read(data, Extent::All, out, ledger).0
}

/// How far a container goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// To the end of the data.
    All,
    /// To the first header without the constant bits: something else follows it.
    Signed,
}

/// The same for a container that may be followed by something else; also says how long it was.
pub(super) fn read(
    data: &[u8],
    extent: Extent,
    out: &mut Vec<u8>,
    ledger: &mut Ledger,
) -> (Outcome, usize) {
    let Some(&signature) = data.first() else {
        ledger.observe(
            "ovba.container-empty",
            "[MS-OVBA] 2.4.1",
            0,
            format_args!("no container"),
        );
        return (Outcome::Damaged, 0);
    };
    if signature != 1 {
        ledger.observe(
            "ovba.container-signature",
            "[MS-OVBA] 2.4.1.1.1",
            0,
            format_args!("the container starts with {signature:#04x}, not 0x01"),
        );
    }
    let mut outcome = Outcome::Whole;
    let mut buffer = [0_u8; ROOM];
    let mut at = 1_usize;
    while let Some(header) = le16(data, at) {
        let declared = usize::from(header & 0x0FFF).saturating_add(1);
        if header & 0x7000 != 0x3000 {
            if extent == Extent::Signed {
                return (outcome, at);
            }
            ledger.observe(
                "ovba.chunk-signature",
                "[MS-OVBA] 2.4.1.1.5",
                at as u64,
                format_args!("chunk header {header:#06x} has not 0b011 in bits 12 to 14"),
            );
        }
        let start = at.saturating_add(2);
        let rest = data.get(start..).unwrap_or_default();
        let len = declared.min(rest.len());
        if len < declared {
            outcome = Outcome::Damaged;
            ledger.observe(
                "ovba.chunk-cut",
                "[MS-OVBA] 2.4.1.1.5",
                at as u64,
                format_args!("a chunk of {declared} bytes has {len}"),
            );
        }
        let chunk = if header & 0x8000 == 0 {
            if declared != CHUNK {
                ledger.observe(
                    "ovba.raw-chunk-size",
                    "[MS-OVBA] 2.4.1.3.10",
                    at as u64,
                    format_args!("a raw chunk of {declared} bytes, not {CHUNK}"),
                );
            }
            rest.get(..len).unwrap_or_default()
        } else {
            let (size, fault) = inflate(rest, len, &mut buffer);
            if let Some(fault) = fault {
                outcome = Outcome::Damaged;
                fault.observe(start, ledger);
            }
            buffer.get(..size).unwrap_or_default()
        };
        let paid = ledger
            .charge(Limit::OutputBytes, chunk.len() as u64)
            .and_then(|()| ledger.charge(Limit::Steps, 1));
        if paid.is_err() {
            return (Outcome::Limit, at);
        }
        out.extend_from_slice(chunk);
        at = start.saturating_add(len);
    }
    if at < data.len() && extent == Extent::All {
        ledger.observe(
            "ovba.stray-tail",
            "[MS-OVBA] 2.4.1.1.1",
            at as u64,
            format_args!("one byte is left after the last chunk"),
        );
    }
    (outcome, at)
}

/// What broke inside a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// A copy from before the start of the chunk.
    Offset {
        at: usize,
        offset: usize,
        have: usize,
    },
    /// More than a chunk may hold.
    Overlong { at: usize },
    /// The chunk ends inside a copy token.
    Cut { at: usize },
}

impl Fault {
    fn observe(self, base: usize, ledger: &mut Ledger) {
        let clause = "[MS-OVBA] 2.4.1.3.5";
        let place = |at: usize| base.saturating_add(at) as u64;
        match self {
            Self::Offset { at, offset, have } => ledger.observe(
                "ovba.copy-offset",
                clause,
                place(at),
                format_args!("a copy from {offset} bytes back where the chunk has {have}"),
            ),
            Self::Overlong { at } => ledger.observe(
                "ovba.chunk-overlong",
                "[MS-OVBA] 2.4.1.1.4",
                place(at),
                format_args!("a chunk holds more than {CHUNK} bytes; the rest was dropped"),
            ),
            Self::Cut { at } => ledger.observe(
                "ovba.token-cut",
                clause,
                place(at),
                format_args!("a chunk ends inside a copy token"),
            ),
        }
    }
}

/// One compressed chunk: the first `len` bytes of `data`, into the start of `buffer`. Bytes past
/// `len` may be looked at and are not used. Returns the size and what broke, if anything did.
///
/// The way that nearly all bytes go needs one test for a group of eight tokens and one for a
/// copy (bench `ovba/decompress`: 2.6 times the plain loop of the end of a chunk).
fn inflate(data: &[u8], len: usize, buffer: &mut [u8; ROOM]) -> (usize, Option<Fault>) {
    let mut at = 0_usize;
    let mut have = 0_usize;
    while at.saturating_add(GROUP) <= len && have <= CHUNK {
        let window = array::<WINDOW>(data, at).unwrap_or_else(|| padded(data, at));
        let mut flags = u32::from(window[0]) | 0x100;
        let mut used = 1_usize;
        loop {
            // A run of literals: all eight bytes are copied, as many as the run has count.
            let run = flags.trailing_zeros();
            let literals: [u8; 8] = array(&window, used & 31).unwrap_or_default();
            store(buffer, have, literals);
            let run_len = run as usize;
            used = used.wrapping_add(run_len);
            have = have.wrapping_add(run_len);
            flags = flags.wrapping_shr(run);
            if flags == 1 {
                break;
            }
            flags >>= 1;
            let token = u16::from_le_bytes(array(&window, used & 31).unwrap_or_default());
            let (offset, length) = unpack(token, have);
            if offset > have {
                return (
                    have.min(CHUNK),
                    Some(Fault::Offset {
                        at: at.wrapping_add(used),
                        offset,
                        have,
                    }),
                );
            }
            let end = have.wrapping_add(length);
            if end > CHUNK {
                copy(buffer, have, offset, CHUNK);
                return (
                    CHUNK,
                    Some(Fault::Overlong {
                        at: at.wrapping_add(used),
                    }),
                );
            }
            copy(buffer, have, offset, end);
            have = end;
            used = used.wrapping_add(2);
            if flags == 1 {
                break;
            }
        }
        at = at.wrapping_add(used);
    }
    finish(data.get(..len).unwrap_or(data), at, have, buffer)
}

/// The same, token by token, for the end of a chunk.
fn finish(
    data: &[u8],
    mut at: usize,
    mut have: usize,
    buffer: &mut [u8; ROOM],
) -> (usize, Option<Fault>) {
    while let Some(&flags) = data.get(at) {
        at = at.saturating_add(1);
        for bit in 0..8_u32 {
            let Some(&literal) = data.get(at) else { break };
            if have >= CHUNK {
                return (CHUNK, Some(Fault::Overlong { at }));
            }
            if flags.wrapping_shr(bit) & 1 == 0 {
                if let Some(byte) = buffer.get_mut(have) {
                    *byte = literal;
                }
                have = have.saturating_add(1);
                at = at.saturating_add(1);
                continue;
            }
            let Some(token) = le16(data, at) else {
                return (have, Some(Fault::Cut { at }));
            };
            let (offset, length) = unpack(token, have);
            if offset > have {
                return (have, Some(Fault::Offset { at, offset, have }));
            }
            let end = have.saturating_add(length);
            copy(buffer, have, offset, end.min(CHUNK));
            if end > CHUNK {
                return (CHUNK, Some(Fault::Overlong { at }));
            }
            have = end;
            at = at.saturating_add(2);
        }
    }
    let fault = (have > CHUNK).then_some(Fault::Overlong { at });
    (have.min(CHUNK), fault)
}

/// `UnpackCopyToken` with `CopyTokenHelp`, [MS-OVBA] 2.4.1.3.19.1 and .2: the further into the
/// chunk, the more bits of a token are offset and the fewer are length.
#[inline(always)]
fn unpack(token: u16, have: usize) -> (usize, usize) {
    let position = (have as u64).wrapping_sub(1) | 15;
    let offset_bits = 64_u32.wrapping_sub(position.leading_zeros()).min(12);
    let length_bits = 16_u32.wrapping_sub(offset_bits);
    let length_mask = 0xFFFF_u32.wrapping_shr(offset_bits);
    let token = u32::from(token);
    let offset = token.wrapping_shr(length_bits).wrapping_add(1);
    let length = (token & length_mask).wrapping_add(3);
    (offset as usize, length as usize)
}

/// Copies from `offset` back to `from..end`; up to 16 bytes after `end` become undefined.
#[inline(always)]
fn copy(buffer: &mut [u8; ROOM], from: usize, offset: usize, end: usize) {
    let source = from.wrapping_sub(offset);
    let mut pattern = load(buffer, source);
    if offset >= 16 {
        store(buffer, from, pattern);
        let mut done = from.wrapping_add(16);
        while done < end {
            pattern = load(buffer, done.wrapping_sub(offset));
            store(buffer, done, pattern);
            done = done.wrapping_add(16);
        }
    } else {
        // Shorter than a store: what is right of it is set again by the next one.
        let mut done = from;
        while done < end {
            store(buffer, done, pattern);
            done = done.wrapping_add(offset);
        }
    }
}

/// The last bytes of the data, as wide as a window.
#[cold]
fn padded(data: &[u8], at: usize) -> [u8; WINDOW] {
    let mut window = [0; WINDOW];
    for (to, from) in window.iter_mut().zip(data.get(at..).unwrap_or_default()) {
        *to = *from;
    }
    window
}

/// A position in the room; the bound changes none that a chunk can have, and spares the test.
#[inline(always)]
const fn within(at: usize) -> usize {
    if at < LAST { at } else { LAST }
}

#[inline(always)]
fn load(buffer: &[u8; ROOM], at: usize) -> [u8; 16] {
    array(buffer, within(at)).unwrap_or_default()
}

#[inline(always)]
fn store<const N: usize>(buffer: &mut [u8; ROOM], at: usize, bytes: [u8; N]) {
    if let Some(room) = buffer
        .get_mut(within(at)..)
        .and_then(|rest| rest.first_chunk_mut::<N>())
    {
        *room = bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn run(data: &[u8]) -> (Vec<u8>, Outcome, Vec<&'static str>) {
        let mut ledger = Ledger::new(Limits::mail());
        let mut out = Vec::new();
        let outcome = decompress(data, &mut out, &mut ledger);
        let codes = ledger.observations().iter().map(|o| o.code).collect();
        (out, outcome, codes)
    }

    /// One compressed chunk of these token bytes.
    fn container(tokens: &[u8]) -> Vec<u8> {
        let mut data = vec![1];
        data.extend_from_slice(&(0xB000 | (tokens.len() as u16 - 1)).to_le_bytes());
        data.extend_from_slice(tokens);
        data
    }

    /// The three examples of [MS-OVBA] 3.2.
    #[test]
    fn examples_of_clause_3_2() {
        let none = [
            0x01, 0x19, 0xB0, 0x00, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x00, 0x69,
            0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70, 0x00, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76,
            0x2E,
        ];
        assert_eq!(run(&none).0, b"abcdefghijklmnopqrstuv.");
        let normal = [
            0x01, 0x2F, 0xB0, 0x00, 0x23, 0x61, 0x61, 0x61, 0x62, 0x63, 0x64, 0x65, 0x82, 0x66,
            0x00, 0x70, 0x61, 0x67, 0x68, 0x69, 0x6A, 0x01, 0x38, 0x08, 0x61, 0x6B, 0x6C, 0x00,
            0x30, 0x6D, 0x6E, 0x6F, 0x70, 0x06, 0x71, 0x02, 0x70, 0x04, 0x10, 0x72, 0x73, 0x74,
            0x75, 0x76, 0x10, 0x77, 0x78, 0x79, 0x7A, 0x00, 0x3C,
        ];
        assert_eq!(
            run(&normal).0,
            b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
        );
        let most = [0x01, 0x03, 0xB0, 0x02, 0x61, 0x45, 0x00];
        let (text, outcome, codes) = run(&most);
        assert_eq!(text, [b'a'; 73]);
        assert_eq!((outcome, codes), (Outcome::Whole, vec![]));
    }

    #[test]
    fn the_constants_are_masked_as_office_masks_them() {
        let (text, outcome, codes) = run(&[0xF9, 0x02, 0xC0, 0x00, b'h', b'i']);
        assert_eq!((text.as_slice(), outcome), (&b"hi"[..], Outcome::Whole));
        assert_eq!(codes, ["ovba.container-signature", "ovba.chunk-signature"]);
    }

    #[test]
    fn raw_chunks_of_any_size() {
        let (text, outcome, codes) = run(&[1, 2, 0x30, b'r', b'a', b'w', 1, 0xB0, 0, b'!']);
        assert_eq!((text.as_slice(), outcome), (&b"raw!"[..], Outcome::Whole));
        assert_eq!(codes, ["ovba.raw-chunk-size"]);
    }

    #[test]
    fn a_copy_from_before_the_start_keeps_the_prefix_and_the_next_chunk() {
        let mut data = container(&[0x02, b'a', 0x00, 0x70]);
        data.extend_from_slice(&[1, 0xB0, 0, b'b']);
        let (text, outcome, codes) = run(&data);
        assert_eq!((text.as_slice(), outcome), (&b"ab"[..], Outcome::Damaged));
        assert_eq!(codes, ["ovba.copy-offset"]);
        assert_eq!(run(&container(&[0x01, 0x00, 0x00])).2, ["ovba.copy-offset"]);
    }

    #[test]
    fn a_cut_chunk_keeps_what_is_there() {
        let (text, outcome, codes) = run(&[1, 0x20, 0xB0, 0, b'c', b'u', b't']);
        assert_eq!((text.as_slice(), outcome), (&b"cut"[..], Outcome::Damaged));
        assert_eq!(codes, ["ovba.chunk-cut"]);
    }

    #[test]
    fn a_stray_tail_byte_loses_nothing() {
        let mut data = container(&[0, b'o', b'k']);
        data.push(0x55);
        let (text, outcome, codes) = run(&data);
        assert_eq!((text.as_slice(), outcome), (&b"ok"[..], Outcome::Whole));
        assert_eq!(codes, ["ovba.stray-tail"]);
    }

    #[test]
    fn a_chunk_holds_4096_bytes_and_no_more() {
        // One literal, then the longest copies there are.
        let mut tokens = vec![0xFE, b'x'];
        tokens.extend([0xFF, 0x0F].repeat(7));
        let (text, outcome, codes) = run(&container(&tokens));
        assert_eq!((text.len(), outcome), (4096, Outcome::Damaged));
        assert_eq!(codes, ["ovba.chunk-overlong"]);
        assert!(text.iter().all(|&byte| byte == b'x'));
    }

    #[test]
    fn a_spent_budget_keeps_what_was_read() {
        let mut data = container(&[0, b'1']);
        data.extend_from_slice(&[1, 0xB0, 0, b'2']);
        let mut ledger = Ledger::new(Limits::mail().with(Limit::OutputBytes, 1));
        let mut out = Vec::new();
        assert_eq!(decompress(&data, &mut out, &mut ledger), Outcome::Limit);
        assert_eq!(out, b"1");
        assert_eq!(ledger.gaps().len(), 1);
    }

    /// [MS-OVBA] 2.4.1.3.1 to 2.4.1.3.3 word for word, for sound containers.
    fn plainly(data: &[u8]) -> Vec<u8> {
        let (mut out, mut at) = (Vec::new(), 1);
        while at + 2 < data.len() {
            let header = u16::from_le_bytes([data[at], data[at + 1]]);
            let end = (at + usize::from(header & 0xFFF) + 3).min(data.len());
            let start = out.len();
            at += 2;
            if header & 0x8000 == 0 {
                out.extend_from_slice(&data[at..end]);
            }
            while header & 0x8000 != 0 && at < end {
                let flags = data[at];
                at += 1;
                for bit in 0..8 {
                    if at >= end {
                        break;
                    }
                    if flags >> bit & 1 == 0 {
                        out.push(data[at]);
                        at += 1;
                        continue;
                    }
                    let token = usize::from(u16::from_le_bytes([data[at], data[at + 1]]));
                    at += 2;
                    let done = out.len() - start;
                    let mut bits = 4;
                    while 1 << bits < done {
                        bits += 1;
                    }
                    let length = (token & (0xFFFF >> bits)) + 3;
                    let offset = (token >> (16 - bits)) + 1;
                    for _ in 0..length {
                        out.push(out[out.len() - offset]);
                    }
                }
            }
            at = end;
        }
        out
    }

    proptest::proptest! {
        #[test]
        fn the_fast_way_gives_what_the_plain_way_gives(
            word in "[ A-Za-z=()\r\n]{1,60}",
            times in 1_usize..400,
            noise in proptest::collection::vec(proptest::num::u8::ANY, 0..5000),
        ) {
            let mut text = word.repeat(times).into_bytes();
            text.extend_from_slice(&noise);
            text.extend_from_slice(word.repeat(times).as_bytes());
            let container = macrosift_testkit::ovba::compress(&text);
            let (ours, outcome, _) = run(&container);
            proptest::prop_assert_eq!(outcome, Outcome::Whole);
            proptest::prop_assert!(ours.starts_with(&text));
            proptest::prop_assert_eq!(ours, plainly(&container));
        }
    }
}
