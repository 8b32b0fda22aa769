//! What a package says of its parts, as far as it decides how they are read.

use std::collections::BTreeMap;

use crate::container::opc::Package;

/// What the package says of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Promise {
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
    /// It is a slide, or the master of one, of which something leads outside.
    Actions,
    /// It describes an ActiveX control.
    Control,
    /// It describes a web add-in.
    WebExtension,
    /// It holds properties that anybody can add.
    Properties,
    /// It describes what a workbook is connected to.
    Connections,
    /// It can say that data are fetched again when a workbook is opened.
    Refreshed,
    /// It is custom XML, which can be packed queries.
    Item,
    /// It is a picture that is markup.
    Drawing,
    /// It has formulas: a sheet, or the names of a workbook.
    Formulas,
}

const PROMISES: [Promise; 14] = [
    Promise::Project,
    Promise::Chunk,
    Promise::Story,
    Promise::Link,
    Promise::Bindings,
    Promise::Actions,
    Promise::Control,
    Promise::WebExtension,
    Promise::Properties,
    Promise::Connections,
    Promise::Refreshed,
    Promise::Item,
    Promise::Drawing,
    Promise::Formulas,
];

/// All that the package says of a part. Several relationships can lead to one part, and its type
/// says something as well: none of it hides another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Promised(u16);

impl Promised {
    const fn bit(promise: Promise) -> u16 {
        1 << promise as u16
    }

    const fn add(&mut self, promise: Promise) {
        self.0 |= Self::bit(promise);
    }

    pub(super) const fn has(self, promise: Promise) -> bool {
        self.0 & Self::bit(promise) != 0
    }

    pub(super) const fn is_nothing(self) -> bool {
        self.0 == 0
    }

    /// Whether the part is a layer of its own, whatever its first bytes are.
    pub(super) const fn is_layer(self) -> bool {
        self.has(Promise::Project) || self.has(Promise::Chunk)
    }

    /// What the part is read for here, being no layer of its own for it.
    pub(super) const fn read_here(self) -> Self {
        Self(self.0 & !(Self::bit(Promise::Project) | Self::bit(Promise::Chunk)))
    }

    /// As far as `keep` says.
    pub(super) fn filter(self, mut keep: impl FnMut(Promise) -> bool) -> Self {
        let mut kept = Self::default();
        for promise in self.each() {
            if keep(promise) {
                kept.add(promise);
            }
        }
        kept
    }

    pub(super) fn each(self) -> impl Iterator<Item = Promise> {
        PROMISES.into_iter().filter(move |one| self.has(*one))
    }
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

/// What leads to the text of a document of Word.
const STORIES: [&str; 7] = [
    "comments",
    "endnotes",
    "footer",
    "footnotes",
    "glossaryDocument",
    "header",
    "settings",
];

/// What else leads to parts that load something.
const LOADS: [(&str, Promise); 10] = [
    ("connections", Promise::Connections),
    ("control", Promise::Control),
    ("custom-properties", Promise::Properties),
    ("customProperties", Promise::Properties),
    ("customXml", Promise::Item),
    ("externalLink", Promise::Link),
    ("pivotCacheDefinition", Promise::Refreshed),
    ("queryTable", Promise::Refreshed),
    ("webextension", Promise::WebExtension),
    ("worksheet", Promise::Formulas),
];

/// The parts that the package makes a promise about, in lower case.
pub(super) struct Promises {
    of_part: BTreeMap<String, Promised>,
    /// The ids and targets of what leads outside, of slides.
    outside: BTreeMap<String, Vec<(String, String)>>,
}

fn is_one_of(kind: &str, kinds: &[&str]) -> bool {
    kinds.iter().any(|one| kind.eq_ignore_ascii_case(one))
}

impl Promises {
    pub(super) fn of(package: &Package) -> Self {
        let mut promises: BTreeMap<String, Promised> = BTreeMap::new();
        let mut outside: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let is_project = |kind: &str| by_content_type(kind) == Some(Promise::Project);
        let has_project = package.targets_of_kind("vbaProject").next().is_some()
            || package.declared_types().any(is_project);
        for one in package.relationships() {
            if one.external {
                if is_slide(package, one.source) {
                    let links = outside.entry(one.source.to_ascii_lowercase()).or_default();
                    links.push((one.id.to_owned(), one.target.to_owned()));
                }
                continue;
            }
            let promise = match one.short_kind() {
                kind if kind.eq_ignore_ascii_case("vbaProject") => Promise::Project,
                kind if kind.eq_ignore_ascii_case("aFChunk") => Promise::Chunk,
                kind if is_one_of(kind, &RIBBONS) => Promise::Bindings,
                kind if has_project && is_one_of(kind, &BINDINGS) => Promise::Bindings,
                // Those of workbooks and presentations, of the same name, are no such text.
                kind if is_one_of(kind, &STORIES) && !is_no_story(package, one.source) => {
                    Promise::Story
                }
                // Readers that go by the relationship alone take it for one.
                kind if kind.eq_ignore_ascii_case("officeDocument")
                    && one.resolved.is_some_and(|part| has_no_type(package, part)) =>
                {
                    Promise::Story
                }
                kind => match LOADS
                    .iter()
                    .find(|(name, _)| kind.eq_ignore_ascii_case(name))
                {
                    Some((_, promise)) => *promise,
                    None => continue,
                },
            };
            let Some(part) = one.resolved else { continue };
            promises
                .entry(part.to_ascii_lowercase())
                .or_default()
                .add(promise);
        }
        Self {
            of_part: promises,
            outside,
        }
    }

