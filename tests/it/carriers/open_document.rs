//! OpenDocument files.
