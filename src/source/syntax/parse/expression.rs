//! Expressions ([MS-VBAL] 5.6): operator precedence with the pending operators in a list.

use super::super::{Binary, Constant, Expr, Op, Span, Unary};
use super::literal::{is_identifier, number};
use super::operator::{binary, binary_precedence, follows_operand, unary_precedence};
use super::reader::{Gap, Word};
use super::{Language, Parser, Symbol, TokenKind};
use crate::source::words;

/// What waits for an operand, or for its end.
#[derive(Clone, Copy, Debug)]
pub(super) enum Frame {
    /// `(`
    Group,
    /// Arguments.
    Call {
        /// How many are complete.
        count: u32,
        /// The name of the one that is read.
        name: Option<Symbol>,
        /// Whether they stand in parentheses; otherwise the statement ends them.
        closed: bool,
    },
    /// An operator before its operand.
    Unary(Unary),
    /// An operator that has its left operand.
    Binary(Binary),
}

/// How much of an expression is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// As much as there is.
    Whole,
    /// Names, members and calls: what can be assigned to or called.
    Head,
}

impl Parser<'_, '_> {
    /// Reads an expression. Where there is none, it is [`Op::Unknown`].
    pub(super) fn expression(&mut self) -> Expr {
        let from = self.ops_end();
        self.run(self.frames.len(), false, Extent::Whole);
        if self.ops_end() == from {
            self.emit(Op::Unknown);
        }
        self.since(from)
    }

    /// Reads what can be assigned to or called; false if there is no such thing, and the
    /// operations are as they were.
    pub(super) fn head(&mut self) -> bool {
        let from = self.ops_end();
        self.run(self.frames.len(), false, Extent::Head);
        let is_head = self.ops_end() > from
            && matches!(
                self.syntax.ops.last(),
                Some(Op::Load(..) | Op::Member(..) | Op::Call(_) | Op::Evaluate(_))
            );
        if !is_head {
            self.syntax.ops.truncate(from as usize);
        }
        is_head
    }

    /// Reads the arguments of a call without parentheses. If `given`, the operand that was read
    /// last is the first of them, or starts it, after `count` others.
    pub(super) fn open_arguments(&mut self, count: u32, given: bool) {
        let base = self.frames.len();
        self.frames.push(Frame::Call {
            count,
            name: None,
            closed: false,
        });
        self.run(base, given, Extent::Whole);
    }

    /// Reads the arguments of a call in parentheses, or the bounds of an array.
    pub(super) fn closed_arguments(&mut self) {
        let base = self.frames.len();
        self.reader.advance();
        self.frames.push(Frame::Call {
            count: 0,
            name: None,
            closed: true,
        });
        self.run(base, false, Extent::Whole);
    }

    /// Makes the name or member that was read last one that is called.
    pub(super) fn call_last(&mut self) {
        if let Some(op) = self.syntax.ops.last_mut() {
            *op = match *op {
                Op::Load(symbol, at) => Op::Callee(symbol, at),
                Op::Member(symbol, at) => Op::MemberCallee(symbol, at),
                other => other,
            };
        }
    }

    /// Goes on until a word cannot be a part of the expression. What is below `base` in the list
    /// of frames belongs to others. `have` is whether an operand was read last.
    fn run(&mut self, base: usize, mut have: bool, extent: Extent) {
        loop {
            let goes_on = if have {
                self.after_operand(base, extent)
            } else {
                self.before_operand(base)
            };
            match goes_on {
                Some(operand) => have = operand,
                None => break,
            }
        }
        // What is still open has no end.
        while self.frames.len() > base {
            match self.frames.pop() {
                Some(frame @ (Frame::Unary(_) | Frame::Binary(_))) => {
                    if !have {
                        self.emit(Op::Unknown);
                    }
                    self.apply(frame);
                    have = true;
                }
                Some(Frame::Call {
                    mut count, name, ..
                }) => {
                    if have {
                        self.name_argument(name);
                        count = count.saturating_add(1);
                    }
                    self.emit(Op::Call(count));
                    have = true;
                }
                Some(Frame::Group) if !have => {
                    self.emit(Op::Unknown);
                    have = true;
                }
                Some(Frame::Group) | None => {}
            }
        }
    }

