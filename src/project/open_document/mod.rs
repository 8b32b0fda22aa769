//! OpenDocument, ODF 1.3 (OASIS, 2021): the Basic of a document, what calls it, and what the
//! document loads. Reads the parts of a package and documents in one XML file alike.
//!
//! | where | what | clause |
//! |---|---|---|
//! | `Basic/<library>/<module>.xml` | `script:module`: the text of a module | OpenOffice, `module.dtd` |
//! | `Basic/<library>/script-lb.xml` | whether a library is under a password | OpenOffice, `library.dtd` |
//! | one file | `library-embedded`, `module`, `source-code` | OpenOffice, `xmlscript` |
//! | any part | `event-listener` and its `href` or `macro-name` | part 3, 14.4 |
//! | `content.xml`, `styles.xml` | sections, tables, pictures, objects, frames, DDE, links | part 3, `xlink:href` |
//! | one file | `binary-data`: an embedded file in base64 | part 3, 10.4.5 |
//! | `META-INF/manifest.xml` | which parts are encrypted, and how | part 2, 4.8 |
//!
//! Elements are told by their local names, since a prefix can be any; attributes by their
//! namespaces as well, since one of another namespace can stand beside that which is read.

mod attributes;
mod links;
mod script;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::NamespaceResolver;

use crate::bytes::base64;
use crate::container::opc::xml;
use crate::container::{Kind, sniff};
use crate::limits::{Limit, Spent};
use crate::observe::{Ledger, Reason};
use crate::project::{Load, Start};

use attributes::Attributes;

/// A module of Basic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BasicModule {
    /// The library that holds it.
    pub library: String,
    /// Its name.
    pub name: String,
    /// The part that it was read from.
    pub part: String,
    /// Its text.
    pub text: String,
}

/// What the parts of a document say.
#[derive(Debug, Default)]
pub struct Found {
    /// The modules of Basic.
    pub modules: Vec<BasicModule>,
    /// The procedures of Basic that events and links call.
    pub starts: Vec<Start>,
    /// Languages other than Basic of which events call scripts in the document.
    pub called: BTreeSet<String>,
    /// What is loaded from elsewhere, run, or led to.
    pub loads: Vec<Load>,
    /// Libraries under a password, the text of which is encrypted.
    pub locked: BTreeSet<String>,
    /// Parts that the manifest says are encrypted.
    pub encrypted: BTreeSet<String>,
    /// The algorithm of the first of them.
    pub algorithm: String,
    /// Files that stand in the text of a document in one file, of kinds that can carry code.
    pub objects: Vec<Vec<u8>>,
    /// Whether anything calls macros that are not in the document, or is a small program.
    pub active: bool,
}

/// The kind of a document by the content of `mimetype`, part 2, 3.3, and by that of OpenOffice 1:
/// `None` for other formats that have such a member, such as EPUB.
#[must_use]
pub fn format_of(mimetype: &str) -> Option<&'static str> {
    let kind = mimetype.trim();
    let kind = kind.strip_prefix("application/vnd.").or_else(|| {
        // Nothing there, or nothing that is known to be anything else.
        kind.is_empty().then_some("")
    })?;
    let name = kind
        .strip_prefix("oasis.opendocument.")
        .or_else(|| kind.strip_prefix("sun.xml."));
    Some(match name {
        Some(name) if name.starts_with("text") || name.starts_with("writer") => "odt",
        Some(name) if name.starts_with("spreadsheet") || name.starts_with("calc") => "ods",
        Some(name) if name.starts_with("presentation") || name.starts_with("impress") => "odp",
        Some(name) if name.starts_with("graphics") || name.starts_with("draw") => "odg",
        Some(name) if name.starts_with("database") || name.starts_with("base") => "odb",
        _ if kind.starts_with("openofficeorg.extension") => "oxt",
        _ => "odf",
    })
}

/// Reads a part, or a document in one file.
pub fn inspect_open_document(part: &[u8], name: &str, found: &mut Found, ledger: &mut Ledger) {
    let Some(text) = xml::text_of_part(part, name, ledger) else {
        return;
    };
    let mut reader = PartReader {
        part: name,
        found,
        ledger,
        library: library_of(name),
        module: None,
        binary: None,
        entry: String::new(),
        names: NamespaceResolver::default(),
    };
    // A spent budget has left its gap.
    if let Ok(Some(at)) = reader.read(&text) {
        reader.ledger.gap(
            Reason::Damaged,
            format_args!("part {name} is not well-formed at {at}; what follows was not read"),
        );
    }
}

/// The library of a part: the folder that it lies in.
fn library_of(part: &str) -> String {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = folder.rsplit('/').next().unwrap_or_default();
    name.to_owned()
}

/// An embedded file of a kind that can carry code; not a picture.
fn object(text: &str) -> Option<Vec<u8>> {
    /// Of base64: enough to tell the kind of a file.
    const HEAD: usize = 128;
    // Padding in the midst of it ends nothing.
    let digits = || text.bytes().filter(|byte| base64::is_digit(*byte));
    let decoded = |digits: &[u8]| {
        let mut bytes = Vec::new();
        base64::decode(digits, &mut bytes);
        bytes
    };
    let head: Vec<u8> = digits().take(HEAD).collect();
    if !matches!(
        sniff(&decoded(&head)),
        Kind::Cfb | Kind::Zip | Kind::Rtf | Kind::ActiveMime | Kind::Mime | Kind::OneNote
    ) {
        return None;
    }
    let all: Vec<u8> = digits().collect();
    Some(decoded(&all))
}

