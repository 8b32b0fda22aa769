//! Declarations: variables, constants, types, enumerations and functions of libraries
//! ([MS-VBAL] 5.2, 5.4.3).

use super::super::{Attribute, Declare, Expr, Field, Kind, Op, Span, Statement, Variable};
use super::reader::Word;
use super::{Language, Parser, Symbol, TokenKind};
use crate::source::words;

/// The word that a type character stands for.
pub(super) fn type_word(character: u8) -> Symbol {
    match character {
        b'$' => words::STRING,
        b'%' => words::INTEGER,
        b'&' => words::LONG,
        b'!' => words::SINGLE,
        b'#' => words::DOUBLE,
        b'@' => words::CURRENCY,
        _ => words::LONGLONG,
    }
}

impl Parser<'_, '_> {
    /// Reads a declaration; false if the word starts none.
    pub(super) fn declaration(&mut self, first: Word) -> bool {
        let ahead = self.reader.ahead();
        match first.symbol {
            words::DIM
            | words::STATIC
            | words::PUBLIC
            | words::PRIVATE
            | words::GLOBAL
            | words::FRIEND
                if ahead.is_name() =>
            {
                self.modified(first);
            }
            words::SUB | words::FUNCTION if ahead.is_name() => self.procedure(first, false),
            words::PROPERTY if self.is_property(ahead, self.reader.beyond()) => {
                self.procedure(first, false);
            }
            words::CONST if ahead.is_name() => self.constants(),
            words::DECLARE if ahead.is_name() => self.declare(),
            words::TYPE if self.is_block(ahead) => self.skip_type(),
            words::ENUM if self.is_block(ahead) => self.enumeration(),
            words::EVENT if ahead.is_name() => self.event(),
            words::IMPLEMENTS if ahead.is_name() => self.implements(),
            words::REDIM if ahead.is_name() || ahead.is(b'.') => self.redim(first),
            words::OPTION if ahead.is_name() => self.option(),
            words::CLASS if ahead.is_name() && self.reader.language == Language::VbScript => {
                self.skip_statement();
            }
            words::ATTRIBUTE if ahead.is_name() && self.reader.language == Language::Vba => {
                self.attribute(first);
            }
            words::DEFBOOL
            | words::DEFBYTE
            | words::DEFCUR
            | words::DEFDATE
            | words::DEFDBL
            | words::DEFDEC
            | words::DEFINT
            | words::DEFLNG
            | words::DEFLNGLNG
            | words::DEFLNGPTR
            | words::DEFOBJ
            | words::DEFSNG
            | words::DEFSTR
            | words::DEFVAR
                if ahead.is_name() =>
            {
                self.skip_statement();
            }
            _ => return false,
        }
        true
    }

    /// `Type x` or `Enum x`, rather than a name that is used.
    fn is_block(&self, ahead: Word) -> bool {
        ahead.is_name() && self.reader.beyond().ends_statement()
    }

    fn is_property(&self, ahead: Word, beyond: Word) -> bool {
        matches!(ahead.symbol, words::GET | words::LET | words::SET) && beyond.is_name()
    }

    /// What follows `Public`, `Private`, `Static`, `Dim` …
    fn modified(&mut self, first: Word) {
        let mut private = false;
        loop {
            let (now, ahead) = (self.now(), self.reader.ahead());
            match now.symbol {
                words::PRIVATE => private = true,
                words::DIM
                | words::STATIC
                | words::PUBLIC
                | words::GLOBAL
                | words::FRIEND
                | words::SHARED
                    if ahead.is_name() => {}
                // A script's `Public Default Function`.
                words::DEFAULT
                    if matches!(ahead.symbol, words::SUB | words::FUNCTION | words::PROPERTY) => {}
                _ => break,
            }
            self.reader.advance();
        }
        let (now, ahead) = (self.now(), self.reader.ahead());
        match now.symbol {
            words::SUB | words::FUNCTION if ahead.is_name() => self.procedure(now, private),
            words::PROPERTY if self.is_property(ahead, self.reader.beyond()) => {
                self.procedure(now, private);
            }
            words::CONST if ahead.is_name() => self.constants(),
            words::DECLARE if ahead.is_name() && ahead.symbol != words::AS => self.declare(),
            words::TYPE if self.is_block(ahead) => self.skip_type(),
            words::ENUM if self.is_block(ahead) => self.enumeration(),
            words::EVENT if ahead.is_name() && ahead.symbol != words::AS => self.event(),
            _ => self.variables(first),
        }
    }

    /// Whether a declaration belongs to a procedure. In a script what is outside of procedures is
    /// seen in all of them.
    pub(super) fn is_local(&self) -> bool {
        self.current
            .is_some_and(|current| current.kind != Kind::Top)
    }

