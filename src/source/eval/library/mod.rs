//! The functions of the library that compute ([MS-VBAL] 6.1.2); those of VBScript are the same.
//!
//! | file | what |
//! |---|---|
//! | `characters` | characters and their numbers: `Chr`, `Asc`, `StrConv`, `Escape` |
//! | `text` | parts of texts, and texts of parts: `Mid`, `Replace`, `StrReverse`, `Space` |
//! | `search` | `InStr`, `InStrRev`, `StrComp`, and the search that others share |
//! | `array` | `Array`, `UBound`, `Split`, `Join`, `Filter` |
//! | `number` | `Int`, `Round`, `Sqr`, `RGB` … |
//! | `convert` | numbers to texts and back: `CLng`, `Val`, `Hex`, `Format` |
//! | `date` | dates as numbers: `DateSerial`, `Year` |
//! | `inspect` | what a value is, and choices: `IsNumeric`, `TypeName`, `IIf` |
//! | `coerce` | values as texts and numbers ([MS-VBAL] 5.5.1.2) |
//!
//! Texts count in characters here and in UTF-16 code units in VBA: the same but for the rare
//! characters above U+FFFF. A text with parts that are not known ([`HOLE`]) is worked on as far as
//! the result is certain, whatever stands in the hole. What a function costs is paid before it is
//! made, or for parts of what is there, kept: one that costs too much is not known.

use std::borrow::Cow;

use super::value::{Array, HOLE, Origin, Text, What};
use super::{Argument, Bounds, Value};
use crate::source::names::Symbol;
use crate::source::words;

mod array;
mod characters;
pub(super) mod coerce;
mod convert;
mod date;
mod inspect;
mod number;
mod search;
mod text;

/// The value of a call, if the name is one of the library's computing functions and nothing of the
/// outside is needed. An argument that is not known gives [`What::Unknown`]
/// with the origins of all.
pub fn call(name: Symbol, arguments: &[Argument], bounds: &mut Bounds) -> Option<Value> {
    let (function, parameters) = function(name)?;
    let origin = arguments.iter().fold(Origin::PLAIN, |all, argument| {
        all.and(argument.value.origin)
    });
    let value = bind(arguments, parameters).and_then(|given| {
        function(&mut Call {
            given,
            arguments,
            origin,
            bounds,
        })
    });
    Some(value.unwrap_or(Value::unknown_from(origin)))
}

/// A function: `None` if its value is not known, or the call is an error.
type Function = fn(&mut Call<'_, '_>) -> Option<Value>;

/// For functions that take as many arguments as there are.
const ANY: &[Symbol] = &[];
const NUMBER: &[Symbol] = &[words::NUMBER];
const TEXT: &[Symbol] = &[words::STRING];
const EXPRESSION: &[Symbol] = &[words::EXPRESSION];
const END: &[Symbol] = &[words::STRING, words::LENGTH];
const PART: &[Symbol] = &[words::STRING, words::START, words::LENGTH];
const BOUND: &[Symbol] = &[words::ARRAYNAME, words::DIMENSION];
const SEARCH: &[Symbol] = &[words::START, words::STRING1, words::STRING2, words::COMPARE];

