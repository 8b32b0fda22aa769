//! What packages load, run or lead to besides their code.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use macrosift::{Report, Scanner, Verdict};
use macrosift_testkit::office::{Kind, Package, Twist};

use super::Row;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const MICROSOFT: &str = "http://schemas.microsoft.com/office/2006/relationships";
const WEB: &str = "https://example.invalid/inert.dotm";
const SHARE: &str = "\\\\server\\share\\inert.dotx";
const DRIVE: &str = "file:///C:\\Templates\\inert.dotx";

fn scan(bytes: &[u8]) -> Report {
    static SCANNER: LazyLock<Scanner> = LazyLock::new(Scanner::new);
    SCANNER.scan(bytes)
}

/// Without the damage that [`Row`] does, which one of many variants has to stand.
#[track_caller]
fn expect(bytes: &[u8], verdict: Verdict, rule: &str) -> Report {
    let report = scan(bytes);
    let rules: Vec<_> = report.findings().iter().map(|one| one.rule).collect();
    assert_eq!(
        report.verdict(),
        verdict,
        "{:#?} {rules:?}",
        report.reasons()
    );
    assert!(
        rule.is_empty() || rules.contains(&rule),
        "no {rule}: {rules:?}"
    );
    report
}

fn external(kind: Kind, relation: &str, target: &str) -> Vec<u8> {
    let twist = Twist::External {
        kind: format!("{OFFICE}/{relation}"),
        target: target.into(),
    };
    Package::new(kind).twist(twist).build()
}

fn part(kind: Kind, relation: &str, name: &str, content_type: &str, data: &str) -> Package {
    Package::new(kind).twist(Twist::TypedPart {
        kind: relation.into(),
        name: name.into(),
        content_type: content_type.into(),
        data: data.into(),
    })
}

fn relation(source: &str, id: &str, kind: &str, target: &str, mode: Option<&str>) -> Twist {
    Twist::Relation {
        source: source.into(),
        id: id.into(),
        kind: kind.into(),
        target: target.into(),
        mode: mode.map(str::to_owned),
    }
}

fn body(markup: &str) -> Vec<u8> {
    Package::new(Kind::Docx)
        .twist(Twist::Body(markup.into()))
        .build()
}

fn template(target: &str) -> Vec<u8> {
    let twist = Twist::AttachedTemplate(target.into());
    Package::new(Kind::Docx).twist(twist).build()
}

#[test]
fn l01_template_on_the_web() {
    Row::new(template(WEB), Verdict::Malicious)
        .rules(&["external.template"])
        .says("loads its template, which can carry macros, from far away: hxxps://example.invalid/inert.dotm")
        .check();
}

#[test]
fn l01_template_in_every_spelling() {
    for target in [
        "HTTPS://example.invalid/inert.dotm",
        "  http:\\\\example.invalid\\inert.dotm",
        "%68ttp://example.invalid/inert.dotm",
        "\\\\example.invalid@SSL\\DavWWWRoot\\inert.dotm",
        "\\\\198.51.100.7\\share\\inert.dotm",
        "file://198.51.100.7/share/inert.dotm",
        "\\\\0xC6336407\\share\\inert.dotm",
        "mhtml:http://example.invalid/a!x",
        "ms-word:ofe|u|http://example.invalid/a",
    ] {
        expect(&template(target), Verdict::Malicious, "external.template");
    }
}

#[test]
fn l01_template_on_a_share_or_drive() {
    Row::new(template(SHARE), Verdict::Suspicious)
        .rules(&["external.template-share"])
        .check();
    expect(&template(DRIVE), Verdict::Macro, "external.template-local");
    expect(
        &template("C:\\Templates\\請求書.dotx"),
        Verdict::Macro,
        "external.template-local",
    );
}

#[test]
fn l01_template_of_a_strict_document() {
    let twists = [Twist::Strict, Twist::AttachedTemplate(WEB.into())];
    let package = twists
        .into_iter()
        .fold(Package::new(Kind::Docx), Package::twist);
    expect(&package.build(), Verdict::Malicious, "external.template");
}

