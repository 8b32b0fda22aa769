//! Projects in a compound file, [MS-OVBA] 2.2: a storage with the streams `dir`, `_VBA_PROJECT`
//! and one for each module, and beside it `PROJECT` and `PROJECTwm`. Its place and name differ by
//! application, so every stream named `dir` is tried, at any depth.

use std::collections::{BTreeMap, BTreeSet};

use crate::bytes::text::decode;
use crate::container::cfb::{Entry, EntryId, File, Survey};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};
use crate::project::{Module, ModuleKind, Project, Reference};

use super::DEFAULT_CODE_PAGE;
use super::carve::carve_from;
use super::decompress::{Outcome, decompress};
use super::dir::{Dir, DirModule};
use super::module::{self, Origin};
use super::project_stream::ProjectStream;
use super::project_wm::NameMap;

/// How a `dir` stream of VBA 3 starts; it has another layout and is not compressed.
const VERSION_3: [u8; 2] = [0xCC, 0x61];

/// Reads every project of the file. The source of all modules is appended to `text`; each
/// [`Module::source`] is a range of it.
pub fn read_projects(
    file: &File<'_>,
    survey: &Survey,
    text: &mut Vec<u8>,
    ledger: &mut Ledger,
) -> Vec<Project> {
    let mut children: BTreeMap<Option<EntryId>, Vec<&Entry>> = BTreeMap::new();
    for entry in file.entries() {
        children.entry(entry.parent()).or_default().push(entry);
    }
    let mut reader = StorageReader {
        file,
        children,
        text,
        read: BTreeSet::new(),
    };
    let mut projects = Vec::new();
    let mut storages = BTreeSet::new();
    let streams = || file.entries().iter().filter(|entry| entry.is_stream());
    for dir in streams().filter(|entry| entry.is_named("dir")) {
        if let Some(project) = reader.project(dir.parent(), Some(dir), ledger) {
            storages.insert(dir.parent());
            projects.push(project);
        }
    }
    // A storage that has lost its `dir` still has the rest.
    let caches = streams().filter(|entry| entry.is_named("_VBA_PROJECT"));
    for cache in caches.filter(|cache| cache.declared_size() > 0) {
        if storages.insert(cache.parent()) {
            projects.extend(reader.project(cache.parent(), None, ledger));
        }
    }
    if projects.len() > 1 {
        ledger.observe(
            "ovba.projects",
            "[MS-OVBA] 2.2",
            0,
            format_args!("{} VBA projects in one file", projects.len()),
        );
    }
    let sound = !projects.is_empty() && projects.iter().all(|project| !project.modules.is_empty());
    projects.extend(reader.carve(survey, sound, ledger));
    projects
}

struct StorageReader<'r, 'a> {
    file: &'r File<'a>,
    children: BTreeMap<Option<EntryId>, Vec<&'r Entry>>,
    text: &'r mut Vec<u8>,
    /// The streams that have been read as a module or as part of a project.
    read: BTreeSet<EntryId>,
}

