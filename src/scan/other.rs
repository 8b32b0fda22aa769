//! A layer that is neither a compound file nor a zip archive: plain source, formats that are
//! recognised and not decoded, and files of no concern.

use std::borrow::Cow;

use memchr::memmem;

use crate::container::{Kind, cfb};
use crate::observe::Reason;
use crate::project::document::Identity;
use crate::project::ovba;
use crate::project::plain::plain_source;

use super::pass::Pass;
use super::queue::Child;

/// How far into a file of another kind a wrapper is looked for.
const HEAD: usize = 4 << 20;
/// Junk in front of a container is tolerated by the applications up to about here.
const PREFIX: usize = 4096;
/// An end record of a zip archive and its comment.
const ZIP_TAIL: usize = 22 + 0xFFFF;

impl Pass<'_> {
    pub(super) fn other<'b>(
        &mut self,
        kind: Kind,
        bytes: &'b [u8],
        name: Option<&str>,
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        let format = kind.name();
        let head = bytes.get(..HEAD).unwrap_or(bytes);
        match kind {
            Kind::Text => self.text(bytes, head, name),
            Kind::Xml => self.xml(head),
            Kind::Html => self.html(head),
            Kind::Mime => self.mime(head),
            Kind::Pdf if wraps_macros(head) => self.unsupported(
                format,
                "a PDF with an archived web page in it, which is not decoded",
            ),
            Kind::Pdf | Kind::Foreign(_) => {
                if has_zip_tail(bytes) {
                    let name = "(zip archive at the end)".to_owned();
                    children.push(Child {
                        name,
                        bytes: Cow::Borrowed(bytes),
                    });
                }
                foreign(format)
            }
            Kind::Unknown => self.unknown(bytes, head, children),
            Kind::Rtf => self.unsupported(format, "rich text: objects in it are not decoded"),
            Kind::ActiveMime => {
                self.unsupported(format, "an ActiveMime wrapper, which is not decoded")
            }
            Kind::Sylk => self.unsupported(
                format,
                "a SYLK sheet: Excel 4.0 macros in it are not decoded",
            ),
            Kind::Biff => self.unsupported(
                "xls",
                "Excel records without a container, which are not decoded",
            ),
            Kind::Old(_) => {
                self.unsupported(format, "a document of an old format, which is not decoded")
            }
            Kind::Access => {
                self.unsupported(format, "an Access database: VBA in it is not decoded")
            }
            Kind::OneNote => {
                self.unsupported(format, "a OneNote section: files in it are not unpacked")
            }
            Kind::Tnef => self.unsupported(
                format,
                "a TNEF attachment (winmail.dat), which is not unpacked",
            ),
            Kind::Archive(_) => {
                self.unsupported(format, "an archive, whose members are not opened")
            }
            _ => foreign(format),
        }
    }

    fn text(&mut self, bytes: &[u8], head: &[u8], name: Option<&str>) -> Identity {
        if head.trim_ascii_start().starts_with(b"#@~^") {
            return self.unsupported("vbe", "an encoded script, which is not decoded");
        }
        if let Some((code, kind)) = plain_source(bytes, name) {
            let project = self.next_project();
            let stem = name.map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name));
            let name = stem.unwrap_or("source").to_owned();
            self.module(&code, name, String::new(), kind, project);
            return Identity::document(code.language.name());
        }
        if wraps_macros(head) {
            return self.unsupported(
                "text",
                "text with an ActiveMime wrapper in it, which is not decoded",
            );
        }
        if has_dde_cell(head) {
            return self.unsupported(
                "text",
                "cells that start another program by DDE, which are not judged",
            );
        }
        if head.starts_with(b"WEB\r\n") || head.starts_with(b"WEB\n") || head.starts_with(b"XLODBC")
        {
            return self.unsupported(
                "iqy",
                "a query file: Excel loads what it names; not decoded",
            );
        }
        foreign("text")
    }

    fn xml(&mut self, head: &[u8]) -> Identity {
        let has = |word: &str| contains(head, word);
        if has("http://schemas.microsoft.com/office/2006/xmlPackage") {
            self.unsupported(
                "flat-opc",
                "a package in one XML file, which is not decoded",
            )
        } else if has("http://schemas.microsoft.com/office/word/2003/wordml")
            || has("Word.Document")
        {
            self.unsupported(
                "word2003-xml",
                "a Word 2003 XML document, which is not decoded",
            )
        } else if has("urn:schemas-microsoft-com:office:spreadsheet") || has("Excel.Sheet") {
            self.unsupported(
                "excel2003-xml",
                "an Excel 2003 XML workbook, which is not decoded",
            )
        } else if has("urn:schemas-microsoft-com:office")
            || has("mso-application")
            || wraps_macros(head)
        {
            self.unsupported("xml", "XML of an Office program, which is not decoded")
        } else if has("urn:oasis:names:tc:opendocument") {
            self.unsupported(
                "flat-odf",
                "an OpenDocument file in one XML file, which is not decoded",
            )
        } else {
            foreign("xml")
        }
    }

    fn html(&mut self, head: &[u8]) -> Identity {
        if contains(head, "urn:schemas-microsoft-com:office") || wraps_macros(head) {
            return self.unsupported(
                "html",
                "a web page of an Office program, which is not decoded",
            );
        }
        foreign("html")
    }

    fn mime(&mut self, head: &[u8]) -> Identity {
        let fields = head.get(..PREFIX).unwrap_or(head).to_ascii_lowercase();
        let mail = [&b"received:"[..], b"message-id:", b"\nto:", b"return-path:"];
        if mail
            .iter()
            .any(|field| memmem::find(&fields, field).is_some())
        {
            self.unsupported("eml", "a mail message, whose parts are not opened")
        } else {
            self.unsupported(
                "mht",
                "an archived web page (MHT), whose parts are not opened",
            )
        }
    }

    /// Nothing at the start says what it is: junk in front, or damage.
    fn unknown<'b>(
        &mut self,
        bytes: &'b [u8],
        head: &[u8],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        let start = bytes.get(..PREFIX).unwrap_or(bytes);
        if let Some(at) = memmem::find(start, &cfb::SIGNATURE) {
            self.ledger.observe(
                "cfb.prefix",
                "[MS-CFB] 2.2",
                at as u64,
                format_args!("{at} bytes stand in front of a compound file"),
            );
            return self.compound(bytes.get(at..).unwrap_or_default(), children);
        }
        if has_zip_tail(bytes) || memmem::find(start, b"PK\x03\x04").is_some() {
            return self.package(bytes, children);
        }
        if wraps_macros(head) {
            return self.unsupported(
                "unknown",
                "an archived web page behind other bytes, which is not decoded",
            );
        }
        // A compound file that has lost its head still has its source.
        let mut text = std::mem::take(&mut self.scratch.text);
        text.clear();
        let carved = ovba::carve(bytes, &mut text, &mut self.ledger);
        let identity = Identity {
            carrier: carved.is_some(),
            ..foreign("unknown")
        };
        if carved.is_some() {
            self.ledger.gap(
                Reason::Damaged,
                format_args!(
                    "macro source in bytes of no known structure; what was found was read"
                ),
            );
        }
        self.projects(carved.into_iter().collect(), &text);
        self.scratch.text = text;
        identity
    }
}

