//! Texts that a document keeps outside its code, where code can read them: captions and values of
//! forms, variables, properties, cells, alternative texts, comments.
//!
//! Read only when code has asked for one that is not known otherwise, since most never do.

use crate::container::zip::Inflater;
use crate::observe::Ledger;

/// The texts of one document.
#[derive(Clone, Debug, Default)]
pub struct Texts {}

impl Texts {
    /// Reads the texts of a project's surroundings: the layer of the project first, then those
    /// that hold it.
    #[must_use]
    pub fn read(_holders: &[&[u8]], _inflater: &mut Inflater, _ledger: &mut Ledger) -> Self {
        Self {}
    }
}
