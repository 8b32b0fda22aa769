//! A layer that is XML: a package or a document in one file, or XML of no concern.

use std::borrow::Cow;

use memchr::memmem;

use crate::container::opc::xml;
use crate::container::{Kind, active_mime, mime, sniff};
use crate::observe::Reason;
use crate::project::document::Identity;
use crate::project::flat;

use super::mime::{carries, contains};
use super::other::{PREFIX, foreign, holds_connection};
use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    pub(super) fn xml<'b>(
        &mut self,
        bytes: &'b [u8],
        holders: &[&[u8]],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        let text = match xml::text(bytes) {
            Ok(text) => text,
            Err(exotic) => {
                self.ledger.gap(
                    Reason::Unsupported,
                    format_args!("XML in {}, which is not decoded", exotic.0),
                );
                return Identity::document("xml");
            }
        };
        let root = flat::root(&text.text);
        let start = text.text.as_bytes().get(..PREFIX);
        let start = start.unwrap_or(text.text.as_bytes());
        let declared = memmem::find(start, b"<?xml").is_some();
        if root == Some("html") || (root.is_none() && !declared) {
            return self.html(bytes, holders, children);
        }
        let format = match root.or_else(|| office_xml(bytes)) {
            Some("flat-odf") => return self.flat_open_document(bytes, holders, children),
            Some(format) => format,
            None if holds_connection(bytes) => return self.html(bytes, holders, children),
            None => {
                return self
                    .polyglot("xml", bytes, holders, children)
                    .unwrap_or(foreign("xml"));
            }
        };
        self.inspected = true;
        let found = flat::read(&text, &mut self.ledger);
        let is_package = found.package.is_some();
        let format = match format {
            "flat-opc" if !is_package => "xml",
            format => format,
        };
        if let Some(package) = found.package {
            children.push(Child::new("package".to_owned(), Cow::Owned(package)));
        }
        let mut projects = 0_u32;
        for (name, bytes) in found.binaries {
            let kind = sniff(&bytes);
            if matches!(kind, Kind::ActiveMime | Kind::Cfb) {
                projects += 1;
            }
            if kind == Kind::ActiveMime {
                let contents = active_mime::contents(&bytes, &mut self.ledger);
                children.extend(
                    contents
                        .into_iter()
                        .map(|bytes| Child::new(name.clone(), Cow::Owned(bytes))),
                );
            } else if carries(kind, &bytes) {
                let bytes = Cow::Owned(bytes);
                children.push(Child::new(name, bytes));
            }
        }
        if projects == 0 && !is_package {
            // In a comment, in an element of no name that is known, behind a fault.
            for bytes in mime::wrappers_in_base64(text.text.as_bytes(), &mut self.ledger) {
                projects += 1;
                children.push(Child::new("ActiveMime".to_owned(), Cow::Owned(bytes)));
            }
        }
        if found.says_macros && projects == 0 {
            self.ledger.gap(
                Reason::Damaged,
                format_args!("a document that says that it has macros, in which none were found"),
            );
        }
        self.loads(found.loads);
        let layer = self.ledger.layer();
        let starts = found.starts.into_iter().map(|start| (layer, start));
        self.starts.extend(starts);
        Identity::document(format)
    }
}

/// What XML of an Office program is, by its names: they can stand in any prefix and behind any
/// comment, and the names of elements cannot be written otherwise.
pub(super) fn office_xml(bytes: &[u8]) -> Option<&'static str> {
    let has = |word: &str| contains(bytes, word);
    Some(if has("office/2006/xmlPackage") || has("binaryData") {
        "flat-opc"
    } else if has("office/word/2003/wordml") || has("Word.Document") || has("binData") {
        "word2003-xml"
    } else if has("urn:schemas-microsoft-com:office:spreadsheet") || has("Excel.Sheet\"") {
        "excel2003-xml"
    } else if has("urn:oasis:names:tc:opendocument") {
        "flat-odf"
    } else if has("VBProjectData") {
        "visio2003-xml"
    } else if has("urn:schemas-microsoft-com:office") || has("mso-application") {
        "xml"
    } else {
        return None;
    })
}

/// Whether it starts like XML in an encoding that is not decoded: EBCDIC, UTF-32, UTF-7.
pub(super) fn is_exotic_xml(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0x4C, 0x6F, 0xA7, 0x94, ..]
            | [0xFF, 0xFE, 0, 0, ..]
            | [0, 0, 0xFE, 0xFF, ..]
            | [b'<', 0, 0, 0, ..]
            | [0, 0, 0, b'<', ..]
            | [b'+', b'/', b'v', b'8' | b'9' | b'+' | b'/', ..]
    )
}