#[test]
fn l02_follina() {
    let target = "https://example.invalid/inert.html!";
    Row::new(
        external(Kind::Docx, "oleObject", target),
        Verdict::Malicious,
    )
    .rules(&["external.object"])
    .check();
    let target = "mhtml:https://example.invalid/a.html!x-usc:https://example.invalid/a.html";
    let report = expect(
        &external(Kind::Pptx, "oleObject", target),
        Verdict::Malicious,
        "external.object",
    );
    assert!(
        report
            .iocs()
            .iter()
            .any(|one| one.value == "example[.]invalid")
    );
    expect(
        &external(Kind::Xlsx, "oleObject", DRIVE),
        Verdict::Macro,
        "external.object-local",
    );
}

#[test]
fn l03_frames_subdocuments_and_mail_merge() {
    for (relation, rule) in [
        ("frame", "external.frame"),
        ("subDocument", "external.subdocument"),
        ("mailMergeSource", "external.merge"),
    ] {
        expect(
            &external(Kind::Docx, relation, WEB),
            Verdict::Malicious,
            rule,
        );
        let share = format!("{rule}-share");
        expect(
            &external(Kind::Docx, relation, SHARE),
            Verdict::Suspicious,
            &share,
        );
        let local = format!("{rule}-local");
        expect(
            &external(Kind::Docx, relation, DRIVE),
            Verdict::Macro,
            &local,
        );
    }
    let settings = "<w:settings xmlns:w='w'><w:mailMerge><w:odso><w:udl w:val='Provider=x;Data \
                    Source=https://example.invalid/'/></w:odso></w:mailMerge></w:settings>";
    let package = part(
        Kind::Docx,
        &format!("{OFFICE}/settings"),
        "word/settings.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
        settings,
    );
    expect(&package.build(), Verdict::Malicious, "external.merge");
}

#[test]
fn l03_mail_merge_in_the_settings() {
    let settings = |markup: &str| {
        let settings =
            format!("<w:settings xmlns:w='w'><w:mailMerge>{markup}</w:mailMerge></w:settings>");
        part(
            Kind::Docx,
            &format!("{OFFICE}/settings"),
            "word/settings.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
            &settings,
        )
        .build()
    };
    for element in ["connectString", "dataSource", "headerSource"] {
        let web = format!("<w:{element} w:val='{WEB}'/>");
        expect(&settings(&web), Verdict::Malicious, "external.merge");
        let share = format!("<w:{element} w:val='{SHARE}'/>");
        expect(
            &settings(&share),
            Verdict::Suspicious,
            "external.merge-share",
        );
    }
    for (query, verdict, rule) in [
        (WEB, Verdict::Malicious, "external.merge"),
        (SHARE, Verdict::Suspicious, "external.merge-share"),
    ] {
        let markup = format!("<w:query w:val='SELECT * FROM `{query}` WHERE a = 1'/>");
        expect(&settings(&markup), verdict, rule);
    }
    let ordinary = settings("<w:query w:val='SELECT * FROM `Sheet1$` WHERE a = 1'/>");
    assert_eq!(Scanner::new().scan(&ordinary).verdict(), Verdict::Clean);
}

#[test]
fn l04_chunk_from_elsewhere() {
    Row::new(external(Kind::Docx, "aFChunk", WEB), Verdict::Malicious)
        .rules(&["external.chunk"])
        .check();
    expect(
        &external(Kind::Docx, "aFChunk", SHARE),
        Verdict::Suspicious,
        "external.chunk-share",
    );
}

