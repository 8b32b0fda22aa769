//! The table: what is loaded, from where, and the rule that speaks of it.

use std::sync::LazyLock;

use super::*;
use crate::indicator::Role;
use crate::limits::Limits;
use LoadKind as K;

fn examine(loads: &[(LoadKind, &str)]) -> (Vec<Finding>, Vec<Ioc>) {
    static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::new);
    let mut ledger = Ledger::new(Limits::mail());
    let (mut findings, mut iocs) = (Vec::new(), Vec::new());
    let mut judged = Judged::default();
    for (kind, target) in loads {
        let load = Load {
            kind: *kind,
            target: (*target).to_owned(),
            place: String::new(),
        };
        judged.examine(&load, 0, &MATCHER, &mut ledger, &mut findings, &mut iocs);
    }
    (findings, iocs)
}

/// `role: kind target -> rule`.
fn check(role: Option<Role>, rows: &[(LoadKind, &str, &str)]) {
    for (kind, target, rule) in rows {
        let (findings, _) = examine(&[(*kind, target)]);
        let found = findings.first().map(|one| (one.rule.id, one.rule.role));
        assert_eq!(found, role.map(|role| (*rule, role)), "{kind:?} {target:?}");
    }
}

const WEB: &str = "https://example.invalid/a.dotm";
const FOLLINA: &str = "mhtml:https://example.invalid/a.html!x-usc:https://example.invalid/a.html";
const DAV: &str = "\\\\example.invalid@SSL\\DavWWWRoot\\a.dotm";
const BARE: &str = "\\\\198.51.100.7\\share\\a.dotm";
const SHARE: &str = "\\\\server\\share\\a.dotm";
const DRIVE: &str = "file:///C:\\Templates\\a.dotm";

#[test]
fn l01_to_l04_what_is_taken_in_when_the_document_is_opened() {
    for (kind, name) in [
        (K::Template, "template"),
        (K::Frame, "frame"),
        (K::Object, "object"),
        (K::Chunk, "chunk"),
        (K::SubDocument, "subdocument"),
        (K::MailMerge, "merge"),
    ] {
        let far = format!("external.{name}");
        for target in [
            WEB,
            FOLLINA,
            DAV,
            BARE,
            "https://example.invalid/a.html!",
            "ms-word:ofe|u|https://example.invalid/",
            "ms-msdt:/id x",
            "script:https://example.invalid/a.sct",
            "soap:wsdl=https://example.invalid/",
            "javascript:inert",
            "ftp://example.invalid/a",
            " HTTPS:\\\\example.invalid\\a.dotm ",
            "%68ttps://example.invalid/a.dotm",
            "http://3325256711/a",
            "\\\\0xC6336407\\share\\a",
            "file://198.51.100.7/share/a",
            "x-unknown:a",
        ] {
            check(Some(Role::Trap), &[(kind, target, &far)]);
        }
        let share = format!("external.{name}-share");
        for target in [
            SHARE,
            "file://server/share/a.dotx",
            "//server/share/a",
            "\\\\192.168.1.2\\share\\a",
        ] {
            check(Some(Role::Hold), &[(kind, target, &share)]);
        }
        let local = format!("external.{name}-local");
        for target in [DRIVE, "a.dotx", "NULL", "/Users/a/b.dotx"] {
            check(Some(Role::Note), &[(kind, target, &local)]);
        }
        check(None, &[(kind, "", ""), (kind, "#a", "")]);
    }
    check(
        Some(Role::Trap),
        &[(
            K::MailMerge,
            "Provider=SQLOLEDB.1;Data Source=\\\\198.51.100.7\\a",
            "external.merge",
        )],
    );
}

#[test]
fn l05_pictures() {
    check(
        Some(Role::Hold),
        &[
            (
                K::Picture,
                "\\\\server\\share\\a.png",
                "external.picture-share",
            ),
            (K::Picture, "file://server/a.png", "external.picture-share"),
            (K::Picture, BARE, "external.picture-share"),
            (K::Picture, DAV, "external.picture-share"),
            (
                K::Picture,
                "http://198.51.100.7/a.png",
                "external.picture-share",
            ),
            (
                K::Picture,
                "https://example.invalid/a.png",
                "external.picture-web",
            ),
        ],
    );
    check(
        Some(Role::Note),
        &[(K::Picture, "file:///C:/a.png", "external.picture-local")],
    );
    check(
        Some(Role::Trap),
        &[(K::Picture, FOLLINA, "external.object")],
    );
    check(
        None,
        &[
            (K::Picture, "data:image/png;base64,AAAA", ""),
            (K::Picture, "", ""),
        ],
    );
}

