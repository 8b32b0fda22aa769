//! What a binary workbook refers to, [MS-XLS]: links to programs and workbooks, queries, addresses.
//!
//! | record | what is used |
//! |---|---|
//! | 0x01AE SupBook (2.4.271) | `virtPath`: `program\x03topic`, or the path of a workbook |
//! | 0x0017 ExternSheet of Excel 5 | the same, in bytes |
//! | 0x0023 ExternName (2.4.105) | `fOleLink`: the link before it is one to an object |
//! | 0x00DC DbQuery (2.4.84), 0x00CD SXString (2.4.314) | a query, and its texts behind it |
//! | 0x01AD Qsi (2.4.208) | `fAutoRefresh`: it is asked whenever the workbook is opened |
//! | 0x0876 DConn (2.4.71) | a connection |
//! | 0x01B8 HLink (2.4.140) | an address |

use memchr::memmem;

use crate::bytes::{le16, le32, slice, text};
use crate::project::{Load, LoadKind};

const SUP_BOOK: u16 = 0x01AE;
const EXTERN_SHEET: u16 = 0x0017;
const EXTERN_NAME: u16 = 0x0023;
const DB_QUERY: u16 = 0x00DC;
const SX_STRING: u16 = 0x00CD;
const QSI: u16 = 0x01AD;
const DCONN: u16 = 0x0876;
const HLINK: u16 = 0x01B8;

/// The longest text that is kept.
const LONGEST: usize = 4096;

/// Collects what records refer to.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) loads: Vec<Load>,
    /// A link to a program, until it is known whether it is one to an object.
    program: Option<String>,
    /// The texts of a query, until the next record.
    query: Option<String>,
    /// Whether the workbook is of Excel 5, whose texts are bytes.
    pub(super) narrow: bool,
}

impl Links {
    /// Looks at one record.
    pub(super) fn record(&mut self, record: u16, body: &[u8]) {
        if record != SX_STRING {
            self.end_query();
        }
        match record {
            SUP_BOOK => {
                self.end_program();
                if let Some(path) = sup_book(body) {
                    self.link(&path, "SupBook");
                }
            }
            EXTERN_SHEET if self.narrow => {
                self.end_program();
                let length = usize::from(body.first().copied().unwrap_or(0));
                let path = body.get(1..).unwrap_or_default();
                let path = path.get(..length).unwrap_or(path);
                self.link(&text::decode(path, 1252).text, "ExternSheet");
            }
            EXTERN_NAME => {
                let object = le16(body, 0).is_some_and(|flags| flags & 0x10 != 0);
                if object && let Some(link) = self.program.take() {
                    let (_, topic) = link.split_once('|').unwrap_or_default();
                    self.push(LoadKind::Object, topic.to_owned(), "SupBook");
                }
            }
            DB_QUERY => self.query = Some(String::new()),
            SX_STRING => {
                if let Some(query) = &mut self.query
                    && query.len() < LONGEST
                {
                    query.push_str(&counted(body, usize::from(le16(body, 0).unwrap_or(0))));
                }
            }
            QSI if le16(body, 0).is_some_and(|flags| flags & 0x20 != 0) => {
                let queries = self.loads.iter_mut();
                for load in queries.filter(|load| load.kind == LoadKind::Connection) {
                    load.kind = LoadKind::Refresh;
                }
            }
            DCONN => {
                for found in connections(body) {
                    self.push(LoadKind::Connection, found, "DConn");
                }
            }
            HLINK => {
                if let Some(target) = hyperlink(body) {
                    self.push(LoadKind::Hyperlink, target, "HLink");
                }
            }
            _ => {}
        }
    }

    /// Everything that was found.
    pub(super) fn finish(mut self) -> Vec<Load> {
        self.end_query();
        self.end_program();
        self.loads
    }

    fn push(&mut self, kind: LoadKind, target: String, place: &str) {
        self.loads.push(Load {
            kind,
            target,
            place: place.to_owned(),
        });
    }

    fn end_program(&mut self) {
        if let Some(link) = self.program.take() {
            self.push(LoadKind::DdeLink, link, "SupBook");
        }
    }

