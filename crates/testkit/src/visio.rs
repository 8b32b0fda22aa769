//! Writers of binary drawings of Visio.
//!
//! A `VisioDocument` stream: a header, the streams, and a trailer with pointers to them. What the
//! reader's notes on the format say was measured on files; this writes the same by its own means.

use crate::bytes::{Put, patch};
use crate::cfb;
use crate::office::TEXT;

/// How a stream is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Packing {
    /// As it is.
    Stored,
    /// Packed, every byte as it is.
    Literals,
    /// Packed, with copies of what came before.
    #[default]
    Copies,
}

/// A drawing.
#[derive(Clone, Debug)]
pub struct Drawing {
    version: u8,
    packing: Packing,
    portion: usize,
    files: Vec<Vec<u8>>,
    unlisted: bool,
    outside: bool,
    loops: bool,
}

impl Drawing {
    /// A drawing of one text, of this version: 5, 6 or 11.
    #[must_use]
    pub fn new(version: u8) -> Self {
        Self {
            version,
            packing: Packing::default(),
            portion: 8192,
            files: Vec::new(),
            unlisted: false,
            outside: false,
            loops: false,
        }
    }

    /// Adds a compound file: a macro project, or an object.
    #[must_use]
    pub fn file(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.push(bytes.into());
        self
    }

    /// How streams are stored.
    #[must_use]
    pub fn packing(mut self, packing: Packing) -> Self {
        self.packing = packing;
        self
    }

    /// The size of the portions of a compound file.
    #[must_use]
    pub fn portion(mut self, bytes: usize) -> Self {
        self.portion = bytes;
        self
    }

    /// Leaves compound files out of the lists of pointers.
    #[must_use]
    pub fn unlisted(mut self) -> Self {
        self.unlisted = true;
        self
    }

    /// Adds a pointer out of the stream.
    #[must_use]
    pub fn outside(mut self) -> Self {
        self.outside = true;
        self
    }

    /// Adds a list that leads to itself.
    #[must_use]
    pub fn loops(mut self) -> Self {
        self.loops = true;
        self
    }

    /// The file.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        self.to_cfb().build()
    }

    /// The compound file, to which faults can still be added.
    #[must_use]
    pub fn to_cfb(&self) -> cfb::Builder {
        let mut file = cfb::Builder::new();
        file.class(
            "",
            *b"\x13\x1A\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46",
        )
        .stream("VisioDocument", self.document());
        file
    }

    /// The stream alone.
    #[must_use]
    pub fn document(&self) -> Vec<u8> {
        let mut document = b"Visio (TM) Drawing\r\n\0".to_vec();
        document.resize(0x1A, 0);
        document.push(self.version);
        document.resize(0x24, 0);
        document.zeros(self.pointer_size());
        let mut trailer = Vec::new();
        trailer.push(self.stream(&mut document, 0x16, 0x40, TEXT.as_bytes(), self.packing));
        for file in &self.files {
            let mut portions = Vec::new();
            for portion in file.chunks(self.portion) {
                portions.push(self.stream(&mut document, 0x1F, 0x40, portion, self.packing));
            }
            if !self.unlisted {
                trailer.push(self.list(&mut document, 0x0D, &portions, Packing::Stored));
            }
        }
        if self.outside {
            trailer.push([0x17, 0x0100_0000, 64, 0x40]);
        }
        if self.loops {
            // A list is stored as it is, so that it can be known before where it will be.
            let own = [0x27, document.len() as u32, 0, 0x54];
            let size = self.list_bytes(0x27, &[own]).len() as u32;
            let own = [own[0], own[1], size, own[3]];
            trailer.push(self.list(&mut document, 0x27, &[own], Packing::Stored));
        }
        let packing = match self.packing {
            Packing::Stored => Packing::Stored,
            _ => Packing::Copies,
        };
        let root = self.list(&mut document, 0x14, &trailer, packing);
        let size = (document.len() as u32).to_le_bytes();
        patch(&mut document, 0x1C, &size);
        let root = self.pointer(root);
        patch(&mut document, 0x24, &root);
        document
    }

    /// Appends a stream, and gives the pointer to it: type, offset, length, format.
    fn stream(
        &self,
        document: &mut Vec<u8>,
        kind: u32,
        format: u32,
        content: &[u8],
        packing: Packing,
    ) -> [u32; 4] {
        let at = document.len() as u32;
        let (stored, packed) = match packing {
            Packing::Stored => (content.to_vec(), 0),
            _ => {
                let mut whole = 0x200_u32.to_le_bytes().to_vec();
                whole.put(content);
                (pack(&whole, packing == Packing::Copies), 2)
            }
        };
        document.put(&stored);
        [kind, at, stored.len() as u32, format | packed]
    }

    fn list(
        &self,
        document: &mut Vec<u8>,
        kind: u32,
        pointers: &[[u32; 4]],
        packing: Packing,
    ) -> [u32; 4] {
        let content = self.list_bytes(kind, pointers);
        self.stream(document, kind, 0x54 & !2, &content, packing)
    }

    fn list_bytes(&self, kind: u32, pointers: &[[u32; 4]]) -> Vec<u8> {
        let mut content = Vec::new();
        if self.version < 6 {
            content.zeros(match kind {
                0x14 => 130,
                _ => 10,
            });
            content.put16(pointers.len() as u16);
        } else {
            content.put32(12);
            content.zeros(8);
            content.put32(pointers.len() as u32);
            content.put32(0);
        }
        for pointer in pointers {
            content.put(&self.pointer(*pointer));
        }
        content
    }

    const fn pointer_size(&self) -> usize {
        if self.version < 6 { 16 } else { 18 }
    }

    fn pointer(&self, [kind, offset, length, format]: [u32; 4]) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.version < 6 {
            bytes.put16(kind as u16);
            bytes.put16(format as u16);
        } else {
            bytes.put32(kind);
        }
        bytes.put32(0x0290_0000);
        bytes.put32(offset);
        bytes.put32(length);
        if self.version >= 6 {
            bytes.put16(format as u16);
        }
        bytes
    }
}

/// Packs as Visio does: a byte of flags for each eight items, a set bit for a byte as it is.
#[must_use]
pub fn pack(content: &[u8], copies: bool) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut at = 0;
    while at < content.len() {
        let flags_at = packed.len();
        packed.push(0);
        let mut flags = 0_u8;
        for bit in 0..8 {
            if at >= content.len() {
                break;
            }
            match copy_of(content, at).filter(|_| copies) {
                Some((from, length)) => {
                    // The window counts from 18 places further on.
                    let place = (from + 4096 - 18) & 4095;
                    packed.push(place as u8);
                    packed.push(((place >> 8) << 4) as u8 | (length - 3) as u8);
                    at += length;
                }
                None => {
                    flags |= 1 << bit;
                    packed.push(content[at]);
                    at += 1;
                }
            }
        }
        packed[flags_at] = flags;
    }
    packed
}

/// The nearest earlier place with the same bytes, at least three, in the last 255.
fn copy_of(content: &[u8], at: usize) -> Option<(usize, usize)> {
    let same = |from: usize| {
        let pairs = content[from..].iter().zip(&content[at..]);
        pairs.take(18).take_while(|(a, b)| a == b).count()
    };
    let from = (at.saturating_sub(255)..at)
        .rev()
        .find(|from| same(*from) >= 3)?;
    Some((from & 4095, same(from)))
}
