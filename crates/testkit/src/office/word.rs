//! Binary Word documents, [MS-DOC].

use super::TEXT;
use crate::bytes::{Put, patch, utf16};
use crate::cfb;
use crate::ovba::Project;

/// Where the text starts in `WordDocument`.
const TEXT_AT: usize = 0x600;

/// Where in a document text stands, in the order of its stories ([MS-DOC] 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Story {
    /// The text itself.
    Main,
    /// Footnotes.
    Footnotes,
    /// Headers and footers.
    Headers,
    /// Comments.
    Comments,
    /// Endnotes.
    Endnotes,
    /// Text boxes.
    TextBoxes,
}

impl Story {
    /// Where in the Fib its length stands, and the place and length of its list of fields.
    const fn fib(self) -> (usize, usize) {
        match self {
            Self::Main => (0x4C, 0x11A),
            Self::Footnotes => (0x50, 0x12A),
            Self::Headers => (0x54, 0x122),
            Self::Comments => (0x5C, 0x132),
            Self::Endnotes => (0x60, 0x21A),
            Self::TextBoxes => (0x64, 0x262),
        }
    }
}

/// A `.doc`.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    project: Option<Project>,
    encrypted: bool,
    variables: Vec<(String, String)>,
    shape: Option<(String, String)>,
    bookmark: Option<(String, u32, u32)>,
    texts: Vec<(Story, String)>,
    template: Option<String>,
    cut: usize,
}

impl Doc {
    /// A document without macros.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a project, in the storage `Macros`.
    #[must_use]
    pub fn project(mut self, project: Project) -> Self {
        self.project = Some(project);
        self
    }

    /// Adds text to a story. A field is what stands between the characters 0x13, 0x14 and 0x15.
    #[must_use]
    pub fn text(mut self, story: Story, text: &str) -> Self {
        self.texts.push((story, text.into()));
        self.texts.sort_by_key(|(story, _)| *story);
        self
    }

    /// Stores added text in pieces of so many characters, in one and two bytes by turns, the last
    /// of them first.
    #[must_use]
    pub fn pieces_of(mut self, characters: usize) -> Self {
        self.cut = characters;
        self
    }

    /// Names the template (`SttbfAssoc`, [MS-DOC] 2.9.276).
    #[must_use]
    pub fn template(mut self, path: &str) -> Self {
        self.template = Some(path.into());
        self
    }

    /// Says that the text is encrypted ([MS-DOC] 2.2.6.2), and garbles it. Macros stay readable,
    /// as they do in such documents.
    #[must_use]
    pub fn encrypted(mut self) -> Self {
        self.encrypted = true;
        self
    }

    /// Adds a variable ([MS-DOC] 2.9.315).
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Adds a shape of that name with an alternative text ([MS-ODRAW] 2.3.4).
    #[must_use]
    pub fn shape(mut self, name: &str, alternative: &str) -> Self {
        self.shape = Some((name.into(), alternative.into()));
        self
    }

    /// Adds a bookmark of the characters from one place to another.
    #[must_use]
    pub fn bookmark(mut self, name: &str, from: u32, to: u32) -> Self {
        self.bookmark = Some((name.into(), from, to));
        self
    }

