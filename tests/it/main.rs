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

mod acceptance;
mod api;
mod carriers;
#[cfg(feature = "serde")]
mod corpus;
mod families;
mod floors;
mod hidden;
mod hostile;
mod limits;
mod replay;
#[cfg(feature = "parallel")]
mod samples;
mod seeds;
mod sketch;
#[allow(unreachable_pub, reason = "a library of its own elsewhere")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;
mod technique_map;
