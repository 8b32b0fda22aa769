//! Drawings of Visio 5 to 2010: the `VisioDocument` stream, for the compound files packed in it.
//!
//! There is no specification; what is known was found out by others from files.
//!
//! | at | field |
//! |---|---|
//! | 0x00 | `Visio (TM) Drawing`, CR, LF, 0 |
//! | 0x1A | version: 5, 6 (2000, 2002) or 11 (2003 to 2010) |
//! | 0x1C | length of the stream |
//! | 0x24 | pointer to the trailer, the root of a tree of pointers |
//!
//! | in a pointer of version 6 and 11 | of version 5 | field |
//! |---|---|---|
//! | 0, four bytes | 0, two bytes | type of what it leads to |
//! | 8, four bytes | 8, four bytes | offset |
//! | 12, four bytes | 12, four bytes | length as stored |
//! | 16, two bytes | 2, two bytes | format: 2 packed, 0x5. pointers, 0x4. texts, 0xD. chunks |
//!
//! What a pointer leads to is stored as it is or packed (`unpack`); what was packed begins with
//! four bytes of its own. A macro project is a compound file, as is an embedded object; its bytes lie
//! in portions, to which the pointers of one list (type 0x0D) lead.

mod lz;

pub use lz::unpack;

use std::collections::HashSet;

use memchr::{memchr_iter, memmem};

use crate::bytes::{array, le16, le32, slice};
use crate::limits::{Limit, Spent};
use crate::observe::{Ledger, Reason};

/// The start of every drawing.
pub const SIGNATURE: &[u8] = b"Visio (TM) Drawing\r\n";

/// The first bytes of a compound file, [MS-CFB] 2.2.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

const TRAILER_AT: usize = 0x24;

/// What is in front of the content of a packed stream.
const PACKED_HEAD: usize = 4;

/// A compound file in a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Where what holds it begins in the stream.
    pub at: u64,
    /// Its bytes, unpacked.
    pub bytes: Vec<u8>,
}

/// A place that a pointer leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Pointer {
    kind: u32,
    offset: u32,
    length: u32,
    format: u16,
}

impl Pointer {
    const fn is_packed(self) -> bool {
        self.format & 2 != 0
    }

    /// Whether it leads to more pointers.
    const fn is_list(self) -> bool {
        match self.kind {
            0x14 => true,
            0x16 => false,
            _ => matches!(self.format, 0x1D | 0x1E | 0x50..=0x5F),
        }
    }

    /// How much is in front of the content.
    const fn head(self) -> usize {
        if self.is_packed() { PACKED_HEAD } else { 0 }
    }

    /// Nothing is there.
    const fn is_empty(self) -> bool {
        self.length == 0
    }
}

/// The compound files in a drawing. What cannot be followed leaves a gap.
#[must_use]
pub fn compound_files(data: &[u8], ledger: &mut Ledger) -> Vec<Packed> {
    let mut walk = Walk {
        data,
        old: data.get(0x1A).is_some_and(|version| *version < 6),
        seen: HashSet::new(),
        read: Vec::new(),
        found: Vec::new(),
        content: Vec::new(),
    };
    if walk.run(ledger).is_none() {
        ledger.gap(
            Reason::Damaged,
            format_args!("the pointers of the drawing lead nowhere; it was searched instead"),
        );
    }
    walk.net(ledger);
    walk.found
}

/// The pointers of a list, and whether they are as many as it says.
#[derive(Default)]
struct List {
    pointers: Vec<Pointer>,
    whole: bool,
}

struct Walk<'d> {
    data: &'d [u8],
    old: bool,
    seen: HashSet<Pointer>,
    /// The places of streams that were read whole.
    read: Vec<(usize, usize)>,
    found: Vec<Packed>,
    /// The content of one stream after the other.
    content: Vec<u8>,
}

/// What to do next.
enum Step {
    Go,
    /// The budget is spent.
    Stop,
}

