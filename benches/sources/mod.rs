//! The source files of whoever measures, where there are any.

use std::path::PathBuf;

/// The texts of the files in `MACROSIFT_SOURCES` and in each folder below it, by folder; nothing
/// if none is named.
pub(crate) fn read() -> Option<Vec<Vec<String>>> {
    let mut folders = vec![PathBuf::from(std::env::var_os("MACROSIFT_SOURCES")?)];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut own = Vec::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                own.push(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        texts.push(own);
    }
    Some(texts)
}
