//! What in the text matters: rules as data, one automaton over all of them, and the addresses
//! and paths that the text names. Knows [`Source`](crate::source::Source), not its origin.

pub mod builtin;
mod ioc;
mod matcher;
mod rules;

pub use rules::Category;
