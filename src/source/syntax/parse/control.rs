//! Control statements ([MS-VBAL] 5.4.2) and those on errors (5.4.4).

use super::super::{Exit, Expr, Op, Statement, Takes};
use super::block::BlockKind;
use super::{Parser, Symbol, TokenKind};
use crate::source::words;

impl Parser<'_, '_> {
    /// `ElseIf`, or `Else` and what follows it.
    pub(super) fn else_statement(&mut self, at: u32) {
        self.reader.advance();
        // Two words for one in VBA; in a script an `If` within the `Else`.
        let one_word = self.reader.language == super::Language::Vba
            && self.now().symbol == words::IF
            && !self.blocks.in_line();
        if one_word {
            self.reader.advance();
            self.if_branch(at, true);
        } else {
            self.else_branch(at);
        }
    }

    /// `For`, `For Each`
    pub(super) fn for_statement(&mut self, at: u32) {
        self.reader.advance();
        if self.take_word(words::EACH) {
            let variable = self.variable_of_loop();
            let list = self.clause(self.now().symbol == words::IN);
            let statement = Statement::ForEach {
                variable,
                list,
                end: 0,
            };
            self.open_block(BlockKind::For, at, statement);
            return;
        }
        let variable = self.variable_of_loop();
        let from = self.clause(self.now().is(b'='));
        let to = self.clause(self.now().symbol == words::TO);
        let step = self.clause(self.now().symbol == words::STEP);
        let statement = Statement::For {
            variable,
            from,
            to,
            step,
            end: 0,
        };
        self.open_block(BlockKind::For, at, statement);
    }

    fn variable_of_loop(&mut self) -> Expr {
        let start = self.ops_end();
        self.head();
        self.since(start)
    }

    /// The expression after a word or sign, if that is there.
    pub(super) fn clause(&mut self, is_there: bool) -> Expr {
        if !is_there {
            return Expr::default();
        }
        self.reader.advance();
        self.expression()
    }

    /// `Next`, with any variables.
    pub(super) fn next_statement(&mut self, at: u32) {
        self.reader.advance();
        self.end_for_once(at);
        while self.take_sign(b',') {
            self.end_for_once(self.now().from);
        }
    }

    fn end_for_once(&mut self, at: u32) {
        let start = self.ops_end();
        if !self.at_end() {
            self.head();
            self.syntax.ops.truncate(start as usize);
        }
        self.end_for(at);
    }

    /// `Do`, with any condition.
    pub(super) fn do_statement(&mut self, at: u32) {
        self.reader.advance();
        let (condition, until) = self.loop_condition();
        self.open_do(at, condition, until);
    }

    /// `While`
    pub(super) fn while_statement(&mut self, at: u32) {
        self.reader.advance();
        let condition = self.expression();
        self.open_do(at, condition, false);
    }

    fn open_do(&mut self, at: u32, condition: Expr, until: bool) {
        let statement = Statement::Do {
            condition,
            until,
            end: 0,
        };
        self.open_block(BlockKind::Do, at, statement);
    }

    /// `Loop`, with any condition, or `Wend`.
    pub(super) fn loop_statement(&mut self, at: u32) {
        self.reader.advance();
        let (condition, until) = self.loop_condition();
        self.end_do(at, condition, until);
    }

    fn loop_condition(&mut self) -> (Expr, bool) {
        let until = self.now().symbol == words::UNTIL;
        let condition = self.clause(until || self.now().symbol == words::WHILE);
        (condition, until)
    }

    /// `Select Case`
    pub(super) fn select_statement(&mut self, at: u32) {
        self.reader.advance();
        self.take_word(words::CASE);
        let subject = self.expression();
        self.open_select(at, subject);
    }

    fn open_select(&mut self, at: u32, subject: Expr) {
        let statement = Statement::Select {
            subject,
            next: 0,
            end: 0,
        };
        self.open_block(BlockKind::Select, at, statement);
    }

    /// `Case`, with its list.
    pub(super) fn case_statement(&mut self, at: u32) {
        self.reader.advance();
        let nothing = Expr::default();
        let first = self.statements_end();
        if self.take_word(words::ELSE) {
            self.case(at, Takes::Rest, nothing, nothing);
            return self.case_body(first);
        }
        loop {
            let is = self.take_word(words::IS);
            if let Some(operator) = self.comparison() {
                let value = self.expression();
                self.case(at, Takes::Compared(operator), value, nothing);
            } else if is {
                break;
            } else {
                let value = self.expression();
                let to = self.clause(self.now().symbol == words::TO);
                let takes = if to == nothing {
                    Takes::Value
                } else {
                    Takes::Range
                };
                self.case(at, takes, value, to);
            }
            if !self.take_sign(b',') {
                break;
            }
        }
        self.case_body(first);
    }

    /// `With`
    pub(super) fn with_statement(&mut self, at: u32) {
        self.reader.advance();
        let object = self.expression();
        let statement = Statement::With { object, end: 0 };
        self.open_block(BlockKind::With, at, statement);
    }

