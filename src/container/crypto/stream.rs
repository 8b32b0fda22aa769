//! The encryption of streams of binary documents, which leaves their lengths as they are.

use crate::bytes::{le16, le32, slice};
use crate::limits::{Limit, Spent};
use crate::observe::Ledger;

use super::{rc4, utf16, xor};

/// How the streams of a document are encrypted.
#[derive(Clone, Debug)]
pub struct Lock(Scheme);

#[derive(Clone, Debug)]
enum Scheme {
    Rc4(rc4::Lock),
    Xor(xor::Lock),
    /// One that no password opens here.
    Closed(&'static str),
}

/// What opens them.
#[derive(Clone, Debug)]
pub struct StreamKey(Key);

#[derive(Clone, Debug)]
enum Key {
    Rc4(rc4::Key),
    Xor(xor::Key),
}

/// Something in the encrypted summary stream of RC4 CryptoAPI, which can hold whole streams and
/// storages of a document.
#[derive(Clone, Debug)]
pub struct Moved {
    /// Its name.
    pub name: String,
    /// Its bytes, decrypted.
    pub bytes: Vec<u8>,
}

impl Lock {
    /// RC4 of either kind, by the version that the description begins with.
    #[must_use]
    pub fn rc4(info: &[u8]) -> Self {
        let (name, lock) = match (le16(info, 0), le16(info, 2)) {
            (Some(1), Some(1)) => ("RC4 encryption, cut", rc4::Lock::binary(info)),
            (Some(2..=4), Some(2)) => (
                "CryptoAPI encryption with a cipher that is not known, or cut",
                rc4::Lock::crypto_api(info),
            ),
            _ => ("encryption of an unknown kind", None),
        };
        Self(lock.map_or(Scheme::Closed(name), Scheme::Rc4))
    }

    /// XOR obfuscation with that key and verifier of a password.
    #[must_use]
    pub const fn xor(key: u16, verifier: u16) -> Self {
        Self(Scheme::Xor(xor::Lock { key, verifier }))
    }

    /// One that is not described, or not where it should be.
    #[must_use]
    pub const fn closed(what: &'static str) -> Self {
        Self(Scheme::Closed(what))
    }

    /// The scheme, for a person.
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.0 {
            Scheme::Rc4(rc4::Lock::Binary { .. }) => "RC4 encryption, 40 bits".to_owned(),
            Scheme::Rc4(rc4::Lock::CryptoApi { key_bytes, .. }) => {
                format!(
                    "RC4 CryptoAPI encryption, {} bits",
                    key_bytes.saturating_mul(8)
                )
            }
            Scheme::Xor(_) => "XOR obfuscation".to_owned(),
            Scheme::Closed(what) => (*what).to_owned(),
        }
    }

    /// The clause of [MS-OFFCRYPTO].
    #[must_use]
    pub const fn clause(&self) -> &'static str {
        match &self.0 {
            Scheme::Rc4(rc4::Lock::Binary { .. }) => "[MS-OFFCRYPTO] 2.3.6",
            Scheme::Rc4(rc4::Lock::CryptoApi { .. }) => "[MS-OFFCRYPTO] 2.3.5",
            Scheme::Xor(_) => "[MS-OFFCRYPTO] 2.3.7",
            Scheme::Closed(_) => "[MS-OFFCRYPTO] 2.1",
        }
    }

    /// The steps that trying a password is worth; none if no password opens it.
    #[must_use]
    pub const fn cost(&self) -> Option<u64> {
        match &self.0 {
            Scheme::Rc4(_) | Scheme::Xor(_) => Some(64),
            Scheme::Closed(_) => None,
        }
    }

    /// The key, if that is the password.
    #[must_use]
    pub fn unlock(&self, password: &str) -> Option<StreamKey> {
        Some(StreamKey(match &self.0 {
            Scheme::Rc4(lock) => Key::Rc4(lock.unlock(&utf16(password))?),
            Scheme::Xor(lock) => Key::Xor(lock.unlock(password)?),
            Scheme::Closed(_) => return None,
        }))
    }
}

