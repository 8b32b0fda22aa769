//! The progress bar: on standard error, for a person only, and out of the way of the output.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// A bar, or nothing where nobody would see it.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    /// Whether output and bar share a terminal, and have to take turns.
    shared: bool,
}

const COUNTING: &str = "{spinner} {pos} files, {rate}";
const COUNTED: &str = "{bar:30} {pos}/{len} files, {rate}, {eta} left";

impl Progress {
    /// A bar for the scan of `paths` if standard error is a terminal, unless it would stand
    /// among records for programs.
    pub(crate) fn new(paths: &[PathBuf], records_for_programs: bool) -> Self {
        let shared = io::stdout().is_terminal();
        let shown = io::stderr().is_terminal() && !(shared && records_for_programs);
        let bar = shown.then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.set_style(style(COUNTING));
            bar.enable_steady_tick(Duration::from_millis(200));
            count(bar.clone(), paths.to_vec());
            bar
        });
        Self { bar, shared }
    }

    /// Counts one input as done.
    pub(crate) fn advance(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Takes the bar away.
    pub(crate) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    /// Prints with the bar out of the way.
    pub(crate) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) if self.shared => bar.suspend(print),
            _ => print(),
        }
    }
}

/// Finds out how many files there are, beside the scan. Standard input has no number.
fn count(bar: ProgressBar, paths: Vec<PathBuf>) {
    if paths.iter().any(|path| path == Path::new("-")) {
        return;
    }
    thread::spawn(move || {
        let files = macrosift::count_files(&paths, || !bar.is_finished());
        if !bar.is_finished() {
            bar.set_length(files);
            bar.set_style(style(COUNTED));
        }
    });
}

fn style(template: &str) -> ProgressStyle {
    // The templates are fixed; the style of the library stands in for a typing error in one.
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_spinner())
        .with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
            // Into a buffer of the bar, which takes everything.
            let _ = write!(out, "{:.0}/s", state.per_sec());
        })
}
