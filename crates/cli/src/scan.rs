//! `macrosift scan`.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use macrosift::report::json::Summary;
use macrosift::{Batch, Input, Outcome, Record, Scanner, Verdict};

use crate::allow;
use crate::args::{Format, Reading, Scan};
use crate::complain;
use crate::exit::Exit;
use crate::output::advice::Language;
use crate::output::{ndjson, text};
use crate::passwords;
use crate::progress::Progress;

/// Scans what the command line names, and prints a record each.
pub(crate) fn run(args: &Scan) -> Result<ExitCode, String> {
    let inputs = inputs(&args.paths)?;
    let scanner = builder(&args.reading)?
        .hashes(args.hash.into())
        .allow(allow::all(&args.allow)?)
        .keep_source(args.source && args.format == Format::Ndjson)
        .build();
    let batch = Batch::new(&scanner);
    let batch = args.jobs.map_or(batch, |jobs| batch.jobs(jobs.into()));
    let mut printer = Printer::new(args);
    batch.run(inputs, |record| printer.record(&record));
    Ok(printer.end())
}

/// A scanner as the options for reading have it.
pub(crate) fn builder(reading: &Reading) -> Result<macrosift::Builder, String> {
    let builder = Scanner::builder().limits(reading.limits());
    let passwords = passwords::all(reading)?;
    Ok(passwords
        .into_iter()
        .fold(builder, macrosift::Builder::password))
}

/// What a path on the command line stands for.
pub(crate) fn input(path: &Path) -> Input {
    if path == Path::new("-") {
        Input::stream(path, io::stdin())
    } else {
        Input::from(path)
    }
}

fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, String> {
    if paths.is_empty() {
        return Err(
            "nothing to scan: name files or folders, or `-` for standard input, \
                    as in `macrosift scan inbox`; see `macrosift scan --help`"
                .to_owned(),
        );
    }
    if paths.iter().filter(|path| *path == Path::new("-")).count() > 1 {
        return Err("standard input can be read once: name `-` one time only".to_owned());
    }
    Ok(paths.iter().map(|path| input(path)).collect())
}

/// Prints records as they come, and keeps count.
struct Printer<'a> {
    args: &'a Scan,
    language: Language,
    progress: Progress,
    start: Instant,
    summary: Summary,
    exit: Exit,
    /// The text of one record, written at once so that nothing stands in between.
    buffer: Vec<u8>,
    written: io::Result<()>,
}

impl<'a> Printer<'a> {
    fn new(args: &'a Scan) -> Self {
        Self {
            args,
            language: Language::of_environment(),
            progress: Progress::new(&args.paths, args.format == Format::Ndjson),
            start: Instant::now(),
            summary: Summary::default(),
            exit: Exit::default(),
            buffer: Vec::new(),
            written: Ok(()),
        }
    }

    fn record(&mut self, record: &Record) -> ControlFlow<()> {
        self.exit.note(&record.outcome, self.args.fail_on.into());
        count(&mut self.summary, &record.outcome);
        self.progress.advance();
        let made = match self.args.format {
            Format::Text => text::record(&mut self.buffer, record, self.language),
            Format::Ndjson => ndjson::record(&mut self.buffer, record, self.args.timings),
        };
        self.written = made.and_then(|()| self.write());
        match self.written {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    fn end(mut self) -> ExitCode {
        let elapsed = self.start.elapsed();
        self.progress.end();
        if self.written.is_ok() {
            let asked = self.args.timings.then_some(elapsed);
            let made = match self.args.format {
                Format::Text => {
                    // In a file, the same inputs give the same text.
                    let seen = io::stdout().is_terminal().then_some(elapsed);
                    text::summary(&mut self.buffer, &self.summary, asked.or(seen))
                }
                Format::Ndjson => {
                    self.summary.elapsed = asked;
                    ndjson::summary(&mut self.buffer, &self.summary)
                }
            };
            self.written = made.and_then(|()| self.write());
        }
        match self.written {
            // Whoever stopped reading has seen enough: the status is that of what was seen.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                complain(&format!("cannot write to standard output: {error}"));
                self.exit.fail();
            }
            _ => {}
        }
        self.exit.code()
    }

    fn write(&mut self) -> io::Result<()> {
        let Self {
            progress, buffer, ..
        } = self;
        let written = progress.aside(|| {
            match self.args.format {
                Format::Text => anstream::stdout().lock().write_all(buffer),
                Format::Ndjson => io::stdout().lock().write_all(buffer),
            }
            .and_then(|()| io::stdout().flush())
        });
        self.buffer.clear();
        written
    }
}

fn count(summary: &mut Summary, outcome: &Outcome) {
    match outcome {
        Outcome::Document(report) => {
            summary.inputs += 1;
            summary.bytes = summary.bytes.saturating_add(report.size());
            let at = Verdict::ALL.iter().position(|v| *v == report.verdict());
            if let Some(count) = at.and_then(|at| summary.verdicts.get_mut(at)) {
                *count += 1;
            }
        }
        Outcome::Error(_) => summary.errors += 1,
        Outcome::Skipped(_) => summary.skipped += 1,
    }
}
