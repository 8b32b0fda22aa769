//! The [`Scanner`]: drives all floors, and is imported by none of them.

use std::collections::BTreeSet;

use crate::indicator::{Matcher, Rule};
use crate::limits::Limits;
use crate::report::{Report, Sha256};

mod access;
#[cfg(feature = "parallel")]
mod batch;
mod compound;
mod drawing;
mod encrypted;
mod equation;
mod finish;
mod flat;
mod follow;
mod known;
mod loads;
mod mime;
mod objects;
mod old;
mod one_note;
mod open_document;
mod other;
mod package;
mod pass;
mod presentation;
mod promise;
mod queue;
#[cfg(feature = "parallel")]
mod read;
mod rtf;
mod scratch;
mod sheet_text;
#[cfg(feature = "parallel")]
mod walk;
mod word_basic;

#[cfg(feature = "parallel")]
pub use batch::{Batch, Outcome, Record, scan_all};
use pass::Pass;
pub use scratch::Scratch;
#[cfg(feature = "parallel")]
pub use walk::{Input, SkipReason, count_files};

/// When to compute SHA-256 values; they cost about as much as the scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hashes {
    /// Never.
    #[default]
    None,
    /// For inputs whose verdict is [`Verdict::Macro`](crate::Verdict::Macro) or worse.
    Flagged,
    /// Always.
    All,
}

/// Scans inputs. Immutable, `Send` and `Sync`: build one and share it.
///
/// ```
/// let scanner = macrosift::Scanner::new();
/// let report = scanner.scan(b"\x89PNG\r\n\x1a\n");
/// assert_eq!(report.verdict(), macrosift::Verdict::Other);
/// ```
#[derive(Debug)]
pub struct Scanner {
    limits: Limits,
    hashes: Hashes,
    keep_source: bool,
    passwords: Vec<String>,
    allowed: BTreeSet<Sha256>,
    matcher: Matcher,
}

/// Sets up a [`Scanner`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    limits: Limits,
    hashes: Hashes,
    keep_source: bool,
    passwords: Vec<String>,
    allowed: BTreeSet<Sha256>,
}

impl Builder {
    /// What one scan may cost; [`Limits::mail`] unless told.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// When to hash; never unless told.
    #[must_use]
    pub fn hashes(mut self, hashes: Hashes) -> Self {
        self.hashes = hashes;
        self
    }

    /// Whether reports hold the text of every module; they do not unless told.
    #[must_use]
    pub fn keep_source(mut self, keep: bool) -> Self {
        self.keep_source = keep;
        self
    }

    /// Adds a password for encrypted documents and archives.
    #[must_use]
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.passwords.push(password.into());
        self
    }

    /// Adds identities of code that is known and allowed: of projects
    /// ([`Project::identity`](crate::report::Project::identity)), or of all modules of one that
    /// have code ([`Module::identity`](crate::report::Module::identity)).
    ///
    /// What such code can do makes an input no longer [`Verdict::Suspicious`](crate::Verdict), save
    /// where it runs what the document holds. Nothing else is lowered: not what is malicious, nor
    /// what was noticed in the file or could not be inspected.
    #[must_use]
    pub fn allow(mut self, identities: impl IntoIterator<Item = Sha256>) -> Self {
        self.allowed.extend(identities);
        self
    }

    /// The scanner. Builds the automaton, which takes some milliseconds.
    #[must_use]
    pub fn build(self) -> Scanner {
        let Self {
            limits,
            hashes,
            keep_source,
            passwords,
            allowed,
        } = self;
        Scanner {
            limits,
            hashes,
            keep_source,
            passwords,
            allowed,
            matcher: Matcher::new(),
        }
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

impl Scanner {
    /// A scanner with the limits for mail.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Sets up a scanner.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Scans one input.
    #[must_use]
    pub fn scan(&self, input: &[u8]) -> Report {
        self.scan_with(&mut Scratch::new(), input, None)
    }

    /// Scans one input whose name is known; a name is a hint and never decides.
    #[must_use]
    pub fn scan_named(&self, input: &[u8], name: &str) -> Report {
        self.scan_with(&mut Scratch::new(), input, Some(name))
    }

    /// Scans one input with memory that is used again.
    #[must_use]
    pub fn scan_with(&self, scratch: &mut Scratch, input: &[u8], name: Option<&str>) -> Report {
        let mut pass = Pass::new(self, scratch);
        let kept = pass.read(input, name);
        finish::report(pass, input, &kept)
    }

    /// Every rule, table by table.
    #[must_use]
    pub fn rules(&self) -> &[&'static Rule] {
        self.matcher.rules()
    }
}
