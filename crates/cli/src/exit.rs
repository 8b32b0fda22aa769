//! The exit status.

use std::process::ExitCode;

use macrosift::{Outcome, SkipReason, Verdict};

/// What the exit status will be. Fails closed: 0 is for inputs that were all read, judged and
/// found to be less than flagged.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Exit {
    flagged: bool,
    unjudged: bool,
}

/// Something could not be read or judged, or the command line is wrong.
pub(crate) const INCOMPLETE: u8 = 2;

impl Exit {
    /// Takes one record into account.
    pub(crate) fn note(&mut self, outcome: &Outcome, fail_on: Verdict) {
        match outcome {
            Outcome::Document(report) => self.judged(report.verdict(), fail_on),
            Outcome::Error(_) | Outcome::Skipped(SkipReason::Growing) => self.unjudged = true,
            Outcome::Skipped(_) => {}
        }
    }

    /// Something went wrong that is no record.
    pub(crate) const fn fail(&mut self) {
        self.unjudged = true;
    }

    /// What was not inspected is not known to be what is flagged, whatever that is.
    fn judged(&mut self, verdict: Verdict, fail_on: Verdict) {
        if verdict == Verdict::Unscannable {
            self.unjudged = true;
        } else if verdict >= fail_on {
            self.flagged = true;
        }
    }

    /// 0, 1 or 2.
    pub(crate) const fn status(self) -> u8 {
        match self {
            Self { flagged: true, .. } => 1,
            Self { unjudged: true, .. } => INCOMPLETE,
            _ => 0,
        }
    }

    pub(crate) fn code(self) -> ExitCode {
        self.status().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(verdicts: &[Verdict], outcomes: &[Outcome], fail_on: Verdict) -> u8 {
        let mut exit = Exit::default();
        for verdict in verdicts {
            exit.judged(*verdict, fail_on);
        }
        for outcome in outcomes {
            exit.note(outcome, fail_on);
        }
        exit.status()
    }

    #[test]
    fn each_verdict_under_each_threshold() {
        use Verdict::{Clean, Macro, Malicious, Other, Suspicious, Unscannable};
        for (verdict, expected) in [
            (Other, [0, 0, 0]),
            (Clean, [0, 0, 0]),
            (Macro, [1, 0, 0]),
            (Unscannable, [2, 2, 2]),
            (Suspicious, [1, 1, 0]),
            (Malicious, [1, 1, 1]),
        ] {
            let found = [Macro, Suspicious, Malicious].map(|at| status(&[verdict], &[], at));
            assert_eq!(found, expected, "{verdict:?}");
        }
    }

    #[test]
    fn what_is_flagged_outweighs_what_is_missing_in_any_order() {
        use Verdict::{Clean, Malicious, Suspicious, Unscannable};
        assert_eq!(status(&[], &[], Suspicious), 0);
        assert_eq!(status(&[Clean, Unscannable, Clean], &[], Suspicious), 2);
        assert_eq!(status(&[Unscannable, Malicious], &[], Suspicious), 1);
        assert_eq!(status(&[Malicious, Unscannable], &[], Suspicious), 1);
        let error = [Outcome::Error("gone".to_owned())];
        assert_eq!(status(&[Clean], &error, Suspicious), 2);
        assert_eq!(status(&[Malicious], &error, Suspicious), 1);
    }

    #[test]
    fn of_what_is_skipped_only_a_growing_file_counts() {
        for (reason, expected) in [
            (SkipReason::Symlink, 0),
            (SkipReason::Socket, 0),
            (SkipReason::Fifo, 0),
            (SkipReason::Device, 0),
            (SkipReason::Growing, 2),
        ] {
            let outcome = [Outcome::Skipped(reason)];
            assert_eq!(status(&[], &outcome, Verdict::Suspicious), expected);
        }
    }
}
