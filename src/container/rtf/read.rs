//! One pass over the tokens: what each group is for, and what is put together in it.

use memchr::memmem;

use super::hex::{self, Digits, Runs};
use super::text::{self, Text};
use super::token::{Token, Tokens};
use super::{Document, Field, Holder, Object, Piece, Role, Target};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

/// Tokens that are paid for at once.
const BATCH: u64 = 1024;
/// What `\ucN` says where it does not.
const SKIP: u16 = 1;
/// Fields nest a few deep.
const DEEPEST: usize = 64;
/// Compound files that stand in the file as they are: more than this are no accident, and are not
/// all needed to say so.
const MOST_RAW: usize = 4;

/// Reads a document.
#[must_use]
pub fn read(data: &[u8], ledger: &mut Ledger) -> Document {
    let mut reader = Reader::new(data);
    reader.run(ledger);
    reader.search(ledger);
    reader.document
}

/// What the text of a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    /// Something that is shown, or of no concern.
    Other,
    /// A group that is passed over by who does not know it: `{\*\word …}`.
    Unknown,
    /// The digits of an object.
    Digits,
    /// A group among them that is passed over by who does not know it.
    UnknownDigits,
    Class,
    Code,
    Result,
    Target(Role),
    /// The name of a property of a shape.
    PropertyName,
    /// Its value.
    PropertyValue,
}

/// A group that is open.
#[derive(Clone, Copy)]
struct Group {
    destination: Destination,
    /// How many characters stand behind a Unicode one for those who do not know it.
    skip: u16,
}

/// An object whose group is open.
struct OpenObject {
    depth: usize,
    class: Text,
    link: bool,
    update: bool,
    data: Option<Data>,
}

/// Digits of an object, in each way of reading them.
struct Data {
    at: usize,
    holder: Holder,
    /// Without the groups that are not known.
    plain: Digits,
    /// With them.
    all: Option<Digits>,
    /// As if `\'xx` dropped the half of a byte before it.
    reset: Option<Digits>,
    /// What stands among the digits that no program writes there.
    broken: Option<&'static str>,
}

/// A field whose group is open.
struct OpenField {
    depth: usize,
    at: usize,
    code: Vec<Piece>,
    text: Text,
    result: Text,
}

struct Reader<'a> {
    data: &'a [u8],
    document: Document,
    group: Group,
    /// Those around it.
    groups: Vec<Group>,
    objects: Vec<OpenObject>,
    fields: Vec<OpenField>,
    /// The text of a target, or of a name of a property.
    text: Text,
    text_at: usize,
    /// Whether the last property of a shape is the name of a picture.
    picture_name: bool,
    runs: Runs,
    /// Where digits were read as those of an object, in order.
    read: Vec<(usize, usize)>,
    /// `\*` came last.
    starred: bool,
    /// Characters that a Unicode one replaces.
    to_skip: usize,
}

impl<'a> Reader<'a> {
    fn new(data: &'a [u8]) -> Self {
        Self {
            data,
            document: Document {
                code_page: 1252,
                ..Document::default()
            },
            group: Group {
                destination: Destination::Other,
                skip: SKIP,
            },
            groups: Vec::new(),
            objects: Vec::new(),
            fields: Vec::new(),
            text: Text::default(),
            text_at: 0,
            picture_name: false,
            runs: Runs::default(),
            read: Vec::new(),
            starred: false,
            to_skip: 0,
        }
    }

