//! What a document is and what in it could not be read, told by structure and never by a name.
//!
//! One file an application; each looks only at what leads to code, or hides it.

mod bindings;
mod compound;
mod excel;
/// What the code of a field loads or runs.
pub mod field_code;
mod fields;
mod package;
mod powerpoint;
mod web_page;
mod word;

pub use bindings::inspect_bindings;
pub use compound::inspect_compound;
pub use fields::{inspect_external_link, inspect_story};
pub use package::{inspect_package, is_macro_free};
pub use web_page::{Page, read_page};

/// What a container turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The word used in reports.
    pub format: &'static str,
    /// Whether files of this kind can carry Office macros.
    pub carrier: bool,
    /// Whether it holds active content other than modules: controls and foreign objects.
    pub active: bool,
}

impl Identity {
    pub(crate) const fn document(format: &'static str) -> Self {
        Self {
            format,
            carrier: true,
            active: false,
        }
    }
}
