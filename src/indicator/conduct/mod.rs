//! What a project does: which of its procedures something starts, what their calls are given, and
//! along which path a start reaches an act.
//!
//! The [`Matcher`] sees words; this sees calls. A project is run with what is known of it
//! ([`eval`](crate::source::eval)), and the world that the run asks for objects and functions
//! knows which of them act outside the document. What it finds becomes [`Finding`]s of the same
//! rules, with a [`Flow`](super::rules::Flow) that says how the act is reached and what it is
//! given.

use super::matcher::Matcher;
use super::rules::{Finding, Ioc};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::source::eval::{Bounds, ProcedureId, Program, Runner};
use crate::source::graph::Graph;
use crate::source::{Start, Texts, Wanted};

mod acts;
mod apis;
mod commands;
mod data;
mod dispatch;
mod document;
mod files;
mod formulas;
mod functions;
mod items;
mod lines;
mod macros;
mod members;
mod network;
mod objects;
mod programs;
mod report;
mod start;
#[cfg(test)]
mod tests;
mod texts;
mod world;

/// A project to examine.
#[derive(Debug)]
pub struct Subject<'p> {
    /// The project, read.
    pub program: &'p Program<'p>,
    /// Procedures that the document calls: the ribbon, shapes, formulas, keys.
    pub starts: &'p [Start],
    /// The layer of the project.
    pub layer: u32,
    /// The number of each module in the report, by unit.
    pub modules: &'p [u32],
    /// Whether everything is computed that can be, and not only what an act asks for.
    pub thorough: bool,
    /// Whether words say that texts are hidden, so that it is worth to compute them.
    pub hides: bool,
    /// The texts of the document, once they were asked for.
    pub texts: Option<&'p Texts>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Conduct {
    /// Starts, acts, and texts that were hidden.
    pub findings: Vec<Finding>,
    /// What the computed texts name.
    pub iocs: Vec<Ioc>,
    /// Texts of the document that an act is given, or may be, and that [`Subject::texts`] would
    /// tell.
    pub asks: Wanted,
    /// Lines of modules (number in the report, first and last line) that were not understood: what
    /// words say there counts.
    pub unread: Vec<(u32, u32, u32)>,
}

/// Steps of the first run of a project, which goes through its code once and repeats next to
/// nothing: most projects do nothing that makes it worth more.
const FIRST_STEPS: u64 = 20_000;
const BYTES_A_FIRST_STEP: u64 = 32;
/// Steps of a run that every project has, and those for each byte of its text; and so many times
/// as many where everything is computed.
const STEPS: u64 = 300_000;
const STEPS_A_BYTE: u64 = 2;
const THOROUGH: u64 = 10;
/// Bytes that a run may make, in the same way.
const BYTES: u64 = 16 << 20;
const BYTES_A_BYTE: u64 = 4;

/// Examines one project.
pub fn examine(subject: &Subject<'_>, matcher: &Matcher, ledger: &mut Ledger) -> Conduct {
    let program = subject.program;
    let mut starts = start::find(subject, matcher);
    let roots: Vec<ProcedureId> = starts.iter().map(|start| start.procedure).collect();
    let size = size(program);
    let given = bounds(size, subject.thorough, ledger);
    let runner = Runner::new(program);
    let mut run = |bounds: Bounds| {
        let mut world = world::World::new(program, matcher, document::Document::new(subject.texts));
        let mut left = bounds;
        let outcome = runner.run(&roots, &mut world, &mut left);
        // It was made sure that there are as many.
        let _ = ledger.charge(Limit::Steps, bounds.steps - left.steps);
        (world, outcome)
    };
    let (mut world, mut outcome) = if subject.thorough {
        run(given)
    } else {
        let first = Bounds {
            steps: given.steps.min(FIRST_STEPS + size / BYTES_A_FIRST_STEP),
            ..given
        };
        let (world, mut outcome) = run(first);
        if outcome.exhausted && (subject.hides || world.acts.ask_for_more()) {
            run(given)
        } else {
            outcome.exhausted = false;
            (world, outcome)
        }
    };
    if outcome.exhausted || world.texts.full || world.acts.full {
        ledger.observe(
            "eval.bounds",
            "",
            0,
            format_args!(
                "the code computes more than is followed (limit of {} steps and {} bytes); what \
                 it does after that was read and not run",
                given.steps, given.bytes
            ),
        );
    }
    outcome.edges.append(&mut world.edges);
    if let Some(rule) = matcher.rule("trigger.click") {
        starts.extend(
            world
                .clicked
                .drain(..)
                .filter(|procedure| !roots.contains(procedure))
                .map(|procedure| start::Started { procedure, rule }),
        );
    }
    let depends = world.acts.depend_on_document()
        || world.document.opened
        || world.document.doubts && world.acts.ask_for_more();
    let asks = if subject.texts.is_none() && depends {
        world.document.asked
    } else {
        Wanted::default()
    };
    let roots: Vec<ProcedureId> = starts.iter().map(|start| start.procedure).collect();
    let graph = Graph::new(program, &outcome.edges, &roots);
    Conduct {
        asks,
        ..report::Reporter::new(subject, matcher).conduct(world, &starts, &graph, ledger)
    }
}

fn size(program: &Program<'_>) -> u64 {
    let units = program.units.iter();
    units.map(|unit| unit.text.len() as u64).sum()
}

/// What a run may cost, of what is left for this input.
fn bounds(size: u64, thorough: bool, ledger: &Ledger) -> Bounds {
    let times = if thorough { THOROUGH } else { 1 };
    let own = STEPS
        .saturating_add(size.saturating_mul(STEPS_A_BYTE))
        .saturating_mul(times);
    Bounds {
        steps: own.min(ledger.budget().left(Limit::Steps) / 4),
        bytes: BYTES.saturating_add(size.saturating_mul(BYTES_A_BYTE)),
    }
}
