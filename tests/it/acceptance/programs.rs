//! Macros that ask other programs and objects of Windows.

use super::{Case, excel, held};
use crate::sketch::Office::Excel;

pub(super) const CASES: &[Case] = &[
    excel(
        "SAP is driven",
        "the program is the user's own and open",
        r#"
'# standard Sap
Sub LoadFromSap()
    Dim app As Object, con As Object, ses As Object
    Set app = GetObject("SAPGUI").GetScriptingEngine
    Set con = app.Children(0)
    Set ses = con.Children(0)
    ses.findById("wnd[0]/tbar[0]/okcd").Text = "/nVA05"
    ses.findById("wnd[0]").sendVKey 0
    ses.findById("wnd[0]/usr/ctxtVKORG-LOW").Text = Range("B1").Value
    ses.findById("wnd[0]/tbar[1]/btn[8]").press
    Range("A5").Value = ses.findById("wnd[0]/sbar").Text
End Sub
"#,
    ),
    excel(
        "an appointment",
        "Outlook shows it",
        r#"
'# standard Meeting
Sub MakeMeeting()
    Dim o As Object
    Set o = CreateObject("Outlook.Application")
    With o.CreateItem(1)
        .Subject = Range("A2").Value
        .Start = Range("B2").Value + TimeSerial(9, 0, 0)
        .Duration = 60
        .MeetingStatus = 1
        .Recipients.Add Range("C2").Value
        .Display
    End With
End Sub
"#,
    ),
    excel(
        "a mail for each line, sent behind a button",
        "the user asks for it",
        r#"
'# standard Mails
Sub SendAll_Click()
    Dim o As Outlook.Application, m As Outlook.MailItem, r As Long
    Set o = New Outlook.Application
    For r = 2 To Cells(Rows.Count, 1).End(xlUp).Row
        Set m = o.CreateItem(olMailItem)
        m.To = Cells(r, 1).Value
        m.Subject = "Reminder " & Cells(r, 2).Value
        m.HTMLBody = "<p>Dear " & Cells(r, 3).Value & ",</p><p>" & Range("H1").Value & "</p>"
        m.Send
        Cells(r, 4).Value = Now
    Next r
End Sub
"#,
    ),
    excel(
        "attachments are saved from a folder of mails",
        "behind a button, under their own names",
        r#"
'# standard Attachments
Sub SaveAttachments()
    Dim ns As Object, item As Object, a As Object
    Set ns = GetObject("", "Outlook.Application").GetNamespace("MAPI")
    For Each item In ns.GetDefaultFolder(6).Items
        For Each a In item.Attachments
            If LCase(Right(a.Filename, 4)) = ".pdf" Then a.SaveAsFile ThisWorkbook.Path & "\" & a.Filename
        Next a
    Next item
End Sub
"#,
    ),
    excel(
        "a range as the body of a mail",
        "a page is written to the folder of temporary files, read and removed",
        r#"
'# standard RangeMail
Function RangetoHTML(rng As Range) As String
    Dim fso As Object, ts As Object, f As String, wb As Workbook
    f = Environ$("temp") & "\" & Format(Now, "dd-mm-yy h-mm-ss") & ".htm"
    rng.Copy
    Set wb = Workbooks.Add(1)
    wb.Sheets(1).Cells(1).PasteSpecial xlPasteValues, , False, False
    With wb.PublishObjects.Add(SourceType:=xlSourceRange, Filename:=f, Sheet:=wb.Sheets(1).Name, Source:=wb.Sheets(1).UsedRange.Address, HtmlType:=xlHtmlStatic)
        .Publish True
    End With
    Set fso = CreateObject("Scripting.FileSystemObject")
    Set ts = fso.GetFile(f).OpenAsTextStream(1, -2)
    RangetoHTML = ts.ReadAll
    ts.Close
    RangetoHTML = Replace(RangetoHTML, "align=center x:publishsource=", "align=left x:publishsource=")
    wb.Close False
    Kill f
End Function
Sub MailRange()
    With CreateObject("Outlook.Application").CreateItem(0)
        .HTMLBody = RangetoHTML(Selection)
        .Display
    End With
End Sub
"#,
    ),
    excel(
        "a mail by CDO behind a button",
        "the server of the office",
        r#"
'# standard Cdo
Sub SendCdo()
    Dim m As Object, c As Object
    Set m = CreateObject("CDO.Message")
    Set c = CreateObject("CDO.Configuration")
    With c.Fields
        .Item("http://schemas.microsoft.com/cdo/configuration/sendusing") = 2
        .Item("http://schemas.microsoft.com/cdo/configuration/smtpserver") = "mail.invalid"
        .Update
    End With
    Set m.Configuration = c
    m.From = "a@example.invalid": m.To = Range("B1").Value: m.Subject = "Report": m.TextBody = "see file"
    m.Send
End Sub
"#,
    ),
    excel(
        "patterns in text",
        "VBScript.RegExp finds",
        r#"
'# standard Patterns
Public Function ExtractMail(ByVal s As String) As String
    Dim re As Object
    Set re = CreateObject("VBScript.RegExp")
    re.Pattern = "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"
    re.Global = True
    If re.Test(s) Then ExtractMail = re.Execute(s)(0)
End Function
"#,
    ),
    excel(
        "the clipboard by a data object",
        "text is copied",
        r#"
'# standard Clip
Sub CopyText()
    Dim d As Object
    Set d = GetObject("New:{1C3B4210-F441-11CE-B9EA-00AA006B1A69}")
    d.SetText Range("A1").Text
    d.PutInClipboard
End Sub
Sub CopyOther()
    Dim d As New MSForms.DataObject
    d.GetFromClipboard
    Range("A2").Value = d.GetText
End Sub
"#,
    ),
    excel(
        "the clipboard by a page of HTML, behind a button",
        "the page is only asked for its clipboard",
        r#"
'# sheet Sheet1
Attribute VB_Control = "cmdCopy, 1, 0, MSForms, CommandButton"
Private Sub cmdCopy_Click()
    With CreateObject("htmlfile")
        .parentWindow.clipboardData.setData "text", Range("B4").Text
    End With
End Sub
"#,
    ),
    held(
        Excel,
        "a PDF is opened by ShellExecute behind a button",
        "a file is opened whose name is not known",
        r#"
'# standard Open_Pdf
Private Declare PtrSafe Function ShellExecute Lib "shell32.dll" Alias "ShellExecuteA" (ByVal h As LongPtr, ByVal op As String, ByVal f As String, ByVal p As String, ByVal d As String, ByVal s As Long) As LongPtr
Sub OpenPdf_Click()
    ShellExecute 0, "open", ThisWorkbook.Path & "\" & Range("B2").Value & ".pdf", vbNullString, vbNullString, 1
End Sub
"#,
    ),
    held(
        Excel,
        "a calculator behind a button",
        "a program is started",
        r#"
'# sheet Sheet1
Attribute VB_Control = "cmdCalc, 1, 0, MSForms, CommandButton"
Private Sub cmdCalc_Click()
    Shell "calc.exe", vbNormalFocus
End Sub
"#,
    ),
    held(
        Excel,
        "JSON by a script engine behind a button",
        "the engine runs what the server answers",
        r#"
'# standard Json
Sub ReadJson_Click()
    Dim s As Object, h As Object
    Set h = CreateObject("MSXML2.XMLHTTP")
    h.Open "GET", "https://api.example.invalid/items", False
    h.send
    Set s = CreateObject("ScriptControl")
    s.Language = "JScript"
    Range("A1").Value = s.Eval("(" & h.responseText & ").count")
End Sub
"#,
    ),
    excel(
        "a service with a password behind a button",
        "base64 of a name and a word is how services are asked",
        r#"
'# standard Service
Function Base64(s As String) As String
    Dim x As Object
    Set x = CreateObject("MSXML2.DOMDocument").createElement("b64")
    x.DataType = "bin.base64"
    x.nodeTypedValue = StrConv(s, vbFromUnicode)
    Base64 = Replace(x.Text, vbLf, "")
End Function
Sub PostOrder_Click()
    With CreateObject("WinHttp.WinHttpRequest.5.1")
        .Open "POST", "https://api.example.invalid/orders", False
        .setRequestHeader "Authorization", "Basic " & Base64(Range("B1").Value & ":" & InputBox("Password"))
        .setRequestHeader "Content-Type", "application/json"
        .send "{""id"":" & Range("A2").Value & ",""amount"":" & Range("B2").Value & "}"
        Range("C2").Value = .Status
    End With
End Sub
"#,
    ),
    excel(
        "a folder is chosen with the shell's dialog",
        "Shell.Application shows a dialog",
        r#"
'# standard Browse
Sub ChooseFolder()
    Dim f As Object
    Set f = CreateObject("Shell.Application").BrowseForFolder(0, "Choose a folder", &H1)
    If Not f Is Nothing Then Range("B1").Value = f.Self.Path
End Sub
"#,
    ),
    excel(
        "files are packed behind a button",
        "the shell copies tables into an archive",
        r#"
'# standard Pack
Sub PackReports_Click()
    Dim z As Variant, n As Integer
    z = ThisWorkbook.Path & "\reports.zip"
    n = FreeFile
    Open z For Output As #n
    Print #n, "PK" & Chr(5) & Chr(6) & String(18, 0);
    Close #n
    With CreateObject("Shell.Application")
        .Namespace(z).CopyHere .Namespace(ThisWorkbook.Path & "\reports\").Items
    End With
End Sub
"#,
    ),
    excel(
        "the Internet Explorer is driven behind a button",
        "a page of the office is filled in",
        r#"
'# standard Browser
Sub FillForm_Click()
    Dim ie As Object
    Set ie = CreateObject("InternetExplorer.Application")
    ie.Visible = True
    ie.navigate "https://intranet.example.invalid/times"
    Do While ie.Busy Or ie.readyState <> 4
        DoEvents
    Loop
    ie.document.getElementById("user").Value = Range("B1").Value
    ie.document.forms(0).submit
End Sub
"#,
    ),
    excel(
        "the folder of the desktop",
        "the script host is asked for a place",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_BeforeClose(Cancel As Boolean)
    Dim p As String
    p = CreateObject("WScript.Shell").SpecialFolders("Desktop")
    ThisWorkbook.SaveCopyAs p & "\copy of " & ThisWorkbook.Name
End Sub
"#,
    ),
    excel(
        "a message that goes by itself",
        "the script host shows it",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    CreateObject("WScript.Shell").Popup "The data is of " & Format(FileDateTime(ThisWorkbook.FullName), "dd.mm.yyyy"), 3, "Info", 64
End Sub
"#,
    ),
    excel(
        "printers by WMI behind a button",
        "instances are listed",
        r#"
'# standard Printers
Sub ListPrinters()
    Dim p As Object, r As Long
    For Each p In GetObject("winmgmts:\\.\root\cimv2").ExecQuery("SELECT * FROM Win32_Printer")
        r = r + 1
        Cells(r, 1).Value = p.Name
        Cells(r, 2).Value = p.PortName
    Next p
End Sub
"#,
    ),
    excel(
        "text in UTF-8 by a stream",
        "a stream of text into a table file",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_AfterSave(ByVal Success As Boolean)
    Dim s As Object, r As Long
    Set s = CreateObject("ADODB.Stream")
    s.Type = 2
    s.Charset = "UTF-8"
    s.Open
    For r = 1 To 50
        s.WriteText Cells(r, 1).Text & "," & Cells(r, 2).Text, 1
    Next r
    s.SaveToFile ThisWorkbook.Path & "\export.csv", 2
    s.Close
End Sub
"#,
    ),
    excel(
        "the kind of line ends of a file",
        "bytes are read",
        r#"
'# standard LineEnds
Function LineEnd(f As String) As String
    Dim b() As Byte, i As Long, n As Integer
    n = FreeFile
    Open f For Binary Access Read As #n
    ReDim b(LOF(n) - 1)
    Get #n, , b
    Close #n
    For i = 0 To UBound(b)
        If b(i) = 13 Then LineEnd = "CR": Exit Function
        If b(i) = 10 Then LineEnd = "LF": Exit Function
    Next i
End Function
Sub Check_Click()
    MsgBox LineEnd(Range("A1").Value)
End Sub
"#,
    ),
    excel(
        "an order as XML",
        "a document is loaded and saved",
        r#"
'# standard Orders
Sub SaveXml()
    Dim d As MSXML2.DOMDocument60, e As MSXML2.IXMLDOMElement
    Set d = New MSXML2.DOMDocument60
    d.async = False
    d.Load ThisWorkbook.Path & "\template.xml"
    Set e = d.createElement("order")
    e.setAttribute "id", Range("A1").Value
    d.documentElement.appendChild e
    d.Save ThisWorkbook.Path & "\order.xml"
End Sub
"#,
    ),
    excel(
        "a letter is filled in Word",
        "Word is asked to open a template and save a letter",
        r#"
'# standard Letters
Sub MakeLetter()
    Dim w As Object, d As Object, n As Variant
    On Error Resume Next
    Set w = GetObject(, "Word.Application")
    If w Is Nothing Then Set w = CreateObject("Word.Application")
    On Error GoTo 0
    w.Visible = True
    Set d = w.Documents.Add(ThisWorkbook.Path & "\letter.dotx")
    For Each n In Array("name", "street", "city")
        d.Bookmarks(n).Range.Text = Range(n).Value
    Next n
    With d.Content.Find
        .Execute FindText:="<<date>>", ReplaceWith:=Format(Date, "d mmmm yyyy"), Replace:=2
    End With
    d.SaveAs2 ThisWorkbook.Path & "\letters\" & Range("name").Value & ".docx", 16
    d.Close
End Sub
"#,
    ),
    excel(
        "charts for a talk",
        "PowerPoint is given pictures",
        r#"
'# standard Talk
Sub ToPowerPoint()
    Dim p As Object, d As Object, c As ChartObject, i As Long
    Set p = CreateObject("PowerPoint.Application")
    p.Visible = True
    Set d = p.Presentations.Open(ThisWorkbook.Path & "\master.potx")
    For Each c In ActiveSheet.ChartObjects
        i = i + 1
        c.CopyPicture
        d.Slides.Add(i, 11).Shapes.Paste
        d.Slides(i).Shapes(1).TextFrame.TextRange.Text = c.Chart.ChartTitle.Text
    Next c
    d.SaveAs ThisWorkbook.Path & "\talk.pptx"
End Sub
"#,
    ),
    excel(
        "a page of the office is opened",
        "a link, behind a button",
        r#"
'# sheet Sheet1
Attribute VB_Control = "cmdHelp, 1, 0, MSForms, CommandButton"
Private Sub cmdHelp_Click()
    ThisWorkbook.FollowHyperlink "https://intranet.example.invalid/help/planner"
End Sub
"#,
    ),
    held(
        Excel,
        "a workbook of a server is opened when this one is",
        "what is opened may have macros of its own",
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    Workbooks.Open "https://team.example.invalid/sites/sales/prices.xlsx", ReadOnly:=True
    Range("A1:D50").Copy ThisWorkbook.Sheets(1).Range("A1")
    ActiveWorkbook.Close False
End Sub
"#,
    ),
];
