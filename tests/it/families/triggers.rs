//! Each kind of start, with one act: a program is started.
//!
//! Rows are named as in the list of kinds: T01 to T23.

use macrosift::Verdict;
use macrosift::Verdict::{Malicious, Suspicious};
use macrosift_testkit::office::{Kind, Package, Twist};

use crate::sketch::Office::{Excel, ExcelAddIn, Listing, PowerPoint, PowerPointAddIn, Visio, Word};
use crate::sketch::{Expect, Office, Wrong, inputs, is_jumble, project};

const THIS: &str = "document ThisDocument";
const BOOK: &str = "workbook ThisWorkbook";
const SHEET: &str = "sheet Sheet1";
const MODULE: &str = "standard Module1";

/// Row, program, kind and name of the module, procedures that something starts, verdict.
type Starts = (
    &'static str,
    Office,
    &'static str,
    &'static [&'static str],
    Verdict,
);

const STARTS: &[Starts] = &[
    (
        "T01",
        Word,
        MODULE,
        &[
            "AutoOpen",
            "autoopen",
            "AutoNew",
            "AutoClose",
            "AutoExec",
            "AutoExit",
        ],
        Malicious,
    ),
    ("T01", Word, THIS, &["AutoOpen", "AutoClose"], Malicious),
    ("T02", Word, "standard AutoOpen", &["Main"], Malicious),
    ("T02", Word, "standard AutoExec", &["MAIN"], Malicious),
    (
        "T03",
        Word,
        THIS,
        &[
            "Document_Open",
            "Document_New",
            "Document_Close",
            "Document_Sync",
            "Document_ContentControlOnEnter",
            "Document_ContentControlOnExit",
            "Document_ContentControlAfterAdd",
            "Document_BuildingBlockInsert",
            "Document_XMLAfterInsert",
        ],
        Malicious,
    ),
    (
        "T04",
        Word,
        MODULE,
        &["FileSave", "FilePrint", "ToolsMacro", "ViewVBCode"],
        Malicious,
    ),
    (
        "T05",
        Excel,
        MODULE,
        &[
            "Auto_Open",
            "Auto_Close",
            "Auto_Activate",
            "Auto_Deactivate",
        ],
        Malicious,
    ),
    (
        "T05",
        ExcelAddIn,
        MODULE,
        &["Auto_Add", "Auto_Remove"],
        Malicious,
    ),
    (
        "T06",
        Excel,
        BOOK,
        &[
            "Workbook_Open",
            "Workbook_Activate",
            "Workbook_BeforeClose",
            "Workbook_BeforeSave",
            "Workbook_AfterSave",
            "Workbook_SheetActivate",
            "Workbook_SheetCalculate",
            "Workbook_SheetChange",
            "Workbook_WindowActivate",
            "Workbook_WindowResize",
        ],
        Malicious,
    ),
    (
        "T06",
        ExcelAddIn,
        BOOK,
        &["Workbook_AddinInstall", "Workbook_AddinUninstall"],
        Malicious,
    ),
    (
        "T07",
        Excel,
        SHEET,
        &[
            "Worksheet_Calculate",
            "Worksheet_Activate",
            "Worksheet_SelectionChange",
            "Worksheet_Change",
            "Worksheet_FollowHyperlink",
            "Worksheet_PivotTableUpdate",
        ],
        Malicious,
    ),
    (
        "T14",
        PowerPoint,
        MODULE,
        &["OnSlideShowPageChange", "OnSlideShowTerminate"],
        Malicious,
    ),
    (
        "T14",
        PowerPointAddIn,
        MODULE,
        &["Auto_Open", "Auto_Close"],
        Malicious,
    ),
    ("T15", Listing, THIS, &["Document_BeforeClose"], Malicious),
    (
        "T16",
        Visio,
        "other ThisDocument",
        &[
            "Document_DocumentOpened",
            "Document_DocumentCreated",
            "Document_RunModeEntered",
            "Document_ShapeAdded",
        ],
        Malicious,
    ),
    (
        "T17",
        Listing,
        THIS,
        &["Project_Open", "Project_BeforeClose", "Project_Change"],
        Malicious,
    ),
    (
        "T18",
        Listing,
        THIS,
        &["Form_Load", "Form_Timer"],
        Malicious,
    ),
    (
        "T19",
        Listing,
        THIS,
        &[
            "Application_Startup",
            "Application_NewMailEx",
            "Application_ItemSend",
        ],
        Malicious,
    ),
    ("T22", Excel, MODULE, &["PrintReport"], Suspicious),
];

