//! Formulas that code hands to the application.

use super::acts::{Told, is_hidden};
use super::document;
use super::objects::Family;
use super::world::{Call, World};
use crate::indicator::rules::Given;
use crate::source::eval::{Origin, Reply, Value};

/// Functions of the old macro language that reach outside.
const ACTS: &[&str] = &[
    "EXEC(",
    "CALL(",
    "REGISTER(",
    "REGISTER.ID(",
    "FOPEN(",
    "FWRITE(",
    "FWRITELN(",
    "FILE.DELETE(",
    "SEND.KEYS(",
    "INITIATE(",
    "EXECUTE(",
    "POKE(",
    "FORMULA(",
    "FORMULA.FILL(",
    "VBA.MAKE.ADDIN(",
];

/// Whether a formula starts a program or calls the system.
fn acts(formula: &str) -> bool {
    let formula = formula.to_ascii_uppercase();
    ACTS.iter().any(|function| {
        formula.match_indices(function).any(|(at, _)| {
            let before = formula.get(..at).and_then(|head| head.chars().next_back());
            before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '"'))
        })
    })
}

/// Whether a formula asks another program for data: `=program|'topic'!item`.
fn exchanges(formula: &str) -> bool {
    let Some(rest) = formula.strip_prefix(['=', '+', '-', '@']) else {
        return false;
    };
    let Some((program, topic)) = rest.split_once('|') else {
        return false;
    };
    !program.is_empty()
        && program
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '\'' | '\\' | ':' | ' '))
        && topic.contains('!')
}

/// A formula is evaluated or written: tells what it starts.
pub(super) fn judge(world: &mut World<'_>, call: &Call<'_>, formula: &Value) -> bool {
    let Some(text) = formula.as_text() else {
        return false;
    };
    let rule = if acts(text) {
        "execution.excel4-formula"
    } else if exchanges(text) {
        "execution.dde"
    } else {
        return false;
    };
    world.tell(call, rule, formula);
    true
}

/// `Evaluate(formula)`
pub(super) fn evaluate(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let formula = call.argument(0, "name");
    if !judge(world, call, &formula)
        && formula.as_text().is_none()
        && (is_hidden(formula.origin) || formula.origin.has(Origin::NETWORK))
    {
        world.tell(call, "obfuscation.opaque-dispatch", &formula);
    }
    let found = formula.as_whole_text();
    let found = found.and_then(|text| document::evaluate(world, text));
    found.unwrap_or_else(|| world.some(Family::Content)).into()
}

/// `ExecuteExcel4Macro(formula)`
pub(super) fn excel4(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let formula = call.argument(0, "string");
    if !judge(world, call, &formula) && Told::value(&formula).given == Given::Unknown {
        world.tell(call, "obfuscation.opaque-dispatch", &formula);
    }
    Value::unknown_from(Origin::DOCUMENT).into()
}

/// `range.Formula = formula`, `range.Value = formula`
pub(super) fn written(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let formula = call.argument(0, "");
    if formula
        .as_text()
        .is_some_and(|text| text.starts_with(['=', '+', '-', '@']))
    {
        judge(world, call, &formula);
    }
    Value::UNKNOWN.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_of_daily_work_do_nothing() {
        for formula in [
            "GET.DOCUMENT(50)",
            "'C:\\[inert.xls]Sheet1'!R1C1",
            "=SUM(A1:A3)",
            "=RECALL(A1)",
            "MAX(IF(A1:A9=\"EXEC(\",1))",
            "=A1|B1",
            "PAGE.SETUP(,,1)",
        ] {
            assert!(!acts(formula) && !exchanges(formula), "{formula}");
        }
        for formula in [
            "EXEC(\"inert\")",
            "=exec(A1)",
            "CALL(\"inert\",\"x\",\"J\")",
            "=IF(1,REGISTER(\"inert\"))",
        ] {
            assert!(acts(formula), "{formula}");
        }
        assert!(exchanges("=inert|'/c x'!A0"));
        assert!(exchanges("@inert|'x'!_"));
    }
}
