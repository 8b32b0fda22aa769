//! The tokens of WordBasic, turned into the text that Word 97 converts them to: commands of Word
//! are members of `WordBasic`, and their arguments are named with `:=`.
//!
//! | token | is followed by |
//! |---|---|
//! | 0x65, 0x69, 0x6A, 0x6B, 0x6D, 0x70, 0x76, 0x77 | a length and so many bytes: label, name, text, comment, number, `Rem`, member, other text |
//! | 0x79, 0x7C | a length (of two bytes, of one) and so many characters of two bytes: text, comment |
//! | 0x66, 0x6C | a number of two bytes: of the line, as such |
//! | 0x67, 0x73 | the number of a command, of an argument |
//! | 0x68 | a number of eight bytes |
//! | 0x6E, 0x6F | how many blanks, tabs |
//! | any other | nothing |

use std::fmt::Write as _;

use crate::bytes::{array, le16, slice, text};

use super::names::{argument, command, keyword};

/// Blanks and tabs in a row, of which nobody needs more.
const DEEPEST: usize = 24;

/// How many times as long as its tokens a text can be.
pub(super) const GROWTH: u64 = 16;

/// What tokens come to.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// What was not known, the first of it.
    pub(super) unread: Option<String>,
}

/// Decodes the tokens of one macro.
pub(super) fn decode(tokens: &[u8], code_page: u16) -> Decoded {
    let mut writer = Writer {
        decoded: Decoded::default(),
        named: false,
        code_page,
    };
    let mut rest = tokens;
    while let Some((token, behind)) = rest.split_first() {
        match writer.token(*token, behind) {
            Some(used) => rest = behind.get(used..).unwrap_or_default(),
            None => {
                writer.unknown(format_args!("a token that is cut off"));
                break;
            }
        }
    }
    writer.decoded
}

struct Writer {
    decoded: Decoded,
    /// Whether the name of an argument stands last.
    named: bool,
    code_page: u16,
}

