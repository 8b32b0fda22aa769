//! Fields and links that start programs.

use macrosift::{Scanner, Verdict};
use macrosift_testkit::cfb::Builder;
use macrosift_testkit::office::{Doc, Kind, Link, Package, Story, Twist, Xls};

use super::Row;

/// What a program that is started comes to.
const HELD: Verdict = Verdict::Malicious;

fn field(code: &str) -> String {
    format!("\u{13} {code} \u{14}INERT\u{15}\r")
}

fn is_dde(doc: &Doc, target: &str) {
    let report = macrosift::Scanner::new().scan(&doc.build());
    assert_eq!(report.verdict(), HELD, "{:#?}", report.reasons());
    let found = report.findings().iter().find(|one| one.text == target);
    assert!(found.is_some(), "{:?}", report.findings());
}

#[test]
fn l08_doc_dde_in_every_story() {
    for story in [
        Story::Main,
        Story::Footnotes,
        Story::Headers,
        Story::Comments,
        Story::Endnotes,
        Story::TextBoxes,
    ] {
        let code = "DDEAUTO inert \"/c inert\"";
        is_dde(&Doc::new().text(story, &field(code)), code);
    }
    let doc = Doc::new().text(Story::Headers, &field("DDE inert x"));
    Row::new(doc.build(), HELD).rules(&["dde.field"]).check();
}

#[test]
fn l08_doc_dde_cut_into_pieces() {
    let code = "DDEAUTO \"inert\" \"/c 請求書\"";
    for length in [1, 2, 3, 7] {
        let doc = Doc::new().text(Story::Main, &field(code));
        is_dde(&doc.pieces_of(length), code);
    }
}

#[test]
fn l08_doc_dde_made_by_quote() {
    let code = field("\u{13} QUOTE 68 68 69 32 105 110 101 114 116 \u{14}x\u{15} \"/c inert\"");
    is_dde(
        &Doc::new().text(Story::Headers, &code),
        "DDE inert \"/c inert\"",
    );
}

#[test]
fn l08_doc_keyword_from_a_property() {
    let code = field("\u{13} DOCPROPERTY a \u{14}PAGE\u{15} inert \"/c inert\"");
    let doc = Doc::new().text(Story::Main, &code);
    Row::new(doc.build(), Verdict::Suspicious).check();
}

#[test]
fn l08_doc_dde_outside_the_pieces() {
    let mut document = vec![0xEC, 0xA5, 0xC1, 0];
    document.resize(4096, 0);
    document.extend(b"\x13 DDEAUTO inert \"/c inert\" \x14");
    let mut file = Builder::new();
    file.stream("WordDocument", document);
    let report = macrosift::Scanner::new().scan(&file.build());
    assert_eq!(report.verdict(), HELD);
}

#[test]
fn l08_doc_template_and_included_files() {
    for (doc, target) in [
        (
            Doc::new().template("http://example.invalid/inert.dot"),
            "hxxp://example.invalid/inert.dot",
        ),
        (
            Doc::new().text(
                Story::Main,
                &field(r"INCLUDETEXT \\\\example.invalid\\share\\inert.doc"),
            ),
            r"\\example.invalid\share\inert.doc",
        ),
        (
            Doc::new().text(
                Story::Main,
                &field("INCLUDEPICTURE \"http://example.invalid/inert.png\" \\d"),
            ),
            "hxxp://example.invalid/inert.png",
        ),
    ] {
        let report = macrosift::Scanner::new().scan(&doc.build());
        assert!(
            report.findings().iter().any(|one| one.text == target),
            "{target}"
        );
    }
}

#[test]
fn l08_doc_ordinary_fields() {
    let text = [
        field("PAGE"),
        field("DATE \\@ \"yyyy\""),
        field("IF \u{13} NUMPAGES \u{14}1\u{15} > 1 \"DDE\" \"inert\""),
        field("TOC \\o \"1-3\""),
    ];
    let doc = Doc::new().text(Story::Main, &text.concat());
    Row::new(doc.build(), Verdict::Clean).check();
}

#[test]
fn l09_biff_dde_link() {
    let link = Link::Dde("inert".into(), "'/c 請求書'".into());
    let report = Row::new(Xls::new().link(link).build(), HELD).check();
    let found = report.findings().iter();
    assert_eq!(
        found.map(|one| one.text.as_str()).collect::<Vec<_>>(),
        ["inert|'/c 請求書'"]
    );
}

