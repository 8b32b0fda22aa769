//! Texts that a document keeps outside its code, where code can read them: captions and values of
//! forms, variables, properties, cells, alternative texts, comments, the text itself.
//!
//! Read only when code has asked for one that is not known otherwise, since most never do, and
//! only the parts that were asked for. What is found is a tree of `Item`s, addressed as the
//! object model of Office does it: by the name of a member, by number from 1, or by name.
//!
//! | file | what | clause |
//! |---|---|---|
//! | `tree` | items and their members | |
//! | `cells` | the cells of a sheet | |
//! | `controls` | forms, and controls on pages | [MS-OFORMS] |
//! | `package` | which part of a package is what | ECMA-376-2 |
//! | `story` | text, tables, bookmarks, controls, shapes of Word | ECMA-376-1 17 |
//! | `workbook`, `sheet` | cells, names, comments, shapes of Excel | ECMA-376-1 18 |
//! | `drawing` | names and alternative texts of shapes | ECMA-376-1 20, 21; VML |
//! | `slides` | texts, notes, tags of PowerPoint | ECMA-376-1 19 |
//! | `properties` | `docProps`, and property sets | ECMA-376-1 22, [MS-OLEPS] |
//! | `word_97` | text, variables, bookmarks of a `.doc` | [MS-DOC] |
//! | `excel_97` | cells, names, comments of a `.xls` | [MS-XLS] |
//! | `art` | names and alternative texts of shapes in both | [MS-ODRAW] |
//!
//! Nothing of this judges or leaves a gap: what is not read is not known to the code that asks.

mod art;
mod cells;
mod controls;
mod drawing;
mod excel_97;
mod package;
mod properties;
mod sheet;
mod slides;
mod story;
mod tree;
mod word_97;
mod workbook;
mod xml;
mod xml_parts;

use crate::container::zip::Inflater;
use crate::container::{Kind, cfb, sniff};
use crate::limits::Limit;
use crate::observe::Ledger;

pub use cells::{Cell, Cells};
pub use tree::{Content, Item};

use tree::Tree;

/// Which texts are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted(u8);

impl Wanted {
    /// Controls of forms.
    pub const FORMS: Self = Self(1);
    /// Variables of the document.
    pub const VARIABLES: Self = Self(2);
    /// Properties of the document.
    pub const PROPERTIES: Self = Self(4);
    /// XML parts of its own.
    pub const PARTS: Self = Self(8);
    /// Text, cells, slides, shapes, comments: what a page shows or hides.
    pub const PAGES: Self = Self(16);

    /// Whether any of these is asked for.
    #[must_use]
    pub const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Whether nothing is.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The texts of one document.
#[derive(Debug, Default)]
pub struct Texts {
    tree: Tree,
}

impl Texts {
    /// Reads the texts of a project's surroundings: the layer of the project first, then those
    /// that hold it.
    #[must_use]
    pub fn read(
        wanted: Wanted,
        holders: &[&[u8]],
        inflater: &mut Inflater,
        ledger: &mut Ledger,
    ) -> Self {
        let mut own = aside(ledger);
        let mut texts = Self::default();
        let mut found = false;
        for holder in holders {
            found |= match sniff(holder) {
                Kind::Cfb => compound(holder, wanted, &mut texts.tree, &mut own),
                Kind::Zip => package::read(holder, wanted, &mut texts.tree, inflater, &mut own),
                _ => false,
            };
            // What is around a document is no part of it.
            if found {
                break;
            }
        }
        for limit in PAID {
            let spent = own.budget().spent(limit);
            // It was made sure that there is as much.
            let _ = ledger.charge(limit, spent);
        }
        if texts.tree.full || !own.gaps().is_empty() {
            ledger.observe(
                "texts.bounds",
                "",
                0,
                format_args!(
                    "the document keeps more texts outside its code than are looked up for it"
                ),
            );
        }
        texts
    }

    /// The document.
    #[must_use]
    pub const fn document(&self) -> Item {
        Item::DOCUMENT
    }

    /// The form of that name.
    #[must_use]
    pub fn form(&self, name: &str) -> Option<Item> {
        self.tree.named(Item::FORMS, name)
    }

    /// A member of an item, by its name in small letters.
    #[must_use]
    pub fn member(&self, item: Item, name: &str) -> Option<Content<'_>> {
        self.tree.member(item, name)
    }

    /// One of the items in a list, by number from 1.
    #[must_use]
    pub fn nth(&self, list: Item, number: usize) -> Option<Item> {
        self.tree.nth(list, number)
    }

    /// One of the items in a list, by name in any case.
    #[must_use]
    pub fn named(&self, list: Item, name: &str) -> Option<Item> {
        self.tree.named(list, name)
    }

    /// All items in a list.
    #[must_use]
    pub fn items(&self, list: Item) -> &[Item] {
        self.tree.items(list)
    }

    /// Whether an item is a list, or holds others by number.
    #[must_use]
    pub fn is_list(&self, item: Item) -> bool {
        self.tree.is_list(item)
    }

    /// The cells of an item that is a sheet.
    #[must_use]
    pub fn cells(&self, sheet: Item) -> Option<&Cells> {
        self.tree.cells(sheet)
    }

    /// What a cell holds.
    #[must_use]
    pub fn cell(&self, sheet: Item, row: u32, column: u32) -> Option<Content<'_>> {
        self.tree.cell(sheet, row, column)
    }
}

/// What reading texts pays with.
const PAID: [Limit; 3] = [Limit::OutputBytes, Limit::Steps, Limit::Entries];
/// The most that inflating texts may produce.
const MOST_BYTES: u64 = 64 << 20;

/// An account of its own, with a part of what is left: everything that is read here was read
/// before as a layer, and noted there.
fn aside(ledger: &Ledger) -> Ledger {
    let budget = ledger.budget();
    let mut limits = budget.limits().clone();
    for limit in PAID {
        limits = limits.with(limit, budget.left(limit) / 4);
    }
    let most = limits.get(Limit::OutputBytes).min(MOST_BYTES);
    Ledger::new(limits.with(Limit::OutputBytes, most))
}

/// Reads what is wanted of a compound file; whether it is a document, and not the project of one.
fn compound(bytes: &[u8], wanted: Wanted, tree: &mut Tree, ledger: &mut Ledger) -> bool {
    let Ok(file) = cfb::File::parse(bytes, ledger) else {
        return false;
    };
    let root = file.root().map(cfb::Entry::id);
    let at_root = |name: &str| root.is_some_and(|root| file.child(root, name).is_some());
    let document = ["WordDocument", "Workbook", "Book", "PowerPoint Document"];
    if wanted.any(Wanted::FORMS) {
        controls::forms(&file, tree, ledger);
    }
    if !document.iter().any(|name| at_root(name)) {
        return false;
    }
    if wanted.any(Wanted::FORMS.and(Wanted::PAGES)) {
        controls::objects(&file, Item::DOCUMENT, tree, ledger);
    }
    if wanted.any(Wanted::PROPERTIES) {
        properties::compound(&file, tree, ledger);
    }
    if at_root("WordDocument") {
        word_97::read(&file, wanted, tree, ledger);
    } else if wanted.any(Wanted::PAGES) {
        let book = root.and_then(|root| {
            let workbook = file.child(root, "Workbook");
            workbook.or_else(|| file.child(root, "Book"))
        });
        if let Some(book) = book {
            excel_97::read(&file.stream(book, ledger), tree, ledger);
        }
    }
    true
}
