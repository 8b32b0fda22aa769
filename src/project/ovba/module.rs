//! A module stream, [MS-OVBA] 2.3.4.3: compiled code that readers are to ignore, then, at
//! MODULEOFFSET, the source in a compressed container.

use std::ops::Range;

use crate::bytes::le16;
use crate::observe::{Ledger, Reason};

use super::decompress::{Outcome, decompress, is_container};
use super::search::{attribute_containers, chained_container, is_text};

/// Names for what is said about a module.
pub(super) struct Origin<'o> {
    pub(super) name: &'o str,
    pub(super) path: &'o str,
}

/// Appends the source of a module to `text` and says where it lies; none if none was found,
/// which is a gap.
pub(super) fn read(
    stream: &[u8],
    text_offset: Option<u32>,
    origin: &Origin<'_>,
    text: &mut Vec<u8>,
    ledger: &mut Ledger,
) -> Option<Range<usize>> {
    let Origin { name, path } = origin;
    let start = text.len();
    let offset = text_offset.and_then(|offset| usize::try_from(offset).ok());
    let declared = offset
        .and_then(|offset| stream.get(offset..))
        .unwrap_or_default();
    if is_container(declared) {
        let outcome = decompress(declared, text, ledger);
        let source = text.get(start..).unwrap_or_default();
        // An offset that lies can point at something that decompresses, but hardly at the
        // constants as specified with chunks that end where the stream does.
        let exact = declared.first() == Some(&1)
            && le16(declared, 1).is_some_and(|header| header & 0x7000 == 0x3000);
        if is_text(source) || (exact && outcome == Outcome::Whole) {
            if outcome == Outcome::Damaged {
                ledger.gap(
                    Reason::Damaged,
                    format_args!(
                        "the compressed source of module {name} is damaged; what could be read was"
                    ),
                );
            }
            return Some(start..text.len());
        }
    }
    text.truncate(start);
    if let Some(source) = search(stream, text, ledger) {
        ledger.observe(
            "ovba.module-offset",
            "[MS-OVBA] 2.3.4.2.3.2.5",
            0,
            format_args!(
                "the source of {path} is not at offset {}",
                DisplayOffset(text_offset)
            ),
        );
        return Some(source);
    }
    if declared == [1] {
        // A container without a chunk: a module without a line.
        return Some(start..start);
    }
    if stream.is_empty() {
        ledger.gap(
            Reason::Damaged,
            format_args!("the stream of module {name} is empty"),
        );
    } else {
        ledger.gap(
            Reason::ActiveUnread,
            format_args!(
                "module {name} has {} bytes of code and no readable source",
                stream.len()
            ),
        );
    }
    None
}

/// Appends whatever source the stream holds, wherever in it.
pub(super) fn search(
    stream: &[u8],
    text: &mut Vec<u8>,
    ledger: &mut Ledger,
) -> Option<Range<usize>> {
    let found = attribute_containers(stream)
        .next()
        .or_else(|| chained_container(stream, ledger))?;
    let start = text.len();
    let outcome = decompress(stream.get(found..).unwrap_or_default(), text, ledger);
    if outcome == Outcome::Damaged {
        ledger.gap(
            Reason::Damaged,
            format_args!("source found by search is damaged; what could be read was"),
        );
    }
    (text.len() > start).then_some(start..text.len())
}

struct DisplayOffset(Option<u32>);

impl std::fmt::Display for DisplayOffset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(offset) => write!(f, "{offset}"),
            None => f.write_str("(none given)"),
        }
    }
}
