//! How records are printed.

pub(crate) mod advice;
pub(crate) mod ndjson;
pub(crate) mod text;
