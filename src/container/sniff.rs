//! What kind of bytes these are, told by their first bytes and never by a name.

use memchr::memmem;

use super::cfb;
use crate::bytes::slice;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Nothing at all.
    Empty,
    /// A compound file.
    Cfb,
    /// A zip archive or package.
    Zip,
    /// Rich text.
    Rtf,
    /// A mail message or an archived web page: MIME.
    Mime,
    /// The wrapper of a compound file in MIME and XML.
    ActiveMime,
    /// XML.
    Xml,
    /// HTML.
    Html,
    /// Symbolic link exchange, a spreadsheet in text.
    Sylk,
    /// Excel records without a container (Excel 2 to 4).
    Biff,
    /// A document of before compound files, by its usual name.
    Old(&'static str),
    /// An Access database.
    Access,
    /// A OneNote section.
    OneNote,
    /// The rich text wrapper of Outlook mail.
    Tnef,
    /// An archive of this kind.
    Archive(&'static str),
    /// PDF.
    Pdf,
    /// Something that carries no Office macros, by its usual name.
    Foreign(&'static str),
    /// Text in no particular form.
    Text,
    /// None of the above.
    Unknown,
}

impl Kind {
    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Cfb => "ole",
            Self::Zip => "zip",
            Self::Rtf => "rtf",
            Self::Mime => "mime",
            Self::ActiveMime => "activemime",
            Self::Xml => "xml",
            Self::Html => "html",
            Self::Sylk => "slk",
            Self::Biff => "biff",
            Self::Access => "access",
            Self::OneNote => "onenote",
            Self::Tnef => "tnef",
            Self::Old(name) | Self::Archive(name) | Self::Foreign(name) => name,
            Self::Pdf => "pdf",
            Self::Text => "text",
            Self::Unknown => "unknown",
        }
    }
}

const ONENOTE: [u8; 16] = *b"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D\xAE\xB1\x53\x78\xD0\x29\x96\xD3";
const ONENOTE_INDEX: [u8; 16] =
    *b"\xA1\x2F\xFF\x43\xD9\xEF\x76\x4C\x9E\xE2\x10\xEA\x57\x22\x76\x5F";

const FOREIGN: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xFF\xD8\xFF", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"\xD7\xCD\xC6\x9A", "wmf"),
    (b"8BPS", "psd"),
    (b"MZ", "exe"),
    (b"\x7FELF", "elf"),
    (b"L\0\0\0\x01\x14\x02\0", "lnk"),
    (b"ITSF", "chm"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"fLaC", "flac"),
    (b"%!PS", "postscript"),
    (b"SQLite format 3\0", "sqlite"),
    (b"wOFF", "woff"),
    (b"\0\x01\0\0\0", "ttf"),
];

