//! Archived web pages, ActiveMime, and both in other bytes.

use macrosift::report::Coverage;
use macrosift::{Report, Scanner, Verdict};
use macrosift_testkit::mime::{Archive, Part, active_mime, active_mime_at, base64, in_pdf};
use macrosift_testkit::office::Doc;
use macrosift_testkit::ovba::{Module, ModuleKind, Project};

use super::Row;

/// Leaves at once, and would start a program that cannot exist.
pub(super) fn project() -> Project {
    let source = "Sub AutoOpen()\r\nIf Now > 0 Then Exit Sub\r\n\
                  Shell \"inert-test.invalid\"\r\nEnd Sub\r\n";
    let document = Module::new(ModuleKind::WordDocument, "ThisDocument", source);
    Project::new("Inert").module(document)
}

fn wrapper() -> Vec<u8> {
    active_mime(&project().to_bin())
}

fn archive() -> Archive {
    Archive::of_word(&project().to_bin())
}

/// Starting points for fuzzing.
pub(super) fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let mut nested = archive();
    let inner = Archive {
        boundary: "inner".to_owned(),
        header: vec!["Content-Type: multipart/mixed; boundary=inner".to_owned()],
        ..archive()
    };
    nested.parts = vec![Part {
        header: inner.header.clone(),
        body: inner.build(),
    }];
    vec![
        ("archive", archive().build()),
        ("nested", nested.build()),
        ("polyglot", in_pdf(&archive().build())),
        ("wrapper", wrapper()),
        (
            "page",
            Part::page("<script language=vbscript>x = 1</script>").body,
        ),
    ]
}

/// One of many variants, without damage.
#[track_caller]
fn shows_macros(bytes: &[u8], what: &str) -> Report {
    let report = Scanner::new().scan(bytes);
    let reasons = report.reasons();
    assert_eq!(report.verdict(), Verdict::Malicious, "{what}: {reasons:?}");
    report
}

#[track_caller]
fn has_macros(bytes: Vec<u8>) -> Report {
    Row::new(bytes, Verdict::Malicious)
        .rules(&["execution.shell"])
        .check()
}

#[test]
fn a01_activemime_in_base64() {
    let report = has_macros(archive().build());
    let formats: Vec<_> = report.layers().iter().map(|layer| layer.format).collect();
    assert_eq!(formats, ["mht", "activemime", "ole"]);
}

#[test]
fn a01_named_as_a_picture() {
    let mut archive = archive();
    archive.parts[1].header = vec![
        "Content-Location: file:///C:/inert/image001.jpg".to_owned(),
        "Content-Transfer-Encoding: base64".to_owned(),
        "Content-Type: image/jpeg; name=\"\u{8ACB}\u{6C42}\u{66F8}.jpg\"".to_owned(),
    ];
    has_macros(archive.build());
}

#[test]
fn a01_lines_of_any_length_and_junk_in_base64() {
    for width in [1, 5, 76, 1 << 20] {
        let mut archive = archive();
        archive.parts[1].body = base64(&wrapper(), width).into_bytes();
        shows_macros(&archive.build(), &width.to_string());
    }
    let mut archive = archive();
    let junk = base64(&wrapper(), 40).replace("\r\n", " !\u{3042}\r\n");
    archive.parts[1].body = junk.trim_end_matches('=').as_bytes().to_vec();
    has_macros(archive.build());
}

#[test]
fn a01_stored_as_it_is() {
    let mut archive = archive();
    archive.parts[1].header[1] = "Content-Transfer-Encoding: binary".to_owned();
    archive.parts[1].body = wrapper();
    has_macros(archive.build());
}

#[test]
fn a01_data_elsewhere_than_declared() {
    for (declared, at) in [(0x22A - 46, 0x22A), (0, 0x32), (9999, 0x22A), (7, 0x321)] {
        let mut archive = archive();
        let wrapper = active_mime_at(&project().to_bin(), declared, at);
        archive.parts[1] = Part::macros(&wrapper);
        shows_macros(&archive.build(), &at.to_string());
    }
}

