//! Real documents of many programs, where the machine has them: nothing panics, and any number
//! of threads gives the same reports. They lie beside the checkout and are never copied into it.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use macrosift::{Batch, Outcome, Reason, Report, Scanner, Verdict};

fn samples() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    if beside.is_dir() {
        return Some(beside);
    }
    eprintln!("skipped: there are no samples at {}", beside.display());
    None
}

fn scan(scanner: &Scanner, folder: &Path, jobs: usize) -> Vec<(PathBuf, Report)> {
    let mut reports = Vec::new();
    Batch::new(scanner).jobs(jobs).run([folder], |record| {
        if let Outcome::Document(report) = record.outcome {
            reports.push((record.path, *report));
        }
        ControlFlow::Continue(())
    });
    reports
}

#[test]
fn nothing_panics_and_threads_change_nothing() {
    let Some(folder) = samples() else { return };
    let scanner = Scanner::new();
    let one = scan(&scanner, &folder, 1);
    assert!(one.len() > 10);
    for (path, report) in &one {
        let gaps = report.uninspected();
        assert!(
            gaps.iter().all(|gap| gap.reason != Reason::Internal),
            "{}: {gaps:?}",
            path.display()
        );
        if !gaps.is_empty() {
            assert!(
                report.verdict() >= Verdict::Unscannable,
                "{}",
                path.display()
            );
        }
    }
    let many = scan(&scanner, &folder, 4);
    assert_eq!(one.len(), many.len());
    for (one, many) in one.iter().zip(&many) {
        assert!(one == many, "{}", one.0.display());
    }
}