const ARCHIVES: &[(&[u8], &str)] = &[
    (b"Rar!\x1A\x07", "rar"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"\x1F\x8B", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ\0", "xz"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"MSCF", "cab"),
    (b"ISc(", "installshield"),
];

/// How far a wrapper's mark is looked for before the kind is settled.
const HEAD: usize = 4096;

/// Tells what kind of bytes these are. Looks at no more than the first 4 KiB and a few places
/// further on, whatever the length.
#[must_use]
pub fn sniff(data: &[u8]) -> Kind {
    if data.is_empty() {
        return Kind::Empty;
    }
    if cfb::is_cfb(data) {
        return Kind::Cfb;
    }
    let starts = |magic: &[u8]| data.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") || starts(b"PK\x07\x08PK\x03\x04") {
        return Kind::Zip;
    }
    if starts(b"{\\rt") {
        return Kind::Rtf;
    }
    if starts(b"ActiveMime") {
        return Kind::ActiveMime;
    }
    if starts(&ONENOTE) || starts(&ONENOTE_INDEX) {
        return Kind::OneNote;
    }
    if matches!(
        slice(data, 4, 15),
        Some(b"Standard Jet DB" | b"Standard ACE DB")
    ) {
        return Kind::Access;
    }
    if starts(b"\x78\x9F\x3E\x22") {
        return Kind::Tnef;
    }
    if is_bare_biff(data) {
        return Kind::Biff;
    }
    // Word 2: wIdent 0xA5DB; Word 1: 0xA59B; without a container also later ones.
    if matches!(
        data,
        [0xDB | 0xDC | 0x9B | 0xEC, 0xA5, ..] | [0x31 | 0x32, 0xBE, 0, 0, ..]
    ) {
        return Kind::Old("doc");
    }
    // Compound files of before their format was settled.
    if starts(b"\x0E\x11\xFC\x0D\xD0\xCF\x11\xE0") {
        return Kind::Old("ole");
    }
    // PowerPoint 3 and 4.
    if starts(b"\x0B\xAD\xDE\xED") || starts(b"\xED\xDE\xAD\x0B") {
        return Kind::Old("ppt");
    }
    let head = data.get(..HEAD).unwrap_or(data);
    if slice(data, 257, 5) == Some(b"ustar") {
        return Kind::Archive("tar");
    }
    if slice(data, 0x8001, 5) == Some(b"CD001") {
        return Kind::Archive("iso");
    }
    // Text is settled by what it says: a signature can stand in any comment.
    let texty = is_texty(head);
    for (magic, name) in ARCHIVES {
        if starts(magic) && !texty {
            return Kind::Archive(name);
        }
    }
    let pdf = memmem::find(head.get(..1024).unwrap_or(head), b"%PDF-");
    if pdf.is_some_and(|at| at == 0 || !texty) {
        return Kind::Pdf;
    }
    for (magic, name) in FOREIGN {
        if starts(magic) && !texty {
            return Kind::Foreign(name);
        }
    }
    if starts(b"\x01\0\0\0") && slice(data, 40, 4) == Some(b" EMF") {
        return Kind::Foreign("emf");
    }
    if slice(data, 4, 4) == Some(b"ftyp") && !texty {
        return Kind::Foreign("mp4");
    }
    if starts(b"RIFF") && !texty {
        return Kind::Foreign("riff");
    }
    text_kind(data, head)
}

/// A BOF record at the start: Excel 2, 3, 4 (0x09, 0x0209, 0x0409) or a bare Excel 5 stream.
fn is_bare_biff(data: &[u8]) -> bool {
    let kind = match data {
        [
            0x09,
            0x00 | 0x02 | 0x04 | 0x08,
            4..=16,
            0,
            _,
            _,
            low,
            high,
            ..,
        ] => [*low, *high],
        _ => return false,
    };
    // Globals, sheet, chart, macro sheet, workspace.
    matches!(kind, [0x05 | 0x10 | 0x20 | 0x40, 0] | [0, 1])
}

/// Text holds no NUL, unless it is UTF-16, and few other control characters: a script may have
/// some in a comment.
fn is_texty(head: &[u8]) -> bool {
    let control =
        |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | 0x0C | b'\r' | 0x1B | 8);
    let controls = head.iter().filter(control).count();
    memchr::memchr(0, head).is_none() && controls <= 2_usize.saturating_add(head.len() >> 6)
}

