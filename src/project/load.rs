//! What a document loads, runs or holds besides its code, as its readers hand it on.
//!
//! The readers say what is there and judge nothing: whether a template on a server is a trap is a
//! question of rules.

/// Something that a document loads, runs or holds, and that is no code of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// What it is to the document.
    pub kind: LoadKind,
    /// What is loaded, run or held, decoded and whole: an address, a path, a command line, the
    /// name of a file, a class id as `{00000000-0000-0000-0000-000000000000}`, a field code.
    pub target: String,
    /// Where in the layer it stands: a part, a stream, a kind of record.
    pub place: String,
}

/// What something is to the document that loads, runs or holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LoadKind {
    /// The template of the document (ECMA-376-1 17.15.1.6; `\*\template` of rich text).
    Template,
    /// A page of a frameset, or the source of an inner frame.
    Frame,
    /// A linked OLE object; the target of `\x01Ole` or of a moniker in it.
    Object,
    /// Foreign text that is taken in when the document is opened: `altChunk`.
    Chunk,
    /// A part of a master document; text taken in by a field (`INCLUDETEXT`).
    SubDocument,
    /// A picture, a sound, a film, a background or a font from elsewhere.
    Picture,
    /// The source of a mail merge.
    MailMerge,
    /// A connection, a query or a pivot cache, loaded when asked.
    Connection,
    /// The same, loaded again whenever the document is opened.
    Refresh,
    /// Another workbook that formulas or links refer to.
    Workbook,
    /// A macro in another file that the ribbon calls.
    RibbonCallback,
    /// An address that a click leads to.
    Hyperlink,
    /// A program that a click or the mouse over a shape starts.
    RunProgram,
    /// A file that a click or the mouse over a shape opens.
    OpenFile,
    /// A field that starts a program: DDE or DDEAUTO. The target is the code of the field.
    DdeField,
    /// A link of a workbook that starts a program. The target is `program|topic`.
    DdeLink,
    /// A formula or cell that does. The target is the formula.
    DdeFormula,
    /// A worksheet formula that fetches, runs or registers: `WEBSERVICE`, `CALL`, `REGISTER.ID`.
    Formula,
    /// A file in an OLE package. The target is the real name of the file.
    Package,
    /// A file in a section of notes or in a mail. The target is the name of the file.
    Attachment,
    /// The class of an embedded object or control. The target is the class id or name.
    Class,
    /// An ActiveX control. The target is its class.
    Control,
    /// A web add-in. The target is the store or the address of its catalog.
    WebAddIn,
    /// The assembly of a customisation of Office (VSTO). The target is its place.
    Assembly,
    /// A script in a place for pictures or markup. The target is the start of it.
    Script,
    /// A library or project on another machine that a macro project refers to.
    ProjectReference,
    /// A program as such: the layer is one that Office or Windows runs (XLL). The target names it.
    Program,
    /// The name or the type of a part says one kind, its bytes another. The target says both.
    FalseType,
    /// Opens without asking for a password, because it is one that every Office program tries.
    BuiltInPassword,
    /// Any other relationship to something outside. The target is what it leads to.
    Other,
    /// A file is shown under another name than its own, of another kind. The target says both.
    FalseName,
}
