//! Word, [MS-DOC] 2.5.2: the head of the `WordDocument` stream.
//!
//! | at | field of FibBase |
//! |---|---|
//! | 0x00 | `wIdent`: 0xA5EC; 0xA5DC in Word 6 and 95 |
//! | 0x02 | `nFib`, the version |

use crate::bytes::le16;
use crate::observe::{Ledger, Reason};

/// The `wIdent` of Word 6 and 95, whose macros are WordBasic in the document stream.
const WORD_6: u16 = 0xA5DC;
/// The last `nFib` of Word 95.
const LAST_WORD_95: u16 = 0x69;

pub(super) fn inspect(head: &[u8], ledger: &mut Ledger) {
    let (Some(ident), Some(version)) = (le16(head, 0), le16(head, 2)) else {
        return;
    };
    if ident == WORD_6 || (ident == 0xA5EC && version <= LAST_WORD_95) {
        ledger.gap(
            Reason::Unsupported,
            format_args!("a document of Word 6 or 95: WordBasic macros in it are not decoded"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn gaps(ident: u16, version: u16) -> Vec<Reason> {
        let mut head = [0_u8; 32];
        head[..2].copy_from_slice(&ident.to_le_bytes());
        head[2..4].copy_from_slice(&version.to_le_bytes());
        let mut ledger = Ledger::new(Limits::mail());
        inspect(&head, &mut ledger);
        ledger.gaps().iter().map(|gap| gap.reason).collect()
    }

    #[test]
    fn versions() {
        assert_eq!(gaps(0xA5EC, 0xC1), []);
        assert_eq!(gaps(0xA5DC, 0x65), [Reason::Unsupported]);
    }
}
