//! One test a row of the techniques that are looked for, by carrier: what each is judged to be,
//! and that no damage makes it look harmless.

use std::sync::LazyLock;

use macrosift::report::Coverage;
use macrosift::{Hashes, Report, Scanner, Verdict};

mod access;
mod add_ins;
mod content_types;
mod encrypted;
mod fields;
mod flat;
mod forms;
mod mime;
mod objects;
mod old_macros;
mod one_note;
mod open_document;
mod presentation;
mod references;
mod rtf;
mod sheet_text;
mod structure;
mod texts;
mod visio;

/// Inputs by name.
pub(crate) type Named = Vec<(&'static str, Vec<u8>)>;

/// Starting points for fuzzing that the areas give, by target.
pub(crate) fn seeds() -> Vec<(&'static str, Named)> {
    vec![
        ("encrypted", encrypted::seeds()),
        ("flat", flat::seeds()),
        ("forms", forms::seeds()),
        ("mime", mime::seeds()),
        ("one_note", one_note::seeds()),
        ("presentation", presentation::seeds()),
        ("rtf", rtf::seeds()),
        ("visio", visio::seeds()),
    ]
}

/// Built once: each row is scanned a few dozen times. No row is about hashes.
static SCANNER: LazyLock<Scanner> =
    LazyLock::new(|| Scanner::builder().hashes(Hashes::None).build());

/// A document of a row, and what is expected of it.
pub(crate) struct Row {
    bytes: Vec<u8>,
    verdict: Verdict,
    coverage: Coverage,
    rules: Vec<&'static str>,
    codes: Vec<&'static str>,
    says: Vec<&'static str>,
    lengths: Vec<usize>,
}

impl Row {
    /// A document that is judged so, and read whole.
    pub(crate) fn new(bytes: impl Into<Vec<u8>>, verdict: Verdict) -> Self {
        Self {
            bytes: bytes.into(),
            verdict,
            coverage: Coverage::Complete,
            rules: Vec::new(),
            codes: Vec::new(),
            says: Vec::new(),
            lengths: Vec::new(),
        }
    }

    /// Not read whole.
    pub(crate) fn coverage(mut self, coverage: Coverage) -> Self {
        self.coverage = coverage;
        self
    }

    /// Ids of rules that have findings, among others.
    pub(crate) fn rules(mut self, rules: &[&'static str]) -> Self {
        self.rules.extend(rules);
        self
    }

    /// Codes of observations that are made, among others.
    pub(crate) fn codes(mut self, codes: &[&'static str]) -> Self {
        self.codes.extend(codes);
        self
    }

    /// Part of a sentence among the reasons.
    pub(crate) fn says(mut self, says: &'static str) -> Self {
        self.says.push(says);
        self
    }

    /// Places of length fields, one of which is flipped at a time.
    pub(crate) fn lengths(mut self, at: &[usize]) -> Self {
        self.lengths.extend(at);
        self
    }

    /// Scans it, and three kinds of damage to it.
    #[track_caller]
    pub(crate) fn check(self) -> Report {
        let report = self.scan(&self.bytes);
        let told = format!(
            "{:?} {:?}\n{:#?}\n{:#?}\n{:?}\n{:?}",
            report.verdict(),
            report.coverage(),
            report.reasons(),
            report.uninspected(),
            report
                .findings()
                .iter()
                .map(|one| one.rule)
                .collect::<Vec<_>>(),
            report
                .observations()
                .iter()
                .map(|one| one.code)
                .collect::<Vec<_>>(),
        );
        assert_eq!(report.verdict(), self.verdict, "{told}");
        assert_eq!(report.coverage(), self.coverage, "{told}");
        for rule in &self.rules {
            assert!(
                report.findings().iter().any(|one| one.rule == *rule),
                "no {rule}: {told}"
            );
        }
        for code in &self.codes {
            assert!(
                report.observations().iter().any(|one| one.code == *code),
                "no {code}: {told}"
            );
        }
        for says in &self.says {
            assert!(
                report.reasons().iter().any(|one| one.contains(says)),
                "{says:?}: {told}"
            );
        }
        if self.verdict > Verdict::Macro {
            self.stays_held();
        }
        report
    }

    fn scan(&self, bytes: &[u8]) -> Report {
        SCANNER.scan(bytes)
    }

    /// Truncated, with a length flipped, padded: none is released for it.
    #[track_caller]
    fn stays_held(&self) {
        const SHORTEST: usize = 64;
        let size = self.bytes.len();
        for part in 1..16 {
            let end = size * part / 16;
            if end >= SHORTEST {
                self.is_held(&self.bytes[..end], &format!("cut at {end} of {size}"));
            }
        }
        for at in &self.lengths {
            for change in [0x01_u8, 0x7F, 0x80] {
                let mut bytes = self.bytes.clone();
                bytes[*at] ^= change;
                self.is_held(&bytes, &format!("{change:#x} flipped at {at}"));
            }
        }
        for filler in [0_u8, b' '] {
            let mut bytes = self.bytes.clone();
            bytes.resize(size + (size * 1000).min(4 << 20), filler);
            self.is_held(&bytes, &format!("padded with {filler}"));
        }
    }

    #[track_caller]
    fn is_held(&self, bytes: &[u8], what: &str) {
        let report = self.scan(bytes);
        assert!(
            report.verdict() > Verdict::Macro,
            "{what}: {:?} {:#?}",
            report.verdict(),
            report.reasons()
        );
    }
}
