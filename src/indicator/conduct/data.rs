//! Objects that turn data into other data: elements of XML, streams, encodings.

use super::dispatch::text_from;
use super::items;
use super::world::{Call, World};
use crate::source::eval::{HOLE, Origin, Reply, Value, What, decode};

/// How long a text may be to be decoded.
const MOST: usize = 256 << 10;

/// `element.dataType = kind`
pub(super) fn node_kind(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let kind = call.argument(0, "");
    if let Some(thing) = world.thing_mut(call.object) {
        thing.name = kind.as_text().unwrap_or_default().to_ascii_lowercase();
    }
    Value::UNKNOWN.into()
}

/// `element.text = text`
pub(super) fn node_text(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let text = call.argument(0, "");
    world.set_about(call.object, text);
    Value::UNKNOWN.into()
}

/// `element.nodeTypedValue`: the bytes that its text is in another form.
pub(super) fn node_value(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let Some((kind, text)) = world
        .thing(call.object)
        .and_then(|thing| Some((thing.name.clone(), thing.about.clone()?)))
    else {
        return Value::UNKNOWN.into();
    };
    let origin = text.origin.and(Origin::COMPUTED);
    let paid = world.afford(text.as_text().map_or(0, str::len));
    let bytes = text
        .as_whole_text()
        .filter(|text| paid && text.len() <= MOST)
        .and_then(|text| match kind.as_str() {
            "bin.base64" => decode::base64(text),
            "bin.hex" => hex(text),
            _ => None,
        });
    match bytes {
        Some(bytes) => {
            let bytes = bytes.into_iter().map(|byte| Value {
                what: What::Number(f64::from(byte)),
                origin,
            });
            items::array(bytes.collect(), origin).into()
        }
        None => Value::unknown_from(origin).into(),
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    Some(
        digits
            .chunks_exact(2)
            .filter_map(|pair| match pair {
                [high, low] => Some(high << 4 | low),
                _ => None,
            })
            .collect(),
    )
}

/// Bytes as a text: what is no byte is a hole.
fn text_of(world: &mut World<'_>, value: Value) -> Value {
    let What::Array(bytes) = &value.what else {
        return value;
    };
    if bytes.elements.len() > MOST || !world.afford(bytes.elements.len()) {
        return Value::unknown_from(value.origin);
    }
    let text: String = bytes
        .elements
        .iter()
        .map(|byte| match byte.what {
            What::Number(byte) if (0.0..256.0).contains(&byte) => char::from(byte as u8),
            _ => HOLE,
        })
        .collect();
    let partial = if text.contains(HOLE) {
        Origin::PARTIAL
    } else {
        Origin::PLAIN
    };
    text_from(&text, value.origin.and(Origin::COMPUTED).and(partial))
}

/// `stream.Write data`, `stream.WriteText text`
pub(super) fn stream_write(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let data = call.argument(0, "buffer");
    if let Some(thing) = world.thing_mut(call.object) {
        thing.data = thing.data.and(data.origin);
        if call.name == "Write" {
            RAW.clone_into(&mut thing.name);
        }
        thing.about = Some(data);
    }
    Value::UNKNOWN.into()
}

/// What a stream is named that raw bytes were written to.
pub(super) const RAW: &str = "raw";

/// `stream.ReadText`, `stream.Read`
pub(super) fn stream_read(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let thing = world.thing(call.object);
    let about = thing.and_then(|thing| thing.about.clone());
    let origin = thing.map_or(Origin::PLAIN, |thing| thing.data);
    let about = match (call.name, about) {
        ("ReadText", Some(about)) => Some(text_of(world, about)),
        (_, about) => about,
    };
    about.unwrap_or_else(|| Value::unknown_from(origin)).into()
}

/// `encoding.GetString(bytes)`
pub(super) fn encode(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    text_of(world, call.argument(0, "")).into()
}
