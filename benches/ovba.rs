//! Projects: decompression, the `dir` stream and the search for source, as Office writes them
//! and from hostile hands.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that fails should stop, and criterion's macro makes undocumented items"
)]

mod samples;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::ovba::{Dir, Outcome, decompress, is_container, read_projects};
use macrosift::zip::{Archive, Inflater};
use macrosift::{Ledger, Limits, cfb};
use macrosift_testkit::ovba::{
    Fault, Module, Project, Reference, compress, compress_literal, compress_raw,
};

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;
/// What one chunk holds, [MS-OVBA] 2.4.1.1.4.
const CHUNK: usize = 4096;

/// Procedures as people write them: names, numbers and texts that repeat, but not line by line.
fn source(size: usize) -> String {
    const NOUNS: [&str; 7] = [
        "Customer", "Invoice", "Total", "Row", "Sheet", "Report", "Price",
    ];
    let mut text = String::from("Attribute VB_Name = \"Module1\"\r\nOption Explicit\r\n");
    let mut state = 1_u32;
    let mut pick = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize
    };
    while text.len() < size {
        let noun = NOUNS.get(pick() % NOUNS.len()).copied().unwrap_or_default();
        text += &match pick() % 6 {
            0 => format!(
                "End Sub\r\n\r\nPrivate Sub Update{noun}{}()\r\n    If Now > 0 Then Exit Sub\r\n",
                pick() % 100
            ),
            1 => format!("    Dim {}Count As Long\r\n", noun.to_lowercase()),
            2 => format!(
                "    For i = {} To {noun}s.Count Step {}\r\n    Next i\r\n",
                pick() % 9,
                pick() % 5
            ),
            3 => format!("    ' {noun} {} is inert: nothing runs\r\n", pick()),
            4 => format!(
                "    Cells(i, {}).Value = {noun}s(i) * {}.{}\r\n",
                pick() % 20,
                pick() % 300,
                pick() % 100
            ),
            _ => format!("    MsgBox \"{noun} no. {} is missing\"\r\n", pick() % 1000),
        };
    }
    text.truncate(size);
    text
}

/// Decompresses all containers into one buffer.
fn run(containers: &[Vec<u8>], out: &mut Vec<u8>) -> (Outcome, Ledger) {
    let mut ledger = Ledger::new(Limits::unbounded());
    out.clear();
    let mut worst = Outcome::Whole;
    for container in containers {
        match decompress(black_box(container), out, &mut ledger) {
            Outcome::Whole => {}
            other => worst = other,
        }
    }
    (worst, ledger)
}

/// The source containers of a compound file, where its projects say that they are.
fn containers(data: &[u8], found: &mut Vec<Vec<u8>>) {
    let mut ledger = Ledger::new(Limits::unbounded());
    let Ok(file) = cfb::File::parse(data, &mut ledger) else {
        return;
    };
    let entries = || file.entries().iter().filter(|entry| entry.is_stream());
    for dir in entries().filter(|entry| entry.is_named("dir")) {
        let mut records = Vec::new();
        decompress(&file.stream(dir, &mut ledger), &mut records, &mut ledger);
        for module in Dir::parse(&records, &mut ledger).modules {
            let name = module.stream_name_unicode.unwrap_or_default();
            let mut beside = entries().filter(|entry| entry.parent() == dir.parent());
            let Some(entry) = beside.find(|entry| entry.is_named(&name)) else {
                continue;
            };
            let stream = file.stream(entry, &mut ledger);
            let start = module.text_offset.unwrap_or(0) as usize;
            let container = stream.get(start..).unwrap_or_default();
            let mut text = Vec::new();
            if is_container(container)
                && decompress(container, &mut text, &mut ledger) == Outcome::Whole
            {
                found.push(container.to_vec());
            }
        }
    }
}

