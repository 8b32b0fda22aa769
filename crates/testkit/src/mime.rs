//! Archived web pages (RFC 2557), messages, and ActiveMime: well-formed, or as no program writes
//! them.

use std::fmt::Write;

/// A compound file in an ActiveMime wrapper as Word writes it: `declared` at 0x1E is the place of
/// the data less 46, and the data stands at `at`.
#[must_use]
pub fn active_mime_at(content: &[u8], declared: u16, at: usize) -> Vec<u8> {
    let mut out = b"ActiveMime\0\0\x01\xF0\x04\0\0\0\xFF\xFF\xFF\xFF\0\0\x07\xF0".to_vec();
    out.resize(at.max(0x32), 0);
    out[0x1E..0x20].copy_from_slice(&declared.to_le_bytes());
    out.extend(miniz_oxide::deflate::compress_to_vec_zlib(content, 6));
    out
}

/// The same, with the data at its usual place.
#[must_use]
pub fn active_mime(content: &[u8]) -> Vec<u8> {
    active_mime_at(content, 4, 0x32)
}

/// Base64 in lines of `width` characters that end in CR LF.
#[must_use]
pub fn base64(data: &[u8], width: usize) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    let mut line = 0;
    for group in data.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            if line == width {
                out.push_str("\r\n");
                line = 0;
            }
            line += 1;
            if digit > group.len() {
                out.push('=');
            } else {
                let value = bits >> (18 - 6 * digit) & 63;
                out.push(char::from(DIGITS[value as usize]));
            }
        }
    }
    out
}

/// Text in quoted-printable, every sign that needs it escaped (RFC 2045 6.7).
#[must_use]
pub fn quoted_printable(text: &[u8]) -> String {
    let mut out = String::new();
    let mut line = 0;
    for &byte in text {
        if line > 70 {
            out.push_str("=\r\n");
            line = 0;
        }
        line += 1;
        if byte == b'=' || !(byte.is_ascii_graphic() || byte == b' ') {
            let _ = write!(out, "={byte:02X}");
            line += 2;
        } else {
            out.push(char::from(byte));
        }
    }
    out
}

/// One part: the lines of its header, and its body as it is stored.
#[derive(Clone, Debug)]
pub struct Part {
    /// Lines without their ends.
    pub header: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Part {
    /// A part with a type and an encoding.
    #[must_use]
    pub fn new(kind: &str, encoding: &str, location: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            header: vec![
                format!("Content-Location: {location}"),
                format!("Content-Transfer-Encoding: {encoding}"),
                format!("Content-Type: {kind}"),
            ],
            body: body.into(),
        }
    }

    /// A page of Word that refers to its macros.
    #[must_use]
    pub fn page(body: &str) -> Self {
        let html = format!(
            "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"\r\n\
             xmlns:w=\"urn:schemas-microsoft-com:office:word\">\r\n<head>\r\n\
             <link rel=Edit-Time-Data href=\"inert_files/editdata.mso\">\r\n</head>\r\n\
             <body><p>INERT TEST DOCUMENT</p>{body}</body></html>"
        );
        Self::new(
            "text/html; charset=\"us-ascii\"",
            "quoted-printable",
            "file:///C:/inert/inert.htm",
            quoted_printable(html.as_bytes()),
        )
    }

    /// A wrapper with macros, in base64.
    #[must_use]
    pub fn macros(wrapper: &[u8]) -> Self {
        Self::new(
            "application/x-mso",
            "base64",
            "file:///C:/inert/inert_files/editdata.mso",
            base64(wrapper, 76),
        )
    }
}

/// A web page archive.
#[derive(Clone, Debug)]
pub struct Archive {
    /// The lines of its own header.
    pub header: Vec<String>,
    /// What separates the parts.
    pub boundary: String,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Whether its end is marked.
    pub closed: bool,
}

impl Default for Archive {
    fn default() -> Self {
        let boundary = "----=_NextPart_01D00000.00000000".to_owned();
        Self {
            header: vec![
                "MIME-Version: 1.0".to_owned(),
                format!("Content-Type: multipart/related; boundary=\"{boundary}\""),
            ],
            boundary,
            parts: Vec::new(),
            closed: true,
        }
    }
}

impl Archive {
    /// A page of Word and its macros, as Word saves them.
    #[must_use]
    pub fn of_word(project: &[u8]) -> Self {
        Self {
            parts: vec![Part::page(""), Part::macros(&active_mime(project))],
            ..Self::default()
        }
    }

    /// The archive.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for line in &self.header {
            out.extend(line.as_bytes());
            out.extend(b"\r\n");
        }
        out.extend(b"\r\nThis document is a Single File Web Page. INERT TEST DOCUMENT\r\n");
        for part in &self.parts {
            out.extend(format!("\r\n--{}\r\n", self.boundary).as_bytes());
            for line in &part.header {
                out.extend(line.as_bytes());
                out.extend(b"\r\n");
            }
            out.extend(b"\r\n");
            out.extend(&part.body);
        }
        if self.closed {
            out.extend(format!("\r\n--{}--\r\n", self.boundary).as_bytes());
        }
        out
    }
}

/// A PDF of one empty page, with bytes behind its head that no reader of PDF looks at.
#[must_use]
pub fn in_pdf(content: &[u8]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n".to_vec();
    out.extend(content);
    out.extend(
        b"\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n",
    );
    out
}
