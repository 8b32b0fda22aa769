//! References to cells as code writes them: `A1`, `$A$1:B2`, `Sheet1!A1`, `'My sheet'!A:A`, names.

use super::cells::{Area, LAST_COLUMN, LAST_ROW};
use crate::source::{Content, Item, Texts};

/// The area that a reference names, on this sheet if it says no other.
pub(super) fn area(reference: &str, sheet: Item, texts: &Texts) -> Option<Area> {
    // A name may stand for a name: the last that is looked up is no reference either.
    let mut reference = reference.trim().trim_start_matches('=');
    for _ in 0..4 {
        if let Some(area) = cells(reference, sheet, texts) {
            return Some(area);
        }
        reference = named(reference, texts)?.trim().trim_start_matches('=');
    }
    None
}

/// What a name of the workbook stands for.
fn named<'t>(name: &str, texts: &'t Texts) -> Option<&'t str> {
    let Some(Content::Item(names)) = texts.member(texts.document(), "names") else {
        return None;
    };
    match texts.member(texts.named(names, name)?, "refersto") {
        Some(Content::Text(formula)) => Some(formula),
        _ => None,
    }
}

fn cells(reference: &str, sheet: Item, texts: &Texts) -> Option<Area> {
    let (sheet, reference) = match reference.rsplit_once('!') {
        None => (sheet, reference),
        Some((name, rest)) => {
            let name = name.trim_matches('\'').replace("''", "'");
            // `[Book.xlsm]Sheet1`
            let name = name.rsplit_once(']').map_or(&*name, |(_, name)| name);
            let Some(Content::Item(sheets)) = texts.member(texts.document(), "sheets") else {
                return None;
            };
            (texts.named(sheets, name)?, rest)
        }
    };
    let (first, last) = match reference.split_once(':') {
        Some((first, last)) => (corner(first)?, corner(last)?),
        // Letters alone are a name.
        None => match corner(reference)? {
            whole @ (Some(_), Some(_)) => (whole, whole),
            _ => return None,
        },
    };
    Some(Area {
        sheet,
        top: first.0.unwrap_or(1).min(last.0.unwrap_or(1)),
        left: first.1.unwrap_or(1).min(last.1.unwrap_or(1)),
        bottom: first.0.max(last.0).unwrap_or(LAST_ROW),
        right: first.1.max(last.1).unwrap_or(LAST_COLUMN),
    })
}

/// Row and column of `$AB$12`; of `$A` and `$1` only one.
fn corner(text: &str) -> Option<(Option<u32>, Option<u32>)> {
    let text = text.trim();
    let text = text.strip_prefix('$').unwrap_or(text);
    let letters = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (letters, digits) = text.split_at_checked(letters)?;
    let digits = match letters {
        "" => digits,
        _ => digits.strip_prefix('$').unwrap_or(digits),
    };
    let column = letters
        .bytes()
        .try_fold(0_u32, |column, letter| {
            let column = column.checked_mul(26)?;
            column.checked_add(u32::from(letter & 0x1F))
        })
        .filter(|column| (1..=LAST_COLUMN).contains(column));
    let row = digits
        .parse()
        .ok()
        .filter(|row| (1..=LAST_ROW).contains(row));
    let bad = !letters.is_empty() && column.is_none() || !digits.is_empty() && row.is_none();
    (!bad && (row.is_some() || column.is_some())).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::corner;

    #[test]
    fn corners() {
        for (text, found) in [
            ("A1", Some((Some(1), Some(1)))),
            ("$AB$12", Some((Some(12), Some(28)))),
            ("xfd1048576", Some((Some(1_048_576), Some(16_384)))),
            ("$C", Some((None, Some(3)))),
            ("7", Some((Some(7), None))),
            ("$7", Some((Some(7), None))),
            ("XFE1", None),
            ("A0", None),
            ("Total", None),
            ("A1B", None),
            ("", None),
            ("請求", None),
        ] {
            assert_eq!(corner(text), found, "{text}");
        }
    }
}
