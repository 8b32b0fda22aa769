//! Structured fuzzing input: a [`DocumentSpec`] is drawn from bytes, builds a document, and says
//! which sources a reader must find in it.
//!
//! Whatever is drawn is inert: each procedure leaves at its first statement.

mod fault;
mod source;

use arbitrary::Arbitrary;

use crate::cfb;
use crate::office::{Doc, Kind, Package, Ppt, ProjectStorage, Twist, Xls};
use crate::ovba::{Module, Project, Protection, Reference};
use crate::zip::{Archive, Descriptor, Method};

pub use fault::{CfbFault, FaultSpec, OvbaFault, ZipFault};
pub use source::{Language, ModuleSpec, ProcedureSpec, Statement, Trigger};

/// No document is larger, whatever the specification.
pub const MAX_SIZE: usize = 256 << 10;
const MAX_MODULES: usize = 6;
const MAX_FAULTS: usize = 3;

/// What a reader owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// There is no fault: every module, with its name and exact text.
    Exact,
    /// There is one fault, which leaves all sources and a way to them: every text, whatever the
    /// names.
    Texts,
    /// No more than not to panic, and not to call the document clean.
    Nothing,
}

/// The wrapping of the project.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// `vbaProject.bin` on its own.
    Bin,
    /// Binary Word document.
    Doc,
    /// Binary workbook.
    Xls,
    /// Binary presentation; the project is compressed or not.
    Ppt(bool),
    /// Word package.
    Docm,
    /// Excel package.
    Xlsm,
    /// Binary Excel package.
    Xlsb,
    /// PowerPoint package.
    Pptm,
    /// Visio package.
    Vsdm,
}

/// Freedoms of writers: all are well-formed, or accepted by Office.
#[derive(Arbitrary, Clone, Copy, Debug, Default)]
pub struct Layout {
    /// Sectors of 4096 bytes.
    pub large_sectors: bool,
    /// Streams are scattered.
    pub scattered: bool,
    /// The cutoff of the mini stream is 64.
    pub small_cutoff: bool,
    /// Members are stored.
    pub stored: bool,
    /// Members have a data descriptor; with its signature or without.
    pub descriptor: Option<bool>,
    /// Members and the archive have the fields of ZIP64.
    pub zip64: bool,
    /// The twist of the package.
    pub twist: Option<PackageTwist>,
    /// The project asks for a password, or shows no code.
    pub protection: Option<bool>,
    /// `dir` lacks the record that newer writers add.
    pub no_compat_version: bool,
    /// A reference without the UTF-16 half of its name.
    pub ansi_reference: bool,
}

/// Twists of a package that hide nothing from a reader that looks into every part.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageTwist {
    /// The project is named as a picture.
    RenamedProject,
    /// The main part is typed as free of macros.
    MacroFreeType,
    /// Strict namespaces.
    Strict,
    /// Names and targets differ in case.
    OddCase,
    /// Targets start with a slash.
    AbsoluteTargets,
    /// Targets climb.
    ParentTargets,
    /// Targets have backslashes.
    BackslashTargets,
    /// Relationships are in UTF-16.
    Utf16Relationships,
    /// Nothing relates to the project.
    UnrelatedProject,
    /// There are two `[Content_Types].xml`.
    SecondContentTypes,
}

/// A document.
#[derive(Arbitrary, Clone, Debug)]
pub struct DocumentSpec {
    /// The wrapping.
    pub carrier: Carrier,
    /// The code page and the words of names and comments.
    pub language: Language,
    /// The modules; more than a handful are left out.
    pub modules: Vec<ModuleSpec>,
    /// Well-formed variation.
    pub layout: Layout,
    /// Faults; more than a few are left out, as are those of containers that are not there.
    pub faults: Vec<FaultSpec>,
}

