//! The text of a Word 97 document, [MS-DOC] 2.4.1, for its fields (2.8.25), and its template.
//!
//! | at | field of the Fib (2.5.1) | is |
//! |---|---|---|
//! | 0x0A | flags | 0x0200 `fWhichTblStm`, the table stream; 0x0100 `fEncrypted` |
//! | 0x4C … 0x68 | `ccpText` … `ccpHdrTxbx` | the length of each story in characters |
//! | 0x19A | `fcSttbfAssoc` | strings of the document, of which the second is its template |
//! | 0x1A2 | `fcClx` | the table of pieces |
//!
//! A field stands between the characters 0x13, 0x14 and 0x15; that the lists of fields (`Plcfld`)
//! name it is not asked for. Text that no piece leads to is searched for DDE all the same.

use std::borrow::Cow;
use std::iter;

use memchr::{memchr, memchr_iter};

use crate::bytes::{le16, le32, slice, text};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};
use crate::project::{Load, LoadKind};

use super::field_code::{load_of, result_of};
use super::{Outside, fields};

const BEGIN: u16 = 0x13;
const SEPARATE: u16 = 0x14;
const END: u16 = 0x15;

/// Fields nest a few deep.
const MAX_DEPTH: usize = 64;
/// How much of a code is kept.
const LONGEST: usize = 4096;

/// The stories in the order of their text, and where the length of each stands.
const STORIES: [(usize, &str); 8] = [
    (0x4C, "text"),
    (0x50, "footnotes"),
    (0x54, "headers"),
    (0x58, "macros"),
    (0x5C, "comments"),
    (0x60, "endnotes"),
    (0x64, "text boxes"),
    (0x68, "text boxes of headers"),
];

/// Which of the two table streams the document uses.
pub(super) fn table_name(document: &[u8]) -> &'static str {
    match le16(document, 0x0A) {
        Some(flags) if flags & 0x0200 == 0 => "0Table",
        _ => "1Table",
    }
}

/// Looks for what fields and the template of a document lead to. `table` is its table stream.
pub(super) fn inspect(document: &[u8], table: &[u8], found: &mut Outside, ledger: &mut Ledger) {
    if le16(document, 0x0A).is_some_and(|flags| flags & 0x0100 != 0) {
        return;
    }
    let before = found.loads.len();
    template(document, table, found);
    let mut reader = Reader {
        open: Vec::new(),
        story: "text",
        too_deep: false,
        found,
    };
    for story in Pieces::read(document, table).stories() {
        if ledger.charge(Limit::Steps, story.cost()).is_err() {
            break;
        }
        reader.piece(&story);
    }
    reader.close_all();
    if reader.too_deep {
        ledger.gap(
            Reason::Unsupported,
            format_args!("fields in more than {MAX_DEPTH} others, which are not read"),
        );
    }
    let seen = found.loads.get(before..).unwrap_or_default();
    if !seen.iter().any(|load| load.kind == LoadKind::DdeField) {
        found.loads.extend(stray(document, ledger));
    }
}

/// A field that is DDE and that the pieces do not lead to.
fn stray(document: &[u8], ledger: &mut Ledger) -> Option<Load> {
    let codes = memchr_iter(0x13, document)
        .map(|at| document.get(at.saturating_add(1)..).unwrap_or_default())
        .filter(|code| fields::is_word_97_dde(code));
    let mut codes = codes.map_while(|code| {
        ledger.charge(Limit::Steps, 4).ok()?;
        Some(stray_code(code))
    });
    Some(Load {
        kind: LoadKind::DdeField,
        target: codes.find(|code| has_arguments(code))?,
        place: "text outside the pieces".to_owned(),
    })
}

/// The start of a code, as far as it is ASCII.
fn stray_code(code: &[u8]) -> String {
    // In UTF-16 the upper half of the mark comes first.
    let (skip, step) = if code.first() == Some(&0) {
        (1, 2)
    } else {
        (0, 1)
    };
    let code = code.iter().skip(skip).step_by(step).take(256);
    let code = code.take_while(|byte| !matches!(**byte, 0x14 | 0x15));
    let text: String = code
        .map(|byte| char::from(*byte))
        .filter(|c| !c.is_control())
        .collect();
    text.trim().to_owned()
}

