//! What a click or the mouse over a shape of a slide does, ECMA-376-1 21.1.2.3.5 and 20.1.10.
//!
//! The action says what is done and the relationship to what: `ppaction://program` starts a
//! program, `ppaction://hlinkfile` and `hlinkpres` open a file. Macros are calls, which
//! [`inspect_bindings`](super::inspect_bindings) tells.

use super::Outside;
use super::elements::{self, Node, attribute};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::{Load, LoadKind};

/// Looks through a slide whose relationships lead outside to these targets, by their ids.
pub fn inspect_actions(
    part: &[u8],
    name: &str,
    outside: &[(String, String)],
    found: &mut Outside,
    ledger: &mut Ledger,
) {
    elements::read(
        part,
        name,
        // Names of elements, since values can be written with references.
        &["hlink"],
        ledger,
        |node, ledger| {
            let Node::Open("hlinkClick" | "hlinkHover" | "hlinkMouseOver", element) = node else {
                return Ok(());
            };
            let action = attribute(element, "action").unwrap_or_default();
            let lower = action.trim().to_ascii_lowercase();
            let Some(verb) = lower.strip_prefix("ppaction://") else {
                return Ok(());
            };
            let kind = match verb.split('?').next() {
                Some("program") => LoadKind::RunProgram,
                Some("hlinkfile" | "hlinkpres") => LoadKind::OpenFile,
                _ => return Ok(()),
            };
            let id = attribute(element, "id").unwrap_or_default();
            ledger.charge(Limit::Steps, outside.len() as u64)?;
            let target = outside.iter().find(|(known, _)| *known == id);
            // A jump within the package has no target outside.
            let Some((_, target)) = target else {
                return Ok(());
            };
            ledger.charge(Limit::Entries, 1)?;
            found.loads.push(Load {
                kind,
                target: target.clone(),
                place: name.to_owned(),
            });
            Ok(())
        },
    );
}
