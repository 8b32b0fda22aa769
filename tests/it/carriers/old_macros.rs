//! Macros of before VBA projects.
