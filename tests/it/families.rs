//! Inert replicas of what malware with VBA has looked like, and the matrix of starts and acts.
//!
//! Nothing here works. Each start and each act is behind `If Now > 0 Then Exit Sub`, which always
//! leaves and cannot be proved to; hosts and programs are names that do not exist, and the forms,
//! cells and texts that some read are empty. The documents are made while the test runs and are
//! kept nowhere. A twin of each replica leaves by a plain `Exit Sub`: code that provably never
//! runs, as attackers hide theirs behind conditions that only look so.
//!
//! | file | what |
//! |---|---|
//! | `emotet` | the waves of one family over the years |
//! | `others` | other families |
//! | `triggers` | each kind of start, with one act |
//! | `sinks` | each kind of act, with one start |
//!
//! Not VBA, and therefore not here: Emotet 2014 to 2015 (no macro), 2022 and 2022-11 (Excel 4.0),
//! 2022-04 (LNK, XLL), 2023-03-16 (OneNote); TrickBot by DDE fields; QakBot, IcedID and the
//! Excel 95 wave (Excel 4.0); ZLoader with nameless names (Excel 4.0); Agent Tesla in RTF and by
//! the equation editor; remote templates; damaged packages with a picture.

mod emotet;
mod others;
mod sinks;
mod triggers;

use macrosift::{Report, Verdict};

use crate::sketch::{Expect, Input, Office, Wrong, inputs, is_jumble, mentions};

const GUARD: &str = "If Now > 0 Then Exit ";

/// What a family did, dead.
struct Replica {
    /// When, or which family; and what is particular.
    name: &'static str,
    /// The program of the document.
    office: Office,
    /// Rules that fire.
    rules: &'static [&'static str],
    /// What the report names: commands, addresses, names of objects.
    shows: &'static [&'static str],
    /// The modules.
    text: &'static str,
}

const fn replica(
    name: &'static str,
    office: Office,
    rules: &'static [&'static str],
    shows: &'static [&'static str],
    text: &'static str,
) -> Replica {
    Replica {
        name,
        office,
        rules,
        shows,
        text,
    }
}

fn check(replicas: &[Replica]) {
    let mut wrong = Wrong::default();
    for replica in replicas {
        let text = replica.text.trim_start();
        assert!(text.contains(GUARD), "{} is not inert", replica.name);
        wrong.understood(replica.name, text);
        for input in inputs(replica.office, text) {
            let expect = if is_jumble(input.0, text) {
                Expect::AtLeast(Verdict::Suspicious)
            } else {
                Expect::Is(Verdict::Malicious)
            };
            let report = wrong.verdict(replica.name, &input, expect);
            if !is_jumble(input.0, text) {
                tells(replica, &input, &report, &mut wrong);
            }
        }
        let dead = text.replace(GUARD, "Exit ");
        for input in inputs(replica.office, &dead) {
            let name = format!("{}, provably dead", replica.name);
            wrong.verdict(&name, &input, Expect::AtLeast(Verdict::Suspicious));
        }
    }
    wrong.none();
}

/// The rules fire, and what is started or fetched is named.
fn tells(replica: &Replica, input: &Input, report: &Report, wrong: &mut Wrong) {
    for rule in replica.rules {
        let fires = report.findings().iter().any(|one| one.rule == *rule);
        wrong.check(input.0, fires, || format!("{}: no {rule}", replica.name));
    }
    for text in replica.shows {
        let shown = mentions(report, text);
        wrong.check(input.0, shown, || {
            format!("{}: {text} is not named", replica.name)
        });
    }
}

#[test]
fn waves_of_emotet() {
    check(emotet::REPLICAS);
}

#[test]
fn other_families() {
    check(others::REPLICAS);
}
