//! A layer that is XML: a package or a document in one file, or XML of no concern.

use crate::project::document::Identity;

use super::mime::{contains, wraps_macros};
use super::other::foreign;
use super::pass::Pass;
use super::queue::Child;

impl Pass<'_> {
    pub(super) fn xml<'b>(
        &mut self,
        bytes: &'b [u8],
        holders: &[&[u8]],
        _children: &mut Vec<Child<'b>>,
    ) -> Identity {
        match office_xml(bytes) {
            Some(("flat-odf", _)) => self.flat_open_document(bytes, holders),
            Some((format, what)) => self.unsupported(format, what),
            None if wraps_macros(bytes) => self.unsupported(
                "xml",
                "XML with a web page or ActiveMime in it, which is not decoded",
            ),
            None => foreign("xml"),
        }
    }
}

/// What XML of an Office program is, by its names: they can stand in any prefix and behind any
/// comment, and the names of elements cannot be written otherwise.
pub(super) fn office_xml(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let has = |word: &str| contains(bytes, word);
    Some(if has("office/2006/xmlPackage") || has("binaryData") {
        (
            "flat-opc",
            "a package in one XML file, which is not decoded",
        )
    } else if has("office/word/2003/wordml") || has("Word.Document") || has("binData") {
        (
            "word2003-xml",
            "a Word 2003 XML document, which is not decoded",
        )
    } else if has("urn:schemas-microsoft-com:office:spreadsheet") || has("Excel.Sheet\"") {
        (
            "excel2003-xml",
            "an Excel 2003 XML workbook, which is not decoded",
        )
    } else if has("urn:oasis:names:tc:opendocument") {
        (
            "flat-odf",
            "an OpenDocument file in one XML file, which is not decoded",
        )
    } else if has("urn:schemas-microsoft-com:office") || has("mso-application") {
        ("xml", "XML of an Office program, which is not decoded")
    } else {
        return None;
    })
}
