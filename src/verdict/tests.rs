//! The acceptance lists: what must be held, and what must not.

use super::*;
use crate::indicator::{Ioc, Matcher};
use crate::limits::Limits;
use crate::observe::Ledger;
use crate::project::{Code, TextEncoding};
use crate::source::{Language, Source};

fn judge_modules(modules: &[(&str, u32, &str)], language: Language) -> Judgement {
    static MATCHER: std::sync::LazyLock<Matcher> = std::sync::LazyLock::new(Matcher::new);
    let mut ledger = Ledger::new(Limits::mail());
    let (mut findings, mut iocs): (Vec<Finding>, Vec<Ioc>) = Default::default();
    for (number, (_, _, text)) in (0..).zip(modules) {
        let code = Code {
            bytes: text.as_bytes(),
            encoding: TextEncoding::Utf8,
            language,
        };
        let source = Source::decode(&code, &mut ledger);
        MATCHER.scan(&source, 0, number, &mut ledger, &mut findings, &mut iocs);
    }
    let names: Vec<&str> = modules.iter().map(|(name, _, _)| *name).collect();
    let projects: Vec<u32> = modules.iter().map(|(_, project, _)| *project).collect();
    judge(&Evidence {
        findings: &findings,
        project_of: &projects,
        followed: &[],
        allowed: &[],
        module_names: &names,
        observations: ledger.observations(),
        gaps: ledger.gaps(),
        carrier: true,
        active: false,
    })
}

fn of(text: &str) -> Verdict {
    judge_modules(&[("Module1", 0, text)], Language::Vba).verdict
}

const NOTHING: Evidence<'static> = Evidence {
    findings: &[],
    project_of: &[],
    followed: &[],
    allowed: &[],
    module_names: &[],
    observations: &[],
    gaps: &[],
    carrier: true,
    active: false,
};

fn gap(reason: Reason) -> Gap {
    let mut ledger = Ledger::new(Limits::mail());
    ledger.gap(reason, format_args!("inert"));
    ledger.gaps()[0].clone()
}

fn observation(code: &'static str) -> Observation {
    let mut ledger = Ledger::new(Limits::mail());
    ledger.observe(code, "", 0, format_args!("inert"));
    ledger.observations()[0].clone()
}

#[test]
fn daily_work_is_released() {
    for text in [
        "Private Sub Workbook_Open()\n ThisWorkbook.SaveAs \"C:\\a.xlsx\"\nEnd Sub",
        "Private Sub Btn_Click()\n Set d = CreateObject(\"Scripting.Dictionary\")\nEnd Sub",
        "Private Sub Workbook_Open()\n Open p For Output As #1\n Print #1, x\n Close #1\nEnd Sub",
        "Private Sub Worksheet_Change(ByVal t As Range)\n Set c = CreateObject(\"ADODB.Connection\")\n c.Open s\n c.Execute q\nEnd Sub",
        "Private Sub Btn_Click()\n Set o = CreateObject(\"Outlook.Application\")\n o.CreateItem(0).Display\nEnd Sub",
        "Private Declare PtrSafe Function GetUserName Lib \"advapi32.dll\" Alias \"GetUserNameA\" (ByVal b As String, n As Long) As Long\nSub Workbook_Open()\n u = Environ(\"USERNAME\")\nEnd Sub",
        "Sub Workbook_Open()\n ThisWorkbook.RefreshAll\n Application.Run \"Own\"\nEnd Sub\nSub Own()\nEnd Sub",
        "Sub Document_Open()\n MsgBox \"hello\"\nEnd Sub",
        "Sub Document_Open()\n ' Shell and Kill, CreateObject(\"WScript.Shell\").Run\nEnd Sub",
        "Sub Workbook_Open()\n Set f = CreateObject(\"Scripting.FileSystemObject\")\n MkDir p\n f.CreateFolder p\nEnd Sub",
        "Sub Workbook_BeforeClose(Cancel As Boolean)\n Sheets(1).Visible = xlSheetVeryHidden\nEnd Sub",
        "Dim r As IRibbonUI\nSub OnLoad(ribbon As IRibbonUI)\n Set r = ribbon\nEnd Sub",
        "Private Sub UserForm_Initialize()\n Label1.Caption = \"a\"\nEnd Sub\nPrivate Sub TextBox1_Change()\nEnd Sub",
        "",
    ] {
        assert_eq!(of(text), Verdict::Macro, "{text}");
    }
}

