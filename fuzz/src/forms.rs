//! The streams of a form and a control by itself: read the same twice, at a cost that the bytes
//! bound, and with no more text than there are bytes for.

use macrosift::project::forms::{Control, Form, read, read_control};
use macrosift::{Ledger, Limit, Limits};
use macrosift_testkit::cfb::Builder;

use super::assert_linear;

/// The target: the size of `f` in two bytes, `f`, and then `o`. The same bytes are a control: its
/// class, and what it has stored.
pub fn forms(data: &[u8]) {
    let Some((size, streams)) = data.split_first_chunk::<2>() else {
        return;
    };
    let size = usize::from(u16::from_le_bytes(*size)).min(streams.len());
    let (sites, objects) = streams.split_at(size);
    let mut file = Builder::new();
    // A frame of that number holds the same again.
    for storage in ["F", "F/i01", "F/i01/i02"] {
        file.stream(&format!("{storage}/f"), sites);
        file.stream(&format!("{storage}/o"), objects);
    }
    file.stream("F/\u{3}VBFrame", objects);
    let bytes = file.build();
    let (found, entries) = within(&bytes, Limits::unbounded());
    assert_eq!(within(&bytes, Limits::unbounded()).0, found);
    let [form, others @ ..] = found.as_slice() else {
        panic!("no form");
    };
    assert_eq!(form.name, "F");
    assert!(others.iter().all(|one| one.path.starts_with("F/i01")));
    for (at, control) in form.controls.iter().enumerate() {
        assert!(control.container.is_none_or(|holder| holder < at));
    }
    // With less patience there is the start of the same.
    let (cut, _) = within(
        &bytes,
        Limits::unbounded().with(Limit::Entries, entries / 2),
    );
    assert!(count(&cut) <= count(&found));

    if let Some((class, stored)) = data.split_first_chunk::<16>() {
        let mut ledger = Ledger::new(Limits::unbounded());
        let control = read_control(class, stored, &mut ledger);
        assert_eq!(control.is_some(), !stored.is_empty());
        let again = read_control(class, stored, &mut Ledger::new(Limits::unbounded()));
        assert_eq!(again, control);
        assert_linear(&ledger, Limit::Steps, data.len(), 1, 2);
        assert!(control.iter().map(characters).sum::<usize>() <= stored.len());
    }
}

fn within(bytes: &[u8], limits: Limits) -> (Vec<Form>, u64) {
    let mut ledger = Ledger::new(limits);
    let Ok(file) = macrosift::cfb::File::parse(bytes, &mut ledger) else {
        return (Vec::new(), 0);
    };
    let forms = read(&file, &mut ledger);
    assert_linear(&ledger, Limit::Steps, bytes.len(), 1, 64);
    // Pages show the texts of their tabs again.
    let all = forms.iter().flat_map(|form| &form.controls);
    assert!(all.map(characters).sum::<usize>() <= bytes.len() * 2);
    (forms, ledger.budget().spent(Limit::Entries))
}

fn count(forms: &[Form]) -> usize {
    forms.iter().map(|form| form.controls.len()).sum()
}

fn characters(control: &Control) -> usize {
    let properties = control.properties.iter();
    let texts = properties.map(|(_, text)| text.encode_utf16().count());
    control.name.encode_utf16().count() + texts.sum::<usize>()
}