    /// `End`, alone or of something.
    pub(super) fn end_statement(&mut self, at: u32) {
        self.reader.advance();
        match self.now().symbol {
            words::IF => self.end_if(at),
            words::SELECT => self.end_block(BlockKind::Select, at, Statement::EndSelect),
            words::WITH => self.end_block(BlockKind::With, at, Statement::EndWith),
            words::SUB | words::FUNCTION | words::PROPERTY => self.end_procedure(),
            words::TYPE | words::ENUM | words::CLASS => {}
            _ => {
                self.push(at, Statement::Exit(Exit::Program));
                return;
            }
        }
        self.reader.advance();
    }

    /// `Exit Sub`, `Exit For` …
    pub(super) fn exit_statement(&mut self, at: u32) {
        let exit = match self.reader.ahead().symbol {
            words::SUB | words::FUNCTION | words::PROPERTY => Exit::Procedure,
            words::FOR => Exit::For,
            words::DO => Exit::Do,
            _ => return self.unread(at),
        };
        self.reader.advance();
        self.reader.advance();
        self.push(at, Statement::Exit(exit));
    }

    /// A label, or a line number as its digits.
    fn label(&mut self) -> Option<Symbol> {
        let now = self.now();
        let symbol = match now.kind {
            TokenKind::Name | TokenKind::Bracketed => self.reader.symbol_of(now),
            TokenKind::Number => self.line_number(),
            _ => return None,
        };
        self.reader.advance();
        Some(symbol)
    }

    /// The symbol of the number that is read next.
    pub(super) fn line_number(&mut self) -> Symbol {
        let text = self.reader.text_of(self.now());
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let significant = digits.trim_start_matches('0');
        let number = if significant.is_empty() {
            "0"
        } else {
            significant
        };
        self.reader.names.intern(number)
    }

    /// `GoTo`
    pub(super) fn goto_statement(&mut self, at: u32) {
        self.reader.advance();
        match self.label() {
            Some(label) => {
                self.push(at, Statement::GoTo(label));
            }
            None => self.unread(at),
        }
    }

    /// `GoSub`
    pub(super) fn gosub_statement(&mut self, at: u32) {
        self.reader.advance();
        match self.label() {
            Some(label) => self.go_sub(at, label),
            None => self.unread(at),
        }
    }

    /// A jump that may come back: one that is taken or not.
    fn go_sub(&mut self, at: u32, label: Symbol) {
        let start = self.ops_end();
        self.emit(Op::Unknown);
        let condition = self.since(start);
        let statement = Statement::If {
            condition,
            again: false,
            next: 0,
            end: 0,
        };
        self.open_block(BlockKind::If, at, statement);
        self.push(at, Statement::GoTo(label));
        self.end_if(at);
    }

    /// `Resume`: to a label it is a jump, and otherwise goes back to where nobody knows.
    pub(super) fn resume_statement(&mut self, at: u32) {
        self.reader.advance();
        if self.at_end() || self.take_word(words::NEXT) {
            return;
        }
        let zero = self.reader.text_of(self.now()) == "0";
        match self.label() {
            Some(_) if zero => {}
            Some(label) => {
                self.push(at, Statement::GoTo(label));
            }
            None => self.unread(at),
        }
    }

    /// `On Error`, `On … GoTo`, `On … GoSub`
    pub(super) fn on_statement(&mut self, at: u32) {
        self.reader.advance();
        if self.now().symbol == words::LOCAL && self.reader.ahead().symbol == words::ERROR {
            self.reader.advance();
        }
        if self.take_word(words::ERROR) {
            return self.on_error(at);
        }
        let subject = self.expression();
        let sub = self.now().symbol == words::GOSUB;
        if !sub && self.now().symbol != words::GOTO {
            return self.unread_since(subject.from, at);
        }
        self.reader.advance();
        self.open_select(at, subject);
        let mut number = 1.0;
        while let Some(label) = self.label() {
            let start = self.ops_end();
            self.emit(Op::Number(number));
            let value = self.since(start);
            let first = self.statements_end();
            self.case(at, Takes::Value, value, Expr::default());
            self.case_body(first);
            if sub {
                self.go_sub(at, label);
            } else {
                self.push(at, Statement::GoTo(label));
            }
            if !self.take_sign(b',') {
                break;
            }
            number += 1.0;
        }
        self.end_block(BlockKind::Select, at, Statement::EndSelect);
    }

    fn on_error(&mut self, at: u32) {
        if self.take_word(words::RESUME) {
            self.take_word(words::NEXT);
            self.push(at, Statement::OnError(None));
            return;
        }
        let goes = self.take_word(words::GOTO);
        // `-1` clears the error and changes no handler.
        if goes && self.take_sign(b'-') {
            self.label();
            return;
        }
        match self.label().filter(|_| goes) {
            Some(label) => {
                self.push(at, Statement::OnError(Some(label)));
            }
            None => self.unread(at),
        }
    }
}
