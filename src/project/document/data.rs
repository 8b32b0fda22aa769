//! Where a workbook takes data from, ECMA-376-1 18.13, 18.12 and 18.10.
//!
//! | part | what | clause |
//! |---|---|---|
//! | connections | `dbPr connection command`, `webPr url`, `olapPr`, `textPr sourceFile` | 18.13 |
//! | query table | `connectionId`, `refreshOnLoad` | 18.12.3 |
//! | pivot cache | `cacheSource type="external" connectionId`, `refreshOnLoad` | 18.10.1.67 |
//!
//! What is refreshed when the workbook is opened is said by any of the three, so that a package is
//! looked through as a whole before one is told from the other.

use std::collections::{BTreeMap, BTreeSet};

use super::elements::{self, Node, attribute};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::{Load, LoadKind};

/// How much of a text is kept, in characters.
const LONGEST: usize = 1000;

/// The connections of a workbook, and which are refreshed when it is opened.
#[derive(Debug, Default)]
pub struct Connections {
    targets: BTreeMap<String, Vec<Load>>,
    refreshed: BTreeSet<String>,
}

impl Connections {
    /// Looks through the connections part.
    pub fn connections(&mut self, part: &[u8], name: &str, ledger: &mut Ledger) {
        let mut id = String::new();
        elements::read(part, name, &["connection"], ledger, |node, ledger| {
            let Node::Open(local, element) = node else {
                return Ok(());
            };
            let value = |key: &str| attribute(element, key).unwrap_or_default();
            let targets = match local {
                "connection" => {
                    id = value("id");
                    if is_true(&value("refreshOnLoad")) {
                        self.refreshed.insert(id.clone());
                    }
                    // A file that holds the connection, or its place.
                    [value("sourceFile"), value("odcFile")]
                }
                "dbPr" => [value("connection"), value("command")],
                "webPr" => [value("url"), value("editPage")],
                "textPr" => [value("sourceFile"), String::new()],
                "olapPr" => [value("localConnection"), String::new()],
                "rangePr" | "oledbPr" | "dataFeedPr" => [value("connection"), value("sourceName")],
                _ => return Ok(()),
            };
            for target in targets.into_iter().filter(|target| !target.is_empty()) {
                ledger.charge(Limit::Entries, 1)?;
                self.targets.entry(id.clone()).or_default().push(Load {
                    kind: LoadKind::Connection,
                    target: target.chars().take(LONGEST).collect(),
                    place: name.to_owned(),
                });
            }
            Ok(())
        });
    }

    /// Looks through a query table or the definition of a pivot cache.
    pub fn refreshed(&mut self, part: &[u8], name: &str, ledger: &mut Ledger) {
        let mut on_load = false;
        elements::read(part, name, &["refreshOnLoad"], ledger, |node, ledger| {
            let Node::Open(local, element) = node else {
                return Ok(());
            };
            if matches!(local, "queryTable" | "pivotCacheDefinition") {
                on_load = attribute(element, "refreshOnLoad").is_some_and(|value| is_true(&value));
            }
            if on_load
                && matches!(local, "queryTable" | "cacheSource")
                && let Some(id) = attribute(element, "connectionId")
            {
                ledger.charge(Limit::Entries, 1)?;
                self.refreshed.insert(id);
            }
            Ok(())
        });
    }

    /// What the workbook is connected to.
    pub fn loads(self) -> impl Iterator<Item = Load> {
        let refreshed = self.refreshed;
        self.targets.into_iter().flat_map(move |(id, mut loads)| {
            let again = refreshed.contains(&id);
            for load in &mut loads {
                // A command is told as such, however often it is run.
                if again && load.kind == LoadKind::Connection && !is_command(&load.target) {
                    load.kind = LoadKind::Refresh;
                }
            }
            loads
        })
    }
}

fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}

/// Whether a text is a query and names no place.
fn is_command(target: &str) -> bool {
    let word = target.split_whitespace().next().unwrap_or_default();
    [
        "select", "exec", "execute", "with", "declare", "insert", "update", "delete", "call",
        "begin",
    ]
    .iter()
    .any(|verb| word.eq_ignore_ascii_case(verb))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn connections_and_what_refreshes_them() {
        let mut ledger = Ledger::new(Limits::mail());
        let mut all = Connections::default();
        all.refreshed(
            b"<pivotCacheDefinition refreshOnLoad='1'><cacheSource type='external' connectionId='2'/>\
              </pivotCacheDefinition>",
            "p",
            &mut ledger,
        );
        all.connections(
            b"<connections><connection id='1'><webPr url='https://example.invalid/a'/></connection>\
              <connection id='2'><dbPr connection='Provider=x;Data Source=y' command='SELECT 1'/>\
              </connection><connection id='3' refreshOnLoad='true'><webPr url='b'/></connection>\
              </connections>",
            "c",
            &mut ledger,
        );
        let loads: Vec<_> = all.loads().map(|one| (one.kind, one.target)).collect();
        let load = |kind, target: &str| (kind, target.to_owned());
        assert_eq!(
            loads,
            [
                load(LoadKind::Connection, "https://example.invalid/a"),
                load(LoadKind::Refresh, "Provider=x;Data Source=y"),
                load(LoadKind::Connection, "SELECT 1"),
                load(LoadKind::Refresh, "b"),
            ]
        );
    }
}
