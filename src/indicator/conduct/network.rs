//! What fetches and sends.

use super::acts::{Told, is_hidden};
use super::commands::{self, Target};
use super::objects::Family;
use super::world::{Call, World, is_concealed};
use crate::indicator::rules::Given;
use crate::source::eval::{Origin, Reply, Value};

/// `request.Open method, address`
pub(super) fn http_open(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let address = call.argument(1, "bstrurl");
    world.set_about(call.object, address);
    Value::UNKNOWN.into()
}

/// `request.Send body`
pub(super) fn http_send(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let address = world.about(call.object).unwrap_or(Value::UNKNOWN);
    world.tell(call, "network.request", &address);
    Value::UNKNOWN.into()
}

/// `request.OpenURL(address)` and others that fetch at once.
pub(super) fn fetch(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let address = call.argument(0, "url");
    world.tell(call, "network.request", &address);
    Value::unknown_from(Origin::NETWORK).into()
}

/// `xml.Load address`: a file, or what an address gives.
pub(super) fn xml_load(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let source = call.argument(0, "xmlsource");
    if source.as_text().is_some_and(commands::is_page) {
        world.tell(call, "network.request", &source);
    }
    Value::UNKNOWN.into()
}

/// `browser.Navigate address`
pub(super) fn navigate(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let address = call.argument(0, "url");
    let code = address.as_text().is_some_and(|address| {
        ["javascript:", "vbscript:"]
            .iter()
            .any(|scheme| commands::starts_with(address.trim_start(), scheme))
    });
    let rule = if code {
        "execution.script-engine"
    } else {
        "execution.html-engine"
    };
    world.tell(call, rule, &address);
    Value::UNKNOWN.into()
}

/// `document.FollowHyperlink address`
pub(super) fn follow_link(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    let address = call.argument(0, "address");
    let told = Told::value(&address);
    world.document.opened |= told.origin.has(Origin::DOCUMENT);
    let rule = if is_plain_page(&told) {
        "execution.open-page"
    } else {
        "execution.follow-link"
    };
    world.act(call.site, rule, call.name, told);
    Value::UNKNOWN.into()
}

/// Office opens a document, or asks for a table: `Workbooks.Open(name)`, `QueryTables.Add(name)`.
pub(super) fn opens_document(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    opens(world, call, &file_of(call), true);
    world.some(Family::Office).into()
}

/// Office inserts a file: `Pictures.Insert(name)`, `Selection.InsertFile name`.
pub(super) fn office_opens(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    opens(world, call, &file_of(call), false);
    world.some(Family::Office).into()
}

fn file_of(call: &Call<'_>) -> Value {
    ["filename", "name", "connection", "template"]
        .iter()
        .map(|name| call.argument(0, name))
        .find(|value| value.as_text().is_some())
        .unwrap_or_else(|| call.argument(0, "filename"))
}

/// `file.AttachedTemplate = name`
pub(super) fn attach_template(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    opens(world, call, &call.argument(0, ""), true);
    Value::UNKNOWN.into()
}

/// Office opens a file, which may be one that can hold code.
pub(super) fn opens(world: &mut World<'_>, call: &Call<'_>, file: &Value, code: bool) {
    let told = Told::value(file);
    let text = told.text.trim();
    let text = match text.get(..4) {
        Some(head) if head.eq_ignore_ascii_case("URL;") => text.get(4..).unwrap_or_default(),
        _ => text,
    };
    let page = commands::is_page(text);
    if !page && !text.starts_with("\\\\") {
        world.document.opened |= told.origin.has(Origin::DOCUMENT);
        return;
    }
    let rule = if page && code && is_hidden(file.origin) {
        "network.opens-hidden"
    } else if page && (code || is_concealed(file))
        || is_odd(text)
        || is_hidden(file.origin)
        || file.origin.has(Origin::NETWORK)
    {
        "network.opens-address"
    } else {
        "network.office-opens"
    };
    world.act(call.site, rule, call.name, told);
}

/// Whether an address is no page or share of a firm: the host is a number, a share is reached
/// over the web, or what it gives brings code along.
fn is_odd(address: &str) -> bool {
    let small = address.to_ascii_lowercase();
    let host = small
        .split_once("://")
        .map_or(small.as_str(), |(_, rest)| rest)
        .trim_start_matches('\\');
    let host = host.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let name = host.split([':', '@']).next().unwrap_or_default();
    let number = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b'x'))
        && name.bytes().any(|byte| byte.is_ascii_digit());
    let private = ["10.", "192.168.", "127.", "172."]
        .iter()
        .any(|net| name.starts_with(net));
    let file = small.split(['?', '#']).next().unwrap_or_default();
    let code = commands::target(file) == Target::Program
        || small.contains("://")
            && [".docm", ".dotm", ".xlsm", ".xlam", ".pptm", ".ppam", ".xla"]
                .iter()
                .any(|extension| file.ends_with(extension));
    number && !private || host.contains("@ssl") || small.contains("davwwwroot") || code
}

/// Whether a text is the address of a page that the browser shows.
pub(super) fn is_plain_page(told: &Told) -> bool {
    told.given > Given::Unknown && commands::is_page(&told.text) && !is_odd(&told.text)
}

/// Whether a path is a share on a machine that no firm names so.
pub(super) fn is_odd_share(path: &str) -> bool {
    path.starts_with("\\\\") && is_odd(path)
}

/// `message.Send`
pub(super) fn send_mail(world: &mut World<'_>, call: &Call<'_>) -> Reply {
    world.act(call.site, "network.send-mail", call.name, Told::nothing());
    Value::UNKNOWN.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_firm_is_not_odd() {
        for address in [
            "https://inert.invalid/prices.xlsx",
            "\\\\server\\share\\prices.xlsm",
            "http://192.168.1.2/device",
            "https://inert.invalid/a.asp?x=1",
        ] {
            assert!(!is_odd(address), "{address}");
        }
        for address in [
            "http://203.0.113.7/prices",
            "http://0xcb007107/prices",
            "\\\\inert.invalid@SSL\\DavWWWRoot\\a.docx",
            "https://inert.invalid/a.exe",
            "https://inert.invalid/a.dotm",
        ] {
            assert!(is_odd(address), "{address}");
        }
    }
}
