//! Documents in compound files whose streams are encrypted: which bytes of which streams, and a
//! copy of the file in which they are plain.
//!
//! The schemes leave lengths as they are, so that what a password opens is put in its place in a
//! copy of the file, and every reader reads that as it reads any other. What said that the document
//! is encrypted is taken out of the copy, or it would be opened again.

mod copy;
mod excel;
mod powerpoint;
mod word;

use crate::container::cfb::{Entry, File};
use crate::container::crypto::{Lock, Moved, StreamKey};
use crate::limits::Spent;
use crate::observe::Ledger;

pub use copy::Decrypted;
pub(super) use excel::has_password as workbook_has_password;
pub(super) use word::is_encrypted as word_is_encrypted;

/// A document whose streams are encrypted.
#[derive(Debug)]
pub struct Sealed<'f> {
    /// How.
    pub lock: Lock,
    /// Excel 4.0 macro sheets, which are told without a key.
    pub macro_sheets: u32,
    entry: &'f Entry,
    kind: Kind<'f>,
}

#[derive(Debug)]
enum Kind<'f> {
    Excel,
    Word { table: Option<&'f Entry> },
    PowerPoint(powerpoint::Found<'f>),
}

/// Every document of the file that is encrypted. Costs next to nothing where none is.
#[must_use]
pub fn sealed<'f>(file: &'f File<'_>, ledger: &mut Ledger) -> Vec<Sealed<'f>> {
    let mut found = Vec::new();
    for entry in file.entries().iter().filter(|entry| entry.is_stream()) {
        if entry.is_named("Workbook") || entry.is_named("Book") {
            found.extend(excel::find(file, entry, ledger));
        } else if entry.is_named("WordDocument") {
            found.extend(word::find(file, entry, ledger));
        } else if entry.is_named("PowerPoint Document") {
            found.extend(powerpoint::find(file, entry, ledger));
        }
    }
    found
}

impl Sealed<'_> {
    /// Where it lies.
    #[must_use]
    pub fn place(&self, file: &File<'_>) -> String {
        file.path(self.entry)
    }

    /// Puts its streams into the copy as they are behind the key.
    ///
    /// # Errors
    /// The limit that was reached.
    pub fn open(
        &self,
        file: &File<'_>,
        key: &StreamKey,
        copy: &mut Decrypted,
        ledger: &mut Ledger,
    ) -> Result<(), Spent> {
        match &self.kind {
            Kind::Excel => excel::open(file, self.entry, key, copy, ledger),
            Kind::Word { table } => word::open(file, self.entry, *table, key, copy, ledger),
            Kind::PowerPoint(found) => found.open(file, self.entry, key, copy, ledger),
        }
    }

    /// What RC4 CryptoAPI moved into a stream of its own: storages and streams of the document.
    ///
    /// # Errors
    /// The limit that was reached.
    pub fn moved(
        &self,
        file: &File<'_>,
        key: &StreamKey,
        ledger: &mut Ledger,
    ) -> Result<Vec<Moved>, Spent> {
        // [MS-XLS] 2.1.7.6, [MS-DOC] 2.1.10, [MS-PPT] 2.1.6.
        for name in ["encryption", "EncryptedSummary"] {
            if let Some(entry) = sibling(file, self.entry, name) {
                return key.moved(&file.stream(entry, ledger), ledger);
            }
        }
        Ok(Vec::new())
    }
}

/// A stream in the storage of another.
fn sibling<'f>(file: &'f File<'_>, entry: &Entry, name: &str) -> Option<&'f Entry> {
    file.child(entry.parent()?, name)
        .filter(|entry| entry.is_stream())
}
