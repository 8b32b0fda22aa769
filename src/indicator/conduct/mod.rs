//! What a project does: which of its procedures something starts, what their calls are given, and
//! along which path a start reaches an act.
//!
//! The [`Matcher`] sees words; this sees calls. A project is run with
//! what is known of it ([`eval`](crate::source::eval)), and the [`world`] that the run asks for
//! objects and functions knows which of them act outside the document. What it finds becomes
//! [`Finding`]s of the same rules, with a [`Flow`](super::rules::Flow) that says how the act is
//! reached and what it is given.

use super::matcher::Matcher;
use super::rules::{Finding, Ioc};
use crate::observe::Ledger;
use crate::source::Start;
use crate::source::eval::Program;

mod start;
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
}

/// What was found.
#[derive(Debug, Default)]
pub struct Conduct {
    /// Starts, acts, and texts that were hidden.
    pub findings: Vec<Finding>,
    /// What the computed texts name.
    pub iocs: Vec<Ioc>,
    /// Lines of modules (number in the report, first and last line) that were not understood: what
    /// words say there counts.
    pub unread: Vec<(u32, u32, u32)>,
}

/// Examines one project.
pub fn examine(subject: &Subject<'_>, matcher: &Matcher, ledger: &mut Ledger) -> Conduct {
    let _ = (subject, matcher, ledger);
    Conduct::default()
}
