//! One automaton over all patterns.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use super::builtin::TABLES;
use super::context::Hit;
use super::ioc::{Collector, MARKERS, Marker, Suspicion};
use super::rules::{Argument, Context, Finding, Flow, Ioc, Role, Rule};
use super::search::Search;
use super::triggers::Triggers;
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::source::lex::{word_at, word_before};
use crate::source::{Cursor, Language, Place, Source};

/// All rules, ready to search. Building one takes some milliseconds: build it once and share it.
pub struct Matcher {
    search: Option<Search>,
    /// What the matches of the automaton stand for, by pattern.
    entries: Vec<Entry>,
    uses: Vec<Use>,
    rules: Vec<&'static Rule>,
    by_id: HashMap<&'static str, &'static Rule>,
    triggers: Triggers,
    script_top_level: Option<usize>,
    numeric_host: Option<usize>,
    program_address: Option<usize>,
}

/// A text of the automaton.
#[derive(Clone, Debug)]
struct Entry {
    uses: Range<usize>,
    marker: Option<Marker>,
    /// Whether its first and last byte are of a word, so that none may go on beside them.
    bounded: (bool, bool),
    /// Whether some use does not ask for the end of a word after it.
    part: bool,
}

#[derive(Clone, Copy, Debug)]
struct Use {
    rule: usize,
    context: Context,
}

/// How many findings of a rule one module may give: enough to see what it is. More are no more
/// evidence, and mentions in comments are counted apart so that they crowd out nothing.
const KEPT: u8 = 8;
const KEPT_NOTES: u8 = 3;
const KEPT_MENTIONS: u8 = 2;
/// The longest text of a finding, in characters.
const LONGEST: usize = 200;
/// Word runs `Main` of a module of this name as an auto macro.
pub(super) const AUTO_MODULES: [&str; 5] =
    ["AutoExec", "AutoOpen", "AutoNew", "AutoClose", "AutoExit"];

/// How a value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It stands in the code as it is.
    Plain,
    /// It was joined from what stands there.
    Joined,
    /// It was hidden: what it names counts as if it were called.
    Hidden,
    /// It is run as code.
    Code,
}

/// Where in the report something stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) layer: u32,
    pub(super) module: u32,
    pub(super) line: u32,
    pub(super) column: u32,
}

impl Spot {
    /// A finding there.
    pub(super) const fn finding(
        self,
        rule: &'static Rule,
        level: u8,
        place: Place,
        text: String,
        flow: Option<Box<Flow>>,
    ) -> Finding {
        Finding {
            rule,
            level,
            layer: self.layer,
            module: Some(self.module),
            line: self.line,
            column: self.column,
            place,
            text,
            flow,
        }
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher")
            .field("rules", &self.rules.len())
            .field("patterns", &self.entries.len())
            .finish_non_exhaustive()
    }
}

impl Default for Matcher {
    fn default() -> Self {
        Self::new()
    }
}

impl Matcher {
    /// Builds the automaton over the rules that come with the crate.
    #[must_use]
    pub fn new() -> Self {
        let rules: Vec<&'static Rule> = TABLES.iter().copied().flatten().collect();
        let mut by_text: HashMap<String, Vec<Use>> = HashMap::new();
        let mut texts: Vec<String> = Vec::new();
        let mut add = |text: &str| -> String {
            let text = text.to_ascii_lowercase();
            if !by_text.contains_key(&text) {
                by_text.insert(text.clone(), Vec::new());
                texts.push(text.clone());
            }
            text
        };
        let dotted = (0..100).map(|n| format!("{}.{}", n / 10, n % 10));
        let dotted: Vec<String> = dotted.map(|text| add(&text)).collect();
        for (text, _) in MARKERS {
            add(text);
        }
        for pattern in rules.iter().flat_map(|rule| rule.patterns) {
            add(pattern.text);
        }
        for (rule, pattern) in rules
            .iter()
            .enumerate()
            .flat_map(|(i, rule)| rule.patterns.iter().map(move |pattern| (i, pattern)))
        {
            if let Some(uses) = by_text.get_mut(&pattern.text.to_ascii_lowercase()) {
                uses.push(Use {
                    rule,
                    context: pattern.context,
                });
            }
        }
        let mut uses = Vec::new();
        let entries = texts
            .iter()
            .map(|text| {
                let from = uses.len();
                uses.extend_from_slice(by_text.get(text).map_or(&[][..], Vec::as_slice));
                let marker = if dotted.contains(text) {
                    Some(Marker::Dotted)
                } else {
                    MARKERS
                        .iter()
                        .find(|(marker, _)| marker.eq_ignore_ascii_case(text))
                        .map(|(_, marker)| *marker)
                };
                Entry {
                    part: marker.is_some()
                        || uses
                            .get(from..)
                            .unwrap_or_default()
                            .iter()
                            .any(|one| one.context == Context::Fragment),
                    uses: from..uses.len(),
                    marker,
                    bounded: (word_at(text, 0), word_before(text, text.len())),
                }
            })
            .collect();
        let find = |id: &str| rules.iter().position(|rule| rule.id == id);
        Self {
            search: Search::new(&texts),
            entries,
            uses,
            script_top_level: find("trigger.script-top-level"),
            numeric_host: find("network.numeric-host"),
            program_address: find("network.program-address"),
            triggers: Triggers::new(&rules),
            by_id: rules.iter().map(|rule| (rule.id, *rule)).collect(),
            rules,
        }
    }

