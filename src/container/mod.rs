//! Containers: bytes in, entries and streams out. Knows no Office and no VBA.

#![deny(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]
#![cfg_attr(
    test,
    allow(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)
)]

/// Compound files, [MS-CFB].
pub mod cfb;
/// Packages, ECMA-376 part 2.
pub mod opc;
mod sniff;
/// Binary drawings of Visio.
pub mod visio;
/// Zip archives, APPNOTE.
pub mod zip;

pub use sniff::{Kind, sniff};
