//! The automaton, and the loop that drives it.
//!
//! A step of the automaton waits for the one before it, so one walk through a text leaves most
//! of the processor idle. The text is therefore cut into lanes that are walked side by side; each
//! starts a pattern's length early, so that no match across a cut is lost. Letters are folded, and
//! all bytes that no pattern holds are made one, before a step: the table of the automaton shrinks
//! to a quarter and stays in the cache.

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::dfa::{Builder, DFA};
use aho_corasick::{Anchored, MatchKind, PatternID};

/// How many lanes, and the most bytes of one: what is found in them is kept until they are done.
const LANES: usize = 4;
const LANE: usize = 16 * 1024;

/// All patterns, whatever their case, each found wherever it stands.
pub(super) struct Search {
    automaton: DFA,
    /// What stands for a byte in the automaton.
    fold: [u8; 256],
    /// The length of the longest pattern.
    longest: usize,
    start: StateID,
}

impl Search {
    /// An automaton over patterns of ASCII text.
    pub(super) fn new(patterns: &[String]) -> Option<Self> {
        let mut fold = [0; 256];
        let mut codes = 0_u8;
        for byte in patterns.iter().flat_map(|pattern| pattern.bytes()) {
            let lower = byte.to_ascii_lowercase();
            if code(&fold, lower) == 0 {
                codes = codes.checked_add(1)?;
                *fold.get_mut(usize::from(lower))? = codes;
                *fold.get_mut(usize::from(lower.to_ascii_uppercase()))? = codes;
            }
        }
        let folded = patterns
            .iter()
            .map(|pattern| pattern.bytes().map(|byte| code(&fold, byte)).collect());
        let automaton = Builder::new()
            .match_kind(MatchKind::Standard)
            .prefilter(false)
            .build(folded.collect::<Vec<Vec<u8>>>())
            .ok()?;
        Some(Self {
            start: automaton.start_state(Anchored::No).ok()?,
            longest: patterns.iter().map(String::len).max()?,
            automaton,
            fold,
        })
    }

    /// Calls `found` with the pattern, the start and the end of each match, in the order of the
    /// ends, until it returns `false`.
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, usize, usize) -> bool) {
        let mut matches: [Vec<(usize, StateID)>; LANES] = Default::default();
        let mut from = 0;
        while let Some(block) = text.get(from..).filter(|rest| !rest.is_empty()) {
            let block = block.get(..LANES * LANE).unwrap_or(block);
            self.block(text, from, block.len(), &mut matches);
            for (end, state) in matches.iter_mut().flat_map(|lane| lane.drain(..)) {
                for index in 0..self.automaton.match_len(state) {
                    let pattern: PatternID = self.automaton.match_pattern(state, index);
                    let start = end - self.automaton.pattern_len(pattern);
                    if !found(pattern.as_usize(), start, end) {
                        return;
                    }
                }
            }
            from += block.len();
        }
    }

    fn block(
        &self,
        text: &[u8],
        from: usize,
        length: usize,
        [m0, m1, m2, m3]: &mut [Vec<(usize, StateID)>; LANES],
    ) {
        let lane = length / LANES;
        let starts = [from, from + lane, from + 2 * lane, from + 3 * lane];
        let [mut s0, mut s1, mut s2, mut s3] = starts.map(|start| self.warm(text, start));
        let [l0, l1, l2, l3] = starts.map(|start| text.get(start..).unwrap_or_default());
        let lanes = l0.iter().zip(l1).zip(l2).zip(l3).take(lane);
        for (offset, (((b0, b1), b2), b3)) in lanes.enumerate() {
            s0 = self.step(s0, *b0);
            s1 = self.step(s1, *b1);
            s2 = self.step(s2, *b2);
            s3 = self.step(s3, *b3);
            for (state, start, matches) in [
                (s0, starts[0], &mut *m0),
                (s1, starts[1], &mut *m1),
                (s2, starts[2], &mut *m2),
                (s3, starts[3], &mut *m3),
            ] {
                if self.automaton.is_match(state) {
                    matches.push((start + offset + 1, state));
                }
            }
        }
        // What the division left over.
        let rest = starts[3] + lane;
        for (at, byte) in text.iter().enumerate().take(from + length).skip(rest) {
            s3 = self.step(s3, *byte);
            if self.automaton.is_match(s3) {
                m3.push((at + 1, s3));
            }
        }
    }

    /// The state at `at`: no match that ends later starts earlier than a pattern's length.
    fn warm(&self, text: &[u8], at: usize) -> StateID {
        let first = at.saturating_sub(self.longest);
        text.get(first..at)
            .unwrap_or_default()
            .iter()
            .fold(self.start, |state, byte| self.step(state, *byte))
    }

    #[inline(always)]
    fn step(&self, state: StateID, byte: u8) -> StateID {
        self.automaton
            .next_state(Anchored::No, state, code(&self.fold, byte))
    }
}

#[inline(always)]
fn code(fold: &[u8; 256], byte: u8) -> u8 {
    #[expect(clippy::indexing_slicing, reason = "a byte is below 256")]
    fold[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(search: &Search, text: &[u8]) -> Vec<(usize, usize, usize)> {
        let mut matches = Vec::new();
        search.each(text, |pattern, start, end| {
            matches.push((end, start, pattern));
            true
        });
        let ends: Vec<usize> = matches.iter().map(|(end, ..)| *end).collect();
        assert!(ends.is_sorted());
        matches.sort_unstable();
        matches
    }

    #[test]
    fn the_lanes_find_what_a_naive_search_finds() {
        let patterns = ["ab", "b.a", "abab.a", "x", ".ab"].map(String::from);
        let search = Search::new(&patterns).unwrap();
        let mut text: Vec<u8> = Vec::new();
        let mut seed = 7_u32;
        for length in [
            0,
            1,
            3,
            4,
            5,
            7,
            63,
            64,
            65,
            1000,
            LANES * LANE - 1,
            LANES * LANE + 9,
        ] {
            while text.len() < length {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push(b"aAbB.xX\xe9"[(seed >> 24) as usize % 8]);
            }
            let mut naive = Vec::new();
            for (number, pattern) in patterns.iter().enumerate() {
                for (start, window) in text.windows(pattern.len()).enumerate() {
                    if window.eq_ignore_ascii_case(pattern.as_bytes()) {
                        naive.push((start + pattern.len(), start, number));
                    }
                }
            }
            naive.sort_unstable();
            assert_eq!(found(&search, &text), naive, "{length}");
        }
    }
}
