//! What a text says once it is decoded: base64, numbers for characters, and the tricks of command
//! lines.
//!
//! | file | what |
//! |---|---|
//! | `base64` | base64 in either alphabet |
//! | `numbers` | lists and runs of hexadecimal and decimal numbers |
//! | `readable` | bytes as text, if they are text, or become one with a key of one byte |
//! | `cmd` | carets, quotes and variables of the command interpreter |
//! | `powershell` | expressions on texts, as scripts write them |
//!
//! Each goes through a text once, from front to back. What is found is not known to be meant: it is
//! for looking through once more.

use std::hash::BuildHasher;
use std::mem;

use hashbrown::{DefaultHashBuilder, HashSet};

mod base64;
mod cmd;
mod numbers;
mod powershell;
mod readable;

/// How often what was decoded is decoded again, the first time counted.
const DEPTH: usize = 3;
/// What is shorter says nothing.
const SHORTEST: usize = 3;

/// Texts that `text` holds in another form, each decoded once: base64 (of UTF-8 or UTF-16),
/// hexadecimal, `cmd` with carets and variables, `PowerShell -e …`. At most `most` bytes in all.
#[must_use]
pub fn unfold(text: &str, most: usize) -> Vec<String> {
    let mut found = Found {
        texts: Vec::new(),
        seen: HashSet::new(),
        hasher: DefaultHashBuilder::default(),
        left: most,
        keys: readable::Keys::default(),
    };
    found.is_new(text);
    found.decode(text);
    let mut from = 0;
    for _ in 1..DEPTH {
        let to = found.texts.len();
        for at in from..to {
            let text = found.texts.get_mut(at).map(mem::take).unwrap_or_default();
            found.decode(&text);
            if let Some(place) = found.texts.get_mut(at) {
                *place = text;
            }
        }
        from = to;
    }
    found.texts
}

/// The bytes of a text that is base64 as a whole.
#[must_use]
pub fn base64(text: &str) -> Option<Vec<u8>> {
    base64::whole(text)
}

/// What was decoded.
struct Found {
    texts: Vec<String>,
    /// Hashes of these, and of the text they come from.
    seen: HashSet<u64>,
    hasher: DefaultHashBuilder,
    /// How many bytes there may be yet.
    left: usize,
    keys: readable::Keys,
}

impl Found {
    fn decode(&mut self, text: &str) {
        if let Some(plain) = cmd::plain(text, self.left) {
            self.add(plain);
        }
        for quotes in [powershell::BOTH, powershell::SINGLE] {
            if let Some(plain) = powershell::plain(text, quotes, self.left) {
                self.add(plain);
            }
        }
        if let Some(turned) = turned(text) {
            self.add(turned);
        }
        numbers::each(text, |bytes| self.add_bytes(bytes));
        base64::each(text, |bytes| self.add_bytes(bytes));
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        if self.left == 0 {
            return;
        }
        let text = readable::text(bytes).or_else(|| self.keys.find(bytes));
        if let Some(text) = text {
            self.add(text);
        }
    }

    /// Whether a text was not seen before; now it was.
    fn is_new(&mut self, text: &str) -> bool {
        self.seen.insert(self.hasher.hash_one(text))
    }

    fn add(&mut self, mut text: String) {
        text.truncate(head(&text, self.left).len());
        if text.len() >= SHORTEST && self.is_new(&text) {
            self.left -= text.len();
            self.texts.push(text);
        }
    }
}

/// The start of a text, of at most so many bytes.
fn head(text: &str, most: usize) -> &str {
    let most = most.min(text.len());
    let ends = (0..=most).rev();
    ends.take(4)
        .find_map(|end| text.get(..end))
        .unwrap_or_default()
}

/// What shows that a text is written backwards.
const TURNED: [&str; 11] = [
    "//:ptth",
    "//:sptth",
    "llehsrewop",
    "c/ dmc",
    "exe.dmc",
    "tpircsw",
    "tpircsc",
    "athsm",
    "23lldnur",
    "23rvsger",
    "tcejboetaerc",
];

/// The text from back to front, if that shows words that matter.
fn turned(text: &str) -> Option<String> {
    let small = text.to_ascii_lowercase();
    let shows = TURNED.iter().any(|word| small.contains(word));
    // `exe.ecalp\`, which is not the end of a sentence on `place.exe.`
    let mut names = small.match_indices("exe.");
    let named = names.any(|(at, name)| {
        let begins = |before: &str| !before.ends_with(|c: char| c == '.' || c.is_alphanumeric());
        let goes_on = |after: &str| after.starts_with(char::is_alphanumeric);
        small.get(..at).is_some_and(begins) && small.get(at + name.len()..).is_some_and(goes_on)
    });
    (shows || named).then(|| text.chars().rev().collect())
}

#[cfg(test)]
mod tests;
