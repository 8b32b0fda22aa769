//! Writers of forms and controls, [MS-OFORMS].

use crate::bytes::{Put, len16, len32, patch, utf16};
use crate::cfb::{self, ClassId};
use crate::code_page::encode;

/// What a control is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// A label.
    Label,
    /// A button.
    CommandButton,
    /// A text box.
    TextBox,
    /// A list.
    ListBox,
    /// A list that opens.
    ComboBox,
    /// A box to tick.
    CheckBox,
    /// One of several.
    OptionButton,
    /// A button that stays down.
    ToggleButton,
    /// Tabs, with their captions.
    TabStrip(Vec<String>),
    /// A picture.
    Image,
    /// A scroll bar.
    ScrollBar,
    /// Arrows up and down.
    SpinButton,
    /// A frame with controls.
    Frame(Vec<Control>),
    /// Pages: their names, captions and controls.
    MultiPage(Vec<(String, String, Vec<Control>)>),
    /// A control of another library, and what it has stored.
    Other(ClassId, Vec<u8>),
}

/// A control and its texts; an empty text is not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// What it is.
    pub class: Class,
    /// `Name`.
    pub name: String,
    /// `Caption`.
    pub caption: String,
    /// `Value`.
    pub value: String,
    /// `Tag`.
    pub tag: String,
    /// `ControlTipText`.
    pub tip: String,
    /// `ControlSource`.
    pub source: String,
    /// `RowSource`.
    pub rows: String,
    /// `GroupName`.
    pub group: String,
    /// Whether texts have two bytes for each character even if one would do.
    pub wide: bool,
    /// Whether there is a picture, which lies between the blocks.
    pub picture: bool,
}

impl Control {
    /// A control without texts.
    #[must_use]
    pub fn new(class: Class, name: &str) -> Self {
        let empty = String::new;
        Self {
            class,
            name: name.into(),
            caption: empty(),
            value: empty(),
            tag: empty(),
            tip: empty(),
            source: empty(),
            rows: empty(),
            group: empty(),
            wide: false,
            picture: false,
        }
    }

    /// Sets the caption.
    #[must_use]
    pub fn caption(mut self, text: &str) -> Self {
        self.caption = text.into();
        self
    }

    /// Sets the value.
    #[must_use]
    pub fn value(mut self, text: &str) -> Self {
        self.value = text.into();
        self
    }

    /// Sets the tag.
    #[must_use]
    pub fn tag(mut self, text: &str) -> Self {
        self.tag = text.into();
        self
    }

    /// Sets the hint.
    #[must_use]
    pub fn tip(mut self, text: &str) -> Self {
        self.tip = text.into();
        self
    }

    /// Sets the cell of its value.
    #[must_use]
    pub fn source(mut self, text: &str) -> Self {
        self.source = text.into();
        self
    }

    /// Sets the cells of its list.
    #[must_use]
    pub fn rows(mut self, text: &str) -> Self {
        self.rows = text.into();
        self
    }

    /// Sets the group.
    #[must_use]
    pub fn group(mut self, text: &str) -> Self {
        self.group = text.into();
        self
    }

    /// Stores texts with two bytes a character.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Adds a picture.
    #[must_use]
    pub fn picture(mut self) -> Self {
        self.picture = true;
        self
    }

