//! What a document takes from elsewhere, or leads to.

use super::{Attributes, Found};
use crate::project::formula::acts_of;
use crate::project::{Load, LoadKind};

/// Looks at an element that calls nothing.
pub(super) fn look(local: &str, attributes: &Attributes, part: &str, found: &mut Found) {
    for formula in &attributes.formulas {
        fetch(formula, part, found);
    }
    let [application, topic, item] = &attributes.dde;
    if !application.is_empty() || !topic.is_empty() {
        let target = format!("{}|{}!{}", application.value, topic.value, item.value);
        tell(LoadKind::DdeLink, target, part, found);
    }
    let target = attributes.href.trim();
    if target.is_empty() || target.starts_with('#') {
        return;
    }
    let kind = match local {
        "a" | "button" | "area-rectangle" | "area-circle" | "area-polygon" | "image-frame" => {
            click(target)
        }
        "event-listener" if attributes.executes => Some(LoadKind::RunProgram),
        "section-source" => outside(target, LoadKind::SubDocument),
        "table-source" | "cell-range-source" => outside(target, LoadKind::Workbook),
        "object" | "object-ole" | "plugin" => outside(target, LoadKind::Object),
        "applet" => {
            found.active = true;
            outside(target, LoadKind::Object)
        }
        "floating-frame" | "auto-reload" => outside(target, LoadKind::Frame),
        "connection-resource" => outside(target, LoadKind::Connection),
        "script" => remote(target, LoadKind::Script),
        "template" => remote(target, LoadKind::Template),
        "instance" | "submission" => remote(target, LoadKind::Connection),
        "image"
        | "fill-image"
        | "background-image"
        | "list-level-style-image"
        | "sound"
        | "audio"
        | "video"
        | "font-face-uri" => remote(target, LoadKind::Picture),
        _ => remote(target, LoadKind::Other),
    };
    if let Some(kind) = kind {
        tell(kind, target.to_owned(), part, found);
    }
}

/// A library of Basic that lies in another file.
pub(super) fn linked_library(attributes: &Attributes, part: &str, found: &mut Found) {
    if let Some(kind) = outside(&attributes.href, LoadKind::ProjectReference) {
        tell(kind, attributes.href.value.clone(), part, found);
    }
}

/// Formulas that fetch or start something; `of:=`, `msoxl:=` and other prefixes stand in front.
fn fetch(formula: &str, part: &str, found: &mut Found) {
    let mut loads = Vec::new();
    // Brackets are about cells here.
    acts_of(formula, part, &mut loads);
    for load in loads {
        tell(load.kind, load.target, part, found);
    }
}

fn tell(kind: LoadKind, target: String, part: &str, found: &mut Found) {
    /// A picture that is on every page is one picture.
    const RECENT: usize = 32;
    let told = |load: &Load| load.kind == kind && load.target == target;
    if found.loads.iter().rev().take(RECENT).any(told) {
        return;
    }
    found.loads.push(Load {
        kind,
        target,
        place: part.to_owned(),
    });
}

/// The scheme of an address. One letter is a drive.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    (named && scheme.len() > 1 && scheme.chars().all(known)).then_some(scheme)
}

/// Where a click leads.
fn click(target: &str) -> Option<LoadKind> {
    Some(match scheme(target) {
        Some(scheme) if scheme.eq_ignore_ascii_case("file") => LoadKind::OpenFile,
        // Commands of the program, and addresses that only it knows.
        Some(scheme) if scheme.eq_ignore_ascii_case("service") || is_command(scheme) => {
            LoadKind::RunProgram
        }
        Some(_) => LoadKind::Hyperlink,
        None if target.starts_with(".uno:") => LoadKind::RunProgram,
        None => LoadKind::OpenFile,
    })
}

fn is_command(scheme: &str) -> bool {
    let scheme = scheme.to_ascii_lowercase();
    scheme.starts_with("vnd.sun.star.") || scheme.starts_with("vnd.libreoffice.")
}

/// What does not lie in the package: an address, or a path that leads out of it.
fn outside(target: &str, kind: LoadKind) -> Option<LoadKind> {
    let path = target.starts_with('/') || target.starts_with("../") || target.starts_with('\\');
    let drive = target.as_bytes().get(1) == Some(&b':');
    (path || drive || scheme(target).is_some()).then_some(kind)
}

/// What lies on another machine.
fn remote(target: &str, kind: LoadKind) -> Option<LoadKind> {
    let host = target.starts_with("\\\\") || target.starts_with("//");
    let address = match scheme(target) {
        Some(scheme) if scheme.eq_ignore_ascii_case("file") => {
            // file:///C:/… has no host.
            let rest = target.get(5..).unwrap_or_default();
            rest.starts_with("//") && !rest.starts_with("///") || rest.starts_with("////")
        }
        Some(scheme) => !scheme.eq_ignore_ascii_case("data"),
        None => false,
    };
    (host || address).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_on_another_machine_is_told_from_what_lies_here() {
        for target in [
            "https://example.invalid/a.png",
            "\\\\example.invalid\\a",
            "//example.invalid/a",
            "file://example.invalid/a",
            "file:////example.invalid/a",
            "smb://example.invalid/a",
        ] {
            assert!(remote(target, LoadKind::Picture).is_some(), "{target}");
        }
        for target in [
            "Pictures/a.png",
            "file:///C:/a",
            "../a.odt",
            "C:\\a",
            "data:,a",
        ] {
            assert!(remote(target, LoadKind::Picture).is_none(), "{target}");
        }
        for target in ["../a.odt", "/home/a", "C:\\a.odt", "file:///a"] {
            assert!(outside(target, LoadKind::Object).is_some(), "{target}");
        }
        assert!(outside("./Object 1", LoadKind::Object).is_none());
    }
}
