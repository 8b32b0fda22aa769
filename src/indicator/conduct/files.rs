//! What writes, copies and moves files.
//!
//! Writing is daily work. What makes more of it is the name of the file, when it would be a
//! program, and the data, when it comes from the network or was hidden in the document.

use hashbrown::HashSet;

use super::acts::{Act, Told, is_hidden, is_left_out};
use super::commands::{self, Target};
use super::data::RAW;
use super::dispatch::{code_of, text_from};
use super::objects::Family;
use super::world::{Call, World};
use crate::indicator::rules::Rule;
use crate::source::eval::{Argument, HOLE, Origin, ProcedureId, Reply, Site, Value, What};
use crate::source::names::Symbol;
use crate::source::words;

/// How many open files are told apart.
const MOST_OPEN: usize = 64;

/// A file that an `Open` statement opened.
#[derive(Debug)]
struct File {
    procedure: ProcedureId,
    number: Option<i64>,
    path: Value,
    binary: bool,
}

/// The files that are open.
#[derive(Debug, Default)]
pub(super) struct Open {
    files: Vec<File>,
    /// How many numbers `FreeFile` gave.
    free: u32,
}

impl Open {
    fn open(&mut self, file: File) {
        self.files
            .retain(|open| open.number.is_none() || open.number != file.number);
        if self.files.len() >= MOST_OPEN {
            self.files.remove(0);
        }
        self.files.push(file);
    }

    /// The file of a number; the last one of the procedure, or of all, if the number is not known.
    fn of(&self, procedure: ProcedureId, number: Option<i64>) -> Option<&File> {
        let mut last = self.files.iter().rev();
        match number {
            Some(number) => last.find(|file| file.number == Some(number)),
            None => None,
        }
        .or_else(|| {
            self.files
                .iter()
                .rev()
                .find(|file| file.procedure == procedure)
        })
        .or_else(|| self.files.last())
    }
}

/// `FreeFile`
pub(super) fn free_file(world: &mut World<'_>, _: &Call<'_>) -> Reply {
    world.files.free = (world.files.free + 1) % 511;
    Value::number(f64::from(world.files.free)).into()
}

/// `Dir(pattern)`
pub(super) fn list(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    world.lists.insert(call.site.procedure);
    Value::UNKNOWN.into()
}

/// Tells of a procedure that goes through a folder and deletes what it finds there as that, and
/// not as daily work.
pub(super) fn destroyed(acts: &mut [Act], lists: &HashSet<ProcedureId>, rule: &'static Rule) {
    for act in acts {
        let file = act.told.text.rsplit(['\\', '/']).next();
        if act.rule.id == "write.delete"
            && file.is_some_and(|file| file.chars().all(|c| c == HOLE))
            && lists.contains(&act.procedure)
        {
            act.rule = rule;
        }
    }
}

/// A statement on files.
pub(super) fn statement(
    world: &mut World<'_>,
    site: &Site<'_>,
    statement: Symbol,
    arguments: &[Argument],
) {
    let at = |place: usize| arguments.get(place).map(|one| &one.value);
    match statement {
        words::OPEN => {
            let Some(path) = at(0) else { return };
            let mode = at(1).and_then(Value::as_text).unwrap_or_default();
            let own = world.family(path) == Some(Family::OwnPath);
            if own && mode != "input" {
                world.act(site, "hiding.own-data", "Open", Told::value(path));
            }
            if commands::is_startup(path.as_text().unwrap_or_default())
                && matches!(mode, "output" | "append" | "binary")
            {
                world.act(site, STARTUP, "Open", Told::value(path));
            }
            if mode == "input" && path.as_text().is_some_and(super::network::is_odd_share) {
                world.act(site, "network.opens-address", "Open", Told::value(path));
            }
            world.files.open(File {
                procedure: site.procedure,
                number: at(2).and_then(number),
                path: path.clone(),
                binary: mode == "binary",
            });
            if matches!(mode, "output" | "append") {
                write(world, site, "Open", path, Origin::PLAIN, false);
            }
        }
        words::PRINT | words::WRITE | words::PUT => {
            let number = at(0).and_then(number);
            let Some(file) = world.files.of(site.procedure, number) else {
                return;
            };
            let (path, binary) = (file.path.clone(), file.binary);
            let data = arguments.get(1..).unwrap_or_default();
            let origin = data
                .iter()
                .fold(Origin::PLAIN, |all, one| all.and(one.value.origin));
            let name = match statement {
                words::PUT => "Put",
                words::PRINT => "Print",
                _ => "Write",
            };
            let raw = binary || statement == words::PUT;
            write(world, site, name, &path, origin, raw);
            written(world, site, &path, data.last().map(|one| &one.value));
        }
        words::NAME => {
            if let (Some(from), Some(to)) = (at(0), at(1)) {
                put_in_place(world, site, "Name", from, to);
            }
        }
        words::KILL => {
            if let Some(path) = at(0) {
                world.act(site, "write.delete", "Kill", Told::value(path));
            }
        }
        _ => {}
    }
}

