//! Agile encryption of packages, [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15: an XML descriptor names the
//! ciphers and hashes. A password gives a key that opens the key of the package.
//!
//! | element | attributes that are used |
//! |---|---|
//! | `keyData` | `saltValue`, `keyBits`, `cipherAlgorithm`, `cipherChaining`, `hashAlgorithm` |
//! | `keyEncryptor` | `uri`: a password or a certificate |
//! | `encryptedKey` | those, `saltSize`, `spinCount`, `encryptedVerifierHashInput`, `encryptedVerifierHashValue`, `encryptedKeyValue` |

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::bytes::text::utf16le;
use crate::limits::Limit;
use crate::observe::Ledger;

use super::cipher::{Chaining, Cipher};
use super::hash::Hash;

/// 2.3.4.15: the package is encrypted in segments of this size.
const SEGMENT: usize = 4096;
/// What fills values that are too short, 2.3.4.11 and 2.3.4.12.
const FILLER: u8 = 0x36;
/// How many passwords a document can have here; by the schema it has one.
const MOST_KEYS: usize = 4;
/// How long a value can be here; by the schema salts are the longest, of 64 KiB.
const LONGEST: usize = 100_000;

const FOR_VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const FOR_VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const FOR_KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// A descriptor.
#[derive(Clone, Debug)]
pub(super) struct Agile {
    data: Spec,
    keys: Vec<EncryptedKey>,
}

/// A cipher, a hash and a salt.
#[derive(Clone, Debug)]
struct Spec {
    cipher: Cipher,
    chaining: Chaining,
    hash: Hash,
    salt: Vec<u8>,
}

/// The key of the package, under a password.
#[derive(Clone, Debug)]
struct EncryptedKey {
    spec: Spec,
    rounds: u32,
    salt_size: usize,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

impl Agile {
    /// # Errors
    /// What there is in the place of a password that can be checked.
    pub(super) fn parse(xml: &[u8], ledger: &mut Ledger) -> Result<Self, String> {
        let text = match xml {
            // Not what the specification says, and what a parser of XML reads.
            [0xFF, 0xFE, rest @ ..] => utf16le(rest),
            [b'<', 0, ..] => utf16le(xml),
            _ => String::from_utf8_lossy(xml).into_owned(),
        };
        let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
        let (mut data, mut keys) = (None, Vec::new());
        let (mut certificate, mut strange) = (false, None);
        // An element is gone through a few times.
        if ledger.charge(Limit::Steps, xml.len() as u64 >> 3).is_err() {
            return Err("whose descriptor was not read".to_owned());
        }
        loop {
            if ledger.charge(Limit::Steps, 1).is_err() {
                break;
            }
            let element = match reader.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => element,
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => continue,
            };
            match element.local_name().as_ref() {
                "keyData" => match Spec::parse(&element) {
                    Ok(spec) => data = data.or(Some(spec)),
                    Err(name) => strange = Some(name),
                },
                "keyEncryptor" => {
                    certificate |= attribute(&element, "uri")
                        .is_some_and(|uri| memmem::find(uri.as_bytes(), b"certificate").is_some());
                }
                "encryptedKey" if attribute(&element, "spinCount").is_some() => {
                    match EncryptedKey::parse(&element) {
                        Ok(key) if keys.len() < MOST_KEYS => keys.push(key),
                        Ok(_) => {}
                        Err(name) => strange = Some(name),
                    }
                }
                _ => {}
            }
        }
        match (data, strange) {
            (Some(data), _) if !keys.is_empty() => Ok(Self { data, keys }),
            (_, Some(name)) => Err(name),
            _ if certificate => Err("for the holder of a certificate, no password".to_owned()),
            _ => Err("whose descriptor is damaged".to_owned()),
        }
    }

    pub(super) fn describe(&self) -> String {
        let rounds = self.keys.iter().map(|key| key.rounds).max();
        format!(
            "{} {}, {}, {} rounds",
            self.data.cipher.name(),
            self.data.chaining.name(),
            self.data.hash.name(),
            rounds.unwrap_or(0)
        )
    }

    /// The steps that a password is worth.
    pub(super) fn cost(&self) -> u64 {
        let cost = |key: &EncryptedKey| {
            let salt = key.spec.salt.len() as u64 >> 6;
            let rounds = u64::from(key.rounds).saturating_add(8);
            rounds
                .saturating_mul(key.spec.hash.steps())
                .saturating_add(salt)
        };
        self.keys.iter().map(cost).fold(0, u64::saturating_add)
    }

