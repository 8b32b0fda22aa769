//! The world as the code sees it: objects, functions, files.
//!
//! The run tells what the code asks for; the tables of [`functions`](super::functions),
//! [`members`](super::members) and [`apis`](super::apis) say what that is. What acts outside the
//! document is kept in [`Acts`], objects are kept as [`Thing`]s with what their members need to
//! know, and all other questions are answered with a value of which nothing is known.

use hashbrown::{HashMap, HashSet};

use super::super::matcher::Matcher;
use super::super::rules::{Given, Role};
use super::acts::{self, Acts, Told};
use super::apis::Memory;
use super::document::{self, Document};
use super::items::Items;
use super::objects::{self, Class, Family};
use super::texts::Texts;
use super::{apis, files, formulas, functions, members};
use crate::source::eval::ModuleKind;
use crate::source::eval::{
    Argument, Edge, Host, Origin, ProcedureId, Program, Reply, Site, Value, What,
};
use crate::source::names::Symbol;
use crate::source::words;

/// How many objects are told apart; more are one of their family.
const MOST_THINGS: usize = 4096;

/// How many bytes of texts are looked through, besides as many as the program has.
const TEXT: usize = 16 << 20;
/// A text that is no longer than this costs nothing.
const SHORT: usize = 512;

/// An object.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    /// What it is.
    pub(super) family: Family,
    /// Its class, or how it takes what it is about.
    pub(super) name: String,
    /// What its members were told: an address, a path, a text.
    pub(super) about: Option<Value>,
    /// Where the data comes from that it was given.
    pub(super) data: Origin,
    /// What was put into it.
    pub(super) items: Items,
}

/// A call that the run asks about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'c> {
    /// Where it is.
    pub(super) site: &'c Site<'c>,
    /// Its name, as it is told.
    pub(super) name: &'c str,
    /// The object whose member it is; [`What::Missing`] for none.
    pub(super) object: &'c Value,
    /// What it is given.
    pub(super) arguments: &'c [Argument],
}

impl Call<'_> {
    /// The argument at a place, or of a name.
    pub(super) fn argument(&self, place: usize, name: &str) -> Value {
        let names = &self.site.program.names;
        let named = self
            .arguments
            .iter()
            .find(|one| one.name.is_some_and(|own| names.text(own) == name));
        let placed = || self.arguments.get(place).filter(|one| one.name.is_none());
        named
            .or_else(placed)
            .map_or(Value::MISSING, |one| one.value.clone())
    }

    /// All arguments, in order.
    pub(super) fn values(&self) -> Vec<&Value> {
        self.arguments.iter().map(|one| &one.value).collect()
    }
}

/// The world of one project.
pub(super) struct World<'p> {
    pub(super) program: &'p Program<'p>,
    matcher: &'p Matcher,
    things: Vec<Thing>,
    by_place: HashMap<(u32, u32, Family), u32>,
    shared: HashMap<Family, u32>,
    pub(super) acts: Acts,
    pub(super) texts: Texts,
    /// Who makes whom run later.
    pub(super) edges: Vec<Edge>,
    linked: HashSet<(ProcedureId, ProcedureId)>,
    /// What a click or a key was made to run.
    pub(super) clicked: Vec<ProcedureId>,
    /// Procedures that list the files of a folder.
    pub(super) lists: HashSet<ProcedureId>,
    /// What was not understood: unit, first and last byte.
    pub(super) unread: Vec<(u32, usize, usize)>,
    procedures: HashMap<Symbol, Vec<ProcedureId>>,
    pub(super) files: files::Open,
    /// How many bytes of text it may look through yet.
    left: usize,
    /// How many things its lists hold.
    pub(super) listed: usize,
    /// What the program declares to work on memory.
    pub(super) memory: Memory,
    /// What it reads of the document.
    pub(super) document: Document<'p>,
}

