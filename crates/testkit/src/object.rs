//! Writers of OLE objects, [MS-OLEDS]: of OLE 1.0, packages, and the streams of objects in compound
//! files.

use crate::bytes::{Put, len32, utf16};
use crate::cfb::{self, ClassId};

/// The end of the class ids of OLE itself.
const OLE: [u8; 8] = [0xC0, 0, 0, 0, 0, 0, 0, 0x46];

/// `{first-0000-0000-C000-000000000046}`.
#[must_use]
pub fn ole_class(first: u32) -> ClassId {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&first.to_le_bytes());
    id[8..].copy_from_slice(&OLE);
    id
}

/// `{00000300-…}`: a link.
pub const LINK: u32 = 0x0000_0300;
/// `{0003000C-…}`: a package.
pub const PACKAGE: u32 = 0x0003_000C;
/// `{0002CE02-…}`: the old equation editor.
pub const EQUATION: u32 = 0x0002_CE02;
/// `{79EAC9E0-BAF9-11CE-8C82-00AA004BA90B}`: a moniker of an address.
pub const URL_MONIKER: ClassId =
    *b"\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B";
/// `{06290BD3-48AA-11D2-8432-006008C3FBFC}`: a moniker of a script.
pub const SCRIPT_MONIKER: ClassId =
    *b"\xD3\x0B\x29\x06\xAA\x48\xD2\x11\x84\x32\x00\x60\x08\xC3\xFB\xFC";
/// `{ECABB0C7-7F19-11D2-978E-0000F8757E2A}`: a moniker of a web service.
pub const SOAP_MONIKER: ClassId =
    *b"\xC7\xB0\xAB\xEC\x19\x7F\xD2\x11\x97\x8E\x00\x00\xF8\x75\x7E\x2A";
/// `{ECABAFC6-7F19-11D2-978E-0000F8757E2A}`: a moniker of any class.
pub const NEW_MONIKER: ClassId =
    *b"\xC6\xAF\xAB\xEC\x19\x7F\xD2\x11\x97\x8E\x00\x00\xF8\x75\x7E\x2A";

/// A text with its length in front and a NUL at the end, 2.1.4.
fn text(bytes: &mut Vec<u8>, text: &str) {
    if text.is_empty() {
        bytes.put32(0);
        return;
    }
    bytes.put32(len32(text.as_bytes()) + 1);
    bytes.put(text.as_bytes());
    bytes.put(&[0]);
}

/// An embedded object, 2.2.5.
#[must_use]
pub fn embedded(class: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.put32(0x0501);
    bytes.put32(2);
    text(&mut bytes, class);
    text(&mut bytes, "");
    text(&mut bytes, "");
    bytes.put32(len32(data));
    bytes.put(data);
    bytes
}

/// A linked object, 2.2.6.
#[must_use]
pub fn linked(class: &str, topic: &str, item: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.put32(0x0501);
    bytes.put32(1);
    text(&mut bytes, class);
    text(&mut bytes, topic);
    text(&mut bytes, item);
    text(&mut bytes, "");
    bytes.put32(0);
    bytes.put32(1);
    bytes
}

/// A file in a package.
#[derive(Clone, Debug)]
pub struct Package {
    label: String,
    path: String,
    opened: String,
    data: Vec<u8>,
    command: bool,
    wide: bool,
}

impl Package {
    /// A file of that name.
    #[must_use]
    pub fn new(name: &str, data: &[u8]) -> Self {
        Self {
            label: name.to_owned(),
            path: format!("C:\\inert\\{name}"),
            opened: format!("C:\\inert\\Temp\\{name}"),
            data: data.to_vec(),
            command: false,
            wide: false,
        }
    }

    /// Shown under another label.
    #[must_use]
    pub fn label(mut self, label: &str) -> Self {
        label.clone_into(&mut self.label);
        self
    }

    /// A command line in the place of a file.
    #[must_use]
    pub fn command(mut self, line: &str) -> Self {
        line.clone_into(&mut self.opened);
        self.command = true;
        self
    }

