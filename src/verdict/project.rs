//! One project: its starts, its acts, and how each act is reached.

use std::collections::BTreeMap;

use super::{Evidence, Verdict, reason, rules};
use crate::indicator::{Category, Finding, Given, Role};

/// How an act is reached. The order is that of how little a person has to do for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Never: it lies behind something that is never passed.
    Dead,
    /// No start was found that reaches it. The start may be one that is not known here.
    Unknown,
    /// When a button is pressed, or other code asks for it.
    Click,
    /// On ordinary work in the document.
    Soft,
    /// Without anybody doing anything.
    Auto,
}

impl Reach {
    const fn of(start: Role) -> Self {
        match start {
            Role::Auto => Self::Auto,
            Role::Soft => Self::Soft,
            Role::Click => Self::Click,
            _ => Self::Unknown,
        }
    }
}

/// What happens, and how it is reached.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act<'e> {
    pub(super) finding: &'e Finding,
    pub(super) reach: Reach,
}

/// What makes a verdict: one act, or two that belong together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chain<'e> {
    pub(super) act: Act<'e>,
    pub(super) and: Option<Act<'e>>,
}

impl<'e> Chain<'e> {
    pub(super) const fn new(act: Act<'e>, and: Option<Act<'e>>) -> Self {
        Self { act, and }
    }
}

/// The findings of one project that count.
#[derive(Debug)]
pub(super) struct Project<'e> {
    pub(super) names: &'e [&'e str],
    pub(super) modules: usize,
    /// Whether its calls were followed. If not, all that is known are words.
    pub(super) followed: bool,
    allowed: bool,
    /// Whether what it runs comes from the document and not from the code.
    from_document: bool,
    /// What starts it, in the order of the modules.
    pub(super) triggers: Vec<&'e Finding>,
    /// The strongest start of the project, whatever it reaches.
    pub(super) strongest: Reach,
    /// The first finding of each role, grade and reach.
    acts: BTreeMap<(Role, u8, Reach), &'e Finding>,
    /// The first finding of each rule that hides something: different ways of hiding add up.
    conceal: Vec<&'e Finding>,
    /// What it can do, each thing once, in the order of the findings.
    pub(super) does: Vec<&'static str>,
}

impl<'e> Project<'e> {
    /// All projects of the evidence, by number.
    pub(super) fn gather(evidence: &Evidence<'e>) -> Vec<Self> {
        let number = |module: usize| evidence.project_of.get(module).copied().unwrap_or(0);
        let new = |number: u32| {
            let flag = |flags: &[bool]| flags.get(number as usize).copied().unwrap_or(false);
            Self {
                names: evidence.module_names,
                modules: 0,
                followed: flag(evidence.followed),
                allowed: flag(evidence.allowed),
                from_document: false,
                triggers: Vec::new(),
                strongest: Reach::Unknown,
                acts: BTreeMap::new(),
                conceal: Vec::new(),
                does: Vec::new(),
            }
        };
        let mut projects: BTreeMap<u32, (Self, Vec<&Finding>)> = BTreeMap::new();
        let mut at = |module: usize, finding: Option<&'e Finding>| {
            let number = number(module);
            let (project, findings) = projects
                .entry(number)
                .or_insert_with(|| (new(number), Vec::new()));
            match finding {
                None => project.modules += 1,
                Some(finding) => findings.push(finding),
            }
        };
        for module in 0..evidence.module_names.len() {
            at(module, None);
        }
        // A word in a comment moves nothing.
        for finding in evidence.findings.iter().filter(|one| one.level >= 2) {
            if let Some(module) = finding.module {
                at(module as usize, Some(finding));
            }
        }
        projects
            .into_values()
            .map(|(mut project, findings)| {
                let triggers = findings.iter().filter(|one| one.rule.role.is_trigger());
                project.triggers.extend(triggers);
                let starts = findings.iter().map(|one| strength(one));
                project.strongest = starts.max().unwrap_or(Reach::Unknown);
                for finding in findings {
                    project.add(finding);
                }
                project
            })
            .collect()
    }

    fn add(&mut self, finding: &'e Finding) {
        let rule = finding.rule;
        let reach = self.reach(finding);
        self.from_document |= runs_document(finding);
        self.acts
            .entry((rule.role, grade(finding), reach))
            .or_insert(finding);
        if rule.role == Role::Conceal
            && reach > Reach::Dead
            && !self.conceal.iter().any(|seen| seen.rule == rule)
        {
            self.conceal.push(finding);
        }
        if !self.does.contains(&rule.does) {
            self.does.push(rule.does);
        }
    }

    /// Where calls were not followed, whatever starts the project may reach it.
    fn reach(&self, finding: &Finding) -> Reach {
        match &finding.flow {
            Some(flow) if flow.dead => Reach::Dead,
            Some(flow) => flow.start.map_or(Reach::Unknown, Reach::of),
            None => self.strongest,
        }
    }

    /// The finding of the strongest start; of equals the first.
    pub(super) fn trigger(&self) -> Option<&'e Finding> {
        let triggers = self.triggers.iter().rev().copied();
        triggers.max_by_key(|one| strength(one))
    }

    /// The act that is most easily reached, of the first role that has one of this grade at least
    /// that is reached in one of these ways.
    pub(super) fn find(
        &self,
        roles: &[Role],
        least: u8,
        which: impl Fn(Reach) -> bool,
    ) -> Option<Act<'e>> {
        roles.iter().find_map(|role| {
            self.acts
                .range((*role, least, Reach::Dead)..=(*role, u8::MAX, Reach::Auto))
                .filter(|((_, _, reach), _)| which(*reach))
                .max_by_key(|((_, grade, reach), _)| (*reach, *grade))
                .map(|((_, _, reach), finding)| Act {
                    finding,
                    reach: *reach,
                })
        })
    }

    /// How many different ways of hiding it has, and the first of them.
    pub(super) fn concealed(&self) -> (usize, Option<Act<'e>>) {
        let first = self.conceal.first().map(|finding| Act {
            finding,
            reach: self.reach(finding),
        });
        (self.conceal.len(), first)
    }

    /// The verdict on the project, and its reasons.
    pub(super) fn judge(&self) -> Vec<(Verdict, String)> {
        let mut reasons: Vec<(Verdict, String)> = rules::hold(self)
            .map(|(rule, chain)| self.reason(rule.verdict, &chain))
            .collect();
        if reasons.is_empty() {
            reasons.push((Verdict::Macro, reason::summary(self)));
        }
        reasons
    }

    /// Code that the user knows is not held for what it can do, only for what it does; and what it
    /// takes from the document is not known with it.
    fn reason(&self, verdict: Verdict, chain: &Chain<'e>) -> (Verdict, String) {
        let says = reason::sentence(self, chain);
        if self.allowed && !self.from_document && verdict == Verdict::Suspicious {
            let says = says.trim_end_matches('.');
            let says = format!("{says}; the code is on the list of allowed code (--allow).");
            return (Verdict::Macro, says);
        }
        (verdict, says)
    }
}

