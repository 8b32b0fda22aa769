//! A compound file that is a drawing of Visio 5 to 2010.

use std::borrow::Cow;

use crate::container::cfb::File;
use crate::container::visio;

use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    /// The compound files packed in its stream, a macro project among them, become children. Says
    /// whether there is active content besides code.
    pub(super) fn drawing<'b>(&mut self, file: &File<'b>, children: &mut Vec<Child<'b>>) -> bool {
        for entry in file.entries() {
            if !entry.is_stream() || !entry.is_named("VisioDocument") {
                continue;
            }
            let stream = file.stream(entry, &mut self.ledger);
            let path = file.path(entry);
            let found = visio::compound_files(&stream, &mut self.ledger);
            children.extend(found.into_iter().map(|packed| {
                Child::new(
                    format!("{path} (compound file at {})", packed.at),
                    Cow::Owned(packed.bytes),
                )
            }));
        }
        false
    }
}
