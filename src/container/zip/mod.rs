//! Zip archives, read as everybody reads them at once. APPNOTE.TXT 6.3.10.
//!
//! ```text
//! [local header][data][data descriptor]   one per member   entry.rs
//! [central header] …                      the directory    entry.rs
//! [zip64 record][zip64 locator]                            locate.rs
//! [end of central directory][comment]                      locate.rs
//! ```
//!
//! The format says everything twice, and programs differ in which half they believe. So both are
//! read: the directory names members and their local headers, the two are compared, and what lies
//! between, before and behind them is searched for headers that the directory does not know
//! (salvage.rs). A well-formed archive has no such space, and costs one look at each header.
//! Where two headers disagree on the name, the method, the extent or the encryption of a member,
//! both readings are members; copies of a name are all kept. So whichever program opens the file,
//! what it sees is among the members.
//!
//! Nothing is decoded while reading the structure: an [`Inflater`](crate::container::zip::Inflater)
//! does that member by member.

mod assemble;
mod entry;
mod inflate;
mod locate;
mod name;
mod peek;
mod salvage;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

pub use inflate::{Inflater, Outcome};

use crate::error::Error;
use crate::observe::Ledger;

/// How a member's data is encoded (APPNOTE 4.4.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// As it is; method 0.
    Stored,
    /// Deflated; method 8.
    Deflate,
    /// A method that is not decoded.
    Other(u16),
}

impl From<u16> for Method {
    fn from(number: u16) -> Self {
        match number {
            0 => Self::Stored,
            8 => Self::Deflate,
            other => Self::Other(other),
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stored => f.write_str("stored"),
            Self::Deflate => f.write_str("deflate"),
            Self::Other(number) => write!(f, "method {number}"),
        }
    }
}

/// Which header a member, or this reading of it, was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// The central directory alone.
    Central,
    /// Its local header alone.
    Local,
    /// Both, and they agree.
    Both,
}

/// One member, or one reading of a member whose two headers disagree.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Member<'a> {
    /// Its name as stored; [`Member::name`] is the text.
    pub raw_name: &'a [u8],
    /// How its data is encoded.
    pub method: Method,
    /// Whether it says that it is encrypted.
    pub encrypted: bool,
    /// Its data as stored.
    pub compressed: &'a [u8],
    /// How long its content should be.
    pub declared_size: u64,
    /// The CRC-32 that its content should have.
    pub declared_crc: u32,
    /// Where its local header is, or should be.
    pub offset: u64,
    /// Which header says all this.
    pub origin: Origin,
    /// Where `compressed` starts.
    data_at: usize,
    /// Whether the name is marked as UTF-8.
    utf8: bool,
    /// Whether size and checksum are known; a streamed member without directory has neither.
    stated: bool,
    /// Whether other members have some of the same bytes.
    shared: bool,
    /// Whether the file ends before the data should.
    cut: bool,
}

impl<'a> Member<'a> {
    /// Its name. Without the mark for UTF-8 it is read as UTF-8 if it is that, else in code page
    /// 932 if it is defined there, else in code page 437.
    #[must_use]
    pub fn name(&self) -> Cow<'a, str> {
        name::decode(self.raw_name, self.utf8)
    }

    /// The first byte of its content, where that can be told without decoding it: a look that
    /// costs a small part of [`Inflater::prefix`]. `None` says nothing about the content.
    #[must_use]
    pub fn first_byte(&self) -> Option<u8> {
        match self.method {
            _ if self.encrypted => None,
            Method::Stored => self.compressed.first().copied(),
            Method::Deflate => peek::first_byte(self.compressed),
            Method::Other(_) => None,
        }
    }

    /// The declared CRC-32 and size, where any are declared.
    const fn declared(&self) -> Option<(u32, u64)> {
        if self.stated {
            Some((self.declared_crc, self.declared_size))
        } else {
            None
        }
    }

    /// The name, cut to what a note can hold.
    fn shown(&self) -> String {
        shown(self.raw_name, self.utf8)
    }
}

fn shown(raw: &[u8], utf8: bool) -> String {
    const SHOWN: usize = 120;
    name::decode(raw, utf8).chars().take(SHOWN).collect()
}

/// The structure of one archive, borrowed from its bytes.
///
/// ```
/// use macrosift::{Ledger, Limits, zip};
/// let mut ledger = Ledger::new(Limits::mail());
/// let empty = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
/// let archive = zip::Archive::parse(empty, &mut ledger)?;
/// assert!(archive.members().is_empty());
/// # Ok::<(), macrosift::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Archive<'a> {
    members: Vec<Member<'a>>,
    comment: &'a [u8],
}

impl<'a> Archive<'a> {
    /// Reads the structure of an archive. Pays one [`Limit::Entries`](crate::Limit::Entries) a
    /// header; if they run out, the archive holds what was read before.
    ///
    /// # Errors
    /// There is neither a member nor an end record of an empty archive.
    pub fn parse(data: &'a [u8], ledger: &mut Ledger) -> Result<Self, Error> {
        assemble::archive(data, ledger)
    }

    /// All members and readings of members, in the order of the file.
    #[must_use]
    pub fn members(&self) -> &[Member<'a>] {
        &self.members
    }

    /// The archive's comment.
    #[must_use]
    pub const fn comment(&self) -> &'a [u8] {
        self.comment
    }
}
