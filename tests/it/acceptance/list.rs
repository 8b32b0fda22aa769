//! The acceptance list: what other scanners hold, and daily work is made of.

use super::{Case, add_in, excel, held, word};
use crate::sketch::Office::{Excel, Word};

pub(super) const CASES: &[Case] = &[
    excel(
        "a workbook saves itself under another name when it is opened",
        "saving the workbook itself as a workbook is no dangerous write",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Application.DisplayAlerts = False
    ThisWorkbook.SaveAs ThisWorkbook.Path & "\report_" & Format(Date, "yyyymmdd") & ".xlsm", FileFormat:=52
    Application.DisplayAlerts = True
End Sub
"#,
    ),
    excel(
        "a button counts with a dictionary",
        "the dictionary is an object of data",
        r#"
'# sheet Sheet1
Attribute VB_Control = "CommandButton1, 1, 0, MSForms, CommandButton"
Private Sub CommandButton1_Click()
    Dim d As Object, r As Long
    Set d = CreateObject("Scripting.Dictionary")
    For r = 2 To Cells(Rows.Count, 1).End(xlUp).Row
        d(Cells(r, 1).Value) = d(Cells(r, 1).Value) + Cells(r, 2).Value
    Next r
    Range("D2").Resize(d.Count, 1).Value = Application.Transpose(d.Keys)
    Range("E2").Resize(d.Count, 1).Value = Application.Transpose(d.Items)
End Sub
"#,
    ),
    excel(
        "a list is written as CSV when the workbook is opened",
        "text of cells into a table file",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Dim n As Integer, r As Long
    n = FreeFile
    Open ThisWorkbook.Path & "\export.csv" For Output As #n
    For r = 1 To 100
        Print #n, Cells(r, 1).Value & ";" & Cells(r, 2).Value
    Next r
    Close #n
End Sub
"#,
    ),
    excel(
        "a change of a sheet asks a database",
        "ADODB.Connection reads tables; the server is listed",
        r#"
'# sheet Sheet1
Private Sub Worksheet_Change(ByVal Target As Range)
    If Intersect(Target, Range("B2")) Is Nothing Then Exit Sub
    Dim c As Object, r As Object
    Set c = CreateObject("ADODB.Connection")
    c.Open "Provider=SQLOLEDB;Data Source=sql01.invalid;Initial Catalog=Sales;Integrated Security=SSPI"
    Set r = c.Execute("SELECT name FROM customer WHERE id = " & CLng(Target.Value))
    If Not r.EOF Then Range("C2").Value = r.Fields(0).Value
    c.Close
End Sub
"#,
    ),
    excel(
        "a button shows a mail",
        "Outlook shows it and the user sends it",
        r#"
'# standard Mail
Sub MailReport_Click()
    With CreateObject("Outlook.Application").CreateItem(0)
        .To = Range("B1").Value
        .Subject = "Report " & Format(Date, "dd.mm.yyyy")
        .Body = "Please find the report attached."
        .Attachments.Add ThisWorkbook.FullName
        .Display
    End With
End Sub
"#,
    ),
    held(
        Excel,
        "a mail is sent when the workbook is opened",
        "nobody is asked",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    With CreateObject("Outlook.Application").CreateItem(0)
        .To = "accounts@example.invalid"
        .Subject = "opened"
        .Send
    End With
End Sub
"#,
    ),
    excel(
        "who is logged on",
        "GetUserName only reads, and so does Environ",
        r#"
'# workbook ThisWorkbook
Private Declare PtrSafe Function GetUserName Lib "advapi32.dll" Alias "GetUserNameA" (ByVal lpBuffer As String, nSize As Long) As Long
Private Sub Workbook_Open()
    Dim b As String * 255, n As Long
    n = 255
    GetUserName b, n
    Sheets("Log").Range("A1").Value = Left$(b, n - 1) & " at " & Environ("COMPUTERNAME")
End Sub
"#,
    ),
    excel(
        "all is refreshed, then a macro of the workbook is run by its name",
        "the macro is one of the project",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    ThisWorkbook.RefreshAll
    Application.Run "FormatReport"
End Sub
'# standard Module1
Sub FormatReport()
    Columns("A:F").AutoFit
End Sub
"#,
    ),
    word(
        "a message",
        "it says something",
        r#"
'# document ThisDocument
Private Sub Document_Open()
    MsgBox "Please fill in all fields marked with *.", vbInformation
End Sub
"#,
    ),
    word(
        "dangerous words in a comment",
        "a comment does nothing",
        r#"
'# document ThisDocument
' We used Shell "cmd /c ..." and Kill here, and CreateObject("WScript.Shell").Run,
' and URLDownloadToFile; PowerShell is not needed any more.
Private Sub Document_Open()
    Rem Shell and Kill again
    ActiveDocument.Fields.Update
End Sub
"#,
    ),
    excel(
        "a folder for the month",
        "a folder is made",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Dim f As Object, p As String
    Set f = CreateObject("Scripting.FileSystemObject")
    p = ThisWorkbook.Path & "\" & Format(Date, "yyyy-mm")
    If Not f.FolderExists(p) Then MkDir p
End Sub
"#,
    ),
    held(
        Excel,
        "a button opens a folder in the Explorer",
        "a program is started, with a path that is not known",
        r#"
'# sheet Sheet1
Attribute VB_Control = "cmdFolder, 1, 0, MSForms, CommandButton"
Private Sub cmdFolder_Click()
    Shell "explorer.exe " & Range("B3").Value, vbNormalFocus
End Sub
"#,
    ),
    excel(
        "sheets are hidden when the workbook is closed",
        "until macros are allowed a notice is seen instead",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_BeforeClose(Cancel As Boolean)
    Dim s As Worksheet
    Sheets("Notice").Visible = xlSheetVisible
    For Each s In Worksheets
        If s.Name <> "Notice" Then s.Visible = xlSheetVeryHidden
    Next s
    ThisWorkbook.Save
End Sub
"#,
    ),
    excel(
        "the ribbon is kept",
        "every add-in with a ribbon keeps the handle to it",
        r#"
'# standard RibbonCode
Public Ribbon As IRibbonUI
Public Sub RibbonLoaded(r As IRibbonUI)
    Set Ribbon = r
    Ribbon.ActivateTab "tabReports"
End Sub
Sub GetLabel(control As IRibbonControl, ByRef label)
    label = Sheets("Texts").Range("A1").Value
End Sub
Sub Refresh_Click(control As IRibbonControl)
    ThisWorkbook.RefreshAll
    Ribbon.Invalidate
End Sub
"#,
    ),
    add_in(
        "an add-in of forms",
        "forms, lists and checks, and a menu that shows them",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_AddinInstall()
    AddMenu
End Sub
Private Sub Workbook_Open()
    AddMenu
End Sub
'# standard Menu
Sub AddMenu()
    Dim b As CommandBarButton
    On Error Resume Next
    Application.CommandBars("Worksheet Menu Bar").Controls("Orders").Delete
    On Error GoTo 0
    Set b = Application.CommandBars("Worksheet Menu Bar").Controls.Add(Type:=msoControlButton, Temporary:=True)
    b.Caption = "Orders"
    b.Style = msoButtonCaption
    b.OnAction = "ShowOrders"
End Sub
Sub ShowOrders()
    frmOrders.Show vbModal
End Sub
'# form frmOrders
Private Sub UserForm_Initialize()
    Dim r As Long
    For r = 2 To 20
        lstItems.AddItem ThisWorkbook.Sheets(1).Cells(r, 1).Value
    Next r
    txtDate.Text = Format(Date, "dd.mm.yyyy")
End Sub
Private Sub lstItems_Click()
    lblPrice.Caption = Format(ThisWorkbook.Sheets(1).Cells(lstItems.ListIndex + 2, 2).Value, "0.00")
End Sub
Private Sub txtAmount_Change()
    If Not IsNumeric(txtAmount.Text) Then txtAmount.Text = ""
End Sub
Private Sub cmdOk_Click()
    ActiveCell.Value = lstItems.Value
    ActiveCell.Offset(0, 1).Value = CDbl(txtAmount.Text)
    Unload Me
End Sub
Private Sub UserForm_QueryClose(Cancel As Integer, CloseMode As Integer)
    If CloseMode = vbFormControlMenu Then Cancel = True
End Sub
"#,
    ),
    held(
        Word,
        "rates are fetched when the document is opened",
        "a start and the network, and nothing more",
        r#"
'# document ThisDocument
Private Sub Document_Open()
    Dim h As Object
    Set h = CreateObject("MSXML2.XMLHTTP.6.0")
    h.Open "GET", "https://rates.example.invalid/daily.xml", False
    h.send
    ActiveDocument.Bookmarks("rate").Range.Text = Mid(h.responseText, 10, 6)
End Sub
"#,
    ),
];
