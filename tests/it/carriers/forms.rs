//! Texts that code reads from forms.

use macrosift_testkit::forms::{Class, Control, Fault, Form};

/// Starting points for fuzzing: the size of `f`, `f` and `o`; or a class and a control.
pub(super) fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let label = || {
        Control::new(Class::Label, "Label1")
            .caption("宛先")
            .tag("tag")
    };
    let text = || {
        let control = Control::new(Class::TextBox, "TextBox1").value("value");
        control.source("Sheet1!A1").group("group").wide()
    };
    let form = || Form::new("F").control(label()).control(text());
    let all = [
        label().picture(),
        text(),
        Control::new(Class::CommandButton, "B")
            .caption("OK")
            .picture(),
        Control::new(Class::ListBox, "L").rows("A1:A9"),
        Control::new(Class::TabStrip(vec!["一".into(), "b".into()]), "T"),
        Control::new(Class::Image, "I").picture(),
        Control::new(Class::ScrollBar, "S").tip("hint"),
        Control::new(Class::SpinButton, "P"),
        Control::new(Class::Frame(Vec::new()), "R"),
        Control::new(Class::MultiPage(Vec::new()), "M"),
        Control::new(Class::Other([7; 16], b"\x01some text\x02".to_vec()), "O"),
    ];
    let every = all.into_iter().fold(Form::new("F"), Form::control);
    let alone = |control: Control| [&control.class_id()[..], &control.persisted()].concat();
    vec![
        ("two", streams(&form())),
        ("every", streams(&every)),
        ("counted", streams(&form().fault(Fault::SiteCount(70_000)))),
        (
            "size",
            streams(&form().fault(Fault::ObjectSize("Label1".into(), u32::MAX))),
        ),
        ("cut", streams(&form().fault(Fault::Cut(60)))),
        ("control", alone(text())),
        ("picture", alone(label().picture())),
    ]
}

fn streams(form: &Form) -> Vec<u8> {
    let streams = form.streams(932);
    let stream = |name: &str| {
        let path = format!("F/{name}");
        let found = streams.iter().find(|(one, _)| *one == path);
        found.map(|(_, data)| data.clone()).unwrap_or_default()
    };
    let (sites, objects) = (stream("f"), stream("o"));
    let size = u16::try_from(sites.len()).unwrap();
    [&size.to_le_bytes()[..], &sites, &objects].concat()
}
