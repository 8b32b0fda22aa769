//! `EncryptionHeader` and `EncryptionVerifier`, [MS-OFFCRYPTO] 2.3.2 and 2.3.3, which standard and
//! RC4 CryptoAPI encryption share.
//!
//! | at | field |
//! |---|---|
//! | 0x00 | version, major and minor (2.1.4) |
//! | 0x04, 0x08 | flags, size of the header |
//! | 0x0C | the header: flags, `SizeExtra`, `AlgID`, `AlgIDHash`, `KeySize`, … |
//! | behind it | size of the salt, the salt, `EncryptedVerifier`, `VerifierHashSize`, `EncryptedVerifierHash` |

use crate::bytes::{array, le32, slice};

/// Where the header begins.
const HEADER: usize = 12;

/// What either scheme needs of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header<'a> {
    pub(super) algorithm: u32,
    pub(super) key_bits: u32,
    pub(super) salt: [u8; 16],
    pub(super) verifier: [u8; 16],
    /// 20 bytes for a stream cipher, 32 for a block cipher.
    pub(super) verifier_hash: &'a [u8],
}

impl<'a> Header<'a> {
    pub(super) fn parse(info: &'a [u8]) -> Option<Self> {
        let size = usize::try_from(le32(info, 8)?).ok()?;
        let verifier = HEADER.checked_add(size)?;
        let field = |at: usize| verifier.checked_add(at);
        let hash = info.get(field(40)?..)?;
        Some(Self {
            algorithm: le32(info, HEADER.checked_add(8)?)?,
            key_bits: le32(info, HEADER.checked_add(16)?)?,
            salt: array(info, field(4)?)?,
            verifier: array(info, field(20)?)?,
            verifier_hash: slice(hash, 0, hash.len().min(32))?,
        })
    }
}