const fn foreign(format: &'static str) -> Identity {
    Identity {
        format,
        carrier: false,
        active: false,
    }
}

fn has_zip_tail(bytes: &[u8]) -> bool {
    let tail = bytes.len().saturating_sub(ZIP_TAIL);
    bytes
        .get(tail..)
        .is_some_and(|tail| memmem::rfind(tail, b"PK\x05\x06").is_some())
}

/// The marks of MHT and ActiveMime, the latter also in base64.
fn wraps_macros(head: &[u8]) -> bool {
    contains(head, "ActiveMime")
        || contains(head, "QWN0aXZlTWltZ")
        || contains(head, "MIME-Version:")
        || contains(head, "mime-version:")
}

/// Whether the text holds a word, in bytes or in UTF-16.
fn contains(text: &[u8], word: &str) -> bool {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // The same units in the other order start one byte later.
    let units = wide.get(..wide.len().saturating_sub(1)).unwrap_or_default();
    memmem::find(text, word.as_bytes()).is_some() || memmem::find(text, units).is_some()
}

/// A line or cell `=program|topic!item`: DDE, which a spreadsheet would start on loading.
fn has_dde_cell(text: &[u8]) -> bool {
    memchr::memchr_iter(b'|', text).any(|pipe| {
        let before = text.get(pipe.saturating_sub(64)..pipe).unwrap_or_default();
        let after = text
            .get(pipe..text.len().min(pipe.saturating_add(256)))
            .unwrap_or_default();
        let cell = before
            .rsplit(|b| matches!(b, b'\n' | b'\r' | b',' | b';' | b'\t'))
            .next();
        let cell = cell.unwrap_or_default().trim_ascii_start();
        let cell = cell.strip_prefix(b"\"").unwrap_or(cell);
        matches!(cell.first(), Some(b'=' | b'+' | b'-' | b'@'))
            && memchr::memchr(b'!', after).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dde_cells() {
        assert!(has_dde_cell(b"a,=inert|'/c x'!A1,b"));
        assert!(has_dde_cell(b"\"@SUM(1)*inert|'/c x'!A1\""));
        assert!(!has_dde_cell(b"a | b ! c\n| --- |\n"));
    }

    #[test]
    fn words_in_utf_16_of_either_order() {
        let word = "ActiveMime";
        let little: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(contains(&little, word) && contains(&big, word));
        assert!(!contains(b"Active Mime", word));
    }
}
