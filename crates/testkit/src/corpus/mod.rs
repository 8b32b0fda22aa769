//! The documents of the test corpus: small, inert, one purpose each.
//!
//! Every procedure leaves at its first statement, hosts end in `.invalid`, payloads are the word
//! `inert`, and the visible text says what the file is.

mod plain;
mod sources;

use crate::office::encrypted_package;
use crate::office::{
    Doc, Encryption, Kind, Package, Ppt, ProjectStorage, SheetKind, TEXT, Twist, Xls,
};
use crate::ovba::{Module, ModuleKind, Project, Reference};
use crate::zip::{Archive, Fault, Member};

/// One document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its path below `corpus/documents`.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it shows, in one sentence.
    pub shows: &'static str,
}

/// Every document, in the order of the list in the source.
#[must_use]
pub fn documents() -> Vec<Document> {
    let mut documents = business();
    documents.extend(chains());
    documents.extend(languages());
    documents.extend(without_code());
    documents.extend(other_files());
    documents
}

const fn document(name: &'static str, shows: &'static str, bytes: Vec<u8>) -> Document {
    Document { name, bytes, shows }
}

fn package(kind: Kind, project: &Project) -> Vec<u8> {
    Package::new(kind).vba(project.to_bin()).build()
}

/// A project with code behind the document, and one standard module where there is text for it.
fn project(document: ModuleKind, behind: &str, standard: &str) -> Project {
    let name = match document {
        ModuleKind::Workbook => "ThisWorkbook",
        _ => "ThisDocument",
    };
    let project = Project::new("Project").module(Module::new(document, name, behind));
    if standard.is_empty() {
        project
    } else {
        project.module(Module::standard("Module1", standard))
    }
}

/// PowerPoint keeps no code behind the presentation.
fn slides(source: &str) -> Project {
    Project::new("VBAProject").module(Module::standard("Module1", source))
}

/// Macros of everyday work: a person may have the file.
fn business() -> Vec<Document> {
    use ModuleKind::{OtherDocument, WordDocument, Workbook};
    vec![
        document(
            "business/button-dictionary.xlsb",
            "a button that counts customers in a Scripting.Dictionary",
            package(Kind::Xlsb, &project(Workbook, "", sources::DICTIONARY)),
        ),
        document(
            "business/workbook-open-save-copy.xlsm",
            "Workbook_Open saves a dated copy of the workbook beside itself",
            package(Kind::Xlsm, &project(Workbook, sources::SAVE_COPY, "")),
        ),
        document(
            "business/words-in-comment.docm",
            "dangerous words stand in comments and a message only",
            package(
                Kind::Docm,
                &project(WordDocument, sources::WORDS_IN_COMMENT, ""),
            ),
        ),
        document(
            "business/order-form.xltm",
            "a template with a form and a reference to its library",
            package(
                Kind::Xltm,
                &project(Workbook, "", sources::SHOW_FORM)
                    .module(Module::new(ModuleKind::Form, "OrderForm", sources::FORM))
                    .reference(Reference::forms()),
            ),
        ),
        document(
            "business/price-function.xlam",
            "an add-in with a function for cells and a class",
            package(
                Kind::Xlam,
                &project(Workbook, "", sources::PRICE).module(Module::new(
                    ModuleKind::Class,
                    "Discount",
                    sources::CLASS,
                )),
            ),
        ),
        document(
            "business/page-counter.pptm",
            "a slide show event that numbers slides",
            package(Kind::Pptm, &slides(sources::PAGE_COUNTER)),
        ),
        document(
            "business/page-counter.potm",
            "the same in a template",
            package(Kind::Potm, &slides(sources::PAGE_COUNTER)),
        ),
        document(
            "business/message-only.ppsm",
            "a message and nothing else",
            package(Kind::Ppsm, &slides(sources::MESSAGE)),
        ),
        document(
            "business/menu.ppam",
            "an add-in whose Auto_Open adds a menu entry",
            package(Kind::Ppam, &slides(sources::MENU)),
        ),
        document(
            "business/page-counter.ppt",
            "a binary presentation with a compressed project",
            Ppt::new()
                .project(
                    slides(sources::PAGE_COUNTER).to_bin(),
                    ProjectStorage::Compressed,
                )
                .build(),
        ),
        document(
            "business/shape-names.vsdm",
            "a drawing that names its shapes when it is opened",
            package(
                Kind::Vsdm,
                &project(OtherDocument, sources::SHAPE_NAMES, ""),
            ),
        ),
    ]
}

