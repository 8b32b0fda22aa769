//! `macrosift rules`.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::args::Rules;
use crate::sanitize::Line;

/// A rule, as it is explained to a person.
#[derive(Clone, Debug)]
pub(crate) struct Rule<'a> {
    pub(crate) id: &'a str,
    pub(crate) category: &'a str,
    /// ATT&CK technique ids.
    pub(crate) attack: &'a [&'a str],
    /// What it means and why it matters.
    pub(crate) means: &'a str,
    /// How benign files look the same.
    pub(crate) benign: &'a str,
    /// What it looks for.
    pub(crate) patterns: &'a [&'a str],
}

/// Every rule of the library, in the order of the ids.
fn all() -> Vec<Rule<'static>> {
    Vec::new()
}

/// Prints all rules, or explains one.
pub(crate) fn run(args: &Rules) -> Result<ExitCode, String> {
    let rules = all();
    let mut text = Vec::new();
    match &args.id {
        None => table(&mut text, &rules),
        Some(id) => {
            let rule = rules.iter().find(|rule| rule.id == *id).ok_or_else(|| {
                let id = Line(id);
                format!("no rule is called '{id}'; `macrosift rules` lists them all")
            })?;
            explain(&mut text, rule)
        }
    }
    .and_then(|()| crate::print(&text))
    .map_err(|error| format!("cannot write to standard output: {error}"))?;
    Ok(ExitCode::SUCCESS)
}

/// A line a rule: id, category, techniques, the first sentence of what it means.
fn table(out: &mut Vec<u8>, rules: &[Rule<'_>]) -> io::Result<()> {
    let width = |field: fn(&Rule<'_>) -> usize| rules.iter().map(field).max().unwrap_or(0);
    let ids = width(|rule| rule.id.len());
    let categories = width(|rule| rule.category.len());
    for rule in rules {
        let Rule { id, category, .. } = rule;
        let means = rule.means.split_inclusive(". ").next().unwrap_or_default();
        let means = means.trim_end();
        writeln!(out, "{id:ids$}  {category:categories$}  {means}")?;
    }
    Ok(())
}

fn explain(out: &mut Vec<u8>, rule: &Rule<'_>) -> io::Result<()> {
    writeln!(out, "{}", rule.id)?;
    writeln!(out, "  category   {}", rule.category)?;
    if !rule.attack.is_empty() {
        writeln!(out, "  ATT&CK     {}", rule.attack.join(", "))?;
    }
    writeln!(out, "\n{}", rule.means)?;
    if !rule.benign.is_empty() {
        writeln!(out, "\nIn benign files: {}", rule.benign)?;
    }
    if !rule.patterns.is_empty() {
        writeln!(out, "\nLooks for:")?;
        for pattern in rule.patterns {
            writeln!(out, "  {}", Line(pattern))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [Rule<'static>; 2] = [
        Rule {
            id: "trigger.document-open",
            category: "trigger",
            attack: &["T1204.002"],
            means: "Runs when the document is opened. More.",
            benign: "Forms that fill themselves.",
            patterns: &["Document_Open"],
        },
        Rule {
            id: "dde.link",
            category: "dde",
            attack: &[],
            means: "Asks another program for data.",
            benign: "",
            patterns: &[],
        },
    ];

    #[test]
    fn a_table_of_all() {
        let mut out = Vec::new();
        table(&mut out, &RULES).unwrap();
        let expected = "trigger.document-open  trigger  Runs when the document is opened.\n\
                        dde.link               dde      Asks another program for data.\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn one_is_explained() {
        let mut out = Vec::new();
        explain(&mut out, &RULES[0]).unwrap();
        let expected = "trigger.document-open\n  category   trigger\n  ATT&CK     T1204.002\n\n\
                        Runs when the document is opened. More.\n\n\
                        In benign files: Forms that fill themselves.\n\n\
                        Looks for:\n  Document_Open\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