    /// Every rule, table by table.
    #[must_use]
    pub fn rules(&self) -> &[&'static Rule] {
        &self.rules
    }

    /// The rule of that id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&'static Rule> {
        self.by_id.get(id).copied()
    }

    /// What the names of procedures say.
    pub(super) const fn triggers(&self) -> &Triggers {
        &self.triggers
    }

    /// Searches the text of one module.
    ///
    /// A rule gives a bounded number of findings a module; over [`Limit::Findings`] the search
    /// stops, and the ledger has a gap for it.
    pub fn scan(
        &self,
        source: &Source<'_>,
        layer: u32,
        module: u32,
        ledger: &mut Ledger,
        findings: &mut Vec<Finding>,
        iocs: &mut Vec<Ioc>,
    ) {
        let iocs = Collector::new(layer, module, iocs);
        self.search(source, (layer, module), None, ledger, findings, iocs);
    }

    /// Searches a value that the code computes or is given, as if it were a string literal, or as
    /// code. What is found is of level 3 and in the line of the value; what is worth no more than
    /// a note is not kept, nor what names a call, unless the value was hidden.
    pub(super) fn scan_value(
        &self,
        value: &str,
        at: Spot,
        reading: Reading,
        ledger: &mut Ledger,
        findings: &mut Vec<Finding>,
        iocs: &mut Vec<Ioc>,
    ) -> bool {
        let source = match reading {
            Reading::Code => Source::script(value),
            _ => Source::literal(value),
        };
        let iocs = Collector::new(at.layer, at.module, iocs);
        let iocs = match reading {
            // The search of the text found them where they stand.
            Reading::Plain => iocs.silent(),
            Reading::Joined | Reading::Hidden | Reading::Code => iocs.of_value(at.line, true),
        };
        let value = Some((at, reading));
        self.search(
            &source,
            (at.layer, at.module),
            value,
            ledger,
            findings,
            iocs,
        )
    }

    fn search(
        &self,
        source: &Source<'_>,
        (layer, module): (u32, u32),
        value: Option<(Spot, Reading)>,
        ledger: &mut Ledger,
        findings: &mut Vec<Finding>,
        iocs: Collector<'_>,
    ) -> bool {
        let text = source.text();
        let mut scan = Scan {
            matcher: self,
            text,
            language: source.language(),
            cursor: source.cursor(),
            layer,
            module,
            value,
            kept: vec![Kept::default(); self.rules.len()],
            auto_module: false,
            unkept: false,
            stopped: false,
            ledger,
            findings,
            iocs,
        };
        let script = source.language() == Language::VbScript;
        if script && value.is_none() && !text.trim_ascii().is_empty() {
            scan.top_level();
        }
        let Some(search) = &self.search else {
            return false;
        };
        search.each(text.as_bytes(), |pattern, start, end| {
            if let Some(entry) = self.entries.get(pattern) {
                scan.hit(entry, start, end);
            }
            !scan.stopped
        });
        scan.iocs.named
    }
}

/// The findings of one rule in one module so far.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    certain: u8,
    mentioned: u8,
    /// The line of the last certain one: a rule says a thing once a line.
    line: u32,
}

/// One search.
struct Scan<'s, 'o> {
    matcher: &'s Matcher,
    text: &'s str,
    language: Language,
    cursor: Cursor<'s>,
    layer: u32,
    module: u32,
    value: Option<(Spot, Reading)>,
    kept: Vec<Kept>,
    auto_module: bool,
    unkept: bool,
    stopped: bool,
    ledger: &'o mut Ledger,
    findings: &'o mut Vec<Finding>,
    iocs: Collector<'o>,
}

