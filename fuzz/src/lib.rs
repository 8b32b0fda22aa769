//! The bodies of the fuzz targets: plain functions that panic where something does not hold.
//!
//! They build on stable, so that `tests/it/replay.rs` runs all seeds and regressions through
//! them in the ordinary test run.

mod append;
mod cfb;
mod encrypted;
mod flat;
mod forms;
mod mime;
mod one_note;
mod ovba_decompress;
mod ovba_dir;
mod presentation;
mod rtf;
mod scan;
mod source;
mod structured;
mod text;
mod visio;
mod zip;

pub use self::append::append;
pub use self::cfb::cfb;
pub use self::encrypted::encrypted;
pub use self::flat::flat;
pub use self::forms::forms;
pub use self::mime::mime;
pub use self::one_note::one_note;
pub use self::ovba_decompress::ovba_decompress;
pub use self::ovba_dir::ovba_dir;
pub use self::presentation::presentation;
pub use self::rtf::rtf;
pub use self::scan::scan;
pub use self::source::source;
pub use self::structured::structured;
pub use self::text::text;
pub use self::visio::visio;
pub use self::zip::zip;

/// A target.
pub type Target = fn(&[u8]);

/// Every target by its name, which is that of its folders below `corpus/`.
pub const TARGETS: [(&str, Target); 17] = [
    ("cfb", cfb),
    ("zip", zip),
    ("ovba_decompress", ovba_decompress),
    ("ovba_dir", ovba_dir),
    ("text", text),
    ("source", source),
    ("scan", scan),
    ("structured", structured),
    ("append", append),
    ("encrypted", encrypted),
    ("flat", flat),
    ("forms", forms),
    ("mime", mime),
    ("one_note", one_note),
    ("presentation", presentation),
    ("rtf", rtf),
    ("visio", visio),
];

/// Asserts that the work paid for is at most `per_byte` for each byte and `flat` for the whole.
fn assert_linear(
    ledger: &macrosift::Ledger,
    limit: macrosift::Limit,
    bytes: usize,
    per_byte: u64,
    flat: u64,
) {
    let spent = ledger.budget().spent(limit);
    let bound = bytes as u64 * per_byte + flat;
    assert!(spent <= bound, "{spent} {limit} for {bytes} bytes");
}

/// Whether a limit was reached, so that what was read may be less than there is.
fn cut_short(ledger: &macrosift::Ledger) -> bool {
    let mut gaps = ledger.gaps().iter();
    gaps.any(|gap| gap.reason == macrosift::Reason::Limit)
}