    /// Its class as it is stored.
    #[must_use]
    pub fn class_id(&self) -> ClassId {
        let morph = |low: u8| {
            let mut id = [
                0x10, 0x1D, 0xD2, 0x8B, 0x42, 0xEC, 0xCE, 0x11, 0x9E, 0x0D, 0x00, 0xAA, 0x00, 0x60,
                0x02, 0xF3,
            ];
            id[0] = low;
            id
        };
        match &self.class {
            Class::Label => *b"\x23\x9E\x8C\x97\xB0\xD4\xCE\x11\xBF\x2D\x00\xAA\x00\x3F\x40\xD0",
            Class::CommandButton => {
                *b"\x40\x32\x05\xD7\x69\xCE\xCD\x11\xA7\x77\x00\xDD\x01\x14\x3C\x57"
            }
            Class::TextBox => morph(0x10),
            Class::ListBox => morph(0x20),
            Class::ComboBox => morph(0x30),
            Class::CheckBox => morph(0x40),
            Class::OptionButton => morph(0x50),
            Class::ToggleButton => morph(0x60),
            Class::TabStrip(_) => {
                *b"\xB0\x0E\xE5\xEA\x62\x4A\xCE\x11\xBE\xD6\x00\xAA\x00\x61\x10\x80"
            }
            Class::Image => *b"\x41\x92\x59\x4C\x26\x69\x1B\x10\x99\x92\x00\x00\x0B\x65\xC6\xF9",
            Class::ScrollBar => {
                *b"\xE0\x81\xD1\xDF\x2F\x5E\xCE\x11\xA4\x49\x00\xAA\x00\x4A\x80\x3D"
            }
            Class::SpinButton => {
                *b"\xB0\x6F\x17\x79\xF2\xB7\xCE\x11\x97\xEF\x00\xAA\x00\x6D\x27\x76"
            }
            Class::Frame(_) => *b"\x20\x20\x18\x6E\x60\xF4\xCE\x11\x9B\xCD\x00\xAA\x00\x60\x8E\x01",
            Class::MultiPage(_) => {
                *b"\x70\x13\xE3\x46\x7A\x3F\xCE\x11\xBE\xD6\x00\xAA\x00\x61\x10\x80"
            }
            Class::Other(id, _) => *id,
        }
    }

    /// What it stores of itself in the stream `o`; nothing if it has a storage.
    #[must_use]
    pub fn persisted(&self) -> Vec<u8> {
        let picture = u64::from(self.picture);
        let mut block = Block::new(0x0200);
        match &self.class {
            Class::Label => {
                block.number(0, 4, 0x8000_0012);
                block.text(3, &self.caption, self.wide);
                block.pair(5, [2000, 500]);
                block.number_if(self.picture, 10, 2, 0xFFFF);
                block.close(false, picture, true)
            }
            Class::CommandButton => {
                block.number(2, 4, 0x1B);
                block.text(3, &self.caption, self.wide);
                block.pair(5, [2000, 500]);
                block.number(6, 1, 1);
                block.number_if(self.picture, 7, 2, 0xFFFF);
                block.number(8, 2, 0x4B);
                block.close(false, picture, true)
            }
            Class::TextBox => self.morph(1),
            Class::ListBox => self.morph(2),
            Class::ComboBox => self.morph(3),
            Class::CheckBox => self.morph(4),
            Class::OptionButton => self.morph(5),
            Class::ToggleButton => self.morph(6),
            Class::TabStrip(captions) => {
                block.number(0, 4, 0);
                block.pair(4, [3000, 2000]);
                block.texts(5, captions);
                let names = (1..=captions.len()).map(|at| format!("Tab{at}"));
                block.texts(17, &names.collect::<Vec<_>>());
                block.number(20, 4, captions.len() as u64);
                block.number(22, 4, captions.len() as u64);
                let mut bytes = block.close(false, 0, true);
                for _ in captions {
                    bytes.put32(3);
                }
                bytes
            }
            Class::Image => {
                block.number(6, 1, 2);
                block.pair(9, [1000, 1000]);
                block.number_if(self.picture, 10, 2, 0xFFFF);
                block.close(false, picture, false)
            }
            Class::ScrollBar => {
                block.pair(3, [300, 3000]);
                block.number(6, 4, 100);
                block.close(false, 0, false)
            }
            Class::SpinButton => {
                block.pair(3, [300, 600]);
                block.number(6, 4, 100);
                block.close(false, 0, false)
            }
            Class::Other(_, data) => data.clone(),
            Class::Frame(_) | Class::MultiPage(_) => Vec::new(),
        }
    }