    fn run(&mut self, ledger: &mut Ledger) {
        let mut tokens = Tokens::new(self.data);
        let mut unpaid = 0_u64;
        let mut whole = None;
        let mut first = true;
        loop {
            let at = tokens.position();
            let Some(token) = tokens.next() else {
                break;
            };
            unpaid = unpaid.saturating_add(1);
            if unpaid == BATCH
                && ledger
                    .charge(Limit::Steps, std::mem::take(&mut unpaid))
                    .is_err()
            {
                return;
            }
            if let Token::Word { name, .. } = token
                && std::mem::take(&mut first)
                && !name.eq_ignore_ascii_case(b"rtf")
            {
                ledger.observe(
                    "rtf.header",
                    "RTF 1.9.1 Header",
                    at as u64,
                    format_args!("\\{} in the place of \\rtf", name.escape_ascii()),
                );
            }
            if self.token(token, at, tokens.position(), ledger).is_err() {
                return;
            }
            if self.groups.is_empty() && token == Token::Close {
                whole.get_or_insert(tokens.position());
            }
        }
        // The tally of the last tokens; a spent budget is a gap already.
        let _ = ledger.charge(Limit::Steps, unpaid);
        let open = self.groups.len();
        let end = self.data.len();
        while !self.groups.is_empty() || !self.objects.is_empty() || !self.fields.is_empty() {
            if self.close(end, ledger).is_err() {
                return;
            }
        }
        if open > 0 || whole.is_none() {
            ledger.gap(
                Reason::Damaged,
                format_args!("rich text that ends inside {} groups", open.max(1)),
            );
        }
    }

    /// Takes one token that stands from `at` to `end`. A limit ends the reading.
    fn token(
        &mut self,
        token: Token<'a>,
        at: usize,
        end: usize,
        ledger: &mut Ledger,
    ) -> Result<(), crate::Spent> {
        let starred = std::mem::take(&mut self.starred);
        match token {
            Token::Open => {
                self.to_skip = 0;
                self.groups.push(self.group);
                if self.group.destination == Destination::Digits {
                    self.broken("groups");
                }
            }
            Token::Close => {
                self.to_skip = 0;
                self.close(at, ledger)?;
            }
            Token::Symbol(b'*') => self.starred = true,
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word { name, number } => self.word(name, number, starred, at, end, ledger)?,
            Token::Byte(value) => self.byte(value),
            Token::Binary(bytes) => self.binary(bytes, at, end, ledger)?,
            Token::Beyond(wanted) => {
                ledger.observe(
                    "rtf.bin-length",
                    "RTF 1.9.1 RTF Syntax",
                    at as u64,
                    format_args!("\\bin says {wanted} bytes, more than there are"),
                );
                ledger.gap(
                    Reason::Damaged,
                    format_args!("rich text with \\bin of more bytes than there are"),
                );
                self.broken("\\bin");
            }
            Token::Text(text) => self.plain(text, at, ledger)?,
        }
        Ok(())
    }

    /// Something stands among the digits of an object that is none.
    fn broken(&mut self, what: &'static str) {
        if let Some(data) = self.objects.last_mut().and_then(|one| one.data.as_mut()) {
            data.broken.get_or_insert(what);
        }
    }

    fn in_digits(&self) -> bool {
        matches!(
            self.group.destination,
            Destination::Digits | Destination::UnknownDigits
        )
    }

    fn plain(
        &mut self,
        text: &'a [u8],
        at: usize,
        ledger: &mut Ledger,
    ) -> Result<(), crate::Spent> {
        if self.in_digits() {
            ledger.charge(Limit::OutputBytes, text.len() as u64 >> 1)?;
            self.digits(text);
            return Ok(());
        }
        let skipped = self.to_skip.min(text.len());
        self.to_skip = self.to_skip.saturating_sub(skipped);
        let text = text.get(skipped..).unwrap_or_default();
        let at = at.saturating_add(skipped);
        if let Some(buffer) = self.buffer() {
            buffer.bytes(text);
        } else if let Some(start) = self.runs.text(at, text) {
            self.carve(start, ledger)?;
        }
        Ok(())
    }

    /// Digits outside the places for them that begin like an object.
    fn carve(&mut self, start: usize, ledger: &mut Ledger) -> Result<(), crate::Spent> {
        let (bytes, end) = hex::carve(self.data, start, ledger);
        self.runs.passed(end);
        self.elsewhere(bytes, start, end, "digits", ledger)
    }

