//! One pass over the elements.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};

use super::field::{self, Does, Fields};
use super::package::{self, Archive};
use super::{Flat, damaged};
use crate::bytes::base64;
use crate::container::opc::xml;
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};
use crate::project::formula::loads_of;
use crate::project::{Load, LoadKind, Start, StartBy, macro_sheets_unread};

/// How much of a text that is no data is kept.
const LONGEST: usize = 4096;

pub(super) fn read(text: &str, ledger: &mut Ledger) -> Flat {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut reading = Reading {
        text,
        flat: Flat::default(),
        package: None,
        fields: Fields::default(),
        dialect: Dialect::Other,
        taking: Taking::Nothing,
        taking_depth: 0,
        data: String::new(),
        depth: 0,
        refreshes: false,
        macro_sheet: false,
    };
    loop {
        let at = reader.buffer_position();
        if ledger.charge(Limit::Steps, 1).is_err() {
            break;
        }
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                reading.depth = reading.depth.saturating_add(1);
                reading.start(&element, reader.buffer_position(), ledger);
            }
            Ok(Event::Empty(element)) => {
                let before = reading.taking;
                reading.start(&element, reader.buffer_position(), ledger);
                reading.empty(&element, before, ledger);
            }
            Ok(Event::End(element)) => {
                reading.end(element.local_name().into_inner(), at, ledger);
                reading.depth = reading.depth.saturating_sub(1);
            }
            Ok(Event::Text(piece)) => reading.piece(&piece),
            Ok(Event::CData(piece)) => reading.piece(&piece),
            Ok(Event::GeneralRef(name)) if reading.takes() => {
                let piece = xml::entity(&name);
                reading.piece(&piece);
            }
            Ok(Event::PI(instruction)) => reading.instruction(&instruction),
            Ok(Event::DocType(declaration)) => {
                let entities = declaration.contains("<!ENTITY");
                let what = if entities { " with entities" } else { "" };
                ledger.observe(
                    "flat.dtd",
                    "XML 1.0 2.8",
                    at,
                    format_args!("a document type declaration{what}, which is not followed"),
                );
            }
            Ok(Event::Eof) if reading.depth == 0 => break,
            Ok(Event::Eof) => {
                damaged(ledger, at, format_args!("ends within an element"));
                break;
            }
            Err(_) => {
                let at = reader.error_position();
                damaged(ledger, at, format_args!("is not well-formed"));
                break;
            }
            Ok(_) => {}
        }
    }
    reading.finish(ledger)
}

/// What becomes of the text that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taking {
    Nothing,
    /// It is base64.
    Data,
    /// It is the code of a field, or shown for one.
    Field,
    /// It names something of this kind.
    Target(LoadKind),
}

/// Whose elements they are, by the first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Word,
    Excel,
    Other,
}

/// A package whose parts come one by one.
#[derive(Default)]
struct Parts {
    archive: Archive,
    /// Names and types as attributes have them.
    types: Vec<(String, String)>,
    name: String,
    kind: String,
    /// Where the content of an XML part starts, and how deep its element is.
    xml: Option<(u64, u64)>,
}

struct Reading<'t> {
    text: &'t str,
    flat: Flat,
    package: Option<Parts>,
    fields: Fields,
    dialect: Dialect,
    taking: Taking,
    /// How deep the element is whose text is read.
    taking_depth: u64,
    data: String,
    depth: u64,
    /// Whether the query that is read is loaded again when the document is opened.
    refreshes: bool,
    /// Whether a macro sheet was told of.
    macro_sheet: bool,
}

