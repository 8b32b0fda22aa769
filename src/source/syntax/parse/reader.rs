//! The tokens that matter to the grammar, with two of them looked ahead.

use super::super::Span;
use crate::source::Language;
use crate::source::names::{Names, Symbol};
use crate::source::token::{TokenKind, Tokens};

/// No name: the symbol of whatever is none.
pub(super) const NONE: Symbol = Symbol::known(u32::MAX as usize);

/// What lies between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    No,
    /// Blanks.
    Blank,
    /// The end of a line that is continued.
    Line,
}

/// A token that is no blank and no comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// What it is; a line end where the text ends.
    pub(super) kind: TokenKind,
    pub(super) gap: Gap,
    pub(super) from: u32,
    pub(super) to: u32,
    /// The symbol of a name that is not in brackets.
    pub(super) symbol: Symbol,
}

impl Word {
    /// Whether it is that operator, separator or type character.
    pub(super) fn is(&self, sign: u8) -> bool {
        self.kind == TokenKind::Sign(sign)
    }

    /// Where it stands.
    pub(super) const fn span(&self) -> Span {
        Span {
            from: self.from,
            to: self.to,
        }
    }

    /// Whether it names something.
    pub(super) const fn is_name(&self) -> bool {
        matches!(self.kind, TokenKind::Name | TokenKind::Bracketed)
    }

    /// Whether a statement ends before it.
    pub(super) const fn ends_statement(&self) -> bool {
        matches!(self.kind, TokenKind::LineEnd | TokenKind::Sign(b':'))
    }
}

const NOTHING: Word = Word {
    kind: TokenKind::LineEnd,
    gap: Gap::No,
    from: 0,
    to: 0,
    symbol: NONE,
};

/// How many words are read at a time.
const CHUNK: usize = 64;

/// How many words are looked at: the next one, and two ahead.
const AHEAD: usize = 3;

/// Goes through the words of a text.
#[derive(Debug)]
pub(super) struct Reader<'s, 'n> {
    pub(super) text: &'s str,
    pub(super) names: &'n mut Names,
    pub(super) language: Language,
    /// Some words, from the one that is read next at `at`: reading many at a time is faster.
    words: [Word; CHUNK],
    at: usize,
    /// Where the word before the next one ends.
    pub(super) end: u32,
    tokens: Tokens<'s>,
}

impl<'s, 'n> Reader<'s, 'n> {
    pub(super) fn new(text: &'s str, language: Language, names: &'n mut Names) -> Self {
        let mut reader = Self {
            text,
            names,
            language,
            words: [NOTHING; CHUNK],
            at: CHUNK,
            end: 0,
            tokens: Tokens::new(text, language),
        };
        reader.fill();
        reader
    }

    fn word(&self, distance: usize) -> Word {
        let word = self.words.get(self.at + distance);
        word.copied().unwrap_or(NOTHING)
    }

    /// The word that is read next.
    pub(super) fn now(&self) -> Word {
        self.word(0)
    }

    /// The one after it.
    pub(super) fn ahead(&self) -> Word {
        self.word(1)
    }

    /// And the one after that.
    pub(super) fn beyond(&self) -> Word {
        self.word(2)
    }

    /// Whether there are no more words.
    pub(super) fn done(&self) -> bool {
        self.now().kind == TokenKind::LineEnd && self.now().from as usize >= self.text.len()
    }

    /// Goes to the next word.
    pub(super) fn advance(&mut self) {
        self.end = self.now().to;
        self.at += 1;
        if self.at + AHEAD > CHUNK {
            self.fill();
        }
    }

    fn fill(&mut self) {
        self.words.copy_within(self.at.., 0);
        let mut free = CHUNK - self.at;
        self.at = 0;
        while free < CHUNK {
            let word = self.read();
            if let Some(place) = self.words.get_mut(free) {
                *place = word;
            }
            free += 1;
        }
    }

    fn read(&mut self) -> Word {
        let mut gap = Gap::No;
        loop {
            if self.tokens.skip_blanks() && gap == Gap::No {
                gap = Gap::Blank;
            }
            let Some(token) = self.tokens.next() else {
                break;
            };
            let symbol = match token.kind {
                TokenKind::Blank => {
                    if gap == Gap::No {
                        gap = Gap::Blank;
                    }
                    continue;
                }
                TokenKind::Continuation => {
                    gap = Gap::Line;
                    continue;
                }
                TokenKind::Comment => continue,
                TokenKind::Name => {
                    let name = self.text.get(token.from as usize..token.to as usize);
                    self.names.intern(name.unwrap_or_default())
                }
                _ => NONE,
            };
            return Word {
                kind: token.kind,
                gap,
                from: token.from,
                to: token.to,
                symbol,
            };
        }
        let end = self.text.len() as u32;
        Word {
            kind: TokenKind::LineEnd,
            gap,
            from: end,
            to: end,
            symbol: NONE,
        }
    }

    /// The text of a word.
    pub(super) fn text_of(&self, word: Word) -> &'s str {
        self.text
            .get(word.from as usize..word.to as usize)
            .unwrap_or_default()
    }

    /// The symbol of a word that names something; without its brackets, if it has them.
    pub(super) fn symbol_of(&mut self, word: Word) -> Symbol {
        if word.kind == TokenKind::Bracketed {
            let text = self.text_of(word);
            let inner = text.get(1..text.len().saturating_sub(1));
            return self.names.intern(inner.unwrap_or_default());
        }
        word.symbol
    }

    /// Reads a name, and the names after dots: `Excel.Application`. Returns the symbols of the
    /// whole and of the last part.
    pub(super) fn dotted(&mut self) -> Option<(Symbol, Symbol)> {
        if !self.now().is_name() {
            return None;
        }
        let first = self.now();
        let mut last = self.symbol_of(first);
        self.advance();
        if !(self.now().is(b'.') && self.ahead().is_name()) {
            return Some((last, last));
        }
        let mut whole = self.names.text(last).to_owned();
        while self.now().is(b'.') && self.ahead().is_name() {
            self.advance();
            last = self.symbol_of(self.now());
            whole.push('.');
            whole.push_str(self.names.text(last));
            self.advance();
        }
        Some((self.names.intern(&whole), last))
    }
}
