//! Reading forms and their controls: an ordinary file and its hostile twins.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench that fails should stop, and criterion's macro makes undocumented items"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use macrosift::project::forms::read;
use macrosift::{Ledger, Limits, cfb};
use macrosift_testkit::forms::{Class, Control, Fault, Form};
use macrosift_testkit::ovba::Project;

fn label(number: usize) -> Control {
    Control::new(Class::Label, &format!("Label{number}"))
        .caption("INERT TEST DOCUMENT")
        .tag("請求書の送付")
}

fn bytes(form: Form) -> Vec<u8> {
    Project::new("Project").form(form, "").to_bin()
}

fn reading(criterion: &mut Criterion) {
    let ordinary = (0..40).map(label).fold(Form::new("F"), Form::control);
    let many = (0..50_000).map(label).fold(Form::new("F"), Form::control);
    let claims = ordinary.clone().fault(Fault::SiteCount(1_000_000));
    // As deep as a path of the compound file is told.
    let nested = (0..60).fold(label(0), |inner, number| {
        let holds = Class::Frame(vec![inner]);
        Control::new(holds, &format!("Frame{number}"))
    });
    let sizes = (0..40).fold(ordinary.clone(), |form, number| {
        form.fault(Fault::ObjectSize(format!("Label{number}"), u32::MAX))
    });
    let mut group = criterion.benchmark_group("forms");
    for (name, form) in [
        ("ordinary", ordinary),
        ("50000 controls", many),
        ("a million claimed", claims),
        ("nested storages", Form::new("F").control(nested)),
        ("sizes beyond the stream", sizes),
    ] {
        let bytes = bytes(form);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut ledger = Ledger::new(Limits::mail());
                let file = cfb::File::parse(black_box(&bytes), &mut ledger).unwrap();
                read(&file, &mut ledger)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
