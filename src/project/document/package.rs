//! Documents in packages, ECMA-376 part 1: told apart by the content type of the main part, and
//! what in them loads something or is not decoded.

use memchr::memchr2_iter;

use crate::bytes::slice;
use crate::container::opc::Package;
use crate::observe::Ledger;
use crate::project::{Load, macro_sheets_unread};

use super::Identity;
use super::external::external;

/// Main content types by what they contain, the longer before the shorter, and the usual ending.
const FORMATS: &[(&str, &str)] = &[
    ("ms-word.document.macroEnabled", "docm"),
    ("ms-word.template.macroEnabled", "dotm"),
    ("wordprocessingml.document.main", "docx"),
    ("wordprocessingml.template.main", "dotx"),
    ("ms-excel.sheet.binary.macroEnabled", "xlsb"),
    ("ms-excel.sheet.macroEnabled", "xlsm"),
    ("ms-excel.template.macroEnabled", "xltm"),
    ("ms-excel.addin.macroEnabled", "xlam"),
    ("spreadsheetml.sheet.main", "xlsx"),
    ("spreadsheetml.template.main", "xltx"),
    ("ms-powerpoint.presentation.macroEnabled", "pptm"),
    ("ms-powerpoint.template.macroEnabled", "potm"),
    ("ms-powerpoint.slideshow.macroEnabled", "ppsm"),
    ("ms-powerpoint.addin.macroEnabled", "ppam"),
    ("ms-powerpoint.slide.macroEnabled", "sldm"),
    ("presentationml.presentation.main", "pptx"),
    ("presentationml.template.main", "potx"),
    ("presentationml.slideshow.main", "ppsx"),
    ("presentationml.slide+xml", "sldx"),
    ("ms-visio.drawing.macroEnabled", "vsdm"),
    ("ms-visio.stencil.macroEnabled", "vssm"),
    ("ms-visio.template.macroEnabled", "vstm"),
    ("ms-visio.drawing", "vsdx"),
    ("ms-visio.stencil", "vssx"),
    ("ms-visio.template", "vstx"),
    ("officedocument.themeManager", "thmx"),
    ("ms-package.xps-fixeddocumentsequence", "xps"),
];

/// Formats whose name promises that there are no macros.
const MACRO_FREE: &[&str] = &[
    "docx", "dotx", "xlsx", "xltx", "pptx", "potx", "ppsx", "sldx", "vsdx", "vssx", "vstx",
];

/// Finds out what the package is and what it loads from elsewhere, and leaves a gap for what
/// carries code and is not decoded.
pub fn inspect_package(package: &Package, loads: &mut Vec<Load>, ledger: &mut Ledger) -> Identity {
    let mut identity = Identity::document(format(package));
    let macro_sheet = |kind: &str| contains(kind, "macrosheet");
    if package.declared_types().any(macro_sheet)
        || package
            .relationships()
            .any(|one| macro_sheet(one.short_kind()))
    {
        macro_sheets_unread(ledger);
    }
    if package
        .declared_types()
        .any(|kind| contains(kind, "ms-office.activeX+xml"))
    {
        identity.active = true;
        ledger.observe(
            "object.activex",
            "ECMA-376-1 18.3.1.19",
            0,
            format_args!("ActiveX controls in the package"),
        );
    }
    external(package, loads, ledger);
    identity
}

/// Whether a format's name promises that there are no macros.
#[must_use]
pub fn is_macro_free(format: &str) -> bool {
    MACRO_FREE.contains(&format)
}

fn format(package: &Package) -> &'static str {
    let named = |kind: &str| {
        FORMATS
            .iter()
            .find(|(part, _)| contains(kind, part))
            .map(|(_, format)| *format)
    };
    // The part that the package itself points at; else any main type that is declared.
    package
        .relationships()
        .filter(|one| one.source.is_empty() && !one.external)
        .filter_map(|one| package.content_type(one.resolved?))
        .find_map(named)
        .or_else(|| package.declared_types().find_map(named))
        .unwrap_or("opc")
}

/// Case-free, since content types are (ECMA-376-2 7.2.3).
fn contains(kind: &str, part: &str) -> bool {
    let (kind, part) = (kind.as_bytes(), part.as_bytes());
    let Some(first) = part.first() else {
        return true;
    };
    let starts = memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), kind);
    starts
        .filter_map(|at| slice(kind, at, part.len()))
        .any(|here| here.eq_ignore_ascii_case(part))
}

/// Whether a target lies on another machine: a URL, a UNC path, or any scheme but a plain file.
pub(super) fn is_remote(target: &str) -> bool {
    // Either slash does, and so does an escaped one.
    let target = target
        .trim()
        .replace("%5C", "\\")
        .replace("%5c", "\\")
        .replace('/', "\\");
    let target = target.as_str();
    let lower: String = target
        .chars()
        .take(16)
        .flat_map(char::to_lowercase)
        .collect();
    if let Some(file) = lower.strip_prefix("file:") {
        // file:///C:/ is here; file://host/ and file:\\host\ are not.
        let path = file.trim_start_matches(['/', '\\']);
        let slashes = file.len().saturating_sub(path.len());
        return slashes != 0 && slashes != 1 && slashes != 3 && !is_drive(path);
    }
    target.starts_with("\\\\")
        || (!is_drive(&lower)
            && lower.split_once(':').is_some_and(|(scheme, _)| {
                scheme.len() > 1
                    && scheme
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
            }))
}

fn is_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':' | b'|', ..] if letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remote_targets() {
        for target in [
            "http://example.invalid/t.dotm",
            "HTTPS://example.invalid/",
            "\\\\host.invalid\\share\\t.dotx",
            "//host.invalid/share/t.dotx",
            "file://host.invalid/share/t.dotx",
            "file:\\\\host.invalid\\share",
            "/\\host.invalid/share/t.dotx",
            "%5C%5Chost.invalid%5Cshare",
            "mhtml:http://example.invalid!x-usc:http://example.invalid",
            "ms-word:ofe|u|http://example.invalid",
        ] {
            assert!(is_remote(target), "{target}");
        }
        for target in [
            "file:///C:\\Users\\a\\Templates\\Normal.dotm",
            "C:\\Templates\\letter.dotx",
            "file:/C:/x",
            "NULL",
            "../media/image1.png",
        ] {
            assert!(!is_remote(target), "{target}");
        }
    }
}
