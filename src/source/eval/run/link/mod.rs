//! What each name of a program stands for, found once, before anything runs ([MS-VBAL] 5.6.10):
//! a variable of the procedure, then of the module, then what other modules show, then modules.
//!
//! Tables by symbol are stamped with the module or procedure they were last written for, so none
//! is ever cleared, and the whole takes one pass over the operations.

use hashbrown::HashMap;

use super::super::{ProcedureId, Program};
use crate::source::names::Symbol;
use crate::source::syntax::{Expr, Variable};
use crate::source::words;

mod declare;
mod resolve;
mod scope;

pub(super) use resolve::is_library;

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
    /// Its slots that are variables that outlive it, and these; those of its twin, if it has one.
    pub(super) kept: Vec<(u32, u32)>,
    /// The procedure whose body it has, with the same variables and labels; mostly itself.
    pub(super) twin: u32,
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
    /// By unit and statement: the variable that `Dim` and `Const` declare, and that an assignment
    /// computes from itself.
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
    listeners: Vec<Listener>,
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

    /// The variables that listen to the events of a class; of many only the first.
    pub(super) fn listeners(&self, class: Symbol) -> &[Listener] {
        const MOST: usize = 64;
        let start = self
            .listeners
            .partition_point(|listener| listener.class < class);
        let rest = self.listeners.get(start..).unwrap_or_default();
        let end = rest.partition_point(|listener| listener.class == class);
        rest.get(..end.min(MOST)).unwrap_or_default()
    }

    /// The procedure that a member of that name is, if only one class or form has such a one.
    pub(super) fn method(&self, name: Symbol) -> Option<u32> {
        self.methods.get(&name).copied().flatten()
    }

    pub(super) fn label(&self, routine: u32, name: Symbol) -> Label {
        let routine = self.routines.get(routine as usize);
        let label = routine.and_then(|routine| self.labels.get(&(routine.twin, name)));
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
