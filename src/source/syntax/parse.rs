//! The parser: tokens in, [`Syntax`] out.
//!
//! One pass forward with two words looked ahead, and no recursion: expressions keep their pending
//! operators in a list, blocks theirs in another. Every step takes a word or leaves a list, so the
//! work is that of the text.

use super::{DEAD, Expr, Kind, Op, Span, Statement, Syntax};
use crate::source::names::{Names, Symbol};
use crate::source::token::TokenKind;
use crate::source::{Language, lex};

mod block;
mod conditional;
mod control;
mod declaration;
mod expression;
mod header;
mod literal;
mod operator;
mod procedure;
mod reader;
mod statement;
#[cfg(test)]
mod tests;

use block::Blocks;
use conditional::Conditional;
use expression::Frame;
use reader::{Reader, Word};

impl Syntax {
    /// Reads a module. A text longer than 2 GiB is read that far.
    #[must_use]
    pub fn read(text: &str, language: Language, names: &mut Names) -> Self {
        let text = lex::head(text, DEAD as usize - 1);
        let mut parser = Parser {
            reader: Reader::new(text, language, names),
            // What ordinary source comes to, so that little is moved; what no page is touched for
            // costs nothing.
            syntax: Self {
                ops: Vec::with_capacity(text.len() / 16),
                statements: Vec::with_capacity(text.len() / 64),
                places: Vec::with_capacity(text.len() / 64),
                ..Self::default()
            },
            frames: Vec::new(),
            blocks: Blocks::default(),
            conditional: Conditional::default(),
            place: Place::Line,
            current: None,
        };
        parser.module();
        parser.syntax
    }
}

/// Where in its line a statement starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At its start, where labels are.
    Line,
    /// After `Then` or `Else`, where a number is a jump.
    Branch,
    /// After another statement.
    Rest,
}

/// The procedure that is read.
#[derive(Clone, Copy, Debug)]
struct Current {
    /// What it is.
    kind: Kind,
    /// The `#If` and the branch its first line is in.
    branch: Option<(u32, u32)>,
    /// How many procedures before it end where it does.
    twins: u32,
}

#[derive(Debug)]
struct Parser<'s, 'n> {
    reader: Reader<'s, 'n>,
    syntax: Syntax,
    /// Operators and brackets that wait for their operands.
    frames: Vec<Frame>,
    /// Blocks that wait for their ends.
    blocks: Blocks,
    conditional: Conditional,
    place: Place,
    /// The last of [`Syntax::procedures`], as long as it has no end.
    current: Option<Current>,
}

impl Parser<'_, '_> {
    fn module(&mut self) {
        self.file_header();
        while !self.reader.done() {
            self.statement();
        }
        self.end_lines(self.reader.now().from);
        self.end_procedure();
    }

    /// The word that is read next.
    fn now(&self) -> Word {
        self.reader.now()
    }

    /// Takes the next word.
    fn take(&mut self) -> Word {
        let word = self.reader.now();
        self.reader.advance();
        word
    }

    /// Takes the next word if it is that one.
    fn take_word(&mut self, symbol: Symbol) -> bool {
        let found = self.reader.now().symbol == symbol;
        if found {
            self.reader.advance();
        }
        found
    }

    /// Takes the next sign if it is that one.
    fn take_sign(&mut self, sign: u8) -> bool {
        let found = self.reader.now().is(sign);
        if found {
            self.reader.advance();
        }
        found
    }

    fn ops_end(&self) -> u32 {
        self.syntax.ops.len() as u32
    }

    fn statements_end(&self) -> u32 {
        self.syntax.statements.len() as u32
    }

    /// The operations since `from`.
    fn since(&self, from: u32) -> Expr {
        Expr {
            from,
            to: self.ops_end(),
        }
    }

    fn emit(&mut self, op: Op) {
        self.syntax.ops.push(op);
    }

    /// Adds a statement that starts at `at`. Outside procedures it is a part of the script.
    fn push(&mut self, at: u32, statement: Statement) -> u32 {
        if self.current.is_none() {
            self.begin_top(at);
        }
        let index = self.statements_end();
        self.syntax.statements.push(statement);
        let dead = if self.conditional.dead() { DEAD } else { 0 };
        self.syntax.places.push(at | dead);
        index
    }

    /// Passes over what is left of a statement.
    fn skip_statement(&mut self) {
        while !self.now().ends_statement() {
            self.reader.advance();
        }
    }

    /// Passes over what is left of a statement that starts at `from`, not understood.
    fn unread(&mut self, from: u32) {
        while !self.at_end() {
            self.reader.advance();
        }
        if self.reader.end <= from && !self.now().ends_statement() {
            self.reader.advance();
        }
        self.passed_over(from);
    }

    /// Keeps what lies between `from` and the next word as not understood.
    fn passed_over(&mut self, from: u32) {
        let span = Span {
            from,
            to: self.reader.end,
        };
        if span.from >= span.to {
            return;
        }
        if self.current.is_some() {
            self.push(from, Statement::Unread(span));
        } else {
            self.syntax.unread.push(span);
        }
    }

    /// Takes back the operations since `start`, and passes over the statement.
    fn unread_since(&mut self, start: u32, from: u32) {
        self.syntax.ops.truncate(start as usize);
        self.unread(from);
    }
}