/// What is done for a name, and the names of its parameters.
fn function(name: Symbol) -> Option<(Function, &'static [Symbol])> {
    Some(match name {
        words::CHR | words::CHRB => (characters::chr, &[words::CHARCODE]),
        words::CHRW => (characters::chrw, &[words::CHARCODE]),
        words::ASC => (characters::asc, TEXT),
        words::ASCB => (characters::ascb, TEXT),
        words::ASCW => (characters::ascw, TEXT),
        words::STRCONV => (
            characters::strconv,
            &[words::STRING, words::CONVERSION, words::LOCALEID],
        ),
        words::ESCAPE => (characters::escape, TEXT),
        words::UNESCAPE => (characters::unescape, TEXT),

        words::LEN => (text::len, EXPRESSION),
        words::LENB => (text::lenb, EXPRESSION),
        words::LEFT => (text::left, END),
        words::LEFTB => (text::leftb, END),
        words::RIGHT => (text::right, END),
        words::RIGHTB => (text::rightb, END),
        words::MID => (text::mid, PART),
        words::MIDB => (text::midb, PART),
        words::LCASE => (text::lcase, TEXT),
        words::UCASE => (text::ucase, TEXT),
        words::TRIM => (text::trim, TEXT),
        words::LTRIM => (text::ltrim, TEXT),
        words::RTRIM => (text::rtrim, TEXT),
        words::SPACE => (text::space, NUMBER),
        words::STRING => (text::string, &[words::NUMBER, words::CHARACTER]),
        words::STRREVERSE => (text::strreverse, EXPRESSION),
        words::REPLACE => (
            text::replace,
            &[
                words::EXPRESSION,
                words::FIND,
                words::REPLACE,
                words::START,
                words::COUNT,
                words::COMPARE,
            ],
        ),

        words::INSTR => (search::instr, SEARCH),
        words::INSTRB => (search::instrb, SEARCH),
        words::INSTRREV => (
            search::instrrev,
            &[
                words::STRINGCHECK,
                words::STRINGMATCH,
                words::START,
                words::COMPARE,
            ],
        ),
        words::STRCOMP => (
            search::strcomp,
            &[words::STRING1, words::STRING2, words::COMPARE],
        ),

        words::ARRAY => (array::array, ANY),
        words::UBOUND => (array::ubound, BOUND),
        words::LBOUND => (array::lbound, BOUND),
        words::SPLIT => (
            array::split,
            &[
                words::EXPRESSION,
                words::DELIMITER,
                words::LIMIT,
                words::COMPARE,
            ],
        ),
        words::JOIN => (array::join, &[words::SOURCEARRAY, words::DELIMITER]),
        words::FILTER => (
            array::filter,
            &[
                words::SOURCEARRAY,
                words::MATCH,
                words::INCLUDE,
                words::COMPARE,
            ],
        ),

        words::ABS => (number::abs, NUMBER),
        words::SGN => (number::sgn, NUMBER),
        words::INT => (number::int, NUMBER),
        words::FIX => (number::fix, NUMBER),
        words::SQR => (number::sqr, NUMBER),
        words::SIN => (number::sin, NUMBER),
        words::COS => (number::cos, NUMBER),
        words::TAN => (number::tan, NUMBER),
        words::ATN => (number::atn, NUMBER),
        words::EXP => (number::exp, NUMBER),
        words::LOG => (number::log, NUMBER),
        words::ROUND => (
            number::round,
            &[words::NUMBER, words::NUMDIGITSAFTERDECIMAL],
        ),
        words::RGB => (number::rgb, &[words::RED, words::GREEN, words::BLUE]),
        words::QBCOLOR => (number::qbcolor, &[words::COLOR]),

        words::CSTR => (convert::cstr, EXPRESSION),
        words::CVAR => (convert::cvar, EXPRESSION),
        words::CBOOL => (convert::cbool, EXPRESSION),
        words::CBYTE => (convert::cbyte, EXPRESSION),
        words::CINT => (convert::cint, EXPRESSION),
        words::CLNG => (convert::clng, EXPRESSION),
        words::CLNGLNG | words::CLNGPTR => (convert::clnglng, EXPRESSION),
        words::CDBL | words::CSNG | words::CDEC => (convert::cdbl, EXPRESSION),
        words::CCUR => (convert::ccur, EXPRESSION),
        words::CDATE => (convert::cdate, EXPRESSION),
        words::VAL => (convert::val, TEXT),
        words::STR => (convert::str, NUMBER),
        words::HEX => (convert::hex, NUMBER),
        words::OCT => (convert::oct, NUMBER),
        words::FORMAT => (convert::format, &[words::EXPRESSION, words::FORMAT]),

        words::DATESERIAL => (date::dateserial, &[words::YEAR, words::MONTH, words::DAY]),
        words::TIMESERIAL => (
            date::timeserial,
            &[words::HOUR, words::MINUTE, words::SECOND],
        ),
        words::YEAR => (date::year, &[words::DATE]),
        words::MONTH => (date::month, &[words::DATE]),
        words::DAY => (date::day, &[words::DATE]),
        words::HOUR => (date::hour, &[words::TIME]),
        words::MINUTE => (date::minute, &[words::TIME]),
        words::SECOND => (date::second, &[words::TIME]),

        words::ISEMPTY => (inspect::isempty, EXPRESSION),
        words::ISNULL => (inspect::isnull, EXPRESSION),
        words::ISNUMERIC => (inspect::isnumeric, EXPRESSION),
        words::ISARRAY => (inspect::isarray, &[words::VARNAME]),
        words::ISOBJECT => (inspect::isobject, EXPRESSION),
        words::ISMISSING => (inspect::ismissing, ANY),
        words::VARTYPE => (inspect::vartype, &[words::VARNAME]),
        words::TYPENAME => (inspect::typename, &[words::VARNAME]),
        words::IIF => (
            inspect::iif,
            &[words::EXPRESSION, words::TRUEPART, words::FALSEPART],
        ),
        words::CHOOSE => (inspect::choose, ANY),
        words::SWITCH => (inspect::switch, ANY),
        _ => return None,
    })
}

/// The most parameters a function has.
const MOST: usize = 6;

/// The arguments by parameter: those without a name first, in order ([MS-VBAL] 5.3.1.11).
fn bind<'a>(arguments: &'a [Argument], parameters: &[Symbol]) -> Option<[Option<&'a Value>; MOST]> {
    let mut given = [None; MOST];
    if parameters.is_empty() {
        return Some(given);
    }
    for (at, argument) in arguments.iter().enumerate() {
        let at = match argument.name {
            Some(name) => parameters.iter().position(|known| *known == name)?,
            None if at < parameters.len() => at,
            None => return None,
        };
        if !matches!(argument.value.what, What::Missing) {
            *given.get_mut(at)? = Some(&argument.value);
        }
    }
    Some(given)
}

