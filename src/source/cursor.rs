//! Where in a text an offset lies: its line, its column, and what it is part of.

use std::ops::Range;

use memchr::{memchr2, memchr2_iter};

use super::{Language, Place, Source, lex};

/// Walks a [`Source`] forward and answers for offsets that never go back.
///
/// The text is cut into runs of one [`Place`], none longer than a line; all the answers of a run
/// are ready when it is reached, so the whole costs one walk however many offsets are asked for.
#[derive(Clone, Debug)]
pub struct Cursor<'s> {
    text: &'s [u8],
    comments_continue: bool,
    run: Range<usize>,
    place: Place,
    /// Whether the run is the end of a line.
    line_end: bool,
    line: u32,
    line_start: usize,
    next: Next,
    attribute: bool,
    /// No `]` lies between here and the end of the line, up to this offset.
    unclosed_until: usize,
    /// An offset in the line, and how many characters lie before it.
    counted: (usize, u32),
}

/// What the run after this one starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// A statement may start.
    Statement,
    /// The middle of a statement.
    Rest,
    /// The comment goes on.
    Comment,
}

impl<'s> Cursor<'s> {
    pub(super) fn new(source: &'s Source<'_>) -> Self {
        Self {
            text: source.text().as_bytes(),
            // In VBA a continued line is joined before it is read ([MS-VBAL] 3.2.2), in
            // VBScript a comment ends with its line.
            comments_continue: source.language() == Language::Vba,
            run: 0..0,
            place: Place::Code,
            line_end: false,
            line: 1,
            line_start: 0,
            next: Next::Statement,
            attribute: false,
            unclosed_until: 0,
            counted: (0, 0),
        }
    }

    /// Goes to the byte at `offset` and says what it is part of. An offset before the last one
    /// is answered as if it were that one.
    pub fn seek(&mut self, offset: usize) -> Place {
        if self.run.end <= offset {
            self.skip_lines(offset);
        }
        while self.run.end <= offset && self.run.end < self.text.len() {
            self.advance();
        }
        self.place
    }

