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
        "cfb.prefix",
        "A compound file stands behind other bytes, so that programs differ in what the file is",
    ),
    suspicious(
        "cfb.fat-cycle",
        "A chain of sectors comes back to itself, so that programs differ in what they read",
    ),
    suspicious(
        "cfb.difat-cycle",
        "The list of the sector tables comes back to itself, as to catch a scanner in it",
    ),
    suspicious(
        "cfb.cross-link",
        "Two streams share the same sectors, so that programs differ in what they read",
    ),
    suspicious(
        "cfb.size-lie",
        "A stream says that it is longer than it is, so that programs differ in what they read",
    ),
    suspicious(
        "cfb.tree-cycle",
        "The directory comes back to itself, so that programs differ in what they find",
    ),
    suspicious(
        "cfb.object-type",
        "A stream is marked as something else, so that programs differ in what they find",
    ),
    suspicious(
        "cfb.byte-order",
        "The header of the compound file says what no program writes",
    ),
    suspicious(
        "cfb.sector-shift",
        "The header of the compound file says what no program writes",
    ),
    suspicious(
        "cfb.version",
        "The header of the compound file says what no program writes",
    ),
    suspicious(
        "ovba.orphan-project",
        "A macro project lies where no storage leads to",
    ),
    suspicious(
        "opc.duplicate-part",
        "Two members of the package are one part by the rules for names, so that programs differ \
         in what they read",
    ),
    suspicious(
        "opc.prefix",
        "A package stands behind other bytes, so that programs differ in what the file is",
    ),
    suspicious(
        "opc.no-content-types",
        "The package has lost the list of what its parts are, so that programs differ in what they \
         make of it",
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