/// A trigger that reaches a dangerous act.
fn chains() -> Vec<Document> {
    use ModuleKind::{WordDocument, Workbook};
    let powershell = || project(WordDocument, sources::SHELL_POWERSHELL, "");
    vec![
        document(
            "chain/document-open-powershell.docm",
            "Document_Open starts PowerShell with a download command",
            package(Kind::Docm, &powershell()),
        ),
        document(
            "chain/auto-open-download.doc",
            "AutoOpen downloads by a declared function of urlmon and starts the file",
            Doc::new()
                .project(project(WordDocument, "", sources::URL_DOWNLOAD))
                .build(),
        ),
        document(
            "chain/workbook-open-stream.xlsm",
            "Workbook_Open downloads by XMLHTTP, writes by ADODB.Stream, runs by WScript.Shell",
            package(
                Kind::Xlsm,
                &project(Workbook, sources::CALL_FETCH, sources::FETCH_AND_RUN),
            ),
        ),
        document(
            "chain/renamed-project.docx",
            "the same chain as document-open-powershell, named and typed as if there were no macros",
            Package::new(Kind::Docm)
                .vba(powershell().to_bin())
                .twist(Twist::MacroFreeType)
                .twist(Twist::VbaPart("word/media/image1.png".into()))
                .build(),
        ),
        document(
            "chain/macro-sheet.xlsm",
            "a very hidden Excel 4.0 macro sheet that a name starts; it halts at its first formula",
            Package::new(Kind::Xlsm)
                .twist(Twist::MacroSheet(
                    sources::FORMULAS.map(str::to_owned).into(),
                ))
                .build(),
        ),
        document(
            "chain/macro-sheet.xls",
            "the same in BIFF8, with nothing after the halt",
            Xls::new()
                .sheet("Macro1", SheetKind::MacroSheet, 2)
                .auto_open()
                .build(),
        ),
        document(
            "chain/vbaProject.bin",
            "the project of document-open-powershell on its own",
            powershell().to_bin(),
        ),
    ]
}

/// Sources and names in the code pages of Asia and Russia.
fn languages() -> Vec<Document> {
    use ModuleKind::{WordDocument, Workbook};
    vec![
        document(
            "language/請求書.docm",
            "Japanese comments, texts and module name in code page 932: everyday work",
            package(Kind::Docm, &invoice()),
        ),
        document(
            "language/見積書.xlsm",
            "Japanese names around a chain from Workbook_Open to WScript.Shell",
            package(
                Kind::Xlsm,
                &project(Workbook, sources::JAPANESE_OPEN, "")
                    .module(Module::standard("取得処理", sources::JAPANESE_CHAIN))
                    .code_page(932),
            ),
        ),
        document(
            "language/报价单.xlsm",
            "code page 936: Workbook_BeforeClose hides a sheet for good",
            package(
                Kind::Xlsm,
                &project(Workbook, sources::CHINESE_BEFORE_CLOSE, "").code_page(936),
            ),
        ),
        document(
            "language/견적서.xls",
            "code page 949: a binary workbook that exports a table as CSV",
            Xls::new()
                .project(project(Workbook, "", sources::KOREAN_CSV).code_page(949))
                .build(),
        ),
        document(
            "language/счёт.dotm",
            "code page 1251: a template that dates a new letter",
            package(
                Kind::Dotm,
                &project(WordDocument, sources::RUSSIAN_NEW, "").code_page(1251),
            ),
        ),
    ]
}

fn invoice() -> Project {
    project(ModuleKind::WordDocument, sources::JAPANESE_NOTE, "")
        .module(Module::standard("請求書印刷", sources::JAPANESE_PRINT))
        .code_page(932)
}

/// Documents without code, and those that do not let one see.
fn without_code() -> Vec<Document> {
    let whole = Package::new(Kind::Docm)
        .vba(project(ModuleKind::WordDocument, sources::WORDS_IN_COMMENT, "").to_bin())
        .archive();
    let length = whole.build().len();
    vec![
        document(
            "clean/letter.docx",
            "a letter without active content",
            Package::new(Kind::Docx).build(),
        ),
        document(
            "clean/table.xlsx",
            "a table without active content",
            Package::new(Kind::Xlsx).build(),
        ),
        document(
            "clean/slides.pptx",
            "slides without active content",
            Package::new(Kind::Pptx).build(),
        ),
        document(
            "damaged/truncated.docm",
            "the last quarter is missing: the directory of the archive and the end of the project",
            whole.fault(Fault::Truncate(length * 3 / 4)).build(),
        ),
        document(
            "encrypted/password.docx",
            "an encrypted package of unknown password",
            encrypted_package(Encryption::Agile).build(),
        ),
    ]
}

/// What comes by mail beside Office documents.
fn other_files() -> Vec<Document> {
    let archive = Archive::new()
        .member(Member::new("readme.txt", TEXT))
        .member(Member::stored("numbers.csv", "1;2;3\r\n"));
    vec![
        document(
            "other/plain.zip",
            "an archive of two text files",
            archive.build(),
        ),
        document(
            "other/letter.rtf",
            "rich text without objects",
            plain::rtf(),
        ),
        document(
            "other/invoice.eml",
            "a Japanese mail in ISO-2022-JP with language/請求書.docm attached",
            plain::mail(
                "請求書送付のご案内",
                "請求書をお送りします。\r\nINERT TEST DOCUMENT\r\n",
                "請求書.docm",
                &package(Kind::Docm, &invoice()),
            ),
        ),
        document(
            "other/Module1.bas",
            "an exported standard module",
            crlf(&format!(
                "Attribute VB_Name = \"Module1\"\n{}",
                sources::DICTIONARY
            )),
        ),
        document(
            "other/Discount.cls",
            "an exported class module",
            crlf(&format!("{}{}", plain::CLASS_HEAD, sources::CLASS)),
        ),
        document(
            "other/script.vbs",
            "a script that quits at once",
            crlf(sources::SCRIPT),
        ),
        document("other/picture.png", "a picture of one pixel", plain::png()),
    ]
}

fn crlf(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

#[cfg(test)]
mod tests;
