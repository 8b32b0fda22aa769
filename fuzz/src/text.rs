//! Source text: findings stand where they say, and the automaton finds what a naive search does.

use std::sync::LazyLock;

use macrosift::indicator::{Context, Finding, Matcher, Role};
use macrosift::project::{Code, Language, TextEncoding, plain};
use macrosift::source::{Source, lex};
use macrosift::{Ledger, Limits};

static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::new);

/// The target.
pub fn text(data: &[u8]) {
    for name in [None, Some("a.vbs"), Some("a.bas")] {
        if let Some((code, _)) = plain::plain_source(data, name) {
            search(&code);
        }
    }
    for (encoding, language) in [
        (TextEncoding::Utf8, Language::Vba),
        (TextEncoding::Utf8, Language::VbScript),
        (TextEncoding::CodePage(932), Language::Vba),
        (TextEncoding::Utf16Le, Language::Vba),
    ] {
        search(&Code {
            bytes: data,
            encoding,
            language,
        });
    }
}

fn search(code: &Code<'_>) {
    let mut ledger = Ledger::new(Limits::unbounded());
    let source = Source::decode(code, &mut ledger);
    let (mut findings, mut iocs) = (Vec::new(), Vec::new());
    MATCHER.scan(&source, 3, 5, &mut ledger, &mut findings, &mut iocs);
    let lines = lines(source.text());
    for finding in &findings {
        assert_eq!((finding.layer, finding.module), (3, Some(5)));
        assert!((1..=5).contains(&finding.level));
        let found = at(&lines, finding.line, finding.column);
        assert!(
            found.is_some_and(|found| found.starts_with(&finding.text)),
            "{} at {}:{} is {:?}, not {:?}",
            finding.rule.id,
            finding.line,
            finding.column,
            found.map(|found| found.chars().take(40).collect::<String>()),
            finding.text
        );
    }
    for ioc in &iocs {
        assert!(ioc.line >= 1 && ioc.line as usize <= lines.len(), "{ioc:?}");
        assert!(!ioc.value.is_empty());
    }
    assert!(ledger.gaps().is_empty());
    compare(source.text(), &findings);
}

/// Each line with all that follows it, so that what spans lines is found.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = vec![text];
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        let ends = bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        if ends {
            lines.push(&text[at + 1..]);
        }
    }
    lines
}

fn at<'t>(lines: &[&'t str], line: u32, column: u32) -> Option<&'t str> {
    let line = lines.get((line as usize).checked_sub(1)?)?;
    let column = (column as usize).checked_sub(1)?;
    let (at, _) = line.char_indices().nth(column)?;
    Some(&line[at..])
}

/// For rules that only ask for a word, wherever it stands, and whose mentions are kept too.
fn compare(text: &str, findings: &[Finding]) {
    let lower = text.to_ascii_lowercase();
    // Attribute lines do not count; that is told elsewhere.
    if lower.contains("attribute") {
        return;
    }
    for rule in MATCHER.rules() {
        let words = !rule.patterns.is_empty()
            && rule.patterns.iter().all(|one| one.context == Context::Word);
        if !words || rule.role == Role::Note {
            continue;
        }
        let naive = rule.patterns.iter().any(|pattern| {
            let word = pattern.text.to_ascii_lowercase();
            lower.match_indices(&word).any(|(start, _)| {
                let end = start + word.len();
                let before = lex::word_at(&word, 0) && lex::word_before(text, start);
                let after = lex::word_before(&word, word.len()) && lex::word_at(text, end);
                !before && !after
            })
        });
        let ours = findings.iter().any(|finding| finding.rule.id == rule.id);
        assert_eq!(ours, naive, "{}", rule.id);
    }
}
