//! What a document loads from elsewhere.

use super::super::rules::{Category, Role, Rule};

const CATEGORY: Category = Category::External;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "external.hyperlink",
        category: CATEGORY,
        attack: &["T1204.001"],
        role: Role::Note,
        does: "leads to an address when it is clicked",
        means: "The reader is led elsewhere.",
        benign: "Nearly every document has links.",
        patterns: &[],
    },
    Rule {
        id: "external.other",
        category: CATEGORY,
        attack: &["T1221"],
        role: Role::Hold,
        does: "refers to something outside",
        means: "What is loaded from elsewhere is not in the file and can change after it was looked at.",
        benign: "Documents of a house refer to files on its servers.",
        patterns: &[],
    },
];
