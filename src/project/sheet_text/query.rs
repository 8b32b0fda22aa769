//! Queries of Excel: what it asks as soon as one is opened.
//!
//! | first line | kind | then |
//! |---|---|---|
//! | `WEB` | IQY | a version, the address, what is posted to it; options `Name=value` |
//! | `XLODBC`, `ODBC` | DQY | a version, the connection, the command |
//! | `QueryType=…` | OQY, RQY | lines `Connection=…`, `CommandText=…` |
//!
//! The first two lines of an IQY can be left out.

use super::super::{Load, LoadKind};
use super::SheetText;

/// Options that only the file of a web query has.
const OPTIONS: [&[u8]; 3] = [b"Selection=", b"Formatting=", b"PreFormattedTextToColumns="];

/// How far options are looked for.
const HEAD: usize = 4096;

/// Whether a text is a query, in a byte for each unit.
pub(super) fn is_query(narrow: &[u8], name: Option<&str>) -> bool {
    let head = narrow.get(..HEAD).unwrap_or(narrow);
    let mut lines = head
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    if is(first, b"WEB") {
        let next = lines.next().unwrap_or_default();
        return is_number(next) || is_address(next);
    }
    if is(first, b"XLODBC") || is(first, b"ODBC") {
        return true;
    }
    if first
        .get(..10)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"QueryType="))
    {
        return true;
    }
    is_address(first) && (ends_with(name, ".iqy") || lines.any(is_option))
}

fn is(line: &[u8], word: &[u8]) -> bool {
    line.eq_ignore_ascii_case(word)
}

fn is_number(line: &[u8]) -> bool {
    !line.is_empty() && line.iter().all(u8::is_ascii_digit)
}

fn is_option(line: &[u8]) -> bool {
    OPTIONS.iter().any(|option| line.starts_with(option))
}

fn ends_with(name: Option<&str>, ending: &str) -> bool {
    name.is_some_and(|name| name.to_ascii_lowercase().ends_with(ending))
}

fn is_address(line: &[u8]) -> bool {
    let scheme = memchr::memchr(b':', line).and_then(|colon| line.get(..colon));
    let local = line.get(1) == Some(&b':') && line.get(2) == Some(&b'\\');
    line.starts_with(b"\\\\")
        || local
        || scheme
            .is_some_and(|scheme| scheme.len() > 1 && scheme.iter().all(u8::is_ascii_alphabetic))
            && memchr::memmem::find(line, b"//").is_some()
}

/// What the query asks. All of it: what is not understood is still told.
pub(super) fn read(text: &str) -> Option<SheetText> {
    let mut lines = text
        .split(['\n', '\r', '\0'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .peekable();
    let first = lines
        .peek()?
        .trim_start_matches('\u{FEFF}')
        .to_ascii_uppercase();
    match first.as_str() {
        "XLODBC" | "ODBC" => {
            lines.next();
            lines.next_if(|line| is_number(line.as_bytes()));
            let connection = lines.next().unwrap_or_default();
            let command = lines.next().unwrap_or_default();
            Some(query("dqy", &[connection, command], "query"))
        }
        start if start.starts_with("QUERYTYPE=") => {
            let value = |name: &str| {
                let mut lines = lines.clone();
                let found = lines.find_map(|line| {
                    let (key, value) = line.split_once('=')?;
                    key.trim().eq_ignore_ascii_case(name).then_some(value)
                });
                found.unwrap_or_default().trim()
            };
            let format = if start.ends_with("OLEDB") {
                "rqy"
            } else {
                "oqy"
            };
            Some(query(
                format,
                &[value("Connection"), value("CommandText")],
                "query",
            ))
        }
        _ => {
            lines.next_if(|line| {
                line.trim_start_matches('\u{FEFF}')
                    .eq_ignore_ascii_case("WEB")
            });
            lines.next_if(|line| is_number(line.as_bytes()));
            let address = lines.next().unwrap_or_default();
            let posts = lines.next().is_some_and(|line| !is_option(line.as_bytes()));
            let place = if posts { "query that posts" } else { "query" };
            Some(query("iqy", &[address], place))
        }
    }
}

fn query(format: &'static str, parts: &[&str], place: &str) -> SheetText {
    let parts = parts.iter().filter(|part| !part.is_empty());
    let target = parts.copied().collect::<Vec<_>>().join("; ");
    let loads = (!target.is_empty()).then(|| Load {
        kind: LoadKind::Connection,
        target,
        place: place.to_owned(),
    });
    SheetText {
        format,
        loads: loads.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(text: &str, name: Option<&str>) -> Option<(&'static str, String)> {
        is_query(text.as_bytes(), name).then_some(())?;
        let query = read(text)?;
        Some((query.format, query.loads.first()?.target.clone()))
    }

    #[test]
    fn queries() {
        let address = "http://example.invalid/a";
        for (text, name) in [
            (format!("WEB\r\n1\r\n{address}\r\nx=[\"x\"]\r\n"), None),
            (format!("web\n{address}\n\nSelection=1\n"), None),
            (format!("{address}\nSelection=EntirePage\n"), None),
            (format!("\n{address}\n"), Some("A.IQY")),
        ] {
            assert_eq!(
                target(&text, name),
                Some(("iqy", address.to_owned())),
                "{text}"
            );
        }
        assert_eq!(
            target(
                "XLODBC\n1\nDRIVER=x;SERVER=example.invalid\nSELECT 1\n",
                None
            ),
            Some((
                "dqy",
                "DRIVER=x;SERVER=example.invalid; SELECT 1".to_owned()
            ))
        );
        assert_eq!(
            target(
                "QueryType=OLEDB\nVersion=1\nConnection=Provider=x;Data Source=y\n",
                None
            ),
            Some(("rqy", "Provider=x;Data Source=y".to_owned()))
        );
    }

    #[test]
    fn no_queries() {
        for text in [
            "WEB\nsite\n",
            "http://example.invalid/\nis a page\n",
            "web",
            "",
        ] {
            assert_eq!(target(text, None), None, "{text}");
        }
    }
}
