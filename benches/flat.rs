//! Reading documents of one XML file: ordinary ones and their hostile twins.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench that fails should stop, and criterion's macro makes undocumented items"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::{Scanner, Scratch, Verdict};
use macrosift_testkit::flat::{Encoding, Package, bin_data, excel_2003, word_2003};
use macrosift_testkit::ovba::{Module, Project};

fn reading(c: &mut Criterion) {
    let source = "Sub Work()\r\nIf Now > 0 Then Exit Sub\r\nEnd Sub\r\n".repeat(200);
    let project = Project::new("Inert").module(Module::standard("Module1", &source));
    let project = project.to_bin();
    let text = "<w:p><w:r><w:t>INERT TEST DOCUMENT</w:t></w:r></w:p>".repeat(5_000);
    let cells = "<Cell ss:Formula=\"=SUM(R[-1]C:RC[2])\"><Data ss:Type=\"Number\">1</Data></Cell>"
        .repeat(5_000);
    let scanner = Scanner::new();
    let mut scratch = Scratch::new();
    let mut group = c.benchmark_group("flat");
    for (name, xml, macros) in [
        ("package", Package::with_macros(&project).xml(), true),
        ("word", word_2003(true, &bin_data(&project), &text), true),
        ("excel", excel_2003("", &cells), false),
    ] {
        for (kind, data) in [
            ("UTF-8", Encoding::Utf8.encode(&xml)),
            ("UTF-16", Encoding::Utf16Le.encode(&xml)),
        ] {
            group.throughput(Throughput::Bytes(data.len() as u64));
            group.bench_function(format!("{name} in {kind}"), |b| {
                b.iter(|| {
                    let report = scanner.scan_with(&mut scratch, black_box(&data), None);
                    assert_eq!(!report.modules().is_empty(), macros);
                });
            });
        }
    }
    let ordinary = format!(
        "<?xml version=\"1.0\"?><a>{}</a>",
        "<b c=\"d\">text</b>".repeat(50_000)
    );
    group.throughput(Throughput::Bytes(ordinary.len() as u64));
    group.bench_function("XML of no concern", |b| {
        b.iter(|| {
            let report = scanner.scan_with(&mut scratch, black_box(ordinary.as_bytes()), None);
            assert_eq!(report.verdict(), Verdict::Other);
        });
    });
    group.finish();
}

fn hostile(c: &mut Criterion) {
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=''")).collect();
    let parts: String = (0..100_000)
        .map(|n| format!("<part name='/{n}' contentType='x/y'><xmlData><a/></xmlData></part>"))
        .collect();
    let scanner = Scanner::new();
    let mut group = c.benchmark_group("hostile flat");
    group.sample_size(10);
    for (name, xml) in [
        ("1M attributes", format!("<wordDocument{attributes}/>")),
        (
            "100k parts",
            format!("<package xmlns='xmlPackage'>{parts}</package>"),
        ),
        (
            "64 MiB of zeros in base64",
            format!(
                "<wordDocument><binData>{}</binData></wordDocument>",
                "A".repeat(64 << 20)
            ),
        ),
        (
            "1M open elements",
            format!("<wordDocument>{}", "<a>".repeat(1_000_000)),
        ),
    ] {
        let data = format!("<?xml version='1.0'?>{xml}");
        group.throughput(Throughput::Bytes(data.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| scanner.scan(black_box(data.as_bytes())).verdict());
        });
    }
    group.finish();
}

criterion_group!(benches, reading, hostile);
criterion_main!(benches);
