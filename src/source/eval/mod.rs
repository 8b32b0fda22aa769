//! What the code computes: a bounded run of a project with what is known, to learn what its calls
//! are given.
//!
//! This is no emulation of a machine: nothing outside the project is touched, and a value that
//! depends on anything outside is [`What::Unknown`]. Every statement of every procedure is gone
//! through at least once, starting with the procedures that something starts; loops and calls run
//! for real as long as what they depend on is known and the [`Bounds`] last. What the code asks of
//! the world (a function that is not in the project, a member of an object, a file) is told to a
//! [`Host`], which answers with what it knows; the host is where Office begins and this ends.
//!
//! | file | what |
//! |---|---|
//! | `value` | [`Value`], and where it comes from ([MS-VBAL] 5.5) |
//! | `operator` | operators on values ([MS-VBAL] 5.6.9) |
//! | `library` | the functions of the library that compute ([MS-VBAL] 6.1.2) |
//! | `constants` | the constants of the library ([MS-VBAL] 6.1.1) |
//! | `run` | statements, calls, loops |
//! | `decode` | base64, hexadecimal, and the tricks of command lines |

use super::names::{Names, Symbol};
use super::syntax::Syntax;
use super::{Language, words};
pub use crate::project::{ModuleKind, Reference};

mod constants;
pub mod decode;
pub mod library;
mod operator;
mod run;
mod value;

pub use run::Runner;
pub use value::{Array, HOLE, Origin, Record, Text, Value, What};

/// A module that takes part in a run.
#[derive(Debug)]
pub struct Unit<'s> {
    /// Its name.
    pub name: Symbol,
    /// What it belongs to.
    pub kind: ModuleKind,
    /// Its text.
    pub text: &'s str,
    /// What the text says.
    pub syntax: Syntax,
}

/// A project, read.
#[derive(Debug)]
pub struct Program<'s> {
    /// Its modules.
    pub units: Vec<Unit<'s>>,
    /// The names of all modules.
    pub names: Names,
    /// The language of all modules.
    pub language: Language,
    /// The libraries and projects it refers to.
    pub references: Vec<Reference>,
}

impl<'s> Program<'s> {
    /// Reads the modules of a project: of each its name, what it belongs to, and its text.
    #[must_use]
    pub fn read(
        modules: impl IntoIterator<Item = (impl AsRef<str>, ModuleKind, &'s str)>,
        language: Language,
        references: Vec<Reference>,
    ) -> Self {
        let mut names = words::names();
        let units = modules.into_iter().map(|(name, kind, text)| Unit {
            name: names.intern(name.as_ref()),
            kind,
            text,
            syntax: Syntax::read(text, language, &mut names),
        });
        Self {
            units: units.collect(),
            names,
            language,
            references,
        }
    }
}

/// A procedure of a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcedureId {
    /// The index of the unit.
    pub unit: u32,
    /// The index in its [`Syntax::procedures`].
    pub procedure: u32,
}

/// Where something happens.
#[derive(Clone, Copy, Debug)]
pub struct Site<'p> {
    /// The program.
    pub program: &'p Program<'p>,
    /// The procedure whose statement this is.
    pub procedure: ProcedureId,
    /// Where in the text of the unit.
    pub at: u32,
    /// Whether the statement cannot be reached: it lies behind `Exit Sub`, `End` or a jump without
    /// a condition, in a branch whose condition is known not to hold whatever the arguments of the
    /// procedure are, or in a branch of `#If` that is not compiled.
    pub dead: bool,
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name, of `name:=value`.
    pub name: Option<Symbol>,
    /// Its value; [`What::Missing`] if it is left out.
    pub value: Value,
}

/// What a host answers to a call.
#[derive(Debug)]
pub enum Reply {
    /// The value of the call.
    Value(Value),
    /// Run this procedure of the project with the arguments from this one on, and take its value:
    /// `Application.Run "Name", …`.
    Run(ProcedureId, usize),
}

impl From<Value> for Reply {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

/// The world, as the code sees it. All names come as symbols of the program.
pub trait Host {
    /// A name that is no variable, no procedure of the project and no computing function of the
    /// library is read or called: `CreateObject("…")`, `Shell "…", 0`, `Environ("x")`,
    /// `Application`, `ThisDocument`. `called` is whether it stands where a call or an index is,
    /// or is a statement.
    fn name(
        &mut self,
        site: &Site<'_>,
        name: Symbol,
        called: bool,
        arguments: &[Argument],
    ) -> Reply;

    /// A member of something that is no module, class or form of the project is read or called, or
    /// one that such a one has not. The default property of an object is asked for as `value`
    /// where a simple value is needed, its default member as `item` (`list("x")`), and an element
    /// of a list that `For Each` goes through as the `item` of something that is not known.
    fn member(
        &mut self,
        site: &Site<'_>,
        object: &Value,
        name: Symbol,
        called: bool,
        arguments: &[Argument],
    ) -> Reply;

    /// `object.name = value`, `object.name(arguments) = value`; with `object` [`What::Missing`]
    /// where a name that is no variable of the project is assigned to without an object.
    fn assign(
        &mut self,
        site: &Site<'_>,
        object: &Value,
        name: Symbol,
        arguments: &[Argument],
        value: &Value,
    );

    /// `New class`, of a class that is not in the project. `made` is false where a variable is
    /// only declared `As class`: the value of what it will hold.
    fn object(&mut self, site: &Site<'_>, class: Symbol, made: bool) -> Value;

    /// A function that the program `Declare`s is called.
    fn declared(
        &mut self,
        site: &Site<'_>,
        unit: u32,
        declare: u32,
        arguments: &[Argument],
    ) -> Value;

    /// A statement on files, see [`Statement::File`](super::syntax::Statement::File).
    fn file(&mut self, site: &Site<'_>, statement: Symbol, arguments: &[Argument]);

    /// `[text]`, which the application evaluates.
    fn evaluate(&mut self, site: &Site<'_>, text: &str) -> Value;

    /// The elements of an object that `For Each` goes through, if they are known.
    fn elements(&mut self, _list: &Value) -> Option<Vec<Value>> {
        None
    }

    /// A variable has got a text that no literal of the program holds: told once, when the text is
    /// complete (at the end of the procedure, when it is passed on, or when it is overwritten).
    fn text(&mut self, site: &Site<'_>, value: &Value);

    /// A statement that was not understood.
    fn unread(&mut self, site: &Site<'_>, text: &str);
}

/// What a run may still cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Steps: operations and statements.
    pub steps: u64,
    /// Bytes of text and elements of arrays that are made.
    pub bytes: u64,
}

impl Bounds {
    /// Takes steps; false if there are none left.
    pub const fn step(&mut self, count: u64) -> bool {
        let enough = self.steps >= count;
        self.steps = self.steps.saturating_sub(count);
        enough
    }

    /// Takes bytes; false, and nothing taken, if there are not as many left.
    pub const fn take(&mut self, count: usize) -> bool {
        let count = count as u64;
        let enough = self.bytes >= count;
        if enough {
            self.bytes -= count;
        }
        enough
    }
}

/// A procedure calls, makes or addresses another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The one that does.
    pub from: ProcedureId,
    /// The other.
    pub to: ProcedureId,
    /// Where in the text of `from`.
    pub at: u32,
    /// Whether that statement cannot be reached.
    pub dead: bool,
}

/// What a run leaves, besides what the host was told.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Who calls whom, each pair once; where one of several is reachable, that one.
    pub edges: Vec<Edge>,
    /// Whether the bounds were reached.
    pub exhausted: bool,
}
