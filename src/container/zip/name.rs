//! Member names as text.
//!
//! Bit 11 says UTF-8; without it the name is in "the original encoding", IBM code page 437
//! (APPNOTE 4.4.4, appendix D). What writers really do is to use the code page of their machine,
//! in Japan 932.

use std::borrow::Cow;

use crate::bytes::text;

/// Code page 437 from 0x80 on.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// Decodes a name. Every byte becomes something, so two names that differ stay apart unless they
/// are not what their flag says.
pub(super) fn decode(raw: &[u8], utf8: bool) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(raw) {
        return Cow::Borrowed(text);
    }
    if utf8 {
        return String::from_utf8_lossy(raw);
    }
    let japanese = text::decode(raw, 932);
    if japanese.undefined == 0 {
        return japanese.text;
    }
    let decoded = raw.iter().map(|&byte| {
        let high = byte.checked_sub(0x80).map(usize::from);
        high.map_or(char::from(byte), |at| {
            CP437.chars().nth(at).unwrap_or('\u{FFFD}')
        })
    });
    Cow::Owned(decoded.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_code_pages_that_writers_use() {
        assert_eq!(decode("請求書.docm".as_bytes(), true), "請求書.docm");
        assert_eq!(decode("請求書.docm".as_bytes(), false), "請求書.docm");
        assert_eq!(
            decode(b"\x90\xbf\x8b\x81\x8f\x91.docm", false),
            "請求書.docm"
        );
        assert_eq!(decode(b"caf\x82.doc", false), "café.doc");
        assert_eq!(decode(b"\xff", false), "\u{A0}");
        assert_eq!(decode(b"a\xff", true), "a\u{FFFD}");
        assert_eq!(CP437.chars().count(), 128);
    }
}
