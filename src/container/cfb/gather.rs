//! The bytes of a chain: borrowed while its sectors lie in a row, copied from where they do not.

use std::borrow::Cow;

use crate::limits::{Limit, Spent};
use crate::observe::Ledger;

use super::chain::{Chain, End, Links};
use super::fat::Fat;

/// How long a chain is meant to be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Length {
    /// As long as it goes.
    Chain,
    /// So many bytes.
    Bytes(u64),
}

/// A step a sector, and one for so many bytes that whoever reads them passes over in that time:
/// sectors can be large, and the same ones can be in many chains.
pub(super) fn pay(sectors: u32, bytes: usize, ledger: &mut Ledger) -> Result<(), Spent> {
    const BYTES_A_STEP: u32 = 8;
    let passes = (bytes as u64).wrapping_shr(BYTES_A_STEP);
    ledger.charge(Limit::Steps, u64::from(sectors).saturating_add(passes))
}

/// The bytes of the chain that starts at `first`.
pub(super) fn gather<'a>(
    fat: &Fat<'a>,
    first: u32,
    length: Length,
    name: &str,
    ledger: &mut Ledger,
) -> Cow<'a, [u8]> {
    let data = fat.data();
    let bound = fat.bound().saturating_add(1);
    let (want, sectors) = match length {
        Length::Chain => (data.len(), u32::MAX),
        Length::Bytes(bytes) => (
            usize::try_from(bytes).unwrap_or(usize::MAX),
            sectors_for(bytes, fat.sector_size().trailing_zeros()),
        ),
    };
    if pay(sectors.min(bound), want.min(data.len()), ledger).is_err() {
        return Cow::Borrowed(&[]);
    }
    let mut chain = Chain::new(fat, first, sectors);
    let mut pieces = Pieces::new(data, want);
    let open_ended = matches!(length, Length::Chain);
    for sector in chain.by_ref() {
        let start = usize::try_from(fat.offset_of(sector)).unwrap_or(usize::MAX);
        if !pieces.add(start, fat.sector_size(), ledger) {
            break;
        }
    }
    if open_ended {
        pieces.want = pieces.len();
    }
    finish(pieces, chain.end(), name, "[MS-CFB] 2.3", ledger)
}

pub(super) fn finish<'a>(
    pieces: Pieces<'a>,
    end: End,
    name: &str,
    clause: &'static str,
    ledger: &mut Ledger,
) -> Cow<'a, [u8]> {
    let (have, want) = (pieces.len(), pieces.want);
    match end {
        End::Cycle(sector) => ledger.observe(
            "cfb.fat-cycle",
            clause,
            0,
            format_args!("the chain of stream {name} comes back to sector {sector}"),
        ),
        End::Broken(sector) if have < want => ledger.observe(
            "cfb.chain-broken",
            clause,
            0,
            format_args!("the chain of stream {name} leads to {sector:#x} after {have} bytes"),
        ),
        _ if have < want => ledger.observe(
            "cfb.stream-short",
            clause,
            0,
            format_args!("stream {name} declares {want} bytes and has {have}"),
        ),
        _ => {}
    }
    pieces.done()
}

/// Bytes in pieces: one borrowed run for as long as they lie in a row, then a copy.
pub(super) struct Pieces<'a> {
    from: &'a [u8],
    want: usize,
    run: &'a [u8],
    run_end: usize,
    copied: Option<Vec<u8>>,
}

impl<'a> Pieces<'a> {
    pub(super) const fn new(from: &'a [u8], want: usize) -> Self {
        Self {
            from,
            want,
            run: &[],
            run_end: 0,
            copied: None,
        }
    }

    fn len(&self) -> usize {
        self.copied.as_ref().map_or(self.run.len(), Vec::len)
    }

    /// Adds `size` bytes at `start`; says whether to go on.
    pub(super) fn add(&mut self, start: usize, size: usize, ledger: &mut Ledger) -> bool {
        let take = size.min(self.want.saturating_sub(self.len()));
        let end = start.saturating_add(take).min(self.from.len());
        let Some(piece) = self.from.get(start..end) else {
            return false;
        };
        if let Some(copied) = &mut self.copied {
            if ledger
                .charge(Limit::OutputBytes, piece.len() as u64)
                .is_err()
            {
                return false;
            }
            copied.extend_from_slice(piece);
        } else if self.run.is_empty() {
            self.run = piece;
            self.run_end = end;
        } else if self.run_end == start {
            let begin = start.saturating_sub(self.run.len());
            self.run = self.from.get(begin..end).unwrap_or(self.run);
            self.run_end = end;
        } else {
            let bytes = self.run.len().saturating_add(piece.len());
            if ledger.charge(Limit::OutputBytes, bytes as u64).is_err() {
                return false;
            }
            // Grows with what is there; what is declared is free to lie.
            let mut copied = Vec::with_capacity(bytes.saturating_mul(2));
            copied.extend_from_slice(self.run);
            copied.extend_from_slice(piece);
            self.copied = Some(copied);
        }
        piece.len() == take && self.len() < self.want
    }

    fn done(self) -> Cow<'a, [u8]> {
        self.copied.map_or(Cow::Borrowed(self.run), Cow::Owned)
    }
}

/// How many sectors hold so many bytes.
pub(super) fn sectors_for(bytes: u64, shift: u32) -> u32 {
    let whole = bytes.checked_shr(shift).unwrap_or(0);
    let rest = u64::from(whole.checked_shl(shift).is_some_and(|used| used < bytes));
    u32::try_from(whole.saturating_add(rest)).unwrap_or(u32::MAX)
}
