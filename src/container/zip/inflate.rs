//! Member data, decoded: stored data borrowed, deflated data into memory that is used again.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::{Member, Method};
use crate::limits::{Limit, Spent};
use crate::observe::{Ledger, Reason};

/// How much more room a full buffer gets, at most.
const MAX_STEP: usize = 1 << 20;
const MIN_STEP: usize = 1 << 12;
/// Room past the end of the output that lets a decoder copy without looking.
const SPARE: usize = 512;
/// Zeros at the end of what came out so far are not kept, from so many on: most often that is how
/// a document was made too large for scanners, and no byte of them is ever looked at.
const HOLD_FROM: usize = 1 << 16;
/// So many zeros at the end of a member are left out; fewer are written after all.
const LEAVE_OUT_FROM: u64 = 16 << 20;
/// So many of those left out are written, so that the last sector of a file is whole.
const WRITTEN: u64 = 1 << 16;

/// How reading a member ended. Whatever came out before is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub enum Outcome {
    /// All of it was read.
    Complete,
    /// The data ends before the member does.
    Truncated,
    /// The deflate stream is broken `at` bytes into the compressed data.
    Damaged {
        /// How far the decoder came.
        at: u64,
    },
    /// There was no budget for more.
    Limit(Spent),
    /// A method that is not decoded.
    Unsupported(Method),
    /// Encrypted, and really so. The one outcome that leaves no gap in the ledger, because the
    /// caller may have a password.
    Encrypted,
}

impl Outcome {
    /// Whether all of the member was read.
    #[must_use]
    pub const fn is_complete(self) -> bool {
        matches!(self, Self::Complete)
    }
}

/// A decoder that is used for one member after the other.
#[derive(Debug)]
pub struct Inflater {
    stream: Decompress,
    left_out: u64,
}

impl Default for Inflater {
    fn default() -> Self {
        Self::new()
    }
}

impl Inflater {
    /// A decoder; some 40 kB, all that it ever needs.
    #[must_use]
    pub fn new() -> Self {
        Self {
            stream: Decompress::new(false),
            left_out: 0,
        }
    }

    /// How many zeros at the end of the member that was read last were left out: none, or more
    /// than 16 MiB. What was read is followed by so many.
    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The first bytes of a member, enough to tell what it is. Leaves no notes; 0 if the member
    /// is encrypted or in a method that is not decoded.
    pub fn prefix<const N: usize>(&mut self, member: &Member<'_>, out: &mut [u8; N]) -> usize {
        match member.method {
            _ if member.encrypted => 0,
            Method::Stored => {
                let len = member.compressed.len().min(N);
                for (to, from) in out.iter_mut().zip(member.compressed) {
                    *to = *from;
                }
                len
            }
            Method::Deflate => {
                self.stream.reset(false);
                // An error comes with what was decoded before it.
                let _ = self
                    .stream
                    .decompress(member.compressed, out, FlushDecompress::None);
                usize::try_from(self.stream.total_out()).unwrap_or(N).min(N)
            }
            Method::Other(_) => 0,
        }
    }