    /// With the names in UTF-16 behind the file, as Windows writes them.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The data of an object of the class `Package`.
    #[must_use]
    pub fn native(&self) -> Vec<u8> {
        // What a code page does not have.
        let narrow = |text: &str| -> Vec<u8> {
            let ascii = text
                .chars()
                .map(|c| if c.is_ascii() { c as u8 } else { b'?' });
            ascii.chain([0]).collect()
        };
        let mut bytes = Vec::new();
        bytes.put16(2);
        bytes.put(&narrow(&self.label));
        bytes.put(&narrow(&self.path));
        bytes.put16(0);
        bytes.put16(if self.command { 1 } else { 3 });
        let opened = narrow(&self.opened);
        bytes.put32(len32(&opened));
        bytes.put(&opened);
        if self.command {
            return bytes;
        }
        bytes.put32(len32(&self.data));
        bytes.put(&self.data);
        if self.wide {
            for text in [&self.opened, &self.label, &self.path] {
                let units = utf16(text);
                bytes.put32(len32(&units) / 2);
                bytes.put(&units);
            }
        }
        bytes
    }

    /// The stream `\x01Ole10Native`, 2.3.6.
    #[must_use]
    pub fn stream(&self) -> Vec<u8> {
        native_stream(&self.native())
    }

    /// A compound file with the package as its one object.
    #[must_use]
    pub fn to_cfb(&self) -> cfb::Builder {
        let mut file = cfb::Builder::new();
        file.class("", ole_class(PACKAGE))
            .stream("\u{1}Ole10Native", self.stream());
        file
    }
}

/// A stream `\x01Ole10Native` of any data.
#[must_use]
pub fn native_stream(data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.put32(len32(data));
    bytes.put(data);
    bytes
}

/// A stream `\x01Ole` of an object that is linked by this moniker, 2.3.3.
#[must_use]
pub fn link_stream(moniker: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.put32(0x0200_0001);
    bytes.put32(1);
    bytes.put32(1);
    bytes.put32(0);
    bytes.put32(0);
    bytes.put32(0);
    bytes.put32(len32(moniker) + 4);
    bytes.put(moniker);
    bytes.put32(0xFFFF_FFFF);
    bytes.put(&[0; 16]);
    bytes
}

/// A compound file that is a link by this moniker.
#[must_use]
pub fn link(moniker: &[u8]) -> cfb::Builder {
    let mut file = cfb::Builder::new();
    file.class("", ole_class(LINK))
        .stream("\u{1}Ole", link_stream(moniker));
    file
}

/// A moniker of that class with a text in UTF-16: of an address ([MS-OSHARED] 2.3.7.6), a script
/// or a web service.
#[must_use]
pub fn text_moniker(class: &ClassId, address: &str) -> Vec<u8> {
    let mut bytes = class.to_vec();
    let mut units = utf16(address);
    units.put(&[0, 0]);
    bytes.put32(len32(&units));
    bytes.put(&units);
    bytes
}

/// A moniker of a file, [MS-OSHARED] 2.3.7.8.
#[must_use]
pub fn file_moniker(path: &str) -> Vec<u8> {
    let mut bytes = ole_class(0x0000_0303).to_vec();
    bytes.put16(0);
    bytes.put32(len32(path.as_bytes()) + 1);
    bytes.put(path.as_bytes());
    bytes.put(&[0]);
    bytes.put16(0xFFFF);
    bytes.put16(0xDEAD);
    bytes.zeros(20);
    bytes.put32(0);
    bytes
}

/// A moniker of several, [MS-OSHARED] 2.3.7.3.
#[must_use]
pub fn composite_moniker(monikers: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = ole_class(0x0000_0309).to_vec();
    bytes.put32(u32::try_from(monikers.len()).expect("fixtures are small"));
    for moniker in monikers {
        bytes.put(moniker);
    }
    bytes
}

/// A stream `\x01CompObj`, 2.3.8.
#[must_use]
pub fn comp_obj(class: &ClassId, name: &str) -> Vec<u8> {
    let mut bytes = vec![1, 0, 0xFE, 0xFF, 3, 10, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF];
    bytes.put(class);
    text(&mut bytes, name);
    bytes.put32(0);
    text(&mut bytes, name);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_has_its_lengths() {
        let object = embedded("Package", b"inert");
        assert_eq!(&object[8..12], [8, 0, 0, 0]);
        assert!(object.ends_with(b"\x05\0\0\0inert"));
        let package = Package::new("a.txt", b"inert").wide();
        let native = package.native();
        assert!(native.starts_with(b"\x02\0a.txt\0C:\\inert\\a.txt\0"));
        assert_eq!(package.stream().len(), native.len() + 4);
        assert_eq!(ole_class(LINK)[..4], [0, 3, 0, 0]);
    }
}