/// All of a collection: files themselves, and members of archives.
fn real_containers() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut inflater = Inflater::new();
    for data in samples::read() {
        containers(&data, &mut found);
        let mut ledger = Ledger::new(Limits::unbounded());
        let Ok(archive) = Archive::parse(&data, &mut ledger) else {
            continue;
        };
        for member in archive.members() {
            let mut head = [0; 8];
            if inflater.prefix(member, &mut head) == 8 && cfb::is_cfb(&head) {
                let mut content = Vec::new();
                let _ = inflater.read(member, &mut content, &mut ledger);
                containers(&content, &mut found);
            }
        }
    }
    found
}

/// Bytes a second are bytes of text.
fn decompression(c: &mut Criterion) {
    let mut group = c.benchmark_group("ovba/decompress");
    let text = source(MIB);
    let mut out = Vec::new();
    // With a flag byte for every eight, more literals than that do not fit a chunk.
    let literals: Vec<u8> = text
        .as_bytes()
        .chunks(3_600)
        .flat_map(|part| compress_literal(part).into_iter().skip(1))
        .collect();
    for (name, input) in [
        ("ordinary text", compress(text.as_bytes())),
        ("literals only", [&[1][..], &literals].concat()),
        ("raw chunks", compress_raw(text.as_bytes())),
    ] {
        let input = [input];
        let (outcome, ledger) = run(&input, &mut out);
        assert_eq!(outcome, Outcome::Whole);
        assert!(out == text.as_bytes() && ledger.observations().is_empty());
        group.throughput(Throughput::Bytes(out.len() as u64));
        group.bench_function(name, |b| b.iter(|| run(&input, &mut out)));
    }
    let real = real_containers();
    if !real.is_empty() {
        let (outcome, _) = run(&real, &mut out);
        assert_eq!(outcome, Outcome::Whole);
        println!("{} real modules, {} bytes", real.len(), out.len());
        group.throughput(Throughput::Bytes(out.len() as u64));
        group.bench_function("real modules", |b| b.iter(|| run(&real, &mut out)));
    }
    group.finish();
}

const MODULES: usize = 100;

fn project() -> Project {
    let mut project = Project::new("Project");
    for number in 0..20 {
        project = project.reference(Reference::registered(
            &format!("Library{number}"),
            "*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#stdole2.tlb#OLE Automation",
        ));
    }
    (0..MODULES).fold(project, |project, number| {
        project.module(Module::standard(
            &format!("Module{number}"),
            &source(2 * KIB),
        ))
    })
}

fn modules(data: &[u8]) -> (usize, Vec<u8>, Ledger) {
    let mut ledger = Ledger::new(Limits::mail());
    let mut text = Vec::new();
    let file = cfb::File::parse(data, &mut ledger).unwrap();
    let survey = file.survey(&mut ledger);
    let projects = read_projects(&file, &survey, &mut text, &mut ledger);
    let count = projects.iter().map(|project| project.modules.len()).sum();
    (count, text, ledger)
}

