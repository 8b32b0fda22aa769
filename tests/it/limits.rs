//! What a scan may cost: each limit ends the work, is named, and keeps what was found before.

use macrosift::{Ledger, Limit, Limits, Reason, Report, Scanner, Verdict, cfb, ovba};
use macrosift_testkit::cfb::{Builder, Fault};
use macrosift_testkit::office::{Kind, Package};
use macrosift_testkit::ovba::{Module, Project};

const BODY: &str = "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\n    Shell \"inert.exe\", 0\n    \
                    Shell \"https://example.invalid/a\", 0\nEnd Sub\n";

fn project(modules: usize) -> Project {
    let names = (0..modules).map(|number| format!("Module{number}"));
    names.fold(Project::new("Project"), |project, name| {
        project.module(Module::standard(&name, BODY))
    })
}

fn docm() -> Vec<u8> {
    Package::new(Kind::Docm).vba(project(3).to_bin()).build()
}

fn scan(limit: Limit, value: u64, bytes: &[u8]) -> Report {
    let limits = Limits::mail().with(limit, value);
    let scanner = Scanner::builder().limits(limits).keep_source(true).build();
    scanner.scan(bytes)
}

#[test]
fn each_limit_that_cuts_is_named_and_never_called_innocent() {
    let plain = BODY.repeat(50).into_bytes();
    for (limit, value, bytes) in [
        (Limit::InputBytes, 4000, &plain),
        (Limit::InputBytes, 1500, &docm()),
        (Limit::OutputBytes, 2000, &docm()),
        (Limit::OutputBytes, 6_000, &docm()),
        (Limit::Layers, 1, &docm()),
        (Limit::Depth, 0, &docm()),
        (Limit::Entries, 3, &docm()),
        (Limit::Entries, 17, &docm()),
        (Limit::Steps, 20, &docm()),
        (Limit::Modules, 1, &docm()),
        (Limit::SourceBytes, 300, &docm()),
        (Limit::Findings, 2, &docm()),
    ] {
        let report = scan(limit, value, bytes);
        let named = report.uninspected().iter().any(|gap| {
            gap.reason == Reason::Limit && gap.detail.contains(&format!("limit {limit} of {value}"))
        });
        assert!(named, "{limit} of {value}: {:?}", report.uninspected());
        assert!(
            report.verdict() >= Verdict::Unscannable,
            "{limit} of {value}"
        );
    }
}

#[test]
fn what_was_found_before_the_limit_is_kept() {
    let bytes = docm();
    let modules = |limit, value| scan(limit, value, &bytes).modules().len();
    assert_eq!(modules(Limit::Modules, 2), 2);
    assert_eq!(modules(Limit::Findings, 1), 3);

    let cut = scan(Limit::SourceBytes, 120, &bytes);
    assert_eq!(cut.modules()[0].size, 120);
    assert!(BODY.replace('\n', "\r\n").ends_with("End Sub\r\n"));
    assert!(cut.findings().iter().any(|one| one.text == "AutoOpen"));

    let plain = BODY.repeat(50);
    let half = scan(Limit::InputBytes, plain.len() as u64 / 2, plain.as_bytes());
    assert_eq!(half.size(), plain.len() as u64);
    assert_eq!(half.verdict(), Verdict::Malicious);
}

/// What only informs may be left out: no gap, and the same verdict.
#[test]
fn notes_beyond_their_limit_change_no_verdict() {
    let bytes = docm();
    let whole = scan(Limit::Depth, 12, &bytes);
    for limit in [Limit::Iocs, Limit::Observations] {
        let report = scan(limit, 0, &bytes);
        assert_eq!(report.verdict(), whole.verdict(), "{limit}");
        assert_eq!(report.findings(), whole.findings(), "{limit}");
        assert!(report.uninspected().is_empty(), "{limit}");
    }
    assert!(!whole.iocs().is_empty());
    let report = scan(Limit::Iocs, 0, &bytes);
    assert!(report.iocs().is_empty() && !report.observations().is_empty());
}

