//! Binary drawings.

use std::time::Instant;

use macrosift::report::Coverage;
use macrosift::{Report, Scanner, Verdict};
use macrosift_testkit::cfb::Builder;
use macrosift_testkit::ovba::{Module, ModuleKind, Project};
use macrosift_testkit::visio::{Drawing, Packing, pack};

use super::Row;

const SOURCE: &str = "Private Sub Document_DocumentOpened(ByVal doc As IVDocument)\r\n\
    If Now > 0 Then Exit Sub\r\n\
    CreateObject(\"WScript.Shell\").Run \"inert\"\r\n\
    End Sub\r\n";

/// A project as a compound file of its own.
fn project() -> Vec<u8> {
    with_module().to_bin()
}

fn with_module() -> Project {
    let module = Module::new(ModuleKind::OtherDocument, "ThisDocument", SOURCE);
    Project::new("VBAProject").module(module)
}

fn scan(bytes: &[u8]) -> Report {
    Scanner::builder().keep_source(true).build().scan(bytes)
}

fn has_source(report: &Report) -> bool {
    let mut sources = report
        .modules()
        .iter()
        .filter_map(|one| one.source.as_deref());
    sources.any(|source| source.ends_with(SOURCE))
}

#[track_caller]
fn is_read(drawing: &Drawing) {
    let report = scan(&drawing.build());
    assert_eq!(report.format(), "vsd");
    assert!(has_source(&report), "{:#?}", report.uninspected());
    assert_eq!(
        report.verdict(),
        Verdict::Malicious,
        "{:#?}",
        report.reasons()
    );
}

#[test]
fn c09_project_in_every_version_and_packing() {
    for version in [5, 6, 11] {
        for packing in [Packing::Stored, Packing::Literals, Packing::Copies] {
            let drawing = Drawing::new(version).file(project()).packing(packing);
            is_read(&drawing);
        }
    }
    let drawing = Drawing::new(11).file(project());
    Row::new(drawing.build(), Verdict::Malicious).check();
}

#[test]
fn c09_project_in_portions() {
    for portion in [512, 1000, 4096] {
        is_read(&Drawing::new(11).file(project()).portion(portion));
    }
}

#[test]
fn c09_two_files() {
    let mut other = Builder::new();
    other.stream("inert", b"inert".repeat(1000));
    is_read(&Drawing::new(11).file(other.build()).file(project()));
}

#[test]
fn c09_project_that_no_pointer_leads_to() {
    for packing in [Packing::Stored, Packing::Literals, Packing::Copies] {
        let drawing = Drawing::new(11)
            .file(project())
            .packing(packing)
            .portion(1 << 20)
            .unlisted();
        let report = scan(&drawing.build());
        assert!(has_source(&report), "{packing:?}");
    }
}

#[test]
fn c09_flags_anywhere_in_the_signature() {
    for before in 0..9 {
        let content = [vec![b'i'; before], project()].concat();
        let drawing = Drawing::new(11)
            .packing(Packing::Stored)
            .file([b"inert".to_vec(), pack(&content, true)].concat());
        let report = scan(&drawing.unlisted().build());
        assert!(has_source(&report), "{before}");
    }
}

#[test]
fn c09_signature_and_nothing_else() {
    let file = [&b"\xD0\xCF\x11\xE0\xFF\xA1\xB1\x1A\xE1"[..], &[0x55; 200]].concat();
    let drawing = Drawing::new(11)
        .packing(Packing::Stored)
        .file(file)
        .unlisted();
    Row::new(drawing.build(), Verdict::Suspicious)
        .coverage(Coverage::Partial)
        .check();
}

#[test]
fn a18_drawing_without_macros() {
    for version in [5, 6, 11] {
        Row::new(Drawing::new(version).build(), Verdict::Clean).check();
        Row::new(Drawing::new(version).loops().build(), Verdict::Clean).check();
    }
}

#[test]
fn a18_pointers_that_lead_nowhere() {
    for drawing in [Drawing::new(5), Drawing::new(6), Drawing::new(11)] {
        Row::new(drawing.outside().build(), Verdict::Unscannable)
            .coverage(Coverage::Partial)
            .check();
    }
}

#[test]
fn a17_a20_publisher_and_project_with_a_project() {
    for (stream, storage, format) in [
        ("Quill/QuillSub/CONTENTS", "VBA", "pub"),
        ("Props", "VBA_Project", "mpp"),
    ] {
        let mut file = Builder::new();
        file.stream(stream, b"INERT TEST DOCUMENT".repeat(4));
        with_module().add_to(&mut file, storage);
        let report = scan(&file.build());
        assert_eq!(report.format(), format);
        assert_eq!(report.modules().len(), 1, "{:#?}", report.uninspected());
        assert!(report.verdict() >= Verdict::Suspicious);
    }
}

/// Half a million pointers, and a stream that unpacks to as much as can be, cost what limits allow.
#[test]
fn hostile_drawings() {
    let mut many = Drawing::new(11).packing(Packing::Stored);
    for _ in 0..20_000 {
        many = many.file(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec());
    }
    let bomb = Drawing::new(11).file(vec![0; 4 << 20]).portion(4 << 20);
    for drawing in [many, bomb] {
        let bytes = drawing.build();
        let started = Instant::now();
        scan(&bytes);
        assert!(started.elapsed().as_secs() < 20);
    }
}

/// Starting points for fuzzing.
pub(super) fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let drawing = |version| Drawing::new(version).file(project());
    vec![
        ("version-5", drawing(5).document()),
        (
            "version-6",
            drawing(6).packing(Packing::Literals).document(),
        ),
        ("version-11", drawing(11).portion(1000).document()),
        ("unlisted", drawing(11).unlisted().document()),
        ("loop", Drawing::new(11).loops().document()),
    ]
}
