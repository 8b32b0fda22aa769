//! Streams of zlib, RFC 1950, under budget.
//!
//! The stream says itself where it ends, so whatever a record claims of its lengths is not needed.
//! The checksum behind it is not held against the content: what came out is what Office has.

use flate2::{Decompress, FlushDecompress, Status};

use crate::limits::Limit;
use crate::observe::Ledger;

/// How much more room the output gets at a time.
const STEP: usize = 1 << 16;

/// How a stream ended. What came out before is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub enum Ending {
    /// At its end.
    Whole,
    /// Where the data ends, or where it is broken.
    Broken,
    /// Where the budget ends, and the ledger has a gap for that.
    Limit,
}

/// A decoder that is used for one stream after the other.
#[derive(Debug)]
pub struct Zlib {
    stream: Decompress,
}

impl Default for Zlib {
    fn default() -> Self {
        Self {
            stream: Decompress::new(false),
        }
    }
}

impl Zlib {
    /// Whether a stream starts here: method 8, and a header that divides by 31 (RFC 1950, 2.2).
    #[must_use]
    pub fn starts(data: &[u8]) -> bool {
        match *data {
            [method, flags, _, ..] => {
                method & 0x0F == 8 && u16::from_be_bytes([method, flags]).is_multiple_of(31)
            }
            _ => false,
        }
    }

    /// The first bytes of what a stream holds, and how many of them there are.
    pub fn prefix<const N: usize>(&mut self, data: &[u8]) -> ([u8; N], usize) {
        let mut out = [0; N];
        self.stream.reset(false);
        let body = data.get(2..).unwrap_or_default();
        // An error comes with what was decoded before it.
        let _ = self
            .stream
            .decompress(body, &mut out, FlushDecompress::None);
        let had = usize::try_from(self.stream.total_out()).unwrap_or(N).min(N);
        (out, had)
    }

    /// Appends what the stream holds to `out`. Pays [`Limit::OutputBytes`] for what comes out, and
    /// [`Limit::Steps`] for what goes in, since a stream can be long and hold nothing.
    pub fn inflate(&mut self, data: &[u8], out: &mut Vec<u8>, ledger: &mut Ledger) -> Ending {
        self.stream.reset(false);
        let body = data.get(2..).unwrap_or_default();
        loop {
            let used = usize::try_from(self.stream.total_in()).unwrap_or(usize::MAX);
            let input = body.get(used..).unwrap_or_default();
            let before = out.len();
            out.reserve(STEP);
            let status = self
                .stream
                .decompress_vec(input, out, FlushDecompress::None);
            let produced = out.len().saturating_sub(before);
            let consumed = self.stream.total_in().saturating_sub(used as u64);
            if ledger.charge(Limit::OutputBytes, produced as u64).is_err() {
                out.truncate(before);
                return Ending::Limit;
            }
            if ledger.charge(Limit::Steps, consumed >> 4).is_err() {
                return Ending::Limit;
            }
            match status {
                Ok(Status::StreamEnd) => return Ending::Whole,
                Err(_) => return Ending::Broken,
                Ok(_) if produced == 0 && consumed == 0 => return Ending::Broken,
                Ok(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    /// One stored block.
    const STORED: &[u8] = b"\x78\x01\x01\x05\0\xFA\xFFinert\0\0\0\0";

    #[test]
    fn rfc_1950_2_2_a_stream_is_told_by_its_header() {
        assert!(Zlib::starts(STORED));
        assert!(Zlib::starts(b"\x78\x9C\x03"));
        for other in [&b"\x78\x9D\x03"[..], b"\x79\x9C\x03", b"\x78\x9C", b""] {
            assert!(!Zlib::starts(other));
        }
    }

    #[test]
    fn what_is_there_is_kept_and_a_checksum_is_not_asked_for() {
        let mut zlib = Zlib::default();
        let mut ledger = Ledger::new(Limits::mail());
        assert_eq!(zlib.prefix::<3>(STORED), (*b"ine", 3));
        let mut out = Vec::new();
        let whole = zlib.inflate(STORED, &mut out, &mut ledger);
        assert_eq!((whole, &out[..]), (Ending::Whole, &b"inert"[..]));
        out.clear();
        let cut = zlib.inflate(&STORED[..10], &mut out, &mut ledger);
        assert_eq!((cut, &out[..]), (Ending::Broken, &b"ine"[..]));
        assert!(ledger.gaps().is_empty());
    }

    #[test]
    fn a_stream_that_is_long_and_holds_nothing_is_paid_for() {
        let mut data = b"\x78\x01".to_vec();
        data.extend([0, 0, 0, 0xFF, 0xFF].repeat(1 << 16));
        let mut ledger = Ledger::new(Limits::mail().with(Limit::Steps, 1000));
        let mut out = Vec::new();
        let ending = Zlib::default().inflate(&data, &mut out, &mut ledger);
        assert_eq!((ending, out.len()), (Ending::Limit, 0));
    }
}