    fn morph(&self, style: u64) -> Vec<u8> {
        let mut block = Block::new(0x0200);
        block.number(0, 4, 0x2C80_481B);
        block.number(6, 1, style);
        block.pair(8, [3000, 600]);
        block.text(22, &self.value, self.wide);
        block.text(23, &self.caption, self.wide);
        block.number_if(self.picture, 28, 2, 0xFFFF);
        block.mask |= 1 << 31;
        block.text(32, &self.group, self.wide);
        block.close(true, u64::from(self.picture), true)
    }

    fn cache_index(&self) -> u16 {
        match self.class {
            Class::Image => 12,
            Class::Frame(_) => 14,
            Class::SpinButton => 16,
            Class::CommandButton => 17,
            Class::TabStrip(_) => 18,
            Class::Label => 21,
            Class::TextBox => 23,
            Class::ListBox => 24,
            Class::ComboBox => 25,
            Class::CheckBox => 26,
            Class::OptionButton => 27,
            Class::ToggleButton => 28,
            Class::ScrollBar => 47,
            Class::MultiPage(_) => 57,
            Class::Other(..) => 0x8000,
        }
    }
}

/// A departure from [MS-OFORMS]. Controls are named by their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The form counts this many sites.
    SiteCount(u32),
    /// The site says that this many bytes are its control's own.
    ObjectSize(String, u32),
    /// The block of the site says another size.
    SiteSize(String, u16),
    /// What the control has stored of itself says another version.
    Version(String, u16),
    /// The text of the tag is said to have this count.
    TagCount(String, u32),
    /// There is no stream `o`.
    NoObjects,
    /// The stream `f` ends after this many bytes.
    Cut(usize),
}

/// A form.
///
/// ```
/// use macrosift_testkit::forms::{Class, Control, Form};
/// let form = Form::new("UserForm1").control(Control::new(Class::Label, "Label1").tag("inert"));
/// let streams = form.streams(1252);
/// assert!(streams.iter().any(|(path, _)| path == "UserForm1/f"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its name.
    pub name: String,
    /// Its caption.
    pub caption: String,
    /// Its tag.
    pub tag: String,
    /// Its controls.
    pub controls: Vec<Control>,
    /// Departures from the specification.
    pub faults: Vec<Fault>,
}

impl Form {
    /// A form without controls.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            caption: "INERT TEST DOCUMENT".into(),
            tag: String::new(),
            controls: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Sets the caption.
    #[must_use]
    pub fn caption(mut self, text: &str) -> Self {
        self.caption = text.into();
        self
    }

    /// Sets the tag.
    #[must_use]
    pub fn tag(mut self, text: &str) -> Self {
        self.tag = text.into();
        self
    }

    /// Adds a control.
    #[must_use]
    pub fn control(mut self, control: Control) -> Self {
        self.controls.push(control);
        self
    }

    /// Adds a fault.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// The streams of the designer, below the storage of the project.
    #[must_use]
    pub fn streams(&self, code_page: u16) -> Vec<(String, Vec<u8>)> {
        let mut streams = Vec::new();
        let mut ids = 0;
        self.holder(&self.name, 0, "", &self.controls, &mut ids, &mut streams);
        let tag = match self.tag.replace('"', "\"\"") {
            tag if tag.is_empty() => tag,
            tag => format!("   Tag             =   \"{tag}\"\r\n"),
        };
        let frame = format!(
            "VERSION 5.00\r\nBegin {{C62A69F0-16DC-11CE-9E98-00AA00574A4F}} {} \r\n   \
             Caption         =   \"{}\"\r\n   ClientHeight    =   3180\r\n   \
             StartUpPosition =   1  'CenterOwner\r\n{tag}   TypeInfoVer     =   2\r\nEnd\r\n",
            self.name,
            self.caption.replace('"', "\"\""),
        );
        streams.push((
            format!("{}/\u{3}VBFrame", self.name),
            encode(&frame, code_page),
        ));
        streams.push((format!("{}/\u{1}CompObj", self.name), comp_obj()));
        streams
    }

