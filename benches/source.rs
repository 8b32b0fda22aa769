//! Source text to tokens and syntax: what an office writes, and hostile twins.
//!
//! Each hostile text is there whole and at half its size: twice the time is linear work.
//! `MACROSIFT_SOURCES=folder cargo bench --bench source` measures the files below a folder too.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench")]

mod sources;

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use macrosift::source::syntax::{Statement, Syntax};
use macrosift::source::token::Tokens;
use macrosift::source::{Language, words};

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;

const NOUNS: [&str; 12] = [
    "Customer",
    "Invoice",
    "total",
    "row",
    "wsSheet",
    "Report",
    "unitPrice",
    "i",
    "lastRow",
    "rng",
    "strName",
    "blnFound",
];

/// What a recorder writes: members, constants, no variables.
fn recorded(text: &mut String, name: &str, number: usize) {
    let _ = write!(
        text,
        "Sub Macro{number}()\r\n'\r\n' Macro{number} Macro\r\n'\r\n\
         \x20   Sheets(\"{name}\").Select\r\n\
         \x20   Range(\"A{number}:G{number}\").Select\r\n\
         \x20   With Selection.Interior\r\n\
         \x20       .Pattern = xlSolid\r\n\
         \x20       .PatternColorIndex = xlAutomatic\r\n\
         \x20       .Color = {number}\r\n\
         \x20   End With\r\n\
         \x20   ActiveCell.FormulaR1C1 = \"=SUM(R[-{number}]C:R[-1]C)\"\r\n\
         \x20   ActiveWorkbook.Worksheets(\"{name}\").Sort.SortFields.Add Key:=Range( _\r\n\
         \x20       \"A{number}\"), SortOn:=xlSortOnValues, Order:=xlAscending\r\n\
         End Sub\r\n\r\n"
    );
}

/// What is written by hand: declarations, loops, comments.
fn written(text: &mut String, name: &str, number: usize) {
    let _ = write!(
        text,
        "' Collects the figures of one {name} and writes them to the sheet of the year.\r\n\
         Private Function Collect{name}{number}(ByVal month As Integer, {name} As Range) As Double\r\n\
         \x20   Dim {name}Row As Long, last{number} As Long\r\n\
         \x20   On Error GoTo Failed\r\n\
         \x20   last{number} = {name}.Cells({name}.Rows.Count, 1).End(xlUp).Row\r\n\
         \x20   For {name}Row = 2 To last{number}\r\n\
         \x20       If VBA.month({name}.Cells({name}Row, 1).Value) = month And Not IsEmpty({name}) Then\r\n\
         \x20           Collect{name}{number} = Collect{name}{number} + {name}.Cells({name}Row, 4).Value * 1.08\r\n\
         \x20       ElseIf {name}.Cells({name}Row, 2).Text = \"\" Then\r\n\
         \x20           {name}.Range(\"A\" & {name}Row & \":G\" & {name}Row).ClearContents ' an empty line\r\n\
         \x20       End If\r\n\
         \x20   Next {name}Row\r\n\
         \x20   Exit Function\r\n\
         Failed:\r\n\
         \x20   MsgBox \"No. \" & {number} & \" of {name} is missing: \" & Err.Description, vbExclamation\r\n\
         End Function\r\n\r\n"
    );
}

/// What a programmer writes: classes, cases, declarations of libraries.
fn designed(text: &mut String, name: &str, number: usize) {
    let _ = write!(
        text,
        "#If VBA7 Then\r\n\
         Private Declare PtrSafe Function Get{name}{number} Lib \"user32\" (ByVal handle As LongPtr) As Long\r\n\
         #End If\r\n\
         Public Property Get {name}{number}() As Collection\r\n\
         \x20   If m{name}{number} Is Nothing Then Set m{name}{number} = New Collection\r\n\
         \x20   Set {name}{number} = m{name}{number}\r\n\
         End Property\r\n\
         Friend Sub Apply{name}{number}(Optional ByVal mode As String = \"none\")\r\n\
         \x20   Select Case LCase$(mode)\r\n\
         \x20       Case \"none\", \"off\": Exit Sub\r\n\
         \x20       Case Else\r\n\
         \x20           Dim item As Variant\r\n\
         \x20           For Each item In Me.{name}{number}\r\n\
         \x20               RaiseEvent Applied(item, {number})\r\n\
         \x20               Debug.Print item.Name; Tab(20); Format$(item.Value, \"#,##0.00\")\r\n\
         \x20           Next\r\n\
         \x20   End Select\r\n\
         End Sub\r\n\r\n"
    );
}

