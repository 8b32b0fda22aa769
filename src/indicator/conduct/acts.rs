//! What the code was seen to do: each act once a place, with the best that is known of what it
//! is given.

use hashbrown::HashMap;

use super::super::rules::{Given, Role, Rule};
use super::report::LONGEST_NAME;
use super::texts::ARGUMENT;
use crate::source::eval::{HOLE, Origin, ProcedureId, Site, Text, Value, What};

/// How many different arguments of one act at one place are kept.
const ARGUMENTS: usize = 3;
/// How many acts are kept: those that are daily work, and all others.
const MOST: [usize; 2] = [2_000, 8_000];

/// What an act is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// As text, with [`HOLE`] for what is not known.
    pub(super) text: Text,
    /// How much of it is known.
    pub(super) given: Given,
    /// Where it comes from.
    pub(super) origin: Origin,
}

impl Told {
    /// Nothing, where there is nothing to be given.
    pub(super) fn nothing() -> Self {
        Self {
            text: "".into(),
            given: Given::Whole,
            origin: Origin::PLAIN,
        }
    }

    /// A text that is known.
    pub(super) fn text(text: &str) -> Self {
        Self {
            text: text.into(),
            given: Given::Whole,
            origin: Origin::PLAIN,
        }
    }

    /// One value.
    pub(super) fn value(value: &Value) -> Self {
        let (text, given): (Text, Given) = match &value.what {
            What::Text(text) => {
                let known = text.chars().any(char::is_alphanumeric);
                let given = match (value.origin.has(Origin::PARTIAL), known) {
                    (false, _) => Given::Whole,
                    (true, true) => Given::Part,
                    (true, false) => Given::Unknown,
                };
                (text.clone(), given)
            }
            What::Number(number) => (number.to_string().into(), Given::Whole),
            What::Bool(true) => ("True".into(), Given::Whole),
            What::Bool(false) => ("False".into(), Given::Whole),
            What::Missing | What::Null | What::Nothing => ("".into(), Given::Whole),
            // A variable that nothing was given to has its value from where it is not seen.
            What::Empty
            | What::Unknown
            | What::Record(_)
            | What::Array(_)
            | What::Object(_)
            | What::Unit(_)
            | What::Procedure(_) => (HOLE.to_string().into(), Given::Unknown),
        };
        Self {
            text,
            given,
            origin: value.origin,
        }
    }

    /// Several values, one after the other; what is left out is passed over.
    pub(super) fn values(values: &[&Value], between: &str) -> Self {
        let told: Vec<Self> = values
            .iter()
            .filter(|value| !is_left_out(value))
            .map(|value| Self::value(value))
            .collect();
        if let [one] = told.as_slice() {
            return one.clone();
        }
        let all = |given| told.iter().all(|one| one.given == given);
        let given = if all(Given::Whole) {
            Given::Whole
        } else if all(Given::Unknown) {
            Given::Unknown
        } else {
            Given::Part
        };
        let texts: Vec<&str> = told.iter().map(|one| &*one.text).collect();
        let origin = told
            .iter()
            .fold(Origin::PLAIN, |all, one| all.and(one.origin));
        Self {
            text: texts.join(between).into(),
            given,
            origin,
        }
    }

    /// Whether it was hidden in the code, or comes from where code does not show it.
    pub(super) const fn is_concealed(&self) -> bool {
        is_concealed(self.origin)
    }

    /// Whether it is what the document has now, and can be something else when the code runs.
    pub(super) fn may_differ(&self) -> bool {
        self.given == Given::Part && self.origin.has(Origin::DOCUMENT) && !self.text.contains(HOLE)
    }
}

/// Whether a text was put together from characters or pieces.
pub(super) const fn is_hidden(origin: Origin) -> bool {
    origin.has(Origin::COMPUTED) || origin.has(Origin::JOINED)
}

/// Whether something was hidden in the code, or comes from where code does not show it.
pub(super) const fn is_concealed(origin: Origin) -> bool {
    is_hidden(origin) || origin.has(Origin::DOCUMENT) || origin.has(Origin::NETWORK)
}

