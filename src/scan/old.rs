//! A layer that is a document of before compound files, or records that have lost theirs.

use crate::bytes::{le16, slice};
use crate::limits::Limit;
use crate::observe::Reason;
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
    pub(super) fn bare_records(&mut self, bytes: &[u8]) -> Identity {
        if self.has_macro_sheet(bytes) {
            self.ledger.gap(
                Reason::ActiveUnread,
                format_args!("the workbook has Excel 4.0 macro sheets, which are not decoded"),
            );
        }
        self.unsupported(
            "xls",
            "Excel records without a container, which are not decoded",
        )
    }

    /// Whether a sheet of macros begins in these records: a BOF of any version, [MS-XLS] 2.4.21,
    /// with the type 0x0040.
    fn has_macro_sheet(&mut self, bytes: &[u8]) -> bool {
        let mut at = 0_usize;
        while let (Some(record), Some(size)) = (le16(bytes, at), le16(bytes, at.saturating_add(2)))
        {
            let is_bof = matches!(record, 0x0009 | 0x0209 | 0x0409 | 0x0809);
            if is_bof && le16(bytes, at.saturating_add(6)) == Some(0x0040) {
                return true;
            }
            let start = at.saturating_add(4);
            let size = usize::from(size);
            if slice(bytes, start, size).is_none() || self.ledger.charge(Limit::Steps, 1).is_err() {
                return false;
            }
            at = start.saturating_add(size);
        }
        false
    }
}