impl<'p> World<'p> {
    pub(super) fn new(
        program: &'p Program<'p>,
        matcher: &'p Matcher,
        document: Document<'p>,
    ) -> Self {
        let mut procedures: HashMap<Symbol, Vec<ProcedureId>> = HashMap::new();
        for (unit, of) in (0..).zip(&program.units) {
            for (procedure, own) in (0..).zip(&of.syntax.procedures) {
                let id = ProcedureId { unit, procedure };
                procedures.entry(own.name).or_default().push(id);
            }
        }
        Self {
            program,
            matcher,
            things: Vec::new(),
            by_place: HashMap::new(),
            shared: HashMap::new(),
            acts: Acts::default(),
            texts: Texts::default(),
            edges: Vec::new(),
            linked: HashSet::new(),
            clicked: Vec::new(),
            lists: HashSet::new(),
            unread: Vec::new(),
            procedures,
            files: files::Open::default(),
            left: program
                .units
                .iter()
                .fold(TEXT, |all, unit| all.saturating_add(unit.text.len())),
            listed: 0,
            memory: apis::declared(program),
            document,
        }
    }

    /// Pays for looking through a text; false if there is nothing left to pay with.
    pub(super) const fn afford(&mut self, bytes: usize) -> bool {
        let enough = bytes <= SHORT || bytes <= self.left;
        if enough && bytes > SHORT {
            self.left -= bytes;
        }
        enough
    }

    /// Pays for what a call is given. What cannot be paid for is not known.
    fn pay(&mut self, arguments: &[Argument]) -> Option<Vec<Argument>> {
        let bytes = arguments
            .iter()
            .map(|one| length(&one.value))
            .fold(0, usize::saturating_add);
        if self.afford(bytes) {
            return None;
        }
        let mut arguments = arguments.to_vec();
        for one in &mut arguments {
            if length(&one.value) > 0 {
                one.value = Value::unknown_from(one.value.origin);
            }
        }
        Some(arguments)
    }

    /// Tells of an act.
    pub(super) fn act(&mut self, site: &Site<'_>, rule: &str, name: &str, told: Told) {
        let Some(rule) = self.matcher.rule(rule) else {
            debug_assert!(false, "there is no rule {rule}");
            return;
        };
        if told.origin != Origin::PLAIN || told.given > Given::Unknown {
            self.texts.given(site, &told);
        }
        if told.origin.has(Origin::DOCUMENT)
            && told.given > Given::Unknown
            && matches!(
                rule.role,
                Role::Execute | Role::Inject | Role::Verb | Role::Download
            )
            && self.document.is_read()
            && let Some(hidden) = self.matcher.rule("hiding.stored-argument")
        {
            self.acts.add(site, hidden, name, told.clone());
        }
        self.acts.add(site, rule, name, told);
    }

    /// Tells of an act by a call, given one value.
    pub(super) fn tell(&mut self, call: &Call<'_>, rule: &str, given: &Value) {
        self.act(call.site, rule, call.name, Told::value(given));
    }

    /// An object that is made here.
    pub(super) fn make(&mut self, site: &Site<'_>, family: Family, name: &str) -> Value {
        let place = (site.procedure.unit, site.at, family);
        if let Some(number) = self.by_place.get(&place) {
            return Value::object(*number);
        }
        if self.things.len() >= MOST_THINGS {
            return self.some(family);
        }
        let number = self.add(family, name);
        self.by_place.insert(place, number);
        Value::object(number)
    }

    /// Some object of a family.
    pub(super) fn some(&mut self, family: Family) -> Value {
        let number = match self.shared.get(&family) {
            Some(number) => *number,
            None => {
                let number = self.add(family, "");
                self.shared.insert(family, number);
                number
            }
        };
        Value {
            what: What::Object(number),
            origin: if family == Family::Content {
                Origin::DOCUMENT
            } else {
                Origin::PLAIN
            },
        }
    }

    fn add(&mut self, family: Family, name: &str) -> u32 {
        let number = self.things.len() as u32;
        self.things.push(Thing {
            family,
            name: name.into(),
            about: None,
            data: Origin::PLAIN,
            items: Items::default(),
        });
        number
    }

    /// The object of a value.
    pub(super) fn thing(&self, value: &Value) -> Option<&Thing> {
        match value.what {
            What::Object(number) => self.things.get(number as usize),
            _ => None,
        }
    }

    /// The object of a value, to be told something.
    pub(super) fn thing_mut(&mut self, value: &Value) -> Option<&mut Thing> {
        match value.what {
            What::Object(number) => self.things.get_mut(number as usize),
            _ => None,
        }
    }

