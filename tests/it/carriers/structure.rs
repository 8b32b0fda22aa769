//! Containers that lie.

use macrosift::Verdict::{Clean, Macro, Malicious, Suspicious, Unscannable};
use macrosift::report::Coverage::{Complete, Partial};
use macrosift::{Hashes, Limit, Limits, Report, Scanner, Verdict};
use macrosift_testkit::cfb::{self, Fault as CfbFault};
use macrosift_testkit::corpus::documents;
use macrosift_testkit::office::{Doc, Kind, Package, Twist};
use macrosift_testkit::ovba::{Module, Project, compress};
use macrosift_testkit::zip::{Archive, Descriptor, Fault, Member, MemberFault, Method};

use super::{Row, SCANNER};

/// A project that does nothing: what it is judged to be is the doing of the container. `Large` has
/// sectors of its own, `Small` lies in the mini stream.
fn project() -> Project {
    let lines = (0..900_u32).map(|row| format!("    x = {}\n", row.wrapping_mul(2_654_435_761)));
    let lines = lines.collect::<String>();
    let large = format!("Sub Run()\n    If Now > 0 Then Exit Sub\n{lines}End Sub\n");
    let small = "Sub Go()\n    If Now > 0 Then Exit Sub\n    Run\nEnd Sub\n";
    Project::new("Project")
        .module(Module::standard("Large", &large))
        .module(Module::standard("Small", small))
}

const LARGE: &str = "VBA/Large";
const SMALL: &str = "VBA/Small";
const VBA: &str = "word/vbaProject.bin";

fn bin(fault: CfbFault) -> Vec<u8> {
    project().to_cfb().fault(fault).build()
}

fn package() -> Package {
    Package::new(Kind::Docm).vba(project().to_bin())
}

fn zip(fault: Fault) -> Vec<u8> {
    package().archive().fault(fault).build()
}

fn member(fault: &MemberFault) -> Vec<u8> {
    package().archive().member_fault(VBA, fault).build()
}

/// The package with its project stored in another way.
fn restored(change: impl Fn(Member) -> Member) -> Vec<u8> {
    let mut archive = package().archive();
    for member in &mut archive.members {
        if member.name == VBA {
            *member = change(member.clone());
        }
    }
    archive.build()
}

/// One scan, as [`Row`] does it, of a variant for which the damage of a row was tried already.
#[track_caller]
fn judged(what: &str, bytes: &[u8], verdict: Verdict, codes: &[&str]) -> Report {
    let report = SCANNER.scan(bytes);
    let told = format!(
        "{what}: {:?}\n{:#?}\n{:#?}\n{:#?}",
        report.verdict(),
        report.reasons(),
        report.uninspected(),
        report.observations()
    );
    assert_eq!(report.verdict(), verdict, "{told}");
    for code in codes {
        let seen = report.observations().iter().any(|one| one.code == *code);
        assert!(seen, "no {code}: {told}");
    }
    report
}

#[test]
fn what_the_rows_are_built_on_is_no_more_than_a_macro() {
    judged("bin", &project().to_bin(), Macro, &[]);
    judged("docm", &package().build(), Macro, &[]);
    judged("doc", &Doc::new().project(project()).build(), Macro, &[]);
}

#[test]
fn c01_zeros_at_the_end() {
    // No row: cut to less than a MiB of padding it is an ordinary document.
    let report = judged(
        "bin",
        &bin(CfbFault::Padding(2 << 20)),
        Suspicious,
        &["cfb.padding"],
    );
    let says = "blown up with bytes that belong to nothing";
    assert!(report.reasons().iter().any(|one| one.contains(says)));
    let mut document = Doc::new().project(project()).build();
    document.resize(6 << 20, 0);
    judged("doc", &document, Suspicious, &["cfb.padding"]);
}

#[test]
fn c02_loops() {
    Row::new(bin(CfbFault::Cycle(LARGE.into())), Suspicious)
        .codes(&["cfb.fat-cycle"])
        .says("comes back to itself")
        .check();
    judged(
        "DIFAT",
        &bin(CfbFault::DifatCycle),
        Suspicious,
        &["cfb.difat-cycle"],
    );
    judged(
        "directory",
        &bin(CfbFault::DirectoryCycle),
        Suspicious,
        &["cfb.fat-cycle"],
    );
}

