//! Many inputs on many threads, and their records in the order of the walk.
//!
//! The threads take inputs from one walk; the caller's thread gives the records out. No thread
//! starts an input that is further than a window ahead of the record to be given out next, so
//! that memory stays bounded. The input that all wait for is never one that waits itself: it
//! either is being worked on, or is the next to be taken and inside the window.

use std::any::Any;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::read::{self, Turns, Unread};
use super::walk::{Found, Input, SkipReason, Walk};
use super::{Scanner, Scratch};
use crate::limits::Limit;
use crate::report::Report;

/// What became of one input.
#[derive(Debug)]
#[non_exhaustive]
pub struct Record {
    /// Where it came from.
    pub path: PathBuf,
    /// How long reading and judging it took.
    pub elapsed: Duration,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of one input.
#[derive(Debug)]
pub enum Outcome {
    /// It was judged.
    Document(Box<Report>),
    /// It could not be read; what went wrong, and with what.
    Error(String),
    /// It is not read on principle.
    Skipped(SkipReason),
}

/// Scans files and folders with one [`Scanner`] on many threads.
///
/// ```
/// use std::ops::ControlFlow;
/// use macrosift::{Batch, Outcome, Scanner};
///
/// let scanner = Scanner::new();
/// Batch::new(&scanner).jobs(4).run(["no/such/folder"], |record| {
///     assert!(matches!(record.outcome, Outcome::Error(_)));
///     ControlFlow::Continue(())
/// });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    scanner: &'a Scanner,
    jobs: usize,
}

/// How far ahead of the record to be given out next an input may be started, for each thread.
const WINDOW: usize = 64;
/// Buffers are kept for the next input up to this size.
const KEPT: usize = 8 << 20;

impl<'a> Batch<'a> {
    /// A batch on as many threads as there are cores.
    #[must_use]
    pub fn new(scanner: &'a Scanner) -> Self {
        let jobs = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self { scanner, jobs }
    }

    /// On this many threads; 0 counts as 1.
    #[must_use]
    pub const fn jobs(mut self, jobs: usize) -> Self {
        self.jobs = jobs;
        self
    }

    /// Scans the inputs, folders with all that is in them, and hands each record to `each` on
    /// the calling thread: in the order given, inside a folder by name, whatever the number of
    /// threads. A break from `each` ends the batch.
    ///
    /// A panic in the scan of an input becomes a report with the gap
    /// [`Internal`](crate::Reason::Internal), and the batch goes on.
    pub fn run<I>(&self, inputs: I, mut each: impl FnMut(Record) -> ControlFlow<()>)
    where
        I: IntoIterator<Item: Into<Input>, IntoIter: Send>,
    {
        let mut walk = Walk::new(inputs.into_iter().map(Into::into));
        let turns = Turns::default();
        let work = |found, memory: &mut Memory| self.work(found, &turns, memory);
        let pool = (self.jobs > 1).then(|| {
            let name = |index| format!("scan-{index}");
            let builder = rayon::ThreadPoolBuilder::new().num_threads(self.jobs);
            builder.thread_name(name).build()
        });
        // A system that refuses the threads still gets its answers.
        let Some(Ok(pool)) = pool else {
            let mut memory = Memory::default();
            let _ = walk.try_for_each(|found| each(work(found, &mut memory)));
            return;
        };
        let queue = Queue::new(walk, WINDOW.saturating_mul(self.jobs));
        pool.in_place_scope(|scope| {
            let _stop = Stop {
                queue: &queue,
                giver: true,
            };
            for _ in 0..self.jobs {
                scope.spawn(|_| {
                    let _stop = Stop {
                        queue: &queue,
                        giver: false,
                    };
                    let mut memory = Memory::default();
                    while let Some((index, found)) = queue.take() {
                        queue.put(index, work(found, &mut memory));
                    }
                });
            }
            while let Some(record) = queue.next() {
                if each(record).is_break() {
                    break;
                }
            }
        });
    }

    fn work(&self, found: Found, turns: &Turns, memory: &mut Memory) -> Record {
        let start = Instant::now();
        let Memory { scratch, buffer } = memory;
        let limit = self.scanner.limits.get(Limit::InputBytes);
        let (path, outcome) = match found {
            Found::Skipped(path, reason) => (path, Outcome::Skipped(reason)),
            Found::Failed(path, message) => (path, Outcome::Error(message)),
            Found::File(path) => match read::file(&path, limit, turns, buffer) {
                Ok(had) => {
                    let report = self.judge(&path, had.size, scratch, buffer);
                    give_back(buffer);
                    (path, Outcome::Document(report))
                }
                Err(unread) => (path, unread.into()),
            },
            Found::Stream(path, mut stream) => {
                let most = limit.saturating_add(1);
                match read::stream(&mut stream, 0, most, buffer) {
                    Ok(size) => {
                        let report = self.judge(&path, size, scratch, buffer);
                        (path, Outcome::Document(report))
                    }
                    Err(unread) => (path, unread.into()),
                }
            }
        };
        give_back(buffer);
        Record {
            path,
            elapsed: start.elapsed(),
            outcome,
        }
    }

