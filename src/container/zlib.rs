//! Streams of zlib, RFC 1950, under budget.
//!
//! The stream says itself where it ends, so whatever a record claims of its lengths is not needed.

use flate2::{Decompress, DecompressError, FlushDecompress, Status};

use crate::limits::Limit;
use crate::observe::Ledger;

/// How much more room the output gets at a time.
const STEP: usize = 1 << 16;
/// So much of a stream, inflated, shows that it is one.
const PROOF: usize = 64;

/// How a stream ended. What came out before is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub enum Ending {
    /// At its end.
    Whole,
    /// Where the data ends.
    Cut,
    /// Where it is broken.
    Broken,
    /// Where the budget ends, and the ledger has a gap for that.
    Limit,
}

/// A decoder that is used for one stream after the other.
#[derive(Debug)]
pub struct Zlib {
    stream: Decompress,
    strict: bool,
}

/// One that reads past a header that is not right, and does not hold the checksum behind the
/// content against it: what came out is what Office has.
impl Default for Zlib {
    fn default() -> Self {
        Self::new(false)
    }
}

impl Zlib {
    /// One to which a stream is broken if its header or its checksum is not right.
    #[must_use]
    pub fn strict() -> Self {
        Self::new(true)
    }

    fn new(strict: bool) -> Self {
        Self {
            stream: Decompress::new(strict),
            strict,
        }
    }

    /// Starts anew; what there is to decode of the data.
    fn start<'d>(&mut self, data: &'d [u8]) -> &'d [u8] {
        self.stream.reset(self.strict);
        let header = if self.strict { 0 } else { 2 };
        data.get(header..).unwrap_or_default()
    }

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
        // An error comes with what was decoded before it.
        let _ = self.decode(data, &mut out);
        let had = usize::try_from(self.stream.total_out()).unwrap_or(N).min(N);
        (out, had)
    }

    /// Whether a stream is here: its first bytes come out, and nothing among them is broken.
    pub fn opens(&mut self, data: &[u8]) -> bool {
        let mut out = [0; PROOF];
        self.decode(data, &mut out).is_ok() && self.stream.total_out() > 0
    }

    fn decode(&mut self, data: &[u8], out: &mut [u8]) -> Result<Status, DecompressError> {
        let body = self.start(data);
        self.stream.decompress(body, out, FlushDecompress::None)
    }

    /// Appends what the stream holds to `out`. Pays [`Limit::OutputBytes`] for what comes out, and
    /// [`Limit::Steps`] for what goes in, since a stream can be long and hold nothing.
    pub fn inflate(&mut self, data: &[u8], out: &mut Vec<u8>, ledger: &mut Ledger) -> Ending {
        let body = self.start(data);
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
                Ok(_) if produced == 0 && consumed == 0 => return Ending::Cut,
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
        assert_eq!((cut, &out[..]), (Ending::Cut, &b"ine"[..]));
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
