//! Classes of objects: which of them attackers load, and which are documents.
//!
//! A class is named by its number or by its name for programs (ProgID); names may end in a
//! version, which does not count.

/// What a class is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Danger {
    /// Its loading runs something, or has done so through a fault that is widely used.
    Exploit,
    /// Seldom in documents, and with known faults.
    Risky,
    /// A document of Office, which is read by itself.
    Document,
    /// Anything else.
    Ordinary,
}

/// Numbers and names; a name ends where its version begins, and stands for a whole library if it
/// ends in a dot.
const CLASSES: &[(Danger, &str, &[&str])] = &[
    // Equation Editor: a program without any protection, no longer shipped.
    (
        Danger::Exploit,
        "00021700-0000-0000-c000-000000000046",
        &["equation.2"],
    ),
    (
        Danger::Exploit,
        "0002ce02-0000-0000-c000-000000000046",
        &["equation.3"],
    ),
    // Monikers, which make whatever they are given.
    (Danger::Exploit, "00000309-0000-0000-c000-000000000046", &[]),
    (Danger::Exploit, "0000031a-0000-0000-c000-000000000046", &[]),
    (
        Danger::Exploit,
        "06290bd2-48aa-11d2-8432-006008c3fbfc",
        &["scriptletfile"],
    ),
    (
        Danger::Exploit,
        "06290bd3-48aa-11d2-8432-006008c3fbfc",
        &["scriptlet.context"],
    ),
    (
        Danger::Exploit,
        "ecabb0c7-7f19-11d2-978e-0000f8757e2a",
        &["soap"],
    ),
    (
        Danger::Exploit,
        "ecabafc6-7f19-11d2-978e-0000f8757e2a",
        &["new"],
    ),
    (
        Danger::Exploit,
        "ecabafc7-7f19-11d2-978e-0000f8757e2a",
        &["queue"],
    ),
    // Loaded for a library at a known place.
    (
        Danger::Exploit,
        "a08a033d-1a75-4ab6-a166-ead02f547959",
        &["otkloadr.wrassembly"],
    ),
    (
        Danger::Exploit,
        "05741520-c4eb-440a-ac3f-9643bbc9f847",
        &["otkloadr.wrloader"],
    ),
    // Engines of markup and script.
    (
        Danger::Exploit,
        "ae24fdae-03c6-11d1-8b76-0080c744f389",
        &["scriptbridge.scriptbridge"],
    ),
    (
        Danger::Exploit,
        "25336920-03f9-11cf-8fd0-00aa00686f13",
        &["htmlfile"],
    ),
    (
        Danger::Exploit,
        "25336921-03f9-11cf-8fd0-00aa00686f13",
        &["mhtmlfile"],
    ),
    (
        Danger::Exploit,
        "3050f4d8-98b5-11cf-bb82-00aa00bdce0b",
        &["htafile"],
    ),
    (Danger::Exploit, "3050f67d-98b5-11cf-bb82-00aa00bdce0b", &[]),
    (
        Danger::Exploit,
        "8856f961-340a-11d0-a96b-00c04fd705a2",
        &["shell.explorer"],
    ),
    (
        Danger::Exploit,
        "eab22ac3-30c1-11cf-a7eb-0000c05bae0b",
        &["internetexplorer.application"],
    ),
    (Danger::Exploit, "0002df01-0000-0000-c000-000000000046", &[]),
    (
        Danger::Exploit,
        "f414c260-6ac0-11cf-b6d1-00aa00bbbb58",
        &["jscript"],
    ),
    (
        Danger::Exploit,
        "b54f3741-5b07-11cf-a4b0-00aa004a55e8",
        &["vbscript"],
    ),
    (
        Danger::Exploit,
        "0e59f1d5-1fbe-11d0-8ff2-00a0d10038bc",
        &["msscriptcontrol.scriptcontrol"],
    ),
    (
        Danger::Exploit,
        "72c24dd5-d70a-438b-8a42-98424b88afb8",
        &["wscript.shell"],
    ),
    (Danger::Exploit, "f935dc22-1cf0-11d0-adb9-00c04fd58a0b", &[]),
    (
        Danger::Exploit,
        "13709620-c279-11ce-a49e-444553540000",
        &["shell.application"],
    ),
    (
        Danger::Exploit,
        "85131630-480c-11d2-b1f9-00c04f86c324",
        &["jsfile"],
    ),
    (
        Danger::Exploit,
        "85131631-480c-11d2-b1f9-00c04f86c324",
        &["vbsfile"],
    ),
    (
        Danger::Exploit,
        "0cf774d0-f077-11d1-b1bc-00c04f86c324",
        &["html.hostencode"],
    ),
    (
        Danger::Exploit,
        "adb880a6-d8ff-11cf-9377-00aa003b7a11",
        &["hhctrl.ocx"],
    ),
    // Objects whose loading takes a library out of the folder of the document.
    (Danger::Exploit, "14ce31dc-abc2-484c-b061-cf3416aed8ff", &[]),
    (
        Danger::Exploit,
        "e8cc4cbe-fdff-11d0-b865-00a0c9081c1d",
        &["msdaora"],
    ),
    (Danger::Exploit, "e8cc4cbf-fdff-11d0-b865-00a0c9081c1d", &[]),
    (
        Danger::Exploit,
        "1461a561-24e8-4ba3-8d4a-ffeef980556b",
        &["bcsaddin.connect"],
    ),
    (
        Danger::Exploit,
        "8627e73b-b5aa-4643-a3b0-570eda17e3e7",
        &["umoutlookaddin."],
    ),
    (Danger::Exploit, "cdf1c8aa-2d25-43c7-8afe-01f73a3c66da", &[]),
    (Danger::Exploit, "d50fed35-0a08-4b17-b3e0-a8dd0ede375d", &[]),
    (Danger::Exploit, "ecf44975-786e-462f-b02a-cbccb1a2c4a2", &[]),
    (Danger::Exploit, "f959dbbb-3867-41f2-8e5f-3b8befaa81b3", &[]),
    (Danger::Exploit, "3018609e-cdbc-47e8-a255-809d46baa319", &[]),
    (
        Danger::Exploit,
        "44f9a03b-a3ec-4f3b-9364-08e0007f21df",
        &["control.tasksymbol"],
    ),
    (
        Danger::Exploit,
        "cddbcc7c-be18-4a58-9cbf-d62a012272ce",
        &["osf.sandbox"],
    ),
    // A shortcut, which starts a program.
    (
        Danger::Exploit,
        "00021401-0000-0000-c000-000000000046",
        &["lnkfile"],
    ),
    // A link whose target is loaded when the document is opened; its target is told by itself.
    (
        Danger::Risky,
        "79eac9e0-baf9-11ce-8c82-00aa004ba90b",
        &["ole2link"],
    ),
    // MSCOMCTL: controls of forms, with faults that were used for years.
    (
        Danger::Risky,
        "bdd1f04b-858b-11d1-b16a-00c0f0283628",
        &["mscomctllib.listviewctrl"],
    ),
    (
        Danger::Risky,
        "996bf5e0-8044-4650-adeb-0b013914e99c",
        &["mscomctllib."],
    ),
    (
        Danger::Risky,
        "c74190b6-8589-11d1-b16a-00c0f0283628",
        &["mscomctllib.treectrl"],
    ),
    (
        Danger::Risky,
        "9181dc5f-e07d-418a-aca6-8eea1ecb8e9e",
        &["mscomctl."],
    ),
    (
        Danger::Risky,
        "1efb6596-857c-11d1-b16a-00c0f0283628",
        &["mscomctllib.tabstrip"],
    ),
    (Danger::Risky, "24b224e0-9545-4a2f-abd5-86aa8a849385", &[]),
    (
        Danger::Risky,
        "66833fe6-8583-11d1-b16a-00c0f0283628",
        &["mscomctllib.toolbar"],
    ),
    (
        Danger::Risky,
        "dd9da666-8594-11d1-b16a-00c0f0283628",
        &["mscomctllib.imagecomboctl"],
    ),
    (
        Danger::Risky,
        "9ed94440-e5e8-101b-b9b5-444553540000",
        &["comctllib.tabstrip"],
    ),
    (
        Danger::Risky,
        "58da8d8a-9d6a-101b-afc0-4210102a8da7",
        &["comctllib.listviewctrl"],
    ),
    (
        Danger::Risky,
        "0713e8a2-850a-101b-afc0-4210102a8da7",
        &["comctllib.treectrl"],
    ),
    // Flash, Silverlight and remote desktops.
    (
        Danger::Risky,
        "d27cdb6e-ae6d-11cf-96b8-444553540000",
        &["shockwaveflash.shockwaveflash"],
    ),
    (
        Danger::Risky,
        "d27cdb70-ae6d-11cf-96b8-444553540000",
        &["flashfactory.flashfactory"],
    ),
    (
        Danger::Risky,
        "dfeaf541-f3e1-4c24-acac-99c30715084a",
        &["agcontrol.agcontrol"],
    ),
    (
        Danger::Risky,
        "7584c670-2274-4efb-b00b-d6aaba6d3850",
        &["msrdp.", "msterminalservicesclient."],
    ),
    (
        Danger::Risky,
        "166b1bca-3f9c-11cf-8075-444553540000",
        &["swctl.swctl"],
    ),
    // What leads to an address when it is clicked or drawn.
    (
        Danger::Risky,
        "fbf23b40-e3f0-101b-8488-00aa003e56f8",
        &["internetshortcut"],
    ),
    (
        Danger::Risky,
        "5512d112-5cc6-11cf-8d67-00aa00bdce1d",
        &["forms.html:image"],
    ),
    (
        Danger::Risky,
        "5512d110-5cc6-11cf-8d67-00aa00bdce1d",
        &["forms.html:submitbutton"],
    ),
    // Documents of Office.
    (
        Danger::Document,
        "00020900-0000-0000-c000-000000000046",
        &["word.document"],
    ),
    (
        Danger::Document,
        "00020906-0000-0000-c000-000000000046",
        &["word.picture"],
    ),
    (
        Danger::Document,
        "00020907-0000-0000-c000-000000000046",
        &["word.template"],
    ),
    (
        Danger::Document,
        "f4754c9b-64f5-4b40-8af4-679732ac0607",
        &["word.rtf"],
    ),
    (
        Danger::Document,
        "18a06b6b-2f3f-4e2b-a611-52be631b2d22",
        &["word.documentmacroenabled"],
    ),
    (
        Danger::Document,
        "00020810-0000-0000-c000-000000000046",
        &["excel.sheet"],
    ),
    (
        Danger::Document,
        "00020820-0000-0000-c000-000000000046",
        &["excel.workbook"],
    ),
    (
        Danger::Document,
        "00020811-0000-0000-c000-000000000046",
        &["excel.chart"],
    ),
    (
        Danger::Document,
        "00020821-0000-0000-c000-000000000046",
        &["excel.charts"],
    ),
    (
        Danger::Document,
        "00020830-0000-0000-c000-000000000046",
        &["excel.template"],
    ),
    (
        Danger::Document,
        "00020832-0000-0000-c000-000000000046",
        &["excel.sheetmacroenabled"],
    ),
    (
        Danger::Document,
        "00020833-0000-0000-c000-000000000046",
        &["excel.sheetbinarymacroenabled"],
    ),
    (
        Danger::Document,
        "64818d10-4f9b-11cf-86ea-00aa00b929e8",
        &["powerpoint.show"],
    ),
    (
        Danger::Document,
        "64818d11-4f9b-11cf-86ea-00aa00b929e8",
        &["powerpoint.slide"],
    ),
    (
        Danger::Document,
        "cf4f55f4-8f87-4d47-80bb-5808164bb3f8",
        &["powerpoint.slideshow"],
    ),
    (
        Danger::Document,
        "048eb43e-2059-422f-95e0-557da96038af",
        &["powerpoint.template"],
    ),
    (
        Danger::Document,
        "dc020317-e6e2-4a62-b9fa-b3efe16626f4",
        &["powerpoint.showmacroenabled"],
    ),
    (
        Danger::Document,
        "00020803-0000-0000-c000-000000000046",
        &["msgraph.chart"],
    ),
    (
        Danger::Document,
        "00021a14-0000-0000-c000-000000000046",
        &["visio.drawing"],
    ),
];

