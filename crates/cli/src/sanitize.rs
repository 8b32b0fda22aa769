//! Makes text that came from a file safe to print: what a terminal would obey, or would not
//! show, is shown as its code.

use std::fmt::{self, Write};
use std::path::Path;

/// Text on one line: `\u{202e}` for a character that is hidden.
pub(crate) struct Line<'a>(pub(crate) &'a str);

/// Text of many lines: tabs and ends of lines stay.
pub(crate) struct Lines<'a>(pub(crate) &'a str);

/// A path on one line: `\xFF` for a byte that is not UTF-8.
pub(crate) struct Name<'a>(pub(crate) &'a Path);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| shown(f, c))
    }
}

impl fmt::Display for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' if chars.peek() == Some(&'\n') => {}
                '\n' | '\t' => f.write_char(c)?,
                _ => shown(f, c)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.as_os_str().as_encoded_bytes().utf8_chunks() {
            Line(chunk.valid()).fmt(f)?;
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02X}")?;
            }
        }
        Ok(())
    }
}

fn shown(f: &mut fmt::Formatter<'_>, c: char) -> fmt::Result {
    match c {
        '\n' => f.write_str("\\n"),
        '\r' => f.write_str("\\r"),
        '\t' => f.write_str("\\t"),
        _ if is_hidden(c) => write!(f, "{}", c.escape_unicode()),
        _ => f.write_char(c),
    }
}

/// Whether a terminal obeys the character, lets it reorder others, or shows nothing for it.
pub(crate) const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\0'..='\x1F'
            | '\x7F'..='\u{9F}' // DEL and C1, among them one-character escape sequences
            | '\u{AD}' // soft hyphen
            | '\u{34F}' // combining grapheme joiner
            | '\u{61C}' // Arabic letter mark
            | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' // Hangul fillers
            | '\u{17B4}' | '\u{17B5}' // Khmer inherent vowels
            | '\u{180B}'..='\u{180F}' // Mongolian selectors and vowel separator
            | '\u{200B}'..='\u{200F}' // zero width, marks of direction
            | '\u{2028}'..='\u{202E}' // line and paragraph ends, embeddings and overrides
            | '\u{2060}'..='\u{206F}' // joiners, isolates, deprecated format characters
            | '\u{FEFF}' // zero width no-break space
            | '\u{FFF9}'..='\u{FFFB}' // interlinear annotation
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' // shorthand, music
            | '\u{E0000}'..='\u{E007F}' // tags
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        let text = "inv\u{202e}cod.exe\x1b]0;title\x07\u{9b}31m\u{200b}\r\n請求書é";
        assert_eq!(
            Line(text).to_string(),
            "inv\\u{202e}cod.exe\\u{1b}]0;title\\u{7}\\u{9b}31m\\u{200b}\\r\\n請求書é"
        );
    }

    #[test]
    fn lines_stay_lines_and_a_lone_return_does_not_overwrite() {
        assert_eq!(
            Lines("a\tb\r\nc\rd\ne\x08").to_string(),
            "a\tb\nc\\rd\ne\\u{8}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf8_shows_its_bytes() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(OsStr::from_bytes(b"a\xFF\x1b/\xE3\x81b"));
        assert_eq!(Name(path).to_string(), "a\\xFF\\u{1b}/\\xE3\\x81b");
    }
}
