//! Hidden strings: each listing computes one from nothing but its own text, and the report shows it.
//!
//! | file | how it is hidden |
//! |---|---|
//! | `characters` | numbers, digits, places in a table |
//! | `pieces` | cut, turned round, filled, kept elsewhere |
//! | `ciphers` | ciphers of the author's own, the key beside them |
//! | `shells` | what the command line decodes, names in pieces |
//! | `tricks` | types, errors, streams of keys |

mod characters;
mod ciphers;
mod pieces;
mod shells;
mod tricks;

use macrosift::Verdict;

use crate::sketch::{Expect, Office, SCANNER, Wrong, inputs, reveals};

/// A listing that hides a text.
struct Case {
    /// How.
    name: &'static str,
    /// The text.
    shows: &'static str,
    /// The listing; `AutoOpen` or `Document_Open` starts it.
    listing: &'static str,
}

const fn case(name: &'static str, shows: &'static str, listing: &'static str) -> Case {
    Case {
        name,
        shows,
        listing,
    }
}

fn check(cases: &[Case]) {
    let mut wrong = Wrong::default();
    for case in cases {
        assert!(!case.listing.contains(case.shows), "{}", case.name);
        let text = guarded(case.listing);
        wrong.understood(case.name, &text);
        for (form, bytes) in inputs(Office::Word, &text) {
            // Without its modules it is another program.
            if form == "doc" || form == "listing" && case.listing.contains("'# ") {
                continue;
            }
            let report = SCANNER.scan(&bytes);
            wrong.check(form, reveals(&report, case.shows), || {
                format!("{}: {} is not shown", case.name, case.shows)
            });
        }
    }
    wrong.none();
}

/// The listing with starts that leave at their first statement, which no reader can prove.
fn guarded(listing: &str) -> String {
    let mut text = listing.trim_start().to_owned();
    for start in ["Sub AutoOpen()\n", "Sub Document_Open()\n"] {
        text = text.replace(start, &format!("{start}    If Now > 0 Then Exit Sub\n"));
    }
    text
}

#[test]
fn characters() {
    check(characters::CASES);
}

#[test]
fn pieces() {
    check(pieces::CASES);
}

#[test]
fn ciphers() {
    check(ciphers::CASES);
}

#[test]
fn shells() {
    check(shells::CASES);
}

#[test]
fn tricks() {
    check(tricks::CASES);
}

/// A key that is not in the text cannot be guessed: what is started is held all the same.
#[test]
fn what_cannot_be_computed_is_held() {
    let keys = [
        "Application.UserName",
        "ActiveDocument.Paragraphs(1).Range.Text",
        "Environ(\"USERDOMAIN\")",
        "InputBox(\"?\")",
    ];
    let mut wrong = Wrong::default();
    for key in keys {
        let text = format!(
            "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\n    k = {key}\n    For i = 1 To 9\n        \
             s = s & Chr(Asc(Mid(\"xeruiwbqp\", i, 1)) Xor Asc(Mid(k, i, 1)))\n    Next\n    \
             CreateObject(s).Run \"inert-test.invalid\"\nEnd Sub\n"
        );
        for input in inputs(Office::Word, &text) {
            wrong.verdict(key, &input, Expect::AtLeast(Verdict::Suspicious));
        }
    }
    wrong.none();
}

/// What an ordinary macro builds is not shown as hidden: dates in names, paths, queries.
#[test]
fn what_is_joined_by_daily_work_is_no_secret() {
    let text = r#"
Sub Workbook_Open()
    Dim p As String, q As String
    p = ThisWorkbook.Path & "\report " & Format(Date, "yyyymmdd") & ".xlsx"
    q = "SELECT name, price FROM goods " & _
        "WHERE price > " & 100 & " ORDER BY name"
    Range("A1").Value = "Total" & ": " & Range("B1").Value
    Range("A2").Value = Chr(34) & "quoted" & Chr(34) & vbCrLf & Chr(9) & "tab"
End Sub
"#;
    let report = SCANNER.scan(text.as_bytes());
    assert_eq!(report.verdict(), Verdict::Macro, "{:?}", report.reasons());
    let found: Vec<_> = report
        .findings()
        .iter()
        .filter(|one| one.rule == "obfuscation.hidden-text")
        .collect();
    assert!(found.is_empty(), "{found:?}");
}
