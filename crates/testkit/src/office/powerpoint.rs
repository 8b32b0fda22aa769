//! Binary presentations, [MS-PPT].

use super::TEXT;
use crate::bytes::{Put, len32};
use crate::cfb;

/// How the project is stored, [MS-PPT] 2.10.40.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProjectStorage {
    /// As it is.
    Plain,
    /// As a zlib stream after its size.
    #[default]
    Compressed,
    /// As a zlib stream that ends early.
    Cut,
    /// In a record that no VBAInfoAtom and no persist directory leads to.
    Unreferenced,
}

/// A `.ppt`.
#[derive(Clone, Debug, Default)]
pub struct Ppt {
    project: Option<(Vec<u8>, ProjectStorage)>,
}

impl Ppt {
    /// A presentation without macros.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the compound file of a project.
    #[must_use]
    pub fn project(mut self, bin: impl Into<Vec<u8>>, storage: ProjectStorage) -> Self {
        self.project = Some((bin.into(), storage));
        self
    }

    /// The bytes of the file.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        self.to_cfb().build()
    }

    /// The compound file, to which faults can still be added.
    #[must_use]
    pub fn to_cfb(&self) -> cfb::Builder {
        let mut file = cfb::Builder::new();
        let (document, edit) = self.document();
        file.class(
            "",
            *b"\x10\x8D\x81\x64\x9B\x4F\xCF\x11\x86\xEA\x00\xAA\x00\xB9\x29\xE8",
        )
        .stream("PowerPoint Document", document)
        .stream("Current User", current_user(edit));
        file
    }

    /// The stream, and the offset of its UserEditAtom.
    fn document(&self) -> (Vec<u8>, u32) {
        let referenced = self
            .project
            .as_ref()
            .is_some_and(|(_, storage)| *storage != ProjectStorage::Unreferenced);
        let mut content = record(1, 0, 0x03E9, &[0; 40]); // DocumentAtom
        if referenced {
            let mut info = Vec::new();
            for field in [2_u32, 1, 2] {
                info.put32(field); // persistIdRef, fHasMacros, version
            }
            let info = container(1, 0x03FF, &record(2, 0, 0x0400, &info));
            content.extend(container(0, 0x07D0, &info)); // DocInfoListContainer
        }
        let text = record(0, 0, 0x0FA8, TEXT.as_bytes()); // TextBytesAtom
        content.extend(container(0, 0x0FF0, &text)); // SlideListWithTextContainer
        content.extend(record(0, 0, 0x03EA, &[]));
        let mut stream = container(0, 0x03E8, &content);

        let mut offsets = vec![0];
        if let Some((bin, storage)) = &self.project {
            if referenced {
                offsets.push(len32(&stream));
            }
            stream.extend(project_record(bin, *storage));
        }
        let directory_at = len32(&stream);
        let mut directory = Vec::new();
        // PersistDirectoryEntry: twelve bits of count, twenty of the first identifier.
        directory.put32((offsets.len() as u32) << 20 | 1);
        for &offset in &offsets {
            directory.put32(offset);
        }
        stream.extend(record(0, 0, 0x1772, &directory));

        let edit_at = len32(&stream);
        let mut edit = Vec::new();
        for field in [
            256,
            0x0300_0000,
            0,
            directory_at,
            1,
            offsets.len() as u32 + 1,
        ] {
            edit.put32(field);
        }
        edit.put16(1);
        edit.put16(0);
        stream.extend(record(0, 0, 0x0FF5, &edit)); // UserEditAtom
        (stream, edit_at)
    }
}

fn project_record(bin: &[u8], storage: ProjectStorage) -> Vec<u8> {
    if storage == ProjectStorage::Plain {
        return record(0, 0, 0x1011, bin);
    }
    let mut data = Vec::new();
    data.put32(len32(bin));
    data.extend(miniz_oxide::deflate::compress_to_vec_zlib(bin, 9));
    if storage == ProjectStorage::Cut {
        data.truncate(data.len() * 3 / 4);
    }
    record(0, 1, 0x1011, &data) // ExOleObjStg, compressed
}

/// [MS-PPT] 2.3.1
fn record(version: u16, instance: u16, kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.put16(version | instance << 4);
    bytes.put16(kind);
    bytes.put32(len32(data));
    bytes.put(data);
    bytes
}

fn container(instance: u16, kind: u16, data: &[u8]) -> Vec<u8> {
    record(0xF, instance, kind, data)
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
