//! What a formula does besides computing, wherever it stands: ECMA-376-1 18.17, [MS-OE376], and
//! what Calc and Sheets add.
//!
//! | in a formula | is |
//! |---|---|
//! | `program\|topic!item`, `DDE(program; topic; item)` | a conversation that starts the program |
//! | `WEBSERVICE`, `IMAGE`, `RTD`, `IMPORT…` | fetched when it is computed |
//! | `CALL`, `REGISTER`, `REGISTER.ID`, `EXEC` | a library or a program |
//! | `HYPERLINK` | where a click leads |
//! | `[book]sheet!cell`, `'path'!name` | another workbook |
//!
//! What stands in double quotes is text. A formula that is one by its place (the element of a
//! sheet) is judged by [`loads_of`]; a text that is one only if a spreadsheet takes it for one, by
//! [`loads_of_cell`].

mod link;
mod shape;

use std::borrow::Cow;

use memchr::memchr_iter;

use super::{Load, LoadKind};

pub(crate) use link::{Link, is_launcher, link_at, links};
pub(crate) use shape::{Shape, is_sign};

/// The longest formula that is told, in characters: Excel takes no longer one.
const LONGEST: usize = 8192;
/// How many addresses one call of `HYPERLINK` gives.
const MOST_TARGETS: usize = 8;
/// How many of its calls are looked at in one formula.
const MOST_CALLS: usize = 64;
/// Among how many loads one that was told already is looked for.
const RECENT: usize = 32;

/// A function that does more than compute.
#[derive(Debug)]
pub(crate) struct Function {
    name: &'static str,
    pub(crate) kind: LoadKind,
    /// Whether the name is one that only spreadsheets have, so that it tells a formula by itself.
    certain: bool,
}

const fn function(name: &'static str, kind: LoadKind, certain: bool) -> Function {
    Function {
        name,
        kind,
        certain,
    }
}

/// Of Excel, of Calc (`DDE`) and of Sheets (`IMPORT…`).
const FUNCTIONS: &[Function] = &[
    function("WEBSERVICE", LoadKind::Formula, true),
    function("HYPERLINK", LoadKind::Hyperlink, true),
    function("IMPORTXML", LoadKind::Formula, true),
    function("IMPORTDATA", LoadKind::Formula, true),
    function("IMPORTHTML", LoadKind::Formula, true),
    function("IMPORTFEED", LoadKind::Formula, true),
    function("IMPORTRANGE", LoadKind::Formula, true),
    function("REGISTER.ID", LoadKind::Formula, true),
    function("REGISTER", LoadKind::Formula, false),
    function("IMAGE", LoadKind::Formula, false),
    function("RTD", LoadKind::Formula, false),
    function("CALL", LoadKind::Formula, false),
    function("EXEC", LoadKind::Formula, false),
    function("DDE", LoadKind::DdeFormula, false),
];

/// What files put in front of the names of functions that older programs do not know.
const PREFIXES: [&[u8]; 5] = [
    b"_xlfn.",
    b"_xlws.",
    b"_xll.",
    b"_xludf.",
    b"com.microsoft.",
];

/// Whether there is a bar or a call as formulas that act have them, in a byte for each unit.
pub(crate) fn may_act(narrow: &[u8]) -> bool {
    memchr_iter(b'|', narrow).any(|bar| link::may_be(narrow, bar)) || may_call(narrow)
}

/// Whether there is a call of a function that acts.
pub(crate) fn may_call(narrow: &[u8]) -> bool {
    memchr_iter(b'(', narrow).any(|at| function_at(narrow, at).is_some())
}

