//! Reading rich text: an ordinary letter of 1 MB with a picture, one with an object, and their
//! hostile twins.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::container::rtf;
use macrosift::{Ledger, Limits};
use macrosift_testkit::object::embedded;
use macrosift_testkit::rtf::{document, object, picture};

const SIZE: usize = 1 << 20;

fn read(data: &[u8]) -> (rtf::Document, Ledger) {
    let mut ledger = Ledger::new(Limits::quarantine());
    let document = rtf::read(data, &mut ledger);
    (document, ledger)
}

fn letter() -> Vec<u8> {
    let line = "\\par\\pard\\plain\\f0\\fs24\\lang1041 {\\b INERT} TEST \\'82\\'a0 DOCUMENT, \
                a line of text as letters have it\r\n";
    let picture = picture(&vec![0x5A; SIZE * 3 / 8]);
    document(&(line.repeat(SIZE / 4 / line.len()) + &picture))
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rtf");
    let data = embedded("Package", &vec![0x5A; SIZE / 2]);
    for (name, bytes, objects) in [
        ("letter with a picture", letter(), 0),
        ("an object", document(&object("Package", &data)), 1),
    ] {
        let (found, ledger) = read(&bytes);
        assert_eq!(found.objects.len(), objects);
        assert!(ledger.gaps().is_empty() && ledger.observations().is_empty());
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |bench| bench.iter(|| read(black_box(&bytes))));
    }
    group.finish();

    let mut group = criterion.benchmark_group("rtf hostile");
    group.sample_size(20);
    for (name, body) in [
        ("a million groups in one another", "{".repeat(1_000_000)),
        (
            "100k objects",
            "{\\object{\\*\\objdata 0105}}".repeat(100_000),
        ),
        ("lies of \\bin", "\\bin99999999 {\\bin-1 ".repeat(50_000)),
        ("starts of files", "d0cf11e0a1b11ae1 x".repeat(50_000)),
        (
            "digits broken up",
            format!(
                "{{\\object{{\\*\\objdata {}",
                "1\\'aa{\\*\\x 1}".repeat(70_000)
            ),
        ),
        (
            "fields in one another",
            "{\\field{\\*\\fldinst QUOTE 65 ".repeat(40_000),
        ),
    ] {
        let bytes = document(&body);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |bench| bench.iter(|| read(black_box(&bytes))));
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
