//! From headers to members: pairs the two headers of each member, searches what they leave
//! uncovered, and keeps a reading for every way in which they differ.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;

use super::entry::{self, Central, Fields, Local};
use super::locate::{self, Directory};
use super::salvage::{self, Found};
use super::{Archive, Member, Origin, shown};
use crate::error::{Error, ErrorKind, Reader};
use crate::limits::{Limit, Spent};
use crate::observe::{Ledger, Reason};

/// Reads an archive.
pub(super) fn archive<'a>(data: &'a [u8], ledger: &mut Ledger) -> Result<Archive<'a>, Error> {
    let directory = locate::directory(data);
    let mut assembly = Assembly {
        data,
        base: directory.map_or(0, |directory| directory.base),
        members: Vec::new(),
        covered: Vec::new(),
    };
    // A spent budget has left its gap in the ledger; what was read until then is the archive.
    let spent = assembly.read(directory.as_ref(), ledger).err();
    if assembly.members.is_empty() && directory.is_none() {
        let kind = spent.map_or(
            ErrorKind::Malformed {
                what: "first signature",
                found: u64::from(crate::bytes::le32(data, 0).unwrap_or_default()),
            },
            ErrorKind::Limit,
        );
        return Err(Error::new(Reader::Zip, 0, kind));
    }
    Ok(Archive {
        members: assembly.finish(ledger),
        comment: directory.map_or(&[], |directory| directory.comment),
    })
}

struct Assembly<'a> {
    data: &'a [u8],
    /// What to add to the offsets of the directory.
    base: i64,
    members: Vec<Member<'a>>,
    /// What the headers account for.
    covered: Vec<Range<usize>>,
}

impl<'a> Assembly<'a> {
    fn read(
        &mut self,
        directory: Option<&Directory<'a>>,
        ledger: &mut Ledger,
    ) -> Result<(), Spent> {
        let mut unplaced = Vec::new();
        let mut listed: u64 = 0;
        if let Some(directory) = directory {
            let mut at = directory.start;
            while at < directory.records_at
                && let Some(central) = Central::parse(self.data, at)
            {
                ledger.charge(Limit::Entries, 1)?;
                listed = listed.saturating_add(1);
                at = central.end;
                match self.local_of(&central) {
                    Some(local) => self.pair(&central, &local, ledger),
                    None => unplaced.push(central),
                }
            }
            self.covered.push(directory.start..at);
            let end = directory.end_at.saturating_add(locate::END_LEN);
            self.covered.push(directory.records_at..end);
        }

        let found = self.search_gaps(ledger)?;
        self.note_search(directory, listed, &found, ledger);
        // Headers of a second directory, or of this one behind a broken entry.
        unplaced.extend(&found.centrals);
        let taken = self.place(&unplaced, &found, ledger);
        for ((local, end), taken) in found.locals.iter().zip(taken) {
            if !taken {
                if directory.is_some() {
                    ledger.observe(
                        "zip.unlisted",
                        "APPNOTE 4.3.6",
                        local.at as u64,
                        format_args!(
                            "{}: not in the central directory",
                            shown(local.fields.name, local.fields.utf8())
                        ),
                    );
                }
                self.push(
                    &local.fields,
                    local.at,
                    local.data_at..*end,
                    Origin::Local,
                    false,
                    ledger,
                );
            }
        }
        if let Some(directory) = directory {
            self.note_frame(directory, ledger);
        }
        Ok(())
    }

