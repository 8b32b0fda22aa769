//! A compound file that is a presentation of PowerPoint 97 to 2003.

use crate::container::cfb::File;

use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    /// The project and the objects in its records become children. Says whether there is active content besides code.
    pub(super) fn presentation<'b>(
        &mut self,
        _file: &File<'b>,
        _holders: &[&[u8]],
        _children: &mut Vec<Child<'b>>,
    ) -> bool {
        false
    }
}
