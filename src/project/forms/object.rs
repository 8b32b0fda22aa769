//! Controls that are stored by themselves: in a sheet or a page of text instead of a form.
//!
//! | where | what |
//! |---|---|
//! | `Ctls` of a workbook, [MS-XLS] 2.1.7.10 | class and control, one after the other |
//! | a storage with a stream `contents`, [MS-DOC] 2.1.4 | the control; the class is that of the storage, the name in `\x03OCXNAME` |

use crate::bytes::array;
use crate::bytes::text::utf16le;
use crate::container::cfb::{Entry, File};
use crate::limits::Limit;
use crate::observe::Ledger;

use super::{Class, Control, charge, read_control};

/// How many bytes a class takes.
const CLASS: usize = 16;

/// Reads the controls of sheets and of text.
#[must_use]
pub fn read_objects(file: &File<'_>, ledger: &mut Ledger) -> Vec<Control> {
    let mut controls = Vec::new();
    let streams = file.entries().iter().filter(|entry| entry.is_stream());
    for entry in streams {
        if entry.is_named("Ctls") {
            sheet_controls(&file.stream(entry, ledger), &mut controls, ledger);
        } else if entry.is_named("contents") {
            controls.extend(own_storage(file, entry, ledger));
        }
    }
    controls
}

/// `Ctls`: the records that say where each control starts are not needed for those of this
/// library, whose size is known when they have been read.
fn sheet_controls(data: &[u8], controls: &mut Vec<Control>, ledger: &mut Ledger) {
    let mut rest = data;
    while !rest.is_empty() {
        let start = next_known(rest);
        let (other, known) = rest.split_at_checked(start).unwrap_or((rest, &[]));
        if !other.is_empty() {
            let class = array(other, 0).unwrap_or_default();
            controls.extend(read_control(&class, other, ledger));
        }
        let (Some(class), Some(data)) = (array(known, 0), known.get(CLASS..)) else {
            return;
        };
        if ledger.charge(Limit::Entries, 1).is_err() {
            return;
        }
        let mut control = Control::new(Class::of(&class));
        let read = control.own(data, ledger);
        if charge(data.get(..read).unwrap_or(data), ledger).is_none() {
            return;
        }
        controls.push(control);
        rest = data.get(read..).unwrap_or_default();
    }
}

/// Where the next class of this library stands, or the end.
fn next_known(data: &[u8]) -> usize {
    let is_known = |at: &usize| {
        array::<CLASS>(data, *at).is_some_and(|class| !matches!(Class::of(&class), Class::Other(_)))
    };
    let found = (0..data.len()).find(is_known);
    found.unwrap_or(data.len())
}

/// A control in a storage of its own.
fn own_storage(file: &File<'_>, contents: &Entry, ledger: &mut Ledger) -> Option<Control> {
    let storage = file.entry(contents.parent()?)?;
    // To look for a name goes through the whole directory.
    let work = file.entries().len() as u64;
    ledger.charge(Limit::Steps, work).ok()?;
    let name = file.child(storage.id(), "\u{3}OCXNAME");
    // Other programs have streams of that name as well.
    if name.is_none() && matches!(Class::of(storage.class()), Class::Other(_)) {
        return None;
    }
    let mut control = read_control(storage.class(), &file.stream(contents, ledger), ledger)?;
    if let Some(name) = name {
        let name = utf16le(&file.stream(name, ledger));
        control.name = name.trim_end_matches('\0').to_owned();
    }
    Some(control)
}
