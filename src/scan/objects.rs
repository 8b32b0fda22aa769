//! Objects: packages, links and their classes, in compound files and as OLE 1.0 has them.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use crate::container::cfb::{Entry, File, SIGNATURE};
use crate::container::ole::{self, Package, Storage};
use crate::container::{Kind, sniff};
use crate::limits::Limit;
use crate::observe::Reason;
use crate::project::attached::is_program;
use crate::project::classes::{self, Class};
use crate::project::document::DOCUMENT_STREAMS;
use crate::project::{Load, LoadKind};

use super::equation::is_of_equations;
use super::mime::contains;
use super::pass::Pass;
use super::queue::Child;

/// Compound files that lie in one object: more are no accident.
const MOST_FILES: usize = 4;
/// `OLEVersion`, `FormatID` and the length of a name, [MS-OLEDS] 2.2.4: less is no object.
const SMALLEST_OBJECT: usize = 12;
/// The header of a compound file, [MS-CFB] 2.2.
const SMALLEST_FILE: usize = 512;

impl Pass<'_> {
    /// The files in packages become children. Says whether there is active content besides code.
    pub(super) fn objects<'b>(&mut self, file: &File<'b>, children: &mut Vec<Child<'b>>) -> bool {
        let mut active = false;
        let mut known: Vec<&'static Class> = Vec::new();
        let mut linked = false;
        // Places for formulas, and those that have data for one.
        let (mut places, mut formulas) = (0_usize, 0_usize);
        for entry in file.entries() {
            if entry.is_storage() {
                let class = classes::by_id(entry.class());
                places += usize::from(class.is_some_and(is_of_equations));
                known.extend(class);
                continue;
            }
            if !entry.is_stream() {
                continue;
            }
            let raw = entry.raw_name();
            if raw.starts_with(&[1, 0]) {
                if entry.is_named("\u{1}Ole10Native") {
                    active = true;
                    self.native(file, entry, children);
                } else if entry.is_named("\u{1}Ole") {
                    linked |= self.link(file, entry, &mut known);
                } else if entry.is_named("\u{1}CompObj") {
                    let head = file.head(entry, &mut self.ledger);
                    known.extend(ole::class_of(head).as_ref().and_then(classes::by_id));
                }
            } else if entry.is_named("Equation Native") && holds_equation(file, entry) {
                formulas += 1;
                let stream = file.stream(entry, &mut self.ledger);
                self.equation(&stream);
            } else if entry.is_named("Package") || entry.is_named("CONTENTS") {
                self.contents(file, entry, children);
            }
        }
        let named = known.iter().any(|class| is_of_equations(class));
        if places > formulas || named && formulas == 0 {
            self.no_equation();
        }
        self.known_classes(known, linked) || linked || active
    }

    /// Tells each class once. Says whether there was any.
    fn known_classes(&mut self, mut known: Vec<&'static Class>, linked: bool) -> bool {
        known.sort_unstable_by_key(|class| class.id);
        known.dedup();
        // What a package holds and where a link leads says more than that there is one.
        known.retain(|class| !(is_package(class) || linked && is_link(class)));
        let any = !known.is_empty();
        let place = "class of an object";
        self.loads(known.into_iter().map(|class| load_of(class, place)));
        any
    }

    /// What an object is linked to. Says whether it is to anything.
    fn link(&mut self, file: &File<'_>, entry: &Entry, known: &mut Vec<&'static Class>) -> bool {
        let stream = file.stream(entry, &mut self.ledger);
        let mut link = ole::link_of(&stream);
        known.extend(classes::in_bytes(&stream));
        // An embedded object can say which file it came from; that is not loaded.
        if !link.linked {
            link.targets.retain(|target| is_address(target));
        }
        let any = !link.targets.is_empty();
        let place = file.path(entry);
        self.loads(link.targets.into_iter().map(|target| Load {
            kind: LoadKind::Object,
            target,
            place: place.clone(),
        }));
        any
    }

    /// The data of an object that OLE 1.0 made: a package, or what its program likes.
    fn native<'b>(&mut self, file: &File<'b>, entry: &Entry, children: &mut Vec<Child<'b>>) {
        let stream = file.stream(entry, &mut self.ledger);
        let place = file.path(entry);
        if let Some(package) = Package::in_stream(&stream, None) {
            self.package_of(&package, &place, children);
            return;
        }
        let holder = entry.parent().and_then(|id| file.entry(id));
        let class = holder.and_then(|holder| classes::by_id(holder.class()));
        if class.is_some_and(is_of_equations) {
            self.no_equation();
        }
        if class.is_some_and(is_package) {
            self.no_package(&place);
        }
        let data = stream.get(4..).unwrap_or_default();
        if is_document(data) {
            self.child_of(data, place, children);
        }
    }

    fn no_package(&mut self, place: &str) {
        self.ledger.gap(
            Reason::Damaged,
            format_args!("an OLE package in {place} that has none of its fields"),
        );
    }

    /// A document as the stream of an object, if it is of a kind that is not found by its first
    /// bytes alone.
    fn contents<'b>(&mut self, file: &File<'b>, entry: &Entry, children: &mut Vec<Child<'b>>) {
        let kind = sniff(file.head(entry, &mut self.ledger));
        if matches!(kind, Kind::Cfb | Kind::Zip | Kind::Rtf | Kind::ActiveMime) {
            return;
        }
        let stream = file.stream(entry, &mut self.ledger);
        if is_document(&stream) {
            self.child_of(&stream, file.path(entry), children);
        }
    }

    /// An object of OLE 1.0: what lies in it becomes children. Says whether it is active content,
    /// which a document of Office is not by itself. `alone` says that there is no better reading
    /// of it.
    pub(super) fn old_object(
        &mut self,
        bytes: &[u8],
        place: &str,
        code_page: u16,
        alone: bool,
        children: &mut Vec<Child<'_>>,
    ) -> bool {
        let Some(object) = ole::Object::parse(bytes, Some(code_page)) else {
            let known: Vec<_> = classes::in_bytes(bytes).collect();
            let told = self.known_classes(known, false);
            let found = self.compound_files(bytes, 0..bytes.len(), place, children);
            if alone && !found && bytes.len() >= SMALLEST_OBJECT {
                self.ledger.gap(
                    Reason::Damaged,
                    format_args!(
                        "{place} has no structure that is known; it was searched for files"
                    ),
                );
            }
            return told;
        };
        match object.storage {
            Storage::Linked { network } => {
                self.loads(known_name(&object.class, place));
                let target = if object.topic.is_empty() {
                    network
                } else {
                    object.topic
                };
                let target = [target, object.item].join("!");
                self.loads([Load {
                    kind: LoadKind::Object,
                    target: target.trim_end_matches('!').to_owned(),
                    place: place.to_owned(),
                }]);
                true
            }
            Storage::Embedded { data, rest, cut } => {
                if cut && alone {
                    self.ledger.gap(
                        Reason::Damaged,
                        format_args!("{place} declares more bytes than there are"),
                    );
                }
                let rest = bytes.len() - rest.len();
                let start = rest - data.len();
                // Whatever the class is called: no other data has these fields.
                let package = Package::parse(data, Some(code_page));
                if let Some(package) = &package {
                    self.package_of(package, place, children);
                } else if data.starts_with(&SIGNATURE) && data.len() < SMALLEST_FILE {
                    // A length that is too short takes nothing away from the file.
                    self.compound_files(bytes, start..rest, place, children);
                } else if is_document(data) {
                    self.child_of(data, place.to_owned(), children);
                } else {
                    let found = self.compound_files(bytes, start..rest, place, children);
                    let package = classes::by_name(&object.class).is_some_and(is_package);
                    if package && alone && !found {
                        self.no_package(place);
                    }
                }
                self.compound_files(bytes, rest..bytes.len(), place, children);
                // The class of a link in a compound file is told there, with where it leads.
                let link = data.starts_with(&SIGNATURE);
                let class = classes::by_name(&object.class);
                if !link && class.is_some_and(is_of_equations) {
                    self.equation(data);
                }
                let class = class.filter(|class| !(is_package(class) || link && is_link(class)));
                self.loads(class.map(|class| load_of(class, place)));
                package.is_some() || !(is_office(&object.class) && is_office_file(data))
            }
            Storage::Picture => {
                self.compound_files(bytes, 0..bytes.len(), place, children);
                false
            }
        }
    }

    /// Compound files that lie in a part of an object, each up to the end of the object, whatever
    /// a length says. Says whether there are any.
    fn compound_files(
        &mut self,
        object: &[u8],
        part: Range<usize>,
        place: &str,
        children: &mut Vec<Child<'_>>,
    ) -> bool {
        let start = part.start;
        let part = object.get(part).unwrap_or_default();
        let mut found = false;
        for at in memmem::find_iter(part, &SIGNATURE).take(MOST_FILES) {
            found = true;
            let at = start + at;
            let bytes = object.get(at..).unwrap_or_default();
            self.child_of(bytes, format!("{place} (compound file at {at})"), children);
        }
        found
    }

    /// A file in a package: what it is called, and what it is.
    fn package_of(&mut self, package: &Package<'_>, place: &str, children: &mut Vec<Child<'_>>) {
        let name = package.name().to_owned();
        if package.cut {
            self.ledger.gap(
                Reason::Damaged,
                format_args!("the file {name} in {place} declares more bytes than there are"),
            );
        }
        let Some(data) = package.data else {
            if !package.cut {
                self.loads([Load {
                    kind: LoadKind::RunProgram,
                    target: package.opened.clone(),
                    place: place.to_owned(),
                }]);
            }
            return;
        };
        let shown = [&package.label, &package.path];
        let other = shown.iter().find(|shown| {
            let (shown, real) = (ending(shown), ending(&name));
            // A short name has no more than three letters of it.
            let same = shown == real || real.len() == 3 && shown.starts_with(&real);
            is_ordinary(&shown) && !real.is_empty() && !same
        });
        let turned = [&*name, &package.label, &package.path]
            .into_iter()
            .find(|name| name.chars().any(turns));
        if let Some(other) = other.map(|other| other.as_str()).or(turned) {
            self.loads([Load {
                kind: LoadKind::FalseName,
                target: format!("{name} (shown as {other})"),
                place: place.to_owned(),
            }]);
        }
        let kind = sniff(data);
        if let Kind::Foreign(program) = kind
            && is_program(program)
            && is_ordinary(&ending(&name))
        {
            self.loads([Load {
                kind: LoadKind::FalseType,
                target: format!("{name} is {program}"),
                place: place.to_owned(),
            }]);
        }
        self.loads([Load {
            kind: LoadKind::Package,
            target: name.clone(),
            place: place.to_owned(),
        }]);
        if !matches!(kind, Kind::Foreign(_) | Kind::Empty) {
            self.child_of(data, format!("{place}/{name}"), children);
        }
    }

    /// A copy, since what lies in a stream or an object ends with the layer.
    fn child_of(&mut self, bytes: &[u8], name: String, children: &mut Vec<Child<'_>>) {
        let size = bytes.len() as u64;
        if self.ledger.charge(Limit::OutputBytes, size).is_ok() {
            children.push(Child::new(name, Cow::Owned(bytes.to_vec())));
        }
    }
}

