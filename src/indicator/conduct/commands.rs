//! What a command line starts, and what a file name says about the file.

use crate::source::eval::HOLE;

/// What comes of starting something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Starts {
    /// A program that only shows something, or the file, folder or page itself.
    View,
    /// Another program.
    Program,
}

/// What a file is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A program, a script, or what starts one when it is opened.
    Program,
    /// An archive or an image of a disk.
    Archive,
    /// Data.
    Data,
    /// The name does not say.
    Unknown,
}

/// Programs that show what they are given.
const VIEWERS: &[&str] = &[
    "acrobat",
    "acrord32",
    "calc",
    "charmap",
    "chrome",
    "excel",
    "explorer",
    "firefox",
    "foxitreader",
    "gedit",
    "iexplore",
    "mspaint",
    "msedge",
    "notepad",
    "notepad++",
    "onenote",
    "opera",
    "osk",
    "outlook",
    "powerpnt",
    "snippingtool",
    "sumatrapdf",
    "taskmgr",
    "textpad",
    "uedit32",
    "visio",
    "vlc",
    "winhlp32",
    "winmerge",
    "winword",
    "wmplayer",
    "wordpad",
    "write",
];
/// Programs that run what they are given.
const INTERPRETERS: &[&str] = &[
    "bash",
    "bitsadmin",
    "certutil",
    "cmd",
    "cmstp",
    "command",
    "conhost",
    "cscript",
    "csc",
    "curl",
    "dllhost",
    "forfiles",
    "hh",
    "installutil",
    "java",
    "javaw",
    "mavinject",
    "msbuild",
    "mshta",
    "msiexec",
    "msxsl",
    "net",
    "netsh",
    "odbcconf",
    "osascript",
    "pcalua",
    "powershell",
    "pwsh",
    "python",
    "pythonw",
    "reg",
    "regasm",
    "regsvcs",
    "regsvr32",
    "rundll32",
    "schtasks",
    "sh",
    "start",
    "taskkill",
    "vssadmin",
    "wget",
    "wmic",
    "wscript",
    "wsl",
];
const PROGRAMS: &[&str] = &[
    "appref-ms",
    "bat",
    "chm",
    "cmd",
    "com",
    "cpl",
    "dll",
    "exe",
    "hta",
    "inf",
    "jar",
    "js",
    "jse",
    "lnk",
    "msc",
    "msi",
    "msp",
    "ocx",
    "pif",
    "ps1",
    "psm1",
    "py",
    "reg",
    "scr",
    "sct",
    "settingcontent-ms",
    "sh",
    "url",
    "vb",
    "vbe",
    "vbs",
    "wll",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "xll",
    "xsl",
];
const ARCHIVES: &[&str] = &[
    "7z", "ace", "cab", "gz", "img", "iso", "rar", "tar", "vhd", "zip",
];
const DATA: &[&str] = &[
    "accdb", "bak", "bas", "bmp", "cls", "csv", "dat", "db", "doc", "docm", "docx", "dot", "dotm",
    "dotx", "emf", "eml", "frm", "gif", "htm", "html", "ics", "ini", "jpeg", "jpg", "json", "kml",
    "log", "md", "mdb", "mht", "mp3", "mp4", "mpp", "msg", "odt", "oft", "pdf", "png", "ppt",
    "pptm", "pptx", "prn", "ps", "pub", "rtf", "sql", "svg", "tex", "tif", "tiff", "tsv", "txt",
    "vcf", "vsd", "vsdx", "wav", "wmf", "xla", "xlam", "xls", "xlsb", "xlsm", "xlsx", "xlt",
    "xltx", "xml", "xps", "yaml", "yml",
];
/// As much of a command line is looked at for its program.
const HEAD: usize = 1024;

