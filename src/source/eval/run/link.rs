//! What each name of a program stands for, found once, before anything runs ([MS-VBAL] 5.6.10):
//! a variable of the procedure, then of the module, then what other modules show, then modules.
//!
//! Tables by symbol are stamped with the module or procedure they were last written for, so none
//! is ever cleared, and the whole takes one pass over the operations.

use hashbrown::HashMap;

use super::super::{Language, ModuleKind, ProcedureId, Program, constants};
use crate::source::names::Symbol;
use crate::source::syntax::{Expr, Kind, Op, Procedure, Statement, Syntax, Variable};
use crate::source::words;

/// What a name stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing of the program: a function of the library, or something that the host knows.
    #[default]
    World,
    /// A variable of the procedure, by its slot.
    Local(u32),
    /// The same, where its value may be taken: it gets another before anyone looks.
    TakenLocal(u32),
    /// A variable of a module.
    Field(u32),
    /// The same, where its value may be taken.
    TakenField(u32),
    /// A constant of a module.
    Constant(u32),
    /// A `Sub` or `Function`, by its number.
    Procedure(u32),
    /// A property.
    Property(u32),
    /// A module.
    Unit(u32),
    /// A function of a library that is declared.
    Declare(u32),
    /// A constant of the library.
    Known(u32),
    /// The library or one of its modules, before a dot.
    Library,
    /// `Me`
    Me,
    /// A word that is no name: the mode of `Open`.
    Word,
}

/// What a variable turns a value into that it is given ([MS-VBAL] 5.5.1.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Type {
    /// It keeps it: `Variant`.
    #[default]
    Any,
    /// A text.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// A truth value.
    Truth,
    /// An array of bytes, which a text can be given to.
    Bytes,
    /// An object, or a user-defined type.
    Object,
    /// It is not declared, and keeps what it is given.
    Undeclared,
}

impl Type {
    fn of(variable: &Variable) -> Self {
        match variable.class {
            Some(words::BYTE) if variable.array => Self::Bytes,
            None | Some(words::VARIANT) => Self::Any,
            _ if variable.array => Self::Any,
            Some(words::STRING) => Self::Text,
            Some(words::INTEGER | words::LONG | words::LONGLONG | words::LONGPTR | words::BYTE) => {
                Self::Whole
            }
            Some(words::SINGLE | words::DOUBLE | words::CURRENCY | words::DATE) => Self::Real,
            Some(words::BOOLEAN) => Self::Truth,
            Some(_) => Self::Object,
        }
    }
}

/// A procedure, as it runs.
#[derive(Clone, Debug)]
pub(super) struct Routine {
    pub(super) id: ProcedureId,
    /// Whether slot 0 is what it returns; its parameters have the next ones.
    pub(super) returns: bool,
    /// The types of its slots, in [`Linked::locals`].
    pub(super) locals: std::ops::Range<u32>,
    /// Which of its first parameters it gives a value to, a bit each.
    pub(super) gives: u64,
    /// Whether it looks at variables of modules.
    pub(super) shares: bool,
}

impl Routine {
    /// The slot of a parameter.
    pub(super) fn parameter(&self, at: usize) -> u32 {
        at as u32 + u32::from(self.returns)
    }
}

/// A variable or constant of a module.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) unit: u32,
    /// How it is declared.
    pub(super) variable: Variable,
    pub(super) kind: Type,
    /// What it stands for, of a constant.
    pub(super) constant: Option<Expr>,
}

/// The procedures of a property.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Property {
    pub(super) get: Option<u32>,
    pub(super) put: Option<u32>,
    pub(super) set: Option<u32>,
}

/// A label.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Label {
    /// Its statement.
    pub(super) at: Option<u32>,
    /// Whether some jump or handler names it.
    pub(super) named: bool,
}

/// A variable gets a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Write {
    /// Which statement does it.
    pub(super) statement: u32,
    /// The variable.
    pub(super) to: Meaning,
    pub(super) how: How,
}

/// How a variable gets a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// One that has nothing to do with the one before.
    Anew,
    /// One that is computed from the one before.
    FromItself,
    /// Only a part of it: an element, a member.
    Part,
    /// By a procedure that it is the argument of, at that place.
    Argument(u32, u32),
}

/// Procedures of a class or form that run without a call of their name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Life {
    pub(super) initialize: Option<u32>,
    pub(super) activate: Option<u32>,
    pub(super) terminate: Option<u32>,
}

/// A variable that raises events: its class, its name, and the unit whose procedures handle them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listener {
    pub(super) class: Symbol,
    pub(super) name: Symbol,
    pub(super) unit: u32,
}

