//! Texts within texts.

use std::borrow::Cow;
use std::cmp::Ordering;

use memchr::memmem;

use super::super::value::{HOLE, Value};
use super::Call;
use super::text::offset;

/// `InStr`: where one text stands in the other, from 1 on; 0 if it does not.
pub(super) fn instr(call: &mut Call<'_, '_>) -> Option<Value> {
    // `InStr(text, find)`, `InStr(start, text, find)`, or by names.
    let (text, start) = match (call.value(1), call.value(2)) {
        (Some(_), None) => (0, 1),
        (Some(_), Some(_)) => (1, call.integer_or(0, 1)?),
        _ => return None,
    };
    let (text, find) = (call.holed(text)?, call.text(text + 1)?);
    let start = usize::try_from(start).ok()?.checked_sub(1)?;
    let overlooks_case = call.overlooks_case(3)?;
    call.pay_search(text.len())?;
    // Up to the first hole all is certain; behind it a find is, but not where.
    let known = match text.find(HOLE) {
        Some(hole) if call.is_partial() => text.get(..hole)?,
        _ => &*text,
    };
    let from = offset(known, start);
    let rest = known.get(from..)?;
    let (folded, find) = folded(call, rest, &find, overlooks_case)?;
    let found = memmem::find(folded.as_bytes(), find.as_bytes());
    match found {
        Some(_) if rest.is_empty() && known.len() == text.len() => call.answer_count(0),
        Some(at) if !rest.is_empty() => {
            let before = known.get(..from + at)?;
            call.answer_count(before.chars().count() + 1)
        }
        None if known.len() == text.len() => call.answer_count(0),
        _ => None,
    }
}

/// `InStrB`, of texts in UTF-16.
pub(super) fn instrb(call: &mut Call<'_, '_>) -> Option<Value> {
    // A start in bytes would have to be one in characters.
    if call.value(2).is_some() && call.integer_or(0, 1)? != 1 {
        return None;
    }
    let found = instr(call)?;
    match super::coerce::integer(&found)? {
        0 => Some(found),
        at => call.answer_integer((at - 1) * 2 + 1),
    }
}

/// `InStrRev`: where one text stands last in the other, or in its start up to a character.
pub(super) fn instrrev(call: &mut Call<'_, '_>) -> Option<Value> {
    let (text, find) = (call.text(0)?, call.text(1)?);
    let start = match call.integer_or(2, -1)? {
        -1 => usize::MAX,
        start => usize::try_from(start).ok().filter(|start| *start > 0)?,
    };
    let overlooks_case = call.overlooks_case(3)?;
    call.pay_search(text.len())?;
    let length = text.chars().count();
    if length == 0 || start != usize::MAX && start > length {
        return call.answer_count(0);
    }
    if find.is_empty() {
        return call.answer_count(start.min(length));
    }
    let text = text.get(..offset(&text, start))?;
    let (folded, find) = folded(call, text, &find, overlooks_case)?;
    match memmem::rfind(folded.as_bytes(), find.as_bytes()) {
        Some(at) => call.answer_count(text.get(..at)?.chars().count() + 1),
        None => call.answer_count(0),
    }
}

/// `StrComp`: -1, 0 or 1.
pub(super) fn strcomp(call: &mut Call<'_, '_>) -> Option<Value> {
    let (one, other) = (call.text(0)?, call.text(1)?);
    let overlooks_case = call.overlooks_case(2)?;
    let (one, other) = folded(call, &one, &other, overlooks_case)?;
    call.answer_integer(match one.cmp(&other) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    })
}

/// Two texts to compare, in small letters if case is overlooked, with every byte where it was.
pub(super) fn folded<'t>(
    call: &mut Call<'_, '_>,
    one: &'t str,
    other: &'t str,
    overlooks_case: bool,
) -> Option<(Cow<'t, str>, Cow<'t, str>)> {
    call.pay_search(one.len().saturating_add(other.len()))?;
    if !overlooks_case {
        return Some((Cow::Borrowed(one), Cow::Borrowed(other)));
    }
    call.pay_work(one.len().saturating_add(other.len()))?;
    Some((Cow::Owned(fold(one)), Cow::Owned(fold(other))))
}

fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let small = |character: char| {
        let mut small = character.to_lowercase();
        let first = small.next().filter(|_| small.next().is_none());
        first
            .filter(|small| small.len_utf8() == character.len_utf8())
            .unwrap_or(character)
    };
    text.chars().map(small).collect()
}
