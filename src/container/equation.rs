//! Formulas of the old Equation Editor, as its objects keep them: "MTEF v. 3", the format of
//! MathType 3 and of Equation Editor 3, behind the header of the stream `Equation Native`.
//!
//! | bytes | header |
//! |---|---|
//! | 2 | its size, 28 |
//! | 4 | its version, 0x00020000 |
//! | 2 | the format for the clipboard |
//! | 4 | the size of what follows |
//! | 16 | unused |
//! | 5 | version (3), platform, product, version of the product |
//!
//! Then records: a byte with the type in its low half and options in its high one. Nothing of a
//! formula is kept; what matters is whether it is one, since the program writes names of fonts and
//! dimensions of matrices over its stack (CVE-2017-11882, CVE-2018-0798, CVE-2018-0802).

use crate::bytes::{le16, le32, slice};

const HEADER: usize = 28;
/// A name of a font in `LOGFONT`, with the zero behind it.
const LONGEST_NAME: usize = 32;
/// The partition lines of a matrix with more rows or columns are not held by the program.
const MOST_ROWS: u8 = 27;
/// Lists in lists: no formula has more.
const DEEPEST: usize = 256;

/// Whether a stream is a formula whose records are sound to its end, and of sizes that formulas
/// have. At most the zeros that fill it up follow.
pub(crate) fn is_plain(stream: &[u8]) -> bool {
    let declared = le32(stream, 8).and_then(|size| usize::try_from(size).ok());
    let formula = declared.and_then(|size| slice(stream, HEADER, size));
    let (Some(0x1C), Some(0x0002_0000), Some(formula)) =
        (le16(stream, 0), le32(stream, 2), formula)
    else {
        return false;
    };
    let behind = HEADER.saturating_add(formula.len());
    let filled = stream.get(behind..).unwrap_or_default();
    let [3, 0 | 1, _, _, _, records @ ..] = formula else {
        return false;
    };
    let mut records = Records { rest: records };
    records.read().is_some() && records.rest.iter().chain(filled).all(|byte| *byte == 0)
}

struct Records<'f> {
    rest: &'f [u8],
}

impl Records<'_> {
    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// Reads to the end of the outermost list.
    fn read(&mut self) -> Option<()> {
        let mut depth = 1_usize;
        while depth > 0 {
            let tag = self.byte()?;
            let (kind, options) = (tag & 0x0F, tag >> 4);
            let opens = match kind {
                0 => {
                    depth = depth.saturating_sub(1);
                    continue;
                }
                1..=6 => self.object(kind, options)?,
                7 => self.ruler().map(|()| false)?,
                8 => self.font().map(|()| false)?,
                9 => self.size().map(|()| false)?,
                10..=14 => false,
                _ => return None,
            };
            if opens {
                depth = depth.saturating_add(1);
            }
            if depth > DEEPEST {
                return None;
            }
        }
        Some(())
    }

    /// A line, character, template, pile, matrix or embellishment. Says whether a list follows.
    fn object(&mut self, kind: u8, options: u8) -> Option<bool> {
        // Moved by the user: two bytes, or two of 128 and two words.
        if options & 8 != 0 && self.take(2)? == [128, 128] {
            self.take(4)?;
        }
        match kind {
            1 => {
                if options & 4 != 0 {
                    self.take(2)?;
                }
                if options & 2 != 0 {
                    self.ruler_with_tag()?;
                }
                Some(options & 1 == 0)
            }
            2 => {
                self.take(3)?;
                // A list of embellishments follows.
                Some(options & 2 != 0)
            }
            3 => self.take(3).map(|_| true),
            4 => {
                self.take(2)?;
                if options & 2 != 0 {
                    self.ruler_with_tag()?;
                }
                Some(true)
            }
            5 => {
                self.take(3)?;
                let (rows, columns) = (self.byte()?, self.byte()?);
                if rows > MOST_ROWS || columns > MOST_ROWS {
                    return None;
                }
                // Two bits for each line between and around them.
                for count in [rows, columns] {
                    self.take((usize::from(count).saturating_add(1)).div_ceil(4))?;
                }
                Some(true)
            }
            _ => self.byte().map(|_| false),
        }
    }

    fn ruler_with_tag(&mut self) -> Option<()> {
        (self.byte()? & 0x0F == 7).then(|| self.ruler())?
    }

    fn ruler(&mut self) -> Option<()> {
        let stops = usize::from(self.byte()?);
        self.take(stops.saturating_mul(3)).map(|_| ())
    }

    fn font(&mut self) -> Option<()> {
        self.take(2)?;
        let length = memchr::memchr(0, self.rest)?;
        if length >= LONGEST_NAME {
            return None;
        }
        self.take(length.saturating_add(1)).map(|_| ())
    }

    fn size(&mut self) -> Option<()> {
        let more = match self.byte()? {
            100 => 3,
            101 => 2,
            _ => 1,
        };
        self.take(more).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(records: &[u8]) -> Vec<u8> {
        let formula = [&[3, 1, 1, 3, 0][..], records].concat();
        let mut stream = vec![28, 0, 0, 0, 2, 0, 0xC1, 0xC1];
        stream.extend((formula.len() as u32).to_le_bytes());
        stream.resize(HEADER, 0);
        stream.extend(formula);
        stream
    }

    /// A line with a character, an exponent and a matrix of one.
    const FORMULA: &[u8] = &[
        0x0A, 0x01, 0x12, 0x83, b'x', 0, 0x03, 28, 0, 0, 0x01, 0x02, 0x88, b'2', 0, 0, 0x11, 0,
        0x05, 0, 1, 1, 1, 1, 0, 0, 0x11, 0, 0, 0,
    ];

    #[test]
    fn formulas_are_plain() {
        assert!(is_plain(&stream(FORMULA)));
        let font = [&b"\x08\x81\0Times New Roman\0"[..], FORMULA].concat();
        assert!(is_plain(&stream(&font)));
        // Moved, with embellishments, a ruler, sizes of each kind.
        let all = b"\x22\x83a\0\x06\x05\0\x82\x80\x80\x01\x02\x03\x04\x83b\0\x21\x07\x01\0\x10\x01\
                    \0\x09\x00\x80\x09\x64\x01\x02\0\x09\x65\x40\x01\x0B\0";
        assert!(is_plain(&stream(all)));
        let mut filled = stream(FORMULA);
        filled.resize(400, 0);
        assert!(is_plain(&filled));
    }

    #[test]
    fn what_overflows_is_not() {
        let name = |length: usize| {
            let font = [&b"\x08\x5A\x5A"[..], &vec![b'A'; length], b"\0"].concat();
            is_plain(&stream(&[font, FORMULA.to_vec()].concat()))
        };
        assert!(name(31));
        assert!(!name(32) && !name(45) && !name(4000));
        let matrix = [&[0x05, 0, 0, 0, 0x21, 1][..], &[0; 40]].concat();
        assert!(!is_plain(&stream(&matrix)));
    }

    #[test]
    fn what_is_damaged_is_not() {
        let whole = stream(FORMULA);
        for length in 0..whole.len() {
            assert!(!is_plain(whole.get(..length).unwrap()), "{length}");
        }
        assert!(!is_plain(b"inert"));
        assert!(!is_plain(&stream(b"\x0F\0")));
        assert!(!is_plain(&stream(&[FORMULA, b"inert"].concat())));
        assert!(!is_plain(&[&whole[..], b"inert"].concat()));
        let deep = [1_u8].repeat(100_000);
        assert!(!is_plain(&stream(&deep)));
    }
}
