//! Sections of OneNote.

use macrosift::report::Coverage;
use macrosift::{Reason, Scanner, Verdict};
use macrosift_testkit::office::{Kind, Package};
use macrosift_testkit::one_note::Section;
use macrosift_testkit::ovba::{Module, Project};

use super::Row;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// Starting points for fuzzing.
pub(super) fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let section = Section::new()
        .picture(".png", PNG)
        .file("open.bat", b"@echo inert")
        .nameless(b"inert");
    vec![
        ("section", section.build()),
        ("cloud", Section::new().cloud().build()),
        ("password", Section::new().password().build()),
    ]
}

#[test]
fn a16_the_minimum_that_was_seen() {
    Row::new(
        Section::new().bare().nameless(b"@echo inert").build(),
        Verdict::Malicious,
    )
    .coverage(Coverage::Partial)
    .rules(&["object.package-program"])
    .check();
}

#[test]
fn a16_scripts_by_name() {
    for name in [
        "open.bat",
        "a.cmd",
        "a.js",
        "a.jse",
        "a.vbs",
        "a.wsf",
        "請求書.hta",
        "a.ps1",
        "a.lnk",
        "a.chm",
        "a.exe",
    ] {
        let section = Section::new().picture(".png", PNG).file(name, b"inert");
        let report = Scanner::new().scan(&section.build());
        assert_eq!(report.verdict(), Verdict::Malicious, "{name}");
        assert!(
            report.findings().iter().any(|one| one.text == name),
            "{name}"
        );
    }
}

#[test]
fn a16_scripts_without_a_name() {
    for script in [
        &b"@echo off\r\nrem inert"[..],
        b"<html><hta:application id=inert>",
        b"var a = new ActiveXObject(\"inert\");",
        b"$inert = 1\nInvoke-Expression $inert",
        b"On Error Resume Next\r\nSet a = CreateObject(\"Scripting.Dictionary\")\r\nWScript.Quit",
        b"MZ\x90\0\x03\0\0\0inert",
        b"L\0\0\0\x01\x14\x02\0inert",
    ] {
        let report = Scanner::new().scan(&Section::new().nameless(script).build());
        assert_eq!(report.verdict(), Verdict::Malicious, "{script:?}");
        let rule = |one: &macrosift::report::Finding| one.rule == "object.package-program";
        assert!(report.findings().iter().any(rule), "{script:?}");
    }
}

#[test]
fn a16_names_that_lie() {
    for (name, data, rule) in [
        ("invoice.pdf.exe", &b"inert"[..], "object.false-name"),
        ("fdp.\u{202E}exe", b"inert", "object.false-name"),
        (
            "invoice.pdf",
            b"MZ\x90\0\x03\0\0\0inert",
            "structure.false-type",
        ),
    ] {
        let report = Scanner::new().scan(&Section::new().file(name, data).build());
        assert!(report.verdict() >= Verdict::Suspicious, "{name}");
        assert!(
            report.findings().iter().any(|one| one.rule == rule),
            "{name}"
        );
    }
}

#[test]
fn a16_a_picture_for_a_name_and_a_script_for_content() {
    // mshta reads past what it does not understand.
    let data = [PNG, b"<script>inert</script>"].concat();
    Row::new(
        Section::new().file("a.hta", &data).build(),
        Verdict::Malicious,
    )
    .rules(&["object.package-program"])
    .check();
}

#[test]
fn a16_documents_are_layers() {
    let text = "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\n    Shell \"inert-test.invalid\", 0\nEnd Sub\n";
    let project = Project::new("P").module(Module::standard("M", text));
    let docm = Package::new(Kind::Docm).vba(project.to_bin()).build();
    let section = Section::new().file("報告書.docm", &docm).build();
    let report = Row::new(section.clone(), Verdict::Malicious)
        .rules(&["execution.shell", "object.package-macros"])
        .check();
    let mut names = report
        .layers()
        .iter()
        .filter_map(|layer| layer.name.as_deref());
    assert!(names.any(|name| name == "報告書.docm"));
    // A section in a section.
    Row::new(
        Section::new().file("a.one", &section).build(),
        Verdict::Malicious,
    )
    .check();
}

#[test]
fn a16_pictures_alone_are_clean() {
    let section = Section::new()
        .picture(".png", PNG)
        .picture(".jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF");
    Row::new(section.build(), Verdict::Clean).check();
}

#[test]
fn a16_a_document_is_told() {
    let docx = Package::new(Kind::Docx).build();
    let report = Row::new(Section::new().file("a.docx", &docx).build(), Verdict::Macro)
        .rules(&["object.package-document"])
        .check();
    assert_eq!(report.layers().len(), 2);
}

#[test]
fn a16_what_is_not_read_is_told() {
    for (section, says) in [
        (Section::new().cloud(), "stored in the cloud"),
        (Section::new().password(), "under a password"),
        (Section::new().bare(), "header of the section"),
        (
            Section::new().file("a.docx", b"inert").declared(1 << 40),
            "not whole",
        ),
    ] {
        Row::new(section.build(), Verdict::Unscannable)
            .coverage(Coverage::Partial)
            .says(says)
            .check();
    }
}

#[test]
fn a16_a_package_behind_a_section() {
    let text = "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\n    Shell \"inert-test.invalid\", 0\nEnd Sub\n";
    let project = Project::new("P").module(Module::standard("M", text));
    let docm = Package::new(Kind::Docm).vba(project.to_bin()).build();
    let section = Section::new().file("a.docx", b"inert").build();
    let report = Scanner::new().scan(&[section, docm].concat());
    assert_eq!(report.verdict(), Verdict::Malicious);
}

#[test]
fn a_flood_of_files_ends() {
    let mut section = Section::new();
    for _ in 0..2_000 {
        section = section.nameless(b"@echo inert");
    }
    let report = Scanner::new().scan(&section.build());
    assert_eq!(report.verdict(), Verdict::Malicious);
}

/// Files that lie in one another are the same bytes again and again, and cost what they weigh.
#[test]
fn files_in_one_another_end() {
    let mut head = Section::new().nameless(b"").declared(1 << 16).build();
    let object = head.split_off(head.len() - 52);
    let section = [head, object.repeat(20_000)].concat();
    let report = Scanner::new().scan(&section);
    assert_eq!(report.verdict(), Verdict::Suspicious);
    assert!(
        report
            .uninspected()
            .iter()
            .any(|gap| gap.reason == Reason::Limit)
    );
}
