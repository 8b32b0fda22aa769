//! Documents of one XML file, by what their elements are called: prefixes are free.
//!
//! | format | root | what leads to code, or loads something |
//! |---|---|---|
//! | Flat OPC (ECMA-376 as one file, [MS-DOCX] 1.3) | `pkg:package` | `pkg:part` with `pkg:xmlData` or, in base64, `pkg:binaryData` |
//! | Word 2003 XML (WordprocessingML reference) | `w:wordDocument` | `w:binData`, `w:attachedTemplate`, `w:instrText`, `w:hlink`, `w:ocx` |
//! | Excel 2003 XML (SpreadsheetML reference) | `ss:Workbook` | `ss:Formula`, `ss:RefersTo`, `ss:HRef`, `x:SupBook`, `x:QuerySource` |
//! | Visio 2003 XML (DatadiagramML) | `VisioDocument` | `VBProjectData`, `ForeignData` |
//!
//! A package in one file is written as a zip archive without compression, so that what is said of
//! packages is said of it as well. Document type declarations are never followed: an entity of
//! one stands for nothing.

mod field;
mod package;
mod reading;
#[cfg(test)]
mod tests;

use std::fmt;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use crate::container::opc::xml::Text;
use crate::observe::{Ledger, Reason};
use crate::project::{Load, Start};

pub(crate) use field::{Does, Fields, does as field_does};

/// What a document of one XML file holds.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Flat {
    /// The package, as a zip archive.
    pub package: Option<Vec<u8>>,
    /// What it holds in base64, by its name.
    pub binaries: Vec<(String, Vec<u8>)>,
    /// What it loads and starts.
    pub loads: Vec<Load>,
    /// What calls procedures of its project.
    pub starts: Vec<Start>,
    /// Whether it says that it has macros.
    pub says_macros: bool,
}

/// Reads a document, as far as it is well-formed; where it is not, a gap says so.
pub fn read(xml: &Text<'_>, ledger: &mut Ledger) -> Flat {
    if xml.malformed {
        ledger.observe(
            "flat.xml-encoding",
            "XML 1.0 4.3.3",
            0,
            format_args!("bytes that the encoding of the document does not define"),
        );
    }
    reading::read(&xml.text, ledger)
}

/// The format that the first element says, whatever its prefix and however its namespace is
/// written.
#[must_use]
pub fn root(text: &str) -> Option<&'static str> {
    /// Before the first element stand a declaration, a comment, instructions.
    const MOST_EVENTS: usize = 64;
    let mut reader = Reader::from_str(text);
    for _ in 0..MOST_EVENTS {
        let element = match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => element,
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => continue,
        };
        let attributes = element.attributes_raw();
        let attributes = unescape(attributes).unwrap_or_default();
        return match element.local_name().into_inner() {
            "package" if attributes.contains("xmlPackage") => Some("flat-opc"),
            "wordDocument" => Some("word2003-xml"),
            "Workbook" if attributes.contains("schemas-microsoft-com") => Some("excel2003-xml"),
            "VisioDocument" => Some("visio2003-xml"),
            "document" if attributes.contains("opendocument") => Some("flat-odf"),
            "html" => Some("html"),
            _ => None,
        };
    }
    None
}

fn damaged(ledger: &mut Ledger, at: u64, how: fmt::Arguments<'_>) {
    ledger.gap(
        Reason::Damaged,
        format_args!("the XML {how} at byte {at}; what follows was not read"),
    );
}
