//! Lexical tokens ([MS-VBAL] 3.3): the text cut into pieces, none left out.

use memchr::memchr2;

use super::{Language, lex};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Blanks within a line.
    Blank,
    /// `_`, blanks and a line end: the line goes on.
    Continuation,
    /// A line end.
    LineEnd,
    /// A comment, from `'` or `Rem`; its continued lines with it.
    Comment,
    /// A name or word, without a type character.
    Name,
    /// `[name]`
    Bracketed,
    /// A number, with its type character.
    Number,
    /// A string literal; without its closing quote if the line ends before.
    Text,
    /// `#…#`
    Date,
    /// A single character that is an operator, a separator or a type character.
    Sign(u8),
    /// `<>` or `><`
    NotEqual,
    /// `<=` or `=<`
    LessEqual,
    /// `>=` or `=>`
    GreaterEqual,
    /// `:=`
    Named,
    /// `#` at the start of a line, before `If`, `Else`, `ElseIf`, `End`, `Const` or `Error`.
    Directive,
    /// Anything else: a run of characters that no token starts with.
    Unknown,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte.
    pub from: u32,
    /// The byte after its last.
    pub to: u32,
}

/// Cuts a text into tokens, forward, in constant memory. The tokens lie one after the other
/// without gaps, from the first byte to the last, or to the last character within 4 GiB.
#[derive(Clone, Debug)]
pub struct Tokens<'s> {
    text: &'s str,
    at: usize,
    language: Language,
    next: Next,
    /// Whether the token before this one is an operand, with no blank in between.
    operand: bool,
    /// No `]` lies between here and the end of the line, up to this offset.
    unclosed_until: usize,
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// A line starts: a directive, or a statement.
    Line,
    /// A statement starts: `Rem` makes a comment.
    Statement,
    /// The middle of a statement.
    Rest,
}

/// What a byte can start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Unknown,
    Blank,
    LineEnd,
    Letter,
    Underscore,
    Digit,
    Quote,
    Apostrophe,
    Bracket,
    Hash,
    Ampersand,
    Dot,
    Colon,
    Compare,
    Sign,
    Wide,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Unknown; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        #[allow(clippy::indexing_slicing, reason = "a table made at compile time")]
        {
            classes[at] = match byte {
                b'\r' | b'\n' => Class::LineEnd,
                b'A'..=b'Z' | b'a'..=b'z' => Class::Letter,
                b'_' => Class::Underscore,
                b'0'..=b'9' => Class::Digit,
                b'"' => Class::Quote,
                b'\'' => Class::Apostrophe,
                b'[' => Class::Bracket,
                b'#' => Class::Hash,
                b'&' => Class::Ampersand,
                b'.' => Class::Dot,
                b':' => Class::Colon,
                b'<' | b'=' | b'>' => Class::Compare,
                b'(' | b')' | b'*' | b'+' | b',' | b'-' | b'/' | b';' | b'\\' | b'^' | b'!'
                | b'$' | b'%' | b'@' | b'?' => Class::Sign,
                0x80.. => Class::Wide,
                _ if lex::is_blank(byte) => Class::Blank,
                _ => Class::Unknown,
            };
        }
        at += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    CLASSES
        .get(usize::from(byte))
        .copied()
        .unwrap_or(Class::Unknown)
}

/// Whether a character that is not ASCII separates names: the blanks of Unicode, and the mark of
/// the byte order. All others are letters ([MS-VBAL] 3.3.5.1: whatever a code page has above 0x7F).
/// A no-break space is a letter there too, but nobody sees it, so it hides no word here.
fn is_wide_blank(character: char) -> bool {
    character.is_whitespace() || character == '\u{FEFF}'
}

/// Whether letters in a date are the name of a month, whole or its start, or a half of the day.
fn is_word_of_date(word: &[u8]) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let starts = |month: &&str| {
        let start = month.as_bytes().get(..word.len());
        word.len() >= 3 && start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let halves = ["", "a", "p", "am", "pm"];
    halves
        .iter()
        .any(|half| word.eq_ignore_ascii_case(half.as_bytes()))
        || MONTHS.iter().any(starts)
}

impl<'s> Tokens<'s> {
    /// The tokens of a text.
    #[must_use]
    pub fn new(text: &'s str, language: Language) -> Self {
        Self {
            text: lex::head(text, u32::MAX as usize),
            at: 0,
            language,
            next: Next::Line,
            operand: false,
            unclosed_until: 0,
        }
    }