#[test]
fn c02_cross_links() {
    let mut file = project().to_cfb();
    file.stream("Other", vec![7; 9000]);
    file.fault(CfbFault::CrossLink(LARGE.into(), "Other".into()));
    Row::new(file.build(), Suspicious)
        .codes(&["cfb.cross-link"])
        .says("share the same sectors")
        .check();
    let same = bin(CfbFault::SameStart(SMALL.into(), "VBA/dir".into()));
    judged("same start", &same, Suspicious, &["cfb.cross-link"]);
}

#[test]
fn c03_another_cutoff() {
    for cutoff in [64, 1 << 20] {
        let honest = project().to_cfb().cutoff(cutoff).build();
        judged("honest", &honest, Macro, &["cfb.mini-cutoff"]);
    }
    judged(
        "lie",
        &bin(CfbFault::Cutoff(64)),
        Suspicious,
        &["cfb.mini-cutoff"],
    );
}

#[test]
fn c04_sectors_of_4096_bytes() {
    let file = project().to_cfb().version(cfb::Version::V4).build();
    judged("version 4", &file, Macro, &[]);
}

#[test]
fn c04_odd_headers() {
    Row::new(bin(CfbFault::ByteOrder(0xFEFF)), Suspicious)
        .codes(&["cfb.byte-order"])
        .says("says what no program writes")
        .check();
    judged(
        "shift",
        &bin(CfbFault::SectorShift(77)),
        Suspicious,
        &["cfb.sector-shift"],
    );
    judged(
        "another",
        &bin(CfbFault::SectorShift(12)),
        Suspicious,
        &["cfb.sector-shift"],
    );
    judged(
        "version",
        &bin(CfbFault::MajorVersion(9)),
        Suspicious,
        &["cfb.version"],
    );
}

#[test]
fn c05_orphans() {
    Row::new(bin(CfbFault::Orphan("VBA".into())), Suspicious)
        .coverage(Partial)
        .codes(&["cfb.orphan-entry", "ovba.orphan-project"])
        .says("lies where no storage leads to")
        .check();
    judged(
        "module",
        &bin(CfbFault::Orphan(SMALL.into())),
        Suspicious,
        &["ovba.carved"],
    );
    judged(
        "unallocated",
        &bin(CfbFault::Unallocated(SMALL.into())),
        Suspicious,
        &["ovba.carved"],
    );
}

#[test]
fn c05_free_sectors() {
    let source =
        "Attribute VB_Name = \"Hidden\"\r\nSub Go()\r\n    If Now > 0 Then Exit Sub\r\nEnd Sub\r\n";
    let mut document = Doc::new().build();
    document.extend(compress(source.as_bytes()));
    document.resize(document.len().next_multiple_of(512), 0);
    judged("source", &document, Suspicious, &["ovba.carved"]);
    let mut document = Doc::new().build();
    document.extend(project().to_bin());
    judged("file", &document, Suspicious, &["ovba.carved"]);
}

#[test]
fn c06_odd_names() {
    let namesake = CfbFault::Namesake(SMALL.into(), b"inert".to_vec());
    Row::new(bin(namesake), Suspicious)
        .codes(&["ovba.stream-namesakes"])
        .says("bear the same name")
        .check();
    let mut twins = project().to_cfb();
    twins.stream("VBA/SMALL", b"inert".to_vec());
    judged(
        "case twins",
        &twins.build(),
        Suspicious,
        &["ovba.stream-namesakes"],
    );
    // As programs do that are not Office, or as a control is named: nothing is lost for it.
    for storage in ["vBa", "a/b", "\u{1}a\u{5}", "VBA\u{0}x"] {
        let mut file = cfb::Builder::new();
        for (path, data) in project().streams() {
            match path.strip_prefix("VBA/") {
                Some(name) => file.stream_at(&["Macros", storage, name], data),
                None => file.stream_at(&["Macros", &path], data),
            };
        }
        let report = judged(storage, &file.build(), Macro, &[]);
        assert_eq!(report.modules().len(), 2);
    }
}

