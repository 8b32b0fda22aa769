//! Encryption of Office documents, [MS-OFFCRYPTO] revision 14: bytes and a password in, plain
//! bytes out.
//!
//! | scheme | read by |
//! |---|---|
//! | agile encryption of packages (2.3.4.10) | `agile` |
//! | standard encryption of packages (2.3.4.5) | `standard` |
//! | extensible encryption (2.3.4.16) | recognised |
//! | RC4 CryptoAPI of binary documents (2.3.5) | `rc4` |
//! | RC4 of 40 bits of binary documents (2.3.6) | `rc4` |
//! | XOR obfuscation of binary documents (2.3.7) | `xor` |
//!
//! A [`Package`](crate::crypto::Package) or a [`Lock`](crate::crypto::Lock) says what trying a
//! password costs, so that whoever tries can pay for it first: a file asks for as many rounds of a
//! hash as it likes. A password is checked against the verifier, and nothing is decrypted with a
//! wrong one. Which bytes of which streams a document encrypts is not known here.

mod agile;
mod cipher;
mod hash;
mod header;
mod package;
mod rc4;
mod standard;
mod stream;
mod xor;

pub use package::{Package, PackageKey};
pub use stream::{Lock, Moved, StreamKey};

/// A password as the schemes hash it: UTF-16, of at most 255 units.
fn utf16(password: &str) -> Vec<u8> {
    const LONGEST: usize = 255;
    let units = password.encode_utf16().take(LONGEST);
    units.flat_map(u16::to_le_bytes).collect()
}
