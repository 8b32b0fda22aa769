//! The variables of units and procedures, declared or only assigned to.

use super::super::super::Language;
use super::resolve::Pass;
use super::{Field, Linker, Meaning, Routine, Type};
use crate::source::names::Symbol;
use crate::source::syntax::{Expr, Kind, Op, Procedure, Statement, Syntax, Variable};
use crate::source::words;

impl Linker<'_> {
    /// Resolves the names of a unit.
    pub(super) fn unit(&mut self, index: usize) {
        let program = self.program;
        let Some(unit) = program.units.get(index) else {
            return;
        };
        let syntax = &unit.syntax;
        self.unit = index as u32 + 1;
        self.linked
            .meanings
            .push(vec![Meaning::World; syntax.ops.len()]);
        self.linked
            .declared
            .push(vec![Meaning::World; syntax.statements.len()]);
        self.linked.writes.push(Vec::new());
        for at in 0..self.linked.members.get(index).map_or(0, Vec::len) {
            let member = self.linked.members.get(index).and_then(|all| all.get(at));
            if let Some((name, meaning)) = member.copied() {
                self.own(name, meaning);
            }
        }
        for statement in &syntax.statements {
            assigned(syntax, statement, |name| {
                if let Some(place) = self.assigned.get_mut(name.index()) {
                    *place = self.unit;
                }
            });
        }
        if program.language == Language::VbScript {
            self.script(syntax);
        }
        self.procedure = u32::MAX;
        for field in &syntax.fields {
            let constant = field.constant.unwrap_or_default();
            self.resolve(syntax, constant, Meaning::World, &mut Pass::default());
        }
        for parameter in &syntax.parameters {
            let default = parameter.default;
            self.resolve(syntax, default, Meaning::World, &mut Pass::default());
        }
        let first = self.linked.first.get(index).copied().unwrap_or_default();
        let mut at = 0;
        let shares = |one: &Procedure, other: &Procedure| {
            one.body.end == other.body.end && !one.body.is_empty() && !other.body.is_empty()
        };
        for twins in syntax.procedures.chunk_by(shares) {
            self.twins(syntax, twins, first + at);
            at += twins.len() as u32;
        }
    }

    /// Resolves procedures that share a body, each of which starts in another branch of an `#If`:
    /// once for all, as that one sees it which is compiled. Of most bodies there is one.
    fn twins(&mut self, syntax: &Syntax, twins: &[Procedure], first: u32) {
        let compiled = twins.iter().rposition(|procedure| !procedure.dead);
        let main = compiled.unwrap_or(twins.len().saturating_sub(1));
        let (Some(procedure), Some(widest)) = (twins.get(main), twins.first()) else {
            return;
        };
        let main = first + main as u32;
        let body = widest.body.clone();
        self.routine(
            syntax,
            &Procedure {
                body,
                ..procedure.clone()
            },
            main as usize,
        );
        let Some(resolved) = self.linked.routines.get_mut(main as usize) else {
            return;
        };
        // What is kept is looked up there.
        let kept = std::mem::take(&mut resolved.kept);
        let like = resolved.clone();
        resolved.kept = kept;
        for number in (first..).take(twins.len()).filter(|number| *number != main) {
            if let Some(routine) = self.linked.routines.get_mut(number as usize) {
                *routine = Routine {
                    id: routine.id,
                    ..like.clone()
                };
            }
        }
    }

    fn own(&mut self, name: Symbol, meaning: Meaning) {
        if let Some(place) = self.unit_scope.get_mut(name.index()) {
            *place = (self.unit, meaning);
        }
    }

    /// What stands outside procedures in a script is seen in all of them.
    fn script(&mut self, syntax: &Syntax) {
        let top = |procedure: &&Procedure| procedure.kind == Kind::Top;
        for procedure in syntax.procedures.iter().filter(top) {
            for statement in body(syntax, procedure) {
                let declared = declared(syntax, statement);
                if let Some(variable) = declared {
                    self.script_variable(variable);
                }
                assigned(syntax, statement, |name| self.script_variable(plain(name)));
            }
        }
    }

    fn script_variable(&mut self, variable: Variable) {
        if matches!(self.seen(variable.name), Meaning::World | Meaning::Known(_)) {
            let number = self.outlives(variable);
            self.own(variable.name, Meaning::Field(number));
        }
    }

    /// What a name stands for in the unit, outside procedures.
    pub(super) fn seen(&self, name: Symbol) -> Meaning {
        match self.unit_scope.get(name.index()) {
            Some((stamp, meaning)) if *stamp == self.unit => *meaning,
            _ => self.linked.anywhere(name),
        }
    }

    /// Gives the name a slot in the procedure, if it has none.
    pub(super) fn local(&mut self, name: Symbol, kind: Type, first: u32) -> u32 {
        let next = self.linked.locals.len() as u32 - first;
        let Some(place) = self.local_scope.get_mut(name.index()) else {
            return 0;
        };
        if place.0 != self.procedure {
            *place = (self.procedure, next);
            self.linked.locals.push(kind);
        }
        place.1
    }

    fn routine(&mut self, syntax: &Syntax, procedure: &Procedure, number: usize) {
        self.procedure = number as u32 + 1;
        let first = self.linked.locals.len() as u32;
        let returns = matches!(procedure.kind, Kind::Function | Kind::Get);
        if returns {
            let variable = Variable {
                class: procedure.returns,
                ..plain(procedure.name)
            };
            self.local(procedure.name, Type::of(&variable), first);
        }
        for parameter in syntax.parameters_of(procedure) {
            // A parameter that has the name of another one still has its slot.
            let variable = &parameter.variable;
            let slot = self.linked.locals.len() as u32 - first;
            if self.local(variable.name, Type::of(variable), first) != slot {
                self.linked.locals.push(Type::Any);
            }
        }
        let mut kept = Vec::new();
        let script = procedure.kind == Kind::Top && self.program.language == Language::VbScript;
        for (at, statement) in (procedure.body.start..).zip(body(syntax, procedure)) {
            self.labels(number as u32, at, statement);
            let Some(variable) = declared(syntax, statement) else {
                continue;
            };
            let shared = matches!(statement, Statement::ReDim { .. })
                && matches!(self.seen(variable.name), Meaning::Field(_));
            let meaning = if script || shared && !self.is_local(variable.name) {
                self.seen(variable.name)
            } else {
                let slot = self.local(variable.name, Type::of(&variable), first);
                if variable.kept {
                    kept.push((slot, self.outlives(variable)));
                }
                Meaning::Local(slot)
            };
            self.set_declared(at, meaning);
        }
        let mut pass = Pass {
            first,
            name: returns.then_some(procedure.name),
            callable: !procedure.parameters.is_empty(),
            inside: true,
            parameters: u32::from(returns) + procedure.parameters.len() as u32,
            ..Pass::default()
        };
        for (at, statement) in (procedure.body.start..).zip(body(syntax, procedure)) {
            self.statement(syntax, at, statement, &mut pass);
        }
        let end = self.linked.locals.len() as u32;
        if let Some(routine) = self.linked.routines.get_mut(number) {
            routine.locals = first..end;
            routine.gives = pass.gives >> u32::from(returns);
            routine.shares = pass.shares || !kept.is_empty();
            routine.kept = kept;
        }
    }

    /// A variable of the module that is not declared as one: `Static`, or outside procedures.
    fn outlives(&mut self, variable: Variable) -> u32 {
        let number = self.linked.fields.len() as u32;
        self.linked.fields.push(Field {
            unit: self.unit - 1,
            variable,
            kind: Type::Any,
            constant: None,
        });
        number
    }

    fn is_local(&self, name: Symbol) -> bool {
        let place = self.local_scope.get(name.index());
        place.is_some_and(|place| place.0 == self.procedure)
    }

    fn labels(&mut self, routine: u32, at: u32, statement: &Statement) {
        match statement {
            Statement::Label(name) => {
                let label = self.linked.labels.entry((routine, *name)).or_default();
                label.at = label.at.or(Some(at));
            }
            Statement::GoTo(name) | Statement::OnError(Some(name)) => {
                let label = self.linked.labels.entry((routine, *name)).or_default();
                label.named = true;
            }
            _ => {}
        }
    }
}

