//! A layer that is neither a compound file nor a zip archive: which reader it goes to, plain
//! source, and files of no concern.

use std::borrow::Cow;

use memchr::memmem;

use crate::container::{Kind, cfb, one_note};
use crate::limits::Limit;
use crate::observe::Reason;
use crate::project::Language;
use crate::project::document::{CONNECTION, Identity};
use crate::project::ovba;
use crate::project::plain::{listed, mended, plain_source};

use super::flat::{is_exotic_xml, office_xml};
use super::pass::{Pass, Stored};
use super::queue::Child;

/// Junk in front of a container is tolerated by the applications up to about here.
pub(super) const PREFIX: usize = 4096;
/// An end record of a zip archive and its comment.
const ZIP_TAIL: usize = 22 + 0xFFFF;

impl Pass<'_> {
    pub(super) fn other<'b>(
        &mut self,
        kind: Kind,
        bytes: &'b [u8],
        holders: &[&[u8]],
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
        let inside = match kind {
            Kind::Unknown => foreign(format),
            // The end of a package in it may be that of a file that it holds.
            Kind::OneNote if zip_tail(bytes).is_some_and(|at| one_note::holds(bytes, at)) => {
                foreign(format)
            }
            _ => self.behind(bytes, holders, children),
        };
        let identity = match kind {
            Kind::Text => self.text(bytes, holders, name, children),
            Kind::Xml => self.xml(bytes, holders, children),
            Kind::Html => self.html(bytes, holders, children),
            Kind::Mime => self.mime(bytes, holders, children),
            Kind::Pdf => self
                .polyglot(format, bytes, holders, children)
                .unwrap_or(foreign(format)),
            Kind::Foreign(name) if may_wrap(name) => self
                .polyglot(format, bytes, holders, children)
                .unwrap_or(foreign(format)),
            Kind::Unknown => self.unknown(bytes, holders, name, children),
            Kind::Foreign("exe") => self.program(format, bytes),
            Kind::Rtf => self.rtf(bytes, children),
            Kind::ActiveMime => self.active_mime(bytes, children),
            Kind::Sylk => self.sylk(bytes),
            Kind::Biff => self.bare_records(bytes),
            Kind::Old(_) => self.old(format, bytes, holders),
            Kind::Access => self.access(bytes, holders),
            Kind::OneNote => self.one_note(bytes, children),
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
    fn behind<'b>(
        &mut self,
        bytes: &'b [u8],
        holders: &[&[u8]],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        if has_zip_tail(bytes) {
            return self.package(bytes, holders, children);
        }
        let start = bytes.get(..PREFIX).unwrap_or(bytes);
        if let Some(at) = memmem::find(start, &cfb::SIGNATURE) {
            children.push(Child::new(
                format!("(compound file at {at})"),
                Cow::Borrowed(bytes.get(at..).unwrap_or_default()),
            ));
        }
        foreign("")
    }

    /// Plain source, if it is any.
    pub(super) fn source(
        &mut self,
        bytes: &[u8],
        holders: &[&[u8]],
        name: Option<&str>,
    ) -> Option<Identity> {
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
        self.project(String::new(), units, Vec::new(), holders);
        Some(Identity::document(code.language.name()))
    }

    fn text<'b>(
        &mut self,
        bytes: &'b [u8],
        holders: &[&[u8]],
        name: Option<&str>,
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        if bytes.trim_ascii_start().starts_with(b"#@~^") {
            return self.unsupported("vbe", "an encoded script, which is not decoded");
        }
        if let Some(identity) = self.source(bytes, holders, name) {
            self.cells_in_source(bytes);
            return identity;
        }
        // XML without a declaration, or with something in front.
        if office_xml(bytes).is_some() || is_exotic_xml(bytes) {
            return self.xml(bytes, holders, children);
        }
        if let Some(identity) = self.polyglot("text", bytes, holders, children) {
            return identity;
        }
        if (has_table(bytes) || holds_connection(bytes))
            && let Some(identity) = self.table(bytes, holders)
        {
            return identity;
        }
        self.sheet_text(bytes, name).unwrap_or(foreign("text"))
    }

    /// Nothing at the start says what it is: junk in front, or damage.
    fn unknown<'b>(
        &mut self,
        bytes: &'b [u8],
        holders: &[&[u8]],
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
            return self.compound(bytes.get(at..).unwrap_or_default(), holders, children);
        }
        if has_zip_tail(bytes) || memmem::find(start, b"PK\x03\x04").is_some() {
            return self.package(bytes, holders, children);
        }
        if is_exotic_xml(bytes) {
            return self.xml(bytes, holders, children);
        }
        if let Some(identity) = self.polyglot("unknown", bytes, holders, children) {
            return identity;
        }
        if let Some(identity) = self.source(bytes, holders, name) {
            self.cells_in_source(bytes);
            return identity;
        }
        if let Some(identity) = self.sheet_text(bytes, name) {
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
        self.projects(carved.into_iter().collect(), &text, holders);
        self.scratch.text = text;
        identity
    }
}

/// Whether a data connection begins near the start.
pub(super) fn holds_connection(bytes: &[u8]) -> bool {
    memmem::find(bytes.get(..PREFIX).unwrap_or(bytes), CONNECTION).is_some()
}

/// Whether a table of a web page begins near the start: Excel opens one without a page around it.
fn has_table(bytes: &[u8]) -> bool {
    let start = bytes.get(..PREFIX).unwrap_or(bytes);
    let names = |at: usize| {
        // Of wide text, every other byte.
        let rest = start.get(at..).unwrap_or_default();
        let mut name = [0_u8; 6];
        for (to, from) in name.iter_mut().zip(rest.iter().filter(|&&byte| byte != 0)) {
            *to = from.to_ascii_lowercase();
        }
        name.starts_with(b"<td")
            || name.starts_with(b"<th")
            || name.starts_with(b"<tr")
            || &name == b"<table"
    };
    memchr::memchr_iter(b'<', start).any(names)
}

pub(super) const fn foreign(format: &'static str) -> Identity {
    Identity {
        format,
        carrier: false,
        active: false,
    }
}

fn has_zip_tail(bytes: &[u8]) -> bool {
    zip_tail(bytes).is_some()
}

/// Where the end record of a zip archive stands, if it can be one.
fn zip_tail(bytes: &[u8]) -> Option<usize> {
    let start = bytes.len().saturating_sub(ZIP_TAIL);
    let at = memmem::rfind(bytes.get(start..)?, b"PK\x05\x06")?;
    Some(start + at)
}

/// Pictures and media, in front of which a web page can be hidden; programs hold the words of MIME
/// as a matter of course.
fn may_wrap(name: &str) -> bool {
    !matches!(name, "exe" | "elf" | "chm" | "sqlite" | "lnk")
}
