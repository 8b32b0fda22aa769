//! A document of Word 6 or 95, or a workbook of Excel 5 or 95: macros of before VBA projects.

use crate::container::cfb::File;

use super::pass::Pass;

impl Pass<'_> {
    /// The macros of Word 6 and 95 become modules. Says whether there is active content besides code.
    pub(super) fn word_basic(&mut self, _file: &File<'_>, _holders: &[&[u8]]) -> bool {
        false
    }
}
