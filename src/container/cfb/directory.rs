//! The directory, [MS-CFB] 2.6: entries of 128 bytes in a chain of sectors, linked into trees.
//!
//! | at | field (2.6.1) |
//! |---|---|
//! | 0x00, 0x40 | name in UTF-16, its length in bytes with the terminator |
//! | 0x42 | object type: 0 unallocated, 1 storage, 2 stream, 5 root |
//! | 0x44, 0x48, 0x4C | left sibling, right sibling, child |
//! | 0x50 | class of a storage |
//! | 0x74, 0x78 | first sector, size |
//!
//! Entries are listed, not searched for by name, so an unbalanced or unsorted tree hides
//! nothing.

use crate::bytes::{array, le16, le32, le64};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

use super::fat::Fat;
use super::gather::{Length, gather};
use super::header::Header;

/// How many storages a path may name. Depth is limited by the number of entries alone; this
/// bounds what one path costs.
pub(super) const MAX_DEPTH: usize = 64;
/// No sibling or child, [MS-CFB] 2.6.1.
const NO_STREAM: u32 = 0xFFFF_FFFF;

/// The number of a directory entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(u32);

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ObjectType {
    /// Not in use; its other fields may still point at data.
    Unallocated,
    /// A folder.
    Storage,
    /// A file.
    Stream,
    /// The root folder, whose own stream holds the mini sectors.
    Root,
    /// A number that the specification does not define.
    Unknown(u8),
}

/// One directory entry.
#[derive(Clone, Debug)]
pub struct Entry {
    id: EntryId,
    units: [u8; 64],
    units_len: usize,
    object_type: ObjectType,
    class: [u8; 16],
    first_sector: u32,
    declared_size: u64,
    parent: Option<EntryId>,
    linked: bool,
    left: u32,
    right: u32,
    child: u32,
}

impl Entry {
    fn parse(id: u32, bytes: &[u8], version: u16) -> Self {
        let declared_len = usize::from(le16(bytes, 0x40).unwrap_or(0));
        let size = le64(bytes, 0x78).unwrap_or(0);
        Self {
            id: EntryId(id),
            units: array(bytes, 0).unwrap_or([0; 64]),
            // The length counts the terminator, which is not part of the name.
            units_len: declared_len.saturating_sub(2).min(62) & !1,
            object_type: match bytes.get(0x42) {
                Some(0) | None => ObjectType::Unallocated,
                Some(1) => ObjectType::Storage,
                Some(2) => ObjectType::Stream,
                Some(5) => ObjectType::Root,
                Some(&other) => ObjectType::Unknown(other),
            },
            class: array(bytes, 0x50).unwrap_or_default(),
            first_sector: le32(bytes, 0x74).unwrap_or(0),
            // In version 3 the upper half is to be ignored, [MS-CFB] 2.6.1.
            declared_size: if version == 4 {
                size
            } else {
                size & 0xFFFF_FFFF
            },
            parent: None,
            linked: false,
            left: le32(bytes, 0x44).unwrap_or(NO_STREAM),
            right: le32(bytes, 0x48).unwrap_or(NO_STREAM),
            child: le32(bytes, 0x4C).unwrap_or(NO_STREAM),
        }
    }

    /// Its number.
    #[must_use]
    pub const fn id(&self) -> EntryId {
        self.id
    }

    /// Its name, control characters and all; a lone surrogate is U+FFFD.
    #[must_use]
    pub fn name(&self) -> String {
        crate::bytes::text::utf16le(self.raw_name())
    }

    /// Its name as stored: UTF-16, little-endian, without the terminator.
    #[must_use]
    pub fn raw_name(&self) -> &[u8] {
        self.units.get(..self.units_len).unwrap_or_default()
    }

