//! Rich text: A07 to A10, and the fields of L08.

use macrosift::report::Coverage;
use macrosift::{Limit, Limits, Report, Scanner, Verdict};
use macrosift_testkit::cfb;
use macrosift_testkit::object::{self, Package as Packed, embedded, text_moniker};
use macrosift_testkit::office::{Doc, Kind, Package};
use macrosift_testkit::ovba::{Module, Project};
use macrosift_testkit::rtf::{
    document, field, hex, object as rtf_object, object_of_digits, picture,
};

use super::Row;

const BODY: &str =
    "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\n    Shell \"inert\", 0\nEnd Sub\n";

fn project() -> Project {
    Project::new("Project").module(Module::standard("Module1", BODY))
}

fn doc() -> Vec<u8> {
    Doc::new().project(project()).build()
}

fn docm() -> Vec<u8> {
    Package::new(Kind::Docm).vba(project().to_bin()).build()
}

/// Starting points for fuzzing.
pub(super) fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let url = text_moniker(&object::URL_MONIKER, "https://example.invalid/a");
    let link = embedded("OLE2Link", &object::link(&url).build());
    let digits = hex(&embedded(
        "Package",
        &Packed::new("a.txt", b"inert").native(),
    ));
    vec![
        ("letter", document(&picture(&[0x89; 40]))),
        ("link", document(&rtf_object("OLE2Link", &link))),
        ("package", document(&object_of_digits("Package", &digits))),
        (
            "broken-up",
            document(&object_of_digits(
                "Package",
                &format!("{{\\*\\x 01}}\\'ff{}\\bin2 ab", digits.replace("69", "6{}9\\y ")),
            )),
        ),
        (
            "fields",
            document(&field(
                &format!("IF {} a", field("QUOTE 68 0x44 69", "DDE")),
                "\\u12354?\\'82\\'a0",
            )),
        ),
        (
            "template",
            br"{\rtf1\ansicpg932{\*\template \\\\example.invalid\\\'8c\'f6.dot}{\*\themedata 504b0304}}".to_vec(),
        ),
        ("elsewhere", document(&hex(&[&cfb::Builder::new().build()[..64]].concat()))),
    ]
}

/// A letter with an object whose digits are as given.
fn letter(digits: &str) -> Vec<u8> {
    document(&object_of_digits("Word.Document.8", digits))
}

fn doc_digits() -> String {
    hex(&embedded("Word.Document.8", &doc()))
}

/// A variant of a row whose damage another shows: what it is judged to be.
#[track_caller]
fn judged(bytes: &[u8], verdict: Verdict, what: &str) -> Report {
    let report = Scanner::new().scan(bytes);
    let reasons = report.reasons();
    assert_eq!(report.verdict(), verdict, "{what}: {reasons:#?}");
    report
}

#[track_caller]
fn has_code(report: &Report, code: &str, what: &str) {
    let found = report.observations().iter().any(|one| one.code == code);
    assert!(found, "{what}: no {code}");
}

/// Where the digits of the lengths of an object of that class are.
fn lengths(document: &[u8], class: &str) -> Vec<usize> {
    let start = document
        .windows(8)
        .position(|window| window == b"01050000")
        .unwrap();
    // The length of the class, and that of the data behind three names.
    [8, 8 + 4 + class.len() + 1 + 8]
        .into_iter()
        .map(|at| start + at * 2 + 1)
        .collect()
}

#[test]
fn a07_doc_in_objdata() {
    let bytes = letter(&doc_digits());
    let lengths = lengths(&bytes, "Word.Document.8");
    let report = Row::new(bytes, Verdict::Malicious)
        .says("AutoOpen")
        .lengths(&lengths)
        .check();
    assert_eq!(report.modules().len(), 1);
}

#[test]
fn a07_docm_in_objdata() {
    let mut file = cfb::Builder::new();
    file.stream("Package", docm());
    let class = "Word.DocumentMacroEnabled.12";
    for data in [file.build(), docm()] {
        let body = rtf_object(class, &embedded(class, &data));
        Row::new(document(&body), Verdict::Malicious)
            .says("AutoOpen")
            .check();
    }
}

