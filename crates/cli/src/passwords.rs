//! The passwords of the command line and of files.

use std::fs;

use crate::args::Reading;
use crate::sanitize::Name;

/// All of them, those of the command line first.
pub(crate) fn all(reading: &Reading) -> Result<Vec<String>, String> {
    let mut passwords = reading.passwords.clone();
    for path in &reading.password_files {
        let text = fs::read_to_string(path)
            .map_err(|error| format!("{}: cannot read the passwords: {error}", Name(path)))?;
        passwords.extend(lines(&text));
    }
    Ok(passwords)
}

/// One password a line. Spaces belong to it; the mark that Windows editors put in front and the
/// return they put at the end do not.
fn lines(text: &str) -> impl Iterator<Item = String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_password_a_line() {
        let found: Vec<_> = lines("\u{feff}infected\r\n\r\n two words \n秘密").collect();
        assert_eq!(found, ["infected", " two words ", "秘密"]);
    }
}
