//! A value, and where it comes from.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use super::ProcedureId;
use crate::source::names::Symbol;

/// What stands in a text for a part that is not known: `"cmd /c " & x`.
pub const HOLE: char = '\u{FFFC}';

/// Where a value comes from: flags that every computation hands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin(u16);

impl Origin {
    /// A literal, or nothing that matters.
    pub const PLAIN: Self = Self(0);
    /// It was put together by functions that turn numbers or texts into other texts.
    pub const COMPUTED: Self = Self(1);
    /// It was joined within a word: `"pow" & "ershell"`.
    pub const JOINED: Self = Self(2);
    /// Parts of it are not known.
    pub const PARTIAL: Self = Self(4);
    /// It comes from the document: text, properties, form controls, cells.
    pub const DOCUMENT: Self = Self(8);
    /// It comes from the network.
    pub const NETWORK: Self = Self(16);
    /// It may be another: it was given under a condition that is not known, or before the run that
    /// goes on began. A condition on it is not known.
    pub const UNSURE: Self = Self(32);
    /// It was joined from parts, between words: `"cmd" & " /c"`.
    pub const ASSEMBLED: Self = Self(64);

    /// It came through an argument: another call may give another.
    pub const GIVEN: Self = Self(128);

    /// Whether no literal of the program holds the text: it was put together in some way.
    #[must_use]
    pub const fn is_made(self) -> bool {
        self.0 & (Self::COMPUTED.0 | Self::JOINED.0 | Self::ASSEMBLED.0) != 0
    }

    /// Whether all flags of `other` are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The flags of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The flags that `other` has not.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// A value; `Empty` if nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Value {
    /// What it is.
    pub what: What,
    /// Where it comes from.
    pub origin: Origin,
}

/// A text that values share. To append to one that is held once costs what is appended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Rc<String>);

impl Text {
    /// The text to append to, if nobody else holds it.
    pub fn grow(&mut self) -> Option<&mut String> {
        Rc::get_mut(&mut self.0)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Rc::new(text))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Rc::new(text.to_owned()))
    }
}

/// An array of one dimension or more, rows first.
#[derive(Clone, Debug, Default)]
pub struct Array {
    /// The lower bound and the length of each dimension.
    pub dimensions: Vec<(i64, usize)>,
    /// The elements.
    pub elements: Vec<Value>,
}

impl Drop for Array {
    fn drop(&mut self) {
        unnest(&mut self.elements);
    }
}

/// A value of a user-defined type ([MS-VBAL] 5.2.3.3), or what is known of the members of an object
/// that nobody knows.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Its members that were given a value.
    pub members: Vec<(Symbol, Value)>,
}

impl Record {
    /// The value of a member.
    #[must_use]
    pub fn get(&self, name: Symbol) -> Option<&Value> {
        let found = self.members.iter().find(|member| member.0 == name);
        found.map(|member| &member.1)
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let mut values = std::mem::take(&mut self.members)
            .into_iter()
            .map(|member| member.1)
            .collect();
        unnest(&mut values);
    }
}

/// Drops values that hold values, however deep, without recursion.
fn unnest(values: &mut Vec<Value>) {
    let holds = |value: &Value| matches!(value.what, What::Array(_) | What::Record(_));
    if !values.iter().any(holds) {
        return;
    }
    let mut pending = std::mem::take(values);
    while let Some(value) = pending.pop() {
        match value.what {
            What::Array(array) => {
                if let Some(mut array) = Rc::into_inner(array) {
                    pending.append(&mut array.elements);
                }
            }
            What::Record(record) => {
                if let Some(mut record) = Rc::into_inner(record) {
                    let members = std::mem::take(&mut record.members);
                    pending.extend(members.into_iter().map(|member| member.1));
                }
            }
            _ => {}
        }
    }
}

/// What a value is.
#[derive(Clone, Debug, Default)]
pub enum What {
    /// Not known.
    Unknown,
    /// An argument that is left out.
    Missing,
    /// `Empty`: a variable that was given nothing.
    #[default]
    Empty,
    /// `Null`
    Null,
    /// `Nothing`
    Nothing,
    /// A truth value.
    Bool(bool),
    /// A number of any type; dates are numbers of days.
    Number(f64),
    /// A text. Bytes are kept as characters up to U+00FF.
    Text(Text),
    /// An array.
    Array(Rc<Array>),
    /// A value with members that are known, of a type that is not.
    Record(Rc<Record>),
    /// An object that the host knows by this number.
    Object(u32),
    /// An object of a class or form of the project, or a module: the index of the unit.
    Unit(u32),
    /// The address of a procedure of the project.
    Procedure(ProcedureId),
}

impl Value {
    /// An argument that is left out, or no object.
    pub const MISSING: Self = Self {
        what: What::Missing,
        origin: Origin::PLAIN,
    };

    /// A value of which nothing is known.
    pub const UNKNOWN: Self = Self {
        what: What::Unknown,
        origin: Origin::PLAIN,
    };

    /// A literal text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self {
            what: What::Text(text.into()),
            origin: Origin::PLAIN,
        }
    }

    /// A number.
    #[must_use]
    pub const fn number(number: f64) -> Self {
        Self {
            what: What::Number(number),
            origin: Origin::PLAIN,
        }
    }

    /// An object of the host.
    #[must_use]
    pub const fn object(number: u32) -> Self {
        Self {
            what: What::Object(number),
            origin: Origin::PLAIN,
        }
    }

    /// A value without an origin that matters.
    #[must_use]
    pub const fn plain(what: What) -> Self {
        Self {
            what,
            origin: Origin::PLAIN,
        }
    }

    /// Nothing known but where it comes from.
    #[must_use]
    pub const fn unknown_from(origin: Origin) -> Self {
        Self {
            what: What::Unknown,
            origin,
        }
    }

    /// The text, if it is one and known: with [`HOLE`] for parts that are not.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.what {
            What::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text, if all of it is known.
    #[must_use]
    pub fn as_whole_text(&self) -> Option<&str> {
        self.as_text().filter(|_| !self.origin.has(Origin::PARTIAL))
    }
}