#[test]
fn c07_broken_tree() {
    Row::new(bin(CfbFault::SiblingCycle("VBA".into())), Suspicious)
        .codes(&["cfb.tree-cycle"])
        .says("directory comes back to itself")
        .check();
    judged(
        "child",
        &bin(CfbFault::ChildCycle("VBA".into())),
        Suspicious,
        &["cfb.tree-cycle"],
    );
    for kind in [0, 7] {
        let file = bin(CfbFault::ObjectType(SMALL.into(), kind));
        judged("type", &file, Suspicious, &["cfb.object-type"]);
    }
    judged(
        "cut",
        &bin(CfbFault::DirectoryCut),
        Suspicious,
        &["cfb.entry-missing"],
    );
}

#[test]
fn c08_sizes() {
    Row::new(
        bin(CfbFault::DeclaredSize(LARGE.into(), 30_000)),
        Suspicious,
    )
    .coverage(Partial)
    .codes(&["cfb.size-lie"])
    .says("longer than it is")
    .check();
    for (what, fault) in [
        ("huge", CfbFault::DeclaredSize(LARGE.into(), 0xFFFF_FFFF)),
        ("small stream", CfbFault::DeclaredSize(SMALL.into(), 4000)),
        ("chain", CfbFault::ChainCut(LARGE.into())),
    ] {
        judged(what, &bin(fault), Suspicious, &["cfb.size-lie"]);
    }
    for size in [0, 100] {
        judged(
            "mini stream",
            &bin(CfbFault::MiniStreamSize(size)),
            Suspicious,
            &[],
        );
    }
    // Shorter than it is: what it declares is read, and the source is cut.
    judged(
        "shorter",
        &bin(CfbFault::DeclaredSize(SMALL.into(), 10)),
        Unscannable,
        &[],
    );
    // What a download that breaks off looks like is no lie.
    judged(
        "leaves",
        &bin(CfbFault::ChainLeavesFile(LARGE.into())),
        Unscannable,
        &[],
    );
}

#[test]
fn c09_a_file_in_a_stream() {
    for stream in [
        "VisioDocument",
        "Data",
        "\u{1}CompObj",
        "Workbook",
        "1Table",
    ] {
        for before in [0, 700] {
            let mut file = cfb::Builder::new();
            file.stream(stream, [vec![7; before], project().to_bin()].concat());
            let report = judged(stream, &file.build(), Suspicious, &["ovba.carved"]);
            assert!(report.modules().len() >= 2);
        }
    }
}

#[test]
fn c10_prefix() {
    Row::new(bin(CfbFault::Junk(b"junk".to_vec())), Suspicious)
        .codes(&["cfb.prefix"])
        .says("stands behind other bytes")
        .check();
    for length in [1, 600, 4000] {
        let file = bin(CfbFault::Junk(vec![b'j'; length]));
        let report = judged("junk", &file, Suspicious, &["cfb.prefix"]);
        assert_eq!(report.modules().len(), 2);
    }
    // Whatever it is: nobody puts anything in front of a document by mistake.
    let clean = [&[0; 64][..], &Doc::new().build()].concat();
    judged("clean", &clean, Suspicious, &["cfb.prefix"]);
}

#[test]
fn z01_prepended() {
    Row::new(zip(Fault::Junk(b"junk".to_vec())), Suspicious)
        .codes(&["zip.prepended", "opc.prefix"])
        .says("stands behind other bytes")
        .check();
    for junk in [
        &[b'j'; 70_000][..],
        b"GIF89a\x01\0\x01\0",
        b"%PDF-1.4\n",
        b"{\\rtf1 }",
    ] {
        for fault in [
            Fault::Junk(junk.to_vec()),
            Fault::JunkAdjusted(junk.to_vec()),
        ] {
            let report = judged("polyglot", &zip(fault), Suspicious, &["opc.prefix"]);
            assert_eq!(report.modules().len(), 2);
        }
    }
    judged(
        "behind",
        &zip(Fault::Trailing(vec![b'x'; 100])),
        Macro,
        &["zip.appended"],
    );
}

