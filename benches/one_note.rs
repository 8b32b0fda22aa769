//! Reading sections of OneNote: an ordinary file and its hostile twins.

#![allow(missing_docs, reason = "a bench")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::container::one_note::files;
use macrosift::{Ledger, Limits};
use macrosift_testkit::one_note::Section;

fn read(data: &[u8]) -> usize {
    let mut ledger = Ledger::new(Limits::mail());
    files(data, &mut ledger).len()
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one_note");
    let mut seed = 1_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let picture: Vec<u8> = (0..100_000).map(|_| noise()).collect();
    let mut section = Section::new();
    for _ in 0..20 {
        section = section.picture(".png", &picture);
    }
    let data = section.file("a.docx", &picture).build();
    assert_eq!(read(&data), 21);
    group.throughput(Throughput::Bytes(data.len() as u64));
    group.bench_function("ordinary", |b| b.iter(|| read(black_box(&data))));
    group.finish();
}

fn hostile(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one_note hostile");
    group.sample_size(10);
    let mut heads = Section::new().build();
    heads.extend(
        b"\xE7\x16\xE3\xBD\x65\x26\x11\x45\xA4\xC4\x8D\x4D\x0B\x7A\x9E\xAC".repeat(100_000),
    );
    let mut names = Section::new().nameless(b"inert").build();
    names.extend(0x1C00_1D9C_u32.to_le_bytes().repeat(250_000));
    let mut nodes = Section::new().nameless(b"inert").build();
    nodes.extend(0x8880_7094_u32.to_le_bytes().repeat(250_000));
    for (name, data) in [
        ("100k files", heads),
        ("250k names", names),
        ("250k nodes", nodes),
    ] {
        group.throughput(Throughput::Bytes(data.len() as u64));
        group.bench_function(name, |b| b.iter(|| read(black_box(&data))));
    }
    group.finish();
}

criterion_group!(benches, reading, hostile);
criterion_main!(benches);
