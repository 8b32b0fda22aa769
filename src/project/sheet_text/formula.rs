//! What in a formula starts another program or fetches something.

use super::super::{Load, LoadKind};

/// The longest formula that is told.
const LONGEST: usize = 4096;

/// A function that does more than compute.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) kind: LoadKind,
    /// Whether the name is one that only spreadsheets have, so that it tells a formula by itself.
    pub(super) certain: bool,
}

const fn function(name: &'static str, kind: LoadKind, certain: bool) -> Function {
    Function {
        name,
        kind,
        certain,
    }
}

/// Of Excel, of Calc (`DDE`) and of Sheets (`IMPORT…`).
pub(super) const FUNCTIONS: &[Function] = &[
    function("WEBSERVICE", LoadKind::Formula, true),
    function("HYPERLINK", LoadKind::Hyperlink, true),
    function("IMPORTXML", LoadKind::Formula, true),
    function("IMPORTDATA", LoadKind::Formula, true),
    function("IMPORTHTML", LoadKind::Formula, true),
    function("IMPORTFEED", LoadKind::Formula, true),
    function("IMPORTRANGE", LoadKind::Formula, true),
    function("REGISTER.ID", LoadKind::Formula, true),
    function("REGISTER", LoadKind::Formula, false),
    function("IMAGE", LoadKind::Formula, false),
    function("RTD", LoadKind::Formula, false),
    function("CALL", LoadKind::Formula, false),
    function("EXEC", LoadKind::Formula, false),
    function("DDE", LoadKind::DdeFormula, false),
];

/// The function that opens its arguments at `at`.
pub(super) fn function_at(text: &[u8], at: usize) -> Option<&'static Function> {
    let before = text.get(..at)?;
    FUNCTIONS.iter().find(|function| {
        let name = function.name.as_bytes();
        let Some(start) = before.len().checked_sub(name.len()) else {
            return false;
        };
        let alone = start
            .checked_sub(1)
            .and_then(|at| before.get(at))
            .is_none_or(|byte| !is_word(*byte));
        alone
            && before
                .get(start..)
                .is_some_and(|word| word.eq_ignore_ascii_case(name))
    })
}

/// What a function with these arguments is. An address that is computed tells what is in cells to
/// whoever it leads to.
pub(super) fn kind_of(function: &Function, formula: &str) -> LoadKind {
    if function.kind == LoadKind::Hyperlink && formula.contains('&') {
        let outside_text = formula.split('"').step_by(2);
        if outside_text.into_iter().any(|part| part.contains('&')) {
            return LoadKind::Formula;
        }
    }
    function.kind
}

/// A link `program|topic!item` by its bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Where it ends.
    pub(super) end: usize,
    /// Whether the topic is in quotes, which no ordinary text has at this place.
    pub(super) quoted: bool,
}

/// The link around a bar: a name in front, and behind it a topic, `!` and an item. Text that is cut
/// in the topic counts.
pub(super) fn link_at(text: &[u8], bar: usize) -> Option<Link> {
    let before = text.get(..bar)?;
    let rest = text.get(bar.checked_add(1)?..)?;
    let close = before.last().is_some_and(|byte| ends_name(*byte));
    let trimmed = rest.trim_ascii_start();
    if matches!(trimmed.first(), Some(b'\'' | b'"')) {
        let name = before.trim_ascii_end().last();
        if !name.is_some_and(|byte| ends_name(*byte)) {
            return None;
        }
        let topic = rest.len().checked_sub(trimmed.len())?;
        let end = quoted_end(trimmed)?;
        return Some(Link {
            end: bar.checked_add(1)?.checked_add(topic)?.checked_add(end)?,
            quoted: true,
        });
    }
    if !close {
        return None;
    }
    let topic = rest
        .iter()
        .take(LONGEST)
        .take_while(|byte| in_topic(**byte));
    let topic = topic.count();
    let item = rest.get(topic..)?.strip_prefix(b"!")?;
    let first = item.first()?;
    if topic == 0 || !(is_word(*first) || matches!(first, b'$' | b'\'')) {
        return None;
    }
    let end = bar.checked_add(2)?.checked_add(topic)?;
    Some(Link {
        end: end.checked_add(item_end(item))?,
        quoted: false,
    })
}

