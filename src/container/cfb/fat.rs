//! Sector allocation: the FAT ([MS-CFB] 2.3), the list of its sectors (DIFAT, 2.5), the mini
//! FAT (2.4), and walking a chain through either.
//!
//! The FAT is read in place: a lookup finds the FAT sector in the list and the entry in that.

use std::borrow::Cow;

use crate::bytes::le32;
use crate::limits::Limit;
use crate::observe::Ledger;

use super::header::Header;
use super::stream::{Length, gather};

/// The largest number of a real sector, [MS-CFB] 2.1; above are the marks.
pub(super) const MAX_REGULAR: u32 = 0xFFFF_FFFA;
/// The mark that ends a chain.
pub(super) const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// The mark of a sector that nothing uses.
pub(super) const FREE: u32 = 0xFFFF_FFFF;
/// The header holds this many entries of the DIFAT, [MS-CFB] 2.2.
const DIFAT_IN_HEADER: usize = 109;

/// A table of links from sector to sector.
pub(super) trait Links {
    /// What the table says about `sector`; `None` where it does not reach.
    fn next(&self, sector: u32) -> Option<u32>;
    /// How many sectors there can be.
    fn bound(&self) -> u32;
}

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
        while next <= MAX_REGULAR && self.sectors.len() < most {
            let Some(bytes) = self.sector(next) else {
                ledger.observe(
                    "cfb.difat-broken",
                    "[MS-CFB] 2.5",
                    self.offset_of(next),
                    format_args!("DIFAT sector {next} lies outside the file"),
                );
                return;
            };
            if self.difat_sectors.len() > most || ledger.charge(Limit::Steps, 1).is_err() {
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

/// The table that links the mini sectors.
#[derive(Debug)]
pub(super) struct MiniFat<'a> {
    entries: Cow<'a, [u8]>,
}

impl<'a> MiniFat<'a> {
    pub(super) fn read(fat: &Fat<'a>, header: &Header, ledger: &mut Ledger) -> Self {
        let entries = if header.first_mini_fat_sector <= MAX_REGULAR {
            gather(
                fat,
                header.first_mini_fat_sector,
                Length::Chain,
                "mini FAT",
                ledger,
            )
        } else {
            Cow::Borrowed(&[][..])
        };
        Self { entries }
    }
}

impl Links for MiniFat<'_> {
    fn next(&self, sector: u32) -> Option<u32> {
        le32(&self.entries, usize::try_from(sector).ok()?.checked_mul(4)?)
    }

    fn bound(&self) -> u32 {
        u32::try_from(self.entries.len() >> 2).unwrap_or(u32::MAX)
    }
}

/// How a chain ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With the mark, or as long as was asked for.
    Proper,
    /// It came back to a sector it had been through.
    Cycle(u32),
    /// A link to a number that is no sector, a free sector, or past the table.
    Broken(u32),
}

/// Walks a chain. Ends for any table: a cycle is recognised by Brent's method, which needs no
/// memory, within three times the length of the part that repeats.
#[derive(Debug)]
pub(super) struct Chain<'t, L> {
    links: &'t L,
    next: u32,
    left: u32,
    end: End,
    turtle: u32,
    power: u32,
    lap: u32,
}

impl<'t, L: Links> Chain<'t, L> {
    /// From `first`, over `most` sectors at the most.
    pub(super) fn new(links: &'t L, first: u32, most: u32) -> Self {
        let end = End::Proper;
        Self {
            links,
            next: first,
            left: most,
            end,
            turtle: FREE,
            power: 1,
            lap: 0,
        }
    }

    /// How it ended; to be asked after the last sector.
    pub(super) const fn end(&self) -> End {
        self.end
    }
}

impl<L: Links> Iterator for Chain<'_, L> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let sector = self.next;
        if self.left == 0 || sector == END_OF_CHAIN {
            return None;
        }
        if sector > MAX_REGULAR {
            self.end = End::Broken(sector);
            self.left = 0;
            return None;
        }
        if sector == self.turtle {
            self.end = End::Cycle(sector);
            self.left = 0;
            return None;
        }
        if self.lap == self.power {
            self.turtle = sector;
            self.power = self.power.saturating_mul(2);
            self.lap = 0;
        }
        self.lap = self.lap.saturating_add(1);
        self.left = self.left.saturating_sub(1);
        // A last sector whose link is lost is still a sector: the chain breaks after it.
        self.next = self.links.next(sector).unwrap_or(FREE);
        Some(sector)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Table(Vec<u32>);

    impl Links for Table {
        fn next(&self, sector: u32) -> Option<u32> {
            self.0.get(sector as usize).copied()
        }
        fn bound(&self) -> u32 {
            self.0.len() as u32
        }
    }

    fn walk(table: &[u32], first: u32, most: u32) -> (Vec<u32>, End) {
        let table = Table(table.to_vec());
        let mut chain = Chain::new(&table, first, most);
        let sectors = chain.by_ref().collect();
        (sectors, chain.end())
    }

    #[test]
    fn a_chain_ends_at_the_mark() {
        assert_eq!(
            walk(&[1, 2, END_OF_CHAIN], 0, 9),
            (vec![0, 1, 2], End::Proper)
        );
        assert_eq!(walk(&[1, 2, END_OF_CHAIN], 0, 2), (vec![0, 1], End::Proper));
        assert_eq!(walk(&[], END_OF_CHAIN, 9), (vec![], End::Proper));
    }

    #[test]
    fn a_cycle_is_recognised_wherever_it_closes() {
        for length in 1..40_u32 {
            for back in 0..length {
                let mut table: Vec<u32> = (1..=length).collect();
                table[length as usize - 1] = back;
                let (sectors, end) = walk(&table, 0, u32::MAX);
                assert!(
                    matches!(end, End::Cycle(_)),
                    "length {length}, back to {back}"
                );
                assert!(sectors.len() <= 4 * length as usize);
            }
        }
    }

    #[test]
    fn a_link_to_nowhere_breaks_the_chain_after_the_sector() {
        assert_eq!(walk(&[1, FREE], 0, 9), (vec![0, 1], End::Broken(FREE)));
        assert_eq!(walk(&[77], 0, 9), (vec![0, 77], End::Broken(FREE)));
    }
}