    fn elsewhere(
        &mut self,
        bytes: Vec<u8>,
        start: usize,
        end: usize,
        what: &str,
        ledger: &mut Ledger,
    ) -> Result<(), crate::Spent> {
        ledger.charge(Limit::Entries, 1)?;
        ledger.observe(
            "rtf.object-elsewhere",
            "RTF 1.9.1 Objects",
            start as u64,
            format_args!("an object as {what} at {start}, outside the places for objects"),
        );
        self.read.push((start, end));
        self.document.objects.push(Object {
            at: start as u64,
            holder: Holder::Elsewhere,
            class: String::new(),
            link: false,
            readings: vec![bytes],
        });
        Ok(())
    }

    fn digits(&mut self, text: &[u8]) {
        let known = self.group.destination == Destination::Digits;
        let Some(data) = self.objects.last_mut().and_then(|one| one.data.as_mut()) else {
            return;
        };
        let mut other = false;
        if known {
            other = data.plain.text(text);
            for digits in [&mut data.all, &mut data.reset].into_iter().flatten() {
                digits.text(text);
            }
        } else if let Some(all) = &mut data.all {
            all.text(text);
        }
        if other {
            data.broken.get_or_insert("other characters");
        }
    }

    /// A byte of text by its code.
    fn byte(&mut self, value: Option<u8>) {
        if self.in_digits() {
            if let Some(data) = self.objects.last_mut().and_then(|one| one.data.as_mut()) {
                data.broken.get_or_insert("characters by their code");
                let reset = data.reset.get_or_insert_with(|| data.plain.clone());
                reset.reset();
            }
        } else if self.to_skip > 0 {
            self.to_skip = self.to_skip.saturating_sub(1);
        } else if let Some(value) = value
            && let Some(buffer) = self.buffer()
        {
            buffer.bytes(&[value]);
        }
    }

    fn symbol(&mut self, symbol: u8) {
        if self.in_digits() {
            self.broken("control symbols");
        } else if self.to_skip > 0 {
            self.to_skip = self.to_skip.saturating_sub(1);
        } else if let Some(character) = text::stands_for(&[symbol]) {
            self.character(character);
        }
    }

    fn character(&mut self, character: char) {
        let code_page = self.document.code_page;
        if let Some(buffer) = self.buffer() {
            buffer.character(character, code_page);
        }
    }

    /// Where the text of the group goes, if it is wanted.
    fn buffer(&mut self) -> Option<&mut Text> {
        match self.group.destination {
            Destination::Class => self.objects.last_mut().map(|object| &mut object.class),
            Destination::Code => self.fields.last_mut().map(|field| &mut field.text),
            Destination::Result => self.fields.last_mut().map(|field| &mut field.result),
            Destination::Target(_) | Destination::PropertyName | Destination::PropertyValue => {
                Some(&mut self.text)
            }
            _ => None,
        }
    }

    fn binary(
        &mut self,
        bytes: &'a [u8],
        at: usize,
        end: usize,
        ledger: &mut Ledger,
    ) -> Result<(), crate::Spent> {
        if self.in_digits() {
            self.broken("\\bin");
            ledger.charge(Limit::OutputBytes, bytes.len() as u64)?;
            if let Some(data) = self.objects.last_mut().and_then(|one| one.data.as_mut()) {
                data.plain.binary(bytes);
                for digits in [&mut data.all, &mut data.reset].into_iter().flatten() {
                    digits.binary(bytes);
                }
            }
        } else if hex::is_object(bytes) {
            ledger.charge(Limit::OutputBytes, bytes.len() as u64)?;
            self.elsewhere(bytes.to_vec(), at, end, "bytes", ledger)?;
        } else if self.to_skip > 0 {
            self.to_skip = self.to_skip.saturating_sub(1);
        } else {
            let code_page = self.document.code_page;
            if let Some(buffer) = self.buffer() {
                buffer.binary(bytes, code_page);
            }
        }
        Ok(())
    }

