//! Blocks: which statement ends which, and the links between them.

use super::super::{Expr, Statement, Takes};
use super::{Parser, Place, TokenKind};
use crate::source::words;

/// What kind of block it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    If,
    For,
    Do,
    Select,
    With,
}

/// A block that has no end yet.
#[derive(Clone, Copy, Debug)]
struct Block {
    kind: BlockKind,
    /// The statement that opens it.
    head: u32,
    /// The last of its branches.
    last: u32,
    /// Whether it is an `If` that ends with its line.
    one_line: bool,
    /// Whether it has had its `Else`.
    otherwise: bool,
}

/// Where an `#If` starts among the blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    open: usize,
    aside: usize,
}

/// The blocks of a procedure.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    open: Vec<Block>,
    /// Those that were left without an end, because one around them ended.
    unclosed: Vec<Block>,
    /// Those that a branch of `#If` opened, and how deep, while another branch is read: they end
    /// where what that opens instead ends.
    aside: Vec<(usize, Block)>,
    /// How many are open of each kind, so that an end that has no block costs no search.
    counts: [u32; 5],
    /// How many of them end with their line.
    one_line: u32,
}

impl Blocks {
    /// Whether a `With` is open.
    pub(super) fn in_with(&self) -> bool {
        self.count(BlockKind::With) > 0
    }

    /// Whether an `If` is open that ends with its line.
    pub(super) fn in_line(&self) -> bool {
        self.one_line > 0
    }

    /// How many are open, and how many set aside: where an `#If` starts.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            open: self.open.len(),
            aside: self.aside.len(),
        }
    }

    /// Sets aside what the branch of an `#If` opened that started at the mark.
    pub(super) fn set_aside(&mut self, mark: Mark) {
        let first = self.aside.len();
        while self.open.len() > mark.open
            && let Some(block) = self.pop()
        {
            self.aside.push((self.open.len(), block));
        }
        if let Some(added) = self.aside.get_mut(first..) {
            added.reverse();
        }
    }

    /// Ends an `#If` that started at the mark. Where its last branch opens nothing, what another
    /// opens stays open.
    pub(super) fn put_back(&mut self, mark: Mark) {
        if self.open.len() > mark.open {
            return;
        }
        let own = self.aside.get(mark.aside..).unwrap_or_default();
        let start = own.iter().rposition(|(depth, _)| *depth == mark.open);
        if let Some(start) = start {
            let start = mark.aside.saturating_add(start);
            for (_, block) in self.aside.split_off(start) {
                self.add(block);
            }
        }
    }

    /// What was set aside and ends with the block that ended last.
    fn take_aside(&mut self, within: Option<Mark>) -> Option<Block> {
        let (depth, block) = *self.aside.last()?;
        let own = within.is_some_and(|mark| self.aside.len() > mark.aside);
        if own || depth < self.open.len() {
            return None;
        }
        self.aside.pop();
        Some(block)
    }

    fn count(&self, kind: BlockKind) -> u32 {
        self.counts.get(kind as usize).copied().unwrap_or(0)
    }

    fn open(&mut self, kind: BlockKind, head: u32, one_line: bool) {
        self.add(Block {
            kind,
            head,
            last: head,
            one_line,
            otherwise: false,
        });
    }

    fn add(&mut self, block: Block) {
        self.open.push(block);
        if let Some(count) = self.counts.get_mut(block.kind as usize) {
            *count += 1;
        }
        self.one_line += u32::from(block.one_line);
    }

    fn pop(&mut self) -> Option<Block> {
        let block = self.open.pop()?;
        if let Some(count) = self.counts.get_mut(block.kind as usize) {
            *count -= 1;
        }
        self.one_line -= u32::from(block.one_line);
        Some(block)
    }

    /// The innermost block of the kind; those within it are left without an end.
    fn innermost(&mut self, kind: BlockKind) -> Option<&mut Block> {
        if self.count(kind) == 0 {
            return None;
        }
        while self.open.last().is_some_and(|block| block.kind != kind) {
            let block = self.pop()?;
            self.unclosed.push(block);
        }
        self.open.last_mut()
    }

    /// Ends the innermost block of the kind.
    fn close(&mut self, kind: BlockKind) -> Option<Block> {
        self.innermost(kind)?;
        self.pop()
    }
}

impl Parser<'_, '_> {
    /// Adds a statement that opens a block.
    pub(super) fn open_block(&mut self, kind: BlockKind, at: u32, statement: Statement) -> u32 {
        let head = self.push(at, statement);
        self.blocks.open(kind, head, false);
        head
    }

    /// Links all branches of a block to its end.
    fn link(&mut self, block: Block, to: u32) {
        let mut at = block.head;
        self.link_next(block.last, to);
        while let Some(statement) = self.syntax.statements.get_mut(at as usize) {
            let following = match statement {
                Statement::If { next, end, .. }
                | Statement::Select { next, end, .. }
                | Statement::Case { next, end, .. } => {
                    *end = to;
                    *next
                }
                Statement::Else { end }
                | Statement::For { end, .. }
                | Statement::ForEach { end, .. }
                | Statement::Do { end, .. }
                | Statement::With { end, .. } => {
                    *end = to;
                    return;
                }
                _ => return,
            };
            if following <= at || following >= to {
                return;
            }
            at = following;
        }
    }

