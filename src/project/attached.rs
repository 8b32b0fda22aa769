//! What a file that a document holds is, told by its bytes, and by its name where Windows goes by
//! that.

use memchr::memmem;

use crate::bytes::text;
use crate::container::{Kind, sniff};

use super::{Language, plain::plain_source};

/// How much of a text is looked at.
const HEAD: usize = 1 << 14;

/// Endings of files that Windows runs, or opens in something that runs what is in them, with the
/// words for them. The bytes do not matter: a script host reads past what it does not understand.
const RUN_BY_NAME: &[(&str, &str)] = &[
    ("bat", "batch"),
    ("cmd", "batch"),
    ("chm", "chm"),
    ("com", "exe"),
    ("cpl", "exe"),
    ("exe", "exe"),
    ("hta", "hta"),
    ("js", "jscript"),
    ("jse", "jscript"),
    ("lnk", "lnk"),
    ("msi", "msi"),
    ("pif", "exe"),
    ("ps1", "powershell"),
    ("scr", "exe"),
    ("url", "url"),
    ("vbe", "vbscript"),
    ("vbs", "vbscript"),
    ("wsf", "wsf"),
    ("wsh", "wsf"),
];

/// The kind of a file in one word, for a person and for rules.
#[must_use]
pub fn kind_of_attached(data: &[u8], name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let run = RUN_BY_NAME
        .iter()
        .find(|(known, _)| ending.eq_ignore_ascii_case(known));
    match sniff(data) {
        // What is a program stays one whatever it is called.
        Kind::Foreign(kind) if is_program(kind) => kind,
        _ if run.is_some() => run.map_or("", |(_, kind)| kind),
        kind @ (Kind::Text | Kind::Html | Kind::Xml | Kind::Unknown) => {
            script(data).unwrap_or(kind.name())
        }
        kind => kind.name(),
    }
}

/// The ending that Windows goes by for files of a kind.
#[must_use]
pub fn ending_of_kind(kind: &'static str) -> &'static str {
    match kind {
        "batch" => "bat",
        "jscript" => "js",
        "vbscript" | "vba" => "vbs",
        "powershell" => "ps1",
        // It may be meant for a browser, and for a program that lets it do more.
        "html with script" => "hta",
        "text" => "txt",
        "unknown" => "bin",
        other => other,
    }
}

/// Whether files of a kind are programs by their bytes.
#[must_use]
pub fn is_program(kind: &str) -> bool {
    matches!(kind, "exe" | "lnk" | "chm" | "elf")
}

/// Whether a file is a program and its name says that it is something else.
#[must_use]
pub fn is_false(kind: &str, name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let known = |(known, _): &(&str, &str)| ending.eq_ignore_ascii_case(known);
    is_program(kind) && !RUN_BY_NAME.iter().any(known)
}

/// Whether a kind is a picture, a sound or a film: nothing that opening it could run.
#[must_use]
pub fn is_picture(kind: &str) -> bool {
    const PICTURES: [&str; 14] = [
        "png",
        "jpeg",
        "gif",
        "bmp",
        "tiff",
        "wmf",
        "emf",
        "psd",
        "ogg",
        "mp3",
        "mp4",
        "flac",
        "riff",
        "postscript",
    ];
    PICTURES.contains(&kind)
}

/// The language of a script without a name, by words that only it has.
fn script(data: &[u8]) -> Option<&'static str> {
    let head = data.get(..HEAD).unwrap_or(data);
    let text = match head {
        [0xFF, 0xFE, wide @ ..] => text::utf16le(wide).to_ascii_lowercase().into_bytes(),
        [0xEF, 0xBB, 0xBF, text @ ..] => text.to_ascii_lowercase(),
        _ => head.to_ascii_lowercase(),
    };
    let has = |word: &str| memmem::find(&text, word.as_bytes()).is_some();
    let start = text.trim_ascii_start();
    if start.starts_with(b"#@~^") {
        return Some("vbscript");
    }
    if has("<hta:application") {
        return Some("hta");
    }
    if has("<job") && has("<script") || start.starts_with(b"<package") && has("<script") {
        return Some("wsf");
    }
    if has("<script") {
        return Some("html with script");
    }
    if start.starts_with(b"[internetshortcut]") {
        return Some("url");
    }
    if start.starts_with(b"@echo")
        || start.starts_with(b"echo off")
        || has("\n@echo off")
        || has("cmd /c ") && has("set ")
        || start.starts_with(b"rem ")
        || start.starts_with(b"start ")
        || start.starts_with(b"powershell")
        || start.starts_with(b"cmd ")
    {
        return Some("batch");
    }
    if has("activexobject(") || has("wscript.createobject(\"") && has(";") || has("function(") {
        return Some("jscript");
    }
    if let Some((code, _)) = plain_source(head, None) {
        return Some(match code.language {
            Language::VbScript => "vbscript",
            _ => "vba",
        });
    }
    const POWERSHELL: [&str; 6] = [
        "invoke-expression",
        "invoke-webrequest",
        "new-object ",
        "start-process",
        "-encodedcommand",
        "[system.",
    ];
    (POWERSHELL.iter().any(|word| has(word)) || start.starts_with(b"$") && has(" = "))
        .then_some("powershell")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_scripts_by_name_or_by_their_words() {
        for (data, name, kind) in [
            (&b"MZ\x90\0\x03\0"[..], "bill.pdf", "exe"),
            (b"\x89PNG\r\n\x1a\n\0\0<script>", "a.hta", "hta"),
            (b"\x89PNG\r\n\x1a\n\0\0", "a.png", "png"),
            (b"@echo off\r\nrem inert\r\n", "", "batch"),
            (b"<html><hta:application id=a>", "", "hta"),
            (b"<html><script>1</script>", ".txt", "html with script"),
            (
                b"Set s = CreateObject(\"a\")\r\nOn Error Resume Next\r\nWScript.Quit",
                "",
                "vbscript",
            ),
            (b"var s = new ActiveXObject(\"inert\");", "", "jscript"),
            (b"$a = 1\nInvoke-Expression $a", "", "powershell"),
            (b"\xFF\xFE@\0e\0c\0h\0o\0 \0o\0f\0f\0", "", "batch"),
            (b"Dear Sir, please find enclosed", "", "text"),
            (b"PK\x03\x04", "a.docx", "zip"),
        ] {
            assert_eq!(kind_of_attached(data, name), kind, "{name}");
        }
        assert!(is_picture("png") && !is_picture("exe"));
    }
}
