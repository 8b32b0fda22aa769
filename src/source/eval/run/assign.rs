//! Variables and what they are given ([MS-VBAL] 5.4.3).

use std::rc::Rc;

use super::super::library::coerce;
use super::super::{Bounds, ModuleKind, Origin, Value, What};
use super::Machine;
use super::frame::{BlockKind, Gives, Place, State};
use super::link::{Meaning, Type};
use super::statement::DONE;
use crate::source::names::Symbol;
use crate::source::syntax::{Expr, Op, Variable};
use crate::source::words;

/// The most members of a record that are kept.
const MOST_MEMBERS: usize = 64;

impl Machine<'_> {
    /// Gives a place a value. `extends` is whether the value before is a part of it.
    pub(super) fn write(&mut self, place: Place, mut value: Value, extends: bool) {
        self.note(place);
        let own = matches!(place, Place::Slot(slot) if slot as usize >= self.frame.slots);
        if self.is_unsure() || self.frame.unsure && !own {
            value.origin = value.origin.and(Origin::UNSURE);
        }
        let spot = (
            self.frame.id,
            self.frame.fixed_at.unwrap_or_else(|| self.here()),
        );
        let epoch = self.epoch;
        let before = match place {
            Place::Slot(slot) => {
                let trace = self.traces.get_mut(slot as usize);
                trace.map(|trace| &mut trace.written)
            }
            Place::Field(field) => self.fields.get_mut(field as usize).map(|variable| {
                variable.epoch = epoch;
                variable.state = State::Ready;
                &mut variable.written
            }),
        };
        let before = before.map(|written| std::mem::replace(written, spot));
        let Some(kept) = self.kept_mut(place) else {
            return;
        };
        let old = std::mem::replace(kept, value);
        if !extends && let (What::Text(_), Some(before)) = (&old.what, before) {
            self.tell(&old, before);
        }
    }

    /// Sees to it that a variable of a module has its first value.
    pub(super) fn ready(&mut self, field: u32, at: u32) {
        let variable = self.fields.get_mut(field as usize);
        let Some(variable) = variable.filter(|variable| variable.state == State::New) else {
            return;
        };
        variable.state = State::Ready;
        let Some(declared) = self.linked.fields.get(field as usize) else {
            return;
        };
        let value = self.first_value(&declared.variable, declared.kind, at);
        if let Some(variable) = self.fields.get_mut(field as usize) {
            variable.value = value;
        }
    }

    /// What a variable has where it is declared. One that will hold an object of a known class is
    /// taken to hold it.
    fn first_value(&mut self, variable: &Variable, kind: Type, at: u32) -> Value {
        let (Type::Object, Some(class)) = (kind, variable.class) else {
            return kind.zero();
        };
        let mut value = match self.linked.unit(self.program, class) {
            Some(unit) => {
                if variable.new {
                    self.comes_to_be(unit, at);
                }
                Value::plain(What::Unit(unit))
            }
            None => {
                let site = self.site(at);
                self.host.object(&site, class, variable.new)
            }
        };
        if matches!(value.what, What::Unknown) {
            value.what = What::Record(Rc::default());
        }
        if !variable.new {
            value.origin = value.origin.and(Origin::UNSURE);
        }
        value
    }

    /// `Dim` of one variable: it happens once, wherever it stands.
    pub(super) fn declare(&mut self, variable: &Variable) {
        let meaning = self.declared_here();
        let Meaning::Local(slot) = meaning else {
            return;
        };
        let Some(place) = self.place(meaning) else {
            return;
        };
        if !matches!(
            self.kept(place),
            Some(Value {
                what: What::Empty,
                ..
            })
        ) {
            return;
        }
        let kind = self.type_of(slot);
        if matches!(kind, Type::Any | Type::Undeclared) {
            return;
        }
        let value = self.first_value(variable, kind, self.here());
        self.write(place, value, false);
    }

    pub(super) fn type_of(&self, slot: u32) -> Type {
        let routine = self.frame.routine;
        let routine = routine.and_then(|routine| self.linked.routines.get(routine as usize));
        let first = routine.map_or(0, |routine| routine.locals.start);
        let kind = self.linked.locals.get((first + slot) as usize);
        kind.copied().unwrap_or_default()
    }

    /// The type of a variable that the procedure under way names.
    fn type_of_variable(&self, variable: Meaning) -> Type {
        match variable {
            Meaning::Local(slot) => self.type_of(slot),
            Meaning::Field(field) => {
                let field = self.linked.fields.get(field as usize);
                field.map_or(Type::Any, |field| field.kind)
            }
            _ => Type::Any,
        }
    }

    /// `target = value`: on the stack lie the value and what the target is made of.
    pub(super) fn assign(&mut self, target: Expr, value: Expr, set: bool) {
        self.frame.phase = DONE;
        let program = self.program;
        let unit = self.frame.unit as usize;
        let ops = program
            .units
            .get(unit)
            .map(|unit| unit.syntax.ops.as_slice());
        let range = target.from as usize..target.to as usize;
        let ops = ops.and_then(|ops| ops.get(range)).unwrap_or_default();
        let first = target.from as usize;
        let meanings = self.linked.meanings.get(unit);
        let meaning = meanings.and_then(|all| all.get(first)).copied();
        let meaning = meaning.unwrap_or_default();
        let given = self.stack.get_mut(self.frame.stack);
        let given = given.map_or(Value::UNKNOWN, |given| std::mem::take(&mut given.value));
        let base = self.frame.stack + 1;
        match ops {
            [Op::Load(name, at)] => {
                let computed = value.to - value.from.min(value.to) > 1;
                self.assign_name(meaning, *name, *at, given, set, computed);
            }
            [first, .., Op::Member(name, at)] => {
                self.assign_member(first, meaning, ops.len(), *name, *at, given, set);
            }
            [Op::Callee(name, at), .., Op::Call(count)]
                if base + 1 + *count as usize == self.stack.len() =>
            {
                self.assign_call(meaning, *name, *at, base + 1, given, set);
            }
            [first, rest @ .., Op::Call(count)] => {
                let count = *count as usize;
                let arguments = self.stack.len().saturating_sub(count).max(base);
                let name = rest.iter().rev().find_map(|op| match op {
                    Op::MemberCallee(name, at) => Some((*name, *at)),
                    _ => None,
                });
                let by = arguments
                    .checked_sub(1)
                    .and_then(|object| self.by.get(object));
                let is_member = by.is_some_and(|by| {
                    let op = (*by as usize).checked_sub(target.from as usize);
                    matches!(op.and_then(|op| ops.get(op)), Some(Op::MemberCallee(..)))
                });
                let (name, at) = match name {
                    Some(name) if is_member => name,
                    _ => (words::ITEM, self.here()),
                };
                self.assign_part(first, meaning, name, at, arguments, given, set);
            }
            [Op::Evaluate(span)] => {
                let site = self.site(span.from);
                let text = self.source(*span);
                let object = self.host.evaluate(&site, text);
                self.host.assign(&site, &object, words::VALUE, &[], &given);
            }
            _ => {}
        }
    }

    /// `name = value`
    fn assign_name(
        &mut self,
        meaning: Meaning,
        name: Symbol,
        at: u32,
        value: Value,
        set: bool,
        computed: bool,
    ) {
        match meaning {
            Meaning::Local(_) | Meaning::Field(_) => {
                let Some(place) = self.place(meaning) else {
                    return;
                };
                if let Place::Field(field) = place {
                    self.ready(field, at);
                }
                let kind = self.type_of_variable(meaning);
                if kind == Type::Object
                    && !set
                    && let Some(
                        object @ Value {
                            what: What::Object(_),
                            ..
                        },
                    ) = self.kept(place)
                {
                    let object = object.clone();
                    let site = self.site(at);
                    return self.host.assign(&site, &object, words::VALUE, &[], &value);
                }
                let value = kind.coerce(value, self.bounds);
                if computed && value.as_whole_text().is_some() {
                    self.progress += 1;
                }
                let extends = self.declared_here() == meaning;
                if kind == Type::Undeclared {
                    self.tell_undeclared(name, at, &value);
                }
                self.write(place, value, extends);
            }
            Meaning::Property(property) => {
                let base = self.stack.len();
                self.put(property, base, value, set, at);
            }
            Meaning::World | Meaning::Known(_) | Meaning::Unit(_) => {
                let base = self.stack.len();
                self.assign_outside(Value::plain(What::Missing), name, at, base, &value);
            }
            _ => {}
        }
    }

    /// A name that is not declared may be a property of the form or document it stands in.
    fn tell_undeclared(&mut self, name: Symbol, at: u32, value: &Value) {
        if self.is_object_module() {
            let site = self.site(at);
            let nothing = Value::plain(What::Missing);
            self.host.assign(&site, &nothing, name, &[], value);
        }
    }

    /// Whether the code is that of a form or document, which has members of its own.
    pub(super) fn is_object_module(&self) -> bool {
        let unit = self.program.units.get(self.frame.unit as usize);
        unit.is_some_and(|unit| matches!(unit.kind, ModuleKind::Form | ModuleKind::Document))
    }

    /// `Property Let`, `Property Set`, with the arguments from `base` on and the value after them.
    fn put(&mut self, property: u32, base: usize, value: Value, set: bool, at: u32) {
        let property = self.linked.properties.get(property as usize);
        let property = property.copied().unwrap_or_default();
        let routine = if set {
            property.set.or(property.put)
        } else {
            property.put.or(property.set)
        };
        if let Some(routine) = routine {
            self.push(value, u32::MAX);
            self.call(routine, base, 0, Gives::Nothing, at, u32::MAX);
        }
    }

    /// `object.name = value`
    #[expect(clippy::too_many_arguments, reason = "the parts of one statement")]
    fn assign_member(
        &mut self,
        first: &Op,
        meaning: Meaning,
        length: usize,
        name: Symbol,
        at: u32,
        value: Value,
        set: bool,
    ) {
        let object = self.pop();
        if let What::Unit(unit) = object.what {
            match self.linked.member(unit, name) {
                Meaning::Property(property) => {
                    let base = self.stack.len();
                    return self.put(property, base, value, set, at);
                }
                Meaning::Field(field) => {
                    self.ready(field, at);
                    let kind = self.type_of_variable(Meaning::Field(field));
                    let value = kind.coerce(value, self.bounds);
                    return self.write(Place::Field(field), value, false);
                }
                _ => {}
            }
        }
        let simple = match first {
            Op::Load(..) | Op::With => length == 2,
            _ => false,
        };
        if simple && matches!(object.what, What::Record(_) | What::Empty) {
            self.set_member(first, meaning, name, value.clone());
        }
        let base = self.stack.len();
        self.assign_outside(object, name, at, base, &value);
    }

    /// Gives something outside the project a value, with the arguments from `base` on.
    fn assign_outside(&mut self, object: Value, name: Symbol, at: u32, base: usize, value: &Value) {
        let object = match object.what {
            What::Record(_) => Value::unknown_from(object.origin),
            _ => object,
        };
        self.tell(value, (self.frame.id, at));
        let site = self.site(at);
        let arguments = self.stack.get(base..).unwrap_or_default();
        self.host.assign(&site, &object, name, arguments, value);
    }

    /// Gives a member of the record that a variable or the innermost `With` has a value.
    fn set_member(&mut self, first: &Op, meaning: Meaning, name: Symbol, value: Value) {
        let place = match first {
            Op::With => {
                let block = self.frame.with.and_then(|index| self.blocks.get_mut(index));
                match block.map(|block| &mut block.kind) {
                    Some(BlockKind::With { object, place, .. }) => {
                        put_member(object, name, value.clone(), self.bounds);
                        *place
                    }
                    _ => None,
                }
            }
            _ => self.place(meaning),
        };
        let Some(place) = place else {
            return;
        };
        self.note(place);
        let mut value = value;
        if self.is_unsure() {
            value.origin = value.origin.and(Origin::UNSURE);
        }
        if let Some(mut record) = self.kept_mut(place).map(std::mem::take) {
            put_member(&mut record, name, value, self.bounds);
            if let Some(kept) = self.kept_mut(place) {
                *kept = record;
            }
        }
    }

    /// `name(arguments) = value`; the arguments lie from `base` on.
    fn assign_call(
        &mut self,
        meaning: Meaning,
        name: Symbol,
        at: u32,
        base: usize,
        value: Value,
        set: bool,
    ) {
        match meaning {
            Meaning::Local(_) | Meaning::Field(_) => {
                if let Some(place) = self.place(meaning) {
                    self.assign_element(place, meaning, at, base, value);
                }
            }
            Meaning::Property(property) => self.put(property, base, value, set, at),
            Meaning::World if matches!(name, words::MID | words::MIDB) => {
                self.assign_piece(base, &value);
            }
            Meaning::World | Meaning::Known(_) | Meaning::Unit(_) => {
                self.assign_outside(Value::plain(What::Missing), name, at, base, &value);
            }
            _ => {}
        }
    }

    /// `Mid(variable, start, length) = value` ([MS-VBAL] 5.4.3.5).
    fn assign_piece(&mut self, base: usize, value: &Value) {
        let Some(place) = self.argument_place(base) else {
            return;
        };
        let Some(kept) = self.kept(place).cloned() else {
            return;
        };
        let origin = kept.origin.and(value.origin);
        let number = |index: usize| {
            let argument = self.stack.get(base + index)?;
            usize::try_from(coerce::integer(&argument.value)?).ok()
        };
        let start = number(1).and_then(|start| start.checked_sub(1));
        let length = match self.stack.len() - base {
            2 => Some(usize::MAX),
            _ => number(2),
        };
        let whole = (kept.as_whole_text(), value.as_whole_text());
        let ((Some(text), Some(piece)), Some(start), Some(length)) = (whole, start, length) else {
            return self.write(place, Value::unknown_from(origin), true);
        };
        if !self.bounds.take(text.len()) {
            return self.write(place, Value::unknown_from(origin), true);
        }
        let mut piece = piece.chars().take(length);
        let written = text.chars().enumerate().map(|(at, character)| {
            if at < start {
                return character;
            }
            piece.next().unwrap_or(character)
        });
        let text: String = written.collect();
        self.progress += 1;
        let value = Value {
            what: What::Text(text.into()),
            origin: origin.and(Origin::COMPUTED),
        };
        self.write(place, value, true);
    }

    /// `object.name(arguments) = value`, or an element of what something returns.
    #[expect(clippy::too_many_arguments, reason = "the parts of one statement")]
    fn assign_part(
        &mut self,
        first: &Op,
        meaning: Meaning,
        name: Symbol,
        at: u32,
        base: usize,
        value: Value,
        set: bool,
    ) {
        let object = base
            .checked_sub(1)
            .and_then(|object| self.stack.get(object));
        let object = object.map_or(Value::UNKNOWN, |object| object.value.clone());
        if let What::Unit(unit) = object.what {
            match self.linked.member(unit, name) {
                Meaning::Property(property) => return self.put(property, base, value, set, at),
                field @ Meaning::Field(number) => {
                    return self.assign_element(Place::Field(number), field, at, base, value);
                }
                _ => {}
            }
        }
        // A member that is an array, of which the bounds are not known.
        if let What::Record(record) = &object.what
            && matches!(first, Op::Load(..) | Op::With)
        {
            let mut member = record.get(name).cloned().unwrap_or_default();
            let arguments = self.stack.get(base..).unwrap_or_default();
            super::array::put(&mut member, true, arguments, value.clone(), self.bounds);
            self.set_member(first, meaning, name, member);
        }
        self.assign_outside(object, name, at, base, &value);
    }
}

fn put_member(record: &mut Value, name: Symbol, value: Value, bounds: &mut Bounds) {
    if matches!(record.what, What::Empty) {
        record.what = What::Record(Rc::default());
    }
    let What::Record(members) = &mut record.what else {
        return;
    };
    let cost = size_of::<(Symbol, Value)>().saturating_mul(members.members.len() + 1);
    if Rc::strong_count(members) > 1 && !bounds.take(cost) {
        return;
    }
    let members = &mut Rc::make_mut(members).members;
    if let Some(member) = members.iter_mut().find(|member| member.0 == name) {
        member.1 = value;
    } else if members.len() < MOST_MEMBERS {
        members.push((name, value));
    }
}
