//! Reading what packages load: an ordinary file and its hostile twin.

#![allow(missing_docs, reason = "a bench")]

use criterion::{Criterion, criterion_group, criterion_main};

fn reading(_criterion: &mut Criterion) {}

criterion_group!(benches, reading);
criterion_main!(benches);
