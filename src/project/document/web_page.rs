//! Documents that Office programs wrote as web pages, and open again as documents: HTML with the
//! namespaces of Office (Microsoft Office HTML and XML Reference).
//!
//! | what | says |
//! |---|---|
//! | `xmlns:w="urn:schemas-microsoft-com:office:word"`, `<meta name=ProgId>` | a page of an Office program |
//! | `<link rel=Edit-Time-Data href>`, `OLE-Object-Data` | the ActiveMime part with macros, with objects |
//! | `<frame src>`, `<w:AttachedTemplate HRef>`, `<img src>`, `<v:imagedata src>` | what is loaded when it is opened |
//! | `mso-element:field-begin` … `field-separator` … `field-end` in a style | a field of Word |
//! | `<td x:fmla>`, a cell whose text starts with `=` | a formula of Excel |
//! | `<object classid>` | a control |
//! | `<script language>` | code of a browser |
//! | `<odc:ConnectionString>`, `<odc:CommandText>`, `<odc:PowerQueryMashupData>` | what a data connection (ODC) asks, and whom |
//!
//! What stands in comments counts: Office reads what is in its conditional ones.

use std::borrow::Cow;
use std::collections::HashSet;

use encoding_rs::SHIFT_JIS;
use memchr::{memchr, memchr_iter, memmem};

use super::Outside;
use super::mashup::formulas;
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::flat::{Does, Fields, field_does};
use crate::project::formula::{loads_of, loads_of_cell, may_call};
use crate::project::{Load, LoadKind};

/// What a page holds.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Page<'a> {
    /// Whether an Office program wrote it.
    pub office: bool,
    /// Whether it is the file of a data connection.
    pub connection: bool,
    /// What it loads and starts.
    pub loads: Vec<Load>,
    /// The source of its scripts in VBScript.
    pub scripts: Vec<&'a [u8]>,
    /// Whether it has scripts in other languages.
    pub other_scripts: bool,
}

/// Where things in a page stand.
const PLACE: &str = "web page";
/// The longest value of an attribute that is decoded, in bytes.
const LONGEST: usize = 1 << 16;
/// How much of the text of a cell is looked at.
const CELL: usize = 4096;
/// The element that a data connection is in.
pub(crate) const CONNECTION: &[u8] = b"OfficeDataConnection";

/// Reads a page in an encoding in which ASCII is ASCII. `parts` are the places of what is in the
/// file with it, so that a reference to one leads nowhere else.
pub fn read_page<'a>(page: &'a [u8], parts: &HashSet<String>, ledger: &mut Ledger) -> Page<'a> {
    let office = is_office(page);
    if !office && !is_of_concern(page) {
        return Page::default();
    }
    let mut reading = Reading {
        rest: page,
        parts,
        page: Page {
            office,
            ..Page::default()
        },
        fields: Fields::default(),
        cell: None,
        said: None,
        formulas: Vec::new(),
        no_more: [false; 2],
    };
    while let Some(tag) = reading.next_tag() {
        if ledger.charge(Limit::Steps, 1).is_err() {
            break;
        }
        reading.tag(tag, ledger);
    }
    for does in reading.fields.finish(PLACE) {
        reading.take(does);
    }
    reading.end_cell();
    reading.end_said(ledger);
    let mut page = reading.page;
    if !office {
        // A browser loads much that is of no concern here.
        page.loads.retain(|load| load.kind == LoadKind::DdeField);
    }
    page.loads.append(&mut reading.formulas);
    page
}

fn is_office(page: &[u8]) -> bool {
    const MARKS: [&[u8]; 7] = [
        b"schemas-microsoft-com:office",
        b"schemas-microsoft-com:vml",
        b"office/word",
        b"Word.Document",
        b"Excel.Sheet",
        b"x-ms-odc",
        CONNECTION,
    ];
    MARKS.iter().any(|mark| memmem::find(page, mark).is_some())
}

/// Whether there is any word of what is looked for in pages of no Office program.
fn is_of_concern(page: &[u8]) -> bool {
    let script = |at: usize| {
        page.get(at..at.saturating_add(3))
            .is_some_and(|word| word.eq_ignore_ascii_case(b"vbs"))
    };
    /// What can stand for a bar or a bracket, or within a name.
    const HIDES: [&[u8]; 3] = [b"&#", b"&v", b"&V"];
    let has = |word: &&[u8]| memmem::find(page, word).is_some();
    memmem::find(page, b"mso-").is_some()
        || memchr::memchr2_iter(b'v', b'V', page).any(script)
        || has_cells(page) && (may_hold_formula(page) || HIDES.iter().any(has))
}

