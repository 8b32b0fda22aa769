//! Conditional compilation ([MS-VBAL] 3.4): all branches are read, and what is in a branch that no
//! Office of today compiles is marked.
//!
//! | constant | value |
//! |---|---|
//! | `Win32` | true |
//! | `Win16` | false |
//! | `VBA6`, `VBA7`, `Win64`, `Mac` | not known: some have it, some not |
//! | of the module (`#Const`) | as it says |
//! | any other | not known: the project may define it, and is false otherwise |

use std::collections::HashMap;

use super::super::{Binary, Constant, Expr, Op, Unary};
use super::{Parser, Place, Symbol, TokenKind};
use crate::source::words;

/// The value of a condition, where it is known.
type Value = Option<f64>;

/// Where in the branches of `#If` a line is.
#[derive(Debug, Default)]
pub(super) struct Conditional {
    open: Vec<Branch>,
    /// The number of the last branch that was entered.
    serial: u32,
    constants: HashMap<Symbol, Value>,
}

/// The branch of an `#If` that is read.
#[derive(Clone, Copy, Debug)]
struct Branch {
    /// Whether the `#If` is itself in a branch that is not compiled.
    within_dead: bool,
    /// Whether a branch before this one is certainly compiled.
    taken: bool,
    /// Whether this branch is certainly not compiled.
    dead: bool,
    serial: u32,
}

impl Conditional {
    /// Whether what is read now is certainly not compiled.
    pub(super) fn dead(&self) -> bool {
        self.open.last().is_some_and(|branch| branch.dead)
    }

    /// A number that no other branch has; none outside of `#If`.
    pub(super) fn branch(&self) -> Option<u32> {
        self.open.last().map(|branch| branch.serial)
    }

    fn enter(&mut self, within_dead: bool, taken: bool, condition: Value) {
        self.serial = self.serial.saturating_add(1);
        let holds = condition.map(|value| value != 0.0);
        self.open.push(Branch {
            within_dead,
            taken: taken || holds == Some(true),
            dead: within_dead || taken || holds == Some(false),
            serial: self.serial,
        });
    }

    fn open(&mut self, condition: Value) {
        self.enter(self.dead(), false, condition);
    }

    fn again(&mut self, condition: Value) {
        if let Some(before) = self.open.pop() {
            self.enter(before.within_dead, before.taken, condition);
        }
    }

    fn close(&mut self) {
        self.open.pop();
    }

    fn value(&self, name: Symbol) -> Value {
        match name {
            words::WIN32 => Some(-1.0),
            words::WIN16 => Some(0.0),
            _ => self.constants.get(&name).copied().flatten(),
        }
    }

    fn define(&mut self, name: Symbol, value: Value) {
        // Of two definitions nobody knows which counts.
        let entry = self.constants.entry(name).or_insert(value);
        if *entry != value {
            *entry = None;
        }
    }
}

impl Parser<'_, '_> {
    /// `#If`, `#ElseIf`, `#Else`, `#End If`, `#Const`
    pub(super) fn directive(&mut self) {
        self.reader.advance();
        let word = self.take();
        match word.symbol {
            words::IF => {
                let condition = self.condition();
                self.conditional.open(condition);
            }
            words::ELSEIF => {
                let condition = self.condition();
                self.conditional.again(condition);
            }
            words::ELSE => self.conditional.again(None),
            words::CONST => {
                let name = self.take();
                self.type_character();
                if self.take_sign(b'=') {
                    let value = self.condition();
                    self.conditional.define(name.symbol, value);
                }
            }
            words::END | words::ENDIF => self.conditional.close(),
            // `#Error`, which people write in branches that must not be compiled.
            _ => {}
        }
        self.place = Place::Line;
        while self.now().kind != TokenKind::LineEnd {
            self.reader.advance();
        }
    }

    /// Reads an expression and says what it comes to, if that is known.
    fn condition(&mut self) -> Value {
        let condition = self.expression();
        let value = self.value(condition);
        self.syntax.ops.truncate(condition.from as usize);
        value
    }

    fn value(&self, expression: Expr) -> Value {
        let range = expression.from as usize..expression.to as usize;
        let mut stack: Vec<Value> = Vec::new();
        for op in self.syntax.ops.get(range)? {
            let value = match *op {
                Op::Number(number) => Some(number),
                Op::Constant(Constant::True) => Some(-1.0),
                Op::Constant(Constant::False | Constant::Empty) => Some(0.0),
                Op::Load(name, _) => self.conditional.value(name),
                Op::Unary(operator) => unary(operator, stack.pop()?),
                Op::Binary(operator) => {
                    let right = stack.pop()?;
                    let left = stack.pop()?;
                    binary(operator, left, right)
                }
                // Texts, functions: no condition that is met in practice.
                Op::Text(_) | Op::Date(_) | Op::Unknown => None,
                _ => return None,
            };
            stack.push(value);
        }
        stack.pop().flatten()
    }
}

fn truth(holds: bool) -> f64 {
    if holds { -1.0 } else { 0.0 }
}

fn unary(operator: Unary, value: Value) -> Value {
    let value = value?;
    match operator {
        Unary::Minus => Some(-value),
        // Of bits: `Not 1` is true.
        Unary::Not => Some(-value - 1.0),
    }
}

fn binary(operator: Binary, left: Value, right: Value) -> Value {
    let (Some(a), Some(b)) = (left, right) else {
        // One side may settle it.
        let known = left.or(right)?;
        return match operator {
            Binary::And if known == 0.0 => Some(0.0),
            Binary::Or if known == -1.0 => Some(-1.0),
            _ => None,
        };
    };
    match operator {
        Binary::And => Some(((a as i64) & (b as i64)) as f64),
        Binary::Or => Some(((a as i64) | (b as i64)) as f64),
        Binary::Equal => Some(truth(a == b)),
        Binary::NotEqual => Some(truth(a != b)),
        Binary::Less => Some(truth(a < b)),
        Binary::LessEqual => Some(truth(a <= b)),
        Binary::Greater => Some(truth(a > b)),
        Binary::GreaterEqual => Some(truth(a >= b)),
        _ => None,
    }
}
