//! Functions of the system that a program `Declare`s.
//!
//! Which function it is, its alias says, or its name; a letter for the width of characters may end
//! it. A function that is in no table reads something, and is told by the words of its `Declare`.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::super::context::is_system_library;
use super::acts::{Told, is_dead, is_left_out};
use super::commands;
use super::programs;
use super::report::as_written;
use super::world::{Call, World, is_concealed};
use crate::source::eval::{Argument, Origin, Program, Site, Value, What};
use crate::source::syntax::{Declare, Span};

/// What a function does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Api {
    /// Starts the program that these arguments name.
    Start(&'static [usize]),
    /// Opens the file of the third argument by what is registered for it.
    Open,
    /// Runs a command of another system.
    System,
    /// Fetches the address of an argument into the file of the next.
    Download(usize),
    /// Speaks to other machines; the argument says to which.
    Network(usize),
    /// Makes memory that can be executed; the argument says whether it can.
    Allocate(usize),
    /// Writes to memory.
    Copy,
    /// Writes to the memory of another program.
    CopyForeign,
    /// Starts what is in memory.
    Thread,
    /// Calls the address of an argument.
    Callback(usize),
    /// Loads a library.
    Load,
    /// Types keys.
    Keys,
    /// Writes to the registry; the argument is the key or the value.
    Registry(usize),
    /// Copies or moves a file.
    Move,
    /// Deletes a file.
    Delete,
    /// Sends a message.
    Mail,
}