fn text_kind(data: &[u8], head: &[u8]) -> Kind {
    let (text, wide) = match head {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (ascii(rest, 1, 0), false),
        [0xFF, 0xFE, rest @ ..] => (ascii(rest, 2, 0), true),
        [0xFE, 0xFF, rest @ ..] => (ascii(rest, 2, 1), true),
        [b'<', 0, ..] => (ascii(head, 2, 0), true),
        [0, b'<', ..] => (ascii(head, 2, 1), true),
        _ => (ascii(head, 1, 0), false),
    };
    let trimmed = text.trim_ascii_start();
    let starts = |word: &[u8]| {
        trimmed
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    if starts(b"<?xml") {
        return Kind::Xml;
    }
    if starts(b"<html") || starts(b"<!doctype html") || starts(b"<script") || starts(b"<head") {
        return Kind::Html;
    }
    if trimmed.first() == Some(&b'<') && (starts(b"<pkg:") || starts(b"<w:") || starts(b"<!--")) {
        return Kind::Xml;
    }
    if starts(b"ID;P") {
        return Kind::Sylk;
    }
    if is_mime(&text) {
        return Kind::Mime;
    }
    if wide || is_texty(data.get(..HEAD).unwrap_or(data)) {
        if trimmed.first() == Some(&b'<') && memmem::find(&text, b"<html").is_some() {
            return Kind::Html;
        }
        return Kind::Text;
    }
    Kind::Unknown
}

/// The low bytes of units of `width`, as far as text kinds are told by.
fn ascii(bytes: &[u8], width: usize, at: usize) -> Vec<u8> {
    bytes
        .chunks_exact(width)
        .filter_map(|unit| unit.get(at).copied())
        .collect()
}

/// Lines `Name: value` at the start, one of them a field that mail and MHT have.
fn is_mime(text: &[u8]) -> bool {
    const FIELDS: &[&[u8]] = &[
        b"mime-version",
        b"content-type",
        b"content-transfer-encoding",
        b"received",
        b"return-path",
        b"delivered-to",
        b"message-id",
        b"x-mailer",
        b"from",
        b"to",
        b"subject",
        b"date",
    ];
    let (mut fields, mut known) = (0_u32, 0_u32);
    for line in text.split(|&byte| byte == b'\n') {
        let line = line.trim_ascii_end();
        if line.is_empty() || matches!(line.first(), Some(b' ' | b'\t')) {
            if known > 0 && line.is_empty() {
                break;
            }
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else {
            // Junk in front of the header is tolerated by the applications (mbox lines, too).
            if fields > 0 || known > 0 {
                break;
            }
            continue;
        };
        let name = line.get(..colon).unwrap_or_default().trim_ascii();
        let is_name =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b' ');
        if name.is_empty() || !name.iter().all(is_name) {
            break;
        }
        fields = fields.saturating_add(1);
        if FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field)) {
            known = known.saturating_add(1);
        }
    }
    let lower = text.to_ascii_lowercase();
    let version = memmem::find(&lower, b"mime-version").is_some();
    let multipart = memmem::find(&lower, b"content-type:").is_some_and(|at| {
        let value = lower
            .get(at.saturating_add(13)..)
            .unwrap_or_default()
            .trim_ascii_start();
        value.starts_with(b"multipart/") || value.starts_with(b"message/")
    });
    known >= 2 || (known >= 1 && (version || multipart))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_their_first_bytes() {
        for (data, kind) in [
            (&b""[..], Kind::Empty),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 ", Kind::Cfb),
            (b"PK\x03\x04....", Kind::Zip),
            (b"{\\rtf1\\ansi", Kind::Rtf),
            (b"{\\rt\\x", Kind::Rtf),
            (b"\0\x01\0\0Standard Jet DB\0", Kind::Access),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind::Foreign("png")),
            (b"BMW is a make of car", Kind::Text),
            (b"\xEF\xBB\xBF<?xml version='1.0'?>", Kind::Xml),
            (b"\xFF\xFE<\0?\0x\0m\0l\0 \0", Kind::Xml),
            (b"<\0?\0x\0m\0l\0 \0", Kind::Xml),
            (b"  <!DOCTYPE HTML><p>", Kind::Html),
            (b"ID;PWXL;N;E\r\n", Kind::Sylk),
            (
                b"From: a@x.invalid\r\nSubject: =?ISO-2022-JP?B?GyRC?=\r\n\r\nbody",
                Kind::Mime,
            ),
            (
                b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
                Kind::Mime,
            ),
            (b"%PDF-1.7\n", Kind::Pdf),
            (b"\n\n%PDF-1.4\n%\0\x01\x02", Kind::Pdf),
            (b"\x09\x04\x06\0\0\0\x40\0\0\0", Kind::Biff),
            (b"\x09\x04\x06\0\0\0\0\x01", Kind::Biff),
            (
                b"Content-Type: multipart/mixed; boundary=1\n\n--1\n",
                Kind::Mime,
            ),
            (b"\x0B\xAD\xDE\xED\0\0\0\x03", Kind::Old("ppt")),
            (b"BZh = 1\r\n", Kind::Text),
            (
                b"Rar!\x1A\x07\x01\0\x33\x92\x01\x02\x03",
                Kind::Archive("rar"),
            ),
            (b"Sub A()\r\nEnd Sub", Kind::Text),
            (b"Note: this is\r\nnot a mail", Kind::Text),
            (b"' %PDF-1.4\r\nMsgBox 1\r\n", Kind::Text),
            (b"Dim ftyp\r\n", Kind::Text),
            (b"RIFF = 1\r\n", Kind::Text),
            (b"' \x01\r\nMsgBox 1\r\n", Kind::Text),
            (b"\x00\x02\x03random", Kind::Unknown),
            (b"MZ\x90\0\x03", Kind::Foreign("exe")),
        ] {
            assert_eq!(sniff(data), kind, "{data:?}");
        }
    }
}
