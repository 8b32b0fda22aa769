//! Projects written by the testkit, sound and faulty, and what is read of them.

use macrosift_testkit::ovba as kit;
use macrosift_testkit::ovba::{ContainerFault, Fault, Reference};

use crate::container::cfb::File;
use crate::limits::Limits;
use crate::observe::{Ledger, Reason};
use crate::project::{ModuleKind, Protection};

const BODY: &str = "Sub Inert()\n  If Now > 0 Then Exit Sub\n  ' 請求書の送付\nEnd Sub\n";

/// A project in Japanese: a document, a standard and a class module.
fn project() -> kit::Project {
    kit::Project::new("プロジェクト")
        .code_page(932)
        .module(kit::Module::new(
            kit::ModuleKind::Workbook,
            "ThisWorkbook",
            "",
        ))
        .module(kit::Module::standard("標準", BODY).with_prefix(vec![0x5A; 300]))
        .module(kit::Module::new(
            kit::ModuleKind::Class,
            "Class1",
            "Public A As Long\n",
        ))
        .reference(Reference::forms().ansi_only())
}

struct Read {
    projects: Vec<crate::project::Project>,
    text: Vec<u8>,
    codes: Vec<&'static str>,
    gaps: Vec<Reason>,
}

impl Read {
    /// The names and decoded texts of all modules.
    fn modules(&self) -> Vec<(String, String)> {
        let modules = self.projects.iter().flat_map(|project| &project.modules);
        modules
            .map(|module| {
                let bytes = &self.text[module.source.clone()];
                let text = crate::bytes::text::decode(bytes, module.code_page)
                    .text
                    .into_owned();
                (module.name.clone(), text)
            })
            .collect()
    }

    fn text_of(&self, name: &str) -> Option<String> {
        self.modules()
            .into_iter()
            .find(|(n, _)| n == name)
            .map(|(_, text)| text)
    }
}

fn read(project: &kit::Project) -> Read {
    let bin = project.to_bin();
    let mut ledger = Ledger::new(Limits::mail());
    let file = File::parse(&bin, &mut ledger).unwrap();
    let survey = file.survey(&mut ledger);
    let mut text = Vec::new();
    let projects = super::read_projects(&file, &survey, &mut text, &mut ledger);
    Read {
        projects,
        text,
        codes: ledger.observations().iter().map(|o| o.code).collect(),
        gaps: ledger.gaps().iter().map(|gap| gap.reason).collect(),
    }
}

fn expected() -> String {
    project().modules[1].source.clone()
}

#[test]
fn a_sound_project_is_read_whole_and_leaves_no_note() {
    let ours = read(&project());
    assert_eq!((&ours.codes, &ours.gaps), (&vec![], &vec![]));
    let project = &ours.projects[0];
    assert_eq!(
        (project.name.as_str(), project.code_page),
        ("プロジェクト", 932)
    );
    assert_eq!(project.protection, Protection::Open);
    let kinds: Vec<_> = project
        .modules
        .iter()
        .map(|m| (m.name.as_str(), m.kind))
        .collect();
    assert_eq!(
        kinds,
        [
            ("ThisWorkbook", ModuleKind::Document),
            ("標準", ModuleKind::Standard),
            ("Class1", ModuleKind::Class),
        ]
    );
    assert_eq!(ours.text_of("標準"), Some(expected()));
    assert_eq!(project.modules[1].stream, "VBA/標準");
    let names: Vec<_> = project.references.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["stdole", "MSForms"]);
}

#[test]
fn text_in_other_code_pages() {
    for (code_page, word) in [
        (936, "发票"),
        (949, "송장"),
        (950, "發票"),
        (1251, "Счёт"),
        (1253, "Τιμολόγιο"),
        (10000, "é"),
    ] {
        let body = format!("Sub A()\n  ' {word}\nEnd Sub\n");
        let project = kit::Project::new("P")
            .code_page(code_page)
            .module(kit::Module::standard("M", &body));
        let ours = read(&project);
        assert_eq!(
            ours.text_of("M"),
            Some(project.modules[0].source.clone()),
            "{code_page}"
        );
        assert!(ours.codes.is_empty(), "{code_page}: {:?}", ours.codes);
    }
}

