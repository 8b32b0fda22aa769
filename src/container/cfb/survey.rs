//! Which sectors belong to what: cross-links, chains that break, and bytes that nothing uses.
//!
//! One walk over every chain notes who owns each sector. A chain is left at the first sector
//! that has an owner, so the walk is linear in the sectors, whatever the chains say.

use std::ops::Range;

use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

use super::File;
use super::chain::{Chain, End, Links, MAX_REGULAR};
use super::directory::{Entry, ObjectType};
use super::gather::sectors_for;

/// What the walk over all chains found.
#[derive(Debug, Default)]
pub struct Survey {
    /// Runs of bytes that no chain uses, the end of the file included.
    pub unused: Vec<Range<usize>>,
}

impl File<'_> {
    /// Walks every chain. Leaves an observation for sectors that two streams share and for
    /// padding, and a gap for streams whose bytes are not all in the file.
    pub fn survey(&self, ledger: &mut Ledger) -> Survey {
        let mut seen = Owners::new(self.fat.bound().saturating_add(1));
        // A mini sector has to be in the mini FAT and in the mini stream.
        let size = self.mini_stream(ledger).len() as u64;
        let sectors = sectors_for(size, self.header.mini_sector_shift);
        let mut minis = Owners::new(self.mini_fat.bound().min(sectors));
        if ledger
            .charge(Limit::Steps, u64::from(self.fat.bound()))
            .is_err()
        {
            return Survey::default();
        }
        for &sector in self.fat.fat_sectors().iter().chain(&self.fat.difat_sectors) {
            seen.claim(sector, TABLES);
        }
        for first in [
            self.header.first_directory_sector,
            self.header.first_mini_fat_sector,
        ] {
            if first <= MAX_REGULAR {
                let mut chain = Chain::new(&self.fat, first, u32::MAX);
                let mine = |&sector: &u32| seen.claim(sector, TABLES) == Claim::Granted;
                chain.by_ref().take_while(mine).for_each(drop);
            }
        }
        let mut lost = Lost::default();
        let mut tails = Vec::new();
        for (owner, entry) in (TABLES.saturating_add(1)..).zip(&self.entries) {
            let holds_bytes = entry.is_stream() || entry.object_type() == ObjectType::Root;
            if entry.declared_size() == 0 || !holds_bytes {
                continue;
            }
            let (count, first) = (self.sector_count(entry), entry.first_sector());
            let walk = if self.is_mini(entry) {
                follow(&self.mini_fat, &mut minis, first, count, owner)
            } else {
                follow(&self.fat, &mut seen, first, count, owner)
            };
            let whole = match walk {
                Walk::Whole(last) if !self.is_mini(entry) => {
                    tails.push((entry, owner, last));
                    // The last sector may be cut where the stream ends inside it.
                    let used = last_sector_use(entry.declared_size(), self.fat.sector_size());
                    self.fat
                        .sector(last)
                        .is_some_and(|bytes| bytes.len() >= used)
                }
                Walk::Whole(_) => true,
                Walk::Shared(sector) => {
                    if entry.is_linked() {
                        ledger.observe(
                            "cfb.cross-link",
                            "[MS-CFB] 2.3",
                            0,
                            format_args!(
                                "stream {} runs into sector {sector}, which is in use already",
                                entry.name()
                            ),
                        );
                    }
                    true
                }
                Walk::Short(sectors) => {
                    if entry.is_linked() {
                        ledger.observe(
                            "cfb.size-lie",
                            "[MS-CFB] 2.6.1",
                            0,
                            format_args!(
                                "stream {} declares {} bytes and ends after {sectors} sectors",
                                entry.name(),
                                entry.declared_size()
                            ),
                        );
                    }
                    false
                }
                Walk::Broken => false,
            };
            if !whole && entry.is_linked() {
                lost.add(&entry.name());
            }
        }
        lost.tell(ledger);
        for (entry, owner, last) in tails {
            self.observe_tail(entry, owner, last, &seen, ledger);
        }
        let unused = self.unused(&seen);
        self.observe_padding(&unused, ledger);
        Survey { unused }
    }

    /// A stream is whole, and its chain goes on: into itself, or into what belongs to another.
    /// Readers that go by chains and not by sizes differ in what they read.
    fn observe_tail(
        &self,
        entry: &Entry,
        owner: u32,
        last: u32,
        seen: &Owners,
        ledger: &mut Ledger,
    ) {
        let next = self.fat.next(last).filter(|next| *next <= MAX_REGULAR);
        let Some(found) = next.and_then(|next| seen.owner(next)) else {
            return;
        };
        let (code, what) = if found == owner {
            ("cfb.fat-cycle", "comes back to itself")
        } else {
            ("cfb.cross-link", "goes on in that of another stream")
        };
        if found != NOBODY && entry.is_linked() {
            let name = entry.name();
            ledger.observe(
                code,
                "[MS-CFB] 2.3",
                self.fat.offset_of(last),
                format_args!("behind its last byte the chain of stream {name} {what}"),
            );
        }
    }

    fn unused(&self, seen: &Owners) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let header = usize::try_from(self.fat.offset_of(0)).unwrap_or(usize::MAX);
        let mut start = header;
        for sector in seen.owned() {
            let at = usize::try_from(self.fat.offset_of(sector)).unwrap_or(usize::MAX);
            let end = at.saturating_add(self.fat.sector_size());
            if at > start && start < self.data.len() {
                runs.push(start..at.min(self.data.len()));
            }
            start = end;
        }
        if start < self.data.len() {
            runs.push(start..self.data.len());
        }
        runs
    }

    /// Files are blown up to pass size limits of scanners; what counts is what is linked.
    fn observe_padding(&self, unused: &[Range<usize>], ledger: &mut Ledger) {
        const WORTH_TELLING: u64 = 1 << 20;
        let spare = unused
            .iter()
            .fold(self.zeros, |sum, run| sum.saturating_add(run.len() as u64));
        let size = (self.data.len() as u64).saturating_add(self.zeros);
        let used = size.saturating_sub(spare);
        if spare >= WORTH_TELLING && spare.checked_div(20).is_some_and(|part| part > used) {
            let at = unused.last().map_or(0, |run| run.start as u64);
            ledger.observe(
                "cfb.padding",
                "[MS-CFB] 2.3",
                at,
                format_args!("{spare} of {size} bytes belong to no stream"),
            );
        }
    }
}

