//! A table a rule: what makes it hold, and what is milder by one step.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::super::{Evidence, judge};
use super::*;
use crate::indicator::{Finding, Flow, Given, Matcher};
use crate::source::Place;

static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::new);

/// What the word search finds.
fn word(id: &str) -> Finding {
    let rule = MATCHER.rules().iter().find(|rule| rule.id == id);
    Finding {
        rule: rule.unwrap(),
        level: 2,
        layer: 0,
        module: Some(0),
        line: 1,
        column: 1,
        place: Place::Code,
        text: "Inert".to_owned(),
        flow: None,
    }
}

/// What following calls finds.
fn reached(id: &str, start: Option<Role>) -> Finding {
    given(id, start, |_| {})
}

fn given(id: &str, start: Option<Role>, change: impl Fn(&mut Flow)) -> Finding {
    let mut flow = Flow {
        start,
        starts: "runs by itself",
        path: vec!["Start".to_owned(), "Inert".to_owned()],
        argument: String::new(),
        given: Given::Unknown,
        computed: false,
        document: false,
        network: false,
        dead: false,
    };
    change(&mut flow);
    Finding {
        flow: Some(Box::new(flow)),
        ..word(id)
    }
}

fn evidence<'e>(findings: &'e [Finding], followed: &'e [bool]) -> Evidence<'e> {
    Evidence {
        findings,
        project_of: &[0],
        followed,
        allowed: &[],
        module_names: &["Module1"],
        observations: &[],
        gaps: &[],
        carrier: true,
        active: false,
    }
}

/// The rules that hold, by their names.
fn holding(findings: &[Finding], followed: bool) -> Vec<&'static str> {
    let followed = [followed];
    let projects = Project::gather(&evidence(findings, &followed));
    let names = projects
        .iter()
        .flat_map(|project| hold(project).map(|(rule, _)| rule.id.trim_start_matches("verdict.")));
    names.collect()
}

/// What the first rule is that holds in a project whose calls were followed.
fn first(findings: &[Finding]) -> &'static str {
    holding(findings, true).first().copied().unwrap_or("none")
}

/// The same of the words alone.
fn first_by_words(ids: &[&str]) -> &'static str {
    let findings: Vec<Finding> = ids.iter().map(|id| word(id)).collect();
    holding(&findings, false).first().copied().unwrap_or("none")
}

const AUTO: Option<Role> = Some(Role::Auto);
const SOFT: Option<Role> = Some(Role::Soft);
const CLICK: Option<Role> = Some(Role::Click);

const OPEN: &str = "trigger.document-open";
const CHANGE: &str = "trigger.document-event";
const SHELL: &str = "execution.shell";
const VIEWER: &str = "execution.shell-viewer";
const LAUNCHER: &str = "execution.script-host";
const VERB: &str = "execution.run-verb";
const MEMORY: &str = "injection.memory";
const DOWNLOAD: &str = "network.download";
const HTTP: &str = "network.http";
const DROP: &str = "write.bytes";
const OPAQUE: &str = "obfuscation.opaque-dispatch";
const COMMAND: &str = "execution.command-line";
const HOST: &str = "network.numeric-host";
const PROGRAM: &str = "write.program-name";
const REVERSE: &str = "obfuscation.reverse";
const XOR: &str = "obfuscation.xor";
const REGISTRY: &str = "persistence.registry-write";
const MAIL: &str = "network.send-mail";
const WEAKEN_RULE: &str = "defense.self-change";

fn dead(id: &str, start: Option<Role>) -> Finding {
    given(id, start, |flow| flow.dead = true)
}

/// A file that is written, of a name that is known.
fn drop_into(path: &str, start: Option<Role>) -> Finding {
    given(DROP, start, |flow| {
        path.clone_into(&mut flow.argument);
        flow.given = Given::Whole;
    })
}

fn hidden(start: Option<Role>) -> Finding {
    given(OPAQUE, start, |flow| flow.computed = true)
}

