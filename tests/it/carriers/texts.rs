//! Texts that code reads from the document.

use std::time::{Duration, Instant};

use macrosift::Verdict;
use macrosift_testkit::forms::{Class, Control, Form};
use macrosift_testkit::office::{Doc, Kind, Package, Story, Twist, Xls, keeps};

use super::Row;
use crate::sketch::{SCANNER, project};

/// What the document hides and the code starts.
const COMMAND: &str = "cmd /c echo inert & start https://example.invalid/inert";

/// A document of that kind whose code is this, when it is opened.
fn package(
    kind: Kind,
    module: &str,
    body: &str,
    twists: impl IntoIterator<Item = Twist>,
) -> Package {
    let code = format!(
        "'# {module}\n{}\n    If Now > 0 Then Exit Sub\n{body}\nEnd Sub\n",
        match kind {
            Kind::Docm => "Private Sub Document_Open()",
            Kind::Pptm => "Sub Auto_Open()",
            _ => "Private Sub Workbook_Open()",
        }
    );
    let package = Package::new(kind).vba(project(&code).to_bin());
    twists.into_iter().fold(package, Package::twist)
}

fn word(body: &str, twists: impl IntoIterator<Item = Twist>) -> Package {
    package(Kind::Docm, "document ThisDocument", body, twists)
}

fn excel(body: &str, twists: impl IntoIterator<Item = Twist>) -> Package {
    let module = "sheet Sheet1\n'# workbook ThisWorkbook";
    package(Kind::Xlsm, module, body, twists)
}

/// A `.doc` and an `.xls`, to be given what they keep.
fn doc(body: &str) -> Doc {
    let code = format!(
        "'# document ThisDocument\nPrivate Sub Document_Open()\n    If Now > 0 Then Exit Sub\n{body}\nEnd Sub\n"
    );
    Doc::new().project(project(&code))
}

fn xls(body: &str) -> Xls {
    let code = format!(
        "'# workbook ThisWorkbook\nPrivate Sub Workbook_Open()\n    If Now > 0 Then Exit Sub\n{body}\nEnd Sub\n"
    );
    Xls::new().project(project(&code))
}

/// Blocked, and it is told what the document keeps for the act.
#[track_caller]
fn starts(package: &Package, rule: &'static str) {
    starts_what(&package.build(), rule, COMMAND);
}

#[track_caller]
fn starts_what(document: &[u8], rule: &'static str, command: &str) {
    let report = SCANNER.scan(document);
    let address = command.replace("https://", "hxxps://");
    let told: Vec<(&str, &str)> = report
        .findings()
        .iter()
        .map(|finding| (finding.rule, &*finding.text))
        .collect();
    let tells = |(own, text): &(&str, &str)| *own == rule && text.contains(&address);
    assert!(
        report.verdict() == Verdict::Malicious && told.iter().any(tells),
        "{:?} {told:#?}",
        report.verdict()
    );
}

