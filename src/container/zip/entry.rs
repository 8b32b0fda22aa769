//! One member's two headers, side by side.
//!
//! | local | central | bytes | field |
//! |---|---|---|---|
//! | 0 | 0 | 4 | signature, `PK\x03\x04` and `PK\x01\x02` |
//! | | 4 | 2 | version made by |
//! | 4 | 6 | 2 | version needed |
//! | 6 | 8 | 2 | general purpose flags |
//! | 8 | 10 | 2 | compression method |
//! | 10 | 12 | 4 | time and date |
//! | 14 | 16 | 4 | CRC-32 |
//! | 18 | 20 | 4 | compressed size |
//! | 22 | 24 | 4 | uncompressed size |
//! | 26 | 28 | 2 | name length |
//! | 28 | 30 | 2 | extra field length |
//! | | 32 | 2 | comment length |
//! | | 34 | 2 | disk number |
//! | | 36 | 2 | internal attributes |
//! | | 38 | 4 | external attributes |
//! | | 42 | 4 | offset of the local header |
//! | 30 | 46 | … | name, extra field, and in the directory a comment |

use super::Method;
use crate::bytes::{Bytes, Truncated, le16, le32, le64, slice};

pub(super) const LOCAL: [u8; 4] = *b"PK\x03\x04";
pub(super) const CENTRAL: [u8; 4] = *b"PK\x01\x02";
/// Length of a local header without its name and extra field.
pub(super) const LOCAL_LEN: usize = 30;
/// Length of a central header without its name, extra field and comment.
const CENTRAL_LEN: usize = 46;

/// APPNOTE 4.4.4, bit 0.
const ENCRYPTED: u16 = 1;
/// Bit 3: sizes and CRC follow the data.
const DESCRIPTOR: u16 = 1 << 3;
/// Bit 11: the name is UTF-8.
const UTF8: u16 = 1 << 11;

/// APPNOTE 4.5.3.
const ZIP64: u16 = 0x0001;
/// APPNOTE 4.6.9.
const UNICODE_PATH: u16 = 0x7075;
const SATURATED: u64 = 0xFFFF_FFFF;

/// What both headers say about a member.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a> {
    pub(super) flags: u16,
    pub(super) method: Method,
    pub(super) declared_crc: u32,
    pub(super) declared_compressed: u64,
    pub(super) declared_size: u64,
    pub(super) name: &'a [u8],
    pub(super) extra: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) const fn encrypted(&self) -> bool {
        self.flags & ENCRYPTED != 0
    }

    pub(super) const fn has_descriptor(&self) -> bool {
        self.flags & DESCRIPTOR != 0
    }

    pub(super) const fn utf8(&self) -> bool {
        self.flags & UTF8 != 0
    }

    /// Whether the sizes of a local header are left to a data descriptor, or not given at all.
    pub(super) const fn unsized_here(&self) -> bool {
        self.declared_compressed == 0 && (self.has_descriptor() || self.declared_size == 0)
    }

    /// The name in the Unicode path extra field, if its CRC shows that it belongs to this name.
    pub(super) fn unicode_path(&self) -> Option<&'a [u8]> {
        let field = extra_field(self.extra, UNICODE_PATH)?;
        let mut crc = flate2::Crc::new();
        crc.update(self.name);
        (field.first() == Some(&1) && le32(field, 1) == Some(crc.sum())).then(|| field.get(5..))?
    }

    /// Replaces saturated 32-bit fields by those of the zip64 extra field, which holds only
    /// these, in this order. Returns what it holds for the offset.
    fn widen(&mut self, offset: u64) -> u64 {
        let saturated = [self.declared_size, self.declared_compressed, offset].contains(&SATURATED);
        let Some(field) = saturated.then(|| extra_field(self.extra, ZIP64)).flatten() else {
            return offset;
        };
        let mut bytes = Bytes::new(field);
        let mut wide = |value: u64| {
            if value == SATURATED {
                bytes.u64().unwrap_or(value)
            } else {
                value
            }
        };
        self.declared_size = wide(self.declared_size);
        self.declared_compressed = wide(self.declared_compressed);
        wide(offset)
    }
}

/// The first extra field of that id: id and length of two bytes each, then the data. Headers
/// found by search may all point into one long extra field, so only so many fields are looked at;
/// real headers have less than ten.
fn extra_field(extra: &[u8], id: u16) -> Option<&[u8]> {
    const FIELDS: usize = 128;
    let mut bytes = Bytes::new(extra);
    for _ in 0..FIELDS {
        let found = bytes.u16().ok()?;
        let len = bytes.u16().ok()?;
        let field = bytes.up_to(usize::from(len));
        if found == id {
            return Some(field);
        }
    }
    None
}

/// A local header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Local<'a> {
    /// Where it starts.
    pub(super) at: usize,
    /// Where the member's data starts.
    pub(super) data_at: usize,
    pub(super) fields: Fields<'a>,
}

