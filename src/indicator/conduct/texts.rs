//! Texts that the code puts together, and what they name.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashSet};

use super::super::matcher::{Matcher, Spot};
use super::super::rules::{Finding, Ioc};
use super::super::{ioc, matcher};
use super::acts::{Told, is_dead, is_hidden};
use super::report::Reporter;
use super::start::Started;
use crate::observe::Ledger;
use crate::source::Place;
use crate::source::eval::{HOLE, Origin, ProcedureId, Site, Text, decode};
use crate::source::graph::Graph;

/// How many texts are looked at, and how many bytes of them.
const MOST_TEXTS: usize = 4096;
const MOST_BYTES: usize = 4 << 20;
/// How many at one place.
const MOST_AT_A_PLACE: u32 = 16;
/// How much of one text is decoded.
const MOST_DECODED: usize = 256 << 10;
/// How many texts of one module are told.
const TOLD: usize = 64;
/// How many that name nothing are told of one line.
const TOLD_OF_A_LINE: usize = 4;
/// The longest text that is told, in characters.
const LONGEST: usize = 4000;
/// The longest that is told of what an act is given, in characters.
pub(super) const ARGUMENT: usize = 1000;

/// Why a text is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Use {
    /// A variable has it.
    Made,
    /// An act is given it.
    Given,
    /// It is run as code.
    Code,
}

/// A text, and where it comes to be.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) procedure: ProcedureId,
    pub(super) at: u32,
    pub(super) dead: bool,
    pub(super) origin: Origin,
    used: Use,
    text: Text,
}

/// The texts of a project.
#[derive(Debug, Default)]
pub(super) struct Texts {
    texts: Vec<Entry>,
    seen: HashSet<(u32, Use, u64)>,
    at_place: HashMap<(u32, u32, Use), u32>,
    hasher: DefaultHashBuilder,
    bytes: usize,
    /// Whether some were not kept.
    pub(super) full: bool,
}

impl Texts {
    /// A variable has got a text that no literal holds.
    pub(super) fn made(&mut self, site: &Site<'_>, text: &Text, origin: Origin) {
        self.add(site, text, origin, Use::Made);
    }

    /// An act is given a text.
    pub(super) fn given(&mut self, site: &Site<'_>, told: &Told) {
        self.add(site, &told.text, told.origin, Use::Given);
    }

    /// A text is run as code.
    pub(super) fn code(&mut self, site: &Site<'_>, text: &Text) {
        self.add(site, text, Origin::PLAIN, Use::Code);
    }

    fn add(&mut self, site: &Site<'_>, text: &Text, origin: Origin, used: Use) {
        if text.len() < 3 || !text.chars().any(char::is_alphabetic) {
            return;
        }
        let unit = site.procedure.unit;
        let hash = self.hasher.hash_one(&**text);
        if self.seen.contains(&(unit, used, hash)) {
            return;
        }
        let count = self.at_place.entry((unit, site.at, used)).or_default();
        if *count >= MOST_AT_A_PLACE {
            return;
        }
        let bytes = self.bytes.saturating_add(text.len());
        if self.texts.len() >= MOST_TEXTS || bytes > MOST_BYTES {
            self.full = true;
            return;
        }
        *count += 1;
        self.seen.insert((unit, used, hash));
        self.bytes = bytes;
        self.texts.push(Entry {
            procedure: site.procedure,
            at: site.at,
            dead: is_dead(site),
            origin,
            used,
            text: text.clone(),
        });
    }
}

/// What the texts say.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) findings: Vec<Finding>,
    pub(super) iocs: Vec<Ioc>,
}

/// Reads all texts; the reporter knows where one is, and how that is reached.
pub(super) fn read(
    texts: Texts,
    reporter: &mut Reporter<'_>,
    starts: &[Started],
    graph: &Graph,
    ledger: &mut Ledger,
) -> Said {
    let mut reader = Reader {
        matcher: reporter.matcher,
        ledger,
        said: Said::default(),
        revealed: Vec::new(),
        told: HashSet::new(),
    };
    let mut texts = texts.texts;
    texts.sort_by_key(|text| (text.procedure.unit, text.at, text.used));
    let mut unit = None;
    for text in &texts {
        if unit.is_some_and(|unit| unit != text.procedure.unit) {
            reader.tell();
        }
        unit = Some(text.procedure.unit);
        let first = reader.said.findings.len();
        reader.read(text, reporter.spot(text.procedure.unit, text.at));
        let said = reader.said.findings.get_mut(first..).unwrap_or_default();
        if said.is_empty() {
            continue;
        }
        let flow = reporter.flow(text.procedure, (text.dead, text.origin), starts, graph);
        for finding in said {
            let mut flow = flow.clone();
            flow.path.push(finding.text.clone());
            flow.argument = shown(&text.text, ARGUMENT);
            finding.flow = Some(Box::new(flow));
        }
    }
    reader.tell();
    reader.said
}

