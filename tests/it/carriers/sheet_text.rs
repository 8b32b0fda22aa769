//! Sheets, queries and cells in text.
