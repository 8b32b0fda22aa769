//! The `dir` stream, [MS-OVBA] 2.3.4.2, decompressed.

use super::{Fault, Module, ModuleKind, Project, Reference, Target};
use crate::bytes::{Put, len32, utf16};

pub(super) fn write(project: &Project) -> Vec<u8> {
    let mut dir = Records {
        bytes: Vec::new(),
        project,
    };
    dir.information();
    for reference in &project.references {
        dir.reference(reference);
    }
    dir.modules();
    dir.record(0x0010, &[]);
    dir.bytes
}

struct Records<'a> {
    bytes: Vec<u8>,
    project: &'a Project,
}

impl Records<'_> {
    fn record(&mut self, id: u16, data: &[u8]) {
        let lie = self.project.faults.iter().find_map(|fault| match fault {
            Fault::RecordSize(of, size) if *of == id => Some(*size),
            _ => None,
        });
        self.bytes.put16(id);
        self.bytes.put32(lie.unwrap_or_else(|| len32(data)));
        self.bytes.put(data);
    }

    fn record32(&mut self, id: u16, value: u32) {
        self.record(id, &value.to_le_bytes());
    }

    fn record16(&mut self, id: u16, value: u16) {
        self.record(id, &value.to_le_bytes());
    }

    /// Text in the code page, then as UTF-16 under another identifier.
    fn text(&mut self, id: u16, unicode_id: u16, text: &str) {
        self.record(id, &self.project.encode(text));
        self.record(unicode_id, &utf16(text));
    }

    /// [MS-OVBA] 2.3.4.2.1
    fn information(&mut self) {
        let project = self.project;
        let declared = project.faults.iter().find_map(|fault| match fault {
            Fault::CodePageLie(declared) => Some(*declared),
            _ => None,
        });
        let name = project.encode(&project.name);
        self.record32(0x0001, 1); // PROJECTSYSKIND: 32-bit Windows
        if project.compat_version {
            self.record32(0x004A, 3); // PROJECTCOMPATVERSION
        }
        self.record32(0x0002, 0x0409); // PROJECTLCID
        self.record32(0x0014, 0x0409); // PROJECTLCIDINVOKE
        self.record16(0x0003, declared.unwrap_or(project.code_page)); // PROJECTCODEPAGE
        self.record(0x0004, &name); // PROJECTNAME
        self.text(0x0005, 0x0040, ""); // PROJECTDOCSTRING
        self.record(0x0006, &[]); // PROJECTHELPFILEPATH, twice
        self.record(0x003D, &[]);
        self.record32(0x0007, 0); // PROJECTHELPCONTEXT
        self.record32(0x0008, 0); // PROJECTLIBFLAGS
        self.record32(0x0009, 0x5D00_0001); // PROJECTVERSION: its size leaves out the minor half
        self.bytes.put16(7);
        self.text(0x000C, 0x003C, ""); // PROJECTCONSTANTS
    }

    /// [MS-OVBA] 2.3.4.2.2
    fn reference(&mut self, reference: &Reference) {
        self.reference_name(reference);
        match &reference.target {
            Target::Registered(libid) => {
                let mut data = self.counted(libid);
                data.zeros(6);
                self.record(0x000D, &data);
            }
            Target::Project(path) => {
                let mut data = self.counted(&format!("*\\C{path}"));
                let file = path.rsplit(['\\', '/']).next().unwrap_or_default();
                data.extend(self.counted(&format!("*\\C{file}")));
                data.put32(0x5D00_0001);
                data.put16(7);
                self.record(0x000E, &data);
            }
            Target::Control(original, extended) => {
                self.record(0x0033, &self.project.encode(original));
                let mut twiddled =
                    self.counted("*\\G{00000000-0000-0000-0000-000000000000}#0.0#0##");
                twiddled.zeros(6);
                self.record(0x002F, &twiddled);
                self.reference_name(reference);
                let mut data = self.counted(extended);
                data.zeros(6);
                data.put(b"\xE1\x2E\x45\x0D\x8F\xE0\x1A\x10\x85\x2E\x02\x60\x8C\x4D\x0B\xB4");
                data.put32(1);
                self.record(0x0030, &data);
            }
        }
    }

    fn reference_name(&mut self, reference: &Reference) {
        self.record(0x0016, &self.project.encode(&reference.name));
        if reference.unicode_name {
            self.record(0x003E, &utf16(&reference.name));
        }
    }

    /// Text in the code page after its size.
    fn counted(&self, text: &str) -> Vec<u8> {
        let text = self.project.encode(text);
        let mut bytes = Vec::new();
        bytes.put32(len32(&text));
        bytes.put(&text);
        bytes
    }

    /// [MS-OVBA] 2.3.4.2.3
    fn modules(&mut self) {
        let project = self.project;
        let listed: &[Module] = if project.has(&Fault::NoModules) {
            &[]
        } else {
            &project.modules
        };
        let claimed = project.faults.iter().find_map(|fault| match fault {
            Fault::ModuleCount(count) => Some(*count),
            _ => None,
        });
        self.record16(0x000F, claimed.unwrap_or(listed.len() as u16)); // PROJECTMODULES
        self.record16(0x0013, 0xFFFF); // PROJECTCOOKIE
        for module in listed {
            self.module(module);
        }
    }

    /// [MS-OVBA] 2.3.4.2.3.2
    fn module(&mut self, module: &Module) {
        let mut ansi_name = &module.name;
        let mut ansi_stream = &module.stream_name;
        let mut unicode_stream = &module.stream_name;
        let mut offset = module.prefix.len() as u32;
        for fault in &self.project.faults {
            match fault {
                Fault::AnsiName(of, name) if *of == module.name => {
                    (ansi_name, ansi_stream) = (name, name);
                }
                Fault::UnicodeName(of, name) if *of == module.name => unicode_stream = name,
                Fault::OffsetAfter(of, by) if *of == module.name => offset += by,
                Fault::OffsetBefore(of, by) if *of == module.name => {
                    offset = offset.saturating_sub(*by);
                }
                _ => {}
            }
        }
        self.record(0x0019, &self.project.encode(ansi_name)); // MODULENAME
        self.record(0x0047, &utf16(&module.name)); // MODULENAMEUNICODE
        self.record(0x001A, &self.project.encode(ansi_stream)); // MODULESTREAMNAME
        self.record(0x0032, &utf16(unicode_stream));
        self.text(0x001C, 0x0048, ""); // MODULEDOCSTRING
        self.record32(0x0031, offset); // MODULEOFFSET
        self.record32(0x001E, 0); // MODULEHELPCONTEXT
        self.record16(0x002C, 0xFFFF); // MODULECOOKIE
        let procedural = module.kind == ModuleKind::Standard;
        self.record(if procedural { 0x0021 } else { 0x0022 }, &[]); // MODULETYPE
        self.record(0x002B, &[]);
    }
}