    /// `Option Compare Text`, `Option Base 1` …
    fn option(&mut self) {
        let (option, value) = (self.reader.ahead(), self.reader.beyond());
        let options = &mut self.syntax.options;
        match option.symbol {
            words::COMPARE => options.compare_text = value.symbol == words::TEXT,
            words::BASE => options.base_one = self.reader.text_of(value) == "1",
            words::EXPLICIT => options.explicit = true,
            _ => {}
        }
        self.skip_statement();
    }

    fn variables(&mut self, first: Word) {
        loop {
            let with_events = self.reader.ahead().is_name()
                && self.reader.ahead().symbol != words::AS
                && self.take_word(words::WITHEVENTS);
            let now = self.now();
            if !now.is_name() {
                return self.unread(first.from);
            }
            let (mut variable, array) = self.variable(now);
            variable.kept = first.symbol == words::STATIC;
            if self.is_local() {
                self.push(now.from, Statement::Dim(variable));
            } else {
                self.syntax.fields.push(Field {
                    variable,
                    with_events,
                    constant: None,
                    at: now.from,
                    dead: self.conditional.dead(),
                });
            }
            if array != Expr::default()
                && (self.is_local() || self.reader.language == Language::VbScript)
            {
                let statement = Statement::ReDim {
                    array,
                    preserve: variable.kept,
                };
                self.push(now.from, statement);
            }
            if !self.take_sign(b',') {
                return;
            }
        }
    }

    /// A name with its bounds and its type. The bounds come as the call `name(bounds)`.
    pub(super) fn variable(&mut self, now: Word) -> (Variable, Expr) {
        let name = self.reader.symbol_of(now);
        self.reader.advance();
        let mut class = self.type_character().map(type_word);
        let mut array = Expr::default();
        let is_array = self.now().is(b'(');
        if is_array && self.reader.ahead().is(b')') {
            self.reader.advance();
            self.reader.advance();
        } else if is_array {
            let start = self.ops_end();
            self.emit(Op::Callee(name, now.from));
            self.closed_arguments();
            array = self.since(start);
        }
        let (declared, new) = self.as_clause();
        class = declared.or(class);
        let variable = Variable {
            name,
            class,
            new,
            array: is_array,
            kept: false,
        };
        (variable, array)
    }

    /// `As New type`, `As String * length`: the whole name of the type, and whether it is new.
    pub(super) fn as_clause(&mut self) -> (Option<Symbol>, bool) {
        if !self.take_word(words::AS) {
            return (None, false);
        }
        let new = self.take_word(words::NEW);
        let class = self.reader.dotted().map(|(whole, _)| whole);
        if self.take_sign(b'*') {
            let length = self.expression();
            self.syntax.ops.truncate(length.from as usize);
        }
        (class, new)
    }

    /// `Const name As type = value, …`
    fn constants(&mut self) {
        self.reader.advance();
        loop {
            let now = self.now();
            if !now.is_name() {
                return;
            }
            let name = self.reader.symbol_of(now);
            self.reader.advance();
            let character = self.type_character().map(type_word);
            let (declared, new) = self.as_clause();
            let value = if self.take_sign(b'=') {
                self.expression()
            } else {
                Expr::default()
            };
            if self.is_local() {
                self.push(now.from, Statement::Const { name, value });
            } else {
                let variable = Variable {
                    name,
                    class: declared.or(character),
                    new,
                    array: false,
                    kept: false,
                };
                self.constant_field(variable, value, now.from);
            }
            if !self.take_sign(b',') {
                return;
            }
        }
    }

    fn constant_field(&mut self, variable: Variable, value: Expr, at: u32) {
        self.syntax.fields.push(Field {
            variable,
            with_events: false,
            constant: Some(value),
            at,
            dead: self.conditional.dead(),
        });
    }

    /// `ReDim Preserve name(bounds) As type, …`
    fn redim(&mut self, first: Word) {
        self.reader.advance();
        let preserve = self.reader.ahead().is_name() && self.take_word(words::PRESERVE);
        loop {
            let at = self.now().from;
            let start = self.ops_end();
            if !self.head() {
                return self.unread_since(start, first.from);
            }
            let array = self.since(start);
            self.push(at, Statement::ReDim { array, preserve });
            self.as_clause();
            if !self.take_sign(b',') {
                return;
            }
        }
    }

    /// `Declare PtrSafe Function name Lib "…" Alias "…" (…) As type` ([MS-VBAL] 5.2.3.5)
    fn declare(&mut self) {
        let first = self.take();
        self.take_word(words::PTRSAFE);
        let is_procedure = self.take_word(words::SUB) || self.take_word(words::FUNCTION);
        let name = self.now();
        if !is_procedure || !name.is_name() {
            return self.unread(first.from);
        }
        let symbol = self.reader.symbol_of(name);
        self.reader.advance();
        self.type_character();
        self.take_word(words::CDECL);
        let library = self.text_after(words::LIB);
        let alias = self.text_after(words::ALIAS);
        self.syntax.declares.push(Declare {
            name: symbol,
            library,
            alias,
            at: name.from,
            dead: self.conditional.dead(),
        });
        self.skip_statement();
    }

