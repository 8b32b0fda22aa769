//! Addresses, hosts and paths in text.
