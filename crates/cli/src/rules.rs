//! `macrosift rules`.

use std::io::{self, Write};
use std::process::ExitCode;

use macrosift::indicator::Rule;
use macrosift::{Scanner, verdict};

use crate::args::Rules;
use crate::sanitize::Line;

/// A rule of either kind.
#[derive(Clone, Copy)]
enum Either {
    /// What is looked for.
    Indicator(&'static Rule),
    /// How what was found is judged.
    Verdict(&'static verdict::Rule),
}

impl Either {
    fn all(scanner: &Scanner) -> Vec<Self> {
        let indicators = scanner.rules().iter().copied().map(Self::Indicator);
        let verdicts = verdict::RULES.iter().map(Self::Verdict);
        indicators.chain(verdicts).collect()
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Indicator(rule) => rule.id,
            Self::Verdict(rule) => rule.id,
        }
    }

    const fn category(self) -> &'static str {
        match self {
            Self::Indicator(rule) => rule.category.name(),
            Self::Verdict(_) => "verdict",
        }
    }

    const fn means(self) -> &'static str {
        match self {
            Self::Indicator(rule) => rule.means,
            Self::Verdict(rule) => rule.means,
        }
    }

    const fn benign(self) -> &'static str {
        match self {
            Self::Indicator(rule) => rule.benign,
            Self::Verdict(rule) => rule.benign,
        }
    }
}

/// Prints all rules, or explains one.
pub(crate) fn run(args: &Rules) -> Result<ExitCode, String> {
    let scanner = Scanner::new();
    let rules = Either::all(&scanner);
    let mut text = Vec::new();
    match &args.id {
        None => table(&mut text, &rules),
        Some(id) => {
            let rule = rules.iter().find(|rule| rule.id() == id).ok_or_else(|| {
                let id = Line(id);
                format!("no rule is called '{id}'; `macrosift rules` lists them all")
            })?;
            explain(&mut text, *rule)
        }
    }
    .and_then(|()| crate::print(&text))
    .map_err(|error| format!("cannot write to standard output: {error}"))?;
    Ok(ExitCode::SUCCESS)
}

/// A line a rule: id, category, techniques, the first sentence of what it means.
fn table(out: &mut Vec<u8>, rules: &[Either]) -> io::Result<()> {
    let width = |field: fn(Either) -> &'static str| {
        let widths = rules.iter().map(|rule| field(*rule).len());
        widths.max().unwrap_or(0)
    };
    let (ids, categories) = (width(Either::id), width(Either::category));
    for rule in rules {
        let (id, category) = (rule.id(), rule.category());
        let means = rule.means().split_inclusive(". ").next();
        let means = means.unwrap_or_default().trim_end();
        writeln!(out, "{id:ids$}  {category:categories$}  {means}")?;
    }
    Ok(())
}

fn explain(out: &mut Vec<u8>, rule: Either) -> io::Result<()> {
    writeln!(out, "{}", rule.id())?;
    writeln!(out, "  category   {}", rule.category())?;
    match rule {
        Either::Indicator(rule) if !rule.attack.is_empty() => {
            writeln!(out, "  ATT&CK     {}", rule.attack.join(", "))?;
        }
        Either::Verdict(rule) => writeln!(out, "  at least   {}", rule.verdict.name())?,
        Either::Indicator(_) => {}
    }
    writeln!(out, "\n{}", rule.means())?;
    if !rule.benign().is_empty() {
        writeln!(out, "\nIn benign files: {}", rule.benign())?;
    }
    if let Either::Indicator(rule) = rule
        && !rule.patterns.is_empty()
    {
        writeln!(out, "\nLooks for:")?;
        for pattern in rule.patterns {
            writeln!(out, "  {}", Line(pattern.text))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: &str) -> Either {
        let mut rules = Either::all(&Scanner::new()).into_iter();
        rules.find(|rule| rule.id() == id).unwrap()
    }

    fn explained(id: &str) -> String {
        let mut out = Vec::new();
        explain(&mut out, rule(id)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_a_rule() {
        let mut out = Vec::new();
        let rules = ["execution.shell", "write.file", "verdict.dead-act"].map(rule);
        table(&mut out, &rules).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (line, start) in lines.iter().zip([
            "execution.shell   execution  ",
            "write.file        write      ",
            "verdict.dead-act  verdict    ",
        ]) {
            assert!(line.starts_with(start), "{text}");
        }
    }

    #[test]
    fn one_is_explained() {
        let text = explained("execution.shell");
        for part in [
            "execution.shell\n",
            "T1059",
            "Looks for:\n  Shell\n",
            "In benign files: ",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn rules_of_the_verdict_are_explained_too() {
        for one in verdict::RULES {
            let text = explained(one.id);
            let verdict = format!("  at least   {}\n", one.verdict.name());
            for part in [one.id, one.means, one.benign, &verdict] {
                assert!(text.contains(part), "{part} in {text}");
            }
        }
    }
}
