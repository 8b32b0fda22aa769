//! What code is, however it is written down: a hash that stays when a module is saved again.
//!
//! An editor changes the case of names, blanks and line ends, and adds attributes; none of that is
//! code, and neither are comments. What is left is hashed in the order in which it stands, so that
//! a changed literal is other code.

use sha2::{Digest, Sha256};

use super::Language;
use super::token::{Token, TokenKind, Tokens};

/// The identity of a module or a project: a SHA-256 value.
pub type Identity = [u8; 32];

/// The identity of a module; none if it has no code.
///
/// `Option` statements alone are no code: the editor writes them into every new module.
#[must_use]
pub fn of_module(text: &str, language: Language) -> Option<Identity> {
    let mut hash = Hash::default();
    let language = language.dialect();
    let mut tokens = Tokens::new(text, language);
    if language == Language::Vba {
        skip_header(text, &mut tokens);
    }
    let mut is_code = false;
    loop {
        let start = tokens.clone();
        let mut line = Line::new(&mut tokens);
        let Some(first) = line.next() else {
            if line.is_last {
                break;
            }
            continue;
        };
        if language == Language::Vba && is_attribute(text, start) {
            line.for_each(drop);
            continue;
        }
        is_code |= !is_name(text, &first, "Option");
        hash.token(text, &first, false);
        while let Some(token) = line.next() {
            hash.token(text, &token, line.after_blank);
        }
        hash.end_of_line();
    }
    is_code.then(|| hash.finish())
}

/// The identity of a project: of the names and identities of its modules, in any order; none if
/// there are none.
#[must_use]
pub fn of_project<'m>(modules: impl IntoIterator<Item = (&'m str, Identity)>) -> Option<Identity> {
    let mut modules: Vec<_> = modules
        .into_iter()
        .map(|(name, identity)| (name.to_lowercase(), identity))
        .collect();
    modules.sort_unstable();
    let mut hash = Sha256::new();
    for (name, identity) in &modules {
        hash.update(name);
        hash.update([END]);
        hash.update(identity);
    }
    (!modules.is_empty()).then(|| hash.finalize().into())
}

/// The tokens of a logical line that matter.
struct Line<'t, 's> {
    tokens: &'t mut Tokens<'s>,
    /// Whether a blank stands before the token that came last.
    after_blank: bool,
    /// Whether the text ends with it.
    is_last: bool,
    ended: bool,
}

impl<'t, 's> Line<'t, 's> {
    const fn new(tokens: &'t mut Tokens<'s>) -> Self {
        Self {
            tokens,
            after_blank: false,
            is_last: false,
            ended: false,
        }
    }
}

impl Iterator for Line<'_, '_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.after_blank = false;
        while !self.ended {
            let Some(token) = self.tokens.next() else {
                (self.is_last, self.ended) = (true, true);
                break;
            };
            match token.kind {
                TokenKind::LineEnd => self.ended = true,
                TokenKind::Blank | TokenKind::Continuation => self.after_blank = true,
                TokenKind::Comment => {}
                _ => return Some(token),
            }
        }
        None
    }
}

fn piece<'s>(text: &'s str, token: &Token) -> &'s str {
    text.get(token.from as usize..token.to as usize)
        .unwrap_or_default()
}

fn is_name(text: &str, token: &Token, name: &str) -> bool {
    token.kind == TokenKind::Name && piece(text, token).eq_ignore_ascii_case(name)
}

/// Whether a line is `Attribute a.b = value, …` ([MS-VBAL] 4.2) and nothing besides: a line that
/// has anything else on it counts as code.
fn is_attribute(text: &str, mut tokens: Tokens<'_>) -> bool {
    let mut line = Line::new(&mut tokens);
    if !line
        .next()
        .is_some_and(|first| is_name(text, &first, "Attribute"))
    {
        return false;
    }
    let equals = line.by_ref().find(|token| {
        !matches!(
            token.kind,
            TokenKind::Name | TokenKind::Bracketed | TokenKind::Sign(b'.')
        )
    });
    equals.is_some_and(|token| token.kind == TokenKind::Sign(b'='))
        && line.all(|token| match token.kind {
            TokenKind::Text | TokenKind::Number | TokenKind::Sign(b',' | b'-') => true,
            TokenKind::Name => ["True", "False"]
                .iter()
                .any(|value| is_name(text, &token, value)),
            _ => false,
        })
}

