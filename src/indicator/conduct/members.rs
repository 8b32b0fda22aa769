//! Members of objects: which of them act, and what they give.
//!
//! A row says whose member it is. A *loose* row also counts for an object of which nothing is
//! known: its name is of that one class, or what it is given says what it is.

use std::sync::LazyLock;

use hashbrown::{HashMap, HashSet};

use super::objects::Family;
use super::world::{Call, Does, World};
use super::{data, dispatch, files, formulas, items, macros, network, programs};
use crate::source::eval::{Origin, Reply};

/// A member.
pub(super) struct Row {
    /// Its name, as it is told.
    pub(super) name: &'static str,
    of: Family,
    loose: bool,
    /// What comes of it.
    pub(super) does: Does,
}

impl Row {
    /// Whether the row is about a member of such an object.
    pub(super) fn fits(&self, family: Option<Family>) -> bool {
        match family {
            Some(family) if family == self.of => true,
            Some(
                Family::Application
                | Family::Content
                | Family::Files
                | Family::Inserted
                | Family::AddIns
                | Family::Project,
            ) if self.of == Family::Office => true,
            Some(
                Family::Office
                | Family::Content
                | Family::Foreign
                | Family::Obscure
                | Family::Application
                | Family::Inserted
                | Family::Files,
            )
            | None => self.loose,
            Some(_) => false,
        }
    }
}

const fn member(of: Family, name: &'static str, does: Does) -> Row {
    Row {
        name,
        of,
        loose: false,
        does,
    }
}

const fn loose(of: Family, name: &'static str, does: Does) -> Row {
    Row {
        name,
        of,
        loose: true,
        does,
    }
}

const fn gives(of: Family, name: &'static str, family: Family) -> Row {
    member(of, name, Does::Gives(family))
}

type Handler = fn(&mut World<'_>, &Call<'_>) -> Reply;

const fn calls(of: Family, name: &'static str, handler: Handler) -> Row {
    member(of, name, Does::Calls(handler))
}

const fn loosely(of: Family, name: &'static str, handler: Handler) -> Row {
    loose(of, name, Does::Calls(handler))
}

const fn tells(of: Family, name: &'static str, rule: &'static str) -> Row {
    member(of, name, Does::Tells(rule))
}

/// What a document holds, by a name that only Office has.
const fn holds(name: &'static str) -> Row {
    loose(Family::Office, name, Does::Gives(Family::Content))
}

/// What a document holds, by a name that others have too.
const fn shows(name: &'static str) -> Row {
    gives(Family::Office, name, Family::Content)
}

const NETWORK: Does = Does::From(Origin::NETWORK);

use Family as F;

