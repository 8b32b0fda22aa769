//! Programs that a package brings to Office: controls, web add-ins, customisations.
//!
//! | part | what | clause |
//! |---|---|---|
//! | `activeX1.xml` | `ax:ocx ax:classid` | ECMA-376-1 18.3.1.19, [MS-OE376] |
//! | web extension | `we:reference id store storeType`, `we:alternateReferences` | [MS-OWEXML] 2.2 |
//! | custom properties | `_AssemblyLocation`, `_AssemblyName` | ECMA-376-1 22.3; VSTO |

use super::Outside;
use super::elements::{self, Node, attribute};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::{Load, LoadKind};

/// How much of a text is kept, in characters.
const LONGEST: usize = 1000;

/// The class of an ActiveX control.
pub fn inspect_control(part: &[u8], name: &str, found: &mut Outside, ledger: &mut Ledger) {
    elements::read(part, name, &["classid"], ledger, |node, ledger| {
        let Node::Open(_, element) = node else {
            return Ok(());
        };
        match attribute(element, "classid") {
            Some(class) => keep(LoadKind::Control, &class, name, found, ledger),
            None => Ok(()),
        }
    });
}

/// Where a web add-in comes from.
pub fn inspect_web_extension(part: &[u8], name: &str, found: &mut Outside, ledger: &mut Ledger) {
    elements::read(part, name, &["reference"], ledger, |node, ledger| {
        let Node::Open("reference", element) = node else {
            return Ok(());
        };
        let value = |key: &str| attribute(element, key).unwrap_or_default();
        let (kind, store, id) = (value("storeType"), value("store"), value("id"));
        let told = match kind.as_str() {
            // A folder in a network or a page, by its address.
            "FileSystem" | "Registry" | "Unknown" | "" => format!("{store} {id}"),
            _ => format!("{kind} {store} {id}"),
        };
        keep(LoadKind::WebAddIn, told.trim(), name, found, ledger)
    });
}

/// The assembly that the custom properties name: its place, in one property or in several that are
/// numbered; without a place its name.
pub fn inspect_properties(part: &[u8], name: &str, found: &mut Outside, ledger: &mut Ledger) {
    let (mut place, mut assembly) = (String::new(), String::new());
    let mut property = Property::Other;
    elements::read(part, name, &["property"], ledger, |node, _| {
        match node {
            Node::Open("property", element) => {
                let name = attribute(element, "name").unwrap_or_default();
                property = if name.starts_with("_AssemblyLocation") {
                    Property::Place
                } else if name.starts_with("_AssemblyName") {
                    Property::Assembly
                } else {
                    Property::Other
                };
            }
            Node::Text(text) => match property {
                Property::Place => add(&mut place, text),
                Property::Assembly => add(&mut assembly, text),
                Property::Other => {}
            },
            _ => {}
        }
        Ok(())
    });
    // `*` is what every customised document has for a name.
    let target = [place.trim(), assembly.trim()]
        .into_iter()
        .find(|text| !text.is_empty() && *text != "*");
    if let Some(target) = target {
        // A spent budget has left its gap.
        let _ = keep(LoadKind::Assembly, target, name, found, ledger);
    }
}

#[derive(Clone, Copy)]
enum Property {
    Place,
    Assembly,
    Other,
}

fn add(text: &mut String, piece: &str) {
    text.extend(piece.chars().take(LONGEST.saturating_sub(text.len())));
}

fn keep(
    kind: LoadKind,
    target: &str,
    place: &str,
    found: &mut Outside,
    ledger: &mut Ledger,
) -> Result<(), crate::limits::Spent> {
    ledger.charge(Limit::Entries, 1)?;
    found.loads.push(Load {
        kind,
        target: target.chars().take(LONGEST).collect(),
        place: place.to_owned(),
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    type Inspect = fn(&[u8], &str, &mut Outside, &mut Ledger);

    #[test]
    fn what_a_package_brings() {
        let rows: [(Inspect, &str, LoadKind, &str); 4] = [
            (
                inspect_control,
                "<ax:ocx ax:classid='{D27CDB6E-AE6D-11CF-96B8-444553540000}' xmlns:ax='a'/>",
                LoadKind::Control,
                "{D27CDB6E-AE6D-11CF-96B8-444553540000}",
            ),
            (
                inspect_web_extension,
                "<we:webextension><we:reference id='wa1' version='1' store='en-US' \
                 storeType='OMEX'/></we:webextension>",
                LoadKind::WebAddIn,
                "OMEX en-US wa1",
            ),
            (
                inspect_web_extension,
                "<we:webextension><we:reference id='a' store='\\\\server\\share' \
                 storeType='FileSystem'/></we:webextension>",
                LoadKind::WebAddIn,
                "\\\\server\\share a",
            ),
            (
                inspect_properties,
                "<Properties><property name='_AssemblyName'><vt:lpwstr>*</vt:lpwstr></property>\
                 <property name='_AssemblyLocation'><vt:lpwstr>https://example.invalid/a.vsto|x\
                 </vt:lpwstr></property></Properties>",
                LoadKind::Assembly,
                "https://example.invalid/a.vsto|x",
            ),
        ];
        for (inspect, part, kind, target) in rows {
            let mut ledger = Ledger::new(Limits::mail());
            let mut found = Outside::default();
            inspect(part.as_bytes(), "part.xml", &mut found, &mut ledger);
            let loads: Vec<_> = found
                .loads
                .iter()
                .map(|one| (one.kind, one.target.as_str()))
                .collect();
            assert_eq!(loads, [(kind, target)]);
        }
    }
}
