//! The run of a project with what is known of it: what an office writes, what hides a text, and
//! hostile twins.
//!
//! Each hostile program is there whole and at half its size: twice the time is linear work.
//! `MACROSIFT_SOURCES=folder cargo bench --bench eval` measures the files below a folder too, each
//! of its folders as a project.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench")]

mod sources;

use std::fmt::Write as _;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use macrosift::source::Language;
use macrosift::source::eval::{
    Argument, Bounds, Host, ModuleKind, Outcome, Program, Reply, Runner, Site, Value,
};
use macrosift::source::names::Symbol;

/// Knows nothing, and counts what it is asked.
#[derive(Default)]
struct Nobody {
    asked: usize,
    texts: usize,
}

impl Host for Nobody {
    fn name(&mut self, _: &Site<'_>, _: Symbol, _: bool, _: &[Argument]) -> Reply {
        self.asked += 1;
        Value::UNKNOWN.into()
    }

    fn member(&mut self, _: &Site<'_>, _: &Value, _: Symbol, _: bool, _: &[Argument]) -> Reply {
        self.asked += 1;
        Value::UNKNOWN.into()
    }

    fn assign(&mut self, _: &Site<'_>, _: &Value, _: Symbol, _: &[Argument], _: &Value) {
        self.asked += 1;
    }

    fn object(&mut self, _: &Site<'_>, _: Symbol, _: bool) -> Value {
        Value::UNKNOWN
    }

    fn declared(&mut self, _: &Site<'_>, _: u32, _: u32, _: &[Argument]) -> Value {
        Value::UNKNOWN
    }

