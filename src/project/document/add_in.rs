//! Add-ins that are programs: a library for Windows that Excel (XLL) or Word (WLL) calls when it is
//! opened, told by the name of the function that it offers for that.

use memchr::memmem;

use crate::bytes::{le32, slice};

use super::super::{Load, LoadKind};

/// The functions that are called, and the kind of file that has them.
const CALLED: [(&[u8], &str, &str); 2] = [
    (b"xlAutoOpen", "xll", "an add-in of Excel (xlAutoOpen)"),
    (b"wdAutoOpen", "wll", "an add-in of Word (wdAutoOpen)"),
];

/// The add-in that a program is, if it is one, and its format.
#[must_use]
pub fn read_add_in(data: &[u8]) -> Option<(&'static str, Load)> {
    let header = usize::try_from(le32(data, 0x3C)?).ok()?;
    let kind = slice(data, header, 2)?;
    if !data.starts_with(b"MZ") || !matches!(kind, b"PE" | b"NE") {
        return None;
    }
    CALLED.iter().find_map(|(name, format, target)| {
        memmem::find_iter(data, name)
            .any(|at| is_whole(data, at, name.len()))
            .then(|| {
                let load = Load {
                    kind: LoadKind::Program,
                    target: (*target).to_owned(),
                    place: "exported names".to_owned(),
                };
                (*format, load)
            })
    })
}

/// Whether a name stands alone, as in the table of those exported.
fn is_whole(data: &[u8], at: usize, length: usize) -> bool {
    let letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let before = at.checked_sub(1).and_then(|before| data.get(before));
    let after = data.get(at.saturating_add(length));
    !before.is_some_and(letter) && !after.is_some_and(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(names: &[u8]) -> Vec<u8> {
        let mut bytes = b"MZ".to_vec();
        bytes.resize(0x3C, 0);
        bytes.extend([0x40, 0, 0, 0]);
        bytes.extend(b"PE\0\0");
        bytes.extend(names);
        bytes
    }

    #[test]
    fn programs_that_office_loads() {
        let format = |names: &[u8]| read_add_in(&program(names)).map(|(format, _)| format);
        assert_eq!(format(b"a\0xlAutoOpen\0"), Some("xll"));
        assert_eq!(format(b"a\0wdAutoOpen\0"), Some("wll"));
        assert_eq!(format(b"a\0GetxlAutoOpen\0xlAutoOpen2\0"), None);
        assert_eq!(read_add_in(b"MZ xlAutoOpen"), None);
    }
}
