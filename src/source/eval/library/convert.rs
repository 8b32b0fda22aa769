//! Numbers to texts and back.

use super::super::value::{Origin, Value, What};
use super::{Call, coerce};

/// `CStr`; of an array of bytes the text that they are in UTF-16.
pub(super) fn cstr(call: &mut Call<'_, '_>) -> Option<Value> {
    if let Some(array) = call.array(0) {
        call.pay_work(array.elements.len())?;
        return call.answer(coerce::text_of_bytes(array)?, Origin::COMPUTED);
    }
    match call.value(0)?.what {
        What::Text(_) => call.value(0).cloned(),
        _ => {
            let text = call.text(0)?;
            call.answer(text.into_owned(), Origin::PLAIN)
        }
    }
}

/// `CVar`
pub(super) fn cvar(call: &mut Call<'_, '_>) -> Option<Value> {
    call.value(0).cloned()
}

/// `CBool`
pub(super) fn cbool(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_truth(coerce::truth(call.value(0)?)?)
}

/// `CByte`
pub(super) fn cbyte(call: &mut Call<'_, '_>) -> Option<Value> {
    within(call, 0, 0xFF)
}

/// `CInt`
pub(super) fn cint(call: &mut Call<'_, '_>) -> Option<Value> {
    // The text `&HFFFF` is the number that the literal is.
    let literal = call
        .text(0)
        .is_some_and(|text| text.trim_start().starts_with('&'));
    match call.integer(0)? {
        number @ 0x8000..=0xFFFF if literal => call.answer_integer(number - 0x1_0000),
        _ => within(call, i16::MIN.into(), i16::MAX.into()),
    }
}

/// `CLng`
pub(super) fn clng(call: &mut Call<'_, '_>) -> Option<Value> {
    let literal = call
        .text(0)
        .is_some_and(|text| text.trim_start().starts_with('&'));
    match call.integer(0)? {
        number @ 0x8000_0000..=0xFFFF_FFFF if literal => {
            call.answer_integer(number - 0x1_0000_0000)
        }
        _ => within(call, i32::MIN.into(), i32::MAX.into()),
    }
}

/// `CLngLng`, `CLngPtr`
pub(super) fn clnglng(call: &mut Call<'_, '_>) -> Option<Value> {
    within(call, i64::MIN, i64::MAX)
}

fn within(call: &Call<'_, '_>, least: i64, most: i64) -> Option<Value> {
    let number = call.integer(0)?;
    let fits = (least..=most).contains(&number);
    if fits {
        call.answer_integer(number)
    } else {
        None
    }
}

/// `CDbl`, `CSng`, `CDec`: numbers are of one precision here.
pub(super) fn cdbl(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?)
}

/// `CCur`: four decimals.
pub(super) fn ccur(call: &mut Call<'_, '_>) -> Option<Value> {
    let number = call.number(0)?;
    call.answer_number((number * 1e4).round_ties_even() / 1e4)
}

/// `CDate`, of a number; texts of dates are not read.
pub(super) fn cdate(call: &mut Call<'_, '_>) -> Option<Value> {
    match call.value(0)?.what {
        What::Number(number) => call.answer_number(number),
        _ => None,
    }
}

/// `Val`: the number that a text begins with, blanks left out; 0 if it is none.
pub(super) fn val(call: &mut Call<'_, '_>) -> Option<Value> {
    /// The digits of the longest number.
    const LONGEST: usize = 400;
    let text = call.text(0)?;
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r'))
        .take(LONGEST)
        .collect();
    if let Some(digits) = text.strip_prefix('&') {
        return call.answer_integer(literal(digits)?);
    }
    let bytes = text.as_bytes();
    let mut end = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|c| c.is_ascii_digit()).count()
    };
    end += digits(end);
    if bytes.get(end) == Some(&b'.') {
        end += 1 + digits(end + 1);
    }
    let mut number = text.get(..end)?.to_owned();
    if matches!(bytes.get(end), Some(b'e' | b'E' | b'd' | b'D')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let first = end + 1 + sign;
        let last = first + digits(first);
        if last > first {
            number.push('e');
            number.push_str(text.get(end + 1..last)?);
        }
    }
    call.answer_number(number.parse().unwrap_or(0.0))
}

