//! Text to the code pages of Windows and the Macintosh.

use encoding_rs::{Encoding, *};

/// Text in a code page. What the page lacks becomes `?`, as Windows does.
///
/// # Panics
/// If the code page is none that a VBA project is written in here.
#[must_use]
pub fn encode(text: &str, code_page: u16) -> Vec<u8> {
    let encoding = encoding(code_page);
    let mut bytes = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for character in text.chars() {
        let (encoded, _, unmappable) = encoding.encode(character.encode_utf8(&mut buffer));
        if unmappable {
            bytes.push(b'?');
        } else {
            bytes.extend_from_slice(&encoded);
        }
    }
    bytes
}

fn encoding(code_page: u16) -> &'static Encoding {
    match code_page {
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        65001 => UTF_8,
        other => panic!("no code page {other} in the kit"),
    }
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn encodes_each_script_in_its_page() {
        assert_eq!(encode("表", 932), [0x95, 0x5C]);
        assert_eq!(encode("请", 936), [0xC7, 0xEB]);
        assert_eq!(encode("한", 949), [0xC7, 0xD1]);
        assert_eq!(encode("Я", 1251), [0xDF]);
        assert_eq!(encode("aЯ", 1252), b"a?");
    }
}
