//! A layer that is a document of before compound files, or records that have lost theirs.

use crate::project::document::{Identity, has_macro_sheet};
use crate::project::macro_sheets_unread;

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
    pub(super) fn bare_records(&mut self, bytes: &[u8]) -> Identity {
        if has_macro_sheet(bytes, &mut self.ledger) {
            macro_sheets_unread(&mut self.ledger);
        }
        self.unsupported(
            "xls",
            "Excel records without a container, which are not decoded",
        )
    }
}
