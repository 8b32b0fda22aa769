//! What is asked of the library, of objects, and of the host.

use std::rc::Rc;

use super::super::library;
use super::super::{Argument, Array, ModuleKind, Reply, Value, What};
use super::Machine;
use super::expression::known_value;
use super::frame::Gives;
use super::link::{Meaning, is_library};
use crate::source::names::Symbol;
use crate::source::syntax::Op;
use crate::source::words;

impl Machine<'_> {
    /// A name that is nothing of the project, with the arguments that lie from `base` on, above
    /// `callee` operands that go with them.
    pub(super) fn world(
        &mut self,
        name: Symbol,
        called: bool,
        base: usize,
        callee: usize,
        place: u32,
        at: u32,
    ) {
        if name == words::ERASE && called {
            self.erase(base);
        }
        let arguments = self.stack.get(base..).unwrap_or_default();
        if let Some(value) = library::call(name, arguments, self.bounds) {
            let value = match value.what {
                What::Unknown => self.again_with_simple(name, base).unwrap_or(value),
                _ => value,
            };
            let value = match value.what {
                What::Array(array) if name == words::ARRAY && self.options().base_one => {
                    Value::plain(What::Array(from_one(array)))
                }
                _ => value,
            };
            return self.answer(base, callee, value, at);
        }
        self.tell_arguments(base, place);
        let site = self.site(place);
        let arguments = self.stack.get(base..).unwrap_or_default();
        let reply = self.host.name(&site, name, called, arguments);
        self.reply(reply, base, callee, place, at);
    }

    /// A function of the library that is given objects means their default properties.
    fn again_with_simple(&mut self, name: Symbol, base: usize) -> Option<Value> {
        let arguments = self.stack.get(base..)?;
        let is_object = |argument: &Argument| matches!(argument.value.what, What::Object(_));
        if !arguments.iter().any(is_object) {
            return None;
        }
        let mut arguments = arguments.to_vec();
        for argument in &mut arguments {
            if is_object(argument) {
                let object = std::mem::take(&mut argument.value);
                argument.value = self.default_of(object);
            }
        }
        library::call(name, &arguments, self.bounds)
    }

    /// The value of the default property of an object.
    pub(super) fn default_of(&mut self, object: Value) -> Value {
        let site = self.site(self.here());
        match self.host.member(&site, &object, words::VALUE, false, &[]) {
            Reply::Value(value) if !matches!(value.what, What::Object(_)) => Value {
                origin: value.origin.and(object.origin),
                what: value.what,
            },
            _ => Value::unknown_from(object.origin),
        }
    }

    fn reply(&mut self, reply: Reply, base: usize, callee: usize, place: u32, at: u32) {
        match reply {
            Reply::Value(value) => self.answer(base, callee, value, at),
            Reply::Run(id, from) => {
                let Some(routine) = self.linked.routine(id) else {
                    return self.answer(base, callee, Value::UNKNOWN, at);
                };
                let from = from.min(self.stack.len() - base.min(self.stack.len()));
                self.stack.drain(base..base + from);
                self.by.drain(base..base + from);
                self.call(routine, base, callee, Gives::Operand, place, at);
            }
        }
    }

    /// The member of the object that lies below `base`, with the arguments from there on.
    pub(super) fn member(&mut self, name: Symbol, place: u32, base: usize, called: bool, at: u32) {
        let Some(object) = base
            .checked_sub(1)
            .and_then(|object| self.stack.get(object))
        else {
            return self.answer(base, 0, Value::UNKNOWN, at);
        };
        let origin = object.value.origin;
        match &object.value.what {
            // `VBA.` and the like.
            What::Missing => {
                if let Meaning::Known(known) = self.linked.anywhere(name) {
                    return self.answer(base, 1, known_value(known), at);
                }
                // `VBA.Strings.`
                if !called && is_library(name) {
                    return;
                }
                return self.world(name, called, base, 1, place, at);
            }
            What::Unit(unit) => {
                let meaning = self.linked.member(*unit, name);
                if meaning != Meaning::World {
                    return self.own_member(meaning, name, place, base, called, at);
                }
            }
            What::Record(record) => {
                if let Some(value) = record.get(name) {
                    let value = value.clone();
                    if called {
                        return self.index(&value, base, place, at);
                    }
                    return self.answer(base, 1, value, at);
                }
            }
            What::Unknown | What::Empty | What::Nothing if !called => {
                match self.linked.anywhere(name) {
                    // `VBAProject.Module1`
                    Meaning::Unit(unit) => {
                        self.mention(unit, place);
                        return self.answer(base, 1, Value::plain(What::Unit(unit)), at);
                    }
                    // `Enumeration.Member`
                    Meaning::Constant(constant) if self.is_bare_name(base - 1) => {
                        if let Some(value) = self.constant(constant, place) {
                            self.answer(base, 1, value, at);
                        }
                        return;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        if self.program.names.text(name) == "show" && self.is_bare_name(base - 1) {
            self.mention_lost(place);
        }
        self.tell_arguments(base, place);
        let site = self.site(place);
        let blank;
        let object = match self.stack.get(base - 1).map(|object| &object.value) {
            Some(value) if !matches!(value.what, What::Record(_)) => value,
            _ => {
                blank = Value::unknown_from(origin);
                &blank
            }
        };
        let open = matches!(object.what, What::Unknown | What::Empty | What::Nothing);
        let arguments = self.stack.get(base..).unwrap_or_default();
        let reply = self.host.member(&site, object, name, called, arguments);
        if open
            && let Reply::Value(Value {
                what: What::Unknown,
                ..
            }) = reply
            && let Some(routine) = self.member_anywhere(name, called, base)
        {
            return self.call(routine, base, 1, Gives::Operand, place, at);
        }
        self.reply(reply, base, 1, place, at);
    }

    /// The procedure that a member of something not known is: a method that only one class has, or
    /// what has that name in a module whose own name got lost.
    fn member_anywhere(&self, name: Symbol, called: bool, base: usize) -> Option<u32> {
        if let Some(method) = self.linked.method(name) {
            return Some(method);
        }
        match self.linked.anywhere(name) {
            Meaning::Procedure(routine) if called && self.is_bare_name(base - 1) => Some(routine),
            _ => None,
        }
    }

    /// Whether an operand is what the host says of a name without arguments.
    fn is_bare_name(&self, index: usize) -> bool {
        let unit = self.frame.unit as usize;
        let by = self.by.get(index).map(|by| *by as usize);
        let find = || {
            let ops = &self.program.units.get(unit)?.syntax.ops;
            // What a member is called of stands before it.
            let by = match ops.get(by?)? {
                Op::MemberCallee(..) => by?.checked_sub(1)?,
                _ => by?,
            };
            let op = ops.get(by)?;
            let meaning = self.linked.meanings.get(unit)?.get(by)?;
            Some(matches!(op, Op::Load(..)) && *meaning == Meaning::World)
        };
        find().unwrap_or(false)
    }

    /// A member of a unit, which lies below `base`.
    fn own_member(
        &mut self,
        meaning: Meaning,
        name: Symbol,
        place: u32,
        base: usize,
        called: bool,
        at: u32,
    ) {
        let value = match meaning {
            Meaning::Field(field) => self.field(field, place),
            Meaning::Constant(constant) => match self.constant(constant, place) {
                Some(value) => value,
                None => return,
            },
            Meaning::Procedure(routine) => {
                return self.call(routine, base, 1, Gives::Operand, place, at);
            }
            Meaning::Property(property) => {
                return self.get(property, name, base, 1, place, at);
            }
            Meaning::Declare(declare) => {
                let value = self.declared(declare, place, base);
                return self.answer(base, 1, value, at);
            }
            _ => Value::UNKNOWN,
        };
        if called {
            self.index(&value, base, place, at);
        } else {
            self.answer(base, 1, value, at);
        }
    }

    /// Reads a property of the project.
    pub(super) fn get(
        &mut self,
        property: u32,
        name: Symbol,
        base: usize,
        callee: usize,
        place: u32,
        at: u32,
    ) {
        let property = self.linked.properties.get(property as usize);
        match property.and_then(|property| property.get) {
            Some(routine) => self.call(routine, base, callee, Gives::Operand, place, at),
            None => self.world(name, true, base, callee, place, at),
        }
    }

    /// Calls a function of a library with the arguments from `base` on.
    pub(super) fn declared(&mut self, declare: u32, place: u32, base: usize) -> Value {
        let Some((unit, index)) = self.linked.declares.get(declare as usize).copied() else {
            return Value::UNKNOWN;
        };
        self.tell_arguments(base, place);
        let site = self.site(place);
        let arguments = self.stack.get(base..).unwrap_or_default();
        let value = self.host.declared(&site, unit, index, arguments);
        self.lose_buffers(base);
        value
    }

    /// Variables that are given to a function of a library with room for a text: it is filled now.
    fn lose_buffers(&mut self, base: usize) {
        for index in base..self.stack.len() {
            let text = self
                .stack
                .get(index)
                .and_then(|argument| argument.value.as_text());
            let is_room = |text: &str| text.bytes().all(|byte| matches!(byte, 0 | b' '));
            if text.is_none_or(str::is_empty) || !text.is_some_and(is_room) {
                continue;
            }
            let length = text.map_or(0, str::len);
            self.pay(length as u64 / 64);
            if let Some(place) = self.argument_place(index) {
                self.write(place, Value::UNKNOWN, false);
            }
        }
    }

    /// Takes an element of an array, or the default member of an object, with the arguments from
    /// `base` on; below them lies the callee.
    pub(super) fn index(&mut self, value: &Value, base: usize, place: u32, at: u32) {
        let origin = value.origin;
        let element = match &value.what {
            What::Array(array) => {
                let arguments = self.stack.get(base..).unwrap_or_default();
                let index = super::array::offset(array, arguments);
                match index.and_then(|index| array.elements.get(index)) {
                    Some(element) => Value {
                        what: element.what.clone(),
                        origin: element.origin.and(origin),
                    },
                    None => Value::unknown_from(origin),
                }
            }
            What::Unit(unit) if self.linked.member(*unit, words::ITEM) != Meaning::World => {
                let item = self.linked.member(*unit, words::ITEM);
                return self.own_member(item, words::ITEM, place, base, true, at);
            }
            What::Object(_) | What::Unit(_) => {
                self.tell_arguments(base, place);
                let site = self.site(place);
                let arguments = self.stack.get(base..).unwrap_or_default();
                let reply = self.host.member(&site, value, words::ITEM, true, arguments);
                return self.reply(reply, base, 1, place, at);
            }
            _ => Value::unknown_from(origin),
        };
        self.answer(base, 1, element, at);
    }

    /// Code names a module: the default instance of a form comes to be.
    pub(super) fn mention(&mut self, unit: u32, place: u32) {
        let kind = self.program.units.get(unit as usize).map(|unit| unit.kind);
        if kind == Some(ModuleKind::Form) {
            self.comes_to_be(unit, place);
        }
    }

    /// A form is shown whose module has no name: a listing without them has it beside other code.
    fn mention_lost(&mut self, place: u32) {
        let unit = self.frame.unit;
        let kind = self.program.units.get(unit as usize).map(|unit| unit.kind);
        if kind == Some(ModuleKind::Unknown) {
            self.comes_to_be(unit, place);
        }
    }

    /// An object of a class or form of the project is made: what runs then, and at its end.
    pub(super) fn comes_to_be(&mut self, unit: u32, place: u32) {
        let life = self.linked.lives.get(unit as usize);
        let life = life.copied().unwrap_or_default();
        for routine in [life.activate, life.terminate].into_iter().flatten() {
            self.edge(routine, place);
        }
        if let Some(routine) = life.initialize {
            self.edge(routine, place);
            if !self.is_entered(routine) {
                self.pending.push(routine);
            }
        }
    }

    /// Enters what runs because an object came to be, between one operation and the next.
    pub(super) fn enter_pending(&mut self) {
        while let Some(routine) = self.pending.pop() {
            if !self.is_entered(routine) && self.has_room() {
                let base = self.stack.len();
                return self.enter(routine, base, 0, Gives::Nothing, u32::MAX);
            }
        }
    }

    /// `New class`
    pub(super) fn new_object(&mut self, meaning: Meaning, class: Symbol, place: u32, at: u32) {
        let value = match meaning {
            Meaning::Unit(unit) => Value::plain(What::Unit(unit)),
            _ => {
                let site = self.site(place);
                self.host.object(&site, class, true)
            }
        };
        self.push(value, at);
        if let Meaning::Unit(unit) = meaning {
            self.comes_to_be(unit, place);
        }
    }

    /// `AddressOf procedure`
    pub(super) fn address(&mut self, meaning: Meaning, place: u32) -> Value {
        let Meaning::Procedure(routine) = meaning else {
            return Value::UNKNOWN;
        };
        self.edge(routine, place);
        let routine = self.linked.routines.get(routine as usize);
        routine.map_or(Value::UNKNOWN, |routine| {
            Value::plain(What::Procedure(routine.id))
        })
    }

    /// Empties the arrays that are arguments.
    fn erase(&mut self, base: usize) {
        for index in base..self.stack.len() {
            if let Some(place) = self.argument_place(index) {
                self.write(place, Value::default(), false);
            }
        }
    }

    /// The host is told the texts among the arguments that were put together.
    pub(super) fn tell_arguments(&mut self, base: usize, place: u32) {
        for index in base..self.stack.len() {
            let Some(argument) = self.stack.get(index) else {
                return;
            };
            if argument.value.origin.is_made() {
                let value = argument.value.clone();
                self.tell(&value, (self.frame.id, place));
            }
        }
    }
}

/// An array that starts at 1.
fn from_one(mut array: Rc<Array>) -> Rc<Array> {
    for (lower, _) in &mut Rc::make_mut(&mut array).dimensions {
        *lower = 1;
    }
    array
}
