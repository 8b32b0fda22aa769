//! ActiveMime: a compound file, compressed by zlib, as Office programs put it into web pages
//! (`editdata.mso`, `oledata.mso`) and Word 2003 XML (`w:binData`). No specification is published;
//! the places are those of files that Word writes.
//!
//! | at | what |
//! |---|---|
//! | 0x00 | `ActiveMime`, two zero bytes |
//! | 0x1E | the place of the compressed data less 46, two bytes; mostly 4 |
//! | 0x32 | the data of a document that has nothing before it: a zlib stream (RFC 1950) |
//! | 0x22A | the data where 0x1F8 more bytes stand before it |

use memchr::{memchr_iter, memmem};

use crate::bytes::{array, le16};
use crate::container::zlib::{Ending, Zlib};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

/// How it starts.
pub const SIGNATURE: &[u8] = b"ActiveMime";

/// Where the place of the data stands, and what is to be added to it.
const OFFSET_AT: usize = 0x1E;
const OFFSET_BASE: usize = 46;
/// Where the data of files with a broken offset stands.
const USUAL: [usize; 2] = [0x32, 0x22A];
/// What trying one place costs.
const TRY: u64 = 64;
/// How far the data is looked for in bytes that only hold the word.
const NEAR: usize = 0x400;

/// The contents of a wrapper, one mostly: several if different places hold data, since programs
/// differ in which they take. What could not be inflated whole leaves a gap.
pub fn contents(data: &[u8], ledger: &mut Ledger) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut tried = Vec::new();
    let mut zlib = Zlib::strict();
    for at in places(data) {
        if !tried.contains(&at) && starts_stream(&mut zlib, data, at) {
            found.extend(inflate(
                &mut zlib,
                data.get(at..).unwrap_or_default(),
                ledger,
            ));
        }
        tried.push(at);
    }
    if found.is_empty() {
        match search(&mut zlib, data, ledger) {
            Some(at) => {
                ledger.observe(
                    "activemime.offset",
                    "",
                    at as u64,
                    format_args!(
                        "the data of an ActiveMime wrapper stands at {at}, and not where it says"
                    ),
                );
                found.extend(inflate(
                    &mut zlib,
                    data.get(at..).unwrap_or_default(),
                    ledger,
                ));
            }
            None => ledger.gap(
                Reason::Damaged,
                format_args!("an ActiveMime wrapper whose data could not be found"),
            ),
        }
    }
    if found.len() > 1 {
        ledger.observe(
            "activemime.second-data",
            "",
            0,
            format_args!("an ActiveMime wrapper has data in {} places", found.len()),
        );
    }
    found
}

/// Where wrappers start in other bytes: the word alone is none.
pub fn find<'d>(data: &'d [u8], ledger: &mut Ledger) -> Vec<&'d [u8]> {
    let mut found = Vec::new();
    let mut zlib = Zlib::strict();
    for at in memmem::find_iter(data, SIGNATURE) {
        if ledger.charge(Limit::Steps, TRY).is_err() {
            break;
        }
        let here = data.get(at..).unwrap_or_default();
        let near = here.get(..NEAR).unwrap_or(here);
        // What stands behind the next word is that one's.
        let next = memmem::find(near.get(1..).unwrap_or_default(), SIGNATURE);
        let near = near.get(..next.unwrap_or(near.len())).unwrap_or(near);
        let usual = |zlib: &mut Zlib| {
            places(here)
                .into_iter()
                .any(|at| starts_stream(zlib, here, at))
        };
        if usual(&mut zlib) || search(&mut zlib, near, ledger).is_some() {
            found.push(here);
        }
    }
    found
}

/// A compound file in the form that mail programs write (`oledata.mso`): its length, and then a
/// zlib stream.
pub fn bare_stream(data: &[u8], ledger: &mut Ledger) -> Option<Vec<u8>> {
    const LENGTH: usize = 4;
    const COMPOUND_FILE: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];
    if !is_zlib_header(data, LENGTH) {
        return None;
    }
    let mut zlib = Zlib::strict();
    let stream = data.get(LENGTH..)?;
    let (head, _) = zlib.prefix::<{ COMPOUND_FILE.len() }>(stream);
    if head != COMPOUND_FILE {
        return None;
    }
    inflate(&mut zlib, stream, ledger)
}

/// Where the data stands, by the header and by custom.
fn places(data: &[u8]) -> [usize; 3] {
    let [usual, late] = USUAL;
    let declared = le16(data, OFFSET_AT).map_or(usual, usize::from);
    [declared.saturating_add(OFFSET_BASE), usual, late]
}

/// The first place where a zlib stream starts.
fn search(zlib: &mut Zlib, data: &[u8], ledger: &mut Ledger) -> Option<usize> {
    zlib_headers(data)
        .take_while(|_| ledger.charge(Limit::Steps, TRY).is_ok())
        .find(|&at| starts_stream(zlib, data, at))
}

/// RFC 1950 2.2: the method is 8, the window up to 32 KiB, and the header a multiple of 31.
fn zlib_headers(data: &[u8]) -> impl Iterator<Item = usize> {
    memchr_iter(0x78, data).filter(|&at| is_zlib_header(data, at))
}