    /// The ids and targets of what leads outside from a slide.
    pub(super) fn outside(&self, part: &str) -> &[(String, String)] {
        if self.outside.is_empty() {
            return &[];
        }
        let found = self.outside.get(&part.to_ascii_lowercase());
        found.map_or(&[], Vec::as_slice)
    }

    /// What leads to a part says what it is read as, and so does its type.
    pub(super) fn get(&self, package: &Package, part: &str) -> Promised {
        let mut promised = Promised::default();
        if !self.of_part.is_empty()
            && let Some(led) = self.of_part.get(&part.to_ascii_lowercase())
        {
            promised = *led;
        }
        if let Some(typed) = package.content_type(part).and_then(by_content_type) {
            promised.add(typed);
        }
        if promised.is_nothing() && !self.outside(part).is_empty() {
            promised.add(Promise::Actions);
        }
        promised
    }
}

/// Whether a part is of a presentation, where what leads outside can be more than a link.
fn is_slide(package: &Package, part: &str) -> bool {
    package
        .content_type(part)
        .is_some_and(|kind| kind.contains("presentationml."))
}

/// Whether a part is of a workbook or of a presentation.
fn is_no_story(package: &Package, part: &str) -> bool {
    package.content_type(part).is_some_and(|kind| {
        [
            "spreadsheetml.",
            "presentationml.",
            "ms-excel.",
            "ms-powerpoint.",
        ]
        .iter()
        .any(|family| kind.contains(family))
    })
}

/// Whether the type of a part is that of any XML.
fn has_no_type(package: &Package, part: &str) -> bool {
    package
        .content_type(part)
        .is_none_or(|kind| !kind.contains("vnd."))
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
    const OTHERS: [(&str, Promise); 9] = [
        ("image/svg", Promise::Drawing),
        ("ms-office.activeX", Promise::Control),
        ("ms-office.webextension", Promise::WebExtension),
        ("officedocument.custom-properties", Promise::Properties),
        ("spreadsheetml.connections", Promise::Connections),
        ("spreadsheetml.queryTable", Promise::Refreshed),
        ("ms-excel.sheet.macroEnabled.main", Promise::Formulas),
        ("spreadsheetml.sheet.main", Promise::Formulas),
        ("spreadsheetml.worksheet", Promise::Formulas),
    ];
    if let Some((_, promise)) = OTHERS.iter().find(|(name, _)| is(name)) {
        return Some(*promise);
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
