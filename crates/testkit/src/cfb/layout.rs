//! Sectors, chains, directory and header of one file.

use super::{Builder, Kind, Version};
use crate::bytes::{Put, len32, patch};

pub(super) const FREE: u32 = 0xFFFF_FFFF;
pub(super) const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const FAT_SECTOR: u32 = 0xFFFF_FFFD;
const DIFAT_SECTOR: u32 = 0xFFFF_FFFC;
/// No sibling, no child, [MS-CFB] 2.6.1.
pub(super) const NO_STREAM: u32 = 0xFFFF_FFFF;
/// FAT sectors listed in the header, [MS-CFB] 2.2.
const HEADER_DIFAT: usize = 109;
const MINI_SECTOR: usize = 64;

/// A file between description and bytes: what a fault can reach.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) entries: Vec<Entry>,
    /// The sectors of each entry's data, in order; of the FAT or, for a small stream, mini FAT.
    pub(super) chains: Vec<Vec<u32>>,
    /// Whether the entry's data is in the mini stream.
    pub(super) mini: Vec<bool>,
    pub(super) sectors: Sectors,
    pub(super) mini_sectors: Sectors,
    pub(super) directory: Vec<u32>,
}

/// The fields of a directory entry that vary, [MS-CFB] 2.6.1.
#[derive(Debug)]
pub(super) struct Entry {
    name: Vec<u16>,
    pub(super) kind: u8,
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) child: u32,
    class: [u8; 16],
    pub(super) start: u32,
    pub(super) size: u64,
}

/// Equal sectors, and the table that chains them.
#[derive(Debug)]
pub(super) struct Sectors {
    size: usize,
    data: Vec<u8>,
    pub(super) table: Vec<u32>,
}

impl Sectors {
    const fn new(size: usize) -> Self {
        Self {
            size,
            data: Vec::new(),
            table: Vec::new(),
        }
    }

    /// Stores bytes as one chain; the order of its sectors is shuffled where asked.
    fn add(&mut self, bytes: &[u8], scattered: bool) -> Vec<u32> {
        let first = self.table.len() as u32;
        let count = bytes.len().div_ceil(self.size) as u32;
        // Odd sectors, then even ones: no two neighbours of the chain are neighbours in the file.
        let chain: Vec<u32> = if scattered {
            let odd = (first + 1..first + count).step_by(2);
            odd.chain((first..first + count).step_by(2)).collect()
        } else {
            (first..first + count).collect()
        };
        self.data.zeros(chain.len() * self.size);
        self.table.resize(self.table.len() + chain.len(), FREE);
        for (piece, &sector) in bytes.chunks(self.size).zip(&chain) {
            patch(&mut self.data, sector as usize * self.size, piece);
        }
        for (index, &sector) in chain.iter().enumerate() {
            self.table[sector as usize] = chain.get(index + 1).copied().unwrap_or(END_OF_CHAIN);
        }
        chain
    }

    /// Stores bytes in one sector of a special mark.
    fn add_special(&mut self, bytes: &[u8], mark: u32) {
        let chain = self.add(bytes, false);
        self.table[chain[0] as usize] = mark;
    }

    fn count(&self) -> usize {
        self.table.len()
    }
}

fn start(chain: &[u32]) -> u32 {
    chain.first().copied().unwrap_or(END_OF_CHAIN)
}

/// Table entries as bytes, filled up to whole sectors with free ones.
fn table_bytes(table: &[u32], sector: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = table.iter().flat_map(|entry| entry.to_le_bytes()).collect();
    bytes.resize(bytes.len().next_multiple_of(sector), 0xFF);
    bytes
}

