//! Compound files: structure and all streams, as they should be and from hostile hands.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench that fails should stop, and criterion's macro makes undocumented items"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::cfb::File;
use macrosift::{Ledger, Limit, Limits};
use macrosift_testkit::cfb::{Builder, Fault};
use macrosift_testkit::office::Doc;

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;

/// What a reader of the whole file sees.
struct Seen {
    streams: usize,
    bytes: usize,
    ledger: Ledger,
}

impl Seen {
    fn observed(&self, code: &str) -> bool {
        self.ledger
            .observations()
            .iter()
            .any(|one| one.code == code)
    }
}

/// Parses, walks all chains and reads every stream.
fn read(data: &[u8]) -> Seen {
    let mut ledger = Ledger::new(Limits::mail());
    let (mut streams, mut bytes) = (0, 0);
    if let Ok(file) = File::parse(data, &mut ledger) {
        black_box(file.survey(&mut ledger).unused);
        for entry in file.entries().iter().filter(|entry| entry.is_stream()) {
            streams += 1;
            bytes += black_box(file.stream(entry, &mut ledger)).len();
        }
    }
    Seen {
        streams,
        bytes,
        ledger,
    }
}

const LARGE: usize = 40;
const SMALL: usize = 200;
const CONTENT: usize = LARGE * 64 * KIB + SMALL * 1_000;

fn document(scattered: bool) -> Vec<u8> {
    let mut file = Builder::new();
    let sizes = [(LARGE, 64 * KIB), (SMALL, 1_000)];
    for (storage, (count, size)) in sizes.into_iter().enumerate() {
        for number in 0..count {
            let path = format!("{storage}/stream{number}");
            file.stream(&path, vec![number as u8; size]);
            if scattered {
                file.scatter(&path);
            }
        }
    }
    file.build()
}

fn friendly(c: &mut Criterion) {
    let mut group = c.benchmark_group("cfb");
    for (name, data) in [
        ("contiguous", document(false)),
        ("scattered", document(true)),
    ] {
        let seen = read(&data);
        assert_eq!((seen.streams, seen.bytes), (LARGE + SMALL, CONTENT));
        assert!(seen.ledger.observations().is_empty());
        group.throughput(Throughput::Bytes(data.len() as u64));
        group.bench_function(name, |b| b.iter(|| read(black_box(&data))));
    }
    let data = document(false);
    group.throughput(Throughput::Elements((LARGE + SMALL) as u64));
    group.bench_function("parse", |b| {
        b.iter(|| {
            let mut ledger = Ledger::new(Limits::mail());
            File::parse(black_box(&data), &mut ledger).map(|file| file.entries().len())
        });
    });
    group.finish();
}

/// Sectors of version 4, [MS-CFB] 2.2.
const SECTOR: usize = 4096;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;

