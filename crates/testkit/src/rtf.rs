//! Writers of rich text.