#[test]
fn l05_pictures() {
    let picture = "https://example.invalid/inert.png";
    Row::new(external(Kind::Docx, "image", picture), Verdict::Suspicious)
        .rules(&["external.picture-web"])
        .check();
    for target in [
        "\\\\server\\share\\a.png",
        "file://server/a.png",
        "http://198.51.100.7/a.png",
    ] {
        let bytes = external(Kind::Pptx, "image", target);
        expect(&bytes, Verdict::Suspicious, "external.picture-share");
    }
    expect(
        &external(Kind::Docx, "image", "file:///C:/a.png"),
        Verdict::Macro,
        "external.picture-local",
    );
    // What Office writes for a picture that it did not find.
    expect(&external(Kind::Docx, "image", "NULL"), Verdict::Clean, "");
    let vml =
        "<w:pict><v:shape><v:imagedata src=\"https://example.invalid/a.png\"/></v:shape></w:pict>";
    expect(&body(vml), Verdict::Suspicious, "external.picture-web");
    let vml = "<w:background><v:background><v:fill src='\\\\server\\a.png'/></v:background></w:background>";
    expect(&body(vml), Verdict::Suspicious, "external.picture-share");
}

fn external_link(markup: &str) -> Package {
    part(
        Kind::Xlsx,
        &format!("{OFFICE}/externalLink"),
        "xl/externalLinks/externalLink1.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml",
        markup,
    )
}

#[test]
fn l06_workbooks() {
    let kind = format!("{MICROSOFT}/xlExternalLinkPath/xlPathMissing");
    for (target, verdict, rule) in [
        (
            "https://example.invalid/a.xlsx",
            Verdict::Suspicious,
            "external.workbook",
        ),
        (
            "file:///\\\\198.51.100.7\\a.xlsx",
            Verdict::Suspicious,
            "external.workbook",
        ),
        (
            "file:///\\\\server\\share\\a.xlsx",
            Verdict::Macro,
            "external.workbook-local",
        ),
        (
            "file:///C:\\a.xlsx",
            Verdict::Macro,
            "external.workbook-local",
        ),
        ("a.xlsx", Verdict::Macro, "external.workbook-local"),
    ] {
        let link = external_link("<externalLink><externalBook r:id='rId1'/></externalLink>");
        let path = relation(
            "xl/externalLinks/externalLink1.xml",
            "rId1",
            &kind,
            target,
            Some("External"),
        );
        expect(&link.twist(path).build(), verdict, rule);
    }
}

#[test]
fn l07_ribbon_that_calls_elsewhere() {
    let ribbon = |callback: &str| {
        let data = format!(
            "<customUI xmlns='http://schemas.microsoft.com/office/2009/07/customui' \
             onLoad=\"{callback}\"/>"
        );
        Package::new(Kind::Xlsx)
            .twist(Twist::RelatedPart {
                kind: format!("{MICROSOFT}/ui/extensibility"),
                name: "customUI/customUI.xml".into(),
                data: data.into(),
            })
            .build()
    };
    Row::new(ribbon("\\\\example.invalid\\x.xlam!Go"), Verdict::Malicious)
        .rules(&["external.ribbon-callback"])
        .says("has its ribbon call a macro in another file")
        .check();
    expect(&ribbon("Go"), Verdict::Clean, "");
}

#[test]
fn l12_classes_in_markup() {
    let object = |class: &str| {
        body(&format!(
            "<w:object><o:OLEObject Type='Embed' ProgID='{class}'/></w:object>"
        ))
    };
    Row::new(object("Equation.3"), Verdict::Malicious)
        .rules(&["object.exploit-class"])
        .check();
    expect(
        &object("ShockwaveFlash.ShockwaveFlash.10"),
        Verdict::Suspicious,
        "object.risky-class",
    );
    expect(&object("Word.Document.12"), Verdict::Clean, "");
    let control = |class: &str| {
        part(
            Kind::Docx,
            &format!("{OFFICE}/control"),
            "word/activeX/activeX1.xml",
            "application/vnd.ms-office.activeX+xml",
            &format!("<ax:ocx ax:classid=\"{class}\" xmlns:ax=\"http://schemas.microsoft.com/office/2006/activeX\"/>"),
        )
        .build()
    };
    let otkloadr = "{A08A033D-1A75-4AB6-A166-EAD02F547959}";
    expect(
        &control(otkloadr),
        Verdict::Malicious,
        "object.exploit-class",
    );
    let list_view = "{BDD1F04B-858B-11D1-B16A-00C0F0283628}";
    expect(
        &control(list_view),
        Verdict::Suspicious,
        "object.risky-class",
    );
    let button = "{D7053240-CE69-11CD-A777-00DD01143C57}";
    expect(&control(button), Verdict::Macro, "object.control");
}

