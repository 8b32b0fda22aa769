//! Which bit of the mask of which structure is which property, and how it is stored,
//! [MS-OFORMS] 2.2. In every structure the blocks are in the order of the bits.

use super::{Class, Property};

/// How a property is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// A number of so many bytes that says nothing here.
    Number(u8),
    /// Two numbers in the extra block: a place or a size.
    Pair,
    /// A class in the extra block.
    Class,
    /// A text.
    Text(Property),
    /// Texts, one after the other.
    Texts(Property),
    /// The name of a site.
    Name,
    /// Two bytes that are a character.
    Character(Property),
    /// A picture behind the blocks.
    Picture,
    /// A font behind the blocks.
    Font,
    /// The number of a site.
    Id,
    /// The flags of a site or a form.
    Flags,
    /// How many bytes of the object stream belong to a site.
    ObjectSize,
    /// The class of a site, by number.
    ClassIndex,
    /// Which of six controls it is.
    Display,
}

impl Field {
    /// How many bytes of the data block it takes.
    pub(super) const fn size(self) -> u8 {
        match self {
            Self::Pair | Self::Class => 0,
            Self::Number(size) => size,
            Self::Display => 1,
            Self::Picture | Self::Font | Self::Character(_) | Self::ClassIndex => 2,
            _ => 4,
        }
    }
}

/// A structure.
#[derive(Debug)]
pub(super) struct Layout {
    /// Its minor and major version.
    pub(super) version: u16,
    /// Whether the mask has eight bytes.
    pub(super) wide: bool,
    /// Whether a block of text properties follows.
    pub(super) text_properties: bool,
    /// Bits and what they stand for; those left out store nothing.
    fields: &'static [(u8, Field)],
}

impl Layout {
    /// What a mask says is stored, in order.
    pub(super) fn fields_of(&self, mask: u64) -> impl Iterator<Item = Field> {
        let set = move |bit: u8| mask.checked_shr(u32::from(bit)).unwrap_or(0) & 1 == 1;
        let fields = self.fields.iter().filter(move |(bit, _)| set(*bit));
        fields.map(|(_, field)| *field)
    }
}

/// The layout of a control, if it is one of this library.
pub(super) const fn of(class: Class) -> Option<&'static Layout> {
    Some(match class {
        Class::Form | Class::Frame | Class::MultiPage => &FORM,
        Class::Label => &LABEL,
        Class::CommandButton => &COMMAND_BUTTON,
        Class::Image => &IMAGE,
        Class::TabStrip => &TAB_STRIP,
        Class::Morph
        | Class::TextBox
        | Class::ListBox
        | Class::ComboBox
        | Class::CheckBox
        | Class::OptionButton
        | Class::ToggleButton => &MORPH_DATA,
        // They have no texts.
        Class::ScrollBar => &SCROLL_BAR,
        Class::SpinButton => &SPIN_BUTTON,
        Class::Other(_) | Class::Unknown => return None,
    })
}

/// `FormControl`, 2.2.10.
pub(super) const FORM: Layout = Layout {
    version: 0x0400,
    wide: false,
    text_properties: false,
    fields: &[
        (1, Field::Number(4)),
        (2, Field::Number(4)),
        (3, Field::Number(4)),
        (6, Field::Flags),
        (7, Field::Number(1)),
        (8, Field::Number(1)),
        (9, Field::Number(1)),
        (10, Field::Pair),
        (11, Field::Pair),
        (12, Field::Pair),
        (13, Field::Number(4)),
        (15, Field::Picture),
        (16, Field::Number(1)),
        (17, Field::Number(1)),
        (18, Field::Number(4)),
        (19, Field::Text(Property::Caption)),
        (20, Field::Font),
        (21, Field::Picture),
        (22, Field::Number(4)),
        (23, Field::Number(1)),
        (25, Field::Number(1)),
        (26, Field::Number(4)),
        (27, Field::Number(4)),
    ],
};

/// `SiteClassInfo`, 2.2.10.10.
pub(super) const CLASS_INFO: Layout = Layout {
    version: 0,
    wide: false,
    text_properties: false,
    fields: &[
        (0, Field::Class),
        (4, Field::Number(4)),
        (5, Field::Number(4)),
        (6, Field::Number(4)),
        (7, Field::Number(2)),
        (8, Field::Number(2)),
        (9, Field::Number(2)),
        (10, Field::Number(2)),
        (11, Field::Number(2)),
        (12, Field::Number(2)),
        (13, Field::Number(4)),
        (14, Field::Number(2)),
    ],
};

/// `OleSiteConcreteControl`, 2.2.10.12.
pub(super) const SITE: Layout = Layout {
    version: 0,
    wide: false,
    text_properties: false,
    fields: &[
        (0, Field::Name),
        (1, Field::Text(Property::Tag)),
        (2, Field::Id),
        (3, Field::Number(4)),
        (4, Field::Flags),
        (5, Field::ObjectSize),
        (6, Field::Number(2)),
        (7, Field::ClassIndex),
        (8, Field::Pair),
        (9, Field::Number(2)),
        (11, Field::Text(Property::ControlTipText)),
        (12, Field::Text(Property::LicenseKey)),
        (13, Field::Text(Property::ControlSource)),
        (14, Field::Text(Property::RowSource)),
    ],
};

/// `TextProps`, 2.3.1.
pub(super) const TEXT_PROPERTIES: Layout = Layout {
    version: 0x0200,
    wide: false,
    text_properties: false,
    fields: &[
        (0, Field::Text(Property::FontName)),
        (1, Field::Number(4)),
        (2, Field::Number(4)),
        (4, Field::Number(1)),
        (5, Field::Number(1)),
        (6, Field::Number(1)),
        (7, Field::Number(2)),
    ],
};

