//! A document of Word 6 or 95, whose macros are of before VBA projects.

use crate::container::cfb::File;
use crate::project::word_basic::{is_word_6, read_macros};
use crate::project::{Code, Language, ModuleKind, TextEncoding};

use super::pass::{Pass, Stored};

impl Pass<'_> {
    /// The macros of Word 6 and 95 become modules. Says whether there is active content besides code.
    pub(super) fn word_basic(&mut self, file: &File<'_>, holders: &[&[u8]]) -> bool {
        for entry in file.entries() {
            if !entry.is_stream()
                || !entry.is_named("WordDocument")
                || !is_word_6(file.head(entry, &mut self.ledger))
            {
                continue;
            }
            let document = file.stream(entry, &mut self.ledger);
            let macros = read_macros(&document, &mut self.ledger);
            if macros.is_empty() {
                continue;
            }
            let stream = file.path(entry);
            let units = macros.iter().map(|one| Stored {
                code: Code {
                    bytes: one.text.as_bytes(),
                    encoding: TextEncoding::Utf8,
                    language: Language::WordBasic,
                },
                name: one.name.clone(),
                stream: stream.clone(),
                kind: ModuleKind::Standard,
            });
            self.project(String::new(), units, Vec::new(), holders);
        }
        false
    }
}
