//! PowerPoint 97 to 2003, [MS-PPT]: the objects, projects, actions and links in the records of the
//! `PowerPoint Document` stream.
//!
//! A record starts with `recVer` and `recInstance` (four and twelve bits), `recType` and `recLen`
//! (2.3.1). Containers hold records.
//!
//! | record | what is used |
//! |---|---|
//! | 0x0FF6 CurrentUserAtom (2.3.2) | the last UserEditAtom |
//! | 0x0FF5 UserEditAtom (2.3.3) | the one before it, its PersistDirectoryAtom |
//! | 0x1772 PersistDirectoryAtom (2.3.4) | where the records are that others refer to by number |
//! | 0x0400 VBAInfoAtom (2.4.11) | the number of the project, `fHasMacros` |
//! | 0x1011 ExOleObjStg (2.10.34 to 2.10.42) | an OLE object, a control or a project: a compound file, mostly in zlib |
//! | 0x0FCC, 0x0FCE, 0x0FEE (2.10) | embedded objects, linked objects, controls: their classes |
//! | 0x0FF2 InteractiveInfo (2.6.9, 2.6.10) | what a click, or the mouse over a shape, starts |
//! | 0x0FD7 ExHyperlinkContainer (2.10) | where links lead to |
//! | 0x1005, 0x100D, 0x1010 (2.10) | films and sounds outside the file |
//!
//! PowerPoint goes by the persist directory, and a file that was saved fast has old records beside
//! those it leads to. So both are read: what the directory leads to, and every head of a record of
//! these kinds wherever it stands, held against what has to follow it. No record with a false
//! length hides what comes behind it, since none is skipped.

use std::collections::{BTreeMap, BTreeSet};

use memchr::{memchr2_iter, memmem};

use crate::bytes::text::utf16le;
use crate::bytes::{le16, le32, slice};
use crate::container::cfb::is_cfb;
use crate::container::zlib::{Ending, Zlib};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};
use crate::project::{Load, LoadKind, Start, StartBy};

/// Type and size of a VBAInfoAtom, behind `recVer` and `recInstance`.
const VBA_INFO: &[u8; 6] = b"\x00\x04\x0C\x00\x00\x00";
/// Type of a UserEditAtom and the upper bytes of its size, of which there are two.
const USER_EDITS: [&[u8; 6]; 2] = [b"\xF5\x0F\x1C\x00\x00\x00", b"\xF5\x0F\x20\x00\x00\x00"];

const CSTRING: u16 = 0x0FBA;
const USER_EDIT: u16 = 0x0FF5;
const PERSIST_DIRECTORY: u16 = 0x1772;
/// A container whose children are looked at has at most six.
const CHILDREN: usize = 12;
/// The longest name or target that is read, in bytes: no path or address that works is longer.
const LONGEST: usize = 4200;
const PLACE: &str = "PowerPoint Document";

/// What the records of a presentation hold and start.
#[derive(Debug, Default)]
pub struct Presentation {
    /// Embedded objects, controls and projects, each with a name made of its place.
    pub objects: Vec<(String, Vec<u8>)>,
    /// The procedures that actions call.
    pub starts: Vec<Start>,
    /// What it loads, runs or leads to.
    pub loads: Vec<Load>,
    /// Whether it has controls, or objects that are no Office documents.
    pub active: bool,
}

/// Reads the records. `user` is the `Current User` stream, as far as it is at hand.
pub fn inspect_presentation(stream: &[u8], user: &[u8], ledger: &mut Ledger) -> Presentation {
    let mut reader = Reader {
        stream,
        persist: Persist::read(stream, user, ledger),
        zlib: Zlib::default(),
        told: BTreeSet::new(),
        found: Presentation::default(),
    };
    let passes = stream.len() as u64 >> 5;
    if ledger.charge(Limit::Steps, passes).is_ok() {
        reader.heads(ledger);
        reader.project(ledger);
    }
    reader.found
}

/// The head of a record, and its data as far as the stream goes.
#[derive(Clone, Copy)]
struct Record<'a> {
    instance: u16,
    kind: u16,
    declared: usize,
    data: &'a [u8],
}

impl<'a> Record<'a> {
    fn at(bytes: &'a [u8], at: usize) -> Option<Self> {
        let declared = usize::try_from(le32(bytes, at.checked_add(4)?)?).ok()?;
        let rest = bytes.get(at.checked_add(8)?..)?;
        Some(Self {
            instance: le16(bytes, at)? >> 4,
            kind: le16(bytes, at.checked_add(2)?)?,
            declared,
            data: rest.get(..declared).unwrap_or(rest),
        })
    }