/// A call: what the function is given, and what it may cost.
struct Call<'a, 'b> {
    /// By parameter.
    given: [Option<&'a Value>; MOST],
    /// As they stand.
    arguments: &'a [Argument],
    /// Where they come from.
    origin: Origin,
    bounds: &'b mut Bounds,
}

impl<'a> Call<'a, '_> {
    /// The argument for a parameter, if it is not left out.
    fn value(&self, at: usize) -> Option<&'a Value> {
        self.given.get(at).copied().flatten()
    }

    /// An argument as a text of which all is known.
    fn text(&self, at: usize) -> Option<Cow<'a, str>> {
        let value = self.value(at)?;
        let partial = value.as_text().is_some() && value.origin.has(Origin::PARTIAL);
        if partial { None } else { coerce::text(value) }
    }

    /// An argument as a text of which parts may be unknown.
    fn holed(&self, at: usize) -> Option<Cow<'a, str>> {
        coerce::text(self.value(at)?)
    }

    fn number(&self, at: usize) -> Option<f64> {
        coerce::number(self.value(at)?)
    }

    fn integer(&self, at: usize) -> Option<i64> {
        coerce::integer(self.value(at)?)
    }

    fn integer_or(&self, at: usize, default: i64) -> Option<i64> {
        self.value(at).map_or(Some(default), coerce::integer)
    }

    /// A number of characters or the like: not below zero.
    fn count(&self, at: usize) -> Option<usize> {
        usize::try_from(self.integer(at)?).ok()
    }

    fn array(&self, at: usize) -> Option<&'a Array> {
        match &self.value(at)?.what {
            What::Array(array) => Some(array),
            _ => None,
        }
    }

    /// Whether a comparison is to overlook case: `vbTextCompare`. Without the argument it does so
    /// after `Option Compare Text`, which is rare, and not seen here.
    fn overlooks_case(&self, at: usize) -> Option<bool> {
        match self.integer_or(at, 0)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    /// Whether the text has parts that are not known.
    fn is_partial(&self) -> bool {
        self.origin.has(Origin::PARTIAL)
    }

    /// Pays for a search through bytes, which are gone through many at a time.
    const fn pay_search(&mut self, bytes: usize) -> Option<()> {
        if self.bounds.step(bytes as u64 / 1024) {
            Some(())
        } else {
            None
        }
    }

    /// Pays for work on each byte.
    const fn pay_work(&mut self, bytes: usize) -> Option<()> {
        if self.bounds.step(bytes as u64 / 64) {
            Some(())
        } else {
            None
        }
    }

    /// Pays for bytes that are made.
    const fn pay(&mut self, bytes: usize) -> Option<()> {
        if self.bounds.take(bytes) {
            Some(())
        } else {
            None
        }
    }

    /// A text that was made and is not paid for.
    fn answer(&mut self, text: impl Into<Text>, origin: Origin) -> Option<Value> {
        let text = text.into();
        self.pay(text.len())?;
        Some(self.paid(text, origin))
    }

    /// A text that was made, with what is added to where the arguments come from. Whether parts
    /// of it are unknown is seen from the text.
    fn paid(&self, text: impl Into<Text>, origin: Origin) -> Value {
        let text = text.into();
        let mut origin = whole(self.origin).and(origin);
        if self.is_partial() && text.contains(HOLE) {
            origin = origin.and(Origin::PARTIAL);
        }
        Value {
            what: What::Text(text),
            origin,
        }
    }

    /// A number that was computed; none if it is beyond what a number can be.
    fn answer_number(&self, number: f64) -> Option<Value> {
        let mut value = Value::number(number);
        value.origin = whole(self.origin);
        number.is_finite().then_some(value)
    }

    fn answer_integer(&self, number: i64) -> Option<Value> {
        self.answer_number(number as f64)
    }

    fn answer_count(&self, count: usize) -> Option<Value> {
        self.answer_number(count as f64)
    }

    fn answer_truth(&self, truth: bool) -> Option<Value> {
        Some(Value {
            what: What::Bool(truth),
            origin: whole(self.origin),
        })
    }

    /// An array of one dimension from 0 on.
    fn answer_array(&self, elements: Vec<Value>, origin: Origin) -> Option<Value> {
        let dimensions = vec![(0, elements.len())];
        let array = Array {
            dimensions,
            elements,
        };
        Some(Value {
            what: What::Array(array.into()),
            origin: whole(self.origin).and(origin),
        })
    }
}

/// An origin without the mark that parts are unknown.
const fn whole(origin: Origin) -> Origin {
    origin.without(Origin::PARTIAL)
}

#[cfg(test)]
mod tests;
