//! Links `program|topic!item`: no operator of formulas is written with a bar.

/// How far a topic or an item goes, in bytes.
const LONGEST: usize = 4096;
/// How many doubled quotes of a topic are passed over. One with more is a link as far as here.
const MOST_DOUBLED: u32 = 32;

/// A link by its bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link<'f> {
    pub(crate) program: &'f str,
    /// With its quotes.
    pub(crate) topic: &'f str,
    /// Where it ends.
    pub(crate) end: usize,
    /// Whether the topic is in quotes, which no ordinary text has at this place.
    pub(crate) quoted: bool,
    /// Whether the program stands at the start or behind an operator.
    placed: bool,
}

impl Link<'_> {
    /// Whether nothing but a formula has this in it, whatever stands around it.
    pub(super) fn is_plain_attack(&self) -> bool {
        self.quoted && is_launcher(self.program)
    }

    /// Whether it stands where formulas have it.
    pub(super) const fn is_placed(&self) -> bool {
        self.placed
    }
}

/// Programs that run what they are told, or whatever is named to them, without their ending.
const LAUNCHERS: &[&str] = &[
    "cmd",
    "command",
    "powershell",
    "powershell_ise",
    "pwsh",
    "mshta",
    "rundll32",
    "regsvr32",
    "regsvcs",
    "regasm",
    "wscript",
    "cscript",
    "certutil",
    "bitsadmin",
    "msiexec",
    "calc",
    "wmic",
    "msbuild",
    "installutil",
    "forfiles",
    "control",
    "schtasks",
    "curl",
    "bash",
    "wsl",
    "hh",
    "cmstp",
    "msdt",
    "odbcconf",
    "pcalua",
    "conhost",
    "explorer",
    "scriptrunner",
    // No program: attackers put it before a path that climbs out of the folder of Excel.
    "msexcel",
];

/// Whether a name, as it stands before a bar or in a path, is of a program that runs what it is
/// told.
pub(crate) fn is_launcher(name: &str) -> bool {
    // Characters that take no room are no part of a name.
    let name: String = name.chars().filter(char::is_ascii).take(256).collect();
    let name = name.trim_matches(['\'', ' ']);
    let name = name.rsplit(['\\', '/']).next().unwrap_or(name);
    let name = name.split_once('.').map_or(name, |(stem, _)| stem);
    LAUNCHERS.iter().any(|one| name.eq_ignore_ascii_case(one))
}

/// The links of a formula.
pub(crate) fn links(formula: &str) -> impl Iterator<Item = Link<'_>> {
    super::tokens(formula)
        .filter(|(_, token)| matches!(token, super::Token::Code('|')))
        .filter_map(|(at, _)| link_at(formula, at))
}

/// Whether a bar has a program in front of it, as all have in what is a formula by its place,
/// however the topic is written.
pub(super) fn has_program(formula: &str, bar: usize) -> bool {
    formula.get(..bar).and_then(program_before).is_some()
}

/// Whether a bar can be that of a link, in a byte for each unit.
pub(super) fn may_be(text: &[u8], bar: usize) -> bool {
    let before = text.get(..bar).unwrap_or_default().trim_ascii_end();
    let named = before
        .last()
        .is_some_and(|&byte| is_word(byte) || byte == b'\'');
    let rest = text.get(bar..).and_then(|rest| rest.get(1..));
    named && rest.is_some_and(|rest| topic(rest).is_some())
}

/// The link around a bar: a name in front, wherever it stands, and behind it a topic, `!` and an item. Text that is cut
/// in the topic counts.
pub(crate) fn link_at(text: &str, bar: usize) -> Option<Link<'_>> {
    let (program, placed) = program_before(text.get(..bar)?)?;
    let start = bar.checked_add(1)?;
    let (topic, length, quoted) = topic(text.as_bytes().get(start..)?)?;
    let from = start.checked_add(topic.start)?;
    let to = start.checked_add(topic.end)?;
    // A program apart from its bar, and a topic without quotes, are words of a table.
    let close = text.get(..bar)?.ends_with(|c: char| !c.is_whitespace());
    (quoted || close).then_some(Link {
        program,
        topic: text.get(from..to)?,
        end: start.checked_add(length)?,
        quoted,
        placed,
    })
}

/// The name of a program that ends here, plain or a path in quotes, and whether it is at the start
/// or behind an operator.
fn program_before(before: &str) -> Option<(&str, bool)> {
    let before = before.trim_end();
    let (ahead, program) = match before.strip_suffix('\'') {
        Some(quoted) => {
            let near = quoted.as_bytes().iter().rev().take(LONGEST);
            let length = near.take_while(|byte| **byte != b'\'').count();
            let start = quoted.len().checked_sub(length)?;
            let name = quoted.get(start..)?;
            let in_path = |c: char| is_name(c) || c.is_whitespace() || "\\/:~-()$%".contains(c);
            if !name.chars().all(in_path) {
                return None;
            }
            (quoted.get(..start)?.strip_suffix('\'')?, name)
        }
        None => {
            let ahead = before.trim_end_matches(is_name);
            (ahead, before.get(ahead.len()..)?)
        }
    };
    const AHEAD: &str = "=+-*/^&<>(,;{@%＝＋－＠（，；";
    let ahead = ahead.trim_end();
    let placed = ahead.is_empty() || ahead.ends_with(|c: char| AHEAD.contains(c));
    program
        .contains(char::is_alphabetic)
        .then_some((program, placed))
}

