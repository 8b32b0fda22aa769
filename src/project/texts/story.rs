//! The text of a Word package and what stands in it (ECMA-376-1 17).
//!
//! | element | what it becomes | clause |
//! |---|---|---|
//! | `docVar` | a variable | 17.15.1.30 |
//! | `p`, `t`, `tab`, `br`, `sym` | the running text, a paragraph | 17.3 |
//! | `tbl`, `tr`, `tc` | a table, its rows and cells | 17.4 |
//! | `bookmarkStart`, `bookmarkEnd` | a bookmark | 17.13.6 |
//! | `sdt` | a content control | 17.5.2 |
//! | `ffData`, `fldChar` | a field of a form, with its result | 17.16 |
//! | `hyperlink` | a link | 17.16.22 |
//! | `docPr`, `txbxContent`, VML shapes | a shape, with the text in it | 20.4.2.5, 17.17 |
//! | `control` | a control of its own | 17.3.3.3 |
//! | `comment`, `hdr`, `ftr`, `footnote` | the same in parts of their own | 17.13.4, 17.10, 17.11 |
//!
//! Marks are those that Word gives to code: a paragraph ends with CR, a cell with CR and BEL.

use std::borrow::Cow;
use std::ops::Range;

use hashbrown::HashMap;
use quick_xml::events::BytesStart;

use super::package::{Link, Parts};
use super::tree::{Item, Tree};
use super::xml::{self, Visit};
use super::{Wanted, drawing, xml_parts};

/// Other stories: the type of the relationship, and the number in `StoryRanges`
/// (`WdStoryType`). Those of headers and footers depend on what refers to them.
const STORIES: &[(&str, u32)] = &[("footnotes", 2), ("endnotes", 3), ("comments", 4)];
/// How many headers and footers are read.
const MOST_STORIES: usize = 64;

/// Reads what is wanted of a document.
pub(super) fn read(main: &str, wanted: Wanted, parts: &mut Parts<'_, '_>, tree: &mut Tree) {
    let links = parts.links(main);
    if wanted.any(Wanted::VARIABLES) {
        variables(&links, parts, tree);
    }
    if wanted.any(Wanted::PARTS) {
        xml_parts::read(&links, parts, tree);
    }
    if !wanted.any(Wanted::PAGES) {
        return;
    }
    let part = parts.read(main);
    let mut headers = Vec::new();
    story(&part, 1, &links, &mut headers, parts, tree);
    for link in links.iter().take(MOST_STORIES) {
        let known = STORIES.iter().find(|(kind, _)| link.is(kind));
        let header = headers.iter().find(|(id, _)| id == link.id);
        let number = known.map(|(_, number)| *number);
        let Some(number) = number.or(header.map(|(_, number)| *number)) else {
            continue;
        };
        let part = parts.read(link.part);
        let own = parts.links(link.part);
        story(&part, number, &own, &mut Vec::new(), parts, tree);
    }
}

