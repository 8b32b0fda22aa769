//! What code reads of the document: objects that stand for parts of it, and the texts that they
//! give.
//!
//! Nothing is known of them in the first run, but that they were asked for. If an act is given
//! such a text, the texts are read and the code is run again; what is still not known then is
//! answered as in the first run. A text that code has changed before, or that is computed when the
//! document is calculated, is known only in part: it is shown, and makes nothing milder.

use hashbrown::HashMap;

use super::world::{Call, World};
use crate::source::eval::{Argument, ModuleKind, Origin, Reply, Text, Value, What};
use crate::source::{Content, Item, Texts, Wanted};

mod address;
mod cells;
#[cfg(test)]
mod tests;

pub(super) use cells::Area;

/// Numbers of objects from here on are parts of the document.
const PARTS: u32 = 1 << 31;
/// How many parts are told apart.
const MOST: usize = 1 << 16;
/// How many elements a list or an area may have that is gone through.
const MOST_ELEMENTS: usize = 1 << 16;

/// A part of the document that code holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// An item.
    Item(Item),
    /// A piece of the text of an item, in units of UTF-16.
    Piece(Item, u32, u32),
    /// Cells.
    Cells(Area),
    /// The cells of an area that are not computed.
    Constants(Area),
}

/// What is known of the document, and what code did to it.
pub(super) struct Document<'p> {
    texts: Option<&'p Texts>,
    parts: Vec<Part>,
    by_part: HashMap<Part, u32>,
    known: HashMap<(Part, &'static str), Text>,
    given: HashMap<(Part, String), Value>,
    /// What code changes of it that is not followed.
    changed: bool,
    /// What code asked of it.
    pub(super) asked: Wanted,
    /// Whether code asked for what may be a control, without a sign of where it comes from.
    pub(super) doubts: bool,
    /// Whether Office was told to open what comes from the document, and it is not known to be an
    /// address.
    pub(super) opened: bool,
}

impl<'p> Document<'p> {
    pub(super) fn new(texts: Option<&'p Texts>) -> Self {
        Self {
            texts,
            parts: Vec::new(),
            by_part: HashMap::new(),
            known: HashMap::new(),
            given: HashMap::new(),
            changed: false,
            asked: Wanted::default(),
            doubts: false,
            opened: false,
        }
    }

    /// Whether its texts are known.
    pub(super) const fn is_read(&self) -> bool {
        self.texts.is_some()
    }

    fn part(&self, value: &Value) -> Option<Part> {
        match value.what {
            What::Object(number) => self.parts.get(number.checked_sub(PARTS)? as usize).copied(),
            _ => None,
        }
    }

    /// An object that stands for a part.
    fn object(&mut self, part: Part) -> Option<Value> {
        let number = match self.by_part.get(&part) {
            Some(number) => *number,
            None if self.parts.len() < MOST => {
                let number = self.parts.len() as u32;
                self.parts.push(part);
                self.by_part.insert(part, number);
                number
            }
            None => return None,
        };
        Some(Value {
            what: What::Object(PARTS + number),
            origin: Origin::DOCUMENT,
        })
    }

    fn item(&mut self, item: Item) -> Option<Value> {
        self.object(Part::Item(item))
    }

    /// Whether everything is as the file has it, but for what is known to be given.
    const fn is_as_stored(&self) -> bool {
        !self.changed
    }

    /// Whether an object is a part of the document.
    pub(super) fn has(&self, value: &Value) -> bool {
        self.part(value).is_some()
    }

    /// Whether an object is the document, or a sheet of it.
    pub(super) fn is_page(&self, value: &Value) -> bool {
        let Some(Part::Item(item)) = self.part(value) else {
            return false;
        };
        self.texts
            .is_some_and(|texts| item == texts.document() || texts.cells(item).is_some())
    }
}

/// A text of a part, made once, if there is enough left to make it.
fn text_of(
    world: &mut World<'_>,
    part: Part,
    member: &'static str,
    text: &str,
    sure: bool,
) -> Value {
    if let Some(known) = world.document.known.get(&(part, member)) {
        return value_of(known.clone(), sure);
    }
    if !world.afford(text.len()) {
        return Value::unknown_from(Origin::DOCUMENT);
    }
    let text: Text = text.into();
    world.document.known.insert((part, member), text.clone());
    value_of(text, sure)
}

fn value_of(text: Text, sure: bool) -> Value {
    Value {
        what: What::Text(text),
        origin: certainty(sure),
    }
}

