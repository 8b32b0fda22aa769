//! The hash functions that keys are derived with.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The longest value of any of them.
const LONGEST: usize = 64;

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// A value of a hash function.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Value {
    fn new(value: &[u8]) -> Self {
        let mut bytes = [0; LONGEST];
        let length = value.len().min(LONGEST);
        for (to, from) in bytes.iter_mut().zip(value) {
            *to = *from;
        }
        Self { bytes, length }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Hash {
    /// By its name in a descriptor, [MS-OFFCRYPTO] 2.3.4.10.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "MD5" => Self::Md5,
            "SHA1" | "SHA-1" => Self::Sha1,
            "SHA256" | "SHA-256" => Self::Sha256,
            "SHA384" | "SHA-384" => Self::Sha384,
            "SHA512" | "SHA-512" => Self::Sha512,
            _ => return None,
        })
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha384 => "SHA384",
            Self::Sha512 => "SHA512",
        }
    }

    /// The value for bytes in pieces.
    pub(super) fn of(self, pieces: &[&[u8]]) -> Value {
        match self {
            Self::Md5 => of::<Md5>(pieces),
            Self::Sha1 => of::<Sha1>(pieces),
            Self::Sha256 => of::<Sha256>(pieces),
            Self::Sha384 => of::<Sha384>(pieces),
            Self::Sha512 => of::<Sha512>(pieces),
        }
    }

    /// The value after so many rounds, each over its number and the value before it.
    pub(super) fn rounds(self, salt: &[u8], password: &[u8], rounds: u32) -> Value {
        match self {
            Self::Md5 => iterate::<Md5>(salt, password, rounds),
            Self::Sha1 => iterate::<Sha1>(salt, password, rounds),
            Self::Sha256 => iterate::<Sha256>(salt, password, rounds),
            Self::Sha384 => iterate::<Sha384>(salt, password, rounds),
            Self::Sha512 => iterate::<Sha512>(salt, password, rounds),
        }
    }

    /// The steps that one round is worth: a step is some 50 ns, a round of SHA1 200, of SHA512 600.
    pub(super) const fn steps(self) -> u64 {
        match self {
            Self::Md5 | Self::Sha1 => 6,
            Self::Sha256 => 8,
            Self::Sha384 | Self::Sha512 => 12,
        }
    }
}

fn of<D: Digest>(pieces: &[&[u8]]) -> Value {
    let mut state = D::new();
    for piece in pieces {
        state.update(piece);
    }
    Value::new(&state.finalize())
}

fn iterate<D: Digest>(salt: &[u8], password: &[u8], rounds: u32) -> Value {
    let mut value = D::new()
        .chain_update(salt)
        .chain_update(password)
        .finalize();
    for round in 0..rounds {
        value = D::new()
            .chain_update(round.to_le_bytes())
            .chain_update(&value)
            .finalize();
    }
    Value::new(&value)
}
