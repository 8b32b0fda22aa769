//! Encrypted documents.

use macrosift::report::Coverage;
use macrosift::{Limit, Limits, Reason, Report, Scanner, Verdict};
use macrosift_testkit::cfb;
use macrosift_testkit::encrypted::{
    Agile, Binary, Chaining, EXCEL, Hash, POWERPOINT, Part, agile, doc, managed, ppt, standard, xls,
};
use macrosift_testkit::office::{Doc, Kind, Package, Ppt, ProjectStorage, SheetKind, Twist, Xls};
use macrosift_testkit::ovba::{Module, ModuleKind, Project};

use super::Row;

/// A password that nobody has built in.
const OTHER: &str = "inert";

const RUN: &str = "Sub Workbook_Open()\n    If Now > 0 Then Exit Sub\n    Shell \"inert\", 0\nEnd Sub\n\
                   Sub Document_Open()\n    If Now > 0 Then Exit Sub\n    Shell \"inert\", 0\nEnd Sub\n";
const BENIGN: &str =
    "Function Net(ByVal gross As Double) As Double\n    Net = gross / 1.1\nEnd Function\n";

const SCHEMES: [Binary; 4] = [
    Binary::Rc4,
    Binary::CryptoApi(40),
    Binary::CryptoApi(128),
    Binary::Xor,
];

pub(crate) fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let plain = Package::new(Kind::Xlsx).build();
    let few = Agile {
        rounds: 10,
        ..Agile::default()
    };
    let unread = Agile {
        declared_rounds: Some(10_000_000),
        ..few.clone()
    };
    vec![
        ("agile", agile(&plain, EXCEL, &few).build()),
        ("agile-rounds", agile(&plain, EXCEL, &unread).build()),
        ("standard", standard(&plain, EXCEL, 128).build()),
        ("managed", managed().build()),
        ("xls-rc4", workbook(Binary::Rc4, EXCEL).build()),
        (
            "xls-cryptoapi",
            workbook(Binary::CryptoApi(128), EXCEL).build(),
        ),
        ("xls-xor", workbook(Binary::Xor, EXCEL).build()),
        ("doc-rc4", document(Binary::Rc4, EXCEL).build()),
        ("doc-xor", document(Binary::Xor, EXCEL).build()),
        ("ppt", presentation(POWERPOINT).build()),
    ]
}

fn project(body: &str) -> Project {
    Project::new("Project").module(Module::new(ModuleKind::Workbook, "ThisWorkbook", body))
}

fn package(kind: Kind, body: &str) -> Vec<u8> {
    Package::new(kind).vba(project(body).to_bin()).build()
}

fn workbook(scheme: Binary, password: &str) -> cfb::Builder {
    let mut file = Xls::new().to_cfb();
    xls(&mut file, scheme, password);
    file
}

fn document(scheme: Binary, password: &str) -> cfb::Builder {
    let mut file = Doc::new().to_cfb();
    doc(&mut file, scheme, password);
    file
}

fn presentation(password: &str) -> cfb::Builder {
    let mut file = Ppt::new().to_cfb();
    ppt(&mut file, 128, password);
    file
}

fn scan_with(bytes: &[u8], passwords: &[&str]) -> Report {
    let builder = passwords
        .iter()
        .fold(Scanner::builder(), |builder, word| builder.password(*word));
    builder.keep_source(true).build().scan(bytes)
}

fn opened(report: &Report) -> Vec<&str> {
    let all = report.observations().iter();
    all.filter(|one| one.code == "crypto.opened")
        .map(|one| one.detail.as_str())
        .collect()
}

fn formats(report: &Report) -> Vec<&str> {
    report.layers().iter().map(|layer| layer.format).collect()
}

/// Opened with a password that was given, and judged as it would be without one.
#[track_caller]
fn opens_as(bytes: &[u8], verdict: Verdict, layers: &[&str]) -> Report {
    let report = scan_with(bytes, &["wrong", OTHER, "more"]);
    assert_eq!(report.verdict(), verdict, "{:#?}", report.uninspected());
    assert_eq!(formats(&report), layers);
    let told = opened(&report);
    assert_eq!(told.len(), 1, "{:#?}", report.uninspected());
    assert!(told[0].ends_with("password: given"), "{told:?}");
    assert!(!format!("{report:?}").contains("\"inert\", given"));
    report
}

