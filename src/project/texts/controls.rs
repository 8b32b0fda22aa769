//! Forms and controls, as code addresses them: by name, or by number from 0.

use crate::bytes::array;
use crate::container::cfb::{File, is_cfb};
use crate::observe::Ledger;
use crate::project::forms::{self, Class, Control, Form, Property};

use super::tree::{Item, Tree};

/// Reads the forms of the projects in a file.
pub(super) fn forms(file: &File<'_>, tree: &mut Tree, ledger: &mut Ledger) {
    for form in forms::read(file, ledger) {
        let Some(item) = tree.add(Item::FORMS, &form.name) else {
            return;
        };
        add_form(item, &form, tree);
    }
}

fn add_form(item: Item, form: &Form, tree: &mut Tree) {
    tree.text(item, "caption", &*form.caption);
    tree.text(item, "name", &*form.name);
    properties(item, &form.properties, tree);
    let Some(list) = tree.list(item, "controls") else {
        return;
    };
    let mut items = Vec::new();
    for (number, control) in (0..).zip(&form.controls) {
        let Some(item) = add(list, control, tree) else {
            return;
        };
        tree.number(list, item, number);
        items.push(item);
        let holder = control.container.and_then(|holder| items.get(holder));
        if let (Some(holder), Ok(index)) = (holder.copied(), u32::try_from(control.index))
            && let Some(inner) = tree.list(holder, "controls")
        {
            tree.adopt(inner, item, &control.name);
            tree.number(inner, item, index);
        }
    }
    for (holder, control) in form.controls.iter().enumerate() {
        if control.class == Class::MultiPage {
            pages(holder, form, &items, tree);
        }
    }
}

/// The pages of a control, whose captions are those of the tabs that it holds as well.
fn pages(holder: usize, form: &Form, items: &[Item], tree: &mut Tree) {
    let list = items.get(holder).and_then(|item| tree.list(*item, "pages"));
    let Some(list) = list else { return };
    let inner = |class: Class| {
        let held = form.controls.iter().zip(items);
        held.filter(move |(one, _)| one.container == Some(holder) && one.class == class)
    };
    let tabs = |wanted: Property| {
        let strip = inner(Class::TabStrip).next();
        let texts = strip.map_or(&[][..], |(strip, _)| &strip.properties);
        texts.iter().filter(move |(own, _)| *own == wanted)
    };
    let kinds = [
        (Property::Item, "caption"),
        (Property::ItemTipText, "controltiptext"),
        (Property::ItemTag, "tag"),
    ];
    for (number, (page, item)) in (0..).zip(inner(Class::Form)) {
        tree.adopt(list, *item, &page.name);
        tree.number(list, *item, number);
        for (kind, member) in kinds {
            if let Some((_, text)) = tabs(kind).nth(number as usize) {
                tree.text(*item, member, &**text);
            }
        }
    }
}

/// Adds a control to a list.
fn add(list: Item, control: &Control, tree: &mut Tree) -> Option<Item> {
    let item = tree.add(list, &control.name)?;
    tree.text(item, "name", &*control.name);
    properties(item, &control.properties, tree);
    Some(item)
}

fn properties(item: Item, properties: &[(Property, String)], tree: &mut Tree) {
    let mut tabs = [0_u32; 4];
    for (property, text) in properties {
        let member = match property {
            Property::Caption => "caption",
            Property::Value => "value",
            Property::Tag => "tag",
            Property::ControlTipText => "controltiptext",
            Property::ControlSource => "controlsource",
            Property::RowSource => "rowsource",
            Property::GroupName => "groupname",
            Property::PasswordChar => "passwordchar",
            Property::FontName => "fontname",
            Property::Item | Property::ItemTipText | Property::ItemName | Property::ItemTag => {
                tab(item, *property, text, &mut tabs, tree);
                continue;
            }
            // One that is all that is known of a control is what it holds.
            Property::Unknown if properties.len() == 1 => "value",
            _ => continue,
        };
        tree.text(item, member, &**text);
    }
}

/// A text of a tab: each kind comes in the order of the tabs.
fn tab(item: Item, property: Property, text: &str, seen: &mut [u32; 4], tree: &mut Tree) {
    let (kind, member) = match property {
        Property::Item => (0, "caption"),
        Property::ItemTipText => (1, "controltiptext"),
        Property::ItemName => (2, "name"),
        _ => (3, "tag"),
    };
    let (Some(list), Some(number)) = (tree.list(item, "tabs"), seen.get_mut(kind)) else {
        return;
    };
    let known = tree.items(list).get(*number as usize).copied();
    if let Some(tab) = known.or_else(|| tree.add(list, "")) {
        tree.number(list, tab, *number);
        tree.text(tab, member, text);
        if member == "name" {
            tree.call(list, tab, text);
        }
    }
    *number = number.saturating_add(1);
}

/// Reads the controls of a document in a compound file that stand in no form.
pub(super) fn objects(file: &File<'_>, of: Item, tree: &mut Tree, ledger: &mut Ledger) {
    for control in forms::read_objects(file, ledger) {
        if let Some(list) = tree.list(of, "controls") {
            add(list, &control, tree);
        }
    }
}

/// Gives an item what the binary part of a control says ([MS-OFFMACRO2] 2.2.1.1): a compound
/// file, or the class and what the control has stored.
pub(super) fn binary(bytes: &[u8], item: Item, tree: &mut Tree, ledger: &mut Ledger) {
    let controls = if is_cfb(bytes) {
        File::parse(bytes, ledger).map(|file| forms::read_objects(&file, ledger))
    } else {
        let class = array(bytes, 0).unwrap_or_default();
        let data = bytes.get(class.len()..).unwrap_or_default();
        Ok(forms::read_control(&class, data, ledger)
            .into_iter()
            .collect())
    };
    for control in controls.unwrap_or_default() {
        properties(item, &control.properties, tree);
    }
}
