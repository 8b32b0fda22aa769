//! Names as numbers: [`Symbol`]s, the same for all spellings of a name.
//!
//! Names of VBA have no case ([MS-VBAL] 3.3.5.1). Each is looked up once, when it is read; after
//! that names are compared as numbers, and what a name of the language or its library means is a
//! `match` on a number.

use std::fmt;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// A name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

impl Symbol {
    /// Its number: names that [`Names`] knows from the start come first, in the order given.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The symbol of a name that is known from the start, by its place in the list.
    #[must_use]
    pub const fn known(index: usize) -> Self {
        Self(index as u32)
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// All names of a project.
#[derive(Clone, Debug, Default)]
pub struct Names {
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// The names in small letters, one after the other.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    small: String,
}

impl Names {
    /// Names that start with those given, in their order, which are in small letters.
    #[must_use]
    pub fn with_known(known: &[&str]) -> Self {
        let mut names = Self::default();
        for name in known {
            names.intern(name);
        }
        names
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The symbol of a name, whatever its case.
    pub fn intern(&mut self, name: &str) -> Symbol {
        let mut small = std::mem::take(&mut self.small);
        lower(name, &mut small);
        let hash = self.hasher.hash_one(small.as_str());
        let found = self
            .table
            .find(hash, |at| span(&self.text, &self.ends, *at) == small)
            .copied();
        let symbol = found.unwrap_or_else(|| {
            let number = self.ends.len() as u32;
            self.text.push_str(&small);
            self.ends.push(self.text.len() as u32);
            let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
            self.table
                .insert_unique(hash, number, |at| hasher.hash_one(span(text, ends, *at)));
            number
        });
        self.small = small;
        Symbol(symbol)
    }

    /// The symbol of a name that is there already.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Symbol> {
        let mut small = String::new();
        lower(name, &mut small);
        let hash = self.hasher.hash_one(small.as_str());
        self.table
            .find(hash, |at| span(&self.text, &self.ends, *at) == small)
            .map(|at| Symbol(*at))
    }

    /// The name, in small letters.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        span(&self.text, &self.ends, symbol.0)
    }
}

fn span<'t>(text: &'t str, ends: &[u32], at: u32) -> &'t str {
    let at = at as usize;
    let from = at
        .checked_sub(1)
        .and_then(|before| ends.get(before))
        .map_or(0, |end| *end as usize);
    let to = ends.get(at).map_or(from, |end| *end as usize);
    text.get(from..to).unwrap_or_default()
}

fn lower(name: &str, small: &mut String) {
    small.clear();
    if name.is_ascii() {
        small.push_str(name);
        small.make_ascii_lowercase();
    } else {
        small.extend(name.chars().flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_case() {
        let mut names = Names::with_known(&["sub", "call"]);
        assert_eq!(names.intern("SUB"), Symbol::known(0));
        let own = names.intern("Größe");
        assert_eq!(names.intern("GRÖSSE"), names.intern("grösse"));
        assert_eq!(names.intern("gRÖße"), own);
        assert_eq!(names.text(own), "größe");
        assert_eq!(names.get("none"), None);
        assert_eq!(names.get("größe"), Some(own));
    }
}
