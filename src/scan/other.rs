//! A layer that is neither a compound file nor a zip archive: plain source, formats that are
//! recognised and not decoded, and files of no concern.

use std::borrow::Cow;

use memchr::memmem;

use crate::container::{Kind, cfb};
use crate::limits::Limit;
use crate::observe::Reason;
use crate::project::Language;
use crate::project::document::Identity;
use crate::project::ovba;
use crate::project::plain::{listed, mended, plain_source};

use super::pass::{Pass, Stored};
use super::queue::Child;

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
        // Whatever the kind, its bytes are passed over a few times.
        if self
            .ledger
            .charge(Limit::Steps, bytes.len() as u64 >> 6)
            .is_err()
        {
            return Identity::document(format);
        }
        let inside = if kind == Kind::Unknown {
            foreign(format)
        } else {
            self.behind(bytes, children)
        };
        let identity = match kind {
            Kind::Text => self.text(bytes, name),
            Kind::Xml => self.xml(bytes),
            Kind::Html => self.html(bytes),
            Kind::Mime => self.mime(bytes),
            Kind::Pdf if wraps_macros(bytes) => self.unsupported(
                format,
                "a PDF with an archived web page in it, which is not decoded",
            ),
            Kind::Foreign(name) if may_wrap(name) && wraps_macros(bytes) => self.unsupported(
                format,
                "an archived web page behind a picture, which is not decoded",
            ),
            Kind::Unknown => self.unknown(bytes, name, children),
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
        };
        Identity {
            carrier: identity.carrier || inside.carrier,
            active: identity.active || inside.active,
            ..identity
        }
    }

    /// A container behind other bytes: a zip archive, which is read from its end and may have
    /// anything in front, or a compound file a short way in.
    fn behind<'b>(&mut self, bytes: &'b [u8], children: &mut Vec<Child<'b>>) -> Identity {
        if has_zip_tail(bytes) {
            return self.package(bytes, children);
        }
        let start = bytes.get(..PREFIX).unwrap_or(bytes);
        if let Some(at) = memmem::find(start, &cfb::SIGNATURE) {
            children.push(Child {
                name: format!("(compound file at {at})"),
                bytes: Cow::Borrowed(bytes.get(at..).unwrap_or_default()),
            });
        }
        foreign("")
    }

    /// Plain source, if it is any.
    fn source(&mut self, bytes: &[u8], name: Option<&str>) -> Option<Identity> {
        let mended = mended(bytes);
        let (code, kind) = plain_source(mended.as_deref().unwrap_or(bytes), name)?;
        let mut modules = match code.language {
            Language::Vba => listed(&code),
            _ => Vec::new(),
        };
        if modules.is_empty() {
            let stem = name.map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name));
            modules.push((stem.unwrap_or("source").to_owned(), code, kind));
        }
        let units = modules.into_iter().map(|(name, code, kind)| Stored {
            code,
            name,
            stream: String::new(),
            kind,
        });
        self.project(String::new(), units, Vec::new());
        Some(Identity::document(code.language.name()))
    }

    fn text(&mut self, bytes: &[u8], name: Option<&str>) -> Identity {
        if bytes.trim_ascii_start().starts_with(b"#@~^") {
            return self.unsupported("vbe", "an encoded script, which is not decoded");
        }
        if let Some(identity) = self.source(bytes, name) {
            return identity;
        }
        // XML without a declaration, or with something in front.
        if let Some((format, what)) = office_xml(bytes) {
            return self.unsupported(format, what);
        }
        if wraps_macros(bytes) {
            return self.unsupported(
                "text",
                "text with an ActiveMime wrapper in it, which is not decoded",
            );
        }
        if has_dde_cell(bytes) {
            return self.unsupported(
                "text",
                "cells that start another program by DDE, which are not judged",
            );
        }
        if bytes.starts_with(b"WEB\r\n")
            || bytes.starts_with(b"WEB\n")
            || bytes.starts_with(b"XLODBC")
        {
            return self.unsupported(
                "iqy",
                "a query file: Excel loads what it names; not decoded",
            );
        }
        foreign("text")
    }

    fn xml(&mut self, bytes: &[u8]) -> Identity {
        match office_xml(bytes) {
            Some((format, what)) => self.unsupported(format, what),
            None if wraps_macros(bytes) => self.unsupported(
                "xml",
                "XML with a web page or ActiveMime in it, which is not decoded",
            ),
            None => foreign("xml"),
        }
    }

    fn html(&mut self, bytes: &[u8]) -> Identity {
        if contains(bytes, "urn:schemas-microsoft-com:office") || wraps_macros(bytes) {
            return self.unsupported(
                "html",
                "a web page of an Office program, which is not decoded",
            );
        }
        foreign("html")
    }

    fn mime(&mut self, bytes: &[u8]) -> Identity {
        let fields = bytes.get(..PREFIX).unwrap_or(bytes).to_ascii_lowercase();
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
        name: Option<&str>,
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
        if wraps_macros(bytes) {
            return self.unsupported(
                "unknown",
                "an archived web page behind other bytes, which is not decoded",
            );
        }
        if let Some(identity) = self.source(bytes, name) {
            return identity;
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

/// What XML of an Office program is, by its names: they can stand in any prefix and behind any
/// comment, and the names of elements cannot be written otherwise.
fn office_xml(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let has = |word: &str| contains(bytes, word);
    Some(if has("office/2006/xmlPackage") || has("binaryData") {
        (
            "flat-opc",
            "a package in one XML file, which is not decoded",
        )
    } else if has("office/word/2003/wordml") || has("Word.Document") || has("binData") {
        (
            "word2003-xml",
            "a Word 2003 XML document, which is not decoded",
        )
    } else if has("urn:schemas-microsoft-com:office:spreadsheet") || has("Excel.Sheet\"") {
        (
            "excel2003-xml",
            "an Excel 2003 XML workbook, which is not decoded",
        )
    } else if has("urn:oasis:names:tc:opendocument") {
        (
            "flat-odf",
            "an OpenDocument file in one XML file, which is not decoded",
        )
    } else if has("urn:schemas-microsoft-com:office") || has("mso-application") {
        ("xml", "XML of an Office program, which is not decoded")
    } else {
        return None;
    })
}

/// Pictures and media, in front of which a web page can be hidden; programs hold the words of MIME
/// as a matter of course.
fn may_wrap(name: &str) -> bool {
    !matches!(name, "exe" | "elf" | "chm" | "sqlite" | "lnk")
}

/// The marks of MHT and ActiveMime, the latter also in base64.
fn wraps_macros(bytes: &[u8]) -> bool {
    const FIELD: &[u8] = b"mime-version";
    let field = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        let (name, rest) = rest.split_at_checked(FIELD.len()).unwrap_or_default();
        let blanks = rest
            .iter()
            .take(16)
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        name.eq_ignore_ascii_case(FIELD) && rest.get(blanks) == Some(&b':')
    };
    contains(bytes, "ActiveMime")
        || contains(bytes, "QWN0aXZlTWltZ")
        || memchr::memchr2_iter(b'm', b'M', bytes).any(field)
}

/// Whether the text holds a word, in bytes or in UTF-16.
fn contains(text: &[u8], word: &str) -> bool {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // The same units in the other order start one byte later.
    let units = wide.get(..wide.len().saturating_sub(1)).unwrap_or_default();
    memmem::find(text, word.as_bytes()).is_some() || memmem::find(text, units).is_some()
}

/// A cell `=program|topic!item`: DDE, which a spreadsheet would start on loading. The formula may
/// do anything before; program and topic stand right beside the bar.
fn has_dde_cell(text: &[u8]) -> bool {
    text.split(|byte| matches!(byte, b'\n' | b'\r'))
        .any(|line| {
            let starts = |cell: &[u8]| {
                let cell = cell.trim_ascii_start();
                let cell = cell.strip_prefix(b"\"").unwrap_or(cell).trim_ascii_start();
                matches!(cell.first(), Some(b'=' | b'+' | b'-' | b'@'))
            };
            let Some(bar) = memchr::memchr_iter(b'|', line).find(|&bar| is_link(line, bar)) else {
                return false;
            };
            let before = line.get(..bar).unwrap_or_default();
            before
                .split(|byte| matches!(byte, b',' | b';' | b'\t'))
                .any(starts)
        })
}

/// Whether a bar has a name in front, and behind it something and an item.
fn is_link(line: &[u8], bar: usize) -> bool {
    let before = bar.checked_sub(1).and_then(|at| line.get(at));
    let after = line.get(bar.saturating_add(1)..).unwrap_or_default();
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_'\".)".contains(byte);
    // An item is a cell or a name; what comes later in the line is no part of the link.
    const LONGEST: usize = 4096;
    let link = after.get(..LONGEST).unwrap_or(after);
    before.is_some_and(name)
        && after
            .first()
            .is_some_and(|byte| !byte.is_ascii_whitespace() && *byte != b'|')
        && memchr::memchr(b'!', link).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dde_cells() {
        assert!(has_dde_cell(b"a,=inert|'/c x'!A1,b"));
        assert!(has_dde_cell(b"\"@SUM(1)*inert|'/c x'!A1\""));
        let padded = [&b"=A"[..], &b"+A".repeat(900), b"+inert|'/c x'!A1"].concat();
        assert!(has_dde_cell(&padded));
        assert!(!has_dde_cell(b"a | b ! c\n| --- |\n- item a | b!\n"));
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
