//! Queries of Power Query, which lie packed in an item of custom XML ([MS-QDEFF] 2.2 to 2.5).
//!
//! | where | what |
//! |---|---|
//! | `DataMashup` | base64 of what follows |
//! | 4 bytes | version |
//! | 4 bytes | length of the package |
//! | package | zip with `Formulas/Section1.m` |
//!
//! Of the formulas the functions that fetch or run are told, with the text they are given.

use super::Outside;
use super::elements::{self, Node};
use crate::bytes::{base64, le32, slice};
use crate::container::zip::{Archive, Inflater};
use crate::limits::Limit;
use crate::observe::{Ledger, Reason};
use crate::project::{Load, LoadKind};

/// Functions of M that fetch from elsewhere or run something; the first argument says what.
const FUNCTIONS: &[&str] = &[
    "Web.Contents",
    "Web.Page",
    "Web.BrowserContents",
    "WebAction.Request",
    "OData.Feed",
    "File.Contents",
    "Folder.Files",
    "Folder.Contents",
    "SharePoint.Files",
    "SharePoint.Contents",
    "SharePoint.Tables",
    "Sql.Database",
    "Sql.Databases",
    "Oracle.Database",
    "MySQL.Database",
    "PostgreSQL.Database",
    "Odbc.DataSource",
    "Odbc.Query",
    "OleDb.DataSource",
    "OleDb.Query",
    "AdoDotNet.DataSource",
    "AdoDotNet.Query",
    "Hdfs.Contents",
    "Exchange.Contents",
    "ActiveDirectory.Domains",
    "R.Execute",
    "Python.Execute",
];
/// How much of an argument is kept, in characters.
const LONGEST: usize = 1000;

/// Whether the first bytes of an item of custom XML are those of packed queries.
#[must_use]
pub fn is_mashup(head: &[u8]) -> bool {
    let plain = |text: &[u8]| memchr::memmem::find(text, b"DataMashup").is_some();
    plain(head) || {
        let narrow: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
        plain(&narrow)
    }
}

/// Looks through packed queries.
pub fn inspect_mashup(
    part: &[u8],
    name: &str,
    inflater: &mut Inflater,
    found: &mut Outside,
    ledger: &mut Ledger,
) {
    let mut packed = String::new();
    elements::read(part, name, &["DataMashup"], ledger, |node, ledger| {
        if let Node::Text(text) = node {
            ledger.charge(Limit::OutputBytes, text.len() as u64)?;
            packed.extend(text.chars().filter(|c| !c.is_whitespace()));
        }
        Ok(())
    });
    if packed.is_empty()
        || ledger
            .charge(Limit::OutputBytes, packed.len() as u64)
            .is_err()
    {
        return;
    }
    let mut bytes = Vec::new();
    base64::decode(packed.as_bytes(), &mut bytes);
    let package = le32(&bytes, 4)
        .and_then(|length| slice(&bytes, 8, usize::try_from(length).ok()?))
        .or_else(|| bytes.get(8..));
    let archive = package.and_then(|package| Archive::parse(package, ledger).ok());
    let Some(archive) = archive else {
        ledger.gap(
            Reason::Damaged,
            format_args!("the queries packed in part {name} could not be unpacked"),
        );
        return;
    };
    let mut text = Vec::new();
    for member in archive.members() {
        let is_formula = member
            .name()
            .rsplit('.')
            .next()
            .is_some_and(|end| end.eq_ignore_ascii_case("m"));
        if is_formula {
            text.clear();
            let outcome = inflater.read(member, &mut text, ledger);
            if !outcome.is_complete() {
                ledger.gap(
                    Reason::Damaged,
                    format_args!("queries packed in part {name} could not be read whole"),
                );
            }
            formulas(&String::from_utf8_lossy(&text), name, found, ledger);
        }
    }
}

/// What queries in the language M take data from.
pub(super) fn formulas(text: &str, name: &str, found: &mut Outside, ledger: &mut Ledger) {
    // Each of the functions is a word with a dot; a word is looked up once.
    for (dot, _) in text.match_indices('.') {
        if ledger.charge(Limit::Steps, 1).is_err() {
            return;
        }
        let is_word = |c: char| c.is_ascii_alphanumeric();
        let before = text.get(..dot).unwrap_or_default();
        let start = before.trim_end_matches(is_word).len();
        let after = text.get(dot.saturating_add(1)..).unwrap_or_default();
        let rest = after.trim_start_matches(is_word);
        let end = text.len().saturating_sub(rest.len());
        let word = text.get(start..end).unwrap_or_default();
        if word.len() > 40 || !FUNCTIONS.contains(&word) {
            continue;
        }
        let argument = rest
            .trim_start()
            .strip_prefix('(')
            .map(str::trim_start)
            .and_then(|argument| argument.strip_prefix('"'))
            .and_then(|argument| argument.split('"').next());
        let target = match (word, argument) {
            ("R.Execute" | "Python.Execute", _) => format!("{word} {}", argument.unwrap_or("…")),
            // The inner function says where from.
            ("Web.Page", None) => continue,
            (_, Some(argument)) => argument.to_owned(),
            (_, None) => format!("{word} …"),
        };
        if ledger.charge(Limit::Entries, 1).is_err() {
            return;
        }
        found.loads.push(Load {
            kind: LoadKind::Connection,
            target: target.chars().take(LONGEST).collect(),
            place: name.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn functions_and_their_arguments() {
        let mut ledger = Ledger::new(Limits::mail());
        let mut found = Outside::default();
        let text = "section Section1; shared a = let x = Web.Page(Web.Contents( \"https://example.invalid/\")), \
                    y = Excel.Workbook(File.Contents(\"C:\\a.xlsx\"), null, true), z = R.Execute(\"inert\"), \
                    w = Sql.Database(Host, \"b\"), t = Table.AddColumn(x, 1.5) in x;";
        formulas(text, "item1.xml", &mut found, &mut ledger);
        let targets: Vec<_> = found.loads.iter().map(|one| one.target.as_str()).collect();
        assert_eq!(
            targets,
            [
                "https://example.invalid/",
                "C:\\a.xlsx",
                "R.Execute inert",
                "Sql.Database …"
            ]
        );
    }
}