/// The function that opens its arguments at `at`.
pub(crate) fn function_at(text: &[u8], at: usize) -> Option<&'static Function> {
    /// Longer words are none of the names, with every prefix.
    const LONGEST_WORD: usize = 64;
    let before = text.get(..at)?.trim_ascii_end();
    let last = before.last()?.to_ascii_uppercase();
    // Most calls are of functions whose names do not even end so.
    if !matches!(last, b'A' | b'C' | b'D' | b'E' | b'K' | b'L' | b'R') {
        return None;
    }
    let room = before.get(before.len().saturating_sub(LONGEST_WORD)..)?;
    let start = room
        .iter()
        .rposition(|&byte| !is_word(byte))
        .map_or(0, |at| at.saturating_add(1));
    let mut word = room.get(start..)?;
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| {
        let (start, rest) = word.split_at_checked(prefix.len())?;
        start.eq_ignore_ascii_case(prefix).then_some(rest)
    }) {
        word = rest;
    }
    FUNCTIONS
        .iter()
        .find(|function| word.eq_ignore_ascii_case(function.name.as_bytes()))
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.') || !byte.is_ascii()
}

/// What a formula does besides computing. `place` is where it stands.
pub(crate) fn loads_of(formula: &str, place: &str, found: &mut Vec<Load>) {
    if formula.contains(['[', '\\', '/']) || may_act(formula.as_bytes()) {
        judge(formula, place, true, found);
    }
}

/// The same without other workbooks, where brackets are about cells or are numbers of links.
pub(crate) fn acts_of(formula: &str, place: &str, found: &mut Vec<Load>) {
    if may_act(formula.as_bytes()) {
        judge(formula, place, false, found);
    }
}

fn judge(formula: &str, place: &str, workbooks: bool, found: &mut Vec<Load>) {
    let from = found.len();
    let mut add = |kind: LoadKind, target: String| {
        let load = Load {
            kind,
            target,
            place: place.to_owned(),
        };
        let own = found.get(from..).unwrap_or_default();
        if !own.iter().rev().take(RECENT).any(|one| *one == load) {
            found.push(load);
        }
    };
    let whole = || formula.trim().chars().take(LONGEST).collect::<String>();
    let last_item = formula.rfind('!').unwrap_or_default();
    // Each of these is told by the whole formula, so that one of a kind says all.
    let (mut starts, mut fetches, mut calls) = (false, false, 0_usize);
    for (at, token) in tokens(formula) {
        let rest = formula.get(at.saturating_add(1)..).unwrap_or_default();
        match token {
            Token::Code('|') if !starts && at < last_item && link::has_program(formula, at) => {
                starts = true;
                add(LoadKind::DdeFormula, whole());
            }
            Token::Code('(') => {
                let Some(function) = function_at(formula.as_bytes(), at) else {
                    continue;
                };
                match function.kind {
                    LoadKind::Hyperlink if calls < MOST_CALLS => {
                        let arguments = Arguments::read(rest);
                        calls = calls.saturating_add(1);
                        for target in arguments.first.into_iter().take(MOST_TARGETS) {
                            add(LoadKind::Hyperlink, target);
                        }
                    }
                    LoadKind::DdeFormula if calls < MOST_CALLS => {
                        calls = calls.saturating_add(1);
                        let target = conversation(rest).unwrap_or_else(whole);
                        add(LoadKind::DdeFormula, target);
                    }
                    LoadKind::Formula if !fetches => {
                        fetches = true;
                        add(LoadKind::Formula, whole());
                    }
                    _ => {}
                }
            }
            Token::Code('[') if workbooks => {
                let ahead = formula.get(..at).unwrap_or_default();
                if let Some(book) = bracketed(rest)
                    && !ahead.ends_with(|c: char| c.is_alphanumeric() || "_.[]".contains(c))
                {
                    add(LoadKind::Workbook, book.to_owned());
                }
            }
            Token::Name(name) if workbooks => {
                let end = at.saturating_add(name.len()).saturating_add(2);
                if formula.get(end..).is_some_and(|rest| rest.starts_with('!'))
                    && let Some(book) = workbook(name)
                {
                    add(LoadKind::Workbook, book.chars().take(LONGEST).collect());
                }
            }
            Token::Code(_) | Token::Name(_) => {}
        }
    }
}

