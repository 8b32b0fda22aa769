//! Procedures entered and left.
//!
//! A procedure is entered the first time it is called, and again where something may come of it:
//! with texts that are known, for a value of known arguments, or for variables of modules. Where
//! again and again nothing does, it is called without being entered.

use super::super::{Argument, Array, Origin, Value, What};
use super::Machine;
use super::expression::{given, known_value, literal_value, word_value};
use super::frame::{Frame, Gives, Place, Slot, State, Trace};
use super::link::{Meaning, Routine, Type};
use crate::source::syntax::{Expr, Op, Parameter, Unary};

/// How deep calls are followed.
const DEEPEST: usize = 200;
/// How many variables procedures under way have together, before another is entered.
const MOST_SLOTS: usize = 1 << 18;
/// How deep constants that depend on constants are.
const DEEPEST_CONSTANT: usize = 4000;

impl<'p> Machine<'p> {
    /// Starts with a procedure that nothing of the program calls.
    pub(super) fn start(&mut self, routine: u32) {
        let linked = self.linked;
        let Some(called) = linked.routines.get(routine as usize) else {
            return;
        };
        let progress = self.routines.get_mut(routine as usize);
        let waiting = progress.and_then(|progress| progress.waiting.take());
        match waiting {
            Some(arguments) => {
                for argument in arguments {
                    self.push(argument.value, u32::MAX);
                }
            }
            None => {
                for _ in self.parameters(called) {
                    self.push(Value::UNKNOWN, u32::MAX);
                }
            }
        }
        self.frame = Frame::default();
        self.enter(routine, 0, 0, Gives::Nothing, u32::MAX);
        self.frames.clear();
    }

    /// Whether a procedure was ever entered.
    pub(super) fn is_entered(&self, routine: u32) -> bool {
        let progress = self.routines.get(routine as usize);
        progress.is_none_or(|progress| progress.entered)
    }

    /// Whether all of a procedure was gone through: its own body, or that of a twin.
    pub(super) fn is_done(&mut self, routine: u32) -> bool {
        if self.is_entered(routine) {
            return true;
        }
        let body = self.body(routine);
        if body.is_empty() {
            return false;
        }
        let unit = self.linked.routines.get(routine as usize);
        let unit = unit.map_or(0, |routine| routine.id.unit);
        // Twins lie one after the other, and there may be many.
        let (of, done) = &self.done;
        if *of == unit && done.end == body.end && done.start <= body.start {
            return true;
        }
        let done = self.next_unseen(routine, body.start).is_none();
        if done {
            self.done = (unit, body);
        }
        done
    }

