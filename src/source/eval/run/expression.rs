//! Operations: the values of expressions.

use super::super::operator::{self, Compare};
use super::super::{Argument, Origin, Value, What};
use super::Machine;
use super::frame::{BlockKind, Gives, Place, State};
use super::link::{Meaning, Type};
use crate::source::names::Symbol;
use crate::source::syntax::{Constant, Expr, Op, Options, Span};

impl<'p> Machine<'p> {
    /// Starts with an expression of the statement under way. One that is not there leaves
    /// [`What::Missing`].
    pub(super) fn evaluate(&mut self, expression: Expr) {
        self.frame.phase += 1;
        self.frame.op = expression.from;
        self.frame.to = expression.to;
        let length = expression.to.saturating_sub(expression.from);
        if length == 0 {
            self.push(Value::plain(What::Missing), u32::MAX);
        }
        self.pay(u64::from(length) + 1);
    }

    /// Leaves a value, and says which operation did.
    pub(super) fn push(&mut self, value: Value, by: u32) {
        self.stack.push(Argument { name: None, value });
        self.by.push(by);
    }

    /// Takes the value on top.
    pub(super) fn pop(&mut self) -> Value {
        self.by.pop();
        self.stack.pop().map_or(Value::UNKNOWN, |top| top.value)
    }

    /// Drops the operands from `base` on.
    pub(super) fn drop_from(&mut self, base: usize) {
        self.stack.truncate(base);
        self.by.truncate(base);
    }

    /// Goes on with the expression under way, to its end or until a procedure is entered.
    pub(super) fn operate(&mut self) {
        let program = self.program;
        let linked = self.linked;
        let unit = self.frame.unit as usize;
        let ops = program.units.get(unit).map(|unit| &*unit.syntax.ops);
        let ops = ops.unwrap_or_default();
        let meanings = linked.meanings.get(unit).map(Vec::as_slice);
        let meanings = meanings.unwrap_or_default();
        let frames = self.frames.len();
        while self.frame.op < self.frame.to {
            let at = self.frame.op;
            self.frame.op += 1;
            let Some(op) = ops.get(at as usize) else {
                self.push(Value::UNKNOWN, at);
                continue;
            };
            let meaning = || meanings.get(at as usize).copied().unwrap_or_default();
            match *op {
                Op::Load(name, place) => self.load(meaning(), name, place, at),
                Op::Callee(..) => self.push(Value::default(), at),
                Op::Text(span) => {
                    let text = self.literal(span);
                    self.push(text, at);
                }
                Op::Number(number) => self.push(Value::number(number), at),
                // What a date is as a number depends on the system.
                Op::Date(_) | Op::Unknown => self.push(Value::UNKNOWN, at),
                Op::Constant(constant) => self.push(word_value(constant), at),
                Op::Member(name, place) => {
                    let base = self.stack.len();
                    self.member(name, place, base, false, at);
                }
                // The object stays where the callee would be.
                Op::MemberCallee(..) => {
                    if let Some(by) = self.by.last_mut() {
                        *by = at;
                    }
                }
                Op::With => {
                    let object = self.with_object();
                    self.push(object, at);
                }
                Op::Named(name) => {
                    if let Some(argument) = self.stack.last_mut() {
                        argument.name = Some(name);
                    }
                }
                Op::Missing => self.push(Value::plain(What::Missing), at),
                Op::Call(count) => self.apply(count as usize, at, ops, meanings),
                Op::Unary(operator) => {
                    let operand = self.pop();
                    let operand = self.simple(operand);
                    self.push(operator::unary(operator, operand), at);
                }
                Op::Binary(operator) => {
                    let right = self.pop();
                    let left = self.pop();
                    let (left, right) = if operator == crate::source::syntax::Binary::Is {
                        (left, right)
                    } else {
                        (self.simple(left), self.simple(right))
                    };
                    let by = self.compares();
                    let value = operator::binary(operator, left, &right, by, self.bounds);
                    self.push(value, at);
                }
                Op::New(class, place) => self.new_object(meaning(), class, place, at),
                Op::AddressOf(_, place) => {
                    let value = self.address(meaning(), place);
                    self.push(value, at);
                }
                Op::Evaluate(span) => {
                    let site = self.site(span.from);
                    let text = self.source(span);
                    let value = self.host.evaluate(&site, text);
                    self.push(value, at);
                }
            }
            if !self.pending.is_empty() && self.frames.len() == frames {
                self.enter_pending();
            }
            if self.frames.len() != frames {
                return;
            }
        }
    }

    /// How the unit compares texts.
    pub(super) fn compares(&self) -> Compare {
        if self.options().compare_text {
            Compare::Text
        } else {
            Compare::Binary
        }
    }

