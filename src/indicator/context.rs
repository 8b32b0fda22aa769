//! Whether what stands beside a match makes it what its rule looks for.

use super::rules::Argument;
use crate::source::lex::{
    is_blank, is_line_end, last_word, literal_end, skip_back, skip_forward, word_at, word_end,
};

/// A match of a pattern in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Before these words a name is declared, not called.
const NAMING: &[&str] = &[
    "Sub", "Function", "Get", "Let", "Set", "Dim", "As", "Const", "Private", "Public", "Global",
    "Static", "ReDim", "ByVal", "ByRef", "Optional", "Enum", "Type", "Event", "GoTo", "Friend",
];
/// Qualifiers that leave a function what it is.
const LIBRARIES: &[&str] = &[
    "VBA",
    "Interaction",
    "FileSystem",
    "Strings",
    "Application",
    "WScript",
];
/// `MSForms.DataObject`.
const CLIPBOARD: &str = "1C3B4210-F441-11CE-B9EA-00AA006B1A69";
/// Programs that show what they are given.
const WINDOWS: &str = "C:\\Windows\\";
const VIEWERS: &[&str] = &["explorer", "notepad", "calc", "winhlp32"];
/// Libraries of Windows and Office.
const SYSTEM_LIBRARIES: &[&str] = &[
    "advapi32",
    "avicap32",
    "bcrypt",
    "cabinet",
    "cfgmgr32",
    "comctl32",
    "comdlg32",
    "credui",
    "crypt32",
    "dnsapi",
    "dwmapi",
    "gdi32",
    "gdiplus",
    "hhctrl.ocx",
    "imm32",
    "iphlpapi",
    "kernel32",
    "kernelbase",
    "libc.dylib",
    "mpr",
    "msi",
    "msimg32",
    "msvcrt",
    "msvbvm60",
    "netapi32",
    "ntdll",
    "ole32",
    "oleacc",
    "oleaut32",
    "olepro32.dll",
    "powrprof",
    "propsys",
    "psapi",
    "rpcrt4",
    "secur32",
    "setupapi",
    "shell32",
    "shfolder",
    "shlwapi",
    "urlmon",
    "user32",
    "userenv",
    "uxtheme",
    "vbe6",
    "vbe7",
    "version",
    "winhttp",
    "wininet",
    "winmm",
    "winspool.drv",
    "ws2_32",
    "wsock32",
    "wtsapi32",
    "icmp",
];

