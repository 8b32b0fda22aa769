//! Every fault that the kit can write: what the fault leaves is found, and what it takes is told.

use macrosift::{Scanner, Verdict};
use macrosift_testkit::cfb::{self, Fault as CfbFault};
use macrosift_testkit::corpus::documents;
use macrosift_testkit::office::{Kind, Package};
use macrosift_testkit::ovba::{ContainerFault, Fault as OvbaFault, Module, Project};
use macrosift_testkit::zip::{Archive, Fault as ZipFault, MemberFault};

/// One module in sectors of its own, one in the mini stream; together they are a chain.
fn project() -> Project {
    let lines = (0..900_u32).map(|row| format!("    x = {}\n", row.wrapping_mul(2_654_435_761)));
    let large = format!(
        "Sub Run()\n    If Now > 0 Then Exit Sub\n{}    Shell \"inert\", 0\nEnd Sub\n",
        lines.collect::<String>()
    );
    let small = "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\n    Run\nEnd Sub\n";
    Project::new("Project")
        .module(Module::standard("Large", &large))
        .module(Module::standard("Small", small))
}

/// What is to be left of the modules.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Left {
    /// Both texts are found, and the fault is noticed.
    All,
    /// Both texts are found, and nothing on the way to them is touched by the fault.
    Quiet,
    /// Both texts are found, and the fault could be noticed and is not yet.
    Unnoticed,
    /// Something may be lost, and then the verdict says so.
    Some,
}

/// One scan, and what was wrong with it.
fn judge(name: &str, bytes: &[u8], left: Left, wrong: &mut Vec<String>) {
    let report = Scanner::builder().keep_source(true).build().scan(bytes);
    let found = |module: &Module| {
        let mut texts = report
            .modules()
            .iter()
            .filter_map(|one| one.source.as_ref());
        texts.any(|text| text.contains(&module.source))
    };
    let all = project().modules.iter().all(found);
    let told = !report.observations().is_empty() || !report.uninspected().is_empty();
    let mut fail = |what: &str| {
        wrong.push(format!(
            "{name}: {what}: {} {:?} {:?}",
            report.verdict().name(),
            report.uninspected(),
            report.observations()
        ));
    };
    if left != Left::Some && !all {
        fail("a module is missing");
    }
    // Modules that are found apart are held, and no chain is made of them.
    if all && report.verdict() < Verdict::Suspicious {
        fail("the chain is not seen");
    }
    if !all && report.verdict() < Verdict::Unscannable {
        fail("a loss is not told");
    }
    if !told && matches!(left, Left::All | Left::Some) {
        fail("nothing is noticed");
    }
}

fn check(wrong: &[String]) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn faults_of_compound_files() {
    use CfbFault as F;
    let (large, small) = ("VBA/Large".to_owned(), "VBA/Small".to_owned());
    let faults = [
        (F::Cycle(large.clone()), Left::Quiet),
        (F::Cycle("VBA/dir".into()), Left::Quiet),
        (F::CrossLink(large.clone(), small.clone()), Left::Quiet),
        (F::CrossLink(small.clone(), "PROJECT".into()), Left::Quiet),
        (F::SameStart(small.clone(), "PROJECT".into()), Left::Some),
        (F::ChainLeavesFile(large.clone()), Left::Some),
        (F::ChainCut(large.clone()), Left::Some),
        (F::DeclaredSize(large.clone(), 0xFFFF_FFFF), Left::All),
        (F::DeclaredSize(small.clone(), 3), Left::Some),
        (F::Orphan(large.clone()), Left::All),
        (F::Unallocated(small.clone()), Left::All),
        (
            F::Namesake(small.clone(), b"inert".to_vec()),
            Left::Unnoticed,
        ),
        (F::ObjectType(small.clone(), 7), Left::Unnoticed),
        (F::ObjectType(large.clone(), 1), Left::All),
        (F::MiniStreamSize(64), Left::Some),
        (F::Cutoff(1), Left::Some),
        (F::ByteOrder(0xFEFF), Left::All),
        (F::SectorShift(0), Left::All),
        (F::MajorVersion(9), Left::All),
        (F::FatCount(0), Left::All),
        (F::FatCount(0xFFFF_FFFF), Left::All),
        (F::DifatCycle, Left::Quiet),
        (F::SiblingCycle("VBA".into()), Left::All),
        (F::ChildCycle("VBA".into()), Left::All),
        (F::DirectoryCut, Left::Some),
        (F::DirectoryCycle, Left::All),
        (F::Junk(vec![0; 700]), Left::All),
        (F::Padding(2 << 20), Left::All),
        (F::Truncate(6000), Left::Some),
    ];
    let mut wrong = Vec::new();
    for (fault, left) in faults {
        let bytes = project().to_cfb().fault(fault.clone()).build();
        judge(
            &format!("{fault:?}").chars().take(60).collect::<String>(),
            &bytes,
            left,
            &mut wrong,
        );
    }
    check(&wrong);
}

