//! VBA projects and where documents keep them: streams in, [`Project`]s and [`Code`] out.
//!
//! Knows Office, and neither text nor rules. Whatever holds code (a VBA module today) ends up as
//! [`Code`], so that nobody above asks where it came from.

#![deny(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]
#![cfg_attr(
    test,
    allow(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)
)]

use std::ops::Range;

use crate::observe::{Ledger, Reason};

mod load;

/// What formulas do besides computing.
pub(crate) mod formula;

/// What files are that documents hold.
pub mod attached;
/// Classes of objects that are known for what they let a document do.
pub mod classes;
/// What a document is, told by structure and never by its name.
pub mod document;
/// Documents of one XML file.
pub mod flat;
/// Forms and their controls, [MS-OFORMS].
pub mod forms;
/// Basic, events and links of OpenDocument.
pub mod open_document;
/// VBA projects, [MS-OVBA].
pub mod ovba;
/// Source outside any container.
pub mod plain;
/// Sheets and queries in text.
pub mod sheet_text;
/// Texts that code can read and that stand outside it.
pub mod texts;
/// Macros of Word 6 and 95.
pub mod word_basic;

pub use load::{Load, LoadKind};

/// Tells that a workbook of any form has Excel 4.0 macro sheets: code, and not decoded.
pub(crate) fn macro_sheets_unread(ledger: &mut Ledger) {
    ledger.gap(
        Reason::ActiveUnread,
        format_args!("the workbook has Excel 4.0 macro sheets, which are not decoded"),
    );
}

/// The language of a unit of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// Visual Basic for Applications.
    Vba,
    /// Visual Basic Scripting Edition.
    VbScript,
    /// The language of Word 6 and 95, in the form that Word 97 converts it to.
    WordBasic,
    /// The Basic of LibreOffice and OpenOffice.
    Basic,
}

impl Language {
    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vba => "vba",
            Self::VbScript => "vbscript",
            Self::WordBasic => "wordbasic",
            Self::Basic => "basic",
        }
    }

    /// The language that it is read as: the Basic of LibreOffice differs from that of Office in
    /// its library, and hardly in its grammar; WordBasic has been converted.
    #[must_use]
    pub const fn dialect(self) -> Self {
        match self {
            Self::Basic | Self::WordBasic => Self::Vba,
            other => other,
        }
    }
}

/// What a module belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ModuleKind {
    /// Code behind a document, workbook, sheet or slide (`Document=` in `PROJECT`).
    Document,
    /// A standard module (`Module=`).
    Standard,
    /// A class module (`Class=`).
    Class,
    /// A form or other designer (`BaseClass=`).
    Form,
    /// Nothing in the file says.
    Unknown,
}

impl ModuleKind {
    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Standard => "standard",
            Self::Class => "class",
            Self::Form => "form",
            Self::Unknown => "unknown",
        }
    }
}

/// How the bytes of [`Code`] become text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TextEncoding {
    /// A code page of Windows or the Macintosh.
    CodePage(u16),
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
}

/// A unit of code as stored: bytes, and how to read them.
#[derive(Clone, Copy, Debug)]
pub struct Code<'a> {
    /// The stored text, decompressed.
    pub bytes: &'a [u8],
    /// How the bytes become text.
    pub encoding: TextEncoding,
    /// Which language they hold.
    pub language: Language,
}

/// One module of a project.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its name: the Unicode form where there is one, else the form in the code page.
    pub name: String,
    /// The path of its stream from the root of the container.
    pub stream: String,
    /// What it belongs to.
    pub kind: ModuleKind,
    /// Where its source lies in the text buffer that the project was read into.
    pub source: Range<usize>,
    /// Its code page.
    pub code_page: u16,
}

/// Something outside the project that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The name used in code.
    pub name: String,
    /// The library identifier ([MS-OVBA] 2.1.1.8) or the path of the other project.
    pub libid: String,
    /// Whether it is another project (a path) and not a type library.
    pub project: bool,
}

impl Reference {
    /// The path of the library or project, if it is on another machine.
    #[must_use]
    pub fn elsewhere(&self) -> Option<&str> {
        let path = if self.project {
            // The kind of path stands before it ([MS-OVBA] 2.1.1.12).
            let path = self.libid.strip_prefix("*\\");
            path.map_or(self.libid.as_str(), |path| {
                path.get(1..).unwrap_or_default()
            })
        } else {
            // Class, version and locale stand before the path, the name after it (2.1.1.8).
            let mut parts = self.libid.splitn(4, '#').skip(3);
            let rest = parts.next()?;
            rest.rsplit_once('#').map_or(rest, |(path, _)| path)
        };
        (path.contains("://") || path.starts_with(r"\\") || path.starts_with("//")).then_some(path)
    }
}

/// What `CMG`, `DPB` and `GC` of the `PROJECT` stream say ([MS-OVBA] 2.3.1.15 to 2.3.1.17).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Protection {
    /// No protection, or nothing said.
    #[default]
    Open,
    /// Viewing asks for a password.
    Locked,
    /// The values are damaged, so that Office shows no code at all, and still runs it.
    Unviewable,
}

/// One VBA project.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// The path of the storage that holds it; empty for the root.
    pub path: String,
    /// Its declared code page ([MS-OVBA] 2.3.4.2.1.4).
    pub code_page: u16,
    /// Whether the editor would show it.
    pub protection: Protection,
    /// What it refers to.
    pub references: Vec<Reference>,
    /// Its modules, in the order of the `dir` stream, then those found by search.
    pub modules: Vec<Module>,
}

/// A procedure that the document itself calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The name of the procedure as the document has it: `Module1.Go`, `[0]!Go`, `a.xlsm!Go`.
    pub name: String,
    /// What calls it.
    pub by: StartBy,
}

/// What in a document calls a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StartBy {
    /// The ribbon when it is loaded: `onLoad`, `loadImage`, `get…` ([MS-CUSTOMUI2] 2.3).
    RibbonLoad,
    /// The ribbon when it is used: `onAction`, `onChange`.
    Ribbon,
    /// A shape, a button or a control that is clicked.
    Shape,
    /// A shape that the mouse moves over; a field of a form that is entered or left.
    Touch,
    /// A key of the keyboard.
    Key,
    /// A field of the text that is clicked: `MACROBUTTON`.
    Field,
    /// A formula, when it is calculated.
    Formula,
    /// The document, when it is opened or made.
    Opened,
    /// The document, when it is closed.
    Closed,
}
