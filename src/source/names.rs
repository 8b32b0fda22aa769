//! Names as numbers: [`Symbol`]s, the same for all spellings of a name.
//!
//! Names of VBA have no case ([MS-VBAL] 3.3.5.1). Each is looked up once, when it is read; after
//! that names are compared as numbers, and what a name of the language or its library means is a
//! `match` on a number.

use std::fmt;
use std::hash::{BuildHasher, Hasher};

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
        let mut short = [0; SHORT];
        let mut long = String::new();
        let small = lower(name, &mut short, &mut long);
        let hash = self.hash(small);
        if let Some(number) = self.find(small, hash) {
            return Symbol(number);
        }
        let number = self.ends.len() as u32;
        self.text.push_str(small);
        self.ends.push(self.text.len() as u32);
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.table
            .insert_unique(hash, number, |at| hash_of(hasher, span(text, ends, *at)));
        Symbol(number)
    }

    /// The symbol of a name that is there already.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Symbol> {
        let mut short = [0; SHORT];
        let mut long = String::new();
        let small = lower(name, &mut short, &mut long);
        self.find(small, self.hash(small)).map(Symbol)
    }

    fn hash(&self, small: &str) -> u64 {
        hash_of(&self.hasher, small)
    }

    fn find(&self, small: &str, hash: u64) -> Option<u32> {
        self.table
            .find(hash, |at| span(&self.text, &self.ends, *at) == small)
            .copied()
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

fn hash_of(hasher: &DefaultHashBuilder, small: &str) -> u64 {
    let mut hasher = hasher.build_hasher();
    hasher.write(small.as_bytes());
    hasher.finish()
}

/// A name of at most so many bytes is made small without asking for memory.
const SHORT: usize = 48;

/// The name in small letters, in one of the two buffers.
fn lower<'b>(name: &str, short: &'b mut [u8; SHORT], long: &'b mut String) -> &'b str {
    if name.is_ascii()
        && let Some(buffer) = short.get_mut(..name.len())
    {
        buffer.copy_from_slice(name.as_bytes());
        buffer.make_ascii_lowercase();
        return std::str::from_utf8(buffer).unwrap_or_default();
    }
    if name.is_ascii() {
        long.push_str(name);
        long.make_ascii_lowercase();
    } else {
        long.extend(name.chars().flat_map(char::to_lowercase));
    }
    long
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
