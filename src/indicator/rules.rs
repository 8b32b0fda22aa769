//! What a rule is, and what a finding is.

use crate::source::Place;

/// The family a rule belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Category {
    /// Code can start without, or with trivial, user action.
    Trigger,
    /// Starts a process or foreign code.
    Execution,
    /// Runs memory as code.
    Injection,
    /// Fetches or sends.
    Network,
    /// Writes, moves or deletes files.
    Write,
    /// Survives the document.
    Persistence,
    /// Weakens the protection of Office or Windows.
    Defense,
    /// Tests for analysts, sandboxes or countries.
    Evasion,
    /// Hides strings or flow.
    Obfuscation,
    /// Keeps data outside the code.
    Hiding,
    /// A container that is malformed, ambiguous or lies about its type.
    Structure,
    /// Refers to something elsewhere that Office loads.
    External,
    /// An embedded object.
    Object,
    /// Dynamic data exchange.
    Dde,
    /// Excel 4.0 macro functions.
    Xlm,
    /// Text that asks the reader to let the macro run.
    Lure,
}

impl Category {
    /// The word used in reports, and the first part of the ids of its rules.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::Execution => "execution",
            Self::Injection => "injection",
            Self::Network => "network",
            Self::Write => "write",
            Self::Persistence => "persistence",
            Self::Defense => "defense",
            Self::Evasion => "evasion",
            Self::Obfuscation => "obfuscation",
            Self::Hiding => "hiding",
            Self::Structure => "structure",
            Self::External => "external",
            Self::Object => "object",
            Self::Dde => "dde",
            Self::Xlm => "xlm",
            Self::Lure => "lure",
        }
    }
}

/// What a rule's findings are to a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Role {
    /// Runs when the document is opened or closed, or without anybody doing anything.
    Auto,
    /// Runs on ordinary work: a change, a save, the mouse over a control.
    Soft,
    /// Runs when a button is pressed, or when other code asks for it.
    Click,
    /// Starts a program or foreign code.
    Execute,
    /// Runs memory as code.
    Inject,
    /// Starts a program that only shows something, such as a folder.
    View,
    /// An object that can start programs, and can do harmless things as well.
    Launcher,
    /// A verb that starts a program if it is told to a [`Role::Launcher`].
    Verb,
    /// A command line or a program that attackers like, named in a string.
    Command,
    /// Acts on behalf of the user outside the document.
    Dual,
    /// Calls something whose name cannot be read.
    Opaque,
    /// Hides strings, or fetches them from outside the code.
    Conceal,
    /// Fetches or sends.
    Network,
    /// Fetches into a file, in one step.
    Download,
    /// Writes raw bytes to a file.
    Drop,
    /// Writes, copies, moves or deletes ordinary files.
    Write,
    /// Names a file that would be a program, or an address that would give one.
    Payload,
    /// Survives the document.
    Persist,
    /// Weakens the protection of Office or Windows.
    Weaken,
    /// Worth telling, and no more.
    Note,
    /// Outside code: runs or loads what an attacker chose when the document is opened, or at a
    /// click that looks harmless. Blocks by itself.
    Trap,
    /// Outside code: a person has to look.
    Hold,
}

impl Role {
    /// Whether it says how code starts.
    #[must_use]
    pub const fn is_trigger(self) -> bool {
        matches!(self, Self::Auto | Self::Soft | Self::Click)
    }
}

