//! Procedures under way, their variables and their blocks.

use std::rc::Rc;

use super::super::{Array, Origin, ProcedureId, Value};
use super::Machine;
use super::link::Meaning;

/// A procedure under way, or the value of a constant.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// Its number; none while a constant is computed.
    pub(super) routine: Option<u32>,
    /// Where calls are said to come from.
    pub(super) id: ProcedureId,
    /// The same, for code that stands elsewhere.
    pub(super) fixed_at: Option<u32>,
    /// The unit whose code it is.
    pub(super) unit: u32,
    /// Where its slots, operands and blocks start.
    pub(super) slots: usize,
    pub(super) stack: usize,
    pub(super) blocks: usize,
    /// The statement that is under way, and the one after the last.
    pub(super) statement: u32,
    pub(super) end: u32,
    /// How many expressions of the statement have their value.
    pub(super) phase: u8,
    /// What is left of the expression under way.
    pub(super) op: u32,
    pub(super) to: u32,
    /// Statements before this one are gone through in the order of the text: a region.
    pub(super) linear_until: u32,
    /// Whether the statements of the region cannot be reached.
    pub(super) dead: bool,
    /// Whether the statement under way cannot be reached.
    pub(super) dead_here: bool,
    /// How the statement under way had been gone through before.
    pub(super) seen: u8,
    /// Whether everything that was not gone through yet is, after the end.
    pub(super) sweeping: bool,
    /// What to undo after the region.
    pub(super) region: Option<Region>,
    /// Statements before this one depend on a condition that is not known.
    pub(super) unsure_until: u32,
    /// Whether the call does.
    pub(super) unsure: bool,
    /// Whether arguments decided where it went.
    pub(super) given: bool,
    /// Whether its arguments were arguments of the caller.
    pub(super) handed_on: bool,
    /// What it returns, once that is certain.
    pub(super) result: Option<Value>,
    pub(super) gives: Gives,
    /// The operation that called.
    pub(super) by: u32,
    /// The block of the innermost `With`.
    pub(super) with: Option<usize>,
    /// How it gets on by jumps backward, once it has taken one.
    pub(super) jumps: Option<Pace>,
    /// What the counters were when it was entered.
    pub(super) progress: u64,
    pub(super) steps: u64,
    /// Whether it had been entered before.
    pub(super) again: bool,
}

/// What becomes of the value of a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Gives {
    /// Nothing.
    #[default]
    Nothing,
    /// It is an operand.
    Operand,
    /// It is that constant.
    Constant(u32),
}

/// A region that leaves no trace in variables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    /// How many values were noted before.
    pub(super) mark: usize,
    /// The floor before.
    pub(super) floor: usize,
    /// The number of the region around it.
    pub(super) around: u32,
}

/// A block that is open.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its first statement.
    pub(super) start: u32,
    /// Its last.
    pub(super) end: u32,
    pub(super) kind: BlockKind,
}

/// What a block needs.
#[derive(Clone, Debug)]
pub(super) enum BlockKind {
    /// An `If` whose branch is taken, the others are not, because of a value of that origin.
    Taken { by: Origin },
    /// A `Select` that looks for its branch, or has taken it.
    Select { subject: Value, taken: bool },
    /// A `For`.
    For {
        variable: Meaning,
        value: f64,
        to: f64,
        step: f64,
        pace: Pace,
    },
    /// A `For Each` over what is known.
    Each {
        variable: Meaning,
        list: Rc<Array>,
        at: usize,
        pace: Pace,
    },
    /// A `Do`.
    Do { pace: Pace },
    /// A `With`: its object, the variable that has it, and the `With` around it.
    With {
        object: Value,
        place: Option<Place>,
        around: Option<usize>,
    },
}

/// How a loop gets on, or what jumps backward repeat.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// Steps that must be left for what comes after.
    pub(super) reserve: u64,
    /// Steps that were left at the start of this round.
    pub(super) steps: u64,
    /// The progress at the start of this round.
    pub(super) progress: u64,
    /// How many rounds there were.
    pub(super) rounds: u32,
    /// What was not sure before it.
    pub(super) unsure_until: u32,
    /// Whether it may have been left on a condition that is not known.
    pub(super) leaky: bool,
}

impl Pace {
    /// The next round starts, with what there is now.
    pub(super) const fn go_round(&mut self, steps: u64, progress: u64) {
        self.steps = steps;
        self.progress = progress;
        self.rounds += 1;
    }
}