#[test]
fn a01_bare_wrapper_and_whole_document_in_it() {
    Row::new(wrapper(), Verdict::Malicious)
        .rules(&["execution.shell"])
        .lengths(&[0x1E, 0x1F])
        .check();
    let document = Doc::new().project(project()).build();
    shows_macros(&active_mime(&document), "document");
}

#[test]
fn a01_wrapper_that_breaks_off() {
    let whole = wrapper();
    let cut = &whole[..whole.len() - 40];
    let report = Scanner::new().scan(cut);
    assert_eq!(report.coverage(), Coverage::Partial);
    assert!(report.verdict() > Verdict::Macro);
}

#[test]
fn a02_mht_in_pdf() {
    let report = Row::new(in_pdf(&archive().build()), Verdict::Malicious)
        .rules(&["execution.shell", "structure.false-type"])
        .check();
    assert_eq!(report.layers()[0].format, "pdf");
}

#[test]
fn a02_mht_behind_pictures_and_junk() {
    let archive = archive().build();
    for (head, lies) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"[..], true),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\n", true),
        (b"GIF89a\x01\0\x01\0\n", true),
        (b"junk\r\njunk\r\n\r\n", false),
        (b"\0\x01\x02\r\n", false),
    ] {
        let report = shows_macros(&[head, &archive].concat(), "head");
        let rules = report.findings().iter().map(|one| one.rule);
        assert_eq!(
            rules.into_iter().any(|rule| rule == "structure.false-type"),
            lies
        );
    }
}

#[test]
fn a02_bare_wrapper_in_other_bytes() {
    for bytes in [
        in_pdf(&wrapper()),
        in_pdf(base64(&wrapper(), 60).as_bytes()),
        in_pdf(base64(&[b"x", &wrapper()[..]].concat(), 9).as_bytes()),
        in_pdf(base64(&[b"xy", &wrapper()[..]].concat(), 2).as_bytes()),
    ] {
        shows_macros(&bytes, "wrapper");
    }
}

#[test]
fn a02_a_pdf_that_only_has_the_words() {
    for words in [
        "(the field MIME-Version: of a mail, and the word ActiveMime) Tj",
        "stream MIME-Version : 1.0\n\nContent-Type is a field endstream",
        "/Name (QWN0aXZl)",
    ] {
        let report = Scanner::new().scan(&in_pdf(words.as_bytes()));
        assert_eq!(report.verdict(), Verdict::Other, "{words}");
    }
}

#[test]
fn a03_headers() {
    for header in [
        "junk\r\nmore junk without a colon\r\nMIME - Version : 1.0\r\n",
        "MIME-Version: 1.0 (comment)\r\nContent-Type: multipart/related;\r\n\ttype=\"x\";\r\n\tboundary=\"B\"\r\n",
        "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\nboundary = B\r\n",
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x; boundary=\"B\"\r\n",
        "mIME-vERSION: 1.0\r\nX-Long: y\r\n zzz\r\nContent-Type: multipart/related; boundary*0=\"\"; boundary*1=\"B\"\r\n",
        "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n",
    ] {
        let archive = Archive {
            header: header.trim_end().split("\r\n").map(str::to_owned).collect(),
            boundary: "B".to_owned(),
            ..archive()
        };
        shows_macros(&archive.build(), header);
    }
}

#[test]
fn a03_no_boundary_is_declared() {
    let archive = Archive {
        header: vec!["MIME-Version: 1.0".to_owned()],
        ..archive()
    };
    let report = Scanner::new().scan(&archive.build());
    assert_eq!(report.verdict(), Verdict::Malicious);
}

#[test]
fn a03_not_closed() {
    let archive = Archive {
        closed: false,
        ..archive()
    };
    let report = Row::new(archive.build(), Verdict::Malicious)
        .coverage(Coverage::Partial)
        .check();
    assert!(report.uninspected()[0].detail.contains("breaks off"));
}

