//! Sentences for a person at a quarantine: what starts the code, what it does, where that stands.

use std::fmt::Write as _;

use super::project::{Act, Chain, Project, Reach};
use crate::indicator::{Finding, Flow, Given, Role};

/// How many abilities a summary lists.
const MOST_ABILITIES: usize = 8;
/// How many procedures of a path are named.
const MOST_STEPS: usize = 4;
/// Texts from the file are cut, so that they cannot drown the sentence.
const LONGEST_NAME: usize = 60;
const LONGEST_ARGUMENT: usize = 160;

/// The sentence on a chain.
pub(super) fn sentence(project: &Project<'_>, chain: &Chain<'_>) -> String {
    let flow = chain.act.finding.flow.as_deref();
    let proven = flow.filter(|_| chain.act.reach >= Reach::Click);
    let trigger = starts(project, chain).filter(|_| proven.is_none());
    let mut says = match (proven, trigger) {
        (Some(flow), _) => format!("{} and ", start(project, flow)),
        (None, Some(trigger)) => {
            let place = place(project, trigger);
            format!("{place} {}, and the same project ", trigger.rule.does)
        }
        (None, None) => "The code ".to_owned(),
    };
    says.push_str(&act(project, &chain.act, proven));
    if let Some(and) = &chain.and {
        let joint = if proven.is_some() {
            ", and the same project "
        } else {
            "; and "
        };
        says.push_str(joint);
        says.push_str(&act(project, and, None));
    }
    says.push('.');
    if chain.act.reach == Reach::Dead {
        says.push_str(" As it stands, nothing reaches this code; elsewhere something may.");
    } else if proven.is_none() && trigger.is_none() {
        says.push_str(" What starts it was not found, which does not mean that nothing does.");
    }
    says
}

/// What starts a chain whose path is not proven: what starts the project, unless the code was
/// followed and no start was found.
fn starts<'e>(project: &Project<'e>, chain: &Chain<'e>) -> Option<&'e Finding> {
    let acts = [Some(chain.act), chain.and];
    let together = chain.and.is_some() && project.strongest >= Reach::Soft;
    let unknown = acts
        .into_iter()
        .flatten()
        .all(|act| act.reach == Reach::Unknown && act.finding.flow.is_some());
    project.trigger().filter(|_| together || !unknown)
}

/// The start of a proven path, where it stands if that is known, and what makes it run.
fn start(project: &Project<'_>, flow: &Flow) -> String {
    let Some((name, [_, ..])) = flow.path.split_first() else {
        return format!("The code {}", flow.starts);
    };
    if name == Flow::SCRIPT {
        return format!("The script {}", flow.starts);
    }
    let bare = name.rsplit('.').next().unwrap_or_default();
    let trigger = project.triggers.iter().find(|trigger| {
        trigger.rule.does == flow.starts && trigger.text.eq_ignore_ascii_case(bare)
    });
    let place = trigger.map_or_else(|| cut(name, LONGEST_NAME), |one| place(project, one));
    format!("{place} {}", flow.starts)
}

/// What an act does, by way of what, given what, and where.
fn act(project: &Project<'_>, act: &Act<'_>, proven: Option<&Flow>) -> String {
    let finding = act.finding;
    let way = proven.map(way).unwrap_or_default();
    let place = place(project, finding);
    let note = note(finding);
    format!("{}{way}: {place}{note}", finding.rule.does)
}

/// The procedures between a start and an act.
fn way(flow: &Flow) -> String {
    let [_, between @ .., _] = flow.path.as_slice() else {
        return String::new();
    };
    let steps: Vec<String> = between.iter().map(|step| cut(step, LONGEST_NAME)).collect();
    match steps.as_slice() {
        [] => String::new(),
        [one] => format!(", by way of {one}"),
        [first, second, more @ .., last] if steps.len() > MOST_STEPS => format!(
            ", by way of {first}, {second}, {} more and {last}",
            more.len()
        ),
        [all @ .., last] => format!(", by way of {} and {last}", all.join(", ")),
    }
}

/// What there is to say of what an act is given, or of a text that is a finding itself.
fn note(finding: &Finding) -> String {
    let Some(flow) = finding.flow.as_deref() else {
        return String::new();
    };
    let role = finding.rule.role;
    let is_text = matches!(
        role,
        Role::Command | Role::Payload | Role::Conceal | Role::Weaken | Role::Note
    );
    let what = if is_text { "it" } else { "what it is given" };
    let calls = matches!(
        role,
        Role::Execute | Role::View | Role::Verb | Role::Download | Role::Network
    );
    let says = match flow.given {
        _ if flow.network => "comes from the network",
        _ if flow.document => "comes from the document",
        Given::Unknown if calls => "is put together while the code runs and could not be read",
        _ if flow.computed => "is hidden in the code",
        _ => return String::new(),
    };
    format!("; {what} {says}")
}

