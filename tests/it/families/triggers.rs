//! Each kind of start, with one act: a program is started.
//!
//! Rows are named as in the list of kinds: T01 to T23.

use macrosift::Verdict;
use macrosift::Verdict::{Malicious, Suspicious};

use crate::sketch::Office::{Excel, ExcelAddIn, Listing, PowerPoint, PowerPointAddIn, Visio, Word};
use crate::sketch::{Expect, Office, Wrong, inputs};

/// A procedure that something starts.
type Start = (
    &'static str, // row
    Office,
    &'static str, // kind and name of the module
    &'static str, // what stands before the procedure
    &'static str, // its name and parameters
    Verdict,
);

const THIS: &str = "document ThisDocument";
const BOOK: &str = "workbook ThisWorkbook";
const SHEET: &str = "sheet Sheet1";
const MODULE: &str = "standard Module1";
const VISIO: &str = "other ThisDocument";

const STARTS: &[Start] = &[
    ("T01", Word, MODULE, "", "AutoOpen()", Malicious),
    ("T01", Word, MODULE, "", "autoopen()", Malicious),
    ("T01", Word, MODULE, "", "AutoNew()", Malicious),
    ("T01", Word, MODULE, "", "AutoClose()", Malicious),
    ("T01", Word, MODULE, "", "AutoExec()", Malicious),
    ("T01", Word, MODULE, "", "AutoExit()", Malicious),
    ("T01", Word, THIS, "", "AutoOpen()", Malicious),
    ("T02", Word, "standard AutoOpen", "", "Main()", Malicious),
    ("T02", Word, "standard AutoExec", "", "MAIN()", Malicious),
    ("T03", Word, THIS, "", "Document_Open()", Malicious),
    ("T03", Word, THIS, "", "Document_New()", Malicious),
    ("T03", Word, THIS, "", "Document_Close()", Malicious),
    (
        "T03",
        Word,
        THIS,
        "",
        "Document_Sync(ByVal t As Long)",
        Malicious,
    ),
    (
        "T03",
        Word,
        THIS,
        "",
        "Document_ContentControlOnEnter(ByVal c As ContentControl)",
        Malicious,
    ),
    (
        "T03",
        Word,
        THIS,
        "",
        "Document_ContentControlOnExit(ByVal c As ContentControl, Cancel As Boolean)",
        Malicious,
    ),
    (
        "T03",
        Word,
        THIS,
        "",
        "Document_ContentControlAfterAdd(ByVal c As ContentControl, ByVal u As Boolean)",
        Malicious,
    ),
    (
        "T03",
        Word,
        THIS,
        "",
        "Document_BuildingBlockInsert(ByVal r As Range, ByVal n As String)",
        Malicious,
    ),
    (
        "T03",
        Word,
        THIS,
        "",
        "Document_XMLAfterInsert(ByVal n As XMLNode, ByVal u As Boolean)",
        Malicious,
    ),
    ("T04", Word, MODULE, "", "FileSave()", Malicious),
    ("T04", Word, MODULE, "", "FilePrint()", Malicious),
    ("T04", Word, MODULE, "", "ToolsMacro()", Malicious),
    ("T04", Word, MODULE, "", "ViewVBCode()", Malicious),
    ("T05", Excel, MODULE, "", "Auto_Open()", Malicious),
    ("T05", Excel, MODULE, "", "Auto_Close()", Malicious),
    ("T05", Excel, MODULE, "", "Auto_Activate()", Malicious),
    ("T05", Excel, MODULE, "", "Auto_Deactivate()", Malicious),
    ("T05", ExcelAddIn, MODULE, "", "Auto_Add()", Malicious),
    ("T05", ExcelAddIn, MODULE, "", "Auto_Remove()", Malicious),
    ("T06", Excel, BOOK, "", "Workbook_Open()", Malicious),
    ("T06", Excel, BOOK, "", "Workbook_Activate()", Malicious),
    (
        "T06",
        Excel,
        BOOK,
        "",
        "Workbook_BeforeClose(Cancel As Boolean)",
        Malicious,
    ),
    (
        "T06",
        Excel,
        BOOK,
        "",
        "Workbook_BeforeSave(ByVal ui As Boolean, Cancel As Boolean)",
        Malicious,
    ),
    (
        "T06",
        Excel,
        BOOK,
        "",
        "Workbook_AfterSave(ByVal ok As Boolean)",
        Malicious,
    ),
    (
        "T06",
        Excel,
        BOOK,
        "",
        "Workbook_SheetActivate(ByVal s As Object)",
        Malicious,
    ),
    (
        "T06",
        Excel,
        BOOK,
        "",
        "Workbook_SheetCalculate(ByVal s As Object)",
        Malicious,
    ),
    (
        "T06",
        Excel,
        BOOK,
        "",
        "Workbook_SheetChange(ByVal s As Object, ByVal t As Range)",
        Malicious,
    ),
    (
        "T06",
        Excel,
        BOOK,
        "",
        "Workbook_WindowActivate(ByVal w As Window)",
        Malicious,
    ),
    (
        "T06",
        Excel,
        BOOK,
        "",
        "Workbook_WindowResize(ByVal w As Window)",
        Malicious,
    ),
    (
        "T06",
        ExcelAddIn,
        BOOK,
        "",
        "Workbook_AddinInstall()",
        Malicious,
    ),
    (
        "T06",
        ExcelAddIn,
        BOOK,
        "",
        "Workbook_AddinUninstall()",
        Malicious,
    ),
    ("T07", Excel, SHEET, "", "Worksheet_Calculate()", Malicious),
    ("T07", Excel, SHEET, "", "Worksheet_Activate()", Malicious),
    (
        "T07",
        Excel,
        SHEET,
        "",
        "Worksheet_SelectionChange(ByVal t As Range)",
        Malicious,
    ),
    (
        "T07",
        Excel,
        SHEET,
        "",
        "Worksheet_Change(ByVal t As Range)",
        Malicious,
    ),
    (
        "T07",
        Excel,
        SHEET,
        "",
        "Worksheet_FollowHyperlink(ByVal t As Hyperlink)",
        Malicious,
    ),
    (
        "T07",
        Excel,
        SHEET,
        "",
        "Worksheet_PivotTableUpdate(ByVal t As PivotTable)",
        Malicious,
    ),
    (
        "T10",
        Excel,
        SHEET,
        "Attribute VB_Control = \"InkPicture1, 1, 0, INKEDLib, InkPicture\"\n",
        "InkPicture1_Painted(ByVal h As Long, ByVal r As Object)",
        Malicious,
    ),
    (
        "T10",
        Word,
        THIS,
        "Attribute VB_Control = \"Frame1, 1, 0, MSForms, Frame\"\n",
        "Frame1_Layout()",
        Malicious,
    ),
    (
        "T10",
        Word,
        THIS,
        "Attribute VB_Control = \"MultiPage1, 1, 0, MSForms, MultiPage\"\n",
        "MultiPage1_Layout(ByVal i As Long)",
        Malicious,
    ),
    (
        "T10",
        Word,
        THIS,
        "Attribute VB_Control = \"ImageCombo21, 1, 0, MSComctlLib, ImageCombo\"\n",
        "ImageCombo21_Change()",
        Malicious,
    ),
    (
        "T10",
        Word,
        THIS,
        "Attribute VB_Control = \"TabStrip1, 1, 0, MSForms, TabStrip\"\n",
        "TabStrip1_Change()",
        Malicious,
    ),
    (
        "T10",
        Word,
        THIS,
        "Attribute VB_Control = \"a, 1, 0, MSForms, TextBox\"\n",
        "a_GotFocus()",
        Malicious,
    ),
    (
        "T10",
        Word,
        THIS,
        "Attribute VB_Control = \"a, 1, 0, MSForms, Image\"\n",
        "a_MouseMove(ByVal b As Integer, ByVal s As Integer, ByVal x As Single, ByVal y As Single)",
        Malicious,
    ),
    (
        "T10",
        Word,
        THIS,
        "Attribute VB_Control = \"SpinButton1, 1, 0, MSForms, SpinButton\"\n",
        "SpinButton1_SpinUp()",
        Suspicious,
    ),
    (
        "T11",
        Word,
        THIS,
        "Attribute VB_Control = \"WebBrowser1, 1, 0, SHDocVwCtl, WebBrowser\"\n",
        "WebBrowser1_BeforeNavigate2(ByVal p As Object, u As Variant)",
        Malicious,
    ),
    (
        "T11",
        Word,
        THIS,
        "Attribute VB_Control = \"w, 1, 0, SHDocVwCtl, WebBrowser\"\n",
        "w_StatusTextChange(ByVal t As String)",
        Malicious,
    ),
    (
        "T11",
        Word,
        THIS,
        "Attribute VB_Control = \"w, 1, 0, SHDocVwCtl, WebBrowser\"\n",
        "w_CommandStateChange(ByVal c As Long, ByVal e As Boolean)",
        Malicious,
    ),
    (
        "T12",
        Word,
        THIS,
        "Attribute VB_Control = \"M1, 1, 0, MSTSCLib, MsRdpClient9\"\n",
        "M1_OnConnecting()",
        Malicious,
    ),
    (
        "T12",
        Word,
        THIS,
        "Attribute VB_Control = \"M1, 1, 0, MSTSCLib, MsRdpClient9\"\n",
        "M1_OnDisconnected(ByVal r As Long)",
        Malicious,
    ),
    (
        "T12",
        Word,
        THIS,
        "Attribute VB_Control = \"P1, 1, 0, WMPLibCtl, WindowsMediaPlayer\"\n",
        "P1_OpenStateChange(ByVal s As Long)",
        Malicious,
    ),
    (
        "T12",
        Word,
        THIS,
        "Attribute VB_Control = \"F1, 1, 0, ShockwaveFlashObjects, ShockwaveFlash\"\n",
        "F1_OnReadyStateChange(ByVal s As Long)",
        Malicious,
    ),
    (
        "T12",
        Word,
        THIS,
        "Attribute VB_Control = \"S1, 1, 0, SystemMonitor, SystemMonitor\"\n",
        "S1_OnSampleCollected()",
        Malicious,
    ),
    (
        "T12",
        Word,
        THIS,
        "Attribute VB_Control = \"X1, 1, 0, InertLib, InertControl\"\n",
        "X1_SomethingHappened()",
        Malicious,
    ),
    (
        "T14",
        PowerPoint,
        MODULE,
        "",
        "OnSlideShowPageChange(ByVal w As SlideShowWindow)",
        Malicious,
    ),
    (
        "T14",
        PowerPoint,
        MODULE,
        "",
        "OnSlideShowTerminate(ByVal w As SlideShowWindow)",
        Malicious,
    ),
    ("T14", PowerPointAddIn, MODULE, "", "Auto_Open()", Malicious),
    (
        "T14",
        PowerPointAddIn,
        MODULE,
        "",
        "Auto_Close()",
        Malicious,
    ),
    (
        "T15",
        Listing,
        THIS,
        "",
        "Document_BeforeClose(Cancel As Boolean)",
        Malicious,
    ),
    (
        "T16",
        Visio,
        VISIO,
        "",
        "Document_DocumentOpened(ByVal d As IVDocument)",
        Malicious,
    ),
    (
        "T16",
        Visio,
        VISIO,
        "",
        "Document_DocumentCreated(ByVal d As IVDocument)",
        Malicious,
    ),
    (
        "T16",
        Visio,
        VISIO,
        "",
        "Document_RunModeEntered(ByVal d As IVDocument)",
        Malicious,
    ),
    (
        "T16",
        Visio,
        VISIO,
        "",
        "Document_ShapeAdded(ByVal s As IVShape)",
        Malicious,
    ),
    (
        "T17",
        Listing,
        THIS,
        "",
        "Project_Open(ByVal p As Project)",
        Malicious,
    ),
    (
        "T17",
        Listing,
        THIS,
        "",
        "Project_BeforeClose(ByVal p As Project)",
        Malicious,
    ),
    (
        "T17",
        Listing,
        THIS,
        "",
        "Project_Change(ByVal p As Project)",
        Malicious,
    ),
    ("T18", Listing, THIS, "", "Form_Load()", Malicious),
    ("T18", Listing, THIS, "", "Form_Timer()", Malicious),
    ("T19", Listing, THIS, "", "Application_Startup()", Malicious),
    (
        "T19",
        Listing,
        THIS,
        "",
        "Application_NewMailEx(ByVal ids As String)",
        Malicious,
    ),
    (
        "T19",
        Listing,
        THIS,
        "",
        "Application_ItemSend(ByVal i As Object, Cancel As Boolean)",
        Malicious,
    ),
    (
        "T20",
        Excel,
        MODULE,
        "",
        "Loaded(ribbon As IRibbonUI)",
        Malicious,
    ),
    (
        "T20",
        Excel,
        MODULE,
        "",
        "Pressed(control As IRibbonControl)",
        Suspicious,
    ),
    (
        "T22",
        Word,
        THIS,
        "Attribute VB_Control = \"CommandButton1, 1, 0, MSForms, CommandButton\"\n",
        "CommandButton1_Click()",
        Suspicious,
    ),
    (
        "T22",
        Excel,
        SHEET,
        "Attribute VB_Control = \"go, 1, 0, MSForms, CommandButton\"\n",
        "go_DblClick(ByVal c As ReturnBoolean)",
        Suspicious,
    ),
    ("T22", Excel, MODULE, "", "PrintReport()", Suspicious),
];

