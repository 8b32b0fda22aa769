//! The storages of forms, [MS-OFORMS] 2.1.2: `f` with the sites, `o` with what the controls have
//! stored of themselves, one after the other, and a storage `i03` for each control that holds
//! others.

use std::collections::{BTreeMap, BTreeSet};

use crate::bytes::text::decode;
use crate::container::cfb::{Entry, EntryId, File};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::ovba::{Dir, decompress};

use super::block::Values;
use super::class::Class;
use super::site::Sites;
use super::{Control, Form, Property, carve, charge, damaged, frame};

/// The code page of a project that does not say.
const DEFAULT_CODE_PAGE: u16 = 1252;
/// Longer names, in bytes, are none of those looked for.
const LONGEST_NAME: usize = 32;

/// Reads every form of the file: the designers of its projects, and storages of controls that are
/// in none. Costs nothing but a look at the names where there are none.
#[must_use]
pub fn read(file: &File<'_>, ledger: &mut Ledger) -> Vec<Form> {
    let is_sites = |entry: &&Entry| entry.is_stream() && entry.raw_name() == b"f\0";
    let mut holders: Vec<EntryId> = Vec::new();
    let sites = file.entries().iter().filter(is_sites);
    holders.extend(sites.filter_map(Entry::parent));
    let work = file.entries().len() as u64;
    if holders.is_empty() || ledger.charge(Limit::Steps, work).is_err() {
        return Vec::new();
    }
    let mut reader = Reader::new(file);
    let all: BTreeSet<EntryId> = holders.iter().copied().collect();
    let inner = |id: &EntryId| {
        let outer = file.entry(*id).and_then(Entry::parent);
        outer.is_some_and(|outer| all.contains(&outer))
    };
    let mut forms = Vec::new();
    // Forms first; then the storages in them that no control of theirs leads to.
    let (inner, outer): (Vec<_>, Vec<_>) = holders.into_iter().partition(inner);
    for id in outer.into_iter().chain(inner) {
        if !reader.read.contains(&id)
            && let Some(storage) = file.entry(id)
        {
            forms.push(reader.form(storage, ledger));
        }
    }
    forms
}

struct Reader<'r, 'a> {
    file: &'r File<'a>,
    /// Entries by the storage that holds them and their name in upper case.
    by_name: BTreeMap<(EntryId, String), &'r Entry>,
    /// The storages that have been read.
    read: BTreeSet<EntryId>,
    /// The code page of the project in a storage.
    code_pages: BTreeMap<EntryId, u16>,
}

/// A storage that is to be read.
struct Task<'r> {
    storage: &'r Entry,
    /// The control whose storage it is; none if it is the form itself.
    container: Option<usize>,
}

impl<'r, 'a> Reader<'r, 'a> {
    fn new(file: &'r File<'a>) -> Self {
        let mut by_name = BTreeMap::new();
        for entry in file.entries() {
            if let Some(parent) = entry.parent()
                && entry.raw_name().len() <= LONGEST_NAME
            {
                by_name
                    .entry((parent, entry.name().to_ascii_uppercase()))
                    .or_insert(entry);
            }
        }
        Self {
            file,
            by_name,
            read: BTreeSet::new(),
            code_pages: BTreeMap::new(),
        }
    }

    fn form(&mut self, storage: &'r Entry, ledger: &mut Ledger) -> Form {
        let is_root = storage.parent().is_none();
        let mut form = Form {
            name: if is_root {
                String::new()
            } else {
                storage.name()
            },
            path: if is_root {
                String::new()
            } else {
                self.file.path(storage)
            },
            ..Form::default()
        };
        let mut tasks = vec![Task {
            storage,
            container: None,
        }];
        while let Some(task) = tasks.pop() {
            if self.read.insert(task.storage.id()) {
                self.storage(&task, &mut form, &mut tasks, ledger);
            }
        }
        if let Some(stream) = self.child(storage, "\u{3}VBFRAME") {
            let text = self.file.stream(stream, ledger);
            if charge(&text, ledger).is_some() {
                let code_page = if text.is_ascii() {
                    DEFAULT_CODE_PAGE
                } else {
                    self.code_page(storage, ledger)
                };
                frame::read(&decode(&text, code_page).text, &mut form);
            }
        }
        form
    }

