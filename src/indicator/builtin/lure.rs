//! Text that asks the reader to let the macro run.

use super::super::rules::{Category, Role, Rule};
use super::fragment;

const CATEGORY: Category = Category::Lure;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "lure.enable",
        category: CATEGORY,
        attack: &["T1204.002"],
        role: Role::Note,
        does: "asks the reader to allow macros or to leave the protected view",
        means: "The reader is talked into the one click that is needed.",
        benign: "Workbooks that need their macros say so on a first sheet.",
        patterns: &[
            fragment("enable content"),
            fragment("enable editing"),
            fragment("enable macros"),
            fragment("click enable"),
            fragment("Inhalt aktivieren"),
            fragment("Bearbeitung aktivieren"),
            fragment("Makros aktivieren"),
            fragment("activer le contenu"),
            fragment("abilita contenuto"),
            fragment("habilitar contenido"),
        ],
    },
    Rule {
        id: "lure.fake-error",
        category: CATEGORY,
        attack: &["T1204.002"],
        role: Role::Note,
        does: "shows an error that looks like one of Office",
        means: "The reader is made to believe that the document is broken.",
        benign: "Tools report real errors in such words.",
        patterns: &[
            fragment("experienced an error trying to open"),
            fragment("document is corrupted"),
            fragment("is created in an earlier version"),
            fragment("is protected document"),
            fragment("created in a newer version of Microsoft"),
        ],
    },
];