/// Each of the statements leaves in `s` what is then started.
#[track_caller]
fn all_start(document: impl Fn(&str) -> Vec<u8>, reads: &[&str]) {
    let mut wrong = Vec::new();
    for read in reads {
        let report = SCANNER.scan(&document(&format!("    {read}\n    Shell s, 0")));
        let address = COMMAND.replace("https://", "hxxps://");
        let told = report
            .findings()
            .iter()
            .any(|finding| finding.rule == "execution.shell" && finding.text.contains(&address));
        if report.verdict() != Verdict::Malicious || !told {
            let told: Vec<_> = report.findings().iter().map(|one| &one.text).collect();
            wrong.push(format!("{read}: {:?} {told:?}", report.verdict()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn o16_document_variable() {
    let keeps = || [keeps::variables(&[("a", "inert"), ("Cmd", COMMAND)])];
    all_start(
        |body| word(body, keeps()).build(),
        &[
            "s = ActiveDocument.Variables(\"cmd\").Value",
            "s = ThisDocument.Variables(2)",
            "s = Me.Variables.Item(\"cmd\")",
            "Set v = ActiveDocument.Variables: s = v(\"CMD\").Value",
            "With ActiveDocument\n    s = .Variables(\"cmd\")\n    End With",
            "For Each v In ActiveDocument.Variables\n    If v.Name = \"Cmd\" Then s = v.Value\n    Next",
            "s = Variables(\"cmd\")",
        ],
    );
    let body = "    Shell ActiveDocument.Variables(\"cmd\").Value, 0";
    Row::new(word(body, keeps()).build(), Verdict::Malicious)
        .rules(&["execution.shell", "hiding.document-variables"])
        .check();
}

#[test]
fn o17_properties() {
    let comments = keeps::core_property("description", COMMAND);
    let custom = keeps::custom_properties(&[("a", "inert"), ("Cmd", COMMAND)]);
    for (read, keeps) in [
        ("BuiltInDocumentProperties(\"Comments\").Value", &comments),
        ("BuiltInDocumentProperties(\"comments\")", &comments),
        ("CustomDocumentProperties(\"Cmd\").Value", &custom),
        ("CustomDocumentProperties(2)", &custom),
    ] {
        let word = word(
            &format!("    CreateObject(\"WScript.Shell\").Run ActiveDocument.{read}, 0"),
            [keeps.clone()],
        );
        starts(&word, "execution.shell-run");
        let excel = excel(&format!("    Shell ThisWorkbook.{read}"), [keeps.clone()]);
        starts(&excel, "execution.shell");
    }
}

#[test]
fn o14_body_text() {
    let text = format!(
        "{}<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>{}",
        keeps::paragraph("INERT TEST DOCUMENT"),
        keeps::paragraph("inert"),
        keeps::paragraph(COMMAND),
        keeps::paragraph(COMMAND).replace(
            "<w:t ",
            "<w:rPr><w:vanish/><w:sz w:val=\"2\"/></w:rPr><w:t "
        ),
    );
    all_start(
        |body| word(body, [keeps::body(&text)]).build(),
        &[
            "s = ActiveDocument.Tables(1).Cell(1, 2).Range.Text: s = Left(s, Len(s) - 2)",
            "s = ActiveDocument.Tables(1).Rows(1).Cells(2).Range.Text: s = Left(s, Len(s) - 2)",
            "s = ActiveDocument.Paragraphs(4).Range.Text: s = Replace(s, vbCr, \"\")",
            "s = Split(ActiveDocument.Content.Text, vbCr)(3)",
            "s = Split(ActiveDocument.Range.Text, vbCr)(3)",
            "For Each p In ActiveDocument.Paragraphs: s = p.Range.Text: Next: s = Mid(s, 1, Len(s) - 1)",
            "For Each r In ActiveDocument.StoryRanges: s = Split(r.Text, vbCr)(3): Next",
            &format!("s = ActiveDocument.Range(27, {}).Text", 27 + COMMAND.len()),
        ],
    );
}

#[test]
fn o15_alternative_text() {
    let picture = |place: &str| {
        format!(
            "<w:p><w:r><w:drawing><wp:{place}><wp:docPr id=\"1\" name=\"Picture 1\" \
             descr=\"{COMMAND}\" title=\"{COMMAND}\"/></wp:{place}></w:drawing></w:r></w:p>"
        )
        .replace(" & ", " &amp; ")
    };
    for (read, place) in [
        ("InlineShapes(1).AlternativeText", "inline"),
        ("InlineShapes(1).Title", "inline"),
        ("Shapes(1).AlternativeText", "anchor"),
        ("Shapes(\"Picture 1\").Title", "anchor"),
    ] {
        let package = word(
            &format!("    Shell ActiveDocument.{read}, 0"),
            [keeps::body(&picture(place))],
        );
        starts(&package, "execution.shell");
    }
    let vml = format!(
        "<w:p><w:r><w:pict><v:shape id=\"x1\" style=\"position:absolute\" alt=\"{}\"><v:textbox>\
         <w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
        COMMAND.replace('&', "&amp;"),
        keeps::paragraph(COMMAND)
    );
    for read in [
        "Shapes(\"x1\").AlternativeText",
        "Shapes(1).TextFrame.TextRange.Paragraphs(1)",
    ] {
        let package = word(
            &format!("    Shell ActiveDocument.{read}, 0"),
            [keeps::body(&vml)],
        );
        Row::new(package.build(), Verdict::Malicious)
            .rules(&["execution.shell"])
            .check();
    }
}

#[test]
fn o15_text_box() {
    let body = format!(
        "<w:p><w:r><w:drawing><wp:anchor><wp:docPr id=\"1\" name=\"Box\"/><wps:wsp><wps:txbx>\
         <w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></w:r></w:p>",
        keeps::paragraph(COMMAND)
    );
    let package = word(
        "    Shell Replace(ActiveDocument.Shapes(\"Box\").TextFrame.TextRange.Text, vbCr, \"\"), 0",
        [keeps::body(&body)],
    );
    starts(&package, "execution.shell");
}

#[test]
fn o15_bookmark_control_comment_link() {
    let text = format!("<w:r><w:t>{}</w:t></w:r>", COMMAND.replace('&', "&amp;"));
    for (read, body) in [
        (
            "Bookmarks(\"Mark\").Range.Text",
            format!(
                "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"mark\"/>{text}\
                 <w:bookmarkEnd w:id=\"0\"/></w:p>"
            ),
        ),
        (
            "ContentControls(1).Range.Text",
            format!(
                "<w:p><w:sdt><w:sdtPr><w:tag w:val=\"t\"/></w:sdtPr><w:sdtContent>{text}\
                 </w:sdtContent></w:sdt></w:p>"
            ),
        ),
        (
            "SelectContentControlsByTag(\"T\").Item(1).Range.Text",
            format!(
                "<w:p><w:sdt><w:sdtPr><w:tag w:val=\"t\"/></w:sdtPr><w:sdtContent>{text}\
                 </w:sdtContent></w:sdt></w:p>"
            ),
        ),
        (
            "Hyperlinks(1).TextToDisplay",
            format!("<w:p><w:hyperlink w:anchor=\"x\">{text}</w:hyperlink></w:p>"),
        ),
        (
            "FormFields(\"Field\").Result",
            format!(
                "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:name w:val=\"field\"/>\
                 </w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
                 {text}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
            ),
        ),
    ] {
        let package = word(
            &format!("    Shell ActiveDocument.{read}, 0"),
            [keeps::body(&body)],
        );
        starts(&package, "execution.shell");
    }
    let package = word(
        "    Shell ActiveDocument.Comments(2).Range.Text, 0",
        [keeps::comments(&["inert", COMMAND])],
    );
    starts(&package, "execution.shell");
}

#[test]
fn o20_custom_xml_part() {
    let part = format!(
        "<a xmlns=\"urn:inert\"><b>inert</b><c>{}</c></a>",
        COMMAND.replace('&', "&amp;")
    );
    for read in [
        "CustomXMLParts(4).SelectSingleNode(\"/ns0:a[1]/ns0:c[1]\").Text",
        "CustomXMLParts.SelectByNamespace(\"urn:inert\")(1).SelectSingleNode(\"//c\").Text",
        "CustomXMLParts(\"urn:inert\").SelectSingleNode(\"//c\").Text",
    ] {
        let package = word(
            &format!("    Shell ActiveDocument.{read}, 0"),
            [keeps::custom_xml(&part)],
        );
        starts(&package, "execution.shell");
    }
}

/// A workbook that keeps the command in B7, and in a cell that has a name.
fn cells() -> [Twist; 3] {
    [
        keeps::workbook("Data", &[("Cmd", "Data!$B$7"), ("Text", "\"inert\"")]),
        keeps::shared_strings(&["inert", COMMAND]),
        keeps::sheet(
            "<sheetPr codeName=\"Sheet1\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
             <c r=\"B1\"><v>7</v></c></row><row r=\"7\"><c r=\"B7\" t=\"s\"><v>1</v></c></row>\
             </sheetData>",
        ),
    ]
}

#[test]
fn o18_cells() {
    all_start(
        |body| excel(body, cells()).build(),
        &[
            "s = Sheet1.Range(\"B7\").Value",
            "s = Sheet1.Range(\"$B$7\")",
            "s = Range(\"B7\").Text",
            "s = Range(\"Cmd\").Value2",
            "s = Range(\"Data!B7\").Formula",
            "s = Cells(7, 2)",
            "s = Cells(7, \"B\").Value",
            "s = ActiveSheet.Cells(Cells(1, 2), 2).Value",
            "s = Sheets(\"data\").Cells(7, 2).Value",
            "s = ThisWorkbook.Worksheets(1).Range(\"A1\").Offset(6, 1).Value",
            "s = [B7]",
            "s = [Cmd]",
            "s = Application.Range(\"B7\")",
            "s = Evaluate(ThisWorkbook.Names(\"Cmd\").RefersTo).Value",
            "s = Range(Cells(7, 2), Cells(7, 2)).Value",
            "s = Range(\"A1:B7\").Cells(7, 2).Value",
            "s = Sheet1.UsedRange.Cells(7, 2)",
            "s = Range(\"A5\").Range(\"B3\").Value",
        ],
    );
    let body = "    Shell Range(\"B7\"), 0";
    Row::new(excel(body, cells()).build(), Verdict::Malicious)
        .rules(&["execution.shell"])
        .check();
}

#[test]
fn o18_loops_over_cells() {
    all_start(
        |body| excel(body, cells()).build(),
        &[
            "For Each c In Range(\"A1:C9\")\n    If Len(c.Value) > 9 Then s = c.Value\n    Next",
            "For Each c In Sheet1.UsedRange.SpecialCells(xlCellTypeConstants)\n    s = c.Value\n    Next",
            "For Each w In ThisWorkbook.Worksheets\n    s = w.Cells(7, 2)\n    Next",
            "For i = 1 To 9\n    s = s & Sheet1.Cells(i, 2).Value\n    Next\n    s = Mid(s, 2)",
            "v = Sheet1.Range(\"A1:B7\").Value\n    s = v(7, 2)",
            "With Sheet1\n    s = .Range(\"B7\").Value\n    End With",
            "Dim r As Range\n    Set r = Sheet1.Range(\"B7\")\n    s = r",
        ],
    );
}

#[test]
fn o18_comment_of_a_cell() {
    let sheet = "xl/worksheets/sheet1.xml";
    let markup = format!(
        "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><commentList>\
         <comment ref=\"C3\"><text><r><t>{}</t></r></text></comment></commentList></comments>",
        COMMAND.replace('&', "&amp;")
    );
    let keeps = keeps::led_to(sheet, "comments", "xl/comments1.xml", &markup);
    for read in [
        "Range(\"C3\").Comment.Text",
        "Sheet1.Comments(1).Text",
        "Cells(3, 3).NoteText",
    ] {
        let package = excel(
            &format!("    Shell {read}, 0"),
            keeps
                .clone()
                .into_iter()
                .chain([keeps::sheet("<sheetPr codeName=\"Sheet1\"/>")]),
        );
        starts(&package, "execution.shell");
    }
}

#[test]
fn o18_header_of_a_page() {
    let markup = format!(
        "<sheetPr codeName=\"Sheet1\"/><sheetData/><headerFooter><oddHeader>&amp;Linert&amp;C{}\
         </oddHeader></headerFooter>",
        "cmd /c echo inert"
    );
    let package = excel(
        "    Shell Sheet1.PageSetup.CenterHeader, 0",
        [keeps::sheet(&markup)],
    );
    starts_what(&package.build(), "execution.shell", "cmd /c echo inert");
}

#[test]
fn o18_japanese_names() {
    let keeps = [
        keeps::workbook("設定　シート", &[("命令", "'設定　シート'!$A$2")]),
        keeps::shared_strings(&["inert", COMMAND]),
        keeps::sheet(&keeps::shared_cells(&[0, 1])),
    ];
    for read in [
        "Sheets(\"設定　シート\").Range(\"A2\").Value",
        "Range(\"命令\").Value",
        "Range(\"'設定　シート'!A2\").Value",
    ] {
        starts(
            &excel(&format!("    Shell {read}, 0"), keeps.clone()),
            "execution.shell",
        );
    }
}

#[test]
fn o18_a_computed_cell_makes_nothing_milder() {
    // What it is when it is calculated, the file does not say.
    let markup = "<sheetPr codeName=\"Sheet1\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\">\
                  <f>\"cmd\"&amp;NOW()</f><v>notepad.exe</v></c></row></sheetData>";
    let package = excel(
        "    Shell Sheet1.Range(\"A1\").Value, 0",
        [keeps::sheet(markup)],
    );
    Row::new(package.build(), Verdict::Malicious)
        .rules(&["execution.shell"])
        .check();
}

#[test]
fn o18_what_code_gives_a_cell_is_in_it() {
    let markup = "<sheetPr codeName=\"Sheet1\"/><sheetData><row r=\"1\"><c r=\"A1\" \
                  t=\"inlineStr\"><is><t>notepad.exe</t></is></c></row></sheetData>";
    let package = excel(
        &format!(
            "    Sheet1.Range(\"A1\").Value = \"{COMMAND}\"\n    Shell Sheet1.Cells(1, 1).Value, 0"
        ),
        [keeps::sheet(markup)],
    );
    starts(&package, "execution.shell");
}

#[test]
fn o14_texts_of_slides() {
    let text = COMMAND.replace('&', "&amp;");
    let slide = format!(
        "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id=\"2\" \
         name=\"Box\" descr=\"{text}\"/></p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p>\
         </p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
    );
    for read in [
        "Slides(1).Shapes(\"Box\").TextFrame.TextRange.Text",
        "Slides(1).Shapes(1).AlternativeText",
    ] {
        let package = package(
            Kind::Pptm,
            "standard Module1",
            &format!("    Shell ActivePresentation.{read}, 0"),
            [Twist::Content {
                name: "ppt/slides/slide1.xml".into(),
                data: slide.clone().into_bytes(),
            }],
        );
        starts(&package, "execution.shell");
    }
}

/// A workbook whose code does this with what it keeps in A1.
fn keeping(text: &str, body: &str) -> Vec<u8> {
    let sheet = format!(
        "<sheetPr codeName=\"Sheet1\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\">\
         <is><t>{text}</t></is></c></row></sheetData>"
    );
    excel(body, [keeps::workbook("Data", &[]), keeps::sheet(&sheet)]).build()
}

#[test]
fn o18_document_that_a_cell_names() {
    let opens = |text: &str, body: &str| {
        let report = SCANNER.scan(&keeping(text, body));
        let rules: Vec<_> = report.findings().iter().map(|one| one.rule).collect();
        (report.verdict(), rules.contains(&"network.opens-address"))
    };
    let of_cell = [
        "    Workbooks.Open Range(\"A1\").Value",
        "    Workbooks.Open Range(\"A1\")",
        "    Workbooks.Open Filename:=Sheet1.Cells(1, 1).Value, ReadOnly:=True",
        "    s = [A1]\n    Set w = Application.Workbooks.Open(s)",
        "    Documents.Open \"\" & Range(\"A1\").Text",
    ];
    for body in of_cell {
        // As the same text in the code.
        for text in [
            "https://example.invalid/inert.xlsm",
            "https://example.invalid/prices.xlsx",
            "\\\\203.0.113.7\\share\\prices.xlsx",
        ] {
            assert_eq!(
                opens(text, body),
                (Verdict::Suspicious, true),
                "{body} {text}"
            );
            let literal = format!("    Workbooks.Open \"{text}\"");
            assert_eq!(opens("", &literal), (Verdict::Suspicious, true), "{text}");
        }
        for text in [
            "C:\\data\\prices.xlsx",
            "prices.xlsx",
            "\\\\server\\share\\prices.xlsx",
        ] {
            assert_eq!(opens(text, body), (Verdict::Macro, false), "{body} {text}");
        }
    }
    let bytes = keeping("https://example.invalid/inert.xlsm", of_cell[0]);
    Row::new(bytes, Verdict::Suspicious)
        .rules(&["network.opens-address"])
        .check();
    // What is not known is told, and held for nothing.
    for body in [
        "    Workbooks.Open Range(\"A9\").Value",
        "    Workbooks.Open Application.GetOpenFilename()",
        "    Workbooks.Open ThisWorkbook.Path & \"\\\" & Range(\"A1\").Value",
    ] {
        let report = Row::new(keeping("prices.xlsx", body), Verdict::Macro)
            .rules(&["network.opens-given"])
            .check();
        let given = report.findings().iter();
        let mut given = given.filter(|one| one.rule == "network.opens-given");
        assert!(given.all(|one| one.level == 2));
    }
    // A page of a firm that a cell names is a page.
    let body = "    ThisWorkbook.FollowHyperlink Range(\"A1\").Value";
    let report = SCANNER.scan(&keeping("https://example.invalid/", body));
    assert_eq!(report.verdict(), Verdict::Macro, "{:?}", report.reasons());
}

#[test]
fn daily_reads_of_cells_stay_what_they_are() {
    for body in [
        "    MsgBox Range(\"B7\").Value",
        "    Range(\"C1\").Value = Range(\"B7\").Value & Cells(1, 1)",
        "    ActiveSheet.Name = Range(\"A1\").Value",
        "    If Range(\"B1\").Value = 7 Then Range(\"A1\").ClearContents",
    ] {
        Row::new(excel(body, cells()).build(), Verdict::Macro).check();
    }
}

#[test]
fn o16_variable_of_word_97() {
    let keeps = |doc: Doc| doc.variable("a", "inert").variable("命令", COMMAND);
    let reads = [
        "s = ActiveDocument.Variables(\"命令\").Value",
        "s = ActiveDocument.Variables(2)",
    ];
    all_start(|body| keeps(doc(body)).build(), &reads);
    let body = format!("    {}\n    Shell s, 0", reads[0]);
    Row::new(keeps(doc(&body)).build(), Verdict::Malicious)
        .rules(&["execution.shell"])
        .check();
}

#[test]
fn o14_text_of_word_97() {
    let text = format!("請求書\r{COMMAND}\r");
    all_start(
        |body| doc(body).text(Story::Main, &text).build(),
        &[
            "s = Split(ActiveDocument.Range.Text, vbCr)(2)",
            "s = Replace(ActiveDocument.Paragraphs(3).Range.Text, vbCr, \"\")",
            &format!("s = ActiveDocument.Range(24, {}).Text", 24 + COMMAND.len()),
        ],
    );
}

#[test]
fn o15_shape_and_bookmark_of_word_97() {
    let text = format!("{COMMAND}\r");
    let end = 20 + COMMAND.len() as u32;
    all_start(
        |body| {
            doc(body)
                .text(Story::Main, &text)
                .shape("qtrmx", COMMAND)
                .bookmark("Mark", 20, end)
                .build()
        },
        &[
            "s = ActiveDocument.Shapes(\"qtrmx\").AlternativeText",
            "s = ActiveDocument.Shapes(1).AlternativeText",
            "s = ActiveDocument.Bookmarks(\"mark\").Range.Text",
        ],
    );
}

#[test]
fn o18_cells_of_excel_97() {
    let keeps = |xls: Xls| {
        xls.rename("設定")
            .cell(0, 0, "inert")
            .cell(1, 1, &"inert ".repeat(2000))
            .cell(2, 1, &"不活性".repeat(2000))
            .cell(6, 1, COMMAND)
            .name("命令", 6, 1)
    };
    all_start(
        |body| keeps(xls(body)).build(),
        &[
            "s = Range(\"B7\").Value",
            "s = Sheets(\"設定\").Cells(7, 2)",
            "s = Worksheets(1).Range(\"B7\")",
            "s = Range(\"命令\")",
            "For Each c In ActiveSheet.UsedRange: s = c.Value: Next",
        ],
    );
    let body = "    Shell Range(\"B7\").Value, 0";
    Row::new(keeps(xls(body)).build(), Verdict::Malicious)
        .rules(&["execution.shell"])
        .check();
}

/// The form of Emotet: the command in the tag of one control, pieces in others.
fn form() -> Form {
    let (start, end) = COMMAND.split_at(20);
    Form::new("UserForm1")
        .tag(COMMAND)
        .control(
            Control::new(Class::TextBox, "TextBox1")
                .value(COMMAND)
                .tag(start)
                .tip(end),
        )
        .control(Control::new(Class::Label, "ラベル").caption(COMMAND))
        .control(Control::new(
            Class::Frame(vec![
                Control::new(Class::CommandButton, "Inner").caption(COMMAND),
            ]),
            "Frame1",
        ))
        .control(Control::new(
            Class::MultiPage(vec![(
                "Page1".into(),
                COMMAND.into(),
                vec![Control::new(Class::CheckBox, "Deep").tag(COMMAND)],
            )]),
            "Pages1",
        ))
        .control(Control::new(
            Class::TabStrip(vec!["inert".into(), COMMAND.into()]),
            "Tabs1",
        ))
}

const IN_FORMS: &[&str] = &[
    "s = UserForm1.TextBox1.Text",
    "s = UserForm1.TextBox1.Value",
    "s = UserForm1.TextBox1",
    "s = UserForm1.TextBox1.Tag + UserForm1.TextBox1.ControlTipText",
    "s = UserForm1.Controls(\"TextBox1\").Text",
    "s = UserForm1.Controls(0).Text",
    "s = UserForm1!TextBox1.Text",
    "s = UserForm1.Tag",
    "With UserForm1\n    s = .TextBox1.Tag & .TextBox1.ControlTipText\n    End With",
    "Set f = New UserForm1\n    s = f.TextBox1.Value",
    "s = UserForm1.ラベル.Caption",
    "s = UserForm1.ラベル",
    "s = UserForm1.Inner.Caption",
    "s = UserForm1.Frame1.Controls(0).Caption",
    "s = UserForm1.Frame1.Inner.Caption",
    "s = UserForm1.Deep.Tag",
    "s = UserForm1.Pages1.Pages(0).Controls(\"Deep\").Tag",
    "s = UserForm1.Pages1.Pages(0).Caption",
    "s = UserForm1.Tabs1.Tabs(1).Caption",
    "For Each c In UserForm1.Controls\n    If c.Name = \"TextBox1\" Then s = c.Text\n    Next",
];

fn with_form(body: &str) -> String {
    format!(
        "'# document ThisDocument\nPrivate Sub Document_Open()\n    If Now > 0 Then Exit Sub\n{body}\n\
         End Sub\n"
    )
}

#[test]
fn o13_form_in_a_package() {
    let package = |body: &str| {
        let project = project(&with_form(body)).form(form(), "");
        Package::new(Kind::Docm).vba(project.to_bin()).build()
    };
    all_start(package, IN_FORMS);
}

#[test]
fn o13_form_in_word_97() {
    let doc = |body: &str| {
        let project = project(&with_form(body)).form(form(), "");
        Doc::new().project(project).build()
    };
    all_start(doc, IN_FORMS);
    let wmi = "    GetObject(\"winmg\" + \"mts:Win32_Pro\" + \"cess\").Create \
               UserForm1.TextBox1.Tag + UserForm1.TextBox1.ControlTipText, Null, su, pid";
    let report = Row::new(doc(wmi), Verdict::Malicious)
        .rules(&["execution.wmi-create", "hiding.stored-argument"])
        .check();
    let iocs: Vec<_> = report.iocs().iter().map(|one| &*one.value).collect();
    assert!(
        iocs.iter()
            .any(|value| value.contains("example.invalid/inert")),
        "{iocs:?}"
    );
}

#[test]
fn o13_form_in_a_form() {
    let code = "Private Sub UserForm_Initialize()\n    If Now > 0 Then Exit Sub\n    \
                Shell Me.TextBox1.Text, 0\n    Shell TextBox1.Text, 0\nEnd Sub\n";
    let body = "    UserForm1.Show";
    let project = project(&with_form(body)).form(form(), code);
    starts_what(
        &Package::new(Kind::Docm).vba(project.to_bin()).build(),
        "execution.shell",
        COMMAND,
    );
}

#[test]
fn o13_what_code_gives_a_control_is_in_it() {
    let body = format!(
        "    UserForm1.TextBox1.Text = \"{COMMAND}\"\n    Shell UserForm1.TextBox1.Text, 0"
    );
    let form = Form::new("UserForm1")
        .control(Control::new(Class::TextBox, "TextBox1").value("notepad.exe"));
    let project = project(&with_form(&body)).form(form, "");
    starts_what(
        &Package::new(Kind::Docm).vba(project.to_bin()).build(),
        "execution.shell",
        COMMAND,
    );
}

#[test]
fn o19_control_on_a_page() {
    let class = "{8BD21D10-EC42-11CE-9E0D-00AA006002F3}";
    let xml = format!(
        "<ax:ocx ax:classid=\"{class}\" ax:persistence=\"persistPropertyBag\" \
         xmlns:ax=\"http://schemas.microsoft.com/office/2006/activeX\"><ax:ocxPr ax:name=\"Value\" \
         ax:value=\"{}\"/></ax:ocx>",
        COMMAND.replace('&', "&amp;")
    );
    let keeps = || {
        [
            Twist::RelatedPart {
                kind: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/control"
                    .into(),
                name: "word/activeX/activeX1.xml".into(),
                data: xml.clone().into_bytes(),
            },
            keeps::body(
                "<w:p><w:r><w:object><w:control r:id=\"rIdPart0\" w:name=\"TextBox1\"/></w:object>\
                 </w:r></w:p>",
            ),
        ]
    };
    all_start(
        |body| {
            let package = Package::new(Kind::Docm);
            let package = keeps().into_iter().fold(package, Package::twist);
            package.vba(project(&with_form(body)).to_bin()).build()
        },
        &["s = ThisDocument.TextBox1.Text", "s = TextBox1.Value"],
    );
}

/// Scans within so many steps, and is blocked all the same.
#[track_caller]
fn costs(document: &[u8], verdict: Verdict, most: Duration) {
    let start = Instant::now();
    let report = SCANNER.scan(document);
    assert_eq!(report.verdict(), verdict, "{:#?}", report.reasons());
    assert!(start.elapsed() < most, "{:?}", start.elapsed());
}

#[test]
fn hostile_sheets_and_lists() {
    const BODY: &str =
        "    For Each c In ActiveSheet.UsedRange\n    s = s & c.Value\n    Next\n    Shell s, 0";
    const LONG: Duration = Duration::from_secs(60);
    // A million cells, of which a part is kept.
    let row: String = (1..=1000).map(|_| "<c><v>1</v></c>").collect();
    let rows: String = (0..1000).map(|_| format!("<row>{row}</row>")).collect();
    let sheet = keeps::sheet(&format!("<sheetData>{rows}</sheetData>"));
    costs(&excel(BODY, [sheet]).build(), Verdict::Malicious, LONG);
    // Cells that refer to texts that are not there, and to one that is long.
    let long = "inert ".repeat(100_000);
    let twists = [
        keeps::shared_strings(&[&long]),
        keeps::sheet(&keeps::shared_cells(&[0; 5000])),
    ];
    costs(&excel(BODY, twists).build(), Verdict::Malicious, LONG);
    // A hundred thousand properties and variables.
    let names: Vec<String> = (0..100_000).map(|number| format!("n{number}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "inert")).collect();
    let read = "    For Each p In ActiveDocument.CustomDocumentProperties\n    s = s & p.Value\n    \
                Next\n    For i = 1 To 100000\n    s = s & ActiveDocument.Variables(i)\n    Next\n    \
                Shell s, 0";
    let twists = [keeps::custom_properties(&many), keeps::variables(&many)];
    costs(&word(read, twists).build(), Verdict::Malicious, LONG);
    // Bookmarks that all cover the whole text.
    let starts: String = (0..20_000)
        .map(|id| format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"b{id}\"/>"))
        .collect();
    let ends: String = (0..20_000)
        .map(|id| format!("<w:bookmarkEnd w:id=\"{id}\"/>"))
        .collect();
    let text = keeps::paragraph(&long);
    let read = "    For Each b In ActiveDocument.Bookmarks\n    s = b.Range.Text\n    Next\n    \
                For i = 1 To 100000\n    s = ActiveDocument.Range(i, i + 1).Text\n    Next\n    Shell s, 0";
    let twists = [keeps::body(&format!("{starts}{text}{ends}"))];
    costs(&word(read, twists).build(), Verdict::Malicious, LONG);
    // Elements in elements, of an XML part and of the text.
    let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    let read = "    Shell ActiveDocument.CustomXMLParts(4).XML, 0";
    costs(
        &word(read, [keeps::custom_xml(&deep)]).build(),
        Verdict::Malicious,
        LONG,
    );
    let deep = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(50_000), "<w:p/>");
    let read = "    Shell ActiveDocument.Tables(1).Cell(1, 1), 0";
    costs(
        &word(read, [keeps::body(&deep)]).build(),
        Verdict::Malicious,
        LONG,
    );
    // Names that stand for one another.
    let names = [("A", "B"), ("B", "A")];
    let read = "    Shell Range(\"A\"), 0";
    costs(
        &excel(read, [keeps::workbook("x", &names)]).build(),
        Verdict::Malicious,
        LONG,
    );
}

#[test]
fn hostile_records_of_excel_97() {
    const LONG: Duration = Duration::from_secs(60);
    let mut book = xls("    Shell Range(\"B7\"), 0");
    for row in 0..60_000 {
        book = book.cell(row, 1, "inert");
    }
    costs(&book.build(), Verdict::Malicious, LONG);
}
