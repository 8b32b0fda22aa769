//! Sections of OneNote, [MS-ONESTORE]: the files in them, and their names.
//!
//! | at | field of the header (2.3.1) | what is used |
//! |---|---|---|
//! | 0x30 | `guidFileFormat` | a revision store, or the packaging of 2.8 |
//! | 0xAC | `fcrFileNodeListRoot` | whether the first list is there |
//! | 0xC4 | `cbExpectedFileLength` | whether the file is whole |
//!
//! | structure | what is used |
//! |---|---|
//! | FileDataStoreObject (2.6.13) | a file: header GUID, length, data |
//! | FileDataStoreObjectReferenceFND (2.5.22) | which GUID refers to a file |
//! | ObjectDeclarationFileData3RefCountFND (2.5.27) | the ending of the file of a GUID |
//! | PropertySet (2.6.7) | `EmbeddedFileName`, a name that the reader sees |
//!
//! The lists of nodes are not walked. Each of these structures gives itself away by a GUID, a
//! marker or exact sizes, so all are found wherever they stand, and no list can hide one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use memchr::{memchr_iter, memmem};

use crate::bytes::text::utf16le;
use crate::bytes::{array, le16, le32, le64, slice};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

/// What stands in front of the content of a file: its GUID, its length, and 12 bytes unused.
const BEFORE_CONTENT: usize = 36;

type Guid = [u8; 16];

/// `{109ADD3F-911B-49F5-A5D0-1791EDC8AED8}`, as stored.
const REVISION_STORE: Guid = *b"\x3F\xDD\x9A\x10\x1B\x91\xF5\x49\xA5\xD0\x17\x91\xED\xC8\xAE\xD8";
/// `{638DE92F-A6D4-4BC1-9A36-B3FC2511A5B7}`, as stored.
const PACKAGING: Guid = *b"\x2F\xE9\x8D\x63\xD4\xA6\xC1\x4B\x9A\x36\xB3\xFC\x25\x11\xA5\xB7";
/// `{BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC}`, as stored.
const FILE_OBJECT: Guid = *b"\xE7\x16\xE3\xBD\x65\x26\x11\x45\xA4\xC4\x8D\x4D\x0B\x7A\x9E\xAC";
/// What the key of an encrypted section starts with, [MS-ONESTORE] 2.5.19.
const ENCRYPTION_KEY: [u8; 8] = 0xFB6B_A385_DAD1_A067_u64.to_le_bytes();
/// What a fragment of a list starts with, [MS-ONESTORE] 2.4.1.
const LIST: u64 = 0xA456_7AB1_F5F7_F4C4;
/// `EmbeddedFileName`, [MS-ONE] 2.1.12.
const FILE_NAME: [u8; 4] = 0x1C00_1D9C_u32.to_le_bytes();

/// The longest name that is read, in bytes.
const LONGEST_NAME: usize = 520;
/// The longest ending.
const LONGEST_ENDING: usize = 64;

/// A file in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct File<'a> {
    /// Where its structure starts.
    pub offset: usize,
    /// Its content.
    pub data: &'a [u8],
    /// The name that the reader sees, or only its ending; empty if neither was found.
    pub name: String,
}

/// Reads the files of a section. Leaves gaps for what is encrypted, cut off, or in the packaging
/// of the cloud.
pub fn files<'a>(data: &'a [u8], ledger: &mut Ledger) -> Vec<File<'a>> {
    let passes = data.len() as u64 >> 5;
    if ledger.charge(Limit::Steps, passes).is_err() {
        return Vec::new();
    }
    header(data, ledger);
    if memmem::find(data, &ENCRYPTION_KEY).is_some() {
        ledger.gap(
            Reason::Encrypted,
            format_args!("a part of the section is under a password; none was tried"),
        );
    }
    let mut files = objects(data, ledger);
    if !files.is_empty() {
        let names = names(data, ledger);
        let endings = endings(data, ledger);
        let owners = owners(data, &files, ledger);
        let ending = |file: &File<'_>| owners.get(&file.offset).and_then(|guid| endings.get(guid));
        for file in &mut files {
            file.name = ending(file).cloned().unwrap_or_default();
        }
        give(&mut files, &names);
    }
    files
}

