use std::io::{Cursor, Read};

use super::{Builder, Fault, Version};

fn strict(bytes: &[u8]) -> std::io::Result<::cfb::CompoundFile<Cursor<&[u8]>>> {
    ::cfb::CompoundFile::open_strict(Cursor::new(bytes))
}

fn content(bytes: &[u8], path: &str) -> Vec<u8> {
    let mut data = Vec::new();
    let mut file = strict(bytes).unwrap();
    file.open_stream(path)
        .unwrap()
        .read_to_end(&mut data)
        .unwrap();
    data
}

fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index / 7 + index) as u8).collect()
}

/// Small, large, empty, nested, scattered, with a control character, as many as make a deep tree.
fn varied(version: Version) -> Builder {
    let mut file = Builder::new();
    file.version(version)
        .stream("large", pattern(9000))
        .stream("\u{1}CompObj", pattern(100))
        .stream("empty", [])
        .stream("Macros/VBA/dir", pattern(700))
        .stream("Macros/VBA/標準モジュール", pattern(4095))
        .stream("scattered", pattern(5000))
        .stream("small scattered", pattern(1000))
        .scatter("scattered")
        .scatter("small scattered")
        .storage("hollow")
        .class("Macros", [7; 16]);
    for index in 0..40 {
        file.stream(&format!("many/Stream{index}"), pattern(index * 10));
    }
    file
}

#[test]
fn well_formed_files_pass_the_strict_oracle() {
    for version in [Version::V3, Version::V4] {
        let file = varied(version);
        let bytes = file.build();
        assert_eq!(bytes, file.build());
        for path in file.streams() {
            let index = file.find(&path);
            assert_eq!(content(&bytes, &path), file.nodes[index].data, "{path}");
        }
        let oracle = strict(&bytes).unwrap();
        assert!(oracle.is_storage("hollow"));
        assert_eq!(oracle.entry("Macros").unwrap().clsid().as_bytes(), &[7; 16]);
        assert_eq!(oracle.walk().count(), file.nodes.len());
    }
}

#[test]
fn many_fat_sectors_need_a_difat() {
    let data = pattern(8 << 20);
    let mut file = Builder::new();
    let bytes = file.stream("big", data.clone()).build();
    assert_eq!(bytes[72], 1, "one DIFAT sector");
    assert_eq!(content(&bytes, "big"), data);
}

#[test]
fn another_cutoff_moves_streams() {
    let mut file = Builder::new();
    let bytes = file.cutoff(64).stream("s", pattern(300)).build();
    // No mini stream: the root has no sectors.
    assert_eq!(&bytes[56..60], &64_u32.to_le_bytes());
    assert_eq!(&bytes[60..64], &[0xFE, 0xFF, 0xFF, 0xFF]);
}

#[test]
fn every_structural_fault_is_seen_by_the_strict_oracle() {
    let large = || "large".to_owned();
    let faults = [
        Fault::Cycle(large()),
        Fault::CrossLink(large(), "scattered".into()),
        Fault::ChainLeavesFile(large()),
        Fault::ChainCut(large()),
        Fault::DeclaredSize(large(), 20_000),
        Fault::DeclaredSize(large(), 4_100),
        Fault::Unallocated(large()),
        Fault::ObjectType(large(), 9),
        Fault::Namesake(large(), pattern(10)),
        Fault::MiniStreamSize(64),
        Fault::Cutoff(64),
        Fault::ByteOrder(0xFEFF),
        Fault::SectorShift(7),
        Fault::MajorVersion(5),
        Fault::Signature,
        Fault::FatCount(77),
        Fault::SiblingCycle("many".into()),
        Fault::ChildCycle("hollow".into()),
        Fault::DifatCycle,
        Fault::DirectoryCut,
        Fault::DirectoryCycle,
        Fault::Junk(pattern(100)),
        Fault::Truncate(3000),
    ];
    let clean = varied(Version::V3).build();
    for fault in faults {
        let mut file = varied(Version::V3);
        let bytes = file.fault(fault.clone()).build();
        assert_ne!(bytes, clean, "{fault:?}");
        let refused = match strict(&bytes) {
            Err(_) => true,
            Ok(mut oracle) => {
                let mut data = Vec::new();
                let read = oracle
                    .open_stream("large")
                    .and_then(|mut stream| stream.read_to_end(&mut data));
                read.is_err() || data != pattern(9000)
            }
        };
        assert!(refused, "{fault:?}");
    }
}

#[test]
fn an_orphan_keeps_its_type_and_its_data() {
    let mut file = varied(Version::V3);
    let bytes = file.fault(Fault::Orphan("large".into())).build();
    let name = crate::bytes::utf16("large\0");
    let at = bytes
        .windows(name.len())
        .position(|window| window == name)
        .unwrap();
    assert_eq!(bytes[at + 66], 2);
    assert_eq!(bytes[at + 120..at + 124], 9000_u32.to_le_bytes());
    let linked = strict(&bytes).is_ok_and(|oracle| oracle.is_stream("large"));
    assert!(!linked);
}

#[test]
fn streams_with_same_start_share_data() {
    let mut file = Builder::new();
    file.stream("a", pattern(5000)).stream("b", vec![9; 5000]);
    let bytes = file.fault(Fault::SameStart("a".into(), "b".into())).build();
    let mut oracle = ::cfb::CompoundFile::open(Cursor::new(&bytes[..])).unwrap();
    let mut data = Vec::new();
    oracle
        .open_stream("a")
        .unwrap()
        .read_to_end(&mut data)
        .unwrap();
    assert_eq!(data, vec![9; 5000]);
}