impl Block {
    pub(super) fn pace(&mut self) -> Option<&mut Pace> {
        match &mut self.kind {
            BlockKind::For { pace, .. } | BlockKind::Each { pace, .. } | BlockKind::Do { pace } => {
                Some(pace)
            }
            _ => None,
        }
    }
}

/// Where a value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A variable of a procedure under way.
    Slot(u32),
    /// A variable of a module.
    Field(u32),
}

/// A variable of a procedure.
#[derive(Clone, Debug)]
pub(super) enum Slot {
    /// It has a value.
    Value(Value),
    /// It is another variable: an argument by reference.
    Alias(Place),
}

/// A variable or constant of a module.
#[derive(Clone, Debug, Default)]
pub(super) struct Variable {
    pub(super) value: Value,
    pub(super) state: State,
    /// The root in whose run it got its value.
    pub(super) epoch: u32,
    /// Where.
    pub(super) written: Spot,
    /// The last region that noted what it had.
    pub(super) noted: u32,
}

/// What is known of a slot besides its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    /// Where its value was written.
    pub(super) written: Spot,
    /// The last region that noted what it had.
    pub(super) noted: u32,
}

/// Where a value was written: a procedure, and a place in the text of its unit.
pub(super) type Spot = (ProcedureId, u32);

/// Whether a variable has been looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    /// It has not.
    #[default]
    New,
    /// It is a constant whose value is being computed.
    Pending,
    /// It has its value.
    Ready,
}

/// A value that a variable had.
#[derive(Clone, Debug)]
pub(super) struct Undo {
    pub(super) place: Place,
    pub(super) value: Value,
    pub(super) epoch: u32,
}

impl Machine<'_> {
    /// The place of a variable.
    pub(super) fn place(&self, variable: Meaning) -> Option<Place> {
        match variable {
            Meaning::Local(slot) | Meaning::TakenLocal(slot) => {
                let index = self.frame.slots + slot as usize;
                match self.slots.get(index)? {
                    Slot::Value(_) => Some(Place::Slot(index as u32)),
                    Slot::Alias(place) => Some(*place),
                }
            }
            Meaning::Field(field) | Meaning::TakenField(field) => Some(Place::Field(field)),
            _ => None,
        }
    }

    /// The value that is kept there.
    pub(super) fn kept(&self, place: Place) -> Option<&Value> {
        match place {
            Place::Slot(slot) => match self.slots.get(slot as usize)? {
                Slot::Value(value) => Some(value),
                Slot::Alias(_) => None,
            },
            Place::Field(field) => Some(&self.fields.get(field as usize)?.value),
        }
    }

    pub(super) fn kept_mut(&mut self, place: Place) -> Option<&mut Value> {
        match place {
            Place::Slot(slot) => match self.slots.get_mut(slot as usize)? {
                Slot::Value(value) => Some(value),
                Slot::Alias(_) => None,
            },
            Place::Field(field) => Some(&mut self.fields.get_mut(field as usize)?.value),
        }
    }

    /// Whether the statement under way depends on a condition that is not known.
    pub(super) fn is_unsure(&self) -> bool {
        self.frame.statement < self.frame.unsure_until
    }

    /// Whether the statement under way is gone through in the order of the text.
    pub(super) fn is_linear(&self) -> bool {
        self.exhausted || self.frame.statement < self.frame.linear_until
    }

    /// What comes up to `end` depends on a condition that is not known.
    pub(super) fn unsure(&mut self, end: u32) {
        self.frame.unsure_until = self.frame.unsure_until.max(end);
    }

    /// The innermost block of the frame.
    pub(super) fn block(&mut self) -> Option<&mut Block> {
        if self.blocks.len() > self.frame.blocks {
            self.blocks.last_mut()
        } else {
            None
        }
    }

    pub(super) fn pop_block(&mut self) -> Option<Block> {
        self.block()?;
        let block = self.blocks.pop()?;
        if let BlockKind::With { around, .. } = block.kind {
            self.frame.with = around;
        }
        Some(block)
    }

    /// Leaves the blocks that a statement is not in.
    pub(super) fn settle(&mut self, statement: u32) {
        while let Some(block) = self.block() {
            if block.start < statement && statement <= block.end {
                return;
            }
            self.pop_block();
        }
    }

    /// Goes on elsewhere in the procedure.
    pub(super) fn go_to(&mut self, statement: u32) {
        self.settle(statement);
        self.frame.statement = statement;
        self.frame.phase = 0;
    }

    /// Goes on with the next statement.
    pub(super) fn next(&mut self) {
        self.frame.statement += 1;
        self.frame.phase = 0;
    }
}
