//! Part names (ECMA-376 part 2, 6.2.2) and how references become part names (6.4, RFC 3986 5.2).
//!
//! A normalised name has no slash in front, single slashes within, no `.` and `..`, and no
//! percent-encoding. Two names are the same part if they differ in ASCII case alone.

use std::borrow::Cow;
use std::cmp::Ordering;

/// Appends the normalised form of `reference`, seen from the folder `base`, to `out`. A reference
/// that starts at the root ignores the base; none leaves the root. Backslashes count as slashes,
/// as in names that Windows programs write.
pub(super) fn append(out: &mut String, base: &str, reference: &str) {
    let start = out.len();
    let decoded = percent_decoded(reference);
    if !decoded.starts_with(['/', '\\']) {
        out.push_str(base);
    }
    for segment in segments(&decoded) {
        match segment {
            "" | "." => {}
            ".." => {
                let parent = out.get(start..).and_then(|path| path.rfind('/'));
                out.truncate(start.saturating_add(parent.unwrap_or(0)));
            }
            _ => {
                if out.len() > start {
                    out.push('/');
                }
                out.push_str(segment);
            }
        }
    }
}

/// What stands between slashes and backslashes.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(path);
    std::iter::from_fn(move || {
        let path = rest?;
        let Some(at) = memchr::memchr2(b'/', b'\\', path.as_bytes()) else {
            rest = None;
            return Some(path);
        };
        rest = path.get(at.saturating_add(1)..);
        path.get(..at)
    })
}

/// Decodes `%41` once; what would not be text then stays as it is.
fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        if byte == b'%'
            && let Some(([high, low], behind)) = behind.split_first_chunk()
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            decoded.push(high << 4 | low);
            rest = behind;
        } else {
            decoded.push(byte);
            rest = behind;
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// The order of names without regard to ASCII case.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    a.bytes()
        .map(|byte| byte.to_ascii_lowercase())
        .cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// The folder of a part, without slash at its end; empty for the root.
pub(super) fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The extension of a part's last segment (6.2.3.5 of the content type rules).
pub(super) fn extension(name: &str) -> Option<&str> {
    let last = name.rsplit('/').next()?;
    last.rsplit_once('.').map(|(_, extension)| extension)
}

/// The part whose relationships a relationships part holds (6.5.2.3): `word/_rels/a.xml.rels`
/// speaks of `word/a.xml`, `_rels/.rels` of the package, which is the empty name. One outside of
/// any `_rels` folder speaks of the part beside it.
pub(super) fn source_of(rels: &str) -> Option<String> {
    let (folder, last) = rels.rsplit_once('/').unwrap_or(("", rels));
    let stem_len = last.len().checked_sub(".rels".len())?;
    let (stem, suffix) = last.split_at_checked(stem_len)?;
    if !suffix.eq_ignore_ascii_case(".rels") {
        return None;
    }
    let (above, own) = folder.rsplit_once('/').unwrap_or(("", folder));
    let folder = if own.eq_ignore_ascii_case("_rels") {
        above
    } else {
        folder
    };
    if stem.is_empty() {
        return Some(folder.to_owned());
    }
    let mut source = folder.to_owned();
    if !source.is_empty() {
        source.push('/');
    }
    source.push_str(stem);
    Some(source)
}

/// Whether a reference has a scheme (RFC 3986 3.1); `C:\` counts as one.
pub(super) fn has_scheme(reference: &str) -> bool {
    let bytes = reference.as_bytes();
    memchr::memchr(b':', bytes).is_some_and(|at| {
        let before = bytes.get(..at).unwrap_or_default();
        !before.iter().any(|byte| b"/\\?#".contains(byte))
    })
}

/// Whether a reference has a scheme or a host, so that it is no place in a package (RFC 3986
/// 4.2, 4.3).
pub(super) fn leaves_package(reference: &str) -> bool {
    let slash = |byte: &u8| matches!(byte, b'/' | b'\\');
    let host = reference.as_bytes().first_chunk::<2>();
    has_scheme(reference) || host.is_some_and(|two| two.iter().all(slash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(base: &str, reference: &str) -> String {
        let mut out = String::from("kept");
        append(&mut out, base, reference);
        out.split_off(4)
    }

    #[test]
    fn ecma_376_2_6_4_references_resolve_within_the_root() {
        for (base, reference, expected) in [
            ("word", "vbaProject.bin", "word/vbaProject.bin"),
            ("word", "/xl/a.bin", "xl/a.bin"),
            ("word", "../xl/a.bin", "xl/a.bin"),
            ("word", "../../../a.bin", "a.bin"),
            ("a/b/c", "../.././d", "a/d"),
            ("word", ".\\media\\a.png", "word/media/a.png"),
            ("", "//word///document.xml", "word/document.xml"),
            ("", "word/vba%50roject.bin", "word/vbaProject.bin"),
            ("", "word%2F..%5Cx%2ebin", "x.bin"),
            ("", "100%.xml", "100%.xml"),
            ("", "a%FF.xml", "a%FF.xml"),
            ("", "%E8%AB%8B.xml", "請.xml"),
            ("word", "..", ""),
            ("word", "", "word"),
        ] {
            assert_eq!(resolved(base, reference), expected, "{base} {reference}");
        }
    }

    #[test]
    fn ecma_376_2_6_5_2_a_relationships_part_names_its_source() {
        for (rels, source) in [
            ("_rels/.rels", Some("")),
            ("word/_rels/document.xml.rels", Some("word/document.xml")),
            ("word/_RELS/Document.xml.RELS", Some("word/Document.xml")),
            ("_rels/_rels/.rels.rels", Some("_rels/.rels")),
            ("word/stray.xml.rels", Some("word/stray.xml")),
            ("word/document.xml", None),
            ("rels", None),
        ] {
            assert_eq!(source_of(rels).as_deref(), source, "{rels}");
        }
    }

    #[test]
    fn references_out_of_the_package() {
        for out in [
            "http://a.invalid/",
            "mailto:a",
            "C:\\a",
            "\\\\host\\a",
            "//host/a",
            "/\\h",
        ] {
            assert!(leaves_package(out), "{out}");
        }
        for within in ["a.xml", "/word/a.xml", "../a:b", "#Sheet1!A1", ""] {
            assert!(!leaves_package(within), "{within}");
        }
    }

    #[test]
    fn names_compare_without_ascii_case() {
        assert_eq!(compare("Word/A.XML", "word/a.xml"), Ordering::Equal);
        assert_ne!(compare("é", "É"), Ordering::Equal);
    }
}
