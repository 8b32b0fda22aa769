//! Calls by name: objects that are made, members and macros that are named by a text, code that
//! is a text.

use super::acts::{Told, is_hidden, is_left_out};
use super::commands;
use super::objects::{self, Family, Moniker};
use super::world::{Call, World, is_concealed};
use crate::source::eval::{Argument, Origin, Reply, Site, Value, What};

const OPAQUE: &str = "obfuscation.opaque-dispatch";

/// `CreateObject(class, server)`
pub(super) fn create_object(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let class = call.argument(0, "class");
    by_class(world, call, &class).into()
}

/// An object of the class that a value names.
fn by_class(world: &mut World<'_>, call: &Call<'_>, class: &Value) -> Value {
    let told = Told::value(class);
    let Some(name) = class.as_whole_text() else {
        world.act(call.site, OPAQUE, call.name, told);
        return world.make(call.site, Family::Obscure, "");
    };
    let hidden = is_hidden(class.origin);
    if hidden {
        world.act(
            call.site,
            "obfuscation.computed-name",
            call.name,
            told.clone(),
        );
    }
    match objects::by_name(name) {
        Some(class) => world.create(call, class, told),
        None => {
            let rule = if is_concealed(class) || class.origin.is_made() {
                "execution.hidden-object"
            } else {
                "execution.unknown-object"
            };
            world.act(call.site, rule, call.name, told);
            world.make(call.site, Family::Foreign, name)
        }
    }
}

/// `GetObject(path, class)`
pub(super) fn get_object(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let path = call.argument(0, "pathname");
    if is_left_out(&path) {
        let class = call.argument(1, "class");
        return by_class(world, call, &class).into();
    }
    let told = Told::value(&path);
    let Some(text) = path.as_text() else {
        world.act(call.site, OPAQUE, call.name, told);
        return world.make(call.site, Family::Obscure, "").into();
    };
    let whole = path.as_whole_text().is_some();
    if is_hidden(path.origin) {
        world.act(
            call.site,
            "obfuscation.computed-name",
            call.name,
            told.clone(),
        );
    }
    match objects::moniker(text) {
        Moniker::Management(rest) => {
            world.act(call.site, "execution.wmi", call.name, told);
            // The last part names a class, if it is not the name of a branch.
            let class = rest.rsplit(':').next().unwrap_or_default();
            let family = if class.to_ascii_lowercase().contains("stdregprov") {
                Family::WmiRegistry
            } else if class.contains('\\') || class.contains('}') || class.is_empty() {
                Family::Wmi
            } else {
                Family::WmiClass
            };
            let about = Value::text(class);
            world.make_about(call.site, family, class, about).into()
        }
        Moniker::Class(number) if whole => {
            match objects::by_number(number).or_else(|| objects::by_name(number)) {
                Some(class) => world.create(call, class, told).into(),
                None => {
                    world.act(call.site, "execution.moniker", call.name, told);
                    world.make(call.site, Family::Foreign, number).into()
                }
            }
        }
        Moniker::Script(_) => {
            world.act(call.site, "execution.script-engine", call.name, told);
            world.make(call.site, Family::Obscure, "").into()
        }
        Moniker::Directory => world.some(Family::Plain).into(),
        Moniker::File if whole || text.contains(['\\', '/']) || text.contains(".xl") => {
            world.some(Family::Office).into()
        }
        Moniker::Class(_) | Moniker::File => {
            world.act(call.site, OPAQUE, call.name, told);
            world.make(call.site, Family::Obscure, "").into()
        }
    }
}

/// `CallByName(object, member, type, arguments…)`
pub(super) fn call_by_name(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let object = call.argument(0, "object");
    let member = call.argument(1, "procname");
    let rest = call.arguments.get(3..).unwrap_or_default();
    let Some(name) = member.as_whole_text() else {
        match object.what {
            // Some procedure of a class of the project.
            What::Unit(unit) => world.link_all(call.site, unit),
            _ => world.tell(call, OPAQUE, &member),
        }
        return Value::UNKNOWN.into();
    };
    let key = name.trim().to_lowercase();
    if let What::Unit(unit) = object.what
        && let Some(procedure) = world.procedure_of(unit, &key)
    {
        return Reply::Run(procedure, 3);
    }
    let inner = Call {
        site: call.site,
        name,
        object: &object,
        arguments: rest,
    };
    world.member_named(&inner, &key)
}