    fn text_after(&mut self, word: Symbol) -> Span {
        if !self.take_word(word) || self.now().kind != TokenKind::Text {
            return Span::default();
        }
        let text = self.take();
        Span {
            from: text.from,
            to: text.to,
        }
    }

    fn implements(&mut self) {
        self.reader.advance();
        if let Some((interface, _)) = self.reader.dotted() {
            self.syntax.implements.push(interface);
        }
    }

    /// `Event name(…)`
    fn event(&mut self) {
        self.reader.advance();
        let name = self.take();
        let name = self.reader.symbol_of(name);
        self.syntax.events.push(name);
        self.skip_statement();
    }

    /// Whether the next line cannot be a member of `Type` or `Enum`: the end was cut off.
    fn leaves_block(&self) -> bool {
        let (now, ahead) = (self.now(), self.reader.ahead());
        match now.symbol {
            words::SUB
            | words::FUNCTION
            | words::PUBLIC
            | words::PRIVATE
            | words::FRIEND
            | words::STATIC
            | words::DECLARE
            | words::DIM
            | words::ATTRIBUTE => ahead.is_name() && ahead.symbol != words::AS,
            _ => self.reader.done(),
        }
    }

    /// `End Type`, `End Enum`
    fn take_end(&mut self, word: Symbol) -> bool {
        let is_end = self.now().symbol == words::END && self.reader.ahead().symbol == word;
        if is_end {
            self.reader.advance();
            self.reader.advance();
        }
        is_end
    }

    /// `Type … End Type`: only a shape.
    fn skip_type(&mut self) {
        self.skip_statement();
        while !self.take_end(words::TYPE) && !self.leaves_block() {
            if self.now().kind == TokenKind::Directive {
                self.directive();
            } else if self.now().ends_statement() {
                self.reader.advance();
            } else {
                self.skip_statement();
            }
        }
    }

    /// `Enum … End Enum`: its members are constants, each one more than the one before.
    fn enumeration(&mut self) {
        self.skip_statement();
        let mut counting = Counting::From(0.0);
        while !self.take_end(words::ENUM) && !self.leaves_block() {
            let now = self.now();
            if now.kind == TokenKind::Directive {
                self.directive();
            } else if now.ends_statement() {
                self.reader.advance();
            } else if now.is_name() {
                self.member_of_enumeration(now, &mut counting);
            } else {
                self.unread(now.from);
            }
        }
    }

    fn member_of_enumeration(&mut self, now: Word, counting: &mut Counting) {
        let name = self.reader.symbol_of(now);
        self.reader.advance();
        let value = if self.take_sign(b'=') {
            let value = self.expression();
            *counting = match self.syntax.ops.get(value.from as usize..) {
                Some([Op::Number(number)]) => Counting::From(number + 1.0),
                _ => Counting::After(name, 1.0),
            };
            value
        } else {
            let start = self.ops_end();
            match counting {
                Counting::From(number) => {
                    self.emit(Op::Number(*number));
                    *number += 1.0;
                }
                Counting::After(member, distance) => {
                    self.emit(Op::Load(*member, now.from));
                    self.emit(Op::Number(*distance));
                    self.emit(Op::Binary(super::super::Binary::Plus));
                    *distance += 1.0;
                }
            }
            self.since(start)
        };
        let variable = Variable {
            name,
            class: Some(words::LONG),
            new: false,
            array: false,
            kept: false,
        };
        self.constant_field(variable, value, now.from);
        if !self.now().ends_statement() {
            self.unread(self.now().from);
        }
    }

    /// `Attribute member.VB_… = value` ([MS-VBAL] 4.2), which nothing executes.
    fn attribute(&mut self, first: Word) {
        self.reader.advance();
        let mut name = self.take();
        let mut of = None;
        while self.now().is(b'.') && self.reader.ahead().is_name() {
            if of.is_none() {
                of = Some(self.reader.symbol_of(name));
            }
            self.reader.advance();
            name = self.take();
        }
        let head = self.reader.text_of(name).as_bytes().get(..3);
        let is_known = head.is_some_and(|head| head.eq_ignore_ascii_case(b"VB_"));
        if !is_known || !self.take_sign(b'=') {
            return self.unread(first.from);
        }
        let name = self.reader.symbol_of(name);
        let from = self.now().from;
        self.skip_statement();
        let to = self.reader.end.max(from);
        let value = Span { from, to };
        self.syntax.attributes.push(Attribute { name, of, value });
    }
}

/// How the next member of an `Enum` is counted.
#[derive(Clone, Copy, Debug)]
enum Counting {
    /// It has this value.
    From(f64),
    /// It is that much more than another.
    After(Symbol, f64),
}
