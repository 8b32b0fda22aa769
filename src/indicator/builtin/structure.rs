//! Structure that lies.

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
        category: Category::Structure,
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
        "structure.false-type",
        &["T1036.008"],
        Role::Hold,
        "says of a part that it is something else than its bytes are",
        "Programs that go by the name miss what it is.",
        "No ordinary program writes such parts.",
    ),
    rule(
        "structure.built-in-password",
        &["T1027.013"],
        Role::Hold,
        "is encrypted with a password that Office tries by itself",
        "It opens without asking, so that the encryption serves only to hide what is in it.",
        "Workbooks whose structure is protected are written so.",
    ),
];
