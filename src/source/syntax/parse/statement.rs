//! Statements: which it is, calls and assignments ([MS-VBAL] 5.4), and those on files (5.4.5).

use super::super::{Exit, Op, Statement};
use super::operator::binary;
use super::reader::{Gap, Word};
use super::{Language, Parser, Place, Symbol, TokenKind};
use crate::source::words;

impl Parser<'_, '_> {
    /// Whether a statement ends here. In an `If` on one line, `Else` and `End If` end it too.
    pub(super) fn at_end(&self) -> bool {
        let now = self.now();
        if now.ends_statement() {
            return true;
        }
        self.blocks.in_line()
            && match now.symbol {
                words::ELSE | words::ELSEIF | words::ENDIF => true,
                words::END => self.reader.ahead().symbol == words::IF,
                _ => false,
            }
    }

    /// Reads one statement, or the sign or line end between two.
    pub(super) fn statement(&mut self) {
        let now = self.now();
        let place = std::mem::replace(&mut self.place, Place::Rest);
        match now.kind {
            TokenKind::LineEnd => {
                self.end_lines(now.from);
                self.reader.advance();
                self.place = Place::Line;
            }
            TokenKind::Sign(b':') => self.reader.advance(),
            TokenKind::Directive => self.directive(),
            TokenKind::Name => self.word_statement(now, place),
            TokenKind::Bracketed | TokenKind::Sign(b'.' | b'!' | b'(') => self.simple(now),
            // A listing may number its lines, those between procedures too.
            TokenKind::Number if place == Place::Line && self.current.is_none() => {
                self.reader.advance();
                self.take_sign(b':');
                self.place = Place::Line;
            }
            TokenKind::Number if place == Place::Line => {
                let label = self.line_number();
                self.push(now.from, Statement::Label(label));
                self.reader.advance();
                self.take_sign(b':');
            }
            TokenKind::Number if place == Place::Branch => {
                let label = self.line_number();
                self.push(now.from, Statement::GoTo(label));
                self.reader.advance();
                self.end_of_statement();
            }
            _ => self.unread(now.from),
        }
    }

    /// What is left of a statement was not understood.
    fn end_of_statement(&mut self) {
        if !self.at_end() {
            self.unread(self.now().from);
        }
    }

    fn word_statement(&mut self, now: Word, place: Place) {
        let at = now.from;
        let ahead = self.reader.ahead();
        // `Name = x`, `Type.x`: a variable, whatever it is called.
        let variable = (ahead.is(b'=') && now.symbol != words::CASE)
            || (ahead.is(b'.') && ahead.gap == Gap::No);
        if variable {
            self.simple(now);
            return self.end_of_statement();
        }
        match now.symbol {
            words::IF => {
                self.reader.advance();
                return self.if_branch(at, false);
            }
            words::ELSEIF => {
                self.reader.advance();
                return self.if_branch(at, true);
            }
            words::ELSE => return self.else_statement(at),
            words::ENDIF => {
                self.reader.advance();
                self.end_if(at);
            }
            words::END => self.end_statement(at),
            words::FOR => self.for_statement(at),
            words::NEXT => self.next_statement(at),
            words::DO => self.do_statement(at),
            words::LOOP | words::WEND => self.loop_statement(at),
            words::WHILE => self.while_statement(at),
            words::SELECT => self.select_statement(at),
            // The branch may follow on the line.
            words::CASE => return self.case_statement(at),
            words::WITH => self.with_statement(at),
            words::EXIT => self.exit_statement(at),
            words::GOTO => self.goto_statement(at),
            words::GOSUB => self.gosub_statement(at),
            words::GO if matches!(ahead.symbol, words::TO | words::SUB) => {
                self.reader.advance();
                if ahead.symbol == words::TO {
                    self.goto_statement(at);
                } else {
                    self.gosub_statement(at);
                }
            }
            words::RETURN => {
                self.reader.advance();
                self.push(at, Statement::Exit(Exit::Procedure));
            }
            words::RESUME => self.resume_statement(at),
            words::ON => self.on_statement(at),
            words::STOP => {
                self.reader.advance();
                self.push(at, Statement::Exit(Exit::Program));
            }
            words::CALL => {
                self.reader.advance();
                self.simple(now);
            }
            words::LET | words::LSET | words::RSET => self.assignment(now, false),
            words::SET => self.assignment(now, true),
            words::RAISEEVENT => self.raise_event(at),
            words::OPEN if self.reader.language == Language::Vba => self.open_statement(now),
            words::LINE if ahead.symbol == words::INPUT && self.reader.beyond().is(b'#') => {
                self.reader.advance();
                self.file_statement(now, words::LINE_INPUT);
            }
            words::PRINT | words::WRITE | words::INPUT | words::WIDTH if ahead.is(b'#') => {
                self.file_statement(now, now.symbol);
            }
            words::CLOSE | words::PUT | words::GET | words::SEEK | words::LOCK | words::UNLOCK
                if self.reader.language == Language::Vba && !ahead.is(b'(') =>
            {
                self.file_statement(now, now.symbol);
            }
            _ if self.declaration(now) => {}
            symbol if place == Place::Line && self.is_label() => {
                self.push(at, Statement::Label(symbol));
                self.reader.advance();
            }
            symbol if is_reserved(symbol) => self.unread(at),
            _ => self.simple(now),
        }
        self.end_of_statement();
    }

    /// Whether the name at the start of a line is a label ([MS-VBAL] 5.4.1.1); a script has none.
    fn is_label(&self) -> bool {
        self.reader.ahead().is(b':') && self.reader.language == Language::Vba && self.is_local()
    }

