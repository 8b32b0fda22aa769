//! Standard encryption of packages, [MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9: AES without chaining, its
//! key from 50,000 rounds of SHA-1.

use super::cipher::{Chaining, Cipher};
use super::hash::Hash;
use super::header::Header;

/// 2.3.4.7
pub(super) const ROUNDS: u32 = 50_000;

/// What a password is checked against.
#[derive(Clone, Debug)]
pub(super) struct Standard {
    pub(super) cipher: Cipher,
    salt: [u8; 16],
    verifier: [u8; 16],
    verifier_hash: [u8; 32],
}

impl Standard {
    /// `None` if it is cut, or of another cipher.
    pub(super) fn parse(info: &[u8]) -> Option<Self> {
        let header = Header::parse(info)?;
        let cipher = match (header.algorithm, header.key_bits) {
            (0x660E, _) | (0, 0 | 128) => Cipher::Aes128,
            (0x660F, _) | (0, 192) => Cipher::Aes192,
            (0x6610, _) | (0, 256) => Cipher::Aes256,
            _ => return None,
        };
        Some(Self {
            cipher,
            salt: header.salt,
            verifier: header.verifier,
            verifier_hash: *header.verifier_hash.first_chunk()?,
        })
    }

    /// The key, if that is the password.
    pub(super) fn unlock(&self, password: &[u8]) -> Option<Vec<u8>> {
        let value = Hash::Sha1.rounds(&self.salt, password, ROUNDS);
        let last = Hash::Sha1.of(&[value.bytes(), &0_u32.to_le_bytes()]);
        let mut key = Vec::with_capacity(40);
        for filler in [0x36_u8, 0x5C] {
            let mut block = [filler; 64];
            for (to, from) in block.iter_mut().zip(last.bytes()) {
                *to ^= from;
            }
            key.extend_from_slice(Hash::Sha1.of(&[&block]).bytes());
        }
        key.truncate(self.cipher.key());
        let (mut verifier, mut hash) = (self.verifier, self.verifier_hash);
        self.decrypt(&key, &mut verifier)?;
        self.decrypt(&key, &mut hash)?;
        let right = Hash::Sha1.of(&[&verifier]);
        hash.starts_with(right.bytes()).then_some(key)
    }

    pub(super) fn decrypt(&self, key: &[u8], data: &mut [u8]) -> Option<()> {
        self.cipher.decrypt(Chaining::Ecb, key, &[], data)
    }
}