    /// The streams of one storage: the properties of what it belongs to, and the controls in it.
    fn storage(
        &self,
        task: &Task<'r>,
        form: &mut Form,
        tasks: &mut Vec<Task<'r>>,
        ledger: &mut Ledger,
    ) {
        let stream = |name: &str, ledger: &mut Ledger| {
            self.child(task.storage, name)
                .map(|entry| self.file.stream(entry, ledger))
                .unwrap_or_default()
        };
        let (sites_stream, objects) = (stream("F", ledger), stream("O", ledger));
        if charge(&sites_stream, ledger).is_none() || charge(&objects, ledger).is_none() {
            return;
        }
        let sites = Sites::read(&sites_stream, ledger);
        let mut own = sites.form;
        if !sites.whole {
            damaged(ledger, 0, &form.name);
            carve::texts(sites.rest, &mut own.texts);
        }
        let first = form.controls.len();
        let mut rest = objects.as_ref();
        for (index, site) in sites.sites.into_iter().enumerate() {
            let Values {
                name, texts, id, ..
            } = site.values;
            let mut control = Control {
                name,
                class: site.class,
                container: task.container,
                index,
                properties: texts,
            };
            if let Some(size) = site.streamed {
                let size = usize::try_from(size).unwrap_or(usize::MAX);
                let (data, behind) = rest.split_at_checked(size).unwrap_or((rest, &[]));
                let read = if data.is_empty() {
                    0
                } else {
                    control.own(data, ledger)
                };
                let over = data.get(read..).unwrap_or_default();
                rest = if data.len() < size {
                    // What is left may belong to the controls that follow.
                    damaged(ledger, 0, &control.name);
                    over
                } else {
                    carve::texts(over, &mut control.properties);
                    behind
                };
            } else if let Some(inner) = self.child(task.storage, &format!("I{id:02}")) {
                if self.child(inner, "F").is_some() {
                    tasks.push(Task {
                        storage: inner,
                        container: Some(form.controls.len()),
                    });
                } else {
                    self.foreign(inner, &mut control, ledger);
                }
            }
            form.controls.push(control);
        }
        // Of controls that no site leads to.
        carve::texts(rest, &mut own.texts);
        let holder = task.container.and_then(|at| form.controls.get_mut(at));
        let Some(holder) = holder else {
            if let Some(caption) = super::first(&own.texts, Property::Caption) {
                form.caption = caption.to_owned();
            }
            own.texts
                .retain(|(property, _)| *property != Property::Caption);
            form.properties.append(&mut own.texts);
            return;
        };
        let paged = holder.class == Class::MultiPage;
        holder.properties.append(&mut own.texts);
        if paged {
            captions(form.controls.get_mut(first..).unwrap_or_default());
        }
    }

    /// A control of another library that has a storage: its streams are searched for texts.
    fn foreign(&self, storage: &Entry, control: &mut Control, ledger: &mut Ledger) {
        let from = (storage.id(), String::new());
        let inside = self.by_name.range(from..);
        let inside = inside.take_while(|((parent, _), _)| *parent == storage.id());
        for (_, entry) in inside.filter(|(_, entry)| entry.is_stream()) {
            let data = self.file.stream(entry, ledger);
            if charge(&data, ledger).is_none() {
                return;
            }
            carve::texts(&data, &mut control.properties);
        }
    }

    fn child(&self, storage: &Entry, name: &str) -> Option<&'r Entry> {
        self.by_name.get(&(storage.id(), name.to_owned())).copied()
    }

    /// The code page of the project whose designer this is: its `dir` says so.
    fn code_page(&mut self, designer: &Entry, ledger: &mut Ledger) -> u16 {
        let Some(root) = designer.parent().and_then(|id| self.file.entry(id)) else {
            return DEFAULT_CODE_PAGE;
        };
        if let Some(known) = self.code_pages.get(&root.id()) {
            return *known;
        }
        let dir = self
            .child(root, "VBA")
            .and_then(|code| self.child(code, "DIR"));
        let mut records = Vec::new();
        if let Some(dir) = dir {
            let _ = decompress(&self.file.stream(dir, ledger), &mut records, ledger);
        }
        let told = Dir::parse(&records, ledger).code_page;
        let code_page = told.unwrap_or(DEFAULT_CODE_PAGE);
        self.code_pages.insert(root.id(), code_page);
        code_page
    }
}

/// The captions of pages are the texts on the tabs, which a tab strip beside them holds.
fn captions(controls: &mut [Control]) {
    let tabs = controls.iter().find(|one| one.class == Class::TabStrip);
    let texts = |wanted: Property| -> Vec<String> {
        let properties = tabs.into_iter().flat_map(|tabs| &tabs.properties);
        properties
            .filter(|(property, _)| *property == wanted)
            .map(|(_, text)| text.clone())
            .collect()
    };
    let (captions, hints) = (texts(Property::Item), texts(Property::ItemTipText));
    let pages = controls.iter_mut().filter(|one| one.class == Class::Form);
    for (at, page) in pages.enumerate() {
        for (property, list) in [
            (Property::Caption, &captions),
            (Property::ControlTipText, &hints),
        ] {
            if let Some(text) = list.get(at).filter(|text| !text.is_empty()) {
                page.properties.push((property, text.clone()));
            }
        }
    }
}