#[test]
fn procedures_that_something_starts() {
    let mut wrong = Wrong::default();
    for &(row, office, module, procedures, verdict) in STARTS {
        for procedure in procedures {
            let text = format!("'# {module}\n{}", act(&format!("{procedure}()")));
            for input in inputs(office, &text) {
                // The name of the module is not in a listing.
                if row != "T02" || input.0 != "listing" {
                    wrong.verdict(&format!("{row} {procedure}"), &input, Expect::Is(verdict));
                }
            }
        }
    }
    wrong.none();
}

/// A procedure that starts a program.
fn act(procedure: &str) -> String {
    format!(
        "Sub {procedure}\n    If Now > 0 Then Exit Sub\n    Shell \"inert-test.invalid\"\nEnd Sub\n"
    )
}

/// Row, library and class of a control, its events, verdict.
type Control = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    Verdict,
);

const CONTROLS: &[Control] = &[
    (
        "T10",
        "INKEDLib",
        "InkPicture",
        &["Painted", "Painting"],
        Malicious,
    ),
    ("T10", "MSForms", "Frame", &["Layout"], Malicious),
    ("T10", "MSForms", "MultiPage", &["Layout"], Malicious),
    ("T10", "MSComctlLib", "ImageCombo", &["Change"], Malicious),
    ("T10", "MSForms", "TabStrip", &["Change"], Malicious),
    (
        "T10",
        "MSForms",
        "TextBox",
        &["GotFocus", "Change"],
        Malicious,
    ),
    ("T10", "MSForms", "Image", &["MouseMove"], Malicious),
    ("T10", "MSForms", "SpinButton", &["SpinUp"], Suspicious),
    (
        "T11",
        "SHDocVwCtl",
        "WebBrowser",
        &[
            "BeforeNavigate2",
            "DocumentComplete",
            "StatusTextChange",
            "NewWindow2",
            "CommandStateChange",
        ],
        Malicious,
    ),
    (
        "T12",
        "MSTSCLib",
        "MsRdpClient9",
        &["OnConnecting", "OnDisconnected"],
        Malicious,
    ),
    (
        "T12",
        "WMPLibCtl",
        "WindowsMediaPlayer",
        &["OpenStateChange"],
        Malicious,
    ),
    (
        "T12",
        "ShockwaveFlashObjects",
        "ShockwaveFlash",
        &["OnReadyStateChange"],
        Malicious,
    ),
    (
        "T12",
        "SystemMonitor",
        "SystemMonitor",
        &["OnSampleCollected"],
        Malicious,
    ),
    (
        "T12",
        "InertLib",
        "InertControl",
        &["SomethingHappened"],
        Malicious,
    ),
    (
        "T22",
        "MSForms",
        "CommandButton",
        &["Click", "DblClick"],
        Suspicious,
    ),
];

#[test]
fn controls_in_documents_and_sheets() {
    let mut wrong = Wrong::default();
    for &(row, library, class, events, verdict) in CONTROLS {
        for event in events {
            for (office, module) in [(Word, THIS), (Excel, SHEET)] {
                let text = format!(
                    "'# {module}\nAttribute VB_Control = \"Thing1, 1, 0, {library}, {class}\"\n{}",
                    act(&format!("Thing1_{event}()"))
                );
                for input in inputs(office, &text) {
                    let name = format!("{row} {class}, {event}");
                    wrong.verdict(&name, &input, Expect::Is(verdict));
                }
            }
        }
    }
    wrong.none();
}

#[test]
fn callbacks_of_a_ribbon() {
    let mut wrong = Wrong::default();
    for (procedure, verdict) in [
        ("Loaded(ribbon As IRibbonUI)", Malicious),
        ("Pressed(control As IRibbonControl)", Suspicious),
    ] {
        for input in inputs(Excel, &format!("'# {MODULE}\n{}", act(procedure))) {
            wrong.verdict(&format!("T20 {procedure}"), &input, Expect::Is(verdict));
        }
    }
    wrong.none();
}

/// Row, program, type of the relationship, part, what it says, verdict.
type Binding = (
    &'static str,
    Kind,
    &'static str,
    &'static str,
    &'static str,
    Verdict,
);

