//! Walking a chain of sectors through a table of links, [MS-CFB] 2.3 and 2.4.

/// The largest number of a real sector, [MS-CFB] 2.1; above are the marks.
pub(super) const MAX_REGULAR: u32 = 0xFFFF_FFFA;
/// The mark that ends a chain.
pub(super) const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// The mark of a sector that nothing uses.
pub(super) const FREE: u32 = 0xFFFF_FFFF;

/// A table of links from sector to sector.
pub(super) trait Links {
    /// What the table says about `sector`; `None` where it does not reach.
    fn next(&self, sector: u32) -> Option<u32>;
    /// How many sectors there can be.
    fn bound(&self) -> u32;
}

/// How a chain ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With the mark, or as long as was asked for.
    Proper,
    /// It came back to a sector it had been through.
    Cycle(u32),
    /// A link to a number that is no sector, a free sector, or past the table.
    Broken(u32),
}

/// Walks a chain. Ends for any table: a cycle is recognised by Brent's method, which needs no
/// memory, within three times the length of the part that repeats.
#[derive(Debug)]
pub(super) struct Chain<'t, L> {
    links: &'t L,
    next: u32,
    left: u32,
    /// Whether `left` is as many sectors as there can be, and not what was asked for.
    bounded: bool,
    end: End,
    turtle: u32,
    power: u32,
    lap: u32,
}

impl<'t, L: Links> Chain<'t, L> {
    /// From `first`, over `most` sectors at the most. A chain through more sectors than there are
    /// goes round.
    pub(super) fn new(links: &'t L, first: u32, most: u32) -> Self {
        let end = End::Proper;
        let bound = links.bound().saturating_add(1);
        let (bounded, most) = (most > bound, most.min(bound));
        Self {
            links,
            next: first,
            left: most,
            bounded,
            end,
            turtle: FREE,
            power: 1,
            lap: 0,
        }
    }

    /// How it ended; to be asked after the last sector.
    pub(super) const fn end(&self) -> End {
        self.end
    }
}

impl<L: Links> Iterator for Chain<'_, L> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let sector = self.next;
        let over = self.left == 0;
        if sector == END_OF_CHAIN || (over && !self.bounded) || self.end != End::Proper {
            return None;
        }
        if sector > MAX_REGULAR {
            self.end = End::Broken(sector);
            return None;
        }
        if over || sector == self.turtle {
            self.end = End::Cycle(sector);
            return None;
        }
        if self.lap == self.power {
            self.turtle = sector;
            self.power = self.power.saturating_mul(2);
            self.lap = 0;
        }
        self.lap = self.lap.saturating_add(1);
        self.left = self.left.saturating_sub(1);
        // A last sector whose link is lost is still a sector: the chain breaks after it.
        self.next = self.links.next(sector).unwrap_or(FREE);
        Some(sector)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Table(Vec<u32>);

    impl Links for Table {
        fn next(&self, sector: u32) -> Option<u32> {
            self.0.get(sector as usize).copied()
        }
        fn bound(&self) -> u32 {
            self.0.len() as u32
        }
    }

    fn walk(table: &[u32], first: u32, most: u32) -> (Vec<u32>, End) {
        let table = Table(table.to_vec());
        let mut chain = Chain::new(&table, first, most);
        let sectors = chain.by_ref().collect();
        (sectors, chain.end())
    }

    #[test]
    fn a_chain_ends_at_the_mark() {
        assert_eq!(
            walk(&[1, 2, END_OF_CHAIN], 0, 9),
            (vec![0, 1, 2], End::Proper)
        );
        assert_eq!(walk(&[1, 2, END_OF_CHAIN], 0, 2), (vec![0, 1], End::Proper));
        assert_eq!(walk(&[], END_OF_CHAIN, 9), (vec![], End::Proper));
    }

    #[test]
    fn a_cycle_is_recognised_wherever_it_closes() {
        for length in 1..40_u32 {
            for back in 0..length {
                let mut table: Vec<u32> = (1..=length).collect();
                table[length as usize - 1] = back;
                let (sectors, end) = walk(&table, 0, u32::MAX);
                assert!(
                    matches!(end, End::Cycle(_)),
                    "length {length}, back to {back}"
                );
                assert!(sectors.len() <= 4 * length as usize);
            }
        }
    }

    #[test]
    fn a_link_to_nowhere_breaks_the_chain_after_the_sector() {
        assert_eq!(walk(&[1, FREE], 0, 9), (vec![0, 1], End::Broken(FREE)));
        assert_eq!(walk(&[77], 0, 9), (vec![0, 77], End::Broken(FREE)));
    }
}
