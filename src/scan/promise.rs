//! What a package says of its parts, as far as it decides how they are read.

use std::collections::BTreeMap;

use crate::container::opc::Package;

/// What the package says of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Promise {
    Nothing,
    /// It holds a VBA project.
    Project,
    /// It is loaded as a document of any kind (ECMA-376-1 11.3.1).
    Chunk,
    /// It holds text of a Word document, which can have fields.
    Story,
    /// It describes a link of a workbook to elsewhere.
    Link,
    /// It calls procedures by name.
    Bindings,
}

/// What leads to parts that call procedures of the project, if there is one.
const BINDINGS: [&str; 10] = [
    "chartUserShapes",
    "drawing",
    "keyMapCustomizations",
    "master",
    "notesSlide",
    "page",
    "slide",
    "slideLayout",
    "slideMaster",
    "vmlDrawing",
];
/// What leads to a custom ribbon, which can call procedures in other files as well.
const RIBBONS: [&str; 2] = ["extensibility", "userCustomization"];

/// The parts that the package makes a promise about, in lower case.
pub(super) struct Promises(BTreeMap<String, Promise>);

fn is_one_of(kind: &str, kinds: &[&str]) -> bool {
    kinds.iter().any(|one| kind.eq_ignore_ascii_case(one))
}

impl Promises {
    pub(super) fn of(package: &Package) -> Self {
        let mut promises = BTreeMap::new();
        let is_project = |kind: &str| by_content_type(kind) == Some(Promise::Project);
        let has_project = package.targets_of_kind("vbaProject").next().is_some()
            || package.declared_types().any(is_project);
        for one in package.relationships() {
            let promise = match one.short_kind() {
                kind if kind.eq_ignore_ascii_case("vbaProject") => Promise::Project,
                kind if kind.eq_ignore_ascii_case("aFChunk") => Promise::Chunk,
                kind if is_one_of(kind, &RIBBONS) => Promise::Bindings,
                kind if has_project && is_one_of(kind, &BINDINGS) => Promise::Bindings,
                _ => continue,
            };
            let Some(part) = one.resolved else { continue };
            // Of two that lead to one part, the one that promises more code counts.
            let known = promises.entry(part.to_ascii_lowercase()).or_insert(promise);
            if promise == Promise::Project || *known == Promise::Bindings {
                *known = promise;
            }
        }
        Self(promises)
    }

    /// What leads to a part says what it is read as; else its type does. A part that can call
    /// procedures, and is a story as well, is read as the latter.
    pub(super) fn get(&self, package: &Package, part: &str) -> Promise {
        let led = if self.0.is_empty() {
            None
        } else {
            self.0.get(&part.to_ascii_lowercase()).copied()
        };
        let typed = || package.content_type(part).and_then(by_content_type);
        match led {
            Some(Promise::Bindings) => typed().or(led),
            _ => led.or_else(typed),
        }
        .unwrap_or(Promise::Nothing)
    }
}

/// Content types are case-free, ECMA-376-2 7.2.3, and may have parameters.
fn by_content_type(kind: &str) -> Option<Promise> {
    let kind = kind.split(';').next().unwrap_or(kind).trim_end();
    let xml = kind
        .len()
        .checked_sub(4)
        .and_then(|at| kind.split_at_checked(at));
    let ending = match xml {
        Some((before, suffix)) if suffix.eq_ignore_ascii_case("+xml") => before,
        _ => kind,
    };
    let is = |name: &str| {
        let at = ending.len().checked_sub(name.len());
        at.and_then(|at| ending.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    if is("ms-office.vbaProject") {
        return Some(Promise::Project);
    }
    if is("spreadsheetml.externalLink") || is("ms-excel.externalLink") {
        return Some(Promise::Link);
    }
    const STORIES: [&str; 12] = [
        "wordprocessingml.document.main",
        "wordprocessingml.template.main",
        "ms-word.document.macroEnabled.main",
        "ms-word.template.macroEnabledTemplate.main",
        "wordprocessingml.document.glossary",
        "wordprocessingml.header",
        "wordprocessingml.footer",
        "wordprocessingml.footnotes",
        "wordprocessingml.endnotes",
        "wordprocessingml.comments",
        "ms-word.commentsExtended",
        "wordprocessingml.settings",
    ];
    STORIES
        .iter()
        .any(|name| is(name))
        .then_some(Promise::Story)
}
