//! Excel, [MS-XLS]: the records of the `Workbook` (BIFF8) or `Book` (BIFF5) stream, as far as
//! they say that there is code. What is behind a FilePass record is encrypted, and not read here.
//!
//! | record | what is used |
//! |---|---|
//! | 0x0809 BOF (2.4.21) | `dt`: 0x0040 a macro sheet, 0x0006 a module of Excel 5 |
//! | 0x0085 BoundSheet8 (2.4.28) | place of the sheet; `dt` 1 for a macro sheet |
//! | 0x002F FilePass (2.4.117) | that the content is encrypted |
//! | 0x01AE SupBook (2.4.271) | a link to another program: 0x03 in `virtPath` |

use memchr::memmem;

use crate::bytes::{le16, le32, slice};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

use super::encrypted::workbook_has_password;

const BOF: u16 = 0x0809;
const BOUND_SHEET: u16 = 0x0085;
const FILE_PASS: u16 = 0x002F;
const SUP_BOOK: u16 = 0x01AE;

#[derive(Default)]
struct Found {
    macro_sheets: u32,
    modules: u32,
    links: u32,
    encrypted: bool,
}

pub(super) fn inspect(stream: &[u8], ledger: &mut Ledger) {
    let mut found = Found::default();
    let mut declared_macro_sheets = 0_u32;
    let mut at = 0_usize;
    let mut cut = false;
    while let (Some(record), Some(size)) = (le16(stream, at), le16(stream, at.saturating_add(2))) {
        // Zeros fill the stream after the last record.
        if record == 0 && size == 0 {
            found.behind_zeros(stream.get(at..).unwrap_or_default());
            break;
        }
        if ledger.charge(Limit::Steps, 1).is_err() {
            break;
        }
        let start = at.saturating_add(4);
        let Some(body) = slice(stream, start, usize::from(size)) else {
            cut = true;
            break;
        };
        match record {
            BOF => found.bof(body),
            FILE_PASS => found.encrypted = true,
            BOUND_SHEET => {
                let place = le32(body, 0).and_then(|place| usize::try_from(place).ok());
                // A sheet is read from where the list says, whether or not records lead there.
                if let Some(place) = place
                    && le16(stream, place) == Some(BOF)
                    && let Some(sheet) = slice(stream, place.saturating_add(4), 4)
                {
                    found.bof(sheet);
                }
                if !found.encrypted && body.get(5) == Some(&1) {
                    declared_macro_sheets = declared_macro_sheets.saturating_add(1);
                }
            }
            SUP_BOOK if !found.encrypted && is_program_link(body) => {
                found.links = found.links.saturating_add(1);
            }
            _ => {}
        }
        at = start.saturating_add(usize::from(size));
    }
    let sealed = workbook_has_password(stream);
    if found.encrypted && !sealed {
        ledger.gap(
            Reason::Encrypted,
            format_args!("a FilePass record far into the workbook; what is behind it was not read"),
        );
    }
    // Those of an encrypted workbook are told where it is opened.
    if (found.macro_sheets > 0 && !sealed) || declared_macro_sheets > 0 {
        ledger.gap(
            Reason::Unsupported,
            format_args!("the workbook has Excel 4.0 macro sheets, which are not decoded"),
        );
    }
    if found.modules > 0 {
        ledger.gap(
            Reason::Unsupported,
            format_args!("the workbook has VBA modules of Excel 5, which are not decoded"),
        );
    }
    if found.links > 0 {
        ledger.gap(
            Reason::Unsupported,
            format_args!(
                "the workbook has links that start another program (DDE, OLE), which are not judged"
            ),
        );
    }
    if cut || stream.is_empty() {
        ledger.gap(
            Reason::Damaged,
            format_args!(
                "the records of the workbook break off at offset {at} of {}",
                stream.len()
            ),
        );
    }
}

impl Found {
    /// Zeros end the records for this reader. Whether they do for Excel is not known, so a sheet
    /// that begins behind them counts.
    fn behind_zeros(&mut self, rest: &[u8]) {
        for at in memmem::find_iter(rest, &BOF.to_le_bytes()) {
            let size = le16(rest, at.saturating_add(2));
            let body = rest.get(at.saturating_add(4)..).unwrap_or_default();
            if matches!(size, Some(8 | 16)) && matches!(le16(body, 0), Some(0x0500 | 0x0600)) {
                self.bof(body);
            }
        }
    }

    fn bof(&mut self, body: &[u8]) {
        match le16(body, 2) {
            Some(0x0040) => self.macro_sheets = self.macro_sheets.saturating_add(1),
            Some(0x0006) => self.modules = self.modules.saturating_add(1),
            _ => {}
        }
    }
}

