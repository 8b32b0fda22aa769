//! What in the text matters: rules as data, one automaton over all of them, and the addresses
//! and paths that the text names. Knows [`Source`](crate::source::Source), not its origin.
//!
//! All patterns of all rules go into one automaton, and a text is searched once, with
//! overlapping matches so that no pattern hides another. Almost all text matches nothing and
//! costs one step a byte. What does match is first held against its neighbours (word boundaries,
//! the dot before a member, the `Sub` before a name), and only then asked for its place: words in
//! comments never count, and words in strings only for the rules that look for them there.

pub mod builtin;
pub mod conduct;
mod context;
mod ioc;
pub mod loads;
mod matcher;
mod rules;
mod search;
#[cfg(test)]
mod tests;
mod triggers;

pub use matcher::Matcher;
pub use rules::{Argument, Category, Context, Finding, Flow, Given, Ioc, Pattern, Role, Rule};
