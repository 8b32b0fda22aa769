use std::io::{Cursor, Read};

use super::*;
use crate::ovba::{Module, Project};

fn project() -> Project {
    Project::new("P").module(Module::standard("Module1", "Sub A()\nEnd Sub\n"))
}

fn member(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut data = Vec::new();
    archive.by_name(name).ok()?.read_to_end(&mut data).unwrap();
    Some(data)
}

fn text(bytes: &[u8], name: &str) -> String {
    let data = member(bytes, name).unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(data).unwrap()
}

#[test]
fn every_kind_declares_its_main_part_and_its_project() {
    for kind in Kind::ALL {
        let bytes = Package::new(kind).vba(project().to_bin()).build();
        let types = text(&bytes, "[Content_Types].xml");
        let main = kind.main_part();
        assert!(types.contains(&format!(
            "PartName=\"/{main}\" ContentType=\"{}\"",
            kind.content_type()
        )));
        assert!(text(&bytes, "_rels/.rels").contains(&format!("Target=\"{main}\"")));
        assert!(member(&bytes, main).is_some());
        let (folder, file) = main.rsplit_once('/').unwrap();
        let rels = text(&bytes, &format!("{folder}/_rels/{file}.rels"));
        assert!(rels.contains("Target=\"vbaProject.bin\""), "{kind:?}");
        assert_eq!(
            member(&bytes, &format!("{folder}/vbaProject.bin")).unwrap(),
            project().to_bin()
        );
    }
}

#[test]
fn a_document_without_a_project_says_nothing_of_one() {
    let bytes = Package::new(Kind::Docx).build();
    assert!(!text(&bytes, "[Content_Types].xml").contains("vbaProject"));
    assert!(member(&bytes, "word/_rels/document.xml.rels").is_none());
}

#[test]
fn twists_show_where_they_should() {
    let with = |twist: Twist| Package::new(Kind::Docm).vba(b"bin").twist(twist).build();
    let rels = "word/_rels/document.xml.rels";

    let bytes = with(Twist::VbaPart("word/media/image1.png".into()));
    assert_eq!(member(&bytes, "word/media/image1.png").unwrap(), b"bin");
    assert!(text(&bytes, rels).contains("Target=\"media/image1.png\""));

    let types = text(&with(Twist::MacroFreeType), "[Content_Types].xml");
    assert!(types.contains("document.main+xml") && !types.contains("macroEnabled"));

    assert!(text(&with(Twist::Strict), "_rels/.rels").contains("purl.oclc.org"));
    assert!(text(&with(Twist::AbsoluteTargets), rels).contains("\"/word/vbaProject.bin\""));
    assert!(text(&with(Twist::ParentTargets), rels).contains("\"../word/vbaProject.bin\""));
    assert!(text(&with(Twist::BackslashTargets), rels).contains("\"\\word\\vbaProject.bin\""));
    assert!(text(&with(Twist::PercentTargets), rels).contains("\"vbaProj%65ct.bin\""));
    assert!(member(&with(Twist::OddCase), "WORD/VBApROJECT.BIN").is_some());
    assert!(member(&with(Twist::NoContentTypes), "[Content_Types].xml").is_none());
    assert!(!text(&with(Twist::UnrelatedVba), "_rels/.rels").contains("vba"));
    let utf16 = member(&with(Twist::Utf16Relationships), rels).unwrap();
    assert!(utf16.starts_with(&[0xFF, 0xFE, b'<', 0]));
    let remote = with(Twist::AttachedTemplate(
        "https://example.invalid/t.dotm".into(),
    ));
    let remote = text(&remote, "word/_rels/settings.xml.rels");
    assert!(remote.contains("\"https://example.invalid/t.dotm\" TargetMode=\"External\""));

    for name in ["word\\document.xml", "./word/document.xml"] {
        let twist = if name.starts_with('.') {
            Twist::DotNames
        } else {
            Twist::BackslashNames
        };
        let bytes = with(twist);
        assert!(bytes.windows(name.len()).any(|at| at == name.as_bytes()));
    }
    let related = with(Twist::RelatedPart {
        kind: "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility".into(),
        name: "customUI/customUI14.xml".into(),
        data: b"<customUI/>".to_vec(),
    });
    assert!(text(&related, rels).contains("Target=\"/customUI/customUI14.xml\""));
    assert_eq!(text(&related, "customUI/customUI14.xml"), "<customUI/>");

    let external = text(
        &with(Twist::External {
            kind: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
                .into(),
            target: "https://example.invalid/?a=1&b=2".into(),
        }),
        rels,
    );
    assert!(external.contains("https://example.invalid/?a=1&amp;b=2\" TargetMode=\"External\""));

    let twice = with(Twist::NamesakeBefore(b"other".to_vec()));
    let name = b"word/vbaProject.bin";
    assert_eq!(twice.windows(name.len()).filter(|at| at == name).count(), 4);
}

#[test]
fn a_macro_sheet_is_related_and_named() {
    let bytes = Package::new(Kind::Xlsm)
        .twist(Twist::MacroSheet(vec![
            "HALT()".into(),
            "ALERT(\"inert\")".into(),
        ]))
        .build();
    assert!(text(&bytes, "xl/workbook.xml").contains("_xlnm.Auto_Open"));
    assert!(text(&bytes, "xl/_rels/workbook.xml.rels").contains("xlMacrosheet"));
    let sheet = text(&bytes, "xl/macrosheets/sheet1.xml");
    assert!(sheet.contains("<c r=\"A1\"><f>HALT()</f></c>"));
    assert!(sheet.contains("&quot;inert&quot;"));
}