static ROWS: &[Row] = &[
    // The script host.
    calls(F::ScriptHost, "Run", programs::host_run),
    calls(F::ScriptHost, "Exec", programs::host_run),
    calls(F::ScriptHost, "RegWrite", macros::registry_write),
    calls(F::ScriptHost, "RegDelete", macros::registry_write),
    calls(F::ScriptHost, "SendKeys", programs::send_keys),
    calls(F::ScriptHost, "CreateShortcut", files::shortcut),
    calls(F::ScriptHost, "SpecialFolders", programs::special_folder),
    calls(F::ScriptHost, "ExpandEnvironmentStrings", programs::expand),
    member(F::ScriptHost, "Environment", Does::Gives(F::Plain)),
    loosely(F::ScriptHost, "ExpandEnvironmentStrings", programs::expand),
    loosely(F::ScriptHost, "RegWrite", macros::registry_write),
    loosely(F::ScriptHost, "CreateShortcut", files::shortcut),
    // The desktop.
    calls(F::Desktop, "ShellExecute", programs::shell_execute),
    calls(F::Desktop, "Open", programs::desktop_open),
    calls(F::Desktop, "Explore", programs::desktop_open),
    tells(F::Desktop, "ControlPanelItem", "execution.shell-verb"),
    member(
        F::Desktop,
        "ServiceStart",
        Does::TellsAll("execution.shell-verb"),
    ),
    calls(F::Desktop, "Navigate", network::navigate),
    calls(F::Desktop, "Navigate2", network::navigate),
    gives(F::Desktop, "NameSpace", F::DesktopItem),
    gives(F::Desktop, "BrowseForFolder", F::DesktopItem),
    gives(F::DesktopItem, "Items", F::DesktopItem),
    gives(F::DesktopItem, "Item", F::DesktopItem),
    gives(F::DesktopItem, "ParseName", F::DesktopItem),
    gives(F::DesktopItem, "Self", F::DesktopItem),
    gives(F::DesktopItem, "GetFolder", F::DesktopItem),
    gives(F::DesktopItem, "Verbs", F::DesktopItem),
    tells(F::DesktopItem, "CopyHere", "write.file"),
    tells(F::DesktopItem, "MoveHere", "write.file"),
    loose(F::DesktopItem, "CopyHere", Does::Tells("write.file")),
    loose(F::DesktopItem, "MoveHere", Does::Tells("write.file")),
    loose(
        F::DesktopItem,
        "InvokeVerb",
        Does::Tells("execution.shell-verb"),
    ),
    loose(
        F::DesktopItem,
        "InvokeVerbEx",
        Does::TellsAll("execution.shell-verb"),
    ),
    loose(F::DesktopItem, "DoIt", Does::Tells("execution.shell-verb")),
    loose(F::DesktopItem, "ExtendedProperty", Does::Unknown),
    gives(F::Console, "Document", F::Console),
    gives(F::Console, "ActiveView", F::Console),
    loose(
        F::Console,
        "ExecuteShellCommand",
        Does::TellsAll("execution.shell-verb"),
    ),
    // LibreOffice.
    calls(F::UnoShell, "Execute", programs::shell_execute),
    calls(F::UnoFactory, "CreateInstance", dispatch::create_object),
    calls(
        F::UnoFactory,
        "CreateInstanceWithArguments",
        dispatch::create_object,
    ),
    tells(F::UnoFiles, "Copy", "write.file"),
    tells(F::UnoFiles, "Move", "write.file"),
    tells(F::UnoFiles, "WriteFile", "write.file"),
    tells(F::UnoFiles, "OpenFileWrite", "write.file"),
    tells(F::UnoFiles, "OpenFileReadWrite", "write.file"),
    loosely(F::Files, "LoadComponentFromURL", network::opens_document),
    // The management interface.
    gives(F::Wmi, "ConnectServer", F::Wmi),
    calls(F::Wmi, "Get", programs::wmi_get),
    calls(F::Wmi, "ExecMethod", programs::wmi_method),
    gives(F::Wmi, "ExecQuery", F::Plain),
    gives(F::Wmi, "InstancesOf", F::Plain),
    calls(F::WmiClass, "Create", programs::wmi_create),
    member(
        F::WmiClass,
        "Install",
        Does::TellsAll("execution.wmi-create"),
    ),
    gives(F::WmiClass, "SpawnInstance_", F::WmiClass),
    gives(F::WmiClass, "Methods_", F::WmiClass),
    gives(F::WmiClass, "InParameters", F::WmiClass),
    loosely(F::WmiClass, "ExecMethod_", programs::wmi_method),
    calls(F::WmiRegistry, "SetStringValue", macros::registry_set),
    calls(
        F::WmiRegistry,
        "SetExpandedStringValue",
        macros::registry_set,
    ),
    calls(F::WmiRegistry, "SetDWORDValue", macros::registry_set),
    calls(F::WmiRegistry, "SetBinaryValue", macros::registry_set),
    calls(F::WmiRegistry, "SetMultiStringValue", macros::registry_set),
    calls(F::WmiRegistry, "CreateKey", macros::registry_set),
    calls(F::WmiRegistry, "DeleteValue", macros::registry_set),
    calls(F::WmiRegistry, "DeleteKey", macros::registry_set),
    loosely(F::WmiRegistry, "SetDWORDValue", macros::registry_set),
    loosely(F::WmiRegistry, "SetStringValue", macros::registry_set),
    // Engines of scripts.
    calls(F::ScriptControl, "AddCode", dispatch::script_code),
    calls(F::ScriptControl, "ExecuteStatement", dispatch::script_code),
    calls(F::ScriptControl, "Eval", dispatch::script_code),
    member(F::ScriptControl, "Run", Does::Unknown),
    loosely(F::ScriptControl, "ExecuteStatement", dispatch::script_code),
    // What is deserialized can be any program of the .NET runtime.
    loose(
        F::Foreign,
        "Deserialize_2",
        Does::Tells("execution.script-engine"),
    ),
    loose(
        F::Foreign,
        "Deserialize_3",
        Does::Tells("execution.script-engine"),
    ),
    loosely(F::Html, "ExecScript", dispatch::script_code),
    calls(F::Html, "Write", dispatch::html_write),
    calls(F::Html, "Writeln", dispatch::html_write),
    loose(
        F::Dom,
        "TransformNode",
        Does::Tells("execution.html-engine"),
    ),
    loose(
        F::Dom,
        "TransformNodeToObject",
        Does::Tells("execution.html-engine"),
    ),
    gives(F::Script, "CreateObject", F::Obscure),
    // Requests.
    calls(F::Http, "Open", network::http_open),
    calls(F::Http, "Send", network::http_send),
    calls(F::Http, "OpenURL", network::fetch),
    calls(F::Http, "Execute", network::fetch),
    calls(F::Http, "Connect", network::fetch),
    member(F::Http, "ResponseBody", NETWORK),
    member(F::Http, "ResponseText", NETWORK),
    member(F::Http, "ResponseStream", NETWORK),
    member(F::Http, "ResponseXML", NETWORK),
    member(F::Http, "GetResponseHeader", NETWORK),
    member(F::Http, "GetAllResponseHeaders", NETWORK),
    loose(F::Http, "ResponseBody", NETWORK),
    loose(F::Http, "ResponseText", NETWORK),
    loosely(F::Http, "WebService", network::fetch),
    calls(F::Browser, "Navigate", network::navigate),
    calls(F::Browser, "Navigate2", network::navigate),
    gives(F::Browser, "Document", F::Html),
    loosely(F::Browser, "Navigate2", network::navigate),
    calls(F::Dom, "Load", network::xml_load),
    loosely(F::Dom, "LoadXML", dispatch::load_xml),
    gives(F::Dom, "CreateElement", F::DomNode),
    gives(F::Dom, "CreateNode", F::DomNode),
    gives(F::Dom, "DocumentElement", F::DomNode),
    calls(F::DomNode, "NodeTypedValue", data::node_value),
    calls(F::Stream, "ReadText", data::stream_read),
    calls(F::Stream, "Read", data::stream_read),
    calls(F::Plain, "GetString", data::encode),
    // Office opens what is elsewhere.
    loosely(F::Files, "Open", network::opens_document),
    loosely(F::Files, "OpenText", network::opens_document),
    loosely(F::Files, "OpenXML", network::opens_document),
    loosely(F::Files, "OpenDatabase", network::opens_document),
    calls(F::Files, "Add", network::opens_document),
    calls(F::Inserted, "Add", network::office_opens),
    loosely(F::Inserted, "Insert", network::office_opens),
    loosely(F::Inserted, "InsertFile", network::office_opens),
    loosely(F::Inserted, "AddPicture", network::office_opens),
    loosely(F::Inserted, "AddOLEObject", network::office_opens),
    loosely(F::Inserted, "UserPicture", network::office_opens),
    loosely(F::Office, "FollowHyperlink", network::follow_link),
    gives(F::Office, "QueryTables", F::Files),
    gives(F::Office, "Pictures", F::Inserted),
    gives(F::Office, "Workbooks", F::Files),
    gives(F::Office, "Documents", F::Files),
    gives(F::Office, "Presentations", F::Files),
    gives(F::Office, "Application", F::Application),
    gives(F::Office, "Parent", F::Office),
    gives(F::Office, "Sheets", F::Office),
    gives(F::Office, "Worksheets", F::Office),
    gives(F::Office, "ActiveSheet", F::Office),
    gives(F::Office, "ActiveWorkbook", F::Office),
    gives(F::Office, "ThisWorkbook", F::Office),
    gives(F::Office, "ActiveDocument", F::Office),
    gives(F::Office, "ActivePresentation", F::Office),
    gives(F::Office, "ActiveWindow", F::Office),
    gives(F::Office, "Slides", F::Office),
    gives(F::Office, "Charts", F::Office),
    gives(F::Office, "ChartObjects", F::Office),
    gives(F::Office, "PivotTables", F::Office),
    gives(F::Office, "PivotCaches", F::Office),
    gives(F::Office, "PivotCache", F::Office),
    gives(F::Office, "Connections", F::Office),
    gives(F::Office, "CommandBars", F::Office),
    gives(F::Office, "Controls", F::Office),
    gives(F::Office, "Templates", F::Office),
    gives(F::Office, "AttachedTemplate", F::Office),
    gives(F::Office, "Sections", F::Office),
    gives(F::Office, "WorksheetFunction", F::Office),
    gives(F::Office, "AddIns", F::AddIns),
    gives(F::Office, "AddIns2", F::AddIns),
    gives(F::Office, "Addons", F::AddIns),
    gives(F::Office, "COMAddIns", F::AddIns),
    gives(F::Office, "WordBasic", F::WordBasic),
    gives(F::Office, "RecentFiles", F::Traces),
    gives(F::Office, "Tasks", F::Traces),
    calls(F::Office, "NormalTemplate", macros::normal_template),
    loosely(F::Office, "VBProject", macros::project),
    loose(F::Office, "VBE", Does::Gives(F::Project)),
    // What a document holds.
    holds("Variables"),
    holds("DocVariables"),
    holds("BuiltInDocumentProperties"),
    holds("CustomDocumentProperties"),
    holds("CustomProperties"),
    holds("CustomXMLParts"),
    holds("SelectByNamespace"),
    holds("SelectContentControlsByTag"),
    holds("SelectContentControlsByTitle"),
    loose(F::Office, "AlternativeText", Does::From(Origin::DOCUMENT)),
    loose(F::Office, "ControlTipText", Does::From(Origin::DOCUMENT)),
    holds("InlineShapes"),
    holds("ContentControls"),
    holds("FormFields"),
    holds("Bookmarks"),
    holds("Paragraphs"),
    holds("StoryRanges"),
    holds("TextFrame"),
    holds("TextFrame2"),
    holds("Shapes"),
    holds("OLEObjects"),
    holds("Range"),
    holds("Cells"),
    holds("UsedRange"),
    holds("ListObjects"),
    shows("Rows"),
    shows("Columns"),
    shows("Names"),
    shows("Comments"),
    shows("Tables"),
    shows("Content"),
    shows("Words"),
    shows("Characters"),
    shows("Sentences"),
    shows("Fields"),
    loose(
        Family::Office,
        "DoVerb",
        Does::Tells("execution.embedded-object"),
    ),
    shows("PageSetup"),
    shows("Tags"),
    shows("Headers"),
    shows("Footers"),
    shows("Footnotes"),
    shows("Hyperlinks"),
    shows("Selection"),
    shows("ActiveCell"),
    shows("Caption"),
    shows("Tag"),
    shows("Title"),
    shows("Text"),
    shows("Value"),
    // Macros, settings, templates.
    gives(F::Project, "VBProjects", F::Project),
    gives(F::Project, "ActiveVBProject", F::Project),
    gives(F::Project, "VBComponents", F::Project),
    gives(F::Project, "Item", F::Project),
    gives(F::Project, "Add", F::Project),
    calls(F::Project, "Import", macros::import),
    tells(F::Project, "Remove", "defense.self-change"),
    loose(F::Project, "VBComponents", Does::Gives(F::Project)),
    loose(F::Project, "CodeModule", Does::Gives(F::CodeModule)),
    loosely(F::CodeModule, "AddFromString", macros::add_code),
    loosely(F::CodeModule, "AddFromFile", macros::add_code),
    loosely(F::CodeModule, "InsertLines", macros::add_code),
    loosely(F::CodeModule, "ReplaceLine", macros::add_code),
    loosely(F::CodeModule, "DeleteLines", macros::add_code),
    loosely(F::CodeModule, "CreateEventProc", macros::add_code),
    loosely(F::Application, "OrganizerCopy", macros::organizer),
    loose(
        F::WordBasic,
        "MacroCopy",
        Does::TellsAll("persistence.template"),
    ),
    calls(F::WordBasic, "Shell", programs::shell),
    calls(F::WordBasic, "FileSaveAs", files::save_as),
    calls(F::WordBasic, "SendKeys", programs::send_keys),
    member(
        F::WordBasic,
        "AppExecute",
        Does::TellsAll("execution.shell"),
    ),
    calls(F::Application, "StartupPath", files::startup_path),
    calls(F::Application, "AltStartupPath", files::startup_path),
    loosely(F::Application, "DefaultFilePath", files::default_path),
    loosely(F::Application, "RegisterXLL", programs::load_library),
    calls(F::AddIns, "Add", macros::add_in),
    loosely(F::Application, "WLLRegister", programs::load_library),
    member(
        F::Installer,
        "InstallProduct",
        Does::TellsAll("execution.shell-verb"),
    ),
    loose(
        F::Installer,
        "InstallProduct",
        Does::TellsAll("execution.shell-verb"),
    ),
    // Calls by name.
    calls(F::Application, "Run", dispatch::run_macro),
    member(F::Office, "RunAutoMacros", Does::Unknown),
    loosely(F::Application, "OnTime", dispatch::on_time),
    loosely(F::Application, "OnKey", dispatch::on_key),
    calls(F::Office, "Evaluate", formulas::evaluate),
    loosely(F::Application, "ExecuteExcel4Macro", formulas::excel4),
    calls(F::Application, "SendKeys", programs::send_keys),
    loosely(F::Application, "DDEInitiate", programs::dde_initiate),
    loose(
        F::Application,
        "DDERequest",
        Does::TellsAll("execution.dde-initiate"),
    ),
    loose(
        F::Application,
        "DDEExecute",
        Does::TellsAll("execution.dde"),
    ),
    loose(F::Application, "DDEPoke", Does::TellsAll("execution.dde")),
    calls(F::Application, "CreateObject", dispatch::create_object),
    calls(F::Application, "FollowHyperlink", network::follow_link),
    // Objects that nothing is known of, told to run something.
    loosely(F::Obscure, "Run", dispatch::run_of_unknown),
    loosely(F::Obscure, "Exec", dispatch::exec_of_unknown),
    loosely(F::Obscure, "ShellExecute", dispatch::exec_of_unknown),
    loosely(F::Obscure, "Create", dispatch::create_of_unknown),
    // Files.
    calls(F::FileSystem, "CreateTextFile", files::text_file),
    calls(F::FileSystem, "OpenTextFile", files::text_file),
    loosely(F::FileSystem, "CreateTextFile", files::text_file),
    loosely(F::FileSystem, "OpenTextFile", files::text_file),
    loosely(F::FileSystem, "CopyFile", files::copy),
    loosely(F::FileSystem, "MoveFile", files::copy),
    loose(F::FileSystem, "CopyFolder", Does::TellsAll("write.file")),
    loose(F::FileSystem, "MoveFolder", Does::TellsAll("write.file")),
    loose(F::FileSystem, "CreateFolder", Does::Tells("write.file")),
    loose(F::FileSystem, "DeleteFile", Does::Tells("write.delete")),
    loose(F::FileSystem, "DeleteFolder", Does::Tells("write.delete")),
    calls(F::FileSystem, "GetSpecialFolder", files::some_path),
    calls(F::FileSystem, "GetTempName", files::some_path),
    calls(F::FileSystem, "BuildPath", files::build_path),
    loosely(F::FileSystem, "BuildPath", files::build_path),
    calls(F::FileSystem, "GetFile", files::file_item),
    calls(F::FileSystem, "GetFolder", files::file_item),
    calls(F::FileItem, "OpenAsTextStream", files::item_stream),
    calls(F::FileItem, "CreateTextFile", files::text_file),
    calls(F::FileItem, "Copy", files::copy_to),
    calls(F::FileItem, "Move", files::copy_to),
    tells(F::FileItem, "Delete", "write.delete"),
    calls(F::TextFile, "Write", files::file_write),
    calls(F::TextFile, "WriteLine", files::file_write),
    calls(F::Stream, "Write", data::stream_write),
    calls(F::Stream, "WriteText", data::stream_write),
    calls(F::Stream, "SaveToFile", files::stream_save),
    loosely(F::Stream, "SaveToFile", files::stream_save),
    loosely(F::Office, "SaveAs", files::save_as),
    loosely(F::Office, "SaveAs2", files::save_as),
    loosely(F::Office, "SaveCopyAs", files::save_as),
    loosely(F::Office, "SaveAsUI", files::save_as),
    loose(F::Office, "ExportAsFixedFormat", Does::Unknown),
    calls(F::Office, "FullName", files::own_path),
    // The script that runs.
    calls(F::Script, "CreateObject", dispatch::create_object),
    calls(F::Script, "GetObject", dispatch::get_object),
    calls(F::Script, "ScriptFullName", files::own_path),
    // Lists.
    calls(F::Dictionary, "Add", items::add_pair),
    calls(F::Dictionary, "Item", items::item),
    calls(F::Dictionary, "Items", items::values),
    calls(F::Dictionary, "Keys", items::keys),
    calls(F::Dictionary, "Count", items::count),
    calls(F::Dictionary, "Remove", items::remove),
    calls(F::Dictionary, "RemoveAll", items::remove_all),
    calls(F::Collection, "Add", items::add_item),
    calls(F::Collection, "Item", items::nth),
    calls(F::Collection, "Count", items::count),
    calls(F::Collection, "Remove", items::remove),
    calls(F::List, "Add", items::add_item),
    calls(F::List, "ToArray", items::values),
    calls(F::List, "Clear", items::remove_all),
    calls(F::List, "RemoveAt", items::remove),
    calls(F::List, "Reverse", items::remove),
    calls(F::List, "Sort", items::remove),
    // Messages.
    gives(F::Outlook, "CreateItem", F::Mail),
    gives(F::Outlook, "CreateItemFromTemplate", F::Mail),
    gives(F::Outlook, "GetNamespace", F::Outlook),
    gives(F::Outlook, "Session", F::Outlook),
    gives(F::Outlook, "Application", F::Outlook),
    gives(F::Outlook, "CurrentItem", F::Mail),
    gives(F::Outlook, "GetDefaultFolder", F::Outlook),
    gives(F::Outlook, "Items", F::Outlook),
    gives(F::Outlook, "Add", F::Mail),
    gives(F::Outlook, "CreateDocument", F::Mail),
    gives(F::Outlook, "GetDatabase", F::Outlook),
    gives(F::Outlook, "CurrentDatabase", F::Outlook),
    gives(F::Mail, "Forward", F::Mail),
    gives(F::Mail, "Reply", F::Mail),
    gives(F::Mail, "ReplyAll", F::Mail),
    gives(F::Mail, "Copy", F::Mail),
    calls(F::Mail, "Send", network::send_mail),
    loosely(F::Office, "SendMail", network::send_mail),
    loosely(F::Office, "SendForReview", network::send_mail),
    loosely(F::Office, "SendFaxOverInternet", network::send_mail),
    // Whether somebody works here.
    tells(F::Traces, "Count", "evasion.use-traces"),
    tells(F::Traces, "Exists", "evasion.use-traces"),
];

