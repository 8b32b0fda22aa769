//! Documents in compound files: told apart by the streams of the root.

use std::collections::BTreeMap;

use crate::container::cfb::{Entry, EntryId, File};
use crate::observe::{Ledger, Reason};

use super::encrypted::word_is_encrypted;
use super::{Identity, Outside, excel, word_text};

/// The class of a Windows Installer package, as stored.
const MSI_CLASS: [u8; 16] = [
    0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46,
];

/// The streams that hold a document of Office, or a package with one.
pub const DOCUMENT_STREAMS: [&str; 6] = [
    "WordDocument",
    "Workbook",
    "Book",
    "PowerPoint Document",
    "Package",
    "VisioDocument",
];

/// Finds out what the file is, looks into the streams that lead to code outside VBA projects, and
/// leaves a gap for everything of that kind that is not read.
pub fn inspect_compound(file: &File<'_>, outside: &mut Outside, ledger: &mut Ledger) -> Identity {
    let mut identity = identify_compound(file);
    let mut foreign = Foreign::default();
    for entry in file.entries() {
        if entry.is_stream() {
            stream(file, entry, outside, ledger, &mut identity);
        }
        foreign.look(entry);
    }
    if foreign.found(file) {
        identity.active = true;
        ledger.observe(
            "object.foreign",
            "[MS-OLEDS] 1.3.3",
            0,
            format_args!("an embedded object that is no Office document"),
        );
    }
    identity
}

/// What the file is.
#[must_use]
pub fn identify_compound(file: &File<'_>) -> Identity {
    let root = file.root().map(Entry::id);
    let at_root = |name: &str| {
        file.entries()
            .iter()
            .any(|e| e.parent() == root && e.is_named(name))
    };
    if file.root().is_some_and(|root| *root.class() == MSI_CLASS) {
        return Identity {
            format: "msi",
            carrier: false,
            active: false,
        };
    }
    // In the order in which one decides against the next.
    const BY_STREAM: &[(&str, &str)] = &[
        ("EncryptedPackage", "ooxml-encrypted"),
        ("__properties_version1.0", "msg"),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("Book", "xls"),
        ("PowerPoint Document", "ppt"),
        ("PP40", "ppt"),
        ("VisioDocument", "vsd"),
        ("Quill", "pub"),
        ("OutlookVbaData", "otm"),
        ("Props", "mpp"),
    ];
    let known = BY_STREAM.iter().find(|(name, _)| at_root(name));
    Identity::document(known.map_or("ole", |(_, format)| format))
}

/// Streams that carry code or hide it, wherever in the file they lie.
fn stream(
    file: &File<'_>,
    entry: &Entry,
    outside: &mut Outside,
    ledger: &mut Ledger,
    identity: &mut Identity,
) {
    if entry.is_named("WordDocument") {
        if !word_is_encrypted(file.head(entry, ledger)) {
            word_fields(file, entry, outside, ledger);
        }
    } else if entry.is_named("Workbook") || entry.is_named("Book") {
        excel::inspect(&file.stream(entry, ledger), outside, ledger);
    } else if entry.is_named("PP40") {
        ledger.gap(
            Reason::Unsupported,
            format_args!("a presentation of PowerPoint 4 or 95, whose objects are not decoded"),
        );
    } else if entry.is_named("__properties_version1.0") {
        ledger.gap(
            Reason::Unsupported,
            format_args!("an Outlook message: its bodies are not decoded"),
        );
    } else if entry.is_named("Ctls") || entry.is_named("\u{3}OCXDATA") {
        identity.active = true;
        ledger.observe(
            "object.activex",
            "[MS-OFORMS] 2.1",
            0,
            format_args!("ActiveX controls in stream {}", entry.name()),
        );
    }
}

/// What the text of a Word document leads to, with the table stream beside it.
fn word_fields(file: &File<'_>, entry: &Entry, outside: &mut Outside, ledger: &mut Ledger) {
    let document = file.stream(entry, ledger);
    let name = word_text::table_name(&document);
    let parent = entry.parent();
    let named = |name: &str| parent.and_then(|parent| file.child(parent, name));
    let table = named(name).map(|table| file.stream(table, ledger));
    word_text::inspect(&document, &table.unwrap_or_default(), outside, ledger);
}

/// Embedded objects: storages in `ObjectPool` of Word, `MBD…` of Excel. One that holds an Office
/// document is judged by that document; any other is foreign.
#[derive(Default)]
struct Foreign {
    pools: Vec<EntryId>,
    /// Storages of objects, and whether an Office document was seen directly inside.
    objects: BTreeMap<EntryId, bool>,
    contents: Vec<EntryId>,
}

impl Foreign {
    fn look(&mut self, entry: &Entry) {
        if entry.is_storage() && entry.is_named("ObjectPool") {
            self.pools.push(entry.id());
        }
        let name = entry.raw_name();
        if entry.is_storage() && name.starts_with(b"M\0B\0D\0") {
            self.objects.insert(entry.id(), false);
        }
        if DOCUMENT_STREAMS.iter().any(|name| entry.is_named(name)) {
            self.contents.extend(entry.parent());
        }
    }

    fn found(mut self, file: &File<'_>) -> bool {
        for entry in file.entries().iter().filter(|entry| entry.is_storage()) {
            if entry
                .parent()
                .is_some_and(|parent| self.pools.contains(&parent))
            {
                self.objects.insert(entry.id(), false);
            }
        }
        for storage in &self.contents {
            if let Some(office) = self.objects.get_mut(storage) {
                *office = true;
            }
        }
        self.objects.values().any(|office| !office)
    }
}