    /// What the object of a value is about.
    pub(super) fn about(&self, value: &Value) -> Option<Value> {
        self.thing(value)?.about.clone()
    }

    /// Tells the object of a value what it is about.
    pub(super) fn set_about(&mut self, value: &Value, about: Value) {
        if let Some(thing) = self.thing_mut(value) {
            thing.about = Some(about);
        }
    }

    /// An object that is made here and is about something.
    pub(super) fn make_about(
        &mut self,
        site: &Site<'_>,
        family: Family,
        name: &str,
        about: Value,
    ) -> Value {
        let object = self.make(site, family, name);
        self.set_about(&object, about);
        object
    }

    /// What a value is as an object.
    pub(super) fn family(&self, value: &Value) -> Option<Family> {
        match value.what {
            What::Object(_) if self.document.is_page(value) => Some(Family::Office),
            What::Object(_) if self.document.has(value) => Some(Family::Content),
            What::Object(_) => self.thing(value).map(|thing| thing.family),
            What::Unit(unit) => match self.program.units.get(unit as usize)?.kind {
                ModuleKind::Document => Some(Family::Office),
                ModuleKind::Form => Some(Family::Content),
                ModuleKind::Class | ModuleKind::Standard => Some(Family::Plain),
                ModuleKind::Unknown => None,
            },
            _ => None,
        }
    }

    /// Whether an object is of Office, and may be the document.
    pub(super) fn is_office(&self, value: &Value) -> bool {
        let family = self.family(value);
        matches!(family, Some(Family::Application | Family::Office))
    }

    /// Whether an object is something that the document holds.
    pub(super) fn is_content(&self, value: &Value) -> bool {
        self.family(value) == Some(Family::Content)
    }

    /// An object of a class, made by this call; `told` is what names the class.
    pub(super) fn create(&mut self, call: &Call<'_>, class: &Class, told: Told) -> Value {
        if !class.rule.is_empty() {
            self.act(call.site, class.rule, call.name, told);
        }
        self.make(call.site, class.family, class.name)
    }

    /// The procedure of a name, as a document or `Application.Run` gives it.
    pub(super) fn procedure(&self, name: &str) -> Option<ProcedureId> {
        let mut parts = name.rsplit('.');
        let last = self.program.names.get(parts.next()?.trim())?;
        let found = self.procedures.get(&last)?;
        let of_module = |module: Symbol| {
            found.iter().find(|id| {
                let unit = self.program.units.get(id.unit as usize);
                unit.is_some_and(|unit| unit.name == module)
            })
        };
        parts
            .next()
            .and_then(|module| of_module(self.program.names.get(module.trim())?))
            .or_else(|| {
                found.iter().find(|id| {
                    let unit = self.program.units.get(id.unit as usize);
                    unit.is_some_and(|unit| unit.kind == ModuleKind::Standard)
                })
            })
            .or_else(|| found.first())
            .copied()
    }

    /// The procedure of a unit by its name.
    pub(super) fn procedure_of(&self, unit: u32, name: &str) -> Option<ProcedureId> {
        let name = self.program.names.get(name)?;
        let found = self.procedures.get(&name)?;
        found.iter().find(|id| id.unit == unit).copied()
    }

    /// A statement makes a procedure run later.
    pub(super) fn link(&mut self, site: &Site<'_>, to: ProcedureId) {
        if self.linked.insert((site.procedure, to)) {
            self.edges.push(Edge {
                from: site.procedure,
                to,
                at: site.at,
                dead: site.dead,
            });
        }
    }

    /// A statement calls some procedure of a unit.
    pub(super) fn link_all(&mut self, site: &Site<'_>, unit: u32) {
        const MOST: usize = 256;
        let program = self.program;
        let procedures = program
            .units
            .get(unit as usize)
            .map_or(0, |unit| unit.syntax.procedures.len());
        for procedure in (0..).take(procedures.min(MOST)) {
            self.link(site, ProcedureId { unit, procedure });
        }
    }

