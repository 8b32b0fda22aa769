//! Statements, calls, loops.
//!
//! A [`Machine`] goes through a program with its own stack of [`Frame`]s, so that neither depth of
//! calls nor of nesting costs stack. Each frame is at a statement; a statement is a few expressions
//! and what is done with their values; an expression may enter a procedure, and goes on when that
//! is left.
//!
//! What is known decides where a program goes; what is not known does not stop it. A branch that
//! is known not to be taken, and all that lies behind a jump, is gone through once as well, in the
//! order of the text, and leaves no trace in variables: [`region`]. Where [`Bounds`] end, what was
//! not gone through yet is gone through in the same way, and nothing is repeated or entered.
//!
//! | file | what |
//! |---|---|
//! | `link` | what each name stands for, found once |
//! | `frame` | procedures under way, their variables and blocks |
//! | `statement` | one statement after the other |
//! | `branch` | `If`, `Select`, jumps |
//! | `repeat` | loops |
//! | `region` | what is gone through without being run |
//! | `expression` | operations |
//! | `call` | procedures entered and left |
//! | `world` | what is asked of the library and the host |
//! | `assign` | variables, members, properties that are given values |
//! | `array` | arrays: their bounds and elements |
//! | `types` | what variables of a type make of values |
//! | `told` | edges, and texts that the host is told |

use std::rc::Rc;

use hashbrown::HashMap;

use super::{Argument, Bounds, Host, Outcome, ProcedureId, Program, Site};
use crate::source::names::Symbol;

mod array;
mod assign;
mod branch;
mod call;
mod expression;
mod frame;
mod link;
mod region;
mod repeat;
mod statement;
mod told;
mod types;
mod world;

#[cfg(test)]
mod tests;

use frame::{Block, Frame, Slot, Trace, Variable};
use link::Linked;
use told::Told;

/// A program that can be run, more than once: what its names stand for is found before.
#[derive(Debug)]
pub struct Runner<'p> {
    program: &'p Program<'p>,
    linked: Linked,
}

impl<'p> Runner<'p> {
    /// Finds what the names of a program stand for.
    #[must_use]
    pub fn new(program: &'p Program<'p>) -> Self {
        Self {
            program,
            linked: Linked::new(program),
        }
    }

    /// Runs the program: from each of `roots` in turn, then everything that was not gone through
    /// yet.
    pub fn run(&self, roots: &[ProcedureId], host: &mut dyn Host, bounds: &mut Bounds) -> Outcome {
        let linked = &self.linked;
        let mut machine = Machine::new(self.program, linked, host, bounds);
        for root in roots {
            if let Some(routine) = linked.routine(*root) {
                machine.root(routine);
            }
        }
        for routine in 0..linked.routines.len() as u32 {
            if !machine.is_done(routine) {
                machine.root(routine);
            }
        }
        machine.end()
    }
}

/// What of the steps may be spent on repetitions from which nothing comes: so many, and one for
/// so many bytes of the source.
const IDLE_STEPS: u64 = 10_000;
const BYTES_AN_IDLE_STEP: u64 = 8;

/// A statement was gone through, as one that cannot be reached.
const ONLY_DEAD: u8 = 1;
/// A statement was gone through, as one that can be reached.
const ALIVE: u8 = 2;

/// A program under way.
struct Machine<'p> {
    program: &'p Program<'p>,
    linked: &'p Linked,
    host: &'p mut dyn Host,
    bounds: &'p mut Bounds,
    /// Whether the run from this root has no steps left.
    exhausted: bool,
    /// Whether some run had none.
    was_exhausted: bool,
    /// Steps that must be left when the run from this root ends.
    reserve: u64,
    /// Steps that may still be spent on repetitions from which nothing comes.
    idle: u64,
    /// Variables that may still be given up after steps have ended.
    spare: usize,
    /// Counts values that came of something: a repetition that adds none is idle.
    progress: u64,
    /// The number of the root that is run.
    epoch: u32,
    /// Operands; those of a call lie side by side.
    stack: Vec<Argument>,
    /// By operand, the operation that left it.
    by: Vec<u32>,
    slots: Vec<Slot>,
    /// By slot, where its value comes from.
    traces: Vec<Trace>,
    fields: Vec<Variable>,
    frame: Frame,
    frames: Vec<Frame>,
    blocks: Vec<Block>,
    /// Values that variables had before a region.
    undo: Vec<frame::Undo>,
    /// Slots from here on did not exist when the innermost region began.
    floor: usize,
    /// The number of the innermost region, 0 outside of all, and how many there were.
    region: u32,
    region_count: u32,
    /// The unit and the body that was last seen to be gone through.
    done: (u32, std::ops::Range<u32>),
    /// By unit and statement: 0 if it was not gone through, [`ONLY_DEAD`] or [`ALIVE`].
    seen: Vec<Vec<u8>>,
    routines: Vec<Progress>,
    /// How many procedures were not entered yet.
    fresh: usize,
    /// The procedures that handle an event of a unit.
    handlers: HashMap<(u32, Symbol), Rc<[u32]>>,
    /// Procedures that run because an object came to be.
    pending: Vec<u32>,
    told: Told,
}

