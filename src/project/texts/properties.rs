//! Properties: `docProps` of packages (ECMA-376-1 15.2.12), and property sets of compound files
//! ([MS-OLEPS] 2.21).
//!
//! | at | field of a property set | |
//! |---|---|---|
//! | 0x1C, 0x2C | `FMTID0`, `Offset0`; the second set 20 bytes further | [MS-OLEPS] 2.21 |
//! | 0x00, 0x04 | of a set: `Size`, `NumProperties` | 2.20 |
//! | 0x08 | of each property: identifier, offset in the set | 2.19 |
//! | 0x00 | of a property: type; 0x1E a text in the code page, 0x1F in UTF-16, 0x03 a number | 2.15 |
//! | id 0 | the names of a set of one's own | 2.17 |
//! | id 1 | the code page | 2.25 |

use hashbrown::HashMap;
use quick_xml::events::BytesStart;

use crate::bytes::{le16, le32, slice, text};
use crate::container::cfb::File;
use crate::limits::Limit;
use crate::observe::Ledger;

use super::package::{Link, Parts};
use super::tree::{Item, Tree};
use super::xml::{self, Visit};

/// Elements, with the names of the object model, the identifiers in the two sets, and the numbers in
/// the list of the object model (`WdBuiltInProperty`).
const BUILT_IN: &[(&str, &str, u32, u32)] = &[
    ("title", "Title", 2, 1),
    ("subject", "Subject", 3, 2),
    ("creator", "Author", 4, 3),
    ("keywords", "Keywords", 5, 4),
    ("description", "Comments", 6, 5),
    ("Template", "Template", 7, 6),
    ("lastModifiedBy", "Last Author", 8, 7),
    ("revision", "Revision Number", 9, 8),
    ("category", "Category", 0x1002, 18),
    ("contentStatus", "Content status", 0x101B, 32),
    ("contentType", "Content type", 0x101A, 31),
    ("language", "Language", 0x101C, 33),
    ("version", "Document version", 0x101D, 34),
    ("Manager", "Manager", 0x100E, 20),
    ("Company", "Company", 0x100F, 21),
    ("HyperlinkBase", "Hyperlink base", 0x1015, 29),
    ("Application", "Application Name", 0x12, 9),
];
/// What is added to the identifiers of the second set here.
const SECOND: u32 = 0x1000;

/// The lists, so that what is not there is known not to be.
fn lists(tree: &mut Tree) -> Option<(Item, Item)> {
    let built_in = tree.list(Item::DOCUMENT, "builtindocumentproperties")?;
    let custom = tree.list(Item::DOCUMENT, "customdocumentproperties")?;
    Some((built_in, custom))
}

fn put(tree: &mut Tree, list: Item, name: &str, value: &str) {
    if let Some(item) = tree.add(list, name) {
        tree.text(item, "value", value);
        tree.text(item, "name", name);
        if let Some((.., number)) = BUILT_IN.iter().find(|(_, own, ..)| *own == name) {
            tree.number(list, item, *number);
        }
    }
}

/// Reads the properties of a package.
pub(super) fn package(root: &[Link<'_>], parts: &mut Parts<'_, '_>, tree: &mut Tree) {
    let Some((built_in, custom)) = lists(tree) else {
        return;
    };
    for link in root {
        let custom_part = link.is("custom-properties");
        if !custom_part && !link.is("core-properties") && !link.is("extended-properties") {
            continue;
        }
        let part = parts.read(link.part);
        let list = if custom_part { custom } else { built_in };
        let mut properties = Properties {
            tree,
            list,
            custom: custom_part,
            name: String::new(),
            value: String::new(),
            depth: 0,
        };
        xml::walk(&part, &mut properties, parts.ledger);
    }
}

/// `<title>value</title>`, `<property name="x"><vt:lpwstr>value</vt:lpwstr></property>`
struct Properties<'t> {
    tree: &'t mut Tree,
    list: Item,
    custom: bool,
    name: String,
    value: String,
    depth: u32,
}