    /// Ends a block, and those of other branches of an `#If` that stand for it.
    fn end(&mut self, block: Block, to: u32) {
        self.link(block, to);
        while let Some(block) = self.blocks.take_aside(self.conditional.mark()) {
            self.link(block, to);
        }
    }

    /// Links a branch to the one after it.
    fn link_next(&mut self, branch: u32, to: u32) {
        if let Some(
            Statement::If { next, .. }
            | Statement::Select { next, .. }
            | Statement::Case { next, .. },
        ) = self.syntax.statements.get_mut(branch as usize)
        {
            *next = to;
        }
    }

    /// Leaves the blocks of a procedure that ends.
    pub(super) fn leave_blocks(&mut self) {
        let end = self.statements_end();
        while let Some(block) = self.blocks.pop() {
            self.link(block, end);
        }
        while let Some(block) = self.blocks.unclosed.pop() {
            self.link(block, end);
        }
        while let Some((_, block)) = self.blocks.aside.pop() {
            self.link(block, end);
        }
    }

    /// `If` or `ElseIf`, from its condition on.
    pub(super) fn if_branch(&mut self, at: u32, again: bool) {
        let condition = self.expression();
        let jump = matches!(self.now().symbol, words::GOTO | words::GOSUB);
        let goes_on = jump || self.take_word(words::THEN);
        // The `If` of an `ElseIf` may have been cut off, and after `Else` there is none.
        let branch = if again {
            self.blocks.innermost(BlockKind::If)
        } else {
            None
        };
        let again = branch.is_some();
        if branch.is_some_and(|block| block.otherwise) {
            self.place = Place::Branch;
            return self.passed_over(at);
        }
        let statement = Statement::If {
            condition,
            again,
            next: 0,
            end: 0,
        };
        let index = self.push(at, statement);
        if again && let Some(block) = self.blocks.innermost(BlockKind::If) {
            let before = std::mem::replace(&mut block.last, index);
            self.link_next(before, index);
        } else {
            let (now, ahead) = (self.now(), self.reader.ahead());
            let nothing_more =
                now.kind == TokenKind::LineEnd || now.is(b':') && ahead.kind == TokenKind::LineEnd;
            self.blocks.open(BlockKind::If, index, !nothing_more);
        }
        self.place = Place::Branch;
        if !goes_on && !self.at_end() {
            self.unread(self.now().from);
        }
    }

    /// `Else`
    pub(super) fn else_branch(&mut self, at: u32) {
        // On one line it belongs to the innermost `If` that has none.
        while self.blocks.in_line()
            && let Some(block) = self.blocks.innermost(BlockKind::If)
            && block.one_line
            && block.otherwise
        {
            self.end_if(at);
        }
        self.place = Place::Branch;
        match self.blocks.innermost(BlockKind::If) {
            Some(block) if block.otherwise => return self.passed_over(at),
            Some(_) => {}
            None => return,
        }
        let index = self.push(at, Statement::Else { end: 0 });
        if let Some(block) = self.blocks.innermost(BlockKind::If) {
            block.otherwise = true;
            let before = std::mem::replace(&mut block.last, index);
            self.link_next(before, index);
        }
    }

    /// `End If`, written or not.
    pub(super) fn end_if(&mut self, at: u32) {
        if let Some(block) = self.blocks.close(BlockKind::If) {
            let end = self.push(at, Statement::EndIf);
            self.end(block, end);
        }
    }

    /// Ends the `If`s that end with their line.
    pub(super) fn end_lines(&mut self, at: u32) {
        while self.blocks.in_line() {
            self.end_if(at);
        }
    }

    /// `End Select`, `End With`
    pub(super) fn end_block(&mut self, kind: BlockKind, at: u32, statement: Statement) {
        if let Some(block) = self.blocks.close(kind) {
            let end = self.push(at, statement);
            self.end(block, end);
        }
    }

    /// `Next`
    pub(super) fn end_for(&mut self, at: u32) {
        let block = self.blocks.close(BlockKind::For);
        let here = self.statements_end();
        let start = block.map_or(here, |block| block.head);
        let end = self.push(at, Statement::Next { start });
        if let Some(block) = block {
            self.end(block, end);
        }
    }

    /// `Loop`, `Wend`
    pub(super) fn end_do(&mut self, at: u32, condition: Expr, until: bool) {
        let block = self.blocks.close(BlockKind::Do);
        let here = self.statements_end();
        let start = block.map_or(here, |block| block.head);
        let statement = Statement::Loop {
            condition,
            until,
            start,
        };
        let end = self.push(at, statement);
        if let Some(block) = block {
            self.end(block, end);
        }
    }

    /// One member of the list of a `Case`.
    pub(super) fn case(&mut self, at: u32, takes: Takes, value: Expr, to: Expr) {
        if self.blocks.count(BlockKind::Select) == 0 {
            return;
        }
        let statement = Statement::Case {
            takes,
            value,
            to,
            body: 0,
            next: 0,
            end: 0,
        };
        let index = self.push(at, statement);
        if let Some(block) = self.blocks.innermost(BlockKind::Select) {
            let before = std::mem::replace(&mut block.last, index);
            self.link_next(before, index);
        }
    }

    /// Links the members of a list of `Case` to the branch that starts here.
    pub(super) fn case_body(&mut self, first: u32) {
        let end = self.statements_end();
        for index in first..end {
            if let Some(Statement::Case { body, .. }) =
                self.syntax.statements.get_mut(index as usize)
            {
                *body = end;
            }
        }
    }
}
