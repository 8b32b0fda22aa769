//! Lines and columns of a text, for offsets in any order.

use memchr::memchr2_iter;

/// Where the lines of a text start. `\r\n`, `\n` and a lone `\r` end lines, as for a
/// [`Cursor`](crate::source::Cursor).
#[derive(Debug)]
pub(super) struct Lines<'s> {
    text: &'s str,
    /// The first byte of every line but the first.
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        let bytes = text.as_bytes();
        let starts = memchr2_iter(b'\r', b'\n', bytes)
            .filter(|at| bytes.get(*at..at + 2) != Some(b"\r\n"))
            .map(|at| at + 1)
            .collect();
        Self { text, starts }
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
        let count = self
            .text
            .as_bytes()
            .get(start..at)
            .unwrap_or_default()
            .iter()
            .filter(|byte| **byte & 0xC0 != 0x80)
            .count();
        u32::try_from(count).map_or(u32::MAX, |column| column.saturating_add(1))
    }
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
            [(1, 1), (2, 1), (2, 2), (3, 1), (4, 1), (5, 1), (5, 1)]
        );
    }
}
