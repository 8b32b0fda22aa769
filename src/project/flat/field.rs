//! Fields of Word in documents of one file, ECMA-376-1 17.16: put together from the pieces that
//! their code is cut into.

use crate::project::document::field_code;
use crate::project::{Load, Start, StartBy};

/// How much of a code is kept.
const LONGEST: usize = 4096;
/// Fields nest a few deep; of more, the inner ones are read as part of the last.
const MAX_DEPTH: usize = 64;

/// The fields whose end has not been reached, from the outside in.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    open: Vec<Open>,
    /// How many further ones are open.
    beyond: usize,
}

#[derive(Debug, Default)]
struct Open {
    code: String,
    result: String,
    /// Whether the code is over and the result is shown.
    shown: bool,
}

/// What a field does.
pub(crate) enum Does {
    Nothing,
    Loads(Load),
    Starts(Start),
}

impl Fields {
    pub(crate) const fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    pub(crate) fn begin(&mut self) {
        if self.open.len() < MAX_DEPTH {
            self.open.push(Open::default());
        } else {
            self.beyond = self.beyond.saturating_add(1);
        }
    }

    pub(crate) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut()
            && self.beyond == 0
        {
            field.shown = true;
        }
    }

    /// A piece of the code, or of what is shown for it.
    pub(crate) fn text(&mut self, piece: &str) {
        if let Some(field) = self.open.last_mut() {
            let text = if field.shown {
                &mut field.result
            } else {
                &mut field.code
            };
            let room = LONGEST.saturating_sub(text.len());
            text.extend(piece.chars().take(room));
        }
    }

    /// The end of the innermost field. What it comes to is part of the one around it.
    pub(crate) fn end(&mut self, place: &str) -> Does {
        if let Some(beyond) = self.beyond.checked_sub(1) {
            self.beyond = beyond;
            return Does::Nothing;
        }
        let Some(field) = self.open.pop() else {
            return Does::Nothing;
        };
        let computed = field_code::result_of(&field.code);
        if let Some(text) = computed.filter(|_| !self.open.is_empty()) {
            // It does nothing but give the field around it a text.
            self.text(&text);
            return Does::Nothing;
        }
        self.text(&field.result);
        does(&field.code, place)
    }

    /// The fields that have no end.
    pub(crate) fn finish(&mut self, place: &str) -> Vec<Does> {
        let mut all = Vec::new();
        self.beyond = 0;
        while !self.open.is_empty() {
            all.push(self.end(place));
        }
        all
    }
}

/// What a field of this code does; `MACROBUTTON` (17.16.5.34) names a macro.
pub(crate) fn does(code: &str, place: &str) -> Does {
    if let Some(load) = field_code::load_of(code, place) {
        return Does::Loads(load);
    }
    let mut words = code.split_whitespace();
    match (words.next(), words.next()) {
        (Some(word), Some(name)) if word.eq_ignore_ascii_case("MACROBUTTON") => {
            Does::Starts(Start {
                name: name.trim_matches('"').chars().take(LONGEST).collect(),
                by: StartBy::Field,
            })
        }
        _ => Does::Nothing,
    }
}
