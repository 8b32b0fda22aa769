//! A compound file that is a drawing of Visio 2003 to 2010.

use crate::container::cfb::File;

use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    /// The project packed in its stream becomes a child. Says whether there is active content besides code.
    pub(super) fn drawing<'b>(&mut self, _file: &File<'b>, _children: &mut Vec<Child<'b>>) -> bool {
        false
    }
}
