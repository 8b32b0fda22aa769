//! Packages: parts, content types and relationships (ECMA-376 part 2) in a zip archive.

use std::fmt::Write;

use super::kind::{Family, Kind};
use super::parts::{self, MICROSOFT, Names, escape, xml};
use crate::bytes::utf16;
use crate::zip::{Archive, Member};

const VBA_TYPE: &str = "application/vnd.ms-office.vbaProject";
const MACRO_SHEET: &str = "xl/macrosheets/sheet1.xml";

/// What is unusual about a package: each is accepted by Office, or meant to deceive a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Twist {
    /// The project has another part name, such as `word/media/image1.png`.
    VbaPart(String),
    /// The main part has the content type of a document without macros.
    MacroFreeType,
    /// Strict namespaces and relationship types.
    Strict,
    /// Part names and targets differ in case from one another.
    OddCase,
    /// Targets start with a slash.
    AbsoluteTargets,
    /// Targets climb up and down again.
    ParentTargets,
    /// Targets have backslashes.
    BackslashTargets,
    /// Targets have a percent-encoded letter.
    PercentTargets,
    /// Member names have backslashes.
    BackslashNames,
    /// Member names start with `./`.
    DotNames,
    /// A second `[Content_Types].xml`, which calls everything plain XML.
    SecondContentTypes,
    /// No `[Content_Types].xml`.
    NoContentTypes,
    /// `[content_types].XML`.
    ContentTypesCase,
    /// The content type of the project is the default of its extension.
    DefaultVbaType,
    /// Relationship parts are in UTF-16, little-endian, with a mark.
    Utf16Relationships,
    /// No relationship leads to the project.
    UnrelatedVba,
    /// A second project under the same member name, before the first.
    NamesakeBefore(Vec<u8>),
    /// A second project under the same member name, after the first.
    NamesakeAfter(Vec<u8>),
    /// A part that nothing refers to.
    ExtraPart(String, Vec<u8>),
    /// A part that the main part leads to by a relationship of this type.
    RelatedPart {
        /// The whole type.
        kind: String,
        /// The name of the part.
        name: String,
        /// Its bytes.
        data: Vec<u8>,
    },
    /// A part that the package itself leads to by a relationship of this type.
    RootPart {
        /// The whole type.
        kind: String,
        /// The name of the part.
        name: String,
        /// Its bytes.
        data: Vec<u8>,
    },
    /// A part has other bytes than it would have.
    Content {
        /// The name of the part.
        name: String,
        /// Its bytes.
        data: Vec<u8>,
    },
    /// The main part has a relationship of this type to an address outside the package.
    External {
        /// The whole type.
        kind: String,
        /// The address.
        target: String,
    },
    /// The template of a Word document is elsewhere.
    AttachedTemplate(String),
    /// The markup of the body of a Word document.
    Body(String),
    /// A part with a content type of its own that the main part leads to.
    TypedPart {
        /// The whole type of the relationship.
        kind: String,
        /// The name of the part.
        name: String,
        /// Its content type.
        content_type: String,
        /// Its bytes.
        data: Vec<u8>,
    },
    /// A part has a relationship, written as it is given.
    Relation {
        /// The part.
        source: String,
        /// The id of the relationship.
        id: String,
        /// Its whole type.
        kind: String,
        /// Its target.
        target: String,
        /// Its mode; none if it is not written.
        mode: Option<String>,
    },
    /// A very hidden Excel 4.0 macro sheet with these formulas in A1, A2 …, which a name starts.
    MacroSheet(Vec<String>),
}

/// A package.
///
/// ```
/// use macrosift_testkit::office::{Kind, Package, Twist};
/// let bytes = Package::new(Kind::Docm).vba(b"project").twist(Twist::Strict).build();
/// assert!(bytes.starts_with(b"PK"));
/// ```
#[derive(Clone, Debug)]
pub struct Package {
    kind: Kind,
    vba: Option<Vec<u8>>,
    twists: Vec<Twist>,
}

