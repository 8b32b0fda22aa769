//! The ciphers of binary documents, [MS-OFFCRYPTO] 2.3.5 to 2.3.7.

use md5::Md5;
use rc4::{KeyInit, Rc4, StreamCipher};
use sha1::{Digest, Sha1};

use super::{SALT, VERIFIER};
use crate::bytes::{Put, len32, utf16};

/// How a binary document is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Binary {
    /// RC4 of 40 bits, 2.3.6.
    #[default]
    Rc4,
    /// RC4 by CryptoAPI, with keys of so many bits, 2.3.5.
    CryptoApi(u32),
    /// XOR obfuscation, 2.3.7.
    Xor,
}

/// A stream or storage that CryptoAPI moves into the encrypted summary stream, 2.3.5.4.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Whether it is a stream; a storage is given as a compound file.
    pub is_stream: bool,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// The key of a document.
pub(super) enum Key {
    Rc4(Vec<u8>),
    CryptoApi(Vec<u8>, usize),
    Xor([u8; 16]),
}

impl Binary {
    pub(super) fn key(self, password: &str) -> Key {
        match self {
            Self::Rc4 => {
                let short = Md5::digest(utf16(password))[..5].to_vec();
                let long = [&short[..], &SALT].concat().repeat(16);
                Key::Rc4(Md5::digest(long)[..5].to_vec())
            }
            Self::CryptoApi(bits) => {
                let value = Sha1::digest([&SALT[..], &utf16(password)].concat());
                Key::CryptoApi(value.to_vec(), bits as usize / 8)
            }
            Self::Xor => Key::Xor(array(password.as_bytes())),
        }
    }

    /// What describes the encryption, from the version on.
    pub(super) fn description(self, password: &str) -> Vec<u8> {
        let mut info = Vec::new();
        let mut sealed = VERIFIER.to_vec();
        match self {
            Self::Rc4 => {
                info.put(&[1, 0, 1, 0]);
                info.put(&SALT);
                sealed.put(&Md5::digest(VERIFIER));
            }
            Self::CryptoApi(bits) => {
                let mut header = Vec::new();
                for field in [4, 0, 0x6801, 0x8004, bits, 1, 0, 0] {
                    header.put32(field);
                }
                header.put(&utf16("Microsoft Enhanced Cryptographic Provider v1.0\0"));
                info.put(&[4, 0, 2, 0, 4, 0, 0, 0]);
                info.put32(len32(&header));
                info.put(&header);
                info.put32(16);
                info.put(&SALT);
                sealed.put(&Sha1::digest(VERIFIER));
            }
            Self::Xor => {
                info.put16(xor_key(password.as_bytes()));
                info.put16(xor_verifier(password.as_bytes()));
                return info;
            }
        }
        self.key(password).block(0, &mut sealed);
        let (verifier, hash) = sealed.split_at(16);
        info.put(verifier);
        if self != Self::Rc4 {
            info.put32(20);
        }
        info.put(hash);
        info
    }

    /// The encrypted summary stream with those parts in it.
    #[must_use]
    pub fn summary(self, password: &str, parts: &[Part]) -> Vec<u8> {
        let key = self.key(password);
        let mut stream = vec![0; 8];
        let mut list = Vec::new();
        list.put32(parts.len() as u32);
        for (number, part) in (1_u16..).zip(parts) {
            list.put32(len32(&stream));
            list.put32(len32(&part.data));
            list.put16(number);
            list.put(&[
                part.name.encode_utf16().count() as u8,
                part.is_stream.into(),
            ]);
            list.put32(0);
            list.put(&utf16(&part.name));
            list.put16(0);
            let mut data = part.data.clone();
            key.block(number.into(), &mut data);
            stream.put(&data);
        }
        key.block(0, &mut list);
        let at = len32(&stream);
        crate::bytes::patch(&mut stream, 0, &at.to_le_bytes());
        crate::bytes::patch(&mut stream, 4, &len32(&list).to_le_bytes());
        stream.put(&list);
        stream
    }
}

impl Key {
    /// Encrypts with the key of one block; XOR has none.
    pub(super) fn block(&self, number: u32, data: &mut [u8]) {
        let number = number.to_le_bytes();
        let key = match self {
            Self::Rc4(key) => Md5::digest([&key[..], &number].concat()).to_vec(),
            Self::CryptoApi(value, size) => {
                let mut key = Sha1::digest([&value[..], &number].concat())[..*size].to_vec();
                if *size == 5 {
                    key.resize(16, 0);
                }
                key
            }
            Self::Xor(array) => {
                for (byte, key) in data.iter_mut().zip(array.iter().cycle()) {
                    if *byte != 0 && *byte != *key {
                        *byte ^= key;
                    }
                }
                return;
            }
        };
        let mut cipher = Rc4::new_from_slice(&key).expect("RC4 takes keys of any length");
        cipher.apply_keystream(data);
    }

    pub(super) fn blocks(&self, size: usize, data: &mut [u8]) {
        if let Self::Xor(_) = self {
            return self.block(0, data);
        }
        for (number, block) in (0..).zip(data.chunks_mut(size)) {
            self.block(number, block);
        }
    }
}

/// 2.3.7.2. The seven columns of a row of the matrix are a register over x^16 + x^12 + x^5 + 1.
pub(super) fn xor_key(password: &[u8]) -> u16 {
    const INITIAL: [u16; 15] = [
        0xE1F0, 0x1D0F, 0xCC9C, 0x84C0, 0x110C, 0x0E10, 0xF1CE, 0x313E, 0x1872, 0xE139, 0xD40F,
        0x84F9, 0x280C, 0xA96A, 0x4EC3,
    ];
    const ROWS: [u16; 15] = [
        0xAEFC, 0x7B61, 0x4563, 0x0375, 0xD849, 0x6F45, 0xEB23, 0x47D3, 0xB861, 0x45A0, 0xAA51,
        0x76B4, 0x3730, 0x3331, 0x1021,
    ];
    let mut key = INITIAL[password.len() - 1];
    for (byte, row) in password.iter().zip(&ROWS[15 - password.len()..]) {
        let mut column = *row;
        for bit in 0..7 {
            if byte >> bit & 1 == 1 {
                key ^= column;
            }
            column = column << 1 ^ if column >> 15 == 1 { 0x1021 } else { 0 };
        }
    }
    key
}

/// 2.3.7.1
pub(super) fn xor_verifier(password: &[u8]) -> u16 {
    let mut value = 0_u16;
    let length = [password.len() as u8];
    for byte in length.iter().chain(password).rev() {
        value = (value >> 14 & 1 | value << 1 & 0x7FFF) ^ u16::from(*byte);
    }
    value ^ 0xCE4B
}

/// 2.3.7.2
fn array(password: &[u8]) -> [u8; 16] {
    const PAD: [u8; 15] = [
        0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0, 0xBE, 0x0F, 0, 0xBF, 0x0F, 0,
    ];
    let key = xor_key(password).to_le_bytes();
    let filled: Vec<u8> = password.iter().chain(&PAD).copied().collect();
    std::array::from_fn(|at| (filled[at] ^ key[at & 1]).rotate_right(1))
}