    fn judge(&self, path: &Path, size: u64, scratch: &mut Scratch, input: &[u8]) -> Box<Report> {
        let name = path.file_name().map(|name| name.to_string_lossy());
        let mut report = guarded(size, scratch, |scratch| {
            self.scanner.scan_with(scratch, input, name.as_deref())
        });
        if input.len() as u64 > self.scanner.limits.get(Limit::InputBytes) {
            report.cut_from(size);
        }
        Box::new(report)
    }
}

impl From<Unread> for Outcome {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Skipped(reason) => Self::Skipped(reason),
            Unread::Failed(message) => Self::Error(message),
        }
    }
}

/// Scans inputs that are in memory on all cores; the reports are in the order of the inputs.
///
/// A panic in the scan of an input becomes a report with the gap
/// [`Internal`](crate::Reason::Internal).
///
/// ```
/// let reports = macrosift::scan_all(&macrosift::Scanner::new(), &[b"one", b"two"]);
/// assert_eq!(reports.len(), 2);
/// ```
#[must_use]
pub fn scan_all<T: AsRef<[u8]> + Sync>(scanner: &Scanner, inputs: &[T]) -> Vec<Report> {
    let scan = |scratch: &mut Scratch, input: &T| {
        let input = input.as_ref();
        guarded(input.len() as u64, scratch, |scratch| {
            scanner.scan_with(scratch, input, None)
        })
    };
    inputs.par_iter().map_init(Scratch::new, scan).collect()
}

/// What one thread uses again for every input.
#[derive(Default)]
struct Memory {
    scratch: Scratch,
    buffer: Vec<u8>,
}

fn give_back(buffer: &mut Vec<u8>) {
    buffer.clear();
    buffer.shrink_to(KEPT);
}

/// Runs a scan; its panic is the report.
fn guarded(size: u64, scratch: &mut Scratch, scan: impl FnOnce(&mut Scratch) -> Report) -> Report {
    // Unwind safety: the scanner does not change, and memory that a panic left in the middle
    // of something is not used again.
    match catch_unwind(AssertUnwindSafe(|| scan(scratch))) {
        Ok(report) => report,
        Err(panic) => {
            *scratch = Scratch::new();
            Report::internal(size, format!("panicked: {}", message(&*panic)))
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    if let Some(text) = panic.downcast_ref::<&str>() {
        text
    } else if let Some(text) = panic.downcast_ref::<String>() {
        text
    } else {
        "no message"
    }
}

/// What the threads share: the walk, and the records that are not given out yet.
struct Queue<W> {
    /// What is left of the walk, and the index of its next input.
    walk: Mutex<(W, usize)>,
    done: Mutex<Done>,
    /// Something in `done` has changed.
    changed: Condvar,
    window: usize,
}

struct Done {
    records: BTreeMap<usize, Record>,
    /// The index of the record to be given out next.
    next: usize,
    /// How many inputs there are, once that is known.
    total: Option<usize>,
    stopped: bool,
}

impl<W: Iterator<Item = Found>> Queue<W> {
    const fn new(walk: W, window: usize) -> Self {
        Self {
            walk: Mutex::new((walk, 0)),
            done: Mutex::new(Done {
                records: BTreeMap::new(),
                next: 0,
                total: None,
                stopped: false,
            }),
            changed: Condvar::new(),
            window,
        }
    }

    /// The next input for a thread, as soon as it is inside the window.
    fn take(&self) -> Option<(usize, Found)> {
        let mut walk = self.walk.lock().unwrap_or_else(PoisonError::into_inner);
        let (inputs, index) = &mut *walk;
        let done = self
            .wait_while(|done| !done.stopped && *index >= done.next.saturating_add(self.window));
        if done.stopped || done.total.is_some() {
            return None;
        }
        drop(done);
        let Some(found) = inputs.next() else {
            self.change(|done| done.total = Some(*index));
            return None;
        };
        let taken = *index;
        *index = index.saturating_add(1);
        Some((taken, found))
    }

    /// Leaves the record of an input.
    fn put(&self, index: usize, record: Record) {
        self.change(|done| done.records.insert(index, record));
    }

    /// The next record in order, as soon as it is there; `None` at the end.
    fn next(&self) -> Option<Record> {
        let mut done = self.wait_while(|done| {
            let at_end = done.total == Some(done.next);
            !done.stopped && !at_end && !done.records.contains_key(&done.next)
        });
        let next = done.next;
        let record = done.records.remove(&next)?;
        done.next = next.saturating_add(1);
        drop(done);
        self.changed.notify_all();
        Some(record)
    }

    fn wait_while(&self, wait: impl Fn(&Done) -> bool) -> MutexGuard<'_, Done> {
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let done = self.changed.wait_while(done, |done| wait(done));
        done.unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut Done) -> T) {
        change(&mut self.done.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
    }
}

/// Lets nobody wait for a thread that is gone.
struct Stop<'q, W: Iterator<Item = Found>> {
    queue: &'q Queue<W>,
    /// Whether this is the thread that gives the records out, without which the others have
    /// nothing to do; any other may end when the walk does.
    giver: bool,
}