    /// The whole of a member that is stored, borrowed from the archive; none if it is not.
    pub fn stored<'b>(
        &mut self,
        member: &Member<'b>,
        ledger: &mut Ledger,
    ) -> Option<(&'b [u8], Outcome)> {
        self.left_out = 0;
        (member.method == Method::Stored).then(|| stored(member, ledger))
    }

    /// The whole of a member: borrowed from the archive if it is stored, else inflated into
    /// `scratch`, which is emptied first.
    pub fn content<'b>(
        &mut self,
        member: &Member<'b>,
        scratch: &'b mut Vec<u8>,
        ledger: &mut Ledger,
    ) -> (&'b [u8], Outcome) {
        if let Some(stored) = self.stored(member, ledger) {
            return stored;
        }
        scratch.clear();
        let outcome = self.read(member, scratch, ledger);
        (scratch, outcome)
    }

    /// Appends the content of a member to `out`. Pays [`Limit::OutputBytes`] as it goes and
    /// leaves a gap for what it could not read, save [`Outcome::Encrypted`]. Of a great many zeros
    /// at the end most are left out: [`left_out`](Self::left_out).
    pub fn read(&mut self, member: &Member<'_>, out: &mut Vec<u8>, ledger: &mut Ledger) -> Outcome {
        self.left_out = 0;
        match member.method {
            Method::Stored => {
                let (content, outcome) = stored(member, ledger);
                out.extend_from_slice(content);
                outcome
            }
            Method::Deflate => self.inflate(member, out, ledger),
            Method::Other(_) if member.encrypted => Outcome::Encrypted,
            Method::Other(number) => {
                ledger.gap(
                    Reason::Unsupported,
                    format_args!("member {}: zip method {number}", member.shown()),
                );
                Outcome::Unsupported(member.method)
            }
        }
    }

    fn inflate(&mut self, member: &Member<'_>, out: &mut Vec<u8>, ledger: &mut Ledger) -> Outcome {
        let start = out.len();
        self.stream.reset(false);
        let outcome = self.run(member, out, ledger);
        let content = out.get(start..).unwrap_or_default();
        if member.encrypted {
            // Ciphertext does not inflate to the right checksum: if it does, the flag lies.
            if !outcome.is_complete() || crc(content, self.left_out) != member.declared_crc {
                self.left_out = 0;
                out.truncate(start);
                return Outcome::Encrypted;
            }
            observe_false_encryption(member, ledger);
            return outcome;
        }
        match outcome {
            Outcome::Complete => {
                check(member, content, self.left_out, ledger);
                let used = self.stream.total_in();
                // Without stated sizes the end of the data is an estimate.
                if member.stated && used < member.compressed.len() as u64 {
                    ledger.observe(
                        "zip.trailing-data",
                        "APPNOTE 4.3.8",
                        member.offset,
                        format_args!(
                            "{}: the deflate stream ends after {used} of {} bytes",
                            member.shown(),
                            member.compressed.len()
                        ),
                    );
                }
            }
            Outcome::Damaged { at } => broken(
                member,
                content.len(),
                ledger,
                format_args!("the deflate stream is broken at byte {at}"),
            ),
            Outcome::Truncated => broken(
                member,
                content.len(),
                ledger,
                format_args!("the deflate stream is cut off"),
            ),
            _ => {}
        }
        outcome
    }

    /// Inflates to the end of the stream, of the data or of the budget.
    fn run(&mut self, member: &Member<'_>, out: &mut Vec<u8>, ledger: &mut Ledger) -> Outcome {
        let mut held = Held::default();
        let outcome = self.inflate_all(member, out, &mut held, ledger);
        match held.settle(out, ledger) {
            Ok(left_out) => {
                self.left_out = left_out;
                outcome
            }
            Err(spent) => Outcome::Limit(spent),
        }
    }

    fn inflate_all(
        &mut self,
        member: &Member<'_>,
        out: &mut Vec<u8>,
        held: &mut Held,
        ledger: &mut Ledger,
    ) -> Outcome {
        let compressed = member.compressed;
        // What text and XML need at once, or what is declared, within a bound that a lie is free to
        // use up. With room to spare the decoder stays on its fast path to the end, and with
        // `Finish` it need not keep what it would go on from (bench `opc`).
        let declared = usize::try_from(member.declared_size).unwrap_or(usize::MAX);
        let mut step = compressed.len().saturating_mul(4).clamp(MIN_STEP, MAX_STEP);
        if member.declared().is_some() {
            step = declared.clamp(64, MAX_STEP).saturating_add(SPARE);
        }
        loop {
            if ledger.budget().left(Limit::OutputBytes) == 0
                && let Err(spent) = ledger.charge(Limit::OutputBytes, 1)
            {
                return Outcome::Limit(spent);
            }
            if out.capacity() == out.len() {
                out.reserve(step);
                step = step.saturating_mul(2).min(MAX_STEP);
            }
            let used = usize::try_from(self.stream.total_in()).unwrap_or(usize::MAX);
            let input = compressed.get(used..).unwrap_or_default();
            let before = out.len();
            let status = self
                .stream
                .decompress_vec(input, out, FlushDecompress::Finish);
            let produced = out.len().saturating_sub(before);
            let ended = matches!(status, Ok(Status::StreamEnd));
            if let Err(spent) = held.take(out, before, ended, ledger) {
                return Outcome::Limit(spent);
            }
            let consumed = self.stream.total_in();
            match status {
                Ok(Status::StreamEnd) => return Outcome::Complete,
                Err(_) => return Outcome::Damaged { at: consumed },
                Ok(_) if produced == 0 && consumed == used as u64 => return Outcome::Truncated,
                Ok(_) => {}
            }
        }
    }
}