    /// The bytes of the file.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        self.to_cfb().build()
    }

    /// The compound file, to which faults can still be added.
    #[must_use]
    pub fn to_cfb(&self) -> cfb::Builder {
        let mut file = cfb::Builder::new();
        let (mut document, mut table) = (document(), piece_table());
        self.keep(&mut document, &mut table);
        if !self.texts.is_empty() || self.template.is_some() {
            self.add_texts(&mut document, &mut table);
        }
        if self.encrypted {
            patch(&mut document, 10, &0x1300_u16.to_le_bytes()); // fEncrypted, fWhichTblStm
            document[TEXT_AT..]
                .iter_mut()
                .for_each(|byte| *byte ^= 0x5A);
            // EncryptionVersionInfo of RC4, [MS-OFFCRYPTO] 2.3.6.1, then salt and verifiers.
            let header = [&[1, 0, 1, 0][..], &[0x11; 48]].concat();
            patch(&mut document, 14, &(header.len() as u32).to_le_bytes()); // lKey
            table.splice(0..0, header);
        }
        file.class(
            "",
            *b"\x06\x09\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46",
        )
        .stream("WordDocument", document)
        .stream("1Table", table);
        if let Some(project) = &self.project {
            project.add_to(&mut file, "Macros");
        }
        file
    }

    /// Puts added text behind the own line, with the lists of its pieces and of its fields.
    fn add_texts(&self, document: &mut Vec<u8>, table: &mut Vec<u8>) {
        let own = TEXT.len() as u32 + 1;
        let mut units: Vec<u16> = Vec::new();
        for (story, text) in &self.texts {
            let text: Vec<u16> = text.encode_utf16().collect();
            let before: u32 = if *story == Story::Main { own } else { 0 };
            let (length, fields) = story.fib();
            patch(
                document,
                length,
                &(before + text.len() as u32).to_le_bytes(),
            );
            let list = field_list(&text, before);
            patch(document, fields, &(table.len() as u32).to_le_bytes());
            patch(document, fields + 4, &(list.len() as u32).to_le_bytes());
            table.put(&list);
            units.extend(text);
        }
        let mut positions = vec![0, own];
        let mut pieces: Vec<u32> = vec![0x4000_0000 | (TEXT_AT as u32 * 2)];
        let cut = if self.cut == 0 {
            units.len().max(1)
        } else {
            self.cut
        };
        let mut parts: Vec<(usize, &[u16])> = units.chunks(cut).enumerate().collect();
        for (_, part) in &parts {
            let last = *positions.last().expect("there are two");
            positions.push(last + part.len() as u32);
            pieces.push(0);
        }
        parts.reverse();
        for (number, part) in parts {
            let narrow = number % 2 == 1 && part.iter().all(|unit| *unit < 0x80);
            let at = document.len() as u32;
            if narrow {
                document.extend(part.iter().map(|unit| *unit as u8));
                pieces[number + 1] = 0x4000_0000 | (at * 2);
            } else {
                document.extend(part.iter().flat_map(|unit| unit.to_le_bytes()));
                pieces[number + 1] = at;
            }
            document.resize(document.len().next_multiple_of(2), 0);
        }
        let mut clx = vec![0x02];
        clx.put32((positions.len() * 4 + pieces.len() * 8) as u32);
        positions.iter().for_each(|position| clx.put32(*position));
        for piece in pieces {
            clx.put16(0);
            clx.put32(piece);
            clx.put16(0);
        }
        patch(document, 0x1A2, &(table.len() as u32).to_le_bytes());
        patch(document, 0x1A6, &(clx.len() as u32).to_le_bytes());
        table.put(&clx);
        if let Some(template) = &self.template {
            let mut strings = Vec::new();
            for field in [0xFFFF, 18, 0] {
                strings.put16(field);
            }
            for index in 0..18 {
                let text = if index == 1 { template.as_str() } else { "" };
                strings.put16(text.encode_utf16().count() as u16);
                strings.put(&utf16(text));
            }
            patch(document, 0x19A, &(table.len() as u32).to_le_bytes());
            patch(document, 0x19E, &(strings.len() as u32).to_le_bytes());
            table.put(&strings);
        }
    }
}

/// A Plcfld, [MS-DOC] 2.8.25: where the characters of fields stand, and what each is.
fn field_list(text: &[u16], before: u32) -> Vec<u8> {
    let marks = text.iter().zip(before..);
    let marks: Vec<_> = marks
        .filter(|(unit, _)| matches!(unit, 0x13..=0x15))
        .collect();
    let mut list = Vec::new();
    marks.iter().for_each(|(_, at)| list.put32(*at));
    list.put32(before + text.len() as u32);
    for (unit, _) in marks {
        list.put(&[*unit as u8, 0]);
    }
    list
}

