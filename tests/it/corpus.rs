//! The corpus: what lies in the tree is what the kit writes, and its reports are the golden ones.
//!
//! `MACROSIFT_RENEW=1 cargo test --test it corpus` writes all of it anew. Read the difference of
//! the golden reports before it is committed: each change is a change of what users see.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use macrosift::{Report, Scanner, Verdict};
use macrosift_testkit::corpus::documents;

use crate::seeds;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn renewing() -> bool {
    std::env::var_os("MACROSIFT_RENEW").is_some()
}

/// The file holds these bytes; or it does from now on.
fn holds(path: &Path, bytes: &[u8]) {
    if renewing() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let stored = fs::read(path).unwrap_or_default();
    assert!(
        stored == bytes,
        "{} is not what it would be written as now; see the head of this file",
        path.display()
    );
}

/// The paths of all files below a folder, from that folder.
pub(crate) fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_path_buf());
            }
        }
    }
    found
}

/// The folder holds these files and no others.
fn holds_only(folder: &Path, expected: BTreeSet<PathBuf>) {
    let found = files(folder);
    if renewing() {
        for path in found.difference(&expected) {
            fs::remove_file(folder.join(path)).unwrap();
        }
        return;
    }
    assert_eq!(found, expected);
}

/// As the program scans it: with its file name.
fn scan(scanner: &Scanner, name: &str, bytes: &[u8]) -> Report {
    let file_name = name.rsplit('/').next().unwrap();
    scanner.scan_named(bytes, file_name)
}

#[test]
fn documents_are_what_the_kit_writes() {
    let folder = root().join("documents");
    for document in documents() {
        holds(&folder.join(document.name), &document.bytes);
    }
    let names = documents().iter().map(|one| one.name.into()).collect();
    holds_only(&folder, names);
}

#[test]
fn reports_are_the_golden_ones() {
    let folder = root().join("expected");
    let scanner = Scanner::new();
    let mut names = BTreeSet::new();
    for document in documents() {
        let report = scan(&scanner, document.name, &document.bytes);
        let json = serde_json::to_string_pretty(&report).unwrap() + "\n";
        let name = format!("{}.json", document.name);
        holds(&folder.join(&name), json.as_bytes());
        names.insert(name.into());
    }
    holds_only(&folder, names);
}

#[test]
fn seeds_are_what_the_kit_writes() {
    let folder = root().join("seeds");
    let mut names = BTreeSet::new();
    for seed in seeds::all() {
        let name = format!("{}/{}", seed.target, seed.name);
        holds(&folder.join(&name), &seed.bytes);
        assert!(names.insert(name.into()));
    }
    holds_only(&folder, names);
}

#[test]
fn the_whole_is_small() {
    let root = root();
    let size: u64 = files(&root)
        .iter()
        .map(|path| root.join(path).metadata().unwrap().len())
        .sum();
    assert!(size < 1 << 20, "{size}");
}

/// What whoever administers mail would want of a document.
fn wanted(name: &str) -> Verdict {
    let (folder, _) = name.split_once('/').unwrap();
    match (folder, name) {
        (_, "language/見積書.xlsm") => Verdict::Malicious,
        // That there is a project is certain, and that it was not read whole.
        (_, "damaged/truncated.docm") => Verdict::Suspicious,
        // So is that there is code, which is not decoded yet.
        (_, "chain/macro-sheet.xlsm" | "chain/macro-sheet.xls") => Verdict::Suspicious,
        (_, "other/plain.zip" | "other/picture.png") => Verdict::Other,
        (_, "other/letter.rtf") => Verdict::Clean,
        ("chain", _) => Verdict::Malicious,
        ("business" | "language" | "other", _) => Verdict::Macro,
        ("clean", _) => Verdict::Clean,
        ("encrypted", _) => Verdict::Unscannable,
        _ => panic!("nobody says what {name} should be"),
    }
}

/// Documents in formats that are recognised and not decoded yet: held, and told why.
const NOT_DECODED: [&str; 2] = ["other/invoice.eml", "other/plain.zip"];

/// Golden reports may be renewed in haste; this is not.
#[test]
fn verdicts_are_those_one_would_want() {
    let scanner = Scanner::new();
    for document in documents() {
        let report = scan(&scanner, document.name, &document.bytes);
        let wanted = if NOT_DECODED.contains(&document.name) {
            assert!(!report.uninspected().is_empty(), "{}", document.name);
            Verdict::Unscannable
        } else {
            wanted(document.name)
        };
        assert_eq!(report.verdict(), wanted, "{}", document.name);
    }
}