pub(super) fn write(builder: &Builder) -> Vec<u8> {
    let mut builder = builder.clone();
    for fault in builder.faults.clone() {
        fault.describe(&mut builder);
    }
    let faults = &builder.faults;
    let sector = match builder.version {
        Version::V3 => 512,
        Version::V4 => 4096,
    };
    let mut layout = Layout {
        entries: entries(&builder),
        chains: vec![Vec::new(); builder.nodes.len()],
        mini: vec![false; builder.nodes.len()],
        sectors: Sectors::new(sector),
        mini_sectors: Sectors::new(MINI_SECTOR),
        directory: Vec::new(),
    };
    place_streams(&builder, &mut layout);
    for fault in faults {
        fault.relink_mini(&builder, &mut layout);
    }
    let mini_fat = table_bytes(&layout.mini_sectors.table, sector);
    let mini_fat = layout.sectors.add(&mini_fat, false);

    for fault in faults {
        fault.edit_entries(&builder, &mut layout);
    }
    let directory = directory_bytes(&layout.entries, sector);
    layout.directory = layout.sectors.add(&directory, false);
    for fault in faults {
        fault.relink(&builder, &mut layout);
    }
    let (fat, difat) = place_tables(&mut layout.sectors);

    let mut file = header(&builder, &layout, &mini_fat, &fat, &difat);
    file.resize(sector, 0);
    file.put(&layout.sectors.data);
    for fault in faults {
        fault.edit_file(sector, &mut file);
    }
    file
}

fn place_streams(builder: &Builder, layout: &mut Layout) {
    for (index, node) in builder.nodes.iter().enumerate().skip(1) {
        let small = node.data.len() < builder.cutoff as usize;
        let sectors = if small {
            &mut layout.mini_sectors
        } else {
            &mut layout.sectors
        };
        let chain = sectors.add(&node.data, node.scattered);
        if node.kind == Kind::Stream {
            layout.entries[index].start = start(&chain);
            layout.entries[index].size = node.data.len() as u64;
        }
        layout.mini[index] = small;
        layout.chains[index] = chain;
    }
    let root = layout.sectors.add(&layout.mini_sectors.data, false);
    layout.entries[0].start = start(&root);
    layout.entries[0].size = layout.mini_sectors.data.len() as u64;
    layout.chains[0] = root;
}

/// Adds the FAT and, where the header has no room, the DIFAT; gives the sectors of both.
fn place_tables(sectors: &mut Sectors) -> (Vec<u32>, Vec<u32>) {
    let per_sector = sectors.size / 4;
    let (mut fat_count, mut difat_count) = (0, 0);
    loop {
        let fat_need = (sectors.count() + fat_count + difat_count).div_ceil(per_sector);
        // The last entry of a DIFAT sector names the next one, [MS-CFB] 2.5.
        let difat_need = fat_need
            .saturating_sub(HEADER_DIFAT)
            .div_ceil(per_sector - 1);
        if (fat_need, difat_need) == (fat_count, difat_count) {
            break;
        }
        (fat_count, difat_count) = (fat_need, difat_need);
    }
    let first = sectors.count() as u32;
    let fat: Vec<u32> = (first..first + fat_count as u32).collect();
    let after = first + fat_count as u32;
    let difat: Vec<u32> = (after..after + difat_count as u32).collect();

    let mut table = sectors.table.clone();
    table.resize(table.len() + fat_count, FAT_SECTOR);
    table.resize(table.len() + difat_count, DIFAT_SECTOR);
    for piece in table_bytes(&table, sectors.size).chunks(sectors.size) {
        sectors.add_special(piece, FAT_SECTOR);
    }
    let beyond_header = fat.get(HEADER_DIFAT..).unwrap_or_default();
    for (index, named) in beyond_header.chunks(per_sector - 1).enumerate() {
        let mut named = named.to_vec();
        named.resize(per_sector - 1, FREE);
        named.push(difat.get(index + 1).copied().unwrap_or(END_OF_CHAIN));
        sectors.add_special(&table_bytes(&named, sectors.size), DIFAT_SECTOR);
    }
    (fat, difat)
}

