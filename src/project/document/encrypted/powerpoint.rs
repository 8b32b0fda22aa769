//! Encrypted presentations, [MS-PPT] 2.3.7: each persist object is a block with its identifier
//! for a number.
//!
//! | record | what is used |
//! |---|---|
//! | 0x0FF6 CurrentUserAtom (2.3.2) | `headerToken`, `offsetToCurrentEdit` |
//! | 0x0FF5 UserEditAtom (2.3.3) | `offsetPersistDirectory`, `encryptSessionPersistIdRef` |
//! | 0x1772 PersistDirectoryAtom (2.3.4) | identifiers and offsets |
//! | 0x2F14 CryptSession10Container (2.3.7) | the scheme, and what a password is checked against |

use memchr::memmem;

use crate::bytes::{le16, le32, slice};
use crate::container::cfb::{Entry, File};
use crate::container::crypto::{Lock, StreamKey};
use crate::limits::{Limit, Spent};
use crate::observe::{Ledger, Reason};

use super::copy::write;
use super::{Decrypted, Kind, Sealed, sibling};

const USER_EDIT: u16 = 0x0FF5;
const DIRECTORY: u16 = 0x1772;
/// `recVer` 15, type 0x2F14.
const SESSION: &[u8; 4] = b"\x0F\x00\x14\x2F";
/// The number of no record, which every reader passes over.
const NO_RECORD: u16 = 0xFFFF;

/// `headerToken` of an encrypted document, and of any other.
const ENCRYPTED: u32 = 0xF3D1_C4DF;
const PLAIN: u32 = 0xE391_C05F;
/// Where in `Current User` it stands.
const TOKEN: usize = 12;
/// Where in a UserEditAtom `encryptSessionPersistIdRef` stands, and how long it then is.
const SESSION_REF: usize = 36;
const LONG_EDIT: u32 = 0x20;

/// Types of the records that are persist objects, 2.1.2.
const OBJECTS: [u16; 8] = [
    0x03E8, 0x03EE, 0x03F0, 0x03F8, 0x0FC9, 0x1011, 0x03F1, 0x03FF,
];

/// Where the records that stay in clear lie.
#[derive(Debug)]
pub(super) struct Found<'f> {
    user: Option<&'f Entry>,
    edit: Option<usize>,
    session: Option<usize>,
}

/// The type and size of the record at a place.
fn record(stream: &[u8], at: usize) -> Option<(u16, u32)> {
    Some((
        le16(stream, at.checked_add(2)?)?,
        le32(stream, at.checked_add(4)?)?,
    ))
}

fn offset(stream: &[u8], at: usize) -> Option<usize> {
    usize::try_from(le32(stream, at)?).ok()
}

pub(super) fn find<'f>(
    file: &'f File<'_>,
    entry: &'f Entry,
    ledger: &mut Ledger,
) -> Option<Sealed<'f>> {
    let user = sibling(file, entry, "Current User");
    let atom = user.map(|user| file.head(user, ledger)).unwrap_or_default();
    let token = le32(atom, TOKEN) == Some(ENCRYPTED);
    let stream = file.stream(entry, ledger);
    let edit = offset(atom, 16)
        .filter(|at| record(&stream, *at).is_some_and(|(kind, _)| kind == USER_EDIT));
    let referred = edit.and_then(|edit| session(&stream, edit));
    let session = referred.or_else(|| search(&stream));
    if !token && session.is_none() {
        return None;
    }
    let description = session.and_then(|at| stream.get(at.saturating_add(8)..));
    Some(Sealed {
        lock: description.map_or(
            Lock::closed("encryption whose description is missing"),
            Lock::rc4,
        ),
        macro_sheets: 0,
        entry,
        kind: Kind::PowerPoint(Found {
            user,
            edit,
            session,
        }),
    })
}

/// Where the session lies that the edit refers to.
fn session(stream: &[u8], edit: usize) -> Option<usize> {
    let (_, size) = record(stream, edit)?;
    let id = le32(stream, edit.checked_add(SESSION_REF)?).filter(|_| size >= LONG_EDIT)?;
    let list = directory(stream, edit);
    let (at, _) = list.into_iter().find(|(_, number)| *number == id)?;
    stream.get(at..)?.starts_with(SESSION).then_some(at)
}

/// Where there is a session, whoever refers to it: its record with a version behind the head.
fn search(stream: &[u8]) -> Option<usize> {
    memmem::find_iter(stream, SESSION).find(|at| {
        let version = slice(stream, at.saturating_add(8), 4);
        matches!(version, Some([2..=4, 0, 2, 0]))
    })
}

