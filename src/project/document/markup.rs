//! What the markup of a document loads or holds without a relationship.
//!
//! | where | what | clause |
//! |---|---|---|
//! | `o:OLEObject ProgID` | the class of an object | ECMA-376-4 19.2.2.19 |
//! | `v:imagedata src`, `v:fill src` … | a picture by its address | ECMA-376-4 19.1.2.11 |
//! | `w:connectString`, `w:udl` | the data of a mail merge | ECMA-376-1 17.14.8, 17.14.31 |
//! | `w:query` | the same, as far as it names a place | ECMA-376-1 17.14.26 |
//! | `w:dataSource`, `w:headerSource` | the same by its address, as Word 2003 writes it | |
//! | `wp15:webVideoPr embeddedHtml` | markup around a film | [MS-DOCX] 2.5.6.1 |
//! | `svg:script`, `on…`, `javascript:` | script in a picture | SVG 1.1 18 |

use memchr::memmem;
use quick_xml::escape::unescape;

use super::Outside;
use super::elements::{self, Node, attribute};
use crate::limits::Limit;
use crate::observe::Ledger;
use crate::project::{Load, LoadKind};

/// How much of a text is kept, in characters.
const LONGEST: usize = 1000;

/// Looks through the text of a part of a Word document.
pub(super) fn inspect(text: &str, name: &str, found: &mut Outside, ledger: &mut Ledger) {
    const MARKS: &[&str] = &["OLEObject", " src=", "webVideoPr", "mailMerge"];
    if !elements::has(text, MARKS) {
        return;
    }
    elements::walk(text, name, ledger, |node, ledger| {
        let Node::Open(local, element) = node else {
            return Ok(());
        };
        let (kind, target) = match local {
            "OLEObject" => (LoadKind::Class, attribute(element, "ProgID")),
            "connectString" | "udl" | "dataSource" | "headerSource" => {
                (LoadKind::MailMerge, attribute(element, "val"))
            }
            "query" => {
                let query = attribute(element, "val").unwrap_or_default();
                (LoadKind::MailMerge, place_in(&query).map(str::to_owned))
            }
            "webVideoPr" => match attribute(element, "embeddedHtml") {
                Some(html) if has_script(&html) => (LoadKind::Script, Some(html)),
                // A film is fetched when it is clicked.
                Some(html) => (LoadKind::Hyperlink, source(&html)),
                None => return Ok(()),
            },
            _ => {
                let target = attribute(element, "src").filter(|target| is_absolute(target));
                (LoadKind::Picture, target)
            }
        };
        if let Some(target) = target {
            ledger.charge(Limit::Entries, 1)?;
            found.loads.push(Load {
                kind,
                target: target.trim().chars().take(LONGEST).collect(),
                place: name.to_owned(),
            });
        }
        Ok(())
    });
}

/// Looks for script in a picture that is markup.
pub fn inspect_svg(part: &[u8], name: &str, found: &mut Outside, ledger: &mut Ledger) {
    const MARKS: &[&str] = &[
        "script",
        "SCRIPT",
        "Script",
        " on",
        "\non",
        "\ton",
        "foreignObject",
        "data:text",
    ];
    let mut kept = false;
    elements::read(part, name, MARKS, ledger, |node, ledger| {
        let Node::Open(local, element) = node else {
            return Ok(());
        };
        let runs = local.eq_ignore_ascii_case("script")
            || element
                .attributes()
                .with_checks(false)
                .flatten()
                .any(|attribute| {
                    let key = attribute.key.local_name().into_inner();
                    let handler = key.len() > 4
                        && key.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on"));
                    handler || is_script(&attribute.value)
                });
        if runs && !kept {
            kept = true;
            ledger.charge(Limit::Entries, 1)?;
            let start: String = element.chars().take(200).collect();
            found.loads.push(Load {
                kind: LoadKind::Script,
                target: format!("<{start}>"),
                place: name.to_owned(),
            });
        }
        Ok(())
    });
}

/// Whether markup runs script.
fn has_script(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    let text = lower.as_bytes();
    let handler = memmem::find_iter(text, b" on").any(|at| {
        let rest = text.get(at.saturating_add(3)..).unwrap_or_default();
        let word = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let after = rest.get(word..).unwrap_or_default().trim_ascii_start();
        word > 2 && after.starts_with(b"=")
    });
    handler
        || [
            "<script",
            "javascript:",
            "vbscript:",
            "data:text",
            "<object",
            "<embed",
            "<applet",
        ]
        .iter()
        .any(|sign| memmem::find(text, sign.as_bytes()).is_some())
}