/// [MS-CFB] 2.2
fn header(
    builder: &Builder,
    layout: &Layout,
    mini_fat: &[u32],
    fat: &[u32],
    difat: &[u32],
) -> Vec<u8> {
    let (major, shift, directory_count) = match builder.version {
        Version::V3 => (3, 9, 0),
        Version::V4 => (4, 12, layout.directory.len() as u32),
    };
    let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    header.zeros(16);
    header.put16(0x003E);
    header.put16(major);
    header.put16(0xFFFE);
    header.put16(shift);
    header.put16(6);
    header.zeros(6);
    header.put32(directory_count);
    header.put32(fat.len() as u32);
    header.put32(start(&layout.directory));
    header.put32(0);
    header.put32(builder.cutoff);
    header.put32(start(mini_fat));
    header.put32(mini_fat.len() as u32);
    header.put32(start(difat));
    header.put32(difat.len() as u32);
    for index in 0..HEADER_DIFAT {
        header.put32(fat.get(index).copied().unwrap_or(FREE));
    }
    debug_assert_eq!(len32(&header), 512);
    header
}

fn entries(builder: &Builder) -> Vec<Entry> {
    let mut entries: Vec<Entry> = builder
        .nodes
        .iter()
        .map(|node| Entry {
            name: node.name.encode_utf16().collect(),
            kind: match node.kind {
                Kind::Storage => 1,
                Kind::Stream => 2,
                Kind::Root => 5,
            },
            left: NO_STREAM,
            right: NO_STREAM,
            child: NO_STREAM,
            class: node.class,
            start: 0,
            size: 0,
        })
        .collect();
    let unlinked: Vec<usize> = builder
        .faults
        .iter()
        .filter_map(|fault| fault.unlinked(builder))
        .collect();
    for parent in 0..entries.len() {
        let mut siblings: Vec<usize> = (1..entries.len())
            .filter(|&index| builder.nodes[index].parent == parent && !unlinked.contains(&index))
            .collect();
        siblings.sort_by_key(|&index| sort_key(&entries[index].name));
        entries[parent].child = link(&mut entries, &siblings);
    }
    entries
}

/// Shorter names first, then by upper case, [MS-CFB] 2.6.4.
fn sort_key(name: &[u16]) -> (usize, Vec<u16>) {
    let upper = name.iter().map(|&unit| {
        let mut upper = char::from_u32(unit.into())
            .into_iter()
            .flat_map(char::to_uppercase);
        match (upper.next(), upper.next()) {
            (Some(only), None) => u16::try_from(u32::from(only)).unwrap_or(unit),
            _ => unit,
        }
    });
    (name.len(), upper.collect())
}

/// Links sorted siblings as a balanced tree and gives its top. All entries are black, which the
/// format allows.
fn link(entries: &mut [Entry], siblings: &[usize]) -> u32 {
    if siblings.is_empty() {
        return NO_STREAM;
    }
    let middle = siblings.len() / 2;
    let top = siblings[middle];
    entries[top].left = link(entries, &siblings[..middle]);
    entries[top].right = link(entries, &siblings[middle + 1..]);
    top as u32
}

fn directory_bytes(entries: &[Entry], sector: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in entries {
        let name: Vec<u8> = entry
            .name
            .iter()
            .flat_map(|unit| unit.to_le_bytes())
            .collect();
        bytes.put(&name);
        bytes.zeros(64 - name.len());
        bytes.put16(name.len() as u16 + 2);
        bytes.push(entry.kind);
        bytes.push(1);
        bytes.put32(entry.left);
        bytes.put32(entry.right);
        bytes.put32(entry.child);
        bytes.put(&entry.class);
        bytes.zeros(4 + 8 + 8);
        bytes.put32(entry.start);
        bytes.put64(entry.size);
    }
    while bytes.len() % sector != 0 {
        bytes.zeros(68);
        bytes.put(&[0xFF; 12]);
        bytes.zeros(48);
    }
    bytes
}
