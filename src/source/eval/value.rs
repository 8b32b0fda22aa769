//! A value, and where it comes from.

use std::rc::Rc;

use super::ProcedureId;

/// What stands in a text for a part that is not known: `"cmd /c " & x`.
pub const HOLE: char = '\u{FFFC}';

/// Where a value comes from: flags that every computation hands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin(u8);

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
}

/// A value.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub what: What,
    /// Where it comes from.
    pub origin: Origin,
}

/// An array of one dimension or more, rows first.
#[derive(Clone, Debug, Default)]
pub struct Array {
    /// The lower bound and the length of each dimension.
    pub dimensions: Vec<(i64, usize)>,
    /// The elements.
    pub elements: Vec<Value>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum What {
    /// Not known.
    Unknown,
    /// An argument that is left out.
    Missing,
    /// `Empty`: a variable that was given nothing.
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
    Text(Rc<str>),
    /// An array.
    Array(Rc<Array>),
    /// An object that the host knows by this number.
    Object(u32),
    /// An object of a class or form of the project, or a module: the index of the unit.
    Unit(u32),
    /// The address of a procedure of the project.
    Procedure(ProcedureId),
}

impl Value {
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