#[test]
fn procedures_that_something_starts() {
    let mut wrong = Wrong::default();
    for &(row, office, module, before, procedure, verdict) in STARTS {
        let text = format!(
            "'# {module}\n{before}Sub {procedure}\n    If Now > 0 Then Exit Sub\n    \
             Shell \"inert-test.invalid\"\nEnd Sub\n"
        );
        let (name, _) = procedure.split_once('(').unwrap();
        for input in inputs(office, &text) {
            // The module in whose name the start lies, or the kind of control, is not in a listing.
            if row == "T02" && input.0 == "listing" {
                continue;
            }
            wrong.verdict(&format!("{row} {name}"), &input, Expect::Is(verdict));
        }
    }
    wrong.none();
}

/// Starts by way of another procedure: name, program, modules.
const PATHS: &[(&str, Office, &str)] = &[
    (
        "T08: the application of Word, in a class",
        Word,
        "'# document ThisDocument
Dim watcher As Watcher
Private Sub Document_Open()
    Set watcher = New Watcher
    Set watcher.app = Application
End Sub
'# class Watcher
Public WithEvents app As Word.Application
Private Sub app_DocumentOpen(ByVal Doc As Document)
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "T08: the application of Excel, another name",
        Excel,
        "'# workbook ThisWorkbook
Private WithEvents x As Application
Private Sub Workbook_Open()
    Set x = Application
End Sub
Private Sub x_WindowActivate(ByVal Wb As Workbook, ByVal Wn As Window)
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "T09: at a time",
        Excel,
        "'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Application.OnTime Now + TimeValue(\"00:00:10\"), \"Later\"
End Sub
'# standard Module1
Sub Later()
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "T09: at a time, the name put together",
        Word,
        "'# document ThisDocument
Private Sub Document_Open()
    Application.OnTime When:=Now + TimeSerial(0, 0, 5), Name:=\"Proj\" & \"ect.Mod\" & \"ule1.La\" & \"ter\"
End Sub
'# standard Module1
Sub Later()
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "T09: an entry of a sheet",
        Excel,
        "'# standard Module1
Sub Auto_Open()
    ActiveSheet.OnEntry = \"Later\"
End Sub
Sub Later()
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "T13: a form is shown",
        Word,
        "'# document ThisDocument
Private Sub Document_Open()
    UserForm1.Show
End Sub
'# form UserForm1
Private Sub UserForm_Initialize()
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "T13: a form is activated",
        Excel,
        "'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Dim f As New UserForm1
    f.Show vbModeless
End Sub
'# form UserForm1
Private Sub UserForm_Activate()
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "T13: an object is made",
        Word,
        "'# document ThisDocument
Private Sub Document_Open()
    Dim o As Object
    Set o = New Class1
End Sub
'# class Class1
Private Sub Class_Initialize()
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "T13: an object goes",
        Word,
        "'# document ThisDocument
Private Sub Document_Open()
    Dim o As Class1
    Set o = New Class1
    Set o = Nothing
End Sub
'# class Class1
Private Sub Class_Terminate()
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "T13: a property is set",
        Word,
        "'# document ThisDocument
Private Sub Document_Open()
    Dim o As New Class1
    o.Colour = 3
End Sub
'# class Class1
Public Property Let Colour(ByVal value As Long)
    If Now > 0 Then Exit Property
    Shell \"inert-test.invalid\"
End Property
",
    ),
    (
        "a macro by its name",
        Word,
        "'# document ThisDocument
Private Sub Document_Open()
    Application.Run \"Module1.Go\"
End Sub
'# standard Module1
Sub Go()
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "a method by its name",
        Word,
        "'# document ThisDocument
Private Sub Document_Open()
    CallByName Me, \"G\" & \"o\", VbMethod
End Sub
Public Sub Go()
    If Now > 0 Then Exit Sub
    Shell \"inert-test.invalid\"
End Sub
",
    ),
    (
        "a long way",
        Excel,
        "'# workbook ThisWorkbook
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
    Shell \"inert-test.invalid\"
End Sub
",
    ),
];

#[test]
fn procedures_that_are_started_by_others() {
    let mut wrong = Wrong::default();
    for &(name, office, text) in PATHS {
        for input in inputs(office, text) {
            wrong.verdict(name, &input, Expect::Is(Malicious));
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
        let text = format!(
            "'# {module}\nSub {procedure}\n    If Now > 0 Then Exit Sub\n    \
             Shell \"inert-test.invalid\"\nEnd Sub\n"
        );
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
