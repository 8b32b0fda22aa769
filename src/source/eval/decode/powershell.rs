//! Expressions on texts in scripts: `'a'+'b'`, `'{1}{0}' -f 'b','a'`, `-join`, `-replace`,
//! `[char]104`, and backticks.
//!
//! Operators are reduced by rank (about_Operator_Precedence) on a stack. What is not made of texts
//! alone stays as it stands.

use std::mem;
use std::ops::Range;

/// The quotes that begin a text. A script that stands in quotes itself has texts in the others.
pub(super) const BOTH: &[u8] = b"'\"";
/// See [`BOTH`].
pub(super) const SINGLE: &[u8] = b"'";

/// The text with its expressions reduced and without backticks; none if there are none. At most
/// `most` bytes more than it has are worked on.
pub(super) fn plain(text: &str, quotes: &'static [u8], most: usize) -> Option<String> {
    let bytes = text.as_bytes();
    let signs = |byte: &u8| matches!(byte, b'`' | b'[') || quotes.contains(byte);
    // Without the other quotes the texts are the same.
    if quotes == SINGLE && !bytes.contains(&b'"') || !bytes.iter().any(signs) {
        return None;
    }
    let mut script = Script {
        text,
        quotes,
        copied: 0,
        plain: String::new(),
        tricked: false,
        stack: Vec::new(),
        left: most.saturating_add(text.len()),
    };
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = if byte.is_ascii_whitespace() {
            at + 1
        } else {
            script.step(at, *byte)
        };
    }
    script.flush();
    script.copy(text.len());
    script.tricked.then_some(script.plain)
}

/// An operator, by rank.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Operator {
    Replace,
    Join,
    /// `+`, and `&` of the other scripts.
    Plus,
    Format,
    Comma,
    /// `-join` before its operand.
    JoinAll,
    /// `.replace`
    Method,
}

/// What lies on the stack.
enum What {
    Text(String),
    List(Vec<String>),
    Operator(Operator),
    Open,
}

struct Item {
    what: What,
    /// Where it stands.
    place: Range<usize>,
    /// Whether it is not what stands there.
    made: bool,
}

impl Item {
    const fn is_value(&self) -> bool {
        matches!(self.what, What::Text(_) | What::List(_))
    }
}

struct Script<'t> {
    text: &'t str,
    quotes: &'static [u8],
    /// Up to where the text is copied or replaced.
    copied: usize,
    plain: String,
    /// Whether that is not the text.
    tricked: bool,
    /// What is made of texts alone, up to here.
    stack: Vec<Item>,
    /// How many bytes may yet be worked on.
    left: usize,
}

