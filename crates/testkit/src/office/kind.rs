//! The kinds of package and their content types.

/// A kind of package, named as its usual extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Word document without macros.
    Docx,
    /// Word document.
    Docm,
    /// Word template.
    Dotm,
    /// Workbook without macros.
    Xlsx,
    /// Workbook.
    Xlsm,
    /// Template of a workbook.
    Xltm,
    /// Excel add-in.
    Xlam,
    /// Binary workbook, with or without macros.
    Xlsb,
    /// Presentation without macros.
    Pptx,
    /// Presentation.
    Pptm,
    /// Template of a presentation.
    Potm,
    /// Slide show.
    Ppsm,
    /// PowerPoint add-in.
    Ppam,
    /// Visio drawing.
    Vsdm,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Docx,
        Self::Docm,
        Self::Dotm,
        Self::Xlsx,
        Self::Xlsm,
        Self::Xltm,
        Self::Xlam,
        Self::Xlsb,
        Self::Pptx,
        Self::Pptm,
        Self::Potm,
        Self::Ppsm,
        Self::Ppam,
        Self::Vsdm,
    ];

    /// The usual extension.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Docm => "docm",
            Self::Dotm => "dotm",
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Xltm => "xltm",
            Self::Xlam => "xlam",
            Self::Xlsb => "xlsb",
            Self::Pptx => "pptx",
            Self::Pptm => "pptm",
            Self::Potm => "potm",
            Self::Ppsm => "ppsm",
            Self::Ppam => "ppam",
            Self::Vsdm => "vsdm",
        }
    }

    /// The content type of the main part.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            }
            Self::Docm => "application/vnd.ms-word.document.macroEnabled.main+xml",
            Self::Dotm => "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
            Self::Xlsx => {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            }
            Self::Xlsm => "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            Self::Xltm => "application/vnd.ms-excel.template.macroEnabled.main+xml",
            Self::Xlam => "application/vnd.ms-excel.addin.macroEnabled.main+xml",
            Self::Xlsb => "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
            }
            Self::Pptm => "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
            Self::Potm => "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
            Self::Ppsm => "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
            Self::Ppam => "application/vnd.ms-powerpoint.addin.macroEnabled.main+xml",
            Self::Vsdm => "application/vnd.ms-visio.drawing.macroEnabled.main+xml",
        }
    }

    /// The content type of the same document without macros.
    pub(super) const fn macro_free_type(self) -> &'static str {
        match self.family() {
            Family::Word => Self::Docx.content_type(),
            Family::Excel => Self::Xlsx.content_type(),
            Family::PowerPoint => Self::Pptx.content_type(),
            Family::Visio => "application/vnd.ms-visio.drawing.main+xml",
        }
    }

    pub(super) const fn family(self) -> Family {
        match self {
            Self::Docx | Self::Docm | Self::Dotm => Family::Word,
            Self::Xlsx | Self::Xlsm | Self::Xltm | Self::Xlam | Self::Xlsb => Family::Excel,
            Self::Pptx | Self::Pptm | Self::Potm | Self::Ppsm | Self::Ppam => Family::PowerPoint,
            Self::Vsdm => Family::Visio,
        }
    }

    /// The name of the main part.
    #[must_use]
    pub const fn main_part(self) -> &'static str {
        match self {
            Self::Xlsb => "xl/workbook.bin",
            _ => match self.family() {
                Family::Word => "word/document.xml",
                Family::Excel => "xl/workbook.xml",
                Family::PowerPoint => "ppt/presentation.xml",
                Family::Visio => "visio/document.xml",
            },
        }
    }
}

/// The program a document belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Word,
    Excel,
    PowerPoint,
    Visio,
}
