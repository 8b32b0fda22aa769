//! How texts are hidden, and that they are found. What is hidden is inert.

use super::*;

#[test]
fn pairs_of_hexadecimal_digits() {
    let ran = ran("Function D(s As String) As String
    Dim i As Long
    For i = 1 To Len(s) Step 2
        D = D & Chr$(CLng(\"&H\" & Mid(s, i, 2)))
    Next i
End Function
Sub Main()
    Act D(\"696E6572742D746573742E696E76616C6964\")
End Sub
");
    assert_eq!(ran.of("act"), ["act(\"inert-test.invalid\")"]);
    assert_eq!(ran.texts, ["inert-test.invalid"]);
    assert_eq!(ran.edges, ["main > d"]);
    assert!(!ran.outcome.exhausted);
}

#[test]
fn exclusive_or_with_a_key() {
    let hidden: String = "inert".bytes().map(|b| char::from(b ^ 7)).collect();
    let text = format!(
        "k = 7
For i = 1 To Len(\"{hidden}\")
    s = s + Chr(Asc(Mid(\"{hidden}\", i, 1)) Xor k)
Next
Act s"
    );
    assert_eq!(given(&text), "act(\"inert\")");
}

#[test]
fn letters_moved_along() {
    assert_eq!(
        given(
            "Dim c As String, out As String
c = \"qvmzb\"
Do While Len(c) > 0
    out = out & Chr(Asc(Left(c, 1)) - 8)
    c = Mid(c, 2)
Loop
Act out"
        ),
        "act(\"inerZ\")"
    );
}

#[test]
fn functions_within_functions() {
    assert_eq!(
        given(
            "Act StrReverse(Replace(\"dilxvni.tset\", \"x\", \"a\")) & LCase(Left(\".EXE?\", 4))"
        ),
        "act(\"test.invalid.exe\")"
    );
    assert_eq!(
        given("Act Join(Split(\"i#n#e#r#t\", \"#\"), \"\")"),
        "act(\"inert\")"
    );
}

#[test]
fn numbers_in_an_array() {
    assert_eq!(
        given(
            "Dim v, s
For Each v In Array(105, 110, 101, 114, 116)
    s = s & Chr(v)
Next
Act s"
        ),
        "act(\"inert\")"
    );
    assert_eq!(
        given(
            "Dim b(4) As Byte, i%
b(0) = 105: b(1) = 110: b(2) = 101: b(3) = 114: b(4) = 116
For i = LBound(b) To UBound(b): s = s & Chr(b(i)): Next
Act s"
        ),
        "act(\"inert\")"
    );
}

#[test]
fn a_text_in_many_pieces() {
    let ran = ran("Const A = \"ine\"
Private Const B As String = A & \"rt-\"
Sub Main()
    Dim s As String
    s = B
    s = s & \"te\"
    s = s + \"st\"
    s = s & \".inv\" & \"alid\"
    Act s
End Sub
");
    assert_eq!(ran.of("act"), ["act(\"inert-test.invalid\")"]);
    assert_eq!(ran.texts, ["inert-test.invalid"]);
}

#[test]
fn constants_of_another_module() {
    let modules = [
        (
            "Module1",
            ModuleKind::Standard,
            "Sub Main()\nAct X & Other.Y & Z\nEnd Sub",
        ),
        (
            "Other",
            ModuleKind::Standard,
            "Public Const X = \"a\" & Y\nPublic Const Y = \"-b\"\nEnum E\n Z = 7\nEnd Enum",
        ),
    ];
    let ran = ran_modules(&modules);
    assert_eq!(ran.of("act"), ["act(\"a-b-b7\")"]);
}

#[test]
fn through_an_argument_by_reference() {
    let ran = ran("Sub Add(ByRef s, ByVal c)
    s = s & Chr(c)
    c = 0
End Sub
Sub Main()
    Dim s As String, n
    n = 105
    Add s, n
    Add s, n + 5
    Call Add(s, 101)
    Act s, n
End Sub
");
    assert_eq!(ran.of("act"), ["act(\"ine\", 105)"]);
}

#[test]
fn through_variables_of_the_module() {
    let ran = ran("Dim part As String
Public whole
Sub Main()
    part = \"in\"
    Build
    Module1.whole = whole & \"!\"
    Act whole
End Sub
Private Sub Build()
    whole = part & \"ert\"
End Sub
");
    assert_eq!(ran.of("act"), ["act(\"inert!\")"]);
}

#[test]
fn through_functions_on_one_line_and_on_many() {
    let ran = ran("Function A(): A = \"in\": End Function
Function B(x, Optional y As String = \"r\") As String
    Dim t
    t = x & \"e\"
    B = t & y & \"t\"
    Exit Function
End Function
Sub Main()
    Act B(A) , B(y:=\"R\", x:=A() & \"-\")
End Sub
");
    assert_eq!(ran.of("act"), ["act(\"inert\", \"in-eRt\")"]);
}

#[test]
fn through_a_property_of_a_class() {
    let modules = [
        (
            "Module1",
            ModuleKind::Standard,
            "Sub Main()
    Dim c As New Class1
    Dim d As Class1
    c.Part = \"in\"
    Set d = New Class1
    d.plain = \"!\"
    Act c.Whole(\"t\") & d.plain
End Sub",
        ),
        (
            "Class1",
            ModuleKind::Class,
            "Private kept As String
Public plain As String
Private Sub Class_Initialize()
    Started
End Sub
Property Let Part(value As String)
    kept = value & \"er\"
End Property
Property Get Whole(tail)
    Whole = Me.Inner() & tail
End Property
Function Inner()
    Inner = kept
End Function",
        ),
    ];
    let ran = ran_modules(&modules);
    assert_eq!(ran.of("act"), ["act(\"inert!\")"]);
    assert_eq!(ran.of("started"), ["started()"]);
    assert!(ran.edges.contains(&"main > class_initialize".into()));
    assert!(ran.edges.contains(&"main > part".into()));
    assert!(ran.edges.contains(&"whole > inner".into()));
}

#[test]
fn through_select_case() {
    assert_eq!(
        given(
            "For i = 1 To 5
Select Case i
Case 1: s = s & \"i\"
Case 2, 9: s = s & \"n\"
Case 3 To 4: s = s & \"e\"
Case Is > 4: s = s & \"r\"
Case Else: s = s & \"x\"
End Select
Next
Act s"
        ),
        "act(\"ineer\")"
    );
}

#[test]
fn a_piece_of_a_text_replaced() {
    assert_eq!(
        given("s = \"inXXt\": Mid(s, 3, 2) = \"erased\": Act s"),
        "act(\"inert\")"
    );
}

#[test]
fn a_long_text_by_many_steps_is_not_quadratic() {
    let ran = ran("Sub Main()
    Dim s As String
    For i = 1 To 20000
        s = s & \"x\"
    Next
    Act Len(s)
    Dim a()
    For i = 0 To 5000
        ReDim Preserve a(i)
        a(i) = \"y\"
    Next
    Act UBound(a)
End Sub
");
    assert_eq!(ran.of("act"), ["act(20000)", "act(5000)"]);
    assert!(ran.left.bytes > 31_000_000);
}
