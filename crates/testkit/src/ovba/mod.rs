//! VBA projects, [MS-OVBA]: the streams of one project, in any compound file.

mod compress;
mod dir;
mod project_stream;
mod protection;

#[cfg(all(test, feature = "arbitrary"))]
pub(crate) use compress::tests::decompress;
pub use compress::{ContainerFault, compress, compress_literal, compress_raw, compress_with};
pub use protection::Protection;

use crate::bytes::Put;
use crate::cfb;
use crate::code_page::encode;
use crate::forms::Form;

/// What a module belongs to; decides its line in `PROJECT` and its type in `dir`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleKind {
    /// `Document=`, the code behind a Word document.
    WordDocument,
    /// `Document=`, the code behind a workbook.
    Workbook,
    /// `Document=`, the code behind a sheet.
    Worksheet,
    /// `Document=`, the code behind a document of another program.
    OtherDocument,
    /// `Module=`.
    Standard,
    /// `Class=`.
    Class,
    /// `BaseClass=`, with a designer storage.
    Form,
}

impl ModuleKind {
    /// The attribute lines that Office stores before the text, [MS-OVBA] 2.3.4.3.
    fn attributes(self, name: &str) -> String {
        let base = match self {
            Self::Standard => return format!("Attribute VB_Name = \"{name}\"\r\n"),
            Self::WordDocument => "1Normal.ThisDocument",
            Self::Workbook => "0{00020819-0000-0000-C000-000000000046}",
            Self::Worksheet => "0{00020820-0000-0000-C000-000000000046}",
            Self::OtherDocument => "0{00021A20-0000-0000-C000-000000000046}",
            Self::Class => "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}",
            Self::Form => {
                "0{A9C8E3F1-0001-4000-8000-00000000F0F0}{B9C8E3F1-0002-4000-8000-00000000F0F0}"
            }
        };
        let document = !matches!(self, Self::Class | Self::Form);
        let flag = |set: bool| if set { "True" } else { "False" };
        format!(
            "Attribute VB_Name = \"{name}\"\r\n\
             Attribute VB_Base = \"{base}\"\r\n\
             Attribute VB_GlobalNameSpace = False\r\n\
             Attribute VB_Creatable = False\r\n\
             Attribute VB_PredeclaredId = {}\r\n\
             Attribute VB_Exposed = {}\r\n\
             Attribute VB_TemplateDerived = {}\r\n\
             Attribute VB_Customizable = {}\r\n",
            flag(self != Self::Class),
            flag(document),
            flag(self == Self::WordDocument),
            flag(document),
        )
    }

    const fn is_document(self) -> bool {
        matches!(
            self,
            Self::WordDocument | Self::Workbook | Self::Worksheet | Self::OtherDocument
        )
    }
}

/// One module.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its name, stored in the code page and as UTF-16.
    pub name: String,
    /// The name of its stream.
    pub stream_name: String,
    /// What it belongs to.
    pub kind: ModuleKind,
    /// The stored text, attribute lines included, lines ending in CR LF.
    pub source: String,
    /// The stored bytes, where they are not the text in the code page of the project.
    pub source_bytes: Option<Vec<u8>>,
    /// What lies before the source: the place of the compiled form.
    pub prefix: Vec<u8>,
}

impl Module {
    /// A module whose text is the attribute lines of its kind and then `body`, whose line ends
    /// may be LF.
    #[must_use]
    pub fn new(kind: ModuleKind, name: &str, body: &str) -> Self {
        let body = body.replace("\r\n", "\n").replace('\n', "\r\n");
        Self {
            name: name.into(),
            stream_name: name.into(),
            kind,
            source: kind.attributes(name) + &body,
            source_bytes: None,
            prefix: Vec::new(),
        }
    }

    /// A standard module.
    #[must_use]
    pub fn standard(name: &str, body: &str) -> Self {
        Self::new(ModuleKind::Standard, name, body)
    }

    /// Replaces the whole stored text, attribute lines included, by bytes.
    #[must_use]
    pub fn with_source_bytes(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.source_bytes = Some(bytes.into());
        self
    }

    /// Puts bytes before the source.
    #[must_use]
    pub fn with_prefix(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.prefix = bytes.into();
        self
    }

    /// Names the stream otherwise than the module.
    #[must_use]
    pub fn with_stream_name(mut self, name: &str) -> Self {
        self.stream_name = name.into();
        self
    }
}

/// What a reference points to, [MS-OVBA] 2.3.4.2.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A type library: the identifier of [MS-OVBA] 2.1.1.8.
    Registered(String),
    /// Another project: its absolute path, written as [MS-OVBA] 2.1.1.12 has it.
    Project(String),
    /// A library of controls: the identifier of the generated and that of the original library.
    Control(String, String),
}

