//! What was read, as text that a person can hold against the source.

use std::fmt::Write as _;

use super::super::super::{
    Constant, DEAD, Exit, Expr, Field, Op, Span, Statement, Syntax, Takes, Unary, Variable,
};
use crate::source::Language;
use crate::source::names::{Names, Symbol};
use crate::source::words;

/// A module, read, with what it takes to show it.
pub(super) struct Read {
    pub(super) text: String,
    pub(super) syntax: Syntax,
    names: Names,
}

pub(super) fn read_as(text: &str, language: Language) -> Read {
    let mut names = words::names();
    let syntax = Syntax::read(text, language, &mut names);
    Read {
        text: text.to_owned(),
        syntax,
        names,
    }
}

pub(super) fn read(text: &str) -> Read {
    read_as(text, Language::Vba)
}

impl Read {
    pub(super) fn name(&self, symbol: Symbol) -> &str {
        self.names.text(symbol)
    }

    pub(super) fn span(&self, span: Span) -> &str {
        self.text.get(span.from as usize..span.to as usize).unwrap()
    }

    /// An expression as people write it, each operator in parentheses.
    pub(super) fn expr(&self, expr: Expr) -> String {
        let mut stack: Vec<String> = Vec::new();
        for op in &self.syntax.ops[expr.from as usize..expr.to as usize] {
            let shown = match *op {
                Op::Text(span) | Op::Date(span) => self.span(span).to_owned(),
                Op::Number(number) => number.to_string(),
                Op::Constant(constant) => match constant {
                    Constant::True => "True".to_owned(),
                    Constant::False => "False".to_owned(),
                    other => format!("{other:?}"),
                },
                Op::Load(name, at) | Op::Callee(name, at) => {
                    let there = self.text.get(at as usize..).unwrap();
                    assert!(!there.starts_with(' '), "{there}");
                    self.name(name).to_owned()
                }
                Op::Member(name, _) | Op::MemberCallee(name, _) => {
                    let object = stack.pop().unwrap();
                    format!("{object}.{}", self.name(name))
                }
                Op::With => "With".to_owned(),
                Op::Named(name) => format!("{}:={}", self.name(name), stack.pop().unwrap()),
                Op::Missing => String::new(),
                Op::Call(count) => {
                    let first = stack.len() - count as usize;
                    let arguments = stack.split_off(first).join(", ");
                    format!("{}({arguments})", stack.pop().unwrap())
                }
                Op::Unary(operator) => {
                    let sign = match operator {
                        Unary::Minus => "-",
                        Unary::Not => "Not ",
                    };
                    format!("({sign}{})", stack.pop().unwrap())
                }
                Op::Binary(operator) => {
                    let right = stack.pop().unwrap();
                    let left = stack.pop().unwrap();
                    format!("({left} {operator:?} {right})")
                }
                Op::New(class, _) => format!("New {}", self.name(class)),
                Op::AddressOf(name, _) => format!("AddressOf {}", self.name(name)),
                Op::Evaluate(span) => format!("[{}]", self.span(span)),
                Op::Unknown => "?".to_owned(),
            };
            stack.push(shown);
        }
        assert!(stack.len() <= 1, "{stack:?}");
        stack.pop().unwrap_or_else(|| "-".to_owned())
    }

    pub(super) fn variable(&self, variable: Variable) -> String {
        let mut shown = self.name(variable.name).to_owned();
        if variable.array {
            shown += "()";
        }
        if variable.new {
            shown += " New";
        }
        if let Some(class) = variable.class {
            write!(shown, " {}", self.name(class)).unwrap();
        }
        shown
    }