impl Walk<'_> {
    /// Follows the pointers from the trailer. `None` if one leads out of the drawing.
    fn run(&mut self, ledger: &mut Ledger) -> Option<()> {
        if !self.data.starts_with(SIGNATURE) {
            return None;
        }
        let mut whole = Some(());
        let mut open = vec![vec![self.pointer(self.data, TRAILER_AT)?]];
        while let Some(list) = open.pop() {
            // The file of which portions are being read, and the type of their pointers.
            let mut portions: Option<(u32, Packed)> = None;
            for pointer in list {
                match self.follow(pointer, &mut portions, &mut open, ledger) {
                    Some(Step::Go) => {}
                    Some(Step::Stop) => {
                        self.found.extend(portions.map(|(_, file)| file));
                        return whole;
                    }
                    None => whole = None,
                }
            }
            self.found.extend(portions.map(|(_, file)| file));
        }
        whole
    }

    /// Reads what a pointer leads to.
    fn follow(
        &mut self,
        pointer: Pointer,
        portions: &mut Option<(u32, Packed)>,
        open: &mut Vec<Vec<Pointer>>,
        ledger: &mut Ledger,
    ) -> Option<Step> {
        if ledger.charge(Limit::Entries, 1).is_err() {
            return Some(Step::Stop);
        }
        let goes_on = portions
            .as_ref()
            .is_some_and(|(kind, _)| *kind == pointer.kind && !pointer.is_list());
        // A portion can be there twice.
        if pointer.is_empty() || !self.seen.insert(pointer) && !goes_on {
            return Some(Step::Go);
        }
        if self.stream(pointer, ledger)?.is_err() {
            return Some(Step::Stop);
        }
        if let Some(bytes) = compound_in(&self.content) {
            let file = Packed {
                at: u64::from(pointer.offset),
                bytes: bytes.to_vec(),
            };
            self.found
                .extend(portions.replace((pointer.kind, file)).map(|(_, file)| file));
        } else if goes_on && let Some((_, file)) = portions {
            let content = self.content.get(pointer.head()..).unwrap_or_default();
            file.bytes.extend_from_slice(content);
        }
        if pointer.is_list() {
            let list = self.list(pointer);
            let whole = list.whole;
            open.push(list.pointers);
            return whole.then_some(Step::Go);
        }
        Some(Step::Go)
    }

    /// Reads a stream into `content`. `None` if it is not all in the drawing.
    fn stream(&mut self, pointer: Pointer, ledger: &mut Ledger) -> Option<Result<(), Spent>> {
        let start = usize::try_from(pointer.offset).ok()?;
        let length = usize::try_from(pointer.length).ok()?;
        let stored = slice(self.data, start, length)?;
        self.content.clear();
        self.read.push((start, start.saturating_add(length)));
        if pointer.is_packed() {
            return Some(unpack(stored, &mut self.content, ledger));
        }
        let paid = ledger.charge(Limit::OutputBytes, stored.len() as u64);
        if paid.is_ok() {
            self.content.extend_from_slice(stored);
        }
        Some(paid)
    }

    /// The pointers in `content`, as many as are there.
    fn list(&self, pointer: Pointer) -> List {
        let mut list = List::default();
        let content = self.content.get(pointer.head()..).unwrap_or_default();
        let Some((count, mut at)) = self.list_head(pointer, content) else {
            return list;
        };
        for _ in 0..count {
            let Some(next) = self.pointer(content, at) else {
                return list;
            };
            list.pointers.push(next);
            at = at.saturating_add(if self.old { 16 } else { 18 });
        }
        list.whole = true;
        list
    }

    /// How many pointers a list has, and where they begin.
    fn list_head(&self, pointer: Pointer, content: &[u8]) -> Option<(u32, usize)> {
        if !self.old {
            let at = usize::try_from(le32(content, 0)?).ok()?;
            return Some((le32(content, at)?, at.checked_add(8)?));
        }
        let at = match pointer.kind {
            0x1D | 0x4E => 30,
            0x1E => 54,
            0x14 => 130,
            _ => 10,
        };
        Some((u32::from(le16(content, at)?), at.checked_add(2)?))
    }

    fn pointer(&self, bytes: &[u8], at: usize) -> Option<Pointer> {
        let (kind, format) = if self.old {
            (
                u32::from(le16(bytes, at)?),
                le16(bytes, at.checked_add(2)?)?,
            )
        } else {
            (le32(bytes, at)?, le16(bytes, at.checked_add(16)?)?)
        };
        Some(Pointer {
            kind,
            offset: le32(bytes, at.checked_add(8)?)?,
            length: le32(bytes, at.checked_add(12)?)?,
            format,
        })
    }

    /// Looks for a compound file that no pointer led to. One is enough: it goes on to the end.
    fn net(&mut self, ledger: &mut Ledger) {
        self.read.sort_unstable();
        let data = self.data;
        let mut read = self.read.iter().copied().peekable();
        let mut known = 0;
        for at in memchr_iter(COMPOUND[0], data) {
            let rest = data.get(at..).unwrap_or_default();
            let Some(broken) = signature_at(rest) else {
                continue;
            };
            while let Some((_, end)) = read.next_if(|(start, _)| *start <= at) {
                known = end.max(known);
            }
            if at < known {
                continue;
            }
            match salvage(rest, broken, ledger) {
                Ok(Some(bytes)) => self.found.push(Packed {
                    at: at as u64,
                    bytes,
                }),
                Ok(None) => ledger.gap(
                    Reason::ActiveUnread,
                    format_args!(
                        "a compound file is packed at offset {at} of the drawing, and could not be unpacked"
                    ),
                ),
                Err(_) => {}
            }
            return;
        }
    }
}

/// The compound file in a stream: the first that looks whole, or else the first.
fn compound_in(content: &[u8]) -> Option<&[u8]> {
    let places = || memmem::find_iter(content, &COMPOUND).map(|at| content.get(at..));
    let whole = places().flatten().find(|bytes| is_plausible(bytes));
    whole.or_else(|| places().flatten().next())
}

