//! A whole scan: the report agrees with itself, with a second one, and with that of other limits.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use macrosift::report::Coverage;
use macrosift::{Limit, Limits, Reason, Report, Scanner, Scratch, Verdict};

fn scanner(limits: Limits) -> Scanner {
    Scanner::builder().limits(limits).keep_source(true).build()
}

pub(super) static MAIL: LazyLock<Scanner> = LazyLock::new(|| scanner(Limits::mail()));
static QUARANTINE: LazyLock<Scanner> = LazyLock::new(|| scanner(Limits::quarantine()));
/// Limits so low that ordinary documents reach each of them.
static TIGHT: LazyLock<Vec<Scanner>> = LazyLock::new(|| {
    let low = |limit| match limit {
        Limit::Depth => 1,
        Limit::Layers | Limit::Modules => 2,
        Limit::Findings | Limit::Iocs | Limit::Observations => 3,
        Limit::Entries => 12,
        Limit::Steps => 60,
        _ => 2000,
    };
    let tight = |limit| scanner(Limits::mail().with(limit, low(limit)));
    Limit::ALL.into_iter().map(tight).collect()
});

/// The target.
pub fn scan(data: &[u8]) {
    let report = MAIL.scan(data);
    agrees_with_itself(data, &report);

    let mut scratch = Scratch::new();
    let other = b"Sub A()\r\nEnd Sub\r\n";
    let _ = MAIL.scan_with(&mut scratch, other, None);
    let again = MAIL.scan_with(&mut scratch, data, None);
    assert!(report == again, "two scans of the same bytes differ");

    let patient = QUARANTINE.scan(data);
    agrees_with_itself(data, &patient);
    no_worse_for_more(&report, &patient);
    // One limit an input: over many inputs all have their turn.
    let turn = data.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    let hasty = &TIGHT[usize::from(turn) % TIGHT.len()];
    let hasty = hasty.scan(data);
    agrees_with_itself(data, &hasty);
    no_worse_for_more(&hasty, &report);
}

pub(super) fn agrees_with_itself(data: &[u8], report: &Report) {
    assert_eq!(report.size(), data.len() as u64);
    let gaps = report.uninspected();
    assert_eq!(report.coverage() == Coverage::Complete, gaps.is_empty());
    if !gaps.is_empty() {
        assert!(report.verdict() >= Verdict::Unscannable, "{gaps:?}");
    }
    if gaps.iter().any(|gap| gap.reason == Reason::ActiveUnread) {
        assert!(report.verdict() >= Verdict::Suspicious, "{gaps:?}");
    }
    assert!(gaps.iter().all(|gap| gap.reason != Reason::Internal));
    if !report.modules().is_empty() {
        assert!(report.verdict() >= Verdict::Macro);
    }
    assert!(!report.reasons().is_empty());
    let layers = report.layers().len() as u32;
    for (id, layer) in (0..).zip(report.layers()) {
        assert_eq!(layer.id, id);
        assert_eq!(layer.parent.is_none(), id == 0);
        assert!(layer.parent.is_none_or(|parent| parent < id));
    }
    for module in report.modules() {
        assert!(module.layer < layers);
        assert_eq!(
            module.source.as_ref().map(|text| text.len() as u64),
            Some(module.size)
        );
    }
    for finding in report.findings() {
        // What the document loads or holds besides code is in none.
        let Some(module) = finding.module else {
            assert!(finding.layer < layers && finding.line.is_none());
            continue;
        };
        let module = &report.modules()[module as usize];
        assert_eq!(module.layer, finding.layer);
        // From level 3 on it is what the code computes, or the way to an act; before, it stands
        // there, or is an act that is given something unknown.
        let text = finding.text.trim_end_matches(" \"…\"").to_lowercase();
        let source = module.source.as_ref().map(|source| source.to_lowercase());
        assert!(finding.level >= 3 || source.is_some_and(|source| source.contains(&text)));
    }
    assert!(report.observations().iter().all(|one| one.layer < layers));
    assert!(gaps.iter().all(|gap| gap.layer < layers.max(1)));
}

/// More patience loses nothing: what was found is found again, and where nothing was cut short,
/// all is as it was.
fn no_worse_for_more(less: &Report, more: &Report) {
    let found = |report: &Report| -> BTreeSet<(&str, String)> {
        let findings = report.findings().iter();
        findings.map(|one| (one.rule, one.text.clone())).collect()
    };
    let cut = less
        .uninspected()
        .iter()
        .any(|gap| gap.reason == Reason::Limit);
    if cut {
        return;
    }
    assert_eq!(less.verdict(), more.verdict());
    assert_eq!(less.modules(), more.modules());
    // Findings that judge nothing may be left out, with a note of that.
    let mut notes = less.observations().iter();
    if notes.all(|note| note.code != "text.findings-unkept") {
        assert_eq!(found(less), found(more));
    }
}