#[test]
fn a_person_looks_at_what_could_be_meant_well() {
    for text in [
        "Sub Workbook_Open()\n m.Send\nEnd Sub",
        "Private Sub Btn_Click()\n Shell \"explorer.exe \" & p\nEnd Sub",
        "Private Sub Btn_Click()\n Shell p\nEnd Sub",
        "Function Udf(x)\n Shell x\nEnd Function",
        "Sub Workbook_Open()\n Set h = CreateObject(\"MSXML2.XMLHTTP\")\n h.Open \"GET\", u\nEnd Sub",
        "Sub Workbook_Open()\n Set o = CreateObject(n)\nEnd Sub",
        "Sub Workbook_Open()\n d = CreateObject(\"WScript.Shell\").SpecialFolders(\"Desktop\")\nEnd Sub",
        "Sub Workbook_Open()\n w.RegWrite k, v\nEnd Sub",
        "Sub Btn_Click()\n w = \"HKCU\\x\\AccessVBOM\"\nEnd Sub",
        "Private Declare PtrSafe Function g Lib \"inert.dll\" ()\nSub AutoOpen()\nEnd Sub",
        "Sub Btn_Click()\n URLDownloadToFile 0, u, p, 0, 0\nEnd Sub",
        "Private Declare Function VirtualAlloc Lib \"kernel32\" ()",
        "Sub AutoOpen()\n x = \"powershell\"\nEnd Sub",
    ] {
        assert_eq!(of(text), Verdict::Suspicious, "{text}");
    }
}

#[test]
fn a_start_and_a_dangerous_act_are_blocked() {
    for text in [
        "Sub AutoOpen()\n Shell \"inert\"\nEnd Sub",
        "Sub AutoClose()\n Shell x\nEnd Sub",
        "Sub Document_Open()\n CreateObject(\"WScript.Shell\").Run \"inert\", 0\nEnd Sub",
        "Sub Document_Open()\n Dim w As New WshShell\n w.Exec \"inert\"\nEnd Sub",
        "Sub Document_Open()\n Dim l As New SWbemLocator\n l.ConnectServer.Get(\"Win32_Process\").Create c\nEnd Sub",
        "Sub Document_Open()\n GetObject(\"winmgmts:\").Get(x).Create c\nEnd Sub",
        "Sub Workbook_Open()\n Dim h As New MSXML2.XMLHTTP60\n s.SaveToFile p\nEnd Sub",
        "Sub Workbook_Open()\n URLDownloadToFileW 0, u, p, 0, 0\nEnd Sub",
        "Sub Workbook_Open()\n Set h = CreateObject(\"MSXML2.XMLHTTP\")\n h.Open \"GET\", \"http://198.51.100.1/\"\nEnd Sub",
        "Sub Workbook_Open()\n Set h = CreateObject(\"MSXML2.XMLHTTP\")\n h.Open \"GET\", \"http://inert.invalid/a.exe\"\nEnd Sub",
        "Private Declare Function VirtualAlloc Lib \"kernel32\" ()\nSub AutoOpen()\nEnd Sub",
        "Private Sub InkPicture1_Painted(ByVal h As Long)\n Shell x\nEnd Sub",
        "Sub AutoOpen()\n CreateObject(StrReverse(x)).Run y\nEnd Sub",
        "Sub AutoOpen()\n CreateObject(\"WScr\" & \"ipt.Shell\").Run y\nEnd Sub",
        "Sub AutoOpen()\n Set w = CreateObject(decode(x))\n w.Create y\nEnd Sub",
        "Sub AutoOpen()\n Application.DDEExecute 1, \"inert\"\nEnd Sub",
        "Sub Workbook_Open()\n Shell \"explorer.exe \" & p\n URLDownloadToFile 0, u, p, 0, 0\nEnd Sub",
        "Attribute VB_Name = \"AutoOpen\"\nSub Main()\n Shell x\nEnd Sub",
    ] {
        assert_eq!(of(text), Verdict::Malicious, "{text}");
    }
}

