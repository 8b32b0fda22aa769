//! The attributes of an element that matter, by their namespaces.
//!
//! LibreOffice reads an attribute of the namespace that ODF gives it and passes over those of the
//! same local name in others. Prefixes are any, and a part can be written so that one is not to be
//! resolved: then the attribute counts, unless a better one stands beside it.

use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;
use quick_xml::name::{NamespaceResolver, ResolveResult};

use crate::container::opc::xml;

/// Namespaces of one family. One that ends in a colon is followed by any version.
type Family = &'static [&'static str];

const XLINK: Family = &["http://www.w3.org/1999/xlink"];
const SCRIPT: Family = &[
    "urn:oasis:names:tc:opendocument:xmlns:script:",
    "http://openoffice.org/2000/script",
];
const OFFICE: Family = &[
    "urn:oasis:names:tc:opendocument:xmlns:office:",
    "http://openoffice.org/2000/office",
];
const MANIFEST: Family = &[
    "urn:oasis:names:tc:opendocument:xmlns:manifest:",
    "http://openoffice.org/2001/manifest",
];
/// Of libraries and modules, in packages and in one file.
const BASIC: Family = &[
    "http://openoffice.org/2000/script",
    "http://openoffice.org/2000/library",
    "http://openoffice.org/2004/office",
];

/// How sure it is that an attribute is the one that is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    #[default]
    Absent,
    /// It is of another namespace.
    Foreign,
    /// It has no namespace, or one that is not declared.
    Unknown,
    /// It is of its own namespace.
    Own,
}

impl Rank {
    fn of(attribute: &Attribute<'_>, names: &NamespaceResolver, family: Family) -> Self {
        match names.resolve_prefix(attribute.key.prefix(), false) {
            // The names of namespaces are compared as they stand.
            ResolveResult::Bound(name) if name.into_inner().contains('&') => Self::Unknown,
            ResolveResult::Bound(name) => {
                let name = name.into_inner();
                let own = family
                    .iter()
                    .any(|known| name == *known || known.ends_with(':') && name.starts_with(known));
                if own { Self::Own } else { Self::Foreign }
            }
            _ => Self::Unknown,
        }
    }
}

/// The value of an attribute that is read by its namespace.
#[derive(Debug, Default)]
pub(super) struct Slot {
    pub(super) value: String,
    rank: Rank,
}

impl std::ops::Deref for Slot {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

impl Slot {
    /// Takes an attribute, unless a surer one was taken. Says whether nobody knows which is read.
    fn take(
        &mut self,
        attribute: Attribute<'_>,
        names: &NamespaceResolver,
        family: Family,
    ) -> bool {
        let rank = Rank::of(&attribute, names, family);
        if rank < self.rank {
            return false;
        }
        let value = xml::resolved(attribute.value);
        if rank > self.rank {
            *self = Self {
                value: value.into_owned(),
                rank,
            };
            return false;
        }
        rank > Rank::Foreign && *value != *self.value
    }
}

/// The attributes of an element that matter here.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) href: Slot,
    pub(super) name: Slot,
    pub(super) event: Slot,
    pub(super) macro_name: Slot,
    pub(super) language: Slot,
    pub(super) location: Slot,
    /// Whether any attribute says that a library is under a password.
    pub(super) protected: bool,
    /// Whether any says that it lies elsewhere.
    pub(super) link: bool,
    /// Whether the address is that of a program that an event starts (ODF 1.3-3,
    /// `presentation:action`).
    pub(super) executes: bool,
    pub(super) dde: [Slot; 3],
    /// All of them, since several namespaces have formulas.
    pub(super) formulas: Vec<String>,
    pub(super) path: Slot,
    pub(super) algorithm: String,
    /// Whether two attributes of one name are there, and no telling which of them is read.
    pub(super) doubtful: bool,
}

impl Attributes {
    pub(super) fn of(element: &BytesStart<'_>, names: &NamespaceResolver) -> Self {
        let mut all = Self::default();
        let local = element.local_name();
        // XForms and old connections name an address in attributes without a namespace.
        let submits = matches!(
            local.into_inner(),
            "instance" | "submission" | "connection-resource"
        );
        for attribute in element.attributes().with_checks(false).flatten() {
            let key = attribute.key.local_name();
            let (slot, family) = match key.into_inner() {
                "href" => (&mut all.href, XLINK),
                "src" | "resource" | "action" if submits => (&mut all.href, XLINK),
                "name" => (&mut all.name, BASIC),
                "event-name" => (&mut all.event, SCRIPT),
                "macro-name" => (&mut all.macro_name, SCRIPT),
                "language" => (&mut all.language, SCRIPT),
                "location" | "library" => (&mut all.location, SCRIPT),
                "dde-application" => (&mut all.dde[0], OFFICE),
                "dde-topic" => (&mut all.dde[1], OFFICE),
                "dde-item" => (&mut all.dde[2], OFFICE),
                "full-path" => (&mut all.path, MANIFEST),
                other => {
                    let value = || xml::resolved(attribute.value.clone());
                    match other {
                        "passwordprotected" => all.protected |= value() == "true",
                        "link" => all.link |= value() == "true",
                        "action" => all.executes |= value().trim() == "execute",
                        "formula" => all.formulas.push(value().into_owned()),
                        "algorithm-name" => all.algorithm = value().into_owned(),
                        _ => {}
                    }
                    continue;
                }
            };
            all.doubtful |= slot.take(attribute, names, family);
        }
        all
    }
}
