//! What can be wrong with a compound file, one name a fault.

use super::layout::{Layout, NO_STREAM};
use super::{Builder, Kind, Node};
use crate::bytes::patch;

/// A departure from [MS-CFB]. Streams and storages are named by their path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The last sector of the stream's chain points back to its first.
    Cycle(String),
    /// The last sector of the first stream's chain points into the second's. Both streams can
    /// still be read whole by their sizes.
    CrossLink(String, String),
    /// The first stream starts where the second does; its own sectors are lost.
    SameStart(String, String),
    /// The chain of the stream leaves the file after its first sector.
    ChainLeavesFile(String),
    /// The chain of the stream ends after its first sector.
    ChainCut(String),
    /// The directory entry gives another size than the stream has.
    DeclaredSize(String, u64),
    /// An entry of type 2 that no other entry names.
    Orphan(String),
    /// An entry marked as unallocated whose name, start and size are left, and that no other
    /// entry names.
    Unallocated(String),
    /// A second stream of the same name in the same storage.
    Namesake(String, Vec<u8>),
    /// The entry says that it is of this type.
    ObjectType(String, u8),
    /// The root entry gives another size than the mini stream has.
    MiniStreamSize(u64),
    /// The header gives another cutoff than streams are laid out by.
    Cutoff(u32),
    /// The header's byte order mark.
    ByteOrder(u16),
    /// The header's sector shift.
    SectorShift(u16),
    /// The header's major version.
    MajorVersion(u16),
    /// The header's signature is spoilt.
    Signature,
    /// The header counts this many FAT sectors.
    FatCount(u32),
    /// One more sector, which the header names as the first of the DIFAT and which names itself
    /// as the next.
    DifatCycle,
    /// Two siblings below the storage are each below the other.
    SiblingCycle(String),
    /// The storage is its own child.
    ChildCycle(String),
    /// The directory's chain ends after its first sector.
    DirectoryCut,
    /// The last sector of the directory's chain points back to its first.
    DirectoryCycle,
    /// Bytes before the header.
    Junk(Vec<u8>),
    /// Zeros after the last sector.
    Padding(usize),
    /// The file ends after this many bytes.
    Truncate(usize),
}

impl Fault {
    /// Changes the description.
    pub(super) fn describe(&self, builder: &mut Builder) {
        if let Self::Namesake(path, data) = self {
            let first = builder.nodes[builder.find(path)].clone();
            builder.nodes.push(Node {
                data: data.clone(),
                kind: Kind::Stream,
                ..first
            });
        }
    }

    /// The entry that no other is to name.
    pub(super) fn unlinked(&self, builder: &Builder) -> Option<usize> {
        match self {
            Self::Orphan(path) | Self::Unallocated(path) => Some(builder.find(path)),
            _ => None,
        }
    }

    /// Changes chains of small streams.
    pub(super) fn relink_mini(&self, builder: &Builder, layout: &mut Layout) {
        self.relink_streams(builder, layout, true);
    }

    /// Changes chains of large streams and of the directory.
    pub(super) fn relink(&self, builder: &Builder, layout: &mut Layout) {
        self.relink_streams(builder, layout, false);
        match self {
            Self::DirectoryCut => {
                let first = layout.directory[0] as usize;
                layout.sectors.table[first] = super::layout::FREE;
            }
            Self::DirectoryCycle => {
                let last = *layout.directory.last().expect("there is a directory");
                layout.sectors.table[last as usize] = layout.directory[0];
            }
            _ => {}
        }
    }

    fn relink_streams(&self, builder: &Builder, layout: &mut Layout, mini: bool) {
        let chain = |path: &str| {
            let index = builder.find(path);
            (layout.mini[index] == mini).then(|| layout.chains[index].clone())
        };
        let (at, to) = match self {
            Self::Cycle(path) => match chain(path).as_deref() {
                Some([first, .., last] | [first @ last]) => (*last, *first),
                _ => return,
            },
            Self::CrossLink(path, other) => match (chain(path), chain(other)) {
                (Some(chain), Some(other)) if !chain.is_empty() && !other.is_empty() => {
                    (chain[chain.len() - 1], *other.get(1).unwrap_or(&other[0]))
                }
                _ => return,
            },
            Self::ChainLeavesFile(path) => match chain(path).as_deref() {
                Some([first, ..]) => (*first, 0x00FF_FFF0),
                _ => return,
            },
            Self::ChainCut(path) => match chain(path).as_deref() {
                Some([first, ..]) => (*first, super::layout::END_OF_CHAIN),
                _ => return,
            },
            _ => return,
        };
        let sectors = if mini {
            &mut layout.mini_sectors
        } else {
            &mut layout.sectors
        };
        sectors.table[at as usize] = to;
    }

    /// Changes the directory.
    pub(super) fn edit_entries(&self, builder: &Builder, layout: &mut Layout) {
        let entries = &mut layout.entries;
        match self {
            Self::SameStart(path, other) => {
                entries[builder.find(path)].start = entries[builder.find(other)].start;
            }
            Self::DeclaredSize(path, size) => entries[builder.find(path)].size = *size,
            Self::Unallocated(path) => entries[builder.find(path)].kind = 0,
            Self::ObjectType(path, kind) => entries[builder.find(path)].kind = *kind,
            Self::MiniStreamSize(size) => entries[0].size = *size,
            Self::SiblingCycle(path) => {
                let top = entries[builder.find(path)].child;
                if top != NO_STREAM {
                    let mut lowest = top as usize;
                    // A second fault of this kind meets the cycle of the first.
                    while ![NO_STREAM, top].contains(&entries[lowest].right) {
                        lowest = entries[lowest].right as usize;
                    }
                    entries[lowest].right = top;
                }
            }
            Self::ChildCycle(path) => {
                let index = builder.find(path);
                entries[index].child = index as u32;
            }
            _ => {}
        }
    }

    /// Changes the finished file. What an earlier fault cut away stays away.
    pub(super) fn edit_file(&self, sector: usize, file: &mut Vec<u8>) {
        let mut field = |at: usize, bytes: &[u8]| {
            if at + bytes.len() <= file.len() {
                patch(file, at, bytes);
            }
        };
        match self {
            Self::Signature => field(0, b"\xD0\xCF\x11\xE1"),
            Self::MajorVersion(version) => field(26, &version.to_le_bytes()),
            Self::ByteOrder(mark) => field(28, &mark.to_le_bytes()),
            Self::SectorShift(shift) => field(30, &shift.to_le_bytes()),
            Self::FatCount(count) => field(44, &count.to_le_bytes()),
            Self::Cutoff(cutoff) => field(56, &cutoff.to_le_bytes()),
            Self::DifatCycle if file.len() > sector => {
                let index = (file.len() / sector) as u32 - 1;
                let mut difat = vec![0xFF; sector];
                patch(&mut difat, sector - 4, &index.to_le_bytes());
                patch(file, 68, &index.to_le_bytes());
                patch(file, 72, &0xFFFF_u32.to_le_bytes());
                file.extend(difat);
            }
            Self::Junk(junk) => {
                file.splice(0..0, junk.iter().copied());
            }
            Self::Padding(count) => file.resize(file.len() + count, 0),
            Self::Truncate(length) => file.truncate(*length),
            _ => {}
        }
    }
}