    fn word(
        &mut self,
        name: &[u8],
        number: Option<i64>,
        starred: bool,
        at: usize,
        end: usize,
        ledger: &mut Ledger,
    ) -> Result<(), crate::Spent> {
        let mut lower = [0_u8; 16];
        let Some(lower) = lower.get_mut(..name.len()) else {
            // Longer than any word that is known here.
            self.unknown(starred);
            return Ok(());
        };
        lower.copy_from_slice(name);
        lower.make_ascii_lowercase();
        let destination = match &*lower {
            b"u" => {
                self.unicode(number);
                return Ok(());
            }
            b"uc" => {
                let skip = number.and_then(|number| u16::try_from(number).ok());
                self.group.skip = skip.unwrap_or(SKIP);
                return Ok(());
            }
            b"ansicpg" => {
                if let Some(code_page) = number.and_then(text::known) {
                    self.document.code_page = code_page;
                }
                return Ok(());
            }
            b"mac" => {
                self.document.code_page = 10000;
                return Ok(());
            }
            b"object" => {
                if self.in_digits() {
                    self.broken("objects");
                }
                ledger.charge(Limit::Entries, 1)?;
                self.open_object();
                Destination::Other
            }
            b"objdata" => {
                self.open_data(Holder::Object, end, ledger)?;
                Destination::Digits
            }
            b"datastore" => {
                self.open_data(Holder::DataStore, end, ledger)?;
                Destination::Digits
            }
            b"themedata" => {
                self.open_data(Holder::Theme, end, ledger)?;
                Destination::Digits
            }
            b"objupdate" => {
                if let Some(object) = self.objects.last_mut() {
                    object.update = true;
                }
                return Ok(());
            }
            b"objlink" | b"objautlink" | b"linkself" => {
                if let Some(object) = self.objects.last_mut() {
                    object.link = true;
                }
                return Ok(());
            }
            b"objclass" | b"oleclsid" => Destination::Class,
            b"field" => {
                ledger.charge(Limit::Entries, 1)?;
                self.open_field(at);
                Destination::Other
            }
            b"fldinst" => {
                // One without a field, or in the code or the result of another.
                let inside = matches!(
                    self.group.destination,
                    Destination::Code | Destination::Result
                );
                if self.fields.is_empty() || inside {
                    self.open_field(at);
                }
                Destination::Code
            }
            b"fldrslt" => Destination::Result,
            b"template" => self.open_target(Role::Template, end, ledger)?,
            b"file" => self.open_target(Role::File, end, ledger)?,
            b"mmdatasource" | b"mmconnectstr" | b"mmconnectstrdata" => {
                self.open_target(Role::MailMerge, end, ledger)?
            }
            b"hlsrc" => self.open_target(Role::Hyperlink, end, ledger)?,
            b"sn" => {
                self.open_text(end, ledger)?;
                Destination::PropertyName
            }
            b"sv" => {
                if std::mem::take(&mut self.picture_name) {
                    self.open_text(end, ledger)?;
                    Destination::PropertyValue
                } else {
                    Destination::Other
                }
            }
            // Inside a path of the file table, among others.
            other => {
                if let Some(character) = text::stands_for(other) {
                    self.character(character);
                }
                self.unknown(starred);
                return Ok(());
            }
        };
        self.group.destination = destination;
        self.runs.end();
        Ok(())
    }

    /// A word that says nothing here, and hides its group from who does not know it if a star is
    /// before it.
    fn unknown(&mut self, starred: bool) {
        match self.group.destination {
            Destination::Digits => {
                self.broken("control words");
                if starred {
                    self.group.destination = Destination::UnknownDigits;
                    if let Some(data) = self.objects.last_mut().and_then(|one| one.data.as_mut()) {
                        data.all.get_or_insert_with(|| data.plain.clone());
                    }
                }
            }
            Destination::UnknownDigits => {}
            _ if starred => self.group.destination = Destination::Unknown,
            _ => {}
        }
    }

