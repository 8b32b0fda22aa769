//! What a user relies on: every pattern is found where it counts, and only there.

use super::*;
use crate::limits::{Limit, Limits};
use crate::observe::{Ledger, Reason};
use crate::project::{Code, TextEncoding};
use crate::source::{Language, Source};

pub(crate) fn scan_with(
    text: &str,
    language: Language,
    ledger: &mut Ledger,
) -> (Vec<Finding>, Vec<Ioc>) {
    static MATCHER: std::sync::LazyLock<Matcher> = std::sync::LazyLock::new(Matcher::new);
    let code = Code {
        bytes: text.as_bytes(),
        encoding: TextEncoding::Utf8,
        language,
    };
    let source = Source::decode(&code, ledger);
    let (mut findings, mut iocs) = (Vec::new(), Vec::new());
    MATCHER.scan(&source, 0, 0, ledger, &mut findings, &mut iocs);
    (findings, iocs)
}

fn scan(text: &str) -> (Vec<Finding>, Vec<Ioc>) {
    scan_with(text, Language::Vba, &mut Ledger::new(Limits::mail()))
}

/// The rules that count in a text.
fn rules(text: &str) -> Vec<&'static str> {
    let found = scan(text).0.into_iter().filter(|f| f.level >= 2);
    found.map(|f| f.rule.id).collect()
}

/// The rules that count and are more than a note.
fn judging(text: &str) -> Vec<&'static str> {
    let found = scan(text).0.into_iter();
    found
        .filter(|f| f.level >= 2 && f.rule.role != Role::Note)
        .map(|f| f.rule.id)
        .collect()
}

fn values(text: &str) -> Vec<(&'static str, String)> {
    scan(text)
        .1
        .into_iter()
        .map(|ioc| (ioc.kind, ioc.value))
        .collect()
}

/// Source text in which a pattern stands where it counts.
fn example(pattern: &Pattern) -> String {
    let text = pattern.text;
    match pattern.context {
        Context::Procedure => format!("Private Sub {text}()\r\n"),
        Context::ProcedureSuffix => format!("Private Sub Inert{text}()\r\n"),
        Context::MainOfAutoModule => {
            format!("Attribute VB_Name = \"AutoOpen\"\r\nSub {text}()\r\n")
        }
        Context::Call | Context::ScriptCall => format!("x = {text}(\"inert\")"),
        Context::Statement => format!("{text} \"inert\", \"inert\""),
        Context::Member | Context::MemberNotOf(_) => format!("x.{text} \"inert\""),
        Context::MemberOf(object) => format!("x = {object}.{text}"),
        Context::OpaqueMemberOf(object) => format!("{object}.{text} x"),
        Context::Type => format!("Dim x As New {text}"),
        Context::After(word) => format!("x {word} {text} y"),
        Context::Before(word) => format!("{text} {word}"),
        Context::Api if text.starts_with('"') => {
            format!("Declare Sub x Lib \"inert\" Alias {text}1\" ()")
        }
        Context::Api => format!("Private Declare PtrSafe Function {text} Lib \"x\" ()"),
        Context::ForeignLibrary => "Declare Sub x Lib \"inert.dll\" ()".to_owned(),
        Context::Opaque(_) => format!("x.{text} a, b"),
        Context::Start { viewer: true } => "Shell \"explorer.exe \" & inert".to_owned(),
        Context::Start { viewer: false } => "Shell \"inert\"".to_owned(),
        Context::Computed => format!("x = {text}(\"in\" & \"ert\")"),
        Context::Elsewhere => format!("x.{text} \"http://inert.invalid/\""),
        Context::Chained => format!("x = {text}(65) & {text}(66)"),
        Context::Fragment | Context::ForeignClass if text.starts_with('"') => {
            format!("x = {text} inert\"")
        }
        Context::Word
        | Context::Text
        | Context::WmiClass
        | Context::ForeignClass
        | Context::Fragment => {
            format!("x = \"{text}\"")
        }
    }
}

