//! Zip structure, package structure and inflating: a document as it should be, and hostile twins.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a bench that fails should stop, and criterion's macro makes undocumented items"
)]

use std::hint::black_box;
use std::io::{Cursor, Write};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::opc::Package;
use macrosift::zip::{Archive, Inflater};
use macrosift::{Ledger, Limit, Limits};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELS_PARTS: usize = 60;
const RELS_EACH: usize = 12;

fn rels(count: usize) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<Relationships \
         xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for id in 0..count {
        xml += &format!(
            "<Relationship Id=\"rId{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/\
             2006/relationships/slideLayout\" Target=\"../slideLayouts/slideLayout{id}.xml\"/>"
        );
    }
    xml + "</Relationships>"
}

/// A presentation of 60 slides: parts, their relationships, and one large text.
fn presentation() -> Vec<u8> {
    let mut types = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.\
         org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/\
         vnd.openxmlformats-package.relationships+xml\"/>",
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &str| {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    };
    for slide in 0..RELS_PARTS {
        types += &format!(
            "<Override PartName=\"/ppt/slides/slide{slide}.xml\" ContentType=\"application/vnd.\
             openxmlformats-officedocument.presentationml.slide+xml\"/>"
        );
        let text: String = (0..200)
            .map(|n| format!("<a:t>INERT TEST DOCUMENT {}</a:t>", n * n * (slide + 7)))
            .collect();
        add(&format!("ppt/slides/slide{slide}.xml"), &text);
        add(
            &format!("ppt/slides/_rels/slide{slide}.xml.rels"),
            &rels(RELS_EACH),
        );
    }
    types += "</Types>";
    add("[Content_Types].xml", &types);
    writer.finish().unwrap().into_inner()
}

fn tiny_members(count: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for member in 0..count {
        writer.start_file(format!("m{member}"), stored).unwrap();
        writer.write_all(b"x").unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn structure(c: &mut Criterion) {
    let data = presentation();
    let mut group = c.benchmark_group("zip");
    group.throughput(Throughput::Bytes(data.len() as u64));
    group.bench_function("parse", |b| {
        b.iter(|| {
            let mut ledger = Ledger::new(Limits::mail());
            let archive = Archive::parse(black_box(&data), &mut ledger).unwrap();
            assert_eq!(archive.members().len(), 2 * RELS_PARTS + 1);
            assert!(ledger.observations().is_empty());
        });
    });

    let mut ledger = Ledger::new(Limits::unbounded());
    let archive = Archive::parse(&data, &mut ledger).unwrap();
    let mut inflater = Inflater::new();
    group.throughput(Throughput::Elements(archive.members().len() as u64));
    group.bench_function("prefix", |b| {
        b.iter(|| {
            for member in archive.members() {
                let mut head = [0; 16];
                assert_eq!(inflater.prefix(black_box(member), &mut head), 16);
            }
        });
    });

    let mut scratch = Vec::new();
    let total: u64 = archive.members().iter().map(|m| m.declared_size).sum();
    group.throughput(Throughput::Bytes(total));
    group.bench_function("inflate", |b| {
        b.iter(|| {
            for member in archive.members() {
                let (content, outcome) =
                    inflater.content(black_box(member), &mut scratch, &mut ledger);
                assert!(outcome.is_complete() && content.len() as u64 == member.declared_size);
            }
        });
    });
    assert!(ledger.observations().is_empty());
    group.finish();
}

fn package(c: &mut Criterion) {
    let data = presentation();
    let mut inflater = Inflater::new();
    let mut group = c.benchmark_group("opc");
    let xml = RELS_PARTS * rels(RELS_EACH).len();
    group.throughput(Throughput::Bytes(xml as u64));
    group.bench_function("package", |b| {
        b.iter(|| {
            let mut ledger = Ledger::new(Limits::mail());
            let archive = Archive::parse(black_box(&data), &mut ledger).unwrap();
            let package = Package::read(&archive, &mut inflater, &mut ledger);
            let layouts = package.targets_of_kind("slideLayout").count();
            assert_eq!(layouts, RELS_PARTS * RELS_EACH);
            assert!(ledger.observations().is_empty());
        });
    });
    group.finish();
}

fn hostile(c: &mut Criterion) {
    const MIB: usize = 1 << 20;
    let mut group = c.benchmark_group("hostile");
    group.sample_size(10);

    let many = tiny_members(100_000);
    group.throughput(Throughput::Bytes(many.len() as u64));
    group.bench_function("100k members", |b| {
        b.iter(|| {
            let mut ledger = Ledger::new(Limits::mail());
            let archive = Archive::parse(black_box(&many), &mut ledger).unwrap();
            let package = Package::read(&archive, &mut Inflater::new(), &mut ledger);
            assert_eq!(package.members("m99999").count(), 1);
        });
    });
    let cut = &many[..many.len() - 30];
    group.bench_function("100k members without end", |b| {
        b.iter(|| {
            let mut ledger = Ledger::new(Limits::mail());
            let archive = Archive::parse(black_box(cut), &mut ledger).unwrap();
            assert_eq!(archive.members().len(), 100_000);
        });
    });

    // The time a byte must not grow with the length.
    for mib in [1, 10] {
        let signatures = b"PK\x03\x04".repeat(mib * MIB / 4);
        // A header and a name of 1,000 bytes each, with an extra field over all that follows.
        let mut header = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\xFF\0\0\0\xFF\0\0\0".to_vec();
        header.extend(b"\x04\0\xFF\xFFname");
        let overlapping = header.repeat(mib * MIB / header.len());
        for (name, data) in [("signatures", signatures), ("overlapping", overlapping)] {
            group.throughput(Throughput::Bytes(data.len() as u64));
            group.bench_function(format!("{mib} MiB of {name}"), |b| {
                b.iter(|| {
                    let mut ledger =
                        Ledger::new(Limits::unbounded().with(Limit::Entries, 10_000_000));
                    let members = Archive::parse(black_box(&data), &mut ledger)
                        .map_or(0, |archive| archive.members().len());
                    assert!(!ledger.gaps().is_empty());
                    assert_eq!(members > 0, name == "overlapping");
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, structure, package, hostile);
criterion_main!(benches);