    fn parameters(&self, routine: &Routine) -> &'p [Parameter] {
        let program = self.program;
        let find = || {
            let syntax = &program.units.get(routine.id.unit as usize)?.syntax;
            let procedure = syntax.procedures.get(routine.id.procedure as usize)?;
            Some(syntax.parameters_of(procedure))
        };
        find().unwrap_or_default()
    }

    pub(super) fn body(&self, routine: u32) -> std::ops::Range<u32> {
        let find = || {
            let id = self.linked.routines.get(routine as usize)?.id;
            let syntax = &self.program.units.get(id.unit as usize)?.syntax;
            Some(syntax.procedures.get(id.procedure as usize)?.body.clone())
        };
        find().unwrap_or_default()
    }

    /// Calls a procedure with the arguments that lie from `base` on, above `callee` operands that
    /// go with them.
    pub(super) fn call(
        &mut self,
        routine: u32,
        base: usize,
        callee: usize,
        gives: Gives,
        place: u32,
        at: u32,
    ) {
        self.edge(routine, place);
        if self.is_worth_it(routine, base, gives) {
            return self.enter(routine, base, callee, gives, at);
        }
        let arguments = self.stack.get(base..).unwrap_or_default();
        let origin = arguments.iter().fold(Origin::PLAIN, |origin, argument| {
            origin.and(argument.value.origin)
        });
        if let Some(progress) = self.routines.get_mut(routine as usize)
            && !progress.entered
            && progress.waiting.is_none()
        {
            progress.waiting = Some(arguments.to_vec());
        }
        self.lose_arguments(routine, base);
        self.drop_from(base.saturating_sub(callee));
        if gives == Gives::Operand {
            self.push(Value::unknown_from(origin), at);
        }
    }

    /// Whether another procedure can be entered.
    pub(super) fn has_room(&self) -> bool {
        !self.exhausted && self.frames.len() < DEEPEST && self.slots.len() < MOST_SLOTS
    }

    fn is_worth_it(&self, routine: u32, base: usize, gives: Gives) -> bool {
        let (Some(called), Some(progress)) = (
            self.linked.routines.get(routine as usize),
            self.routines.get(routine as usize),
        ) else {
            return false;
        };
        if !self.has_room() {
            return false;
        }
        if !progress.entered {
            return true;
        }
        // What calls itself under a condition that is not known never ends.
        if progress.active > 0 && (self.is_unsure() || self.frame.unsure) {
            return false;
        }
        if self.idle == 0 && !progress.fruitful {
            return false;
        }
        let mut some = false;
        let mut all = true;
        for argument in self.stack.get(base..).unwrap_or_default() {
            match argument.value.what {
                What::Text(_) | What::Array(_) | What::Record(_) => some = true,
                What::Unknown => all = false,
                _ => {}
            }
        }
        some || called.shares || all && called.returns && gives == Gives::Operand
    }

    /// Variables that a procedure is given and that it would give a value to.
    fn lose_arguments(&mut self, routine: u32, base: usize) {
        let gives = self.linked.routines.get(routine as usize);
        let gives = gives.map_or(0, |routine| routine.gives);
        for position in 0..self.stack.len().saturating_sub(base).min(64) {
            if gives >> position & 1 == 1
                && self.takes_reference(routine, position)
                && let Some(place) = self.argument_place(base + position)
            {
                let origin = self.kept(place).map_or(Origin::PLAIN, |kept| kept.origin);
                self.write(place, Value::unknown_from(origin), false);
            }
        }
    }

    fn takes_reference(&self, routine: u32, position: usize) -> bool {
        let routine = self.linked.routines.get(routine as usize);
        let parameters = routine.map(|routine| self.parameters(routine));
        let parameter = parameters.and_then(|parameters| parameters.get(position));
        parameter.is_some_and(|parameter| parameter.by_reference)
    }

    /// The variable that an operand is the value of.
    pub(super) fn argument_place(&self, index: usize) -> Option<Place> {
        let by = *self.by.get(index)? as usize;
        let unit = self.frame.unit as usize;
        let op = self.program.units.get(unit)?.syntax.ops.get(by)?;
        if !matches!(op, Op::Load(..)) {
            return None;
        }
        let meaning = *self.linked.meanings.get(unit)?.get(by)?;
        self.place(meaning)
    }

    /// Enters a procedure.
    pub(super) fn enter(
        &mut self,
        routine: u32,
        base: usize,
        callee: usize,
        gives: Gives,
        by: u32,
    ) {
        let Some(called) = self.linked.routines.get(routine as usize) else {
            return;
        };
        let slots = self.slots.len();
        let arguments = self.stack.get(base..).unwrap_or_default();
        let handed_on = arguments
            .iter()
            .any(|argument| argument.value.origin.has(Origin::GIVEN));
        self.bind(called, base, slots);
        self.drop_from(base.saturating_sub(callee));
        let progress = self.routines.get_mut(routine as usize);
        let again = progress.is_some_and(|progress| {
            progress.active += 1;
            std::mem::replace(&mut progress.entered, true)
        });
        self.fresh = self.fresh.saturating_sub(usize::from(!again));
        let body = self.body(routine);
        let frame = Frame {
            routine: Some(routine),
            id: called.id,
            unit: called.id.unit,
            slots,
            stack: self.stack.len(),
            blocks: self.blocks.len(),
            statement: body.start,
            end: body.end,
            unsure: self.is_unsure() || self.frame.unsure,
            handed_on,
            gives,
            by,
            progress: self.progress,
            steps: self.bounds.steps,
            again,
            ..Frame::default()
        };
        self.frames.push(std::mem::replace(&mut self.frame, frame));
        self.pay(2 + (self.slots.len() - slots) as u64 / 8);
    }

    /// Gives the slots of a procedure their first values; arguments lie from `base` on.
    fn bind(&mut self, called: &Routine, base: usize, slots: usize) {
        let first = called.locals.start as usize;
        let types = self.linked.locals.get(first..called.locals.end as usize);
        let types = types.unwrap_or_default();
        if called.returns {
            let kind = types.first().copied().unwrap_or_default();
            self.slots.push(Slot::Value(kind.zero()));
        }
        let program = self.program;
        let unit = program.units.get(called.id.unit as usize);
        let parameters = self.parameters(called);
        let named = |argument: &Argument| argument.name.is_some();
        let arguments = self.stack.get(base..).unwrap_or_default();
        let positional = arguments
            .iter()
            .take_while(|argument| !named(argument))
            .count();
        let any_named = positional < arguments.len();
        for (position, parameter) in parameters.iter().enumerate() {
            let kind = types.get(called.parameter(position) as usize);
            let kind = kind.copied().unwrap_or_default();
            if parameter.rest {
                let rest = self
                    .stack
                    .get(base + position.min(positional)..base + positional);
                let elements: Vec<Value> = rest
                    .unwrap_or_default()
                    .iter()
                    .map(|argument| argument.value.clone())
                    .collect();
                let array = Array {
                    dimensions: vec![(0, elements.len())],
                    elements,
                };
                let array = given(Value::plain(What::Array(array.into())));
                self.slots.push(Slot::Value(array));
                continue;
            }
            let index = if position < positional {
                Some(base + position)
            } else if any_named {
                let name = Some(parameter.variable.name);
                let rest = self.stack.get(base + positional..).unwrap_or_default();
                let found = rest
                    .iter()
                    .take(DEEPEST)
                    .position(|argument| argument.name == name);
                found.map(|found| base + positional + found)
            } else {
                None
            };
            let place = index.filter(|_| parameter.by_reference);
            if let Some(place) = place.and_then(|index| self.argument_place(index)) {
                if let Place::Field(field) = place {
                    self.ready(field, 0);
                }
                self.slots.push(Slot::Alias(place));
                continue;
            }
            let value = index.and_then(|index| self.stack.get_mut(index));
            let value = value.map(|argument| std::mem::take(&mut argument.value));
            let value = value.filter(|value| !matches!(value.what, What::Missing));
            let value = match value {
                Some(value) => given(kind.coerce(value, self.bounds)),
                None if parameter.default != Expr::default() => {
                    let ops = unit
                        .map(|unit| unit.syntax.ops.as_slice())
                        .unwrap_or_default();
                    given(self.default_value(ops, called.id.unit, parameter.default))
                }
                None if kind == Type::Any => given(Value::plain(What::Missing)),
                None => given(kind.zero()),
            };
            self.slots.push(Slot::Value(value));
        }
        let have = self.slots.len() - self.traces.len();
        for _ in have..types.len() {
            self.slots.push(Slot::Value(Value::default()));
        }
        let linked = self.linked;
        let main = linked.routines.get(called.twin as usize);
        for (slot, field) in main.map_or(&[][..], |main| &main.kept) {
            self.ready(*field, 0);
            if let Some(place) = self.slots.get_mut(slots + *slot as usize) {
                *place = Slot::Alias(Place::Field(*field));
            }
        }
        let trace = Trace {
            written: (called.id, 0),
            noted: 0,
        };
        self.traces.resize(self.slots.len(), trace);
    }

    /// The value of a parameter that is left out: a literal or a constant.
    fn default_value(&self, ops: &[Op], unit: u32, default: Expr) -> Value {
        let range = default.from as usize..default.to as usize;
        match ops.get(range).unwrap_or_default() {
            [Op::Text(span)] => {
                let text = self
                    .program
                    .units
                    .get(unit as usize)
                    .and_then(|unit| unit.text.get(span.from as usize..span.to as usize));
                literal_value(text.unwrap_or_default())
            }
            [Op::Number(number)] => Value::number(*number),
            [Op::Number(number), Op::Unary(Unary::Minus)] => Value::number(-number),
            [Op::Constant(constant)] => word_value(*constant),
            [Op::Load(..)] => {
                let meanings = self.linked.meanings.get(unit as usize);
                let meaning = meanings.and_then(|unit| unit.get(default.from as usize));
                match meaning {
                    Some(Meaning::Known(known)) => known_value(*known),
                    Some(Meaning::Constant(constant)) => {
                        let variable = self.fields.get(*constant as usize);
                        let ready = variable.filter(|variable| variable.state == State::Ready);
                        ready.map_or(Value::UNKNOWN, |variable| variable.value.clone())
                    }
                    _ => Value::UNKNOWN,
                }
            }
            _ => Value::UNKNOWN,
        }
    }

    /// Computes a constant of a module.
    pub(super) fn enter_constant(&mut self, constant: u32, at: u32) {
        let field = self.linked.fields.get(constant as usize);
        let Some(field) = field.filter(|_| self.frames.len() < DEEPEST_CONSTANT) else {
            if let Some(variable) = self.fields.get_mut(constant as usize) {
                variable.value = Value::UNKNOWN;
                variable.state = State::Ready;
            }
            return;
        };
        let value = field.constant.unwrap_or_default();
        let frame = Frame {
            id: self.frame.id,
            fixed_at: Some(self.frame.fixed_at.unwrap_or(at)),
            unit: field.unit,
            slots: self.slots.len(),
            stack: self.stack.len(),
            blocks: self.blocks.len(),
            op: value.from,
            to: value.to,
            dead_here: self.frame.dead_here,
            gives: Gives::Constant(constant),
            ..Frame::default()
        };
        self.frames.push(std::mem::replace(&mut self.frame, frame));
        self.pay(u64::from(value.to.saturating_sub(value.from)));
    }

    /// The end of a procedure: what was not gone through yet is, then it is left. False if nothing
    /// called it.
    pub(super) fn leave(&mut self) -> bool {
        let Some(routine) = self.frame.routine else {
            return self.leave_constant();
        };
        let active = self.routines.get(routine as usize);
        let alone = active.is_some_and(|progress| progress.active == 1);
        if !self.frame.sweeping {
            self.tell_slots();
            let returns = self.linked.routines.get(routine as usize);
            if returns.is_some_and(|routine| routine.returns)
                && let Some(Slot::Value(value)) = self.slots.get_mut(self.frame.slots)
            {
                self.frame.result = Some(std::mem::take(value));
            }
            if self.exhausted {
                let result = self.frame.result.as_ref();
                let origin = result.map(|value| value.origin);
                self.frame.result = origin.map(Value::unknown_from);
            }
            if alone && self.sweep(routine) {
                return true;
            }
        }
        self.end_region();
        let mut result = self.frame.result.take().unwrap_or(Value::UNKNOWN);
        // To the caller its arguments are what they are.
        if !self.frame.handed_on {
            result.origin = result.origin.without(Origin::GIVEN);
        }
        self.account(routine, &result);
        self.drop_from(self.frame.stack);
        self.slots.truncate(self.frame.slots);
        self.traces.truncate(self.frame.slots);
        self.blocks.truncate(self.frame.blocks);
        let Some(caller) = self.frames.pop() else {
            return false;
        };
        let left = std::mem::replace(&mut self.frame, caller);
        if left.gives == Gives::Operand {
            self.push(result, left.by);
        }
        true
    }

    /// Notes whether something came of a procedure.
    fn account(&mut self, routine: u32, result: &Value) {
        let fruitful = self.progress != self.frame.progress
            || result.as_whole_text().is_some_and(|text| !text.is_empty());
        if let Some(progress) = self.routines.get_mut(routine as usize) {
            progress.active = progress.active.saturating_sub(1);
            progress.fruitful = fruitful;
        }
        if self.frame.again && !fruitful {
            let steps = self.frame.steps.saturating_sub(self.bounds.steps);
            self.idle = self.idle.saturating_sub(steps);
        }
    }

    fn leave_constant(&mut self) -> bool {
        let value = self.pop();
        self.drop_from(self.frame.stack);
        if let Gives::Constant(constant) = self.frame.gives
            && let Some(variable) = self.fields.get_mut(constant as usize)
        {
            variable.value = value;
            variable.state = State::Ready;
        }
        let Some(caller) = self.frames.pop() else {
            return false;
        };
        self.frame = caller;
        true
    }
}