    fn apply(&mut self, frame: Frame) {
        match frame {
            Frame::Unary(operator) => self.emit(Op::Unary(operator)),
            Frame::Binary(operator) => self.emit(Op::Binary(operator)),
            Frame::Group | Frame::Call { .. } => {}
        }
    }

    fn name_argument(&mut self, name: Option<Symbol>) {
        if let Some(name) = name {
            self.emit(Op::Named(name));
        }
    }

    /// Applies the pending operators that bind at least as much.
    fn reduce(&mut self, base: usize, precedence: u8) {
        while self.frames.len() > base {
            let binds = match self.frames.last() {
                Some(Frame::Unary(operator)) => unary_precedence(*operator),
                Some(Frame::Binary(operator)) => binary_precedence(*operator),
                _ => return,
            };
            if binds < precedence {
                return;
            }
            if let Some(frame) = self.frames.pop() {
                self.apply(frame);
            }
        }
    }

    /// One step where an operand is due: whether it was read, or `None` if there is none.
    fn before_operand(&mut self, base: usize) -> Option<bool> {
        let now = self.now();
        match now.kind {
            TokenKind::Name => return self.name_operand(base, now),
            TokenKind::Bracketed => self.bracketed(now),
            TokenKind::Text => {
                self.emit(Op::Text(now.span()));
                self.reader.advance();
            }
            TokenKind::Date => {
                self.emit(Op::Date(now.span()));
                self.reader.advance();
            }
            TokenKind::Number => {
                let value = number(self.reader.text_of(now));
                self.emit(Op::Number(value));
                self.reader.advance();
            }
            TokenKind::Sign(b'-') => {
                self.frames.push(Frame::Unary(Unary::Minus));
                self.reader.advance();
                return Some(false);
            }
            // `#` before the number of a file.
            TokenKind::Sign(b'+' | b'#') => {
                self.reader.advance();
                return Some(false);
            }
            TokenKind::Sign(b'(') => {
                self.frames.push(Frame::Group);
                self.reader.advance();
                return Some(false);
            }
            TokenKind::Sign(b'.' | b'!') if self.reader.ahead().is_name() => {
                self.emit(Op::With);
                self.take_member();
            }
            TokenKind::Sign(sign @ (b',' | b';')) => return self.omitted(base, sign),
            TokenKind::Sign(b')') => return self.nothing_in_parentheses(base),
            _ => return None,
        }
        Some(true)
    }

    /// A separator where an argument is due.
    fn omitted(&mut self, base: usize, sign: u8) -> Option<bool> {
        if self.frames.len() <= base {
            return None;
        }
        match self.frames.last_mut() {
            Some(Frame::Call { count, name, .. }) => {
                // `;` only separates what is printed.
                if sign == b',' {
                    *count = count.saturating_add(1);
                    let name = name.take();
                    self.emit(Op::Missing);
                    self.name_argument(name);
                }
                self.reader.advance();
                Some(false)
            }
            Some(Frame::Unary(_) | Frame::Binary(_)) => {
                self.emit(Op::Unknown);
                Some(true)
            }
            _ => None,
        }
    }

    /// A closing parenthesis where an operand is due: no arguments, or the last one left out.
    fn nothing_in_parentheses(&mut self, base: usize) -> Option<bool> {
        if self.frames.len() <= base {
            return None;
        }
        match self.frames.last().copied() {
            Some(Frame::Call {
                count: 0,
                name: None,
                closed: true,
            }) => {
                self.frames.pop();
                self.emit(Op::Call(0));
                self.reader.advance();
            }
            Some(Frame::Call { closed: true, .. }) => self.emit(Op::Missing),
            Some(Frame::Call { closed: false, .. }) | None => return None,
            Some(Frame::Unary(_) | Frame::Binary(_) | Frame::Group) => self.emit(Op::Unknown),
        }
        Some(true)
    }

