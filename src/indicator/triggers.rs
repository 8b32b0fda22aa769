//! The rules of triggers by the names that they know: what the name of a procedure alone says.

use std::collections::HashMap;

use super::rules::{Category, Context, Rule};

/// The names that rules of [`Category::Trigger`] know, in small letters.
#[derive(Debug, Default)]
pub(super) struct Triggers {
    /// Whole names of procedures: `workbook_open`.
    names: HashMap<String, &'static Rule>,
    /// Names of events, which stand after the last `_` of a procedure: `documentopen`.
    events: HashMap<String, &'static Rule>,
}

impl Triggers {
    /// Those of a list of rules.
    pub(super) fn new(rules: &[&'static Rule]) -> Self {
        let mut triggers = Self::default();
        for rule in rules
            .iter()
            .filter(|rule| rule.category == Category::Trigger)
        {
            for pattern in rule.patterns {
                let name = pattern.text.to_ascii_lowercase();
                match pattern.context {
                    Context::Procedure => {
                        triggers.names.entry(name).or_insert(rule);
                    }
                    Context::ProcedureSuffix => {
                        let event = name.trim_start_matches('_').to_owned();
                        triggers.events.entry(event).or_insert(rule);
                    }
                    _ => {}
                }
            }
        }
        triggers
    }

    /// The rule that knows a procedure of this name, given in small letters.
    pub(super) fn name(&self, name: &str) -> Option<&'static Rule> {
        self.names.get(name).copied()
    }

    /// The rule that knows an event of this name, given in small letters.
    pub(super) fn event(&self, event: &str) -> Option<&'static Rule> {
        self.events.get(event).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::builtin::TABLES;

    #[test]
    fn names_and_events_are_told_apart() {
        let rules: Vec<_> = TABLES.iter().copied().flatten().collect();
        let triggers = Triggers::new(&rules);
        let id = |rule: Option<&'static Rule>| rule.map(|rule| rule.id);
        assert_eq!(
            id(triggers.name("workbook_open")),
            Some("trigger.document-open")
        );
        assert_eq!(id(triggers.event("layout")), Some("trigger.control-event"));
        assert_eq!(triggers.event("open"), None);
        assert_eq!(triggers.name("shell"), None);
    }

    /// What follows the last `_` of a name is the event, and nothing else is.
    #[test]
    fn events_are_one_word() {
        let rules: Vec<_> = TABLES.iter().copied().flatten().collect();
        let triggers = Triggers::new(&rules);
        for event in triggers.events.keys() {
            assert!(
                event.bytes().all(|byte| byte.is_ascii_alphanumeric()),
                "{event}"
            );
        }
    }
}
