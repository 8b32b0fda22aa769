//! Objects of OLE 1.0, [MS-OLEDS] 2.2.
//!
//! | field | |
//! |---|---|
//! | `OLEVersion` | ignored by every reader |
//! | `FormatID` | 1 linked, 2 embedded; 0 and 5 a picture of one |
//! | `ClassName`, `TopicName`, `ItemName` | each a length and as many bytes, a NUL at the end |
//! | embedded: `NativeDataSize`, `NativeData` | |
//! | linked: `NetworkName`, reserved, `LinkUpdateOption` | |

use super::ansi;
use crate::bytes::{Bytes, Truncated};

/// The longest name that is one: longer lengths are lies.
const LONGEST_NAME: u32 = 1 << 16;

/// An object of OLE 1.0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Object<'a> {
    /// The name of its class.
    pub class: String,
    /// What it is linked to.
    pub topic: String,
    /// Which part of that.
    pub item: String,
    /// What there is of it.
    pub storage: Storage<'a>,
}

/// What there is of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Storage<'a> {
    /// Its own data, and what follows that.
    Embedded {
        /// The data, as far as it is there.
        data: &'a [u8],
        /// What follows it: a picture of the object.
        rest: &'a [u8],
        /// Whether fewer bytes are there than declared.
        cut: bool,
    },
    /// A link.
    Linked {
        /// The path of the same on the network.
        network: String,
    },
    /// A picture of it.
    Picture,
}

impl<'a> Object<'a> {
    /// Reads an object. None if it is none.
    #[must_use]
    pub fn parse(bytes: &'a [u8], code_page: Option<u16>) -> Option<Self> {
        read(&mut Bytes::new(bytes), code_page).ok().flatten()
    }
}

fn read<'a>(
    bytes: &mut Bytes<'a>,
    code_page: Option<u16>,
) -> Result<Option<Object<'a>>, Truncated> {
    bytes.u32()?;
    let format = bytes.u32()?;
    if !matches!(format, 0..=3 | 5) {
        return Ok(None);
    }
    if format == 0 {
        return Ok(Some(Object {
            class: String::new(),
            topic: String::new(),
            item: String::new(),
            storage: Storage::Picture,
        }));
    }
    let Some(class) = name(bytes, code_page)? else {
        return Ok(None);
    };
    let mut object = Object {
        class,
        topic: String::new(),
        item: String::new(),
        storage: Storage::Picture,
    };
    if matches!(format, 3 | 5) {
        return Ok(Some(object));
    }
    let (Some(topic), Some(item)) = (name(bytes, code_page)?, name(bytes, code_page)?) else {
        return Ok(None);
    };
    object.topic = topic;
    object.item = item;
    object.storage = if format == 1 {
        // The name may be cut off; the topic is what counts.
        let network = name(bytes, code_page).ok().flatten();
        Storage::Linked {
            network: network.unwrap_or_default(),
        }
    } else {
        let declared = usize::try_from(bytes.u32()?).unwrap_or(usize::MAX);
        Storage::Embedded {
            cut: declared > bytes.len(),
            data: bytes.up_to(declared),
            rest: bytes.rest(),
        }
    };
    Ok(Some(object))
}

/// A `LengthPrefixedAnsiString` (2.1.4). None if the length cannot be one.
fn name(bytes: &mut Bytes<'_>, code_page: Option<u16>) -> Result<Option<String>, Truncated> {
    let length = bytes.u32()?;
    if length > LONGEST_NAME {
        return Ok(None);
    }
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let text = bytes.bytes(length)?;
    Ok(Some(ansi(text, code_page).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded(class: &str, declared: u32, data: &[u8]) -> Vec<u8> {
        let mut bytes = vec![1, 5, 0, 0, 2, 0, 0, 0];
        bytes.extend((class.len() as u32 + 1).to_le_bytes());
        bytes.extend(class.as_bytes());
        bytes.extend([0; 9]);
        bytes.extend(declared.to_le_bytes());
        bytes.extend(data);
        bytes
    }

    #[test]
    fn embedded_objects_of_any_length() {
        let bytes = embedded("Package", 5, b"inert rest");
        let object = Object::parse(&bytes, None).unwrap();
        assert_eq!(object.class, "Package");
        let Storage::Embedded { data, rest, cut } = object.storage else {
            panic!();
        };
        assert_eq!((data, rest, cut), (&b"inert"[..], &b" rest"[..], false));
        let bytes = embedded("Package", 500, b"inert");
        let object = Object::parse(&bytes, None).unwrap();
        assert!(matches!(
            object.storage,
            Storage::Embedded {
                cut: true,
                data: b"inert",
                ..
            }
        ));
        for end in 8..24 {
            assert_eq!(Object::parse(&bytes[..end], None), None, "{end}");
        }
    }

    #[test]
    fn other_formats() {
        let mut bytes = embedded("htmlfile", 0, b"");
        bytes[4] = 1;
        let object = Object::parse(&bytes, None).unwrap();
        assert!(matches!(object.storage, Storage::Linked { .. }));
        bytes[4] = 5;
        assert_eq!(
            Object::parse(&bytes, None).unwrap().storage,
            Storage::Picture
        );
        bytes[4] = 9;
        assert_eq!(Object::parse(&bytes, None), None);
    }
}
