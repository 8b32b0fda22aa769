//! Starting points for fuzzing: small inputs of every shape that a target tells apart.

use macrosift::{Ledger, Limits, ovba};
use macrosift_testkit::cfb::{self, Version};
use macrosift_testkit::corpus::documents;
use macrosift_testkit::office::{Doc, Kind, Package, Ppt, ProjectStorage, SheetKind, Xls};
use macrosift_testkit::ovba::{
    ContainerFault, Fault, Module, ModuleKind, Project, Reference, compress, compress_literal,
    compress_raw, compress_with,
};
use macrosift_testkit::zip::{self, Archive, Descriptor, Member};

/// One file of `corpus/seeds`.
pub(crate) struct Seed {
    pub(crate) target: &'static str,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) fn all() -> Vec<Seed> {
    let mut seeds = Vec::new();
    let mut add = |target, list: Vec<(&str, Vec<u8>)>| {
        seeds.extend(list.into_iter().map(|(name, bytes)| Seed {
            target,
            name: name.to_owned(),
            bytes,
        }));
    };
    add("cfb", compound_files());
    add("zip", archives());
    add("ovba_decompress", containers());
    add("ovba_dir", project_streams());
    add("text", sources());
    add("source", programs());
    add("scan", wholes());
    add("structured", drawn());
    add("append", pairs());
    for (target, list) in crate::carriers::seeds() {
        add(target, list);
    }
    seeds
}

const BODY: &str =
    "Sub AutoOpen()\n    If Now > 0 Then Exit Sub\n    Shell \"inert\", 0\nEnd Sub\n";

fn project() -> Project {
    Project::new("Project").module(Module::standard("Module1", BODY))
}

fn compound_files() -> Vec<(&'static str, Vec<u8>)> {
    let faulty = |fault| project().to_cfb().fault(fault).build();
    let mut scattered = cfb::Builder::new();
    scattered.cutoff(64);
    scattered.stream("a", vec![b'a'; 1500]);
    scattered.stream("b/c", vec![b'c'; 700]);
    scattered.stream("b/d", b"inert".to_vec());
    scattered.scatter("a").scatter("b/c");
    vec![
        ("project", project().to_bin()),
        ("scattered", scattered.build()),
        ("version-4", scattered.clone().version(Version::V4).build()),
        (
            "cycle",
            scattered
                .clone()
                .fault(cfb::Fault::Cycle("a".into()))
                .build(),
        ),
        ("difat-cycle", faulty(cfb::Fault::DifatCycle)),
        ("orphan", faulty(cfb::Fault::Orphan("VBA/Module1".into()))),
        (
            "sibling-cycle",
            faulty(cfb::Fault::SiblingCycle("VBA".into())),
        ),
        ("sector-shift", faulty(cfb::Fault::SectorShift(7))),
    ]
}

fn archives() -> Vec<(&'static str, Vec<u8>)> {
    let two = || {
        Archive::new()
            .member(Member::new("a.txt", "inert inert inert inert"))
            .member(Member::stored("b/c.txt", "inert"))
    };
    let mut zip64 = two();
    zip64.zip64 = true;
    for member in &mut zip64.members {
        member.zip64 = true;
    }
    let mut streamed = two();
    streamed.members[0].descriptor = Descriptor::Signed;
    streamed.members[1].descriptor = Descriptor::Unsigned;
    let namesakes = two().member(Member::new("a.txt", "another"));
    vec![
        ("two-members", two().comment(b"inert").build()),
        ("zip64", zip64.build()),
        ("streamed", streamed.build()),
        ("namesakes", namesakes.build()),
        ("no-end", two().fault(zip::Fault::NoEnd).build()),
        (
            "junk",
            two().fault(zip::Fault::Junk(b"junk".to_vec())).build(),
        ),
        (
            "crc",
            two().member_fault("a.txt", &zip::MemberFault::Crc).build(),
        ),
        (
            "other-name",
            two()
                .member_fault("a.txt", &zip::MemberFault::LocalName("z.txt".into()))
                .build(),
        ),
        (
            "package",
            Package::new(Kind::Docm).vba(&b"inert"[..]).build(),
        ),
    ]
}

fn containers() -> Vec<(&'static str, Vec<u8>)> {
    let text = BODY.repeat(2);
    let text = text.as_bytes();
    let long: String = (0..300).map(|row| format!("x = {row}\r\n")).collect();
    let long = long.repeat(2);
    vec![
        ("text", compress(text)),
        ("literals", compress_literal(text)),
        ("raw", compress_raw(b"inert")[..200].to_vec()),
        ("two-chunks", compress(long.as_bytes())),
        ("one-letter", compress(&[b'a'; 9000])),
        (
            "copy-before-start",
            compress_with(text, &ContainerFault::CopyBeforeStart),
        ),
        (
            "stray-tail",
            compress_with(text, &ContainerFault::StrayTail(7)),
        ),
        (
            "long-chunk",
            compress_with(&[b'a'; 5000], &ContainerFault::LongChunk)[..700].to_vec(),
        ),
        (
            "signature",
            compress_with(text, &ContainerFault::ChunkSignature(5)),
        ),
    ]
}