    /// What a call is answered by its row in a table.
    pub(super) fn perform(&mut self, does: &Does, call: &Call<'_>) -> Reply {
        match does {
            Does::Gives(family) => {
                let mut value = self.some(*family);
                value.origin = value.origin.and(call.object.origin);
                return value.into();
            }
            Does::Unknown => {}
            Does::From(origin) => return Value::unknown_from(*origin).into(),
            Does::Tells(rule) => {
                let given = call.arguments.first().map(|one| one.value.clone());
                match given {
                    Some(given) => self.tell(call, rule, &given),
                    None => self.act(call.site, rule, call.name, Told::nothing()),
                }
            }
            Does::TellsAll(rule) => {
                let told = Told::values(&call.values(), ", ");
                self.act(call.site, rule, call.name, told);
            }
            Does::Calls(handler) => return handler(self, call),
        }
        Value::UNKNOWN.into()
    }

    /// A member by its name in small letters.
    pub(super) fn member_named(&mut self, call: &Call<'_>, key: &str) -> Reply {
        let simple = document::simple(self, call, key);
        let call = &Call {
            arguments: simple.as_deref().unwrap_or(call.arguments),
            ..*call
        };
        if let Some(reply) = document::member(self, call, key) {
            return reply;
        }
        let family = self.family(call.object);
        let rows = members::named(key);
        if let Some(row) = rows.iter().find(|row| row.fits(family)) {
            let call = Call {
                name: row.name,
                ..*call
            };
            return self.perform(&row.does, &call);
        }
        match family {
            Some(Family::Language) => self.name_named(call, key, true),
            Some(Family::Content) if !members::is_plain(key) => self.some(Family::Content).into(),
            Some(Family::Obscure) => self.some(Family::Obscure).into(),
            Some(Family::Desktop) => self.some(Family::Desktop).into(),
            Some(Family::Html) => self.some(Family::Html).into(),
            _ => Value::unknown_from(call.object.origin).into(),
        }
    }

    /// A name by its small letters.
    pub(super) fn name_named(&mut self, call: &Call<'_>, key: &str, called: bool) -> Reply {
        let simple = document::simple(self, call, key);
        let call = &Call {
            arguments: simple.as_deref().unwrap_or(call.arguments),
            ..*call
        };
        if let Some(reply) = document::name(self, call, key) {
            return reply;
        }
        if let Some(row) = functions::named(key)
            && (called || row.bare)
            && (!row.script || self.is_script())
        {
            let call = Call {
                name: row.name,
                ..*call
            };
            return self.perform(&row.does, &call);
        }
        if let Some(number) = functions::constant(key) {
            return Value::number(number).into();
        }
        let unit = self.program.units.get(call.site.procedure.unit as usize);
        let kind = unit.map(|unit| unit.kind);
        if kind == Some(ModuleKind::Form) {
            // A control of the form.
            return self.some(Family::Content).into();
        }
        let explicit = unit.is_none_or(|unit| unit.syntax.options.explicit);
        if called || explicit || functions::is_of_a_library(key) {
            return Value::UNKNOWN.into();
        }
        // Most likely a variable that nobody gave a value; behind a document, or a control in it.
        // A listing may lack the function of that name.
        let origin = match kind {
            Some(ModuleKind::Document) => Origin::PARTIAL.and(Origin::DOCUMENT),
            Some(ModuleKind::Unknown) => Origin::PARTIAL.and(Origin::UNSURE),
            _ => Origin::PARTIAL,
        };
        Value {
            what: What::Empty,
            origin,
        }
        .into()
    }

    pub(super) const fn is_script(&self) -> bool {
        matches!(self.program.language, crate::source::Language::VbScript)
    }
}