/// Whether the byte at that place belongs to a file in the section.
#[must_use]
pub fn holds(data: &[u8], at: usize) -> bool {
    memmem::find_iter(data, &FILE_OBJECT).any(|offset| {
        let start = offset.saturating_add(BEFORE_CONTENT);
        let length =
            le64(data, offset.saturating_add(16)).and_then(|one| usize::try_from(one).ok());
        let end = length.and_then(|length| start.checked_add(length));
        at >= start && end.is_some_and(|end| at < end && end <= data.len())
    })
}

fn header(data: &[u8], ledger: &mut Ledger) {
    match array::<16>(data, 0x30) {
        Some(REVISION_STORE) => {
            let declared = le64(data, 0xC4).unwrap_or(u64::MAX);
            let list = le64(data, 0xAC).and_then(|at| usize::try_from(at).ok());
            let list = list.and_then(|at| le64(data, at));
            if declared > data.len() as u64 || list != Some(LIST) {
                ledger.gap(
                    Reason::Damaged,
                    format_args!(
                        "the section is not whole: {declared} bytes are declared, {} are there",
                        data.len()
                    ),
                );
            }
        }
        Some(PACKAGING) => ledger.gap(
            Reason::Unsupported,
            format_args!(
                "a OneNote section as it is stored in the cloud, whose files are not unpacked"
            ),
        ),
        _ => ledger.gap(
            Reason::Damaged,
            format_args!("the header of the section is broken, or of no known format"),
        ),
    }
}

/// Every FileDataStoreObject.
fn objects<'a>(data: &'a [u8], ledger: &mut Ledger) -> Vec<File<'a>> {
    let mut files = Vec::new();
    let mut covered = 0_usize;
    for offset in memmem::find_iter(data, &FILE_OBJECT) {
        if ledger.charge(Limit::Entries, 1).is_err() {
            break;
        }
        let declared = le64(data, offset.saturating_add(16));
        let start = offset.saturating_add(BEFORE_CONTENT);
        let rest = data.get(start..);
        let (Some(declared), Some(rest)) = (declared, rest) else {
            break;
        };
        let content = usize::try_from(declared)
            .ok()
            .and_then(|size| rest.get(..size));
        if content.is_none() {
            ledger.gap(
                Reason::Damaged,
                format_args!(
                    "a file in the section is not whole: {declared} bytes are declared, {} are there",
                    rest.len()
                ),
            );
        }
        let content = content.unwrap_or(rest);
        // A section in a section has files of its own; many files in one another are a way to have
        // the same bytes read over and over, and what is no file is looked at by every reader.
        let end = start.saturating_add(content.len());
        let again = end.min(covered).saturating_sub(start);
        if ledger
            .charge(Limit::OutputBytes, (again as u64) << 2)
            .is_err()
        {
            break;
        }
        covered = covered.max(end);
        files.push(File {
            offset,
            data: content,
            name: String::new(),
        });
    }
    files
}

/// The endings of files by their GUID: `<ifndf>{…}` and the ending behind it, each behind its
/// length in characters ([MS-ONESTORE] 2.5.27).
fn endings(data: &[u8], ledger: &mut Ledger) -> BTreeMap<Guid, String> {
    const MARK: &[u8; 16] = b"<\0i\0f\0n\0d\0f\0>\0{\0";
    const REFERENCE: usize = 90;
    let mut endings = BTreeMap::new();
    for at in memmem::find_iter(data, MARK) {
        if ledger.charge(Limit::Entries, 1).is_err() {
            break;
        }
        let guid = slice(data, at.saturating_add(MARK.len()), 72).and_then(guid);
        let behind = at.saturating_add(REFERENCE);
        let ending = text(data, behind, 2, LONGEST_ENDING);
        if let (Some(guid), Some(ending)) = (guid, ending) {
            endings.entry(guid).or_insert(ending);
        }
    }
    endings
}

