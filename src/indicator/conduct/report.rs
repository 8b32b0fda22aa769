//! From starts, acts and texts to findings.

use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use super::super::matcher::{Matcher, Spot};
use super::super::rules::{Finding, Flow, Given, Ioc, Role, Rule};
use super::acts::Act;
use super::lines::Lines;
use super::start::Started;
use super::texts;
use super::world::World;
use super::{Conduct, Subject, apis, files};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::source::Place;
use crate::source::eval::{Origin, ProcedureId, Program};
use crate::source::graph::Graph;
use crate::source::lex::word_end;
use crate::source::names::Symbol;
use crate::source::syntax::Kind;

/// The most steps of a path, the act with them.
const STEPS: usize = 12;
/// The longest name there can be ([MS-VBAL] 3.3.5.1); each act repeats those of its path.
pub(super) const LONGEST_NAME: usize = 255;
/// How many findings of one rule a module may give: acts that judge, and acts of daily work.
const KEPT: usize = 32;
const KEPT_MILD: usize = 8;
/// What acts of these rules are given is a command line.
const COMMANDS: &[&str] = &[
    "execution.shell",
    "execution.shell-run",
    "execution.shell-verb",
    "execution.wmi-create",
    "execution.api",
];

/// Also that of the word search.
const UNKEPT: &str = "text.findings-unkept";

/// Pays for a finding; what judges nothing must not use up what judging needs.
pub(super) fn pay(ledger: &mut Ledger, rule: &Rule) -> bool {
    let budget = ledger.budget();
    let mild = rule.role == Role::Note;
    if mild && budget.left(Limit::Findings) <= budget.limits().get(Limit::Findings) / 4 {
        let layer = ledger.layer();
        let mut said = ledger.observations().iter();
        if !said.any(|one| one.code == UNKEPT && one.layer == layer) {
            ledger.observe(
                UNKEPT,
                "",
                0,
                format_args!("further findings that judge nothing were not kept"),
            );
        }
        return false;
    }
    ledger.charge(Limit::Findings, 1).is_ok()
}

/// What is known of where things are.
pub(super) struct Reporter<'p> {
    pub(super) subject: &'p Subject<'p>,
    pub(super) matcher: &'p Matcher,
    lines: HashMap<u32, Rc<Lines<'p>>>,
}

impl<'p> Reporter<'p> {
    pub(super) fn new(subject: &'p Subject<'p>, matcher: &'p Matcher) -> Self {
        Self {
            subject,
            matcher,
            lines: HashMap::new(),
        }
    }