#[test]
fn l09_biff_object_link() {
    let link = Link::Object("Package".into(), r"\\example.invalid\inert.exe".into());
    let report = Row::new(Xls::new().link(link).build(), Verdict::Suspicious).check();
    assert_eq!(report.findings()[0].text, r"\\example.invalid\inert.exe");
}

#[test]
fn l06_biff_workbooks_queries_and_addresses() {
    let xls = Xls::new()
        .link(Link::Workbook("\u{1}@example.invalid\u{3}inert.xls".into()))
        .link(Link::Query("URL;http://example.invalid/inert".into()))
        .link(Link::Hyperlink("http://example.invalid/".into()));
    let report = macrosift::Scanner::new().scan(&xls.build());
    let found: Vec<_> = report.findings().iter().map(|one| &*one.text).collect();
    assert_eq!(
        found,
        [
            r"\\example.invalid\inert.xls",
            "URL;hxxp://example.invalid/inert",
        ]
    );
    let links = report.iocs().iter().filter(|one| one.kind == "url");
    assert_eq!(links.count(), 2);
}

/// Pieces that all are the same text, or fields that never end, cost what the limits allow.
#[test]
fn hostile_fields() {
    let open = "\u{13} IF ".repeat(100_000);
    let ends = format!("{}{}", "\u{13}".repeat(50_000), "\u{15}".repeat(50_000));
    let many = field("DDE inert x").repeat(20_000);
    for text in [open, ends, many] {
        for cut in [0, 1] {
            let doc = Doc::new().text(Story::Main, &text).pieces_of(cut);
            let started = std::time::Instant::now();
            let report = macrosift::Scanner::new().scan(&doc.build());
            assert!(
                report.verdict() >= Verdict::Unscannable,
                "{:?}",
                report.reasons()
            );
            assert!(started.elapsed().as_secs() < 20);
        }
    }
}

fn run(code: &str) -> String {
    format!("<w:r><w:instrText xml:space=\"preserve\">{code}</w:instrText></w:r>")
}

fn complex(code: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{code}<w:r><w:fldChar \
         w:fldCharType=\"separate\"/></w:r><w:r><w:t>INERT</w:t></w:r><w:r><w:fldChar \
         w:fldCharType=\"end\"/></w:r>"
    )
}

fn docx(body: &str) -> Vec<u8> {
    Package::new(Kind::Docx)
        .twist(Twist::Body(body.to_owned()))
        .build()
}

/// A package with a field is judged so, by this rule, for this target.
#[track_caller]
fn judged(bytes: &[u8], verdict: Verdict, rule: &str, target: &str) {
    let report = Scanner::new().scan(bytes);
    let found = report
        .findings()
        .iter()
        .find(|one| one.rule == rule && one.text == target);
    assert!(found.is_some(), "{:#?}", report.findings());
    assert_eq!(report.verdict(), verdict, "{:#?}", report.reasons());
}

const COMMAND: &str = "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/c inert\"";

#[test]
fn l08_docx_dde() {
    Row::new(docx(&complex(&run(COMMAND))), Verdict::Malicious)
        .rules(&["dde.field"])
        .says("has a field that starts a program: DDEAUTO")
        .check();
}

#[test]
fn l08_docx_dde_in_every_form() {
    let (first, rest) = COMMAND.split_at(3);
    let quote = complex(&run("QUOTE 68 68 69"));
    let nested = complex(&format!(
        "{}{}",
        run("QUOTE 68 "),
        complex(&run("QUOTE 68 69"))
    ));
    for body in [
        complex(&format!("{}{}", run(first), run(rest))),
        complex(
            &COMMAND
                .chars()
                .map(|c| run(&c.to_string()))
                .collect::<String>(),
        ),
        complex(&format!("{quote}{}", run(rest))),
        complex(&format!("{nested}{}", run(rest))),
        complex(&format!(
            "<w:r><w:delInstrText>{COMMAND}</w:delInstrText></w:r>"
        )),
        complex(&run(&COMMAND.replace('D', "&#68;"))),
        format!(
            "<w:fldSimple w:instr=\"{}\"/>",
            COMMAND.replace('"', "&quot;")
        ),
        format!("<w:txbxContent>{}</w:txbxContent>", complex(&run(COMMAND))),
        // In the shown part of another, and in its code.
        complex(&format!(
            "{}<w:fldChar w:fldCharType='separate'/>{}",
            run("PAGE"),
            complex(&run(COMMAND))
        )),
        complex(&format!("{}{}", run("IF 1 = 1 "), complex(&run(COMMAND)))),
        format!(
            "{}{}",
            complex(&run("SET x \"DDE\"")),
            complex(&format!("{}{}", complex(&run("REF x")), run(rest)))
        ),
        // Cut off.
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r>{}",
            run(COMMAND)
        ),
    ] {
        judged(&docx(&body), Verdict::Malicious, "dde.field", COMMAND);
    }
}

