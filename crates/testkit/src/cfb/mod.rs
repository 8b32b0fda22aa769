//! Compound files, [MS-CFB], written sector by sector.
//!
//! Layout of what is written: header, streams from the cutoff up, mini stream, mini FAT,
//! directory, FAT, DIFAT. A well-formed file is accepted by the strict mode of the `cfb` crate.

mod fault;
mod layout;

pub use fault::Fault;

/// A class identifier as stored.
pub type ClassId = [u8; 16];

/// Sector size by major version, [MS-CFB] 2.2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// Sectors of 512 bytes.
    #[default]
    V3,
    /// Sectors of 4096 bytes.
    V4,
}

/// Object types, [MS-CFB] 2.6.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Root,
    Storage,
    Stream,
}

/// One entry of the directory before it is laid out.
#[derive(Clone, Debug)]
struct Node {
    name: String,
    parent: usize,
    kind: Kind,
    class: ClassId,
    data: Vec<u8>,
    scattered: bool,
}

/// Describes a compound file, then writes it.
///
/// Paths are separated by `/` and start below the root; names may hold control characters.
///
/// ```
/// use macrosift_testkit::cfb::{Builder, Fault};
/// let mut file = Builder::new();
/// file.stream("Macros/VBA/dir", b"..").stream("\u{1}CompObj", b"..");
/// assert!(file.build().starts_with(&[0xD0, 0xCF, 0x11, 0xE0]));
/// file.fault(Fault::ByteOrder(0xFEFF));
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    version: Version,
    cutoff: u32,
    nodes: Vec<Node>,
    faults: Vec<Fault>,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// A file with a root storage only.
    #[must_use]
    pub fn new() -> Self {
        Self {
            version: Version::V3,
            cutoff: 4096,
            nodes: vec![Node {
                name: "Root Entry".into(),
                parent: 0,
                kind: Kind::Root,
                class: [0; 16],
                data: Vec::new(),
                scattered: false,
            }],
            faults: Vec::new(),
        }
    }

    /// Chooses the size of sectors.
    pub fn version(&mut self, version: Version) -> &mut Self {
        self.version = version;
        self
    }

    /// Changes the size from which streams have sectors of their own, honestly: streams are laid
    /// out by it. [`Fault::Cutoff`] is the lie.
    pub fn cutoff(&mut self, cutoff: u32) -> &mut Self {
        self.cutoff = cutoff;
        self
    }

    /// Adds a storage and those above it, where they are not there yet.
    pub fn storage(&mut self, path: &str) -> &mut Self {
        self.storage_at(&path.split('/').collect::<Vec<_>>());
        self
    }

    /// Adds a stream, and the storages above it where they are not there yet. A stream of that
    /// path that is there already is replaced.
    pub fn stream(&mut self, path: &str, data: impl Into<Vec<u8>>) -> &mut Self {
        self.stream_at(&path.split('/').collect::<Vec<_>>(), data)
    }

    /// Like [`stream`](Self::stream), for names that hold a slash.
    pub fn stream_at(&mut self, path: &[&str], data: impl Into<Vec<u8>>) -> &mut Self {
        let (name, storages) = path.split_last().expect("a stream has a name");
        let parent = self.storage_at(storages);
        let index = match self.child(parent, name) {
            Some(index) => index,
            None => self.add(parent, name, Kind::Stream),
        };
        self.nodes[index].data = data.into();
        self
    }

    /// Sets the class of a storage; the empty path is the root.
    pub fn class(&mut self, path: &str, class: ClassId) -> &mut Self {
        let index = self.find(path);
        self.nodes[index].class = class;
        self
    }

    /// Lays a stream out in sectors that do not follow one another. Well-formed: a reader has to
    /// gather it.
    pub fn scatter(&mut self, path: &str) -> &mut Self {
        let index = self.find(path);
        self.nodes[index].scattered = true;
        self
    }

    /// Adds a fault.
    pub fn fault(&mut self, fault: Fault) -> &mut Self {
        self.faults.push(fault);
        self
    }

    /// The paths of all streams, in the order in which they were added.
    #[must_use]
    pub fn streams(&self) -> Vec<String> {
        let streams = self.nodes.iter().enumerate();
        streams
            .filter(|(_, node)| node.kind == Kind::Stream)
            .map(|(index, _)| self.path(index))
            .collect()
    }

    /// The bytes of a stream, which must be there.
    #[must_use]
    pub fn data(&self, path: &str) -> &[u8] {
        &self.nodes[self.find(path)].data
    }

    /// Writes the file.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        layout::write(self)
    }

    fn storage_at(&mut self, path: &[&str]) -> usize {
        let mut at = 0;
        for name in path.iter().filter(|name| !name.is_empty()) {
            at = match self.child(at, name) {
                Some(index) => index,
                None => self.add(at, name, Kind::Storage),
            };
        }
        at
    }

    fn add(&mut self, parent: usize, name: &str, kind: Kind) -> usize {
        assert!(
            name.encode_utf16().count() <= 31,
            "a name has at most 31 units, [MS-CFB] 2.6.1"
        );
        self.nodes.push(Node {
            name: name.into(),
            parent,
            kind,
            class: [0; 16],
            data: Vec::new(),
            scattered: false,
        });
        self.nodes.len() - 1
    }

    fn child(&self, parent: usize, name: &str) -> Option<usize> {
        (1..self.nodes.len())
            .find(|&index| self.nodes[index].parent == parent && self.nodes[index].name == name)
    }

    fn path(&self, mut index: usize) -> String {
        let mut path = self.nodes[index].name.clone();
        while self.nodes[index].parent != 0 {
            index = self.nodes[index].parent;
            path = format!("{}/{path}", self.nodes[index].name);
        }
        path
    }

    /// The entry at a path, which must be there.
    fn find(&self, path: &str) -> usize {
        let names = path.split('/').filter(|name| !name.is_empty());
        names.fold(0, |at, name| {
            self.child(at, name)
                .unwrap_or_else(|| panic!("no {name:?} of {path:?} in this file"))
        })
    }
}

#[cfg(test)]
mod tests;
