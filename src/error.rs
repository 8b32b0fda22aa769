//! Why a container or a stream could not be read at all.
//!
//! Readers go on past damage and leave an [`Observation`](crate::Observation); an [`Error`] is
//! for the case in which nothing follows.

use std::fmt;

/// Which reader gave up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reader {
    /// Compound files, [MS-CFB].
    Cfb,
    /// Zip archives, APPNOTE.
    Zip,
    /// Packages, ECMA-376 part 2.
    Opc,
    /// VBA projects, [MS-OVBA].
    Ovba,
}

impl Reader {
    /// The reader's name as it stands in observation codes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cfb => "cfb",
            Self::Zip => "zip",
            Self::Opc => "opc",
            Self::Ovba => "ovba",
        }
    }
}

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes end before `need` more could be read.
    Truncated {
        /// How many bytes were asked for.
        need: u64,
    },
    /// A value that no reading of the format allows.
    Malformed {
        /// Which field.
        what: &'static str,
        /// The value found.
        found: u64,
    },
    /// A valid form that is not decoded.
    Unsupported {
        /// Which form.
        what: &'static str,
    },
    /// A limit was reached; the ledger holds the gap that names it.
    Limit(crate::limits::Spent),
}

/// A failure of one reader: what, where, and with which value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    reader: Reader,
    offset: u64,
}

impl Error {
    pub(crate) const fn new(reader: Reader, offset: u64, kind: ErrorKind) -> Self {
        Self {
            kind,
            reader,
            offset,
        }
    }

    /// What was wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Which reader gave up.
    #[must_use]
    pub const fn reader(&self) -> Reader {
        self.reader
    }

    /// Where, in bytes from the start of what the reader was given.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.reader.name())?;
        match self.kind {
            ErrorKind::Truncated { need } => write!(f, "data ends, {need} more bytes needed")?,
            ErrorKind::Malformed { what, found } => write!(f, "{what} is {found:#x}")?,
            ErrorKind::Unsupported { what } => write!(f, "{what} is not decoded")?,
            ErrorKind::Limit(spent) => write!(f, "{spent}")?,
        }
        write!(f, " at offset {}", self.offset)
    }
}

impl std::error::Error for Error {}
