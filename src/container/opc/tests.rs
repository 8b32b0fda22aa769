//! What a reader of packages can rely on.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::limits::{Limit, Limits};
use crate::observe::{Observation, Reason};

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

fn read_with(parts: &[(&str, &[u8])], limits: Limits) -> (Package, Ledger) {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    let data = writer.finish().unwrap().into_inner();
    let mut ledger = Ledger::new(limits);
    let archive = Archive::parse(&data, &mut ledger).unwrap();
    let package = Package::read(&archive, &mut Inflater::new(), &mut ledger);
    (package, ledger)
}

fn read(parts: &[(&str, &[u8])]) -> (Package, Ledger) {
    read_with(parts, Limits::mail())
}

fn codes(ledger: &Ledger) -> Vec<&'static str> {
    ledger.observations().iter().map(|o| o.code).collect()
}

fn types(body: &str) -> Vec<u8> {
    let ns = "http://schemas.openxmlformats.org/package/2006/content-types";
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"{ns}\">{body}</Types>")
        .into_bytes()
}

fn rels(body: &str) -> Vec<u8> {
    let ns = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!("<?xml version=\"1.0\"?>\r\n<Relationships xmlns=\"{ns}\">{body}</Relationships>")
        .into_bytes()
}

fn rel(kind: &str, target: &str, more: &str) -> String {
    format!("<Relationship Id=\"rId1\" Type=\"{kind}\" Target=\"{target}\" {more}/>")
}

#[test]
fn ecma_376_2_7_2_3_a_type_is_that_of_the_part_or_of_its_extension() {
    let (package, ledger) = read(&[
        (
            "[Content_Types].xml",
            &types(
                "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Default Extension=\"PNG\" ContentType=\"application/vnd.ms-office.vbaProject\"/>\
                 <Override PartName=\"/word/Document.xml\" ContentType=\"main+xml\"/>",
            ),
        ),
        ("word/document.xml", b"<a/>"),
    ]);
    assert!(package.is_package());
    assert_eq!(package.content_type("word/document.XML"), Some("main+xml"));
    assert_eq!(package.content_type("/word/document.xml"), Some("main+xml"));
    assert_eq!(
        package.content_type("word/styles.xml"),
        Some("application/xml")
    );
    assert_eq!(
        package.content_type("word/media/image1.png"),
        Some("application/vnd.ms-office.vbaProject")
    );
    assert_eq!(package.content_type("word/a.bin"), None);
    assert_eq!(package.content_type("xml"), None);
    assert_eq!(package.declared_types().count(), 3);
    assert!(ledger.observations().is_empty() && ledger.gaps().is_empty());
}

#[test]
fn every_copy_of_the_content_types_counts_and_conflicts_are_noted() {
    let part = |kind: &str| {
        types(&format!(
            "<Override PartName='/a.xml' ContentType='{kind}'/>"
        ))
    };
    let (package, ledger) = read(&[
        ("[content_types].XML", &part("first")),
        ("/[Content_Types].xml", &part("second")),
    ]);
    assert_eq!(package.content_type("a.xml"), Some("first"));
    assert_eq!(
        package.declared_types().collect::<Vec<_>>(),
        ["first", "second"]
    );
    assert_eq!(
        codes(&ledger),
        ["opc.content-type-conflict", "opc.duplicate-part"]
    );
}

