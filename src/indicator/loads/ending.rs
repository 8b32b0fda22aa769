//! What kind of file a name says it is.

/// What the end of a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// A program of Windows.
    Program,
    /// A text that a program of Windows runs.
    Script,
    /// A file that says what to start.
    Shortcut,
    /// A disk, which Windows opens without the mark of the web on what is in it.
    Disk,
    /// An archive.
    Archive,
    /// A document that can have macros, or an add-in.
    Macro,
    /// Another document, a text, a picture or a film.
    Document,
    /// None of these, or no ending.
    Other,
}

impl Ending {
    /// Whether opening it runs it.
    pub(super) const fn runs(self) -> bool {
        matches!(self, Self::Program | Self::Script | Self::Shortcut)
    }
}

const ENDINGS: &[(Ending, &[&str])] = &[
    (
        Ending::Program,
        &[
            "exe",
            "dll",
            "scr",
            "pif",
            "com",
            "cpl",
            "ocx",
            "sys",
            "drv",
            "xll",
            "wll",
            "msi",
            "msp",
            "mst",
            "msix",
            "msixbundle",
            "appx",
            "appxbundle",
            "appinstaller",
            "jar",
            "gadget",
            "application",
            "vsto",
        ],
    ),
    (
        Ending::Script,
        &[
            "bat", "cmd", "vbs", "vbe", "js", "jse", "wsf", "wsh", "wsc", "sct", "hta", "ps1",
            "ps1xml", "psm1", "psd1", "psc1", "cdxml", "msh", "msh1", "msh2", "py", "pyw", "pl",
            "rb", "xsl", "xslt", "inf", "reg", "chm", "hlp", "diagcab", "ahk", "au3",
        ],
    ),
    (
        Ending::Shortcut,
        &[
            "lnk",
            "url",
            "website",
            "scf",
            "library-ms",
            "search-ms",
            "searchconnector-ms",
            "settingcontent-ms",
            "desklink",
            "rdp",
            "iqy",
            "oqy",
            "rqy",
            "dqy",
            "slk",
            "theme",
            "themepack",
            "printerexport",
            "job",
        ],
    ),
    (
        Ending::Disk,
        &["iso", "img", "vhd", "vhdx", "udf", "vmdk", "wim", "dmg"],
    ),
    (
        Ending::Archive,
        &[
            "zip", "rar", "7z", "cab", "gz", "tgz", "bz2", "tar", "xz", "lzh", "lha", "arj", "ace",
            "z", "zst", "uue",
        ],
    ),
    (
        Ending::Macro,
        &[
            "docm", "dotm", "dot", "xlsm", "xltm", "xlsb", "xlam", "xla", "xlm", "pptm", "potm",
            "ppam", "ppa", "ppsm", "sldm", "vsdm", "vssm", "vstm", "accdb", "accde", "mdb", "mde",
            "pub", "mpp", "mht", "mhtml", "one",
        ],
    ),
    (
        Ending::Document,
        &[
            "doc", "docx", "dotx", "xls", "xlsx", "xlt", "xltx", "ppt", "pptx", "pot", "potx",
            "pps", "ppsx", "rtf", "odt", "ods", "odp", "pdf", "txt", "csv", "xml", "htm", "html",
            "vsd", "vsdx", "msg", "eml", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "svg",
            "emf", "wmf", "mp3", "mp4", "wav", "wma", "wmv", "avi", "mov", "ico", "webp", "dwg",
            "dxf", "xps", "log", "md", "json", "jtd", "jtdc", "xdw", "psd", "ai", "mid", "midi",
            "m4a", "m4v", "mpg", "mpeg", "vcf", "ics",
        ],
    ),
];

/// What a name or path is, by what it ends in. Windows takes blanks and dots at the end away.
pub(super) fn ending(path: &str) -> Ending {
    let end = path.find(['?', '#', '!', '*']).unwrap_or(path.len());
    let path = path.get(..end).unwrap_or_default();
    let name = path.rsplit(['/', '\\', ':']).next().unwrap_or(path);
    let name = name.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '"' | '\''));
    let Some((_, last)) = name.rsplit_once('.') else {
        return Ending::Other;
    };
    let known = |list: &[&str]| list.iter().any(|one| last.eq_ignore_ascii_case(one));
    ENDINGS
        .iter()
        .find(|(_, list)| known(list))
        .map_or(Ending::Other, |(ending, _)| *ending)
}

/// What the path of an address on the web is. With a question behind it, it names a program of the
/// server, and so do some endings.
pub(super) fn ending_on_the_web(path: &str) -> Ending {
    const OF_SERVERS: &[&str] = &[
        "com",
        "dll",
        "application",
        "js",
        "pl",
        "py",
        "rb",
        "xsl",
        "xslt",
        "cmd",
        "url",
        "theme",
        "job",
    ];
    let end = path.find(['?', '#', '!']).unwrap_or(path.len());
    let (page, rest) = path.split_at_checked(end).unwrap_or((path, ""));
    let last = page.rsplit('.').next().unwrap_or_default();
    if rest.starts_with('?') || OF_SERVERS.iter().any(|one| last.eq_ignore_ascii_case(one)) {
        Ending::Other
    } else {
        ending(page)
    }
}

/// Whether a name is written so that it looks like that of another kind of file: turned around
/// with marks of direction, or a document's ending before that of a program.
pub(super) fn is_false_name(name: &str) -> bool {
    let turned = name
        .chars()
        .any(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'));
    let doubled = || {
        let name = name.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
        name.rsplit_once('.')
            .is_some_and(|(before, _)| ending(name).runs() && ending(before) == Ending::Document)
    };
    // A long run of blanks pushes the ending out of sight.
    turned || name.contains("      ") || doubled()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lie() {
        for name in [
            "annual\u{202E}fdp.exe",
            "invoice.pdf.exe",
            "a.docx .js",
            "a.pdf                      .exe",
        ] {
            assert!(is_false_name(name), "{name}");
        }
        for name in ["a.exe", "a.b.pdf", "報告書.docx", "v1.2.exe", ""] {
            assert!(!is_false_name(name), "{name}");
        }
    }
}
