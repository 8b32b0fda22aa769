//! The floors of the library: who may import whom, and how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Anyone may import these; they import only one another.
const GROUND: [&str; 3] = ["error", "limits", "observe"];

/// From the lowest floor up, what each may import besides the ground and itself.
const FLOORS: [(&str, &[&str]); 8] = [
    ("bytes", &[]),
    ("container", &["bytes"]),
    ("project", &["bytes", "container"]),
    // Of `bytes` the code pages.
    ("source", &["bytes", "project"]),
    ("indicator", &["source"]),
    ("verdict", &["indicator"]),
    ("report", &["verdict", "indicator"]),
    (
        "scan",
        &[
            "bytes",
            "container",
            "project",
            "source",
            "indicator",
            "verdict",
            "report",
        ],
    ),
];

/// Readers of containers do not see one another, but for this.
const SIBLINGS: [(&str, &str); 1] = [("opc", "zip")];

const LONGEST_FILE: usize = 800;
const LONGEST_MEDIAN: usize = 300;

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(&root).unwrap().to_path_buf(), text));
            }
        }
    }
    found.sort();
    found
}

/// The program without its unit tests, which may use what they like, and without comments.
fn program(path: &Path, text: &str) -> String {
    if path.ends_with("tests.rs") {
        return String::new();
    }
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    let lines = text[..end].lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The names after each `crate::`, two deep, groups taken apart: `a::b` as `("a", "b")`.
fn imports(program: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in program.match_indices("crate::") {
        let path = &program[at + "crate::".len()..];
        if program[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
            continue;
        }
        for first in members(path) {
            let seconds = first.split_once("::").map_or("", |(_, rest)| rest);
            for second in members(seconds) {
                found.push((word(first), word(second)));
            }
        }
    }
    found
}

/// What a path goes on with: one name, or those of a group.
fn members(path: &str) -> Vec<&str> {
    let Some(group) = path.strip_prefix('{') else {
        return vec![path];
    };
    let mut depth = 0;
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                parts.push(group[start..at].trim());
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn word(text: &str) -> String {
    let ends = |character: char| !(character.is_alphanumeric() || character == '_');
    text.split(ends).next().unwrap_or_default().to_owned()
}

/// The floor a file belongs to, and the part of it.
fn place(path: &Path) -> (String, String) {
    let mut names = path.iter().map(|name| name.to_str().unwrap());
    let name = |name: Option<&str>| name.unwrap_or_default().trim_end_matches(".rs").to_owned();
    (name(names.next()), name(names.next()))
}

#[test]
fn each_floor_imports_only_those_below() {
    let modules: Vec<&str> = FLOORS
        .iter()
        .map(|(floor, _)| *floor)
        .chain(GROUND)
        .collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        let (floor, part) = place(&path);
        // What names all and holds nothing.
        if ["lib", "manual"].contains(&floor.as_str()) {
            continue;
        }
        assert!(modules.contains(&floor.as_str()), "{floor} is on no floor");
        let may = FLOORS.iter().find(|(name, _)| *name == floor);
        let may = may.map_or(&[][..], |(_, may)| *may);
        for (module, inner) in imports(&program(&path, &text)) {
            // What the crate gives away at its root is for those outside.
            let known = modules.contains(&module.as_str());
            let allowed = module == floor || GROUND.contains(&&*module) || may.contains(&&*module);
            let sibling = floor == "container"
                && module == "container"
                && fs::exists(format!(
                    "{}/src/container/{inner}",
                    env!("CARGO_MANIFEST_DIR")
                ))
                .unwrap()
                && inner != part
                && !SIBLINGS.contains(&(&part, &inner));
            if known && (!allowed || sibling) {
                wrong.push(format!("{}: crate::{module}::{inner}", path.display()));
            }
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn groups_and_paths_are_taken_apart() {
    let pairs = |text| imports(text);
    let expected = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        list.iter()
            .map(|(a, b)| ((*a).into(), (*b).into()))
            .collect()
    };
    assert_eq!(
        pairs("use crate::a::{b, c::d};"),
        expected(&[("a", "b"), ("a", "c")])
    );
    assert_eq!(
        pairs("use crate::{a::b, c::{d, e}};\nlet x = crate::f::G;"),
        expected(&[("a", "b"), ("c", "d"), ("c", "e"), ("f", "G")])
    );
    assert_eq!(pairs("pub(crate) fn f() {} my_crate::a::b"), expected(&[]));
}

#[test]
fn files_are_short() {
    let mut lengths = Vec::new();
    for (path, text) in sources() {
        let length = text.lines().count();
        assert!(length <= LONGEST_FILE, "{}: {length} lines", path.display());
        lengths.push(length);
    }
    lengths.sort_unstable();
    assert!(lengths[lengths.len() / 2] <= LONGEST_MEDIAN);
}
