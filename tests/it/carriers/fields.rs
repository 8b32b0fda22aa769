//! Fields and links that start programs.

use macrosift::Verdict;
use macrosift_testkit::cfb::Builder;
use macrosift_testkit::office::{Doc, Link, Story, Xls};

use super::Row;

/// What a program that is started comes to.
const HELD: Verdict = Verdict::Malicious;

fn field(code: &str) -> String {
    format!("\u{13} {code} \u{14}INERT\u{15}\r")
}

fn is_dde(doc: &Doc, target: &str) {
    let report = macrosift::Scanner::new().scan(&doc.build());
    assert_eq!(report.verdict(), HELD, "{:#?}", report.reasons());
    let found = report.findings().iter().find(|one| one.text == target);
    assert!(found.is_some(), "{:?}", report.findings());
}

#[test]
fn l08_doc_dde_in_every_story() {
    for story in [
        Story::Main,
        Story::Footnotes,
        Story::Headers,
        Story::Comments,
        Story::Endnotes,
        Story::TextBoxes,
    ] {
        let code = "DDEAUTO inert \"/c inert\"";
        is_dde(&Doc::new().text(story, &field(code)), code);
    }
    let doc = Doc::new().text(Story::Headers, &field("DDE inert x"));
    Row::new(doc.build(), HELD).rules(&["dde.field"]).check();
}

#[test]
fn l08_doc_dde_cut_into_pieces() {
    let code = "DDEAUTO \"inert\" \"/c 請求書\"";
    for length in [1, 2, 3, 7] {
        let doc = Doc::new().text(Story::Main, &field(code));
        is_dde(&doc.pieces_of(length), code);
    }
}

#[test]
fn l08_doc_dde_made_by_quote() {
    let code = field("\u{13} QUOTE 68 68 69 32 105 110 101 114 116 \u{14}x\u{15} \"/c inert\"");
    is_dde(
        &Doc::new().text(Story::Headers, &code),
        "DDE inert \"/c inert\"",
    );
}

#[test]
fn l08_doc_keyword_from_a_property() {
    let code = field("\u{13} DOCPROPERTY a \u{14}PAGE\u{15} inert \"/c inert\"");
    let doc = Doc::new().text(Story::Main, &code);
    Row::new(doc.build(), HELD).check();
}

#[test]
fn l08_doc_dde_outside_the_pieces() {
    let mut document = vec![0xEC, 0xA5, 0xC1, 0];
    document.resize(4096, 0);
    document.extend(b"\x13 DDEAUTO inert \"/c inert\" \x14");
    let mut file = Builder::new();
    file.stream("WordDocument", document);
    let report = macrosift::Scanner::new().scan(&file.build());
    assert_eq!(report.verdict(), HELD);
}

#[test]
fn l08_doc_template_and_included_files() {
    for (doc, target) in [
        (
            Doc::new().template("http://example.invalid/inert.dot"),
            "hxxp://example.invalid/inert.dot",
        ),
        (
            Doc::new().text(
                Story::Main,
                &field(r"INCLUDETEXT \\\\example.invalid\\share\\inert.doc"),
            ),
            r"\\example.invalid\share\inert.doc",
        ),
        (
            Doc::new().text(
                Story::Main,
                &field("INCLUDEPICTURE \"http://example.invalid/inert.png\" \\d"),
            ),
            "hxxp://example.invalid/inert.png",
        ),
    ] {
        let report = macrosift::Scanner::new().scan(&doc.build());
        assert!(
            report.findings().iter().any(|one| one.text == target),
            "{target}"
        );
    }
}

#[test]
fn l08_doc_ordinary_fields() {
    let text = [
        field("PAGE"),
        field("DATE \\@ \"yyyy\""),
        field("IF \u{13} NUMPAGES \u{14}1\u{15} > 1 \"DDE\" \"inert\""),
        field("TOC \\o \"1-3\""),
    ];
    let doc = Doc::new().text(Story::Main, &text.concat());
    Row::new(doc.build(), Verdict::Clean).check();
}

#[test]
fn l09_biff_dde_link() {
    let link = Link::Dde("inert".into(), "'/c 請求書'".into());
    let report = Row::new(Xls::new().link(link).build(), HELD).check();
    let found = report.findings().iter();
    assert_eq!(
        found.map(|one| one.text.as_str()).collect::<Vec<_>>(),
        ["inert|'/c 請求書'"]
    );
}

#[test]
fn l09_biff_object_link() {
    let link = Link::Object("Package".into(), r"\\example.invalid\inert.exe".into());
    let report = Row::new(Xls::new().link(link).build(), Verdict::Suspicious).check();
    assert_eq!(report.findings()[0].text, r"\\example.invalid\inert.exe");
}

#[test]
fn l06_biff_workbooks_queries_and_addresses() {
    let xls = Xls::new()
        .link(Link::Workbook("\u{1}@example.invalid\u{3}inert.xls".into()))
        .link(Link::Query("URL;http://example.invalid/inert".into()))
        .link(Link::Hyperlink("http://example.invalid/".into()));
    let report = macrosift::Scanner::new().scan(&xls.build());
    let found: Vec<_> = report.findings().iter().map(|one| &*one.text).collect();
    assert_eq!(
        found,
        [
            r"\\example.invalid\inert.xls",
            "URL;hxxp://example.invalid/inert"
        ]
    );
    let addresses: Vec<_> = report.iocs().iter().map(|one| &*one.value).collect();
    assert!(
        addresses.contains(&"hxxp://example[.]invalid/"),
        "{addresses:?}"
    );
}

/// Pieces that all are the same text, or fields that never end, cost what the limits allow.
#[test]
fn hostile_fields() {
    let open = "\u{13} IF ".repeat(100_000);
    let ends = format!("{}{}", "\u{13}".repeat(50_000), "\u{15}".repeat(50_000));
    let many = field("DDE inert x").repeat(20_000);
    for text in [open, ends, many] {
        for cut in [0, 1] {
            let doc = Doc::new().text(Story::Main, &text).pieces_of(cut);
            let started = std::time::Instant::now();
            let report = macrosift::Scanner::new().scan(&doc.build());
            assert!(
                report.verdict() >= Verdict::Unscannable,
                "{:?}",
                report.reasons()
            );
            assert!(started.elapsed().as_secs() < 20);
        }
    }
}