/// Streams of a project, `dir` decompressed.
fn project_streams() -> Vec<(&'static str, Vec<u8>)> {
    let stream = |project: &Project, path: &str| {
        let streams = project.streams();
        let (_, bytes) = streams.into_iter().find(|(at, _)| at == path).unwrap();
        bytes
    };
    let dir = |project: &Project| {
        let mut text = Vec::new();
        let mut ledger = Ledger::new(Limits::mail());
        assert_eq!(
            ovba::decompress(&stream(project, "VBA/dir"), &mut text, &mut ledger),
            ovba::Outcome::Whole
        );
        text
    };
    let japanese = Project::new("Project")
        .code_page(932)
        .module(Module::new(ModuleKind::Workbook, "ThisWorkbook", BODY))
        .module(Module::standard("取得処理", BODY))
        .module(Module::new(ModuleKind::Form, "Form1", BODY))
        .reference(Reference::forms())
        .reference(Reference::project("Other", "\\\\server.invalid\\other.xlam").ansi_only());
    let faulty = |fault| dir(&project().fault(fault));
    vec![
        ("dir", dir(&project())),
        ("dir-references", dir(&japanese)),
        ("dir-cut", faulty(Fault::DirCut(300))),
        ("dir-record-size", faulty(Fault::RecordSize(0x1A, 0xFFFF))),
        (
            "dir-names",
            faulty(Fault::AnsiName("Module1".into(), "Other".into())),
        ),
        ("project", stream(&japanese, "PROJECT")),
        ("project-wm", stream(&japanese, "PROJECTwm")),
    ]
}

fn sources() -> Vec<(&'static str, Vec<u8>)> {
    let of = |name: &str| {
        documents()
            .into_iter()
            .find(|one| one.name == name)
            .unwrap()
            .bytes
    };
    let wide = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    vec![
        ("module", of("other/Module1.bas")),
        ("class", of("other/Discount.cls")),
        ("script", of("other/script.vbs")),
        ("wide", wide(BODY)),
        ("calls", crate::seeds::CALLS.as_bytes().to_vec()),
        ("addresses", ADDRESSES.as_bytes().to_vec()),
    ]
}

/// Every statement of the grammar, in each of its shapes.
fn programs() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("module", BODY.into()),
        ("statements", STATEMENTS.into()),
        ("declarations", DECLARATIONS.into()),
        ("script", SCRIPT.into()),
    ]
}

