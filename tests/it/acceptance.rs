//! Ordinary macros: what offices write may be released, or at most waits for a person.
//!
//! Each is tried as documents with the right kinds of modules, and as a bare listing. `macro` is
//! meant where nothing else is said; `held` is `suspicious`, never `malicious`. The reason stands
//! beside each, since a verdict that nobody can explain is none.
//!
//! | file | what |
//! |---|---|
//! | `list` | the acceptance list: what other scanners hold |
//! | `tables` | workbooks: tables, files, printing, charts |
//! | `programs` | other programs, and objects of Windows |
//! | `letters` | letters, forms, talks |
//! | `japanese` | workbooks of Japanese offices |

mod japanese;
mod letters;
mod list;
mod programs;
mod tables;

use macrosift::Verdict;
use macrosift_testkit::office::{Kind, Package, Twist};

use crate::sketch::{Expect, Office, Wrong, inputs};

/// An ordinary macro.
struct Case {
    /// What it does.
    name: &'static str,
    /// The program of the document.
    office: Office,
    /// What the verdict is to be.
    verdict: Verdict,
    /// Why.
    why: &'static str,
    /// The modules.
    text: &'static str,
}

const fn case(
    office: Office,
    verdict: Verdict,
    name: &'static str,
    why: &'static str,
    text: &'static str,
) -> Case {
    Case {
        name,
        office,
        verdict,
        why,
        text,
    }
}

const fn excel(name: &'static str, why: &'static str, text: &'static str) -> Case {
    case(Office::Excel, Verdict::Macro, name, why, text)
}

const fn add_in(name: &'static str, why: &'static str, text: &'static str) -> Case {
    case(Office::ExcelAddIn, Verdict::Macro, name, why, text)
}

const fn word(name: &'static str, why: &'static str, text: &'static str) -> Case {
    case(Office::Word, Verdict::Macro, name, why, text)
}

const fn slides(name: &'static str, why: &'static str, text: &'static str) -> Case {
    case(Office::PowerPoint, Verdict::Macro, name, why, text)
}

const fn held(office: Office, name: &'static str, why: &'static str, text: &'static str) -> Case {
    case(office, Verdict::Suspicious, name, why, text)
}

fn check(cases: &[Case]) {
    let mut wrong = Wrong::default();
    for case in cases {
        let text = case.text.trim_start();
        wrong.understood(case.name, text);
        for input in inputs(case.office, text) {
            let name = format!("{} ({})", case.name, case.why);
            wrong.verdict(&name, &input, Expect::Is(case.verdict));
        }
    }
    wrong.none();
}

#[test]
fn the_acceptance_list() {
    check(list::CASES);
}

#[test]
fn tables() {
    check(tables::CASES);
}

#[test]
fn other_programs() {
    check(programs::CASES);
}

#[test]
fn letters_and_talks() {
    check(letters::CASES);
}

#[test]
fn japanese_offices() {
    check(japanese::CASES);
}

/// What a document without macros leads to: ordinary links, and a template of the office.
#[test]
fn documents_without_macros() {
    let link = |target: &str| Twist::External {
        kind: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
            .into(),
        target: target.into(),
    };
    let template = "file:///C:\\Office\\Templates\\letter.dotm";
    let cases = [
        (
            Kind::Docx,
            link("https://www.example.invalid/a?b=c"),
            Verdict::Clean,
        ),
        (Kind::Docx, link("mailto:a@example.invalid"), Verdict::Clean),
        (
            Kind::Xlsx,
            link("https://www.example.invalid/"),
            Verdict::Clean,
        ),
        (
            Kind::Pptx,
            link("http://www.example.invalid/#top"),
            Verdict::Clean,
        ),
        (
            Kind::Docx,
            Twist::AttachedTemplate(template.into()),
            Verdict::Macro,
        ),
    ];
    let mut wrong = Wrong::default();
    for (kind, twist, verdict) in cases {
        let name = format!("{twist:?}");
        let input = (kind.extension(), Package::new(kind).twist(twist).build());
        let report = wrong.verdict(&name, &input, Expect::Is(verdict));
        wrong.check(input.0, report.uninspected().is_empty(), || {
            format!("{:?}", report.uninspected())
        });
    }
    wrong.none();
}