/// The template, if it is one with a place: [MS-DOC] 2.9.276.
fn template(document: &[u8], table: &[u8], found: &mut Outside) {
    let Some(strings) = part(document, table, 0x19A) else {
        return;
    };
    // Strings of two bytes a character, without extra data.
    if le16(strings, 0) != Some(0xFFFF) || le16(strings, 4) != Some(0) {
        return;
    }
    let mut at = 6_usize;
    let mut next = || {
        let length = usize::from(le16(strings, at)?).checked_mul(2)?;
        let start = at.checked_add(2)?;
        at = start.checked_add(length)?;
        slice(strings, start, length)
    };
    let template = next().and_then(|_| next()).map(text::utf16le);
    let template = template.unwrap_or_default();
    if template.contains(['\\', '/', ':']) {
        found.loads.push(Load {
            kind: LoadKind::Template,
            target: template,
            place: "SttbfAssoc".to_owned(),
        });
    }
}

/// The bytes in the table stream that a pair of the Fib at `at` leads to, as far as they are there.
fn part<'t>(document: &[u8], table: &'t [u8], at: usize) -> Option<&'t [u8]> {
    let start = usize::try_from(le32(document, at)?).ok()?;
    let length = usize::try_from(le32(document, at.checked_add(4)?)?).ok()?;
    let rest = table.get(start..)?;
    (length > 0).then(|| rest.get(..length).unwrap_or(rest))
}

/// The table of pieces, [MS-DOC] 2.8.35, and the lengths of the stories.
struct Pieces<'d> {
    document: &'d [u8],
    positions: &'d [u8],
    pieces: &'d [u8],
}

/// A piece of text in one story.
struct Piece<'d> {
    bytes: &'d [u8],
    wide: bool,
    story: &'static str,
}

impl<'d> Pieces<'d> {
    fn read(document: &'d [u8], table: &'d [u8]) -> Self {
        let plc = part(document, table, 0x1A2)
            .and_then(plc_of)
            .unwrap_or_default();
        // Positions of four bytes, one more than pieces of eight.
        let count = plc.len().saturating_sub(4) / 12;
        let middle = count.saturating_add(1).saturating_mul(4);
        let (positions, pieces) = plc.split_at_checked(middle).unwrap_or_default();
        Self {
            document,
            positions,
            pieces,
        }
    }

    /// The pieces in turn, cut where a story ends.
    fn stories(&self) -> impl Iterator<Item = Piece<'d>> {
        let mut end = 0_u32;
        let ends = STORIES.map(|(at, name)| {
            end = end.saturating_add(le32(self.document, at).unwrap_or(0));
            (end, name)
        });
        let positions = self.positions.as_chunks::<4>().0;
        let starts = positions.iter().zip(positions.iter().skip(1));
        let pieces = starts.zip(self.pieces.as_chunks::<8>().0);
        let document = self.document;
        pieces.flat_map(move |((start, end), piece)| {
            let (mut at, end) = (u32::from_le_bytes(*start), u32::from_le_bytes(*end));
            let first = at;
            let place = le32(piece, 2).unwrap_or(0);
            iter::from_fn(move || {
                if at >= end {
                    return None;
                }
                let story = ends.iter().find(|(end, _)| at < *end);
                // What lies behind all stories belongs to none, and is read.
                let (until, name) = story.copied().unwrap_or((u32::MAX, "text"));
                let until = until.min(end);
                let bytes = text_at(
                    document,
                    place,
                    at.saturating_sub(first),
                    until.saturating_sub(at),
                );
                at = until;
                Some(Piece {
                    bytes,
                    wide: place & 0x4000_0000 == 0,
                    story: name,
                })
            })
        })
    }
}

/// The characters of a piece from `skip`, [MS-DOC] 2.9.73.
fn text_at(document: &[u8], place: u32, skip: u32, count: u32) -> &[u8] {
    let (start, width) = if place & 0x4000_0000 == 0 {
        (place, 2)
    } else {
        ((place & 0x3FFF_FFFF) / 2, 1)
    };
    let index = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
    let start = index(start).saturating_add(index(skip).saturating_mul(width));
    let rest = document.get(start..).unwrap_or_default();
    rest.get(..index(count).saturating_mul(width))
        .unwrap_or(rest)
}

/// The table in a `Clx` (2.9.38), behind any number of formattings.
fn plc_of(clx: &[u8]) -> Option<&[u8]> {
    let mut rest = clx;
    loop {
        match rest.first()? {
            1 => {
                let size = usize::from(le16(rest, 1)?);
                rest = rest.get(size.checked_add(3)?..)?;
            }
            2 => {
                let size = usize::try_from(le32(rest, 1)?).ok()?;
                let plc = rest.get(5..)?;
                return Some(plc.get(..size).unwrap_or(plc));
            }
            _ => return None,
        }
    }
}

