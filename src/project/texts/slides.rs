//! Slides in a package (ECMA-376-1 19): shapes and the texts in them, notes, tags.

use quick_xml::events::BytesStart;

use super::package::Parts;
use super::tree::{Item, Tree};
use super::xml::{self, Visit};
use super::{Wanted, sheet, xml_parts};

/// How many slides are read.
const MOST_SLIDES: usize = 256;

/// Reads what is wanted of a presentation.
pub(super) fn read(main: &str, wanted: Wanted, parts: &mut Parts<'_, '_>, tree: &mut Tree) {
    struct Order(Vec<String>);
    impl Visit for Order {
        fn open(&mut self, name: &str, element: &BytesStart<'_>) {
            if name == "sldId" {
                // `id` is the number of the slide, and `r:id` the relationship.
                let id = element
                    .attributes()
                    .with_checks(false)
                    .flatten()
                    .find(|one| one.key.into_inner().ends_with(":id"));
                self.0.extend(id.map(|id| id.value.into_owned()));
            }
        }
        fn close(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let links = parts.links(main);
    if wanted.any(Wanted::PARTS) {
        xml_parts::read(&links, parts, tree);
    }
    if !wanted.any(Wanted::PAGES) {
        return;
    }
    let part = parts.read(main);
    let mut order = Order(Vec::new());
    xml::walk(&part, &mut order, parts.ledger);
    tags(main, Item::DOCUMENT, parts, tree);
    let Some(slides) = tree.list(Item::DOCUMENT, "slides") else {
        return;
    };
    for id in order.0.iter().take(MOST_SLIDES) {
        let Some(link) = links.iter().find(|link| link.id == id) else {
            continue;
        };
        let Some(slide) = tree.add(slides, "") else {
            return;
        };
        let bytes = parts.read(link.part);
        sheet::shapes(&bytes, slide, parts, tree);
        tags(link.part, slide, parts, tree);
        for notes in parts.links(link.part) {
            if notes.is("notesSlide")
                && let Some(pages) = tree.list(slide, "notespage")
                && let Some(page) = tree.add(pages, "")
            {
                let bytes = parts.read(notes.part);
                sheet::shapes(&bytes, page, parts, tree);
                if let Some(super::Content::Item(shapes)) = tree.member(page, "shapes") {
                    tree.link(pages, "shapes", shapes);
                }
            }
        }
    }
}

/// Tags of a presentation or slide (19.3.3.10): `Tags("name")` is the text.
fn tags(part: &str, of: Item, parts: &mut Parts<'_, '_>, tree: &mut Tree) {
    struct Tags<'t>(&'t mut Tree, Item);
    impl Visit for Tags<'_> {
        fn open(&mut self, name: &str, element: &BytesStart<'_>) {
            if name == "tag"
                && let Some(name) = xml::attribute(element, "name")
                && let Some(item) = self.0.add(self.1, &name)
            {
                let value = xml::attribute(element, "val").unwrap_or_default();
                self.0.text(item, "value", &*value);
            }
        }
        fn close(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    for link in parts.links(part) {
        if link.is("tags")
            && let Some(list) = tree.list(of, "tags")
        {
            let bytes = parts.read(link.part);
            xml::walk(&bytes, &mut Tags(tree, list), parts.ledger);
        }
    }
}
