//! Compound files, [MS-CFB] revision 12: a small file system of sectors.
//!
//! | at | field of the header (2.2) | read by |
//! |---|---|---|
//! | 0x00 | signature `D0 CF 11 E0 A1 B1 1A E1` | [`is_cfb`](crate::cfb::is_cfb) |
//! | 0x1A | major version, 3 or 4 | `header` |
//! | 0x1C | byte order, `FE FF` | `header` |
//! | 0x1E, 0x20 | sector shift, mini sector shift | `header` |
//! | 0x2C, 0x44, 0x48, 0x4C | FAT sector count, DIFAT start, count, first 109 entries (2.5) | `fat` |
//! | 0x30 | first directory sector (2.6) | `directory` |
//! | 0x38 | cutoff below which a stream lies in the mini stream | `stream` |
//! | 0x3C, 0x40 | mini FAT start, count (2.4) | `mini_fat` |
//!
//! [`File::parse`](crate::cfb::File::parse) reads the header, the sector list of the FAT and the
//! directory; nothing else is touched until it is asked for. A stream is borrowed where its sectors
//! lie in a row and gathered where they do not. Every directory entry is kept: namesakes, entries
//! that no tree reaches, and entries marked unallocated that still point at data. Damage is observed
//! and walked around; the one failure is a file with no directory at all.

mod chain;
mod directory;
mod fat;
mod gather;
mod header;
mod mini_fat;
mod place;
mod stream;
mod survey;
#[cfg(test)]
mod tests;

pub use directory::{Entry, EntryId, ObjectType};
pub use survey::Survey;

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::error::{Error, ErrorKind, Reader};
use crate::limits::{Limit, Limits};
use crate::observe::Ledger;

use chain::Links;
use fat::Fat;
use header::Header;
use mini_fat::MiniFat;

/// The first eight bytes of a compound file, [MS-CFB] 2.2.
pub const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Whether the data starts as a compound file.
#[must_use]
pub fn is_cfb(data: &[u8]) -> bool {
    data.starts_with(&SIGNATURE)
}

/// Whether a file that has lost the zeros at its end has sectors in use among them, so that it can
/// only be read with them. Goes once over the table of sectors.
#[must_use]
pub fn needs_zeros(data: &[u8], ledger: &mut Ledger) -> bool {
    // What is wrong with the file is told when it is read.
    let mut aside = Ledger::new(Limits::unbounded());
    let Ok(header) = Header::parse(data, &mut aside) else {
        return false;
    };
    let fat = Fat::parse(data, &header, &mut aside);
    ledger
        .charge(Limit::Steps, u64::from(fat.bound()))
        .is_ok_and(|()| fat.uses_sectors_beyond())
}

/// A compound file over borrowed bytes.
///
/// ```
/// # use macrosift::{cfb, Ledger, Limits};
/// # let data: &[u8] = b"";
/// let mut ledger = Ledger::new(Limits::mail());
/// if let Ok(file) = cfb::File::parse(data, &mut ledger) {
///     for entry in file.entries().iter().filter(|entry| entry.is_stream()) {
///         let bytes = file.stream(entry, &mut ledger);
///         println!("{}: {} bytes", file.path(entry), bytes.len());
///     }
/// }
/// ```
#[derive(Debug)]
pub struct File<'a> {
    data: &'a [u8],
    header: Header,
    fat: Fat<'a>,
    entries: Vec<Entry>,
    mini_fat: MiniFat<'a>,
    mini_stream: OnceCell<Cow<'a, [u8]>>,
    zeros: u64,
}

impl<'a> File<'a> {
    /// Reads the header, the list of FAT sectors and the directory.
    ///
    /// # Errors
    /// If the data does not start with the signature, or no directory entry can be reached.
    pub fn parse(data: &'a [u8], ledger: &mut Ledger) -> Result<Self, Error> {
        let header = Header::parse(data, ledger)?;
        let fat = Fat::parse(data, &header, ledger);
        let entries = directory::read(&fat, &header, ledger);
        if entries.is_empty() {
            return Err(Error::new(
                Reader::Cfb,
                fat.offset_of(header.first_directory_sector),
                ErrorKind::Malformed {
                    what: "first directory sector",
                    found: u64::from(header.first_directory_sector),
                },
            ));
        }
        let mini_fat = MiniFat::read(&fat, &header, ledger);
        Ok(Self {
            data,
            header,
            fat,
            entries,
            mini_fat,
            mini_stream: OnceCell::new(),
            zeros: 0,
        })
    }

    /// The same file with so many zeros behind the data it was parsed from, which were not kept
    /// because no stream is in them: see [`needs_zeros`].
    #[must_use]
    pub const fn followed_by_zeros(mut self, zeros: u64) -> Self {
        self.zeros = zeros;
        self
    }

    /// Every directory entry in the order of the directory, reachable or not; entries that are
    /// all zero are left out.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The bytes that the file was parsed from.
    #[must_use]
    pub const fn data(&self) -> &'a [u8] {
        self.data
    }

    /// The entry of that number.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        let at = self.entries.binary_search_by_key(&id, Entry::id).ok()?;
        self.entries.get(at)
    }

    /// The root entry: the first one, whatever its type says.
    #[must_use]
    pub fn root(&self) -> Option<&Entry> {
        self.entries.first()
    }

    /// The first entry of that name directly inside `storage`; ASCII letters match in any case.
    /// Goes through the whole directory.
    #[must_use]
    pub fn child(&self, storage: EntryId, name: &str) -> Option<&Entry> {
        let inside = |entry: &&Entry| entry.parent() == Some(storage) && entry.is_named(name);
        self.entries.iter().find(inside)
    }

    /// The names from the root to `entry`, joined by `/`; of more than 64, the last ones behind a
    /// `…`. An entry that no tree reaches is named alone.
    #[must_use]
    pub fn path(&self, entry: &Entry) -> String {
        let mut names = vec![entry.name()];
        let mut parent = entry.parent();
        // A parent has been reached before its child, so this would end; the bound is its cost.
        while let Some(storage) = parent.and_then(|id| self.entry(id))
            && storage.parent().is_some()
        {
            if names.len() >= directory::MAX_DEPTH {
                names.push("…".to_owned());
                break;
            }
            names.push(storage.name());
            parent = storage.parent();
        }
        names.reverse();
        names.join("/")
    }
}
