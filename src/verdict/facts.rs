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
        "ovba.stream-namesakes",
        "Two streams of a macro project bear the same name, so that programs differ in what they read",
    ),
    suspicious(
        "ovba.module-hidden",
        "A macro module is left out of the list that the editor shows",
    ),
    suspicious(
        "ovba.module-unlisted",
        "A stream holds macro source that the project does not list",
    ),
    suspicious(
        "ovba.module-offset",
        "The project gives a false place for the source of a macro module",
    ),
    suspicious(
        "ovba.dir-damaged",
        "The list of macro modules is damaged, so that tools that go by it miss them",
    ),
    suspicious(
        "ovba.dir-missing",
        "The list of macro modules is missing, so that tools that go by it miss them",
    ),
    suspicious("ovba.carved", "Macro source lies outside any macro project"),
    suspicious(
        "ovba.copy-offset",
        "The compressed source of a macro is broken in a way that Office does not write",
    ),
    suspicious(
        "opc.type-lie",
        "The file is of a type that has no macros, and has some",
    ),
    suspicious(
        "cfb.padding",
        "The file is blown up with bytes that belong to nothing, as to pass the size limit of a \
         scanner",
    ),
    suspicious(
        "rtf.header",
        "The rich text begins as no program writes it, so that tools that go by its start miss it",
    ),
    suspicious(
        "rtf.object-broken-up",
        "The digits of an object are broken up, as to hide it from a scanner",
    ),
    suspicious(
        "rtf.object-elsewhere",
        "The rich text holds an object outside the places for objects",
    ),
    suspicious(
        "rtf.object-update",
        "An object is updated as soon as the document is opened, which starts its program without \
         a click",
    ),
    suspicious(
        "zip.duplicate-name",
        "Two members of the package bear the same name, so that programs differ in what they read",
    ),
    suspicious(
        "zip.name-mismatch",
        "A member of the package has two names, so that programs differ in what they read",
    ),
    suspicious(
        "zip.method-mismatch",
        "A member of the package is compressed in two ways, so that programs differ in what they read",
    ),
    suspicious(
        "zip.second-directory",
        "The package has two lists of members, so that programs differ in what they read",
    ),
    suspicious(
        "zip.unlisted",
        "The package has a member that its list does not name, so that programs differ in what they \
         read",
    ),
    suspicious(
        "zip.overlap",
        "Members of the package share the same bytes, which no Office program writes",
    ),
];
