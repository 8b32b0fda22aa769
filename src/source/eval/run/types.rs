//! What variables of a type make of values ([MS-VBAL] 2.1, 5.5.1.2).

use std::rc::Rc;

use super::super::library::coerce;
use super::super::{Array, Bounds, Origin, Value, What};
use super::link::Type;

impl Type {
    /// What a variable of the type has before it is given anything ([MS-VBAL] 2.3.1).
    pub(super) fn zero(self) -> Value {
        match self {
            Self::Any | Self::Undeclared | Self::Bytes => Value::default(),
            Self::Text => Value::text(""),
            Self::Whole | Self::Real => Value::number(0.0),
            Self::Truth => Value::plain(What::Bool(false)),
            Self::Object => Value::plain(What::Nothing),
        }
    }

    /// What a variable of the type keeps of a value. One that does not fit is an error in VBA, and
    /// kept as it is here.
    pub(super) fn coerce(self, value: Value, bounds: &mut Bounds) -> Value {
        let origin = value.origin;
        let simple = matches!(
            value.what,
            What::Number(_) | What::Bool(_) | What::Empty | What::Text(_)
        );
        let what = match (self, &value.what) {
            (Self::Any | Self::Undeclared | Self::Object, _) | (Self::Text, What::Text(_)) => {
                return value;
            }
            (Self::Real | Self::Whole, What::Number(number)) if number.fract() == 0.0 => {
                return value;
            }
            (Self::Text, What::Array(array)) => text_of_bytes(array, bounds),
            (Self::Bytes, What::Text(text)) if !origin.has(Origin::PARTIAL) => {
                bytes_of_text(text, bounds)
            }
            _ if !simple => return value,
            (Self::Text, _) => coerce::text(&value).map(|text| What::Text((&*text).into())),
            (Self::Whole, _) => {
                coerce::number(&value).map(|number| What::Number(number.round_ties_even()))
            }
            (Self::Real, _) => coerce::number(&value).map(What::Number),
            (Self::Truth, _) => coerce::truth(&value).map(What::Bool),
            _ => None,
        };
        match what {
            Some(what) => Value { what, origin },
            None => value,
        }
    }
}

/// The text that bytes are in UTF-16.
fn text_of_bytes(array: &Array, bounds: &mut Bounds) -> Option<What> {
    let length = array.elements.len();
    if !bounds.step(length as u64 / 64) || !bounds.take(length) {
        return Some(What::Unknown);
    }
    coerce::text_of_bytes(array).map(|text| What::Text(text.into()))
}

/// The bytes of a text in UTF-16.
fn bytes_of_text(text: &str, bounds: &mut Bounds) -> Option<What> {
    let most = text.len().saturating_mul(2 * size_of::<Value>());
    if !bounds.take(most) {
        return Some(What::Unknown);
    }
    let bytes = text.encode_utf16().flat_map(u16::to_le_bytes);
    let elements: Vec<Value> = bytes.map(|byte| Value::number(byte.into())).collect();
    let dimensions = vec![(0, elements.len())];
    Some(What::Array(Rc::new(Array {
        dimensions,
        elements,
    })))
}