impl Doc {
    /// Puts what the document keeps besides into both streams.
    fn keep(&self, document: &mut Vec<u8>, table: &mut Vec<u8>) {
        let mut put = |document: &mut Vec<u8>, number: usize, data: &[u8]| {
            let at = 0x9A + number * 8;
            patch(document, at, &(table.len() as u32).to_le_bytes());
            patch(document, at + 4, &(data.len() as u32).to_le_bytes());
            table.put(data);
        };
        if !self.variables.is_empty() {
            let mut data = Vec::new();
            for field in [0xFFFF, self.variables.len() as u16, 4] {
                data.put16(field);
            }
            for (name, _) in &self.variables {
                counted(&mut data, name);
                data.put32(0);
            }
            for (_, value) in &self.variables {
                counted(&mut data, value);
            }
            put(document, 60, &data);
        }
        if let Some((name, alternative)) = &self.shape {
            put(document, 50, &drawing(name, alternative));
        }
        if let Some((name, from, to)) = &self.bookmark {
            let mut names = Vec::new();
            for field in [0xFFFF, 1, 0] {
                names.put16(field);
            }
            counted(&mut names, name);
            put(document, 21, &names);
            let mut starts = Vec::new();
            for field in [*from, 0xFFFF_FFFF, 0] {
                starts.put32(field);
            }
            put(document, 22, &starts);
            let mut ends = Vec::new();
            for field in [*to, 0xFFFF_FFFF] {
                ends.put32(field);
            }
            put(document, 23, &ends);
        }
    }
}

/// Xst, [MS-DOC] 2.9.353.
fn counted(data: &mut Vec<u8>, text: &str) {
    data.put16(text.encode_utf16().count() as u16);
    data.put(&utf16(text));
}

/// A drawing with one shape, [MS-DOC] 2.9.172, [MS-ODRAW] 2.2.
fn drawing(name: &str, alternative: &str) -> Vec<u8> {
    let record = |flags: u16, kind: u16, data: &[u8]| {
        let mut record = Vec::new();
        record.put16(flags);
        record.put16(kind);
        record.put32(data.len() as u32);
        record.put(data);
        record
    };
    let texts = [(0x0380_u16, utf16(name)), (0x0381, utf16(alternative))];
    let mut options = Vec::new();
    for (id, text) in &texts {
        options.put16(id | 0x8000);
        options.put32(text.len() as u32 + 2);
    }
    for (_, text) in &texts {
        options.put(text);
        options.put16(0);
    }
    let shape = [
        record(0x0012, 0xF00A, &[0; 8]),
        record(0x0023, 0xF00B, &options),
    ];
    let shape = record(0x000F, 0xF004, &shape.concat());
    let mut drawing = record(0x000F, 0xF000, &record(0, 0xF006, &[0; 16]));
    drawing.push(0);
    drawing.put(&record(0x000F, 0xF002, &shape));
    drawing
}

/// `WordDocument`: the FIB of Word 97, [MS-DOC] 2.5.1, and the text at [`TEXT_AT`].
fn document() -> Vec<u8> {
    let length = TEXT.len() as u32 + 1;
    let mut fib = Vec::new();
    fib.put16(0xA5EC);
    fib.put16(0x00C1);
    fib.put16(0);
    fib.put16(0x0409);
    fib.put16(0);
    fib.put16(0x1200); // fExtChar, fWhichTblStm: the table stream is `1Table`
    fib.put16(0x00BF);
    fib.zeros(4 + 1 + 1 + 2 + 2 + 4 + 4);
    fib.put16(14);
    fib.zeros(28);
    fib.put16(22);
    fib.put32(4096); // cbMac
    fib.zeros(8);
    fib.put32(length); // ccpText
    fib.zeros(72);
    fib.put16(0x5D);
    let tables = fib.len();
    fib.zeros(744);
    patch(&mut fib, tables + 33 * 8, &0_u32.to_le_bytes()); // fcClx
    patch(
        &mut fib,
        tables + 33 * 8 + 4,
        &(piece_table().len() as u32).to_le_bytes(),
    );
    fib.put16(0);
    fib.zeros(TEXT_AT - fib.len());
    fib.put(TEXT.as_bytes());
    fib.push(b'\r');
    fib.resize(4096, 0);
    fib
}

/// A Clx with one piece of eight-bit text, [MS-DOC] 2.9.38.
fn piece_table() -> Vec<u8> {
    let mut clx = vec![0x02];
    clx.put32(16);
    clx.put32(0);
    clx.put32(TEXT.len() as u32 + 1);
    clx.put16(0);
    clx.put32(0x4000_0000 | (TEXT_AT as u32 * 2));
    clx.put16(0);
    clx
}