    /// Passes over spaces and tabs without making a token of them; whether there were any.
    pub(super) fn skip_blanks(&mut self) -> bool {
        let from = self.at;
        while let Some(b' ' | b'\t') = self.byte(self.at) {
            self.at += 1;
        }
        let skipped = self.at > from;
        self.operand &= !skipped;
        skipped
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn char(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The length of the blank at `at`; 0 if there is none.
    fn blank(&self, at: usize) -> usize {
        match self.byte(at) {
            Some(byte) if byte.is_ascii() => usize::from(lex::is_blank(byte)),
            Some(_) => match self.char(at) {
                Some(character) if is_wide_blank(character) => character.len_utf8(),
                _ => 0,
            },
            None => 0,
        }
    }

    fn blanks_end(&self, mut at: usize) -> usize {
        loop {
            match self.blank(at) {
                0 => return at,
                length => at += length,
            }
        }
    }

    /// Where the name that goes on at `at` ends.
    fn name_end(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        loop {
            while let Some(byte) = bytes.get(at) {
                if !matches!(
                    class(*byte),
                    Class::Letter | Class::Digit | Class::Underscore
                ) {
                    break;
                }
                at += 1;
            }
            match bytes.get(at) {
                Some(byte) if !byte.is_ascii() => match self.char(at) {
                    Some(character) if !is_wide_blank(character) => at += character.len_utf8(),
                    _ => return at,
                },
                _ => return at,
            }
        }
    }

    /// Whether a letter, digit or underscore is at `at`.
    fn name_goes_on(&self, at: usize) -> bool {
        self.name_end(at) > at
    }

    fn run_end(&self, at: usize, goes_on: impl Fn(&u8) -> bool) -> usize {
        let tail = self.text.as_bytes().get(at..).unwrap_or_default();
        let length = tail.iter().position(|byte| !goes_on(byte));
        at + length.unwrap_or(tail.len())
    }

    fn word_is(&self, from: usize, to: usize, word: &str) -> bool {
        let bytes = self.text.as_bytes().get(from..to).unwrap_or_default();
        bytes.eq_ignore_ascii_case(word.as_bytes())
    }

    fn line_end(&self, at: usize) -> usize {
        let tail = self.text.as_bytes().get(at..).unwrap_or_default();
        memchr2(b'\r', b'\n', tail).map_or(self.text.len(), |found| at + found)
    }

    fn after_line_end(&self, at: usize) -> usize {
        let pair = self.byte(at) == Some(b'\r') && self.byte(at + 1) == Some(b'\n');
        at + if pair { 2 } else { 1 }
    }

    /// The end of a comment: in VBA its line may be continued ([MS-VBAL] 3.3.1), in VBScript not.
    fn comment_end(&self, at: usize) -> usize {
        let mut end = self.line_end(at);
        while self.language == Language::Vba
            && end < self.text.len()
            && lex::continuation(self.text.as_bytes(), end).is_some()
        {
            end = self.line_end(self.after_line_end(end));
        }
        end
    }

    fn underscore(&self, from: usize) -> (TokenKind, usize) {
        let end = self.blanks_end(from + 1);
        match self.byte(end) {
            Some(byte) if lex::is_line_end(byte) => {
                (TokenKind::Continuation, self.after_line_end(end))
            }
            _ => (TokenKind::Name, self.name_end(from + 1)),
        }
    }

    fn name(&mut self, from: usize) -> (TokenKind, usize) {
        let end = self.name_end(from + 1);
        match end - from {
            3 if self.next != Next::Rest && self.word_is(from, end, "rem") => {
                return (TokenKind::Comment, self.comment_end(end));
            }
            4 if self.word_is(from, end, "then") || self.word_is(from, end, "else") => {
                self.next = Next::Statement;
            }
            _ => self.next = Next::Rest,
        }
        (TokenKind::Name, end)
    }

    /// A string literal. In VBA the end of its line also ends it where that line is continued
    /// ([MS-VBAL] 3.3.4).
    fn literal(&self, from: usize) -> (TokenKind, usize) {
        let bytes = self.text.as_bytes();
        let end = lex::literal_end(bytes, from);
        let ends_line = bytes.get(end).is_some_and(|byte| lex::is_line_end(*byte));
        if ends_line
            && self.language == Language::Vba
            && let Some(underscore) = lex::continuation(bytes, end)
        {
            return (TokenKind::Text, underscore);
        }
        (TokenKind::Text, end)
    }

    /// A foreign name, `[…]`: quotes in it are part of it ([MS-VBAL] 3.3.5.3).
    fn bracketed(&mut self, from: usize) -> (TokenKind, usize) {
        let at = from + 1;
        if at <= self.unclosed_until {
            return (TokenKind::Unknown, at);
        }
        let tail = self.text.as_bytes().get(at..).unwrap_or_default();
        let end = memchr::memchr3(b']', b'\r', b'\n', tail).map_or(self.text.len(), |i| at + i);
        if self.byte(end) == Some(b']') {
            (TokenKind::Bracketed, end + 1)
        } else {
            self.unclosed_until = end;
            (TokenKind::Unknown, at)
        }
    }

    fn hash(&self, from: usize) -> (TokenKind, usize) {
        if self.next == Next::Line {
            let word = self.blanks_end(from + 1);
            let end = self.name_end(word);
            let words = ["if", "else", "elseif", "end", "endif", "const", "error"];
            if words.iter().any(|known| self.word_is(word, end, known)) {
                return (TokenKind::Directive, from + 1);
            }
        }
        match self.date_end(from + 1) {
            Some(end) if !self.operand => (TokenKind::Date, end),
            _ => (TokenKind::Sign(b'#'), from + 1),
        }
    }

    /// The end of a date literal ([MS-VBAL] 3.3.3): numbers and names of months with separators
    /// between them, and `#`. `#1, #2` are two file numbers.
    fn date_end(&self, from: usize) -> Option<usize> {
        const LONGEST: usize = 64;
        let bytes = self.text.as_bytes().get(from..)?;
        let length = bytes.iter().take(LONGEST).position(|byte| *byte == b'#')?;
        let date = bytes.get(..length)?;
        let (first, last) = (date.first()?, date.last()?);
        let made_of = |byte: &u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'/' | b'-' | b':' | b',' | b'.')
        };
        let mut words = date.split(|byte| !byte.is_ascii_alphabetic());
        let is_date = first.is_ascii_alphanumeric()
            && last.is_ascii_alphanumeric()
            && date.iter().any(u8::is_ascii_digit)
            && date.iter().any(|byte| !byte.is_ascii_alphanumeric())
            && date.iter().all(made_of)
            && words.all(is_word_of_date);
        is_date.then_some(from + length + 1)
    }