impl<'a> Local<'a> {
    /// The local header at `at`, if there is one with its whole name.
    pub(super) fn parse(data: &'a [u8], at: usize) -> Option<Self> {
        let mut bytes = Bytes::with_base(data.get(at..)?, at as u64);
        let read = |bytes: &mut Bytes<'a>| -> Result<Option<Fields<'a>>, Truncated> {
            if bytes.take()? != LOCAL {
                return Ok(None);
            }
            bytes.take::<2>()?;
            let (mut fields, name_len, extra_len) = common(bytes)?;
            fields.name = bytes.bytes(name_len)?;
            fields.extra = bytes.up_to(extra_len);
            fields.widen(0);
            Ok(Some(fields))
        };
        let fields = read(&mut bytes).ok()??;
        Some(Self {
            at,
            data_at: usize::try_from(bytes.position()).ok()?,
            fields,
        })
    }

    /// Where its name ends.
    pub(super) const fn name_end(&self) -> usize {
        self.at
            .saturating_add(LOCAL_LEN)
            .saturating_add(self.fields.name.len())
    }

    /// The header as if it had no extra field, unless it has none anyway.
    pub(super) fn without_extra(mut self) -> Option<Self> {
        let len = self.fields.extra.len();
        self.fields.extra = &[];
        self.data_at = self.data_at.checked_sub(len)?;
        (len > 0).then_some(self)
    }
}

/// A header of the central directory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Central<'a> {
    /// Where it starts.
    pub(super) at: usize,
    /// Where the next one starts.
    pub(super) end: usize,
    /// Where it says that the local header is, before any correction.
    pub(super) local_at: u64,
    pub(super) fields: Fields<'a>,
}

impl<'a> Central<'a> {
    /// The central header at `at`, if there is one with its whole name.
    pub(super) fn parse(data: &'a [u8], at: usize) -> Option<Self> {
        let mut bytes = Bytes::with_base(data.get(at..)?, at as u64);
        let read = |bytes: &mut Bytes<'a>| -> Result<Option<(Fields<'a>, u64)>, Truncated> {
            if bytes.take()? != CENTRAL {
                return Ok(None);
            }
            bytes.take::<4>()?;
            let (mut fields, name_len, extra_len) = common(bytes)?;
            let comment_len = bytes.u16()?;
            bytes.take::<8>()?;
            let offset = u64::from(bytes.u32()?);
            fields.name = bytes.bytes(name_len)?;
            fields.extra = bytes.up_to(extra_len);
            let offset = fields.widen(offset);
            bytes.up_to(usize::from(comment_len));
            Ok(Some((fields, offset)))
        };
        let (fields, local_at) = read(&mut bytes).ok()??;
        Some(Self {
            at,
            end: usize::try_from(bytes.position()).ok()?,
            local_at,
            fields,
        })
    }

    /// Where its name ends.
    pub(super) const fn name_end(&self) -> usize {
        self.at
            .saturating_add(CENTRAL_LEN)
            .saturating_add(self.fields.name.len())
    }

    /// Where the local header is if everything is moved by `base`.
    pub(super) fn local_at(&self, base: i64) -> Option<usize> {
        usize::try_from(self.local_at.checked_add_signed(base)?).ok()
    }
}

/// The run of fields that both headers share, and the lengths of name and extra field.
fn common<'a>(bytes: &mut Bytes<'a>) -> Result<(Fields<'a>, usize, usize), Truncated> {
    let flags = bytes.u16()?;
    let method = Method::from(bytes.u16()?);
    bytes.take::<4>()?;
    let fields = Fields {
        flags,
        method,
        declared_crc: bytes.u32()?,
        declared_compressed: u64::from(bytes.u32()?),
        declared_size: u64::from(bytes.u32()?),
        name: &[],
        extra: &[],
    };
    let name_len = bytes.u16()?;
    let extra_len = bytes.u16()?;
    Ok((fields, usize::from(name_len), usize::from(extra_len)))
}

/// The length of the data that starts at `data_at` and whose descriptor (APPNOTE 4.3.9, with
/// signature and of either width) stands at `at`: only if the descriptor says so itself.
pub(super) fn described(data: &[u8], data_at: usize, at: usize) -> Option<usize> {
    let len = at.checked_sub(data_at)?;
    let declared = len as u64;
    let narrow = le32(data, at.checked_add(8)?).map(u64::from);
    let wide = le64(data, at.checked_add(8)?);
    (narrow == Some(declared) || wide == Some(declared)).then_some(len)
}

/// The same for a descriptor without signature that ends at `end`.
pub(super) fn described_unsigned(data: &[u8], data_at: usize, end: usize) -> Option<usize> {
    let len = end.checked_sub(data_at)?.checked_sub(12)?;
    let at = data_at.checked_add(len)?;
    let field = slice(data, at, 12)?;
    (le32(field, 4).map(u64::from) == Some(len as u64)).then_some(len)
}

/// Two bytes of a local header at `at`: the length of its extra field.
pub(super) fn extra_len(data: &[u8], at: usize) -> Option<usize> {
    le16(data, at.checked_add(28)?).map(usize::from)
}
