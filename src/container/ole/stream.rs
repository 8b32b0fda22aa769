//! What an object in a compound file is linked to, and its class: the streams `\x01Ole` and
//! `\x01CompObj`.
//!
//! | at | field of `\x01Ole` (2.3.3) |
//! |---|---|
//! | 4 | flags: bit 0 says that it is a link |
//! | 16 | a length and a moniker, up to three times: the class of the moniker, its data |
//!
//! Programs that make traps leave lengths wrong, and monikers lie in one another; so they are
//! looked for by their classes.

use memchr::memmem;

use super::ansi;
use crate::bytes::text::utf16le;
use crate::bytes::{Bytes, array, le16, le32};

/// `{79EAC9E0-BAF9-11CE-8C82-00AA004BA90B}`, [MS-OSHARED] 2.3.7.6.
const URL: [u8; 16] = *b"\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B";
/// `{00000303-0000-0000-C000-000000000046}`, [MS-OSHARED] 2.3.7.8.
const FILE: [u8; 16] = *b"\x03\x03\x00\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46";

/// No more of a stream is looked at: a link takes a few hundred bytes.
const LONGEST: usize = 1 << 16;
/// Links to more than that are lies.
const MOST: usize = 16;
/// The shortest text that is taken for an address.
const SHORTEST: usize = 6;

/// What a stream `\x01Ole` says of its object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Link {
    /// Whether it is a link and no embedded object.
    pub linked: bool,
    /// What it leads to: addresses and paths.
    pub targets: Vec<String>,
}

/// Reads a stream `\x01Ole`.
#[must_use]
pub fn link_of(stream: &[u8]) -> Link {
    let stream = stream.get(..LONGEST).unwrap_or(stream);
    Link {
        linked: le32(stream, 4).is_some_and(|flags| flags & 1 == 1),
        targets: targets(stream),
    }
}

/// The class in a stream `\x01CompObj`, as stored: in the reserved bytes of its header (2.3.7),
/// where every program writes it.
#[must_use]
pub fn class_of(stream: &[u8]) -> Option<[u8; 16]> {
    array(stream, 12)
}

/// What the monikers in some bytes lead to, wherever they stand.
#[must_use]
pub fn targets(bytes: &[u8]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |text: String| {
        let text = text.trim().to_owned();
        if !text.is_empty() && found.len() < MOST && !found.contains(&text) {
            found.push(text);
        }
    };
    for at in memmem::find_iter(bytes, &URL).take(MOST) {
        // A length, and text up to a NUL; the length is not needed.
        let start = at.saturating_add(URL.len()).saturating_add(4);
        add(wide(bytes.get(start..).unwrap_or_default()));
    }
    for at in memmem::find_iter(bytes, &FILE).take(MOST) {
        let start = at.saturating_add(FILE.len());
        add(file(bytes.get(start..).unwrap_or_default()).unwrap_or_default());
    }
    // Monikers of scripts and of the web have their text in forms of their own.
    for text in addresses(bytes) {
        add(text);
    }
    found
}

/// UTF-16 up to a NUL.
fn wide(bytes: &[u8]) -> String {
    let (units, _) = bytes.as_chunks::<2>();
    let end = units.iter().position(|unit| *unit == [0, 0]);
    let length = end.unwrap_or(units.len()).saturating_mul(2);
    utf16le(bytes.get(..length).unwrap_or_default())
}

/// The path of a file moniker, [MS-OSHARED] 2.3.7.8: in UTF-16 if it is there.
fn file(bytes: &[u8]) -> Option<String> {
    let mut bytes = Bytes::new(bytes);
    bytes.u16().ok()?;
    let length = usize::try_from(bytes.u32().ok()?).ok()?;
    let path = bytes.bytes(length.min(LONGEST)).ok()?;
    let path = ansi(path, None).into_owned();
    // endServer, versionNumber, reserved1, reserved2.
    let rest = bytes.rest().get(24..).unwrap_or_default();
    let wide = le32(rest, 4).zip(le16(rest, 8)).and_then(|(length, _)| {
        let length = usize::try_from(length).ok()?;
        rest.get(10..length.checked_add(10)?)
    });
    match wide.map(utf16le) {
        Some(wide) if !wide.is_empty() => Some(wide),
        _ => Some(path),
    }
}

/// Texts in UTF-16 that are addresses: with a scheme, or of a server.
fn addresses(bytes: &[u8]) -> impl Iterator<Item = String> {
    let marks = [&b":\0"[..], b"\\\0\\\0"];
    let marks = marks
        .into_iter()
        .flat_map(|mark| memmem::find_iter(bytes, mark).take(MOST));
    let mut places: Vec<usize> = marks.collect();
    places.sort_unstable();
    let mut after = 0;
    places.into_iter().filter_map(move |at| {
        if at < after {
            return None;
        }
        let before = bytes.get(..at)?;
        let letters = before
            .rchunks_exact(2)
            .take_while(|unit| matches!(unit, [byte, 0] if byte.is_ascii_alphanumeric()))
            .count();
        let start = at.saturating_sub(letters.saturating_mul(2));
        let text = wide(bytes.get(start..)?);
        let text: String = text.chars().take_while(|c| !c.is_control()).collect();
        after = start.saturating_add(text.len());
        let scheme = text.split(':').next().unwrap_or_default();
        let known = matches!(
            &*scheme.to_ascii_lowercase(),
            "http" | "https" | "ftp" | "file" | "mhtml" | "script" | "soap" | "new" | "mk" | "res"
        );
        let wanted =
            (known || text.contains("://") || text.starts_with("\\\\")) && text.len() >= SHORTEST;
        wanted.then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn monikers_wherever_they_stand() {
        let mut url = b"junk1".to_vec();
        url.extend(URL);
        url.extend([0xFF; 4]);
        url.extend(units("https://example.invalid/a\0"));
        assert_eq!(targets(&url), ["https://example.invalid/a"]);

        let mut file = FILE.to_vec();
        file.extend(b"\0\0\x0B\0\0\0C:\\a\\b.xls\0");
        file.extend([0; 24]);
        assert_eq!(targets(&file), ["C:\\a\\b.xls"]);
        let path = units("C:\\見積.xls");
        file.extend((path.len() as u32 + 6).to_le_bytes());
        file.extend((path.len() as u32).to_le_bytes());
        file.extend([3, 0]);
        file.extend(path);
        assert_eq!(targets(&file), ["C:\\見積.xls"]);
    }

    #[test]
    fn addresses_of_other_monikers() {
        let mut bytes = vec![1, 2, 3];
        bytes.extend(units("soap:wsdl=https://example.invalid/a\0"));
        bytes.extend(units("\\\\example.invalid\\s\0 a: b"));
        assert_eq!(
            targets(&bytes),
            [
                "soap:wsdl=https://example.invalid/a",
                "\\\\example.invalid\\s"
            ]
        );
        assert!(targets(&[0; 20]).is_empty());
    }

    #[test]
    fn flags() {
        let mut stream = vec![1, 0, 0, 2, 1, 0, 0, 0, 1, 0, 0, 0];
        let link = link_of(&stream);
        assert!(link.linked);
        stream[4] = 0;
        assert!(!link_of(&stream).linked);
    }
}
