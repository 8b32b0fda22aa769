//! A layer that is a section of OneNote.

use crate::project::document::Identity;

use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    pub(super) fn one_note<'b>(
        &mut self,
        _bytes: &'b [u8],
        _children: &mut Vec<Child<'b>>,
    ) -> Identity {
        self.unsupported("onenote", "a OneNote section: files in it are not unpacked")
    }
}
