//! XML parts of one's own (ECMA-376-1 15.2.5, 22.5).

use quick_xml::events::BytesStart;

use super::package::{Link, Parts};
use super::tree::{Item, Tree};
use super::xml::{self, Visit};

/// How many parts are read.
const MOST: usize = 64;
/// How many come before them in the list of the object model: those of the properties.
const BUILT_IN: u32 = 3;

/// Reads the parts of a document. Each is an item with its text, its XML, and its elements by name.
pub(super) fn read(links: &[Link<'_>], parts: &mut Parts<'_, '_>, tree: &mut Tree) {
    let Some(list) = tree.list(Item::DOCUMENT, "customxmlparts") else {
        return;
    };
    let own = links.iter().filter(|link| link.is("customXml"));
    for (number, link) in (BUILT_IN.saturating_add(1)..).zip(own.take(MOST)) {
        let part = parts.read(link.part);
        let Some(item) = tree.add(list, "") else {
            return;
        };
        tree.number(list, item, number);
        let mut elements = Elements {
            tree,
            part: item,
            list,
            open: Vec::new(),
            text: String::new(),
        };
        xml::walk(&part, &mut elements, parts.ledger);
        let text = std::mem::take(&mut elements.text);
        tree.text(item, "text", text);
        if let Ok(text) = crate::container::opc::xml::text(&part) {
            tree.text(item, "xml", text.text);
        }
        tree.link(item, "documentelement", item);
    }
}

struct Elements<'t> {
    tree: &'t mut Tree,
    part: Item,
    list: Item,
    /// Of elements that have not ended, where their text begins.
    open: Vec<usize>,
    text: String,
}

/// How long the texts of elements may be that are kept beside those of the elements they are in.
const LONGEST: usize = 1 << 16;

impl Visit for Elements<'_> {
    fn open(&mut self, _: &str, element: &BytesStart<'_>) {
        if self.open.is_empty()
            && let Some(namespace) = element
                .attributes()
                .with_checks(false)
                .flatten()
                .find(|one| one.key.into_inner().starts_with("xmlns"))
        {
            self.tree.call(self.list, self.part, &namespace.value);
        }
        self.open.push(self.text.len());
    }

    fn close(&mut self, name: &str) {
        let Some(from) = self.open.pop() else { return };
        let text = self.text.get(from..).unwrap_or_default();
        // The deepest are those that hold a text of their own.
        let fits = text.len() <= LONGEST && self.open.len() < 16 || self.open.len() < 3;
        if fits
            && let Some(nodes) = self.tree.list(self.part, "selectnodes")
            && self.tree.named(nodes, name).is_none()
            && let Some(item) = self.tree.add(nodes, name)
        {
            self.tree.text(item, "text", text);
        }
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }
}
