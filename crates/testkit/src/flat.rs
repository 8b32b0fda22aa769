//! Documents of one XML file: Flat OPC, Word 2003 XML and Excel 2003 XML.

use crate::mime::{active_mime, base64};

/// How XML is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16Le,
    Utf16Be,
    Utf16LeWithoutMark,
    Utf16BeWithoutMark,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Utf8,
        Self::Utf8WithMark,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Utf16LeWithoutMark,
        Self::Utf16BeWithoutMark,
    ];

    /// XML in this encoding.
    #[must_use]
    pub fn encode(self, xml: &str) -> Vec<u8> {
        let units = |order: fn(u16) -> [u8; 2]| xml.encode_utf16().flat_map(order);
        match self {
            Self::Utf8 => xml.as_bytes().to_vec(),
            Self::Utf8WithMark => [b"\xEF\xBB\xBF", xml.as_bytes()].concat(),
            Self::Utf16Le => [0xFF, 0xFE]
                .into_iter()
                .chain(units(u16::to_le_bytes))
                .collect(),
            Self::Utf16Be => [0xFE, 0xFF]
                .into_iter()
                .chain(units(u16::to_be_bytes))
                .collect(),
            Self::Utf16LeWithoutMark => units(u16::to_le_bytes).collect(),
            Self::Utf16BeWithoutMark => units(u16::to_be_bytes).collect(),
        }
    }
}

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A part of a package.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name, with the slash.
    pub name: String,
    /// Its content type.
    pub kind: String,
    /// Its content as it stands in the element.
    pub content: String,
    /// Whether that is base64.
    pub binary: bool,
}

/// A Word document as Flat OPC.
#[derive(Clone, Debug)]
pub struct Package {
    /// The prefix of its elements.
    pub prefix: String,
    /// Its parts.
    pub parts: Vec<Part>,
}

fn part(name: &str, kind: &str, content: String, binary: bool) -> Part {
    Part {
        name: name.to_owned(),
        kind: kind.to_owned(),
        content,
        binary,
    }
}

fn relationships(list: &[(&str, &str, bool)]) -> String {
    let mut xml = String::from(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for (number, (kind, target, external)) in list.iter().enumerate() {
        let mode = if *external {
            " TargetMode=\"External\""
        } else {
            ""
        };
        xml +=
            &format!("<Relationship Id=\"r{number}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>");
    }
    xml + "</Relationships>"
}

const RELS: &str = "application/vnd.openxmlformats-package.relationships+xml";

impl Package {
    /// A document without macros, whose text is `body` in `w:body`.
    #[must_use]
    pub fn document(body: &str) -> Self {
        let main =
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        let document = format!(
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
             <w:body><w:p><w:r><w:t>INERT TEST DOCUMENT</w:t></w:r></w:p>{body}</w:body></w:document>"
        );
        let root = relationships(&[(
            &format!("{RELATIONSHIPS}/officeDocument"),
            "word/document.xml",
            false,
        )]);
        Self {
            prefix: "pkg".to_owned(),
            parts: vec![
                part("/_rels/.rels", RELS, root, false),
                part("/word/document.xml", main, document, false),
            ],
        }
    }

    /// A document with a project.
    #[must_use]
    pub fn with_macros(project: &[u8]) -> Self {
        let mut package = Self::document("");
        package.parts[1].kind = "application/vnd.ms-word.document.macroEnabled.main+xml".to_owned();
        let kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject";
        let rels = relationships(&[(kind, "vbaProject.bin", false)]);
        package
            .parts
            .push(part("/word/_rels/document.xml.rels", RELS, rels, false));
        package.parts.push(part(
            "/word/vbaProject.bin",
            "application/vnd.ms-office.vbaProject",
            base64(project, 76),
            true,
        ));
        package
    }

    /// A relationship of the document to something outside.
    #[must_use]
    pub fn external(mut self, short_kind: &str, target: &str) -> Self {
        let kind = format!("{RELATIONSHIPS}/{short_kind}");
        let rels = relationships(&[(&kind, target, true)]);
        self.parts
            .push(part("/word/_rels/document.xml.rels", RELS, rels, false));
        self
    }

    /// The file as text.
    #[must_use]
    pub fn xml(&self) -> String {
        let p = &self.prefix;
        let mut xml = format!(
            "<?xml version=\"1.0\" standalone=\"yes\"?>\r\n<?mso-application progid=\"Word.Document\"?>\
             \r\n<{p}:package xmlns:{p}=\"http://schemas.microsoft.com/office/2006/xmlPackage\">"
        );
        for part in &self.parts {
            let Part {
                name,
                kind,
                content,
                binary,
            } = part;
            let data = if *binary { "binaryData" } else { "xmlData" };
            xml += &format!(
                "<{p}:part {p}:name=\"{name}\" {p}:contentType=\"{kind}\"><{p}:{data}>{content}\
                 </{p}:{data}></{p}:part>"
            );
        }
        xml + &format!("</{p}:package>")
    }
}

/// A Word 2003 document: what stands in `w:docSuppData`, and in its body.
#[must_use]
pub fn word_2003(macros: bool, data: &str, body: &str) -> String {
    let present = if macros { "yes" } else { "no" };
    format!(
        "<?xml version=\"1.0\" standalone=\"yes\"?>\r\n<?mso-application progid=\"Word.Document\"?>\r\n\
         <w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\" \
         xmlns:o=\"urn:schemas-microsoft-com:office:office\" w:macrosPresent=\"{present}\" \
         w:embeddedObjPresent=\"no\" w:ocxPresent=\"no\" xml:space=\"preserve\">\
         <w:docSuppData>{data}</w:docSuppData>\
         <w:body><w:p><w:r><w:t>INERT TEST DOCUMENT</w:t></w:r></w:p>{body}</w:body></w:wordDocument>"
    )
}

/// The element with the macros of a Word 2003 document.
#[must_use]
pub fn bin_data(project: &[u8]) -> String {
    format!(
        "<w:binData w:name=\"editdata.mso\">{}</w:binData>",
        base64(&active_mime(project), 76)
    )
}

/// An Excel 2003 workbook of one row, with what stands before its sheet.
#[must_use]
pub fn excel_2003(before: &str, cells: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\r\n<?mso-application progid=\"Excel.Sheet\"?>\r\n\
         <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">{before}\
         <Worksheet ss:Name=\"S\"><Table><Row><Cell><Data ss:Type=\"String\">INERT TEST DOCUMENT\
         </Data></Cell>{cells}</Row></Table></Worksheet></Workbook>"
    )
}