    /// Adds the streams to a compound file, below a storage (`""` for the root).
    pub fn add_to(&self, file: &mut cfb::Builder, storage: &str, code_page: u16) {
        for (path, data) in self.streams(code_page) {
            file.stream(&format!("{storage}/{path}"), data);
        }
    }

    /// The storage of what holds controls: the form, a frame or a page.
    fn holder(
        &self,
        path: &str,
        depth: u32,
        caption: &str,
        controls: &[Control],
        ids: &mut u32,
        streams: &mut Vec<(String, Vec<u8>)>,
    ) {
        let mut sites = Vec::new();
        let mut objects = Vec::new();
        let mut inner = Vec::new();
        let mut classes = Vec::new();
        for control in controls {
            *ids += 1;
            let own = self.persisted(control);
            let class = match &control.class {
                Class::Other(id, _) => {
                    classes.push(*id);
                    0x8000 + (classes.len() as u16 - 1)
                }
                _ => control.cache_index(),
            };
            let streamed = !matches!(control.class, Class::Frame(_) | Class::MultiPage(_));
            sites.push(self.site(control, *ids, class, streamed.then(|| len32(&own))));
            objects.put(&own);
            if !streamed {
                inner.push((*ids, control));
            }
        }
        let top = depth == 0;
        let mut sites_stream = form_control(caption, &classes);
        let count = self.faults.iter().find_map(|fault| match fault {
            Fault::SiteCount(count) if top => Some(*count),
            _ => None,
        });
        put_sites(&mut sites_stream, &sites, count);
        for fault in &self.faults {
            match fault {
                Fault::Cut(length) if top => sites_stream.truncate(*length),
                _ => {}
            }
        }
        streams.push((format!("{path}/f"), sites_stream));
        if !self.faults.contains(&Fault::NoObjects) {
            streams.push((format!("{path}/o"), objects));
        }
        for (id, control) in inner {
            let path = format!("{path}/i{id:02}");
            match &control.class {
                Class::Frame(controls) => {
                    self.holder(&path, depth + 1, &control.caption, controls, ids, streams);
                }
                Class::MultiPage(pages) => self.pages(&path, depth + 1, pages, ids, streams),
                _ => {}
            }
        }
    }

    /// The storage of a multi-page: tabs, and a page for each.
    fn pages(
        &self,
        path: &str,
        depth: u32,
        pages: &[(String, String, Vec<Control>)],
        ids: &mut u32,
        streams: &mut Vec<(String, Vec<u8>)>,
    ) {
        let captions = pages.iter().map(|(_, caption, _)| caption.clone());
        let tabs = Control::new(Class::TabStrip(captions.collect()), "");
        let own = tabs.persisted();
        *ids += 1;
        let mut sites = vec![self.site(&tabs, *ids, 18, Some(len32(&own)))];
        let mut inner = Vec::new();
        let mut order = Vec::new();
        for (name, _, controls) in pages {
            *ids += 1;
            let page = Control::new(Class::Frame(Vec::new()), name);
            sites.push(self.site(&page, *ids, 7, None));
            order.put32(*ids);
            inner.push((*ids, controls));
        }
        let mut stream = form_control("", &[]);
        put_sites(&mut stream, &sites, None);
        streams.push((format!("{path}/f"), stream));
        streams.push((format!("{path}/o"), own));
        // Properties of each page and of the tabs, all at their defaults, 2.2.6.
        let mut x = Vec::new();
        for _ in 0..=pages.len() {
            x.put(&[0, 2, 4, 0, 0, 0, 0, 0]);
        }
        x.put(&[0, 2, 12, 0, 6, 0, 0, 0]);
        x.put32(pages.len() as u32);
        x.put32(*ids);
        x.put(&order);
        streams.push((format!("{path}/x"), x));
        for (id, controls) in inner {
            let path = format!("{path}/i{id:02}");
            self.holder(&path, depth + 1, "", controls, ids, streams);
        }
    }

