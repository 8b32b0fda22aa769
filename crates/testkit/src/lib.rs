//! Writers of fixtures: Office documents, well-formed or with one named fault.
//!
//! Shares no code with the readers, so that one misreading of a specification cannot hide in
//! both. Everything is deterministic: the same description gives the same bytes, on any machine
//! (no clock, no random numbers, no compressor that depends on the processor).
//!
//! | module | writes |
//! |---|---|
//! | [`cfb`] | compound files, [MS-CFB] |
//! | [`ovba`] | VBA projects and compressed containers, [MS-OVBA] |
//! | [`zip`] | zip archives, APPNOTE |
//! | [`office`] | documents: OOXML packages, Word, Excel and PowerPoint binaries |
//! | [`corpus`] | the documents of the test corpus |
//! | `spec` | structured fuzzing input (feature `arbitrary`) |
//!
//! What is written is inert: each procedure of [`corpus`] leaves at its first statement, hosts
//! end in `.invalid`, payloads are the word `inert`.

pub mod access;
mod bytes;
pub mod cfb;
mod code_page;
pub mod corpus;
pub mod encrypted;
pub mod flat;
pub mod forms;
pub mod mime;
pub mod object;
pub mod office;
pub mod old_macros;
pub mod one_note;
pub mod open_document;
pub mod ovba;
pub mod presentation;
pub mod rtf;
#[cfg(feature = "arbitrary")]
pub mod spec;
pub mod visio;
pub mod zip;

pub use code_page::encode;
