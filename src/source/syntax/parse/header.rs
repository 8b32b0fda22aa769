//! The header of a module that was exported to a file: `VERSION`, `Begin … End`.

use super::{Language, Parser, TokenKind};
use crate::source::words;

impl Parser<'_, '_> {
    /// Passes over it, if there is one. Every line of it sets a property of the designer or the
    /// class; the first that is anything else is code.
    pub(super) fn file_header(&mut self) {
        while self.now().kind == TokenKind::LineEnd && !self.reader.done() {
            self.reader.advance();
        }
        let is_header = self.reader.language == Language::Vba
            && self.now().symbol == words::VERSION
            && self.reader.ahead().kind == TokenKind::Number;
        if !is_header {
            return;
        }
        self.skip_line();
        let mut depth = 0_u32;
        loop {
            let (now, ahead) = (self.now(), self.reader.ahead());
            match now.symbol {
                words::BEGIN | words::BEGINPROPERTY => depth = depth.saturating_add(1),
                words::END | words::ENDPROPERTY
                    if depth > 0 && ahead.kind == TokenKind::LineEnd =>
                {
                    depth -= 1;
                }
                words::OBJECT if ahead.is(b'=') => {}
                _ if depth > 0 && now.kind == TokenKind::Name && ahead.is(b'=') => {}
                _ if now.kind == TokenKind::LineEnd && !self.reader.done() => {}
                _ => return,
            }
            self.skip_line();
        }
    }

    fn skip_line(&mut self) {
        while self.now().kind != TokenKind::LineEnd {
            self.reader.advance();
        }
        self.reader.advance();
    }
}