    fn unicode(&mut self, number: Option<i64>) {
        if self.in_digits() {
            self.broken("control words");
            return;
        }
        let unit = number.unwrap_or(0) & 0xFFFF;
        let character = u32::try_from(unit).ok().and_then(char::from_u32);
        self.character(character.unwrap_or('\u{FFFD}'));
        self.to_skip = usize::from(self.group.skip);
    }

    fn open_object(&mut self) {
        self.objects.push(OpenObject {
            depth: self.groups.len(),
            class: Text::default(),
            link: false,
            update: false,
            data: None,
        });
    }

    fn open_data(
        &mut self,
        holder: Holder,
        at: usize,
        ledger: &mut Ledger,
    ) -> Result<(), crate::Spent> {
        ledger.charge(Limit::Entries, 1)?;
        let data = Data {
            at,
            holder,
            plain: Digits::default(),
            all: None,
            reset: None,
            broken: None,
        };
        if self.objects.is_empty() || holder != Holder::Object {
            self.open_object();
        }
        if self.objects.last().is_some_and(|one| one.data.is_some()) {
            self.finish_data(at, ledger);
        }
        if let Some(object) = self.objects.last_mut() {
            object.data = Some(data);
        }
        Ok(())
    }

    fn open_field(&mut self, at: usize) {
        self.fields.push(OpenField {
            depth: self.groups.len(),
            at,
            code: Vec::new(),
            text: Text::default(),
            result: Text::default(),
        });
    }

    fn open_target(
        &mut self,
        role: Role,
        at: usize,
        ledger: &mut Ledger,
    ) -> Result<Destination, crate::Spent> {
        self.open_text(at, ledger)?;
        Ok(Destination::Target(role))
    }

    /// A text begins; one around it is told as far as it came.
    fn open_text(&mut self, at: usize, ledger: &mut Ledger) -> Result<(), crate::Spent> {
        self.end_text(self.group.destination, ledger)?;
        self.text_at = at;
        Ok(())
    }

    /// A group ends: so does what began with it.
    fn close(&mut self, at: usize, ledger: &mut Ledger) -> Result<(), crate::Spent> {
        let depth = self.groups.len();
        let ended = self.group.destination;
        let around = self.groups.pop();
        self.group = around.unwrap_or(Group {
            destination: Destination::Other,
            skip: SKIP,
        });
        if self.group.destination != ended {
            self.end_text(ended, ledger)?;
        }
        while self.objects.last().is_some_and(|one| one.depth >= depth) {
            self.finish_data(at, ledger);
            self.objects.pop();
        }
        while self.fields.last().is_some_and(|one| one.depth >= depth) {
            self.finish_field(ledger);
        }
        Ok(())
    }

    /// The text of a target or of a property is whole.
    fn end_text(&mut self, ended: Destination, ledger: &mut Ledger) -> Result<(), crate::Spent> {
        let role = match ended {
            Destination::Target(role) => role,
            Destination::PropertyValue => Role::Picture,
            Destination::PropertyName => {
                let name = self.text.take(self.document.code_page);
                self.picture_name = name.trim().eq_ignore_ascii_case("pibName");
                return Ok(());
            }
            _ => return Ok(()),
        };
        if std::mem::take(&mut self.text.cut) {
            tell_cut(ledger);
        }
        for text in self.text.readings(self.document.code_page) {
            let (text, at) = (text.trim().to_owned(), self.text_at as u64);
            if !text.is_empty() {
                ledger.charge(Limit::Entries, 1)?;
                self.document.targets.push(Target { at, role, text });
            }
        }
        Ok(())
    }

