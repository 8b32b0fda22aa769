//! What a scan hands to the outside: an owned [`Report`], the same for programs and people.
//!
//! With the `serde` feature every type here serialises to the keys of the NDJSON contract, in
//! its order; see [`json`].

#[cfg(feature = "serde")]
pub mod json;

use crate::verdict::Verdict;

/// A SHA-256 value.
pub type Sha256 = [u8; 32];

/// How much of the input was really inspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Coverage {
    /// All of it.
    Complete,
    /// All but what `uninspected` lists.
    Partial,
    /// Nothing beyond its type.
    None,
}

impl Coverage {
    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::None => "none",
        }
    }
}

/// One nested document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layer {
    /// Its number; 0 is the input.
    pub id: u32,
    /// The layer that holds it.
    pub parent: Option<u32>,
    /// Its name in that layer.
    pub name: Option<String>,
    /// What it is, told by structure.
    pub format: &'static str,
    /// Of its bytes, if hashes were asked for.
    pub sha256: Option<Sha256>,
}

/// One unit of code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Module {
    /// The layer that holds it.
    pub layer: u32,
    /// Its name.
    pub name: String,
    /// The path of its stream in the layer; empty for plain source.
    pub stream: String,
    /// `vba`, `vbscript` …
    pub language: &'static str,
    /// `document`, `standard`, `class`, `form`, `unknown`.
    pub kind: &'static str,
    /// The Windows code page its text was stored in, where it was one.
    pub code_page: Option<u16>,
    /// The length of its text in bytes of UTF-8.
    pub size: u64,
    /// Of the text in UTF-8, if hashes were asked for.
    pub sha256: Option<Sha256>,
    /// Of the code however it is written down, if hashes were asked for or an allow list was
    /// given; none without code. See [`identity`](crate::source::identity).
    pub identity: Option<Sha256>,
    /// The text, if it was asked for: as stored, attribute lines included.
    pub source: Option<String>,
}

/// Modules that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Project {
    /// The layer that holds it.
    pub layer: u32,
    /// Its name; empty for plain source.
    pub name: String,
    /// Its modules, as indices in [`Report::modules`].
    pub modules: Vec<u32>,
    /// Of its modules and their names, as [`Module::identity`].
    pub identity: Option<Sha256>,
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// The rule's category.
    pub category: &'static str,
    /// The evidence level, 1 to 4: see [`indicator::Finding`](crate::indicator::Finding::level).
    pub level: u8,
    /// ATT&CK technique ids.
    pub attack: &'static [&'static str],
    /// The layer it was found in.
    pub layer: u32,
    /// The module's index in [`Report::modules`], if it is in one.
    pub module: Option<u32>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
    /// The matched text, cut to a readable length.
    pub text: String,
    /// One sentence: why it matters.
    pub why: &'static str,
}

/// An address, path or name that the content mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ioc {
    /// `url`, `host`, `ip`, `path`, `command`, `hash`.
    pub kind: &'static str,
    /// The value, defanged.
    pub value: String,
    /// The layer it was found in.
    pub layer: u32,
    /// The module's index in [`Report::modules`], if it is in one.
    pub module: Option<u32>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// Whether it was computed and does not stand in the text as it is.
    pub decoded: bool,
}

/// The report on one input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    pub(crate) size: u64,
    pub(crate) sha256: Option<Sha256>,
    pub(crate) format: &'static str,
    pub(crate) verdict: Verdict,
    pub(crate) reasons: Vec<String>,
    pub(crate) coverage: Coverage,
    pub(crate) uninspected: Vec<crate::Gap>,
    pub(crate) layers: Vec<Layer>,
    pub(crate) modules: Vec<Module>,
    pub(crate) projects: Vec<Project>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) iocs: Vec<Ioc>,
    pub(crate) observations: Vec<crate::Observation>,
}

impl Report {
    /// The length of the input in bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The hash of the input, if it was asked for.
    #[must_use]
    pub const fn sha256(&self) -> Option<&Sha256> {
        self.sha256.as_ref()
    }

    /// What the input is, told by structure.
    #[must_use]
    pub const fn format(&self) -> &'static str {
        self.format
    }

    /// The judgement.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Why, one sentence each for a person, worst first.
    #[must_use]
    pub fn reasons(&self) -> &[String] {
        &self.reasons
    }

    /// How much was inspected.
    #[must_use]
    pub const fn coverage(&self) -> Coverage {
        self.coverage
    }

    /// What was not inspected; empty if and only if the coverage is complete.
    #[must_use]
    pub fn uninspected(&self) -> &[crate::Gap] {
        &self.uninspected
    }

    /// The nested documents, the input itself first.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The units of code.
    #[must_use]
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// The projects that the units of code belong to, if hashes were asked for or an allow list
    /// was given.
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// The rules that fired.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Addresses, paths and names that the content mentions.
    #[must_use]
    pub fn iocs(&self) -> &[Ioc] {
        &self.iocs
    }

    /// What was malformed, tolerated or noteworthy.
    #[must_use]
    pub fn observations(&self) -> &[crate::Observation] {
        &self.observations
    }
}

/// For the batch layer, which knows of an input what a scan cannot.
#[cfg(feature = "parallel")]
impl Report {
    /// The report on an input on which the scan itself failed.
    pub(crate) fn internal(size: u64, detail: String) -> Self {
        let format = "unknown";
        let uninspected = vec![crate::Gap {
            reason: crate::Reason::Internal,
            layer: 0,
            detail,
        }];
        let judgement = crate::verdict::judge(&crate::verdict::Evidence {
            findings: &[],
            project_of: &[],
            followed: &[],
            allowed: &[],
            module_names: &[],
            observations: &[],
            gaps: &uninspected,
            carrier: true,
            active: false,
        });
        Self {
            size,
            sha256: None,
            format,
            verdict: judgement.verdict,
            reasons: judgement.reasons,
            coverage: Coverage::None,
            uninspected,
            layers: vec![Layer {
                id: 0,
                parent: None,
                name: None,
                format,
                sha256: None,
            }],
            modules: Vec::new(),
            projects: Vec::new(),
            findings: Vec::new(),
            iocs: Vec::new(),
            observations: Vec::new(),
        }
    }

    /// States the true size of an input of which only the start was handed over. A hash of the
    /// start is not the hash of the input, so it goes.
    pub(crate) fn cut_from(&mut self, size: u64) {
        if self.size != size {
            self.size = size;
            self.sha256 = None;
            if let Some(input) = self.layers.first_mut() {
                input.sha256 = None;
            }
        }
    }
}
