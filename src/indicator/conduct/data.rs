//! Objects that turn data into other data: elements of XML, streams, encodings.

use super::dispatch::text_from;
use super::world::{Call, World};
use crate::source::eval::{Origin, Reply, Value, decode};

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
    if let Some(thing) = world.thing_mut(call.object) {
        thing.about = Some(text);
    }
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
    let bytes = text.as_whole_text().and_then(|text| match kind.as_str() {
        "bin.base64" => decode::base64(text),
        "bin.hex" => hex(text),
        _ => None,
    });
    match bytes {
        Some(bytes) => text_from(&bytes, origin).into(),
        None => Value::unknown_from(origin).into(),
    }
}

fn hex(text: &str) -> Option<String> {
    let digits: Vec<u32> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_digit(16))
        .collect::<Option<_>>()?;
    digits
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => char::from_u32(high << 4 | low),
            _ => None,
        })
        .collect()
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
    about
        .unwrap_or_else(|| Value::unknown_from(thing.map_or(Origin::PLAIN, |thing| thing.data)))
        .into()
}

/// `encoding.GetString(bytes)`, `encoding.GetBytes_4(text)`
pub(super) fn encode(_: &mut World<'_>, call: &Call<'_>) -> Reply {
    call.argument(0, "").into()
}
