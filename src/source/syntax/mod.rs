//! What a module says, read once: procedures, declarations, statements, expressions.
//!
//! The grammar is that of [MS-VBAL] 5, read lightly: everything that matters to what a program
//! does has a node, and the rest is kept as [`Statement::Unread`] so that nobody mistakes it for
//! nothing. Reading never fails and takes one pass; blocks are linked by index, and expressions
//! lie in postfix order in one list, so neither depth nor length of the source costs stack.
//!
//! | clause | here |
//! |---|---|
//! | [MS-VBAL] 3.3 lexical tokens | [`token`](super::token) |
//! | 4.2 modules, `Attribute` lines | [`Attribute`] |
//! | 5.2.3 module variables, constants, `Declare` | [`Field`], [`Declare`] |
//! | 5.3.1 procedures | [`Procedure`] |
//! | 5.4 statements | [`Statement`] |
//! | 5.6 expressions | [`Op`] |

use std::ops::Range;

use super::names::Symbol;

mod parse;

/// A piece of the module's text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub from: u32,
    /// The byte after the last.
    pub to: u32,
}

/// An expression: a run of [`Syntax::ops`] in postfix order that leaves one value. Empty where
/// the source has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expr {
    /// The first operation.
    pub from: u32,
    /// The operation after the last.
    pub to: u32,
}

/// One step of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Op {
    /// Pushes a string literal; the span has its quotes, and the doubled ones inside.
    Text(Span),
    /// Pushes a number: decimal, `&H`, `&O`, with any type character.
    Number(f64),
    /// Pushes a date literal, `#…#`.
    Date(Span),
    /// Pushes `True`, `False`, `Nothing`, `Empty` or `Null`.
    Constant(Constant),
    /// Pushes what a name stands for: a variable, a constant, a function without arguments, `Me`.
    Load(Symbol, u32),
    /// Pushes a name that a [`Op::Call`] applies to its arguments. The number is where it stands.
    Callee(Symbol, u32),
    /// Takes an object, pushes the value of its member.
    Member(Symbol, u32),
    /// Takes an object, pushes its member for an [`Op::Call`] to apply.
    MemberCallee(Symbol, u32),
    /// Pushes the object of the innermost `With`, before `.name` or `!name` without an object.
    With,
    /// Takes a value, pushes it as the argument of that name (`name:=value`).
    Named(Symbol),
    /// Pushes an argument that is left out.
    Missing,
    /// Takes that many arguments and, below them, a callee; pushes the result. Also an index into
    /// an array. What is called may be any value: `f(1)(2)`.
    Call(u32),
    /// Takes one value, pushes one.
    Unary(Unary),
    /// Takes two values, the right one on top, pushes one.
    Binary(Binary),
    /// Pushes a new object of the class: its whole dotted name, in small letters.
    New(Symbol, u32),
    /// Pushes the address of a procedure.
    AddressOf(Symbol, u32),
    /// Pushes what `[text]` evaluates to where it is no name; the span is without brackets.
    Evaluate(Span),
    /// Pushes something that could not be read.
    Unknown,
}

/// A value that is a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// `True`
    True,
    /// `False`
    False,
    /// `Nothing`
    Nothing,
    /// `Empty`
    Empty,
    /// `Null`
    Null,
}

/// An operator before its operand. `+` before an operand is read as nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// `-`
    Minus,
    /// `Not`
    Not,
}

/// An operator between two operands ([MS-VBAL] 5.6.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `^`
    Power,
    /// `*`
    Times,
    /// `/`
    Divide,
    /// `\`
    IntegerDivide,
    /// `Mod`
    Mod,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `&`
    Concat,
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `Is`, and `TypeOf … Is`
    Is,
    /// `Like`
    Like,
    /// `And`
    And,
    /// `Or`
    Or,
    /// `Xor`
    Xor,
    /// `Eqv`
    Eqv,
    /// `Imp`
    Imp,
}

/// Which way a jump of [`Statement::Exit`] goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// `Exit Sub`, `Exit Function`, `Exit Property`, and `Return`.
    Procedure,
    /// `Exit For`
    For,
    /// `Exit Do` (and nothing leaves a `While`)
    Do,
    /// `End`, `Stop`: the program.
    Program,
}

