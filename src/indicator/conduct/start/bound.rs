//! Procedures that the document names: callbacks of the ribbon, macros of shapes, keys and fields.

use std::collections::{HashMap, HashSet};

use super::Started;
use crate::indicator::matcher::Matcher;
use crate::source::eval::{ModuleKind, ProcedureId, Program};
use crate::source::names::Symbol;
use crate::source::{Start, StartBy};

/// Procedures by name, and by the name of their module and their own.
type Index = HashMap<(Option<Symbol>, Symbol), Vec<ProcedureId>>;

/// Adds what the document starts.
pub(super) fn find(
    starts: &[Start],
    program: &Program<'_>,
    matcher: &Matcher,
    found: &mut Vec<Started>,
) {
    if starts.is_empty() {
        return;
    }
    let index = index(program);
    let mut seen = HashSet::new();
    for start in starts {
        let (module, name) = split(&start.name);
        let Some(name) = program.names.get(name) else {
            continue;
        };
        // What stands before the name can also be the project.
        let module = module
            .and_then(|module| program.names.get(module))
            .filter(|module| index.contains_key(&(Some(*module), name)));
        if !seen.insert((module, name, start.by)) {
            continue;
        }
        let (Some(named), Some(rule)) = (index.get(&(module, name)), matcher.rule(id(start.by)))
        else {
            continue;
        };
        found.extend(named.iter().map(|&procedure| Started { procedure, rule }));
    }
}

fn index(program: &Program<'_>) -> Index {
    let mut index = Index::new();
    for (unit, read) in (0..).zip(&program.units) {
        // An instance would be asked, and there is none.
        if read.kind == ModuleKind::Class {
            continue;
        }
        for (procedure, own) in (0..).zip(&read.syntax.procedures) {
            if own.dead {
                continue;
            }
            let id = ProcedureId { unit, procedure };
            for module in [None, Some(read.name)] {
                index.entry((module, own.name)).or_default().push(id);
            }
        }
    }
    index
}

/// The rule of a start.
const fn id(by: StartBy) -> &'static str {
    match by {
        StartBy::RibbonLoad => "trigger.ribbon",
        StartBy::Touch => "trigger.control-touch",
        StartBy::Formula => "trigger.formula",
        StartBy::Opened => "trigger.document-open",
        StartBy::Closed => "trigger.close",
        _ => "trigger.click",
    }
}

/// Module and procedure of a name as the document has it: `[0]!Go`, `'a b.xlsm'!Module1.Go`,
/// `PROJECT.MODULE1.GO`, `'Go "argument"'`.
fn split(name: &str) -> (Option<&str>, &str) {
    let own = match name.rsplit_once("'!") {
        Some((_, own)) => own,
        None => {
            let arguments = name.find(['(', '"']).unwrap_or(name.len());
            let (before, _) = name.split_at_checked(arguments).unwrap_or((name, ""));
            let file = before.rfind('!').map_or(0, |at| at + 1);
            name.get(file..).unwrap_or(name)
        }
    };
    let own = own.trim_matches([' ', '\'', '=']);
    let own = own
        .split([' ', '(', '"', ','])
        .next()
        .unwrap_or_default()
        .trim_matches('\'');
    match own.rsplit_once('.') {
        Some((before, name)) => (before.rsplit('.').next(), name),
        None => (None, own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_documents_have_them() {
        for (name, module, procedure) in [
            ("Go", None, "Go"),
            ("[0]!Go", None, "Go"),
            ("Module1.Go", Some("Module1"), "Go"),
            ("[0]!Module1.Go", Some("Module1"), "Go"),
            ("PROJECT.MODULE1.GO", Some("MODULE1"), "GO"),
            ("Book1.xlsm!Go", None, "Go"),
            ("'a b (1).xlsm'!Module1.Go", Some("Module1"), "Go"),
            ("'Go(\"inert!\")'", None, "Go"),
            ("'Book1.xlsm'!'Go 5, \"x\"'", None, "Go"),
            ("縦横比の固定", None, "縦横比の固定"),
        ] {
            assert_eq!(split(name), (module, procedure), "{name}");
        }
    }
}
