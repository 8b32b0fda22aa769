//! What literals and bracketed names stand for.

/// Whether a text is a name without its brackets.
pub(super) fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    first.is_some_and(|character| character.is_alphabetic() || character == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_')
}

const TYPE_CHARACTERS: [char; 6] = ['%', '&', '^', '!', '#', '@'];

/// The value of a number ([MS-VBAL] 3.3.2).
pub(super) fn number(text: &str) -> f64 {
    let bytes = text.as_bytes();
    let radix = match bytes {
        [b'&', b'H' | b'h', ..] => 16,
        [b'&', ..] => 8,
        _ => 10,
    };
    if radix == 10 {
        let short = bytes.len() <= 15 && bytes.iter().all(u8::is_ascii_digit);
        if short {
            let digits = bytes.iter().map(|byte| u64::from(byte - b'0'));
            return digits.fold(0, |value, digit| value * 10 + digit) as f64;
        }
        return decimal(text.trim_end_matches(TYPE_CHARACTERS));
    }
    let digits = bytes.get(1..).unwrap_or_default();
    let digits = digits.iter().filter(|byte| byte.is_ascii_hexdigit());
    let value = digits.fold(0_u64, |value, digit| {
        let digit = (*digit as char).to_digit(radix).unwrap_or(0);
        value
            .wrapping_mul(u64::from(radix))
            .wrapping_add(u64::from(digit))
    });
    // The smallest type that has as many bits, and it has a sign.
    match bytes.last().filter(|byte| !byte.is_ascii_hexdigit()) {
        Some(b'%') => f64::from(value as i16),
        Some(b'&') => f64::from(value as i32),
        Some(_) => value as i64 as f64,
        None if value <= 0xFFFF => f64::from(value as u16 as i16),
        None if value <= 0xFFFF_FFFF => f64::from(value as u32 as i32),
        None => value as i64 as f64,
    }
}

/// More digits than this change no number that anyone writes.
const MOST_DIGITS: usize = 400;

fn decimal(text: &str) -> f64 {
    let text = text.get(..MOST_DIGITS).unwrap_or(text);
    if text.contains(['d', 'D']) {
        return text.replace(['d', 'D'], "e").parse().unwrap_or(0.0);
    }
    text.parse().unwrap_or(0.0)
}
