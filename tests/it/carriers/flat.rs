//! Documents and packages of one XML file.

use macrosift::report::Coverage;
use macrosift::{Report, Scanner, Verdict};
use macrosift_testkit::flat::{Encoding, Package, bin_data, excel_2003, word_2003};

use super::Row;
use super::mime::project;

fn bin() -> Vec<u8> {
    project().to_bin()
}

/// Starting points for fuzzing.
pub(super) fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("package", Package::with_macros(&bin()).xml().into_bytes()),
        ("word", word_2003(true, &bin_data(&bin()), "").into_bytes()),
        ("word-field", word_2003(false, "", FIELD).into_bytes()),
        ("excel", excel_2003("", FORMULA).into_bytes()),
        (
            "excel-utf-16",
            Encoding::Utf16Be.encode(&excel_2003("", FORMULA)),
        ),
    ]
}

const FIELD: &str = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> DDE\
                     </w:instrText></w:r><w:r><w:instrText>AUTO inert x</w:instrText></w:r><w:r>\
                     <w:fldChar w:fldCharType=\"end\"/></w:r>";
const FORMULA: &str =
    "<Cell ss:Formula=\"=inert|&apos;/c x&apos;!A0\"><Data ss:Type=\"Number\">0</Data></Cell>";

/// One of many variants, without damage.
#[track_caller]
fn is_malicious(bytes: &[u8]) {
    let report = Scanner::new().scan(bytes);
    let reasons = report.reasons();
    assert_eq!(report.verdict(), Verdict::Malicious, "{reasons:?}");
}

#[track_caller]
fn has_macros(bytes: Vec<u8>) -> Report {
    Row::new(bytes, Verdict::Malicious)
        .rules(&["execution.shell"])
        .check()
}

#[test]
fn a04_package_with_macros() {
    let report = has_macros(Package::with_macros(&bin()).xml().into_bytes());
    let formats: Vec<_> = report.layers().iter().map(|layer| layer.format).collect();
    assert_eq!(formats, ["flat-opc", "docm", "ole"]);
    assert!(
        report.observations().is_empty(),
        "{:?}",
        report.observations()
    );
}

#[test]
fn a04_in_each_encoding_and_with_any_prefix() {
    let mut package = Package::with_macros(&bin());
    package.prefix = "p".to_owned();
    for encoding in Encoding::ALL {
        is_malicious(&encoding.encode(&package.xml()));
    }
}

#[test]
fn a04_relationships_to_elsewhere() {
    let package =
        Package::document("").external("attachedTemplate", "http://example.invalid/t.dotm");
    let report = Scanner::new().scan(package.xml().as_bytes());
    assert!(report.verdict() >= Verdict::Suspicious);
    assert_eq!(report.layers()[1].format, "docx");
}

#[test]
fn a04_a_package_without_macros_is_clean() {
    let report = Row::new(Package::document("").xml(), Verdict::Clean).check();
    assert!(
        report.observations().is_empty(),
        "{:?}",
        report.observations()
    );
}

#[test]
fn a04_macros_in_a_type_that_has_none() {
    let mut package = Package::with_macros(&bin());
    package.parts[1].kind = Package::document("").parts[1].kind.clone();
    Row::new(package.xml(), Verdict::Malicious)
        .codes(&["opc.type-lie"])
        .check();
}

#[test]
fn a05_word_2003_with_macros() {
    let report = has_macros(word_2003(true, &bin_data(&bin()), "").into_bytes());
    assert_eq!(report.format(), "word2003-xml");
    is_malicious(word_2003(false, &bin_data(&bin()), "").as_bytes());
}

#[test]
fn a05_in_each_encoding() {
    for encoding in Encoding::ALL {
        is_malicious(&encoding.encode(&word_2003(true, &bin_data(&bin()), "")));
    }
}

#[test]
fn a05_fields_templates_and_controls() {
    for (body, rule) in [
        (FIELD, "dde.field"),
        (
            "<w:docPr><w:attachedTemplate w:val=\"http://example.invalid/t.dot\"/></w:docPr>",
            "external.template",
        ),
    ] {
        let report = Scanner::new().scan(word_2003(false, "", body).as_bytes());
        assert_eq!(
            report.verdict(),
            Verdict::Malicious,
            "{:?}",
            report.reasons()
        );
        assert!(report.findings().iter().any(|one| one.rule == rule));
    }
    Row::new(word_2003(false, "", ""), Verdict::Clean).check();
}

