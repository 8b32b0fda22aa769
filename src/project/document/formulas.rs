//! Formulas of sheets and names in packages that do more than compute, ECMA-376-1 18.3.1.40, 18.2.5
//! and 18.17.
//!
//! `program|topic!item` starts a program; Excel takes it from a cell that another program wrote.
//! `CALL` and `REGISTER.ID` call a library; `WEBSERVICE`, `RTD` and `IMAGE` fetch.

use super::Outside;
use super::elements::{self, Node};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::{Load, LoadKind};

/// How much of a formula is kept, in bytes. Excel takes 8,192 characters.
const LONGEST: usize = 32_768;
/// Signs of any of them, so that most sheets are not read as XML at all.
const MARKS: &[&str] = &[
    "|",
    "WEBSERVICE",
    "webservice",
    "CALL(",
    "call(",
    "REGISTER",
    "register",
    "RTD(",
    "rtd(",
    "IMAGE(",
    "image(",
    "EXEC(",
    "exec(",
];
const FUNCTIONS: &[&str] = &[
    "WEBSERVICE",
    "CALL",
    "REGISTER",
    "REGISTER.ID",
    "RTD",
    "IMAGE",
    "EXEC",
];

/// Looks through the formulas of a sheet, or of the names of a workbook.
pub fn inspect_formulas(part: &[u8], name: &str, found: &mut Outside, ledger: &mut Ledger) {
    let mut formula: Option<String> = None;
    elements::read(part, name, MARKS, ledger, |node, ledger| {
        match node {
            Node::Open(local, _) => {
                formula = matches!(local, "f" | "definedName").then(String::new);
            }
            Node::Text(piece) => {
                if let Some(formula) = &mut formula
                    && formula.len() < LONGEST
                {
                    formula.push_str(piece);
                }
            }
            Node::Close => {
                if let Some(formula) = formula.take()
                    && let Some(kind) = kind_of(&formula)
                {
                    ledger.charge(Limit::Entries, 1)?;
                    found.loads.push(Load {
                        kind,
                        target: formula.trim().to_owned(),
                        place: name.to_owned(),
                    });
                }
            }
        }
        Ok(())
    });
}

/// What a formula does, if it does more than compute. What stands in quotes is text.
fn kind_of(formula: &str) -> Option<LoadKind> {
    let mut quote = None;
    for (at, byte) in formula.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            // No operator of formulas.
            (None, b'|') if is_link(formula, at) => return Some(LoadKind::DdeFormula),
            (None, b'(') if is_function(formula, at) => return Some(LoadKind::Formula),
            _ => {}
        }
    }
    None
}

/// Whether a program stands before a bar, and `!` somewhere behind it.
fn is_link(formula: &str, bar: usize) -> bool {
    let (before, after) = formula.split_at_checked(bar).unwrap_or_default();
    before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '\'' | '.'))
        && after.contains('!')
}

/// Whether one of the functions opens its arguments here.
fn is_function(formula: &str, open: usize) -> bool {
    let before = formula.get(..open).unwrap_or_default().trim_end();
    let start = before
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_')))
        .map_or(0, |at| at.saturating_add(1));
    let word = before.get(start..).unwrap_or_default();
    let word = word
        .strip_prefix("_xlfn.")
        .or_else(|| word.strip_prefix("_xll."))
        .unwrap_or(word);
    FUNCTIONS.iter().any(|one| word.eq_ignore_ascii_case(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn formulas_that_do_more_than_compute() {
        for (formula, kind) in [
            ("cmd|'/c inert'!A0", Some(LoadKind::DdeFormula)),
            ("1+cmd|' /c inert'!'x'", Some(LoadKind::DdeFormula)),
            ("'Excel'|Sheet1!R1C1", Some(LoadKind::DdeFormula)),
            (
                "_xlfn.WEBSERVICE(\"https://example.invalid/\"&A1)",
                Some(LoadKind::Formula),
            ),
            (
                "IF(A1,CALL(\"inert\",\"x\",\"J\"))",
                Some(LoadKind::Formula),
            ),
            ("REGISTER.ID (\"inert\",\"x\")", Some(LoadKind::Formula)),
            ("A1&\"|\"&B1&\"!\"", None),
            ("'a|b'!A1", None),
            ("\"cmd|'/c inert'!A0\"", None),
            ("HYPERLINK(\"https://example.invalid/\"&A1,\"x\")", None),
            ("RECALL(1)+\"CALL(\"", None),
        ] {
            let text = quick_xml::escape::escape(formula);
            let part = format!("<worksheet><c r='A1'><f>{text}</f><v>1|2!</v></c></worksheet>");
            let mut ledger = Ledger::new(Limits::mail());
            let mut found = Outside::default();
            inspect_formulas(part.as_bytes(), "sheet1.xml", &mut found, &mut ledger);
            let loads: Vec<_> = found
                .loads
                .iter()
                .map(|one| (one.kind, &*one.target))
                .collect();
            assert_eq!(
                loads,
                Vec::from_iter(kind.map(|kind| (kind, formula))),
                "{formula}"
            );
        }
    }
}