    /// A statement, with its links.
    pub(super) fn statement(&self, index: u32) -> String {
        let shown = match self.syntax.statements[index as usize] {
            Statement::Call(call) => self.expr(call),
            Statement::Assign { target, value, set } => {
                let set = if set { "Set " } else { "" };
                format!("{set}{} = {}", self.expr(target), self.expr(value))
            }
            Statement::If {
                condition,
                again,
                next,
                end,
            } => {
                let word = if again { "ElseIf" } else { "If" };
                format!("{word} {} next {next} end {end}", self.expr(condition))
            }
            Statement::Else { end } => format!("Else end {end}"),
            Statement::EndIf => "EndIf".to_owned(),
            Statement::For {
                variable,
                from,
                to,
                step,
                end,
            } => format!(
                "For {} = {} To {} Step {} end {end}",
                self.expr(variable),
                self.expr(from),
                self.expr(to),
                self.expr(step)
            ),
            Statement::ForEach {
                variable,
                list,
                end,
            } => format!(
                "For Each {} In {} end {end}",
                self.expr(variable),
                self.expr(list)
            ),
            Statement::Next { start } => format!("Next start {start}"),
            Statement::Do {
                condition,
                until,
                end,
            } => format!("Do {until} {} end {end}", self.expr(condition)),
            Statement::Loop {
                condition,
                until,
                start,
            } => format!("Loop {until} {} start {start}", self.expr(condition)),
            Statement::Select { subject, next, end } => {
                format!("Select {} next {next} end {end}", self.expr(subject))
            }
            Statement::Case {
                takes,
                value,
                to,
                body,
                next,
                end,
            } => {
                let takes = match takes {
                    Takes::Rest => "Else".to_owned(),
                    Takes::Value => self.expr(value),
                    Takes::Range => format!("{} To {}", self.expr(value), self.expr(to)),
                    Takes::Compared(operator) => format!("{operator:?} {}", self.expr(value)),
                };
                format!("Case {takes} body {body} next {next} end {end}")
            }
            Statement::EndSelect => "EndSelect".to_owned(),
            Statement::With { object, end } => format!("With {} end {end}", self.expr(object)),
            Statement::EndWith => "EndWith".to_owned(),
            Statement::Label(name) => format!("{}:", self.name(name)),
            Statement::GoTo(name) => format!("GoTo {}", self.name(name)),
            Statement::OnError(None) => "OnError Resume".to_owned(),
            Statement::OnError(Some(name)) => format!("OnError {}", self.name(name)),
            Statement::Exit(exit) => match exit {
                Exit::Procedure => "Exit Procedure".to_owned(),
                other => format!("Exit {other:?}"),
            },
            Statement::Dim(variable) => format!("Dim {}", self.variable(variable)),
            Statement::ReDim { array, preserve } => {
                let preserve = if preserve { "Preserve " } else { "" };
                format!("ReDim {preserve}{}", self.expr(array))
            }
            Statement::Const { name, value } => {
                format!("Const {} = {}", self.name(name), self.expr(value))
            }
            Statement::File(call) => format!("File {}", self.expr(call)),
            Statement::RaiseEvent(call) => format!("RaiseEvent {}", self.expr(call)),
            Statement::Unread(span) => format!("Unread {}", self.span(span)),
        };
        let place = self.syntax.places[index as usize];
        if place & DEAD == 0 {
            shown
        } else {
            format!("dead: {shown}")
        }
    }

    pub(super) fn statements(&self) -> Vec<String> {
        let count = self.syntax.statements.len() as u32;
        (0..count).map(|index| self.statement(index)).collect()
    }

    /// The procedures, each with its statements.
    pub(super) fn procedures(&self) -> Vec<String> {
        let shown = self.syntax.procedures.iter().map(|procedure| {
            let body: Vec<String> = procedure
                .body
                .clone()
                .map(|at| self.statement(at))
                .collect();
            let dead = if procedure.dead { "dead " } else { "" };
            let name = self.name(procedure.name);
            format!("{dead}{:?} {name} {{{}}}", procedure.kind, body.join("; "))
        });
        shown.collect()
    }
}

pub(super) fn fields(read: &Read) -> Vec<String> {
    let shown = read.syntax.fields.iter().map(|field: &Field| {
        let mut shown = read.variable(field.variable);
        if let Some(value) = field.constant {
            write!(shown, " = {}", read.expr(value)).unwrap();
        }
        if field.with_events {
            shown.insert_str(0, "WithEvents ");
        }
        if field.dead {
            shown.insert_str(0, "dead ");
        }
        let at = read.text.get(field.at as usize..).unwrap();
        assert!(
            at.to_lowercase()
                .starts_with(read.name(field.variable.name))
                || at.starts_with('[')
        );
        shown
    });
    shown.collect()
}