/// A header that no reader takes for one is no compound file to Office either; in a package that
/// promises a project it is told.
#[test]
fn a_spoilt_signature() {
    let bytes = project().to_cfb().fault(CfbFault::Signature).build();
    let report = Scanner::new().scan(&Package::new(Kind::Docm).vba(bytes).build());
    assert!(report.verdict() >= Verdict::Unscannable);
}

#[test]
fn faults_of_projects() {
    use OvbaFault as F;
    let (large, small) = ("Large".to_owned(), "Small".to_owned());
    let mut faults = vec![
        (F::Unlisted(large.clone()), Left::All),
        (F::ListedOnly("Ghost".into()), Left::Unnoticed),
        (F::AnsiName(large.clone(), "Other".into()), Left::All),
        (
            F::UnicodeName(large.clone(), "Other".into()),
            Left::Unnoticed,
        ),
        (F::OffsetAfter(large.clone(), 5), Left::All),
        (F::OffsetAfter(small.clone(), 70_000), Left::All),
        (F::NoDir, Left::All),
        (F::GarbageDir, Left::All),
        (F::NoModules, Left::All),
        (F::ModuleCount(0), Left::All),
        (F::ModuleCount(0xFFFF), Left::All),
        (F::DirCut(100), Left::All),
        (F::NoStream(small.clone()), Left::Some),
        (F::NoProject, Left::Unnoticed),
        (F::CodePageLie(932), Left::Quiet),
        (F::CodePageLie(1), Left::All),
        (F::RecordSize(0x1A, 0x7FFF_FFFF), Left::All),
        (F::RecordSize(0x03, 0), Left::All),
    ];
    let containers = [
        (ContainerFault::SignatureByte(0xF1), Left::All, Left::All),
        (ContainerFault::SignatureByte(0), Left::All, Left::Some),
        (ContainerFault::ChunkSignature(0), Left::All, Left::All),
        (ContainerFault::ShortRawChunk, Left::All, Left::All),
        (ContainerFault::StrayTail(0), Left::All, Left::All),
        (ContainerFault::CopyBeforeStart, Left::All, Left::All),
        (ContainerFault::CutShort(9), Left::All, Left::Some),
        (ContainerFault::LongChunk, Left::Quiet, Left::Some),
    ];
    for (fault, of_dir, of_source) in containers {
        faults.push((F::DirContainer(fault.clone()), of_dir));
        faults.push((F::SourceContainer(fault), of_source));
    }
    let mut wrong = Vec::new();
    for (fault, left) in faults {
        let bytes = project().fault(fault.clone()).to_bin();
        judge(&format!("{fault:?}"), &bytes, left, &mut wrong);
    }
    let mut shifted = project().fault(F::OffsetBefore("Large".into(), 5));
    shifted.modules[0].prefix = vec![0x80; 32];
    judge("OffsetBefore", &shifted.to_bin(), Left::All, &mut wrong);
    check(&wrong);
}

const PART: &str = "word/vbaProject.bin";

fn archive() -> Archive {
    Package::new(Kind::Docm).vba(project().to_bin()).archive()
}

#[test]
fn faults_of_archives() {
    use ZipFault as F;
    let end = archive().build().len();
    let faults = [
        (F::NoEnd, Left::All),
        (F::NoCentral, Left::All),
        (F::ZeroEnd, Left::All),
        (F::ZeroFirstLocal, Left::All),
        (F::ZeroFirstHeader, Left::All),
        (F::Junk(vec![b'j'; 300]), Left::All),
        (F::JunkAdjusted(vec![b'j'; 300]), Left::All),
        (F::Trailing(vec![b'j'; 300]), Left::All),
        (F::Count(0), Left::All),
        (F::Count(0xFFFF), Left::All),
        (F::CentralOffset(0), Left::Unnoticed),
        (F::CentralOffset(0xFFFF_FFF0), Left::Unnoticed),
        (F::FakeEnd, Left::All),
        (F::Truncate(end / 2), Left::Some),
    ];
    let mut wrong = Vec::new();
    for (fault, left) in faults {
        let name = format!("{fault:?}").chars().take(40).collect::<String>();
        judge(&name, &archive().fault(fault).build(), left, &mut wrong);
    }
    check(&wrong);
}

