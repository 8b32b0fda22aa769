//! A layer that is an OpenDocument file: Basic, scripts and what calls them.

use crate::container::zip::Archive;
use crate::project::document::Identity;

use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    pub(super) fn open_document<'b>(
        &mut self,
        _archive: &Archive<'b>,
        _holders: &[&[u8]],
        _children: &mut Vec<Child<'b>>,
    ) -> Identity {
        self.unsupported(
            "odf",
            "an OpenDocument file: Basic macros in it are not decoded",
        )
    }
}
