//! A layer that is a zip archive: a package, another format in zip, or an archive.

use std::borrow::Cow;

use memchr::memmem;

use crate::container::cfb::is_cfb;
use crate::container::opc::Package;
use crate::container::zip::{Archive, Member, Outcome};
use crate::container::{Kind, sniff};
use crate::observe::Reason;
use crate::project::document::{
    Connections, Identity, Outside, inspect_actions, inspect_bindings, inspect_control,
    inspect_external_link, inspect_formulas, inspect_mashup, inspect_package, inspect_properties,
    inspect_story, inspect_svg, inspect_web_extension, is_mashup,
};
use crate::project::{Load, LoadKind};

use super::pass::Pass;
use super::promise::{Promise, Promised, Promises};
use super::queue::Child;

/// Enough of a part to tell what it is.
const HEAD: usize = 64;
/// Endings and families of types of parts that carry no code.
const INERT_ENDINGS: [&str; 20] = [
    "png", "jpg", "jpeg", "jpe", "gif", "bmp", "tif", "tiff", "emf", "wmf", "svg", "ico", "wav",
    "mp3", "mp4", "txt", "xml", "rels", "webp", "ttf",
];
const INERT_TYPES: [&str; 4] = ["image", "audio", "video", "text"];
/// Formulas are looked for in sheets up to this size: larger ones are tables.
const LARGEST_SHEET: u64 = 4 << 20;
/// Enough of a part to see the attributes of its root.
const ROOT: usize = 1024;

