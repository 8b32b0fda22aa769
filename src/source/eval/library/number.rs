//! Numbers of numbers.

use super::super::value::Value;
use super::Call;

/// `Abs`
pub(super) fn abs(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?.abs())
}

/// `Sgn`
pub(super) fn sgn(call: &mut Call<'_, '_>) -> Option<Value> {
    let number = call.number(0)?;
    let sign = i64::from(number > 0.0) - i64::from(number < 0.0);
    call.answer_integer(sign)
}

/// `Int`: the whole number below.
pub(super) fn int(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?.floor())
}

/// `Fix`: the whole number towards zero.
pub(super) fn fix(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?.trunc())
}

/// `Sqr`
pub(super) fn sqr(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?.sqrt())
}

/// `Sin`
pub(super) fn sin(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?.sin())
}

/// `Cos`
pub(super) fn cos(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?.cos())
}

/// `Tan`
pub(super) fn tan(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?.tan())
}

/// `Atn`
pub(super) fn atn(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?.atan())
}

/// `Exp`
pub(super) fn exp(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?.exp())
}

/// `Log`: the natural one.
pub(super) fn log(call: &mut Call<'_, '_>) -> Option<Value> {
    call.answer_number(call.number(0)?.ln())
}

/// `Round`: halves go to the even neighbour.
pub(super) fn round(call: &mut Call<'_, '_>) -> Option<Value> {
    let number = call.number(0)?;
    let digits = u8::try_from(call.integer_or(1, 0)?).ok()?;
    let power = 10_f64.powi(digits.into());
    let rounded = (number * power).round_ties_even() / power;
    call.answer_number(if rounded.is_finite() { rounded } else { number })
}

/// `RGB`: a colour; what is above 255 counts as 255.
pub(super) fn rgb(call: &mut Call<'_, '_>) -> Option<Value> {
    let part = |at| call.count(at).map(|part| part.min(255) as i64);
    let (red, green, blue) = (part(0)?, part(1)?, part(2)?);
    call.answer_integer(red | green << 8 | blue << 16)
}

/// `QBColor`: one of sixteen colours.
pub(super) fn qbcolor(call: &mut Call<'_, '_>) -> Option<Value> {
    const COLORS: [i64; 16] = [
        0x00_0000, 0x80_0000, 0x00_8000, 0x80_8000, 0x00_0080, 0x80_0080, 0x00_8080, 0xC0_C0C0,
        0x80_8080, 0xFF_0000, 0x00_FF00, 0xFF_FF00, 0x00_00FF, 0xFF_00FF, 0x00_FFFF, 0xFF_FFFF,
    ];
    let color = COLORS.get(call.count(0)?)?;
    call.answer_integer(*color)
}