#[derive(Debug)]
struct Part {
    name: String,
    content_type: Option<String>,
    data: Vec<u8>,
}

#[derive(Debug)]
struct Relationship {
    id: String,
    kind: String,
    /// A part name, or an address outside the package.
    target: String,
    external: bool,
    /// The mode as it is written, if the target is given as it is as well.
    raw: Option<Option<String>>,
}

impl Package {
    /// A document without a project.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            vba: None,
            twists: Vec::new(),
        }
    }

    /// Adds the bytes of `vbaProject.bin`.
    #[must_use]
    pub fn vba(mut self, bin: impl Into<Vec<u8>>) -> Self {
        self.vba = Some(bin.into());
        self
    }

    /// Adds a twist.
    #[must_use]
    pub fn twist(mut self, twist: Twist) -> Self {
        self.twists.push(twist);
        self
    }

    /// The bytes of the file.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        self.archive().build()
    }

    /// The archive, to which faults can still be added.
    #[must_use]
    pub fn archive(&self) -> Archive {
        let main = self.kind.main_part();
        let (folder, _) = main.split_once('/').expect("main parts are in folders");
        let (parts, relationships) = self.parts(folder);

        let mut members = Vec::new();
        if !self.has(&Twist::NoContentTypes) {
            let name = if self.has(&Twist::ContentTypesCase) {
                "[content_types].XML"
            } else {
                "[Content_Types].xml"
            };
            members.push(Member::new(name, self.content_types(&parts)));
        }
        let mut root = vec![Relationship {
            id: "rId1".into(),
            kind: match self.kind.family() {
                Family::Visio => {
                    "http://schemas.microsoft.com/visio/2010/relationships/document".into()
                }
                _ => format!("{}/officeDocument", self.names().relationships()),
            },
            target: main.into(),
            external: false,
            raw: None,
        }];
        for (number, twist) in self.twists.iter().enumerate() {
            if let Twist::RootPart { kind, name, .. } = twist {
                root.push(Relationship {
                    id: format!("rIdRoot{number}"),
                    kind: kind.clone(),
                    target: name.clone(),
                    external: false,
                    raw: None,
                });
            }
        }
        members.push(Member::new("_rels/.rels", self.relationships("", &root)));
        for (source, relationships) in &relationships {
            let (folder, file) = source.rsplit_once('/').expect("in a folder");
            let name = format!("{folder}/_rels/{file}.rels");
            members.push(Member::new(
                &name,
                self.relationships(folder, relationships),
            ));
        }
        for part in parts {
            self.push_part(&mut members, part);
        }
        if self.has(&Twist::SecondContentTypes) {
            let plain = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                         <Default Extension=\"bin\" ContentType=\"application/xml\"/>\
                         <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
            members.push(Member::new("[Content_Types].xml", xml(plain)));
        }
        Archive {
            members: members
                .into_iter()
                .map(|member| self.rename(member))
                .collect(),
            ..Archive::new()
        }
    }

    fn has(&self, twist: &Twist) -> bool {
        self.twists.contains(twist)
    }

    fn names(&self) -> Names {
        Names {
            strict: self.has(&Twist::Strict),
        }
    }

    /// All parts, and the relationships of each part that has some.
    fn parts(&self, folder: &str) -> (Vec<Part>, Vec<(String, Vec<Relationship>)>) {
        let names = self.names();
        let main = self.kind.main_part();
        let formulas = self.twists.iter().find_map(|twist| match twist {
            Twist::MacroSheet(formulas) => Some(formulas),
            _ => None,
        });
        let mut parts = vec![Part {
            name: main.into(),
            content_type: Some(
                if self.has(&Twist::MacroFreeType) {
                    self.kind.macro_free_type()
                } else {
                    self.kind.content_type()
                }
                .into(),
            ),
            data: parts::main(self.kind, names, formulas.is_some()),
        }];
        let mut of_main = Vec::new();
        let mut relate = |id: &str, kind: String, target: &str| {
            of_main.push(Relationship {
                id: id.into(),
                kind,
                target: target.into(),
                external: false,
                raw: None,
            });
        };
        if let Some((name, kind, content_type, data)) = parts::page(self.kind, names) {
            relate("rId1", kind, name);
            parts.push(part(name, content_type, data));
        }
        if let Some(formulas) = formulas {
            relate("rIdMacro", format!("{MICROSOFT}/xlMacrosheet"), MACRO_SHEET);
            parts.push(part(
                MACRO_SHEET,
                "application/vnd.ms-excel.macrosheet+xml",
                parts::macro_sheet(formulas),
            ));
        }
        let mut more = Vec::new();
        let mut vba_name = format!("{folder}/vbaProject.bin");
        for (number, twist) in self.twists.iter().enumerate() {
            match twist {
                Twist::VbaPart(name) => vba_name.clone_from(name),
                Twist::RelatedPart { kind, name, data } => {
                    relate(&format!("rIdPart{number}"), kind.clone(), name);
                    parts.push(Part {
                        name: name.clone(),
                        content_type: None,
                        data: data.clone(),
                    });
                }
                Twist::Body(body) => {
                    if let Some(main) = parts.first_mut() {
                        main.data = parts::body(names, body);
                    }
                }
                Twist::TypedPart {
                    kind,
                    name,
                    content_type,
                    data,
                } => {
                    relate(&format!("rIdPart{number}"), kind.clone(), name);
                    parts.push(part(name, content_type, data.clone()));
                }
                Twist::Relation {
                    source,
                    id,
                    kind,
                    target,
                    mode,
                } => more.push((
                    source.clone(),
                    vec![Relationship {
                        id: id.clone(),
                        kind: kind.clone(),
                        target: target.clone(),
                        external: false,
                        raw: Some(mode.clone()),
                    }],
                )),
                Twist::AttachedTemplate(url) => {
                    let name = "word/settings.xml";
                    relate(
                        "rIdSettings",
                        format!("{}/settings", names.relationships()),
                        name,
                    );
                    parts.push(settings(name, names));
                    more.push((name.to_owned(), vec![template(url, names)]));
                }
                Twist::ExtraPart(name, data) | Twist::RootPart { name, data, .. } => {
                    parts.push(Part {
                        name: name.clone(),
                        content_type: None,
                        data: data.clone(),
                    });
                }
                Twist::Content { name, data } => {
                    for part in parts.iter_mut().filter(|part| part.name == *name) {
                        part.data.clone_from(data);
                    }
                }
                _ => {}
            }
        }
        if let Some(bin) = &self.vba {
            if !self.has(&Twist::UnrelatedVba) {
                relate("rIdVba", format!("{MICROSOFT}/vbaProject"), &vba_name);
            }
            parts.push(part(&vba_name, VBA_TYPE, bin.clone()));
        }
        for (number, twist) in self.twists.iter().enumerate() {
            if let Twist::External { kind, target } = twist {
                of_main.push(Relationship {
                    id: format!("rIdExternal{number}"),
                    kind: kind.clone(),
                    target: target.clone(),
                    external: true,
                    raw: None,
                });
            }
        }
        // Those of one part are in one list.
        let mut all: Vec<(String, Vec<Relationship>)> = Vec::new();
        if !of_main.is_empty() {
            all.push((main.into(), of_main));
        }
        for (source, mut some) in more {
            match all.iter_mut().find(|(known, _)| *known == source) {
                Some((_, list)) => list.append(&mut some),
                None => all.push((source, some)),
            }
        }
        (parts, all)
    }

    /// A part, and its namesakes where it is the project.
    fn push_part(&self, members: &mut Vec<Member>, part: Part) {
        let is_vba = part.content_type.as_deref() == Some(VBA_TYPE);
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for twist in &self.twists {
            match twist {
                Twist::NamesakeBefore(data) if is_vba => {
                    before.push(Member::new(&part.name, data.clone()))
                }
                Twist::NamesakeAfter(data) if is_vba => {
                    after.push(Member::new(&part.name, data.clone()))
                }
                _ => {}
            }
        }
        members.append(&mut before);
        members.push(Member::new(&part.name, part.data));
        members.append(&mut after);
    }

    fn rename(&self, mut member: Member) -> Member {
        if self.has(&Twist::OddCase) && !member.name.starts_with('[') {
            member.name = swap_case(&member.name);
        }
        if self.has(&Twist::BackslashNames) {
            member.name = member.name.replace('/', "\\");
        }
        if self.has(&Twist::DotNames) {
            member.name.insert_str(0, "./");
        }
        member
    }

    fn content_types(&self, parts: &[Part]) -> Vec<u8> {
        let mut body = String::from(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>",
        );
        for part in parts {
            let Some(content_type) = &part.content_type else {
                continue;
            };
            let extension = part.name.rsplit('.').next().unwrap_or_default();
            if content_type == VBA_TYPE && self.has(&Twist::DefaultVbaType) {
                let _ = write!(
                    body,
                    "<Default Extension=\"{extension}\" ContentType=\"{content_type}\"/>"
                );
            } else {
                let _ = write!(
                    body,
                    "<Override PartName=\"/{}\" ContentType=\"{content_type}\"/>",
                    escape(&part.name)
                );
            }
        }
        xml(&(body + "</Types>"))
    }

    fn relationships(&self, folder: &str, relationships: &[Relationship]) -> Vec<u8> {
        let mut body = String::from(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
        );
        for Relationship {
            id,
            kind,
            target,
            external,
            raw,
        } in relationships
        {
            let (target, mode) = match raw {
                Some(Some(mode)) => (target.clone(), format!(" TargetMode=\"{}\"", escape(mode))),
                Some(None) => (target.clone(), String::new()),
                None if *external => (target.clone(), " TargetMode=\"External\"".to_owned()),
                None => (self.target(folder, target), String::new()),
            };
            let target = escape(&target);
            let _ = write!(
                body,
                "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>"
            );
        }
        body += "</Relationships>";
        if self.has(&Twist::Utf16Relationships) {
            utf16(&format!(
                "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{body}"
            ))
        } else {
            xml(&body)
        }
    }

    /// A target as written in the relationships of a part in `folder`.
    fn target(&self, folder: &str, part: &str) -> String {
        let relative = if folder.is_empty() {
            Some(part.to_owned())
        } else {
            part.strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('/'))
                .map(str::to_owned)
        };
        let mut target = relative.clone().unwrap_or_else(|| format!("/{part}"));
        if self.has(&Twist::AbsoluteTargets) {
            target = format!("/{part}");
        }
        if self.has(&Twist::ParentTargets) && !folder.is_empty() {
            target = format!("../{part}");
        }
        if self.has(&Twist::BackslashTargets) {
            target = format!("/{part}").replace('/', "\\");
        }
        if self.has(&Twist::PercentTargets) {
            target = target.replace('e', "%65");
        }
        if self.has(&Twist::OddCase) {
            target = target.to_uppercase();
        }
        target
    }
}

fn part(name: &str, content_type: &str, data: Vec<u8>) -> Part {
    Part {
        name: name.into(),
        content_type: Some(content_type.into()),
        data,
    }
}

fn settings(name: &str, names: Names) -> Part {
    part(
        name,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
        xml(&format!(
            "<w:settings xmlns:w=\"{}\" xmlns:r=\"{}\"><w:attachedTemplate r:id=\"rId1\"/>\
             </w:settings>",
            names.markup("wordprocessingml"),
            names.relationships()
        )),
    )
}

fn template(url: &str, names: Names) -> Relationship {
    Relationship {
        id: "rId1".into(),
        kind: format!("{}/attachedTemplate", names.relationships()),
        target: url.into(),
        external: true,
        raw: None,
    }
}

fn swap_case(text: &str) -> String {
    let swap = |letter: char| {
        if letter.is_ascii_lowercase() {
            letter.to_ascii_uppercase()
        } else {
            letter.to_ascii_lowercase()
        }
    };
    text.chars().map(swap).collect()
}