#[test]
fn a03_nested_and_in_utf_16() {
    shows_macros(&seeds().swap_remove(1).1, "nested");
    let text = archive().build();
    let wide = text.iter().flat_map(|&byte| [byte, 0]);
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(wide).collect();
    shows_macros(&wide, "UTF-16");
}

#[test]
fn a03_another_encoding_than_declared() {
    for encoding in [
        "7bit",
        "8bit",
        "quoted-printable",
        "x-unknown",
        "\"BASE64\" (c)",
    ] {
        let mut archive = archive();
        archive.parts[1].header[1] = format!("Content-Transfer-Encoding: {encoding}");
        shows_macros(&archive.build(), encoding);
    }
}

#[test]
fn a03_a_mail_keeps_its_gap_and_shows_its_macros() {
    let mut archive = archive();
    archive
        .header
        .insert(0, "Message-ID: <inert@example.invalid>".to_owned());
    let report = Row::new(archive.build(), Verdict::Malicious)
        .coverage(Coverage::Partial)
        .check();
    assert_eq!(report.format(), "eml");
}

#[test]
fn a11_pages_of_office_programs() {
    let page = |body: &str| {
        format!(
            "<html xmlns:w=\"urn:schemas-microsoft-com:office:word\"><body>INERT TEST DOCUMENT \
             {body}</body></html>"
        )
    };
    let found = |body: &str| Scanner::new().scan(page(body).as_bytes());
    assert_eq!(found("").verdict(), Verdict::Clean);
    for (body, rule) in [
        (
            "<iframe src='http://example.invalid/f.htm'></iframe>",
            "external.frame",
        ),
        (
            "<xml><w:AttachedTemplate HRef='http://example.invalid/t.dot'/></xml>",
            "external.template",
        ),
        (
            "<table><tr><td>=inert|'/c x'!A0</td></tr></table>",
            "dde.formula",
        ),
        (
            "<table><tr><td>=inert|'x'!A0</td></tr></table>",
            "dde.formula-unknown",
        ),
        (
            "<table><tr><td>=WEBSERVICE(\"http://example.invalid/\"&amp;A1)</td></tr></table>",
            "external.formula",
        ),
        (
            "<table><tr><td>=HYPERLINK(\"ms-msdt:/id x\")</td></tr></table>",
            "external.hyperlink-handler",
        ),
        (
            "<span style='mso-element:field-begin'></span>DDEAUTO inert x<span \
             style='mso-element:field-end'></span>",
            "dde.field",
        ),
    ] {
        let report = found(body);
        assert!(report.verdict() > Verdict::Macro, "{body}");
        let rules: Vec<_> = report.findings().iter().map(|one| one.rule).collect();
        assert!(rules.contains(&rule), "{rules:?}");
    }
    let report = found("<script>var a = new ActiveXObject('x');</script>");
    assert_eq!(report.verdict(), Verdict::Unscannable);
}

