//! The program: the command line, files and terminals around the library.

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
use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;

fn main() -> ExitCode {
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

/// Prints to standard output. That nobody reads on is no error.
fn print(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}
