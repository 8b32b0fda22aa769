//! Groups, control words and text, "Rich Text Format Specification" 1.9.1, "RTF Syntax".
//!
//! Nothing is an error: what is no control is text.

/// A piece of rich text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A backslash, letters and a number: `\fs24`. A blank behind it belongs to it.
    Word {
        /// The letters.
        name: &'a [u8],
        /// The number.
        number: Option<i64>,
    },
    /// A backslash and any other character: `\*`, `\~`. A line end stands for `\par`.
    Symbol(u8),
    /// `\'` and two digits: a byte of text. None if there are no digits.
    Byte(Option<u8>),
    /// What follows `\bin`, as many bytes as it says.
    Binary(&'a [u8]),
    /// `\bin` says more bytes than there are; how many. They are read as if it did not.
    Beyond(u64),
    /// Text up to the next control, line ends included.
    Text(&'a [u8]),
}

/// Reads rich text token by token.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    /// From the start of `data`.
    #[must_use]
    pub const fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0 }
    }

    /// Where the next token starts.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }

    fn advance(&mut self, by: usize) {
        self.at = self.at.saturating_add(by);
    }

    /// What follows a backslash.
    fn control(&mut self) -> Token<'a> {
        let rest = self.rest();
        let Some(&first) = rest.first() else {
            return Token::Text(b"\\");
        };
        if first == b'\'' {
            self.advance(1);
            let value = match rest.get(1..3) {
                Some(&[high, low]) => hex(high).zip(hex(low)),
                _ => None,
            };
            if value.is_some() {
                self.advance(2);
            }
            return Token::Byte(value.map(|(high, low)| high << 4 | low));
        }
        if !first.is_ascii_alphabetic() {
            self.advance(1);
            return Token::Symbol(first);
        }
        let letters = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let (name, rest) = rest.split_at_checked(letters).unwrap_or_default();
        self.advance(letters);
        let (number, length) = number(rest);
        self.advance(length);
        if self.rest().first() == Some(&b' ') {
            self.advance(1);
        }
        if name.eq_ignore_ascii_case(b"bin")
            && let Some(wanted) = number.and_then(|number| u64::try_from(number).ok())
            && wanted > 0
        {
            let bytes = usize::try_from(wanted)
                .ok()
                .and_then(|wanted| self.rest().get(..wanted));
            return match bytes {
                Some(bytes) => {
                    self.advance(bytes.len());
                    Token::Binary(bytes)
                }
                None => Token::Beyond(wanted),
            };
        }
        Token::Word { name, number }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let first = *rest.first()?;
        if matches!(first, b'{' | b'}' | b'\\') {
            self.advance(1);
            return Some(match first {
                b'{' => Token::Open,
                b'}' => Token::Close,
                _ => self.control(),
            });
        }
        let end = memchr::memchr3(b'{', b'}', b'\\', rest).unwrap_or(rest.len());
        self.advance(end);
        Some(Token::Text(rest.get(..end).unwrap_or_default()))
    }
}

/// The number behind the letters of a control word, and how long it is.
fn number(text: &[u8]) -> (Option<i64>, usize) {
    let sign = usize::from(text.first() == Some(&b'-'));
    let digits = text.get(sign..).unwrap_or_default();
    let count = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if count == 0 {
        // A lone sign is text.
        return (None, 0);
    }
    let value = digits.iter().take(count).fold(0_i64, |value, digit| {
        value
            .saturating_mul(10)
            .saturating_add(i64::from(digit.saturating_sub(b'0')))
    });
    let value = if sign == 1 {
        value.saturating_neg()
    } else {
        value
    };
    (Some(value), count.saturating_add(sign))
}

/// The value of a hexadecimal digit.
pub(super) const fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(digit.wrapping_sub(b'a').wrapping_add(10)),
        b'A'..=b'F' => Some(digit.wrapping_sub(b'A').wrapping_add(10)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(name: &str, number: Option<i64>) -> Token<'_> {
        let name = name.as_bytes();
        Token::Word { name, number }
    }

    fn tokens(text: &str) -> Vec<Token<'_>> {
        Tokens::new(text.as_bytes()).collect()
    }

    #[test]
    fn every_kind_of_token() {
        assert_eq!(
            tokens("{\\rtf1\\u-10179 a\\'e9\\*\\~\r\n}"),
            [
                Token::Open,
                word("rtf", Some(1)),
                word("u", Some(-10179)),
                Token::Text(b"a"),
                Token::Byte(Some(0xE9)),
                Token::Symbol(b'*'),
                Token::Symbol(b'~'),
                Token::Text(b"\r\n"),
                Token::Close,
            ]
        );
    }

    #[test]
    fn numbers_of_any_length_and_none() {
        assert_eq!(
            tokens("\\a99999999999999999999\\b- \\c"),
            [
                word("a", Some(i64::MAX)),
                word("b", None),
                Token::Text(b"- "),
                word("c", None)
            ]
        );
        assert_eq!(tokens("\\'zz"), [Token::Byte(None), Token::Text(b"zz")]);
        assert_eq!(tokens("\\"), [Token::Text(b"\\")]);
    }

    #[test]
    fn binary_of_any_length() {
        assert_eq!(
            tokens("\\bin3 }}}x"),
            [Token::Binary(b"}}}"), Token::Text(b"x")]
        );
        assert_eq!(
            tokens("\\bin-3 ab"),
            [word("bin", Some(-3)), Token::Text(b"ab")]
        );
        assert_eq!(tokens("\\bin ab"), [word("bin", None), Token::Text(b"ab")]);
        assert_eq!(tokens("\\bin5 ab"), [Token::Beyond(5), Token::Text(b"ab")]);
    }
}
