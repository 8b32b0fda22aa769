//! The text of a destination: bytes of the code page and Unicode characters in turn.

use super::Piece;
use crate::bytes::text::{decode, encoding};

/// A longer code of a field, or a longer address, is cut.
pub(super) const LONGEST: usize = 1 << 16;

/// Text that is put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    text: String,
    /// Bytes that are not decoded yet: a character can be of two, and a control between them.
    bytes: Vec<u8>,
    /// Where in the text what stands in `\bin` starts and ends, in order.
    binary: Vec<(usize, usize)>,
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

    /// The bytes of `\bin`. The specification gives them no meaning in a text, so that programs
    /// may take them for text or pass them over.
    pub(super) fn binary(&mut self, bytes: &[u8], code_page: u16) {
        self.flush(code_page);
        let start = self.text.len();
        self.bytes(bytes);
        self.flush(code_page);
        let end = self.text.len();
        match self.binary.last_mut() {
            _ if start == end => {}
            Some((_, last)) if *last == start => *last = end,
            _ => self.binary.push((start, end)),
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
        self.binary.clear();
        std::mem::take(&mut self.text)
    }

    /// What there is in pieces, of which some stood in `\bin`; nothing is left.
    pub(super) fn pieces(&mut self, code_page: u16) -> Vec<Piece> {
        let binary = std::mem::take(&mut self.binary);
        let text = self.take(code_page);
        let mut pieces = Vec::new();
        let mut done = 0;
        let piece = |from: usize, to: usize| text.get(from..to).filter(|one| !one.is_empty());
        for (start, end) in binary {
            let before = piece(done, start).map(|one| Piece::Text(one.to_owned()));
            let inside = piece(start, end).map(|one| Piece::Binary(one.to_owned()));
            pieces.extend(before.into_iter().chain(inside));
            done = end;
        }
        pieces.extend(piece(done, text.len()).map(|one| Piece::Text(one.to_owned())));
        pieces
    }

    /// What there is with what stood in `\bin`, and if there was any without it as well; nothing
    /// is left.
    pub(super) fn readings(&mut self, code_page: u16) -> Vec<String> {
        let pieces = self.pieces(code_page);
        let has_binary = |piece: &Piece| matches!(piece, Piece::Binary(_));
        let read = |with: bool| {
            pieces
                .iter()
                .fold(String::new(), |text, piece| match piece {
                    Piece::Text(more) => text + more,
                    Piece::Binary(more) if with => text + more,
                    _ => text,
                })
        };
        let mut readings = vec![read(true)];
        if pieces.iter().any(has_binary) {
            readings.push(read(false));
        }
        readings
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