fn slide(action: &str, target: &str) -> Vec<u8> {
    slide_with(&format!("r:id='rId7' action='{action}'"), target)
}

fn slide_with(attributes: &str, target: &str) -> Vec<u8> {
    let name = "ppt/slides/slide2.xml";
    let slide = format!(
        "<p:sld xmlns:p='p' xmlns:a='a' xmlns:r='r'><p:sp><a:hlinkHover {attributes}/></p:sp>\
         </p:sld>"
    );
    part(
        Kind::Pptx,
        &format!("{OFFICE}/slide"),
        name,
        "application/vnd.openxmlformats-officedocument.presentationml.slide+xml",
        &slide,
    )
    .twist(relation(
        name,
        "rId7",
        &format!("{OFFICE}/hyperlink"),
        target,
        Some("External"),
    ))
    .build()
}

#[test]
fn l13_actions_of_slides() {
    Row::new(
        slide("ppaction://program", "C:\\Windows\\System32\\notepad.exe"),
        Verdict::Malicious,
    )
    .rules(&["object.run-program"])
    .says("starts a program at a click or when the mouse is moved")
    .check();
    expect(
        &slide("ppaction://hlinkfile", "inert.vbs"),
        Verdict::Malicious,
        "object.open-program",
    );
    expect(
        &slide("ppaction://hlinkfile", "会議資料.xlsm"),
        Verdict::Suspicious,
        "object.open-file",
    );
    expect(
        &slide("ppaction://hlinkpres", "会議資料.pptx"),
        Verdict::Macro,
        "object.open-document",
    );
    expect(
        &slide(
            "ppaction://hlinkshowjump?jump=nextslide",
            "https://example.invalid/",
        ),
        Verdict::Clean,
        "",
    );
}

#[test]
fn l15_hyperlinks() {
    for target in [
        "https://example.invalid/",
        "http://example.invalid/record.url?a=b",
        "mailto:a@example.invalid",
        "other.docx",
        "tel:0312345678",
    ] {
        expect(
            &external(Kind::Docx, "hyperlink", target),
            Verdict::Clean,
            "",
        );
    }
    for (target, verdict, rule) in [
        (
            "mk:@MSITStore:C:\\Help\\inert.chm::/page.htm",
            Verdict::Macro,
            "external.hyperlink",
        ),
        (
            "ms-its:C:/Help/inert.CHM::/page.htm#a",
            Verdict::Macro,
            "external.hyperlink",
        ),
        (
            "mk:@MSITStore:\\\\example.invalid\\a\\inert.chm::/page.htm",
            Verdict::Suspicious,
            "external.hyperlink-handler",
        ),
        (
            "mk:@MSITStore:http://example.invalid/inert.chm::/page.htm",
            Verdict::Suspicious,
            "external.hyperlink-handler",
        ),
        (
            "mk:@MSITStore:C:\\a\\inert.txt::/page.htm",
            Verdict::Suspicious,
            "external.hyperlink-handler",
        ),
    ] {
        expect(&external(Kind::Docx, "hyperlink", target), verdict, rule);
    }
    let report = scan(&external(
        Kind::Docx,
        "hyperlink",
        "https://example.invalid/a",
    ));
    assert!(
        report
            .iocs()
            .iter()
            .any(|one| one.value == "hxxps://example[.]invalid/a")
    );
    for (target, rule) in [
        ("ms-msdt:/id inert", "external.hyperlink-handler"),
        (
            "search-ms:query=inert&crumb=location:\\\\example.invalid",
            "external.hyperlink-handler",
        ),
        ("javascript:inert", "external.hyperlink-code"),
        (
            "file://example.invalid/share/a.docx",
            "external.hyperlink-share",
        ),
        ("\\\\server\\share\\a.docx", "external.hyperlink-share"),
        (
            "https://example.invalid/inert.exe",
            "external.hyperlink-program",
        ),
        ("inert.lnk", "external.hyperlink-program"),
        ("http://3325256711/", "external.hyperlink-disguised"),
    ] {
        expect(
            &external(Kind::Docx, "hyperlink", target),
            Verdict::Suspicious,
            rule,
        );
    }
}

