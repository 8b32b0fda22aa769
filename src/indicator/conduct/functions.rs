//! Names without an object: functions that reach outside, and the objects that Office gives to
//! every program.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::objects::Family;
use super::world::Does;
use super::{dispatch, files, formulas, macros, network, programs};
use crate::source::eval::Origin;

/// A name.
pub(super) struct Row {
    /// As it is told.
    pub(super) name: &'static str,
    /// Whether it counts where it is not called.
    pub(super) bare: bool,
    /// Whether only scripts have it.
    pub(super) script: bool,
    /// What comes of it.
    pub(super) does: Does,
}

const fn function(name: &'static str, does: Does) -> Row {
    Row {
        name,
        bare: false,
        script: false,
        does,
    }
}

const fn script(name: &'static str, does: Does) -> Row {
    Row {
        name,
        bare: false,
        script: true,
        does,
    }
}

/// A name that is not known and no variable.
const fn bare(name: &'static str) -> Row {
    Row {
        name,
        bare: true,
        script: false,
        does: Does::Unknown,
    }
}

const fn object(name: &'static str, family: Family) -> Row {
    Row {
        name,
        bare: true,
        script: false,
        does: Does::Gives(family),
    }
}

const DOCUMENT: Does = Does::From(Origin::DOCUMENT);
/// Behind a document, its members need no object.
const CONTENT: Does = Does::Gives(Family::Content);

static ROWS: &[Row] = &[
    // What starts or calls something.
    function("Shell", Does::Calls(programs::shell)),
    function("CreateObject", Does::Calls(dispatch::create_object)),
    function("CreateUnoService", Does::Calls(dispatch::create_object)),
    function(
        "CreateUnoServiceWithArguments",
        Does::Calls(dispatch::create_object),
    ),
    function("GetObject", Does::Calls(dispatch::get_object)),
    function("CallByName", Does::Calls(dispatch::call_by_name)),
    function("Run", Does::Calls(dispatch::run_macro)),
    function("Evaluate", Does::Calls(formulas::evaluate)),
    function("ExecuteExcel4Macro", Does::Calls(formulas::excel4)),
    script("Execute", Does::Calls(dispatch::execute_code)),
    script("ExecuteGlobal", Does::Calls(dispatch::execute_code)),
    script("Eval", Does::Calls(dispatch::execute_code)),
    function("MacScript", Does::Calls(programs::mac_script)),
    function("AppleScriptTask", Does::Calls(programs::mac_script)),
    function("SendKeys", Does::Calls(programs::send_keys)),
    function("DDEInitiate", Does::Calls(programs::dde_initiate)),
    function("DDERequest", Does::TellsAll("execution.dde-initiate")),
    function("DDEExecute", Does::TellsAll("execution.dde")),
    function("DDEPoke", Does::TellsAll("execution.dde")),
    function("DDE", Does::Calls(programs::dde_initiate)),
    function("FollowHyperlink", Does::Calls(network::follow_link)),
    function("LoadPicture", Does::Calls(network::office_opens)),
    function("OnTime", Does::Calls(dispatch::on_time)),
    // What is told by the word that stands there.
    function("AppActivate", Does::Unknown),
    function("SaveSetting", Does::Unknown),
    function("DeleteSetting", Does::Unknown),
    function("MsgBox", Does::Unknown),
    function("InputBox", Does::Unknown),
    bare("Date"),
    bare("Now"),
    bare("Time"),
    bare("Timer"),
    bare("Rnd"),
    bare("CurDir"),
    bare("Command"),
    bare("Erl"),
    bare("DoEvents"),
    bare("CurrentUser"),
    bare("Screen"),
    bare("Reports"),
    bare("ThisCell"),
    bare("ActivePrinter"),
    bare("UserName"),
    bare("System"),
    bare("Options"),
    bare("ActiveControl"),
    // Files.
    function("FileCopy", Does::Calls(files::copy)),
    function("MkDir", Does::Tells("write.file")),
    function("RmDir", Does::Tells("write.delete")),
    function("Kill", Does::Tells("write.delete")),
    function("SetAttr", Does::Tells("write.delete")),
    Row {
        bare: true,
        ..function("Dir", Does::Calls(files::list))
    },
    function("SavePicture", Does::TellsAll("write.file")),
    Row {
        bare: true,
        ..function("FreeFile", Does::Calls(files::free_file))
    },
    // The environment.
    function("Environ", Does::Calls(programs::environ)),
    // Objects of the language.
    object("VBA", Family::Language),
    object("Interaction", Family::Language),
    object("FileSystem", Family::Language),
    object("Strings", Family::Language),
    object("Conversion", Family::Language),
    object("Information", Family::Language),
    object("Math", Family::Language),
    object("DateTime", Family::Language),
    object("HiddenModule", Family::Language),
    object("Err", Family::Plain),
    object("Debug", Family::Plain),
    object("WScript", Family::Script),
    // Objects of Office.
    object("Application", Family::Application),
    object("Excel", Family::Application),
    object("Word", Family::Application),
    object("PowerPoint", Family::Application),
    object("Access", Family::Application),
    object("Visio", Family::Application),
    object("MSProject", Family::Application),
    object("Outlook", Family::Outlook),
    object("WordBasic", Family::WordBasic),
    object("Workbooks", Family::Files),
    object("Documents", Family::Files),
    object("Presentations", Family::Files),
    object("ActiveDocument", Family::Office),
    object("ThisDocument", Family::Office),
    object("ActiveWorkbook", Family::Office),
    object("ThisWorkbook", Family::Office),
    object("ActivePresentation", Family::Office),
    object("ActiveProject", Family::Office),
    object("ThisProject", Family::Office),
    object("ActiveSheet", Family::Office),
    object("ActiveChart", Family::Office),
    object("ActiveWindow", Family::Office),
    object("ActivePage", Family::Office),
    object("Windows", Family::Office),
    object("Sheets", Family::Office),
    object("Worksheets", Family::Office),
    object("Charts", Family::Office),
    object("CommandBars", Family::Office),
    object("Dialogs", Family::Office),
    object("Templates", Family::Office),
    Row {
        bare: true,
        ..function("NormalTemplate", Does::Calls(macros::normal_template))
    },
    object("MacroContainer", Family::Office),
    object("CurrentProject", Family::Office),
    object("AddIns", Family::AddIns),
    object("AddIns2", Family::AddIns),
    object("COMAddIns", Family::AddIns),
    object("VBE", Family::Project),
    object("RecentFiles", Family::Traces),
    object("Tasks", Family::Traces),
    object("ActiveInspector", Family::Outlook),
    object("ActiveExplorer", Family::Outlook),
    object("CurrentDb", Family::Plain),
    object("DBEngine", Family::Plain),
    object("DoCmd", Family::Plain),
    object("Forms", Family::Content),
    // What a document holds.
    object("Selection", Family::Content),
    object("ActiveCell", Family::Content),
    object("Range", Family::Content),
    object("Cells", Family::Content),
    object("Rows", Family::Content),
    object("Columns", Family::Content),
    object("Names", Family::Content),
    object("Shapes", Family::Content),
    object("UserForms", Family::Content),
    function("Variables", CONTENT),
    function("BuiltInDocumentProperties", CONTENT),
    function("CustomDocumentProperties", CONTENT),
    function("Bookmarks", CONTENT),
    function("InlineShapes", CONTENT),
    function("ContentControls", CONTENT),
    function("Paragraphs", CONTENT),
    function("Tables", CONTENT),
    function("Comments", CONTENT),
    function("DLookup", DOCUMENT),
    function("DMax", DOCUMENT),
];

