//! A layer that is a document of before compound files, or records that have lost theirs.

use crate::project::document::Identity;

use super::pass::Pass;

impl Pass<'_> {
    /// Word 2 and older, PowerPoint 4 and older.
    pub(super) fn old(
        &mut self,
        format: &'static str,
        _bytes: &[u8],
        _holders: &[&[u8]],
    ) -> Identity {
        self.unsupported(format, "a document of an old format, which is not decoded")
    }

    /// Excel 2 to 4, or the stream of a later version alone.
    pub(super) fn bare_records(&mut self, _bytes: &[u8]) -> Identity {
        self.unsupported(
            "xls",
            "Excel records without a container, which are not decoded",
        )
    }
}
