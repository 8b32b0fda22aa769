//! Cells, names and comments of a workbook in records, [MS-XLS]; those of Excel 5 have the same
//! records with texts in the code page.
//!
//! | record | what is used | clause |
//! |---|---|---|
//! | 0x0809 BOF | `vers`: 0x0600 for texts in Unicode | 2.4.21 |
//! | 0x0042 CodePage | the code page of texts in bytes | 2.4.52 |
//! | 0x003D Window1 | `itabCur`, the active sheet | 2.4.345 |
//! | 0x0085 BoundSheet8 | place and name of a sheet | 2.4.28 |
//! | 0x0017, 0x0018 ExternSheet, Lbl | names, as far as they stand for cells or a text | 2.4.105, 2.4.150 |
//! | 0x00FC, 0x003C SST, Continue | texts that cells share | 2.4.265, 2.4.58 |
//! | 0x01BA CodeName | the name of the sheet in code | 2.4.51 |
//! | 0x00FD, 0x0204, 0x00D6 LabelSst, Label, RString | a cell with a text | 2.4.149, 2.4.148 |
//! | 0x0203, 0x027E, 0x00BD, 0x0205 Number, RK, MulRk, BoolErr | a cell with a number | 2.4.180, 2.4.220, 2.4.175, 2.4.24 |
//! | 0x0006, 0x0207 Formula, String | a cell that is computed, with its last value | 2.4.127, 2.4.268 |
//! | 0x0014, 0x0015 Header, Footer | of the page | 2.4.136, 2.4.124 |
//! | 0x00EC, 0x01B6 MsoDrawing, TxO | shapes, and the texts in them | 2.4.170, 2.4.329 |
//! | 0x001C Note | which cell a comment is of | 2.4.179 |

use hashbrown::HashMap;

use crate::bytes::{array, le16, le32, slice, text};
use crate::limits::Limit;
use crate::observe::Ledger;

use super::cells::{Cell, Cells};
use super::tree::{Item, Tree};
use super::{art, sheet};

/// How many sheets are read.
const MOST_SHEETS: usize = 256;
/// How many pieces texts are read from that go on from record to record.
const MOST_PIECES: usize = 1 << 16;

