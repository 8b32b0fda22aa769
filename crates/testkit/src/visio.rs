//! Writers of binary drawings of Visio.
