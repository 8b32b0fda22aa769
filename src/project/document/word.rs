//! Word, [MS-DOC] 2.5.2: the head of the `WordDocument` stream.
//!
//! | at | field of FibBase |
//! |---|---|
//! | 0x00 | `wIdent`: 0xA5EC; 0xA5DC in Word 6 and 95 |
//! | 0x02 | `nFib`, the version |
//! | 0x0A | flags; 0x0100 `fEncrypted`, 0x8000 `fObfuscated` |

use crate::bytes::le16;
use crate::observe::{Ledger, Reason};

/// The `wIdent` of Word 6 and 95, whose macros are WordBasic in the document stream.
const WORD_6: u16 = 0xA5DC;
/// The last `nFib` of Word 95.
const LAST_WORD_95: u16 = 0x69;

pub(super) fn inspect(head: &[u8], ledger: &mut Ledger) {
    let (Some(ident), Some(version), Some(flags)) =
        (le16(head, 0), le16(head, 2), le16(head, 0x0A))
    else {
        return;
    };
    if ident == WORD_6 || (ident == 0xA5EC && version <= LAST_WORD_95) {
        ledger.gap(
            Reason::Unsupported,
            format_args!("a document of Word 6 or 95: WordBasic macros in it are not decoded"),
        );
    }
    if flags & 0x0100 != 0 {
        let scheme = if flags & 0x8000 != 0 {
            "XOR obfuscation"
        } else {
            "RC4 encryption"
        };
        ledger.gap(
            Reason::Encrypted,
            format_args!("the document is under {scheme}; no password was tried"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn gaps(ident: u16, version: u16, flags: u16) -> Vec<Reason> {
        let mut head = [0_u8; 32];
        head[..2].copy_from_slice(&ident.to_le_bytes());
        head[2..4].copy_from_slice(&version.to_le_bytes());
        head[10..12].copy_from_slice(&flags.to_le_bytes());
        let mut ledger = Ledger::new(Limits::mail());
        inspect(&head, &mut ledger);
        ledger.gaps().iter().map(|gap| gap.reason).collect()
    }

    #[test]
    fn versions_and_flags() {
        assert_eq!(gaps(0xA5EC, 0xC1, 0x0200), []);
        assert_eq!(gaps(0xA5EC, 0xC1, 0x0100), [Reason::Encrypted]);
        assert_eq!(gaps(0xA5DC, 0x65, 0), [Reason::Unsupported]);
    }
}