/// What a command line starts.
pub(super) fn starts(command: &str) -> Starts {
    let head: String = command.chars().take(HEAD).collect();
    let head = head.trim_start().to_ascii_lowercase();
    if is_page(&head) {
        return Starts::View;
    }
    let (path, rest) = program(&head);
    let name = stem(path);
    if name.contains(HOLE) {
        return Starts::Program;
    }
    if VIEWERS.contains(&name) {
        // The explorer starts a program that it is told to open.
        let opens = rest.trim_matches([' ', '"']);
        return match target(opens) {
            Target::Program if name == "explorer" => Starts::Program,
            _ => Starts::View,
        };
    }
    if name == "rundll32" && rest.contains("url.dll,fileprotocolhandler") {
        return match target(rest.trim_end_matches([' ', '"'])) {
            Target::Program => Starts::Program,
            _ => Starts::View,
        };
    }
    if INTERPRETERS.contains(&name) {
        return Starts::Program;
    }
    if name == "control" || name.ends_with(".cpl") {
        // An applet that lies elsewhere is a program of somebody else.
        let applet = rest.contains(['\\', '/', HOLE]) || path.contains('\\');
        return if applet {
            Starts::Program
        } else {
            Starts::View
        };
    }
    let whole = head.trim_matches([' ', '"']);
    let is_path = path == whole || whole.starts_with("\\\\") || whole.get(1..3) == Some(":\\");
    let is_path = is_path || whole.starts_with(HOLE);
    match target(whole) {
        Target::Data | Target::Archive if is_path && target(path) != Target::Program => {
            Starts::View
        }
        Target::Unknown if is_path && whole.ends_with('\\') => Starts::View,
        _ => Starts::Program,
    }
}

/// Whether a text looks like a command line, and not like the name of a macro.
pub(super) fn is_command(text: &str) -> bool {
    let head: String = text.chars().take(HEAD).collect();
    let head = head.trim_start().to_ascii_lowercase();
    let (path, _) = program(&head);
    let name = stem(path).trim_matches('%');
    INTERPRETERS.contains(&name)
        || name == "comspec"
        || VIEWERS.contains(&name) && path != name
        || target(path) == Target::Program
        || head.contains(" /c ")
        || is_page(&head)
}

/// What a file is by its name.
pub(super) fn target(path: &str) -> Target {
    let path = path.trim_end_matches([' ', '"', '\'', '.']);
    let file = path.rsplit(['\\', '/']).next().unwrap_or_default();
    let Some((_, extension)) = file.rsplit_once('.') else {
        return Target::Unknown;
    };
    let extension = extension.split(':').next().unwrap_or_default();
    let is_in = |list: &[&str]| list.iter().any(|one| extension.eq_ignore_ascii_case(one));
    if is_in(PROGRAMS) {
        Target::Program
    } else if is_in(ARCHIVES) {
        Target::Archive
    } else if is_in(DATA) {
        Target::Data
    } else {
        Target::Unknown
    }
}

/// Whether a path is a place from which Windows or Office start what is put there.
pub(super) fn is_startup(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [
        "\\xlstart",
        "\\startup",
        "normal.dot",
        "personal.xls",
        "\\currentversion\\run",
    ]
    .iter()
    .any(|place| path.contains(place))
}

/// Whether a text is an address of a page or a mail.
pub(super) fn is_page(text: &str) -> bool {
    ["http://", "https://", "mailto:", "ftp://"]
        .iter()
        .any(|scheme| starts_with(text, scheme))
}

/// Whether a text starts with another, whatever the case of its letters.
pub(super) fn starts_with(text: &str, head: &str) -> bool {
    text.get(..head.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(head))
}

