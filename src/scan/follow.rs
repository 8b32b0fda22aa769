//! The calls of one project, followed: from its modules to findings that say what reaches what.

use std::collections::HashSet;

use crate::indicator::conduct::{self, Conduct, Subject};
use crate::indicator::{Category, Finding, Role};
use crate::limits::Limit;
use crate::observe::Reason;
use crate::project::texts::Texts;
use crate::project::{Language, ModuleKind, Reference, Start};
use crate::source::eval::Program;
use crate::source::{Place, Source};

use super::pass::Pass;

/// The most source of one project that is read as code, in bytes. Add-ins of many years have a few
/// million; the tree of a program takes some fifty times its text where statements are short.
const MOST_FOLLOWED: usize = 8 << 20;

/// A module that was searched for words, and may have to be read as code.
pub(super) struct Searched<'a> {
    pub(super) source: Source<'a>,
    pub(super) kind: ModuleKind,
    /// Its number in the report.
    pub(super) number: u32,
}

impl Pass<'_> {
    /// Reads the modules of a project as code, if any word in them could be part of a chain.
    ///
    /// `found` is how many findings there were before the project; `holders` are its layer and
    /// those around it, from the inside out.
    pub(super) fn follow(
        &mut self,
        modules: &[Searched<'_>],
        references: Vec<Reference>,
        found: usize,
        holders: &[&[u8]],
    ) -> bool {
        let words = self.findings.get(found..).unwrap_or_default();
        // Who hands over a listing wants to know what it computes.
        let streams = |module: &Searched<'_>| {
            let kept = self.modules.get(module.number as usize);
            kept.is_some_and(|kept| !kept.stream.is_empty())
        };
        let listing =
            self.layers.len() == 1 && references.is_empty() && !modules.iter().any(streams);
        if !listing && !words.iter().any(may_be_part_of_a_chain) {
            return false;
        }
        let size: usize = modules.iter().map(|one| one.source.text().len()).sum();
        if size > MOST_FOLLOWED {
            self.ledger.gap(
                Reason::Limit,
                format_args!(
                    "{size} bytes of source in one project were searched for words, and what they \
                     do was not followed (limit of {MOST_FOLLOWED})"
                ),
            );
            return false;
        }
        // A spent budget has left its gap.
        if self.ledger.charge(Limit::Steps, size as u64).is_err() {
            return false;
        }
        let hides = words.iter().any(hides_texts);
        let language = modules
            .first()
            .map_or(Language::Vba, |module| module.source.language());
        let named = modules.iter().map(|module| {
            let kept = self.modules.get(module.number as usize);
            let name = kept.map_or("", |module| module.name.as_str());
            (name, module.kind, module.source.text())
        });
        let program = Program::read(named, language, references);
        let starts = self.starts_here();
        let numbers: Vec<u32> = modules.iter().map(|module| module.number).collect();
        let subject = Subject {
            program: &program,
            starts: &starts,
            layer: self.ledger.layer(),
            modules: &numbers,
            thorough: listing,
            hides,
            texts: None,
        };
        let matcher = &self.scanner.matcher;
        let mut conduct = conduct::examine(&subject, matcher, &mut self.ledger);
        if !conduct.asks.is_empty() {
            let inflater = &mut self.scratch.inflater;
            let texts = Texts::read(conduct.asks, holders, inflater, &mut self.ledger);
            let subject = Subject {
                texts: Some(&texts),
                ..subject
            };
            let first = conduct;
            conduct = conduct::examine(&subject, matcher, &mut self.ledger);
            keep_opaque(first, &mut conduct);
        }
        self.take(conduct, found);
        true
    }

    /// What the document calls of the project in this layer: said by the layer or its holder.
    fn starts_here(&self) -> Vec<Start> {
        let layer = self.ledger.layer();
        let holder = self.layers.get(layer as usize).and_then(|own| own.parent);
        self.starts
            .iter()
            .filter(|(by, _)| *by == layer || Some(*by) == holder)
            .map(|(_, start)| start.clone())
            .collect()
    }

    /// Puts what was seen by following calls in the place of the words that said the same.
    fn take(&mut self, conduct: Conduct, found: usize) {
        let words = self.findings.split_off(found);
        let unread = Lines::of(conduct.unread);
        let followed: HashSet<(&str, Option<u32>, u32)> = conduct
            .findings
            .iter()
            .map(|finding| (finding.rule.id, finding.module, finding.line))
            .collect();
        let said = |word: &Finding| followed.contains(&(word.rule.id, word.module, word.line));
        for mut word in words {
            if word.level >= 2
                && is_of_a_call(word.rule.role)
                && !unread.has(word.module, word.line)
            {
                if word.place == Place::Code || said(&word) {
                    continue;
                }
                // The name of an object, in a string that nothing is made of.
                word.level = 1;
            } else if said(&word) {
                continue;
            }
            self.findings.push(word);
        }
        self.findings.extend(conduct.findings);
        if let Some(own) = self.findings.get_mut(found..) {
            own.sort_by_key(|finding| (finding.module, finding.line, finding.column));
        }
        self.iocs.extend(conduct.iocs);
    }
}

