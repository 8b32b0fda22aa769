//! Structured fuzzing input.
