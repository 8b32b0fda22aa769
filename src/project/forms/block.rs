//! Blocks of properties, [MS-OFORMS] 2.1.1.2: a mask says which properties are stored. Those of at
//! most four bytes lie in the data block, each aligned to its own size; larger ones in the extra
//! block behind it, aligned to four; pictures and fonts follow both.

use crate::bytes::Bytes;

use super::Property;
use super::layout::{Field, Layout, TEXT_PROPERTIES};

/// `CountOfBytesWithCompressionFlag`, 2.4.14.2: the text has one byte for each character.
const COMPRESSED: u32 = 1 << 31;
/// `StdPicture`, 2.4.13: what comes before the size of a picture.
const PICTURE: u32 = 0x0000_746C;
/// A font as `IPersistStream` of the system stores it, 2.4.11.
const STANDARD_FONT: [u8; 16] = [
    0x03, 0x52, 0xE3, 0x0B, 0x91, 0x8F, 0xCE, 0x11, 0x9D, 0xE3, 0x00, 0xAA, 0x00, 0x4B, 0xB8, 0x51,
];
/// A font as a block of text properties, 2.3.1.
const TEXT_PROPERTIES_FONT: [u8; 16] = [
    0x20, 0x09, 0xC2, 0xAF, 0x4E, 0xDA, 0xCE, 0x11, 0xB9, 0x43, 0x00, 0xAA, 0x00, 0x68, 0x87, 0xB4,
];

/// What was read of a block.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Texts, in the order of storage.
    pub(super) texts: Vec<(Property, String)>,
    /// The name of a site.
    pub(super) name: String,
    /// The number of a site.
    pub(super) id: u32,
    /// `BitFlags` of a site or `BooleanProperties` of a form, if they are stored.
    pub(super) flags: Option<u32>,
    /// How many bytes of the object stream belong to the site.
    pub(super) object_size: u32,
    /// `ClsidCacheIndex` of a site.
    pub(super) class_index: Option<u16>,
    /// `DisplayStyle` of a control that can be six.
    pub(super) display: u8,
    /// The class in an entry of the class table.
    pub(super) class: Option<[u8; 16]>,
}

impl Values {
    /// A control as it is persisted: the block, pictures, and the properties of its text. None if
    /// it breaks off; what was read before is kept, and the cursor stands where it was.
    pub(super) fn control(&mut self, bytes: &mut Bytes<'_>, layout: &Layout) -> Option<()> {
        self.block(bytes, layout)?;
        if layout.text_properties {
            self.block(bytes, &TEXT_PROPERTIES)?;
        }
        Some(())
    }

    /// A block and what is streamed behind it.
    pub(super) fn block(&mut self, bytes: &mut Bytes<'_>, layout: &Layout) -> Option<()> {
        let mut ahead = *bytes;
        let version = ahead.u16().ok()?;
        let size = usize::from(ahead.u16().ok()?);
        if version != layout.version {
            return None;
        }
        // The size is a claim: of a block that is cut, what is there is read.
        let whole = size <= ahead.len();
        let data = ahead.up_to(size);
        let mut inside = Bytes::new(data);
        let streamed = self.fields(&mut inside, layout);
        if streamed.is_none() || !whole {
            // So that the texts which were not read are found behind the cursor.
            let read = usize::try_from(inside.position()).unwrap_or(0);
            bytes.up_to(read.saturating_add(4));
            return None;
        }
        *bytes = ahead;
        for field in layout.fields_of(streamed?) {
            match field {
                Field::Picture => picture(bytes)?,
                Field::Font => self.font(bytes)?,
                _ => {}
            }
        }
        Some(())
    }