    /// The records in a container, as many as one of the kinds at hand has.
    fn children(self) -> impl Iterator<Item = Self> {
        let mut rest = self.data;
        let next = move || {
            let child = Self::at(rest, 0)?;
            let end = child.data.len().saturating_add(8);
            rest = rest.get(end..).unwrap_or_default();
            Some(child)
        };
        std::iter::from_fn(next).take(CHILDREN)
    }

    /// The text of the CString of that instance. Many heads can share one text, so it is paid for.
    fn text(self, instance: u16, ledger: &mut Ledger) -> Option<String> {
        let mut texts = self.children();
        let text = texts.find(|one| one.kind == CSTRING && one.instance == instance)?;
        let text = text.data.get(..LONGEST).unwrap_or(text.data);
        ledger.charge(Limit::OutputBytes, text.len() as u64).ok()?;
        let text = utf16le(text);
        let text = text.trim_end_matches('\0').trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Where records are that are referred to by number, [MS-PPT] 2.3.4.
#[derive(Default)]
struct Persist {
    by_id: BTreeMap<u32, u32>,
    offsets: BTreeSet<u32>,
}

impl Persist {
    /// Follows the chain of edits from the last to the first; of two places of one number the
    /// later edit counts.
    fn read(stream: &[u8], user: &[u8], ledger: &mut Ledger) -> Self {
        let mut persist = Self::default();
        let mut edits = BTreeSet::new();
        let named = le32(user, 16);
        // Without a Current User stream the last edit in the file is the one.
        let last = || {
            let found = USER_EDITS.iter();
            let found = found.filter_map(|head| memmem::rfind(stream, *head)?.checked_sub(2));
            found.max().and_then(|at| u32::try_from(at).ok())
        };
        let mut next = named.filter(|at| is_edit(stream, *at)).or_else(last);
        while let Some(at) = next {
            if !edits.insert(at) {
                ledger.observe(
                    "ppt.edit-cycle",
                    "[MS-PPT] 2.3.3",
                    u64::from(at),
                    format_args!("the chain of edits comes back to the one at {at}"),
                );
                break;
            }
            let edit = usize::try_from(at).ok();
            let Some(edit) = edit.and_then(|at| Record::at(stream, at)) else {
                break;
            };
            if edit.kind != USER_EDIT || ledger.charge(Limit::Steps, 1).is_err() {
                break;
            }
            if let Some(directory) = le32(edit.data, 12) {
                persist.take(stream, directory, ledger);
            }
            next = le32(edit.data, 8).filter(|&before| before != 0);
        }
        persist
    }

    fn take(&mut self, stream: &[u8], at: u32, ledger: &mut Ledger) {
        let record = usize::try_from(at).ok();
        let Some(record) = record.and_then(|at| Record::at(stream, at)) else {
            return;
        };
        if record.kind != PERSIST_DIRECTORY {
            return;
        }
        let mut words = record.data.as_chunks::<4>().0.iter();
        while let Some(head) = words.next() {
            // Twenty bits of the first number, twelve of how many follow it.
            let head = u32::from_le_bytes(*head);
            let first = head & 0x000F_FFFF;
            for id in (first..).take((head >> 20) as usize) {
                let Some(offset) = words.next() else { break };
                if ledger.charge(Limit::Steps, 1).is_err() {
                    return;
                }
                let offset = u32::from_le_bytes(*offset);
                self.by_id.entry(id).or_insert(offset);
                self.offsets.insert(offset);
            }
        }
    }
}

fn is_edit(stream: &[u8], at: u32) -> bool {
    let at = usize::try_from(at).ok();
    let record = at.and_then(|at| Record::at(stream, at));
    record.is_some_and(|record| record.kind == USER_EDIT)
}

struct Reader<'a> {
    stream: &'a [u8],
    persist: Persist,
    zlib: Zlib,
    /// What was told, since actions and links come many times in a file.
    told: BTreeSet<(LoadKind, String)>,
    found: Presentation,
}

impl Reader<'_> {
    /// Every head of a record that matters, wherever it stands.
    fn heads(&mut self, ledger: &mut Ledger) {
        // The upper bytes of the types.
        for upper in memchr2_iter(0x0F, 0x10, self.stream) {
            let Some(at) = upper.checked_sub(3) else {
                continue;
            };
            match le16(self.stream, at.saturating_add(2)) {
                Some(
                    0x0FCC | 0x0FCE | 0x0FD7 | 0x0FEE | 0x0FF2 | 0x1005 | 0x100D | 0x1010 | 0x1011,
                ) => {}
                _ => continue,
            }
            if ledger.charge(Limit::Steps, 1).is_err() {
                return;
            }
            let Some(record) = Record::at(self.stream, at) else {
                continue;
            };
            match record.kind {
                0x1011 => {
                    let listed = u32::try_from(at)
                        .ok()
                        .is_some_and(|at| self.persist.offsets.contains(&at));
                    self.object(at, listed, ledger);
                }
                0x0FF2 => self.action(record, ledger),
                _ => self.external(record, ledger),
            }
        }
    }

