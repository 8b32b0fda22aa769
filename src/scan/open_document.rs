//! A layer that is an OpenDocument file: Basic, scripts and what calls them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::container::zip::{Archive, Member, Outcome};
use crate::observe::Reason;
use crate::project::document::Identity;
use crate::project::open_document::{BasicModule, Found, format_of, inspect_open_document};
use crate::project::{Code, Language, ModuleKind, TextEncoding};

use super::other::foreign;
use super::pass::{Pass, Stored};
use super::queue::Child;

const MANIFEST: &str = "META-INF/manifest.xml";
/// Enough for any media type.
const HEAD: usize = 128;

impl Pass<'_> {
    pub(super) fn open_document(&mut self, archive: &Archive<'_>, holders: &[&[u8]]) -> Identity {
        let Some(format) = format_of(&self.media_type(archive)) else {
            return foreign("zip");
        };
        let mut found = Found::default();
        let manifest = |member: &&Member<'_>| member.name() == MANIFEST;
        for member in archive.members().iter().filter(manifest) {
            self.part_of_open_document(member, MANIFEST, &mut found);
        }
        let mut scripts = BTreeSet::new();
        for member in archive.members() {
            let name = member.name();
            if name == MANIFEST || name.ends_with('/') {
                continue;
            }
            scripts.extend(script_language(&name));
            let markup = member.first_byte().is_some_and(is_markup);
            if markup || is_xml(&name) && !found.encrypted.contains(&*name) {
                self.part_of_open_document(member, &name, &mut found);
            }
        }
        match format {
            "odb" => self.ledger.gap(
                Reason::Unsupported,
                format_args!("a database of LibreOffice, whose tables and queries are not decoded"),
            ),
            "oxt" => self.ledger.gap(
                Reason::Unsupported,
                format_args!("an extension of LibreOffice, whose libraries are not decoded"),
            ),
            _ => {}
        }
        self.take_open_document(format, found, &scripts, holders)
    }

    /// A document in one XML file.
    pub(super) fn flat_open_document<'b>(
        &mut self,
        bytes: &'b [u8],
        holders: &[&[u8]],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        self.inspected = true;
        let mut found = Found::default();
        inspect_open_document(bytes, "the document", &mut found, &mut self.ledger);
        let objects = std::mem::take(&mut found.objects).into_iter();
        children.extend((1..).zip(objects).map(|(number, object)| {
            Child::new(format!("binary-data {number}"), Cow::Owned(object))
        }));
        self.take_open_document("flat-odf", found, &BTreeSet::new(), holders)
    }

    fn media_type(&mut self, archive: &Archive<'_>) -> String {
        let mut head = [0_u8; HEAD];
        let mut members = archive.members().iter();
        let Some(member) = members.find(|member| member.name() == "mimetype") else {
            return String::new();
        };
        let had = self.scratch.inflater.prefix(member, &mut head);
        String::from_utf8_lossy(head.get(..had).unwrap_or_default()).into_owned()
    }

    fn part_of_open_document(&mut self, member: &Member<'_>, name: &str, found: &mut Found) {
        let mut part = std::mem::take(&mut self.scratch.part);
        part.clear();
        let inflater = &mut self.scratch.inflater;
        if inflater.read(member, &mut part, &mut self.ledger) == Outcome::Encrypted {
            self.ledger.gap(
                Reason::EncryptedArchive,
                format_args!("member {name} is encrypted"),
            );
        } else {
            inspect_open_document(&part, name, found, &mut self.ledger);
        }
        self.scratch.part = part;
    }

    /// Judges what the parts say, once all of them are read.
    fn take_open_document(
        &mut self,
        format: &'static str,
        found: Found,
        scripts: &BTreeSet<&'static str>,
        holders: &[&[u8]],
    ) -> Identity {
        if let Some(first) = found.encrypted.first() {
            self.ledger.gap(
                Reason::Encrypted,
                format_args!(
                    "{} parts of the document are encrypted ({}), such as {first}; no password was tried",
                    found.encrypted.len(),
                    if found.algorithm.is_empty() { "unknown" } else { &found.algorithm },
                ),
            );
        }
        for library in &found.locked {
            self.ledger.gap(
                Reason::ActiveUnread,
                format_args!("the Basic library {library} is under a password"),
            );
        }
        for language in scripts {
            let reason = if found.called.is_empty() {
                Reason::Unsupported
            } else {
                Reason::ActiveUnread
            };
            let called = if found.called.is_empty() {
                ""
            } else {
                ", which an event of the document calls"
            };
            self.ledger.gap(
                reason,
                format_args!("scripts in {language}{called}, are not decoded"),
            );
        }
        let layer = self.ledger.layer();
        let elsewhere = found.modules.is_empty() && !found.starts.is_empty();
        let starts = found.starts.into_iter().map(|start| (layer, start));
        self.starts.extend(starts);
        let mut libraries: BTreeMap<String, Vec<BasicModule>> = BTreeMap::new();
        for module in found.modules {
            libraries
                .entry(module.library.clone())
                .or_default()
                .push(module);
        }
        for (library, modules) in libraries {
            let units = modules.iter().map(|module| Stored {
                code: Code {
                    bytes: module.text.as_bytes(),
                    encoding: TextEncoding::Utf8,
                    language: Language::Basic,
                },
                name: module.name.clone(),
                stream: module.part.clone(),
                kind: ModuleKind::Standard,
            });
            self.project(library, units, Vec::new(), holders);
        }
        self.loads(found.loads);
        Identity {
            active: found.active || elsewhere || !found.called.is_empty(),
            ..Identity::document(format)
        }
    }
}

/// How markup starts, in any encoding.
const fn is_markup(first: u8) -> bool {
    matches!(
        first,
        b'<' | 0xEF | 0xFE | 0xFF | 0 | b' ' | b'\t' | b'\r' | b'\n'
    )
}

fn is_xml(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["xml", "xba", "xdl", "xlb", "xlc", "xcu", "rdf"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// The language of a script in a document, by its ending (`Scripts/<language>/…`).
fn script_language(name: &str) -> Option<&'static str> {
    let inside = name
        .get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case("Scripts/"));
    let (_, ending) = name.rsplit_once('.').filter(|_| inside)?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "py" => "Python",
        "bsh" => "BeanShell",
        "js" => "JavaScript",
        "java" | "class" | "jar" => "Java",
        _ => return None,
    })
}
