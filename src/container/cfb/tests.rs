//! Against the strict reader of the `cfb` crate where the file is sound, and by what a user
//! relies on where it is not.

use std::io::Read as _;

use macrosift_testkit::cfb::{Builder, Fault, Version};

use super::*;
use crate::limits::Limits;
use crate::observe::Reason;

fn bytes(seed: u8, len: usize) -> Vec<u8> {
    (0..len)
        .map(|i| (i as u8).wrapping_mul(31).wrapping_add(seed))
        .collect()
}

/// A mini stream, a stream of one sector less a byte, and two large ones in folders.
fn builder() -> Builder {
    let mut builder = Builder::new();
    builder
        .stream("small", bytes(1, 100))
        .stream("a/large", bytes(2, 70_001))
        .stream("a/b/other", bytes(3, 5_000))
        .stream("a/\u{1}Ole", bytes(4, 4095));
    builder
}

struct Read {
    streams: Vec<(String, Vec<u8>)>,
    codes: Vec<&'static str>,
    gaps: Vec<Reason>,
}

impl Read {
    fn get(&self, path: &str) -> Vec<&[u8]> {
        self.streams
            .iter()
            .filter(|(at, _)| at == path)
            .map(|(_, data)| data.as_slice())
            .collect()
    }
}

fn read(data: &[u8]) -> Read {
    let mut ledger = Ledger::new(Limits::mail());
    let file = File::parse(data, &mut ledger).unwrap();
    let _ = file.survey(&mut ledger);
    let mut streams = Vec::new();
    for entry in file.entries().iter().filter(|entry| entry.is_stream()) {
        streams.push((
            file.path(entry),
            file.stream(entry, &mut ledger).into_owned(),
        ));
    }
    Read {
        streams,
        codes: ledger.observations().iter().map(|o| o.code).collect(),
        gaps: ledger.gaps().iter().map(|gap| gap.reason).collect(),
    }
}

#[test]
fn sound_files_are_read_as_the_strict_reader_reads_them() {
    for version in [Version::V3, Version::V4] {
        for scattered in [false, true] {
            let mut builder = builder();
            builder.version(version);
            if scattered {
                builder.scatter("a/large").scatter("a/b/other");
            }
            let data = builder.build();
            let ours = read(&data);
            assert_eq!(
                (ours.codes, ours.gaps),
                (vec![], vec![]),
                "{version:?} {scattered}"
            );
            let mut strict = ::cfb::CompoundFile::open_strict(std::io::Cursor::new(&data)).unwrap();
            let paths: Vec<_> = strict
                .walk()
                .filter(::cfb::Entry::is_stream)
                .map(|e| e.path().to_owned())
                .collect();
            assert_eq!(paths.len(), ours.streams.len());
            for (path, data) in &ours.streams {
                let mut theirs = Vec::new();
                strict
                    .open_stream(path)
                    .unwrap()
                    .read_to_end(&mut theirs)
                    .unwrap();
                assert_eq!(*data, theirs, "{path}");
            }
        }
    }
}

#[test]
fn a_stream_is_borrowed_if_its_sectors_lie_in_a_row() {
    let plain = builder().build();
    let mut scattered = builder();
    let scattered = scattered.scatter("a/large").build();
    for (data, borrowed) in [(&plain, true), (&scattered, false)] {
        let mut ledger = Ledger::new(Limits::mail());
        let file = File::parse(data, &mut ledger).unwrap();
        let large = file
            .entries()
            .iter()
            .find(|entry| entry.is_named("LARGE"))
            .unwrap();
        assert_eq!(
            matches!(file.stream(large, &mut ledger), Cow::Borrowed(_)),
            borrowed
        );
    }
}

#[test]
fn many_fat_sectors_are_found_through_the_difat() {
    // 109 FAT sectors in the header reach over 6.8 MiB of 512-byte sectors.
    let mut builder = Builder::new();
    let big = bytes(9, 9 << 20);
    builder
        .stream("big", big.clone())
        .stream("small", bytes(1, 10));
    let ours = read(&builder.build());
    assert!(ours.get("big")[0] == big);
    assert_eq!((ours.codes, ours.gaps), (vec![], vec![]));
}

