//! Macros of Word 6 and 95: WordBasic, in the `WordDocument` stream.
//!
//! There is no specification; the table of commands is that of Word 97 ([MS-DOC] 2.9.318) with
//! other counts, and the rest was found out by others from files.
//!
//! | at | field of the Fib |
//! |---|---|
//! | 0x00 | `wIdent`: 0xA5DC; 0xA697 to 0xA699 in versions of East Asia |
//! | 0x02 | `nFib`: up to 0x69 |
//! | 0x06 | `lid`, the language |
//! | 0x118 | offset and length of the table of commands: 0xFF, records, 0x40 |
//!
//! | record | holds |
//! |---|---|
//! | 0x01 | macros, 24 bytes each: 1 key, 2 number of the name, 12 length, 20 offset |
//! | 0x02, 0x03, 0x04, 0x05 | 4, 14, 14, 12 bytes for each command, key or menu |
//! | 0x10 | names in upper case |
//! | 0x11 | names: number, length, characters, a zero |
//!
//! Each macro is two bytes and then tokens, all under its key.

mod names;
mod tokens;

use crate::bytes::{le16, le32, slice, text};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};

/// A macro of Word 6 or 95.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordMacro {
    /// Its name.
    pub name: String,
    /// Its source, as Word 97 converts it.
    pub text: String,
}

/// The last `nFib` of Word 95.
const LAST_WORD_95: u16 = 0x69;

/// Whether a `WordDocument` stream is of Word 6 or 95.
#[must_use]
pub fn is_word_6(document: &[u8]) -> bool {
    match (le16(document, 0), le16(document, 2)) {
        (Some(0xA5DC | 0xA697..=0xA699), _) => true,
        (Some(0xA5EC), Some(version)) => version <= LAST_WORD_95,
        _ => false,
    }
}

/// Reads the macros of a document of Word 6 or 95. What cannot be read of them leaves a gap.
#[must_use]
pub fn read_macros(document: &[u8], ledger: &mut Ledger) -> Vec<WordMacro> {
    let mut macros = Vec::new();
    let length = le32(document, 0x11C).unwrap_or(0);
    if length == 0 {
        return macros;
    }
    let Some(table) = Table::read(document, ledger) else {
        ledger.gap(
            Reason::ActiveUnread,
            format_args!(
                "the table of commands of a Word 6 or 95 document, in which macros are listed"
            ),
        );
        return macros;
    };
    let code_page = code_page(le16(document, 6).unwrap_or(0));
    for (number, entry) in table.macros.iter().enumerate() {
        if ledger.charge(Limit::Entries, 1).is_err() {
            break;
        }
        let name = table.name(entry);
        if name.is_none() {
            ledger.gap(
                Reason::ActiveUnread,
                format_args!("the name of a WordBasic macro, which says when it starts"),
            );
        }
        let name = name.map_or_else(
            || format!("Macro{}", number.saturating_add(1)),
            |name| text::decode(name, code_page).text.into_owned(),
        );
        let Some(stored) = slice(document, entry.offset, entry.length) else {
            ledger.gap(
                Reason::ActiveUnread,
                format_args!("the WordBasic macro {name}, which is not all in the file"),
            );
            continue;
        };
        let size = stored.len() as u64;
        let growth = size.saturating_mul(tokens::GROWTH);
        if ledger.charge(Limit::OutputBytes, growth).is_err()
            || ledger.charge(Limit::Steps, size).is_err()
        {
            break;
        }
        let plain: Vec<u8> = stored.iter().map(|byte| byte ^ entry.key).collect();
        let decoded = tokens::decode(plain.get(2..).unwrap_or_default(), code_page);
        if let Some(what) = decoded.unread {
            ledger.gap(
                Reason::ActiveUnread,
                format_args!("the WordBasic macro {name} has {what}, which is not known"),
            );
        }
        macros.push(WordMacro {
            name,
            text: decoded.text,
        });
    }
    macros
}

/// One macro as the table lists it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: u8,
    name: u16,
    upper_name: u16,
    length: usize,
    offset: usize,
}

/// The table of commands, as far as it is about macros.
#[derive(Debug, Default)]
struct Table<'d> {
    macros: Vec<Entry>,
    names: Vec<(u16, &'d [u8])>,
    upper_names: Vec<&'d [u8]>,
}

