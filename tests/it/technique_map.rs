//! The table of techniques in the manual names the tests that there are, and all of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// How many rows there are of each letter, and those that belong elsewhere: mail, its archives, and
/// files of other programs.
const ROWS: [(&str, u32); 5] = [("A", 22), ("C", 10), ("K", 8), ("L", 19), ("Z", 16)];
const ELSEWHERE: [&str; 1] = ["K07"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The tests of the carriers, as `area::name`.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(root().join("tests/it/carriers")).unwrap() {
        let path = entry.unwrap().path();
        let area = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line.trim() != "#[test]" {
                continue;
            }
            let name = lines
                .by_ref()
                .map(str::trim)
                .find_map(|line| line.strip_prefix("fn "))
                .and_then(|line| line.split('(').next())
                .unwrap();
            found.insert(format!("{area}::{name}"));
        }
    }
    found
}

/// Whether a name starts as `a07_`.
fn is_row(name: &str) -> bool {
    let head = name.split('_').next().unwrap_or_default();
    matches!(head.as_bytes(), [letter, tens, ones]
        if letter.is_ascii_lowercase() && tens.is_ascii_digit() && ones.is_ascii_digit())
}

#[test]
fn the_table_names_every_test_and_no_other() {
    let tests = tests();
    let mut named = BTreeSet::new();
    let mut rows = BTreeSet::new();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root().join("src/manual/rows")).unwrap() {
        let path = entry.unwrap().path();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let line = line.replace("\\|", "¦");
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [row, what, test, rule] = cells[..] else {
                wrong.push(format!("not four cells: {line}"));
                continue;
            };
            if what.is_empty() || rule.is_empty() {
                wrong.push(format!("an empty cell: {line}"));
            }
            rows.insert(row.to_owned());
            let mut area = "";
            for one in test.split(", ").map(|one| one.trim_matches('`')) {
                // One without an area is of that of the one before it.
                let (own, name) = one.split_once("::").unwrap_or((area, one));
                area = own;
                let one = format!("{area}::{name}");
                if !tests.contains(&one) {
                    wrong.push(format!("no test {one}"));
                } else if is_row(name) && !row.contains(&name[..3].to_uppercase()) {
                    wrong.push(format!("{one} is no test of {row}"));
                }
                named.insert(one);
            }
        }
    }
    let unnamed = tests.difference(&named).filter(|test| {
        let name = test.split("::").nth(1);
        name.is_some_and(is_row)
    });
    wrong.extend(unnamed.map(|test| format!("not in the table: {test}")));
    let all = ROWS
        .iter()
        .flat_map(|(letter, count)| (1..=*count).map(move |row| format!("{letter}{row:02}")));
    let absent = all
        .filter(|row| !ELSEWHERE.contains(&row.as_str()))
        .filter(|row| !rows.iter().any(|one| one.contains(row.as_str())));
    wrong.extend(absent.map(|row| format!("no test of {row}")));
    assert!(wrong.is_empty(), "{wrong:#?}");
}
