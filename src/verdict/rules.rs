//! The rules of a verdict: which chains of one project are held, and which are blocked.
//!
//! What an act is worth by itself, and from which start on, is one table, [`ALONE`]; what is worth
//! more together than alone is a rule with a function of its own. All of them ask whether
//! something *is* there and none whether something is missing, so that one finding more never
//! makes a verdict milder.

use super::Verdict;
use super::project::{Act, Chain, Project, Reach};
use crate::indicator::Role;

/// A rule of the verdict on a project.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// `verdict.name`.
    pub id: &'static str,
    /// What a project is at least, if the rule holds.
    pub verdict: Verdict,
    /// What it asks for, and why it matters.
    pub means: &'static str,
    /// How benign files look the same.
    pub benign: &'static str,
    /// Whether it is told besides a rule that held before.
    beside: bool,
    holds: for<'p, 'e> fn(&'p Project<'e>) -> Option<Chain<'e>>,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Every rule, in the order in which they are asked: the first that holds gives the reason. A
/// project for which none does is [`Verdict::Macro`].
pub const RULES: &[Rule] = &[
    Rule {
        id: "verdict.auto-act",
        verdict: Verdict::Malicious,
        means: "Code that nobody asked for starts a program or runs memory. Opening the document, \
                or ordinary work in it, is enough.",
        benign: "Few do: a document that starts its own tool when it is opened looks the same. \
                 A command that is wholly known and only shows a folder or a text is not counted.",
        beside: false,
        holds: auto_act,
    },
    Rule {
        id: "verdict.download",
        verdict: Verdict::Malicious,
        means: "Code that nobody asked for fetches a file, or asks an address that is a bare \
                number or gives a program.",
        benign: "A workbook that updates its own add-in from the house's server looks the same.",
        beside: false,
        holds: download,
    },
    Rule {
        id: "verdict.fetch-and-use",
        verdict: Verdict::Malicious,
        means: "The project starts by itself, fetches something, and starts a program or writes a \
                file that can be one. Where it starts without anybody doing anything, the way to them \
                need not be seen: hiding it is what obfuscation is for.",
        benign: "An add-in with an update function looks the same, unless a button starts both.",
        beside: false,
        holds: fetch_and_use,
    },
    Rule {
        id: "verdict.opaque-call",
        verdict: Verdict::Malicious,
        means: "Code that runs by itself calls something by a name that is hidden on purpose: put \
                together from pieces, kept in the document, or beside words of a command line.",
        benign: "A framework that keeps the names of its macros in cells looks the same.",
        beside: false,
        holds: opaque_call,
    },
    Rule {
        id: "verdict.cut-path",
        verdict: Verdict::Malicious,
        means: "Code that runs by itself calls something whose name cannot be read, and the same \
                project has an act that no start is seen to reach. The one may lead to the other.",
        benign: "A framework that calls its macros by name and opens programs elsewhere looks the \
                 same.",
        beside: false,
        holds: cut_path,
    },
    Rule {
        id: "verdict.planted-program",
        verdict: Verdict::Malicious,
        means: "Code that runs by itself puts a program, or the command for one, where Windows \
                starts it, or writes a library and loads it.",
        benign: "An installer does this; a document that is only opened is none.",
        beside: false,
        holds: planted_program,
    },
    Rule {
        id: "verdict.held-act",
        verdict: Verdict::Suspicious,
        means: "The code starts a program, runs memory or fetches a file when a button is pressed, \
                or when something asks for it that is not known here.",
        benign: "Tools for daily work do this behind a button. Whoever knows the sender can tell.",
        beside: false,
        holds: held_act,
    },
    Rule {
        id: "verdict.dead-act",
        verdict: Verdict::Suspicious,
        means: "The project starts by itself and has an act that is never reached as it stands. \
                What is never reached here may be reached on another machine.",
        benign: "Code for another system, or that was switched off, looks the same.",
        beside: false,
        holds: dead_act,
    },
    Rule {
        id: "verdict.opaque-start",
        verdict: Verdict::Suspicious,
        means: "The code calls something whose name cannot be read, by itself or on ordinary work.",
        benign: "Names of macros and objects are read from cells and settings.",
        beside: false,
        holds: opaque_start,
    },
    Rule {
        id: "verdict.drop-program",
        verdict: Verdict::Suspicious,
        means: "Code that runs by itself writes a file that is a program, for something else to \
                start.",
        benign: "An installer of an add-in looks the same.",
        beside: false,
        holds: drop_program,
    },
    Rule {
        id: "verdict.reached-act",
        verdict: Verdict::Suspicious,
        means: "Something reaches an act that is dangerous in the wrong hands: a request over the \
                network, a message that is sent, a change of the registry, a foreign library. \
                Each has a start from which on it is held.",
        benign: "Prices are fetched into cells and reports sent by mail this way.",
        beside: false,
        holds: reached_act,
    },
    Rule {
        id: "verdict.weaken",
        verdict: Verdict::Suspicious,
        means: "The code touches what protects Office or Windows, or writes macros itself.",
        benign: "Tools for programmers of macros do this.",
        beside: true,
        holds: weaken,
    },
];