/// Whether an address is script.
fn is_script(value: &str) -> bool {
    let value = unescape(value).unwrap_or_default();
    let value: String = value
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(12)
        .collect();
    let value = value.to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:text/"]
        .iter()
        .any(|scheme| value.starts_with(scheme))
}

/// The first `src` in some markup.
fn source(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("src=")?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => rest.get(1..)?.split(quote).next()?,
        None => rest.split([' ', '>']).next()?,
    };
    Some(value.to_owned())
}

/// The first place that a query names: `SELECT * FROM \\server\share\list.xls`. Tables are none.
fn place_in(query: &str) -> Option<&str> {
    query
        .split([
            '`', '\'', '"', '[', ']', ' ', '\t', '\n', '(', ')', ',', ';', '=',
        ])
        .find(|word| {
            let is_host = |rest: &str| rest.starts_with("\\\\") || rest.starts_with("//");
            is_host(word) || word.split_once(':').is_some_and(|(_, rest)| is_host(rest))
        })
}

/// Whether an address says where it is by itself.
fn is_absolute(target: &str) -> bool {
    let target = target.trim();
    let scheme = target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-.%".contains(&b))
    });
    (scheme && !target.starts_with("wordml:") && !target.starts_with("cid:"))
        || target.starts_with("\\\\")
        || target.starts_with("//")
        || target.starts_with('%')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn loads(body: &str, svg: bool) -> Vec<(LoadKind, String)> {
        let mut ledger = Ledger::new(Limits::mail());
        let mut found = Outside::default();
        if svg {
            inspect_svg(body.as_bytes(), "a.svg", &mut found, &mut ledger);
        } else {
            inspect(body, "word/document.xml", &mut found, &mut ledger);
        }
        assert!(ledger.gaps().is_empty(), "{body}");
        found
            .loads
            .into_iter()
            .map(|one| (one.kind, one.target))
            .collect()
    }

    #[test]
    fn what_markup_loads() {
        for (body, kind, target) in [
            (
                "<w:object><o:OLEObject Type='Embed' ProgID='Equation.3'/></w:object>",
                LoadKind::Class,
                "Equation.3",
            ),
            (
                "<v:imagedata src='https://example.invalid/a.png'/>",
                LoadKind::Picture,
                "https://example.invalid/a.png",
            ),
            (
                "<v:fill src='\\\\example.invalid\\a.png'/>",
                LoadKind::Picture,
                "\\\\example.invalid\\a.png",
            ),
            (
                "<w:mailMerge><w:udl w:val='Provider=x;Data Source=y'/></w:mailMerge>",
                LoadKind::MailMerge,
                "Provider=x;Data Source=y",
            ),
            (
                "<w:mailMerge><w:query w:val='SELECT * FROM `\\\\example.invalid\\a`'/></w:mailMerge>",
                LoadKind::MailMerge,
                "\\\\example.invalid\\a",
            ),
            (
                "<wp15:webVideoPr embeddedHtml='&lt;iframe src=\"https://example.invalid/v\">'/>",
                LoadKind::Hyperlink,
                "https://example.invalid/v",
            ),
            (
                "<wp15:webVideoPr embeddedHtml='&lt;img onerror=x>'/>",
                LoadKind::Script,
                "<img onerror=x>",
            ),
        ] {
            assert_eq!(loads(body, false), [(kind, target.to_owned())]);
        }
        for body in [
            "<v:imagedata src='image1.png' o:title=''/>",
            "<w:mailMerge><w:query w:val='SELECT * FROM `Sheet1$` WHERE a = &apos;12:30&apos;'/><w:dataSource r:id='a'/></w:mailMerge>",
        ] {
            assert_eq!(loads(body, false), [], "{body}");
        }
    }

    #[test]
    fn script_in_a_picture() {
        for svg in [
            "<svg><script>inert</script></svg>",
            "<svg onload='inert'/>",
            "<svg><a xlink:href=' java&#10;script:inert'/></svg>",
            "<svg:svg><svg:Script/></svg:svg>",
        ] {
            assert_eq!(loads(svg, true).len(), 1, "{svg}");
        }
        for svg in [
            "<svg><title>description on=1</title><path d='M 0'/></svg>",
            "<svg/>",
        ] {
            assert_eq!(loads(svg, true), [], "{svg}");
        }
    }
}
