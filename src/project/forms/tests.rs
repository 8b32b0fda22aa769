//! Forms written by the testkit, sound and faulty, and what is read of them.

use macrosift_testkit::cfb as kit_cfb;
use macrosift_testkit::forms as kit;
use macrosift_testkit::ovba::Project;

use super::{Class, Control, Form, Property, read, read_control, read_objects};
use crate::container::cfb::File;
use crate::limits::{Limit, Limits};
use crate::observe::Ledger;

use kit::{Class as Kind, Control as Made, Fault, Form as Designer};

struct Read {
    forms: Vec<Form>,
    codes: Vec<&'static str>,
    steps: u64,
}

fn read_bytes(bytes: &[u8], limits: Limits) -> Read {
    let mut ledger = Ledger::new(limits);
    let file = File::parse(bytes, &mut ledger).unwrap();
    let before = ledger.budget().spent(Limit::Steps);
    let forms = read(&file, &mut ledger);
    Read {
        forms,
        codes: ledger.observations().iter().map(|one| one.code).collect(),
        steps: ledger.budget().spent(Limit::Steps) - before,
    }
}

fn read_form(form: Designer) -> Read {
    let project = Project::new("Project").code_page(932).form(form, "");
    read_bytes(&project.to_bin(), Limits::mail())
}

fn texts(control: &Control, wanted: Property) -> Vec<&str> {
    let properties = control.properties.iter();
    properties
        .filter(|(property, _)| *property == wanted)
        .map(|(_, text)| text.as_str())
        .collect()
}

fn every_text(form: &Form) -> String {
    let controls = form.controls.iter().flat_map(|one| &one.properties);
    let all = form.properties.iter().chain(controls);
    all.map(|(_, text)| text.as_str())
        .collect::<Vec<_>>()
        .join("|")
}

#[test]
fn every_control_has_its_texts() {
    let label = Made::new(Kind::Label, "Label1")
        .caption("宛先")
        .tag("tag of label")
        .tip("ヒント")
        .picture();
    let text = Made::new(Kind::TextBox, "TextBox1")
        .value("inert\r\n値")
        .source("Sheet1!A1");
    let list = Made::new(Kind::ComboBox, "リスト")
        .rows("Sheet1!A1:A9")
        .value("b");
    let option = Made::new(Kind::OptionButton, "Option1")
        .value("1")
        .caption("one")
        .group("group")
        .wide()
        .picture();
    let form = Designer::new("UserForm1")
        .caption("請求書 \"1\"")
        .tag("tag of form")
        .control(label)
        .control(text)
        .control(list)
        .control(option)
        .control(
            Made::new(Kind::CommandButton, "Button1")
                .caption("OK")
                .picture(),
        )
        .control(Made::new(Kind::Image, "Image1").picture().tag("image"))
        .control(Made::new(Kind::ScrollBar, "Scroll1").tip("scroll"))
        .control(Made::new(Kind::SpinButton, "Spin1").tag("spin"))
        .control(Made::new(Kind::CheckBox, "Check1").value("0"))
        .control(Made::new(Kind::ToggleButton, "Toggle1").caption("toggle"))
        .control(Made::new(Kind::ListBox, "List1").tag("list"));
    let found = read_form(form);
    assert_eq!(found.codes, [""; 0]);
    let [form] = found.forms.as_slice() else {
        panic!("{:?}", found.forms)
    };
    assert_eq!(
        (form.name.as_str(), form.path.as_str()),
        ("UserForm1", "UserForm1")
    );
    assert_eq!(form.caption, "請求書 \"1\"");
    assert!(
        form.properties
            .contains(&(Property::Tag, "tag of form".into()))
    );
    let classes: Vec<Class> = form.controls.iter().map(|one| one.class).collect();
    assert_eq!(
        classes,
        [
            Class::Label,
            Class::TextBox,
            Class::ComboBox,
            Class::OptionButton,
            Class::CommandButton,
            Class::Image,
            Class::ScrollBar,
            Class::SpinButton,
            Class::CheckBox,
            Class::ToggleButton,
            Class::ListBox,
        ]
    );
    for (name, property, want) in [
        ("label1", Property::Caption, "宛先"),
        ("Label1", Property::Tag, "tag of label"),
        ("Label1", Property::ControlTipText, "ヒント"),
        ("Label1", Property::FontName, "Tahoma"),
        ("TextBox1", Property::Value, "inert\r\n値"),
        ("TextBox1", Property::ControlSource, "Sheet1!A1"),
        ("リスト", Property::RowSource, "Sheet1!A1:A9"),
        ("Option1", Property::Value, "1"),
        ("Option1", Property::Caption, "one"),
        ("Option1", Property::GroupName, "group"),
        ("Button1", Property::Caption, "OK"),
        ("Image1", Property::Tag, "image"),
        ("Scroll1", Property::ControlTipText, "scroll"),
        ("Spin1", Property::Tag, "spin"),
        ("Check1", Property::Value, "0"),
        ("Toggle1", Property::Caption, "toggle"),
        ("List1", Property::Tag, "list"),
    ] {
        let control = form.control(name).unwrap();
        assert_eq!(control.text(property), Some(want), "{name}");
    }
}