/// A text that was hidden.
struct Revealed {
    spot: Spot,
    text: String,
    /// Whether it names something that a rule knows.
    speaks: bool,
}

struct Reader<'r> {
    matcher: &'r Matcher,
    ledger: &'r mut Ledger,
    said: Said,
    /// Those of this module.
    revealed: Vec<Revealed>,
    /// The rules that were told of a line.
    told: HashSet<(&'static str, Option<u32>, u32)>,
}

impl Reader<'_> {
    fn read(&mut self, text: &Entry, spot: Spot) {
        let hidden = is_hidden(text.origin);
        // What an act is given is told with the act, and may be several arguments.
        let made = text.used == Use::Made && text.origin.is_made();
        if text.used == Use::Code {
            self.look(&text.text, spot, matcher::Reading::Code);
        } else {
            self.reveal(&text.text, spot, hidden, (text.origin.is_made(), made));
        }
        if hidden || text.used != Use::Made {
            self.decode(&text.text, spot);
        }
    }

    /// What a text holds in another form.
    fn decode(&mut self, text: &str, spot: Spot) {
        for inner in decode::unfold(text, MOST_DECODED) {
            if inner.chars().any(char::is_alphabetic) {
                self.reveal(&inner, spot, true, (true, true));
            }
        }
    }

    /// Looks at a text, and keeps it to be told if it was hidden, or if it was put together
    /// (`new`), may be told for itself, and names something.
    fn reveal(&mut self, text: &str, spot: Spot, hidden: bool, (new, own): (bool, bool)) {
        let reading = match (hidden, new) {
            (true, _) => matcher::Reading::Hidden,
            (false, true) => matcher::Reading::Joined,
            (false, false) => matcher::Reading::Plain,
        };
        let speaks = self.look(text, spot, reading);
        if (hidden || own && speaks) && !self.revealed.iter().any(|known| known.text == text) {
            self.revealed.push(Revealed {
                spot,
                text: text.to_owned(),
                speaks,
            });
        }
    }

    /// Searches a text for words and addresses; whether there are any.
    fn look(&mut self, text: &str, spot: Spot, reading: matcher::Reading) -> bool {
        let known = text.replace(HOLE, " ");
        let (mut findings, mut iocs) = (Vec::new(), Vec::new());
        let names =
            self.matcher
                .scan_value(&known, spot, reading, self.ledger, &mut findings, &mut iocs);
        let speaks = !findings.is_empty() || names;
        for finding in findings {
            let place = (finding.rule.id, finding.module, finding.line);
            if self.told.insert(place) {
                self.said.findings.push(finding);
            }
        }
        for mut ioc in iocs {
            if ioc.kind == "command" {
                ioc.value = shown(text, ARGUMENT);
            }
            self.said.iocs.push(ioc);
        }
        speaks
    }

    /// Tells what was hidden in a module.
    fn tell(&mut self) {
        let Some(rule) = self.matcher.rule("obfuscation.hidden-text") else {
            return;
        };
        let mut revealed = std::mem::take(&mut self.revealed);
        // What speaks first, then the longest; what only grew into one of these is the same.
        revealed.sort_by_key(|one| (!one.speaks, std::cmp::Reverse(one.text.len())));
        let mut told: Vec<Revealed> = Vec::new();
        for one in revealed {
            let here = told.iter().filter(|other| other.spot.line == one.spot.line);
            let grown = here.clone().any(|other| other.text.contains(&one.text));
            if told.len() < TOLD && !grown && (one.speaks || here.count() < TOLD_OF_A_LINE) {
                told.push(one);
            }
        }
        let mut revealed = told;
        revealed.sort_by_key(|one| (one.spot.line, one.spot.column));
        for one in revealed {
            if !super::report::pay(self.ledger, rule) {
                return;
            }
            let text = shown(&one.text, LONGEST);
            let place = Place::Text;
            self.said
                .findings
                .push(one.spot.finding(rule, 3, place, text, None));
        }
    }
}

/// A text as it is told: cut, with its addresses broken.
pub(super) fn shown(text: &str, most: usize) -> String {
    let text: String = text.chars().take(most).collect();
    ioc::defang_command(&text.replace(HOLE, "…"))
}
