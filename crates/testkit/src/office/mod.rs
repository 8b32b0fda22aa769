//! Documents: OOXML packages, and the binary documents of Word, Excel and PowerPoint.
//!
//! Structure is right (content types, relationships, main part, magic numbers); content is one
//! line of text, [`TEXT`].

mod excel;
pub mod keeps;
mod kind;
mod package;
mod parts;
mod powerpoint;
mod shell;
mod word;

pub use excel::{Link, Sheet, SheetKind, Xls};
pub use kind::Kind;
pub use package::{Package, Twist};
pub use powerpoint::{Ppt, ProjectStorage};
pub use shell::{Encryption, encrypted_package};
pub use word::{Doc, Story};

/// The visible text of every document.
pub const TEXT: &str = "INERT TEST DOCUMENT";

#[cfg(test)]
mod tests;
