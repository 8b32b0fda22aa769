use std::io::{Cursor, Read};

use arbitrary::Unstructured;

use super::*;
use crate::ovba::decompress;

/// Bytes that look random and are the same every time.
fn noise(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    };
    (0..length).map(|_| next()).collect()
}

fn drawn(seed: u32) -> DocumentSpec {
    let bytes = noise(seed, 200 + seed as usize % 1500);
    DocumentSpec::arbitrary(&mut Unstructured::new(&bytes)).unwrap()
}

#[test]
fn whatever_is_drawn_builds_within_the_bound_and_twice_alike() {
    let mut promises = [0; 3];
    for seed in 0..1000 {
        let spec = drawn(seed);
        let bytes = spec.build();
        assert!(bytes.len() <= MAX_SIZE);
        assert_eq!(bytes, spec.build(), "{spec:?}");
        promises[spec.promise() as usize] += 1;
    }
    assert!(promises.iter().all(|&count| count > 30), "{promises:?}");
}

/// No input may come near the bound: a cut would be a fault that the promise does not know of.
#[test]
fn the_largest_document_is_not_cut() {
    let procedure = ProcedureSpec {
        trigger: Trigger::Helper,
        statements: (0..=255).map(Statement::LongString).rev().collect(),
    };
    let module = ModuleSpec {
        kind: 3,
        native_name: true,
        other_stream: false,
        prefix: 255,
        procedures: vec![procedure; 20],
    };
    let spec = DocumentSpec {
        carrier: Carrier::Pptm,
        language: Language::Russian,
        modules: vec![module; 20],
        layout: Layout {
            stored: true,
            large_sectors: true,
            ..Layout::default()
        },
        faults: Vec::new(),
    };
    let size = spec.build().len();
    assert!(size < MAX_SIZE, "{size}");
}

/// The texts of the modules as a reader without any tolerance finds them.
fn strictly_read(bin: &[u8], spec: &DocumentSpec) -> Vec<(String, String)> {
    let mut file = ::cfb::CompoundFile::open_strict(Cursor::new(bin)).unwrap();
    let page = encoding_rs::Encoding::for_label(match spec.language {
        Language::English => b"windows-1252",
        Language::Japanese => b"shift_jis",
        Language::Chinese => b"gbk",
        Language::Korean => b"euc-kr",
        Language::Russian => b"windows-1251",
    });
    let mut found = Vec::new();
    for module in spec.modules() {
        let mut stream = Vec::new();
        let path = format!("VBA/{}", module.stream_name);
        file.open_stream(path)
            .unwrap()
            .read_to_end(&mut stream)
            .unwrap();
        let text = decompress(&stream[module.prefix.len()..]).unwrap();
        let (text, _, damaged) = page.unwrap().decode(&text);
        assert!(!damaged);
        found.push((module.name, text.into_owned()));
    }
    found
}

#[test]
fn without_faults_a_strict_reader_finds_what_is_promised() {
    let mut seen = 0;
    for seed in 0..400 {
        let mut spec = drawn(seed);
        spec.faults.clear();
        // The strict oracle knows one cutoff only.
        spec.layout.small_cutoff = false;
        assert_eq!(spec.promise(), Promise::Exact);
        spec.carrier = Carrier::Bin;
        let bin = spec.build();
        assert_eq!(strictly_read(&bin, &spec), spec.expected_sources());
        seen += spec.expected_sources().len();

        spec.carrier = Carrier::Docm;
        let package = spec.build();
        let mut archive = ::zip::ZipArchive::new(Cursor::new(&package[..])).unwrap();
        let same = (0..archive.len()).filter(|&index| {
            let mut data = Vec::new();
            archive
                .by_index(index)
                .unwrap()
                .read_to_end(&mut data)
                .unwrap();
            data == bin
        });
        assert_eq!(same.count(), 1);
    }
    assert!(seen > 100);
}

#[test]
fn words_survive_their_code_page() {
    for language in Language::ALL {
        assert!(!crate::encode(language.word(), language.code_page()).contains(&b'?'));
    }
}
