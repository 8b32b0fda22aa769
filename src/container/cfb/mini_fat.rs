//! The mini FAT, [MS-CFB] 2.4: which mini sector follows which.

use std::borrow::Cow;

use crate::bytes::le32;
use crate::observe::Ledger;

use super::chain::{Links, MAX_REGULAR};
use super::fat::Fat;
use super::gather::{Length, gather};
use super::header::Header;

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
