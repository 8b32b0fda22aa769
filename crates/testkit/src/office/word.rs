//! Binary Word documents, [MS-DOC].

use super::TEXT;
use crate::bytes::{Put, patch};
use crate::cfb;
use crate::ovba::Project;

/// Where the text starts in `WordDocument`.
const TEXT_AT: usize = 0x600;

/// A `.doc`.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    project: Option<Project>,
    encrypted: bool,
}

impl Doc {
    /// A document without macros.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a project, in the storage `Macros`.
    #[must_use]
    pub fn project(mut self, project: Project) -> Self {
        self.project = Some(project);
        self
    }

    /// Says that the text is encrypted ([MS-DOC] 2.2.6.2), and garbles it. Macros stay readable,
    /// as they do in such documents.
    #[must_use]
    pub fn encrypted(mut self) -> Self {
        self.encrypted = true;
        self
    }

    /// The bytes of the file.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        self.to_cfb().build()
    }

    /// The compound file, to which faults can still be added.
    #[must_use]
    pub fn to_cfb(&self) -> cfb::Builder {
        let mut file = cfb::Builder::new();
        let (mut document, mut table) = (document(), piece_table());
        if self.encrypted {
            patch(&mut document, 10, &0x1300_u16.to_le_bytes()); // fEncrypted, fWhichTblStm
            document[TEXT_AT..]
                .iter_mut()
                .for_each(|byte| *byte ^= 0x5A);
            // EncryptionVersionInfo of RC4, [MS-OFFCRYPTO] 2.3.6.1, then salt and verifiers.
            let header = [&[1, 0, 1, 0][..], &[0x11; 48]].concat();
            patch(&mut document, 14, &(header.len() as u32).to_le_bytes()); // lKey
            table.splice(0..0, header);
        }
        file.class(
            "",
            *b"\x06\x09\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46",
        )
        .stream("WordDocument", document)
        .stream("1Table", table);
        if let Some(project) = &self.project {
            project.add_to(&mut file, "Macros");
        }
        file
    }
}

/// `WordDocument`: the FIB of Word 97, [MS-DOC] 2.5.1, and the text at [`TEXT_AT`].
fn document() -> Vec<u8> {
    let length = TEXT.len() as u32 + 1;
    let mut fib = Vec::new();
    fib.put16(0xA5EC);
    fib.put16(0x00C1);
    fib.put16(0);
    fib.put16(0x0409);
    fib.put16(0);
    fib.put16(0x1200); // fExtChar, fWhichTblStm: the table stream is `1Table`
    fib.put16(0x00BF);
    fib.zeros(4 + 1 + 1 + 2 + 2 + 4 + 4);
    fib.put16(14);
    fib.zeros(28);
    fib.put16(22);
    fib.put32(4096); // cbMac
    fib.zeros(8);
    fib.put32(length); // ccpText
    fib.zeros(72);
    fib.put16(0x5D);
    let tables = fib.len();
    fib.zeros(744);
    patch(&mut fib, tables + 33 * 8, &0_u32.to_le_bytes()); // fcClx
    patch(
        &mut fib,
        tables + 33 * 8 + 4,
        &(piece_table().len() as u32).to_le_bytes(),
    );
    fib.put16(0);
    fib.zeros(TEXT_AT - fib.len());
    fib.put(TEXT.as_bytes());
    fib.push(b'\r');
    fib.resize(4096, 0);
    fib
}

/// A Clx with one piece of eight-bit text, [MS-DOC] 2.9.38.
fn piece_table() -> Vec<u8> {
    let mut clx = vec![0x02];
    clx.put32(16);
    clx.put32(0);
    clx.put32(TEXT.len() as u32 + 1);
    clx.put16(0);
    clx.put32(0x4000_0000 | (TEXT_AT as u32 * 2));
    clx.put16(0);
    clx
}