/// Offsets and identifiers of the persist objects.
fn directory(stream: &[u8], edit: usize) -> Vec<(usize, u32)> {
    let mut list = Vec::new();
    let at = offset(stream, edit.saturating_add(20));
    let Some((at, (DIRECTORY, size))) = at.and_then(|at| Some((at, record(stream, at)?))) else {
        return list;
    };
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let body = stream.get(at.saturating_add(8)..).unwrap_or_default();
    let (words, _) = body.get(..size).unwrap_or(body).as_chunks::<4>();
    let mut words = words.iter().map(|word| u32::from_le_bytes(*word));
    // PersistDirectoryEntry, 2.3.5: twenty bits of the first identifier, twelve of a count.
    while let Some(entry) = words.next() {
        let first = entry & 0x000F_FFFF;
        for (number, place) in (first..).zip(words.by_ref().take((entry >> 20) as usize)) {
            list.push((usize::try_from(place).unwrap_or(usize::MAX), number));
        }
    }
    list
}

impl Found<'_> {
    pub(super) fn open(
        &self,
        file: &File<'_>,
        entry: &Entry,
        key: &StreamKey,
        copy: &mut Decrypted,
        ledger: &mut Ledger,
    ) -> Result<(), Spent> {
        let sealed = file.stream(entry, ledger);
        let mut plain = Decrypted::take(file, entry, ledger)?;
        let mut list = self
            .edit
            .map(|edit| directory(&sealed, edit))
            .unwrap_or_default();
        ledger.charge(Limit::Entries, list.len() as u64)?;
        if list.is_empty() {
            ledger.gap(
                Reason::Damaged,
                format_args!("the encrypted presentation has no list of its objects"),
            );
        }
        list.retain(|(at, _)| Some(*at) != self.session && *at < sealed.len());
        list.sort_unstable();
        list.dedup();
        let mut end = 0;
        let (mut overlap, mut strange) = (false, false);
        for same in list.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((at, number, size, known)) = choose(&sealed, same, key, ledger)? else {
                continue;
            };
            strange |= !known;
            overlap |= at < end;
            end = at.saturating_add(size).min(sealed.len());
            if let Some((to, from)) = plain.get_mut(at..end).zip(sealed.get(at..end)) {
                to.copy_from_slice(from);
                key.block(number, to, ledger)?;
            }
        }
        if overlap {
            ledger.gap(
                Reason::Damaged,
                format_args!("objects of the encrypted presentation share the same bytes"),
            );
        }
        if strange {
            ledger.gap(
                Reason::Damaged,
                format_args!("an object of the encrypted presentation is of no known kind"),
            );
        }
        if let Some(session) = self.session {
            write(
                &mut plain,
                session.saturating_add(2),
                &NO_RECORD.to_le_bytes(),
            );
        }
        if let Some(edit) = self.edit
            && record(&plain, edit).is_some_and(|(_, size)| size >= LONG_EDIT)
        {
            write(&mut plain, edit.saturating_add(SESSION_REF), &[0; 4]);
        }
        copy.put(file, entry, &plain, ledger)?;
        if let Some(user) = self.user {
            let mut atom = Decrypted::take(file, user, ledger)?;
            write(&mut atom, TOKEN, &PLAIN.to_le_bytes());
            copy.put(file, user, &atom, ledger)?;
        }
        Ok(())
    }
}

/// Which of the identifiers at an offset is right, by what the head of the record then is, how long
/// the record is, and whether it is of a kind that persist objects are of.
fn choose(
    sealed: &[u8],
    same: &[(usize, u32)],
    key: &StreamKey,
    ledger: &mut Ledger,
) -> Result<Option<(usize, u32, usize, bool)>, Spent> {
    let mut last = None;
    for &(at, number) in same {
        ledger.charge(Limit::Steps, 32)?;
        let Some(mut head) = crate::bytes::array::<8>(sealed, at) else {
            continue;
        };
        key.block(number, &mut head, ledger)?;
        let Some((kind, size)) = record(&head, 0) else {
            continue;
        };
        let size = usize::try_from(size)
            .unwrap_or(usize::MAX)
            .saturating_add(8);
        let known = OBJECTS.contains(&kind);
        last = Some((at, number, size, known));
        if known {
            break;
        }
    }
    Ok(last)
}
