//! Memory that one thread uses again for every input.

/// Buffers for [`Scanner::scan_with`](crate::Scanner::scan_with): one a thread.
#[derive(Debug, Default)]
pub struct Scratch {}

impl Scratch {
    /// Empty buffers; they grow with the first inputs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