fn is_zlib_header(data: &[u8], at: usize) -> bool {
    const PRESET_DICTIONARY: u8 = 0x20;
    array(data, at).is_some_and(|[method, flags]: [u8; 2]| {
        method & 0x0F == 8
            && method >> 4 <= 7
            && flags & PRESET_DICTIONARY == 0
            && u16::from_be_bytes([method, flags]) % 31 == 0
    })
}

/// Whether a zlib stream starts there: its first bytes come out.
fn starts_stream(zlib: &mut Zlib, data: &[u8], at: usize) -> bool {
    is_zlib_header(data, at) && zlib.opens(data.get(at..).unwrap_or_default())
}

/// Inflates a stream to its end, and leaves a gap if that is not there. `None` without budget.
fn inflate(zlib: &mut Zlib, data: &[u8], ledger: &mut Ledger) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let how = match zlib.inflate(data, &mut out, ledger) {
        Ending::Whole => return Some(out),
        Ending::Limit => return (!out.is_empty()).then_some(out),
        Ending::Cut => "is cut off",
        Ending::Broken => "is broken",
    };
    ledger.gap(
        Reason::Damaged,
        format_args!(
            "the data of an ActiveMime wrapper {how}; {} bytes of it were read",
            out.len()
        ),
    );
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;
    use crate::limits::Limits;

    fn zlib(content: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn wrapper(declared: u16, at: usize, content: &[u8]) -> Vec<u8> {
        let mut data = SIGNATURE.to_vec();
        data.resize(at, 0);
        data[OFFSET_AT..OFFSET_AT + 2].copy_from_slice(&declared.to_le_bytes());
        data.extend(zlib(content));
        data
    }

    fn read(data: &[u8]) -> (Vec<Vec<u8>>, Ledger) {
        let mut ledger = Ledger::new(Limits::mail());
        (contents(data, &mut ledger), ledger)
    }

    #[test]
    fn data_where_it_is_declared_where_it_usually_is_and_elsewhere() {
        for (declared, at, elsewhere) in [
            (4, 0x32, false),
            (0x22A - 46, 0x22A, false),
            (0, 0x32, false),
            (0xFFFF, 0x22A, false),
            (300, 346, false),
            (0, 777, true),
        ] {
            let (found, ledger) = read(&wrapper(declared, at, b"inert inert inert"));
            assert_eq!(found, [b"inert inert inert"], "{declared} {at}");
            assert_eq!(!ledger.observations().is_empty(), elsewhere);
            assert!(ledger.gaps().is_empty());
        }
    }

    #[test]
    fn two_places_with_data_are_both_read() {
        let mut data = wrapper(0x22A - 46, 0x32, b"one");
        data.resize(0x22A, 0);
        data.extend(zlib(b"two"));
        let (found, ledger) = read(&data);
        assert_eq!(found, [b"two", b"one"]);
        assert_eq!(ledger.observations()[0].code, "activemime.second-data");
    }

    #[test]
    fn a_stream_that_breaks_off_keeps_what_came_out() {
        let content: Vec<u8> = (0..4000_u32).flat_map(u32::to_le_bytes).collect();
        let whole = wrapper(4, 0x32, &content);
        let (found, ledger) = read(&whole[..whole.len() / 2]);
        assert!(content.starts_with(&found[0]) && !found[0].is_empty());
        assert_eq!(ledger.gaps().len(), 1);
        let mut broken = whole.clone();
        let middle = whole.len() / 2;
        broken[middle..middle + 8].fill(0xFF);
        assert_eq!(read(&broken).1.gaps().len(), 1);
    }

    #[test]
    fn no_data_is_a_gap_and_the_word_alone_is_no_wrapper() {
        let (found, ledger) = read(b"ActiveMime x\x78\x9C x");
        assert!(found.is_empty() && ledger.gaps().len() == 1);
        let mut ledger = Ledger::new(Limits::mail());
        let text = [
            &b"the word ActiveMime\0\0, and "[..],
            &wrapper(4, 0x32, b"inert"),
        ]
        .concat();
        let found = find(&text, &mut ledger);
        assert_eq!(found.len(), 1);
        assert_eq!(contents(found[0], &mut ledger), [b"inert"]);
    }

    #[test]
    fn bombs_and_headers_without_end_stop_at_the_budget() {
        let bomb = wrapper(4, 0x32, &vec![0; 8 << 20]);
        let mut ledger = Ledger::new(Limits::mail().with(Limit::OutputBytes, 1 << 20));
        let found = contents(&bomb, &mut ledger);
        assert!(found[0].len() <= 1 << 20);
        assert!(!ledger.gaps().is_empty());
        let headers = [SIGNATURE, &b"\x78\x9C\xFF".repeat(1 << 20)].concat();
        let mut ledger = Ledger::new(Limits::mail());
        assert!(contents(&headers, &mut ledger).is_empty());
        assert!(!ledger.gaps().is_empty());
    }
}
