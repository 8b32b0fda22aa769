//! What starts code: events by the type of what raises them, magic names where Office honours
//! them, and what the document binds.
//!
//! | file | what starts a procedure |
//! |---|---|
//! | `module` | – : what a module is, and what raises events into it |
//! | `events` | an object raises an event, and the procedure is named `object_Event` |
//! | `magic` | the application looks for a procedure of that name |
//! | `bound` | the document names it: the ribbon, a shape, a key, a field |
//!
//! How strong a start is, the rules of `builtin/trigger.rs` say, by the names they know.

use std::collections::HashSet;

use super::Subject;
use crate::indicator::matcher::Matcher;
use crate::indicator::rules::Rule;
use crate::source::Language;
use crate::source::eval::ProcedureId;
use crate::source::names::{Names, Symbol};
use crate::source::syntax::{Kind, Procedure};

mod bound;
mod events;
mod magic;
mod module;
#[cfg(test)]
mod tests;

use module::Module;

/// A procedure that something outside the code starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Started {
    /// The procedure.
    pub(super) procedure: ProcedureId,
    /// The rule of what starts it: its role is Auto, Soft or Click.
    pub(super) rule: &'static Rule,
}

/// The procedures that something starts, the strongest start first: by itself, by ordinary work,
/// by a click; within each as they stand in the project. A procedure that several things start
/// is there once, with the strongest.
pub(super) fn find(subject: &Subject<'_>, matcher: &Matcher) -> Vec<Started> {
    let program = subject.program;
    let own: HashSet<Symbol> = program.units.iter().map(|unit| unit.name).collect();
    let modules: Vec<Module<'_>> = program
        .units
        .iter()
        .map(|unit| Module::of(unit, &own, &program.names))
        .collect();
    let project = Project {
        matcher,
        names: &program.names,
        language: program.language,
        excel: modules.iter().any(Module::is_of_excel),
    };
    let mut found = Vec::new();
    for (unit, module) in (0..).zip(&modules) {
        for (procedure, read) in (0..).zip(&module.unit.syntax.procedures) {
            if let Some(rule) = project.starts(module, read) {
                let procedure = ProcedureId { unit, procedure };
                found.push(Started { procedure, rule });
            }
        }
    }
    bound::find(subject.starts, program, matcher, &mut found);
    found.sort_by_key(|one| (one.rule.role, one.procedure));
    let mut seen = HashSet::new();
    found.retain(|one| seen.insert(one.procedure));
    found
}

/// What is the same for all procedures of a project.
struct Project<'p> {
    matcher: &'p Matcher,
    names: &'p Names,
    language: Language,
    /// Whether a module of it belongs to a workbook.
    excel: bool,
}

impl Project<'_> {
    fn rule(&self, id: &str) -> Option<&'static Rule> {
        self.matcher.rule(id)
    }

    /// The strongest of what starts a procedure by what it is called and declared as.
    fn starts(&self, module: &Module<'_>, procedure: &Procedure) -> Option<&'static Rule> {
        if procedure.dead {
            return None;
        }
        match procedure.kind {
            Kind::Sub | Kind::Function => {}
            Kind::Top => {
                let runs = self.language == Language::VbScript && !procedure.body.is_empty();
                return self.rule("trigger.script-top-level").filter(|_| runs);
            }
            Kind::Get | Kind::Let | Kind::Set => return None,
        }
        let name = self.names.text(procedure.name);
        [
            self.magic(module, procedure, name),
            self.event(module, procedure, name),
            self.callback(module, procedure),
        ]
        .into_iter()
        .flatten()
        .min_by_key(|rule| rule.role)
    }
}