/// What the class of that number or name, or of a number in braces and a name, is.
pub(super) fn danger(class: &str) -> Danger {
    let class = class.trim().to_ascii_lowercase();
    if let Some((number, name)) = class.split_once('}')
        && !name.is_empty()
    {
        return match danger_of(number) {
            Danger::Ordinary => danger_of(name.trim()),
            known => known,
        };
    }
    danger_of(&class)
}

fn danger_of(class: &str) -> Danger {
    let class = class.strip_prefix("clsid:").unwrap_or(class);
    let class = class.trim_matches(['{', '}', '"']);
    let numbered = |number: &str| {
        // Written as a word of hexadecimal digits as well.
        class == number
            || (class.len() == 32 && class.bytes().eq(number.bytes().filter(|b| *b != b'-')))
    };
    let found = CLASSES.iter().filter(|(_, number, names)| {
        numbered(number) || names.iter().any(|name| is_named(class, name))
    });
    found
        .map(|(danger, ..)| *danger)
        .next()
        .unwrap_or(Danger::Ordinary)
}

/// Whether a name is this one, or this one with a version behind it; or of this library, if it ends
/// in a dot.
fn is_named(class: &str, name: &str) -> bool {
    class.strip_prefix(name).is_some_and(|version| {
        version.is_empty()
            || name.ends_with('.')
            || version.starts_with('.') && version.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_by_number_and_name() {
        for (class, expected) in [
            ("Equation.3", Danger::Exploit),
            ("EQUATION.2", Danger::Exploit),
            ("Equation.DSMT4", Danger::Ordinary),
            ("{0002CE02-0000-0000-C000-000000000046}", Danger::Exploit),
            (
                "{0002CE02-0000-0000-C000-000000000046} Equation.3",
                Danger::Exploit,
            ),
            (
                "{00000300-0000-0000-C000-000000000046} OLE2Link",
                Danger::Risky,
            ),
            ("0002CE020000 0000C000000000000046", Danger::Ordinary),
            ("0002ce0200000000c000000000000046", Danger::Exploit),
            (
                "CLSID:{ECABB0C7-7F19-11D2-978E-0000F8757E2A}",
                Danger::Exploit,
            ),
            ("otkloadr.WRAssembly.1", Danger::Exploit),
            ("htmlfile", Danger::Exploit),
            ("Shell.Explorer.1", Danger::Exploit),
            ("MSComctlLib.ListViewCtrl.2", Danger::Risky),
            ("ShockwaveFlash.ShockwaveFlash.10", Danger::Risky),
            ("OLE2Link", Danger::Risky),
            ("Word.Document.12", Danger::Document),
            ("Excel.SheetMacroEnabled.12", Danger::Document),
            ("{00020820-0000-0000-C000-000000000046}", Danger::Document),
            ("Forms.CommandButton.1", Danger::Ordinary),
            ("News.Reader", Danger::Ordinary),
            ("Package", Danger::Ordinary),
            ("", Danger::Ordinary),
        ] {
            assert_eq!(danger(class), expected, "{class}");
        }
    }
}
