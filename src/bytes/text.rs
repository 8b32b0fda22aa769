//! Code pages, as a VBA project names them ([MS-OVBA] 2.3.4.2.1.4), and UTF-16.
//!
//! The tables are `encoding_rs`'s, which follow the web's standard. Where that standard gives a
//! C1 control for a byte that a Windows code page leaves undefined, the byte counts as undefined
//! here: it becomes U+FFFD, and the caller is told.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding};

/// The encoding of a Windows or Macintosh code page number, if there is a table for it.
#[must_use]
pub fn encoding(code_page: u16) -> Option<&'static Encoding> {
    use encoding_rs as e;
    Some(match code_page {
        874 => e::WINDOWS_874,
        932 | 10001 | 943 => e::SHIFT_JIS,
        936 | 10008 => e::GBK,
        949 | 10003 => e::EUC_KR,
        950 | 10002 => e::BIG5,
        1250 => e::WINDOWS_1250,
        1251 => e::WINDOWS_1251,
        1252 | 20127 => e::WINDOWS_1252,
        1253 => e::WINDOWS_1253,
        1254 => e::WINDOWS_1254,
        1255 => e::WINDOWS_1255,
        1256 => e::WINDOWS_1256,
        1257 => e::WINDOWS_1257,
        1258 => e::WINDOWS_1258,
        10000 => e::MACINTOSH,
        10007 | 10017 => e::X_MAC_CYRILLIC,
        866 => e::IBM866,
        20866 => e::KOI8_R,
        21866 => e::KOI8_U,
        20932 | 51932 => e::EUC_JP,
        54936 => e::GB18030,
        50220..=50222 => e::ISO_2022_JP,
        28592 => e::ISO_8859_2,
        28595 => e::ISO_8859_5,
        65001 => e::UTF_8,
        _ => return None,
    })
}

/// Text, and how many of its bytes the code page does not define.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text; borrowed where it is ASCII.
    pub text: Cow<'a, str>,
    /// How many characters had to become U+FFFD.
    pub undefined: u64,
    /// Whether there is a table for the code page. Without one only ASCII is certain, and every
    /// other byte became U+FFFD.
    pub known: bool,
}

/// Decodes `data` by the table of `code_page`.
#[must_use]
pub fn decode(data: &[u8], code_page: u16) -> Decoded<'_> {
    if data.is_ascii()
        && let Ok(text) = std::str::from_utf8(data)
    {
        return Decoded {
            text: Cow::Borrowed(text),
            undefined: 0,
            known: true,
        };
    }
    let Some(encoding) = encoding(code_page) else {
        let text = data.iter().map(|&b| {
            if b.is_ascii() {
                char::from(b)
            } else {
                '\u{FFFD}'
            }
        });
        let text: String = text.collect();
        let undefined = data.iter().filter(|b| !b.is_ascii()).count() as u64;
        return Decoded {
            text: Cow::Owned(text),
            undefined,
            known: false,
        };
    };
    let text = if encoding.is_single_byte() {
        let (text, _) = encoding.decode_without_bom_handling(data);
        if text.chars().any(is_c1) {
            Cow::Owned(
                text.chars()
                    .map(|c| if is_c1(c) { '\u{FFFD}' } else { c })
                    .collect(),
            )
        } else {
            text
        }
    } else {
        Cow::Owned(multi_byte(data, encoding))
    };
    let undefined = text.chars().filter(|&c| c == '\u{FFFD}').count() as u64;
    Decoded {
        text,
        undefined,
        known: true,
    }
}

/// Goes on one byte after the start of an undefined sequence, so that no byte that is defined
/// disappears together with one that is not.
fn multi_byte(data: &[u8], encoding: &'static Encoding) -> String {
    let mut text = String::new();
    let mut rest = data;
    loop {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        // At most three bytes of UTF-8 a byte; the text that is kept is paid for by the caller.
        text.reserve(room.unwrap_or(rest.len()));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        let DecoderResult::Malformed(bad, after) = result else {
            return text;
        };
        text.push('\u{FFFD}');
        let behind = usize::from(bad).saturating_add(usize::from(after));
        rest = rest
            .get(read.saturating_sub(behind).saturating_add(1)..)
            .unwrap_or_default();
    }
}

const fn is_c1(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}')
}

/// Bytes in which ASCII is ASCII: UTF-16, with a mark or with NUL bytes beside each of the first
/// characters, becomes UTF-8, and anything else stays as it is.
#[must_use]
pub fn narrow(data: &[u8]) -> Cow<'_, [u8]> {
    let encoding = match data {
        [0xFF, 0xFE, ..] | [1..=0x7F, 0, 1..=0x7F, 0, ..] => encoding_rs::UTF_16LE,
        [0xFE, 0xFF, ..] | [0, 1..=0x7F, 0, 1..=0x7F, ..] => encoding_rs::UTF_16BE,
        _ => return Cow::Borrowed(data),
    };
    let (text, _) = encoding.decode_with_bom_removal(data);
    Cow::Owned(text.into_owned().into_bytes())
}

/// Decodes UTF-16, little-endian; a lone surrogate or a stray last byte becomes U+FFFD.
#[must_use]
pub fn utf16le(data: &[u8]) -> String {
    let (pairs, stray) = data.as_chunks::<2>();
    let units = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
    let mut text: String = char::decode_utf16(units)
        .map(|c| c.unwrap_or('\u{FFFD}'))
        .collect();
    if !stray.is_empty() {
        text.push('\u{FFFD}');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_text_in_code_page_932() {
        let bytes = b"\x90\xbf\x8b\x81\x8f\x91\x82\xcc\x91\x97\x95\x74"; // 請求書の送付
        let decoded = decode(bytes, 932);
        assert_eq!(decoded.text, "請求書の送付");
        assert_eq!(decoded.undefined, 0);
    }

    #[test]
    fn half_width_kana_and_the_yen_sign_of_code_page_932() {
        // 0x5C is a backslash in source text, whatever the font shows.
        assert_eq!(decode(b"\xb1\xb2\xb3 C:\\\x95\x5c", 932).text, "ｱｲｳ C:\\表");
    }

    #[test]
    fn undefined_bytes_are_replaced_and_counted() {
        let decoded = decode(b"a\x81b\x8d", 1252);
        assert_eq!(decoded.text, "a\u{FFFD}b\u{FFFD}");
        assert_eq!(decoded.undefined, 2);
        let unknown = decode(b"a\xff", 4242);
        assert_eq!((unknown.text.as_ref(), unknown.known), ("a\u{FFFD}", false));
    }

    #[test]
    fn an_undefined_lead_byte_takes_no_defined_byte_with_it() {
        // U+FFFD in UTF-8, read as code page 932: EF BF is no character, BF and BD are kana.
        let decoded = decode(b"'\xef\xbf\xbd' \x95\x5c", 932);
        assert_eq!(
            (decoded.text.as_ref(), decoded.undefined),
            ("'\u{FFFD}ｿｽ' 表", 1)
        );
        assert_eq!(decode(b"a\x81", 932).text, "a\u{FFFD}");
        assert_eq!(decode(b"\x81\"x", 932).text, "\u{FFFD}\"x");
    }

    #[test]
    fn ascii_is_borrowed_in_any_code_page() {
        for code_page in [932, 1252, 4242] {
            assert!(matches!(
                decode(b"Sub A()", code_page).text,
                Cow::Borrowed(_)
            ));
        }
    }

    #[test]
    fn utf16_keeps_what_it_can() {
        assert_eq!(utf16le(b"A\0\x00\xd8B\0!"), "A\u{FFFD}B\u{FFFD}");
    }
}
