//! What DDE starts: the program of a field, a link or a formula.

use super::ending::ending;
use crate::source::{is_launcher, links};

/// What a conversation is with, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Partner {
    /// A program that runs what it is told.
    Program,
    /// A program that is not known, about what need not be a command.
    Unheard,
    /// A program of Office, about a document.
    Office,
    /// A server of prices and the like.
    Server,
    /// Whether it is a conversation at all is not known: the code begins with what another field
    /// comes to.
    Unknown,
}

/// Programs of Office by their names for DDE; classes of their documents begin with one and a dot.
const OFFICE: &[&str] = &[
    "excel",
    "winword",
    "word",
    "powerpnt",
    "powerpoint",
    "soffice",
    "msaccess",
    "mspub",
    "visio",
];

/// Servers of market data and of plants, which send numbers.
const SERVERS: &[&str] = &[
    "blp",
    "reuter",
    "reuters",
    "rtr",
    "idn",
    "winros",
    "tws",
    "esignal",
    "ddedata",
    "rss",
    "rslinx",
    "topserver",
    "kepware",
    "intouch",
    "view",
    "wonderware",
    "mt4",
    "mtlink",
    "winblp",
];

/// The partner of `DDEAUTO program topic item`.
pub(super) fn of_field(code: &str) -> Partner {
    let mut words = words(code);
    match words.next() {
        Some(first) if first.to_ascii_uppercase().starts_with("DDE") => {}
        Some(first) if first.starts_with('…') => return Partner::Unknown,
        // What cannot be read can be anything.
        _ => return Partner::Program,
    }
    let program = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    sure(partner(&program, &rest.join(" ")))
}

/// The partner of what is a conversation for sure, whose program is started whatever its name.
const fn sure(partner: Partner) -> Partner {
    match partner {
        Partner::Unheard => Partner::Program,
        partner => partner,
    }
}

/// The partner of a link of a workbook, `program|topic`.
pub(super) fn of_link(link: &str) -> Partner {
    sure(of_formula(link))
}

/// The worst partner of the links of a formula, `program|topic!item`.
pub(super) fn of_formula(formula: &str) -> Partner {
    let partners = links(formula).map(|link| partner(link.program, link.topic));
    if let Some(worst) = partners.min() {
        return worst;
    }
    let formula = formula
        .trim()
        .trim_start_matches(['=', '+', '-', '@', '"', '\'', ' ', '\t', '(']);
    let Some((program, topic)) = formula.split_once('|') else {
        return Partner::Program;
    };
    // What stands in front of the program is another part of the formula.
    let program = program.rsplit(|c: char| "=+-*^&<>(),; ".contains(c));
    let program = program.into_iter().next().unwrap_or_default();
    partner(program.trim_matches(['\'', '"', ' ']), topic)
}

fn partner(program: &str, topic: &str) -> Partner {
    let named = |list: &[&str]| {
        let name = program.trim();
        let name = name.split_once('.').map_or(name, |(name, _)| name);
        list.iter().any(|one| name.eq_ignore_ascii_case(one))
    };
    // Office programs follow a path in the place of their name.
    if program.contains(['\\', '/', ':', '…']) || is_launcher(program) || runs(topic) {
        return Partner::Program;
    }
    if named(OFFICE) {
        Partner::Office
    } else if named(SERVERS) {
        Partner::Server
    } else {
        Partner::Unheard
    }
}

/// Whether a topic is a command and no document: it begins with a switch, climbs out of a folder, or names a program.
fn runs(topic: &str) -> bool {
    const SIGNS: &[&str] = &["system32", "syswow64", "http", "https"];
    let start = topic.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"'));
    let mut switch = start.chars();
    if matches!(switch.next(), Some('/' | '-')) && switch.next().is_some_and(char::is_alphabetic) {
        return true;
    }
    let mut pieces = topic.split(|c: char| c.is_whitespace() || "\\/!'\"|;&()[],.:".contains(c));
    topic.contains("..\\")
        || topic.contains("../")
        || topic.contains('…')
        || pieces.any(|piece| {
            is_launcher(piece) || SIGNS.iter().any(|sign| piece.eq_ignore_ascii_case(sign))
        })
        || topic
            .split(|c: char| c.is_whitespace() || "!'\"".contains(c))
            .any(|piece| ending(piece).runs())
}

/// The words of a field code: blanks part them, quotes hold them together, and a backslash takes
/// the special meaning of what follows (ECMA-376-1 17.16.1).
fn words(code: &str) -> impl Iterator<Item = String> {
    let mut rest = code.chars().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|c| c.is_whitespace()).is_some() {}
        rest.peek()?;
        let mut word = String::new();
        let mut quoted = false;
        while let Some(c) = rest.next() {
            match c {
                '"' | '“' | '”' => quoted = !quoted,
                '\\' if rest.peek().is_some_and(|next| matches!(next, '\\' | '"')) => {
                    word.extend(rest.next());
                }
                _ if c.is_whitespace() && !quoted => break,
                _ => word.push(c),
            }
        }
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_of_fields() {
        for (code, expected) in [
            (
                r#" DDEAUTO "c:\\windows\\system32\\cmd.exe" "/k x" "#,
                Partner::Program,
            ),
            (r#"DDE cmd "/c x""#, Partner::Program),
            (
                r#"ddeauto C:\\Programs\\MSOffice\\Word\\MSWord.exe\\..\\..\\..\\x.exe "a""#,
                Partner::Program,
            ),
            (
                r#"DDEAUTO excel "\\\\..\\..\\..\\Windows\\System32\\cmd.exe""#,
                Partner::Program,
            ),
            ("DDE unheard topic", Partner::Program),
            ("DDE", Partner::Program),
            ("… cmd", Partner::Unknown),
            (
                r#"DDE Excel.Sheet.12 "c:\\data\\book.xls" "Sheet1!R1C1""#,
                Partner::Office,
            ),
            (r#"DDEAUTO Excel "Sheet1" R1C1 \a \t"#, Partner::Office),
            (r#"DDEAUTO WinWord System"#, Partner::Office),
            ("DDEAUTO BLP topic item", Partner::Server),
        ] {
            assert_eq!(of_field(code), expected, "{code}");
        }
    }

    #[test]
    fn partners_of_formulas() {
        for (formula, expected) in [
            ("=cmd|'/c calc'!A0", Partner::Program),
            ("@SUM(1)*cmd|' /C x'!A0", Partner::Program),
            (
                "MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c x'!''",
                Partner::Program,
            ),
            ("Excel|'C:\\[book.xlsx]Sheet1'!R1C1", Partner::Office),
            ("=BLP|M!'IBM US Equity,[PX_LAST]'", Partner::Server),
            ("RSS|'9984.T'!x", Partner::Server),
            ("IF(A1,1+BLP|M!x)", Partner::Server),
            ("no bar", Partner::Program),
            ("=unheard|topic!item", Partner::Unheard),
            ("=unheard|'/c x'!A0", Partner::Program),
            ("=cmd|x!y", Partner::Program),
            ("=BLP|M!x+cmd|'/c x'!A0", Partner::Program),
        ] {
            assert_eq!(of_formula(formula), expected, "{formula}");
        }
    }
}
