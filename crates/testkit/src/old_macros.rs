//! Writers of macros of before VBA projects: WordBasic in documents of Word 6 and 95.

use crate::bytes::{Put, patch};
use crate::cfb;
use crate::office::TEXT;

/// A document of Word 6 or 95.
#[derive(Clone, Debug)]
pub struct Word6 {
    ident: u16,
    language: u16,
    macros: Vec<(String, Vec<u8>, u8)>,
    cut_table: bool,
}

impl Default for Word6 {
    fn default() -> Self {
        Self::new()
    }
}

impl Word6 {
    /// A document without macros, whose table of commands is empty.
    #[must_use]
    pub fn new() -> Self {
        Self {
            ident: 0xA5DC,
            language: 0x0409,
            macros: Vec::new(),
            cut_table: false,
        }
    }

    /// The version for Japan.
    #[must_use]
    pub fn japanese(mut self) -> Self {
        self.ident = 0xA697;
        self.language = 0x0411;
        self
    }

    /// Adds a macro, its tokens under a key.
    #[must_use]
    pub fn word_macro(mut self, name: &str, tokens: &[u8], key: u8) -> Self {
        self.macros.push((name.into(), tokens.into(), key));
        self
    }

    /// Ends the table of commands before its end.
    #[must_use]
    pub fn cut_table(mut self) -> Self {
        self.cut_table = true;
        self
    }

    /// The file.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        let mut file = cfb::Builder::new();
        file.class(
            "",
            *b"\x00\x09\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46",
        )
        .stream("WordDocument", self.document());
        file.build()
    }

    /// The stream alone.
    #[must_use]
    pub fn document(&self) -> Vec<u8> {
        let mut document = Vec::new();
        document.put16(self.ident);
        document.put16(0x0065);
        document.put16(0);
        document.put16(self.language);
        document.resize(0x300, 0);
        let text_at = document.len() as u32;
        document.put(TEXT.as_bytes());
        document.push(b'\r');
        let text_end = document.len() as u32;
        patch(&mut document, 0x18, &text_at.to_le_bytes());
        patch(&mut document, 0x1C, &text_end.to_le_bytes());
        let mut places = Vec::new();
        for (_, tokens, key) in &self.macros {
            places.push(document.len() as u32);
            document.extend([1, 0].iter().chain(tokens).map(|byte| byte ^ key));
        }
        let table = self.table(&places);
        let table_at = document.len() as u32;
        patch(&mut document, 0x118, &table_at.to_le_bytes());
        patch(&mut document, 0x11C, &(table.len() as u32).to_le_bytes());
        document.put(&table);
        document.resize(document.len().max(4096), 0);
        document
    }

    fn table(&self, places: &[u32]) -> Vec<u8> {
        let mut table = vec![0xFF];
        if self.macros.is_empty() {
            table.push(0x40);
            return table;
        }
        table.push(0x01);
        table.put16(self.macros.len() as u16);
        for (number, ((_, tokens, key), place)) in self.macros.iter().zip(places).enumerate() {
            table.put(&[0x55, *key]);
            table.put16(number as u16);
            table.put16(number as u16);
            table.put16(0xFFFF);
            table.put32(0);
            table.put32(tokens.len() as u32 + 2);
            table.put32(0);
            table.put32(*place);
        }
        if self.cut_table {
            return table;
        }
        // A key and a menu in between.
        table.push(0x03);
        table.put16(1);
        table.zeros(14);
        table.push(0x05);
        table.put16(1);
        table.zeros(12);
        table.push(0x10);
        let mut names = Vec::new();
        for (name, ..) in &self.macros {
            let name = name.to_ascii_uppercase();
            names.push(name.len() as u8);
            names.put(name.as_bytes());
            names.put16(1);
        }
        table.put16(names.len() as u16 + 2);
        table.put(&names);
        table.push(0x11);
        table.put16(self.macros.len() as u16);
        for (number, (name, ..)) in self.macros.iter().enumerate() {
            table.put16(number as u16);
            table.push(name.len() as u8);
            table.put(name.as_bytes());
            table.push(0);
        }
        table.push(0x40);
        table
    }
}

/// Tokens of WordBasic, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Tokens(Vec<u8>);

impl Tokens {
    /// `Sub MAIN`, and its first line, which leaves it.
    #[must_use]
    pub fn main() -> Self {
        let mut tokens = Self(vec![0x64, 0x1B]);
        tokens.lengthy(0x69, b"MAIN");
        // If Now > 0 Then Exit Sub, for which WordBasic has GoTo.
        tokens.0.extend([
            0x64, 0x1D, 0x67, 0xF7, 0x80, 0x05, 0x06, 0x0F, 0x6C, 0, 0, 0x1E, 0x2A,
        ]);
        tokens.lengthy(0x69, b"Done");
        tokens.0.push(0x64);
        tokens
    }

    /// A command or function, by its number.
    #[must_use]
    pub fn command(mut self, number: u16) -> Self {
        self.0.push(0x67);
        self.0.put16(number);
        self
    }

    /// A text.
    #[must_use]
    pub fn text(mut self, text: &[u8]) -> Self {
        self.lengthy(0x6A, text);
        self
    }

    /// A token with nothing behind it.
    #[must_use]
    pub fn sign(mut self, token: u8) -> Self {
        self.0.push(token);
        self
    }

    /// `End Sub`.
    #[must_use]
    pub fn end(mut self) -> Vec<u8> {
        self.0.push(0x64);
        self.lengthy(0x65, b"Done");
        self.0.extend([0x64, 0x1A, 0x1B]);
        self.0
    }

    fn lengthy(&mut self, token: u8, text: &[u8]) {
        self.0.push(token);
        self.0.push(text.len() as u8);
        self.0.put(text);
    }
}