const fn certainty(sure: bool) -> Origin {
    if sure {
        Origin::DOCUMENT
    } else {
        Origin::DOCUMENT.and(Origin::PARTIAL)
    }
}

/// Which texts a name asks for.
fn asked_by(key: &str) -> Wanted {
    match key {
        "variables" | "docvariables" => Wanted::VARIABLES,
        "builtindocumentproperties" | "customdocumentproperties" => Wanted::PROPERTIES,
        "customxmlparts" => Wanted::PARTS,
        "userforms" | "controls" | "controltiptext" | "pages" => Wanted::FORMS.and(Wanted::PAGES),
        "range"
        | "cells"
        | "usedrange"
        | "activecell"
        | "rows"
        | "columns"
        | "selection"
        | "names"
        | "shapes"
        | "inlineshapes"
        | "oleobjects"
        | "textframe"
        | "comments"
        | "alternativetext"
        | "content"
        | "paragraphs"
        | "words"
        | "characters"
        | "sentences"
        | "tables"
        | "storyranges"
        | "bookmarks"
        | "contentcontrols"
        | "formfields"
        | "selectcontentcontrolsbytag"
        | "selectcontentcontrolsbytitle"
        | "hyperlinks"
        | "headers"
        | "footers"
        | "footnotes"
        | "slides"
        | "tags"
        | "title"
        | "caption"
        | "tag"
        | "text"
        | "value"
        | "pagesetup" => Wanted::PAGES,
        _ => Wanted::default(),
    }
}

/// Methods that change what the document holds in ways that are not followed.
const CHANGES: &[&str] = &[
    "autofill",
    "calculate",
    "delete",
    "execute",
    "filldown",
    "insert",
    "insertafter",
    "insertbefore",
    "paste",
    "pastespecial",
    "refresh",
    "replace",
    "sort",
    "texttocolumns",
];

/// A member of an object is read or called; `None` if the document has no answer.
pub(super) fn member(world: &mut World<'_>, call: &Call<'_>, key: &str) -> Option<Reply> {
    world.document.asked = world.document.asked.and(asked_by(key));
    let unit = match call.object.what {
        What::Unit(unit) => Some(unit),
        _ => None,
    };
    if unit.is_some_and(|unit| is_of(world, unit, ModuleKind::Form)) {
        world.document.asked = world.document.asked.and(Wanted::FORMS);
        world.document.doubts |= key == "controls";
    }
    if unit.is_some_and(|unit| is_of(world, unit, ModuleKind::Document))
        && super::members::named(key).is_empty()
    {
        world.document.doubts = true;
        world.document.asked = world.document.asked.and(Wanted::FORMS).and(Wanted::PAGES);
    }
    let texts = world.document.texts?;
    let part = match unit {
        Some(unit) => part_of(world, unit, texts),
        None => world.document.part(call.object),
    };
    let found = match part {
        Some(part) => of_part(world, call, part, key, texts),
        // Some object of Office, of which that is a member.
        None if world.is_office(call.object) => of_application(world, call, key, texts),
        None => None,
    };
    let held = part.is_some() || world.is_content(call.object);
    if found.is_none() && held && CHANGES.contains(&key) {
        changes(world);
    }
    found.map(Reply::from)
}

/// Something was changed, it is not known what.
fn changes(world: &mut World<'_>) {
    world.document.changed = true;
}

/// A name without an object; `None` if the document has no answer.
pub(super) fn name(world: &mut World<'_>, call: &Call<'_>, key: &str) -> Option<Reply> {
    world.document.asked = world.document.asked.and(asked_by(key));
    let unit = call.site.procedure.unit;
    let (form, page) = (
        is_of(world, unit, ModuleKind::Form),
        is_of(world, unit, ModuleKind::Document),
    );
    if form {
        world.document.asked = world.document.asked.and(Wanted::FORMS);
        world.document.doubts |= key == "controls";
    }
    if is_bracketed(call) {
        return evaluate(world, key).map(Reply::from);
    }
    let texts = world.document.texts?;
    let own = if form || page {
        part_of(world, unit, texts)
    } else {
        None
    };
    let own = own.and_then(|part| of_part(world, call, part, key, texts));
    own.or_else(|| of_application(world, call, key, texts))
        .map(Reply::from)
}

/// Whether a name stands in brackets: `[A1]` is evaluated, though it looks like a name.
fn is_bracketed(call: &Call<'_>) -> bool {
    let unit = call
        .site
        .program
        .units
        .get(call.site.procedure.unit as usize);
    let text = unit.map_or(&[][..], |unit| unit.text.as_bytes());
    let at = call.site.at as usize;
    let open = |at: Option<usize>| at.and_then(|at| text.get(at)) == Some(&b'[');
    open(Some(at)) || open(at.checked_sub(1))
}