/// Whether the header goes on as every one does: byte order, and one of two sizes of sectors.
fn is_plausible(bytes: &[u8]) -> bool {
    matches!(array::<4>(bytes, 28), Some([0xFE, 0xFF, 9 | 12, 0]))
}

/// Whether a compound file begins here: whole, or with one byte of flags somewhere in its first
/// bytes, all of which have to be stored as they are. The place of that byte.
fn signature_at(bytes: &[u8]) -> Option<Option<usize>> {
    if bytes.starts_with(&COMPOUND) {
        return Some(None);
    }
    let same = COMPOUND
        .iter()
        .zip(bytes)
        .take_while(|(a, b)| a == b)
        .count();
    let rest = bytes.get(same.checked_add(1)?..)?;
    let flags = *bytes.get(same)?;
    let left = COMPOUND.len().checked_sub(same)?;
    // A bit for each of those that are left.
    let literal = u8::try_from(
        1_u16
            .checked_shl(u32::try_from(left).ok()?)?
            .checked_sub(1)?,
    )
    .ok()?;
    (rest.starts_with(COMPOUND.get(same..)?) && flags & literal == literal).then_some(Some(same))
}

/// A compound file that begins here, packed or not. Where it begins in what was packed is not known,
/// so that each place is tried.
fn salvage(
    bytes: &[u8],
    broken: Option<usize>,
    ledger: &mut Ledger,
) -> Result<Option<Vec<u8>>, Spent> {
    if broken.is_none() && is_plausible(bytes) {
        ledger.charge(Limit::OutputBytes, bytes.len() as u64)?;
        return Ok(Some(bytes.to_vec()));
    }
    let flags_at = broken.unwrap_or(COMPOUND.len());
    let (Some(before), Some(packed)) = (bytes.get(..flags_at), bytes.get(flags_at..)) else {
        return Ok(None);
    };
    let head = packed.get(..HEADER).unwrap_or(packed);
    let mut content = Vec::new();
    let mut likely = None;
    for place in (0..lz::WINDOW).map(|place| place.saturating_add(PACKED_HEAD)) {
        content.clear();
        content.extend_from_slice(before);
        lz::unpack_at(head, place, &mut content, ledger)?;
        if is_header(&content) {
            likely = Some(place);
            break;
        }
        if likely.is_none() && is_plausible(&content) {
            likely = Some(place);
        }
    }
    let Some(place) = likely else {
        return Ok(None);
    };
    content.clear();
    content.extend_from_slice(before);
    lz::unpack_at(packed, place, &mut content, ledger)?;
    Ok(Some(content))
}

/// The size of a header, [MS-CFB] 2.2.
const HEADER: usize = 512;

/// Whether a header is as every writer writes it: the rest of its list of sectors is empty.
fn is_header(bytes: &[u8]) -> bool {
    let sectors = le32(bytes, 0x2C).and_then(|count| usize::try_from(count).ok());
    let list = bytes
        .get(0x4C..HEADER)
        .unwrap_or_default()
        .as_chunks::<4>()
        .0;
    // In a file of more sectors there is no rest, so that nothing would show a wrong place.
    let rest = sectors.and_then(|count| list.get(count..));
    is_plausible(bytes)
        && slice(bytes, 8, 16) == Some(&[0; 16])
        && le32(bytes, 0x38) == Some(4096)
        && rest.is_some_and(|rest| rest.iter().all(|entry| *entry == [0xFF; 4]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn read(data: &[u8]) -> (usize, Vec<Reason>) {
        let mut ledger = Ledger::new(Limits::mail());
        let found = compound_files(data, &mut ledger).len();
        (found, ledger.gaps().iter().map(|gap| gap.reason).collect())
    }

    #[test]
    fn signatures_that_flags_break() {
        for place in 1..8 {
            let mut bytes = COMPOUND.to_vec();
            bytes.insert(place, 0xFF);
            assert_eq!(signature_at(&bytes), Some(Some(place)));
            bytes[place] = 0;
            assert_eq!(signature_at(&bytes), None);
        }
        assert_eq!(signature_at(&COMPOUND), Some(None));
        assert_eq!(signature_at(&COMPOUND[..7]), None);
    }

    #[test]
    fn damage_is_told() {
        assert_eq!(read(b""), (0, vec![Reason::Damaged]));
        let mut data = SIGNATURE.to_vec();
        data.resize(0x1A, 0);
        data.push(11);
        data.resize(0x40, 0);
        assert_eq!(read(&data), (0, vec![]));
        data[0x24 + 12] = 9;
        data[0x24 + 10] = 9;
        assert_eq!(read(&data), (0, vec![Reason::Damaged]));
        // A signature, and nothing behind it.
        data[0x24 + 12] = 0;
        data.extend(COMPOUND);
        assert_eq!(read(&data), (0, vec![Reason::ActiveUnread]));
    }
}
