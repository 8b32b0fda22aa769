//! A link of a workbook to elsewhere, ECMA-376-1 18.14 and [MS-XLSB] 2.1.7.25.
//!
//! | part | what | clause |
//! |---|---|---|
//! | XML | `ddeLink ddeService ddeTopic`; `oleLink progId` | 18.14.4, 18.14.11 |
//! | BIFF12 | `BrtBeginSupBook`: kind, and two texts | [MS-XLSB] 2.4.211 |
//!
//! The file of a workbook or of an OLE object is an external relationship of the part.

use super::Outside;
use super::elements::{self, Node, attribute};
use crate::bytes::Bytes;
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};
use crate::project::{Load, LoadKind};

/// `BrtBeginSupBook`.
const SUP_BOOK: u32 = 360;
/// Its kind for DDE.
const DDE: u16 = 1;
/// Its kind for an OLE object.
const OLE: u16 = 2;
/// A text that is longer is none of a link ([MS-XLSB] 2.5.166).
const LONGEST: u32 = 32_767;

/// Looks through the part of an Excel package that describes a link to elsewhere.
pub fn inspect_external_link(part: &[u8], name: &str, found: &mut Outside, ledger: &mut Ledger) {
    if part.trim_ascii_start().first() != Some(&b'<') && !is_wide_xml(part) {
        binary(part, name, found, ledger);
        return;
    }
    elements::read(
        part,
        name,
        &["ddeLink", "oleLink"],
        ledger,
        |node, ledger| {
            let Node::Open(local, element) = node else {
                return Ok(());
            };
            let value = |key: &str| attribute(element, key).unwrap_or_default();
            let load = match local {
                "ddeLink" => Load {
                    kind: LoadKind::DdeLink,
                    target: format!("{}|{}", value("ddeService"), value("ddeTopic")),
                    place: name.to_owned(),
                },
                "oleLink" => Load {
                    kind: LoadKind::Class,
                    target: value("progId"),
                    place: name.to_owned(),
                },
                _ => return Ok(()),
            };
            ledger.charge(Limit::Entries, 1)?;
            found.loads.push(load);
            Ok(())
        },
    );
}

fn is_wide_xml(part: &[u8]) -> bool {
    matches!(
        part,
        [0xFF, 0xFE, ..]
            | [0xFE, 0xFF, ..]
            | [b'<', 0, ..]
            | [0, b'<', ..]
            | [0xEF, 0xBB, 0xBF, ..]
    )
}

fn binary(part: &[u8], name: &str, found: &mut Outside, ledger: &mut Ledger) {
    let mut records = Bytes::new(part);
    while !records.is_empty() {
        if ledger.charge(Limit::Steps, 1).is_err() {
            return;
        }
        let record = number(&mut records, 2)
            .zip(number(&mut records, 4))
            .and_then(|(kind, size)| {
                let body = records.bytes(usize::try_from(size).ok()?).ok()?;
                Some((kind, body))
            });
        let Some((kind, body)) = record else {
            ledger.gap(
                Reason::Damaged,
                format_args!("part {name} breaks off; what it links to is not known"),
            );
            return;
        };
        if kind != SUP_BOOK {
            continue;
        }
        let mut body = Bytes::new(body);
        let Ok(what) = body.u16() else { return };
        let (first, second) = (text(&mut body), text(&mut body));
        let (first, second) = (first.unwrap_or_default(), second.unwrap_or_default());
        let load = match what {
            DDE => Load {
                kind: LoadKind::DdeLink,
                target: format!("{first}|{second}"),
                place: name.to_owned(),
            },
            OLE => Load {
                kind: LoadKind::Class,
                target: second,
                place: name.to_owned(),
            },
            _ => continue,
        };
        if ledger.charge(Limit::Entries, 1).is_err() {
            return;
        }
        found.loads.push(load);
    }
}

/// A number in groups of seven bits, the lowest first ([MS-XLSB] 2.1.4).
fn number(records: &mut Bytes<'_>, longest: u32) -> Option<u32> {
    let mut value = 0_u32;
    for group in 0..longest {
        let byte = records.u8().ok()?;
        let shift = group.saturating_mul(7);
        value |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(value)
}

/// `XLWideString`, [MS-XLSB] 2.5.166.
fn text(body: &mut Bytes<'_>) -> Option<String> {
    let length = body.u32().ok().filter(|length| *length <= LONGEST)?;
    let bytes = body
        .bytes(usize::try_from(length).ok()?.saturating_mul(2))
        .ok()?;
    let units = bytes.as_chunks::<2>().0.iter();
    let units = units.map(|unit| u16::from_le_bytes(*unit));
    Some(
        char::decode_utf16(units)
            .map(|c| c.unwrap_or('\u{FFFD}'))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn loads(part: &[u8]) -> (Vec<(LoadKind, String)>, usize) {
        let mut ledger = Ledger::new(Limits::mail());
        let mut found = Outside::default();
        inspect_external_link(part, "link", &mut found, &mut ledger);
        let loads = found.loads.into_iter().map(|one| (one.kind, one.target));
        (loads.collect(), ledger.gaps().len())
    }

    fn sup_book(kind: u16, first: &str, second: &str) -> Vec<u8> {
        let mut body = kind.to_le_bytes().to_vec();
        for text in [first, second] {
            let units: Vec<u16> = text.encode_utf16().collect();
            body.extend((units.len() as u32).to_le_bytes());
            body.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        }
        let mut part = vec![0xE8, 0x02, body.len() as u8];
        part.extend(body);
        part
    }

    #[test]
    fn links_that_start_a_program() {
        let expected = vec![(LoadKind::DdeLink, "cmd|/c inert".to_owned())];
        let xml = "<externalLink><ddeLink ddeService='cmd' ddeTopic='/c inert'/></externalLink>";
        assert_eq!(loads(xml.as_bytes()), (expected.clone(), 0));
        let wide: Vec<u8> = format!("\u{FEFF}{xml}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(loads(&wide), (expected.clone(), 0));
        let binary = sup_book(DDE, "cmd", "/c inert");
        assert_eq!(loads(&binary), (expected, 0));
        assert_eq!(loads(&binary[..binary.len() - 1]).1, 1);
        assert_eq!(loads(&sup_book(0, "rId1", "")), (Vec::new(), 0));
    }
}
