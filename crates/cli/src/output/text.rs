//! For a person: a line an input, below it why, and what is worth seeing.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::io::{self, Write};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use macrosift::report::json::Summary;
use macrosift::report::{Finding, Layer};
use macrosift::{Outcome, Record, Report, Verdict};

use super::advice::{Language, advice};
use crate::sanitize::{Line, Name};

/// Findings below this evidence level (words in comments and texts) are not worth a line.
const WORTH_SEEING: u8 = 2;
/// How many findings of one input are printed; `ndjson` has them all.
const MOST_FINDINGS: usize = 20;
/// The width of the longest verdict.
const WIDTH: usize = 11;

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();

const fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Clean => AnsiColor::Green.on_default(),
        Verdict::Macro => AnsiColor::Cyan.on_default(),
        Verdict::Unscannable => AnsiColor::Yellow.on_default(),
        Verdict::Suspicious => AnsiColor::Yellow.on_default().bold(),
        Verdict::Malicious => AnsiColor::Red.on_default().bold(),
        _ => FAINT,
    }
}

/// Prints one record.
pub(crate) fn record(out: &mut Vec<u8>, record: &Record, language: Language) -> io::Result<()> {
    let path = Name(&record.path);
    match &record.outcome {
        Outcome::Document(found) => {
            let verdict = found.verdict();
            head(out, style(verdict), verdict.name(), &path)?;
            report(out, found, language)
        }
        Outcome::Error(message) => {
            head(out, RED, "error", &path)?;
            indented(out, &Line(message))
        }
        Outcome::Skipped(reason) => head(
            out,
            FAINT,
            "skipped",
            &format_args!("{path} ({})", reason.name()),
        ),
    }
}

fn head(out: &mut Vec<u8>, style: Style, word: &str, path: &dyn Display) -> io::Result<()> {
    writeln!(out, "{style}{word:WIDTH$}{style:#}  {path}")
}

fn indented(out: &mut Vec<u8>, text: &dyn Display) -> io::Result<()> {
    writeln!(out, "{:WIDTH$}  {text}", "")
}

fn report(out: &mut Vec<u8>, report: &Report, language: Language) -> io::Result<()> {
    if let Some(advice) = advice(report.verdict(), language) {
        indented(out, &format_args!("{BOLD}{advice}{BOLD:#}"))?;
    }
    for reason in report.reasons() {
        indented(out, &format_args!("- {}", Line(reason)))?;
    }
    if report.verdict() >= Verdict::Macro {
        findings(out, report)?;
    }
    if report.verdict() == Verdict::Suspicious {
        known_by(out, report)?;
    }
    for gap in report.uninspected() {
        // What a reason has said already, of the input itself, is not said again.
        let detail = gap.detail.trim_end_matches('.');
        if gap.layer == 0
            && report
                .reasons()
                .iter()
                .any(|reason| reason.contains(detail))
        {
            continue;
        }
        let place = Place(report.layers(), gap.layer);
        let (reason, detail) = (gap.reason.name(), Line(&gap.detail));
        indented(
            out,
            &format_args!("not inspected: {reason}{place}: {detail}"),
        )?;
    }
    Ok(())
}

/// Prints what `--allow` knows the code of each project by.
fn known_by(out: &mut Vec<u8>, report: &Report) -> io::Result<()> {
    for project in report.projects() {
        let Some(identity) = project.identity else {
            continue;
        };
        let place = Place(report.layers(), project.layer);
        let identity: String = identity.iter().map(|byte| format!("{byte:02x}")).collect();
        indented(
            out,
            &format_args!("identity of the code{place}: {identity}"),
        )?;
    }
    Ok(())
}

/// Prints the strongest findings, those of one module together, in the order of the report.
fn findings(out: &mut Vec<u8>, report: &Report) -> io::Result<()> {
    let mut seen: Vec<&Finding> = report.findings().iter().collect();
    seen.retain(|finding| finding.level >= WORTH_SEEING);
    seen.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let unseen = seen.len().saturating_sub(MOST_FINDINGS);
    seen.truncate(MOST_FINDINGS);
    // What stands outside modules comes first in its layer.
    let mut groups: BTreeMap<(u32, Option<u32>), Vec<&Finding>> = BTreeMap::new();
    for finding in seen {
        let group = groups.entry((finding.layer, finding.module)).or_default();
        group.push(finding);
    }
    let mut layer = None;
    for ((at, _), mut group) in groups {
        if layer.replace(at) != Some(at) {
            indented(out, &format_args!("found{}:", Place(report.layers(), at)))?;
        }
        group.sort_by_key(|finding| (finding.line, finding.column));
        for finding in group {
            let spot = spot(report, finding);
            let (rule, text) = (finding.rule, Line(&finding.text));
            indented(
                out,
                &format_args!("  {spot:24}  {FAINT}{rule:28}{FAINT:#}  {text}"),
            )?;
        }
    }
    if unseen > 0 {
        let rest = format_args!("  and {unseen} more, which --format ndjson prints");
        indented(out, &rest)?;
    }
    Ok(())
}

/// `module:line:column`, or as much of it as there is.
fn spot(report: &Report, finding: &Finding) -> String {
    let module = finding.module.and_then(|at| usize::try_from(at).ok());
    let module = module.and_then(|at| report.modules().get(at));
    let name = module.map(|module| Line(&module.name).to_string());
    let numbers = [finding.line, finding.column].map(|number| number.map(|n| n.to_string()));
    let parts: Vec<_> = name
        .into_iter()
        .chain(numbers.into_iter().flatten())
        .collect();
    parts.join(":")
}

/// ` in` and the names of a layer and of those around it; nothing for the input itself.
struct Place<'a>(&'a [Layer], u32);

impl Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(layers, id) = *self;
        let find = |id| layers.iter().find(|layer| layer.id == id);
        // A layer comes after the one that holds it, so that this ends.
        let holder = |layer: &&Layer| layer.parent.filter(|up| *up < layer.id).and_then(find);
        let chain = std::iter::successors(find(id), holder);
        let names: Vec<_> = chain.filter_map(|layer| layer.name.as_deref()).collect();
        for (at, name) in names.iter().rev().enumerate() {
            let before = if at == 0 { " in " } else { " > " };
            write!(f, "{before}{}", Line(name))?;
        }
        Ok(())
    }
}

/// Prints how many of what there were, and with `elapsed` in how long.
pub(crate) fn summary(
    out: &mut Vec<u8>,
    summary: &Summary,
    elapsed: Option<Duration>,
) -> io::Result<()> {
    let inputs = summary.inputs;
    let size = indicatif::BinaryBytes(summary.bytes);
    writeln!(out)?;
    writeln!(out, "{BOLD}{inputs} judged{BOLD:#}, {size}")?;
    for (verdict, count) in Verdict::ALL.into_iter().zip(summary.verdicts) {
        if count > 0 {
            let style = style(verdict);
            writeln!(out, "{style}{:WIDTH$}{style:#}  {count}", verdict.name())?;
        }
    }
    for (word, style, count) in [
        ("error", RED, summary.errors),
        ("skipped", FAINT, summary.skipped),
    ] {
        if count > 0 {
            writeln!(out, "{style}{word:WIDTH$}{style:#}  {count}")?;
        }
    }
    if let Some(elapsed) = elapsed {
        let seconds = elapsed.as_secs_f64();
        let rate = inputs as f64 / seconds.max(1e-6);
        writeln!(out, "{seconds:.2} s, {rate:.0} files/s")?;
    }
    Ok(())
}
