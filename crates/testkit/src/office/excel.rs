//! Binary workbooks of Excel 97, [MS-XLS].

use super::TEXT;
use crate::bytes::{Put, len16, patch, utf16};
use crate::cfb;
use crate::ovba::Project;

/// What a sheet is: `dt` of its BoundSheet8, [MS-XLS] 2.4.28, and of its BOF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    /// A worksheet.
    Worksheet,
    /// An Excel 4.0 macro sheet, whose first and only formula is `=HALT()`.
    MacroSheet,
    /// A macro sheet that the BoundSheet8 calls a worksheet.
    MacroSheetLied,
}

/// One sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SheetKind,
    /// `hsState`: 0 visible, 1 hidden, 2 very hidden.
    pub state: u8,
}

/// What a workbook refers to.
#[derive(Clone, Debug)]
pub enum Link {
    /// A SupBook and its ExternName: a program and a topic.
    Dde(String, String),
    /// The same for an object: its class and its path.
    Object(String, String),
    /// A SupBook for a workbook: a path as [MS-XLS] 2.5.277 has it, behind its first mark.
    Workbook(String),
    /// A query that is asked when the workbook is opened (DbQuery, SXString, Qsi).
    Query(String),
    /// An address behind A1 (HLink).
    Hyperlink(String),
}

/// An `.xls`.
#[derive(Clone, Debug)]
pub struct Xls {
    links: Vec<Link>,
    sheets: Vec<Sheet>,
    auto_open: bool,
    encrypted: bool,
    project: Option<Project>,
    cells: Vec<(u16, u16, String)>,
    names: Vec<(String, u16, u16)>,
}

impl Default for Xls {
    fn default() -> Self {
        Self::new()
    }
}

