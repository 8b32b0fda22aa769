use super::*;
use crate::container::opc::xml;
use crate::container::zip;
use crate::limits::Limits;
use crate::project::LoadKind;

fn flat(xml: &str) -> (Flat, Ledger) {
    let mut ledger = Ledger::new(Limits::mail());
    let text = xml::text(xml.as_bytes()).unwrap();
    let flat = read(&text, &mut ledger);
    (flat, ledger)
}

fn loads(xml: &str) -> Vec<(LoadKind, String)> {
    let found = flat(xml).0.loads.into_iter();
    found.map(|load| (load.kind, load.target)).collect()
}

#[test]
fn a_package_is_put_together_again() {
    let (found, ledger) = flat(
        "<p:package xmlns:p='x'><p:part p:name='/a&amp;b.xml' p:contentType='t/x'><p:xmlData>\
         <a><xmlData/><xmlData>1</xmlData></a></p:xmlData></p:part><p:part p:name='/c.bin'>\
         <p:binaryData>aW&#x35;<![CDATA[lc\nn]]><!-- x -->Q=</p:binaryData></p:part></p:package>",
    );
    assert!(ledger.gaps().is_empty());
    let bytes = found.package.unwrap();
    let mut ledger = Ledger::new(Limits::mail());
    let archive = zip::Archive::parse(&bytes, &mut ledger).unwrap();
    let members: Vec<_> = archive
        .members()
        .iter()
        .map(|one| (one.name().into_owned(), one.compressed))
        .collect();
    assert_eq!(members[0].0, "a&b.xml");
    assert_eq!(members[0].1, b"<a><xmlData/><xmlData>1</xmlData></a>");
    assert_eq!((&*members[1].0, members[1].1), ("c.bin", &b"inert"[..]));
    assert_eq!(members[2].0, "[Content_Types].xml");
    assert!(
        members[2]
            .1
            .ends_with(b"<Override PartName=\"/a&amp;b.xml\" ContentType=\"t/x\"/></Types>")
    );
}

#[test]
fn a_document_that_breaks_off_keeps_what_was_read() {
    let (found, ledger) = flat("<package><part name='/a'><xmlData><b>");
    assert!(memchr::memmem::find(&found.package.unwrap(), b"<b>").is_some());
    assert_eq!(ledger.gaps().len(), 1);
    let (found, ledger) = flat("<w:wordDocument macrosPresent='yes'><w:binData w:name='x'>aW5lcnQ");
    assert_eq!(found.binaries, [("x".to_owned(), b"inert".to_vec())]);
    assert!(found.says_macros && ledger.gaps().len() == 1);
}

#[test]
fn what_word_2003_xml_loads() {
    let word = |body: &str| loads(&format!("<wordDocument xmlns='w'>{body}</wordDocument>"));
    for (body, kind, target) in [
        (
            "<docPr><attachedTemplate w:val='http://example.invalid/t.dot'/></docPr>",
            LoadKind::Template,
            "http://example.invalid/t.dot",
        ),
        (
            "<r><fldChar fldCharType='begin'/><instrText>DDE</instrText><instrText>AUTO inert \
             &quot;x&quot;</instrText><fldChar fldCharType='end'/></r>",
            LoadKind::DdeField,
            "DDEAUTO inert \"x\"",
        ),
        (
            "<fldSimple instr=' DDE inert x'/>",
            LoadKind::DdeField,
            "DDE inert x",
        ),
        (
            "<fldChar fldCharType='begin'/><fldChar fldCharType='begin'/><instrText>QUOTE 68 68 \
             69</instrText><fldChar fldCharType='end'/><instrText> inert</instrText>",
            LoadKind::DdeField,
            "DDE inert",
        ),
        (
            "<hlink w:dest='http://example.invalid/'/>",
            LoadKind::Hyperlink,
            "http://example.invalid/",
        ),
        (
            "<ocx data='DATA:application/x-oleobject;BASE64,aW5lcnQ=' classid='CLSID:ABC'/>",
            LoadKind::Control,
            "{abc}",
        ),
        (
            "<OLEObject Type='Embed' ProgID='Equation.3'/>",
            LoadKind::Class,
            "Equation.3",
        ),
    ] {
        assert_eq!(word(body), [(kind, target.to_owned())], "{body}");
    }
    assert_eq!(
        word("<imagedata src='wordml://01.png'/><instrText>DDE x</instrText>"),
        []
    );
}

#[test]
fn what_excel_2003_xml_loads() {
    let excel = |body: &str| loads(&format!("<Workbook xmlns='ss'>{body}</Workbook>"));
    for (body, kind, target) in [
        (
            "<Cell ss:Formula='=inert|&apos;x&apos;!A0'><Data>0</Data></Cell>",
            LoadKind::DdeFormula,
            "=inert|'x'!A0",
        ),
        (
            "<NamedRange RefersTo=\"='[b.xls]S'!R1\"/>",
            LoadKind::Workbook,
            "b.xls",
        ),
        (
            "<Cell HRef='http://example.invalid/'/>",
            LoadKind::Hyperlink,
            "http://example.invalid/",
        ),
        (
            "<SupBook><Path>inert|topic</Path></SupBook>",
            LoadKind::DdeLink,
            "inert|topic",
        ),
        (
            "<QuerySource><RefreshOnFileOpen/><URLString HRef='http://example.invalid/q'/></QuerySource>",
            LoadKind::Refresh,
            "http://example.invalid/q",
        ),
    ] {
        assert_eq!(excel(body), [(kind, target.to_owned())], "{body}");
    }
    assert_eq!(
        excel("<LocationOfComponents HRef='file:///\\\\'/><Cell ss:Formula='=R[-1]C*2'/>"),
        []
    );
}

#[test]
fn elements_in_base64_do_not_end_it() {
    let (found, _) =
        flat("<wordDocument><binData name='x'>aW5<a/>lc<b>n</b>Q=</binData></wordDocument>");
    assert_eq!(found.binaries, [("x".to_owned(), b"inert".to_vec())]);
}

#[test]
fn entities_of_a_document_stand_for_nothing() {
    let (found, ledger) = flat(
        "<!DOCTYPE a [<!ENTITY e 'aW5lcnQ='>]><wordDocument><binData name='x'>&e;</binData>\
         </wordDocument>",
    );
    assert_eq!(found.binaries[0].1, b"");
    assert_eq!(ledger.observations()[0].code, "flat.dtd");
}
