//! What calls macros: event listeners and links, by the addresses of the scripting framework.

use super::{Attributes, Found};
use crate::project::{Load, LoadKind, Start, StartBy};

/// The address of a script: `vnd.sun.star.script:Standard.Module1.Main?language=Basic&location=document`.
const SCHEME: &str = "vnd.sun.star.script:";
/// The older one: `macro:///Standard.Module1.Main()` of the program, `macro://./…` of the document.
const MACRO: &str = "macro:";

/// What an address calls.
struct Called {
    name: String,
    language: String,
    location: String,
}

/// Takes what an element calls. Says whether it calls anything.
pub(super) fn calls(local: &str, attributes: &Attributes, found: &mut Found) -> bool {
    let listens = matches!(local, "event-listener" | "event") || !attributes.event.is_empty();
    let by = if listens {
        by(&attributes.event)
    } else {
        StartBy::Shape
    };
    let is_address = |text: &str| starts_with(text, SCHEME) || starts_with(text, MACRO);
    // The language decides which of the two is read.
    let mut calls = false;
    for address in [&*attributes.href, &*attributes.macro_name] {
        if is_address(address) {
            calls = true;
            take(read(address), by, found);
        }
    }
    if listens && !attributes.macro_name.is_empty() && !is_address(&attributes.macro_name) {
        calls = true;
        let called = Called {
            name: attributes.macro_name.value.clone(),
            language: attributes.language.value.clone(),
            location: attributes.location.value.clone(),
        };
        take(called, by, found);
    }
    calls
}

fn take(called: Called, by: StartBy, found: &mut Found) {
    let language = called.language.to_ascii_lowercase();
    let basic = matches!(
        language.as_str(),
        "" | "basic" | "starbasic" | "script" | "ooo:basic" | "ooo:script"
    );
    let inside = matches!(called.location.as_str(), "" | "document");
    found.active |= !inside;
    if basic {
        let start = Start {
            name: called.name,
            by,
        };
        // The listeners of a hundred buttons are one start.
        if found.starts.last() != Some(&start) {
            found.starts.push(start);
        }
    } else if inside {
        found.called.insert(called.language);
    } else if called.name.contains("..") || called.name.contains('|') {
        // A path out of the folder of scripts leads to any function of any file.
        found.loads.push(Load {
            kind: LoadKind::RunProgram,
            target: format!("{} ({}, {})", called.name, called.language, called.location),
            place: "event-listener".to_owned(),
        });
    }
}

fn starts_with(address: &str, scheme: &str) -> bool {
    address
        .get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

fn read(address: &str) -> Called {
    let address = decoded(address);
    if !starts_with(&address, SCHEME) {
        let rest = address.get(MACRO.len()..).unwrap_or_default();
        let rest = rest.trim_start_matches("//");
        let (document, name) = rest.split_once('/').unwrap_or(("", rest));
        let location = match document {
            "" => "application",
            _ => "document",
        };
        return Called {
            name: name.split('(').next().unwrap_or_default().to_owned(),
            language: String::new(),
            location: location.to_owned(),
        };
    }
    let rest = address.get(SCHEME.len()..).unwrap_or_default();
    let (name, query) = rest.rsplit_once('?').unwrap_or((rest, ""));
    let value = |wanted: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let found = pairs.find(|(key, _)| key.eq_ignore_ascii_case(wanted));
        found.map_or("", |(_, value)| value).to_owned()
    };
    Called {
        name: name.to_owned(),
        language: value("language"),
        location: value("location"),
    }
}

/// An address without its escapes.
fn decoded(address: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = address.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let mut digit = || char::from(ahead.next()?).to_digit(16);
        let escaped = if byte == b'%' {
            digit().zip(digit())
        } else {
            None
        };
        match escaped {
            Some((high, low)) => {
                let value = high.saturating_mul(16).saturating_add(low);
                out.push(u8::try_from(value).unwrap_or(b'?'));
                bytes = ahead;
            }
            None => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What an event is to the reader, ODF 1.3 part 3, 14.4.1: whether it comes by itself when the
/// document is opened, or closed, or takes a hand.
fn by(event: &str) -> StartBy {
    let name = event
        .rsplit(':')
        .next()
        .unwrap_or(event)
        .to_ascii_lowercase();
    match name.trim_start_matches("on-").trim_start_matches("on") {
        "load" | "load-finished" | "loadfinished" | "new" | "create" | "view-created"
        | "viewcreated" | "focus" | "layout-finished" | "layoutfinished" | "start-app"
        | "startapp" | "page-count-change" | "pagecountchange" | "visarea-changed" => {
            StartBy::Opened
        }
        "unload"
        | "prepare-unload"
        | "prepareunload"
        | "view-close"
        | "viewclosed"
        | "prepare-view-closing"
        | "prepareviewclosing"
        | "close-app"
        | "closeapp" => StartBy::Closed,
        "click" | "performaction" | "mousedown" | "mouseup" | "keydown" | "keyup"
        | "mousepressed" | "mousereleased" | "keypressed" | "keyreleased" | "select"
        | "dblclick" => StartBy::Shape,
        // Those of a document that is saved or printed, of a field, or of the mouse over a shape.
        _ => StartBy::Touch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_a_procedure_its_language_and_where_it_lies() {
        for (address, name, language, location) in [
            (
                "vnd.sun.star.script:Standard.Module1.Main?language=Basic&location=document",
                "Standard.Module1.Main",
                "Basic",
                "document",
            ),
            (
                "VND.sun.star.script:a%20b.py$go?location=document&language=Python",
                "a b.py$go",
                "Python",
                "document",
            ),
            (
                "macro:///Standard.M.Go()",
                "Standard.M.Go",
                "",
                "application",
            ),
            ("macro://./Standard.M.Go", "Standard.M.Go", "", "document"),
        ] {
            let called = read(address);
            let told = (
                called.name.as_str(),
                called.language.as_str(),
                called.location.as_str(),
            );
            assert_eq!(told, (name, language, location));
        }
    }

    #[test]
    fn events_are_told_by_whether_they_take_a_hand() {
        for (event, start) in [
            ("dom:load", StartBy::Opened),
            ("OnLoad", StartBy::Opened),
            ("office:view-created", StartBy::Opened),
            ("dom:unload", StartBy::Closed),
            ("dom:click", StartBy::Shape),
            ("on-performaction", StartBy::Shape),
            ("dom:mouseover", StartBy::Touch),
            ("office:save", StartBy::Touch),
        ] {
            assert_eq!(by(event), start, "{event}");
        }
    }
}
