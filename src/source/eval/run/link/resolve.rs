//! What the names of a procedure stand for, and which variables its statements write.

use super::{How, Linker, Meaning, Type, Write};
use crate::source::names::Symbol;
use crate::source::syntax::{Expr, Op, Statement, Syntax};
use crate::source::words;

/// What is noted of a procedure while its names are resolved.
#[derive(Debug, Default)]
pub(super) struct Pass {
    /// Where its slots start.
    pub(super) first: u32,
    /// Its name, if that is also the variable of what it returns.
    pub(super) name: Option<Symbol>,
    /// Whether it takes arguments.
    pub(super) callable: bool,
    /// Whether it is one at all, and not the module.
    pub(super) inside: bool,
    /// The first slot that is no parameter.
    pub(super) parameters: u32,
    /// The slots that get a value, a bit each.
    pub(super) gives: u64,
    pub(super) shares: bool,
}

/// What an expression asks of the program.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Uses {
    /// Whether procedures of the project may run.
    calls: bool,
    /// How often it has the variable that was asked for, and where last.
    count: u32,
    last: usize,
}

impl Linker<'_> {
    pub(super) fn statement(
        &mut self,
        syntax: &Syntax,
        at: u32,
        statement: &Statement,
        pass: &mut Pass,
    ) {
        match *statement {
            Statement::Assign { target, value, .. } => {
                let uses = self.resolve(syntax, target, Meaning::World, pass);
                if uses.calls {
                    self.arguments(syntax, at, target, pass);
                }
                let (to, whole) = self.target(syntax, target);
                let uses = self.resolve(syntax, value, to, pass);
                if uses.calls {
                    self.arguments(syntax, at, value, pass);
                }
                let how = match (whole, uses.count) {
                    (false, _) => How::Part,
                    (true, 0) => How::Anew,
                    (true, _) => How::FromItself,
                };
                // What is called sees no variable of its caller but those it is given.
                let unseen = matches!(to, Meaning::Local(slot) if slot >= pass.parameters);
                if whole && uses.count == 1 && (unseen || !uses.calls) {
                    self.take(uses.last);
                }
                if how == How::FromItself {
                    self.set_declared(at, to);
                }
                self.write(at, to, how, pass);
            }
            Statement::For { variable, .. } | Statement::ForEach { variable, .. } => {
                self.resolve(syntax, variable, Meaning::World, pass);
                let (to, _) = self.target(syntax, variable);
                self.write(at, to, How::Anew, pass);
                self.all(syntax, at, statement, pass);
            }
            Statement::File(call) => {
                self.resolve(syntax, call, Meaning::World, pass);
                self.file(syntax, at, call, pass);
            }
            Statement::ReDim { array, .. } => {
                self.all(syntax, at, statement, pass);
                let (to, _) = self.target(syntax, array);
                self.write(at, to, How::Anew, pass);
            }
            _ => self.all(syntax, at, statement, pass),
        }
    }

    /// Resolves all expressions of a statement.
    fn all(&mut self, syntax: &Syntax, at: u32, statement: &Statement, pass: &mut Pass) {
        for expression in statement_expressions(statement) {
            let uses = self.resolve(syntax, expression, Meaning::World, pass);
            if uses.calls {
                self.arguments(syntax, at, expression, pass);
            }
        }
    }

    /// The variable that is assigned to, or a part of it; and whether it is the whole.
    fn target(&self, syntax: &Syntax, target: Expr) -> (Meaning, bool) {
        let from = target.from as usize;
        let ops = syntax.ops.get(from..target.to as usize);
        match ops.unwrap_or_default() {
            [Op::Load(..)] => (self.meaning(from), true),
            // `Mid(text, start, length) = value`
            [Op::Callee(words::MID, _), Op::Load(..), ..] => (self.meaning(from + 1), false),
            [Op::Load(..) | Op::Callee(..), ..] => (self.meaning(from), false),
            _ => (Meaning::World, false),
        }
    }

    fn meaning(&self, op: usize) -> Meaning {
        let unit = self.linked.meanings.last();
        unit.and_then(|unit| unit.get(op))
            .copied()
            .unwrap_or_default()
    }

    fn set_meaning(&mut self, op: usize, meaning: Meaning) {
        let unit = self.linked.meanings.last_mut();
        if let Some(place) = unit.and_then(|unit| unit.get_mut(op)) {
            *place = meaning;
        }
    }

    pub(super) fn set_declared(&mut self, statement: u32, meaning: Meaning) {
        let unit = self.linked.declared.last_mut();
        if let Some(place) = unit.and_then(|unit| unit.get_mut(statement as usize)) {
            *place = meaning;
        }
    }

    /// The value of the variable may be taken: it is about to get another.
    fn take(&mut self, op: usize) {
        match self.meaning(op) {
            Meaning::Local(slot) => self.set_meaning(op, Meaning::TakenLocal(slot)),
            Meaning::Field(number) => self.set_meaning(op, Meaning::TakenField(number)),
            _ => {}
        }
    }

    fn write(&mut self, statement: u32, to: Meaning, how: How, pass: &mut Pass) {
        let write = Write { statement, to, how };
        match to {
            Meaning::Local(slot) => pass.gives |= 1_u64.checked_shl(slot).unwrap_or(0),
            Meaning::Field(_) => {}
            _ => return,
        }
        if let Some(unit) = self.linked.writes.last_mut() {
            unit.push(write);
        }
    }

    /// What a statement on files reads goes to variables; the mode of `Open` is a word.
    fn file(&mut self, syntax: &Syntax, at: u32, call: Expr, pass: &mut Pass) {
        let range = call.from as usize..call.to as usize;
        let ops = syntax.ops.get(range).unwrap_or_default();
        let Some(Op::Callee(name, _)) = ops.first() else {
            return;
        };
        self.set_meaning(call.from as usize, Meaning::World);
        for (op, index) in ops.iter().zip(call.from as usize..) {
            let Op::Load(word, _) = op else {
                continue;
            };
            match *name {
                words::OPEN => {
                    if matches!(
                        *word,
                        words::APPEND
                            | words::BINARY
                            | words::INPUT
                            | words::OUTPUT
                            | words::RANDOM
                    ) {
                        self.set_meaning(index, Meaning::Word);
                    }
                }
                words::GET | words::INPUT | words::LINE_INPUT => {
                    self.write(at, self.meaning(index), How::Anew, pass);
                }
                _ => {}
            }
        }
    }

    /// Notes the variables that procedures of the project are given as arguments.
    fn arguments(&mut self, syntax: &Syntax, at: u32, expression: Expr, pass: &mut Pass) {
        let mut stack = std::mem::take(&mut self.stack);
        stack.clear();
        let range = expression.from as usize..expression.to as usize;
        let ops = syntax.ops.get(range).unwrap_or_default();
        for (op, index) in ops.iter().zip(expression.from..) {
            match *op {
                Op::Member(..) | Op::MemberCallee(..) | Op::Unary(_) | Op::Named(_) => {
                    stack.pop();
                }
                Op::Binary(_) => {
                    stack.pop();
                    stack.pop();
                }
                Op::Call(count) => {
                    let base = stack.len().saturating_sub(count as usize);
                    let callee = base.checked_sub(1).and_then(|callee| stack.get(callee));
                    let callee = callee.map(|callee| self.meaning(*callee as usize));
                    if let Some(Meaning::Procedure(routine)) = callee {
                        for (position, argument) in (0..).zip(stack.iter().skip(base)) {
                            let variable = self.meaning(*argument as usize);
                            let how = How::Argument(routine, position);
                            self.write(at, variable, how, pass);
                        }
                    }
                    stack.truncate(base.saturating_sub(1));
                }
                _ => {}
            }
            stack.push(index);
        }
        self.stack = stack;
    }

    /// Resolves the names of an expression, and looks for a variable in it.
    pub(super) fn resolve(
        &mut self,
        syntax: &Syntax,
        expression: Expr,
        variable: Meaning,
        pass: &mut Pass,
    ) -> Uses {
        let mut uses = Uses::default();
        let range = expression.from as usize..expression.to as usize;
        let ops = syntax.ops.get(range).unwrap_or_default();
        for (op, index) in ops.iter().zip(expression.from as usize..) {
            let meaning = match *op {
                Op::Load(name, _) => {
                    let meaning = self.lookup(name, pass);
                    let before_dot = || {
                        matches!(
                            syntax.ops.get(index + 1),
                            Some(Op::Member(..) | Op::MemberCallee(..))
                        )
                    };
                    if meaning == Meaning::World && is_library(name) && before_dot() {
                        Meaning::Library
                    } else {
                        meaning
                    }
                }
                // Its own name with arguments is a call of itself.
                Op::Callee(name, _) if pass.name == Some(name) && pass.callable => self.seen(name),
                Op::Callee(name, _) => self.lookup(name, pass),
                Op::New(class, _) => {
                    let unit = self.linked.unit(self.program, class);
                    unit.map_or(Meaning::World, Meaning::Unit)
                }
                Op::AddressOf(name, _) => self.seen(name),
                _ => continue,
            };
            self.set_meaning(index, meaning);
            match meaning {
                Meaning::Procedure(_) | Meaning::Property(_) | Meaning::Unit(_) => {
                    uses.calls = true;
                }
                Meaning::Field(_) => pass.shares = true,
                _ => {}
            }
            if meaning == variable && meaning != Meaning::World {
                uses.count += 1;
                uses.last = index;
                if matches!(op, Op::Callee(..)) {
                    uses.count += 1;
                }
            }
        }
        uses
    }

    /// What a name stands for in the procedure.
    fn lookup(&mut self, name: Symbol, pass: &Pass) -> Meaning {
        if let Some((stamp, slot)) = self.local_scope.get(name.index())
            && *stamp == self.procedure
            && pass.inside
        {
            return Meaning::Local(*slot);
        }
        let meaning = self.seen(name);
        match meaning {
            Meaning::World | Meaning::Known(_) => {}
            _ => return meaning,
        }
        if name == words::ME {
            return Meaning::Me;
        }
        // Not declared, but something is assigned to it in the module.
        let assigned = self.assigned.get(name.index());
        if pass.inside && assigned == Some(&self.unit) {
            return Meaning::Local(self.local(name, Type::Undeclared, pass.first));
        }
        meaning
    }
}

/// The expressions of a statement but for what is assigned to by an assignment or a loop.
fn statement_expressions(statement: &Statement) -> [Expr; 3] {
    let none = Expr::default();
    match *statement {
        Statement::Call(one)
        | Statement::File(one)
        | Statement::RaiseEvent(one)
        | Statement::If { condition: one, .. }
        | Statement::ForEach { list: one, .. }
        | Statement::Do { condition: one, .. }
        | Statement::Loop { condition: one, .. }
        | Statement::Select { subject: one, .. }
        | Statement::With { object: one, .. }
        | Statement::ReDim { array: one, .. }
        | Statement::Const { value: one, .. } => [one, none, none],
        Statement::For { from, to, step, .. } => [from, to, step],
        Statement::Case { value, to, .. } => [value, to, none],
        _ => [none; 3],
    }
}

/// The library, and the modules that its functions are in ([MS-VBAL] 6.1.2).
pub(in super::super) const fn is_library(name: Symbol) -> bool {
    matches!(
        name,
        words::VBA
            | words::STRINGS
            | words::CONVERSION
            | words::INTERACTION
            | words::INFORMATION
            | words::FILESYSTEM
            | words::DATETIME
            | words::MATH
            | words::CONSTANTS
    )
}
