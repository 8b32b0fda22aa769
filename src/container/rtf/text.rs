//! The text of a destination: bytes of the code page and Unicode characters in turn.

use crate::bytes::text::{decode, encoding};

/// A longer code of a field, or a longer address, is cut.
pub(super) const LONGEST: usize = 1 << 16;

/// Text that is put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    text: String,
    /// Bytes that are not decoded yet: a character can be of two, and a control between them.
    bytes: Vec<u8>,
    pub(super) cut: bool,
}

impl Text {
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        let room = LONGEST
            .saturating_sub(self.text.len())
            .saturating_sub(self.bytes.len());
        let plain = bytes
            .iter()
            .filter(|byte| !matches!(byte, b'\r' | b'\n' | 0))
            .take(room);
        self.bytes.extend(plain);
        self.cut |= bytes.len() > room;
    }

    pub(super) fn character(&mut self, character: char, code_page: u16) {
        self.flush(code_page);
        if self.text.len() < LONGEST {
            self.text.push(character);
        } else {
            self.cut = true;
        }
    }

    fn flush(&mut self, code_page: u16) {
        if !self.bytes.is_empty() {
            self.text.push_str(&decode(&self.bytes, code_page).text);
            self.bytes.clear();
        }
    }

    /// What there is; nothing is left.
    pub(super) fn take(&mut self, code_page: u16) -> String {
        self.flush(code_page);
        std::mem::take(&mut self.text)
    }
}

/// The code page of a document that names this one, or none that is known.
pub(super) fn known(code_page: i64) -> Option<u16> {
    let code_page = u16::try_from(code_page).ok()?;
    encoding(code_page).map(|_| code_page)
}

/// The character that a control word or symbol stands for, as far as codes of fields use them.
pub(super) fn stands_for(name: &[u8]) -> Option<char> {
    Some(match name {
        b"ldblquote" | b"rdblquote" => '"',
        b"lquote" | b"rquote" => '\'',
        b"tab" => '\t',
        b"par" | b"line" => ' ',
        b"emdash" => '—',
        b"endash" | b"_" => '-',
        b"~" | b"emspace" | b"enspace" => ' ',
        b"\\" => '\\',
        b"{" => '{',
        b"}" => '}',
        _ => return None,
    })
}
