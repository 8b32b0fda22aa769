//! A layer that is a section of OneNote.

use std::borrow::Cow;

use crate::container::{Kind, one_note, sniff};
use crate::project::attached::{ending_of_kind, is_false, is_picture, kind_of_attached};
use crate::project::document::Identity;
use crate::project::{Load, LoadKind};

use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    /// Each file in the section that is no picture is told, and a layer of its own if its kind can
    /// carry code: a click opens it as if it lay in a folder.
    pub(super) fn one_note<'b>(
        &mut self,
        bytes: &'b [u8],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        self.inspected = true;
        let mut loads = Vec::new();
        for file in one_note::files(bytes, &mut self.ledger) {
            let kind = kind_of_attached(file.data, &file.name);
            if is_picture(kind) || file.data.is_empty() {
                continue;
            }
            let name = match file.name.as_str() {
                "" => format!("unnamed.{}", ending_of_kind(kind)),
                ending if ending.starts_with('.') => format!("unnamed{ending}"),
                name => name.to_owned(),
            };
            let place = format!("FileDataStoreObject at {}", file.offset);
            if is_false(kind, &name) {
                loads.push(Load {
                    kind: LoadKind::FalseType,
                    target: format!("{name} is {kind}"),
                    place: place.clone(),
                });
            }
            loads.push(Load {
                kind: LoadKind::Attachment,
                target: name.clone(),
                place,
            });
            if !matches!(sniff(file.data), Kind::Foreign(_)) {
                children.push(Child::new(name, Cow::Borrowed(file.data)));
            }
        }
        self.loads(loads);
        Identity::document("onenote")
    }
}