/// Every value of a limit, from nothing up: never a panic, never milder than the gaps say.
#[test]
fn any_value_of_any_limit() {
    let bytes = docm();
    let whole = scan(Limit::Depth, 12, &bytes);
    for limit in Limit::ALL {
        for value in (0..12).chain([20, 50, 200, 1000, 5000]) {
            let report = scan(limit, value, &bytes);
            if report.uninspected().is_empty() {
                assert_eq!(report.verdict(), whole.verdict(), "{limit} of {value}");
                assert_eq!(report.modules(), whole.modules(), "{limit} of {value}");
            } else {
                assert!(
                    report.verdict() >= Verdict::Unscannable,
                    "{limit} of {value}"
                );
            }
        }
    }
}

/// The work paid for while a compound file is read as a project.
fn work(bytes: &[u8]) -> u64 {
    let mut ledger = Ledger::new(Limits::unbounded());
    let file = cfb::File::parse(bytes, &mut ledger).unwrap();
    let survey = file.survey(&mut ledger);
    let mut text = Vec::new();
    ovba::read_projects(&file, &survey, &mut text, &mut ledger);
    [
        Limit::Steps,
        Limit::Entries,
        Limit::OutputBytes,
        Limit::Modules,
    ]
    .into_iter()
    .map(|limit| ledger.budget().spent(limit))
    .sum()
}

/// Text that compresses badly.
fn long_text(bytes: usize) -> String {
    let number = |row: usize| row.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let lines = (0..bytes / 21).map(|row| format!("x{:018x}\n", number(row)));
    lines.collect()
}

/// A stream whose sectors do not follow one another.
fn scattered(size: usize) -> Builder {
    let mut file = Builder::new();
    file.stream("a", vec![b'a'; size]).scatter("a");
    file
}

/// Files of one kind, about so many bytes long.
type Family = fn(usize) -> Vec<u8>;

/// For each kind of hostile file: eight times the bytes, about eight times the work.
#[test]
fn work_grows_with_the_bytes() {
    let families: [(&str, Family); 7] = [
        ("modules", |n| project(n / 500).to_bin()),
        ("long module", |n| {
            let module = Module::standard("Long", &long_text(n));
            Project::new("Project").module(module).to_bin()
        }),
        ("scattered", |n| scattered(n).build()),
        ("cycle", |n| {
            scattered(n).fault(Fault::Cycle("a".into())).build()
        }),
        ("cycle of unlimited size", |n| {
            let mut file = scattered(n);
            file.fault(Fault::Cycle("a".into()));
            file.fault(Fault::DeclaredSize("a".into(), 0xFFFF_FFFF));
            file.build()
        }),
        ("directory cycle", |n| {
            let mut file = Builder::new();
            for number in 0..n / 300 {
                file.stream(&format!("stream {number}"), b"inert".to_vec());
            }
            file.fault(Fault::DirectoryCycle).build()
        }),
        ("no dir", |n| {
            project(n / 500)
                .fault(macrosift_testkit::ovba::Fault::NoDir)
                .to_bin()
        }),
    ];
    for (name, family) in families {
        let (small, large) = (family(40_000), family(320_000));
        let growth = large.len() as f64 / small.len() as f64;
        let (cheap, dear) = (work(&small) as f64, work(&large) as f64);
        assert!(
            dear <= cheap * growth * 1.5 + 1000.0,
            "{name}: {cheap} for {} bytes, {dear} for {}",
            small.len(),
            large.len()
        );
    }
}

/// Many streams over one chain: the bytes are few and the work is not, so the budget ends it.
#[test]
fn what_is_shared_is_paid_for_each_time() {
    let mut file = project(60);
    file.modules[0] = Module::standard("Module0", &long_text(200_000));
    let mut file = file.to_cfb();
    for number in 1..60 {
        let path = |number| format!("VBA/Module{number}");
        file.fault(Fault::SameStart(path(number), path(0)));
        file.fault(Fault::DeclaredSize(path(number), 100_000));
    }
    let bytes = file.build();
    let report = scan(Limit::OutputBytes, 2_000_000, &bytes);
    let limit = report
        .uninspected()
        .iter()
        .any(|gap| gap.reason == Reason::Limit);
    assert!(limit && report.verdict() >= Verdict::Unscannable);
}
