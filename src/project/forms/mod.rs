//! Forms and their controls, [MS-OFORMS]: the texts of a designer that code reads.
//!
//! | clause | what | file |
//! |---|---|---|
//! | 2.1.1.2 | blocks of properties behind a mask: alignment, texts, pictures, fonts | `block` |
//! | 2.2 | which bit of which control is which property | `layout` |
//! | 2.1.2 | the storages of a form: streams `f` and `o`, a storage `i03` for a control that holds others | `storage` |
//! | 2.2.10.6, 2.2.10.12 | the sites of `f`: names, tags, hints, classes | `site` |
//! | 2.2.1 | the classes of controls | `class` |
//! | [MS-OVBA] 2.3.5 | `\x03VBFrame`: the form as the editor has it | `frame` |
//! | [MS-XLS] 2.1.7.10, [MS-DOC] 2.1.4 | controls outside forms | `object` |
//! | none | texts of what does not parse | `carve` |
//!
//! Colours, places and pictures are passed over. What does not parse leaves the texts that were
//! read so far, and every run of characters in the rest, in order.

mod block;
mod carve;
mod class;
mod frame;
mod layout;
mod object;
mod site;
mod storage;
#[cfg(test)]
mod tests;

pub use class::Class;
pub use object::read_objects;
pub use storage::read;

use crate::bytes::Bytes;
use crate::limits::Limit;
use crate::observe::Ledger;

use block::Values;

/// A form, or a storage of controls outside any form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Its name, which is that of its storage.
    pub name: String,
    /// The path of its storage; empty for the root.
    pub path: String,
    /// Its caption.
    pub caption: String,
    /// Its further texts: tag, name of the font, and what could not be given to a control.
    pub properties: Vec<(Property, String)>,
    /// The controls in it, those in frames and pages included: a control comes after the one that
    /// holds it.
    pub controls: Vec<Control>,
}

/// A control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// Its name, as code has it; empty where nothing says.
    pub name: String,
    /// What it is.
    pub class: Class,
    /// The control that holds it, by its place among those of the form; none if it is the form.
    pub container: Option<usize>,
    /// Its place among the controls of what holds it: `Controls(0)`.
    pub index: usize,
    /// Its texts in the order they are stored.
    pub properties: Vec<(Property, String)>,
}

/// Which text of a control it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Property {
    /// The text on it.
    Caption,
    /// What it holds: the text of a text box, `1` of a check box that is set.
    Value,
    /// Any text, for the use of code.
    Tag,
    /// The hint that is shown when the mouse rests on it.
    ControlTipText,
    /// The cell that its value comes from.
    ControlSource,
    /// The cells that its list comes from.
    RowSource,
    /// The group of option buttons that it belongs to.
    GroupName,
    /// The character that is shown for each that is typed.
    PasswordChar,
    /// The name of the font.
    FontName,
    /// The captions of the tabs of a tab strip, one each.
    Item,
    /// The hints of the tabs.
    ItemTipText,
    /// The names of the tabs.
    ItemName,
    /// The tags of the tabs.
    ItemTag,
    /// The accelerators of the tabs.
    ItemAccelerator,
    /// The licence of a control that is not of this library.
    LicenseKey,
    /// A text of which is not known what it is.
    Unknown,
}

impl Form {
    /// The control of that name; letters match in any case.
    #[must_use]
    pub fn control(&self, name: &str) -> Option<&Control> {
        let named = |one: &&Control| one.name.eq_ignore_ascii_case(name);
        self.controls.iter().find(named)
    }
}

impl Control {
    /// The first text of that kind.
    #[must_use]
    pub fn text(&self, property: Property) -> Option<&str> {
        first(&self.properties, property)
    }
}

fn first(properties: &[(Property, String)], wanted: Property) -> Option<&str> {
    let found = properties.iter().find(|(property, _)| *property == wanted);
    found.map(|(_, text)| text.as_str())
}

/// Reads one control that is stored by itself: the bytes behind the class in `activeX1.bin`, a
/// stream `contents`, a part of `Ctls`.
///
/// `class` is stored as a GUID is: `20 10 D2 8B …` for a text box. The texts of a control of
/// another library are whatever runs of characters there are. None if there are no bytes.
#[must_use]
pub fn read_control(class: &[u8; 16], data: &[u8], ledger: &mut Ledger) -> Option<Control> {
    if data.is_empty() || charge(data, ledger).is_none() {
        return None;
    }
    let mut control = Control::new(Class::of(class));
    control.own(data, ledger);
    Some(control)
}

impl Control {
    const fn new(class: Class) -> Self {
        Self {
            name: String::new(),
            class,
            container: None,
            index: 0,
            properties: Vec::new(),
        }
    }

    /// Adds what the control has stored of itself; gives how many bytes that was.
    fn own(&mut self, data: &[u8], ledger: &mut Ledger) -> usize {
        let Some(layout) = layout::of(self.class) else {
            carve::texts(data, &mut self.properties);
            return data.len();
        };
        let mut values = Values::default();
        let mut bytes = Bytes::new(data);
        let whole = values.control(&mut bytes, layout).is_some();
        if self.class == Class::Morph {
            self.class = Class::of_display(values.display);
        }
        self.properties.append(&mut values.texts);
        if !whole {
            damaged(ledger, bytes.position(), &self.name);
            carve::texts(bytes.rest(), &mut self.properties);
            return data.len();
        }
        data.len().saturating_sub(bytes.len())
    }
}

/// Pays for a pass over the bytes.
fn charge(data: &[u8], ledger: &mut Ledger) -> Option<()> {
    let work = (data.len() as u64 >> 6).saturating_add(1);
    ledger.charge(Limit::Steps, work).ok()
}

#[cold]
fn damaged(ledger: &mut Ledger, at: u64, name: &str) {
    ledger.observe(
        "forms.damaged",
        "[MS-OFORMS] 2.1.1.2",
        at,
        format_args!("the properties of {name:?} are not whole; its texts were searched for"),
    );
}
