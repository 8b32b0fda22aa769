//! A sheet in a package (ECMA-376-1 18.3).
//!
//! | element | what it becomes | clause |
//! |---|---|---|
//! | `sheetPr` | the name of the sheet in code | 18.3.1.82 |
//! | `c`, `v`, `is`, `f` | a cell, its value, and how it is computed | 18.3.1.4, 18.3.1.96, 18.3.1.53, 18.3.1.40 |
//! | `oddHeader` … | headers and footers of the page | 18.3.1.46 |
//! | `hyperlink` | a link | 18.3.1.47 |
//! | `control` | a control on the sheet | 18.3.1.19 |
//! | `comment` of another part | a comment | 18.7.3 |
//! | `cNvPr`, `t` of a drawing | a shape, and the text in it | 20.5.2.8 |

use std::borrow::Cow;

use quick_xml::events::BytesStart;

use super::cells::{Cell, Cells};
use super::drawing;
use super::package::{Link, Parts};
use super::tree::{Item, Tree};
use super::workbook::unescaped;
use super::xml::{self, Visit};

/// Reads a sheet.
pub(super) fn read(part: &str, item: Item, parts: &mut Parts<'_, '_>, tree: &mut Tree) {
    let links = parts.links(part);
    let bytes = parts.read(part);
    let mut sheet = Sheet {
        tree,
        item,
        links: &links,
        cells: Cells::default(),
        controls: Vec::new(),
        place: (0, 0),
        kind: Kind::Number,
        text: String::new(),
        formula: String::new(),
        has_formula: false,
        within: Within::Other,
        page: None,
    };
    xml::walk(&bytes, &mut sheet, parts.ledger);
    let (cells, controls) = (sheet.cells, sheet.controls);
    tree.set_cells(item, cells);
    for link in &links {
        if link.is("comments") {
            comments(link.part, item, parts, tree);
        } else if link.is("drawing") || link.is("vmlDrawing") {
            let bytes = parts.read(link.part);
            shapes(&bytes, item, parts, tree);
        }
    }
    for (id, name) in controls {
        if let Some(link) = links.iter().find(|link| link.id == id) {
            drawing::control(link.part, &name, item, parts, tree);
        }
    }
}

/// What the value of a cell is (`ST_CellType`, 18.18.11).
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Shared,
    Text,
    Bool,
    Error,
}

/// What the text that comes is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Other,
    Value,
    Formula,
    Page,
}

struct Sheet<'t, 'l> {
    tree: &'t mut Tree,
    item: Item,
    links: &'l [Link<'l>],
    cells: Cells,
    controls: Vec<(String, String)>,
    place: (u32, u32),
    kind: Kind,
    text: String,
    formula: String,
    has_formula: bool,
    within: Within,
    page: Option<&'static str>,
}

impl Sheet<'_, '_> {
    fn open_cell(&mut self, element: &BytesStart<'_>) {
        let place = xml::attribute(element, "r");
        let place = place.and_then(|place| place_of(&place));
        // Without one it follows the cell before.
        let (row, column) = self.place;
        self.place = place.unwrap_or((row.max(1), column.saturating_add(1)));
        self.kind = match xml::attribute(element, "t").as_deref() {
            Some("s") => Kind::Shared,
            Some("str" | "inlineStr" | "d") => Kind::Text,
            Some("b") => Kind::Bool,
            Some("e") => Kind::Error,
            _ => Kind::Number,
        };
        self.text.clear();
        self.formula.clear();
        self.has_formula = false;
    }

    fn close_cell(&mut self) {
        let (row, column) = self.place;
        let text = self.text.trim();
        let cell = match self.kind {
            Kind::Number => text.parse().ok().map(Cell::Number),
            Kind::Shared => text.parse().ok().map(Cell::Shared),
            Kind::Bool => Some(Cell::Bool(text == "1")),
            Kind::Text => Some(Cell::Text(unescaped(&self.text).into())),
            Kind::Error => None,
        };
        if let Some(cell) = cell {
            self.cells.put(row, column, cell);
        }
        if self.has_formula {
            self.cells.compute(row, column, &self.formula);
        }
    }
}

