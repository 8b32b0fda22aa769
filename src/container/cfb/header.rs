//! The header, [MS-CFB] 2.2.

use crate::bytes::{le16, le32};
use crate::error::{Error, ErrorKind, Reader};
use crate::observe::Ledger;

use super::SIGNATURE;

/// The checked fields of the header. A field with a value that no reader could follow has been
/// replaced by the one that the version prescribes, and an observation says so.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// 9 for version 3, 12 for version 4; anything from 7 to 20 is followed.
    pub(super) sector_shift: u32,
    /// 6.
    pub(super) mini_sector_shift: u32,
    pub(super) version: u16,
    pub(super) declared_fat_sectors: u32,
    pub(super) first_directory_sector: u32,
    /// 4096.
    pub(super) mini_cutoff: u32,
    pub(super) first_mini_fat_sector: u32,
    pub(super) first_difat_sector: u32,
}

/// A directory entry of 128 bytes must fit in a sector.
const LEAST_SHIFT: u16 = 7;
/// One mebibyte: past that the file would be one sector.
const LARGEST_SHIFT: u16 = 20;

impl Header {
    pub(super) fn parse(data: &[u8], ledger: &mut Ledger) -> Result<Self, Error> {
        if !data.starts_with(&SIGNATURE) {
            let found = data
                .first_chunk()
                .map_or(0, |head| u64::from_le_bytes(*head));
            let kind = ErrorKind::Malformed {
                what: "signature",
                found,
            };
            return Err(Error::new(Reader::Cfb, 0, kind));
        }
        if data.len() < 512 {
            let kind = ErrorKind::Truncated { need: 512 };
            return Err(Error::new(Reader::Cfb, 0, kind));
        }
        let short = |at| le16(data, at).unwrap_or(0);
        let long = |at| le32(data, at).unwrap_or(0);

        let version = short(0x1A);
        if !matches!(version, 3 | 4) {
            ledger.observe(
                "cfb.version",
                "[MS-CFB] 2.2",
                0x1A,
                format_args!("major version is {version}, not 3 or 4"),
            );
        }
        let byte_order = short(0x1C);
        if byte_order != 0xFFFE {
            ledger.observe(
                "cfb.byte-order",
                "[MS-CFB] 2.2",
                0x1C,
                format_args!("byte order mark is {byte_order:#06x}, not 0xfffe"),
            );
        }
        let prescribed = if version == 4 { 12 } else { 9 };
        let mut sector_shift = short(0x1E);
        if sector_shift != prescribed {
            ledger.observe(
                "cfb.sector-shift",
                "[MS-CFB] 2.2",
                0x1E,
                format_args!(
                    "sector shift is {sector_shift}; version {version} prescribes {prescribed}"
                ),
            );
            if !(LEAST_SHIFT..=LARGEST_SHIFT).contains(&sector_shift) {
                sector_shift = prescribed;
            }
        }
        let mut mini_sector_shift = short(0x20);
        if mini_sector_shift != 6 {
            ledger.observe(
                "cfb.mini-sector-shift",
                "[MS-CFB] 2.2",
                0x20,
                format_args!("mini sector shift is {mini_sector_shift}, not 6"),
            );
            if !(2..sector_shift).contains(&mini_sector_shift) {
                mini_sector_shift = 6;
            }
        }
        let mini_cutoff = long(0x38);
        if mini_cutoff != 4096 {
            ledger.observe(
                "cfb.mini-cutoff",
                "[MS-CFB] 2.2",
                0x38,
                format_args!("mini stream cutoff is {mini_cutoff}, not 4096"),
            );
        }
        Ok(Self {
            sector_shift: u32::from(sector_shift),
            mini_sector_shift: u32::from(mini_sector_shift),
            version,
            declared_fat_sectors: long(0x2C),
            first_directory_sector: long(0x30),
            mini_cutoff,
            first_mini_fat_sector: long(0x3C),
            first_difat_sector: long(0x44),
        })
    }
}