#[test]
fn l16_web_add_in() {
    let package = part(
        Kind::Xlsx,
        "http://schemas.microsoft.com/office/2011/relationships/webextension",
        "xl/webextensions/webextension1.xml",
        "application/vnd.ms-office.webextension+xml",
        "<we:webextension xmlns:we='we'><we:reference id='inert' version='1.0' \
         store='\\\\example.invalid\\catalog' storeType='Filesystem'/></we:webextension>",
    );
    Row::new(package.build(), Verdict::Suspicious)
        .rules(&["external.web-add-in"])
        .check();
}

/// Attributes of unknown namespaces are ignored, and a value can be written with references.
#[test]
fn l13_actions_behind_others_of_their_name() {
    let target = "C:\\Windows\\System32\\notepad.exe";
    for attributes in [
        "r:id='rId7' action='pp&#97;ction://program'",
        "xmlns:x='urn:x' x:action='none' r:id='rId7' action='ppaction://program'",
        "xmlns:x='urn:x' x:id='rId1' r:id='rId7' action='ppaction://program'",
        "xmlns:x='urn:x' r:id='rId7' action='ppaction://program' x:id='rId1' x:action='none'",
    ] {
        expect(
            &slide_with(attributes, target),
            Verdict::Malicious,
            "object.run-program",
        );
    }
}

#[test]
fn l17_customisation() {
    let package = |place: &str| {
        part(
            Kind::Docx,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
            "docProps/custom.xml",
            "application/vnd.openxmlformats-officedocument.custom-properties+xml",
            &format!(
                "<Properties xmlns:vt='vt'><property name='_AssemblyName'><vt:lpwstr>*</vt:lpwstr>\
                 </property><property x:name='a' name='_Assembl&#121;Location'><vt:lpwstr>{place}</vt:lpwstr>\
                 </property></Properties>"
            ),
        )
        .build()
    };
    let remote =
        "https://example.invalid/inert.vsto|00000000-0000-0000-0000-000000000000|vstolocal";
    Row::new(package(remote), Verdict::Malicious)
        .rules(&["external.assembly"])
        .check();
    expect(
        &package("inert.vsto"),
        Verdict::Suspicious,
        "external.assembly-local",
    );
}

#[test]
fn l18_films_and_pictures_with_script() {
    let film = |html: &str| {
        body(&format!(
            "<w:drawing><wp15:webVideoPr embeddedHtml=\"{html}\"/></w:drawing>"
        ))
    };
    let player = "&lt;iframe src=&quot;https://example.invalid/v&quot;&gt;&lt;/iframe&gt;";
    expect(&film(player), Verdict::Clean, "");
    expect(
        &film("&lt;script&gt;inert&lt;/script&gt;"),
        Verdict::Suspicious,
        "object.script",
    );
    let svg = |content: &str| {
        part(
            Kind::Docx,
            &format!("{OFFICE}/image"),
            "word/media/image1.svg",
            "image/svg+xml",
            &format!("<svg xmlns='http://www.w3.org/2000/svg'>{content}</svg>"),
        )
        .build()
    };
    Row::new(svg("<script>inert</script>"), Verdict::Suspicious)
        .rules(&["object.script"])
        .check();
    expect(&svg("<path d='M 0 0'/>"), Verdict::Clean, "");
}