impl Pass<'_> {
    pub(super) fn package<'b>(
        &mut self,
        bytes: &'b [u8],
        holders: &[&[u8]],
        children: &mut Vec<Child<'b>>,
    ) -> Identity {
        let archive = match Archive::parse(bytes, &mut self.ledger) {
            Ok(archive) => archive,
            Err(error) => {
                self.ledger.gap(Reason::Damaged, format_args!("{error}"));
                return Identity::document("zip");
            }
        };
        self.inspected = true;
        let package = Package::read(&archive, &mut self.scratch.inflater, &mut self.ledger);
        let is_package = package.is_package() || has_office_folders(&package, &archive);
        let identity = if is_package {
            let mut loads = Vec::new();
            let mut identity = inspect_package(&package, &mut loads, &mut self.ledger);
            self.loads(loads);
            // What Office takes for a package, LibreOffice can take for a document of its own.
            if archive.members().iter().any(is_manifest) {
                let other = self.open_document(&archive, holders);
                identity.active |= other.active;
            }
            identity
        } else {
            self.archive(&archive, holders)
        };
        if is_package {
            self.observe_package(&package, &archive, bytes);
        }
        let promises = Promises::of(&package);
        let mut connections = Connections::default();
        for (number, member) in archive.members().iter().enumerate() {
            let name = package.part_name(number);
            let promised = promises.get(&package, name);
            let here = self.part(&package, member, name, promised, children);
            if !here.is_nothing() {
                let outside = promises.outside(name);
                self.look_into(member, name, here, outside, &mut connections);
            }
        }
        self.loads(connections.loads());
        identity
    }

    /// What no program writes, and what makes programs differ in what the file is.
    fn observe_package(&mut self, package: &Package, archive: &Archive<'_>, bytes: &[u8]) {
        let first = archive.members().iter().map(|member| member.offset).min();
        // These hold whole files as they are, and the last can be a package.
        let holds = matches!(sniff(bytes), Kind::OneNote | Kind::Archive(_));
        if !holds && !bytes.starts_with(b"PK") && first.is_some_and(|first| first > 0) {
            self.ledger.observe(
                "opc.prefix",
                "ECMA-376-2 7.3",
                0,
                format_args!("other bytes in front of the package"),
            );
        }
        let is_types = |member| {
            let name = package.part_name(member);
            name.eq_ignore_ascii_case("[Content_Types].xml")
        };
        // Of an archive that is damaged it may be among what is lost.
        let layer = self.ledger.layer();
        let sound = !self.ledger.gaps().iter().any(|gap| gap.layer == layer);
        if sound && !(0..archive.members().len()).any(is_types) {
            self.ledger.observe(
                "opc.no-content-types",
                "ECMA-376-2 7.2.3",
                0,
                format_args!("the folders of a document, and no list of content types"),
            );
        }
    }

    /// A part is a child if its first bytes say that it can carry code, or if the package says so.
    /// Says what else it is to be read for: what it loads or calls.
    fn part<'b>(
        &mut self,
        package: &Package,
        member: &Member<'b>,
        name: &str,
        promised: Promised,
        children: &mut Vec<Child<'b>>,
    ) -> Promised {
        // Markup, as most parts are, and nothing that carries code starts with this.
        let markup = member.first_byte() == Some(b'<') && promised.is_nothing();
        if markup || member.compressed.is_empty() {
            if promised.has(Promise::Project) {
                self.no_project(name);
            }
            return Promised::default();
        }
        let mut head = [0_u8; HEAD];
        let had = self.scratch.inflater.prefix(member, &mut head);
        let head = head.get(..had).unwrap_or_default();
        let readable = had > 0;
        let kind = sniff(head);
        let mut here = Promised::default();
        let wanted = match kind {
            Kind::Cfb | Kind::Zip | Kind::Rtf | Kind::ActiveMime | Kind::Access | Kind::OneNote => {
                self.look_for_false_type(package, name, kind);
                true
            }
            Kind::Mime | Kind::Biff | Kind::Sylk | Kind::Tnef => true,
            _ => {
                let read_here = promised.read_here();
                here = self.worth_reading(member, read_here);
                promised.is_layer() || (read_here.is_nothing() && !readable)
            }
        };
        if !wanted {
            return here;
        }
        let inflater = &mut self.scratch.inflater;
        // Stored data is borrowed where it lies.
        let (bytes, outcome) = match inflater.stored(member, &mut self.ledger) {
            Some((bytes, outcome)) => (Cow::Borrowed(bytes), outcome),
            None => {
                let mut bytes = Vec::new();
                let outcome = inflater.read(member, &mut bytes, &mut self.ledger);
                (Cow::Owned(bytes), outcome)
            }
        };
        if outcome == Outcome::Encrypted {
            self.encrypted(name);
        }
        if promised.has(Promise::Project) && !outcome.is_complete() {
            self.ledger.gap(
                Reason::ActiveUnread,
                format_args!("the VBA project in part {name} could not be read whole"),
            );
        }
        if promised.has(Promise::Project) && outcome.is_complete() && !is_cfb(&bytes) {
            self.no_project(name);
        }
        if bytes.is_empty() || (!readable && promised.is_nothing()) {
            return here;
        }
        children.push(Child {
            name: name.to_owned(),
            bytes,
            zeros: self.scratch.inflater.left_out(),
        });
        here
    }

    /// A document or a project in a part whose name or type says that it is a picture or a text.
    fn look_for_false_type(&mut self, package: &Package, name: &str, kind: Kind) {
        let ending = name.rsplit('.').next().unwrap_or_default();
        let named = INERT_ENDINGS
            .iter()
            .any(|one| ending.eq_ignore_ascii_case(one));
        let typed = package.content_type(name).filter(|kind| {
            let family = kind.split('/').next().unwrap_or_default().trim_start();
            INERT_TYPES
                .iter()
                .any(|one| family.eq_ignore_ascii_case(one))
        });
        if named || typed.is_some() {
            let says = typed.unwrap_or(ending);
            self.loads([Load {
                kind: LoadKind::FalseType,
                target: format!("{name} ({says}) holds a file of kind {}", kind.name()),
                place: name.to_owned(),
            }]);
        }
    }

    /// Without what a part seldom holds, unless its first bytes say that it does, or reading it
    /// costs little.
    fn worth_reading(&mut self, member: &Member<'_>, promised: Promised) -> Promised {
        let mut root = [0_u8; ROOT];
        let mut had = 0;
        let binary = promised.has(Promise::Formulas) && member.raw_name.ends_with(b".bin");
        if promised.has(Promise::Item) || promised.has(Promise::Refreshed) || binary {
            had = self.scratch.inflater.prefix(member, &mut root);
        }
        let root = root.get(..had).unwrap_or_default();
        promised.filter(|promise| match promise {
            Promise::Formulas => !is_binary_sheet(root) && member.declared_size <= LARGEST_SHEET,
            Promise::Item => is_mashup(root),
            Promise::Refreshed => {
                memmem::find(root, b"refreshOnLoad").is_some() || memchr::memchr(0, root).is_some()
            }
            _ => true,
        })
    }

    fn encrypted(&mut self, member: &str) {
        self.ledger.gap(
            Reason::EncryptedArchive,
            format_args!("member {member} is encrypted"),
        );
    }

    fn no_project(&mut self, part: &str) {
        self.ledger.gap(
            Reason::Damaged,
            format_args!("part {part} should hold a VBA project and is no compound file"),
        );
    }

    /// Parts that are read for what they load or call, and are no layer of their own.
    fn look_into(
        &mut self,
        member: &Member<'_>,
        name: &str,
        promised: Promised,
        outside: &[(String, String)],
        connections: &mut Connections,
    ) {
        let mut part = std::mem::take(&mut self.scratch.part);
        part.clear();
        let outcome = self
            .scratch
            .inflater
            .read(member, &mut part, &mut self.ledger);
        if outcome == Outcome::Encrypted {
            self.encrypted(name);
        }
        let mut found = Outside::default();
        let inflater = &mut self.scratch.inflater;
        let ledger = &mut self.ledger;
        for promise in promised.each() {
            match promise {
                Promise::Link => inspect_external_link(&part, name, &mut found, ledger),
                Promise::Bindings => inspect_bindings(&part, name, &mut found, ledger),
                Promise::Control => inspect_control(&part, name, &mut found, ledger),
                Promise::WebExtension => inspect_web_extension(&part, name, &mut found, ledger),
                Promise::Properties => inspect_properties(&part, name, &mut found, ledger),
                Promise::Connections => connections.connections(&part, name, ledger),
                Promise::Refreshed => connections.refreshed(&part, name, ledger),
                Promise::Item => inspect_mashup(&part, name, inflater, &mut found, ledger),
                Promise::Formulas => inspect_formulas(&part, name, &mut found, ledger),
                Promise::Drawing => inspect_svg(&part, name, &mut found, ledger),
                Promise::Story => inspect_story(&part, name, &mut found, ledger),
                Promise::Actions | Promise::Project | Promise::Chunk => {}
            }
        }
        if !outside.is_empty() {
            inspect_actions(&part, name, outside, &mut found, ledger);
        }
        let layer = self.ledger.layer();
        self.starts
            .extend(found.starts.into_iter().map(|start| (layer, start)));
        self.loads(found.loads);
        self.scratch.part = part;
    }

    /// Not a package: another format that uses zip, or an archive, of which only members that
    /// are themselves documents are opened.
    fn archive(&mut self, archive: &Archive<'_>, holders: &[&[u8]]) -> Identity {
        let members = archive.members();
        if members.is_empty() {
            return Identity {
                format: "zip",
                carrier: false,
                active: false,
            };
        }
        let first = members.first().map(Member::name).unwrap_or_default();
        if first == "mimetype" || members.iter().any(is_manifest) {
            return self.open_document(archive, holders);
        }
        let mut names = String::new();
        for member in members.iter().take(8) {
            if !names.is_empty() {
                names.push_str(", ");
            }
            names.extend(member.name().chars().take(80));
        }
        let more = if members.len() > 8 { " …" } else { "" };
        let encrypted = members.iter().filter(|member| member.encrypted).count();
        if encrypted > 0 {
            self.ledger.gap(
                Reason::EncryptedArchive,
                format_args!(
                    "{encrypted} of {} members are encrypted: {names}{more}",
                    members.len()
                ),
            );
        } else {
            self.ledger.gap(
                Reason::Unsupported,
                format_args!("a zip archive, whose members are opened only if they are documents: {names}{more}"),
            );
        }
        Identity::document("zip")
    }
}

