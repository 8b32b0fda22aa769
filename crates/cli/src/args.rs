//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use macrosift::{Hashes, Limit, Limits, Verdict};

/// Finds every macro in Office documents, however wrapped, and says whether a file may be released
#[derive(Debug, Parser)]
#[command(name = "macrosift", version, after_help = AFTER_HELP, propagate_version = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Scan(Scan),
    Extract(Extract),
    Rules(Rules),
    Generate(Generate),
}

/// Judge files, folders and standard input
///
/// Every file is read whole and judged by its structure, never by its name. Nothing is written,
/// run or sent anywhere. Output is in the order given, inside a folder by name, and the same on
/// any number of threads.
#[derive(Debug, ClapArgs)]
#[command(after_help = SCAN_AFTER_HELP)]
pub(crate) struct Scan {
    /// Files, folders (read with everything in them), Maildirs, or `-` for standard input
    ///
    /// Symlinks met in a folder are not followed, and leave a line that says so; one that is
    /// named here is. A file that is called `-` is named `./-`.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How to print: `text` for people, `ndjson` (one JSON object a line) for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Include the text of every module (ndjson only)
    #[arg(long)]
    pub(crate) source: bool,

    /// The mildest verdict that counts as flagged, and makes the exit status 1
    ///
    /// `unscannable` inputs are never flagged by this: they make the exit status 2.
    #[arg(long, value_enum, value_name = "VERDICT", default_value_t = FailOn::Suspicious)]
    pub(crate) fail_on: FailOn,

    /// How many threads to use (default: all cores)
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// When to compute the SHA-256 of inputs, layers and modules
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Hash::Flagged)]
    pub(crate) hash: Hash,

    /// A file of identities of code that is known and allowed; may be given several times
    ///
    /// An identity is that of a project, or those of all modules of one that have code; ndjson has
    /// them, and text has that of the project for what is `suspicious`. They stay when a file is
    /// saved again. The file has one identity a line, in 64 hexadecimal digits; `#` starts a
    /// comment.
    ///
    /// Such code no longer makes an input `suspicious`, save where it runs what the document
    /// holds. What is malicious, odd in the file itself or not inspected is judged as ever.
    #[arg(long = "allow", value_name = "FILE")]
    pub(crate) allow: Vec<PathBuf>,

    /// Add `elapsed_us`, the time taken in microseconds, to every record; in text, a last line
    ///
    /// Left out otherwise, so that the same inputs give the same output.
    #[arg(long)]
    pub(crate) timings: bool,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Print the macros of one file, or write them into a folder
///
/// The exit status is 0 if everything in the file could be read, and 2 if code may be missing.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXTRACT_AFTER_HELP)]
pub(crate) struct Extract {
    /// The file, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Write one file a module into this folder, which is made if need be
    ///
    /// Names that a file system could trip over are changed, namesakes get `-2`, `-3` … at the
    /// end, and a file that is already there is never overwritten.
    #[arg(long, short, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// List the rules, or explain one
#[derive(Debug, ClapArgs)]
pub(crate) struct Rules {
    /// The rule to explain: what it means, why it matters, how benign files look the same
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
}

/// Print the manual page, or the completions for a shell
#[derive(Debug, ClapArgs)]
#[command(after_help = GENERATE_AFTER_HELP)]
pub(crate) struct Generate {
    /// What to print
    #[arg(value_enum, value_name = "WHAT")]
    pub(crate) what: Artefact,
}

/// What decides how a file is read.
#[derive(Debug, ClapArgs)]
pub(crate) struct Reading {
    /// A password, tried on encrypted documents; may be given several times
    ///
    /// The passwords that Office programs try by themselves are tried first. Members of archives
    /// that are encrypted are not opened yet. Other users of the machine can see the command
    /// line; --password-file keeps passwords out of it.
    #[arg(long = "password", value_name = "WORD")]
    pub(crate) passwords: Vec<String>,

    /// A file of passwords, one a line, in UTF-8; may be given several times
    #[arg(long = "password-file", value_name = "FILE")]
    pub(crate) password_files: Vec<PathBuf>,

    /// What one input may cost: `mail` for a filter, `quarantine` for a second, patient look
    ///
    /// Limits count bytes and steps of work, never seconds. What lies beyond a limit is named in
    /// the report, and makes the input `unscannable` unless something worse was seen.
    #[arg(long, value_enum, value_name = "PRESET", default_value_t = Preset::Mail)]
    pub(crate) limits: Preset,

    /// Set one limit; may be given several times. VALUE takes k, m or g (1024, 1024², 1024³)
    ///
    /// NAME is one of input-bytes, output-bytes, layers, depth, entries, steps, modules,
    /// source-bytes, findings, iocs, observations.
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = limit)]
    pub(crate) limit: Vec<(Limit, u64)>,
}

