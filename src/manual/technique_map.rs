//! From what malicious documents do to the test that shows it and to the rule that tells it.
//!
//! A row is named by a letter for where it is looked for: A carriers, C compound files, K
//! encryption, L what is loaded, O where texts are hidden, Z archives and packages. A rule with a
//! dot and a family of findings is explained by `macrosift rules`; the others are observations and
//! gaps, listed in [`coverage`](super::coverage).
//!
//! | row | what | test | rule |
//! |---|---|---|---|
#![doc = include_str!("rows/rtf.md")]
#![doc = include_str!("rows/objects.md")]
#![doc = include_str!("rows/flat.md")]
#![doc = include_str!("rows/mime.md")]
#![doc = include_str!("rows/presentation.md")]
#![doc = include_str!("rows/one_note.md")]
#![doc = include_str!("rows/open_document.md")]
#![doc = include_str!("rows/access.md")]
#![doc = include_str!("rows/visio.md")]
#![doc = include_str!("rows/old_macros.md")]
#![doc = include_str!("rows/sheet_text.md")]
#![doc = include_str!("rows/add_ins.md")]
#![doc = include_str!("rows/content_types.md")]
#![doc = include_str!("rows/encrypted.md")]
#![doc = include_str!("rows/references.md")]
#![doc = include_str!("rows/fields.md")]
#![doc = include_str!("rows/texts.md")]
#![doc = include_str!("rows/structure.md")]
