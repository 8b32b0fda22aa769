//! Word, [MS-DOC] 2.5.2: the head of the `WordDocument` stream.
//!
//! | at | field of FibBase |
//! |---|---|
//! | 0x0A | flags; 0x0100 `fEncrypted`, 0x8000 `fObfuscated` |

use crate::bytes::le16;
use crate::observe::{Ledger, Reason};

pub(super) fn inspect(head: &[u8], ledger: &mut Ledger) {
    let Some(flags) = le16(head, 0x0A) else {
        return;
    };
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

    fn gaps(flags: u16) -> Vec<Reason> {
        let mut head = [0_u8; 32];
        head[10..12].copy_from_slice(&flags.to_le_bytes());
        let mut ledger = Ledger::new(Limits::mail());
        inspect(&head, &mut ledger);
        ledger.gaps().iter().map(|gap| gap.reason).collect()
    }

    #[test]
    fn encryption_is_told() {
        assert_eq!(gaps(0x0200), []);
        assert_eq!(gaps(0x0100), [Reason::Encrypted]);
    }
}
