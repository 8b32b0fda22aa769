//! Sources from a short list of statements, in a handful of languages.

use arbitrary::Arbitrary;

use crate::ovba::{Module, ModuleKind};

const MAX_PROCEDURES: usize = 4;
const MAX_STATEMENTS: usize = 32;

/// A code page, and a word that is written in it.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Code page 1252.
    English,
    /// Code page 932; the word has a byte that is also a backslash.
    Japanese,
    /// Code page 936.
    Chinese,
    /// Code page 949.
    Korean,
    /// Code page 1251.
    Russian,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 5] = [
        Self::English,
        Self::Japanese,
        Self::Chinese,
        Self::Korean,
        Self::Russian,
    ];

    pub(super) const fn code_page(self) -> u16 {
        match self {
            Self::English => 1252,
            Self::Japanese => 932,
            Self::Chinese => 936,
            Self::Korean => 949,
            Self::Russian => 1251,
        }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::English => "Entrée",
            Self::Japanese => "表示",
            Self::Chinese => "报价",
            Self::Korean => "견적",
            Self::Russian => "Счёт",
        }
    }
}

/// A module.
#[derive(Arbitrary, Clone, Debug)]
pub struct ModuleSpec {
    /// Whether it is a standard module, a class, or behind the document.
    pub kind: u8,
    /// Whether its name is in the language, or plain.
    pub native_name: bool,
    /// Whether the stream has another name than the module.
    pub other_stream: bool,
    /// How many bytes stand before the source, in steps of 16.
    pub prefix: u8,
    /// Its procedures; the list is cut where it is long.
    pub procedures: Vec<ProcedureSpec>,
}

impl ModuleSpec {
    pub(super) fn build(&self, index: usize, language: Language) -> Module {
        let kind = match self.kind % 4 {
            0 => ModuleKind::WordDocument,
            1 => ModuleKind::Workbook,
            2 => ModuleKind::Class,
            _ => ModuleKind::Standard,
        };
        let base = if self.native_name {
            language.word()
        } else {
            "Module"
        };
        // The index keeps names apart.
        let name = format!("{base}{index}");
        let procedures = self.procedures.iter().take(MAX_PROCEDURES);
        let body: String = procedures
            .map(|procedure| procedure.text(language))
            .collect();
        let module = Module::new(kind, &name, &body).with_prefix(prefix(self.prefix));
        if self.other_stream {
            module.with_stream_name(&format!("stream{index}"))
        } else {
            module
        }
    }
}

/// Something like compiled code: no container starts in it.
fn prefix(steps: u8) -> Vec<u8> {
    let pattern = |index: usize| (index * 7) as u8 | 0x80;
    (0..usize::from(steps) * 16).map(pattern).collect()
}

/// A procedure.
#[derive(Arbitrary, Clone, Debug)]
pub struct ProcedureSpec {
    /// Its name.
    pub trigger: Trigger,
    /// Its statements; the list is cut where it is long.
    pub statements: Vec<Statement>,
}

impl ProcedureSpec {
    fn text(&self, language: Language) -> String {
        let name = self.trigger.name();
        let mut text = format!("Sub {name}()\r\n    If Now > 0 Then Exit Sub\r\n");
        for statement in self.statements.iter().take(MAX_STATEMENTS) {
            text += "    ";
            text += &statement.text(language);
            text += "\r\n";
        }
        text + "End Sub\r\n"
    }
}

/// The name of a procedure.
#[derive(Arbitrary, Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Trigger {
    AutoOpen,
    DocumentOpen,
    WorkbookOpen,
    AutoClose,
    Click,
    Helper,
}

impl Trigger {
    const fn name(self) -> &'static str {
        match self {
            Self::AutoOpen => "AutoOpen",
            Self::DocumentOpen => "Document_Open",
            Self::WorkbookOpen => "Workbook_Open",
            Self::AutoClose => "Auto_Close",
            Self::Click => "Button1_Click",
            Self::Helper => "Helper",
        }
    }
}

/// One statement.
#[derive(Arbitrary, Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Statement {
    Comment,
    Message,
    Assign(u8),
    Concatenate(u8),
    Continuation,
    CreateShell,
    Run,
    Shell,
    Fetch,
    Dictionary,
    Call,
    Conditional,
    Colons,
    LongString(u8),
    Empty,
}

impl Statement {
    fn text(self, language: Language) -> String {
        let word = language.word();
        match self {
            Self::Comment => format!("' {word} Shell"),
            Self::Message => format!("MsgBox \"{word}\""),
            Self::Assign(value) => format!("x = {value}"),
            Self::Concatenate(value) => format!("text = text & Chr({value}) & \"{word}\""),
            Self::Continuation => "text = \"a\" & _\r\n        \"b\"".into(),
            Self::CreateShell => "Set tool = CreateObject(\"WScript.Shell\")".into(),
            Self::Run => "tool.Run \"inert\", 0".into(),
            Self::Shell => "Shell \"inert.invalid\", vbHide".into(),
            Self::Fetch => "request.Open \"GET\", \"https://example.invalid/inert\", False".into(),
            Self::Dictionary => "Set seen = CreateObject(\"Scripting.Dictionary\")".into(),
            Self::Call => "Helper".into(),
            Self::Conditional => "#If VBA7 Then\r\n#End If".into(),
            Self::Colons => "a = 1: b = 2: Rem inert".into(),
            Self::LongString(length) => {
                format!("s = \"{}\"", "inert ".repeat(usize::from(length) / 4))
            }
            Self::Empty => String::new(),
        }
    }
}
