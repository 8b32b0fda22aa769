//! Macros of before VBA projects.

use macrosift::report::Coverage;
use macrosift::{Report, Scanner, Verdict};
use macrosift_testkit::cfb::Builder;
use macrosift_testkit::office::{Kind, Package, SheetKind, Twist, Xls};
use macrosift_testkit::old_macros::{Tokens, Word6};

use super::Row;

const SHELL: u16 = 0x802D;
const MACRO_COPY: u16 = 0x80C2;
const MSG_BOX: u16 = 0x802B;
const COMMA: u8 = 0x12;

fn shell() -> Vec<u8> {
    Tokens::main().command(SHELL).text(b"cmd /c inert").end()
}

fn scan(bytes: &[u8]) -> Report {
    Scanner::builder().keep_source(true).build().scan(bytes)
}

#[test]
fn v17_word_6_without_macros() {
    Row::new(Word6::new().build(), Verdict::Clean).check();
    Row::new(Word6::new().japanese().build(), Verdict::Clean).check();
}

#[test]
fn v17_word_6_auto_open_starts_a_program() {
    for key in [0, 0x5A] {
        let document = Word6::new().word_macro("AutoOpen", &shell(), key);
        let report = Row::new(document.build(), Verdict::Malicious).check();
        assert_eq!(report.modules()[0].language, "wordbasic");
    }
}

#[test]
fn v17_word_6_macro_of_a_command() {
    let document = Word6::new().word_macro("FileSaveAs", &shell(), 7);
    let report = scan(&document.build());
    assert!(
        report.verdict() >= Verdict::Suspicious,
        "{:#?}",
        report.reasons()
    );
}

#[test]
fn v17_word_6_macro_that_copies_itself() {
    let tokens = Tokens::main()
        .command(MACRO_COPY)
        .text(b"inert:AutoOpen")
        .sign(COMMA)
        .text(b"Global:AutoOpen")
        .end();
    let report = scan(&Word6::new().word_macro("AutoOpen", &tokens, 0x21).build());
    assert!(
        report.verdict() >= Verdict::Suspicious,
        "{:#?}",
        report.reasons()
    );
    let source = report.modules()[0].source.clone().unwrap();
    assert!(
        source.contains("WordBasic.MacroCopy \"inert:AutoOpen\", \"Global:AutoOpen\""),
        "{source}"
    );
}

#[test]
fn v17_word_6_in_japanese() {
    let tokens = Tokens::main()
        .command(MSG_BOX)
        .text(b"\x90\xbf\x8b\x81\x8f\x91")
        .end();
    let document = Word6::new().japanese().word_macro("\u{0}", &tokens, 0);
    let document = document.word_macro("Kakunin", &tokens, 3);
    let report = scan(&document.build());
    assert_eq!(
        report.coverage(),
        Coverage::Complete,
        "{:#?}",
        report.uninspected()
    );
    assert_eq!(report.verdict(), Verdict::Macro);
    assert!(
        report.modules()[1]
            .source
            .as_ref()
            .unwrap()
            .contains("MsgBox \"請求書\"")
    );
}

#[test]
fn v17_word_6_what_is_not_known() {
    let unknown = Tokens::main().command(0x7FFF).end();
    for document in [
        Word6::new().word_macro("AutoOpen", &unknown, 0),
        Word6::new().word_macro("AutoOpen", &shell(), 0).cut_table(),
        Word6::new().word_macro("Inert", b"\x64\xEE", 9),
    ] {
        Row::new(document.build(), Verdict::Suspicious)
            .coverage(Coverage::Partial)
            .check();
    }
}

#[test]
fn v17_word_6_hostile_tables() {
    let many = (0..20_000).fold(Word6::new(), |document, _| {
        document.word_macro("a", b"\x6E\xFF\x67\x0D\x81", 0)
    });
    let report = scan(&many.build());
    assert!(report.verdict() >= Verdict::Macro);
}

#[test]
fn v17_excel_5_module() {
    let record = |kind: u16, body: &[u8]| {
        [
            &kind.to_le_bytes()[..],
            &(body.len() as u16).to_le_bytes(),
            body,
        ]
        .concat()
    };
    let bof = |kind: u8| record(0x0809, &[0, 5, kind, 0, 0, 0, 0, 0]);
    let mut book = [
        bof(5),
        record(0x0085, &[0, 0, 0, 0, 0, 6, 1, b'M']),
        record(0x000A, &[]),
    ]
    .concat();
    book.extend([bof(6), record(0x000A, &[])].concat());
    let mut file = Builder::new();
    book.resize(4096, 0);
    file.stream("Book", book);
    Row::new(file.build(), Verdict::Suspicious)
        .coverage(Coverage::Partial)
        .check();
}

/// Beside the list of modules each module is a stream.
#[test]
fn v17_excel_5_project() {
    let mut list = b"\xCC\x61\x04\0".to_vec();
    list.resize(200, 0);
    let mut file = Builder::new();
    file.stream(
        "Workbook",
        b"\x09\x08\x08\0\0\x06\x05\0\0\0\0\0\x0A\0\0\0".to_vec(),
    )
    .stream("_VBA_PROJECT/dir", list);
    Row::new(file.build(), Verdict::Clean).check();
    file.stream("_VBA_PROJECT/Module1", b"inert".repeat(20));
    let report = scan(&file.build());
    assert_eq!(report.verdict(), Verdict::Suspicious);
}

#[test]
fn m01_macro_sheet_in_biff() {
    for kind in [SheetKind::MacroSheet, SheetKind::MacroSheetLied] {
        let book = Xls::new().sheet("Macro1", kind, 2).auto_open();
        Row::new(book.build(), Verdict::Suspicious)
            .coverage(Coverage::Partial)
            .says("Excel 4.0")
            .check();
    }
}

#[test]
fn m03_macro_sheet_in_a_package() {
    let package = Package::new(Kind::Xlsm).twist(Twist::MacroSheet(vec!["HALT()".to_owned()]));
    Row::new(package.build(), Verdict::Suspicious)
        .coverage(Coverage::Partial)
        .says("Excel 4.0")
        .check();
}

#[test]
fn m05_macro_sheet_without_a_container() {
    let end = b"\x0A\0\0\0";
    let first = [&b"\x09\x04\x06\0\0\0\x40\0\0\0"[..], end].concat();
    let second = [&b"\x09\x08\x08\0\0\x05\x05\0\0\0\0\0"[..], end].concat();
    let second = [&second[..], b"\x09\x08\x08\0\0\x05\x40\0\0\0\0\0", end].concat();
    for bytes in [first, second] {
        let report = scan(&bytes);
        assert_eq!(report.format(), "xls");
        assert_eq!(
            report.verdict(),
            Verdict::Suspicious,
            "{:?}",
            report.reasons()
        );
    }
    let sheet = [&b"\x09\x04\x06\0\0\0\x10\0\0\0"[..], end].concat();
    assert_eq!(scan(&sheet).verdict(), Verdict::Unscannable);
}