/// The start that a finding is, or that reaches it.
fn strength(finding: &Finding) -> Reach {
    let by = finding.flow.as_ref().and_then(|flow| flow.start);
    let by = by.map_or(Reach::Unknown, Reach::of);
    by.max(Reach::of(finding.rule.role))
}

/// Whether what a finding runs comes from the document.
fn runs_document(finding: &Finding) -> bool {
    let runs = matches!(
        finding.rule.role,
        Role::Execute | Role::Inject | Role::Verb | Role::Opaque | Role::Download
    );
    runs && finding.flow.as_ref().is_some_and(|flow| flow.document)
}

/// How grave a finding is among those of its role; 0 where there is nothing to tell apart.
fn grade(finding: &Finding) -> u8 {
    let flow = finding.flow.as_deref();
    match finding.rule.role {
        // Hidden in the code; from elsewhere; only not read.
        Role::Opaque => match flow {
            Some(flow) if flow.computed => 2,
            Some(flow) if flow.document || flow.network => 1,
            _ => 0,
        },
        // Into a program; into what could be one; into something else.
        Role::Drop => match flow {
            _ if finding.rule.id == "write.program" => 2,
            Some(flow) if names_program(&flow.argument) => 2,
            Some(flow) if flow.given == Given::Whole && !flow.network => 0,
            _ => 1,
        },
        // Where Windows starts programs.
        Role::Persist => u8::from(flow.is_some_and(|flow| {
            finding.rule.id == "persistence.run-key"
                || finding.rule.id == "persistence.startup-place" && names_startup(&flow.argument)
        })),
        // A library that is loaded, of all that has two uses.
        Role::Dual => u8::from(finding.rule.id == "execution.load-library"),
        // An address, not only a name.
        Role::Payload => u8::from(finding.rule.category == Category::Network),
        _ => 0,
    }
}

/// What Windows or Office runs, or unpacks, when it is opened.
const PROGRAMS: &[&str] = &[
    "exe", "dll", "scr", "pif", "com", "bat", "cmd", "vbs", "vbe", "js", "jse", "wsf", "wsh",
    "hta", "ps1", "psm1", "lnk", "url", "ocx", "cpl", "msi", "msc", "jar", "sct", "reg", "chm",
    "inf", "zip", "rar", "7z", "cab", "iso", "img", "vhd", "xll", "wll", "xlam", "xla", "ppam",
    "dotm", "xlsm", "docm", "one",
];

/// Whether a path leads to the folder whose files Windows starts.
fn names_startup(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.contains("programs\\startup") || path.contains("programs/startup")
}

/// Whether a text names a file that is one, by how a word of it ends.
fn names_program(text: &str) -> bool {
    text.split('.').skip(1).any(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
        let (ending, after) = rest.split_at(end.unwrap_or(rest.len()));
        !after.starts_with(['\\', '/', '-', '_'])
            && PROGRAMS
                .iter()
                .any(|program| ending.eq_ignore_ascii_case(program))
    })
}