#[test]
fn a07_docm_in_a_package() {
    let package = Packed::new("見積書.docm", &docm()).wide();
    let body = rtf_object("Package", &embedded("Package", &package.native()));
    Row::new(document(&body), Verdict::Malicious)
        .says("AutoOpen")
        .rules(&["object.package-macros"])
        .check();
}

#[test]
fn a07_rich_text_in_rich_text() {
    let inner = letter(&doc_digits());
    let body = rtf_object("Word.RTF.8", &embedded("Word.RTF.8", &inner));
    Row::new(document(&body), Verdict::Malicious)
        .says("AutoOpen")
        .check();
}

#[test]
fn a07_without_the_header_of_ole() {
    Row::new(letter(&hex(&doc())), Verdict::Malicious)
        .says("AutoOpen")
        .check();
}

#[test]
fn a07_length_that_is_too_short() {
    let mut object = embedded("Word.Document.8", &doc());
    let at = 8 + 4 + 16 + 8;
    object[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    Row::new(letter(&hex(&object)), Verdict::Malicious)
        .says("AutoOpen")
        .check();
}

/// Ways of breaking digits up that Word reads over.
#[test]
fn a08_digits_broken_up() {
    let digits = doc_digits();
    let (head, tail) = digits.split_at(40);
    let bytes = doc();
    let binary = |length: &str| -> Vec<u8> {
        // The second half of the file as it is.
        let object = embedded("Word.Document.8", &bytes);
        let (first, second) = object.split_at(100);
        let text = letter(&format!("{}\\bin{length} MARK", hex(first)));
        let at = text.windows(4).position(|four| four == b"MARK").unwrap();
        [&text[..at], second, &text[at + 4..]].concat()
    };
    let length = embedded("Word.Document.8", &bytes).len() - 100;
    for (what, bytes) in [
        ("groups", letter(&format!("{head}{{}}{tail}"))),
        (
            "nested groups",
            letter(&format!("{{{{{head}}}{{{tail}}}}}")),
        ),
        ("words", letter(&format!("{head}\\inert \\par1\r\n{tail}"))),
        (
            "starred groups",
            letter(&format!("{head}{{\\*\\inert 77}}{tail}")),
        ),
        (
            "digits in a starred group",
            letter(&format!("{{\\*\\inert {head}}}{tail}")),
        ),
        ("characters by code", letter(&format!("{head}\\'77{tail}"))),
        ("half of a byte", letter(&format!("{head}7\\'77{tail}"))),
        ("symbols", letter(&format!("{head}\\~\\-\\*{tail}"))),
        ("other characters", letter(&format!("{head}xyz!{tail}"))),
        ("no length", letter(&format!("{head}\\bin {tail}"))),
        (
            "a negative length",
            letter(&format!("{head}\\bin-5 {tail}")),
        ),
        ("bytes", binary(&length.to_string())),
        (
            "an object among them",
            letter(&format!("{head}{{\\object\\objemb}}{tail}")),
        ),
    ] {
        let report = judged(&bytes, Verdict::Malicious, what);
        has_code(&report, "rtf.object-broken-up", what);
        assert_eq!(report.modules().len(), 1, "{what}");
    }
}

#[test]
fn a08_white_space_and_case() {
    let digits = doc_digits().to_uppercase();
    let spaced: String = digits
        .chars()
        .flat_map(|digit| [digit, ' ', '\t', '\r', '\n'])
        .collect();
    for digits in [spaced, format!("{digits}0"), digits.to_uppercase()] {
        let report = judged(&letter(&digits), Verdict::Malicious, "");
        assert!(report.observations().is_empty());
    }
}

#[test]
fn a08_odd_places_for_objects() {
    let digits = doc_digits();
    for body in [
        format!("{{\\object\\objdata {digits}}}"),
        format!("{{\\*\\inert {{\\object{{\\objdata {digits}}}}}}}"),
        format!("{{\\*\\objdata {digits}}}"),
        format!("\\objdata {digits}"),
        format!("{{\\object{{\\OBJDATA {digits}}}}}"),
        format!("{{\\object{{\\*\\objdata0 {digits}}}}}"),
        format!("{{\\object{{\\*\\objdata 0105}}{{\\*\\objdata {digits}}}}}"),
    ] {
        let mut bytes = document(&body);
        // What follows the last group belongs to nothing.
        bytes.extend(b"junk");
        let report = judged(&bytes, Verdict::Malicious, &body[..40]);
        assert_eq!(report.modules().len(), 1);
    }
}

#[test]
fn a08_objects_outside_their_places() {
    let digits = doc_digits();
    let (head, tail) = digits.split_at(10);
    for body in [
        digits.clone(),
        format!("{{\\*\\inert {digits}}}"),
        format!("{{\\pict\\wmetafile8 {digits}}}"),
        format!("{{\\pict\\wmetafile8 {}}}", hex(&doc())),
        format!("{head}{{\\b }}\\inert {tail}"),
        format!("some text {}", hex(&doc()).to_uppercase()),
        format!("junkd0{}", hex(&doc())),
    ] {
        let report = judged(&document(&body), Verdict::Malicious, &body[..40]);
        has_code(&report, "rtf.object-elsewhere", &body[..40]);
        assert_eq!(report.modules().len(), 1, "{}", &body[..40]);
    }
}

#[test]
fn a08_files_as_they_are() {
    let with = |body: &str, bytes: &[u8]| {
        let text = document(body);
        let at = text.windows(4).position(|four| four == b"MARK").unwrap();
        [&text[..at], bytes, &text[at + 4..]].concat()
    };
    let length = doc().len();
    Row::new(
        with(&format!("{{\\pict\\bin{length} MARK}}"), &doc()),
        Verdict::Malicious,
    )
    .codes(&["rtf.object-elsewhere"])
    .says("AutoOpen")
    .check();
    let far = "INERT ".repeat(1000);
    Row::new(with(&format!("{far}MARK"), &doc()), Verdict::Malicious)
        .says("AutoOpen")
        .check();
}

#[test]
fn a08_short_header() {
    let text = String::from_utf8(document("")).unwrap();
    for start in ["{\\rt", "{\\rtx1", "{\\rt\\ansi"] {
        let bytes = text.replacen("{\\rtf1", start, 1);
        Row::new(bytes, Verdict::Suspicious)
            .codes(&["rtf.header"])
            .check();
    }
}

#[test]
fn a08_objupdate() {
    let object = rtf_object("Equation.DSMT4", &embedded("Equation.DSMT4", b"inert"));
    let body = object.replace("\\objemb", "\\objemb\\objupdate");
    Row::new(document(&body), Verdict::Suspicious)
        .codes(&["rtf.object-update"])
        .check();
}

#[test]
fn a09_template() {
    for (target, verdict, rule) in [
        (
            "https://example.invalid/a.dotm",
            Verdict::Malicious,
            "external.template",
        ),
        (
            "\\u104?\\u116?\\u116?\\u112?://example.invalid/\\'8c\\'f6\\'8e\\'ae.dot",
            Verdict::Malicious,
            "external.template",
        ),
        (
            "{\\b ht}tp://192.0.2.1/a",
            Verdict::Malicious,
            "external.template",
        ),
        (
            "\\\\\\\\server\\\\share\\\\a.dot",
            Verdict::Suspicious,
            "external.template-share",
        ),
        ("C:\\\\a.dot", Verdict::Macro, "external.template-local"),
    ] {
        let body = format!("{{\\*\\template {target}}}");
        let text = String::from_utf8(document(&body)).unwrap();
        let text = text.replace("\\ansicpg1252", "\\ansicpg932");
        let report = Row::new(text, verdict).rules(&[rule]).check();
        if target.contains("8c") {
            assert!(report.findings()[0].text.contains("公式"));
        }
    }
}

#[test]
fn a09_template_in_binary_data() {
    for target in [
        "\\bin30 https://example.invalid/a.dotm",
        "https://exam\\bin9 ple.inval{\\b id/a.}dotm",
        // As a program reads it that passes binary data over, and one that replaces what is Unicode.
        "\\bin3 C:\\https://example.invalid/a.dotm",
        "\\u104\\bin3 C:\\ttps://example.invalid/a.dotm",
    ] {
        let body = format!("{{\\*\\template {target}}}");
        Row::new(document(&body), Verdict::Malicious)
            .rules(&["external.template"])
            .check();
    }
}

#[test]
fn a10_monikers() {
    let address = "https://example.invalid/a.hta";
    let url = text_moniker(&object::URL_MONIKER, address);
    let script = text_moniker(&object::SCRIPT_MONIKER, address);
    for (moniker, rules) in [
        (url.clone(), &["external.object"][..]),
        (
            object::composite_moniker(&[url.clone(), script.clone()]),
            &["external.object", "object.exploit-class"],
        ),
        (script, &["object.exploit-class"]),
        (
            text_moniker(&object::SOAP_MONIKER, "soap:wsdl=https://example.invalid/a"),
            &["object.exploit-class"],
        ),
        (
            text_moniker(&object::NEW_MONIKER, "new:inert"),
            &["object.exploit-class"],
        ),
    ] {
        let data = embedded("OLE2Link", &object::link(&moniker).build());
        Row::new(document(&rtf_object("OLE2Link", &data)), Verdict::Malicious)
            .rules(rules)
            .check();
    }
}

#[test]
fn a10_link_of_ole_1() {
    let body = |topic: &str| {
        let data = object::linked("Excel.Sheet.8", topic, "A1");
        document(&rtf_object("Excel.Sheet.8", &data))
    };
    Row::new(body("https://example.invalid/a.xls"), Verdict::Malicious)
        .rules(&["external.object"])
        .check();
    Row::new(body("C:\\a.xls"), Verdict::Macro).check();
}

#[test]
fn l12_classes_in_rich_text() {
    for class in ["Equation.3", "Equation.2", "htmlfile", "Shell.Explorer.2"] {
        // Said by the object alone, and by its name in rich text alone.
        for body in [
            rtf_object("Word.Document.8", &embedded(class, b"inert data")),
            rtf_object(class, &embedded("", b"inert data")),
        ] {
            Row::new(document(&body), Verdict::Malicious)
                .rules(&["object.exploit-class"])
                .check();
        }
    }
    let mut file = cfb::Builder::new();
    file.class("", object::ole_class(object::EQUATION))
        .stream("Equation Native", b"inert".to_vec());
    let data = embedded("Word.Document.8", &file.build());
    Row::new(
        document(&rtf_object("Word.Document.8", &data)),
        Verdict::Malicious,
    )
    .rules(&["object.exploit-class"])
    .check();
}

#[test]
fn l08_dde_in_rich_text() {
    for body in [
        field("DDEAUTO \"cmd.exe\" \"inert\"", "inert"),
        "{\\field{\\*\\fldinst {D}{\\b DEAU}{\\i\r\nTO cmd.exe}{ inert}}{\\fldrslt}}".to_owned(),
        "{\\field{\\*\\fldinst DDE}{\\*\\fldinst AUTO cmd.exe inert}}".to_owned(),
        field(
            &format!("{} cmd.exe inert", field("QUOTE 68 68 69", "")),
            "",
        ),
        field(&format!("IF 1 = 1 {}", field("DDE cmd.exe inert", "")), ""),
        "{\\*\\fldinst DDE cmd.exe inert}".to_owned(),
        field("\\u68?\\u68?\\'45 cmd.exe inert", ""),
    ] {
        Row::new(document(&body), Verdict::Malicious)
            .rules(&["dde.field"])
            .check();
    }
}

#[test]
fn l08_dde_in_binary_data() {
    for code in [
        "\\bin25 DDEAUTO cmd.exe /c inert ",
        "DDE\\bin9 AUTO cmd.exe inert",
        "\\bin5 PAGE DDE cmd.exe inert",
        "DDE\\bin1 xAUTO cmd.exe inert",
    ] {
        Row::new(document(&field(code, "")), Verdict::Malicious)
            .rules(&["dde.field"])
            .check();
    }
}

#[test]
fn many_pieces_of_binary_data_are_read_in_time() {
    let pieces = "\\bin1 ax".repeat(200_000);
    let bodies = [
        format!("{{\\*\\template {pieces}}}"),
        field(&format!("DDE {pieces}"), ""),
        field(&field(&pieces, "").repeat(40), ""),
    ];
    let start = std::time::Instant::now();
    for body in bodies {
        let report = Scanner::new().scan(&document(&body));
        assert!(report.verdict() >= Verdict::Macro, "{:?}", report.reasons());
    }
    assert!(start.elapsed() < std::time::Duration::from_secs(60));
}

#[test]
fn fields_that_load_elsewhere() {
    for (code, rule, verdict) in [
        (
            "INCLUDETEXT \"https://example.invalid/a.doc\"",
            "external.subdocument",
            Verdict::Malicious,
        ),
        (
            "LINK htmlfile \"https://example.invalid/a\" \\\\a",
            "external.object",
            Verdict::Malicious,
        ),
        (
            "INCLUDEPICTURE \"\\\\\\\\\\\\\\\\192.0.2.1\\\\\\\\a\\\\\\\\b.png\" \\\\d",
            "external.picture-share",
            Verdict::Suspicious,
        ),
    ] {
        Row::new(document(&field(code, "")), verdict)
            .rules(&[rule])
            .check();
    }
}

#[test]
fn letters_are_clean() {
    let png = [&b"\x89PNG\r\n\x1a\n"[..], &[0x55; 4000]].concat();
    for body in [
        String::new(),
        picture(&png),
        field("HYPERLINK \"https://example.invalid/\"", "here"),
        field("HYPERLINK \\\\l \"_Toc1\"", "1"),
        field("PAGE", "1"),
        field("TOC \\\\o \"1-3\"", "DDE"),
        "{\\*\\inert {\\*\\inert}}\\'82\\'a0\\u12354\\'82\\'a0".to_owned(),
        "deadbeef cafe 0123456789abcdef0123456789abcdef".to_owned(),
        // The object of another document, read with it.
        rtf_object(
            "Word.Document.8",
            &embedded("Word.Document.8", &Doc::new().build()),
        ),
    ] {
        let report = Row::new(document(&body), Verdict::Clean).check();
        assert_eq!(report.coverage(), Coverage::Complete);
    }
}

#[test]
fn objects_of_other_programs_are_active_content() {
    let equation = embedded("Equation.DSMT4", b"inert");
    let picture = embedded("PBrush", &[&b"BM"[..], &[0; 60]].concat());
    for body in [
        rtf_object("Equation.DSMT4", &equation),
        rtf_object("PBrush", &picture),
    ] {
        Row::new(document(&body), Verdict::Macro).check();
    }
}

#[test]
fn what_breaks_off_is_told() {
    let whole = document("text");
    Row::new(&whole[..whole.len() - 4], Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .check();
    Row::new(document("\\bin999999 x"), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .codes(&["rtf.bin-length"])
        .check();
    // An object of no structure.
    Row::new(
        document(&object_of_digits("x", &"00112233".repeat(8))),
        Verdict::Unscannable,
    )
    .coverage(Coverage::Partial)
    .check();
}

/// Each at two sizes: the work for twice as much is no more than that for each.
#[test]
fn hostile_rich_text_takes_linear_work() {
    type Make = fn(usize) -> String;
    let makes: [(&str, Make); 9] = [
        ("groups in one another", |n| "{".repeat(n)),
        ("groups in a row", |n| "{}".repeat(n)),
        ("objects", |n| "{\\object{\\*\\objdata 0105}}".repeat(n / 8)),
        ("objects in one another", |n| {
            "{\\object{\\*\\objdata 0105".repeat(n / 8)
        }),
        ("fields in one another", |n| {
            "{\\field{\\*\\fldinst A ".repeat(n / 8)
        }),
        ("quotes in one another", |n| {
            "{\\field{\\*\\fldinst QUOTE 65 ".repeat(n / 8)
        }),
        ("\\bin of all lengths", |n| {
            "\\bin9999999 {\\bin-1 \\bin0 ".repeat(n / 8)
        }),
        ("starts of objects", |n| "d0cf11e0a1b11ae1 x".repeat(n / 8)),
        ("digits broken up", |n| {
            "{\\object{\\*\\objdata ".to_owned() + &"1\\'aa{\\*\\x 1}".repeat(n / 8)
        }),
    ];
    let scanner = Scanner::builder()
        .limits(Limits::quarantine().with(Limit::Layers, 50))
        .build();
    for (what, make) in makes {
        let time = |n: usize| {
            let bytes = document(&make(n));
            let start = std::time::Instant::now();
            let _ = scanner.scan(&bytes);
            start.elapsed()
        };
        let (small, large) = (time(100_000), time(400_000));
        // Far more than four times, and long enough to tell.
        assert!(
            large.as_millis() < 2000 || large < small * 10,
            "{what}: {small:?}, {large:?}"
        );
    }
}
