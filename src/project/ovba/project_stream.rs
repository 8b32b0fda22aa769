//! The `PROJECT` stream, [MS-OVBA] 2.3.1: lines of text that say of each module what kind it is,
//! and whether the editor may show the project.

use std::collections::BTreeMap;

use crate::bytes::text::decode;
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::{ModuleKind, Protection};

/// What is used of the `PROJECT` stream.
#[derive(Clone, Debug, Default)]
pub struct ProjectStream {
    /// The kinds of the modules it lists, by name with ASCII letters in lower case.
    kinds: BTreeMap<String, ModuleKind>,
    /// What `CMG`, `DPB` and `GC` say.
    pub protection: Protection,
}

impl ProjectStream {
    /// Reads the stream, whose text is in the project's code page.
    #[must_use]
    pub fn parse(data: &[u8], code_page: u16, ledger: &mut Ledger) -> Self {
        let mut stream = Self::default();
        let text = decode(data, code_page).text;
        for line in text.split(['\r', '\n']) {
            if ledger.charge(Limit::Steps, 1).is_err() {
                break;
            }
            let Some((key, value)) = line.split_once('=') else {
                // From the first section on (2.3.1.18) there is nothing about modules.
                if line.starts_with('[') {
                    break;
                }
                continue;
            };
            let value = value.trim();
            if let Some(kind) = kind(key) {
                // Document=Name/&H00000000 (2.3.1.4): the name ends at the slash.
                let name = value.split_once('/').map_or(value, |(name, _)| name);
                stream.kinds.insert(name.to_ascii_lowercase(), kind);
                continue;
            }
            let quoted = value.trim_matches('"');
            let said = match key {
                "CMG" => cmg(quoted),
                "DPB" => dpb(quoted),
                "GC" => gc(quoted),
                _ => continue,
            };
            if said == Protection::Unviewable {
                ledger.observe(
                    "ovba.unviewable",
                    "[MS-OVBA] 2.3.1.15",
                    0,
                    format_args!("{key} cannot be decoded, so the editor shows no code"),
                );
            }
            stream.protection = stronger(stream.protection, said);
        }
        stream
    }

    /// Whether it lists any module.
    #[must_use]
    pub fn lists_modules(&self) -> bool {
        !self.kinds.is_empty()
    }

    /// The kind of the module of that name; ASCII letters match in any case.
    #[must_use]
    pub fn kind_of(&self, name: &str) -> Option<ModuleKind> {
        self.kinds.get(&name.to_ascii_lowercase()).copied()
    }
}

fn kind(key: &str) -> Option<ModuleKind> {
    Some(match key {
        "Document" => ModuleKind::Document,
        "Module" => ModuleKind::Standard,
        "Class" => ModuleKind::Class,
        "BaseClass" => ModuleKind::Form,
        _ => return None,
    })
}

const fn stronger(one: Protection, other: Protection) -> Protection {
    match (one, other) {
        (Protection::Unviewable, _) | (_, Protection::Unviewable) => Protection::Unviewable,
        (Protection::Locked, _) | (_, Protection::Locked) => Protection::Locked,
        _ => Protection::Open,
    }
}

/// `ProjectProtectionState`, 2.3.1.15: any of the low three bits locks the project.
fn cmg(hex: &str) -> Protection {
    match decrypt(hex).as_deref() {
        Some([state, _, _, _]) if state & 7 != 0 => Protection::Locked,
        Some([_, _, _, _]) => Protection::Open,
        _ => Protection::Unviewable,
    }
}

/// `ProjectPassword`, 2.3.1.16: one zero byte for none, else a hash or the text.
fn dpb(hex: &str) -> Protection {
    match decrypt(hex).as_deref() {
        Some([0]) => Protection::Open,
        Some([]) | None => Protection::Unviewable,
        Some(_) => Protection::Locked,
    }
}

/// `ProjectVisibilityState`, 2.3.1.17: 0xFF for visible.
fn gc(hex: &str) -> Protection {
    match decrypt(hex).as_deref() {
        Some([0xFF]) => Protection::Open,
        Some([0]) => Protection::Locked,
        _ => Protection::Unviewable,
    }
}

