//! Reading presentations of PowerPoint 97: an ordinary file and its hostile twins.

#![allow(missing_docs, reason = "a bench")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::project::document::{Presentation, inspect_presentation};
use macrosift::{Ledger, Limits};
use macrosift_testkit::ovba::{Module, Project};
use macrosift_testkit::presentation::{self as kit, Fault, Stored, record};

const MIB: usize = 1 << 20;

fn read(stream: &[u8]) -> Presentation {
    let mut ledger = Ledger::new(Limits::mail());
    inspect_presentation(stream, &[], &mut ledger)
}

/// A few hundred shapes with actions, pictures of noise, and a project.
fn ordinary() -> Vec<u8> {
    let text = "Sub Go()\n    MsgBox \"inert\"\nEnd Sub\n";
    let project = Project::new("P")
        .module(Module::standard("M", text))
        .to_bin();
    let mut seed = 1_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let mut file = kit::Presentation::new();
    for slide in 0..200 {
        let drawing: Vec<u8> = (0..10_000).map(|_| noise()).collect();
        file = file
            .record(record(0, 0, 0x0427, &drawing))
            .action(1, false, &format!("Go{slide}"))
            .link("https://example.invalid/");
    }
    file.project(project, Stored::Zlib).stream().0
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("presentation");
    let stream = ordinary();
    let found = read(&stream);
    assert_eq!((found.objects.len(), found.starts.len()), (1, 200));
    group.throughput(Throughput::Bytes(stream.len() as u64));
    group.bench_function("ordinary", |b| b.iter(|| read(black_box(&stream))));
    group.finish();
}

fn hostile(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("presentation hostile");
    group.sample_size(10);
    let head = b"\x10\x00\x11\x10\x10\x00\x00\x00\x08\x00\x00\x00\x78\x9C";
    let deep: Vec<u8> = (0..100_000_u32)
        .rev()
        .flat_map(|left| [&b"\x0F\x00\xF2\x0F"[..], &(left * 8).to_le_bytes()].concat())
        .collect();
    // Each of many heads leads into one long stream of empty blocks.
    let mut empty: Vec<u8> = (0..2_000)
        .flat_map(|_| record(0, 1, 0x1011, b"\x08\0\0\0\x78\x01"))
        .collect();
    empty.extend([0, 0, 0, 0xFF, 0xFF].repeat(MIB / 5));
    let bomb = {
        let mut file = macrosift_testkit::cfb::Builder::new();
        file.stream("zeros", vec![0; 8 * MIB]);
        file.build()
    };
    let bombs = (0..40).fold(kit::Presentation::new(), |file, _| {
        file.object(bomb.as_slice(), Stored::Zlib, true)
    });
    for (name, stream) in [
        ("1M heads", head.repeat(1_000_000)),
        ("100k containers in one another", deep),
        ("2k heads of one empty stream", empty),
        ("bombs", bombs.stream().0),
        (
            "edits in a circle",
            kit::Presentation::new().fault(Fault::EditCycle).stream().0,
        ),
    ] {
        group.throughput(Throughput::Bytes(stream.len() as u64));
        group.bench_function(name, |b| b.iter(|| read(black_box(&stream))));
    }
    group.finish();
}

criterion_group!(benches, reading, hostile);
criterion_main!(benches);
