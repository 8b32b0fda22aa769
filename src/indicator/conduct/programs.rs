//! What starts programs.

use super::acts::{Told, is_dead, is_left_out};
use super::commands::{self, Starts};
use super::dispatch::text_from;
use super::network;
use super::objects::Family;
use super::world::{Call, World, is_concealed};
use crate::indicator::rules::Given;
use crate::source::eval::{HOLE, Origin, Reply, Value};

const VIEWER: &str = "execution.shell-viewer";
const PAGE: &str = "execution.open-page";

/// `Shell(command, window)`
pub(super) fn shell(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let command = call.argument(0, "pathname");
    start(world, call, "execution.shell", Told::value(&command));
    Value::UNKNOWN.into()
}

/// `host.Run(command, window, wait)`, `host.Exec(command)`
pub(super) fn host_run(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let command = call.argument(0, "command");
    start(world, call, "execution.shell-run", Told::value(&command));
    Value::UNKNOWN.into()
}

/// A command line is started: by a viewer, or by the rule.
pub(super) fn start(world: &mut World<'_>, call: &Call<'_>, rule: &str, told: Told) {
    let rule = if told.may_differ() {
        rule
    } else if network::is_plain_page(&told) {
        PAGE
    } else if told.given > Given::Unknown && commands::starts(&told.text) == Starts::View {
        VIEWER
    } else {
        rule
    };
    world.act(call.site, rule, call.name, told);
}

/// `desktop.ShellExecute file, parameters, folder, verb, window`
pub(super) fn shell_execute(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let file = call.argument(0, "file");
    let parameters = call.argument(1, "vargs");
    open(world, call, "execution.shell-verb", &file, &parameters);
    Value::UNKNOWN.into()
}

/// A file is opened by what is registered for it.
pub(super) fn open(
    world: &mut World<'_>,
    call: &Call<'_>,
    rule: &str,
    file: &Value,
    parameters: &Value,
) {
    let mut told = Told::values(&[file, parameters], " ");
    let first = Told::value(file);
    let alone = is_left_out(parameters) || parameters.as_text().is_some_and(is_blank);
    // Which file is not known, most often it is one that the user chose.
    let some_file = alone
        && !is_concealed(file)
        && first.given < Given::Whole
        && !commands::is_command(&first.text);
    if first.given == Given::Unknown {
        told.given = told.given.min(Given::Part);
    }
    let rule = if first.may_differ() {
        rule
    } else if alone && network::is_plain_page(&first) {
        PAGE
    } else if first.given > Given::Unknown && commands::starts(&first.text) == Starts::View {
        VIEWER
    } else if some_file {
        "execution.open-file"
    } else {
        rule
    };
    world.act(call.site, rule, call.name, told);
}

fn is_blank(text: &str) -> bool {
    text.trim_matches([' ', '\0']).is_empty()
}

/// `desktop.Open(path)`, `desktop.Explore(path)`
pub(super) fn desktop_open(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let file = call.argument(0, "vdir");
    open(world, call, "execution.shell-verb", &file, &Value::MISSING);
    Value::UNKNOWN.into()
}

/// `class.Create(command, folder, startup, process)` of WMI
pub(super) fn wmi_create(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let command = call.argument(0, "commandline");
    let about = world.about(call.object);
    let class = about.as_ref().and_then(Value::as_whole_text);
    let process = class.is_none_or(|class| {
        let class = class.to_ascii_lowercase();
        class.contains("win32_process") && !class.contains("startup")
            || class.contains("win32_scheduledjob")
    });
    if process {
        world.tell(call, "execution.wmi-create", &command);
    }
    Value::UNKNOWN.into()
}

/// `wmi.ExecMethod(class, method, parameters)`, `object.ExecMethod_(method, parameters)`
pub(super) fn wmi_method(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let told = Told::values(&call.values(), ", ");
    world.act(call.site, "execution.wmi-create", call.name, told);
    Value::UNKNOWN.into()
}

/// `wmi.Get(class)`
pub(super) fn wmi_get(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let class = call.argument(0, "strobjectpath");
    let name = class.as_text().unwrap_or_default().to_ascii_lowercase();
    if name.contains("win32_process") || name.contains("win32_scheduledjob") {
        world.tell(call, "execution.wmi-process", &class);
    }
    let family = if name.contains("stdregprov") {
        Family::WmiRegistry
    } else {
        Family::WmiClass
    };
    world.make_about(call.site, family, "", class).into()
}

/// `MacScript(script)`, `AppleScriptTask(file, handler, argument)`
pub(super) fn mac_script(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let told = Told::values(&call.values(), ", ");
    let runs = runs_command(&told.text) && !is_dead(call.site);
    let rule = if runs || told.is_concealed() {
        "execution.macos-command"
    } else {
        "execution.macos"
    };
    world.act(call.site, rule, call.name, told);
    Value::UNKNOWN.into()
}

/// Commands of macOS that ask for something, and make folders.
const ASKS: &[&str] = &[
    "cat", "date", "defaults", "dirname", "find", "ls", "mdfind", "mkdir", "open", "pwd", "stat",
    "test", "touch",
];

/// Whether a script of macOS runs a command that is more than a question.
fn runs_command(script: &str) -> bool {
    let script = script.to_ascii_lowercase();
    script.split("do shell script").skip(1).any(|rest| {
        let command = rest.trim_start_matches([' ', '"', '\\', '\'']);
        let name = command.split([' ', '"', ';', '|']).next();
        !ASKS.contains(&name.unwrap_or_default())
            || ["curl", "http", "base64", "|", ";", "$("]
                .iter()
                .any(|word| command.contains(word))
    })
}

