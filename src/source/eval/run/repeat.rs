//! Loops ([MS-VBAL] 5.4.2.3 to 5.4.2.7).
//!
//! A loop goes round as long as its bounds are known, something comes of it and steps last. Half
//! of the steps are left to what follows it, so a loop without end costs what comes after little.
//! What a loop that is not gone through to its end has given to variables is not known.

use std::rc::Rc;

use super::super::library::coerce;
use super::super::operator;
use super::super::{Array, Reply, Value, What};
use super::Machine;
use super::frame::{Block, BlockKind, Pace};
use super::link::{How, Meaning};
use crate::source::syntax::{Expr, Op};
use crate::source::words;

/// So many rounds may pass without anything coming of them, whatever was spent on others.
const IDLE_ROUNDS: u32 = 2;
/// How often a procedure jumps backward.
const MOST_JUMPS: u32 = 100_000;

impl Machine<'_> {
    fn pace(&self) -> Pace {
        let left = self.bounds.steps;
        Pace {
            reserve: left - left.saturating_sub(self.reserve) / 2,
            steps: left,
            progress: self.progress,
            rounds: 0,
            unsure_until: self.frame.unsure_until,
            leaky: false,
        }
    }

    fn open_loop(&mut self, end: u32, kind: BlockKind) {
        self.blocks.push(Block {
            start: self.frame.statement,
            end,
            kind,
        });
        self.next();
    }

    /// The variable of a loop.
    fn loop_variable(&self, variable: Expr) -> Meaning {
        let unit = self.frame.unit as usize;
        let op = self.program.units.get(unit).and_then(|unit| {
            let range = variable.from as usize..variable.to as usize;
            unit.syntax.ops.get(range)
        });
        let meanings = self.linked.meanings.get(unit);
        match (op, meanings.and_then(|all| all.get(variable.from as usize))) {
            (Some([Op::Load(..)]), Some(meaning)) => *meaning,
            _ => Meaning::World,
        }
    }

    fn set_loop_variable(&mut self, variable: Meaning, value: Value) {
        if let Some(place) = self.place(variable) {
            self.write(place, value, false);
        }
    }

    /// The bounds of a `For` have their values.
    pub(super) fn start_for(&mut self, variable: Expr, end: u32) {
        let variable = self.loop_variable(variable);
        let (step, to, from) = (self.pop(), self.pop(), self.pop());
        let known = |value: &Value| coerce::number(value);
        let step_value = if step.is_missing() {
            Some(1.0)
        } else {
            known(&step)
        };
        let step_origin = step.origin;
        let bounds = (
            known(&from),
            known(&to),
            step_value.filter(|step| *step != 0.0),
        );
        let (Some(first), Some(last), Some(step)) = bounds else {
            let origin = from.origin.and(to.origin);
            self.set_loop_variable(variable, Value::unknown_from(origin));
            return self.once(end);
        };
        if self.is_linear() {
            self.set_loop_variable(variable, Value::UNKNOWN);
            return self.once(end);
        }
        self.set_loop_variable(variable, Value::number(first));
        if is_past(first, last, step) {
            let by = from.origin.and(to.origin).and(step_origin);
            return self.pass_over(self.frame.statement + 1, end, by);
        }
        let pace = self.pace();
        self.open_loop(
            end,
            BlockKind::For {
                variable,
                value: first,
                to: last,
                step,
                pace,
            },
        );
    }

    /// The list of a `For Each` has its value.
    pub(super) fn start_each(&mut self, variable: Expr, end: u32) {
        let variable = self.loop_variable(variable);
        let list = self.pop();
        let array = match &list.what {
            What::Array(array) if !self.is_linear() => Some(array.clone()),
            What::Object(_) if !self.is_linear() => self.elements(&list),
            _ => None,
        };
        let array = match array {
            Some(array) => array,
            None => {
                let value = self.some_element(&list);
                self.set_loop_variable(variable, value);
                return self.once(end);
            }
        };
        let Some(first) = array.elements.first().cloned() else {
            return self.pass_over(self.frame.statement + 1, end, list.origin);
        };
        self.set_loop_variable(variable, first);
        let pace = self.pace();
        self.open_loop(
            end,
            BlockKind::Each {
                variable,
                list: array,
                at: 0,
                pace,
            },
        );
    }

    /// The elements of an object that is a list, if they are known.
    fn elements(&mut self, list: &Value) -> Option<Rc<Array>> {
        let elements = self.host.elements(list)?;
        let size = elements.len().saturating_mul(size_of::<Value>());
        self.bounds.take(size).then(|| {
            Rc::new(Array {
                dimensions: vec![(0, elements.len())],
                elements,
            })
        })
    }

    /// Any element of a list that is not known.
    fn some_element(&mut self, list: &Value) -> Value {
        if !matches!(list.what, What::Object(_)) {
            return Value::unknown_from(list.origin);
        }
        let site = self.site(self.here());
        let index = [super::Argument {
            name: None,
            value: Value::UNKNOWN,
        }];
        match self.host.member(&site, list, words::ITEM, true, &index) {
            Reply::Value(value) => value,
            Reply::Run(..) => Value::UNKNOWN,
        }
    }

    /// Goes through a loop once, when it is not known how often it goes round: what is computed
    /// from itself is not known then.
    fn once(&mut self, end: u32) {
        let at = self.frame.statement;
        self.lose(at + 1, end, false);
        self.unsure(end);
        self.next();
    }

    /// What statements give to variables is not known: all of it, or what comes from itself.
    fn lose(&mut self, from: u32, to: u32, all: bool) {
        let linked = self.linked;
        let writes = linked.writes.get(self.frame.unit as usize);
        let writes = writes.map(Vec::as_slice).unwrap_or_default();
        let start = writes.partition_point(|write| write.statement < from);
        let rest = writes.get(start..).unwrap_or_default();
        for write in rest.iter().take_while(|write| write.statement < to) {
            if self.exhausted {
                if self.spare == 0 {
                    return;
                }
                self.spare -= 1;
            } else {
                self.pay(1);
            }
            let lost = match write.how {
                How::FromItself => true,
                How::Anew | How::Part => all,
                How::Argument(routine, position) => {
                    let routine = linked.routines.get(routine as usize);
                    let gives = routine.map_or(0, |routine| routine.gives);
                    position < 64 && gives >> position & 1 == 1
                }
            };
            if lost && let Some(place) = self.place(write.to) {
                let origin = self.kept(place).map(|kept| kept.origin);
                let value = Value::unknown_from(origin.unwrap_or_default());
                self.write(place, value, true);
            }
        }
    }

    /// `Next`
    pub(super) fn end_round(&mut self, start: u32) {
        let Some(pace) = self.round_of(start) else {
            return self.next();
        };
        if self.runs_out(pace) {
            return self.run_out(start);
        }
        let Some(block) = self.block() else {
            return self.next();
        };
        let next = match &mut block.kind {
            BlockKind::For {
                variable,
                value,
                to,
                step,
                ..
            } => {
                *value += *step;
                let ends = is_past(*value, *to, *step);
                Some((*variable, Value::number(*value), ends))
            }
            BlockKind::Each {
                variable, list, at, ..
            } => {
                *at += 1;
                let element = list.elements.get(*at).cloned();
                element.map(|element| (*variable, element, false))
            }
            _ => None,
        };
        let Some((variable, value, ends)) = next else {
            self.pop_block();
            return self.next();
        };
        if ends {
            self.pop_block();
            self.set_loop_variable(variable, value);
            return self.next();
        }
        self.set_loop_variable(variable, value);
        self.go_round(start + 1);
    }

    /// How the innermost block gets on, if it is the loop that starts there.
    fn round_of(&mut self, start: u32) -> Option<Pace> {
        if self.frame.statement < self.frame.linear_until || start >= self.frame.statement {
            return None;
        }
        let block = self.block().filter(|block| block.start == start)?;
        block.pace().copied()
    }

    /// The next round starts.
    fn go_round(&mut self, statement: u32) {
        let (steps, progress) = (self.bounds.steps, self.progress);
        let mut unsure_until = self.frame.unsure_until;
        if let Some(pace) = self.block().and_then(Block::pace) {
            pace.go_round(steps, progress);
            unsure_until = pace.unsure_until;
        }
        self.frame.unsure_until = unsure_until;
        self.frame.statement = statement;
        self.frame.phase = 0;
    }

    /// Whether a loop has to end before its time: it has had its share of the steps, or nothing
    /// comes of it.
    fn runs_out(&mut self, pace: Pace) -> bool {
        if self.exhausted {
            return true;
        }
        if self.bounds.steps < pace.reserve {
            self.was_exhausted = true;
            return true;
        }
        if self.progress == pace.progress {
            let spent = pace.steps.saturating_sub(self.bounds.steps);
            self.idle = self.idle.saturating_sub(spent);
            return self.idle == 0 && pace.rounds >= IDLE_ROUNDS;
        }
        false
    }

    /// The loop that starts there ends before its time. Statements that were never gone through are
    /// now.
    fn run_out(&mut self, start: u32) {
        let Some(mut block) = self.pop_block() else {
            return self.next();
        };
        if let Some(pace) = block.pace() {
            self.frame.unsure_until = pace.unsure_until;
        }
        let at = self.frame.statement;
        self.lose(start, at, true);
        self.pay(u64::from(at - start) / 64);
        if !self.exhausted && self.has_unreached(start, at) {
            self.unsure(at);
            self.frame.statement = start + 1;
            self.frame.phase = 0;
        } else {
            self.next();
        }
    }

    /// Whether some statement was not gone through yet as one that can be reached.
    fn has_unreached(&self, from: u32, to: u32) -> bool {
        let seen = self.seen.get(self.frame.unit as usize);
        let seen = seen.and_then(|seen| seen.get(from as usize..to as usize));
        memchr::memchr2(0, super::ONLY_DEAD, seen.unwrap_or_default()).is_some()
    }

    /// `Do`, at its start or the start of a round.
    pub(super) fn start_do(&mut self, condition: Expr, end: u32) {
        if condition == Expr::default() {
            return self.enter_do(end);
        }
        self.evaluate(condition);
    }

    fn enter_do(&mut self, end: u32) {
        if self.is_linear() {
            return self.once(end);
        }
        if !self.goes_round() {
            let pace = self.pace();
            return self.open_loop(end, BlockKind::Do { pace });
        }
        self.next();
    }

    /// Whether the statement under way starts a loop that goes round.
    fn goes_round(&mut self) -> bool {
        let at = self.frame.statement;
        let block = self.block();
        block.is_some_and(|block| block.start == at && matches!(block.kind, BlockKind::Do { .. }))
    }

    /// The condition of a `Do` has its value.
    pub(super) fn decide_do(&mut self, until: bool, end: u32) {
        let condition = self.pop();
        if self.is_linear() {
            return self.once(end);
        }
        let again = self.goes_round();
        let at = self.frame.statement;
        self.decided_by(condition.origin);
        match operator::holds(&condition).map(|holds| holds != until) {
            Some(true) => self.enter_do(end),
            Some(false) if again => {
                self.pop_block();
                self.frame.statement = end + 1;
                self.frame.phase = 0;
            }
            Some(false) => self.pass_over(at + 1, end, condition.origin),
            None if again => {
                self.pop_block();
                self.lose(at + 1, end, false);
                self.frame.statement = end + 1;
                self.frame.phase = 0;
            }
            None => self.once(end),
        }
    }

    /// `Loop`, `Wend`
    pub(super) fn end_do(&mut self, condition: Expr, start: u32) {
        if condition == Expr::default() {
            return self.close_round(start, Some(true));
        }
        self.evaluate(condition);
    }

    /// The condition of a `Loop` has its value.
    pub(super) fn decide_loop(&mut self, until: bool, start: u32) {
        let condition = self.pop();
        let holds = operator::holds(&condition);
        self.close_round(start, holds.map(|holds| holds != until));
    }

    fn close_round(&mut self, start: u32, again: Option<bool>) {
        let Some(pace) = self.round_of(start) else {
            return self.next();
        };
        let at = self.frame.statement;
        match again {
            Some(false) => {
                self.pop_block();
                self.next();
            }
            None => {
                self.pop_block();
                self.lose(start + 1, at, false);
                self.next();
            }
            // Without a bound that is known it may have ended long ago.
            Some(true) if pace.leaky => {
                self.pop_block();
                self.lose(start + 1, at, false);
                self.next();
            }
            Some(true) if self.runs_out(pace) => self.run_out(start),
            Some(true) => self.go_round(start),
        }
    }

    /// Whether a jump backward may be taken: what it repeats costs like a loop.
    pub(super) fn jumps_backward(&mut self) -> bool {
        let mut pace = self.frame.jumps.unwrap_or_else(|| self.pace());
        if pace.rounds >= MOST_JUMPS || self.runs_out(pace) {
            return false;
        }
        pace.go_round(self.bounds.steps, self.progress);
        self.frame.jumps = Some(pace);
        true
    }
}

/// Whether a counter has passed its bound.
fn is_past(value: f64, to: f64, step: f64) -> bool {
    if step > 0.0 { value > to } else { value < to }
}