/// Excel opens a table without a page, and resolves references in its cells.
#[test]
fn a11_tables_with_formulas() {
    for table in [
        "<table><tr><td>=cmd|'/c inert'!A1</td></tr></table>",
        "<TABLE border=1>\r\n<TR><TD>=cmd|'/c inert'!A1</TD></TR></TABLE>",
        "INERT TEST DOCUMENT <table><td>=cmd|'/c inert'!A1",
        "<html><table><tr><td>=cmd&#124;'/c inert'!A1</td></tr></table></html>",
        "<table><tr><td>&#61;cmd&verbar;'/c inert'&#x21;A1</td></tr></table>",
        "<html><table><tr><td>=c<b>md</b>|'/c inert'!A1</td></tr></table></html>",
        "<html><table><tr><td> &nbsp;=<br>cmd|'/c inert'!A1</td></tr></table></html>",
        "<html><table><tr><td>@cmd|'/c inert'!A1</td></tr></table></html>",
        "<html><table><tr><td>-2+3+cmd|' /C inert'!A0</td></tr></table></html>",
        "<html><table><tr><th>+cmd|'/c inert'!A0</th></tr></table></html>",
        "<html><table><tr><td x:fmla=\"=cmd|'/c inert'!A1\">1</td></tr></table></html>",
    ] {
        let report = Scanner::new().scan(table.as_bytes());
        assert_eq!(report.format(), "html", "{table}");
        assert_eq!(report.verdict(), Verdict::Malicious, "{table}");
        assert!(
            report
                .findings()
                .iter()
                .any(|one| one.rule == "dde.formula")
        );
    }
    for web in [
        "<html><table><tr><td>=WEB<i>SERVICE</i>(\"http://example.invalid/\"&A1)</td></tr></table>",
        "<html><table><tr><td>=WEBSERVICE&#40;\"http://example.invalid/\")</td></tr></table>",
    ] {
        let report = Scanner::new().scan(web.as_bytes());
        assert_eq!(report.verdict(), Verdict::Suspicious, "{web}");
    }
}

#[test]
fn a11_a_page_with_a_wrapper() {
    for data in [wrapper(), base64(&wrapper(), 76).into_bytes()] {
        let mut bytes = b"<html><body>INERT TEST DOCUMENT <!-- ".to_vec();
        bytes.extend(data);
        bytes.extend(b" --></body></html>");
        let report = Scanner::new().scan(&bytes);
        assert_eq!(report.verdict(), Verdict::Malicious);
    }
}

#[test]
fn a11_a_script_in_vbscript() {
    let page = "<html><script language=\"VBScript\">\r\nCreateObject(\"WScript.Shell\").Run \
                \"inert-test.invalid\"\r\n</script></html>";
    let report = Scanner::new().scan(page.as_bytes());
    assert_eq!(report.modules()[0].language, "vbscript");
    assert!(report.verdict() > Verdict::Macro);
}

#[test]
fn a11_an_ordinary_page_is_of_no_concern() {
    for page in [
        "<!DOCTYPE html><html><body onload='x()'><script>eval(1)</script><iframe \
         src='https://example.invalid/'></iframe><img src='https://example.invalid/a.png'></html>",
        "<html><table><td>- a | b!</td><td>=1</td></table></html>",
        "<html><table><td>-a|b!c</td><td>- name: \"x|y!z\"</td><td>&#61;1</td></table></html>",
    ] {
        Row::new(page.as_bytes(), Verdict::Other).check();
    }
}

#[test]
fn work_is_linear_in_hostile_archives() {
    use std::time::Instant;

    let head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n";
    let part = "--a\r\nContent-Type: text/html\r\n\r\n<p>\r\n";
    let nested: String = (0..20_000)
        .map(|n| {
            format!(
                "--b{n}\r\nContent-Type: multipart/x; boundary=b{}\r\n\r\n",
                n + 1
            )
        })
        .collect();
    let wrappers = "ActiveMime".repeat(100_000);
    let marks = "QWN0aXZlTWltZQ".repeat(20_000);
    let attributes = format!(
        "--a\r\n\r\n<html urn:schemas-microsoft-com:office {}",
        "a=\"".repeat(100_000)
    );
    for body in [
        part.repeat(20_000),
        nested,
        wrappers,
        marks,
        attributes,
        "--a\r\n".repeat(100_000),
        "mime-version".repeat(100_000),
        format!(
            "--a\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            "A".repeat(4 << 20)
        ),
    ] {
        let bytes = format!("{head}{body}");
        for bytes in [bytes.as_bytes(), &in_pdf(bytes.as_bytes())] {
            let start = Instant::now();
            let report = Scanner::new().scan(bytes);
            let seconds = start.elapsed().as_secs();
            assert!(seconds < 60, "{seconds} s for {:?}", &body[..20]);
            assert!(report.layers().len() <= 1000);
        }
    }
}
