//! Objects in compound files: L10, L11 and L12.

use macrosift::report::Coverage;
use macrosift::{Scanner, Verdict};
use macrosift_testkit::cfb;
use macrosift_testkit::object::{self, Package, native_stream, ole_class, text_moniker};
use macrosift_testkit::office::{Doc, Kind, Package as Opc, Twist};
use macrosift_testkit::ovba::{Module, Project};
use macrosift_testkit::rtf;

use super::Row;

const BODY: &str =
    "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\n    Shell \"inert\", 0\nEnd Sub\n";

fn docm() -> Vec<u8> {
    let project = Project::new("Project").module(Module::standard("Module1", BODY));
    Opc::new(Kind::Docm).vba(project.to_bin()).build()
}

/// A Word document with the package as an object.
fn doc(package: &Package) -> Vec<u8> {
    let mut file = Doc::new().to_cfb();
    file.stream("ObjectPool/_1/\u{1}Ole10Native", package.stream())
        .class("ObjectPool/_1", ole_class(object::PACKAGE));
    file.build()
}

/// A package with an object in it.
fn docx(object: Vec<u8>) -> Vec<u8> {
    Opc::new(Kind::Docx)
        .twist(Twist::RelatedPart {
            kind: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
                .to_owned(),
            name: "word/embeddings/oleObject1.bin".to_owned(),
            data: object,
        })
        .build()
}

#[test]
fn l10_package_with_a_program() {
    for name in ["inert.exe", "請求書.vbs"] {
        let package = Package::new(name, b"inert").wide();
        Row::new(doc(&package), Verdict::Malicious)
            .rules(&["object.package-program"])
            .says(name)
            .check();
    }
    let package = Package::new("inert.lnk", b"inert").to_cfb().build();
    Row::new(docx(package), Verdict::Malicious)
        .rules(&["object.package-program"])
        .check();
}

#[test]
fn l10_label_with_another_ending() {
    let package = Package::new("inert.exe", b"inert").label("invoice.pdf");
    let report = Row::new(doc(&package), Verdict::Malicious)
        .rules(&["object.false-name", "object.package-program"])
        .says("inert.exe (shown as invoice.pdf)")
        .check();
    assert_eq!(report.coverage(), Coverage::Complete);
    // A label of its own kind is none.
    let package = Package::new("a.xlsx", b"inert").label("Report 1.2 (Excel).xlsx");
    let report = Scanner::new().scan(&doc(&package));
    assert!(
        report
            .findings()
            .iter()
            .all(|one| one.rule != "object.false-name")
    );
}

#[test]
fn l10_letters_that_turn() {
    let package = Package::new("a\u{202E}fdp.exe", b"inert").wide();
    Row::new(doc(&package), Verdict::Malicious)
        .rules(&["object.false-name"])
        .check();
}

#[test]
fn l10_program_that_is_called_a_document() {
    let package = Package::new("a.pdf", b"MZ\x90\0\x03\0\0\0 inert");
    Row::new(doc(&package), Verdict::Suspicious)
        .rules(&["structure.false-type"])
        .check();
}

#[test]
fn l10_command_line() {
    let package = Package::new("a", b"").command("inert.exe /x");
    Row::new(doc(&package), Verdict::Malicious)
        .rules(&["object.run-program"])
        .says("inert.exe /x")
        .check();
}

#[test]
fn l10_document_in_a_package() {
    let package = Package::new("a.docm", &docm());
    Row::new(doc(&package), Verdict::Malicious)
        .says("AutoOpen")
        .check();
    // A picture is active content, since a click opens it, and no more.
    let package = Package::new("a.png", b"\x89PNG\r\n\x1a\ninert");
    Row::new(doc(&package), Verdict::Macro).check();
}

