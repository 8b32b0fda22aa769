//! Items, their members, and what lists hold.

use std::ops::Range;

use hashbrown::HashMap;

use super::cells::{Cell, Cells};

/// Something in a document that code can address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Item(u32);

impl Item {
    pub(super) const DOCUMENT: Self = Self(0);
    pub(super) const FORMS: Self = Self(1);
}

/// What a member of an item is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Content<'t> {
    /// A text.
    Text(&'t str),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// An item of its own, or a list of them.
    Item(Item),
}

/// The same, stored.
#[derive(Clone, Debug)]
enum Stored {
    Text(Box<str>),
    /// A piece of the running text: items may cover one another.
    Piece(Range<u32>),
    Item(Item),
}

#[derive(Debug, Default)]
struct Node {
    members: Vec<(&'static str, Stored)>,
    items: Vec<Item>,
    list: bool,
    cells: Option<Box<Cells>>,
}

/// How many items there may be.
const MOST: usize = 1 << 18;

/// All items of a document.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    names: HashMap<(Item, Box<str>), Item>,
    numbers: HashMap<(Item, u32), Item>,
    /// The running text, which pieces are of.
    text: String,
    /// Texts that cells share.
    shared: Vec<Range<u32>>,
    shared_text: String,
    /// Whether some were left out.
    pub(super) full: bool,
}

impl Default for Tree {
    fn default() -> Self {
        let root = |list| Node {
            list,
            ..Node::default()
        };
        Self {
            nodes: vec![root(false), root(true)],
            names: HashMap::new(),
            numbers: HashMap::new(),
            text: String::new(),
            shared: Vec::new(),
            shared_text: String::new(),
            full: false,
        }
    }
}

/// Members that stand for the object itself where it has none of that name.
const ITSELF: &[&str] = &[
    "characters",
    "content",
    "controlformat",
    "textframe",
    "textframe2",
    "textrange",
    "textrange2",
    "object",
    "oleformat",
    "range",
    "shape",
];

/// Members that stand for what an item holds, and those that it may be kept as.
const TEXT: &[&str] = &["value", "value2", "text", "formula", "caption", "result"];
const HELD: &[&str] = &["value", "text", "caption"];

impl Tree {
    fn node(&self, item: Item) -> Option<&Node> {
        self.nodes.get(item.0 as usize)
    }

    fn node_mut(&mut self, item: Item) -> Option<&mut Node> {
        self.nodes.get_mut(item.0 as usize)
    }