    /// Whether that is its name; ASCII letters match in any case ([MS-CFB] 2.6.4 compares
    /// upper-cased). Does not allocate.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let (units, _) = self.raw_name().as_chunks::<2>();
        let mut units = units.iter().map(|unit| u16::from_le_bytes(*unit));
        let upper = |unit: u16| match u8::try_from(unit) {
            Ok(byte) => u16::from(byte.to_ascii_uppercase()),
            Err(_) => unit,
        };
        name.encode_utf16()
            .all(|want| units.next().map(upper) == Some(upper(want)))
            && units.next().is_none()
    }

    /// What it is.
    #[must_use]
    pub const fn object_type(&self) -> ObjectType {
        self.object_type
    }

    /// Whether it holds bytes: a stream, or something without a known type that points at data.
    #[must_use]
    pub const fn is_stream(&self) -> bool {
        matches!(self.object_type, ObjectType::Stream)
            || (matches!(
                self.object_type,
                ObjectType::Unallocated | ObjectType::Unknown(_)
            ) && self.declared_size > 0)
    }

    /// Whether it is a storage or the root.
    #[must_use]
    pub const fn is_storage(&self) -> bool {
        matches!(self.object_type, ObjectType::Storage | ObjectType::Root)
    }

    /// The class of a storage, as stored.
    #[must_use]
    pub const fn class(&self) -> &[u8; 16] {
        &self.class
    }

    /// The storage that holds it; none for the root and for what no tree reaches.
    #[must_use]
    pub const fn parent(&self) -> Option<EntryId> {
        self.parent
    }

    /// Whether the tree from the root reaches it.
    #[must_use]
    pub const fn is_linked(&self) -> bool {
        self.linked
    }

    /// The number of its first sector or mini sector.
    #[must_use]
    pub const fn first_sector(&self) -> u32 {
        self.first_sector
    }

    /// The size it claims.
    #[must_use]
    #[doc(alias = "StreamSize")]
    pub const fn declared_size(&self) -> u64 {
        self.declared_size
    }
}

/// Reads every entry and finds out which storage holds it.
pub(super) fn read(fat: &Fat<'_>, header: &Header, ledger: &mut Ledger) -> Vec<Entry> {
    let bytes = gather(
        fat,
        header.first_directory_sector,
        Length::Chain,
        "directory",
        ledger,
    );
    let mut entries = Vec::new();
    for (id, raw) in (0_u32..).zip(bytes.chunks_exact(128)) {
        let entry = Entry::parse(id, raw, header.version);
        let unused = entry.object_type == ObjectType::Unallocated
            && (entry.declared_size == 0 || entry.units_len == 0);
        if unused && id != 0 {
            continue;
        }
        if ledger.charge(Limit::Entries, 1).is_err() {
            break;
        }
        entries.push(entry);
    }
    link(&mut entries, ledger);
    entries
}

/// Walks the trees from the root. Each entry is visited once, so that no cycle is followed.
fn link(entries: &mut [Entry], ledger: &mut Ledger) {
    let Some(root) = entries.first_mut() else {
        return;
    };
    root.linked = true;
    let object_type = root.object_type;
    if root.object_type != ObjectType::Root {
        let found = root.object_type;
        ledger.observe(
            "cfb.root-type",
            "[MS-CFB] 2.6.2",
            0,
            format_args!("the first directory entry is {found:?}, not the root"),
        );
    }
    let mut work = vec![(root.child, root.id)];
    // A directory without its root, or with entries that nothing links, has lost a part of itself:
    // the streams are read, and which document they make is not known.
    let mut missing = object_type != ObjectType::Root;
    while let Some((id, parent)) = work.pop() {
        if id == NO_STREAM {
            continue;
        }
        let found = entries.binary_search_by_key(&EntryId(id), Entry::id);
        let Some(entry) = found.ok().and_then(|at| entries.get_mut(at)) else {
            ledger.observe(
                "cfb.entry-missing",
                "[MS-CFB] 2.6.1",
                0,
                format_args!("the directory refers to entry {id}, which is empty or not there"),
            );
            missing = true;
            continue;
        };
        if matches!(
            entry.object_type,
            ObjectType::Unallocated | ObjectType::Unknown(_)
        ) {
            ledger.observe(
                "cfb.object-type",
                "[MS-CFB] 2.6.1",
                0,
                format_args!(
                    "directory entry {id} ({}) is in use and is of type {:?}",
                    entry.name(),
                    entry.object_type
                ),
            );
        }
        if entry.linked {
            ledger.observe(
                "cfb.tree-cycle",
                "[MS-CFB] 2.6.4",
                0,
                format_args!("directory entry {id} is reached twice"),
            );
            continue;
        }
        entry.linked = true;
        entry.parent = Some(parent);
        work.push((entry.right, parent));
        if entry.is_storage() {
            work.push((entry.child, entry.id));
        }
        work.push((entry.left, parent));
    }
    if missing {
        ledger.gap(
            Reason::Damaged,
            format_args!("the directory has lost its root, or entries that it refers to"),
        );
    }
    let mut orphans = 0_u32;
    for entry in entries
        .iter()
        .filter(|e| !e.linked && e.object_type != ObjectType::Unallocated)
    {
        orphans = orphans.saturating_add(1);
        ledger.observe(
            "cfb.orphan-entry",
            "[MS-CFB] 2.6.4",
            0,
            format_args!(
                "no storage links directory entry {} ({})",
                entry.id.0,
                entry.name()
            ),
        );
    }
    if orphans > 0 {
        ledger.gap(
            Reason::Damaged,
            format_args!("no storage links {orphans} entries of the directory"),
        );
    }
}