impl Visit for Properties<'_> {
    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        self.depth = self.depth.saturating_add(1);
        if self.depth != 2 {
            return;
        }
        self.value.clear();
        self.name = if self.custom {
            let name = xml::attribute(element, "name");
            name.map(std::borrow::Cow::into_owned).unwrap_or_default()
        } else {
            let known = BUILT_IN.iter().find(|(own, ..)| *own == name);
            known.map_or("", |(_, name, ..)| *name).to_owned()
        };
    }

    fn close(&mut self, _: &str) {
        if self.depth == 2 && !self.name.is_empty() {
            put(self.tree, self.list, &self.name, &self.value);
            self.name.clear();
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn text(&mut self, text: &str) {
        if self.depth >= 2 && !self.name.is_empty() {
            self.value.push_str(text);
        }
    }
}

/// Reads the property sets of a compound file.
pub(super) fn compound(file: &File<'_>, tree: &mut Tree, ledger: &mut Ledger) {
    let Some((built_in, custom)) = lists(tree) else {
        return;
    };
    let root = file.root().map(crate::container::cfb::Entry::id);
    let sets = [
        ("\u{5}SummaryInformation", 0),
        ("\u{5}DocumentSummaryInformation", SECOND),
    ];
    for (name, add) in sets {
        let Some(entry) = root.and_then(|root| file.child(root, name)) else {
            continue;
        };
        let stream = file.stream(entry, ledger);
        let count = le32(&stream, 0x18).unwrap_or(0).min(2);
        for (at, own) in [(0x2C, false), (0x40, true)]
            .into_iter()
            .take(count as usize)
        {
            let at = le32(&stream, at);
            let set = at.and_then(|at| stream.get(at as usize..));
            let list = if own { custom } else { built_in };
            property_set(set.unwrap_or_default(), (list, own, add), tree, ledger);
        }
    }
}

fn property_set(
    set: &[u8],
    (list, own, add): (Item, bool, u32),
    tree: &mut Tree,
    ledger: &mut Ledger,
) {
    let count = le32(set, 4).unwrap_or(0);
    let mut properties = Vec::new();
    for index in 0..count as usize {
        let at = index.saturating_mul(8).saturating_add(8);
        let (Some(id), Some(offset)) = (le32(set, at), le32(set, at.saturating_add(4))) else {
            break;
        };
        if ledger.charge(Limit::Steps, 1).is_err() {
            break;
        }
        properties.push((id, set.get(offset as usize..).unwrap_or_default()));
    }
    let of = |wanted: u32| properties.iter().find(|(id, _)| *id == wanted);
    let code_page = of(1).and_then(|(_, value)| le16(value, 4)).unwrap_or(1252);
    let names = match of(0) {
        Some((_, dictionary)) if own => dictionary_of(dictionary, code_page, ledger),
        _ => HashMap::new(),
    };
    for (id, value) in properties.iter().filter(|(id, _)| *id > 1) {
        let name = if own {
            names.get(id).map(String::as_str)
        } else {
            let known = BUILT_IN
                .iter()
                .find(|(.., own)| *own == id.saturating_add(add));
            known.map(|(_, name, ..)| *name)
        };
        let Some(name) = name else { continue };
        if let Some(value) = typed(value, code_page, ledger) {
            put(tree, list, name, &value);
        }
    }
}

/// How long a text may be: several properties can lie at one place.
const LONGEST: usize = 1 << 20;

fn typed(value: &[u8], code_page: u16, ledger: &mut Ledger) -> Option<String> {
    let size = le32(value, 4)? as usize;
    match le16(value, 0)? {
        0x1E => string(value, size, code_page, ledger),
        0x1F => string(value, size.checked_mul(2)?, 1200, ledger),
        0x03 => Some(i32::from_le_bytes(crate::bytes::array(value, 4)?).to_string()),
        _ => None,
    }
}

fn string(value: &[u8], size: usize, code_page: u16, ledger: &mut Ledger) -> Option<String> {
    let bytes = slice(value, 8, size.min(LONGEST))?;
    let cost = bytes.len() as u64;
    ledger.charge(Limit::OutputBytes, cost).ok()?;
    Some(decoded(bytes, code_page))
}

fn decoded(bytes: &[u8], code_page: u16) -> String {
    let text = if code_page == 1200 {
        text::utf16le(bytes)
    } else {
        text::decode(bytes, code_page).text.into_owned()
    };
    let end = text.find('\0').unwrap_or(text.len());
    text.get(..end).unwrap_or_default().to_owned()
}

/// The names of properties ([MS-OLEPS] 2.17).
fn dictionary_of(dictionary: &[u8], code_page: u16, ledger: &mut Ledger) -> HashMap<u32, String> {
    let mut names = HashMap::new();
    let mut at = 4_usize;
    for _ in 0..le32(dictionary, 0).unwrap_or(0) {
        let (Some(id), Some(length)) =
            (le32(dictionary, at), le32(dictionary, at.saturating_add(4)))
        else {
            break;
        };
        let wide = code_page == 1200;
        let size = (length as usize).saturating_mul(if wide { 2 } else { 1 });
        let Some(name) = slice(dictionary, at.saturating_add(8), size) else {
            break;
        };
        if ledger
            .charge(Limit::Steps, (size as u64 >> 6).saturating_add(1))
            .is_err()
        {
            break;
        }
        names.insert(id, decoded(name, code_page));
        // Of two bytes a character, padded to four.
        let padded = if wide { size.next_multiple_of(4) } else { size };
        at = at.saturating_add(8).saturating_add(padded);
    }
    names
}