/// Whether there is a bar, or a call of a function that acts; marks can part its name.
fn may_hold_formula(page: &[u8]) -> bool {
    let parted = |at: usize| page.get(..at).is_some_and(|before| before.ends_with(b">"));
    memchr(b'|', page).is_some() || may_call(page) || memchr_iter(b'(', page).any(parted)
}

/// Whether there is a cell of a table.
fn has_cells(page: &[u8]) -> bool {
    memchr_iter(b'<', page).any(|at| {
        let name = page.get(at.saturating_add(1)..at.saturating_add(3));
        name.is_some_and(|name| {
            name.eq_ignore_ascii_case(b"td") || name.eq_ignore_ascii_case(b"th")
        })
    })
}

/// What an element says of a data connection.
enum Said {
    /// What is asked, or whom.
    Connection,
    /// Queries in the language M, in XML.
    Queries,
}

struct Reading<'a, 'p> {
    rest: &'a [u8],
    parts: &'p HashSet<String>,
    page: Page<'a>,
    fields: Fields,
    /// The text of the cell that was begun, as far as it can be a formula.
    cell: Option<String>,
    /// What is said of a data connection, as far as it was read.
    said: Option<(Said, String)>,
    /// What formulas load and start.
    formulas: Vec<Load>,
    /// Whether no single, and no double, quote follows.
    no_more: [bool; 2],
}

/// A tag: its name in lower case, without a prefix, and where its attributes are.
struct Tag<'a> {
    name: String,
    attributes: Vec<(&'a [u8], &'a [u8])>,
    closes: bool,
}

impl Tag<'_> {
    /// The value of an attribute, by its name in lower case and without a prefix.
    fn value(&self, wanted: &str) -> Option<Cow<'_, str>> {
        self.attributes
            .iter()
            .find(|(name, _)| local(name).eq_ignore_ascii_case(wanted.as_bytes()))
            .map(|(_, value)| decoded(value))
    }
}

fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|&byte| byte == b':').next().unwrap_or(name)
}