impl Xls {
    /// A workbook with one worksheet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            links: Vec::new(),
            sheets: vec![Sheet {
                name: "Sheet1".into(),
                kind: SheetKind::Worksheet,
                state: 0,
            }],
            auto_open: false,
            encrypted: false,
            project: None,
            cells: Vec::new(),
            names: Vec::new(),
        }
    }

    /// Adds a sheet.
    #[must_use]
    pub fn sheet(mut self, name: &str, kind: SheetKind, state: u8) -> Self {
        self.sheets.push(Sheet {
            name: name.into(),
            kind,
            state,
        });
        self
    }

    /// Adds a link to elsewhere.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.links.push(link);
        self
    }

    /// Adds the built-in name `Auto_Open`, which starts A1 of the last sheet.
    #[must_use]
    pub fn auto_open(mut self) -> Self {
        self.auto_open = true;
        self
    }

    /// Adds a FilePass record of 40-bit RC4 and garbles what encryption covers. The project and
    /// the types of sheets stay readable, as they do in such workbooks.
    #[must_use]
    pub fn encrypted(mut self) -> Self {
        self.encrypted = true;
        self
    }

    /// Gives the first sheet another name.
    #[must_use]
    pub fn rename(mut self, name: &str) -> Self {
        self.sheets[0].name = name.into();
        self
    }

    /// Adds a cell to the first sheet, whose text lies among those that cells share; row and column
    /// from 0.
    #[must_use]
    pub fn cell(mut self, row: u16, column: u16, text: &str) -> Self {
        self.cells.push((row, column, text.into()));
        self
    }

    /// Adds a name for a cell of the first sheet.
    #[must_use]
    pub fn name(mut self, name: &str, row: u16, column: u16) -> Self {
        self.names.push((name.into(), row, column));
        self
    }

    /// Adds a project, in the storage `_VBA_PROJECT_CUR`.
    #[must_use]
    pub fn project(mut self, project: Project) -> Self {
        self.project = Some(project);
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
        file.class(
            "",
            *b"\x20\x08\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46",
        )
        .stream("Workbook", self.workbook());
        if let Some(project) = &self.project {
            project.add_to(&mut file, "_VBA_PROJECT_CUR");
        }
        file
    }

    fn workbook(&self) -> Vec<u8> {
        let mut stream = Vec::new();
        bof(&mut stream, 0x0005);
        if self.encrypted {
            // RC4, version 1.1, salt, verifier and its hash, [MS-XLS] 2.4.117.
            let pass = [&[1, 0, 1, 0, 1, 0][..], &[0x11; 48]].concat();
            record(&mut stream, 0x002F, &pass);
        }
        let garble_from = stream.len();
        record(&mut stream, 0x0042, &0x04B0_u16.to_le_bytes()); // CodePage
        if self.project.is_some() {
            record(&mut stream, 0x00D3, &[]); // ObProj
        }
        let mut positions = Vec::new();
        for sheet in &self.sheets {
            positions.push(stream.len() + 4);
            let macro_sheet = sheet.kind == SheetKind::MacroSheet;
            let mut data = vec![0, 0, 0, 0, sheet.state, macro_sheet.into()];
            data.put(&short_text(&sheet.name));
            record(&mut stream, 0x0085, &data);
        }
        if self.auto_open {
            self.auto_open_name(&mut stream);
        }
        if !self.names.is_empty() {
            self.cell_names(&mut stream);
        }
        if !self.cells.is_empty() {
            shared_texts(&mut stream, &self.cells);
        }
        for link in &self.links {
            write_link(&mut stream, link);
        }
        record(&mut stream, 0x000A, &[]);
        let mut cells = self.cells.as_slice();
        for (sheet, position) in self.sheets.iter().zip(positions) {
            let start = stream.len() as u32;
            patch(&mut stream, position, &start.to_le_bytes());
            write_sheet(&mut stream, sheet, std::mem::take(&mut cells));
        }
        if self.encrypted {
            garble(&mut stream, garble_from);
        }
        stream.resize(stream.len().max(4096), 0);
        stream
    }

    /// The same for names of cells.
    fn cell_names(&self, stream: &mut Vec<u8>) {
        let mut sheets = Vec::new();
        for field in [1, 0, 0, 0] {
            sheets.put16(field);
        }
        record(stream, 0x0017, &sheets);
        for (name, row, column) in &self.names {
            let mut formula = vec![0x3A]; // PtgRef3d
            for field in [0, *row, *column] {
                formula.put16(field);
            }
            let text = short_text(name);
            let mut data = Vec::new();
            data.put16(0);
            data.put(&[0, text[0]]);
            data.put16(len16(&formula));
            data.zeros(8);
            data.put(&text[1..]);
            data.put(&formula);
            record(stream, 0x0018, &data);
        }
    }

    /// SupBook and ExternSheet for the workbook itself, and the hidden Lbl.
    fn auto_open_name(&self, stream: &mut Vec<u8>) {
        let last = self.sheets.len() as u16 - 1;
        let mut book = Vec::new();
        book.put16(self.sheets.len() as u16);
        book.put16(0x0401);
        record(stream, 0x01AE, &book);
        let mut sheets = Vec::new();
        for field in [1, 0, last, last] {
            sheets.put16(field);
        }
        record(stream, 0x0017, &sheets);

        let mut formula = vec![0x3A]; // PtgRef3d
        for field in [0, 0, 0] {
            formula.put16(field);
        }
        let mut name = Vec::new();
        name.put16(0x0021); // fHidden, fBuiltin
        name.put(&[0, 1]);
        name.put16(len16(&formula));
        name.zeros(8);
        name.put(&[0, 1]); // Auto_Open, [MS-XLS] 2.4.150
        name.put(&formula);
        record(stream, 0x0018, &name);
    }
}

fn write_link(stream: &mut Vec<u8>, link: &Link) {
    match link {
        Link::Dde(program, topic) | Link::Object(program, topic) => {
            let object = matches!(link, Link::Object(..));
            sup_book(stream, 0, &format!("{program}\u{3}{topic}"));
            let mut name = Vec::new();
            name.put16(if object { 0x0010 } else { 0x0002 });
            name.zeros(4);
            name.put(&short_text("item"));
            record(stream, EXTERN_NAME, &name);
        }
        Link::Workbook(path) => sup_book(stream, 1, &format!("\u{1}{path}")),
        Link::Query(text) => {
            record(stream, 0x00DC, &[0; 12]);
            record(stream, 0x00CD, &long_text(text));
            record(stream, 0x01AD, &[0x20, 0, 0, 0]);
        }
        Link::Hyperlink(address) => {
            let mut link = vec![0; 8];
            link.put(STD_LINK);
            link.put32(2);
            link.put32(3); // hlstmfHasMoniker, hlstmfIsAbsolute
            link.put(URL_MONIKER);
            let address = utf16(&format!("{address}\0"));
            link.put32(address.len() as u32);
            link.put(&address);
            record(stream, 0x01B8, &link);
        }
    }
}

const EXTERN_NAME: u16 = 0x0023;
const STD_LINK: &[u8] = b"\xD0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B";
const URL_MONIKER: &[u8] = b"\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B";