fn variables(links: &[Link<'_>], parts: &mut Parts<'_, '_>, tree: &mut Tree) {
    struct Variables<'t>(&'t mut Tree, Item);
    impl Visit for Variables<'_> {
        fn open(&mut self, name: &str, element: &BytesStart<'_>) {
            if name == "docVar"
                && let Some(name) = xml::attribute(element, "name")
                && let Some(item) = self.0.add(self.1, &name)
            {
                let value = xml::attribute(element, "val").unwrap_or_default();
                self.0.text(item, "value", &*value);
                self.0.text(item, "name", &*name);
            }
        }
        fn close(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let Some(list) = tree.list(Item::DOCUMENT, "variables") else {
        return;
    };
    for link in links.iter().filter(|link| link.is("settings")) {
        let part = parts.read(link.part);
        xml::walk(&part, &mut Variables(tree, list), parts.ledger);
    }
}

/// Reads one story.
fn story(
    part: &[u8],
    number: u32,
    links: &[Link<'_>],
    headers: &mut Vec<(String, u32)>,
    parts: &mut Parts<'_, '_>,
    tree: &mut Tree,
) {
    let from = tree.running().len();
    let mut story = Story {
        tree,
        number,
        links,
        headers,
        controls: Vec::new(),
        boxes: Vec::new(),
        paragraphs: Vec::new(),
        tables: Vec::new(),
        bookmarks: HashMap::new(),
        controls_open: Vec::new(),
        fields: Vec::new(),
        note: None,
        hyperlink: None,
        shape: None,
        inline: true,
        in_text: false,
        in_run: false,
        fallback: 0,
    };
    xml::walk(part, &mut story, parts.ledger);
    let controls = std::mem::take(&mut story.controls);
    let to = tree.running().len();
    if let Some(stories) = tree.list(Item::DOCUMENT, "storyranges")
        && let Some(item) = tree.add(stories, "")
    {
        tree.span(item, "text", from..to);
        tree.number(stories, item, number);
        if number == 1 {
            tree.link(Item::DOCUMENT, "content", item);
            tree.link(Item::DOCUMENT, "range", item);
        }
        section(tree, item, number);
    }
    for (id, name) in controls {
        if let Some(link) = links.iter().find(|link| link.id == id) {
            drawing::control(link.part, &name, Item::DOCUMENT, parts, tree);
        }
    }
}

/// Headers and footers, as a section has them; one section stands for all.
fn section(tree: &mut Tree, story: Item, number: u32) {
    // `WdStoryType` to `WdHeaderFooterIndex`.
    let (member, index) = match number {
        7 => ("headers", 1),
        10 => ("headers", 2),
        6 => ("headers", 3),
        9 => ("footers", 1),
        11 => ("footers", 2),
        8 => ("footers", 3),
        _ => return,
    };
    let Some(sections) = tree.list(Item::DOCUMENT, "sections") else {
        return;
    };
    let first = tree.nth(sections, 1).or_else(|| tree.add(sections, ""));
    if let Some(list) = first.and_then(|section| tree.list(section, member)) {
        tree.adopt(list, story, "");
        tree.number(list, story, index);
    }
}

/// A table that has not ended.
struct Table {
    rows: Option<Item>,
    item: Option<Item>,
    row: Option<Item>,
    row_number: u32,
    column: u32,
    cell: usize,
}

/// A content control that has not ended.
#[derive(Default)]
struct Control {
    from: usize,
    tag: String,
    title: String,
}

/// A field that has not ended.
#[derive(Default)]
struct Field {
    name: String,
    from: Option<usize>,
}

struct Story<'t, 'l> {
    tree: &'t mut Tree,
    number: u32,
    links: &'l [Link<'l>],
    /// Headers and footers by the relationship that leads to them.
    headers: &'t mut Vec<(String, u32)>,
    /// Controls with persistence of their own, by relationship.
    controls: Vec<(String, String)>,
    /// Text boxes that have not ended: the shape each is of, and its text.
    boxes: Vec<(Option<Item>, String)>,
    /// Where paragraphs that have not ended begin.
    paragraphs: Vec<usize>,
    tables: Vec<Table>,
    bookmarks: HashMap<String, (String, usize)>,
    controls_open: Vec<Control>,
    fields: Vec<Field>,
    note: Option<(usize, String)>,
    hyperlink: Option<(usize, String, String)>,
    /// The shape that was last named.
    shape: Option<Item>,
    inline: bool,
    in_text: bool,
    in_run: bool,
    fallback: u32,
}

impl Story<'_, '_> {
    fn write(&mut self, text: &str) {
        match self.boxes.last_mut() {
            Some((_, own)) => own.push_str(text),
            None => self.tree.running().push_str(text),
        }
    }

    /// Where the running text ends; `None` within a text box, whose text is its own.
    fn here(&mut self) -> Option<usize> {
        self.boxes.is_empty().then(|| self.tree.running().len())
    }

    fn list(&mut self, member: &'static str) -> Option<Item> {
        self.tree.list(Item::DOCUMENT, member)
    }

    /// An item of a list of the document, with a piece of the running text.
    fn piece(&mut self, member: &'static str, name: &str, range: Range<usize>) -> Option<Item> {
        let list = self.list(member)?;
        let item = self.tree.add(list, name)?;
        self.tree.span(item, "text", range);
        if !name.is_empty() {
            self.tree.text(item, "name", name);
        }
        Some(item)
    }

    fn open_table(&mut self) {
        // One in another is a table of the cell.
        let top = self.tables.is_empty() && self.number == 1;
        let list = self.list("tables").filter(|_| top);
        let item = list.and_then(|list| self.tree.add(list, ""));
        let rows = item.and_then(|item| self.tree.list(item, "rows"));
        self.tables.push(Table {
            rows,
            item,
            row: None,
            row_number: 0,
            column: 0,
            cell: 0,
        });
    }

    fn open_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.row_number = table.row_number.saturating_add(1);
            table.column = 0;
            let row = table.rows.and_then(|rows| self.tree.add(rows, ""));
            table.row = row.and_then(|row| self.tree.list(row, "cells"));
        }
    }

    fn close_cell(&mut self) {
        self.write("\u{7}");
        let Some(to) = self.here() else { return };
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        table.column = table.column.saturating_add(1);
        let (Some(row), Some(item)) = (table.row, table.item) else {
            return;
        };
        if let Some(cell) = self.tree.add(row, "") {
            self.tree.span(cell, "text", table.cell..to);
            let place = format!("{},{}", table.row_number, table.column);
            self.tree.call(item, cell, &place);
        }
    }

    fn open_shape(&mut self, element: &BytesStart<'_>, list: &'static str, vml: bool) {
        let Some(list) = self.list(list) else { return };
        self.shape = if vml {
            drawing::vml(element, list, self.tree)
        } else {
            drawing::shape(element, list, self.tree)
        };
    }

    fn field_mark(&mut self, element: &BytesStart<'_>) {
        match xml::attribute(element, "fldCharType").as_deref() {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                let here = self.here();
                if let Some(field) = self.fields.last_mut() {
                    field.from = here;
                }
            }
            Some("end") => {
                let (Some(field), Some(to)) = (self.fields.pop(), self.here()) else {
                    return;
                };
                if let Some(from) = field.from.filter(|_| !field.name.is_empty()) {
                    self.piece("formfields", &field.name, from..to);
                }
            }
            _ => {}
        }
    }

    fn refer_to_header(&mut self, element: &BytesStart<'_>, header: bool) {
        let number = match (xml::attribute(element, "type").as_deref(), header) {
            (Some("first"), true) => 10,
            (Some("first"), false) => 11,
            (Some("even"), true) => 6,
            (Some("even"), false) => 8,
            (_, true) => 7,
            (_, false) => 9,
        };
        if let Some(id) = xml::attribute(element, "id") {
            self.headers.push((id.into_owned(), number));
        }
    }
}

