//! Reading what packages load: ordinary files and hostile twins.

#![allow(missing_docs, reason = "a bench")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::Scanner;
use macrosift_testkit::office::{Kind, Package, Twist};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn links(count: usize, kind: &str) -> Vec<u8> {
    let mut package = Package::new(Kind::Docx);
    for number in 0..count {
        package = package.twist(Twist::Relation {
            source: "word/document.xml".into(),
            id: format!("rId{number}"),
            kind: format!("{OFFICE}/{kind}"),
            target: format!("https://example.invalid/{number}"),
            mode: Some("External".into()),
        });
    }
    package.build()
}

fn story(fields: usize) -> Vec<u8> {
    let field = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \
                 \"https://example.invalid/\" </w:instrText></w:r><w:r><w:fldChar \
                 w:fldCharType=\"separate\"/></w:r><w:r><w:t>INERT</w:t></w:r><w:r><w:fldChar \
                 w:fldCharType=\"end\"/></w:r></w:p>";
    Package::new(Kind::Docx)
        .twist(Twist::Body(field.repeat(fields)))
        .build()
}

fn nested(fields: usize) -> Vec<u8> {
    let begin = "<w:fldChar w:fldCharType='begin'/><w:instrText>QUOTE 68 </w:instrText>";
    Package::new(Kind::Docx)
        .twist(Twist::Body(begin.repeat(fields)))
        .build()
}

fn reading(criterion: &mut Criterion) {
    let scanner = Scanner::new();
    let mut group = criterion.benchmark_group("references");
    for (name, bytes) in [
        ("ten links", links(10, "hyperlink")),
        ("10,000 links", links(10_000, "hyperlink")),
        ("10,000 objects", links(10_000, "oleObject")),
        ("ten fields", story(10)),
        ("100,000 fields", story(100_000)),
        ("100,000 fields that never end", nested(100_000)),
    ] {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(scanner.scan(black_box(&bytes))));
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