#[test]
fn ecma_376_2_6_5_relationships_of_package_and_parts() {
    let project = "http://schemas.microsoft.com/office/2006/relationships/vbaProject";
    let main = format!("{STRICT}/officeDocument");
    let (package, ledger) = read(&[
        ("_rels/.rels", &rels(&rel(&main, "/word/document.xml", ""))),
        (
            "word/_rels/document.xml.rels",
            &rels(
                &(rel(project, "VbaProject.bin", "TargetMode='Internal'")
                    + &rel("urn:x/vbaproject", "..\\xl/a%2Ebin", "")),
            ),
        ),
        ("word/vbaProject.bin", b"x"),
        ("xl\\a.bin", b"x"),
    ]);
    let all: Vec<_> = package.relationships().collect();
    assert_eq!(all.len(), 3);
    assert_eq!(
        (all[0].source, all[0].id, all[0].kind, all[0].target),
        ("", "rId1", main.as_str(), "/word/document.xml")
    );
    assert_eq!(all[0].short_kind(), "officeDocument");
    assert!(all[0].is_known_kind() && !all[2].is_known_kind());
    assert_eq!(all[1].source, "word/document.xml");
    assert_eq!(all[1].resolved, Some("word/VbaProject.bin"));
    let projects: Vec<_> = package
        .targets_of_kind("vbaProject")
        .flat_map(|one| package.members(one.resolved.unwrap()))
        .collect();
    assert_eq!(projects, [2, 3]);
    assert_eq!(package.part_name(3), "xl/a.bin");
    assert_eq!(codes(&ledger), [""; 0]);
}

#[test]
fn external_targets_are_kept_as_written() {
    let template = format!("{TRANSITIONAL}/attachedTemplate");
    let url = "http://host.invalid/?a=1&amp;b=2";
    for mode in ["External", "EXTERNAL", " external"] {
        let mode = format!("TargetMode=\"{mode}\"");
        let (package, ledger) = read(&[(
            "word/_rels/settings.xml.rels",
            &rels(&rel(&template, url, &mode)),
        )]);
        let one = package.targets_of_kind("attachedTemplate").next().unwrap();
        assert!(one.external);
        assert_eq!(one.resolved, None);
        assert_eq!(one.target, "http://host.invalid/?a=1&b=2");
        assert_eq!(codes(&ledger), [""; 0]);
    }
}

#[test]
fn an_internal_target_that_leaves_the_package_is_noted() {
    let body = rel("k", "http://host.invalid/x", "")
        + &rel("k", "\\\\host.invalid\\x", "TargetMode='Sideways'")
        + &rel("k", "#Sheet1!A1", "");
    let (package, ledger) = read(&[("_rels/.rels", &rels(&body))]);
    let resolved: Vec<_> = package.relationships().map(|one| one.resolved).collect();
    assert_eq!(resolved, [None, Some("host.invalid/x"), None]);
    assert_eq!(
        codes(&ledger),
        [
            "opc.absolute-target",
            "opc.target-mode",
            "opc.absolute-target"
        ]
    );
}

#[test]
fn case_twins_of_a_part_are_both_members() {
    let (package, ledger) = read(&[
        ("_rels/.rels", &rels("")),
        ("word/vbaProject.bin", b"1"),
        ("word\\VBAPROJECT.BIN", b"2"),
        ("word/./vbaProject.bin", b"3"),
        ("word/vbaProject.bin2", b"4"),
    ]);
    let members: Vec<_> = package.members("/Word/vbaProject.bin").collect();
    assert_eq!(members, [1, 2, 3]);
    assert_eq!(codes(&ledger), ["opc.duplicate-part"; 2]);
}

#[test]
fn renamed_prefixes_and_other_encodings_are_read() {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><p:Relationships xmlns:p=\"urn:r\">\
        <!-- c --><p:Relationship Target='請.bin' Type='k/oleObject' Id='i'></p:Relationship>\
        </p:Relationships>";
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(xml.encode_utf16().flat_map(u16::to_le_bytes));
    for part in [&utf16[..], &utf16[2..], xml.as_bytes()] {
        let (package, ledger) = read(&[("_rels/.rels", part)]);
        let one = package.targets_of_kind("oleObject").next().unwrap();
        assert_eq!(one.resolved, Some("請.bin"));
        assert_eq!(codes(&ledger), [""; 0]);
    }
    let (package, ledger) = read(&[("_rels/.rels", b"<?xml encoding='utf-7'?><a/>")]);
    assert_eq!(package.relationships().count(), 0);
    assert_eq!(ledger.gaps()[0].reason, Reason::Unsupported);
    assert!(ledger.gaps()[0].detail.contains("utf-7"));
}