impl Visit for Sheet<'_, '_> {
    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "row" => {
                let row = xml::number(element, "r");
                self.place = (row.unwrap_or(self.place.0.saturating_add(1)), 0);
            }
            "c" => self.open_cell(element),
            "v" | "t" => self.within = Within::Value,
            "f" => {
                self.within = Within::Formula;
                self.has_formula = true;
                self.formula.push('=');
            }
            "sheetPr" => {
                if let Some(name) = xml::attribute(element, "codeName") {
                    self.tree.text(self.item, "codename", &*name);
                    if let Some(list) = self.tree.list(Item::DOCUMENT, "codenames") {
                        self.tree.call(list, self.item, &name);
                    }
                }
            }
            "oddHeader" => self.page = Some("header"),
            "oddFooter" => self.page = Some("footer"),
            "hyperlink" => {
                let id = xml::attribute(element, "id");
                let link = id.and_then(|id| self.links.iter().find(|link| link.id == id));
                let address = link.map_or("", |link| link.target);
                let place = xml::attribute(element, "location").unwrap_or_default();
                if let Some(list) = self.tree.list(self.item, "hyperlinks")
                    && let Some(item) = self.tree.add(list, "")
                {
                    self.tree.text(item, "address", address);
                    self.tree.text(item, "subaddress", &*place);
                }
            }
            "control" => {
                let id = xml::attribute(element, "id").map(Cow::into_owned);
                let name = xml::attribute(element, "name").map(Cow::into_owned);
                if let (Some(id), Some(name)) = (id, name)
                    && !self.controls.iter().any(|(own, _)| *own == id)
                {
                    self.controls.push((id, name));
                }
            }
            _ => {}
        }
        if self.page.is_some() {
            self.within = Within::Page;
            self.text.clear();
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "c" => self.close_cell(),
            "v" | "t" | "f" => self.within = Within::Other,
            "oddHeader" | "oddFooter" => {
                self.within = Within::Other;
                if let Some(page) = self.page.take() {
                    pages(self.tree, self.item, page, &self.text);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.within {
            Within::Value | Within::Page => self.text.push_str(text),
            Within::Formula => self.formula.push_str(text),
            Within::Other => {}
        }
    }
}

/// `&L`, `&C` and `&R` begin the parts of a header or footer (18.3.1.46).
pub(super) fn pages(tree: &mut Tree, sheet: Item, page: &str, text: &str) {
    let members: [(&str, &'static str); 3] = if page == "header" {
        [
            ("&L", "leftheader"),
            ("&C", "centerheader"),
            ("&R", "rightheader"),
        ]
    } else {
        [
            ("&L", "leftfooter"),
            ("&C", "centerfooter"),
            ("&R", "rightfooter"),
        ]
    };
    tree.link(sheet, "pagesetup", sheet);
    for (mark, member) in members {
        let Some((_, part)) = text.split_once(mark) else {
            continue;
        };
        let end = members.iter().filter_map(|(mark, _)| part.find(mark)).min();
        tree.text(
            sheet,
            member,
            part.get(..end.unwrap_or(part.len())).unwrap_or_default(),
        );
    }
}

/// The row and column of `AB12`, from 1.
pub(super) fn place_of(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = reference.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.is_ascii_alphabetic().then_some(letter & 0x1F)?;
        column.checked_mul(26)?.checked_add(u32::from(letter))
    })?;
    Some((digits.parse().ok()?, column))
}

fn comments(part: &str, sheet: Item, parts: &mut Parts<'_, '_>, tree: &mut Tree) {
    struct Comments<'t>(&'t mut Tree, Item, String, String, bool);
    impl Visit for Comments<'_> {
        fn open(&mut self, name: &str, element: &BytesStart<'_>) {
            match name {
                "comment" => {
                    self.2 =
                        xml::attribute(element, "ref").map_or_else(String::new, Cow::into_owned);
                    self.3.clear();
                }
                "t" => self.4 = true,
                _ => {}
            }
        }
        fn close(&mut self, name: &str) {
            match name {
                // By the cell that it is of.
                "comment" => {
                    let place = self.2.to_ascii_lowercase();
                    if let Some(item) = self.0.add(self.1, &place) {
                        self.0.text(item, "text", &*self.3);
                    }
                }
                "t" => self.4 = false,
                _ => {}
            }
        }
        fn text(&mut self, text: &str) {
            if self.4 {
                self.3.push_str(text);
            }
        }
    }
    let Some(list) = tree.list(sheet, "comments") else {
        return;
    };
    let bytes = parts.read(part);
    let mut comments = Comments(tree, list, String::new(), String::new(), false);
    xml::walk(&bytes, &mut comments, parts.ledger);
}

/// The shapes of a drawing or of a slide, and the texts in them.
pub(super) fn shapes(bytes: &[u8], of: Item, parts: &mut Parts<'_, '_>, tree: &mut Tree) {
    struct Shapes<'t> {
        tree: &'t mut Tree,
        list: Item,
        shape: Option<Item>,
        text: String,
        in_text: bool,
        paragraphs: bool,
    }
    impl Shapes<'_> {
        /// The text of a shape is complete.
        fn settle(&mut self) {
            if let Some(shape) = self.shape.take()
                && !self.text.is_empty()
            {
                self.tree.text(shape, "text", &*self.text);
            }
            self.text.clear();
        }
    }
    impl Visit for Shapes<'_> {
        fn open(&mut self, name: &str, element: &BytesStart<'_>) {
            match name {
                "cNvPr" => {
                    self.settle();
                    self.shape = drawing::shape(element, self.list, self.tree);
                }
                "p" => {
                    if self.paragraphs && !self.text.is_empty() {
                        self.text.push('\r');
                    }
                    self.paragraphs = true;
                }
                "txBody" | "textbox" => self.paragraphs = false,
                "t" | "font" => self.in_text = true,
                "br" => self.text.push('\u{B}'),
                _ if drawing::is_vml(name) => {
                    self.settle();
                    self.shape = drawing::vml(element, self.list, self.tree);
                }
                _ => {}
            }
        }
        fn close(&mut self, name: &str) {
            match name {
                "t" | "font" => self.in_text = false,
                "sp" | "shape" => self.settle(),
                _ => {}
            }
        }
        fn text(&mut self, text: &str) {
            if self.in_text {
                self.text.push_str(text);
            }
        }
    }
    let Some(list) = tree.list(of, "shapes") else {
        return;
    };
    let mut shapes = Shapes {
        tree,
        list,
        shape: None,
        text: String::new(),
        in_text: false,
        paragraphs: false,
    };
    xml::walk(bytes, &mut shapes, parts.ledger);
    shapes.settle();
}
