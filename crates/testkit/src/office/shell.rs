//! The outside of an encrypted package, [MS-OFFCRYPTO] 2.3.4; inside is junk.

use super::parts::xml;
use crate::bytes::{Put, base64, utf16};
use crate::cfb;

/// The version words of `EncryptionInfo`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encryption {
    /// 4.4, an XML descriptor.
    #[default]
    Agile,
    /// 3.2, a binary header.
    Standard,
    /// 3.3, somebody else's.
    Extensible,
}

/// A package behind an unknown password.
#[must_use]
pub fn encrypted_package(encryption: Encryption) -> cfb::Builder {
    let mut info = Vec::new();
    match encryption {
        Encryption::Agile => {
            info.put(&[4, 0, 4, 0, 0x40, 0, 0, 0]);
            info.put(&descriptor());
        }
        Encryption::Standard => {
            info.put(&[3, 0, 2, 0, 0x24, 0, 0, 0]);
            let provider = utf16("Microsoft Enhanced RSA and AES Cryptographic Provider\0");
            let mut header = Vec::new();
            for field in [0x24_u32, 0, 0x660E, 0x8004, 128, 0x18, 0, 0] {
                header.put32(field);
            }
            header.put(&provider);
            info.put32(header.len() as u32);
            info.put(&header);
            info.put32(16);
            info.put(&[0x11; 16 + 16]);
            info.put32(20);
            info.put(&[0x11; 32]);
        }
        Encryption::Extensible => info.put(&[3, 0, 3, 0, 0x10, 0, 0, 0]),
    }
    let mut package = Vec::new();
    package.put64(5000);
    package.put(&b"inert".repeat(1003)[..5008]);
    let mut file = cfb::Builder::new();
    file.stream("EncryptionInfo", info)
        .stream("EncryptedPackage", package);
    let spaces = "\u{6}DataSpaces";
    file.stream(
        &format!("{spaces}/Version"),
        utf16("Microsoft.Container.DataSpaces"),
    )
    .stream(
        &format!("{spaces}/DataSpaceMap"),
        vec![8, 0, 0, 0, 1, 0, 0, 0],
    );
    file
}

/// The XML of agile encryption, [MS-OFFCRYPTO] 2.3.4.10: complete, and of no key at all.
fn descriptor() -> Vec<u8> {
    const SCHEMA: &str = "http://schemas.microsoft.com/office/2006";
    let cipher = "saltSize=\"16\" blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" \
                  cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" \
                  hashAlgorithm=\"SHA512\"";
    let [b16, b32, b64] = [16, 32, 64].map(|length| base64(&vec![0x11; length]));
    xml(&format!(
        "<encryption xmlns=\"{SCHEMA}/encryption\" xmlns:p=\"{SCHEMA}/keyEncryptor/password\">\
         <keyData {cipher} saltValue=\"{b16}\"/>\
         <dataIntegrity encryptedHmacKey=\"{b64}\" encryptedHmacValue=\"{b64}\"/>\
         <keyEncryptors><keyEncryptor uri=\"{SCHEMA}/keyEncryptor/password\">\
         <p:encryptedKey spinCount=\"100000\" {cipher} saltValue=\"{b16}\" \
         encryptedVerifierHashInput=\"{b16}\" encryptedVerifierHashValue=\"{b64}\" \
         encryptedKeyValue=\"{b32}\"/></keyEncryptor></keyEncryptors></encryption>"
    ))
}
