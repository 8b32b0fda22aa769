//! Text, variables, bookmarks and shapes of a binary Word document, [MS-DOC].
//!
//! | at | field of the Fib | clause |
//! |---|---|---|
//! | 0x0A | flags: 0x0100 `fEncrypted`, 0x0200 `fWhichTblStm` | 2.5.2 |
//! | 0x4C … | `ccpText`, `ccpFtn`, `ccpHdd`, …, `ccpAtn`, `ccpEdn`: characters of each story | 2.5.4 |
//! | 0x9A + 8 n | place and size in the table stream of structure n | 2.5.6 |
//! | n = 21, 22, 23 | `SttbfBkmk`, `PlcfBkf`, `PlcfBkl`: bookmarks | 2.9.263, 2.8.10, 2.8.12 |
//! | n = 33 | `Clx`: the pieces of the text | 2.9.38 |
//! | n = 50 | the drawings | 2.9.172 |
//! | n = 60 | `StwUser`: variables | 2.9.315 |

use crate::bytes::text::{decode, utf16le};
use crate::bytes::{le16, le32, slice};
use crate::container::cfb::{Entry, File};
use crate::limits::Limit;
use crate::observe::Ledger;

use super::tree::{Item, Tree};
use super::{Wanted, art};

const PLACES: usize = 0x9A;
const BOOKMARKS: usize = 21;
const PIECES: usize = 33;
const DRAWINGS: usize = 50;
const VARIABLES: usize = 60;
/// How many characters of a document are read.
const MOST: usize = 1 << 22;
/// How many bookmarks or variables.
const MOST_NAMES: u16 = 1 << 14;

/// Reads what is wanted of a document.
pub(super) fn read(file: &File<'_>, wanted: Wanted, tree: &mut Tree, ledger: &mut Ledger) {
    let Some(root) = file.root().map(Entry::id) else {
        return;
    };
    let Some(entry) = file.child(root, "WordDocument") else {
        return;
    };
    let document = file.stream(entry, ledger);
    let flags = le16(&document, 0x0A).unwrap_or(0);
    if flags & 0x0100 != 0 {
        return;
    }
    let name = if flags & 0x0200 != 0 {
        "1Table"
    } else {
        "0Table"
    };
    let Some(entry) = file.child(root, name) else {
        return;
    };
    let table = file.stream(entry, ledger);
    let part = |number: usize| {
        let at = number.saturating_mul(8).saturating_add(PLACES);
        let place = usize::try_from(le32(&document, at)?).ok()?;
        let size = usize::try_from(le32(&document, at.saturating_add(4))?).ok()?;
        slice(&table, place, size)
    };
    if wanted.any(Wanted::VARIABLES) {
        let _ = variables(part(VARIABLES).unwrap_or_default(), tree, ledger);
    }
    if !wanted.any(Wanted::PAGES) {
        return;
    }
    let text = Text::read(&document, part(PIECES).unwrap_or_default(), tree, ledger);
    stories(&document, &text, tree);
    let plc = |number: usize| part(BOOKMARKS.saturating_add(number)).unwrap_or_default();
    let _ = bookmarks(plc(0), plc(1), plc(2), &text, tree, ledger);
    let drawings = part(DRAWINGS).unwrap_or_default();
    // The first container tells of all drawings.
    let first = le32(drawings, 4).and_then(|size| usize::try_from(size).ok());
    let rest = first.and_then(|size| drawings.get(size.saturating_add(8)..));
    art::shapes(
        rest.unwrap_or_default(),
        Item::DOCUMENT,
        &mut std::iter::empty(),
        tree,
        ledger,
    );
}

/// Names in a table of texts of two bytes a character (2.2.4), and what follows it.
fn names<'t>(table: &'t [u8], ledger: &mut Ledger) -> Option<(Vec<&'t [u8]>, &'t [u8])> {
    if le16(table, 0)? != 0xFFFF {
        return None;
    }
    let count = le16(table, 2)?.min(MOST_NAMES);
    let extra = usize::from(le16(table, 4)?);
    let mut rest = table.get(6..)?;
    let mut names = Vec::new();
    for _ in 0..count {
        ledger.charge(Limit::Steps, 1).ok()?;
        let size = usize::from(le16(rest, 0)?).checked_mul(2)?;
        names.push(slice(rest, 2, size)?);
        rest = rest.get(size.checked_add(2)?.checked_add(extra)?..)?;
    }
    Some((names, rest))
}

/// The names of the variables, then their values.
fn variables(part: &[u8], tree: &mut Tree, ledger: &mut Ledger) -> Option<()> {
    let list = tree.list(Item::DOCUMENT, "variables")?;
    let (names, mut rest) = names(part, ledger)?;
    for name in names {
        let size = usize::from(le16(rest, 0)?).checked_mul(2)?;
        let value = utf16le(slice(rest, 2, size)?);
        rest = rest.get(size.checked_add(2)?..)?;
        let name = utf16le(name);
        let item = tree.add(list, &name)?;
        tree.text(item, "value", value);
        tree.text(item, "name", name);
    }
    Some(())
}

/// The text as running text, and where in it each character begins.
#[derive(Default)]
struct Text {
    offsets: Vec<u32>,
}

impl Text {
    fn read(document: &[u8], clx: &[u8], tree: &mut Tree, ledger: &mut Ledger) -> Self {
        let mut text = Self::default();
        let _ = text.pieces(document, clx, tree, ledger);
        text.offsets.push(offset(tree));
        text
    }