/// Data encryption, [MS-OVBA] 2.4.3.3. `None` if it is not a valid encryption of anything.
fn decrypt(hex: &str) -> Option<Vec<u8>> {
    // The longest is a password hash: 8 + 3 + 29 bytes.
    const LONGEST: usize = 512;
    let (pairs, odd) = hex.as_bytes().as_chunks::<2>();
    if !odd.is_empty() || pairs.len() > LONGEST {
        return None;
    }
    let digit = |d: u8| {
        char::from(d)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let mut bytes = pairs
        .iter()
        .map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?));
    let mut next = || bytes.next().flatten();

    let seed = next()?;
    let version_encrypted = next()?;
    let key_encrypted = next()?;
    let version = seed ^ version_encrypted;
    let key = seed ^ key_encrypted;
    if version != 2 {
        return None;
    }
    let mut unencrypted = key;
    let (mut encrypted_1, mut encrypted_2) = (key_encrypted, version_encrypted);
    let mut byte = || {
        let encrypted = next()?;
        let plain = encrypted ^ encrypted_2.wrapping_add(unencrypted);
        encrypted_2 = encrypted_1;
        encrypted_1 = encrypted;
        unencrypted = plain;
        Some(plain)
    };
    for _ in 0..(seed & 6) / 2 {
        byte()?;
    }
    let length = u32::from_le_bytes([byte()?, byte()?, byte()?, byte()?]);
    let length = usize::try_from(length)
        .ok()
        .filter(|&length| length <= LONGEST)?;
    (0..length).map(|_| byte()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn parse(text: &[u8], code_page: u16) -> (ProjectStream, Vec<&'static str>) {
        let mut ledger = Ledger::new(Limits::mail());
        let stream = ProjectStream::parse(text, code_page, &mut ledger);
        (
            stream,
            ledger.observations().iter().map(|o| o.code).collect(),
        )
    }

    /// The example of [MS-OVBA] 3.1.1.
    #[test]
    fn example_of_clause_3_1_1() {
        let (stream, codes) = parse(
            b"ID=\"{917DED54-440B-4FD1-A5C1-74ACF261E600}\"\r\n\
              Document=ThisDocument/&H00000000\r\nModule=Module1\r\nClass=Class1\r\n\
              BaseClass=UserForm1\r\nName=\"Project\"\r\nHelpContextID=\"0\"\r\n\
              CMG=\"0705D8E3D8EDDBF1DBF1DBF1DBF1\"\r\nDPB=\"0E0CD1ECDFF4E7F5E7F5E7\"\r\n\
              GC=\"1517CAF1D6F9D7F9D706\"\r\n\r\n[Host Extender Info]\r\nModule=NotOne\r\n",
            1252,
        );
        assert_eq!(stream.kind_of("thisdocument"), Some(ModuleKind::Document));
        assert_eq!(stream.kind_of("Module1"), Some(ModuleKind::Standard));
        assert_eq!(stream.kind_of("Class1"), Some(ModuleKind::Class));
        assert_eq!(stream.kind_of("UserForm1"), Some(ModuleKind::Form));
        assert_eq!(stream.kind_of("NotOne"), None);
        assert_eq!(stream.protection, Protection::Open);
        assert!(codes.is_empty(), "{codes:?}");
    }

    #[test]
    fn names_are_in_the_code_page_of_the_project() {
        let (stream, _) = parse(b"Module=\x95W\x8f\x80\r\n", 932);
        assert_eq!(stream.kind_of("標準"), Some(ModuleKind::Standard));
    }

    #[test]
    fn damaged_protection_is_unviewable() {
        for line in [
            "CMG=\"\"",
            "DPB=\"zz\"",
            "GC=\"FF\"",
            "CMG=\"0005D8E3D8EDDBF1DBF1DBF1DBF1\"",
        ] {
            let (stream, codes) = parse(line.as_bytes(), 1252);
            assert_eq!(stream.protection, Protection::Unviewable, "{line}");
            assert_eq!(codes, ["ovba.unviewable"]);
        }
    }
}
