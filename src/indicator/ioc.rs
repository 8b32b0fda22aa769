//! Addresses, hosts and paths in text.
//!
//! A marker that the automaton finds (`://`, `\\`, `:\`, a dot between digits) is widened to the
//! whole value. Values are given defanged, so that nobody follows one by accident. What was
//! widened once is not looked at again, which keeps the whole linear.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::net::Ipv4Addr;

use super::rules::Ioc;
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::source::lex::{head, is_blank, last_word, word_at, word_before};
use crate::source::{Cursor, Place};

/// What the automaton finds of an address or path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// `://`
    Scheme,
    /// `\\`
    Unc,
    /// `:\`
    Drive,
    /// `%\`
    Variable,
    /// A dot between two digits.
    Dotted,
    /// The attribute that names the module.
    ModuleName,
}

/// The markers and their texts, but for [`Marker::Dotted`].
pub(super) const MARKERS: &[(&str, Marker)] = &[
    ("://", Marker::Scheme),
    ("\\\\", Marker::Unc),
    (":\\", Marker::Drive),
    ("%\\", Marker::Variable),
    ("VB_Name", Marker::ModuleName),
];

const SCHEMES: &[&str] = &[
    "http", "https", "ftp", "ftps", "sftp", "tftp", "file", "ldap", "ldaps", "smb", "dav", "davs",
    "webdav", "hxxp", "hxxps", "ws", "wss", "gopher", "nfs",
];
/// Extensions of what starts when it is opened.
const PROGRAMS: &[&str] = &[
    "exe", "dll", "scr", "pif", "bat", "cmd", "vbs", "vbe", "jse", "wsf", "wsh", "hta", "ps1",
    "lnk", "ocx", "xll", "cpl", "msi", "jar", "sct",
];
/// Extensions of other files worth telling.
const FILES: &[&str] = &[
    "js", "com", "doc", "docm", "docx", "dot", "dotm", "xls", "xlsm", "xlsx", "xlsb", "xlam",
    "xla", "ppt", "pptm", "pptx", "ppam", "rtf", "pdf", "zip", "rar", "7z", "iso", "img", "chm",
    "inf", "reg", "url", "iqy", "sh", "py", "txt", "csv", "dat", "tmp", "bin", "mdb", "accdb",
];
const LONGEST_URL: usize = 2048;
const LONGEST_PATH: usize = 320;
/// How many different values one module may give.
const KEPT: usize = 512;

/// What an address says about its purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suspicion {
    /// The host is a number.
    NumericHost,
    /// It ends like a program.
    Program,
}

/// The values of one module.
#[derive(Debug)]
pub(super) struct Collector<'o> {
    out: &'o mut Vec<Ioc>,
    layer: u32,
    module: u32,
    seen: HashSet<(&'static str, String)>,
    /// Before these offsets everything has been looked at.
    urls_until: usize,
    paths_until: usize,
    full: bool,
    /// Whether the text names anything, kept or not.
    pub(super) named: bool,
    /// The line that all are told to be in, and whether they were computed; none for those that
    /// stand in the text.
    value: Option<(u32, bool)>,
}

impl<'o> Collector<'o> {
    pub(super) fn new(layer: u32, module: u32, out: &'o mut Vec<Ioc>) -> Self {
        Self {
            out,
            layer,
            module,
            value: None,
            seen: HashSet::new(),
            urls_until: 0,
            paths_until: 0,
            full: false,
            named: false,
        }
    }

    /// Those of a value, all of which are told to be in one line.
    pub(super) fn of_value(self, line: u32, computed: bool) -> Self {
        Self {
            value: Some((line, computed)),
            ..self
        }
    }

    /// None at all.
    pub(super) fn silent(self) -> Self {
        Self { full: true, ..self }
    }

    /// Widens a marker, and keeps what it is part of.
    pub(super) fn widen(
        &mut self,
        marker: Marker,
        text: &str,
        start: usize,
        cursor: &mut Cursor<'_>,
        ledger: &mut Ledger,
    ) -> Option<(Suspicion, usize, usize)> {
        match marker {
            Marker::Scheme => return self.url(text, start, cursor, ledger),
            Marker::Dotted => {
                if start >= self.urls_until
                    && let Some(ip) = dotted(text, start)
                    && cursor.seek(start) == Place::Text
                {
                    self.keep("ip", defang_host(ip), cursor.line(), false, ledger);
                }
            }
            Marker::Unc | Marker::Drive | Marker::Variable => {
                if start < self.paths_until {
                    return None;
                }
                let first = path_start(marker, text, start)?;
                if marker == Marker::Unc {
                    unc_host(text.get(first..).unwrap_or_default())?;
                }
                if cursor.seek(start + 1) != Place::Text {
                    return None;
                }
                let literal = cursor.literal()?;
                let end = literal.end.min(first + LONGEST_PATH);
                let line = until_next_path(within(text, first, end));
                self.paths_until = first + line.len();
                let value = path(marker, line)?;
                self.paths_until = first + value.len();
                let value = match marker {
                    Marker::Unc => defang_unc(value),
                    _ => value.to_owned(),
                };
                self.keep("path", value, cursor.line(), false, ledger);
            }
            Marker::ModuleName => {}
        }
        None
    }

