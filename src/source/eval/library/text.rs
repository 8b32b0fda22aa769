//! Parts of texts, and texts of parts.
//!
//! A decoder walks through a long text with `Mid(text, i, 2)`; so where a character stands is
//! found by counting the bytes that begin one, a block at a time, and paid for.

use memchr::memmem;

use super::super::value::{HOLE, Origin, Value, What};
use super::{Array, Call, characters, search};

/// `Len`, in characters. Of a number it depends on the type, which is not kept.
pub(super) fn len(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = match call.value(0)?.what {
        What::Text(_) | What::Empty => call.text(0)?,
        _ => return None,
    };
    call.pay_search(text.len())?;
    call.answer_count(text.chars().count())
}

/// `LenB`, in bytes of UTF-16; of an array of bytes the number of these.
pub(super) fn lenb(call: &mut Call<'_, '_>) -> Option<Value> {
    if let Some(array) = call.array(0) {
        return call.answer_count(array.elements.len());
    }
    let mut length = len(call)?;
    if let What::Number(number) = &mut length.what {
        *number *= 2.0;
    }
    Some(length)
}

/// `Left`
pub(super) fn left(call: &mut Call<'_, '_>) -> Option<Value> {
    let length = call.count(1)?;
    part(call, 0, Some(length))
}

/// `LeftB`
pub(super) fn leftb(call: &mut Call<'_, '_>) -> Option<Value> {
    let length = call.count(1)?;
    match call.array(0) {
        Some(bytes) => part_of_bytes(call, bytes, 0, length),
        None => part(call, 0, Some(half(length)?)),
    }
}

/// `Mid`
pub(super) fn mid(call: &mut Call<'_, '_>) -> Option<Value> {
    let start = call.count(1)?.checked_sub(1)?;
    let length = call.value(2).map(|_| call.count(2));
    match length {
        Some(length) => part(call, start, Some(length?)),
        None => part(call, start, None),
    }
}

/// `MidB`
pub(super) fn midb(call: &mut Call<'_, '_>) -> Option<Value> {
    let start = call.count(1)?.checked_sub(1)?;
    let length = match call.value(2) {
        Some(_) => Some(call.count(2)?),
        None => None,
    };
    match (call.array(0), length) {
        (Some(bytes), length) => part_of_bytes(call, bytes, start, length.unwrap_or(usize::MAX)),
        (None, Some(length)) => part(call, half(start)?, Some(half(length)?)),
        (None, None) => part(call, half(start)?, None),
    }
}

/// `Right`
pub(super) fn right(call: &mut Call<'_, '_>) -> Option<Value> {
    let length = call.count(1)?;
    end(call, length)
}

/// `RightB`
pub(super) fn rightb(call: &mut Call<'_, '_>) -> Option<Value> {
    let length = call.count(1)?;
    match call.array(0) {
        Some(bytes) => {
            let start = bytes.elements.len().saturating_sub(length);
            part_of_bytes(call, bytes, start, length)
        }
        None => end(call, half(length)?),
    }
}

/// Characters for bytes of UTF-16, if these are whole characters.
fn half(bytes: usize) -> Option<usize> {
    bytes.is_multiple_of(2).then_some(bytes / 2)
}

/// The characters from one on. Behind a hole nobody knows which these are.
fn part(call: &mut Call<'_, '_>, start: usize, length: Option<usize>) -> Option<Value> {
    let text = call.holed(0)?;
    call.pay_search(offset_cost(&text, start))?;
    let (before, rest) = text.split_at_checked(offset(&text, start))?;
    if call.is_partial() {
        call.pay_search(text.len())?;
        if before.contains(HOLE) {
            return None;
        }
    }
    let Some(length) = length else {
        return call.answer(rest, cut(before.len()));
    };
    call.pay_search(offset_cost(rest, length))?;
    let mut part = rest.get(..offset(rest, length))?;
    if call.is_partial()
        && let Some(hole) = part.find(HOLE)
    {
        part = part.get(..hole + HOLE.len_utf8())?;
    }
    call.answer(part, cut(text.len() - part.len()))
}

/// The characters up to the end.
fn end(call: &mut Call<'_, '_>, length: usize) -> Option<Value> {
    let text = call.holed(0)?;
    call.pay_work(text.len().min(length.saturating_mul(4)))?;
    let mut starts = text.char_indices().rev().map(|(at, _)| at);
    let start = match length.checked_sub(1) {
        Some(last) => starts.nth(last).unwrap_or(0),
        None => text.len(),
    };
    let mut end = text.get(start..)?;
    if call.is_partial()
        && let Some(hole) = end.rfind(HOLE)
    {
        end = end.get(hole..)?;
    }
    call.answer(end, cut(text.len() - end.len()))
}