/// A GUID in UTF-16, as `506B3913-E390-1C40-B842-A39A8221E4A7`, to the bytes that are stored.
fn guid(text: &[u8]) -> Option<Guid> {
    let mut digits = text.iter().step_by(2).filter(|byte| **byte != b'-');
    let mut digit = || char::from(*digits.next()?).to_digit(16);
    let mut bytes = [0; 16];
    // The first three fields are numbers, and stored in little endian.
    for place in [3_usize, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] {
        let value = digit()?.checked_mul(16)?.checked_add(digit()?)?;
        *bytes.get_mut(place)? = u8::try_from(value).ok()?;
    }
    Some(bytes)
}

/// The GUID that refers to each object, by the offset of that: nodes 0x94, told by the size that
/// their formats give ([MS-ONESTORE] 2.4.3).
fn owners(data: &[u8], files: &[File<'_>], ledger: &mut Ledger) -> BTreeMap<usize, Guid> {
    let mut owners = BTreeMap::new();
    for at in memchr_iter(0x94, data) {
        let Some(head) = le32(data, at) else { break };
        // FileNodeID, and a BaseType that says that there is a reference.
        if head & 0x3FF != 0x94 || head >> 27 & 0xF != 1 {
            continue;
        }
        let position = at.saturating_add(4);
        let (width, offset) = match head >> 23 & 3 {
            0 => (8, le64(data, position)),
            1 => (4, le32(data, position).map(u64::from)),
            2 => (
                2,
                le16(data, position).map(|units| u64::from(units).saturating_mul(8)),
            ),
            _ => (
                4,
                le32(data, position).map(|units| u64::from(units).saturating_mul(8)),
            ),
        };
        let length = match head >> 25 & 3 {
            0 => 4,
            1 => 8,
            2 => 1,
            _ => 2_usize,
        };
        let reference = position.saturating_add(width).saturating_add(length);
        let size = reference.saturating_add(16).saturating_sub(at);
        if (head >> 10 & 0x1FFF) as usize != size || ledger.charge(Limit::Steps, 1).is_err() {
            continue;
        }
        let offset = offset.and_then(|offset| usize::try_from(offset).ok());
        let known = |offset: &usize| files.binary_search_by_key(offset, |one| one.offset).is_ok();
        let guid = array::<16>(data, reference);
        if let (Some(offset), Some(guid)) = (offset.filter(known), guid) {
            owners.insert(offset, guid);
        }
    }
    owners
}

/// The names of files, each once, in the order of the file: a section keeps its older revisions.
fn names(data: &[u8], ledger: &mut Ledger) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut names = Vec::new();
    for at in memmem::find_iter(data, &FILE_NAME) {
        if ledger.charge(Limit::Entries, 1).is_err() {
            break;
        }
        let Some(name) = property(data, at) else {
            continue;
        };
        // Properties that overlap can each have another name.
        if ledger
            .charge(Limit::OutputBytes, name.len() as u64)
            .is_err()
        {
            break;
        }
        if known.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}

/// The value of the property whose identifier stands at `at` ([MS-ONESTORE] 2.6.7 to 2.6.9): the
/// identifiers come first, behind their number, and then the values in the same order.
fn property(data: &[u8], at: usize) -> Option<String> {
    /// More than any object of a page has.
    const MOST: usize = 48;
    (0..MOST).find_map(|before| {
        let start = at.checked_sub(before.checked_mul(4)?)?;
        let count = usize::from(le16(data, start.checked_sub(2)?)?);
        if count <= before || count > MOST {
            return None;
        }
        let mut value = start.checked_add(count.checked_mul(4)?)?;
        for number in 0..before {
            let id = le32(data, start.checked_add(number.checked_mul(4)?)?)?;
            let size = match id >> 26 & 0x1F {
                // None, a truth value, one identifier of an object, a space or a context.
                1 | 2 | 8 | 0xA | 0xC => 0,
                3 => 1,
                4 => 2,
                // A number, or how many identifiers there are.
                5 | 9 | 0xB | 0xD => 4,
                6 => 8,
                7 => usize::try_from(le32(data, value)?).ok()?.checked_add(4)?,
                _ => return None,
            };
            value = value.checked_add(size)?;
        }
        text(data, value, 1, LONGEST_NAME)
    })
}

/// Text in UTF-16 behind its length, counted in units of so many bytes.
fn text(data: &[u8], at: usize, unit: usize, longest: usize) -> Option<String> {
    let size = usize::try_from(le32(data, at)?).ok()?.checked_mul(unit)?;
    if size == 0 || size > longest || !size.is_multiple_of(2) {
        return None;
    }
    let text = utf16le(slice(data, at.checked_add(4)?, size)?);
    let text = text.trim_end_matches('\0');
    let sound = |c: char| !c.is_control() && c != char::REPLACEMENT_CHARACTER;
    (!text.is_empty() && text.chars().all(sound)).then(|| text.to_owned())
}

/// Gives the files their names: the first that has the ending of the file, and where no ending is
/// known the first that is left.
fn give(files: &mut [File<'_>], names: &[String]) {
    let mut by_ending: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
    for (number, name) in names.iter().enumerate() {
        by_ending.entry(ending(name)).or_default().push_back(number);
    }
    let mut given = BTreeSet::new();
    for file in files.iter_mut().filter(|file| !file.name.is_empty()) {
        let waiting = by_ending.get_mut(&ending(&file.name));
        if let Some(number) = waiting.and_then(VecDeque::pop_front)
            && let Some(name) = names.get(number)
        {
            file.name.clone_from(name);
            given.insert(number);
        }
    }
    let left = (0..names.len()).filter(|number| !given.contains(number));
    let nameless = files.iter_mut().filter(|file| file.name.is_empty());
    for (file, number) in nameless.zip(left) {
        if let Some(name) = names.get(number) {
            file.name.clone_from(name);
        }
    }
}

/// What stands behind the last dot, in lower case.
fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn a_guid_in_text_is_the_one_that_is_stored() {
        let text: Vec<u8> = "BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(guid(&text), Some(FILE_OBJECT));
        assert_eq!(guid(&text[..60]), None);
    }

    #[test]
    fn names_go_to_files_of_their_ending_first() {
        let file = |name: &str| File {
            offset: 0,
            data: b"",
            name: name.to_owned(),
        };
        let mut files = [file(""), file(".BAT"), file(".png")];
        let names = ["a.hta".to_owned(), "b.bat".to_owned(), "c.js".to_owned()];
        give(&mut files, &names);
        let given: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(given, ["a.hta", "b.bat", ".png"]);
    }

    #[test]
    fn ms_onestore_2_6_13_a_length_beyond_the_end_is_a_gap() {
        let mut data = FILE_OBJECT.to_vec();
        data.extend([9, 0, 0, 0, 0, 0, 0, 0]);
        data.extend([0; 12]);
        data.extend(b"inert");
        let mut ledger = Ledger::new(Limits::mail());
        let files = objects(&data, &mut ledger);
        assert_eq!(files[0].data, b"inert");
        assert_eq!(ledger.gaps()[0].reason, Reason::Damaged);
    }

    #[test]
    fn a_flood_of_marks_is_linear() {
        let mut data = FILE_OBJECT.repeat(20_000);
        data.extend(FILE_NAME.repeat(50_000));
        data.extend([0x94_u8, 0x78, 0x80, 0x08].repeat(50_000));
        let mut ledger = Ledger::new(Limits::mail());
        let _ = super::files(&data, &mut ledger);
        assert!(ledger.budget().spent(Limit::Steps) < 2 * data.len() as u64);
    }
}