/// Skips what the editor writes before the code when it exports a class or a form: `VERSION`, and
/// properties between `BEGIN` and `END`. Where anything else stands there, nothing is skipped.
fn skip_header(text: &str, tokens: &mut Tokens<'_>) {
    let mut ahead = tokens.clone();
    let mut depth = 0_u32;
    let mut has_version = false;
    loop {
        let mut line = Line::new(&mut ahead);
        let Some(first) = line.next() else {
            if line.is_last {
                return;
            }
            continue;
        };
        let is = |name| is_name(text, &first, name);
        if !has_version {
            if !is("VERSION") {
                return;
            }
            has_version = true;
        } else if is("Begin") || is("BeginProperty") {
            depth = depth.saturating_add(1);
        } else if depth == 0 {
            // A header without properties.
            return;
        } else if is("End") || is("EndProperty") {
            depth = depth.saturating_sub(1);
            if line.next().is_some() {
                return;
            }
        } else if line
            .next()
            .is_none_or(|token| token.kind != TokenKind::Sign(b'='))
        {
            return;
        }
        line.by_ref().for_each(drop);
        if depth == 0 {
            *tokens = ahead.clone();
        }
    }
}

/// A byte that no text in UTF-8 has.
const END: u8 = 0xFF;

/// A hash of tokens: each as its kind, its text and an end.
#[derive(Default)]
struct Hash {
    hash: Sha256,
    /// What is hashed next: many pieces at once.
    pieces: Vec<u8>,
}

impl Hash {
    const MOST: usize = 4096;