fn is_of(world: &World<'_>, unit: u32, kind: ModuleKind) -> bool {
    let unit = world.program.units.get(unit as usize);
    unit.is_some_and(|unit| unit.kind == kind)
}

/// The form, sheet or document that a module is of.
fn part_of(world: &World<'_>, unit: u32, texts: &Texts) -> Option<Part> {
    let unit = world.program.units.get(unit as usize)?;
    let name = world.program.names.text(unit.name);
    match unit.kind {
        ModuleKind::Form => texts.form(name).map(Part::Item),
        ModuleKind::Document => {
            let sheet = match texts.member(texts.document(), "codenames") {
                Some(Content::Item(list)) => texts.named(list, name),
                _ => None,
            };
            Some(Part::Item(sheet.unwrap_or_else(|| texts.document())))
        }
        _ => None,
    }
}

/// What the application, or any object that leads to it, gives of the document it runs in.
fn of_application(
    world: &mut World<'_>,
    call: &Call<'_>,
    key: &str,
    texts: &Texts,
) -> Option<Value> {
    let document = texts.document();
    match key {
        "activedocument" | "thisdocument" | "activeworkbook" | "thisworkbook"
        | "activepresentation" | "macrocontainer" => world.document.item(document),
        "sheets"
        | "worksheets"
        | "names"
        | "variables"
        | "slides"
        | "builtindocumentproperties"
        | "customdocumentproperties" => of_part(world, call, Part::Item(document), key, texts),
        "activesheet" => {
            let sheet = active_sheet(texts)?;
            world.document.item(sheet)
        }
        "range" | "cells" | "rows" | "columns" => {
            let sheet = active_sheet(texts)?;
            cells::member(world, call, Area::whole(sheet), key, texts)
        }
        _ => None,
    }
}

fn active_sheet(texts: &Texts) -> Option<Item> {
    match texts.member(texts.document(), "activesheet") {
        Some(Content::Item(sheet)) => Some(sheet),
        _ => match texts.member(texts.document(), "sheets") {
            Some(Content::Item(sheets)) => texts.nth(sheets, 1),
            _ => None,
        },
    }
}

/// The member of a part of the document.
fn of_part(
    world: &mut World<'_>,
    call: &Call<'_>,
    part: Part,
    key: &str,
    texts: &Texts,
) -> Option<Value> {
    if call.arguments.is_empty()
        && let Some(value) = world.document.given(part, key)
    {
        return Some(value);
    }
    match part {
        Part::Item(item) => of_item(world, call, item, key, texts),
        Part::Piece(item, from, to) => match key {
            "text" | "value" | "formattedtext" => piece(world, item, (from, to), texts),
            "range" | "characters" if call.arguments.is_empty() => {
                world.document.object(Part::Piece(item, from, to))
            }
            _ => None,
        },
        Part::Cells(area) => cells::member(world, call, area, key, texts),
        Part::Constants(area) => match key {
            "cells" => world.document.object(Part::Constants(area)),
            "count" => Some(Value::number(cells::constants(area, texts).len() as f64)),
            _ => None,
        },
    }
}

fn of_item(
    world: &mut World<'_>,
    call: &Call<'_>,
    item: Item,
    key: &str,
    texts: &Texts,
) -> Option<Value> {
    let list = texts.is_list(item);
    if key == "item" || key == "_default" {
        let found = element(texts, item, call.arguments);
        return found.and_then(|found| world.document.item(found));
    }
    if key == "exists" && list {
        let name = call.argument(0, "name");
        let found = texts.named(item, name.as_whole_text()?).is_some();
        return Some(Value {
            what: What::Bool(found),
            origin: Origin::DOCUMENT,
        });
    }
    if texts.cells(item).is_some()
        && let Some(found) = cells::member(world, call, Area::whole(item), key, texts)
    {
        return Some(found);
    }
    match texts.member(item, key) {
        Some(Content::Item(found)) if call.arguments.is_empty() => world.document.item(found),
        Some(Content::Item(found)) if texts.is_list(found) => {
            let found = element(texts, found, call.arguments)?;
            world.document.item(found)
        }
        // `Range(from, to)`
        Some(Content::Item(found)) => {
            let at = |index: usize, name: &str| {
                let value = call.argument(index, name);
                whole(&value).and_then(|number| u32::try_from(number).ok())
            };
            let (from, to) = (at(0, "start")?, at(1, "end")?);
            world.document.object(Part::Piece(found, from, to))
        }
        Some(content) => Some(known(world, Part::Item(item), key, content)),
        None => of_other_name(world, call, item, key, texts),
    }
}

