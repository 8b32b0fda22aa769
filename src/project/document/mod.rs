//! What a document is and what in it could not be read, told by structure and never by a name.
//!
//! One file an application; each looks only at what leads to code, or hides it.

mod actions;
mod add_in;
mod bindings;
mod compound;
mod data;
mod elements;
mod encrypted;
mod excel;
mod excel_links;
mod extensions;
mod external;
/// What the code of a field loads or runs.
pub mod field_code;
mod fields;
mod formulas;
mod links;
mod markup;
mod mashup;
mod package;
mod powerpoint;
mod rich_text;
mod web_page;
mod word_text;

pub use actions::inspect_actions;
pub use add_in::read_add_in;
pub use bindings::inspect_bindings;
pub use compound::{DOCUMENT_STREAMS, identify_compound, inspect_compound};
pub use data::Connections;
pub use encrypted::{Decrypted, Sealed, sealed};
pub use excel::has_macro_sheet;
pub use extensions::{inspect_control, inspect_properties, inspect_web_extension};
pub use fields::inspect_story;
pub use formulas::inspect_formulas;
pub use links::inspect_external_link;
pub use markup::inspect_svg;
pub use mashup::{inspect_mashup, is_mashup};
pub use package::{inspect_package, is_macro_free};
pub use powerpoint::{Presentation, inspect_presentation};
pub use rich_text::rich_text_loads;
pub(crate) use web_page::CONNECTION;
pub use web_page::{Page, read_page};

use super::{Load, Start};

/// What a document loads besides its code, and what it starts of that.
#[derive(Debug, Default)]
pub struct Outside {
    /// What it loads, runs or holds.
    pub loads: Vec<Load>,
    /// The procedures that it calls.
    pub starts: Vec<Start>,
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