impl Scan<'_, '_> {
    fn hit(&mut self, entry: &Entry, start: usize, end: usize) {
        let after = entry.bounded.1 && word_at(self.text, end);
        if after && !entry.part {
            return;
        }
        if let Some(marker) = entry.marker {
            self.marker(marker, start, end);
        }
        let before = entry.bounded.0 && word_before(self.text, start);
        let uses = self.matcher.uses.get(entry.uses.clone());
        for one in uses.unwrap_or_default() {
            let bounded = match one.context {
                Context::Fragment => true,
                Context::ProcedureSuffix => before && !after,
                _ => !before && !after,
            };
            if bounded {
                self.use_of(*one, start, end);
            }
        }
    }

    fn use_of(&mut self, one: Use, start: usize, end: usize) {
        let (Some(kept), Some(rule)) = (
            self.kept.get(one.rule).copied(),
            self.matcher.rules.get(one.rule).copied(),
        ) else {
            return;
        };
        if kept.certain >= most(rule) {
            return;
        }
        let mut hit = Hit {
            text: self.text,
            start,
            end,
        };
        // What can be told from the neighbours is told first: it is cheaper than the place.
        let fits = match one.context {
            Context::Procedure => hit.is_procedure(),
            Context::ProcedureSuffix => {
                hit = hit.name();
                hit.is_procedure() && !hit.is_own_event()
            }
            Context::MainOfAutoModule => self.auto_module && hit.is_procedure(),
            Context::Call => hit.is_call(),
            Context::ScriptCall => self.language == Language::VbScript && hit.is_call(),
            Context::Start { .. } => hit.is_call(),
            Context::Statement => hit.is_statement(),
            Context::Member => hit.is_member(),
            Context::MemberOf(object) => hit.is_member_of(object),
            Context::MemberNotOf(object) => hit.is_member() && !hit.is_member_of(object),
            Context::OpaqueMemberOf(object) => {
                hit.is_member_of(object) && hit.is_opaque(Argument::First)
            }
            Context::Type => hit.is_type(),
            Context::After(what) => hit.is_after(what),
            Context::Before(what) => hit.is_before(what),
            Context::Chained => hit.is_chained(),
            Context::Computed => hit.is_call() && hit.is_computed(),
            Context::Elsewhere => hit.is_member() && hit.is_elsewhere(),
            Context::WmiClass => hit.is_wmi_class(),
            Context::ForeignClass => hit.is_foreign_class(),
            Context::Opaque(_)
            | Context::ForeignLibrary
            | Context::Api
            | Context::Word
            | Context::Text
            | Context::Fragment => true,
        };
        if !fits {
            return;
        }
        let place = self.cursor.seek(end.saturating_sub(1));
        if self.cursor.in_attribute() {
            return;
        }
        let Some(level) = self.level(one.context, &hit, place) else {
            return;
        };
        self.keep(one.rule, rule, hit, place, level);
    }

    /// The level of evidence of a hit at a place, if it is any.
    fn level(&self, context: Context, hit: &Hit<'_>, place: Place) -> Option<u8> {
        let quote = self.cursor.literal().map(|literal| literal.start);
        let in_string = context.is_in_string();
        match (context, place) {
            (Context::Opaque(argument), Place::Code) => hit.is_opaque(argument).then_some(2),
            (Context::Start { viewer }, Place::Code) => {
                (hit.starts_viewer() == viewer).then_some(2)
            }
            (Context::ForeignLibrary, Place::Code) => hit.is_foreign_library().then_some(2),
            (Context::Api, Place::Code | Place::Text) => hit.is_api(quote).then_some(2),
            (Context::Word, Place::Code) => Some(2),
            (_, Place::Code) if in_string => None,
            (_, Place::Comment) if in_string => Some(1),
            (Context::Word, Place::Text) => Some(quote.map_or(2, |at| level_of(hit, at))),
            (_, Place::Text) if in_string => match quote {
                // The name of a declared library is no file that is written or command.
                Some(at) if hit.is_declared(at) => None,
                Some(at) => Some(level_of(hit, at)),
                None => Some(2),
            },
            (
                Context::Call | Context::Member | Context::Type | Context::Start { viewer: false },
                Place::Text | Place::Comment,
            ) => Some(1),
            (_, Place::Code) => Some(2),
            _ => None,
        }
    }

