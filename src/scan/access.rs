//! A layer that is an Access database.

use crate::container::jet;
use crate::limits::Limit;
use crate::observe::Reason;
use crate::project::document::Identity;
use crate::project::ovba;

use super::pass::Pass;

impl Pass<'_> {
    /// Judges the VBA that is found among the values. What else the database runs (macros, forms,
    /// queries) is not read, so it is never more than partly inspected.
    pub(super) fn access(&mut self, bytes: &[u8], holders: &[&[u8]]) -> Identity {
        self.inspected = true;
        self.ledger.gap(
            Reason::Unsupported,
            format_args!(
                "an Access database: its VBA is read as far as it is found, and its macros, forms and queries are not"
            ),
        );
        // The values are searched for source.
        let passes = bytes.len() as u64 >> 5;
        if self.ledger.charge(Limit::Steps, passes).is_ok() {
            let mut values = Vec::new();
            jet::long_values(bytes, &mut values, &mut self.ledger);
            let mut text = std::mem::take(&mut self.scratch.text);
            text.clear();
            let project = ovba::harvest(&values, &mut text, &mut self.ledger)
                .or_else(|| ovba::harvest(bytes, &mut text, &mut self.ledger));
            self.projects(project.into_iter().collect(), &text, holders);
            self.scratch.text = text;
        }
        Identity::document("access")
    }
}