/// One reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The name used in code.
    pub name: String,
    /// Whether the name record has its UTF-16 half, which some writers leave out.
    pub unicode_name: bool,
    /// What it points to.
    pub target: Target,
}

impl Reference {
    /// A reference to a type library.
    #[must_use]
    pub fn registered(name: &str, libid: &str) -> Self {
        Self::new(name, Target::Registered(libid.into()))
    }

    /// A reference to the project of another document.
    #[must_use]
    pub fn project(name: &str, path: &str) -> Self {
        Self::new(name, Target::Project(path.into()))
    }

    /// Leaves out the UTF-16 half of the name.
    #[must_use]
    pub fn ansi_only(mut self) -> Self {
        self.unicode_name = false;
        self
    }

    fn new(name: &str, target: Target) -> Self {
        Self {
            name: name.into(),
            unicode_name: true,
            target,
        }
    }

    /// OLE Automation, which nearly every project refers to.
    #[must_use]
    pub fn automation() -> Self {
        Self::registered(
            "stdole",
            "*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\\Windows\\System32\\stdole2.tlb#OLE Automation",
        )
    }

    /// Microsoft Forms, which a project with a form refers to.
    #[must_use]
    pub fn forms() -> Self {
        Self::new(
            "MSForms",
            Target::Control(
                "*\\G{0D452EE1-E08F-101A-852E-02608C4D0BB4}#2.0#0#C:\\Windows\\System32\\FM20.DLL#Microsoft Forms 2.0 Object Library".into(),
                "*\\G{0D452EE1-E08F-101A-852E-02608C4D0BB4}#2.0#0#C:\\Temp\\VBE\\MSForms.exd#Microsoft Forms 2.0 Object Library".into(),
            ),
        )
    }
}

/// A departure from [MS-OVBA]. Modules are named by their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `PROJECT` does not list the module.
    Unlisted(String),
    /// `PROJECT` lists a module that is nowhere else.
    ListedOnly(String),
    /// The names in the code page differ from the UTF-16 ones, which are right.
    AnsiName(String, String),
    /// The UTF-16 name of the stream differs from the one in the code page, which is right.
    UnicodeName(String, String),
    /// `MODULEOFFSET` points this far after the true offset.
    OffsetAfter(String, u32),
    /// `MODULEOFFSET` points this far before the true offset.
    OffsetBefore(String, u32),
    /// There is no `dir` stream.
    NoDir,
    /// The `dir` stream is no compressed container.
    GarbageDir,
    /// The `dir` stream counts no modules and lists none.
    NoModules,
    /// The `dir` stream counts this many modules.
    ModuleCount(u16),
    /// The `dir` stream ends after this many decompressed bytes.
    DirCut(usize),
    /// The container of the `dir` stream is faulty.
    DirContainer(ContainerFault),
    /// The containers of the modules are faulty.
    SourceContainer(ContainerFault),
    /// The stream of the module is missing.
    NoStream(String),
    /// There is no `PROJECT` stream.
    NoProject,
    /// The project says another code page than it is written in.
    CodePageLie(u16),
    /// The record has another size than its content: identifier and size.
    RecordSize(u16, u32),
}

/// A project.
///
/// ```
/// use macrosift_testkit::ovba::{Module, Project};
/// let project = Project::new("Project").module(Module::standard("Module1", "Sub A()\nEnd Sub\n"));
/// let bin = project.to_bin();
/// assert!(bin.starts_with(&[0xD0, 0xCF]));
/// ```
#[derive(Clone, Debug)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// The code page that it is written in and says it is written in.
    pub code_page: u16,
    /// Its modules.
    pub modules: Vec<Module>,
    /// The designers of its modules that are forms, by name; one that is not among them is empty.
    pub forms: Vec<Form>,
    /// Its references.
    pub references: Vec<Reference>,
    /// Whether and how viewing is barred.
    pub protection: Protection,
    /// Whether there is a `PROJECTwm` stream.
    pub project_wm: bool,
    /// Whether `dir` has the record PROJECTCOMPATVERSION, [MS-OVBA] 2.3.4.2.1.2.
    pub compat_version: bool,
    /// The stream `_VBA_PROJECT`; by default what is written where nothing is compiled.
    pub vba_project: Vec<u8>,
    /// Departures from the specification.
    pub faults: Vec<Fault>,
}

