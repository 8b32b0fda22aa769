//! Source, read: the tokens are the text, and what is said of it holds together.

use macrosift::project::Language;
use macrosift::source::names::{Names, Symbol};
use macrosift::source::syntax::{Expr, Op, Procedure, Span, Statement, Syntax};
use macrosift::source::token::{TokenKind, Tokens};
use macrosift::source::words;

/// The target.
pub fn source(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for language in [Language::Vba, Language::VbScript] {
        tokens(&text, language);
        let mut names = words::names();
        let syntax = Syntax::read(&text, language, &mut names);
        Check {
            text: &text,
            syntax: &syntax,
            names: &names,
        }
        .all();
        // Nothing depends on the case of letters.
        let upper = text.to_ascii_uppercase();
        let other = Syntax::read(&upper, language, &mut words::names());
        assert_eq!(syntax.ops, other.ops);
        assert_eq!(syntax.statements, other.statements);
        assert_eq!(syntax.procedures, other.procedures);
        assert_eq!(syntax.fields, other.fields);
    }
}

/// The tokens lie one after the other, from the first byte to the last.
fn tokens(text: &str, language: Language) {
    let mut end = 0;
    for token in Tokens::new(text, language) {
        assert_eq!(token.from, end);
        assert!(token.to > token.from);
        end = token.to;
        let piece = &text[token.from as usize..token.to as usize];
        let ends_line = piece.contains(['\r', '\n']);
        match token.kind {
            TokenKind::LineEnd => assert!(["\r", "\n", "\r\n"].contains(&piece)),
            TokenKind::Continuation => assert!(piece.starts_with('_') && ends_line),
            // Its lines may be continued.
            TokenKind::Comment => assert!(!ends_line || language == Language::Vba),
            _ => assert!(!ends_line, "{piece:?}"),
        }
    }
    assert_eq!(end as usize, text.len());
}

struct Check<'s> {
    text: &'s str,
    syntax: &'s Syntax,
    names: &'s Names,
}

impl Check<'_> {
    fn all(&self) {
        let syntax = self.syntax;
        let bytes = self.text.len();
        assert!(syntax.ops.len() <= 4 * bytes + 16);
        assert!(syntax.statements.len() <= 3 * bytes + 16);
        assert_eq!(syntax.statements.len(), syntax.places.len());
        let mut read = 0;
        let mut at = 0;
        for procedure in &syntax.procedures {
            // Bodies lie in a row; one that starts in several branches ends where the last does.
            assert!(procedure.body.start == read || procedure.body.start >= at);
            assert!(procedure.body.start <= procedure.body.end);
            assert!(procedure.body.end >= read);
            assert!(procedure.parameters.end as usize <= syntax.parameters.len());
            at = procedure.body.start;
            read = procedure.body.end;
            self.name(procedure.name, procedure.at);
            for index in procedure.body.clone() {
                self.statement(index, procedure);
            }
        }
        assert_eq!(read as usize, syntax.statements.len());
        for parameter in &syntax.parameters {
            self.expr(parameter.default, 0..=1);
        }
        for field in &syntax.fields {
            self.name(field.variable.name, field.at);
            self.expr(field.constant.unwrap_or_default(), 0..=1);
        }
        for declare in &syntax.declares {
            self.name(declare.name, declare.at);
            self.span(declare.library);
            self.span(declare.alias);
        }
        for attribute in &syntax.attributes {
            self.span(attribute.value);
        }
        for span in &syntax.unread {
            self.span(*span);
        }
    }

    fn span(&self, span: Span) {
        let range = span.from as usize..span.to as usize;
        assert!(self.text.get(range).is_some(), "{span:?}");
    }

    fn name(&self, symbol: Symbol, at: u32) {
        assert!(symbol.index() < self.names.len());
        assert!(self.text.is_char_boundary(at as usize));
    }

    /// An expression leaves one value.
    fn expr(&self, expr: Expr, count: std::ops::RangeInclusive<usize>) {
        let ops = self.syntax.ops.get(expr.from as usize..expr.to as usize);
        let mut depth = 0_usize;
        for op in ops.expect("an expression lies in the list") {
            let (takes, gives) = match *op {
                Op::Text(span) | Op::Date(span) | Op::Evaluate(span) => {
                    self.span(span);
                    (0, 1)
                }
                Op::Load(name, at)
                | Op::Callee(name, at)
                | Op::New(name, at)
                | Op::AddressOf(name, at) => {
                    self.name(name, at);
                    (0, 1)
                }
                Op::Member(name, at) | Op::MemberCallee(name, at) => {
                    self.name(name, at);
                    (1, 1)
                }
                Op::Number(_) | Op::Constant(_) | Op::With | Op::Missing | Op::Unknown => (0, 1),
                Op::Named(_) | Op::Unary(_) => (1, 1),
                Op::Call(count) => (count as usize + 1, 1),
                Op::Binary(_) => (2, 1),
            };
            depth = depth.checked_sub(takes).expect("an operand that is there") + gives;
        }
        assert!(count.contains(&depth), "{depth} values: {ops:?}");
    }

    fn statement(&self, index: u32, procedure: &Procedure) {
        let some = |expr| self.expr(expr, 1..=1);
        let any = |expr| self.expr(expr, 0..=1);
        let later = |to: u32| assert!(to > index && to <= procedure.body.end);
        let call = |expr: Expr| {
            some(expr);
            let last = self.syntax.ops.get(expr.to as usize - 1);
            assert!(matches!(last, Some(Op::Call(_) | Op::Evaluate(_))));
        };
        match self.syntax.statements[index as usize] {
            Statement::Call(expr) | Statement::File(expr) | Statement::RaiseEvent(expr) => {
                call(expr);
            }
            Statement::Assign { target, value, .. } => {
                some(target);
                some(value);
            }
            Statement::If {
                condition,
                next,
                end,
                ..
            } => {
                some(condition);
                later(next);
                later(end);
                assert!(next <= end);
            }
            Statement::Else { end } => later(end),
            Statement::For {
                variable,
                from,
                to,
                step,
                end,
            } => {
                [variable, from, to, step].into_iter().for_each(any);
                later(end);
            }
            Statement::ForEach {
                variable,
                list,
                end,
            } => {
                [variable, list].into_iter().for_each(any);
                later(end);
            }
            Statement::Next { start } => assert!(start <= index),
            Statement::Do { condition, end, .. } => {
                any(condition);
                later(end);
            }
            Statement::Loop {
                condition, start, ..
            } => {
                any(condition);
                assert!(start <= index);
            }
            Statement::Select { subject, next, end } => {
                some(subject);
                later(next);
                later(end);
            }
            Statement::Case {
                value,
                to,
                body,
                next,
                end,
                ..
            } => {
                any(value);
                any(to);
                later(body);
                later(next);
                later(end);
            }
            Statement::With { object, end } => {
                some(object);
                later(end);
            }
            Statement::ReDim { array, .. } => some(array),
            Statement::Const { value, .. } => any(value),
            Statement::Unread(span) => self.span(span),
            Statement::EndIf
            | Statement::EndSelect
            | Statement::EndWith
            | Statement::Label(_)
            | Statement::GoTo(_)
            | Statement::OnError(_)
            | Statement::Exit(_)
            | Statement::Dim(_) => {}
        }
    }
}
