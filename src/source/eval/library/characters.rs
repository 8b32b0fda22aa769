//! Characters and their numbers.

use encoding_rs::WINDOWS_1252;

use super::super::value::{HOLE, Origin, Value, What};
use super::{Array, Call, coerce, text};

/// `Chr`, `ChrB`: the character of a byte; those from 128 on are kept as bytes.
pub(super) fn chr(call: &mut Call<'_, '_>) -> Option<Value> {
    let code = u8::try_from(call.integer(0)?).ok()?;
    one(call, char::from(code))
}

/// `ChrW`: the character of a number of 16 bits, which may be written as a negative one.
pub(super) fn chrw(call: &mut Call<'_, '_>) -> Option<Value> {
    let code = match call.integer(0)? {
        code @ -0x8000..0 => code + 0x1_0000,
        code @ 0..=0xFFFF => code,
        _ => return None,
    };
    one(call, char::from_u32(code as u32)?)
}

fn one(call: &mut Call<'_, '_>, character: char) -> Option<Value> {
    call.answer(
        &*character.encode_utf8(&mut [0; 4]),
        said_by_number(character),
    )
}

/// What a character of a number tells. Control characters, blanks and quotes have to be written
/// so, and those outside ASCII cannot be written otherwise.
const fn said_by_number(character: char) -> Origin {
    match character {
        '('..='~' => Origin::COMPUTED,
        _ => Origin::PLAIN,
    }
}

/// `Asc`: the byte of the first character, in the code page of Western Europe.
pub(super) fn asc(call: &mut Call<'_, '_>) -> Option<Value> {
    let first = first(call)?;
    call.answer_integer(in_code_page(first)?.into())
}

/// The byte of a character in the code page of Western Europe, or what it was as a byte.
fn in_code_page(character: char) -> Option<u8> {
    u8::try_from(character).ok().or_else(|| {
        let mut buffer = [0; 4];
        let (bytes, _, unmappable) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
        bytes.first().copied().filter(|_| !unmappable)
    })
}

/// `AscB`: the first byte; of an array of bytes that too.
pub(super) fn ascb(call: &mut Call<'_, '_>) -> Option<Value> {
    if let Some(array) = call.array(0) {
        let byte = byte(array.elements.first()?)?;
        return call.answer_integer(byte.into());
    }
    let first = u32::from(first(call)?);
    call.answer_integer((first & 0xFF).into())
}

/// `AscW`: the number of the first character, as a number of 16 bits with a sign.
pub(super) fn ascw(call: &mut Call<'_, '_>) -> Option<Value> {
    let mut units = [0; 2];
    let first = first(call)?;
    let unit = *first.encode_utf16(&mut units).first()?;
    call.answer_integer((unit as i16).into())
}

/// The first character, if it is known.
fn first(call: &Call<'_, '_>) -> Option<char> {
    let first = call.holed(0)?.chars().next()?;
    (first != HOLE || !call.is_partial()).then_some(first)
}

/// The byte that an element of an array is.
pub(super) fn byte(value: &Value) -> Option<u8> {
    match value.what {
        What::Number(number) => u8::try_from(number.round_ties_even() as i64).ok(),
        What::Empty => Some(0),
        _ => None,
    }
}

/// `StrConv`: the case, or bytes of the code page to characters and back. What comes of
/// `vbFromUnicode` is an array of bytes, also where VBA has a text of bytes.
pub(super) fn strconv(call: &mut Call<'_, '_>) -> Option<Value> {
    match call.integer(1)? {
        1 => text::ucase(call),
        2 => text::lcase(call),
        3 => proper(call),
        64 => match call.array(0) {
            Some(bytes) => from_bytes(call, bytes),
            None => from_utf16(call),
        },
        128 => to_bytes(call),
        _ => None,
    }
}

/// `vbProperCase`: words begin with a capital letter.
fn proper(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.holed(0)?;
    call.pay_work(text.len())?;
    let mut proper = String::with_capacity(text.len());
    let mut starts = true;
    for character in text.chars() {
        if starts {
            proper.extend(character.to_uppercase());
        } else {
            proper.extend(character.to_lowercase());
        }
        starts = matches!(character, '\0' | '\t'..='\r' | ' ');
    }
    call.answer(proper, Origin::PLAIN)
}

/// `vbUnicode` of an array of bytes: a text; an element that is not known makes a hole.
fn from_bytes(call: &mut Call<'_, '_>, bytes: &Array) -> Option<Value> {
    call.pay_work(bytes.elements.len())?;
    let mut made = String::with_capacity(bytes.elements.len());
    for element in &bytes.elements {
        call.origin = call.origin.and(element.origin);
        match byte(element) {
            Some(byte) => made.push(char::from(byte)),
            None => {
                call.origin = call.origin.and(Origin::PARTIAL);
                text::push_hole(&mut made);
            }
        }
    }
    call.answer(made, Origin::COMPUTED)
}

/// `vbUnicode` of a text: each byte of its UTF-16 becomes a character.
fn from_utf16(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.text(0)?;
    call.pay_work(text.len())?;
    let bytes = text.encode_utf16().flat_map(u16::to_le_bytes);
    let made: String = bytes.map(char::from).collect();
    call.answer(made, Origin::COMPUTED)
}

/// `vbFromUnicode`: the bytes of a text in the code page.
fn to_bytes(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.text(0)?;
    call.pay_work(text.len())?;
    call.pay(text.len().saturating_mul(size_of::<Value>()))?;
    let origin = super::whole(call.origin);
    let bytes = text.chars().map(|character| {
        // What the code page lacks becomes a question mark.
        let byte = in_code_page(character).unwrap_or(b'?');
        Value {
            origin,
            ..Value::number(byte.into())
        }
    });
    call.answer_array(bytes.collect(), Origin::PLAIN)
}

/// `Escape` of VBScript: what is no letter, digit or `@*_+-./` as `%xx` or `%uxxxx`.
pub(super) fn escape(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.text(0)?;
    call.pay_work(text.len())?;
    call.pay(text.len().saturating_mul(6))?;
    let mut made = String::with_capacity(text.len());
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii_alphanumeric() || b"@*_+-./".contains(&byte) => {
                made.push(char::from(byte));
            }
            Ok(byte) => made.push_str(&format!("%{byte:02X}")),
            Err(_) => made.push_str(&format!("%u{unit:04X}")),
        }
    }
    Some(call.paid(made, Origin::COMPUTED))
}

/// `Unescape` of VBScript.
pub(super) fn unescape(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.text(0)?;
    call.pay_work(text.len())?;
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once('%') {
        units.extend(before.encode_utf16());
        let digits = match after.strip_prefix('u') {
            Some(digits) => digits.get(..4),
            None => after.get(..2),
        };
        let digits = digits.filter(|digits| digits.bytes().all(|c| c.is_ascii_hexdigit()));
        if let Some(digits) = digits {
            units.push(u16::from_str_radix(digits, 16).unwrap_or_default());
            let length = digits.len() + usize::from(digits.len() == 4);
            rest = after.get(length..).unwrap_or_default();
        } else {
            units.push(u16::from(b'%'));
            rest = after;
        }
    }
    units.extend(rest.encode_utf16());
    call.answer(String::from_utf16_lossy(&units), Origin::COMPUTED)
}

/// The number of a value that is to be a character: its number, or the first one of a text.
pub(super) fn of_value(value: &Value) -> Option<char> {
    match value.as_text() {
        Some(_) => value.as_whole_text()?.chars().next(),
        // Beyond a byte the remainder counts.
        None => Some(char::from((coerce::integer(value)? & 0xFF) as u8)),
    }
}
