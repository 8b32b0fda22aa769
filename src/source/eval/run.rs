//! Statements, calls, loops.

use super::{Bounds, Host, Outcome, ProcedureId, Program};

/// Runs a program: from each of `roots` in turn, then everything that was not gone through yet.
pub fn run(
    program: &Program<'_>,
    roots: &[ProcedureId],
    host: &mut dyn Host,
    bounds: &mut Bounds,
) -> Outcome {
    let _ = (program, roots, host, bounds);
    Outcome::default()
}