#[test]
fn every_pattern_of_every_rule_is_found_where_it_counts() {
    for rule in Matcher::new().rules() {
        for pattern in rule.patterns {
            for text in [example(pattern), example(pattern).to_uppercase()] {
                let language = match pattern.context {
                    Context::ScriptCall => Language::VbScript,
                    _ => Language::Vba,
                };
                let mut ledger = Ledger::new(Limits::mail());
                let (findings, _) = scan_with(&text, language, &mut ledger);
                assert!(
                    findings
                        .iter()
                        .any(|f| f.rule.id == rule.id && f.level == 2),
                    "{}: {pattern:?} is not found in {text:?}",
                    rule.id
                );
            }
        }
    }
}

#[test]
fn no_pattern_counts_in_a_comment_or_as_a_part_of_a_word() {
    for rule in Matcher::new().rules() {
        for pattern in rule.patterns {
            let example = example(pattern);
            if !matches!(pattern.context, Context::MainOfAutoModule) {
                let comment = format!("' {}", example.trim_end());
                let counted = rules(&comment);
                assert!(counted.is_empty(), "{counted:?} in {comment:?}");
            }
            let last = pattern.text.ends_with(|c: char| c.is_alphanumeric());
            if last && !matches!(pattern.context, Context::Fragment | Context::ForeignClass) {
                let longer = example.replace(pattern.text, &format!("{}請", pattern.text));
                assert!(
                    !rules(&longer).contains(&rule.id),
                    "{} in {longer:?}",
                    rule.id
                );
            }
        }
    }
}

#[test]
fn the_tables_are_sound() {
    let matcher = Matcher::new();
    let mut ids: Vec<_> = matcher.rules().iter().map(|rule| rule.id).collect();
    for rule in matcher.rules() {
        let (category, name) = rule.id.split_once('.').unwrap();
        assert_eq!(category, rule.category.name());
        assert!(
            rule.patterns.iter().all(|pattern| pattern.text.is_ascii()),
            "{}",
            rule.id
        );
        assert!(!name.is_empty() && !rule.attack.is_empty());
        assert!(
            rule.means.ends_with('.') && rule.benign.ends_with('.'),
            "{}",
            rule.id
        );
        assert!(
            !rule.does.is_empty() && !rule.does.ends_with('.'),
            "{}",
            rule.id
        );
        assert_eq!(matcher.rule(rule.id), Some(*rule));
    }
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "ids are unique");
    for id in [
        "trigger.script-top-level",
        "network.numeric-host",
        "network.program-address",
        "obfuscation.opaque-dispatch",
    ] {
        assert!(matcher.rule(id).is_some(), "{id}");
    }
}