/// The source is found whatever `dir` says, and every departure leaves its observation.
#[test]
fn source_is_found_whatever_the_project_says() {
    let name = || "標準".to_owned();
    for (fault, code) in [
        (Fault::Unlisted(name()), Some("ovba.module-hidden")),
        (
            Fault::AnsiName(name(), "random".into()),
            Some("ovba.name-conflict"),
        ),
        (Fault::OffsetAfter(name(), 5), Some("ovba.module-offset")),
        (
            Fault::OffsetAfter(name(), 9_000_000),
            Some("ovba.module-offset"),
        ),
        (Fault::OffsetBefore(name(), 17), Some("ovba.module-offset")),
        (Fault::NoDir, Some("ovba.dir-missing")),
        (Fault::GarbageDir, Some("ovba.dir-damaged")),
        (Fault::NoModules, Some("ovba.module-unlisted")),
        (Fault::ModuleCount(0), Some("ovba.module-count")),
        (Fault::DirCut(300), Some("ovba.dir-damaged")),
        (Fault::NoProject, None),
        (
            Fault::RecordSize(0x001E, 0xFFFF_FFF0),
            Some("ovba.dir-damaged"),
        ),
        (
            Fault::SourceContainer(ContainerFault::SignatureByte(0x41)),
            Some("ovba.container-signature"),
        ),
    ] {
        let ours = read(&project().fault(fault.clone()));
        let texts: Vec<String> = ours.modules().into_iter().map(|(_, text)| text).collect();
        // Where no code page is known any more, only the ASCII part can be the same.
        let found = texts
            .iter()
            .any(|text| text.contains("If Now > 0 Then Exit Sub"));
        assert!(found, "{fault:?}: {texts:?}");
        if let Some(code) = code {
            assert!(ours.codes.contains(&code), "{fault:?}: {:?}", ours.codes);
        }
    }
}

#[test]
fn a_module_whose_stream_is_gone_is_a_gap() {
    let ours = read(&project().fault(Fault::NoStream("標準".into())));
    assert_eq!(ours.gaps, [Reason::Damaged]);
    assert_eq!(
        ours.text_of("Class1"),
        Some(project().modules[2].source.clone())
    );
}

#[test]
fn code_without_source_is_active_and_unread() {
    let mut stomped = project();
    stomped.modules[1] = kit::Module::standard("標準", "").with_prefix(vec![0x5A; 900]);
    let bin = stomped.to_cfb().stream("VBA/標準", vec![0x5A; 900]).build();
    let mut ledger = Ledger::new(Limits::mail());
    let file = File::parse(&bin, &mut ledger).unwrap();
    let survey = file.survey(&mut ledger);
    let _ = super::read_projects(&file, &survey, &mut Vec::new(), &mut ledger);
    let reasons: Vec<_> = ledger.gaps().iter().map(|gap| gap.reason).collect();
    assert_eq!(reasons, [Reason::ActiveUnread]);
}

#[test]
fn protection_and_references_are_told() {
    let ours = read(&project().protection(kit::Protection::Locked));
    assert_eq!(ours.projects[0].protection, Protection::Locked);
    let ours = read(&project().protection(kit::Protection::Unviewable));
    assert_eq!(ours.projects[0].protection, Protection::Unviewable);
    assert_eq!(ours.codes[0], "ovba.unviewable");
    let remote = Reference::project("Lib", r"\\host.invalid\share\lib.dotm");
    let ours = read(&project().reference(remote));
    assert!(
        ours.codes.contains(&"ovba.reference-remote"),
        "{:?}",
        ours.codes
    );
}

#[test]
fn several_projects_are_kept_apart() {
    let mut builder = project().to_cfb();
    project().add_to(&mut builder, "Second");
    let bin = builder.build();
    let mut ledger = Ledger::new(Limits::mail());
    let file = File::parse(&bin, &mut ledger).unwrap();
    let survey = file.survey(&mut ledger);
    let projects = super::read_projects(&file, &survey, &mut Vec::new(), &mut ledger);
    let paths: Vec<_> = projects
        .iter()
        .map(|p| (p.path.as_str(), p.modules.len()))
        .collect();
    assert_eq!(paths, [("VBA", 3), ("Second/VBA", 3)]);
    assert_eq!(ledger.observations()[0].code, "ovba.projects");
}