const RIBBON: &str = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility";
const DRAWING: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing";
const VML: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing";
const SLIDE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide";
const KEYS: &str = "http://schemas.microsoft.com/office/2006/relationships/keyMapCustomizations";

const BINDINGS: &[Binding] = &[
    (
        "T20 onLoad",
        Kind::Xlsm,
        RIBBON,
        "customUI/customUI14.xml",
        r#"<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui" onLoad="Go"/>"#,
        Malicious,
    ),
    (
        "T20 getLabel",
        Kind::Docm,
        RIBBON,
        "customUI/customUI.xml",
        r#"<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"><ribbon><tabs><tab id="a"><group id="b"><button id="c" getLabel="Module1.Go"/></group></tab></tabs></ribbon></customUI>"#,
        Malicious,
    ),
    (
        "T20 onAction",
        Kind::Pptm,
        RIBBON,
        "customUI/customUI14.xml",
        r#"<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs><tab id="a"><group id="b"><button id="c" onAction="Go"/></group></tab></tabs></ribbon></customUI>"#,
        Suspicious,
    ),
    (
        "T22 a shape",
        Kind::Xlsm,
        DRAWING,
        "xl/drawings/drawing1.xml",
        r#"<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:sp macro="[0]!Go"/></xdr:wsDr>"#,
        Suspicious,
    ),
    (
        "T22 a form control",
        Kind::Xlsm,
        VML,
        "xl/drawings/vmlDrawing1.vml",
        r#"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape><x:ClientData ObjectType="Button"><x:FmlaMacro>Module1.Go</x:FmlaMacro></x:ClientData></v:shape></xml>"#,
        Suspicious,
    ),
    (
        "T22 a key of Word",
        Kind::Docm,
        KEYS,
        "word/customizations.xml",
        r#"<wne:tcg xmlns:wne="http://schemas.microsoft.com/office/word/2006/wordml"><wne:keymaps><wne:keymap wne:kcmPrimary="0253"><wne:macro wne:macroName="PROJECT.MODULE1.GO"/></wne:keymap></wne:keymaps></wne:tcg>"#,
        Suspicious,
    ),
    (
        "T14 a click in a talk",
        Kind::Pptm,
        SLIDE,
        "ppt/slides/slide2.xml",
        r#"<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id="2" name="a"><a:hlinkClick action="ppaction://macro?name=Go"/></p:cNvPr></p:nvSpPr></p:sp></p:spTree></p:cSld></p:sld>"#,
        Suspicious,
    ),
    (
        "T14 the mouse over a shape in a talk",
        Kind::Ppsm,
        SLIDE,
        "ppt/slides/slide2.xml",
        r#"<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id="2" name="a"><a:hlinkHover action="ppaction://macro?name=Go"/></p:cNvPr></p:nvSpPr></p:sp></p:spTree></p:cSld></p:sld>"#,
        Malicious,
    ),
];

/// Procedures that the document names, under a name that says nothing.
#[test]
fn procedures_that_the_document_calls() {
    let mut wrong = Wrong::default();
    let project = project(&format!("'# {MODULE}\n{}", act("Go(a)")));
    for &(row, kind, relationship, name, data, verdict) in BINDINGS {
        let part = Twist::RelatedPart {
            kind: relationship.into(),
            name: name.into(),
            data: data.into(),
        };
        let package = Package::new(kind).vba(project.to_bin()).twist(part);
        let input = (kind.extension(), package.build());
        wrong.verdict(row, &input, Expect::Is(verdict));
    }
    wrong.none();
}