#[test]
fn what_other_scanners_miss_is_found() {
    for (text, rule) in [
        (
            "With ActiveDocument\n x = .Variables(\"a\")\nEnd With",
            "hiding.document-variables",
        ),
        (
            "x = ActiveDocument . Variables(1)",
            "hiding.document-variables",
        ),
        ("Print  #1, x", "write.text"),
        ("Print _\n #1, x", "write.text"),
        (
            "Declare Function u Lib \"urlmon\" Alias \"URLDownloadToFileW\" ()",
            "network.download",
        ),
        (
            "CreateObject(\"WinHttp.WinHttpRequest.5.1\")",
            "network.http",
        ),
        ("DownloadToFile a, b", "network.download"),
        (
            "c = DDEInitiate(\"inert\", \"x\")",
            "execution.dde-initiate",
        ),
        ("Application.DDEExecute c, \"x\"", "execution.dde"),
        ("Application.DDEPoke c, a, b", "execution.dde"),
        ("x = \"rundll32 inert\"", "execution.command-line"),
        ("x = \"mshta\"", "execution.command-line"),
        ("x = \"certutil -x\"", "execution.command-line"),
        ("x = \"bitsadmin.exe\"", "execution.command-line"),
        ("x = \"regsvr32\"", "execution.command-line"),
        ("x = \"cmd.exe\"", "execution.command-line"),
        ("x = \"wmic\"", "execution.command-line"),
        ("Private Sub Worksheet_Calculate()", "trigger.document-open"),
        ("Private Sub Worksheet_Activate()", "trigger.document-open"),
        (
            "Private Sub Workbook_SheetActivate(ByVal Sh As Object)",
            "trigger.document-open",
        ),
        ("Private Sub UserForm_Initialize()", "trigger.object-event"),
        ("Private Sub Class_Initialize()", "trigger.object-event"),
        (
            "Sub Document_ContentControlOnEnter(ByVal c As ContentControl)",
            "trigger.document-event",
        ),
        ("Set p = x.Get(\"Win32_Process\")", "execution.wmi-process"),
        ("ThisWorkbook.SaveCopyAs p", "write.save-as"),
        ("ActiveDocument.SaveAs2 p", "write.save-as"),
        ("Dim x As New MSXML2.XMLHTTP60", "network.http"),
        ("Dim x As WinHttp.WinHttpRequest", "network.http"),
        ("Set x = New WshShell", "execution.script-host"),
        (
            "Dim x As IWshRuntimeLibrary.WshShell",
            "execution.script-host",
        ),
        ("Dim l As New WbemScripting.SWbemLocator", "execution.wmi"),
        ("CallByName x, y, VbMethod", "obfuscation.opaque-dispatch"),
        ("Application.OnTime Now, \"x\"", "trigger.delayed"),
        ("Application.OnKey \"a\", \"x\"", "trigger.delayed"),
        ("Application.RegisterXLL p", "execution.load-library"),
        (
            "ThisWorkbook.VBProject.VBComponents.Import p",
            "defense.self-change",
        ),
        ("w.RegWrite k, v", "persistence.registry-write"),
        ("Name a As b", "write.file"),
        (
            "x = AppleScriptTask(\"a\", \"b\", \"c\")",
            "execution.macos",
        ),
        ("Sub FileSave()", "trigger.word-command"),
        ("Sub OnSlideShowPageChange()", "trigger.document-event"),
        ("Sub OnLoad(ribbon As IRibbonUI)", "trigger.ribbon"),
        ("Sub _\r\n  AutoOpen _\r\n ()", "trigger.document-open"),
        (
            "Application.Run \"\\\\h\\x.xlam!m\"",
            "network.opens-address",
        ),
        (
            "Workbooks.Open Filename:=\"http://inert.invalid/\"",
            "network.opens-address",
        ),
        ("[Shell] \"inert\"", "execution.shell"),
        ("VBA . Shell \"inert\"", "execution.shell"),
        ("x = VBA.Interaction.Shell(\"inert\")", "execution.shell"),
        ("If a Then Shell \"inert\"", "execution.shell"),
        (
            "Sub                                                   AutoOpen()",
            "trigger.document-open",
        ),
    ] {
        assert!(
            rules(text).contains(&rule),
            "{rule} in {text:?}: {:?}",
            rules(text)
        );
    }
}

#[test]
fn what_other_scanners_mistake_moves_nothing() {
    for text in [
        "Attribute VB_Base = \"0{00020819-0000-0000-C000-000000000046}\"",
        "x = \"done\" & \"data\" & \"name\" & \"Customer\" & \"Module12\"",
        "Windows(\"a\").Activate",
        "MsgBox \"open the command to run the system binary, put and write\"",
        "x = \"open the command to run the system binary, put and write\"",
        "Call Foo",
        "' call me, Shell and Kill",
        "Rem Shell \"x\"",
        "x = \"version 1.2.3.4\"",
        "Sub Foo_Changed()",
        "Sub Document_Opened()",
        "Sub Workbook_Openx()",
        "x = Document_Open + 1",
        "Dim Shell As Object",
        "Set Shell = x",
        "shell.BackColor = 1",
        "Function Shell(x)",
        "x = re.Execute(\"a\")",
        "Set d = CreateObject(\"Scripting.Dictionary\")",
        "Set d = CreateObject(\"Scripting.FileSystemObject\")",
        "Set d = CreateObject(\"ADODB.Connection\")",
        "Set d = CreateObject(\"Outlook.Application\")",
        "Set d = CreateObject(\"VBScript.RegExp\")",
        "Set d = CreateObject(\"MSXML2.DOMDocument\")",
        "Set d = GetObject(, \"Excel.Application\")",
        "MsgBox \"please do not use powershell\"",
        "Application.Run \"Own\"",
        "Application.Run \"'\" & ThisWorkbook.Name & \"'!Own\"",
        "Application.Run MacroName:=\"Own\"",
        "s = s & Chr(13) & Chr(10)",
        "Type T\n Name As String\nEnd Type",
        ".Name = \"x\"",
        "x = \"#FF0000\"",
        "Set c = GetObject(\"New:{1C3B4210-F441-11CE-B9EA-00AA006B1A69}\")",
        "Declare Function g Lib \"ws2_32.dll\" Alias \"g\" ()",
        "x = \"select * from Win32_Process\"",
    ] {
        assert_eq!(judging(text), [""; 0], "{text:?}");
    }
}