#[test]
fn namesakes_are_never_merged() {
    let mut builder = builder();
    builder.fault(Fault::Namesake("a/large".into(), b"the other".to_vec()));
    let ours = read(&builder.build());
    let mut both = ours.get("a/large");
    both.sort_by_key(|data| data.len());
    assert_eq!(both.len(), 2);
    assert_eq!((both[0], both[1].len()), (&b"the other"[..], 70_001));
}

#[test]
fn entries_that_nothing_links_are_read() {
    for fault in [
        Fault::Orphan("a/large".into()),
        Fault::Unallocated("a/large".into()),
    ] {
        let orphan = matches!(fault, Fault::Orphan(_));
        let mut builder = builder();
        let ours = read(&builder.fault(fault).build());
        assert_eq!(ours.get("large"), [bytes(2, 70_001)]);
        assert_eq!(ours.codes.contains(&"cfb.orphan-entry"), orphan);
    }
}

#[test]
fn broken_chains_leave_what_they_have_and_a_gap() {
    for (fault, code) in [
        (Fault::ChainCut("a/large".into()), "cfb.stream-short"),
        (Fault::ChainLeavesFile("a/large".into()), "cfb.stream-short"),
        (
            Fault::DeclaredSize("a/large".into(), 900_000),
            "cfb.stream-short",
        ),
    ] {
        let mut builder = builder();
        let ours = read(&builder.fault(fault.clone()).build());
        let expected = bytes(2, 70_001);
        let have = ours.get("a/large")[0];
        assert!(
            have.len() >= 512 && expected.starts_with(&have[..have.len().min(70_001)]),
            "{fault:?}"
        );
        assert!(ours.codes.contains(&code), "{fault:?}: {:?}", ours.codes);
        assert!(ours.gaps.contains(&Reason::Damaged), "{fault:?}");
        assert_eq!(ours.get("a/b/other"), [bytes(3, 5_000)], "{fault:?}");
    }
}

#[test]
fn a_cycle_ends_and_is_damage() {
    let mut builder = builder();
    builder
        .fault(Fault::Cycle("a/large".into()))
        .fault(Fault::DeclaredSize("a/large".into(), u64::from(u32::MAX)));
    let ours = read(&builder.build());
    assert!(ours.codes.contains(&"cfb.fat-cycle"));
    assert!(ours.gaps.contains(&Reason::Damaged));
}

#[test]
fn cross_links_are_told_and_both_streams_are_read() {
    let mut builder = builder();
    builder.fault(Fault::CrossLink("a/b/other".into(), "a/large".into()));
    let ours = read(&builder.build());
    assert_eq!(ours.get("a/b/other"), [bytes(3, 5_000)]);
    assert_eq!(ours.get("a/large"), [bytes(2, 70_001)]);
    let mut builder = self::builder();
    builder.fault(Fault::SameStart("a/b/other".into(), "a/large".into()));
    let ours = read(&builder.build());
    assert!(ours.codes.contains(&"cfb.cross-link"));
    assert_eq!(ours.get("a/b/other"), [&bytes(2, 70_001)[..5_000]]);
}

#[test]
fn cycles_in_the_tree_end() {
    for fault in [
        Fault::SiblingCycle("a".into()),
        Fault::ChildCycle("a".into()),
    ] {
        let mut builder = builder();
        let ours = read(&builder.fault(fault.clone()).build());
        assert!(
            ours.codes.contains(&"cfb.tree-cycle"),
            "{fault:?}: {:?}",
            ours.codes
        );
        assert_eq!(ours.streams.len(), 4, "{fault:?}");
    }
}

