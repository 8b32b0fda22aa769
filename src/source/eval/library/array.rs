//! Arrays, and texts taken apart and joined.

use memchr::memmem;

use super::super::value::{Origin, Value, What};
use super::{Call, coerce, search, text};

/// `Array`, from 0 on. (`Option Base 1` is the caller's.)
pub(super) fn array(call: &mut Call<'_, '_>) -> Option<Value> {
    let count = call.arguments.len();
    call.pay(count.saturating_mul(size_of::<Value>()))?;
    let elements = call.arguments.iter();
    let elements = elements.map(|argument| argument.value.clone());
    call.answer_array(elements.collect(), Origin::PLAIN)
}

/// `UBound`
pub(super) fn ubound(call: &mut Call<'_, '_>) -> Option<Value> {
    let (lower, length) = dimension(call)?;
    let length = i64::try_from(length).ok()?;
    call.answer_integer(lower.checked_add(length)?.checked_sub(1)?)
}

/// `LBound`
pub(super) fn lbound(call: &mut Call<'_, '_>) -> Option<Value> {
    let (lower, _) = dimension(call)?;
    call.answer_integer(lower)
}

fn dimension(call: &Call<'_, '_>) -> Option<(i64, usize)> {
    let at = usize::try_from(call.integer_or(1, 1)?).ok()?;
    let dimensions = &call.array(0)?.dimensions;
    dimensions.get(at.checked_sub(1)?).copied()
}

/// `Split`
pub(super) fn split(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.text(0)?;
    let delimiter = match call.value(1) {
        Some(_) => call.text(1)?,
        None => " ".into(),
    };
    let limit = match call.integer_or(2, -1)? {
        -1 => usize::MAX,
        limit => usize::try_from(limit).ok()?,
    };
    let overlooks_case = call.overlooks_case(3)?;
    let mut parts = Vec::new();
    if text.is_empty() || limit == 0 {
        return call.answer_array(parts, Origin::PLAIN);
    }
    let (folded, delimiter) = search::folded(call, &text, &delimiter, overlooks_case)?;
    let mut from = 0;
    if !delimiter.is_empty() {
        let found = memmem::find_iter(folded.as_bytes(), delimiter.as_bytes());
        for at in found.take(limit - 1) {
            call.pay(size_of::<Value>())?;
            parts.push(call.answer(text.get(from..at)?, Origin::COMPUTED)?);
            from = at + delimiter.len();
        }
    }
    let origin = if parts.is_empty() {
        Origin::PLAIN
    } else {
        Origin::COMPUTED
    };
    parts.push(call.answer(text.get(from..)?, origin)?);
    call.answer_array(parts, Origin::PLAIN)
}

/// `Join`: elements that are not known make holes.
pub(super) fn join(call: &mut Call<'_, '_>) -> Option<Value> {
    let array = call.array(0)?;
    let delimiter = match call.value(1) {
        Some(_) => call.text(1)?,
        None => " ".into(),
    };
    if array.dimensions.len() > 1 {
        return None;
    }
    let mut joined = String::new();
    for (at, element) in array.elements.iter().enumerate() {
        call.origin = call.origin.and(element.origin);
        if at > 0 {
            joined.push_str(&delimiter);
        }
        let piece = coerce::text(element);
        call.pay(delimiter.len() + piece.as_ref().map_or(0, |piece| piece.len()) + 1)?;
        match piece {
            Some(piece) => joined.push_str(&piece),
            None => {
                call.origin = call.origin.and(Origin::PARTIAL);
                text::push_hole(&mut joined);
            }
        }
    }
    let origin = if array.elements.len() > 1 {
        Origin::COMPUTED
    } else {
        Origin::PLAIN
    };
    Some(call.paid(joined, origin))
}

/// `Filter`: the elements in which a text stands, or those in which it does not.
pub(super) fn filter(call: &mut Call<'_, '_>) -> Option<Value> {
    let (array, find) = (call.array(0)?, call.text(1)?);
    let include = call.value(2).map_or(Some(true), coerce::truth)?;
    let overlooks_case = call.overlooks_case(3)?;
    let mut kept = Vec::new();
    for element in &array.elements {
        let partial = element.origin.has(Origin::PARTIAL);
        let piece = coerce::text(element).filter(|_| !partial)?;
        let (folded, find) = search::folded(call, &piece, &find, overlooks_case)?;
        let found = memmem::find(folded.as_bytes(), find.as_bytes()).is_some();
        if found == include {
            call.pay(size_of::<Value>())?;
            kept.push(match element.what {
                What::Text(_) => element.clone(),
                _ => call.answer(&*piece, Origin::PLAIN)?,
            });
        }
    }
    call.answer_array(kept, Origin::PLAIN)
}
