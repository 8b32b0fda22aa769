//! A layer that is a sheet, a query or a list of cells in text, or a program that a spreadsheet
//! loads.

use crate::project::LoadKind;
use crate::project::document::{Identity, read_add_in};
use crate::project::sheet_text::{read_sheet_text, read_sylk};

use super::other::foreign;
use super::pass::Pass;

impl Pass<'_> {
    pub(super) fn sylk(&mut self, bytes: &[u8]) -> Identity {
        self.inspected = true;
        let loads = read_sylk(bytes, &mut self.ledger);
        self.loads(loads);
        Identity::document("slk")
    }

    /// Text that a spreadsheet would open, if it holds anything that acts.
    pub(super) fn sheet_text(&mut self, bytes: &[u8], name: Option<&str>) -> Option<Identity> {
        let sheet = read_sheet_text(bytes, name, &mut self.ledger)?;
        self.inspected = true;
        self.loads(sheet.loads);
        Some(Identity::document(sheet.format))
    }

    /// Cells in a text that is source as well: formulas that fetch are what source is about, one
    /// that starts a program is not.
    pub(super) fn cells_in_source(&mut self, bytes: &[u8]) {
        let sheet = read_sheet_text(bytes, None, &mut self.ledger);
        let loads = sheet.into_iter().flat_map(|sheet| sheet.loads);
        self.loads(loads.filter(|load| load.kind == LoadKind::DdeFormula));
    }

    /// A program for Windows, which is of no concern unless Office loads it.
    pub(super) fn program(&mut self, format: &'static str, bytes: &[u8]) -> Identity {
        let Some((format, load)) = read_add_in(bytes) else {
            return foreign(format);
        };
        self.inspected = true;
        self.loads([load]);
        Identity::document(format)
    }
}