impl Piece<'_> {
    fn cost(&self) -> u64 {
        (self.bytes.len() as u64 >> 6).saturating_add(1)
    }

    /// Where the next field begins, from a character on.
    fn next_field(&self, from: usize) -> Option<usize> {
        if !self.wide {
            return Some(from.saturating_add(memchr(0x13, self.bytes.get(from..)?)?));
        }
        let start = from.checked_mul(2)?;
        let rest = self.bytes.get(start..)?;
        memchr_iter(0x13, rest)
            .find(|at| at % 2 == 0 && rest.get(at.saturating_add(1)) == Some(&0))
            .map(|at| from.saturating_add(at / 2))
    }

    fn unit(&self, at: usize) -> Option<u16> {
        if self.wide {
            le16(self.bytes, at.checked_mul(2)?)
        } else {
            self.bytes.get(at).map(|byte| match byte {
                0..0x80 => u16::from(*byte),
                _ => {
                    let decoded = text::decode(std::slice::from_ref(byte), 1252).text;
                    decoded.encode_utf16().next().unwrap_or(0xFFFD)
                }
            })
        }
    }
}

/// Whether words follow the first that are no switches, as a program needs them.
fn has_arguments(code: &str) -> bool {
    let mut words = code.split_whitespace().skip(1);
    let mut switch = false;
    words.any(|word| {
        let taken = std::mem::replace(&mut switch, matches!(word, "\\*" | "\\#" | "\\@"));
        !taken && !word.starts_with('\\')
    })
}

/// A field whose end has not been reached.
#[derive(Default)]
struct Open {
    code: Vec<u16>,
    result: Vec<u16>,
    /// Whether what follows is the result shown.
    shown: bool,
    /// Whether the code begins with a field of which only the last result is known.
    computed: bool,
}

struct Reader<'f> {
    open: Vec<Open>,
    story: &'static str,
    too_deep: bool,
    found: &'f mut Outside,
}