const APIS: &[(&str, Api)] = &[
    ("CreateProcess", Api::Start(&[0, 1])),
    ("CreateProcessAsUser", Api::Start(&[1, 2])),
    ("CreateProcessInternal", Api::Start(&[1, 2])),
    ("CreateProcessWithLogon", Api::Start(&[4, 5])),
    ("CreateProcessWithToken", Api::Start(&[2, 3])),
    ("NtCreateUserProcess", Api::Start(&[])),
    ("RtlCreateUserProcess", Api::Start(&[0])),
    ("WinExec", Api::Start(&[0])),
    ("LoadModule", Api::Start(&[0, 1])),
    ("mciExecute", Api::Start(&[0])),
    ("ShellExecCmdLine", Api::Start(&[1])),
    ("ShellExec_RunDLL", Api::Start(&[2])),
    ("Control_RunDLL", Api::Start(&[2])),
    ("InstallHinfSection", Api::Start(&[2])),
    ("CreateService", Api::Start(&[7])),
    ("HlinkSimpleNavigateToString", Api::Start(&[0])),
    ("_wsystem", Api::Start(&[0])),
    ("_popen", Api::Start(&[0])),
    ("_wpopen", Api::Start(&[0])),
    ("_spawnl", Api::Start(&[1])),
    ("_wspawnl", Api::Start(&[1])),
    ("ShellExecute", Api::Open),
    ("ShellExecuteEx", Api::Start(&[])),
    ("system", Api::System),
    ("popen", Api::System),
    ("execv", Api::System),
    ("execve", Api::System),
    ("execvp", Api::System),
    ("execl", Api::System),
    ("execle", Api::System),
    ("execlp", Api::System),
    ("URLDownloadToFile", Api::Download(1)),
    ("URLDownloadToCacheFile", Api::Download(1)),
    ("URLOpenBlockingStream", Api::Download(1)),
    ("URLOpenPullStream", Api::Download(1)),
    ("DownloadToFile", Api::Download(0)),
    ("InternetOpen", Api::Network(usize::MAX)),
    ("InternetOpenUrl", Api::Network(1)),
    ("InternetConnect", Api::Network(1)),
    ("InternetReadFile", Api::Network(usize::MAX)),
    ("HttpOpenRequest", Api::Network(2)),
    ("HttpSendRequest", Api::Network(usize::MAX)),
    ("FtpGetFile", Api::Network(1)),
    ("FtpPutFile", Api::Network(2)),
    ("FtpOpenFile", Api::Network(1)),
    ("DnsQuery_A", Api::Network(0)),
    ("DnsQuery_W", Api::Network(0)),
    ("WinHttpOpen", Api::Network(usize::MAX)),
    ("WinHttpConnect", Api::Network(1)),
    ("WinHttpOpenRequest", Api::Network(2)),
    ("WinHttpSendRequest", Api::Network(usize::MAX)),
    ("WSAStartup", Api::Network(usize::MAX)),
    ("VirtualAlloc", Api::Allocate(3)),
    ("VirtualAllocEx", Api::Allocate(4)),
    ("VirtualProtect", Api::Allocate(2)),
    ("VirtualProtectEx", Api::Allocate(3)),
    ("NtAllocateVirtualMemory", Api::Allocate(5)),
    ("ZwAllocateVirtualMemory", Api::Allocate(5)),
    ("NtProtectVirtualMemory", Api::Allocate(3)),
    ("NtMapViewOfSection", Api::Allocate(9)),
    ("MapViewOfFileEx", Api::Allocate(usize::MAX)),
    ("HeapCreate", Api::Allocate(0)),
    ("RtlMoveMemory", Api::Copy),
    ("RtlCopyMemory", Api::Copy),
    ("CopyMemory", Api::Copy),
    ("RtlFillMemory", Api::Copy),
    ("memcpy", Api::Copy),
    ("WriteProcessMemory", Api::CopyForeign),
    ("NtWriteVirtualMemory", Api::CopyForeign),
    ("ZwWriteVirtualMemory", Api::CopyForeign),
    ("WriteVirtualMemory", Api::CopyForeign),
    ("NtUnmapViewOfSection", Api::CopyForeign),
    ("ZwUnmapViewOfSection", Api::CopyForeign),
    ("CreateThread", Api::Thread),
    ("CreateRemoteThread", Api::Thread),
    ("CreateRemoteThreadEx", Api::Thread),
    ("RtlCreateUserThread", Api::Thread),
    ("NtCreateThreadEx", Api::Thread),
    ("CreateUserThread", Api::Thread),
    ("SetThreadContext", Api::Thread),
    ("SetContextThread", Api::Thread),
    ("NtSetContextThread", Api::Thread),
    ("Wow64SetThreadContext", Api::Thread),
    ("NtResumeThread", Api::Thread),
    ("QueueUserAPC", Api::Thread),
    ("NtQueueApcThread", Api::Thread),
    ("QueueApcThread", Api::Thread),
    ("CreateFiber", Api::Thread),
    ("SwitchToFiber", Api::Thread),
    ("CreateThreadpoolWait", Api::Thread),
    ("SetThreadpoolWait", Api::Thread),
    ("CallWindowProc", Api::Callback(0)),
    ("SetTimer", Api::Callback(3)),
    ("CreateTimerQueueTimer", Api::Callback(2)),
    ("DispCallFunc", Api::Callback(1)),
    ("EnumSystemLanguageGroups", Api::Callback(0)),
    ("EnumSystemLocales", Api::Callback(0)),
    ("EnumSystemCodePages", Api::Callback(0)),
    ("EnumDateFormats", Api::Callback(0)),
    ("EnumDateFormatsEx", Api::Callback(0)),
    ("EnumTimeFormats", Api::Callback(0)),
    ("EnumCalendarInfo", Api::Callback(0)),
    ("EnumUILanguages", Api::Callback(0)),
    ("EnumResourceTypes", Api::Callback(1)),
    ("EnumResourceNames", Api::Callback(2)),
    ("EnumDesktops", Api::Callback(1)),
    ("EnumDesktopWindows", Api::Callback(1)),
    ("EnumWindowStations", Api::Callback(0)),
    ("EnumProps", Api::Callback(1)),
    ("EnumPropsEx", Api::Callback(1)),
    ("EnumWindows", Api::Callback(0)),
    ("EnumChildWindows", Api::Callback(1)),
    ("EnumThreadWindows", Api::Callback(1)),
    ("EnumFontFamilies", Api::Callback(2)),
    ("EnumFontFamiliesEx", Api::Callback(2)),
    ("EnumFonts", Api::Callback(2)),
    ("EnumObjects", Api::Callback(2)),
    ("EnumDisplayMonitors", Api::Callback(2)),
    ("EnumPageFiles", Api::Callback(0)),
    ("EnumerateLoadedModules", Api::Callback(1)),
    ("EnumPwrSchemes", Api::Callback(0)),
    ("GrayString", Api::Callback(2)),
    ("LineDDA", Api::Callback(4)),
    ("CertEnumSystemStore", Api::Callback(3)),
    ("CertEnumPhysicalStore", Api::Callback(3)),
    ("ImmEnumInputContext", Api::Callback(1)),
    ("ImageGetDigestStream", Api::Callback(2)),
    ("SymEnumProcesses", Api::Callback(0)),
    ("CopyFileEx", Api::Callback(2)),
    ("LoadLibrary", Api::Load),
    ("LoadLibraryEx", Api::Load),
    ("LdrLoadDll", Api::Load),
    ("keybd_event", Api::Keys),
    ("SendInput", Api::Keys),
    ("RegSetValue", Api::Registry(1)),
    ("RegSetValueEx", Api::Registry(1)),
    ("RegSetKeyValue", Api::Registry(1)),
    ("RegCreateKey", Api::Registry(1)),
    ("RegCreateKeyEx", Api::Registry(1)),
    ("SHSetValue", Api::Registry(1)),
    ("CopyFile", Api::Move),
    ("MoveFile", Api::Move),
    ("MoveFileEx", Api::Move),
    ("DeleteFile", Api::Delete),
    ("MAPISendMail", Api::Mail),
    ("MAPISendDocuments", Api::Mail),
];

