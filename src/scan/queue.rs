//! Nesting as a work list: readers return children, and this decides which are looked at.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

/// A nested document that a reader came upon.
#[derive(Debug)]
pub(super) struct Child<'b> {
    /// Its name in the layer that holds it.
    pub(super) name: String,
    /// Its bytes, borrowed where the layer holds them as they are.
    pub(super) bytes: Cow<'b, [u8]>,
    /// How many zeros follow the bytes and were not kept.
    pub(super) zeros: u64,
}

impl<'b> Child<'b> {
    /// One whose bytes are all there.
    pub(super) const fn new(name: String, bytes: Cow<'b, [u8]>) -> Self {
        let zeros = 0;
        Self { name, bytes, zeros }
    }

    /// One that does not end with the layer that holds it.
    pub(super) fn into_owned<'a>(self) -> Child<'a> {
        Child {
            name: self.name,
            bytes: Cow::Owned(self.bytes.into_owned()),
            zeros: self.zeros,
        }
    }
}

/// A layer that waits for its turn.
#[derive(Debug)]
pub(super) struct Item<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    pub(super) parent: Option<u32>,
    pub(super) name: Option<String>,
    /// How many zeros follow the bytes and were not kept.
    pub(super) zeros: u64,
    depth: u64,
}

/// The layers that wait, in the order in which they were found.
#[derive(Debug)]
pub(super) struct Queue<'a> {
    items: VecDeque<Item<'a>>,
}

impl<'a> Queue<'a> {
    pub(super) fn new(input: &'a [u8], name: Option<&str>) -> Self {
        let name = name.map(str::to_owned);
        let input = Item {
            bytes: Cow::Borrowed(input),
            parent: None,
            name,
            zeros: 0,
            depth: 0,
        };
        Self {
            items: VecDeque::from([input]),
        }
    }

    pub(super) fn pop(&mut self) -> Option<Item<'a>> {
        self.items.pop_front()
    }

    /// Takes the children of a layer; those that would nest too deep leave a gap.
    pub(super) fn extend(
        &mut self,
        children: impl Iterator<Item = Child<'a>>,
        parent: u32,
        parent_depth: u64,
        ledger: &mut Ledger,
    ) {
        let depth = parent_depth + 1;
        let limit = ledger.budget().limits().get(Limit::Depth);
        for child in children {
            if depth > limit {
                ledger.gap(
                    Reason::Limit,
                    format_args!(
                        "limit depth of {limit} reached; {} was not opened",
                        child.name
                    ),
                );
                continue;
            }
            let name = Some(child.name);
            self.items.push_back(Item {
                bytes: child.bytes,
                parent: Some(parent),
                name,
                zeros: child.zeros,
                depth,
            });
        }
    }
}

impl Item<'_> {
    pub(super) const fn depth(&self) -> u64 {
        self.depth
    }
}