    pub(super) fn member(&self, item: Item, name: &str) -> Option<Content<'_>> {
        let node = self.node(item)?;
        let find = |name: &str| node.members.iter().find(|(own, _)| *own == name);
        let found = find(name).or_else(|| {
            let text = TEXT.contains(&name);
            HELD.iter().filter(|_| text).find_map(|own| find(own))
        });
        match found {
            Some((_, stored)) => self.content(stored),
            None if name == "count" && node.list => Some(Content::Number(node.items.len() as f64)),
            None if ITSELF.contains(&name) && item != Item::DOCUMENT => Some(Content::Item(item)),
            None => None,
        }
    }

    fn content<'t>(&'t self, stored: &'t Stored) -> Option<Content<'t>> {
        Some(match stored {
            Stored::Text(text) => Content::Text(text),
            Stored::Piece(range) => Content::Text(piece(&self.text, range)?),
            Stored::Item(item) => Content::Item(*item),
        })
    }

    pub(super) fn nth(&self, list: Item, number: usize) -> Option<Item> {
        let known = u32::try_from(number).ok();
        let known = known.and_then(|number| self.numbers.get(&(list, number)));
        known.copied().or_else(|| {
            let node = self.node(list)?;
            node.items.get(number.checked_sub(1)?).copied()
        })
    }

    pub(super) fn named(&self, list: Item, name: &str) -> Option<Item> {
        self.names.get(&(list, key(name))).copied()
    }

    pub(super) fn items(&self, list: Item) -> &[Item] {
        self.node(list).map_or(&[], |node| &node.items)
    }

    pub(super) fn is_list(&self, item: Item) -> bool {
        self.node(item).is_some_and(|node| node.list)
    }

    pub(super) fn cells(&self, sheet: Item) -> Option<&Cells> {
        self.node(sheet)?.cells.as_deref()
    }

    pub(super) fn cell(&self, sheet: Item, row: u32, column: u32) -> Option<Content<'_>> {
        Some(match self.cells(sheet)?.get(row, column)? {
            Cell::Text(text) => Content::Text(text),
            Cell::Shared(index) => {
                let range = self.shared.get(*index as usize)?;
                Content::Text(piece(&self.shared_text, range)?)
            }
            Cell::Number(number) => Content::Number(*number),
            Cell::Bool(bool) => Content::Bool(*bool),
        })
    }

    fn push(&mut self, list: bool) -> Option<Item> {
        if self.nodes.len() >= MOST {
            self.full = true;
            return None;
        }
        let item = Item(u32::try_from(self.nodes.len()).ok()?);
        self.nodes.push(Node {
            list,
            ..Node::default()
        });
        Some(item)
    }

    /// The list that is a member of an item; made if there is none.
    pub(super) fn list(&mut self, of: Item, member: &'static str) -> Option<Item> {
        if let Some(Content::Item(list)) = self.own(of, member) {
            return Some(list);
        }
        let list = self.push(true)?;
        self.set(of, member, Stored::Item(list));
        Some(list)
    }

    fn own(&self, of: Item, member: &str) -> Option<Content<'_>> {
        let node = self.node(of)?;
        let (_, stored) = node.members.iter().find(|(own, _)| *own == member)?;
        self.content(stored)
    }

    /// Another item in a list.
    pub(super) fn add(&mut self, list: Item, name: &str) -> Option<Item> {
        let item = self.push(false)?;
        self.adopt(list, item, name);
        Some(item)
    }

    /// An item of another list is in this one as well.
    pub(super) fn adopt(&mut self, list: Item, item: Item, name: &str) {
        if let Some(node) = self.node_mut(list) {
            node.items.push(item);
        }
        self.call(list, item, name);
    }

    /// Gives an item of a list a name; the first that has one keeps it.
    pub(super) fn call(&mut self, list: Item, item: Item, name: &str) {
        if !name.is_empty() {
            self.names.entry((list, key(name))).or_insert(item);
        }
    }

    /// Gives an item of a list a number that is not its place.
    pub(super) fn number(&mut self, list: Item, item: Item, number: u32) {
        self.numbers.entry((list, number)).or_insert(item);
    }

    fn set(&mut self, of: Item, member: &'static str, stored: Stored) {
        if let Some(node) = self.node_mut(of)
            && !node.members.iter().any(|(own, _)| *own == member)
        {
            node.members.push((member, stored));
        }
    }

    /// Gives an item a text.
    pub(super) fn text(&mut self, of: Item, member: &'static str, text: impl Into<Box<str>>) {
        self.set(of, member, Stored::Text(text.into()));
    }

    /// Gives an item another as a member.
    pub(super) fn link(&mut self, of: Item, member: &'static str, to: Item) {
        self.set(of, member, Stored::Item(to));
    }

    /// Gives an item a piece of the running text.
    pub(super) fn span(&mut self, of: Item, member: &'static str, range: Range<usize>) {
        if let (Ok(from), Ok(to)) = (u32::try_from(range.start), u32::try_from(range.end)) {
            self.set(of, member, Stored::Piece(from..to));
        }
    }

    /// The running text, to append to.
    pub(super) const fn running(&mut self) -> &mut String {
        &mut self.text
    }

    /// Another text that cells share.
    pub(super) fn share(&mut self, text: &str) {
        let from = u32::try_from(self.shared_text.len()).unwrap_or(u32::MAX);
        self.shared_text.push_str(text);
        let to = u32::try_from(self.shared_text.len()).unwrap_or(u32::MAX);
        self.shared.push(from..to);
    }

    /// Gives a sheet its cells.
    pub(super) fn set_cells(&mut self, sheet: Item, cells: Cells) {
        self.full |= cells.is_full();
        if let Some(node) = self.node_mut(sheet) {
            node.cells = Some(Box::new(cells));
        }
    }
}

fn piece<'t>(text: &'t str, range: &Range<u32>) -> Option<&'t str> {
    text.get(range.start as usize..range.end as usize)
}

/// Names are the same in any case.
fn key(name: &str) -> Box<str> {
    name.to_lowercase().into()
}
