//! Names and alternative texts of shapes in binary documents, [MS-ODRAW].
//!
//! | at | field of OfficeArtRecordHeader (2.2.1) |
//! |---|---|
//! | 0x00 | `recVer` in four bits, 15 for a container; `recInstance` in twelve |
//! | 0x02, 0x04 | `recType`, `recLen` |
//!
//! A shape is 0xF004. Of its options, 0xF00B and 0xF122, `wzName` is 0x0380 and `wzDescription`
//! 0x0381 (2.3.4): complex, so that the value is the size of the text behind all of them (2.2.8).

use crate::bytes::text::utf16le;
use crate::bytes::{le16, le32, slice};
use crate::limits::Limit;
use crate::observe::Ledger;

use super::tree::{Item, Tree};

const SHAPE: u16 = 0xF004;
const GROUP: u16 = 0xF003;
const OPTIONS: [u16; 2] = [0xF00B, 0xF122];
const TEXT_BOX: u16 = 0xF00D;
const NAME: u16 = 0x0380;
const DESCRIPTION: u16 = 0x0381;

/// Reads the shapes of a drawing; `texts` are those of its text boxes, in their order.
pub(super) fn shapes(
    drawing: &[u8],
    of: Item,
    texts: &mut dyn Iterator<Item = &str>,
    tree: &mut Tree,
    ledger: &mut Ledger,
) {
    if drawing.is_empty() {
        return;
    }
    let Some(list) = tree.list(of, "shapes") else {
        return;
    };
    let mut shape = Shape::default();
    let mut at = 0_usize;
    while let Some(header) = slice(drawing, at, 8) {
        if ledger.charge(Limit::Steps, 1).is_err() {
            return;
        }
        let (Some(flags), Some(kind), Some(size)) =
            (le16(header, 0), le16(header, 2), le32(header, 4))
        else {
            return;
        };
        if kind < 0xF000 {
            // Between the drawings of Word there is a byte that says of which part each is.
            at = at.saturating_add(1);
            continue;
        }
        let body = at.saturating_add(8);
        if flags & 0xF == 0xF {
            if kind == SHAPE {
                shape.settle(list, tree);
                shape.open = true;
            }
            if kind == GROUP {
                shape.groups = shape.groups.saturating_add(1);
            }
            at = body;
            continue;
        }
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let bytes = slice(drawing, body, size).unwrap_or_default();
        if OPTIONS.contains(&kind) {
            shape.options(bytes, usize::from(flags >> 4));
        } else if kind == TEXT_BOX {
            shape.text = texts.next().map(str::to_owned);
        }
        at = body.saturating_add(size);
    }
    shape.settle(list, tree);
}

#[derive(Default)]
struct Shape {
    open: bool,
    groups: u32,
    /// How many shapes there were: the first of a group stands for the group itself.
    seen: u32,
    name: String,
    description: String,
    text: Option<String>,
}

impl Shape {
    fn options(&mut self, options: &[u8], count: usize) {
        let mut at = count.saturating_mul(6);
        for option in options.chunks_exact(6).take(count) {
            let (Some(id), Some(value)) = (le16(option, 0), le32(option, 2)) else {
                return;
            };
            if id & 0x8000 == 0 {
                continue;
            }
            let size = usize::try_from(value).unwrap_or(usize::MAX);
            let text = slice(options, at, size).unwrap_or_default();
            let place = match id & 0x3FFF {
                NAME => Some(&mut self.name),
                DESCRIPTION => Some(&mut self.description),
                _ => None,
            };
            if let Some(place) = place {
                *place = utf16le(text).trim_end_matches('\0').to_owned();
            }
            at = at.saturating_add(size);
        }
    }

    /// The shape is complete.
    fn settle(&mut self, list: Item, tree: &mut Tree) {
        if !std::mem::take(&mut self.open) {
            return;
        }
        let (name, description) = (
            std::mem::take(&mut self.name),
            std::mem::take(&mut self.description),
        );
        let text = self.text.take();
        self.seen = self.seen.saturating_add(1);
        if self.seen == 1 && self.groups > 0 && text.is_none() && name.is_empty() {
            return;
        }
        let Some(item) = tree.add(list, &name) else {
            return;
        };
        tree.text(item, "name", name);
        tree.text(item, "alternativetext", description);
        if let Some(text) = text {
            tree.text(item, "text", text);
        }
    }
}