fn api(name: &str) -> Option<Api> {
    static BY_NAME: LazyLock<HashMap<String, Api>> = LazyLock::new(|| {
        APIS.iter()
            .map(|(name, api)| (name.to_ascii_lowercase(), *api))
            .collect()
    });
    let name = name.to_ascii_lowercase();
    let bare = name.strip_suffix(['a', 'w']);
    BY_NAME.get(&name).or_else(|| BY_NAME.get(bare?)).copied()
}

/// What a program declares to work on memory.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Memory {
    allocates: bool,
    copies: bool,
    /// Writes to the memory of another program, or to its own by the way of it.
    foreign: bool,
    starts: bool,
    calls_back: bool,
}

impl Memory {
    /// Whether memory is made executable and filled or started, or is filled and started.
    const fn is_loader(self, starts: bool) -> bool {
        let starts = self.starts || starts;
        let copies = self.copies || self.foreign;
        self.allocates && (copies || starts)
            || copies && self.starts
            || self.foreign && (starts || self.calls_back)
    }
}

/// What the declarations of a program say together.
pub(super) fn declared(program: &Program<'_>) -> Memory {
    let mut memory = Memory::default();
    for unit in &program.units {
        for declare in &unit.syntax.declares {
            match api(name_of(program, unit.text, declare)) {
                Some(Api::Allocate(_)) => memory.allocates = true,
                Some(Api::Copy) => memory.copies = true,
                Some(Api::CopyForeign) => memory.foreign = true,
                Some(Api::Thread) => memory.starts = true,
                Some(Api::Callback(_)) => memory.calls_back = true,
                _ => {}
            }
        }
    }
    memory
}

fn span(text: &str, span: Span) -> &str {
    text.get(span.from as usize..span.to as usize)
        .unwrap_or_default()
        .trim_matches('"')
}

/// The name of the function in its library.
fn name_of<'t>(program: &'t Program<'_>, text: &'t str, declare: &Declare) -> &'t str {
    match span(text, declare.alias) {
        "" => as_written(program, text, declare.at, declare.name),
        alias => alias,
    }
}

