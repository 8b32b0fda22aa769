//! Writers of encrypted documents, [MS-OFFCRYPTO]: any document of [`office`](crate::office) under a
//! password. Salts and verifiers are fixed, so that the same description gives the same bytes.
//!
//! A binary document is given as the compound file of the plain one, whose streams are replaced.

mod binary;
mod excel;
mod package;
mod powerpoint;
mod word;

pub use binary::{Binary, Part};
pub use excel::xls;
pub use package::{Agile, Chaining, Hash, agile, managed, standard};
pub use powerpoint::ppt;
pub use word::doc;

/// The password of workbooks whose structure is protected.
pub const EXCEL: &str = "VelvetSweatshop";
/// The password of presentations with a password for changes.
pub const POWERPOINT: &str = "/01Hannes Ruescher/01";

/// Sixteen bytes that stand for chance.
const SALT: [u8; 16] = *b"inert salt bytes";
const VERIFIER: [u8; 16] = *b"inert verifier!!";
