//! Variables and what they are given.

use super::*;

#[test]
fn types_turn_values_into_their_own() {
    assert_eq!(
        given(
            "Dim n As Long, s As String, b As Boolean, x
n = 7 / 2: s = 5: b = 1: x = \"5\"
Act n, s + s, b, x"
        ),
        "act(4, \"55\", true, \"5\")"
    );
    assert_eq!(
        given("Dim b() As Byte, s As String\nb = \"in\"\nb(2) = 79\ns = b\nAct UBound(b), s"),
        "act(3, \"iO\")"
    );
}

#[test]
fn members_of_user_defined_types() {
    assert_eq!(
        given(
            "Dim p As Thing, q As Thing
p.path = \"in\": p.path = p.path & \"ert\": p.list(2) = \"#\"
q = p
With q
.path = .path & \"!\"
End With
Act p.path, q.path, q.list(2)"
        ),
        "act(\"inert\", \"inert!\", \"#\")"
    );
}

#[test]
fn arrays_have_bounds_and_are_values() {
    assert_eq!(
        given(
            "Dim a(1 To 2, 3) As String
a(1, 0) = \"x\": a(2, 3) = \"y\"
b = a
b(1, 0) = \"z\"
Act a(1, 0) & a(2, 3) & b(1, 0), UBound(a, 2)"
        ),
        "act(\"xyz\", 3)"
    );
    assert_eq!(
        given("ReDim a(2)\na(1) = \"x\"\na(n) = \"y\"\nAct a(1)"),
        "act(?)"
    );
    assert_eq!(
        ran("Dim a(9) As String\nSub Main()\na(4) = \"x\"\nAct a(4)\nEnd Sub").of("act"),
        ["act(\"x\")"]
    );
}

#[test]
fn what_is_assigned_outside_the_project_is_told() {
    assert_eq!(
        heard(
            "Dim r As Range\nx.Value = 1\nCells(1, 2) = \"a\"\nx.Cells(3).Value = 2\nr.a(4) = 5\nr(6) = 7"
        ),
        [
            "x",
            "?.value = 1",
            "-.cells(1, 2) = \"a\"",
            "x",
            "?.cells(3)",
            "?.value = 2",
            "object2.a(4) = 5",
            "object2.item(6) = 7"
        ]
    );
}

#[test]
fn texts_are_told_once_they_are_complete() {
    let ran = ran("Sub Main()
    s = \"inert\" & \"-\" & \"test\"
    s = s & \".inva\" & \"lid\"
    s = \"plain\"
    t = \"ab\" & \"cd\"
    u = \"x-\" & \"y-z\"
End Sub");
    assert_eq!(ran.texts, ["inert-test.invalid", "abcd", "x-y-z"]);
}

#[test]
fn names_are_found_where_they_belong() {
    let modules = [
        (
            "Module1",
            ModuleKind::Standard,
            "Dim shown As String
Sub Main()
    shown = vbTab & VBA.Chr(65) & VBA.Strings.Chr$(66) & VBA.vbCrLf
    Act shown, Module2.shown, other, hidden
End Sub",
        ),
        (
            "Module2",
            ModuleKind::Standard,
            "Public shown, other\nPrivate Function hidden()\nhidden = 1\nEnd Function",
        ),
    ];
    let ran = ran_modules(&modules);
    assert_eq!(ran.of("act"), ["act(\"\\tAB\\r\\n\", Empty, Empty, ?)"]);
    assert_eq!(ran.of("hidden"), ["hidden"]);
}

#[test]
fn a_script_shares_what_stands_outside_procedures() {
    let text = "Dim s
s = \"in\"
t = \"!\"
Add
Act s
Sub Add
    s = s & \"ert\" & t
End Sub";
    let modules = [("script", ModuleKind::Unknown, text)];
    let ran = run_with(
        &modules,
        Language::VbScript,
        &[""],
        Recorder::default(),
        plenty(),
    );
    assert_eq!(ran.of("act"), ["act(\"inert!\")"]);
}

#[test]
fn a_form_has_members_that_are_not_declared() {
    let modules = [(
        "UserForm1",
        ModuleKind::Form,
        "Sub Main()
    Caption = \"x\"
    Act TextBox1, Me.Label1.Caption, UserForm1.Tag
    Box = 1
    Act Box
End Sub
Sub Reads()
    Act Box
End Sub",
    )];
    let ran = ran_modules(&modules);
    assert_eq!(
        ran.heard,
        [
            "-.caption = \"x\"",
            "textbox1",
            "unit0.label1",
            "?.caption",
            "unit0.tag",
            "act(?, ?, ?)",
            "-.box = 1",
            "act(1)",
            "box",
            "act(?)"
        ]
    );
}

#[test]
fn files_tell_their_mode_and_fill_variables() {
    assert_eq!(
        heard(
            "Open \"x\" & 1 For Binary As #1\nl = \"a\"\nLine Input #1, l\nAct l\nClose #1\nKill \"y\""
        ),
        [
            "file open(\"x1\", \"binary\", 1)",
            "file line input(1, \"a\")",
            "act(?)",
            "file close(1)",
            "file kill(\"y\")"
        ]
    );
}

#[test]
fn room_for_a_text_is_filled() {
    let ran = ran(
        "Declare Function GetName Lib \"x\" (ByVal s As String) As Long
Enum Color\n Red = 4\nEnd Enum
Sub Main()
    s = Space(9): t = \"file\"
    GetName s, t
    Act s, t, Color.Red
End Sub",
    );
    assert_eq!(ran.of("act"), ["act(?, \"file\", 4)"]);
}

#[test]
fn static_variables_outlive_their_procedure() {
    let ran = ran("Function Part() As String
    Static n As Integer, a(1 To 3)
    n = n + 1
    a(n) = Chr(64 + n)
    Part = a(1) & a(2) & a(n)
End Function
Sub Main()
    n = 9
    Act Part & Part() & Part, n
End Sub");
    assert_eq!(ran.of("act"), ["act(\"AAABBABC\", 9)"]);
}

#[test]
fn options_of_the_module_hold_in_it() {
    let text = "Option Base 1\nOption Compare Text
Sub Main()
    a = Array(\"x\", \"Y\")
    Dim b(2)
    Act a(1), LBound(b), a(2) = \"y\", \"AB\" Like \"a?\"
    Other
End Sub";
    let other = "Sub Other()\nDim b(2)\nAct Array(5)(0), LBound(b), \"Y\" = \"y\"\nEnd Sub";
    let modules = [
        ("Module1", ModuleKind::Standard, text),
        ("Module2", ModuleKind::Standard, other),
    ];
    let ran = ran_modules(&modules);
    assert_eq!(
        ran.of("act"),
        ["act(\"x\", 1, true, true)", "act(5, 0, false)"]
    );
}
