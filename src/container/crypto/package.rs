//! An encrypted package: the `EncryptionInfo` that names the scheme, and `EncryptedPackage`.
//!
//! | at | field of EncryptedPackage (2.3.4.4) |
//! |---|---|
//! | 0x00 | size of the package, eight bytes |
//! | 0x08 | the package, filled up to whole blocks |

use crate::bytes::{le16, le64};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

use super::agile::Agile;
use super::cipher::Chaining;
use super::hash::Hash;
use super::standard::{ROUNDS, Standard};
use super::utf16;

/// How much may lie behind the package: what some writers fill the last segment with.
const FILLING: u64 = 4096;

/// How a package is encrypted.
#[derive(Clone, Debug)]
pub struct Package(Scheme);

#[derive(Clone, Debug)]
enum Scheme {
    Agile(Agile),
    Standard(Standard),
    /// One that no password opens here, and why.
    Closed(String),
}

/// What opens a package.
#[derive(Clone, Debug)]
pub struct PackageKey(Vec<u8>);

impl Package {
    /// Reads an `EncryptionInfo` stream.
    #[must_use]
    pub fn parse(info: &[u8], ledger: &mut Ledger) -> Self {
        let closed = |what: &str| Scheme::Closed(what.to_owned());
        Self(match (le16(info, 0), le16(info, 2)) {
            (Some(4), Some(4)) => match Agile::parse(info.get(8..).unwrap_or_default(), ledger) {
                Ok(agile) => Scheme::Agile(agile),
                Err(why) => Scheme::Closed(format!("agile encryption {why}")),
            },
            (Some(2..=4), Some(2)) => match Standard::parse(info) {
                Some(standard) => Scheme::Standard(standard),
                None => closed("standard encryption with a cipher that is not known, or cut"),
            },
            (Some(3 | 4), Some(3)) => closed("extensible encryption"),
            (Some(major), Some(minor)) => {
                Scheme::Closed(format!("encryption of unknown version {major}.{minor}"))
            }
            _ => closed("encryption that is not described"),
        })
    }

    /// The scheme, for a person.
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.0 {
            Scheme::Agile(agile) => format!("agile encryption, {}", agile.describe()),
            Scheme::Standard(standard) => {
                let cipher = standard.cipher.name();
                format!("standard encryption, {cipher}, SHA1, {ROUNDS} rounds")
            }
            Scheme::Closed(what) => what.clone(),
        }
    }

    /// The clause of [MS-OFFCRYPTO].
    #[must_use]
    pub const fn clause(&self) -> &'static str {
        match &self.0 {
            Scheme::Agile(_) => "[MS-OFFCRYPTO] 2.3.4.10",
            Scheme::Standard(_) => "[MS-OFFCRYPTO] 2.3.4.5",
            Scheme::Closed(_) => "[MS-OFFCRYPTO] 2.3.4.16",
        }
    }

    /// The steps that trying a password is worth; none if no password opens it.
    #[must_use]
    pub fn cost(&self) -> Option<u64> {
        match &self.0 {
            Scheme::Agile(agile) => Some(agile.cost()),
            Scheme::Standard(_) => Some(u64::from(ROUNDS).saturating_mul(Hash::Sha1.steps())),
            Scheme::Closed(_) => None,
        }
    }

    /// The key, if that is the password.
    #[must_use]
    pub fn unlock(&self, password: &str) -> Option<PackageKey> {
        let password = utf16(password);
        let key = match &self.0 {
            Scheme::Agile(agile) => agile.unlock(&password),
            Scheme::Standard(standard) => standard.unlock(&password),
            Scheme::Closed(_) => None,
        };
        key.map(PackageKey)
    }

    /// Decrypts an `EncryptedPackage` stream. The size in it is a claim: what it leaves out or
    /// promises too much is a gap.
    #[must_use]
    pub fn decrypt(&self, key: &PackageKey, stream: &[u8], ledger: &mut Ledger) -> Option<Vec<u8>> {
        let claim = le64(stream, 0)?;
        let sealed = stream.get(8..)?;
        let steps = match &self.0 {
            Scheme::Agile(agile) => agile.steps(sealed.len()),
            Scheme::Standard(one) => one.cipher.steps(Chaining::Ecb, sealed.len()),
            Scheme::Closed(_) => return None,
        };
        let size = sealed.len() as u64;
        ledger.charge(Limit::Steps, steps).ok()?;
        ledger.charge(Limit::OutputBytes, size).ok()?;
        let mut data = sealed.to_vec();
        match &self.0 {
            Scheme::Agile(agile) => agile.decrypt(&key.0, &mut data)?,
            Scheme::Standard(standard) => standard.decrypt(&key.0, &mut data)?,
            Scheme::Closed(_) => return None,
        }
        if claim > size || claim.saturating_add(FILLING) < size {
            // What is there is read; whatever a program makes of the rest is not known.
            ledger.gap(
                Reason::Damaged,
                format_args!(
                    "the encrypted package says that it has {claim} bytes, and has {size}"
                ),
            );
        } else if let Ok(claim) = usize::try_from(claim) {
            data.truncate(claim);
        }
        Some(data)
    }
}
