//! Arrays: their bounds and elements ([MS-VBAL] 5.4.3.3).

use std::rc::Rc;

use super::super::library::coerce;
use super::super::{Argument, Array, Bounds, Origin, Value, What};
use super::Machine;
use super::frame::Place;
use super::link::Meaning;
use crate::source::words;

/// The most elements that an array grows to whose bounds are not known.
const MOST_GROWN: usize = 1 << 16;

/// Which element of an array the arguments mean.
pub(super) fn offset(array: &Array, arguments: &[Argument]) -> Option<usize> {
    if arguments.len() != array.dimensions.len() {
        return None;
    }
    let mut offset = 0_usize;
    for (argument, (lower, length)) in arguments.iter().zip(&array.dimensions) {
        let index = coerce::integer(&argument.value)?.checked_sub(*lower)?;
        let index = usize::try_from(index).ok().filter(|index| index < length)?;
        offset = offset.checked_mul(*length)?.checked_add(index)?;
    }
    Some(offset)
}

impl Machine<'_> {
    /// `variable(index) = value`
    pub(super) fn assign_element(
        &mut self,
        place: Place,
        meaning: Meaning,
        at: u32,
        base: usize,
        mut value: Value,
    ) {
        if let Place::Field(field) = place {
            self.ready(field, at);
        }
        if let Some(
            object @ Value {
                what: What::Object(_) | What::Unit(_),
                ..
            },
        ) = self.kept(place)
        {
            let object = object.clone();
            let site = self.site(at);
            let arguments = self.stack.get(base..).unwrap_or_default();
            return self
                .host
                .assign(&site, &object, words::ITEM, arguments, &value);
        }
        self.note(place);
        if self.is_unsure() {
            value.origin = value.origin.and(Origin::UNSURE);
        }
        let grows = match meaning {
            Meaning::Field(field) => self
                .linked
                .fields
                .get(field as usize)
                .is_some_and(|field| field.variable.array),
            _ => false,
        };
        let epoch = self.epoch;
        if let Place::Field(field) = place
            && let Some(variable) = self.fields.get_mut(field as usize)
        {
            variable.epoch = epoch;
        }
        let arguments = self.stack.get(base..).unwrap_or_default();
        let kept = match place {
            Place::Slot(slot) => match self.slots.get_mut(slot as usize) {
                Some(super::Slot::Value(value)) => Some(value),
                _ => None,
            },
            Place::Field(field) => self
                .fields
                .get_mut(field as usize)
                .map(|field| &mut field.value),
        };
        let Some(kept) = kept else {
            return;
        };
        self.progress += u64::from(!matches!(value.what, What::Unknown));
        put(kept, grows, arguments, value, self.bounds);
    }

    /// `ReDim`: the bounds lie on the stack.
    pub(super) fn redim(&mut self, preserve: bool) {
        let variable = self.declared_here();
        let Some(place) = self.place(variable) else {
            return;
        };
        let base = self.frame.stack + 1;
        let bounds = self.stack.get(base..).unwrap_or_default();
        let lowest = i64::from(self.options().base_one);
        let Some(dimensions) = dimensions(bounds, lowest) else {
            return self.write(place, Value::UNKNOWN, false);
        };
        let count = dimensions
            .iter()
            .try_fold(1_usize, |count, (_, length)| count.checked_mul(*length));
        self.note(place);
        let kept = self.kept_mut(place).map(std::mem::take);
        let mut value = kept.filter(|_| preserve).unwrap_or_default();
        let old = match &value.what {
            What::Array(array) if Rc::strong_count(array) == 1 => array.elements.len(),
            _ => 0,
        };
        let cost = count.map(|count| count.saturating_sub(old).saturating_mul(size_of::<Value>()));
        let (Some(count), true) = (count, cost.is_some_and(|cost| self.bounds.take(cost))) else {
            return self.write(place, Value::UNKNOWN, false);
        };
        match &mut value.what {
            What::Array(array) => {
                let array = Rc::make_mut(array);
                array.dimensions = dimensions;
                array.elements.resize(count, Value::default());
            }
            what => {
                *what = What::Array(Rc::new(Array {
                    dimensions,
                    elements: vec![Value::default(); count],
                }));
            }
        }
        self.write(place, value, false);
    }
}

/// The lower bounds and lengths that `ReDim` is given; the lower ones may be left out.
fn dimensions(bounds: &[Argument], lowest: i64) -> Option<Vec<(i64, usize)>> {
    let mut dimensions = Vec::new();
    let mut at = 0;
    while let Some(bound) = bounds.get(at) {
        at += 1;
        let mut lower = lowest;
        let mut upper = coerce::integer(&bound.value)?;
        if let Some(to) = bounds.get(at).filter(|bound| bound.name == Some(words::TO)) {
            lower = upper;
            upper = coerce::integer(&to.value)?;
            at += 1;
        }
        let length = upper.checked_sub(lower)?.checked_add(1)?;
        dimensions.push((lower, usize::try_from(length).ok()?));
    }
    Some(dimensions).filter(|dimensions| !dimensions.is_empty())
}

/// Gives an element of an array a value; `grows` if its bounds are not known.
pub(super) fn put(
    kept: &mut Value,
    grows: bool,
    arguments: &[Argument],
    value: Value,
    bounds: &mut Bounds,
) {
    if grows && matches!(kept.what, What::Empty) {
        kept.what = What::Array(Rc::new(Array {
            dimensions: vec![(0, 0)],
            elements: Vec::new(),
        }));
    }
    let What::Array(array) = &mut kept.what else {
        return;
    };
    let cost = array.elements.len().saturating_mul(size_of::<Value>());
    if Rc::strong_count(array) > 1 && !bounds.take(cost) {
        *kept = Value::unknown_from(kept.origin);
        return;
    }
    let array = Rc::make_mut(array);
    if grows {
        grow(array, arguments, bounds);
    }
    if let Some(index) = offset(array, arguments) {
        if let Some(element) = array.elements.get_mut(index) {
            *element = value;
        }
        return;
    }
    let known = |argument: &Argument| coerce::integer(&argument.value).is_some();
    if !arguments.iter().all(known) {
        // Any element may be another now.
        *kept = Value::unknown_from(kept.origin.and(value.origin));
    }
}

/// Makes room for an element in an array of which the bounds are not known.
fn grow(array: &mut Array, arguments: &[Argument], bounds: &mut Bounds) {
    let ([(lower, length)], [argument]) = (array.dimensions.as_mut_slice(), arguments) else {
        return;
    };
    let index = coerce::integer(&argument.value).and_then(|index| index.checked_sub(*lower));
    let Some(index) = index.and_then(|index| usize::try_from(index).ok()) else {
        return;
    };
    if index < *length || index >= MOST_GROWN {
        return;
    }
    let more = index + 1 - *length;
    if bounds.take(more.saturating_mul(size_of::<Value>())) {
        *length = index + 1;
        array.elements.resize(index + 1, Value::default());
    }
}
