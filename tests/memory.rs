//! How much memory a scan takes at its worst. A program of its own, because what is counted is
//! what the whole process allocates.

use macrosift::{Limit, Limits, Reason, Report, Scanner, Verdict};
use macrosift_testkit::office::{Doc, Kind, Package};
use macrosift_testkit::ovba::{Module, Project};
use macrosift_testkit::zip::{Archive, Member};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const MIB: usize = 1 << 20;

/// The report, and how many bytes more than before were in use at the most.
fn measured(scanner: &Scanner, bytes: &[u8]) -> (Report, usize) {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let report = scanner.scan(bytes);
    (report, ALLOCATOR.peak_usage().saturating_sub(before))
}

fn project() -> Project {
    let body = "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\nEnd Sub\n";
    Project::new("Project").module(Module::standard("Module1", body))
}

/// Padding is how a document is made too large for scanners. It costs its own bytes and no more.
fn padded(scanner: &Scanner) {
    let mut bytes = Doc::new().project(project()).build();
    bytes.resize(200 * MIB, 0);
    let (report, peak) = measured(scanner, &bytes);
    assert_eq!(report.modules().len(), 1);
    assert!(report.verdict() >= Verdict::Macro);
    assert!(peak < 4 * MIB, "{peak} bytes for a padded document");
}

/// A part that inflates a thousandfold takes what the budget allows, and what growing a buffer
/// takes on top.
fn bomb() {
    let zeros = vec![0; 48 * MIB];
    let bytes = Package::new(Kind::Docm).vba(zeros).build();
    assert!(bytes.len() < 48 * MIB / 900);
    for budget in [1, 8, 64] {
        let limits = Limits::mail().with(Limit::OutputBytes, (budget * MIB) as u64);
        let scanner = Scanner::builder().limits(limits).build();
        let (report, peak) = measured(&scanner, &bytes);
        let most = 3 * budget.min(48) * MIB + 2 * MIB;
        assert!(peak < most, "{peak} bytes for a budget of {budget} MiB");
        let cut = |gap: &macrosift::Gap| gap.reason == Reason::Limit;
        assert_eq!(report.uninspected().iter().any(cut), budget < 48);
        assert!(report.verdict() >= Verdict::Unscannable);
    }
}

/// What fields declare is never believed.
fn declared() {
    let mut file = project().to_cfb();
    for stream in file.streams() {
        let fault = macrosift_testkit::cfb::Fault::DeclaredSize(stream, 0xFFFF_FFFF);
        file.fault(fault);
    }
    let many = Archive::new()
        .member(Member::new("a", "inert"))
        .fault(macrosift_testkit::zip::Fault::Count(0xFFFF));
    let scanner = Scanner::new();
    for bytes in [file.build(), many.build()] {
        let (_, peak) = measured(&scanner, &bytes);
        assert!(peak < MIB, "{peak} bytes for {}", bytes.len());
    }
}

/// One test: others beside it would be counted too.
#[test]
fn memory_is_bounded_by_what_is_paid_for() {
    let scanner = Scanner::new();
    assert_eq!(scanner.scan(&project().to_bin()).modules().len(), 1);
    padded(&scanner);
    bomb();
    declared();
}