/// A name that the code alone does not tell stays one: what the document holds now may be another
/// when the code runs, so that to know it makes nothing milder.
fn keep_opaque(first: Conduct, conduct: &mut Conduct) {
    let place = |one: &Finding| (one.rule.id, one.module, one.line);
    let known: HashSet<_> = conduct.findings.iter().map(place).collect();
    let opaque = first
        .findings
        .into_iter()
        .filter(|one| one.rule.role == Role::Opaque && !known.contains(&place(one)));
    conduct.findings.extend(opaque);
}

/// Lines of modules.
struct Lines(Vec<(u32, u32, u32)>);

impl Lines {
    /// From ranges of lines of modules, which may overlap.
    fn of(mut ranges: Vec<(u32, u32, u32)>) -> Self {
        ranges.sort_unstable();
        ranges.dedup_by(|next, last| {
            let joins = next.0 == last.0 && next.1 <= last.2;
            if joins {
                last.2 = last.2.max(next.2);
            }
            joins
        });
        Self(ranges)
    }

    fn has(&self, module: Option<u32>, line: u32) -> bool {
        let Some(module) = module else { return false };
        let after = self
            .0
            .partition_point(|(of, from, _)| (*of, *from) <= (module, line));
        let range = after.checked_sub(1).and_then(|at| self.0.get(at));
        range.is_some_and(|(of, _, to)| *of == module && line <= *to)
    }
}

/// Whether a finding of the word search is reason to read the code: without any, no chain can be
/// built from what is there, whatever starts it.
fn may_be_part_of_a_chain(finding: &Finding) -> bool {
    let rule = finding.rule;
    let ordinary = matches!(rule.role, Role::Note | Role::Click);
    let hides = matches!(rule.category, Category::Obfuscation | Category::Hiding);
    // What is changed through it has no name of its own.
    let macros = rule.id == "defense.project-access";
    // The name may be in the document.
    let opens = rule.id == "network.opens-given";
    finding.level >= 2 && (!ordinary || hides || macros || opens)
}

/// Whether a finding of the word search says that texts are hidden on purpose.
fn hides_texts(finding: &Finding) -> bool {
    finding.level >= 2
        && finding.rule.category == Category::Obfuscation
        && finding.rule.role == Role::Conceal
}

/// Whether a role is one that a call has, and not a word.
const fn is_of_a_call(role: Role) -> bool {
    matches!(
        role,
        Role::Auto
            | Role::Soft
            | Role::Click
            | Role::Execute
            | Role::Inject
            | Role::View
            | Role::Launcher
            | Role::Verb
            | Role::Dual
            | Role::Opaque
            | Role::Network
            | Role::Download
            | Role::Drop
            | Role::Write
            | Role::Persist
    )
}
