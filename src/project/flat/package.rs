//! A package that is put together again: a zip archive (APPNOTE 4.3) whose members are stored as
//! they are.

use flate2::Crc;

/// The most members that an archive can have without the fields of Zip64.
pub(super) const MOST: usize = 0xFFF0;

/// An archive that is being written.
#[derive(Debug, Default)]
pub(super) struct Archive {
    out: Vec<u8>,
    directory: Vec<u8>,
    members: usize,
}

/// What the two headers of a member have in common, APPNOTE 4.3.7 and 4.3.12.
fn common(name: &[u8], data: &[u8]) -> Vec<u8> {
    /// Names are UTF-8, APPNOTE 4.4.4.
    const FLAGS: u16 = 0x0800;
    const VERSION: u16 = 20;
    /// 1 January 1980.
    const DATE: u16 = 0x21;
    let mut crc = Crc::new();
    crc.update(data);
    let size = u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes();
    let mut out = Vec::with_capacity(32);
    for word in [VERSION, FLAGS, 0, 0, DATE] {
        out.extend(word.to_le_bytes());
    }
    out.extend(crc.sum().to_le_bytes());
    out.extend(size);
    out.extend(size);
    out.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend([0, 0]);
    out
}

impl Archive {
    pub(super) const fn len(&self) -> usize {
        self.members
    }

    /// Adds a member; whether there was room for it.
    pub(super) fn add(&mut self, name: &str, data: &[u8]) -> bool {
        const LONGEST: usize = 4096;
        let name = name.strip_prefix('/').unwrap_or(name);
        let end = name.char_indices().nth(LONGEST);
        let end = end.map_or(name.len(), |(end, _)| end);
        let name = name.get(..end).unwrap_or_default().as_bytes();
        let Ok(offset) = u32::try_from(self.out.len()) else {
            return false;
        };
        if self.members >= MOST || u32::try_from(data.len()).is_err() {
            return false;
        }
        let common = common(name, data);
        self.out.extend(b"PK\x03\x04");
        self.out.extend(&common);
        self.out.extend(name);
        self.out.extend(data);
        self.directory.extend(b"PK\x01\x02\x14\0");
        self.directory.extend(&common);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name);
        self.members = self.members.saturating_add(1);
        true
    }

    /// The archive, with its directory and end record (APPNOTE 4.3.16).
    pub(super) fn finish(mut self) -> Vec<u8> {
        let offset = u32::try_from(self.out.len()).unwrap_or(u32::MAX);
        let size = u32::try_from(self.directory.len()).unwrap_or(u32::MAX);
        let members = u16::try_from(self.members)
            .unwrap_or(u16::MAX)
            .to_le_bytes();
        self.out.append(&mut self.directory);
        self.out.extend(b"PK\x05\x06\0\0\0\0");
        self.out.extend(members);
        self.out.extend(members);
        self.out.extend(size.to_le_bytes());
        self.out.extend(offset.to_le_bytes());
        self.out.extend([0, 0]);
        self.out
    }
}

/// The content types of parts (ECMA-376-2 7.2.3), by names and types as they stand in attributes.
pub(super) fn content_types(parts: &[(String, String)]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/\
         content-types\">",
    );
    for (name, kind) in parts {
        let slash = if name.starts_with('/') { "" } else { "/" };
        for piece in [
            "<Override PartName=\"",
            slash,
            name,
            "\" ContentType=\"",
            kind,
            "\"/>",
        ] {
            xml.push_str(piece);
        }
    }
    xml.push_str("</Types>");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::zip;
    use crate::limits::Limits;
    use crate::observe::Ledger;

    #[test]
    fn appnote_4_3_an_archive_that_the_reader_finds_nothing_to_say_of() {
        let mut archive = Archive::default();
        assert!(archive.add("/word/a.xml", b"<inert/>"));
        assert!(archive.add("\u{6587}.bin", b""));
        let bytes = archive.finish();
        let mut ledger = Ledger::new(Limits::mail());
        let read = zip::Archive::parse(&bytes, &mut ledger).unwrap();
        let names: Vec<_> = read.members().iter().map(|one| one.name()).collect();
        assert_eq!(names, ["word/a.xml", "\u{6587}.bin"]);
        assert_eq!(read.members()[0].compressed, b"<inert/>");
        assert!(ledger.observations().is_empty() && ledger.gaps().is_empty());
    }
}