/// The path of the program, and what it is given.
fn program(command: &str) -> (&str, &str) {
    let quoted = command.trim_start_matches([' ', '\'']);
    if let Some(inner) = quoted.strip_prefix('"') {
        let inner = inner.trim_start_matches('"');
        return inner.split_once('"').unwrap_or((inner, ""));
    }
    let blank = quoted.find([' ', '\t', '\r', '\n']).unwrap_or(quoted.len());
    // A path with blanks ends with its extension.
    let end = [".exe", ".com", ".bat", ".cmd", ".vbs", ".lnk"]
        .iter()
        .filter_map(|extension| {
            let end = quoted.find(extension)? + extension.len();
            quoted
                .get(end..)?
                .chars()
                .next()
                .is_none_or(|next| matches!(next, ' ' | '\t' | '"' | ',' | '/'))
                .then_some(end)
        })
        .min()
        .filter(|_| quoted.get(..blank).unwrap_or_default().contains('\\'))
        .unwrap_or(blank);
    quoted.split_at_checked(end).unwrap_or((quoted, ""))
}

/// The name of a program without its folder and extension.
fn stem(path: &str) -> &str {
    let file = path.rsplit(['\\', '/']).next().unwrap_or_default();
    file.strip_suffix(".exe")
        .or_else(|| file.strip_suffix(".com"))
        .unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_shows_and_a_program_runs() {
        for shows in [
            "explorer.exe C:\\Inert",
            "EXPLORER \u{FFFC}",
            "\"C:\\Windows\\explorer.exe\" /select,\"\u{FFFC}\"",
            "notepad.exe \u{FFFC}\\inert.txt",
            "notepad C:\\inert.log",
            "C:\\Program Files\\Adobe\\AcroRd32.exe \"a b.pdf\"",
            "C:\\My Files\\a b.pdf",
            "\u{FFFC}\\inert.pdf",
            "https://inert.invalid/page",
            "mailto:a@inert.invalid",
            "C:\\Inert\\",
            "calc.exe",
            "Control.exe Sysdm.cpl, ,2",
            "rundll32.exe url.dll,FileProtocolHandler C:\\inert.pdf",
        ] {
            assert_eq!(starts(shows), Starts::View, "{shows}");
        }
        for runs in [
            "cmd /c inert.txt",
            "cmd.exe /c start inert.pdf",
            "powershell -file C:\\inert.txt",
            "explorer.exe C:\\inert.exe",
            "\u{FFFC}",
            "\u{FFFC}.exe",
            "\u{FFFC} /c x",
            "C:\\Inert\\inert.exe",
            "\"C:\\In ert\\inert.exe\" a.pdf",
            "C:\\In ert\\inert.exe a.pdf",
            "inert",
            "wscript C:\\inert.txt",
            "rundll32.exe C:\\inert.dll,Inert",
            "rundll32 C:\\inert.txt,Inert",
            "regsvr32 /s C:\\inert.txt",
            "control.exe C:\\inert.cpl",
        ] {
            assert_eq!(starts(runs), Starts::Program, "{runs}");
        }
    }

    #[test]
    fn the_name_of_a_macro_is_no_command() {
        for command in [
            "cmd /c inert",
            "%comspec% /k inert",
            "powershell",
            "C:\\inert.exe",
            "C:\\Windows\\notepad.exe",
            "\u{FFFC}\\inert.vbs",
        ] {
            assert!(is_command(command), "{command}");
        }
        for name in ["Module1.Go", "Book1.xlsm!Go", "Calc", "Excel", "Report 2"] {
            assert!(!is_command(name), "{name}");
        }
    }

    #[test]
    fn a_file_is_what_its_last_extension_says() {
        for (path, is) in [
            ("C:\\a\\inert.exe", Target::Program),
            ("\u{FFFC}\\inert.VBS", Target::Program),
            ("inert.pdf.js", Target::Program),
            ("inert.exe\"", Target::Program),
            ("inert.ZIP", Target::Archive),
            ("inert.csv", Target::Data),
            ("C:\\a.exe\\inert", Target::Unknown),
            ("\u{FFFC}", Target::Unknown),
            ("", Target::Unknown),
        ] {
            assert_eq!(target(path), is, "{path}");
        }
    }
}