    /// A number or `&`. Right after an operand it is the operator: `"x"&H1` in a script.
    fn ampersand(&self, from: usize) -> (TokenKind, usize) {
        let operator = (TokenKind::Sign(b'&'), from + 1);
        if self.operand {
            return operator;
        }
        let octal = |byte: &u8| matches!(byte, b'0'..=b'7');
        let (start, end) = match self.byte(from + 1) {
            Some(b'H' | b'h') => (from + 2, self.run_end(from + 2, u8::is_ascii_hexdigit)),
            Some(b'O' | b'o') => (from + 2, self.run_end(from + 2, octal)),
            Some(b'0'..=b'7') => (from + 1, self.run_end(from + 1, octal)),
            _ => return operator,
        };
        if end == start || self.name_goes_on(end) {
            return operator;
        }
        (TokenKind::Number, self.type_end(end, b"%&^"))
    }

    fn number(&self, from: usize) -> (TokenKind, usize) {
        let mut end = self.run_end(from, u8::is_ascii_digit);
        if self.byte(end) == Some(b'.') {
            end = self.run_end(end + 1, u8::is_ascii_digit);
        }
        if let Some(b'E' | b'e' | b'D' | b'd') = self.byte(end) {
            let sign = matches!(self.byte(end + 1), Some(b'+' | b'-'));
            let digits = end + 1 + usize::from(sign);
            let exponent_end = self.run_end(digits, u8::is_ascii_digit);
            if exponent_end > digits {
                end = exponent_end;
            }
        }
        let characters: &[u8] = match self.language {
            Language::VbScript => b"",
            _ => b"%&^!#@",
        };
        (TokenKind::Number, self.type_end(end, characters))
    }

