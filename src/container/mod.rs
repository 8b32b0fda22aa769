//! Containers: bytes in, entries and streams out. Knows no Office and no VBA.

#![deny(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]
#![cfg_attr(
    test,
    allow(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)
)]

/// The wrapper of compound files in archived web pages and XML.
pub mod active_mime;
/// Compound files, [MS-CFB].
pub mod cfb;
/// Encrypted documents, [MS-OFFCRYPTO].
pub mod crypto;
/// Formulas of the old Equation Editor.
pub(crate) mod equation;
/// Long values of Access databases.
pub mod jet;
/// Messages and archived web pages, RFC 2045 to 2049 and 2557.
pub mod mime;
/// Objects, [MS-OLEDS].
pub mod ole;
/// Sections of OneNote, [MS-ONESTORE].
pub mod one_note;
/// Packages, ECMA-376 part 2.
pub mod opc;
/// Rich text.
pub mod rtf;
mod sniff;
/// Binary drawings of Visio.
pub mod visio;
/// Zip archives, APPNOTE.
pub mod zip;
/// Streams of zlib, RFC 1950.
pub mod zlib;

pub use sniff::{Kind, sniff};
