//! The content of parts: as little as the program would still know its document by.

use super::TEXT;
use super::kind::{Family, Kind};
use crate::bytes::{Put, utf16};

/// Namespaces and relationship types, transitional or strict (ISO/IEC 29500-1, annex A).
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    pub(super) strict: bool,
}

impl Names {
    /// The namespace of a markup language, as `wordprocessingml`.
    pub(super) fn markup(self, language: &str) -> String {
        if self.strict {
            format!("http://purl.oclc.org/ooxml/{language}/main")
        } else {
            format!("http://schemas.openxmlformats.org/{language}/2006/main")
        }
    }

    /// The namespace of `r:id`, and the prefix of relationship types.
    pub(super) fn relationships(self) -> &'static str {
        if self.strict {
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        }
    }
}

pub(super) const MICROSOFT: &str = "http://schemas.microsoft.com/office/2006/relationships";

/// The main part; with a macro sheet where formulas are given.
pub(super) fn main(kind: Kind, names: Names, macro_sheet: bool) -> Vec<u8> {
    match kind.family() {
        Family::Word => xml(&format!(
            "<w:document xmlns:w=\"{}\"><w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>\
             </w:body></w:document>",
            names.markup("wordprocessingml")
        )),
        Family::Excel if kind == Kind::Xlsb => binary_workbook(),
        Family::Excel => workbook(names, macro_sheet),
        Family::PowerPoint => xml(&format!(
            "<p:presentation xmlns:p=\"{}\" xmlns:r=\"{}\"><p:sldIdLst><p:sldId id=\"256\" \
             r:id=\"rId1\"/></p:sldIdLst><p:sldSz cx=\"9144000\" cy=\"6858000\"/>\
             <p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>",
            names.markup("presentationml"),
            names.relationships()
        )),
        Family::Visio => {
            xml("<VisioDocument xmlns=\"http://schemas.microsoft.com/office/visio/2012/main\"/>")
        }
    }
}

/// The main part of a Word document with this body.
pub(super) fn body(names: Names, body: &str) -> Vec<u8> {
    xml(&format!(
        "<w:document xmlns:w=\"{}\" xmlns:r=\"{}\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:wp15=\"http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing\">\
         <w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>{body}</w:body></w:document>",
        names.markup("wordprocessingml"),
        names.relationships()
    ))
}

fn workbook(names: Names, macro_sheet: bool) -> Vec<u8> {
    let (sheet, defined) = if macro_sheet {
        (
            "<sheet name=\"Macro1\" sheetId=\"2\" state=\"veryHidden\" r:id=\"rIdMacro\"/>",
            "<definedNames><definedName name=\"_xlnm.Auto_Open\" hidden=\"1\">Macro1!$A$1\
             </definedName></definedNames>",
        )
    } else {
        ("", "")
    };
    xml(&format!(
        "<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" \
         r:id=\"rId1\"/>{sheet}</sheets>{defined}</workbook>",
        names.markup("spreadsheetml"),
        names.relationships()
    ))
}

/// The one sheet, slide or page: name, relationship type, content type, content.
pub(super) fn page(
    kind: Kind,
    names: Names,
) -> Option<(&'static str, String, &'static str, Vec<u8>)> {
    let (name, type_name, content_type, data) = match kind.family() {
        Family::Word => return None,
        Family::Excel if kind == Kind::Xlsb => (
            "xl/worksheets/sheet1.bin",
            "worksheet",
            "application/vnd.ms-excel.worksheet",
            // BrtBeginSheet, BrtBeginSheetData, BrtEndSheetData, BrtEndSheet
            [129, 145, 146, 130]
                .into_iter()
                .flat_map(|id| record(id, &[]))
                .collect(),
        ),
        Family::Excel => (
            "xl/worksheets/sheet1.xml",
            "worksheet",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
            xml(&format!(
                "<worksheet xmlns=\"{}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\">\
                 <is><t>{TEXT}</t></is></c></row></sheetData></worksheet>",
                names.markup("spreadsheetml")
            )),
        ),
        Family::PowerPoint => (
            "ppt/slides/slide1.xml",
            "slide",
            "application/vnd.openxmlformats-officedocument.presentationml.slide+xml",
            xml(&format!(
                "<p:sld xmlns:p=\"{}\" xmlns:a=\"{}\"><p:cSld><p:spTree><p:nvGrpSpPr>\
                 <p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>\
                 <p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Text\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>\
                 <p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{TEXT}</a:t></a:r></a:p></p:txBody>\
                 </p:sp></p:spTree></p:cSld></p:sld>",
                names.markup("presentationml"),
                names.markup("drawingml")
            )),
        ),
        Family::Visio => {
            return Some((
                "visio/pages/pages.xml",
                "http://schemas.microsoft.com/visio/2010/relationships/pages".into(),
                "application/vnd.ms-visio.pages+xml",
                xml(&format!(
                    "<Pages xmlns=\"http://schemas.microsoft.com/office/visio/2012/main\">\
                     <Page ID=\"0\" Name=\"{TEXT}\"/></Pages>"
                )),
            ));
        }
    };
    let relationship = format!("{}/{type_name}", names.relationships());
    Some((name, relationship, content_type, data))
}

/// A macro sheet with one formula a row.
pub(super) fn macro_sheet(formulas: &[String]) -> Vec<u8> {
    let rows: String = (1..)
        .zip(formulas)
        .map(|(row, formula)| {
            let formula = escape(formula);
            format!("<row r=\"{row}\"><c r=\"A{row}\"><f>{formula}</f></c></row>")
        })
        .collect();
    xml(&format!(
        "<xm:macrosheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"><sheetData>{rows}\
         </sheetData></xm:macrosheet>"
    ))
}

pub(super) fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

pub(super) fn xml(body: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n{body}").into_bytes()
}

/// `workbook.bin`, [MS-XLSB] 2.1.7.61, with one sheet.
fn binary_workbook() -> Vec<u8> {
    let mut sheet = Vec::new();
    sheet.put32(0); // visible
    sheet.put32(1);
    for text in ["rId1", "Sheet1"] {
        sheet.put32(text.len() as u32);
        sheet.put(&utf16(text));
    }
    let mut bytes = record(131, &[]); // BrtBeginBook
    bytes.extend(record(143, &[])); // BrtBeginBundleShs
    bytes.extend(record(156, &sheet)); // BrtBundleSh
    bytes.extend(record(144, &[])); // BrtEndBundleShs
    bytes.extend(record(132, &[])); // BrtEndBook
    bytes
}

/// A record of BIFF12, [MS-XLSB] 2.1.4: type and size in groups of seven bits.
fn record(id: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = if id < 128 {
        vec![id as u8]
    } else {
        vec![id as u8 & 0x7F | 0x80, (id >> 7) as u8]
    };
    let mut size = data.len();
    while size > 0x7F {
        bytes.push(size as u8 | 0x80);
        size >>= 7;
    }
    bytes.push(size as u8);
    bytes.put(data);
    bytes
}
