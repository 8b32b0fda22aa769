//! The rules that come with the crate: a table a category.
//!
//! The names are facts about Office, Windows and what has been seen in attacks. A row costs
//! nothing when a text is searched, so there is no reason to leave a name out; what a row may do
//! to a verdict is its role, and a role is given only to what benign files seldom hold.

use super::rules::{Argument, Context, Pattern, Rule};

mod dde;
mod defense;
mod evasion;
mod execution;
mod external;
mod hiding;
mod injection;
mod lure;
mod network;
mod obfuscation;
mod object;
mod persistence;
mod structure;
mod trigger;
mod write;

/// Every table.
pub const TABLES: &[&[Rule]] = &[
    trigger::RULES,
    execution::RULES,
    injection::RULES,
    network::RULES,
    write::RULES,
    persistence::RULES,
    defense::RULES,
    evasion::RULES,
    obfuscation::RULES,
    hiding::RULES,
    lure::RULES,
    external::RULES,
    object::RULES,
    dde::RULES,
    structure::RULES,
];

const fn pattern(text: &'static str, context: Context) -> Pattern {
    Pattern { text, context }
}

const fn procedure(text: &'static str) -> Pattern {
    pattern(text, Context::Procedure)
}

const fn suffix(text: &'static str) -> Pattern {
    pattern(text, Context::ProcedureSuffix)
}

const fn call(text: &'static str) -> Pattern {
    pattern(text, Context::Call)
}

const fn statement(text: &'static str) -> Pattern {
    pattern(text, Context::Statement)
}

const fn member(text: &'static str) -> Pattern {
    pattern(text, Context::Member)
}

const fn of_type(text: &'static str) -> Pattern {
    pattern(text, Context::Type)
}

const fn word(text: &'static str) -> Pattern {
    pattern(text, Context::Word)
}

const fn text(text: &'static str) -> Pattern {
    pattern(text, Context::Text)
}

const fn fragment(text: &'static str) -> Pattern {
    pattern(text, Context::Fragment)
}

const fn api(text: &'static str) -> Pattern {
    pattern(text, Context::Api)
}

const fn opaque(text: &'static str, argument: Argument) -> Pattern {
    pattern(text, Context::Opaque(argument))
}
