//! Encrypted documents: what the kit encrypts is opened to the same bytes, and what is opened is
//! not encrypted any more.

use macrosift::cfb::File;
use macrosift::crypto::{Lock, Package};
use macrosift::project::document::{Decrypted, sealed};
use macrosift::{Ledger, Limit, Limits};
use macrosift_testkit::encrypted::{Agile, Chaining, EXCEL, Hash, agile, standard};

use super::scan::scan;
use super::{assert_linear, cut_short};

/// Rounds that are worth trying here.
const FEW: u64 = 1_000_000;

/// The target.
pub fn encrypted(data: &[u8]) {
    scan(data);
    descriptions(data);
    streams(data);
    packages(data);
}

/// Any bytes as what describes the encryption.
fn descriptions(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::mail());
    let package = Package::parse(data, &mut ledger);
    assert_linear(&ledger, Limit::Steps, data.len(), 2, 1000);
    assert!(!package.describe().is_empty());
    if package.cost().is_some_and(|cost| cost <= FEW) {
        let key = package.unlock(EXCEL);
        let bytes = key.and_then(|key| package.decrypt(&key, data, &mut ledger));
        assert!(bytes.is_none_or(|bytes| bytes.len() <= data.len()));
    }
    let lock = Lock::rc4(data);
    assert!(!lock.describe().is_empty());
    assert!(lock.unlock(EXCEL).is_none() || lock.cost().is_some());
}

/// Any bytes as a compound file, in which every document is opened that can be.
fn streams(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::mail());
    let Ok(file) = File::parse(data, &mut ledger) else {
        return;
    };
    for document in sealed(&file, &mut ledger) {
        let Some(key) = document.lock.unlock(EXCEL) else {
            continue;
        };
        let Ok(mut copy) = Decrypted::new(&file, &mut ledger) else {
            return;
        };
        if document.open(&file, &key, &mut copy, &mut ledger).is_err() {
            assert!(cut_short(&ledger));
            return;
        }
        let moved = document.moved(&file, &key, &mut ledger);
        assert!(moved.is_ok() || cut_short(&ledger));
        let plain = copy.finish(&mut ledger);
        assert_eq!(plain.len(), data.len());
        let mut second = Ledger::new(Limits::mail());
        let Ok(plain) = File::parse(&plain, &mut second) else {
            // Only where a stream lies over the structure of the file.
            return;
        };
        let left = sealed(&plain, &mut second).len();
        let before = sealed(&file, &mut Ledger::new(Limits::mail())).len();
        let damaged = !ledger.gaps().is_empty() || !ledger.observations().is_empty();
        assert!(left < before || damaged, "{left} of {before} are encrypted");
    }
}

/// Any bytes as a package, under a scheme that their first chooses.
fn packages(data: &[u8]) {
    let choice = data.first().copied().unwrap_or(0);
    let sealed = if choice == 0xFF {
        standard(data, EXCEL, 128)
    } else {
        let hashes = [
            Hash::Md5,
            Hash::Sha1,
            Hash::Sha256,
            Hash::Sha384,
            Hash::Sha512,
        ];
        let ciphers = [("AES", 128), ("AES", 192), ("AES", 256), ("3DES", 192)];
        let (cipher, key_bits) = ciphers[usize::from(choice) % 4];
        let choice = Agile {
            cipher,
            key_bits,
            chaining: if choice & 4 == 0 {
                Chaining::Cbc
            } else {
                Chaining::Cfb
            },
            hash: hashes[usize::from(choice >> 3) % 5],
            rounds: 2,
            ..Agile::default()
        };
        agile(data, EXCEL, &choice)
    };
    let mut ledger = Ledger::new(Limits::mail());
    let package = Package::parse(sealed.data("EncryptionInfo"), &mut ledger);
    assert!(package.unlock("another").is_none());
    let key = package.unlock(EXCEL).expect("the password is right");
    let opened = package.decrypt(&key, sealed.data("EncryptedPackage"), &mut ledger);
    assert!(opened.is_some_and(|bytes| bytes == data) || cut_short(&ledger));
}
