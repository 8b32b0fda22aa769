//! Finds every macro in an Office document, however it is wrapped, and says whether the file may
//! be released.
//!
//! ```
//! use macrosift::{Scanner, Verdict};
//!
//! let scanner = Scanner::new();
//! let report = scanner.scan(b"Sub Document_Open()\r\n  MsgBox 1\r\nEnd Sub\r\n");
//! assert_eq!(report.verdict(), Verdict::Macro);
//! assert_eq!(report.modules().len(), 1);
//! if report.verdict() >= Verdict::Unscannable {
//!     // hold
//! }
//! ```
//!
//! A [`Scanner`] is built once and shared. Scanning cannot fail: whatever the bytes, there is a
//! [`Report`] with one [`Verdict`], the reasons for it as sentences, the code that was found, and
//! what was not inspected. What was not inspected never passes for clean.
//!
//! # Where to go on
//!
//! | you want to | go to |
//! |---|---|
//! | put this into a mail filter | [`manual::embedding`] |
//! | know what attackers can make it do | [`manual::hostile_input`] |
//! | know what is looked for, or add a rule | [`manual::rules`] |
//! | know what a gap or an observation means | [`manual::coverage`] |
//! | hold the code against a specification | [`manual::spec_map`] |
//! | read containers and projects yourself | [`cfb`], [`crypto`], [`zip`], [`opc`], [`ovba`] |
//!
//! What is read and what is not yet is in the README.
//!
//! # Features
//!
//! Without features the crate has no threads, no clock, and no access to files or the network.
//!
//! | feature | default | adds |
//! |---|---|---|
//! | `parallel` | yes | `Batch` and `scan_all`: folders and many inputs on all cores |
//! | `serde` | yes | `serde::Serialize` for reports, with the keys of the NDJSON contract |
//!
//! There is no `unsafe` in this crate.

pub mod bytes;
pub mod container;
mod error;
pub mod indicator;
mod limits;
#[cfg(doc)]
pub mod manual;
mod observe;
pub mod project;
pub mod report;
mod scan;
pub mod source;
pub mod verdict;

pub use container::{cfb, crypto, opc, zip};
pub use error::{Error, ErrorKind, Reader};
pub use limits::{Budget, Limit, Limits, Spent};
pub use observe::{Gap, Ledger, Observation, Reason};
pub use project::ovba;
pub use report::Report;
#[cfg(feature = "parallel")]
pub use scan::{Batch, Input, Outcome, Record, SkipReason, count_files, scan_all};
pub use scan::{Builder, Hashes, Scanner, Scratch};
pub use verdict::Verdict;

/// Runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
