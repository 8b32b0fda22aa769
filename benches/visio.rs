//! Reading binary drawings: an ordinary file and its hostile twin.

#![allow(missing_docs, reason = "a bench")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::container::visio::compound_files;
use macrosift::{Ledger, Limits, Scanner};
use macrosift_testkit::ovba::{Module, Project};
use macrosift_testkit::visio::{Drawing, Packing};

fn reading(criterion: &mut Criterion) {
    let body = "Sub Go()\r\nIf Now > 0 Then Exit Sub\r\nEnd Sub\r\n".repeat(500);
    let project = Project::new("VBAProject").module(Module::standard("Module1", &body));
    let ordinary = Drawing::new(11).file(project.to_bin());
    // Signatures without anything behind them, each in a stream of its own.
    let mut hostile = Drawing::new(11).packing(Packing::Stored);
    for _ in 0..4000 {
        hostile = hostile.file(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec());
    }
    let mut group = criterion.benchmark_group("visio");
    for (name, drawing) in [("ordinary", ordinary), ("hostile", hostile)] {
        let stream = drawing.document();
        group.throughput(Throughput::Bytes(stream.len() as u64));
        group.bench_function(format!("{name}/pointers"), |bench| {
            bench.iter(|| compound_files(&stream, &mut Ledger::new(Limits::mail())));
        });
        let bytes = drawing.build();
        let scanner = Scanner::new();
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(format!("{name}/scan"), |bench| {
            bench.iter(|| scanner.scan(&bytes));
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