#[test]
fn l08_docx_dde_in_every_story() {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    for (relation, name) in [
        ("header", "header"),
        ("footer", "footer"),
        ("footnotes", "footnotes"),
        ("endnotes", "endnotes"),
        ("comments", "comments"),
        ("settings", "settings"),
        ("glossaryDocument", "document.glossary"),
    ] {
        let part = Twist::TypedPart {
            kind: format!("{office}/{relation}"),
            name: format!("word/{relation}1.xml"),
            content_type: format!(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
            ),
            data: format!("<w:hdr xmlns:w='w'>{}</w:hdr>", complex(&run(COMMAND))).into_bytes(),
        };
        let bytes = Package::new(Kind::Docx).twist(part).build();
        judged(&bytes, Verdict::Malicious, "dde.field", COMMAND);
    }
}

#[test]
fn l08_docx_partners() {
    let office = "DDE Excel.Sheet.12 \"c:\\\\book.xlsx\" Sheet1!R1C1";
    judged(
        &docx(&complex(&run(office))),
        Verdict::Suspicious,
        "dde.field-office",
        office,
    );
    let hidden = "DDE Excel \"\\\\\\\\..\\\\..\\\\windows\\\\system32\\\\cmd.exe\"";
    judged(
        &docx(&complex(&run(hidden))),
        Verdict::Malicious,
        "dde.field",
        hidden,
    );
    let computed = complex(&format!(
        "{}{}",
        complex(&run("DOCPROPERTY x")).replace("INERT", ""),
        run(" cmd")
    ));
    judged(
        &docx(&computed),
        Verdict::Suspicious,
        "dde.field-computed",
        "… cmd",
    );
}

#[test]
fn l05_docx_fields_that_load() {
    for (code, verdict, rule, target) in [
        (
            "INCLUDEPICTURE \"https://example.invalid/a.png\" \\d",
            Verdict::Suspicious,
            "external.picture-web",
            "hxxps://example.invalid/a.png",
        ),
        (
            "INCLUDETEXT \"https://example.invalid/a.docx\"",
            Verdict::Malicious,
            "external.subdocument",
            "hxxps://example.invalid/a.docx",
        ),
        (
            "LINK Word.Document.8 \"https://example.invalid/a.doc\" \"\" \\a",
            Verdict::Malicious,
            "external.object",
            "hxxps://example.invalid/a.doc",
        ),
        (
            "HYPERLINK \"ms-msdt:/id inert\"",
            Verdict::Suspicious,
            "external.hyperlink-handler",
            "ms-msdt:/id inert",
        ),
    ] {
        judged(&docx(&complex(&run(code))), verdict, rule, target);
    }
    let plain = complex(&run("HYPERLINK \"https://example.invalid/\""));
    let report = Scanner::new().scan(&docx(&plain));
    assert_eq!(report.verdict(), Verdict::Clean, "{:#?}", report.reasons());
}

#[test]
fn l09_xlsx_dde_link() {
    let link = |service: &str, topic: &str| {
        Package::new(Kind::Xlsx)
            .twist(Twist::TypedPart {
                kind: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink".into(),
                name: "xl/externalLinks/externalLink1.xml".into(),
                content_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml".into(),
                data: format!("<externalLink><ddeLink ddeService='{service}' ddeTopic='{topic}'/></externalLink>").into_bytes(),
            })
            .build()
    };
    Row::new(link("cmd", "/c inert"), Verdict::Malicious)
        .rules(&["dde.link"])
        .check();
    judged(
        &link("Excel", "C:\\a.xls"),
        Verdict::Suspicious,
        "dde.link-office",
        "Excel|C:\\a.xls",
    );
    judged(&link("BLP", "M"), Verdict::Macro, "dde.server", "BLP|M");
}