#[test]
fn a_call_whose_argument_cannot_be_read_is_told() {
    for (text, opaque) in [
        ("CreateObject(x)", true),
        ("CreateObject(\"a\" & x)", true),
        ("CreateObject(\"a\" + \"b\")", true),
        ("CreateObject( _\n \"a\" & x)", true),
        ("CreateObject(\"a\")", false),
        ("CreateObject(\"a\", \"server\")", false),
        ("CreateObject(Class:=\"a\")", false),
        ("CreateObject((\"a\"))", false),
        ("x = CreateObject _\n (\"a\")", false),
        ("GetObject(, y)", true),
        ("GetObject(y)", true),
        ("GetObject(\"winmgmts:\" & y)", false),
        ("GetObject(\"C:\\\" & y)", true),
        ("CallByName f(1, 2), \"Text\", VbLet, 1", false),
        ("CallByName f(1, 2), x, VbLet, 1", true),
        ("Application.Run x", true),
        ("Shell x", true),
        ("' CreateObject(x)", false),
        ("y = \"CreateObject(x)\"", false),
        ("Function CreateObject(x)", false),
    ] {
        let found = rules(text).contains(&"obfuscation.opaque-dispatch");
        assert_eq!(found, opaque, "{text:?}");
    }
}

#[test]
fn the_place_of_a_finding_is_that_of_the_editor() {
    let (findings, _) = scan("Attribute VB_Name = \"M\"\r\n'x\r\n  é = 1: Shell \"inert\"\r\n");
    let shell = findings
        .iter()
        .find(|f| f.rule.id == "execution.shell")
        .unwrap();
    assert_eq!(
        (shell.line, shell.column, shell.text.as_str()),
        (3, 10, "Shell")
    );
    let (findings, _) = scan("Private Sub CommandButton1_Click()");
    assert_eq!(findings[0].text, "CommandButton1_Click");
    assert_eq!((findings[0].line, findings[0].column), (1, 13));
}

#[test]
fn mentions_are_of_level_one() {
    for text in [
        "' use CreateObject(\"WScript.Shell\")",
        "x = 1 ' Shell \"a\"",
        "MsgBox \"mshta\"",
    ] {
        let (findings, _) = scan(text);
        assert!(!findings.is_empty(), "{text}");
        assert!(findings.iter().all(|f| f.level == 1), "{findings:?}");
    }
}

#[test]
fn decoys_in_comments_crowd_out_nothing() {
    let decoys = "' Shell \"x\" CreateObject(\"WScript.Shell\") mshta\n".repeat(5_000);
    let text = format!("{decoys}Sub AutoOpen()\nShell \"inert\"\nEnd Sub");
    let found = rules(&text);
    assert!(found.contains(&"execution.shell") && found.contains(&"trigger.document-open"));
}

#[test]
fn a_flood_of_hits_is_cut_by_rule_and_by_limit() {
    let flood = "Shell \"mshta\": CreateObject x\n".repeat(5_000);
    let (findings, _) = scan(&flood);
    assert!(findings.len() < 64, "{}", findings.len());
    let mut ledger = Ledger::new(Limits::mail().with(Limit::Findings, 4));
    let (findings, _) = scan_with(&flood, Language::Vba, &mut ledger);
    assert_eq!(findings.len(), 4);
    assert_eq!(ledger.gaps()[0].reason, Reason::Limit);
}

