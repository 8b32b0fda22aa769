//! Objects that a compound file holds: packages, links and their classes.

use crate::container::cfb::File;

use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    /// The files in packages become children. Says whether there is active content besides code.
    pub(super) fn objects<'b>(&mut self, _file: &File<'b>, _children: &mut Vec<Child<'b>>) -> bool {
        false
    }
}