/// A member that is no member of all such items: a control by its name, a cell by its place.
fn of_other_name(
    world: &mut World<'_>,
    call: &Call<'_>,
    item: Item,
    key: &str,
    texts: &Texts,
) -> Option<Value> {
    let controls = match texts.member(item, "controls") {
        Some(Content::Item(controls)) => controls,
        _ => item,
    };
    if let Some(found) = texts.named(controls, key) {
        return world.document.item(found);
    }
    match key {
        "cell" => {
            let at = |index: usize, name: &str| whole(&call.argument(index, name));
            let place = format!("{},{}", at(0, "row")?, at(1, "column")?);
            let found = texts.named(item, &place)?;
            world.document.item(found)
        }
        "selectsinglenode" => {
            let path = call.argument(0, "xpath");
            let name = path.as_whole_text()?.rsplit(['/', ':', '@']).next()?;
            let name = name.split('[').next()?;
            let Some(Content::Item(nodes)) = texts.member(item, "selectnodes") else {
                return None;
            };
            let found = texts.named(nodes, name)?;
            world.document.item(found)
        }
        // One page stands for all: controls lie flat.
        "pages" | "activecontrol" => world.document.item(item),
        "selectbynamespace" => {
            let found = element(texts, item, call.arguments)?;
            world.document.item(found)
        }
        "characters" | "words" | "sentences" | "list" => None,
        "activedocument" | "document" if item == texts.document() => world.document.item(item),
        "range" | "cells" | "rows" | "columns" | "activesheet" if item == texts.document() => {
            of_application(world, call, key, texts)
        }
        _ => None,
    }
}

/// A member that is known, as a value.
fn known(world: &mut World<'_>, part: Part, key: &str, content: Content<'_>) -> Value {
    let sure = world.document.is_as_stored();
    let origin = certainty(sure);
    let what = match content {
        Content::Text(text) => {
            let member = MEMBERS.iter().find(|own| **own == key);
            return match member {
                Some(member) => text_of(world, part, member, text, sure),
                None if world.afford(text.len()) => value_of(text.into(), sure),
                None => Value::unknown_from(origin),
            };
        }
        Content::Number(number) => What::Number(number),
        Content::Bool(bool) => What::Bool(bool),
        Content::Item(item) => return world.document.item(item).unwrap_or_default(),
    };
    Value { what, origin }
}

/// Members whose texts are read again and again, and made once.
const MEMBERS: &[&str] = &["value", "text", "caption", "tag", "formula", "value2"];

/// Arguments that are parts of the document mean what these hold, but where a member is given the
/// parts themselves; `None` if there are none.
pub(super) fn simple(world: &mut World<'_>, call: &Call<'_>, key: &str) -> Option<Vec<Argument>> {
    const OBJECTS: &[&str] = &["range", "callbyname", "union", "intersect"];
    world.document.texts?;
    let is_part = |one: &Argument| world.document.has(&one.value);
    if OBJECTS.contains(&key) || !call.arguments.iter().any(is_part) {
        return None;
    }
    let mut arguments = call.arguments.to_vec();
    for one in &mut arguments {
        if !world.document.has(&one.value) {
            continue;
        }
        let of = Call {
            site: call.site,
            name: "value",
            object: &one.value,
            arguments: &[],
        };
        if let Some(Reply::Value(value)) = member(world, &of, "value") {
            one.value = value;
        }
    }
    Some(arguments)
}

/// A whole number that an argument is.
fn whole(value: &Value) -> Option<usize> {
    match value.what {
        What::Number(number) if number >= 0.0 && number < f64::from(u32::MAX) => {
            Some(number as usize)
        }
        _ => None,
    }
}

/// The element of a list that the first argument names.
fn element(texts: &Texts, list: Item, arguments: &[Argument]) -> Option<Item> {
    let [argument, ..] = arguments else {
        return None;
    };
    match &argument.value.what {
        What::Text(_) => texts.named(list, argument.value.as_whole_text()?),
        // What was found by a name is the first of those that have it.
        _ if !texts.is_list(list) => (whole(&argument.value)? == 1).then_some(list),
        _ => texts.nth(list, whole(&argument.value)?),
    }
}

