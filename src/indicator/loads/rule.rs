//! The rule for what is loaded: by what it is to the document and by where it is.

use super::class::{Danger, danger};
use super::dde::{self, Partner};
use super::ending::{Ending, ending, is_false_name};
use super::target::{Class, Target};
use crate::source::{Load, LoadKind};

/// What is asked of something that is taken in when the document is opened.
struct Taken {
    /// It is far away: on the web, behind a scheme, on a host without a name.
    far: &'static str,
    /// It is on a share.
    share: &'static str,
    /// It is on this machine, or beside the document.
    local: &'static str,
}

const fn taken(far: &'static str, share: &'static str, local: &'static str) -> Taken {
    Taken { far, share, local }
}

const TEMPLATE: Taken = taken(
    "external.template",
    "external.template-share",
    "external.template-local",
);
const FRAME: Taken = taken(
    "external.frame",
    "external.frame-share",
    "external.frame-local",
);
const OBJECT: Taken = taken(
    "external.object",
    "external.object-share",
    "external.object-local",
);
const CHUNK: Taken = taken(
    "external.chunk",
    "external.chunk-share",
    "external.chunk-local",
);
const SUBDOCUMENT: Taken = taken(
    "external.subdocument",
    "external.subdocument-share",
    "external.subdocument-local",
);
const MERGE: Taken = taken(
    "external.merge",
    "external.merge-share",
    "external.merge-local",
);

impl Taken {
    fn rule(&self, target: &Target) -> Option<&'static str> {
        match target.class {
            Class::Inside => None,
            Class::Share => Some(self.share),
            Class::Relative | Class::Drive | Class::Data | Class::Mail => Some(self.local),
            _ => Some(self.far),
        }
    }
}

/// The rule that speaks of a load; none for what every document has.
pub(super) fn rule(load: &Load, target: &Target) -> Option<&'static str> {
    let by_place = |far: &'static str, near: &'static str| {
        Some(if target.is_elsewhere() { far } else { near })
    };
    match load.kind {
        LoadKind::Template => TEMPLATE.rule(target),
        LoadKind::Frame => FRAME.rule(target),
        LoadKind::Object => OBJECT.rule(target),
        LoadKind::Chunk => CHUNK.rule(target),
        LoadKind::SubDocument => SUBDOCUMENT.rule(target),
        LoadKind::MailMerge => MERGE.rule(&connected(load, target)),
        LoadKind::Picture => picture(target),
        LoadKind::Connection => connection(load, target),
        LoadKind::Refresh => by_place_of(
            &connected(load, target),
            "external.refresh",
            "external.refresh-local",
        ),
        LoadKind::Workbook => {
            if target.is_far() || target.host.contains('.') {
                Some("external.workbook")
            } else if target.class == Class::Inside {
                None
            } else {
                Some("external.workbook-local")
            }
        }
        LoadKind::RibbonCallback => Some("external.ribbon-callback"),
        LoadKind::Hyperlink => hyperlink(target),
        LoadKind::RunProgram => Some("object.run-program"),
        LoadKind::OpenFile => open_file(target),
        LoadKind::DdeField => Some(match dde::of_field(&load.target) {
            Partner::Program | Partner::Unheard => "dde.field",
            Partner::Unknown => "dde.field-computed",
            Partner::Office => "dde.field-office",
            Partner::Server => "dde.server",
        }),
        LoadKind::DdeLink => Some(match dde::of_link(&load.target) {
            Partner::Program | Partner::Unheard | Partner::Unknown => "dde.link",
            Partner::Office => "dde.link-office",
            Partner::Server => "dde.server",
        }),
        LoadKind::DdeFormula => Some(match dde::of_formula(&load.target) {
            Partner::Program | Partner::Unknown => "dde.formula",
            Partner::Unheard => "dde.formula-unknown",
            Partner::Office => "dde.formula-office",
            Partner::Server => "dde.server",
        }),
        LoadKind::Formula => Some(formula(&load.target)),
        LoadKind::Package | LoadKind::Attachment => Some(package(&load.target)),
        LoadKind::FalseName => Some("object.false-name"),
        LoadKind::Class => match danger(&load.target) {
            Danger::Exploit => Some("object.exploit-class"),
            Danger::Risky => Some("object.risky-class"),
            Danger::Document => None,
            Danger::Ordinary => Some("object.class"),
        },
        LoadKind::Control => Some(match danger(&load.target) {
            Danger::Exploit => "object.exploit-class",
            Danger::Risky => "object.risky-class",
            _ => "object.control",
        }),
        LoadKind::WebAddIn => Some("external.web-add-in"),
        LoadKind::Assembly => by_place("external.assembly", "external.assembly-local"),
        LoadKind::Script => Some("object.script"),
        LoadKind::ProjectReference => by_place("external.project", "external.project-local"),
        LoadKind::Program => Some("object.program"),
        LoadKind::FalseType => Some("structure.false-type"),
        LoadKind::BuiltInPassword => Some("structure.built-in-password"),
        _ => match target.class {
            Class::Inside | Class::Mail => None,
            _ => by_place("external.other", "external.other-local"),
        },
    }
}

