//! Bytes as hexadecimal digits: as Word reads them in a place for objects, and anywhere in the
//! file as what begins like an object.

use super::token::hex;
use crate::limits::Limit;
use crate::observe::Ledger;

/// Digits turned into bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Digits {
    pub(super) bytes: Vec<u8>,
    /// The upper half of the next byte.
    half: Option<u8>,
}

impl Digits {
    /// Takes the digits of `text`. Says whether it holds anything else that is no white space.
    pub(super) fn text(&mut self, text: &[u8]) -> bool {
        let mut other = false;
        for &byte in text {
            match (hex(byte), self.half) {
                (Some(value), None) => self.half = Some(value << 4),
                (Some(value), Some(upper)) => {
                    self.bytes.push(upper | value);
                    self.half = None;
                }
                (None, _) => other |= !is_blank(byte),
            }
        }
        other
    }

    /// Takes bytes as they are; half a byte before them is dropped.
    pub(super) fn binary(&mut self, bytes: &[u8]) {
        self.half = None;
        self.bytes.extend_from_slice(bytes);
    }

    /// Drops half a byte.
    pub(super) const fn reset(&mut self) {
        self.half = None;
    }
}

pub(super) const fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0 || byte == 0x0B
}

/// How many digits tell what a run of them is.
const TELLING: usize = 32;

/// Looks for digits that begin like an object, however they are broken up.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// The first bytes of the run.
    first: Digits,
    digits: usize,
    start: usize,
    /// Nothing before this is looked at again.
    after: usize,
}

impl Runs {
    /// Takes text that stands at `at`. Says where a run starts that is an object.
    pub(super) fn text(&mut self, at: usize, text: &[u8]) -> Option<usize> {
        if at < self.after {
            return None;
        }
        // A run goes on or starts with the text, or starts in its last digits; one in the middle is
        // no different from text around it.
        let goes_on = self.digits > 0;
        for _ in 0..=usize::from(goes_on) {
            let (here, whole) = self.take(at, text);
            if here.is_some() || whole {
                return here;
            }
            self.end();
        }
        let tail = text
            .iter()
            .rev()
            .take(TELLING)
            .take_while(|&&byte| hex(byte).is_some() || is_blank(byte))
            .count();
        let tail = text
            .get(text.len().saturating_sub(tail)..)
            .unwrap_or_default();
        // Behind a blank: the end of a word is none of it.
        if let Some(blank) = tail.iter().position(|&byte| is_blank(byte)) {
            let digits = tail.get(blank..).unwrap_or_default();
            let from = text.len().saturating_sub(digits.len());
            self.take(at.saturating_add(from), digits);
        }
        None
    }

    /// Takes digits until enough are known. Says where an object starts, and whether the text
    /// was digits as far as it was looked at.
    fn take(&mut self, at: usize, text: &[u8]) -> (Option<usize>, bool) {
        for (index, &byte) in text.iter().enumerate() {
            if self.digits >= TELLING {
                break;
            }
            if hex(byte).is_none() {
                if is_blank(byte) {
                    continue;
                }
                return (None, false);
            }
            if self.digits == 0 {
                self.start = at.saturating_add(index);
            }
            self.first.text(std::slice::from_ref(&byte));
            self.digits = self.digits.saturating_add(1);
            if self.digits == TELLING && is_object(&self.first.bytes) {
                return (Some(self.start), true);
            }
        }
        // Of a long run only the end is looked at.
        let ends = text.iter().rev().find(|&&byte| !is_blank(byte));
        (None, ends.is_none_or(|&byte| hex(byte).is_some()))
    }

    /// A run is over.
    pub(super) fn end(&mut self) {
        self.digits = 0;
        self.first.bytes.clear();
        self.first.reset();
    }

    /// What was read as an object up to there.
    pub(super) fn passed(&mut self, to: usize) {
        self.end();
        self.after = to;
    }
}

/// How an object, or a file that can carry code, starts.
pub(super) fn is_object(first: &[u8]) -> bool {
    const STARTS: [&[u8]; 4] = [
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        b"PK\x03\x04",
        b"{\\rt",
        b"ActiveMime",
    ];
    if STARTS.iter().any(|start| first.starts_with(start)) {
        return true;
    }
    // [MS-OLEDS] 2.2.4: any version, linked or embedded, the length of the class and its name.
    let [
        _,
        _,
        _,
        _,
        1 | 2,
        0,
        0,
        0,
        length @ 2..=64,
        0,
        0,
        0,
        class @ ..,
    ] = first
    else {
        return false;
    };
    let name = class.len().min(usize::from(*length).saturating_sub(1));
    name > 0
        && class
            .iter()
            .take(name)
            .all(|byte| byte.is_ascii_graphic() || *byte == b' ')
}

