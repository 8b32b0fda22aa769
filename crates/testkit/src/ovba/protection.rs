//! Data encryption of `CMG`, `DPB` and `GC`, [MS-OVBA] 2.4.3.

/// The three values of the `PROJECT` stream, [MS-OVBA] 2.3.1.15 to 2.3.1.17.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protection {
    /// No protection.
    #[default]
    Open,
    /// Viewing asks for a password (of which nobody knows more than its hash).
    Locked,
    /// The values decrypt to nothing: Office shows no code, and runs it.
    Unviewable,
    /// The three lines are missing.
    Absent,
}

impl Protection {
    /// The lines of the `PROJECT` stream; `project_id` is the text of its first line.
    pub(super) fn lines(self, project_id: &str) -> String {
        // [MS-OVBA] 2.3.1.15: bit 0 is protection by the user, bit 2 by the editor.
        let (state, password, visible): ([u8; 4], &[u8], u8) = match self {
            Self::Open => ([0; 4], &[0], 0xFF),
            Self::Locked => ([1, 0, 0, 0], &LOCKED_PASSWORD, 0),
            Self::Unviewable => {
                return "CMG=\"\"\r\nDPB=\"inert\"\r\nGC=\"00\"\r\n".into();
            }
            Self::Absent => return String::new(),
        };
        format!(
            "CMG=\"{}\"\r\nDPB=\"{}\"\r\nGC=\"{}\"\r\n",
            encrypt(0x0D, project_id, &state),
            encrypt(0x4E, project_id, password),
            encrypt(0x93, project_id, &[visible]),
        )
    }
}

/// Password hash, [MS-OVBA] 2.4.4.1: 0xFF, no nulls replaced, key, hash, 0x00. The hash is of no
/// password in particular.
const LOCKED_PASSWORD: [u8; 29] = *b"\xFF\xFF\xFF\xFFkey.inert hash bytes 20!\0";

/// Encrypts to upper-case hexadecimal digits.
fn encrypt(seed: u8, project_id: &str, data: &[u8]) -> String {
    const VERSION: u8 = 2;
    let project_key = project_id.bytes().fold(0, u8::wrapping_add);
    let version = seed ^ VERSION;
    let key = seed ^ project_key;
    let mut bytes = vec![seed, version, key];
    // Each byte is masked by the encrypted byte two before it plus the plain byte before it.
    let (mut plain, mut last, mut before) = (project_key, key, version);
    let ignored = [0x07].repeat(usize::from(seed & 6) / 2);
    let length = u32::try_from(data.len()).expect("short").to_le_bytes();
    for &byte in ignored.iter().chain(&length).chain(data) {
        let encrypted = byte ^ before.wrapping_add(plain);
        bytes.push(encrypted);
        (before, last, plain) = (last, encrypted, byte);
    }
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [MS-OVBA] 2.4.3.3, written from the text.
    fn decrypt(hex: &str) -> Vec<u8> {
        let bytes: Vec<u8> = (0..hex.len() / 2)
            .map(|index| u8::from_str_radix(&hex[index * 2..index * 2 + 2], 16).unwrap())
            .collect();
        let seed = bytes[0];
        assert_eq!(seed ^ bytes[1], 2, "version");
        let mut unencrypted = seed ^ bytes[2];
        let (mut encrypted_1, mut encrypted_2) = (bytes[2], bytes[1]);
        let mut plain = Vec::new();
        for &byte in &bytes[3..] {
            unencrypted = byte ^ encrypted_2.wrapping_add(unencrypted);
            (encrypted_2, encrypted_1) = (encrypted_1, byte);
            plain.push(unencrypted);
        }
        let data = &plain[usize::from((seed & 6) / 2)..];
        assert_eq!(data[..4], (data.len() as u32 - 4).to_le_bytes());
        data[4..].to_vec()
    }

    #[test]
    fn values_decrypt_to_what_was_meant() {
        let lines = Protection::Locked.lines("{00000000-0000-0000-0000-000000000000}");
        let values: Vec<Vec<u8>> = lines
            .lines()
            .map(|line| decrypt(line.split('"').nth(1).unwrap()))
            .collect();
        assert_eq!(values[0], [1, 0, 0, 0]);
        assert_eq!(
            (values[1].len(), values[1][0], values[1][28]),
            (29, 0xFF, 0)
        );
        assert_eq!(values[2], [0]);
    }
}
