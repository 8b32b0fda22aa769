//! Whole scans on one thread with memory that is used again: the documents of the corpus, real
//! files where there are some, and hostile inputs.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that fails should stop, and criterion's macro makes undocumented items"
)]

mod samples;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::zip::Inflater;
use macrosift::{Hashes, Ledger, Limit, Limits, Reason, Report, Scanner, Scratch, Verdict, zip};
use macrosift_testkit::corpus;
use macrosift_testkit::office::{Doc, Kind, Package};
use macrosift_testkit::ovba::{Module, Project};
use macrosift_testkit::zip::{Archive, Member};

const INERT: &str =
    "Sub Work()\n    If Now > 0 Then Exit Sub\n    MsgBox \"INERT TEST DOCUMENT\"\nEnd Sub\n";

/// How many inputs have modules.
fn scan_all(scanner: &Scanner, scratch: &mut Scratch, inputs: &[Vec<u8>]) -> usize {
    let with_modules = |input: &&Vec<u8>| {
        let report = scanner.scan_with(scratch, black_box(input), None);
        !black_box(report).modules().is_empty()
    };
    inputs.iter().filter(with_modules).count()
}

fn documents(c: &mut Criterion) {
    let scanner = Scanner::new();
    let mut scratch = Scratch::new();
    let mut group = c.benchmark_group("scan");
    let corpus: Vec<Vec<u8>> = corpus::documents()
        .into_iter()
        .map(|document| document.bytes)
        .collect();
    for (name, inputs) in [("corpus", corpus), ("real files", samples::read())] {
        if inputs.is_empty() {
            continue;
        }
        let with_modules = scan_all(&scanner, &mut scratch, &inputs);
        println!("{name}: {with_modules} of {} have modules", inputs.len());
        assert!(with_modules * 4 > inputs.len());
        group.throughput(Throughput::ElementsAndBytes {
            elements: inputs.len() as u64,
            bytes: inputs.iter().map(|input| input.len() as u64).sum(),
        });
        group.bench_function(name, |b| {
            b.iter(|| scan_all(&scanner, &mut scratch, &inputs));
        });
    }
    group.throughput(Throughput::Elements(1));
    group.bench_function("building the scanner", |b| b.iter(Scanner::new));
    group.finish();
}

fn hostile(c: &mut Criterion) {
    let scanner = Scanner::new();
    let mut scratch = Scratch::new();
    let mut group = c.benchmark_group("scan hostile");
    group.sample_size(10);
    let mut run = |name: &str, work: Throughput, input: Vec<u8>, check: &dyn Fn(&Report)| {
        check(&scanner.scan_with(&mut scratch, &input, None));
        group.throughput(work);
        group.bench_function(name, |b| {
            b.iter(|| scanner.scan_with(&mut scratch, black_box(&input), None));
        });
    };
    let most = Limits::mail().get(Limit::Modules) as usize;

    let project = (0..10_000).fold(Project::new("Project"), |project, number| {
        project.module(Module::standard(&format!("Module{number}"), INERT))
    });
    run(
        "10k modules",
        Throughput::Elements(most as u64),
        project.to_bin(),
        &|report| {
            assert_eq!(report.modules().len(), most);
            assert!(
                report
                    .uninspected()
                    .iter()
                    .any(|gap| gap.reason == Reason::Limit)
            );
            assert_eq!(report.verdict(), Verdict::Unscannable);
        },
    );

    // Every word is one that the automaton stops at.
    let line = "    s = \"cmd.exe\" & Environ(\"x\") & CreateObject(\"inert\") & Chr(65) & Shell(\"inert\")";
    let long = format!(
        "{INERT}Sub Line()\n{}\nEnd Sub\n",
        line.repeat((8 << 20) / line.len())
    );
    let project = Project::new("Project").module(Module::standard("Module1", &long));
    let bytes = Throughput::Bytes(long.len() as u64);
    run("line of 8 MB", bytes, project.to_bin(), &|report| {
        let sizes: Vec<u64> = report.modules().iter().map(|module| module.size).collect();
        assert!(matches!(sizes.as_slice(), [size] if *size > 8_000_000));
        assert!(!report.findings().is_empty());
    });

    let package = Package::new(Kind::Docx).archive();
    let parts = (0..50_000).fold(package, |archive: Archive, number| {
        archive.member(Member::stored(
            &format!("word/media/{number}.xml"),
            "<inert/>",
        ))
    });
    run(
        "zip of 50k parts",
        Throughput::Elements(50_000),
        parts.build(),
        &|report| {
            assert_eq!(
                (report.format(), report.verdict()),
                ("docx", Verdict::Clean)
            );
            assert!(report.uninspected().is_empty());
        },
    );
    group.finish();
}

/// A document and 540 MiB of zeros in a small member, as Emotet was sent in 2023: inflated and no
/// more, and judged.
fn padded(c: &mut Criterion) {
    let document = Doc::new().project(Project::new("Project").module(Module::standard("M", INERT)));
    let member = Member::new("a.doc", document.build()).zeros(540);
    let input = Archive::new().member(member).build();
    // A hash is that of the whole, and takes longer than all the rest.
    let scanner = Scanner::builder().hashes(Hashes::None).build();
    let mut scratch = Scratch::new();
    let report = scanner.scan_with(&mut scratch, &input, None);
    assert_eq!(report.verdict(), Verdict::Suspicious);
    let mut group = c.benchmark_group("scan padded");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(540 << 20));
    group.bench_function("inflated", |b| {
        let mut inflater = Inflater::new();
        b.iter(|| {
            let mut ledger = Ledger::new(Limits::mail());
            let archive = zip::Archive::parse(black_box(&input), &mut ledger).unwrap();
            let mut content = Vec::new();
            inflater.read(&archive.members()[0], &mut content, &mut ledger)
        });
    });
    group.bench_function("scanned", |b| {
        b.iter(|| scanner.scan_with(&mut scratch, black_box(&input), None));
    });
    group.finish();
}

criterion_group!(benches, documents, hostile, padded);
criterion_main!(benches);
