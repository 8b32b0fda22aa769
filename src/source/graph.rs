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
    reached: Vec<Vec<Option<Place>>>,
}

/// Where a procedure lies.
#[derive(Clone, Copy, Debug)]
struct Place {
    reach: Reach,
    /// How many steps from the root.
    depth: usize,
    /// The last of the first [`HEAD`] procedures on the path.
    head: ProcedureId,
}

/// How much of the start of a long path is kept at hand.
const HEAD: usize = 16;

impl Graph {
    /// Follows the edges from the roots: the first root that reaches a procedure has it, by the
    /// shortest path; paths without a dead step go first.
    #[must_use]
    pub fn new(program: &Program<'_>, edges: &[Edge], roots: &[ProcedureId]) -> Self {
        let mut edges: Vec<&Edge> = edges.iter().collect();
        // Stable: of one procedure, what it calls first is followed first.
        edges.sort_by_key(|edge| edge.from);
        let mut graph = Self {
            reached: program
                .units
                .iter()
                .map(|unit| vec![None; unit.syntax.procedures.len()])
                .collect(),
        };
        let mut reached = Vec::new();
        for (root, procedure) in (0..).zip(roots) {
            let reach = Reach {
                root,
                before: None,
                dead: false,
            };
            if graph.claim(*procedure, reach) {
                let start = reached.len();
                reached.push(*procedure);
                graph.follow(&edges, &mut reached, start, false);
            }
        }
        // Every procedure that is reached at all hands on what only dead steps reach.
        graph.follow(&edges, &mut reached, 0, true);
        graph
    }

    /// Goes on breadth first from the procedures behind `at`; by dead edges too, if `dead`.
    fn follow(&mut self, edges: &[&Edge], queue: &mut Vec<ProcedureId>, mut at: usize, dead: bool) {
        while let Some(from) = queue.get(at).copied() {
            at += 1;
            let Some(reach) = self.reach(from) else {
                continue;
            };
            for edge in leaving(edges, from).filter(|edge| dead || !edge.dead) {
                let next = Reach {
                    before: Some(from),
                    dead: reach.dead || edge.dead,
                    ..reach
                };
                if self.claim(edge.to, next) {
                    queue.push(edge.to);
                }
            }
        }
    }

    /// Says how a procedure is reached, if nothing was said before and there is such a one.
    fn claim(&mut self, procedure: ProcedureId, reach: Reach) -> bool {
        let before = reach.before.and_then(|before| self.place(before));
        let depth = before.map_or(0, |before| before.depth + 1);
        let head = before.filter(|_| depth >= HEAD);
        let head = head.map_or(procedure, |before| before.head);
        let unit = self.reached.get_mut(procedure.unit as usize);
        let place = unit.and_then(|unit| unit.get_mut(procedure.procedure as usize));
        match place {
            Some(place @ None) => {
                *place = Some(Place { reach, depth, head });
                true
            }
            _ => false,
        }
    }

    fn place(&self, procedure: ProcedureId) -> Option<&Place> {
        let unit = self.reached.get(procedure.unit as usize)?;
        unit.get(procedure.procedure as usize)?.as_ref()
    }

    /// How a procedure is reached.
    #[must_use]
    pub fn reach(&self, procedure: ProcedureId) -> Option<Reach> {
        self.place(procedure).map(|place| place.reach)
    }

    /// The path to a procedure, root first; at most `most` steps, the middle left out.
    #[must_use]
    pub fn path(&self, procedure: ProcedureId, most: usize) -> Vec<ProcedureId> {
        let back = |from| {
            std::iter::successors(Some(from), |at| {
                self.place(*at).and_then(|place| place.reach.before)
            })
        };
        let Some(place) = self.place(procedure) else {
            return vec![procedure];
        };
        let length = place.depth + 1;
        let mut path = Vec::new();
        if length <= most {
            path.extend(back(procedure));
        } else {
            let tail = most.div_ceil(2);
            let head = HEAD.min(most - tail);
            path.extend(back(procedure).take(tail));
            path.extend(back(place.head).skip(HEAD.min(length) - head));
        }
        path.reverse();
        path
    }
}

