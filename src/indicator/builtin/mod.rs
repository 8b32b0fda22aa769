//! The rules that come with the crate: a table a category.
