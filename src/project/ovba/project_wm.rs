//! The `PROJECTwm` stream, [MS-OVBA] 2.3.3: module names in the code page beside their Unicode
//! forms, each pair ended by a NUL of its own width.

use std::collections::BTreeMap;

use memchr::memchr;

use crate::bytes::text::utf16le;
use crate::limits::Limit;
use crate::observe::Ledger;

/// Unicode names by names in the code page.
#[derive(Clone, Debug, Default)]
pub struct NameMap<'a> {
    names: BTreeMap<&'a [u8], String>,
}

impl<'a> NameMap<'a> {
    /// Reads the stream as far as it makes sense.
    #[must_use]
    pub fn parse(data: &'a [u8], ledger: &mut Ledger) -> Self {
        let mut map = Self::default();
        let mut rest = data;
        while let Some(end) = memchr(0, rest).filter(|&end| end > 0) {
            let Some((name, tail)) = rest.split_at_checked(end) else {
                break;
            };
            let Some(units) = tail.get(1..) else { break };
            let (pairs, _) = units.as_chunks::<2>();
            let Some(length) = pairs.iter().position(|pair| *pair == [0, 0]) else {
                break;
            };
            if ledger.charge(Limit::Steps, 1).is_err() {
                break;
            }
            let bytes = length.saturating_mul(2);
            map.names
                .insert(name, utf16le(units.get(..bytes).unwrap_or_default()));
            rest = units.get(bytes.saturating_add(2)..).unwrap_or_default();
        }
        map
    }

    /// The Unicode form of a name in the code page.
    #[must_use]
    pub fn unicode(&self, name: &[u8]) -> Option<&str> {
        self.names.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn pairs_until_the_terminator() {
        let data = b"\x95W\0\x19\x6A\0\0Sheet1\0S\0h\0\0\0\0\0";
        let mut ledger = Ledger::new(Limits::mail());
        let map = NameMap::parse(data, &mut ledger);
        assert_eq!(map.unicode(b"\x95W"), Some("\u{6A19}"));
        assert_eq!(map.unicode(b"Sheet1"), Some("Sh"));
        assert_eq!(map.unicode(b"None"), None);
    }

    #[test]
    fn a_cut_pair_ends_the_reading() {
        let mut ledger = Ledger::new(Limits::mail());
        let map = NameMap::parse(b"A\0B\0", &mut ledger);
        assert_eq!(map.unicode(b"A"), None);
    }
}