    fn file(&mut self, _: &Site<'_>, _: Symbol, _: &[Argument]) {}

    fn evaluate(&mut self, _: &Site<'_>, _: &str) -> Value {
        Value::UNKNOWN
    }

    fn text(&mut self, _: &Site<'_>, _: &Value) {
        self.texts += 1;
    }

    fn unread(&mut self, _: &Site<'_>, _: &str) {}
}

fn program(texts: &[String]) -> Program<'_> {
    let modules = texts.iter().zip(1..).map(|(text, number)| {
        let name = format!("Module{number}");
        (name, ModuleKind::Standard, text.as_str())
    });
    Program::read(modules, Language::Vba, Vec::new())
}

fn size(program: &Program<'_>) -> u64 {
    program
        .units
        .iter()
        .map(|unit| unit.text.len() as u64)
        .sum()
}

fn ran(program: &Program<'_>) -> (Nobody, Outcome) {
    let mut host = Nobody::default();
    let mut bounds = Bounds {
        steps: 2_000_000 + 4 * size(program),
        bytes: 32 << 20,
    };
    let outcome = Runner::new(program).run(&[], &mut host, &mut bounds);
    (host, outcome)
}

/// Loops over cells, conditions, members and calls of each other.
fn ordinary() -> Vec<String> {
    let module = |module: usize| {
        let mut text = String::new();
        for number in 0..64 {
            let _ = write!(
                text,
                "Private Function Collect{number}(ByVal month As Integer, cells As Range) As Double
    Dim row As Long, last As Long
    On Error GoTo Failed
    last = cells.Cells(cells.Rows.Count, 1).End(xlUp).Row
    For row = 2 To last
        If VBA.Month(cells.Cells(row, 1).Value) = month And Not IsEmpty(cells) Then
            Collect{number} = Collect{number} + cells.Cells(row, 4).Value * 1.08
        ElseIf cells.Cells(row, 2).Text = \"\" Then
            cells.Range(\"A\" & row & \":G\" & row).ClearContents
        End If
    Next row
    Exit Function
Failed:
    MsgBox \"No. \" & month & \" is missing: \" & Err.Description, vbExclamation
End Function

Sub Fill{module}x{number}()
    With Worksheets(\"Total\")
        .Range(\"B2\").Value = Collect{number}(1, .Range(\"A1:G99\"))
        .Range(\"B3\").Interior.Color = vbYellow
        .Cells({number}, 4).FormulaR1C1 = \"=SUM(R[-1]C:R[-9]C)\"
    End With
End Sub
"
            );
        }
        text
    };
    (0..16).map(module).collect()
}

/// A text of 4096 characters, of pairs of hexadecimal digits, by a function for each part.
fn decoder() -> Vec<String> {
    let digits = "696E657274".repeat(16);
    let mut text = String::from(
        "Function D(s)
    For i = 1 To Len(s) Step 2
        D = D & Chr(CLng(\"&H\" & Mid(s, i, 2)))
    Next
End Function
Sub Main()
",
    );
    for _ in 0..52 {
        let _ = writeln!(text, "    t = t & D(\"{digits}\")");
    }
    text.push_str("    Act t\nEnd Sub\n");
    vec![text]
}

/// Programs that cost what is not bounded, as `(name, text of that many pieces, pieces)`.
type Hostile = (&'static str, fn(usize) -> String, usize);

fn main_of(body: &str) -> String {
    format!("Sub Main()\n{body}\nEnd Sub\n")
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

const HOSTILE: [Hostile; 12] = [
    (
        "conditions within conditions",
        |n| main_of(&("If x Then\n".repeat(n) + &"End If\n".repeat(n))),
        50_000,
    ),
    (
        "loops within loops",
        |n| {
            let rounds = "For i = 1 To 9\n".repeat(n);
            main_of(&(rounds + "s = s & \"x\"\n" + &"Next\n".repeat(n)))
        },
        50_000,
    ),
    (
        "loops without end within loops",
        |n| main_of(&("Do\ns = s & \"x\"\n".repeat(n) + &"Loop\n".repeat(n))),
        50_000,
    ),
    (
        "loops without end",
        |n| main_of(&"Do\ns = s & \"x\"\nLoop\n".repeat(n)),
        50_000,
    ),
    (
        "jumps backward",
        |n| {
            main_of(&numbered(n, |k| {
                format!("L{k}:\nGoTo L{}\n", k.saturating_sub(1))
            }))
        },
        50_000,
    ),
    (
        "calls that double",
        |n| {
            numbered(n, |k| {
                let next = k + 1;
                format!("Function F{k}(n)\nF{k} = F{next}(n) & F{next}(n)\nEnd Function\n")
            })
        },
        20_000,
    ),
    (
        "constants of constants",
        |n| numbered(n, |k| format!("Const C{k} = C{} & \"y\"\n", k + 1)) + &main_of("Act C0"),
        50_000,
    ),
    (
        "variables of a procedure that calls itself",
        |n| {
            let variables = numbered(n, |k| format!("Dim v{k}\n"));
            format!("Function F(n)\n{variables}F = F(n + 1) & \"x\"\nEnd Function\n")
                + &main_of("F 1")
        },
        50_000,
    ),
    (
        "exits without a loop",
        |n| main_of(&("With x\n".repeat(n) + &"Exit Do\n".repeat(n))),
        50_000,
    ),
    (
        "branches not compiled in a loop",
        |n| {
            let branch = "#If False Then\nA\n#End If\n".repeat(n);
            main_of(&format!(
                "For i = 1 To 99999\n{branch}s = s & \"x\"\nNext\n"
            ))
        },
        30_000,
    ),
    (
        "events of many listeners",
        |n| {
            let listeners = numbered(n, |k| format!("Private WithEvents w{k} As Module1\n"));
            format!("Event E\n{listeners}") + &main_of(&"RaiseEvent E\n".repeat(n))
        },
        30_000,
    ),
    (
        "a text that doubles",
        |n| main_of(&"s = s & s & \"x\"\n".repeat(n)),
        60_000,
    ),
];

fn friendly(c: &mut Criterion) {
    assert_eq!(ran(&program(&decoder())).0.texts, 2);
    let mut sets = vec![("ordinary", vec![ordinary()]), ("decoder", vec![decoder()])];
    if let Some(projects) = sources::read() {
        sets.push(("folder", projects));
    }
    let mut group = c.benchmark_group("eval");
    for (name, projects) in sets {
        let programs: Vec<Program<'_>> = projects.iter().map(|texts| program(texts)).collect();
        group.throughput(Throughput::Bytes(programs.iter().map(size).sum()));
        group.bench_function(name, |b| {
            b.iter(|| {
                programs
                    .iter()
                    .map(|program| ran(program).0.asked)
                    .sum::<usize>()
            });
        });
    }
    group.finish();
}

fn hostile(c: &mut Criterion) {
    let mut group = c.benchmark_group("eval hostile");
    group.sample_size(10);
    for (name, make, pieces) in HOSTILE {
        for (size, pieces) in [("half", pieces / 2), ("whole", pieces)] {
            let texts = [make(pieces)];
            let program = program(&texts);
            group.throughput(Throughput::Bytes(
                texts.iter().map(|text| text.len() as u64).sum(),
            ));
            group.bench_with_input(BenchmarkId::new(name, size), &program, |b, program| {
                b.iter(|| ran(program).1.edges.len());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, friendly, hostile);
criterion_main!(benches);
