//! One statement after the other.

use std::rc::Rc;

use super::super::{Origin, Value, What};
use super::frame::{Block, BlockKind};
use super::link::{Listener, Meaning};
use super::{ALIVE, Machine, ONLY_DEAD};
use crate::source::syntax::{DEAD, Expr, Op, Statement};

/// The phase of a statement of which nothing is left to do.
pub(super) const DONE: u8 = u8::MAX;

impl Machine<'_> {
    /// Goes on with the statement that is under way, or starts the next one; false if the last
    /// frame was left.
    pub(super) fn statement(&mut self) -> bool {
        let program = self.program;
        let syntax = program.units.get(self.frame.unit as usize);
        let Some(syntax) = syntax.map(|unit| &unit.syntax) else {
            return self.leave();
        };
        if self.frame.phase == 0 {
            let place = match self.begin(&syntax.places) {
                Some(place) => place,
                None => return self.leave(),
            };
            let at = self.frame.statement as usize;
            let Some(statement) = syntax.statements.get(at) else {
                return self.leave();
            };
            self.mark(place);
            return self.start_statement(statement);
        }
        if self.frame.phase == DONE {
            self.next();
            return true;
        }
        let at = self.frame.statement as usize;
        let Some(statement) = syntax.statements.get(at) else {
            return self.leave();
        };
        self.go_on(statement);
        true
    }

    /// Finds the statement that is next; `None` at the end of the procedure.
    fn begin(&mut self, places: &[u32]) -> Option<u32> {
        loop {
            let at = self.frame.statement;
            if self.frame.region.is_some() && at >= self.frame.linear_until {
                if self.frame.sweeping {
                    return None;
                }
                self.end_region();
                self.settle(at);
            }
            if at >= self.frame.end {
                return None;
            }
            let skips = self.frame.sweeping || self.exhausted;
            if skips && self.was_seen(at) {
                let routine = self.frame.routine?;
                self.frame.statement = self.next_unseen(routine, at)?;
                if self.frame.sweeping {
                    self.frame.dead = self.sweeps_dead();
                }
                continue;
            }
            let place = *places.get(at as usize)?;
            if place & DEAD != 0 && self.frame.region.is_none() && !self.exhausted {
                let rest = places.get(at as usize..self.frame.end as usize)?;
                let length = rest.iter().take_while(|place| **place & DEAD != 0).count();
                self.pay(length as u64 / 8);
                self.pass_over(at, at + length as u32, Origin::PLAIN);
                continue;
            }
            return Some(place);
        }
    }

    /// The statement under way is gone through.
    fn mark(&mut self, place: u32) {
        let at = self.frame.statement as usize;
        self.frame.dead_here = self.frame.dead || place & DEAD != 0;
        let how = if self.frame.dead_here {
            ONLY_DEAD
        } else {
            ALIVE
        };
        let unit = self.seen.get_mut(self.frame.unit as usize);
        if let Some(seen) = unit.and_then(|unit| unit.get_mut(at)) {
            self.frame.seen = *seen;
            *seen = how.max(*seen);
        }
        if self.stack.len() > self.frame.stack {
            self.drop_from(self.frame.stack);
        }
        self.pay(1);
    }

    /// Starts with the first expression of a statement, or does what it does if it has none.
    fn start_statement(&mut self, statement: &Statement) -> bool {
        match *statement {
            Statement::Call(call) => self.evaluate(call),
            Statement::Assign { value, .. } | Statement::Const { value, .. } => {
                self.evaluate(value);
            }
            Statement::If {
                condition,
                again,
                end,
                ..
            } => {
                if !(again && self.ends_branch(end)) {
                    self.evaluate(condition);
                }
            }
            Statement::Else { end } => {
                if !self.ends_branch(end) {
                    self.next();
                }
            }
            Statement::EndIf | Statement::EndSelect | Statement::EndWith => self.end_block(),
            Statement::For { from, .. } => self.evaluate(from),
            Statement::ForEach { list, .. } => self.evaluate(list),
            Statement::Next { start } => self.end_round(start),
            Statement::Do { condition, end, .. } => self.start_do(condition, end),
            Statement::Loop {
                condition, start, ..
            } => self.end_do(condition, start),
            Statement::Select { subject, .. } => self.evaluate(subject),
            Statement::Case { value, end, .. } => {
                if !self.ends_case(end) {
                    self.evaluate(value);
                }
            }
            Statement::With { object, .. } => self.evaluate(object),
            Statement::Label(name) => self.pass_label(name),
            Statement::GoTo(name) => return self.jump(name),
            Statement::Exit(exit) => return self.exit(exit),
            Statement::Dim(ref variable) => {
                self.declare(variable);
                self.next();
            }
            Statement::ReDim { array, .. } | Statement::File(array) => {
                self.evaluate(without_last(array));
            }
            Statement::RaiseEvent(call) => self.evaluate(without_last(call)),
            Statement::OnError(_) => self.next(),
            Statement::Unread(span) => {
                let site = self.site(span.from);
                let text = self.source(span);
                self.host.unread(&site, text);
                self.next();
            }
        }
        true
    }

    /// An expression of the statement has its value.
    fn go_on(&mut self, statement: &Statement) {
        let phase = self.frame.phase;
        match *statement {
            Statement::Assign { target, value, set } => {
                if phase == 1 && target.to - target.from.min(target.to) > 1 {
                    self.evaluate(without_last(target));
                } else {
                    self.assign(target, value, set);
                }
            }
            Statement::Const { .. } => {
                let value = self.pop();
                let variable = self.declared_here();
                if let Some(place) = self.place(variable) {
                    self.write(place, value, false);
                }
                self.next();
            }
            Statement::If { next, end, .. } => self.decide(next, end),
            Statement::For {
                variable,
                to,
                step,
                end,
                ..
            } => match phase {
                1 => self.evaluate(to),
                2 => self.evaluate(step),
                _ => self.start_for(variable, end),
            },
            Statement::ForEach { variable, end, .. } => self.start_each(variable, end),
            Statement::Do { until, end, .. } => self.decide_do(until, end),
            Statement::Loop { until, start, .. } => self.decide_loop(until, start),
            Statement::Select { next, end, .. } => self.select(next, end),
            Statement::Case {
                takes,
                to,
                body,
                next,
                end,
                ..
            } => {
                if phase == 1 {
                    self.evaluate(to);
                } else {
                    self.case(takes, body, next, end);
                }
            }
            Statement::With { object, end } => self.open_with(object, end),
            Statement::ReDim { preserve, .. } => {
                self.redim(preserve);
                self.next();
            }
            Statement::File(call) => {
                self.file(call);
                self.next();
            }
            Statement::RaiseEvent(call) => {
                self.raise(call);
                self.next();
            }
            _ => self.next(),
        }
    }

    /// The variable that the statement under way declares, or computes from itself.
    pub(super) fn declared_here(&self) -> Meaning {
        let unit = self.linked.declared.get(self.frame.unit as usize);
        let meaning = unit.and_then(|unit| unit.get(self.frame.statement as usize));
        meaning.copied().unwrap_or_default()
    }

    fn open_with(&mut self, object: Expr, end: u32) {
        let place = match object.to.saturating_sub(object.from) {
            1 => self.argument_place(self.stack.len().saturating_sub(1)),
            _ => None,
        };
        let value = self.pop();
        let around = self.frame.with;
        self.frame.with = Some(self.blocks.len());
        self.blocks.push(Block {
            start: self.frame.statement,
            end,
            kind: BlockKind::With {
                object: value,
                place,
                around,
            },
        });
        self.next();
    }

    /// The end of an `If`, a `Select` or a `With`.
    fn end_block(&mut self) {
        let at = self.frame.statement;
        while self.block().is_some_and(|block| block.end <= at) {
            self.pop_block();
        }
        self.next();
    }

    /// A statement on files; what is read goes to variables.
    fn file(&mut self, call: Expr) {
        use crate::source::words;
        let ops = self.program.units.get(self.frame.unit as usize);
        let ops = ops.map(|unit| unit.syntax.ops.as_slice());
        let Some(Op::Callee(name, at)) = ops.and_then(|ops| ops.get(call.from as usize)) else {
            return;
        };
        let base = self.frame.stack + 1;
        self.tell_arguments(base, *at);
        let site = self.site(*at);
        let arguments = self.stack.get(base..).unwrap_or_default();
        self.host.file(&site, *name, arguments);
        if matches!(*name, words::GET | words::INPUT | words::LINE_INPUT) {
            for index in base + 1..self.stack.len() {
                if let Some(place) = self.argument_place(index) {
                    self.write(place, Value::UNKNOWN, false);
                }
            }
        }
    }

    /// `RaiseEvent`: procedures of variables that listen handle it.
    fn raise(&mut self, call: Expr) {
        let program = self.program;
        let unit = program.units.get(self.frame.unit as usize);
        let op = unit.and_then(|unit| unit.syntax.ops.get(call.from as usize));
        let (Some(unit), Some(Op::Callee(event, at) | Op::Load(event, at))) = (unit, op) else {
            return;
        };
        let linked = self.linked;
        let key = (self.frame.unit, *event);
        let handlers = self.handlers.entry(key).or_insert_with(|| {
            let names = &program.names;
            let handler = |listener: &Listener| {
                let handler = format!("{}_{}", names.text(listener.name), names.text(*event));
                match linked.member(listener.unit, names.get(&handler)?) {
                    Meaning::Procedure(routine) => Some(routine),
                    _ => None,
                }
            };
            let listeners = linked.listeners(unit.name).iter();
            listeners.filter_map(handler).collect()
        });
        for routine in Rc::clone(handlers).iter() {
            self.edge(*routine, *at);
            let base = self.frame.stack + 1;
            if let Some(progress) = self.routines.get_mut(*routine as usize)
                && !progress.entered
            {
                let arguments = self.stack.get(base..).unwrap_or_default();
                progress.waiting = Some(arguments.to_vec());
            }
        }
    }
}

/// An expression without its last operation.
fn without_last(expression: Expr) -> Expr {
    Expr {
        to: expression.to.saturating_sub(1).max(expression.from),
        ..expression
    }
}

impl Value {
    /// Whether it is an argument that is left out.
    pub(super) const fn is_missing(&self) -> bool {
        matches!(self.what, What::Missing)
    }
}
