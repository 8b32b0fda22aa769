//! What can be wrong with an archive, one name a fault.

use super::write::{CENTRAL, END, Header, LOCAL};
use crate::bytes::{Put, patch};

/// A departure of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberFault {
    /// The local header has another name.
    LocalName(String),
    /// The central directory has another name.
    CentralName(String),
    /// The local header has other sizes: compressed and uncompressed.
    LocalSizes(u32, u32),
    /// The central directory has other sizes: compressed and uncompressed.
    CentralSizes(u32, u32),
    /// The local header has another method.
    LocalMethod(u16),
    /// The central directory has another method.
    CentralMethod(u16),
    /// Both have another method than the data was stored by, such as 9, 12, 14 or 93.
    Method(u16),
    /// The check sum is wrong in both.
    Crc,
    /// Both say that the data is encrypted. It is not.
    Encrypted,
    /// The extra field 0x7075 has another name, APPNOTE 4.6.9.
    UnicodePath(String),
    /// The central directory leaves the member out.
    NotListed,
    /// The central directory lists a member that has no local header or data: its offset is
    /// beyond the archive.
    OnlyListed,
    /// The central directory gives the offset of the first member of that name instead: the two
    /// share one range of bytes.
    SharedWith(String),
    /// The central directory gives an offset this many bytes too high.
    OffsetShifted(u32),
}

/// A departure of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The end record is missing.
    NoEnd,
    /// The central directory and the end record are missing.
    NoCentral,
    /// The end record is overwritten with zeros.
    ZeroEnd,
    /// The signature of the first local header is overwritten with zeros.
    ZeroFirstLocal,
    /// The first local header is overwritten with zeros.
    ZeroFirstHeader,
    /// Bytes in front; offsets count from the start of the archive, as before.
    Junk(Vec<u8>),
    /// Bytes in front; offsets count from the start of the file.
    JunkAdjusted(Vec<u8>),
    /// Bytes after the end record.
    Trailing(Vec<u8>),
    /// The end record counts this many members.
    Count(u16),
    /// The end record gives another offset of the central directory.
    CentralOffset(u32),
    /// The comment holds the end record of an empty archive.
    FakeEnd,
    /// The file ends after this many bytes.
    Truncate(usize),
}

impl MemberFault {
    pub(super) fn edit(
        &self,
        local: &mut Header,
        central: &mut Header,
        offset_of: &[(String, u32)],
    ) {
        match self {
            Self::LocalName(name) => local.name = name.clone(),
            Self::CentralName(name) => central.name = name.clone(),
            Self::LocalSizes(compressed, size) => local.sizes = (*compressed, *size),
            Self::CentralSizes(compressed, size) => central.sizes = (*compressed, *size),
            Self::LocalMethod(method) => local.method = *method,
            Self::CentralMethod(method) => central.method = *method,
            Self::Method(method) => {
                local.method = *method;
                central.method = *method;
            }
            Self::Crc => {
                local.crc ^= 0x0000_0101;
                central.crc ^= 0x0000_0101;
            }
            Self::Encrypted => {
                local.flags |= 1;
                central.flags |= 1;
            }
            Self::UnicodePath(path) => {
                let mut field = Vec::new();
                field.put16(0x7075);
                field.put16(5 + path.len() as u16);
                field.push(1);
                field.put32(super::write::crc32(central.name.as_bytes()));
                field.put(path.as_bytes());
                local.extra.put(&field);
                central.extra.put(&field);
            }
            Self::OnlyListed => central.offset = 0x7000_0000,
            Self::SharedWith(name) => {
                let other = offset_of.iter().find(|(of, _)| of == name);
                central.offset = other.expect("an earlier member").1;
            }
            Self::OffsetShifted(by) => central.offset = central.offset.wrapping_add(*by),
            Self::NotListed => {}
        }
    }
}

impl Fault {
    /// How far offsets are moved.
    pub(super) fn offset(&self) -> u32 {
        match self {
            Self::JunkAdjusted(junk) => junk.len() as u32,
            _ => 0,
        }
    }

    /// Changes the finished file. What an earlier fault took away stays away.
    pub(super) fn edit(&self, file: &mut Vec<u8>) {
        let end = last(file, END);
        let local = first(file, LOCAL);
        match self {
            Self::NoEnd => file.truncate(end.unwrap_or(file.len())),
            Self::NoCentral => file.truncate(first(file, CENTRAL).unwrap_or(file.len())),
            Self::ZeroEnd => field(file, end, &[0; 22]),
            Self::ZeroFirstLocal => field(file, local, &[0; 4]),
            Self::ZeroFirstHeader => field(file, local, &[0; 30]),
            Self::Junk(junk) | Self::JunkAdjusted(junk) => {
                file.splice(0..0, junk.iter().copied());
            }
            Self::Trailing(junk) => file.put(junk),
            Self::Count(count) => {
                field(file, end.map(|end| end + 8), &count.to_le_bytes());
                field(file, end.map(|end| end + 10), &count.to_le_bytes());
            }
            Self::CentralOffset(offset) => {
                field(file, end.map(|end| end + 16), &offset.to_le_bytes());
            }
            Self::FakeEnd => {
                let mut comment = Vec::new();
                comment.put32(END);
                comment.zeros(18);
                let length = (comment.len() as u16).to_le_bytes();
                field(file, end.map(|end| end + 20), &length);
                file.truncate(end.map_or(file.len(), |end| end + 22));
                file.put(&comment);
            }
            Self::Truncate(length) => file.truncate(*length),
        }
    }
}

/// Overwrites what is there to be overwritten.
fn field(file: &mut [u8], at: Option<usize>, bytes: &[u8]) {
    if let Some(at) = at.filter(|at| at + bytes.len() <= file.len()) {
        patch(file, at, bytes);
    }
}

fn first(file: &[u8], signature: u32) -> Option<usize> {
    let signature = signature.to_le_bytes();
    file.windows(4).position(|window| window == signature)
}

fn last(file: &[u8], signature: u32) -> Option<usize> {
    let signature = signature.to_le_bytes();
    file.windows(4).rposition(|window| window == signature)
}
