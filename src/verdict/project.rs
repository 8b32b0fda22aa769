//! The chains of one project: what starts it, and what it then does.

use std::collections::BTreeMap;

use super::{Evidence, Verdict};
use crate::indicator::{Finding, Role};

/// The findings of one project that count, by role.
#[derive(Debug)]
pub(super) struct Project<'e> {
    names: &'e [&'e str],
    modules: usize,
    /// The first finding of each role, in the order of the modules.
    first: BTreeMap<Role, &'e Finding>,
    /// The first finding of each rule that hides something: different ways of hiding add up.
    conceal: Vec<&'e Finding>,
    /// What it can do, each thing once, in the order of the findings.
    does: Vec<&'static str>,
}

/// How many abilities a summary lists.
const MOST_ABILITIES: usize = 8;

impl<'e> Project<'e> {
    /// All projects of the evidence, by number.
    pub(super) fn gather(evidence: &Evidence<'e>) -> Vec<Self> {
        let new = || Self {
            names: evidence.module_names,
            modules: 0,
            first: BTreeMap::new(),
            conceal: Vec::new(),
            does: Vec::new(),
        };
        let number = |module: usize| evidence.project_of.get(module).copied().unwrap_or(0);
        let mut projects: BTreeMap<u32, Self> = BTreeMap::new();
        for module in 0..evidence.module_names.len() {
            projects.entry(number(module)).or_insert_with(new).modules += 1;
        }
        // A word in a comment moves nothing.
        for finding in evidence
            .findings
            .iter()
            .filter(|finding| finding.level >= 2)
        {
            let module = usize::try_from(finding.module).unwrap_or(usize::MAX);
            projects
                .entry(number(module))
                .or_insert_with(new)
                .add(finding);
        }
        projects.into_values().collect()
    }

    fn add(&mut self, finding: &'e Finding) {
        let rule = finding.rule;
        self.first.entry(rule.role).or_insert(finding);
        if rule.role == Role::Conceal && !self.conceal.iter().any(|seen| seen.rule == rule) {
            self.conceal.push(finding);
        }
        if !self.does.contains(&rule.does) {
            self.does.push(rule.does);
        }
    }

    /// The verdict on the project, and its reasons.
    pub(super) fn judge(&self) -> Vec<(Verdict, String)> {
        let mut reasons = Vec::new();
        if let Some(chain) = self.chain() {
            reasons.push(chain);
        }
        if let Some(finding) = self.has(Role::Weaken) {
            reasons.push((
                Verdict::Suspicious,
                format!("The code {}: {}.", finding.rule.does, self.place(finding)),
            ));
        }
        if reasons.is_empty() {
            reasons.push((Verdict::Macro, self.summary()));
        }
        reasons
    }

