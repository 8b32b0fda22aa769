//! A layer that is MIME or wraps Office content as MIME does: archived web pages, ActiveMime, and
//! both behind or inside other bytes.

use std::borrow::Cow;
use std::collections::HashSet;

use flate2::{Decompress, FlushDecompress};
use memchr::memmem;

use crate::bytes::text::narrow;
use crate::container::mime::{Part, Parts};
use crate::container::opc::xml;
use crate::container::{Kind, active_mime, mime, sniff};
use crate::limits::Limit;
use crate::observe::Reason;
use crate::project::document::{Identity, read_page};
use crate::project::plain::plain_source;
use crate::project::{Load, LoadKind, flat};

use super::flat::office_xml;
use super::other::{PREFIX, foreign};
use super::pass::{Pass, Stored};
use super::queue::Child;

/// What was found in the parts of a message.
#[derive(Default)]
struct Found {
    /// Wrappers of macros or objects.
    wrappers: u32,
    /// Pages of Office programs.
    pages: u32,
}

impl Pass<'_> {
    pub(super) fn html<'b>(
        &mut self,
        bytes: &'b [u8],
        holders: &[&[u8]],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        let page = self.page(bytes, &HashSet::new(), holders);
        match self.polyglot("html", bytes, holders, children) {
            Some(identity) => identity,
            None if page.is_document() => Identity::document(page.format()),
            None => foreign("html"),
        }
    }

    /// A table without a page around it, if it runs or starts anything.
    pub(super) fn table(&mut self, bytes: &[u8], holders: &[&[u8]]) -> Option<Identity> {
        let page = self.page(bytes, &HashSet::new(), holders);
        page.is_document()
            .then_some(Identity::document(page.format()))
    }

    pub(super) fn mime<'b>(
        &mut self,
        bytes: &'b [u8],
        holders: &[&[u8]],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        let fields = bytes.get(..PREFIX).unwrap_or(bytes).to_ascii_lowercase();
        let mail = [&b"received:"[..], b"message-id:", b"\nto:", b"return-path:"];
        if mail
            .iter()
            .any(|field| memmem::find(&fields, field).is_some())
        {
            // A program that is given it as a document looks for macros in it as well.
            let text = self.narrowed(bytes);
            let parts = mime::walk(&text, &mut self.ledger);
            self.parts(&parts, true, holders, children);
            return self.unsupported("eml", "a mail message, whose parts are not opened");
        }
        self.inspected = true;
        let text = self.narrowed(bytes);
        let parts = mime::walk(&text, &mut self.ledger);
        self.parts(&parts, false, holders, children);
        if parts.unclosed {
            self.unclosed();
        } else if parts.all.iter().all(|part| part.body.is_empty()) {
            self.ledger.gap(
                Reason::Damaged,
                format_args!("an archived web page without any part"),
            );
        }
        Identity::document("mht")
    }

    fn unclosed(&mut self) {
        self.ledger.gap(
            Reason::Damaged,
            format_args!("an archived web page that breaks off before its last part ends"),
        );
    }

    /// Bytes of another kind, or of none, with an archived web page or ActiveMime in them.
    pub(super) fn polyglot<'b>(
        &mut self,
        format: &'static str,
        bytes: &'b [u8],
        holders: &[&[u8]],
        children: &mut Vec<Child<'b>>,
    ) -> Option<Identity> {
        if !wraps_macros(bytes) {
            return None;
        }
        let text = self.narrowed(bytes);
        let mut found = Found::default();
        let mut parts = Parts::default();
        let start = header(&text);
        if let Some(at) = start {
            parts = mime::walk(text.get(at..).unwrap_or_default(), &mut self.ledger);
            found = self.parts(&parts, false, holders, children);
            if parts.unclosed {
                self.unclosed();
            }
        }
        let page = found.wrappers > 0 || (found.pages > 0 && parts.delimiters > 0);
        if page && matches!(format, "text" | "unknown") {
            self.ledger.observe(
                "mime.prefix",
                "RFC 5322 2.1",
                0,
                format_args!("other bytes stand in front of an archived web page"),
            );
        } else if page {
            self.loads([Load {
                kind: LoadKind::FalseType,
                target: format!("{format}, and a web page archive (mht)"),
                place: "whole file".to_owned(),
            }]);
        }
        // In front of the header, or anywhere if there is none. Of bytes that are something else, what
        // only looks like a wrapper is none.
        let (outside, bare) = match start {
            Some(at) => (text.get(..at), text.get(..at)),
            None => (Some(&*text), Some(bytes)),
        };
        found.wrappers += self.carved(outside.unwrap_or_default(), children);
        for wrapper in active_mime::find(bare.unwrap_or_default(), &mut self.ledger) {
            let size = wrapper.len() as u64;
            if self.ledger.charge(Limit::OutputBytes, size).is_err() {
                break;
            }
            found.wrappers += 1;
            children.push(Child::new(
                "ActiveMime".to_owned(),
                Cow::Owned(wrapper.to_vec()),
            ));
        }
        let any = page || found.wrappers > 0 || parts.unclosed;
        self.inspected |= any;
        any.then(|| Identity::document(format))
    }

    pub(super) fn active_mime<'b>(
        &mut self,
        bytes: &'b [u8],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        self.inspected = true;
        for content in active_mime::contents(bytes, &mut self.ledger) {
            children.push(Child::new("content".to_owned(), Cow::Owned(content)));
        }
        Identity::document("activemime")
    }

    /// The text in bytes in which ASCII is ASCII.
    fn narrowed<'t>(&mut self, bytes: &'t [u8]) -> Cow<'t, [u8]> {
        let text = narrow(bytes);
        if matches!(text, Cow::Owned(_)) {
            // A spent budget has left its gap.
            let _ = self.ledger.charge(Limit::OutputBytes, text.len() as u64);
        }
        text
    }

    /// Wrappers in base64 that no encoding says. Gives how many there are.
    fn carved(&mut self, text: &[u8], children: &mut Vec<Child<'_>>) -> u32 {
        let mut count = 0;
        for bytes in mime::wrappers_in_base64(text, &mut self.ledger) {
            count += 1;
            children.push(Child::new("ActiveMime".to_owned(), Cow::Owned(bytes)));
        }
        count
    }

    /// Reads the pages among the parts, and hands on what else can carry code: of a mail, whose
    /// attachments are another matter, only wrappers.
    fn parts(
        &mut self,
        parts: &Parts<'_>,
        mail: bool,
        holders: &[&[u8]],
        children: &mut Vec<Child<'_>>,
    ) -> Found {
        let mut found = Found::default();
        let places: HashSet<String> = parts.all.iter().filter_map(Part::location).collect();
        for (number, part) in parts.all.iter().enumerate() {
            let content = part.content();
            let kind = sniff(&content);
            if kind != Kind::ActiveMime {
                found.wrappers += self.carved(part.body, children);
            }
            if mail && kind != Kind::ActiveMime {
                continue;
            }
            match kind {
                Kind::ActiveMime => found.wrappers += 1,
                Kind::Html | Kind::Text | Kind::Unknown | Kind::Xml => {
                    let page = self.page(&content, &places, holders);
                    found.pages += u32::from(page.office && kind != Kind::Xml);
                }
                _ => {}
            }
            let bare = match kind {
                Kind::Unknown => active_mime::bare_stream(&content, &mut self.ledger),
                _ => None,
            };
            let bytes = match bare {
                Some(bytes) => bytes,
                None if carries(kind, &content) => {
                    let size = content.len() as u64;
                    if self.ledger.charge(Limit::OutputBytes, size).is_err() {
                        return found;
                    }
                    content.into_owned()
                }
                None => continue,
            };
            children.push(Child::new(
                part.name().unwrap_or_else(|| format!("part {number}")),
                Cow::Owned(bytes),
            ));
        }
        found
    }

    /// Reads a web page: its scripts, and what it loads if an Office program wrote it.
    fn page(&mut self, bytes: &[u8], parts: &HashSet<String>, holders: &[&[u8]]) -> PageIs {
        let text = self.narrowed(bytes);
        let page = read_page(&text, parts, &mut self.ledger);
        let is = PageIs {
            office: page.office,
            connection: page.connection,
            acts: !page.loads.is_empty() || !page.scripts.is_empty(),
        };
        if page.office && page.other_scripts {
            self.ledger.gap(
                Reason::Unsupported,
                format_args!(
                    "scripts in a web page of an Office program, in a language that is not read"
                ),
            );
        }
        if page.office && is_utf_7(&text) {
            self.ledger.gap(
                Reason::Unsupported,
                format_args!("a web page of an Office program in UTF-7, which is not decoded"),
            );
        }
        let scripts = page
            .scripts
            .iter()
            .enumerate()
            .filter_map(|(number, script)| {
                let (code, kind) = plain_source(script, Some(".vbs"))?;
                Some(Stored {
                    code,
                    name: format!("script {}", number + 1),
                    stream: String::new(),
                    kind,
                })
            });
        let scripts: Vec<Stored<'_>> = scripts.collect();
        if !scripts.is_empty() {
            self.project(String::new(), scripts, Vec::new(), holders);
        }
        self.inspected |= is.is_document();
        self.loads(page.loads);
        is
    }
}