    fn name_operand(&mut self, base: usize, now: Word) -> Option<bool> {
        if self.reader.ahead().kind == TokenKind::Named {
            if self.frames.len() > base
                && let Some(Frame::Call { name, .. }) = self.frames.last_mut()
            {
                *name = Some(now.symbol);
            }
            self.reader.advance();
            self.reader.advance();
            return Some(false);
        }
        match now.symbol {
            words::NOT => {
                self.frames.push(Frame::Unary(Unary::Not));
                self.reader.advance();
                return Some(false);
            }
            // `TypeOf x Is y` is read as `x Is y`; `ByVal` gives an argument its own way.
            words::TYPEOF | words::BYVAL => {
                self.reader.advance();
                return Some(false);
            }
            words::NEW => {
                self.reader.advance();
                match self.reader.dotted() {
                    Some((class, _)) => self.emit(Op::New(class, now.from)),
                    None => self.emit(Op::Unknown),
                }
            }
            words::ADDRESSOF => {
                self.reader.advance();
                let at = self.now().from;
                match self.reader.dotted() {
                    Some((_, procedure)) => self.emit(Op::AddressOf(procedure, at)),
                    None => self.emit(Op::Unknown),
                }
            }
            words::TRUE => self.constant(Constant::True),
            words::FALSE => self.constant(Constant::False),
            words::NOTHING => self.constant(Constant::Nothing),
            words::EMPTY => self.constant(Constant::Empty),
            words::NULL => self.constant(Constant::Null),
            symbol if follows_operand(symbol) => return None,
            symbol => {
                self.emit(Op::Load(symbol, now.from));
                self.reader.advance();
                self.type_character();
            }
        }
        Some(true)
    }

    fn constant(&mut self, constant: Constant) {
        self.emit(Op::Constant(constant));
        self.reader.advance();
    }

    /// `[name]`, or what only the application understands.
    fn bracketed(&mut self, now: Word) {
        let inner = Span {
            from: now.from.saturating_add(1),
            to: now.to.saturating_sub(1),
        };
        let range = inner.from as usize..inner.to as usize;
        let text = self.reader.text.get(range).unwrap_or_default();
        if is_identifier(text) {
            let symbol = self.reader.names.intern(text);
            self.emit(Op::Load(symbol, now.from));
        } else {
            self.emit(Op::Evaluate(inner));
        }
        self.reader.advance();
    }

    /// One step after an operand: whether an operand is complete, or `None` at the end.
    fn after_operand(&mut self, base: usize, extent: Extent) -> Option<bool> {
        let now = self.now();
        // In the head of a statement, outside of its parentheses.
        let bare = extent == Extent::Head && self.frames.len() == base;
        match now.kind {
            TokenKind::Sign(b'(') => self.open_parenthesis(),
            TokenKind::Sign(b'.' | b'!') => self.member(now, bare),
            TokenKind::Sign(b')') => self.close_parenthesis(base),
            TokenKind::Sign(b',' | b';') => self.next_argument(base),
            TokenKind::Name if now.symbol == words::TO => self.upper_bound(base),
            _ if bare => None,
            _ => {
                let (operator, two_signs) = binary(now, self.reader.ahead())?;
                self.reduce(base, binary_precedence(operator));
                self.frames.push(Frame::Binary(operator));
                self.reader.advance();
                if two_signs {
                    self.reader.advance();
                }
                Some(false)
            }
        }
    }

    /// The operator that compares, after `Case Is`.
    pub(super) fn comparison(&mut self) -> Option<Binary> {
        let (operator, two_signs) = binary(self.now(), self.reader.ahead())?;
        if binary_precedence(operator) != binary_precedence(Binary::Equal) {
            return None;
        }
        self.reader.advance();
        if two_signs {
            self.reader.advance();
        }
        Some(operator)
    }