/// A program with its names resolved.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) routines: Vec<Routine>,
    /// The number of the first procedure of each unit.
    first: Vec<u32>,
    pub(super) locals: Vec<Type>,
    /// By unit and operation.
    pub(super) meanings: Vec<Vec<Meaning>>,
    /// By unit and statement: the variable that `Dim` and `Const` declare.
    pub(super) declared: Vec<Vec<Meaning>>,
    /// By unit, in the order of the statements.
    pub(super) writes: Vec<Vec<Write>>,
    pub(super) fields: Vec<Field>,
    pub(super) properties: Vec<Property>,
    /// Unit and index.
    pub(super) declares: Vec<(u32, u32)>,
    /// By unit, sorted.
    members: Vec<Vec<(Symbol, Meaning)>>,
    pub(super) lives: Vec<Life>,
    pub(super) listeners: Vec<Listener>,
    labels: HashMap<(u32, Symbol), Label>,
    units: HashMap<Symbol, u32>,
    /// Public procedures of classes, forms and documents; `None` where several have the name.
    methods: HashMap<Symbol, Option<u32>>,
    /// What is seen from everywhere, by symbol.
    scope: Vec<Meaning>,
}

impl Linked {
    /// Resolves the names of a program.
    pub(super) fn new(program: &Program<'_>) -> Self {
        let mut linker = Linker {
            program,
            linked: Self::default(),
            unit_scope: vec![(0, Meaning::World); program.names.len()],
            local_scope: vec![(0, 0); program.names.len()],
            assigned: vec![0; program.names.len()],
            unit: 0,
            procedure: 0,
            stack: Vec::new(),
        };
        linker.declare();
        for unit in 0..program.units.len() {
            linker.unit(unit);
        }
        linker.linked
    }

    /// The number of a procedure.
    pub(super) fn routine(&self, id: ProcedureId) -> Option<u32> {
        let first = *self.first.get(id.unit as usize)?;
        let number = first.checked_add(id.procedure)?;
        let routine = self.routines.get(number as usize)?;
        (routine.id == id).then_some(number)
    }

    /// What a member of a unit is; [`Meaning::World`] if it has none of that name.
    pub(super) fn member(&self, unit: u32, name: Symbol) -> Meaning {
        let find = || {
            let members = self.members.get(unit as usize)?;
            let at = members.binary_search_by_key(&name, |member| member.0);
            Some(members.get(at.ok()?)?.1)
        };
        find().unwrap_or_default()
    }

    /// What a name stands for everywhere in the program.
    pub(super) fn anywhere(&self, name: Symbol) -> Meaning {
        self.scope.get(name.index()).copied().unwrap_or_default()
    }

    /// The unit of that name, which may have the name of the project before it.
    pub(super) fn unit(&self, program: &Program<'_>, name: Symbol) -> Option<u32> {
        let find = |name: Symbol| self.units.get(&name).copied();
        find(name).or_else(|| {
            let (_, last) = program.names.text(name).rsplit_once('.')?;
            find(program.names.get(last)?)
        })
    }

    /// The procedure that a member of that name is, if only one class or form has such a one.
    pub(super) fn method(&self, name: Symbol) -> Option<u32> {
        self.methods.get(&name).copied().flatten()
    }

    pub(super) fn label(&self, routine: u32, name: Symbol) -> Label {
        let label = self.labels.get(&(routine, name));
        label.copied().unwrap_or_default()
    }
}

struct Linker<'p> {
    program: &'p Program<'p>,
    linked: Linked,
    /// By symbol: the stamp of the unit it was written for, and what it says.
    unit_scope: Vec<(u32, Meaning)>,
    /// By symbol: the stamp of the procedure, and the slot.
    local_scope: Vec<(u32, u32)>,
    /// By symbol: the stamp of the unit where something is assigned to the name.
    assigned: Vec<u32>,
    /// The stamp of the unit: its index, and one.
    unit: u32,
    /// The stamp of the procedure: its number, and one.
    procedure: u32,
    /// Which operation left each value, while arguments are matched with parameters.
    stack: Vec<u32>,
}

