//! Names as numbers: [`Symbol`]s, the same for all spellings of a name.
//!
//! Names of VBA have no case ([MS-VBAL] 3.3.5.1). Each is looked up once, when it is read; after
//! that names are compared as numbers, and what a name of the language or its library means is a
//! `match` on a number.

use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher};

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
    /// Names in ASCII of at most 16 bytes, which are nearly all.
    short: HashTable<(Short, u32)>,
    /// The others.
    long: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// The names in small letters, one after the other.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    small: String,
}

/// A name of at most 16 bytes as two numbers, so that it is compared without a look at the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Short {
    first: u64,
    last: u64,
    length: u8,
}

impl Hash for Short {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // In one number, which is quicker.
        let last = self.last ^ (u64::from(self.length) << 56);
        state.write_u128(u128::from(self.first) << 64 | u128::from(last));
    }
}

impl Short {
    /// The name in small letters, if it is short and ASCII. The two parts may overlap.
    fn new(name: &[u8]) -> Option<Self> {
        let length = name.len();
        if length > 16 {
            return None;
        }
        let (first, last) = match (name.first_chunk(), name.last_chunk()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (name.first_chunk(), name.last_chunk()) {
                (Some(first), Some(last)) => (
                    u64::from(u32::from_le_bytes(*first)),
                    u64::from(u32::from_le_bytes(*last)),
                ),
                _ => {
                    let byte = |at: usize| u64::from(name.get(at).copied().unwrap_or(0));
                    (byte(0) | byte(1) << 8 | byte(2) << 16, 0)
                }
            },
        };
        ((first | last) & TOP == 0).then(|| Self {
            first: small_letters(first),
            last: small_letters(last),
            length: length as u8,
        })
    }
}

const EACH: u64 = 0x0101_0101_0101_0101;
const TOP: u64 = EACH * 0x80;

/// Eight bytes of ASCII in small letters.
const fn small_letters(eight: u64) -> u64 {
    // The top bit of each byte says whether that is at least `A`, and whether it is more than `Z`.
    let from_a = eight + EACH * (0x80 - b'A' as u64);
    let after_z = eight + EACH * (0x7F - b'Z' as u64);
    eight | (((from_a ^ after_z) & TOP) >> 2)
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
        let Some(short) = Short::new(name.as_bytes()) else {
            return self.intern_long(name);
        };
        let hash = self.hasher.hash_one(short);
        if let Some((_, number)) = self.short.find(hash, |(one, _)| *one == short) {
            return Symbol(*number);
        }
        let number = self.ends.len() as u32;
        self.text.push_str(name);
        let from = self.text.len() - name.len();
        if let Some(added) = self.text.get_mut(from..) {
            added.make_ascii_lowercase();
        }
        self.ends.push(self.text.len() as u32);
        let hasher = &self.hasher;
        self.short
            .insert_unique(hash, (short, number), |(one, _)| hasher.hash_one(one));
        Symbol(number)
    }

    fn intern_long(&mut self, name: &str) -> Symbol {
        let mut small = std::mem::take(&mut self.small);
        lower(name, &mut small);
        let symbol = if Short::new(small.as_bytes()).is_some() {
            // The small letter of a letter that is not ASCII may be: the Kelvin sign.
            self.intern(&small)
        } else {
            let hash = self.hasher.hash_one(small.as_str());
            let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
            let found = self.long.find(hash, |at| span(text, ends, *at) == small);
            Symbol(found.copied().unwrap_or_else(|| {
                let number = self.ends.len() as u32;
                self.text.push_str(&small);
                self.ends.push(self.text.len() as u32);
                let (text, ends) = (&self.text, &self.ends);
                self.long
                    .insert_unique(hash, number, |at| hasher.hash_one(span(text, ends, *at)));
                number
            }))
        };
        self.small = small;
        symbol
    }

    /// The symbol of a name that is there already.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Symbol> {
        let mut small = String::new();
        lower(name, &mut small);
        if let Some(short) = Short::new(small.as_bytes()) {
            let hash = self.hasher.hash_one(short);
            let found = self.short.find(hash, |(one, _)| *one == short)?;
            return Some(Symbol(found.1));
        }
        let hash = self.hasher.hash_one(small.as_str());
        self.long
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
        small.extend(name.chars().map(half_width).flat_map(char::to_lowercase));
    }
}

/// Names of an automation library are the same in full-width letters, digits and underscores.
fn half_width(character: char) -> char {
    const WIDER: u32 = '\u{FF21}' as u32 - 'A' as u32;
    match character {
        '\u{FF10}'..='\u{FF19}'
        | '\u{FF21}'..='\u{FF3A}'
        | '\u{FF3F}'
        | '\u{FF41}'..='\u{FF5A}' => char::from_u32(character as u32 - WIDER).unwrap_or(character),
        _ => character,
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

    #[test]
    fn names_of_every_length_are_told_apart() {
        let mut names = Names::default();
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
        let mut all = Vec::new();
        for length in 0..=alphabet.len() {
            let start = alphabet.get(..length).unwrap();
            all.push(start.to_owned());
            all.push("a".repeat(length + 1));
            for at in 0..length {
                let mut other = start.to_owned();
                other.replace_range(at..=at, "z");
                all.push(other);
            }
        }
        // Some of them are the same.
        all.sort_by_key(|name| name.to_lowercase());
        all.dedup_by_key(|name| name.to_lowercase());
        let symbols: Vec<Symbol> = all.iter().map(|name| names.intern(name)).collect();
        assert_eq!(names.len(), all.len());
        for (name, symbol) in all.iter().zip(symbols) {
            assert_eq!(names.text(symbol), name.to_lowercase());
            assert_eq!(names.intern(&name.to_lowercase()), symbol);
            assert_eq!(names.get(name), Some(symbol));
        }
    }

    #[test]
    fn only_letters_have_small_ones() {
        for byte in 0..=0x7F_u8 {
            let eight = EACH * u64::from(byte);
            let small = EACH * u64::from(byte.to_ascii_lowercase());
            assert_eq!(small_letters(eight), small, "{byte:02X}");
        }
    }

    #[test]
    fn full_width_letters_are_letters() {
        let mut names = Names::default();
        let name = names.intern("Shell_1");
        assert_eq!(names.intern("Ｓｈｅｌｌ＿１"), name);
        assert_eq!(names.get("ｓHELL_１"), Some(name));
        // The Kelvin sign.
        assert_eq!(names.intern("\u{212A}ill"), names.intern("kill"));
    }
}