#[test]
fn broken_xml_keeps_what_comes_before_and_is_a_gap() {
    let whole = rels(&rel("k/a", "a.bin", "").repeat(3));
    let second_end = whole.len() - 40;
    for (cut, expected) in [
        (&whole[..second_end], 2),
        (&whole[..whole.len() - 4], 3),
        (&[&whole[..second_end], b"\"<&<<"].concat()[..], 2),
        (&b"no xml"[..], 0),
        (b"", 0),
    ] {
        let (package, ledger) = read(&[("_rels/.rels", cut)]);
        assert_eq!(package.relationships().count(), expected);
        assert_eq!(codes(&ledger), ["opc.xml-damaged"]);
        assert_eq!(ledger.gaps()[0].reason, Reason::Damaged);
        assert!(ledger.gaps()[0].detail.contains("_rels/.rels"));
    }
}

#[test]
fn entities_are_never_expanded() {
    let xml = b"<!DOCTYPE r [<!ENTITY a 'inert'><!ENTITY b '&a;&a;'>]>\
        <Relationships><Relationship Type='k' Target='&b;' Target='c'/>\
        <Relationship Type='k'/></Relationships>";
    let (package, ledger) = read(&[("_rels/.rels", xml)]);
    let targets: Vec<_> = package.relationships().map(|one| one.target).collect();
    assert_eq!(targets, ["&b;"]);
    assert_eq!(
        codes(&ledger),
        [
            "opc.dtd",
            "opc.entity",
            "opc.duplicate-attribute",
            "opc.incomplete-element"
        ]
    );
    let offsets: Vec<_> = ledger
        .observations()
        .iter()
        .map(|o: &Observation| o.offset)
        .collect();
    let first = xml
        .windows(14)
        .position(|w| w == b"<Relationship ")
        .unwrap() as u64;
    let second = xml
        .windows(24)
        .position(|w| w == b"<Relationship Type='k'/>")
        .unwrap() as u64;
    assert_eq!(offsets, [0, first, first, second]);
}

#[test]
fn an_archive_that_is_no_package_has_neither() {
    let (package, ledger) = read(&[("a.txt", b"x"), ("A.TXT", b"y")]);
    assert!(!package.is_package());
    assert_eq!(package.relationships().count(), 0);
    assert_eq!(package.content_type("a.txt"), None);
    assert_eq!(package.members("a.txt").count(), 2);
    assert!(ledger.observations().is_empty());
}

#[test]
fn relationships_are_paid_for() {
    let many = rels(&rel("k", "a", "").repeat(1000));
    let limits = Limits::mail().with(Limit::Entries, 101);
    let (package, ledger) = read_with(&[("_rels/.rels", &many)], limits);
    assert_eq!(package.relationships().count(), 100);
    assert_eq!(ledger.gaps()[0].reason, Reason::Limit);

    // A long folder before each of many short targets costs what it takes.
    let folder = format!("{}/_rels/a.rels", "f".repeat(60_000));
    let limits = Limits::mail().with(Limit::OutputBytes, 1_000_000);
    let (package, ledger) = read_with(&[(&folder, &many)], limits);
    assert!(package.relationships().count() < 20);
    assert_eq!(ledger.gaps()[0].reason, Reason::Limit);
}

/// The samples say the same of themselves as a plain search of their texts.
#[test]
fn every_sample_with_a_project_leads_to_it() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    if !root.is_dir() {
        println!("skipped: no ../shared/samples beside the checkout");
        return;
    }
    let mut led = 0;
    for folder in [
        "ooxml_word_vba",
        "ooxml_excel_vba",
        "ooxml_ppt_vba",
        "xlsb_vba",
    ] {
        for file in std::fs::read_dir(root.join(folder)).unwrap().flatten() {
            let data = std::fs::read(file.path()).unwrap();
            let mut ledger = Ledger::new(Limits::mail());
            let Ok(archive) = Archive::parse(&data, &mut ledger) else {
                continue;
            };
            let package = Package::read(&archive, &mut Inflater::new(), &mut ledger);
            let parts = package.targets_of_kind("vbaProject");
            let found = parts.flat_map(|one| package.members(one.resolved.unwrap()));
            led += found.count();
        }
    }
    assert!(led > 100, "{led}");
}