impl<'a> Reading<'a, '_> {
    /// Goes to the next tag; the text before it belongs to what is open.
    fn next_tag(&mut self) -> Option<Tag<'a>> {
        loop {
            let Some(at) = memchr(b'<', self.rest) else {
                self.text(self.rest);
                self.rest = &[];
                return None;
            };
            let (text, tag) = self.rest.split_at_checked(at)?;
            self.text(text);
            let mut rest = tag.get(1..)?;
            let closes = rest.first() == Some(&b'/');
            if closes {
                rest = rest.get(1..)?;
            }
            if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
                self.rest = rest;
                continue;
            }
            let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'<');
            let end = rest.iter().position(ends).unwrap_or(rest.len());
            let (name, rest) = rest.split_at_checked(end)?;
            self.rest = rest;
            let name = local(name.get(..LONGEST).unwrap_or(name));
            return Some(Tag {
                name: String::from_utf8_lossy(name).to_ascii_lowercase(),
                attributes: self.attributes(),
                closes,
            });
        }
    }

    /// The attributes up to the end of the tag.
    fn attributes(&mut self) -> Vec<(&'a [u8], &'a [u8])> {
        let mut found = Vec::new();
        loop {
            let rest = self.rest.trim_ascii_start();
            let rest = rest.strip_prefix(b"/").unwrap_or(rest);
            match rest.first() {
                None => {
                    self.rest = rest;
                    return found;
                }
                Some(b'>') => {
                    self.rest = rest.get(1..).unwrap_or_default();
                    return found;
                }
                Some(b'<') => {
                    self.rest = rest;
                    return found;
                }
                Some(_) => {}
            }
            let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'<');
            let end = rest.iter().position(ends).unwrap_or(rest.len());
            let (name, rest) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            let after = rest.trim_ascii_start();
            match after.strip_prefix(b"=") {
                Some(value) => {
                    self.rest = value.trim_ascii_start();
                    let value = self.attribute_value();
                    found.push((name, value));
                }
                None => {
                    // An attribute without a value; where there is not even a name, one byte goes.
                    self.rest = if name.is_empty() {
                        rest.get(1..).unwrap_or_default()
                    } else {
                        after
                    };
                }
            }
        }
    }

    fn attribute_value(&mut self) -> &'a [u8] {
        if let Some((&quote @ (b'"' | b'\''), quoted)) = self.rest.split_first() {
            let known = self.no_more.get_mut(usize::from(quote == b'"'));
            if let Some(no_more) = known
                && !*no_more
            {
                if let Some(end) = memchr(quote, quoted) {
                    let (value, rest) = quoted.split_at_checked(end).unwrap_or((quoted, &[]));
                    self.rest = rest.get(1..).unwrap_or_default();
                    return value;
                }
                *no_more = true;
            }
        }
        let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
        let end = self.rest.iter().position(ends).unwrap_or(self.rest.len());
        let (value, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, &[]));
        self.rest = rest;
        value
    }

    fn text(&mut self, text: &[u8]) {
        if let Some(cell) = &mut self.cell {
            let room = CELL.saturating_sub(cell.len());
            let text = text.get(..room).unwrap_or(text);
            cell.push_str(&decoded(text));
        }
        if let Some((_, said)) = &mut self.said {
            let room = LONGEST.saturating_sub(said.len());
            let text = text.get(..room).unwrap_or(text);
            said.push_str(&decoded(text));
        }
        if !self.fields.is_empty() {
            let text = text.get(..CELL).unwrap_or(text);
            self.fields.text(&decoded(text).replace(['\r', '\n'], " "));
        }
    }

    fn tag(&mut self, tag: Tag<'a>, ledger: &mut Ledger) {
        match tag.name.as_str() {
            "officedataconnection" => self.page.connection = true,
            "connectionstring" | "commandtext" | "powerquerymashupdata" => {
                self.end_said(ledger);
                let said = match tag.name.as_str() {
                    "powerquerymashupdata" => Said::Queries,
                    _ => Said::Connection,
                };
                self.said = (!tag.closes).then(|| (said, String::new()));
            }
            "script" if !tag.closes => self.script(&tag),
            "td" | "th" | "tr" | "table" => {
                self.end_cell();
                if !tag.closes && matches!(tag.name.as_str(), "td" | "th") {
                    self.cell = Some(String::new());
                    if let Some(formula) = tag.value("fmla") {
                        loads_of(&formula, PLACE, &mut self.formulas);
                    }
                }
            }
            _ if tag.closes => {}
            "frame" | "iframe" => self.load(&tag, "src", LoadKind::Frame),
            "img" | "imagedata" | "fill" | "bgsound" | "input" => {
                self.load(&tag, "src", LoadKind::Picture);
                self.load(&tag, "dynsrc", LoadKind::Picture);
            }
            "body" => self.load(&tag, "background", LoadKind::Picture),
            "embed" => self.load(&tag, "src", LoadKind::Object),
            "object" => {
                self.load(&tag, "data", LoadKind::Object);
                self.load(&tag, "codebase", LoadKind::Object);
                if let Some(class) = tag.value("classid") {
                    self.control(&class);
                }
            }
            "link" => self.link(&tag),
            "a" | "area" => self.load(&tag, "href", LoadKind::Hyperlink),
            "attachedtemplate" => self.load(&tag, "href", LoadKind::Template),
            "worksheetsource" => self.load(&tag, "href", LoadKind::Frame),
            "urlstring" => self.load(&tag, "href", LoadKind::Connection),
            _ => {}
        }
        if !tag.closes
            && let Some(style) = tag.value("style")
        {
            self.style(&style);
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        loads_of_cell(&cell, PLACE, &mut self.formulas);
    }

    /// The end of an element that says something of a data connection.
    fn end_said(&mut self, ledger: &mut Ledger) {
        let Some((said, text)) = self.said.take() else {
            return;
        };
        // Spaces around it are of the layout.
        let text = text.trim();
        match said {
            _ if text.is_empty() || !self.page.connection => {}
            Said::Connection => self.page.loads.push(Load {
                kind: LoadKind::Connection,
                target: text.chars().take(CELL).collect(),
                place: PLACE.to_owned(),
            }),
            Said::Queries => {
                let mut found = Outside::default();
                formulas(&decoded(text.as_bytes()), PLACE, &mut found, ledger);
                self.page.loads.append(&mut found.loads);
            }
        }
    }

    fn link(&mut self, tag: &Tag<'a>) {
        let kind = match tag
            .value("rel")
            .as_deref()
            .map(str::to_ascii_lowercase)
            .as_deref()
        {
            Some("edit-time-data" | "ole-object-data") => LoadKind::Object,
            Some("stylesheet") => LoadKind::Picture,
            // Said of the page, and not loaded by it.
            _ => return,
        };
        self.load(tag, "href", kind);
    }

    /// Something elsewhere: not in a part, and not beside the page.
    fn load(&mut self, tag: &Tag<'a>, attribute: &str, kind: LoadKind) {
        let Some(target) = tag.value(attribute) else {
            return;
        };
        let target = target.trim();
        let scheme = target
            .split_once(':')
            .is_some_and(|(scheme, _)| scheme.len() > 1 && !scheme.contains('/'));
        let elsewhere = scheme || target.starts_with("\\\\") || target.starts_with("//");
        let lower: String = target
            .chars()
            .take(11)
            .flat_map(char::to_lowercase)
            .collect();
        let inside = ["cid:", "mid:", "data:", "about:", "#"]
            .iter()
            .any(|start| lower.starts_with(start));
        if elsewhere && !inside && !self.parts.contains(target) {
            self.page.loads.push(Load {
                kind,
                target: target.to_owned(),
                place: PLACE.to_owned(),
            });
        }
    }

    fn control(&mut self, class: &str) {
        let id = class.rsplit(':').next().unwrap_or(class).trim();
        self.page.loads.push(Load {
            kind: LoadKind::Control,
            target: format!("{{{}}}", id.trim_matches(['{', '}']).to_ascii_lowercase()),
            place: PLACE.to_owned(),
        });
    }

    fn style(&mut self, style: &str) {
        let lower = style.to_ascii_lowercase();
        let code = lower
            .find("mso-field-code:")
            .and_then(|at| style.get(at..)?.split_once(':'));
        if let Some((_, code)) = code {
            // Quotes in it are escaped as in any style.
            let code = code.trim_start().trim_start_matches('"');
            let code = code.split('"').next().unwrap_or_default();
            let code = code.replace("\\0022", "\"").replace("\\005C", "\\");
            self.take(field_does(&code, PLACE));
        }
        let Some((_, element)) = lower.split_once("mso-element:") else {
            return;
        };
        let element = element.trim_start();
        if element.starts_with("field-begin") {
            self.fields.begin();
        } else if element.starts_with("field-sep") {
            self.fields.separate();
        } else if element.starts_with("field-end") {
            let does = self.fields.end(PLACE);
            self.take(does);
        }
    }

    fn take(&mut self, does: Does) {
        match does {
            Does::Loads(load) => self.page.loads.push(load),
            Does::Starts(_) | Does::Nothing => {}
        }
    }

    fn script(&mut self, tag: &Tag<'a>) {
        let language = ["language", "type"]
            .iter()
            .filter_map(|name| tag.value(name));
        let language: String = language.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        let closing = |at: &usize| {
            let end = self.rest.get(at.saturating_add(1)..).unwrap_or_default();
            end.get(..7)
                .is_some_and(|end| end.eq_ignore_ascii_case(b"/script"))
        };
        let end = memchr_iter(b'<', self.rest).find(closing);
        let (text, rest) = self
            .rest
            .split_at_checked(end.unwrap_or(self.rest.len()))
            .unwrap_or((self.rest, &[]));
        self.rest = rest;
        // A data island, a template, a module of settings: no code.
        let is_data = ["json", "xml", "template", "text/plain"]
            .iter()
            .any(|kind| language.contains(kind));
        if text.trim_ascii().is_empty() || is_data {
            return;
        }
        if language.contains("vbs") {
            self.page.scripts.push(uncommented(text));
        } else if !is_own(text) {
            self.page.other_scripts = true;
        }
    }
}

