//! Classes of objects that are known for what they let a document do, by class id and by name.
//!
//! Found and not judged: the table says what a class is. An object of a class that is not here is
//! of no particular concern by itself.

/// A class that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Class {
    /// Its id as stored, [MS-DTYP] 2.3.4.2.
    pub id: [u8; 16],
    /// Its name in the registry, without a version, or what it is called.
    pub name: &'static str,
    /// What it is.
    pub what: &'static str,
}

impl Class {
    /// Its id and its name, as `{0002CE02-0000-0000-C000-000000000046} Equation.3`.
    #[must_use]
    pub fn target(&self) -> String {
        format!("{} {}", written(&self.id), self.name)
    }
}

/// The class of that id, as stored.
#[must_use]
pub fn by_id(id: &[u8; 16]) -> Option<&'static Class> {
    CLASSES.iter().find(|class| class.id == *id)
}

/// The class of that name, whatever its version, or of an id in braces.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Class> {
    let name = name.trim();
    if name.starts_with('{') {
        return by_id(&read(name)?);
    }
    let is = |known: &str| {
        name.split_at_checked(known.len())
            .is_some_and(|(start, version)| {
                let version = version.strip_prefix('.').unwrap_or(version);
                start.eq_ignore_ascii_case(known) && version.chars().all(|c| c.is_ascii_digit())
            })
    };
    CLASSES.iter().find(|class| is(class.name)).or_else(|| {
        let (_, name) = OTHER_NAMES.iter().find(|(other, _)| is(other))?;
        CLASSES.iter().find(|class| class.name == *name)
    })
}

/// The classes whose ids stand anywhere in some bytes, each once.
pub fn in_bytes(bytes: &[u8]) -> impl Iterator<Item = &'static Class> {
    CLASSES
        .iter()
        .filter(move |class| memchr::memmem::find(bytes, &class.id).is_some())
}

/// A class id as text.
#[must_use]
pub fn written(id: &[u8; 16]) -> String {
    let [a, b, c, d, e, f, g, h, rest @ ..] = *id;
    let [i, j, k, l, m, n, o, p] = rest;
    format!(
        "{{{:08X}-{:04X}-{:04X}-{i:02X}{j:02X}-{k:02X}{l:02X}{m:02X}{n:02X}{o:02X}{p:02X}}}",
        u32::from_le_bytes([a, b, c, d]),
        u16::from_le_bytes([e, f]),
        u16::from_le_bytes([g, h]),
    )
}

/// A class id from text in braces, as stored.
fn read(text: &str) -> Option<[u8; 16]> {
    let text = text.strip_prefix('{')?.split('}').next()?;
    let mut id = [0; 16];
    let mut places = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].into_iter();
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'-').collect();
    let (pairs, []) = digits.as_chunks::<2>() else {
        return None;
    };
    for pair in pairs {
        let pair = std::str::from_utf8(pair).ok()?;
        *id.get_mut(places.next()?)? = u8::from_str_radix(pair, 16).ok()?;
    }
    places.next().is_none().then_some(id)
}

const fn class(
    a: u32,
    b: u16,
    c: u16,
    d: [u8; 8],
    name: &'static str,
    what: &'static str,
) -> Class {
    let ([a0, a1, a2, a3], [b0, b1], [c0, c1]) =
        (a.to_le_bytes(), b.to_le_bytes(), c.to_le_bytes());
    let [d0, d1, d2, d3, d4, d5, d6, d7] = d;
    let id = [
        a0, a1, a2, a3, b0, b1, c0, c1, d0, d1, d2, d3, d4, d5, d6, d7,
    ];
    Class { id, name, what }
}

/// The end of the ids that OLE itself uses.
const OLE: [u8; 8] = [0xC0, 0, 0, 0, 0, 0, 0, 0x46];
/// That of the common controls of Visual Basic 6.
const COMMON: [u8; 8] = [0xB1, 0x6A, 0, 0xC0, 0xF0, 0x28, 0x36, 0x28];
/// That of the controls of web forms.
const FORMS: [u8; 8] = [0x8D, 0x67, 0, 0xAA, 0, 0xBD, 0xCE, 0x1D];
/// That of the browser's own classes.
const MSHTML: [u8; 8] = [0xBB, 0x82, 0, 0xAA, 0, 0xBD, 0xCE, 0x0B];

const EQUATION: &str = "the old equation editor, whose flaws run code";
const COMCTL: &str = "a common control of Visual Basic 6, whose flaws run code";
const WEB_FORM: &str = "a control of a web form, which can load from an address";