const STARTUP: &str = "persistence.startup-place";

fn number(value: &Value) -> Option<i64> {
    match value.what {
        What::Number(number) => Some(number as i64),
        _ => None,
    }
}

/// Data is written to a file.
fn write(
    world: &mut World<'_>,
    site: &Site<'_>,
    name: &str,
    path: &Value,
    data: Origin,
    raw: bool,
) {
    let told = Told::value(path);
    let target = commands::target(&told.text);
    let fetched = data.has(Origin::NETWORK);
    let hidden = is_hidden(data) || data.has(Origin::DOCUMENT);
    let rule = match target {
        Target::Program => "write.program",
        // What came from the network, as it came.
        _ if raw && fetched => "write.bytes",
        Target::Unknown | Target::Archive if raw && hidden => "write.bytes",
        _ => "write.text",
    };
    world.act(site, rule, name, told);
}

/// A text that is written to a file that would be a program is code.
fn written(world: &mut World<'_>, site: &Site<'_>, path: &Value, data: Option<&Value>) {
    let path = path.as_text().unwrap_or_default();
    if commands::target(path) == Target::Program
        && let Some(data) = data
    {
        code_of(world, site, data);
    }
}

/// A file is copied, moved or renamed.
fn put_in_place(world: &mut World<'_>, site: &Site<'_>, name: &str, from: &Value, to: &Value) {
    let told = Told::values(&[from, to], ", ");
    let (from, to) = (Told::value(from), Told::value(to));
    if commands::is_startup(&to.text) {
        world.act(site, STARTUP, name, told);
    } else if commands::target(&to.text) == Target::Program {
        world.act(site, "write.program", name, told);
    } else {
        // A program that is copied to a folder keeps its name.
        let kept = commands::target(&from.text) == Target::Program
            && commands::target(&to.text) == Target::Unknown;
        let rule = if kept { "write.program" } else { "write.file" };
        world.act(site, rule, name, told);
    }
}

/// `FileCopy from, to`; `CopyFile`, `MoveFile`
pub(super) fn copy(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let from = call.argument(0, "source");
    let to = call.argument(1, "destination");
    put_in_place(world, call.site, call.name, &from, &to);
    Value::UNKNOWN.into()
}

/// `file.Copy to`, `file.Move to`
pub(super) fn copy_to(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let from = world.about(call.object);
    let to = call.argument(0, "destination");
    put_in_place(
        world,
        call.site,
        call.name,
        &from.unwrap_or(Value::UNKNOWN),
        &to,
    );
    Value::UNKNOWN.into()
}

/// `document.SaveAs(name, …)` and its kin.
pub(super) fn save_as(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let path = call.argument(0, "filename");
    let told = Told::value(&path);
    let rule = if commands::is_startup(&told.text) {
        STARTUP
    } else if commands::target(&told.text) == Target::Program {
        "write.program"
    } else {
        "write.save-as"
    };
    world.act(call.site, rule, call.name, told);
    Value::UNKNOWN.into()
}