/// How far a procedure was gone through.
#[derive(Clone, Debug, Default)]
struct Progress {
    /// Whether it was ever entered.
    entered: bool,
    /// How often it is under way.
    active: u32,
    /// Whether something came of it the last time: a text that is known.
    fruitful: bool,
    /// Arguments of a call that could not be followed.
    waiting: Option<Vec<Argument>>,
}

impl<'p> Machine<'p> {
    fn new(
        program: &'p Program<'p>,
        linked: &'p Linked,
        host: &'p mut dyn Host,
        bounds: &'p mut Bounds,
    ) -> Self {
        let bytes: u64 = program
            .units
            .iter()
            .map(|unit| unit.text.len() as u64)
            .sum();
        let statements = || {
            program
                .units
                .iter()
                .map(|unit| unit.syntax.statements.len())
        };
        Self {
            program,
            linked,
            host,
            told: Told::new(bounds.bytes),
            bounds,
            exhausted: false,
            was_exhausted: false,
            reserve: 0,
            idle: IDLE_STEPS + bytes / BYTES_AN_IDLE_STEP,
            spare: statements().sum::<usize>().saturating_mul(4),
            progress: 0,
            epoch: 0,
            stack: Vec::new(),
            by: Vec::new(),
            slots: Vec::new(),
            traces: Vec::new(),
            fields: vec![Variable::default(); linked.fields.len()],
            frame: Frame::default(),
            frames: Vec::new(),
            blocks: Vec::new(),
            undo: Vec::new(),
            floor: 0,
            region: 0,
            region_count: 0,
            done: (0, 0..0),
            seen: statements().map(|count| vec![0; count]).collect(),
            handlers: HashMap::new(),
            pending: Vec::new(),
            fresh: linked.routines.len(),
            routines: vec![Progress::default(); linked.routines.len()],
        }
    }

    /// Runs a procedure that nothing of the program calls.
    fn root(&mut self, routine: u32) {
        self.epoch += 1;
        self.exhausted = false;
        // However much one root costs, half of the steps are left to the others.
        self.reserve = match self.fresh {
            0 | 1 => 0,
            _ => self.bounds.steps / 2,
        };
        self.start(routine);
        while self.step() {}
        self.stack.clear();
        self.by.clear();
        self.slots.clear();
        self.traces.clear();
        self.blocks.clear();
        self.undo.clear();
        self.floor = 0;
        self.region = 0;
    }

    /// One expression, or one statement; false if the last frame was left.
    fn step(&mut self) -> bool {
        if self.frame.op < self.frame.to {
            self.operate();
            return true;
        }
        if !self.pending.is_empty() {
            self.enter_pending();
        }
        self.statement()
    }

    /// Takes steps; the run from this root is exhausted if there are none left.
    fn pay(&mut self, steps: u64) {
        if !self.bounds.step(steps) || self.bounds.steps < self.reserve {
            self.exhausted = true;
            self.was_exhausted = true;
        }
    }

    /// Where the operation or statement that is under way stands.
    fn site(&self, at: u32) -> Site<'p> {
        Site {
            program: self.program,
            procedure: self.frame.id,
            at: self.frame.fixed_at.unwrap_or(at),
            dead: self.frame.dead_here,
        }
    }

    /// Where the statement that is under way stands.
    fn here(&self) -> u32 {
        let unit = self.program.units.get(self.frame.unit as usize);
        let places = unit.map(|unit| unit.syntax.places.as_slice());
        let place = places.and_then(|places| places.get(self.frame.statement as usize));
        place.map_or(0, |place| place & !crate::source::syntax::DEAD)
    }

    fn end(mut self) -> Outcome {
        self.tell_fields();
        Outcome {
            edges: self.told.edges,
            exhausted: self.was_exhausted,
        }
    }
}