/// The statements of a procedure.
fn body<'s>(syntax: &'s Syntax, procedure: &Procedure) -> &'s [Statement] {
    let range = procedure.body.start as usize..procedure.body.end as usize;
    syntax.statements.get(range).unwrap_or_default()
}

/// A variable of which only the name is known.
const fn plain(name: Symbol) -> Variable {
    Variable {
        name,
        class: None,
        new: false,
        array: false,
        kept: false,
    }
}

/// The variable that a statement declares.
fn declared(syntax: &Syntax, statement: &Statement) -> Option<Variable> {
    match statement {
        Statement::Dim(variable) => Some(*variable),
        Statement::Const { name, .. } => Some(plain(*name)),
        Statement::ReDim { array, .. } => match syntax.ops.get(array.from as usize) {
            Some(Op::Callee(name, _)) => Some(Variable {
                array: true,
                ..plain(*name)
            }),
            _ => None,
        },
        _ => None,
    }
}

/// The names that a statement assigns to.
fn assigned(syntax: &Syntax, statement: &Statement, mut name: impl FnMut(Symbol)) {
    let ops = |expression: &Expr| {
        let range = expression.from as usize..expression.to as usize;
        syntax.ops.get(range).unwrap_or_default()
    };
    match statement {
        Statement::Assign { target, .. }
        | Statement::For {
            variable: target, ..
        }
        | Statement::ForEach {
            variable: target, ..
        } => {
            if let [Op::Load(target, _)] = ops(target) {
                name(*target);
            }
        }
        Statement::File(call) => {
            if let [
                Op::Callee(words::GET | words::INPUT | words::LINE_INPUT, _),
                arguments @ ..,
            ] = ops(call)
            {
                for op in arguments {
                    if let Op::Load(target, _) = op {
                        name(*target);
                    }
                }
            }
        }
        _ => {}
    }
}