/// Letters, digits, and what takes no room.
fn is_name(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '_' | '.')
        || !c.is_ascii() && !c.is_whitespace() && !"＝＋－＠（），；＊／＆｜！".contains(c)
}

/// The topic behind a bar, where the link ends, and whether the topic is in quotes.
fn topic(rest: &[u8]) -> Option<(std::ops::Range<usize>, usize, bool)> {
    let trimmed = rest.trim_ascii_start();
    if matches!(trimmed.first(), Some(b'\'' | b'"')) {
        let start = rest.len().checked_sub(trimmed.len())?;
        let (topic, end) = quoted(trimmed)?;
        return Some((
            start..start.checked_add(topic)?,
            start.checked_add(end)?,
            true,
        ));
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
    let end = topic.checked_add(1)?.checked_add(item_end(item)?)?;
    Some((0..topic, end, false))
}

/// Where a topic in quotes that begins here ends, and where its link does.
fn quoted(text: &[u8]) -> Option<(usize, usize)> {
    let quote = *text.first()?;
    // In a cell that is itself in quotes, those of its text are doubled.
    let open = text.iter().take_while(|byte| **byte == quote).count();
    let open = if quote == b'"' { open.min(2) } else { 1 };
    let limit = text.get(..LONGEST).unwrap_or(text);
    let mut at = open;
    let mut doubled = 0_u32;
    loop {
        let Some(found) = memchr::memchr(quote, limit.get(at..)?) else {
            // The text may be cut here, but a quote that never ends is none.
            return (limit.len() == text.len() && memchr::memchr2(b'\n', b'\r', text).is_none())
                .then_some((text.len(), text.len()));
        };
        at = at.checked_add(found)?.checked_add(1)?;
        let rest = text.get(at..)?;
        if let Some(rest) = rest.strip_prefix(&[quote]) {
            // A doubled quote goes on, unless the item follows.
            at = at.checked_add(1)?;
            if !rest.starts_with(b"!") {
                doubled = doubled.saturating_add(1);
                if doubled > MOST_DOUBLED {
                    return Some((at, at));
                }
                continue;
            }
        }
        let rest = text.get(at..)?;
        if rest.is_empty() {
            return Some((at, at));
        }
        let item = after_blanks(rest).strip_prefix(b"!")?;
        let item = after_blanks(item);
        let start = text.len().checked_sub(item.len())?;
        return Some((at, start.checked_add(item_end(item)?)?));
    }
}

fn after_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|byte| **byte == b' ').count();
    text.get(blanks..).unwrap_or_default()
}

/// Where an item ends. None that begins with an operator is one; one that is cut away may be.
fn item_end(item: &[u8]) -> Option<usize> {
    if let Some(rest) = item.strip_prefix(b"'") {
        let end = rest.iter().take(LONGEST).position(|byte| *byte == b'\'');
        return Some(end.map_or(1, |end| end.saturating_add(2)));
    }
    let length = item
        .iter()
        .take(LONGEST)
        .take_while(|byte| is_word(**byte) || matches!(byte, b'$' | b':'))
        .count();
    (length > 0 || !item.starts_with(b"=")).then_some(length)
}

const fn in_topic(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'\\' | b':' | b'/' | b'-' | b'$' | b'[' | b']')
}

const fn is_word(byte: u8) -> bool {
    super::is_word(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(text: &str) -> Option<(&str, &str)> {
        let bar = text.find('|')?;
        link_at(text, bar).and_then(|link| Some((link.program, text.get(bar..link.end)?)))
    }

    #[test]
    fn links_by_their_bars() {
        for (text, program, link_text) in [
            ("inert|'/c x'!A1,b", "inert", "|'/c x'!A1"),
            ("inert|'/c ''x'' y'!A1", "inert", "|'/c ''x'' y'!A1"),
            ("=inert |  '/c x'!''", "inert", "|  '/c x'!''"),
            ("=  inert | '/c x' ! A1", "inert", "| '/c x' ! A1"),
            ("inert|\"\"/c x\"\"!A1\"", "inert", "|\"\"/c x\"\"!A1"),
            ("3+inert.exe|topic!item", "inert.exe", "|topic!item"),
            ("inert|'/c cut", "inert", "|'/c cut"),
            ("=1*'C:\\a b\\c.exe'|x!y", "C:\\a b\\c.exe", "|x!y"),
            ("＝inert|x!y", "inert", "|x!y"),
        ] {
            assert_eq!(link(text), Some((program, link_text)), "{text}");
        }
        for none in [
            "a | b!c", "a|b", "a|b! c", "a||b!c", "a|'b' c", "a|b!=c", "a|'b'!=c", "|x!y",
            "f(x)|y!z", "12|y!z",
        ] {
            assert_eq!(link(none), None, "{none}");
        }
    }

    #[test]
    fn places_of_links() {
        let placed = |text: &str| link_at(text, text.find('|').unwrap()).unwrap().placed;
        assert!(placed("x|y!z") && placed("=1+x|y!z") && placed("=IF(1, x|y!z)"));
        assert!(!placed("\"x|y!z\"") && !placed("name: x|y!z") && !placed("a x|y!z"));
    }

    #[test]
    fn programs_that_run_what_they_are_told() {
        for name in [
            "cmd",
            "CMD.exe",
            "MSEXCEL",
            "c:\\x\\mshta.exe",
            "c\u{200B}md",
        ] {
            assert!(is_launcher(name), "{name}");
        }
        assert!(!is_launcher("inert") && !is_launcher(""));
    }
}
