//! Dictionaries and collections: what is put in comes out again.

use std::rc::Rc;

use hashbrown::HashMap;

use super::world::{Call, World};
use crate::source::eval::{Array, Origin, Reply, Value, What};

/// How many things all lists of a project hold.
const MOST: usize = 1 << 16;

/// The items of a dictionary or collection, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Items {
    keys: Vec<Value>,
    values: Vec<Value>,
    by_key: HashMap<String, usize>,
    /// Whether some are not known.
    lost: bool,
}

impl Items {
    /// Puts a value in; false if it takes the place of another.
    fn put(&mut self, key: &Value, value: &Value) -> bool {
        let Some(name) = name(key) else {
            // Whichever it is.
            self.lost = true;
            return false;
        };
        if let Some(place) = self
            .by_key
            .get(&name)
            .and_then(|at| self.values.get_mut(*at))
        {
            *place = value.clone();
            return false;
        }
        self.by_key.insert(name, self.values.len());
        self.push(key, value);
        true
    }

    fn push(&mut self, key: &Value, value: &Value) {
        self.keys.push(key.clone());
        self.values.push(value.clone());
    }

    fn clear(&mut self) {
        *self = Self::default();
    }

    fn by_key(&self, key: &Value) -> Option<&Value> {
        self.values.get(*self.by_key.get(&name(key)?)?)
    }
}

/// A key as a text; numbers are not the texts that look like them.
fn name(key: &Value) -> Option<String> {
    match &key.what {
        What::Text(_) => key.as_whole_text().map(str::to_owned),
        What::Number(number) => Some(format!("\0{number}")),
        _ => None,
    }
}

fn items<'w>(world: &'w mut World<'_>, call: &Call<'_>) -> Option<&'w mut Items> {
    world.thing_mut(call.object).map(|thing| &mut thing.items)
}

/// One more thing, if there may be.
fn one_more(world: &mut World<'_>) -> bool {
    let fits = world.listed < MOST;
    world.listed += usize::from(fits);
    fits
}

/// A value that came out: which conditions it went in under was not noted.
fn unsure(value: &Value) -> Value {
    Value {
        what: value.what.clone(),
        origin: value.origin.and(Origin::UNSURE),
    }
}

/// `dictionary.Add key, item`
pub(super) fn add_pair(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let (key, item) = (call.argument(0, "key"), call.argument(1, "item"));
    if one_more(world)
        && let Some(items) = items(world, call)
    {
        items.put(&key, &item);
    }
    Value::UNKNOWN.into()
}

/// `dictionary(key) = item`
pub(super) fn set_item(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    if let [key, item] = call.arguments {
        let (key, item) = (key.value.clone(), item.value.clone());
        if one_more(world)
            && let Some(items) = items(world, call)
        {
            items.put(&key, &item);
        }
    }
    Value::UNKNOWN.into()
}

/// `collection.Add item, key, before, after`
pub(super) fn add_item(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let (item, key) = (call.argument(0, "item"), call.argument(1, "key"));
    if one_more(world)
        && let Some(items) = items(world, call)
    {
        match key.what {
            What::Missing => items.push(&key, &item),
            _ => {
                items.put(&key, &item);
            }
        }
        items.lost |= call.arguments.len() > 2;
    }
    Value::UNKNOWN.into()
}

/// `dictionary(key)`
pub(super) fn item(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let key = call.argument(0, "key");
    let Some(items) = items(world, call) else {
        return Value::UNKNOWN.into();
    };
    match items.by_key(&key) {
        Some(value) => unsure(value).into(),
        None => some(items).into(),
    }
}

/// `collection(index)`, `collection(key)`
pub(super) fn nth(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let index = call.argument(0, "index");
    let Some(items) = items(world, call) else {
        return Value::UNKNOWN.into();
    };
    let value = match index.what {
        What::Number(_) if items.lost => None,
        What::Number(number) => items.values.get((number as usize).wrapping_sub(1)),
        _ => items.by_key(&index),
    };
    value.map_or_else(|| some(items), unsure).into()
}

/// One of the items, which is not known.
fn some(items: &Items) -> Value {
    const LOOKED_AT: usize = 64;
    let origins = items.values.iter().take(LOOKED_AT);
    Value::unknown_from(origins.fold(Origin::PLAIN, |all, value| all.and(value.origin)))
}

/// `dictionary.Items`
pub(super) fn values(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    list(world, call, |items| &items.values)
}

/// `dictionary.Keys`
pub(super) fn keys(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    list(world, call, |items| &items.keys)
}

/// An array of keys or values, if there may be as many more.
fn list(world: &mut World<'_>, call: &Call<'_>, all: fn(&Items) -> &Vec<Value>) -> Reply {
    let count = items(world, call).map_or(0, |items| all(items).len());
    let listed = world.listed.saturating_add(count);
    if listed > 16 * MOST {
        return Value::UNKNOWN.into();
    }
    world.listed = listed;
    match items(world, call) {
        Some(items) => array(all(items).clone(), Origin::UNSURE).into(),
        None => Value::UNKNOWN.into(),
    }
}

/// An array of one dimension, from 0.
pub(super) fn array(elements: Vec<Value>, origin: Origin) -> Value {
    Value {
        what: What::Array(Rc::new(Array {
            dimensions: vec![(0, elements.len())],
            elements,
        })),
        origin,
    }
}

/// `dictionary.Count`
pub(super) fn count(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    match items(world, call) {
        Some(items) if !items.lost => {
            let count = Value::number(items.values.len() as f64);
            unsure(&count).into()
        }
        _ => Value::UNKNOWN.into(),
    }
}

/// `dictionary.Remove key`
pub(super) fn remove(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    if let Some(items) = items(world, call) {
        items.clear();
        items.lost = true;
    }
    Value::UNKNOWN.into()
}

/// `dictionary.RemoveAll`
pub(super) fn remove_all(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    if let Some(items) = items(world, call) {
        items.clear();
    }
    Value::UNKNOWN.into()
}