/// Reads a workbook.
pub(super) fn read(stream: &[u8], tree: &mut Tree, ledger: &mut Ledger) {
    let (Some(sheets), Some(names)) = (
        tree.list(Item::DOCUMENT, "sheets"),
        tree.list(Item::DOCUMENT, "names"),
    ) else {
        return;
    };
    tree.link(Item::DOCUMENT, "worksheets", sheets);
    let mut book = Book {
        wide: false,
        code_page: 1252,
    };
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut externs: &[u8] = &[];
    let mut labels: Vec<&[u8]> = Vec::new();
    let mut active = 0;
    let mut records = Records::new(stream, 0);
    while let Some((record, body)) = records.next(ledger) {
        match record {
            BOF => book.wide = le16(body, 0) == Some(0x0600),
            EOF | FILE_PASS => break,
            CODE_PAGE => book.code_page = le16(body, 0).unwrap_or(1252),
            WINDOW => active = le16(body, 10).unwrap_or(0),
            BOUND_SHEET => {
                let place = le32(body, 0).and_then(|place| usize::try_from(place).ok());
                let name = book.short(body.get(6..).unwrap_or_default());
                found.push((place.unwrap_or(usize::MAX), name.unwrap_or_default()));
            }
            EXTERN_SHEET => externs = body,
            LABEL_OF_NAME => labels.push(body),
            SHARED => {
                let pieces = records.continued(body, ledger);
                shared(&pieces, tree, ledger);
            }
            _ => {}
        }
    }
    for label in labels {
        name(label, &book, externs, &found, names, tree);
    }
    for (at, (place, name)) in found.iter().take(MOST_SHEETS).enumerate() {
        let Some(item) = tree.add(sheets, name) else {
            return;
        };
        tree.text(item, "name", &**name);
        if at == usize::from(active) {
            tree.link(Item::DOCUMENT, "activesheet", item);
        }
        read_sheet(stream, *place, item, &book, tree, ledger);
    }
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const CODE_PAGE: u16 = 0x0042;
const WINDOW: u16 = 0x003D;
const BOUND_SHEET: u16 = 0x0085;
const EXTERN_SHEET: u16 = 0x0017;
const LABEL_OF_NAME: u16 = 0x0018;
const SHARED: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;
const DRAWING: u16 = 0x00EC;

/// Records from a place on.
struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> Records<'s> {
    const fn new(stream: &'s [u8], at: usize) -> Self {
        Self { stream, at }
    }

    fn next(&mut self, ledger: &mut Ledger) -> Option<(u16, &'s [u8])> {
        let (record, size) = (
            le16(self.stream, self.at)?,
            le16(self.stream, self.at.checked_add(2)?)?,
        );
        let body = slice(self.stream, self.at.checked_add(4)?, usize::from(size))?;
        ledger.charge(Limit::Steps, 1).ok()?;
        self.at = self.at.checked_add(4)?.checked_add(usize::from(size))?;
        Some((record, body))
    }

    /// The record and those that continue it.
    fn continued(&mut self, body: &'s [u8], ledger: &mut Ledger) -> Vec<&'s [u8]> {
        let mut pieces = vec![body];
        while le16(self.stream, self.at) == Some(CONTINUE) && pieces.len() < MOST_PIECES {
            let Some((_, piece)) = self.next(ledger) else {
                break;
            };
            pieces.push(piece);
        }
        pieces
    }
}

/// How texts are stored.
struct Book {
    wide: bool,
    code_page: u16,
}

impl Book {
    /// A text behind a count of two bytes (2.5.294).
    fn long(&self, body: &[u8]) -> Option<String> {
        let count = usize::from(le16(body, 0)?);
        self.counted(body.get(2..)?, count).map(|(text, _)| text)
    }

    /// A text behind a count of one byte (2.5.240).
    fn short(&self, body: &[u8]) -> Option<String> {
        let count = usize::from(*body.first()?);
        self.counted(body.get(1..)?, count).map(|(text, _)| text)
    }

    /// A text of so many characters, and how many bytes it takes.
    fn counted(&self, body: &[u8], count: usize) -> Option<(String, usize)> {
        if !self.wide {
            let bytes = slice(body, 0, count)?;
            let text = text::decode(bytes, self.code_page).text.into_owned();
            return Some((text, count));
        }
        let double = body.first()? & 1 == 1;
        let size = if double { count.checked_mul(2)? } else { count };
        let bytes = slice(body, 1, size)?;
        Some((characters(bytes, double), size.saturating_add(1)))
    }
}

/// Characters of one byte, whose upper half is zero, or of two.
fn characters(bytes: &[u8], double: bool) -> String {
    if double {
        text::utf16le(bytes)
    } else {
        bytes.iter().map(|byte| char::from(*byte)).collect()
    }
}

/// The texts that cells share. A text that goes on in another record begins there with a flag of
/// its own (2.5.293).
fn shared(pieces: &[&[u8]], tree: &mut Tree, ledger: &mut Ledger) {
    let mut cursor = Pieces {
        pieces,
        piece: 0,
        at: 8,
    };
    let count = pieces.first().and_then(|first| le32(first, 4)).unwrap_or(0);
    for _ in 0..count {
        let Some(text) = cursor.text() else { return };
        let work = (text.len() as u64 >> 6).saturating_add(1);
        if ledger.charge(Limit::Steps, work).is_err()
            || ledger
                .charge(Limit::OutputBytes, text.len() as u64)
                .is_err()
        {
            return;
        }
        tree.share(&text);
    }
}

/// Bytes that are cut into records.
struct Pieces<'p> {
    pieces: &'p [&'p [u8]],
    piece: usize,
    at: usize,
}

impl<'p> Pieces<'p> {
    /// What is left of the piece.
    fn rest(&mut self) -> Option<&'p [u8]> {
        while self.pieces.get(self.piece)?.len() <= self.at {
            self.piece = self.piece.saturating_add(1);
            self.at = 0;
        }
        self.pieces.get(self.piece)?.get(self.at..)
    }

    fn fixed<const N: usize>(&mut self) -> Option<[u8; N]> {
        let bytes = array(self.rest()?, 0)?;
        self.at = self.at.saturating_add(N);
        Some(bytes)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let here = self.rest()?.len().min(count);
            self.at = self.at.saturating_add(here);
            count = count.saturating_sub(here);
        }
        Some(())
    }

    fn text(&mut self) -> Option<String> {
        let mut count = usize::from(u16::from_le_bytes(self.fixed()?));
        let [flags] = self.fixed()?;
        let runs = if flags & 8 != 0 {
            u16::from_le_bytes(self.fixed()?)
        } else {
            0
        };
        let aloud = if flags & 4 != 0 {
            u32::from_le_bytes(self.fixed()?)
        } else {
            0
        };
        let mut double = flags & 1 == 1;
        let mut text = String::new();
        while count > 0 {
            let piece = self.piece;
            let rest = self.rest()?;
            if self.piece != piece {
                let [flags] = self.fixed()?;
                double = flags & 1 == 1;
                continue;
            }
            let width: usize = if double { 2 } else { 1 };
            let characters_here = if double { rest.len() / 2 } else { rest.len() };
            let here = characters_here.min(count);
            if here == 0 {
                // A byte that is half a character.
                self.at = self.at.saturating_add(1);
                continue;
            }
            let size = here.saturating_mul(width);
            text.push_str(&characters(rest.get(..size)?, double));
            self.at = self.at.saturating_add(size);
            count = count.saturating_sub(here);
        }
        self.skip(usize::from(runs).saturating_mul(4))?;
        self.skip(usize::try_from(aloud).ok()?)?;
        Some(text)
    }
}

