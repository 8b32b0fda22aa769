//! What a value is, and choices among values.

use super::super::value::{Origin, Value, What};
use super::{Call, coerce};

/// The argument, if it is known what it is.
fn known<'a>(call: &Call<'a, '_>) -> Option<&'a What> {
    match &call.value(0)?.what {
        What::Unknown | What::Record(_) => None,
        what => Some(what),
    }
}

/// `IsEmpty`
pub(super) fn isempty(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_truth(matches!(known(call)?, What::Empty))
}

/// `IsNull`
pub(super) fn isnull(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_truth(matches!(known(call)?, What::Null))
}

/// `IsNumeric`
pub(super) fn isnumeric(call: &mut Call<'_, '_>) -> Option<Value> {
    let numeric = match known(call)? {
        What::Number(_) | What::Bool(_) | What::Empty => true,
        What::Text(_) => coerce::parse(call.value(0)?.as_whole_text()?).is_some(),
        // What an object is as a number is for its members to say.
        What::Object(_) | What::Unit(_) => return None,
        _ => false,
    };
    call.answer_truth(numeric)
}

/// `IsArray`
pub(super) fn isarray(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_truth(matches!(known(call)?, What::Array(_)))
}

/// `IsObject`
pub(super) fn isobject(call: &mut Call<'_, '_>) -> Option<Value> {
    let object = matches!(
        known(call)?,
        What::Object(_) | What::Unit(_) | What::Nothing
    );
    call.answer_truth(object)
}

/// `IsMissing`
pub(super) fn ismissing(call: &mut Call<'_, '_>) -> Option<Value> {
    match call.arguments {
        [argument] => match argument.value.what {
            What::Unknown => None,
            What::Missing => call.answer_truth(true),
            _ => call.answer_truth(false),
        },
        _ => None,
    }
}

/// `VarType`. That of a number is not kept, nor that of the elements of an array.
pub(super) fn vartype(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_integer(match known(call)? {
        What::Empty => 0,
        What::Null => 1,
        What::Text(_) => 8,
        What::Nothing => 9,
        What::Bool(_) => 11,
        _ => return None,
    })
}

/// `TypeName`, of what has a known type.
pub(super) fn typename(call: &mut Call<'_, '_>) -> Option<Value> {
    let name = match known(call)? {
        What::Empty => "Empty",
        What::Null => "Null",
        What::Nothing => "Nothing",
        What::Text(_) => "String",
        What::Bool(_) => "Boolean",
        _ => return None,
    };
    call.answer(name, Origin::PLAIN)
}

/// `IIf`
pub(super) fn iif(call: &mut Call<'_, '_>) -> Option<Value> {
    let condition = call.value(0)?;
    let truth = coerce::truth(condition)?;
    let choice = call.value(if truth { 1 } else { 2 })?;
    Some(chosen(choice, condition.origin))
}

/// `Choose`: the argument with this number; `Null` if there is none.
pub(super) fn choose(call: &mut Call<'_, '_>) -> Option<Value> {
    let (index, choices) = call.arguments.split_first()?;
    let number = coerce::integer(&index.value)?;
    let choice = usize::try_from(number)
        .ok()
        .and_then(|number| choices.get(number.checked_sub(1)?));
    let choice = choice.map_or(&NULL, |choice| &choice.value);
    Some(chosen(choice, index.value.origin))
}

/// `Switch`: the value behind the first condition that holds; `Null` if none does.
pub(super) fn switch(call: &mut Call<'_, '_>) -> Option<Value> {
    let mut conditions = Origin::PLAIN;
    for pair in call.arguments.chunks(2) {
        let [condition, choice] = pair else {
            return None;
        };
        conditions = conditions.and(condition.value.origin);
        if coerce::truth(&condition.value)? {
            return Some(chosen(&choice.value, conditions));
        }
    }
    Some(chosen(&NULL, conditions))
}

/// A value that was chosen: it is as unsure as what chose it.
fn chosen(value: &Value, by: Origin) -> Value {
    let mut value = value.clone();
    if by.has(Origin::UNSURE) {
        value.origin = value.origin.and(Origin::UNSURE);
    }
    value
}

const NULL: Value = Value {
    what: What::Null,
    origin: Origin::PLAIN,
};