/// [MS-XLS] 2.4.271
fn sup_book(stream: &mut Vec<u8>, sheets: u16, path: &str) {
    let mut book = Vec::new();
    book.put16(sheets);
    book.put(&long_text(path));
    record(stream, 0x01AE, &book);
}

/// XLUnicodeString, [MS-XLS] 2.5.294, in two bytes a character.
fn long_text(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.put16(text.encode_utf16().count() as u16);
    bytes.push(1);
    bytes.put(&utf16(text));
    bytes
}

/// ShortXLUnicodeString, [MS-XLS] 2.5.240: eight bits a unit where they are enough.
fn short_text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let wide = units.iter().any(|&unit| unit > 0xFF);
    let mut bytes = vec![units.len() as u8, wide.into()];
    if wide {
        bytes.put(&utf16(text));
    } else {
        bytes.extend(units.iter().map(|&unit| unit as u8));
    }
    bytes
}

/// SST, [MS-XLS] 2.4.265, with records that continue it: a text that does not fit is cut, and goes
/// on behind a flag.
fn shared_texts(stream: &mut Vec<u8>, cells: &[(u16, u16, String)]) {
    const LONGEST: usize = 8224;
    let mut data = Vec::new();
    data.put32(cells.len() as u32);
    data.put32(cells.len() as u32);
    let mut kind = 0x00FC;
    for (_, _, text) in cells {
        let units: Vec<u16> = text.encode_utf16().collect();
        let wide = units.iter().any(|&unit| unit > 0xFF);
        if data.len() + 3 > LONGEST {
            record(stream, kind, &std::mem::take(&mut data));
            kind = 0x003C;
        }
        data.put16(units.len() as u16);
        data.push(wide.into());
        for unit in units {
            if data.len() + 2 > LONGEST {
                record(stream, kind, &std::mem::take(&mut data));
                kind = 0x003C;
                data.push(wide.into());
            }
            if wide {
                data.put16(unit);
            } else {
                data.push(unit as u8);
            }
        }
    }
    record(stream, kind, &data);
}

fn write_sheet(stream: &mut Vec<u8>, sheet: &Sheet, cells: &[(u16, u16, String)]) {
    let worksheet = sheet.kind == SheetKind::Worksheet;
    bof(stream, if worksheet { 0x0010 } else { 0x0040 });
    let mut dimensions = Vec::new();
    for field in [0_u32, 1] {
        dimensions.put32(field);
    }
    for field in [0, 1, 0] {
        dimensions.put16(field);
    }
    record(stream, 0x0200, &dimensions);
    for (number, (row, column, _)) in (0..).zip(cells) {
        let mut data = Vec::new();
        for field in [*row, *column, 0] {
            data.put16(field);
        }
        data.put32(number);
        record(stream, 0x00FD, &data); // LabelSst
    }
    let mut cell = vec![0; 6]; // A1
    if worksheet && cells.is_empty() {
        cell.put16(TEXT.len() as u16);
        cell.push(0);
        cell.put(TEXT.as_bytes());
        record(stream, 0x0204, &cell); // Label
    } else if !worksheet {
        cell.zeros(8 + 2 + 4);
        cell.put16(4);
        cell.put(&[0x42, 0, 0x36, 0]); // PtgFuncVar without arguments, HALT
        record(stream, 0x0006, &cell); // Formula
    }
    record(stream, 0x000A, &[]);
}

/// [MS-XLS] 2.4.21
fn bof(stream: &mut Vec<u8>, kind: u16) {
    let mut data = Vec::new();
    for field in [0x0600, kind, 0x0DBB, 0x07CC] {
        data.put16(field);
    }
    data.put32(0x0000_00C1);
    data.put32(0x0000_0006);
    record(stream, 0x0809, &data);
}

fn record(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
    stream.put16(kind);
    stream.put16(len16(data));
    stream.put(data);
}

/// Masks the data of records, save those that encryption leaves alone, [MS-XLS] 2.2.10.
fn garble(stream: &mut [u8], mut at: usize) {
    while at + 4 <= stream.len() {
        let kind = u16::from_le_bytes([stream[at], stream[at + 1]]);
        let size = usize::from(u16::from_le_bytes([stream[at + 2], stream[at + 3]]));
        let clear = match kind {
            0x0809 => size,
            0x0085 => 4, // lbPlyPos
            _ => 0,
        };
        let data = &mut stream[at + 4..at + 4 + size];
        data[clear..].iter_mut().for_each(|byte| *byte ^= 0x5A);
        at += 4 + size;
    }
}
