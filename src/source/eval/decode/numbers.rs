//! Characters as numbers: `687474703A2F2F`, `104,116,116,112`, `\x68\x74`, `[char]104+[char]116`.

use std::ops::Range;

/// Fewer numbers are no text.
const SHORTEST: usize = 8;
/// The most that stands between two numbers of a list.
const WIDEST: usize = 8;

/// Calls `found` with the bytes of each list and run of numbers that is long enough. Numbers of
/// two digits may be meant as either, and are then given as both.
pub(super) fn each(text: &str, mut found: impl FnMut(&[u8])) {
    let bytes = text.as_bytes();
    let mut decimal = List::default();
    let mut hexadecimal = List::default();
    let mut at = 0;
    while let Some(atom) = next(bytes, at) {
        let between = bytes.get(at..atom.start).unwrap_or_default();
        let word = bytes.get(atom.clone()).unwrap_or_default();
        at = atom.end;
        let parts = between.len() <= WIDEST && between.iter().all(|byte| is_between(*byte));
        if !parts && !between.is_empty() {
            decimal.end(&mut found);
            hexadecimal.end(&mut found);
        }
        if is_function(word) {
            continue;
        }
        let (digits, prefixed) = without_prefix(word, between);
        if digits.len() > 3 || prefixed || !decimal.push(digits, 10) {
            decimal.end(&mut found);
        }
        let pairs = digits.len().is_multiple_of(2) && digits.iter().all(u8::is_ascii_hexdigit);
        if pairs {
            for pair in digits.chunks_exact(2) {
                hexadecimal.push(pair, 16);
            }
        } else if !(prefixed && hexadecimal.push(digits, 16)) {
            hexadecimal.end(&mut found);
        }
    }
    decimal.end(&mut found);
    hexadecimal.end(&mut found);
}

/// Numbers, one behind the other.
#[derive(Default)]
struct List(Vec<u8>);

impl List {
    /// Adds the byte that digits are; false if they are none.
    fn push(&mut self, digits: &[u8], radix: u32) -> bool {
        let number = number(digits, radix);
        self.0.extend(number);
        number.is_some()
    }

    fn end(&mut self, found: &mut impl FnMut(&[u8])) {
        if self.0.len() >= SHORTEST {
            found(&self.0);
        }
        self.0.clear();
    }
}

/// The next letters and digits.
fn next(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let rest = bytes.get(from..)?;
    let start = from + rest.iter().position(u8::is_ascii_alphanumeric)?;
    let rest = bytes.get(start..)?;
    let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric());
    Some(start..start + length.unwrap_or(rest.len()))
}

/// What stands between the numbers of a list, be it of data or of calls.
const fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte.is_ascii_punctuation() && !matches!(byte, b'=' | b'.')
}

/// What makes a character of a number.
fn is_function(word: &[u8]) -> bool {
    const FUNCTIONS: [&[u8]; 7] = [b"char", b"chr", b"chrw", b"chrb", b"byte", b"int", b"cint"];
    FUNCTIONS
        .iter()
        .any(|function| function.eq_ignore_ascii_case(word))
}

/// The digits after `0x`, `\x`, `\u00`, `%u00` or `&H`, and whether there is such a prefix.
fn without_prefix<'t>(word: &'t [u8], between: &[u8]) -> (&'t [u8], bool) {
    match (word, between.last()) {
        ([b'0', b'x' | b'X', digits @ ..], _)
        | ([b'x' | b'X', digits @ ..], Some(b'\\'))
        | ([b'u', b'0', b'0', digits @ ..], Some(b'\\' | b'%'))
        | ([b'H' | b'h', digits @ ..], Some(b'&')) => (digits, true),
        _ => (word, false),
    }
}

/// The byte that digits are.
fn number(digits: &[u8], radix: u32) -> Option<u8> {
    let value = digits.iter().try_fold(0_u32, |value, digit| {
        let digit = char::from(*digit).to_digit(radix)?;
        Some(value.checked_mul(radix)?.checked_add(digit)?).filter(|value| *value <= 0xFF)
    })?;
    u8::try_from(value).ok().filter(|_| !digits.is_empty())
}