/// What a web page turned out to be.
struct PageIs {
    office: bool,
    connection: bool,
    /// Whether it runs or starts anything of concern.
    acts: bool,
}

impl PageIs {
    const fn is_document(&self) -> bool {
        self.office || self.acts
    }

    /// The word used in reports.
    const fn format(&self) -> &'static str {
        if self.connection { "odc" } else { "html" }
    }
}

/// Whether a part or a piece of data can carry code, or bring a document that does.
pub(super) fn carries(kind: Kind, bytes: &[u8]) -> bool {
    match kind {
        Kind::Empty => false,
        Kind::Text => wraps_macros(bytes) || is_flat(bytes) || is_source(bytes),
        Kind::Xml => office_xml(bytes).is_some() || wraps_macros(bytes),
        Kind::Html | Kind::Pdf | Kind::Foreign(_) => wraps_macros(bytes),
        // Office programs pack drawings so (`.wmz`, `.emz`).
        Kind::Archive("gzip") => !is_packed_drawing(bytes),
        _ => true,
    }
}

/// Whether it is a document in XML without a declaration.
fn is_flat(bytes: &[u8]) -> bool {
    office_xml(bytes).is_some()
        && xml::text(bytes).is_ok_and(|text| flat::root(&text.text).is_some())
}

fn is_source(bytes: &[u8]) -> bool {
    plain_source(bytes, None).is_some()
}