impl StreamKey {
    /// Decrypts in place, with a new key for each block of so many bytes. XOR knows no blocks.
    ///
    /// # Errors
    /// The limit that was reached.
    pub fn blocks(&self, size: usize, data: &mut [u8], ledger: &mut Ledger) -> Result<(), Spent> {
        ledger.charge(Limit::Steps, steps(data.len()))?;
        match &self.0 {
            Key::Rc4(key) => {
                for (number, block) in (0_u32..).zip(data.chunks_mut(size.max(1))) {
                    key.apply(number, block);
                }
            }
            Key::Xor(key) => key.mask(data),
        }
        Ok(())
    }

    /// Decrypts in place, as one block of that number.
    ///
    /// # Errors
    /// The limit that was reached.
    pub fn block(&self, number: u32, data: &mut [u8], ledger: &mut Ledger) -> Result<(), Spent> {
        ledger.charge(Limit::Steps, steps(data.len()))?;
        match &self.0 {
            Key::Rc4(key) => {
                key.apply(number, data);
            }
            Key::Xor(key) => key.mask(data),
        }
        Ok(())
    }

    /// Decrypts the data of a record in place if it is obfuscated by rotation and XOR, the method
    /// of workbooks; says whether it is. `at` is the place of the first byte in the key.
    #[must_use]
    pub fn record(&self, at: usize, data: &mut [u8]) -> bool {
        match &self.0 {
            Key::Rc4(_) => false,
            Key::Xor(key) => {
                key.rotate(at, data);
                true
            }
        }
    }

    /// What the encrypted summary stream holds, [MS-OFFCRYPTO] 2.3.5.4; nothing for other schemes.
    ///
    /// # Errors
    /// The limit that was reached.
    pub fn moved(&self, stream: &[u8], ledger: &mut Ledger) -> Result<Vec<Moved>, Spent> {
        let mut found = Vec::new();
        let Key::Rc4(key @ rc4::Key::CryptoApi { .. }) = &self.0 else {
            return Ok(found);
        };
        let place = |at: usize| le32(stream, at).and_then(|value| usize::try_from(value).ok());
        let list = place(0).zip(place(4));
        let Some(list) = list.and_then(|(at, size)| slice(stream, at, size)) else {
            return Ok(found);
        };
        ledger.charge(Limit::OutputBytes, list.len() as u64)?;
        let mut list = list.to_vec();
        self.block(0, &mut list, ledger)?;
        let mut at = 4_usize;
        for _ in 0..le32(&list, 0).unwrap_or(0) {
            ledger.charge(Limit::Entries, 1)?;
            let Some(entry) = Descriptor::parse(&list, at) else {
                break;
            };
            at = entry.end;
            let Some(bytes) = slice(stream, entry.start, entry.size) else {
                continue;
            };
            ledger.charge(Limit::OutputBytes, entry.size as u64)?;
            ledger.charge(Limit::Steps, steps(entry.size))?;
            let mut bytes = bytes.to_vec();
            key.apply(entry.block, &mut bytes);
            found.push(Moved {
                name: entry.name,
                bytes,
            });
        }
        Ok(found)
    }
}

/// `EncryptedStreamDescriptor`, 2.3.5.3.
struct Descriptor {
    start: usize,
    size: usize,
    block: u32,
    name: String,
    end: usize,
}

impl Descriptor {
    fn parse(list: &[u8], at: usize) -> Option<Self> {
        let field = |offset: usize| le32(list, at.checked_add(offset)?);
        let name = at.checked_add(16)?;
        let units = usize::from(*list.get(at.checked_add(10)?)?);
        let length = units.checked_mul(2)?;
        Some(Self {
            start: usize::try_from(field(0)?).ok()?,
            size: usize::try_from(field(4)?).ok()?,
            block: u32::from(le16(list, at.checked_add(8)?)?),
            name: crate::bytes::text::utf16le(slice(list, name, length)?),
            end: name.checked_add(length)?.checked_add(2)?,
        })
    }
}

/// The keystream makes some 200 MB in a second, and a key for each block comes on top of it.
const fn steps(bytes: usize) -> u64 {
    bytes as u64 >> 3
}