    /// A call without `Call`, or an assignment without `Let`.
    pub(super) fn simple(&mut self, first: Word) {
        let start = self.ops_end();
        let callee = self.now().symbol;
        if !self.head() {
            return self.unread_since(start, first.from);
        }
        if self.now().is(b'=') {
            return self.assign(first.from, start, false);
        }
        if !self.finish_call() {
            return self.unread_since(start, first.from);
        }
        self.push_call(first.from, start, callee);
    }

    /// Reads what follows a head as the arguments of its call; false if nothing of the kind does.
    fn finish_call(&mut self) -> bool {
        let now = self.now();
        let called = match self.syntax.ops.last() {
            Some(Op::Call(count)) => Some(*count),
            _ => None,
        };
        if self.at_end() {
            self.call_last();
            if called.is_none() && !matches!(self.syntax.ops.last(), Some(Op::Evaluate(_))) {
                self.emit(Op::Call(0));
            }
            return true;
        }
        if let Some(count) = called.filter(|_| continues_argument(now)) {
            // `f (a), b` and `f (a) & b`: the parentheses are those of the first argument.
            self.syntax.ops.pop();
            self.open_arguments(count.saturating_sub(1), count > 0);
            return true;
        }
        let starts = match now.kind {
            TokenKind::Text
            | TokenKind::Number
            | TokenKind::Date
            | TokenKind::Bracketed
            | TokenKind::Name => true,
            TokenKind::Sign(sign) => {
                matches!(sign, b'(' | b'-' | b'+' | b'.' | b'!' | b'#' | b',' | b';')
            }
            _ => false,
        };
        // `AS` after `Name a`: see `push_call`.
        if !starts || now.symbol == words::AS {
            return false;
        }
        self.call_last();
        self.open_arguments(0, false);
        true
    }

    /// Adds a call that was read, as what it is: some are statements on files.
    fn push_call(&mut self, at: u32, start: u32, callee: Symbol) {
        let on_file = self.reader.language == Language::Vba
            && match callee {
                words::KILL
                | words::CLOSE
                | words::PUT
                | words::GET
                | words::SEEK
                | words::LOCK
                | words::UNLOCK => true,
                words::NAME if self.take_word(words::AS) => {
                    if let Some(Op::Call(count)) = self.syntax.ops.pop() {
                        self.expression();
                        self.emit(Op::Call(count.saturating_add(1)));
                    }
                    true
                }
                _ => false,
            };
        let is_whole = matches!(
            self.syntax.ops.get(start as usize),
            Some(Op::Callee(symbol, _)) if *symbol == callee
        );
        let call = self.since(start);
        let statement = if on_file && is_whole {
            Statement::File(call)
        } else {
            Statement::Call(call)
        };
        self.push(at, statement);
    }

    /// `Let`, `Set`, `LSet`, `RSet`
    fn assignment(&mut self, first: Word, set: bool) {
        self.reader.advance();
        let start = self.ops_end();
        if !self.head() || !self.now().is(b'=') {
            return self.unread_since(start, first.from);
        }
        self.assign(first.from, start, set);
    }

    /// An assignment from its `=` on; its target is what was read since `start`.
    fn assign(&mut self, at: u32, start: u32, set: bool) {
        let target = self.since(start);
        self.reader.advance();
        let value = self.expression();
        self.push(at, Statement::Assign { target, value, set });
    }

    fn raise_event(&mut self, at: u32) {
        self.reader.advance();
        let start = self.ops_end();
        if !self.head() || !self.finish_call() {
            return self.unread_since(start, at);
        }
        let call = self.since(start);
        self.push(at, Statement::RaiseEvent(call));
    }

    /// A statement on files: the number of the file, then the rest, as arguments.
    fn file_statement(&mut self, first: Word, symbol: Symbol) {
        self.reader.advance();
        let start = self.ops_end();
        self.emit(Op::Callee(symbol, first.from));
        if self.at_end() {
            self.emit(Op::Call(0));
        } else {
            self.open_arguments(0, false);
        }
        let call = self.since(start);
        self.push(first.from, Statement::File(call));
    }

    /// `Open path For mode Access … As #number Len = …`
    fn open_statement(&mut self, first: Word) {
        self.reader.advance();
        let start = self.ops_end();
        self.emit(Op::Callee(words::OPEN, first.from));
        self.expression();
        let mut mode = Op::Load(words::RANDOM, first.from);
        if self.take_word(words::FOR) {
            let word = self.take();
            mode = Op::Load(word.symbol, word.from);
        }
        self.emit(mode);
        while matches!(
            self.now().symbol,
            words::ACCESS | words::READ | words::WRITE | words::LOCK | words::SHARED
        ) {
            self.reader.advance();
        }
        if !self.take_word(words::AS) {
            return self.unread_since(start, first.from);
        }
        self.expression();
        self.emit(Op::Call(3));
        let call = self.since(start);
        if self.now().symbol == words::LEN && self.reader.ahead().is(b'=') {
            self.reader.advance();
            self.reader.advance();
            let length = self.expression();
            self.syntax.ops.truncate(length.from as usize);
        }
        self.push(first.from, Statement::File(call));
    }
}

/// Whether a word starts no call in either language, and what it starts was not found.
fn is_reserved(symbol: Symbol) -> bool {
    matches!(
        symbol,
        words::CONST
            | words::DIM
            | words::EACH
            | words::FUNCTION
            | words::IN
            | words::PRIVATE
            | words::PUBLIC
            | words::REDIM
            | words::SUB
            | words::UNTIL
    )
}

/// Whether a word goes on with an argument that started with parentheses.
fn continues_argument(word: Word) -> bool {
    match word.kind {
        TokenKind::Sign(b',' | b';') => true,
        TokenKind::Sign(b'=') => false,
        _ => binary(word, word).is_some(),
    }
}
