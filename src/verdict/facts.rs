//! What the bytes of a file alone say, whatever its code does.

use super::Verdict;

/// An observation that judges.
#[derive(Debug)]
pub(super) struct Fact {
    /// Its code.
    pub(super) code: &'static str,
    /// What the file is at least.
    pub(super) at_least: Verdict,
    /// The sentence before its detail.
    pub(super) says: &'static str,
}

const fn suspicious(code: &'static str, says: &'static str) -> Fact {
    Fact {
        code,
        at_least: Verdict::Suspicious,
        says,
    }
}

/// Every observation that judges; the others inform.
pub(super) const FACTS: &[Fact] = &[
    suspicious(
        "ovba.name-conflict",
        "A macro module bears two different names, so that tools that read one of them miss it",
    ),
    suspicious(
        "ovba.module-hidden",
        "A macro module is left out of the list that the editor shows",
    ),
    suspicious(
        "opc.external-template",
        "The document loads its template, which can carry macros, from elsewhere",
    ),
    suspicious(
        "opc.external-frame",
        "The document loads a frame from elsewhere when it is opened",
    ),
    suspicious(
        "opc.external-object",
        "The document loads an object from elsewhere when it is opened",
    ),
    suspicious(
        "opc.external-chunk",
        "The document takes a part of its text from elsewhere when it is opened",
    ),
    suspicious(
        "zip.duplicate-name",
        "Two members of the package bear the same name, so that programs differ in what they read",
    ),
];
