//! Compound files: streams are what a naive walk over the chains gathers, and what the `cfb`
//! crate reads.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{Cursor, Read};

use macrosift::cfb::{Entry, File};
use macrosift::{Ledger, Limit, Limits};

use super::{assert_linear, cut_short};

/// Storages in a path, beyond which paths are cut.
const DEEP: usize = 60;

/// The target.
pub fn cfb(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::mail());
    let Ok(file) = File::parse(data, &mut ledger) else {
        return;
    };
    assert_linear(&ledger, Limit::Steps, data.len(), 1, 1000);
    file.survey(&mut ledger);
    assert_linear(&ledger, Limit::Steps, data.len(), 2, 1000);

    let naive = Naive::read(data);
    for entry in file.entries().iter().filter(|entry| entry.is_stream()) {
        let stream = file.stream(entry, &mut ledger);
        assert!(stream.len() as u64 <= entry.declared_size());
        if let Cow::Owned(gathered) = &stream {
            let paid = ledger.budget().spent(Limit::OutputBytes);
            assert!(gathered.len() as u64 <= paid);
        }
        assert!(stream.starts_with(file.head(entry, &mut ledger)) || stream.is_empty());
        if cut_short(&ledger) {
            return;
        }
        let Ok(places) = file.places(entry, &mut ledger) else {
            return;
        };
        let pieces = places.into_iter().map(|place| &data[place]);
        let placed = pieces.collect::<Vec<_>>().concat();
        assert!(placed == *stream, "{} has other places", entry.name());
        if let Some((bytes, cycle)) = naive.as_ref().and_then(|naive| naive.stream(entry)) {
            let name = entry.name();
            if cycle {
                assert!(stream.starts_with(&bytes), "{name}");
            } else {
                assert!(
                    stream == bytes,
                    "{name}: {} and {}",
                    stream.len(),
                    bytes.len()
                );
            }
        }
    }
    compare(data, &file, &mut ledger);
}

/// Every stream that the other reader reads is one of ours.
fn compare(data: &[u8], file: &File<'_>, ledger: &mut Ledger) {
    let Ok(mut other) = ::cfb::CompoundFile::open(Cursor::new(data)) else {
        return;
    };
    let streams = other.walk().filter(|entry| entry.is_stream());
    let paths: Vec<_> = streams.map(|entry| entry.path().to_path_buf()).collect();
    for path in paths {
        if path.components().count() > DEEP {
            continue;
        }
        let mut bytes = Vec::new();
        let Ok(stream) = other.open_stream(&path) else {
            continue;
        };
        if stream.take(1 << 20).read_to_end(&mut bytes).is_err() {
            continue;
        }
        let name = path.to_string_lossy();
        let name = name.trim_start_matches('/');
        let ours = file.entries().iter().filter(|entry| entry.is_linked());
        let found = ours
            .filter(|entry| file.path(entry) == name)
            .any(|entry| file.stream(entry, ledger).get(..bytes.len()) == Some(&bytes));
        assert!(found || cut_short(ledger), "{name}: {} bytes", bytes.len());
    }
}

/// A reader that is written for reading, not for speed: vectors of links, sets of what was seen.
struct Naive<'a> {
    data: &'a [u8],
    sector: usize,
    cutoff: u64,
    fat: Vec<u32>,
    mini_fat: Option<Vec<u32>>,
    root: Option<(u32, u64)>,
    version_4: bool,
}

fn u32_at(data: &[u8], at: usize) -> u32 {
    let bytes = data.get(at..at + 4).map(|bytes| bytes.try_into().unwrap());
    bytes.map_or(0xFFFF_FFFF, u32::from_le_bytes)
}

fn links(bytes: &[u8]) -> Vec<u32> {
    let (links, _) = bytes.as_chunks::<4>();
    links.iter().map(|link| u32::from_le_bytes(*link)).collect()
}

