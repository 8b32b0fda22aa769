//! A layer that is rich text.

use crate::project::document::Identity;

use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    pub(super) fn rtf<'b>(&mut self, _bytes: &'b [u8], _children: &mut Vec<Child<'b>>) -> Identity {
        self.unsupported("rtf", "rich text: objects in it are not decoded")
    }
}