/// The rules that hold, first match first.
pub(super) fn hold<'p, 'e>(
    project: &'p Project<'e>,
) -> impl Iterator<Item = (&'static Rule, Chain<'e>)> + use<'p, 'e> {
    let mut found = false;
    RULES.iter().filter_map(move |rule| {
        if found && !rule.beside {
            return None;
        }
        let chain = (rule.holds)(project)?;
        found = true;
        Some((rule, chain))
    })
}

/// From which start on an act is held, whatever stands beside it.
struct Alone {
    role: Role,
    /// Where calls were followed; none where the act alone is never held.
    followed: Option<Reach>,
    /// Where all that is known are words, and any start of the project may reach it.
    words: Option<Reach>,
}

const fn alone(role: Role, followed: Option<Reach>, words: Option<Reach>) -> Alone {
    Alone {
        role,
        followed,
        words,
    }
}

/// What an act is worth alone. A row lower down gives its reason only where none above does.
const ALONE: &[Alone] = &[
    alone(Role::Network, Some(Reach::Auto), Some(Reach::Soft)),
    // Its verbs are findings of their own where calls are followed.
    alone(Role::Launcher, None, Some(Reach::Soft)),
    alone(Role::Command, Some(Reach::Auto), Some(Reach::Soft)),
    alone(Role::Persist, Some(Reach::Auto), Some(Reach::Auto)),
    // What it opens is known, so that it is harmless whatever starts it that is not known.
    alone(Role::View, Some(Reach::Click), Some(Reach::Unknown)),
    alone(Role::Dual, Some(Reach::Auto), Some(Reach::Auto)),
];

/// The same of what weakens protection. Tools for programmers have no start but themselves.
const WEAKEN: Alone = alone(Role::Weaken, Some(Reach::Click), Some(Reach::Unknown));

impl Alone {
    fn act<'e>(&self, project: &Project<'e>) -> Option<Act<'e>> {
        let from = if project.followed {
            self.followed
        } else {
            self.words
        }?;
        project.find(&[self.role], 0, |reach| reach >= from)
    }
}

/// Ways in which an act is reached.
type Which = fn(Reach) -> bool;

const SOFT: Which = |reach| reach >= Reach::Soft;
const AUTO: Which = |reach| reach == Reach::Auto;
const UNKNOWN: Which = |reach| reach == Reach::Unknown;
const DEAD: Which = |reach| reach == Reach::Dead;
/// Some way, or none that is known.
const ANY: Which = |reach| reach > Reach::Dead;
const NOT_BY_CLICK: Which = |reach| ANY(reach) && reach != Reach::Click;

/// What starts a program or runs memory, in one step or two.
fn strong<'e>(project: &Project<'e>, which: Which) -> Option<Chain<'e>> {
    if let Some(act) = project.find(&[Role::Inject, Role::Execute], 0, which) {
        return Some(Chain::new(act, None));
    }
    let launcher = project.find(&[Role::Launcher], 0, ANY)?;
    let verb = project.find(&[Role::Verb], 0, which)?;
    Some(Chain::new(verb, Some(launcher)))
}

fn auto_act<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    strong(project, SOFT).or_else(|| {
        // A viewer is told to show something that was just brought here.
        let view = project.find(&[Role::View], 0, SOFT)?;
        let roles = [Role::Download, Role::Network, Role::Drop];
        let brought = project.find(&roles, 0, ANY)?;
        Some(Chain::new(view, Some(brought)))
    })
}

fn download<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    if let Some(act) = project.find(&[Role::Download], 0, SOFT) {
        return Some(Chain::new(act, None));
    }
    let network = project.find(&[Role::Network], 0, SOFT)?;
    // A name of a program may be that of one that is installed: where calls were followed, it has
    // to be an address.
    let least = u8::from(project.followed);
    let payload = project.find(&[Role::Payload], least, ANY)?;
    Some(Chain::new(network, Some(payload)))
}

