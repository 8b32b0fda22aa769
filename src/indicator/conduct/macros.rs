//! What changes macros, settings and templates: what survives the document or weakens Office.

use super::acts::{Told, is_left_out};
use super::dispatch::code_of;
use super::objects::Family;
use super::world::{Call, World, is_concealed};
use crate::indicator::rules::Given;
use crate::source::eval::{Reply, Value, What};

/// `module.AddFromString text`, `module.InsertLines line, text` …
pub(super) fn add_code(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let values = call.values();
    let told = Told::values(&values, ", ");
    if let Some(code) = values.last() {
        code_of(world, call.site, code);
        if is_concealed(code) {
            world.tell(call, "execution.written-macro", code);
        }
    }
    world.act(call.site, "defense.self-change", call.name, told);
    Value::UNKNOWN.into()
}

/// `components.Import(file)`
pub(super) fn import(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    world.tell(call, "defense.self-change", &call.argument(0, "filename"));
    world.some(Family::Project).into()
}

/// `NormalTemplate`
pub(super) fn normal_template(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    world
        .make(call.site, Family::Office, "NormalTemplate")
        .into()
}

/// `document.VBProject`
pub(super) fn project(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let normal = world
        .thing(call.object)
        .is_some_and(|thing| thing.name == "NormalTemplate");
    if normal {
        world.act(
            call.site,
            "persistence.template",
            "NormalTemplate.VBProject",
            Told::nothing(),
        );
    }
    world.some(Family::Project).into()
}

/// `host.RegWrite key, value, type`
pub(super) fn registry_write(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let key = Told::value(&call.argument(0, "name"));
    let told = Told::values(&call.values(), ", ");
    setting(world, call, &key.text, key.given, told);
    Value::UNKNOWN.into()
}

/// `registry.SetStringValue root, key, name, value`
pub(super) fn registry_set(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let told = Told::values(&call.values(), ", ");
    let key = Told::values(&[&call.argument(1, ""), &call.argument(2, "")], "\\");
    setting(world, call, &key.text, key.given, told);
    Value::UNKNOWN.into()
}

/// `RegSetValueEx key, …` of the system, whose key is not known by its handle.
pub(super) fn registry_key(world: &mut World<'_>, call: &Call<'_>, key: &Value) {
    let key = Told::value(key);
    let told = Told::values(&call.values(), ", ");
    setting(world, call, &told.text.clone(), key.given, told);
}

/// Keys that weaken Office or Windows when they are changed, in small letters.
const SECURITY: &[&str] = &[
    "accessvbom",
    "vbawarnings",
    "protectedview",
    "inpv",
    "blockcontentexecutionfrominternet",
    "trusted locations",
    "trustrecords",
    "amsi",
    "macroruntimescanscope",
    "windows defender",
    "disableantispyware",
    "enablelua",
    "\\security\\",
];
/// Keys that start programs, in small letters.
const STARTS: &[&str] = &[
    "\\currentversion\\run",
    "\\winlogon",
    "image file execution options",
    "office test",
    "userinitmprlogonscript",
    "inprocserver32",
    "localserver32",
    "\\shell\\open\\command",
    "treatas",
    "scriptleturl",
    "\\addins\\",
    "appcertdlls",
    "appinit_dlls",
];

fn setting(world: &mut World<'_>, call: &Call<'_>, key: &str, given: Given, told: Told) {
    let key = key.to_ascii_lowercase();
    let is_in = |list: &[&str]| list.iter().any(|one| key.contains(one));
    let rule = if is_in(SECURITY) {
        "defense.setting"
    } else if is_in(STARTS) {
        "persistence.run-key"
    } else if given == Given::Whole {
        "persistence.own-setting"
    } else {
        "persistence.registry-write"
    };
    world.act(call.site, rule, call.name, told);
}

/// `application.AutomationSecurity = level`
pub(super) fn automation_security(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let level = call.argument(0, "");
    let low = matches!(level.what, What::Number(1.0));
    if low {
        world.tell(call, "defense.automation-security-low", &level);
    }
    Value::UNKNOWN.into()
}

/// `application.AltStartupPath = path`
pub(super) fn startup_folder(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let path = call.argument(0, "");
    if !is_left_out(&path) {
        world.tell(call, "persistence.startup-place", &path);
    }
    Value::UNKNOWN.into()
}

/// `addins.Add(file)`
pub(super) fn add_in(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let file = call.argument(0, "filename");
    world.tell(call, "execution.load-library", &file);
    Value::UNKNOWN.into()
}

/// `organizer.OrganizerCopy source, destination, name, object`
pub(super) fn organizer(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let told = Told::values(&call.values(), ", ");
    // Styles are copied between documents every day; macros are kind 3.
    let styles = matches!(call.argument(3, "object").what, What::Number(kind) if kind < 3.0);
    if !styles {
        world.act(call.site, "persistence.template", call.name, told);
    }
    Value::UNKNOWN.into()
}
