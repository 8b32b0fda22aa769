//! What was noticed while reading, and what could not be read.
//!
//! Every reader is handed one [`Ledger`]: it pays for its work there, and leaves there an
//! [`Observation`] for each deviation it tolerated and a [`Gap`] for each thing it did not
//! inspect. Nothing that is in neither was skipped.

use std::fmt;

use crate::limits::{Budget, Limit, Limits, Spent};

/// Something malformed, tolerated or noteworthy in the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Observation {
    /// What it is, as `reader.what`, for programs.
    pub code: &'static str,
    /// The clause of the specification that it departs from, as `[MS-CFB] 2.3`.
    pub clause: &'static str,
    /// The layer it was seen in.
    pub layer: u32,
    /// Where, in bytes from the start of the layer, or of the stream that `detail` names.
    pub offset: u64,
    /// What, with the value found, for a person.
    pub detail: String,
}

/// Why something was not inspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// An encrypted document or part.
    Encrypted,
    /// An encrypted member of an archive.
    EncryptedArchive,
    /// A format or method that can carry code and is not decoded.
    Unsupported,
    /// A limit was reached.
    Limit,
    /// The structure is broken.
    Damaged,
    /// Code is certainly there and could not be read.
    ActiveUnread,
    /// A defect of this program, caught.
    Internal,
}

impl Reason {
    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Encrypted => "encrypted",
            Self::EncryptedArchive => "encrypted-archive",
            Self::Unsupported => "unsupported",
            Self::Limit => "limit",
            Self::Damaged => "damaged",
            Self::ActiveUnread => "active-unread",
            Self::Internal => "internal",
        }
    }
}

/// Something that was not inspected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// Why.
    pub reason: Reason,
    /// The layer that holds it.
    pub layer: u32,
    /// What, with the name or value, for a person.
    pub detail: String,
}

/// The account of one scan: its budget, its observations and its gaps.
///
/// ```
/// use macrosift::{Ledger, Limit, Limits};
/// let mut ledger = Ledger::new(Limits::mail().with(Limit::Steps, 1));
/// assert!(ledger.charge(Limit::Steps, 1).is_ok());
/// assert!(ledger.charge(Limit::Steps, 1).is_err());
/// assert_eq!(ledger.gaps().len(), 1);
/// ```
#[derive(Debug)]
pub struct Ledger {
    budget: Budget,
    layer: u32,
    observations: Vec<Observation>,
    /// How often each code came up in this layer: a few dozen codes at most.
    seen: Vec<(&'static str, usize)>,
    /// The codes that came up in any layer.
    codes: Vec<&'static str>,
    unkept: u64,
    gaps: Vec<Gap>,
    unkept_gaps: u64,
}

/// How many observations of one code are kept for one layer: enough to see what it is.
const SAME_CODE: usize = 8;
/// Gaps are few by nature; of a file that makes thousands, the rest are counted.
const MAX_GAPS: usize = 256;

impl Ledger {
    /// An empty account under these limits.
    #[must_use]
    pub const fn new(limits: Limits) -> Self {
        Self {
            budget: Budget::new(limits),
            layer: 0,
            observations: Vec::new(),
            seen: Vec::new(),
            codes: Vec::new(),
            unkept: 0,
            gaps: Vec::new(),
            unkept_gaps: 0,
        }
    }

    /// Whether an observation of that code was made in any layer.
    pub(crate) fn has_code(&self, code: &str) -> bool {
        self.codes.contains(&code)
    }

    /// Says which layer the notes that follow belong to.
    pub fn enter(&mut self, layer: u32) {
        if self.layer != layer {
            self.seen.clear();
        }
        self.layer = layer;
    }

    /// The layer that notes go to.
    #[must_use]
    pub const fn layer(&self) -> u32 {
        self.layer
    }

    /// The tally.
    #[must_use]
    pub const fn budget(&self) -> &Budget {
        &self.budget
    }

    /// Pays for work. The first time that a limit is reached in a layer leaves a gap.
    ///
    /// # Errors
    /// The limit that was reached: stop here and keep what was found.
    #[inline]
    pub fn charge(&mut self, limit: Limit, amount: u64) -> Result<(), Spent> {
        match self.budget.charge(limit, amount) {
            Ok(()) => Ok(()),
            Err(spent) => {
                self.limit_reached(spent);
                Err(spent)
            }
        }
    }

    #[cold]
    fn limit_reached(&mut self, spent: Spent) {
        self.gap(
            Reason::Limit,
            format_args!("{spent} in this part; what follows was not read"),
        );
    }