    /// Keeps a string that is a command.
    pub(super) fn command(&mut self, value: &str, line: u32, ledger: &mut Ledger) {
        let value: String = value.chars().take(LONGEST_PATH).collect();
        self.keep("command", defang_command(&value), line, false, ledger);
    }

    fn url(
        &mut self,
        text: &str,
        start: usize,
        cursor: &mut Cursor<'_>,
        ledger: &mut Ledger,
    ) -> Option<(Suspicion, usize, usize)> {
        if start < self.urls_until {
            return None;
        }
        let first = scheme_start(text, start);
        let scheme = within(text, first, start);
        if !SCHEMES.iter().any(|s| scheme.eq_ignore_ascii_case(s)) {
            return None;
        }
        let end = url_end(text, start + 3, scheme.eq_ignore_ascii_case("file"));
        self.urls_until = end;
        self.paths_until = self.paths_until.max(end);
        let place = cursor.seek(start + 2);
        let line = cursor.line();
        let rest = within(text, start + 3, end);
        if rest.is_empty() {
            return None;
        }
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        let after = rest.get(authority.len()..).unwrap_or_default();
        let (user, host_port) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        let (host, port) = split_port(host_port);
        let mut value = defang_scheme(scheme);
        value.push_str("://");
        if let Some(user) = user {
            value.push_str(user);
            value.push('@');
        }
        value.push_str(&defang_host(host));
        value.push_str(port);
        value.push_str(after);
        self.keep("url", value, line, false, ledger);
        let number = self.host(host, line, ledger);
        if place != Place::Text {
            return None;
        }
        let file = after.split(['?', '#']).next().unwrap_or_default();
        if number {
            Some((Suspicion::NumericHost, first, end))
        } else if extension_of(file).is_some_and(|extension| is_in(extension, PROGRAMS)) {
            Some((Suspicion::Program, first, end))
        } else {
            None
        }
    }

    /// Keeps the host of an address; whether it is a number that is not of a local network.
    fn host(&mut self, host: &str, line: u32, ledger: &mut Ledger) -> bool {
        if host.is_empty() {
            return false;
        }
        if let Some(address) = host.strip_prefix('[') {
            let address = address.trim_end_matches(']');
            self.keep(
                "ip",
                format!("[{}]", address.replace(':', "[:]")),
                line,
                false,
                ledger,
            );
            return true;
        }
        let Some(ip) = numeric_host(host) else {
            self.keep("host", defang_host(host), line, false, ledger);
            return false;
        };
        let plain = ip.to_string();
        let disguised = plain != host;
        self.keep("ip", defang_host(&plain), line, disguised, ledger);
        disguised || !(ip.is_private() || ip.is_loopback() || ip.is_link_local())
    }

    fn keep(
        &mut self,
        kind: &'static str,
        value: String,
        line: u32,
        decoded: bool,
        ledger: &mut Ledger,
    ) {
        self.named |= !value.is_empty();
        if self.full || value.is_empty() || self.seen.contains(&(kind, value.clone())) {
            return;
        }
        // They inform and do not judge: too many of them leave a note and no gap.
        let left = ledger.budget().left(Limit::Iocs);
        if left == 0 || self.seen.len() >= KEPT {
            self.full = true;
            ledger.observe(
                "text.iocs-unkept",
                "",
                0,
                format_args!(
                    "further addresses and paths of module {} were not kept",
                    self.module
                ),
            );
            return;
        }
        if ledger.charge(Limit::Iocs, 1).is_ok() {
            let (line, decoded) = match self.value {
                Some((line, computed)) => (line, computed || decoded),
                None => (line, decoded),
            };
            self.seen.insert((kind, value.clone()));
            self.out.push(Ioc {
                kind,
                value,
                layer: self.layer,
                module: Some(self.module),
                line,
                decoded,
            });
        }
    }
}

fn within(text: &str, start: usize, end: usize) -> &str {
    head(text, end).get(start..).unwrap_or_default()
}

fn is_in(word: &str, list: &[&str]) -> bool {
    list.iter().any(|one| word.eq_ignore_ascii_case(one))
}