    fn finish_data(&mut self, at: usize, ledger: &mut Ledger) {
        let code_page = self.document.code_page;
        let Some(object) = self.objects.last_mut() else {
            return;
        };
        let Some(data) = object.data.take() else {
            return;
        };
        self.read.push((data.at, at));
        self.runs.passed(at);
        if let Some(what) = data.broken {
            ledger.observe(
                "rtf.object-broken-up",
                "RTF 1.9.1 Objects",
                data.at as u64,
                format_args!("{what} among the digits of an object at {}", data.at),
            );
        }
        if object.update && !object.link {
            ledger.observe(
                "rtf.object-update",
                "RTF 1.9.1 Objects",
                data.at as u64,
                format_args!("\\objupdate on the object at {}", data.at),
            );
        }
        let mut readings = vec![data.plain.bytes];
        for other in [data.all, data.reset].into_iter().flatten() {
            if !readings.contains(&other.bytes) {
                readings.push(other.bytes);
            }
        }
        self.document.objects.push(Object {
            at: data.at as u64,
            holder: data.holder,
            class: object.class.take(code_page).trim().to_owned(),
            link: object.link,
            readings,
        });
    }

    fn finish_field(&mut self, ledger: &mut Ledger) {
        let code_page = self.document.code_page;
        let Some(mut field) = self.fields.pop() else {
            return;
        };
        if field.text.cut {
            tell_cut(ledger);
        }
        field.code.extend(field.text.pieces(code_page));
        let number = self.document.fields.len();
        self.document.fields.push(Field {
            at: field.at as u64,
            code: field.code,
            result: field.result.take(code_page),
        });
        if self.fields.len() >= DEEPEST {
            ledger.gap(
                Reason::Unsupported,
                format_args!(
                    "fields in more than {DEEPEST} others, whose codes were not put together"
                ),
            );
        } else if self.group.destination == Destination::Code
            && let Some(outer) = self.fields.last_mut()
        {
            outer.code.extend(outer.text.pieces(code_page));
            outer.code.push(Piece::Field(number));
        }
    }

    /// Looks through the bytes, whatever the tokens are, for compound files in digits and as they
    /// are.
    fn search(&mut self, ledger: &mut Ledger) {
        if ledger
            .charge(Limit::Steps, self.data.len() as u64 >> 6)
            .is_err()
        {
            return;
        }
        let read = joined(std::mem::take(&mut self.read));
        let mut after = 0;
        let mut hits: Vec<usize> = Vec::new();
        for word in [&b"d0cf11e0a1b11ae1"[..], b"D0CF11E0A1B11AE1"] {
            hits.extend(memmem::find_iter(self.data, word));
        }
        hits.sort_unstable();
        for start in hits {
            if start < after || is_within(start, &read) {
                continue;
            }
            let (bytes, end) = hex::carve(self.data, start, ledger);
            after = end;
            if self.elsewhere(bytes, start, end, "digits", ledger).is_err() {
                return;
            }
        }
        let raw = memmem::find_iter(self.data, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        let raw = raw.filter(|at| !is_within(*at, &read)).take(MOST_RAW);
        self.document.raw.extend(raw);
    }
}

#[cold]
fn tell_cut(ledger: &mut Ledger) {
    ledger.gap(
        Reason::Limit,
        format_args!(
            "the code of a field or an address of more than {} bytes; the rest was not read",
            text::LONGEST
        ),
    );
}

/// The spans in order, those that touch as one: objects can lie in others.
fn joined(mut spans: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    spans.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match joined.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// Whether a place lies in one of the spans, which are in order.
fn is_within(at: usize, spans: &[(usize, usize)]) -> bool {
    let before = spans.partition_point(|(start, _)| *start <= at);
    before
        .checked_sub(1)
        .and_then(|index| spans.get(index))
        .is_some_and(|(_, end)| at < *end)
}
