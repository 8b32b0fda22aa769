//! A compound file that is a presentation of PowerPoint 97 to 2003.

use std::borrow::Cow;

use crate::container::cfb::File;
use crate::project::document::inspect_presentation;

use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    /// The project and the objects in its records become children. Says whether there is active content besides code.
    pub(super) fn presentation<'b>(
        &mut self,
        file: &File<'b>,
        children: &mut Vec<Child<'b>>,
    ) -> bool {
        let mut active = false;
        let streams = file.entries().iter().filter(|entry| entry.is_stream());
        for entry in streams.filter(|entry| entry.is_named("PowerPoint Document")) {
            let user = entry
                .parent()
                .and_then(|storage| file.child(storage, "Current User"))
                .map(|user| file.head(user, &mut self.ledger))
                .unwrap_or_default();
            let stream = file.stream(entry, &mut self.ledger);
            let found = inspect_presentation(&stream, user, &mut self.ledger);
            active |= found.active;
            let layer = self.ledger.layer();
            let starts = found.starts.into_iter().map(|start| (layer, start));
            self.starts.extend(starts);
            self.loads(found.loads);
            let objects = found
                .objects
                .into_iter()
                .map(|(name, bytes)| Child::new(name, Cow::Owned(bytes)));
            children.extend(objects);
        }
        active
    }
}
