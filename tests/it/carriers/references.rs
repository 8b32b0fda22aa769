//! What packages load.