impl<'r> StorageReader<'r, '_> {
    /// The project whose `dir` lies in `storage`; none if that stream is something else.
    fn project(
        &mut self,
        storage: Option<EntryId>,
        dir_entry: Option<&Entry>,
        ledger: &mut Ledger,
    ) -> Option<Project> {
        let siblings = Siblings::of(self.children.get(&storage));
        // Every namesake of `dir` goes over its siblings again.
        let work = siblings.in_order.len().saturating_mul(4);
        ledger.charge(Limit::Steps, work as u64).ok()?;
        let mut decompressed = Vec::new();
        let dir = match dir_entry {
            Some(entry) => {
                let stream = self.file.stream(entry, ledger);
                if stream.starts_with(&VERSION_3) {
                    self.read.insert(entry.id());
                    // Each module is a stream beside it; later versions of Excel leave the list alone
                    // where there is none.
                    if siblings.streams().any(|other| other.id() != entry.id()) {
                        ledger.gap(
                            Reason::ActiveUnread,
                            format_args!("a VBA project of Excel 5 or 95, which is not decoded"),
                        );
                    }
                    return None;
                }
                let outcome = decompress(&stream, &mut decompressed, ledger);
                let dir = Dir::parse(&decompressed, ledger);
                // Another application's stream of that name has no such records and no cache.
                let cache = siblings.find("_vba_project").is_some();
                if dir.modules.is_empty() && dir.code_page.is_none() && !cache {
                    return None;
                }
                if outcome != Outcome::Whole || !dir.complete || dir.declared_modules.is_none() {
                    ledger.observe(
                        "ovba.dir-damaged",
                        "[MS-OVBA] 2.3.4.2",
                        0,
                        format_args!("the dir stream is not whole; modules are searched for"),
                    );
                }
                self.read.insert(entry.id());
                dir
            }
            None => {
                ledger.observe(
                    "ovba.dir-missing",
                    "[MS-OVBA] 2.3.4.2",
                    0,
                    format_args!("a VBA storage without a dir stream; modules are searched for"),
                );
                Dir::default()
            }
        };
        if dir_entry.is_some_and(|entry| !entry.is_linked()) {
            ledger.observe(
                "ovba.orphan-project",
                "[MS-CFB] 2.6.4",
                0,
                format_args!("no storage links the directory entries of a VBA project"),
            );
        }
        for name in siblings
            .by_name
            .iter()
            .filter(|(_, entries)| entries.len() > 1)
        {
            ledger.observe(
                "ovba.stream-namesakes",
                "[MS-CFB] 2.6.4",
                0,
                format_args!(
                    "{} streams of the project are named {}",
                    name.1.len(),
                    name.0
                ),
            );
        }
        let code_page = self.code_page(&dir, ledger);
        let outer = storage
            .and_then(|id| self.file.entry(id))
            .and_then(Entry::parent);
        let within = |storage: Option<EntryId>, name: &str| {
            let entries = self.children.get(&storage)?;
            entries
                .iter()
                .copied()
                .find(|entry| entry.is_stream() && entry.is_named(name))
        };
        let beside = |name| {
            outer
                .and_then(|id| within(Some(id), name))
                .or_else(|| within(storage, name))
        };
        let stream_of = |entry: Option<&'r Entry>, ledger: &mut Ledger| {
            entry
                .map(|entry| self.file.stream(entry, ledger))
                .unwrap_or_default()
        };
        let listing =
            ProjectStream::parse(&stream_of(beside("PROJECT"), ledger), code_page, ledger);
        let wm = stream_of(beside("PROJECTwm"), ledger);
        let names = NameMap::parse(&wm, ledger);

        let mut project = Project {
            name: decode(dir.name, code_page).text.into_owned(),
            path: storage
                .and_then(|id| self.file.entry(id))
                .map(|entry| self.file.path(entry))
                .unwrap_or_default(),
            code_page,
            protection: listing.protection,
            references: references(&dir, code_page, ledger),
            modules: Vec::new(),
        };
        self.declared(&dir, &siblings, &listing, &names, &mut project, ledger);
        self.unlisted(&siblings, &mut project, ledger);
        Some(project)
    }

    fn code_page(&self, dir: &Dir<'_>, ledger: &mut Ledger) -> u16 {
        match dir.code_page {
            Some(code_page) if crate::bytes::text::encoding(code_page).is_some() => code_page,
            Some(code_page) => {
                // Zero means "that of this machine" in Windows; there is no telling which.
                let used = if code_page == 0 {
                    DEFAULT_CODE_PAGE
                } else {
                    code_page
                };
                ledger.observe(
                    "ovba.code-page",
                    "[MS-OVBA] 2.3.4.2.1.4",
                    0,
                    format_args!("code page {code_page} is not known"),
                );
                used
            }
            None => DEFAULT_CODE_PAGE,
        }
    }

    /// The modules that `dir` lists.
    fn declared(
        &mut self,
        dir: &Dir<'_>,
        siblings: &Siblings<'r>,
        listing: &ProjectStream,
        names: &NameMap<'_>,
        project: &mut Project,
        ledger: &mut Ledger,
    ) {
        if let Some(declared) = dir.declared_modules
            && usize::from(declared) != dir.modules.len()
        {
            ledger.observe(
                "ovba.module-count",
                "[MS-OVBA] 2.3.4.2.3",
                0,
                format_args!("{declared} modules declared, {} listed", dir.modules.len()),
            );
        }
        for declared in &dir.modules {
            if ledger.charge(Limit::Modules, 1).is_err() {
                return;
            }
            let name = module_name(declared, names, project.code_page, ledger);
            let listed = listing
                .kind_of(&name)
                .or_else(|| listing.kind_of(&decode(declared.name, project.code_page).text));
            if listed.is_none() && listing.lists_modules() {
                ledger.observe(
                    "ovba.module-hidden",
                    "[MS-OVBA] 2.3.1",
                    0,
                    format_args!("the PROJECT stream does not list module {name}"),
                );
            }
            let kind = listed.unwrap_or(match declared.procedural {
                Some(true) => ModuleKind::Standard,
                _ => ModuleKind::Unknown,
            });
            let Some(entry) = siblings.module(declared, &name, project.code_page) else {
                ledger.gap(
                    Reason::Damaged,
                    format_args!("module {name} is listed and its stream is not there"),
                );
                continue;
            };
            self.read.insert(entry.id());
            let stream = self.file.stream(entry, ledger);
            let path = self.file.path(entry);
            let origin = Origin {
                name: &name,
                path: &path,
            };
            let offset = declared.text_offset;
            if let Some(source) = module::read(&stream, offset, &origin, self.text, ledger) {
                let code_page = project.code_page;
                project.modules.push(Module {
                    name,
                    stream: path,
                    kind,
                    source,
                    code_page,
                });
            }
        }
    }

    /// Streams beside the modules that `dir` does not list and that hold source all the same.
    fn unlisted(&mut self, siblings: &Siblings<'r>, project: &mut Project, ledger: &mut Ledger) {
        for entry in siblings.streams() {
            let cache = entry.is_named("_VBA_PROJECT") || entry.is_named("dir");
            if cache || self.read.contains(&entry.id()) || is_performance_cache(entry) {
                continue;
            }
            self.read.insert(entry.id());
            let stream = self.file.stream(entry, ledger);
            let Some(source) = module::search(&stream, self.text, ledger) else {
                continue;
            };
            if ledger.charge(Limit::Modules, 1).is_err() {
                return;
            }
            let path = self.file.path(entry);
            ledger.observe(
                "ovba.module-unlisted",
                "[MS-OVBA] 2.3.4.2.3",
                0,
                format_args!("stream {path} holds source that the dir stream does not list"),
            );
            project.modules.push(Module {
                name: entry.name(),
                stream: path,
                kind: ModuleKind::Unknown,
                source,
                code_page: project.code_page,
            });
        }
    }

    /// Source that no project leads to: in entries that no storage links, in bytes that nothing
    /// uses, and, if there is no sound project, in any stream.
    fn carve(&mut self, survey: &Survey, sound: bool, ledger: &mut Ledger) -> Option<Project> {
        let mut project = Project {
            code_page: DEFAULT_CODE_PAGE,
            ..Project::default()
        };
        for entry in self.file.entries().iter().filter(|entry| entry.is_stream()) {
            // Its records hold projects as they are, each of which becomes a layer of its own.
            let records = entry.is_named("PowerPoint Document");
            if self.read.contains(&entry.id()) || ((sound || records) && entry.is_linked()) {
                continue;
            }
            let stream = self.file.stream(entry, ledger);
            let path = self.file.path(entry);
            carve_from(&stream, &path, &mut project, self.text, ledger);
        }
        let data = self.file.data();
        for run in &survey.unused {
            let bytes = data.get(run.clone()).unwrap_or_default();
            carve_from(bytes, "", &mut project, self.text, ledger);
        }
        (!project.modules.is_empty()).then_some(project)
    }
}

