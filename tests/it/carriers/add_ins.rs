//! Add-ins and templates, whose code runs whenever the program is started.

use macrosift::Verdict;
use macrosift_testkit::office::{Kind, Package, Xls};
use macrosift_testkit::ovba::{Module, ModuleKind, Project};

use super::Row;

/// A project whose procedure of that name starts a program that does not exist.
fn project(kind: ModuleKind, module: &str, procedure: &str) -> Project {
    let text = format!(
        "Sub {procedure}()\r\n    If Now > 0 Then Exit Sub\r\n    Shell \"inert-test.invalid\", 0\r\nEnd Sub\r\n"
    );
    Project::new("VBAProject").module(Module::new(kind, module, &text))
}

#[test]
fn a21_add_ins_and_templates_in_packages() {
    for (kind, module, procedure) in [
        (Kind::Xlam, "Module1", "Auto_Add"),
        (Kind::Xlam, "Module1", "Auto_Open"),
        (Kind::Ppam, "Module1", "Auto_Open"),
        (Kind::Dotm, "Module1", "AutoExec"),
    ] {
        let bin = project(ModuleKind::Standard, module, procedure).to_bin();
        Row::new(Package::new(kind).vba(bin).build(), Verdict::Malicious)
            .says("starts a program")
            .check();
    }
}

#[test]
fn a21_binary_add_in() {
    let project = project(
        ModuleKind::Workbook,
        "ThisWorkbook",
        "Workbook_AddinInstall",
    );
    let xla = Xls::new().project(project).build();
    Row::new(xla, Verdict::Malicious)
        .says("starts a program")
        .check();
}