/// Whether a link leads to another program: its path is then the program, 0x03, and what is asked
/// of it ([MS-XLS] 2.5.277). In the path of a file, which begins with 0x01, 0x03 parts folders.
/// Longer than a path can be are the marks for the workbook itself and for add-ins.
fn is_program_link(body: &[u8]) -> bool {
    const LONGEST: u16 = 0xFF;
    let Some(length) = le16(body, 2).filter(|length| (1..=LONGEST).contains(length)) else {
        return false;
    };
    // `virtPath`: a flag byte, 1 if two bytes a character, then the characters.
    let width = if body.get(4).is_some_and(|flags| flags & 1 == 1) {
        2
    } else {
        1
    };
    let path = body.get(5..).unwrap_or_default();
    let mut characters = path
        .chunks_exact(width)
        .take(usize::from(length))
        .map(|unit| {
            (
                unit.first().copied().unwrap_or(0),
                unit.get(1).copied().unwrap_or(0),
            )
        });
    let first = characters.next();
    first.is_some_and(|first| first.0 > 3 || first.1 > 0) && characters.any(|unit| unit == (3, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn record(id: u16, body: &[u8]) -> Vec<u8> {
        let mut bytes = id.to_le_bytes().to_vec();
        bytes.extend_from_slice(&(body.len() as u16).to_le_bytes());
        bytes.extend_from_slice(body);
        bytes
    }

    fn gaps(stream: &[u8]) -> Vec<String> {
        let mut ledger = Ledger::new(Limits::mail());
        inspect(stream, &mut ledger);
        ledger
            .gaps()
            .iter()
            .map(|gap| format!("{:?}: {}", gap.reason, gap.detail))
            .collect()
    }

    #[test]
    fn a_plain_workbook_leaves_nothing() {
        let mut stream = record(BOF, &[0, 6, 5, 0]);
        stream.extend(record(BOUND_SHEET, &[0, 0, 0, 0, 0, 0, 1, 0, b'S']));
        stream.extend(record(0x0A, &[]));
        stream.extend([0; 40]);
        assert_eq!(gaps(&stream), Vec::<String>::new());
    }

    #[test]
    fn a_macro_sheet_is_seen_by_either_sign() {
        let listed = record(BOUND_SHEET, &[0, 0, 0, 0, 0, 1, 1, 0, b'S']);
        assert!(gaps(&listed)[0].contains("Excel 4.0"));
        let begun = record(BOF, &[0, 6, 0x40, 0]);
        assert!(gaps(&begun)[0].contains("Excel 4.0"));
        // Behind zeros, where only the list leads.
        let mut behind = record(BOUND_SHEET, &[30, 0, 0, 0, 0, 0, 1, 0, b'S']);
        behind.resize(30, 0);
        behind.extend(&begun);
        assert!(gaps(&behind)[0].contains("Excel 4.0"));
    }

    #[test]
    fn a_macro_sheet_behind_zeros_is_seen() {
        let mut stream = record(BOF, &[0, 6, 5, 0, 0, 0, 0, 0]);
        stream.extend([0; 100]);
        assert_eq!(gaps(&stream), Vec::<String>::new());
        stream.extend(record(BOF, &[0, 6, 0x40, 0, 0, 0, 0, 0]));
        assert!(gaps(&stream)[0].contains("Excel 4.0"));
    }

    #[test]
    fn what_is_encrypted_is_told_elsewhere_unless_it_begins_late() {
        let pass = record(FILE_PASS, &[1, 0, 2, 0, 2, 0]);
        let mut stream = record(BOF, &[0, 6, 5, 0]);
        stream.extend(&pass);
        stream.extend(record(BOF, &[0, 6, 0x40, 0]));
        assert_eq!(gaps(&stream), Vec::<String>::new());
        let late = [record(0x00E1, &[0; 600]), pass].concat();
        assert!(gaps(&late)[0].starts_with("Encrypted"));
    }

    #[test]
    fn a_link_to_another_program_is_told() {
        let dde = record(SUP_BOOK, b"\0\0\x09\0\0inert\x03abc");
        assert!(gaps(&dde)[0].contains("another program"));
        let wide = record(SUP_BOOK, b"\0\0\x03\0\x01a\0\x03\0b\0");
        assert!(gaps(&wide)[0].contains("another program"));
        for plain in [
            &b"\x01\0\x01\x04"[..],
            b"\x03\0\x01\x3A",
            b"\x01\0\x08\0\0\x01dir\x03a.x",
        ] {
            assert_eq!(gaps(&record(SUP_BOOK, plain)), Vec::<String>::new());
        }
    }

    #[test]
    fn records_that_break_off_are_damage() {
        assert!(gaps(&[9, 8, 200, 0, 1])[0].starts_with("Damaged"));
        assert!(gaps(&[])[0].starts_with("Damaged"));
    }
}