/// Zeros at the end of what came out so far. They are written when something else follows.
#[derive(Default)]
struct Held {
    zeros: u64,
}

impl Held {
    /// Pays for what came out behind `before`, and takes the zeros at its end back. At the end of a
    /// member that is no longer worth it.
    fn take(
        &mut self,
        out: &mut Vec<u8>,
        before: usize,
        ended: bool,
        ledger: &mut Ledger,
    ) -> Result<(), Spent> {
        let fresh = out.get(before..).unwrap_or_default();
        let zeros = if ended && self.zeros == 0 {
            0
        } else {
            trailing_zeros(fresh)
        };
        let all = zeros == fresh.len();
        if self.zeros > 0 && !all {
            let written = self.write(out, before, ledger)?;
            return pay_or_cut(out, written, ledger);
        }
        if zeros < HOLD_FROM && self.zeros == 0 {
            return pay_or_cut(out, before, ledger);
        }
        out.truncate(out.len().saturating_sub(zeros));
        let zeros = zeros as u64;
        self.zeros = self.zeros.saturating_add(zeros);
        pay_or_cut(out, before, ledger)?;
        // They take no memory, and a fraction of the time of what is kept.
        ledger.charge(Limit::OutputBytes, zeros >> 6)?;
        ledger.charge(Limit::Steps, zeros >> 8)
    }

    /// Writes the zeros between what was kept before and what came behind; says where that is now.
    fn write(
        &mut self,
        out: &mut Vec<u8>,
        before: usize,
        ledger: &mut Ledger,
    ) -> Result<usize, Spent> {
        let zeros = usize::try_from(std::mem::take(&mut self.zeros)).unwrap_or(usize::MAX);
        if let Err((spent, left)) = pay(ledger, zeros) {
            let left = usize::try_from(left).unwrap_or(0);
            out.truncate(before);
            out.resize(before.saturating_add(left), 0);
            return Err(spent);
        }
        let came = out.len();
        out.resize(came.saturating_add(zeros), 0);
        let written = before.saturating_add(zeros);
        out.copy_within(before..came, written);
        // What came is longer or shorter than the zeros.
        let over = came.min(written);
        if let Some(old) = out.get_mut(before..over) {
            old.fill(0);
        }
        Ok(written)
    }

    /// At the end: writes those that are few, or the first of many; says how many are left out.
    fn settle(mut self, out: &mut Vec<u8>, ledger: &mut Ledger) -> Result<u64, Spent> {
        let left_out = if self.zeros < LEAVE_OUT_FROM {
            0
        } else {
            self.zeros.saturating_sub(WRITTEN)
        };
        self.zeros = self.zeros.saturating_sub(left_out);
        if self.zeros > 0 {
            let end = out.len();
            self.write(out, end, ledger)?;
        }
        Ok(left_out)
    }
}

/// How many zeros are at the end.
fn trailing_zeros(bytes: &[u8]) -> usize {
    // Blocks are compared faster than bytes, and large ones faster than small.
    let large = trailing_blocks::<4096>(bytes);
    let rest = bytes
        .get(..bytes.len().saturating_sub(large))
        .unwrap_or_default();
    let small = trailing_blocks::<64>(rest);
    let rest = rest
        .get(..rest.len().saturating_sub(small))
        .unwrap_or_default();
    let single = rest.iter().rev().take_while(|byte| **byte == 0).count();
    large.saturating_add(small).saturating_add(single)
}

/// How many bytes at the end are whole blocks of zeros.
fn trailing_blocks<const N: usize>(bytes: &[u8]) -> usize {
    let (_, blocks) = bytes.as_rchunks::<N>();
    let zeros = [0; N];
    let all = blocks.iter().rev().take_while(|block| **block == zeros);
    all.count().saturating_mul(N)
}