impl<'d> Table<'d> {
    /// `None` if it breaks before its end.
    fn read(document: &'d [u8], ledger: &mut Ledger) -> Option<Self> {
        let offset = usize::try_from(le32(document, 0x118)?).ok()?;
        let length = usize::try_from(le32(document, 0x11C)?).ok()?;
        let bytes = slice(document, offset, length)?;
        let mut table = Self::default();
        if bytes.first() != Some(&0xFF) {
            return None;
        }
        let mut at = 1;
        loop {
            ledger.charge(Limit::Steps, 1).ok()?;
            let record = *bytes.get(at)?;
            at = at.checked_add(1)?;
            let counted = |size: usize| -> Option<&'d [u8]> {
                let count = usize::from(le16(bytes, at)?);
                slice(bytes, at.checked_add(2)?, count.checked_mul(size)?)
            };
            let skip = match record {
                0x01 => {
                    let list = counted(24)?;
                    table.macros.extend(list.chunks_exact(24).filter_map(entry));
                    list.len().checked_add(2)?
                }
                0x02 => counted(4)?.len().checked_add(2)?,
                0x03 | 0x04 => counted(14)?.len().checked_add(2)?,
                0x05 => counted(12)?.len().checked_add(2)?,
                0x10 => table.read_upper_names(bytes.get(at..)?)?,
                0x11 => table.read_names(bytes.get(at..)?)?,
                // Toolbars, behind which nothing is about macros.
                0x12 | 0x40 => return Some(table),
                _ => return None,
            };
            at = at.checked_add(skip)?;
        }
    }

    /// Names in upper case, and how long they are in all.
    fn read_upper_names(&mut self, bytes: &'d [u8]) -> Option<usize> {
        let mut size = usize::from(le16(bytes, 0)?);
        let (mut at, width) = if size == 0xFFFF {
            size = usize::from(le16(bytes, 2)?);
            (4, 2)
        } else {
            (2, 1)
        };
        while at < size {
            let length = usize::from(*bytes.get(at)?).checked_mul(width)?;
            // In two bytes a character a zero is behind the length.
            let start = at.checked_add(width)?;
            self.upper_names.push(slice(bytes, start, length)?);
            at = start.checked_add(length)?.checked_add(2)?;
        }
        Some(at)
    }

    /// Names by number, and how long they are in all.
    fn read_names(&mut self, bytes: &'d [u8]) -> Option<usize> {
        let count = le16(bytes, 0)?;
        let mut at = 2_usize;
        for _ in 0..count {
            let number = le16(bytes, at)?;
            let length = usize::from(*bytes.get(at.checked_add(2)?)?);
            let start = at.checked_add(3)?;
            self.names.push((number, slice(bytes, start, length)?));
            at = start.checked_add(length)?.checked_add(1)?;
        }
        Some(at)
    }

    fn name(&self, entry: &Entry) -> Option<&'d [u8]> {
        let mut numbered = self.names.iter();
        let by_number = numbered.find(|(number, _)| *number == entry.name);
        by_number
            .map(|(_, name)| *name)
            .or_else(|| self.upper_names.get(usize::from(entry.upper_name)).copied())
            .filter(|name| !name.is_empty())
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    Some(Entry {
        key: *bytes.get(1)?,
        name: le16(bytes, 2)?,
        upper_name: le16(bytes, 4)?,
        length: usize::try_from(le32(bytes, 12)?).ok()?,
        offset: usize::try_from(le32(bytes, 20)?).ok()?,
    })
}

/// The code page of a language, by its number without that of the country ([MS-LCID]).
const fn code_page(language: u16) -> u16 {
    match language & 0x03FF {
        0x11 => 932,
        0x12 => 949,
        // Of the mainland and Singapore, or of Taiwan and Hong Kong.
        0x04 => match language {
            0x0804 | 0x1004 => 936,
            _ => 950,
        },
        0x19 | 0x02 | 0x22 | 0x23 => 1251,
        0x05 | 0x0E | 0x15 | 0x1B | 0x24 | 0x1A => 1250,
        0x08 => 1253,
        0x1F => 1254,
        _ => 1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn versions() {
        for (ident, version, old) in [
            (0xA5DC_u16, 0x65_u16, true),
            (0xA699, 0x68, true),
            (0xA5EC, 0x68, true),
            (0xA5EC, 0xC1, false),
            (0x1234, 0x65, false),
        ] {
            let head = [ident.to_le_bytes(), version.to_le_bytes()].concat();
            assert_eq!(is_word_6(&head), old);
        }
    }

    #[test]
    fn tables_that_break() {
        let with = |table: &[u8]| {
            let mut document = vec![0; 0x120];
            document[0x118..0x11A].copy_from_slice(&0x120_u16.to_le_bytes());
            document[0x11C] = table.len() as u8;
            document.extend(table);
            let mut ledger = Ledger::new(Limits::mail());
            let found = read_macros(&document, &mut ledger).len();
            (found, ledger.gaps().len())
        };
        assert_eq!(with(b""), (0, 0));
        assert_eq!(with(b"\xFF\x40"), (0, 0));
        assert_eq!(with(b"\xFF"), (0, 1));
        assert_eq!(with(b"\xFF\x77\x40"), (0, 1));
        assert_eq!(with(b"\xFF\x01\x09\x00\x40"), (0, 1));
        assert_eq!(with(b"\xFF\x03\x01\x0012345678901234\x40"), (0, 0));
    }
}