/// Not opened.
#[track_caller]
fn closed(bytes: &[u8], scheme: &str) -> Report {
    let report = Scanner::new().scan(bytes);
    assert_eq!(report.verdict(), Verdict::Unscannable);
    let says = format!("{scheme}; default passwords tried: Excel, PowerPoint; not opened");
    assert!(
        report.uninspected()[0].detail.starts_with(&says),
        "{:#?}",
        report.uninspected()
    );
    report
}

/// Not opened, and held for it.
#[track_caller]
fn stays_closed(bytes: Vec<u8>, scheme: &'static str) -> Report {
    let report = Row::new(bytes, Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .says(scheme)
        .says("default passwords tried: Excel, PowerPoint; not opened")
        .check();
    assert_eq!(opened(&report), Vec::<&str>::new());
    report
}

#[test]
fn k01_agile_xlsx_with_the_default_password() {
    let plain = Package::new(Kind::Xlsx).build();
    let file = agile(&plain, EXCEL, &Agile::default());
    let report = Row::new(file.build(), Verdict::Suspicious)
        .codes(&["crypto.opened"])
        .check();
    assert_eq!(
        opened(&report),
        [
            "EncryptedPackage: agile encryption, AES-256 CBC, SHA512, 1000 rounds; \
          password: default (Excel)"
        ]
    );
    assert_eq!(formats(&report), ["ooxml-encrypted", "xlsx"]);
}

#[test]
fn k01_agile_xlsm_with_the_default_password() {
    let file = agile(&package(Kind::Xlsm, RUN), EXCEL, &Agile::default());
    Row::new(file.build(), Verdict::Malicious).check();
    let file = agile(&package(Kind::Xlsm, BENIGN), EXCEL, &Agile::default());
    Row::new(file.build(), Verdict::Suspicious).check();
}

#[test]
fn k01_standard_xlsm_with_the_default_password() {
    let file = standard(&package(Kind::Xlsm, RUN), EXCEL, 128);
    Row::new(file.build(), Verdict::Malicious).check();
}

#[test]
fn k01_xls_with_the_default_password() {
    for scheme in SCHEMES {
        let mut file = Xls::new().project(project(RUN)).to_cfb();
        xls(&mut file, scheme, EXCEL);
        let report = Scanner::new().scan(&file.build());
        assert_eq!(report.verdict(), Verdict::Malicious, "{scheme:?}");
        // What is readable without the password is not read twice.
        assert_eq!(report.modules().len(), 1, "{scheme:?}");
        assert_eq!(formats(&report), ["xls", "xls"]);
        let report = Scanner::new().scan(&workbook(scheme, EXCEL).build());
        assert_eq!(report.verdict(), Verdict::Suspicious, "{scheme:?}");
    }
    Row::new(workbook(Binary::Rc4, EXCEL).build(), Verdict::Suspicious)
        .codes(&["crypto.opened"])
        .check();
}

#[test]
fn k01_in_an_archive_or_attachment_like_any_layer() {
    let inner = agile(&package(Kind::Xlsm, RUN), EXCEL, &Agile::default()).build();
    let outer = Package::new(Kind::Docx).twist(Twist::ExtraPart("word/a.bin".into(), inner));
    let report = Scanner::new().scan(&outer.build());
    assert_eq!(report.verdict(), Verdict::Malicious);
}

#[test]
fn k02_ppt_with_the_default_password() {
    for bits in [40, 128] {
        let mut file = Ppt::new().to_cfb();
        ppt(&mut file, bits, POWERPOINT);
        let report = Scanner::new().scan(&file.build());
        assert_eq!(report.verdict(), Verdict::Suspicious);
        assert!(opened(&report)[0].ends_with("default (PowerPoint)"));
    }
    Row::new(presentation(POWERPOINT).build(), Verdict::Suspicious)
        .codes(&["crypto.opened"])
        .check();
}

#[test]
fn k02_ppt_with_the_default_password_and_a_project() {
    for storage in [ProjectStorage::Plain, ProjectStorage::Compressed] {
        let mut file = Ppt::new().project(project(RUN).to_bin(), storage).to_cfb();
        ppt(&mut file, 128, POWERPOINT);
        let report = Scanner::new().scan(&file.build());
        assert_eq!(
            report.verdict(),
            Verdict::Malicious,
            "{:#?}",
            report.uninspected()
        );
        assert!(!report.modules().is_empty());
    }
}

#[test]
fn k02_pptx_with_the_default_password() {
    let plain = Package::new(Kind::Pptx).build();
    Row::new(
        agile(&plain, POWERPOINT, &Agile::default()).build(),
        Verdict::Suspicious,
    )
    .codes(&["crypto.opened"])
    .check();
}

#[test]
fn k03_agile_of_unknown_password() {
    let plain = package(Kind::Docm, RUN);
    let file = agile(&plain, OTHER, &Agile::default()).build();
    stays_closed(file.clone(), "agile encryption, AES-256 CBC, SHA512");
    let report = scan_with(&file, &["a", "b"]);
    let gap = &report.uninspected()[0].detail;
    assert!(
        gap.contains("Excel, PowerPoint, 2 given; not opened"),
        "{gap}"
    );
}

#[test]
fn k03_standard_of_unknown_password() {
    let file = standard(&package(Kind::Docm, RUN), OTHER, 256).build();
    stays_closed(file, "standard encryption, AES-256");
}

#[test]
fn k03_agile_of_every_cipher_and_hash() {
    // Longer than a segment, however it is compressed.
    let noise = (0..9_000).scan(1_u32, |state, _| {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Some((*state >> 24) as u8)
    });
    let noise = Twist::ExtraPart("word/noise.bin".into(), noise.collect());
    let plain = Package::new(Kind::Docm)
        .vba(project(RUN).to_bin())
        .twist(noise)
        .build();
    assert!(plain.len() > 8192);
    for hash in [
        Hash::Md5,
        Hash::Sha1,
        Hash::Sha256,
        Hash::Sha384,
        Hash::Sha512,
    ] {
        for chaining in [Chaining::Cbc, Chaining::Cfb] {
            for (cipher, key_bits) in [("AES", 128), ("AES", 192), ("AES", 256), ("3DES", 192)] {
                let choice = Agile {
                    cipher,
                    key_bits,
                    chaining,
                    hash,
                    rounds: 3,
                    ..Agile::default()
                };
                let file = agile(&plain, OTHER, &choice).build();
                opens_as(
                    &file,
                    Verdict::Malicious,
                    &["ooxml-encrypted", "docm", "ole"],
                );
            }
        }
    }
}

#[test]
fn k03_standard_of_every_key() {
    for bits in [128, 192, 256] {
        let file = standard(&Package::new(Kind::Docx).build(), OTHER, bits).build();
        opens_as(&file, Verdict::Clean, &["ooxml-encrypted", "docx"]);
    }
}

#[test]
fn k03_packages_in_odd_compound_files() {
    let plain = package(Kind::Docm, RUN);
    let few = Agile {
        rounds: 3,
        ..Agile::default()
    };
    let mut scattered = agile(&plain, OTHER, &few);
    scattered.scatter("EncryptedPackage");
    let mut large = agile(&plain, OTHER, &few);
    large.version(cfb::Version::V4);
    let mut small = agile(&plain, OTHER, &few);
    small.cutoff(1 << 20);
    for file in [scattered, large, small] {
        opens_as(
            &file.build(),
            Verdict::Malicious,
            &["ooxml-encrypted", "docm", "ole"],
        );
    }
}

#[test]
fn k03_a_false_size_of_the_package() {
    let plain = Package::new(Kind::Xlsx).build();
    for size in [0, 100, u64::MAX] {
        let choice = Agile {
            declared_size: Some(size),
            ..Agile::default()
        };
        let mut padded = plain.clone();
        padded.resize(plain.len() + 9000, 0);
        let report = scan_with(&agile(&padded, OTHER, &choice).build(), &[OTHER]);
        assert_eq!(report.verdict(), Verdict::Unscannable);
        let gaps = report.uninspected();
        assert!(
            gaps.iter().any(|gap| gap.reason == Reason::Damaged),
            "{gaps:#?}"
        );
        assert_eq!(formats(&report), ["ooxml-encrypted", "xlsx"]);
    }
}

#[test]
fn k03_a_package_that_is_none_is_a_gap() {
    let file = agile(&[7; 5000], OTHER, &Agile::default());
    let report = scan_with(&file.build(), &[OTHER]);
    assert_eq!(report.verdict(), Verdict::Unscannable);
    assert_eq!(opened(&report).len(), 1);
}

#[test]
fn k04_xls_of_unknown_password() {
    for (scheme, name) in SCHEMES.into_iter().zip([
        "RC4 encryption, 40 bits",
        "RC4 CryptoAPI encryption, 40 bits",
        "RC4 CryptoAPI encryption, 128 bits",
        "XOR obfuscation",
    ]) {
        let report = closed(&workbook(scheme, OTHER).build(), name);
        let gap = &report.uninspected()[0].detail;
        assert!(gap.ends_with("VBA storage readable: no; macro-sheet markers in clear: 0"));
        assert_eq!(report.uninspected().len(), 1, "{:#?}", report.uninspected());
    }
    stays_closed(workbook(Binary::Xor, OTHER).build(), "XOR obfuscation");
}

#[test]
fn k04_xls_opens_with_a_given_password() {
    for scheme in SCHEMES {
        opens_as(
            &workbook(scheme, OTHER).build(),
            Verdict::Clean,
            &["xls", "xls"],
        );
        // The stream gathered from sectors that do not lie in a row, and from the mini stream.
        let mut scattered = workbook(scheme, OTHER);
        scattered.scatter("Workbook");
        opens_as(&scattered.build(), Verdict::Clean, &["xls", "xls"]);
        let mut small = workbook(scheme, OTHER);
        small.cutoff(1 << 20).scatter("Workbook");
        opens_as(&small.build(), Verdict::Clean, &["xls", "xls"]);
    }
}

#[test]
fn k04_readable_vba_beside_an_unknown_password() {
    for scheme in SCHEMES {
        let mut file = Xls::new().project(project(RUN)).to_cfb();
        xls(&mut file, scheme, OTHER);
        let report = Scanner::new().scan(&file.build());
        assert_eq!(report.verdict(), Verdict::Malicious);
        assert!(
            report.uninspected()[0]
                .detail
                .contains("VBA storage readable: yes")
        );
    }
    let mut file = Xls::new().project(project(RUN)).to_cfb();
    xls(&mut file, Binary::Rc4, OTHER);
    Row::new(file.build(), Verdict::Malicious)
        .coverage(Coverage::Partial)
        .says("VBA storage readable: yes")
        .check();
}

#[test]
fn k04_vba_moved_into_the_encryption_stream() {
    for bits in [40, 128] {
        let scheme = Binary::CryptoApi(bits);
        let moved = [
            Part {
                name: "\u{5}SummaryInformation".into(),
                is_stream: true,
                data: vec![0xFE, 0xFF, 0, 0],
            },
            Part {
                name: "_VBA_PROJECT_CUR".into(),
                is_stream: false,
                data: project(RUN).to_bin(),
            },
        ];
        let mut file = workbook(scheme, EXCEL);
        file.stream("encryption", scheme.summary(EXCEL, &moved));
        let report = Scanner::new().scan(&file.build());
        assert_eq!(report.verdict(), Verdict::Malicious);
        assert_eq!(formats(&report), ["xls", "xls", "ole"]);
        assert_eq!(report.layers()[2].name.as_deref(), Some("_VBA_PROJECT_CUR"));
    }
}

#[test]
fn k04_a_second_file_pass_is_not_followed_for_ever() {
    let mut file = workbook(Binary::Rc4, EXCEL);
    xls(&mut file, Binary::Rc4, EXCEL);
    let report = Scanner::new().scan(&file.build());
    assert_eq!(formats(&report), ["xls", "xls"]);
    assert!(report.verdict() >= Verdict::Suspicious);
}

#[test]
fn k05_doc_of_unknown_password() {
    closed(
        &document(Binary::Rc4, OTHER).build(),
        "RC4 encryption, 40 bits",
    );
    closed(&document(Binary::Xor, OTHER).build(), "XOR obfuscation");
    stays_closed(
        document(Binary::CryptoApi(128), OTHER).build(),
        "RC4 CryptoAPI encryption, 128 bits",
    );
}

#[test]
fn k05_doc_opens_with_a_given_password() {
    for scheme in SCHEMES {
        opens_as(
            &document(scheme, OTHER).build(),
            Verdict::Clean,
            &["doc", "doc"],
        );
        let mut file = Doc::new().project(project(RUN)).to_cfb();
        file.stream("Data", vec![7; 1000]);
        doc(&mut file, scheme, OTHER);
        opens_as(&file.build(), Verdict::Malicious, &["doc", "doc"]);
    }
}

#[test]
fn k05_readable_vba_beside_an_unknown_password() {
    for scheme in SCHEMES {
        let mut file = Doc::new().project(project(RUN)).to_cfb();
        doc(&mut file, scheme, OTHER);
        let report = Scanner::new().scan(&file.build());
        assert_eq!(report.verdict(), Verdict::Malicious);
        assert_eq!(report.coverage(), Coverage::Partial);
    }
}

#[test]
fn k05_ppt_of_unknown_password() {
    stays_closed(
        presentation(OTHER).build(),
        "RC4 CryptoAPI encryption, 128 bits",
    );
}

#[test]
fn k05_ppt_opens_with_a_given_password() {
    opens_as(
        &presentation(OTHER).build(),
        Verdict::Clean,
        &["ppt", "ppt"],
    );
}

#[test]
fn k06_rights_management() {
    Row::new(managed().build(), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .says("rights management")
        .check();
    let mut file = Doc::new().to_cfb();
    file.stream("\u{9}DRMContent", b"inert".to_vec());
    let report = Scanner::new().scan(&file.build());
    assert_eq!(report.verdict(), Verdict::Unscannable);
}

#[test]
fn k06_certificate_only() {
    let choice = Agile {
        certificate: true,
        ..Agile::default()
    };
    let plain = Package::new(Kind::Docx).build();
    Row::new(agile(&plain, OTHER, &choice).build(), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .says("for the holder of a certificate")
        .check();
}

#[test]
fn k06_extensible() {
    use macrosift_testkit::office::{Encryption, encrypted_package};
    let file = encrypted_package(Encryption::Extensible);
    Row::new(file.build(), Verdict::Unscannable)
        .coverage(Coverage::Partial)
        .says("extensible encryption")
        .check();
}

#[test]
fn k08_xls_with_a_password_for_changes() {
    // FileSharing: recommended to be read only, the verifier of a password, a name.
    let mut file = Xls::new().to_cfb();
    let mut stream = file.data("Workbook").to_vec();
    let record = [
        &[0x5B, 0, 12, 0, 1, 0, 0x4B, 0xCE][..],
        &[5, 0, 0],
        b"inert",
    ]
    .concat();
    stream.splice(20..20, record);
    file.stream("Workbook", stream);
    let report = Scanner::new().scan(&file.build());
    assert!(
        report
            .uninspected()
            .iter()
            .all(|gap| gap.reason != Reason::Encrypted)
    );
}

#[test]
fn m13_macro_sheet_of_an_unknown_password() {
    for kind in [SheetKind::MacroSheet, SheetKind::MacroSheetLied] {
        for scheme in SCHEMES {
            let mut file = Xls::new().sheet("Macro1", kind, 0).to_cfb();
            xls(&mut file, scheme, OTHER);
            let report = Scanner::new().scan(&file.build());
            assert_eq!(report.verdict(), Verdict::Suspicious);
            let reasons: Vec<_> = report.uninspected().iter().map(|gap| gap.reason).collect();
            assert_eq!(reasons, [Reason::Encrypted, Reason::ActiveUnread]);
        }
    }
    let mut file = Xls::new()
        .sheet("Macro1", SheetKind::MacroSheet, 0)
        .to_cfb();
    xls(&mut file, Binary::CryptoApi(128), OTHER);
    Row::new(file.build(), Verdict::Suspicious)
        .coverage(Coverage::Partial)
        .says("1 Excel 4.0 macro sheets in an encrypted workbook")
        .check();
}

#[test]
fn m13_macro_sheet_with_the_default_password() {
    for scheme in SCHEMES {
        let mut file = Xls::new()
            .sheet("Macro1", SheetKind::MacroSheet, 2)
            .auto_open()
            .to_cfb();
        xls(&mut file, scheme, EXCEL);
        let report = Scanner::new().scan(&file.build());
        assert!(report.verdict() >= Verdict::Suspicious);
        assert_eq!(formats(&report), ["xls", "xls"]);
        // What is said of the sheets is said of the layer in which they are plain.
        assert!(
            report.uninspected().iter().all(|gap| gap.layer == 1),
            "{:#?}",
            report.uninspected()
        );
    }
}

#[test]
fn enc_default_is_told_with_where_the_password_came_from_and_never_the_password() {
    let report = Scanner::new().scan(&workbook(Binary::Rc4, EXCEL).build());
    assert!(!format!("{report:?}").contains(EXCEL));
    let report = scan_with(&workbook(Binary::Rc4, "hunter2").build(), &["hunter2"]);
    assert_eq!(opened(&report).len(), 1);
    assert!(!format!("{report:?}").contains("hunter2"));
}

#[test]
fn enc_unknown_beside_what_can_be_opened() {
    let mut file = workbook(Binary::Rc4, EXCEL);
    let other = document(Binary::Rc4, OTHER);
    for name in ["WordDocument", "1Table"] {
        file.stream(&format!("ObjectPool/_1/{name}"), other.data(name).to_vec());
    }
    let report = Scanner::new().scan(&file.build());
    assert!(report.verdict() >= Verdict::Suspicious);
    let gaps = report.uninspected().iter();
    let closed = gaps.filter(|gap| gap.reason == Reason::Encrypted);
    assert_eq!(closed.map(|gap| gap.layer).collect::<Vec<_>>(), [1]);
}

#[test]
fn rounds_without_end_are_a_limit_and_not_a_wait() {
    let choice = Agile {
        rounds: 1,
        declared_rounds: Some(10_000_000),
        ..Agile::default()
    };
    let file = agile(&Package::new(Kind::Xlsx).build(), EXCEL, &choice).build();
    let begun = std::time::Instant::now();
    let report = Scanner::new().scan(&file);
    assert!(begun.elapsed().as_secs() < 1);
    assert_eq!(report.verdict(), Verdict::Unscannable);
    let reasons: Vec<_> = report.uninspected().iter().map(|gap| gap.reason).collect();
    assert_eq!(reasons, [Reason::Limit, Reason::Encrypted]);
    let detail = &report.uninspected()[0].detail;
    assert!(detail.contains("limit steps of 12000100"), "{detail}");
    assert!(
        report.uninspected()[1]
            .detail
            .contains("default passwords tried: none")
    );
}

#[test]
fn passwords_leave_half_of_the_work_for_what_they_open() {
    let choice = Agile {
        rounds: 100,
        ..Agile::default()
    };
    let file = agile(&package(Kind::Xlsm, RUN), OTHER, &choice).build();
    let many: Vec<String> = (0..100_000).map(|number| format!("word{number}")).collect();
    let builder = many
        .iter()
        .fold(Scanner::builder(), |builder, word| builder.password(word));
    let limits = Limits::mail().with(Limit::Steps, 500_000);
    let report = builder.limits(limits.clone()).build().scan(&file);
    let closed = report.uninspected().last().unwrap();
    assert!(
        closed.detail.contains(" of 100000 given; not opened"),
        "{}",
        closed.detail
    );
    let first = Scanner::builder().limits(limits).password(OTHER);
    let report = many
        .iter()
        .fold(first, |builder, word| builder.password(word))
        .build()
        .scan(&file);
    assert_eq!(report.verdict(), Verdict::Malicious);
}

#[test]
fn many_encrypted_documents_cost_what_they_are_worth() {
    let one = workbook(Binary::Rc4, OTHER);
    let mut file = cfb::Builder::new();
    for number in 0..2_000 {
        file.stream(
            &format!("MBD{number:08}/Workbook"),
            one.data("Workbook").to_vec(),
        );
    }
    let begun = std::time::Instant::now();
    let report = Scanner::new().scan(&file.build());
    assert!(begun.elapsed().as_secs() < 20);
    assert!(report.verdict() >= Verdict::Unscannable);
}

#[test]
fn a_sheet_inside_a_record_is_a_gap() {
    let mut file = Xls::new().to_cfb();
    let mut stream = file.data("Workbook").to_vec();
    // The place of the only sheet, in front of its BOF by the four bytes of a record.
    let at = stream.windows(2).position(|two| two == [0x85, 0]).unwrap() + 4;
    let place = u32::from_le_bytes(stream[at..at + 4].try_into().unwrap()) as usize;
    stream.splice(place..place, [0x5D, 0, 40, 0]);
    stream[at..at + 4].copy_from_slice(&(place as u32 + 4).to_le_bytes());
    let sheet = stream[place + 4..place + 24].to_vec();
    file.stream("Workbook", stream);
    xls(&mut file, Binary::Rc4, EXCEL);
    // As whoever goes by the list would have it: the BOF in clear.
    let mut sealed = file.data("Workbook").to_vec();
    let at = sealed
        .windows(4)
        .position(|four| four == [0x5D, 0, 40, 0])
        .unwrap()
        + 4;
    sealed[at..at + 20].copy_from_slice(&sheet);
    file.stream("Workbook", sealed);
    let report = Scanner::new().scan(&file.build());
    let gaps = report.uninspected();
    assert!(
        gaps.iter().any(|gap| gap.reason == Reason::Damaged),
        "{gaps:#?}"
    );
}