impl Reader<'_> {
    fn piece(&mut self, piece: &Piece<'_>) {
        if piece.story != self.story {
            self.close_all();
            self.story = piece.story;
        }
        let mut at = 0;
        loop {
            if self.open.is_empty() {
                match piece.next_field(at) {
                    Some(next) => at = next,
                    None => return,
                }
            }
            let Some(unit) = piece.unit(at) else { return };
            self.character(unit);
            at = at.saturating_add(1);
        }
    }

    fn character(&mut self, unit: u16) {
        match unit {
            BEGIN if self.open.len() >= MAX_DEPTH => self.too_deep = true,
            BEGIN => self.open.push(Open::default()),
            SEPARATE => {
                if let Some(field) = self.open.last_mut() {
                    field.shown = true;
                }
            }
            END => self.close(),
            _ => {
                if let Some(field) = self.open.last_mut() {
                    let part = if field.shown {
                        &mut field.result
                    } else {
                        &mut field.code
                    };
                    if part.len() < LONGEST {
                        part.push(unit);
                    }
                }
            }
        }
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// The innermost field ends: says what it does, and hands its text to the one around it.
    fn close(&mut self) {
        let Some(field) = self.open.pop() else { return };
        let code = String::from_utf16_lossy(&field.code);
        let made = result_of(&code);
        if let Some(outer) = self.open.last_mut() {
            let units: Cow<'_, [u16]> = match &made {
                Some(text) => Cow::Owned(text.encode_utf16().collect()),
                // What it comes to is not in the file.
                None if field.result.is_empty() && !outer.shown => Cow::Borrowed(&[0x2026]),
                None => Cow::Borrowed(&field.result),
            };
            let blank = outer.code.iter().all(|unit| *unit == 0x20);
            outer.computed |= !outer.shown && blank && made.is_none();
            let part = if outer.shown {
                &mut outer.result
            } else {
                &mut outer.code
            };
            let room = LONGEST.saturating_sub(part.len());
            part.extend(units.iter().take(room));
        }
        let place = || format!("field in {}", self.story);
        match load_of(&code, &place()) {
            // Without a program there is none to start.
            Some(load) if load.kind == LoadKind::DdeField && !has_arguments(&load.target) => {}
            Some(load) if load.kind == LoadKind::DdeField || !field.computed => {
                self.found.loads.push(load);
            }
            // What its first word comes to is computed, so that it can be DDE.
            _ if field.computed && has_arguments(&code) => {
                self.found.loads.push(Load {
                    kind: LoadKind::DdeField,
                    target: format!("… {}", code.trim()),
                    place: place(),
                });
            }
            _ => self.found.starts.extend(fields::button(&code)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    /// A document whose text is these pieces, and its table stream.
    fn document(pieces: &[(&[u8], bool)], stories: &[(usize, u32)]) -> (Vec<u8>, Vec<u8>) {
        let mut document = vec![0; 0x200];
        document[0x0A..0x0C].copy_from_slice(&0x0200_u16.to_le_bytes());
        let (mut positions, mut list, mut cp) = (vec![0; 4], Vec::new(), 0_u32);
        for (bytes, wide) in pieces {
            let at = document.len() as u32;
            document.extend_from_slice(bytes);
            cp += bytes.len() as u32 / if *wide { 2 } else { 1 };
            positions.extend(cp.to_le_bytes());
            list.extend([0, 0]);
            list.extend((if *wide { at } else { 0x4000_0000 | (at * 2) }).to_le_bytes());
            list.extend([0, 0]);
        }
        for (at, length) in stories {
            document[*at..*at + 4].copy_from_slice(&length.to_le_bytes());
        }
        // A formatting in front.
        let mut table = vec![1, 2, 0, 9, 9, 2];
        table.extend(((positions.len() + list.len()) as u32).to_le_bytes());
        table.extend(positions);
        table.extend(list);
        let size = (table.len() as u32).to_le_bytes();
        document[0x1A6..0x1AA].copy_from_slice(&size);
        (document, table)
    }

    fn targets(
        pieces: &[(&[u8], bool)],
        stories: &[(usize, u32)],
    ) -> Vec<(LoadKind, String, String)> {
        let (document, table) = document(pieces, stories);
        let mut found = Outside::default();
        inspect(
            &document,
            &table,
            &mut found,
            &mut Ledger::new(Limits::mail()),
        );
        let loads = found.loads.into_iter();
        loads
            .map(|load| (load.kind, load.target, load.place))
            .collect()
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn a_field_over_two_pieces() {
        let found = targets(
            &[
                (b"x\x13 DD", false),
                (&wide("EAUTO 請求 \"a\"\x14shown\x15"), true),
            ],
            &[(0x4C, 1000)],
        );
        assert_eq!(
            found,
            [(
                LoadKind::DdeField,
                "DDEAUTO 請求 \"a\"".to_owned(),
                "field in text".to_owned()
            )]
        );
    }

    #[test]
    fn a_field_that_another_makes() {
        let made = b"\x13 \x13 QUOTE 68 68 69 32 105 \x15\x14x\x15";
        assert_eq!(targets(&[(made, false)], &[(0x4C, 99)])[0].1, "DDE i");
        let stored = b"\x13 \x13 DOCPROPERTY a \x14PAGE\x15 inert /c x \x15";
        let found = targets(&[(stored, false)], &[(0x4C, 99)]);
        assert_eq!(found[0].0, LoadKind::DdeField);
        assert_eq!(found[0].1, "… PAGE inert /c x");
        let empty = b"\x13 DDEAUTO \\* MERGEFORMAT \x14a\x15";
        assert_eq!(targets(&[(empty, false)], &[(0x4C, 99)]), []);
        let unknown = b"\x13 DDEAUTO \x13 DOCPROPERTY a \x15\x15";
        assert_eq!(
            targets(&[(unknown, false)], &[(0x4C, 99)])[0].1,
            "DDEAUTO \u{2026}"
        );
        let format = b"\x13 \x13 DOCPROPERTY a \x14Mark\x15 \\* MERGEFORMAT \x14a\x15";
        assert_eq!(targets(&[(format, false)], &[(0x4C, 99)]), []);
        let inside = b"\x13 IF \x13 PAGE \x141\x15 = 1 \"a\" \"b\" \x14a\x15";
        assert_eq!(targets(&[(inside, false)], &[(0x4C, 99)]), []);
    }

    #[test]
    fn a_story_ends_its_fields() {
        let text = b"\x13 PAGE aaa\x13 DDE inert x\x15";
        let found = targets(&[(text, false)], &[(0x4C, 10), (0x54, 90)]);
        assert_eq!(found[0].2, "field in headers");
    }

    #[test]
    fn a_field_outside_the_pieces() {
        let found = targets(&[], &[(0x4C, 99)]);
        assert_eq!(found, []);
        let (mut document, table) = document(&[(b"x", false)], &[(0x4C, 1)]);
        document.extend(wide("\x13 DDEAUTO inert x\x14"));
        let mut found = Outside::default();
        inspect(
            &document,
            &table,
            &mut found,
            &mut Ledger::new(Limits::mail()),
        );
        assert_eq!(found.loads[0].target, "DDEAUTO inert x");
    }

    #[test]
    fn a_button_is_a_start() {
        let (document, table) = document(&[(b"\x13 MACROBUTTON Go x\x15", false)], &[(0x4C, 99)]);
        let mut found = Outside::default();
        inspect(
            &document,
            &table,
            &mut found,
            &mut Ledger::new(Limits::mail()),
        );
        assert_eq!(found.starts[0].name, "Go");
        assert!(found.loads.is_empty());
    }
}