#[test]
fn l10_package_that_is_cut() {
    let mut stream = Package::new("a.txt", b"inert").stream();
    stream.truncate(stream.len() - 2);
    let mut file = Doc::new().to_cfb();
    file.stream("ObjectPool/_1/\u{1}Ole10Native", stream);
    Row::new(file.build(), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .check();
    let mut file = Doc::new().to_cfb();
    file.stream("ObjectPool/_1/\u{1}Ole10Native", native_stream(b"inert"))
        .class("ObjectPool/_1", ole_class(object::PACKAGE));
    Row::new(file.build(), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .check();
}

#[test]
fn l11_documents_in_streams_of_objects() {
    for name in ["Package", "CONTENTS", "\u{1}Ole10Native"] {
        let mut file = Doc::new().to_cfb();
        let data = if name.starts_with('\u{1}') {
            native_stream(&docm())
        } else {
            docm()
        };
        file.stream(&format!("ObjectPool/_1/{name}"), data);
        Row::new(file.build(), Verdict::Malicious)
            .says("AutoOpen")
            .check();
    }
}

#[test]
fn l12_classes_of_storages() {
    let url = text_moniker(&object::URL_MONIKER, "https://example.invalid/a");
    let htmlfile = *b"\x20\x69\x33\x25\xF9\x03\xCF\x11\x8F\xD0\x00\xAA\x00\x68\x6F\x13";
    for class in [ole_class(object::EQUATION), htmlfile, object::SOAP_MONIKER] {
        let mut root = cfb::Builder::new();
        root.class("", class).stream("inert", b"inert".to_vec());
        let mut inner = Doc::new().to_cfb();
        inner
            .stream("ObjectPool/_1/inert", b"inert".to_vec())
            .class("ObjectPool/_1", class);
        let mut named = Doc::new().to_cfb();
        named.stream(
            "ObjectPool/_1/\u{1}CompObj",
            object::comp_obj(&class, "inert"),
        );
        let mut linked = object::link(&object::composite_moniker(std::slice::from_ref(&url)));
        linked.class("", class);
        for bytes in [
            docx(root.build()),
            root.build(),
            inner.build(),
            named.build(),
            linked.build(),
        ] {
            let report = Scanner::new().scan(&bytes);
            assert_eq!(
                report.verdict(),
                Verdict::Malicious,
                "{:?}",
                report.reasons()
            );
            let mut findings = report.findings().iter();
            assert!(findings.any(|one| one.rule == "object.exploit-class"));
        }
    }
    let mut file = Doc::new().to_cfb();
    file.stream("ObjectPool/_1/inert", b"inert".to_vec())
        .class("ObjectPool/_1", ole_class(object::EQUATION));
    Row::new(file.build(), Verdict::Malicious)
        .rules(&["object.exploit-class"])
        .check();
}

#[test]
fn l12_monikers_in_objects() {
    let address = "https://example.invalid/a";
    for (class, rule) in [
        (object::URL_MONIKER, "external.object"),
        (object::SCRIPT_MONIKER, "object.exploit-class"),
        (object::NEW_MONIKER, "object.exploit-class"),
    ] {
        let object = object::link(&text_moniker(&class, address)).build();
        for bytes in [object.clone(), docx(object)] {
            Row::new(bytes, Verdict::Malicious).rules(&[rule]).check();
        }
    }
}

#[test]
fn links_to_files_are_active_content() {
    for (path, verdict) in [
        ("C:\\inert\\a.xls", Verdict::Macro),
        ("\\\\server\\inert\\a.xls", Verdict::Suspicious),
    ] {
        let object = object::link(&object::file_moniker(path)).build();
        let report = Row::new(docx(object), verdict).check();
        assert!(
            report
                .findings()
                .iter()
                .any(|one| one.text.contains("a.xls")),
            "{:?}",
            report.findings()
        );
    }
}

#[test]
fn many_objects_take_linear_work() {
    let mut file = Doc::new().to_cfb();
    for number in 0..2000 {
        let package = Package::new(&format!("{number}.txt"), b"inert");
        file.stream(
            &format!("ObjectPool/_{number}/\u{1}Ole10Native"),
            package.stream(),
        );
    }
    let bytes = file.build();
    let start = std::time::Instant::now();
    let report = Scanner::new().scan(&bytes);
    assert!(report.verdict() > Verdict::Clean);
    assert!(start.elapsed().as_secs() < 20);
}

/// The stream of a formula: a line with a character, behind a font of that name.
fn formula(font: &str) -> Vec<u8> {
    let mut data = vec![3, 1, 1, 3, 0, 0x08, 0x81, 0];
    data.extend(font.as_bytes());
    data.extend([0, 0x0A, 0x01, 0x12, 0x83, b'x', 0, 0, 0]);
    let mut stream = vec![28, 0, 0, 0, 2, 0, 0xC1, 0xC1];
    stream.extend((data.len() as u32).to_le_bytes());
    stream.resize(28, 0);
    stream.extend(data);
    stream
}

/// An object of the class with that stream.
fn equation(stream: &str, data: &[u8]) -> cfb::Builder {
    let mut file = cfb::Builder::new();
    file.stream(stream, data)
        .class("", ole_class(object::EQUATION));
    file
}

const TIMES: &str = "Times New Roman";
const NATIVE: &str = "Equation Native";

#[test]
fn l12_formulas_that_are_sound() {
    let body = "<w:object><o:OLEObject Type='Embed' ProgID='Equation.3'/></w:object>";
    let object = equation(NATIVE, &formula(TIMES)).build();
    let package = Opc::new(Kind::Docx)
        .twist(Twist::Body(body.to_owned()))
        .twist(Twist::RelatedPart {
            kind: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
                .to_owned(),
            name: "word/embeddings/oleObject1.bin".to_owned(),
            data: object.clone(),
        });
    Row::new(package.build(), Verdict::Suspicious)
        .rules(&["object.risky-class"])
        .check();
    let mut file = Doc::new().to_cfb();
    for name in ["_1", "_2"] {
        let place = format!("ObjectPool/{name}");
        file.stream(&format!("{place}/{NATIVE}"), formula(TIMES))
            .class(&place, ole_class(object::EQUATION));
    }
    Row::new(file.build(), Verdict::Suspicious)
        .rules(&["object.risky-class"])
        .check();
    // In rich text, unless it starts the program by itself.
    let data = object::embedded("Equation.3", &object);
    let text = rtf::document(&rtf::object("Equation.3", &data));
    let report = Scanner::new().scan(&text);
    assert_eq!(
        report.verdict(),
        Verdict::Suspicious,
        "{:?}",
        report.reasons()
    );
    let text = String::from_utf8(text).unwrap();
    let text = text.replace("\\objemb", "\\objemb\\objupdate");
    Row::new(text, Verdict::Malicious)
        .rules(&["object.exploit-class"])
        .check();
}

#[test]
fn l12_formulas_that_are_none() {
    for object in [
        // What overflows the name of a font.
        equation(NATIVE, &formula(&"A".repeat(48))),
        equation(NATIVE, b"inert"),
        equation(NATIVE, &formula(TIMES)[..50]),
        equation("\u{1}Ole10Native", &native_stream(&formula(TIMES))),
        equation("CONTENTS", b"inert"),
    ] {
        Row::new(docx(object.build()), Verdict::Malicious)
            .rules(&["object.exploit-class"])
            .check();
    }
    // A sound one makes no other one so.
    let mut file = Doc::new().to_cfb();
    for (name, font) in [("_1", TIMES), ("_2", &"A".repeat(48))] {
        let place = format!("ObjectPool/{name}");
        file.stream(&format!("{place}/{NATIVE}"), formula(font))
            .class(&place, ole_class(object::EQUATION));
    }
    Row::new(file.build(), Verdict::Malicious)
        .rules(&["object.exploit-class"])
        .check();
    let mut two = equation(NATIVE, &formula(TIMES));
    two.stream("a/\u{1}Ole10Native", native_stream(b"inert"))
        .class("a", ole_class(object::EQUATION));
    let report = Scanner::new().scan(&docx(two.build()));
    assert_eq!(
        report.verdict(),
        Verdict::Malicious,
        "{:?}",
        report.reasons()
    );
}
