//! What a document loads, runs or holds besides its code, judged by what it is for and by where
//! it comes from.

use super::matcher::Matcher;
use super::rules::{Finding, Ioc};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::source::{Load, LoadKind, Place};

/// The longest text of a target that is told, in characters.
const LONGEST: usize = 200;

/// Turns what a layer loads into findings and addresses.
pub fn examine(
    load: &Load,
    layer: u32,
    matcher: &Matcher,
    ledger: &mut Ledger,
    findings: &mut Vec<Finding>,
    _iocs: &mut Vec<Ioc>,
) {
    let Some(rule) = matcher.rule(rule_of(load)) else {
        return;
    };
    if ledger.charge(Limit::Findings, 1).is_err() {
        return;
    }
    findings.push(Finding {
        rule,
        level: 2,
        layer,
        module: None,
        line: 0,
        column: 0,
        place: Place::Code,
        text: load.target.chars().take(LONGEST).collect(),
        flow: None,
    });
}

const fn rule_of(load: &Load) -> &'static str {
    match load.kind {
        LoadKind::Hyperlink => "external.hyperlink",
        _ => "external.other",
    }
}
