//! Packages: what the parts of a document are and how they refer to each other. ECMA-376 part 2.
//!
//! | in the archive | what it says | clause |
//! |---|---|---|
//! | `[Content_Types].xml` | `Default Extension ContentType`, `Override PartName ContentType` | 7.2.3 |
//! | `_rels/.rels` | relationships of the package | 6.5 |
//! | `x/_rels/y.rels` | relationships of the part `x/y` | 6.5 |
//!
//! A relationship has `Id`, `Type`, `Target` and `TargetMode`. Every copy of every such part
//! counts, in whatever case and with whatever slashes its name is written, because programs
//! differ in which one they take. Only these parts are inflated.
//!
//! ```
//! # fn example(archive: &macrosift::zip::Archive<'_>, ledger: &mut macrosift::Ledger) {
//! use macrosift::{opc::Package, zip::Inflater};
//! let package = Package::read(archive, &mut Inflater::new(), ledger);
//! for relationship in package.targets_of_kind("vbaProject") {
//!     for member in relationship.resolved.into_iter().flat_map(|part| package.members(part)) {
//!         // archive.members()[member]
//!     }
//! }
//! # }
//! ```

mod name;
mod read;
#[cfg(test)]
mod tests;
/// XML bytes to text.
pub mod xml;

use std::ops::Range;

use crate::container::zip::{Archive, Inflater};
use crate::observe::Ledger;

/// The namespaces of relationship types that programs act on: transitional and strict ECMA-376,
/// the package's own, and Microsoft's.
const KNOWN_KINDS: [&str; 3] = [
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/",
];

/// One relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Relationship<'p> {
    /// The part that it belongs to; empty for the package itself.
    pub source: &'p str,
    /// Its `Id`.
    pub id: &'p str,
    /// Its whole `Type`.
    pub kind: &'p str,
    /// Its `Target` as written, entities resolved.
    pub target: &'p str,
    /// The normalised name of the part that it leads to; `None` if it is external, or leads
    /// nowhere in a package. Whether there is such a part, [`Package::members`] tells.
    pub resolved: Option<&'p str>,
    /// Whether its `TargetMode` is `External`.
    pub external: bool,
}

impl<'p> Relationship<'p> {
    /// The last segment of its type, which is the same in transitional and strict documents.
    #[must_use]
    pub fn short_kind(&self) -> &'p str {
        let kind = self.kind.trim_end_matches('/');
        kind.rsplit('/').next().unwrap_or(kind)
    }

    /// Whether its type is in a namespace that Office programs act on.
    #[must_use]
    pub fn is_known_kind(&self) -> bool {
        KNOWN_KINDS.iter().any(|known| self.kind.starts_with(known))
    }
}

/// A piece of [`Package::text`].
type Span = Range<usize>;

#[derive(Clone, Debug)]
struct Entry {
    source: Span,
    id: Span,
    kind: Span,
    target: Span,
    resolved: Option<Span>,
    external: bool,
}

/// Content types and relationships of one archive. An archive without either is read as well,
/// and has neither.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// All names and values, one behind the other.
    text: String,
    /// The normalised names of the archive's members.
    names: Vec<Span>,
    /// The members in the order of their names.
    by_name: Vec<usize>,
    /// Extensions and part names with their types, in order.
    defaults: Vec<(Span, Span)>,
    overrides: Vec<(Span, Span)>,
    relationships: Vec<Entry>,
    /// How many parts were found that make a package.
    structure: usize,
}

impl Package {
    /// Reads content types and relationships. Pays one [`Limit::Entries`](crate::Limit::Entries)
    /// for each; if they run out, the package holds what was read before.
    #[must_use]
    pub fn read(archive: &Archive<'_>, inflater: &mut Inflater, ledger: &mut Ledger) -> Self {
        read::package(archive, inflater, ledger)
    }

    /// Whether there is any content types or relationships part.
    #[must_use]
    pub const fn is_package(&self) -> bool {
        self.structure > 0
    }

    /// The content type of a part: its own, else that of its extension. If a part has several,
    /// which leaves an observation, the first.
    #[must_use]
    pub fn content_type(&self, part: &str) -> Option<&str> {
        let part = part.strip_prefix('/').unwrap_or(part);
        self.declared_type(&self.overrides, part)
            .or_else(|| self.declared_type(&self.defaults, name::extension(part)?))
    }

    /// All content types that are declared, for parts that exist or not.
    pub fn declared_types(&self) -> impl Iterator<Item = &str> {
        let declared = self.overrides.iter().chain(&self.defaults);
        declared.map(|(_, kind)| self.at(kind))
    }

    /// All relationships, in the order of the archive.
    pub fn relationships(&self) -> impl Iterator<Item = Relationship<'_>> {
        self.relationships.iter().map(|entry| Relationship {
            source: self.at(&entry.source),
            id: self.at(&entry.id),
            kind: self.at(&entry.kind),
            target: self.at(&entry.target),
            resolved: entry.resolved.as_ref().map(|span| self.at(span)),
            external: entry.external,
        })
    }

    /// The relationships whose type ends in this segment, as `vbaProject` or `attachedTemplate`,
    /// in any namespace and case.
    pub fn targets_of_kind<'p>(
        &'p self,
        short_kind: &'p str,
    ) -> impl Iterator<Item = Relationship<'p>> {
        self.relationships()
            .filter(move |one| one.short_kind().eq_ignore_ascii_case(short_kind))
    }

    /// The members of the archive that are this part: their places in
    /// [`Archive::members`], several if there are copies.
    pub fn members<'p>(&'p self, part: &'p str) -> impl Iterator<Item = usize> + 'p {
        let part = part.strip_prefix('/').unwrap_or(part);
        let first = self
            .by_name
            .partition_point(|&member| name::compare(self.part_name(member), part).is_lt());
        let members = self.by_name.iter().skip(first).copied();
        members.take_while(move |&member| self.part_name(member).eq_ignore_ascii_case(part))
    }

    /// The normalised part name of a member of the archive.
    #[must_use]
    pub fn part_name(&self, member: usize) -> &str {
        self.names.get(member).map_or("", |span| self.at(span))
    }

    fn at(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The first of `declared`, which are in order, for this key.
    fn declared_type(&self, declared: &[(Span, Span)], key: &str) -> Option<&str> {
        let first = declared.partition_point(|(span, _)| name::compare(self.at(span), key).is_lt());
        let (span, kind) = declared.get(first)?;
        self.at(span)
            .eq_ignore_ascii_case(key)
            .then(|| self.at(kind))
    }
}
