//! `macrosift extract`: the code of one file, printed or written into a folder.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;

use macrosift::report::Module;
use macrosift::{Batch, Outcome, Report};

use crate::args::Extract;
use crate::exit::INCOMPLETE;
use crate::sanitize::{Line, Lines, Name};
use crate::{complain, scan};

/// Prints or writes every module of one file.
pub(crate) fn run(args: &Extract) -> Result<ExitCode, String> {
    let name = Name(&args.file);
    if args.file.is_dir() {
        return Err(format!(
            "{name}: is a folder; extract takes one file at a time"
        ));
    }
    let scanner = scan::builder(&args.reading)?.keep_source(true).build();
    let mut read = None;
    Batch::new(&scanner)
        .jobs(1)
        .run([scan::input(&args.file)], |record| {
            read = Some(record.outcome);
            ControlFlow::Break(())
        });
    let report = match read {
        Some(Outcome::Document(report)) => report,
        Some(Outcome::Error(message)) => return Err(format!("{name}: {}", Line(&message))),
        Some(Outcome::Skipped(reason)) => {
            return Err(format!("{name}: not read ({})", reason.name()));
        }
        None => return Err(format!("{name}: not read")),
    };
    let mut whole = match &args.output {
        Some(folder) => write_all(&report, folder)?,
        None => {
            let text = text(&report, io::stdout().is_terminal());
            crate::print(text.as_bytes())
                .map_err(|error| format!("cannot write to standard output: {error}"))?;
            true
        }
    };
    for gap in report.uninspected() {
        whole = false;
        let (reason, detail) = (gap.reason.name(), Line(&gap.detail));
        complain(&format!(
            "{name}: code may be missing: not inspected: {reason}: {detail}"
        ));
    }
    if report.modules().is_empty() && whole {
        complain(&format!("{name}: no macros in it"));
    }
    Ok(if whole {
        ExitCode::SUCCESS
    } else {
        INCOMPLETE.into()
    })
}

/// Every module below a line that says what it is; on a terminal with all characters visible.
fn text(report: &Report, visible: bool) -> String {
    let mut text = String::new();
    for module in report.modules() {
        let source = module.source.as_deref().unwrap_or_default();
        let comment = match module.language {
            "jscript" => "//",
            _ => "'",
        };
        let (language, kind) = (module.language, module.kind);
        let (name, stream) = (Line(&module.name), Line(&module.stream));
        let layer = report
            .layers()
            .iter()
            .find(|layer| layer.id == module.layer);
        let layer = layer.and_then(|layer| layer.name.as_deref()).unwrap_or("");
        let within = if layer.is_empty() { "" } else { " in " };
        let layer = Line(layer);
        text += &format!("{comment} ==== {name} ({language} {kind}, {stream}{within}{layer})\n");
        if visible {
            text += &Lines(source).to_string();
        } else {
            text += source;
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    text
}

/// Writes one file a module. Says whether all could be written.
fn write_all(report: &Report, folder: &Path) -> Result<bool, String> {
    fs::create_dir_all(folder)
        .map_err(|error| format!("{}: cannot make the folder: {error}", Name(folder)))?;
    let mut names = Names::default();
    let mut written = true;
    let mut listing = String::new();
    for module in report.modules() {
        let path = folder.join(names.name(&module.name, extension(module)));
        let source = module.source.as_deref().unwrap_or_default();
        // Neither overwrites a file nor writes through a symlink that somebody put there.
        let made = File::create_new(&path).and_then(|mut file| file.write_all(source.as_bytes()));
        let path = Name(&path);
        match made {
            Ok(()) => listing += &format!("{path}\n"),
            Err(error) => {
                written = false;
                complain(&if error.kind() == io::ErrorKind::AlreadyExists {
                    format!("{path}: is already there and is not overwritten")
                } else {
                    format!("{path}: cannot write: {error}")
                });
            }
        }
    }
    crate::print(listing.as_bytes())
        .map_err(|error| format!("cannot write to standard output: {error}"))?;
    Ok(written)
}

/// The file names given out so far, and for each the number that its next namesake may have.
///
/// Without regard to case, as on the file systems of Windows and the Macintosh.
#[derive(Default)]
struct Names(HashMap<String, u64>);

/// The longest stem in bytes: file systems take 255 for all of a name.
const LONGEST: usize = 120;

impl Names {
    /// A file name that no other module of the file has.
    fn name(&mut self, module: &str, extension: &str) -> String {
        let stem = stem(module);
        let plain = format!("{stem}.{extension}");
        let Some(mut number) = self.0.insert(plain.to_lowercase(), 2) else {
            return plain;
        };
        loop {
            let name = format!("{stem}-{number}.{extension}");
            number += 1;
            if let Entry::Vacant(entry) = self.0.entry(name.to_lowercase()) {
                entry.insert(2);
                self.0.insert(plain.to_lowercase(), number);
                return name;
            }
        }
    }
}

/// As the editor of Office exports them.
fn extension(module: &Module) -> &'static str {
    match (module.language, module.kind) {
        ("vba", "document" | "class") => "cls",
        ("vba", "form") => "frm",
        ("vba", _) => "bas",
        ("vbscript", _) => "vbs",
        ("jscript", _) => "js",
        _ => "txt",
    }
}

/// A name from a file as the stem of a file name: no folder, no device, nothing invisible.
fn stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.chars() {
        let c = match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{fffd}' => '_',
            _ if crate::sanitize::is_hidden(c) => '_',
            _ => c,
        };
        if stem.len() + c.len_utf8() > LONGEST {
            break;
        }
        stem.push(c);
    }
    // Windows drops dots and spaces at the end; a dot in front hides a file elsewhere, and a
    // dash makes an option of its name.
    let stem = stem.trim_matches(['.', ' ']);
    if stem.is_empty() || stem.starts_with('-') || is_device(stem) {
        format!("_{stem}")
    } else {
        stem.to_owned()
    }
}

/// Whether Windows takes the name for a device, which it does whatever the extension.
fn is_device(stem: &str) -> bool {
    let name = stem.split('.').next().unwrap_or_default().trim_end();
    let name = name.to_ascii_uppercase();
    let port = name.strip_prefix("COM").or(name.strip_prefix("LPT"));
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
    match port.map(|number| number.chars()) {
        Some(mut number) => number.next().is_some_and(is_number) && number.next().is_none(),
        None => matches!(&*name, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leaves_the_folder_and_is_a_file_everywhere() {
        for (name, expected) in [
            ("ThisDocument", "ThisDocument"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..", "_"),
            ("", "_"),
            ("/", "_"),
            ("C:\\x", "C__x"),
            (".hidden. ", "hidden"),
            ("-rf", "_-rf"),
            ("nul", "_nul"),
            ("Com1.x", "_Com1.x"),
            ("LPT²", "_LPT²"),
            ("Common", "Common"),
            ("a\u{202e}sab\0", "a_sab_"),
            ("請求", "請求"),
        ] {
            assert_eq!(stem(name), expected, "{name:?}");
        }
        assert!(stem(&"請".repeat(500)).len() <= LONGEST);
    }

    #[test]
    fn namesakes_are_told_apart_without_regard_to_case() {
        let mut names = Names::default();
        let made: Vec<_> = ["A", "a-2", "a", "A", "é", "É"]
            .iter()
            .map(|name| names.name(name, "bas"))
            .collect();
        assert_eq!(
            made,
            ["A.bas", "a-2.bas", "a-3.bas", "A-4.bas", "é.bas", "É-2.bas"]
        );
        for at in 5..50_000 {
            assert_eq!(names.name("A", "bas"), format!("A-{at}.bas"));
        }
    }
}
