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
        for input in inputs(case.office, case.text.trim_start()) {
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

/// A letter whose template lies on a drive of the office.
#[test]
fn a_template_on_a_drive() {
    let template = Twist::AttachedTemplate("file:///C:\\Office\\Templates\\letter.dotm".into());
    let input = ("docx", Package::new(Kind::Docx).twist(template).build());
    let mut wrong = Wrong::default();
    let report = wrong.verdict("a template", &input, Expect::Is(Verdict::Macro));
    wrong.check(report.uninspected().is_empty(), || {
        format!("{:?}", report.uninspected())
    });
    wrong.none();
}