    fn end_query(&mut self) {
        if let Some(query) = self.query.take().filter(|query| !query.is_empty()) {
            self.push(LoadKind::Connection, query, "DbQuery");
        }
    }

    fn link(&mut self, path: &str, place: &str) {
        let mut characters = path.chars();
        match characters.next() {
            None | Some('\0' | '\u{2}' | ':' | ' ') => {}
            Some('\u{1}') => {
                if let Some(target) = virtual_path(characters.as_str()) {
                    self.push(LoadKind::Workbook, target, place);
                }
            }
            Some('\u{3}') => {}
            Some(_) => {
                if let Some((program, topic)) = path.split_once('\u{3}') {
                    self.program = Some(format!("{program}|{topic}"));
                }
            }
        }
    }
}

/// The path of a link, unless it is one to the workbook itself or to an add-in, whose lengths no
/// path can have.
fn sup_book(body: &[u8]) -> Option<String> {
    const LONGEST: u16 = 0xFF;
    let length = le16(body, 2).filter(|length| (1..=LONGEST).contains(length))?;
    Some(counted(body.get(2..)?, usize::from(length)))
}

/// A text of so many characters behind its length and a byte of flags, [MS-XLS] 2.5.296.
fn counted(body: &[u8], length: usize) -> String {
    let wide = body.get(2).is_some_and(|flags| flags & 1 == 1);
    let bytes = body.get(3..).unwrap_or_default();
    let size = if wide {
        length.saturating_mul(2)
    } else {
        length
    };
    let bytes = bytes.get(..size).unwrap_or(bytes);
    if wide {
        text::utf16le(bytes)
    } else {
        // The lower half of each character.
        bytes.iter().map(|byte| char::from(*byte)).collect()
    }
}

/// A path behind its mark, [MS-XLS] 2.5.277. `None` for one in the folder of the workbook.
fn virtual_path(path: &str) -> Option<String> {
    let mut text = String::new();
    let mut characters = path.chars();
    while let Some(c) = characters.next() {
        match c {
            '\u{1}' => match characters.next()? {
                '@' => text.push_str("\\\\"),
                drive => {
                    text.push(drive);
                    text.push_str(":\\");
                }
            },
            '\u{2}' | '\u{3}' => text.push('\\'),
            '\u{4}' => text.push_str("..\\"),
            // A volume with a long name, and how long it is.
            '\u{5}' => {
                characters.next();
            }
            '\u{6}' | '\u{7}' | '\u{8}' => {}
            _ => text.push(c),
        }
    }
    let text = text.replace(['[', ']'], "");
    (!text.is_empty()).then_some(text)
}

/// Texts of a connection that say where it leads.
fn connections(body: &[u8]) -> Vec<String> {
    let narrow = |bytes: &[u8], step: usize| -> Vec<String> {
        let units = bytes.chunks_exact(step);
        let text: String = units
            .map(|unit| match unit {
                [low] | [low, 0] if (0x20..0x7F).contains(low) => char::from(*low),
                [low, high] if *high != 0 => {
                    char::from_u32(u32::from(u16::from_le_bytes([*low, *high]))).unwrap_or('\n')
                }
                _ => '\n',
            })
            .collect();
        text.split('\n')
            .filter(|run| leads_somewhere(run))
            .map(|run| run.chars().take(LONGEST).collect())
            .collect()
    };
    let mut found = narrow(body, 1);
    for skip in 0..2 {
        found.extend(narrow(body.get(skip..).unwrap_or_default(), 2));
    }
    found.truncate(4);
    found
}

fn leads_somewhere(run: &str) -> bool {
    let lower = run.to_ascii_lowercase();
    [
        "://",
        "\\\\",
        "provider=",
        "driver=",
        "dsn=",
        "data source=",
    ]
    .iter()
    .any(|mark| lower.contains(mark))
}

