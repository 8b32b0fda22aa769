use super::*;
use crate::limits::Limits;
use crate::project::{LoadKind, StartBy};

fn read(part: &str, name: &str) -> (Found, Ledger) {
    let mut found = Found::default();
    let mut ledger = Ledger::new(Limits::mail());
    inspect_open_document(part.as_bytes(), name, &mut found, &mut ledger);
    (found, ledger)
}

#[test]
fn a_module_of_a_package_and_one_of_a_single_file() {
    let part = "<?xml version='1.0'?><!DOCTYPE script:module PUBLIC 'a' 'module.dtd'>\
        <script:module xmlns:script='s' script:name='Module1' script:language='StarBasic'>\
        Sub Go\n a = &quot;x&quot; &amp; 1\nEnd Sub</script:module>";
    let (found, ledger) = read(part, "Basic/Standard/Module1.xml");
    let module = &found.modules[0];
    assert_eq!(
        (module.library.as_str(), module.name.as_str()),
        ("Standard", "Module1")
    );
    assert_eq!(module.text, "Sub Go\n a = \"x\" & 1\nEnd Sub");
    assert!(ledger.gaps().is_empty());

    let part = "<o:document><ooo:library-embedded ooo:name='L'><ooo:module ooo:name='M'>\
        <ooo:source-code>Sub A\nEnd Sub</ooo:source-code></ooo:module></ooo:library-embedded>\
        </o:document>";
    let (found, _) = read(part, "");
    assert_eq!(found.modules[0].library, "L");
    assert_eq!(found.modules[0].text, "Sub A\nEnd Sub");
}

#[test]
fn what_calls_and_what_loads() {
    let part = "<x>\
        <script:event-listener script:event-name='dom:load' \
         xlink:href='vnd.sun.star.script:Standard.M.Go?language=Basic&amp;location=document'/>\
        <script:event-listener script:event-name='dom:click' \
         xlink:href='vnd.sun.star.script:a.py$go?language=Python&amp;location=document'/>\
        <text:a xlink:href='macro://./Standard.M.Other()'/>\
        <draw:image xlink:href='Pictures/a.png'/>\
        <draw:image xlink:href='https://example.invalid/a.png'/>\
        <text:section-source xlink:href='../other.odt'/>\
        <text:dde-connection-decl office:dde-application='soffice' office:dde-topic='a.odt' \
         office:dde-item='b'/></x>";
    let (found, _) = read(part, "content.xml");
    let starts: Vec<_> = found
        .starts
        .iter()
        .map(|one| (one.name.as_str(), one.by))
        .collect();
    let expected = [
        ("Standard.M.Go", StartBy::Opened),
        ("Standard.M.Other", StartBy::Shape),
    ];
    assert_eq!(starts, expected);
    assert!(found.called.contains("Python"));
    let loads: Vec<_> = found
        .loads
        .iter()
        .map(|one| (one.kind, one.target.as_str()))
        .collect();
    let expected = [
        (LoadKind::Picture, "https://example.invalid/a.png"),
        (LoadKind::SubDocument, "../other.odt"),
        (LoadKind::DdeLink, "soffice|a.odt!b"),
    ];
    assert_eq!(loads, expected);
}

#[test]
fn odf_2_4_8_the_manifest_names_what_is_encrypted() {
    let part = "<m:manifest><m:file-entry m:full-path='content.xml'><m:encryption-data>\
        <m:algorithm m:algorithm-name='http://www.w3.org/2001/04/xmlenc#aes256-cbc'/>\
        </m:encryption-data></m:file-entry><m:file-entry m:full-path='meta.xml'/></m:manifest>";
    let (found, _) = read(part, "META-INF/manifest.xml");
    assert_eq!(
        found.encrypted.into_iter().collect::<Vec<_>>(),
        ["content.xml"]
    );
    assert!(found.algorithm.ends_with("aes256-cbc"));
}

#[test]
fn entities_of_a_document_and_broken_xml_leave_gaps() {
    let (_, ledger) = read(
        "<!DOCTYPE a [<!ENTITY x 'Shell'>]><a>&x;</a>",
        "content.xml",
    );
    assert_eq!(ledger.gaps()[0].reason, Reason::Unsupported);
    let (found, ledger) = read(
        "<script:module script:name='M'>Sub A\nEnd Sub<",
        "Basic/S/M.xml",
    );
    assert_eq!(ledger.gaps()[0].reason, Reason::Damaged);
    assert_eq!(found.modules[0].text, "Sub A\nEnd Sub");
}

#[test]
fn deep_nesting_and_floods_are_linear() {
    let deep = "<a>".repeat(100_000);
    let (_, ledger) = read(&deep, "content.xml");
    assert!(ledger.budget().spent(Limit::Steps) <= 100_001);
    let flood = format!(
        "<x>{}</x>",
        "<a href='https://example.invalid/'/><s event-name='e' macro-name='A.B.C'/>".repeat(50_000)
    );
    let (found, _) = read(&flood, "content.xml");
    assert_eq!((found.loads.len(), found.starts.len()), (1, 1));
}

#[test]
fn formats_by_their_mimetype() {
    for (mimetype, format) in [
        ("application/vnd.oasis.opendocument.text", Some("odt")),
        (
            "application/vnd.oasis.opendocument.spreadsheet-template",
            Some("ods"),
        ),
        ("application/vnd.sun.xml.impress", Some("odp")),
        ("application/vnd.openofficeorg.extension", Some("oxt")),
        ("application/vnd.oasis.opendocument.formula", Some("odf")),
        ("", Some("odf")),
        ("application/epub+zip", None),
    ] {
        assert_eq!(format_of(mimetype), format, "{mimetype}");
    }
}