/// One statement. Links (`next`, `end`, `start`) are indices into [`Syntax::statements`]; the
/// parser patches them, and where a block is not closed they point past the last statement of the
/// procedure. An `If` on one line is written as a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statement {
    /// A call for its effect: the expression is the whole call, its last step an [`Op::Call`] even
    /// where nothing is given, or an [`Op::Evaluate`].
    Call(Expr),
    /// `target = value`; `set` with `Set`. The target is an expression whose last step is a
    /// [`Op::Load`], [`Op::Member`], [`Op::Call`] (an index, a property with arguments, `Mid`) or
    /// [`Op::Evaluate`].
    Assign {
        /// What is given a value.
        target: Expr,
        /// The value.
        value: Expr,
        /// Whether `Set` stands before it.
        set: bool,
    },
    /// `If` or `ElseIf`: where the condition does not hold, go on at `next` (an `ElseIf`, `Else`
    /// or `EndIf`). `end` is the `EndIf`.
    If {
        /// The condition.
        condition: Expr,
        /// Whether it is an `ElseIf`: reached from above, it ends the branch before it.
        again: bool,
        /// The next branch.
        next: u32,
        /// The `EndIf`.
        end: u32,
    },
    /// `Else`: reached from above, it ends the branch before it.
    Else {
        /// The `EndIf`.
        end: u32,
    },
    /// `End If`
    EndIf,
    /// `For variable = from To to Step step`
    For {
        /// The variable.
        variable: Expr,
        /// Its first value.
        from: Expr,
        /// Its last value.
        to: Expr,
        /// The step; empty for 1.
        step: Expr,
        /// The `Next`.
        end: u32,
    },
    /// `For Each variable In list`
    ForEach {
        /// The variable.
        variable: Expr,
        /// What is gone through.
        list: Expr,
        /// The `Next`.
        end: u32,
    },
    /// `Next`
    Next {
        /// The `For` or `For Each`; this statement itself if there is none.
        start: u32,
    },
    /// `Do`, `Do While c`, `Do Until c`, `While c`
    Do {
        /// The condition; empty if it stands at the end.
        condition: Expr,
        /// Whether it is `Until`.
        until: bool,
        /// The `Loop` or `Wend`.
        end: u32,
    },
    /// `Loop`, `Loop While c`, `Loop Until c`, `Wend`
    Loop {
        /// The condition; empty if there is none.
        condition: Expr,
        /// Whether it is `Until`.
        until: bool,
        /// The `Do` or `While`; this statement itself if there is none.
        start: u32,
    },
    /// `Select Case subject`
    Select {
        /// The subject.
        subject: Expr,
        /// The first `Case`, or the `End Select`.
        next: u32,
        /// The `End Select`.
        end: u32,
    },
    /// One `Case` clause, or one of several that a comma joins: reached from above, it ends the
    /// branch before it. A list `Case 1, 2 To 3` is one statement a member, each with `body` at
    /// the statement after the last of them.
    Case {
        /// Which values it takes.
        takes: Takes,
        /// The value, or the lower bound; empty for `Else`.
        value: Expr,
        /// The upper bound of [`Takes::Range`].
        to: Expr,
        /// Where the branch starts.
        body: u32,
        /// The next `Case`, or the `End Select`.
        next: u32,
        /// The `End Select`.
        end: u32,
    },
    /// `End Select`
    EndSelect,
    /// `With object`
    With {
        /// The object.
        object: Expr,
        /// The `End With`.
        end: u32,
    },
    /// `End With`
    EndWith,
    /// A label, or a line number as its decimal digits.
    Label(Symbol),
    /// `GoTo`, `Resume` to a label. `GoSub` comes back, so it is a jump in an [`Statement::If`] of
    /// which nothing is known; `On n GoTo` is a [`Statement::Select`] with a `Case` for each label.
    GoTo(Symbol),
    /// `On Error Resume Next` (`None`), `On Error GoTo label`; `GoTo 0` as the symbol of `0`.
    OnError(Option<Symbol>),
    /// Leaves a loop, the procedure or the program.
    Exit(Exit),
    /// `Dim`, `Static`, `Private` … of one variable.
    Dim(Variable),
    /// `ReDim`, or after a [`Statement::Dim`] the bounds of its array: the expression is the call
    /// `name(bounds)`, where each bound is a value, or two with [`Op::Named`] of the known name
    /// `to` for the upper one.
    ReDim {
        /// The array and its bounds.
        array: Expr,
        /// Whether `Preserve` stands before it.
        preserve: bool,
    },
    /// `Const name = value`
    Const {
        /// Its name.
        name: Symbol,
        /// Its value.
        value: Expr,
    },
    /// A statement on files. The arguments lie one after the other in the expression, as those
    /// of the [`Op::Call`] of a [`Op::Callee`] with the known name of the word (`open`, `print`,
    /// `put`, `get`, `write`, `line input`, `close`, `name`, `kill`, `lock` …). For `Open`:
    /// path, mode (`Op::Load` of its word: `binary`, `output`, …) and file number; for `Name`:
    /// old, new; for the others: file number first, then the rest.
    File(Expr),
    /// `RaiseEvent name(arguments)`: the call of the event.
    RaiseEvent(Expr),
    /// Something that was not understood; the span is what was passed over.
    Unread(Span),
}

/// Which values a `Case` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// `Case Else`
    Rest,
    /// `Case value`
    Value,
    /// `Case value To to`
    Range,
    /// `Case Is < value`
    Compared(Binary),
}