/// Whether a gzip stream (RFC 1952 2.3) holds a metafile.
fn is_packed_drawing(bytes: &[u8]) -> bool {
    const HEADER: usize = 10;
    const NAME: u8 = 8;
    let flags = bytes.get(3).copied().unwrap_or_default();
    let mut data = bytes.get(HEADER..).unwrap_or_default();
    if flags == NAME {
        let end = memchr::memchr(0, data).map_or(data.len(), |end| end + 1);
        data = data.get(end..).unwrap_or_default();
    } else if flags != 0 {
        return false;
    }
    let mut head = [0_u8; 64];
    // An error comes with what was decoded before it.
    let _ = Decompress::new(false).decompress(data, &mut head, FlushDecompress::None);
    let is_wmf = head.starts_with(b"\xD7\xCD\xC6\x9A") || head.starts_with(b"\x01\0\x09\0");
    is_wmf || head.get(40..44) == Some(b" EMF")
}

/// Whether a page says that it is in UTF-7.
fn is_utf_7(page: &[u8]) -> bool {
    let head = page.get(..PREFIX).unwrap_or(page).to_ascii_lowercase();
    memmem::find(&head, b"charset=utf-7").is_some()
        || memmem::find(&head, b"charset=\"utf-7").is_some()
}

/// Where the header starts that has a `MIME-Version` field, if there is one anywhere.
fn header(bytes: &[u8]) -> Option<usize> {
    let field = memchr::memchr2_iter(b'm', b'M', bytes).find(|&at| is_version(bytes, at))?;
    // Its other fields can stand before it, as far as a blank line.
    let start = field.saturating_sub(PREFIX);
    let before = bytes.get(start..field).unwrap_or_default();
    let blank = [&b"\n\n"[..], b"\n\r\n", b"\r\r"]
        .iter()
        .filter_map(|blank| Some(memmem::rfind(before, blank)? + blank.len()))
        .max();
    Some(start + blank.unwrap_or(0))
}

/// Whether the field `MIME-Version` stands here, with blanks in it as they are tolerated.
fn is_version(bytes: &[u8], at: usize) -> bool {
    const WORDS: [&[u8]; 4] = [b"mime", b"-", b"version", b":"];
    const BLANKS: usize = 16;
    let mut rest = bytes.get(at..).unwrap_or_default();
    for word in WORDS {
        let blanks = rest
            .iter()
            .take(BLANKS)
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        rest = rest.get(blanks..).unwrap_or_default();
        let Some((start, after)) = rest.split_at_checked(word.len()) else {
            return false;
        };
        if !start.eq_ignore_ascii_case(word) {
            return false;
        }
        rest = after;
    }
    true
}

/// The marks of MHT and ActiveMime, the latter also in base64.
pub(super) fn wraps_macros(bytes: &[u8]) -> bool {
    let wide = |word: &str| contains(bytes, word);
    wide("ActiveMime")
        || wide("IME-Version")
        || mime::has_wrapper_in_base64(bytes)
        || memchr::memchr2_iter(b'm', b'M', bytes).any(|at| is_version(bytes, at))
}

/// Whether the text holds a word, in bytes or in UTF-16.
pub(super) fn contains(text: &[u8], word: &str) -> bool {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // The same units in the other order start one byte later.
    let units = wide.get(..wide.len().saturating_sub(1)).unwrap_or_default();
    memmem::find(text, word.as_bytes()).is_some() || memmem::find(text, units).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_utf_16_of_either_order() {
        let word = "ActiveMime";
        let little: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(contains(&little, word) && contains(&big, word));
        assert!(!contains(b"Active Mime", word));
    }

    #[test]
    fn the_field_wherever_it_stands() {
        assert_eq!(
            header(b"%PDF-1.7\n\nX: y\nMIME - Version : 1.0\n"),
            Some(10)
        );
        assert_eq!(header(b"mime-version:"), Some(0));
        assert_eq!(header(b"the MIME version"), None);
    }
}
