//! The elements of a part, in order, for readers that want a few attributes of a few of them.

use std::borrow::Cow;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::container::opc::xml;
use crate::limits::{Limit, Spent};
use crate::observe::{Ledger, Reason};

/// A piece of a part.
pub(super) enum Node<'n> {
    /// An element begins: its name without prefix, and its attributes.
    Open(&'n str, &'n BytesStart<'n>),
    /// Text of the element that was opened last, references resolved.
    Text(&'n str),
    /// An element ends.
    Close,
}

/// Reads a part, if any of `marks` is in its text. What cannot be read leaves a gap.
pub(super) fn read(
    part: &[u8],
    name: &str,
    marks: &[&str],
    ledger: &mut Ledger,
    each: impl FnMut(Node<'_>, &mut Ledger) -> Result<(), Spent>,
) {
    let Some(text) = xml::text_of_part(part, name, ledger) else {
        return;
    };
    if has(&text, marks) {
        walk(&text, name, ledger, each);
    }
}

/// Whether any of these is in the text.
pub(super) fn has(text: &str, marks: &[&str]) -> bool {
    let text = text.as_bytes();
    marks
        .iter()
        .any(|mark| memmem::find(text, mark.as_bytes()).is_some())
}

/// Hands the pieces of a text to `each`. Damage leaves a gap.
pub(super) fn walk(
    text: &str,
    name: &str,
    ledger: &mut Ledger,
    mut each: impl FnMut(Node<'_>, &mut Ledger) -> Result<(), Spent>,
) {
    let mut reader = Reader::from_str(text);
    // VML is HTML in places.
    reader.config_mut().check_end_names = false;
    let mut depth = 0_u64;
    loop {
        // A spent budget has left its gap.
        if ledger.charge(Limit::Steps, 1).is_err() {
            return;
        }
        let event = reader.read_event();
        let done = match &event {
            Ok(Event::Start(element)) => {
                depth = depth.saturating_add(1);
                each(
                    Node::Open(element.local_name().into_inner(), element),
                    ledger,
                )
            }
            Ok(Event::Empty(element)) => each(
                Node::Open(element.local_name().into_inner(), element),
                ledger,
            )
            .and_then(|()| each(Node::Close, ledger)),
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                each(Node::Close, ledger)
            }
            Ok(Event::Text(piece)) => each(Node::Text(piece), ledger),
            Ok(Event::CData(piece)) => each(Node::Text(piece), ledger),
            Ok(Event::GeneralRef(name)) => each(Node::Text(&xml::entity(name)), ledger),
            Ok(Event::Eof) if depth == 0 => return,
            Ok(Event::Eof) => {
                broken(name, reader.buffer_position(), ledger);
                return;
            }
            Ok(_) => Ok(()),
            Err(_) => {
                broken(name, reader.error_position(), ledger);
                return;
            }
        };
        if done.is_err() {
            return;
        }
    }
}

#[cold]
fn broken(name: &str, at: u64, ledger: &mut Ledger) {
    ledger.gap(
        Reason::Damaged,
        format_args!(
            "part {name} is not well-formed at {at}; what it loads behind that is not known"
        ),
    );
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    xml::attribute(element, wanted).map(Cow::into_owned)
}