/// What a cell does that is a formula only if a spreadsheet takes its text for one.
pub(crate) fn loads_of_cell(cell: &str, place: &str, found: &mut Vec<Load>) {
    let cell = cell.trim_start();
    if !cell.starts_with(is_sign) || !may_act(cell.as_bytes()) {
        return;
    }
    let mut shape = Shape::default();
    for (at, c) in cell.char_indices().skip(1) {
        let outside = shape.is_outside();
        shape.feed(c);
        let acts = match c {
            '|' if outside => link_at(cell, at).is_some_and(|link| is_sure(cell, shape, &link)),
            '(' if outside && shape.is_formula() => is_call(cell, at, cell),
            _ => false,
        };
        if acts {
            loads_of(cell, place, found);
            return;
        }
    }
}

/// Whether a link makes a formula of a cell that starts with a sign: lists and differences of
/// texts start with some of them, and have bars.
pub(crate) fn is_sure(cell: &str, shape: Shape, link: &Link<'_>) -> bool {
    if !shape.is_formula() || !link.is_placed() {
        return cell.starts_with(['=', '＝']) && link.is_plain_attack();
    }
    let mut characters = cell.chars();
    let sign = characters.next();
    let blank = characters.clone().next().is_none_or(char::is_whitespace);
    let computes = characters.next().is_some_and(|c| c.is_ascii_digit());
    matches!(sign, Some('=' | '＝'))
        || (link.quoted && !blank)
        || computes
        || is_launcher(link.program)
}

/// Whether a call that opens at `at` makes a formula of a cell that starts with a sign. `formula`
/// is the cell as far as the call goes.
pub(crate) fn is_call(cell: &str, at: usize, formula: &str) -> bool {
    let Some(function) = function_at(cell.as_bytes(), at) else {
        return false;
    };
    let plain = cell
        .chars()
        .nth(1)
        .is_some_and(|c| matches!(c, '_' | '.' | '(') || c.is_alphanumeric());
    let equals = cell.starts_with(['=', '＝']);
    // Lines of a listing or of a difference between two begin with these signs too. Without a text
    // among its arguments, a sign in front is no formula that leads anywhere.
    plain && (equals || function.certain && formula.contains('"'))
}

/// Whether an address is computed from what is in cells, which tells it to whoever it leads to.
pub(crate) fn tells_cells(formula: &str) -> bool {
    tokens(formula).any(|(at, token)| {
        matches!(token, Token::Code('('))
            && function_at(formula.as_bytes(), at)
                .is_some_and(|function| function.kind == LoadKind::Hyperlink)
            && Arguments::read(formula.get(at.saturating_add(1)..).unwrap_or_default()).computed
    })
}

/// A piece of a formula.
enum Token<'f> {
    /// A character outside quotes.
    Code(char),
    /// What stands in single quotes: a sheet, a file, a program. It begins at its quote.
    Name(&'f str),
}

/// The pieces of a formula but its texts. What is not closed hides nothing.
fn tokens(formula: &str) -> impl Iterator<Item = (usize, Token<'_>)> {
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        loop {
            let c = formula.get(at..)?.chars().next()?;
            let here = at;
            at = at.saturating_add(c.len_utf8());
            if !matches!(c, '"' | '\'') {
                return Some((here, Token::Code(c)));
            }
            let rest = formula.get(at..)?;
            let Some(end) = rest.find(c) else {
                return Some((here, Token::Code(c)));
            };
            at = at.saturating_add(end).saturating_add(1);
            if c == '\'' {
                return Some((here, Token::Name(rest.get(..end)?)));
            }
        }
    })
}

/// The workbook of `[book]sheet!`, of which this is what follows the bracket.
fn bracketed(rest: &str) -> Option<&str> {
    /// No file has a longer name.
    const LONGEST_NAME: usize = 260;
    let end = rest
        .char_indices()
        .take(LONGEST_NAME)
        .find(|(_, c)| matches!(c, '[' | ']'))?
        .0;
    let (book, behind) = rest.split_at_checked(end)?;
    let sheet = behind.strip_prefix(']')?;
    let is_sheet = |c: char| c.is_alphanumeric() || "_.".contains(c);
    let mut after = sheet
        .chars()
        .take(LONGEST_NAME)
        .skip_while(|c| is_sheet(*c));
    (is_book(book) && after.next() == Some('!')).then_some(book)
}

