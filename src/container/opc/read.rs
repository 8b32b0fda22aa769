//! From the XML of content types and relationships to a [`Package`].

use std::borrow::Cow;
use std::fmt;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::{Entry, Package, Span, name, xml};
use crate::container::zip::{Archive, Inflater};
use crate::limits::{Limit, Spent};
use crate::observe::{Ledger, Reason};

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// Reads what makes the archive a package.
pub(super) fn package(
    archive: &Archive<'_>,
    inflater: &mut Inflater,
    ledger: &mut Ledger,
) -> Package {
    let mut reading = Reading {
        package: Package::default(),
        ledger,
    };
    // A spent budget has left its gap in the ledger; what was read until then is the package.
    let _ = reading.read(archive, inflater);
    reading.sort(archive);
    reading.package
}

struct Reading<'l> {
    package: Package,
    ledger: &'l mut Ledger,
}

impl Reading<'_> {
    fn read(&mut self, archive: &Archive<'_>, inflater: &mut Inflater) -> Result<(), Spent> {
        let mut scratch = Vec::new();
        for member in archive.members() {
            let part = self.push_name("", &member.name());
            self.package.names.push(part);
        }
        for (member, part) in archive.members().iter().zip(self.package.names.clone()) {
            let part = self.package.at(&part);
            let is_types = part.eq_ignore_ascii_case(CONTENT_TYPES);
            let source = name::source_of(part);
            if !is_types && source.is_none() {
                continue;
            }
            let part = shown(part).into_owned();
            self.package.structure = self.package.structure.saturating_add(1);
            let (content, outcome) = inflater.content(member, &mut scratch, self.ledger);
            if content.is_empty() && !outcome.is_complete() {
                if outcome == crate::container::zip::Outcome::Encrypted {
                    self.ledger.gap(
                        Reason::EncryptedArchive,
                        format_args!("part {part}: an encrypted member"),
                    );
                }
                continue;
            }
            let text = match xml::text(content) {
                Ok(text) => text,
                Err(exotic) => {
                    self.ledger.gap(
                        Reason::Unsupported,
                        format_args!("part {part}: XML in the encoding {}", shown(&exotic.0)),
                    );
                    continue;
                }
            };
            if text.malformed {
                self.observe(
                    "opc.xml-encoding",
                    "XML 1.0 4.3.3",
                    0,
                    format_args!("{part}: bytes that its encoding does not define"),
                );
            }
            match source {
                Some(source) => self.relationships(&part, &source, &text.text)?,
                None => self.content_types(&part, &text.text)?,
            }
        }
        Ok(())
    }

    /// ECMA-376 part 2, 7.2.3.
    fn content_types(&mut self, part: &str, text: &str) -> Result<(), Spent> {
        self.elements(part, text, |this, element, at| {
            let (key, overrides) = match element.local_name().into_inner() {
                "Default" => ("Extension", false),
                "Override" => ("PartName", true),
                _ => return Ok(()),
            };
            this.ledger.charge(Limit::Entries, 1)?;
            let [key, kind] = this.attributes(part, element, [key, "ContentType"], at);
            let (Some(key), Some(kind)) = (key, kind) else {
                this.incomplete(part, at);
                return Ok(());
            };
            let kind = this.push(&kind);
            if overrides {
                let key = this.push_name("", &key);
                this.package.overrides.push((key, kind));
            } else {
                let key = this.push(key.trim_start_matches('.'));
                this.package.defaults.push((key, kind));
            }
            Ok(())
        })
    }

    /// ECMA-376 part 2, 6.5.3.
    fn relationships(&mut self, part: &str, source: &str, text: &str) -> Result<(), Spent> {
        let base = name::folder(source);
        let source = self.push(source);
        self.elements(part, text, |this, element, at| {
            if element.local_name().into_inner() != "Relationship" {
                return Ok(());
            }
            this.ledger.charge(Limit::Entries, 1)?;
            let names = ["Id", "Type", "Target", "TargetMode"];
            let [id, kind, target, mode] = this.attributes(part, element, names, at);
            let (Some(kind), Some(target)) = (kind, target) else {
                this.incomplete(part, at);
                return Ok(());
            };
            let mode = mode.as_deref().map_or("Internal", str::trim);
            let external = mode.eq_ignore_ascii_case("External");
            if !external && !mode.eq_ignore_ascii_case("Internal") {
                this.observe(
                    "opc.target-mode",
                    "ECMA-376 part 2 6.5.3.4",
                    at,
                    format_args!("{part}: TargetMode {}", shown(mode)),
                );
            }
            if !external && name::leaves_package(&target) {
                this.observe(
                    "opc.absolute-target",
                    "ECMA-376 part 2 6.5.3.4",
                    at,
                    format_args!("{part}: an internal target {}", shown(&target)),
                );
            }
            let resolved = if external {
                None
            } else {
                this.resolve(base, &target)?
            };
            let entry = Entry {
                source: source.clone(),
                id: this.push(&id.unwrap_or_default()),
                kind: this.push(&kind),
                target: this.push(&target),
                resolved,
                external,
            };
            this.package.relationships.push(entry);
            Ok(())
        })
    }

    /// The part that an internal target leads to. The name is paid for, since a long folder
    /// stands before each of many short targets.
    fn resolve(&mut self, base: &str, target: &str) -> Result<Option<Span>, Spent> {
        let end = memchr::memchr2(b'?', b'#', target.as_bytes()).unwrap_or(target.len());
        let path = target.get(..end).unwrap_or_default();
        if path.is_empty() || name::has_scheme(path) {
            return Ok(None);
        }
        let cost = base.len().saturating_add(path.len()) as u64;
        self.ledger.charge(Limit::OutputBytes, cost)?;
        Ok(Some(self.push_name(base, path)))
    }

    /// Hands every element of `text` to `each`, with its offset. Entities and document type
    /// declarations are not followed.
    fn elements(
        &mut self,
        part: &str,
        text: &str,
        mut each: impl FnMut(&mut Self, &BytesStart<'_>, u64) -> Result<(), Spent>,
    ) -> Result<(), Spent> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        let mut depth = 0_u64;
        let mut elements = 0_u64;
        loop {
            let at = reader.buffer_position();
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    depth = depth.saturating_add(1);
                    elements = elements.saturating_add(1);
                    each(self, &element, at)?;
                }
                Ok(Event::Empty(element)) => {
                    elements = elements.saturating_add(1);
                    each(self, &element, at)?;
                }
                Ok(Event::End(_)) => depth = depth.saturating_sub(1),
                Ok(Event::DocType(_)) => self.observe(
                    "opc.dtd",
                    "ECMA-376 part 2 7.2.3.2",
                    at,
                    format_args!("{part}: a document type declaration"),
                ),
                Ok(Event::Eof) if depth == 0 && elements > 0 => return Ok(()),
                Ok(Event::Eof) => {
                    self.damaged(part, at, "ends within an element");
                    return Ok(());
                }
                Err(_) => {
                    self.damaged(part, reader.error_position(), "is not well-formed");
                    return Ok(());
                }
                Ok(_) => {}
            }
        }
    }

    /// The values of some attributes of an element, in the order of `names`.
    fn attributes<'x, const N: usize>(
        &mut self,
        part: &str,
        element: &'x BytesStart<'_>,
        names: [&str; N],
        at: u64,
    ) -> [Option<Cow<'x, str>>; N] {
        let mut values = [const { None }; N];
        for attribute in element.attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                self.damaged(part, at, "has an attribute that is not well-formed");
                break;
            };
            let key = attribute.key.into_inner();
            let Some(place) = names.iter().position(|name| *name == key) else {
                continue;
            };
            let Some(value) = values.get_mut(place) else {
                continue;
            };
            if value.is_some() {
                self.observe(
                    "opc.duplicate-attribute",
                    "XML 1.0 3.1",
                    at,
                    format_args!("{part}: {key} is given twice"),
                );
                continue;
            }
            *value = Some(match unescaped(&attribute.value) {
                Some(Cow::Owned(text)) => Cow::Owned(text),
                Some(Cow::Borrowed(_)) => attribute.value,
                None => {
                    self.observe(
                        "opc.entity",
                        "XML 1.0 4.1",
                        at,
                        format_args!("{part}: an entity in {key} is not defined"),
                    );
                    attribute.value
                }
            });
        }
        values
    }

    fn push(&mut self, text: &str) -> Span {
        let start = self.package.text.len();
        self.package.text.push_str(text);
        start..self.package.text.len()
    }

    fn push_name(&mut self, base: &str, reference: &str) -> Span {
        let start = self.package.text.len();
        name::append(&mut self.package.text, base, reference);
        start..self.package.text.len()
    }

    /// Puts names in order for the lookups, and notes what is there twice.
    fn sort(&mut self, archive: &Archive<'_>) {
        let mut overrides = std::mem::take(&mut self.package.overrides);
        let mut defaults = std::mem::take(&mut self.package.defaults);
        let mut by_name: Vec<usize> = (0..self.package.names.len()).collect();
        let package = &self.package;
        let at = |span: &Span| package.at(span);
        overrides.sort_by(|(a, _), (b, _)| name::compare(at(a), at(b)));
        defaults.sort_by(|(a, _), (b, _)| name::compare(at(a), at(b)));
        by_name.sort_by(|&a, &b| name::compare(package.part_name(a), package.part_name(b)));

        for list in [&overrides, &defaults] {
            for pair in list.windows(2) {
                if let [(key, first), (same, second)] = pair
                    && at(key).eq_ignore_ascii_case(at(same))
                    && !at(first).eq_ignore_ascii_case(at(second))
                {
                    self.ledger.observe(
                        "opc.content-type-conflict",
                        "ECMA-376 part 2 7.2.3.2",
                        0,
                        format_args!(
                            "{}: {} and {}",
                            shown(at(key)),
                            shown(at(first)),
                            shown(at(second))
                        ),
                    );
                }
            }
        }
        for pair in by_name.windows(2) {
            if let &[a, b] = pair
                && package.structure > 0
                && package
                    .part_name(a)
                    .eq_ignore_ascii_case(package.part_name(b))
                && let (Some(a), Some(b)) = (archive.members().get(a), archive.members().get(b))
                && a.offset != b.offset
                && a.raw_name != b.raw_name
            {
                self.ledger.observe(
                    "opc.duplicate-part",
                    "ECMA-376 part 2 6.2.2.3",
                    b.offset,
                    format_args!("{} and {} are one part", shown(&a.name()), shown(&b.name())),
                );
            }
        }
        self.package.overrides = overrides;
        self.package.defaults = defaults;
        self.package.by_name = by_name;
    }

    fn incomplete(&mut self, part: &str, at: u64) {
        self.observe(
            "opc.incomplete-element",
            "ECMA-376 part 2 6.5.3.4",
            at,
            format_args!("{part}: an element without its attributes"),
        );
    }

    fn damaged(&mut self, part: &str, at: u64, how: &str) {
        self.observe(
            "opc.xml-damaged",
            "XML 1.0 2.1",
            at,
            format_args!("{part}: {how}"),
        );
        self.ledger.gap(
            Reason::Damaged,
            format_args!("part {part}: the XML {how} at byte {at}"),
        );
    }

    fn observe(
        &mut self,
        code: &'static str,
        clause: &'static str,
        at: u64,
        detail: fmt::Arguments<'_>,
    ) {
        self.ledger.observe(code, clause, at, detail);
    }
}

/// The value with its references resolved; `None` if one is not defined.
fn unescaped(value: &str) -> Option<Cow<'_, str>> {
    if !value.contains('&') {
        return Some(Cow::Borrowed(value));
    }
    unescape(value).ok()
}

/// As much of a value as a note can hold.
fn shown(text: &str) -> Cow<'_, str> {
    const SHOWN: usize = 160;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned([text.get(..end).unwrap_or_default(), "…"].concat()),
        None => Cow::Borrowed(text),
    }
}