/// Where a link ends whose topic, in quotes, begins here.
fn quoted_end(text: &[u8]) -> Option<usize> {
    let quote = *text.first()?;
    // In a cell that is itself in quotes, those of its text are doubled.
    let open = text.iter().take_while(|byte| **byte == quote).count();
    let open = if quote == b'"' { open.min(2) } else { 1 };
    let limit = text.get(..LONGEST).unwrap_or(text);
    let mut at = open;
    loop {
        let Some(found) = memchr::memchr(quote, limit.get(at..)?) else {
            // The text may be cut here, but a quote that never ends is none.
            return (limit.len() == text.len() && memchr::memchr2(b'\n', b'\r', text).is_none())
                .then_some(text.len());
        };
        at = at.checked_add(found)?.checked_add(1)?;
        let rest = text.get(at..)?;
        if let Some(rest) = rest.strip_prefix(&[quote]) {
            // A doubled quote goes on, unless the item follows.
            if !rest.starts_with(b"!") {
                at = at.checked_add(1)?;
                continue;
            }
            at = at.checked_add(1)?;
        }
        let rest = text.get(at..)?;
        if rest.is_empty() {
            return Some(at);
        }
        let item = rest.strip_prefix(b"!")?;
        return at.checked_add(1)?.checked_add(item_end(item));
    }
}

fn item_end(item: &[u8]) -> usize {
    if let Some(rest) = item.strip_prefix(b"'") {
        let end = rest.iter().take(LONGEST).position(|byte| *byte == b'\'');
        return end.map_or(1, |end| end.saturating_add(2));
    }
    item.iter()
        .take(LONGEST)
        .take_while(|byte| is_word(**byte) || matches!(byte, b'$' | b':'))
        .count()
}

const fn ends_name(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'\'' | b'"' | b')')
}

const fn in_topic(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'\\' | b':' | b'/' | b'-' | b'$' | b'[' | b']')
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.') || !byte.is_ascii()
}

/// Makes a load of a formula that lies here in the text.
pub(super) fn load(kind: LoadKind, formula: &str, place: String) -> Load {
    Load {
        kind,
        target: formula.trim().chars().take(LONGEST).collect(),
        place,
    }
}

/// Whether what was fed so far can be the start of a formula, and is no sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    quote: Option<char>,
    word: bool,
    gap: bool,
    broken: bool,
}

impl Shape {
    pub(super) const fn is_formula(self) -> bool {
        !self.broken
    }

    /// The next character. Two words with nothing but a blank between them are prose.
    pub(super) const fn feed(&mut self, c: char) {
        if let Some(quote) = self.quote {
            if c == quote {
                self.quote = None;
            }
            return;
        }
        match c {
            '"' | '\'' => self.quote = Some(c),
            ' ' | '\t' | '\r' | '\n' | '\u{A0}' => self.gap = self.word,
            '+' | '-' | '*' | '/' | '^' | '&' | '=' | '<' | '>' | '%' | '(' | ')' | '{' | '}'
            | ',' | ';' | ':' | '!' | '@' | '|' => {
                self.word = false;
                self.gap = false;
            }
            '`' | '~' => self.broken = true,
            _ => {
                self.broken = self.broken || self.gap;
                self.word = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(text: &str) -> Option<&str> {
        let bar = text.find('|')?;
        link_at(text.as_bytes(), bar).and_then(|link| text.get(bar..link.end))
    }

    #[test]
    fn links() {
        assert_eq!(link("inert|'/c x'!A1,b"), Some("|'/c x'!A1"));
        assert_eq!(link("inert|'/c ''x'' y'!A1"), Some("|'/c ''x'' y'!A1"));
        assert_eq!(link("inert |  '/c x'!''"), Some("|  '/c x'!''"));
        assert_eq!(link("inert|\"\"/c x\"\"!A1\""), Some("|\"\"/c x\"\"!A1"));
        assert_eq!(link("inert|topic!item"), Some("|topic!item"));
        assert_eq!(link("inert|'/c cut"), Some("|'/c cut"));
        for none in [
            "a | b!c", "a|b", "a|b! c", "a||b!c", "a|'b' c", "a|b!=c", "|x!y",
        ] {
            assert_eq!(link(none), None, "{none}");
        }
    }

    #[test]
    fn shapes() {
        let shape = |text: &str| {
            let mut shape = Shape::default();
            text.chars().for_each(|c| shape.feed(c));
            shape.is_formula()
        };
        assert!(shape("=SUM(1 + 2)*\"two words\"&inert"));
        assert!(!shape("- two words"));
        assert!(!shape("+ `code`"));
    }
}