    fn has(&self, role: Role) -> Option<&'e Finding> {
        self.first.get(&role).copied()
    }

    fn first_of(&self, roles: &[Role]) -> Option<&'e Finding> {
        roles.iter().find_map(|role| self.has(*role))
    }

    /// What starts a program or runs memory, in one step or two.
    fn strong(&self) -> Option<(&'e Finding, Option<&'e Finding>)> {
        if let Some(finding) = self.first_of(&[Role::Inject, Role::Execute]) {
            return Some((finding, None));
        }
        if let (Some(launcher), Some(verb)) = (self.has(Role::Launcher), self.has(Role::Verb)) {
            return Some((launcher, Some(verb)));
        }
        // A viewer is told to show something that was just brought here.
        let view = self.has(Role::View)?;
        let brought = self.first_of(&[Role::Download, Role::Network, Role::Drop, Role::Opaque])?;
        Some((view, Some(brought)))
    }

    /// What is fetched, and what is then done with it.
    fn download(&self) -> Option<(&'e Finding, Option<&'e Finding>)> {
        if let Some(download) = self.has(Role::Download) {
            return Some((download, None));
        }
        let network = self.has(Role::Network)?;
        let used = self.first_of(&[Role::Drop, Role::Launcher, Role::Payload])?;
        Some((network, Some(used)))
    }

    /// A call whose name cannot be read, and what shows that it is hidden on purpose.
    fn hidden_call(&self) -> Option<(&'e Finding, Option<&'e Finding>)> {
        let opaque = self.has(Role::Opaque)?;
        if let Some(command) = self.has(Role::Command) {
            return Some((opaque, Some(command)));
        }
        let conceal = self.conceal.first().copied()?;
        let again = self.conceal.get(1).is_some();
        let used = self.first_of(&[Role::Verb, Role::Network, Role::Drop]);
        (again || used.is_some()).then_some((opaque, Some(conceal)))
    }

    /// The worst chain of the project.
    fn chain(&self) -> Option<(Verdict, String)> {
        if let Some(trigger) = self.has(Role::Auto) {
            let whole = self.strong().or_else(|| self.download());
            if let Some(acts) = whole.or_else(|| self.hidden_call()) {
                return Some((Verdict::Malicious, self.sentence(Some(trigger), acts)));
            }
            // A program is put in place, for something else to start.
            if let (Some(drop), Some(payload)) = (self.has(Role::Drop), self.has(Role::Payload)) {
                let sentence = self.sentence(Some(trigger), (drop, Some(payload)));
                return Some((Verdict::Suspicious, sentence));
            }
            let part = self.first_of(&[
                Role::Opaque,
                Role::Network,
                Role::Launcher,
                Role::Command,
                Role::Persist,
                Role::View,
                Role::Dual,
            ])?;
            let sentence = self.sentence(Some(trigger), (part, None));
            return Some((Verdict::Suspicious, sentence));
        }
        // Ordinary work starts the code: what is only odd is left to it.
        if let Some(trigger) = self.has(Role::Soft) {
            if let Some(acts) = self.strong().or_else(|| self.download()) {
                return Some((Verdict::Malicious, self.sentence(Some(trigger), acts)));
            }
            let part = self.first_of(&[Role::Network, Role::Launcher, Role::Command, Role::View]);
            let acts = self.hidden_call().or_else(|| Some((part?, None)))?;
            return Some((Verdict::Suspicious, self.sentence(Some(trigger), acts)));
        }
        // What starts the code may be a button, or something that is not known here: a formula
        // that calls a function, a shape, a shortcut.
        let acts = self
            .strong()
            .or_else(|| self.download())
            .or_else(|| self.has(Role::View).map(|view| (view, None)))?;
        Some((
            Verdict::Suspicious,
            self.sentence(self.has(Role::Click), acts),
        ))
    }

    fn sentence(
        &self,
        trigger: Option<&'e Finding>,
        (act, second): (&'e Finding, Option<&'e Finding>),
    ) -> String {
        let acts = match second {
            None => format!("{}: {}", act.rule.does, self.place(act)),
            Some(second) => format!(
                "{}: {}; and {}: {}",
                act.rule.does,
                self.place(act),
                second.rule.does,
                self.place(second)
            ),
        };
        match trigger {
            Some(trigger) => format!(
                "{} {}, and the same project {acts}.",
                self.place(trigger),
                trigger.rule.does
            ),
            None => format!(
                "The code {acts}. What starts it was not found, which does not mean that nothing does."
            ),
        }
    }

    /// A finding as it is named in a sentence.
    fn place(&self, finding: &Finding) -> String {
        let name = usize::try_from(finding.module)
            .ok()
            .and_then(|module| self.names.get(module));
        // A name from the file is cut, so that it cannot drown the sentence.
        let text: String = finding.text.chars().take(60).collect();
        match name {
            Some(name) if !name.is_empty() => {
                let name: String = name.chars().take(60).collect();
                format!("{text} in module {name} (line {})", finding.line)
            }
            _ => format!("{text} (line {})", finding.line),
        }
    }

    fn summary(&self) -> String {
        let modules = match self.modules {
            1 => "one macro module".to_owned(),
            count => format!("{count} macro modules"),
        };
        let mut does = self.does.clone();
        let more = does.len() > MOST_ABILITIES;
        does.truncate(MOST_ABILITIES);
        if does.is_empty() {
            return format!("The document holds {modules}, in which nothing dangerous was found.");
        }
        format!(
            "The document holds {modules}, without a chain from a start to a dangerous act. The code: {}{}.",
            does.join("; "),
            if more { "; and more" } else { "" }
        )
    }
}
