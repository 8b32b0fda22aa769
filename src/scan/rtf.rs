//! A layer that is rich text.

use std::borrow::Cow;

use crate::container::rtf::{self, Holder};
use crate::project::document::{Identity, rich_text_loads};

use super::objects::known_name;
use super::other::PREFIX;
use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    pub(super) fn rtf<'b>(&mut self, bytes: &'b [u8], children: &mut Vec<Child<'b>>) -> Identity {
        self.inspected = true;
        let mut identity = Identity::document("rtf");
        let document = rtf::read(bytes, &mut self.ledger);
        let loads = rich_text_loads(&document, &mut self.ledger);
        self.loads(loads);
        for object in document.objects {
            let holder = match object.holder {
                Holder::Theme => "themedata",
                Holder::DataStore => "datastore",
                Holder::Object => "objdata",
                _ => "object",
            };
            let place = format!("({holder} at {})", object.at);
            self.loads(known_name(&object.class, &place));
            for reading in object.readings {
                // A theme is a package, and what lies elsewhere can be any file as it is.
                if object.holder == Holder::Theme || is_file(&reading) {
                    children.push(Child {
                        name: place.clone(),
                        bytes: Cow::Owned(reading),
                    });
                    continue;
                }
                let active = self.old_object(&reading, &place, document.code_page, children);
                identity.active |= active && object.holder != Holder::DataStore;
            }
        }
        // What lies near the start is found whatever the kind of file.
        for at in document.raw.into_iter().filter(|at| *at >= PREFIX) {
            children.push(Child {
                name: format!("(compound file at {at})"),
                bytes: Cow::Borrowed(bytes.get(at..).unwrap_or_default()),
            });
        }
        identity
    }
}

/// Whether bytes are a file as it is, without the header of an object.
fn is_file(bytes: &[u8]) -> bool {
    use crate::container::{Kind, sniff};
    matches!(
        sniff(bytes),
        Kind::Cfb | Kind::Zip | Kind::Rtf | Kind::ActiveMime
    )
}
