//! What a run costs, and that nothing is left out when it costs too much.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::*;

/// Far more than any of these takes, even without optimisation on a busy machine.
const SOON: Duration = Duration::from_secs(20);

#[test]
fn a_loop_without_end_ends_and_what_follows_is_known() {
    let ran = ran("Sub Main()
    Do
        s = s & \"x\"
    Loop
    For i = 1 To 100
        t = t & \"y\"
    Next
    Act s, Len(t)
End Sub");
    assert_eq!(ran.of("act"), ["act(?, 100)"]);
    assert!(ran.outcome.exhausted);
}

#[test]
fn a_loop_that_only_burns_time_costs_little() {
    let ran = ran("Sub Main()
    For i = 1 To 1000000000
        x = x + 1
    Next
    For i = 1 To 50
        t = t & \"y\"
    Next
    Act x, i, Len(t)
End Sub");
    assert_eq!(ran.of("act"), ["act(?, 51, 50)"]);
    assert!(ran.left.steps > 1_900_000);
}

#[test]
fn bytes_pay_for_the_text_they_become() {
    let ran = ran("Sub Main()
    Dim b() As Byte, s As String
    b = String(100000, \"x\")
    For i = 1 To 10
        s = b
        t = t & \"y\"
    Next
    Act Len(s), Len(t)
End Sub");
    assert_eq!(ran.of("act"), ["act(100000, 10)"]);
    assert!(plenty().steps - ran.left.steps > 10 * 3000);
}

#[test]
fn a_branch_that_a_later_round_takes_is_gone_through() {
    let ran = ran("Sub Main()
    For i = 1 To 1000000000
        If i = 900000000 Then A
    Next
End Sub");
    assert_eq!(ran.heard, ["dead a()", "a()"]);
}

#[test]
fn calls_that_double_end() {
    let mut text = String::from("Sub Main()\nAct F0(1)\nLast\nEnd Sub\n");
    for depth in 0..60 {
        let _ = writeln!(
            text,
            "Function F{depth}(n)\nF{depth} = F{0}(n) & F{0}(n)\nEnd Function",
            depth + 1
        );
    }
    text.push_str("Function F60(n)\nSeen\nF60 = \"x\"\nEnd Function\n");
    let start = Instant::now();
    let ran = ran(&text);
    assert!(start.elapsed() < SOON);
    assert_eq!(ran.of("last"), ["last()"]);
    assert!(!ran.of("seen").is_empty());
}

#[test]
fn constants_that_name_each_other_end() {
    let mut text = String::from("Const A = A & \"x\"\nSub Main()\nAct A, C0, C99999\nEnd Sub\n");
    for number in 0..100_000 {
        let _ = writeln!(
            text,
            "Const C{number} = C{} & \"y\"",
            (number + 1) % 100_000
        );
    }
    let start = Instant::now();
    let ran = ran(&text);
    assert!(start.elapsed() < SOON);
    assert_eq!(ran.of("act").len(), 1);
}

#[test]
fn every_call_is_told_when_there_are_no_steps() {
    let text = "Sub Main()
    One
    For i = 1 To 10
        Two Three(i)
    Next
    If x Then
        Four
    ElseIf y Then
        Five
    End If
    Select Case z
    Case 1: Six
    Case Else: Seven
    End Select
    Exit Sub
    Eight
L:
    Nine
End Sub
Function Three(n)
    Ten
    Do
        Eleven
    Loop
End Function
Private Sub Alone()
    With Twelve
        .Thirteen
    End With
End Sub";
    let whole = [
        "One", "Two", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
        "Thirteen",
    ];
    for steps in 0..60 {
        let modules = [("Module1", ModuleKind::Standard, text)];
        let bounds = Bounds {
            steps: steps * steps,
            bytes: 0,
        };
        let ran = run_with(
            &modules,
            Language::Vba,
            &["Main"],
            Recorder::default(),
            bounds,
        );
        for name in whole {
            let name = name.to_lowercase();
            assert!(
                ran.heard.iter().any(|line| line.contains(&name)),
                "{name} with {steps}: {:?}",
                ran.heard
            );
        }
        assert!(ran.edges.contains(&"main > three".to_owned()));
    }
}

#[test]
fn values_within_values_are_dropped() {
    let ran = ran("Sub Main()
    For i = 1 To 150000
        a = Array(a, \"x\" & i)
        s = s & \"y\"
    Next
    Last
End Sub");
    assert_eq!(ran.of("last"), ["last()"]);
}

#[test]
fn blocks_within_blocks_cost_no_stack() {
    let depth = 50_000;
    let mut body = String::new();
    for _ in 0..depth {
        body.push_str("If x Then\nFor i = 1 To n\nWith y\nDo\n");
    }
    body.push_str("A\n");
    for _ in 0..depth {
        body.push_str("Loop\nEnd With\nNext\nEnd If\n");
    }
    let start = Instant::now();
    let heard = heard(&body);
    assert!(start.elapsed() < SOON);
    assert!(heard.contains(&"a()".to_owned()));
}

#[test]
fn a_chain_of_procedures_is_followed_to_its_end() {
    let mut text = String::from("Sub Main()\nS0 \"in\"\nEnd Sub\n");
    for number in 0..1000 {
        let _ = writeln!(text, "Sub S{number}(s)\nS{} s\nEnd Sub", number + 1);
    }
    text.push_str("Sub S1000(s)\nAct s\nEnd Sub\n");
    let ran = ran(&text);
    assert_eq!(ran.of("act"), ["act(\"in\")"]);
}

/// Lines that open, close and leave blocks, in any order.
const LINES: [&str; 47] = [
    "End If",
    "Next",
    "Loop",
    "Loop While i < 3",
    "For i = 1 To 9",
    "For j = 9 To 1 Step -2",
    "For Each v In a",
    "For Each v In Split(\"a b c\")",
    "Do",
    "Do While i < 5",
    "Do Until unknown()",
    "If unknown() Then",
    "If False Then",
    "If i > 2 Then",
    "Else",
    "ElseIf 1 = 1 Then",
    "Select Case i",
    "Case 1, 2",
    "Case Is > 3",
    "Case Else",
    "End Select",
    "With unknown()",
    "With p",
    "End With",
    "GoTo L",
    "L:",
    "GoSub L",
    "Return",
    "Exit For",
    "Exit Do",
    "Exit Sub",
    "If i = 2 Then Exit Sub",
    "If unknown() Then Exit For",
    "On Error GoTo L",
    "s = s & \"x\"",
    "i = i + 1",
    "a(i) = a(i - 1) & s",
    "ReDim Preserve a(i)",
    "p.x = p.x & s",
    "Mid(s, 2, i) = s",
    "a = Array(s, a)",
    "g = g & \"y\"",
    "If g = \"yy\" Then",
    "F s, i",
    "s = F(s, 2)",
    "Main",
    "End",
];

#[test]
fn every_call_of_any_program_is_told() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut below = |count: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % count as u64) as usize
    };
    for round in 0..600 {
        let mut text = String::from("Dim g\n");
        let mut calls = 0;
        for head in ["Sub Main()", "Function F(b, Optional n = 1)"] {
            text.push_str(head);
            text.push('\n');
            for _ in 0..below(40) {
                text.push_str(LINES[below(LINES.len())]);
                text.push('\n');
                if below(3) == 0 {
                    let _ = writeln!(text, "Call{calls}");
                    calls += 1;
                }
            }
            let end = if head.starts_with('S') {
                "Sub"
            } else {
                "Function"
            };
            let _ = writeln!(text, "End {end}");
        }
        let modules = [("Module1", ModuleKind::Standard, text.as_str())];
        for (steps, bytes) in [(0, 0), (100, 50), (3000, 100_000)] {
            let ran = run_with(
                &modules,
                Language::Vba,
                &["Main"],
                Recorder::default(),
                Bounds { steps, bytes },
            );
            for call in 0..calls {
                let told = format!("call{call}()");
                assert!(
                    ran.heard.iter().any(|line| line.ends_with(&told)),
                    "{told} in round {round} with {steps}:\n{text}"
                );
            }
        }
    }
}