    /// Goes through the pieces (2.9.38, 2.8.35).
    fn pieces(
        &mut self,
        document: &[u8],
        clx: &[u8],
        tree: &mut Tree,
        ledger: &mut Ledger,
    ) -> Option<()> {
        let mut clx = clx;
        while let [1, rest @ ..] = clx {
            let size = usize::from(le16(rest, 0)?);
            clx = rest.get(size.checked_add(2)?..)?;
        }
        let plc = match clx {
            [2, rest @ ..] => rest.get(4..)?,
            _ => return None,
        };
        let count = plc.len().checked_sub(4)? / 12;
        let mut field = 0_u32;
        for piece in 0..count {
            ledger.charge(Limit::Steps, 1).ok()?;
            let at = piece.checked_mul(4)?;
            let (from, to) = (le32(plc, at)?, le32(plc, at.checked_add(4)?)?);
            let length = usize::try_from(to.checked_sub(from)?).ok()?;
            let length = length.min(MOST.checked_sub(self.offsets.len())?);
            let descriptor = count
                .checked_add(1)?
                .checked_mul(4)?
                .checked_add(piece.checked_mul(8)?)?;
            let place = le32(plc, descriptor.checked_add(2)?)?;
            // A bit says that each character takes one byte (2.9.73).
            let narrow = place & 0x4000_0000 != 0;
            let place = usize::try_from(place & 0x3FFF_FFFF).ok()?;
            let (place, size) = if narrow {
                (place / 2, length)
            } else {
                (place, length.checked_mul(2)?)
            };
            let bytes = document.get(place..)?;
            let bytes = bytes.get(..size).unwrap_or(bytes);
            ledger.charge(Limit::OutputBytes, bytes.len() as u64).ok()?;
            let part = if narrow {
                decode(bytes, 1252).text.into_owned()
            } else {
                utf16le(bytes)
            };
            for character in part.chars() {
                for _ in 0..character.len_utf16() {
                    self.offsets.push(offset(tree));
                }
                // What a field computes stands there, and not how.
                match character {
                    '\u{13}' => field = field.saturating_add(1),
                    '\u{14}' | '\u{15}' => field = field.saturating_sub(1),
                    _ if field > 0 => {}
                    _ => tree.running().push(character),
                }
            }
        }
        Some(())
    }

    /// Where characters lie in the running text.
    fn range(&self, from: usize, to: usize) -> Option<std::ops::Range<usize>> {
        let (from, to) = (self.offsets.get(from)?, self.offsets.get(to)?);
        Some(usize::try_from(*from).ok()?..usize::try_from(*to).ok()?)
    }
}

fn offset(tree: &mut Tree) -> u32 {
    u32::try_from(tree.running().len()).unwrap_or(u32::MAX)
}

fn stories(document: &[u8], text: &Text, tree: &mut Tree) {
    let Some(list) = tree.list(Item::DOCUMENT, "storyranges") else {
        return;
    };
    let last = text.offsets.len().saturating_sub(1);
    let mut from = 0_usize;
    // By the numbers of `WdStoryType`; headers of all sections lie together.
    for (at, number) in [
        (0x4C, 1),
        (0x50, 2),
        (0x54, 7),
        (0x58, 0),
        (0x5C, 4),
        (0x60, 3),
    ] {
        let length = le32(document, at).unwrap_or(0);
        let to = from
            .saturating_add(usize::try_from(length).unwrap_or(0))
            .min(last);
        let range = text.range(from, to);
        if let Some(range) = range.filter(|range| !range.is_empty() && number > 0)
            && let Some(item) = tree.add(list, "")
        {
            tree.span(item, "text", range.clone());
            tree.number(list, item, number);
            if number == 1 {
                tree.link(Item::DOCUMENT, "content", item);
                tree.link(Item::DOCUMENT, "range", item);
                paragraphs(range, tree);
            }
        }
        from = to;
    }
}

fn paragraphs(range: std::ops::Range<usize>, tree: &mut Tree) {
    let Some(list) = tree.list(Item::DOCUMENT, "paragraphs") else {
        return;
    };
    let text = tree.running().get(range.clone()).unwrap_or_default();
    let ends: Vec<usize> = memchr::memchr3_iter(b'\r', 7, 0x0C, text.as_bytes()).collect();
    let mut from = range.start;
    for end in ends {
        let to = range.start.saturating_add(end).saturating_add(1);
        let Some(item) = tree.add(list, "") else {
            return;
        };
        tree.span(item, "text", from..to);
        from = to;
    }
}

/// Names, starts and ends of bookmarks: each start says which end is its own (2.9.11).
fn bookmarks(
    table: &[u8],
    starts: &[u8],
    ends: &[u8],
    text: &Text,
    tree: &mut Tree,
    ledger: &mut Ledger,
) -> Option<()> {
    let (names, _) = names(table, ledger)?;
    let list = tree.list(Item::DOCUMENT, "bookmarks")?;
    let count = starts.len().checked_sub(4)? / 8;
    for (number, name) in names.iter().enumerate().take(count) {
        let from = le32(starts, number.checked_mul(4)?)?;
        let own = count.checked_add(1)?.checked_add(number)?.checked_mul(4)?;
        let end = usize::from(le16(starts, own)?);
        let to = le32(ends, end.checked_mul(4)?)?;
        let range = text.range(usize::try_from(from).ok()?, usize::try_from(to).ok()?);
        let name = utf16le(name);
        if let Some(range) = range
            && let Some(item) = tree.add(list, &name)
        {
            tree.span(item, "text", range);
            tree.text(item, "name", name);
        }
    }
    Some(())
}