#[test]
fn z02_no_directory() {
    Row::new(zip(Fault::NoCentral), Unscannable)
        .coverage(Partial)
        .codes(&["zip.no-directory"])
        .says("without its end")
        .check();
    for fault in [Fault::NoEnd, Fault::ZeroEnd] {
        let report = judged("end", &zip(fault), Unscannable, &["zip.no-directory"]);
        assert_eq!(report.modules().len(), 2);
    }
    judged(
        "another",
        &zip(Fault::FakeEnd),
        Suspicious,
        &["zip.second-directory"],
    );
    judged("count", &zip(Fault::Count(1)), Macro, &["zip.entry-count"]);
}

#[test]
fn z03_first_header() {
    Row::new(zip(Fault::ZeroFirstLocal), Unscannable)
        .coverage(Partial)
        .codes(&["zip.local-header"])
        .says("local header is broken")
        .check();
    let report = judged(
        "whole",
        &zip(Fault::ZeroFirstHeader),
        Unscannable,
        &["zip.local-header"],
    );
    assert_eq!(report.modules().len(), 2);
}

#[test]
fn z04_headers_that_differ() {
    Row::new(
        member(&MemberFault::LocalName("word/x.bin".into())),
        Suspicious,
    )
    .codes(&["zip.name-mismatch"])
    .says("has two names")
    .check();
    for (fault, code) in [
        (
            MemberFault::CentralName("word/x.bin".into()),
            "zip.name-mismatch",
        ),
        (MemberFault::LocalSizes(5, 5), "zip.size-mismatch"),
        (MemberFault::CentralSizes(5, 5), "zip.size-mismatch"),
        (MemberFault::LocalMethod(0), "zip.method-mismatch"),
        (MemberFault::CentralMethod(0), "zip.method-mismatch"),
        (MemberFault::NotListed, "zip.unlisted"),
    ] {
        let report = judged(code, &member(&fault), Suspicious, &[code]);
        assert!(report.modules().len() >= 2, "{fault:?}");
    }
    judged(
        "only listed",
        &member(&MemberFault::OnlyListed),
        Unscannable,
        &["zip.lost-member"],
    );
    judged(
        "offset",
        &member(&MemberFault::OffsetShifted(3)),
        Macro,
        &["zip.offset"],
    );
}

#[test]
fn z05_names_twice() {
    let other = Project::new("P").module(Module::standard("Other", "Sub O()\nEnd Sub\n"));
    let other = other.to_bin();
    let before = package().twist(Twist::NamesakeBefore(other.clone()));
    Row::new(before.build(), Suspicious)
        .codes(&["zip.duplicate-name"])
        .says("bear the same name")
        .check();
    let after = package().twist(Twist::NamesakeAfter(other.clone()));
    judged("after", &after.build(), Suspicious, &["zip.duplicate-name"]);
    for twin in [
        "WORD/VBAPROJECT.BIN",
        "word\\vbaProject.bin",
        "./word/vbaProject.bin",
    ] {
        let archive = package().archive().member(Member::new(twin, other.clone()));
        let report = judged(twin, &archive.build(), Suspicious, &["opc.duplicate-part"]);
        assert_eq!(report.modules().len(), 3, "{twin}");
    }
    // Some programs write such names, each once.
    for twist in [Twist::BackslashNames, Twist::DotNames, Twist::OddCase] {
        let report = judged("once", &package().twist(twist).build(), Macro, &[]);
        assert_eq!(report.modules().len(), 2);
    }
}

#[test]
fn z06_checksum() {
    Row::new(member(&MemberFault::Crc), Unscannable)
        .coverage(Partial)
        .codes(&["zip.crc"])
        .says("checksum is wrong")
        .check();
}

#[test]
fn z07_descriptors() {
    for descriptor in [Descriptor::Signed, Descriptor::Unsigned] {
        let file = restored(|member| member.descriptor(descriptor));
        let report = judged("descriptor", &file, Macro, &[]);
        assert_eq!(report.coverage(), Complete);
    }
}

