use super::super::tests::with_subject;
use super::*;
use crate::project::ModuleKind;
use crate::source::{Start, StartBy};

const NAMED: &str = "Attribute VB_Name = \"M\"\n";
const WORKBOOK: &str =
    "Attribute VB_Name = \"M\"\nAttribute VB_Base = \"0{00020819-0000-0000-C000-000000000046}\"\n";
const WORKSHEET: &str =
    "Attribute VB_Name = \"M\"\nAttribute VB_Base = \"0{00020820-0000-0000-C000-000000000046}\"\n";
const WORD: &str =
    "Attribute VB_Name = \"M\"\nAttribute VB_Base = \"0{00020906-0000-0000-C000-000000000046}\"\n";
const TEMPLATE: &str = "Attribute VB_Name = \"M\"\nAttribute VB_Base = \"1Normal.ThisDocument\"\n";
const FORM: &str = "Attribute VB_Name = \"M\"\nAttribute VB_Base = \
                    \"0{11111111-0000-0000-0000-000000000000}{22222222-0000-0000-0000-000000000000}\"\n";
const CLASS: &str =
    "Attribute VB_Name = \"M\"\nAttribute VB_Base = \"0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}\"\n";

/// The procedures that are started, in small letters, and the names of their rules.
fn project(
    language: Language,
    modules: &[(&str, ModuleKind, &str)],
    starts: &[Start],
) -> Vec<(String, &'static str)> {
    with_subject(modules, language, starts, |subject, matcher| {
        let shown = |one: &Started| {
            let unit = &subject.program.units[one.procedure.unit as usize];
            let procedure = &unit.syntax.procedures[one.procedure.procedure as usize];
            let name = subject.program.names.text(procedure.name).to_owned();
            (name, one.rule.id.trim_start_matches("trigger."))
        };
        find(subject, matcher).iter().map(shown).collect()
    })
}

/// The same, of one module with a head and procedures of these names.
fn module(kind: ModuleKind, head: &str, names: &[&str]) -> Vec<(String, &'static str)> {
    let mut text = head.to_owned();
    for name in names {
        text += &format!("Sub {name}()\nEnd Sub\n");
    }
    project(Language::Vba, &[("M", kind, &text)], &[])
}

