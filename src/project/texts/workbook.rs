//! A workbook in a package (ECMA-376-1 18): its sheets, names, and the texts that cells share.
//!
//! | element | what it becomes | clause |
//! |---|---|---|
//! | `sheet` | a sheet, by its place and name | 18.2.19 |
//! | `definedName` | a name | 18.2.5 |
//! | `si` | a text that cells share; `rPh` is how it is read aloud, and no part of it | 18.4.8 |

use quick_xml::events::BytesStart;

use super::package::{Link, Parts};
use super::tree::{Item, Tree};
use super::xml::{self, Visit};
use super::{Wanted, sheet, xml_parts};

/// How many sheets are read.
const MOST_SHEETS: usize = 256;

/// Reads what is wanted of a workbook.
pub(super) fn read(main: &str, wanted: Wanted, parts: &mut Parts<'_, '_>, tree: &mut Tree) {
    let links = parts.links(main);
    if wanted.any(Wanted::PARTS) {
        xml_parts::read(&links, parts, tree);
    }
    if !wanted.any(Wanted::PAGES) {
        return;
    }
    let (Some(sheets), Some(names)) = (
        tree.list(Item::DOCUMENT, "sheets"),
        tree.list(Item::DOCUMENT, "names"),
    ) else {
        return;
    };
    tree.link(Item::DOCUMENT, "worksheets", sheets);
    let mut workbook = Workbook {
        tree,
        names,
        sheets: Vec::new(),
        active: 0,
        name: None,
        formula: String::new(),
    };
    let part = parts.read(main);
    xml::walk(&part, &mut workbook, parts.ledger);
    let (found, active) = (workbook.sheets, workbook.active);
    for link in links.iter().filter(|link| link.is("sharedStrings")) {
        let part = parts.read(link.part);
        let mut shared = Shared {
            tree,
            text: String::new(),
            in_text: false,
            aloud: false,
        };
        xml::walk(&part, &mut shared, parts.ledger);
    }
    for (at, (name, id)) in found.iter().take(MOST_SHEETS).enumerate() {
        let Some(item) = tree.add(sheets, name) else {
            return;
        };
        tree.text(item, "name", &**name);
        if at == active {
            tree.link(Item::DOCUMENT, "activesheet", item);
        }
        let part = links.iter().find(|link: &&Link<'_>| link.id == id);
        if let Some(link) = part {
            sheet::read(link.part, item, parts, tree);
        }
    }
}

struct Workbook<'t> {
    tree: &'t mut Tree,
    names: Item,
    sheets: Vec<(String, String)>,
    active: usize,
    /// A name that has not ended.
    name: Option<Item>,
    formula: String,
}

impl Visit for Workbook<'_> {
    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "sheet" => {
                let name = xml::attribute(element, "name").unwrap_or_default();
                let id = xml::attribute(element, "id").unwrap_or_default();
                self.sheets.push((name.into_owned(), id.into_owned()));
            }
            "workbookView" => {
                let active = xml::number(element, "activeTab").unwrap_or(0);
                self.active = active as usize;
            }
            "definedName" => {
                let name = xml::attribute(element, "name").unwrap_or_default();
                self.name = self.tree.add(self.names, &name);
                if let Some(item) = self.name {
                    self.tree.text(item, "name", &*name);
                }
                self.formula.clear();
                self.formula.push('=');
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "definedName"
            && let Some(item) = self.name.take()
        {
            self.tree.text(item, "refersto", &*self.formula);
            self.tree.text(item, "value", &*self.formula);
        }
    }

    fn text(&mut self, text: &str) {
        if self.name.is_some() {
            self.formula.push_str(text);
        }
    }
}

struct Shared<'t> {
    tree: &'t mut Tree,
    text: String,
    in_text: bool,
    aloud: bool,
}

impl Visit for Shared<'_> {
    fn open(&mut self, name: &str, _: &BytesStart<'_>) {
        match name {
            "si" => self.text.clear(),
            "rPh" => self.aloud = true,
            "t" => self.in_text = !self.aloud,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "si" => self.tree.share(&self.text),
            "rPh" => self.aloud = false,
            "t" => self.in_text = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.text.push_str(&unescaped(text));
        }
    }
}

/// `_x000D_` is the character of that number (ECMA-376-1 22.9.2.19).
pub(super) fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32) {
            Some(code) => {
                plain.push(code);
                rest = after.get(5..).unwrap_or_default();
            }
            None => {
                plain.push_str("_x");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn ecma_376_1_22_9_2_19_characters_by_number() {
        assert_eq!(unescaped("a_x000D_b_x005F_x000A_"), "a\rb_x000A_");
        assert_eq!(unescaped("_x12"), "_x12");
        assert_eq!(unescaped("a_xyz__x"), "a_xyz__x");
    }
}
