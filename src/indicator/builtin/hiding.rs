//! What keeps data outside the code, or out of sight.

use super::super::rules::{Category, Context, Role, Rule};
use super::{member, pattern, word};

const CATEGORY: Category = Category::Hiding;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "hiding.document-variables",
        category: CATEGORY,
        attack: &["T1027"],
        role: Role::Conceal,
        does: "keeps data in variables of the document",
        means: "Variables do not show in the document or in the code.",
        benign: "Templates keep settings there.",
        patterns: &[member("Variables"), member("DocVariables")],
    },
    Rule {
        id: "hiding.custom-xml",
        category: CATEGORY,
        attack: &["T1027"],
        role: Role::Conceal,
        does: "keeps data in XML parts of the document",
        means: "The parts do not show in the document or in the code.",
        benign: "Forms bind their fields to them.",
        patterns: &[
            member("CustomXMLParts"),
            member("CustomXMLPart"),
            member("SelectByNamespace"),
        ],
    },
    Rule {
        id: "hiding.properties",
        category: CATEGORY,
        attack: &["T1027"],
        role: Role::Note,
        does: "reads properties of the document",
        means: "Properties can hold a command.",
        benign: "Authors and titles are read this way.",
        patterns: &[
            member("BuiltInDocumentProperties"),
            member("CustomDocumentProperties"),
        ],
    },
    Rule {
        id: "hiding.alternative-text",
        category: CATEGORY,
        attack: &["T1027"],
        role: Role::Conceal,
        does: "reads the alternative text of a picture",
        means: "The text does not show in the document or in the code.",
        benign: "Tools for accessibility read it.",
        patterns: &[member("AlternativeText"), member("ControlTipText")],
    },
    Rule {
        id: "hiding.form-text",
        category: CATEGORY,
        attack: &["T1027"],
        role: Role::Note,
        does: "reads a text that a form carries along",
        means: "Forms can hold a command out of sight.",
        benign: "Forms use these texts as marks.",
        patterns: &[member("Tag")],
    },
    Rule {
        id: "hiding.hidden-sheet",
        category: CATEGORY,
        attack: &["T1564"],
        role: Role::Note,
        does: "hides sheets so that the menu does not show them",
        means: "Data on such a sheet does not show.",
        benign: "Settings are kept on such sheets.",
        patterns: &[word("xlSheetVeryHidden"), word("xlVeryHidden")],
    },
    Rule {
        id: "hiding.own-file",
        category: CATEGORY,
        attack: &["T1027.009"],
        role: Role::Note,
        does: "asks for its own path",
        means: "The file can be read as data.",
        benign: "Exports are stored beside the document this way.",
        patterns: &[
            pattern("FullName", Context::MemberOf("ThisDocument")),
            pattern("FullName", Context::MemberOf("ActiveDocument")),
            pattern("FullName", Context::MemberOf("ThisWorkbook")),
        ],
    },
    Rule {
        id: "hiding.own-data",
        category: CATEGORY,
        attack: &["T1027.009"],
        role: Role::Conceal,
        does: "opens its own file as raw bytes",
        means: "A program can be hidden in the bytes of the document.",
        benign: "Tools that mail or pack their own file read it this way.",
        patterns: &[],
    },
    Rule {
        id: "hiding.stored-argument",
        category: CATEGORY,
        attack: &["T1027"],
        role: Role::Conceal,
        does: "keeps what it runs in the document, outside its code",
        means: "Who reads the code sees no command: it stands in a form, a variable, a property, a \
                cell, or in text that nobody sees.",
        benign: "Tools keep paths of programs in cells and settings.",
        patterns: &[],
    },
];