/// `__SRP_0` and so on, [MS-OVBA] 2.2.6: compiled forms, to be ignored on read.
fn is_performance_cache(entry: &Entry) -> bool {
    let mut name = entry.name();
    name.make_ascii_uppercase();
    name.strip_prefix("__SRP_")
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The Unicode name where there is one, and a look at whether the other one agrees.
fn module_name(
    module: &DirModule<'_>,
    names: &NameMap<'_>,
    code_page: u16,
    ledger: &mut Ledger,
) -> String {
    if let Some(unicode) = &module.stream_name_unicode {
        compare(
            "the stream of a module",
            module.stream_name,
            unicode,
            code_page,
            ledger,
        );
    }
    let Some(unicode) = &module.name_unicode else {
        let plain = decode(module.name, code_page).text;
        return names
            .unicode(module.name)
            .map_or_else(|| plain.into_owned(), str::to_owned);
    };
    compare("a module", module.name, unicode, code_page, ledger);
    unicode.clone()
}

/// Observes a name whose two forms are not the same name.
fn compare(what: &str, name: &[u8], unicode: &str, code_page: u16, ledger: &mut Ledger) {
    let plain = decode(name, code_page);
    // What the code page cannot express stands there as a question mark.
    let lossy = plain.undefined > 0 || plain.text.contains('?') || !plain.known;
    if !lossy && !name.is_empty() && !plain.text.eq_ignore_ascii_case(unicode) {
        ledger.observe(
            "ovba.name-conflict",
            "[MS-OVBA] 2.3.4.2.3.2.2",
            0,
            format_args!(
                "{what} is named {} in the code page and {unicode} in Unicode",
                plain.text
            ),
        );
    }
}

fn references(dir: &Dir<'_>, code_page: u16, ledger: &mut Ledger) -> Vec<Reference> {
    let text = |bytes| decode(bytes, code_page).text.into_owned();
    let mut references = Vec::new();
    for reference in &dir.references {
        let libid = text(reference.libid);
        if libid.contains("://") || libid.contains(r"\\") {
            ledger.observe(
                "ovba.reference-remote",
                "[MS-OVBA] 2.3.4.2.2",
                0,
                format_args!("the project refers to {libid}"),
            );
        }
        references.push(Reference {
            name: text(reference.name),
            libid,
            project: reference.project,
        });
    }
    references
}

/// The streams of one storage by name.
struct Siblings<'r> {
    by_name: BTreeMap<String, Vec<&'r Entry>>,
    in_order: Vec<&'r Entry>,
}

