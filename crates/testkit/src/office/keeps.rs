//! Texts that packages keep outside their code.

use std::fmt::Write;

use super::package::Twist;
use super::parts::{escape, xml};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const S: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

fn related(kind: &str, name: &str, data: Vec<u8>) -> Twist {
    Twist::RelatedPart {
        kind: format!("{OFFICE}/{kind}"),
        name: name.into(),
        data,
    }
}

/// Variables of a Word document (ECMA-376-1 17.15.1.30).
#[must_use]
pub fn variables(variables: &[(&str, &str)]) -> Twist {
    let list: String = variables
        .iter()
        .map(|(name, value)| {
            let (name, value) = (escape(name), escape(value));
            format!("<w:docVar w:name=\"{name}\" w:val=\"{value}\"/>")
        })
        .collect();
    let body = format!("<w:settings xmlns:w=\"{W}\"><w:docVars>{list}</w:docVars></w:settings>");
    related("settings", "word/settings.xml", xml(&body))
}

/// A core property, by the name of its element (ECMA-376-2 8.3).
#[must_use]
pub fn core_property(element: &str, value: &str) -> Twist {
    let value = escape(value);
    Twist::RootPart {
        kind:
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
                .into(),
        name: "docProps/core.xml".into(),
        data: xml(&format!(
            "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/\
             core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:{element}>{value}\
             </dc:{element}></cp:coreProperties>"
        )),
    }
}

/// Custom properties (ECMA-376-1 22.3).
#[must_use]
pub fn custom_properties(properties: &[(&str, &str)]) -> Twist {
    let mut list = String::new();
    for (id, (name, value)) in (2..).zip(properties) {
        let (name, value) = (escape(name), escape(value));
        let _ = write!(
            list,
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{id}\" \
             name=\"{name}\"><vt:lpwstr>{value}</vt:lpwstr></property>"
        );
    }
    Twist::RootPart {
        kind: format!("{OFFICE}/custom-properties"),
        name: "docProps/custom.xml".into(),
        data: xml(&format!(
            "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
             xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">{list}\
             </Properties>"
        )),
    }
}

/// The body of a Word document, as markup with the prefix `w`.
#[must_use]
pub fn body(markup: &str) -> Twist {
    Twist::Content {
        name: "word/document.xml".into(),
        data: xml(&format!(
            "<w:document xmlns:w=\"{W}\" xmlns:r=\"{OFFICE}\" \
             xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:v=\"urn:schemas-microsoft-com:vml\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">\
             <w:body>{markup}</w:body></w:document>"
        )),
    }
}

/// A paragraph of such a body.
#[must_use]
pub fn paragraph(text: &str) -> String {
    let text = escape(text);
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// Comments of a Word document (ECMA-376-1 17.13.4).
#[must_use]
pub fn comments(texts: &[&str]) -> Twist {
    let list: String = (0..)
        .zip(texts)
        .map(|(id, text)| {
            let text = paragraph(text);
            format!("<w:comment w:id=\"{id}\" w:author=\"inert\">{text}</w:comment>")
        })
        .collect();
    let body = format!("<w:comments xmlns:w=\"{W}\">{list}</w:comments>");
    related("comments", "word/comments.xml", xml(&body))
}

/// An XML part of one's own (ECMA-376-1 15.2.5).
#[must_use]
pub fn custom_xml(markup: &str) -> Twist {
    related("customXml", "customXml/item1.xml", xml(markup))
}

/// The one sheet of a workbook, its markup inside `worksheet`.
#[must_use]
pub fn sheet(markup: &str) -> Twist {
    Twist::Content {
        name: "xl/worksheets/sheet1.xml".into(),
        data: xml(&format!(
            "<worksheet xmlns=\"{S}\" xmlns:r=\"{OFFICE}\">{markup}</worksheet>"
        )),
    }
}

/// The workbook of the one sheet, with this name, and defined names.
#[must_use]
pub fn workbook(sheet: &str, names: &[(&str, &str)]) -> Twist {
    let sheet = escape(sheet);
    let names: String = names
        .iter()
        .map(|(name, formula)| {
            let (name, formula) = (escape(name), escape(formula));
            format!("<definedName name=\"{name}\" hidden=\"1\">{formula}</definedName>")
        })
        .collect();
    Twist::Content {
        name: "xl/workbook.xml".into(),
        data: xml(&format!(
            "<workbook xmlns=\"{S}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"{sheet}\" \
             sheetId=\"1\" r:id=\"rId1\"/></sheets><definedNames>{names}</definedNames></workbook>"
        )),
    }
}

/// Texts that cells share (ECMA-376-1 18.4.9).
#[must_use]
pub fn shared_strings(texts: &[&str]) -> Twist {
    let list: String = texts
        .iter()
        .map(|text| format!("<si><t xml:space=\"preserve\">{}</t></si>", escape(text)))
        .collect();
    let body = format!("<sst xmlns=\"{S}\">{list}</sst>");
    related("sharedStrings", "xl/sharedStrings.xml", xml(&body))
}

/// The cells of a column from A1 on, by number of the text that they share.
#[must_use]
pub fn shared_cells(texts: &[usize]) -> String {
    let rows: String = (1..)
        .zip(texts)
        .map(|(row, text)| {
            format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>{text}</v></c></row>")
        })
        .collect();
    format!("<sheetData>{rows}</sheetData>")
}

/// A part that another leads to, and the relationships of that part with this one in it.
#[must_use]
pub fn led_to(from: &str, kind: &str, name: &str, markup: &str) -> [Twist; 2] {
    let (folder, file) = from.rsplit_once('/').expect("in a folder");
    let relationships = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/{kind}\" Target=\"/{name}\"/></Relationships>"
    );
    [
        Twist::ExtraPart(format!("{folder}/_rels/{file}.rels"), xml(&relationships)),
        Twist::ExtraPart(name.into(), xml(markup)),
    ]
}