/// The number after `&`, with the sign that as many digits have: `HFFFF` is -1, `HFFFF&` is not.
fn literal(digits: &str) -> Option<i64> {
    let (radix, digits) = coerce::radix(digits);
    let end = digits.find(|c: char| !c.is_digit(radix));
    let (digits, rest) = digits.split_at_checked(end.unwrap_or(digits.len()))?;
    if digits.is_empty() {
        return Some(0);
    }
    let number = i64::from_str_radix(digits, radix).ok()?;
    Some(match number {
        0x8000..=0xFFFF if !rest.starts_with('&') => number - 0x1_0000,
        0x8000_0000..=0xFFFF_FFFF => number - 0x1_0000_0000,
        _ => number,
    })
}

/// `Str`: a blank stands where the sign would, and no zero before the point.
pub(super) fn str(call: &mut Call<'_, '_>) -> Option<Value> {
    let number = call.number(0)?;
    let text = coerce::number_text(number.abs());
    let digits = match text.strip_prefix("0.") {
        Some(fraction) => format!(".{fraction}"),
        None => text,
    };
    let sign = if number < 0.0 { '-' } else { ' ' };
    call.answer(format!("{sign}{digits}"), Origin::PLAIN)
}

/// `Hex`
pub(super) fn hex(call: &mut Call<'_, '_>) -> Option<Value> {
    let bits = bits(call.integer(0)?);
    call.answer(format!("{bits:X}"), Origin::PLAIN)
}

/// `Oct`
pub(super) fn oct(call: &mut Call<'_, '_>) -> Option<Value> {
    let bits = bits(call.integer(0)?);
    call.answer(format!("{bits:o}"), Origin::PLAIN)
}

/// The bits of a number: negative ones in the smallest type that holds them.
const fn bits(number: i64) -> u64 {
    match number {
        -0x8000..0 => (number as u64) & 0xFFFF,
        -0x8000_0000..-0x8000 => (number as u64) & 0xFFFF_FFFF,
        _ => number as u64,
    }
}

/// `Format`: digits by a pattern of `0`, `#`, `,` and `.`, or the case by `<` and `>`; not dates.
pub(super) fn format(call: &mut Call<'_, '_>) -> Option<Value> {
    let Some(pattern) = call.value(1).and(call.text(1)) else {
        return match call.value(1) {
            Some(_) => None,
            None => cstr(call),
        };
    };
    let number = match &*pattern {
        "" | "@" => return cstr(call),
        ">" => return super::text::ucase(call),
        "<" => return super::text::lcase(call),
        _ => call.value(0).and_then(coerce::number),
    };
    let Some(number) = number else {
        // A text that is no number is not formatted.
        let text = call.text(0).filter(|_| is_digits(&pattern))?;
        return call.answer(text.into_owned(), Origin::PLAIN);
    };
    let text = digits(number, &pattern)?;
    call.answer(text, Origin::PLAIN)
}

fn is_digits(pattern: &str) -> bool {
    pattern.len() <= 32
        && pattern.bytes().all(|c| b"0#,.".contains(&c))
        && pattern.bytes().any(|c| b"0#".contains(&c))
        && pattern.bytes().filter(|c| *c == b'.').count() <= 1
}

/// A number by a pattern.
fn digits(number: f64, pattern: &str) -> Option<String> {
    if !is_digits(pattern) || number.abs() >= 1e15 {
        return None;
    }
    let (whole, fraction) = pattern.split_once('.').unwrap_or((pattern, ""));
    let places = fraction.len().min(15);
    let needed = |part: &str| part.bytes().filter(|c| *c == b'0').count();
    // Halves go away from zero.
    let power = 10_f64.powi(places as i32);
    let rounded = (number.abs() * power).round() / power;
    let plain = format!("{rounded:.places$}");
    let (integer, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let integer = integer.trim_start_matches('0');
    let integer = format!("{integer:0>width$}", width = needed(whole));
    let mut text = String::new();
    if number < 0.0 && rounded != 0.0 {
        text.push('-');
    }
    let groups = whole.trim_end_matches(',').contains(',');
    for (at, digit) in integer.chars().enumerate() {
        if groups && at > 0 && (integer.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if pattern.contains('.') {
        text.push('.');
        let shown = decimals.trim_end_matches('0').len().max(needed(fraction));
        text.push_str(decimals.get(..shown).unwrap_or(decimals));
    }
    Some(text)
}
