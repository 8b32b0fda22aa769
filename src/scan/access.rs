//! A layer that is an Access database.

use crate::project::document::Identity;

use super::pass::Pass;

impl Pass<'_> {
    pub(super) fn access(&mut self, _bytes: &[u8], _holders: &[&[u8]]) -> Identity {
        self.unsupported("access", "an Access database: VBA in it is not decoded")
    }
}