/// Whether a script is one that Excel puts into its files, and makes nothing: the one that shows the
/// tabs of other sheets in a browser, or the one that shows the name of a data connection.
fn is_own(text: &[u8]) -> bool {
    const TABS: [&[u8]; 3] = [b"fnUpdateTabs", b"c_lTabs", b"frTabs"];
    const TABS_OTHERS: [&[u8]; 1] = [b"unescape"];
    const NAME: [&[u8]; 3] = [
        b"getElementById(\"tdName\").innerText",
        b"getElementById(\"docprops\").innerHTML",
        b"indexOf(\"escription>\"",
    ];
    const NAME_OTHERS: [&[u8]; 6] = [
        b"http",
        b"open(",
        b"write",
        b"replace",
        b"createElement",
        b"href=",
    ];
    const OTHERS: [&[u8]; 6] = [
        b"ActiveX",
        b"eval",
        b"Function(",
        b"WScript",
        b"GetObject",
        b"fromCharCode",
    ];
    let has = |word: &&[u8]| memmem::find(text, word).is_some();
    let tabs = TABS.iter().any(has) && !TABS_OTHERS.iter().any(has);
    let name = NAME.iter().all(has) && !NAME_OTHERS.iter().any(has);
    (tabs || name) && !OTHERS.iter().any(has)
}

/// A script without the comment that hides it from old browsers.
fn uncommented(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii();
    let text = text.strip_prefix(b"<!--").unwrap_or(text);
    text.strip_suffix(b"-->").unwrap_or(text)
}