impl Reading<'_> {
    const fn takes(&self) -> bool {
        !matches!(self.taking, Taking::Nothing)
    }

    fn piece(&mut self, piece: &str) {
        match self.taking {
            Taking::Nothing => {}
            Taking::Data => self.data.push_str(piece),
            Taking::Field => self.fields.text(piece),
            Taking::Target(_) => {
                let room = LONGEST.saturating_sub(self.data.len());
                self.data.extend(piece.chars().take(room));
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, behind: u64, ledger: &mut Ledger) {
        // What stands within base64 is no part of it.
        if self.taking == Taking::Data {
            return;
        }
        let local = element.local_name();
        let name = local.into_inner();
        if self.depth <= 1 && name == "package" && self.package.is_none() {
            self.package = Some(Parts::default());
            return;
        }
        if let Some(parts) = &mut self.package {
            match name {
                _ if parts.xml.is_some() => {}
                "part" => {
                    parts.name = value(element, "name").unwrap_or_default();
                    parts.kind = value(element, "contentType").unwrap_or_default();
                }
                "xmlData" => parts.xml = Some((behind, self.depth)),
                "binaryData" => self.take_text(Taking::Data),
                _ => {}
            }
            return;
        }
        match name {
            "binData" | "binaryData" | "VBProjectData" | "ForeignData" => {
                self.take_text(Taking::Data);
                let called = value(element, "name").unwrap_or_else(|| name.to_owned());
                self.flat.binaries.push((called, Vec::new()));
            }
            "wordDocument" => {
                self.dialect = Dialect::Word;
                let says = value(element, "macrosPresent");
                self.flat.says_macros = says.is_some_and(|says| is_yes(&says));
            }
            "Workbook" if self.depth <= 1 => self.dialect = Dialect::Excel,
            "imagedata" => {
                self.attribute(element, "src", LoadKind::Picture, ledger);
                self.attribute(element, "href", LoadKind::Picture, ledger);
            }
            "fill" => self.attribute(element, "src", LoadKind::Picture, ledger),
            "shape" | "group" => self.attribute(element, "href", LoadKind::Hyperlink, ledger),
            "OLEObject" => {
                let linked = value(element, "Type").is_some_and(|one| one == "Link");
                if !linked {
                    self.attribute(element, "ProgID", LoadKind::Class, ledger);
                }
            }
            _ => match self.dialect {
                Dialect::Word => self.word(name, element, ledger),
                Dialect::Excel => self.excel(name, element, ledger),
                Dialect::Other => {}
            },
        }
    }

    /// Elements of WordprocessingML.
    fn word(&mut self, name: &str, element: &BytesStart<'_>, ledger: &mut Ledger) {
        match name {
            "instrText" | "delInstrText" => self.take_text(Taking::Field),
            "t" if !self.fields.is_empty() => self.take_text(Taking::Field),
            "fldChar" => match value(element, "fldCharType").as_deref() {
                Some("begin") => self.fields.begin(),
                Some("separate") => self.fields.separate(),
                Some("end") => {
                    let does = self.fields.end("document");
                    self.take(does, ledger);
                }
                _ => {}
            },
            "fldSimple" => {
                if let Some(code) = value(element, "instr") {
                    self.take(field::does(&code, "document"), ledger);
                }
            }
            "entryMacro" | "exitMacro" => {
                if let Some(name) = value(element, "val") {
                    let by = StartBy::Touch;
                    self.take(Does::Starts(Start { name, by }), ledger);
                }
            }
            "ocx" => self.control(element, ledger),
            _ => {
                for (of, attribute, kind) in WORD {
                    if *of == name {
                        self.attribute(element, attribute, *kind, ledger);
                    }
                }
            }
        }
    }

    /// Elements of SpreadsheetML, and of what Excel adds to it.
    fn excel(&mut self, name: &str, element: &BytesStart<'_>, ledger: &mut Ledger) {
        match name {
            "MacroSheet" if !self.macro_sheet => {
                self.macro_sheet = true;
                macro_sheets_unread(ledger);
            }
            "Path" => self.take_text(Taking::Target(LoadKind::Workbook)),
            "Connection" | "URLString" => {
                self.take_text(Taking::Target(LoadKind::Connection));
                self.attribute(element, "HRef", LoadKind::Connection, ledger);
            }
            "RefreshOnFileOpen" => self.refreshes = true,
            "CacheFile" => self.attribute(element, "HRef", LoadKind::Connection, ledger),
            "Cell" => self.attribute(element, "HRef", LoadKind::Hyperlink, ledger),
            _ => {}
        }
        for (key, place) in [("Formula", "cell"), ("RefersTo", "name")] {
            if let Some(formula) = value(element, key) {
                loads_of(&formula, place, &mut self.flat.loads);
            }
        }
    }

    /// An element without content ends where it starts.
    fn empty(&mut self, element: &BytesStart<'_>, before: Taking, ledger: &mut Ledger) {
        let at = self.package.as_ref().and_then(|parts| parts.xml);
        if let Some((at, _)) = at.filter(|(_, depth)| *depth == self.depth) {
            // An XML part of nothing; the element around it goes on.
            let own = element.local_name().into_inner() == "xmlData";
            if own {
                self.end_xml(at, ledger);
            }
        }
        if before != self.taking {
            self.end_text(ledger);
        }
    }

    fn end(&mut self, name: &str, at: u64, ledger: &mut Ledger) {
        let xml = self.package.as_ref().and_then(|parts| parts.xml);
        match xml {
            Some((_, depth)) if depth == self.depth => self.end_xml(at, ledger),
            Some(_) => {}
            None if self.taking_depth == self.depth => self.end_text(ledger),
            None => {}
        }
        if matches!(
            name,
            "QueryTable" | "QuerySource" | "PivotCache" | "Worksheet"
        ) {
            self.refreshes = false;
        }
    }

    fn end_xml(&mut self, end: u64, ledger: &mut Ledger) {
        let Some(parts) = &mut self.package else {
            return;
        };
        let Some((start, _)) = parts.xml.take() else {
            return;
        };
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let content = self.text.get(place(start)..place(end)).unwrap_or_default();
        add(parts, content.as_bytes(), ledger);
    }

    fn end_text(&mut self, ledger: &mut Ledger) {
        let taking = std::mem::replace(&mut self.taking, Taking::Nothing);
        match taking {
            Taking::Nothing | Taking::Field => {}
            Taking::Data => self.end_data(ledger),
            Taking::Target(kind) => {
                let target = std::mem::take(&mut self.data);
                self.load(kind, &target, ledger);
            }
        }
    }

    fn end_data(&mut self, ledger: &mut Ledger) {
        let size = self.data.len() as u64;
        let mut bytes = Vec::new();
        if ledger.charge(Limit::OutputBytes, size).is_ok() {
            base64::decode(self.data.as_bytes(), &mut bytes);
        }
        self.data.clear();
        if let Some(parts) = &mut self.package {
            add(parts, &bytes, ledger);
        } else if let Some((_, binary)) = self.flat.binaries.last_mut() {
            *binary = bytes;
        }
    }

    fn take_text(&mut self, taking: Taking) {
        self.taking = taking;
        self.taking_depth = self.depth;
        self.data.clear();
    }

    fn attribute(
        &mut self,
        element: &BytesStart<'_>,
        key: &str,
        kind: LoadKind,
        ledger: &mut Ledger,
    ) {
        if let Some(target) = value(element, key) {
            self.load(kind, &target, ledger);
        }
    }

    fn load(&mut self, kind: LoadKind, target: &str, ledger: &mut Ledger) {
        let target = target.trim();
        let kind = match kind {
            LoadKind::Workbook if target.contains('|') => LoadKind::DdeLink,
            LoadKind::Connection if self.refreshes => LoadKind::Refresh,
            kind => kind,
        };
        // Pictures in the document have addresses of their own.
        if target.is_empty() || target.starts_with("wordml:") || target.starts_with('#') {
            return;
        }
        let load = Load {
            kind,
            target: target.chars().take(LONGEST).collect(),
            place: "document".to_owned(),
        };
        self.take(Does::Loads(load), ledger);
    }

    fn take(&mut self, does: Does, ledger: &mut Ledger) {
        if matches!(does, Does::Nothing) || ledger.charge(Limit::Entries, 1).is_err() {
            return;
        }
        match does {
            Does::Loads(load) => self.flat.loads.push(load),
            Does::Starts(start) => self.flat.starts.push(start),
            Does::Nothing => {}
        }
    }

    /// `w:ocx`: its class, and its state as `DATA:application/x-oleobject;BASE64,…`.
    fn control(&mut self, element: &BytesStart<'_>, ledger: &mut Ledger) {
        if let Some(class) = value(element, "classid") {
            let id = class.rsplit(':').next().unwrap_or(&class);
            let id = id.trim().trim_matches(['{', '}']).to_ascii_lowercase();
            self.load(LoadKind::Control, &format!("{{{id}}}"), ledger);
        }
        let data = value(element, "data").unwrap_or_default();
        if let Some((_, data)) = data.split_once(',')
            && ledger.charge(Limit::OutputBytes, data.len() as u64).is_ok()
        {
            let mut bytes = Vec::new();
            base64::decode(data.as_bytes(), &mut bytes);
            self.flat.binaries.push(("ocx".to_owned(), bytes));
        }
    }

    /// The form or the sheet that the document is shown by.
    fn instruction(&mut self, text: &str) {
        if self.depth > 0 {
            return;
        }
        let kind = if text.starts_with("mso-infoPathSolution") {
            LoadKind::Template
        } else if text.starts_with("xml-stylesheet") {
            LoadKind::Other
        } else {
            return;
        };
        let mut pieces = text
            .split_once("href")
            .unwrap_or_default()
            .1
            .split(['"', '\'']);
        let target = pieces.nth(1).unwrap_or_default();
        let target = unescape(target).unwrap_or(Cow::Borrowed(target));
        if target.contains("://") || target.starts_with("\\\\") {
            self.flat.loads.push(Load {
                kind,
                target: target.chars().take(LONGEST).collect(),
                place: "document".to_owned(),
            });
        }
    }

    fn finish(mut self, ledger: &mut Ledger) -> Flat {
        // What was begun and has no end.
        let end = self.text.len() as u64;
        if self
            .package
            .as_ref()
            .is_some_and(|parts| parts.xml.is_some())
        {
            self.end_xml(end, ledger);
        }
        self.end_text(ledger);
        for does in self.fields.finish("document") {
            self.take(does, ledger);
        }
        if let Some(mut parts) = self.package.take() {
            let types = package::content_types(&parts.types);
            parts.name = "[Content_Types].xml".to_owned();
            add(&mut parts, types.as_bytes(), ledger);
            self.flat.package = Some(parts.archive.finish());
        }
        self.flat
    }
}

/// Adds the part that was begun to the package.
fn add(parts: &mut Parts, content: &[u8], ledger: &mut Ledger) {
    let size = (content.len() as u64).saturating_add(parts.name.len() as u64);
    if ledger.charge(Limit::Entries, 1).is_err() || ledger.charge(Limit::OutputBytes, size).is_err()
    {
        return;
    }
    if !parts.archive.add(&parts.name, content) {
        ledger.gap(
            Reason::Limit,
            format_args!(
                "a package of more than {} parts; what follows was not read",
                parts.archive.len()
            ),
        );
        return;
    }
    if !parts.kind.is_empty() {
        let name = escape(&*parts.name).into_owned();
        let kind = std::mem::take(&mut parts.kind);
        parts.types.push((name, escape(&*kind).into_owned()));
    }
}

/// Attributes of WordprocessingML that lead elsewhere, by element.
const WORD: &[(&str, &str, LoadKind)] = &[
    ("attachedTemplate", "val", LoadKind::Template),
    ("hlink", "dest", LoadKind::Hyperlink),
    ("hyperlink", "href", LoadKind::Hyperlink),
    ("subDoc", "link", LoadKind::SubDocument),
    ("sourceFileName", "val", LoadKind::Frame),
    ("dataSource", "val", LoadKind::MailMerge),
    ("headerSource", "val", LoadKind::MailMerge),
    ("connectString", "val", LoadKind::MailMerge),
    ("saveThroughXslt", "xslt", LoadKind::Other),
];

/// The value of an attribute, whatever its prefix.
fn value(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    xml::attribute(element, wanted).map(Cow::into_owned)
}

/// As the schema of 2003 and as people write it.
fn is_yes(value: &str) -> bool {
    ["yes", "on", "true", "1"]
        .iter()
        .any(|yes| value.trim().eq_ignore_ascii_case(yes))
}
