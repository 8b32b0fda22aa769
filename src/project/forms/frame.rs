//! `\x03VBFrame`, [MS-OVBA] 2.3.5: the properties of a form as the editor writes them, one a line,
//! in the code page of the project.
//!
//! ```text
//! VERSION 5.00
//! Begin {C62A69F0-16DC-11CE-9E98-00AA00574A4F} UserForm1
//!    Caption         =   "UserForm1"
//!    StartUpPosition =   1  'CenterOwner
//!    Tag             =   "any text"
//! End
//! ```

use super::{Form, Property};

/// Takes the texts of a form. The caption here is the one that is shown.
pub(super) fn read(text: &str, form: &mut Form) {
    for line in text.lines() {
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        let Some(value) = quoted(value.trim()) else {
            continue;
        };
        let key = key.trim();
        if key.eq_ignore_ascii_case("Caption") {
            form.caption = value;
        } else if key.eq_ignore_ascii_case("Tag") {
            form.properties.push((Property::Tag, value));
        } else {
            form.properties.push((Property::Unknown, value));
        }
    }
}

/// A text in quotes, in which a quote is doubled.
fn quoted(value: &str) -> Option<String> {
    let inside = value.strip_prefix('"')?;
    let inside = inside.strip_suffix('"').unwrap_or(inside);
    Some(inside.replace("\"\"", "\""))
}
