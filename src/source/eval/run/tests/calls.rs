//! Who calls whom.

use super::*;

#[test]
fn a_call_of_itself_ends() {
    let text = "Function F(n)
    If n <= 1 Then
        F = \"x\"
    Else
        F = F(n - 1) & \"-\" & n
    End If
End Function
Sub Main()
    Act F(4)
End Sub";
    let ran = ran(text);
    assert_eq!(ran.of("act"), ["act(\"x-2-3-4\")"]);
    assert_eq!(ran.edges, ["main > f", "f > f"]);
}

#[test]
fn a_call_of_itself_without_an_end_ends() {
    let ran = ran("Function F(n)\nA\nF = F(n + 1)\nB\nEnd Function\nSub Main()\nAct F(1)\nEnd Sub");
    assert!(ran.of("act") == ["act(?)"]);
    let ran = super::ran("Sub Main()\nIf x Then Main\nA\nEnd Sub");
    assert_eq!(ran.of("a("), ["a()"]);
}

#[test]
fn what_the_host_runs_is_run() {
    let text = "Sub Main()\nRun \"Target\", \"in\", \"ert\"\nEnd Sub
Sub Target(a, b)\nAct a & b\nEnd Sub";
    let host = Recorder {
        values: vec![("run", Value::UNKNOWN)],
        ..Recorder::default()
    };
    let modules = [("Module1", ModuleKind::Standard, text)];
    let ran = run_with(&modules, Language::Vba, &["Main"], host, plenty());
    assert_eq!(ran.of("act"), ["act(\"inert\")"]);
    assert_eq!(ran.edges, ["main > target"]);
}

#[test]
fn a_dead_call_is_a_dead_edge_unless_there_is_another() {
    let ran = ran("Sub Main()\nIf False Then A\nIf False Then B\nB\nEnd Sub
Sub A()\nX\nEnd Sub\nSub B()\nY\nEnd Sub");
    assert_eq!(ran.edges, ["dead main > a", "main > b"]);
    assert_eq!(ran.heard, ["x()", "y()"]);
}

#[test]
fn everything_is_gone_through_if_nothing_calls_it() {
    let ran = ran(
        "Sub Main()\nA\nEnd Sub\nSub Other(s)\nAct s & \".exe\"\nEnd Sub
Sub Third()\nOther \"inert\"\nEnd Sub",
    );
    assert_eq!(ran.heard, ["a()", "act(\"….exe\")", "act(\"inert.exe\")"]);
}

#[test]
fn addresses_and_events_and_forms_are_edges() {
    let modules = [
        (
            "Module1",
            ModuleKind::Standard,
            "Declare Function SetTimer Lib \"user32\" (ByVal p As Long) As Long
Sub Main()
    SetTimer AddressOf Tick
    UserForm1.Show
    Dim t
    t.Hidden 5
End Sub
Sub Tick()\nEnd Sub",
        ),
        (
            "UserForm1",
            ModuleKind::Form,
            "Private WithEvents c As Class1
Private Sub UserForm_Initialize()\nStarted\nEnd Sub
Private Sub UserForm_Activate()\nEnd Sub
Private Sub c_Done(x)\nAct x\nEnd Sub",
        ),
        (
            "Class1",
            ModuleKind::Class,
            "Event Done(x)\nPublic Sub Hidden(n)\nRaiseEvent Done(n + 1)\nEnd Sub",
        ),
    ];
    let ran = ran_modules(&modules);
    assert_eq!(
        ran.edges,
        [
            "main > tick",
            "main > userform_activate",
            "main > userform_initialize",
            "main > hidden",
            "hidden > c_done"
        ]
    );
    assert_eq!(
        ran.heard,
        [
            "declared settimer(Procedure(ProcedureId { unit: 0, procedure: 1 }))",
            "started()",
            "unit1.show()",
            "Empty.hidden(5)",
            "act(6)"
        ]
    );
}

#[test]
fn an_argument_that_a_call_changes_is_not_what_it_was() {
    let ran = ran("Sub Main()
    a = \"x\"
    For i = 1 To n
        Change a
        Act a
    Next
End Sub
Sub Change(b)\nb = b & f\nEnd Sub");
    assert_eq!(ran.of("act"), ["act(?)"]);
}

#[test]
fn what_another_call_may_reach_is_not_dead() {
    let text = "Sub Main()
    Work 1
    Work 2
    If Half(4) = 2 Then A Else B
End Sub
Sub Work(mode)
    If mode = 1 Then C Else D
    Select Case mode
    Case 1: E
    Case 2: F
    End Select
    If mode = 1 Then Exit Sub
    G
End Sub
Function Half(n)
    Half = n / 2
End Function";
    assert_eq!(
        ran(text).heard,
        ["c()", "d()", "e()", "f()", "g()", "a()", "dead b()"]
    );
}

#[test]
fn a_default_keeps_the_quotes_it_has() {
    let text = "Sub Main()\nAct F()\nEnd Sub
Function F(Optional s = \"\"\"in\"\"ert\"\"\")\nF = s\nEnd Function";
    assert_eq!(ran(text).of("act"), [r#"act("\"in\"ert\"")"#]);
}