fn structure(c: &mut Criterion) {
    let mut group = c.benchmark_group("ovba");
    let bin = project().to_bin();
    let mut ledger = Ledger::new(Limits::mail());
    let file = cfb::File::parse(&bin, &mut ledger).unwrap();
    let entry = file.entries().iter().find(|entry| entry.is_named("dir"));
    let mut records = Vec::new();
    let stream = file.stream(entry.unwrap(), &mut ledger);
    assert_eq!(
        decompress(&stream, &mut records, &mut ledger),
        Outcome::Whole
    );
    let dir = Dir::parse(&records, &mut ledger);
    assert!(dir.complete && dir.modules.len() == MODULES && dir.references.len() == 21);
    group.throughput(Throughput::Elements(MODULES as u64));
    group.bench_function("dir, modules", |b| {
        b.iter(|| {
            let mut ledger = Ledger::new(Limits::mail());
            let dir = Dir::parse(black_box(&records), &mut ledger);
            dir.modules.len()
        });
    });
    let (count, _, ledger) = modules(&bin);
    assert!(count == MODULES && ledger.observations().is_empty());
    group.bench_function("project, modules", |b| b.iter(|| modules(black_box(&bin))));

    // Compiled code in front, no first word to look for, and an offset that points elsewhere.
    let lost = |prefix: Vec<u8>| {
        let text = source(16 * KIB).replace("Attribute", "'ttribute");
        let module = Module::standard("Module1", "").with_source_bytes(text);
        let project = Project::new("Project").module(module.with_prefix(prefix));
        let fault = Fault::OffsetBefore("Module1".into(), 1000);
        project.fault(fault).to_bin()
    };
    let code: Vec<u8> = (0..256 * KIB).map(|at| (at * 7 + at / 251) as u8).collect();
    for (name, prefix) in [
        ("search by chunks", code),
        ("search by chunks, hostile", [0x01, 0xB0].repeat(128 * KIB)),
    ] {
        let bin = lost(prefix);
        let (count, text, ledger) = modules(&bin);
        if name.ends_with("hostile") {
            assert!(!ledger.observations().is_empty() || !ledger.gaps().is_empty());
        } else {
            assert!(count == 1 && text.starts_with(b"'ttribute"));
        }
        group.throughput(Throughput::Bytes(bin.len() as u64));
        group.bench_function(name, |b| b.iter(|| modules(black_box(&bin))));
    }
    group.finish();
}

/// A container of one compressed chunk, many times.
fn chunks(tokens: &[u8], count: usize) -> Vec<u8> {
    let mut chunk = (0xB000 | (tokens.len() as u16 - 1)).to_le_bytes().to_vec();
    chunk.extend_from_slice(tokens);
    [&[1][..], &chunk.repeat(count)].concat()
}

/// Here bytes a second are bytes of input, which is what the sender pays.
fn hostile(c: &mut Criterion) {
    let mut group = c.benchmark_group("ovba hostile");
    group.sample_size(10);
    let mut out = Vec::new();
    let mut bench = |name: &str, input: Vec<u8>, expected: Outcome, size: usize| {
        let input = [input];
        let (outcome, _) = run(&input, &mut out);
        assert_eq!((outcome, out.len()), (expected, size), "{name}");
        let bytes = input.iter().map(|input| input.len() as u64).sum();
        group.throughput(Throughput::Bytes(bytes));
        group.bench_function(name, |b| b.iter(|| run(&input, &mut out)));
    };

    // Header and flag byte: nothing comes out.
    let count = MIB / 3;
    bench("chunks of 3 bytes", chunks(&[0], count), Outcome::Whole, 0);

    // One literal, then copies of 3 bytes from 1 byte back, to exactly 4,096 bytes.
    let mut tokens = vec![0xFE, b'a'];
    tokens.extend([0; 14]);
    for group in 0..(CHUNK - 1) / 3 - 7 {
        if group % 8 == 0 {
            tokens.push(0xFF);
        }
        tokens.extend([0, 0]);
    }
    let count = MIB / tokens.len();
    let copies = chunks(&tokens, count);
    bench("copies of offset 1", copies, Outcome::Whole, count * CHUNK);

    // A whole chunk in one copy: 6 bytes become 4,096.
    let count = 8 * KIB;
    let longest = chunks(&[0x02, b'a', 0xFC, 0x0F], count);
    let size = count * CHUNK;
    bench("longest copies", longest, Outcome::Whole, size);

    // No constant is right, every chunk copies from before its start and is cut by the next.
    let mut lies = vec![0xFD];
    lies.extend([0x03, 0xC0, 0xFE, b'x', 0xFF, 0xFF].repeat(MIB / 6));
    bench("lies everywhere", lies, Outcome::Damaged, MIB / 6);
    group.finish();
}

criterion_group!(benches, decompression, structure, hostile);
criterion_main!(benches);
