//! Binary presentations with objects, actions and links, [MS-PPT]; more than
//! [`Ppt`](crate::office::Ppt) writes, and with faults.

use crate::bytes::{Put, len32, patch, utf16};
use crate::cfb;

/// How the storage of an object is stored, [MS-PPT] 2.10.34.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// As it is.
    Plain,
    /// As a zlib stream behind its size.
    Zlib,
    /// The same, ended by a flush and no mark of the end, as PowerPoint writes it.
    Flushed,
    /// As a zlib stream behind a size that is not its own.
    FalseSize(u32),
}

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The last edit refers to itself as the one before.
    EditCycle,
    /// There is no `Current User` stream.
    NoUser,
    /// The first record of the stream declares this length.
    FirstLength(u32),
    /// The record of each object declares this length.
    ObjectLength(u32),
    /// VBAInfoAtom names a number that the persist directory does not have.
    LostProject,
}

/// A presentation.
#[derive(Clone, Debug, Default)]
pub struct Presentation {
    content: Vec<u8>,
    objects: Vec<(Vec<u8>, Stored, bool)>,
    project: Option<usize>,
    faults: Vec<Fault>,
}

impl Presentation {
    /// One with a line of text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A VBA project.
    #[must_use]
    pub fn project(mut self, bin: impl Into<Vec<u8>>, stored: Stored) -> Self {
        self.project = Some(self.objects.len());
        self.object(bin, stored, true)
    }

    /// The storage of an object, which the persist directory leads to or not.
    #[must_use]
    pub fn object(mut self, bytes: impl Into<Vec<u8>>, stored: Stored, listed: bool) -> Self {
        self.objects.push((bytes.into(), stored, listed));
        self
    }

    /// Any bytes among the records of the document.
    #[must_use]
    pub fn record(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.content.extend_from_slice(bytes.as_ref());
        self
    }

    /// What a click, or the mouse over a shape, does: action 1 calls a macro, 2 runs a program
    /// ([MS-PPT] 2.6.10).
    #[must_use]
    pub fn action(self, action: u8, over: bool, name: &str) -> Self {
        let mut atom = vec![0; 16];
        atom[8] = action;
        let mut data = record(0, 0, 0x0FF3, &atom);
        data.extend(text(0, name));
        self.record(record(0xF, over.into(), 0x0FF2, &data))
    }

    /// A link.
    #[must_use]
    pub fn link(self, target: &str) -> Self {
        let mut data = record(0, 0, 0x0FD3, &[1, 0, 0, 0]);
        data.extend(text(0, "a link"));
        data.extend(text(1, target));
        self.record(record(0xF, 0, 0x0FD7, &data))
    }

    /// An embedded object (0x0FCC), a linked one (0x0FCE) or a control (0x0FEE) of a class.
    #[must_use]
    pub fn class(self, kind: u16, class: &str) -> Self {
        let atom = match kind {
            0x0FCC => 0x0FCD,
            0x0FCE => 0x0FD1,
            _ => 0x0FFB,
        };
        let mut data = record(0, 0, atom, &[0; 8]);
        data.extend(record(1, 0, 0x0FC3, &[0; 24]));
        data.extend(text(2, class));
        self.record(record(0xF, 0, kind, &data))
    }

    /// A film outside the file.
    #[must_use]
    pub fn film(self, path: &str) -> Self {
        let mut data = record(0, 0, 0x1004, &[0; 8]);
        data.extend(text(0, path));
        self.record(record(0xF, 0, 0x1005, &data))
    }

    /// Adds a fault.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// The bytes of the file.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        let (stream, edit) = self.stream();
        let mut file = cfb::Builder::new();
        file.stream("PowerPoint Document", stream);
        if !self.faults.contains(&Fault::NoUser) {
            file.stream("Current User", current_user(edit));
        }
        file.build()
    }

    /// The `PowerPoint Document` stream, and where its last UserEditAtom is.
    #[must_use]
    pub fn stream(&self) -> (Vec<u8>, u32) {
        let mut content = record(1, 0, 0x03E9, &[0; 40]);
        if let Some(project) = self.project {
            let lost = self.faults.contains(&Fault::LostProject);
            let mut info = Vec::new();
            info.put32(if lost { 900 } else { project as u32 + 2 });
            info.put32(1);
            info.put32(2);
            let info = record(2, 0, 0x0400, &info);
            content.extend(record(0xF, 1, 0x03FF, &info));
        }
        content.extend(record(0, 0, 0x0FA8, b"INERT TEST DOCUMENT"));
        content.extend(&self.content);
        content.extend(record(0, 0, 0x03EA, &[]));
        let mut stream = record(0xF, 0, 0x03E8, &content);
        let mut offsets = vec![0];
        for (bytes, stored, listed) in &self.objects {
            let at = stream.len();
            stream.extend(storage(bytes, *stored));
            for fault in &self.faults {
                if let Fault::ObjectLength(length) = fault {
                    patch(&mut stream, at + 4, &length.to_le_bytes());
                }
            }
            offsets.push(if *listed { at as u32 } else { 0 });
        }
        let directory_at = len32(&stream);
        let mut directory = Vec::new();
        directory.put32((offsets.len() as u32) << 20 | 1);
        for offset in &offsets {
            directory.put32(*offset);
        }
        stream.extend(record(0, 0, 0x1772, &directory));
        let edit_at = len32(&stream);
        let before = if self.faults.contains(&Fault::EditCycle) {
            edit_at
        } else {
            0
        };
        let mut edit = Vec::new();
        for field in [256, 0x0300_0000, before, directory_at, 1, 99] {
            edit.put32(field);
        }
        edit.put32(1);
        stream.extend(record(0, 0, 0x0FF5, &edit));
        for fault in &self.faults {
            if let Fault::FirstLength(length) = fault {
                patch(&mut stream, 4, &length.to_le_bytes());
            }
        }
        (stream, edit_at)
    }
}

fn storage(bytes: &[u8], stored: Stored) -> Vec<u8> {
    if stored == Stored::Plain {
        return record(0, 0, 0x1011, bytes);
    }
    let mut data = Vec::new();
    match stored {
        Stored::FalseSize(size) => data.put32(size),
        _ => data.put32(len32(bytes)),
    }
    if stored == Stored::Flushed {
        // Stored blocks, the last of them empty and not marked as the last.
        data.put(b"\x78\x01");
        for block in bytes.chunks(0x4000).chain([&[][..]]) {
            let size = block.len() as u16;
            data.put(&[0]);
            data.put16(size);
            data.put16(!size);
            data.put(block);
        }
    } else {
        data.extend(miniz_oxide::deflate::compress_to_vec_zlib(bytes, 9));
    }
    record(0, 1, 0x1011, &data)
}

/// CString, [MS-PPT] 2.2.
fn text(instance: u16, text: &str) -> Vec<u8> {
    record(0, instance, 0x0FBA, &utf16(text))
}

/// [MS-PPT] 2.3.1
#[must_use]
pub fn record(version: u16, instance: u16, kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.put16(version | instance << 4);
    bytes.put16(kind);
    bytes.put32(len32(data));
    bytes.put(data);
    bytes
}

/// [MS-PPT] 2.3.2
fn current_user(edit: u32) -> Vec<u8> {
    let mut atom = Vec::new();
    atom.put32(0x14);
    atom.put32(0xE391_C05F);
    atom.put32(edit);
    atom.put16(5);
    atom.put16(0x03F4);
    atom.put(&[3, 0, 0, 0]);
    atom.put(b"inert");
    atom.put32(8);
    record(0, 0, 0x0FF6, &atom)
}
