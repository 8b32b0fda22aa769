//! Lines and columns of a text, for offsets in any order.

use memchr::memchr2_iter;

/// So many bytes are one block, of which it is known how many characters lie before it: a line may
/// be as long as its module, and have thousands of places to tell.
const BLOCK: usize = 4 << 10;

/// Where the lines of a text start. `\r\n`, `\n` and a lone `\r` end lines, as for a
/// [`Cursor`](crate::source::Cursor).
#[derive(Debug)]
pub(super) struct Lines<'s> {
    text: &'s str,
    /// The first byte of every line but the first.
    starts: Vec<usize>,
    /// The characters before every block.
    blocks: Vec<usize>,
}

impl<'s> Lines<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        let bytes = text.as_bytes();
        let starts = memchr2_iter(b'\r', b'\n', bytes)
            .filter(|at| bytes.get(*at..at + 2) != Some(b"\r\n"))
            .map(|at| at + 1)
            .collect();
        let mut blocks = vec![0];
        let mut before = 0;
        for block in bytes.chunks_exact(BLOCK) {
            before += characters(block);
            blocks.push(before);
        }
        Self {
            text,
            starts,
            blocks,
        }
    }

    /// The line of an offset, from 1.
    pub(super) fn line(&self, at: usize) -> u32 {
        let before = self.starts.partition_point(|start| *start <= at);
        u32::try_from(before).map_or(u32::MAX, |line| line.saturating_add(1))
    }

    /// The column of an offset in characters, from 1.
    pub(super) fn column(&self, at: usize) -> u32 {
        let before = self.starts.partition_point(|start| *start <= at);
        let start = before
            .checked_sub(1)
            .and_then(|line| self.starts.get(line))
            .map_or(0, |start| *start);
        let count = match self.text.as_bytes().get(start..at) {
            Some(line) if line.len() < BLOCK => characters(line),
            _ => self
                .characters_before(at)
                .saturating_sub(self.characters_before(start)),
        };
        u32::try_from(count).map_or(u32::MAX, |column| column.saturating_add(1))
    }

    fn characters_before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = at / BLOCK;
        let before = self.blocks.get(block).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(block * BLOCK..at);
        before + characters(rest.unwrap_or_default())
    }
}

/// How many characters start in a part of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_editor() {
        let lines = Lines::new("a\r\n\u{e9}b\rc\n\nd");
        let places: Vec<_> = [0, 3, 5, 7, 9, 10, 99]
            .iter()
            .map(|at| (lines.line(*at), lines.column(*at)))
            .collect();
        assert_eq!(
            places,
            [(1, 1), (2, 1), (2, 2), (3, 1), (4, 1), (5, 1), (5, 2)]
        );
    }

    #[test]
    fn columns_of_a_long_line_are_counted_from_its_start() {
        let text = format!("a\n{}b", "\u{e9}".repeat(3 * BLOCK));
        let lines = Lines::new(&text);
        assert_eq!(lines.column(text.len() - 1), 3 * BLOCK as u32 + 1);
        assert_eq!(lines.column(2 + 2 * BLOCK), BLOCK as u32 + 1);
        let full = "x".repeat(BLOCK);
        assert_eq!(Lines::new(&full).column(BLOCK), BLOCK as u32 + 1);
    }
}