fn connected(connections: &str) -> Package {
    part(
        Kind::Xlsx,
        &format!("{OFFICE}/connections"),
        "xl/connections.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml",
        &format!("<connections>{connections}</connections>"),
    )
}

#[test]
fn l19_connections() {
    let web = "<connection id='1'><webPr url='https://example.invalid/a'/></connection>";
    expect(
        &connected(web).build(),
        Verdict::Suspicious,
        "external.connection",
    );
    let again = web.replace("id='1'", "id='1' refreshOnLoad='1'");
    Row::new(connected(&again).build(), Verdict::Suspicious)
        .rules(&["external.refresh"])
        .check();
    let local = "<connection id='1'><dbPr connection='Provider=Microsoft.ACE.OLEDB.12.0;Data \
                 Source=C:\\a.accdb' command='SELECT 1'/></connection>";
    expect(
        &connected(local).build(),
        Verdict::Macro,
        "external.connection-local",
    );
    let command = "<connection id='1'><dbPr connection='Provider=x' command=\"exec xp_cmdshell \
                   'inert'\"/></connection>";
    expect(
        &connected(command).build(),
        Verdict::Suspicious,
        "external.connection-command",
    );
    // The cache of a pivot table says it for the connection.
    let name = "xl/pivotCache/pivotCacheDefinition1.xml";
    let pivot = connected(web).twist(Twist::TypedPart {
        kind: format!("{OFFICE}/pivotCacheDefinition"),
        name: name.into(),
        content_type:
            "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"
                .into(),
        data: b"<pivotCacheDefinition refreshOnLoad='1'><cacheSource type='external' \
                connectionId='1'/></pivotCacheDefinition>"
            .to_vec(),
    });
    expect(&pivot.build(), Verdict::Suspicious, "external.refresh");
}

#[test]
fn l19_power_query() {
    let formulas = "section Section1; shared a = Web.Contents(\"https://example.invalid/inert\");";
    let mut inner = macrosift_testkit::zip::Archive::new();
    inner.members.push(macrosift_testkit::zip::Member::new(
        "Formulas/Section1.m",
        formulas,
    ));
    let inner = inner.build();
    let mut packed = 0_u32.to_le_bytes().to_vec();
    packed.extend((inner.len() as u32).to_le_bytes());
    packed.extend(&inner);
    packed.extend([0; 12]);
    let item = format!(
        "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-16\"?><DataMashup \
         xmlns=\"http://schemas.microsoft.com/DataMashup\">{}</DataMashup>",
        base64(&packed)
    );
    let wide: Vec<u8> = item.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let package = Package::new(Kind::Xlsx).twist(Twist::RelatedPart {
        kind: format!("{OFFICE}/customXml"),
        name: "customXml/item1.xml".into(),
        data: wide,
    });
    Row::new(package.build(), Verdict::Suspicious)
        .rules(&["external.connection"])
        .says("hxxps://example.invalid/inert")
        .check();
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |bits: usize| char::from(DIGITS[bits & 63]);
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| usize::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        text.extend([digit(bits >> 18), digit(bits >> 12)]);
        text.push(if three.len() > 1 {
            digit(bits >> 6)
        } else {
            '='
        });
        text.push(if three.len() > 2 { digit(bits) } else { '=' });
    }
    text
}