/// A variable that is declared in a procedure or a module, or a member of a parameter list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: Symbol,
    /// The whole dotted name of its type; a type character gives the word (`$` `string`, `%`
    /// `integer`, `&` `long`, `!` `single`, `#` `double`, `@` `currency`, `^` `longlong`).
    pub class: Option<Symbol>,
    /// Whether it is `As New`.
    pub new: bool,
    /// Whether it is an array.
    pub array: bool,
    /// Whether it is `Static`: it keeps its value from one call to the next.
    pub kept: bool,
}

/// A variable or constant of the module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Name and type.
    pub variable: Variable,
    /// Whether it raises events into this module.
    pub with_events: bool,
    /// The value of a constant, or of a member of an `Enum`.
    pub constant: Option<Expr>,
    /// Where its name stands.
    pub at: u32,
    /// Whether it is in a branch of `#If` that is not compiled.
    pub dead: bool,
}

/// What a procedure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `Sub`
    Sub,
    /// `Function`
    Function,
    /// `Property Get`
    Get,
    /// `Property Let`
    Let,
    /// `Property Set`
    Set,
    /// What stands outside procedures: a script's program. In VBA only what was cut out of its
    /// procedure.
    Top,
}

/// A procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Procedure {
    /// Its name; the empty symbol for [`Kind::Top`].
    pub name: Symbol,
    /// What it is.
    pub kind: Kind,
    /// Where its name stands.
    pub at: u32,
    /// Whether it is `Private`.
    pub private: bool,
    /// Whether it is in a branch of `#If` that is not compiled.
    pub dead: bool,
    /// Its parameters, in [`Syntax::parameters`].
    pub parameters: Range<u32>,
    /// What it returns.
    pub returns: Option<Symbol>,
    /// Its statements, in [`Syntax::statements`].
    pub body: Range<u32>,
}

/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Name and type.
    pub variable: Variable,
    /// Whether the caller sees what is assigned to it: not `ByVal`.
    pub by_reference: bool,
    /// Whether it is `Optional`.
    pub optional: bool,
    /// Whether it takes all the arguments that are left.
    pub rest: bool,
    /// Its value where it is left out; empty if none is given.
    pub default: Expr,
}

/// A function of a library, `Declare`d ([MS-VBAL] 5.2.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declare {
    /// The name used in the code.
    pub name: Symbol,
    /// The library, the span with its quotes.
    pub library: Span,
    /// The name or `#ordinal` in the library, with its quotes; empty if it is the same.
    pub alias: Span,
    /// Where the name stands.
    pub at: u32,
    /// Whether it is in a branch of `#If` that is not compiled.
    pub dead: bool,
}

/// An `Attribute` line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// `VB_Name`, `VB_Base`, `VB_Control` …: the part after the last dot.
    pub name: Symbol,
    /// The member it belongs to: the part before the first dot, if there is one.
    pub of: Option<Symbol>,
    /// What stands after `=`, with quotes.
    pub value: Span,
}

/// What `Option` lines say ([MS-VBAL] 5.2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `Option Compare Text`: texts that only differ in case are equal.
    pub compare_text: bool,
    /// `Option Base 1`: arrays start at 1.
    pub base_one: bool,
    /// `Option Explicit`: every variable is declared.
    pub explicit: bool,
}

/// A module, read.
#[derive(Clone, Debug, Default)]
pub struct Syntax {
    /// What its `Option` lines say.
    pub options: Options,
    /// Its attribute lines.
    pub attributes: Vec<Attribute>,
    /// Its variables and constants.
    pub fields: Vec<Field>,
    /// What it declares of libraries.
    pub declares: Vec<Declare>,
    /// `Implements` interfaces, whole dotted names.
    pub implements: Vec<Symbol>,
    /// Its events.
    pub events: Vec<Symbol>,
    /// Its procedures, in the order of the text.
    pub procedures: Vec<Procedure>,
    /// The parameters of all procedures.
    pub parameters: Vec<Parameter>,
    /// The statements of all procedures.
    pub statements: Vec<Statement>,
    /// Where each statement starts, by the same index; the top bit says that it is in a branch
    /// of `#If` that is not compiled.
    pub places: Vec<u32>,
    /// The expressions of all statements.
    pub ops: Vec<Op>,
    /// What was passed over outside procedures.
    pub unread: Vec<Span>,
}

impl Syntax {
    /// The parameters of a procedure.
    #[must_use]
    pub fn parameters_of(&self, procedure: &Procedure) -> &[Parameter] {
        let range = procedure.parameters.start as usize..procedure.parameters.end as usize;
        self.parameters.get(range).unwrap_or_default()
    }
}

/// Set in [`Syntax::places`] where `#If` leaves the statement out.
pub const DEAD: u32 = 1 << 31;
