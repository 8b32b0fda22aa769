//! Zip archives and packages: whatever the `zip` crate reads of an archive that leaves no gap is one
//! of our members, with the same content, and the same name wherever there is one directory.

use std::io::{Cursor, Read};

use macrosift::opc::Package;
use macrosift::zip::{Archive, Inflater, Outcome};
use macrosift::{Ledger, Limit, Limits};

use super::{assert_linear, cut_short};

/// More than this of one member is not compared.
const MOST: usize = 1 << 20;

/// The target.
pub fn zip(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::mail());
    let Ok(archive) = Archive::parse(data, &mut ledger) else {
        assert!(
            !strictly_read(data),
            "an archive that another reader reads whole"
        );
        return;
    };
    // A header is 30 bytes at least; each gives two readings at most.
    assert_linear(&ledger, Limit::Entries, data.len(), 1, 100);
    let mut inflater = Inflater::new();
    let mut contents = Vec::new();
    for member in archive.members() {
        let mut head = [0; 64];
        let had = inflater.prefix(member, &mut head);
        let mut content = Vec::new();
        let before = ledger.gaps().len();
        let outcome = inflater.read(member, &mut content, &mut ledger);
        let mut scratch = vec![7; 3];
        let mut second = Ledger::new(Limits::mail());
        let (again, outcome_again) = inflater.content(member, &mut scratch, &mut second);
        if !cut_short(&ledger) {
            assert_eq!(outcome, outcome_again);
            assert!(content == again, "read and content differ");
        }
        if !matches!(outcome, Outcome::Complete | Outcome::Encrypted) {
            let told = ledger.gaps().len() > before || !ledger.gaps().is_empty();
            assert!(told, "{outcome:?} without a gap");
        }
        if outcome.is_complete() && !member.encrypted {
            assert_eq!(head.get(..had), content.get(..had));
        }
        contents.push((member.raw_name, content));
    }
    // Where the directory does not fit the members, which is told, readers guess differently.
    let mut notes = ledger.observations().iter();
    let guessed = notes.any(|note| note.code == "zip.no-directory");
    if guessed {
        assert!(!ledger.gaps().is_empty());
    } else if !cut_short(&ledger) {
        compare(data, &contents, &ledger);
    }
    package(&archive, &mut inflater);
}

fn strictly_read(data: &[u8]) -> bool {
    ::zip::ZipArchive::new(Cursor::new(data)).is_ok_and(|mut archive| {
        !archive.is_empty() && (0..archive.len()).all(|at| archive.by_index(at).is_ok())
    })
}

fn compare(data: &[u8], contents: &[(&[u8], Vec<u8>)], ledger: &Ledger) {
    let Ok(mut other) = ::zip::ZipArchive::new(Cursor::new(data)) else {
        return;
    };
    for index in 0..other.len() {
        let Ok(member) = other.by_index(index) else {
            continue;
        };
        let name = member.name_raw().to_vec();
        let mut content = Vec::new();
        if member.take(MOST as u64).read_to_end(&mut content).is_err() || content.len() == MOST {
            continue;
        }
        // Of two archives in one file, one at least counts its offsets from elsewhere.
        let mut notes = ledger.observations().iter();
        let single = notes.all(|note| note.code != "zip.second-directory");
        let found = contents
            .iter()
            .any(|(our_name, ours)| *ours == content && (*our_name == name || !single));
        // Behind a broken header readers guess, each in its own way; such an archive is no whole.
        let whole = ledger.gaps().is_empty();
        assert!(
            found || !whole,
            "{:?} of {} bytes is no member; {:?}",
            String::from_utf8_lossy(&name),
            content.len(),
            ledger.observations()
        );
    }
}

fn package(archive: &Archive<'_>, inflater: &mut Inflater) {
    let mut ledger = Ledger::new(Limits::mail());
    let package = Package::read(archive, inflater, &mut ledger);
    for (number, _) in archive.members().iter().enumerate() {
        let name = package.part_name(number);
        assert!(package.members(name).any(|one| one == number), "{name:?}");
        let _ = package.content_type(name);
    }
    for one in package.relationships() {
        assert!(!one.external || one.resolved.is_none());
        if let Some(part) = one.resolved {
            assert!(
                !part.contains("..") || !part.split('/').any(|name| name == ".."),
                "{part}"
            );
            for member in package.members(part) {
                assert!(package.part_name(member).eq_ignore_ascii_case(part));
            }
        }
    }
}