#[test]
fn z14_tricks_of_relationships() {
    let source = "word/document.xml";
    for (kind, target, mode) in [
        (format!("{OFFICE}/attachedTemplate"), WEB, Some("external")),
        (
            format!("{OFFICE}/attachedTemplate"),
            WEB,
            Some(" EXTERNAL "),
        ),
        (format!("{STRICT}/attachedTemplate"), WEB, Some("External")),
        (format!("{OFFICE}/ATTACHEDTEMPLATE"), WEB, Some("External")),
        (format!("{OFFICE}/attachedTemplate/"), WEB, Some("External")),
        // No mode, or a false one, and still no place in a package.
        (format!("{OFFICE}/attachedTemplate"), WEB, None),
        (format!("{OFFICE}/attachedTemplate"), WEB, Some("Internal")),
        (
            format!("{OFFICE}/attachedTemplate"),
            "\\\\198.51.100.7\\a.dotm",
            None,
        ),
    ] {
        let twist = relation(source, "rIdX", &kind, target, mode);
        let bytes = Package::new(Kind::Docx).twist(twist).build();
        expect(&bytes, Verdict::Malicious, "external.template");
    }
    // Relationships of relationships, and of parts that are not there.
    for source in ["word/_rels/document.xml.rels", "nowhere/at-all.xml"] {
        let twist = relation(
            source,
            "rIdX",
            &format!("{OFFICE}/oleObject"),
            WEB,
            Some("External"),
        );
        let bytes = Package::new(Kind::Docx).twist(twist).build();
        expect(&bytes, Verdict::Malicious, "external.object");
    }
    for twist in [
        Twist::OddCase,
        Twist::AbsoluteTargets,
        Twist::ParentTargets,
        Twist::BackslashTargets,
        Twist::PercentTargets,
        Twist::BackslashNames,
        Twist::DotNames,
        Twist::Utf16Relationships,
        Twist::NoContentTypes,
        Twist::ContentTypesCase,
        Twist::SecondContentTypes,
    ] {
        let package = external_link(
            "<externalLink><ddeLink ddeService='cmd' ddeTopic='/c inert'/></externalLink>",
        );
        let what = format!("{twist:?}");
        let report = scan(&package.twist(twist).build());
        assert_eq!(
            report.verdict(),
            Verdict::Malicious,
            "{what} {:#?}",
            report.reasons()
        );
    }
}

#[test]
fn z14_namespaces_renamed() {
    let mut archive = Package::new(Kind::Docx)
        .twist(Twist::External {
            kind: format!("{OFFICE}/attachedTemplate"),
            target: WEB.into(),
        })
        .archive();
    for member in &mut archive.members {
        if member.name.ends_with(".rels") {
            let text = String::from_utf8(member.data.clone()).unwrap();
            let text = text
                .replace("<Relationships xmlns=", "<x:Relationships xmlns:x=")
                .replace("</Relationships>", "</x:Relationships>")
                .replace("<Relationship ", "<x:Relationship ");
            member.data = text.into_bytes();
        }
    }
    expect(&archive.build(), Verdict::Malicious, "external.template");
}

#[test]
fn z16_parts_that_nothing_leads_to() {
    let docm = Package::new(Kind::Docx)
        .twist(Twist::AttachedTemplate(WEB.into()))
        .build();
    let package = Package::new(Kind::Docx).twist(Twist::ExtraPart("custom/a.bin".into(), docm));
    expect(&package.build(), Verdict::Malicious, "external.template");
}

#[test]
fn other_types_of_relationships() {
    expect(
        &external(Kind::Docx, "unheard", "https://example.invalid/"),
        Verdict::Suspicious,
        "external.other",
    );
    expect(
        &external(Kind::Docx, "unheard", "a.bin"),
        Verdict::Macro,
        "external.other-local",
    );
}

#[test]
fn ten_thousand_relationships_are_read_in_time() {
    let mut package = Package::new(Kind::Docx);
    for number in 0..10_000 {
        package = package.twist(relation(
            "word/document.xml",
            &format!("rId{number}"),
            &format!("{OFFICE}/hyperlink"),
            &format!("https://example.invalid/{number}"),
            Some("External"),
        ));
    }
    let bytes = package.build();
    let start = Instant::now();
    let report = scan(&bytes);
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(report.verdict(), Verdict::Clean, "{:#?}", report.reasons());
    assert!(report.iocs().len() <= 600);
}
