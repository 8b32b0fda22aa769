//! The lists of allowed code.

use std::fs;
use std::path::{Path, PathBuf};

use crate::sanitize::{Line, Name};

/// The identities that all files list.
pub(crate) fn all(files: &[PathBuf]) -> Result<Vec<[u8; 32]>, String> {
    let mut identities = Vec::new();
    for path in files {
        let text = fs::read_to_string(path)
            .map_err(|error| format!("{}: cannot read the list: {error}", Name(path)))?;
        for identity in list(path, &text) {
            identities.push(identity?);
        }
    }
    Ok(identities)
}

/// One identity a line; `#` starts a comment.
fn list(path: &Path, text: &str) -> impl Iterator<Item = Result<[u8; 32], String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = (1..).zip(text.lines()).filter_map(|(number, line)| {
        let code = line.split('#').next().unwrap_or_default().trim();
        (!code.is_empty()).then_some((number, code))
    });
    lines.map(move |(number, code): (usize, &str)| {
        identity(code).ok_or_else(|| {
            let (path, code) = (Name(path), Line(code));
            format!(
                "{path}: line {number} is no identity, which has 64 hexadecimal digits: '{code}'"
            )
        })
    })
}

fn identity(text: &str) -> Option<[u8; 32]> {
    let mut digits = text.chars().map(|digit| digit.to_digit(16));
    let mut identity = [0; 32];
    for byte in &mut identity {
        let (high, low) = (digits.next()??, digits.next()??);
        *byte = u8::try_from(high << 4 | low).ok()?;
    }
    digits.next().is_none().then_some(identity)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<[u8; 32]>, String> {
        list(Path::new("known.txt"), text).collect()
    }

    #[test]
    fn one_identity_a_line_with_comments() {
        let text = format!(
            "\u{feff}# Known code\r\n\r\n{}  # the order form\r\n{}\r\n",
            "0a".repeat(32),
            "FF".repeat(32)
        );
        assert_eq!(read(&text), Ok(vec![[0x0A; 32], [0xFF; 32]]));
        assert_eq!(read(""), Ok(Vec::new()));
    }

    #[test]
    fn a_bad_line_is_named() {
        let good = "0a".repeat(32);
        for bad in [
            "x".repeat(64),
            good.replace("0a0a", "0a"),
            format!("{good}0"),
            format!("{good} {good}"),
            "é".repeat(32),
            "\x1b[1m".to_owned(),
        ] {
            let message = read(&format!("{good}\n#\n{bad}\n{good}")).unwrap_err();
            assert!(message.starts_with("known.txt: line 3 "), "{message}");
            assert!(!message.contains('\x1b'), "{message}");
        }
    }
}