#[test]
fn l06_and_l19_workbooks_and_data() {
    check(
        Some(Role::Hold),
        &[
            (
                K::Workbook,
                "https://example.invalid/a.xlsx",
                "external.workbook",
            ),
            (
                K::Workbook,
                "\\\\server.example.invalid\\a.xlsx",
                "external.workbook",
            ),
            (
                K::Workbook,
                "file:///\\\\198.51.100.7\\a.xlsx",
                "external.workbook",
            ),
            (
                K::Connection,
                "https://example.invalid/",
                "external.connection",
            ),
            (
                K::Connection,
                "Provider=MSOLAP;Data Source=https://example.invalid/x",
                "external.connection",
            ),
            (
                K::Connection,
                "DRIVER=SQL Server;DBQ=\\\\server\\a.mdb",
                "external.connection",
            ),
            (
                K::Connection,
                "exec xp_cmdshell 'inert'",
                "external.connection-command",
            ),
            (
                K::Connection,
                "cmd.exe /c inert",
                "external.connection-command",
            ),
            (K::Refresh, "https://example.invalid/", "external.refresh"),
            (K::Refresh, "\\\\server\\share\\a.xlsx", "external.refresh"),
        ],
    );
    check(
        Some(Role::Note),
        &[
            (K::Workbook, "a.xlsx", "external.workbook-local"),
            (K::Workbook, "file:///C:\\a.xlsx", "external.workbook-local"),
            (
                K::Workbook,
                "\\\\server\\share\\a.xlsx",
                "external.workbook-local",
            ),
            (
                K::Connection,
                "Provider=Microsoft.ACE.OLEDB.12.0;Data Source=C:\\a.accdb",
                "external.connection-local",
            ),
            (K::Refresh, "", "external.refresh-local"),
        ],
    );
}

#[test]
fn l07_ribbons() {
    check(
        Some(Role::Trap),
        &[(
            K::RibbonCallback,
            "\\\\server\\x.xlam!Go",
            "external.ribbon-callback",
        )],
    );
}

#[test]
fn l08_and_l09_dde() {
    check(
        Some(Role::Trap),
        &[
            (
                K::DdeField,
                "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k x\"",
                "dde.field",
            ),
            (K::DdeField, "DDE unheard x", "dde.field"),
            (K::DdeLink, "cmd|/c x", "dde.link"),
            (K::DdeFormula, "=cmd|'/c x'!A1", "dde.formula"),
        ],
    );
    check(
        Some(Role::Hold),
        &[
            (
                K::DdeField,
                "DDE Excel.Sheet \"c:\\\\book.xls\"",
                "dde.field-office",
            ),
            (K::DdeField, "… x", "dde.field-computed"),
            (K::DdeLink, "Excel|C:\\a.xls", "dde.link-office"),
            (
                K::DdeFormula,
                "=WinWord|'C:\\a.docx'!x",
                "dde.formula-office",
            ),
        ],
    );
    check(
        Some(Role::Note),
        &[
            (K::DdeLink, "BLP|M", "dde.server"),
            (K::DdeFormula, "=REUTER|IDN!x", "dde.server"),
        ],
    );
}

#[test]
fn l10_and_a16_files() {
    for kind in [K::Package, K::Attachment] {
        check(
            Some(Role::Trap),
            &[
                (kind, "C:\\a\\inert.EXE", "object.package-program"),
                (kind, "inert.vbs", "object.package-program"),
                (kind, "inert.lnk", "object.package-program"),
                (kind, "inert.iso", "object.package-disk"),
                (kind, "invoice.pdf.exe", "object.false-name"),
                (kind, "a\u{202E}fdp.exe", "object.false-name"),
            ],
        );
        check(
            Some(Role::Hold),
            &[
                (kind, "inert.zip", "object.package-archive"),
                (kind, "inert.docm", "object.package-macros"),
                (kind, "inert.unheard", "object.package"),
                (kind, "", "object.package"),
            ],
        );
        check(
            Some(Role::Note),
            &[(kind, "報告.xlsx", "object.package-document")],
        );
    }
    check(
        Some(Role::Trap),
        &[(K::FalseName, "a.exe (shown as a.pdf)", "object.false-name")],
    );
}