/// A file that a builder would be too slow for: FAT, a directory of `count` streams that all
/// start at the first data sector and claim `size` bytes, and data sectors linked as given.
fn many_streams(count: usize, size: u64, data_links: &[u32]) -> Vec<u8> {
    let directory = (count + 1).div_ceil(SECTOR / 128);
    let linked = directory + data_links.len();
    // Each sector of the FAT needs an entry as well.
    let fat = linked.div_ceil(SECTOR / 4 - 1);
    let first_data = (fat + directory) as u32;

    let mut file = vec![0; SECTOR];
    let mut put = |at: usize, bytes: &[u8]| {
        file.splice(at..at + bytes.len(), bytes.iter().copied());
    };
    put(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    put(0x18, b"\x3E\0\x04\0\xFE\xFF\x0C\0\x06\0");
    put(0x2C, &(fat as u32).to_le_bytes());
    put(0x30, &(fat as u32).to_le_bytes());
    put(0x38, &4096_u32.to_le_bytes());
    put(0x3C, &END.to_le_bytes());
    put(0x44, &END.to_le_bytes());
    for slot in 0..109 {
        let sector = if slot < fat { slot as u32 } else { FREE };
        put(0x4C + 4 * slot, &sector.to_le_bytes());
    }
    let mut table = vec![0xFFFF_FFFD_u32; fat];
    let last = fat + directory - 1;
    table.extend((fat..=last).map(|at| if at == last { END } else { at as u32 + 1 }));
    let absolute = |link: &u32| if *link == END { END } else { first_data + link };
    table.extend(data_links.iter().map(absolute));
    table.resize(fat * SECTOR / 4, FREE);
    file.extend(table.iter().flat_map(|link| link.to_le_bytes()));

    for id in 0..directory * SECTOR / 128 {
        let mut entry = [0; 128];
        if id <= count {
            let name: Vec<u8> = format!("s{id}").bytes().flat_map(|b| [b, 0]).collect();
            let (kind, right, child) = match id {
                0 => (5, FREE, 1),
                _ if id == count => (2, FREE, FREE),
                _ => (2, id as u32 + 1, FREE),
            };
            let mut put = |at: usize, bytes: &[u8]| {
                let field = entry.iter_mut().skip(at);
                field.zip(bytes).for_each(|(to, from)| *to = *from);
            };
            put(0, &name);
            put(0x40, &(name.len() as u16 + 2).to_le_bytes());
            put(0x42, &[kind, 1]);
            put(0x44, &FREE.to_le_bytes());
            put(0x48, &right.to_le_bytes());
            put(0x4C, &child.to_le_bytes());
            put(0x74, &if id == 0 { END } else { first_data }.to_le_bytes());
            put(0x78, &if id == 0 { 0 } else { size }.to_le_bytes());
        }
        file.extend(entry);
    }
    file.resize(file.len() + data_links.len() * SECTOR, 0);
    file
}

/// Empty DIFAT sectors to the end of the file, each leading to the next.
fn deep_difat(sectors: u32) -> Vec<u8> {
    let mut file = Builder::new().stream("s", vec![0; 8 * KIB]).build();
    let first = (file.len() / 512 - 1) as u32;
    file.splice(0x44..0x48, first.to_le_bytes());
    for next in first + 1..=first + sectors {
        file.extend([0xFF; 508]);
        file.extend(next.to_le_bytes());
    }
    file
}

fn hostile(c: &mut Criterion) {
    let mut group = c.benchmark_group("cfb hostile");
    group.sample_size(10);
    let mut run = |name: &str, data: &[u8], check: &dyn Fn(&Seen)| {
        check(&read(data));
        group.throughput(Throughput::Bytes(data.len() as u64));
        group.bench_function(name, |b| b.iter(|| read(black_box(data))));
    };

    let cycle = Builder::new()
        .stream("s", vec![7; 8 * MIB])
        .fault(Fault::Cycle("s".into()))
        .fault(Fault::DeclaredSize("s".into(), 0xFFFF_FFFF))
        .build();
    run("FAT cycle", &cycle, &|seen| {
        assert!(seen.bytes <= cycle.len() + SECTOR && !seen.ledger.gaps().is_empty());
    });

    let directory = many_streams(100_000, 0, &[]);
    run("directory of 100k entries", &directory, &|seen| {
        assert_eq!((seen.streams, seen.bytes), (100_000, 0));
        assert!(seen.ledger.gaps().is_empty());
    });

    // Two halves, so that nothing can be borrowed: sectors 0, 128, 1, 129 and so on.
    let scattered: Vec<u32> = (0..256)
        .map(|at| match at {
            255 => END,
            128.. => at - 127,
            _ => at + 128,
        })
        .collect();
    let shared = many_streams(10_000, MIB as u64, &scattered);
    run("10k streams on one chain", &shared, &|seen| {
        assert!(seen.observed("cfb.cross-link"));
        let most = Limits::mail().get(Limit::OutputBytes) as usize;
        assert!(seen.bytes > most / 2 && seen.bytes <= most + seen.streams * SECTOR);
        assert!(!seen.ledger.gaps().is_empty());
    });

    run("deep DIFAT", &deep_difat(128 << 10), &|seen| {
        assert!(seen.observed("cfb.difat-cycle"));
        assert_eq!((seen.streams, seen.bytes), (1, 8 * KIB));
    });

    let padded = Doc::new().to_cfb().fault(Fault::Padding(64 * MIB)).build();
    run("64 MiB of padding", &padded, &|seen| {
        assert!(seen.observed("cfb.padding") && seen.streams > 1);
    });
    group.finish();
}

criterion_group!(benches, friendly, hostile);
criterion_main!(benches);