    /// The end of a number after its type character. `1&"x"` joins, `1&` is long.
    fn type_end(&self, at: usize, characters: &[u8]) -> usize {
        match self.byte(at) {
            Some(byte) if characters.contains(&byte) => {
                let operator = matches!(byte, b'&' | b'^');
                let operand = match self.byte(at + 1) {
                    Some(b'"' | b'(' | b'[') => true,
                    _ => self.name_goes_on(at + 1),
                };
                at + usize::from(!(operator && operand))
            }
            _ => at,
        }
    }

    fn compare(&self, from: usize, first: u8) -> (TokenKind, usize) {
        let kind = match (first, self.byte(from + 1)) {
            (b'<', Some(b'>')) | (b'>', Some(b'<')) => TokenKind::NotEqual,
            (b'<', Some(b'=')) | (b'=', Some(b'<')) => TokenKind::LessEqual,
            (b'>', Some(b'=')) | (b'=', Some(b'>')) => TokenKind::GreaterEqual,
            _ => return (TokenKind::Sign(first), from + 1),
        };
        (kind, from + 2)
    }

    fn unknown(&self, from: usize) -> (TokenKind, usize) {
        let is_unknown = |byte: &u8| class(*byte) == Class::Unknown;
        (TokenKind::Unknown, self.run_end(from, is_unknown))
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let from = self.at;
        let first = self.byte(from)?;
        let (kind, to) = match class(first) {
            Class::Blank => (TokenKind::Blank, self.blanks_end(from + 1)),
            Class::Letter => self.name(from),
            Class::LineEnd => (TokenKind::LineEnd, self.after_line_end(from)),
            Class::Sign => (TokenKind::Sign(first), from + 1),
            Class::Digit => self.number(from),
            Class::Quote => self.literal(from),
            Class::Apostrophe => (TokenKind::Comment, self.comment_end(from + 1)),
            Class::Dot => match self.byte(from + 1) {
                Some(b'0'..=b'9') if !self.operand => self.number(from),
                _ => (TokenKind::Sign(b'.'), from + 1),
            },
            Class::Colon => match self.byte(from + 1) {
                Some(b'=') => (TokenKind::Named, from + 2),
                _ => (TokenKind::Sign(b':'), from + 1),
            },
            Class::Compare => self.compare(from, first),
            Class::Ampersand => self.ampersand(from),
            Class::Underscore => self.underscore(from),
            Class::Bracket => self.bracketed(from),
            Class::Hash => self.hash(from),
            Class::Wide => match self.blank(from) {
                0 => (TokenKind::Name, self.name_end(from)),
                length => (TokenKind::Blank, self.blanks_end(from + length)),
            },
            Class::Unknown => self.unknown(from),
        };
        self.next = match (kind, self.next) {
            (TokenKind::LineEnd, _) => Next::Line,
            (TokenKind::Sign(b':'), _) => Next::Statement,
            // A line number.
            (TokenKind::Number, Next::Line) => Next::Statement,
            // `name` has told.
            (TokenKind::Name, next) if first.is_ascii_alphabetic() => next,
            (TokenKind::Blank, next) => next,
            _ => Next::Rest,
        };
        self.operand = matches!(
            kind,
            TokenKind::Name
                | TokenKind::Bracketed
                | TokenKind::Number
                | TokenKind::Text
                | TokenKind::Date
                | TokenKind::Sign(b')' | b'$')
        );
        self.at = to;
        Some(Token {
            kind,
            from: from as u32,
            to: to as u32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens without blanks, each as a letter and its text.
    fn shown(text: &str, language: Language) -> Vec<String> {
        let mut end = 0;
        let mut all = Vec::new();
        for token in Tokens::new(text, language) {
            assert_eq!(token.from, end, "{text}");
            assert!(token.to > token.from, "{text}");
            end = token.to;
            let letter = match token.kind {
                TokenKind::Blank => continue,
                TokenKind::Continuation => "_",
                TokenKind::LineEnd => "/",
                TokenKind::Comment => "'",
                TokenKind::Name => "a",
                TokenKind::Bracketed => "[",
                TokenKind::Number => "1",
                TokenKind::Text => "\"",
                TokenKind::Date => "d",
                TokenKind::Sign(_) => "",
                TokenKind::NotEqual => "<>",
                TokenKind::LessEqual => "<=",
                TokenKind::GreaterEqual => ">=",
                TokenKind::Named => ":=",
                TokenKind::Directive => "#",
                TokenKind::Unknown => "?",
            };
            let piece = text.get(token.from as usize..token.to as usize).unwrap();
            let piece = piece.trim_end_matches(['\r', '\n']);
            all.push(format!("{letter}{piece}"));
        }
        assert_eq!(end as usize, text.len());
        all
    }

    #[test]
    fn a_text_is_cut_into_tokens() {
        for (text, expected) in [
            ("x=a.b$(1)", "ax = aa . ab $ ( 11 )"),
            (
                "a<>b><c<=d=<e>=f=>g",
                "aa <><> ab <>>< ac <=<= ad <==< ae >=>= af >==> ag",
            ),
            ("f x:=1:y", "af ax :=:= 11 : ay"),
            ("\"a\"\"b\" \"c", "\"\"a\"\"b\" \"\"c"),
            ("1 1.5 .5 1e-3 2D4 5# 1&", "11 11.5 1.5 11e-3 12D4 15# 11&"),
            ("&HFF& &o17 &7 &Hx", "1&HFF& 1&o17 1&7 & aHx"),
            ("\"a\"&H1 b&H1 c &H1", "\"\"a\" & aH1 ab & aH1 ac 1&H1"),
            ("1&\"a\" x.5", "11 & \"\"a\" ax . 15"),
            (
                "#1/2/2000# #10:30 PM# #Mar 3, 1999#",
                "d#1/2/2000# d#10:30 PM# d#Mar 3, 1999#",
            ),
            (
                "f #1, #2: g#1:Close#2",
                "af # 11 , # 12 : ag # 11 : aClose # 12",
            ),
            ("[a b].[c] [d", "[[a b] . [[c] ?[ ad"),
            (
                "#If a\n #Const b\nx #If",
                "## aIf aa / ## aConst ab / ax # aIf",
            ),
            ("a _\r\n_\nb_\nc _d", "aa __ __ ab_ / ac a_d"),
            ("a&_\nb", "aa & __ ab"),
            ("größe 請求_1 é€", "agröße a請求_1 aé€"),
            ("a\u{A0}b\u{3000}c\u{FEFF}", "aa ab ac"),
            ("\0\0{}a", "?\0\0{} aa"),
            ("a\rb\nc\r\n", "aa / ab / ac /"),
        ] {
            assert_eq!(shown(text, Language::Vba).join(" "), expected, "{text:?}");
        }
    }

    #[test]
    fn comments_start_where_statements_do_and_go_on_in_vba() {
        for (text, vba, script) in [
            ("a 'b _\nc", "aa ''b _\nc", "aa ''b _ / ac"),
            (
                "Rem a\nx.Rem b",
                "'Rem a / ax . aRem ab",
                "'Rem a / ax . aRem ab",
            ),
            ("a: rem b", "aa : 'rem b", "aa : 'rem b"),
            ("10 Rem b", "110 'Rem b", "110 'Rem b"),
            (
                "If a Then Rem b",
                "aIf aa aThen 'Rem b",
                "aIf aa aThen 'Rem b",
            ),
            ("x = Rem", "ax = aRem", "ax = aRem"),
            ("Remy a", "aRemy aa", "aRemy aa"),
            ("x _\nRem b", "ax __ aRem ab", "ax __ aRem ab"),
            // The end of a line ends a literal, and in VBA the line may go on.
            ("\"a _\nb", "\"\"a  __ ab", "\"\"a _ / ab"),
        ] {
            assert_eq!(shown(text, Language::Vba).join(" "), vba, "{text:?}");
            assert_eq!(
                shown(text, Language::VbScript).join(" "),
                script,
                "{text:?}"
            );
        }
    }

    #[test]
    fn hostile_lines_are_walked_once() {
        // Quadratic work would take minutes.
        for piece in [
            "[\"", "#1/", "_ ", "\"_", "& ", "' _\n", "a _\n", "\u{3000}",
        ] {
            let text = piece.repeat(200_000);
            let mut end = 0;
            for token in Tokens::new(&text, Language::Vba) {
                assert_eq!(token.from, end);
                end = token.to;
            }
            assert_eq!(end as usize, text.len());
        }
    }
}
