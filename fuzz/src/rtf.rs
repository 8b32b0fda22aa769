//! Rich text: reading it twice gives the same, the work is linear, what a plain writer makes of an
//! object is read back, and the scan of it holds whatever the bytes are.

use macrosift::container::ole::{Object, Storage};
use macrosift::container::rtf::{self, Holder, Token, Tokens};
use macrosift::{Ledger, Limit, Limits};

use super::{assert_linear, cut_short, scan::scan};

/// The target.
pub fn rtf(data: &[u8]) {
    let mut ledger = Ledger::new(Limits::mail());
    let document = rtf::read(data, &mut ledger);
    // A token has a byte at least, and the search takes a step for many bytes.
    assert_linear(&ledger, Limit::Steps, data.len(), 2, 100);
    let mut again = Ledger::new(Limits::mail());
    let second = rtf::read(data, &mut again);
    assert_eq!(format!("{document:?}"), format!("{second:?}"));
    tokens(data);
    if !cut_short(&ledger) {
        for object in &document.objects {
            assert!(!object.readings.is_empty());
            let start = usize::try_from(object.at).unwrap();
            assert!(start <= data.len());
        }
        written(data);
    }
    scan(data);
}

/// The tokens are all of the file, in order.
fn tokens(data: &[u8]) {
    let mut tokens = Tokens::new(data);
    let mut last = 0;
    while let Some(token) = tokens.next() {
        let at = tokens.position();
        assert!(at > last && at <= data.len());
        if let Token::Text(text) = token
            && text != b"\\"
        {
            assert_eq!(text, &data[last..at]);
        }
        last = at;
    }
    assert_eq!(last, data.len());
}

/// The same bytes as the data of an object.
fn written(data: &[u8]) {
    let native = data.get(..1 << 12).unwrap_or(data);
    let mut object = b"\x01\x05\0\0\x02\0\0\0\x06\0\0\0inert\0\0\0\0\0\0\0\0\0".to_vec();
    object.extend((native.len() as u32).to_le_bytes());
    object.extend(native);
    let digits: String = object.iter().map(|byte| format!("{byte:02x}\n")).collect();
    let text = format!("{{\\rtf1{{\\object{{\\*\\objdata {digits}}}}}}}");
    let mut ledger = Ledger::new(Limits::mail());
    let document = rtf::read(text.as_bytes(), &mut ledger);
    let [read] = &document.objects[..] else {
        panic!("{} objects of one", document.objects.len());
    };
    assert_eq!(read.holder, Holder::Object);
    assert_eq!(read.readings, [object]);
    let object = Object::parse(&read.readings[0], None).unwrap();
    assert_eq!(object.class, "inert");
    assert!(matches!(
        object.storage,
        Storage::Embedded { data, rest: [], cut: false } if data == native
    ));
    assert!(ledger.gaps().is_empty() && ledger.observations().is_empty());
}