/// A name that stands for cells of a sheet, or for a text.
fn name(
    body: &[u8],
    book: &Book,
    externs: &[u8],
    sheets: &[(usize, String)],
    names: Item,
    tree: &mut Tree,
) {
    let read = || {
        let count = usize::from(*body.get(3)?);
        let (name, size) = book.counted(body.get(14..)?, count)?;
        let formula = body.get(14_usize.checked_add(size)?..)?;
        // `PtgStr`, `PtgRef3d`, `PtgArea3d` (2.5.198), of which Excel 5 has others.
        let text = match *formula.first()? {
            0x17 => format!("=\"{}\"", book.short(formula.get(1..)?)?),
            0x3A | 0x5A | 0x7A if book.wide => {
                let place = cell_of(le16(formula, 3)?, le16(formula, 5)?);
                format!(
                    "='{}'!{place}",
                    sheet_of(le16(formula, 1)?, externs, sheets)?
                )
            }
            0x3B | 0x5B | 0x7B if book.wide => {
                let first = cell_of(le16(formula, 3)?, le16(formula, 7)?);
                let last = cell_of(le16(formula, 5)?, le16(formula, 9)?);
                format!(
                    "='{}'!{first}:{last}",
                    sheet_of(le16(formula, 1)?, externs, sheets)?
                )
            }
            _ => return None,
        };
        Some((name, text))
    };
    if let Some((name, formula)) = read()
        && let Some(item) = tree.add(names, &name)
    {
        tree.text(item, "name", &*name);
        tree.text(item, "refersto", &*formula);
        tree.text(item, "value", formula);
    }
}

/// The sheet that an index of ExternSheet leads to.
fn sheet_of<'s>(index: u16, externs: &[u8], sheets: &'s [(usize, String)]) -> Option<&'s str> {
    let at = usize::from(index).checked_mul(6)?.checked_add(4)?;
    let sheet = usize::from(le16(externs, at)?);
    sheets.get(sheet).map(|(_, name)| name.as_str())
}

