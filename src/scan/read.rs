//! One input into memory, or the reason why not.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::walk::SkipReason;

/// An input that could not be had whole.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    Skipped(SkipReason),
    Failed(String),
}

/// Inputs above this size are in memory one at a time, whatever the number of threads.
const LARGE: u64 = 64 << 20;

/// The turns that the threads of a batch take with large inputs.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<()>);

impl Turns {
    fn wait_for(&self, size: u64) -> Option<MutexGuard<'_, ()>> {
        (size > LARGE).then(|| self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A file in memory.
pub(super) struct Had<'a> {
    /// Its true size, of which the buffer holds at most `limit + 1` bytes.
    pub(super) size: u64,
    /// To be held until the buffer is given back.
    pub(super) _turn: Option<MutexGuard<'a, ()>>,
}

/// Reads a file, or the first `limit + 1` bytes of it.
pub(super) fn file<'a>(
    path: &Path,
    limit: u64,
    turns: &'a Turns,
    buffer: &mut Vec<u8>,
) -> Result<Had<'a>, Unread> {
    // What was a file when the walk met it may be a pipe by now, and opening that would wait
    // for somebody to write into it.
    let met = fs::metadata(path).map_err(|error| failed("cannot open the file", &error))?;
    if met.is_dir() {
        return Err(Unread::Failed("was a file and is a folder now".to_owned()));
    } else if let Some(reason) = SkipReason::of(met.file_type()) {
        return Err(Unread::Skipped(reason));
    }
    let mut file = File::open(path).map_err(|error| failed("cannot open the file", &error))?;
    let size = met.len();
    let wanted = size.min(limit.saturating_add(1));
    let turn = turns.wait_for(wanted);
    // One byte more than there should be tells a file that grew.
    let read = stream(&mut file, wanted, wanted.saturating_add(1), buffer)?;
    let now = file
        .metadata()
        .map_err(|error| failed("cannot look at the file again after reading", &error))?;
    if now.len() < size || read < wanted {
        let left = now.len().min(read);
        let message = format!("the file shrank while it was read: {left} of {size} bytes left");
        return Err(Unread::Failed(message));
    }
    if now.len() > size || read > size || changed(&met, &now) {
        return Err(Unread::Skipped(SkipReason::Growing));
    }
    buffer.truncate(usize::try_from(wanted).unwrap_or(usize::MAX));
    Ok(Had { size, _turn: turn })
}

/// Reads a stream to its end, or the first `most` bytes of it; `expected` is how many there
/// should be. Returns how many there were.
pub(super) fn stream(
    stream: &mut dyn Read,
    expected: u64,
    most: u64,
    buffer: &mut Vec<u8>,
) -> Result<u64, Unread> {
    buffer.clear();
    let room = usize::try_from(expected.saturating_add(1)).unwrap_or(usize::MAX);
    if buffer.try_reserve_exact(room).is_err() {
        let message = format!("not enough memory for its {expected} bytes");
        return Err(Unread::Failed(message));
    }
    stream
        .take(most)
        .read_to_end(buffer)
        .map_err(|error| failed("cannot read", &error))?;
    Ok(buffer.len() as u64)
}

fn changed(before: &Metadata, after: &Metadata) -> bool {
    // A file system without times of change has only the size to go by.
    matches!((before.modified(), after.modified()), (Ok(a), Ok(b)) if a != b)
}

fn failed(what: &str, error: &io::Error) -> Unread {
    Unread::Failed(format!("{what}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(name: &str, bytes: &[u8]) -> std::path::PathBuf {
        let path = std::env::temp_dir().join(format!("macrosift-{}-{name}", std::process::id()));
        fs::write(&path, bytes).unwrap();
        path
    }

    #[test]
    fn a_file_above_the_limit_is_read_to_one_byte_past_it() {
        let path = write("limit", b"0123456789");
        let turns = Turns::default();
        let mut buffer = b"left over".to_vec();
        for (limit, expected) in [
            (4, &b"01234"[..]),
            (9, b"0123456789"),
            (10, b"0123456789"),
            (u64::MAX, b"0123456789"),
        ] {
            let had = file(&path, limit, &turns, &mut buffer).unwrap_or_else(|e| panic!("{e:?}"));
            assert_eq!(had.size, 10);
            assert_eq!(buffer, expected, "limit {limit}");
        }
        fs::remove_file(path).unwrap();
    }

    #[test]
    fn what_is_missing_is_named_with_the_cause() {
        let turns = Turns::default();
        let gone = file(Path::new("no/such"), 9, &turns, &mut Vec::new());
        let Err(Unread::Failed(message)) = gone else {
            panic!("read a file that is not there");
        };
        assert!(message.starts_with("cannot open the file: "), "{message}");
    }

    /// Files of /proc declare no size and have content: to a reader they grow.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_with_more_than_its_size_is_growing() {
        let path = Path::new("/proc/self/status");
        let turns = Turns::default();
        let growing = file(path, 1 << 20, &turns, &mut Vec::new());
        assert!(matches!(growing, Err(Unread::Skipped(SkipReason::Growing))));
    }

    #[test]
    fn a_stream_is_cut_at_the_limit_and_its_failure_is_told() {
        let mut buffer = Vec::new();
        let mut endless = io::repeat(7);
        assert_eq!(stream(&mut endless, 0, 100, &mut buffer), Ok(100));
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("no more"))
            }
        }
        let expected = Unread::Failed("cannot read: no more".to_owned());
        assert_eq!(stream(&mut Broken, 0, 100, &mut buffer), Err(expected));
    }
}
