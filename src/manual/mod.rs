//! The manual: what does not belong to any one item.
//!
//! | page | answers |
//! |---|---|
//! | [`embedding`] | how to put the scanner into a mail filter, and what to do with each verdict |
//! | [`hostile_input`] | what an attacker can make it do: what is bounded, and by what |
//! | [`rules`] | how rules work, what they do to a verdict, how to add one |
//! | [`coverage`] | every gap and every observation, one line each |
//! | [`technique_map`] | from what malicious documents do to tests and rules |
//! | [`spec_map`] | from the clauses of the specifications to code and tests |

pub mod coverage;
pub mod embedding;
pub mod hostile_input;
pub mod rules;
pub mod spec_map;
pub mod technique_map;