#[test]
fn a_chain_may_run_through_the_modules_of_a_project_and_not_through_two() {
    let start = "Sub AutoOpen()\nEnd Sub";
    let act = "Sub a()\n Shell \"inert\"\nEnd Sub";
    let verdict = |projects: [u32; 2]| {
        let modules = [("A", projects[0], start), ("B", projects[1], act)];
        judge_modules(&modules, Language::Vba).verdict
    };
    assert_eq!(verdict([0, 0]), Verdict::Malicious);
    assert_eq!(verdict([0, 1]), Verdict::Suspicious);
}

#[test]
fn a_script_that_starts_a_program_is_blocked() {
    let script = "CreateObject(\"WScript.Shell\").Run \"inert\"";
    let judgement = judge_modules(&[("", 0, script)], Language::VbScript);
    assert_eq!(judgement.verdict, Verdict::Malicious);
}

#[test]
fn the_first_reason_says_what_starts_where_and_what_it_does() {
    let text = "\n\nPrivate Sub Document_Open()\n\n\n\n Shell \"inert\"\nEnd Sub";
    let judgement = judge_modules(&[("ThisDocument", 0, text)], Language::Vba);
    assert_eq!(
        judgement.reasons[0],
        "Document_Open in module ThisDocument (line 3) runs by itself when the document is opened, \
         and the same project starts a program: Shell in module ThisDocument (line 7)."
    );
}

#[test]
fn every_verdict_has_a_reason_that_is_a_sentence() {
    let gaps = [gap(Reason::Damaged)];
    for evidence in [
        NOTHING,
        Evidence {
            carrier: false,
            ..NOTHING
        },
        Evidence {
            active: true,
            ..NOTHING
        },
        Evidence {
            module_names: &["A", "B"],
            ..NOTHING
        },
        Evidence {
            gaps: &gaps,
            ..NOTHING
        },
    ] {
        for reason in judge(&evidence).reasons {
            assert!(
                reason.starts_with(char::is_uppercase) && reason.ends_with('.'),
                "{reason}"
            );
        }
    }
}

#[test]
fn files_without_modules_are_clean_other_or_active() {
    let of = |carrier, active| {
        judge(&Evidence {
            carrier,
            active,
            ..NOTHING
        })
        .verdict
    };
    assert_eq!(of(true, false), Verdict::Clean);
    assert_eq!(of(false, false), Verdict::Other);
    assert_eq!(of(true, true), Verdict::Macro);
}

#[test]
fn what_was_not_seen_is_never_released_and_never_softens() {
    for reason in [
        Reason::Encrypted,
        Reason::EncryptedArchive,
        Reason::Unsupported,
        Reason::Limit,
        Reason::Damaged,
        Reason::Internal,
    ] {
        for carrier in [true, false] {
            let gaps = [gap(reason)];
            let evidence = Evidence {
                gaps: &gaps,
                carrier,
                ..NOTHING
            };
            assert_eq!(judge(&evidence).verdict, Verdict::Unscannable, "{reason:?}");
        }
    }
    let gaps = [gap(Reason::Damaged), gap(Reason::ActiveUnread)];
    let judgement = judge(&Evidence {
        gaps: &gaps,
        ..NOTHING
    });
    assert_eq!(judgement.verdict, Verdict::Suspicious);
    assert_eq!(judgement.reasons.len(), 2);
    assert!(judgement.reasons[0].starts_with("Code is certainly there"));
}

#[test]
fn observations_that_judge_set_a_floor_and_others_do_not() {
    for fact in facts::FACTS {
        let seen = [observation(fact.code)];
        let evidence = Evidence {
            observations: &seen,
            ..NOTHING
        };
        assert!(
            judge(&evidence).verdict >= Verdict::Suspicious,
            "{}",
            fact.code
        );
    }
    let seen = [observation("cfb.inert")];
    assert_eq!(
        judge(&Evidence {
            observations: &seen,
            ..NOTHING
        })
        .verdict,
        Verdict::Clean
    );
}