/// `files.CreateTextFile(path)`, `files.OpenTextFile(path, mode)`
pub(super) fn text_file(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let path = call.argument(0, "filename");
    let reads = call.name == "OpenTextFile"
        && match call.argument(1, "iomode").what {
            What::Number(mode) => mode < 2.0,
            What::Missing => true,
            _ => false,
        };
    if !reads {
        if commands::is_startup(path.as_text().unwrap_or_default()) {
            world.tell(call, STARTUP, &path);
        }
        write(world, call.site, call.name, &path, Origin::PLAIN, false);
    }
    about(world, call, Family::TextFile, path)
}

/// `files.GetFile(path)`
pub(super) fn file_item(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let path = call.argument(0, "filepath");
    about(world, call, Family::FileItem, path)
}

/// An object that is about something.
fn about(world: &mut World<'_>, call: &Call<'_>, family: Family, what: Value) -> Reply {
    world.make_about(call.site, family, "", what).into()
}

/// `file.OpenAsTextStream(mode)`
pub(super) fn item_stream(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let path = world.about(call.object).unwrap_or(Value::UNKNOWN);
    about(world, call, Family::TextFile, path)
}

/// `file.Write text`, `file.WriteLine text`
pub(super) fn file_write(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let data = call.argument(0, "text");
    let path = world.about(call.object).unwrap_or(Value::UNKNOWN);
    write(world, call.site, call.name, &path, data.origin, false);
    written(world, call.site, &path, Some(&data));
    Value::UNKNOWN.into()
}

/// `files.BuildPath(folder, name)`
pub(super) fn build_path(_: &mut World<'_>, call: &Call<'_>) -> Reply {
    let (folder, name) = (call.argument(0, "path"), call.argument(1, "name"));
    let (first, last) = (Told::value(&folder), Told::value(&name));
    let between = if first.text.ends_with('\\') { "" } else { "\\" };
    let text = format!("{}{between}{}", first.text, last.text);
    let mut origin = first.origin.and(last.origin);
    if text.contains(HOLE) {
        origin = origin.and(Origin::PARTIAL);
    }
    text_from(&text, origin).into()
}

/// A path that is different on every machine.
pub(super) fn some_path(_: &mut World<'_>, _: &Call<'_>) -> Reply {
    text_from(&HOLE.to_string(), Origin::PARTIAL).into()
}

/// The place from which Office loads what it finds when it starts.
pub(super) fn startup_path(_: &mut World<'_>, _: &Call<'_>) -> Reply {
    text_from(&format!("{HOLE}\\XLSTART"), Origin::PARTIAL).into()
}

/// `Options.DefaultFilePath(kind)`
pub(super) fn default_path(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    match call.argument(0, "path").what {
        What::Number(8.0) => text_from(&format!("{HOLE}\\STARTUP"), Origin::PARTIAL).into(),
        _ => some_path(world, call),
    }
}

/// The path of the file that the code is in.
pub(super) fn own_path(world: &mut World<'_>, _: &Call<'_>) -> Reply {
    world.some(Family::OwnPath).into()
}

/// `stream.SaveToFile path, options`
pub(super) fn stream_save(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let path = call.argument(0, "filename");
    let (data, raw) = world
        .thing(call.object)
        .filter(|thing| thing.family == Family::Stream)
        .map_or((Origin::PLAIN, true), |thing| {
            (thing.data, thing.name == RAW)
        });
    if commands::is_startup(path.as_text().unwrap_or_default()) {
        world.tell(call, STARTUP, &path);
    }
    write(world, call.site, call.name, &path, data, raw);
    Value::UNKNOWN.into()
}

/// `host.CreateShortcut(path)`
pub(super) fn shortcut(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let path = call.argument(0, "pathlink");
    let rule = if commands::is_startup(path.as_text().unwrap_or_default()) {
        STARTUP
    } else {
        "write.shortcut"
    };
    world.tell(call, rule, &path);
    about(world, call, Family::Shortcut, path)
}

/// `shortcut.TargetPath = path`, `shortcut.Arguments = text`
pub(super) fn shortcut_target(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let target = call.argument(0, "");
    let told = Told::value(&target);
    if !is_left_out(&target) && commands::is_command(&told.text) {
        let rule = match commands::starts(&told.text) {
            commands::Starts::View => "write.shortcut",
            commands::Starts::Program => "persistence.shortcut",
        };
        world.act(call.site, rule, call.name, told);
    }
    Value::UNKNOWN.into()
}