/// Pays for what came out behind `before`, or cuts it to what the budget has.
fn pay_or_cut(out: &mut Vec<u8>, before: usize, ledger: &mut Ledger) -> Result<(), Spent> {
    let produced = out.len().saturating_sub(before);
    pay(ledger, produced).map_err(|(spent, left)| {
        let kept = usize::try_from(left).unwrap_or(produced);
        out.truncate(before.saturating_add(kept));
        spent
    })
}

/// Pays for `produced` bytes, or for as many as the budget has, and says how many that were: a
/// spent budget must be at zero, so that the next member stops before it starts.
fn pay(ledger: &mut Ledger, produced: usize) -> Result<(), (Spent, u64)> {
    let left = ledger.budget().left(Limit::OutputBytes);
    let Err(spent) = ledger.charge(Limit::OutputBytes, produced as u64) else {
        return Ok(());
    };
    let _ = ledger.charge(Limit::OutputBytes, left);
    Err((spent, left))
}

fn stored<'a>(member: &Member<'a>, ledger: &mut Ledger) -> (&'a [u8], Outcome) {
    let mut content = member.compressed;
    if member.encrypted {
        // Traditional encryption adds 12 bytes, so the checksum alone would do.
        if crc(content, 0) != member.declared_crc {
            return (&[], Outcome::Encrypted);
        }
        observe_false_encryption(member, ledger);
    }
    // The bytes of the input are paid for once; only those that members share cost again.
    if member.shared
        && let Err((spent, left)) = pay(ledger, content.len())
    {
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        content = content.get(..left).unwrap_or(content);
        return (content, Outcome::Limit(spent));
    }
    if (content.len() as u64) < member.declared_size && member.cut {
        broken(
            member,
            content.len(),
            ledger,
            format_args!("the data is cut off"),
        );
        return (content, Outcome::Truncated);
    }
    check(member, content, 0, ledger);
    (content, Outcome::Complete)
}

/// The checksum of the content and the zeros behind it.
fn crc(content: &[u8], zeros: u64) -> u32 {
    let mut crc = Crc::new();
    crc.update(content);
    // The checksum of twice as many zeros is that of two halves.
    let (mut some, mut left) = (Crc::new(), zeros);
    some.update(&[0]);
    while left > 0 {
        if left & 1 == 1 {
            crc.combine(&some);
        }
        let mut twice = Crc::new();
        twice.combine(&some);
        twice.combine(&some);
        some = twice;
        left >>= 1;
    }
    crc.sum()
}

/// Compares content with what the headers say. It is used in any case.
fn check(member: &Member<'_>, content: &[u8], zeros: u64, ledger: &mut Ledger) {
    let Some((declared_crc, declared_size)) = member.declared() else {
        return;
    };
    let found = crc(content, zeros);
    let size = (content.len() as u64).saturating_add(zeros);
    if found != declared_crc {
        ledger.observe(
            "zip.crc",
            "APPNOTE 4.4.7",
            member.offset,
            format_args!(
                "{}: checksum {found:08x}, declared {declared_crc:08x}",
                member.shown()
            ),
        );
        ledger.gap(
            Reason::Damaged,
            format_args!("member {}: its checksum is wrong", member.shown()),
        );
    }
    if size != declared_size {
        ledger.observe(
            "zip.size",
            "APPNOTE 4.4.9",
            member.offset,
            format_args!("{}: {size} bytes, declared {declared_size}", member.shown(),),
        );
    }
}

fn observe_false_encryption(member: &Member<'_>, ledger: &mut Ledger) {
    ledger.observe(
        "zip.false-encryption",
        "APPNOTE 4.4.4",
        member.offset,
        format_args!("{}: marked as encrypted, but it is not", member.shown()),
    );
    // Office refuses to open it, and whatever program does open it is not known.
    ledger.gap(
        Reason::Damaged,
        format_args!(
            "member {}: marked as encrypted, but it is not",
            member.shown()
        ),
    );
}

fn broken(member: &Member<'_>, kept: usize, ledger: &mut Ledger, how: std::fmt::Arguments<'_>) {
    ledger.observe(
        "zip.damaged-data",
        "APPNOTE 4.3.8",
        member.offset,
        format_args!("{}: {how}", member.shown()),
    );
    ledger.gap(
        Reason::Damaged,
        format_args!("member {}: {how}; {kept} bytes read", member.shown()),
    );
}