/// Whether the storage of a stream is of the class of formulas, or of none: later programs keep
/// theirs, of another version, under the same name.
fn holds_equation(file: &File<'_>, stream: &Entry) -> bool {
    let holder = stream.parent().and_then(|id| file.entry(id));
    holder.is_none_or(|holder| {
        let id = holder.class();
        id.iter().all(|byte| *byte == 0) || classes::by_id(id).is_some_and(is_of_equations)
    })
}

/// What holding an object of a class comes to.
fn load_of(class: &Class, place: &str) -> Load {
    Load {
        kind: LoadKind::Class,
        target: class.target(),
        place: place.to_owned(),
    }
}

/// The class of that name, if it is known and says something by itself.
pub(super) fn known_name(name: &str, place: &str) -> Option<Load> {
    let class = classes::by_name(name)?;
    (!is_package(class) && !is_link(class)).then(|| load_of(class, place))
}

fn is_package(class: &Class) -> bool {
    class.name == "Package"
}

/// Whether what an object of the class is linked to says what it is.
fn is_link(class: &Class) -> bool {
    matches!(class.name, "OLE2Link" | "URLMoniker")
}

/// Whether a target has a scheme, and is no path.
fn is_address(target: &str) -> bool {
    target.find(':').is_some_and(|colon| colon > 1)
}

