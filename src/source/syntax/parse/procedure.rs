//! Procedures and their parameters ([MS-VBAL] 5.3.1).

use super::super::{Kind, Parameter, Procedure};
use super::declaration::type_word;
use super::reader::Word;
use super::{Current, Parser, Place, TokenKind};
use crate::source::words;

impl Parser<'_, '_> {
    /// `Sub name(…)`, `Property Get name(…) As type` …; ends the procedure before it, if that has
    /// no end of its own.
    pub(super) fn procedure(&mut self, first: Word, private: bool) {
        self.reader.advance();
        let kind = match first.symbol {
            words::SUB => Kind::Sub,
            words::FUNCTION => Kind::Function,
            _ => match self.take().symbol {
                words::LET => Kind::Let,
                words::SET => Kind::Set,
                _ => Kind::Get,
            },
        };
        let at = self.now();
        let name = self.reader.symbol_of(at);
        self.reader.advance();
        let twins = self.twins();
        if twins == 0 {
            self.end_procedure();
        }
        let character = self.type_character().map(type_word);
        let parameters = self.parameters();
        let (declared, _) = self.as_clause();
        if self.now().is(b'(') && self.reader.ahead().is(b')') {
            self.reader.advance();
            self.reader.advance();
        }
        self.take_word(words::STATIC);
        let body = self.statements_end();
        self.syntax.procedures.push(Procedure {
            name,
            kind,
            at: at.from,
            private,
            dead: self.conditional.dead(),
            parameters,
            returns: declared.or(character),
            body: body..body,
        });
        self.current = Some(Current {
            kind,
            branch: self.conditional.branch(),
            twins,
        });
        self.place = Place::Rest;
    }

    /// How many procedures share the end of one that starts here: its first line may stand in each
    /// branch of an `#If`, and its body after that.
    fn twins(&self) -> u32 {
        match self.current {
            Some(Current {
                branch: Some((of, number)),
                twins,
                ..
            }) => match self.conditional.branch() {
                Some((this, branch)) if this == of && branch != number => twins.saturating_add(1),
                _ => 0,
            },
            _ => 0,
        }
    }

    /// What stands outside procedures.
    pub(super) fn begin_top(&mut self, at: u32) {
        let name = self.reader.names.intern("");
        let body = self.statements_end();
        let parameters = self.syntax.parameters.len() as u32;
        self.syntax.procedures.push(Procedure {
            name,
            kind: Kind::Top,
            at,
            private: false,
            dead: false,
            parameters: parameters..parameters,
            returns: None,
            body: body..body,
        });
        self.current = Some(Current {
            kind: Kind::Top,
            branch: None,
            twins: 0,
        });
    }

    /// Ends the procedure that is read, if there is one.
    pub(super) fn end_procedure(&mut self) {
        let Some(current) = self.current.take() else {
            return;
        };
        self.end_lines(self.now().from);
        self.leave_blocks();
        let end = self.statements_end();
        let count = current.twins as usize + 1;
        for procedure in self.syntax.procedures.iter_mut().rev().take(count) {
            procedure.body.end = end;
        }
    }

    fn parameters(&mut self) -> std::ops::Range<u32> {
        let from = self.syntax.parameters.len() as u32;
        if self.take_sign(b'(') {
            while !self.now().ends_statement() {
                if self.take_sign(b')') {
                    break;
                }
                self.parameter();
            }
        }
        from..self.syntax.parameters.len() as u32
    }

    fn parameter(&mut self) {
        let (mut by_reference, mut optional, mut rest) = (true, false, false);
        while self.reader.ahead().is_name() {
            match self.now().symbol {
                words::BYVAL => by_reference = false,
                words::PARAMARRAY => rest = true,
                words::OPTIONAL => optional = true,
                words::BYREF => {}
                _ => break,
            }
            self.reader.advance();
        }
        let now = self.now();
        if now.is_name() {
            let start = self.syntax.ops.len();
            let (variable, _) = self.variable(now);
            // Parameters have no bounds, whatever stands there.
            self.syntax.ops.truncate(start);
            let default = self.clause(self.now().is(b'='));
            self.syntax.parameters.push(Parameter {
                variable,
                by_reference,
                optional,
                rest,
                default,
            });
        }
        while !self.now().ends_statement() && !self.now().is(b')') {
            if self.take().kind == TokenKind::Sign(b',') {
                return;
            }
        }
    }
}
