//! Presentations of PowerPoint 97.

use std::time::Instant;

use macrosift::report::Coverage;
use macrosift::{Limit, Limits, Reason, Scanner, Verdict};
use macrosift_testkit::office::{Doc, Kind, Package};
use macrosift_testkit::ovba::{Module, Project};
use macrosift_testkit::presentation::{Fault, Presentation, Stored, record};

use super::Row;

const OPENED: &str = "Sub Auto_Open()\n    If Now > 0 Then Exit Sub\n    Shell \"inert-test.invalid\", 0\n\
    End Sub\n";
const CLICKED: &str = "Sub Go()\n    If Now > 0 Then Exit Sub\n    Shell \"inert-test.invalid\", 0\n\
    End Sub\n";

fn modules(text: &str) -> Project {
    Project::new("Project").module(Module::standard("Module1", text))
}

fn project(text: &str) -> Vec<u8> {
    modules(text).to_bin()
}

/// Starting points for fuzzing.
pub(super) fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let actions = Presentation::new()
        .action(1, false, "Go")
        .action(2, true, "inert.exe")
        .link("https://example.invalid/")
        .class(0x0FCC, "Excel.Sheet.8")
        .class(0x0FEE, "Forms.CommandButton.1")
        .film("\\\\example.invalid\\a.avi");
    let plain = Presentation::new().project(project(CLICKED), Stored::Plain);
    vec![
        ("actions", actions.stream().0),
        ("plain", plain.stream().0),
        (
            "flushed",
            Presentation::new()
                .project(project(CLICKED), Stored::Flushed)
                .fault(Fault::EditCycle)
                .stream()
                .0,
        ),
        (
            "zlib",
            Presentation::new()
                .object(project(CLICKED), Stored::Zlib, false)
                .stream()
                .0,
        ),
    ]
}

#[test]
fn l14_project_in_every_storage() {
    for stored in [
        Stored::Plain,
        Stored::Zlib,
        Stored::Flushed,
        Stored::FalseSize(7),
    ] {
        let bytes = Presentation::new().project(project(OPENED), stored).build();
        let report = Row::new(bytes, Verdict::Malicious)
            .rules(&["execution.shell"])
            .check();
        assert_eq!(report.modules().len(), 1, "{stored:?}");
        let told = report.observations().iter().map(|one| one.code);
        let expected: &[&str] = match stored {
            Stored::FalseSize(_) => &["ppt.object-size"],
            _ => &[],
        };
        assert_eq!(told.collect::<Vec<_>>(), expected, "{stored:?}");
    }
}

#[test]
fn l14_project_that_nothing_leads_to() {
    let bytes = Presentation::new().object(project(OPENED), Stored::Zlib, false);
    Row::new(bytes.build(), Verdict::Malicious)
        .rules(&["execution.shell"])
        .codes(&["ppt.object-unlisted"])
        .check();
}

#[test]
fn l14_decoys_hide_nothing() {
    let decoys = Presentation::new()
        .object(b"no object at all", Stored::Plain, false)
        .object(b"nor this", Stored::Zlib, false)
        // A record that swallows the rest of the stream, and one that swallows more.
        .record(b"\x00\x00\x11\x10\xFF\xFF\x00\x00\x78\x9C\x00")
        .record(b"\x10\x00\x11\x10\xFF\xFF\xFF\x7F\x08\x00\x00\x00\x78\x9C\xFF\xFF")
        .project(project(OPENED), Stored::Zlib)
        .fault(Fault::FirstLength(0xFFFF_FFFF));
    Row::new(decoys.build(), Verdict::Malicious)
        .rules(&["execution.shell"])
        .check();
}

#[test]
fn l14_chain_of_edits_and_user_are_not_needed() {
    for fault in [Fault::EditCycle, Fault::NoUser, Fault::LostProject] {
        let bytes = Presentation::new()
            .project(project(OPENED), Stored::Zlib)
            .fault(fault)
            .build();
        let report = Row::new(bytes, Verdict::Malicious).check();
        let cycle = report
            .observations()
            .iter()
            .any(|one| one.code == "ppt.edit-cycle");
        assert_eq!(cycle, fault == Fault::EditCycle);
    }
}

#[test]
fn l14_false_lengths_of_the_record() {
    for length in [0, 4, 100, 0xFFFF_FFFF] {
        for stored in [Stored::Zlib, Stored::Flushed, Stored::Plain] {
            let bytes = Presentation::new()
                .project(project(OPENED), stored)
                .fault(Fault::ObjectLength(length))
                .build();
            let report = Scanner::new().scan(&bytes);
            let held = if stored == Stored::Plain {
                Verdict::Suspicious
            } else {
                Verdict::Malicious
            };
            assert!(report.verdict() >= held, "{length} {stored:?}");
        }
    }
}

#[test]
fn l14_project_that_is_promised_and_not_there() {
    let bytes = Presentation::new().project(b"not a compound file", Stored::Plain);
    Row::new(bytes.build(), Verdict::Suspicious)
        .coverage(Coverage::Partial)
        .says("has a VBA project")
        .check();
}

#[test]
fn l13_a_macro_at_a_click_or_under_the_mouse() {
    for (over, rule, verdict) in [
        (false, "trigger.click", Verdict::Suspicious),
        (true, "trigger.control-touch", Verdict::Malicious),
    ] {
        let bytes = Presentation::new()
            .project(project(CLICKED), Stored::Zlib)
            .action(1, over, "Go");
        let report = Row::new(bytes.build(), verdict)
            .rules(&[rule, "execution.shell"])
            .check();
        let shell = report
            .findings()
            .iter()
            .find(|one| one.rule == "execution.shell");
        assert!(shell.unwrap().text.starts_with("Go -> "), "{shell:?}");
    }
}

