//! One scan of one input: the layers in turn, and what is collected on the way.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::container::{Kind, sniff};
use crate::indicator::loads::Judged;
use crate::indicator::{Finding, Ioc};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};
use crate::project::document::Identity;
use crate::project::{
    Code, Language, Load, LoadKind, ModuleKind, Project, Reference, Start, TextEncoding,
};
use crate::report::{Layer, Module};
use crate::source::{Source, identity};

use super::equation::Equations;
use super::follow::Searched;
use super::queue::{Child, Queue};
use super::{Hashes, Scanner, Scratch};

/// The state of one scan.
pub(super) struct Pass<'s> {
    pub(super) scanner: &'s Scanner,
    pub(super) scratch: &'s mut Scratch,
    pub(super) ledger: Ledger,
    pub(super) layers: Vec<Layer>,
    pub(super) modules: Vec<Module>,
    /// For each module the number of its project: chains do not cross projects.
    pub(super) project_of: Vec<u32>,
    /// The name of each project, by number.
    pub(super) project_names: Vec<String>,
    /// For each project, whether its calls were followed.
    pub(super) followed: Vec<bool>,
    /// What calls procedures, by the layer that says so: a package, of the project in it.
    pub(super) starts: Vec<(u32, Start)>,
    pub(super) findings: Vec<Finding>,
    pub(super) iocs: Vec<Ioc>,
    /// What was told already of what the layer that is read loads.
    pub(super) judged: Judged,
    /// What the objects of the old Equation Editor hold.
    pub(super) equations: Equations,
    /// Whether any layer is of a kind that carries macros.
    pub(super) carrier: bool,
    /// Whether any layer has active content other than modules.
    pub(super) active: bool,
    /// Whether anything beyond the type of the input was read.
    pub(super) inspected: bool,
    /// Whether the input is longer than what a limit let through.
    pub(super) cut: bool,
    /// How many zeros follow the bytes of the layer that is read and were not kept.
    pub(super) zeros: u64,
}

/// A unit of code, and where it was found.
pub(super) struct Stored<'c> {
    pub(super) code: Code<'c>,
    pub(super) name: String,
    pub(super) stream: String,
    pub(super) kind: ModuleKind,
}

/// What a layer is made of, kept to be hashed and for texts that code asks for.
pub(super) struct Kept<'a> {
    bytes: Cow<'a, [u8]>,
    zeros: u64,
}

impl Kept<'_> {
    /// The hash of the layer, with the zeros behind its bytes.
    pub(super) fn sha256(&self) -> [u8; 32] {
        hash_with_zeros(&self.bytes, self.zeros)
    }
}

fn hash_with_zeros(bytes: &[u8], zeros: u64) -> [u8; 32] {
    const BLOCK: [u8; 1 << 12] = [0; 1 << 12];
    let mut hash = Sha256::new();
    hash.update(bytes);
    let mut left = zeros;
    while left > 0 {
        let block =
            usize::try_from(left).map_or(&BLOCK[..], |left| BLOCK.get(..left).unwrap_or(&BLOCK));
        hash.update(block);
        left -= block.len() as u64;
    }
    hash.finalize().into()
}

impl<'s> Pass<'s> {
    pub(super) fn new(scanner: &'s Scanner, scratch: &'s mut Scratch) -> Self {
        Self {
            scanner,
            scratch,
            ledger: Ledger::new(scanner.limits.clone()),
            layers: Vec::new(),
            modules: Vec::new(),
            project_of: Vec::new(),
            project_names: Vec::new(),
            followed: Vec::new(),
            starts: Vec::new(),
            findings: Vec::new(),
            iocs: Vec::new(),
            judged: Judged::default(),
            equations: Equations::default(),
            carrier: false,
            active: false,
            inspected: false,
            cut: false,
            zeros: 0,
        }
    }

