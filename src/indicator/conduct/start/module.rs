//! What a module is, and what raises events into it: `Attribute` lines and `WithEvents`.

use std::collections::{HashMap, HashSet};

use crate::source::eval::{ModuleKind, Unit};
use crate::source::names::{Names, Symbol};
use crate::source::syntax::Procedure;

/// What belongs to the module, and so which procedures in it something outside starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// A standard module.
    Standard,
    /// A class.
    Class,
    /// A form.
    Form,
    /// A part of a document.
    Document(Part),
    /// Nothing says, or one text holds several modules: any of them.
    Unknown,
}

/// Which part of a document a module belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A workbook.
    Workbook,
    /// A worksheet.
    Worksheet,
    /// A sheet with a chart and nothing else.
    Chart,
    /// A document of Word, Visio or Publisher.
    Document,
    /// A slide, which raises no events.
    Slide,
    /// Nothing says.
    Any,
}

/// Something that raises events into a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raiser {
    /// A control of Office, which raises few events that need nobody.
    OfficeControl,
    /// Another control: any event may need nobody.
    ForeignControl,
    /// An application.
    Application,
    /// A workbook, worksheet, chart or document, by that name.
    Document(&'static str),
    /// An object of another class.
    Object,
}

/// Parts of documents by the first eight digits of their class, as `VB_Base` has it.
const PARTS: &[(&str, Part)] = &[
    ("00020819", Part::Workbook),
    ("00020820", Part::Worksheet),
    ("00020821", Part::Chart),
    ("00020906", Part::Document),
    // Visio.
    ("00021A21", Part::Document),
    ("91493445", Part::Slide),
];
/// The base of a class module.
const CLASS: &str = "FCFB3D2A";
/// Controls of Office by class, where no library qualifies it ([MS-OFORMS] 2.2).
const OFFICE_CONTROLS: [&str; 15] = [
    "checkbox",
    "combobox",
    "commandbutton",
    "frame",
    "image",
    "label",
    "listbox",
    "multipage",
    "optionbutton",
    "scrollbar",
    "spinbutton",
    "tabstrip",
    "textbox",
    "togglebutton",
    "userform",
];

/// A module, as far as it matters for what starts its procedures.
#[derive(Debug)]
pub(super) struct Module<'m> {
    pub(super) unit: &'m Unit<'m>,
    pub(super) home: Home,
    raisers: HashMap<String, Raiser>,
    /// Procedures that a key starts.
    keyed: HashSet<&'m str>,
    /// The names that the text gives to modules, and where: one text can hold several.
    titles: Vec<(u32, &'m str)>,
    name: &'m str,
}

impl<'m> Module<'m> {
    /// Takes a module; `own` are the names of all modules of the project.
    pub(super) fn of(unit: &'m Unit<'m>, own: &HashSet<Symbol>, names: &'m Names) -> Self {
        let mut module = Self {
            unit,
            home: Home::Unknown,
            raisers: HashMap::new(),
            keyed: HashSet::new(),
            titles: Vec::new(),
            name: names.text(unit.name),
        };
        let (mut base, mut predeclared) = (None, false);
        for attribute in &unit.syntax.attributes {
            let span = attribute.value.from as usize..attribute.value.to as usize;
            let value = unit.text.get(span).unwrap_or_default();
            let value = value.trim().trim_matches('"');
            match names.text(attribute.name) {
                "vb_base" => base = base.or_else(|| based_on(value)),
                "vb_control" => module.raisers.extend(control_of(value)),
                "vb_invoke_func" if has_key(value) => {
                    let of = attribute.of.map_or("", |of| names.text(of));
                    module.keyed.extend(of.split('.').next());
                }
                "vb_name" => module.titles.push((attribute.value.from, value)),
                "vb_predeclaredid" => predeclared = value.eq_ignore_ascii_case("true"),
                _ => {}
            }
        }
        for field in &unit.syntax.fields {
            if !field.with_events || field.dead {
                continue;
            }
            let class = field.variable.class.filter(|class| !own.contains(class));
            let raiser = class.map_or(Raiser::Object, |class| raiser_of(names.text(class)));
            let name = names.text(field.variable.name).to_owned();
            module.raisers.insert(name, raiser);
        }
        module.home = module.home(base, predeclared);
        module
    }