/// What is fetched, and what is done with it.
fn fetched<'e>(project: &Project<'e>, fetch: Which, used: Which) -> Option<Chain<'e>> {
    let fetch = project.find(&[Role::Download, Role::Network], 0, fetch)?;
    let used = strong(project, used)
        .map(|chain| chain.act)
        .or_else(|| project.find(&[Role::Drop], 1, used))
        .or_else(|| {
            let other = project.find(&[Role::Launcher, Role::Payload], 0, used);
            other.filter(|_| !project.followed)
        })?;
    Some(Chain::new(fetch, Some(used)))
}

fn fetch_and_use<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    let near = match project.strongest {
        // A button that is seen to start both is no path that was hidden.
        Reach::Auto => NOT_BY_CLICK,
        Reach::Soft => SOFT,
        _ => return None,
    };
    fetched(project, near, ANY).or_else(|| fetched(project, ANY, near))
}

/// A call whose name cannot be read, and what shows that it is hidden on purpose.
fn hidden_call<'e>(project: &Project<'e>, which: Which) -> Option<Chain<'e>> {
    if let Some(act) = project.find(&[Role::Opaque], 1, which) {
        return Some(Chain::new(act, None));
    }
    let opaque = project.find(&[Role::Opaque], 0, which)?;
    if let Some(command) = project.find(&[Role::Command], 0, ANY) {
        return Some(Chain::new(opaque, Some(command)));
    }
    let (ways, first) = project.concealed();
    let used = || project.find(&[Role::Verb, Role::Network, Role::Drop], 0, ANY);
    let enough = ways > 1 || !project.followed && ways == 1 && used().is_some();
    enough.then_some(Chain::new(opaque, first))
}

fn opaque_call<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    hidden_call(project, AUTO).or_else(|| {
        // Of an object whose class cannot be read, it is asked to run something.
        let opaque = project.find(&[Role::Opaque], 0, AUTO)?;
        let verb = project.find(&[Role::Verb], 0, AUTO)?;
        project.followed.then_some(Chain::new(opaque, Some(verb)))
    })
}

fn cut_path<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    let opaque = project.find(&[Role::Opaque], 0, AUTO)?;
    let lost = project.find(&[Role::Inject, Role::Execute, Role::Download], 0, UNKNOWN)?;
    Some(Chain::new(opaque, Some(lost)))
}

fn planted_program<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    if let Some(place) = project.find(&[Role::Persist], 1, AUTO) {
        let program = project
            .find(&[Role::Drop], 2, AUTO)
            .or_else(|| project.find(&[Role::Command, Role::Payload], 0, ANY))?;
        return Some(Chain::new(place, Some(program)));
    }
    let load = project.find(&[Role::Dual], 1, AUTO)?;
    let drop = project.find(&[Role::Drop], 2, AUTO)?;
    Some(Chain::new(load, Some(drop)))
}

fn held_act<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    strong(project, ANY)
        .or_else(|| {
            let download = project.find(&[Role::Download], 0, ANY)?;
            Some(Chain::new(download, None))
        })
        .or_else(|| fetched(project, ANY, ANY))
}

fn dead_act<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    let dead = project.find(&[Role::Inject, Role::Execute, Role::Download], 0, DEAD)?;
    (project.strongest >= Reach::Soft).then_some(Chain::new(dead, None))
}

fn opaque_start<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    if let Some(act) = project.find(&[Role::Opaque], 0, AUTO) {
        return Some(Chain::new(act, None));
    }
    if let Some(chain) = hidden_call(project, SOFT) {
        return Some(chain);
    }
    // A button asks for it, or nothing known: only where its name is hidden in the code.
    let opaque = project.find(&[Role::Opaque], 2, ANY)?;
    let used = project.find(&[Role::Command, Role::Network, Role::Drop], 0, ANY)?;
    Some(Chain::new(opaque, Some(used)))
}

fn drop_program<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    if let Some(drop) = project.find(&[Role::Drop], 2, AUTO) {
        return Some(Chain::new(drop, None));
    }
    let drop = project.find(&[Role::Drop], 1, AUTO)?;
    let payload = project.find(&[Role::Payload], 0, ANY)?;
    Some(Chain::new(drop, Some(payload)))
}

fn reached_act<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    let reached = ALONE.iter().find_map(|row| row.act(project));
    let act = reached.or_else(|| {
        // The way to it may have been missed.
        let lost = project.find(&[Role::Network], 0, UNKNOWN);
        lost.filter(|_| project.strongest == Reach::Auto)
    })?;
    Some(Chain::new(act, None))
}

fn weaken<'e>(project: &Project<'e>) -> Option<Chain<'e>> {
    Some(Chain::new(WEAKEN.act(project)?, None))
}

#[cfg(test)]
mod tests;