#[test]
fn l12_classes() {
    for kind in [K::Class, K::Control] {
        check(
            Some(Role::Trap),
            &[
                (kind, "Equation.3", "object.exploit-class"),
                (
                    kind,
                    "{0002CE02-0000-0000-C000-000000000046}",
                    "object.exploit-class",
                ),
                (
                    kind,
                    "{00000309-0000-0000-C000-000000000046}",
                    "object.exploit-class",
                ),
                (kind, "otkloadr.WRAssembly.1", "object.exploit-class"),
            ],
        );
        check(
            Some(Role::Hold),
            &[
                (kind, "MSComctlLib.ListViewCtrl.2", "object.risky-class"),
                (
                    kind,
                    "{D27CDB6E-AE6D-11CF-96B8-444553540000}",
                    "object.risky-class",
                ),
            ],
        );
    }
    check(
        Some(Role::Note),
        &[
            (K::Class, "Equation.DSMT4", "object.class"),
            (K::Control, "Forms.CommandButton.1", "object.control"),
        ],
    );
    check(None, &[(K::Class, "Word.Document.8", "")]);
}

#[test]
fn l13_actions() {
    check(
        Some(Role::Trap),
        &[
            (
                K::RunProgram,
                "C:\\Windows\\notepad.exe",
                "object.run-program",
            ),
            (K::OpenFile, "inert.exe", "object.open-program"),
            (K::OpenFile, "inert.js", "object.open-program"),
            (K::OpenFile, "ms-msdt:/id x", "object.open-program"),
        ],
    );
    check(
        Some(Role::Hold),
        &[
            (K::OpenFile, "other.pptm", "object.open-file"),
            (K::OpenFile, "file:///C:/a/b.zip", "object.open-file"),
            (
                K::OpenFile,
                "file://example.invalid/a/b.docx",
                "external.hyperlink-share",
            ),
        ],
    );
    check(
        Some(Role::Note),
        &[
            (K::OpenFile, "other.pptx", "object.open-document"),
            (K::OpenFile, "../資料/a.odt", "object.open-document"),
            (K::OpenFile, "file:///C:/a/b.ods", "object.open-document"),
            (K::OpenFile, "file:///home/a/b.pdf", "object.open-document"),
            (K::OpenFile, "file:///home/a/b", "object.open-document"),
        ],
    );
    check(None, &[(K::OpenFile, "http://example.invalid/a.pdf", "")]);
}

#[test]
fn l15_hyperlinks() {
    check(
        None,
        &[
            (K::Hyperlink, "http://example.invalid/", ""),
            (K::Hyperlink, "https://example.invalid/a.pdf?x", ""),
            (K::Hyperlink, "mailto:a@example.invalid", ""),
            (K::Hyperlink, "tel:1", ""),
            (K::Hyperlink, "other.docx", ""),
            (K::Hyperlink, "#here", ""),
            (K::Hyperlink, "file:///C:\\a.docx", ""),
            (K::Hyperlink, "http://198.51.100.7/a", ""),
        ],
    );
    check(
        Some(Role::Hold),
        &[
            (K::Hyperlink, SHARE, "external.hyperlink-share"),
            (
                K::Hyperlink,
                "file://server/a.docx",
                "external.hyperlink-share",
            ),
            (K::Hyperlink, DAV, "external.hyperlink-share"),
            (
                K::Hyperlink,
                "https://example.invalid/inert.exe",
                "external.hyperlink-program",
            ),
            (K::Hyperlink, "inert.vbs", "external.hyperlink-program"),
            (K::Hyperlink, "ms-msdt:/id x", "external.hyperlink-handler"),
            (
                K::Hyperlink,
                "search-ms:query=x&crumb=location:\\\\example.invalid",
                "external.hyperlink-handler",
            ),
            (K::Hyperlink, "JavaScript:x", "external.hyperlink-code"),
            (K::Hyperlink, "vbscript:x", "external.hyperlink-code"),
            (K::Hyperlink, "data:text/html,x", "external.hyperlink-code"),
            (
                K::Hyperlink,
                "script:https://example.invalid/",
                "external.hyperlink-code",
            ),
            (
                K::Hyperlink,
                "http://3325256711/",
                "external.hyperlink-disguised",
            ),
            (
                K::Hyperlink,
                "http://bank.invalid@example.invalid/",
                "external.hyperlink-disguised",
            ),
        ],
    );
    check(
        Some(Role::Note),
        &[(K::Hyperlink, "x-unheard:a", "external.hyperlink")],
    );
}