/// The modules of a project.
fn ordinary() -> Vec<String> {
    let mut number = 0;
    let mut module = || {
        let mut text = String::from("Attribute VB_Name = \"Module1\"\r\nOption Explicit\r\n");
        while text.len() < 64 * KIB {
            for name in NOUNS {
                number += 1;
                match number % 3 {
                    0 => recorded(&mut text, name, number % 100),
                    1 => written(&mut text, name, number % 100),
                    _ => designed(&mut text, name, number % 100),
                }
            }
        }
        text
    };
    (0..32).map(|_| module()).collect()
}

/// Texts that cost what is not bounded, as `(name, text of that many pieces, pieces)`.
type Hostile = (&'static str, fn(usize) -> String, usize);

const HOSTILE: [Hostile; 10] = [
    (
        "continued lines",
        |n| format!("x = 1{} + 2", " _\n".repeat(n)),
        1_000_000,
    ),
    (
        "nested parentheses",
        |n| format!("x = {}1{}", "(".repeat(n), ")".repeat(n)),
        65_536,
    ),
    (
        "nested calls",
        |n| format!("x = {}", "f(".repeat(n)),
        250_000,
    ),
    ("one literal", |n| format!("x = \"{}\"", "a".repeat(n)), MIB),
    ("one name", |n| format!("{} = 1", "a".repeat(n)), MIB),
    ("procedures", |n| "Sub a()\nEnd Sub\n".repeat(n), 100_000),
    (
        "joined terms",
        |n| format!("x = a{}", " & a".repeat(n)),
        100_000,
    ),
    (
        "blocks that end crosswise",
        |n| "If a Then\n".repeat(n) + &"Next\n".repeat(n),
        100_000,
    ),
    ("brackets without end", |n| "[\"".repeat(n), 500_000),
    (
        "branches of branches",
        |n| "#If a Then\n".repeat(n) + &"If b Then\n".repeat(n) + &"#Else\n#End If\n".repeat(n),
        50_000,
    ),
];

fn parse(text: &str) -> Syntax {
    Syntax::read(text, Language::Vba, &mut words::names())
}

fn unread(syntax: &Syntax) -> usize {
    let is_unread = |one: &&Statement| matches!(one, Statement::Unread(_));
    syntax.unread.len() + syntax.statements.iter().filter(is_unread).count()
}

fn friendly(c: &mut Criterion) {
    let modules = ordinary();
    assert!(modules.iter().all(|text| unread(&parse(text)) == 0));
    let mut texts = vec![("ordinary", modules)];
    if let Some(folders) = sources::read() {
        texts.push(("folder", folders.concat()));
    }
    for (name, texts) in texts {
        let bytes: usize = texts.iter().map(String::len).sum();
        let mut group = c.benchmark_group("source");
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(BenchmarkId::new("tokens", name), |b| {
            let count = |text: &String| Tokens::new(text, Language::Vba).count();
            b.iter(|| texts.iter().map(count).sum::<usize>());
        });
        group.bench_function(BenchmarkId::new("syntax", name), |b| {
            b.iter(|| {
                texts
                    .iter()
                    .map(|text| parse(text).ops.len())
                    .sum::<usize>()
            });
        });
        group.finish();
    }
}

fn hostile(c: &mut Criterion) {
    let mut group = c.benchmark_group("source hostile");
    group.sample_size(10);
    for (name, make, pieces) in HOSTILE {
        for (size, pieces) in [("half", pieces / 2), ("whole", pieces)] {
            let text = make(pieces);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(name, size), &text, |b, text| {
                b.iter(|| black_box(parse(text)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, friendly, hostile);
criterion_main!(benches);
