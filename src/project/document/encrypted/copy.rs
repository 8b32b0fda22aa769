//! A copy of a compound file, in which streams are replaced by others of the same length.

use std::ops::Range;

use crate::container::cfb::{Entry, File};
use crate::limits::{Limit, Spent};
use crate::observe::{Ledger, Reason};

/// The copy, and where in it streams were replaced.
#[derive(Debug)]
pub struct Decrypted {
    bytes: Vec<u8>,
    replaced: Vec<Range<usize>>,
}

impl Decrypted {
    /// A copy of the whole file.
    ///
    /// # Errors
    /// The limit that was reached.
    pub fn new(file: &File<'_>, ledger: &mut Ledger) -> Result<Self, Spent> {
        ledger.charge(Limit::OutputBytes, file.data().len() as u64)?;
        Ok(Self {
            bytes: file.data().to_vec(),
            replaced: Vec::new(),
        })
    }

    /// The bytes of a stream, to be changed and put back.
    pub(super) fn take(
        file: &File<'_>,
        entry: &Entry,
        ledger: &mut Ledger,
    ) -> Result<Vec<u8>, Spent> {
        let bytes = file.stream(entry, ledger);
        ledger.charge(Limit::OutputBytes, bytes.len() as u64)?;
        Ok(bytes.into_owned())
    }

    /// Replaces the bytes of a stream.
    pub(super) fn put(
        &mut self,
        file: &File<'_>,
        entry: &Entry,
        bytes: &[u8],
        ledger: &mut Ledger,
    ) -> Result<(), Spent> {
        let mut rest = bytes;
        for place in file.places(entry, ledger)? {
            let Some((piece, behind)) = rest.split_at_checked(place.len().min(rest.len())) else {
                break;
            };
            let end = place.start.saturating_add(piece.len());
            if let Some(to) = self.bytes.get_mut(place.start..end) {
                to.copy_from_slice(piece);
            }
            self.replaced.push(place);
            rest = behind;
        }
        Ok(())
    }

    /// The file. Of streams that share bytes only the last is as it should be, which is a gap.
    #[must_use]
    pub fn finish(mut self, ledger: &mut Ledger) -> Vec<u8> {
        self.replaced.sort_unstable_by_key(|place| place.start);
        let mut end = 0;
        for place in &self.replaced {
            if place.start < end {
                ledger.gap(
                    Reason::Damaged,
                    format_args!("encrypted streams share the same bytes, and not all were opened"),
                );
                break;
            }
            end = place.end;
        }
        self.bytes
    }
}

/// Writes a field, as far as there is room for it.
pub(super) fn write(bytes: &mut [u8], at: usize, field: &[u8]) {
    for (to, from) in bytes.iter_mut().skip(at).zip(field) {
        *to = *from;
    }
}
