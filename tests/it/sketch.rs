//! Programs as tests write them: one text, which is a listing and the modules of a document alike.
//!
//! A line `'# kind Name` opens a module; to a reader of the bare listing it is a comment. Kinds
//! are `document`, `workbook`, `sheet`, `other`, `standard`, `class` and `form`. A line
//! `'# reference Name libid` adds a reference to the project. What stands before the first such
//! line is a standard module.

use std::sync::LazyLock;

use macrosift::report::Ioc;
use macrosift::source::syntax::{Op, Statement, Syntax};
use macrosift::source::{Language, words};
use macrosift::{Report, Scanner, Verdict};
use macrosift_testkit::encode;
use macrosift_testkit::office::{Doc, Kind, Package, Xls};
use macrosift_testkit::ovba::{Module, ModuleKind, Project, Reference};

const HEAD: &str = "'# ";

/// As a mail filter has it.
pub(crate) static SCANNER: LazyLock<Scanner> = LazyLock::new(Scanner::new);

/// The program that the document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Office {
    Word,
    Excel,
    ExcelAddIn,
    PowerPoint,
    PowerPointAddIn,
    Visio,
    /// None that a document can be written for here: the listing alone is tried.
    Listing,
}

/// One input: its form, and its bytes.
pub(crate) type Input = (&'static str, Vec<u8>);

/// The same text in every form that it can have.
pub(crate) fn inputs(office: Office, text: &str) -> Vec<Input> {
    let project = || project(text);
    let package = |kind| Package::new(kind).vba(project().to_bin()).build();
    let mut inputs = match office {
        Office::Word => vec![
            ("docm", package(Kind::Docm)),
            ("doc", Doc::new().project(project()).build()),
        ],
        Office::Excel => vec![
            ("xlsm", package(Kind::Xlsm)),
            ("xls", Xls::new().project(project()).build()),
        ],
        Office::ExcelAddIn => vec![("xlam", package(Kind::Xlam))],
        Office::PowerPoint => vec![("pptm", package(Kind::Pptm))],
        Office::PowerPointAddIn => vec![("ppam", package(Kind::Ppam))],
        Office::Visio => vec![("vsdm", package(Kind::Vsdm))],
        Office::Listing => Vec::new(),
    };
    inputs.push(("listing", listing(text)));
    inputs
}

/// The modules of a text.
pub(crate) fn project(text: &str) -> Project {
    let mut project = Project::new("Project").code_page(code_page(text));
    let mut open = (ModuleKind::Standard, "Module1", String::new());
    let mut first = true;
    for line in text.lines() {
        let Some(head) = line.strip_prefix(HEAD) else {
            open.2.push_str(line);
            open.2.push('\n');
            continue;
        };
        let mut words = head.splitn(3, ' ');
        let (kind, name) = (words.next().unwrap(), words.next().unwrap());
        if kind == "reference" {
            project = project.reference(Reference::registered(name, words.next().unwrap()));
            continue;
        }
        if !first || !open.2.trim().is_empty() {
            project = project.module(Module::new(open.0, open.1, &open.2));
        }
        first = false;
        open = (module_kind(kind), name, String::new());
    }
    project.module(Module::new(open.0, open.1, &open.2))
}

fn module_kind(word: &str) -> ModuleKind {
    match word {
        "document" => ModuleKind::WordDocument,
        "workbook" => ModuleKind::Workbook,
        "sheet" => ModuleKind::Worksheet,
        "other" => ModuleKind::OtherDocument,
        "standard" => ModuleKind::Standard,
        "class" => ModuleKind::Class,
        "form" => ModuleKind::Form,
        _ => panic!("no kind of module is called {word}"),
    }
}

/// The text as the editor of a Japanese or Western Windows would export it.
fn listing(text: &str) -> Vec<u8> {
    encode(&text.replace('\n', "\r\n"), code_page(text))
}

fn code_page(text: &str) -> u16 {
    if text.chars().any(|letter| letter > '\u{FF}') {
        932
    } else {
        1252
    }
}

/// Whether an input is a listing of several modules, whose names and kinds are not in it.
pub(crate) fn is_jumble(form: &str, text: &str) -> bool {
    let modules = text.lines().filter(|line| line.starts_with(HEAD));
    form == "listing" && modules.count() > 1
}

/// What a verdict is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    Is(Verdict),
    AtLeast(Verdict),
}

impl Expect {
    pub(crate) fn holds(self, verdict: Verdict) -> bool {
        match self {
            Self::Is(expected) => verdict == expected,
            Self::AtLeast(expected) => verdict >= expected,
        }
    }
}

/// What went wrong in a table of cases, all of it at once.
#[derive(Debug, Default)]
pub(crate) struct Wrong {
    tried: usize,
    failures: Vec<Failure>,
}