/// A declared function is called.
pub(super) fn call(
    world: &mut World<'_>,
    site: &Site<'_>,
    unit: u32,
    declare: u32,
    arguments: &[Argument],
) -> Value {
    let program = world.program;
    let Some((text, declare)) = program.units.get(unit as usize).and_then(|unit| {
        let declare = unit.syntax.declares.get(declare as usize)?;
        Some((unit.text, declare))
    }) else {
        return Value::UNKNOWN;
    };
    let name = name_of(program, text, declare);
    let library = span(text, declare.library);
    let call = Call {
        site,
        name,
        object: &Value::MISSING,
        arguments,
    };
    let all = || Told::values(&call.values(), ", ");
    if name.starts_with('#') {
        let told = Told::text(&format!("{library} {name}"));
        world.act(site, "obfuscation.ordinal-alias", name, told);
    } else if !is_system_library(library) {
        world.act(site, "execution.foreign-library", name, Told::text(library));
    }
    let Some(api) = api(name) else {
        return Value::UNKNOWN;
    };
    let at = |place: usize| call.argument(place, "");
    match api {
        Api::Start(places) => {
            let values: Vec<Value> = places.iter().map(|place| at(*place)).collect();
            let values: Vec<&Value> = values.iter().filter(|value| !is_zero(value)).collect();
            let told = if values.is_empty() {
                Told::value(&Value::UNKNOWN)
            } else {
                Told::values(&values, " ")
            };
            programs::start(world, &call, "execution.api", told);
        }
        Api::Open => {
            let (file, parameters) = (at(2), at(3));
            let parameters = if is_zero(&parameters) {
                Value::MISSING
            } else {
                parameters
            };
            programs::open(world, &call, "execution.api", &file, &parameters);
        }
        Api::System => {
            let told = all();
            // Libraries that are widely used ask macOS for the time zone where it is compiled.
            let command = at(0);
            let asks = command.as_text().is_some_and(programs::only_asks);
            let rule = if told.is_concealed() || !is_dead(site) && !asks {
                "execution.macos-command"
            } else {
                "execution.macos"
            };
            world.act(site, rule, name, told);
        }
        Api::Download(address) => {
            let told = Told::values(&[&at(address), &at(address + 1)], ", ");
            world.act(site, "network.download", name, told);
            let file = at(address + 1);
            if commands::target(file.as_text().unwrap_or_default()) == commands::Target::Program {
                world.tell(&call, "write.program", &file);
            }
        }
        Api::Network(address) => {
            let told = match address {
                usize::MAX => Told::nothing(),
                _ => Told::value(&at(address)),
            };
            world.act(site, "network.api", name, told);
        }
        Api::Allocate(protection) => {
            if world.memory.is_loader(false) && may_execute(&at(protection), name) {
                world.act(site, "injection.memory", name, all());
            }
        }
        Api::Copy => {}
        Api::CopyForeign => {
            if world.memory.is_loader(false) {
                world.act(site, "injection.memory", name, all());
            }
        }
        Api::Thread => {
            if world.memory.is_loader(false) {
                world.act(site, "injection.thread", name, all());
            }
        }
        Api::Callback(address) => callback(world, &call, &at(address)),
        Api::Load => world.tell(&call, "execution.load-library", &at(0)),
        Api::Keys => world.act(site, "execution.keys", name, Told::nothing()),
        Api::Registry(key) => {
            super::macros::registry_key(world, &call, &at(key));
        }
        Api::Move => {
            super::files::copy(world, &call);
        }
        Api::Delete => world.tell(&call, "write.delete", &at(0)),
        Api::Mail => world.act(site, "network.send-mail", name, Told::nothing()),
    }
    Value {
        what: What::Unknown,
        origin: match api {
            Api::Network(_) => Origin::NETWORK,
            _ => Origin::PLAIN,
        },
    }
}

fn is_zero(value: &Value) -> bool {
    is_left_out(value)
        || matches!(value.what, What::Number(0.0))
        || value.as_text() == Some("0")
        || value.as_text().is_some_and(|text| text == "\0")
}

/// Whether a protection lets memory be executed: its bits, or it is not known.
fn may_execute(protection: &Value, name: &str) -> bool {
    const EXECUTE: i64 = 0x10 | 0x20 | 0x40 | 0x80;
    const HEAP: i64 = 0x0004_0000;
    match protection.what {
        What::Number(bits) if name.eq_ignore_ascii_case("HeapCreate") => bits as i64 & HEAP != 0,
        What::Number(bits) => bits as i64 & EXECUTE != 0,
        _ => true,
    }
}

/// The system is handed an address to call. That of a procedure is a start of it, which the run
/// sees.
fn callback(world: &mut World<'_>, call: &Call<'_>, address: &Value) {
    if matches!(address.what, What::Procedure(_) | What::Missing) {
        return;
    }
    // No address lies so low: the place of a method in the table of an object.
    const LOWEST: f64 = 65536.0;
    let method = matches!(address.what, What::Number(number) if number > 0.0 && number < LOWEST);
    if method && call.name.eq_ignore_ascii_case("DispCallFunc") {
        return;
    }
    let none = matches!(address.what, What::Number(0.0));
    let told = Told::values(&call.values(), ", ");
    let number = matches!(address.what, What::Number(_)) && !none;
    if world.memory.is_loader(true) && (world.memory.allocates || world.memory.foreign) {
        world.act(call.site, "injection.thread", call.name, told);
    } else if number || is_concealed(address) || call.name.eq_ignore_ascii_case("DispCallFunc") {
        world.act(call.site, "injection.callback", call.name, told);
    }
}

/// The declarations of a program that together put code into memory and start it: the rule, the
/// unit, and where the name stands.
pub(super) fn loaders(program: &Program<'_>) -> Vec<(&'static str, u32, u32)> {
    let mut loaders = Vec::new();
    if !declared(program).is_loader(false) {
        return loaders;
    }
    for (index, unit) in (0..).zip(&program.units) {
        for declare in &unit.syntax.declares {
            let rule = match api(name_of(program, unit.text, declare)) {
                Some(Api::Allocate(_) | Api::CopyForeign) => "injection.memory",
                Some(Api::Thread) => "injection.thread",
                _ => continue,
            };
            loaders.push((rule, index, declare.at));
        }
    }
    loaders
}
