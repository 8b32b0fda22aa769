//! The one integration binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "helpers of tests fail as tests do"
)]

#[cfg(feature = "serde")]
mod corpus;
mod replay;
mod seeds;
#[allow(unreachable_pub, reason = "a library of its own elsewhere")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;
