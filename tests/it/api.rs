//! The crate from outside, as an embedder uses it.

use std::panic::{RefUnwindSafe, UnwindSafe};

use macrosift::{Hashes, Limits, Report, Scanner, Scratch, Verdict};
use macrosift_testkit::corpus::documents;
use macrosift_testkit::office::{Kind, Package};
use macrosift_testkit::ovba::{Module, ModuleKind, Project};

fn document(name: &str) -> Vec<u8> {
    let mut all = documents().into_iter();
    all.find(|one| one.name == name).unwrap().bytes
}

/// Built once and shared by all threads; a panic of the caller's own breaks nothing.
#[test]
fn what_is_shared_may_be_shared() {
    fn shared<T: Send + Sync + UnwindSafe + RefUnwindSafe>() {}
    fn moved<T: Send>() {}
    shared::<Scanner>();
    shared::<Report>();
    shared::<Limits>();
    shared::<Verdict>();
    shared::<macrosift::Error>();
    moved::<Scratch>();
    moved::<macrosift::Ledger>();
}

#[test]
fn a_filter_holds_what_is_suspicious_and_says_why() {
    let scanner = Scanner::builder()
        .limits(Limits::mail())
        .password("infected")
        .build();
    let report = scanner.scan_named(&document("chain/auto-open-download.doc"), "請求書.doc");
    assert!(report.verdict() >= Verdict::Suspicious);
    assert!(!report.reasons()[0].is_empty());
    for finding in report.findings() {
        assert!(finding.rule.starts_with(finding.category));
        assert!(finding.line.is_some() && !finding.why.is_empty());
        assert!(scanner.rules().iter().any(|rule| rule.id == finding.rule));
    }
    assert!(report.verdict() < Verdict::Malicious || report.verdict().name() == "malicious");
}

#[test]
fn a_scratch_that_was_used_gives_the_same_reports() {
    let scanner = Scanner::builder().keep_source(true).build();
    let mut scratch = Scratch::new();
    let documents = documents();
    for one in documents.iter().chain(documents.iter().rev()) {
        let used = scanner.scan_with(&mut scratch, &one.bytes, None);
        assert!(used == scanner.scan(&one.bytes), "{}", one.name);
    }
}

#[test]
fn a_name_decides_nothing_about_documents() {
    let scanner = Scanner::new();
    for one in documents()
        .iter()
        .filter(|one| !one.name.starts_with("other/"))
    {
        for name in ["a.txt", "", "a.docx", "\0/\\..\u{202E}cod.exe", "a.vbs"] {
            let named = scanner.scan_named(&one.bytes, name);
            assert!(
                named == scanner.scan(&one.bytes),
                "{} as {name:?}",
                one.name
            );
        }
    }
}

#[test]
fn hashes_and_sources_are_there_when_asked_for() {
    let flagged = document("business/menu.ppam");
    let clean = document("clean/letter.docx");
    let scan = |hashes, bytes: &[u8]| Scanner::builder().hashes(hashes).build().scan(bytes);
    let hashed = |report: &Report| {
        let layers = report.layers().iter().all(|layer| layer.sha256.is_some());
        (report.sha256().is_some(), layers)
    };
    assert_eq!(hashed(&scan(Hashes::None, &flagged)), (false, false));
    assert_eq!(hashed(&scan(Hashes::Flagged, &flagged)), (true, true));
    assert_eq!(hashed(&scan(Hashes::Flagged, &clean)), (false, false));
    assert_eq!(hashed(&scan(Hashes::All, &clean)), (true, true));
    let all = scan(Hashes::All, &flagged);
    assert_eq!(all.sha256(), scan(Hashes::Flagged, &flagged).sha256());
    assert_eq!(all.sha256().copied(), all.layers()[0].sha256);
    assert!(all.modules()[0].source.is_none());
    let kept = Scanner::builder().keep_source(true).build().scan(&flagged);
    assert!(
        kept.modules()[0]
            .source
            .as_ref()
            .unwrap()
            .contains("Sub Auto_Open()")
    );
}

#[test]
fn code_is_known_by_its_project_or_by_each_of_its_modules() {
    let behind = "Private Sub Go_Click()\n  Prepare\nEnd Sub";
    let act = "Sub Prepare()\n  Shell \"inert-test.invalid\"\nEnd Sub";
    let project = Project::new("VBAProject")
        .module(Module::new(ModuleKind::Workbook, "ThisWorkbook", behind))
        .module(Module::standard("Module1", act))
        .module(Module::standard("Module2", ""));
    let bytes = Package::new(Kind::Xlsm).vba(project.to_bin()).build();
    let plain = Scanner::builder()
        .hashes(Hashes::Flagged)
        .build()
        .scan(&bytes);
    assert_eq!(plain.verdict(), Verdict::Suspicious);
    let project = plain.projects()[0].identity.unwrap();
    let modules: Vec<_> = plain
        .modules()
        .iter()
        .filter_map(|one| one.identity)
        .collect();
    assert_eq!(modules.len(), 2);
    let verdict = |identities: &[[u8; 32]]| {
        let builder = Scanner::builder().allow(identities.iter().copied());
        builder.build().scan(&bytes).verdict()
    };
    assert_eq!(verdict(&[project]), Verdict::Macro);
    assert_eq!(verdict(&modules), Verdict::Macro);
    assert_eq!(verdict(&modules[1..]), Verdict::Suspicious);
    assert_eq!(verdict(&[[7; 32]]), Verdict::Suspicious);
    // They are there when something needs them.
    assert!(Scanner::new().scan(&bytes).projects().is_empty());
    let asked = Scanner::builder().allow([[7; 32]]).build().scan(&bytes);
    assert_eq!(asked.projects(), plain.projects());
}

#[test]
fn passwords_that_open_nothing_are_counted_and_not_told() {
    let bytes = document("encrypted/password.docx");
    let detail = |scanner: Scanner| scanner.scan(&bytes).uninspected()[0].detail.clone();
    let with = detail(Scanner::builder().password("secret").build());
    assert_ne!(with, detail(Scanner::new()));
    assert!(!with.contains("secret"));
}

#[cfg(feature = "parallel")]
#[test]
fn a_batch_gives_what_single_scans_give_in_order() {
    use std::ops::ControlFlow;
    use std::path::Path;

    use macrosift::{Batch, Outcome, scan_all};

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/documents");
    let scanner = Scanner::new();
    let run = |jobs| {
        let mut records = Vec::new();
        Batch::new(&scanner).jobs(jobs).run([&folder], |record| {
            let Outcome::Document(report) = record.outcome else {
                panic!("{record:?}");
            };
            records.push((record.path, *report));
            ControlFlow::Continue(())
        });
        records
    };
    let one = run(1);
    assert_eq!(one.len(), documents().len());
    assert!(one.is_sorted_by(|(a, _), (b, _)| a < b));
    assert!(one == run(4));
    for (path, report) in &one {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(path).unwrap();
        assert!(*report == scanner.scan_named(&bytes, name), "{name}");
    }
    let inputs: Vec<Vec<u8>> = documents().into_iter().map(|one| one.bytes).collect();
    let each: Vec<Report> = inputs.iter().map(|input| scanner.scan(input)).collect();
    assert!(scan_all(&scanner, &inputs) == each);
}