fn by_place_of(target: &Target, far: &'static str, near: &'static str) -> Option<&'static str> {
    Some(if target.is_elsewhere() { far } else { near })
}

/// Whether what opens it runs what is in it.
const fn opens_badly(target: &Target) -> bool {
    matches!(
        target.class,
        Class::Code | Class::Moniker | Class::Handler | Class::Archived
    )
}

/// A file that a click or the mouse over a shape opens.
fn open_file(target: &Target) -> Option<&'static str> {
    if target.ending.runs() || opens_badly(target) {
        return Some("object.open-program");
    }
    if target.is_elsewhere() {
        return hyperlink(target);
    }
    match (target.class, target.ending) {
        (Class::Inside, _) => None,
        (_, Ending::Document | Ending::Other) => Some("object.open-document"),
        _ => Some("object.open-file"),
    }
}

fn picture(target: &Target) -> Option<&'static str> {
    match target.class {
        Class::Inside | Class::Data | Class::Mail => None,
        Class::Relative | Class::Drive => Some("external.picture-local"),
        Class::Share | Class::FarShare => Some("external.picture-share"),
        // A host without a name is no host of pictures.
        Class::Web if target.numbered || target.disguised => Some("external.picture-share"),
        Class::Web => Some("external.picture-web"),
        _ => Some("external.object"),
    }
}

fn hyperlink(target: &Target) -> Option<&'static str> {
    match target.class {
        Class::Code | Class::Moniker => Some("external.hyperlink-code"),
        // Help that is here, as manuals refer to it.
        Class::Archived if target.help => Some("external.hyperlink"),
        Class::Handler | Class::Archived => Some("external.hyperlink-handler"),
        _ if target.ending.runs() || target.ending == Ending::Disk => {
            Some("external.hyperlink-program")
        }
        Class::Share | Class::FarShare => Some("external.hyperlink-share"),
        Class::Web if target.disguised => Some("external.hyperlink-disguised"),
        Class::Scheme => Some("external.hyperlink"),
        Class::Web | Class::Mail | Class::Relative | Class::Drive | Class::Inside | Class::Data => {
            None
        }
    }
}

/// A connection string names its host among other words: `Data Source=host;Provider=…`.
fn connected(load: &Load, target: &Target) -> Target {
    let value = |key: &str| {
        load.target.split(';').find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let name = name.trim();
            let name = name
                .rsplit(' ')
                .next()
                .filter(|_| key.len() < 5)
                .unwrap_or(name);
            name.eq_ignore_ascii_case(key).then(|| Target::read(value))
        })
    };
    if target.is_elsewhere() {
        return target.clone();
    }
    let keys = [
        "Data Source",
        "DataSource",
        "Initial Catalog",
        "Server",
        "Address",
        "Addr",
        "DBQ",
        "URL",
        "Location",
        "SourceDB",
        "Workstation",
        "Database",
        "DefaultDir",
    ];
    let mut found = keys.into_iter().filter_map(value);
    found
        .find(Target::is_elsewhere)
        .unwrap_or_else(|| target.clone())
}

fn connection(load: &Load, target: &Target) -> Option<&'static str> {
    const RUNS: &[&str] = &[
        "xp_cmdshell",
        "cmd.exe",
        "cmd /",
        "powershell",
        "mshta",
        "shell(",
        "rundll32",
        "regsvr32",
        "wscript",
        "cscript",
    ];
    let lower = load.target.to_ascii_lowercase();
    if RUNS.iter().any(|run| lower.contains(run)) {
        return Some("external.connection-command");
    }
    by_place_of(
        &connected(load, target),
        "external.connection",
        "external.connection-local",
    )
}

/// A worksheet function, or the formula it stands in.
fn formula(target: &str) -> &'static str {
    let upper = target.to_ascii_uppercase();
    let calls = |name: &str| {
        upper.match_indices(name).any(|(at, _)| {
            let before = upper.get(..at).unwrap_or_default();
            let after = upper
                .get(at + name.len()..)
                .unwrap_or_default()
                .trim_start();
            !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_'))
                && (after.is_empty() || after.starts_with(['(', '.', ',', '|']))
        })
    };
    if ["CALL", "REGISTER", "REGISTER.ID", "EXEC"]
        .iter()
        .any(|name| calls(name))
    {
        "external.formula-call"
    } else {
        "external.formula"
    }
}

/// A file that a double click opens.
fn package(name: &str) -> &'static str {
    if is_false_name(name) {
        return "object.false-name";
    }
    match ending(name) {
        Ending::Program | Ending::Script | Ending::Shortcut => "object.package-program",
        Ending::Disk => "object.package-disk",
        Ending::Archive => "object.package-archive",
        Ending::Macro => "object.package-macros",
        Ending::Document => "object.package-document",
        Ending::Other => "object.package",
    }
}