#[test]
fn z08_methods() {
    Row::new(member(&MemberFault::Method(9)), Suspicious)
        .coverage(Partial)
        .says("zip method 9")
        .check();
    for method in [12, 14, 93, 95, 97, 98, 77] {
        let file = member(&MemberFault::Method(method));
        let report = judged("method", &file, Suspicious, &[]);
        assert_eq!(report.coverage(), Partial);
    }
    // A part that is not said to be code: what is in it is not known.
    let archive = Package::new(Kind::Docx).archive();
    let other = Member::new("word/any.bin", "inert").fault(MemberFault::Method(9));
    judged(
        "other part",
        &archive.member(other).build(),
        Unscannable,
        &[],
    );
    let file = restored(|member| Member {
        method: Method::Stored,
        ..member
    });
    judged("stored", &file, Macro, &[]);
}

#[test]
fn z09_extra_fields() {
    judged("zip64", &restored(Member::zip64), Macro, &[]);
    Row::new(
        member(&MemberFault::UnicodePath("word/other.bin".into())),
        Suspicious,
    )
    .codes(&["zip.name-mismatch"])
    .says("has two names")
    .check();
}

#[test]
fn z10_false_encryption() {
    Row::new(member(&MemberFault::Encrypted), Unscannable)
        .coverage(Partial)
        .codes(&["zip.false-encryption"])
        .says("marked as encrypted, but it is not")
        .check();
}

#[test]
fn z11_overlap() {
    let shared = Member::new("word/second.bin", "x").fault(MemberFault::SharedWith(VBA.into()));
    Row::new(package().archive().member(shared).build(), Suspicious)
        .coverage(Partial)
        .codes(&["zip.overlap"])
        .says("share the same bytes")
        .check();
}

/// The shape of Emotet in 2023, cut to what a test has time for: see `tests/memory.rs` for the
/// whole. It is read within a budget that does not hold a hundredth of it.
#[test]
fn z11_c01_zeros_at_the_end_of_a_member() {
    let limits = Limits::mail().with(Limit::OutputBytes, 2 << 20);
    let builder = Scanner::builder().limits(limits).keep_source(true);
    let scanner = builder.hashes(Hashes::None).build();
    let document = Doc::new().project(project()).build();
    let plain = scanner.scan(&document);
    let mut padded = document.clone();
    padded.resize(document.len() + (100 << 20), 0);
    let padded = SCANNER.scan(&padded);
    let member = |name: &str| Member::new(name, document.clone()).zeros(100);
    let archive = Archive::new().member(member("a.doc"));
    let package = Package::new(Kind::Docx).archive();
    let package = package.member(member("word/embeddings/a.doc"));
    for archive in [archive, package] {
        let report = scanner.scan(&archive.build());
        assert_eq!(report.verdict(), Suspicious, "{:#?}", report.reasons());
        let source = |report: &Report| -> Vec<_> {
            let modules = report.modules().iter();
            modules
                .map(|one| (one.name.clone(), one.source.clone()))
                .collect()
        };
        assert_eq!(source(&report), source(&plain));
        // It is told as of the file that it was.
        let padding = |report: &Report| {
            let mut all = report.observations().iter();
            let found = all.find(|one| one.code == "cfb.padding");
            found.map(|one| (one.offset, one.detail.clone()))
        };
        assert_eq!(padding(&report), padding(&padded));
        assert!(padding(&report).is_some());
    }
}

/// Zeros that are a stream's own are put back.
#[test]
fn z11_zeros_of_a_stream() {
    let mut file = cfb::Builder::new();
    file.stream("WordDocument", b"\xEC\xA5".repeat(4000));
    file.stream("Zeros", vec![0; 24 << 20]);
    let plain = file.build();
    let archive = |bytes: Vec<u8>| {
        let archive = Package::new(Kind::Docx).archive();
        archive
            .member(Member::new("word/embeddings/a.doc", bytes))
            .build()
    };
    let report = SCANNER.scan(&archive(plain.clone()));
    let expected = SCANNER.scan(&plain);
    assert_eq!(
        report.coverage(),
        expected.coverage(),
        "{:#?}",
        report.uninspected()
    );
    let codes =
        |report: &Report| -> Vec<_> { report.observations().iter().map(|one| one.code).collect() };
    assert_eq!(codes(&report), codes(&expected));
}