#[test]
fn l13_a_program_at_a_click() {
    Row::new(
        Presentation::new()
            .action(2, false, "inert-test.exe")
            .build(),
        Verdict::Malicious,
    )
    .rules(&["object.run-program"])
    .check();
}

#[test]
fn l13_links() {
    for (target, rule, verdict) in [
        ("inert.exe", "object.open-program", Verdict::Malicious),
        (
            "file:///C:/inert.exe",
            "object.open-program",
            Verdict::Malicious,
        ),
    ] {
        Row::new(Presentation::new().link(target).build(), verdict)
            .rules(&[rule])
            .check();
    }
    let report = Scanner::new().scan(&Presentation::new().link("https://example.invalid/").build());
    assert_eq!(report.verdict(), Verdict::Clean, "{:?}", report.reasons());
}

#[test]
fn l13_films_from_another_machine() {
    let share = Presentation::new()
        .film("\\\\example.invalid\\a.avi")
        .build();
    Row::new(share, Verdict::Suspicious)
        .rules(&["external.picture-share"])
        .check();
    let report = Scanner::new().scan(&Presentation::new().film("C:\\a.avi").build());
    assert_eq!(report.verdict(), Verdict::Clean);
}

#[test]
fn l13_objects_by_their_class() {
    let report = |kind, class| Scanner::new().scan(&Presentation::new().class(kind, class).build());
    assert_eq!(report(0x0FCC, "Excel.Sheet.8").verdict(), Verdict::Clean);
    assert_eq!(report(0x0FCC, "MSGraph.Chart.8").verdict(), Verdict::Macro);
    assert_eq!(
        report(0x0FEE, "Forms.CommandButton.1").verdict(),
        Verdict::Macro
    );
    assert!(report(0x0FCC, "Equation.3").verdict() >= Verdict::Suspicious);
}

#[test]
fn l14_embedded_documents_are_layers() {
    let word = Doc::new().project(modules(OPENED)).build();
    let docm = Package::new(Kind::Docm).vba(project(OPENED)).build();
    for inner in [word, docm] {
        let mut holder = macrosift_testkit::cfb::Builder::new();
        holder.stream("Package", inner);
        let bytes = Presentation::new().object(holder.build(), Stored::Zlib, true);
        Row::new(bytes.build(), Verdict::Malicious).check();
    }
}

#[test]
fn without_anything_it_is_clean() {
    Row::new(Presentation::new().build(), Verdict::Clean).check();
}

#[test]
fn powerpoint_95_is_told() {
    let mut file = macrosift_testkit::cfb::Builder::new();
    file.stream("PP40", vec![0; 600]);
    Row::new(file.build(), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .says("PowerPoint 4 or 95")
        .check();
}

/// Heads without end, containers in containers, and objects over objects.
#[test]
fn hostile_records_cost_what_they_are_long() {
    let head = b"\x10\x00\x11\x10\x10\x00\x00\x00\x08\x00\x00\x00\x78\x9C";
    let heads = head.repeat(1_000_000 / head.len());
    let deep: Vec<u8> = (0..100_000)
        .rev()
        .flat_map(|left: u32| {
            let length = (left * 8).to_le_bytes();
            [&b"\x0F\x00\xF2\x0F"[..], &length].concat()
        })
        .collect();
    // Empty blocks of a stream that never ends, which each of many heads leads into.
    let mut empty = Vec::new();
    for _ in 0..2_000 {
        empty.extend(record(0, 1, 0x1011, b"\x08\0\0\0\x78\x01"));
    }
    empty.extend([0, 0, 0, 0xFF, 0xFF].repeat(100_000));
    // Actions that all have the one text behind them for a name.
    let mut shared = Vec::new();
    for _ in 0..20_000 {
        let mut action = record(0xF, 0, 0x0FF2, &[]);
        action[4..8].fill(0x7F);
        action.extend(record(0, 0, 0x0FF3, &[2; 16]));
        action.extend(b"\x00\x00\xBA\x0F\x00\x00\x00\x10");
        shared.extend(action);
    }
    for (name, bytes) in [
        ("heads", heads),
        ("deep", deep),
        ("empty", empty),
        ("shared", shared),
    ] {
        let bytes = Presentation::new().record(bytes).build();
        let start = Instant::now();
        let report = Scanner::new().scan(&bytes);
        assert!(
            start.elapsed().as_secs() < 20,
            "{name}: {:?}",
            start.elapsed()
        );
        let internal = |one: &&macrosift::Gap| one.reason == Reason::Internal;
        assert!(report.uninspected().iter().find(internal).is_none());
    }
}

#[test]
fn a_bomb_ends_at_the_limit() {
    let mut bomb = macrosift_testkit::cfb::Builder::new();
    bomb.stream("zeros", vec![0; 8 << 20]);
    let bomb = bomb.build();
    let mut presentation = Presentation::new();
    for _ in 0..4 {
        presentation = presentation.object(bomb.as_slice(), Stored::Zlib, true);
    }
    let limits = Limits::mail().with(Limit::OutputBytes, 20 << 20);
    let scanner = Scanner::builder().limits(limits).build();
    let report = scanner.scan(&presentation.build());
    assert_eq!(report.verdict(), Verdict::Unscannable);
    let limit = |one: &&macrosift::Gap| one.reason == Reason::Limit;
    assert!(report.uninspected().iter().any(|one| limit(&one)));
}
