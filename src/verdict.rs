//! Findings, observations and gaps in, a judgement out. Pure: no text, no format, no state.

/// The judgement of one input. The order is that of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// No kind of file that carries Office macros, and nothing of the kind inside it.
    Other,
    /// A document, inspected whole, with no active content.
    Clean,
    /// Active content, inspected whole, with no chain from a trigger to a dangerous act.
    Macro,
    /// Some part could not be inspected, and nothing worse was seen in the rest.
    Unscannable,
    /// A person has to look.
    Suspicious,
    /// A trigger reaches execution, download or memory injection, or an equally plain trap.
    Malicious,
}

impl Verdict {
    /// Every verdict, mildest first.
    pub const ALL: [Self; 6] = [
        Self::Other,
        Self::Clean,
        Self::Macro,
        Self::Unscannable,
        Self::Suspicious,
        Self::Malicious,
    ];

    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Clean => "clean",
            Self::Macro => "macro",
            Self::Unscannable => "unscannable",
            Self::Suspicious => "suspicious",
            Self::Malicious => "malicious",
        }
    }
}