impl Project {
    /// A project without modules.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            code_page: 1252,
            modules: Vec::new(),
            forms: Vec::new(),
            references: vec![Reference::automation()],
            protection: Protection::Open,
            project_wm: true,
            compat_version: true,
            vba_project: vec![0xCC, 0x61, 0xFF, 0xFF, 0x00, 0x01, 0x00],
            faults: Vec::new(),
        }
    }

    /// Sets the code page.
    #[must_use]
    pub fn code_page(mut self, code_page: u16) -> Self {
        self.code_page = code_page;
        self
    }

    /// Adds a module.
    #[must_use]
    pub fn module(mut self, module: Module) -> Self {
        self.modules.push(module);
        self
    }

    /// Adds a form: a module with this text, and its designer.
    #[must_use]
    pub fn form(mut self, form: Form, body: &str) -> Self {
        self.modules
            .push(Module::new(ModuleKind::Form, &form.name, body));
        self.forms.push(form);
        self
    }

    /// Adds a reference.
    #[must_use]
    pub fn reference(mut self, reference: Reference) -> Self {
        self.references.push(reference);
        self
    }

    /// Sets the protection.
    #[must_use]
    pub fn protection(mut self, protection: Protection) -> Self {
        self.protection = protection;
        self
    }

    /// Adds a fault.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// The streams: path below the project's storage, and bytes.
    #[must_use]
    pub fn streams(&self) -> Vec<(String, Vec<u8>)> {
        let mut streams = Vec::new();
        if !self.has(&Fault::NoDir) {
            streams.push(("VBA/dir".into(), self.dir_stream()));
        }
        streams.push(("VBA/_VBA_PROJECT".into(), self.vba_project.clone()));
        for module in &self.modules {
            if !self.has(&Fault::NoStream(module.name.clone())) {
                let stream = self.module_stream(module);
                streams.push((format!("VBA/{}", module.stream_name), stream));
            }
            if module.kind == ModuleKind::Form {
                match self.forms.iter().find(|form| form.name == module.name) {
                    Some(form) => streams.extend(form.streams(self.code_page)),
                    None => streams.extend(designer(&module.name)),
                }
            }
        }
        if !self.has(&Fault::NoProject) {
            streams.push(("PROJECT".into(), project_stream::project(self)));
        }
        if self.project_wm {
            streams.push(("PROJECTwm".into(), project_stream::names(self)));
        }
        streams
    }

    /// Adds the streams to a compound file, below a storage (`""` for the root).
    pub fn add_to(&self, file: &mut cfb::Builder, storage: &str) {
        for (path, data) in self.streams() {
            file.stream(&format!("{storage}/{path}"), data);
        }
    }

    /// A compound file with the project at its root, as in `vbaProject.bin`.
    #[must_use]
    pub fn to_cfb(&self) -> cfb::Builder {
        let mut file = cfb::Builder::new();
        self.add_to(&mut file, "");
        file
    }

    /// The bytes of `vbaProject.bin`.
    #[must_use]
    pub fn to_bin(&self) -> Vec<u8> {
        self.to_cfb().build()
    }

    fn has(&self, fault: &Fault) -> bool {
        self.faults.contains(fault)
    }

    fn encode(&self, text: &str) -> Vec<u8> {
        encode(text, self.code_page)
    }

    fn dir_stream(&self) -> Vec<u8> {
        if self.has(&Fault::GarbageDir) {
            return b"this is no container, nor was it ever one".to_vec();
        }
        let mut dir = dir::write(self);
        let mut container = None;
        for fault in &self.faults {
            match fault {
                Fault::DirCut(length) => dir.truncate(*length),
                Fault::DirContainer(fault) => container = Some(fault),
                _ => {}
            }
        }
        compress_maybe(&dir, container)
    }

    fn module_stream(&self, module: &Module) -> Vec<u8> {
        let source = match &module.source_bytes {
            Some(bytes) => bytes.clone(),
            None => self.encode(&module.source),
        };
        let container = self.faults.iter().find_map(|fault| match fault {
            Fault::SourceContainer(fault) => Some(fault),
            _ => None,
        });
        let mut stream = module.prefix.clone();
        stream.put(&compress_maybe(&source, container));
        stream
    }
}

fn compress_maybe(data: &[u8], fault: Option<&ContainerFault>) -> Vec<u8> {
    fault.map_or_else(|| compress(data), |fault| compress_with(data, fault))
}

/// The designer storage of a form, [MS-OVBA] 2.2.10: what Office writes, cut to the bone.
fn designer(name: &str) -> [(String, Vec<u8>); 3] {
    let frame = format!(
        "VERSION 5.00\r\nBegin {{C62A69F0-16DC-11CE-9E98-00AA00574A4F}} {name} \r\n   \
         Caption         =   \"INERT TEST DOCUMENT\"\r\nEnd\r\n"
    );
    [
        (format!("{name}/\u{3}VBFrame"), frame.into_bytes()),
        // [MS-OFORMS] 2.2.10.1: FormControl version 4.0 with an empty property mask.
        (format!("{name}/f"), vec![0, 4, 4, 0, 0, 0, 0, 0]),
        (format!("{name}/o"), b"inert form string".to_vec()),
    ]
}

#[cfg(test)]
mod tests;