impl Script<'_> {
    /// Reads what begins here; gives where it ends.
    fn step(&mut self, at: usize, byte: u8) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        if self.quotes.contains(&byte) && self.left > 0 {
            if let Some((text, end, made)) = literal(rest) {
                return self.value(What::Text(text), at..at + end, made);
            }
            // It has been looked for up to the end.
            self.left = self.left.saturating_sub(rest.len());
        } else if byte == b'`' {
            self.flush();
            self.copy(at);
            self.copied = at + 1;
            let escaped = rest.chars().nth(1);
            // Around words it is a quote of other languages.
            self.tricked |= self.plain.ends_with(char::is_alphanumeric)
                && escaped.is_some_and(char::is_alphanumeric);
            return at + 1 + escaped.map_or(0, char::len_utf8);
        } else if byte == b'(' {
            self.push(What::Open, at..at + 1, false);
            return at + 1;
        } else if byte == b')' {
            return self.close(at);
        } else if let Some((operator, length)) = operator(rest) {
            if self.operator(operator, at..at + length) {
                return at + length;
            }
        } else if let Some((character, length)) = cast(rest) {
            return self.value(What::Text(character.into()), at..at + length, true);
        } else if let Some((what, length)) = indexed(rest) {
            return self.value(what, at..at + length, true);
        }
        self.flush();
        let others = rest
            .bytes()
            .skip(1)
            .take_while(|byte| !byte.is_ascii_whitespace() && !b"'\"`+&,()-.[$".contains(byte));
        at + 1 + others.count()
    }

    fn push(&mut self, what: What, place: Range<usize>, made: bool) {
        self.stack.push(Item { what, place, made });
    }

    fn value(&mut self, what: What, place: Range<usize>, made: bool) -> usize {
        if self.stack.last().is_some_and(Item::is_value) {
            self.flush();
        }
        let end = place.end;
        self.push(what, place, made);
        end
    }

    /// Takes an operator, if it has what it works on.
    fn operator(&mut self, operator: Operator, place: Range<usize>) -> bool {
        if self.stack.last().is_some_and(Item::is_value) {
            self.reduce(operator);
            // What could not be reduced is no text.
            if !self.stack.last().is_some_and(Item::is_value) {
                return false;
            }
            self.push(What::Operator(operator), place, false);
            return true;
        }
        if operator == Operator::Join {
            self.push(What::Operator(Operator::JoinAll), place, false);
        }
        operator == Operator::Join
    }

    fn close(&mut self, at: usize) -> usize {
        self.reduce(Operator::Replace);
        let value = self.stack.pop_if(|item| item.is_value());
        let open = self.stack.pop_if(|item| matches!(item.what, What::Open));
        match (open, value) {
            (Some(open), Some(value)) => {
                let place = open.place.start..at + 1;
                self.push(value.what, place, value.made);
            }
            (open, value) => {
                self.stack.extend(open.into_iter().chain(value));
                self.flush();
            }
        }
        at + 1
    }

    /// Reduces what binds as close as the operator that follows, or closer.
    fn reduce(&mut self, next: Operator) {
        loop {
            let mut items = self.stack.iter().rev();
            let (Some(last), Some(before)) = (items.next(), items.next()) else {
                return;
            };
            let What::Operator(operator) = before.what else {
                return;
            };
            if !last.is_value() || operator < next {
                return;
            }
            let right = self.stack.pop();
            let sign = self.stack.pop();
            let left = if operator == Operator::JoinAll {
                sign
            } else {
                self.stack.pop()
            };
            let (Some(left), Some(right)) = (left, right) else {
                return;
            };
            let place = left.place.start..right.place.end;
            let made = operator != Operator::Comma || left.made || right.made;
            match self.apply(operator, left.what, right.what) {
                Some(what) => self.push(what, place, made),
                None => {
                    self.flush();
                    return;
                }
            }
        }
    }

    fn apply(&mut self, operator: Operator, left: What, right: What) -> Option<What> {
        match (operator, left, right) {
            (Operator::Plus, What::Text(mut text), What::Text(more)) => {
                self.pay(more.len())?;
                text.push_str(&more);
                Some(What::Text(text))
            }
            (Operator::Plus | Operator::Comma, What::List(mut list), What::Text(text)) => {
                list.push(text);
                Some(What::List(list))
            }
            (Operator::Comma, What::Text(first), What::Text(second)) => {
                Some(What::List(vec![first, second]))
            }
            (Operator::Format, What::Text(pattern), right) => {
                let made = self.format(&pattern, &list(right)?)?;
                Some(What::Text(made))
            }
            (Operator::JoinAll, _, right) => self.join(list(right)?, ""),
            (Operator::Join, left, What::Text(between)) => self.join(list(left)?, &between),
            (Operator::Replace, left, right) => {
                let mut right = list(right)?.into_iter();
                // A pattern, taken for a text without signs.
                let old = right.next()?.replace('\\', "");
                let new = right.next().unwrap_or_default();
                self.replace_all(left, &old, &new, true)
            }
            (Operator::Method, left, What::List(right)) => match right.as_slice() {
                [old, new] => self.replace_all(left, old, new, false),
                _ => None,
            },
            _ => None,
        }
    }

    fn pay(&mut self, bytes: usize) -> Option<()> {
        self.left = self.left.checked_sub(bytes)?;
        Some(())
    }

    fn join(&mut self, list: Vec<String>, between: &str) -> Option<What> {
        let parts: usize = list.iter().map(String::len).sum();
        self.pay(parts.saturating_add(list.len().saturating_mul(between.len())))?;
        Some(What::Text(list.join(between)))
    }

    fn replace_all(&mut self, left: What, old: &str, new: &str, any_case: bool) -> Option<What> {
        match left {
            What::Text(text) => self.replace(&text, old, new, any_case).map(What::Text),
            What::List(list) => list
                .iter()
                .map(|text| self.replace(text, old, new, any_case))
                .collect::<Option<_>>()
                .map(What::List),
            _ => None,
        }
    }

    fn replace(&mut self, text: &str, old: &str, new: &str, any_case: bool) -> Option<String> {
        self.pay(text.len())?;
        if old.is_empty() {
            return None;
        }
        let fold = |text: &str| match any_case {
            true => text.to_ascii_lowercase(),
            false => text.to_owned(),
        };
        let (folded, old) = (fold(text), fold(old));
        let mut made = String::new();
        let mut from = 0;
        for (at, found) in folded.match_indices(&old) {
            self.pay(new.len())?;
            made.push_str(text.get(from..at)?);
            made.push_str(new);
            from = at + found.len();
        }
        made.push_str(text.get(from..)?);
        Some(made)
    }

    /// `-f`: `{0}` is the first of the list; what else may stand between the braces is left alone.
    fn format(&mut self, pattern: &str, list: &[String]) -> Option<String> {
        self.pay(pattern.len())?;
        let mut made = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            made.push_str(before);
            let end = after.bytes().take(4).position(|byte| byte == b'}');
            let number = end.and_then(|end| after.get(..end)?.trim().parse::<usize>().ok());
            let text = list.get(number?)?;
            self.pay(text.len())?;
            made.push_str(text);
            rest = after.get(end? + 1..)?;
        }
        made.push_str(rest);
        Some(made)
    }

    /// What lies on the stack comes to nothing more.
    fn flush(&mut self) {
        self.reduce(Operator::Replace);
        for item in mem::take(&mut self.stack) {
            let text = match item.what {
                What::Text(text) if item.made => text,
                What::List(list) if item.made => list.join(","),
                _ => continue,
            };
            self.tricked = true;
            self.copy(item.place.start);
            self.add(&text);
            self.copied = item.place.end;
        }
    }

    /// Copies the text up to here.
    fn copy(&mut self, to: usize) {
        let piece = self.text.get(self.copied..to).unwrap_or_default();
        self.add(piece);
        self.copied = to;
    }

    /// Adds a piece. Where quotes went, words are kept apart.
    fn add(&mut self, piece: &str) {
        let letter = |c: char| c.is_alphanumeric();
        let quoted = self
            .text
            .as_bytes()
            .get(self.copied.wrapping_sub(1))
            .is_some_and(|byte| *byte != b'`');
        if quoted && self.plain.ends_with(letter) && piece.starts_with(letter) {
            self.plain.push(' ');
        }
        self.plain.push_str(piece);
    }
}

