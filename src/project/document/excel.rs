//! Excel, [MS-XLS]: the records of the `Workbook` (BIFF8) or `Book` (BIFF5) stream, as far as
//! they say that there is code. What is behind a FilePass record is encrypted, and not read here.
//!
//! | record | what is used |
//! |---|---|
//! | 0x0809 BOF (2.4.21) | `dt`: 0x0040 a macro sheet, 0x0006 a module of Excel 5 |
//! | 0x0085 BoundSheet8 (2.4.28) | place of the sheet; `dt` 1 for a macro sheet |
//! | 0x002F FilePass (2.4.117) | that the content is encrypted |
//!
//! What records refer to is read by `excel_links`.

use memchr::memmem;

use crate::bytes::{le16, le32, slice};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

use super::Outside;
use super::encrypted::workbook_has_password;
use super::excel_links::Links;
use crate::project::macro_sheets_unread;

const BOF: u16 = 0x0809;
/// The `dt` of the BOF of a macro sheet.
const MACRO_SHEET: u16 = 0x0040;
const BOUND_SHEET: u16 = 0x0085;
/// The `vers` of a BOF of Excel 5 and 95.
const EXCEL_5: u16 = 0x0500;
const FILE_PASS: u16 = 0x002F;

#[derive(Default)]
struct Found {
    macro_sheets: u32,
    modules: u32,
    encrypted: bool,
}

/// Whether a sheet of macros begins in records without a container: a BOF of any version with the
/// type 0x0040.
pub fn has_macro_sheet(records: &[u8], ledger: &mut Ledger) -> bool {
    let mut at = 0_usize;
    while let (Some(record), Some(size)) = (le16(records, at), le16(records, at.saturating_add(2)))
    {
        let is_bof = matches!(record, 0x0009 | 0x0209 | 0x0409 | BOF);
        if is_bof && le16(records, at.saturating_add(6)) == Some(MACRO_SHEET) {
            return true;
        }
        let start = at.saturating_add(4);
        let size = usize::from(size);
        if slice(records, start, size).is_none() || ledger.charge(Limit::Steps, 1).is_err() {
            return false;
        }
        at = start.saturating_add(size);
    }
    false
}

pub(super) fn inspect(stream: &[u8], outside: &mut Outside, ledger: &mut Ledger) {
    let mut found = Found::default();
    let mut links = Links::default();
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
            BOF => {
                found.bof(body);
                links.narrow = le16(body, 0) == Some(EXCEL_5);
            }
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
            // What is encrypted says nothing.
            _ if !found.encrypted => links.record(record, body),
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
        macro_sheets_unread(ledger);
    }
    if found.modules > 0 {
        ledger.gap(
            Reason::ActiveUnread,
            format_args!("the workbook has VBA modules of Excel 5, which are not decoded"),
        );
    }
    outside.loads.extend(links.finish());
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
            Some(MACRO_SHEET) => self.macro_sheets = self.macro_sheets.saturating_add(1),
            Some(0x0006) => self.modules = self.modules.saturating_add(1),
            _ => {}
        }
    }
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
        inspect(stream, &mut Outside::default(), &mut ledger);
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
    fn records_that_break_off_are_damage() {
        assert!(gaps(&[9, 8, 200, 0, 1])[0].starts_with("Damaged"));
        assert!(gaps(&[])[0].starts_with("Damaged"));
    }
}