#[test]
fn faults_of_members() {
    use MemberFault as F;
    let first = archive().members[0].name.clone();
    let faults = [
        (F::LocalName("word/other.xml".into()), Left::All),
        (F::CentralName("word/other.xml".into()), Left::All),
        (F::LocalSizes(1, 1), Left::All),
        (F::CentralSizes(1, 1), Left::All),
        (F::LocalSizes(0xFFFF_FFF0, 0xFFFF_FFF0), Left::All),
        (F::CentralSizes(0xFFFF_FFF0, 0xFFFF_FFF0), Left::All),
        (F::LocalMethod(0), Left::All),
        (F::CentralMethod(0), Left::All),
        (F::LocalMethod(12), Left::All),
        (F::CentralMethod(12), Left::All),
        (F::Method(9), Left::Some),
        (F::Crc, Left::All),
        (F::Encrypted, Left::Some),
        (F::UnicodePath("word/other.xml".into()), Left::Unnoticed),
        (F::NotListed, Left::All),
        (F::OnlyListed, Left::Some),
        (F::SharedWith(first), Left::All),
        (F::OffsetShifted(5), Left::Unnoticed),
    ];
    let mut wrong = Vec::new();
    for (fault, left) in faults {
        let bytes = archive().member_fault(PART, &fault).build();
        judge(&format!("{fault:?}"), &bytes, left, &mut wrong);
    }
    check(&wrong);
}

/// A document that ends early is never what it is not.
#[test]
fn truncations() {
    let scanner = Scanner::new();
    for document in documents() {
        let whole = scanner.scan(&document.bytes);
        for length in (0..document.bytes.len()).step_by(64) {
            let report = scanner.scan(&document.bytes[..length]);
            let place = format!("{} cut at {length}", document.name);
            if !report.uninspected().is_empty() {
                assert!(report.verdict() >= Verdict::Unscannable, "{place}");
            }
            assert_ne!(report.verdict(), Verdict::Clean, "{place}");
            // Plain text has no end that could be missed, and less than a header is no document.
            let container =
                document.bytes.starts_with(b"PK") || macrosift::cfb::is_cfb(&document.bytes);
            if container && length > 0 && report.verdict() < Verdict::Unscannable {
                // What is cut off held nothing.
                assert_eq!(report.modules(), whole.modules(), "{place}");
                assert_eq!(report.findings(), whole.findings(), "{place}");
            }
        }
    }
}

/// Scattered streams are gathered as if they lay in a row.
#[test]
fn scattered_streams() {
    let mut file = project().to_cfb();
    file.version(cfb::Version::V4);
    for stream in file.streams() {
        file.scatter(&stream);
    }
    let report = Scanner::new().scan(&file.build());
    assert_eq!(report.verdict(), Verdict::Malicious);
    assert_eq!(report.modules().len(), 2);
    assert!(report.observations().is_empty());
}

