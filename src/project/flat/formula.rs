//! What the formula of a cell loads or starts: in documents that hold it as text, [MS-OE376] and
//! ECMA-376-1 18.17.

use crate::project::{Load, LoadKind};

/// The longest formula that is told, in characters.
const LONGEST: usize = 4096;

/// Functions that fetch, run or register.
const FUNCTIONS: [&str; 8] = [
    "WEBSERVICE",
    "REGISTER.ID",
    "REGISTER",
    "CALL",
    "EXEC",
    "RTD",
    "IMAGE",
    "HYPERLINK",
];

/// What a formula does besides computing, each thing once. `place` is where it stands.
pub(crate) fn loads_of(formula: &str, place: &str, found: &mut Vec<Load>) {
    // What ordinary formulas are made of leads to nothing.
    if !formula.contains(['|', '[']) && !FUNCTIONS.iter().any(|name| calls(formula, name)) {
        return;
    }
    let code = without_texts(formula);
    let mut add = |kind: LoadKind, target: String| {
        found.push(Load {
            kind,
            target,
            place: place.to_owned(),
        });
    };
    let whole = || formula.trim().chars().take(LONGEST).collect::<String>();
    // No operator is written so: it stands between a program and a topic.
    if code.contains('|') {
        add(LoadKind::DdeFormula, whole());
    }
    for name in FUNCTIONS {
        if !calls(&code, name) {
            continue;
        }
        if name == "HYPERLINK" {
            if let Some(target) = first_text(formula, name) {
                add(LoadKind::Hyperlink, target);
            }
        } else {
            add(LoadKind::Formula, whole());
        }
    }
    let mut rest = code.as_str();
    while let Some((before, after)) = rest.split_once('[') {
        let Some((book, behind)) = after.split_once(']') else {
            break;
        };
        if is_book(book) {
            let folder = before.rsplit_once('\'').map_or("", |(_, folder)| folder);
            let target: String = folder.chars().chain(book.chars()).take(LONGEST).collect();
            add(LoadKind::Workbook, target);
        }
        rest = behind;
    }
}

/// Whether a text that is a formula only if its reader takes it for one has a link in it: program
/// and topic stand right beside the bar, and an item follows.
pub(crate) fn is_link(text: &str) -> bool {
    text.match_indices('|').any(|(bar, _)| {
        let before = text
            .get(..bar)
            .and_then(|before| before.chars().next_back());
        let after = text.get(bar.saturating_add(1)..).unwrap_or_default();
        let ends_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '\'' | ')');
        before.is_some_and(ends_name)
            && !after.starts_with(|c: char| c.is_whitespace() || c == '|')
            && after.contains('!')
    })
}

/// Whether what stands in brackets is the name of a workbook, and not the distance of a cell
/// (`R[-1]C[2]`) or the number of a link.
fn is_book(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && !digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a function of this name is called.
fn calls(formula: &str, name: &str) -> bool {
    call(formula, name).is_some()
}

/// What stands behind the opening bracket of the first call.
fn call<'f>(formula: &'f str, name: &str) -> Option<&'f str> {
    let mut rest = formula;
    while let Some((before, after)) = rest.split_once('(') {
        let word = before.trim_end();
        let start = word.len().checked_sub(name.len());
        let is_called = start
            .and_then(|start| word.split_at_checked(start))
            .is_some_and(|(ahead, word)| {
                word.eq_ignore_ascii_case(name)
                    && !ahead.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.')
                    || word.eq_ignore_ascii_case(name) && ahead.ends_with("_xlfn.")
            });
        if is_called {
            return Some(after);
        }
        rest = after;
    }
    None
}

/// The text that is the first argument of a call.
fn first_text(formula: &str, name: &str) -> Option<String> {
    let text = call(formula, name)?.trim_start().strip_prefix('"')?;
    let end = text.find('"').unwrap_or(text.len());
    Some(text.get(..end)?.to_owned())
}

/// The formula without its texts, in which any character can stand.
fn without_texts(formula: &str) -> String {
    formula.split('"').step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(formula: &str) -> Vec<(LoadKind, String)> {
        let mut loads = Vec::new();
        loads_of(formula, "", &mut loads);
        loads
            .into_iter()
            .map(|load| (load.kind, load.target))
            .collect()
    }

    #[test]
    fn what_formulas_load() {
        for (formula, kind, target) in [
            ("=inert|'/c x'!A0", LoadKind::DdeFormula, "=inert|'/c x'!A0"),
            (
                "=_xlfn.WEBSERVICE(\"http://example.invalid/\")",
                LoadKind::Formula,
                "=_xlfn.WEBSERVICE(\"http://example.invalid/\")",
            ),
            (
                "=1+hyperlink (\"http://example.invalid/a\",\"b\")",
                LoadKind::Hyperlink,
                "http://example.invalid/a",
            ),
            (
                "='\\\\example.invalid\\s\\[b.xls]S'!R1C1",
                LoadKind::Workbook,
                "\\\\example.invalid\\s\\b.xls",
            ),
            ("=[b.xls]S!RC", LoadKind::Workbook, "b.xls"),
        ] {
            assert_eq!(found(formula), [(kind, target.to_owned())]);
        }
        for formula in [
            "=SUM(R[-1]C[2]:RC)",
            "=IF(RC=\"a|b [c.xls]\",1,2)",
            "=RECALL(1)",
            "=CALLS",
        ] {
            assert_eq!(found(formula), [], "{formula}");
        }
    }
}