/// The names come first that are told of an id.
const CLASSES: &[Class] = &[
    class(0x0002_1700, 0, 0, OLE, "Equation.2", EQUATION),
    class(0x0002_CE02, 0, 0, OLE, "Equation.3", EQUATION),
    class(
        0x0000_0300,
        0,
        0,
        OLE,
        "OLE2Link",
        "a link to an object elsewhere",
    ),
    class(
        0x0000_0308,
        0,
        0,
        OLE,
        "PackagerMoniker",
        "a moniker of the packager",
    ),
    class(
        0x0000_0309,
        0,
        0,
        OLE,
        "CompositeMoniker",
        "a moniker of several, among them scripts",
    ),
    class(
        0x0000_031A,
        0,
        0,
        OLE,
        "ClassMoniker",
        "a moniker that makes an object of any class",
    ),
    class(
        0x0003_000C,
        0,
        0,
        OLE,
        "Package",
        "a file of any kind, which a click opens",
    ),
    class(
        0xF20D_A720,
        0xC02F,
        0x11CE,
        [0x92, 0x7B, 0x08, 0, 0x09, 0x5A, 0xE3, 0x40],
        "Package",
        "a file of any kind, which a click opens",
    ),
    class(
        0x79EA_C9E0,
        0xBAF9,
        0x11CE,
        [0x8C, 0x82, 0, 0xAA, 0, 0x4B, 0xA9, 0x0B],
        "URLMoniker",
        "a moniker that loads from an address",
    ),
    class(
        0x0629_0BD3,
        0x48AA,
        0x11D2,
        [0x84, 0x32, 0, 0x60, 0x08, 0xC3, 0xFB, 0xFC],
        "ScriptMoniker",
        "a moniker that runs a script component",
    ),
    class(
        0xECAB_AFC6,
        0x7F19,
        0x11D2,
        [0x97, 0x8E, 0, 0, 0xF8, 0x75, 0x7E, 0x2A],
        "NewMoniker",
        "a moniker that makes an object of any class",
    ),
    class(
        0xECAB_AFC7,
        0x7F19,
        0x11D2,
        [0x97, 0x8E, 0, 0, 0xF8, 0x75, 0x7E, 0x2A],
        "QueueMoniker",
        "a moniker that calls an object through a queue",
    ),
    class(
        0xECAB_B0C7,
        0x7F19,
        0x11D2,
        [0x97, 0x8E, 0, 0, 0xF8, 0x75, 0x7E, 0x2A],
        "SOAPMoniker",
        "a moniker that compiles what a web service describes",
    ),
    class(
        0x3050_F4D8,
        0x98B5,
        0x11CF,
        MSHTML,
        "htafile",
        "an HTML application, which is a program",
    ),
    class(
        0x3050_F3D9,
        0x98B5,
        0x11CF,
        MSHTML,
        "mhtmlfile",
        "an archived web page that is run",
    ),
    class(
        0x2533_6920,
        0x03F9,
        0x11CF,
        [0x8F, 0xD0, 0, 0xAA, 0, 0x68, 0x6F, 0x13],
        "htmlfile",
        "a web page that is run",
    ),
    class(
        0x8856_F961,
        0x340A,
        0x11D0,
        [0xA9, 0x6B, 0, 0xC0, 0x4F, 0xD7, 0x05, 0xA2],
        "Shell.Explorer.2",
        "the web browser as a control",
    ),
    class(
        0xEAB2_2AC3,
        0x30C1,
        0x11CF,
        [0xA7, 0xEB, 0, 0, 0xC0, 0x5B, 0xAE, 0x0B],
        "Shell.Explorer.1",
        "the web browser as a control",
    ),
    class(
        0xAE24_FDAE,
        0x03C6,
        0x11D1,
        [0x8B, 0x76, 0, 0x80, 0xC7, 0x44, 0xF3, 0x89],
        "ScriptBridge.ScriptBridge",
        "a script component as a control",
    ),
    class(
        0xD27C_DB6E,
        0xAE6D,
        0x11CF,
        [0x96, 0xB8, 0x44, 0x45, 0x53, 0x54, 0, 0],
        "ShockwaveFlash.ShockwaveFlash",
        "a Flash film, which is a program",
    ),
    class(
        0xD27C_DB70,
        0xAE6D,
        0x11CF,
        [0x96, 0xB8, 0x44, 0x45, 0x53, 0x54, 0, 0],
        "FlashFactory.FlashFactory",
        "a Flash film, which is a program",
    ),
    class(
        0x166B_1BCA,
        0x3F9C,
        0x11CF,
        [0x80, 0x75, 0x44, 0x45, 0x53, 0x54, 0, 0],
        "SWCtl.SWCtl",
        "a Shockwave film, which is a program",
    ),
    class(
        0xBDD1_F04B,
        0x858B,
        0x11D1,
        COMMON,
        "MSComctlLib.ListViewCtrl",
        COMCTL,
    ),
    class(
        0xC741_90B6,
        0x8589,
        0x11D1,
        COMMON,
        "MSComctlLib.TreeCtrl",
        COMCTL,
    ),
    class(
        0x1EFB_6596,
        0x857C,
        0x11D1,
        COMMON,
        "MSComctlLib.TabStrip",
        COMCTL,
    ),
    class(
        0x6683_3FE6,
        0x8583,
        0x11D1,
        COMMON,
        "MSComctlLib.Toolbar",
        COMCTL,
    ),
    class(
        0x996B_F5E0,
        0x8044,
        0x4650,
        [0xAD, 0xEB, 0x0B, 0x01, 0x39, 0x14, 0xE9, 0x9C],
        "MSComctlLib.ListViewCtrl",
        COMCTL,
    ),
    class(
        0x9181_DC5F,
        0xE07D,
        0x418A,
        [0xAC, 0xA6, 0x8E, 0xEA, 0x1E, 0xCB, 0x8E, 0x9E],
        "MSComctlLib.TreeCtrl",
        COMCTL,
    ),
    class(
        0x24B2_24E0,
        0x9545,
        0x4A2F,
        [0xAB, 0xD5, 0x86, 0xAA, 0x8A, 0x84, 0x93, 0x85],
        "MSComctlLib.TabStrip",
        COMCTL,
    ),
    class(
        0x0574_1520,
        0xC4EB,
        0x440A,
        [0xAC, 0x3F, 0x96, 0x43, 0xBB, 0xC9, 0xF8, 0x47],
        "otkloadr.WRLoader",
        "a library that exploits load for where its code lies",
    ),
    class(
        0xA08A_033D,
        0x1A75,
        0x4AB6,
        [0xA1, 0x66, 0xEA, 0xD0, 0x2F, 0x54, 0x79, 0x59],
        "otkloadr.WRAssembly",
        "a library that exploits load for where its code lies",
    ),
    class(
        0x44F9_A03B,
        0xA3EC,
        0x4F3B,
        [0x93, 0x64, 0x08, 0xE0, 0x00, 0x7F, 0x21, 0xDF],
        "Control.TaskSymbol",
        "a control whose flaws run code",
    ),
    class(
        0xCDDB_CC7C,
        0xBE18,
        0x4A58,
        [0x9C, 0xBF, 0xD6, 0x2A, 0x01, 0x22, 0x72, 0xCE],
        "osf.Sandbox",
        "a control whose flaws run code",
    ),
    class(
        0x72C2_4DD5,
        0xD70A,
        0x438B,
        [0x8A, 0x42, 0x98, 0x42, 0x4B, 0x88, 0xAF, 0xB8],
        "WScript.Shell",
        "an object that starts programs",
    ),
    class(
        0x1370_9620,
        0xC279,
        0x11CE,
        [0xA4, 0x9E, 0x44, 0x45, 0x53, 0x54, 0, 0],
        "Shell.Application",
        "an object that starts programs",
    ),
    class(
        0x0002_1401,
        0,
        0,
        OLE,
        "lnkfile",
        "a shortcut, which starts a program",
    ),
    class(
        0xFBF2_3B40,
        0xE3F0,
        0x101B,
        [0x84, 0x88, 0, 0xAA, 0, 0x3E, 0x56, 0xF8],
        "InternetShortcut",
        "a shortcut to an address",
    ),
    class(
        0x5512_D110,
        0x5CC6,
        0x11CF,
        FORMS,
        "Forms.HTML:Submitbutton",
        WEB_FORM,
    ),
    class(
        0x5512_D112,
        0x5CC6,
        0x11CF,
        FORMS,
        "Forms.HTML:Image",
        WEB_FORM,
    ),
];