#[test]
fn fields_of_the_header_that_lie_are_followed_or_replaced() {
    for (fault, code) in [
        (Fault::ByteOrder(0xFFFF), "cfb.byte-order"),
        (Fault::SectorShift(0), "cfb.sector-shift"),
        (Fault::SectorShift(63), "cfb.sector-shift"),
        (Fault::FatCount(0), "cfb.fat-count"),
        (Fault::MajorVersion(62), "cfb.version"),
    ] {
        let mut builder = builder();
        let ours = read(&builder.fault(fault.clone()).build());
        assert!(ours.codes.contains(&code), "{fault:?}: {:?}", ours.codes);
        assert_eq!(ours.get("a/large"), [bytes(2, 70_001)], "{fault:?}");
        assert_eq!(ours.get("small"), [bytes(1, 100)], "{fault:?}");
    }
}

#[test]
fn a_directory_that_is_cut_is_a_gap() {
    for fault in [Fault::DirectoryCut, Fault::DirectoryCycle] {
        let mut builder = builder();
        let ours = read(&builder.fault(fault.clone()).build());
        assert!(!ours.codes.is_empty(), "{fault:?}");
        assert!(ours.gaps.contains(&Reason::Damaged), "{fault:?}");
    }
}

#[test]
fn mini_sectors_outside_the_mini_stream_are_a_gap() {
    let mut builder = builder();
    let ours = read(&builder.fault(Fault::MiniStreamSize(64)).build());
    assert!(ours.gaps.contains(&Reason::Damaged));
    assert!(ours.codes.contains(&"cfb.stream-short"), "{:?}", ours.codes);
}

#[test]
fn a_difat_that_goes_round_ends() {
    let mut builder = builder();
    let ours = read(&builder.fault(Fault::DifatCycle).build());
    assert_eq!(ours.get("a/large"), [bytes(2, 70_001)]);
}

#[test]
fn a_file_that_ends_early_is_never_whole() {
    let whole = builder().build();
    // The last sector ends with links of nothing.
    for len in (600..whole.len() - 512).step_by(300) {
        let mut ledger = Ledger::new(Limits::mail());
        if let Ok(file) = File::parse(&whole[..len], &mut ledger) {
            let _ = file.survey(&mut ledger);
            let damaged = |gap: &crate::observe::Gap| gap.reason == Reason::Damaged;
            assert!(ledger.gaps().iter().any(damaged), "cut at {len}");
        }
    }
}

#[test]
fn padding_is_told_and_costs_nothing() {
    let mut builder = builder();
    let ours = read(&builder.fault(Fault::Padding(8 << 20)).build());
    assert!(ours.codes.contains(&"cfb.padding"));
    assert_eq!(ours.get("a/large"), [bytes(2, 70_001)]);
    assert!(ours.gaps.is_empty());
}

#[test]
fn what_is_no_compound_file_is_an_error_that_says_why() {
    let error = |data: &[u8]| {
        let mut ledger = Ledger::new(Limits::mail());
        File::parse(data, &mut ledger).unwrap_err().to_string()
    };
    assert_eq!(error(b""), "cfb: signature is 0x0 at offset 0");
    assert_eq!(
        error(&SIGNATURE),
        "cfb: data ends, 512 more bytes needed at offset 0"
    );
    let mut empty = SIGNATURE.to_vec();
    empty.resize(512, 0);
    assert_eq!(
        error(&empty),
        "cfb: first directory sector is 0x0 at offset 512"
    );
}

#[test]
fn the_places_of_a_stream_are_where_its_bytes_lie() {
    let mut file = builder();
    file.stream("large", bytes(1, 9_000)).scatter("large");
    file.stream("small", bytes(2, 700)).scatter("small");
    for cutoff in [64, 4096, 100_000] {
        file.cutoff(cutoff);
        let data = file.build();
        let mut ledger = Ledger::new(Limits::mail());
        let file = File::parse(&data, &mut ledger).unwrap();
        for entry in file.entries().iter().filter(|entry| entry.is_stream()) {
            let places = file.places(entry, &mut ledger).unwrap();
            let placed: Vec<u8> = places
                .into_iter()
                .flat_map(|at| data[at].to_vec())
                .collect();
            assert_eq!(
                placed,
                &*file.stream(entry, &mut ledger),
                "{}",
                entry.name()
            );
        }
    }
}
