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
use super::block::Mark;
use super::{Parser, Place, Symbol, TokenKind};
use crate::source::words;

/// The value of a condition, where it is known.
type Value = Option<f64>;

/// Blocks that go through several branches are followed in so many `#If`s within one another: each
/// may move all of them.
const DEEPEST: usize = 8;

/// Where in the branches of `#If` a line is.
#[derive(Debug, Default)]
pub(super) struct Conditional {
    open: Vec<Branch>,
    /// How many `#If` there were.
    count: u32,
    constants: HashMap<Symbol, Value>,
}

/// The branch of an `#If` that is read.
#[derive(Clone, Copy, Debug)]
struct Branch {
    /// The number of the `#If`.
    of: u32,
    /// The number of the branch in it.
    number: u32,
    /// Whether the `#If` is itself in a branch that is not compiled.
    within_dead: bool,
    /// Whether a branch before this one is certainly compiled.
    taken: bool,
    /// Whether this branch is certainly not compiled.
    dead: bool,
    /// Where it starts among the blocks, if it is not too deep.
    mark: Option<Mark>,
}

impl Branch {
    fn entered(self, condition: Value) -> Self {
        let holds = condition.map(|value| value != 0.0);
        Self {
            taken: self.taken || holds == Some(true),
            dead: self.within_dead || self.taken || holds == Some(false),
            ..self
        }
    }
}

impl Conditional {
    /// Whether what is read now is certainly not compiled.
    pub(super) fn dead(&self) -> bool {
        self.open.last().is_some_and(|branch| branch.dead)
    }

    /// The number of the `#If` and that of its branch; none outside.
    pub(super) fn branch(&self) -> Option<(u32, u32)> {
        let branch = self.open.last()?;
        Some((branch.of, branch.number))
    }

    /// Where the innermost `#If` starts among the blocks.
    pub(super) fn mark(&self) -> Option<Mark> {
        self.open.last()?.mark
    }

    fn open(&mut self, condition: Value, mark: Mark) {
        self.count = self.count.saturating_add(1);
        let branch = Branch {
            of: self.count,
            number: 0,
            within_dead: self.dead(),
            taken: false,
            dead: false,
            mark: (self.open.len() < DEEPEST).then_some(mark),
        };
        self.open.push(branch.entered(condition));
    }

    fn again(&mut self, condition: Value) {
        if let Some(branch) = self.open.last_mut() {
            branch.number = branch.number.saturating_add(1);
            *branch = branch.entered(condition);
        }
    }

    fn close(&mut self) -> Option<Mark> {
        self.open.pop()?.mark
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
                self.conditional.open(condition, self.blocks.mark());
            }
            words::ELSEIF => {
                let condition = self.condition();
                self.another_branch(condition);
            }
            words::ELSE => self.another_branch(None),
            words::CONST => {
                let name = self.take();
                self.type_character();
                if self.take_sign(b'=') {
                    let value = self.condition();
                    self.conditional.define(name.symbol, value);
                }
            }
            words::END | words::ENDIF => {
                if let Some(mark) = self.conditional.close() {
                    self.blocks.put_back(mark);
                }
            }
            // `#Error`, which people write in branches that must not be compiled.
            _ => {}
        }
        self.place = Place::Line;
        while self.now().kind != TokenKind::LineEnd {
            self.reader.advance();
        }
    }

    fn another_branch(&mut self, condition: Value) {
        if let Some(mark) = self.conditional.mark() {
            self.blocks.set_aside(mark);
        }
        self.conditional.again(condition);
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