fn sheet_of(body: &str) -> Vec<u8> {
    Package::new(Kind::Xlsx)
        .twist(Twist::TypedPart {
            kind: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
                .into(),
            name: "xl/worksheets/sheet2.xml".into(),
            content_type:
                "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml".into(),
            data: format!("<worksheet>{body}</worksheet>").into_bytes(),
        })
        .build()
}

#[test]
fn l09_xlsx_formulas_of_rules() {
    let dde = "cmd|'/c inert'!A0";
    let web = "WEBSERVICE(\"https://example.invalid/\")";
    let rule = |formula: &str| {
        format!(
            "<sheetData/><conditionalFormatting><cfRule type='expression'><formula>{formula}\
             </formula></cfRule></conditionalFormatting>"
        )
    };
    Row::new(sheet_of(&rule(dde)), Verdict::Malicious)
        .rules(&["dde.formula"])
        .check();
    let escaped = web.replace('"', "&quot;");
    for body in [
        rule(web),
        format!(
            "<dataValidations><dataValidation><formula1>{web}</formula1></dataValidation></dataValidations>"
        ),
        format!(
            "<dataValidation><formula1>1</formula1><formula2>{web}</formula2></dataValidation>"
        ),
        format!("<cfRule type='dataBar'><cfvo type='formula' val='{escaped}'/></cfRule>"),
        format!("<extLst><ext><x14:cfRule><xm:f>{web}</xm:f></x14:cfRule></ext></extLst>"),
    ] {
        let told = "WEBSERVICE(\"hxxps://example.invalid/\")";
        judged(
            &sheet_of(&body),
            Verdict::Suspicious,
            "external.formula",
            told,
        );
    }
}

#[test]
fn l15_xlsx_clicks_by_their_scheme() {
    let sheet = |formula: &str| sheet_of(&format!("<c r='A1'><f>{formula}</f></c>"));
    for formula in [
        "HYPERLINK(\"ms-msdt:/id inert\",\"y\")",
        "HyperLink(\"ms-\"&amp;\"msdt:/id inert\")",
        "IF(A1,HYPERLINK(CONCATENATE(\"ms-msdt:\",\"/id inert\")))",
    ] {
        judged(
            &sheet(formula),
            Verdict::Suspicious,
            "external.hyperlink-handler",
            "ms-msdt:/id inert",
        );
    }
    let report = Scanner::new().scan(&sheet("HYPERLINK(\"https://example.invalid/?\"&amp;A1,B1)"));
    assert_eq!(report.verdict(), Verdict::Clean, "{:#?}", report.reasons());
}

#[test]
fn l09_xlsx_formulas() {
    let sheet = |formula: &str| sheet_of(&format!("<c r='A1'><f>{formula}</f></c>"));
    let dde = "cmd|'/c inert'!A0";
    Row::new(sheet(dde), Verdict::Malicious)
        .rules(&["dde.formula"])
        .check();
    let call = "CALL(\"inert\",\"inert\",\"J\")";
    judged(
        &sheet(call),
        Verdict::Malicious,
        "external.formula-call",
        call,
    );
    let web = "_xlfn.WEBSERVICE(\"https://example.invalid/\")";
    let told = "_xlfn.WEBSERVICE(\"hxxps://example.invalid/\")";
    judged(&sheet(web), Verdict::Suspicious, "external.formula", told);
    let report = Scanner::new().scan(&sheet("SUM(A2:A9)&amp;\"|\"&amp;B1&amp;\"!\""));
    assert_eq!(report.verdict(), Verdict::Clean, "{:#?}", report.reasons());
}

#[test]
fn many_fields_are_read_in_time() {
    let body = complex(&run("HYPERLINK \"https://example.invalid/\"")).repeat(20_000);
    let start = std::time::Instant::now();
    let report = Scanner::new().scan(&docx(&body));
    assert!(start.elapsed() < std::time::Duration::from_secs(60));
    assert!(
        report.verdict() <= Verdict::Unscannable,
        "{:#?}",
        report.reasons()
    );
    // Ends that never come, and depth.
    let body = format!("<w:fldChar w:fldCharType='begin'/>{}", run("IF ")).repeat(100_000);
    let report = Scanner::new().scan(&docx(&body));
    assert_eq!(
        report.verdict(),
        Verdict::Unscannable,
        "{:#?}",
        report.reasons()
    );
}
