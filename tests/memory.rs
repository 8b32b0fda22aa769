//! How much memory a scan takes at its worst. A program of its own, because what is counted is
//! what the whole process allocates.

use macrosift::{Hashes, Limit, Limits, Reason, Report, Scanner, Verdict};
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
    let same = vec![b'x'; 48 * MIB];
    let bytes = Package::new(Kind::Docm).vba(same).build();
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

/// A small member that is a document and more than 500 MB of zeros, as Emotet was sent in 2023: in
/// an archive, and as an object in a document.
fn padded_in_a_member() {
    let body = "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\n    Shell \"powershell.exe -c inert\"\nEnd Sub\n";
    let project = Project::new("Project").module(Module::standard("Module1", body));
    let document = Doc::new().project(project).build();
    let member = |name: &str, mib: u32| Member::new(name, document.clone()).zeros(mib);
    let archive = Archive::new().member(member("請求書.doc", 540));
    let embedded = member("word/embeddings/object.doc", 40);
    let package = Package::new(Kind::Docx).archive().member(embedded);
    // A hash has to be that of the whole, and takes longer than all the rest.
    let scanner = Scanner::builder().hashes(Hashes::None).build();
    for (file, mib) in [(archive, 540), (package, 40)] {
        let (bytes, size) = (file.build(), document.len() + mib * MIB);
        assert!(bytes.len() < MIB);
        let (report, peak) = measured(&scanner, &bytes);
        assert!(peak < 64 * MIB, "{peak} bytes for a padded member");
        assert_eq!(
            report.verdict(),
            Verdict::Malicious,
            "{:?}",
            report.reasons()
        );
        let gap = |gap: &macrosift::Gap| gap.reason == Reason::Limit;
        assert!(!report.uninspected().iter().any(gap));
        let padding = report
            .observations()
            .iter()
            .find(|one| one.code == "cfb.padding");
        let detail = padding.map_or("", |padding| &padding.detail);
        assert!(detail.contains(&format!("of {size} bytes")), "{detail:?}");
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
    padded_in_a_member();
    declared();
}
