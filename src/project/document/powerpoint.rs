//! PowerPoint 97, [MS-PPT]: whether the `PowerPoint Document` stream holds a VBA project or other
//! compressed objects. They are not decoded.
//!
//! | record | what is used |
//! |---|---|
//! | 0x1011 ExOleObjStg (2.10.34) | an OLE object, a control or a VBA project, mostly compressed |
//! | 0x0400 VbaInfoAtom (2.4.11) | `fHasMacros` |

use memchr::memmem;

use crate::bytes::array;
use crate::observe::{Ledger, Reason};

/// The head of an object storage, for either value of `recInstance`: 0 plain, 1 compressed.
const OBJECT_STORAGES: [&[u8; 4]; 2] = [b"\x00\x00\x11\x10", b"\x10\x00\x11\x10"];
/// `recVer` 2, type 0x0400, size 12.
const VBA_INFO: &[u8; 8] = b"\x02\x00\x00\x04\x0C\x00\x00\x00";
/// Searches for the heads and does not walk the records, which Office does not do either: it
/// goes by offsets from a directory at the end.
pub(super) fn inspect(stream: &[u8], ledger: &mut Ledger) {
    let info = memmem::find(stream, VBA_INFO);
    let has_macros = info
        .and_then(|at| array::<20>(stream, at))
        .is_some_and(|atom| atom[12] != 0);
    if has_macros {
        ledger.gap(
            Reason::Unsupported,
            format_args!("the presentation has a VBA project, which is not decoded"),
        );
    } else if OBJECT_STORAGES
        .iter()
        .any(|head| memmem::find(stream, *head).is_some())
    {
        ledger.gap(
            Reason::Unsupported,
            format_args!("the presentation has OLE objects or controls, which are not decoded"),
        );
    }
}
