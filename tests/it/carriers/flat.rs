//! Documents in one XML file.

/// Starting points for fuzzing.
pub(super) fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    vec![("empty", Vec::new())]
}
