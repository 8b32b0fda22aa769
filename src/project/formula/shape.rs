//! The start of a cell, told from prose.

/// Whether a cell that starts so is a formula; in Japan the wide forms do too.
pub(crate) const fn is_sign(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Whether what was fed so far can be the start of a formula, and is no sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape {
    quote: Option<char>,
    word: bool,
    gap: bool,
    broken: bool,
}

impl Shape {
    pub(crate) const fn is_formula(self) -> bool {
        !self.broken
    }

    /// Whether what comes next is no part of a text or a name in quotes.
    pub(crate) const fn is_outside(self) -> bool {
        self.quote.is_none()
    }

    /// The next character. Two words with nothing but a blank between them are prose.
    pub(crate) const fn feed(&mut self, c: char) {
        if let Some(quote) = self.quote {
            if c == quote {
                self.quote = None;
            }
            return;
        }
        match c {
            '"' | '\'' => self.quote = Some(c),
            ' ' | '\t' | '\r' | '\n' | '\u{A0}' => self.gap = self.word,
            '+' | '-' | '*' | '/' | '^' | '&' | '=' | '<' | '>' | '%' | '(' | ')' | '{' | '}'
            | ',' | ';' | ':' | '!' | '@' | '|' => {
                self.word = false;
                self.gap = false;
            }
            '`' | '~' => self.broken = true,
            _ => {
                self.broken = self.broken || self.gap;
                self.word = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let shape = |text: &str| {
            let mut shape = Shape::default();
            text.chars().for_each(|c| shape.feed(c));
            shape.is_formula()
        };
        assert!(shape("=SUM(1 + 2)*\"two words\"&inert"));
        assert!(!shape("- two words"));
        assert!(!shape("+ `code`"));
    }
}
