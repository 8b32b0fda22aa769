use std::collections::BTreeSet;

use super::*;

#[test]
fn names_are_unique_and_the_whole_is_small() {
    let documents = documents();
    let names: BTreeSet<&str> = documents.iter().map(|document| document.name).collect();
    assert_eq!(names.len(), documents.len());
    assert!((25..=35).contains(&documents.len()), "{}", documents.len());
    let size: usize = documents.iter().map(|document| document.bytes.len()).sum();
    assert!(size < 600_000, "{size}");
}

#[test]
fn the_same_bytes_every_time() {
    for (first, second) in documents().iter().zip(documents()) {
        assert_eq!(first.bytes, second.bytes, "{}", first.name);
    }
}

#[test]
fn every_kind_of_package_is_there() {
    let documents = documents();
    for kind in Kind::ALL {
        let extension = format!(".{}", kind.extension());
        assert!(
            documents
                .iter()
                .any(|document| document.name.ends_with(&extension)),
            "{extension}"
        );
    }
}

/// The rule that keeps the corpus harmless, checked on the sources themselves.
#[test]
fn every_procedure_leaves_at_its_first_statement() {
    let text = include_str!("sources.rs");
    let mut lines = text.lines().peekable();
    let mut procedures = 0;
    while let Some(line) = lines.next() {
        let line = line.rsplit("r#\"").next().unwrap_or_default();
        let line = line.rsplit("r\"").next().unwrap_or_default();
        let words: Vec<&str> = line.split_whitespace().collect();
        let starts = words
            .iter()
            .any(|word| matches!(*word, "Sub" | "Function" | "Property"))
            && line.contains('(')
            && !line.contains("Declare");
        if starts && !line.starts_with("//") {
            procedures += 1;
            let next = lines.peek().unwrap().trim();
            assert!(next.starts_with("If Now > 0 Then Exit "), "{line}");
        }
    }
    assert_eq!(procedures, 23);
    for host in text.split("https://").skip(1) {
        assert!(host.starts_with("example.invalid/"));
    }
}

#[test]
fn sources_fit_their_code_pages() {
    for (code_page, sources) in [
        (
            932,
            &[
                sources::JAPANESE_NOTE,
                sources::JAPANESE_PRINT,
                sources::JAPANESE_OPEN,
                sources::JAPANESE_CHAIN,
            ][..],
        ),
        (936, &[sources::CHINESE_BEFORE_CLOSE]),
        (949, &[sources::KOREAN_CSV]),
        (1251, &[sources::RUSSIAN_NEW]),
    ] {
        for source in sources {
            assert!(
                !crate::encode(source, code_page).contains(&b'?'),
                "{source}"
            );
        }
    }
}
