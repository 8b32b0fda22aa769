//! What a target is, in whatever spelling: a place on this machine, in a network, on the web, or
//! the argument of a program that a scheme starts.
//!
//! Programs forgive much before they follow an address: blanks around it, either slash, escapes in
//! `%5C`, letters of any case, tabs within a scheme. All of that is undone first, so that one table
//! judges every spelling of one thing.

use std::net::Ipv4Addr;

use super::ending::{Ending, ending, ending_on_the_web};
use crate::indicator::ioc::numeric_host;

/// How much of a target is looked at: no program takes a longer one.
const LONGEST: usize = 4096;

/// Where a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Nowhere: nothing is said, or a place in the document itself.
    Inside,
    /// Beside the document.
    Relative,
    /// On this machine.
    Drive,
    /// A share in a network, by the name of its host.
    Share,
    /// A share by the number of a host that is not of a local network, or behind a web server
    /// (WebDAV), or with a name that only the internet knows how to resolve.
    FarShare,
    /// On the web: `http`, `https`, `ftp`.
    Web,
    /// An address to write to or to call.
    Mail,
    /// A page out of an archive: `mhtml:`, `its:`, `mk:@MSITStore:`, `res:`.
    Archived,
    /// What a program that is started by its scheme is given: `ms-msdt:`, `search-ms:`, `shell:`.
    Handler,
    /// Script as such: `javascript:`, `vbscript:`, `data:text/html`.
    Code,
    /// Data as such that is no markup: `data:image/png`.
    Data,
    /// A moniker that makes an object: `script:`, `soap:`, `new:`.
    Moniker,
    /// A scheme that is not known.
    Scheme,
}

/// A target, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) class: Class,
    /// What kind of file it is, by its name.
    pub(super) ending: Ending,
    /// The host, if it has one: without user and port.
    pub(super) host: String,
    /// Whether the host is written so that nobody knows it: a number that is not dotted, or a name
    /// in front of `@`.
    pub(super) disguised: bool,
    /// Whether the host is a number that is not of a local network.
    pub(super) numbered: bool,
    /// Whether it is a page of a help file on a drive of this machine.
    pub(super) help: bool,
    /// The target with its escapes and slashes undone.
    pub(super) text: String,
}

impl Target {
    /// Reads a target.
    pub(super) fn read(target: &str) -> Self {
        let text = plain(target);
        let mut read = Self {
            class: Class::Relative,
            ending: Ending::Other,
            host: String::new(),
            disguised: false,
            numbered: false,
            help: false,
            text: String::new(),
        };
        read.place(&text);
        read.text = text;
        read
    }

    /// Whether it is fetched from far away as soon as it is loaded.
    pub(super) const fn is_far(&self) -> bool {
        matches!(
            self.class,
            Class::Web
                | Class::FarShare
                | Class::Archived
                | Class::Handler
                | Class::Code
                | Class::Moniker
                | Class::Scheme
        )
    }

    /// Whether it is on another machine.
    pub(super) const fn is_elsewhere(&self) -> bool {
        self.is_far() || matches!(self.class, Class::Share)
    }

    fn place(&mut self, text: &str) {
        if text.is_empty() || text.starts_with('#') {
            self.class = Class::Inside;
            return;
        }
        if is_drive(text) {
            self.class = Class::Drive;
            self.ending = ending(text);
            return;
        }
        // Queries of workbooks ([MS-XLS] 2.4.86).
        if let Some(("URL" | "url" | "FINDER", rest)) = text.split_once(';') {
            self.place(rest);
            return;
        }
        if let Some((scheme, rest)) = scheme(text) {
            self.scheme(&scheme, rest);
            return;
        }
        if let Some(rest) = text.strip_prefix("//") {
            self.share(rest);
            return;
        }
        self.class = if text.starts_with('/') {
            Class::Drive
        } else {
            Class::Relative
        };
        self.ending = ending(text);
    }