/// How many bytes of its last sector a stream uses.
fn last_sector_use(size: u64, sector: usize) -> usize {
    let mask = (sector as u64).wrapping_sub(1);
    let rest = usize::try_from(size & mask).unwrap_or(sector);
    if rest == 0 { sector } else { rest }
}

enum Walk {
    /// Every sector is there and was free; the last one.
    Whole(u32),
    /// It ran into this sector of another chain.
    Shared(u32),
    /// It ends, and has fewer sectors than the stream should take.
    Short(u32),
    /// It leaves the file, breaks off, or comes back to itself.
    Broken,
}

fn follow<L: Links>(links: &L, owners: &mut Owners, first: u32, count: u32, owner: u32) -> Walk {
    let mut chain = Chain::new(links, first, count);
    let (mut had, mut last) = (0_u32, first);
    for sector in chain.by_ref() {
        match owners.claim(sector, owner) {
            Claim::Granted => {}
            Claim::Another => return Walk::Shared(sector),
            Claim::Own | Claim::NoSector => return Walk::Broken,
        }
        had = had.saturating_add(1);
        last = sector;
    }
    if had == count && chain.end() == End::Proper {
        Walk::Whole(last)
    } else if chain.end() == End::Proper {
        Walk::Short(had)
    } else {
        Walk::Broken
    }
}

/// The owner of the sectors that hold the tables and the directory.
const TABLES: u32 = 1;
const NOBODY: u32 = 0;

/// Who uses each sector.
struct Owners {
    owners: Vec<u32>,
}

#[derive(PartialEq, Eq)]
enum Claim {
    /// It was free.
    Granted,
    /// The same chain has been here: it goes round.
    Own,
    /// Another chain has it.
    Another,
    /// The file does not reach so far.
    NoSector,
}

impl Owners {
    /// For so many sectors, which the caller has bounded by the length of the file.
    fn new(sectors: u32) -> Self {
        Self {
            owners: vec![NOBODY; usize::try_from(sectors).unwrap_or(0)],
        }
    }

    fn claim(&mut self, sector: u32, by: u32) -> Claim {
        let at = usize::try_from(sector).unwrap_or(usize::MAX);
        match self.owners.get_mut(at) {
            None => Claim::NoSector,
            Some(owner) if *owner == NOBODY => {
                *owner = by;
                Claim::Granted
            }
            Some(owner) if *owner == by => Claim::Own,
            Some(_) => Claim::Another,
        }
    }

    fn owner(&self, sector: u32) -> Option<u32> {
        let at = usize::try_from(sector).ok()?;
        self.owners.get(at).copied()
    }

    fn owned(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..)
            .zip(&self.owners)
            .filter(|(_, owner)| **owner != NOBODY)
            .map(|(at, _)| at)
    }
}

/// Streams that are not all there: told once, with the first names.
#[derive(Default)]
struct Lost {
    names: Vec<String>,
    count: u32,
}

impl Lost {
    fn add(&mut self, name: &str) {
        self.count = self.count.saturating_add(1);
        if self.names.len() < 3 {
            self.names.push(name.to_owned());
        }
    }

    fn tell(&self, ledger: &mut Ledger) {
        if self.count > 0 {
            let names = self.names.join(", ");
            let more = if self.count > 3 { " …" } else { "" };
            ledger.gap(
                Reason::Damaged,
                format_args!(
                    "{} streams are not whole in the file: {names}{more}",
                    self.count
                ),
            );
        }
    }
}