/// Where an address leads, [MS-OSHARED] 2.3.7.1: that of its moniker.
fn hyperlink(body: &[u8]) -> Option<String> {
    const URL: [u8; 16] = [
        0xE0, 0xC9, 0xEA, 0x79, 0xF9, 0xBA, 0xCE, 0x11, 0x8C, 0x82, 0, 0xAA, 0, 0x4B, 0xA9, 0x0B,
    ];
    const FILE: [u8; 16] = [3, 3, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
    let behind = |class: &[u8; 16]| {
        let at = memmem::find(body, class)?;
        body.get(at.checked_add(16)?..)
    };
    let until_zero = |text: String| text.split('\0').next().unwrap_or_default().to_owned();
    if let Some(rest) = behind(&URL) {
        let length = usize::try_from(le32(rest, 0)?).ok()?;
        let text = rest.get(4..)?;
        return Some(until_zero(text::utf16le(
            text.get(..length).unwrap_or(text),
        )));
    }
    if let Some(rest) = behind(&FILE) {
        let length = usize::try_from(le32(rest, 2)?).ok()?;
        let path = slice(rest, 6, length)?;
        // Behind it the same in two bytes a character, where one was not enough.
        let wide = length.checked_add(6 + 24).and_then(|at| {
            let size = usize::try_from(le32(rest, at.checked_add(4)?)?).ok()?;
            slice(rest, at.checked_add(10)?, size)
        });
        let wide = wide.filter(|wide| !wide.is_empty()).map(text::utf16le);
        return Some(until_zero(
            wide.unwrap_or_else(|| text::decode(path, 1252).text.into_owned()),
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loads(records: &[(u16, &[u8])]) -> Vec<(LoadKind, String)> {
        let mut links = Links::default();
        for (record, body) in records {
            links.record(*record, body);
        }
        let loads = links.finish().into_iter();
        loads.map(|load| (load.kind, load.target)).collect()
    }

    #[test]
    fn links_to_programs() {
        let dde = (SUP_BOOK, &b"\0\0\x09\0\0inert\x03abc"[..]);
        let expected = || (LoadKind::DdeLink, "inert|abc".to_owned());
        assert_eq!(loads(&[dde]), [expected()]);
        assert_eq!(
            loads(&[dde, (EXTERN_NAME, b"\x02\0\0\0\0\0")]),
            [expected()]
        );
        assert_eq!(
            loads(&[dde, (EXTERN_NAME, b"\x10\0\0\0\0\0")]),
            [(LoadKind::Object, "abc".to_owned())]
        );
        let wide = (SUP_BOOK, &b"\0\0\x03\0\x01a\0\x03\0b\0"[..]);
        assert_eq!(
            loads(&[wide, dde]),
            [(LoadKind::DdeLink, "a|b".to_owned()), expected()]
        );
    }

    #[test]
    fn links_to_workbooks() {
        for (body, target) in [
            (&b"\x01\0\x09\0\0\x01\x01Cdir\x03a.x"[..], r"C:\dir\a.x"),
            (b"\x01\0\x0B\0\0\x01\x01@srv\x03s\x03a.x", r"\\srv\s\a.x"),
            (
                b"\x01\0\x12\0\0\x01\x05\x10http://h.i/a.xls",
                "http://h.i/a.xls",
            ),
        ] {
            let length = body.len() - 5;
            let mut body = body.to_vec();
            body[2] = length as u8;
            assert_eq!(
                loads(&[(SUP_BOOK, &body)]),
                [(LoadKind::Workbook, target.to_owned())]
            );
        }
        for own in [
            &b"\x01\0\x01\x04"[..],
            b"\x03\0\x01\x3A",
            b"\x01\0\x01\0\0\0",
        ] {
            assert_eq!(loads(&[(SUP_BOOK, own)]), []);
        }
    }

    #[test]
    fn queries() {
        let text = b"\x0A\0\0URL;http:/";
        assert_eq!(
            loads(&[
                (DB_QUERY, &[0; 12]),
                (SX_STRING, text),
                (SX_STRING, b"\x01\0\0/"),
                (QSI, &[0x20, 0])
            ]),
            [(LoadKind::Refresh, "URL;http:/".to_owned() + "/")]
        );
        assert_eq!(loads(&[(SX_STRING, text)]), []);
    }
}