const STATEMENTS: &str = "Sub _
 Main(ByVal a As Long, Optional b$ = \"x\", ParamArray c())
10 Dim d(1 To 3) As String, e As New F.G: Const h = 1
lbl: a = -b ^ 2 * &HFF& + (c(1).d!e Mod 3) & \"\"\"\" _
  & Chr$(65)
    Call f(a): f (a), b: f.g x:=1, , y: [A1:B2] = [f](1)
    If a Then b Else If Not c Then 10 Else GoTo lbl
    If a < b And c <> d Or TypeOf e Is F.G Then
        Set o = New Collection
    ElseIf a Like \"*\" Then
        Exit Sub
    Else
        End
    End If
    Select Case a
        Case 1, 2 To 3, Is > 4: b
        Case Else
    End Select
    For Each a In b: For i = 1 To 9 Step 2: Next i, a
    Do Until a: Loop While b
    While a: Wend
    With a: .b = !c: .d .e, 1: End With
    On Error Resume Next: On Error GoTo 0: On a GoTo 10, lbl: GoSub lbl: Resume lbl
    Open p For Binary As #1: Put #1, , a: Print #1, a; b: Line Input #1, s: Close
    Name a As b: Kill c: ReDim Preserve d(1 To n): Mid(s, 1, 1) = t: RaiseEvent E(1)
    a = #1/2/2000# + 1.5E-3: Rem end
End Sub 'end
";

const DECLARATIONS: &str = "VERSION 1.0 CLASS
BEGIN
  MultiUse = -1
END
Attribute VB_Name = \"A\"
Option Explicit
#Const K = 1
#If VBA7 And K Then
Private Declare PtrSafe Function F Lib \"k\" Alias \"#1\" (ByVal a As LongPtr) As Long
Sub S(a As LongPtr)
#ElseIf Win16 Then
Sub S(a As Integer)
#Else
Declare Function F& Lib \"k\" ()
Sub S(a As Long)
#End If
End Sub
Private WithEvents app As Application, b(3) As Long
Public Enum E
    e1
    [_e2] = 5
    e3
End Enum
Type T
    a As String * 5
End Type
Event V(a)
Implements I.J
Property Get P() As Variant(): P = 1: End Property
Friend Property Let P(v): End Property
";

const SCRIPT: &str = "Option Explicit
Dim a(5) : Const b = 1
Class C
    Public Default Property Get V : V = a&\"b\"&1 : End Property
End Class
If a Then b End If
' no more _
Execute \"a\"&Chr(10)
Function F(x)
    F = x
End Function
";

/// Shapes that contexts and places tell apart.
const CALLS: &str = "Attribute VB_Name = \"Shell\"
Private Declare PtrSafe Function URLDownloadToFile Lib \"urlmon\" _
    Alias \"URLDownloadToFileA\" (ByVal a As Long) As Long
Sub Document_Open(): If Now > 0 Then Exit Sub
    ' Shell in a comment
    Rem Shell again
    Shell \"inert \"\"quoted\"\"\", 0: [Shell] \"inert\"
    VBA.Shell (\"inert\")
    x = CreateObject( _
        \"WScript.Shell\").Run(\"inert\")
    Set y = GetObject(\"winmgmts:\\\\.\\root\\cimv2\")
    s = Chr(73) & ChrW(&H49) & StrReverse(\"treni\")
    Application.Run \"Macro1\"
End Sub
";

const ADDRESSES: &str = "Sub Main()
    If Now > 0 Then Exit Sub
    a = \"https://example.invalid/inert.exe?a=1\" & \"http://192.0.2.1:8080/x\"
    b = \"\\\\server.invalid\\share\\inert.dll\" & \"C:\\Users\\inert\\inert.exe\"
    c = \"cmd /c inert\" & \"powershell -enc aQBuAGUAcgB0AA==\"
    d = \"hxxps://example[.]invalid\" & \"192.0.2.1\" & \"%TEMP%\\inert.vbs\"
End Sub
";

fn wholes() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        (
            "docm",
            Package::new(Kind::Docm).vba(project().to_bin()).build(),
        ),
        ("xlsx", Package::new(Kind::Xlsx).build()),
        ("bin", project().to_bin()),
        (
            "doc",
            Doc::new().project(project()).build()[..6000].to_vec(),
        ),
        (
            "xls",
            Xls::new()
                .sheet("Macro1", SheetKind::MacroSheet, 2)
                .auto_open()
                .build(),
        ),
        (
            "ppt",
            Ppt::new()
                .project(project().to_bin(), ProjectStorage::Compressed)
                .build(),
        ),
        ("bas", BODY.as_bytes().to_vec()),
        ("rtf", b"{\\rtf1 INERT TEST DOCUMENT}".to_vec()),
        ("zip-in-zip", {
            let inner = Archive::new()
                .member(Member::new("Module1.bas", BODY))
                .build();
            Archive::new()
                .member(Member::stored("inner.zip", inner))
                .build()
        }),
    ]
}

/// Bytes to draw documents from: they look random and are the same every time.
fn drawn() -> Vec<(&'static str, Vec<u8>)> {
    let noise = |seed: u32, length: usize| -> Vec<u8> {
        let mut state = seed.wrapping_mul(2_654_435_761) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as u8
        };
        (0..length).map(|_| next()).collect()
    };
    ["a", "b", "c", "d", "e", "f", "g", "h"]
        .into_iter()
        .zip(1..)
        .map(|(name, seed)| (name, noise(seed, 80 * seed as usize)))
        .collect()
}

/// Modules with a zero between them: behind the document, standard, and the class that is added.
fn pairs() -> Vec<(&'static str, Vec<u8>)> {
    let caller = "Sub Document_Open()\n    If Now > 0 Then Exit Sub\n    Go Text(4)\nEnd Sub\n";
    let sink = "Sub Go(t)\n    If Now > 0 Then Exit Sub\n    CreateObject(\"WScript.Shell\").Run t\nEnd Sub\n\
                Function Text(n)\n    Text = \"inert\" & n\nEnd Function\n";
    let class = "Private Sub Class_Initialize()\nEnd Sub\nPublic Function Text(n)\nEnd Function\n";
    let junk: String = (0..40)
        .map(|n| format!("Sub A{n}()\n    x = x + {n}: Go x\nEnd Sub\n"))
        .collect();
    let of = |texts: [&str; 3]| texts.join("\0").into_bytes();
    vec![
        ("chain-and-namesakes", of([caller, sink, class])),
        ("chain-and-junk", of([caller, sink, &junk])),
        ("two-chains", of([BODY, sink, BODY])),
        (
            "daily-work",
            of(["", "Sub A()\n    MsgBox 1\nEnd Sub\n", BODY]),
        ),
        ("one-text", CALLS.as_bytes().to_vec()),
        (
            "open-ends",
            of(["Sub A(", "If x Then\nSelect Case", "Do\nWith y\n#If"]),
        ),
    ]
}