fn scheme_start(text: &str, colon: usize) -> usize {
    let head = text.as_bytes().get(..colon).unwrap_or_default();
    let letters = head.iter().rev().take(12);
    colon - letters.take_while(|b| b.is_ascii_alphabetic()).count()
}

/// Where an address ends: at a quote, a blank, a bracket of prose, or with the ASCII text after
/// the host; punctuation at its end belongs to the prose.
fn url_end(text: &str, start: usize, file: bool) -> usize {
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    let mut host = true;
    let length = bytes
        .iter()
        .take(LONGEST_URL)
        .position(|byte| {
            host &= !matches!(byte, b'/' | b'?' | b'#');
            byte.is_ascii_control()
                || is_blank(*byte)
                || matches!(
                    byte,
                    b'"' | b'\'' | b'<' | b'>' | b'`' | b'|' | b'^' | b'{' | b'}'
                )
                || (*byte == b'\\' && !file)
                || !(host || byte.is_ascii())
        })
        .unwrap_or(bytes.len().min(LONGEST_URL));
    let kept = bytes.get(..length).unwrap_or_default();
    let trailing = kept
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b'*'))
        .count();
    start + length - trailing
}

fn split_port(host: &str) -> (&str, &str) {
    let colon = if host.starts_with('[') {
        host.find(']').map(|i| i + 1)
    } else {
        host.find(':')
    };
    colon
        .and_then(|at| host.split_at_checked(at))
        .unwrap_or((host, ""))
}

/// The address that a host means if it is a number, in one to four parts, each decimal, octal or
/// hexadecimal, as the C library's `inet_aton` reads it.
pub(super) fn numeric_host(host: &str) -> Option<Ipv4Addr> {
    let parts: Vec<u32> = host
        .split('.')
        .take(5)
        .map(|part| {
            let lower = part.to_ascii_lowercase();
            if let Some(digits) = lower.strip_prefix("0x") {
                u32::from_str_radix(digits, 16).ok()
            } else if lower.len() > 1 && lower.starts_with('0') {
                u32::from_str_radix(&lower, 8).ok()
            } else if lower.bytes().all(|b| b.is_ascii_digit()) {
                lower.parse().ok()
            } else {
                None
            }
        })
        .collect::<Option<_>>()?;
    let (last, first) = parts.split_last()?;
    if first.len() > 3 || first.iter().any(|part| *part > 255) {
        return None;
    }
    let free = 32 - 8 * u32::try_from(first.len()).ok()?;
    if free < 32 && *last >= 1 << free {
        return None;
    }
    let high = first.iter().fold(0_u32, |sum, part| sum << 8 | part);
    let high = if free == 32 { 0 } else { high << free };
    Some(Ipv4Addr::from(high | last))
}

/// The dotted address whose first dot the marker is, unless it is the version of something.
fn dotted(text: &str, start: usize) -> Option<&str> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let tail = bytes.get(from..).unwrap_or_default();
        tail.iter()
            .take(4)
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let head = bytes.get(..=start)?;
    let before = head
        .iter()
        .rev()
        .take(4)
        .take_while(|b| b.is_ascii_digit())
        .count();
    let first = start + 1 - before;
    if before > 3 || word_before(text, first) || first > 0 && bytes.get(first - 1) == Some(&b'.') {
        return None;
    }
    let mut at = first;
    for part in 0..4 {
        if part > 0 {
            if bytes.get(at) != Some(&b'.') {
                return None;
            }
            at += 1;
        }
        let length = digits(at);
        let octet = text.get(at..at + length)?.parse::<u16>().ok()?;
        if octet > 255 || (part == 0 && octet == 0) {
            return None;
        }
        at += length;
    }
    let goes_on = bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    if goes_on || word_at(text, at) || is_version(text, first) {
        return None;
    }
    text.get(first..at)
}

fn is_version(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let head = head.trim_end_matches([' ', '=', ':', '(', '"']);
    let (_, word) = last_word(head, head.len());
    let word = word.to_ascii_lowercase();
    matches!(
        word.as_str(),
        "v" | "ver" | "vers" | "build" | "release" | "rev" | "oid"
    ) || word.ends_with("version")
}

/// Where the path starts whose marker is at `start`.
fn path_start(marker: Marker, text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match marker {
        Marker::Drive => {
            let letter = start.checked_sub(1)?;
            let drive = bytes.get(letter)?.is_ascii_alphabetic() && !word_before(text, letter);
            drive.then_some(letter)
        }
        Marker::Variable => {
            let (name, word) = last_word(text, start);
            let open = name.checked_sub(1)?;
            (!word.is_empty() && bytes.get(open) == Some(&b'%')).then_some(open)
        }
        _ => {
            let before = start.checked_sub(1).and_then(|i| bytes.get(i))?;
            let opens = matches!(
                before,
                b'"' | b' ' | b'\'' | b'=' | b'(' | b',' | b';' | b'>'
            );
            opens.then_some(start)
        }
    }
}

