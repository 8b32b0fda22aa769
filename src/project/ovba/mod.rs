//! VBA projects, [MS-OVBA] revision 13.
//!
//! | clause | what | file |
//! |---|---|---|
//! | 2.2 | where the streams of a project lie | `storage` |
//! | 2.3.1 | `PROJECT`: kinds of modules, protection | `project_stream` |
//! | 2.3.3 | `PROJECTwm`: Unicode names | `project_wm` |
//! | 2.3.4.2 | `dir`: code page, references, modules | `dir` |
//! | 2.3.4.3 | module streams | `module` |
//! | 2.4.1 | compression | `decompress` |
//! | 2.4.3 | encryption of `CMG`, `DPB`, `GC` | `project_stream` |
//! | none | source that `dir` does not lead to | `search`, `carve` |
//!
//! Not read: `_VBA_PROJECT` and `__SRP_*` (2.3.4.1, 2.2.6), which the specification tells
//! readers to ignore, and the compiled half of module streams.

mod carve;
mod decompress;
mod dir;
mod module;
mod project_stream;
mod project_wm;
mod search;
mod storage;
#[cfg(test)]
mod tests;

pub use carve::{carve, harvest};
pub use decompress::{Outcome, decompress, is_container};
pub use dir::{Dir, DirModule, DirReference};
pub use project_stream::ProjectStream;
pub use project_wm::NameMap;
pub use storage::read_projects;

/// What a project without a declared code page is read as.
const DEFAULT_CODE_PAGE: u16 = 1252;
