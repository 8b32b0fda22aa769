//! The `dir` stream, [MS-OVBA] 2.3.4.2: what the project says of itself, its references and its
//! modules, as a sequence of records.
//!
//! | id | record | id | record |
//! |---|---|---|---|
//! | 0x0001 | PROJECTSYSKIND | 0x0019, 0x0047 | MODULENAME, MODULENAMEUNICODE |
//! | 0x0003 | PROJECTCODEPAGE | 0x001A, 0x0032 | MODULESTREAMNAME and its Unicode form |
//! | 0x0004 | PROJECTNAME | 0x0031 | MODULEOFFSET |
//! | 0x0009 | PROJECTVERSION | 0x0021, 0x0022 | MODULETYPE procedural, other |
//! | 0x000F | PROJECTMODULES (count) | 0x0025, 0x0028 | MODULEREADONLY, MODULEPRIVATE |
//! | 0x0016, 0x003E | REFERENCENAME and its Unicode form | 0x002B | end of a module |
//! | 0x000D, 0x000E, 0x002F, 0x0033 | a reference | 0x0010 | end of `dir` |
//!
//! Every record is an id, a size and so many bytes, save PROJECTVERSION, whose size field is a
//! constant. So records are read by that shape alone, in any order: what is not in the table
//! above is passed over, and a missing record costs nothing but itself.

use crate::bytes::text::utf16le;
use crate::bytes::{Bytes, le16, le32};
use crate::limits::Limit;
use crate::observe::Ledger;

/// The contents of a `dir` stream; names are bytes in the project's code page.
#[derive(Clone, Debug, Default)]
pub struct Dir<'a> {
    /// PROJECTCODEPAGE.
    pub code_page: Option<u16>,
    /// PROJECTNAME.
    pub name: &'a [u8],
    /// PROJECTMODULES: how many modules there are said to be.
    pub declared_modules: Option<u16>,
    /// The modules, in order.
    pub modules: Vec<DirModule<'a>>,
    /// The references, in order.
    pub references: Vec<DirReference<'a>>,
    /// Whether the terminator was reached.
    pub complete: bool,
}

/// One module as `dir` has it.
#[derive(Clone, Debug, Default)]
pub struct DirModule<'a> {
    /// MODULENAME.
    pub name: &'a [u8],
    /// MODULENAMEUNICODE.
    pub name_unicode: Option<String>,
    /// MODULESTREAMNAME.
    pub stream_name: &'a [u8],
    /// Its Unicode form.
    pub stream_name_unicode: Option<String>,
    /// MODULEOFFSET: where the source starts in the stream.
    #[doc(alias = "TextOffset")]
    pub text_offset: Option<u32>,
    /// MODULETYPE: procedural, or a document, class or designer.
    pub procedural: Option<bool>,
}

/// One reference as `dir` has it.
#[derive(Clone, Debug, Default)]
pub struct DirReference<'a> {
    /// REFERENCENAME.
    pub name: &'a [u8],
    /// The library identifier or the path.
    pub libid: &'a [u8],
    /// REFERENCEPROJECT: another project and not a type library.
    pub project: bool,
}

impl<'a> Dir<'a> {
    /// Reads the decompressed stream.
    #[must_use]
    pub fn parse(data: &'a [u8], ledger: &mut Ledger) -> Self {
        let mut dir = Self::default();
        let mut reference_name: &[u8] = &[];
        let mut last = 0;
        let mut bytes = Bytes::new(data);
        while !bytes.is_empty() {
            let at = bytes.position();
            let Some((id, value)) = record(&mut bytes) else {
                ledger.observe(
                    "ovba.dir-damaged",
                    "[MS-OVBA] 2.3.4.2",
                    at,
                    format_args!("a record runs past the end of the dir stream"),
                );
                break;
            };
            if ledger.charge(Limit::Steps, 1).is_err() {
                break;
            }
            match id {
                0x0003 => dir.code_page = le16(value, 0),
                0x0004 => dir.name = value,
                0x000F => dir.declared_modules = le16(value, 0),
                0x0016 => reference_name = value,
                // The control library made from the one just named (2.3.4.2.2.3): one reference.
                0x002F if last == 0x0033 => {}
                0x000D | 0x000E | 0x002F | 0x0033 => {
                    // The original of a control library has no inner size, 2.3.4.2.2.4.
                    let libid = if id == 0x0033 { value } else { counted(value) };
                    dir.references.push(DirReference {
                        name: reference_name,
                        libid,
                        project: id == 0x000E,
                    });
                }
                0x0019 => dir.modules.push(DirModule {
                    name: value,
                    ..DirModule::default()
                }),
                0x0010 => {
                    dir.complete = true;
                    break;
                }
                _ => dir.module_record(id, value),
            }
            last = id;
        }
        dir
    }