/// `MorphDataControl`, 2.2.5.
const MORPH_DATA: Layout = Layout {
    version: 0x0200,
    wide: true,
    text_properties: true,
    fields: &[
        (0, Field::Number(4)),
        (1, Field::Number(4)),
        (2, Field::Number(4)),
        (3, Field::Number(4)),
        (4, Field::Number(1)),
        (5, Field::Number(1)),
        (6, Field::Display),
        (7, Field::Number(1)),
        (8, Field::Pair),
        (9, Field::Character(Property::PasswordChar)),
        (10, Field::Number(4)),
        (11, Field::Number(2)),
        (12, Field::Number(2)),
        (13, Field::Number(2)),
        (14, Field::Number(2)),
        (15, Field::Number(2)),
        (16, Field::Number(1)),
        (17, Field::Number(1)),
        (18, Field::Number(1)),
        (20, Field::Number(1)),
        (21, Field::Number(1)),
        (22, Field::Text(Property::Value)),
        (23, Field::Text(Property::Caption)),
        (24, Field::Number(4)),
        (25, Field::Number(4)),
        (26, Field::Number(4)),
        (27, Field::Picture),
        (28, Field::Picture),
        (29, Field::Number(2)),
        (32, Field::Text(Property::GroupName)),
    ],
};

/// `LabelControl`, 2.2.4.
const LABEL: Layout = Layout {
    version: 0x0200,
    wide: false,
    text_properties: true,
    fields: &[
        (0, Field::Number(4)),
        (1, Field::Number(4)),
        (2, Field::Number(4)),
        (3, Field::Text(Property::Caption)),
        (4, Field::Number(4)),
        (5, Field::Pair),
        (6, Field::Number(1)),
        (7, Field::Number(4)),
        (8, Field::Number(2)),
        (9, Field::Number(2)),
        (10, Field::Picture),
        (11, Field::Number(2)),
        (12, Field::Picture),
    ],
};

/// `CommandButtonControl`, 2.2.1.
const COMMAND_BUTTON: Layout = Layout {
    version: 0x0200,
    wide: false,
    text_properties: true,
    fields: &[
        (0, Field::Number(4)),
        (1, Field::Number(4)),
        (2, Field::Number(4)),
        (3, Field::Text(Property::Caption)),
        (4, Field::Number(4)),
        (5, Field::Pair),
        (6, Field::Number(1)),
        (7, Field::Picture),
        (8, Field::Number(2)),
        (10, Field::Picture),
    ],
};

/// `ImageControl`, 2.2.3.
const IMAGE: Layout = Layout {
    version: 0x0200,
    wide: false,
    text_properties: false,
    fields: &[
        (3, Field::Number(4)),
        (4, Field::Number(4)),
        (5, Field::Number(1)),
        (6, Field::Number(1)),
        (7, Field::Number(1)),
        (8, Field::Number(1)),
        (9, Field::Pair),
        (10, Field::Picture),
        (11, Field::Number(1)),
        (13, Field::Number(4)),
        (14, Field::Picture),
    ],
};

/// `TabStripControl`, 2.2.9.
const TAB_STRIP: Layout = Layout {
    version: 0x0200,
    wide: false,
    text_properties: true,
    fields: &[
        (0, Field::Number(4)),
        (1, Field::Number(4)),
        (2, Field::Number(4)),
        (4, Field::Pair),
        (5, Field::Texts(Property::Item)),
        (6, Field::Number(1)),
        (8, Field::Number(4)),
        (9, Field::Number(4)),
        (11, Field::Number(4)),
        (12, Field::Number(4)),
        (15, Field::Texts(Property::ItemTipText)),
        (17, Field::Texts(Property::ItemName)),
        (18, Field::Number(4)),
        (20, Field::Number(4)),
        (21, Field::Texts(Property::ItemTag)),
        (22, Field::Number(4)),
        (23, Field::Texts(Property::ItemAccelerator)),
        (24, Field::Picture),
    ],
};

/// `ScrollBarControl`, 2.2.7.
const SCROLL_BAR: Layout = Layout {
    version: 0x0200,
    wide: false,
    text_properties: false,
    fields: &[
        (0, Field::Number(4)),
        (1, Field::Number(4)),
        (2, Field::Number(4)),
        (3, Field::Pair),
        (4, Field::Number(1)),
        (5, Field::Number(4)),
        (6, Field::Number(4)),
        (7, Field::Number(4)),
        (9, Field::Number(4)),
        (10, Field::Number(4)),
        (11, Field::Number(4)),
        (12, Field::Number(4)),
        (13, Field::Number(4)),
        (14, Field::Number(2)),
        (15, Field::Number(4)),
        (16, Field::Picture),
    ],
};

/// `SpinButtonControl`, 2.2.8.
const SPIN_BUTTON: Layout = Layout {
    version: 0x0200,
    wide: false,
    text_properties: false,
    fields: &[
        (0, Field::Number(4)),
        (1, Field::Number(4)),
        (2, Field::Number(4)),
        (3, Field::Pair),
        (5, Field::Number(4)),
        (6, Field::Number(4)),
        (7, Field::Number(4)),
        (8, Field::Number(4)),
        (9, Field::Number(4)),
        (10, Field::Number(4)),
        (11, Field::Number(4)),
        (12, Field::Number(4)),
        (13, Field::Picture),
        (14, Field::Number(1)),
    ],
};
