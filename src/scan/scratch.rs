//! Memory that one thread uses again for every input.

use crate::container::zip::Inflater;

/// Buffers for [`Scanner::scan_with`](crate::Scanner::scan_with): one a thread.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The stored source of all modules of one layer.
    pub(super) text: Vec<u8>,
    /// A part that is read and not kept.
    pub(super) part: Vec<u8>,
    pub(super) inflater: Inflater,
}

/// What a buffer may keep from one input to the next.
const KEEP: usize = 8 << 20;

impl Scratch {
    /// Empty buffers; they grow with the first inputs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives back what one large input took.
    pub(super) fn settle(&mut self) {
        self.text.clear();
        self.text.shrink_to(KEEP);
        self.part.clear();
        self.part.shrink_to(KEEP);
    }
}