/// Whether a command of a shell is made of programs that turn texts into others, and no more.
pub(super) fn only_asks(command: &str) -> bool {
    const TURN: &[&str] = &["date", "echo", "printf", "openssl base64", "openssl dgst"];
    let turns = |part: &str| {
        let rest = TURN.iter().find_map(|name| part.strip_prefix(name));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let mut parts = command.split(['|', ';', '&', '\n']).map(str::trim);
    let mut nested = command.split('`').skip(1).step_by(2).map(str::trim);
    parts.all(turns)
        && nested.all(turns)
        && !command.contains(['>', '<'])
        && !command.contains("$(")
}

/// `application.RegisterXLL(file)`: the library is a program, and runs at once.
pub(super) fn load_library(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let file = call.argument(0, "filename");
    let told = Told::value(&file);
    let small = told.text.to_ascii_lowercase();
    let installed = small.contains("\\program files");
    let rule = if is_concealed(&file)
        || told.given == Given::Whole && !installed && small.contains(['\\', '/'])
        || small.contains("://")
    {
        "execution.load-program"
    } else {
        "execution.load-library"
    };
    world.act(call.site, rule, call.name, told);
    Value::UNKNOWN.into()
}

/// `SendKeys keys`
pub(super) fn send_keys(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let keys = call.argument(0, "string");
    let told = Told::value(&keys);
    let typed = told.given < Given::Whole || typed(&told.text) > 2;
    let rule = if typed {
        "execution.keys"
    } else {
        "execution.key"
    };
    world.act(call.site, rule, call.name, told);
    Value::UNKNOWN.into()
}

/// How many characters are typed besides named keys.
fn typed(keys: &str) -> usize {
    let mut named = false;
    keys.chars()
        .filter(|c| {
            match c {
                '{' => named = true,
                '}' => named = false,
                _ => {}
            }
            !named && c.is_alphanumeric()
        })
        .count()
}

/// `DDEInitiate(program, topic)`
pub(super) fn dde_initiate(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let program = call.argument(0, "app");
    let told = Told::values(&call.values(), ", ");
    let command = program.as_text().is_some_and(commands::is_command);
    let rule = if command || is_concealed(&program) {
        "execution.dde"
    } else {
        "execution.dde-initiate"
    };
    world.act(call.site, rule, call.name, told);
    Value::UNKNOWN.into()
}

/// Variables of the environment that are the same on every machine.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("allusersprofile", "C:\\ProgramData"),
    ("commonprogramfiles", "C:\\Program Files\\Common Files"),
    ("comspec", "C:\\Windows\\System32\\cmd.exe"),
    ("os", "Windows_NT"),
    ("programdata", "C:\\ProgramData"),
    ("programfiles", "C:\\Program Files"),
    ("public", "C:\\Users\\Public"),
    ("systemdrive", "C:"),
    ("systemroot", "C:\\Windows"),
    ("windir", "C:\\Windows"),
];

/// `Environ(name)`
pub(super) fn environ(_: &mut World<'_>, call: &Call<'_>) -> Reply {
    let name = call.argument(0, "expression");
    match name.as_whole_text().and_then(environment) {
        Some(value) => text_from(value, name.origin).into(),
        None => text_from(&HOLE.to_string(), Origin::PARTIAL).into(),
    }
}

fn environment(name: &str) -> Option<&'static str> {
    ENVIRONMENT
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name.trim()))
        .map(|(_, value)| *value)
}

/// `host.ExpandEnvironmentStrings(text)`
pub(super) fn expand(_: &mut World<'_>, call: &Call<'_>) -> Reply {
    let text = call.argument(0, "src");
    let Some(known) = text.as_text() else {
        return Value::unknown_from(text.origin).into();
    };
    let mut expanded = String::new();
    for (at, part) in known.split('%').enumerate() {
        match environment(part) {
            Some(value) if at % 2 == 1 => expanded.push_str(value),
            _ if at % 2 == 1 => expanded.push(HOLE),
            _ => expanded.push_str(part),
        }
    }
    let origin = if expanded.contains(HOLE) {
        text.origin.and(Origin::PARTIAL)
    } else {
        text.origin
    };
    text_from(&expanded, origin).into()
}

/// `host.SpecialFolders(name)`
pub(super) fn special_folder(_: &mut World<'_>, call: &Call<'_>) -> Reply {
    let name = call.argument(0, "name");
    let name = name.as_whole_text().unwrap_or_default();
    if commands::starts_with(name, "Startup") || commands::starts_with(name, "AllUsersStartup") {
        return text_from(
            &format!("{HOLE}\\Start Menu\\Programs\\Startup"),
            Origin::PARTIAL,
        )
        .into();
    }
    Value::UNKNOWN.into()
}

#[cfg(test)]
mod tests {
    use super::only_asks;

    #[test]
    fn commands_that_only_turn_texts() {
        for command in [
            "date -ur `date -jf '%Y' '1'  +'%s'` +'%Y'",
            "printf x | openssl base64 -d",
        ] {
            assert!(only_asks(command), "{command}");
        }
        for command in [
            "",
            "printf x | openssl base64 -d | sh",
            "date; inert",
            "date `inert`",
            "date $(inert)",
            "printf x > inert",
            "openssl s_client inert.invalid",
            "dater",
        ] {
            assert!(!only_asks(command), "{command}");
        }
    }
}
