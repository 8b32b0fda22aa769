//! From what a pass collected to the report.

use sha2::{Digest, Sha256};

use crate::observe::{Gap, Observation, Reason};
use crate::report::{Coverage, Finding, Ioc, Report};
use crate::verdict::{self, Evidence, Verdict};

use super::pass::{Kept, Pass};
use super::{Hashes, known};

pub(super) fn report(pass: Pass<'_>, input: &[u8], kept: &[Kept<'_>]) -> Report {
    let Pass {
        scanner,
        ledger,
        mut layers,
        modules,
        project_of,
        project_names,
        followed,
        findings,
        iocs,
        ..
    } = pass;
    let (unkept, unkept_gaps) = (ledger.unkept_observations(), ledger.unkept_gaps());
    let (mut observations, mut gaps) = ledger.into_notes();
    say_passwords(&mut gaps, scanner.passwords.len());
    let names: Vec<&str> = modules.iter().map(|module| module.name.as_str()).collect();
    let mut projects = known::projects(project_names, &project_of, &modules);
    let allowed = known::allowed(&scanner.allowed, &projects, &modules);
    projects.retain(|project| project.identity.is_some());
    let judgement = verdict::judge(&Evidence {
        findings: &findings,
        project_of: &project_of,
        followed: &followed,
        allowed: &allowed,
        module_names: &names,
        observations: &observations,
        gaps: &gaps,
        carrier: pass.carrier,
        active: pass.active,
    });
    for (count, code, what) in [
        (unkept, "scan.more-observations", "observations"),
        (
            unkept_gaps,
            "scan.more-gaps",
            "parts that were not inspected",
        ),
    ] {
        if count > 0 {
            observations.push(Observation {
                code,
                clause: "",
                layer: 0,
                offset: 0,
                detail: format!("{count} further {what} are not listed"),
            });
        }
    }
    let flagged = scanner.hashes == Hashes::Flagged && judgement.verdict >= Verdict::Macro;
    if flagged {
        for (layer, kept) in layers.iter_mut().zip(kept) {
            layer.sha256 = Some(kept.sha256());
        }
    }
    // The input may be longer than what a limit let through.
    let hash = flagged || scanner.hashes == Hashes::All;
    Report {
        size: input.len() as u64,
        sha256: hash.then(|| match layers.first() {
            Some(layer) if layer.sha256.is_some() && !pass.cut => layer.sha256.unwrap_or_default(),
            _ => Sha256::digest(input).into(),
        }),
        format: layers.first().map_or("unknown", |layer| layer.format),
        verdict: judgement.verdict,
        reasons: judgement.reasons,
        coverage: coverage(&gaps, pass.inspected),
        uninspected: gaps,
        layers,
        modules,
        projects,
        findings: findings.into_iter().map(finding).collect(),
        iocs: iocs.into_iter().map(ioc).collect(),
        observations,
    }
}

/// Archives are not decrypted yet; whoever gave passwords is told that they were of no use.
fn say_passwords(gaps: &mut [Gap], given: usize) {
    for gap in gaps
        .iter_mut()
        .filter(|gap| gap.reason == Reason::EncryptedArchive)
    {
        if given > 0 {
            gap.detail
                .push_str("; decryption is not supported, so those given were not tried");
        }
    }
}

const fn coverage(gaps: &[Gap], inspected: bool) -> Coverage {
    match (gaps.is_empty(), inspected) {
        (true, _) => Coverage::Complete,
        (false, true) => Coverage::Partial,
        (false, false) => Coverage::None,
    }
}

fn finding(finding: crate::indicator::Finding) -> Finding {
    let rule = finding.rule;
    Finding {
        rule: rule.id,
        category: rule.category.name(),
        level: finding.level,
        attack: rule.attack,
        layer: finding.layer,
        module: finding.module,
        line: finding.module.map(|_| finding.line),
        column: finding.module.map(|_| finding.column),
        text: finding.text,
        why: rule.means,
    }
}

fn ioc(ioc: crate::indicator::Ioc) -> Ioc {
    Ioc {
        kind: ioc.kind,
        value: ioc.value,
        layer: ioc.layer,
        module: ioc.module,
        line: ioc.module.map(|_| ioc.line),
        decoded: ioc.decoded,
    }
}