/// Text with its character references resolved, from UTF-8 or else Shift_JIS: other encodings
/// differ in what is no ASCII, which no reference depends on.
fn decoded(text: &[u8]) -> Cow<'_, str> {
    let text = text.get(..LONGEST).unwrap_or(text);
    let text = match std::str::from_utf8(text) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => SHIFT_JIS.decode_without_bom_handling(text).0,
    };
    if !text.contains('&') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.find(|c: char| !(c.is_alphanumeric() || c == '#'));
        let (name, behind) = after
            .split_at_checked(end.unwrap_or(after.len()))
            .unwrap_or((after, ""));
        match character(name) {
            Some(character) => {
                out.push(character);
                rest = behind.strip_prefix(';').unwrap_or(behind);
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that a reference names (HTML 4.01 5.3).
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "vert" | "verbar" | "VerticalLine" => '|',
        "equals" => '=',
        "plus" => '+',
        "commat" => '@',
        "excl" => '!',
        "lpar" => '(',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn page(body: &str) -> Page<'static> {
        let html = format!(
            "<html xmlns:w=\"urn:schemas-microsoft-com:office:word\"><body>{body}</body></html>"
        );
        let mut ledger = Ledger::new(Limits::mail());
        let html: &'static str = html.leak();
        read_page(html.as_bytes(), &HashSet::new(), &mut ledger)
    }

    fn loads(body: &str) -> Vec<(LoadKind, String)> {
        let loads = page(body).loads.into_iter();
        loads.map(|load| (load.kind, load.target)).collect()
    }

    #[test]
    fn what_pages_of_office_load() {
        for (body, kind, target) in [
            (
                "<frameset><frame src='http://example.invalid/f.htm'>",
                LoadKind::Frame,
                "http://example.invalid/f.htm",
            ),
            (
                "<!--[if gte mso 9]><xml><w:WordDocument><w:AttachedTemplate HRef=\"http&#58;//example.invalid/t.dot\"/></xml><![endif]-->",
                LoadKind::Template,
                "http://example.invalid/t.dot",
            ),
            (
                "<link rel=Edit-Time-Data href=\"\\\\example.invalid\\s\\editdata.mso\">",
                LoadKind::Object,
                "\\\\example.invalid\\s\\editdata.mso",
            ),
            (
                "<object classid=\"CLSID:8BD21D40-EC42-11CE-9E0D-00AA006002F3\" id=c>",
                LoadKind::Control,
                "{8bd21d40-ec42-11ce-9e0d-00aa006002f3}",
            ),
            (
                "<span style='mso-element:field-begin'></span> DDEAUTO inert <b>x</b> <span style='mso-element:field-separator'></span>shown<span style='mso-element:field-end'></span>",
                LoadKind::DdeField,
                "DDEAUTO inert x",
            ),
            (
                "<span style='mso-field-code:\" DDE inert x\"'>shown</span>",
                LoadKind::DdeField,
                "DDE inert x",
            ),
            (
                "<table><tr><td x:fmla=\"=inert|'x'!A0\">0</td></tr></table>",
                LoadKind::DdeFormula,
                "=inert|'x'!A0",
            ),
            (
                "<table><tr><td> =inert|'x'<b>!A0</b><td>y</tr></table>",
                LoadKind::DdeFormula,
                "=inert|'x'!A0",
            ),
        ] {
            assert_eq!(loads(body), [(kind, target.to_owned())], "{body}");
        }
        for body in [
            "<img src='x_files/image001.png'><a href='#top'>x</a>",
            "<link rel=File-List href='http://example.invalid/filelist.xml'>",
            "<td>- a | b !</td>",
        ] {
            assert_eq!(loads(body), [], "{body}");
        }
    }

    #[test]
    fn scripts_by_their_language() {
        let found = page(
            "<script language=VBScript><!--\nMsgBox 1\n--></SCRIPT><script>var a;</script>\
             <script type='text/vbs'>MsgBox 2",
        );
        assert_eq!(found.scripts.len(), 2);
        assert!(found.scripts[0].trim_ascii() == b"MsgBox 1");
        assert!(found.other_scripts);
        assert!(!page("<script>function fnUpdateTabs() {}</script>").other_scripts);
        let none = page("<script type='application/json'>{}</script><script src=a></script>");
        assert!(none.scripts.is_empty() && !none.other_scripts);
    }

    #[test]
    fn quotes_that_do_not_end_hide_nothing_and_cost_nothing() {
        let open = "<p a=\"".repeat(200_000);
        let found = loads(&format!("{open}<frame src=http://example.invalid/f>"));
        assert_eq!(found.len(), 1);
    }
}