    /// The mask, the data block and the extra block; gives the mask.
    fn fields(&mut self, bytes: &mut Bytes<'_>, layout: &Layout) -> Option<u64> {
        let mask = if layout.wide {
            bytes.u64().ok()?
        } else {
            u64::from(bytes.u32().ok()?)
        };
        let start = bytes.position();
        let mut counts = [0_u32; MOST_TEXTS];
        let mut count = counts.iter_mut();
        for field in layout.fields_of(mask) {
            let size = field.size();
            if size == 0 {
                continue;
            }
            align(bytes, start, size)?;
            let value = match size {
                1 => u32::from(bytes.u8().ok()?),
                2 => u32::from(bytes.u16().ok()?),
                _ => bytes.u32().ok()?,
            };
            match field {
                Field::Name | Field::Text(_) | Field::Texts(_) => *count.next()? = value,
                Field::Id => self.id = value,
                Field::Flags => self.flags = Some(value),
                Field::ObjectSize => self.object_size = value,
                Field::ClassIndex => self.class_index = u16::try_from(value).ok(),
                Field::Display => self.display = u8::try_from(value).unwrap_or(0),
                Field::Character(property) => {
                    if let Some(shown) = char::from_u32(value).filter(|shown| *shown != '\0') {
                        self.texts.push((property, shown.into()));
                    }
                }
                _ => {}
            }
        }
        align(bytes, start, 4)?;
        let mut count = counts.iter();
        for field in layout.fields_of(mask) {
            match field {
                Field::Pair => drop(bytes.u64().ok()?),
                Field::Class => self.class = bytes.take().ok(),
                Field::Name => self.name = text(bytes, *count.next()?)?,
                Field::Text(property) => {
                    let text = text(bytes, *count.next()?)?;
                    if !text.is_empty() {
                        self.texts.push((property, text));
                    }
                }
                Field::Texts(property) => {
                    let size = usize::try_from(*count.next()?).unwrap_or(usize::MAX);
                    let mut array = bytes.sub(size).ok()?;
                    while !array.is_empty() {
                        // Each text has a count before it, so these are bounded by the bytes.
                        let count = bytes_of(array.u32().ok()?);
                        self.texts.push((property, text(&mut array, count)?));
                    }
                }
                _ => {}
            }
        }
        Some(mask)
    }

    /// `GuidAndFont`, 2.4.7.
    fn font(&mut self, bytes: &mut Bytes<'_>) -> Option<()> {
        let mut ahead = *bytes;
        let kind: [u8; 16] = ahead.take().ok()?;
        if kind == TEXT_PROPERTIES_FONT {
            self.block(&mut ahead, &TEXT_PROPERTIES)?;
        } else if kind == STANDARD_FONT {
            // Version, character set, flags, weight and height.
            ahead.bytes(10).ok()?;
            let length = usize::from(ahead.u8().ok()?);
            let name = ahead.bytes(length).ok()?;
            let name = name.iter().copied().map(char::from).collect();
            self.texts.push((Property::FontName, name));
        } else {
            return None;
        }
        *bytes = ahead;
        Some(())
    }
}

/// A block has no more texts than this: `SitePropMask`, 2.2.10.12.2, has six.
const MOST_TEXTS: usize = 8;

/// `fmString`, 2.3.3, with its padding, which the last of a block may lack.
fn text(bytes: &mut Bytes<'_>, count: u32) -> Option<String> {
    let size = usize::try_from(count & !COMPRESSED).ok()?;
    let mut ahead = *bytes;
    let stored = ahead.bytes(size).ok()?;
    ahead.up_to(size.wrapping_neg() & 3);
    *bytes = ahead;
    Some(if count & COMPRESSED == 0 {
        crate::bytes::text::utf16le(stored)
    } else {
        // UTF-16 whose upper bytes are zero and left out, 2.1.1.2.5.
        stored.iter().copied().map(char::from).collect()
    })
}

/// `CountOfCharsWithCompressionFlag`, 2.4.14.3, as a count of bytes.
const fn bytes_of(count: u32) -> u32 {
    if count & COMPRESSED == 0 {
        // Half the range is enough: a block has at most 65,535 bytes.
        (count & (COMPRESSED >> 1).wrapping_sub(1)).saturating_mul(2)
    } else {
        count
    }
}

/// `GuidAndPicture`, 2.4.8.
fn picture(bytes: &mut Bytes<'_>) -> Option<()> {
    let mut ahead = *bytes;
    let _class: [u8; 16] = ahead.take().ok()?;
    if ahead.u32().ok()? != PICTURE {
        return None;
    }
    let size = usize::try_from(ahead.u32().ok()?).ok()?;
    ahead.bytes(size).ok()?;
    *bytes = ahead;
    Some(())
}

/// Passes over bytes up to a multiple of `size`, a power of two, from `start`.
fn align(bytes: &mut Bytes<'_>, start: u64, size: u8) -> Option<()> {
    let read = bytes.position().saturating_sub(start);
    let odd = read.wrapping_neg() & u64::from(size).saturating_sub(1);
    bytes.bytes(usize::try_from(odd).ok()?).ok().map(drop)
}
