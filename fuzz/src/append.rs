//! A project with one module more: nothing becomes milder.
//!
//! What is added is a class. Its procedures are nobody's but its own ([MS-VBAL] 5.3.1.1), so that
//! no call of the other modules means another thing from then on; a standard module could define
//! a `Shell` that starts nothing.

use macrosift_testkit::office::{Kind, Package};
use macrosift_testkit::ovba::{Module, ModuleKind, Project};

use super::scan::{MAIL, agrees_with_itself};

/// The target: the text behind the document, that of a standard module, and that of the class, a
/// zero between them.
pub fn append(data: &[u8]) {
    let mut texts = data.splitn(3, |&byte| byte == 0);
    let mut module = |kind, name| {
        let text = texts.next().unwrap_or_default();
        Module::new(kind, name, "").with_source_bytes(text)
    };
    let project = Project::new("Project")
        .module(module(ModuleKind::WordDocument, "ThisDocument"))
        .module(module(ModuleKind::Standard, "Module1"));
    let longer = project.clone().module(module(ModuleKind::Class, "Added1"));
    let scan = |project: &Project| {
        let bytes = Package::new(Kind::Docm).vba(project.to_bin()).build();
        let report = MAIL.scan(&bytes);
        agrees_with_itself(&bytes, &report);
        report
    };
    let (short, long) = (scan(&project), scan(&longer));
    assert!(
        short.verdict() <= long.verdict(),
        "{:?} with two modules ({}), {:?} with three ({})",
        short.verdict(),
        short.reasons()[0],
        long.verdict(),
        long.reasons()[0]
    );
}
