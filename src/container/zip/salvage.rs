//! The search for headers where the directory knows of nothing.
//!
//! A gap is searched once for `PK`, and the places of all records in it are kept; every question
//! about "the next record" is then a binary search, so the work is linear in the gap whatever the
//! headers claim.

use std::ops::Range;

use memchr::memmem;

use super::Method;
use super::entry::{self, Central, Local};
use super::locate;
use crate::limits::{Limit, Spent};
use crate::observe::Ledger;

/// How many descriptors behind a header are asked whether they are its own.
const DESCRIPTORS_TRIED: usize = 8;

/// What the gaps hold.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    /// Local headers, each with where its data ends, in the order of the file.
    pub(super) locals: Vec<(Local<'a>, usize)>,
    /// Headers of a central directory.
    pub(super) centrals: Vec<Central<'a>>,
    /// End of central directory records.
    pub(super) ends: Vec<usize>,
    /// How many headers are broken.
    pub(super) cut: usize,
}

impl Found<'_> {
    fn cut_header(&mut self, at: usize, ledger: &mut Ledger) {
        self.cut = self.cut.saturating_add(1);
        ledger.observe(
            "zip.cut-header",
            "APPNOTE 4.3.7",
            at as u64,
            format_args!("a header whose name reaches into what follows"),
        );
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Local,
    Central,
    End,
}

/// Searches `gap` and adds what it holds to `found`.
pub(super) fn search<'a>(
    data: &'a [u8],
    gap: Range<usize>,
    finder: &memmem::Finder<'_>,
    found: &mut Found<'a>,
    ledger: &mut Ledger,
) -> Result<(), Spent> {
    let records = Records::collect(data, gap, finder, ledger)?;
    let mut next = 0;
    while let Some(&(at, kind)) = records.places.get(next) {
        next = next.saturating_add(1);
        // No name holds a signature: where one seems to, its length is broken. It also keeps
        // names apart, so that all of them together are no longer than the gap.
        let limit = records.position(next).unwrap_or(records.end);
        match kind {
            Kind::End => found.ends.push(at),
            Kind::Central => match Central::parse(data, at) {
                Some(central) if central.name_end() <= limit => {
                    ledger.charge(Limit::Entries, 1)?;
                    found.centrals.push(central);
                }
                _ => found.cut_header(at, ledger),
            },
            Kind::Local => {
                let local = Local::parse(data, at).filter(|local| local.name_end() <= limit);
                let Some(local) = local else {
                    found.cut_header(at, ledger);
                    continue;
                };
                ledger.charge(Limit::Entries, 1)?;
                let (end, believed) = records.end_of(data, &local);
                // A broken length of the extra field leads into what follows. Either reading may
                // be right, as an extra field may hold anything.
                if records
                    .position(next)
                    .is_some_and(|next| next < local.data_at)
                    && let Some(bare) = local.without_extra()
                {
                    ledger.charge(Limit::Entries, 1)?;
                    found.locals.push((bare, records.end_of(data, &bare).0));
                }
                found.locals.push((local, end));
                if believed {
                    // What lies inside is this member's: a stored archive keeps its own.
                    next = records.first_from(end).max(next);
                }
            }
        }
    }
    Ok(())
}

/// The places of the records in one gap.
struct Records {
    places: Vec<(usize, Kind)>,
    descriptors: Vec<usize>,
    end: usize,
}

impl Records {
    fn collect(
        data: &[u8],
        gap: Range<usize>,
        finder: &memmem::Finder<'_>,
        ledger: &mut Ledger,
    ) -> Result<Self, Spent> {
        let mut records = Self {
            places: Vec::new(),
            descriptors: Vec::new(),
            end: gap.end,
        };
        for hit in finder.find_iter(data.get(gap.clone()).unwrap_or_default()) {
            let at = gap.start.saturating_add(hit);
            let kind = match crate::bytes::array::<4>(data, at) {
                Some(entry::LOCAL) => Kind::Local,
                Some(entry::CENTRAL) => Kind::Central,
                Some(locate::END) => Kind::End,
                Some([_, _, 7, 8]) => {
                    ledger.charge(Limit::Steps, 1)?;
                    records.descriptors.push(at);
                    continue;
                }
                _ => continue,
            };
            ledger.charge(Limit::Steps, 1)?;
            records.places.push((at, kind));
        }
        Ok(records)
    }

    fn position(&self, index: usize) -> Option<usize> {
        self.places.get(index).map(|&(at, _)| at)
    }

    /// The index of the first record at or after `at`.
    fn first_from(&self, at: usize) -> usize {
        self.places.partition_point(|&(place, _)| place < at)
    }

    /// Where the data of a member ends that no directory vouches for, and whether its own header
    /// or descriptor says so and something follows right there.
    fn end_of(&self, data: &[u8], local: &Local<'_>) -> (usize, bool) {
        let next = self.position(self.first_from(local.data_at));
        let next = next.unwrap_or(self.end);
        if local.data_at >= self.end {
            return (local.data_at.min(data.len()), false);
        }
        let fields = &local.fields;
        if fields.unsized_here() {
            let first = self.descriptors.partition_point(|&at| at < local.data_at);
            let descriptors = self.descriptors.iter().skip(first).take(DESCRIPTORS_TRIED);
            let described = descriptors
                .filter_map(|&at| entry::described(data, local.data_at, at))
                .next()
                .or_else(|| entry::described_unsigned(data, local.data_at, next));
            return match described {
                Some(len) => (local.data_at.saturating_add(len), true),
                None => (next, false),
            };
        }
        let Some(end) = usize::try_from(fields.declared_compressed)
            .ok()
            .and_then(|len| local.data_at.checked_add(len))
        else {
            return (next, false);
        };
        if end == self.end
            || self
                .places
                .get(self.first_from(end))
                .is_some_and(|r| r.0 == end)
        {
            return (end, true);
        }
        // Deflate knows its own end; stored data does not.
        if fields.method == Method::Stored && end < next {
            (end, false)
        } else {
            (next, false)
        }
    }
}