impl<'a> Naive<'a> {
    /// `None` for headers that a tolerant reader first has to mend.
    fn read(data: &'a [u8]) -> Option<Self> {
        let field = |at: usize| u16::from_le_bytes([data[at], data[at + 1]]);
        let sector = match (field(0x1A), field(0x1E), field(0x20)) {
            (3, 9, 6) => 512,
            (4, 12, 6) => 4096,
            _ => return None,
        };
        let mut naive = Self {
            data,
            sector,
            cutoff: u64::from(u32_at(data, 0x38)),
            fat: Vec::new(),
            mini_fat: None,
            root: None,
            version_4: sector == 4096,
        };
        let regular = |sector: &u32| *sector <= 0xFFFF_FFFA;
        let header = links(&data[0x4C..0x200]);
        let mut tables: Vec<u32> = header.into_iter().take_while(regular).collect();
        let mut next = u32_at(data, 0x44);
        let mut seen = HashSet::new();
        while regular(&next) && seen.insert(next) {
            let Some(list) = naive.sector_at(next) else {
                break;
            };
            let mut list = links(list);
            let last = list.pop()?;
            tables.extend(list.into_iter().filter(regular));
            next = last;
        }
        for table in tables {
            // Keeps the place of a table that is not there.
            let table = naive.sector_at(table).unwrap_or_default();
            let mut table = links(table);
            table.resize(sector / 4, 0xFFFF_FFFF);
            naive.fat.extend(table);
        }
        let (directory, _) = naive.chain(&naive.fat, u32_at(data, 0x30), usize::MAX);
        let root = naive.gather(&directory, usize::MAX);
        if root.len() >= 128 {
            naive.root = Some((u32_at(&root, 0x74), naive.size(&root[0x78..])));
        }
        let (mini, cycle) = naive.chain(&naive.fat, u32_at(data, 0x3C), usize::MAX);
        if !cycle {
            naive.mini_fat = Some(links(&naive.gather(&mini, usize::MAX)));
        }
        Some(naive)
    }

    fn size(&self, field: &[u8]) -> u64 {
        let upper = if self.version_4 { u32_at(field, 4) } else { 0 };
        u64::from(upper) << 32 | u64::from(u32_at(field, 0))
    }

    fn sector_at(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize + 1) * self.sector;
        let rest = self.data.get(start..).filter(|rest| !rest.is_empty())?;
        Some(rest.get(..self.sector).unwrap_or(rest))
    }

    /// The sectors of a chain up to `most`, and whether it comes back to one.
    fn chain(&self, links: &[u32], first: u32, most: usize) -> (Vec<u32>, bool) {
        let mut sectors = Vec::new();
        let mut seen = HashSet::new();
        let mut next = first;
        while next <= 0xFFFF_FFFA && sectors.len() < most {
            if !seen.insert(next) {
                return (sectors, true);
            }
            sectors.push(next);
            next = links.get(next as usize).copied().unwrap_or(0xFFFF_FFFF);
        }
        (sectors, false)
    }

    fn gather(&self, sectors: &[u32], want: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for sector in sectors {
            let Some(piece) = self.sector_at(*sector) else {
                break;
            };
            bytes.extend_from_slice(piece);
            if piece.len() < self.sector {
                break;
            }
        }
        bytes.truncate(want);
        bytes
    }

    fn large(&self, first: u32, size: u64) -> (Vec<u8>, bool) {
        let want = usize::try_from(size).unwrap_or(usize::MAX);
        // Declared sizes beyond the file are cut to what a chain without a cycle can have.
        let most = want.div_ceil(self.sector);
        let (chain, cycle) = self.chain(&self.fat, first, most);
        (self.gather(&chain, want), cycle)
    }

    /// The bytes of a stream, and whether its chain or that of the mini stream has a cycle.
    fn stream(&self, entry: &Entry) -> Option<(Vec<u8>, bool)> {
        let size = entry.declared_size();
        if size >= self.cutoff {
            return Some(self.large(entry.first_sector(), size));
        }
        let (first, root_size) = self.root?;
        let (minis, mini_cycle) = self.large(first, root_size);
        if mini_cycle {
            return None;
        }
        let want = usize::try_from(size).ok()?;
        let table = self.mini_fat.as_ref()?;
        let (chain, cycle) = self.chain(table, entry.first_sector(), want.div_ceil(64));
        let mut bytes = Vec::new();
        for sector in chain {
            let start = sector as usize * 64;
            let Some(rest) = minis.get(start..) else {
                break;
            };
            let piece = &rest[..rest.len().min(64)];
            bytes.extend_from_slice(piece);
            if piece.len() < 64 {
                break;
            }
        }
        bytes.truncate(want);
        Some((bytes, cycle))
    }
}