#[test]
fn z11_hash_of_a_member_with_zeros() {
    let document = Doc::new().project(project()).build();
    let archive = Archive::new().member(Member::new("a.doc", document.clone()).zeros(17));
    let mut whole = document;
    whole.resize(whole.len() + (17 << 20), 0);
    let scanner = Scanner::builder().hashes(Hashes::All).build();
    let (inside, alone) = (scanner.scan(&archive.build()), scanner.scan(&whole));
    assert!(alone.sha256().is_some());
    assert_eq!(inside.layers()[1].sha256, alone.layers()[0].sha256);
}

#[test]
fn z11_bomb() {
    let limits = Limits::mail().with(Limit::OutputBytes, 4 << 20);
    let scanner = Scanner::builder()
        .limits(limits)
        .hashes(Hashes::None)
        .build();
    let bytes = [project().to_bin(), vec![7; 16 << 20]].concat();
    let file = Archive::new().member(Member::new("a.doc", bytes)).build();
    let report = scanner.scan(&file);
    assert!(report.verdict() >= Unscannable);
    let mut gaps = report.uninspected().iter();
    assert!(gaps.any(|gap| gap.reason == macrosift::Reason::Limit));
}

#[test]
fn z11_many_parts() {
    let many = (0..60_000).map(|number| Member::stored(&format!("m{number}"), "x"));
    let archive = many.fold(package().archive(), Archive::member);
    judged("many", &archive.build(), Macro, &[]);
    let limits = Limits::mail().with(Limit::Entries, 10_000);
    let scanner = Scanner::builder().limits(limits).build();
    assert!(scanner.scan(&archive.build()).verdict() >= Unscannable);
}

#[test]
fn z12_archives() {
    let inner = Archive::new().member(Member::new("a.docm", package().build()));
    let outer = Archive::new().member(Member::new("b.zip", inner.build()));
    for file in [inner, outer] {
        let report = judged("zip", &file.build(), Unscannable, &[]);
        assert_eq!(report.modules().len(), 2);
    }
}

#[test]
fn z13_content_types() {
    let part = "word/media/image1.png";
    Row::new(
        package().twist(Twist::VbaPart(part.into())).build(),
        Suspicious,
    )
    .rules(&["structure.false-type"])
    .check();
    judged(
        "none",
        &package().twist(Twist::NoContentTypes).build(),
        Suspicious,
        &["opc.no-content-types"],
    );
    judged(
        "second",
        &package().twist(Twist::SecondContentTypes).build(),
        Suspicious,
        &["zip.duplicate-name"],
    );
    judged(
        "free",
        &package().twist(Twist::MacroFreeType).build(),
        Suspicious,
        &["opc.type-lie"],
    );
    let docx = Package::new(Kind::Docx).vba(project().to_bin());
    judged("docx", &docx.build(), Suspicious, &["opc.type-lie"]);
    for twist in [Twist::DefaultVbaType, Twist::ContentTypesCase] {
        let report = judged("odd", &package().twist(twist).build(), Macro, &[]);
        assert_eq!(report.modules().len(), 2);
    }
}

#[test]
fn z14_relationships() {
    let template = "http://host.example.invalid/t.dotm";
    let document = || Package::new(Kind::Docx).twist(Twist::AttachedTemplate(template.into()));
    Row::new(document().build(), Malicious)
        .says("host.example.invalid")
        .check();
    for twist in [
        Twist::Strict,
        Twist::OddCase,
        Twist::AbsoluteTargets,
        Twist::ParentTargets,
        Twist::BackslashTargets,
        Twist::PercentTargets,
        Twist::BackslashNames,
        Twist::DotNames,
        Twist::Utf16Relationships,
    ] {
        judged(
            "template",
            &document().twist(twist.clone()).build(),
            Malicious,
            &[],
        );
        let report = judged("project", &package().twist(twist).build(), Macro, &[]);
        assert_eq!(report.modules().len(), 2);
    }
    let unrelated = package().twist(Twist::UnrelatedVba).build();
    assert_eq!(
        judged("unrelated", &unrelated, Macro, &[]).modules().len(),
        2
    );
}

