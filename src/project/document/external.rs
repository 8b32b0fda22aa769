//! What the relationships of a package lead to outside of it, ECMA-376-2 6.5.3.
//!
//! A relationship of any type can be external. Its type says what it is for; the last segment of
//! that is the same in transitional, strict and Microsoft's namespaces.

use crate::container::opc::{Package, Relationship};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::{Load, LoadKind};

/// Types by what they load, ECMA-376-1 11 to 15.
const KINDS: &[(LoadKind, &[&str])] = &[
    (LoadKind::Template, &["attachedTemplate"]),
    (LoadKind::Frame, &["frame"]),
    (
        LoadKind::Object,
        &[
            "oleObject",
            "package",
            "vbaProject",
            "officeDocument",
            "control",
            "activeXControlBinary",
            "xlMacrosheet",
            "xlIntlMacrosheet",
        ],
    ),
    (LoadKind::Chunk, &["aFChunk"]),
    (LoadKind::SubDocument, &["subDocument"]),
    (
        LoadKind::Picture,
        &[
            "image", "picture", "hdphoto", "audio", "video", "media", "sound", "movie", "font",
            "model3d", "svg",
        ],
    ),
    (
        LoadKind::MailMerge,
        &["mailMergeSource", "mailMergeHeaderSource", "recipientData"],
    ),
    (
        LoadKind::Workbook,
        &[
            "externalLink",
            "externalLinkPath",
            "externalLinkLongPath",
            "externalReference",
            "xlExternalLinkPath",
            "xlPathMissing",
            "xlLibrary",
            "xlStartup",
            "xlAlternateStartup",
            "pivotCacheDefinition",
        ],
    ),
    (
        LoadKind::Connection,
        &[
            "connections",
            "queryTable",
            "customXml",
            "xmlMaps",
            "dataConnection",
        ],
    ),
    (LoadKind::Hyperlink, &["hyperlink"]),
    (
        LoadKind::WebAddIn,
        &["webextension", "taskpanes", "webextensiontaskpanes"],
    ),
];

/// Adds what the relationships of a package lead to.
pub(super) fn external(package: &Package, loads: &mut Vec<Load>, ledger: &mut Ledger) {
    for one in package.relationships() {
        // One that is not said to be external and is no place in a package is taken for one.
        let outside = one.external || leaves(package, &one);
        if !outside {
            continue;
        }
        if ledger.charge(Limit::Entries, 1).is_err() {
            return;
        }
        loads.push(Load {
            kind: kind(one.short_kind()),
            // What Office writes for a picture that it did not find.
            target: if one.target == "NULL" {
                String::new()
            } else {
                one.target.to_owned()
            },
            place: one.source.to_owned(),
        });
    }
}

fn kind(short: &str) -> LoadKind {
    let named = |kinds: &[&str]| kinds.iter().any(|kind| short.eq_ignore_ascii_case(kind));
    KINDS
        .iter()
        .find(|(_, kinds)| named(kinds))
        .map_or(LoadKind::Other, |(kind, _)| *kind)
}

/// Whether a target that is said to be in the package has a scheme or a host, and no part of that
/// name is there.
fn leaves(package: &Package, one: &Relationship<'_>) -> bool {
    let target = one.target.trim_start();
    let slashes = target
        .bytes()
        .take_while(|byte| matches!(byte, b'/' | b'\\'))
        .count();
    let scheme = one.resolved.is_none() && !target.is_empty() && !target.starts_with(['#', '?']);
    let host = slashes > 1
        && one
            .resolved
            .is_some_and(|part| package.members(part).next().is_none());
    scheme || host
}