fn list(what: What) -> Option<Vec<String>> {
    match what {
        What::Text(text) => Some(vec![text]),
        What::List(list) => Some(list),
        _ => None,
    }
}

/// The text in quotes that the rest begins with, where it ends, and whether backticks are gone.
fn literal(rest: &str) -> Option<(String, usize, bool)> {
    let quote = *rest.as_bytes().first()?;
    let mut text = String::new();
    let mut made = false;
    let mut from = 1;
    let mut at = 1;
    loop {
        let next = rest.as_bytes().get(at)?;
        let end = *next == quote;
        let escaped = *next == b'`' && quote == b'"';
        if !end && !escaped {
            at += 1;
            continue;
        }
        text.push_str(rest.get(from..at)?);
        // A quote that is doubled is one; so is what follows a backtick.
        if end && rest.as_bytes().get(at + 1) != Some(&quote) {
            return Some((text, at + 1, made));
        }
        made |= escaped;
        let kept = rest.get(at + 1..)?.chars().next()?;
        text.push(kept);
        at += 1 + kept.len_utf8();
        from = at;
    }
}

/// The operator that the rest begins with, and its length.
fn operator(rest: &str) -> Option<(Operator, usize)> {
    const WORDS: [(&str, Operator); 5] = [
        ("-f", Operator::Format),
        ("-join", Operator::Join),
        ("-replace", Operator::Replace),
        ("-creplace", Operator::Replace),
        ("-ireplace", Operator::Replace),
    ];
    let sign = match rest.as_bytes().first()? {
        b'+' | b'&' => Operator::Plus,
        b',' => Operator::Comma,
        b'.' => {
            let length = ".replace".len();
            let named = starts(rest, ".replace") && rest.as_bytes().get(length) == Some(&b'(');
            return named.then_some((Operator::Method, length));
        }
        b'-' => {
            let is_next = |word: &str| {
                let next = rest.as_bytes().get(word.len());
                starts(rest, word) && !next.is_some_and(u8::is_ascii_alphanumeric)
            };
            let (word, operator) = WORDS.into_iter().find(|(word, _)| is_next(word))?;
            return Some((operator, word.len()));
        }
        _ => return None,
    };
    Some((sign, 1))
}