/// Whether the bytes are a document or an archive, and not the data of some program.
fn is_document(bytes: &[u8]) -> bool {
    !matches!(
        sniff(bytes),
        Kind::Foreign(_) | Kind::Unknown | Kind::Text | Kind::Empty | Kind::Biff | Kind::Old("doc")
    )
}

/// Whether objects of that class are documents, which are judged as such.
fn is_office(class: &str) -> bool {
    const OFFICE: [&str; 5] = ["word.", "excel.", "powerpoint.", "visio.", "opendocument."];
    let class = class.to_ascii_lowercase();
    OFFICE.iter().any(|start| class.starts_with(start))
}

/// Whether data is a document of Office by the streams that such have.
fn is_office_file(data: &[u8]) -> bool {
    match sniff(data) {
        Kind::Zip | Kind::Rtf => true,
        Kind::Cfb => DOCUMENT_STREAMS.iter().any(|name| contains(data, name)),
        _ => false,
    }
}

/// The ending of a name in lower case; empty if there is none.
fn ending(name: &str) -> String {
    let name = name.rsplit(['\\', '/']).next().unwrap_or(name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.trim().to_ascii_lowercase()
}

/// Whether somebody who sees that ending expects a document or a picture.
fn is_ordinary(ending: &str) -> bool {
    const ORDINARY: [&str; 24] = [
        "bmp", "csv", "doc", "docm", "docx", "gif", "jpeg", "jpg", "mp3", "mp4", "msg", "odt",
        "pdf", "png", "ppt", "pptx", "rtf", "tif", "tiff", "txt", "xls", "xlsm", "xlsx", "zip",
    ];
    ORDINARY.contains(&ending)
}

/// Characters that turn the direction of what follows, so that an ending stands elsewhere.
const fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
