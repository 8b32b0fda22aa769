//! What a document loads, runs or holds besides its code: each finding judges by itself, since
//! there is no code that would have to reach it.

use super::Verdict;
use super::reason::cut;
use crate::indicator::{Finding, Role};

/// The longest text of a finding in a sentence, in characters.
const LONGEST: usize = 160;
/// How many findings of one rule are told one by one.
const MOST_OF_A_RULE: usize = 3;

/// The reasons that findings outside modules give.
pub(super) fn judge(findings: &[Finding]) -> Vec<(Verdict, String)> {
    let mut told: Vec<(&str, usize)> = Vec::new();
    let outside = findings
        .iter()
        .filter(|one| one.module.is_none() && one.level >= 2);
    outside
        .filter_map(|finding| {
            let verdict = match finding.rule.role {
                Role::Trap => Verdict::Malicious,
                Role::Hold => Verdict::Suspicious,
                _ => Verdict::Macro,
            };
            let id = finding.rule.id;
            match told.iter_mut().find(|(seen, _)| *seen == id) {
                Some((_, count)) if *count >= MOST_OF_A_RULE => return None,
                Some((_, count)) => *count += 1,
                None => told.push((id, 1)),
            }
            Some((verdict, sentence(finding)))
        })
        .collect()
}

fn sentence(finding: &Finding) -> String {
    let text = cut(&finding.text, LONGEST);
    format!("The document {}: {text}.", finding.rule.does)
}
