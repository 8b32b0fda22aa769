//! Sector allocation: the FAT ([MS-CFB] 2.3) and the list of its sectors (DIFAT, 2.5).
//!
//! The FAT is read in place: a lookup finds the FAT sector in the list and the entry in that.

use crate::bytes::le32;
use crate::limits::Limit;
use crate::observe::Ledger;

use super::chain::{END_OF_CHAIN, FREE, Links, MAX_REGULAR};
use super::header::Header;

/// The header holds this many entries of the DIFAT, [MS-CFB] 2.2.
const DIFAT_IN_HEADER: usize = 109;

/// The sectors of a file and the table that links them.
#[derive(Debug)]
pub(super) struct Fat<'a> {
    data: &'a [u8],
    shift: u32,
    /// The sectors that hold the table, in order.
    sectors: Vec<u32>,
    /// The sectors that hold the list above.
    pub(super) difat_sectors: Vec<u32>,
}

impl<'a> Fat<'a> {
    pub(super) fn parse(data: &'a [u8], header: &Header, ledger: &mut Ledger) -> Self {
        let mut fat = Self {
            data,
            shift: header.sector_shift,
            sectors: Vec::new(),
            difat_sectors: Vec::new(),
        };
        // The table need not be longer than one entry for each sector of the file.
        let per_sector = fat.sector_size() >> 2;
        let bound = usize::try_from(fat.bound()).unwrap_or(usize::MAX);
        let most = bound.checked_div(per_sector).unwrap_or(0).saturating_add(1);
        for at in (0..DIFAT_IN_HEADER).map(|i| 0x4C_usize.saturating_add(i.saturating_mul(4))) {
            match le32(data, at) {
                Some(sector) if sector <= MAX_REGULAR && fat.sectors.len() < most => {
                    fat.sectors.push(sector);
                }
                _ => break,
            }
        }
        fat.follow_difat(header.first_difat_sector, most, ledger);
        fat.check_count(header, ledger);
        fat
    }

    /// Each DIFAT sector lists FAT sectors and ends with the number of the next.
    fn follow_difat(&mut self, first: u32, most: usize, ledger: &mut Ledger) {
        let mut next = first;
        while next <= MAX_REGULAR {
            let Some(bytes) = self.sector(next) else {
                ledger.observe(
                    "cfb.difat-broken",
                    "[MS-CFB] 2.5",
                    self.offset_of(next),
                    format_args!("DIFAT sector {next} lies outside the file"),
                );
                return;
            };
            if ledger.charge(Limit::Steps, 1).is_err() {
                return;
            }
            if self.difat_sectors.len() > most {
                ledger.observe(
                    "cfb.difat-cycle",
                    "[MS-CFB] 2.5",
                    self.offset_of(next),
                    format_args!("the chain of DIFAT sectors does not end"),
                );
                return;
            }
            self.difat_sectors.push(next);
            let (entries, _) = bytes.as_chunks::<4>();
            let (last, entries) = match entries.split_last() {
                Some((last, entries)) => (u32::from_le_bytes(*last), entries),
                None => (END_OF_CHAIN, entries),
            };
            for sector in entries.iter().map(|entry| u32::from_le_bytes(*entry)) {
                if sector <= MAX_REGULAR && self.sectors.len() < most {
                    self.sectors.push(sector);
                }
            }
            next = last;
        }
    }

    fn check_count(&self, header: &Header, ledger: &mut Ledger) {
        let declared = header.declared_fat_sectors;
        if usize::try_from(declared).ok() != Some(self.sectors.len()) {
            ledger.observe(
                "cfb.fat-count",
                "[MS-CFB] 2.2",
                0x2C,
                format_args!(
                    "{declared} FAT sectors declared, {} listed",
                    self.sectors.len()
                ),
            );
        }
        if let Some(&lost) = self
            .sectors
            .iter()
            .find(|&&sector| self.sector(sector).is_none())
        {
            ledger.observe(
                "cfb.fat-missing",
                "[MS-CFB] 2.3",
                self.offset_of(lost),
                format_args!("FAT sector {lost} lies outside the file"),
            );
        }
    }

    /// Whether the table has sectors in use that start behind the end of the file.
    pub(super) fn uses_sectors_beyond(&self) -> bool {
        let per_sector = u32::try_from(self.sector_size() >> 2).unwrap_or(u32::MAX);
        let listed = u32::try_from(self.sectors.len()).unwrap_or(u32::MAX);
        // The header takes the place of a sector.
        let start = self.bound().saturating_sub(1);
        let used = |sector| self.next(sector).is_some_and(|next| next != FREE);
        (start..listed.saturating_mul(per_sector))
            .any(|sector| self.sector(sector).is_none() && used(sector))
    }

    pub(super) const fn data(&self) -> &'a [u8] {
        self.data
    }

    pub(super) fn fat_sectors(&self) -> &[u32] {
        &self.sectors
    }

    /// In bytes.
    pub(super) fn sector_size(&self) -> usize {
        1_usize.checked_shl(self.shift).unwrap_or(512)
    }

    /// Where a sector starts: the header takes the place of one, [MS-CFB] 2.2.
    pub(super) fn offset_of(&self, sector: u32) -> u64 {
        u64::from(sector)
            .saturating_add(1)
            .checked_shl(self.shift)
            .unwrap_or(u64::MAX)
    }

    /// The bytes of a sector; fewer than its size at the end of the file.
    pub(super) fn sector(&self, sector: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(self.offset_of(sector)).ok()?;
        let rest = self.data.get(start..).filter(|rest| !rest.is_empty())?;
        Some(rest.get(..self.sector_size()).unwrap_or(rest))
    }
}

impl Links for Fat<'_> {
    fn next(&self, sector: u32) -> Option<u32> {
        let index = usize::try_from(sector).ok()?;
        let per_sector_shift = self.shift.checked_sub(2)?;
        let holder = *self.sectors.get(index.checked_shr(per_sector_shift)?)?;
        let start = usize::try_from(self.offset_of(holder)).ok()?;
        let within = (index & self.sector_size().checked_shr(2)?.wrapping_sub(1)).checked_shl(2)?;
        le32(self.data, start.checked_add(within)?)
    }

    fn bound(&self) -> u32 {
        let sectors = self.data.len().checked_shr(self.shift).unwrap_or(0);
        u32::try_from(sectors).unwrap_or(u32::MAX)
    }
}