    fn keep(&mut self, index: usize, rule: &'static Rule, hit: Hit<'_>, place: Place, level: u8) {
        let line = self.cursor.line();
        if let Some((_, reading)) = self.value
            && (level < 2 || !counts_in_value(rule.role, reading))
        {
            return;
        }
        let Some(kept) = self.kept.get_mut(index) else {
            return;
        };
        if level >= 2 {
            if kept.certain > 0 && kept.line == line {
                return;
            }
            kept.certain += 1;
            kept.line = line;
        } else {
            if rule.role == Role::Note || kept.mentioned >= KEPT_MENTIONS {
                return;
            }
            kept.mentioned += 1;
        }
        // What judges nothing must not use up what judging needs.
        if level < 2 || rule.role == Role::Note {
            let budget = self.ledger.budget();
            let reserve = budget.limits().get(Limit::Findings) / 4;
            if budget.left(Limit::Findings) <= reserve {
                self.note_unkept();
                return;
            }
        }
        if self.ledger.charge(Limit::Findings, 1).is_err() {
            self.stopped = true;
            return;
        }
        let matched = hit.matched();
        let column = self.cursor.column(hit.start);
        if rule.role == Role::Command
            && level >= 2
            && let Some(literal) = self.cursor.literal()
        {
            let value = self.text.get(literal).unwrap_or_default();
            self.iocs
                .command(value.trim_matches('"'), line, self.ledger);
        }
        let (level, line, column) = match self.value {
            Some((at, _)) => (3, at.line, at.column),
            None => (level, line, column),
        };
        self.findings.push(Finding {
            rule,
            level,
            layer: self.layer,
            module: Some(self.module),
            line,
            column,
            place,
            text: matched.chars().take(LONGEST).collect(),
            flow: None,
        });
    }

    fn marker(&mut self, marker: Marker, start: usize, end: usize) {
        if marker == Marker::ModuleName {
            self.cursor.seek(end.saturating_sub(1));
            if self.cursor.in_attribute() {
                let tail = self.text.get(end..).unwrap_or_default();
                let name = tail.trim_start_matches([' ', '\t', '=', '"']);
                self.auto_module = AUTO_MODULES.iter().any(|auto| {
                    name.get(..auto.len())
                        .is_some_and(|head| head.eq_ignore_ascii_case(auto))
                        && !word_at(name, auto.len())
                });
            }
            return;
        }
        let suspicion = self
            .iocs
            .widen(marker, self.text, start, &mut self.cursor, self.ledger);
        let Some((suspicion, from, to)) = suspicion else {
            return;
        };
        let index = match suspicion {
            Suspicion::NumericHost => self.matcher.numeric_host,
            Suspicion::Program => self.matcher.program_address,
        };
        let Some((index, rule)) = index.and_then(|i| Some((i, *self.matcher.rules.get(i)?))) else {
            return;
        };
        if self
            .kept
            .get(index)
            .is_some_and(|kept| kept.certain < most(rule))
        {
            let hit = Hit {
                text: self.text,
                start: from,
                end: to,
            };
            self.keep(index, rule, hit, Place::Text, 2);
        }
    }

    /// A script runs from its first line.
    fn top_level(&mut self) {
        let Some((index, rule)) = self
            .matcher
            .script_top_level
            .and_then(|i| Some((i, *self.matcher.rules.get(i)?)))
        else {
            return;
        };
        let end = self.text.find(['\r', '\n']).unwrap_or(self.text.len());
        let hit = Hit {
            text: self.text,
            start: 0,
            end,
        };
        self.cursor.seek(0);
        self.keep(index, rule, hit, Place::Code, 2);
    }

    fn note_unkept(&mut self) {
        if self.unkept {
            return;
        }
        self.unkept = true;
        self.ledger.observe(
            "text.findings-unkept",
            "",
            0,
            format_args!(
                "further findings of module {} that judge nothing were not kept",
                self.module
            ),
        );
    }
}

/// A string that is only shown says what it says to the reader.
fn level_of(hit: &Hit<'_>, quote: usize) -> u8 {
    if hit.is_shown(quote) { 1 } else { 2 }
}

/// Whether a rule of that role says anything about a value: a call that is only named in it is
/// none, unless it was hidden or is run.
const fn counts_in_value(role: Role, reading: Reading) -> bool {
    match role {
        Role::Note => false,
        Role::Auto | Role::Soft | Role::Click => false,
        Role::Command | Role::Payload | Role::Conceal | Role::Weaken => true,
        _ => matches!(reading, Reading::Hidden | Reading::Code),
    }
}

const fn most(rule: &Rule) -> u8 {
    if matches!(rule.role, Role::Note) {
        KEPT_NOTES
    } else {
        KEPT
    }
}
