//! Sentences for a person at a quarantine: what starts the code, what it does, where that stands.

use std::fmt::Write as _;

use super::project::{Act, Chain, Project, Reach};
use crate::indicator::{Finding, Flow, Given};

/// How many abilities a summary lists.
const MOST_ABILITIES: usize = 8;
/// How many procedures of a path are named.
const MOST_STEPS: usize = 4;
/// Texts from the file are cut, so that they cannot drown the sentence.
const LONGEST_NAME: usize = 60;
const LONGEST_ARGUMENT: usize = 160;

/// The sentence on a chain.
pub(super) fn sentence(project: &Project<'_>, chain: &Chain<'_>) -> String {
    let mut says = String::new();
    let mut does = "";
    let proven = chain.act.finding.flow.as_deref().filter(|flow| {
        // Of two acts that are far apart, the path of one says little.
        chain.act.reach >= Reach::Click && flow.path.len() > 1
    });
    match (proven, starts(project, chain)) {
        (Some(flow), _) => {
            says.push_str(&start(project, flow));
            does = " and ";
        }
        (None, Some(trigger)) => {
            let place = place(project, trigger);
            let _ = write!(says, "{place} {}", trigger.rule.does);
            does = ", and the same project ";
        }
        (None, None) => says.push_str("The code "),
    }
    says.push_str(does);
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
    } else if says.starts_with("The code ") {
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
    let name = flow.path.first().map_or("", String::as_str);
    let bare = name.rsplit('.').next().unwrap_or(name);
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
    let note = finding.flow.as_deref().map_or("", note);
    format!("{}{way}: {place}{note}", finding.rule.does)
}

/// The procedures between a start and an act.
fn way(flow: &Flow) -> String {
    let steps = flow.path.len().saturating_sub(2);
    let between: Vec<String> = flow
        .path
        .iter()
        .skip(1)
        .take(steps)
        .map(|step| cut(step, LONGEST_NAME))
        .collect();
    match between.as_slice() {
        [] => String::new(),
        [one] => format!(", by way of {one}"),
        [all @ .., last] if steps <= MOST_STEPS => {
            format!(", by way of {} and {last}", all.join(", "))
        }
        [first, second, .., last] => format!(
            ", by way of {first}, {second}, {} more and {last}",
            steps.saturating_sub(3)
        ),
        _ => String::new(),
    }
}

/// What there is to say of what an act is given.
const fn note(flow: &Flow) -> &'static str {
    match (flow.given, flow.network, flow.document, flow.computed) {
        (_, true, _, _) => "; what it is given comes from the network",
        (_, _, true, _) => "; what it is given comes from the document",
        (Given::Unknown, ..) => {
            "; what it is given is put together while the code runs and could not be read"
        }
        (_, _, _, true) => "; what it is given is hidden in the code",
        _ => "",
    }
}

/// A finding as it is named in a sentence.
fn place(project: &Project<'_>, finding: &Finding) -> String {
    let mut says = cut(&finding.text, LONGEST_NAME);
    let flow = finding.flow.as_deref();
    if let Some(flow) =
        flow.filter(|flow| !flow.argument.is_empty() && flow.given != Given::Unknown)
    {
        let _ = write!(says, " \"{}\"", cut(&flow.argument, LONGEST_ARGUMENT));
    }
    let name = project.names.get(finding.module as usize);
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        let _ = write!(says, " in module {}", cut(name, LONGEST_NAME));
    }
    let _ = write!(says, " (line {})", finding.line);
    says
}

/// The beginning of a text, on one line and without what a terminal obeys.
fn cut(text: &str, most: usize) -> String {
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
