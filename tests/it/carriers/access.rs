//! Databases of Access: the VBA among their values.

use macrosift::report::Coverage;
use macrosift::{Scanner, Verdict};
use macrosift_testkit::access::database;
use macrosift_testkit::ovba::{Module, Project};

use super::Row;

/// The stream of a module of this text.
fn stream(text: &str) -> Vec<u8> {
    let project = Project::new("P").module(Module::standard("Module1", text));
    let mut streams = project.streams().into_iter();
    let (_, stream) = streams.find(|(path, _)| path.ends_with("Module1")).unwrap();
    stream
}

const CHAIN: &str = "Sub AutoExec()\n    If Now > 0 Then Exit Sub\n    Shell \"inert-test.invalid\", 0\n\
    End Sub\n";

#[test]
fn a19_mdb_without_modules() {
    Row::new(database(&[b"a value"]), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .says("an Access database")
        .check();
}

#[test]
fn a19_accdb_module_in_a_value() {
    let report = Row::new(database(&[b"other", &stream(CHAIN)]), Verdict::Malicious)
        .coverage(Coverage::Partial)
        .rules(&["execution.shell"])
        .check();
    assert_eq!(report.modules().len(), 1);
    assert!(report.observations().is_empty());
}

#[test]
fn a19_accdb_module_over_many_pages() {
    let lines: String = (0..2000_u32)
        .map(|n| format!("    x = {}\n", n.wrapping_mul(2_654_435_761)))
        .collect();
    let text = format!("{CHAIN}Sub Long()\n{lines}    Name \"last\" As \"line\"\nEnd Sub\n");
    let bytes = database(&[&stream(&text)]);
    assert!(bytes.len() > 4 * 4096);
    let report = Scanner::builder().keep_source(true).build().scan(&bytes);
    let source = report.modules()[0].source.as_deref().unwrap();
    assert!(source.trim_end().ends_with("End Sub") && source.contains("\"last\""));
}
