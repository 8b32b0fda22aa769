//! The collection of real files beside the checkout, where there is one.

use std::path::{Path, PathBuf};

/// All files of `../shared/samples`, by path; none, and a line that says so, if it is not there.
pub(crate) fn read() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let mut folders = vec![root];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => paths.push(entry.path()),
                _ => {}
            }
        }
    }
    if paths.is_empty() {
        println!("skipped: no ../shared/samples beside the checkout");
    }
    paths.sort();
    paths
        .iter()
        .filter_map(|path| std::fs::read(path).ok())
        .collect()
}