    /// Reads the input and everything in it, and returns the layers by number.
    pub(super) fn read<'a>(&mut self, input: &'a [u8], name: Option<&str>) -> Vec<Kept<'a>> {
        let bytes = self.within_limit(input);
        let kept = self.layers(bytes, name);
        self.judge_equations();
        self.scratch.settle();
        kept
    }

    fn within_limit<'a>(&mut self, input: &'a [u8]) -> &'a [u8] {
        let size = input.len() as u64;
        if self.ledger.charge(Limit::InputBytes, size).is_ok() {
            return input;
        }
        self.cut = true;
        let limit = self.ledger.budget().limits().get(Limit::InputBytes);
        usize::try_from(limit)
            .ok()
            .and_then(|limit| input.get(..limit))
            .unwrap_or(input)
    }

    fn layers<'a>(&mut self, input: &'a [u8], name: Option<&str>) -> Vec<Kept<'a>> {
        let mut queue = Queue::new(input, name);
        let mut kept = Vec::new();
        while let Some(item) = queue.pop() {
            // Until it has a number, what is said of it is said of the layer that holds it.
            self.ledger.enter(item.parent.unwrap_or(0));
            if self.ledger.charge(Limit::Layers, 1).is_err() {
                break;
            }
            let id = self.layers.len() as u32;
            let depth = item.depth();
            self.ledger.enter(id);
            self.layers.push(Layer {
                id,
                parent: item.parent,
                name: item.name.filter(|_| item.parent.is_some()),
                format: "unknown",
                sha256: None,
            });
            self.zeros = item.zeros;
            let hint = if id == 0 { name } else { None };
            if self.scanner.hashes == Hashes::All {
                let hash = hash_with_zeros(&item.bytes, item.zeros);
                if let Some(layer) = self.layers.last_mut() {
                    layer.sha256 = Some(hash);
                }
            }
            let zeros = item.zeros;
            match item.bytes {
                Cow::Borrowed(bytes) => {
                    let mut children = Vec::new();
                    let holders = self.holders(bytes, &kept);
                    self.layer(id, bytes, &holders, hint, &mut children);
                    queue.extend(children.into_iter(), id, depth, &mut self.ledger);
                    let bytes = Cow::Borrowed(bytes);
                    kept.push(Kept { bytes, zeros });
                }
                Cow::Owned(bytes) => {
                    let mut children = Vec::new();
                    let holders = self.holders(&bytes, &kept);
                    self.layer(id, &bytes, &holders, hint, &mut children);
                    let owned = children.into_iter().map(Child::into_owned);
                    queue.extend(owned, id, depth, &mut self.ledger);
                    let bytes = Cow::Owned(bytes);
                    kept.push(Kept { bytes, zeros });
                }
            }
        }
        kept
    }

    /// The layer that is read and those around it, from the inside out.
    fn holders<'b>(&self, own: &'b [u8], kept: &'b [Kept<'_>]) -> Vec<&'b [u8]> {
        let up = |layer: &Layer| self.layers.get(layer.parent? as usize);
        let around = std::iter::successors(self.layers.last().and_then(up), |layer| up(layer));
        let around = around.filter_map(|layer| kept.get(layer.id as usize));
        std::iter::once(own)
            .chain(around.map(|layer| &*layer.bytes))
            .collect()
    }

    /// Reads one layer and hands its children over.
    ///
    /// `holders` are the layer itself and those around it, from the inside out.
    fn layer<'b>(
        &mut self,
        id: u32,
        bytes: &'b [u8],
        holders: &[&[u8]],
        name: Option<&str>,
        children: &mut Vec<Child<'b>>,
    ) {
        let identity = match sniff(bytes) {
            Kind::Cfb => self.compound(bytes, holders, children),
            Kind::Zip => self.package(bytes, holders, children),
            kind => self.other(kind, bytes, holders, name, children),
        };
        self.carrier |= identity.carrier;
        self.active |= identity.active;
        if let Some(layer) = self.layers.get_mut(id as usize) {
            layer.format = identity.format;
        }
    }

    /// A format that can carry code and is not decoded.
    pub(super) fn unsupported(&mut self, format: &'static str, what: &str) -> Identity {
        self.ledger.gap(Reason::Unsupported, format_args!("{what}"));
        Identity::document(format)
    }

    /// Takes the modules of projects whose source lies in `text`.
    pub(super) fn projects(&mut self, projects: Vec<Project>, text: &[u8], holders: &[&[u8]]) {
        for project in projects {
            let units = project.modules.into_iter().map(|module| Stored {
                code: Code {
                    bytes: text.get(module.source).unwrap_or_default(),
                    encoding: TextEncoding::CodePage(module.code_page),
                    language: Language::Vba,
                },
                name: module.name,
                stream: module.stream,
                kind: module.kind,
            });
            self.project(project.name, units, project.references, holders);
        }
    }

    /// Takes the modules of one project: searches each for words, and reads them together as code.
    pub(super) fn project<'c>(
        &mut self,
        name: String,
        units: impl IntoIterator<Item = Stored<'c>>,
        references: Vec<Reference>,
        holders: &[&[u8]],
    ) {
        let project = self.project_names.len() as u32;
        let elsewhere = references.iter().filter_map(|one| {
            Some(Load {
                kind: LoadKind::ProjectReference,
                target: one.elsewhere()?.to_owned(),
                place: name.clone(),
            })
        });
        self.loads(elsewhere.collect::<Vec<_>>());
        self.project_names.push(name);
        let found = self.findings.len();
        let modules: Vec<Searched<'c>> = units
            .into_iter()
            .map(|unit| self.module(unit, project))
            .collect();
        let followed = self.follow(&modules, references, found, holders);
        self.followed.push(followed);
        if self.scanner.keep_source {
            for module in modules {
                if let Some(kept) = self.modules.get_mut(module.number as usize) {
                    kept.source = Some(module.source.into_text().into_owned());
                }
            }
        }
    }

    /// Decodes one unit of code, looks for indicators in it, and takes it into the report.
    fn module<'c>(&mut self, unit: Stored<'c>, project: u32) -> Searched<'c> {
        let Stored {
            code,
            name,
            stream,
            kind,
        } = unit;
        let layer = self.ledger.layer();
        let source = Source::decode(&code, &mut self.ledger);
        if memchr::memchr(0, source.text().as_bytes()).is_some() {
            // No source has any: it is in another encoding than it says, or Office reads past them.
            self.ledger.gap(
                Reason::Damaged,
                format_args!("the text of module {name} has NUL characters, between which words are not found"),
            );
        }
        let number = self.modules.len() as u32;
        self.scanner.matcher.scan(
            &source,
            layer,
            number,
            &mut self.ledger,
            &mut self.findings,
            &mut self.iocs,
        );
        let hash = self.scanner.hashes != Hashes::None;
        self.modules.push(Module {
            layer,
            name,
            stream,
            language: code.language.name(),
            kind: kind.name(),
            code_page: match code.encoding {
                TextEncoding::CodePage(code_page) => Some(code_page),
                _ => None,
            },
            size: source.text().len() as u64,
            sha256: hash.then(|| Sha256::digest(source.text()).into()),
            identity: if hash || !self.scanner.allowed.is_empty() {
                identity::of_module(source.text(), code.language)
            } else {
                None
            },
            source: None,
        });
        self.project_of.push(project);
        self.inspected = true;
        Searched {
            source,
            kind,
            number,
        }
    }
}
