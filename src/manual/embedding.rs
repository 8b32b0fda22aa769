//! Embedding: the scanner in a mail filter.
//!
//! # One scanner, a scratch a thread
//!
//! A [`Scanner`](crate::Scanner) holds the rules as one automaton, which takes some milliseconds
//! to build. It does not change, and is `Send` and `Sync`: build it at the start and share it. A
//! [`Scratch`](crate::Scratch) holds buffers that are used again: one for each thread.
//!
//! ```
//! use std::thread;
//! use macrosift::{Limits, Scanner, Scratch, Verdict};
//!
//! let scanner = Scanner::builder().limits(Limits::mail()).build();
//! let attachments: [&[u8]; 2] = [b"\x89PNG\r\n\x1a\n", b"Sub A()\r\nEnd Sub\r\n"];
//! thread::scope(|scope| {
//!     scope.spawn(|| {
//!         let mut scratch = Scratch::new();
//!         for attachment in attachments {
//!             let report = scanner.scan_with(&mut scratch, attachment, None);
//!             assert!(report.verdict() < Verdict::Unscannable);
//!         }
//!     });
//! });
//! ```
//!
//! The name of an attachment is a hint, and concerns plain text alone: it decides between VBA and
//! VBScript, and makes source of any text that Windows would take for it by that name.
//!
//! # What to do with a verdict
//!
//! | [`Verdict`](crate::Verdict) | a filter | tells the reader |
//! |---|---|---|
//! | `Other` | asks its other scanners | nothing |
//! | `Clean` | releases | nothing |
//! | `Macro` | releases, or holds where policy says so | what the code can do: [`reasons`](crate::Report::reasons) |
//! | `Unscannable` | holds | what was not read: [`uninspected`](crate::Report::uninspected); ask the sender for another form |
//! | `Suspicious` | holds until a person has looked | the reasons |
//! | `Malicious` | blocks | that it was blocked |
//!
//! The order of the verdicts is that of severity, so that the worst of several attachments is
//! their maximum, and one comparison divides what passes from what does not.
//!
//! # Fail closed
//!
//! ```
//! use macrosift::{Report, Verdict};
//!
//! #[derive(Debug, PartialEq)]
//! enum Action {
//!     Release,
//!     Hold,
//!     Block,
//! }
//!
//! fn action(report: &Report) -> Action {
//!     match report.verdict() {
//!         Verdict::Other | Verdict::Clean | Verdict::Macro => Action::Release,
//!         Verdict::Malicious => Action::Block,
//!         // `Verdict` may grow: what this filter does not know yet is held.
//!         _ => Action::Hold,
//!     }
//! }
//!
//! let report = macrosift::Scanner::new().scan(b"7z\xBC\xAF\x27\x1C inert");
//! assert_eq!(action(&report), Action::Hold);
//! ```
//!
//! The crate does not panic, and a filter should not depend on that. The batch layer catches a
//! panic and reports the input as not inspected, with the reason
//! [`Internal`](crate::Reason::Internal); a filter that calls the scanner itself does the same
//! with `std::panic::catch_unwind`, and throws the scratch away.
//!
//! A deadline is the filter's: see [`hostile_input`](super::hostile_input). So is the size of an
//! attachment, which is in memory already when it is scanned.
//!
//! # Limits
//!
//! [`Limits::mail`](crate::Limits::mail) is for the path of mail,
//! [`Limits::quarantine`](crate::Limits::quarantine) for a second look at what was held. Single
//! values are changed with [`Limits::with`](crate::Limits::with). A lower limit never makes a
//! verdict milder: what was not reached is a gap, and a gap is at least `Unscannable`.
//!
//! # The program instead of the crate
//!
//! ```text
//! macrosift scan --format ndjson - < attachment
//! ```
//!
//! | exit status | means | a filter |
//! |---|---|---|
//! | 0 | read, judged, not flagged | releases |
//! | 1 | flagged: at or above `--fail-on`, which is `suspicious` unless told | holds or blocks, by the record |
//! | 2 | not read or not judged: an unscannable input, an error, a wrong command line | holds |
//! | any other, or a signal | a crash | holds |
//!
//! `unscannable` is never flagged by `--fail-on`: it gives 2, whatever the threshold. With several
//! inputs, 1 outweighs 2.
//!
//! # Hashes
//!
//! SHA-256 costs about as much as the scan. [`Hashes::Flagged`](crate::Hashes::Flagged) computes
//! it only where somebody will ask for it: for verdicts from `Macro` up.