/// Whether a part starts with the record of a sheet or of a workbook in [MS-XLSB], `BrtBeginSheet`
/// (2.4.199) or `BrtBeginBook`: its formulas are tokens and no text.
fn is_binary_sheet(part: &[u8]) -> bool {
    part.starts_with(&[0x81, 0x01]) || part.starts_with(&[0x83, 0x01])
}

/// What every document of LibreOffice has.
fn is_manifest(member: &Member<'_>) -> bool {
    member
        .raw_name
        .eq_ignore_ascii_case(b"META-INF/manifest.xml")
}

/// A package that has lost its content types still has its folders.
fn has_office_folders(package: &Package, archive: &Archive<'_>) -> bool {
    (0..archive.members().len()).any(|member| {
        let name = package.part_name(member);
        ["word/", "xl/", "ppt/", "visio/", "docProps/", "customXml/"]
            .iter()
            .any(|folder| {
                name.get(..folder.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(folder))
            })
    })
}

#[cfg(test)]
mod tests {
    use macrosift_testkit::office::{Kind, Package, Twist};

    use super::*;
    use crate::project::{Start, StartBy};
    use crate::scan::{Scanner, Scratch};

    /// What a workbook is said to call of its project, and how many gaps its reading leaves.
    fn starts(kind: &str, part: &str, vba: Option<&[u8]>) -> (Vec<Start>, usize) {
        let related = Twist::RelatedPart {
            kind: kind.into(),
            name: "xl/related.xml".into(),
            data: part.into(),
        };
        let mut package = Package::new(Kind::Xlsm).twist(related);
        if let Some(vba) = vba {
            package = package.vba(vba);
        }
        let scanner = Scanner::new();
        let mut scratch = Scratch::default();
        let mut pass = Pass::new(&scanner, &mut scratch);
        let bytes = package.build();
        pass.package(&bytes, &[], &mut Vec::new());
        assert!(pass.starts.iter().all(|(layer, _)| *layer == 0));
        let gaps = pass.ledger.gaps().len();
        (
            pass.starts.into_iter().map(|(_, start)| start).collect(),
            gaps,
        )
    }

    const PROJECT: Option<&[u8]> = Some(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    const RIBBON: &str = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility";
    const DRAWING: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing";

    #[test]
    fn a_package_with_a_project_says_what_it_calls() {
        let ribbon = "<customUI onLoad='Module1.Go'/>";
        let name = "Module1.Go".to_owned();
        let by = StartBy::RibbonLoad;
        assert_eq!(
            starts(RIBBON, ribbon, PROJECT),
            (vec![Start { name, by }], 0)
        );
        let drawing = "<xdr:sp macro='[0]!Go'/>";
        let name = "[0]!Go".to_owned();
        let by = StartBy::Shape;
        assert_eq!(
            starts(DRAWING, drawing, PROJECT),
            (vec![Start { name, by }], 0)
        );
    }

    #[test]
    fn drawings_are_not_read_where_there_is_no_project() {
        assert_eq!(starts(DRAWING, "<xdr:sp macro='[0]!Go'/>", None).0, []);
    }
}