    fn scheme(&mut self, scheme: &str, rest: &str) {
        match scheme {
            "url" => self.place(rest),
            "file" => self.file(rest),
            "http" | "https" | "ftp" | "ftps" | "sftp" | "ws" | "wss" | "dav" | "davs"
            | "webdav" => {
                self.class = Class::Web;
                self.authority(rest.trim_start_matches('/'));
                let path = rest.trim_start_matches('/').split_once('/');
                self.ending = path.map_or(Ending::Other, |(_, path)| ending_on_the_web(path));
            }
            "smb" | "cifs" => self.share(rest.trim_start_matches('/')),
            "mailto" | "tel" | "callto" | "sip" | "sips" | "sms" | "news" | "nntp" | "im"
            | "xmpp" | "geo" | "fax" | "onenote" | "skype" | "msteams" | "zoommtg" => {
                self.class = Class::Mail;
            }
            "mhtml" | "its" | "ms-its" | "mk" | "res" | "jar" | "view-source" | "x-usc" => {
                self.class = Class::Archived;
                self.help = is_help(rest);
                if let Some((_, inner)) = rest.split_once("//") {
                    self.authority(inner);
                }
            }
            "javascript" | "vbscript" | "livescript" | "jscript" | "vbs" | "about" => {
                self.class = Class::Code;
            }
            "data" => {
                let head = rest.trim_start().get(..6).unwrap_or_default();
                self.class = if head.eq_ignore_ascii_case("image/") && !rest.contains("svg") {
                    Class::Data
                } else {
                    Class::Code
                };
            }
            "script" | "scriptlet" | "soap" | "new" | "clsid" | "objref" | "winmgmts" | "queue"
            | "component" | "package" | "activator" | "session" => self.class = Class::Moniker,
            _ if scheme.starts_with("ms-") || HANDLERS.contains(&scheme) => {
                self.class = Class::Handler;
                if let Some((_, inner)) = rest.split_once("//") {
                    self.authority(inner);
                }
            }
            _ => {
                self.class = Class::Scheme;
                if let Some(inner) = rest.strip_prefix("//") {
                    self.authority(inner);
                }
            }
        }
    }

    /// `file:///C:/` is here; `file://host/`, `file:////host/` and `file:\\host\` are not.
    fn file(&mut self, rest: &str) {
        let path = rest.trim_start_matches('/');
        let slashes = rest.len() - path.len();
        if is_drive(path) || path.is_empty() {
            self.class = Class::Drive;
            self.ending = ending(path);
            return;
        }
        let (host, below) = path.split_once('/').unwrap_or((path, ""));
        let here = matches!(slashes, 0 | 1 | 3)
            || host.eq_ignore_ascii_case("localhost")
            || host == "127.0.0.1";
        if here {
            self.class = if slashes == 0 {
                Class::Relative
            } else {
                Class::Drive
            };
            self.ending = ending(if slashes == 2 { below } else { path });
            return;
        }
        self.share(path);
    }

    /// `host/share/path`, whatever was in front.
    fn share(&mut self, rest: &str) {
        let rest = rest.trim_start_matches('/');
        // `\\?\UNC\host\share`, `\\?\C:\`, `\\.\`.
        if let Some(device) = rest.strip_prefix("?/").or_else(|| rest.strip_prefix("./")) {
            match device.get(..4) {
                Some(unc) if unc.eq_ignore_ascii_case("unc/") => {
                    self.share(device.get(4..).unwrap_or_default());
                }
                _ => {
                    self.class = Class::Drive;
                    self.ending = ending(device);
                }
            }
            return;
        }
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        // `\\host@SSL@443\DavWWWRoot\`: what follows the host is how to reach it.
        let (host, way) = authority.split_once('@').unwrap_or((authority, ""));
        self.name_host(host);
        let dav = !way.is_empty()
            || path
                .get(.."davwwwroot".len())
                .is_some_and(|root| root.eq_ignore_ascii_case("davwwwroot"));
        self.class = if dav || self.numbered {
            Class::FarShare
        } else {
            Class::Share
        };
        self.ending = ending(path);
    }

    /// The host of what follows `//`.
    fn authority(&mut self, rest: &str) {
        let end = rest.find(['/', '?', '#', '!']).unwrap_or(rest.len());
        let authority = rest.get(..end).unwrap_or_default();
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (user, host),
            None => ("", authority),
        };
        let host = match host.strip_prefix('[').and_then(|v6| v6.split_once(']')) {
            Some((v6, _)) => v6,
            None => host.split(':').next().unwrap_or_default(),
        };
        self.name_host(host);
        // `http://www.bank.invalid@host/` looks like what stands in front.
        self.disguised |= user.contains('.');
    }

    fn name_host(&mut self, host: &str) {
        host.clone_into(&mut self.host);
        if host.contains(':') || host.to_ascii_lowercase().ends_with(".ipv6-literal.net") {
            self.numbered = true;
        } else if let Some(ip) = numeric_host(host) {
            self.disguised |= ip.to_string() != host;
            self.numbered = self.disguised || !is_local(ip);
        }
    }
}