/// A finding as it is named in a sentence.
fn place(project: &Project<'_>, finding: &Finding) -> String {
    let flow = finding.flow.as_deref();
    // The text of a finding with a path tells the path.
    let name = flow.and_then(|flow| flow.path.last());
    let mut says = cut(name.unwrap_or(&finding.text), LONGEST_NAME);
    if let Some(flow) =
        flow.filter(|flow| !flow.argument.is_empty() && flow.given != Given::Unknown)
    {
        let _ = write!(says, " \"{}\"", cut(flow.argument.trim(), LONGEST_ARGUMENT));
    }
    let name = finding
        .module
        .and_then(|module| project.names.get(module as usize));
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        let _ = write!(says, " in module {}", cut(name, LONGEST_NAME));
    }
    let _ = write!(says, " (line {})", finding.line);
    says
}

/// The beginning of a text, on one line and without what a terminal obeys.
pub(super) fn cut(text: &str, most: usize) -> String {
    let mut chars = text.chars();
    let shown = chars.by_ref().take(most);
    let mut shown: String = shown
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

/// What is said of a project for which no rule holds.
pub(super) fn summary(project: &Project<'_>) -> String {
    let modules = match project.modules {
        1 => "one macro module".to_owned(),
        count => format!("{count} macro modules"),
    };
    let mut does = project.does.clone();
    let more = does.len() > MOST_ABILITIES;
    does.truncate(MOST_ABILITIES);
    if does.is_empty() {
        return format!("The document holds {modules}, in which nothing dangerous was found.");
    }
    format!(
        "The document holds {modules}, without a chain from a start to a dangerous act. The code: {}{}.",
        does.join("; "),
        if more { "; and more" } else { "" }
    )
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::super::{Evidence, Verdict, judge};
    use super::*;
    use crate::indicator::Matcher;
    use crate::source::Place;

    static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::new);

    const BY_ITSELF: &str = "runs by itself when the document is opened";

    fn found(rule: &str, text: &str, (module, line): (u32, u32), flow: Option<Flow>) -> Finding {
        let rules = MATCHER.rules().iter();
        Finding {
            rule: rules.copied().find(|one| one.id == rule).unwrap(),
            level: 4,
            layer: 0,
            module: Some(module),
            line,
            column: 1,
            place: Place::Code,
            text: text.to_owned(),
            flow: flow.map(Box::new),
        }
    }

    fn flow(start: Option<Role>, path: &[&str], argument: &str, given: Given) -> Flow {
        Flow {
            start,
            starts: BY_ITSELF,
            path: path.iter().map(|step| (*step).to_owned()).collect(),
            argument: argument.to_owned(),
            given,
            computed: false,
            document: false,
            network: false,
            dead: false,
        }
    }

    fn reason(findings: &[Finding], allowed: bool) -> (Verdict, String) {
        let judgement = judge(&Evidence {
            findings,
            project_of: &[0, 0],
            followed: &[true],
            allowed: &[allowed],
            module_names: &["ThisDocument", "Module1"],
            observations: &[],
            gaps: &[],
            carrier: true,
            active: false,
        });
        (judgement.verdict, judgement.reasons[0].clone())
    }

    fn trigger() -> Finding {
        found("trigger.document-open", "Document_Open", (0, 3), None)
    }

    #[test]
    fn a_path_is_told_from_its_start_to_what_the_act_is_given() {
        let shell = |path: &[&str], argument, given| {
            let flow = flow(Some(Role::Auto), path, argument, given);
            let found = [
                trigger(),
                found("execution.shell", "Shell", (1, 7), Some(flow)),
            ];
            reason(&found, false).1
        };
        assert_eq!(
            shell(
                &["Document_Open", "Prepare", "Go", "Shell"],
                "cmd /c …",
                Given::Part
            ),
            "Document_Open in module ThisDocument (line 3) runs by itself when the document is \
             opened and starts a program, by way of Prepare and Go: Shell \"cmd /c …\" in module \
             Module1 (line 7)."
        );
        assert_eq!(
            shell(&["ThisDocument.Document_Open", "Shell"], "", Given::Unknown),
            "Document_Open in module ThisDocument (line 3) runs by itself when the document is \
             opened and starts a program: Shell in module Module1 (line 7); what it is given is put \
             together while the code runs and could not be read."
        );
        assert_eq!(
            shell(
                &["Other", "A", "B", "C", "D", "E", "F", "Shell"],
                "x",
                Given::Whole
            ),
            "Other runs by itself when the document is opened and starts a program, by way of A, B, \
             3 more and F: Shell \"x\" in module Module1 (line 7)."
        );
        assert_eq!(
            shell(&["script", "Shell"], "x", Given::Whole),
            "The script runs by itself when the document is opened and starts a program: Shell \"x\" \
             in module Module1 (line 7)."
        );
        assert_eq!(
            shell(&["Shell"], "x", Given::Whole),
            "The code runs by itself when the document is opened and starts a program: Shell \"x\" \
             in module Module1 (line 7)."
        );
    }

    #[test]
    fn where_what_it_is_given_comes_from_is_told() {
        for (change, says) in [
            ((true, false, false), "is hidden in the code."),
            ((true, true, false), "comes from the document."),
            ((true, true, true), "comes from the network."),
        ] {
            let (computed, document, network) = change;
            let flow = Flow {
                computed,
                document,
                network,
                ..flow(Some(Role::Auto), &["A", "Shell"], "x", Given::Whole)
            };
            let found = [found("execution.shell", "Shell", (1, 7), Some(flow))];
            let says = format!("; what it is given {says}");
            let (_, reason) = reason(&found, false);
            assert!(reason.ends_with(&says), "{reason}");
        }
    }

    #[test]
    fn a_text_is_told_as_what_it_is() {
        let flow = Flow {
            computed: true,
            ..flow(Some(Role::Auto), &["A", "inert"], "inert x", Given::Whole)
        };
        let text = "A -> inert \"inert x\"";
        let found = [found("execution.command-line", text, (1, 7), Some(flow))];
        assert_eq!(
            reason(&found, false).1,
            "A runs by itself when the document is opened and names a command interpreter or a \
             program that runs foreign code: inert \"inert x\" in module Module1 (line 7); it is \
             hidden in the code."
        );
    }

    #[test]
    fn without_a_path_the_sentence_says_what_is_not_known() {
        let shell = |flow| found("execution.shell", "Shell", (1, 7), Some(flow));
        let unknown = || flow(None, &["Shell"], "inert", Given::Whole);
        let dead = Flow {
            dead: true,
            ..unknown()
        };
        let send = flow(None, &["Send"], "inert", Given::Whole);
        let http = found("network.http", "Send", (1, 5), Some(send));
        for (found, says) in [
            (
                vec![trigger(), shell(unknown())],
                "The code starts a program: Shell \"inert\" in module Module1 (line 7). What starts \
                 it was not found, which does not mean that nothing does.",
            ),
            (
                vec![trigger(), shell(dead)],
                "Document_Open in module ThisDocument (line 3) runs by itself when the document is \
                 opened, and the same project starts a program: Shell \"inert\" in module Module1 \
                 (line 7). As it stands, nothing reaches this code; elsewhere something may.",
            ),
            (
                vec![trigger(), shell(unknown()), http],
                "Document_Open in module ThisDocument (line 3) runs by itself when the document is \
                 opened, and the same project sends requests over the network: Send \"inert\" in \
                 module Module1 (line 5); and starts a program: Shell \"inert\" in module Module1 \
                 (line 7).",
            ),
        ] {
            assert_eq!(reason(&found, false).1, says);
        }
    }

    #[test]
    fn texts_of_the_file_are_cut_and_stay_on_one_line() {
        let long = "x\u{1b}\r\n".repeat(300);
        let flow = flow(
            Some(Role::Auto),
            &[&long, &long, &long],
            &long,
            Given::Whole,
        );
        let found = [found("execution.shell", &long, (1, 7), Some(flow))];
        let (_, reason) = reason(&found, false);
        assert!(!reason.contains(char::is_control), "{reason:?}");
        assert!(reason.chars().count() < 600, "{reason}");
        assert_eq!(reason.matches('…').count(), 4, "{reason}");
    }

    #[test]
    fn code_that_is_allowed_is_not_held_for_what_it_can_do() {
        let shell = |start, document| {
            let flow = Flow {
                document,
                ..flow(start, &["Start", "Shell"], "x", Given::Whole)
            };
            [found("execution.shell", "Shell", (1, 7), Some(flow))]
        };
        let (verdict, says) = reason(&shell(Some(Role::Click), false), true);
        assert_eq!(verdict, Verdict::Macro);
        assert!(
            says.ends_with("(line 7); the code is on the list of allowed code (--allow)."),
            "{says}"
        );
        for (start, document, allowed, expected) in [
            (Some(Role::Click), false, false, Verdict::Suspicious),
            // The list knows nothing of the text of the document.
            (Some(Role::Click), true, true, Verdict::Suspicious),
            (Some(Role::Auto), false, true, Verdict::Malicious),
        ] {
            let (verdict, says) = reason(&shell(start, document), allowed);
            assert_eq!(verdict, expected);
            assert!(!says.contains("--allow"), "{says}");
        }
    }
}
