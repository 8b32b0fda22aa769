//! OpenDocument files.

use macrosift::report::Coverage;
use macrosift::{Report, Scanner, Verdict};
use macrosift_testkit::office::{Kind, Package};
use macrosift_testkit::open_document::Document;
use macrosift_testkit::ovba::{Module, Project};

use super::Row;

const SHELL: &str =
    "Sub Main()\n    If Now > 0 Then Exit Sub\n    Shell(\"inert-test.invalid\", 0)\nEnd Sub\n";
const ADDRESS: &str = "vnd.sun.star.script:Standard.Module1.Main?language=Basic&location=document";

/// The document in a package and in one file, judged alike. Cut short, the latter is no longer
/// known for what it is, so only the package is held against damage.
#[track_caller]
fn both(document: &Document, verdict: Verdict, rules: &[&'static str]) -> [Report; 2] {
    let flat = Scanner::new().scan(&document.flat());
    assert_eq!(flat.verdict(), verdict, "{:?}", flat.reasons());
    for rule in rules {
        assert!(
            flat.findings().iter().any(|one| one.rule == *rule),
            "{rule}"
        );
    }
    let package = Row::new(document.build(), verdict).rules(rules).check();
    [package, flat]
}

#[test]
fn a22_basic_that_an_event_starts() {
    let document = Document::new("text")
        .module("Standard", "Module1", SHELL)
        .event("dom:load", ADDRESS);
    let rules = ["trigger.document-open", "execution.shell"];
    for report in both(&document, Verdict::Malicious, &rules) {
        let module = &report.modules()[0];
        assert_eq!(
            (module.name.as_str(), module.language),
            ("Module1", "basic")
        );
        let shell = report
            .findings()
            .iter()
            .find(|one| one.rule == "execution.shell");
        assert_eq!(shell.unwrap().text, "Main -> Shell \"inert-test.invalid\"");
    }
}

#[test]
fn a22_services_that_start_programs() {
    let text = "Sub Main()\n    If Now > 0 Then Exit Sub\n    \
        oShell = CreateUnoService(\"com.sun.star.system.SystemShellExecute\")\n    \
        oShell.execute(\"inert-test.invalid\", \"/x\", 0)\nEnd Sub\n";
    let document = Document::new("spreadsheet")
        .module("Standard", "Module1", text)
        .event("office:view-created", ADDRESS);
    let rules = ["execution.uno-shell", "execution.shell-verb"];
    both(&document, Verdict::Malicious, &rules);
}

#[test]
fn a22_basic_that_nothing_starts() {
    let text = "Sub Main()\n    MsgBox \"inert\"\nEnd Sub\n";
    let document = Document::new("text").module("Standard", "Module1", text);
    both(&document, Verdict::Macro, &[]);
}

#[test]
fn a22_basic_at_a_click() {
    let document = Document::new("text")
        .module("Standard", "Module1", SHELL)
        .body("<text:a xlink:href=\"macro://./Standard.Module1.Main()\">inert</text:a>");
    let rules = ["trigger.click", "execution.shell"];
    both(&document, Verdict::Suspicious, &rules);
}

#[test]
fn a22_other_languages() {
    let python = Document::new("text").part("Scripts/python/inert.py", "def go():\n    pass\n");
    Row::new(python.build(), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .says("scripts in Python")
        .check();
    let started = python.event(
        "dom:load",
        "vnd.sun.star.script:inert.py$go?language=Python&location=document",
    );
    Row::new(started.build(), Verdict::Suspicious)
        .coverage(Coverage::Partial)
        .says("an event of the document calls")
        .check();
}

#[test]
fn a22_a_path_out_of_the_folder_of_scripts() {
    let document = Document::new("text").event(
        "dom:mouseover",
        "vnd.sun.star.script:../../inert.py$go(1,inert)?language=Python&location=share",
    );
    both(&document, Verdict::Malicious, &["object.run-program"]);
}

#[test]
fn a22_a_library_under_a_password() {
    let document = Document::new("text").locked("Secret");
    Row::new(document.build(), Verdict::Suspicious)
        .coverage(Coverage::Partial)
        .says("Secret is under a password")
        .check();
    let flat = Scanner::new().scan(&document.flat());
    assert_eq!(flat.verdict(), Verdict::Suspicious);
}

#[test]
fn a22_encrypted_parts() {
    let document = Document::new("text").encrypted("Basic/Standard/Module1.xml", b"\x93inert");
    Row::new(document.build(), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .says("aes256-cbc")
        .check();
}

#[test]
fn a22_what_is_loaded_from_elsewhere() {
    for (markup, rule, verdict) in [
        (
            "<text:section text:name=\"a\"><text:section-source \
             xlink:href=\"https://example.invalid/a.odt\"/></text:section>",
            "external.subdocument",
            Verdict::Suspicious,
        ),
        (
            "<draw:image xlink:href=\"file://example.invalid/a.png\"/>",
            "external.picture-share",
            Verdict::Suspicious,
        ),
        (
            "<draw:object-ole xlink:href=\"https://example.invalid/a.doc\"/>",
            "external.object",
            Verdict::Suspicious,
        ),
        (
            "<draw:floating-frame xlink:href=\"https://example.invalid/\"/>",
            "external.frame",
            Verdict::Suspicious,
        ),
        (
            "<text:dde-connection-decl office:dde-application=\"cmd\" \
             office:dde-topic=\"/c inert\" office:dde-item=\"a\"/>",
            "dde.link",
            Verdict::Malicious,
        ),
        (
            "<table:table-cell table:formula=\"of:=DDE(&quot;cmd&quot;;&quot;/c inert&quot;;\
             &quot;a&quot;)\"/>",
            "dde.formula",
            Verdict::Malicious,
        ),
        (
            "<text:a xlink:href=\"inert.exe\">inert</text:a>",
            "object.open-program",
            Verdict::Malicious,
        ),
    ] {
        let document = Document::new("text").body(markup);
        for bytes in [document.build(), document.flat()] {
            let report = Scanner::new().scan(&bytes);
            assert!(
                report.verdict() >= verdict && report.findings().iter().any(|one| one.rule == rule),
                "{markup}: {:?} {:?}",
                report.verdict(),
                report.findings()
            );
        }
    }
}

#[test]
fn a22_embedded_documents_are_layers() {
    let text = "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\n    Shell \"inert-test.invalid\", 0\nEnd Sub\n";
    let project = Project::new("P").module(Module::standard("M", text));
    let docm = Package::new(Kind::Docm).vba(project.to_bin()).build();
    Row::new(
        Document::new("text").part("Object 1", docm.clone()).build(),
        Verdict::Malicious,
    )
    .rules(&["execution.shell"])
    .check();
    let flat = Document::new("text")
        .embedded(b"\x89PNG\r\n\x1a\n\0\0")
        .embedded(&docm)
        .flat();
    let report = Scanner::new().scan(&flat);
    assert_eq!(report.verdict(), Verdict::Malicious);
    assert_eq!(report.layers()[1].format, "docm");
}

#[test]
fn a22_a_package_of_both_kinds() {
    let document = Document::new("text")
        .module("Standard", "Module1", SHELL)
        .event("dom:load", ADDRESS)
        .part(
            "[Content_Types].xml",
            "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/\
             content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>",
        )
        .part("word/document.xml", "<w:document xmlns:w=\"w\"/>");
    Row::new(document.build(), Verdict::Malicious)
        .coverage(Coverage::Complete)
        .rules(&["execution.shell"])
        .check();
}

#[test]
fn a22_ordinary_documents_are_clean() {
    for (kind, format) in [
        ("text", "odt"),
        ("spreadsheet", "ods"),
        ("presentation", "odp"),
    ] {
        let document = Document::new(kind)
            .body("<text:a xlink:href=\"https://example.invalid/\">inert</text:a>")
            .part("meta.xml", "<?xml version=\"1.0\"?><office:document-meta/>")
            .part("Thumbnails/thumbnail.png", b"\x89PNG\r\n\x1a\n");
        let report = Row::new(document.build(), Verdict::Clean).check();
        assert_eq!(report.layers()[0].format, format);
        Row::new(document.flat(), Verdict::Clean).check();
    }
}

#[test]
fn a22_a_book_is_no_document() {
    let book = Document::new("text")
        .media_type("application/epub+zip")
        .build();
    Row::new(book, Verdict::Other).check();
}

#[test]
fn a22_broken_parts_are_told() {
    let document = Document::new("text").part("styles.xml", "<a><b></a>");
    Row::new(document.build(), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .says("not well-formed")
        .check();
}

/// Namespaces that the body of a test needs.
const NAMES: &str = "xmlns:x=\"urn:x\" xmlns:l=\"http://www.w3.org/1999/xlink\" \
    xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"";

#[test]
fn a22_attributes_of_other_namespaces_hide_nothing() {
    for (markup, rule) in [
        (
            "<text:section-source x:href=\"#a\" l:href=\"http://example.invalid/a.odt\"/>",
            "external.subdocument",
        ),
        (
            "<text:section-source href=\"#a\" o:href=\"#a\" l:href=\"http://example.invalid/a.odt\"/>",
            "external.subdocument",
        ),
        (
            "<table:table-cell table:formula=\"of:=DDE(&quot;cmd&quot;;&quot;/c&quot;;&quot;a&quot;)\" \
             x:formula=\"of:=1\"/>",
            "dde.formula",
        ),
        (
            "<text:dde-connection-decl o:dde-application=\"cmd\" o:dde-topic=\"/c inert\" \
             o:dde-item=\"a\" x:dde-application=\"soffice\" x:dde-topic=\"a.ods\"/>",
            "dde.link",
        ),
    ] {
        let document = Document::new("text").body(&format!("<text:p {NAMES}>{markup}</text:p>"));
        for bytes in [document.build(), document.flat()] {
            let report = Scanner::new().scan(&bytes);
            assert!(report.verdict() >= Verdict::Suspicious, "{markup}");
            assert!(
                report.findings().iter().any(|one| one.rule == rule),
                "{markup}: {:?}",
                report.findings()
            );
        }
    }
    let document = Document::new("text")
        .module("Standard", "Module1", SHELL)
        .body(&format!(
            "<a {NAMES}><script:event-listener script:event-name=\"dom:load\" x:href=\"#q\" \
             l:href=\"{}\" x:macro-name=\"a\"/></a>",
            ADDRESS.replace('&', "&amp;")
        ));
    both(&document, Verdict::Malicious, &["trigger.document-open"]);
}

#[test]
fn a22_two_attributes_that_nobody_can_tell_apart() {
    let document = Document::new("text")
        .body("<draw:object-ole q:href=\"#a\" r:href=\"https://example.invalid/a.doc\"/>");
    Row::new(document.build(), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .says("two attributes of one name")
        .check();
}

#[test]
fn a22_metadata_leads_nowhere() {
    let metadata = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rdf:RDF \
        xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description \
        rdf:about=\"styles.xml\"><rdf:type \
        rdf:resource=\"http://docs.oasis-open.org/ns/office/1.2/meta/odf#StylesFile\"/>\
        </rdf:Description></rdf:RDF>";
    let document = Document::new("text").part("manifest.rdf", metadata);
    Row::new(document.build(), Verdict::Clean).check();
}

#[test]
fn a22_blanks_before_the_arguments_of_a_function() {
    for (formula, verdict) in [
        (
            "DDE (&quot;cmd&quot;;&quot;/c inert&quot;;&quot;a&quot;)",
            Verdict::Malicious,
        ),
        (
            "COM.MICROSOFT.WEBSERVICE (&quot;http://example.invalid/&quot;)",
            Verdict::Suspicious,
        ),
    ] {
        let cell = format!("<table:table-cell table:formula=\"of:={formula}\"/>");
        let document = Document::new("spreadsheet").body(&cell);
        both(&document, verdict, &[]);
    }
}

#[test]
fn a22_programs_and_commands_at_a_click() {
    for body in [
        "<presentation:event-listener script:event-name=\"dom:click\" \
         presentation:action=\"execute\" xlink:href=\"file:///C:/Windows/System32/notepad.exe\"/>",
        "<presentation:event-listener script:event-name=\"dom:click\" \
         presentation:action=\"execute\" xlink:href=\"../../notepad.exe\"/>",
        "<text:a xlink:href=\".uno:RunMacro\">INERT</text:a>",
    ] {
        let document = Document::new("presentation").body(body);
        both(&document, Verdict::Malicious, &["object.run-program"]);
    }
}
