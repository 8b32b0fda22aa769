//! Procedures that an application looks for by name, and callbacks by what they are handed.

use super::Project;
use super::module::{Home, Module};
use crate::indicator::matcher::AUTO_MODULES;
use crate::indicator::rules::Rule;
use crate::source::syntax::Procedure;

/// Auto macros of Word, which it takes from the module of the document as well.
///
/// Which application a project belongs to is not asked: the text that would say so can lie.
const OF_WORD: [&str; 6] = [
    "autoclose",
    "autoexec",
    "autoexit",
    "autonew",
    "autoopen",
    "autosync",
];
/// Auto macros of Excel and of add-ins of PowerPoint, in standard modules only.
const OF_EXCEL: [&str; 7] = [
    "auto_activate",
    "auto_add",
    "auto_close",
    "auto_deactivate",
    "auto_ope",
    "auto_open",
    "auto_remove",
];
/// What a slide show of PowerPoint calls, with an argument.
const OF_POWERPOINT: [&str; 2] = ["onslideshowpagechange", "onslideshowterminate"];

impl Project<'_> {
    /// What starts a procedure of that name, given in small letters, if an application looks for
    /// it there.
    pub(super) fn magic(
        &self,
        module: &Module<'_>,
        procedure: &Procedure,
        name: &str,
    ) -> Option<&'static Rule> {
        let standard = matches!(module.home, Home::Standard | Home::Unknown);
        let document = matches!(module.home, Home::Document(_));
        if !standard && !document {
            return None;
        }
        let known = self.matcher.triggers().name(name);
        if OF_POWERPOINT.contains(&name) {
            return known;
        }
        if module.needs_arguments(procedure) {
            return None;
        }
        if OF_WORD.contains(&name) || (standard && OF_EXCEL.contains(&name)) {
            return known;
        }
        if name == "main" && is_auto_module(module.name_at(procedure.at)) {
            return self.rule("trigger.auto-module");
        }
        if standard && module.has_key(name) {
            return self.rule("trigger.click");
        }
        // The commands are words that anyone may use where they replace nothing.
        known.filter(|rule| rule.id == "trigger.word-command" && !self.excel)
    }

    /// What starts a procedure that is handed the ribbon, or a control of it.
    pub(super) fn callback(
        &self,
        module: &Module<'_>,
        procedure: &Procedure,
    ) -> Option<&'static Rule> {
        if matches!(module.home, Home::Class | Home::Form) {
            return None;
        }
        let mut classes = module
            .unit
            .syntax
            .parameters_of(procedure)
            .iter()
            .filter_map(|parameter| parameter.variable.class)
            .map(|class| self.names.text(class))
            .map(|class| class.rsplit('.').next().unwrap_or(class));
        classes.find_map(|class| match class {
            "iribbonui" => self.rule("trigger.ribbon"),
            "iribboncontrol" => self.rule("trigger.click"),
            _ => None,
        })
    }
}

fn is_auto_module(name: &str) -> bool {
    AUTO_MODULES
        .iter()
        .any(|auto| auto.eq_ignore_ascii_case(name))
}
