//! Reading texts that code reads: ordinary files and their hostile twins.

#![allow(missing_docs, reason = "a bench")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::Scanner;
use macrosift_testkit::office::{Kind, Package, Twist, keeps};
use macrosift_testkit::ovba::{Module, Project};

/// A workbook whose code starts what is in one cell.
fn workbook(body: &str, twists: impl IntoIterator<Item = Twist>) -> Vec<u8> {
    let code = format!("Sub Auto_Open()\nIf Now > 0 Then Exit Sub\n{body}\nEnd Sub\n");
    let project = Project::new("Project").module(Module::standard("Module1", &code));
    let package = Package::new(Kind::Xlsm).vba(project.to_bin());
    twists.into_iter().fold(package, Package::twist).build()
}

fn reading(criterion: &mut Criterion) {
    let texts: Vec<String> = (0..100_000)
        .map(|number| format!("text {number}"))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let numbers: Vec<usize> = (0..texts.len()).collect();
    let full = || {
        [
            keeps::shared_strings(&texts),
            keeps::sheet(&keeps::shared_cells(&numbers)),
        ]
    };
    let row: String = (1..=1000).map(|_| "<c><v>1</v></c>").collect();
    let rows = format!("<row>{row}</row>").repeat(1000);
    let million = keeps::sheet(&format!("<sheetData>{rows}</sheetData>"));
    let each = "For Each c In ActiveSheet.UsedRange\ns = s & c.Value\nNext\nShell s";
    let mut group = criterion.benchmark_group("texts");
    group.sample_size(10);
    for (name, bytes) in [
        (
            "code that asks for nothing",
            workbook("Shell \"inert\"", full()),
        ),
        (
            "one cell of 100000",
            workbook("Shell Range(\"A7\")", full()),
        ),
        ("a loop over a million cells", workbook(each, [million])),
    ] {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        let scanner = Scanner::new();
        group.bench_function(name, |bencher| {
            bencher.iter(|| scanner.scan(black_box(&bytes)));
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