static ASSIGNED: &[Row] = &[
    calls(F::Dictionary, "Item", items::set_item),
    loosely(F::Office, "OnAction", dispatch::on_action),
    loosely(F::Office, "OnSheetActivate", dispatch::on_event),
    loosely(F::Office, "OnSheetDeactivate", dispatch::on_event),
    loosely(F::Office, "OnCalculate", dispatch::on_event),
    loosely(F::Office, "OnEntry", dispatch::on_event),
    loosely(F::Office, "OnData", dispatch::on_event),
    loosely(F::Office, "OnWindow", dispatch::on_event),
    loosely(F::Office, "OnDoubleClick", dispatch::on_event),
    loosely(F::Office, "OnSave", dispatch::on_event),
    loosely(F::Office, "AutomationSecurity", macros::automation_security),
    loosely(F::Office, "AltStartupPath", macros::startup_folder),
    loosely(F::Office, "AttachedTemplate", network::attach_template),
    loosely(F::Office, "Formula", formulas::written),
    loosely(F::Office, "FormulaLocal", formulas::written),
    loosely(F::Office, "FormulaR1C1", formulas::written),
    loosely(F::Office, "FormulaR1C1Local", formulas::written),
    loosely(F::Office, "FormulaArray", formulas::written),
    loosely(F::Office, "Formula2", formulas::written),
    loosely(F::Office, "RefersTo", formulas::written),
    loosely(F::Office, "RefersToR1C1", formulas::written),
    loosely(F::Content, "Value", formulas::written),
    loosely(F::Content, "Value2", formulas::written),
    loosely(F::Shortcut, "TargetPath", files::shortcut_target),
    calls(F::Shortcut, "Arguments", files::shortcut_target),
    calls(F::Browser, "Navigate", network::navigate),
    calls(F::DomNode, "DataType", data::node_kind),
    calls(F::DomNode, "Text", data::node_text),
    calls(F::DomNode, "NodeTypedValue", data::node_text),
];

