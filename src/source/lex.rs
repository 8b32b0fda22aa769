//! Steps over source text, forward and backward: blanks, words, line ends, literals.
//!
//! Every function looks at the bytes right beside the offset it is given, so what it costs is
//! what lies between two things that are no blanks.

use memchr::memchr3;

/// Whether the byte is a blank within a line ([MS-VBAL] 3.2.2).
#[must_use]
pub const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0B | 0x0C | 0x19)
}

/// Whether the byte ends a line.
#[must_use]
pub const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

const fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a letter, digit or underscore ends right before `at`.
#[must_use]
pub fn word_before(text: &str, at: usize) -> bool {
    match at.checked_sub(1).and_then(|i| text.as_bytes().get(i)) {
        None => false,
        Some(byte) if byte.is_ascii() => is_word_byte(*byte),
        Some(_) => text
            .get(..at)
            .and_then(|head| head.chars().next_back())
            .is_some_and(char::is_alphanumeric),
    }
}

/// Whether a letter, digit or underscore starts at `at`.
#[must_use]
pub fn word_at(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        None => false,
        Some(byte) if byte.is_ascii() => is_word_byte(*byte),
        Some(_) => text
            .get(at..)
            .and_then(|tail| tail.chars().next())
            .is_some_and(char::is_alphanumeric),
    }
}

/// The longest name ([MS-VBAL] 3.3.5); of a longer word only this much is looked at.
const LONGEST_NAME: usize = 255;

/// The word that ends right before `at`, and where it starts; empty if there is none.
#[must_use]
pub fn last_word(text: &str, at: usize) -> (usize, &str) {
    let head = text.as_bytes().get(..at).unwrap_or_default();
    let ascii = head.iter().rev().take(LONGEST_NAME);
    let mut start = at - ascii.take_while(|byte| is_word_byte(**byte)).count();
    if start > 0 && head.get(start - 1).is_some_and(|byte| !byte.is_ascii()) {
        let rest = text.get(..start).unwrap_or_default();
        start = rest
            .char_indices()
            .rev()
            .take(LONGEST_NAME)
            .take_while(|(_, c)| c.is_alphanumeric() || *c == '_')
            .last()
            .map_or(start, |(i, _)| i);
    }
    (start, text.get(start..at).unwrap_or_default())
}

/// The text before `end`, without a character that goes on after it.
#[must_use]
pub fn head(text: &str, end: usize) -> &str {
    let mut end = end.min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}

/// Where the word that starts at `at` ends.
#[must_use]
pub fn word_end(text: &str, at: usize) -> usize {
    let tail = text.as_bytes().get(at..).unwrap_or_default();
    let ascii = tail.iter().take(LONGEST_NAME);
    let end = at + ascii.take_while(|byte| is_word_byte(**byte)).count();
    if text.as_bytes().get(end).is_none_or(u8::is_ascii) {
        return end;
    }
    let rest = text.get(end..).unwrap_or_default();
    let length: usize = rest
        .chars()
        .take(LONGEST_NAME)
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .map(char::len_utf8)
        .sum();
    end + length
}

/// Skips blanks and line continuations backward: the offset after the last byte that is
/// neither. At the start of a logical line that is the line's start.
#[must_use]
pub fn skip_back(bytes: &[u8], mut at: usize) -> usize {
    let before = |at: usize| at.checked_sub(1).and_then(|i| bytes.get(i)).copied();
    loop {
        match before(at) {
            Some(byte) if is_blank(byte) => at -= 1,
            Some(byte) if is_line_end(byte) => {
                let pair = byte == b'\n' && at >= 2 && bytes.get(at - 2) == Some(&b'\r');
                let end = at - if pair { 2 } else { 1 };
                match continuation(bytes, end) {
                    Some(underscore) => at = underscore,
                    None => return at,
                }
            }
            _ => return at,
        }
    }
}

/// Skips blanks and line continuations forward.
#[must_use]
pub fn skip_forward(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(byte) if is_blank(*byte) => at += 1,
            Some(b'_') => {
                let mut end = at + 1;
                while bytes.get(end).is_some_and(|byte| is_blank(*byte)) {
                    end += 1;
                }
                match bytes.get(end) {
                    Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => at = end + 2,
                    Some(b'\r' | b'\n') => at = end + 1,
                    _ => return at,
                }
            }
            _ => return at,
        }
    }
}

/// Whether the line that ends at `end` goes on in the next one: the offset of its underscore.
#[must_use]
pub fn continuation(bytes: &[u8], end: usize) -> Option<usize> {
    let line = bytes.get(..end)?;
    let last = line.iter().rposition(|byte| !is_blank(*byte))?;
    if line.get(last) != Some(&b'_') {
        return None;
    }
    match last.checked_sub(1).and_then(|i| line.get(i)) {
        None => Some(last),
        Some(byte) if is_blank(*byte) || is_line_end(*byte) => Some(last),
        Some(_) => None,
    }
}

/// Where the string literal that opens at `quote` ends, its closing quote included. A literal
/// never passes the end of its line ([MS-VBAL] 3.3.4).
#[must_use]
pub fn literal_end(bytes: &[u8], quote: usize) -> usize {
    let mut at = quote + 1;
    loop {
        let Some(tail) = bytes.get(at..) else {
            return bytes.len();
        };
        let Some(found) = memchr3(b'"', b'\r', b'\n', tail) else {
            return bytes.len();
        };
        at += found;
        if bytes.get(at) != Some(&b'"') {
            return at;
        }
        if bytes.get(at + 1) != Some(&b'"') {
            return at + 1;
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_letters_of_any_script() {
        assert!(word_before("é(", 2) && word_at("(請", 1));
        assert!(!word_before("\u{A0}(", 2) && !word_at("(\u{FFFD}", 1));
        assert_eq!(last_word("Sub 請求_Click", 16), (4, "請求_Click"));
        assert_eq!(word_end("Sub 請求_Click()", 4), 16);
    }

    #[test]
    fn continuations_are_blanks_in_both_directions() {
        let text = b"Sub _ \r\n\t Go _\n ()";
        assert_eq!(skip_back(text, 10), 3);
        assert_eq!(skip_forward(text, 12), 16);
        // An identifier may end in an underscore, and does not continue the line.
        assert_eq!(skip_back(b"a_\nb", 3), 3);
    }

    #[test]
    fn literals_double_their_quotes_and_end_with_the_line() {
        assert_eq!(literal_end(b"\"a\"\"b\" c", 0), 6);
        assert_eq!(literal_end(b"\"a\nb\"", 0), 2);
        assert_eq!(literal_end(b"\"a", 0), 2);
    }
}