/// The workbook that a name in quotes leads to: `folder\[book]sheet`, `folder\book`.
fn workbook(name: &str) -> Option<Cow<'_, str>> {
    if let Some((folder, rest)) = name.split_once('[') {
        let (book, _) = rest.split_once(']')?;
        return is_book(book).then(|| Cow::Owned(format!("{folder}{book}")));
    }
    let elsewhere = name.starts_with("\\\\") || name.contains(":\\") || name.contains("://");
    elsewhere.then_some(Cow::Borrowed(name))
}

/// Whether what stands in brackets is the name of a workbook, and not the distance of a cell
/// (`R[-1]C[2]`) or the number of a link.
fn is_book(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && !digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `program|topic!item` of the arguments of `DDE`, if they are texts.
fn conversation(arguments: &str) -> Option<String> {
    let mut texts = arguments.split('"').skip(1).step_by(2);
    let (program, topic) = (texts.next()?, texts.next()?);
    let item = texts.next().unwrap_or_default();
    let target = format!("{program}|{topic}!{item}");
    Some(target.chars().take(LONGEST).collect())
}

/// The first argument of a call, as far as it is known.
#[derive(Debug, Default)]
struct Arguments {
    /// The texts that it can be. What joins them and is not known is `…`.
    first: Vec<String>,
    /// Whether anything that is not known is joined to them.
    computed: bool,
}

impl Arguments {
    fn read(arguments: &str) -> Self {
        let mut read = Self::default();
        let mut depth = 0_u32;
        let mut code = String::new();
        let mut joins = false;
        let mut rest = arguments;
        let mut length = 0_usize;
        while let Some(c) = rest.chars().next().filter(|_| length < LONGEST) {
            length = length.saturating_add(1);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            match c {
                '"' => {
                    let end = rest.find('"').unwrap_or(rest.len());
                    let (text, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
                    rest = behind.get(1..).unwrap_or_default();
                    length = length.saturating_add(text.len());
                    read.text(text, &code, joins);
                    code.clear();
                    continue;
                }
                '(' => {
                    depth = depth.saturating_add(1);
                    joins |= is_join(&code);
                }
                ')' if depth == 0 => break,
                ')' => depth = depth.saturating_sub(1),
                ',' | ';' if depth == 0 => break,
                _ => {}
            }
            if !c.is_whitespace() {
                code.push(c);
            }
        }
        let joined = |c: char| c == '&' || joins && matches!(c, ',' | ';');
        if code.starts_with(joined)
            && let Some(last) = read.first.last_mut()
        {
            last.push('…');
            read.computed = true;
        }
        read
    }

    /// The next text, and what stands between it and the one before.
    fn text(&mut self, text: &str, code: &str, joins: bool) {
        let text: String = text.chars().take(LONGEST).collect();
        let joined = |c: char| c == '&' || joins && matches!(c, ',' | ';');
        let known = code.len() <= 1;
        let full = self.first.len() >= MOST_TARGETS;
        match self.first.last_mut() {
            Some(last) if code.is_empty() || code.starts_with(joined) && code.ends_with(joined) => {
                // Two texts side by side are one with a quote in it.
                last.push_str(match (code.is_empty(), known) {
                    (true, _) => "\"",
                    (_, true) => "",
                    _ => "…",
                });
                self.computed |= !known;
                last.push_str(&text);
            }
            _ if full => {}
            _ if code.ends_with('&') => {
                self.computed = true;
                self.first.push(format!("…{text}"));
            }
            _ => self.first.push(text),
        }
    }
}

/// Whether the function that ends here joins its arguments.
fn is_join(code: &str) -> bool {
    ["CONCAT", "CONCATENATE"].iter().any(|name| {
        let start = code.len().checked_sub(name.len());
        start
            .and_then(|start| code.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests;