/// The relationships of the main part of a document whose template is elsewhere, changed.
fn with_relationships(change: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let template = Twist::AttachedTemplate("http://host.example.invalid/t.dotm".into());
    let mut archive = Package::new(Kind::Docx).twist(template).archive();
    let mut changed = 0;
    for member in &mut archive.members {
        let text = String::from_utf8(member.data.clone()).unwrap_or_default();
        if text.contains("host.example.invalid") {
            member.data = change(&text);
            changed += 1;
        }
    }
    assert_eq!(changed, 1);
    archive.build()
}

#[test]
fn z15_encodings() {
    for (what, mark) in [("UTF-7", &b"+/v8-"[..]), ("EBCDIC", b"\x4C\x6F\xA7\x94")] {
        let file = with_relationships(|text| [mark, text.as_bytes()].concat());
        let report = judged(what, &file, Unscannable, &[]);
        assert!(report.reasons().iter().any(|one| one.contains(what)));
    }
    let named = |name: &'static str| {
        with_relationships(move |text| {
            let (_, body) = text.split_once("?>").unwrap();
            format!("<?xml version=\"1.0\" encoding=\"{name}\"?>{body}").into_bytes()
        })
    };
    Row::new(named("utf-7"), Unscannable)
        .coverage(Partial)
        .says("utf-7")
        .check();
    judged("ASCII", &named("us-ascii"), Malicious, &[]);
    judged("Shift_JIS", &named("Shift_JIS"), Malicious, &[]);
    // References to characters, and prefixes that are not the usual ones.
    let characters = with_relationships(|text| {
        text.replace("host.example", "&#104;ost&#x2E;example")
            .into_bytes()
    });
    judged("characters", &characters, Malicious, &[]);
    let prefixed = with_relationships(|text| {
        let text = text.replace("<Relationship", "<q:Relationship");
        let text = text.replace("</Relationship", "</q:Relationship");
        text.replace("xmlns=", "xmlns:q=").into_bytes()
    });
    judged("prefix", &prefixed, Malicious, &[]);
}

#[test]
fn z16_parts_that_nothing_refers_to() {
    let extra = Twist::ExtraPart("word/x.bin".into(), project().to_bin());
    let report = judged(
        "extra",
        &Package::new(Kind::Docx).twist(extra).build(),
        Suspicious,
        &["opc.type-lie"],
    );
    assert_eq!(report.modules().len(), 2);
    let extra = Twist::ExtraPart("docProps/any".into(), package().build());
    let report = judged(
        "document",
        &Package::new(Kind::Docx).twist(extra).build(),
        Macro,
        &[],
    );
    assert_eq!(report.modules().len(), 2);
    let none = Twist::ExtraPart("word/x.txt".into(), b"inert".to_vec());
    judged(
        "text",
        &Package::new(Kind::Docx).twist(none).build(),
        Clean,
        &[],
    );
}

/// A file that breaks off is never taken for harmless because of it.
#[test]
fn no_cut_makes_a_flagged_document_harmless() {
    const SHORTEST: usize = 64;
    for document in documents() {
        let name = document.name.rsplit('/').next().unwrap();
        let bytes = &document.bytes;
        if SCANNER.scan_named(bytes, name).verdict() < Suspicious {
            continue;
        }
        // Borders of sectors, of mini sectors in small files, and of what starts with a signature.
        let step = if bytes.len() > 16 << 10 { 512 } else { 128 };
        let mut ends: Vec<usize> = (SHORTEST..bytes.len()).step_by(step).collect();
        for signature in [
            &b"PK\x03\x04"[..],
            b"PK\x01\x02",
            b"PK\x05\x06",
            b"\r\n\r\n",
        ] {
            let found = memchr::memmem::find_iter(bytes, signature);
            ends.extend(found.flat_map(|at| [at, at + signature.len()]));
        }
        for end in ends
            .into_iter()
            .filter(|end| (SHORTEST..bytes.len()).contains(end))
        {
            let report = SCANNER.scan_named(&bytes[..end], name);
            assert!(
                report.verdict() > Macro,
                "{} cut at {end} of {}: {:?} {:#?}",
                document.name,
                bytes.len(),
                report.verdict(),
                report.reasons()
            );
        }
    }
}