    fn open_parenthesis(&mut self) -> Option<bool> {
        let literal = matches!(
            self.syntax.ops.last(),
            Some(Op::Text(_) | Op::Number(_) | Op::Date(_) | Op::Constant(_))
        );
        if literal {
            return None;
        }
        self.call_last();
        self.reader.advance();
        self.frames.push(Frame::Call {
            count: 0,
            name: None,
            closed: true,
        });
        Some(false)
    }

    fn close_parenthesis(&mut self, base: usize) -> Option<bool> {
        self.reduce(base, 0);
        if self.frames.len() <= base {
            return None;
        }
        match self.frames.last().copied() {
            Some(Frame::Call { closed: false, .. }) | None => return None,
            Some(Frame::Call { count, name, .. }) => {
                self.name_argument(name);
                self.emit(Op::Call(count.saturating_add(1)));
            }
            Some(_) => {}
        }
        self.frames.pop();
        self.reader.advance();
        Some(true)
    }

    fn next_argument(&mut self, base: usize) -> Option<bool> {
        self.reduce(base, 0);
        if self.frames.len() <= base {
            return None;
        }
        let Some(Frame::Call { count, name, .. }) = self.frames.last_mut() else {
            return None;
        };
        *count = count.saturating_add(1);
        let name = name.take();
        self.name_argument(name);
        self.reader.advance();
        Some(false)
    }

    /// `To` between the bounds of an array.
    fn upper_bound(&mut self, base: usize) -> Option<bool> {
        let goes_on = self.next_argument(base);
        if goes_on.is_some()
            && let Some(Frame::Call { name, .. }) = self.frames.last_mut()
        {
            *name = Some(words::TO);
        }
        goes_on
    }

    /// `.name` or `!name`. A blank before it starts an argument of its own in the head of a
    /// statement within `With` ([MS-VBAL] 5.6.12: a member stands right after its object, or on a
    /// continued line).
    fn member(&mut self, now: Word, bare: bool) -> Option<bool> {
        let apart = bare && now.gap == Gap::Blank && self.blocks.in_with();
        if apart || !self.reader.ahead().is_name() {
            return None;
        }
        self.take_member();
        Some(true)
    }

    fn take_member(&mut self) {
        self.reader.advance();
        let name = self.take();
        let symbol = self.reader.symbol_of(name);
        self.emit(Op::Member(symbol, name.from));
        self.type_character();
    }

    /// Passes over the type character of the name before ([MS-VBAL] 3.3.5.3), and returns it. `&`,
    /// `^`, `!` and `#` are other things where an operand or a name comes next.
    pub(super) fn type_character(&mut self) -> Option<u8> {
        let now = self.now();
        let TokenKind::Sign(sign) = now.kind else {
            return None;
        };
        if now.gap != Gap::No {
            return None;
        }
        let ahead = self.reader.ahead();
        let adjacent = ahead.gap == Gap::No;
        let is_type = match sign {
            b'$' | b'%' | b'@' => true,
            b'#' => !(adjacent && ahead.kind == TokenKind::Number),
            b'!' => !(adjacent && ahead.is_name()),
            b'&' | b'^' => self.reader.language == Language::Vba && !starts_operand(ahead),
            _ => false,
        };
        if !is_type {
            return None;
        }
        self.reader.advance();
        Some(sign)
    }
}

/// Whether an operator comes before this word, rather than a type character.
fn starts_operand(word: Word) -> bool {
    match word.kind {
        TokenKind::Text | TokenKind::Number | TokenKind::Date | TokenKind::Bracketed => true,
        TokenKind::Name => !follows_operand(word.symbol) && word.symbol != words::STEP,
        TokenKind::Sign(b'.') => true,
        _ => false,
    }
}