#[test]
fn names_are_unique_and_every_rule_explains_itself() {
    for (at, rule) in RULES.iter().enumerate() {
        assert!(rule.id.starts_with("verdict."), "{}", rule.id);
        assert!(RULES[at + 1..].iter().all(|other| other != rule));
        for text in [rule.means, rule.benign] {
            assert!(
                text.starts_with(char::is_uppercase) && text.ends_with('.'),
                "{text}"
            );
        }
        assert!(rule.verdict >= Verdict::Suspicious);
    }
    let verdicts: Vec<_> = RULES.iter().map(|rule| rule.verdict).collect();
    assert!(verdicts.is_sorted_by(|a, b| a >= b), "worst first");
}

#[test]
fn auto_act() {
    for (act, start, expected) in [
        (SHELL, AUTO, "auto-act"),
        (SHELL, SOFT, "auto-act"),
        (MEMORY, AUTO, "auto-act"),
        (SHELL, CLICK, "held-act"),
        (SHELL, None, "held-act"),
        (VIEWER, AUTO, "reached-act"),
    ] {
        assert_eq!(first(&[reached(act, start)]), expected, "{act} {start:?}");
    }
    let launcher = || reached(LAUNCHER, CLICK);
    assert_eq!(first(&[launcher(), reached(VERB, AUTO)]), "auto-act");
    assert_eq!(first(&[launcher(), reached(VERB, CLICK)]), "held-act");
    assert_eq!(first(&[reached(VERB, AUTO)]), "none");
    assert_eq!(first(&[reached(LAUNCHER, AUTO)]), "none");
    // What a viewer shows was just brought.
    for brought in [DOWNLOAD, HTTP, DROP] {
        let found = [reached(VIEWER, SOFT), reached(brought, None)];
        assert_eq!(first(&found), "auto-act", "{brought}");
    }
    // Where calls were not followed, any start counts.
    assert_eq!(first_by_words(&[OPEN, SHELL]), "auto-act");
    assert_eq!(first_by_words(&[CHANGE, LAUNCHER, VERB]), "auto-act");
    assert_eq!(first(&[word(OPEN), word(SHELL)]), "auto-act");
}

#[test]
fn download() {
    for (start, expected) in [
        (AUTO, "download"),
        (SOFT, "download"),
        (CLICK, "held-act"),
        (None, "held-act"),
    ] {
        assert_eq!(first(&[reached(DOWNLOAD, start)]), expected, "{start:?}");
    }
    for (start, payload, expected) in [
        (AUTO, HOST, "download"),
        (SOFT, HOST, "download"),
        (SOFT, "network.program-address", "download"),
        (CLICK, HOST, "none"),
        // A program that is installed may bear that name.
        (AUTO, PROGRAM, "reached-act"),
        (SOFT, PROGRAM, "none"),
    ] {
        let found = [reached(HTTP, start), word(payload)];
        assert_eq!(first(&found), expected, "{start:?} {payload}");
    }
    assert_eq!(first_by_words(&[CHANGE, HTTP, PROGRAM]), "download");
}

