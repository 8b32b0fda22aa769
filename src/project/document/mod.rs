//! What a document is and what in it could not be read, told by structure and never by a name.
//!
//! One file an application; each looks only at what leads to code, or hides it.

mod actions;
mod bindings;
mod compound;
mod data;
mod elements;
mod excel;
mod extensions;
mod external;
/// What the code of a field loads or runs.
pub mod field_code;
mod fields;
mod links;
mod markup;
mod mashup;
mod package;
mod powerpoint;
mod word;

pub use actions::inspect_actions;
pub use bindings::inspect_bindings;
pub use compound::inspect_compound;
pub use data::Connections;
pub use extensions::{inspect_control, inspect_properties, inspect_web_extension};
pub use fields::inspect_story;
pub use links::inspect_external_link;
pub use markup::inspect_svg;
pub use mashup::{inspect_mashup, is_mashup};
pub use package::{inspect_package, is_macro_free};

use super::{Load, Start};

/// What parts of a document call of its project, and what they load.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What calls procedures.
    pub starts: Vec<Start>,
    /// What is loaded, run or held.
    pub loads: Vec<Load>,
}

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
