//! Encrypted packages, [MS-OFFCRYPTO] 2.3.4.

use aes::cipher::{Block, BlockCipherEncrypt, BlockModeEncrypt, InnerIvInit, KeyInit};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{SALT, VERIFIER};
use crate::bytes::{Put, base64, utf16};
use crate::cfb;

/// A hash function of agile encryption.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hash {
    /// `MD5`
    Md5,
    /// `SHA1`
    Sha1,
    /// `SHA256`
    Sha256,
    /// `SHA384`
    Sha384,
    /// `SHA512`
    #[default]
    Sha512,
}

impl Hash {
    fn of(self, pieces: &[&[u8]]) -> Vec<u8> {
        let all = pieces.concat();
        match self {
            Self::Md5 => Md5::digest(all).to_vec(),
            Self::Sha1 => Sha1::digest(all).to_vec(),
            Self::Sha256 => Sha256::digest(all).to_vec(),
            Self::Sha384 => Sha384::digest(all).to_vec(),
            Self::Sha512 => Sha512::digest(all).to_vec(),
        }
    }

    fn rounds(self, password: &str, rounds: u32) -> Vec<u8> {
        let mut value = self.of(&[&SALT, &utf16(password)]);
        for round in 0..rounds {
            value = self.of(&[&round.to_le_bytes(), &value]);
        }
        value
    }
}

/// How blocks hang together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chaining {
    /// `ChainingModeCBC`
    #[default]
    Cbc,
    /// `ChainingModeCFB`, eight bits at a time.
    Cfb,
}

/// The choices that agile encryption leaves.
#[derive(Clone, Debug)]
pub struct Agile {
    /// `AES`, `DES` or `3DES`.
    pub cipher: &'static str,
    /// The length of keys.
    pub key_bits: usize,
    /// The mode.
    pub chaining: Chaining,
    /// The hash function.
    pub hash: Hash,
    /// How often it is applied.
    pub rounds: u32,
    /// How often the descriptor says that it is applied, if it lies.
    pub declared_rounds: Option<u32>,
    /// The size that the package says it has, if it lies.
    pub declared_size: Option<u64>,
    /// Whether there is a certificate in the place of the password.
    pub certificate: bool,
}

impl Default for Agile {
    fn default() -> Self {
        Self {
            cipher: "AES",
            key_bits: 256,
            chaining: Chaining::Cbc,
            hash: Hash::Sha512,
            rounds: 1000,
            declared_rounds: None,
            declared_size: None,
            certificate: false,
        }
    }
}

/// A package under agile encryption, 2.3.4.10.
#[must_use]
pub fn agile(plain: &[u8], password: &str, choice: &Agile) -> cfb::Builder {
    const SCHEMA: &str = "http://schemas.microsoft.com/office/2006";
    let secret: Vec<u8> = (1..=choice.key_bits / 8).map(|byte| byte as u8).collect();
    let value = choice.hash.rounds(password, choice.rounds);
    let sealed = |purpose: [u8; 8], data: &[u8]| {
        let key = fit(choice.hash.of(&[&value, &purpose]), choice.key_bits / 8);
        base64(&choice.encrypt(&key, &SALT, data))
    };
    let verifier = sealed([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], &VERIFIER);
    let hash = sealed(
        [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E],
        &choice.hash.of(&[&VERIFIER]),
    );
    let key = sealed([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], &secret);

    let cipher = format!(
        "saltSize=\"16\" blockSize=\"{}\" keyBits=\"{}\" hashSize=\"{}\" cipherAlgorithm=\"{}\" \
         cipherChaining=\"ChainingMode{}\" hashAlgorithm=\"{}\" saltValue=\"{}\"",
        choice.block(),
        choice.key_bits,
        choice.hash.of(&[]).len(),
        choice.cipher,
        format!("{:?}", choice.chaining).to_uppercase(),
        format!("{:?}", choice.hash).to_uppercase(),
        base64(&SALT),
    );
    let encryptor = if choice.certificate {
        format!(
            "<keyEncryptor uri=\"{SCHEMA}/keyEncryptor/certificate\"><c:encryptedKey \
             encryptedKeyValue=\"{key}\" X509Certificate=\"{key}\" certVerifier=\"{key}\"/>\
             </keyEncryptor>"
        )
    } else {
        format!(
            "<keyEncryptor uri=\"{SCHEMA}/keyEncryptor/password\"><p:encryptedKey \
             spinCount=\"{}\" {cipher} encryptedVerifierHashInput=\"{verifier}\" \
             encryptedVerifierHashValue=\"{hash}\" encryptedKeyValue=\"{key}\"/></keyEncryptor>",
            choice.declared_rounds.unwrap_or(choice.rounds)
        )
    };
    let integrity = base64(&[0x11; 64]);
    let mut info = vec![4, 0, 4, 0, 0x40, 0, 0, 0];
    info.put(
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n\
             <encryption xmlns=\"{SCHEMA}/encryption\" \
             xmlns:p=\"{SCHEMA}/keyEncryptor/password\" \
             xmlns:c=\"{SCHEMA}/keyEncryptor/certificate\"><keyData {cipher}/>\
             <dataIntegrity encryptedHmacKey=\"{integrity}\" encryptedHmacValue=\"{integrity}\"/>\
             <keyEncryptors>{encryptor}</keyEncryptors></encryption>"
        )
        .as_bytes(),
    );

    let mut package = Vec::new();
    package.put64(choice.declared_size.unwrap_or(plain.len() as u64));
    for (number, segment) in (0_u32..).zip(plain.chunks(4096)) {
        let iv = choice.hash.of(&[&SALT, &number.to_le_bytes()]);
        package.put(&choice.encrypt(&secret, &iv, segment));
    }
    shell(info, package)
}