#[test]
fn fetch_and_use() {
    for (trigger, fetch, used, expected) in [
        (
            OPEN,
            reached(HTTP, None),
            reached(SHELL, None),
            "fetch-and-use",
        ),
        (
            OPEN,
            reached(HTTP, None),
            reached(SHELL, CLICK),
            "fetch-and-use",
        ),
        (
            OPEN,
            reached(HTTP, AUTO),
            reached(DROP, None),
            "fetch-and-use",
        ),
        (
            CHANGE,
            reached(HTTP, SOFT),
            reached(SHELL, CLICK),
            "fetch-and-use",
        ),
        (
            CHANGE,
            reached(HTTP, None),
            drop_into("C:\\a.exe", SOFT),
            "fetch-and-use",
        ),
        // Ordinary work is seen to reach neither.
        (
            CHANGE,
            reached(HTTP, None),
            reached(SHELL, None),
            "held-act",
        ),
        // A button starts both.
        (
            OPEN,
            reached(HTTP, CLICK),
            reached(SHELL, CLICK),
            "held-act",
        ),
        (OPEN, reached(HTTP, CLICK), reached(DROP, CLICK), "held-act"),
        // A picture is stored.
        (
            CHANGE,
            reached(HTTP, SOFT),
            drop_into("C:\\a.png", SOFT),
            "none",
        ),
        (OPEN, dead(HTTP, AUTO), reached(SHELL, None), "held-act"),
    ] {
        let found = [word(trigger), fetch, used];
        assert_eq!(first(&found), expected, "{found:?}");
    }
    // Whatever is done first: one of many need not be behind the button.
    let many = [
        word(OPEN),
        reached(HTTP, CLICK),
        reached(HTTP, None),
        reached(SHELL, CLICK),
    ];
    assert_eq!(first(&many), "fetch-and-use");
    // Without a start that needs nobody.
    let found = [
        word("trigger.click"),
        reached(HTTP, None),
        reached(SHELL, None),
    ];
    assert_eq!(first(&found), "held-act");
    assert_eq!(first_by_words(&[CHANGE, HTTP, LAUNCHER]), "fetch-and-use");
    assert_eq!(
        first(&[word(CHANGE), reached(HTTP, None), reached(LAUNCHER, None)]),
        "none"
    );
}

#[test]
fn what_a_dropped_file_would_be() {
    for (path, program) in [
        ("C:\\Users\\Public\\a.exe", true),
        ("\"C:\\a b\\A.JS\"", true),
        ("….vbs", true),
        ("C:\\a.hta, 2", true),
        ("a.exe.png", true),
        ("C:\\a.png", false),
        ("C:\\inert.com\\a.csv", false),
        ("C:\\a.exe_old\\b.txt", false),
        ("", false),
    ] {
        let found = [reached(HTTP, AUTO), drop_into(path, AUTO)];
        let expected = if program {
            "fetch-and-use"
        } else {
            "reached-act"
        };
        assert_eq!(first(&found), expected, "{path}");
    }
    // What is fetched is stored under a harmless name.
    let fed = given(DROP, AUTO, |flow| {
        flow.given = Given::Whole;
        flow.network = true;
    });
    assert_eq!(first(&[reached(HTTP, AUTO), fed]), "fetch-and-use");
}

#[test]
fn opaque_call() {
    let from_document = |start| given(OPAQUE, start, |flow| flow.document = true);
    let from_network = given(OPAQUE, AUTO, |flow| flow.network = true);
    for (found, expected) in [
        (vec![hidden(AUTO)], "opaque-call"),
        (vec![from_document(AUTO)], "opaque-call"),
        (vec![from_network], "opaque-call"),
        (vec![reached(OPAQUE, AUTO), word(COMMAND)], "opaque-call"),
        (
            vec![reached(OPAQUE, AUTO), word(REVERSE), word(XOR)],
            "opaque-call",
        ),
        (
            vec![reached(OPAQUE, AUTO), word(REVERSE), word(REVERSE)],
            "opaque-start",
        ),
        (vec![reached(OPAQUE, AUTO)], "opaque-start"),
        (vec![dead(OPAQUE, AUTO)], "none"),
    ] {
        assert_eq!(first(&found), expected, "{found:?}");
    }
    assert_eq!(
        first_by_words(&[OPEN, OPAQUE, REVERSE, HTTP]),
        "opaque-call"
    );
    assert_eq!(first_by_words(&[OPEN, OPAQUE, COMMAND]), "opaque-call");
    assert_eq!(first_by_words(&[OPEN, OPAQUE]), "opaque-start");
}

#[test]
fn opaque_start() {
    for (found, expected) in [
        (vec![hidden(SOFT)], "opaque-start"),
        (vec![reached(OPAQUE, SOFT)], "none"),
        (vec![hidden(CLICK)], "none"),
        (vec![hidden(CLICK), word(COMMAND)], "opaque-start"),
        (vec![hidden(None), reached(HTTP, None)], "opaque-start"),
        (vec![reached(OPAQUE, CLICK), word(COMMAND)], "none"),
    ] {
        assert_eq!(first(&found), expected, "{found:?}");
    }
}