    fn persisted(&self, control: &Control) -> Vec<u8> {
        let mut own = control.persisted();
        for fault in &self.faults {
            match fault {
                Fault::Version(name, version) if *name == control.name => {
                    patch(&mut own, 0, &version.to_le_bytes());
                }
                _ => {}
            }
        }
        own
    }

    /// `OleSiteConcreteControl`, 2.2.10.12.
    fn site(&self, control: &Control, id: u32, class: u16, size: Option<u32>) -> Vec<u8> {
        let mut size = size;
        let (mut block_size, mut count) = (None, None);
        for fault in &self.faults {
            match fault {
                Fault::ObjectSize(name, bytes) if *name == control.name => size = Some(*bytes),
                Fault::SiteSize(name, bytes) if *name == control.name => block_size = Some(*bytes),
                Fault::TagCount(name, bytes) if *name == control.name => count = Some(*bytes),
                _ => {}
            }
        }
        let mut block = Block::new(0);
        block.text(0, &control.name, control.wide);
        let tag = block.data.len();
        block.text(1, &control.tag, control.wide);
        if let Some(count) = count {
            patch(&mut block.data, tag, &count.to_le_bytes());
        }
        block.number(2, 4, id.into());
        // A control in a storage of its own is not streamed.
        block.number_if(size.is_none(), 4, 4, 0x23);
        if let Some(size) = size {
            block.number(5, 4, size.into());
        }
        block.number(6, 2, u64::from(id));
        block.number(7, 2, class.into());
        block.pair(8, [100, 100]);
        block.text(11, &control.tip, control.wide);
        block.text(13, &control.source, control.wide);
        block.text(14, &control.rows, control.wide);
        let mut site = block.close(false, 0, false);
        if let Some(size) = block_size {
            patch(&mut site, 2, &size.to_le_bytes());
        }
        site
    }
}

/// `FormControl` and its class table, 2.2.10.1 and 2.2.10.6.
fn form_control(caption: &str, classes: &[ClassId]) -> Vec<u8> {
    let mut block = Block::new(0x0400);
    block.number(3, 4, 100);
    // The class table is stored if there is one.
    block.number(6, 4, if classes.is_empty() { 0x8004 } else { 4 });
    block.pair(10, [8000, 6000]);
    block.text(19, caption, false);
    block.number(20, 2, 0xFFFF);
    block.number(27, 4, 16_000);
    let mut stream = block.close(false, 0, false);
    // A font as the system stores it, 2.4.11.
    stream.put(b"\x03\x52\xE3\x0B\x91\x8F\xCE\x11\x9D\xE3\x00\xAA\x00\x4B\xB8\x51");
    stream.put(&[1, 0, 0, 0, 0x90, 1, 0x44, 0x42, 1, 0, 6]);
    stream.put(b"Tahoma");
    if !classes.is_empty() {
        stream.put16(classes.len() as u16);
        for class in classes {
            let mut info = Block::new(0);
            info.mask |= 1;
            info.extra.put(class);
            stream.put(&info.close(false, 0, false));
        }
    }
    stream
}

/// `FormSiteData` behind the class table.
fn put_sites(stream: &mut Vec<u8>, sites: &[Vec<u8>], count: Option<u32>) {
    let mut bytes = Vec::new();
    let mut rest = sites.len();
    while rest > 0 {
        let run = rest.min(127);
        if run == 1 {
            bytes.put(&[0, 1]);
        } else {
            bytes.put(&[0, 0x80 | run as u8, 1]);
        }
        rest -= run;
    }
    if let Some(mut more) = count.map(|count| count.saturating_sub(sites.len() as u32)) {
        // The claim is to reach the sites.
        while more > 0 {
            let run = more.min(127);
            bytes.put(&[0, 0x80 | run as u8, 1]);
            more -= run;
        }
    }
    bytes.zeros(bytes.len().wrapping_neg() & 3);
    for site in sites {
        bytes.put(site);
    }
    stream.put32(count.unwrap_or(sites.len() as u32));
    stream.put32(len32(&bytes));
    stream.put(&bytes);
}

