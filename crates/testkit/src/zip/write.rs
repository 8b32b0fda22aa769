//! Local headers, data, central directory and end records.

use super::{Archive, Descriptor, Member, MemberFault, Method};
use crate::bytes::{Put, len16, len32};

pub(super) const LOCAL: u32 = 0x0403_4B50;
pub(super) const CENTRAL: u32 = 0x0201_4B50;
pub(super) const END: u32 = 0x0605_4B50;
const DESCRIPTOR: u32 = 0x0807_4B50;
const END_64: u32 = 0x0606_4B50;
const LOCATOR_64: u32 = 0x0706_4B50;
/// 1 January 1980, the earliest date there is.
const DATE: u16 = 0x0021;
/// A size or offset that the extra field of ZIP64 gives.
const IN_EXTRA: u32 = 0xFFFF_FFFF;
/// Sizes follow the data; the name is UTF-8. APPNOTE 4.4.4.
const SIZES_FOLLOW: u16 = 1 << 3;
const UTF8_NAME: u16 = 1 << 11;

/// The fields that a local and a central header share.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) name: String,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    /// Compressed and uncompressed.
    pub(super) sizes: (u32, u32),
    pub(super) extra: Vec<u8>,
    /// Of the local header; central header only.
    pub(super) offset: u32,
}

pub(super) fn write(archive: &Archive) -> Vec<u8> {
    let shift: u32 = archive.faults.iter().map(super::Fault::offset).sum();
    let mut file = Vec::new();
    let mut central = Vec::new();
    let mut offsets = Vec::new();
    for member in &archive.members {
        let offset = len32(&file) + shift;
        let listed = write_member(&mut file, member, offset, &offsets);
        if !member.faults.contains(&MemberFault::NotListed) {
            central.push(listed);
        }
        offsets.push((member.name.clone(), offset));
    }
    let start = len32(&file);
    for header in &central {
        write_central(&mut file, header);
    }
    let size = len32(&file) - start;
    let count = central.len() as u16;
    if archive.zip64 {
        write_end_64(
            &mut file,
            u64::from(count),
            u64::from(size),
            u64::from(start + shift),
            shift,
        );
    }
    file.put32(END);
    file.put32(0);
    if archive.zip64 {
        file.put(&[0xFF; 12]);
    } else {
        file.put16(count);
        file.put16(count);
        file.put32(size);
        file.put32(start + shift);
    }
    file.put16(len16(&archive.comment));
    file.put(&archive.comment);
    for fault in &archive.faults {
        fault.edit(&mut file);
    }
    file
}

/// Writes local header, data and descriptor; gives the central header.
fn write_member(
    file: &mut Vec<u8>,
    member: &Member,
    offset: u32,
    offsets: &[(String, u32)],
) -> Header {
    let (method, data) = match member.method {
        Method::Stored => (0, member.data.clone()),
        Method::Deflated if member.zeros > 0 => (8, deflate_padded(&member.data, member.zeros)),
        Method::Deflated => (8, miniz_oxide::deflate::compress_to_vec(&member.data, 9)),
    };
    let zeros = member.zeros << 20;
    let crc = crc32_with_zeros(&member.data, zeros);
    let sizes = (len32(&data), len32(&member.data) + zeros);
    let mut flags = if member.name.is_ascii() { 0 } else { UTF8_NAME };
    if member.descriptor != Descriptor::None {
        flags |= SIZES_FOLLOW;
    }
    let mut central = Header {
        name: member.name.clone(),
        flags,
        method,
        crc,
        sizes,
        extra: Vec::new(),
        offset,
    };
    let mut local = central.clone();
    if member.descriptor != Descriptor::None {
        local.crc = 0;
        local.sizes = (0, 0);
    }
    if member.zip64 {
        // APPNOTE 4.5.3: uncompressed, compressed, offset; the local header has both sizes.
        local.extra = extra_64(&[local.sizes.1, local.sizes.0]);
        central.extra = extra_64(&[sizes.1, sizes.0, offset]);
        local.sizes = (IN_EXTRA, IN_EXTRA);
        central.sizes = local.sizes;
        central.offset = IN_EXTRA;
    }
    local.extra.put(&member.extra);
    central.extra.put(&member.extra);
    for fault in &member.faults {
        fault.edit(&mut local, &mut central, offsets);
    }
    if member.faults.contains(&MemberFault::OnlyListed) {
        return central;
    }

    file.put32(LOCAL);
    write_common(file, &local, member.zip64);
    file.put16(len16(local.name.as_bytes()));
    file.put16(len16(&local.extra));
    file.put(local.name.as_bytes());
    file.put(&local.extra);
    file.put(&data);
    if member.descriptor == Descriptor::Signed {
        file.put32(DESCRIPTOR);
    }
    if member.descriptor != Descriptor::None {
        file.put32(central.crc);
        if member.zip64 {
            file.put64(sizes.0.into());
            file.put64(sizes.1.into());
        } else {
            file.put32(sizes.0);
            file.put32(sizes.1);
        }
    }
    central
}