#[test]
fn one_long_line_costs_what_many_short_ones_cost() {
    // Each of these is quadratic for a scanner that looks back to the start of the line.
    for piece in [
        "Shell ",
        "a.",
        "\"http://",
        "\"C:\\",
        "C:\\",
        "\"C:\\é:\\",
        "a.exe C:\\",
        "Lib \"",
        "Chr(",
        "\"\\\\",
        "\"%a%\\",
        "1.1.",
        "Sub ",
        "[",
        "CallByName ",
        "New a.b.",
    ] {
        // As code, and within one string.
        let text = piece.repeat(500_000 / piece.len());
        let started = std::time::Instant::now();
        let _ = scan(&text);
        let _ = scan(&format!("\"{}", text.replace('"', " ")));
        assert!(started.elapsed().as_secs() < 20, "{piece}");
    }
}

#[test]
fn a_script_is_its_own_trigger() {
    let mut ledger = Ledger::new(Limits::mail());
    let (findings, _) = scan_with("x = 1\n", Language::VbScript, &mut ledger);
    assert_eq!(findings[0].rule.id, "trigger.script-top-level");
    let (findings, _) = scan_with("Execute x\n", Language::VbScript, &mut ledger);
    assert!(
        findings
            .iter()
            .any(|f| f.rule.id == "execution.script-engine")
    );
}

#[test]
fn main_counts_in_a_module_named_like_an_auto_macro() {
    let module = |name: &str| rules(&format!("Attribute VB_Name = \"{name}\"\nSub Main()\n"));
    assert_eq!(module("autoopen"), ["trigger.auto-module"]);
    assert_eq!(module("AutoOpener"), [""; 0]);
}

#[test]
fn addresses_of_any_form_are_found_and_defanged() {
    for (text, expected) in [
        (
            "\"HTTP://Inert.Invalid/a.b?c\"",
            &[
                ("url", "hxxp://Inert[.]Invalid/a.b?c"),
                ("host", "Inert[.]Invalid"),
            ][..],
        ),
        (
            "\"https://u:pw@inert.invalid:8080/\"",
            &[
                ("url", "hxxps://u:pw@inert[.]invalid:8080/"),
                ("host", "inert[.]invalid"),
            ],
        ),
        (
            "\"http://inert/x\"",
            &[("url", "hxxp://inert/x"), ("host", "inert")],
        ),
        (
            "\"http://[2001:db8::1]/x\"",
            &[
                ("url", "hxxp://[2001[:]db8[:][:]1]/x"),
                ("ip", "[2001[:]db8[:][:]1]"),
            ],
        ),
        (
            "\"ldap://inert.invalid/x\"",
            &[
                ("url", "ldap://inert[.]invalid/x"),
                ("host", "inert[.]invalid"),
            ],
        ),
        (
            "\"file://inert/x.txt\"",
            &[("url", "file://inert/x.txt"), ("host", "inert")],
        ),
        (
            "\"URL;http://inert.invalid/\"",
            &[
                ("url", "hxxp://inert[.]invalid/"),
                ("host", "inert[.]invalid"),
            ],
        ),
        (
            "\"http://0xC0.0250.513/\"",
            &[
                ("url", "hxxp://0xC0[.]0250[.]513/"),
                ("ip", "192[.]168[.]2[.]1"),
            ],
        ),
        (
            "\"http://3232235777/\"",
            &[("url", "hxxp://3232235777/"), ("ip", "192[.]168[.]1[.]1")],
        ),
        (
            "\"see http://inert.invalid/請求 (x)\"",
            &[
                ("url", "hxxp://inert[.]invalid/"),
                ("host", "inert[.]invalid"),
            ],
        ),
        (
            "\"\\\\inert.invalid\\share\\a b.doc\"",
            &[("path", "\\\\inert[.]invalid\\share\\a b.doc")],
        ),
        (
            "\"\\\\inert@SSL\\DavWWWRoot\\x\"",
            &[("path", "\\\\inert@SSL\\DavWWWRoot\\x")],
        ),
        (
            "\"C:\\Users\\Public\\in ert.exe /c\"",
            &[("path", "C:\\Users\\Public\\in ert.exe")],
        ),
        ("\"%TEMP%\\inert.vbs\"", &[("path", "%TEMP%\\inert.vbs")]),
        (
            "\"copy C:\\a.txt \\\\inert\\s\\b.exe D:\\c d.dll\"",
            &[
                ("path", "C:\\a.txt"),
                ("path", "\\\\inert\\s\\b.exe"),
                ("path", "D:\\c d.dll"),
            ],
        ),
        (
            "\"copy C:\\a \\\\inert\\s\\b\"",
            &[("path", "\\\\inert\\s\\b")],
        ),
        ("\"192.0.2.7\"", &[("ip", "192[.]0[.]2[.]7")]),
        ("\"mshta inert\"", &[("command", "mshta inert")]),
        (
            "\"http://inert.invalid\\r\\n\"",
            &[
                ("url", "hxxp://inert[.]invalid"),
                ("host", "inert[.]invalid"),
            ],
        ),
        ("\"version 1.2.3.4\"", &[]),
        ("\"Version=1.2.3.4\"", &[]),
        ("\"1.2.3.4.5\"", &[]),
        ("\"1.2.3.456\"", &[]),
        ("x = 1.2", &[]),
        ("\"WScript.Shell.js\"", &[]),
        ("\"winmgmts:\\\\.\\root\\cimv2\"", &[]),
        ("\"C:\\\"", &[]),
        ("\"\\\\\" & server", &[]),
    ] {
        let expected: Vec<_> = expected
            .iter()
            .map(|(k, v)| (*k, (*v).to_owned()))
            .collect();
        assert_eq!(values(text), expected, "{text}");
    }
}