/// What a call does and is answered.
#[derive(Clone, Copy)]
pub(super) enum Does {
    /// An object.
    Gives(Family),
    /// Nothing that matters.
    Unknown,
    /// A value that is not known and comes from there.
    From(Origin),
    /// An act of the rule, given the first argument.
    Tells(&'static str),
    /// An act of the rule, given all arguments.
    TellsAll(&'static str),
    /// What the function says.
    Calls(fn(&mut World<'_>, &Call<'_>) -> Reply),
}

/// How much there is to look through in a value.
fn length(value: &Value) -> usize {
    match &value.what {
        What::Text(text) if text.len() > SHORT => text.len(),
        What::Array(array) if array.elements.len() > SHORT => array.elements.len(),
        _ => 0,
    }
}

impl Host for World<'_> {
    fn name(
        &mut self,
        site: &Site<'_>,
        name: Symbol,
        called: bool,
        arguments: &[Argument],
    ) -> Reply {
        let paid = self.pay(arguments);
        let arguments = paid.as_deref().unwrap_or(arguments);
        let program = self.program;
        let key = program.names.text(name);
        if matches!(
            name,
            words::BINARY | words::OUTPUT | words::APPEND | words::INPUT | words::RANDOM
        ) && !called
        {
            return Value::text(key).into();
        }
        let call = Call {
            site,
            name: key,
            object: &Value::MISSING,
            arguments,
        };
        self.name_named(&call, key, called)
    }

    fn member(
        &mut self,
        site: &Site<'_>,
        object: &Value,
        name: Symbol,
        _called: bool,
        arguments: &[Argument],
    ) -> Reply {
        let paid = self.pay(arguments);
        let arguments = paid.as_deref().unwrap_or(arguments);
        let program = self.program;
        let key = program.names.text(name);
        let call = Call {
            site,
            name: key,
            object,
            arguments,
        };
        self.member_named(&call, key)
    }

    fn assign(
        &mut self,
        site: &Site<'_>,
        object: &Value,
        name: Symbol,
        arguments: &[Argument],
        value: &Value,
    ) {
        let program = self.program;
        let key = program.names.text(name);
        let to = Call {
            site,
            name: key,
            object,
            arguments,
        };
        document::assign(self, &to, key, value);
        let family = self.family(object);
        let Some(row) = members::assigned(key).iter().find(|row| row.fits(family)) else {
            return;
        };
        // What is assigned comes after what is in parentheses.
        let mut given = arguments.to_vec();
        given.push(Argument {
            name: None,
            value: value.clone(),
        });
        let given = self.pay(&given).unwrap_or(given);
        let call = Call {
            site,
            name: row.name,
            object,
            arguments: &given,
        };
        self.perform(&row.does, &call);
    }

    fn object(&mut self, site: &Site<'_>, class: Symbol, made: bool) -> Value {
        let program = self.program;
        let key = program.names.text(class);
        let Some(class) = objects::by_name(key) else {
            return if made && key.contains('.') {
                self.make(site, Family::Foreign, key)
            } else {
                Value::UNKNOWN
            };
        };
        if !made {
            return match class.family {
                Family::Content => self.some(Family::Content),
                family => self.make(site, family, class.name),
            };
        }
        let call = Call {
            site,
            name: "New",
            object: &Value::MISSING,
            arguments: &[],
        };
        self.create(&call, class, Told::text(class.name))
    }

    fn declared(
        &mut self,
        site: &Site<'_>,
        unit: u32,
        declare: u32,
        arguments: &[Argument],
    ) -> Value {
        let paid = self.pay(arguments);
        let arguments = paid.as_deref().unwrap_or(arguments);
        apis::call(self, site, unit, declare, arguments)
    }

    fn file(&mut self, site: &Site<'_>, statement: Symbol, arguments: &[Argument]) {
        let paid = self.pay(arguments);
        let arguments = paid.as_deref().unwrap_or(arguments);
        files::statement(self, site, statement, arguments);
    }

    fn evaluate(&mut self, site: &Site<'_>, text: &str) -> Value {
        let call = Call {
            site,
            name: "[ ]",
            object: &Value::MISSING,
            arguments: &[],
        };
        formulas::judge(self, &call, &Value::text(text));
        document::evaluate(self, text).unwrap_or_else(|| self.some(Family::Content))
    }

    fn elements(&mut self, list: &Value) -> Option<Vec<Value>> {
        document::elements(self, list)
    }

    fn text(&mut self, site: &Site<'_>, value: &Value) {
        if let What::Text(text) = &value.what
            && self.afford(text.len())
        {
            self.texts.made(site, text, value.origin);
        }
    }

    fn unread(&mut self, site: &Site<'_>, text: &str) {
        let from = site.at as usize;
        self.unread
            .push((site.procedure.unit, from, from + text.len()));
    }
}

/// Whether what is called is hidden in the code.
pub(super) const fn is_concealed(value: &Value) -> bool {
    acts::is_concealed(value.origin)
}