/// Source that grows in one way only, where twice as much must not be four times the work. Each
/// takes moments, or minutes where something is gone through again for every line.
#[test]
fn source_is_read_once_however_it_grows() {
    const LINES: usize = 12_000;
    let open = |body: &str| format!("Sub AutoOpen()\n{body}\nShell x\nEnd Sub\n");
    let cases = [
        (
            "starts of one body in the branches of an If",
            format!(
                "#If a Then\nSub AutoOpen()\n{}#End If\n{}Shell x\nEnd Sub\n",
                (0..LINES)
                    .map(|at| format!("#ElseIf b{at} Then\nSub p{at}()\ny = 1\n"))
                    .collect::<String>(),
                "x = x & 1\n".repeat(LINES)
            ),
        ),
        (
            "acts on one line",
            open(&format!(
                "x = {}1{}",
                "Shell(".repeat(LINES),
                ")".repeat(LINES)
            )),
        ),
        (
            "lists of a dictionary",
            open(&format!(
                "Set d = CreateObject(\"Scripting.Dictionary\")\nFor i = 1 To 60000\nd.Add i, i\n\
                 Next\n{}",
                "y = d.Items\ny = d.Keys\n".repeat(LINES)
            )),
        ),
        (
            "procedures that call each other",
            (0..LINES)
                .map(|at| {
                    format!(
                        "Function f{at}(x)\nf{at} = f{0}(x) & f{0}(x)\nEnd Function\n",
                        at + 1
                    )
                })
                .chain([open("x = f0(1)")])
                .collect(),
        ),
    ];
    for (name, text) in cases {
        let started = std::time::Instant::now();
        let report = Scanner::new().scan(text.as_bytes());
        assert!(report.verdict() >= Verdict::Suspicious, "{name}");
        let took = started.elapsed().as_secs();
        assert!(took < 30, "{name}: {took} s");
    }
}

/// Wherever a source is cut, what is left of it is judged.
#[test]
fn source_that_is_cut_anywhere() {
    const TEXT: &str = "Attribute VB_Name = \"M\"\r\n#If VBA7 Then\r\n\
        Declare PtrSafe Function F Lib \"k\" Alias \"G\" (ByVal a As Long) As Long\r\n#End If\r\n\
        Private WithEvents w As Word.Application\r\nConst c = \"a\" & _\r\n \"b\"\r\n\
        Sub AutoOpen()\r\nDim s$, a(3) As String: On Error GoTo L\r\nFor i = 1 To 3\r\n\
        a(i) = Chr(64 + i) & Mid$(\"xyz\", i, 1)\r\nNext i\r\nWith CreateObject(\"W\" & c)\r\n\
        .Run Join(a, \"\") & f(x:=1), 0\r\nEnd With\r\nSelect Case s\r\nCase 1, 2 To 3, Is > 4\r\n\
        Open \"a\" For Output As #1: Print #1, s;\r\nEnd Select\r\nL: Resume Next\r\nEnd Sub\r\n\
        Function f(Optional ByVal x = &H1F&)\r\nf = IIf(x, #1/2/2000#, [A1]) & \"\"\"\u{65e5}\"\r\n\
        End Function\r\n";
    let scanner = Scanner::new();
    for at in 0..=TEXT.len() {
        let (head, tail) = TEXT.as_bytes().split_at(at);
        let seen = [scanner.scan(head), scanner.scan(tail)].map(|report| report.size());
        assert_eq!(seen, [head.len() as u64, tail.len() as u64]);
    }
}

/// Every act tells the names on its path, which are no longer than names can be.
#[test]
fn long_names_on_the_path_of_many_acts() {
    let name = |at: usize| format!("{}{at}", "n".repeat(20_000));
    let mut text = format!("Sub AutoOpen()\n{}\nEnd Sub\n", name(0));
    for at in 0..10 {
        text += &format!("Sub {}()\n{}\nEnd Sub\n", name(at), name(at + 1));
    }
    let acts = "Shell \"inert\", 0\n".repeat(3000);
    text += &format!("Sub {}()\n{acts}End Sub\n", name(10));
    let report = Scanner::new().scan(text.as_bytes());
    let told = report.findings().iter().filter(|one| one.level == 4);
    let paths: Vec<Vec<&str>> = told.map(|one| one.text.split(" -> ").collect()).collect();
    assert!(paths.iter().any(|path| path.len() == 12));
    assert!(paths.iter().all(|path| path.len() <= 12));
    let longest = paths.iter().flatten().map(|step| step.len());
    assert_eq!(longest.max(), Some(255));
}

/// A text of short statements has a tree of many times its size: a very long one is searched, and
/// said not to be followed.
#[test]
fn very_long_source_is_searched_and_not_followed() {
    let text = format!(
        "Attribute VB_Name = \"M\"\nSub AutoOpen()\n{}\nShell \"inert\"\nEnd Sub\n",
        "a:".repeat(5 << 20)
    );
    let report = Scanner::new().scan(text.as_bytes());
    assert_eq!(
        report.verdict(),
        Verdict::Malicious,
        "{:?}",
        report.reasons()
    );
    let gaps = report.uninspected();
    assert!(
        gaps.iter()
            .any(|gap| gap.detail.contains("was not followed"))
    );
}
