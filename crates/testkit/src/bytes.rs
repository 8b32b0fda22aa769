//! Little-endian fields, appended or overwritten.

/// Appends fields.
pub(crate) trait Put {
    fn put(&mut self, bytes: &[u8]);
    fn put16(&mut self, value: u16) {
        self.put(&value.to_le_bytes());
    }
    fn put32(&mut self, value: u32) {
        self.put(&value.to_le_bytes());
    }
    fn put64(&mut self, value: u64) {
        self.put(&value.to_le_bytes());
    }
    fn zeros(&mut self, count: usize);
}

impl Put for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
    fn zeros(&mut self, count: usize) {
        self.resize(self.len() + count, 0);
    }
}

/// Overwrites bytes at `at`.
pub(crate) fn patch(bytes: &mut [u8], at: usize, field: &[u8]) {
    bytes[at..at + field.len()].copy_from_slice(field);
}

/// A length that fits its field.
pub(crate) fn len32(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).expect("fixtures are small")
}

/// A length that fits its field.
pub(crate) fn len16(bytes: &[u8]) -> u16 {
    u16::try_from(bytes.len()).expect("fixtures are small")
}

/// UTF-16, little-endian, without a terminator.
pub(crate) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// RFC 4648, section 4.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            let digit = DIGITS[(bits >> (18 - index * 6)) as usize & 63];
            text.push(if index <= group.len() {
                digit.into()
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_pads_as_rfc_4648_shows() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(super::base64(plain.as_bytes()), encoded);
        }
    }
}