fn streams(bytes: &[u8]) -> Vec<String> {
    let file = ::cfb::CompoundFile::open_strict(Cursor::new(bytes)).unwrap();
    let all = file.walk().filter(::cfb::Entry::is_stream);
    all.map(|entry| entry.path().to_string_lossy().into_owned())
        .collect()
}

fn stream(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut data = Vec::new();
    let mut file = ::cfb::CompoundFile::open_strict(Cursor::new(bytes)).unwrap();
    file.open_stream(name)
        .unwrap()
        .read_to_end(&mut data)
        .unwrap();
    data
}

#[test]
fn a_doc_keeps_text_where_its_piece_table_says() {
    let bytes = Doc::new().project(project()).build();
    assert!(streams(&bytes).contains(&"/Macros/VBA/dir".to_owned()));
    let document = stream(&bytes, "WordDocument");
    assert_eq!(document[..2], [0xEC, 0xA5]);
    let clx = stream(&bytes, "1Table");
    let at = u32::from_le_bytes(clx[15..19].try_into().unwrap()) as usize;
    let at = (at & 0x3FFF_FFFF) / 2;
    assert!(document[at..].starts_with(TEXT.as_bytes()));
    // fcClx and lcbClx, the 34th pair after base, rgW, rgLw and their counts.
    let pair = 32 + 2 + 28 + 2 + 88 + 2 + 33 * 8;
    assert_eq!(document[pair + 4], clx.len() as u8);
}

/// Record types and data of a BIFF8 stream.
fn records(mut stream: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let mut records = Vec::new();
    while let Some((head, rest)) = stream.split_first_chunk::<4>() {
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let size = usize::from(u16::from_le_bytes([head[2], head[3]]));
        records.push((kind, rest[..size].to_vec()));
        stream = &rest[size..];
    }
    records
}

#[test]
fn an_xls_points_to_its_sheets() {
    let xls = Xls::new()
        .sheet("Macro1", SheetKind::MacroSheet, 2)
        .auto_open()
        .project(project());
    let bytes = xls.build();
    assert!(streams(&bytes).contains(&"/_VBA_PROJECT_CUR/VBA/dir".to_owned()));
    let workbook = stream(&bytes, "Workbook");
    let sheets: Vec<Vec<u8>> = records(&workbook)
        .into_iter()
        .filter(|(kind, _)| *kind == 0x0085)
        .map(|(_, data)| data)
        .collect();
    assert_eq!((sheets[1][4], sheets[1][5]), (2, 1));
    let at = u32::from_le_bytes(sheets[1][..4].try_into().unwrap()) as usize;
    assert_eq!(workbook[at..at + 2], [0x09, 0x08]);
    assert_eq!(workbook[at + 6], 0x40, "BOF of a macro sheet");

    let encrypted = stream(&xls.encrypted().build(), "Workbook");
    let encrypted = records(&encrypted);
    assert!(encrypted.iter().any(|(kind, _)| *kind == 0x002F));
    assert!(
        encrypted
            .iter()
            .any(|(kind, data)| *kind == 0x0809 && data[2] == 0x40)
    );
}

#[test]
fn a_ppt_leads_to_its_project() {
    for storage in [ProjectStorage::Plain, ProjectStorage::Compressed] {
        let bin = project().to_bin();
        let bytes = Ppt::new().project(bin.clone(), storage).build();
        let user = stream(&bytes, "Current User");
        let document = stream(&bytes, "PowerPoint Document");
        let word =
            |at: usize| u32::from_le_bytes(document[at..at + 4].try_into().unwrap()) as usize;
        let edit = u32::from_le_bytes(user[16..20].try_into().unwrap()) as usize;
        assert_eq!(document[edit + 2..edit + 4], [0xF5, 0x0F]);
        let directory = word(edit + 8 + 12);
        assert_eq!(document[directory + 2..directory + 4], [0x72, 0x17]);
        let record = word(directory + 8 + 8);
        assert_eq!(document[record + 2..record + 4], [0x11, 0x10]);
        let data = &document[record + 8..record + 8 + word(record + 4)];
        let found = match storage {
            ProjectStorage::Plain => data.to_vec(),
            _ => {
                let mut inflated = Vec::new();
                let mut zlib = flate2::read::ZlibDecoder::new(&data[4..]);
                zlib.read_to_end(&mut inflated).unwrap();
                inflated
            }
        };
        assert_eq!(found, bin);
    }
}

#[test]
fn encrypted_shells_are_strict_compound_files() {
    for (encryption, major, minor) in [
        (Encryption::Agile, 4, 4),
        (Encryption::Standard, 3, 2),
        (Encryption::Extensible, 3, 3),
    ] {
        let bytes = encrypted_package(encryption).build();
        assert!(streams(&bytes).contains(&"/EncryptedPackage".to_owned()));
        let info = stream(&bytes, "EncryptionInfo");
        assert_eq!((info[0], info[2]), (major, minor));
    }
}