/// What was wrong in one form of an input or several.
#[derive(Debug)]
struct Failure {
    what: String,
    forms: Vec<&'static str>,
    why: String,
}

impl Wrong {
    /// Notes whether something holds of a form of an input.
    pub(crate) fn check(&mut self, form: &'static str, holds: bool, what: impl FnOnce() -> String) {
        self.note(form, holds, || (what(), String::new()));
    }

    /// Scans, and notes whether the verdict is as expected.
    pub(crate) fn verdict(&mut self, name: &str, input: &Input, expect: Expect) -> Report {
        let report = SCANNER.scan(&input.1);
        let verdict = report.verdict();
        self.note(input.0, expect.holds(verdict), || {
            let what = format!("{name}: {}, not {expect:?}", verdict.name());
            (what, report.reasons()[0].clone())
        });
        report
    }

    /// Notes what of a text the parser does not understand: it would be judged by its words alone.
    pub(crate) fn understood(&mut self, name: &str, text: &str) {
        let mut names = words::names();
        let syntax = Syntax::read(text, Language::Vba, &mut names);
        let statements = syntax.statements.iter().filter_map(|one| match one {
            Statement::Unread(span) => Some(*span),
            _ => None,
        });
        for span in statements.chain(syntax.unread.iter().copied()) {
            let unread = &text[span.from as usize..span.to as usize];
            self.check("syntax", false, || {
                format!("{name}: {unread:?} is not understood")
            });
        }
        let unread = syntax.ops.contains(&Op::Unknown);
        self.check("syntax", !unread, || {
            format!("{name}: an expression is not understood")
        });
    }

    fn note(&mut self, form: &'static str, holds: bool, say: impl FnOnce() -> (String, String)) {
        self.tried += 1;
        if holds {
            return;
        }
        let (what, why) = say();
        match self.failures.iter_mut().find(|known| known.what == what) {
            Some(known) => known.forms.push(form),
            None => self.failures.push(Failure {
                what,
                forms: vec![form],
                why,
            }),
        }
    }

    /// Fails if anything went wrong.
    #[track_caller]
    pub(crate) fn none(self) {
        assert!(self.tried > 0, "nothing was tried");
        let lines: Vec<String> = self.failures.iter().map(Failure::line).collect();
        let count: usize = self.failures.iter().map(|one| one.forms.len()).sum();
        assert!(
            lines.is_empty(),
            "{count} of {}:\n{}",
            self.tried,
            lines.join("\n")
        );
    }
}

impl Failure {
    fn line(&self) -> String {
        format!("{} ({}) {}", self.what, self.forms.join(", "), self.why)
    }
}

/// Whether a report shows a text that does not stand in the source as it is: in a finding, or as
/// something decoded.
pub(crate) fn reveals(report: &Report, text: &str) -> bool {
    let iocs = report.iocs().iter().filter(|ioc| ioc.decoded);
    shows(report, iocs, text)
}

/// Whether a report names a text, decoded or as it stands there.
pub(crate) fn mentions(report: &Report, text: &str) -> bool {
    shows(report, report.iocs().iter(), text)
}

fn shows<'r>(report: &'r Report, iocs: impl Iterator<Item = &'r Ioc>, text: &str) -> bool {
    let text = refang(text);
    let findings = report.findings().iter().map(|one| one.text.as_str());
    findings
        .chain(iocs.map(|one| one.value.as_str()))
        .any(|shown| refang(shown).contains(&text))
}

/// The text before it was defanged.
fn refang(text: &str) -> String {
    let text = text
        .replace("hxxp", "http")
        .replace("[.]", ".")
        .replace("[:]", ":");
    text.to_lowercase()
}

#[test]
fn a_text_is_a_project_and_a_listing() {
    let text = "'# document ThisDocument\nSub A()\nEnd Sub\n'# form Form1\nSub B()\nEnd Sub\n";
    let project = project(text);
    let modules: Vec<_> = project
        .modules
        .iter()
        .map(|one| (one.kind, one.name.as_str()))
        .collect();
    assert_eq!(
        modules,
        [
            (ModuleKind::WordDocument, "ThisDocument"),
            (ModuleKind::Form, "Form1")
        ]
    );
    assert!(
        project.modules[1]
            .source
            .ends_with("Sub B()\r\nEnd Sub\r\n")
    );
    for (form, bytes) in inputs(Office::Word, text) {
        let report = SCANNER.scan(&bytes);
        assert_eq!(
            report.modules().len(),
            if form == "listing" { 1 } else { 2 },
            "{form}"
        );
        assert_eq!(report.verdict(), Verdict::Macro, "{form}");
    }
}
