//! Reading archived web pages and ActiveMime: an ordinary file and its hostile twins.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a bench that fails should stop, and criterion's macro makes undocumented items"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::container::mime;
use macrosift::{Ledger, Limits, Scanner, Scratch};
use macrosift_testkit::mime::{Archive, Part, base64, in_pdf};
use macrosift_testkit::ovba::{Module, Project};

fn project() -> Vec<u8> {
    let source = "Sub Work()\r\nIf Now > 0 Then Exit Sub\r\nEnd Sub\r\n".repeat(200);
    let project = Project::new("Inert").module(Module::standard("Module1", &source));
    project.to_bin()
}

/// A page with macros and twenty pictures of 100 kB.
fn archive() -> Archive {
    let mut archive = Archive::of_word(&project());
    let picture: Vec<u8> = b"\x89PNG\r\n\x1a\n"
        .iter()
        .copied()
        .chain((0..100_000_u32).map(|n| (n.wrapping_mul(n) >> 7) as u8))
        .collect();
    for number in 0..20 {
        archive.parts.push(Part::new(
            "image/png",
            "base64",
            &format!("file:///C:/inert/image{number:03}.png"),
            base64(&picture, 76),
        ));
    }
    archive
}

fn reading(c: &mut Criterion) {
    let data = archive().build();
    let mut group = c.benchmark_group("mime");
    group.throughput(Throughput::Bytes(data.len() as u64));
    group.bench_function("walk", |b| {
        b.iter(|| {
            let mut ledger = Ledger::new(Limits::mail());
            let parts = mime::walk(black_box(&data), &mut ledger);
            assert_eq!(parts.delimiters, 22);
        });
    });
    let scanner = Scanner::new();
    let mut scratch = Scratch::new();
    group.bench_function("scan", |b| {
        b.iter(|| {
            let report = scanner.scan_with(&mut scratch, black_box(&data), None);
            assert_eq!(report.modules().len(), 1);
        });
    });
    let words = in_pdf(
        "MIME-Version ActiveMim QWN0aXZlTWlt "
            .repeat(30_000)
            .as_bytes(),
    );
    group.throughput(Throughput::Bytes(words.len() as u64));
    group.bench_function("pdf with the words", |b| {
        b.iter(|| {
            scanner
                .scan_with(&mut scratch, black_box(&words), None)
                .verdict()
        });
    });
    group.finish();
}

fn hostile(c: &mut Criterion) {
    let head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n";
    let nested: String = (0..100_000)
        .map(|n| {
            format!(
                "--b{n}\r\nContent-Type: multipart/x; boundary=b{}\r\n\r\n",
                n + 1
            )
        })
        .collect();
    let zeros = format!(
        "--a\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        "A".repeat(64 << 20)
    );
    let scanner = Scanner::new();
    let mut group = c.benchmark_group("hostile mime");
    group.sample_size(10);
    for (name, body) in [
        (
            "100k parts",
            "--a\r\nContent-Type: x/y\r\n\r\ntext\r\n".repeat(100_000),
        ),
        ("100k nested", nested),
        (
            "a boundary on every line",
            "--a and more\r\n".repeat(500_000),
        ),
        ("64 MiB of zeros in base64", zeros),
        ("1M wrappers without data", "ActiveMime".repeat(1_000_000)),
    ] {
        let data = format!("{head}{body}");
        group.throughput(Throughput::Bytes(data.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| scanner.scan(black_box(data.as_bytes())).verdict());
        });
    }
    group.finish();
}

criterion_group!(benches, reading, hostile);
criterion_main!(benches);
