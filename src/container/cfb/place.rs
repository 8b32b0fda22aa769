//! Where in the file the bytes of a stream lie, [MS-CFB] 2.3 and 2.4.

use std::ops::Range;

use crate::limits::{Limit, Spent};
use crate::observe::Ledger;

use super::File;
use super::chain::{Chain, Links};
use super::directory::Entry;
use super::gather::{pay, sectors_for};

impl File<'_> {
    /// The pieces of the file that make up a stream, in its order; together as long as what
    /// [`stream`](File::stream) gives.
    ///
    /// # Errors
    /// The limit that was reached.
    pub fn places(&self, entry: &Entry, ledger: &mut Ledger) -> Result<Vec<Range<usize>>, Spent> {
        if !self.is_mini(entry) {
            return self.sectors(entry.first_sector(), entry.declared_size(), ledger);
        }
        let Some(root) = self.root() else {
            return Ok(Vec::new());
        };
        let minis = self.sectors(root.first_sector(), root.declared_size(), ledger)?;
        // Where in the mini stream each piece of it begins.
        let mut begins = Vec::with_capacity(minis.len());
        let mut at = 0_usize;
        for piece in &minis {
            begins.push(at);
            at = at.saturating_add(piece.len());
        }
        let shift = self.header.mini_sector_shift;
        let size = 1_usize.checked_shl(shift).unwrap_or(64);
        let most = sectors_for(entry.declared_size(), shift);
        pay(most.min(self.mini_fat.bound()), 0, ledger)?;
        let mut left = usize::try_from(entry.declared_size()).unwrap_or(usize::MAX);
        let mut places = Places::default();
        for sector in Chain::new(&self.mini_fat, entry.first_sector(), most) {
            let Some(mut from) = usize::try_from(sector)
                .ok()
                .and_then(|sector| sector.checked_shl(shift))
            else {
                break;
            };
            let mut want = size.min(left);
            left = left.saturating_sub(want);
            while want > 0 {
                let number = begins
                    .partition_point(|&begin| begin <= from)
                    .checked_sub(1);
                let piece =
                    number.and_then(|number| Some((minis.get(number)?, begins.get(number)?)));
                let Some((piece, &begin)) = piece else {
                    return Ok(places.0);
                };
                let start = piece.start.saturating_add(from.saturating_sub(begin));
                let end = start.saturating_add(want).min(piece.end);
                if start >= end {
                    return Ok(places.0);
                }
                ledger.charge(Limit::Steps, 1)?;
                places.add(start..end);
                let had = end.saturating_sub(start);
                from = from.saturating_add(had);
                want = want.saturating_sub(had);
            }
        }
        Ok(places.0)
    }

    /// The pieces of the file along a chain of sectors, up to so many bytes.
    fn sectors(
        &self,
        first: u32,
        bytes: u64,
        ledger: &mut Ledger,
    ) -> Result<Vec<Range<usize>>, Spent> {
        let size = self.fat.sector_size();
        let sectors = sectors_for(bytes, size.trailing_zeros());
        pay(sectors.min(self.fat.bound().saturating_add(1)), 0, ledger)?;
        let mut left = usize::try_from(bytes).unwrap_or(usize::MAX);
        let mut places = Places::default();
        for sector in Chain::new(&self.fat, first, sectors) {
            let start = usize::try_from(self.fat.offset_of(sector)).unwrap_or(usize::MAX);
            let take = size.min(left);
            let end = start.saturating_add(take).min(self.data.len());
            if start >= end {
                break;
            }
            places.add(start..end);
            left = left.saturating_sub(take);
            if end.saturating_sub(start) < take {
                break;
            }
        }
        Ok(places.0)
    }
}

/// Pieces, joined where they lie in a row.
#[derive(Default)]
struct Places(Vec<Range<usize>>);

impl Places {
    fn add(&mut self, piece: Range<usize>) {
        match self.0.last_mut() {
            Some(last) if last.end == piece.start => last.end = piece.end,
            _ => self.0.push(piece),
        }
    }
}
