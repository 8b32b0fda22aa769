//! Branches and jumps ([MS-VBAL] 5.4.2.8 to 5.4.2.20).

use super::super::operator;
use super::super::{Value, What};
use super::Machine;
use super::frame::{Block, BlockKind};
use crate::source::names::Symbol;
use crate::source::syntax::{Binary, Exit, Takes};

impl Machine<'_> {
    /// Whether an `ElseIf` or `Else` ends the branch that is taken: the others are passed over.
    pub(super) fn ends_branch(&mut self, end: u32) -> bool {
        if self.is_linear() {
            return false;
        }
        self.settle(self.frame.statement);
        let taken = match self.block() {
            Some(Block {
                end: ends,
                kind: BlockKind::Taken { by },
                ..
            }) if *ends == end => Some(*by),
            _ => None,
        };
        if let Some(by) = taken {
            let at = self.frame.statement;
            self.unmark();
            self.pop_block();
            self.pass_over(at, end, by);
        }
        taken.is_some()
    }

    /// The statement under way is not gone through after all.
    fn unmark(&mut self) {
        let at = self.frame.statement as usize;
        let unit = self.seen.get_mut(self.frame.unit as usize);
        if let Some(seen) = unit.and_then(|unit| unit.get_mut(at)) {
            *seen = self.frame.seen;
        }
    }

    /// The condition of an `If` or `ElseIf` has its value.
    pub(super) fn decide(&mut self, next: u32, end: u32) {
        let condition = self.pop();
        let at = self.frame.statement;
        if self.is_linear() {
            self.unsure(end);
            return self.next();
        }
        let by = condition.origin;
        self.decided_by(by);
        match operator::truth(&condition) {
            None => {
                self.unsure(end);
                self.next();
            }
            Some(true) => {
                if next < end {
                    self.blocks.push(Block {
                        start: at,
                        end,
                        kind: BlockKind::Taken { by },
                    });
                }
                self.next();
            }
            Some(false) => self.pass_over(at + 1, next, by),
        }
    }

    /// The subject of a `Select` has its value.
    pub(super) fn select(&mut self, next: u32, end: u32) {
        let subject = self.pop();
        if self.is_linear() || !is_sure(&subject) {
            self.unsure(end);
            return self.next();
        }
        self.blocks.push(Block {
            start: self.frame.statement,
            end,
            kind: BlockKind::Select {
                subject,
                taken: false,
            },
        });
        self.frame.statement = next.max(self.frame.statement + 1);
        self.frame.phase = 0;
    }

    /// The `Select` that a `Case` belongs to, while its branch is looked for.
    fn open_select(&mut self, end: u32) -> Option<(&mut Value, &mut bool)> {
        if self.is_linear() {
            return None;
        }
        let block = self.block()?;
        match &mut block.kind {
            BlockKind::Select { subject, taken } if block.end == end => Some((subject, taken)),
            _ => None,
        }
    }

    /// Whether a `Case` ends the branch that is taken: the others are passed over.
    pub(super) fn ends_case(&mut self, end: u32) -> bool {
        let by = match self.open_select(end) {
            Some((subject, true)) => Some(subject.origin),
            _ => None,
        };
        if let Some(by) = by {
            let at = self.frame.statement;
            self.unmark();
            self.pop_block();
            self.pass_over(at, end, by);
        }
        by.is_some()
    }

    /// The values of a `Case` are there.
    pub(super) fn case(&mut self, takes: Takes, body: u32, next: u32, end: u32) {
        let to = self.pop();
        let value = self.pop();
        let at = self.frame.statement;
        let Some((subject, _)) = self.open_select(end) else {
            return self.next();
        };
        let subject = subject.clone();
        let by = subject.origin.and(value.origin).and(to.origin);
        self.decided_by(by);
        let case = self.compares();
        let mut compare = |operator, value: &Value| {
            let holds = operator::binary(operator, subject.clone(), value, case, self.bounds);
            operator::truth(&holds)
        };
        let holds = match takes {
            Takes::Rest => Some(true),
            Takes::Value => compare(Binary::Equal, &value),
            Takes::Compared(operator) => compare(operator, &value),
            Takes::Range => match compare(Binary::GreaterEqual, &value) {
                Some(true) => compare(Binary::LessEqual, &to),
                other => other,
            },
        };
        match holds {
            Some(true) => {
                if let Some((subject, taken)) = self.open_select(end) {
                    *taken = true;
                    subject.origin = by;
                }
                self.frame.statement = body.max(at + 1);
                self.frame.phase = 0;
            }
            Some(false) if body == at + 1 => self.pass_over(body, next, by),
            Some(false) => {
                self.frame.statement = next.max(at + 1);
                self.frame.phase = 0;
            }
            // This branch or any after it.
            None => {
                self.pop_block();
                self.unsure(end);
                self.next();
            }
        }
    }

    /// What stands behind a label that something jumps to is reached.
    pub(super) fn pass_label(&mut self, name: Symbol) {
        if self.frame.sweeping
            && let Some(routine) = self.frame.routine
            && self.linked.label(routine, name).named
        {
            self.frame.dead = false;
        }
        self.next();
    }

    /// `GoTo`; false if the last frame was left.
    pub(super) fn jump(&mut self, name: Symbol) -> bool {
        if self.stays() {
            self.next();
            return true;
        }
        let routine = self.frame.routine.unwrap_or(u32::MAX);
        let Some(to) = self.linked.label(routine, name).at else {
            self.next();
            return true;
        };
        if to <= self.frame.statement && !self.jumps_backward() {
            return self.leave();
        }
        self.go_to(to);
        true
    }

    /// Whether to go on behind a jump: it is not taken for sure, or what is gone through is so in
    /// the order of the text, and what follows is not reached.
    fn stays(&mut self) -> bool {
        if self.is_unsure() {
            self.leak();
            return true;
        }
        let in_region = self.frame.statement < self.frame.linear_until;
        if in_region {
            self.frame.dead = true;
        }
        in_region
    }

    /// `Exit Sub`, `Exit For`, `End` …; false if the last frame was left.
    pub(super) fn exit(&mut self, exit: Exit) -> bool {
        match exit {
            Exit::Procedure | Exit::Program => {
                if !self.stays() {
                    return self.leave();
                }
                self.next();
            }
            Exit::For | Exit::Do => {
                if self.is_unsure() {
                    self.leak();
                    self.next();
                } else if self.is_linear() || !self.leave_loop(exit) {
                    self.next();
                }
            }
        }
        true
    }

    /// Leaves the innermost loop of the kind; false if there is none.
    fn leave_loop(&mut self, exit: Exit) -> bool {
        self.pay((self.blocks.len() - self.frame.blocks) as u64 / 2);
        let open = self.blocks.get(self.frame.blocks..).unwrap_or_default();
        let is_it = |block: &&Block| match block.kind {
            BlockKind::For { .. } | BlockKind::Each { .. } => exit == Exit::For,
            BlockKind::Do { .. } => exit == Exit::Do,
            _ => false,
        };
        let Some(end) = open.iter().rfind(is_it).map(|block| block.end) else {
            return false;
        };
        self.go_to(end + 1);
        true
    }

    /// The loops around may be left here, or not.
    fn leak(&mut self) {
        const FAR: usize = 16;
        let from = self.frame.blocks.max(self.blocks.len().saturating_sub(FAR));
        for block in self.blocks.get_mut(from..).unwrap_or_default() {
            if let Some(pace) = block.pace() {
                pace.leaky = true;
            }
        }
    }
}

/// Whether a value can be compared with others.
fn is_sure(value: &Value) -> bool {
    !value.origin.has(super::super::Origin::UNSURE)
        && !value.origin.has(super::super::Origin::PARTIAL)
        && matches!(
            value.what,
            What::Text(_) | What::Number(_) | What::Bool(_) | What::Empty
        )
}
