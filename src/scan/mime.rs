//! A layer that is MIME or wraps Office content as MIME does: archived web pages, ActiveMime, and
//! both behind or inside other bytes.

use memchr::memmem;

use crate::project::document::Identity;

use super::other::{PREFIX, foreign};
use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    pub(super) fn html<'b>(&mut self, bytes: &'b [u8], _children: &mut Vec<Child<'b>>) -> Identity {
        if contains(bytes, "urn:schemas-microsoft-com:office") || wraps_macros(bytes) {
            return self.unsupported(
                "html",
                "a web page of an Office program, which is not decoded",
            );
        }
        foreign("html")
    }

    pub(super) fn mime<'b>(&mut self, bytes: &'b [u8], _children: &mut Vec<Child<'b>>) -> Identity {
        let fields = bytes.get(..PREFIX).unwrap_or(bytes).to_ascii_lowercase();
        let mail = [&b"received:"[..], b"message-id:", b"\nto:", b"return-path:"];
        if mail
            .iter()
            .any(|field| memmem::find(&fields, field).is_some())
        {
            self.unsupported("eml", "a mail message, whose parts are not opened")
        } else {
            self.unsupported(
                "mht",
                "an archived web page (MHT), whose parts are not opened",
            )
        }
    }

    /// Bytes of another kind, or of none, with an archived web page or ActiveMime in them.
    pub(super) fn polyglot<'b>(
        &mut self,
        format: &'static str,
        _bytes: &'b [u8],
        _children: &mut Vec<Child<'b>>,
    ) -> Identity {
        self.unsupported(
            format,
            "an archived web page or an ActiveMime wrapper in other bytes, which is not decoded",
        )
    }

    pub(super) fn active_mime<'b>(
        &mut self,
        _bytes: &'b [u8],
        _children: &mut Vec<Child<'b>>,
    ) -> Identity {
        self.unsupported("activemime", "an ActiveMime wrapper, which is not decoded")
    }
}

/// The marks of MHT and ActiveMime, the latter also in base64.
pub(super) fn wraps_macros(bytes: &[u8]) -> bool {
    const FIELD: &[u8] = b"mime-version";
    let field = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        let (name, rest) = rest.split_at_checked(FIELD.len()).unwrap_or_default();
        let blanks = rest
            .iter()
            .take(16)
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        name.eq_ignore_ascii_case(FIELD) && rest.get(blanks) == Some(&b':')
    };
    contains(bytes, "ActiveMime")
        || contains(bytes, "QWN0aXZlTWltZ")
        || memchr::memchr2_iter(b'm', b'M', bytes).any(field)
}

/// Whether the text holds a word, in bytes or in UTF-16.
pub(super) fn contains(text: &[u8], word: &str) -> bool {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // The same units in the other order start one byte later.
    let units = wide.get(..wide.len().saturating_sub(1)).unwrap_or_default();
    memmem::find(text, word.as_bytes()).is_some() || memmem::find(text, units).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_utf_16_of_either_order() {
        let word = "ActiveMime";
        let little: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(contains(&little, word) && contains(&big, word));
        assert!(!contains(b"Active Mime", word));
    }
}
