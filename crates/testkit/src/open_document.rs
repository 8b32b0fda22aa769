//! Writers of OpenDocument files.