#[test]
fn cut_path() {
    for (found, expected) in [
        (
            vec![reached(OPAQUE, AUTO), reached(SHELL, None)],
            "cut-path",
        ),
        (
            vec![reached(OPAQUE, AUTO), reached(DOWNLOAD, None)],
            "cut-path",
        ),
        (
            vec![reached(OPAQUE, AUTO), reached(SHELL, CLICK)],
            "held-act",
        ),
        (
            vec![reached(OPAQUE, SOFT), reached(SHELL, None)],
            "held-act",
        ),
    ] {
        assert_eq!(first(&found), expected, "{found:?}");
    }
}

#[test]
fn held_act() {
    for start in [CLICK, None] {
        for id in [SHELL, MEMORY, DOWNLOAD] {
            assert_eq!(first(&[reached(id, start)]), "held-act", "{id} {start:?}");
        }
        let fetched = [reached(HTTP, start), reached(DROP, start)];
        assert_eq!(first(&fetched), "held-act");
        assert_eq!(first(&[reached(HTTP, start)]), "none");
        assert_eq!(first(&[reached(DROP, start)]), "none");
    }
    assert_eq!(first_by_words(&[SHELL]), "held-act");
}

#[test]
fn dead_act() {
    for (found, expected) in [
        (vec![word(OPEN), dead(SHELL, AUTO)], "dead-act"),
        (vec![word(CHANGE), dead(DOWNLOAD, None)], "dead-act"),
        (vec![word("trigger.click"), dead(SHELL, CLICK)], "none"),
        (vec![dead(SHELL, None)], "none"),
        (vec![word(OPEN), dead(HTTP, AUTO)], "none"),
    ] {
        assert_eq!(first(&found), expected, "{found:?}");
    }
}

#[test]
fn drop_program() {
    for (found, expected) in [
        (vec![drop_into("C:\\a.exe", AUTO)], "drop-program"),
        (vec![reached("write.program", AUTO)], "drop-program"),
        (vec![drop_into("C:\\a.exe", SOFT)], "none"),
        (vec![drop_into("C:\\a.png", AUTO), word(PROGRAM)], "none"),
        (vec![reached(DROP, AUTO), word(PROGRAM)], "drop-program"),
        (vec![reached(DROP, AUTO)], "none"),
    ] {
        assert_eq!(first(&found), expected, "{found:?}");
    }
    assert_eq!(first_by_words(&[OPEN, DROP, PROGRAM]), "drop-program");
}

#[test]
fn planted_program() {
    let run_key = |start| reached("persistence.run-key", start);
    let load = |start| reached("execution.load-library", start);
    for (found, expected) in [
        (vec![run_key(AUTO), word(COMMAND)], "planted-program"),
        (vec![run_key(AUTO), word(PROGRAM)], "planted-program"),
        (vec![run_key(AUTO)], "reached-act"),
        (vec![run_key(SOFT), word(PROGRAM)], "none"),
        (
            vec![load(AUTO), drop_into("C:\\a.dll", AUTO)],
            "planted-program",
        ),
        (
            vec![load(AUTO), drop_into("C:\\a.png", AUTO)],
            "reached-act",
        ),
        (
            vec![load(SOFT), drop_into("C:\\a.dll", AUTO)],
            "drop-program",
        ),
    ] {
        assert_eq!(first(&found), expected, "{found:?}");
    }
}