    /// The line, from 1. `\r\n`, `\n` and a lone `\r` end lines.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.line
    }

    /// The column of a byte in this line in characters, from 1.
    pub fn column(&mut self, offset: usize) -> u32 {
        let (from, before) = self.counted;
        if offset < from {
            // A match that started before one that ended earlier: a step back of a word or two.
            return before
                .saturating_sub(self.characters(offset, from))
                .saturating_add(1);
        }
        let count = before.saturating_add(self.characters(from, offset));
        self.counted = (offset, count);
        count.saturating_add(1)
    }

    fn characters(&self, from: usize, to: usize) -> u32 {
        let bytes = self.text.get(from..to).unwrap_or_default();
        let count = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// Where the string literal at this place lies, its quotes included.
    #[must_use]
    pub fn literal(&self) -> Option<Range<usize>> {
        (self.place == Place::Text).then(|| self.run.clone())
    }

    /// Whether this is in an `Attribute` line, which the editor hides and nothing executes.
    #[must_use]
    pub const fn in_attribute(&self) -> bool {
        self.attribute
    }

    /// Goes to the last line before `offset` that continues no other. Only line ends are looked
    /// at on the way: what a line is made of matters to no later line but one that continues it.
    fn skip_lines(&mut self, offset: usize) {
        let from = self.run.end;
        let mut line = self.line;
        if self.line_end {
            line = line.saturating_add(1);
        }
        let between = self.text.get(from..offset).unwrap_or_default();
        let mut ends = memchr2_iter(b'\r', b'\n', between)
            .map(|at| from + at)
            .peekable();
        while let Some(at) = ends.next() {
            let pair = self.text.get(at) == Some(&b'\r') && self.text.get(at + 1) == Some(&b'\n');
            if pair {
                ends.next_if_eq(&(at + 1));
            }
            let next = at + if pair { 2 } else { 1 };
            if next > offset {
                return;
            }
            line = line.saturating_add(1);
            let before = at.checked_sub(1).and_then(|i| self.text.get(i));
            let may_continue = before.is_some_and(|byte| *byte == b'_' || lex::is_blank(*byte));
            if may_continue && lex::continuation(self.text, at).is_some() {
                continue;
            }
            self.line = line;
            self.line_start = next;
            self.run = next..next;
            self.counted = (next, 0);
            self.next = Next::Statement;
            self.line_end = false;
            self.attribute = false;
        }
    }

    fn advance(&mut self) {
        let start = self.run.end;
        if self.line_end {
            self.line = self.line.saturating_add(1);
            self.line_start = start;
            self.counted = (start, 0);
            self.line_end = false;
            self.attribute = false;
        }
        let end = match (self.next, self.text.get(start)) {
            (_, Some(b'\r' | b'\n')) => self.end_line(start),
            (Next::Comment, _) | (_, Some(b'\'')) => self.comment(start),
            (_, Some(b'"')) => {
                self.place = Place::Text;
                self.next = Next::Rest;
                lex::literal_end(self.text, start)
            }
            (Next::Statement, _) => self.statement(start),
            (Next::Rest, _) => self.code(start),
        };
        self.run = start..end;
    }

    fn end_line(&mut self, at: usize) -> usize {
        let continued = self
            .text
            .get(self.line_start..at)
            .is_some_and(|line| lex::continuation(line, line.len()).is_some());
        self.next = match (continued, self.next) {
            (true, Next::Comment) if self.comments_continue => Next::Comment,
            (true, Next::Rest | Next::Statement) => Next::Rest,
            _ => Next::Statement,
        };
        self.place = Place::Code;
        self.line_end = true;
        let pair = self.text.get(at..at + 2) == Some(b"\r\n");
        at + if pair { 2 } else { 1 }
    }

    fn comment(&mut self, start: usize) -> usize {
        self.place = Place::Comment;
        self.next = Next::Comment;
        let tail = self.text.get(start..).unwrap_or_default();
        memchr2(b'\r', b'\n', tail).map_or(self.text.len(), |found| start + found)
    }

    /// The blanks before a statement, or the statement up to the first string or comment.
    fn statement(&mut self, start: usize) -> usize {
        let mut at = start;
        while self.text.get(at).is_some_and(|byte| lex::is_blank(*byte)) {
            at += 1;
        }
        if at > start {
            self.place = Place::Code;
            return at;
        }
        if self.starts_with(at, b"Rem") && !self.word_goes_on(at + 3) {
            return self.comment(at);
        }
        if self.starts_with(at, b"Attribute") && !self.word_goes_on(at + 9) {
            self.attribute = self.is_attribute(at + 9);
        }
        self.code(start)
    }

    fn code(&mut self, start: usize) -> usize {
        self.place = Place::Code;
        self.next = Next::Rest;
        let mut at = start;
        loop {
            let tail = self.text.get(at..).unwrap_or_default();
            let Some(found) = tail.iter().position(|byte| is_stop(*byte)) else {
                return self.text.len();
            };
            at += found;
            match self.text.get(at) {
                // `:` ends a statement and `:=` names an argument.
                Some(b':') => {
                    at += 1;
                    if self.text.get(at) != Some(&b'=') {
                        self.next = Next::Statement;
                        self.attribute = false;
                        return at;
                    }
                }
                Some(b'[') => at = self.bracketed(at),
                _ => return at,
            }
        }
    }

    /// The end of a foreign name, `[…]`: quotes in it are quotes of the name ([MS-VBAL] 3.3.5.3).
    fn bracketed(&mut self, open: usize) -> usize {
        let at = open + 1;
        if at <= self.unclosed_until {
            return at;
        }
        let tail = self.text.get(at..).unwrap_or_default();
        let end = memchr::memchr3(b']', b'\r', b'\n', tail).map_or(self.text.len(), |i| at + i);
        if self.text.get(end) == Some(&b']') {
            end + 1
        } else {
            self.unclosed_until = end;
            at
        }
    }

    fn starts_with(&self, at: usize, word: &[u8]) -> bool {
        self.text
            .get(at..at + word.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(word))
    }

    fn word_goes_on(&self, at: usize) -> bool {
        self.text
            .get(at)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii())
    }

    /// Whether `VB_…` or `member.VB_…` follows the word `Attribute`.
    fn is_attribute(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default();
        let name = rest
            .iter()
            .take(300)
            .skip_while(|byte| lex::is_blank(**byte))
            .take_while(|byte| {
                !lex::is_blank(**byte) && !lex::is_line_end(**byte) && **byte != b'='
            })
            .copied()
            .collect::<Vec<u8>>();
        let last = name.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
        last.get(..3)
            .is_some_and(|head| head.eq_ignore_ascii_case(b"VB_"))
    }
}