    /// The local header of a central one: where it says, as the archive was moved, or unmoved.
    fn local_of(&self, central: &Central<'_>) -> Option<Local<'a>> {
        let moved = central.local_at(self.base)?;
        let local = Local::parse(self.data, moved);
        if local.is_some() || self.base == 0 {
            return local;
        }
        Local::parse(self.data, central.local_at(0)?)
    }

    /// Makes members of two headers, and covers what both agree on.
    fn pair(&mut self, central: &Central<'a>, local: &Local<'a>, ledger: &mut Ledger) {
        let (ours, theirs) = (&central.fields, &local.fields);
        let extent = self.extent(local.data_at, ours.declared_compressed);
        let theirs_extent = if theirs.unsized_here() {
            extent.clone()
        } else {
            self.extent(local.data_at, theirs.declared_compressed)
        };
        let different = differences(ours, theirs, local.at, ledger);
        self.covered
            .push(local.at..extent.end.min(theirs_extent.end));
        let origin = if different {
            Origin::Central
        } else {
            Origin::Both
        };
        self.push(ours, local.at, extent.clone(), origin, false, ledger);
        if different {
            self.push(theirs, local.at, theirs_extent, Origin::Local, true, ledger);
        }
    }

    /// Finds the data of directory headers whose local header is not where they say. Returns
    /// which of the found local headers belong to one of them.
    fn place(
        &mut self,
        centrals: &[Central<'a>],
        found: &Found<'a>,
        ledger: &mut Ledger,
    ) -> Vec<bool> {
        let mut taken = vec![false; found.locals.len()];
        if centrals.is_empty() {
            return taken;
        }
        let mut by_name = HashMap::new();
        for (index, (local, _)) in found.locals.iter().enumerate().rev() {
            by_name.insert(local.fields.name, index);
        }
        let known: HashMap<u64, &'a [u8]> = self
            .members
            .iter()
            .map(|member| (member.offset, member.raw_name))
            .collect();
        let mut starts: Vec<usize> = self.covered.iter().map(|range| range.start).collect();
        starts.sort_unstable();
        let mut lost = 0_usize;

        for central in centrals {
            let places = [central.local_at(self.base), central.local_at(0)];
            let at_offset = places.iter().flatten().find_map(|at| {
                found
                    .locals
                    .binary_search_by_key(at, |(local, _)| local.at)
                    .ok()
            });
            let index = at_offset.or_else(|| by_name.get(central.fields.name).copied());
            if let Some(index) = index
                && let Some((local, _)) = found.locals.get(index)
                && let Some(taken) = taken.get_mut(index)
            {
                // A second header for the same place is another reading of it, or says the same.
                if !*taken || local.fields.name != central.fields.name {
                    self.pair(central, local, ledger);
                }
                *taken = true;
                if at_offset.is_none() {
                    ledger.observe(
                        "zip.offset",
                        "APPNOTE 4.4.16",
                        central.at as u64,
                        format_args!(
                            "{}: there is no local header at its offset {}",
                            shown(central.fields.name, central.fields.utf8()),
                            central.local_at
                        ),
                    );
                }
                continue;
            }
            if let Some(local) = self.local_of(central) {
                if known.get(&(local.at as u64)) != Some(&central.fields.name) {
                    self.pair(central, &local, ledger);
                }
                continue;
            }
            if !self.place_without_local(central, &starts, ledger) {
                lost = lost.saturating_add(1);
            }
        }
        if lost > 0 {
            ledger.gap(
                Reason::Damaged,
                format_args!("zip directory: {lost} of its members are not in the file"),
            );
        }
        taken
    }

    /// A member whose local header is broken: the directory alone describes it. `false` if the
    /// file does not have it.
    fn place_without_local(
        &mut self,
        central: &Central<'a>,
        starts: &[usize],
        ledger: &mut Ledger,
    ) -> bool {
        let fields = &central.fields;
        let at = central
            .local_at(self.base)
            .filter(|&at| at < self.data.len());
        let data_at = at.and_then(|at| self.data_without_local(central, at, starts));
        let (Some(at), Some(data_at)) = (at, data_at) else {
            let name = shown(fields.name, fields.utf8());
            ledger.observe(
                "zip.lost-member",
                "APPNOTE 4.3.12",
                central.at as u64,
                format_args!(
                    "{name}: there is nothing at its offset {}",
                    central.local_at
                ),
            );
            return false;
        };
        ledger.observe(
            "zip.local-header",
            "APPNOTE 4.3.7",
            at as u64,
            format_args!("{}: broken local header", shown(fields.name, fields.utf8())),
        );
        ledger.gap(
            Reason::Damaged,
            format_args!(
                "member {}: its local header is broken, and where its data starts is a guess",
                shown(fields.name, fields.utf8())
            ),
        );
        let extent = self.extent(data_at, fields.declared_compressed);
        self.covered.push(at..extent.end);
        self.push(fields, at, extent, Origin::Central, false, ledger);
        true
    }

    /// Where data starts behind a broken local header at `at`: behind its name if that is still
    /// there, else so that it ends where the next thing starts, else as if there were no extra
    /// field.
    fn data_without_local(
        &self,
        central: &Central<'_>,
        at: usize,
        starts: &[usize],
    ) -> Option<usize> {
        let fields = &central.fields;
        let name_at = at.checked_add(entry::LOCAL_LEN)?;
        let bare = name_at.checked_add(fields.name.len())?;
        if self.data.get(name_at..bare) == Some(fields.name) {
            let extra = entry::extra_len(self.data, at)?;
            return bare.checked_add(extra).filter(|&at| at <= self.data.len());
        }
        let next = starts.get(starts.partition_point(|&start| start <= at));
        let len = usize::try_from(fields.declared_compressed).ok()?;
        let anchored = next.and_then(|next| next.checked_sub(len));
        anchored
            .filter(|&start| start >= bare && !fields.has_descriptor())
            .or(Some(bare))
            .filter(|&at| at <= self.data.len())
    }

    /// `len` bytes from `start`, or what the file has of them.
    fn extent(&self, start: usize, len: u64) -> Range<usize> {
        let end = usize::try_from(len)
            .ok()
            .and_then(|len| start.checked_add(len))
            .unwrap_or(usize::MAX);
        start..end.min(self.data.len()).max(start)
    }

    fn push(
        &mut self,
        fields: &Fields<'a>,
        at: usize,
        extent: Range<usize>,
        origin: Origin,
        shared: bool,
        ledger: &mut Ledger,
    ) {
        let data_at = extent.start;
        let compressed = self.data.get(extent).unwrap_or_default();
        let mut member = Member {
            raw_name: fields.name,
            method: fields.method,
            encrypted: fields.encrypted(),
            compressed,
            declared_size: fields.declared_size,
            declared_crc: fields.declared_crc,
            offset: at as u64,
            origin,
            data_at,
            utf8: fields.utf8(),
            stated: origin != Origin::Local || !fields.unsized_here(),
            shared,
            cut: (compressed.len() as u64) < fields.declared_compressed,
        };
        if let Some(unicode) = fields.unicode_path()
            && unicode != fields.name
        {
            // Readers differ in whether they know this field. Where the plain name is ASCII it
            // needs no second form, so both names are readings.
            if fields.name.is_ascii() {
                ledger.observe(
                    "zip.name-mismatch",
                    "APPNOTE 4.6.9",
                    member.offset,
                    format_args!(
                        "{}: the field for its name in Unicode says {}",
                        member.shown(),
                        shown(unicode, true)
                    ),
                );
                self.members.push(member);
                member.shared = true;
            }
            member.raw_name = unicode;
            member.utf8 = true;
        }
        self.members.push(member);
    }

    /// Searches everything that no header accounts for.
    fn search_gaps(&mut self, ledger: &mut Ledger) -> Result<Found<'a>, Spent> {
        self.covered.sort_unstable_by_key(|range| range.start);
        let finder = memmem::Finder::new(b"PK");
        let mut found = Found::default();
        let mut at = 0;
        let file_end = self.data.len()..self.data.len();
        for range in self.covered.iter().chain([&file_end]) {
            // Nothing that matters fits into less; descriptors do, and padding.
            if range.start.saturating_sub(at) >= locate::END_LEN {
                salvage::search(self.data, at..range.start, &finder, &mut found, ledger)?;
            }
            at = at.max(range.end);
        }
        Ok(found)
    }

    /// Notes what stands before the first member and behind the end record.
    fn note_frame(&self, directory: &Directory<'_>, ledger: &mut Ledger) {
        let first = self.members.iter().map(|member| member.offset).min();
        let first = first.unwrap_or(directory.start as u64);
        if first > 0 {
            ledger.observe(
                "zip.prepended",
                "APPNOTE 4.1.9",
                0,
                format_args!("{first} bytes before the first header"),
            );
        }
        let end = directory.end_at.saturating_add(locate::END_LEN);
        let end = end.saturating_add(directory.comment.len());
        let behind = self.data.len().saturating_sub(end);
        if behind > 0 {
            ledger.observe(
                "zip.appended",
                "APPNOTE 4.3.6",
                end as u64,
                format_args!("{behind} bytes behind the end record"),
            );
        }
    }

    /// Notes what the search says about the directory.
    fn note_search(
        &self,
        directory: Option<&Directory<'_>>,
        listed: u64,
        found: &Found<'_>,
        ledger: &mut Ledger,
    ) {
        if found.cut > 0 {
            ledger.gap(
                Reason::Damaged,
                format_args!("zip archive with {} broken headers", found.cut),
            );
        }
        let Some(directory) = directory else {
            if found.locals.is_empty() && found.centrals.is_empty() {
                return;
            }
            let (locals, centrals) = (found.locals.len(), found.centrals.len());
            ledger.observe(
                "zip.no-directory",
                "APPNOTE 4.3.6",
                self.data.len() as u64,
                format_args!("no usable end record; {locals} local and {centrals} central headers"),
            );
            ledger.gap(
                Reason::Damaged,
                format_args!("zip archive without its end; {locals} members salvaged"),
            );
            return;
        };
        let all = listed.saturating_add(found.centrals.len() as u64);
        let declared = directory.declared_entries;
        // 16 bits of a count of more than 65,535 members without zip64 are no lie.
        if all & 0xFFFF != declared & 0xFFFF {
            ledger.observe(
                "zip.entry-count",
                "APPNOTE 4.4.22",
                directory.end_at as u64,
                format_args!("{all} directory headers, {declared} declared"),
            );
            let members = all.saturating_add(found.locals.len() as u64);
            if members < declared {
                ledger.gap(
                    Reason::Damaged,
                    format_args!("zip directory: {members} of {declared} members found"),
                );
            }
        }
        for &end in &found.ends {
            if locate::at_end_record(self.data, end).is_some() {
                ledger.observe(
                    "zip.second-directory",
                    "APPNOTE 4.3.1",
                    end as u64,
                    format_args!("another end record, with a directory of its own"),
                );
            }
        }
    }

    /// Puts the members in the order of the file, marks those that share bytes, and notes copies.
    fn finish(mut self, ledger: &mut Ledger) -> Vec<Member<'a>> {
        self.members.sort_by_key(|member| member.data_at);
        let mut end = 0;
        let mut names = HashMap::with_capacity(self.members.len());
        for member in &mut self.members {
            let data_end = member.data_at.saturating_add(member.compressed.len());
            if member.data_at < end && !member.shared && !member.compressed.is_empty() {
                member.shared = true;
                ledger.observe(
                    "zip.overlap",
                    "APPNOTE 4.3.6",
                    member.offset,
                    format_args!("{}: its data is also another member's", member.shown()),
                );
            }
            end = end.max(data_end);
            if let Some(first) = names.insert(member.raw_name, member.offset)
                && first != member.offset
            {
                ledger.observe(
                    "zip.duplicate-name",
                    "APPNOTE 4.3.2",
                    member.offset,
                    format_args!("{}: also at offset {first}", member.shown()),
                );
            }
        }
        self.members
    }
}

