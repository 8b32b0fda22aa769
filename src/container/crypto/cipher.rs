//! The block ciphers that packages are encrypted with, by their names in a descriptor,
//! [MS-OFFCRYPTO] 2.3.4.10. They are still those of a key derived from a password: a cipher that
//! nobody should use is one that Office opens.

use aes::cipher::{
    Block, BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, InnerIvInit, KeyInit,
};
use aes::{Aes128, Aes192, Aes256};
use des::{Des, TdesEde2, TdesEde3};
use rc2::Rc2;

/// A block cipher with the length of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    Des,
    Des2,
    Des3,
    /// With so many bytes of key.
    Rc2(u8),
}

/// How blocks hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chaining {
    /// Not at all.
    Ecb,
    Cbc,
    /// Cipher feedback, eight bits at a time.
    Cfb,
}

impl Chaining {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ecb => "ECB",
            Self::Cbc => "CBC",
            Self::Cfb => "CFB",
        }
    }
}

impl Cipher {
    pub(super) fn named(name: &str, key_bits: u32) -> Option<Self> {
        Some(match (name, key_bits) {
            ("AES", 128) => Self::Aes128,
            ("AES", 192) => Self::Aes192,
            ("AES", 256) => Self::Aes256,
            ("DES", 56 | 64) => Self::Des,
            ("3DES_112" | "DESede" | "3DES", 112 | 128) => Self::Des2,
            ("3DES" | "DESede", 168 | 192) => Self::Des3,
            ("RC2", 40..=128) => Self::Rc2(u8::try_from(key_bits >> 3).ok()?),
            _ => return None,
        })
    }

    /// For a person.
    pub(super) fn name(self) -> String {
        match self {
            Self::Aes128 => "AES-128".to_owned(),
            Self::Aes192 => "AES-192".to_owned(),
            Self::Aes256 => "AES-256".to_owned(),
            Self::Des => "DES".to_owned(),
            Self::Des2 => "3DES-112".to_owned(),
            Self::Des3 => "3DES".to_owned(),
            Self::Rc2(bytes) => format!("RC2-{}", u32::from(bytes).saturating_mul(8)),
        }
    }

    /// The size of a block in bytes.
    pub(super) const fn block(self) -> usize {
        match self {
            Self::Aes128 | Self::Aes192 | Self::Aes256 => 16,
            Self::Des | Self::Des2 | Self::Des3 | Self::Rc2(_) => 8,
        }
    }

    /// The length of a key in bytes.
    pub(super) fn key(self) -> usize {
        match self {
            Self::Des => 8,
            Self::Aes128 | Self::Des2 => 16,
            Self::Aes192 | Self::Des3 => 24,
            Self::Aes256 => 32,
            Self::Rc2(bytes) => usize::from(bytes),
        }
    }

    /// The steps that so many bytes are worth. Processors have instructions for AES alone, and
    /// feedback takes a block for each byte.
    pub(super) const fn steps(self, chaining: Chaining, bytes: usize) -> u64 {
        let (slow, feedback) = match self {
            Self::Aes128 | Self::Aes192 | Self::Aes256 => (1, 80),
            Self::Des | Self::Rc2(_) => (96, 8),
            Self::Des2 | Self::Des3 => (256, 8),
        };
        let feedback = match chaining {
            Chaining::Cfb => feedback,
            _ => 1,
        };
        let pieces = (bytes as u64 >> 6).saturating_add(1);
        pieces.saturating_mul(slow).saturating_mul(feedback)
    }

    /// Decrypts whole blocks in place; what is left behind the last is left as it is. `None` if
    /// the key or the first value does not fit.
    pub(super) fn decrypt(
        self,
        chaining: Chaining,
        key: &[u8],
        iv: &[u8],
        data: &mut [u8],
    ) -> Option<()> {
        match self {
            Self::Aes128 => run(Aes128::new_from_slice(key).ok()?, chaining, iv, data),
            Self::Aes192 => run(Aes192::new_from_slice(key).ok()?, chaining, iv, data),
            Self::Aes256 => run(Aes256::new_from_slice(key).ok()?, chaining, iv, data),
            Self::Des => run(Des::new_from_slice(key).ok()?, chaining, iv, data),
            Self::Des2 => run(TdesEde2::new_from_slice(key).ok()?, chaining, iv, data),
            Self::Des3 => run(TdesEde3::new_from_slice(key).ok()?, chaining, iv, data),
            Self::Rc2(bytes) => {
                // The crate expects between 1 and 128 bytes.
                let length = usize::from(bytes);
                let key = key
                    .get(..length)
                    .filter(|key| matches!(key.len(), 5..=16))?;
                let cipher = Rc2::new_with_eff_key_len(key, length.saturating_mul(8));
                run(cipher, chaining, iv, data)
            }
        }
    }
}

fn run<C: BlockCipherDecrypt + BlockCipherEncrypt>(
    cipher: C,
    chaining: Chaining,
    iv: &[u8],
    data: &mut [u8],
) -> Option<()> {
    match chaining {
        Chaining::Ecb => {
            let (blocks, _) = Block::<C>::slice_as_chunks_mut(data);
            cipher.decrypt_blocks(blocks);
        }
        Chaining::Cbc => {
            let (blocks, _) = Block::<C>::slice_as_chunks_mut(data);
            cbc::Decryptor::inner_iv_slice_init(cipher, iv)
                .ok()?
                .decrypt_blocks(blocks);
        }
        Chaining::Cfb => cfb8::Decryptor::inner_iv_slice_init(cipher, iv)
            .ok()?
            .decrypt(data),
    }
    Some(())
}
