//! Rich text, "Rich Text Format (RTF) Specification" 1.9.1, read as Word reads it.
//!
//! | what | where in the specification | read by |
//! |---|---|---|
//! | groups, control words, `\bin`, `\'xx` | RTF Syntax | `token` |
//! | `\uN`, `\ucN`, `\ansicpg` | Unicode RTF; Character Set | `text` |
//! | `\object`, `\objclass`, `\objdata`, `\objupdate`, `\result` | Objects | `read` |
//! | `\field`, `\*\fldinst`, `\fldrslt` | Fields | `read` |
//! | `\*\template`, `\*\filetbl`, `\*\mailmerge`, `\hlsrc` | Document Area; File Table | `read` |
//! | digits outside the places for them | – | `hex` |
//!
//! [`read`](crate::container::rtf::read) gives what a document holds besides its text. Word passes
//! over what it does not know, even in the middle of an object; so the digits of an object are
//! read in each way that a reader could, and a second search looks for digits that begin like an
//! object in all the rest of the file. Both are one pass; depth is counted and costs a byte a
//! group.

mod hex;
mod read;
mod text;
mod token;

pub use read::read;
pub use token::{Token, Tokens};

/// What a document in rich text holds besides its text.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Document {
    /// Objects, in the order in which they end.
    pub objects: Vec<Object>,
    /// Fields, those inside others first.
    pub fields: Vec<Field>,
    /// Addresses and paths that stand in places of their own.
    pub targets: Vec<Target>,
    /// Where compound files start that stand in the file as they are.
    pub raw: Vec<usize>,
    /// The code page of its text.
    pub code_page: u16,
}

/// An object.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Object {
    /// Where its digits start.
    pub at: u64,
    /// What holds them.
    pub holder: Holder,
    /// What `\objclass` or `\oleclsid` says; empty if neither is there.
    pub class: String,
    /// Whether it is a link (`\objlink`, `\objautlink`, `\linkself`).
    pub link: bool,
    /// Its bytes, once for each way of reading the digits that gives others.
    pub readings: Vec<Vec<u8>>,
}

/// What holds the bytes of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Holder {
    /// `\objdata`, the place for them.
    Object,
    /// `\datastore`, where Word keeps XML of the user.
    DataStore,
    /// `\themedata`: a package.
    Theme,
    /// Anything else: text, a picture, an unknown group.
    Elsewhere,
}

/// A field.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Field {
    /// Where its code starts.
    pub at: u64,
    /// Its code, with the fields in it.
    pub code: Vec<Piece>,
    /// The result shown.
    pub result: String,
}

/// A piece of the code of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Piece {
    /// Text.
    Text(String),
    /// What stands there as `\bin`: text to a program that does not pass it over.
    Binary(String),
    /// The field of that number.
    Field(usize),
}

/// An address or a path in a place of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// Where it starts.
    pub at: u64,
    /// What it is to the document.
    pub role: Role,
    /// The address or path.
    pub text: String,
}

/// What an address or path is to the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// `\*\template`.
    Template,
    /// A file of the file table (`\file`): a part of a master document.
    File,
    /// The source of a mail merge (`\mmdatasource`, `\mmconnectstr`).
    MailMerge,
    /// The file of a linked picture (`pibName`).
    Picture,
    /// A link of a shape (`\hlsrc`).
    Hyperlink,
}
