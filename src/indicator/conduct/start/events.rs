//! Procedures that an event starts: `object_Event`, where such an object raises events into the
//! module.

use super::Project;
use super::module::{Home, Module, Part, Raiser};
use crate::indicator::rules::{Role, Rule};
use crate::source::syntax::{Kind, Procedure};

/// Those of [`OWNERS`] whose events count in a listing even where no rule knows them.
const PLAIN_OWNERS: [&str; 3] = ["document", "workbook", "worksheet"];
/// What a document calls itself in the names of its events, in any application.
const OWNERS: [&str; 10] = [
    "application",
    "chart",
    "document",
    "form",
    "presentation",
    "project",
    "report",
    "slide",
    "workbook",
    "worksheet",
];

impl Project<'_> {
    /// What starts a procedure of that name, given in small letters, if it is that of an event.
    pub(super) fn event(
        &self,
        module: &Module<'_>,
        procedure: &Procedure,
        name: &str,
    ) -> Option<&'static Rule> {
        let (owner, event) = name.rsplit_once('_')?;
        if let Some(raiser) = module.raiser(owner) {
            return self.raised(raiser, event);
        }
        let triggers = self.matcher.triggers();
        let known = triggers.event(event);
        match module.home {
            // Excel names the macros of shapes and form controls so, and the document may not say.
            Home::Standard => self.rule("trigger.click").filter(|_| {
                matches!(event, "click" | "change") && !module.needs_arguments(procedure)
            }),
            Home::Class if owner == "class" => triggers.name(name),
            Home::Class => None,
            Home::Form if owner == "userform" => triggers
                .name(name)
                .or(known.filter(|rule| rule.role == Role::Click))
                .or_else(|| self.rule("trigger.object-event")),
            // The controls of a form are not named in its source.
            Home::Form if procedure.kind == Kind::Sub => self.rule("trigger.click"),
            Home::Form => None,
            Home::Document(part) if part.raises(owner) => self.of_document(name),
            Home::Document(_) if OWNERS.contains(&owner) => None,
            // A control that the source does not tell of.
            Home::Document(_) => {
                let known = known?;
                if known.id == "trigger.control-event" {
                    Some(known)
                } else {
                    self.rule("trigger.click")
                }
            }
            Home::Unknown if PLAIN_OWNERS.contains(&owner) => self.of_document(name),
            Home::Unknown => triggers.name(name).or(known),
        }
    }

    /// What an event of a document is; one that no rule knows is ordinary work.
    fn of_document(&self, name: &str) -> Option<&'static Rule> {
        let known = self.matcher.triggers().name(name);
        known.or_else(|| self.rule("trigger.document-event"))
    }

    fn raised(&self, raiser: Raiser, event: &str) -> Option<&'static Rule> {
        let known = self.matcher.triggers().event(event);
        match raiser {
            Raiser::OfficeControl => known.or_else(|| self.rule("trigger.click")),
            Raiser::ForeignControl => self.rule("trigger.control-event"),
            Raiser::Document(owner) => self.of_document(&format!("{owner}_{event}")),
            Raiser::Application => known.filter(|rule| rule.role != Role::Click).or_else(|| {
                self.rule(if event.ends_with("deactivate") {
                    "trigger.close"
                } else if event.starts_with("new") {
                    "trigger.document-new"
                } else if event.ends_with("open") || event.ends_with("activate") {
                    "trigger.document-open"
                } else {
                    "trigger.document-event"
                })
            }),
            Raiser::Object => known
                .filter(|rule| rule.role != Role::Auto)
                .or_else(|| self.rule("trigger.document-event")),
        }
    }
}

impl Part {
    /// Whether events of an object of that name are raised into the module of the part.
    fn raises(self, owner: &str) -> bool {
        match self {
            Self::Workbook => owner == "workbook",
            Self::Worksheet => owner == "worksheet",
            Self::Chart => owner == "chart",
            Self::Document => owner == "document",
            Self::Slide => false,
            Self::Any => OWNERS.contains(&owner),
        }
    }
}