/// Schemes that start a program and hand it the rest.
const HANDLERS: &[&str] = &[
    "search",
    "search-ms",
    "shell",
    "hcp",
    "microsoft-edge",
    "tn3270",
    "telnet",
    "ldap",
    "ldaps",
    "wmplayer",
    "windowsdefender",
    "outlook",
    "excel",
    "word",
    "powerpoint",
    "steam",
    "file-handler",
    "iehistory",
    "ierss",
    "mms",
    "rlogin",
    "insertfile",
    "callback",
    "web-search",
    "conf",
];

/// Whether an address is of a network that is not reached from elsewhere.
fn is_local(ip: Ipv4Addr) -> bool {
    ip.is_private() || ip.is_loopback() || ip.is_link_local()
}

/// Whether a page lies in a help file by its path here: `@MSITStore:C:\a.chm::/b.htm`.
fn is_help(rest: &str) -> bool {
    let store = "@msitstore:";
    let file = match rest.get(..store.len()) {
        Some(start) if start.eq_ignore_ascii_case(store) => rest.get(store.len()..),
        _ => Some(rest),
    };
    let file = file.unwrap_or_default();
    let file = file.split_once("::").map_or(file, |(file, _)| file);
    let ending = file.len().checked_sub(4).and_then(|at| file.get(at..));
    is_drive(file) && ending.is_some_and(|ending| ending.eq_ignore_ascii_case(".chm"))
}

fn is_drive(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':' | b'|', ..] if letter.is_ascii_alphabetic())
}

/// The scheme in lower case and what follows it (RFC 3986 3.1).
fn scheme(text: &str) -> Option<(String, &str)> {
    let at = text.find(':')?;
    let (before, rest) = text.split_at_checked(at)?;
    let named = before.starts_with(|c: char| c.is_ascii_alphabetic())
        && before
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    named.then(|| {
        (
            before.to_ascii_lowercase(),
            rest.get(1..).unwrap_or_default(),
        )
    })
}

/// The target without what programs read past: escapes resolved, one kind of slash, no blanks
/// around it and no control characters in it.
fn plain(target: &str) -> String {
    let mut text: String = unescaped(target)
        .chars()
        .take(LONGEST)
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .map(|c| match c {
            // The backslash, the yen sign that stands in its place in Japanese fonts, and what
            // looks like a slash.
            '\\' | '¥' | '／' | '＼' | '∕' | '⁄' | '⧸' | '⧵' | '﹨' => '/',
            '：' | '﹕' | '∶' => ':',
            '．' | '。' | '｡' => '.',
            _ => c,
        })
        .collect();
    let trimmed =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>'));
    if trimmed.len() != text.len() {
        text = trimmed.to_owned();
    }
    text
}