    /// The key of the package, if that is the password.
    pub(super) fn unlock(&self, password: &[u8]) -> Option<Vec<u8>> {
        let mut key = self.keys.iter().find_map(|key| key.unlock(password))?;
        key.resize(self.data.cipher.key(), FILLER);
        Some(key)
    }

    /// Decrypts the package in place.
    pub(super) fn decrypt(&self, key: &[u8], data: &mut [u8]) -> Option<()> {
        let spec = &self.data;
        for (number, segment) in (0_u32..).zip(data.chunks_mut(SEGMENT)) {
            let iv = spec.hash.of(&[&spec.salt, &number.to_le_bytes()]);
            let iv = fit(iv.bytes(), spec.cipher.block());
            spec.cipher.decrypt(spec.chaining, key, &iv, segment)?;
        }
        Some(())
    }

    pub(super) const fn steps(&self, bytes: usize) -> u64 {
        self.data.cipher.steps(self.data.chaining, bytes)
    }
}

impl Spec {
    /// # Errors
    /// What is not computed.
    fn parse(element: &BytesStart<'_>) -> Result<Self, String> {
        let named = |name: &str| attribute(element, name).unwrap_or_default();
        let (cipher, bits) = (named("cipherAlgorithm"), named("keyBits"));
        let (hash, chaining) = (named("hashAlgorithm"), named("cipherChaining"));
        let found = bits
            .parse()
            .ok()
            .and_then(|bits| Cipher::named(&cipher, bits));
        let Some(found) = found else {
            return Err(format!("with cipher {:.20} of {:.8} bits", cipher, bits));
        };
        Ok(Self {
            cipher: found,
            chaining: match &*chaining {
                "ChainingModeCBC" => Chaining::Cbc,
                "ChainingModeCFB" => Chaining::Cfb,
                _ => return Err(format!("with chaining {chaining:.20}")),
            },
            hash: Hash::named(&hash).ok_or_else(|| format!("with hash {hash:.20}"))?,
            salt: bytes(element, "saltValue").ok_or("without a salt")?,
        })
    }
}

impl EncryptedKey {
    fn parse(element: &BytesStart<'_>) -> Result<Self, String> {
        let number = |name: &str| attribute(element, name)?.parse::<u32>().ok();
        let damaged = || "whose descriptor is damaged".to_owned();
        Ok(Self {
            spec: Spec::parse(element)?,
            rounds: number("spinCount").ok_or_else(damaged)?,
            salt_size: usize::try_from(number("saltSize").unwrap_or(16)).unwrap_or(16),
            verifier: bytes(element, "encryptedVerifierHashInput").ok_or_else(damaged)?,
            verifier_hash: bytes(element, "encryptedVerifierHashValue").ok_or_else(damaged)?,
            key: bytes(element, "encryptedKeyValue").ok_or_else(damaged)?,
        })
    }

    /// 2.3.4.13
    fn unlock(&self, password: &[u8]) -> Option<Vec<u8>> {
        let spec = &self.spec;
        let value = spec.hash.rounds(&spec.salt, password, self.rounds);
        let opened = |purpose: &[u8], sealed: &[u8]| {
            let key = spec.hash.of(&[value.bytes(), purpose]);
            let key = fit(key.bytes(), spec.cipher.key());
            let iv = fit(&spec.salt, spec.cipher.block());
            let mut data = sealed.to_vec();
            spec.cipher.decrypt(spec.chaining, &key, &iv, &mut data)?;
            Some(data)
        };
        let verifier = opened(&FOR_VERIFIER, &self.verifier)?;
        let verifier = verifier.get(..self.salt_size).unwrap_or(&verifier);
        let right = spec.hash.of(&[verifier]);
        opened(&FOR_VERIFIER_HASH, &self.verifier_hash)?
            .starts_with(right.bytes())
            .then(|| opened(&FOR_KEY, &self.key))?
    }
}

/// Cut or filled up to a length.
fn fit(value: &[u8], length: usize) -> Vec<u8> {
    let mut value = value.get(..length).unwrap_or(value).to_vec();
    value.resize(length, FILLER);
    value
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|attribute| attribute.key.into_inner() == name)?;
    Some(found.value.trim().to_owned())
}

fn bytes(element: &BytesStart<'_>, name: &str) -> Option<Vec<u8>> {
    let value = attribute(element, name).filter(|value| value.len() <= LONGEST)?;
    STANDARD.decode(value).ok()
}
