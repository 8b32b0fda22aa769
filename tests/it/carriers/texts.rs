//! Texts that code reads from the document.