    fn lines(&mut self, unit: u32) -> Rc<Lines<'p>> {
        let units = &self.subject.program.units;
        self.lines
            .entry(unit)
            .or_insert_with(|| {
                let text = units.get(unit as usize).map_or("", |unit| unit.text);
                Rc::new(Lines::new(text))
            })
            .clone()
    }

    /// How a procedure is reached, and what is said of a thing that it does.
    pub(super) fn flow(
        &self,
        procedure: ProcedureId,
        (dead, origin): (bool, Origin),
        starts: &[Started],
        graph: &Graph,
    ) -> Flow {
        let program = self.subject.program;
        let reach = graph.reach(procedure);
        let start = reach.and_then(|reach| starts.get(reach.root as usize));
        let mut path: Vec<String> = Vec::new();
        if start.is_some() {
            let steps = graph.path(procedure, STEPS - 1);
            path.extend(steps.iter().map(|step| match name_of(program, *step) {
                "" => Flow::SCRIPT.to_owned(),
                name => name.chars().take(LONGEST_NAME).collect(),
            }));
        }
        Flow {
            start: start.map(|start| start.rule.role),
            starts: start.map_or("", |start| start.rule.does),
            path,
            argument: String::new(),
            given: Given::Whole,
            computed: super::acts::is_hidden(origin),
            document: origin.has(Origin::DOCUMENT),
            network: origin.has(Origin::NETWORK),
            dead: dead || reach.is_some_and(|reach| reach.dead),
        }
    }

    pub(super) fn spot(&mut self, unit: u32, at: u32) -> Spot {
        let lines = self.lines(unit);
        let at = at as usize;
        Spot {
            layer: self.subject.layer,
            module: self.module(unit),
            line: lines.line(at),
            column: lines.column(at),
        }
    }

    fn module(&self, unit: u32) -> u32 {
        let module = self.subject.modules.get(unit as usize);
        module.copied().unwrap_or_default()
    }

    /// All that is told of a project.
    pub(super) fn conduct(
        &mut self,
        world: World<'p>,
        starts: &[Started],
        graph: &Graph,
        ledger: &mut Ledger,
    ) -> Conduct {
        let program = self.subject.program;
        let mut conduct = Conduct::default();
        let mut told = HashSet::new();
        for start in starts {
            let finding = self.start(start);
            // A script that is cut by procedures starts at its first line all the same.
            let place = (
                finding.rule.id,
                finding.module,
                finding.line,
                finding.column,
            );
            if told.insert(place) && pay(ledger, start.rule) {
                conduct.findings.push(finding);
            }
        }
        let (acts, texts, unread) = (world.acts, world.texts, world.unread);
        let mut acts = acts.into_sorted();
        if let Some(rule) = self.matcher.rule("write.destroy") {
            files::destroyed(&mut acts, &world.lists, rule);
        }
        self.loaders(&acts, &mut conduct, ledger);
        self.acts(acts, starts, graph, &mut conduct, ledger);
        let said = texts::read(texts, self, starts, graph, ledger);
        conduct.findings.extend(said.findings);
        conduct.iocs.extend(said.iocs);
        let mut named = HashSet::new();
        conduct
            .iocs
            .retain(|ioc| named.insert((ioc.kind, ioc.value.clone(), ioc.module)));
        for (unit, from, to) in unread {
            let lines = self.lines(unit);
            let module = self.module(unit);
            conduct
                .unread
                .push((module, lines.line(from), lines.line(to)));
        }
        for (index, unit) in (0..).zip(&program.units) {
            for span in &unit.syntax.unread {
                let lines = self.lines(index);
                conduct.unread.push((
                    self.module(index),
                    lines.line(span.from as usize),
                    lines.line(span.to.saturating_sub(1) as usize),
                ));
            }
        }
        conduct
    }

    fn start(&mut self, start: &Started) -> Finding {
        let program = self.subject.program;
        let at = place_of(program, start.procedure);
        let spot = self.spot(start.procedure.unit, at);
        let name = name_of(program, start.procedure);
        let text = if name.is_empty() {
            let text = program.units.get(start.procedure.unit as usize);
            let text = text.map_or("", |unit| unit.text);
            let line = text.lines().next().unwrap_or_default();
            line.chars().take(200).collect()
        } else {
            name.to_owned()
        };
        spot.finding(start.rule, 2, Place::Code, text, None)
    }

    /// Functions that work on memory, where no call of one was seen.
    fn loaders(&mut self, acts: &[Act], conduct: &mut Conduct, ledger: &mut Ledger) {
        if acts.iter().any(|act| act.rule.role == Role::Inject) {
            return;
        }
        for (rule, unit, at) in apis::loaders(self.subject.program) {
            let Some(rule) = self.matcher.rule(rule) else {
                continue;
            };
            if !pay(ledger, rule) {
                return;
            }
            let spot = self.spot(unit, at);
            let text = self.subject.program.units.get(unit as usize);
            let text = written(text.map_or("", |unit| unit.text), at).to_owned();
            conduct
                .findings
                .push(spot.finding(rule, 2, Place::Code, text, None));
        }
    }

    fn acts(
        &mut self,
        acts: Vec<Act>,
        starts: &[Started],
        graph: &Graph,
        conduct: &mut Conduct,
        ledger: &mut Ledger,
    ) {
        let mut findings: Vec<Finding> = acts
            .into_iter()
            .map(|act| self.act(&act, starts, graph, conduct, ledger))
            .collect();
        // What is known best is kept, where not all can be.
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        let mut kept: HashMap<(&str, Option<u32>), usize> = HashMap::new();
        for finding in findings {
            let mild = matches!(finding.rule.role, Role::Note | Role::Write);
            let count = kept.entry((finding.rule.id, finding.module)).or_default();
            if *count >= if mild { KEPT_MILD } else { KEPT } {
                continue;
            }
            *count += 1;
            if pay(ledger, finding.rule) {
                conduct.findings.push(finding);
            }
        }
    }

    fn act(
        &mut self,
        act: &Act,
        starts: &[Started],
        graph: &Graph,
        conduct: &mut Conduct,
        ledger: &mut Ledger,
    ) -> Finding {
        let spot = self.spot(act.procedure.unit, act.at);
        let (origin, given) = (act.told.origin, act.told.given);
        let mut flow = self.flow(act.procedure, (act.dead, origin), starts, graph);
        flow.path.push(act.name.clone());
        flow.given = given;
        flow.argument = texts::shown(&act.told.text, texts::ARGUMENT);
        let level = match (flow.start, flow.dead) {
            (Some(_), false) => 4,
            (Some(_), true) => 3,
            (None, _) if given > Given::Unknown => 3,
            (None, _) => 2,
        };
        let mut text = if level >= 4 {
            flow.path.join(" -> ")
        } else {
            act.name.clone()
        };
        if !flow.argument.is_empty() {
            text.push_str(" \"");
            text.push_str(&flow.argument);
            text.push('"');
        }
        if COMMANDS.contains(&act.rule.id)
            && given > Given::Unknown
            && ledger.budget().left(Limit::Iocs) > 0
            && ledger.charge(Limit::Iocs, 1).is_ok()
        {
            conduct.iocs.push(Ioc {
                kind: "command",
                value: flow.argument.clone(),
                layer: spot.layer,
                module: Some(spot.module),
                line: spot.line,
                decoded: origin.is_made(),
            });
        }
        spot.finding(act.rule, level, Place::Code, text, Some(Box::new(flow)))
    }
}

/// Where the name of a procedure stands.
fn place_of(program: &Program<'_>, id: ProcedureId) -> u32 {
    let unit = program.units.get(id.unit as usize);
    unit.and_then(|unit| unit.syntax.procedures.get(id.procedure as usize))
        .filter(|procedure| procedure.kind != Kind::Top)
        .map_or(0, |procedure| procedure.at)
}

/// The name that stands at a place, in the letters of the text.
fn written(text: &str, at: u32) -> &str {
    let at = at as usize;
    text.get(at..word_end(text, at)).unwrap_or_default()
}

/// A name as it is written; in small letters where it is not found there.
pub(super) fn as_written<'t>(
    program: &'t Program<'_>,
    text: &'t str,
    at: u32,
    name: Symbol,
) -> &'t str {
    match written(text, at) {
        "" => program.names.text(name),
        written => written,
    }
}

/// The name of a procedure as it is written; empty for what stands outside procedures.
fn name_of<'p>(program: &'p Program<'_>, id: ProcedureId) -> &'p str {
    let Some(unit) = program.units.get(id.unit as usize) else {
        return "";
    };
    let procedure = unit.syntax.procedures.get(id.procedure as usize);
    match procedure {
        Some(procedure) if procedure.kind != Kind::Top => {
            as_written(program, unit.text, procedure.at, procedure.name)
        }
        _ => "",
    }
}
