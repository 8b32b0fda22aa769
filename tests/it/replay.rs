//! All seeds, regressions and documents of the corpus through the bodies of the fuzz targets, on
//! stable. An input that broke something once is tried for good.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::targets::{TARGETS, Target};

fn replay(folder: &Path, target: Target) -> (usize, Vec<PathBuf>) {
    let mut broken = Vec::new();
    let mut count = 0;
    for path in files(folder) {
        let data = fs::read(&path).unwrap();
        count += 1;
        if catch_unwind(AssertUnwindSafe(|| target(&data))).is_err() {
            broken.push(path);
        }
    }
    (count, broken)
}

/// All files below a folder; none if there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn seeds_and_regressions() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut all = Vec::new();
    for (name, target) in TARGETS {
        let (count, broken) = replay(&corpus.join("seeds").join(name), target);
        assert!(count > 0, "no seeds for {name}");
        all.extend(broken);
        all.extend(replay(&corpus.join("regressions").join(name), target).1);
    }
    assert!(all.is_empty(), "{all:#?}");
}

#[test]
fn documents() {
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/documents");
    for (name, target) in TARGETS {
        let (count, broken) = replay(&documents, target);
        assert!(count > 20);
        assert!(broken.is_empty(), "{name}: {broken:#?}");
    }
}