/// `$B$7` of a row and column from 0.
fn cell_of(row: u16, column: u16) -> String {
    let column = u32::from(column & 0x3FFF);
    let mut letters = String::new();
    let mut rest = column.saturating_add(1);
    while rest > 0 {
        rest = rest.saturating_sub(1);
        let letter = u8::try_from(rest % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A'.saturating_add(letter)));
        rest /= 26;
    }
    format!("${letters}${}", u32::from(row).saturating_add(1))
}

fn read_sheet(
    stream: &[u8],
    place: usize,
    item: Item,
    book: &Book,
    tree: &mut Tree,
    ledger: &mut Ledger,
) {
    let mut cells = Cells::default();
    let mut drawing = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    let mut notes: HashMap<u16, (u16, u16)> = HashMap::new();
    let mut of_object: HashMap<u16, usize> = HashMap::new();
    let mut object = 0_u16;
    let mut computed = None;
    let mut depth = 0_u32;
    let mut records = Records::new(stream, place);
    while let Some((record, body)) = records.next(ledger) {
        match record {
            BOF => depth = depth.saturating_add(1),
            EOF => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            // A chart within the sheet.
            _ if depth != 1 => {}
            0x01BA => {
                let name = book.long(body).unwrap_or_default();
                if let Some(list) = tree.list(Item::DOCUMENT, "codenames") {
                    tree.call(list, item, &name);
                }
                tree.text(item, "codename", name);
            }
            0x0014 | 0x0015 => {
                let page = if record == 0x0014 { "header" } else { "footer" };
                let text = book.long(body).or_else(|| book.short(body));
                sheet::pages(tree, item, page, &text.unwrap_or_default());
            }
            DRAWING => drawing.extend_from_slice(body),
            // The number of the object that a text is of (2.5.143).
            0x005D => object = le16(body, 6).unwrap_or(0),
            0x01B6 => {
                let count = usize::from(le16(body, 10).unwrap_or(0));
                let pieces = records.continued(&[], ledger);
                let text = pieces.get(1).and_then(|piece| text_of(piece, count));
                of_object.insert(object, texts.len());
                texts.push(text.unwrap_or_default());
            }
            0x001C => {
                if let (Some(row), Some(column), Some(object)) =
                    (le16(body, 0), le16(body, 2), le16(body, 6))
                {
                    notes.insert(object, (row, column));
                }
            }
            _ => cell(record, body, book, &mut cells, &mut computed),
        }
    }
    tree.set_cells(item, cells);
    let mut texts_of_shapes = texts.iter().map(String::as_str);
    art::shapes(&drawing, item, &mut texts_of_shapes, tree, ledger);
    let mut notes: Vec<_> = notes.into_iter().collect();
    notes.sort_unstable();
    for (object, (row, column)) in notes {
        let text = of_object.get(&object).and_then(|text| texts.get(*text));
        if let (Some(text), Some(list)) = (text, tree.list(item, "comments")) {
            let place = cell_of(row, column).replace('$', "");
            if let Some(comment) = tree.add(list, &place) {
                tree.text(comment, "text", &**text);
            }
        }
    }
}

/// The text of a TxO, in the record that continues it.
fn text_of(piece: &[u8], count: usize) -> Option<String> {
    let double = piece.first()? & 1 == 1;
    let size = if double { count.checked_mul(2)? } else { count };
    let bytes = piece.get(1..)?;
    Some(characters(bytes.get(..size).unwrap_or(bytes), double))
}

/// Takes a record that is one cell or several.
fn cell(
    record: u16,
    body: &[u8],
    book: &Book,
    cells: &mut Cells,
    computed: &mut Option<(u32, u32)>,
) {
    let (Some(row), Some(column)) = (le16(body, 0), le16(body, 2)) else {
        return;
    };
    let (row, column) = (
        u32::from(row).saturating_add(1),
        u32::from(column).saturating_add(1),
    );
    let value = match record {
        0x00FD => le32(body, 6).map(Cell::Shared),
        0x0204 | 0x00D6 => {
            let text = book.long(body.get(6..).unwrap_or_default());
            text.map(|text| Cell::Text(text.into()))
        }
        0x0203 => array(body, 6).map(|bytes| Cell::Number(f64::from_le_bytes(bytes))),
        0x027E => le32(body, 6).map(|number| Cell::Number(rk(number))),
        0x0205 if body.get(7) == Some(&0) => body.get(6).map(|value| Cell::Bool(*value != 0)),
        0x00BD => {
            let numbers = body.get(4..).unwrap_or_default().chunks_exact(6);
            for (column, number) in (column..).zip(numbers) {
                if let Some(number) = le32(number, 2) {
                    cells.put(row, column, Cell::Number(rk(number)));
                }
            }
            return;
        }
        0x0006 => {
            cells.compute(row, column, "");
            *computed = Some((row, column));
            let value: Option<[u8; 8]> = array(body, 6);
            match value {
                // A text, a truth value or an error.
                Some([1, _, value, _, _, _, 0xFF, 0xFF]) => Some(Cell::Bool(value != 0)),
                Some([.., 0xFF, 0xFF]) | None => None,
                Some(number) => Some(Cell::Number(f64::from_le_bytes(number))),
            }
        }
        0x0207 => {
            if let (Some((row, column)), Some(text)) = (computed.take(), book.long(body)) {
                cells.put(row, column, Cell::Text(text.into()));
            }
            return;
        }
        _ => return,
    };
    if let Some(value) = value {
        cells.put(row, column, value);
    }
}

/// A number in four bytes (2.5.217).
fn rk(number: u32) -> f64 {
    let value = if number & 2 == 2 {
        f64::from(number.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(number & !3) << 32)
    };
    if number & 1 == 1 {
        value / 100.0
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn ms_xls_2_5_217_numbers_in_four_bytes() {
        for (stored, number) in [
            (0x0000_0006, 1.0),
            (0x0000_0007, 0.01),
            (0x3FF0_0000, 1.0),
            (0xFFFF_FFFE, -1.0),
        ] {
            assert_eq!(rk(stored), number);
        }
    }

    #[test]
    fn ms_xls_2_5_293_texts_that_go_on_in_another_record() {
        let mut ledger = Ledger::new(Limits::mail());
        let mut tree = Tree::default();
        let first = [&[2, 0, 0, 0, 2, 0, 0, 0, 6, 0, 8, 1, 0][..], b"ab"].concat();
        // In UTF-16 from here on; then four bytes of formatting, cut as well.
        let second = b"\x01c\0\x8B\x4Ed\0e\0\0\0";
        let third = b"\0\0\x03\0\0xyz";
        shared(&[&first, second, third], &mut tree, &mut ledger);
        let sheets = tree.list(Item::DOCUMENT, "sheets").unwrap();
        let sheet = tree.add(sheets, "x").unwrap();
        let mut cells = Cells::default();
        cells.put(1, 1, Cell::Shared(0));
        cells.put(1, 2, Cell::Shared(1));
        tree.set_cells(sheet, cells);
        use super::super::Content::Text;
        assert_eq!(tree.cell(sheet, 1, 1), Some(Text("abc事de")));
        assert_eq!(tree.cell(sheet, 1, 2), Some(Text("xyz")));
    }
}