/// Whether an argument is not there, or as good as that.
pub(super) fn is_left_out(value: &Value) -> bool {
    match &value.what {
        What::Missing | What::Null | What::Nothing => true,
        // A variable that nobody is seen to give a value may have one.
        What::Empty => !value.origin.has(Origin::PARTIAL),
        What::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// Something that a statement does.
#[derive(Clone, Debug)]
pub(super) struct Act {
    /// What it is.
    pub(super) rule: &'static Rule,
    /// The name that is called.
    pub(super) name: String,
    /// What it is given.
    pub(super) told: Told,
    /// The procedure that does it.
    pub(super) procedure: ProcedureId,
    /// Where in the text.
    pub(super) at: u32,
    /// Whether it cannot be reached.
    pub(super) dead: bool,
}

/// All acts of a project.
#[derive(Debug, Default)]
pub(super) struct Acts {
    by_place: HashMap<(u32, u32), Vec<Act>>,
    /// How many there are: those that are daily work, and all others.
    count: [usize; 2],
    /// Whether some were not kept.
    pub(super) full: bool,
}

impl Acts {
    /// Keeps an act, unless the same is known better.
    pub(super) fn add(&mut self, site: &Site<'_>, rule: &'static Rule, name: &str, told: Told) {
        let dead = is_dead(site);
        let here = self
            .by_place
            .entry((site.procedure.unit, site.at))
            .or_default();
        let mut same = here.iter_mut().filter(|act| act.rule == rule);
        if let Some(known) = same.find(|act| act.told.text == told.text) {
            known.dead &= dead;
            known.told.origin = known.told.origin.and(told.origin);
            return;
        }
        let best = here
            .iter()
            .filter(|act| act.rule == rule)
            .map(|act| act.told.given)
            .max();
        match best {
            Some(best) if told.given < best => return,
            Some(best) if told.given > best => here.retain(|act| act.rule != rule),
            Some(Given::Whole) => {
                if here.iter().filter(|act| act.rule == rule).count() >= ARGUMENTS {
                    return;
                }
            }
            Some(_) => return,
            None => {
                let mild = matches!(rule.role, Role::Note | Role::Write);
                let (Some(count), Some(most)) = (
                    self.count.get_mut(usize::from(!mild)),
                    MOST.get(usize::from(!mild)),
                ) else {
                    return;
                };
                if *count >= *most {
                    self.full = true;
                    return;
                }
                *count += 1;
            }
        }
        here.push(Act {
            rule,
            name: name.chars().take(LONGEST_NAME).collect(),
            told: Told {
                text: cut(&told.text, ARGUMENT),
                ..told
            },
            procedure: site.procedure,
            at: site.at,
            dead,
        });
    }

    /// Whether something acts on the outside with what is not known whole, so that it is worth to
    /// compute more.
    pub(super) fn ask_for_more(&self) -> bool {
        let mut acts = self.by_place.values().flatten();
        acts.any(|act| matters(act.rule.role) && !act.dead && act.told.given < Given::Whole)
    }

    /// Whether something acts on the outside with what comes from the document, so that it is worth
    /// to read that.
    pub(super) fn depend_on_document(&self) -> bool {
        let mut acts = self.by_place.values().flatten();
        acts.any(|act| matters(act.rule.role) && act.told.origin.has(Origin::DOCUMENT))
    }

    /// The acts, in the order of the text.
    pub(super) fn into_sorted(self) -> Vec<Act> {
        let mut acts: Vec<Act> = self.by_place.into_values().flatten().collect();
        acts.sort_by(|a, b| {
            (a.procedure.unit, a.at, a.rule.id, &*a.told.text).cmp(&(
                b.procedure.unit,
                b.at,
                b.rule.id,
                &*b.told.text,
            ))
        });
        acts
    }
}

/// Whether what an act of this role is given can make a verdict.
const fn matters(role: Role) -> bool {
    matches!(
        role,
        Role::Execute
            | Role::Inject
            | Role::Opaque
            | Role::Verb
            | Role::Download
            | Role::Network
            | Role::Drop
    )
}

/// Whether a statement cannot be reached, or its procedure is not compiled.
pub(super) fn is_dead(site: &Site<'_>) -> bool {
    let unit = site.program.units.get(site.procedure.unit as usize);
    let procedure = unit.and_then(|unit| {
        let index = site.procedure.procedure as usize;
        unit.syntax.procedures.get(index)
    });
    site.dead || procedure.is_some_and(|procedure| procedure.dead)
}

fn cut(text: &Text, most: usize) -> Text {
    match text.char_indices().nth(most) {
        Some((at, _)) => text.get(..at).unwrap_or_default().into(),
        None => text.clone(),
    }
}
