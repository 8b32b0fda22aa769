//! Reading encrypted documents: an ordinary file and its hostile twin.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench that fails should stop, and criterion's macro makes undocumented items"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::{Reason, Report, Scanner};
use macrosift_testkit::encrypted::{Agile, Binary, EXCEL, agile, xls};
use macrosift_testkit::office::{Kind, Package, Xls};

const MIB: usize = 1 << 20;

fn package(rounds: u32, declared: u32) -> Vec<u8> {
    let choice = Agile {
        rounds,
        declared_rounds: Some(declared),
        ..Agile::default()
    };
    agile(&Package::new(Kind::Xlsx).build(), EXCEL, &choice).build()
}

/// A workbook of a megabyte in records of the greatest size.
fn workbook() -> Vec<u8> {
    const RECORD: usize = 8224;
    let mut file = Xls::new().to_cfb();
    let mut stream = file.data("Workbook").to_vec();
    // The number of the last record, EOF, is followed by three bytes of zero.
    let end = stream.iter().rposition(|byte| *byte != 0).unwrap() + 4;
    stream.truncate(end);
    while stream.len() < MIB {
        stream.extend_from_slice(&[0x3C, 0]);
        stream.extend_from_slice(&(RECORD as u16).to_le_bytes());
        stream.resize(stream.len() + RECORD, 7);
    }
    file.stream("Workbook", stream);
    xls(&mut file, Binary::CryptoApi(128), EXCEL);
    file.build()
}

fn opened(report: &Report) -> bool {
    let mut notes = report.observations().iter();
    notes.any(|note| note.code == "crypto.opened")
}

fn reading(c: &mut Criterion) {
    let scanner = Scanner::new();
    let mut group = c.benchmark_group("encrypted");
    group.sample_size(10);

    let data = package(100_000, 100_000);
    assert!(opened(&scanner.scan(&data)));
    group.throughput(Throughput::Elements(100_000));
    group.bench_function("agile", |b| b.iter(|| scanner.scan(black_box(&data))));

    let data = package(1, 10_000_000);
    let report = scanner.scan(&data);
    let mut gaps = report.uninspected().iter();
    assert!(gaps.any(|gap| gap.reason == Reason::Limit));
    group.bench_function("agile-hostile", |b| {
        b.iter(|| scanner.scan(black_box(&data)))
    });

    let data = workbook();
    assert!(opened(&scanner.scan(&data)));
    group.throughput(Throughput::Bytes(data.len() as u64));
    group.bench_function("workbook", |b| b.iter(|| scanner.scan(black_box(&data))));
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