/// Names that stand for others.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("StdOleLink", "OLE2Link"),
    ("Package2", "Package"),
    ("Shell.Explorer", "Shell.Explorer.2"),
    ("MSComctlLib.TreeView", "MSComctlLib.TreeCtrl"),
    ("Forms.HTML:Submit", "Forms.HTML:Submitbutton"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_and_written() {
        let equation = by_name("Equation.3").unwrap();
        assert_eq!(
            equation.target(),
            "{0002CE02-0000-0000-C000-000000000046} Equation.3"
        );
        for class in CLASSES {
            assert_eq!(read(&written(&class.id)), Some(class.id));
            assert_eq!(by_id(&class.id), Some(class));
        }
        assert_eq!(
            by_name("{0002ce02-0000-0000-c000-000000000046}"),
            Some(equation)
        );
        assert_eq!(read("{0002CE02}"), None);
    }

    #[test]
    fn names_with_and_without_a_version() {
        for (name, known) in [
            ("Equation.2", Some("Equation.2")),
            ("equation.3", Some("Equation.3")),
            ("OLE2LINK", Some("OLE2Link")),
            ("Package", Some("Package")),
            ("htmlfile", Some("htmlfile")),
            (
                "MSComctlLib.ListViewCtrl.2",
                Some("MSComctlLib.ListViewCtrl"),
            ),
            ("Shell.Explorer.1", Some("Shell.Explorer.1")),
            ("Forms.HTML:Image.1", Some("Forms.HTML:Image")),
            ("Equation.DSMT4", None),
            ("Word.Document.8", None),
            ("Packages", None),
            ("", None),
        ] {
            assert_eq!(by_name(name).map(|class| class.name), known, "{name}");
        }
    }

    #[test]
    fn classes_anywhere_in_bytes() {
        let mut bytes = b"junk".to_vec();
        bytes.extend(by_name("ScriptMoniker").unwrap().id);
        let found: Vec<_> = in_bytes(&bytes).map(|class| class.name).collect();
        assert_eq!(found, ["ScriptMoniker"]);
    }
}