/// Bytes of an array of these.
fn part_of_bytes(
    call: &mut Call<'_, '_>,
    bytes: &Array,
    start: usize,
    length: usize,
) -> Option<Value> {
    let part = bytes.elements.iter().skip(start).take(length);
    let count = bytes.elements.len().saturating_sub(start).min(length);
    call.pay(count.saturating_mul(size_of::<Value>()))?;
    call.answer_array(part.cloned().collect(), Origin::PLAIN)
}

/// What cutting off bytes tells: a separator at an end is often cut off, a word hardly.
const fn cut(bytes: usize) -> Origin {
    if bytes > 2 {
        Origin::COMPUTED
    } else {
        Origin::PLAIN
    }
}

/// How many bytes are looked at for the place of a character.
fn offset_cost(text: &str, characters: usize) -> usize {
    text.len().min(characters.saturating_mul(4))
}

/// Where the character with this index begins; the end of the text if it has fewer.
pub(super) fn offset(text: &str, index: usize) -> usize {
    /// So that a byte can count its characters.
    const BLOCK: usize = 128;
    let begins = |byte: &u8| (*byte as i8) >= -0x40;
    let mut left = index;
    let mut at: usize = 0;
    for block in text.as_bytes().chunks(BLOCK) {
        let count: u8 = block.iter().map(|byte| u8::from(begins(byte))).sum();
        let Some(rest) = left.checked_sub(count.into()) else {
            let mut begin = block.iter().enumerate().filter(|(_, byte)| begins(byte));
            return at + begin.nth(left).map_or(block.len(), |(at, _)| at);
        };
        left = rest;
        at += block.len();
    }
    at
}

/// `LCase`
pub(super) fn lcase(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.holed(0)?;
    call.pay_work(text.len())?;
    call.answer(text.to_lowercase(), Origin::PLAIN)
}

/// `UCase`
pub(super) fn ucase(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.holed(0)?;
    call.pay_work(text.len())?;
    call.answer(text.to_uppercase(), Origin::PLAIN)
}

/// `Trim`: blanks and nothing else.
pub(super) fn trim(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.holed(0)?;
    call.answer(text.trim_matches(' '), Origin::PLAIN)
}

/// `LTrim`
pub(super) fn ltrim(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.holed(0)?;
    call.answer(text.trim_start_matches(' '), Origin::PLAIN)
}

/// `RTrim`
pub(super) fn rtrim(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.holed(0)?;
    call.answer(text.trim_end_matches(' '), Origin::PLAIN)
}

/// `Space`
pub(super) fn space(call: &mut Call<'_, '_>) -> Option<Value> {
    let count = call.count(0)?;
    call.pay(count)?;
    Some(call.paid(" ".repeat(count), Origin::PLAIN))
}

/// `String`: one character many times.
pub(super) fn string(call: &mut Call<'_, '_>) -> Option<Value> {
    let count = call.count(0)?;
    let character = characters::of_value(call.value(1)?)?;
    call.pay(count.saturating_mul(character.len_utf8()))?;
    let origin = if character.is_alphanumeric() {
        Origin::COMPUTED
    } else {
        Origin::PLAIN
    };
    let text = character.encode_utf8(&mut [0; 4]).repeat(count);
    Some(call.paid(text, origin))
}

/// `StrReverse`
pub(super) fn strreverse(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.holed(0)?;
    call.pay_work(text.len())?;
    let reversed: String = text.chars().rev().collect();
    call.answer(reversed, Origin::COMPUTED)
}

/// `Replace`: the text from `start` on, with what is found replaced.
pub(super) fn replace(call: &mut Call<'_, '_>) -> Option<Value> {
    let (text, find, with) = (call.holed(0)?, call.text(1)?, call.text(2)?);
    let start = usize::try_from(call.integer_or(3, 1)?)
        .ok()?
        .checked_sub(1)?;
    let count = match call.integer_or(4, -1)? {
        -1 => usize::MAX,
        count => usize::try_from(count).ok()?,
    };
    let overlooks_case = call.overlooks_case(5)?;
    if call.is_partial() && (start, count) != (0, usize::MAX) {
        return None;
    }
    call.pay_search(text.len())?;
    let text = text.get(offset(&text, start)..)?;
    if find.is_empty() {
        return call.answer(text, Origin::PLAIN);
    }
    let (folded, find) = search::folded(call, text, &find, overlooks_case)?;
    let mut made = String::new();
    let mut from = 0;
    for at in memmem::find_iter(folded.as_bytes(), find.as_bytes()).take(count) {
        let between = text.get(from..at)?;
        call.pay(between.len() + with.len() + 1)?;
        made.push_str(between);
        made.push_str(&with);
        from = at + find.len();
    }
    let origin = if from > 0 {
        Origin::COMPUTED
    } else {
        Origin::PLAIN
    };
    let rest = text.get(from..)?;
    call.pay(rest.len())?;
    made.push_str(rest);
    Some(call.paid(made, origin))
}

/// Adds a hole, if there is none at the end already: it stands for any text.
pub(super) fn push_hole(text: &mut String) {
    if !text.ends_with(HOLE) {
        text.push(HOLE);
    }
}