impl<'r> Siblings<'r> {
    fn of(entries: Option<&Vec<&'r Entry>>) -> Self {
        let mut by_name: BTreeMap<String, Vec<&'r Entry>> = BTreeMap::new();
        let mut in_order = Vec::new();
        for entry in entries
            .into_iter()
            .flatten()
            .copied()
            .filter(|entry| entry.is_stream())
        {
            by_name
                .entry(entry.name().to_lowercase())
                .or_default()
                .push(entry);
            in_order.push(entry);
        }
        Self { by_name, in_order }
    }

    fn streams(&self) -> impl Iterator<Item = &'r Entry> + '_ {
        self.in_order.iter().copied()
    }

    fn find(&self, name: &str) -> Option<&'r Entry> {
        self.by_name.get(&name.to_lowercase())?.first().copied()
    }

    /// By the Unicode stream name, as Office does; else by what else there is.
    fn module(&self, module: &DirModule<'_>, name: &str, code_page: u16) -> Option<&'r Entry> {
        module
            .stream_name_unicode
            .as_deref()
            .and_then(|stream_name| self.find(stream_name))
            .or_else(|| self.find(&decode(module.stream_name, code_page).text))
            .or_else(|| self.find(name))
            .or_else(|| self.find(&decode(module.name, code_page).text))
    }
}