impl Reading {
    pub(crate) fn limits(&self) -> Limits {
        let preset = match self.limits {
            Preset::Mail => Limits::mail(),
            Preset::Quarantine => Limits::quarantine(),
            Preset::Unbounded => Limits::unbounded(),
        };
        let set = self.limit.iter();
        set.fold(preset, |limits, (limit, value)| limits.with(*limit, *value))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs: one JSON object a line
    Ndjson,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FailOn {
    /// Any macro at all
    Macro,
    /// What a person has to look at
    Suspicious,
    /// Only what is to be blocked
    Malicious,
}

impl From<FailOn> for Verdict {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Macro => Self::Macro,
            FailOn::Suspicious => Self::Suspicious,
            FailOn::Malicious => Self::Malicious,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Hash {
    /// Always
    All,
    /// For verdicts from `macro` up
    Flagged,
    /// Never
    None,
}

impl From<Hash> for Hashes {
    fn from(hash: Hash) -> Self {
        match hash {
            Hash::All => Self::All,
            Hash::Flagged => Self::Flagged,
            Hash::None => Self::None,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Preset {
    /// For a filter in the path of mail
    Mail,
    /// For a second look: about ten times the patience
    Quarantine,
    /// No limit but the depth of nesting
    Unbounded,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Artefact {
    /// The manual page
    Man,
    /// Completions for Bash
    Bash,
    /// Completions for Zsh
    Zsh,
    /// Completions for fish
    Fish,
    /// Completions for `PowerShell`
    #[value(name = "powershell")]
    PowerShell,
    /// Completions for Elvish
    Elvish,
}

/// `NAME=VALUE` of `--limit`.
fn limit(text: &str) -> Result<(Limit, u64), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("expected NAME=VALUE, as in depth=4")?;
    let limit = Limit::from_name(name).ok_or_else(|| {
        let names = Limit::ALL.map(Limit::name).join(", ");
        format!("no limit is called '{name}'; there are {names}")
    })?;
    let number = || format!("'{value}' is not a number that may end in k, m or g");
    let (digits, unit) = match value.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (value.get(..at), 1 << 10),
        Some((at, 'm' | 'M')) => (value.get(..at), 1 << 20),
        Some((at, 'g' | 'G')) => (value.get(..at), 1 << 30),
        _ => (Some(value), 1),
    };
    let count: u64 = digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(number)?;
    let value = count
        .checked_mul(unit)
        .ok_or_else(|| format!("'{value}' is larger than any number that is counted to"))?;
    Ok((limit, value))
}

const AFTER_HELP: &str = "\
Examples:
  macrosift scan invoice.docm
  macrosift scan --format ndjson /var/spool/quarantine > report.ndjson
  macrosift extract invoice.docm

`macrosift scan --help` explains the verdicts and the exit status.";

const SCAN_AFTER_HELP: &str = "\
Verdicts, mildest first:
  other        no kind of file that carries Office macros
  clean        a document without active content: may be released
  macro        macros, and no way from a trigger to a dangerous act: may be released
  unscannable  some part could not be inspected: hold, and ask
  suspicious   a person has to look: hold
  malicious    a trigger reaches execution, download or injection: block

Exit status:
  0  every input was read and judged, none is flagged, none is unscannable
  1  at least one input is flagged (see --fail-on)
  2  none is flagged, but something could not be read or judged, or the command line is wrong

Examples:
  macrosift scan invoice.docm                    judge one file
  macrosift scan ~/Maildir /srv/share            judge all files of two folders
  macrosift scan - < attachment.bin              judge what comes in by standard input
  macrosift scan --format ndjson --source inbox  everything found, code included, for programs
  macrosift scan --fail-on macro outbox          let nothing with a macro pass
  macrosift scan --allow known.txt inbox         do not hold the code that known.txt lists
  macrosift scan --limits quarantine --limit depth=40 --limit output-bytes=8g held.zip";

const EXTRACT_AFTER_HELP: &str = "\
Examples:
  macrosift extract invoice.docm              print the code of every module
  macrosift extract invoice.docm -o code      write code/ThisDocument.cls, code/Module1.bas …
  macrosift extract - < attachment.bin";

const GENERATE_AFTER_HELP: &str = "\
Examples:
  macrosift generate man > /usr/local/share/man/man1/macrosift.1
  macrosift generate bash > /etc/bash_completion.d/macrosift
  macrosift generate fish > ~/.config/fish/completions/macrosift.fish";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_limit_takes_units_and_says_what_is_wrong() {
        assert_eq!(limit("depth=4"), Ok((Limit::Depth, 4)));
        assert_eq!(limit("input-bytes=2k"), Ok((Limit::InputBytes, 2_048)));
        assert_eq!(limit("steps=3M"), Ok((Limit::Steps, 3 << 20)));
        assert_eq!(limit("output-bytes=8g"), Ok((Limit::OutputBytes, 8 << 30)));
        for (text, part) in [
            ("depth", "NAME=VALUE"),
            ("seconds=1", "there are input-bytes, "),
            ("depth=", "not a number"),
            ("depth=k", "not a number"),
            ("depth=-1", "not a number"),
            ("depth=4é", "not a number"),
            ("steps=99999999999999999g", "larger than"),
        ] {
            let message = limit(text).unwrap_err();
            assert!(message.contains(part), "{text}: {message}");
        }
    }

    #[test]
    fn single_limits_change_the_preset() {
        let args = [
            "macrosift",
            "scan",
            "--limits",
            "quarantine",
            "--limit",
            "depth=3",
            "--limit",
            "layers=1k",
            "x",
        ];
        let Command::Scan(scan) = Args::parse_from(args).command else {
            panic!("another command");
        };
        let expected = Limits::quarantine()
            .with(Limit::Depth, 3)
            .with(Limit::Layers, 1_024);
        assert_eq!(scan.reading.limits(), expected);
    }

    /// The names in the help of `--limit` are written out by hand.
    #[test]
    fn the_help_names_every_limit() {
        let mut command = Args::command();
        let scan = command.find_subcommand_mut("scan").unwrap();
        let help = scan.render_long_help().to_string();
        for limit in Limit::ALL {
            assert!(help.contains(limit.name()), "{limit}");
        }
    }
}
