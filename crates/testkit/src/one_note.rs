//! Sections of OneNote, [MS-ONESTORE]: as much of one as leads to the files in it.

use crate::bytes::{Put, patch, utf16};

const SECTION: [u8; 16] = *b"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D\xAE\xB1\x53\x78\xD0\x29\x96\xD3";
const REVISION_STORE: [u8; 16] =
    *b"\x3F\xDD\x9A\x10\x1B\x91\xF5\x49\xA5\xD0\x17\x91\xED\xC8\xAE\xD8";
const PACKAGING: [u8; 16] = *b"\x2F\xE9\x8D\x63\xD4\xA6\xC1\x4B\x9A\x36\xB3\xFC\x25\x11\xA5\xB7";
const FILE_HEADER: [u8; 16] = *b"\xE7\x16\xE3\xBD\x65\x26\x11\x45\xA4\xC4\x8D\x4D\x0B\x7A\x9E\xAC";
const FILE_FOOTER: [u8; 16] = *b"\x22\xA7\xFB\x71\x79\x0F\x0B\x4A\xBB\x13\x89\x92\x56\x42\x6B\x24";

/// A file in a section.
#[derive(Clone, Debug)]
struct Embedded {
    name: Option<String>,
    ending: Option<String>,
    data: Vec<u8>,
    declared: Option<u64>,
}

/// A section.
#[derive(Clone, Debug, Default)]
pub struct Section {
    files: Vec<Embedded>,
    cloud: bool,
    password: bool,
    bare: bool,
}

impl Section {
    /// A section with a line of text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A file with a name, whose ending its node has as well.
    #[must_use]
    pub fn file(mut self, name: &str, data: &[u8]) -> Self {
        let ending = name.rfind('.').map(|at| name[at..].to_owned());
        self.files.push(Embedded {
            name: Some(name.to_owned()),
            ending,
            data: data.to_vec(),
            declared: None,
        });
        self
    }

    /// A picture, which has an ending and no name.
    #[must_use]
    pub fn picture(mut self, ending: &str, data: &[u8]) -> Self {
        self.files.push(Embedded {
            name: None,
            ending: Some(ending.to_owned()),
            data: data.to_vec(),
            declared: None,
        });
        self
    }

    /// A file that nothing refers to.
    #[must_use]
    pub fn nameless(mut self, data: &[u8]) -> Self {
        self.files.push(Embedded {
            name: None,
            ending: None,
            data: data.to_vec(),
            declared: None,
        });
        self
    }

    /// The last file declares this length.
    #[must_use]
    pub fn declared(mut self, length: u64) -> Self {
        if let Some(file) = self.files.last_mut() {
            file.declared = Some(length);
        }
        self
    }

    /// In the packaging of [MS-ONESTORE] 2.8.
    #[must_use]
    pub fn cloud(mut self) -> Self {
        self.cloud = true;
        self
    }

    /// With the key of a password, [MS-ONESTORE] 2.5.19.
    #[must_use]
    pub fn password(mut self) -> Self {
        self.password = true;
        self
    }

    /// With zeros for a header, but for the type of file.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// The bytes of the file.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        let mut file = SECTION.to_vec();
        file.zeros(1024 - 16);
        if !self.bare {
            let format = if self.cloud {
                PACKAGING
            } else {
                REVISION_STORE
            };
            patch(&mut file, 48, &format);
            patch(&mut file, 0xAC, &1024_u64.to_le_bytes());
        }
        file.put64(0xA456_7AB1_F5F7_F4C4);
        file.zeros(16);
        file.put(&utf16("INERT TEST DOCUMENT"));
        file.zeros(16);
        if self.password {
            file.put64(0xFB6B_A385_DAD1_A067);
            file.zeros(32);
            file.put64(0x2649_294F_8E19_8B3C);
        }
        for name in self.files.iter().filter_map(|file| file.name.as_ref()) {
            property_set(&mut file, name);
        }
        let mut nodes = Vec::new();
        for (number, embedded) in (0_u32..).zip(&self.files) {
            let offset = file.len() as u64;
            file.put(&FILE_HEADER);
            file.put64(embedded.declared.unwrap_or(embedded.data.len() as u64));
            file.zeros(12);
            file.put(&embedded.data);
            file.zeros(embedded.data.len().next_multiple_of(8) - embedded.data.len());
            file.put(&FILE_FOOTER);
            if let Some(ending) = &embedded.ending {
                node(&mut nodes, number, offset, ending);
            }
        }
        file.extend(nodes);
        if !self.bare {
            let size = file.len() as u64;
            patch(&mut file, 0xC4, &size.to_le_bytes());
        }
        file
    }
}

/// A property set with a number, an identifier of an object, and `EmbeddedFileName` behind them.
fn property_set(file: &mut Vec<u8>, name: &str) {
    let name = utf16(&format!("{name}\0"));
    file.put16(3);
    for id in [0x1400_1D7A_u32, 0x2000_1C3F, 0x1C00_1D9C] {
        file.put32(id);
    }
    file.put32(0x3F80_0000);
    file.put32(name.len() as u32);
    file.put(&name);
    file.zeros(8);
}

/// The nodes that refer to a file: FileDataStoreObjectReferenceFND (2.5.22) and
/// ObjectDeclarationFileData3RefCountFND (2.5.27).
fn node(nodes: &mut Vec<u8>, number: u32, offset: u64, ending: &str) {
    let mut guid = [0x11; 16];
    patch(&mut guid, 0, &number.to_le_bytes());
    // FileNodeID 0x94, size, StpFormat 1 (four bytes), CbFormat 0 (four bytes), BaseType 1.
    let size = 4 + 4 + 4 + 16;
    nodes.put32(0x94 | size << 10 | 1 << 23 | 1 << 27 | 1 << 31);
    nodes.put32(offset as u32);
    nodes.put32(0);
    nodes.put(&guid);
    let text = format!("<ifndf>{{{number:08X}-1111-1111-1111-111111111111}}");
    let reference = utf16(&text);
    nodes.put32(reference.len() as u32 / 2);
    nodes.put(&reference);
    let ending = utf16(ending);
    nodes.put32(ending.len() as u32 / 2);
    nodes.put(&ending);
    nodes.zeros(7);
}