/// Compares two headers of one member; `true` if they are to be read as two members.
fn differences(central: &Fields<'_>, local: &Fields<'_>, at: usize, ledger: &mut Ledger) -> bool {
    let mut two = false;
    let mut differ = |code, clause, detail: std::fmt::Arguments<'_>| {
        let name = shown(central.name, central.utf8());
        ledger.observe(code, clause, at as u64, format_args!("{name}: {detail}"));
    };
    if central.name != local.name {
        two = true;
        let name = shown(local.name, local.utf8());
        differ(
            "zip.name-mismatch",
            "APPNOTE 4.4.17",
            format_args!("the local header says {name}"),
        );
    }
    if central.method != local.method {
        two = true;
        differ(
            "zip.method-mismatch",
            "APPNOTE 4.4.5",
            format_args!("{}, the local header says {}", central.method, local.method),
        );
    }
    if central.encrypted() != local.encrypted() {
        two = true;
        differ(
            "zip.flag-mismatch",
            "APPNOTE 4.4.4",
            format_args!("only one of its headers says that it is encrypted"),
        );
    }
    if local.unsized_here() && local.has_descriptor() {
        return two;
    }
    if central.declared_compressed != local.declared_compressed {
        // A header without sizes gives no extent to read.
        two |= !local.unsized_here();
        differ(
            "zip.size-mismatch",
            "APPNOTE 4.4.8",
            format_args!(
                "{} compressed bytes, the local header says {}",
                central.declared_compressed, local.declared_compressed
            ),
        );
    }
    if central.declared_size != local.declared_size {
        differ(
            "zip.size-mismatch",
            "APPNOTE 4.4.9",
            format_args!(
                "{} bytes, the local header says {}",
                central.declared_size, local.declared_size
            ),
        );
    }
    if central.declared_crc != local.declared_crc {
        differ(
            "zip.crc-mismatch",
            "APPNOTE 4.4.7",
            format_args!(
                "checksum {:08x}, the local header says {:08x}",
                central.declared_crc, local.declared_crc
            ),
        );
    }
    two
}