fn leaving<'e>(edges: &'e [&'e Edge], from: ProcedureId) -> impl Iterator<Item = &'e Edge> {
    let start = edges.partition_point(|edge| edge.from < from);
    let rest = edges.get(start..).unwrap_or_default();
    rest.iter()
        .take_while(move |edge| edge.from == from)
        .copied()
}

#[cfg(test)]
mod tests {
    use super::super::eval::{ModuleKind, Unit};
    use super::super::syntax::{Kind, Procedure, Syntax};
    use super::super::{Language, words};
    use super::*;

    fn program(procedures: usize) -> Program<'static> {
        let names = words::names();
        let procedure = Procedure {
            name: words::SUB,
            kind: Kind::Sub,
            at: 0,
            private: false,
            dead: false,
            parameters: 0..0,
            returns: None,
            body: 0..0,
        };
        let syntax = Syntax {
            procedures: vec![procedure; procedures],
            ..Syntax::default()
        };
        Program {
            units: vec![Unit {
                name: words::CLASS,
                kind: ModuleKind::Standard,
                text: "",
                syntax,
            }],
            names,
            language: Language::Vba,
            references: Vec::new(),
        }
    }

    fn id(procedure: u32) -> ProcedureId {
        ProcedureId { unit: 0, procedure }
    }

    fn edges(pairs: &[(u32, u32, bool)]) -> Vec<Edge> {
        let edge = |(from, to, dead): &(u32, u32, bool)| Edge {
            from: id(*from),
            to: id(*to),
            at: 0,
            dead: *dead,
        };
        pairs.iter().map(edge).collect()
    }

    #[test]
    fn the_first_root_that_reaches_a_procedure_has_it_by_the_shortest_path() {
        let edges = edges(&[
            (0, 2, false),
            (2, 3, false),
            (3, 4, false),
            (1, 4, false),
            (0, 3, false),
        ]);
        let graph = Graph::new(&program(6), &edges, &[id(0), id(1)]);
        assert_eq!(graph.path(id(4), 9), [id(0), id(3), id(4)]);
        assert_eq!(graph.reach(id(1)).unwrap().root, 1);
        assert_eq!(graph.reach(id(5)), None);
    }

    #[test]
    fn a_root_that_another_root_calls_belongs_to_the_first() {
        let edges = edges(&[(0, 1, false), (1, 2, false)]);
        let graph = Graph::new(&program(3), &edges, &[id(0), id(1)]);
        assert_eq!(graph.path(id(2), 9), [id(0), id(1), id(2)]);
    }

    #[test]
    fn a_path_without_dead_steps_goes_first() {
        let edges = edges(&[(0, 2, true), (1, 3, false), (3, 2, false), (2, 4, false)]);
        let graph = Graph::new(&program(5), &edges, &[id(0), id(1)]);
        let reach = graph.reach(id(2)).unwrap();
        assert_eq!((reach.root, reach.dead), (1, false));
        assert_eq!(graph.reach(id(4)).unwrap().root, 1);
    }

    #[test]
    fn what_only_a_dead_step_reaches_is_dead_and_all_behind_it() {
        let edges = edges(&[(0, 1, true), (1, 2, false), (9, 2, false), (2, 9, false)]);
        let graph = Graph::new(&program(3), &edges, &[id(0), id(7)]);
        assert!(!graph.reach(id(0)).unwrap().dead);
        assert!(graph.reach(id(1)).unwrap().dead);
        assert!(graph.reach(id(2)).unwrap().dead);
        assert_eq!(graph.path(id(2), 9), [id(0), id(1), id(2)]);
    }

    #[test]
    fn a_long_path_keeps_its_ends() {
        let pairs: Vec<_> = (0..99).map(|at| (at, at + 1, false)).collect();
        let graph = Graph::new(&program(100), &edges(&pairs), &[id(0)]);
        assert_eq!(graph.path(id(99), 3), [id(0), id(98), id(99)]);
        assert_eq!(graph.path(id(99), 1), [id(99)]);
        assert_eq!(graph.path(id(2), 3), [id(0), id(1), id(2)]);
        assert_eq!(graph.path(id(3), 2), [id(0), id(3)]);
        assert_eq!(graph.path(id(99), 40).len(), 20 + HEAD);
    }

    #[test]
    fn calls_in_a_ring_end() {
        let edges = edges(&[(0, 1, false), (1, 0, false), (1, 1, true)]);
        let graph = Graph::new(&program(2), &edges, &[id(0)]);
        assert_eq!(graph.path(id(1), 9), [id(0), id(1)]);
    }
}
