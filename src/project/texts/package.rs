//! Which parts of a package hold what (ECMA-376-1 11 to 15).

use crate::container::opc::Package;
use crate::container::zip::{Archive, Inflater};
use crate::limits::Limit;
use crate::observe::Ledger;

use super::tree::Tree;
use super::{Wanted, properties, slides, story, workbook};

/// The parts of one package, to be read one at a time.
pub(super) struct Parts<'a, 'r> {
    archive: &'r Archive<'a>,
    package: &'r Package,
    inflater: &'r mut Inflater,
    pub(super) ledger: &'r mut Ledger,
}

/// A relationship of a part.
pub(super) struct Link<'r> {
    pub(super) id: &'r str,
    kind: &'r str,
    /// What it leads to in the package; empty if that is elsewhere.
    pub(super) part: &'r str,
    /// What it says that it leads to.
    pub(super) target: &'r str,
}

impl Link<'_> {
    /// Whether its type ends in this.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.eq_ignore_ascii_case(kind)
    }
}

impl<'r> Parts<'_, 'r> {
    /// The bytes of a part; of several copies the first. Empty if there is none, or if it could
    /// not be read whole.
    pub(super) fn read(&mut self, part: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let member = self.package.members(part).next();
        if let Some(member) = member.and_then(|member| self.archive.members().get(member)) {
            let outcome = self.inflater.read(member, &mut bytes, self.ledger);
            if !outcome.is_complete() {
                bytes.clear();
            }
        }
        bytes
    }

    /// The relationships of a part.
    pub(super) fn links(&mut self, part: &str) -> Vec<Link<'r>> {
        let mut looked_at = 0_u64;
        let all = self.package.relationships().inspect(|_| {
            looked_at = looked_at.saturating_add(1);
        });
        let links = all
            .filter(|one| one.source.eq_ignore_ascii_case(part))
            .map(|one| Link {
                id: one.id,
                kind: one.short_kind(),
                part: one.resolved.unwrap_or_default(),
                target: one.target,
            })
            .collect();
        // It is bounded by their number, which is paid for.
        let _ = self.ledger.charge(Limit::Steps, looked_at);
        links
    }
}

/// Reads what is wanted of a package.
pub(super) fn read(
    bytes: &[u8],
    wanted: Wanted,
    tree: &mut Tree,
    inflater: &mut Inflater,
    ledger: &mut Ledger,
) -> bool {
    let Ok(archive) = Archive::parse(bytes, ledger) else {
        return false;
    };
    let package = Package::read(&archive, inflater, ledger);
    if !package.is_package() {
        return false;
    }
    let mut parts = Parts {
        archive: &archive,
        package: &package,
        inflater,
        ledger,
    };
    let root = parts.links("");
    let main = root.iter().find(|link| link.is("officeDocument"));
    let main = main.map_or("", |link| link.part);
    if wanted.any(Wanted::PROPERTIES) {
        properties::package(&root, &mut parts, tree);
    }
    let kind = package.content_type(main).unwrap_or_default();
    let is = |folder: &str, word: &str| {
        let named = main.get(..folder.len());
        named.is_some_and(|named| named.eq_ignore_ascii_case(folder)) || kind.contains(word)
    };
    if is("word/", "word") {
        story::read(main, wanted, &mut parts, tree);
    } else if is("xl/", "excel") || kind.contains("spreadsheet") {
        workbook::read(main, wanted, &mut parts, tree);
    } else if is("ppt/", "powerpoint") || kind.contains("presentation") {
        slides::read(main, wanted, &mut parts, tree);
    }
    true
}
