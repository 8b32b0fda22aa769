//! What layers load, run or hold besides code, on its way from the readers to the rules.

use crate::project::Load;

use super::pass::Pass;

impl Pass<'_> {
    /// Judges what the layer that is read loads.
    pub(super) fn loads(&mut self, found: impl IntoIterator<Item = Load>) {
        let layer = self.ledger.layer();
        for load in found {
            self.judged.examine(
                &load,
                layer,
                &self.scanner.matcher,
                &mut self.ledger,
                &mut self.findings,
                &mut self.iocs,
            );
        }
    }
}
