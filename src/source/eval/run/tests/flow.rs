//! Where a program goes.

use super::*;

#[test]
fn a_condition_that_is_known_leaves_the_other_branch_dead() {
    assert_eq!(
        heard("If 1 > 2 Then\nA\nElseIf 2 > 1 Then\nB\nElse\nC\nEnd If\nD"),
        ["dead a()", "b()", "dead c()", "d()"]
    );
    assert_eq!(heard("If False Then A Else B"), ["dead a()", "b()"]);
}

#[test]
fn a_condition_that_is_not_known_goes_all_ways() {
    assert_eq!(
        heard("If x() Then\nA\nElseIf y() Then\nB\nElse\nC\nEnd If\nD"),
        ["x()", "a()", "y()", "b()", "c()", "d()"]
    );
}

#[test]
fn a_dead_branch_changes_nothing() {
    assert_eq!(
        heard("s = \"a\"\nIf False Then\ns = \"b\"\nInside s\nEnd If\nAct s"),
        ["dead inside(\"b\")", "act(\"a\")"]
    );
}

#[test]
fn what_stands_behind_an_exit_is_dead() {
    assert_eq!(
        heard("A\nExit Sub\nB\nIf x Then\nC\nEnd If"),
        ["a()", "dead b()", "dead x", "dead c()"]
    );
    assert_eq!(heard("If x Then Exit Sub\nA"), ["x", "a()"]);
    assert_eq!(heard("If x Then End\nA"), ["x", "a()"]);
}

#[test]
fn a_label_that_something_names_is_reached() {
    assert_eq!(
        heard("On Error GoTo Bad\nA\nExit Sub\nB\nBad:\nC\nExit Sub\nD\nOther:\nE"),
        ["a()", "dead b()", "c()", "dead d()", "dead e()"]
    );
}

#[test]
fn a_jump_forward_leaves_out_what_is_between() {
    assert_eq!(
        heard("s = 1\nGoTo L\ns = 2\nA\nL:\nAct s"),
        ["act(1)", "dead a()"]
    );
}

#[test]
fn a_jump_backward_is_a_loop() {
    assert_eq!(
        heard("Again:\ni = i + 1\ns = s & \"x\"\nIf i < 5 Then GoTo Again\nAct s"),
        ["act(\"xxxxx\")"]
    );
}

#[test]
fn a_jump_that_depends_is_taken_or_not() {
    assert_eq!(
        heard("On x GoTo L, M\nA\nL:\nB\nM:\nC\nGoSub N\nD\nExit Sub\nN:\nE\nReturn"),
        ["x", "a()", "b()", "c()", "d()", "e()"]
    );
}

#[test]
fn loops_go_round_and_are_left() {
    assert_eq!(
        heard("For i = 3 To 1 Step -1\nIf i = 2 Then Exit For\nA i\nNext\nB i"),
        ["a(3)", "b(2)"]
    );
    assert_eq!(
        heard("Do\ni = i + 1\nA i\nIf i >= 2 Then Exit Do\nLoop\nB i"),
        ["a(1)", "a(2)", "b(2)"]
    );
    assert_eq!(
        heard("Do Until i = 2\ni = i + 1\nA i\nLoop\nDo: i = i + 1: Loop While i < 9\nB i"),
        ["a(1)", "a(2)", "b(9)"]
    );
    assert_eq!(
        heard(
            "While i < 2\ni = i + 1\nFor j = 1 To 2\nA i * 10 + j\nNext j, i"
                .trim_end_matches(", i")
        )
        .len(),
        2
    );
    assert_eq!(heard("For i = 1 To 0\nA\nNext\nB"), ["dead a()", "b()"]);
    assert_eq!(
        heard("For Each v In Array()\nA\nNext\nB"),
        ["dead a()", "b()"]
    );
}