/// The data and so many MiB of zeros, deflated. Behind a full flush, RFC 1951 3.2.4 and zlib, each
/// MiB is the same bytes again.
fn deflate_padded(data: &[u8], mib: u32) -> Vec<u8> {
    let mut file = flushed(data);
    let zeros = flushed(&vec![0; 1 << 20]);
    for _ in 0..mib {
        file.put(&zeros);
    }
    // An empty last block.
    file.put(&[3, 0]);
    file
}

/// Data up to a full flush.
fn flushed(data: &[u8]) -> Vec<u8> {
    use miniz_oxide::deflate::core::create_comp_flags_from_zip_params;
    use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output};

    let flags = create_comp_flags_from_zip_params(9, 0, 0);
    let mut out = Vec::new();
    let mut compressor = CompressorOxide::new(flags);
    compress_to_output(&mut compressor, data, TDEFLFlush::Full, |bytes| {
        out.put(bytes);
        true
    });
    out
}

/// The check sum of data and so many zeros, which are fed in twice as many at a time.
fn crc32_with_zeros(data: &[u8], zeros: u32) -> u32 {
    // What a zero byte does to each bit of the register.
    let mut step: Vec<u32> = (0..32)
        .map(|bit| {
            (0..8).fold(1_u32 << bit, |crc, _| {
                (crc >> 1) ^ (0xEDB8_8320 * (crc & 1))
            })
        })
        .collect();
    let through =
        |step: &[u32], crc: u32| (0..32).fold(0, |sum, bit| sum ^ (step[bit] * (crc >> bit & 1)));
    let mut crc = !crc32(data);
    let mut left = zeros;
    while left > 0 {
        if left & 1 == 1 {
            crc = through(&step, crc);
        }
        step = step.iter().map(|crc| through(&step, *crc)).collect();
        left >>= 1;
    }
    !crc
}

fn extra_64(values: &[u32]) -> Vec<u8> {
    let mut extra = Vec::new();
    extra.put16(0x0001);
    extra.put16(values.len() as u16 * 8);
    for &value in values {
        extra.put64(value.into());
    }
    extra
}

/// The fields from the version needed to the sizes, which both headers have alike.
fn write_common(file: &mut Vec<u8>, header: &Header, zip64: bool) {
    file.put16(if zip64 { 45 } else { 20 });
    file.put16(header.flags);
    file.put16(header.method);
    file.put16(0);
    file.put16(DATE);
    file.put32(header.crc);
    file.put32(header.sizes.0);
    file.put32(header.sizes.1);
}

/// APPNOTE 4.3.12
fn write_central(file: &mut Vec<u8>, header: &Header) {
    file.put32(CENTRAL);
    file.put16(45);
    write_common(file, header, header.offset == IN_EXTRA);
    file.put16(len16(header.name.as_bytes()));
    file.put16(len16(&header.extra));
    file.zeros(2 + 2 + 2 + 4); // comment, disk, attributes
    file.put32(header.offset);
    file.put(header.name.as_bytes());
    file.put(&header.extra);
}

/// APPNOTE 4.3.14 and 4.3.15
fn write_end_64(file: &mut Vec<u8>, count: u64, size: u64, start: u64, shift: u32) {
    let at = file.len() as u64 + u64::from(shift);
    file.put32(END_64);
    file.put64(44);
    file.put16(45);
    file.put16(45);
    file.put32(0);
    file.put32(0);
    file.put64(count);
    file.put64(count);
    file.put64(size);
    file.put64(start);
    file.put32(LOCATOR_64);
    file.put32(0);
    file.put64(at);
    file.put32(1);
}

/// The check sum of APPNOTE 4.4.7; that of a PNG chunk is the same.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, &byte: &u8| CRC_TABLE[usize::from(crc as u8 ^ byte)] ^ (crc >> 8);
    !bytes.iter().fold(!0, step)
}

const CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut value = index as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 {
                0xEDB8_8320 ^ (value >> 1)
            } else {
                value >> 1
            };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
};