/// Starts by way of another procedure: name, program, modules.
const PATHS: &[(&str, Office, &str)] = &[
    (
        "T08: the application of Word, in a class",
        Word,
        r#"'# document ThisDocument
Dim watcher As Watcher
Private Sub Document_Open()
    Set watcher = New Watcher
    Set watcher.app = Application
End Sub
'# class Watcher
Public WithEvents app As Word.Application
Private Sub app_DocumentOpen(ByVal Doc As Document)
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "T08: the application of Excel, another name",
        Excel,
        r#"'# workbook ThisWorkbook
Private WithEvents x As Application
Private Sub Workbook_Open()
    Set x = Application
End Sub
Private Sub x_WindowActivate(ByVal Wb As Workbook, ByVal Wn As Window)
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "T09: at a time",
        Excel,
        r#"'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Application.OnTime Now + TimeValue("00:00:10"), "Later"
End Sub
'# standard Module1
Sub Later()
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "T09: at a time, the name put together",
        Word,
        r#"'# document ThisDocument
Private Sub Document_Open()
    Application.OnTime When:=Now + TimeSerial(0, 0, 5), Name:="Proj" & "ect.Mod" & "ule1.La" & "ter"
End Sub
'# standard Module1
Sub Later()
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "T09: an entry of a sheet",
        Excel,
        r#"'# standard Module1
Sub Auto_Open()
    ActiveSheet.OnEntry = "Later"
End Sub
Sub Later()
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "T13: a form is shown",
        Word,
        r#"'# document ThisDocument
Private Sub Document_Open()
    UserForm1.Show
End Sub
'# form UserForm1
Private Sub UserForm_Initialize()
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "T13: a form is activated",
        Excel,
        r#"'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Dim f As New UserForm1
    f.Show vbModeless
End Sub
'# form UserForm1
Private Sub UserForm_Activate()
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "T13: an object is made",
        Word,
        r#"'# document ThisDocument
Private Sub Document_Open()
    Dim o As Object
    Set o = New Class1
End Sub
'# class Class1
Private Sub Class_Initialize()
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "T13: an object goes",
        Word,
        r#"'# document ThisDocument
Private Sub Document_Open()
    Dim o As Class1
    Set o = New Class1
    Set o = Nothing
End Sub
'# class Class1
Private Sub Class_Terminate()
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "T13: a property is set",
        Word,
        r#"'# document ThisDocument
Private Sub Document_Open()
    Dim o As New Class1
    o.Colour = 3
End Sub
'# class Class1
Public Property Let Colour(ByVal value As Long)
    If Now > 0 Then Exit Property
    Shell "inert-test.invalid"
End Property
"#,
    ),
    (
        "a macro by its name",
        Word,
        r#"'# document ThisDocument
Private Sub Document_Open()
    Application.Run "Module1.Go"
End Sub
'# standard Module1
Sub Go()
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "a method by its name",
        Word,
        r#"'# document ThisDocument
Private Sub Document_Open()
    CallByName Me, "G" & "o", VbMethod
End Sub
Public Sub Go()
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
    (
        "a long way",
        Excel,
        r#"'# workbook ThisWorkbook
Private Sub Workbook_Open(): A: End Sub
'# standard Module1
Sub A(): If 1 = 1 Then B
End Sub
Sub B(): Call C(2): End Sub
Function C(n): C = D() + n: End Function
Function D()
    With New Class1
        D = .E
    End With
End Function
'# class Class1
Public Property Get E() As Long
    On Error GoTo handler
    Err.Raise 5
handler:
    Module2.F
End Property
'# standard Module2
Public Sub F()
    If Now > 0 Then Exit Sub
    Shell "inert-test.invalid"
End Sub
"#,
    ),
];

#[test]
fn procedures_that_are_started_by_others() {
    let mut wrong = Wrong::default();
    for &(name, office, text) in PATHS {
        wrong.understood(name, text);
        for input in inputs(office, text) {
            let expect = if is_jumble(input.0, text) {
                Expect::AtLeast(Suspicious)
            } else {
                Expect::Is(Malicious)
            };
            wrong.verdict(name, &input, expect);
        }
    }
    wrong.none();
}

/// Names that Office does not call where they stand: nothing is known to start the code.
#[test]
fn names_that_start_nothing() {
    let starts = [
        (Excel, "sheet Sheet1", "Workbook_Open()"),
        (Word, "class Class1", "AutoOpen()"),
        (Word, "standard Module1", "Document_Open()"),
        (Excel, "class Class1", "Worksheet_Change(ByVal t As Range)"),
    ];
    let mut wrong = Wrong::default();
    for (office, module, procedure) in starts {
        let text = format!("'# {module}\n{}", act(procedure));
        for input in inputs(office, &text) {
            let expect = if input.0 == "listing" {
                Malicious
            } else {
                Suspicious
            };
            let name = format!("{procedure} in {module}");
            wrong.verdict(&name, &input, Expect::Is(expect));
        }
    }
    wrong.none();
}