    /// The storage of an object, a control or a project, [MS-PPT] 2.10.34. Says whether one is
    /// there and was read whole.
    fn object(&mut self, at: usize, listed: bool, ledger: &mut Ledger) -> bool {
        let Some(record) = Record::at(self.stream, at) else {
            return false;
        };
        let name = format!("ExOleObjStg at {at}");
        if is_cfb(record.data) {
            self.observe_unlisted(at, listed, ledger);
            let size = record.data.len() as u64;
            if ledger.charge(Limit::OutputBytes, size).is_err() {
                return false;
            }
            let whole = record.data.len() == record.declared;
            if !whole {
                damaged(at, ledger);
            }
            self.found.objects.push((name, record.data.to_vec()));
            return whole;
        }
        // decompressedSize, and a stream that says itself where it ends.
        let start = at.saturating_add(12);
        let packed = self.stream.get(start..).unwrap_or_default();
        let opened = Zlib::starts(packed) && {
            let (head, had) = self.zlib.prefix::<8>(packed);
            is_cfb(head.get(..had).unwrap_or_default())
        };
        if !opened {
            // An accident among other bytes, unless it is referred to.
            if listed {
                damaged(at, ledger);
            }
            return false;
        }
        self.observe_unlisted(at, listed, ledger);
        // Office ends the data with a flush, and no mark of the end, at declared sizes.
        let declared = le32(self.stream, at.saturating_add(8)).unwrap_or_default();
        let is_whole = |ending: Ending, bytes: &[u8]| {
            ending == Ending::Whole || bytes.len() as u64 == u64::from(declared)
        };
        let mut bytes = Vec::new();
        let body = record.data.get(4..).unwrap_or_default();
        let mut ending = self.zlib.inflate(body, &mut bytes, ledger);
        if matches!(ending, Ending::Cut | Ending::Broken)
            && !is_whole(ending, &bytes)
            && body.len() < packed.len()
        {
            // The length of the record may be false; of the two readings the longer is kept.
            let mut longer = Vec::new();
            let all = self.zlib.inflate(packed, &mut longer, ledger);
            if longer.len() > bytes.len() {
                (ending, bytes) = (all, longer);
            }
        }
        let whole = is_whole(ending, &bytes);
        if bytes.len() as u64 != u64::from(declared) {
            ledger.observe(
                "ppt.object-size",
                "[MS-PPT] 2.10.36",
                at as u64,
                format_args!(
                    "an object of {} bytes is declared as {declared} bytes in a record of {}",
                    bytes.len(),
                    record.declared
                ),
            );
        }
        if !whole && ending != Ending::Limit {
            damaged(at, ledger);
        }
        self.found.objects.push((name, bytes));
        whole
    }

    fn observe_unlisted(&self, at: usize, listed: bool, ledger: &mut Ledger) {
        if !listed {
            ledger.observe(
                "ppt.object-unlisted",
                "[MS-PPT] 2.3.4",
                at as u64,
                format_args!("an object that the persist directory does not lead to"),
            );
        }
    }

    /// What the atoms say of a project, held against what was read.
    fn project(&mut self, ledger: &mut Ledger) {
        let mut promised = false;
        for at in memmem::find_iter(self.stream, VBA_INFO) {
            let Some(atom) = at.checked_sub(2).and_then(|at| slice(self.stream, at, 20)) else {
                continue;
            };
            // recVer 2, recInstance 0, and a version from 0 to 2.
            if le16(atom, 0) != Some(2) || le32(atom, 16).is_none_or(|version| version > 2) {
                continue;
            }
            if ledger.charge(Limit::Steps, 1).is_err() {
                return;
            }
            promised |= le32(atom, 12).is_some_and(|macros| macros != 0);
            let id = le32(atom, 8).unwrap_or_default();
            let offset = self.persist.by_id.get(&id).copied();
            let offset = offset.and_then(|offset| usize::try_from(offset).ok());
            // A record of another type that is led to as a project.
            if let Some(offset) = offset
                && Record::at(self.stream, offset).is_some_and(|record| record.kind != 0x1011)
                && id != 0
            {
                self.object(offset, true, ledger);
            }
        }
        if promised
            && !self
                .found
                .objects
                .iter()
                .any(|(_, bytes)| has_project(bytes))
        {
            ledger.gap(
                Reason::ActiveUnread,
                format_args!("the presentation has a VBA project, which could not be read"),
            );
        }
    }

