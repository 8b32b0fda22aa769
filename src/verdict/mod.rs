//! Findings, observations and gaps in, a judgement out. Pure: no text, no format, no state.
//!
//! The unit of judgement is the chain, not the word: a macro that writes files is daily work, and
//! so is one that starts when a workbook is opened; one that starts by itself and starts a program
//! is not. Findings are therefore gathered by project, each as the role its rule gives it and by
//! the start that reaches it, and each project is held against a short list of [`RULES`], worst
//! first. Where calls were not followed, whatever starts the project may reach what it does. What
//! cannot be read on the way (a name that is put together while the code runs) counts as suspicion
//! and never as innocence. Observations about the file and gaps in what was seen set a floor of
//! their own, and the worst of all wins.

use crate::indicator::Finding;
use crate::observe::{Gap, Observation, Reason};

mod facts;
mod loads;
mod project;
mod reason;
mod rules;

use project::Project;
pub use rules::{RULES, Rule};

/// The judgement of one input. The order is that of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// No kind of file that carries Office macros, and nothing of the kind inside it.
    Other,
    /// A document, inspected whole, with no active content.
    Clean,
    /// Active content, inspected whole, with no chain from a trigger to a dangerous act.
    Macro,
    /// Some part could not be inspected, and nothing worse was seen in the rest.
    Unscannable,
    /// A person has to look.
    Suspicious,
    /// A trigger reaches execution, download or memory injection, or an equally plain trap.
    Malicious,
}

impl Verdict {
    /// Every verdict, mildest first.
    pub const ALL: [Self; 6] = [
        Self::Other,
        Self::Clean,
        Self::Macro,
        Self::Unscannable,
        Self::Suspicious,
        Self::Malicious,
    ];

    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Clean => "clean",
            Self::Macro => "macro",
            Self::Unscannable => "unscannable",
            Self::Suspicious => "suspicious",
            Self::Malicious => "malicious",
        }
    }
}

/// What a judgement rests on.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'e> {
    /// The findings of all modules.
    pub findings: &'e [Finding],
    /// Which project each module belongs to, by the index of the module.
    pub project_of: &'e [u32],
    /// For each project, whether its calls were followed: whether findings of what it does have a
    /// [`Flow`](crate::indicator::Flow), save in lines that were not understood. Not if it is not
    /// said.
    pub followed: &'e [bool],
    /// For each project, whether its code is on the list of allowed code. Not if it is not said.
    pub allowed: &'e [bool],
    /// The names of all modules, by index.
    pub module_names: &'e [&'e str],
    /// What was noticed in the bytes.
    pub observations: &'e [Observation],
    /// What was not inspected.
    pub gaps: &'e [Gap],
    /// Whether the input is of a kind that can carry macros, or holds such a file.
    pub carrier: bool,
    /// Whether there is active content besides the modules.
    pub active: bool,
}

/// A verdict and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// One sentence each, for a person, worst first.
    pub reasons: Vec<String>,
}

/// How many reasons are given: who reads more than this reads the findings.
const MOST_REASONS: usize = 16;

/// Judges one input.
#[must_use]
pub fn judge(evidence: &Evidence<'_>) -> Judgement {
    let mut reasons: Vec<(Verdict, String)> = Vec::new();
    for project in Project::gather(evidence) {
        reasons.extend(project.judge());
    }
    reasons.extend(loads::judge(evidence.findings));
    reasons.extend(evidence.observations.iter().filter_map(of_observation));
    reasons.extend(evidence.gaps.iter().map(of_gap));
    if evidence.active {
        reasons.push((
            Verdict::Macro,
            "The document holds active content besides macros, and nothing in it was found to be \
             dangerous."
                .to_owned(),
        ));
    }
    if reasons.is_empty() {
        reasons.push(if evidence.carrier {
            (
                Verdict::Clean,
                "The document was inspected whole and holds no active content.".to_owned(),
            )
        } else {
            (
                Verdict::Other,
                "This is no kind of file that carries Office macros.".to_owned(),
            )
        });
    }
    // Stable: reasons of one severity stay in the order of projects, observations, gaps.
    reasons.sort_by_key(|(verdict, _)| std::cmp::Reverse(*verdict));
    reasons.dedup();
    let verdict = reasons
        .first()
        .map_or(Verdict::Other, |(verdict, _)| *verdict);
    Judgement {
        verdict,
        reasons: reasons
            .into_iter()
            .take(MOST_REASONS)
            .map(|(_, reason)| reason)
            .collect(),
    }
}

fn of_observation(observation: &Observation) -> Option<(Verdict, String)> {
    let fact = facts::FACTS
        .iter()
        .find(|fact| fact.code == observation.code)?;
    Some((
        fact.at_least,
        format!(
            "{}: {}.",
            fact.says,
            observation.detail.trim_end_matches('.')
        ),
    ))
}

fn of_gap(gap: &Gap) -> (Verdict, String) {
    let (verdict, says) = match gap.reason {
        Reason::ActiveUnread => (
            Verdict::Suspicious,
            "Code is certainly there and could not be read",
        ),
        Reason::Encrypted => (Verdict::Unscannable, "A part is encrypted"),
        Reason::EncryptedArchive => (Verdict::Unscannable, "A member of an archive is encrypted"),
        Reason::Unsupported => (
            Verdict::Unscannable,
            "A part is of a kind that is not read and can carry code",
        ),
        Reason::Limit => (
            Verdict::Unscannable,
            "The file is larger or deeper than is allowed",
        ),
        Reason::Damaged => (
            Verdict::Unscannable,
            "A part is damaged and could not be read whole",
        ),
        Reason::Internal => (
            Verdict::Unscannable,
            "The program failed on this input, by a defect of its own",
        ),
    };
    (
        verdict,
        format!("{says}: {}.", gap.detail.trim_end_matches('.')),
    )
}

#[cfg(test)]
mod tests;