impl<W: Iterator<Item = Found>> Drop for Stop<'_, W> {
    fn drop(&mut self) {
        if self.giver || thread::panicking() {
            self.queue.change(|done| done.stopped = true);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn streams(count: usize) -> impl Iterator<Item = Input> + Send {
        (0..count).map(|at| Input::stream(at.to_string(), std::io::repeat(0).take(at as u64)))
    }

    fn run(jobs: usize, inputs: impl Iterator<Item = Input> + Send) -> Vec<(PathBuf, u64)> {
        let scanner = Scanner::new();
        let mut seen = Vec::new();
        Batch::new(&scanner).jobs(jobs).run(inputs, |record| {
            let Outcome::Document(report) = record.outcome else {
                panic!("{record:?}");
            };
            seen.push((record.path, report.size()));
            ControlFlow::Continue(())
        });
        seen
    }

    #[test]
    fn records_come_in_the_order_of_the_inputs_on_any_number_of_threads() {
        let expected: Vec<_> = (0..1_000)
            .map(|at| (PathBuf::from(at.to_string()), at))
            .collect();
        for jobs in [0, 1, 2, 8] {
            assert_eq!(run(jobs, streams(1_000)), expected, "{jobs} jobs");
        }
    }

    /// The first input ends only after the window has filled up behind it.
    #[test]
    fn a_slow_input_holds_back_no_more_than_the_window() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        struct Slow;
        impl Read for Slow {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                while STARTED.load(Ordering::SeqCst) < 2 * WINDOW - 1 {
                    thread::yield_now();
                }
                // Time for a thread that goes too far to do so.
                thread::sleep(Duration::from_millis(50));
                assert_eq!(STARTED.load(Ordering::SeqCst), 2 * WINDOW - 1);
                Ok(0)
            }
        }
        struct Quick;
        impl Read for Quick {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                STARTED.fetch_add(1, Ordering::SeqCst);
                Ok(0)
            }
        }
        let slow = std::iter::once(Input::stream("slow", Slow));
        let quick = (0..10 * WINDOW).map(|_| Input::stream("quick", Quick));
        assert_eq!(run(2, slow.chain(quick)).len(), 10 * WINDOW + 1);
    }

    #[test]
    fn a_break_ends_the_batch() {
        for jobs in [1, 4] {
            let scanner = Scanner::new();
            let mut seen = 0;
            Batch::new(&scanner).jobs(jobs).run(streams(10_000), |_| {
                seen += 1;
                if seen == 3 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            assert_eq!(seen, 3);
        }
    }

    #[test]
    fn a_panic_of_the_receiver_ends_the_batch_and_is_passed_on() {
        let scanner = Scanner::new();
        let run = || {
            Batch::new(&scanner)
                .jobs(2)
                .run(streams(10_000), |_| panic!("receiver"));
        };
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
    }

    #[test]
    fn a_panic_in_a_scan_is_a_report() {
        let report = guarded(9, &mut Scratch::new(), |_| panic!("at {}", "work"));
        assert_eq!(report.size(), 9);
        assert_eq!(report.verdict(), crate::Verdict::Unscannable);
        assert_eq!(report.coverage(), crate::report::Coverage::None);
        let [gap] = report.uninspected() else {
            panic!("{report:?}");
        };
        assert_eq!(gap.reason, crate::Reason::Internal);
        assert_eq!(gap.detail, "panicked: at work");
    }

    #[test]
    fn an_input_above_the_limit_keeps_its_true_size() {
        let path = std::env::temp_dir().join(format!("macrosift-{}-size", std::process::id()));
        std::fs::write(&path, [0; 100]).unwrap();
        let limits = crate::Limits::mail().with(Limit::InputBytes, 10);
        let scanner = Scanner::builder().limits(limits).build();
        let mut sizes = Vec::new();
        Batch::new(&scanner).run([&path], |record| {
            let Outcome::Document(report) = record.outcome else {
                panic!("{record:?}");
            };
            sizes.push((report.size(), report.sha256().copied()));
            ControlFlow::Continue(())
        });
        std::fs::remove_file(path).unwrap();
        assert_eq!(sizes, [(100, None)]);
    }
}
