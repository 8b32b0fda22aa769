//! What one scan may cost.
//!
//! [`Limits`] are the configuration, a [`Budget`] is the running tally of one input. Every loop
//! over file data charges the budget, so work is linear in what is paid for. Budgets count work
//! and bytes, never seconds: the same input gives the same report on any machine.

use std::fmt;

/// One bounded quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Limit {
    /// Bytes of one input.
    InputBytes,
    /// Bytes that inflating, gathering and decompressing may produce for one input.
    OutputBytes,
    /// Layers (nested documents) of one input.
    Layers,
    /// How deep layers may nest.
    Depth,
    /// Directory entries, zip members, relationships and project records of one input.
    Entries,
    /// Steps of work: chain links, records and tokens of file structures, and what code computes.
    Steps,
    /// Modules of one input.
    Modules,
    /// Bytes of decoded source text of one input.
    SourceBytes,
    /// Findings kept for one input.
    Findings,
    /// Addresses, paths and other indicators of compromise kept for one input.
    Iocs,
    /// Observations kept for one input.
    Observations,
}

impl Limit {
    /// Every limit, in the order of the documentation.
    pub const ALL: [Self; 11] = [
        Self::InputBytes,
        Self::OutputBytes,
        Self::Layers,
        Self::Depth,
        Self::Entries,
        Self::Steps,
        Self::Modules,
        Self::SourceBytes,
        Self::Findings,
        Self::Iocs,
        Self::Observations,
    ];

    /// The name used on the command line and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InputBytes => "input-bytes",
            Self::OutputBytes => "output-bytes",
            Self::Layers => "layers",
            Self::Depth => "depth",
            Self::Entries => "entries",
            Self::Steps => "steps",
            Self::Modules => "modules",
            Self::SourceBytes => "source-bytes",
            Self::Findings => "findings",
            Self::Iocs => "iocs",
            Self::Observations => "observations",
        }
    }

    /// The limit of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|limit| limit.name() == name)
    }

    const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

const COUNT: usize = Limit::ALL.len();
const MIB: u64 = 1 << 20;

/// The bounds of one scan. Start from a preset and change single values with [`Limits::with`].
///
/// ```
/// use macrosift::{Limit, Limits};
/// let limits = Limits::mail().with(Limit::Depth, 4);
/// assert_eq!(limits.get(Limit::Depth), 4);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    values: [u64; COUNT],
}

impl Limits {
    /// For a filter in the path of mail: an answer within about a second, whatever comes.
    #[must_use]
    pub const fn mail() -> Self {
        Self {
            values: [
                768 * MIB,
                256 * MIB,
                1_000,
                8,
                200_000,
                20_000_000,
                4_000,
                64 * MIB,
                10_000,
                2_000,
                400,
            ],
        }
    }

    /// For an administrator going over a quarantine: ten times the patience.
    #[must_use]
    pub const fn quarantine() -> Self {
        Self {
            values: [
                4096 * MIB,
                2048 * MIB,
                20_000,
                24,
                2_000_000,
                400_000_000,
                40_000,
                512 * MIB,
                50_000,
                20_000,
                2_000,
            ],
        }
    }

    /// No limit but the depth of nesting. For files that are already trusted to be small.
    #[must_use]
    pub const fn unbounded() -> Self {
        Self {
            values: [u64::MAX; COUNT],
        }
        .with(Limit::Depth, 64)
    }

    /// The value of one limit.
    #[must_use]
    pub const fn get(&self, limit: Limit) -> u64 {
        #[expect(
            clippy::indexing_slicing,
            reason = "every Limit is an index below COUNT"
        )]
        self.values[limit.index()]
    }

    /// The same limits with one changed.
    #[must_use]
    pub const fn with(mut self, limit: Limit, value: u64) -> Self {
        #[expect(
            clippy::indexing_slicing,
            reason = "every Limit is an index below COUNT"
        )]
        {
            self.values[limit.index()] = value;
        }
        self
    }
}

impl Default for Limits {
    /// [`Limits::mail`].
    fn default() -> Self {
        Self::mail()
    }
}

/// A limit that has been reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Which one.
    pub limit: Limit,
    /// Its value.
    pub value: u64,
}

impl fmt::Display for Spent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "limit {} of {} reached", self.limit, self.value)
    }
}

/// The tally of one input against its [`Limits`].
#[derive(Clone, Debug)]
pub struct Budget {
    limits: Limits,
    spent: [u64; COUNT],
}

impl Budget {
    /// A fresh tally.
    #[must_use]
    pub const fn new(limits: Limits) -> Self {
        Self {
            limits,
            spent: [0; COUNT],
        }
    }

    /// The limits it counts against.
    #[must_use]
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Adds `amount`, unless that would pass the limit.
    ///
    /// # Errors
    /// The limit and its value, and nothing is added; a smaller amount may still fit.
    pub fn charge(&mut self, limit: Limit, amount: u64) -> Result<(), Spent> {
        let value = self.limits.get(limit);
        #[expect(
            clippy::indexing_slicing,
            reason = "every Limit is an index below COUNT"
        )]
        let tally = &mut self.spent[limit.index()];
        match tally.checked_add(amount) {
            Some(sum) if sum <= value => {
                *tally = sum;
                Ok(())
            }
            _ => Err(Spent { limit, value }),
        }
    }

    /// What has been charged so far.
    #[must_use]
    pub const fn spent(&self, limit: Limit) -> u64 {
        #[expect(
            clippy::indexing_slicing,
            reason = "every Limit is an index below COUNT"
        )]
        self.spent[limit.index()]
    }

    /// What is left of a limit.
    #[must_use]
    pub const fn left(&self, limit: Limit) -> u64 {
        self.limits.get(limit).saturating_sub(self.spent(limit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charge_that_does_not_fit_is_refused_whole() {
        let mut budget = Budget::new(Limits::mail().with(Limit::Steps, 10));
        assert!(budget.charge(Limit::Steps, 8).is_ok());
        let spent = budget.charge(Limit::Steps, 3).unwrap_err();
        assert_eq!(spent.to_string(), "limit steps of 10 reached");
        assert_eq!(budget.spent(Limit::Steps), 8);
        assert!(budget.charge(Limit::Steps, 2).is_ok());
    }

    #[test]
    fn names_go_both_ways() {
        for limit in Limit::ALL {
            assert_eq!(Limit::from_name(limit.name()), Some(limit));
        }
        assert_eq!(Limit::from_name("seconds"), None);
    }
}
