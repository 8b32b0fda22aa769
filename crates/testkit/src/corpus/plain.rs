//! Files beside Office documents: rich text, mail, a picture.

use std::fmt::Write;

use super::TEXT;
use crate::bytes::{Put, base64, len32};
use crate::zip::crc32;

/// What stands before the attribute lines of an exported class.
pub(super) const CLASS_HEAD: &str = "VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = \"Discount\"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
";

pub(super) fn rtf() -> Vec<u8> {
    format!("{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\\f0 {TEXT}\\par}}\r\n").into_bytes()
}

/// A mail in ISO-2022-JP with one attachment.
pub(super) fn mail(subject: &str, body: &str, file: &str, attachment: &[u8]) -> Vec<u8> {
    let subject = encoded_word(subject);
    let name = encoded_word(file);
    let percent: String = file.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'.' {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    });
    let (body, _, _) = encoding_rs::ISO_2022_JP.encode(body);
    let mut mail = format!(
        "From: sender@example.invalid\r\n\
         To: recipient@example.invalid\r\n\
         Subject: {subject}\r\n\
         Date: Thu, 1 Jan 2026 09:00:00 +0900\r\n\
         Message-ID: <inert@example.invalid>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"=_inert_boundary\"\r\n\
         \r\n\
         --=_inert_boundary\r\n\
         Content-Type: text/plain; charset=ISO-2022-JP\r\n\
         Content-Transfer-Encoding: 7bit\r\n\
         \r\n"
    )
    .into_bytes();
    mail.put(&body);
    mail.put(
        format!(
            "\r\n--=_inert_boundary\r\n\
             Content-Type: application/vnd.ms-word.document.macroEnabled.12;\r\n \
             name=\"{name}\"\r\n\
             Content-Disposition: attachment;\r\n \
             filename*=UTF-8''{percent}\r\n\
             Content-Transfer-Encoding: base64\r\n\
             \r\n"
        )
        .as_bytes(),
    );
    for line in base64(attachment).as_bytes().chunks(76) {
        mail.put(line);
        mail.put(b"\r\n");
    }
    mail.put(b"--=_inert_boundary--\r\n");
    mail
}

/// RFC 2047, one word.
fn encoded_word(text: &str) -> String {
    let (bytes, _, _) = encoding_rs::ISO_2022_JP.encode(text);
    format!("=?ISO-2022-JP?B?{}?=", base64(&bytes))
}

/// One grey pixel.
pub(super) fn png() -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    let pixel = miniz_oxide::deflate::compress_to_vec_zlib(&[0, 0x80], 9);
    chunk(&mut file, b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    chunk(&mut file, b"tEXt", format!("Comment\0{TEXT}").as_bytes());
    chunk(&mut file, b"IDAT", &pixel);
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let body = [kind, data].concat();
    file.put(&len32(data).to_be_bytes());
    file.put(&body);
    file.put(&crc32(&body).to_be_bytes());
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_mail_is_seven_bit() {
        let mail = super::mail("請求書", "本文\r\n", "請求書.docm", b"inert");
        assert!(mail.is_ascii());
        let text = String::from_utf8(mail).unwrap();
        assert!(text.contains("Subject: =?ISO-2022-JP?B?GyRC"));
        assert!(text.contains("filename*=UTF-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.docm"));
        assert!(text.contains("\r\naW5lcnQ=\r\n"));
    }
}