/// Where a pattern counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Context {
    /// The name that `Sub`, `Function` or `Property` declares.
    Procedure,
    /// The end of such a name, as `_Click`.
    ProcedureSuffix,
    /// `Main`, declared in a module that is itself named like an auto macro.
    MainOfAutoModule,
    /// A function or statement that is called: no member, but of a listed library.
    Call,
    /// The same, in VBScript only.
    ScriptCall,
    /// The same, at the start of a statement.
    Statement,
    /// A member, after a dot.
    Member,
    /// A member of the object of that name.
    MemberOf(&'static str),
    /// A member, but not of the object of that name.
    MemberNotOf(&'static str),
    /// A member of the object of that name, with a first argument that cannot be read.
    OpaqueMemberOf(&'static str),
    /// A type, after `As` or `New`, whatever library qualifies it.
    Type,
    /// A word of code right after this word or character.
    After(&'static str),
    /// A word of code right before this character.
    Before(&'static str),
    /// The name or alias that a `Declare` statement gives.
    Api,
    /// The word `Lib`, before the name of a library that is not part of Windows or Office.
    ForeignLibrary,
    /// A call whose argument cannot be read.
    Opaque(Argument),
    /// A call whose first argument is put together from strings, or comes from a function.
    Computed,
    /// A member whose first argument is an address, or a macro in a file elsewhere.
    Elsewhere,
    /// A call that starts a program that only shows something (`true`), or another (`false`).
    Start {
        /// Whether the program is a viewer.
        viewer: bool,
    },
    /// A call whose result is joined to that of another.
    Chained,
    /// A word of code or of a string.
    Word,
    /// A word of a string.
    Text,
    /// A class of WMI in a string, unless the string only asks for its instances.
    WmiClass,
    /// A string that makes an object by its number, but for the one of the clipboard.
    ForeignClass,
    /// Part of a string, whatever stands beside it.
    Fragment,
}

impl Context {
    /// Whether it counts in strings, and a mention in a comment is worth telling.
    pub(super) const fn is_in_string(self) -> bool {
        matches!(
            self,
            Self::Word | Self::Text | Self::WmiClass | Self::ForeignClass | Self::Fragment
        )
    }
}

/// Which argument of a call says what is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Argument {
    /// The first.
    First,
    /// The second.
    Second,
    /// The first; the second if it is left out; and only the scheme of a moniker.
    Moniker,
    /// The first; a macro of the same file does not count.
    Macro,
}

/// A text to look for, whatever its case, and where it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The text.
    pub text: &'static str,
    /// Where it counts.
    pub context: Context,
}

/// One rule: data only.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `category.name`.
    pub id: &'static str,
    /// Its family.
    pub category: Category,
    /// ATT&CK technique ids.
    pub attack: &'static [&'static str],
    /// What its findings are to a verdict.
    pub role: Role,
    /// What such code does, as the predicate of a sentence: `starts a program`.
    pub does: &'static str,
    /// One sentence: why it matters.
    pub means: &'static str,
    /// One sentence: how benign files look the same.
    pub benign: &'static str,
    /// What it looks for.
    pub patterns: &'static [Pattern],
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// 1 in a comment, or in a string where only code counts; 2 in code; 3 if what it is given is
    /// known, or it was found in what the code computes; 4 if a start reaches it.
    pub level: u8,
    /// The layer that holds the module, or loads what was found.
    pub layer: u32,
    /// The module; none for what the document loads or holds besides code.
    pub module: Option<u32>,
    /// The line, from 1; 0 outside modules.
    pub line: u32,
    /// The column in characters, from 1; 0 outside modules.
    pub column: u32,
    /// What the text is part of.
    pub place: Place,
    /// The text as it stands there, at most 200 characters of it; an act with its path and what it
    /// is given; or the text that was hidden.
    pub text: String,
    /// How the act is reached and what it is given, where calls were followed.
    pub flow: Option<Box<Flow>>,
}

/// How an act is reached, and what it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// How strong the start is that reaches it: [`Role::Auto`], [`Role::Soft`] or
    /// [`Role::Click`]; none if no start was found that reaches it.
    pub start: Option<Role>,
    /// What starts it, as the predicate of a sentence; the `does` of the rule of the start.
    pub starts: &'static str,
    /// The path: procedure names from the start to the act, the act itself last. At most 12 steps.
    pub path: Vec<String>,
    /// What the act is given, as text, parts that are not known as `…`; at most 1000 characters,
    /// addresses defanged.
    pub argument: String,
    /// How much of it is known.
    pub given: Given,
    /// Whether what it is given was hidden in the code: put together from characters or pieces.
    pub computed: bool,
    /// Whether what it is given comes from the document: text, properties, form controls, cells.
    pub document: bool,
    /// Whether what it is given comes from the network.
    pub network: bool,
    /// Whether the act, or a step of the path, cannot be reached.
    pub dead: bool,
}

impl Flow {
    /// What a path calls the code that stands outside procedures.
    pub(crate) const SCRIPT: &'static str = "script";
}

/// How much is known of what an act is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Given {
    /// Nothing.
    Unknown,
    /// Some of it.
    Part,
    /// All of it.
    Whole,
}

/// An address, path or command that the text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ioc {
    /// `url`, `host`, `ip`, `path`, `command`.
    pub kind: &'static str,
    /// The value, defanged.
    pub value: String,
    /// The layer that holds the module, or names it.
    pub layer: u32,
    /// The module; none if it is named outside code.
    pub module: Option<u32>,
    /// The line, from 1; 0 outside modules.
    pub line: u32,
    /// Whether it was computed and does not stand in the text as it is.
    pub decoded: bool,
}
