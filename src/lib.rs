//! Finds every macro in an Office document, however it is wrapped, and says whether the file may
//! be released.
//!
//! ```
//! use macrosift::{Scanner, Verdict};
//!
//! let scanner = Scanner::new();
//! let report = scanner.scan(b"Sub Document_Open()\r\n  MsgBox 1\r\nEnd Sub\r\n");
//! if report.verdict() >= Verdict::Suspicious {
//!     // hold
//! }
//! ```

pub mod bytes;
pub mod container;
mod error;
pub mod indicator;
mod limits;
mod observe;
pub mod project;
pub mod report;
mod scan;
pub mod source;
pub mod verdict;

pub use container::{cfb, opc, zip};
pub use error::{Error, ErrorKind, Reader};
pub use limits::{Budget, Limit, Limits, Spent};
pub use observe::{Gap, Ledger, Observation, Reason};
pub use project::ovba;
pub use report::Report;
#[cfg(feature = "parallel")]
pub use scan::{Batch, Input, Outcome, Record, SkipReason, count_files, scan_all};
pub use scan::{Builder, Hashes, Scanner, Scratch};
pub use verdict::Verdict;