#[test]
fn an_address_is_told_once_a_module_and_its_number_is_decoded() {
    let (_, iocs) = scan("a = \"http://0x7f.1/\"\nb = \"http://0x7f.1/\"");
    assert_eq!(iocs.len(), 2);
    assert_eq!(
        (iocs[1].kind, iocs[1].value.as_str(), iocs[1].decoded),
        ("ip", "127[.]0[.]0[.]1", true)
    );
}

#[test]
fn addresses_that_give_programs_or_have_no_name_are_findings() {
    assert!(rules("x = \"http://inert.invalid/a.exe?b\"").contains(&"network.program-address"));
    assert!(rules("x = \"http://198.51.100.1/\"").contains(&"network.numeric-host"));
    assert!(!rules("x = \"http://192.168.1.1/\"").contains(&"network.numeric-host"));
    assert!(!rules("' http://198.51.100.1/").contains(&"network.numeric-host"));
}

#[test]
fn too_many_addresses_leave_a_note_and_no_gap() {
    use std::fmt::Write as _;
    let mut text = String::new();
    for n in 0..600 {
        writeln!(text, "a = \"http://h{n}.invalid/\"").unwrap();
    }
    let mut ledger = Ledger::new(Limits::mail());
    let (_, iocs) = scan_with(&text, Language::Vba, &mut ledger);
    assert_eq!(iocs.len(), 512);
    assert_eq!(ledger.observations()[0].code, "text.iocs-unkept");
    assert!(ledger.gaps().is_empty());
}

proptest::proptest! {
    /// Pieces that start, end, nest and break every step of the lexis, in any order.
    #[test]
    fn no_text_makes_it_panic_or_leave_the_text(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "\"", "\"\"", "'", "Rem ", ":", ":=", "[", "]", "(", ")", ",", ".", "&", " _\r\n", "\n", "\r", "_",
            "Sub ", "AutoOpen", "_Click", "Shell", "CreateObject", "CallByName ", "GetObject", "Chr", "Chr(65)",
            "As New ", "XMLHTTP60", "Declare ", "Lib ", "Alias ", "\"#1\"", "http://", "1.1.1.1", "0x7f.1", "[::1]",
            "C:\\", "\\\\h\\s", "%T%\\", "a.exe", "請求", "é", "\u{FFFD}", " ", "\t", "explorer.exe ", "from ",
            "Win32_Process", "MsgBox ", "Attribute VB_Name = ", "new:{", "/", "@", "$", "!", "=",
        ]), 0..60)
    ) {
        let text = pieces.concat();
        let (findings, iocs) = scan(&text);
        let lines = u32::try_from(text.len()).unwrap() + 1;
        for finding in findings {
            assert!((1..=lines).contains(&finding.line) && (1..=lines).contains(&finding.column));
            assert!(text.contains(&finding.text));
        }
        assert!(iocs.iter().all(|ioc| !ioc.value.is_empty()));
    }
}
