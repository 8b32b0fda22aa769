//! Members of objects: which of them act, and what they give.
//!
//! A row says whose member it is. A *loose* row also counts for an object of which nothing is
//! known: its name is of that one class, or what it is given says what it is.

use std::sync::LazyLock;

use hashbrown::{HashMap, HashSet};

use super::objects::Family;
use super::world::Does;
use super::{data, dispatch, files, formulas, items, macros, network, programs};
use crate::source::eval::Origin;

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

const NETWORK: Does = Does::From(Origin::NETWORK);

use Family as F;

static ROWS: &[Row] = &[
    // The script host.
    member(F::ScriptHost, "Run", Does::Calls(programs::host_run)),
    member(F::ScriptHost, "Exec", Does::Calls(programs::host_run)),
    member(
        F::ScriptHost,
        "RegWrite",
        Does::Calls(macros::registry_write),
    ),
    member(
        F::ScriptHost,
        "RegDelete",
        Does::Calls(macros::registry_write),
    ),
    member(F::ScriptHost, "SendKeys", Does::Calls(programs::send_keys)),
    member(
        F::ScriptHost,
        "CreateShortcut",
        Does::Calls(files::shortcut),
    ),
    member(
        F::ScriptHost,
        "SpecialFolders",
        Does::Calls(programs::special_folder),
    ),
    member(
        F::ScriptHost,
        "ExpandEnvironmentStrings",
        Does::Calls(programs::expand),
    ),
    member(F::ScriptHost, "Environment", Does::Gives(F::Plain)),
    loose(
        F::ScriptHost,
        "ExpandEnvironmentStrings",
        Does::Calls(programs::expand),
    ),
    loose(
        F::ScriptHost,
        "RegWrite",
        Does::Calls(macros::registry_write),
    ),
    loose(
        F::ScriptHost,
        "CreateShortcut",
        Does::Calls(files::shortcut),
    ),
    // The desktop.
    member(
        F::Desktop,
        "ShellExecute",
        Does::Calls(programs::shell_execute),
    ),
    member(F::Desktop, "Open", Does::Calls(programs::desktop_open)),
    member(F::Desktop, "Explore", Does::Calls(programs::desktop_open)),
    member(
        F::Desktop,
        "ControlPanelItem",
        Does::Tells("execution.shell-verb"),
    ),
    member(
        F::Desktop,
        "ServiceStart",
        Does::TellsAll("execution.shell-verb"),
    ),
    member(F::Desktop, "Navigate", Does::Calls(network::navigate)),
    member(F::Desktop, "Navigate2", Does::Calls(network::navigate)),
    gives(F::Desktop, "NameSpace", F::DesktopItem),
    gives(F::Desktop, "BrowseForFolder", F::DesktopItem),
    gives(F::DesktopItem, "Items", F::DesktopItem),
    gives(F::DesktopItem, "Item", F::DesktopItem),
    gives(F::DesktopItem, "ParseName", F::DesktopItem),
    gives(F::DesktopItem, "Self", F::DesktopItem),
    gives(F::DesktopItem, "GetFolder", F::DesktopItem),
    gives(F::DesktopItem, "Verbs", F::DesktopItem),
    member(F::DesktopItem, "CopyHere", Does::Tells("write.file")),
    member(F::DesktopItem, "MoveHere", Does::Tells("write.file")),
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
    // The management interface.
    gives(F::Wmi, "ConnectServer", F::Wmi),
    member(F::Wmi, "Get", Does::Calls(programs::wmi_get)),
    member(F::Wmi, "ExecMethod", Does::Calls(programs::wmi_method)),
    gives(F::Wmi, "ExecQuery", F::Plain),
    gives(F::Wmi, "InstancesOf", F::Plain),
    member(F::WmiClass, "Create", Does::Calls(programs::wmi_create)),
    member(
        F::WmiClass,
        "Install",
        Does::TellsAll("execution.wmi-create"),
    ),
    gives(F::WmiClass, "SpawnInstance_", F::WmiClass),
    gives(F::WmiClass, "Methods_", F::WmiClass),
    gives(F::WmiClass, "InParameters", F::WmiClass),
    loose(
        F::WmiClass,
        "ExecMethod_",
        Does::Calls(programs::wmi_method),
    ),
    member(
        F::WmiRegistry,
        "SetStringValue",
        Does::Calls(macros::registry_set),
    ),
    member(
        F::WmiRegistry,
        "SetExpandedStringValue",
        Does::Calls(macros::registry_set),
    ),
    member(
        F::WmiRegistry,
        "SetDWORDValue",
        Does::Calls(macros::registry_set),
    ),
    member(
        F::WmiRegistry,
        "SetBinaryValue",
        Does::Calls(macros::registry_set),
    ),
    member(
        F::WmiRegistry,
        "SetMultiStringValue",
        Does::Calls(macros::registry_set),
    ),
    member(
        F::WmiRegistry,
        "CreateKey",
        Does::Calls(macros::registry_set),
    ),
    member(
        F::WmiRegistry,
        "DeleteValue",
        Does::Calls(macros::registry_set),
    ),
    member(
        F::WmiRegistry,
        "DeleteKey",
        Does::Calls(macros::registry_set),
    ),
    loose(
        F::WmiRegistry,
        "SetDWORDValue",
        Does::Calls(macros::registry_set),
    ),
    loose(
        F::WmiRegistry,
        "SetStringValue",
        Does::Calls(macros::registry_set),
    ),
    // Engines of scripts.
    member(
        F::ScriptControl,
        "AddCode",
        Does::Calls(dispatch::script_code),
    ),
    member(
        F::ScriptControl,
        "ExecuteStatement",
        Does::Calls(dispatch::script_code),
    ),
    member(F::ScriptControl, "Eval", Does::Calls(dispatch::script_code)),
    member(F::ScriptControl, "Run", Does::Unknown),
    loose(
        F::ScriptControl,
        "ExecuteStatement",
        Does::Calls(dispatch::script_code),
    ),
    loose(F::Html, "ExecScript", Does::Calls(dispatch::script_code)),
    member(F::Html, "Write", Does::Calls(dispatch::html_write)),
    member(F::Html, "Writeln", Does::Calls(dispatch::html_write)),
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
    member(F::Http, "Open", Does::Calls(network::http_open)),
    member(F::Http, "Send", Does::Calls(network::http_send)),
    member(F::Http, "OpenURL", Does::Calls(network::fetch)),
    member(F::Http, "Execute", Does::Calls(network::fetch)),
    member(F::Http, "Connect", Does::Calls(network::fetch)),
    member(F::Http, "ResponseBody", NETWORK),
    member(F::Http, "ResponseText", NETWORK),
    member(F::Http, "ResponseStream", NETWORK),
    member(F::Http, "ResponseXML", NETWORK),
    member(F::Http, "GetResponseHeader", NETWORK),
    member(F::Http, "GetAllResponseHeaders", NETWORK),
    loose(F::Http, "ResponseBody", NETWORK),
    loose(F::Http, "ResponseText", NETWORK),
    loose(F::Http, "WebService", Does::Calls(network::fetch)),
    member(F::Browser, "Navigate", Does::Calls(network::navigate)),
    member(F::Browser, "Navigate2", Does::Calls(network::navigate)),
    gives(F::Browser, "Document", F::Html),
    loose(F::Browser, "Navigate2", Does::Calls(network::navigate)),
    member(F::Dom, "Load", Does::Calls(network::xml_load)),
    loose(F::Dom, "LoadXML", Does::Calls(dispatch::load_xml)),
    gives(F::Dom, "CreateElement", F::DomNode),
    gives(F::Dom, "CreateNode", F::DomNode),
    gives(F::Dom, "DocumentElement", F::DomNode),
    member(F::DomNode, "NodeTypedValue", Does::Calls(data::node_value)),
    member(F::Stream, "ReadText", Does::Calls(data::stream_read)),
    member(F::Stream, "Read", Does::Calls(data::stream_read)),
    member(F::Plain, "GetString", Does::Calls(data::encode)),
    // Office opens what is elsewhere.
    loose(F::Files, "Open", Does::Calls(network::opens_document)),
    loose(F::Files, "OpenText", Does::Calls(network::opens_document)),
    loose(F::Files, "OpenXML", Does::Calls(network::opens_document)),
    loose(
        F::Files,
        "OpenDatabase",
        Does::Calls(network::opens_document),
    ),
    member(F::Files, "Add", Does::Calls(network::opens_document)),
    member(F::Inserted, "Add", Does::Calls(network::office_opens)),
    loose(F::Inserted, "Insert", Does::Calls(network::office_opens)),
    loose(
        F::Inserted,
        "InsertFile",
        Does::Calls(network::office_opens),
    ),
    loose(
        F::Inserted,
        "AddPicture",
        Does::Calls(network::office_opens),
    ),
    loose(
        F::Inserted,
        "AddOLEObject",
        Does::Calls(network::office_opens),
    ),
    loose(
        F::Inserted,
        "UserPicture",
        Does::Calls(network::office_opens),
    ),
    loose(
        F::Office,
        "FollowHyperlink",
        Does::Calls(network::follow_link),
    ),
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
    member(
        F::Office,
        "NormalTemplate",
        Does::Calls(macros::normal_template),
    ),
    loose(F::Office, "VBProject", Does::Calls(macros::project)),
    loose(F::Office, "VBE", Does::Gives(F::Project)),
    // What a document holds.
    loose(F::Office, "Variables", Does::Gives(F::Content)),
    loose(F::Office, "DocVariables", Does::Gives(F::Content)),
    loose(
        F::Office,
        "BuiltInDocumentProperties",
        Does::Gives(F::Content),
    ),
    loose(
        F::Office,
        "CustomDocumentProperties",
        Does::Gives(F::Content),
    ),
    loose(F::Office, "CustomProperties", Does::Gives(F::Content)),
    loose(F::Office, "CustomXMLParts", Does::Gives(F::Content)),
    loose(F::Office, "SelectByNamespace", Does::Gives(F::Content)),
    loose(F::Office, "AlternativeText", Does::From(Origin::DOCUMENT)),
    loose(F::Office, "ControlTipText", Does::From(Origin::DOCUMENT)),
    loose(F::Office, "InlineShapes", Does::Gives(F::Content)),
    loose(F::Office, "ContentControls", Does::Gives(F::Content)),
    loose(F::Office, "FormFields", Does::Gives(F::Content)),
    loose(F::Office, "Bookmarks", Does::Gives(F::Content)),
    loose(F::Office, "Paragraphs", Does::Gives(F::Content)),
    loose(F::Office, "StoryRanges", Does::Gives(F::Content)),
    loose(F::Office, "TextFrame", Does::Gives(F::Content)),
    loose(F::Office, "TextFrame2", Does::Gives(F::Content)),
    loose(F::Office, "Shapes", Does::Gives(F::Content)),
    loose(F::Office, "OLEObjects", Does::Gives(F::Content)),
    loose(F::Office, "Range", Does::Gives(F::Content)),
    loose(F::Office, "Cells", Does::Gives(F::Content)),
    loose(F::Office, "UsedRange", Does::Gives(F::Content)),
    loose(F::Office, "ListObjects", Does::Gives(F::Content)),
    gives(F::Office, "Rows", F::Content),
    gives(F::Office, "Columns", F::Content),
    gives(F::Office, "Names", F::Content),
    gives(F::Office, "Comments", F::Content),
    gives(F::Office, "Tables", F::Content),
    gives(F::Office, "Content", F::Content),
    gives(F::Office, "Words", F::Content),
    gives(F::Office, "Characters", F::Content),
    gives(F::Office, "Sentences", F::Content),
    gives(F::Office, "Fields", F::Content),
    gives(F::Office, "Headers", F::Content),
    gives(F::Office, "Footers", F::Content),
    gives(F::Office, "Footnotes", F::Content),
    gives(F::Office, "Hyperlinks", F::Content),
    gives(F::Office, "Selection", F::Content),
    gives(F::Office, "ActiveCell", F::Content),
    gives(F::Office, "Caption", F::Content),
    gives(F::Office, "Tag", F::Content),
    gives(F::Office, "Title", F::Content),
    gives(F::Office, "Text", F::Content),
    gives(F::Office, "Value", F::Content),
    // Macros, settings, templates.
    gives(F::Project, "VBProjects", F::Project),
    gives(F::Project, "ActiveVBProject", F::Project),
    gives(F::Project, "VBComponents", F::Project),
    gives(F::Project, "Item", F::Project),
    gives(F::Project, "Add", F::Project),
    member(F::Project, "Import", Does::Calls(macros::import)),
    member(F::Project, "Remove", Does::Tells("defense.self-change")),
    loose(F::Project, "VBComponents", Does::Gives(F::Project)),
    loose(F::Project, "CodeModule", Does::Gives(F::CodeModule)),
    loose(
        F::CodeModule,
        "AddFromString",
        Does::Calls(macros::add_code),
    ),
    loose(F::CodeModule, "AddFromFile", Does::Calls(macros::add_code)),
    loose(F::CodeModule, "InsertLines", Does::Calls(macros::add_code)),
    loose(F::CodeModule, "ReplaceLine", Does::Calls(macros::add_code)),
    loose(F::CodeModule, "DeleteLines", Does::Calls(macros::add_code)),
    loose(
        F::CodeModule,
        "CreateEventProc",
        Does::Calls(macros::add_code),
    ),
    loose(
        F::Application,
        "OrganizerCopy",
        Does::Calls(macros::organizer),
    ),
    loose(
        F::WordBasic,
        "MacroCopy",
        Does::TellsAll("persistence.template"),
    ),
    member(F::WordBasic, "Shell", Does::Calls(programs::shell)),
    member(F::WordBasic, "FileSaveAs", Does::Calls(files::save_as)),
    member(F::WordBasic, "SendKeys", Does::Calls(programs::send_keys)),
    member(
        F::WordBasic,
        "AppExecute",
        Does::TellsAll("execution.shell"),
    ),
    member(
        F::Application,
        "StartupPath",
        Does::Calls(files::startup_path),
    ),
    member(
        F::Application,
        "AltStartupPath",
        Does::Calls(files::startup_path),
    ),
    loose(
        F::Application,
        "DefaultFilePath",
        Does::Calls(files::default_path),
    ),
    loose(
        F::Application,
        "RegisterXLL",
        Does::Calls(programs::load_library),
    ),
    member(F::AddIns, "Add", Does::Calls(macros::add_in)),
    loose(
        F::Application,
        "WLLRegister",
        Does::Calls(programs::load_library),
    ),
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
    member(F::Application, "Run", Does::Calls(dispatch::run_macro)),
    member(F::Office, "RunAutoMacros", Does::Unknown),
    loose(F::Application, "OnTime", Does::Calls(dispatch::on_time)),
    loose(F::Application, "OnKey", Does::Calls(dispatch::on_key)),
    member(F::Office, "Evaluate", Does::Calls(formulas::evaluate)),
    loose(
        F::Application,
        "ExecuteExcel4Macro",
        Does::Calls(formulas::excel4),
    ),
    member(F::Application, "SendKeys", Does::Calls(programs::send_keys)),
    loose(
        F::Application,
        "DDEInitiate",
        Does::Calls(programs::dde_initiate),
    ),
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
    member(
        F::Application,
        "CreateObject",
        Does::Calls(dispatch::create_object),
    ),
    member(
        F::Application,
        "FollowHyperlink",
        Does::Calls(network::follow_link),
    ),
    // Objects that nothing is known of, told to run something.
    loose(F::Obscure, "Run", Does::Calls(dispatch::run_of_unknown)),
    loose(F::Obscure, "Exec", Does::Calls(dispatch::exec_of_unknown)),
    loose(
        F::Obscure,
        "ShellExecute",
        Does::Calls(dispatch::exec_of_unknown),
    ),
    loose(
        F::Obscure,
        "Create",
        Does::Calls(dispatch::create_of_unknown),
    ),
    // Files.
    member(
        F::FileSystem,
        "CreateTextFile",
        Does::Calls(files::text_file),
    ),
    member(F::FileSystem, "OpenTextFile", Does::Calls(files::text_file)),
    loose(
        F::FileSystem,
        "CreateTextFile",
        Does::Calls(files::text_file),
    ),
    loose(F::FileSystem, "OpenTextFile", Does::Calls(files::text_file)),
    loose(F::FileSystem, "CopyFile", Does::Calls(files::copy)),
    loose(F::FileSystem, "MoveFile", Does::Calls(files::copy)),
    loose(F::FileSystem, "CopyFolder", Does::TellsAll("write.file")),
    loose(F::FileSystem, "MoveFolder", Does::TellsAll("write.file")),
    loose(F::FileSystem, "CreateFolder", Does::Tells("write.file")),
    loose(F::FileSystem, "DeleteFile", Does::Tells("write.delete")),
    loose(F::FileSystem, "DeleteFolder", Does::Tells("write.delete")),
    member(
        F::FileSystem,
        "GetSpecialFolder",
        Does::Calls(files::some_path),
    ),
    member(F::FileSystem, "GetTempName", Does::Calls(files::some_path)),
    member(F::FileSystem, "BuildPath", Does::Calls(files::build_path)),
    loose(F::FileSystem, "BuildPath", Does::Calls(files::build_path)),
    member(F::FileSystem, "GetFile", Does::Calls(files::file_item)),
    member(F::FileSystem, "GetFolder", Does::Calls(files::file_item)),
    member(
        F::FileItem,
        "OpenAsTextStream",
        Does::Calls(files::item_stream),
    ),
    member(F::FileItem, "CreateTextFile", Does::Calls(files::text_file)),
    member(F::FileItem, "Copy", Does::Calls(files::copy_to)),
    member(F::FileItem, "Move", Does::Calls(files::copy_to)),
    member(F::FileItem, "Delete", Does::Tells("write.delete")),
    member(F::TextFile, "Write", Does::Calls(files::file_write)),
    member(F::TextFile, "WriteLine", Does::Calls(files::file_write)),
    member(F::Stream, "Write", Does::Calls(data::stream_write)),
    member(F::Stream, "WriteText", Does::Calls(data::stream_write)),
    member(F::Stream, "SaveToFile", Does::Calls(files::stream_save)),
    loose(F::Stream, "SaveToFile", Does::Calls(files::stream_save)),
    loose(F::Office, "SaveAs", Does::Calls(files::save_as)),
    loose(F::Office, "SaveAs2", Does::Calls(files::save_as)),
    loose(F::Office, "SaveCopyAs", Does::Calls(files::save_as)),
    loose(F::Office, "SaveAsUI", Does::Calls(files::save_as)),
    loose(F::Office, "ExportAsFixedFormat", Does::Unknown),
    member(F::Office, "FullName", Does::Calls(files::own_path)),
    // The script that runs.
    member(
        F::Script,
        "CreateObject",
        Does::Calls(dispatch::create_object),
    ),
    member(F::Script, "GetObject", Does::Calls(dispatch::get_object)),
    member(F::Script, "ScriptFullName", Does::Calls(files::own_path)),
    // Lists.
    member(F::Dictionary, "Add", Does::Calls(items::add_pair)),
    member(F::Dictionary, "Item", Does::Calls(items::item)),
    member(F::Dictionary, "Items", Does::Calls(items::values)),
    member(F::Dictionary, "Keys", Does::Calls(items::keys)),
    member(F::Dictionary, "Count", Does::Calls(items::count)),
    member(F::Dictionary, "Remove", Does::Calls(items::remove)),
    member(F::Dictionary, "RemoveAll", Does::Calls(items::remove_all)),
    member(F::Collection, "Add", Does::Calls(items::add_item)),
    member(F::Collection, "Item", Does::Calls(items::nth)),
    member(F::Collection, "Count", Does::Calls(items::count)),
    member(F::Collection, "Remove", Does::Calls(items::remove)),
    member(F::List, "Add", Does::Calls(items::add_item)),
    member(F::List, "ToArray", Does::Calls(items::values)),
    member(F::List, "Clear", Does::Calls(items::remove_all)),
    member(F::List, "RemoveAt", Does::Calls(items::remove)),
    member(F::List, "Reverse", Does::Calls(items::remove)),
    member(F::List, "Sort", Does::Calls(items::remove)),
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
    member(F::Mail, "Send", Does::Calls(network::send_mail)),
    loose(F::Office, "SendMail", Does::Calls(network::send_mail)),
    loose(F::Office, "SendForReview", Does::Calls(network::send_mail)),
    loose(
        F::Office,
        "SendFaxOverInternet",
        Does::Calls(network::send_mail),
    ),
    // Whether somebody works here.
    member(F::Traces, "Count", Does::Tells("evasion.use-traces")),
    member(F::Traces, "Exists", Does::Tells("evasion.use-traces")),
];

