//! Operators ([MS-VBAL] 5.6.9). What they give of a value that is not known is not known, with
//! where it comes from; where one side settles the result, the other need not be known.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::Bounds;
use super::library::coerce;
use super::value::{HOLE, Origin, Value, What};
use crate::source::syntax::{Binary, Unary};

/// An operator before its operand.
pub(super) fn unary(operator: Unary, mut operand: Value) -> Value {
    operand.what = match (operator, &operand.what) {
        (_, What::Null) => What::Null,
        (Unary::Not, What::Bool(truth)) => What::Bool(!truth),
        (Unary::Not, _) => match coerce::integer(&operand) {
            Some(number) => What::Number(!number as f64),
            None => What::Unknown,
        },
        (Unary::Minus, _) => match coerce::number(&operand) {
            Some(number) => What::Number(-number),
            None => What::Unknown,
        },
    };
    operand
}

/// How texts are compared ([MS-VBAL] 5.2.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    /// By their characters.
    Binary,
    /// Without regard to case.
    Text,
}

/// An operator between two operands. The left one is taken, for a text that nobody else holds
/// grows in place.
pub(super) fn binary(
    operator: Binary,
    left: Value,
    right: &Value,
    by: Compare,
    bounds: &mut Bounds,
) -> Value {
    let mut compare = |holds: fn(Ordering) -> bool| compare(&left, right, holds, by, bounds);
    let what = match operator {
        Binary::Concat => return concat(left, right, bounds),
        Binary::Plus if joins(&left, right) => return concat(left, right, bounds),
        Binary::Plus => arithmetic(&left, right, |a, b| Some(a + b)),
        Binary::Minus => arithmetic(&left, right, |a, b| Some(a - b)),
        Binary::Times => arithmetic(&left, right, |a, b| Some(a * b)),
        Binary::Divide => arithmetic(&left, right, |a, b| Some(a / b)),
        Binary::Power => arithmetic(&left, right, |a, b| Some(a.powf(b))),
        Binary::IntegerDivide => whole(&left, right, i64::checked_div),
        Binary::Mod => whole(&left, right, i64::checked_rem),
        Binary::Equal => compare(Ordering::is_eq),
        Binary::NotEqual => compare(Ordering::is_ne),
        Binary::Less => compare(Ordering::is_lt),
        Binary::LessEqual => compare(Ordering::is_le),
        Binary::Greater => compare(Ordering::is_gt),
        Binary::GreaterEqual => compare(Ordering::is_ge),
        Binary::Is => same(&left, right),
        Binary::Like => like(&left, right, by, bounds),
        Binary::And => return logic(left, right, Some(0), |a, b| a & b),
        Binary::Or => return logic(left, right, Some(-1), |a, b| a | b),
        Binary::Xor => return logic(left, right, None, |a, b| a ^ b),
        Binary::Eqv => return logic(left, right, None, |a, b| !(a ^ b)),
        Binary::Imp => return logic(left, right, None, |a, b| !a | b),
    };
    Value {
        what,
        origin: left.origin.and(right.origin),
    }
}

/// The truth of a condition, if it is known for sure.
pub(super) fn truth(value: &Value) -> Option<bool> {
    if value.origin.has(Origin::UNSURE) {
        return None;
    }
    holds(value)
}

/// Whether a condition holds, as far as is known: for a loop the best guess is enough.
pub(super) fn holds(value: &Value) -> Option<bool> {
    match value.what {
        What::Null => Some(false),
        _ => coerce::truth(value),
    }
}

/// Whether `+` joins texts: it does between two of them, and between one and a value that may be
/// one.
fn joins(left: &Value, right: &Value) -> bool {
    let text = |value: &Value| matches!(value.what, What::Text(_));
    let open = |value: &Value| {
        let known = matches!(value.what, What::Number(_) | What::Bool(_) | What::Null);
        !known
    };
    text(left) && open(right) || open(left) && text(right)
}

