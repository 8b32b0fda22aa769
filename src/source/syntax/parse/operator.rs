//! Operators ([MS-VBAL] 5.6.9): which words are, and how they bind.

use super::super::{Binary, Unary};
use super::reader::Word;
use super::{Symbol, TokenKind};
use crate::source::words;

/// The operator that a word is, and whether the next word is a part of it: `< >`.
pub(super) fn binary(now: Word, ahead: Word) -> Option<(Binary, bool)> {
    let operator = match now.kind {
        TokenKind::Sign(b'&') => Binary::Concat,
        TokenKind::Sign(b'=') if ahead.is(b'<') => return Some((Binary::LessEqual, true)),
        TokenKind::Sign(b'=') if ahead.is(b'>') => return Some((Binary::GreaterEqual, true)),
        TokenKind::Sign(b'=') => Binary::Equal,
        TokenKind::Sign(b'+') => Binary::Plus,
        TokenKind::Sign(b'-') => Binary::Minus,
        TokenKind::Sign(b'*') => Binary::Times,
        TokenKind::Sign(b'/') => Binary::Divide,
        TokenKind::Sign(b'\\') => Binary::IntegerDivide,
        TokenKind::Sign(b'^') => Binary::Power,
        TokenKind::Sign(b'<') if ahead.is(b'>') => return Some((Binary::NotEqual, true)),
        TokenKind::Sign(b'<') if ahead.is(b'=') => return Some((Binary::LessEqual, true)),
        TokenKind::Sign(b'<') => Binary::Less,
        TokenKind::Sign(b'>') if ahead.is(b'<') => return Some((Binary::NotEqual, true)),
        TokenKind::Sign(b'>') if ahead.is(b'=') => return Some((Binary::GreaterEqual, true)),
        TokenKind::Sign(b'>') => Binary::Greater,
        TokenKind::NotEqual => Binary::NotEqual,
        TokenKind::LessEqual => Binary::LessEqual,
        TokenKind::GreaterEqual => Binary::GreaterEqual,
        TokenKind::Name => named(now.symbol)?,
        _ => return None,
    };
    Some((operator, false))
}

/// The operator that a name is.
const fn named(symbol: Symbol) -> Option<Binary> {
    Some(match symbol {
        words::AND => Binary::And,
        words::OR => Binary::Or,
        words::MOD => Binary::Mod,
        words::IS => Binary::Is,
        words::LIKE => Binary::Like,
        words::XOR => Binary::Xor,
        words::EQV => Binary::Eqv,
        words::IMP => Binary::Imp,
        _ => return None,
    })
}

/// [MS-VBAL] 5.6.9: the higher binds first.
pub(super) const fn binary_precedence(operator: Binary) -> u8 {
    match operator {
        Binary::Power => 14,
        Binary::Times | Binary::Divide => 12,
        Binary::IntegerDivide => 11,
        Binary::Mod => 10,
        Binary::Plus | Binary::Minus => 9,
        Binary::Concat => 8,
        Binary::Equal
        | Binary::NotEqual
        | Binary::Less
        | Binary::LessEqual
        | Binary::Greater
        | Binary::GreaterEqual
        | Binary::Is
        | Binary::Like => 7,
        Binary::And => 5,
        Binary::Or => 4,
        Binary::Xor => 3,
        Binary::Eqv => 2,
        Binary::Imp => 1,
    }
}

pub(super) const fn unary_precedence(operator: Unary) -> u8 {
    match operator {
        Unary::Minus => 13,
        Unary::Not => 6,
    }
}

/// Whether a word cannot be an operand: an operator between two, or what comes after an
/// expression.
pub(super) fn follows_operand(symbol: Symbol) -> bool {
    named(symbol).is_some() || matches!(symbol, words::THEN | words::ELSE | words::TO | words::AS)
}