fn assert_started(found: &[(String, &'static str)], expected: &[(&str, &str)]) {
    let found: Vec<_> = found
        .iter()
        .map(|(name, id)| (name.as_str(), *id))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_document_raises_its_own_events_into_its_module() {
    let names = ["Workbook_Open", "Worksheet_Calculate", "Document_Open"];
    for (head, expected) in [
        (WORKBOOK, ("workbook_open", "document-open")),
        (WORKSHEET, ("worksheet_calculate", "document-open")),
        (WORD, ("document_open", "document-open")),
        (TEMPLATE, ("document_open", "document-open")),
    ] {
        assert_started(&module(ModuleKind::Document, head, &names), &[expected]);
        assert_started(&module(ModuleKind::Standard, NAMED, &names), &[]);
        assert_started(&module(ModuleKind::Class, CLASS, &names), &[]);
    }
}

#[test]
fn an_event_that_no_rule_knows_is_ordinary_work() {
    let names = [
        "Workbook_RowsetComplete",
        "Workbook_BeforeClose",
        "Open_Workbook",
    ];
    assert_started(
        &module(ModuleKind::Document, WORKBOOK, &names),
        &[
            ("workbook_beforeclose", "close"),
            ("workbook_rowsetcomplete", "document-event"),
        ],
    );
}

#[test]
fn a_module_of_an_unknown_part_may_be_any() {
    let names = ["Project_Open", "Workbook_Open", "Report_Open"];
    assert_eq!(module(ModuleKind::Document, NAMED, &names).len(), 3);
    // An export, where the editor calls it a class.
    let export = "VERSION 1.0 CLASS\nAttribute VB_Name = \"ThisWorkbook\"\n\
                  Attribute VB_PredeclaredId = True\n";
    assert_eq!(module(ModuleKind::Class, export, &names).len(), 3);
}

#[test]
fn controls_raise_events_by_their_class() {
    let control = |class: &str| format!("{WORD}Attribute VB_Control = \"Go, 1, 0, {class}\"\n");
    let names = ["Go_Click", "Go_Layout", "Go_Enter", "Go_Zoom", "Other_Zoom"];
    assert_started(
        &module(ModuleKind::Document, &control("MSForms, Frame"), &names),
        &[
            ("go_layout", "control-event"),
            ("go_enter", "control-touch"),
            ("go_click", "click"),
            ("go_zoom", "click"),
        ],
    );
    let foreign = module(
        ModuleKind::Document,
        &control("INKEDLib, InkPicture"),
        &names,
    );
    assert_eq!(foreign.len(), 4);
    assert!(foreign.iter().all(|(_, id)| *id == "control-event"));
}

#[test]
fn a_control_that_the_source_does_not_tell_of() {
    assert_started(
        &module(
            ModuleKind::Document,
            WORD,
            &["Ink1_Painted", "Box1_Change", "Read_Data"],
        ),
        &[("ink1_painted", "control-event"), ("box1_change", "click")],
    );
}

#[test]
fn variables_with_events() {
    let head = format!(
        "{CLASS}Private WithEvents app As Word.Application\nDim WithEvents sheet As Worksheet\n\
         Public WithEvents own As Helper\nPrivate WithEvents box As MSForms.TextBox\nDim plain As Worksheet\n"
    );
    let mut text = head;
    for name in [
        "app_DocumentOpen",
        "app_ProtectedViewWindowActivate",
        "app_NewDocument",
        "app_WindowSize",
        "app_ProtectedViewWindowDeactivate",
        "sheet_Calculate",
        "sheet_Change",
        "own_Timer",
        "box_KeyDown",
        "plain_Change",
        "other_DocumentOpen",
    ] {
        text += &format!("Private Sub {name}()\nEnd Sub\n");
    }
    let found = project(
        Language::Vba,
        &[
            ("Watcher", ModuleKind::Class, &text),
            ("Helper", ModuleKind::Class, CLASS),
        ],
        &[],
    );
    assert_started(
        &found,
        &[
            ("app_documentopen", "document-open"),
            ("app_protectedviewwindowactivate", "document-open"),
            ("app_newdocument", "document-new"),
            ("app_protectedviewwindowdeactivate", "close"),
            ("sheet_calculate", "document-open"),
            ("app_windowsize", "document-event"),
            ("sheet_change", "document-event"),
            ("own_timer", "document-event"),
            ("box_keydown", "click"),
        ],
    );
}

#[test]
fn forms_and_classes_start_with_who_makes_them() {
    assert_started(
        &module(
            ModuleKind::Form,
            FORM,
            &[
                "UserForm_Initialize",
                "Ok_Click",
                "Name_Change",
                "Fill",
                "AutoOpen",
            ],
        ),
        &[
            ("userform_initialize", "object-event"),
            ("ok_click", "click"),
            ("name_change", "click"),
        ],
    );
    assert_started(
        &module(
            ModuleKind::Class,
            CLASS,
            &["Class_Initialize", "AutoOpen", "Auto_Open", "Ok_Click"],
        ),
        &[("class_initialize", "object-event")],
    );
}

#[test]
fn magic_names_where_an_application_looks_for_them() {
    let names = ["AutoOpen", "AUTO_CLOSE", "FileSave", "DocumentOpen", "Go"];
    assert_started(
        &module(ModuleKind::Standard, NAMED, &names),
        &[
            ("autoopen", "document-open"),
            ("auto_close", "close"),
            ("filesave", "word-command"),
        ],
    );
    // Excel takes its own from standard modules only.
    assert_started(
        &module(ModuleKind::Document, WORD, &names),
        &[("autoopen", "document-open"), ("filesave", "word-command")],
    );
}

#[test]
fn a_magic_procedure_is_called_without_arguments() {
    let text = format!(
        "{NAMED}Sub AutoOpen(x)\nEnd Sub\nSub AutoClose(Optional x = 1)\nEnd Sub\n\
         Sub AutoNew(Optional x As Long)\nEnd Sub\nSub AutoExec(ParamArray x())\nEnd Sub\n\
         Sub OnSlideShowPageChange(x)\nEnd Sub\n"
    );
    let found = project(Language::Vba, &[("M", ModuleKind::Standard, &text)], &[]);
    let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["autoclose", "autonew", "autoexec", "onslideshowpagechange"]
    );
}

#[test]
fn commands_of_word_are_no_commands_of_excel() {
    let text = format!("{NAMED}Sub FileSave()\nEnd Sub\n");
    let book = [
        ("ThisWorkbook", ModuleKind::Document, WORKBOOK),
        ("M", ModuleKind::Standard, text.as_str()),
    ];
    assert_started(&project(Language::Vba, &book, &[]), &[]);
}

#[test]
fn main_of_a_module_that_is_named_like_an_auto_macro() {
    let text = "Attribute VB_Name = \"AutoOpen\"\nSub Main()\nEnd Sub\n";
    let found = project(
        Language::Vba,
        &[("AutoOpen", ModuleKind::Standard, text)],
        &[],
    );
    assert_started(&found, &[("main", "auto-module")]);
    assert_started(&module(ModuleKind::Standard, NAMED, &["Main"]), &[]);
    // Two modules in one text.
    let listing = format!("{NAMED}Sub Main()\nEnd Sub\n{text}");
    let found = project(
        Language::Vba,
        &[("x.txt", ModuleKind::Unknown, &listing)],
        &[],
    );
    assert_started(&found, &[("main", "auto-module")]);
}

#[test]
fn in_a_listing_a_name_counts_where_it_would_work() {
    let names = [
        "Document_Open",
        "Workbook_Open",
        "Worksheet_Change",
        "AutoOpen",
        "Auto_Open",
        "x_Click",
        "x_Layout",
        "Ink_Painted",
        "UserForm_Initialize",
        "Class_Initialize",
        "Read_Data",
        "Go",
    ];
    let found = module(ModuleKind::Unknown, "", &names);
    let roles: Vec<_> = found.iter().map(|(_, id)| *id).collect();
    assert_eq!(
        roles,
        [
            "document-open",
            "document-open",
            "document-open",
            "document-open",
            "control-event",
            "control-event",
            "document-event",
            "click",
            "object-event",
            "object-event",
        ]
    );
    // A module that has lost its name is taken for one.
    assert_eq!(module(ModuleKind::Standard, "", &names), found);
}

#[test]
fn a_macro_of_a_shape_goes_by_its_name() {
    assert_started(
        &module(
            ModuleKind::Standard,
            NAMED,
            &["Button1_Click", "Spinner1_Change", "Box1_Enter"],
        ),
        &[("button1_click", "click"), ("spinner1_change", "click")],
    );
}

#[test]
fn callbacks_are_told_by_what_they_are_handed() {
    let text = format!(
        "{NAMED}Sub Loaded(ribbon As IRibbonUI)\nEnd Sub\n\
         Sub Pressed(control As Office.IRibbonControl, ByRef x)\nEnd Sub\n\
         Sub Other(control As Control)\nEnd Sub\n"
    );
    let found = project(Language::Vba, &[("M", ModuleKind::Standard, &text)], &[]);
    assert_started(&found, &[("loaded", "ribbon"), ("pressed", "click")]);
}

#[test]
fn a_key_that_is_kept_with_the_macro() {
    let text = format!(
        "{NAMED}Sub Go()\nAttribute Go.VB_ProcData.VB_Invoke_Func = \"G\\n14\"\nEnd Sub\n\
         Sub Rest()\nAttribute Rest.VB_ProcData.VB_Invoke_Func = \" \\n14\"\nEnd Sub\n"
    );
    let found = project(Language::Vba, &[("M", ModuleKind::Standard, &text)], &[]);
    assert_started(&found, &[("go", "click")]);
}

#[test]
fn what_the_document_names() {
    let start = |name: &str, by| Start {
        name: name.to_owned(),
        by,
    };
    let starts = [
        start("[0]!Other.Go", StartBy::Shape),
        start("Project.Loaded", StartBy::RibbonLoad),
        start("LOADED", StartBy::Ribbon),
        start("Touched", StartBy::Touch),
        start("M.Sum", StartBy::Formula),
        start("Nowhere", StartBy::Key),
    ];
    let standard = format!(
        "{NAMED}Sub Go()\nEnd Sub\nSub Loaded(x)\nEnd Sub\nSub Touched()\nEnd Sub\n\
         Function Sum()\nEnd Function\n"
    );
    let other = "Attribute VB_Name = \"Other\"\nSub Go()\nEnd Sub\n";
    let found = project(
        Language::Vba,
        &[
            ("M", ModuleKind::Standard, &standard),
            ("Other", ModuleKind::Standard, other),
        ],
        &starts,
    );
    assert_started(
        &found,
        &[
            ("loaded", "ribbon"),
            ("sum", "formula"),
            ("touched", "control-touch"),
            ("go", "click"),
        ],
    );
}

#[test]
fn a_script_starts_at_its_first_line() {
    let text = "x = 1\nSub Document_Open()\nEnd Sub\n";
    let found = project(
        Language::VbScript,
        &[("a.vbs", ModuleKind::Unknown, text)],
        &[],
    );
    assert!(found.contains(&(String::new(), "script-top-level")));
    let found = project(Language::Vba, &[("a.txt", ModuleKind::Unknown, text)], &[]);
    assert_started(&found, &[("document_open", "document-open")]);
}

#[test]
fn what_is_not_compiled_is_not_started() {
    let text = format!("{NAMED}#If False Then\nSub AutoOpen()\nEnd Sub\n#End If\n");
    let found = project(Language::Vba, &[("M", ModuleKind::Standard, &text)], &[]);
    assert_started(&found, &[]);
}