    /// A record that belongs to the module begun last.
    fn module_record(&mut self, id: u16, value: &'a [u8]) {
        let Some(module) = self.modules.last_mut() else {
            return;
        };
        match id {
            0x0047 => module.name_unicode = Some(utf16le(value)),
            0x001A => module.stream_name = value,
            0x0032 => module.stream_name_unicode = Some(utf16le(value)),
            0x0031 => module.text_offset = le32(value, 0),
            0x0021 => module.procedural = Some(true),
            0x0022 => module.procedural = Some(false),
            _ => {}
        }
    }
}

/// One record. PROJECTVERSION says 4 and holds 6 bytes, [MS-OVBA] 2.3.4.2.1.11.
fn record<'a>(bytes: &mut Bytes<'a>) -> Option<(u16, &'a [u8])> {
    let id = bytes.u16().ok()?;
    let declared = usize::try_from(bytes.u32().ok()?).ok()?;
    let size = if id == 0x0009 { 6 } else { declared };
    Some((id, bytes.bytes(size).ok()?))
}

/// The first string of a reference: its size, then so many bytes.
fn counted(value: &[u8]) -> &[u8] {
    let mut bytes = Bytes::new(value);
    let size = bytes
        .u32()
        .ok()
        .and_then(|size| usize::try_from(size).ok())
        .unwrap_or(0);
    bytes.up_to(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn rec(id: u16, value: &[u8]) -> Vec<u8> {
        let mut bytes = id.to_le_bytes().to_vec();
        bytes.extend_from_slice(&(value.len() as u32).to_le_bytes());
        bytes.extend_from_slice(value);
        bytes
    }

    #[test]
    fn records_in_any_order_and_unknown_ones_between() {
        let mut data = rec(0x4A, &[1, 0, 0, 0]);
        data.extend(rec(0x03, &932_u16.to_le_bytes()));
        data.extend([0x09, 0, 4, 0, 0, 0, 1, 2, 3, 4, 5, 6]);
        data.extend(rec(0x16, b"Lib"));
        data.extend(rec(0x0E, &[5, 0, 0, 0, b'*', b'\\', b'C', b'x', b'y', 0]));
        data.extend(rec(0x19, b"Mod"));
        data.extend(rec(0x47, b"M\0"));
        data.extend(rec(0x31, &[7, 0, 0, 0]));
        data.extend(rec(0x22, &[]));
        data.extend(rec(0x2B, &[]));
        data.extend(rec(0x10, &[]));
        let mut ledger = Ledger::new(Limits::mail());
        let dir = Dir::parse(&data, &mut ledger);
        assert_eq!(dir.code_page, Some(932));
        assert_eq!(dir.references[0].name, b"Lib");
        assert_eq!(dir.references[0].libid, b"*\\Cxy");
        assert!(dir.references[0].project);
        let module = &dir.modules[0];
        assert_eq!(
            (module.name, module.name_unicode.as_deref()),
            (&b"Mod"[..], Some("M"))
        );
        assert_eq!(
            (module.text_offset, module.procedural),
            (Some(7), Some(false))
        );
        assert!(dir.complete);
        assert!(ledger.observations().is_empty());
    }

    #[test]
    fn a_record_that_lies_about_its_size_ends_the_reading_and_keeps_the_rest() {
        let mut data = rec(0x19, b"Kept");
        data.extend([0x1A, 0, 0xFF, 0xFF, 0xFF, 0x7F, b'x']);
        let mut ledger = Ledger::new(Limits::mail());
        let dir = Dir::parse(&data, &mut ledger);
        assert_eq!(dir.modules[0].name, b"Kept");
        assert!(!dir.complete);
        assert_eq!(ledger.observations()[0].code, "ovba.dir-damaged");
    }
}