/// A piece of the text of an item.
fn piece(
    world: &mut World<'_>,
    item: Item,
    (from, to): (u32, u32),
    texts: &Texts,
) -> Option<Value> {
    let Some(Content::Text(text)) = texts.member(item, "text") else {
        return None;
    };
    if !world.afford(text.len().min(to as usize * 4)) {
        return None;
    }
    let mut at = 0;
    let of_range = text.chars().skip_while(|c| {
        let before = at < from;
        if before {
            at += c.len_utf16() as u32;
        }
        before
    });
    let mut length = to.saturating_sub(from);
    let text: String = of_range
        .take_while(|c| {
            let within = length > 0;
            length = length.saturating_sub(c.len_utf16() as u32);
            within
        })
        .collect();
    Some(value_of(text.into(), world.document.is_as_stored()))
}

/// The elements of a list or area that `For Each` goes through.
pub(super) fn elements(world: &mut World<'_>, list: &Value) -> Option<Vec<Value>> {
    let texts = world.document.texts?;
    let parts: Vec<Part> = match world.document.part(list)? {
        Part::Item(item) if texts.is_list(item) => {
            let items = texts.items(item).iter().take(MOST_ELEMENTS);
            items.map(|item| Part::Item(*item)).collect()
        }
        Part::Cells(area) => area.each(texts, MOST_ELEMENTS),
        Part::Constants(area) => cells::constants(area, texts),
        _ => return None,
    };
    world.listed = world.listed.saturating_add(parts.len());
    if world.listed > 16 * MOST_ELEMENTS {
        return None;
    }
    parts
        .into_iter()
        .map(|part| world.document.object(part))
        .collect()
}

/// `[text]`, which the application evaluates: cells, or a name.
pub(super) fn evaluate(world: &mut World<'_>, text: &str) -> Option<Value> {
    world.document.asked = world.document.asked.and(Wanted::PAGES);
    let texts = world.document.texts?;
    let sheet = active_sheet(texts)?;
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let area = address::area(text, sheet, texts)?;
    world.document.object(Part::Cells(area))
}

impl Document<'_> {
    /// What code gave a member of a part before, if that is known; else the file has it still.
    fn given(&self, part: Part, key: &str) -> Option<Value> {
        let value = self.given.get(&(part, member_name(key).to_owned()))?;
        let empty = value.as_text().is_some_and(str::is_empty);
        let known = matches!(value.what, What::Text(_) | What::Number(_) | What::Bool(_));
        (known && !empty).then(|| Value {
            what: value.what.clone(),
            origin: value.origin.and(Origin::UNSURE).and(Origin::DOCUMENT),
        })
    }
}

/// Members that are the same text by several names.
fn member_name(key: &str) -> &str {
    match key {
        "text" | "value2" | "formula" | "formular1c1" | "formulalocal" | "result" => "value",
        _ => key,
    }
}

/// `object.name = value`
pub(super) fn assign(world: &mut World<'_>, call: &Call<'_>, key: &str, value: &Value) {
    let Some(texts) = world.document.texts else {
        return;
    };
    let part = match call.object.what {
        What::Unit(unit) => part_of(world, unit, texts),
        // `Cells(1, 2) = value`, `TextBox1 = value`
        What::Missing => {
            let found = name(world, call, key);
            let Some(Reply::Value(found)) = found else {
                return;
            };
            let part = world.document.part(&found);
            return give(world, part, "value", value);
        }
        _ => world.document.part(call.object),
    };
    if let Some(part) = part
        && !call.arguments.is_empty()
        && let Some(found) = of_part(world, call, part, key, texts)
    {
        let part = world.document.part(&found);
        return give(world, part, "value", value);
    }
    if part.is_some() || world.is_content(call.object) {
        give(world, part, key, value);
    }
}

fn give(world: &mut World<'_>, part: Option<Part>, key: &str, value: &Value) {
    const TEXTS: &[&str] = &[
        "value",
        "caption",
        "tag",
        "controltiptext",
        "alternativetext",
        "title",
        "name",
    ];
    let key = member_name(key);
    if !TEXTS.contains(&key) {
        return;
    }
    match part {
        Some(part) if is_one(part) && world.document.given.len() < MOST => {
            world
                .document
                .given
                .insert((part, key.to_owned()), value.clone());
        }
        _ => changes(world),
    }
}

const fn is_one(part: Part) -> bool {
    match part {
        Part::Item(_) => true,
        Part::Cells(area) => area.is_one(),
        Part::Piece(..) | Part::Constants(_) => false,
    }
}