/// `Application.Run(macro, arguments…)`
pub(super) fn run_macro(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let named = call.argument(0, "macro");
    let named = match named.what {
        What::Missing => call.argument(0, "macroname"),
        _ => named,
    };
    if let What::Procedure(procedure) = named.what {
        return Reply::Run(procedure, 1);
    }
    if is_left_out(&named) {
        return Value::UNKNOWN.into();
    }
    let Some(text) = named.as_text() else {
        world.tell(call, OPAQUE, &named);
        return Value::UNKNOWN.into();
    };
    let (file, name) = split_macro(text);
    let own = file.is_none_or(|file| !is_elsewhere(file));
    if own && let Some(procedure) = world.procedure(name) {
        return Reply::Run(procedure, 1);
    }
    let known = name.chars().any(char::is_alphanumeric);
    match file {
        Some(file) if is_far(file) => world.tell(call, "execution.foreign-macro", &named),
        Some(file) if is_elsewhere(file) => world.tell(call, "execution.other-macro", &named),
        _ if !known => world.tell(call, OPAQUE, &named),
        _ => {}
    }
    Value::UNKNOWN.into()
}

/// The file and the macro of `'file'!macro`.
fn split_macro(text: &str) -> (Option<&str>, &str) {
    let text = text.trim().trim_start_matches('=');
    let (file, name) = match text.rsplit_once('!') {
        Some((file, name)) => (Some(file.trim_matches(['\'', '"'])), name),
        None => (None, text),
    };
    // `'Name "argument"'`
    let name = name.trim_matches('\'');
    (file, name.split([' ', '(']).next().unwrap_or_default())
}

/// Whether a file is named by a path or an address.
fn is_elsewhere(file: &str) -> bool {
    file.contains(['\\', '/'])
}

/// Whether a file is on another machine.
fn is_far(file: &str) -> bool {
    file.contains("://") || file.starts_with("\\\\")
}

/// `Application.OnTime when, procedure`
pub(super) fn on_time(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let named = call.argument(1, "procedure");
    let named = match named.what {
        What::Missing => call.argument(1, "name"),
        _ => named,
    };
    later(world, call, &named);
    Value::UNKNOWN.into()
}

/// A procedure is named that is to run later, by itself.
pub(super) fn later(world: &mut World<'_>, call: &Call<'_>, named: &Value) {
    match procedure_of(world, named) {
        Some(procedure) => world.link(call.site, procedure),
        None if named.as_text().is_none() && is_concealed(named) => {
            world.tell(call, OPAQUE, named);
        }
        None => {}
    }
}

/// `object.OnCalculate = procedure`, and its kin.
pub(super) fn on_event(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let named = call.argument(0, "");
    later(world, call, &named);
    Value::UNKNOWN.into()
}

/// `Application.OnKey key, procedure`
pub(super) fn on_key(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    clicked(world, &call.argument(1, "procedure"));
    Value::UNKNOWN.into()
}

/// `button.OnAction = procedure`
pub(super) fn on_action(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    clicked(world, &call.argument(0, ""));
    Value::UNKNOWN.into()
}

fn clicked(world: &mut World<'_>, named: &Value) {
    if let Some(procedure) = procedure_of(world, named)
        && !world.clicked.contains(&procedure)
    {
        world.clicked.push(procedure);
    }
}

fn procedure_of(world: &World<'_>, named: &Value) -> Option<crate::source::eval::ProcedureId> {
    match &named.what {
        What::Procedure(procedure) => Some(*procedure),
        What::Text(text) => {
            let (file, name) = split_macro(text);
            if file.is_some_and(is_elsewhere) {
                return None;
            }
            world.procedure(name)
        }
        _ => None,
    }
}