#[test]
fn l16_to_l18_and_others() {
    check(
        Some(Role::Trap),
        &[
            (
                K::Assembly,
                "https://example.invalid/a.vsto|vstolocal",
                "external.assembly",
            ),
            (K::Assembly, "\\\\server\\a.vsto", "external.assembly"),
            (K::Program, "an add-in (XLL)", "object.program"),
            (K::Formula, "CALL", "external.formula-call"),
            (
                K::Formula,
                "=REGISTER.ID(\"urlmon\",\"x\")",
                "external.formula-call",
            ),
        ],
    );
    check(
        Some(Role::Hold),
        &[
            (K::Assembly, "a.vsto", "external.assembly-local"),
            (K::WebAddIn, "omex wa104380862", "external.web-add-in"),
            (K::Script, "<script>inert", "object.script"),
            (K::ProjectReference, "\\\\server\\a.xla", "external.project"),
            (
                K::FalseType,
                "word/media/image1.png: a VBA project",
                "structure.false-type",
            ),
            (K::BuiltInPassword, "", "structure.built-in-password"),
            (
                K::Formula,
                "WEBSERVICE(\"https://example.invalid/\")",
                "external.formula",
            ),
            (K::Formula, "=RECALL(1)", "external.formula"),
            (K::Other, "https://example.invalid/", "external.other"),
        ],
    );
    check(
        Some(Role::Note),
        &[(K::Other, "a.bin", "external.other-local")],
    );
    check(None, &[(K::Other, "mailto:a@example.invalid", "")]);
}

#[test]
fn addresses_are_told_once_and_defanged() {
    let (findings, iocs) = examine(&[
        (K::Template, "https://a.example.invalid/x?b.c"),
        (K::Template, "https://a.example.invalid/x?b.c"),
        (K::Hyperlink, "http://3325256711/a"),
        (K::Picture, "\\\\server.example.invalid\\a.png"),
        (K::DdeField, "DDE cmd \"/c x http://a.invalid\""),
    ]);
    let told: Vec<_> = findings.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(told[0], "hxxps://a.example.invalid/x?b.c");
    assert_eq!(findings.len(), 4);
    assert!(
        findings
            .iter()
            .all(|one| one.level == 3 && one.module.is_none())
    );
    let iocs: Vec<_> = iocs
        .iter()
        .map(|one| (one.kind, one.value.as_str(), one.decoded))
        .collect();
    assert_eq!(
        iocs,
        [
            ("url", "hxxps://a[.]example[.]invalid/x?b.c", false),
            ("host", "a[.]example[.]invalid", false),
            ("url", "hxxp://3325256711/a", false),
            ("ip", "198[.]51[.]100[.]7", true),
            ("path", "\\\\server[.]example[.]invalid\\a.png", false),
            ("host", "server[.]example[.]invalid", false),
            ("command", "DDE cmd \"/c x hxxp://a.invalid\"", false),
        ]
    );
}

#[test]
fn a_hundred_thousand_loads_give_few_findings() {
    let targets: Vec<String> = (0..100_000)
        .map(|n| format!("https://example.invalid/{n}"))
        .collect();
    let loads: Vec<_> = targets
        .iter()
        .map(|target| (K::Object, target.as_str()))
        .collect();
    let (findings, iocs) = examine(&loads);
    assert_eq!(findings.len(), KEPT as usize);
    assert!(iocs.len() <= KEPT_ADDRESSES);
}
