//! Objects of other programs in documents, [MS-OLEDS] revision 11.
//!
//! | what | clause | read by |
//! |---|---|---|
//! | `ObjectHeader`, `EmbeddedObject`, `LinkedObject` of OLE 1.0 | 2.2.4, 2.2.5, 2.2.6 | `object` |
//! | native data of the class `Package`; the stream `\x01Ole10Native` | 2.3.6; the data is of the packager | `package` |
//! | the stream `\x01Ole`, monikers | 2.3.3; [MS-OSHARED] 2.3.7 | `stream` |
//! | the stream `\x01CompObj` | 2.3.7, 2.3.8 | `stream` |
//!
//! Documents of OLE 1.0 are those in rich text and in old formats; a compound file keeps the same
//! in streams. Lengths lie as a matter of course: what can be read without them is.

mod object;
mod package;
mod stream;

pub use object::{Object, Storage};
pub use package::Package;
pub use stream::{Link, class_of, link_of, targets};

use std::borrow::Cow;

use crate::bytes::text::decode;

/// The text of bytes that say nothing of their encoding: in this code page if it defines them,
/// else in those of Japan and of the West.
fn ansi(bytes: &[u8], code_page: Option<u16>) -> Cow<'_, str> {
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    let bytes = bytes.get(..end).unwrap_or_default();
    for code_page in code_page.into_iter().chain([65001, 932]) {
        let decoded = decode(bytes, code_page);
        if decoded.undefined == 0 && decoded.known {
            return decoded.text;
        }
    }
    decode(bytes, 1252).text
}