impl Linker<'_> {
    /// Collects what units show to each other and to themselves.
    fn declare(&mut self) {
        let program = self.program;
        self.linked.scope = vec![Meaning::World; program.names.len()];
        for symbol in (0..program.names.len()).map(Symbol::known) {
            if let Some(known) = constants::constant(program.names.text(symbol)) {
                self.show(symbol, Meaning::Known(known));
            }
        }
        for (unit, code) in (0..).zip(&program.units) {
            self.linked.first.push(self.linked.routines.len() as u32);
            let members = self.members(unit, &code.syntax);
            self.linked.members.push(members);
            self.linked.units.entry(code.name).or_insert(unit);
        }
        self.publish();
        let symbols = [
            "class_initialize",
            "userform_initialize",
            "userform_activate",
            "class_terminate",
            "userform_terminate",
        ]
        .map(|name| program.names.get(name));
        for unit in 0..program.units.len() as u32 {
            let own = |name: Option<Symbol>| match self.linked.member(unit, name?) {
                Meaning::Procedure(routine) => Some(routine),
                _ => None,
            };
            let [class, form, activate, terminate, close] = symbols.map(own);
            self.linked.lives.push(Life {
                initialize: class.or(form),
                activate,
                terminate: terminate.or(close),
            });
        }
    }

    fn show(&mut self, name: Symbol, meaning: Meaning) {
        if let Some(place) = self.linked.scope.get_mut(name.index()) {
            *place = meaning;
        }
    }

    /// What a unit declares, by name; of several of one name those that are compiled go first,
    /// then the first of the text.
    fn members(&mut self, unit: u32, syntax: &Syntax) -> Vec<(Symbol, Meaning)> {
        let linked = &mut self.linked;
        let mut members = Vec::new();
        for field in &syntax.fields {
            let variable = field.variable;
            let number = linked.fields.len() as u32;
            linked.fields.push(Field {
                unit,
                variable,
                kind: Type::of(&variable),
                constant: field.constant,
            });
            let meaning = match field.constant {
                Some(_) => Meaning::Constant(number),
                None => Meaning::Field(number),
            };
            members.push((variable.name, field.dead, meaning));
            if let (true, Some(class)) = (field.with_events, variable.class) {
                linked.listeners.push(Listener {
                    class,
                    name: variable.name,
                    unit,
                });
            }
        }
        for (at, declare) in (0..).zip(&syntax.declares) {
            let meaning = Meaning::Declare(linked.declares.len() as u32);
            linked.declares.push((unit, at));
            members.push((declare.name, declare.dead, meaning));
        }
        let mut properties: HashMap<Symbol, u32> = HashMap::new();
        for (at, procedure) in (0..).zip(&syntax.procedures) {
            let number = linked.routines.len() as u32;
            linked.routines.push(Routine {
                id: ProcedureId {
                    unit,
                    procedure: at,
                },
                returns: matches!(procedure.kind, Kind::Function | Kind::Get),
                locals: 0..0,
                gives: 0,
                shares: false,
            });
            let (name, dead) = (procedure.name, procedure.dead);
            let property = matches!(procedure.kind, Kind::Get | Kind::Let | Kind::Set);
            if property {
                let next = linked.properties.len() as u32;
                let index = *properties.entry(name).or_insert(next);
                if index == next {
                    linked.properties.push(Property::default());
                    members.push((name, dead, Meaning::Property(index)));
                }
                let Some(property) = linked.properties.get_mut(index as usize) else {
                    continue;
                };
                let place = match procedure.kind {
                    Kind::Get => &mut property.get,
                    Kind::Let => &mut property.put,
                    _ => &mut property.set,
                };
                if place.is_none() || !dead {
                    *place = Some(number);
                }
            } else if procedure.kind != Kind::Top {
                members.push((name, dead, Meaning::Procedure(number)));
            }
        }
        members.sort_by_key(|(name, dead, _)| (*name, *dead));
        members.dedup_by_key(|(name, ..)| *name);
        let member = |(name, _, meaning)| (name, meaning);
        members.into_iter().map(member).collect()
    }

    /// What other units see without naming the unit: members of standard modules, then modules
    /// themselves, then the constants of any module. The first module that has a name has it.
    fn publish(&mut self) {
        let program = self.program;
        let all = std::mem::take(&mut self.linked.members);
        let open = |kind| matches!(kind, ModuleKind::Standard | ModuleKind::Unknown);
        for (members, unit) in all.iter().zip(&program.units).rev() {
            for (name, meaning) in members {
                let constant = matches!(meaning, Meaning::Constant(_));
                let declare = matches!(meaning, Meaning::Declare(_)) && open(unit.kind);
                if constant || declare {
                    self.show(*name, *meaning);
                }
            }
        }
        for (at, unit) in program.units.iter().enumerate().rev() {
            self.show(unit.name, Meaning::Unit(at as u32));
        }
        for (members, unit) in all.iter().zip(&program.units).rev() {
            for (name, meaning) in members {
                let procedure = self.procedure_of(*meaning);
                if procedure.is_some_and(|procedure| procedure.private) {
                    continue;
                }
                if !open(unit.kind) {
                    if let Meaning::Procedure(number) = meaning {
                        let method = self.linked.methods.entry(*name);
                        method
                            .and_modify(|known| *known = None)
                            .or_insert(Some(*number));
                    }
                } else if !matches!(meaning, Meaning::Declare(_)) {
                    self.show(*name, *meaning);
                }
            }
        }
        self.linked.members = all;
    }

    /// The procedure that is meant, or one of those of the property.
    fn procedure_of(&self, meaning: Meaning) -> Option<&Procedure> {
        let number = match meaning {
            Meaning::Procedure(number) => number,
            Meaning::Property(index) => {
                let property = self.linked.properties.get(index as usize)?;
                property.get.or(property.put).or(property.set)?
            }
            _ => return None,
        };
        let id = self.linked.routines.get(number as usize)?.id;
        let unit = self.program.units.get(id.unit as usize)?;
        unit.syntax.procedures.get(id.procedure as usize)
    }

    /// Resolves the names of a unit.
    fn unit(&mut self, index: usize) {
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
        // Two may share their body, one of them in a branch of `#If` that is not compiled.
        let first = self
            .linked
            .first
            .get(index)
            .map_or(0, |first| *first as usize);
        for dead in [true, false] {
            for (at, procedure) in syntax.procedures.iter().enumerate() {
                if procedure.dead == dead {
                    self.routine(syntax, procedure, first + at);
                }
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
            let number = self.linked.fields.len() as u32;
            self.linked.fields.push(Field {
                unit: self.unit - 1,
                variable,
                kind: Type::Any,
                constant: None,
            });
            self.own(variable.name, Meaning::Field(number));
        }
    }

    /// What a name stands for in the unit, outside procedures.
    fn seen(&self, name: Symbol) -> Meaning {
        match self.unit_scope.get(name.index()) {
            Some((stamp, meaning)) if *stamp == self.unit => *meaning,
            _ => self.linked.anywhere(name),
        }
    }

    /// Gives the name a slot in the procedure, if it has none.
    fn local(&mut self, name: Symbol, kind: Type, first: u32) -> u32 {
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
        let range = procedure.parameters.start as usize..procedure.parameters.end as usize;
        for parameter in syntax.parameters.get(range).unwrap_or_default() {
            // A parameter that has the name of another one still has its slot.
            let variable = &parameter.variable;
            let slot = self.linked.locals.len() as u32 - first;
            if self.local(variable.name, Type::of(variable), first) != slot {
                self.linked.locals.push(Type::Any);
            }
        }
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
                Meaning::Local(self.local(variable.name, Type::of(&variable), first))
            };
            let unit = self.linked.declared.get_mut(self.unit as usize - 1);
            if let Some(place) = unit.and_then(|unit| unit.get_mut(at as usize)) {
                *place = meaning;
            }
        }
        let mut pass = Pass {
            first,
            name: returns.then_some(procedure.name),
            callable: !procedure.parameters.is_empty(),
            inside: true,
            ..Pass::default()
        };
        for (at, statement) in (procedure.body.start..).zip(body(syntax, procedure)) {
            self.statement(syntax, at, statement, &mut pass);
        }
        let end = self.linked.locals.len() as u32;
        if let Some(routine) = self.linked.routines.get_mut(number) {
            routine.locals = first..end;
            routine.gives = pass.gives >> u32::from(returns);
            routine.shares = pass.shares;
        }
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

/// What is noted of a procedure while its names are resolved.
#[derive(Debug, Default)]
struct Pass {
    /// Where its slots start.
    first: u32,
    /// Its name, if that is also the variable of what it returns.
    name: Option<Symbol>,
    /// Whether it takes arguments.
    callable: bool,
    /// Whether it is one at all, and not the module.
    inside: bool,
    /// The slots that get a value, a bit each.
    gives: u64,
    shares: bool,
}

/// What an expression asks of the program.
#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    /// Whether procedures of the project may run.
    calls: bool,
    /// How often it has the variable that was asked for, and where last.
    count: u32,
    last: usize,
}

impl Linker<'_> {
    fn statement(&mut self, syntax: &Syntax, at: u32, statement: &Statement, pass: &mut Pass) {
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
                if whole && uses.count == 1 && !uses.calls {
                    self.take(uses.last);
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
    fn resolve(
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
pub(super) const fn is_library(name: Symbol) -> bool {
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
