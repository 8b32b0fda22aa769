//! Programs, run with a host that writes down what it hears.

use super::Runner;
use crate::source::Language;
use crate::source::eval::{
    Argument, Bounds, Host, ModuleKind, Outcome, ProcedureId, Program, Reply, Site, Value, What,
};
use crate::source::names::Symbol;

mod bounds;
mod calls;
mod decoders;
mod flow;
mod variables;

/// Writes down what it hears. It knows one object, which is all that `CreateObject` gives, and no
/// value.
#[derive(Default)]
struct Recorder {
    heard: Vec<String>,
    texts: Vec<String>,
    /// What names stand for.
    values: Vec<(&'static str, Value)>,
    /// What `Run "name"` runs.
    run: Option<ProcedureId>,
}

fn shown(value: &Value) -> String {
    match &value.what {
        What::Unknown => "?".into(),
        What::Missing => "-".into(),
        What::Text(text) => format!("{:?}", &**text).replace('\u{FFFC}', "…"),
        What::Number(number) => number.to_string(),
        What::Bool(truth) => truth.to_string(),
        What::Object(number) => format!("object{number}"),
        What::Unit(number) => format!("unit{number}"),
        What::Array(array) => {
            let elements: Vec<String> = array.elements.iter().map(shown).collect();
            format!("[{}]", elements.join(" "))
        }
        what => format!("{what:?}"),
    }
}

impl Recorder {
    fn hear(
        &mut self,
        site: &Site<'_>,
        object: &str,
        name: Symbol,
        called: bool,
        arguments: &[Argument],
    ) {
        let dead = if site.dead { "dead " } else { "" };
        let mut line = format!("{dead}{object}{}", site.program.names.text(name));
        if called {
            let arguments: Vec<String> = arguments.iter().map(|a| shown(&a.value)).collect();
            line = format!("{line}({})", arguments.join(", "));
        }
        self.heard.push(line);
    }
}

impl Host for Recorder {
    fn name(
        &mut self,
        site: &Site<'_>,
        name: Symbol,
        called: bool,
        arguments: &[Argument],
    ) -> Reply {
        self.hear(site, "", name, called, arguments);
        let text = site.program.names.text(name);
        if let Some((_, value)) = self.values.iter().find(|(known, _)| *known == text) {
            return value.clone().into();
        }
        match (text, self.run) {
            ("createobject", _) => Value::object(1).into(),
            ("run", Some(id)) => Reply::Run(id, 1),
            _ => Value::UNKNOWN.into(),
        }
    }

    fn member(
        &mut self,
        site: &Site<'_>,
        object: &Value,
        name: Symbol,
        called: bool,
        arguments: &[Argument],
    ) -> Reply {
        let object = format!("{}.", shown(object));
        self.hear(site, &object, name, called, arguments);
        Value::UNKNOWN.into()
    }

    fn assign(
        &mut self,
        site: &Site<'_>,
        object: &Value,
        name: Symbol,
        arguments: &[Argument],
        value: &Value,
    ) {
        let object = format!("{}.", shown(object));
        self.hear(site, &object, name, !arguments.is_empty(), arguments);
        if let Some(line) = self.heard.last_mut() {
            *line = format!("{line} = {}", shown(value));
        }
    }

    fn object(&mut self, site: &Site<'_>, class: Symbol, made: bool) -> Value {
        if made {
            self.hear(site, "new ", class, false, &[]);
        }
        match site.program.names.text(class) {
            "thing" => Value::UNKNOWN,
            _ => Value::object(2),
        }
    }

    fn declared(
        &mut self,
        site: &Site<'_>,
        unit: u32,
        declare: u32,
        arguments: &[Argument],
    ) -> Value {
        let syntax = &site.program.units[unit as usize].syntax;
        let name = syntax.declares[declare as usize].name;
        self.hear(site, "declared ", name, true, arguments);
        Value::UNKNOWN
    }

    fn file(&mut self, site: &Site<'_>, statement: Symbol, arguments: &[Argument]) {
        self.hear(site, "file ", statement, true, arguments);
    }

    fn evaluate(&mut self, _: &Site<'_>, text: &str) -> Value {
        self.heard.push(format!("[{text}]"));
        Value::UNKNOWN
    }

    fn text(&mut self, _: &Site<'_>, value: &Value) {
        self.texts.push(value.as_text().unwrap_or_default().into());
    }

    fn unread(&mut self, _: &Site<'_>, text: &str) {
        self.heard.push(format!("unread {text}"));
    }
}

/// Modules: name, kind, text.
type Modules<'s> = [(&'s str, ModuleKind, &'s str)];

/// The procedure of that name in the first module.
fn procedure(program: &Program<'_>, name: &str) -> ProcedureId {
    let symbol = program.names.get(name).unwrap();
    for (unit, code) in (0..).zip(&program.units) {
        for (procedure, found) in (0..).zip(&code.syntax.procedures) {
            if found.name == symbol {
                return ProcedureId { unit, procedure };
            }
        }
    }
    panic!("there is no {name}");
}

fn plenty() -> Bounds {
    Bounds {
        steps: 2_000_000,
        bytes: 32_000_000,
    }
}

/// What is left of a run.
struct Ran {
    heard: Vec<String>,
    texts: Vec<String>,
    outcome: Outcome,
    left: Bounds,
    edges: Vec<String>,
}

impl Ran {
    /// The lines that start so.
    fn of(&self, start: &str) -> Vec<&str> {
        let lines = self.heard.iter().map(String::as_str);
        lines.filter(|line| line.starts_with(start)).collect()
    }
}

fn run_with(
    modules: &Modules<'_>,
    language: Language,
    roots: &[&str],
    mut host: Recorder,
    mut bounds: Bounds,
) -> Ran {
    let program = Program::read(modules.iter().copied(), language, Vec::new());
    let roots: Vec<ProcedureId> = roots.iter().map(|root| procedure(&program, root)).collect();
    if host.values.iter().any(|(name, _)| *name == "run") {
        host.run = Some(procedure(&program, "target"));
        host.values.clear();
    }
    let outcome = Runner::new(&program).run(&roots, &mut host, &mut bounds);
    let name = |id: ProcedureId| {
        let unit = &program.units[id.unit as usize];
        let procedure = &unit.syntax.procedures[id.procedure as usize];
        program.names.text(procedure.name).to_owned()
    };
    let edges = outcome.edges.iter().map(|edge| {
        let dead = if edge.dead { "dead " } else { "" };
        format!("{dead}{} > {}", name(edge.from), name(edge.to))
    });
    Ran {
        edges: edges.collect(),
        heard: host.heard,
        texts: host.texts,
        outcome,
        left: bounds,
    }
}

/// Runs modules from `Main`, with plenty of steps.
fn ran_modules(modules: &Modules<'_>) -> Ran {
    run_with(
        modules,
        Language::Vba,
        &["Main"],
        Recorder::default(),
        plenty(),
    )
}

/// Runs one standard module from `Main`.
fn ran(text: &str) -> Ran {
    ran_modules(&[("Module1", ModuleKind::Standard, text)])
}

/// What the host hears of the body of a procedure without parameters.
fn heard(body: &str) -> Vec<String> {
    ran(&format!("Sub Main()\n{body}\nEnd Sub\n")).heard
}

/// What `Run` is called with, where the body of a procedure calls it once.
fn given(body: &str) -> String {
    let ran = ran(&format!("Sub Main()\n{body}\nEnd Sub\n"));
    ran.of("act(").join(" ")
}