/// Members of what a document holds that are no part of it: sizes, places, names.
const PLAIN: &[&str] = &[
    "address",
    "activate",
    "autofit",
    "bold",
    "borders",
    "clear",
    "clearcontents",
    "color",
    "colorindex",
    "column",
    "columns",
    "columnwidth",
    "count",
    "delete",
    "entirecolumn",
    "entirerow",
    "fill",
    "font",
    "height",
    "hidden",
    "index",
    "interior",
    "left",
    "length",
    "line",
    "listcount",
    "listindex",
    "locked",
    "name",
    "row",
    "rowheight",
    "select",
    "sort",
    "style",
    "top",
    "type",
    "visible",
    "width",
];

/// The rows of a member that is read or called, by its name in small letters.
pub(super) fn named(key: &str) -> &'static [&'static Row] {
    static BY_NAME: LazyLock<ByName> = LazyLock::new(|| by_name(ROWS));
    BY_NAME.get(key).map_or(&[], Vec::as_slice)
}

/// The rows of a member that is given a value.
pub(super) fn assigned(key: &str) -> &'static [&'static Row] {
    static BY_NAME: LazyLock<ByName> = LazyLock::new(|| by_name(ASSIGNED));
    BY_NAME.get(key).map_or(&[], Vec::as_slice)
}

