//! Writers of rich text.

use std::fmt::Write;

/// How many digits stand in a line, as Word writes them.
const LINE: usize = 128;

/// Bytes as digits in lines.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2 + bytes.len() / 32);
    for (at, byte) in bytes.iter().enumerate() {
        if at > 0 && at % (LINE / 2) == 0 {
            text.push_str("\r\n");
        }
        write!(text, "{byte:02x}").expect("a text grows");
    }
    text
}

/// A document with this in its body.
#[must_use]
pub fn document(body: &str) -> Vec<u8> {
    format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fswiss Arial;}}}}\r\n\
         \\pard\\f0\\fs24 INERT TEST DOCUMENT\\par\r\n{body}\\par\r\n}}\r\n"
    )
    .into_bytes()
}

/// An embedded object of that class; `data` is of OLE 1.0.
#[must_use]
pub fn object(class: &str, data: &[u8]) -> String {
    object_of_digits(class, &hex(data))
}

/// The same, its digits as given.
#[must_use]
pub fn object_of_digits(class: &str, digits: &str) -> String {
    format!(
        "{{\\object\\objemb\\objw1000\\objh1000{{\\*\\objclass {class}}}{{\\*\\objdata {digits}}}\
         {{\\result {{\\pict\\wmetafile8\\picw1\\pich1 010009000003}}}}}}"
    )
}

/// A field with what is shown for it.
#[must_use]
pub fn field(code: &str, result: &str) -> String {
    format!("{{\\field{{\\*\\fldinst {{{code}}}}}{{\\fldrslt {{{result}}}}}}}")
}

/// A picture.
#[must_use]
pub fn picture(bytes: &[u8]) -> String {
    format!("{{\\pict\\pngblip\\picw10\\pich10\r\n{}}}", hex(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_lines() {
        assert_eq!(hex(b"\x01\xAB"), "01ab");
        assert!(hex(&[0; 65]).ends_with("00\r\n00"));
        let text = document(&object("Package", b"inert"));
        let count = |wanted: u8| text.iter().filter(|byte| **byte == wanted).count();
        assert_eq!(count(b'{'), count(b'}'));
    }
}