/// `\x01CompObj`, [MS-OLEDS] 2.3.8.
fn comp_obj() -> Vec<u8> {
    let mut stream = Vec::new();
    stream.put(&[1, 0, 0xFE, 0xFF, 3, 0x0A, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
    stream.put(b"\xF0\x69\x2A\xC6\xDC\x16\xCE\x11\x9E\x98\x00\xAA\x00\x57\x4A\x4F");
    for text in ["Microsoft Forms 2.0 Form\0", "Embedded Object\0"] {
        stream.put32(len32(text.as_bytes()));
        stream.put(text.as_bytes());
    }
    stream.zeros(4);
    stream.put32(0x71B2_39F4);
    stream.zeros(12);
    stream
}

/// A block of properties, 2.1.1.2; they are added in the order of their bits.
struct Block {
    version: u16,
    mask: u64,
    data: Vec<u8>,
    extra: Vec<u8>,
}

impl Block {
    fn new(version: u16) -> Self {
        Self {
            version,
            mask: 0,
            data: Vec::new(),
            extra: Vec::new(),
        }
    }

    fn number(&mut self, bit: u32, size: usize, value: u64) {
        self.mask |= 1 << bit;
        self.data.zeros(self.data.len().wrapping_neg() & (size - 1));
        self.data.put(&value.to_le_bytes()[..size]);
    }

    fn number_if(&mut self, stored: bool, bit: u32, size: usize, value: u64) {
        if stored {
            self.number(bit, size, value);
        }
    }

    fn pair(&mut self, bit: u32, values: [u32; 2]) {
        self.mask |= 1 << bit;
        self.extra.put32(values[0]);
        self.extra.put32(values[1]);
    }

    fn text(&mut self, bit: u32, text: &str, wide: bool) {
        if !text.is_empty() {
            let (bytes, flag) = stored(text, wide);
            self.number(bit, 4, u64::from(len32(&bytes) | flag));
            self.extra.put(&bytes);
            self.extra.zeros(self.extra.len().wrapping_neg() & 3);
        }
    }

    /// An array of texts, each with a count of characters.
    fn texts(&mut self, bit: u32, texts: &[String]) {
        let mut array = Vec::new();
        for text in texts {
            let (bytes, flag) = stored(text, false);
            let units = text.encode_utf16().count() as u32;
            array.put32(units | flag);
            array.put(&bytes);
            array.zeros(array.len().wrapping_neg() & 3);
        }
        self.number(bit, 4, len32(&array).into());
        self.extra.put(&array);
    }

    /// The block, so many pictures, and the properties of the text.
    fn close(mut self, wide_mask: bool, pictures: u64, text_properties: bool) -> Vec<u8> {
        self.data.zeros(self.data.len().wrapping_neg() & 3);
        let mut inside = Vec::new();
        if wide_mask {
            inside.put64(self.mask);
        } else {
            inside.put32(self.mask as u32);
        }
        inside.put(&self.data);
        inside.put(&self.extra);
        let mut bytes = Vec::new();
        bytes.put16(self.version);
        bytes.put16(len16(&inside));
        bytes.put(&inside);
        for _ in 0..pictures {
            bytes.put(b"\x04\x52\xE3\x0B\x91\x8F\xCE\x11\x9D\xE3\x00\xAA\x00\x4B\xB8\x51");
            bytes.put32(0x0000_746C);
            bytes.put32(5);
            bytes.put(b"inert");
        }
        if text_properties {
            let mut font = Self::new(0x0200);
            font.text(0, "Tahoma", false);
            font.number(2, 4, 165);
            font.number(5, 1, 2);
            bytes.put(&font.close(false, 0, false));
        }
        bytes
    }
}

/// A text as stored, and its flag: one byte a character where that does.
fn stored(text: &str, wide: bool) -> (Vec<u8>, u32) {
    let narrow: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
    match narrow.filter(|_| !wide) {
        Some(bytes) => (bytes, 1 << 31),
        None => (utf16(text), 0),
    }
}
