//! Bytes as text, if that is what they are.

use memchr::memmem;

use crate::bytes::text::utf16le;

/// The text that the bytes are in UTF-16 or UTF-8, if nine characters of ten can be shown; of a
/// short one, which may be chance, nineteen of twenty.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let text = match utf16(bytes) {
        Some(text) => text,
        None => String::from_utf8_lossy(bytes).into_owned(),
    };
    let (mut all, mut shown) = (0_usize, 0_usize);
    for character in text.chars() {
        all += 1;
        shown += usize::from(is_shown(character));
    }
    let strange = if all < 64 { all / 20 } else { all / 10 };
    (all > 0 && shown >= all - strange).then_some(text)
}

fn is_shown(character: char) -> bool {
    match character {
        '\t' | '\r' | '\n' => true,
        char::REPLACEMENT_CHARACTER => false,
        _ => !character.is_control(),
    }
}

/// The text in UTF-16, little-endian, if nearly all of it is below U+0100.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let all = pairs.len();
    let units = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
    let narrow = units.filter(|unit| (1..0x100).contains(unit));
    if all == 0 || narrow.count() < all - all / 10 {
        return None;
    }
    Some(utf16le(pairs.as_flattened()))
}

/// The search for keys of one byte that make bytes a text (XOR), with what it may yet cost.
pub(super) struct Keys {
    /// How many bytes may be tried.
    left: usize,
}

impl Default for Keys {
    fn default() -> Self {
        Self { left: 4096 }
    }
}

/// What such a text has to name: with so many keys, some make letters of any bytes, and words of
/// two letters too.
const SURE: [&[u8]; 5] = [b"http", b"powershell", b"cmd", b"wscript", b".exe"];

impl Keys {
    /// The text that a key makes of the bytes, if one does.
    pub(super) fn find(&mut self, bytes: &[u8]) -> Option<String> {
        self.left = self.left.checked_sub(bytes.len())?;
        (1..=u8::MAX).find_map(|key| with_key(bytes, key))
    }
}

fn with_key(bytes: &[u8], key: u8) -> Option<String> {
    let mut strange = bytes.len() / 20;
    let mut plain = Vec::new();
    for byte in bytes {
        let byte = byte ^ key;
        if !matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n') {
            // Most keys end here, soon.
            strange = strange.checked_sub(1)?;
        }
        plain.push(byte);
    }
    let small = plain.to_ascii_lowercase();
    let sure = SURE.iter().any(|word| memmem::find(&small, word).is_some());
    sure.then(|| String::from_utf8_lossy(&plain).into_owned())
}
