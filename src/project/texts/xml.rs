//! Parts as elements and texts, one after the other.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::container::opc::xml;
pub(super) use crate::container::opc::xml::attribute;
use crate::limits::Limit;
use crate::observe::Ledger;

/// Who is told of them. Names are without their prefix.
pub(super) trait Visit {
    /// An element begins; one that is empty ends at once.
    fn open(&mut self, name: &str, element: &BytesStart<'_>);
    /// An element ends.
    fn close(&mut self, name: &str);
    /// A text, with its references resolved.
    fn text(&mut self, text: &str);
}

/// Goes through a part, to its end or as far as it is well-formed.
pub(super) fn walk(part: &[u8], visit: &mut impl Visit, ledger: &mut Ledger) {
    let Ok(text) = xml::text(part) else { return };
    let mut reader = Reader::from_str(&text.text);
    reader.config_mut().check_end_names = false;
    loop {
        if ledger.charge(Limit::Steps, 1).is_err() {
            return;
        }
        match reader.read_event() {
            Ok(Event::Start(element)) => visit.open(element.local_name().into_inner(), &element),
            Ok(Event::Empty(element)) => {
                let name = element.local_name().into_inner();
                visit.open(name, &element);
                visit.close(name);
            }
            Ok(Event::End(element)) => visit.close(element.local_name().into_inner()),
            Ok(Event::Text(piece)) => visit.text(&piece),
            Ok(Event::CData(piece)) => visit.text(&piece),
            Ok(Event::GeneralRef(name)) => visit.text(&xml::entity(&name)),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// A number in an attribute.
pub(super) fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}
