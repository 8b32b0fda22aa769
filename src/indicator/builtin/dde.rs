//! What DDE starts.

use super::super::rules::{Category, Role, Rule};

const fn rule(
    id: &'static str,
    attack: &'static [&'static str],
    role: Role,
    does: &'static str,
    means: &'static str,
    benign: &'static str,
) -> Rule {
    Rule {
        id,
        category: Category::Dde,
        attack,
        role,
        does,
        means,
        benign,
        patterns: &[],
    }
}

pub(super) const RULES: &[Rule] = &[
    rule(
        "dde.field",
        &["T1559.002"],
        Role::Trap,
        "has a field that starts a program",
        "The reader has to agree to a question that does not tell what is run.",
        "Fields that take numbers from another program are a thing of the nineties.",
    ),
    rule(
        "dde.field-office",
        &["T1559.002"],
        Role::Hold,
        "has a field that takes its text from another program of Office by DDE",
        "The other document is opened and can have macros.",
        "Reports of former days took their numbers from a sheet so.",
    ),
    rule(
        "dde.field-computed",
        &["T1559.002", "T1027"],
        Role::Hold,
        "has a field whose kind another field computes",
        "It can come to a field that starts a program, and scanners miss it.",
        "Templates with conditions in conditions have such fields, if seldom.",
    ),
    rule(
        "dde.link",
        &["T1559.002"],
        Role::Trap,
        "has a link that starts a program",
        "The reader has to agree to a question that does not tell what is run.",
        "Links to servers of prices are known by their names.",
    ),
    rule(
        "dde.link-office",
        &["T1559.002"],
        Role::Hold,
        "has a link to another program of Office by DDE",
        "The other document is opened and can have macros.",
        "Sheets of former days took their numbers from a document so.",
    ),
    rule(
        "dde.formula",
        &["T1559.002"],
        Role::Trap,
        "has a formula or cell that starts a program",
        "The reader has to agree to a question that does not tell what is run.",
        "Formulas that ask servers of prices are known by their names.",
    ),
    rule(
        "dde.formula-unknown",
        &["T1559.002"],
        Role::Hold,
        "has a formula or cell that starts a program of no known name",
        "The reader has to agree to a question that does not tell what is run.",
        "Servers of prices and of plants are more than those that are known by their names.",
    ),
    rule(
        "dde.formula-office",
        &["T1559.002"],
        Role::Hold,
        "has a formula that takes its value from another program of Office by DDE",
        "The other document is opened and can have macros.",
        "Sheets of former days took their numbers from a document so.",
    ),
    rule(
        "dde.server",
        &["T1559.002"],
        Role::Note,
        "takes numbers from a server of prices or of a plant",
        "The program that sends them has to be installed.",
        "Sheets of banks and factories do all day.",
    ),
];