#[test]
fn reached_act_and_weaken() {
    // From which start on, followed and by words alone.
    for (id, followed, words) in [
        (HTTP, AUTO, SOFT),
        (COMMAND, AUTO, SOFT),
        (LAUNCHER, None, SOFT),
        (REGISTRY, AUTO, AUTO),
        (MAIL, AUTO, AUTO),
        (VIEWER, CLICK, CLICK),
        (WEAKEN_RULE, CLICK, CLICK),
        ("execution.foreign-library", AUTO, AUTO),
        (PROGRAM, None, None),
        ("write.file", None, None),
    ] {
        let rank = |start| {
            [None, CLICK, SOFT, AUTO]
                .iter()
                .position(|one| *one == start)
                .unwrap()
        };
        for start in [CLICK, SOFT, AUTO] {
            let held = |from: Option<Role>| from.is_some() && rank(start) >= rank(from);
            let found = first(&[reached(id, start)]);
            assert_eq!(found != "none", held(followed), "{id} {start:?}");
            let trigger = match start {
                AUTO => OPEN,
                SOFT => CHANGE,
                _ => "trigger.click",
            };
            let found = first_by_words(&[trigger, id]);
            assert_eq!(found != "none", held(words), "{id} {start:?}");
        }
    }
    // No start is known.
    for (id, followed, words) in [
        (VIEWER, "none", "reached-act"),
        (WEAKEN_RULE, "none", "weaken"),
        (HTTP, "none", "none"),
    ] {
        assert_eq!(first(&[reached(id, None)]), followed, "{id}");
        assert_eq!(first_by_words(&[id]), words, "{id}");
    }
    // The way to it may have been missed.
    assert_eq!(first(&[word(OPEN), reached(HTTP, None)]), "reached-act");
    assert_eq!(first(&[word(OPEN), reached(HTTP, CLICK)]), "none");
}

#[test]
fn what_weakens_is_told_besides() {
    let found = [reached(SHELL, AUTO), reached(WEAKEN_RULE, AUTO)];
    assert_eq!(holding(&found, true), ["auto-act", "weaken"]);
}

/// Any finding of any role, reached in any way.
fn any_finding() -> impl Strategy<Value = Finding> {
    let ids = vec![
        OPEN,
        CHANGE,
        "trigger.click",
        SHELL,
        VIEWER,
        LAUNCHER,
        VERB,
        MEMORY,
        DOWNLOAD,
        HTTP,
        DROP,
        OPAQUE,
        COMMAND,
        HOST,
        PROGRAM,
        REVERSE,
        XOR,
        REGISTRY,
        MAIL,
        WEAKEN_RULE,
        "write.file",
        "execution.declare",
    ];
    let start = prop::sample::select(vec![AUTO, SOFT, CLICK, None]);
    let path = prop::sample::select(vec!["", "C:\\a.exe", "C:\\a.png", "…"]);
    let knowledge = prop::sample::select(vec![Given::Unknown, Given::Part, Given::Whole]);
    let flow = (start, path, knowledge, any::<[bool; 4]>(), 0..4_usize);
    (prop::sample::select(ids), prop::option::of(flow), 1..=4_u8).prop_map(|(id, flow, level)| {
        let mut finding = word(id);
        finding.level = level;
        finding.flow = flow.map(
            |(start, argument, given, [computed, document, network, dead], steps)| {
                Box::new(Flow {
                    start,
                    starts: "runs by itself",
                    path: vec!["Step".to_owned(); steps],
                    argument: argument.to_owned(),
                    given,
                    computed,
                    document,
                    network,
                    dead,
                })
            },
        );
        finding
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// One finding more, wherever it stands, never makes a verdict milder; and whatever there is,
    /// the reason is a sentence.
    #[test]
    fn more_findings_are_never_milder(
        findings in prop::collection::vec(any_finding(), 0..8),
        more in any_finding(),
        at in any::<prop::sample::Index>(),
        followed: bool,
        allowed: bool,
    ) {
        let (followed, allowed) = ([followed], [allowed]);
        let judge = |findings: &[Finding]| judge(&Evidence {
            allowed: &allowed,
            ..evidence(findings, &followed)
        });
        let before = judge(&findings);
        let mut all = findings.clone();
        all.insert(at.index(findings.len() + 1), more);
        let after = judge(&all);
        prop_assert!(after.verdict >= before.verdict, "{before:?} {after:?}");
        for reason in after.reasons {
            prop_assert!(reason.ends_with('.') && !reason.contains("  "), "{reason}");
        }
    }
}