/// Characters that take no room: joiners, marks of direction.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// `%41` resolved, again if that gives another; what would not be text stays as it is.
fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..2 {
        if !text.contains('%') {
            break;
        }
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        while let Some((&byte, behind)) = rest.split_first() {
            let digits = (byte == b'%')
                .then(|| behind.split_first_chunk::<2>())
                .flatten();
            let digit = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
            let pair = digits.and_then(|([high, low], behind)| {
                Some((digit(*high)? << 4 | digit(*low)?, behind))
            });
            match pair {
                Some((decoded, behind)) => {
                    bytes.push(decoded);
                    rest = behind;
                }
                None => {
                    bytes.push(byte);
                    rest = behind;
                }
            }
        }
        match String::from_utf8(bytes) {
            Ok(decoded) if decoded != text => text = decoded,
            _ => break,
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(target: &str) -> Class {
        Target::read(target).class
    }

    #[test]
    fn every_spelling_of_a_place() {
        for (expected, targets) in [
            (Class::Inside, &["", "  ", "#Sheet1!A1"][..]),
            (
                Class::Relative,
                &["NULL", "../a.docx", "a b.xlsx", "file:a.docx", "a/b:c"],
            ),
            (
                Class::Drive,
                &[
                    "C:\\Templates\\letter.dotx",
                    "file:///C:/x.dotx",
                    "file:///C|/x.dotx",
                    "file:/C:/x",
                    "file:///C:\\Users\\a",
                    "file://localhost/c:/x",
                    "file:///%43:/x",
                    "\\\\?\\C:\\x",
                    "\\letter.dotx",
                ],
            ),
            (
                Class::Share,
                &[
                    "\\\\host.invalid\\share\\t.dotx",
                    "//host.invalid/share/t.dotx",
                    "/\\host/share",
                    "file://host/share/t.dotx",
                    "FILE:\\\\host\\share",
                    "file:////host/share",
                    "file:///\\\\host\\share",
                    "%5C%5Chost%5Cshare",
                    "%255C%255Chost%255Cshare",
                    "\\\\?\\UNC\\host\\share",
                    "＼＼host＼share",
                    "  \\\\host\\share  ",
                    "smb://host/share",
                    "\\\\192.168.1.9\\share",
                ],
            ),
            (
                Class::FarShare,
                &[
                    "\\\\198.51.100.7\\share",
                    "\\\\host.invalid@SSL\\DavWWWRoot\\t.dotm",
                    "\\\\host.invalid@80\\x\\t.dotm",
                    "\\\\host.invalid\\DavWWWRoot\\t.dotm",
                    "file://host.invalid@SSL@443/x",
                    "\\\\3325256711\\share",
                    "\\\\0xC6.0x33.0x64.0x07\\share",
                    "\\\\2001-db8--1.ipv6-literal.net\\share",
                ],
            ),
            (
                Class::Web,
                &[
                    "http://example.invalid/t.dotm",
                    "HTTPS://example.invalid",
                    "hTtP:\\\\example.invalid\\t",
                    "ht\ttp://example.invalid/",
                    "%68ttp://example.invalid/",
                    "URL:http://example.invalid/",
                    "URL;http://example.invalid/",
                    "\u{200B}http://example.invalid",
                    "http:example.invalid",
                    "ftp://example.invalid/a",
                ],
            ),
            (Class::Mail, &["mailto:a@example.invalid", "tel:1"]),
            (
                Class::Archived,
                &["mhtml:http://example.invalid/a!x-usc:http://example.invalid/a"],
            ),
            (
                Class::Handler,
                &[
                    "ms-msdt:/id x",
                    "ms-word:ofe|u|http://example.invalid",
                    "SEARCH-MS:query=x",
                    "ms-officecmd:{}",
                    "shell:startup",
                ],
            ),
            (
                Class::Code,
                &[
                    "javascript:x",
                    "java\nscript:x",
                    "vbscript:x",
                    "data:text/html,x",
                ],
            ),
            (Class::Data, &["data:image/png;base64,x"]),
            (
                Class::Moniker,
                &["script:http://example.invalid/a.sct", "soap:wsdl=http://x"],
            ),
            (Class::Scheme, &["x-unknown://example.invalid"]),
        ] {
            for target in targets {
                assert_eq!(class(target), expected, "{target:?}");
            }
        }
    }

    #[test]
    fn hosts() {
        for (target, host, disguised) in [
            ("http://example.invalid:80/a", "example.invalid", false),
            ("http://198.51.100.7/a", "198.51.100.7", false),
            ("http://3325256711/a", "3325256711", true),
            ("http://0306.51.100.7/a", "0306.51.100.7", true),
            ("http://[2001:db8::1]:80/", "2001:db8::1", false),
            (
                "http://bank.invalid@example.invalid/",
                "example.invalid",
                true,
            ),
            (
                "http://user:word@example.invalid/",
                "example.invalid",
                false,
            ),
            ("http://example.invalid?a@b.c", "example.invalid", false),
        ] {
            let read = Target::read(target);
            assert_eq!(
                (read.host.as_str(), read.disguised),
                (host, disguised),
                "{target}"
            );
        }
    }

    #[test]
    fn endings_of_targets() {
        for (target, ending) in [
            ("http://example.invalid/setup.EXE#x=1", Ending::Program),
            ("http://example.invalid/record.url?x=1", Ending::Other),
            ("http://example.invalid/isapi.dll", Ending::Other),
            ("http://example.invalid/a.exe!", Ending::Program),
            ("http://example.com", Ending::Other),
            ("\\\\h\\s\\a.vbs  ", Ending::Script),
            ("file:///C:/a/b.lnk", Ending::Shortcut),
            ("C:\\a\\b.dotm", Ending::Macro),
            ("a.docx#x", Ending::Document),
        ] {
            assert_eq!(Target::read(target).ending, ending, "{target}");
        }
    }
}