impl<'t> Hit<'t> {
    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes().get(at).copied()
    }

    /// The matched text.
    pub(super) fn matched(&self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// The whole name that the match is the end of.
    pub(super) fn name(&self) -> Self {
        let (start, _) = last_word(self.text, self.end);
        Self { start, ..*self }
    }

    /// The match with the brackets of a foreign name and the `$` of a string function.
    fn whole(&self) -> Self {
        let before = self.start.checked_sub(1).and_then(|i| self.byte(i));
        let (start, mut end) = match (before, self.byte(self.end)) {
            (Some(b'['), Some(b']')) => (self.start - 1, self.end + 1),
            _ => (self.start, self.end),
        };
        if self.byte(end) == Some(b'$') {
            end += 1;
        }
        Self {
            start,
            end,
            ..*self
        }
    }

    fn word_before(&self) -> (usize, &'t str) {
        last_word(self.text, skip_back(self.bytes(), self.start))
    }

    fn byte_before(&self) -> Option<u8> {
        let at = skip_back(self.bytes(), self.start);
        at.checked_sub(1).and_then(|i| self.byte(i))
    }

    fn byte_after(&self) -> Option<u8> {
        self.byte(skip_forward(self.bytes(), self.end))
    }

    fn word_after(&self) -> &'t str {
        let at = skip_forward(self.bytes(), self.end);
        let end = word_end(self.text, at);
        self.text.get(at..end).unwrap_or_default()
    }

    pub(super) fn is_after(&self, what: &str) -> bool {
        let (_, word) = self.word_before();
        if word.is_empty() {
            self.byte_before()
                .is_some_and(|byte| what.as_bytes() == [byte])
        } else {
            word.eq_ignore_ascii_case(what)
        }
    }

    pub(super) fn is_before(&self, what: &str) -> bool {
        self.byte_after()
            .is_some_and(|byte| what.as_bytes() == [byte])
    }

    /// Whether `Sub`, `Function` or `Property …` declares this name.
    pub(super) fn is_procedure(&self) -> bool {
        let (at, word) = self.word_before();
        let sub = is_one_of(word, &["Sub", "Function"]);
        if !sub && !is_one_of(word, &["Get", "Let", "Set"]) {
            return false;
        }
        let (_, before) = Self { start: at, ..*self }.word_before();
        if sub {
            !is_one_of(before, &["Declare", "PtrSafe", "End", "Exit"])
        } else {
            before.eq_ignore_ascii_case("Property")
        }
    }

    /// Whether a `Declare` statement gives this name, as name or alias.
    pub(super) fn is_api(&self, literal: Option<usize>) -> bool {
        if let Some(quote) = literal {
            return self.start <= quote + 1
                && Self {
                    start: quote,
                    ..*self
                }
                .is_after("Alias");
        }
        let (at, word) = self.word_before();
        is_one_of(word, &["Sub", "Function"])
            && is_one_of(
                Self { start: at, ..*self }.word_before().1,
                &["Declare", "PtrSafe"],
            )
    }

    /// Whether a library is declared that is not part of Windows or Office.
    pub(super) fn is_foreign_library(&self) -> bool {
        let quote = skip_forward(self.bytes(), self.end);
        if self.byte(quote) != Some(b'"') {
            return false;
        }
        let end = literal_end(self.bytes(), quote);
        let name = self
            .text
            .get(quote + 1..end)
            .unwrap_or_default()
            .trim_end_matches('"');
        !is_system_library(name)
    }

    /// Whether the match is a call with an argument, of no member but of a listed library.
    pub(super) fn is_call(&self) -> bool {
        let whole = self.whole();
        if !whole.has_argument() {
            return false;
        }
        match whole.byte_before() {
            Some(b'!') => false,
            Some(b'.') => {
                let at = skip_back(self.bytes(), whole.start);
                let dot = at.saturating_sub(1);
                let (_, qualifier) = Self {
                    start: dot,
                    ..*self
                }
                .word_before();
                is_one_of(qualifier, LIBRARIES)
            }
            _ => !is_one_of(whole.word_before().1, NAMING),
        }
    }

    /// Whether a statement starts with the match.
    pub(super) fn is_statement(&self) -> bool {
        let at = skip_back(self.bytes(), self.start);
        let before = at.checked_sub(1).and_then(|i| self.byte(i));
        let first = match before {
            None => true,
            Some(byte) if is_line_end(byte) || byte == b':' => true,
            Some(byte) if byte.is_ascii_digit() => true,
            Some(_) => is_one_of(last_word(self.text, at).1, &["Then", "Else", "Do"]),
        };
        first && self.is_call()
    }

    /// What follows a call: something that is an argument.
    fn has_argument(&self) -> bool {
        match self.byte_after() {
            None => false,
            Some(byte) if is_line_end(byte) => false,
            Some(b'=' | b'.' | b',' | b')' | b':' | b'\'' | b']' | b'!') => false,
            Some(b'<' | b'>' | b'*' | b'/' | b'^' | b';') => false,
            Some(b'&') => self.word_after_byte(),
            Some(b'A' | b'a') => !self.word_after().eq_ignore_ascii_case("As"),
            Some(_) => true,
        }
    }

    /// Whether what follows is `&H…` or the like, and not a `&` that joins strings.
    fn word_after_byte(&self) -> bool {
        let at = skip_forward(self.bytes(), self.end);
        word_at(self.text, at + 1)
    }

    /// Whether the match follows a dot.
    pub(super) fn is_member(&self) -> bool {
        matches!(self.whole().byte_before(), Some(b'.' | b'!'))
    }

    /// Whether the match is a member of the object of that name.
    pub(super) fn is_member_of(&self, object: &str) -> bool {
        let whole = self.whole();
        let at = skip_back(self.bytes(), whole.start);
        let Some(dot) = at.checked_sub(1) else {
            return false;
        };
        self.byte(dot) == Some(b'.')
            && Self {
                start: dot,
                ..*self
            }
            .word_before()
            .1
            .eq_ignore_ascii_case(object)
    }

    /// Whether the match is a type after `As` or `New`, with or without its library.
    pub(super) fn is_type(&self) -> bool {
        let mut hit = self.whole();
        // A library, and at most a namespace or two before it.
        for _ in 0..4 {
            if hit.byte_before() != Some(b'.') {
                return is_one_of(hit.word_before().1, &["As", "New", "TypeOf", "Is"]);
            }
            let dot = skip_back(self.bytes(), hit.start).saturating_sub(1);
            let (start, word) = Self { start: dot, ..hit }.word_before();
            if word.is_empty() {
                return false;
            }
            hit.start = start;
        }
        false
    }

    /// Whether the call starts a program that only shows something.
    pub(super) fn starts_viewer(&self) -> bool {
        let at = self.argument_start();
        if self.byte(at) != Some(b'"') {
            return false;
        }
        let command = self.text.get(at + 1..).unwrap_or_default();
        let name = command.trim_start_matches(['"', ' ']);
        let name = match name.get(..WINDOWS.len()) {
            Some(folder) if folder.eq_ignore_ascii_case(WINDOWS) => {
                name.get(WINDOWS.len()..).unwrap_or_default()
            }
            _ => name,
        };
        let end = word_end(name, 0);
        let (name, rest) = name.split_at_checked(end).unwrap_or_default();
        let rest = match rest.get(..4) {
            Some(extension) if extension.eq_ignore_ascii_case(".exe") => {
                rest.get(4..).unwrap_or_default()
            }
            _ => rest,
        };
        is_one_of(name, VIEWERS) && rest.starts_with([' ', '"'])
    }

    /// Whether the match is `Chr(…) & Chr…`.
    pub(super) fn is_chained(&self) -> bool {
        let whole = self.whole();
        let open = skip_forward(self.bytes(), whole.end);
        if self.byte(open) != Some(b'(') {
            return false;
        }
        let tail = self.bytes().get(open..).unwrap_or_default();
        let mut depth = 0_u32;
        let close = tail.iter().take(64).position(|byte| {
            match byte {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        });
        let Some(close) = close else {
            return false;
        };
        let joined = skip_forward(self.bytes(), open + close + 1);
        if !matches!(self.byte(joined), Some(b'&' | b'+')) {
            return false;
        }
        let next = skip_forward(self.bytes(), joined + 1);
        let head = self.bytes().get(next..next + 3).unwrap_or_default();
        let argument = self.text.get(open..open + close).unwrap_or_default();
        head.eq_ignore_ascii_case(b"Chr") && !is_control_code(argument)
    }

    /// Whether a moniker names another class than the data object of forms, the usual way to the
    /// clipboard.
    pub(super) fn is_foreign_class(&self) -> bool {
        let tail = self.text.get(self.end..).unwrap_or_default();
        let number = tail.trim_start_matches('{').get(..CLIPBOARD.len());
        number.is_none_or(|number| !number.eq_ignore_ascii_case(CLIPBOARD))
    }

    /// Whether the name is that of an event of the form or class itself; those have their own row.
    pub(super) fn is_own_event(&self) -> bool {
        ["UserForm_", "Class_"].iter().any(|own| {
            self.matched()
                .get(..own.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(own))
        })
    }

    /// Whether a class is named for another reason than to list its instances.
    pub(super) fn is_wmi_class(&self) -> bool {
        let head = self.text.get(..self.start).unwrap_or_default().trim_end();
        !last_word(head, head.len()).1.eq_ignore_ascii_case("from")
    }

    /// Whether the match is a call whose argument says what is called, and cannot be read.
    pub(super) fn is_opaque(&self, argument: Argument) -> bool {
        let whole = self.whole();
        let member = matches!(whole.byte_before(), Some(b'.' | b'!'));
        if !whole.has_argument() || (!member && is_one_of(whole.word_before().1, NAMING)) {
            return false;
        }
        let mut at = whole.argument_start();
        let skip_first = match argument {
            Argument::Second => true,
            Argument::Moniker => self.byte(at) == Some(b','),
            Argument::First | Argument::Macro => false,
        };
        if skip_first {
            match self.next_argument(at) {
                Some(next) => at = next,
                None => return argument == Argument::Second,
            }
        }
        if self.matched().eq_ignore_ascii_case("Shell") && self.starts_viewer() {
            return false;
        }
        let (first, after) = self.operand(at);
        let joined = matches!(self.byte(after), Some(b'&' | b'+'));
        match (first, argument) {
            (Operand::Literal(_), _) if !joined => false,
            (Operand::Literal(text), Argument::Moniker) => !has_scheme(text),
            (Operand::Literal("'"), Argument::Macro) => {
                let next = skip_forward(self.bytes(), after + 1);
                !matches!(self.operand(next).0, Operand::Name(name) if is_own_file(name))
            }
            (Operand::Name(name), Argument::Macro) => !is_own_file(name),
            _ => true,
        }
    }

    /// Whether the first argument is put together from strings, or comes from a function.
    pub(super) fn is_computed(&self) -> bool {
        match self.operand(self.argument_start()) {
            (Operand::Literal(_), after) if matches!(self.byte(after), Some(b'&' | b'+')) => {
                let next = skip_forward(self.bytes(), after + 1);
                matches!(self.operand(next).0, Operand::Literal(_))
            }
            (Operand::Name(name), after) => !name.is_empty() && self.byte(after) == Some(b'('),
            _ => false,
        }
    }

    /// Whether the first argument is an address, or a macro of a file that a path leads to.
    pub(super) fn is_elsewhere(&self) -> bool {
        match self.operand(self.argument_start()).0 {
            Operand::Literal(text) => {
                let macro_of_a_path = self.matched().eq_ignore_ascii_case("Run")
                    && text.contains('\\')
                    && text.contains('!');
                text.contains("://") || macro_of_a_path
            }
            Operand::Name(_) => false,
        }
    }

    /// Where the first argument starts, without parentheses and the name of the argument.
    fn argument_start(&self) -> usize {
        let whole = self.whole();
        let mut at = skip_forward(self.bytes(), whole.end);
        for _ in 0..4 {
            if self.byte(at) != Some(b'(') {
                break;
            }
            at = skip_forward(self.bytes(), at + 1);
        }
        let end = word_end(self.text, at);
        if end > at {
            let colon = skip_forward(self.bytes(), end);
            if self.bytes().get(colon..colon + 2) == Some(b":=") {
                at = skip_forward(self.bytes(), colon + 2);
            }
        }
        at
    }

    /// Where the next argument starts; an argument longer than this is not looked through.
    fn next_argument(&self, from: usize) -> Option<usize> {
        let mut depth = 0_u32;
        let mut at = from;
        while at < from + 256 {
            match self.byte(at)? {
                b'"' => at = literal_end(self.bytes(), at) - 1,
                b'(' => depth += 1,
                b')' => depth = depth.checked_sub(1)?,
                b',' if depth == 0 => return Some(skip_forward(self.bytes(), at + 1)),
                byte if is_line_end(byte) => return None,
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// The literal or name at `at`, and what stands after it.
    fn operand(&self, at: usize) -> (Operand<'t>, usize) {
        if self.byte(at) == Some(b'"') {
            let end = literal_end(self.bytes(), at);
            let text = self.text.get(at + 1..end).unwrap_or_default();
            let text = text.strip_suffix('"').unwrap_or(text);
            return (Operand::Literal(text), skip_forward(self.bytes(), end));
        }
        let end = word_end(self.text, at);
        let name = self.text.get(at..end).unwrap_or_default();
        (Operand::Name(name), skip_forward(self.bytes(), end))
    }

    /// Whether a string that opens at `quote` names a library or a function that is declared.
    pub(super) fn is_declared(&self, quote: usize) -> bool {
        let hit = Self {
            start: quote,
            ..*self
        };
        is_one_of(hit.word_before().1, &["Lib", "Alias"])
    }

    /// Whether a string that opens at `quote` is only shown.
    pub(super) fn is_shown(&self, quote: usize) -> bool {
        let mut at = skip_back(self.bytes(), quote);
        if at.checked_sub(1).and_then(|i| self.byte(i)) == Some(b'(') {
            at = skip_back(self.bytes(), at - 1);
        }
        let (start, word) = last_word(self.text, at);
        word.eq_ignore_ascii_case("MsgBox")
            || (word.eq_ignore_ascii_case("Print") && Self { start, ..*self }.is_member_of_debug())
    }

    fn is_member_of_debug(&self) -> bool {
        self.text
            .get(..self.start)
            .and_then(|head| head.strip_suffix('.'))
            .is_some_and(|head| last_word(head, head.len()).1.eq_ignore_ascii_case("Debug"))
    }
}

/// What an argument starts with.
#[derive(Clone, Copy, Debug)]
enum Operand<'t> {
    Literal(&'t str),
    Name(&'t str),
}

/// Whether a library is part of Windows, of macOS or of Office.
pub(super) fn is_system_library(name: &str) -> bool {
    let base = name.rsplit_once('.').map_or(name, |(base, extension)| {
        if extension.eq_ignore_ascii_case("dll") {
            base
        } else {
            name
        }
    });
    is_one_of(base, SYSTEM_LIBRARIES)
        || is_one_of(name, SYSTEM_LIBRARIES)
        || name.starts_with("/usr/lib/")
        || name.starts_with("/System/Library/")
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|one| word.eq_ignore_ascii_case(one))
}

fn is_own_file(name: &str) -> bool {
    is_one_of(
        name,
        &["ThisWorkbook", "ActiveWorkbook", "ThisDocument", "Me"],
    )
}

/// Whether a moniker begins with a scheme, as `winmgmts:`; a drive letter is none.
fn has_scheme(moniker: &str) -> bool {
    let end = word_end(moniker, 0);
    end > 1 && moniker.as_bytes().get(end) == Some(&b':')
}

/// Whether the argument of `Chr`, with its parenthesis, is a tab, a line end or a quote.
fn is_control_code(argument: &str) -> bool {
    is_one_of(
        argument
            .trim_start_matches('(')
            .trim_matches(|c: char| c.is_ascii() && is_blank(c as u8)),
        &["7", "9", "10", "13", "34", "39"],
    )
}
