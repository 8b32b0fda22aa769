//! Dates: days since 30 December 1899, and parts of a day behind the point.

use super::super::value::{Value, What};
use super::Call;

/// Days from 30 December 1899 to 1 January 1970.
const EPOCH: i64 = 25_569;
const SECONDS: f64 = 86_400.0;

/// `DateSerial`; months and days may be beyond their ranges.
pub(super) fn dateserial(call: &mut Call<'_, '_>) -> Option<Value> {
    let part = |at| call.integer(at).filter(|part| part.abs() <= 0x7FFF);
    let (year, month, day) = (part(0)?, part(1)?, part(2)?);
    let year = match year {
        0..=29 => year + 2000,
        30..=99 => year + 1900,
        _ => year,
    };
    let months = year * 12 + month - 1;
    let days = days(months.div_euclid(12), months.rem_euclid(12) + 1) + day - 1;
    call.answer_integer(days + EPOCH)
}

/// `TimeSerial`
pub(super) fn timeserial(call: &mut Call<'_, '_>) -> Option<Value> {
    let part = |at| call.integer(at).filter(|part| part.abs() <= 0x7FFF);
    let (hour, minute, second) = (part(0)?, part(1)?, part(2)?);
    let seconds = hour * 3600 + minute * 60 + second;
    call.answer_number(seconds as f64 / SECONDS)
}

/// `Year`
pub(super) fn year(call: &mut Call<'_, '_>) -> Option<Value> {
    let (year, _, _) = date(call)?;
    call.answer_integer(year)
}

/// `Month`
pub(super) fn month(call: &mut Call<'_, '_>) -> Option<Value> {
    let (_, month, _) = date(call)?;
    call.answer_integer(month)
}

/// `Day`
pub(super) fn day(call: &mut Call<'_, '_>) -> Option<Value> {
    let (_, _, day) = date(call)?;
    call.answer_integer(day)
}

/// `Hour`
pub(super) fn hour(call: &mut Call<'_, '_>) -> Option<Value> {
    let second = second_of_day(call)?;
    call.answer_integer(second / 3600)
}

/// `Minute`
pub(super) fn minute(call: &mut Call<'_, '_>) -> Option<Value> {
    let second = second_of_day(call)?;
    call.answer_integer(second / 60 % 60)
}

/// `Second`
pub(super) fn second(call: &mut Call<'_, '_>) -> Option<Value> {
    let second = second_of_day(call)?;
    call.answer_integer(second % 60)
}

/// The number of a date. Those before 1900 count their hours backwards, and are left out.
fn number(call: &Call<'_, '_>) -> Option<f64> {
    /// The last day of 9999.
    const LAST: f64 = 2_958_465.0;
    match call.value(0)?.what {
        What::Number(number) if (0.0..LAST + 1.0).contains(&number) => Some(number),
        _ => None,
    }
}

fn second_of_day(call: &Call<'_, '_>) -> Option<i64> {
    let number = number(call)?;
    Some((number.fract() * SECONDS).round() as i64 % 86_400)
}

/// Days from 1 January 1970 to the first of a month, in the Gregorian calendar: years begin in
/// March, so that the odd day comes last.
fn days(year: i64, month: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let months = (month + 9) % 12;
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (months * 153 + 2) / 5 - 719_468
}

/// Year, month and day.
fn date(call: &Call<'_, '_>) -> Option<(i64, i64, i64)> {
    let number = number(call)?.floor() as i64 - EPOCH;
    // Years are 365 days long or a bit more: the guess is right, or one too late.
    let guess = 1970 + number.div_euclid(365);
    let year = (guess.saturating_sub(25)..=guess).rev();
    let year = year.into_iter().find(|year| days(*year, 1) <= number)?;
    let month = (1..=12).rev().find(|month| days(year, *month) <= number)?;
    Some((year, month, number - days(year, month) + 1))
}
