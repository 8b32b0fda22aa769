//! The classes of controls, [MS-OFORMS] 2.2 and 2.4.5: by class id, by number in a site, and by
//! the style of a control that can be six.

/// What a control is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// A form, or a page of a multi-page.
    Form,
    /// A frame around other controls.
    Frame,
    /// Pages behind tabs.
    MultiPage,
    /// A text that is only shown.
    Label,
    /// A text that is typed.
    TextBox,
    /// A list.
    ListBox,
    /// A list that opens, with a text.
    ComboBox,
    /// A box that is ticked.
    CheckBox,
    /// One of several that excludes the others.
    OptionButton,
    /// A button that stays down.
    ToggleButton,
    /// A button.
    CommandButton,
    /// Tabs.
    TabStrip,
    /// A picture.
    Image,
    /// A scroll bar.
    ScrollBar,
    /// Two arrows that count up and down.
    SpinButton,
    /// One of the six that share a structure, and which is not said.
    Morph,
    /// A control of another library: its class id as stored.
    Other([u8; 16]),
    /// Nothing says.
    Unknown,
}

/// Class ids as they are stored.
const CLASSES: [([u8; 16], Class); 15] = [
    (
        id(0xC62A_69F0, 0x16DC, 0x11CE, 0x9E98_00AA_0057_4A4F),
        Class::Form,
    ),
    (
        id(0x6E18_2020, 0xF460, 0x11CE, 0x9BCD_00AA_0060_8E01),
        Class::Frame,
    ),
    (
        id(0x46E3_1370, 0x3F7A, 0x11CE, 0xBED6_00AA_0061_1080),
        Class::MultiPage,
    ),
    (
        id(0x978C_9E23, 0xD4B0, 0x11CE, 0xBF2D_00AA_003F_40D0),
        Class::Label,
    ),
    (
        id(0x8BD2_1D10, 0xEC42, 0x11CE, 0x9E0D_00AA_0060_02F3),
        Class::TextBox,
    ),
    (
        id(0x8BD2_1D20, 0xEC42, 0x11CE, 0x9E0D_00AA_0060_02F3),
        Class::ListBox,
    ),
    (
        id(0x8BD2_1D30, 0xEC42, 0x11CE, 0x9E0D_00AA_0060_02F3),
        Class::ComboBox,
    ),
    (
        id(0x8BD2_1D40, 0xEC42, 0x11CE, 0x9E0D_00AA_0060_02F3),
        Class::CheckBox,
    ),
    (
        id(0x8BD2_1D50, 0xEC42, 0x11CE, 0x9E0D_00AA_0060_02F3),
        Class::OptionButton,
    ),
    (
        id(0x8BD2_1D60, 0xEC42, 0x11CE, 0x9E0D_00AA_0060_02F3),
        Class::ToggleButton,
    ),
    (
        id(0xD705_3240, 0xCE69, 0x11CD, 0xA777_00DD_0114_3C57),
        Class::CommandButton,
    ),
    (
        id(0xEAE5_0EB0, 0x4A62, 0x11CE, 0xBED6_00AA_0061_1080),
        Class::TabStrip,
    ),
    (
        id(0x4C59_9241, 0x6926, 0x101B, 0x9992_0000_0B65_C6F9),
        Class::Image,
    ),
    (
        id(0xDFD1_81E0, 0x5E2F, 0x11CE, 0xA449_00AA_004A_803D),
        Class::ScrollBar,
    ),
    (
        id(0x7917_6FB0, 0xB7F2, 0x11CE, 0x97EF_00AA_006D_2776),
        Class::SpinButton,
    ),
];

/// A GUID as it is stored: its first three numbers little-endian.
const fn id(first: u32, second: u16, third: u16, rest: u64) -> [u8; 16] {
    let ([a, b, c, d], [e, f], [g, h]) = (
        first.to_le_bytes(),
        second.to_le_bytes(),
        third.to_le_bytes(),
    );
    let [i, j, k, l, m, n, o, p] = rest.to_be_bytes();
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
}

impl Class {
    /// The class of an id, as it is stored.
    #[must_use]
    pub fn of(class: &[u8; 16]) -> Self {
        let known = CLASSES.iter().find(|(id, _)| id == class);
        known.map_or(Self::Other(*class), |(_, class)| *class)
    }

    /// `ClsidCacheIndex` of a site below 0x7FFF, 2.4.5.
    pub(super) const fn of_index(index: u16) -> Self {
        match index {
            7 => Self::Form,
            12 => Self::Image,
            14 => Self::Frame,
            15 => Self::Morph,
            16 => Self::SpinButton,
            17 => Self::CommandButton,
            18 => Self::TabStrip,
            21 => Self::Label,
            23 => Self::TextBox,
            24 => Self::ListBox,
            25 => Self::ComboBox,
            26 => Self::CheckBox,
            27 => Self::OptionButton,
            28 => Self::ToggleButton,
            47 => Self::ScrollBar,
            57 => Self::MultiPage,
            _ => Self::Unknown,
        }
    }

    /// `fmDisplayStyle`, 2.5.13.
    pub(super) const fn of_display(style: u8) -> Self {
        match style {
            // The default of the format.
            0 | 1 => Self::TextBox,
            2 => Self::ListBox,
            3 | 7 => Self::ComboBox,
            4 => Self::CheckBox,
            5 => Self::OptionButton,
            6 => Self::ToggleButton,
            _ => Self::Morph,
        }
    }

    /// Whether its storage has sites of its own.
    #[must_use]
    pub const fn holds_controls(self) -> bool {
        matches!(self, Self::Form | Self::Frame | Self::MultiPage)
    }
}