    /// Notes a deviation. `detail` is formatted only if it is kept.
    #[cold]
    pub fn observe(
        &mut self,
        code: &'static str,
        clause: &'static str,
        offset: u64,
        detail: fmt::Arguments<'_>,
    ) {
        let same = match self.seen.iter_mut().find(|(seen, _)| *seen == code) {
            Some((_, count)) => {
                *count = count.saturating_add(1);
                *count
            }
            None => {
                self.seen.push((code, 1));
                1
            }
        };
        // Some codes judge by being there at all, so the first of each is kept in any case.
        let known = same > 1 || self.codes.contains(&code);
        if !known {
            self.codes.push(code);
        }
        if same > SAME_CODE || self.budget.charge(Limit::Observations, 1).is_err() && known {
            self.unkept = self.unkept.saturating_add(1);
            return;
        }
        self.observations.push(Observation {
            code,
            clause,
            layer: self.layer,
            offset,
            detail: detail.to_string(),
        });
    }

    /// Notes something that was not inspected. The same words for the same layer count once.
    #[cold]
    pub fn gap(&mut self, reason: Reason, detail: fmt::Arguments<'_>) {
        let gap = Gap {
            reason,
            layer: self.layer,
            detail: detail.to_string(),
        };
        // A reason judges by being there at all, so the first of each is kept in any case.
        let room = self.gaps.len() < MAX_GAPS || self.gaps.iter().all(|one| one.reason != reason);
        if self.gaps.contains(&gap) {
            return;
        }
        if room {
            self.gaps.push(gap);
        } else {
            self.unkept_gaps = self.unkept_gaps.saturating_add(1);
        }
    }

    /// The observations so far, in the order they were made.
    #[must_use]
    pub fn observations(&self) -> &[Observation] {
        &self.observations
    }

    /// How many further observations were made and not kept.
    #[must_use]
    pub const fn unkept_observations(&self) -> u64 {
        self.unkept
    }

    /// How many further gaps were noted and not kept.
    #[must_use]
    pub const fn unkept_gaps(&self) -> u64 {
        self.unkept_gaps
    }

    /// The gaps so far.
    #[must_use]
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// Gives the observations and gaps away.
    #[must_use]
    pub fn into_notes(self) -> (Vec<Observation>, Vec<Gap>) {
        (self.observations, self.gaps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_one_code_is_cut_and_counted() {
        let mut ledger = Ledger::new(Limits::mail());
        for at in 0..100 {
            ledger.observe("cfb.test", "[MS-CFB] 2.3", at, format_args!("at {at}"));
        }
        assert_eq!(ledger.observations().len(), SAME_CODE);
        assert_eq!(ledger.unkept_observations(), 92);
        ledger.enter(1);
        ledger.observe("cfb.test", "[MS-CFB] 2.3", 7, format_args!("another layer"));
        assert_eq!(ledger.observations().len(), SAME_CODE + 1);
    }

    #[test]
    fn the_first_of_each_code_is_kept_beyond_the_limit() {
        let mut ledger = Ledger::new(Limits::mail().with(Limit::Observations, 2));
        for code in ["a", "a", "a", "b", "b", "c"] {
            ledger.observe(code, "", 0, format_args!("one"));
        }
        ledger.enter(1);
        ledger.observe("a", "", 0, format_args!("one"));
        let codes: Vec<_> = ledger.observations().iter().map(|one| one.code).collect();
        assert_eq!(codes, ["a", "a", "b", "c"]);
        assert_eq!(ledger.unkept_observations(), 3);
    }

    #[test]
    fn the_first_gap_of_each_reason_is_kept_in_a_flood_of_others() {
        let mut ledger = Ledger::new(Limits::mail());
        for at in 0..1000 {
            ledger.gap(Reason::Damaged, format_args!("part {at}"));
        }
        ledger.gap(Reason::ActiveUnread, format_args!("module"));
        assert_eq!(ledger.gaps().len(), MAX_GAPS + 1);
        assert_eq!(ledger.unkept_gaps(), 1000 - MAX_GAPS as u64);
    }

    #[test]
    fn a_reached_limit_is_a_gap_once_a_layer() {
        let mut ledger = Ledger::new(Limits::mail().with(Limit::Entries, 0));
        for _ in 0..3 {
            assert!(ledger.charge(Limit::Entries, 1).is_err());
        }
        assert_eq!(ledger.gaps().len(), 1);
        assert_eq!(ledger.gaps()[0].reason, Reason::Limit);
        assert!(ledger.gaps()[0].detail.contains("limit entries of 0"));
    }
}