    /// What a click or the mouse over a shape does, [MS-PPT] 2.6.10.
    fn action(&mut self, record: Record<'_>, ledger: &mut Ledger) {
        const ATOM: u16 = 0x0FF3;
        const MACRO: u8 = 1;
        const RUN_PROGRAM: u8 = 2;
        let atom = record.children().next();
        let Some(atom) = atom.filter(|atom| atom.kind == ATOM) else {
            return;
        };
        let Some(name) = record.text(0, ledger) else {
            return;
        };
        match atom.data.get(8) {
            Some(&MACRO) => {
                let by = match record.instance {
                    0 => StartBy::Shape,
                    _ => StartBy::Touch,
                };
                let start = Start { name, by };
                // A hundred buttons of one macro are one start.
                if self.found.starts.last() != Some(&start) {
                    self.found.starts.push(start);
                }
            }
            Some(&RUN_PROGRAM) => self.load(LoadKind::RunProgram, name, "InteractiveInfo"),
            _ => {}
        }
    }

    /// An entry of the list of objects, links and media, [MS-PPT] 2.10.
    fn external(&mut self, record: Record<'_>, ledger: &mut Ledger) {
        let first = record.children().next().map(|child| child.kind);
        match (record.kind, first) {
            (0x0FD7, Some(0x0FD3)) => {
                if let Some(target) = record.text(1, ledger) {
                    let kind = kind_of(&target);
                    self.load(kind, target, "ExHyperlinkContainer");
                }
            }
            (0x0FCE, Some(0x0FD1)) => {
                if let Some(class) = record.text(2, ledger).or_else(|| record.text(1, ledger)) {
                    self.load(LoadKind::Object, class, "ExOleLinkContainer");
                }
            }
            (0x0FCC, Some(0x0FCD)) => {
                const OFFICE: [&str; 4] = ["Word.", "Excel.", "PowerPoint.", "Visio."];
                let Some(class) = record.text(2, ledger) else {
                    return;
                };
                if !OFFICE.iter().any(|office| class.starts_with(office)) {
                    self.found.active = true;
                    ledger.observe(
                        "object.foreign",
                        "[MS-PPT] 2.10",
                        0,
                        format_args!("an embedded object that is no Office document: {class}"),
                    );
                }
                self.load(LoadKind::Class, class, "ExOleEmbedContainer");
            }
            (0x0FEE, Some(0x0FFB)) => {
                self.found.active = true;
                let class = record.text(2, ledger).unwrap_or_default();
                ledger.observe(
                    "object.activex",
                    "[MS-PPT] 2.10",
                    0,
                    format_args!("an ActiveX control {class}"),
                );
                if !class.is_empty() {
                    self.load(LoadKind::Control, class, "ExControlContainer");
                }
            }
            (0x1005 | 0x100D | 0x1010, Some(0x1004)) => {
                if let Some(path) = record.text(0, ledger).filter(|path| is_remote(path)) {
                    self.load(LoadKind::Picture, path, "ExMediaAtom");
                }
            }
            _ => {}
        }
    }

    fn load(&mut self, kind: LoadKind, target: String, record: &str) {
        if self.told.insert((kind, target.clone())) {
            self.found.loads.push(Load {
                kind,
                target,
                place: format!("{PLACE}, {record}"),
            });
        }
    }
}

fn damaged(at: usize, ledger: &mut Ledger) {
    ledger.gap(
        Reason::Damaged,
        format_args!("the object at {at} of the presentation could not be read whole"),
    );
}

/// Whether a compound file has the name of the stream that every project has.
fn has_project(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "_VBA_PROJECT"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    memmem::find(bytes, &name).is_some()
}

/// Whether a link leads to an address, or opens a file.
fn kind_of(target: &str) -> LoadKind {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    match scheme {
        // One letter is a drive.
        Some(scheme) if scheme.len() > 1 && !scheme.eq_ignore_ascii_case("file") => {
            LoadKind::Hyperlink
        }
        _ if target.starts_with("www.") => LoadKind::Hyperlink,
        _ => LoadKind::OpenFile,
    }
}

/// Whether a path leads to another machine.
fn is_remote(path: &str) -> bool {
    path.starts_with("\\\\") || path.starts_with("//") || path.contains("://")
}
