//! A layer that is rich text.

use std::borrow::Cow;

use crate::container::ole::{self, Storage};
use crate::container::rtf::{self, Holder};
use crate::container::{Kind, sniff};
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
            let mut found = Vec::new();
            let several = object.readings.len() > 1;
            let (whole, broken): (Vec<_>, Vec<_>) = object
                .readings
                .into_iter()
                .partition(|reading| is_whole(reading, document.code_page));
            // Of several readings those that do not come out are no loss.
            let alone = !several || whole.is_empty();
            for reading in whole.into_iter().chain(broken) {
                // A theme is a package, and what lies elsewhere can be any file as it is.
                if object.holder == Holder::Theme || is_file(&reading) {
                    found.push(Child::new(place.clone(), Cow::Owned(reading)));
                    continue;
                }
                let code_page = document.code_page;
                let active = self.old_object(&reading, &place, code_page, alone, &mut found);
                identity.active |= active && object.holder != Holder::DataStore;
            }
            found.dedup_by(|one, other| one.bytes == other.bytes);
            children.extend(found);
        }
        // What lies near the start is found whatever the kind of file.
        for at in document.raw.into_iter().filter(|at| *at >= PREFIX) {
            children.push(Child::new(
                format!("(compound file at {at})"),
                Cow::Borrowed(bytes.get(at..).unwrap_or_default()),
            ));
        }
        identity
    }
}

/// Whether all of an object is there.
fn is_whole(bytes: &[u8], code_page: u16) -> bool {
    let object = ole::Object::parse(bytes, Some(code_page));
    is_file(bytes)
        || object
            .is_some_and(|object| !matches!(object.storage, Storage::Embedded { cut: true, .. }))
}

/// Whether bytes are a file as it is, without the header of an object.
fn is_file(bytes: &[u8]) -> bool {
    matches!(
        sniff(bytes),
        Kind::Cfb | Kind::Zip | Kind::Rtf | Kind::ActiveMime
    )
}
