//! One JSON object a line, for programs.

use std::io::{self, Write};
use std::time::Duration;

use macrosift::report::json::{Document, Failure, Skip, Summary};
use macrosift::{Outcome, Record};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::sanitize;

/// Prints one record.
pub(crate) fn record(out: &mut Vec<u8>, record: &Record, timings: bool) -> io::Result<()> {
    let path = &record.path;
    let elapsed: Option<Duration> = timings.then_some(record.elapsed);
    match &record.outcome {
        Outcome::Document(report) => line(
            out,
            &Document {
                path,
                report,
                elapsed,
            },
        ),
        Outcome::Error(message) => line(
            out,
            &Failure {
                path,
                message,
                elapsed,
            },
        ),
        Outcome::Skipped(reason) => line(
            out,
            &Skip {
                path,
                reason: reason.name(),
                elapsed,
            },
        ),
    }
}

/// Prints the last record.
pub(crate) fn summary(out: &mut Vec<u8>, summary: &Summary) -> io::Result<()> {
    line(out, summary)
}

fn line(out: &mut Vec<u8>, record: &impl Serialize) -> io::Result<()> {
    record.serialize(&mut Serializer::with_formatter(&mut *out, Visible))?;
    out.push(b'\n');
    Ok(())
}

/// Writes hidden characters as `\u202e`: the same JSON, and harmless on a terminal.
struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        // Nearly all text; what is below a blank has been escaped already.
        if fragment.bytes().all(|byte| byte.is_ascii() && byte != 0x7F) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| sanitize::is_hidden(*c)) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = after.strip_prefix(hidden).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped_and_mean_the_same() {
        let text = "a\u{202e}\x7f請\u{E0041}\x1b\n";
        let mut out = Vec::new();
        line(&mut out, &text).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out, "\"a\\u202e\\u007f請\\udb40\\udc41\\u001b\\n\"\n");
        let back: String = serde_json::from_str(&out).unwrap();
        assert_eq!(back, text);
    }
}