impl Agile {
    fn block(&self) -> usize {
        if self.cipher == "AES" { 16 } else { 8 }
    }

    fn encrypt(&self, key: &[u8], iv: &[u8], data: &[u8]) -> Vec<u8> {
        let iv = fit(iv.to_vec(), self.block());
        let mut data = data.to_vec();
        data.resize(data.len().next_multiple_of(self.block()), 0);
        let fits = "the key has the length of the cipher";
        match (self.cipher, self.key_bits) {
            ("AES", 128) => self.run(
                aes::Aes128::new_from_slice(key).expect(fits),
                &iv,
                &mut data,
            ),
            ("AES", 192) => self.run(
                aes::Aes192::new_from_slice(key).expect(fits),
                &iv,
                &mut data,
            ),
            ("AES", 256) => self.run(
                aes::Aes256::new_from_slice(key).expect(fits),
                &iv,
                &mut data,
            ),
            ("3DES", _) => self.run(
                des::TdesEde3::new_from_slice(key).expect(fits),
                &iv,
                &mut data,
            ),
            (cipher, bits) => panic!("{cipher} of {bits} bits is not written here"),
        }
        data
    }

    fn run<C: BlockCipherEncrypt>(&self, cipher: C, iv: &[u8], data: &mut [u8]) {
        let fits = "a block is as long as one";
        match self.chaining {
            Chaining::Cbc => {
                let (blocks, _) = Block::<C>::slice_as_chunks_mut(data);
                cbc::Encryptor::inner_iv_slice_init(cipher, iv)
                    .expect(fits)
                    .encrypt_blocks(blocks);
            }
            Chaining::Cfb => cfb8::Encryptor::inner_iv_slice_init(cipher, iv)
                .expect(fits)
                .encrypt(data),
        }
    }
}

/// A package under standard encryption, 2.3.4.5, with AES of that many bits.
#[must_use]
pub fn standard(plain: &[u8], password: &str, key_bits: u32) -> cfb::Builder {
    let value = Hash::Sha1.rounds(password, 50_000);
    let last = Hash::Sha1.of(&[&value, &[0; 4]]);
    let half = |filler: u8| {
        let mut block = [filler; 64];
        block
            .iter_mut()
            .zip(&last)
            .for_each(|(to, from)| *to ^= from);
        Hash::Sha1.of(&[&block])
    };
    let key = [half(0x36), half(0x5C)].concat();
    let key = &key[..key_bits as usize / 8];
    let fits = "the key has the length of the cipher";
    let encrypt = |data: &[u8]| {
        let mut data = data.to_vec();
        data.resize(data.len().next_multiple_of(16), 0);
        let (blocks, _) = Block::<aes::Aes128>::slice_as_chunks_mut(&mut data);
        match key_bits {
            128 => aes::Aes128::new_from_slice(key)
                .expect(fits)
                .encrypt_blocks(blocks),
            192 => aes::Aes192::new_from_slice(key)
                .expect(fits)
                .encrypt_blocks(blocks),
            256 => aes::Aes256::new_from_slice(key)
                .expect(fits)
                .encrypt_blocks(blocks),
            _ => panic!("AES has no keys of {key_bits} bits"),
        }
        data
    };
    let algorithm = match key_bits {
        128 => 0x660E,
        192 => 0x660F,
        _ => 0x6610,
    };
    let mut header = Vec::new();
    for field in [0x24, 0, algorithm, 0x8004, key_bits, 0x18, 0, 0] {
        header.put32(field);
    }
    header.put(&utf16(
        "Microsoft Enhanced RSA and AES Cryptographic Provider\0",
    ));
    let mut info = vec![4, 0, 2, 0, 0x24, 0, 0, 0];
    info.put32(header.len() as u32);
    info.put(&header);
    info.put32(16);
    info.put(&SALT);
    info.put(&encrypt(&VERIFIER));
    info.put32(20);
    info.put(&encrypt(&Hash::Sha1.of(&[&VERIFIER])));
    let mut package = Vec::new();
    package.put64(plain.len() as u64);
    package.put(&encrypt(plain));
    shell(info, package)
}

/// A package under rights management, which no password opens.
#[must_use]
pub fn managed() -> cfb::Builder {
    let mut file = cfb::Builder::new();
    let mut package = Vec::new();
    package.put64(5000);
    package.put(&b"inert".repeat(1003)[..5008]);
    file.stream("EncryptedPackage", package);
    let spaces = "\u{6}DataSpaces";
    file.stream(
        &format!("{spaces}/Version"),
        utf16("Microsoft.Container.DataSpaces"),
    )
    .stream(
        &format!("{spaces}/TransformInfo/DRMEncryptedTransform/\u{6}Primary"),
        utf16("{C73DFACD-061F-43B0-8B64-0C620D2A8B50}"),
    );
    file
}

fn shell(info: Vec<u8>, package: Vec<u8>) -> cfb::Builder {
    let mut file = cfb::Builder::new();
    let spaces = "\u{6}DataSpaces";
    file.stream("EncryptionInfo", info)
        .stream("EncryptedPackage", package)
        .stream(
            &format!("{spaces}/Version"),
            utf16("Microsoft.Container.DataSpaces"),
        )
        .stream(
            &format!("{spaces}/DataSpaceMap"),
            vec![8, 0, 0, 0, 1, 0, 0, 0],
        );
    file
}

fn fit(mut value: Vec<u8>, length: usize) -> Vec<u8> {
    value.resize(length, 0x36);
    value
}