#[test]
fn a05_macros_that_are_promised_and_missing() {
    Row::new(word_2003(true, "", ""), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .check();
}

#[test]
fn a06_formulas_links_and_names() {
    let name = "<Names><NamedRange ss:Name=\"n\" ss:RefersTo=\"=inert|'/c x'!A0\"/></Names>";
    let book = "<x:SupBook><x:Path>inert|x</x:Path></x:SupBook>";
    Row::new(excel_2003("", FORMULA), Verdict::Malicious)
        .rules(&["dde.formula"])
        .check();
    for (before, cells, rule) in [
        ("", FORMULA, "dde.formula"),
        (name, "", "dde.formula"),
        (book, "", "dde.link"),
    ] {
        let report = Scanner::new().scan(excel_2003(before, cells).as_bytes());
        assert_eq!(
            report.verdict(),
            Verdict::Malicious,
            "{:?}",
            report.reasons()
        );
        assert!(report.findings().iter().any(|one| one.rule == rule));
    }
    for encoding in Encoding::ALL {
        is_malicious(&encoding.encode(&excel_2003("", FORMULA)));
    }
    let sum =
        "<Cell ss:Formula=\"=SUM(R[-1]C:RC[2])\"/><Cell ss:HRef=\"https://example.invalid/\"/>";
    let report = Scanner::new().scan(excel_2003("", sum).as_bytes());
    assert!(report.verdict() <= Verdict::Macro, "{:?}", report.reasons());
}

#[test]
fn a18_visio_2003_with_macros() {
    let data = macrosift_testkit::mime::base64(&bin(), 76);
    let xml = format!(
        "<?xml version=\"1.0\"?><VisioDocument xmlns=\"http://schemas.microsoft.com/visio/2003/core\">\
         <VBProjectData>{data}</VBProjectData></VisioDocument>"
    );
    let report = Scanner::new().scan(xml.as_bytes());
    assert_eq!(report.format(), "visio2003-xml");
    assert_eq!(report.modules().len(), 1);
}

#[test]
fn z15_sections_entities_and_namespaces() {
    let data = bin_data(&bin());
    let split = data.replace("\r\n", "]]><!-- x --><![CDATA[\r\n");
    let split = split.replacen("mso\">", "mso\"><![CDATA[", 1);
    let split = split.replace("</w:binData>", "]]></w:binData>");
    is_malicious(word_2003(true, &split, "").as_bytes());
    let (start, rest) = data.split_once("mso\">").unwrap();
    let entities = format!("{start}mso\">&#x{:x};{}", rest.as_bytes()[0], &rest[1..]);
    is_malicious(word_2003(true, &entities, "").as_bytes());
    let renamed = word_2003(true, &data, "")
        .replace("w:", "zz:")
        .replace("xmlnzz:", "xmlns:");
    is_malicious(renamed.as_bytes());
    let escaped = excel_2003("", FORMULA).replace("microsoft-com", "microsoft&#45;com");
    is_malicious(escaped.replace("Excel.Sheet", "x").as_bytes());
}

#[test]
fn z15_a_declaration_of_entities() {
    let dtd = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\r\n<w:wordDocument ";
    let xml = word_2003(true, &bin_data(&bin()), "&b;").replacen("<w:wordDocument ", dtd, 1);
    Row::new(xml, Verdict::Malicious)
        .codes(&["flat.dtd"])
        .check();
}

#[test]
fn z15_encodings_without_a_table() {
    for bytes in [
        &b"<?xml version='1.0' encoding='utf-7'?>+ADw-w:wordDocument+AD4-INERT TEST DOCUMENT"[..],
        b"<?xml version='1.0' encoding='ibm037'?><w:wordDocument>INERT TEST DOCUMENT</w:wordDocument>",
        b"\x4C\x6F\xA7\x94\x93\x40\xA5\x85\x99\xA2\x89\x96\x95\x7E\x7F\xF1\x4B\xF0\x7F\x6F\x6E",
        b"<\0\0\0?\0\0\0x\0\0\0m\0\0\0l\0\0\0",
        b"\xFF\xFE\0\0<\0\0\0?\0\0\0",
        b"+/v8-+ADw-?xml version='1.0'?+AD4-",
    ] {
        let report = Scanner::new().scan(bytes);
        assert_eq!(report.verdict(), Verdict::Unscannable);
    }
}

#[test]
fn ordinary_xml_is_of_no_concern() {
    for xml in [
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>INERT</title></feed>",
        "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>text</a>",
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
        "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    ] {
        let report = Scanner::new().scan(xml.as_bytes());
        assert_eq!(report.verdict(), Verdict::Other, "{xml}");
    }
}

#[test]
fn work_is_linear_in_hostile_documents() {
    use std::time::Instant;

    let attributes: String = (0..100_000).map(|n| format!(" a{n}=''")).collect();
    let parts: String = (0..20_000)
        .map(|n| format!("<part name='/{n}' contentType='x/y'><xmlData><a/></xmlData></part>"))
        .collect();
    let zeros = "A".repeat(4 << 20);
    let fields = "<fldChar fldCharType='begin'/><instrText>IF </instrText>".repeat(50_000);
    for xml in [
        format!("<wordDocument{attributes}/>"),
        format!("<package xmlns='xmlPackage'>{parts}</package>"),
        format!("<wordDocument><binData>{zeros}</binData></wordDocument>"),
        format!("<wordDocument>{}", "<binData>".repeat(50_000)),
        format!("<wordDocument>{fields}</wordDocument>"),
        format!(
            "<Workbook xmlns='schemas-microsoft-com'><Cell Formula='{}'/>",
            "(".repeat(1 << 20)
        ),
        format!(
            "<Workbook xmlns='schemas-microsoft-com'><Cell Formula='{}'/>",
            "[a]".repeat(1 << 18)
        ),
    ] {
        let start = Instant::now();
        let xml = format!("<?xml version='1.0'?>{xml}");
        let report = Scanner::new().scan(xml.as_bytes());
        let seconds = start.elapsed().as_secs();
        assert!(seconds < 60, "{seconds} s for {}", &xml[..60]);
        assert!(report.layers().len() <= 1000);
    }
}