/// Whether a member of what a document holds is no part of it.
pub(super) fn is_plain(key: &str) -> bool {
    static PLAINS: LazyLock<HashSet<&str>> = LazyLock::new(|| PLAIN.iter().copied().collect());
    PLAINS.contains(key)
}

type ByName = HashMap<String, Vec<&'static Row>>;

/// The rows by name; those of one class alone before the loose ones.
fn by_name(rows: &'static [Row]) -> ByName {
    let mut named = ByName::new();
    for row in rows {
        named
            .entry(row.name.to_ascii_lowercase())
            .or_default()
            .push(row);
    }
    for rows in named.values_mut() {
        rows.sort_by_key(|row| row.loose);
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::Matcher;

    #[test]
    fn every_rule_that_a_row_names_is_there() {
        let matcher = Matcher::new();
        for row in ROWS.iter().chain(ASSIGNED) {
            if let Does::Tells(rule) | Does::TellsAll(rule) = row.does {
                assert!(matcher.rule(rule).is_some(), "{rule}");
            }
        }
    }

    #[test]
    fn a_row_of_one_class_goes_before_a_loose_one() {
        let named = |key, family| {
            let row = named(key).iter().find(|row| row.fits(family));
            row.map(|row| row.of)
        };
        assert_eq!(named("send", Some(F::Http)), Some(F::Http));
        assert_eq!(named("send", Some(F::Mail)), Some(F::Mail));
        assert_eq!(named("send", None), None);
        assert_eq!(named("open", Some(F::Http)), Some(F::Http));
        assert_eq!(named("open", Some(F::Plain)), None);
        assert_eq!(named("open", None), Some(F::Files));
        assert_eq!(named("range", Some(F::Application)), Some(F::Office));
    }
}