static ASSIGNED: &[Row] = &[
    member(F::Dictionary, "Item", Does::Calls(items::set_item)),
    loose(F::Office, "OnAction", Does::Calls(dispatch::on_action)),
    loose(
        F::Office,
        "OnSheetActivate",
        Does::Calls(dispatch::on_event),
    ),
    loose(
        F::Office,
        "OnSheetDeactivate",
        Does::Calls(dispatch::on_event),
    ),
    loose(F::Office, "OnCalculate", Does::Calls(dispatch::on_event)),
    loose(F::Office, "OnEntry", Does::Calls(dispatch::on_event)),
    loose(F::Office, "OnData", Does::Calls(dispatch::on_event)),
    loose(F::Office, "OnWindow", Does::Calls(dispatch::on_event)),
    loose(F::Office, "OnDoubleClick", Does::Calls(dispatch::on_event)),
    loose(F::Office, "OnSave", Does::Calls(dispatch::on_event)),
    loose(
        F::Office,
        "AutomationSecurity",
        Does::Calls(macros::automation_security),
    ),
    loose(
        F::Office,
        "AltStartupPath",
        Does::Calls(macros::startup_folder),
    ),
    loose(
        F::Office,
        "AttachedTemplate",
        Does::Calls(network::attach_template),
    ),
    loose(F::Office, "Formula", Does::Calls(formulas::written)),
    loose(F::Office, "FormulaLocal", Does::Calls(formulas::written)),
    loose(F::Office, "FormulaR1C1", Does::Calls(formulas::written)),
    loose(
        F::Office,
        "FormulaR1C1Local",
        Does::Calls(formulas::written),
    ),
    loose(F::Office, "FormulaArray", Does::Calls(formulas::written)),
    loose(F::Office, "Formula2", Does::Calls(formulas::written)),
    loose(F::Office, "RefersTo", Does::Calls(formulas::written)),
    loose(F::Office, "RefersToR1C1", Does::Calls(formulas::written)),
    loose(F::Content, "Value", Does::Calls(formulas::written)),
    loose(F::Content, "Value2", Does::Calls(formulas::written)),
    loose(
        F::Shortcut,
        "TargetPath",
        Does::Calls(files::shortcut_target),
    ),
    member(
        F::Shortcut,
        "Arguments",
        Does::Calls(files::shortcut_target),
    ),
    member(F::Browser, "Navigate", Does::Calls(network::navigate)),
    member(F::DomNode, "DataType", Does::Calls(data::node_kind)),
    member(F::DomNode, "Text", Does::Calls(data::node_text)),
    member(F::DomNode, "NodeTypedValue", Does::Calls(data::node_text)),
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
