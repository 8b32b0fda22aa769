//! The cells of a sheet.

use hashbrown::HashMap;

/// How many cells of a sheet are kept.
const MOST: usize = 1 << 17;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text of its own.
    Text(Box<str>),
    /// A text that cells share, by number.
    Shared(u32),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
}

/// The cells of a sheet, by row and column from 1.
#[derive(Debug, Default)]
pub struct Cells {
    by_place: HashMap<(u32, u32), Cell>,
    /// Of cells that are computed, how.
    formulas: HashMap<(u32, u32), Box<str>>,
    /// First and last row and column that hold anything.
    used: Option<[u32; 4]>,
    full: bool,
}

impl Cells {
    /// A cell.
    #[must_use]
    pub fn get(&self, row: u32, column: u32) -> Option<&Cell> {
        self.by_place.get(&(row, column))
    }

    /// The formula of a cell that is computed; empty where it is not known.
    #[must_use]
    pub fn formula(&self, row: u32, column: u32) -> Option<&str> {
        self.formulas.get(&(row, column)).map(|formula| &**formula)
    }

    /// The first row and column that hold anything, and the last.
    #[must_use]
    pub const fn used(&self) -> Option<[u32; 4]> {
        self.used
    }

    /// The places of all cells that hold anything and are not computed, in the order of the rows.
    #[must_use]
    pub fn constants(&self) -> Vec<(u32, u32)> {
        let places = self.by_place.keys().copied();
        let mut places: Vec<(u32, u32)> = places
            .filter(|place| !self.formulas.contains_key(place))
            .collect();
        places.sort_unstable();
        places
    }

    pub(super) const fn is_full(&self) -> bool {
        self.full
    }

    /// Puts something in a cell.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: Cell) {
        if self.by_place.len() >= MOST {
            self.full = true;
            return;
        }
        self.used = Some(match self.used {
            None => [row, column, row, column],
            Some([top, left, bottom, right]) => [
                top.min(row),
                left.min(column),
                bottom.max(row),
                right.max(column),
            ],
        });
        self.by_place.insert((row, column), cell);
    }

    /// Says how a cell is computed.
    pub(super) fn compute(&mut self, row: u32, column: u32, formula: &str) {
        if self.formulas.len() >= MOST {
            self.full = true;
            return;
        }
        self.formulas.insert((row, column), formula.into());
    }
}
