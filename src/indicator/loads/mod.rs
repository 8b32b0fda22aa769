//! What a document loads, runs or holds besides its code, judged by what it is for and by where
//! it comes from.

mod class;
mod dde;
mod ending;
mod rule;
mod target;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::ioc;
use super::matcher::Matcher;
use super::rules::{Finding, Ioc};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::source::{Load, LoadKind, Place};
use target::{Class, Target};

/// The longest text of a target that is told, in characters.
const LONGEST: usize = 200;
/// How many findings of a rule one layer may give: more are no more evidence.
const KEPT: u32 = 16;
/// How many different addresses the loads of one layer may give.
const KEPT_ADDRESSES: usize = 512;

/// The loads of one layer, as far as they were judged.
#[derive(Debug, Default)]
pub struct Judged {
    layer: u32,
    /// How many findings each rule has given.
    of_rule: HashMap<&'static str, u32>,
    /// What was told of a rule already, and which addresses.
    told: HashSet<(&'static str, String)>,
    addresses: usize,
}

impl Judged {
    /// Turns something that a layer loads into a finding and addresses.
    pub fn examine(
        &mut self,
        load: &Load,
        layer: u32,
        matcher: &Matcher,
        ledger: &mut Ledger,
        findings: &mut Vec<Finding>,
        iocs: &mut Vec<Ioc>,
    ) {
        if self.layer != layer {
            *self = Self {
                layer,
                ..Self::default()
            };
        }
        // Each is looked at a few times.
        if ledger
            .charge(Limit::Steps, 1 + (load.target.len() as u64 >> 6))
            .is_err()
        {
            return;
        }
        let target = Target::read(&load.target);
        self.addresses(load, &target, layer, ledger, iocs);
        let Some(rule) = rule::rule(load, &target).and_then(|id| matcher.rule(id)) else {
            return;
        };
        let text = ioc::defang_command(&load.target);
        let text: String = text.chars().take(LONGEST).collect();
        let count = self.of_rule.entry(rule.id).or_default();
        if *count >= KEPT || !self.told.insert((rule.id, text.clone())) {
            return;
        }
        *count += 1;
        if ledger.charge(Limit::Findings, 1).is_err() {
            return;
        }
        let whole = !load.target.is_empty() && !load.target.contains(['…', '\u{FFFD}']);
        findings.push(Finding {
            rule,
            level: if whole { 3 } else { 2 },
            layer,
            module: None,
            line: 0,
            column: 0,
            place: Place::Code,
            text,
            flow: None,
        });
    }

    /// Keeps what a target names: an address and its host, a path, a command.
    fn addresses(
        &mut self,
        load: &Load,
        target: &Target,
        layer: u32,
        ledger: &mut Ledger,
        iocs: &mut Vec<Ioc>,
    ) {
        let mut keep = |kind: &'static str, value: String, decoded: bool| {
            if value.is_empty() || self.addresses >= KEPT_ADDRESSES {
                return;
            }
            // They inform and do not judge: too many of them leave no gap.
            if ledger.budget().left(Limit::Iocs) == 0
                || !self.told.insert((kind, value.clone()))
                || ledger.charge(Limit::Iocs, 1).is_err()
            {
                return;
            }
            self.addresses += 1;
            iocs.push(Ioc {
                kind,
                value,
                layer,
                module: None,
                line: 0,
                decoded,
            });
        };
        match load.kind {
            LoadKind::DdeField
            | LoadKind::DdeLink
            | LoadKind::DdeFormula
            | LoadKind::RunProgram => {
                keep("command", ioc::defang_command(&shown(&load.target)), false);
                return;
            }
            LoadKind::Class
            | LoadKind::Control
            | LoadKind::FalseType
            | LoadKind::BuiltInPassword
            | LoadKind::Script
            | LoadKind::Program
            | LoadKind::Package
            | LoadKind::Attachment => return,
            _ => {}
        }
        match target.class {
            Class::Web | Class::Archived | Class::Handler | Class::Scheme | Class::Moniker => {
                let decoded = !load.target.trim().eq_ignore_ascii_case(&target.text);
                keep("url", ioc::defang_url(&shown(&target.text)), decoded);
            }
            Class::Share | Class::FarShare => {
                let path = target.text.replace('/', "\\");
                let path = path.strip_prefix("file:").unwrap_or(&path);
                let path = format!("\\\\{}", path.trim_start_matches('\\'));
                keep("path", ioc::defang_unc(&shown(&path)), false);
            }
            Class::Drive => keep("path", shown(load.target.trim()), false),
            _ => return,
        }
        if !target.host.is_empty() {
            let (kind, host, decoded) = ioc::host(&target.host);
            keep(kind, host, decoded);
        }
    }
}

fn shown(text: &str) -> String {
    text.chars().take(2 * LONGEST).collect()
}
