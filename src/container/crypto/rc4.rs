//! RC4 of binary documents: with 40 bits ([MS-OFFCRYPTO] 2.3.6) and by CryptoAPI (2.3.5). Each
//! block of a stream has its key.

use rc4::{KeyInit, Rc4, StreamCipher};

use crate::bytes::array;

use super::hash::{Hash, Value};
use super::header::Header;

/// What a password is checked against.
#[derive(Clone, Debug)]
pub(super) enum Lock {
    /// 2.3.6.1
    Binary { salt: [u8; 16], verifier: [u8; 32] },
    /// 2.3.5.1
    CryptoApi {
        salt: [u8; 16],
        key_bytes: usize,
        verifier: [u8; 36],
    },
}

/// The key of a document, from which those of its blocks follow.
#[derive(Clone, Debug)]
pub(super) enum Key {
    /// 2.3.6.2
    Binary([u8; 5]),
    /// 2.3.5.2
    CryptoApi { hash: Value, key_bytes: usize },
}

impl Lock {
    /// From the version on.
    pub(super) fn binary(info: &[u8]) -> Option<Self> {
        Some(Self::Binary {
            salt: array(info, 4)?,
            verifier: array(info, 20)?,
        })
    }

    /// From the version on.
    pub(super) fn crypto_api(info: &[u8]) -> Option<Self> {
        const RC4: u32 = 0x6801;
        let header = Header::parse(info)?;
        let mut verifier = [0; 36];
        let hash = header.verifier_hash.get(..20)?;
        for (to, from) in verifier.iter_mut().zip(header.verifier.iter().chain(hash)) {
            *to = *from;
        }
        // 2.3.5.1: none means 40, and the algorithm may be left to the flags.
        let bits = match header.key_bits {
            0 => 40,
            bits => bits,
        };
        (matches!(header.algorithm, 0 | RC4) && matches!(bits, 40..=128)).then_some(())?;
        Some(Self::CryptoApi {
            salt: header.salt,
            key_bytes: usize::try_from(bits >> 3).ok()?,
            verifier,
        })
    }

    /// The key, if that is the password.
    pub(super) fn unlock(&self, password: &[u8]) -> Option<Key> {
        match self {
            Self::Binary { salt, verifier } => {
                let first = Hash::Md5.of(&[password]);
                let short = first.bytes().first_chunk::<5>()?;
                let mut pieces: [&[u8]; 32] = [salt; 32];
                for piece in pieces.iter_mut().step_by(2) {
                    *piece = short;
                }
                let second = Hash::Md5.of(&pieces);
                let key = Key::Binary(*second.bytes().first_chunk()?);
                let mut opened = *verifier;
                key.apply(0, &mut opened)?;
                let (verifier, hash) = opened.split_at_checked(16)?;
                (Hash::Md5.of(&[verifier]).bytes() == hash).then_some(key)
            }
            Self::CryptoApi {
                salt,
                key_bytes,
                verifier,
            } => {
                let key = Key::CryptoApi {
                    hash: Hash::Sha1.of(&[salt, password]),
                    key_bytes: *key_bytes,
                };
                let mut opened = *verifier;
                key.apply(0, &mut opened)?;
                let (verifier, hash) = opened.split_at_checked(16)?;
                (Hash::Sha1.of(&[verifier]).bytes() == hash).then_some(key)
            }
        }
    }
}

impl Key {
    /// Decrypts, from the start of a block.
    pub(super) fn apply(&self, block: u32, data: &mut [u8]) -> Option<()> {
        let number = block.to_le_bytes();
        let mut cipher = match self {
            Self::Binary(key) => Rc4::new_from_slice(Hash::Md5.of(&[key, &number]).bytes()).ok()?,
            Self::CryptoApi { hash, key_bytes } => {
                let value = Hash::Sha1.of(&[hash.bytes(), &number]);
                let key = value.bytes().get(..*key_bytes)?;
                // 2.3.5.2: 40 bits are filled up to 128 with zeros.
                let mut filled = [0; 16];
                if let Some(start) = filled.get_mut(..5).filter(|_| key.len() == 5) {
                    start.copy_from_slice(key);
                    Rc4::new_from_slice(&filled).ok()?
                } else {
                    Rc4::new_from_slice(key).ok()?
                }
            }
        };
        cipher.try_apply_keystream(data).ok()
    }
}
