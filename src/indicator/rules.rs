//! What a rule is.

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
