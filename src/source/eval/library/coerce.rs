//! Values as texts and numbers ([MS-VBAL] 5.5.1.2), as in a system set to English.

use std::borrow::Cow;

use super::super::value::{Array, Value, What};
use super::characters;
use crate::bytes::text::utf16le;

/// The value as a text, with holes where it has some.
pub(in crate::source::eval) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match &value.what {
        What::Text(text) => Some(Cow::Borrowed(text)),
        What::Number(number) => Some(Cow::Owned(number_text(*number))),
        What::Bool(true) => Some(Cow::Borrowed("True")),
        What::Bool(false) => Some(Cow::Borrowed("False")),
        What::Empty => Some(Cow::Borrowed("")),
        _ => None,
    }
}

/// The text that an array of bytes is in UTF-16.
pub(in crate::source::eval) fn text_of_bytes(array: &Array) -> Option<String> {
    let bytes: Option<Vec<u8>> = array.elements.iter().map(characters::byte).collect();
    bytes.map(|bytes| utf16le(&bytes))
}

/// The value as a number.
pub(in crate::source::eval) fn number(value: &Value) -> Option<f64> {
    match &value.what {
        What::Number(number) => Some(*number),
        What::Bool(truth) => Some(if *truth { -1.0 } else { 0.0 }),
        What::Empty => Some(0.0),
        What::Text(_) => parse(value.as_whole_text()?),
        _ => None,
    }
}

/// The value as a whole number; halves go to the even neighbour ([MS-VBAL] 5.5.1.2.1.1).
pub(in crate::source::eval) fn integer(value: &Value) -> Option<i64> {
    let number = number(value)?.round_ties_even();
    (number.abs() < 9.2e18).then_some(number as i64)
}

/// The value as a condition.
pub(in crate::source::eval) fn truth(value: &Value) -> Option<bool> {
    match value.as_whole_text() {
        Some(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Some(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => number(value).map(|number| number != 0.0),
    }
}

/// A number as [MS-VBAL] 5.5.1.2.4 writes it: with 15 digits at most, and a power of ten where
/// these do not reach to the point.
pub(super) fn number_text(number: f64) -> String {
    const DIGITS: usize = 15;
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return (number as i64).to_string();
    }
    let scientific = format!("{number:.*e}", DIGITS - 1);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let decimals = digits as i32 - 1 - exponent;
    if exponent < DIGITS as i32 && decimals <= DIGITS as i32 {
        format!("{number:.*}", decimals.max(0) as usize)
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{mantissa}E{sign}{:02}", exponent.unsigned_abs())
    }
}

/// The longest text that is taken for a number.
const LONGEST_NUMBER: usize = 400;

/// The number that a text is: `12`, `-1.5`, `1,000`, `1E3`, `&HFF`, `&O17`, blanks around.
pub(super) fn parse(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.len() > LONGEST_NUMBER {
        return None;
    }
    if let Some(digits) = text.strip_prefix('&') {
        let digits = digits.strip_suffix('&').unwrap_or(digits);
        let (radix, digits) = radix(digits);
        return u64::from_str_radix(digits, radix)
            .ok()
            .filter(|_| !digits.starts_with('+'))
            .map(|number| number as i64 as f64);
    }
    let known = |c: u8| c.is_ascii_digit() || b"+-.,eEdD".contains(&c);
    if !text.bytes().all(known) || !text.bytes().any(|c| c.is_ascii_digit()) {
        return None;
    }
    // Commas part the thousands and nothing else.
    let fraction = text.find('.').unwrap_or(text.len());
    if text.starts_with(',') || text.rfind(',').is_some_and(|comma| comma > fraction) {
        return None;
    }
    let plain = text.replace(',', "").replace(['d', 'D'], "e");
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The radix that `H` or `O` after `&` says, and the digits.
pub(super) fn radix(digits: &str) -> (u32, &str) {
    match digits.strip_prefix(['h', 'H']) {
        Some(digits) => (16, digits),
        None => (8, digits.strip_prefix(['o', 'O']).unwrap_or(digits)),
    }
}
