//! SYLK, symbolic links: a record a line, its fields apart by `;`, a doubled one for itself.
//!
//! | record | field | what is used |
//! |---|---|---|
//! | `O` | `E` | the sheet is a macro sheet: Excel 4.0 |
//! | `NN` | `N` | a name; `Auto_Open` and its kind start a macro |
//! | `C`, `F` | `E` | the formula of a cell |
//! | `NE` | `E` | a file that is linked |

use std::borrow::Cow;

use memchr::memmem;

use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

use super::super::formula::{loads_of, may_act};
use super::super::{Load, LoadKind};

/// The longest name of a file that is told, in characters.
const LONGEST: usize = 4096;

/// Names that Excel starts, whatever follows them.
const AUTO: [&str; 4] = [
    "auto_open",
    "auto_close",
    "auto_activate",
    "auto_deactivate",
];

/// Reads the records. A macro sheet leaves a gap: its formulas are code, and are not read as such.
#[must_use]
pub fn read_sylk(data: &[u8], ledger: &mut Ledger) -> Vec<Load> {
    let Some(text) = super::decoded(data, ledger) else {
        return Vec::new();
    };
    let mut loads = Vec::new();
    let mut macros = false;
    for (number, line) in text.split(['\n', '\r']).enumerate() {
        if ledger.charge(Limit::Steps, 1).is_err() {
            break;
        }
        let line = line.trim_start();
        let Some((record, fields)) = line.split_once(';') else {
            continue;
        };
        let place = || format!("record {record} in line {}", number.saturating_add(1));
        match record.trim().to_ascii_uppercase().as_str() {
            "O" => macros |= plain(fields).split('\0').any(|field| is(field, "E")),
            "NN" => {
                macros |= plain(fields).split('\0').any(|field| {
                    let name = value(field, 'N').unwrap_or_default();
                    AUTO.iter().any(|auto| starts(name, auto))
                });
            }
            "C" | "F" => {
                // Most cells have a value and no formula.
                if memmem::find(fields.as_bytes(), b"E").is_none()
                    && memmem::find(fields.as_bytes(), b"e").is_none()
                {
                    continue;
                }
                for field in plain(fields).split('\0') {
                    let formula = value(field, 'E').unwrap_or_default();
                    if may_act(formula.as_bytes()) {
                        loads_of(formula, &place(), &mut loads);
                    }
                }
            }
            "NE" => {
                for field in plain(fields).split('\0') {
                    if let Some(file) = value(field, 'E').filter(|file| !file.is_empty()) {
                        loads.push(Load {
                            kind: LoadKind::Workbook,
                            target: file.trim().chars().take(LONGEST).collect(),
                            place: place(),
                        });
                    }
                }
            }
            _ => {}
        }
    }
    if macros {
        ledger.gap(
            Reason::ActiveUnread,
            format_args!("Excel 4.0 macros in a SYLK sheet, which are not decoded"),
        );
    }
    loads
}

/// The fields with a zero between them, and the separators that are doubled single.
fn plain(fields: &str) -> Cow<'_, str> {
    if memmem::find(fields.as_bytes(), b";").is_none() {
        return Cow::Borrowed(fields);
    }
    Cow::Owned(
        fields
            .replace('\0', "")
            .replace(";;", "\u{1}")
            .replace(';', "\0")
            .replace('\u{1}', ";"),
    )
}

fn is(field: &str, word: &str) -> bool {
    field.trim().eq_ignore_ascii_case(word)
}

/// What a field of that letter holds.
fn value(field: &str, letter: char) -> Option<&str> {
    field
        .trim_start()
        .strip_prefix([letter, letter.to_ascii_lowercase()])
}

fn starts(name: &str, word: &str) -> bool {
    let name = name.trim().as_bytes();
    name.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn read(text: &str) -> (usize, Vec<(LoadKind, String)>) {
        let mut ledger = Ledger::new(Limits::mail());
        let loads = read_sylk(text.as_bytes(), &mut ledger).into_iter();
        let loads = loads.map(|load| (load.kind, load.target)).collect();
        (ledger.gaps().len(), loads)
    }

    #[test]
    fn macro_sheets_are_a_gap() {
        for text in [
            "ID;P\r\nO;E\r\nE\r\n",
            "ID;P\nO;L;E;D;V0;K47\n",
            "ID;P\rNN;NAuto_open;ER1C1\r",
            "ID;P\nNN;NAuto_OpenX;ER1C1\n",
        ] {
            assert_eq!(read(text).0, 1, "{text}");
        }
        assert_eq!(
            read("ID;P\nO;L;D;V0\nNN;NTotal;ER1C1\nP;E\nF;E\n"),
            (0, vec![])
        );
    }

    #[test]
    fn formulas_of_cells() {
        assert_eq!(
            read("ID;P\nC;X1;Y1;K0;Einert|'/c a;;b'!A1\nC;K\"a|b!c\"\n").1,
            [(LoadKind::DdeFormula, "inert|'/c a;b'!A1".to_owned())]
        );
        assert_eq!(
            read("ID;P\nC;K0;EWEBSERVICE(\"http://example.invalid\")\n").1[0].0,
            LoadKind::Formula
        );
    }
}
