//! Writers of macros of before VBA projects.
