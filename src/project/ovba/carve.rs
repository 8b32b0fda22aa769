//! Source that no project leads to, found by its shape.

use std::fmt;

use crate::limits::Limit;
use crate::observe::{Ledger, Reason};
use crate::project::{Module, ModuleKind, Project};

use super::DEFAULT_CODE_PAGE;
use super::decompress::{Extent, Outcome, read};
use super::search::attribute_containers;

/// Source in bytes of no known structure, such as a compound file that has lost its directory.
pub fn carve(data: &[u8], text: &mut Vec<u8>, ledger: &mut Ledger) -> Option<Project> {
    let mut project = Project {
        code_page: DEFAULT_CODE_PAGE,
        ..Project::default()
    };
    carve_from(data, "", &mut project, text, ledger);
    (!project.modules.is_empty()).then_some(project)
}

/// Source among the values of a database, which is where Access keeps it. That it is found by
/// search says nothing about the file.
pub fn harvest(data: &[u8], text: &mut Vec<u8>, ledger: &mut Ledger) -> Option<Project> {
    const PAID: [Limit; 3] = [Limit::Modules, Limit::OutputBytes, Limit::Steps];
    let budget = ledger.budget();
    let left = PAID
        .into_iter()
        .fold(budget.limits().clone(), |limits, limit| {
            limits.with(limit, budget.left(limit))
        });
    let mut notes = Ledger::new(left);
    let project = carve(data, text, &mut notes);
    for limit in PAID {
        ledger.charge(limit, notes.budget().spent(limit)).ok()?;
    }
    for gap in notes.gaps() {
        ledger.gap(gap.reason, format_args!("{}", gap.detail));
    }
    project
}

/// Appends to `project` a module for each container that is found in `bytes`.
pub(super) fn carve_from(
    bytes: &[u8],
    path: &str,
    project: &mut Project,
    text: &mut Vec<u8>,
    ledger: &mut Ledger,
) {
    let mut next = 0;
    for start in attribute_containers(bytes) {
        // A container found inside the one before is its text, not another.
        if start < next || ledger.charge(Limit::Modules, 1).is_err() {
            continue;
        }
        let from = text.len();
        let rest = bytes.get(start..).unwrap_or_default();
        let (outcome, length) = read(rest, Extent::Signed, text, ledger);
        next = start.saturating_add(length);
        ledger.observe(
            "ovba.carved",
            "[MS-OVBA] 2.4.1",
            start as u64,
            format_args!("source found by search in {}", Place(path)),
        );
        if outcome == Outcome::Damaged {
            ledger.gap(
                Reason::Damaged,
                format_args!("source found by search is damaged; what could be read was"),
            );
        }
        project.modules.push(Module {
            name: format!("carved{}", project.modules.len().saturating_add(1)),
            stream: path.to_owned(),
            kind: ModuleKind::Unknown,
            source: from..text.len(),
            code_page: project.code_page,
        });
    }
}

/// Where source was found.
struct Place<'p>(&'p str);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            "" => f.write_str("bytes that belong to no stream"),
            path => write!(f, "stream {path}, which no project lists"),
        }
    }
}
