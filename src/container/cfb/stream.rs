//! The bytes of a stream, [MS-CFB] 2.2 to 2.4: from sectors, or from mini sectors if it is
//! shorter than the cutoff.

use std::borrow::Cow;

use crate::observe::Ledger;

use super::File;
use super::chain::{Chain, Links};
use super::directory::{Entry, ObjectType};
use super::gather::{Length, Pieces, finish, gather, pay, sectors_for};

impl File<'_> {
    /// The bytes of a stream. Borrowed if its sectors lie in a row, else gathered into memory
    /// that is paid for; of a chain that is shorter than the declared size, what is there.
    #[must_use]
    pub fn stream(&self, entry: &Entry, ledger: &mut Ledger) -> Cow<'_, [u8]> {
        if self.is_mini(entry) {
            self.mini(entry, ledger)
        } else {
            let length = Length::Bytes(entry.declared_size());
            gather(
                &self.fat,
                entry.first_sector(),
                length,
                &entry.name(),
                ledger,
            )
        }
    }

    /// The first bytes of a stream, as far as its first sector goes: enough to tell what it is.
    /// Follows no chain and copies nothing but a gathered mini stream.
    #[must_use]
    pub fn head(&self, entry: &Entry, ledger: &mut Ledger) -> &[u8] {
        let size = usize::try_from(entry.declared_size()).unwrap_or(usize::MAX);
        let sector = if self.is_mini(entry) {
            let shift = self.header.mini_sector_shift;
            let start = usize::try_from(entry.first_sector())
                .ok()
                .and_then(|s| s.checked_shl(shift));
            let minis = self.mini_stream(ledger);
            let rest = start
                .and_then(|start| minis.get(start..))
                .unwrap_or_default();
            rest.get(..1_usize.checked_shl(shift).unwrap_or(64))
                .unwrap_or(rest)
        } else {
            self.fat.sector(entry.first_sector()).unwrap_or_default()
        };
        sector.get(..size).unwrap_or(sector)
    }

    /// Whether the stream lies in the mini stream.
    pub(super) fn is_mini(&self, entry: &Entry) -> bool {
        entry.declared_size() < u64::from(self.header.mini_cutoff)
            && entry.object_type() != ObjectType::Root
    }

    /// How many sectors the stream should take.
    pub(super) fn sector_count(&self, entry: &Entry) -> u32 {
        let shift = if self.is_mini(entry) {
            self.header.mini_sector_shift
        } else {
            self.header.sector_shift
        };
        sectors_for(entry.declared_size(), shift)
    }

    /// The stream of the root entry, which holds the mini sectors, [MS-CFB] 2.4.
    pub(super) fn mini_stream(&self, ledger: &mut Ledger) -> &[u8] {
        self.mini_stream.get_or_init(|| {
            let Some(root) = self.root() else {
                return Cow::Borrowed(&[]);
            };
            let length = Length::Bytes(root.declared_size());
            gather(
                &self.fat,
                root.first_sector(),
                length,
                "mini stream",
                ledger,
            )
        })
    }

    fn mini(&self, entry: &Entry, ledger: &mut Ledger) -> Cow<'_, [u8]> {
        let minis = self.mini_stream(ledger);
        let shift = self.header.mini_sector_shift;
        let size = 1_usize.checked_shl(shift).unwrap_or(64);
        let want = usize::try_from(entry.declared_size()).unwrap_or(usize::MAX);
        let most = sectors_for(entry.declared_size(), shift);
        let sectors = most.min(self.mini_fat.bound());
        if pay(sectors, want.min(minis.len()), ledger).is_err() {
            return Cow::Borrowed(&[]);
        }
        let mut chain = Chain::new(&self.mini_fat, entry.first_sector(), most);
        let mut pieces = Pieces::new(minis, want);
        for sector in chain.by_ref() {
            let start = usize::try_from(sector)
                .ok()
                .and_then(|s| s.checked_shl(shift));
            if !start.is_some_and(|start| pieces.add(start, size, ledger)) {
                break;
            }
        }
        finish(pieces, chain.end(), &entry.name(), "[MS-CFB] 2.4", ledger)
    }
}