impl DocumentSpec {
    /// The bytes of the document, at most [`MAX_SIZE`].
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        let mut bytes = self.build_carrier();
        bytes.truncate(MAX_SIZE);
        bytes
    }

    /// The modules that a reader must find, as far as [`promise`](Self::promise) goes: name and
    /// stored text.
    #[must_use]
    pub fn expected_sources(&self) -> Vec<(String, String)> {
        let modules = self.modules().into_iter();
        modules.map(|module| (module.name, module.source)).collect()
    }

    /// What a reader owes of [`expected_sources`](Self::expected_sources).
    #[must_use]
    pub fn promise(&self) -> Promise {
        let mut faults = self.faults();
        match (faults.next(), faults.next()) {
            (None, _) => Promise::Exact,
            (Some(fault), None) if fault.keeps_sources() && self.ends_are_known(fault) => {
                Promise::Texts
            }
            _ => Promise::Nothing,
        }
    }

    /// Whether each member says where it ends. A stored one whose size follows it does not, once
    /// the central directory cannot be found.
    const fn ends_are_known(&self, fault: &FaultSpec) -> bool {
        let unknown = self.layout.stored && self.layout.descriptor.is_some();
        let found = !matches!(
            fault,
            FaultSpec::Zip(ZipFault::NoEnd | ZipFault::NoCentral | ZipFault::ZeroEnd)
        );
        found || !unknown
    }

    /// The faults that have something to act on.
    fn faults(&self) -> impl Iterator<Item = &FaultSpec> {
        let first = self.faults.iter().take(MAX_FAULTS);
        let package = self.package_kind().is_some();
        let modules = !self.modules.is_empty();
        first.filter(move |fault| match fault {
            FaultSpec::Zip(_) => package,
            FaultSpec::Ovba(_) => modules,
            FaultSpec::Cfb(_) => true,
        })
    }

    const fn package_kind(&self) -> Option<Kind> {
        match self.carrier {
            Carrier::Docm => Some(Kind::Docm),
            Carrier::Xlsm => Some(Kind::Xlsm),
            Carrier::Xlsb => Some(Kind::Xlsb),
            Carrier::Pptm => Some(Kind::Pptm),
            Carrier::Vsdm => Some(Kind::Vsdm),
            Carrier::Bin | Carrier::Doc | Carrier::Xls | Carrier::Ppt(_) => None,
        }
    }

    fn modules(&self) -> Vec<Module> {
        let specs = self.modules.iter().take(MAX_MODULES).enumerate();
        specs
            .map(|(index, spec)| spec.build(index, self.language))
            .collect()
    }

    fn project(&self) -> Project {
        let mut project = Project::new(self.language.word()).code_page(self.language.code_page());
        project.modules = self.modules();
        project.compat_version = !self.layout.no_compat_version;
        project.protection = match self.layout.protection {
            None => Protection::Open,
            Some(true) => Protection::Locked,
            Some(false) => Protection::Unviewable,
        };
        if self.layout.ansi_reference {
            let reference = Reference::project("Other", "\\\\server.invalid\\share\\other.xlam");
            project.references.push(reference.ansi_only());
        }
        for fault in self.faults() {
            if let FaultSpec::Ovba(fault) = fault {
                project.faults.push(fault.of(&project.modules));
            }
        }
        project
    }

    /// Applies layout and faults to the compound file that holds the project.
    fn finish(&self, mut file: cfb::Builder) -> Vec<u8> {
        let streams = file.streams();
        if self.layout.large_sectors {
            file.version(cfb::Version::V4);
        }
        if self.layout.small_cutoff {
            file.cutoff(64);
        }
        if self.layout.scattered {
            for stream in &streams {
                file.scatter(stream);
            }
        }
        for fault in self.faults() {
            if let FaultSpec::Cfb(fault) = fault {
                file.fault(fault.of(&streams));
            }
        }
        file.build()
    }

    fn build_carrier(&self) -> Vec<u8> {
        let project = self.project();
        match self.carrier {
            Carrier::Bin => self.finish(project.to_cfb()),
            Carrier::Doc => self.finish(Doc::new().project(project).to_cfb()),
            Carrier::Xls => self.finish(Xls::new().project(project).to_cfb()),
            Carrier::Ppt(compressed) => {
                let storage = if compressed {
                    ProjectStorage::Compressed
                } else {
                    ProjectStorage::Plain
                };
                // Layout and faults go to the inner file, the one with the project.
                let bin = self.finish(project.to_cfb());
                Ppt::new().project(bin, storage).build()
            }
            _ => {
                let kind = self.package_kind().expect("the rest are packages");
                let bin = self.finish(project.to_cfb());
                self.archive(Package::new(kind).vba(bin)).build()
            }
        }
    }

    fn archive(&self, package: Package) -> Archive {
        let package = match self.layout.twist {
            Some(twist) => package.twist(twist.of()),
            None => package,
        };
        let mut archive = package.archive();
        archive.zip64 = self.layout.zip64;
        for member in &mut archive.members {
            member.zip64 = self.layout.zip64;
            if self.layout.stored {
                member.method = Method::Stored;
            }
            member.descriptor = match self.layout.descriptor {
                None => Descriptor::None,
                Some(true) => Descriptor::Signed,
                Some(false) => Descriptor::Unsigned,
            };
        }
        for fault in self.faults() {
            if let FaultSpec::Zip(fault) = fault {
                fault.apply(&mut archive);
            }
        }
        archive
    }
}

impl PackageTwist {
    fn of(self) -> Twist {
        match self {
            Self::RenamedProject => Twist::VbaPart("media/image1.png".into()),
            Self::MacroFreeType => Twist::MacroFreeType,
            Self::Strict => Twist::Strict,
            Self::OddCase => Twist::OddCase,
            Self::AbsoluteTargets => Twist::AbsoluteTargets,
            Self::ParentTargets => Twist::ParentTargets,
            Self::BackslashTargets => Twist::BackslashTargets,
            Self::Utf16Relationships => Twist::Utf16Relationships,
            Self::UnrelatedProject => Twist::UnrelatedVba,
            Self::SecondContentTypes => Twist::SecondContentTypes,
        }
    }
}

#[cfg(test)]
mod tests;
