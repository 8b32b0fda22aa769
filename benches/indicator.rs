//! Source text to findings: ordinary text, and its hostile twins.
//!
//! `MACROSIFT_SOURCES=folder cargo bench --bench indicator` measures the files below a folder too.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench")]

mod sources;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use macrosift::indicator::{Finding, Ioc, Matcher};
use macrosift::project::{Code, TextEncoding};
use macrosift::source::{Language, Source};
use macrosift::{Ledger, Limits};

/// What an office writes: declarations, loops, cells, strings and comments.
const ORDINARY: &str = "Attribute VB_Name = \"Report\"\r\n\
Option Explicit\r\n\
' Collects the figures of one month and writes them to the sheet of the year.\r\n\
Private Sub Collect(ByVal month As Integer, ByRef total As Double)\r\n\
    Dim row As Long, last As Long, sheet As Worksheet\r\n\
    Set sheet = ThisWorkbook.Worksheets(\"Figures\")\r\n\
    last = sheet.Cells(sheet.Rows.Count, 1).End(xlUp).Row\r\n\
    For row = 2 To last\r\n\
        If VBA.Month(sheet.Cells(row, 1).Value) = month Then\r\n\
            total = total + sheet.Cells(row, 4).Value * 1.08\r\n\
            sheet.Cells(row, 7).Interior.Color = RGB(255, 242, 204)\r\n\
        ElseIf sheet.Cells(row, 2).Text = \"\" Then\r\n\
            sheet.Range(\"A\" & row & \":G\" & row).ClearContents ' an empty line\r\n\
        End If\r\n\
    Next row\r\n\
    MsgBox \"The total of month \" & month & \" is \" & Format(total, \"#,##0.00\"), vbInformation\r\n\
End Sub\r\n";

fn texts() -> Vec<(String, Vec<String>)> {
    let size = 4 << 20;
    let repeat = |piece: &str| vec![piece.repeat(size / piece.len())];
    let mut texts = vec![
        ("ordinary".to_owned(), repeat(ORDINARY)),
        ("one-line".to_owned(), repeat("x = x & \"請求書\" + y: ")),
        ("only-hits".to_owned(), repeat("Shell CreateObject(x) ")),
        (
            "only-strings".to_owned(),
            repeat("\"mshta\" & \"http://a.b/\" & \"1.1.1.1\" & "),
        ),
        ("only-dots".to_owned(), repeat("1.1.1.")),
    ];
    if let Some(folders) = sources::read() {
        texts.push(("folder".to_owned(), folders.concat()));
    }
    texts
}

fn scan(matcher: &Matcher, texts: &[String]) -> (Vec<Finding>, Vec<Ioc>) {
    let (mut findings, mut iocs) = (Vec::new(), Vec::new());
    for text in texts {
        let mut ledger = Ledger::new(Limits::unbounded());
        let code = Code {
            bytes: text.as_bytes(),
            encoding: TextEncoding::Utf8,
            language: Language::Vba,
        };
        let source = Source::decode(&code, &mut ledger);
        matcher.scan(&source, 0, 0, &mut ledger, &mut findings, &mut iocs);
    }
    (findings, iocs)
}

fn indicator(c: &mut Criterion) {
    c.bench_function("indicator/build", |b| b.iter(Matcher::new));
    let matcher = Matcher::new();
    let mut group = c.benchmark_group("indicator/scan");
    group.sample_size(10);
    for (name, texts) in texts() {
        let bytes: usize = texts.iter().map(String::len).sum();
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_with_input(BenchmarkId::from_parameter(&name), &texts, |b, texts| {
            b.iter(|| black_box(scan(&matcher, texts)));
        });
    }
    group.finish();
}

criterion_group!(benches, indicator);
criterion_main!(benches);
