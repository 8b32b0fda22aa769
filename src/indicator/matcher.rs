//! One automaton over all patterns.