    fn token(&mut self, text: &str, token: &Token, after_blank: bool) {
        let piece = piece(text, token);
        let (kind, sign) = match token.kind {
            TokenKind::Name => (b'n', None),
            TokenKind::Bracketed => (b'b', None),
            TokenKind::Number => (b'0', None),
            TokenKind::Text => (b't', None),
            TokenKind::Date => (b'd', None),
            TokenKind::Directive => (b'#', None),
            // `a .b` is a call with a member of the object of `With`, and `a.b` is a member.
            TokenKind::Sign(sign @ (b'.' | b'!')) if after_blank => (b'S', Some(sign)),
            TokenKind::Sign(sign) => (b's', Some(sign)),
            // However they are spelled: the editor writes `<>` for `><`.
            TokenKind::NotEqual => (b'p', Some(b'~')),
            TokenKind::LessEqual => (b'p', Some(b'<')),
            TokenKind::GreaterEqual => (b'p', Some(b'>')),
            _ => (b'u', None),
        };
        self.pieces.push(kind);
        match sign {
            Some(sign) => self.pieces.push(sign),
            None if token.kind != TokenKind::Name => self.bytes(piece.as_bytes()),
            None if piece.is_ascii() => {
                let small = piece.bytes().map(|byte| byte.to_ascii_lowercase());
                self.pieces.extend(small);
            }
            None => self.bytes(piece.to_lowercase().as_bytes()),
        }
        self.pieces.push(END);
        if self.pieces.len() > Self::MOST {
            self.flush();
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        if bytes.len() > Self::MOST {
            self.flush();
            self.hash.update(bytes);
        } else {
            self.pieces.extend_from_slice(bytes);
        }
    }

    fn end_of_line(&mut self) {
        self.pieces.push(b'\n');
    }

    fn flush(&mut self) {
        self.hash.update(&self.pieces);
        self.pieces.clear();
    }

    fn finish(mut self) -> Identity {
        self.flush();
        self.hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Identity> {
        of_module(text, Language::Vba)
    }

    const CODE: &str =
        "Option Explicit\r\nSub Größe()\r\n  a.b = \"Inert\" & Chr(65) ' note\r\nEnd Sub\r\n";

    #[test]
    fn a_module_that_was_saved_again_is_the_same() {
        let expected = of(CODE);
        assert!(expected.is_some());
        for text in [
            // Without a comment, with other line ends and blanks.
            "Option Explicit\nSub Größe()\na.b = \"Inert\" & Chr(65)\nEnd Sub",
            "\u{FEFF}option explicit\r\rSUB GRÖßE()\r\ra.B=\"Inert\"&chr( 65 )\rend sub",
            // With lines that are continued, and a comment of its own line.
            "Option Explicit\r\nSub _\r\n Größe()\r\nRem x\r\na.b = _\r\n _\r\n\"Inert\" & Chr(65)\r\nEnd Sub",
            // With attributes.
            "Attribute VB_Name = \"Module1\"\r\nAttribute VB_Exposed = False\r\nOption Explicit\r\n\
             Sub Größe()\r\nAttribute Größe.VB_ProcData.VB_Invoke_Func = \"g\\n14\"\r\n\
             a.b = \"Inert\" & Chr(65)\r\nEnd Sub",
            // Exported: a class, and a form.
            "VERSION 1.0 CLASS\r\nBEGIN\r\n  MultiUse = -1  'True\r\nEND\r\n\
             Attribute VB_Name = \"C\"\r\nOption Explicit\r\nSub Größe()\r\n\
             a.b = \"Inert\" & Chr(65)\r\nEnd Sub",
            "VERSION 5.00\r\nBegin {C62A69F0-16DC-11CE-9E98-00AA00574A4F} F \r\n   Caption = \"F\"\r\n   \
             BeginProperty Font\r\n      Name = \"x\"\r\n   EndProperty\r\nEnd\r\nOption Explicit\r\n\
             Sub Größe()\r\n a.b = \"Inert\" & Chr(65)\r\nEnd Sub",
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn an_operator_is_the_same_in_either_order() {
        for (one, other) in [("<>", "><"), ("<=", "=<"), (">=", "=>")] {
            let text = |sign| of(&format!("Sub A()\nx = y {sign} 1\nEnd Sub"));
            assert_eq!(text(one), text(other));
            assert_ne!(text(one), text("="));
        }
    }

    #[test]
    fn other_code_is_another() {
        let replace = |from, to| {
            assert!(CODE.contains(from));
            CODE.replace(from, to)
        };
        let changed = [
            replace("Inert", "inert"),
            replace("\"Inert\"", "\"In\" & \"ert\""),
            replace("65", "66"),
            replace("a.b", "a .b"),
            replace("a.b", "ab"),
            replace("&", "+"),
            replace("End Sub", "End"),
            replace("Option Explicit\r\n", ""),
            replace("\r\n  a.b", ": a.b"),
            replace(" ' note", " + note"),
            // What only looks like an attribute or a header.
            replace("  a.b", "Attribute a.b"),
            format!("Attribute X.Y = \"a\": Z\r\n{CODE}"),
            format!("Attribute X.Y = Z\r\n{CODE}"),
            format!("Attribute X\r\n{CODE}"),
            format!("VERSION 1.0 CLASS\r\nBEGIN\r\nX\r\nEND\r\n{CODE}"),
            format!("VERSION 1.0 CLASS\r\nBEGIN\r\nX = 1\r\n{CODE}"),
            format!("BEGIN\r\nX = 1\r\nEND\r\n{CODE}"),
        ];
        let mut all: Vec<_> = changed.iter().map(|text| of(text)).collect();
        all.push(of(CODE));
        assert!(all.iter().all(Option::is_some));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn a_module_without_code_has_none() {
        for text in [
            "",
            "\r\n \r\n' note\r\n",
            "Attribute VB_Name = \"Sheet1\"\r\nAttribute VB_Base = \"0{00020820-0000-0000-C000-000000000046}\"\r\n",
            "VERSION 1.0 CLASS\r\nBEGIN\r\n  MultiUse = -1\r\nEND\r\nAttribute VB_Name = \"A\"\r\nOption Explicit\r\n",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn a_project_is_its_modules_in_any_order() {
        let (a, b) = (of(CODE).unwrap(), of("Sub A()\nEnd Sub").unwrap());
        let project = |modules: &[(&str, Identity)]| of_project(modules.iter().copied());
        let expected = project(&[("Module1", a), ("Größe", b)]);
        assert_eq!(project(&[("GRÖßE", b), ("module1", a)]), expected);
        for other in [
            &[("Module1", a)][..],
            &[("Module1", b), ("Größe", a)],
            &[("Module2", a), ("Größe", b)],
        ] {
            assert_ne!(project(other), expected);
        }
        assert_eq!(project(&[]), None);
    }

    proptest::proptest! {
        /// Pieces that start, end and nest what is not code, in any order: what was skipped is
        /// skipped wherever the text before it ends.
        #[test]
        fn comments_and_blank_lines_never_count(
            lines in proptest::collection::vec(proptest::sample::select(vec![
                "VERSION 1.0 CLASS", "BEGIN", "  A = 1", "END", "Attribute a = \"b\"",
                "Attribute a = b", "Option Explicit", "Sub A()", "x = \"'\" & y", "End Sub", "#If x Then",
                "[a b] = #1/1/2000#", "x _", "請求 = \"",
            ]), 0..20)
        ) {
            let plain = lines.join("\r\n");
            let noted: Vec<_> = lines.iter().map(|line| {
                if line.ends_with(['_', '"']) { (*line).to_owned() } else { format!("{line} ' note\r\n\r\n") }
            }).collect();
            proptest::prop_assert_eq!(of(&plain), of(&noted.join("\n")));
        }
    }
}
