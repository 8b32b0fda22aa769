//! A layer that is a sheet, a query or a list of cells in text.

use crate::project::document::Identity;

use super::pass::Pass;

impl Pass<'_> {
    pub(super) fn sylk(&mut self, _bytes: &[u8]) -> Identity {
        self.unsupported(
            "slk",
            "a SYLK sheet: Excel 4.0 macros in it are not decoded",
        )
    }

    /// Text that a spreadsheet would open, if it holds anything that acts.
    pub(super) fn sheet_text(&mut self, bytes: &[u8], _name: Option<&str>) -> Option<Identity> {
        if has_dde_cell(bytes) {
            return Some(self.unsupported(
                "text",
                "cells that start another program by DDE, which are not judged",
            ));
        }
        if bytes.starts_with(b"WEB\r\n")
            || bytes.starts_with(b"WEB\n")
            || bytes.starts_with(b"XLODBC")
        {
            return Some(self.unsupported(
                "iqy",
                "a query file: Excel loads what it names; not decoded",
            ));
        }
        None
    }
}

/// A cell `=program|topic!item`: DDE, which a spreadsheet would start on loading. The formula may
/// do anything before; program and topic stand right beside the bar.
fn has_dde_cell(text: &[u8]) -> bool {
    text.split(|byte| matches!(byte, b'\n' | b'\r'))
        .any(|line| {
            let starts = |cell: &[u8]| {
                let cell = cell.trim_ascii_start();
                let cell = cell.strip_prefix(b"\"").unwrap_or(cell).trim_ascii_start();
                matches!(cell.first(), Some(b'=' | b'+' | b'-' | b'@'))
            };
            let Some(bar) = memchr::memchr_iter(b'|', line).find(|&bar| is_link(line, bar)) else {
                return false;
            };
            let before = line.get(..bar).unwrap_or_default();
            before
                .split(|byte| matches!(byte, b',' | b';' | b'\t'))
                .any(starts)
        })
}

/// Whether a bar has a name in front, and behind it something and an item.
fn is_link(line: &[u8], bar: usize) -> bool {
    let before = bar.checked_sub(1).and_then(|at| line.get(at));
    let after = line.get(bar.saturating_add(1)..).unwrap_or_default();
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_'\".)".contains(byte);
    // An item is a cell or a name; what comes later in the line is no part of the link.
    const LONGEST: usize = 4096;
    let link = after.get(..LONGEST).unwrap_or(after);
    before.is_some_and(name)
        && after
            .first()
            .is_some_and(|byte| !byte.is_ascii_whitespace() && *byte != b'|')
        && memchr::memchr(b'!', link).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dde_cells() {
        assert!(has_dde_cell(b"a,=inert|'/c x'!A1,b"));
        assert!(has_dde_cell(b"\"@SUM(1)*inert|'/c x'!A1\""));
        let padded = [&b"=A"[..], &b"+A".repeat(900), b"+inert|'/c x'!A1"].concat();
        assert!(has_dde_cell(&padded));
        assert!(!has_dde_cell(b"a | b ! c\n| --- |\n- item a | b!\n"));
    }
}
