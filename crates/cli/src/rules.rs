//! `macrosift rules`.

use std::io::{self, Write};
use std::process::ExitCode;

use macrosift::Scanner;
use macrosift::indicator::Rule;

use crate::args::Rules;
use crate::sanitize::Line;

/// Prints all rules, or explains one.
pub(crate) fn run(args: &Rules) -> Result<ExitCode, String> {
    let scanner = Scanner::new();
    let rules = scanner.rules();
    let mut text = Vec::new();
    match &args.id {
        None => table(&mut text, rules),
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
fn table(out: &mut Vec<u8>, rules: &[&Rule]) -> io::Result<()> {
    let width = |field: fn(&Rule) -> usize| rules.iter().copied().map(field).max().unwrap_or(0);
    let ids = width(|rule| rule.id.len());
    let categories = width(|rule| rule.category.name().len());
    for rule in rules {
        let (id, category) = (rule.id, rule.category.name());
        let means = rule.means.split_inclusive(". ").next().unwrap_or_default();
        let means = means.trim_end();
        writeln!(out, "{id:ids$}  {category:categories$}  {means}")?;
    }
    Ok(())
}

fn explain(out: &mut Vec<u8>, rule: &Rule) -> io::Result<()> {
    writeln!(out, "{}", rule.id)?;
    writeln!(out, "  category   {}", rule.category.name())?;
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
            writeln!(out, "  {}", Line(pattern.text))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: &str) -> &'static Rule {
        let scanner = Scanner::new();
        scanner
            .rules()
            .iter()
            .copied()
            .find(|rule| rule.id == id)
            .unwrap()
    }

    #[test]
    fn a_line_a_rule() {
        let mut out = Vec::new();
        table(&mut out, &[rule("execution.shell"), rule("write.file")]).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines[0].starts_with("execution.shell  execution  "),
            "{text}"
        );
        assert!(
            lines[1].starts_with("write.file       write      "),
            "{text}"
        );
    }

    #[test]
    fn one_is_explained() {
        let rule = rule("execution.shell");
        let mut out = Vec::new();
        explain(&mut out, rule).unwrap();
        let text = String::from_utf8(out).unwrap();
        for part in [
            rule.id,
            rule.means,
            rule.benign,
            "T1059",
            "Looks for:\n  Shell\n",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