    pub(super) fn options(&self) -> Options {
        let unit = self.program.units.get(self.frame.unit as usize);
        unit.map_or(Options::default(), |unit| unit.syntax.options)
    }

    /// A piece of the text of the unit.
    pub(super) fn source(&self, span: Span) -> &'p str {
        let program = self.program;
        let unit = program.units.get(self.frame.unit as usize);
        let range = span.from as usize..span.to as usize;
        unit.and_then(|unit| unit.text.get(range))
            .unwrap_or_default()
    }

    /// The value of a string literal. The source pays for it once; repetitions pay themselves.
    fn literal(&mut self, span: Span) -> Value {
        let value = literal_value(self.source(span));
        let length = value.as_text().map_or(0, str::len);
        if self.frame.seen > 0 && !self.bounds.take(length) {
            return Value::UNKNOWN;
        }
        value
    }

    /// The value of the object's default property, where a simple value is needed.
    fn simple(&mut self, value: Value) -> Value {
        match value.what {
            What::Object(_) => self.default_of(value),
            _ => value,
        }
    }

    fn with_object(&self) -> Value {
        let block = self.frame.with.and_then(|index| self.blocks.get(index));
        match block.map(|block| &block.kind) {
            Some(BlockKind::With { object, .. }) => object.clone(),
            _ => Value::UNKNOWN,
        }
    }

    /// Leaves what a name stands for, without arguments.
    fn load(&mut self, meaning: Meaning, name: Symbol, place: u32, at: u32) {
        let value = match meaning {
            Meaning::Local(slot) => {
                let index = self.frame.slots + slot as usize;
                match self.slots.get(index) {
                    // Not a variable after all, but a property of the form or document.
                    Some(super::Slot::Value(value))
                        if matches!(value.what, What::Empty)
                            && self.type_of(slot) == Type::Undeclared
                            && self.is_object_module() =>
                    {
                        let base = self.stack.len();
                        return self.world(name, false, base, 0, place, at);
                    }
                    Some(super::Slot::Value(value)) => value.clone(),
                    Some(super::Slot::Alias(Place::Field(field))) => {
                        given(self.field(*field, place))
                    }
                    Some(super::Slot::Alias(place)) => {
                        given(self.kept(*place).cloned().unwrap_or(Value::UNKNOWN))
                    }
                    None => Value::UNKNOWN,
                }
            }
            Meaning::TakenLocal(_) | Meaning::TakenField(_) => self.taken(meaning, place),
            Meaning::Field(field) => self.field(field, place),
            Meaning::Constant(constant) => match self.constant(constant, place) {
                Some(value) => value,
                // Once it is computed, this operation is done again.
                None => return,
            },
            Meaning::Procedure(routine) => {
                let base = self.stack.len();
                return self.call(routine, base, 0, Gives::Operand, place, at);
            }
            Meaning::Property(property) => {
                let base = self.stack.len();
                return self.get(property, name, base, 0, place, at);
            }
            Meaning::Unit(unit) => {
                self.mention(unit, place);
                Value::plain(What::Unit(unit))
            }
            Meaning::Declare(declare) => self.declared(declare, place, self.stack.len()),
            Meaning::Known(known) => known_value(known),
            Meaning::Library => Value::plain(What::Missing),
            Meaning::Me => Value::plain(What::Unit(self.frame.unit)),
            Meaning::Word => Value::text(self.program.names.text(name)),
            Meaning::World => {
                let base = self.stack.len();
                return self.world(name, false, base, 0, place, at);
            }
        };
        self.push(value, at);
    }

    /// The value of a variable that is about to get another. In a region it may be needed again.
    fn taken(&mut self, variable: Meaning, at: u32) -> Value {
        if let Meaning::TakenField(field) = variable {
            let value = self.field(field, at);
            if self.region != 0 {
                return value;
            }
            let unsure = value.origin;
            drop(value);
            let kept = self.kept_mut(Place::Field(field)).map(std::mem::take);
            let mut value = kept.unwrap_or(Value::UNKNOWN);
            value.origin = unsure;
            return value;
        }
        let Some(place) = self.place(variable) else {
            return Value::UNKNOWN;
        };
        if let Place::Field(field) = place {
            return self.taken(Meaning::TakenField(field), at);
        }
        if self.region != 0 {
            return self.kept(place).cloned().unwrap_or(Value::UNKNOWN);
        }
        let kept = self.kept_mut(place).map(std::mem::take);
        kept.unwrap_or(Value::UNKNOWN)
    }

    /// The value of a variable of a module. One that this run has not given it may be another.
    pub(super) fn field(&mut self, field: u32, at: u32) -> Value {
        self.ready(field, at);
        let Some(variable) = self.fields.get(field as usize) else {
            return Value::UNKNOWN;
        };
        let mut value = variable.value.clone();
        if variable.epoch != self.epoch {
            value.origin = value.origin.and(Origin::UNSURE);
        }
        value
    }

    /// The value of a constant; `None` if it is computed first.
    pub(super) fn constant(&mut self, constant: u32, at: u32) -> Option<Value> {
        let variable = self.fields.get_mut(constant as usize)?;
        match variable.state {
            State::Ready => Some(variable.value.clone()),
            // Its value depends on itself.
            State::Pending => Some(Value::UNKNOWN),
            State::New => {
                variable.state = State::Pending;
                self.frame.op -= 1;
                self.enter_constant(constant, at);
                None
            }
        }
    }

    /// Applies a callee to its arguments.
    fn apply(&mut self, count: usize, at: u32, ops: &[Op], meanings: &[Meaning]) {
        let base = self.stack.len().saturating_sub(count);
        let callee = base.saturating_sub(1);
        let by = self.by.get(callee).copied().unwrap_or(u32::MAX);
        match ops.get(by as usize) {
            Some(Op::Callee(name, place)) => {
                let meaning = meanings.get(by as usize).copied().unwrap_or_default();
                self.call_name(meaning, *name, *place, base, at);
            }
            Some(Op::MemberCallee(name, place)) => self.member(*name, *place, base, true, at),
            _ => {
                let value = self
                    .stack
                    .get_mut(callee)
                    .map(|callee| std::mem::replace(&mut callee.value, Value::UNKNOWN));
                let place = self.here();
                self.index(&value.unwrap_or(Value::UNKNOWN), base, place, at);
            }
        }
    }

    fn call_name(&mut self, meaning: Meaning, name: Symbol, place: u32, base: usize, at: u32) {
        match meaning {
            Meaning::Local(_) | Meaning::TakenLocal(_) => {
                let kept = self.place(meaning).and_then(|place| self.kept(place));
                let value = kept.cloned().unwrap_or(Value::UNKNOWN);
                // A name that is a function as well, and was only assigned to: `Left = 10`.
                let scalar = matches!(
                    value.what,
                    What::Empty | What::Number(_) | What::Bool(_) | What::Text(_)
                );
                if scalar && self.linked.anywhere(name) == Meaning::World {
                    return self.world(name, true, base, 1, place, at);
                }
                self.index(&value, base, place, at);
            }
            Meaning::Field(field) | Meaning::TakenField(field) => {
                let value = self.field(field, place);
                self.index(&value, base, place, at);
            }
            Meaning::Constant(constant) => {
                if let Some(value) = self.constant(constant, place) {
                    self.index(&value, base, place, at);
                }
            }
            Meaning::Procedure(routine) => self.call(routine, base, 1, Gives::Operand, place, at),
            Meaning::Property(property) => self.get(property, name, base, 1, place, at),
            Meaning::Declare(declare) => {
                let value = self.declared(declare, place, base);
                self.answer(base, 1, value, at);
            }
            Meaning::Unit(unit) => {
                self.mention(unit, place);
                self.index(&Value::plain(What::Unit(unit)), base, place, at);
            }
            Meaning::Me => self.index(&Value::plain(What::Unit(self.frame.unit)), base, place, at),
            Meaning::World | Meaning::Known(_) | Meaning::Library | Meaning::Word => {
                self.world(name, true, base, 1, place, at);
            }
        }
    }

    /// Leaves a value in the place of a callee and its arguments.
    pub(super) fn answer(&mut self, base: usize, callee: usize, value: Value, at: u32) {
        self.drop_from(base.saturating_sub(callee));
        self.push(value, at);
    }
}

/// A value that comes through an argument.
pub(super) fn given(mut value: Value) -> Value {
    value.origin = value.origin.and(Origin::GIVEN);
    value
}

/// The value of a string literal.
pub(super) fn literal_value(text: &str) -> Value {
    let text = text.strip_prefix('"').unwrap_or(text);
    let text = text.strip_suffix('"').unwrap_or(text);
    if text.contains('"') {
        Value::plain(What::Text(text.replace("\"\"", "\"").into()))
    } else {
        Value::text(text)
    }
}

/// The value of a word of the language.
pub(super) const fn word_value(constant: Constant) -> Value {
    Value::plain(match constant {
        Constant::True => What::Bool(true),
        Constant::False => What::Bool(false),
        Constant::Nothing => What::Nothing,
        Constant::Empty => What::Empty,
        Constant::Null => What::Null,
    })
}

/// The value of a constant of the library.
pub(super) fn known_value(known: u32) -> Value {
    let constant = super::super::constants::CONSTANTS.get(known as usize);
    constant.map_or(Value::UNKNOWN, |(_, known)| known.value())
}
