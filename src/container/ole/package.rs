//! Files of any kind in an object of the class `Package`, as the packager of Windows writes them.
//!
//! | field | |
//! |---|---|
//! | 2 bytes | 2 |
//! | text, NUL | the label that is shown |
//! | text, NUL | the path of the file |
//! | 4 bytes | `00 00 03 00` for a file, `00 00 01 00` for a command line |
//! | length, text | where the file is put to be opened: its name decides with what |
//! | length, bytes | the file |
//! | length in characters and UTF-16, three times | path to open, label and path once more |
//!
//! In the stream `\x01Ole10Native` ([MS-OLEDS] 2.3.6) its length stands in front; in an object of
//! OLE 1.0 that is said outside.

use super::ansi;
use crate::bytes::text::utf16le;
use crate::bytes::{Bytes, Truncated};

/// The kind of package that is a command line.
const COMMAND: u16 = 1;
/// The longest text that is one.
const LONGEST: usize = 1 << 15;

/// A file in a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Package<'a> {
    /// What is shown under its symbol.
    pub label: String,
    /// The path of the file when it was packed.
    pub path: String,
    /// Where it is put to be opened, or the command line.
    pub opened: String,
    /// The file; none if it is a command line.
    pub data: Option<&'a [u8]>,
    /// Whether fewer bytes are there than declared.
    pub cut: bool,
}

impl<'a> Package<'a> {
    /// Reads native data of the class `Package`. None if it is none.
    #[must_use]
    pub fn parse(bytes: &'a [u8], code_page: Option<u16>) -> Option<Self> {
        read(bytes, code_page).ok().flatten()
    }

    /// Reads a stream `\x01Ole10Native`, which begins with a length; what the length says does
    /// not matter, since the fields have their own.
    #[must_use]
    pub fn in_stream(bytes: &'a [u8], code_page: Option<u16>) -> Option<Self> {
        Self::parse(bytes.get(4..)?, code_page)
    }

    /// The name that the file has when it is opened.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = |path: &'_ str| path.rsplit(['\\', '/']).next().map(str::len);
        for path in [&self.opened, &self.path, &self.label] {
            let path = path.trim_end_matches(['\0', ' ']);
            let length = name(path).unwrap_or(0);
            if length > 0 {
                return path
                    .get(path.len().saturating_sub(length)..)
                    .unwrap_or_default();
            }
        }
        ""
    }
}

fn read(bytes: &[u8], code_page: Option<u16>) -> Result<Option<Package<'_>>, Truncated> {
    let mut bytes = Bytes::new(bytes);
    if bytes.u16()? != 2 {
        return Ok(None);
    }
    let (Some(label), Some(path)) = (line(&mut bytes), line(&mut bytes)) else {
        return Ok(None);
    };
    bytes.u16()?;
    let kind = bytes.u16()?;
    let length = usize::try_from(bytes.u32()?).unwrap_or(usize::MAX);
    if length > LONGEST {
        return Ok(None);
    }
    let opened = bytes.bytes(length)?;
    let mut package = Package {
        label: ansi(label, code_page).into_owned(),
        path: ansi(path, code_page).into_owned(),
        opened: ansi(opened, code_page).into_owned(),
        data: None,
        cut: false,
    };
    if kind == COMMAND {
        return Ok(Some(package));
    }
    let Ok(declared) = bytes.u32() else {
        package.cut = true;
        return Ok(Some(package));
    };
    let declared = usize::try_from(declared).unwrap_or(usize::MAX);
    package.cut = declared > bytes.len();
    package.data = Some(bytes.up_to(declared));
    let wide = [wide(&mut bytes), wide(&mut bytes), wide(&mut bytes)];
    let places = [&mut package.opened, &mut package.label, &mut package.path];
    for (place, text) in places.into_iter().zip(wide) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            *place = text;
        }
    }
    Ok(Some(package))
}

/// Text up to a NUL, which is taken as well.
fn line<'a>(bytes: &mut Bytes<'a>) -> Option<&'a [u8]> {
    let rest = bytes.rest();
    let end = memchr::memchr(0, rest.get(..LONGEST).unwrap_or(rest))?;
    let text = bytes.bytes(end).ok()?;
    bytes.u8().ok()?;
    Some(text)
}

/// A length in characters, and the text.
fn wide(bytes: &mut Bytes<'_>) -> Option<String> {
    let length = usize::try_from(bytes.u32().ok()?).ok()?;
    if length > LONGEST {
        return None;
    }
    let text = bytes.bytes(length.saturating_mul(2)).ok()?;
    let text = utf16le(text);
    Some(text.trim_end_matches('\0').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(kind: u16, wide: &[&str]) -> Vec<u8> {
        let mut bytes = vec![2, 0];
        bytes.extend(b"a.pdf\0C:\\dir\\a.exe\0\0\0");
        bytes.extend(kind.to_le_bytes());
        bytes.extend(b"\x0C\0\0\0C:\\T\\b c.exe");
        bytes.extend(b"\x05\0\0\0inert");
        for text in wide {
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            bytes.extend((units.len() as u32 / 2).to_le_bytes());
            bytes.extend(units);
        }
        bytes
    }

    #[test]
    fn files_and_their_three_names() {
        let bytes = packed(3, &[]);
        let package = Package::parse(&bytes, None).unwrap();
        assert_eq!(package.label, "a.pdf");
        assert_eq!(package.path, "C:\\dir\\a.exe");
        assert_eq!(package.name(), "b c.exe");
        assert_eq!(package.data, Some(&b"inert"[..]));
        let bytes = packed(3, &["C:\\T\\見積.exe", "見積.pdf", "C:\\見積.exe"]);
        let package = Package::parse(&bytes, None).unwrap();
        assert_eq!((package.name(), &*package.label), ("見積.exe", "見積.pdf"));
    }

    #[test]
    fn command_lines_and_damage() {
        let bytes = packed(1, &[]);
        assert_eq!(Package::parse(&bytes, None).unwrap().data, None);
        let bytes = packed(3, &[]);
        for end in 0..bytes.len() {
            let package = Package::parse(&bytes[..end], None);
            assert!(package.is_none_or(|one| one.cut), "{end}");
        }
        assert_eq!(Package::parse(b"\x03\0a\0b\0", None), None);
    }
}
