//! Containers that lie.
