//! The program: the command line, files and terminals around the library.

mod allow;
mod args;
mod exit;
mod extract;
mod generate;
mod output;
mod passwords;
mod progress;
mod rules;
mod sanitize;
mod scan;

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;

fn main() -> ExitCode {
    panic::set_hook(Box::new(defect));
    let done = match Args::parse().command {
        Command::Scan(args) => scan::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Generate(args) => generate::run(&args),
    };
    done.unwrap_or_else(|message| {
        complain(&message);
        exit::INCOMPLETE.into()
    })
}

/// Says on standard error what went wrong.
fn complain(message: &str) {
    // Where not even that can be written, there is nobody to tell.
    let _ = writeln!(io::stderr(), "macrosift: {message}");
}

/// Tells of a panic on one line. Its message may hold text of a file, which the usual hook would
/// print as it is.
fn defect(panic: &PanicHookInfo<'_>) {
    let payload = panic.payload();
    let message = payload.downcast_ref::<String>().map(String::as_str);
    let message = message.or_else(|| payload.downcast_ref::<&str>().copied());
    let message = sanitize::Line(message.unwrap_or("no message"));
    let place = panic.location().map(|at| format!(" at {at}"));
    let place = place.unwrap_or_default();
    complain(&format!(
        "a defect of macrosift, please report it: panicked{place}: {message}"
    ));
}

/// Prints to standard output. That nobody reads on is no error.
fn print(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}
