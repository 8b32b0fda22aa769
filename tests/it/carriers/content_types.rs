//! Parts under a name or a type that is not theirs.

use macrosift::{Scanner, Verdict};
use macrosift_testkit::office::{Kind, Package, Twist};
use macrosift_testkit::ovba::{Module, Project, Reference};

use super::Row;

fn project() -> Project {
    let body = "Sub Go()\r\n    If Now > 0 Then Exit Sub\r\n    MsgBox \"inert\"\r\nEnd Sub\r\n";
    Project::new("VBAProject").module(Module::standard("Module1", body))
}

#[test]
fn z13_project_under_the_name_of_a_picture() {
    let package = Package::new(Kind::Docm)
        .vba(project().to_bin())
        .twist(Twist::VbaPart("word/media/image1.png".into()))
        .twist(Twist::DefaultVbaType);
    Row::new(package.build(), Verdict::Suspicious)
        .rules(&["structure.false-type"])
        .says("word/media/image1.png")
        .check();
}

#[test]
fn z13_document_under_the_type_of_a_picture() {
    let inner = Package::new(Kind::Docx).build();
    let package = Package::new(Kind::Docx).twist(Twist::TypedPart {
        kind: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image".into(),
        name: "word/media/image1.bin".into(),
        content_type: "image/png".into(),
        data: inner,
    });
    let report = Scanner::new().scan(&package.build());
    assert_eq!(
        report.verdict(),
        Verdict::Suspicious,
        "{:#?}",
        report.reasons()
    );
    assert!(
        report
            .findings()
            .iter()
            .any(|one| one.rule == "structure.false-type")
    );
}

#[test]
fn z13_project_under_the_type_of_a_document_without() {
    let package = Package::new(Kind::Docm)
        .vba(project().to_bin())
        .twist(Twist::MacroFreeType);
    Row::new(package.build(), Verdict::Suspicious)
        .codes(&["opc.type-lie"])
        .check();
}

#[test]
fn v12_reference_to_another_machine() {
    for path in [
        "\\\\example.invalid\\share\\lib.xla",
        "//example.invalid/share/lib.xla",
        "https://example.invalid/lib.xla",
    ] {
        let bin = project()
            .reference(Reference::project("Lib", path))
            .to_bin();
        let report = Scanner::new().scan(&Package::new(Kind::Xlsm).vba(bin).build());
        assert_eq!(
            report.verdict(),
            Verdict::Suspicious,
            "{path} {:#?}",
            report.reasons()
        );
        assert!(
            report
                .findings()
                .iter()
                .any(|one| one.rule == "external.project")
        );
    }
    let libid = "*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#\\\\example.invalid\\a.tlb#A";
    let bin = project()
        .reference(Reference::registered("A", libid))
        .to_bin();
    let report = Scanner::new().scan(&Package::new(Kind::Xlsm).vba(bin).build());
    assert_eq!(
        report.verdict(),
        Verdict::Suspicious,
        "{:#?}",
        report.reasons()
    );
    let local = Reference::project("Lib", "C:\\lib.xla");
    let bin = project().reference(local).to_bin();
    let report = Scanner::new().scan(&Package::new(Kind::Xlsm).vba(bin).build());
    assert_eq!(report.verdict(), Verdict::Macro, "{:#?}", report.reasons());
}