#[test]
fn controls_in_frames_and_pages_know_what_holds_them() {
    let inner = Made::new(
        Kind::Frame(vec![Made::new(Kind::Label, "Deep").tag("deep")]),
        "Inner",
    );
    let frame = Made::new(
        Kind::Frame(vec![
            Made::new(Kind::TextBox, "InFrame").value("in frame"),
            inner,
        ]),
        "Frame1",
    )
    .caption("frame")
    .tag("frame tag");
    let pages = Made::new(
        Kind::MultiPage(vec![
            (
                "Page1".into(),
                "最初".into(),
                vec![Made::new(Kind::Label, "A").caption("a")],
            ),
            (
                "Page2".into(),
                "second".into(),
                vec![Made::new(Kind::Label, "B").tag("b")],
            ),
        ]),
        "MultiPage1",
    );
    let strip = Made::new(Kind::TabStrip(vec!["一".into(), "two".into()]), "Tabs");
    let form = Designer::new("F")
        .control(frame)
        .control(pages)
        .control(strip);
    let found = read_form(form);
    assert_eq!(found.codes, [""; 0]);
    let form = &found.forms[0];
    let holder = |name: &str| {
        let control = form.control(name).unwrap();
        control
            .container
            .map_or("", |at| form.controls[at].name.as_str())
    };
    for (name, held_by) in [
        ("Frame1", ""),
        ("InFrame", "Frame1"),
        ("Inner", "Frame1"),
        ("Deep", "Inner"),
        ("Page1", "MultiPage1"),
        ("Page2", "MultiPage1"),
        ("A", "Page1"),
        ("B", "Page2"),
        ("Tabs", ""),
    ] {
        assert_eq!(holder(name), held_by, "{name}");
    }
    let text = |name: &str, property| form.control(name).unwrap().text(property);
    assert_eq!(text("Frame1", Property::Caption), Some("frame"));
    assert_eq!(text("Frame1", Property::Tag), Some("frame tag"));
    assert_eq!(text("Page1", Property::Caption), Some("最初"));
    assert_eq!(text("Page2", Property::Caption), Some("second"));
    let tabs = form.control("Tabs").unwrap();
    assert_eq!(texts(tabs, Property::Item), ["一", "two"]);
    assert_eq!(texts(tabs, Property::ItemName), ["Tab1", "Tab2"]);
}

/// Whatever is broken, the text is still there, if only as one of those that were searched for.
#[test]
fn no_damage_loses_a_text() {
    let form = || {
        Designer::new("F")
            .control(
                Made::new(Kind::Label, "L")
                    .tag("first tag")
                    .caption("first caption"),
            )
            .control(
                Made::new(Kind::TextBox, "T")
                    .tag("second tag")
                    .value("二番目の値です"),
            )
    };
    for fault in [
        Fault::SiteCount(1),
        Fault::SiteCount(1_000_000),
        Fault::ObjectSize("L".into(), 3),
        Fault::ObjectSize("L".into(), u32::MAX),
        Fault::SiteSize("L".into(), 0xFFFF),
        Fault::SiteSize("L".into(), 5),
        Fault::Version("L".into(), 0x0777),
        Fault::Version("T".into(), 0),
        Fault::TagCount("L".into(), 0x7FFF_FFFF),
        Fault::TagCount("L".into(), 0xFFFF_FFFF),
    ] {
        let found = read_form(form().fault(fault.clone()));
        let all = every_text(&found.forms[0]);
        for want in ["first tag", "first caption", "second tag", "二番目の値です"] {
            assert!(all.contains(want), "{fault:?}: no {want} in {all:?}");
        }
        assert!(found.codes.contains(&"forms.damaged"), "{fault:?}");
    }
    let found = read_form(form().fault(Fault::NoObjects));
    assert_eq!(found.forms[0].controls.len(), 2);
    for length in 0..200 {
        // Cut at every place: what is left is read, and the objects behind it are.
        let found = read_form(form().fault(Fault::Cut(length)));
        let all = every_text(&found.forms[0]);
        assert!(all.contains("first caption"), "cut at {length}: {all}");
        assert!(all.contains("二番目の値です"), "cut at {length}: {all}");
    }
}

#[test]
fn a_control_of_another_library_gives_the_characters_in_it() {
    let data = b"\x01\x02powershell -c inert\0\x07\0h\0t\0t\0p\0:\0\0".to_vec();
    let form =
        Designer::new("F").control(Made::new(Kind::Other([7; 16], data.clone()), "X").tag("t"));
    let found = read_form(form);
    let control = &found.forms[0].controls[0];
    assert_eq!(control.class, Class::Other([7; 16]));
    assert_eq!(
        texts(control, Property::Unknown),
        ["powershell -c inert", "http:"]
    );
    let mut ledger = Ledger::new(Limits::mail());
    let alone = read_control(&[7; 16], &data, &mut ledger).unwrap();
    assert_eq!(alone.properties, control.properties[1..]);
    assert!(read_control(&[7; 16], &[], &mut ledger).is_none());
}