/// Digits from `start` on, through groups and control words, up to a character that is none of
/// them; and where that is.
pub(super) fn carve(data: &[u8], start: usize, ledger: &mut Ledger) -> (Vec<u8>, usize) {
    let mut digits = Digits::default();
    let mut at = start;
    while let Some(&byte) = data.get(at) {
        let next = at.saturating_add(1);
        if hex(byte).is_some() {
            digits.text(std::slice::from_ref(&byte));
            at = next;
        } else if is_blank(byte) || matches!(byte, b'{' | b'}') {
            at = next;
        } else if byte == b'\\' {
            at = control_end(data, next);
        } else {
            break;
        }
    }
    let size = digits.bytes.len() as u64;
    if ledger.charge(Limit::OutputBytes, size).is_err() {
        digits.bytes.clear();
    }
    (digits.bytes, at)
}

/// Where a control that starts at `at`, behind the backslash, ends.
fn control_end(data: &[u8], at: usize) -> usize {
    let rest = data.get(at..).unwrap_or_default();
    let letters = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    if letters == 0 {
        let length = if rest.first() == Some(&b'\'') { 3 } else { 1 };
        return at.saturating_add(length);
    }
    let numbers = rest
        .iter()
        .skip(letters)
        .take_while(|byte| byte.is_ascii_digit() || **byte == b'-')
        .count();
    let end = letters.saturating_add(numbers);
    let blank = usize::from(rest.get(end) == Some(&b' '));
    at.saturating_add(end).saturating_add(blank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn digits(text: &str) -> Vec<u8> {
        let mut digits = Digits::default();
        digits.text(text.as_bytes());
        digits.bytes
    }

    #[test]
    fn digits_with_anything_between_them() {
        assert_eq!(digits("0 1\r\n0G5a"), [0x01, 0x05]);
        assert_eq!(digits("aB"), [0xAB]);
        let mut halves = Digits::default();
        halves.text(b"123");
        halves.binary(b"x");
        halves.text(b"45");
        assert_eq!(halves.bytes, [0x12, b'x', 0x45]);
    }

    #[test]
    fn objects_are_told_by_how_they_start() {
        for (first, told) in [
            (&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 "[..], true),
            (b"\x01\x05\0\0\x02\0\0\0\x08\0\0\0Pack", true),
            (b"\xAB\xCD\xEF\0\x01\0\0\0\x02\0\0\0a\0\0\0", true),
            (b"\x01\x05\0\0\x02\0\0\0\xFF\0\0\0Pack", false),
            (b"\x01\0\x09\0\0\x03\x10\0\0\0\0\0\0\0\0\0", false),
            (b"\x89PNG\r\n\x1a\n", false),
        ] {
            assert_eq!(is_object(first), told, "{first:?}");
        }
    }

    #[test]
    fn runs_that_are_broken_up() {
        let found = |pieces: &[&str]| {
            let mut runs = Runs::default();
            let mut at = 0;
            let mut found = None;
            for piece in pieces {
                found = found.or(runs.text(at, piece.as_bytes()));
                at += piece.len();
            }
            found
        };
        let whole = "d0cf11e0a1b11ae10000000000000000";
        let (_, rest) = whole.split_at(4);
        assert_eq!(found(&[whole]), Some(0));
        assert_eq!(
            found(&["D0CF11E0a1b1", "\r\n", "1ae100000000 0000000", "0"]),
            Some(0)
        );
        assert_eq!(found(&["text d0cf", rest]), Some(5));
        assert_eq!(found(&["text", whole]), Some(4));
        assert_eq!(found(&["d0cf x", rest]), None);
        assert_eq!(found(&["0100090000032202", &"00".repeat(100), whole]), None);
        assert_eq!(found(&["010009000003", "220200 more", whole]), Some(23));
    }

    #[test]
    fn carving_passes_over_controls() {
        let mut ledger = Ledger::new(Limits::mail());
        let text = b"d0{\\x-1 cf}\\'aa11\\~ e0 0x";
        assert_eq!(
            carve(text, 0, &mut ledger),
            (vec![0xD0, 0xCF, 0x11, 0xE0], text.len() - 1)
        );
    }
}
