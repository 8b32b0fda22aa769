//! The streams `PROJECT`, [MS-OVBA] 2.3.1, and `PROJECTwm`, [MS-OVBA] 2.3.3.

use std::fmt::Write;

use super::{Fault, Module, ModuleKind, Project};
use crate::bytes::{Put, utf16};

/// The text of the first line; it keys the values of protection.
const PROJECT_ID: &str = "{4D414352-4F53-4946-5445-535400000000}";

/// `PROJECT`, in the code page of the project.
pub(super) fn project(project: &Project) -> Vec<u8> {
    let listed: Vec<&Module> = project
        .modules
        .iter()
        .filter(|module| !project.has(&Fault::Unlisted(module.name.clone())))
        .collect();
    let mut text = format!("ID=\"{PROJECT_ID}\"\r\n");
    for Module { kind, name, .. } in &listed {
        let line = match kind {
            ModuleKind::Standard => format!("Module={name}"),
            ModuleKind::Class => format!("Class={name}"),
            ModuleKind::Form => {
                format!("Package={{AC9F2F90-E877-11CE-9F68-00AA00574A4F}}\r\nBaseClass={name}")
            }
            document => {
                debug_assert!(document.is_document());
                format!("Document={name}/&H00000000")
            }
        };
        text += &line;
        text += "\r\n";
    }
    for fault in &project.faults {
        if let Fault::ListedOnly(name) = fault {
            let _ = write!(text, "Module={name}\r\n");
        }
    }
    let _ = write!(
        text,
        "Name=\"{}\"\r\nHelpContextID=\"0\"\r\nVersionCompatible32=\"393222000\"\r\n",
        project.name
    );
    text += &project.protection.lines(PROJECT_ID);
    text += "\r\n[Host Extender Info]\r\n\
             &H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000\r\n\
             \r\n[Workspace]\r\n";
    for module in &listed {
        let _ = write!(text, "{}=0, 0, 0, 0, C\r\n", module.name);
    }
    project.encode(&text)
}

/// `PROJECTwm`: names in the code page beside the same in UTF-16.
pub(super) fn names(project: &Project) -> Vec<u8> {
    let mut bytes = Vec::new();
    for module in &project.modules {
        bytes.put(&project.encode(&module.name));
        bytes.push(0);
        bytes.put(&utf16(&module.name));
        bytes.put16(0);
    }
    bytes.put16(0);
    bytes
}