#[test]
fn a_loop_that_may_go_round_any_number_of_times_goes_once() {
    assert_eq!(
        heard("s = \"a\"\nt = \"b\"\nFor i = 1 To n()\ns = s & \"x\"\nA s, t, i\nNext\nB s"),
        ["n()", "a(\"…x\", \"b\", ?)", "b(\"…x\")"]
    );
    assert_eq!(
        heard("Do\ni = i + 1\nIf EOF(1) Then Exit Do\nA\nLoop\nB i"),
        ["eof(1)", "a()", "b(?)"]
    );
    assert_eq!(
        heard("i = 0\nWhile more()\ni = i + 1\nWend\nB i"),
        ["more()", "b(?)"]
    );
}

#[test]
fn what_was_given_under_a_condition_is_not_sure() {
    assert_eq!(
        heard("s = \"a\"\nIf x Then s = \"b\"\nAct s\nIf s = \"b\" Then\nA\nElse\nB\nEnd If"),
        ["x", "act(\"b\")", "a()", "b()"]
    );
}

#[test]
fn what_another_start_left_is_not_sure() {
    let text = "Dim armed As Boolean
Sub Main()
    If armed Then A Else B
End Sub
Sub Arm()
    armed = True
    If armed Then C Else D
End Sub";
    assert_eq!(ran(text).heard, ["a()", "b()", "c()", "dead d()"]);
}

#[test]
fn what_is_not_compiled_is_dead() {
    assert_eq!(
        heard("#If False Then\ns = 1\nA\n#Else\nB\n#End If\nAct s"),
        ["dead a()", "b()", "act(Empty)"]
    );
}

#[test]
fn select_of_what_is_not_known_goes_all_ways() {
    assert_eq!(
        heard("Select Case x\nCase 1: A\nCase f(): B\nCase Else: C\nEnd Select"),
        ["x", "a()", "f()", "b()", "c()"]
    );
    assert_eq!(
        heard("Select Case 2\nCase 1: A\nCase 2: B\nCase Else: C\nEnd Select\nD"),
        ["dead a()", "b()", "dead c()", "d()"]
    );
}

#[test]
fn with_hands_its_object_on() {
    assert_eq!(
        heard("With CreateObject(\"x\")\n.A 1\nWith .B\n.C\nEnd With\n.D = .E\nEnd With\n.F"),
        [
            "createobject(\"x\")",
            "object1.a(1)",
            "object1.b",
            "?.c()",
            "object1.e",
            "object1.d = ?",
            "?.f()"
        ]
    );
}

#[test]
fn jumps_leave_the_blocks_they_are_in() {
    let ran = ran("Function Find(list, wanted)
    Dim i
    For i = LBound(list) To UBound(list)
        With list
            Select Case list(i)
            Case wanted
                Find = i
                Exit Function
            End Select
        End With
    Next
    Find = -1
End Function
Sub Main()
    For Each v In Split(\"a b c\")
        Do
            If v = \"b\" Then GoTo Done
            s = s & v & Find(Array(\"x\", v, \"y\"), v)
            Exit Do
        Loop
    Next
Done:
    Act s, v, Find(Array(), 1), Find(Array(Find(Array(2, 1), 1)), 1)
End Sub");
    assert_eq!(ran.of("act"), ["act(\"a1\", \"b\", -1, 0)"]);
}

#[test]
fn a_handler_does_not_change_what_a_function_gives() {
    let ran = ran("Dim state
Function F(n)
    On Error GoTo Bad
    F = \"x\" & n
    state = \"good\"
    Exit Function
Bad:
    F = \"\"
    state = \"bad\"
    Handled F
End Function
Sub Main()
    Act F(1), state
End Sub");
    assert_eq!(ran.heard, ["handled(\"\")", "act(\"x1\", \"good\")"]);
}

#[test]
fn a_condition_within_a_loop_is_asked_in_every_round() {
    assert_eq!(
        heard(
            "For i = 1 To 3
If i Mod 2 = 0 Then
A i
ElseIf i = 3 Then
B i
Else
C i
End If
Next"
        ),
        ["dead a(1)", "dead b(1)", "c(1)", "a(2)", "b(3)"]
    );
}