/// `Execute code`, `ExecuteGlobal code`, `Eval(code)` of scripts.
pub(super) fn execute_code(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let code = call.argument(0, "");
    code_of(world, call.site, &code);
    match code.as_whole_text() {
        // A literal that is short says all that it does.
        Some(text) if !is_concealed(&code) && text.len() < 256 => {}
        _ => world.tell(call, "execution.script-engine", &code),
    }
    Value::UNKNOWN.into()
}

/// A text that is run as code.
pub(super) fn code_of(world: &mut World<'_>, site: &Site<'_>, code: &Value) {
    if let What::Text(text) = &code.what {
        world.texts.code(site, text);
    }
}

/// `object.Run`, of an object that is not known.
pub(super) fn run_of_unknown(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let first = call.argument(0, "command");
    let procedure = procedure_of(world, &first);
    if let Some(procedure) = procedure {
        return Reply::Run(procedure, 1);
    }
    unknown_verb(world, call, &first, is_hidden_window(call.arguments));
    Value::UNKNOWN.into()
}

/// `object.Exec`, `object.ShellExecute` of an object that is not known.
pub(super) fn exec_of_unknown(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let first = call.argument(0, "command");
    unknown_verb(world, call, &first, false);
    Value::UNKNOWN.into()
}

/// `object.Create`, of an object that is not known.
pub(super) fn create_of_unknown(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let first = call.argument(0, "commandline");
    let placed = call.arguments.iter().all(|one| one.name.is_none());
    let process = placed
        && matches!(call.arguments.len(), 3 | 4)
        && call
            .arguments
            .get(1)
            .is_some_and(|one| is_left_out(&one.value));
    let command = first.as_text().is_some_and(commands::is_command);
    if process || command {
        unknown_verb(world, call, &first, process);
    }
    Value::UNKNOWN.into()
}

fn unknown_verb(world: &mut World<'_>, call: &Call<'_>, first: &Value, certain: bool) {
    if matches!(first.what, What::Missing) {
        return;
    }
    let obscure = world.family(call.object) == Some(Family::Obscure);
    let command = first.as_text().is_some_and(commands::is_command);
    let told = Told::values(&call.values(), ", ");
    if certain || command || obscure || is_concealed(first) {
        world.act(
            call.site,
            "obfuscation.opaque-verb",
            call.name,
            told.clone(),
        );
    }
    // The name of a macro starts no program.
    if obscure || command || certain || first.as_whole_text().is_none() {
        world.act(call.site, "execution.run-verb", call.name, told);
    }
}

/// Whether arguments are those of the script host: a command, a number and a truth value.
fn is_hidden_window(arguments: &[Argument]) -> bool {
    let [_, window, wait] = arguments else {
        return false;
    };
    matches!(window.value.what, What::Number(_)) && matches!(wait.value.what, What::Bool(_))
}

/// `engine.AddCode code`, `engine.Eval(code)` …
pub(super) fn script_code(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let code = call.argument(0, "code");
    code_of(world, call.site, &code);
    let harmless = code.as_text().is_some_and(|text| {
        let text = text.to_ascii_lowercase();
        let reaches = ["activexobject", "createobject", "getobject", "wscript"];
        !is_concealed(&code) && !reaches.iter().any(|word| text.contains(word))
    });
    let rule = if harmless {
        "execution.script-code"
    } else {
        "execution.script-engine"
    };
    world.tell(call, rule, &code);
    Value::UNKNOWN.into()
}

/// `xml.loadXML text`
pub(super) fn load_xml(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let xml = call.argument(0, "bstrxml");
    let script = xml.as_text().is_some_and(|text| {
        let text = text.to_ascii_lowercase();
        text.contains("msxsl:script") || text.contains("ms:script")
    });
    if script {
        world.tell(call, "execution.script-engine", &xml);
    }
    Value::UNKNOWN.into()
}

/// `page.write text`
pub(super) fn html_write(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let page = call.argument(0, "");
    let script = page
        .as_text()
        .is_some_and(|text| text.to_ascii_lowercase().contains("<script"));
    if script {
        world.tell(call, "execution.script-engine", &page);
    }
    Value::UNKNOWN.into()
}

/// A value that holds this text, known where it comes from.
pub(super) fn text_from(text: &str, origin: Origin) -> Value {
    Value {
        what: What::Text(text.into()),
        origin,
    }
}