struct PartReader<'r> {
    part: &'r str,
    found: &'r mut Found,
    ledger: &'r mut Ledger,
    library: String,
    module: Option<BasicModule>,
    /// The base64 of an embedded file that is open.
    binary: Option<String>,
    /// The entry of the manifest that is open.
    entry: String,
    /// What prefixes stand for where the reader is.
    names: NamespaceResolver,
}

impl PartReader<'_> {
    /// Reads the text; says where it breaks, if it does.
    fn read(&mut self, text: &str) -> Result<Option<u64>, Spent> {
        let mut reader = Reader::from_str(text);
        let mut open = 0_u64;
        loop {
            self.ledger.charge(Limit::Steps, 1)?;
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    self.scope(&element, open);
                    open = open.saturating_add(1);
                    self.element(&element)?;
                }
                Ok(Event::Empty(element)) => {
                    self.scope(&element, open);
                    self.element(&element)?;
                    self.names.set_level(level(open));
                    self.end(element.local_name().into_inner())?;
                }
                Ok(Event::End(element)) => {
                    open = open.saturating_sub(1);
                    self.names.set_level(level(open));
                    self.end(element.local_name().into_inner())?;
                }
                Ok(Event::Text(piece)) => self.text(&piece)?,
                Ok(Event::CData(piece)) => self.text(&piece)?,
                Ok(Event::GeneralRef(name)) if self.module.is_some() => {
                    let text = xml::entity(&name);
                    self.text(&text)?;
                }
                // LibreOffice puts in what an entity of the document stands for.
                Ok(Event::DocType(declaration)) if declaration.contains("<!ENTITY") => {
                    self.ledger.gap(
                        Reason::Unsupported,
                        format_args!(
                            "part {} defines entities of its own, which are not put in",
                            self.part
                        ),
                    );
                }
                Ok(Event::Eof) => {
                    self.end_of_module();
                    return Ok((open > 0).then_some(text.len() as u64));
                }
                Ok(_) => {}
                Err(_) => {
                    self.end_of_module();
                    return Ok(Some(reader.error_position()));
                }
            }
        }
    }

    /// Takes the namespaces that an element declares within as many others.
    fn scope(&mut self, element: &BytesStart<'_>, within: u64) {
        if !element.contains("xmlns") {
            return;
        }
        self.names.set_level(level(within));
        if self.names.push(element).is_err() {
            self.ledger.gap(
                Reason::Damaged,
                format_args!(
                    "part {} declares more namespaces than are read, or declares them wrongly",
                    self.part
                ),
            );
        }
    }

    fn text(&mut self, piece: &str) -> Result<(), Spent> {
        let text = match (&mut self.module, &mut self.binary) {
            (Some(module), _) => &mut module.text,
            (_, Some(binary)) => binary,
            _ => return Ok(()),
        };
        self.ledger.charge(Limit::OutputBytes, piece.len() as u64)?;
        text.push_str(piece);
        Ok(())
    }

    fn end(&mut self, local: &str) -> Result<(), Spent> {
        match local {
            "module" => self.end_of_module(),
            "binary-data" => {
                if let Some(object) = self.binary.take().as_deref().and_then(object) {
                    let size = object.len() as u64;
                    self.ledger.charge(Limit::OutputBytes, size)?;
                    self.found.objects.push(object);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_of_module(&mut self) {
        if let Some(module) = self.module.take()
            && !module.text.trim().is_empty()
        {
            self.found.modules.push(module);
        }
    }

    fn element(&mut self, element: &BytesStart<'_>) -> Result<(), Spent> {
        let local = element.local_name();
        let local = local.into_inner();
        let attributes = Attributes::of(element, &self.names);
        if attributes.doubtful {
            self.ledger.gap(
                Reason::Damaged,
                format_args!(
                    "an element {local} of part {} has two attributes of one name, of which one was \
                     read",
                    self.part
                ),
            );
        }
        match local {
            "module" => {
                self.ledger.charge(Limit::Modules, 1)?;
                self.end_of_module();
                self.module = Some(BasicModule {
                    library: self.library.clone(),
                    name: attributes.name.value,
                    part: self.part.to_owned(),
                    text: String::new(),
                });
                return Ok(());
            }
            "binary-data" => self.binary = Some(String::new()),
            "library" | "library-embedded" | "library-linked" => self.library(local, attributes),
            "file-entry" => self.entry = attributes.path.value,
            "encryption-data" => {
                self.found.encrypted.insert(std::mem::take(&mut self.entry));
            }
            "algorithm" if self.found.algorithm.is_empty() => {
                self.found.algorithm = attributes.algorithm;
            }
            _ if script::calls(local, &attributes, self.found) => {}
            _ => links::look(local, &attributes, self.part, self.found),
        }
        Ok(())
    }

    fn library(&mut self, local: &str, attributes: Attributes) {
        if attributes.protected {
            self.found.locked.insert(attributes.name.value.clone());
        }
        if attributes.link || local == "library-linked" {
            links::linked_library(&attributes, self.part, self.found);
        }
        if local == "library-embedded" {
            self.library = attributes.name.value;
        }
    }
}

/// How deep namespaces are told apart.
fn level(open: u64) -> u16 {
    u16::try_from(open).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