/// The text up to what cannot stand in a path, or to the start of the next path: a path may hold
/// blanks, so a command line has to be cut where a drive or a host begins.
fn until_next_path(text: &str) -> &str {
    let bytes = text.as_bytes();
    let stop = (0..bytes.len()).find_map(|at| {
        let here = bytes.get(at..)?;
        match here {
            [b'"' | b'<' | b'>' | b'|' | b'\t' | b'\r' | b'\n', ..] => Some(at),
            [b' ', b'\\', b'\\', ..] => Some(at),
            [letter, b':', b'\\', ..] if at > 0 && letter.is_ascii_alphabetic() => Some(at),
            _ => None,
        }
    });
    let end = stop.unwrap_or(text.len());
    text.get(..end).unwrap_or_default().trim_end()
}

/// The path that starts `line`: up to the first extension that is worth telling, or a host and a
/// share.
fn path(marker: Marker, line: &str) -> Option<&str> {
    let by_extension = line.match_indices('.').find_map(|(dot, _)| {
        let tail = line.get(dot + 1..)?;
        let length = tail.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let extension = tail.get(..length)?;
        let known = is_in(extension, PROGRAMS) || is_in(extension, FILES);
        let ends = !tail.get(length..)?.starts_with(['.', '_', '-', '\\']);
        (known && ends).then_some(dot + 1 + length)
    });
    if marker != Marker::Unc {
        return line.get(..by_extension?);
    }
    let host = unc_host(line)?;
    match by_extension {
        Some(end) if end > host.len() + 2 => line.get(..end),
        _ => line.split(' ').next(),
    }
}

/// The host of `\\host\share`.
fn unc_host(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("\\\\")?;
    let length = rest
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'@'))
        .count();
    let (host, share) = rest.split_at_checked(length)?;
    let named = host.bytes().any(|b| b.is_ascii_alphanumeric());
    let shared = share
        .strip_prefix('\\')
        .is_some_and(|share| word_at(share, 0));
    (named && shared).then_some(host)
}

fn extension_of(path: &str) -> Option<&str> {
    path.rsplit_once('/')
        .map_or(path, |(_, file)| file)
        .rsplit_once('.')
        .map(|(_, extension)| extension)
}

/// The addresses in a command line: their schemes are enough to break them.
pub(super) fn defang_command(command: &str) -> String {
    let mut value = String::with_capacity(command.len());
    let mut rest = command;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at);
        let scheme = before
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |end| end + 1);
        let (text, scheme) = before.split_at_checked(scheme).unwrap_or((before, ""));
        value.push_str(text);
        value.push_str(&defang_scheme(scheme));
        value.push_str("://");
        rest = after.get(3..).unwrap_or_default();
    }
    value.push_str(rest);
    value
}

/// An address as it is told.
pub(super) fn defang_url(url: &str) -> String {
    let Some((scheme, rest)) = url
        .split_once("://")
        .filter(|(scheme, _)| !scheme.contains(':'))
    else {
        return defang_command(url);
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    format!(
        "{}://{}{after}",
        defang_scheme(scheme),
        defang_host(authority)
    )
}

/// A host as it is told: its kind, its value, and whether it is a number that was written so that
/// nobody knows it.
pub(super) fn host(host: &str) -> (&'static str, String, bool) {
    if host.contains(':') {
        return ("ip", format!("[{}]", host.replace(':', "[:]")), false);
    }
    match numeric_host(host) {
        Some(ip) => {
            let plain = ip.to_string();
            let disguised = plain != host;
            ("ip", defang_host(&plain), disguised)
        }
        None => ("host", defang_host(host), false),
    }
}

fn defang_scheme(scheme: &str) -> String {
    let lower = scheme.to_ascii_lowercase();
    match lower.strip_prefix("http") {
        Some(rest) => format!("hxxp{rest}"),
        None => lower,
    }
}

fn defang_host(host: &str) -> String {
    if host.starts_with('[') {
        return host.replace(':', "[:]");
    }
    host.replace('.', "[.]")
}

/// The path of a share as it is told.
pub(super) fn defang_unc(path: &str) -> String {
    let rest = path.trim_start_matches('\\');
    let (host, tail) = rest.split_once('\\').unwrap_or((rest, ""));
    let mut value = String::from("\\\\");
    // Writing to a string does not fail.
    let _ = write!(value, "{}\\{tail}", defang_host(host));
    value
}