fn owned(value: Option<Cow<'_, str>>) -> String {
    value.map(Cow::into_owned).unwrap_or_default()
}

impl Visit for Story<'_, '_> {
    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        if name == "Fallback" {
            self.fallback = self.fallback.saturating_add(1);
        }
        if self.fallback > 0 {
            return;
        }
        match name {
            "r" => self.in_run = true,
            "t" => self.in_text = true,
            "tab" | "ptab" if self.in_run => self.write("\t"),
            "br" | "cr" if self.in_run => self.write("\u{B}"),
            "noBreakHyphen" => self.write("\u{1E}"),
            "softHyphen" => self.write("\u{1F}"),
            "sym" => {
                let code = owned(xml::attribute(element, "char"));
                let code = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                if let Some(code) = code {
                    self.write(code.encode_utf8(&mut [0; 4]));
                }
            }
            "p" => {
                let here = self.tree.running().len();
                self.paragraphs.push(here);
            }
            "tbl" => self.open_table(),
            "tr" => self.open_row(),
            "tc" => {
                let here = self.tree.running().len();
                if let Some(table) = self.tables.last_mut() {
                    table.cell = here;
                }
            }
            "bookmarkStart" => {
                if let (Some(id), Some(here)) = (xml::attribute(element, "id"), self.here()) {
                    let name = owned(xml::attribute(element, "name"));
                    self.bookmarks.insert(id.into_owned(), (name, here));
                }
            }
            "bookmarkEnd" => {
                let id = owned(xml::attribute(element, "id"));
                if let Some((name, from)) = self.bookmarks.remove(&id)
                    && let Some(to) = self.here()
                {
                    self.piece("bookmarks", &name, from..to);
                }
            }
            "sdt" => {
                let from = self.here().unwrap_or(usize::MAX);
                self.controls_open.push(Control {
                    from,
                    ..Control::default()
                });
            }
            "tag" | "alias" => {
                if let Some(control) = self.controls_open.last_mut() {
                    let value = owned(xml::attribute(element, "val"));
                    let place = if name == "tag" {
                        &mut control.tag
                    } else {
                        &mut control.title
                    };
                    if place.is_empty() {
                        *place = value;
                    }
                }
            }
            "name" => {
                if let Some(field) = self.fields.last_mut()
                    && field.name.is_empty()
                {
                    field.name = owned(xml::attribute(element, "val"));
                }
            }
            "fldChar" => self.field_mark(element),
            "comment" | "footnote" | "endnote" => {
                let author = owned(xml::attribute(element, "author"));
                self.note = self.here().map(|here| (here, author));
            }
            "hyperlink" => {
                let id = xml::attribute(element, "id");
                let link = id.and_then(|id| self.links.iter().find(|link| link.id == id));
                let address = link.map_or("", |link| link.target).to_owned();
                let anchor = owned(xml::attribute(element, "anchor"));
                self.hyperlink = self.here().map(|here| (here, address, anchor));
            }
            "headerReference" => self.refer_to_header(element, true),
            "footerReference" => self.refer_to_header(element, false),
            "inline" => self.inline = true,
            "anchor" => self.inline = false,
            "docPr" => {
                let list = if self.inline {
                    "inlineshapes"
                } else {
                    "shapes"
                };
                self.open_shape(element, list, false);
            }
            "control" => {
                let id = owned(xml::attribute(element, "id"));
                let name = owned(xml::attribute(element, "name"));
                self.controls.push((id, name));
            }
            "txbxContent" => self.boxes.push((self.shape, String::new())),
            _ if drawing::is_vml(name) => {
                let style = owned(xml::attribute(element, "style"));
                let floats = style.contains("position:absolute");
                let list = if floats { "shapes" } else { "inlineshapes" };
                self.open_shape(element, list, true);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "Fallback" {
            self.fallback = self.fallback.saturating_sub(1);
        }
        if self.fallback > 0 {
            return;
        }
        match name {
            "r" => self.in_run = false,
            "t" => self.in_text = false,
            "p" => {
                self.write("\r");
                let from = self.paragraphs.pop();
                if self.number == 1
                    && let (Some(from), Some(to)) = (from, self.here())
                {
                    self.piece("paragraphs", "", from..to);
                }
            }
            "tbl" => {
                self.tables.pop();
            }
            "tc" => self.close_cell(),
            "sdt" => {
                let Some(control) = self.controls_open.pop() else {
                    return;
                };
                let range = self.here().map(|to| control.from..to);
                if let Some(range) = range.filter(|range| range.start <= range.end)
                    && let Some(item) = self.piece("contentcontrols", "", range)
                {
                    for (list, name) in [
                        ("selectcontentcontrolsbytag", &control.tag),
                        ("selectcontentcontrolsbytitle", &control.title),
                    ] {
                        if let Some(list) = self.list(list) {
                            self.tree.adopt(list, item, name);
                        }
                    }
                    self.tree.text(item, "tag", control.tag);
                    self.tree.text(item, "title", control.title);
                }
            }
            "comment" | "footnote" | "endnote" => {
                if let (Some((from, author)), Some(to)) = (self.note.take(), self.here()) {
                    let list = match name {
                        "comment" => "comments",
                        "footnote" => "footnotes",
                        _ => "endnotes",
                    };
                    // The mark of the last paragraph is not part of it.
                    let to = to.saturating_sub(1).max(from);
                    if let Some(item) = self.piece(list, "", from..to) {
                        self.tree.text(item, "author", author);
                    }
                }
            }
            "hyperlink" => {
                if let (Some((from, address, anchor)), Some(to)) =
                    (self.hyperlink.take(), self.here())
                    && let Some(item) = self.piece("hyperlinks", "", from..to)
                {
                    self.tree.text(item, "address", address);
                    self.tree.text(item, "subaddress", anchor);
                    self.tree.span(item, "texttodisplay", from..to);
                }
            }
            "txbxContent" => {
                if let Some((Some(shape), text)) = self.boxes.pop() {
                    self.tree.text(shape, "text", text);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.fallback == 0 {
            self.write(text);
        }
    }
}
