//! Formulas of the old Equation Editor. Their class alone is one that attackers load for its faults;
//! whether they are formulas is known when all objects of the document were read.

use crate::container::equation::is_plain;
use crate::project::classes::Class;

use super::pass::Pass;

/// What the objects of the class hold.
#[derive(Debug, Default)]
pub(super) struct Equations {
    /// Whether there is a formula that is sound.
    plain: bool,
    /// Whether there are data of the class, or a place for them, that hold none.
    other: bool,
}

impl Pass<'_> {
    /// The data of an object of the class.
    pub(super) fn equation(&mut self, data: &[u8]) {
        let plain = is_plain(data);
        self.equations.plain |= plain;
        self.equations.other |= !plain;
    }

    /// An object of the class without data that were read.
    pub(super) const fn no_equation(&mut self) {
        self.equations.other = true;
    }

    /// When all objects were read and those of the class are formulas, it is told of no more than
    /// a class with known faults. Rich text that updates an object when it is opened starts the
    /// program without a click, which no letter does.
    pub(super) fn judge_equations(&mut self) {
        let sound = self.equations.plain && !self.equations.other;
        if !sound || self.ledger.has_code("rtf.object-update") {
            return;
        }
        let Some(risky) = self.scanner.matcher.rule("object.risky-class") else {
            return;
        };
        for finding in &mut self.findings {
            if finding.rule.id == "object.exploit-class" && is_equation(&finding.text) {
                finding.rule = risky;
            }
        }
    }
}

/// Whether a class, by its number or name, is that of formulas.
fn is_equation(class: &str) -> bool {
    const NAMES: [&str; 4] = [
        "equation.2",
        "equation.3",
        "00021700-0000-0000-c000-000000000046",
        "0002ce02-0000-0000-c000-000000000046",
    ];
    let class = class.to_ascii_lowercase();
    NAMES.iter().any(|name| class.contains(name))
}

/// Whether objects of the class are formulas.
pub(super) fn is_of_equations(class: &Class) -> bool {
    is_equation(class.name)
}
