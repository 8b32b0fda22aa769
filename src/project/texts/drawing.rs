//! Shapes: what they are called and what stands for them where they cannot be seen; and controls
//! on a page (ECMA-376-1 20.4.2.5, 20.5.2.8, 19.3.1.12; VML, ECMA-376-4 19.1).

use quick_xml::events::BytesStart;

use super::controls;
use super::package::Parts;
use super::tree::{Item, Tree};
use super::xml::{self, Visit};

/// `docPr`, `cNvPr`: a shape of a list.
pub(super) fn shape(element: &BytesStart<'_>, list: Item, tree: &mut Tree) -> Option<Item> {
    named(element, list, tree, ["name", "descr", "title"])
}

/// A shape of VML.
pub(super) fn vml(element: &BytesStart<'_>, list: Item, tree: &mut Tree) -> Option<Item> {
    named(element, list, tree, ["id", "alt", "title"])
}

/// Whether an element is a shape of VML. Its type, `shapetype`, is none.
pub(super) fn is_vml(name: &str) -> bool {
    [
        "shape",
        "rect",
        "roundrect",
        "oval",
        "line",
        "polyline",
        "image",
    ]
    .contains(&name)
}

fn named(
    element: &BytesStart<'_>,
    list: Item,
    tree: &mut Tree,
    [name, alternative, title]: [&str; 3],
) -> Option<Item> {
    let name = xml::attribute(element, name).unwrap_or_default();
    let item = tree.add(list, &name)?;
    let alternative = xml::attribute(element, alternative).unwrap_or_default();
    let title = xml::attribute(element, title).unwrap_or_default();
    tree.text(item, "name", &*name);
    tree.text(item, "alternativetext", &*alternative);
    tree.text(item, "title", &*title);
    Some(item)
}

/// Reads a control on a page by the part that it persists in ([MS-OFFMACRO2] 2.2.1.1): its
/// properties are those of the XML, or of the binary part that this leads to.
pub(super) fn control(
    part: &str,
    name: &str,
    of: Item,
    parts: &mut Parts<'_, '_>,
    tree: &mut Tree,
) {
    struct Bag<'t>(&'t mut Tree, Item);
    impl Visit for Bag<'_> {
        fn open(&mut self, name: &str, element: &BytesStart<'_>) {
            if name == "ocxPr"
                && let Some(property) = xml::attribute(element, "name")
                && let Some(member) = member(&property)
            {
                let value = xml::attribute(element, "value").unwrap_or_default();
                self.0.text(self.1, member, &*value);
            }
        }
        fn close(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let Some(list) = tree.list(of, "controls") else {
        return;
    };
    let Some(item) = tree.add(list, name) else {
        return;
    };
    let xml = parts.read(part);
    xml::walk(&xml, &mut Bag(tree, item), parts.ledger);
    for link in parts.links(part) {
        if link.is("activeXControlBinary") {
            let bytes = parts.read(link.part);
            controls::binary(&bytes, item, tree, parts.ledger);
        }
    }
    // By the object model it is a shape as well.
    for shapes in ["inlineshapes", "shapes", "oleobjects"] {
        if let Some(shapes) = tree.list(of, shapes) {
            tree.call(shapes, item, name);
        }
    }
}

/// The member that a property of a control is.
pub(super) fn member(property: &str) -> Option<&'static str> {
    const MEMBERS: &[&str] = &[
        "caption",
        "text",
        "value",
        "tag",
        "controltiptext",
        "groupname",
        "name",
    ];
    let found = MEMBERS
        .iter()
        .find(|own| own.eq_ignore_ascii_case(property));
    found.copied()
}