/// The row of a name in small letters.
pub(super) fn named(key: &str) -> Option<&'static Row> {
    static BY_NAME: LazyLock<HashMap<String, &'static Row>> = LazyLock::new(|| {
        ROWS.iter()
            .map(|row| (row.name.to_ascii_lowercase(), row))
            .collect()
    });
    BY_NAME.get(key).copied()
}

/// Constants of Office and of the system that some act depends on.
const CONSTANTS: &[(&str, f64)] = &[
    ("adsavecreateoverwrite", 2.0),
    ("adtypebinary", 1.0),
    ("adtypetext", 2.0),
    ("forappending", 8.0),
    ("forreading", 1.0),
    ("forwriting", 2.0),
    ("hkey_classes_root", 2_147_483_648.0),
    ("hkey_current_user", 2_147_483_649.0),
    ("hkey_local_machine", 2_147_483_650.0),
    ("msoautomationsecuritybyui", 2.0),
    ("msoautomationsecurityforcedisable", 3.0),
    ("msoautomationsecuritylow", 1.0),
    ("olmailitem", 0.0),
    ("temporaryfolder", 2.0),
    ("wdcommentsstory", 4.0),
    ("wdendnotesstory", 3.0),
    ("wdfootnotesstory", 2.0),
    ("wdheaderfooterevenpages", 3.0),
    ("wdheaderfooterfirstpage", 2.0),
    ("wdheaderfooterprimary", 1.0),
    ("wdmaintextstory", 1.0),
    ("wdorganizerobjectautotext", 1.0),
    ("wdorganizerobjectcommandbars", 2.0),
    ("wdorganizerobjectprojectitems", 3.0),
    ("wdorganizerobjectstyles", 0.0),
    ("wdprimaryfooterstory", 9.0),
    ("wdprimaryheaderstory", 7.0),
    ("wdpropertyauthor", 3.0),
    ("wdpropertycategory", 18.0),
    ("wdpropertycomments", 5.0),
    ("wdpropertycompany", 21.0),
    ("wdpropertykeywords", 4.0),
    ("wdpropertylastauthor", 7.0),
    ("wdpropertymanager", 20.0),
    ("wdpropertyrevision", 8.0),
    ("wdpropertysubject", 2.0),
    ("wdpropertytemplate", 6.0),
    ("wdpropertytitle", 1.0),
    ("wdstartuppath", 8.0),
    ("xlcelltypeconstants", 2.0),
    ("xlcountrysetting", 2.0),
];

/// The value of a constant.
pub(super) fn constant(key: &str) -> Option<f64> {
    let at = CONSTANTS
        .binary_search_by_key(&key, |(name, _)| name)
        .ok()?;
    CONSTANTS.get(at).map(|(_, value)| *value)
}

/// Whether a name looks like a constant of a library of Office: what it starts with says of which.
pub(super) fn is_of_a_library(key: &str) -> bool {
    [
        "vb", "xl", "wd", "mso", "pp", "ol", "ac", "ad", "db", "fm", "vis", "pj",
    ]
    .iter()
    .any(|head| key.starts_with(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once_and_constants_in_order() {
        for (at, row) in ROWS.iter().enumerate() {
            let found = named(&row.name.to_ascii_lowercase());
            let found = found.and_then(|one| ROWS.iter().position(|row| std::ptr::eq(one, row)));
            assert_eq!(found, Some(at), "{}", row.name);
        }
        assert!(CONSTANTS.is_sorted_by_key(|(name, _)| name));
        assert_eq!(constant("msoautomationsecuritylow"), Some(1.0));
    }
}
