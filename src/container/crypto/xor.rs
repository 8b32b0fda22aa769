//! XOR obfuscation, [MS-OFFCRYPTO] 2.3.7: a key of sixteen bytes from a password of up to fifteen.

use encoding_rs::{Encoding, SHIFT_JIS, WINDOWS_1252};

/// 2.3.7.2, `InitialCode`: by the length of the password.
const INITIAL: [u16; 15] = [
    0xE1F0, 0x1D0F, 0xCC9C, 0x84C0, 0x110C, 0x0E10, 0xF1CE, 0x313E, 0x1872, 0xE139, 0xD40F, 0x84F9,
    0x280C, 0xA96A, 0x4EC3,
];

/// 2.3.7.2, `XorMatrix`: by the place of a character, seven bits each, the last character last.
const MATRIX: [[u16; 7]; 15] = [
    [0xAEFC, 0x4DD9, 0x9BB2, 0x2745, 0x4E8A, 0x9D14, 0x2A09],
    [0x7B61, 0xF6C2, 0xFDA5, 0xEB6B, 0xC6F7, 0x9DCF, 0x2BBF],
    [0x4563, 0x8AC6, 0x05AD, 0x0B5A, 0x16B4, 0x2D68, 0x5AD0],
    [0x0375, 0x06EA, 0x0DD4, 0x1BA8, 0x3750, 0x6EA0, 0xDD40],
    [0xD849, 0xA0B3, 0x5147, 0xA28E, 0x553D, 0xAA7A, 0x44D5],
    [0x6F45, 0xDE8A, 0xAD35, 0x4A4B, 0x9496, 0x390D, 0x721A],
    [0xEB23, 0xC667, 0x9CEF, 0x29FF, 0x53FE, 0xA7FC, 0x5FD9],
    [0x47D3, 0x8FA6, 0x0F6D, 0x1EDA, 0x3DB4, 0x7B68, 0xF6D0],
    [0xB861, 0x60E3, 0xC1C6, 0x93AD, 0x377B, 0x6EF6, 0xDDEC],
    [0x45A0, 0x8B40, 0x06A1, 0x0D42, 0x1A84, 0x3508, 0x6A10],
    [0xAA51, 0x4483, 0x8906, 0x022D, 0x045A, 0x08B4, 0x1168],
    [0x76B4, 0xED68, 0xCAF1, 0x85C3, 0x1BA7, 0x374E, 0x6E9C],
    [0x3730, 0x6E60, 0xDCC0, 0xA9A1, 0x4363, 0x86C6, 0x1DAD],
    [0x3331, 0x6662, 0xCCC4, 0x89A9, 0x0373, 0x06E6, 0x0DCC],
    [0x1021, 0x2042, 0x4084, 0x8108, 0x1231, 0x2462, 0x48C4],
];

/// 2.3.7.2, `PadArray`: what fills the key behind the password.
const PAD: [u8; 15] = [
    0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00,
];

/// What a password is checked against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lock {
    pub(super) key: u16,
    pub(super) verifier: u16,
}

/// The key, used again and again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key([u8; 16]);

impl Lock {
    /// The key, if that is the password in any of the ways to make bytes of it (2.3.7.4).
    pub(super) fn unlock(self, password: &str) -> Option<Key> {
        let low = password
            .encode_utf16()
            .map(|unit| match unit.to_le_bytes() {
                [0, high] => high,
                [low, _] => low,
            });
        let in_page = |page: &'static Encoding| page.encode(password).0.into_owned();
        let ways = [low.collect(), in_page(SHIFT_JIS), in_page(WINDOWS_1252)];
        ways.iter().find_map(|bytes: &Vec<u8>| {
            let bytes = bytes.get(..PAD.len()).unwrap_or(bytes);
            let fits = key(bytes)? == self.key && verifier(bytes) == self.verifier;
            fits.then(|| Key::new(bytes, self.key))
        })
    }
}

impl Key {
    fn new(password: &[u8], key: u16) -> Self {
        let mut array = [0_u8; 16];
        let filled = password.iter().chain(&PAD);
        let keys = key.to_le_bytes();
        for ((to, from), half) in array.iter_mut().zip(filled).zip(keys.iter().cycle()) {
            *to = (from ^ half).rotate_right(1);
        }
        Self(array)
    }

    /// Method 1 (2.3.7.3), that of workbooks: `at` is the place in the key of the first byte.
    pub(super) fn rotate(&self, at: usize, data: &mut [u8]) {
        let keys = self.0.iter().cycle().skip(at & 15);
        for (byte, key) in data.iter_mut().zip(keys) {
            *byte = (*byte ^ key).rotate_right(5);
        }
    }

    /// Method 2 (2.3.7.6), that of documents: no byte becomes zero, and zeros stay.
    pub(super) fn mask(&self, data: &mut [u8]) {
        for (byte, key) in data.iter_mut().zip(self.0.iter().cycle()) {
            if *byte != 0 && *byte != *key {
                *byte ^= key;
            }
        }
    }
}

/// 2.3.7.2, `CreateXorKey_Method1`.
fn key(password: &[u8]) -> Option<u16> {
    let mut key = *INITIAL.get(password.len().checked_sub(1)?)?;
    let rows = MATRIX.iter().rev().zip(password.iter().rev());
    for (row, byte) in rows {
        for (bit, mask) in row.iter().enumerate() {
            if (byte >> bit) & 1 == 1 {
                key ^= mask;
            }
        }
    }
    Some(key)
}

/// 2.3.7.1, `CreatePasswordVerifier_Method1`.
fn verifier(password: &[u8]) -> u16 {
    let length = u8::try_from(password.len()).unwrap_or(u8::MAX);
    let bytes = std::iter::once(&length).chain(password).rev();
    let rotated = bytes.fold(0_u16, |value, byte| {
        let rest = value.wrapping_shl(1) & 0x7FFF;
        (value >> 14 & 1 | rest) ^ u16::from(*byte)
    });
    rotated ^ 0xCE4B
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From a workbook that Excel wrote.
    #[test]
    fn a_password_that_excel_took_is_the_right_one() {
        let lock = Lock {
            key: 0x499A,
            verifier: 0xCC61,
        };
        assert!(lock.unlock("1950").is_some());
        assert!(lock.unlock("4242").is_none());
        assert!(lock.unlock("").is_none());
    }
}