impl Writer {
    /// Writes one token, and says how many bytes behind it belong to it.
    fn token(&mut self, token: u8, behind: &[u8]) -> Option<usize> {
        let named = std::mem::take(&mut self.named);
        match token {
            0x64 => self.raw("\n"),
            0x65 | 0x69 | 0x6A | 0x6B | 0x6D | 0x70 | 0x76 | 0x77 => {
                let length = usize::from(*behind.first()?);
                let bytes = slice(behind, 1, length)?;
                let text = text::decode(bytes, self.code_page).text;
                self.lengthy(token, &text);
                return length.checked_add(1);
            }
            0x79 => {
                let length = usize::from(le16(behind, 0)?).checked_mul(2)?;
                self.lengthy(0x6A, &text::utf16le(slice(behind, 2, length)?));
                return length.checked_add(2);
            }
            0x7C => {
                let length = usize::from(*behind.first()?).checked_mul(2)?;
                self.lengthy(0x6B, &text::utf16le(slice(behind, 1, length)?));
                return length.checked_add(1);
            }
            0x66 => {
                let line = le16(behind, 0)?;
                self.raw("\n");
                self.word(&line.to_string());
                return Some(2);
            }
            0x6C => {
                let number = i16::from_le_bytes(array(behind, 0)?);
                self.word(&number.to_string());
                return Some(2);
            }
            0x67 => {
                self.command(le16(behind, 0)?);
                return Some(2);
            }
            0x73 => {
                let number = le16(behind, 0)?;
                match argument(number) {
                    Some(name) => self.word(name),
                    None => self.word(&format!("Argument{number}")),
                }
                self.named = true;
                return Some(2);
            }
            0x68 => {
                let number = f64::from_le_bytes(array(behind, 0)?);
                self.word(&number.to_string());
                return Some(8);
            }
            0x6E | 0x6F => {
                let blank = if token == 0x6E { " " } else { "\t" };
                let count = usize::from(*behind.first()?);
                self.raw(&blank.repeat(count.min(DEEPEST)));
                return Some(1);
            }
            0x0C if named => self.raw(":="),
            _ => match keyword(token) {
                Some(word) if word.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    self.word(word);
                }
                Some(sign) => self.raw(sign),
                None => self.unknown(format_args!("the token {token:#04x}")),
            },
        }
        Some(0)
    }

    fn lengthy(&mut self, token: u8, text: &str) {
        match token {
            0x65 => {
                self.raw("\n");
                self.word(text);
            }
            0x6A => {
                let text = text.replace(['\r', '\n'], " ").replace('"', "\"\"");
                self.word(&format!("\"{text}\""));
            }
            0x6B => self.comment("'", text),
            0x70 => self.comment("Rem", text),
            0x76 => {
                self.raw(".");
                self.raw(text);
            }
            _ => self.word(text),
        }
    }

    fn comment(&mut self, sign: &str, text: &str) {
        self.word(sign);
        self.raw(&text.replace(['\r', '\n'], " "));
    }

    fn command(&mut self, number: u16) {
        match command(number) {
            Some(known) if known.plain => self.word(known.name),
            Some(known) if known.name.ends_with('$') => {
                self.word(&format!("WordBasic.[{}]", known.name));
            }
            Some(known) => self.word(&format!("WordBasic.{}", known.name)),
            None => {
                self.word(&format!("WordBasic.Command{number}"));
                self.unknown(format_args!("the command {number:#06x}"));
            }
        }
    }

    /// A word, apart from one in front.
    fn word(&mut self, word: &str) {
        let apart = |c: char| c.is_alphanumeric() || matches!(c, '"' | ')' | ']' | ',' | '_' | '$');
        if self.decoded.text.ends_with(apart) {
            self.raw(" ");
        }
        self.raw(word);
    }

    fn raw(&mut self, text: &str) {
        self.decoded.text.push_str(text);
    }

    fn unknown(&mut self, what: std::fmt::Arguments<'_>) {
        if self.decoded.unread.is_none() {
            let mut text = String::new();
            let _ = write!(text, "{what}");
            self.decoded.unread = Some(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(tokens: &[u8]) -> String {
        let decoded = decode(tokens, 932);
        assert_eq!(decoded.unread, None);
        decoded.text
    }

    #[test]
    fn a_macro_that_copies_itself() {
        let tokens =
            b"\x1B\x69\x04MAIN\x64\x67\xC2\x80\x6A\x06a:b \x90\xbf\x12\x6A\x01x\x64\x1A\x1B";
        let shown = text(tokens);
        assert_eq!(
            shown,
            "Sub MAIN\nWordBasic.MacroCopy \"a:b \u{8ACB}\", \"x\"\nEnd Sub"
        );
    }

    #[test]
    fn arguments_numbers_and_functions() {
        assert_eq!(
            text(b"\x67\x54\x00\x73\x67\x00\x0C\x6A\x01a\x12\x73\xCB\x00\x0C\x6C\x01\x00"),
            "WordBasic.FileSaveAs FileName:=\"a\", Format:=1"
        );
        assert_eq!(
            text(b"\x69\x01x\x0C\x67\x25\x80\x05\x06\x07\x67\x05\x80\x05\x6C\x22\x00\x06"),
            "x=WordBasic.[FileName$]()+Chr$(34)"
        );
        assert_eq!(text(b"\x67\x2D\x80\x6A\x03a\"b"), "Shell \"a\"\"b\"");
        assert_eq!(
            text(b"\x6B\x02hi\x64\x79\x02\0\xEA\x81\xED\x5D"),
            "'hi\n\"\u{81EA}\u{5DED}\""
        );
    }

    #[test]
    fn what_is_not_known_is_told() {
        assert!(decode(b"\x67\xFF\x7F", 1252).unread.is_some());
        assert!(decode(b"\xEE", 1252).unread.is_some());
        assert!(decode(b"\x6A\x09abc", 1252).unread.is_some());
    }
}