/// Whether a text begins with a word, whatever its case.
fn starts(text: &str, word: &str) -> bool {
    let start = text.as_bytes().get(..word.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

/// `[char]104`, `[char]0x68`
fn cast(rest: &str) -> Option<(char, usize)> {
    const CAST: &str = "[char]";
    let digits = rest.get(CAST.len()..).filter(|_| starts(rest, CAST))?;
    let (prefix, radix) = match starts(digits, "0x") {
        true => (2, 16),
        false => (0, 10),
    };
    let digits = digits.get(prefix..)?;
    let count = digits.chars().take(6).take_while(|c| c.is_digit(radix));
    let count = count.count();
    let code = u32::from_str_radix(digits.get(..count)?, radix).ok()?;
    Some((char::from_u32(code)?, CAST.len() + prefix + count))
}

/// Variables that are the same everywhere, in small letters, whose letters scripts pick.
const CONSTANT: [(&str, &str); 5] = [
    ("$pshome", r"C:\Windows\System32\WindowsPowerShell\v1.0"),
    ("$shellid", "Microsoft.PowerShell"),
    ("$env:comspec", r"C:\WINDOWS\system32\cmd.exe"),
    ("$env:public", r"C:\Users\Public"),
    ("$verbosepreference", "SilentlyContinue"),
];

/// `$ShellId[1]`, `$env:ComSpec[4,24,25]`
fn indexed(rest: &str) -> Option<(What, usize)> {
    const CALL: &str = ".tostring()";
    let (name, value) = CONSTANT.into_iter().find(|(name, _)| starts(rest, name))?;
    let after = rest.get(name.len()..)?;
    let call = if starts(after, CALL) { CALL.len() } else { 0 };
    let inner = after.get(call..)?.strip_prefix('[')?;
    let end = inner.bytes().take(64).position(|byte| byte == b']')?;
    let mut picked = Vec::new();
    for index in inner.get(..end)?.split(',') {
        let character = value.chars().nth(index.trim().parse().ok()?)?;
        picked.push(character.to_string());
    }
    let length = name.len() + call + end + 2;
    match picked.as_slice() {
        [one] => Some((What::Text(one.clone()), length)),
        _ => Some((What::List(picked), length)),
    }
}