/// Whether the value counts as the text of length 0 or is one.
fn is_blank(value: &Value) -> bool {
    match &value.what {
        What::Empty | What::Null => true,
        What::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// The value as a piece of a text, with a hole for what is not known.
fn piece(value: &Value) -> Cow<'_, str> {
    const UNKNOWN: &str = "\u{FFFC}";
    match value.what {
        What::Null => Cow::Borrowed(""),
        _ => coerce::text(value).unwrap_or(Cow::Borrowed(UNKNOWN)),
    }
}

/// Joins two values as texts ([MS-VBAL] 5.6.9.4).
fn concat(mut left: Value, right: &Value, bounds: &mut Bounds) -> Value {
    let unknown = |value: &Value| {
        let known = matches!(value.what, What::Text(_) | What::Number(_) | What::Bool(_));
        !known && !is_blank(value)
    };
    let mut origin = left.origin.and(right.origin);
    let holes = unknown(&left) || unknown(right);
    if holes && (unknown(&left) || is_blank(&left)) && (unknown(right) || is_blank(right)) {
        return Value::unknown_from(origin);
    }
    if holes {
        origin = origin.and(Origin::PARTIAL);
    }
    let texts = matches!((&left.what, &right.what), (What::Text(_), What::Text(_)));
    let tail = piece(right);
    let mut tail = &*tail;
    let end = piece(&left).chars().next_back();
    if let (Some(end), Some(start)) = (end, tail.chars().next()) {
        if end == HOLE {
            tail = tail.strip_prefix(HOLE).unwrap_or(tail);
        }
        origin = origin.and(
            if texts && end.is_alphanumeric() && start.is_alphanumeric() {
                Origin::JOINED
            } else {
                Origin::ASSEMBLED
            },
        );
    }
    left.origin = origin;
    if let What::Text(text) = &mut left.what
        && let Some(text) = text.grow()
    {
        if !bounds.take(tail.len()) {
            return Value::unknown_from(origin);
        }
        text.push_str(tail);
        return left;
    }
    let head = piece(&left);
    if !bounds.take(head.len().saturating_add(tail.len())) {
        return Value::unknown_from(origin);
    }
    let text = [&head, tail].concat();
    left.what = What::Text(text.into());
    left
}

fn arithmetic(left: &Value, right: &Value, f: impl Fn(f64, f64) -> Option<f64>) -> What {
    let (Some(a), Some(b)) = (coerce::number(left), coerce::number(right)) else {
        return unknown_or_null(left, right);
    };
    let known = f(a, b).filter(|number| number.is_finite());
    known.map_or(What::Unknown, What::Number)
}

/// Operators on whole numbers ([MS-VBAL] 5.6.9.3.6).
fn whole(left: &Value, right: &Value, f: impl Fn(i64, i64) -> Option<i64>) -> What {
    let (Some(a), Some(b)) = (coerce::integer(left), coerce::integer(right)) else {
        return unknown_or_null(left, right);
    };
    f(a, b).map_or(What::Unknown, |number| What::Number(number as f64))
}

fn unknown_or_null(left: &Value, right: &Value) -> What {
    match (&left.what, &right.what) {
        (What::Null, What::Unknown) | (What::Unknown, What::Null) => What::Unknown,
        (What::Null, _) | (_, What::Null) => What::Null,
        _ => What::Unknown,
    }
}

/// Comparison ([MS-VBAL] 5.6.9.5).
fn compare(
    left: &Value,
    right: &Value,
    holds: fn(Ordering) -> bool,
    by: Compare,
    bounds: &mut Bounds,
) -> What {
    let text = |value: &Value| matches!(value.what, What::Text(_));
    let order = match (&left.what, &right.what) {
        (What::Null, _) | (_, What::Null) => return unknown_or_null(left, right),
        _ if text(left) && (text(right) || is_blank(right)) || is_blank(left) && text(right) => {
            let partial = left.origin.and(right.origin).has(Origin::PARTIAL);
            let (a, b) = (piece(left), piece(right));
            let cost = a.len().min(b.len()) / 64;
            if partial || !bounds.step(cost as u64) {
                return What::Unknown;
            }
            match by {
                Compare::Binary => Some(a.cmp(&b)),
                Compare::Text if bounds.step((a.len() + b.len()) as u64 / 8) => {
                    Some(a.to_lowercase().cmp(&b.to_lowercase()))
                }
                Compare::Text => None,
            }
        }
        _ => match (coerce::number(left), coerce::number(right)) {
            (Some(a), Some(b)) => a.partial_cmp(&b),
            _ => None,
        },
    };
    order.map_or(What::Unknown, |order| What::Bool(holds(order)))
}

/// `Is`: only of what is made in the project or is `Nothing` it is known.
fn same(left: &Value, right: &Value) -> What {
    match (&left.what, &right.what) {
        (What::Nothing, What::Nothing) => What::Bool(true),
        (What::Nothing, What::Unit(_)) | (What::Unit(_), What::Nothing) => What::Bool(false),
        _ => What::Unknown,
    }
}

/// Logical operators, bit by bit ([MS-VBAL] 5.6.9.8). `settles` is what makes the other operand
/// not matter.
fn logic(left: Value, right: &Value, settles: Option<i64>, f: impl Fn(i64, i64) -> i64) -> Value {
    let truths = matches!((&left.what, &right.what), (What::Bool(_), What::Bool(_)));
    let origin = left.origin.and(right.origin);
    let (a, b) = (coerce::integer(&left), coerce::integer(right));
    if settles.is_some() {
        if a == settles {
            return left;
        }
        if b == settles {
            return right.clone();
        }
    }
    let what = match (a, b) {
        (Some(a), Some(b)) if truths => What::Bool(f(a, b) != 0),
        (Some(a), Some(b)) => What::Number(f(a, b) as f64),
        _ => What::Unknown,
    };
    Value { what, origin }
}

/// `Like` ([MS-VBAL] 5.6.9.7).
fn like(left: &Value, right: &Value, by: Compare, bounds: &mut Bounds) -> What {
    let (Some(text), Some(pattern)) = (left.as_whole_text(), right.as_whole_text()) else {
        return What::Unknown;
    };
    let cost = text.len().saturating_mul(pattern.len()) / 8;
    if !bounds.step(cost as u64) {
        return What::Unknown;
    }
    What::Bool(match by {
        Compare::Binary => matches(text, pattern),
        Compare::Text => matches(&text.to_lowercase(), &pattern.to_lowercase()),
    })
}

/// Whether a text is like a pattern: the last `*` takes one character more wherever what follows
/// it does not fit.
fn matches(text: &str, pattern: &str) -> bool {
    let (mut text, mut pattern) = (text.chars(), pattern.chars());
    let mut again = None;
    loop {
        let mut rest = pattern.clone();
        if rest.next() == Some('*') {
            again = Some((text.clone(), rest.clone()));
            pattern = rest;
            continue;
        }
        let mut after = text.clone();
        match after.next() {
            Some(character) if takes(&mut pattern, character) => text = after,
            None if pattern.as_str().is_empty() => return true,
            _ => {
                let Some((start, rest)) = &mut again else {
                    return false;
                };
                if start.next().is_none() {
                    return false;
                }
                text = start.clone();
                pattern = rest.clone();
            }
        }
    }
}

/// Takes one part of a pattern that stands for one character; whether it stands for this one.
fn takes(pattern: &mut std::str::Chars<'_>, character: char) -> bool {
    match pattern.next() {
        Some('?') => true,
        Some('#') => character.is_ascii_digit(),
        Some('[') => {
            let Some((list, rest)) = pattern.as_str().split_once(']') else {
                return false;
            };
            *pattern = rest.chars();
            let (list, wanted) = match list.strip_prefix('!') {
                Some(list) if !list.is_empty() => (list, false),
                _ => (list, true),
            };
            let mut list = list.chars().peekable();
            let mut found = false;
            while let Some(from) = list.next() {
                let mut ahead = list.clone();
                let to = match (ahead.next(), ahead.next()) {
                    (Some('-'), Some(to)) => {
                        list = ahead;
                        to
                    }
                    _ => from,
                };
                found |= (from..=to).contains(&character);
            }
            found == wanted
        }
        literal => literal == Some(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plenty() -> Bounds {
        Bounds {
            steps: 1_000_000,
            bytes: 1_000_000,
        }
    }

    fn text(text: &str) -> Value {
        Value::text(text)
    }

    fn number(number: f64) -> Value {
        Value::number(number)
    }

    fn done(left: Value, operator: Binary, right: Value) -> Value {
        binary(operator, left, &right, Compare::Binary, &mut plenty())
    }

    fn shown(left: Value, operator: Binary, right: Value) -> String {
        match done(left, operator, right).what {
            What::Text(text) => format!("{:?}", &*text),
            What::Number(number) => number.to_string(),
            What::Bool(truth) => truth.to_string(),
            what => format!("{what:?}"),
        }
    }

    #[test]
    fn numbers_and_texts_become_each_other() {
        use Binary::{Concat, Equal, IntegerDivide, Less, Mod, Plus, Times, Xor};
        assert_eq!(shown(text("5"), Plus, number(3.0)), "8");
        assert_eq!(shown(text("5"), Plus, text("3")), "\"53\"");
        assert_eq!(shown(text("&HFF"), Times, number(1.0)), "255");
        assert_eq!(shown(number(0.5), Concat, text("x")), "\"0.5x\"");
        assert_eq!(shown(text("x"), Plus, number(3.0)), "Unknown");
        assert_eq!(shown(number(7.5), IntegerDivide, number(2.0)), "4");
        assert_eq!(shown(number(-7.0), Mod, number(3.0)), "-1");
        assert_eq!(shown(number(7.0), Mod, number(0.0)), "Unknown");
        assert_eq!(shown(number(5.0), Xor, number(3.0)), "6");
        assert_eq!(shown(text("10"), Equal, number(10.0)), "true");
        assert_eq!(shown(text("b"), Less, text("a")), "false");
    }

    #[test]
    fn case_tells_texts_apart_or_not() {
        for (by, same) in [(Compare::Binary, false), (Compare::Text, true)] {
            for (operator, right) in [(Binary::Equal, "aé"), (Binary::Like, "[a-c]é")] {
                let value = binary(operator, text("AÉ"), &text(right), by, &mut plenty());
                assert!(matches!(value.what, What::Bool(is) if is == same));
            }
        }
    }

    #[test]
    fn what_is_not_known_leaves_one_hole() {
        let hole = done(text("cmd /c "), Binary::Concat, Value::UNKNOWN);
        assert_eq!(hole.as_text(), Some("cmd /c \u{FFFC}"));
        assert_eq!(hole.as_whole_text(), None);
        let more = done(hole, Binary::Concat, Value::unknown_from(Origin::DOCUMENT));
        assert_eq!(more.as_text(), Some("cmd /c \u{FFFC}"));
        assert!(more.origin.has(Origin::DOCUMENT));
        assert_eq!(
            shown(Value::UNKNOWN, Binary::Concat, Value::UNKNOWN),
            "Unknown"
        );
        assert_eq!(shown(Value::UNKNOWN, Binary::Plus, text("")), "Unknown");
        assert_eq!(
            shown(Value::UNKNOWN, Binary::Plus, text(".exe")),
            "\"\u{fffc}.exe\""
        );
    }

    #[test]
    fn only_a_seam_within_a_word_joins() {
        let joined = |a, b| {
            done(text(a), Binary::Concat, text(b))
                .origin
                .has(Origin::JOINED)
        };
        assert!(joined("pow", "ershell"));
        assert!(!joined("a ", "b") && !joined("", "b") && !joined("a", "-b"));
        let column = done(text("A"), Binary::Concat, number(1.0));
        assert!(!column.origin.has(Origin::JOINED));
    }

    #[test]
    fn one_side_may_settle_it() {
        let no = Value {
            what: What::Bool(false),
            origin: Origin::PLAIN,
        };
        let unsure = Value::unknown_from(Origin::UNSURE);
        let result = done(unsure.clone(), Binary::And, no.clone());
        assert_eq!(truth(&result), Some(false));
        assert_eq!(truth(&done(no, Binary::Or, unsure)), None);
    }

    #[test]
    fn a_text_grows_in_place_and_pays_for_what_is_added() {
        let mut bounds = Bounds {
            steps: 0,
            bytes: 1004,
        };
        let mut grown = Value {
            what: What::Text("x".to_owned().into()),
            origin: Origin::PLAIN,
        };
        for _ in 0..1000 {
            grown = binary(
                Binary::Concat,
                grown,
                &text("y"),
                Compare::Binary,
                &mut bounds,
            );
        }
        assert_eq!(grown.as_text().map(str::len), Some(1001));
        let shared = grown.clone();
        let end = binary(
            Binary::Concat,
            grown,
            &text("y"),
            Compare::Binary,
            &mut bounds,
        );
        assert!(matches!(end.what, What::Unknown));
        assert_eq!(shared.as_text().map(str::len), Some(1001));
        assert_eq!(bounds.bytes, 4);
    }

    #[test]
    fn like_knows_its_signs() {
        let is = |a, pattern| matches(a, pattern);
        assert!(is("report 7.xls", "*#.xls") && is("", "*") && is("a-b", "?[-]?"));
        assert!(is("x", "[!a-c]") && is("*", "[*]") && !is("b", "[!a-c]"));
        assert!(!is("", "?") && !is("ab", "a") && !is("a", "[a"));
        assert!(is("aaaaaaaaab", "*a*a*b") && !is("aaaaaaaaa", "*a*a*b"));
    }
}