    /// What raises events under that name, given in small letters.
    pub(super) fn raiser(&self, name: &str) -> Option<Raiser> {
        self.raisers.get(name).copied()
    }

    /// Whether the module belongs to a workbook.
    pub(super) const fn is_of_excel(&self) -> bool {
        matches!(
            self.home,
            Home::Document(Part::Workbook | Part::Worksheet | Part::Chart)
        )
    }

    /// The name of the module in which something stands.
    pub(super) fn name_at(&self, at: u32) -> &'m str {
        let after = self.titles.partition_point(|(from, _)| *from < at);
        let title = after
            .checked_sub(1)
            .and_then(|title| self.titles.get(title));
        title.map_or(self.name, |(_, name)| name)
    }

    /// Whether a procedure of that name, in small letters, has a key that starts it.
    pub(super) fn has_key(&self, name: &str) -> bool {
        self.keyed.contains(name)
    }

    /// Whether a procedure cannot be called without arguments.
    pub(super) fn needs_arguments(&self, procedure: &Procedure) -> bool {
        self.unit
            .syntax
            .parameters_of(procedure)
            .iter()
            .any(|parameter| !parameter.optional && !parameter.rest)
    }

    fn home(&self, base: Option<Home>, predeclared: bool) -> Home {
        match (self.unit.kind, base) {
            (ModuleKind::Document, Some(Home::Document(part))) => Home::Document(part),
            (ModuleKind::Document, _) => Home::Document(Part::Any),
            // Every module has one name.
            (ModuleKind::Unknown, _) => Home::Unknown,
            _ if self.titles.len() != 1 => Home::Unknown,
            (_, Some(home)) => home,
            // An export has no base, and calls the module of a document a class.
            (ModuleKind::Class, None) if predeclared => Home::Document(Part::Any),
            (ModuleKind::Class, None) => Home::Class,
            (ModuleKind::Form, None) => Home::Form,
            (_, None) => Home::Standard,
        }
    }
}

/// Whether `VB_Invoke_Func` names a key, as in `G\n14`; a space is none.
fn has_key(value: &str) -> bool {
    !value.is_empty() && !value.starts_with([' ', '\\'])
}

/// What `VB_Base` says: `0{class}` of a part of a document, `0{class}{class}` of a form,
/// `1Normal.ThisDocument` of a document that is made from a template.
fn based_on(base: &str) -> Option<Home> {
    if base.starts_with('1') {
        return Some(Home::Document(Part::Document));
    }
    let mut classes = base.split('{').skip(1);
    let class = classes.next()?;
    if classes.next().is_some() {
        return Some(Home::Form);
    }
    let is = |digits: &str| {
        class
            .get(..digits.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(digits))
    };
    if is(CLASS) {
        return Some(Home::Class);
    }
    let part = PARTS.iter().find(|(digits, _)| is(digits));
    Some(Home::Document(part.map_or(Part::Any, |(_, part)| *part)))
}

/// The control that `VB_Control` tells: name, number, number, library, class.
fn control_of(value: &str) -> Option<(String, Raiser)> {
    let mut fields = value.split(',').map(str::trim);
    let name = fields.next()?.to_lowercase();
    let library = fields.nth(2).unwrap_or_default();
    let raiser = if is_of_office(library) {
        Raiser::OfficeControl
    } else {
        Raiser::ForeignControl
    };
    Some((name, raiser))
}

/// What raises the events of a variable of that class, given in small letters.
fn raiser_of(class: &str) -> Raiser {
    let (library, class) = class.rsplit_once('.').unwrap_or(("", class));
    match class {
        "application" => Raiser::Application,
        "workbook" => Raiser::Document("workbook"),
        "worksheet" => Raiser::Document("worksheet"),
        "chart" => Raiser::Document("chart"),
        "document" => Raiser::Document("document"),
        _ if is_of_office(library) => Raiser::OfficeControl,
        _ if library.is_empty() && OFFICE_CONTROLS.contains(&class) => Raiser::OfficeControl,
        _ => Raiser::Object,
    }
}

/// Whether a library of controls is that of Office.
fn is_of_office(library: &str) -> bool {
    library.eq_ignore_ascii_case("MSForms") || library.eq_ignore_ascii_case("Forms")
}