/// The bytes that end a run of code, or may.
const fn is_stop(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'\r' | b'\n' | b':' | b'[')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::observe::Ledger;
    use crate::project::{Code, TextEncoding};

    fn source(text: &str, language: Language) -> Source<'_> {
        let code = Code {
            bytes: text.as_bytes(),
            encoding: TextEncoding::Utf8,
            language,
        };
        Source::decode(&code, &mut Ledger::new(Limits::mail()))
    }

    /// The place of every byte: `.` code, `"` text, `'` comment.
    fn places(text: &str, language: Language) -> String {
        let source = source(text, language);
        let mut cursor = source.cursor();
        (0..text.len())
            .map(|offset| match cursor.seek(offset) {
                Place::Code => '.',
                Place::Text => '"',
                Place::Comment => '\'',
            })
            .collect()
    }

    #[test]
    fn strings_and_comments_are_told_from_code() {
        for (text, expected) in [
            (r#"a "b""c" d"#, r#".."""""".."#),
            ("a 'b \"c\" d", "..''''''''"),
            ("Rem a\nb", "'''''.."),
            ("x: rem a", "...'''''"),
            ("Remy a", "......"),
            ("x.Rem a", "......."),
            ("f a:=Rem", "........"),
            ("\"open\nb 'c", "\"\"\"\"\"...''"),
            ("\"it's\" 'c", "\"\"\"\"\"\".''"),
            ("[it's] b", "........"),
            ("[a:rem ] b", ".........."),
            ("[a 'b", "...''"),
        ] {
            assert_eq!(places(text, Language::Vba), expected, "{text}");
        }
    }

    #[test]
    fn a_continued_comment_goes_on_in_vba_and_ends_in_vbscript() {
        let text = "'a _\nb\nc";
        assert_eq!(places(text, Language::Vba), "''''.'..");
        assert_eq!(places(text, Language::VbScript), "''''....");
        // No blank before the underscore: an ordinary end of line.
        assert_eq!(places("'a_\nb", Language::Vba), "'''..");
    }

    #[test]
    fn a_continued_statement_does_not_start_a_new_one() {
        assert_eq!(places("x = _\nRem + 1", Language::Vba), ".............");
    }

    #[test]
    fn lines_and_columns_are_those_of_the_editor() {
        let text = "a\r\nb\rc\né x";
        let source = source(text, Language::Vba);
        let mut cursor = source.cursor();
        let at = |cursor: &mut Cursor<'_>, needle: char| {
            let offset = text.find(needle).unwrap();
            cursor.seek(offset);
            (cursor.line(), cursor.column(offset))
        };
        assert_eq!(at(&mut cursor, 'a'), (1, 1));
        assert_eq!(at(&mut cursor, 'b'), (2, 1));
        assert_eq!(at(&mut cursor, 'c'), (3, 1));
        assert_eq!(at(&mut cursor, 'é'), (4, 1));
        assert_eq!(at(&mut cursor, 'x'), (4, 3));
    }

    #[test]
    fn attribute_lines_are_known_and_hide_nothing_behind_them() {
        let text =
            "Attribute VB_Name = \"A\" : Go\nAttribute A.VB_Description = \"B\"\nAttribute x\n";
        let source = source(text, Language::Vba);
        let mut cursor = source.cursor();
        let mut at = |needle: &str| {
            cursor.seek(text.find(needle).unwrap());
            cursor.in_attribute()
        };
        assert!(at("A\" :"));
        assert!(!at("Go"));
        assert!(at("B\""));
        assert!(!at("x\n"));
    }

    #[test]
    fn skipping_lines_gives_the_same_answers_as_walking_them() {
        let text = "'a _\r\n b\r\nx = \"c _\n'd\re \"f\" ' g_\n\n_\nRem h _\n\ni 'j\r\r\n\"k";
        for language in [Language::Vba, Language::VbScript] {
            let source = source(text, language);
            let mut walking = source.cursor();
            for offset in 0..text.len() {
                let mut skipping = source.cursor();
                assert_eq!(skipping.seek(offset), walking.seek(offset), "{offset}");
                assert_eq!(skipping.line(), walking.line(), "{offset}");
                assert_eq!(skipping.column(offset), walking.column(offset), "{offset}");
            }
        }
    }

    #[test]
    fn one_long_line_of_brackets_is_walked_once() {
        // Quadratic work would take minutes here.
        let text = "[\"".repeat(200_000);
        let source = source(&text, Language::Vba);
        let mut cursor = source.cursor();
        for offset in 0..text.len() {
            cursor.seek(offset);
            if offset % 4096 == 0 {
                cursor.column(offset);
            }
        }
        assert_eq!(cursor.line(), 1);
    }
}
