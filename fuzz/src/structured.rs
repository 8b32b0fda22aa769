//! Documents from the kit, well-formed or with faults: their modules are found as it promises.

use arbitrary::{Arbitrary, Unstructured};
use macrosift::{Reason, Report, Verdict};
use macrosift_testkit::spec::{Carrier, DocumentSpec, Promise};

use super::scan::{MAIL, agrees_with_itself};

/// The target.
pub fn structured(data: &[u8]) {
    let Ok(spec) = DocumentSpec::arbitrary(&mut Unstructured::new(data)) else {
        return;
    };
    let bytes = spec.build();
    let report = MAIL.scan(&bytes);
    agrees_with_itself(&bytes, &report);
    let expected = spec.expected_sources();
    // Presentations in the old format are not decoded yet, and the report has to say so.
    let undecoded = matches!(spec.carrier, Carrier::Ppt(_));
    let mut gaps = report.uninspected().iter();
    let told = gaps.any(|gap| gap.reason >= Reason::Unsupported);
    match spec.promise() {
        _ if undecoded && told => {}
        Promise::Exact => {
            assert_eq!(found(&report), sorted(expected.clone()), "{spec:?}");
            more_is_no_milder(&spec, &report);
        }
        Promise::Texts => {
            for (name, text) in &expected {
                let texts = report
                    .modules()
                    .iter()
                    .filter_map(|one| one.source.as_ref());
                assert!(
                    texts.into_iter().any(|one| one == text),
                    "{name} of {spec:?}"
                );
            }
        }
        Promise::Nothing => {}
    }
    if !expected.is_empty() {
        assert_ne!(report.verdict(), Verdict::Clean, "{spec:?}");
    }
}

fn sorted(mut modules: Vec<(String, String)>) -> Vec<(String, String)> {
    modules.sort();
    modules
}

fn found(report: &Report) -> Vec<(String, String)> {
    let modules = report.modules().iter();
    sorted(
        modules
            .map(|module| {
                (
                    module.name.clone(),
                    module.source.clone().unwrap_or_default(),
                )
            })
            .collect(),
    )
}

/// A module more makes no document milder.
fn more_is_no_milder(spec: &DocumentSpec, report: &Report) {
    let mut fewer = spec.clone();
    let count = spec.expected_sources().len();
    if count == 0 {
        return;
    }
    fewer.modules.truncate(count - 1);
    let milder = MAIL.scan(&fewer.build());
    assert!(milder.verdict() <= report.verdict(), "{spec:?}");
}