#[test]
fn controls_of_sheets_and_text_are_read_without_a_form() {
    let one = Made::new(Kind::CheckBox, "").caption("一つ目").value("1");
    let two = Made::new(Kind::Label, "").caption("two").picture();
    let mut sheet = Vec::new();
    for control in [&one, &two, &one] {
        sheet.extend(control.class_id());
        sheet.extend(control.persisted());
    }
    sheet.splice(0..0, *b"not a class, and text");
    let mut file = kit_cfb::Builder::new();
    file.stream("Ctls", sheet);
    file.stream("ObjectPool/_1/contents", one.persisted());
    file.class("ObjectPool/_1", one.class_id());
    let name: Vec<u8> = "チェック1\0"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    file.stream("ObjectPool/_1/\u{3}OCXNAME", name);
    file.stream("Quill/Contents", b"of another program".to_vec());
    let bytes = file.build();
    let mut ledger = Ledger::new(Limits::mail());
    let file = File::parse(&bytes, &mut ledger).unwrap();
    let controls = read_objects(&file, &mut ledger);
    let found: Vec<_> = controls
        .iter()
        .map(|one| (one.name.as_str(), one.class, one.text(Property::Caption)))
        .collect();
    let [(_, Class::Other(_), None), rest @ ..] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        rest,
        [
            ("", Class::CheckBox, Some("一つ目")),
            ("", Class::Label, Some("two")),
            ("", Class::CheckBox, Some("一つ目")),
            ("チェック1", Class::CheckBox, Some("一つ目")),
        ]
    );
    assert_eq!(controls[0].properties[0].1, "not a class, and text");
}

#[test]
fn a_storage_that_no_control_leads_to_is_read_as_well() {
    let mut file = Project::new("P").form(Designer::new("F"), "").to_cfb();
    let hidden = Designer::new("i77").control(Made::new(Kind::Label, "H").tag("hidden tag"));
    hidden.add_to(&mut file, "F", 1252);
    let found = read_bytes(&file.build(), Limits::mail());
    let names: Vec<_> = found.forms.iter().map(|form| form.path.as_str()).collect();
    assert_eq!(names, ["F", "F/i77"]);
    assert!(every_text(&found.forms[1]).contains("hidden tag"));
}

#[test]
fn frames_in_frames_and_many_controls_cost_what_they_take() {
    let mut deep = Made::new(Kind::Label, "Bottom").tag("bottom");
    for level in 0..60 {
        deep = Made::new(Kind::Frame(vec![deep]), &format!("Frame{level}"));
    }
    let found = read_form(Designer::new("F").control(deep));
    assert_eq!(found.forms[0].controls.len(), 61);
    assert_eq!(
        found.forms[0]
            .control("Bottom")
            .unwrap()
            .text(Property::Tag),
        Some("bottom")
    );

    let many = (0..20_000).map(|at| Made::new(Kind::Label, &format!("L{at}")).tag("x"));
    let form = many.fold(Designer::new("F"), Designer::control);
    let bytes = Project::new("P").form(form, "").to_bin();
    let found = read_bytes(&bytes, Limits::mail());
    assert_eq!(found.forms[0].controls.len(), 20_000);
    assert!(found.steps < bytes.len() as u64, "{} steps", found.steps);
    let found = read_bytes(&bytes, Limits::mail().with(Limit::Entries, 5_000));
    assert!(found.forms[0].controls.len() < 5_000);
}

#[test]
fn runs_of_characters_are_found_at_any_place() {
    let carved = |data: &[u8]| -> Vec<String> {
        let mut texts = Vec::new();
        super::carve::texts(data, &mut texts);
        texts.into_iter().map(|(_, text)| text).collect()
    };
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    for text in [
        "請求書の送付",
        "こここここ",
        "cmd /c inert",
        "ﾃｽﾄです",
        "経理部御中",
    ] {
        for before in [&b""[..], b"\x01", b"\x01\x02", b"\x01\x02\x03"] {
            let data = [before, &wide(text), b"\x01\x02"].concat();
            assert!(
                carved(&data).iter().any(|found| found == text),
                "{before:?} {text}"
            );
        }
    }
    assert_eq!(
        carved(b"\x02powershell\x03NONONO"),
        ["powershell", "NONONO"]
    );
    let mut steps = 0;
    for unit in [&b"\x02NN"[..], b"N", b"\0N", b"\x30\x30", b"\x01"] {
        steps += carved(&unit.repeat(200_000)).len();
    }
    assert!(steps < 200_000, "{steps}");
}
